//! The clients in examples/gate: each is run by the interpreter of its language, on a real store and with the real
//! executable, and with programs in the place of it that do not behave.

mod shell;
mod unclear;

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::set_up::code;
use super::{ADMIT, LONGEST, Machine, end, pause};
use crate::generated::variable;

const ADA: &str = "ada@example.com";
const PASSWORD: &str = "seven \"green\" bottles \\ hängen";
const IP: &str = "192.0.2.10";
const INCORRECT: &str = "The address or password is incorrect.";

/// A client with the lines that call it: each line of their input is an array of a function and its arguments, and each
/// of their output what it returned. Any other function is a request.
struct Language {
    interpreter: &'static str,
    package: &'static str,
    file: &'static str,
    caller: &'static str,
    /// One process answers all requests.
    stream: bool,
}

const PYTHON: Language = Language {
    interpreter: "python3",
    package: "python3",
    file: "client.py",
    stream: true,
    caller: r#"
import json, sys
from concurrent.futures import ThreadPoolExecutor
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1].rpartition("/")[0])
import client
gate = client.Gate("main", float(sys.argv[2]))
functions = {
    "sign_in": lambda ip, typed: client.sign_in(gate, ip, **typed),
    "check_session": lambda ip, session: client.check_session(gate, ip, session),
    "many": lambda sessions: list(ThreadPoolExecutor(25).map(lambda it: client.check_session(gate, None, it), sessions)),
}
for line in sys.stdin:
    name, *arguments = json.loads(line)
    returned = functions[name](*arguments) if name in functions else gate.ask(name, **arguments[0])
    print(json.dumps(returned), flush=True)
"#,
};

const NODE: Language = Language {
    interpreter: "node",
    package: "nodejs",
    file: "client.mjs",
    stream: true,
    caller: r#"
const { createInterface } = require("node:readline");
import(process.argv[2]).then(async ({ Gate, signIn, checkSession }) => {
  const gate = new Gate("main", Number(process.argv[3]));
  const functions = {
    sign_in: (ip, typed) => signIn(gate, ip, typed),
    check_session: (ip, session) => checkSession(gate, ip, session),
    many: (sessions) => Promise.all(sessions.map((session) => checkSession(gate, null, session))),
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const [name, ...given] = JSON.parse(line);
    const returned = await (functions[name] ? functions[name](...given) : gate.ask(name, given[0]));
    process.stdout.write(JSON.stringify(returned) + "\n");
  }
  process.exit(0);
});
"#,
};

const PHP: Language = Language {
    interpreter: "php",
    package: "php-cli",
    file: "client.php",
    stream: false,
    caller: r#"<?php
error_reporting(E_ALL);
set_error_handler(function (int $level, string $text) { if (error_reporting() & $level) throw new ErrorException($text); });
require $argv[1];
while ($line = fgets(STDIN)) {
    $arguments = json_decode($line, true);
    $name = array_shift($arguments);
    $returned = function_exists($name) ? $name(...$arguments) : gate($name, $arguments[0], 'main', (int) $argv[2]);
    echo json_encode($returned), "\n";
}
"#,
};

/// Whether an interpreter is there. On a machine that says `CI=true` it must be; elsewhere its absence is no fault.
fn is_there(program: &str, package: &str) -> bool {
    let folders = ["/usr/local/bin", "/usr/bin", "/bin"];
    let found = folders
        .iter()
        .any(|folder| Path::new(folder).join(program).exists());
    assert!(
        found || variable("CI").as_deref() != Some("true"),
        "{program} is missing, and CI=true asks for it: install the package {package}"
    );
    found
}

fn example(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("examples/gate")
        .join(file)
}

