//! docs/gate.md and docs/gate.schema.json say what the gate does: they are made from its contract, and every example
//! was run. `ADMIT_BLESS=1` rewrites them.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use admit::gate::contract::{ANYWHERE, Field, Key, Need, Shape, Takes, fields_of, json_schema};
use admit::gate::{Verb, codes, message_template};
use serde_json::{Value, json};

use crate::generated::variable;
use crate::support::phone::Phone;
use crate::support::world::World;

const PASSWORD: &str = "correct horse battery staple";
const NEW: &str = "another fine pass phrase";

fn document(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Compares a file with what it should be, or makes it so.
fn compare(name: &str, wanted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    if variable("ADMIT_BLESS").is_some() {
        fs::write(&path, wanted).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap() == wanted,
        "{name} is not what the contract says; run `ADMIT_BLESS=1 cargo test --test it gate_contract`"
    );
}

/// A document with one of its made parts replaced.
fn with_part(document: &str, part: &str, text: &str) -> String {
    let (open, close) = (format!("<!-- made: {part} -->\n"), "<!-- /made -->");
    let (before, rest) = document.split_once(&open).unwrap();
    let (_, after) = rest.split_once(close).unwrap();
    format!("{before}{open}\n{text}\n{close}{after}")
}

#[test]
fn the_page_is_made_from_the_contract_and_its_examples_were_run() {
    let examples = examples();
    let mut requests = String::new();
    for verb in Verb::ALL {
        requests.push_str(&section(*verb, &examples));
    }
    let page = document("docs/gate.md");
    let page = with_part(&page, "requests", requests.trim_end());
    let page = with_part(&page, "reasons", &reasons());
    let page = with_part(&page, "messages", &messages());
    compare("docs/gate.md", &page);
}

#[test]
fn the_schema_is_what_the_program_prints() {
    let schema = serde_json::to_string_pretty(&json_schema()).unwrap() + "\n";
    compare("docs/gate.schema.json", &schema);
}

fn section(verb: Verb, examples: &BTreeMap<&'static str, (Value, Value)>) -> String {
    let contract = verb.contract();
    let mut text = format!("### `{}`\n\n{}.", verb.as_str(), contract.about);
    if contract.changes {
        text.push_str(" Takes `idempotency`.");
    }
    text.push_str("\n\n");
    if !contract.keys.is_empty() {
        text.push_str("| key | needed | takes | what it is |\n|---|---|---|---|\n");
        for key in contract.keys {
            writeln!(
                text,
                "| `{}` | {} | {} | {} |",
                key.name,
                needed(key),
                takes(key),
                key.about
            )
            .unwrap();
        }
        text.push('\n');
    }
    for yes in contract.yes {
        let fields: Vec<&Field> = yes.fields.iter().flat_map(|fields| fields.iter()).collect();
        write!(text, "Yes: `{}`", yes.word).unwrap();
        text.push_str(if fields.is_empty() {
            ".\n\n"
        } else {
            " with\n\n"
        });
        for field in &fields {
            list(&mut text, field, 0);
        }
        if !fields.is_empty() {
            text.push('\n');
        }
    }
    let no: Vec<String> = (contract.no.iter().chain(ANYWHERE))
        .map(|reason| format!("`{reason}`"))
        .collect();
    write!(text, "No: {}.\n\n", no.join(" · ")).unwrap();
    let (request, answer) = &examples[verb.as_str()];
    write!(text, "```json\n{request}\n{answer}\n```\n\n").unwrap();
    text
}

fn list(text: &mut String, field: &Field, depth: usize) {
    let or_null = match field.shape {
        Shape::OrNull(_) if !field.about.contains("null") => ", or null",
        _ => "",
    };
    writeln!(
        text,
        "{}- `{}`: {}{or_null}",
        "  ".repeat(depth),
        field.name,
        field.about
    )
    .unwrap();
    if let Shape::Object(inner) | Shape::Objects(inner) = field.shape {
        for field in inner {
            list(text, field, depth + 1);
        }
    }
}

fn needed(key: &Key) -> String {
    match key.need {
        Need::Required => "yes".into(),
        Need::Optional => "no".into(),
        Need::OrNull => "yes, or null".into(),
        Need::OneOf => "one of these".into(),
        Need::With(other) => format!("with `{other}`"),
    }
}

fn takes(key: &Key) -> String {
    match key.takes {
        Takes::Text | Takes::Secret => "text".into(),
        Takes::Token => "token".into(),
        Takes::Words(words) => words.join(", "),
        Takes::Ip => "IP address".into(),
        Takes::Flag => "true, false".into(),
        Takes::Whole => "number".into(),
        Takes::Code | Takes::Label => "text or number".into(),
    }
}

fn reasons() -> String {
    let mut all = BTreeSet::new();
    for verb in Verb::ALL {
        all.extend(verb.contract().no);
    }
    all.extend(ANYWHERE);
    let mut text = String::from("| reason | besides | what the person reads |\n|---|---|---|\n");
    for reason in all {
        let fields: Vec<String> = (fields_of(reason).iter())
            .map(|field| format!("`{}`", field.name))
            .collect();
        writeln!(
            text,
            "| `{reason}` | {} | {} |",
            fields.join(", "),
            template(reason)
        )
        .unwrap();
    }
    text.trim_end().to_owned()
}

fn messages() -> String {
    let mut text = String::from(
        "`{…}` is a parameter; what is in `[…]` appears if its parameter is there.\n\n| code | English |\n|---|---|\n",
    );
    for code in codes() {
        writeln!(text, "| `{code}` | {} |", template(code)).unwrap();
    }
    text.trim_end().to_owned()
}

fn template(code: &str) -> String {
    message_template(code).unwrap().replace('|', "\\|")
}

/// A request and its answer for every op, made by a story: secrets are cut short.
fn examples() -> BTreeMap<&'static str, (Value, Value)> {
    let mut all = BTreeMap::new();
    let world = World::new();
    world.run("invite ada@example.com --name Ada").done();
    let mut story = Story {
        world: &world,
        all: &mut all,
    };
    let token = world.token("ada@example.com");
    story.ask("hello", json!({}));
    story.ask("health", json!({}));
    story.ask("policy", json!({}));
    story.ask("peek", json!({"token": token}));
    story.ask(
        "register",
        json!({"token": token, "password": PASSWORD, "name": "Ada Lovelace"}),
    );
    world.set_panel("main", "methods", "app,mail");
    world.set_panel("main", "second-factor", "required");
    let sent = json!({"address": "ada@example.com", "password": PASSWORD, "method": "mail", "ip": "192.0.2.10"});
    story.ask("send-code", sent);
    world.set_panel("main", "methods", "app");
    let asked = story.quietly(
        "sign-in",
        json!({"address": "ada@example.com", "password": PASSWORD, "ip": "192.0.2.10"}),
    );
    let ticket = asked["ticket"].clone();
    let offer = story.ask("set-up-2fa", json!({"ticket": ticket, "ip": "192.0.2.10"}));
    let secret = offer["secret"].as_str().unwrap().to_owned();
    let set = story.quietly("set-up-2fa", json!({"ticket": ticket, "code": Phone::typed(&format!("  Secret {secret}"), &world.clock()).code(), "ip": "192.0.2.10"}));
    let codes = set["backup_codes"].clone();
    let session = set["session"].clone();
    story.ask("check-session", json!({"session": session}));
    let asked = story.quietly(
        "sign-in",
        json!({"address": "ada@example.com", "password": PASSWORD, "ip": "192.0.2.10"}),
    );
    story.ask(
        "sign-in",
        json!({"ticket": asked["ticket"], "code": codes[0], "ip": "192.0.2.10", "trust_ip": true}),
    );
    let made = story.ask(
        "new-backup-codes",
        json!({"session": session, "code": codes[1], "ip": "192.0.2.10"}),
    );
    let code = made["backup_codes"][0].clone();
    world.set_panel("main", "second-factor", "optional");
    story.ask(
        "second-factor-off",
        json!({"session": session, "code": code, "ip": "192.0.2.10"}),
    );
    let changed = story.ask(
        "change-password",
        json!({"session": session, "password": PASSWORD, "new_password": NEW, "ip": "192.0.2.10"}),
    );
    story.ask("sign-out", json!({"session": changed["session"]}));
    story.ask(
        "forgot-password",
        json!({"address": "ada@example.com", "ip": "192.0.2.10"}),
    );
    world.run("mail send").done();
    let reset = world.token("ada@example.com");
    story.ask(
        "reset-password",
        json!({"token": reset, "password": PASSWORD}),
    );
    world
        .run("edit ada@example.com --address ada@new.example.com")
        .done();
    let confirm = world.token("ada@new.example.com");
    story.ask("confirm-address", json!({"token": confirm}));
    story.ask("events", json!({"since": 8, "limit": 1}));
    all
}

