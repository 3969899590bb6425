//! A primary with a synchronous replica; eight operators at work; the primary is killed and the replica promoted. The tool, //! which was given both hosts, goes on: whatever was acknowledged is there, nothing is repeated, and the record holds.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Lines, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use serde_json::Value;
use tempfile::TempDir;

use crate::programs::binaries;
use crate::server::{admin, free_port, unprivileged};
use crate::support::bench_store::folder;

const ADMIT: &str = env!("CARGO_BIN_EXE_admit");
const OPERATORS: usize = 8;

/// Makes a primary and its replica. The replica is started with `synchronous_standby_names` empty: once promoted it must
/// not wait for a replica of its own. Obeys words on its input, and cleans up when that ends.
const KEEPER: &str = r#"
trap '' INT TERM HUP
exec 3>>"$FOLDER/log" 2>&3
PATH="$BIN:$PATH"
cd "$FOLDER"
server() { pg_ctl -D "$1" -l "$FOLDER/$1.log" -w -t 60 -o "-p $2 $3" start >&3 3>&-; }
dead() { for pid in $(ps -o pid= --ppid "$1"); do kill -9 "$pid" 2>/dev/null; done; }
end() { for it in a b; do pg_ctl -D $it -m immediate stop >&3; done; cd /; rm -rf "$FOLDER"; }
initdb -D a -U postgres -A trust --locale=C.UTF-8 -E UTF8 --no-sync >&3 &&
    printf '%s\n' "$SETTINGS" >>a/postgresql.conf &&
    echo 'host replication all 127.0.0.1/32 trust' >>a/pg_hba.conf &&
    server a "$PORT_A" '-c synchronous_standby_names=' &&
    psql -qh 127.0.0.1 -p "$PORT_A" -U postgres -c 'create role olga login' -c 'create database panel owner olga' >&3 &&
    pg_basebackup -h 127.0.0.1 -p "$PORT_A" -U postgres -D b -X stream --no-sync -c fast \
        -R -d "application_name=replica" >&3 &&
    server b "$PORT_B" '-c synchronous_standby_names=' &&
    psql -qh 127.0.0.1 -p "$PORT_A" -U postgres -c "alter system set synchronous_standby_names = 'replica'" >&3 &&
    pg_ctl -D a -m fast -w stop >&3 && server a "$PORT_A" '' &&
    for try in $(seq 100); do
        psql -Atqh 127.0.0.1 -p "$PORT_A" -U postgres -c 'select sync_state from pg_stat_replication' |
            grep -q sync && break
        sleep 0.2
    done &&
    echo ready || { echo failed; cat "$FOLDER"/*.log "$FOLDER/log"; end; exit 1; }
while read -r word; do
    case $word in
        kill) main=$(head -1 a/postmaster.pid); children=$(ps -o pid= --ppid "$main"); kill -9 "$main" $children; echo killed ;;
        promote) pg_ctl -D b -w promote >&3; echo promoted ;;
    esac
done
end
"#;

/// Both servers.
struct Pair {
    keeper: Child,
    words: ChildStdin,
    answers: Lines<BufReader<ChildStdout>>,
    ports: (u16, u16),
}

impl Pair {
    fn start() -> Self {
        let folder = folder().keep();
        let ports = (free_port(), free_port());
        let mut command = unprivileged(&folder);
        command
            .args(["sh", "-c", KEEPER])
            .env("FOLDER", &folder)
            .env("BIN", binaries())
            .env("PORT_A", ports.0.to_string())
            .env("PORT_B", ports.1.to_string())
            .env("SETTINGS", settings(&folder))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut keeper = command.spawn().unwrap();
        let mut answers = BufReader::new(keeper.stdout.take().unwrap()).lines();
        let first = answers.next().unwrap().unwrap();
        if first != "ready" {
            let log: Vec<String> = answers.map_while(Result::ok).collect();
            panic!("the pair does not start:\n{}", log.join("\n"));
        }
        Self {
            words: keeper.stdin.take().unwrap(),
            keeper,
            answers,
            ports,
        }
    }

    fn url(&self) -> String {
        format!(
            "postgres://olga@127.0.0.1:{},127.0.0.1:{}/panel?target_session_attrs=read-write&connect_timeout=3",
            self.ports.0, self.ports.1
        )
    }

    fn tell(&mut self, word: &str, answer: &str) {
        writeln!(self.words, "{word}").unwrap();
        assert_eq!(self.answers.next().unwrap().unwrap(), answer);
    }

    fn end(self) {
        let Self {
            mut keeper, words, ..
        } = self;
        drop(words);
        keeper.wait().unwrap();
    }
}

fn settings(folder: &Path) -> String {
    format!(
        "listen_addresses = '127.0.0.1'\nunix_socket_directories = '{}'\nmax_connections = 100\nfsync = off\n\
         wal_level = replica\nmax_wal_senders = 4\nwal_retrieve_retry_interval = 200ms\nshared_buffers = 32MB\njit = off\n",
        folder.display()
    )
}

struct Ended {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

fn admit(home: &TempDir, url: &str, line: &[&str]) -> Ended {
    let output = Command::new(ADMIT)
        .args(line)
        .env_clear()
        .env("HOME", home.path())
        .env("PATH", "/usr/bin:/bin")
        .env("ADMIT_STORE", url)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What one command of an operator came to.
struct Attempt {
    who: String,
    verb: &'static str,
    code: Option<i32>,
    told: String,
}

/// One operator: invites somebody, moves their end, takes every third out again.
fn work(
    home: &TempDir,
    url: &str,
    number: usize,
    over: &AtomicBool,
    attempts: &Mutex<Vec<Attempt>>,
) {
    let mut round = 0;
    while !over.load(Ordering::SeqCst) {
        round += 1;
        let who = format!("p{number}x{round}@example.com");
        let run = |verb: &'static str, line: &[&str]| {
            let ended = admit(home, url, line);
            let done = ended.code == Some(0);
            attempts.lock().unwrap().push(Attempt {
                who: who.clone(),
                verb,
                code: ended.code,
                told: ended.stderr,
            });
            done
        };
        if run("invited", &["invite", &who, "--no-mail", "--for", "30d"])
            && run("extended", &["extend", &who, "--for", "7d"])
            && round % 3 == 0
        {
            run("invitation-revoked", &["revoke", &who, "--yes"]);
        }
    }
}

fn rows(home: &TempDir, url: &str, line: &[&str]) -> Vec<Value> {
    let ended = admit(home, url, line);
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    let lines = ended.stdout.lines();
    lines
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn a_promoted_replica_takes_over_and_nothing_is_lost_or_done_twice() {
    let mut pair = Pair::start();
    let url = pair.url();
    let home = folder();
    let made = admit(&home, &url, &["store", "init"]);
    assert_eq!(made.code, Some(0), "{}", made.stderr);
    let over = AtomicBool::new(false);
    let attempts: Mutex<Vec<Attempt>> = Mutex::default();
    let done = || {
        let attempts = attempts.lock().unwrap();
        attempts
            .iter()
            .filter(|attempt| attempt.code == Some(0))
            .count()
    };
    thread::scope(|threads| {
        for number in 0..OPERATORS {
            let (home, url, over, attempts) = (&home, &url, &over, &attempts);
            threads.spawn(move || work(home, url, number, over, attempts));
        }
        wait_for(|| done() >= 6 * OPERATORS);
        pair.tell("kill", "killed");
        let before = done();
        pause(Duration::from_secs(1));
        pair.tell("promote", "promoted");
        wait_for(|| done() >= before + 6 * OPERATORS);
        over.store(true, Ordering::SeqCst);
    });
    let attempts = attempts.into_inner().unwrap();

    // Whoever was told no was told that nothing was changed, and it is so.
    let entries = rows(&home, &url, &["audit", "list", "-o", "jsonl"]);
    let mut recorded: BTreeMap<(String, String), usize> = BTreeMap::new();
    for entry in &entries {
        if let (Some(who), Some(action)) = (entry["address"].as_str(), entry["action"].as_str()) {
            *recorded
                .entry((who.to_owned(), action.to_owned()))
                .or_default() += 1;
        }
    }
    let mut expected = BTreeSet::new();
    for attempt in &attempts {
        match attempt.code {
            Some(0) => {
                expected.insert(attempt.who.clone());
            }
            Some(75) => assert!(
                attempt.told.contains("nothing was changed"),
                "{}",
                attempt.told
            ),
            code => panic!(
                "{} {}: exit {code:?}: {}",
                attempt.verb, attempt.who, attempt.told
            ),
        }
        // Erased with their last invitation: the entries are there, without the name.
        let revoked = attempts.iter().any(|it| {
            it.who == attempt.who && it.verb == "invitation-revoked" && it.code == Some(0)
        });
        let key = (attempt.who.clone(), attempt.verb.to_owned());
        let times = recorded.get(&key).copied().unwrap_or(0);
        let wanted = usize::from(attempt.code == Some(0) && !revoked);
        assert_eq!(
            times, wanted,
            "{} {}: {:?}",
            attempt.verb, attempt.who, attempt.code
        );
    }
    let revoked = attempts
        .iter()
        .filter(|attempt| attempt.verb == "invitation-revoked" && attempt.code == Some(0));
    let there: BTreeSet<String> = rows(&home, &url, &["list", "-o", "jsonl"])
        .iter()
        .map(|row| row["address"].as_str().unwrap().to_owned())
        .collect();
    for attempt in revoked {
        expected.remove(&attempt.who);
    }
    assert_eq!(there, expected);
    let verified = admit(&home, &url, &["audit", "verify"]);
    assert_eq!(verified.code, Some(0), "{}", verified.stderr);
    pair.end();
}

/// Whoever is given the replica alone reads there, and is told where changes go. A replica that lags behind what was seen
/// beside the key is no older copy.
#[test]
fn a_replica_is_for_looking_and_says_so() {
    let pair = Pair::start();
    let (home, primary) = (folder(), pair.url());
    let done = |line: &[&str]| {
        let ended = admit(&home, &primary, line);
        assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    };
    done(&["store", "init"]);
    done(&["invite", "ada@example.com"]);
    let replica = format!("postgres://olga@127.0.0.1:{}/panel", pair.ports.1);
    let looks = || admit(&home, &replica, &["list", "-o", "plain"]);
    // What is acknowledged has come to the replica; what it shows may be a little older.
    wait_for(|| looks().stdout == "ada@example.com\n");
    let changes: [&[&str]; 4] = [
        &["invite", "bob@example.com"],
        &["lock", "ada@example.com", "--reason", "x", "--yes"],
        &["mail", "send"],
        &["store", "set", "reset-lifetime=1h"],
    ];
    for line in changes {
        let ended = admit(&home, &replica, line);
        assert_eq!(ended.code, Some(75), "{}", ended.stderr);
        for words in [
            ": the server is a read-only replica",
            "hint: nothing was changed; list all hosts in the URL, with target_session_attrs=read-write",
        ] {
            assert!(ended.stderr.contains(words), "{line:?}: {}", ended.stderr);
        }
    }

    let mut stopped = admin(pair.ports.1);
    stopped
        .batch_execute("select pg_wal_replay_pause()")
        .unwrap();
    let mut state = || -> String {
        let row = stopped.query_one("select pg_get_wal_replay_pause_state()", &[]);
        row.unwrap().get(0)
    };
    wait_for(|| state() == "paused");
    done(&["invite", "bob@example.com"]);
    let behind = looks();
    assert_eq!(behind.code, Some(75), "{}", behind.stderr);
    let said = "is behind: its audit log ends at entry 2, but entry 3 was at postgres://127.0.0.1:";
    assert!(behind.stderr.contains(said), "{}", behind.stderr);
    stopped
        .batch_execute("select pg_wal_replay_resume()")
        .unwrap();
    wait_for(|| looks().stdout == "ada@example.com\nbob@example.com\n");
    drop(stopped);
    pair.end();
}

/// For some minutes at most.
fn wait_for(mut is_so: impl FnMut() -> bool) {
    for _ in 0..9_000 {
        if is_so() {
            return;
        }
        pause(Duration::from_millis(20));
    }
    panic!("it does not go on");
}

fn pause(time: Duration) {
    #[expect(clippy::disallowed_methods, reason = "real servers take real time")]
    thread::sleep(time);
}
