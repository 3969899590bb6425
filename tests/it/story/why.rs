//! Why somebody cannot sign in. Every command that `why` prints is pasted, and must do what it says.

use admit::cli::base::prompt::Answer;
use admit::domain::account::Disabled;
use admit::domain::address::Address;
use insta::assert_snapshot;
use serde_json::Value;

use crate::support::judge::{document, split};
use crate::support::world::{DAY, HOUR, MINUTE, PASSWORD, World};

const NEW: &str = "nine blue bottles stand over here";

/// A situation, made anew for each remedy.
struct Case {
    make: fn() -> World,
    address: &'static str,
    panel: &'static str,
    /// The obstacles, the first one first.
    reasons: &'static [&'static str],
    /// The remedies of each obstacle that are commands.
    commands: usize,
}

/// What `why` says in JSON.
fn diagnosis(world: &World, case: &Case) -> Value {
    let words = ["why", case.address, "--panel", case.panel, "-o", "json"];
    document(&world.words(words).run().stdout).unwrap()
}

fn reasons(world: &World, case: &Case) -> Vec<String> {
    let why = diagnosis(world, case);
    let obstacles = why["results"][0]["obstacles"].as_array().unwrap().clone();
    obstacles
        .iter()
        .map(|obstacle| obstacle["reason"].as_str().unwrap().to_owned())
        .collect()
}

/// What the person does with whatever the operator set in motion: follows the newest link in their mail.
fn the_person_acts(world: &World, address: &str) {
    let Some(token) = world
        .mail()
        .last_to(address)
        .and_then(|letter| letter.token())
    else {
        return;
    };
    for command in ["self register", "self password"] {
        let run = world.pipe(command, format!("{token}\n{NEW}\n"));
        if run.code == 0 {
            world.keep_secret(NEW);
            return;
        }
    }
    panic!("{address} can do nothing with their newest link");
}

fn mend(case: &Case) {
    let world = (case.make)();
    assert_eq!(reasons(&world, case), case.reasons);
    let why = diagnosis(&world, case);
    let mut commands = 0;
    for (number, reason) in case.reasons.iter().enumerate() {
        let remedies = &why["results"][0]["obstacles"][number]["remedies"];
        for remedy in remedies.as_array().unwrap() {
            let Some(command) = remedy["command"].as_str() else {
                assert!(
                    remedy["effect"]
                        .as_str()
                        .is_some_and(|effect| !effect.is_empty())
                );
                continue;
            };
            commands += 1;
            works(case, reason, command, remedy);
        }
    }
    assert_eq!(commands, case.commands, "{why}");
}

/// Pastes one remedy into a world of its own.
fn works(case: &Case, reason: &str, command: &str, remedy: &Value) {
    let world = (case.make)();
    let letters = world.letters();
    let words = split(command).unwrap();
    assert_eq!(words[0], "admit");
    // At a terminal, as somebody who pastes is: a reason that is asked for is given.
    let answers = [Answer::Text("case 4711".into()), Answer::Yes];
    let run = world
        .words(words.into_iter().skip(1))
        .screen(80)
        .answers(answers)
        .run();
    assert!(run.code == 0 || run.code == 6, "{reason}: {command}\n{run}");
    if reason == "unknown-address" && command.starts_with("admit why ") {
        return;
    }
    if reasons(&world, case).iter().any(|left| left == reason) {
        // Not by the command alone: then its words say that the person has a part in it, and they can do it.
        assert!(world.letters() > letters, "{command} mailed nothing\n{run}");
        let effect = remedy["effect"].as_str().unwrap();
        assert!(
            ["person", "link", "new password"]
                .iter()
                .any(|word| effect.contains(word)),
            "{command}: {effect}"
        );
        the_person_acts(&world, case.address);
    }
    let left = reasons(&world, case);
    assert!(
        !left.iter().any(|left| left == reason),
        "{command} leaves {left:?}"
    );
}

fn ada() -> Address {
    Address::parse("ada@example.com").unwrap()
}

fn disable(world: &World, until: Option<std::time::Duration>) {
    let now = world.now();
    world.set_up(|tx| {
        let account = tx.account(&ada())?.unwrap();
        let until = until.map(|time| now + jiff::SignedDuration::try_from(time).unwrap());
        let lock = Disabled {
            at: now,
            until,
            reason: "left the company".into(),
        };
        tx.disable_account(account.id, &lock)
    });
}

