//! Many requests over one pipe.

use std::collections::BTreeMap;
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::*;
use crate::gate::{LIMIT, stream};
use crate::mail::{Mailbox, Templates, Transport};
use crate::ops::deliver::{Mailer, Wording};
use crate::vault::KeyId;

type Door<'a> = &'a (dyn Fn() -> Result<Store, String> + Sync);

/// Runs a stream over a text; gives the exit code and the answers by id.
fn stream_of(
    text: &[u8],
    open: Door<'_>,
    now: Timestamp,
    mailer: Option<&Mailer>,
) -> (u8, Vec<Value>) {
    let gate = GateContext {
        panel: None,
        open,
        op: &|| op_at(now),
        pause: &std::thread::park_timeout,
        slots: None,
    };
    let mut output = Vec::new();
    let code = stream::serve(&mut { text }, &mut output, &gate, mailer, 3);
    let lines = output.split_inclusive(|&byte| byte == b'\n');
    let answers = lines.map(|line| {
        let answer: Value = serde_json::from_slice(line).unwrap();
        let code = match (answer["ok"].as_bool().unwrap(), answer["reason"].as_str()) {
            (true, _) => 0,
            (false, Some("unavailable" | "bad-request")) => 111,
            _ => 1,
        };
        one_line(line, code)
    });
    (code, answers.collect())
}

pub(in crate::gate) fn door(world: &World) -> impl Fn() -> Result<Store, String> + Sync + use<> {
    let (dir, entropy) = (world.dir.path().to_owned(), world.entropy.clone());
    move || {
        let place = Location::File(dir.join("store"));
        Store::open(&place, vault(&entropy), true).map_err(|fault| fault.to_string())
    }
}

#[test]
fn two_hundred_requests_side_by_side_keep_their_ids() {
    let mut world = World::with_ada();
    let session = world.session();
    let mut text = String::new();
    for at in 0..200 {
        let line = match at % 8 {
            0 => {
                json!({"id": at, "op": "sign-in", "ip": null, "address": format!("nobody-{at}@example.com"), "password": "x"})
            }
            1 => {
                json!({"id": at, "op": "sign-in", "ip": null, "address": ADA, "password": PASSWORD, "panel": "main"})
            }
            2 => json!({"id": at, "op": "sign-out", "session": "adm_s_x"}),
            3 => {
                json!({"id": at, "op": "forgot-password", "ip": null, "address": "nobody@example.com"})
            }
            4 => json!({"id": at, "op": "sign-in"}),
            _ => json!({"id": at, "op": "check-session", "session": session}),
        };
        text.push_str(&line.to_string());
        text.push('\n');
    }
    let (code, answers) = stream_of(text.as_bytes(), &door(&world), world.now, None);
    assert_eq!((code, answers.len()), (0, 200));
    let by_id: BTreeMap<i64, &Value> = answers
        .iter()
        .map(|answer| (answer["id"].as_i64().unwrap(), answer))
        .collect();
    assert_eq!(by_id.len(), 200);
    for (id, answer) in by_id {
        let word = answer.get("answer").or(answer.get("reason")).unwrap();
        let expected = match id % 8 {
            0 => "invalid-credentials",
            1 => "signed-in",
            2 => "session-ended",
            3 => "accepted",
            4 => "bad-request",
            _ => "session-live",
        };
        assert_eq!(word, expected, "{id}");
    }
}

#[test]
fn of_many_wrong_tries_at_once_no_more_than_six_are_looked_at() {
    let mut world = World::with_ada();
    let line = json!({"op": "sign-in", "ip": null, "address": ADA, "password": "wrong"})
        .to_string()
        + "\n";
    let (code, answers) = stream_of(line.repeat(20).as_bytes(), &door(&world), world.now, None);
    assert_eq!(code, 0);
    let count = |reason: &str| {
        answers
            .iter()
            .filter(|answer| answer["reason"] == reason)
            .count()
    };
    assert_eq!((count("invalid-credentials"), count("locked")), (6, 14));
    assert!(answers.iter().all(|answer| answer["id"] == Value::Null));
    assert_eq!(world.sign_in(ADA, PASSWORD)["reason"], "locked");
}

