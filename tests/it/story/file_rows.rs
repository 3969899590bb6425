//! What is said about the rows of a file, and what is never repeated of them.

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::support::world::World;

#[test]
fn no_cell_is_repeated_where_a_file_is_not_understood() {
    let world = World::new();
    let mut htpasswd = String::new();
    for n in 0..2808 {
        writeln!(htpasswd, "user{n}@example.com:$apr1$Zu3d{n}$hunter2hunter2").unwrap();
    }
    let mut shifted = String::from("address,name,phone,lang,until,for,role,panel,note\n");
    for n in 0..3 {
        writeln!(
            shifted,
            "hunter2-{n},a\u{200b}hunter2,hunter2,hunter2,hunter2,hunter2,hunter2,hunter2,"
        )
        .unwrap();
    }
    let files = [
        ("htpasswd", htpasswd.as_str()),
        ("a few lines of it", "ada@example.com:hunter2\nbob:hunter2@\n"),
        ("no header", "ada,hunter2,1\nbob,hunter2,2\n"),
        ("a header in another language", "Kennung;hunter2\nada@example.com;hunter2\n"),
        ("no header, addresses", "hunter2,ada@example.com\n"),
        ("cells in the wrong columns", &shifted),
        ("too few cells", "address,name,note\nhunter2\nada@example.com,hunter2\n"),
        ("too many cells", "address,name\nada@example.com,hunter2,hunter2\n"),
        ("an open quote", "address,name\nada@example.com,\"hunter2\n"),
        ("a quote in a cell", "address,name\nada@example.com,\"hunt\"er2\n"),
        ("broken JSON", "{\"address\":\"ada@example.com\",\"name\":\"hunter2\"\n"),
        ("JSON of other types", "{\"address\":\"hunter2\",\"phone\":\"hunter2\",\"name\":{\"hunter2\":1}}\n"),
        ("JSON text", "{\"address\":\"ada@example.com\"}\n\"hunter2\"\n"),
    ];
    let mut told = String::new();
    for (what, file) in files {
        for line in ["invite --from -", "invite --from - --keep-going -o json"] {
            let run = world.pipe(line, file);
            assert_ne!(run.code, 0, "{what}\n{run}");
            let all = format!("{}{}", run.stdout, run.stderr);
            assert!(!all.contains("hunter2") && !all.contains("$apr1$"), "{what}\n{run}");
            if line.ends_with('-') {
                writeln!(told, "{what}: exit {}\n{}", run.code, run.stderr).unwrap();
            }
        }
    }
    assert_snapshot!(told, @"");
}

#[test]
fn a_file_of_the_wrong_kind_is_one_error() {
    let world = World::new();
    let many = |line: &str| format!("{line}\n").repeat(2808);
    for file in [
        many("ada@example.com:$apr1$x"),
        many("<td>Ada</td>"),
        format!("address,name\n{}", many("Lovelace,Ada")),
        format!("address,name\n{}", many("ada@example.com,Ada,x")).replace("ada@", "ada"),
        many("{\"address\":\"Ada\"}"),
        many("{\"address\":3}"),
        format!("ada@example.com\n{}", many("GET / 200")),
    ] {
        for option in ["", "--keep-going"] {
            let run = world.pipe(&format!("invite --from - {option}"), file.as_str());
            let head = file.lines().nth(1).unwrap();
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{head}\n{run}");
            assert_eq!(run.stderr.matches("error: ").count(), 1, "{head}\n{run}");
            assert!(run.stderr.contains("280"), "{head}\n{run}");
        }
    }
    // A list of people with faults is still told line by line.
    let run = world.pipe("invite --from -", "address\na@example.com\nx\ny\nz\nu\nv\nw\n");
    assert_eq!((run.code, run.stderr.matches("error: ").count()), (4, 6), "{run}");
}

#[test]
fn all_faults_of_a_row_are_told_at_once_before_anything_is_asked() {
    let world = World::new();
    let mut file = String::from("E-Mail;Full Name;Mobile;Role;Locale;Until;For\n");
    for n in 0..30 {
        writeln!(file, "p{n}@example.com;Person {n};;;;;").unwrap();
    }
    file.push_str("last@example.com;a\u{202e}b;12345;king;english;tomorrow;3d\nno;x;12;;;;\n");
    // Nothing is asked: there is no terminal, and no --yes.
    assert_snapshot!(world.pipe("invite --from -", file.as_str()), @"");
    // So without faults it would have been.
    let good: String = file.lines().take(31).map(|line| format!("{line}\n")).collect();
    let run = world.pipe("invite --from -", good);
    assert!(run.code == 2 && run.stderr.contains("--yes"), "{run}");
    // The question is about those that can be done.
    let run = world.pipe("invite --from - --keep-going", file.as_str());
    assert!(run.code == 2 && run.stderr.contains("30 people"), "{run}");
    // A verb that asks for a reason first says what is wrong with the rows.
    let run = world.pipe("lock --from -", "address;until\nada@example.com;soon\nbob@example.com;\n");
    assert_snapshot!(run, @"");
    assert_eq!(world.row("store info")["people"], 0);
}

