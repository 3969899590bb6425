//! The gate against real stores in temporary folders, with cheap hashing.

mod clock;
mod kept;
mod lanes;
mod locks;
mod mistyped;
mod refusals;
mod requests;
mod second_factor;
mod second_requests;
mod sent_codes;
mod set_up;
mod steps;
pub(super) mod streams;
mod successes;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::contract::{Key, Need};
use super::{GateContext, Request, Verb, answer};
use crate::domain::access::Term;
use crate::domain::address::Address;
use crate::domain::event::{Actor, Source};
use crate::domain::link::LinkPurpose;
use crate::ops::invite::{Invite, invite};
use crate::ops::{Op, OpError, Scope};
use crate::store::{Done, Fault, Location, Store, Tx};
use crate::vault::{Entropy, KeyRing, Vault};

pub(super) const ADA: &str = "ada@example.com";
pub(super) const PASSWORD: &str = "correct horse battery";
pub(super) const OTHER: &str = "another fine pass phrase";
/// Whatever holds this must never come back.
pub(super) const CANARY: &str = "canary-in-the-mine-4711";

/// A store with what a test needs around it.
pub(super) struct World {
    dir: TempDir,
    entropy: Entropy,
    pub(super) store: Store,
    pub(super) now: Timestamp,
}

pub(super) fn actor() -> Actor {
    Actor {
        source: Source::Gate,
        operator: "panel".into(),
        ip: None,
    }
}

fn vault(entropy: &Entropy) -> Vault {
    Vault::new(
        KeyRing::generate(&Entropy::seeded(1)).unwrap(),
        entropy.clone(),
    )
}

pub(super) fn op_at(now: Timestamp) -> Op {
    Op {
        now,
        wall: now,
        zone: TimeZone::UTC,
        actor: actor(),
    }
}