struct Story<'a> {
    world: &'a World,
    all: &'a mut BTreeMap<&'static str, (Value, Value)>,
}

impl Story<'_> {
    /// Asks, and keeps both sides.
    fn ask(&mut self, op: &'static str, request: Value) -> Value {
        let answer = self.quietly(op, request.clone());
        assert_eq!(answer["ok"], true, "{op}: {answer}");
        self.all.insert(op, (short(request), short(answer.clone())));
        answer
    }

    fn quietly(&self, op: &str, request: Value) -> Value {
        let run = self
            .world
            .pipe(&format!("gate {op} --panel main"), request.to_string());
        serde_json::from_str(&run.stdout).unwrap()
    }
}

/// Without what is secret or differs from run to run.
fn short(mut value: Value) -> Value {
    const SECRET: &[&str] = &["password", "new_password", "secret", "otpauth", "version"];
    if let Some(map) = value.as_object_mut() {
        for (key, value) in map.iter_mut() {
            match value {
                Value::String(text) if text.starts_with("adm_") => {
                    *text = format!("{}…", &text[..6]);
                }
                Value::String(text) if SECRET.contains(&key.as_str()) => *text = "…".into(),
                Value::Array(list) if key == "backup_codes" => *list = vec!["…".into()],
                Value::Array(list) if key == "ops" => list.truncate(2),
                Value::String(text)
                    if key == "code" && text.len() > 20 && !text.contains("second") =>
                {
                    *text = "…".into();
                }
                Value::Object(_) => *value = short(value.take()),
                Value::Array(list) => {
                    for item in list {
                        *item = short(item.take());
                    }
                }
                _ => {}
            }
        }
    }
    value
}

/// A one-shot gate only queues mail: where nobody sends it, the panel's log says so, and the person reads nothing of it.
#[test]
fn mail_that_nobody_sends_is_told_to_the_panels_log() {
    let world = World::with_ada();
    let ask = || -> Value {
        let request = json!({"address": "ada@example.com", "ip": null}).to_string();
        let run = world.pipe("gate forgot-password", request);
        serde_json::from_str(&run.stdout).unwrap()
    };
    assert_eq!(ask()["cause"], "link-mailed");
    world.advance(std::time::Duration::from_mins(6));
    let answer = ask();
    let cause = answer["cause"].as_str().unwrap();
    assert!(cause.contains("mails wait since 2026-"), "{cause}");
    assert!(!answer["message"].to_string().contains("wait"), "{answer}");
    world.run("mail send").done();
    assert!(!ask()["cause"].as_str().unwrap().contains("wait"));
}
