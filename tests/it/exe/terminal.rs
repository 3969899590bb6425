//! At a real terminal.

use std::time::Duration;

use expectrl::{Eof, Expect, Session};

use super::{Machine, end};

const PASSWORD: &str = "seven green bottles hang there";

/// A command line at a terminal of its own.
struct Screen(expectrl::session::OsSession);

impl Screen {
    fn open(machine: &Machine, line: &str) -> Self {
        let mut command = machine.command(line);
        command.env("TERM", "xterm-256color");
        let mut session = Session::spawn(command).unwrap();
        session.set_expect_timeout(Some(Duration::from_secs(30)));
        Self(session)
    }

    fn sees(&mut self, text: &str) -> &mut Self {
        let found = self.0.expect(text);
        found.unwrap_or_else(|error| panic!("waited for {text:?}: {error}"));
        self
    }

    fn types(&mut self, line: &str) -> &mut Self {
        self.0.send_line(line).unwrap();
        self
    }

    /// What was still printed, and the exit code.
    fn ends_with(&mut self) -> (String, i32) {
        let rest = self.0.expect(Eof).unwrap();
        let rest = String::from_utf8_lossy(rest.as_bytes()).into_owned();
        let status = self.0.get_process().wait().unwrap();
        match status {
            expectrl::process::unix::WaitStatus::Exited(_, code) => (rest, code),
            other => panic!("{other:?}: {rest}"),
        }
    }

    /// The same, at the end of a test.
    fn ends(mut self) -> (String, i32) {
        self.ends_with()
    }
}

#[test]
fn the_whole_story_is_told_with_prompts() {
    let machine = Machine::new();
    let token = machine.token("invite ada@example.com");

    // A password that is refused or mistyped is asked for again, and the token is kept. It was pasted with a full stop.
    let mut screen = Screen::open(&machine, "self register");
    screen
        .sees("Token or link from the mail: ")
        .types(&format!("{token}."));
    screen.sees("Welcome to main");
    screen.sees("New password: ").types("too short");
    screen.sees("Repeat password: ").types("too short");
    screen.sees("error:").sees("New password: ").types(PASSWORD);
    screen.sees("Repeat password: ").types("something else");
    screen
        .sees("not the same")
        .sees("New password: ")
        .types(PASSWORD);
    screen.sees("Repeat password: ").types(PASSWORD);
    let (rest, code) = screen.ends();
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("unregistered → active"), "{rest}");
    // What is typed unseen stays unseen.
    assert!(!rest.contains(PASSWORD), "{rest}");

    for _ in 0..3 {
        for _ in 0..6 {
            let mut screen = Screen::open(&machine, "self sign-in ada@example.com");
            screen
                .sees("Password: ")
                .types("wrong, all wrong, and wrong again");
            let (rest, code) = screen.ends();
            assert_eq!(code, 6, "{rest}");
            // A sentence, with the word that programs know behind it.
            assert!(rest.contains("incorrect (invalid-credentials)"), "{rest}");
        }
        machine.run("unlock ada@example.com");
    }
    let ended = machine.run("why ada@example.com");
    assert!(ended.stdout.contains("locked-permanently"), "{ended}");

    let mut screen = Screen::open(&machine, "unlock ada@example.com --keep-password");
    screen.sees("Reason for unlocking").types("case 4711");
    screen.sees("Keep the password").types("y");
    let (rest, code) = screen.ends();
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("locked permanently since"), "{rest}");

    let mut screen = Screen::open(&machine, "self sign-in ada@example.com");
    screen.sees("Password: ").types(PASSWORD);
    let (rest, code) = screen.ends();
    assert_eq!(code, 0, "{rest}");
    assert!(rest.contains("signed in to main as member"), "{rest}");
}

#[test]
fn ctrl_c_at_a_prompt_ends_it_and_leaves_the_terminal_as_it_was() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    let mut command =
        machine.shell("stty -g; admit self sign-in ada@example.com; echo \"exit $?\"; stty -g");
    command.env("TERM", "xterm");
    let mut session = Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(30)));
    let mut screen = Screen(session);
    let before = screen.0.expect("Password: ").unwrap();
    let before = String::from_utf8_lossy(before.before()).into_owned();
    let before = before
        .lines()
        .find(|line| line.contains(':'))
        .unwrap()
        .trim();
    screen.0.send("half a pass\u{3}").unwrap();
    screen.sees("cancelled").sees("exit 130");
    let (rest, _) = screen.ends();
    assert_eq!(rest.trim(), before);
}

#[test]
fn a_cancelled_question_changes_nothing_and_exits_130() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    // Ctrl-D at once, after some words, and Ctrl-C; what is typed then is for the shell and answers nothing.
    for keys in ["\u{4}", "case 47\u{4}", "case 47\u{3}"] {
        let mut screen = Screen::open(&machine, "lock ada@example.com");
        screen.sees("Reason for locking ada@example.com: ");
        screen.0.send(keys).unwrap();
        screen.sees("cancelled; nothing was changed");
        screen.0.send_line("this becomes no reason").ok();
        let (rest, code) = screen.ends();
        assert_eq!(code, 130, "{keys:?}: {rest}");
    }
    let mut screen = Screen::open(&machine, "remove ada@example.com --erase");
    screen.sees("[y/N] ");
    screen.0.send("y\u{4}").unwrap();
    let (rest, code) = screen.sees("cancelled").ends_with();
    assert_eq!(code, 130, "{rest}");
    assert_eq!(machine.people(), 1);
    assert!(!machine.run("list").stdout.contains("disabled"));
}

