//! Debian's Postfix: another program's idea of the same standards.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::exe::Machine;
use crate::support::certificates::Authority;
use crate::support::postfix::{MAILBOX, PASSWORD, Postfix, USER};

/// A machine whose settings lead to a server.
fn machine(server: &str, authority: Option<&Path>, signs_in: bool) -> Machine {
    let machine = Machine::new();
    let mut text =
        format!("[mail]\nserver = \"{server}\"\nsender = \"Access desk <access@example.com>\"\n");
    if let Some(authority) = authority {
        text.push_str(&format!("ca-file = \"{}\"\n", authority.display()));
    }
    if signs_in {
        let password = machine.file("password", format!("{PASSWORD}\n"));
        fs::set_permissions(&password, fs::Permissions::from_mode(0o600)).unwrap();
        text.push_str(&format!(
            "user = \"{USER}@mail.test\"\npassword-file = \"{}\"\n",
            password.display()
        ));
    }
    let config = machine.file(".config/admit/config.toml", text);
    fs::set_permissions(config, fs::Permissions::from_mode(0o600)).unwrap();
    machine
}

#[test]
fn an_invitation_arrives_through_postfix() {
    let authority = Authority::new("Ours");
    let postfix = Postfix::start(&authority.sign("DNS:localhost", 30));
    let (plain, submission, submissions) = (postfix.plain, postfix.submission, postfix.submissions);
    let ca = authority.certificate();
    let ways = [
        (format!("smtp+plain://localhost:{plain}"), false),
        (format!("smtp://localhost:{submission}"), true),
        (format!("smtps://localhost:{submissions}"), true),
    ];
    for (nth, (server, signs_in)) in ways.iter().enumerate() {
        let machine = machine(server, Some(&ca), *signs_in);
        let invited = machine.run(&format!("invite {MAILBOX}"));
        assert_eq!(invited.code, Some(0), "{invited}\n{}", postfix.log());
        let taken = "taken by localhost: 250 2.0.0 Ok: queued as ";
        assert!(
            invited.stdout.contains(&format!("mail {taken}")),
            "{invited}"
        );
        assert!(!invited.stderr.contains("does not leave"), "{invited}");
        let messages = postfix.messages(nth + 1);
        let newest = messages
            .iter()
            .map(|message| String::from_utf8(message.clone()).unwrap())
            .find(|message| message.contains(&machine_message_id(&machine)))
            .unwrap();
        assert!(
            newest.contains("From: \"Access desk\" <access@example.com>"),
            "{newest}"
        );
        assert!(newest.contains("Return-Path: <access@example.com>"));
        let with = if *signs_in { "ESMTPSA" } else { "ESMTP" };
        assert!(newest.contains(&format!("with {with} id")), "{newest}");
        let shown = machine.run("mail show 1");
        assert!(shown.stdout.contains(taken), "{shown}");
        let why = machine.run(&format!("why {MAILBOX}"));
        assert!(!why.stdout.contains("no mail server"), "{why}");
        // The password is in none of our files, whatever was written.
        let store = fs::read(machine.store()).unwrap();
        let canary = PASSWORD.as_bytes();
        assert!(!store.windows(canary.len()).any(|bytes| bytes == canary));
    }
}

fn machine_message_id(machine: &Machine) -> String {
    let db = rusqlite::Connection::open(machine.store()).unwrap();
    db.query_row("select message_id from outbox where id = 1", [], |row| {
        row.get(0)
    })
    .unwrap()
}

#[test]
fn postfix_refuses_whom_it_does_not_know_and_who_does_not_fit_is_not_told_the_password() {
    let authority = Authority::new("Ours");
    let postfix = Postfix::start(&authority.sign("DNS:localhost", 30));
    let ca = authority.certificate();
    let server = format!("smtp://localhost:{}", postfix.submission);

    let known = machine(&server, Some(&ca), true);
    let invited = known.run("invite nobody@example.com ada@example.com --yes");
    assert_eq!(invited.code, Some(0), "{invited}");
    let shown = known.run("mail list -o json");
    assert!(
        shown
            .stdout
            .contains("localhost refuses nobody@example.com: 550 5.1.1 "),
        "{shown}"
    );
    assert!(shown.stdout.contains("\"state\":\"failed\""), "{shown}");
    assert!(
        shown.stdout.contains("taken by localhost: 250 2.0.0 Ok"),
        "{shown}"
    );
    postfix.messages(1);

    let stranger = machine(&server, None, true);
    let tested = stranger.run(&format!("mail test {MAILBOX}"));
    assert_eq!(tested.code, Some(75), "{tested}");
    assert!(
        tested
            .stderr
            .contains("nobody whom this machine trusts has signed it"),
        "{tested}"
    );
    assert!(tested.stderr.contains("ca-file"), "{tested}");

    let wrong = machine(&server, Some(&ca), true);
    wrong.file("password", "wrong\n");
    let tested = wrong.run(&format!("mail test {MAILBOX}"));
    assert_eq!(tested.code, Some(75), "{tested}");
    assert!(
        tested
            .stderr
            .contains("localhost does not let the user in, whatever the mail: 535 5.7.8 "),
        "{tested}"
    );
    let without = machine(&server, Some(&ca), false);
    let tested = without.run(&format!("mail test {MAILBOX}"));
    assert_eq!(tested.code, Some(1), "{tested}");
    postfix.messages(1);
    assert!(!postfix.log().contains(PASSWORD));

    let good = machine(&server, Some(&ca), true);
    let tested = good.run(&format!("mail test {MAILBOX}"));
    assert_eq!(tested.code, Some(0), "{tested}\n{}", postfix.log());
    for line in [
        "Connected to smtp://localhost:",
        "It says: 220 mail.test ESMTP Postfix",
        "Encrypted with TLS 1.3; the certificate is good for localhost",
        "Signed in as panel@mail.test (PLAIN)",
    ] {
        assert!(tested.stderr.contains(line), "{tested}");
    }
    assert!(
        tested
            .stdout
            .starts_with("ada@example.com: taken by localhost: 250 2.0.0 Ok: queued as "),
        "{tested}"
    );
    assert!(!good.store().exists());
}
