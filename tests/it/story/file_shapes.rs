//! Files as other systems write them: each command of `docs/files.md`, run on a file of that shape.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::world::World;

/// The rows of the table: the system, the command, and what it says is not read.
fn table() -> Vec<(String, String, Vec<String>)> {
    let text = std::fs::read_to_string(root().join("docs/files.md")).unwrap();
    let rows = text
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains("`admit "));
    rows.map(|row| {
        let cells: Vec<&str> = row.trim_matches('|').split(" | ").map(str::trim).collect();
        let [system, command, rest] = cells[..] else {
            panic!("{row}");
        };
        let quoted = |cell: &str| -> Vec<String> {
            cell.split('`')
                .skip(1)
                .step_by(2)
                .map(str::to_owned)
                .collect()
        };
        (system.to_owned(), quoted(command)[0].clone(), quoted(rest))
    })
    .collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What is known of the people after an import: address, name, role, until, phone, lang.
fn people(world: &World) -> Vec<Value> {
    let list = world.json("list");
    let rows = list["results"].as_array().unwrap().iter();
    rows.map(|row| {
        let shown = world.row(&format!("show {}", row["address"].as_str().unwrap()));
        let account = &shown["account"];
        json!([
            row["address"],
            row["name"],
            row["role"],
            row["access_until"],
            account["phone"],
            account["lang"]
        ])
    })
    .collect()
}

/// The two people of a sample, as far as it tells something about them.
fn expected(file: &str) -> [Value; 2] {
    let (phone, until) = (json!("+442079460101"), json!("2027-01-01T00:00:00Z"));
    let (ada, bob) = match file {
        "moodle.csv" => (
            json!(["Ada Lovelace", "member", null, phone, null]),
            json!(["Bob Tables, Jr", "member", null, null, null]),
        ),
        "google-workspace.csv" | "entra-template.csv" | "entra-users.csv" => (
            json!(["Ada Lovelace", "member", null, phone, null]),
            json!(["Bob Tables", "member", null, null, null]),
        ),
        "okta.csv" => (
            json!(["Ada Lovelace", "member", null, phone, "en"]),
            json!(["Bobby Tables", "member", null, null, null]),
        ),
        "wordpress.csv" => (
            json!(["Ada Lovelace", "admin", null, null, null]),
            json!(["Bob Tables", "member", null, null, null]),
        ),
        "discourse.csv" => (
            json!(["Ada Lovelace", "member", null, null, null]),
            json!([null, "member", null, null, null]),
        ),
        "gitlab.csv" => (
            json!([null, "admin", null, null, null]),
            json!([null, "member", null, null, null]),
        ),
        "mattermost.jsonl" => (
            json!(["Ada Lovelace", "admin", null, null, "en"]),
            json!(["Bob Tables", "member", null, null, "de"]),
        ),
        "spreadsheet.csv" => (
            json!(["Ada Lovelace", "member", until, null, null]),
            json!(["Bob Tables", "member", null, null, null]),
        ),
        "canvas.csv" | "auth0.jsonl" => (
            json!(["Ada Lovelace", "member", null, null, null]),
            json!(["Bob Tables", "member", null, null, null]),
        ),
        other => panic!("{other}: what is in it?"),
    };
    [("ada@example.com", ada), ("bob@example.com", bob)].map(|(address, mut row)| {
        row.as_array_mut().unwrap().insert(0, json!(address));
        row
    })
}