#[test]
fn an_address_that_nobody_has() {
    mend(&Case {
        make: World::with_ada,
        address: "adda@example.com",
        panel: "main",
        reasons: &["unknown-address"],
        commands: 2,
    });
    mend(&Case {
        make: World::new,
        address: "o'brien+x@example.com",
        panel: "main",
        reasons: &["unknown-address"],
        commands: 1,
    });
    let world = World::with_ada();
    assert_snapshot!(world.run("why adda@example.com"), @"
    adda@example.com cannot sign in to main: unknown address

      unknown-address – no account has this address
        admit why ada@example.com
          shows the most similar address
        admit invite adda@example.com
          invites this address to main; the person then registers
    ----
    error: no account has the address adda@example.com
    [exit 3]
    ");
    let document = world.json("why adda@example.com");
    assert_eq!(document["ok"], false);
    assert_eq!(document["error"]["kind"], "not-found");
}

#[test]
fn somebody_who_has_not_registered() {
    fn pending() -> World {
        let world = World::new();
        world.run("invite ada@example.com").done();
        world
    }
    fn too_late() -> World {
        let world = pending();
        world.advance(8 * DAY);
        world
    }
    for make in [pending as fn() -> World, too_late] {
        mend(&Case {
            make,
            address: "ada@example.com",
            panel: "main",
            reasons: &["unregistered"],
            commands: 1,
        });
    }
    assert_snapshot!(too_late().run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: unregistered

      unregistered – has not registered yet, so there is no password
        admit resend ada@example.com
          mails a new invitation link; the person registers with it
        (only the person can register, with the newest link in their mail)

    Worth knowing:
      - the invitation from Mon 2 Mar 2026 09:00 (8 days ago) expired: Mon 9 Mar 2026 09:00 (1 day ago)

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (8 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
}

#[test]
fn somebody_without_access() {
    fn removed() -> World {
        let world = World::with_ada();
        world.run("remove ada@example.com").done();
        world
    }
    fn never() -> World {
        let world = World::with_ada();
        world.add_panel("shop");
        world
    }
    assert_snapshot!(removed().run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: no access

      no-access – was removed from main: Mon 2 Mar 2026 09:00 (just now)
        admit invite ada@example.com
          gives permanent access to main again, with the role member; the password stays

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    mend(&Case {
        make: removed,
        address: "ada@example.com",
        panel: "main",
        reasons: &["no-access"],
        commands: 1,
    });
    mend(&Case {
        make: never,
        address: "ada@example.com",
        panel: "shop",
        reasons: &["no-access"],
        commands: 1,
    });
}

#[test]
fn somebody_whose_access_has_ended() {
    fn ended() -> World {
        let world = World::new();
        world.run("invite ada@example.com --for 3d").done();
        world.register("ada@example.com");
        world.advance(4 * DAY);
        world
    }
    assert_snapshot!(ended().run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: access expired

      access-expired – access to main has expired: Thu 5 Mar 2026 09:00 (1 day ago)
        admit extend ada@example.com --for 30d
          gives access for 30 days from now, with the same role, and notifies the person by mail
        admit extend ada@example.com --permanent
          gives permanent access, with the same role

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (4 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    mend(&Case {
        make: ended,
        address: "ada@example.com",
        panel: "main",
        reasons: &["access-expired"],
        commands: 2,
    });
}

#[test]
fn somebody_locked_by_wrong_passwords() {
    fn locked() -> World {
        let world = World::with_ada();
        world.lock("ada@example.com");
        world.advance(3 * HOUR);
        world
    }
    mend(&Case {
        make: locked,
        address: "ada@example.com",
        panel: "main",
        reasons: &["locked"],
        commands: 2,
    });
}

#[test]
fn somebody_locked_for_good() {
    fn locked() -> World {
        let world = World::with_ada();
        world.lock_for_good("ada@example.com");
        world
    }
    assert_snapshot!(locked().run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: locked permanently

      locked-permanently – permanently locked since Mon 2 Mar 2026 09:00 (just now), after 3 locks without a sign-in in between
        admit unlock ada@example.com
          asks for a reason, unlocks the account, voids the password and mails a reset link; requires the right 'support'

    Also known:
      - the last mail (locked-permanently) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    mend(&Case {
        make: locked,
        address: "ada@example.com",
        panel: "main",
        reasons: &["locked-permanently"],
        commands: 1,
    });
}

#[test]
fn somebody_locked_by_hand() {
    fn for_ever() -> World {
        let world = World::with_ada();
        disable(&world, None);
        world
    }
    fn for_a_day() -> World {
        let world = World::with_ada();
        disable(&world, Some(DAY));
        world
    }
    for make in [for_ever as fn() -> World, for_a_day] {
        mend(&Case {
            make,
            address: "ada@example.com",
            panel: "main",
            reasons: &["disabled"],
            commands: 1,
        });
    }
    let world = for_a_day();
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: disabled

      disabled – locked by an operator since Mon 2 Mar 2026 09:00 (just now) until Tue 3 Mar 2026 09:00: left the company
        admit unlock ada@example.com
          unlocks the account; the password stays
        (or wait: the lock ends by itself on Tue 3 Mar 2026 09:00)

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    world.advance(DAY);
    world.run("why ada@example.com").done();
}

#[test]
fn somebody_locked_by_hand_and_by_wrong_passwords_and_out_of_access() {
    fn all_at_once() -> World {
        let world = World::new();
        world.run("invite ada@example.com --for 3d").done();
        world.register("ada@example.com");
        world.lock("ada@example.com");
        disable(&world, None);
        world.advance(4 * DAY);
        world
    }
    assert_snapshot!(all_at_once().run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: disabled, access expired, locked

      1. disabled – locked by an operator since Mon 2 Mar 2026 09:00 (4 days ago): left the company
        admit unlock ada@example.com
          unlocks the account; the password stays

      2. access-expired – access to main has expired: Thu 5 Mar 2026 09:00 (1 day ago)
        admit extend ada@example.com --for 30d
          gives access for 30 days from now, with the same role, and notifies the person by mail
        admit extend ada@example.com --permanent
          gives permanent access, with the same role

      3. locked – locked since Mon 2 Mar 2026 09:00 (4 days ago) after 6 wrong passwords in 5 s, probably a saved password
        admit reset password ada@example.com
          mails a new reset link; setting a new password also unlocks the account

    Also known:
      - the last mail (locked) was delivered to the mail server Mon 2 Mar 2026 09:00 (4 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - locked once; the third lock without a sign-in in between is permanent
    [exit 6]
    ");
    mend(&Case {
        make: all_at_once,
        address: "ada@example.com",
        panel: "main",
        reasons: &["disabled", "access-expired", "locked"],
        commands: 5,
    });
}

#[test]
fn a_password_that_was_voided() {
    fn voided() -> World {
        let world = World::with_ada();
        world.run("reset password ada@example.com --now").done();
        world.advance(3 * HOUR);
        world
    }
    assert_snapshot!(voided().run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: password reset required

      password-reset-required – the password has been void since Mon 2 Mar 2026 09:00 (3 hours ago): an operator required a new one
        admit reset password ada@example.com
          mails a reset link; the person sets a new password with it
        (only the person can set a new password)

    Also known:
      - the last mail (password-reset) was delivered to the mail server Mon 2 Mar 2026 09:00 (3 hours ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    mend(&Case {
        make: voided,
        address: "ada@example.com",
        panel: "main",
        reasons: &["password-reset-required"],
        commands: 1,
    });
}

#[test]
fn a_password_that_is_too_old_for_the_panel() {
    fn old() -> World {
        let world = World::with_ada();
        world.set_panel("main", "password-expiry", "30d");
        world.advance(31 * DAY);
        world
    }
    assert_snapshot!(old().run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: password expired

      password-expired – the password is too old: it was set Mon 2 Mar 2026 09:00 (31 days ago), and main accepts one for 30 days, so it expired Wed 1 Apr 2026 09:00 (1 day ago); the person must set a new one
        admit reset password ada@example.com
          mails a reset link; the person sets a new password with it
        (only the person can set a new password)

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (31 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    mend(&Case {
        make: old,
        address: "ada@example.com",
        panel: "main",
        reasons: &["password-expired"],
        commands: 1,
    });
}

#[test]
fn a_trial_that_has_ended_and_a_session_that_is_open_say_who_can_help() {
    let world = World::with_ada();
    world.set_panel("main", "sessions", "one-refuse");
    world.sign_in("ada@example.com", PASSWORD).done();
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: already signed in

      already-signed-in – already signed in to main since Mon 2 Mar 2026 09:00 (just now), and it allows only one session
        (only the person can sign out where they are signed in)

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    world.run("why ada@example.com -o plain").exits(6);
    let end = world.now();
    world.set_up(|tx| tx.set_trial_end(1, Some(end)));
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: trial ended, already signed in

      1. trial-ended – the trial of main has ended: Mon 2 Mar 2026 09:00 (just now)
        admit panel set main trial-ends=2026-04-01
          extends the trial to the end of 2026-04-01: everyone can sign in as before
        admit panel set main trial-ends=
          removes the end of the trial: everyone can sign in as before, without a time limit

      2. already-signed-in – already signed in to main since Mon 2 Mar 2026 09:00 (just now), and it allows only one session
        (only the person can sign out where they are signed in)

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
}

#[test]
fn a_trial_that_has_ended_is_extended_by_a_pasted_command() {
    fn over() -> World {
        let world = World::with_ada();
        let end = world.now();
        world.set_up(|tx| tx.set_trial_end(1, Some(end)));
        world
    }
    fn over_among_several() -> World {
        let world = over();
        world.add_panel("shop");
        world
    }
    for make in [over as fn() -> World, over_among_several] {
        mend(&Case {
            make,
            address: "ada@example.com",
            panel: "main",
            reasons: &["trial-ended"],
            commands: 2,
        });
    }
}

#[test]
fn what_is_no_obstacle_is_told_too() {
    let world = World::with_ada();
    let old = world.token("ada@example.com");
    world.wrong("ada@example.com", 2);
    world.run("reset password ada@example.com").done();
    world.advance(MINUTE);
    assert_eq!(
        world.pipe("self register", format!("{old}\n{NEW}\n")).code,
        4
    );
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com is refused by main: the last password entered was wrong. There is no other obstacle.

      - 2 wrong passwords in 1 s, probably a saved password, the last one Mon 2 Mar 2026 09:00 (1 minute ago); the account locks after 6 in a row
        admit reset password ada@example.com
          mails the person a link to set a new password

    Worth knowing:
      - an attempt to use an invitation failed Mon 2 Mar 2026 09:01 (just now): link-used; invitations no longer work: the person registered Mon 2 Mar 2026 09:00 (1 minute ago) and signs in with a password

    Also known:
      - a reset link from Mon 2 Mar 2026 09:00 (1 minute ago) works until Mon 2 Mar 2026 11:00 (in 2 hours)
      - the last mail (password-reset) was delivered to the mail server Mon 2 Mar 2026 09:00 (1 minute ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 0]
    ");
    let why = world.row("why ada@example.com");
    // The headline, in JSON.
    assert_eq!(why["can_sign_in"], false);
    assert_snapshot!(why["refused_now"], @r#"{"kind":"wrong-passwords","since":"2026-03-02T09:00:01Z","because":"the last password entered was wrong"}"#);
    assert_eq!(why["notes"][0]["kind"], "wrong-passwords");
    let kinds: Vec<_> = why["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["kind"].as_str().unwrap())
        .collect();
    assert!(
        kinds.contains(&"old-link") && kinds.contains(&"wrong-passwords"),
        "{kinds:?}"
    );
}

#[test]
fn a_person_in_several_panels_is_told_panel_by_panel() {
    let world = World::with_ada();
    world.add_panel("shop");
    world
        .run("invite ada@example.com --panel shop --for 3d")
        .done();
    world.advance(4 * DAY);
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com --panel main
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (4 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    ada@example.com cannot sign in to shop: access expired

      access-expired – access to shop has expired: Thu 5 Mar 2026 09:00 (1 day ago)
        admit extend ada@example.com --for 30d --panel shop
          gives access for 30 days from now, with the same role, and notifies the person by mail
        admit extend ada@example.com --permanent --panel shop
          gives permanent access, with the same role

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com --panel shop
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (4 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    assert_snapshot!(world.run("why ada@example.com --panel main"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com --panel main
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (4 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 0]
    ");
    let why = world.json("why ada@example.com");
    assert_eq!(why["results"].as_array().unwrap().len(), 2);
    let row = &why["results"][1];
    let keys: Vec<_> = row.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "target",
            "panel",
            "can_sign_in",
            "obstacles",
            "notes",
            "refused_now"
        ]
    );
    let keys: Vec<_> = row["obstacles"][0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["reason", "since", "until", "detail", "remedies"]);
}