#[test]
fn what_is_typed_is_echoed_once_and_can_be_corrected() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    let mut screen = Screen::open(&machine, "lock ada@example.com");
    screen.sees("Reason for locking ada@example.com: ");
    screen.0.send("left the compamy").unwrap();
    screen.sees("left the compamy");
    screen.0.send("\u{7f}\u{7f}ny, ticket 4711\r").unwrap();
    screen.sees("ny, ticket 4711\r\n");
    let (rest, code) = screen.ends();
    assert_eq!(code, 0, "{rest}");
    assert!(!rest.contains("ticket"), "{rest}");
    let why = machine.run("why ada@example.com");
    assert!(
        why.stdout.contains("left the company, ticket 4711"),
        "{why}"
    );
}

#[test]
fn a_question_takes_a_clear_answer_only() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    let mut screen = Screen::open(&machine, "remove ada@example.com --erase");
    screen.sees("[y/N] ").types("sure");
    screen.sees("Answer y for yes or n for no.");
    screen.sees("[y/N] ").types("yes");
    let (rest, code) = screen.ends();
    assert_eq!(code, 0, "{rest}");
    assert_eq!(machine.people(), 0);
}

#[test]
fn a_no_changes_nothing() {
    let machine = Machine::new();
    machine.file("people.csv", super::crowd(25));
    for answer in ["n", "", "N"] {
        let mut screen = Screen::open(&machine, "invite --from people.csv --no-mail");
        screen.sees("Invite 25 people").types(answer);
        let (rest, code) = screen.ends();
        assert_eq!(code, 1, "{rest}");
        assert!(rest.contains("nothing was changed"), "{rest}");
        // It is longer than a line, and stands there once all the same.
        assert!(!rest.contains("Invite 25"), "{rest}");
        assert_eq!(rest.matches("p000003@").count(), 1, "{rest}");
    }
    assert!(!machine.store().exists());
    let mut screen = Screen::open(&machine, "invite --from people.csv --no-mail");
    screen.sees("Invite 25 people").types("y");
    let (rest, code) = screen.ends();
    assert_eq!(code, 0, "{rest}");
    assert_eq!(machine.people(), 25);
}

#[test]
fn a_question_that_is_longer_than_a_line_stands_there_once() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    let mut screen = Screen::open(&machine, "remove ada@example.com --erase");
    screen.sees("Erase ada@example.com?").sees("[y/N]");
    screen.types("n");
    let (rest, code) = screen.ends();
    assert_eq!(code, 1, "{rest}");
    assert!(!rest.contains("Erase"), "{rest:?}");
    assert_eq!(machine.people(), 1);
}

#[test]
fn a_question_is_asked_at_the_terminal_although_the_input_is_a_pipe() {
    let machine = Machine::new();
    machine.file("people.csv", super::crowd(25));
    let mut command = machine.shell("cat people.csv | admit invite --from - --no-mail");
    command.env("TERM", "xterm");
    let mut session = Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_secs(30)));
    let mut screen = Screen(session);
    screen.sees("Invite 25 people").types("y");
    let (rest, code) = screen.ends();
    assert_eq!(code, 0, "{rest}");
    assert_eq!(machine.people(), 25);
}

#[test]
fn a_plain_terminal_gets_no_colour() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    for (name, value, coloured) in [
        ("TERM", "xterm-256color", true),
        ("TERM", "dumb", false),
        ("NO_COLOR", "1", false),
    ] {
        let mut command = machine.command("list");
        command.env("TERM", "xterm-256color").env(name, value);
        let (text, code) = Screen(Session::spawn(command).unwrap()).ends();
        assert_eq!(code, 0, "{text}");
        assert_eq!(
            text.contains('\u{1b}'),
            coloured,
            "{name}={value}: {text:?}"
        );
    }
}

#[test]
fn without_a_terminal_no_question_ever_hangs() {
    let machine = Machine::new();
    machine.file("people.csv", super::crowd(25));
    let token = machine.token("invite ada@example.com");
    let registered = machine.pipe("self register", format!("{token}\n{PASSWORD}\n"));
    assert_eq!(registered.code, Some(0), "{registered}");
    for _ in 0..3 {
        for _ in 0..6 {
            machine.pipe("self sign-in ada@example.com", "wrong, all wrong\n");
        }
        machine.run("unlock ada@example.com");
    }
    for line in [
        "invite --from people.csv",
        "unlock ada@example.com",
        "unlock ada@example.com --reason x --keep-password",
        "self register",
        "self sign-in ada@example.com",
        "self password",
        "invite",
    ] {
        // Neither a terminal to be found by name: a session of its own.
        let mut command = machine.shell(&format!("exec setsid admit {line}"));
        command.env("TERM", "xterm");
        let ended = end(command, b"");
        assert_eq!(
            (ended.code, ended.stdout.as_str()),
            (Some(2), ""),
            "{line}\n{ended}"
        );
        assert!(ended.stderr.contains("hint: "), "{line}\n{ended}");
    }
}
