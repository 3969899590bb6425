//! A server in this process, with clients that write and read bytes.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::{UnixListener, UnixStream};
use std::sync::Mutex;

use serde_json::{Value, json};

use super::*;
use crate::gate::tests::streams::door;
use crate::gate::tests::{ADA, PASSWORD, World, op_at};
use crate::store::Store;
use crate::vault::slots::HashSlots;

/// What a test does with a server, by the places where it can be reached.
struct Reach {
    lines: std::path::PathBuf,
    http: std::path::PathBuf,
    network: std::net::SocketAddr,
    reload: Pipe,
    notices: Mutex<Vec<Notice>>,
}

impl Reach {
    fn lines(&self) -> Client<UnixStream> {
        Client::of(
            UnixStream::connect(&self.lines).unwrap(),
            UnixStream::try_clone,
        )
    }

    fn http(&self) -> Client<UnixStream> {
        Client::of(
            UnixStream::connect(&self.http).unwrap(),
            UnixStream::try_clone,
        )
    }

    fn network(&self) -> Client<TcpStream> {
        Client::of(
            TcpStream::connect(self.network).unwrap(),
            TcpStream::try_clone,
        )
    }
}

struct Client<S> {
    to: S,
    from: BufReader<S>,
}

impl<S: Read + Write> Client<S> {
    fn of(to: S, twin: impl Fn(&S) -> io::Result<S>) -> Self {
        let from = BufReader::new(twin(&to).unwrap());
        Self { to, from }
    }

