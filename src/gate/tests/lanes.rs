//! What is quick does not wait for what hashes, and nobody for somebody else's thousand requests.

use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex};

use super::streams::door;
use super::*;
use crate::gate::stream;
use crate::vault::Token;
use crate::vault::slots::HashSlots;

/// Opens once. Who waits for longer than any test takes goes on, so that a failing test ends.
#[derive(Default)]
struct Gate(Mutex<bool>, Condvar);

impl Gate {
    fn open(&self) {
        *self.0.lock().unwrap() = true;
        self.1.notify_all();
    }

    fn wait(&self) {
        let open = self.0.lock().unwrap();
        let waited = self
            .1
            .wait_timeout_while(open, Duration::from_mins(1), |open| !*open);
        drop(waited.unwrap());
    }
}

/// Hears the answers, and may do something about each. False: hears no more.
struct Ear<F>(F);

impl<F: FnMut(Value) -> bool> Write for Ear<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let answer = serde_json::from_slice(bytes).unwrap();
        if (self.0)(answer) {
            Ok(bytes.len())
        } else {
            Err(io::ErrorKind::BrokenPipe.into())
        }
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Runs a stream in which nobody hashes before the gate is open.
fn stream_behind(
    now: Timestamp,
    open: &(dyn Fn() -> Result<Store, String> + Sync),
    gate: &Gate,
    input: &mut dyn Read,
    workers: usize,
    heard: impl FnMut(Value) -> bool + Send,
) -> u8 {
    let context = GateContext {
        panel: None,
        open,
        op: &|| {
            if std::thread::current().name() == Some("gate-hash") {
                gate.wait();
            }
            op_at(now)
        },
        pause: &|_| {},
        slots: None,
    };
    stream::serve(input, &mut Ear(heard), &context, None, workers)
}

/// A sign-in at an unknown address.
fn stranger(id: usize, ip: Option<&str>) -> String {
    let address = format!("nobody-{id}@example.com");
    let mut line =
        json!({"op": "sign-in", "ip": null, "id": id, "address": address, "password": "x"});
    if let Some(ip) = ip {
        line["ip"] = ip.into();
    }
    format!("{line}\n")
}

fn check(session: &str) -> String {
    format!(
        "{}\n",
        json!({"op": "check-session", "id": "check", "session": session})
    )
}

fn word(answer: &Value) -> &str {
    let word = answer.get("answer").or(answer.get("reason"));
    word.unwrap().as_str().unwrap()
}

#[test]
fn sessions_are_checked_and_ended_while_all_others_hash() {
    let mut world = World::with_ada();
    let session = world.session();
    let mut text: String = (0..20).map(|id| stranger(id, None)).collect();
    text.push_str(&check(&session));
    text.push_str(&json!({"op": "sign-out", "id": "out", "session": session}).to_string());
    let gate = Gate::default();
    let mut heard = Vec::new();
    let code = stream_behind(
        world.now,
        &door(&world),
        &gate,
        &mut text.as_bytes(),
        2,
        |answer| {
            heard.push(answer);
            if heard.len() == 2 {
                gate.open();
            }
            true
        },
    );
    assert_eq!((code, heard.len()), (0, 22));
    let mut first: Vec<&str> = heard[..2].iter().map(word).collect();
    first.sort_unstable();
    assert!(
        first == ["session-live", "signed-out"] || first == ["session-ended", "signed-out"],
        "{first:?}"
    );
    assert!(
        heard[2..]
            .iter()
            .all(|answer| word(answer) == "invalid-credentials")
    );
}

#[test]
fn somebody_else_is_next_after_each_of_many_from_one_ip() {
    let mut world = World::with_ada();
    let session = world.session();
    let mut text: String = (0..10)
        .map(|id| stranger(id, Some(&format!("2001:db8:1:2::{id:x}"))))
        .collect();
    text.push_str(&stranger(100, Some("2001:db8:1:3::1")));
    text.push_str(&stranger(200, Some("192.0.2.1")));
    // Once it is answered, everything before it waits in its lane.
    text.push_str(&check(&session));
    let gate = Gate::default();
    let mut heard = Vec::new();
    stream_behind(
        world.now,
        &door(&world),
        &gate,
        &mut text.as_bytes(),
        1,
        |answer| {
            match answer["id"].as_u64() {
                Some(id) => heard.push(id),
                None => gate.open(),
            }
            true
        },
    );
    let place = |id| heard.iter().position(|other| *other == id).unwrap();
    // One may have been in work, and each caller is one turn further.
    assert!(place(100) <= 2 && place(200) <= 3, "{heard:?}");
    heard.retain(|id| *id < 100);
    assert_eq!(heard, (0..10).collect::<Vec<_>>());
}

#[test]
fn for_whom_there_is_no_room_is_told_so_at_once_with_the_time_to_come_back() {
    let mut world = World::with_ada();
    let session = world.session();
    for (ip, room) in [(Some("192.0.2.1"), 32), (None, 256)] {
        let many = room + 10;
        let mut text: String = (0..many).map(|id| stranger(id, ip)).collect();
        text.push_str(&check(&session));
        let gate = Gate::default();
        let mut heard = Vec::new();
        let code = stream_behind(
            world.now,
            &door(&world),
            &gate,
            &mut text.as_bytes(),
            1,
            |answer| {
                let last = answer["id"] == "check";
                heard.push(answer);
                if last {
                    gate.open();
                }
                // What waits is dropped then.
                !last
            },
        );
        assert_eq!(code, 111);
        let at = heard.iter().position(|answer| answer["id"] == "check");
        heard.truncate(at.unwrap() + 1);
        let checked = heard.pop().unwrap();
        assert_eq!(word(&checked), "session-live");
        // One may be in work.
        assert!([9, 10].contains(&heard.len()), "{}", heard.len());
        for answer in &heard {
            assert_eq!(word(answer), "throttled");
            assert!(
                answer["retry_after"]
                    .as_u64()
                    .is_some_and(|after| after > 0),
                "{answer}"
            );
            assert_eq!(answer["cause"], "too many requests are waiting");
        }
        assert!(checked.get("retry_after").is_none());
    }
}

