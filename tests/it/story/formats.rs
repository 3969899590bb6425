//! Every command in every output format, in success and in failure.

use crate::support::judge::document;
use crate::support::world::{PASSWORD, World};

fn world() -> World {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    world.sign_in("ada@example.com", PASSWORD).done();
    world.file("people.csv", "address\ndan@example.com\neve@example.com\n");
    world.file("bad.csv", "address\nnonsense\nada@example.com\n");
    world.file("wrong.csv", "adress,name\nada@example.com,Ada\n");
    world
}

/// Command lines that change the world step by step, with how each ends.
const LINES: &[(&str, u8)] = &[
    ("invite cyd@example.com", 0),
    ("invite ada@example.com", 0),
    ("invite nonsense", 2),
    ("invite nonsense fay@example.com", 7),
    ("invite gil@example.com --role king", 3),
    ("invite gil@example.com --for 0d", 2),
    ("invite", 2),
    ("invite --from $HOME/people.csv", 0),
    ("invite --from $HOME/people.csv -n", 0),
    ("invite --from $HOME/bad.csv", 4),
    ("invite --from $HOME/bad.csv --keep-going", 7),
    ("invite --from $HOME/wrong.csv", 2),
    ("invite --from $HOME/none.csv", 2),
    ("resend bob@example.com", 0),
    ("resend ada@example.com", 4),
    ("resend nobody@example.com", 3),
    ("resend bob@example.com nobody@example.com", 7),
    ("revoke bob@example.com", 0),
    ("revoke ada@example.com", 4),
    ("list", 0),
    ("list --status locked", 0),
    ("list --status bogus", 2),
    ("list --panel bogus", 3),
    ("show ada@example.com", 0),
    ("show nobody@example.com", 3),
    ("show nonsense", 3),
    ("why ada@example.com", 0),
    ("why cyd@example.com", 6),
    ("why nobody@example.com", 3),
    ("why nonsense", 3),
    ("unlock ada@example.com", 0),
    ("unlock nobody@example.com", 3),
    ("extend cyd@example.com --until 2027-01-01", 0),
    ("extend cyd@example.com --until 2027-01-01", 0),
    ("extend cyd@example.com --until 2020-01-01", 2),
    ("extend cyd@example.com", 2),
    ("extend ada@example.com --for 3d", 4),
    ("reset password ada@example.com", 0),
    ("reset password cyd@example.com", 4),
    ("remove cyd@example.com", 0),
    ("remove ada@example.com", 0),
    ("remove ada@example.com", 0),
    ("mail list", 0),
    ("mail list --state failed", 0),
    ("mail show 1", 0),
    ("mail show 999", 3),
    ("mail send", 0),
    ("audit list", 0),
    ("audit list --action bogus", 2),
    ("audit verify", 0),
    ("audit head", 0),
    ("store info", 0),
    ("store check", 0),
    ("store init", 0),
    ("--store $HOME/none.db list", 3),
    ("--store mysql://db/admit list", 2),
    ("config show", 0),
    ("config path", 0),
    ("self register", 2),
    ("self sign-in ada@example.com", 2),
    ("self password", 2),
    ("frobnicate", 2),
    ("list --frobnicate", 2),
];

#[test]
fn every_command_exits_the_same_in_every_format() {
    for format in ["table", "json", "jsonl", "csv", "plain"] {
        let world = world();
        for (line, code) in LINES {
            let run = world.run(&format!("{line} -o {format}"));
            assert_eq!(run.code, *code, "{line} -o {format}\n{run}");
            if *code == 0 || *code == 6 {
                continue;
            }
            assert!(
                run.stderr.starts_with("error: ") || run.stderr.contains("\nerror: "),
                "{line}\n{run}"
            );
        }
    }
}

