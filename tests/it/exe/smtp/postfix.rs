//! Debian's Postfix: another program's idea of the same standards.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::exe::Machine;
use crate::support::certificates::Authority;
use crate::support::postfix::{MAILBOX, PASSWORD, Postfix, Setup, USER};

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
        let taken = "accepted by localhost: 250 2.0.0 Ok: queued as ";
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
        shown.stdout.contains("accepted by localhost: 250 2.0.0 Ok"),
        "{shown}"
    );
    postfix.messages(1);

    let stranger = machine(&server, None, true);
    let tested = stranger.run(&format!("mail test {MAILBOX}"));
    assert_eq!(tested.code, Some(75), "{tested}");
    assert!(
        tested
            .stderr
            .contains("it is not signed by an authority that this machine trusts"),
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
            .contains("localhost refuses the user or password, for any mail: 535 5.7.8 "),
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
        "Greeting: 220 mail.test ESMTP Postfix",
        "Encrypted with TLS 1.3; the certificate is valid for localhost",
        "Signed in as panel@mail.test (PLAIN)",
    ] {
        assert!(tested.stderr.contains(line), "{tested}");
    }
    assert!(
        tested
            .stdout
            .starts_with("ada@example.com: accepted by localhost: 250 2.0.0 Ok: queued as "),
        "{tested}"
    );
    assert!(!good.store().exists());
}

/// A file of people, and those in it whom the server takes: `bad` stand in the file so far apart.
fn crowd(
    machine: &Machine,
    good: usize,
    bad: &[&str],
    apart: usize,
) -> (std::path::PathBuf, Vec<String>) {
    let good: Vec<String> = (0..good).map(|n| format!("p{n:03}@example.com")).collect();
    let mut rows = good.clone();
    for (nth, address) in bad.iter().enumerate() {
        rows.insert(nth * apart + 7, (*address).to_owned());
    }
    let path = machine.file("people.csv", format!("address\n{}\n", rows.join("\n")));
    (path, good)
}

/// Each of these people got one message, and nobody else did.
fn assert_arrived(postfix: &Postfix, people: &[String]) {
    let header = |message: &[u8], name: &str| {
        let text = String::from_utf8(message.to_vec()).unwrap();
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap().to_owned()
    };
    let messages = postfix.messages(people.len());
    let sorted = |name: &str| {
        let mut found: Vec<String> = messages.iter().map(|bytes| header(bytes, name)).collect();
        found.sort();
        found
    };
    assert_eq!(sorted("To: "), people);
    let mut ids = sorted("Message-ID: ");
    ids.dedup();
    assert_eq!(ids.len(), people.len());
}