/// The same line again and again, one at a time.
struct Repeated<'a> {
    line: &'a str,
    left: usize,
    read: &'a AtomicUsize,
}

impl Read for Repeated<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Ok(0);
        }
        self.left -= 1;
        self.read.fetch_add(1, Ordering::SeqCst);
        out[..self.line.len()].copy_from_slice(self.line.as_bytes());
        Ok(self.line.len())
    }
}

#[test]
fn while_nobody_reads_the_answers_nothing_is_read_either() {
    let mut world = World::with_ada();
    let session = world.session();
    for (line, at_least) in [
        (check(&session), 256),
        (stranger(1, None), 256),
        ("{}\n".to_owned(), 1),
    ] {
        let (gate, read) = (Gate::default(), AtomicUsize::new(0));
        let done = AtomicBool::new(false);
        let (now, open) = (world.now, door(&world));
        let mut input = Repeated {
            line: &line,
            left: 1_000,
            read: &read,
        };
        std::thread::scope(|threads| {
            threads.spawn(|| {
                let hash = Gate::default();
                stream_behind(now, &open, &hash, &mut input, 1, |_| {
                    gate.wait();
                    hash.open();
                    // Sign-ins are many: it is enough to see that they would have been heard.
                    !line.contains("sign-in")
                });
                done.store(true, Ordering::SeqCst);
            });
            while read.load(Ordering::SeqCst) < at_least {
                std::thread::yield_now();
            }
            // It can only fail to find a fault, never find one that is not there.
            std::thread::park_timeout(Duration::from_millis(200));
            let so_far = read.load(Ordering::SeqCst);
            assert!(so_far < at_least + 20, "{so_far} lines were read: {line}");
            assert!(!done.load(Ordering::SeqCst));
            gate.open();
        });
        if !line.contains("sign-in") {
            assert_eq!(read.load(Ordering::SeqCst), 1_000);
        }
    }
}

#[test]
fn a_session_is_checked_while_another_program_writes_and_an_ended_one_is_never_live() {
    let mut world = World::with_ada();
    let (live, ended) = (world.session(), world.session());
    world.ask(Verb::SignOut, json!({"session": ended}));
    let token = Token::parse(&live).unwrap();
    let began = world.now;
    // Last-seen is due.
    world.later(SignedDuration::from_mins(5));
    let other = rusqlite::Connection::open(world.dir.path().join("store")).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let text = check(&live) + &check(&ended);
    let mut heard = Vec::new();
    let gate = Gate::default();
    let code = stream_behind(
        world.now,
        &door(&world),
        &gate,
        &mut text.as_bytes(),
        1,
        |answer| {
            heard.push(word(&answer).to_owned());
            true
        },
    );
    heard.sort_unstable();
    assert_eq!(
        (code, heard),
        (0, vec!["session-ended".into(), "session-live".into()])
    );
    let seen =
        |world: &mut World| world.look(|tx| Ok(tx.session(&token.hash())?.unwrap().last_seen_at));
    assert_eq!(seen(&mut world), began);
    other.execute_batch("rollback").unwrap();
    let answer = world.ask(Verb::CheckSession, json!({"session": live}));
    assert_eq!(answer["answer"], "session-live");
    assert_eq!(seen(&mut world), world.now);
}

#[test]
fn without_a_free_slot_nothing_is_hashed_or_counted_and_sessions_are_checked() {
    let mut world = World::with_ada();
    let session = world.session();
    let now = world.now;
    let slots = HashSlots::beside(&world.dir.path().join("store"), 1);
    let taken: Vec<_> = (0..2).map(|_| slots.take(1, &|_| {}).unwrap()).collect();
    let ask = |slots, verb, request: Value| {
        let gate = GateContext {
            panel: None,
            open: &door(&world),
            op: &|| op_at(now),
            pause: &|_| {},
            slots: Some(slots),
        };
        let mut output = Vec::new();
        let bytes = request.to_string();
        let code = crate::gate::once::serve(verb, &mut bytes.as_bytes(), &mut output, &gate);
        one_line(&output, code)
    };
    let sign_in = json!({"address": ADA, "password": "wrong", "ip": null});
    for _ in 0..10 {
        let answer = ask(&slots, Verb::SignIn, sign_in.clone());
        assert_eq!(
            (word(&answer), answer["retry_after"].as_u64()),
            ("throttled", Some(5))
        );
    }
    let answer = ask(&slots, Verb::CheckSession, json!({"session": session}));
    assert_eq!(word(&answer), "session-live");
    drop(taken);
    let answer = ask(&slots, Verb::SignIn, sign_in.clone());
    assert_eq!(
        (word(&answer), &answer["cause"]),
        ("invalid-credentials", &json!("wrong-password"))
    );
    // Where nothing can be limited, the log says why.
    let nowhere = HashSlots::beside(&world.dir.path().join("missing/store"), 1);
    let answer = ask(&nowhere, Verb::SignIn, sign_in);
    let cause = answer["cause"].as_str().unwrap();
    assert!(
        cause.starts_with(
            "wrong-password; the number of hashes at once is not limited: cannot use "
        ),
        "{cause}"
    );
    assert_eq!(word(&world.sign_in(ADA, PASSWORD)), "signed-in");
}
