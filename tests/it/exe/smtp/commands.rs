//! What operators see: queued, given up, put back, tried out; and settings that are refused.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::exe::Machine;
use crate::support::bad_server::{BadServer, Deed, Nature, say};

const SENDER: &str = "sender = \"access@example.com\"\n";

fn configure(machine: &Machine, mail: &str) {
    let path = machine.file(".config/admit/config.toml", format!("[mail]\n{mail}"));
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

fn lead_to(machine: &Machine, port: u16) {
    configure(
        machine,
        &format!("server = \"smtp+plain://127.0.0.1:{port}\"\n{SENDER}"),
    );
}

#[test]
fn mail_that_was_given_up_is_put_back_and_arrives() {
    let machine = Machine::new();
    let server = BadServer::new(Nature::default(), |step, nth| {
        (step == "RCPT" && nth <= 2).then(|| say("550 5.7.1 relay access denied"))
    });
    lead_to(&machine, server.port);
    let invited = machine.run("invite ada@example.com bob@example.com --yes");
    assert_eq!(invited.code, Some(0), "{invited}");
    assert!(
        invited
            .stderr
            .contains("warning: 2 mails failed: permanently refused"),
        "{invited}"
    );
    assert_eq!(
        machine.count("select count(*) from outbox where state = 'failed'"),
        2
    );

    let retried = machine.run("mail retry --state failed -o json");
    assert_eq!(retried.code, Some(0), "{retried}");
    assert_eq!(
        retried
            .stdout
            .matches("accepted by 127.0.0.1: 250 2.0.0 Ok: queued as 4F3")
            .count(),
        2,
        "{retried}"
    );
    assert_eq!(
        machine.count("select count(*) from outbox where state = 'sent'"),
        2
    );
    let record = machine.run("audit list --action mail-retried -o json");
    assert_eq!(
        record.stdout.matches("\"mail-retried\"").count(),
        2,
        "{record}"
    );

    let again = machine.run("mail retry --state failed");
    assert_eq!(again.code, Some(0), "{again}");
    let again = machine.run("mail retry 1");
    assert_eq!(again.code, Some(4), "{again}");
    assert!(
        again.stderr.contains("mail 1 has already been delivered"),
        "{again}"
    );
    let unknown = machine.run("mail retry 99");
    assert_eq!(unknown.code, Some(3), "{unknown}");
    assert!(
        unknown.stderr.contains("no mail has the id 99"),
        "{unknown}"
    );
    assert_eq!(machine.run("mail retry").code, Some(2));
    assert_eq!(machine.run("mail retry 1 --state failed").code, Some(2));
    assert_eq!(server.end().messages.len(), 2);
}

#[test]
fn what_waits_is_tried_at_once_and_what_is_over_is_not_tried_again() {
    let machine = Machine::new();
    let server = BadServer::new(Nature::default(), |step, nth| match (step, nth) {
        ("RCPT", 1 | 2) => Some(say("450 4.2.0 greylisted")),
        ("RCPT", 3) => Some(say("550 5.1.1 nobody")),
        _ => None,
    });
    lead_to(&machine, server.port);
    let invited = machine.run("invite ada@example.com");
    assert_eq!(invited.code, Some(0), "{invited}");
    // Its pause is not over.
    assert_eq!(machine.run("mail send").code, Some(75));
    assert_eq!(server.notes().talks.len(), 1);
    let retried = machine.run("mail retry 1");
    assert_eq!(retried.code, Some(75), "{retried}");
    assert!(
        retried.stderr.contains("1 mail is left in the queue"),
        "{retried}"
    );
    let retried = machine.run("mail retry 1");
    assert_eq!(retried.code, Some(1), "{retried}");
    assert!(
        retried.stderr.contains("1 mail is failed again"),
        "{retried}"
    );
    let planned = machine.run("mail retry 1 --dry-run");
    assert_eq!(planned.code, Some(0), "{planned}");
    assert_eq!(
        machine.count("select count(*) from outbox where state = 'failed'"),
        1
    );
    let resent = machine.run("resend ada@example.com");
    assert_eq!(resent.code, Some(0), "{resent}");
    let over = machine.run("mail retry 1");
    assert_eq!(over.code, Some(0), "{over}");
    assert_eq!(
        machine.count("select count(*) from outbox where state = 'lapsed'"),
        1
    );
    let over = machine.run("mail retry 1");
    assert_eq!(over.code, Some(4), "{over}");
    assert!(
        over.stderr
            .contains("mail 1 is out of date: a newer link was created"),
        "{over}"
    );
    assert!(over.stderr.contains("admit why ada@example.com"), "{over}");
    assert_eq!(server.end().messages.len(), 1);
}

#[test]
fn a_server_that_is_away_is_asked_once_for_a_whole_file() {
    let machine = Machine::new();
    let server = BadServer::new(Nature::default(), |step, _| {
        (step == "connect").then(|| say("421 4.3.2 shutting down"))
    });
    lead_to(&machine, server.port);
    let people = machine.file("people.csv", crate::exe::crowd(120));
    let invited = machine.run(&format!("invite --from {} --yes", people.display()));
    assert_eq!(invited.code, Some(0), "{invited}");
    let waiting = "select count(*) from outbox where state = 'queued' and attempts = 1 \
                   and detail like '%421 4.3.2 shutting down%'";
    assert_eq!(machine.count(waiting), 120);
    assert_eq!(server.end().talks.len(), 1);
}

#[test]
fn who_dies_after_the_dot_sends_one_copy_more_with_the_same_id() {
    let machine = Machine::new();
    let server = BadServer::new(Nature::default(), |step, nth| {
        (step == "dot" && nth == 1).then_some(Deed::Drop)
    });
    lead_to(&machine, server.port);
    let invited = machine.run("invite ada@example.com");
    assert!(
        invited
            .stdout
            .contains("it is not known whether it was accepted"),
        "{invited}"
    );
    assert_eq!(machine.run("mail retry 1").code, Some(0));
    let messages = server.end().messages;
    assert_eq!(messages.len(), 2);
    let id = |message: &[u8]| {
        let text = String::from_utf8(message.to_vec()).unwrap();
        let line = text.lines().find(|line| line.starts_with("Message-ID: "));
        line.unwrap().to_owned()
    };
    assert_eq!(id(&messages[0]), id(&messages[1]));
}

#[test]
fn a_test_letter_shows_each_step_and_what_to_do() {
    let machine = Machine::new();
    let none = machine.run("mail test ada@example.com");
    assert_eq!(none.code, Some(1), "{none}");
    assert!(
        none.stderr.contains("no mail server is configured"),
        "{none}"
    );
    assert!(none.stderr.contains("set `server` under [mail]"), "{none}");
    for (reply, code) in [("450 4.2.0 later", 75), ("550 5.1.1 nobody", 1)] {
        let server = BadServer::new(Nature::default(), move |step, _| {
            (step == "RCPT").then(|| say(reply))
        });
        lead_to(&machine, server.port);
        let tested = machine.run("mail test ada@example.com");
        assert_eq!(tested.code, Some(code), "{tested}");
        assert!(tested.stderr.contains(reply), "{tested}");
        assert!(
            tested
                .stderr
                .contains("Connected to smtp+plain://127.0.0.1:"),
            "{tested}"
        );
    }
    let server = BadServer::new(Nature::default(), |_, _| None);
    lead_to(&machine, server.port);
    let planned = machine.run("mail test ada@example.com --dry-run");
    assert_eq!(planned.code, Some(0), "{planned}");
    let tested = machine.run("mail test ada@example.com -o json");
    assert_eq!(tested.code, Some(0), "{tested}");
    assert!(
        tested
            .stdout
            .contains("\"reply\":\"accepted by 127.0.0.1: 250 2.0.0 Ok: queued as 4F3\""),
        "{tested}"
    );
    let notes = server.end();
    assert_eq!(notes.messages.len(), 1);
    assert_eq!(notes.verbs(0), ["EHLO", "MAIL", "RCPT", "DATA", "QUIT"]);
    assert!(!machine.store().exists());
    assert_eq!(machine.run("mail test nonsense").code, Some(2));
}

#[test]
fn settings_that_cannot_be_meant_are_refused_with_their_line() {
    let machine = Machine::new();
    for (mail, line, why) in [
        (
            "server = \"smtp+plain://mail.example.com\"\n",
            2,
            "smtp+plain:// does not encrypt, so it is allowed only for this machine",
        ),
        (
            "server = \"mail.example.com\"\n",
            2,
            "does not say how to connect",
        ),
        (
            "server = \"smtps://u:hunter2@mail.example.com\"\n",
            2,
            "do not put a user or password here",
        ),
        (
            "user = \"panel\"\n",
            2,
            "no password is configured; set one of password-file",
        ),
        (
            "password-file = \"/etc/p\"\n",
            2,
            "a password is configured without a user",
        ),
        (
            "user = \"panel\"\npassword-file = \"/etc/p\"\npassword-command = [\"/bin/p\"]\n",
            4,
            "mail.password-file also sets the password",
        ),
        (
            "user = \"panel\"\npassword-command = [\"pass\"]\n",
            3,
            "is not an absolute path",
        ),
        (
            "user = \"panel\"\npassword-credential = \"../x\"\n",
            3,
            "is not a name as in LoadCredential",
        ),
        (
            "password = \"hunter2\"\n",
            2,
            "unknown setting `mail.password`",
        ),
        ("timeout = \"4s\"\n", 2, "is not between 5s and 10m"),
        ("timeout = \"11m\"\n", 2, "is not between 5s and 10m"),
    ] {
        configure(&machine, mail);
        let refused = machine.run("config show");
        assert_eq!(refused.code, Some(1), "{mail}{refused}");
        assert!(refused.stderr.contains(why), "{mail}{refused}");
        assert!(
            refused.stderr.contains(&format!("config.toml:{line}: ")),
            "{mail}{refused}"
        );
        assert!(!refused.stderr.contains("hunter2"), "{refused}");
    }
    let mut variable = machine.command("config show");
    configure(&machine, "");
    variable.env("ADMIT_MAIL_PASSWORD", "hunter2");
    let refused = crate::exe::end(variable, b"");
    assert_eq!(refused.code, Some(2), "{refused}");
    assert!(!refused.stderr.contains("hunter2"), "{refused}");
}

#[test]
fn config_show_tells_the_way_and_never_the_password() {
    let machine = Machine::new();
    let password = machine.file("password", "hunter2\n");
    configure(
        &machine,
        &format!(
            "server = \"smtp://mail.example.com\"\nuser = \"panel\"\npassword-file = \"{}\"\ntimeout = \"45s\"\n",
            password.display()
        ),
    );
    let shown = machine.run("config show -o csv");
    assert_eq!(shown.code, Some(0), "{shown}");
    for line in [
        "mail.server,smtp://mail.example.com:587,",
        "mail.user,panel,",
        &format!("mail.password-file,{},", password.display()),
        "mail.password-command,,default",
        "mail.password-credential,,default",
        "mail.ca-file,,default",
        "mail.timeout,45s,",
    ] {
        assert!(shown.stdout.contains(line), "{line}\n{shown}");
    }
    assert!(!shown.stdout.contains("hunter2"));
}