#[test]
fn a_stream_survives_lines_that_do_not_read() {
    let world = World::new();
    let good = r#"{"id":"good","op":"sign-out","session":"s"}"#;
    let long = "x".repeat(LIMIT + 1);
    let lines: [&[u8]; 11] = [
        good.as_bytes(),
        b"",
        b"x",
        b"{",
        b"\xff\xfe",
        b"\0",
        b"[]",
        b"{\"id\":\"bad\",\"op\":\"stream\"}",
        long.as_bytes(),
        b"{\"id\":1.5}",
        good.as_bytes(),
    ];
    let (code, answers) = stream_of(&lines.join(&b'\n'), &door(&world), world.now, None);
    assert_eq!((code, answers.len()), (0, 11));
    let of = |id: &str| {
        answers
            .iter()
            .filter(|answer| answer["id"] == id)
            .collect::<Vec<_>>()
    };
    assert!(
        of("good").len() == 2
            && of("good")
                .iter()
                .all(|answer| answer["reason"] == "session-ended")
    );
    assert_eq!(of("bad")[0]["reason"], "bad-request");
    let bad = answers
        .iter()
        .filter(|answer| answer["reason"] == "bad-request")
        .count();
    assert_eq!(bad, 9);
}

#[test]
fn a_store_that_is_away_is_asked_for_again() {
    let world = World::new();
    let door = door(&world);
    let asked = AtomicUsize::new(0);
    let open = || match asked.fetch_add(1, Ordering::SeqCst) {
        0..=4 => Err("the store is away".to_owned()),
        5 => std::panic::resume_unwind(Box::new("a fault of ours")),
        _ => door(),
    };
    let line = "{\"op\":\"sign-out\",\"session\":\"s\"}\n".repeat(30);
    let (code, answers) = stream_of(line.as_bytes(), &open, world.now, None);
    assert_eq!((code, answers.len()), (0, 30));
    let causes = |cause: &str| {
        answers
            .iter()
            .filter(|answer| answer["cause"] == cause)
            .count()
    };
    assert_eq!(causes("the store is away"), 5);
    assert_eq!(causes("an internal error in admit"), 1);
    assert_eq!(
        answers
            .iter()
            .filter(|answer| answer["reason"] == "session-ended")
            .count(),
        24
    );
    // Each of the three opened it once.
    assert!(asked.load(Ordering::SeqCst) <= 9);
}

#[test]
fn mail_leaves_in_the_background() {
    let world = World::with_ada();
    let mailbox = Mailbox::new();
    let mailer = Mailer::new(
        Transport::Memory(mailbox.clone()),
        Templates::builtin().unwrap(),
        Wording::default(),
    );
    let line = json!({"op": "forgot-password", "ip": null, "address": ADA}).to_string();
    let (code, answers) = stream_of(line.as_bytes(), &door(&world), world.now, Some(&mailer));
    assert_eq!(
        (code, answers[0]["cause"].as_str()),
        (0, Some("link-mailed"))
    );
    let token = mailbox.last_to(ADA).unwrap().token().unwrap();
    assert!(token.starts_with("adm_r_"));
    // A fault of the mailer's door does not reach the panel.
    let closed = || Err("away".to_owned());
    let (code, answers) = stream_of(b"", &closed, world.now, Some(&mailer));
    assert_eq!((code, answers.len()), (0, 0));
}

#[test]
fn codes_leave_in_the_background_and_never_in_an_answer() {
    let mut world = World::with_ada();
    world.policy("second-factor", "required");
    world.policy("methods", "mail");
    let mailbox = Mailbox::new();
    let mailer = Mailer::new(
        Transport::Memory(mailbox.clone()),
        Templates::builtin().unwrap(),
        Wording::default(),
    );
    let ask = json!({"id": 1, "op": "send-code", "ip": null, "address": ADA, "password": PASSWORD, "method": "mail"});
    let (code, answers) = stream_of(
        ask.to_string().as_bytes(),
        &door(&world),
        world.now,
        Some(&mailer),
    );
    assert_eq!((code, answers.len()), (0, 1));
    assert_eq!(
        (&answers[0]["id"], &answers[0]["answer"]),
        (&json!(1), &json!("code-sent"))
    );
    let letter = mailbox.last_to(ADA).unwrap();
    let typed = letter.code().unwrap();
    assert!(!answers[0].to_string().contains(&typed), "{}", answers[0]);
    let ticket = answers[0]["ticket"].as_str().unwrap();
    assert!(!letter.text().contains(ticket), "{}", letter.text());
    // Once it is sent the store no longer knows it; the next line of a stream signs in with it.
    let enter = json!({
        "op": "sign-in", "ip": null, "id": "in", "address": ADA, "password": PASSWORD, "code": typed, "ticket": ticket,
    });
    let (code, answers) = stream_of(
        enter.to_string().as_bytes(),
        &door(&world),
        world.now,
        Some(&mailer),
    );
    assert_eq!(
        (code, answers[0]["answer"].as_str()),
        (0, Some("signed-in"))
    );
}

