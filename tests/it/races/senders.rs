//! Two senders, one of which is killed again and again: every mail arrives, and what is dead does not (M1, M5).

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use admit::mail::parts::text_of;
use admit::ops::revoke::revoke;
use admit::store::{Done, NewMail};
use rustix::process::{Pid, Signal, kill_process};

use super::world::address;
use super::{World, invitation, link_of, op, turn};
use crate::engine::ONE_ROUND_IN;
use crate::support::cell::{Cell, FromCell};

/// Mails whose links are dead, among the others: half of them out of date, half of them called off.
const DEAD: usize = 30;
/// The longest that two senders may take, after which the rest goes in one run.
const LONGEST: Duration = Duration::from_secs(30);

/// A mail server that takes everything, from many at once. It knows each message by its Message-ID.
struct Sink {
    port: u16,
    copies: Arc<Mutex<BTreeMap<String, Vec<String>>>>,
}

impl Sink {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let copies = Arc::new(Mutex::new(BTreeMap::new()));
        let taken = Arc::clone(&copies);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let taken = Arc::clone(&taken);
                thread::spawn(move || talk(stream, &taken));
            }
        });
        Self { port, copies }
    }
}

/// One connection; who is killed in the middle of a message has not sent it.
fn talk(stream: TcpStream, taken: &Mutex<BTreeMap<String, Vec<String>>>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut lines = BufReader::new(stream).lines();
    let mut say = |text: &str| out.write_all(format!("{text}\r\n").as_bytes()).ok();
    say("220 sink.example ESMTP")?;
    while let Some(Ok(line)) = lines.next() {
        match line.get(..4).unwrap_or_default() {
            "DATA" => {
                say("354 go on")?;
                let mut message = String::new();
                loop {
                    let line = lines.next()?.ok()?;
                    if line == "." {
                        break;
                    }
                    message.push_str(&line);
                    message.push_str("\r\n");
                }
                let id = message
                    .lines()
                    .find_map(|line| line.strip_prefix("Message-ID: "))
                    .unwrap()
                    .to_owned();
                taken.lock().unwrap().entry(id).or_default().push(message);
                say("250 2.0.0 taken")?;
            }
            "QUIT" => {
                say("221 bye")?;
                return None;
            }
            _ => say("250 ok")?,
        }
    }
    None
}

fn started(mut command: Command) -> Child {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

fn ended(child: &mut Child) -> Option<i32> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.code();
        }
        assert!(start.elapsed() < super::PATIENCE, "a sender does not end");
        thread::sleep(Duration::from_millis(5));
    }
}

/// So many mails that may be sent, and some whose links are dead. Gives the Message-IDs of those that were called
/// off: their rows are gone with the people.
fn fill(world: &World, many: usize) -> BTreeSet<String> {
    let mut store = world.store();
    let mut called_off = BTreeSet::new();
    invitation(&mut store, "ada@example.com", "main", false);
    for number in 0..DEAD {
        let who = format!("gone{number}@example.com");
        invitation(&mut store, &who, "main", true);
        if number % 2 == 0 {
            // Sent again: the first mail is out of date, the second is not.
            link_of(&mut store, |tx, scope, op| {
                admit::ops::resend::resend(tx, scope, op, &address(&who), None, true)
            });
        } else {
            let newest = "select message_id from outbox order by id desc limit 1";
            called_off.insert(world.db().one(newest, &[]));
            let op = op();
            store
                .change(|tx| {
                    let scope = admit::ops::Scope::load(tx)?;
                    revoke(tx, &scope, &op, &address(&who), None).map(Done::recorded)
                })
                .unwrap();
        }
    }
    let queued_at = op().now;
    world.change(|tx| {
        let account = tx.account(&address("ada@example.com"))?.unwrap().id;
        for number in 0..many {
            tx.queue_mail(&NewMail {
                account_id: account,
                panel_id: 1,
                link_id: None,
                code_id: None,
                kind: "password-changed",
                address: &format!("p{number:05}@example.com"),
                queued_at,
            })?;
        }
        Ok(Done::unrecorded(()))
    });
    called_off
}

/// Lets a service and one that is killed again and again at the outbox until nothing more can be claimed; gives the
/// number of kills.
fn rage(world: &World) -> usize {
    let mut service = started(world.command(&["mail", "send", "--follow", "--quiet"]));
    let start = Instant::now();
    let mut kills = 0;
    let free = "select count(*) from outbox where state = 'queued' and lease_until is null";
    while world.count(free, &[]) > 0 && start.elapsed() < LONGEST {
        let mut other = started(world.command(&["mail", "send"]));
        thread::sleep(Duration::from_millis(200) + super::some_of(Duration::from_millis(200)));
        if other.try_wait().unwrap().is_none() {
            other.kill().unwrap();
            kills += 1;
        }
        other.wait().unwrap();
    }
    world.place().settle();
    assert!(kills > 0, "nobody was killed: there is too little mail");
    kill_process(Pid::from_child(&service), Signal::TERM).unwrap();
    assert_eq!(ended(&mut service), Some(0), "a service ends well");
    kills
}