#[test]
fn of_200_people_four_are_refused_and_everybody_can_see_why() {
    const BAD: [(&str, &str); 4] = [
        (
            "nobody@example.com",
            "localhost refuses nobody@example.com: 550 5.1.1 <nobody@example.com>: Recipient address rejected: User \
             unknown in virtual mailbox table",
        ),
        (
            "full@example.com",
            "localhost refuses full@example.com: 552 5.2.2 <full@example.com>: Recipient address rejected: The mailbox \
             is full",
        ),
        (
            "grace@elsewhere.example",
            "localhost refuses grace@elsewhere.example: 554 5.7.1 <grace@elsewhere.example>: Relay access denied",
        ),
        (
            "busy@example.com",
            "localhost does not accept mail for busy@example.com now: 450 4.2.0 <busy@example.com>: Recipient address \
             rejected: Greylisted, come back in a few minutes",
        ),
    ];
    let authority = Authority::new("Ours");
    let mailboxes = (0..196).map(|n| format!("p{n:03}@example.com"));
    let setup = Setup {
        mailboxes: mailboxes.collect(),
        answers: vec![
            ("full@example.com", "552 5.2.2 The mailbox is full"),
            (
                "busy@example.com",
                "450 4.2.0 Greylisted, come back in a few minutes",
            ),
        ],
        ..Setup::default()
    };
    let postfix = Postfix::with(&authority.sign("DNS:localhost", 30), &setup);
    let server = format!("smtp://localhost:{}", postfix.submission);
    let machine = machine(&server, Some(&authority.certificate()), true);
    let (file, good) = crowd(&machine, 196, &BAD.map(|(address, _)| address), 40);
    let invited = machine.run(&format!("invite --from {} --yes", file.display()));
    assert_eq!(invited.code, Some(0), "{invited}");
    assert_arrived(&postfix, &good);

    // The run: a line a person, and behind them those to care for, with the server's words.
    assert_eq!(invited.stdout.lines().count(), 201, "{invited}");
    assert_eq!(invited.stdout.matches("  sent\n").count(), 196, "{invited}");
    let talk: Vec<&str> = invited.stderr.lines().skip(3).collect();
    let line = |at: usize| format!("  {}", BAD[at].1);
    let id = |address: &str| {
        machine.count(&format!(
            "select id from outbox where address = '{address}'"
        ))
    };
    assert_eq!(
        talk,
        [
            "warning: 1 mail could not be delivered; next attempt in 1 minute",
            &line(3),
            &format!(
                "hint: `admit mail send` sends it when it is due, `admit mail send --follow` as a service; `admit mail retry {}` tries again at once",
                id("busy@example.com")
            ),
            "warning: 3 mails failed: permanently refused",
            &line(0),
            &line(1),
            &line(2),
            "hint: list them with `admit mail list --state failed`; for help, run `admit why nobody@example.com` and the like",
            "200 done",
        ],
        "{invited}"
    );

    let sent = machine.run("mail send");
    assert_eq!(sent.code, Some(75), "{sent}");
    assert!(
        sent.stdout
            .starts_with("0 sent, 0 failed, 0 lapsed, 1 left in the queue, next attempt in "),
        "{sent}"
    );
    let list = |arguments: &str| machine.run(&format!("mail list {arguments} -o json"));
    for (state, count) in [("sent", 196), ("failed", 3), ("queued", 1)] {
        let listed = list(&format!("--state {state} --limit 500"));
        let word = format!("\"state\":\"{state}\"");
        assert_eq!(listed.stdout.matches(&word).count(), count, "{listed}");
    }
    let means = [
        "that mail server does not know the address: check it for typing errors",
        "the mailbox is full: the person has to free some space",
        "blocked by a rule: the server does not relay mail to this domain, or a firewall blocks the sender's domain; ask the mail administrator",
        "",
    ];
    for ((address, words), means) in BAD.iter().zip(means) {
        let listed = list(address);
        assert!(listed.stdout.contains(words), "{listed}");
        let shown = machine.run(&format!("mail show {}", id(address)));
        assert!(
            shown.stdout.contains(&format!("reply         {words}\n")),
            "{shown}"
        );
        let person = machine.run(&format!("show {address}"));
        assert!(person.stdout.contains(words), "{person}");
        let why = machine.run(&format!("why {address}"));
        assert_eq!(why.code, Some(6), "{why}");
        assert!(
            why.stdout.contains(words) && why.stdout.contains(means),
            "{why}"
        );
        let retry = format!("    admit mail retry {}\n", id(address));
        assert!(why.stdout.contains(&retry), "{why}");
        let waits = *address == "busy@example.com";
        for ended in [&why, &person] {
            let next = ended.stdout.contains("next attempt");
            assert_eq!(next, waits, "{ended}");
        }
    }
    let why = machine.run("why p000@example.com");
    assert!(
        why.stdout.contains("was delivered to the mail server "),
        "{why}"
    );
    assert!(
        why.stdout.contains("spam folder, or whether a firewall"),
        "{why}"
    );

    // The same file again mails nobody twice; what was refused is refused again when it is asked for.
    let again = machine.run(&format!("invite --from {} --yes", file.display()));
    assert_eq!(again.code, Some(0), "{again}");
    let retried = machine.run("mail retry --state failed");
    assert_eq!(retried.code, Some(1), "{retried}");
    let retried = machine.run("mail retry --state queued");
    assert_eq!(retried.code, Some(75), "{retried}");
    // By hand as often as anybody likes: the pauses begin anew.
    assert_eq!(
        machine.count("select attempts from outbox where state = 'queued'"),
        1
    );
    assert_arrived(&postfix, &good);
}

#[test]
fn more_wrong_addresses_than_postfix_bears_do_not_hold_the_others_up() {
    let authority = Authority::new("Ours");
    let mailboxes = (0..60).map(|n| format!("p{n:03}@example.com"));
    let setup = Setup {
        mailboxes: mailboxes.collect(),
        ..Setup::default()
    };
    let postfix = Postfix::with(&authority.sign("DNS:localhost", 30), &setup);
    let machine = machine(
        &format!("smtp+plain://localhost:{}", postfix.plain),
        None,
        false,
    );
    // After 20 errors in a row Postfix says 421 and hangs up (smtpd_hard_error_limit).
    let bad: Vec<String> = (0..45).map(|n| format!("nobody{n}@example.com")).collect();
    let bad: Vec<&str> = bad.iter().map(String::as_str).collect();
    let (file, good) = crowd(&machine, 60, &bad, 1);
    let invited = machine.run(&format!("invite --from {} --yes", file.display()));
    assert_eq!(invited.code, Some(0), "{invited}");
    assert_arrived(&postfix, &good);
    let failed =
        "select count(*) from outbox where state = 'failed' and detail like '%: 550 5.1.1 %'";
    assert_eq!(machine.count(failed), 45, "{}", postfix.log());
    assert!(
        postfix.log().contains("too many errors after "),
        "{}",
        postfix.log()
    );
    assert!(invited.stderr.contains("\n  and 35 more\n"), "{invited}");
}

