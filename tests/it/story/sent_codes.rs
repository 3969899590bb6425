//! Codes by mail and SMS, wrong codes, and what `why` says about them.

use admit::cli::base::prompt::Answer;
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::judge::split;

use crate::support::world::{DAY, HOUR, MINUTE, PASSWORD, Run, STEP, World};

const NEW: &str = "nine blue bottles stand over here";
const NUMBER: &str = "+15005550006";

/// Ada has a number; her panel wants a second factor of these methods.
fn with_methods(methods: &str) -> World {
    let world = World::new();
    world
        .run(&format!(
            "invite ada@example.com --name 'Ada Lovelace' --phone {NUMBER}"
        ))
        .done();
    world.register("ada@example.com");
    world.set_panel("main", "second-factor", "required");
    world.set_panel("main", "methods", methods);
    world
}

/// Signs in at a terminal: has a code sent, and types the one that arrives.
fn by(world: &World, method: &'static str, to: &'static str) -> Run {
    let mailbox = world.mail().clone();
    world
        .line("self sign-in ada@example.com")
        .person(80, 24, move |question, _| match question {
            "Password" => Answer::Text(PASSWORD.into()),
            "Code" => Answer::Text(mailbox.last_to(to).unwrap().code().unwrap()),
            _ => Answer::Text(method.into()),
        })
        .run()
}

/// The notes of a kind.
fn note(world: &World, kind: &str) -> Option<Value> {
    let why = world.row("why ada@example.com --panel main");
    let notes = why["notes"].as_array().unwrap();
    notes.iter().find(|note| note["kind"] == kind).cloned()
}

/// Pastes the one command of a note or obstacle, with a yes.
fn paste(world: &World, told: &Value) -> Run {
    let command = told["remedies"][0]["command"].as_str().unwrap();
    let words = split(command).unwrap();
    world
        .words(words.into_iter().skip(1))
        .screen(80)
        .answers([Answer::Yes])
        .run()
}