#[test]
fn the_export_of_each_system_is_taken_by_the_command_in_the_table() {
    let mut seen = 0;
    for (system, command, rest) in table() {
        let words = shell_words(&command);
        let file = &words[3];
        if file == "list.csv" {
            continue;
        }
        seen += 1;
        let world = World::new();
        let sample = std::fs::read(root().join("tests/samples").join(file)).unwrap();
        let place = world.file(file, &sample);
        let mut words: Vec<String> = words[1..].to_vec();
        words[2] = place.display().to_string();

        // Without the last option the rest is named, all of it, and no cell.
        let last = words.pop().unwrap();
        assert_eq!(last, "--ignore-columns", "{command}");
        let run = world.words(words.clone()).run();
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{system}\n{run}");
        for name in &rest {
            assert!(
                run.stderr.contains(name.as_str()),
                "{system}: {name}\n{run}"
            );
        }
        assert!(run.stderr.contains("--ignore-columns"), "{system}\n{run}");
        for secret in ["Correct-Horse", "Battery-Staple", "SSHA}", "7946"] {
            assert!(!run.stderr.contains(secret), "{system}\n{run}");
        }

        words.push(last);
        let run = world.words(words.clone()).run();
        assert_eq!(run.code, 0, "{system}\n{run}");
        let said = run
            .stderr
            .lines()
            .find(|line| line.starts_with("Ignored: "));
        let said = said.unwrap_or_else(|| panic!("{system}: what is not read?\n{run}"));
        for name in rest
            .iter()
            .filter(|name| !["team", "version", "teams"].contains(&name.as_str()))
        {
            assert!(said.contains(name.as_str()), "{system}: {name}\n{run}");
        }
        assert_eq!(people(&world), expected(file), "{system}");
        // The same again changes nothing.
        let again = world.words(words).run();
        assert_eq!(again.code, 0, "{system}\n{again}");
        assert_eq!(world.letters(), 2, "{system}\n{again}");
    }
    assert_eq!(seen, 12, "a system has left the table");
}

/// The words of a command as a shell takes it apart.
fn shell_words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in command.chars() {
        match c {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words
}

#[test]
fn a_list_can_be_fed_back_in_both_forms() {
    let world = World::new();
    let csv = "address,name,role,until\n\
        ada@example.com,Ada Lovelace,admin,2026-12-31\n\
        +bob@example.com,'=Bob,member,\n";
    world.pipe("invite --from -", csv).done();
    for form in ["csv", "jsonl"] {
        let list = world.run(&format!("list -o {form}"));
        let other = World::new();
        let run = other.pipe("invite --from -", list.stdout.clone());
        assert_eq!(run.code, 0, "{run}");
        assert_eq!(people(&other), people(&world), "{form}\n{run}");

        // The end in the list is no wish where the command gives another one, and no column is in the way.
        let run = other.pipe("extend --from - --until 2027-06-30", list.stdout.clone());
        assert_eq!(run.code, 0, "{run}");
        let ends = people(&other);
        assert_eq!(ends[0][3], ends[1][3], "{form}\n{run}");
        for verb in ["resend", "unlock", "role-of", "remove"] {
            let run = other.pipe(&format!("{verb} --from -"), list.stdout.clone());
            assert_eq!(run.code, 0, "{verb} {form}\n{run}");
        }
    }
    // A part of a list is a file like any other.
    let part = "address,access_until\nada@example.com,2026-12-31T00:00:00Z\n";
    let run = world.pipe("invite --from -", part);
    assert_eq!(run.code, 2, "{run}");
    assert!(run.stderr.contains("unknown column access_until"), "{run}");
}

#[test]
fn columns_of_results_are_unknown_anywhere_else_in_every_verb_and_form() {
    let world = World::with_ada();
    let csv = "address,status,expires_at\nada@example.com,done,2026-12-31\n";
    let json = "{\"address\":\"ada@example.com\",\"status\":\"done\",\"expires_at\":null}\n";
    for verb in [
        "invite", "resend", "unlock", "lock", "remove", "extend", "role-of",
    ] {
        for (file, word) in [(csv, "column"), (json, "key")] {
            let run = world.pipe(&format!("{verb} --from - --yes"), file);
            assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{verb}\n{run}");
            for name in ["status", "expires_at"] {
                let said = format!("unknown {word} {name}");
                assert!(run.stderr.contains(&said), "{verb}: {said}\n{run}");
            }
        }
    }
    let run = world.pipe("extend --from - --yes", csv);
    assert!(
        run.stderr.contains("expires_at (did you mean until?)"),
        "{run}"
    );
    // All five of them make a results file, also in JSON lines.
    let all = "{\"address\":\"ada@example.com\",\"line\":2,\"action\":\"invited\",\"status\":\"done\",\"message\":\"\",\"expires_at\":null}\n";
    let run = world.pipe("invite --from -", all);
    assert_eq!(run.code, 0, "{run}");
    assert!(run.stderr.starts_with("Nothing to do"), "{run}");
}