#[test]
fn a_certificate_that_does_not_fit_gets_no_password_and_the_message_says_why() {
    let ours = Authority::new("Ours");
    let theirs = Authority::new("Theirs");
    let fits = ours.sign("DNS:localhost", 30);
    let expired = ours.sign("DNS:localhost", 0);
    let cases = [
        (
            ours.sign("DNS:mail.example.com", 30),
            "it is for mail.example.com, not for localhost",
        ),
        (expired, "it has expired"),
        (
            theirs.sign("DNS:localhost", 30),
            "it is not signed by an authority that this machine trusts; if it is from your organisation's own authority, set that authority's certificate with `ca-file` under [mail]",
        ),
        (
            ours.own(),
            "it is the certificate of an authority, which a server must not present; sign one for the server",
        ),
    ];
    let certificates = cases.iter().map(|(pair, _)| pair.clone()).collect();
    let setup = Setup {
        certificates,
        ..Setup::default()
    };
    let postfix = Postfix::with(&fits, &setup);
    let ca = ours.certificate();
    for ((_, why), ports) in cases.iter().zip(&postfix.others) {
        for (scheme, port) in [("smtp", ports.submission), ("smtps", ports.submissions)] {
            let machine = machine(&format!("{scheme}://localhost:{port}"), Some(&ca), true);
            let words = format!(
                "the certificate of localhost:{port} is not valid, so neither password nor mail was sent: {why}"
            );
            let tested = machine.run(&format!("mail test {MAILBOX}"));
            assert_eq!(tested.code, Some(75), "{tested}");
            assert!(
                tested.stderr.contains(&format!("error: {words}\n")),
                "{tested}"
            );
            assert!(!tested.stderr.contains("Encrypted"), "{tested}");
            let invited = machine.run(&format!("invite {MAILBOX} -o json"));
            assert_eq!(invited.code, Some(0), "{invited}");
            let document: serde_json::Value = serde_json::from_str(&invited.stdout).unwrap();
            let mail = &document["results"][0]["mail"];
            assert_eq!(mail["state"], "queued", "{invited}");
            assert_eq!(mail["detail"], words.as_str(), "{invited}");
        }
    }
    // Nobody signed in and no sender was named on any of these connections.
    let log = postfix.log();
    assert!(!log.contains("sasl_") && !log.contains("client="), "{log}");
    assert!(!log.contains(PASSWORD), "{log}");
    assert!(log.contains("lost connection after STARTTLS"), "{log}");
    // The same machine, where the certificate fits.
    let good = machine(
        &format!("smtp://localhost:{}", postfix.submission),
        Some(&ca),
        true,
    );
    let tested = good.run(&format!("mail test {MAILBOX}"));
    assert_eq!(tested.code, Some(0), "{tested}\n{}", postfix.log());
    assert!(
        postfix
            .log()
            .contains("sasl_method=PLAIN, sasl_username=panel@mail.test")
    );
    postfix.messages(1);
}

#[test]
fn no_password_goes_to_a_port_that_does_not_encrypt() {
    let authority = Authority::new("Ours");
    let postfix = Postfix::start(&authority.sign("DNS:localhost", 30));
    let ca = authority.certificate();
    let (plain, submission) = (postfix.plain, postfix.submission);
    let says = |server: &str, signs_in: bool| {
        let machine = machine(server, Some(&ca), signs_in);
        let tested = machine.run(&format!("mail test {MAILBOX}"));
        assert_ne!(tested.code, Some(0), "{tested}");
        tested.stderr
    };
    let words = says(&format!("smtp://localhost:{plain}"), true);
    assert!(
        words.contains(
            "does not support encryption (STARTTLS), so neither password nor mail was sent"
        ),
        "{words}"
    );
    let words = says(&format!("smtps://localhost:{plain}"), true);
    assert!(
        words.contains("it does not speak TLS on that port"),
        "{words}"
    );
    let words = says(&format!("smtp+plain://localhost:{plain}"), true);
    assert!(
        words.contains("accepts no user and password without encryption"),
        "{words}"
    );
    // Who does not encrypt where it is asked for is told so.
    let words = says(&format!("smtp+plain://localhost:{submission}"), false);
    assert!(
        words.contains(
            "localhost requires encryption, or a user and a password, first: 530 5.7.0 Must issue a STARTTLS command \
             first; use smtp://localhost in mail.server"
        ),
        "{words}"
    );
    assert!(!postfix.log().contains("sasl_"), "{}", postfix.log());
    assert!(!postfix.log().contains(PASSWORD));
}
