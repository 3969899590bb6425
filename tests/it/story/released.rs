//! Stores of earlier versions, which lie in `tests/golden`: each is upgraded with all that it holds.

use std::fs;
use std::path::{Path, PathBuf};

use admit::store::Store;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use crate::story::moving::{OPENING, input_for};
use crate::support::world::World;

/// The released schemas with their folders, in their order.
pub(crate) fn released() -> Vec<(i64, PathBuf)> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut found: Vec<(i64, PathBuf)> = fs::read_dir(golden)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter_map(|path| Some((path.file_name()?.to_str()?.parse().ok()?, path)))
        .collect();
    found.sort();
    found
}

/// A text of a golden store, without the end of its line.
fn text(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join(name))
        .unwrap()
        .trim_end()
        .to_owned()
}

fn lines(text: &str) -> Vec<Value> {
    let line = |line: &str| serde_json::from_str(line).unwrap();
    text.lines().map(line).collect()
}

/// A home with the key of a golden store, an hour after that was made.
pub(crate) fn home_of(folder: &Path) -> World {
    let world = World::fresh();
    world.file(".config/admit/key", fs::read(folder.join("key")).unwrap());
    let made: Timestamp = lines(text(folder, "backup").lines().next().unwrap())[0]["made_at"]
        .as_str()
        .unwrap()
        .parse()
        .unwrap();
    let then = made + SignedDuration::from_hours(1);
    world.advance(then.duration_since(world.now()).unsigned_abs());
    world
}

/// Everybody is there as they were, and what they had works.
fn everything_is_there(world: &World, folder: &Path) {
    let has = world.run("list -o jsonl");
    let (has, had) = (lines(&has.stdout), lines(&text(folder, "people.jsonl")));
    assert_eq!(has.len(), had.len());
    for (has, had) in has.iter().zip(&had) {
        for (key, value) in had.as_object().unwrap() {
            assert_eq!(&has[key], value, "{key} of {}", had["address"]);
        }
    }
    world.run("store check").done();
    world.run("audit verify").done();
    assert!(had.len() > 40);

    let password = text(folder, "password");
    let gate = |op: &str, request: Value| -> Value {
        let run = world.pipe(&format!("gate {op} --panel main"), request.to_string());
        serde_json::from_str(&run.stdout).unwrap()
    };
    let sign_in = |code: Option<String>| {
        let mut request = json!({"address": "ada@example.com", "password": password, "ip": null});
        if let Some(code) = code {
            request["code"] = code.into();
        }
        gate("sign-in", request)
    };
    // What is sealed and what is hashed is so with the same key.
    assert_eq!(sign_in(None)["reason"], "code-required");
    let code = text(folder, "backup-code");
    assert_eq!(sign_in(Some(code.clone()))["answer"], "signed-in");
    assert_eq!(sign_in(Some(code))["reason"], "code-invalid");
    let token = text(folder, "carol-token");
    let request = json!({"token": token, "password": "nine purple bottles hang there"});
    assert_eq!(gate("register", request)["answer"], "registered");
    let session = text(folder, "session");
    assert_eq!(
        gate("check-session", json!({ "session": session }))["answer"],
        "session-live"
    );
    assert_eq!(world.run("why bob@example.com").code, 6);
    world.run("audit verify").done();
}

#[test]
fn every_schema_before_the_present_has_a_golden_store() {
    let numbers: Vec<i64> = released().into_iter().map(|(number, _)| number).collect();
    let wanted: Vec<i64> = (1..Store::schema()).collect();
    assert_eq!(numbers[..wanted.len()], wanted);
    assert!(numbers.len() <= wanted.len() + 1);
}

#[test]
fn a_released_store_is_upgraded_with_all_it_holds() {
    for (schema, folder) in released() {
        let world = home_of(&folder);
        world.place().hold_released(&folder);
        let before = world.dump();
        let refused = world.run("list").exits(1);
        assert!(
            refused.contains(&format!("has schema {schema}"))
                && refused.contains("`admit store upgrade"),
            "{refused}"
        );
        world.run("store upgrade -n").done();
        assert_eq!(world.dump(), before);

        let row = world.row("store upgrade");
        assert_eq!(
            (&row["status"], &row["before"], &row["after"]),
            (&json!("done"), &json!(schema), &json!(Store::schema()))
        );
        let entry = world.row("audit list --action store-upgraded");
        assert_eq!(
            entry["detail"],
            json!({"before": schema, "after": Store::schema()})
        );
        everything_is_there(&world, &folder);
        let row = world.row("store upgrade");
        assert_eq!(
            (&row["status"], &row["copy"]),
            (&json!("unchanged"), &Value::Null)
        );
    }
}

#[test]
fn no_other_command_touches_a_store_of_an_earlier_version() {
    let (schema, folder) = released().swap_remove(0);
    let world = home_of(&folder);
    world.place().hold_released(&folder);
    world.file("head", format!("1 {}", "00".repeat(32)));
    let before = world.dump();
    let also = [("store info", 4), ("store check", 4)];
    for (line, code) in OPENING.iter().chain(&also) {
        if line.starts_with("store backup") {
            continue;
        }
        let run = world.pipe(line, input_for(line));
        let (code, said) = match code {
            111 => (111, &run.stdout),
            _ => (1, &run.stderr),
        };
        assert_eq!(run.code, code, "{line}\n{run}");
        let wanted = format!("has schema {schema}, but this version of admit requires ");
        assert!(said.contains(&wanted), "{line}\n{run}");
    }
    assert_eq!(world.dump(), before);
    assert_eq!(world.letters(), 0);
}

#[test]
fn a_backup_of_a_released_store_is_restored() {
    for (_, folder) in released() {
        let world = home_of(&folder);
        world
            .run(&format!(
                "store restore {} --yes",
                folder.join("backup").display()
            ))
            .done();
        everything_is_there(&world, &folder);
    }
}

#[test]
fn a_released_store_can_be_backed_up_before_it_is_upgraded() {
    for (_, folder) in released() {
        let world = home_of(&folder);
        world.place().hold_released(&folder);
        let before = world.dump();
        world.run("store backup $HOME/b").done();
        assert_eq!(world.dump(), before);
        let other = home_of(&folder);
        let backup = world.home().join("b");
        other
            .run(&format!("store restore {} --yes", backup.display()))
            .done();
        everything_is_there(&other, &folder);
    }
}
