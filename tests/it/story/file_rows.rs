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
        (
            "a few lines of it",
            "ada@example.com:hunter2\nbob:hunter2@\n",
        ),
        ("no header", "ada,hunter2,1\nbob,hunter2,2\n"),
        (
            "a header in another language",
            "Kennung;hunter2\nada@example.com;hunter2\n",
        ),
        ("no header, addresses", "hunter2,ada@example.com\n"),
        ("cells in the wrong columns", &shifted),
        (
            "too few cells",
            "address,name,note\nhunter2\nada@example.com,hunter2\n",
        ),
        (
            "too many cells",
            "address,name\nada@example.com,hunter2,hunter2\n",
        ),
        ("an open quote", "address,name\nada@example.com,\"hunter2\n"),
        (
            "a quote in a cell",
            "address,name\nada@example.com,\"hunt\"er2\n",
        ),
        (
            "broken JSON",
            "{\"address\":\"ada@example.com\",\"name\":\"hunter2\"\n",
        ),
        (
            "JSON of other types",
            "{\"address\":\"hunter2\",\"phone\":\"hunter2\",\"name\":{\"hunter2\":1}}\n",
        ),
        (
            "JSON text",
            "{\"address\":\"ada@example.com\"}\n\"hunter2\"\n",
        ),
    ];
    let mut told = String::new();
    for (what, file) in files {
        for line in ["invite --from -", "invite --from - --keep-going -o json"] {
            let run = world.pipe(line, file);
            assert_ne!(run.code, 0, "{what}\n{run}");
            let all = format!("{}{}", run.stdout, run.stderr);
            assert!(
                !all.contains("hunter2") && !all.contains("$apr1$"),
                "{what}\n{run}"
            );
            if line.ends_with('-') {
                writeln!(told, "{what}: exit {}\n{}", run.code, run.stderr).unwrap();
            }
        }
    }
    assert_snapshot!(told, @"
htpasswd: exit 2
error: standard input: this is not a readable list of people: 2808 of 2808 rows have no valid address; line 1: it has ':' (U+003A) in its domain, where it is not allowed

a few lines of it: exit 4
error: line 1: it has ':' (U+003A) in its domain, where it is not allowed
error: line 2: it has ':' (U+003A) before the @, where only the letters a to z, digits and common symbols are allowed
Nothing was written: 2 of 2 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
2 refused

no header: exit 2
error: standard input: line 1: none of its 3 columns is known; map the column with the addresses
hint: map the column with the addresses with --map 'COLUMN=address'

a header in another language: exit 2
error: standard input: line 1: none of its 2 columns is known; map the column with the addresses
hint: map the column with the addresses with --map 'COLUMN=address'

no header, addresses: exit 2
error: standard input: line 1 looks like data: a file with several columns needs a header in its first line, such as address,name,role

cells in the wrong columns: exit 4
error: line 2: column address: it is not an e-mail address: it has no @; column name: it contains U+200B, an invisible character; column for: it is not a valid duration; use for example 3d, 2h30m, 1w or 1mo; column until: it is not a valid date; use 2026-12-31 or 2026-12-31 18:00; column phone: it is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total; column lang: it is not a language tag, such as en, de or pt-BR; both 'for' and 'until' are set; column role: unknown role; the roles are owner, admin, support, auditor, member; column panel: unknown panel; the panels are main
error: line 3: column address: it is not an e-mail address: it has no @; column name: it contains U+200B, an invisible character; column for: it is not a valid duration; use for example 3d, 2h30m, 1w or 1mo; column until: it is not a valid date; use 2026-12-31 or 2026-12-31 18:00; column phone: it is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total; column lang: it is not a language tag, such as en, de or pt-BR; both 'for' and 'until' are set; column role: unknown role; the roles are owner, admin, support, auditor, member; column panel: unknown panel; the panels are main
error: line 4: column address: it is not an e-mail address: it has no @; column name: it contains U+200B, an invisible character; column for: it is not a valid duration; use for example 3d, 2h30m, 1w or 1mo; column until: it is not a valid date; use 2026-12-31 or 2026-12-31 18:00; column phone: it is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total; column lang: it is not a language tag, such as en, de or pt-BR; both 'for' and 'until' are set; column role: unknown role; the roles are owner, admin, support, auditor, member; column panel: unknown panel; the panels are main
Nothing was written: 3 of 3 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
3 refused

too few cells: exit 4
error: line 2: too few cells: 1, where the header has 3
error: ada@example.com: line 3: too few cells: 2, where the header has 3
Nothing was written: 2 of 2 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
2 refused

too many cells: exit 4
error: ada@example.com: line 2: too many cells: 3, where the header has 2
Nothing was written: 1 of 1 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones

an open quote: exit 4
error: line 2: a quote is not closed
Nothing was written: 1 of 1 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones

a quote in a cell: exit 4
error: line 2: a quoted cell continues after its closing quote
Nothing was written: 1 of 1 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones

broken JSON: exit 4
error: line 1: the JSON object does not end on this line; each object must be on one line
Nothing was written: 1 of 1 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones

JSON of other types: exit 4
error: line 1: name must be a string, not a list or an object; column phone: it is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total
Nothing was written: 1 of 1 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones

JSON text: exit 4
error: line 2: each line must be one JSON object, { … }
Nothing was written: 1 of 2 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
");
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
    let run = world.pipe(
        "invite --from -",
        "address\na@example.com\nx\ny\nz\nu\nv\nw\n",
    );
    assert_eq!(
        (run.code, run.stderr.matches("error: ").count()),
        (4, 6),
        "{run}"
    );
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
    assert_snapshot!(world.pipe("invite --from -", file.as_str()), @"
----
error: last@example.com: line 32: column Full Name: it contains U+202E, an invisible character; column Until: it is not a valid date; use 2026-12-31 or 2026-12-31 18:00; column Mobile: it is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total; column Locale: it is not a language tag, such as en, de or pt-BR; both 'for' and 'until' are set; column Role: unknown role; the roles are owner, admin, support, auditor, member
error: line 33: column E-Mail: it is not an e-mail address: it has no @; column Mobile: it is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total
Nothing was written: 2 of 32 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
2 refused
[exit 4]
");
    // So without faults it would have been.
    let good: String = file
        .lines()
        .take(31)
        .flat_map(|line| [line, "\n"])
        .collect();
    let run = world.pipe("invite --from -", good);
    assert!(run.code == 2 && run.stderr.contains("--yes"), "{run}");
    // The question is about those that can be done.
    let run = world.pipe("invite --from - --keep-going", file.as_str());
    assert!(run.code == 2 && run.stderr.contains("30 people"), "{run}");
    // A verb that asks for a reason first says what is wrong with the rows.
    let rows = "address;until\nada@example.com;soon\nbob@example.com;\n";
    assert_snapshot!(world.pipe("lock --from -", rows), @"
    ----
    error: ada@example.com: line 2: column until: it is not a valid date; use 2026-12-31 or 2026-12-31 18:00
    Nothing was written: 1 of 2 rows are invalid
    hint: fix these lines, or use --keep-going to apply the valid ones
    [exit 4]
    ");
    assert_eq!(world.row("store info")["people"], 0);
}

#[test]
fn the_same_person_twice_is_found_whether_or_not_a_row_names_the_only_panel() {
    let world = World::new();
    let csv = "address,panel\nada@example.com,\nADA@example.com,main\n";
    for line in ["invite --from -", "invite --from - --panel main"] {
        let run = world.pipe(line, csv);
        assert!(
            run.stderr
                .contains("line 3: line 2 already has the same address"),
            "{run}"
        );
        assert_eq!(run.code, 4, "{run}");
    }
    let turned = "address,panel\nada@example.com,main\nada@example.com,\n";
    assert_eq!(world.pipe("invite --from -", turned).code, 4);
    // In two panels it is no repetition.
    world.add_panel("other");
    let both = "address,panel\nada@example.com,main\nada@example.com,other\n";
    world.pipe("invite --from - --no-mail", both).done();
    let run = world.pipe(
        "resend --from - --panel other",
        "address,panel\nada@example.com,other\nada@example.com,\n",
    );
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
    assert_snapshot!(world.read("results.csv"), @r#"
E-mail,first-name,role,note,line,action,status,message,expires_at
ada@example.com,Ada,admin,"two
lines",2,invited,done,"unknown → invited to main as admin, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory",2026-03-09T09:00:00Z
bob@example.com,Bob,,,4,,refused,"too few cells: 2, where the header has 5",
cyd@example.com,Cyd,,,5,invited,done,"unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory",2026-03-09T09:00:00Z
ada@example.com,Ada,admin,,6,,refused,line 2 already has the same address,
,Dan,admin,,7,,refused,the address is missing,
"#);
    // It can be fed back without an option, and with the same.
    let fixed = world
        .read("results.csv")
        .replace("bob@example.com,Bob,", "bob@example.com,Bob,member");
    world.file("fixed.csv", fixed);
    for options in ["", options] {
        let run = world.run(&format!(
            "invite --from $HOME/fixed.csv {options} --keep-going"
        ));
        assert!(
            run.stdout.contains("bob@example.com") && run.code == 7,
            "{run}"
        );
    }
    // Neither does a file that was not written, nor a verb that asks first, leave anybody without a word.
    for (line, code) in [
        ("invite --from $HOME/all.csv --results $HOME/none.csv", 4),
        ("lock --from $HOME/all.csv --results $HOME/none.csv", 4),
    ] {
        world.file(
            "all.csv",
            "address\neve@example.com\nada@example.com\nbroken\n",
        );
        let _ = std::fs::remove_file(world.home().join("none.csv"));
        let run = world.run(line);
        assert_eq!(run.code, code, "{run}");
        let results = world.read("none.csv");
        assert_eq!(results.lines().count(), 4, "{results}");
        assert!(!results.contains(",,\n"), "{results}");
        assert!(
            results.contains("broken,4,,refused,column address: it is not"),
            "{results}"
        );
    }
}

#[test]
fn what_a_column_holds_can_be_said_and_only_so() {
    let world = World::new();
    let mut told = String::new();
    for (options, file) in [
        ("", "Courriel,Rang\nada@example.com,chef\n"),
        (
            "--map Courriel=address",
            "Courriel,Rang\nada@example.com,chef\n",
        ),
        (
            "--map Courriel=address --map Rang=",
            "Courriel,Rang\nada@example.com,chef\n",
        ),
        (
            "--map Courriel=address --map Grade=",
            "Courriel,Rang\nada@example.com,chef\n",
        ),
        ("--map Courriel=adress", "Courriel\nada@example.com\n"),
        ("--map Courriel", "Courriel\nada@example.com\n"),
        ("--map A=address --map B=address", "A,B\nada@example.com,\n"),
        (
            "--map-role chef=boss",
            "address,role\nada@example.com,chef\n",
        ),
        (
            "--map-role chef=admin",
            "address,role\nada@example.com,Chef\n",
        ),
        (
            "",
            "mail,userPrincipalName\nada@example.com,ada@example.org\n",
        ),
        (
            "--map mail=address",
            "mail,userPrincipalName\nada@example.com,ada@example.org\n",
        ),
        (
            "",
            "{\"mail\":\"ada@example.com\",\"email\":\"bob@example.com\"}\n",
        ),
        (
            "--map mail=address",
            "{\"mail\":\"ada@example.com\",\"email\":\"bob@example.com\"}\n",
        ),
        (
            "",
            "{\"address\":\"ada@example.com\",\"Seat\":{\"row\":1}}\n",
        ),
        (
            "--ignore-columns",
            "{\"address\":\"ada@example.com\",\"Seat\":{\"row\":1}}\n",
        ),
    ] {
        let run = world.pipe(&format!("invite --from - --dry-run {options}"), file);
        let first = run
            .stderr
            .lines()
            .chain(run.stdout.lines())
            .collect::<Vec<_>>()
            .join("\n  ");
        writeln!(told, "{options:?}\n  [exit {}] {first}", run.code).unwrap();
    }
    assert_snapshot!(told, @r#"
    ""
      [exit 2] error: standard input: line 1: unknown column Courriel; unknown column Rang (did you mean lang?); the header has no address column; supported columns: address, name, role, panel, for, until, phone, lang, note
      hint: map the column with the addresses with --map 'COLUMN=address'
    "--map Courriel=address"
      [exit 2] error: standard input: line 1: unknown column Rang (did you mean lang?); supported columns: address, name, role, panel, for, until, phone, lang, note
      hint: to ignore all unknown columns: `admit invite --from - --dry-run --map Courriel=address --ignore-columns`
    "--map Courriel=address --map Rang="
      [exit 0] ada@example.com: would change: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail would be queued
    "--map Courriel=address --map Grade="
      [exit 2] error: standard input: line 1: --map uses the unknown column Grade
    "--map Courriel=adress"
      [exit 2] error: --map: unknown field adress; supported fields: address, name, role, panel, for, until, phone, lang, note
    "--map Courriel"
      [exit 2] error: --map expects COLUMN=FIELD, not Courriel
    "--map A=address --map B=address"
      [exit 2] error: --map maps two columns to address
    "--map-role chef=boss"
      [exit 2] error: --map-role: unknown role boss; the roles are owner, admin, support, auditor, member
    "--map-role chef=admin"
      [exit 0] ada@example.com: would change: unknown → invited to main as admin, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail would be queued
    ""
      [exit 2] error: standard input: line 1: the columns mail and userPrincipalName both contain address; choose one, as in --map 'mail=address'; supported columns: address, name, role, panel, for, until, phone, lang, note
    "--map mail=address"
      [exit 0] ada@example.com: would change: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail would be queued
    ""
      [exit 4] error: bob@example.com: line 1: the keys mail and email both contain address; choose one, as in --map 'mail=address'
      Nothing was written: 1 of 1 rows are invalid
      hint: fix these lines, or use --keep-going to apply the valid ones
    "--map mail=address"
      [exit 0] ada@example.com: would change: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail would be queued
    ""
      [exit 2] error: standard input: line 1: unknown key Seat; supported keys: address, name, role, panel, for, until, phone, lang, note
      hint: to ignore all unknown columns: `admit invite --from - --dry-run --ignore-columns`
    "--ignore-columns"
      [exit 0] Ignored: Seat
      ada@example.com: would change: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail would be queued
    "#);
}