/// A pipe whose reader is gone.
struct Closed;

impl Write for Closed {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// An input that ends in a fault.
struct Broken(usize);

impl Read for Broken {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let text = b"{\"op\":\"sign-out\",\"session\":\"s\"}\n";
        self.0 = self
            .0
            .checked_sub(1)
            .ok_or(io::ErrorKind::ConnectionReset)?;
        out[..text.len()].copy_from_slice(text);
        Ok(text.len())
    }
}

#[test]
fn what_nobody_hears_and_what_breaks_is_no_yes() {
    let mut world = World::with_ada();
    let now = world.now;
    let open = door(&world);
    let gate = GateContext {
        panel: None,
        open: &open,
        op: &|| op_at(now),
        pause: &|_| {},
        slots: None,
    };
    let request = json!({"address": ADA, "password": PASSWORD}).to_string();
    let code = crate::gate::once::serve(Verb::SignIn, &mut request.as_bytes(), &mut Closed, &gate);
    assert_eq!(code, 111);
    let code = crate::gate::once::serve(Verb::SignIn, &mut Broken(0), &mut io::sink(), &gate);
    assert_eq!(code, 111);
    let line = json!({"op": "forgot-password", "ip": null, "address": ADA}).to_string() + "\n";
    let code = stream::serve(&mut line.repeat(50).as_bytes(), &mut Closed, &gate, None, 2);
    assert_eq!(code, 111);
    let mut output = Vec::new();
    assert_eq!(
        stream::serve(&mut Broken(3), &mut output, &gate, None, 2),
        111
    );
    assert_eq!(output.split_inclusive(|&byte| byte == b'\n').count(), 3);
    assert_eq!(world.sign_in(ADA, PASSWORD)["ok"], true);
}

/// A request that comes again and again, far longer than anybody listens.
struct Endless<'a>(&'a AtomicUsize);

/// So often.
const ENDLESS: usize = 20_000;

impl Read for Endless<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.0.fetch_add(1, Ordering::SeqCst) >= ENDLESS {
            return Ok(0);
        }
        let text = b"{\"op\":\"sign-out\",\"session\":\"s\"}\n";
        out[..text.len()].copy_from_slice(text);
        Ok(text.len())
    }
}

#[test]
fn a_stream_that_nobody_hears_ends_though_its_input_goes_on() {
    let world = World::new();
    let (now, open) = (world.now, door(&world));
    let gate = GateContext {
        panel: None,
        open: &open,
        op: &|| op_at(now),
        pause: &|_| {},
        slots: None,
    };
    let read = AtomicUsize::new(0);
    let code = stream::serve(&mut Endless(&read), &mut Closed, &gate, None, 2);
    assert_eq!(code, 111);
    let read = read.load(Ordering::SeqCst);
    assert!(read < 1_000, "it went on reading: {read} lines");
}

#[test]
fn after_a_fault_that_lasts_the_store_is_opened_again() {
    let (sick, sound) = (World::with_ada(), World::with_ada());
    let doors = [door(&sick), door(&sound)];
    let opened = AtomicUsize::new(0);
    let open = || {
        let first = opened.fetch_add(1, Ordering::SeqCst) == 0;
        let store = doors[usize::from(!first)]()?;
        if first {
            // From now on it says that it has a key that nobody has.
            let mut other = doors[0]()?;
            let changed = other.change(|tx| {
                assert!(tx.change_key(tx.keys()?.current, KeyId::from_stored(7))?);
                Ok::<_, Fault>(Done::unrecorded(()))
            });
            changed.unwrap();
        }
        Ok(store)
    };
    let line = json!({"op": "sign-in", "ip": null, "address": ADA, "password": PASSWORD})
        .to_string()
        + "\n";
    let gate = GateContext {
        panel: None,
        open: &open,
        op: &|| Op {
            now: sound.now,
            wall: sound.now,
            zone: TimeZone::UTC,
            actor: actor(),
        },
        pause: &|_| {},
        slots: None,
    };
    let mut output = Vec::new();
    let text = line.repeat(3);
    let code = stream::serve(&mut text.as_bytes(), &mut output, &gate, None, 1);
    assert_eq!(code, 0);
    let words: Vec<String> = output
        .split_inclusive(|&byte| byte == b'\n')
        .map(|line| {
            let answer: Value = serde_json::from_slice(line).unwrap();
            let word = answer.get("answer").or(answer.get("reason"));
            word.unwrap().as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(words, ["unavailable", "signed-in", "signed-in"]);
    assert_eq!(opened.load(Ordering::SeqCst), 2);
}
