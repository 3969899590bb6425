//! What is interrupted or killed leaves nothing half done.

use std::process::{Child, Stdio};
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::{Eof, Expect, Session};
use rustix::process::{Pid, Signal, kill_process};

use super::{Machine, crowd, finish, pause};

fn start(machine: &Machine, line: &str) -> Child {
    let mut command = machine.command(line);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.spawn().unwrap()
}

fn send(child: &Child, signal: Signal) {
    let pid = Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    kill_process(pid, signal).unwrap();
}

/// Waits until a file has grown beyond a size: the work is under way.
fn until_larger(path: &std::path::Path, size: u64) {
    for _ in 0..15_000 {
        if std::fs::metadata(path).is_ok_and(|file| file.len() > size) {
            return;
        }
        pause(Duration::from_millis(2));
    }
    panic!("{} does not grow", path.display());
}

#[test]
fn ctrl_c_in_a_large_file_writes_nothing_and_says_so() {
    let machine = Machine::new();
    machine.run("store init");
    machine.file("people.csv", crowd(50_000));
    let mut child = start(&machine, "invite --from people.csv --no-mail --yes");
    // The transaction spills into the log once the cache is full.
    let log = machine.path(".local/share/admit/admit.db-wal");
    for _ in 0..1_000 {
        if std::fs::metadata(&log).is_ok_and(|file| file.len() > 0) {
            break;
        }
        pause(Duration::from_millis(1));
    }
    pause(Duration::from_millis(150));
    assert!(
        child.try_wait().unwrap().is_none(),
        "it was too quick for this test"
    );
    send(&child, Signal::INT);
    let ended = finish(child);
    assert_eq!(
        (ended.code, ended.stdout.as_str()),
        (Some(1), ""),
        "{ended}"
    );
    assert!(ended.stderr.contains("error: interrupted"), "{ended}");
    assert_eq!(machine.people(), 0);
    assert_eq!(machine.run("audit verify").code, Some(0));
}

#[test]
fn who_is_killed_in_the_middle_of_a_file_can_run_it_again() {
    let machine = Machine::new();
    machine.run("store init");
    machine.file("people.csv", crowd(1_500));
    for round in 0..10_u64 {
        let child = start(
            &machine,
            "invite --from people.csv --keep-going --no-mail --yes -q",
        );
        pause(Duration::from_millis(20 + 35 * round));
        send(&child, Signal::KILL);
        finish(child);
        let ended = machine.run("store check");
        assert_eq!(ended.code, Some(0), "{ended}");
    }
    let ended = machine.run("invite --from people.csv --keep-going --no-mail --yes -q");
    assert_eq!(ended.code, Some(0), "{ended}");
    assert_eq!(machine.people(), 1_500);
    assert_eq!(machine.count("select count(*) from access"), 1_500);
    assert_eq!(machine.count("select count(*) from link where used_at is null and revoked_at is null and superseded_at is null"), 1_500);
    let invited = "select count(*) from audit where action = 'invited'";
    assert_eq!(machine.count(invited), 1_500);
    assert_eq!(machine.run("audit verify").code, Some(0));
}