#[test]
fn rows_of_a_change_always_have_their_fields() {
    let world = world();
    for (line, _) in LINES {
        let verb = line.split(' ').next().unwrap();
        if ![
            "invite", "resend", "revoke", "unlock", "extend", "remove", "reset",
        ]
        .contains(&verb)
        {
            continue;
        }
        let run = world.run(&format!("{line} -o json"));
        let document = document(&run.stdout).unwrap();
        for row in document["results"].as_array().unwrap() {
            let row = row.as_object().unwrap();
            for key in [
                "target", "panel", "status", "message", "hint", "before", "after",
            ] {
                assert!(row.contains_key(key), "{line}: {key} is missing\n{run}");
            }
            assert!(
                row["message"].as_str().is_some_and(|it| !it.is_empty()),
                "{run}"
            );
            assert!(
                ["done", "unchanged", "refused", "failed"]
                    .contains(&row["status"].as_str().unwrap())
            );
            assert_eq!(
                row.contains_key("line"),
                line.contains("--from"),
                "{line}\n{run}"
            );
            let bad = row["status"] == "refused" || row["status"] == "failed";
            assert!(!bad || run.code != 0, "{run}");
        }
    }
}

#[test]
fn jsonl_and_csv_hold_what_json_holds() {
    let world = world();
    for line in [
        "list",
        "audit list",
        "mail list",
        "why ada@example.com",
        "store info",
        "config path",
    ] {
        let whole = world.json(line)["results"].as_array().unwrap().clone();
        let lines = world.run(&format!("{line} -o jsonl"));
        let rows: Vec<serde_json::Value> = lines
            .lines()
            .iter()
            .map(|row| serde_json::from_str(row).unwrap())
            .collect();
        assert_eq!(rows, whole, "{line}");
        let csv = world.run(&format!("{line} -o csv"));
        let mut reader = csv::Reader::from_reader(csv.stdout.as_bytes());
        let header: Vec<_> = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let keys: Vec<_> = whole[0].as_object().unwrap().keys().cloned().collect();
        assert_eq!(header, keys, "{line}");
        assert_eq!(
            reader.records().map(Result::unwrap).count(),
            whole.len(),
            "{line}"
        );
    }
}

#[test]
fn plain_is_addresses_only() {
    let world = world();
    for line in [
        "list",
        "show ada@example.com",
        "why ada@example.com",
        "invite zoe@example.com",
        "resend zoe@example.com --print-link",
        "invite --from $HOME/people.csv",
        "unlock ada@example.com",
        "remove zoe@example.com",
        "mail list",
    ] {
        let run = world.run(&format!("{line} -o plain"));
        assert_eq!(run.code, 0, "{run}");
        assert!(!run.stdout.is_empty(), "{line}");
        for address in run.lines() {
            assert!(
                address.ends_with("@example.com") && !address.contains(' '),
                "{line}\n{run}"
            );
        }
    }
}

#[test]
fn quiet_keeps_results_warnings_and_errors() {
    let world = world();
    let run = world.run("-q list --status disabled");
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
    let run = world.run("-q invite --from $HOME/bad.csv");
    assert_eq!(
        run.stderr,
        "error: line 2: column address: it is not an e-mail address: it has no @\n"
    );
    let run = world.run("-q unlock nobody@example.com");
    assert_eq!(
        run.stderr,
        "error: no account has the address nobody@example.com\n"
    );
    assert!(!world.run("-q show ada@example.com").stdout.is_empty());
    world.run("-q -v list").exits(2);
}

#[test]
fn colour_comes_only_where_it_is_wanted() {
    let mut world = world();
    let coloured = |run: &crate::support::world::Run| run.stdout.contains('\u{1b}');
    assert!(!coloured(&world.run("list")));
    assert!(coloured(&world.run("list --color always")));
    assert!(!coloured(&world.run("list --color never")));
    assert!(!coloured(&world.run("list --color always -o csv")));
    world.vars.insert("NO_COLOR".into(), "1".into());
    assert!(!coloured(&world.line("list").screen(80).run()));
    assert!(coloured(&world.run("list --color always")));
}

#[test]
fn rows_of_one_command_have_the_same_fields_whatever_became_of_them() {
    // The judge of every run compares them.
    let world = World::with_ada();
    world.lock("ada@example.com");
    world.run("invite bob@example.com --for 3d").done();
    let three = "ada@example.com bob@example.com nobody@example.com";
    for line in [
        "unlock",
        "reset password",
        "reset 2fa",
        "extend --for 3d",
        "resend",
        "revoke",
        "remove",
    ] {
        for format in ["json", "csv"] {
            let run = world.run(&format!("{line} {three} --yes -o {format}"));
            let rows = if format == "csv" { 4 } else { 1 };
            assert_eq!((run.lines().len(), run.code > 0), (rows, true), "{run}");
        }
    }
}