/// A running client.
struct Client {
    process: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Client {
    /// `None`: the language is not there. `admit` is the one in `folder`.
    fn start(machine: &Machine, language: &Language, seconds: u32, folder: &Path) -> Option<Self> {
        if !is_there(language.interpreter, language.package) {
            return None;
        }
        let caller = machine.file("caller", language.caller);
        let mut command = Command::new(language.interpreter);
        machine.dress(&mut command);
        let mut process = command
            .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
            .arg(caller)
            .arg(example(language.file))
            .arg(seconds.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        let (sender, lines) = channel();
        std::thread::spawn(move || {
            output
                .lines()
                .try_for_each(|line| sender.send(line.unwrap()))
        });
        let input = process.stdin.take();
        Some(Self {
            process,
            input,
            lines,
        })
    }

    fn send(&mut self, call: &Value) {
        writeln!(self.input.as_mut().unwrap(), "{call}").unwrap();
    }

    fn returned(&mut self, within: Duration) -> Value {
        let line = self.lines.recv_timeout(within);
        serde_json::from_str(&line.expect("the client returns nothing")).unwrap()
    }

    fn call(&mut self, call: Value) -> Value {
        self.send(&call);
        self.returned(LONGEST)
    }

    /// Signs in: what the page shows, with the session and the ticket.
    fn sign_in(&mut self, typed: Value) -> Value {
        self.call(json!(["sign_in", IP, typed]))
    }

    fn lives(&mut self, session: &Value) -> bool {
        self.call(json!(["check_session", IP, session]))
            .as_bool()
            .unwrap()
    }

    /// The process that answers.
    fn answering(&self) -> Pid {
        let own = self.process.id().to_string();
        let is_it = |stat: &str| {
            let (before, after) = stat.rsplit_once(") ")?;
            let (number, name) = before.split_once(" (")?;
            let mut words = after.split(' ');
            let living = words.next()? != "Z";
            (living && name == "admit" && words.next()? == own).then(|| number.parse().unwrap())
        };
        for _ in 0..1_000 {
            let found = fs::read_dir("/proc")
                .unwrap()
                .flatten()
                .find_map(|entry| is_it(&fs::read_to_string(entry.path().join("stat")).ok()?));
            if let Some(number) = found {
                return Pid::from_raw(number).unwrap();
            }
            pause(Duration::from_millis(10));
        }
        panic!("the client runs no admit");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.input.take());
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

/// The folder of the real executable.
fn real() -> &'static Path {
    Path::new(ADMIT).parent().unwrap()
}

/// Registers Ada through the client, with an authenticator: gives its backup codes.
fn register(machine: &Machine, client: &mut Client) -> Vec<String> {
    let token = machine.token(&format!("invite {ADA}"));
    let new = json!({"token": token, "password": PASSWORD, "name": "Ada"});
    assert_eq!(
        client.call(json!(["register", new]))["answer"],
        "registered"
    );
    let page = client.sign_in(json!({"address": ADA, "password": PASSWORD}));
    assert_eq!(page["show"], "You are signed in.");
    let offer = json!({"session": page["session"], "ip": null});
    let offered = client.call(json!(["set-up-2fa", offer]));
    let typed = code(offered["secret"].as_str().unwrap());
    let set = json!({"session": page["session"], "ip": null, "code": typed});
    let set = client.call(json!(["set-up-2fa", set]));
    let codes = set["backup_codes"]
        .as_array()
        .unwrap_or_else(|| panic!("{set}"));
    codes
        .iter()
        .map(|code| code.as_str().unwrap().to_owned())
        .collect()
}

/// What people and panels do, in order.
fn a_person_comes_and_goes(language: &Language) {
    let machine = Machine::new();
    let Some(mut client) = Client::start(&machine, language, 30, real()) else {
        return;
    };
    let codes = register(&machine, &mut client);
    let nobody = |page: &Value| page["session"].is_null();

    let page = client.sign_in(json!({"address": ADA, "password": "wrong"}));
    assert_eq!(
        page,
        json!({"show": INCORRECT, "session": null, "ticket": null})
    );

    let first = client.sign_in(json!({"address": ADA, "password": PASSWORD}));
    assert!(nobody(&first) && first["ticket"].is_string(), "{first}");
    let entered = |code: &str| json!({"ticket": first["ticket"], "code": code});
    let page = client.sign_in(entered("not a code"));
    assert!(nobody(&page), "{page}");
    assert_eq!(
        page["ticket"], first["ticket"],
        "the page asks for the code again"
    );
    let mut request = entered("not a code");
    request["ip"] = IP.into();
    assert_eq!(
        client.call(json!(["sign-in", request]))["reason"],
        "code-invalid"
    );

    let page = client.sign_in(entered(&codes[0]));
    assert_eq!(
        (&page["show"], &page["ticket"]),
        (&json!("You are signed in."), &Value::Null)
    );
    let session = page["session"].clone();
    assert!(client.lives(&session));
    assert!(!client.lives(&json!("adm_s_x")));
    // The ticket and the code work once.
    assert!(nobody(&client.sign_in(entered(&codes[1]))));
    // What a page should not send is a no, whatever it is.
    for typed in [
        json!({}),
        json!({"address": ADA, "password": null}),
        json!({"address": ADA, "password": "x".repeat(65_000), "code": "y"}),
    ] {
        assert!(nobody(&client.sign_in(typed)));
    }
    if language.stream {
        killed_processes_are_replaced(&machine, &mut client, &session, &codes[1]);
    }
    assert_eq!(
        client.call(json!(["sign-out", {"session": session}]))["answer"],
        "signed-out"
    );
    assert!(!client.lives(&session));
}

fn killed_processes_are_replaced(
    machine: &Machine,
    client: &mut Client,
    session: &Value,
    code: &str,
) {
    let first = client.answering();
    kill_process(first, Signal::KILL).unwrap();
    assert!(client.lives(session), "the next request has a new process");
    let page = client.sign_in(json!({"address": ADA, "password": PASSWORD}));
    let sessions = "select count(*) from session";
    let before = machine.count(sessions);
    // In the middle of a request, which is sent again and done once.
    let second = client.answering();
    assert_ne!(first, second);
    kill_process(second, Signal::STOP).unwrap();
    client.send(&json!(["sign_in", IP, {"ticket": page["ticket"], "code": code}]));
    pause(Duration::from_millis(300));
    kill_process(second, Signal::KILL).unwrap();
    assert!(client.returned(LONGEST)["session"].is_string());
    assert_eq!(machine.count(sessions), before + 1);
}

#[test]
fn the_python_client_lets_people_in_and_out() {
    a_person_comes_and_goes(&PYTHON);
}

#[test]
fn the_node_client_lets_people_in_and_out() {
    a_person_comes_and_goes(&NODE);
}

#[test]
fn the_php_client_lets_people_in_and_out() {
    a_person_comes_and_goes(&PHP);
}

#[test]
fn requests_at_the_same_time_get_their_own_answers() {
    for language in [PYTHON, NODE] {
        let machine = Machine::new();
        let Some(mut client) = Client::start(&machine, &language, 30, real()) else {
            continue;
        };
        let token = machine.token(&format!("invite {ADA}"));
        client.call(json!(["register", {"token": token, "password": PASSWORD}]));
        let session =
            client.sign_in(json!({"address": ADA, "password": PASSWORD}))["session"].clone();
        let (sessions, lives): (Vec<Value>, Vec<bool>) = (0..200)
            .map(|n| {
                if n % 3 == 0 {
                    (session.clone(), true)
                } else {
                    (json!("adm_s_x"), false)
                }
            })
            .unzip();
        assert_eq!(
            client.call(json!(["many", sessions])),
            json!(lives),
            "{}",
            language.file
        );
    }
}

/// They are copied, so they have to be understood at once.
#[test]
fn no_client_is_longer_than_forty_lines() {
    let files = fs::read_dir(example("")).unwrap();
    let mut seen = 0;
    for path in files.map(|entry| entry.unwrap().path()) {
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        assert!(lines <= 40, "{} has {lines} lines", path.display());
        seen += 1;
    }
    assert_eq!(seen, 4);
}