/// The names in a folder.
fn names(folder: &std::path::Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn who_is_killed_while_moving_a_store_leaves_nothing_half_made() {
    let machine = Machine::new();
    machine.run("store init");
    machine.file("people.csv", crowd(3_000));
    machine.run("invite --from people.csv --no-mail --yes -q");
    for folder in ["backups", "stores"] {
        std::fs::create_dir(machine.path(folder)).unwrap();
    }
    let whole = machine.run("store backup whole");
    assert_eq!(whole.code, Some(0), "{whole}");
    let (mut killed, mut made) = (0, 0);
    for round in 0..8_u64 {
        for line in [
            "store backup backups/b --force",
            "store copy --to stores/copy.db",
            "store restore whole --store stores/restored.db --yes",
        ] {
            let mut child = start(&machine, line);
            pause(Duration::from_millis(10 + 40 * round));
            if child.try_wait().unwrap().is_none() {
                killed += 1;
                send(&child, Signal::KILL);
            }
            finish(child);
        }
        for store in ["copy.db", "restored.db"] {
            let path = machine.path("stores").join(store);
            if path.exists() {
                made += 1;
                let ended = machine.run(&format!("store check --store stores/{store}"));
                assert_eq!(ended.code, Some(0), "{ended}");
                std::fs::remove_file(path).unwrap();
            }
        }
        if machine.path("backups").join("b").exists() {
            let line = "store restore backups/b --store stores/b.db --yes -n";
            let ended = machine.run(line);
            assert_eq!(ended.code, Some(0), "{ended}");
        }
    }
    assert!(
        killed > 3,
        "it was too quick for this test: {killed} killed, {made} made"
    );
    // What was in the making is removed by the next one.
    let ended = machine.run("store copy --to stores/copy.db");
    assert_eq!(ended.code, Some(0), "{ended}");
    assert_eq!(names(&machine.path("stores")), ["copy.db"]);
    let backups = names(&machine.path("backups"));
    assert!(backups.iter().all(|name| name == "b"), "{backups:?}");
}

#[test]
fn who_is_killed_while_mailing_mails_nobody_twice() {
    let machine = Machine::new();
    machine.run("store init");
    machine.file("people.csv", crowd(200));
    let letters = machine.path(".local/share/admit/mail");
    for _ in 0..3 {
        let child = start(&machine, "invite --from people.csv --yes -q");
        for _ in 0..2_000 {
            if std::fs::read_dir(&letters).is_ok_and(|all| all.count() > 10) {
                break;
            }
            pause(Duration::from_millis(1));
        }
        send(&child, Signal::KILL);
        finish(child);
    }
    let ended = machine.run("invite --from people.csv --yes -q");
    assert_eq!(ended.code, Some(0), "{ended}");
    assert_eq!(machine.count("select count(*) from outbox"), 200);
    machine.run("mail send");
    let mut ids: Vec<String> = std::fs::read_dir(&letters)
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .filter_map(|letter| {
            letter
                .lines()
                .find(|line| line.starts_with("To:"))
                .map(str::to_owned)
        })
        .collect();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(all, ids.len(), "somebody was mailed twice");
    // What a killed sender had claimed waits until its lease is over.
    let queued = machine.count("select count(*) from outbox where state = 'queued'");
    assert!(
        i64::try_from(ids.len()).unwrap() + queued >= 200,
        "{all} letters, {queued} queued"
    );
}

#[test]
fn ctrl_c_at_the_end_of_the_input_ends_it_at_once() {
    let machine = Machine::new();
    // Where the tests themselves run in the background of a script, Ctrl-C would be ignored by inheritance.
    let mut command = machine.shell("exec env --default-signal=INT admit self register");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let input = child.stdin.take();
    until_larger(&machine.store(), 0);
    pause(Duration::from_millis(50));
    send(&child, Signal::INT);
    let ended = finish(child);
    drop(input);
    assert_ne!(ended.code, Some(0), "{ended}");
}

#[test]
fn the_record_is_followed_until_ctrl_c_and_each_entry_comes_as_it_is_written() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    let out = machine.path("followed");
    let mut child = machine
        .command("audit list --follow -o jsonl")
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(&out).unwrap())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    pause(Duration::from_millis(700));
    machine.run("invite bob@example.com --no-mail");
    until_larger(&out, 10);
    machine.run("invite cyd@example.com --no-mail");
    pause(Duration::from_millis(1_500));
    assert!(child.try_wait().unwrap().is_none(), "it goes on");
    send(&child, Signal::INT);
    let ended = finish(child);
    assert_eq!(ended.code, Some(0), "{ended}");
    let lines: Vec<serde_json::Value> = std::fs::read_to_string(&out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let addresses: Vec<_> = lines.iter().map(|line| line["address"].as_str()).collect();
    assert_eq!(
        addresses,
        [Some("bob@example.com"), Some("cyd@example.com")]
    );
}

#[test]
fn ctrl_c_while_mailing_loses_nothing_and_the_bar_says_how_far_it_is() {
    let machine = Machine::new();
    machine.run("store init");
    machine.file("people.csv", crowd(6_000));
    let mut command = machine.command("invite --from people.csv --yes");
    command.env("TERM", "xterm-256color");
    let mut session = Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_mins(1)));
    for bar in ["writing [", "/6000", "mailing [", "/6000"] {
        let seen = session.expect(bar);
        seen.unwrap_or_else(|error| panic!("waited for {bar}: {error}"));
    }
    // Not the escape character: the key.
    session.send("\x03").unwrap();
    let rest = session.expect(Eof).unwrap();
    let rest = String::from_utf8_lossy(rest.as_bytes()).into_owned();
    let status = session.get_process().wait().unwrap();
    assert!(
        matches!(status, WaitStatus::Exited(_, 7)),
        "{status:?} {rest}"
    );
    assert!(rest.contains("interrupted"), "{rest}");

    let count = |which: &str| machine.count(&format!("select count(*) from outbox where {which}"));
    let (sent, queued) = (count("state = 'written'"), count("state = 'queued'"));
    assert_eq!(sent + queued, 6_000, "{rest}");
    assert!(queued > 0, "it was too quick for this test");
    assert_eq!(count("lease_until is not null"), 0, "it can go on at once");
    let letters = machine.path(".local/share/admit/mail");
    let there = || i64::try_from(std::fs::read_dir(&letters).unwrap().count()).unwrap();
    assert_eq!(there(), sent);
    assert_eq!(machine.people(), 6_000);
    let ended = machine.run("mail send");
    assert_eq!(ended.code, Some(0), "{ended}");
    assert_eq!(
        ended.stdout,
        format!("0 sent, {queued} written to files, 0 failed, 0 lapsed, 0 left in the queue\n")
    );
    assert_eq!(there(), 6_000);
    assert_eq!(machine.run("audit verify").code, Some(0));
}
