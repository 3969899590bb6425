//! The person's side, at a terminal and through a pipe.

use admit::cli::base::prompt::Answer;
use insta::assert_snapshot;

use crate::support::world::{PASSWORD, World};

const NEW: &str = "nine blue bottles stand over here";

fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

fn invited() -> (World, String) {
    let world = World::new();
    world
        .run("invite ada@example.com --name 'Ada Lovelace'")
        .done();
    let token = world.token("ada@example.com");
    (world, token)
}

#[test]
fn registering_at_a_terminal_asks_for_everything() {
    let (world, token) = invited();
    let run = world.ask(
        "self register --name 'Ada L.'",
        [text(&token), text(PASSWORD), text(PASSWORD)],
    );
    assert_snapshot!(run, @"
    ada@example.com: unregistered → active; you can sign in to main now
    ----
    Welcome to main, ada@example.com. Choose a password with at least 15 characters;
    a sentence of a few words works well.
    [asked: Token or link from the mail]
    [asked: New password]
    [asked: Repeat password]
    [exit 0]
    ");
    assert_eq!(world.row("show ada@example.com")["name"], "Ada L.");
    assert_snapshot!(world.ask("self sign-in ada@example.com", [text(PASSWORD)]), @r"
ada@example.com: signed in to main as member, permanent
[asked: Password]
[exit 0]
");
}

#[test]
fn two_passwords_that_differ_change_nothing() {
    let (world, token) = invited();
    assert_snapshot!(world.ask("self register", [text(&token), text(PASSWORD), text(NEW)]), @"
    ----
    Welcome to main, ada@example.com. Choose a password with at least 15 characters;
    a sentence of a few words works well.
    warning: the two passwords are not the same
    error: no answer: New password
    [asked: Token or link from the mail]
    [asked: New password]
    [asked: Repeat password]
    [asked: New password]
    [exit 1]
    ");
    assert_eq!(world.account_status("ada@example.com"), "unregistered");
    world.register("ada@example.com");
}

#[test]
fn a_weak_password_is_refused_with_every_reason_at_once() {
    let (world, token) = invited();
    assert_snapshot!(world.pipe("self register", format!("{token}\nada\n")), @"
    ----
    error: this password was refused: it has 3 characters; the minimum is 15; it is the first part of your address, perhaps with digits or punctuation added
    hint: a sentence of four or five words is long enough and easy to remember
    [exit 4]
    ");
    assert_snapshot!(world.pipe("self register", format!("{token}\nAda@Example.com123\n")), @"
    ----
    error: this password was refused: it is your address, perhaps with digits or punctuation added
    hint: a sentence of four or five words is long enough and easy to remember
    [exit 4]
    ");
    assert_snapshot!(world.pipe("self register", format!("{token}\npassword\n")), @r"
----
error: this password was refused: it has 8 characters; the minimum is 15; it is a common password
hint: a sentence of four or five words is long enough and easy to remember
[exit 4]
");
    assert_snapshot!(world.pipe("self register", format!("{token}\n\n")), @r"
----
error: this password was refused: it has 0 characters; the minimum is 15
hint: a sentence of four or five words is long enough and easy to remember
[exit 4]
");
    assert_eq!(world.account_status("ada@example.com"), "unregistered");
    world.register("ada@example.com");
}

#[test]
fn a_token_that_is_none_is_told_before_a_password_is_asked_for() {
    let (world, token) = invited();
    assert_snapshot!(world.ask("self register", [text("adm_nonsense")]), @"
    ----
    error: no token found in this text
    hint: copy the whole link or token from the newest mail; a token begins with
      adm_
    [asked: Token or link from the mail]
    [exit 4]
    ");
    assert_snapshot!(world.ask("self register", [text("")]), @"
    ----
    error: no token found in this text
    hint: copy the whole link or token from the newest mail; a token begins with
      adm_
    [asked: Token or link from the mail]
    [exit 4]
    ");
    let mut other = token.clone();
    let last = if other.ends_with('a') { 'b' } else { 'a' };
    other.pop();
    other.push(last);
    assert_snapshot!(world.ask("self register", [text(&other)]), @"
    ----
    error: no token found in this text
    hint: copy the whole link or token from the newest mail; a token begins with
      adm_
    [asked: Token or link from the mail]
    [exit 4]
    ");
    assert_snapshot!(world.ask("self password", [text(&token)]), @"
    ----
    error: this is not a valid token, or its link no longer exists
    hint: copy the whole token from the newest mail
    [asked: Token or link from the mail]
    [exit 4]
    ");
    world.register("ada@example.com");
    assert_snapshot!(world.ask("self register", [text(&token)]), @"
    ----
    error: the link has already been used
    hint: sign in, or request a new password
    [asked: Token or link from the mail]
    [exit 4]
    ");
    world.run("reset password ada@example.com").done();
    let reset = world.token("ada@example.com");
    assert_snapshot!(world.ask("self register", [text(&reset)]), @"
    ----
    error: this is not a valid token, or its link no longer exists
    hint: copy the whole token from the newest mail
    [asked: Token or link from the mail]
    [exit 4]
    ");
    world.run("invite bob@example.com").done();
    let bob = world.token("bob@example.com");
    world.run("revoke bob@example.com").done();
    assert_snapshot!(world.ask("self register", [text(&bob)]), @"
    ----
    error: the link was revoked
    hint: contact the person who invited you
    [asked: Token or link from the mail]
    [exit 4]
    ");
}

#[test]
fn an_end_of_input_is_told_and_nothing_waits() {
    let (world, token) = invited();
    assert_snapshot!(world.run("self register"), @"
    ----
    error: missing on standard input: Token or link from the mail
    hint: pass one per line on standard input, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.pipe("self register", format!("{token}\n")), @"
    ----
    error: missing on standard input: New password
    hint: pass one per line on standard input, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.run("self sign-in ada@example.com"), @"
    ----
    error: missing on standard input: Password
    hint: pass one per line on standard input, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.pipe("self register", b"\xff\xfe\n".to_vec()), @r"
----
error: standard input is not UTF-8
[exit 2]
");
    assert_snapshot!(world.pipe("self register", "x".repeat(10_000)), @r"
----
error: standard input: too long for a password or token
[exit 2]
");
    assert_snapshot!(world.line("self register --no-input").screen(80).answers([]).run(), @"
    ----
    error: --token-file is required with --no-input
    hint: add --token-file, or run it at a terminal
    [exit 2]
    ");
}

#[test]
fn a_crlf_and_a_missing_last_line_break_are_fine() {
    let (world, token) = invited();
    world
        .pipe("self register", format!("{token}\r\n{PASSWORD}\r\n"))
        .done();
    world.pipe("self sign-in ada@example.com", PASSWORD).done();
}

#[test]
fn secrets_come_from_files_too() {
    let (world, token) = invited();
    world.file("token", format!("{token}\n"));
    world.file("password", format!("{PASSWORD}\n"));
    world.file("new", NEW);
    world.keep_secret(NEW);
    world
        .run("self register --token-file $HOME/token --password-file $HOME/password")
        .done();
    world
        .run("self sign-in ada@example.com --password-file $HOME/password")
        .done();
    assert_snapshot!(world.run("self sign-in ada@example.com --password-file $HOME/none"), @r"
----
error: cannot read $HOME/none: No such file or directory
[exit 2]
");
    assert_snapshot!(world.run("self password ada@example.com --old-password-file $HOME/password --password-file $HOME/new"), @r"
ada@example.com: password changed; all sessions ended; a notice is mailed
[exit 0]
");
    assert_eq!(
        world.denied("ada@example.com", PASSWORD),
        "invalid-credentials"
    );
    world.sign_in("ada@example.com", NEW).done();
}

#[test]
fn the_old_password_changes_the_password() {
    let world = World::with_ada();
    world.keep_secret(NEW);
    assert_snapshot!(world.ask("self password ada@example.com", [text(PASSWORD), text(NEW), text(NEW)]), @r"
ada@example.com: password changed; all sessions ended; a notice is mailed
[asked: Old password]
[asked: New password]
[asked: Repeat password]
[exit 0]
");
    world.sign_in("ada@example.com", NEW).done();
    let run = world.pipe(
        "self password ada@example.com",
        format!("{PASSWORD}\n{NEW} again\n"),
    );
    assert_eq!(run.code, 6, "{run}");
    assert!(run.stderr.contains("(invalid-credentials)"), "{run}");
    assert_snapshot!(world.pipe("self password ada@example.com", format!("{NEW}\nshort\n")), @r"
----
error: this password was refused: it has 5 characters; the minimum is 15
hint: a sentence of four or five words is long enough and easy to remember
[exit 4]
");
    world.sign_in("ada@example.com", NEW).done();
}

#[test]
fn a_stranger_learns_no_more_than_somebody_known() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    for address in ["ada@example.com", "bob@example.com", "zoe@example.com"] {
        for _ in 0..6 {
            assert_eq!(
                world.denied(address, "one two three four five"),
                "invalid-credentials"
            );
        }
        assert_eq!(world.denied(address, "one two three four five"), "locked");
    }
    assert_eq!(
        world.denied("nonsense", "one two three four five"),
        "invalid-credentials"
    );
}

#[test]
fn a_sign_in_is_one_document_whatever_becomes_of_it() {
    let world = World::with_ada();
    let input = format!("{PASSWORD}\n");
    let run = world.pipe("self sign-in ada@example.com -o json", input);
    let document = crate::support::judge::document(&run.stdout).unwrap();
    assert_eq!((run.code, &document["ok"]), (0, &true.into()));
    assert_eq!(document["results"][0]["role"], "member");
    let run = world.pipe("self sign-in ada@example.com -o json", "wrong\n");
    let document = crate::support::judge::document(&run.stdout).unwrap();
    assert_eq!((run.code, &document["ok"]), (6, &false.into()));
    assert_eq!(document["error"]["kind"], "obstacle");
}