#[test]
fn the_same_person_twice_is_found_whether_or_not_a_row_names_the_only_panel() {
    let world = World::new();
    let csv = "address,panel\nada@example.com,\nADA@example.com,main\n";
    for line in ["invite --from -", "invite --from - --panel main"] {
        let run = world.pipe(line, csv);
        assert!(run.stderr.contains("line 3: the same address is on line 2 already"), "{run}");
        assert_eq!(run.code, 4, "{run}");
    }
    let turned = "address,panel\nada@example.com,main\nada@example.com,\n";
    assert_eq!(world.pipe("invite --from -", turned).code, 4);
    // In two panels it is no repetition.
    world.add_panel("other");
    let both = "address,panel\nada@example.com,main\nada@example.com,other\n";
    world.pipe("invite --from - --no-mail", both).done();
    let run = world.pipe("resend --from - --panel other", "address,panel\nada@example.com,other\nada@example.com,\n");
    assert_eq!(run.code, 4, "{run}");
}

#[test]
fn results_keep_what_was_read_and_say_something_about_each_row() {
    let world = World::new();
    let csv = "E-mail,Vorname,Seat,Groups,note\n\
        ada@example.com,Ada,A1,Staff,\"two\nlines\"\n\
        bob@example.com,Bob\n\
        cyd@example.com,Cyd,A3,Guests,\n\
        ada@example.com,Ada,A4,Staff,\n\
        ,Dan,A5,Staff,\n";
    world.file("people.csv", csv);
    let options = "--map Vorname=first-name --map Groups=role --map-role Staff=admin --map-role Guests= --ignore-columns";
    let run = world.run(&format!(
        "invite --from $HOME/people.csv {options} --keep-going --results $HOME/results.csv"
    ));
    assert_eq!(run.code, 7, "{run}");
    assert_snapshot!(world.read("results.csv"), @"");
    // It can be fed back without an option, and with the same.
    let fixed = world.read("results.csv").replace("bob@example.com,Bob,", "bob@example.com,Bob,member");
    world.file("fixed.csv", fixed);
    for options in ["", options] {
        let run = world.run(&format!("invite --from $HOME/fixed.csv {options} --keep-going"));
        assert!(run.stdout.contains("bob@example.com") && run.code == 7, "{run}");
    }
    // Neither does a file that was not written, nor a verb that asks first, leave anybody without a word.
    for (line, code) in [
        ("invite --from $HOME/all.csv --results $HOME/none.csv", 4),
        ("lock --from $HOME/all.csv --results $HOME/none.csv", 4),
    ] {
        world.file("all.csv", "address\neve@example.com\nada@example.com\nbroken\n");
        let _ = std::fs::remove_file(world.home().join("none.csv"));
        let run = world.run(line);
        assert_eq!(run.code, code, "{run}");
        let results = world.read("none.csv");
        assert_eq!(results.lines().count(), 4, "{results}");
        assert!(!results.contains(",,\n"), "{results}");
        assert!(results.contains("broken,4,,refused,it is not an e-mail address"), "{results}");
    }
}

#[test]
fn what_a_column_holds_can_be_said_and_only_so() {
    let world = World::new();
    let mut told = String::new();
    for (options, file) in [
        ("", "Courriel,Rang\nada@example.com,chef\n"),
        ("--map Courriel=address", "Courriel,Rang\nada@example.com,chef\n"),
        ("--map Courriel=address --map Rang=", "Courriel,Rang\nada@example.com,chef\n"),
        ("--map Courriel=address --map Grade=", "Courriel,Rang\nada@example.com,chef\n"),
        ("--map Courriel=adress", "Courriel\nada@example.com\n"),
        ("--map Courriel", "Courriel\nada@example.com\n"),
        ("--map A=address --map B=address", "A,B\nada@example.com,\n"),
        ("--map-role chef=boss", "address,role\nada@example.com,chef\n"),
        ("--map-role chef=admin", "address,role\nada@example.com,Chef\n"),
        ("", "mail,userPrincipalName\nada@example.com,ada@example.org\n"),
        ("--map mail=address", "mail,userPrincipalName\nada@example.com,ada@example.org\n"),
        ("", "{\"mail\":\"ada@example.com\",\"email\":\"bob@example.com\"}\n"),
        ("--map mail=address", "{\"mail\":\"ada@example.com\",\"email\":\"bob@example.com\"}\n"),
        ("", "{\"address\":\"ada@example.com\",\"Seat\":{\"row\":1}}\n"),
        ("--ignore-columns", "{\"address\":\"ada@example.com\",\"Seat\":{\"row\":1}}\n"),
    ] {
        let run = world.pipe(&format!("invite --from - --dry-run {options}"), file);
        let first = run.stderr.lines().chain(run.stdout.lines()).collect::<Vec<_>>().join("\n  ");
        writeln!(told, "{options:?}\n  [exit {}] {first}", run.code).unwrap();
    }
    assert_snapshot!(told, @"");
}