impl World {
    /// A new store with the panel `main` and nobody in it.
    pub(super) fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let entropy = Entropy::seeded(2);
        let now = "2026-03-01T12:00:00Z".parse().unwrap();
        let place = Location::File(dir.path().join("store"));
        let mut store = Store::create(&place, vault(&entropy), &actor(), now).unwrap();
        set(&mut store, |tx| tx.set_store_setting("argon2", "19456,2,1"));
        Self {
            dir,
            entropy,
            store,
            now,
        }
    }

    /// A store with Ada in it, registered.
    pub(super) fn with_ada() -> Self {
        let mut world = Self::new();
        let token = world.invite(ADA, None);
        let answer = world.ask(
            Verb::Register,
            json!({"token": token, "password": PASSWORD}),
        );
        assert_eq!(answer["answer"], "registered");
        world
    }

    pub(super) fn op(&self) -> Op {
        op_at(self.now)
    }

    pub(super) fn store_file(&self) -> std::path::PathBuf {
        self.dir.path().join("store")
    }

    pub(super) fn later(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// Invites somebody to `main`; gives the token.
    pub(super) fn invite(&mut self, address: &str, days: Option<i64>) -> String {
        let request = Invite {
            address: Address::parse(address).unwrap(),
            panel: Some("main".into()),
            name: None,
            phone: None,
            lang: None,
            role: None,
            note: None,
            term: days.map(|days| Term::Until(self.now + SignedDuration::from_hours(24 * days))),
            notify: false,
            mail: true,
            bulk: false,
            resend_pending: false,
        };
        let op = self.op();
        let outcome = self.store.change(|tx| {
            let scope = Scope::load(tx)?;
            Ok::<_, OpError>(Done::recorded(invite(tx, &scope, &op, &request)?))
        });
        let link = outcome.unwrap().link_id.unwrap();
        self.look(|tx| {
            let link = tx.link_by_id(link)?.unwrap();
            Ok(tx.token_of(&link).unwrap().as_str().to_owned())
        })
    }

    /// The token of the newest reset link.
    pub(super) fn reset_token(&mut self, address: &str) -> String {
        let id = self.id(address);
        self.look(|tx| {
            let link = tx.newest_link(id, LinkPurpose::Reset, None)?.unwrap();
            Ok(tx.token_of(&link).unwrap().as_str().to_owned())
        })
    }

    pub(super) fn id(&mut self, address: &str) -> i64 {
        let address = Address::parse(address).unwrap();
        self.look(|tx| Ok(tx.account(&address)?.unwrap().id))
    }

    pub(super) fn look<T>(&mut self, look: impl FnOnce(&mut Tx<'_>) -> Result<T, Fault>) -> T {
        self.store.read(look).unwrap()
    }

    pub(super) fn set(&mut self, work: impl Fn(&mut Tx<'_>) -> Result<(), Fault>) {
        set(&mut self.store, work);
    }

    /// A setting of `main`.
    pub(super) fn policy(&mut self, key: &str, value: &str) {
        self.set(|tx| {
            let panel = tx.panels()?[0].id;
            tx.set_panel_setting(panel, key, Some(value))
        });
    }

    /// Asks, and gets the one line as JSON. The exit code fits what it says.
    pub(super) fn ask(&mut self, verb: Verb, request: Value) -> Value {
        self.ask_in(None, verb, request)
    }

    pub(super) fn ask_in(&mut self, panel: Option<&str>, verb: Verb, request: Value) -> Value {
        let op = self.op();
        let request = from_nowhere(verb, request);
        let request = Request::parse(verb, panel, request.to_string().as_bytes()).unwrap();
        let answer = answer(&mut self.store, &op, request, &|_: Duration| {});
        let line = answer.to_line(None).unwrap();
        one_line(&line, answer.verdict().exit_code())
    }

    pub(super) fn sign_in(&mut self, address: &str, password: &str) -> Value {
        self.ask(
            Verb::SignIn,
            json!({"address": address, "password": password}),
        )
    }

    /// Signs Ada in; gives the session.
    pub(super) fn session(&mut self) -> String {
        let answer = self.sign_in(ADA, PASSWORD);
        assert_eq!(answer["answer"], "signed-in", "{answer}");
        answer["session"].as_str().unwrap().to_owned()
    }
}

/// The request of a panel that knows no IP, unless it names one.
pub(super) fn from_nowhere(verb: Verb, mut request: Value) -> Value {
    let asks = |key: &Key| key.name == "ip" && key.need == Need::OrNull;
    if verb.contract().keys.iter().any(asks) && request.get("ip").is_none() {
        request["ip"] = Value::Null;
    }
    request
}

fn set(store: &mut Store, work: impl Fn(&mut Tx<'_>) -> Result<(), Fault>) {
    let changed = store.change(|tx| {
        work(tx)?;
        Ok::<_, Fault>(Done::unrecorded(()))
    });
    changed.unwrap();
}

/// What every answer must be: one line of plain ASCII, an object with the common keys, and a fitting exit code.
pub(super) fn one_line(bytes: &[u8], code: u8) -> Value {
    let text = std::str::from_utf8(bytes).unwrap();
    let line = text.strip_suffix('\n').expect("the line has an end");
    assert!(line.chars().all(|c| (' '..='~').contains(&c)), "{line:?}");
    assert!(!line.contains(CANARY), "{line}");
    let answer: Value = serde_json::from_str(line).unwrap();
    assert_eq!(answer["schema"], 2);
    let key = if answer["ok"].as_bool().unwrap() {
        "answer"
    } else {
        "reason"
    };
    let word = answer[key].as_str().unwrap();
    let right = match word {
        "unavailable" | "bad-request" => 111,
        _ if answer["ok"] == true => 0,
        _ => 1,
    };
    assert_eq!(code, right, "{line}");
    assert!(
        answer["message"]["text"]
            .as_str()
            .is_some_and(|text| text.ends_with('.')),
        "{line}"
    );
    assert!(answer.get("cause").is_some());
    answer
}

/// An answer as a person sees it: the text of the message alone, and not what the page asks for next.
pub(super) fn told(mut answer: Value) -> Value {
    let fields = answer.as_object_mut().unwrap();
    let text = fields["message"]["text"].clone();
    fields.insert("message".into(), text);
    assert!(fields.remove("next").is_some());
    if fields.get("ticket").is_some_and(Value::is_string) {
        fields.insert("ticket".into(), "…".into());
    }
    answer
}

/// An answer without what only the panel's log gets.
pub(super) fn without_cause(mut answer: Value) -> Value {
    answer.as_object_mut().unwrap().remove("cause");
    answer
}

/// Runs one single-shot request whose store must not be opened, or fails to.
pub(super) fn once_without_store(verb: Verb, bytes: &[u8]) -> (Value, bool) {
    let opened = AtomicBool::new(false);
    let gate = GateContext {
        panel: None,
        open: &|| {
            opened.store(true, Ordering::SeqCst);
            Err("no store here".into())
        },
        op: &|| op_at(Timestamp::UNIX_EPOCH),
        pause: &|_| {},
        slots: None,
    };
    let mut output = Vec::new();
    let code = super::once::serve(verb, &mut { bytes }, &mut output, &gate);
    (one_line(&output, code), opened.load(Ordering::SeqCst))
}
