//! Executables that do not behave: what they say is never a yes.

use std::os::unix::fs::PermissionsExt;

use super::*;

/// A folder with another `admit`: for each line it prints `says`, with the id of the request for `ID`, and ends if there
/// is an exit code.
pub(super) fn impostor(machine: &Machine) -> PathBuf {
    const PROGRAM: &str = r#"#!/bin/sh
while IFS= read -r line || [ -n "$line" ]; do
    id=$(printf '%s' "$line" | sed 's/.*"id": *\([0-9]*\).*/\1/')
    sed "s/ID/$id/" says
    case $(cat ends) in
    '') ;;
    killed) kill -9 $$ ;;
    hangs) exec sleep 100 ;;
    *) exit "$(cat ends)" ;;
    esac
done
"#;
    let path = machine.file("impostor/admit", PROGRAM);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path.parent().unwrap().to_owned()
}

/// What an executable could say that is no yes.
pub(super) const NONSENSE: [&str; 12] = [
    "",
    "yes",
    "\u{0}\u{1}\u{7f}",
    "true",
    "null",
    "[]",
    "{}",
    "{\"ok\":true}",
    "{\"schema\":2,\"id\":ID,\"ok\":\"true\",\"answer\":\"session-live\"}",
    "{\"schema\":2,\"id\":ID,\"ok\":1,\"answer\":\"session-live\"}",
    "{\"schema\":1,\"id\":ID,\"ok\":true,\"answer\":\"session-live\"}",
    "{\"schema\":2,\"id\":ID,\"ok\":true,\"answer\":\"session-",
];
/// In a stream, the answer to another request is no answer either.
const ANOTHER: [&str; 2] = [
    "{\"schema\":2,\"id\":987654321,\"ok\":true,\"answer\":\"session-live\"}",
    "{\"schema\":2,\"ok\":true,\"answer\":\"session-live\"}",
];
/// For one process per request: the exit code must agree.
pub(super) const YES: &str = "{\"schema\":2,\"ok\":true,\"answer\":\"session-live\",\"message\":{\"text\":\"Yes.\"},\"cause\":null}";
pub(super) const NO: &str = "{\"schema\":2,\"ok\":false,\"reason\":\"locked\",\"message\":{\"text\":\"No.\"},\"cause\":\"locked\"}";

fn nothing_unclear_is_a_yes(language: &Language) {
    let machine = Machine::new();
    let folder = impostor(&machine);
    let Some(mut client) = Client::start(&machine, language, 1, &folder) else {
        return;
    };
    let mut is_no = |says: &str, ends: &str| {
        machine.file("says", format!("{says}\n"));
        machine.file("ends", ends);
        client.send(&json!(["check-session", {"session": "adm_s_x", "ip": IP}]));
        let answer = client.returned(Duration::from_secs(20));
        let about = format!("{}: {says:?}, {ends:?}: {answer}", language.file);
        assert_eq!(
            (&answer["ok"], &answer["reason"]),
            (&json!(false), &json!("unavailable")),
            "{about}"
        );
        assert!(
            answer["message"]["text"].is_string() && answer["cause"].is_string(),
            "{about}"
        );
    };
    for says in NONSENSE {
        is_no(says, "0");
    }
    for ends in ["killed", "hangs", "1", "111"] {
        is_no("", ends);
    }
    if language.stream {
        for says in ANOTHER.iter().chain(&["yes", "{}"]) {
            is_no(says, "");
        }
    } else {
        for ends in ["1", "2", "111", "killed", "hangs"] {
            is_no(YES, ends);
        }
        is_no(NO, "0");
    }
    drop(client);
    let mut client = Client::start(&machine, language, 1, Path::new("/nowhere")).unwrap();
    assert!(!client.lives(&json!("adm_s_x")), "without an executable");
    assert!(client.sign_in(json!({"address": ADA, "password": PASSWORD}))["session"].is_null());
}

#[test]
fn the_python_client_takes_nothing_unclear_for_a_yes() {
    nothing_unclear_is_a_yes(&PYTHON);
}

#[test]
fn the_node_client_takes_nothing_unclear_for_a_yes() {
    nothing_unclear_is_a_yes(&NODE);
}

#[test]
fn the_php_client_takes_nothing_unclear_for_a_yes() {
    nothing_unclear_is_a_yes(&PHP);
}

/// A folder with an `admit` that is killed as soon as it has made its first answer, before anybody could read it.
pub(super) fn loses_an_answer(machine: &Machine) -> PathBuf {
    let program = format!(
        r#"#!/bin/sh
if rm lose 2>/dev/null; then
    mkfifo answers
    exec 3<&0 # in the background, 0 is something else
    '{ADMIT}' "$@" <&3 >answers &
    read -r _ <answers
    kill -9 $!
    exit 137
fi
exec '{ADMIT}' "$@"
"#
    );
    machine.file("lose", "");
    let path = machine.file("loses/admit", program);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
    path.parent().unwrap().to_owned()
}

/// Somebody who needs no code.
pub(super) fn with_bare_ada() -> Machine {
    let machine = Machine::new();
    let token = machine.token(&format!("invite {ADA}"));
    let request = json!({"token": token, "password": PASSWORD}).to_string();
    let ended = machine.pipe("gate register", request);
    assert_eq!(ended.code, Some(0), "{ended}");
    machine
}

/// What was done is not done again: the person is let in with the session that exists already.
#[test]
fn a_lost_answer_is_asked_for_again() {
    for language in [PYTHON, NODE, PHP] {
        let machine = with_bare_ada();
        let folder = loses_an_answer(&machine);
        let Some(mut client) = Client::start(&machine, &language, 30, &folder) else {
            continue;
        };
        let page = client.sign_in(json!({"address": ADA, "password": PASSWORD}));
        assert!(page["session"].is_string(), "{}: {page}", language.file);
        assert!(!machine.path("lose").exists());
        assert_eq!(
            machine.count("select count(*) from session"),
            1,
            "{}",
            language.file
        );
    }
}