/// What a killed sender had claimed is free again, as it is after ten minutes; the last of it is sent.
fn leases_end(world: &World) {
    world
        .db()
        .execute(
            "update outbox set lease_until = 0 where lease_until is not null",
            &[],
        )
        .unwrap();
    let ran = world.run(&["mail", "send"]);
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
}

/// The Message-IDs of what may be sent, and of what may not.
fn ids(world: &World) -> (BTreeSet<String>, BTreeSet<String>) {
    let db = world.db();
    let sql = "select message_id, link_id is not null and exists (select 1 from link where link.id = link_id \
               and (revoked_at is not null or superseded_at is not null)) from outbox";
    let (mut live, mut dead) = (BTreeSet::new(), BTreeSet::new());
    for row in db.rows(sql, &[]).unwrap() {
        let id = String::from_cell(row[0].clone()).unwrap();
        if row[1] == Cell::Integer(1) {
            dead.insert(id)
        } else {
            live.insert(id)
        };
    }
    (live, dead)
}

fn assert_all_done(world: &World, many: usize) {
    let states = |state: &str| {
        world.count(
            "select count(*) from outbox where state = $1",
            &[state.into()],
        )
    };
    let gone = states("sent") + states("written");
    assert_eq!(gone, i64::try_from(many + DEAD / 2).unwrap());
    assert_eq!(states("lapsed"), i64::try_from(DEAD / 2).unwrap());
    assert_eq!((states("queued"), states("failed")), (0, 0));
    world.assert_whole();
}

#[test]
fn of_two_senders_at_a_server_one_is_killed_and_each_kill_costs_one_more_copy_at_most() {
    const MANY: usize = 1_000;
    let _turn = turn();
    let (world, sink) = (World::new(), Sink::new());
    let settings = world.path().join(".config/admit/config.toml");
    fs::write(
        settings,
        format!(
            "[mail]\nserver = \"smtp+plain://127.0.0.1:{}\"\nsender = \"panel@example.com\"\n",
            sink.port
        ),
    )
    .unwrap();
    let called_off = fill(&world, MANY);
    assert_eq!(called_off.len(), DEAD / 2);
    let kills = rage(&world);
    leases_end(&world);
    assert_all_done(&world, MANY);
    let (live, dead) = ids(&world);
    let copies = sink.copies.lock().unwrap();
    assert_eq!(copies.keys().cloned().collect::<BTreeSet<_>>(), live);
    assert_eq!(dead.len(), DEAD / 2);
    let mut never = dead.union(&called_off);
    assert!(never.all(|id| !copies.contains_key(id)));
    let extra = copies.values().map(Vec::len).sum::<usize>() - live.len();
    assert!(extra <= kills, "{extra} copies more after {kills} kills");
    // A copy is the same message.
    for messages in copies.values() {
        assert!(
            messages.windows(2).all(|pair| pair[0] == pair[1]),
            "{messages:?}"
        );
        assert!(text_of(messages[0].as_bytes()).is_some(), "{}", messages[0]);
    }
}

#[test]
fn of_two_senders_into_files_one_is_killed_and_each_mail_is_there_once() {
    const MANY: usize = if ONE_ROUND_IN == 1 { 3_000 } else { 1_500 };
    let _turn = turn();
    let world = World::new();
    fill(&world, MANY);
    rage(&world);
    let folder = world.path().join(".local/share/admit/mail");
    let letters = || -> BTreeMap<String, Vec<u8>> {
        fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|end| end == "eml"))
            .map(|path| {
                (
                    path.file_name().unwrap().to_str().unwrap().to_owned(),
                    fs::read(&path).unwrap(),
                )
            })
            // What somebody was writing when he was killed has a name of its own.
            .filter(|(name, _)| !name.starts_with('.'))
            .collect()
    };
    let before = letters();
    leases_end(&world);
    assert_all_done(&world, MANY);
    let after = letters();
    // What was written and not written down was written again: in its own place, with the same words.
    for (name, letter) in &before {
        assert!(after[name] == *letter, "{name} changed");
    }
    let found: BTreeSet<String> = after
        .values()
        .map(|letter| {
            let letter = String::from_utf8_lossy(letter);
            let id = letter
                .lines()
                .find_map(|line| line.strip_prefix("Message-ID: "));
            id.unwrap().to_owned()
        })
        .collect();
    let (live, _) = ids(&world);
    assert_eq!(after.len(), live.len(), "no copy has a file of its own");
    assert_eq!(found, live);
}