#[test]
fn a_code_is_sent_by_mail_or_sms_to_whoever_types_the_word() {
    let world = with_methods("mail,sms");
    assert_snapshot!(by(&world, "mail", "ada@example.com"), @"
    ada@example.com: signed in to main as member, permanent
    ----
    A code by mail has been sent; it is valid for 10 minutes
    [asked: Password]
    [asked: Type 'mail' or 'sms' to receive a code]
    [asked: Code]
    [exit 0]
    ");
    let letter = world.mail().last_to("ada@example.com").unwrap();
    assert_snapshot!(letter.text().replace(&letter.code().unwrap(), "123456"), @"
    Hello Ada Lovelace,

    This is the code for your account ada@example.com. Enter it where you are
    signing in:

    123456

    It works once and is valid for 10 minutes, until Monday, 2 March 2026 at 09:10
    UTC. If you request another code, only the newest one works.

    Do not enter it anywhere else and do not share it with anyone. Nobody who
    works for main will ever ask you for it.

    If you are not signing in, someone else knows your password: set a new one
    now. If you need help, contact the administrators of main.

    Sent automatically to ada@example.com on behalf of main.
    ");
    world.advance(HOUR);
    assert_snapshot!(by(&world, "sms", NUMBER), @"
    ada@example.com: signed in to main as member, permanent
    ----
    A code by SMS has been sent; it is valid for 10 minutes
    [asked: Password]
    [asked: Type 'mail' or 'sms' to receive a code]
    [asked: Code]
    [exit 0]
    ");
    let sms = world.mail().last_to(NUMBER).unwrap();
    assert_eq!(
        sms.text().replace(&sms.code().unwrap(), "123456"),
        "123456 is your code for main. It works once, within 10 minutes. We never ask for it. Not you? Set a new password."
    );
    // Beside an authenticator they are one more way.
    world.set_panel("main", "methods", "app,mail");
    let (phone, _) = world.with_phone("ada@example.com", "");
    world.advance(HOUR);
    assert_snapshot!(by(&world, "mail", "ada@example.com"), @"
    ada@example.com: signed in to main as member, permanent
    ----
    A code by mail has been sent; it is valid for 10 minutes
    [asked: Password]
    [asked: Code from the authenticator app, or a backup code; or type 'mail' to receive a code]
    [asked: Code]
    [exit 0]
    ");
    assert_snapshot!(by(&world, "sms", NUMBER), @"
    ----
    error: this panel does not accept a code by SMS (code-required)
    [asked: Password]
    [asked: Code from the authenticator app, or a backup code; or type 'mail' to receive a code]
    [exit 6]
    ");
    world.enter("ada@example.com", &phone).done();
    world.set_panel("main", "methods", "sms");
    assert_snapshot!(by(&world, "mail", "ada@example.com"), @"
    ----
    error: this panel does not accept a code by mail (code-required)
    [asked: Password]
    [asked: Type 'sms' to receive a code]
    [exit 6]
    ");
    // Five within ten minutes, and no more.
    world.advance(HOUR);
    for _ in 0..5 {
        by(&world, "sms", NUMBER).done();
    }
    assert_snapshot!(by(&world, "sms", NUMBER), @"
    ----
    error: Too many codes were requested. Please wait 10 minutes, or use another
      method (throttled)
    [asked: Password]
    [asked: Type 'sms' to receive a code]
    [exit 6]
    ");
}

#[test]
fn after_a_reset_by_mail_a_mailed_code_does_not_count() {
    let world = with_methods("app,mail");
    world.run("reset password ada@example.com").done();
    world.set_password("ada@example.com", NEW);
    assert_snapshot!(world.sign_in("ada@example.com", NEW), @"
    ----
    error: Your password was reset by mail, so you have to use another method before you can set up an authenticator. An administrator can help (second-factor-setup-required)
    [exit 6]
    ");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: second factor setup required

      second-factor-setup-required – the password was reset by mail, so codes by mail do not count until the person has used another method, and has none that main accepts
        admit reset 2fa ada@example.com
          after you have verified who is calling; codes by mail count again

    Worth knowing:
      - the password was reset by mail, so codes by mail do not count until the person has used another method
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (password-changed) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    assert_snapshot!(world.run("list --cannot-2fa"), @"
    ADDRESS          NAME          ROLE    STATUS                        2FA  ACCESS     LAST SIGN-IN
    ada@example.com  Ada Lovelace  member  second-factor-setup-required  –!   permanent  never
    [exit 0]
    ");
    let why = world.row("why ada@example.com");
    let run = paste(&world, &why["obstacles"][0]);
    assert_snapshot!(run, @"
    ada@example.com: no second factor was set; codes by mail count again; password
      unchanged; mail kept in memory
    [exit 0]
    ");
    world.run("why ada@example.com").done();
    let run = world.sign_in("ada@example.com", NEW);
    assert!(
        run.stderr.contains("Type 'mail' to receive a code"),
        "{run}"
    );

    // With an authenticator there is another way, and using it lets mailed codes count again.
    let world = with_methods("app,mail");
    let (phone, _) = world.with_phone("ada@example.com", "");
    world.run("reset password ada@example.com").done();
    world.set_password("ada@example.com", NEW);
    let barred = note(&world, "mailed-codes-barred").unwrap();
    assert_snapshot!(barred["detail"].as_str().unwrap(), @"the password was reset by mail, so codes by mail do not count until the person has used another method");
    world.advance(STEP);
    world
        .pipe(
            "self sign-in ada@example.com",
            format!("{NEW}\n{}\n", phone.code()),
        )
        .done();
    assert_eq!(note(&world, "mailed-codes-barred"), None);
}

#[test]
fn six_wrong_codes_lock_and_why_says_that_it_was_codes() {
    let world = with_methods("app");
    let (phone, _) = world.with_phone("ada@example.com", "");
    world.advance(HOUR);
    for tries in 1..=6 {
        assert_eq!(
            world.sign_in_with("ada@example.com", &phone.never()).code,
            6
        );
        world.advance(STEP);
        if tries == 3 {
            let letter = world.mail().last_to("ada@example.com").unwrap();
            assert_snapshot!(letter.subject, @"Wrong codes for your account at main");
            assert_snapshot!(letter.text(), @"
            Hello Ada Lovelace,

            By Monday, 2 March 2026 at 10:01 UTC several wrong codes had been entered for
            your account ada@example.com, each after the correct password.

            If it was you, no harm is done: set your phone's clock to automatic, use the
            newest code, or use a backup code.

            If it was not you, someone knows your password, and only the code kept them
            out. Set a new password now, and contact the administrators of main.

            Sent automatically to ada@example.com on behalf of main.
            ");
            assert_snapshot!(note(&world, "wrong-codes").unwrap()["detail"].as_str().unwrap(), @"3 wrong codes in 1 min after a correct password, the last one Mon 2 Mar 2026 10:01 (30 seconds ago); the account locks after 6 in a row");
        }
    }
    assert_snapshot!(world.sign_in_with("ada@example.com", &phone.code()), @"
    ----
    error: Sign-in with this address is locked after too many failed attempts. If the address is registered here, we have sent a mail that says what to do (locked)
    [exit 6]
    ");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: locked

      locked – locked since Mon 2 Mar 2026 10:02 (30 seconds ago) after 6 wrong codes in 2 min 30 s after a correct password
        admit unlock ada@example.com
          unlocks the account; the password stays
        admit reset password ada@example.com
          mails a new reset link; setting a new password also unlocks the account

    Worth knowing:
      - 6 wrong codes in 30 days after a correct password; the account locks permanently after 100

    Also known:
      - a reset link from Mon 2 Mar 2026 10:02 (30 seconds ago) works until Mon 2 Mar 2026 12:02 (in 2 hours)
      - the last mail (locked) was delivered to the mail server Mon 2 Mar 2026 10:02 (30 seconds ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - locked once; the third lock without a sign-in in between is permanent
      - main asks for a code: the authenticator was set up Mon 2 Mar 2026 09:00 (63 minutes ago), no code used since; 10 backup codes left
        admit reset 2fa ada@example.com
          for a new or lost phone, after you have verified who is calling; the person sets up a new one at the next sign-in
    [exit 6]
    ");
    assert_snapshot!(world.run("unlock ada@example.com"), @"
    ada@example.com: locked since Mon 2 Mar 2026 10:02 after 6 wrong codes in 2 min 30 s after a correct password → active; 6 wrong codes → 0; password unchanged; locks in a row stay 1 of 3 until they sign in; it will lock again if the same device keeps trying
    [exit 0]
    ");
    world.enter("ada@example.com", &phone).done();
    assert_eq!(note(&world, "wrong-codes"), None);
}

#[test]
fn a_hundred_wrong_codes_in_a_month_lock_for_good_and_half_of_them_are_told() {
    let world = with_methods("app");
    let (phone, _) = world.with_phone("ada@example.com", "");
    let wrong = |times: usize| {
        for _ in 0..times {
            world.advance(STEP);
            let run = world.sign_in_with("ada@example.com", &phone.never());
            assert_eq!(run.code, 6, "{run}");
        }
    };
    for round in 1..=20 {
        wrong(5);
        if round == 10 {
            let told = note(&world, "wrong-codes-in-a-month").unwrap();
            assert_snapshot!(told, @r#"{"kind":"wrong-codes-in-a-month","detail":"50 wrong codes in 30 days after a correct password; the account locks permanently after 100","remedies":[{"command":"admit reset password ada@example.com --panel main","effect":"use this if somebody else may know the password; mails a link to set a new one"}]}"#);
            let letters = world.letters();
            paste(&world, &told).done();
            assert_eq!(world.letters(), letters + 1);
        }
        if round < 20 {
            world.enter("ada@example.com", &phone).done();
            world.advance(DAY);
        }
    }
    assert_eq!(
        world.account_status("ada@example.com"),
        "locked-permanently"
    );
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: locked permanently

      locked-permanently – permanently locked since Sat 21 Mar 2026 09:59 (just now), after 100 wrong codes in 30 days after a correct password
        admit unlock ada@example.com
          asks for a reason, unlocks the account, voids the password and mails a reset link; requires the right 'support'

    Worth knowing:
      - 100 wrong codes in 30 days after a correct password; the account locks permanently after 100

    Also known:
      - the last mail (locked-permanently) was delivered to the mail server Sat 21 Mar 2026 09:59 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - main asks for a code: the authenticator was set up Mon 2 Mar 2026 09:00 (19 days ago), last code accepted Fri 20 Mar 2026 09:57 (1 day ago); 10 backup codes left
        admit reset 2fa ada@example.com
          for a new or lost phone, after you have verified who is calling; the person sets up a new one at the next sign-in
    [exit 6]
    ");
}

#[test]
fn lists_and_show_tell_who_has_what() {
    let world = with_methods("app");
    world.run("invite bob@example.com cyd@example.com").done();
    world.register("bob@example.com");
    world.with_phone("ada@example.com", "");
    world.set_panel("main", "methods", "app,sms");
    assert_snapshot!(world.run("list"), @"
    ADDRESS          NAME          ROLE    STATUS                        2FA  ACCESS     LAST SIGN-IN
    ada@example.com  Ada Lovelace  member  active                        app  permanent  never
    bob@example.com  –             member  second-factor-setup-required  –!   permanent  never
    cyd@example.com  –             member  unregistered                  –!   permanent  never
    [exit 0]
    ");
    assert_snapshot!(world.run("list --no-2fa -o plain"), @"
    bob@example.com
    cyd@example.com
    [exit 0]
    ");
    assert_snapshot!(world.run("list --cannot-2fa -o plain"), @"
    bob@example.com
    cyd@example.com
    [exit 0]
    ");
    assert_snapshot!(world.run("show ada@example.com"), @"
    address       ada@example.com
    name          Ada Lovelace
    phone         +15005550006
    account       active, created Mon 2 Mar 2026 09:00 (just now)
    panel         main: active, member, permanent
    password      set Mon 2 Mar 2026 09:00 (just now)
    last sign-in  never
    2FA           authenticator app since Mon 2 Mar 2026 09:00 (just now), never used, 10 of 10 backup codes left
    mail          second-factor-set sent just now: kept in memory
                  invitation sent just now: kept in memory
    event         Mon 2 Mar 2026 09:00 (just now) second-factor-set by the person: 10 backup codes
                  Mon 2 Mar 2026 09:00 (just now) second-factor-offered by the person
                  Mon 2 Mar 2026 09:00 (just now) registered by the person
                  Mon 2 Mar 2026 09:00 (just now) invited by olga: as member; link valid until 2026-03-09 09:00; mail queued
    [exit 0]
    ");
    assert_snapshot!(world.row("show ada@example.com")["second_factor"], @r#"{"set_at":"2026-03-02T09:00:00Z","last_used_at":null,"backup_codes_left":10,"methods":["app","backup","sms"],"phone_clock":null,"mail_barred_at":null}"#);
    assert_snapshot!(world.row("show bob@example.com")["second_factor"], @r#"{"set_at":null,"last_used_at":null,"backup_codes_left":0,"methods":[],"phone_clock":null,"mail_barred_at":null}"#);
    assert_snapshot!(world.row("list --search ada")["second_factor"], @"true");
    assert_snapshot!(world.run("why bob@example.com"), @"
    bob@example.com cannot sign in to main: second factor setup required

      second-factor-setup-required – main requires a second factor, and none is set up
        (the person sets it up at the next sign-in)

    Worth knowing:
      - if the password was forgotten
        admit reset password bob@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
}

#[test]
fn people_of_several_panels_are_told_which_in_every_command() {
    let world = with_methods("app");
    let (phone, _) = world.with_phone("ada@example.com", "");
    world.add_panel("shop");
    world.run("invite ada@example.com --panel shop").done();
    world.set_panel("shop", "second-factor", "required");
    world.set_panel("shop", "methods", "mail");
    world
        .run("reset password ada@example.com --panel main")
        .done();
    world.set_password("ada@example.com", NEW);
    world.advance(MINUTE);
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com --panel main
          mails the person a link to set a new password

    Also known:
      - the last mail (password-changed) was delivered to the mail server Mon 2 Mar 2026 09:00 (1 minute ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - main asks for a code: the authenticator was set up Mon 2 Mar 2026 09:00 (1 minute ago), no code used since; 10 backup codes left
        admit reset 2fa ada@example.com --panel main
          for a new or lost phone, after you have verified who is calling; the person sets up a new one at the next sign-in
    ada@example.com cannot sign in to shop: second factor setup required

      second-factor-setup-required – the password was reset by mail, so codes by mail do not count until the person has used another method, and has none that shop accepts
        admit reset 2fa ada@example.com --panel shop
          after you have verified who is calling; codes by mail count again
        (or the person signs in to a panel that accepts the authenticator; codes by mail then count again, and the authenticator stays)

    Worth knowing:
      - the password was reset by mail, so codes by mail do not count until the person has used another method
      - if the password was forgotten
        admit reset password ada@example.com --panel shop
          mails the person a link to set a new password

    Also known:
      - the last mail (password-changed) was delivered to the mail server Mon 2 Mar 2026 09:00 (1 minute ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    let line = "self sign-in ada@example.com";
    assert_snapshot!(world.pipe(line, format!("{NEW}\n")), @"
    ----
    error: no panel given, and there are several
    hint: use --panel with one of main, shop
    [exit 2]
    ");
    let codes = format!("{NEW}\n{}\n", phone.code());
    let run = world.pipe(&format!("{line} --panel main"), codes);
    assert_snapshot!(run, @"
    ada@example.com: signed in to main as member, permanent
    [exit 0]
    ");
    // The remedy of each panel's note, pasted as it stands.
    let why = world.json("why ada@example.com");
    for row in why["results"].as_array().unwrap() {
        let commands = row["obstacles"]
            .as_array()
            .unwrap()
            .iter()
            .chain(row["notes"].as_array().unwrap());
        for told in commands.filter(|told| told["remedies"][0]["command"].is_string()) {
            let command = told["remedies"][0]["command"].as_str().unwrap();
            let panel = row["panel"].as_str().unwrap();
            assert!(command.ends_with(&format!("--panel {panel}")), "{command}");
            let run = paste(&world, told);
            assert_eq!(run.code, 0, "{command}\n{run}");
        }
    }
    assert_snapshot!(world.pipe(&format!("{line} --panel main"), format!("{NEW}\n")), @"
    ----
    error: This site requires a second factor. Please set one up (second-factor-setup-required)
    hint: to set it up, run `admit self 2fa ada@example.com --panel main`
    [exit 6]
    ");
}

#[test]
fn every_command_of_a_note_does_what_it_says() {
    // A few backup codes left: the person makes new ones with the command as it stands.
    let world = with_methods("app");
    let (phone, codes) = world.with_phone("ada@example.com", "");
    for code in &codes[..7] {
        world.sign_in_with("ada@example.com", code).done();
    }
    let told = note(&world, "backup-codes-low").unwrap();
    assert_snapshot!(told["detail"].as_str().unwrap(), @"only 3 backup codes are left");
    let words = split(told["remedies"][0]["command"].as_str().unwrap()).unwrap();
    world.advance(STEP);
    let run = world
        .words(words.into_iter().skip(1))
        .screen(80)
        .answers([Answer::Text(PASSWORD.into()), Answer::Text(phone.code())])
        .run();
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(note(&world, "backup-codes-low"), None);
    // A phone that is lost.
    let told = note(&world, "second-factor").unwrap();
    paste(&world, &told).done();
    assert_eq!(note(&world, "second-factor"), None);
    let reason = world.denied("ada@example.com", PASSWORD);
    assert_eq!(reason, "second-factor-setup-required");
    let (_, codes) = world.with_phone("ada@example.com", "");
    world.sign_in_with("ada@example.com", &codes[0]).done();
    // No number for the only method: no command helps, and it is told what would.
    let world = with_methods("sms");
    world.set_up(|tx| {
        let ada = admit::domain::address::Address::parse("ada@example.com").unwrap();
        let mut account = tx.account(&ada)?.unwrap();
        account.phone = None;
        tx.update_person(&account)
    });
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: second factor setup required

      second-factor-setup-required – main requires a second factor, and none is set up
        admit edit ada@example.com --phone
          asks for the missing phone number; codes can then be sent by SMS
        admit panel set main methods=app,sms
          or also accepts authenticator apps; the person sets one up at the next sign-in

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    assert_snapshot!(world.sign_in("ada@example.com", PASSWORD), @"
    ----
    error: This site requires a second factor, and you have none that can be used now. Please contact the administrators of this site (second-factor-setup-required)
    [exit 6]
    ");
}

#[test]
fn what_changed_is_one_json_document() {
    let world = with_methods("app");
    let clock = world.clock();
    let run = world
        .line(
            "self 2fa ada@example.com -o json --qr-file $HOME/qr.svg --codes-file $HOME/codes.txt",
        )
        .piped_by(move |line, _| {
            Some(if line == 0 {
                PASSWORD.to_owned()
            } else {
                clock.time().to_string()
            })
        })
        .run();
    assert_snapshot!(run, @r#"
    {"schema":1,"command":"self 2fa","ok":false,"results":[],"totals":{"done":0,"unchanged":0,"refused":0,"failed":0},"error":{"kind":"obstacle","message":"This code is incorrect. Each code works only once: if you use an app, wait for its next code (code-invalid)","hint":"nothing was set up; the secret shown is no longer valid"}}
    ----
    The QR code is in $HOME/qr.svg. It contains the secret, so delete it after scanning
    error: This code is incorrect. Each code works only once: if you use an app, wait for its next code (code-invalid)
    hint: nothing was set up; the secret shown is no longer valid
    [exit 6]
    "#);
    std::fs::remove_file(world.home().join("qr.svg")).unwrap();
    let (phone, _) = world.with_phone("ada@example.com", "");
    world.advance(STEP);
    let code = phone.code();
    let run = world.pipe(
        "self codes ada@example.com -o json --codes-file $HOME/codes.txt",
        format!("{PASSWORD}\n{code}\n"),
    );
    assert_snapshot!(run, @r#"
    {"schema":1,"command":"self codes","ok":true,"results":[{"target":"ada@example.com","panel":"main","status":"done","backup_codes_left":10,"before":null,"after":null,"message":"backup codes → 10 new ones; the old ones no longer work; a notice is mailed","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    ----
    The backup codes are in $HOME/codes.txt
    [exit 0]
    "#);
    let codes = world.read("codes.txt");
    let code = codes.lines().next().unwrap();
    let run = world.pipe(
        "self sign-in ada@example.com --ip 203.0.113.9 --trust-ip -o json",
        format!("{PASSWORD}\n{code}\n"),
    );
    assert_snapshot!(run, @r#"
    {"schema":1,"command":"self sign-in","ok":true,"results":[{"target":"ada@example.com","panel":"main","status":"done","role":"member","access_until":null,"ip_trusted_until":"2026-04-01T09:00:30Z","backup_codes_left":9,"before":null,"after":null,"message":"signed in to main as member, permanent; no code is required from this IP until Wed 1 Apr 2026 09:00 (in 30 days); 9 backup codes are left","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    std::fs::remove_file(world.home().join("codes.txt")).unwrap();
}