    fn say(&mut self, text: &str) {
        self.to.write_all(text.as_bytes()).unwrap();
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// A request by HTTP: the status, the headers and the body.
    fn post(&mut self, head: &str, body: &str) -> (u16, String, Value) {
        self.say(&format!(
            "{head}\r\nHost: x\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        ));
        self.reply()
    }

    fn reply(&mut self) -> (u16, String, Value) {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert!(self.from.read_line(&mut head).unwrap() > 0, "{head}");
        }
        let head = head.to_ascii_lowercase();
        let length = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
        let mut body = vec![0; length.unwrap()];
        self.from.read_exact(&mut body).unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        (status, head, serde_json::from_slice(&body).unwrap())
    }
}

type Open<'a> = &'a (dyn Fn() -> Result<Store, String> + Sync);

/// Runs a server; gives its exit code and what the service manager was told.
fn with_server(
    world: &World,
    open: Open<'_>,
    slots: Option<&HashSlots>,
    test: impl FnOnce(&Reach) + Send,
) -> (u8, Vec<Notice>) {
    let folder = tempfile::tempdir().unwrap();
    let now = world.now;
    let (stop, stopped) = Pipe::pair().unwrap();
    let (reload, reloaded) = Pipe::pair().unwrap();
    let network = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let reach = Reach {
        lines: folder.path().join("lines"),
        http: folder.path().join("http"),
        network: network.local_addr().unwrap(),
        reload: reloaded,
        notices: Mutex::default(),
    };
    let doors = vec![
        Door::Lines(UnixListener::bind(&reach.lines).unwrap()),
        Door::Http(UnixListener::bind(&reach.http).unwrap()),
        Door::Network(network),
    ];
    let rules = |panel: &str| Rules {
        own: rustix::process::geteuid().as_raw(),
        panel: None,
        users: std::collections::BTreeMap::new(),
        network: [panel.to_owned()].into(),
    };
    let gate = GateContext {
        panel: None,
        open,
        op: &|| op_at(now),
        pause: &|_| {},
        slots,
    };
    let code = std::thread::scope(|threads| {
        let reach = &reach;
        threads.spawn(move || {
            test(reach);
            drop(stopped);
        });
        let service = Service {
            stop,
            reload,
            rules: &|| Some(rules("shop")),
            notify: &|notice| reach.notices.lock().unwrap().push(notice),
            watchdog: None,
        };
        serve(doors, rules("main"), &gate, None, 2, &service)
    });
    let notices = reach.notices.into_inner().unwrap();
    (code, notices)
}

fn check(session: &str, id: usize) -> String {
    json!({"op": "check-session", "id": id, "session": session}).to_string() + "\n"
}

#[test]
fn many_clients_are_answered_and_half_a_line_hurts_nobody() {
    let mut world = World::with_ada();
    let session = world.session();
    let ended = with_server(&world, &door(&world), None, |reach| {
        let mut slow = reach.lines();
        slow.say("{\"op\":\"check-");
        let mut deaf = reach.lines();
        // Beyond what may be unanswered it is not read from; the system keeps the rest.
        let many: String = (0..500).map(|id| check(&session, id)).collect();
        deaf.say(&many);
        let mut clients: Vec<_> = (0..50).map(|_| reach.lines()).collect();
        for (id, client) in clients.iter_mut().enumerate() {
            client.say(&(check(&session, id) + "nonsense\n"));
        }
        for (id, client) in clients.iter_mut().enumerate() {
            let answers = [client.hear(), client.hear()];
            let live = answers.iter().find(|answer| answer["id"] == id).unwrap();
            assert_eq!(live["answer"], "session-live");
            assert!(
                answers
                    .iter()
                    .any(|answer| answer["reason"] == "bad-request")
            );
        }
        slow.say(check(&session, 7).strip_prefix("{\"op\":\"check-").unwrap());
        assert_eq!(slow.hear()["id"], 7);
        for _ in 0..500 {
            assert_eq!(deaf.hear()["answer"], "session-live");
        }
        // A client that has said all still hears its answers.
        slow.say(&check(&session, 8));
        slow.to.shutdown(std::net::Shutdown::Write).unwrap();
        assert_eq!(slow.hear()["id"], 8);
    });
    assert_eq!(ended, (0, vec![Notice::Ready, Notice::Stopping]));
}

#[test]
fn http_has_the_same_answers_with_a_status() {
    let mut world = World::with_ada();
    let session = world.session();
    with_server(&world, &door(&world), None, |reach| {
        let mut client = reach.http();
        let right =
            json!({"ip": null, "address": ADA, "password": PASSWORD, "panel": "main"}).to_string();
        let (status, head, answer) = client.post("POST /v2/sign-in HTTP/1.1", &right);
        assert_eq!((status, &answer["answer"]), (200, &json!("signed-in")));
        assert!(head.contains("cache-control: no-store"), "{head}");
        // On the same connection.
        let session = json!({"session": session}).to_string();
        for (head, body, status, word) in [
            (
                "POST /v2/check-session",
                session.as_str(),
                200,
                "session-live",
            ),
            (
                "POST /v2/sign-in",
                r#"{"ip":null,"address":"a@example.com","password":"x"}"#,
                200,
                "invalid-credentials",
            ),
            ("POST /v2/sign-in", "{", 400, "bad-request"),
            (
                "POST /v2/sign-in",
                r#"{"op":"sign-in"}"#,
                400,
                "bad-request",
            ),
            (
                "POST /v2/check-session",
                r#"{"session":"x","panel":"nowhere"}"#,
                400,
                "bad-request",
            ),
            ("POST /v2/frobnicate", "{}", 404, "bad-request"),
            ("POST /sign-in", "{}", 404, "bad-request"),
            ("GET /v2/sign-in", "", 405, "bad-request"),
        ] {
            let found = client.post(&format!("{head} HTTP/1.1"), body);
            let given = found.2.get("answer").or(found.2.get("reason")).unwrap();
            assert_eq!(
                (found.0, given.as_str().unwrap()),
                (status, word),
                "{head} {body}"
            );
        }
        let mut other = reach.http();
        other.say(
            "POST /v2/check-session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n",
        );
        other.say(&format!("{:x}\r\n{session}\r\n0\r\n\r\n", session.len()));
        assert_eq!(other.reply().2["answer"], "session-live");
        let long = "x".repeat(crate::gate::LIMIT + 1);
        let (status, _, answer) = reach.http().post("POST /v2/sign-in HTTP/1.1", &long);
        assert_eq!(
            (status, &answer["cause"]),
            (400, &json!("it is longer than 64 KiB"))
        );
    });
}

#[test]
fn on_the_network_only_named_panels_are_asked_for_until_the_settings_change() {
    let mut world = World::with_ada();
    let session = world.session();
    let (_, notices) = with_server(&world, &door(&world), None, |reach| {
        let mut client = reach.network();
        let mut ask = |panel: Option<&str>| {
            let mut body = json!({"session": session});
            if let Some(panel) = panel {
                body["panel"] = panel.into();
            }
            let body = body.to_string();
            client.post("POST /v2/check-session HTTP/1.1", &body)
        };
        assert_eq!(ask(Some("main")).2["answer"], "session-live");
        let refused =
            "a client on the network may not ask for this panel: see the settings of [gate]";
        for panel in [Some("shop"), Some("nowhere"), None] {
            let (status, _, answer) = ask(panel);
            assert_eq!(
                (status, &answer["cause"]),
                (400, &json!(refused)),
                "{panel:?}"
            );
        }
        (&reach.reload).write_all(b"x").unwrap();
        while reach.notices.lock().unwrap().len() < 3 {
            std::thread::yield_now();
        }
        assert_eq!(ask(Some("main")).2["cause"], refused);
        // Allowed, and not there.
        assert_ne!(ask(Some("shop")).2["cause"], refused);
    });
    assert_eq!(
        notices,
        [
            Notice::Ready,
            Notice::Reloading,
            Notice::Ready,
            Notice::Stopping
        ]
    );
}

#[test]
fn who_finds_no_room_is_told_when_to_come_back_and_a_store_that_is_away_is_unavailable() {
    let world = World::with_ada();
    let slots = HashSlots::beside(&world.store_file(), 1);
    let taken: Vec<_> = (0..2).map(|_| slots.take(1, &|_| {}).unwrap()).collect();
    let body = json!({"ip": null, "address": ADA, "password": PASSWORD}).to_string();
    with_server(&world, &door(&world), Some(&slots), |reach| {
        let (status, head, answer) = reach.http().post("POST /v2/sign-in HTTP/1.1", &body);
        assert_eq!((status, answer["retry_after"].as_u64()), (429, Some(5)));
        assert!(head.contains("\r\nretry-after: 5\r\n"), "{head}");
    });
    drop(taken);
    let away = || Err("the store is away".to_owned());
    with_server(&world, &away, None, |reach| {
        let (status, _, answer) = reach.http().post("POST /v2/sign-in HTTP/1.1", &body);
        assert_eq!(
            (status, &answer["cause"]),
            (503, &json!("the store is away"))
        );
    });
}

#[test]
fn what_was_taken_is_answered_after_the_end_was_asked_for() {
    let mut world = World::with_ada();
    let session = world.session();
    let mut client = None;
    with_server(&world, &door(&world), None, |reach| {
        let mut lines = reach.lines();
        for id in 0..20 {
            lines.say(&check(&session, id));
        }
        // All are read once the last is heard; those before may still be in work.
        lines.say("x\n");
        while lines.hear()["reason"] != "bad-request" {}
        client = Some(lines);
    });
    // The server has ended and the connection with it, after the answers.
    let mut rest = String::new();
    client.unwrap().from.read_to_string(&mut rest).unwrap();
    assert!(rest.lines().count() <= 20);
    assert!(rest.lines().all(|line| line.contains("session-live")));
}
