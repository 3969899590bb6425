//! The outbox.

use admit::mail::DeliveryFault;
use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, MINUTE, World};

fn fault(retry: bool, detail: &str) -> DeliveryFault {
    let detail = detail.to_owned();
    DeliveryFault { retry, detail }
}

fn later() -> DeliveryFault {
    fault(true, "421 mx.example.com is busy")
}

#[test]
fn a_mail_that_does_not_leave_is_a_warning_and_is_tried_again() {
    let world = World::new();
    world.mail().fail_with(Some(later()));
    assert_snapshot!(world.run("invite ada@example.com"), @r"
ada@example.com: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail queued, tried in vain so far: 421 mx.example.com is busy
----
warning: 1 mail could not be handed over: still queued
hint: to try again, run `admit mail send`
[exit 0]
");
    assert_snapshot!(world.row("invite bob@example.com")["mail"], @r#"
{"id":2,"state":"queued","detail":"421 mx.example.com is busy"}
"#);
    assert_snapshot!(world.run("mail list"), @r"
ID  TO               KIND        STATE   QUEUED    TRIES  DETAIL
 2  bob@example.com  invitation  queued  just now      1  421 mx.example.com is busy – next try in 1 minute
 1  ada@example.com  invitation  queued  just now      1  421 mx.example.com is busy – next try in 1 minute
[exit 0]
");
    assert_snapshot!(world.run("mail show 1"), @r"
mail          1 – invitation
to            ada@example.com
panel         main
state         queued
queued        Mon 2 Mar 2026 09:00 (just now)
next try      Mon 2 Mar 2026 09:01 (in 1 minute)
tries         1
reply         421 mx.example.com is busy
message-id    <HEX@admit.invalid>
[exit 0]
");
    assert_snapshot!(world.run("mail send"), @r"
0 sent, 0 given up, 0 lapsed, 2 left in the queue
----
error: 2 mails are left in the queue
hint: see why with `admit mail list --state queued`
[exit 75]
");
    world.advance(10 * MINUTE);
    assert_snapshot!(world.run("mail list --state queued"), @r"
ID  TO               KIND        STATE   QUEUED          TRIES  DETAIL
 2  bob@example.com  invitation  queued  10 minutes ago      1  421 mx.example.com is busy – due 9 minutes ago
 1  ada@example.com  invitation  queued  10 minutes ago      1  421 mx.example.com is busy – due 9 minutes ago
----
warning: 2 mails wait, the oldest since Mon 2 Mar 2026 09:00 (10 minutes ago)
hint: send what is due with `admit mail send`
[exit 0]
");
    assert_snapshot!(world.run("why ada@example.com"), @r"
ada@example.com cannot sign in to main:

  1. unregistered – has not registered yet, so there is no password
     $ admit resend ada@example.com
       mails a new invitation link; the person registers with it
     (only the person can register: with the newest link in their mail)

Worth knowing:
  - an invitation from Mon 2 Mar 2026 09:00 (10 minutes ago) works until Mon 9 Mar 2026 09:00 (in 7 days)
  - the last mail (invitation) has waited since Mon 2 Mar 2026 09:00 (10 minutes ago): 421 mx.example.com is busy
     $ admit mail send
       sends what is due now
[exit 6]
");
    world.mail().fail_with(None);
    assert_snapshot!(world.run("mail send -n"), @r"
would send up to 2 mails
[exit 0]
");
    assert_eq!(world.letters(), 0);
    assert_snapshot!(world.run("mail send"), @r"
2 sent, 0 given up, 0 lapsed, 0 left in the queue
[exit 0]
");
    assert_eq!(world.letters(), 2);
    assert_snapshot!(world.run("mail send"), @r"
0 sent, 0 given up, 0 lapsed, 0 left in the queue
[exit 0]
");
    assert_snapshot!(world.run("mail list ada@example.com"), @r"
ID  TO               KIND        STATE  QUEUED          TRIES  DETAIL
 1  ada@example.com  invitation  sent   10 minutes ago      2  kept in memory
[exit 0]
");
    world.register("ada@example.com");
}

#[test]
fn a_mail_that_is_refused_is_given_up() {
    let world = World::new();
    world
        .mail()
        .fail_with(Some(fault(false, "550 no such user")));
    assert_snapshot!(world.run("invite ada@example.com"), @r"
ada@example.com: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail failed: 550 no such user
----
warning: 1 mail refused for good: given up
hint: see why with `admit mail list --state failed`
[exit 0]
");
    assert_snapshot!(world.run("mail list --state failed"), @r"
ID  TO               KIND        STATE   QUEUED    TRIES  DETAIL
 1  ada@example.com  invitation  failed  just now      1  550 no such user
[exit 0]
");
    assert_snapshot!(world.run("why ada@example.com"), @r"
ada@example.com cannot sign in to main:

  1. unregistered – has not registered yet, so there is no password
     $ admit resend ada@example.com
       mails a new invitation link; the person registers with it
     (only the person can register: with the newest link in their mail)

Worth knowing:
  - an invitation from Mon 2 Mar 2026 09:00 (just now) works until Mon 9 Mar 2026 09:00 (in 7 days)
  - the last mail (invitation) was given up: 550 no such user
[exit 6]
");
    assert_snapshot!(world.run("mail send"), @r"
0 sent, 0 given up, 0 lapsed, 0 left in the queue
[exit 0]
");
}

#[test]
fn a_mail_whose_link_is_dead_is_not_sent() {
    let world = World::new();
    world.mail().fail_with(Some(later()));
    world.run("invite ada@example.com").done();
    world.advance(MINUTE);
    world.run("resend ada@example.com").done();
    world.advance(HOUR);
    world.mail().fail_with(None);
    assert_snapshot!(world.run("mail send"), @r"
1 sent, 0 given up, 1 lapsed, 0 left in the queue
[exit 0]
");
    assert_eq!(world.letters(), 1);
    world.register("ada@example.com");
    assert_snapshot!(world.run("mail list"), @r"
ID  TO               KIND        STATE   QUEUED          TRIES  DETAIL
 2  ada@example.com  invitation  sent    1 hour ago          2  kept in memory
 1  ada@example.com  invitation  lapsed  61 minutes ago      2  a newer link was made
[exit 0]
");
}

#[test]
fn after_a_day_a_mail_is_given_up() {
    let world = World::new();
    world.mail().fail_with(Some(later()));
    world.run("invite ada@example.com").done();
    world.advance(25 * HOUR);
    assert_snapshot!(world.run("mail send"), @r"
0 sent, 1 given up, 0 lapsed, 0 left in the queue
[exit 0]
");
    assert_snapshot!(world.run("mail list"), @r"
ID  TO               KIND        STATE   QUEUED        TRIES  DETAIL
 1  ada@example.com  invitation  failed  25 hours ago      2  421 mx.example.com is busy
[exit 0]
");
}

#[test]
fn what_is_asked_for_in_vain_is_told() {
    let world = World::with_ada();
    world.advance(DAY);
    assert_snapshot!(world.run("mail show 99"), @r"
----
error: there is no mail 99
hint: see `admit mail list`
[exit 3]
");
    assert_snapshot!(world.run("mail show first"), @r"
----
error: invalid value 'first' for '<ID>': invalid digit found in string
hint: run `admit mail show --help`
[exit 2]
");
    assert_snapshot!(world.run("mail list zoe@example.com"), @r"
----
error: nobody has the address zoe@example.com
hint: run `admit invite zoe@example.com`
[exit 3]
");
    assert_snapshot!(world.run("mail list --state lost"), @r"
----
error: invalid value 'lost' for '--state <STATE>' [possible values: queued, sent, failed, lapsed]
hint: run `admit mail list --help`
[exit 2]
");
    assert_snapshot!(world.run("mail list --limit 0"), @r"
----
There is no such mail.
[exit 0]
");
    let run = world.run("mail list --state lapsed -o json");
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn a_server_that_is_away_for_a_day_is_tried_with_growing_pauses_and_then_no_more() {
    let world = World::with_ada();
    world.mail().drain();
    world.mail().fail_with(Some(later()));
    world.run("invite bob@example.com").done();
    world.run("reset password ada@example.com").done();
    let mut tries = Vec::new();
    let mut minutes = 0;
    // Whoever asks every minute sees when it is tried.
    while minutes < 24 * 60 {
        world.advance(MINUTE);
        minutes += 1;
        let before = world.row("mail show 2")["attempts"].as_i64().unwrap();
        world.run("mail send").done();
        if world.row("mail show 2")["attempts"].as_i64().unwrap() > before {
            tries.push(minutes);
        }
    }
    assert_snapshot!(format!("{tries:?}"), @"");
    assert_snapshot!(world.run("mail list"), @"");
    assert_snapshot!(world.run("mail show 2"), @"");
    assert_snapshot!(world.run("mail show 3"), @"");
    assert_snapshot!(world.run("why bob@example.com"), @"");
    assert_snapshot!(world.run("why ada@example.com"), @"");
    world.mail().fail_with(None);
    world.advance(DAY);
    world.run("mail send").done();
    assert_eq!(world.letters(), 0, "what was given up stays so");
}

/// Own templates, in the folder that the settings name.
fn templates(world: &World, files: &[(&str, &str)]) {
    let folder = world.home().join("templates");
    let config = format!("[mail]\ntemplates = \"{}\"\n", folder.display());
    world.file(".config/admit/config.toml", config);
    for (name, text) in files {
        world.file(&format!("templates/{name}"), text);
    }
}

#[test]
fn a_mail_is_shown_with_sample_values_and_no_store() {
    let world = World::fresh();
    assert_snapshot!(world.run("mail preview"), @"");
    assert_snapshot!(world.run("mail preview password-changed"), @"");
    assert_snapshot!(world.run("mail preview locked --lang de-AT"), @"");
    assert_snapshot!(world.run("mail preview sign-in-code-sms --lang fr"), @"");
    assert_snapshot!(world.run("mail preview backup-codes-made --text --lang fr --panel shop"), @"");
    let page = world.run("mail preview locked --html --lang fr");
    assert!(
        page.stdout
            .starts_with("<!DOCTYPE html>\n<html lang=\"fr\">\n"),
        "{page}"
    );
    assert!(page.stdout.ends_with("</html>\n"), "{page}");
    assert_snapshot!(world.run("mail preview sign-in-code-sms --html"), @"");
    assert_snapshot!(world.run("mail preview lokced"), @"");
    assert_snapshot!(world.run("mail preview locked --lang klingon"), @"");
    assert_snapshot!(world.run("mail preview locked --person ada@example.com"), @"");
    let row = world.row("mail preview confirm-address --lang de");
    assert_eq!(row["subject"], "Bestätigen Sie Ihre neue Adresse für main");
    assert_eq!(
        (&row["lang"], &row["channel"]),
        (&"de".into(), &"mail".into())
    );
    assert!(
        row["text"].as_str().unwrap().contains("adm_a_0000"),
        "{row}"
    );
    assert!(
        row["html"].as_str().unwrap().contains("adm_a_0000"),
        "{row}"
    );
    assert!(
        !world.home().join(".local/share/admit").exists(),
        "no store was made"
    );
}

#[test]
fn a_preview_takes_a_persons_language_and_the_panels_own_settings() {
    let world = World::with_ada();
    world.mail().drain();
    world
        .run("edit ada@example.com --name Zoë --lang de-CH")
        .done();
    world
        .run("panel set support-contact=help@example.com links-reset=https://panel.example.com/reset#{token} sender=shop@example.com")
        .done();
    let shown = world.run("mail preview password-reset --person ada@example.com");
    assert_snapshot!(shown, @"");
    assert_snapshot!(world.run("mail preview locked --person zoe@example.com"), @"");
    assert_snapshot!(world.run("mail preview locked --panel shpo"), @"");
    assert_eq!(world.letters(), 0);
    let run = world.run("mail list");
    assert!(!run.stdout.contains("password-reset"), "{run}");
}

#[test]
fn own_templates_are_shown_and_their_mistakes_named_by_file_and_line() {
    let world = World::fresh();
    templates(
        &world,
        &[(
            "shop/de/password-changed.txt",
            "Subject: Passwort bei {{ panel }}\n\nHallo {{ name }},\nes ist geändert.",
        )],
    );
    assert_snapshot!(world.run("mail preview password-changed --panel shop --lang de"), @"");
    let page = world.run("mail preview password-changed --panel shop --lang de --html");
    assert!(
        page.stdout
            .contains("<p>Hallo Ada Lovelace,<br>es ist geändert.</p>"),
        "{page}"
    );
    let folder = world.home().join("templates");
    let named = |run: crate::support::world::Run| {
        assert_eq!(run.code, 1, "{run}");
        run.stderr.replace(&format!("{}/", folder.display()), "")
    };
    templates(
        &world,
        &[(
            "shop/de/locked.txt",
            "Subject: x\n\nyour nmae\n\n{{ nmae }}\n",
        )],
    );
    assert_snapshot!(named(world.run("mail preview locked --panel shop --lang de")), @"");
    templates(
        &world,
        &[("shop/de/locked.txt", "Subject: x\n\n{% if %}\n")],
    );
    assert_snapshot!(named(world.run("mail preview")), @"");
    templates(
        &world,
        &[("shop/de/locked.txt", "Subject: x\n\n{{ panel.owner }}\n")],
    );
    assert_snapshot!(named(world.run("mail preview locked --panel shop --lang de")), @"");
    templates(&world, &[("shop/de/locked.txt", "no subject\n")]);
    assert_snapshot!(named(world.run("mail preview locked --panel shop --lang de")), @"");
}
