//! A new phone: from the call to the new authenticator.

use admit::cli::base::prompt::Answer;
use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, MINUTE, PASSWORD, STEP, World};

/// Ada's phone is set up and used from two places; twelve days later it is gone.
fn phone_lost() -> World {
    let world = World::with_ada();
    world.set_panel("main", "second-factor", "required");
    let (phone, _) = world.with_phone("ada@example.com", "");
    world
        .enter("ada@example.com --ip 203.0.113.9 --trust-ip", &phone)
        .done();
    world.advance(2 * DAY);
    world
        .enter("ada@example.com --ip 198.51.100.20", &phone)
        .done();
    world.advance(10 * DAY);
    for _ in 0..2 {
        let run = world.sign_in_with("ada@example.com --ip 198.51.100.20", &phone.never());
        assert_eq!(run.code, 6, "{run}");
        world.advance(STEP);
    }
    world
}

#[test]
fn a_person_with_a_new_phone_sets_it_up_anew() {
    let world = World::with_ada();
    world.set_panel("main", "second-factor", "required");
    assert_snapshot!(world.sign_in("ada@example.com", PASSWORD), @"
    ----
    error: This site requires a second factor. Please set one up (second-factor-setup-required)
    hint: to set it up, run `admit self 2fa ada@example.com`
    [exit 6]
    ");
    let world = phone_lost();
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com is refused by main: the last code entered was wrong. There is no other obstacle.

      - 2 wrong codes in 30 s after a correct password, the last one Sat 14 Mar 2026 09:01 (30 seconds ago); the account locks after 6 in a row
        admit reset 2fa ada@example.com
          for a new or lost phone, after you have verified who is calling; the person sets up a new one at the next sign-in

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (second-factor-set) was delivered to the mail server Mon 2 Mar 2026 09:00 (12 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - main asks for a code: the authenticator was set up Mon 2 Mar 2026 09:00 (12 days ago), last code accepted Wed 4 Mar 2026 09:01 (10 days ago); 10 backup codes left
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("reset 2fa ada@example.com -n"), @"
    ada@example.com: would change: second factor: an authenticator and 10 backup codes → none; 2 wrong codes → 0; 1 trusted IP removed; password unchanged; no authenticator protects the account until a new one is set up; mail would be queued
    ----
    ada@example.com: how safe is the password?
      password       set Mon 2 Mar 2026 09:00 (12 days ago)
      last 30 days   2 wrong attempts, no locks
      last sign-ins  Wed 4 Mar 2026 09:01 (10 days ago), from 198.51.100.20
                     Mon 2 Mar 2026 09:00 (12 days ago), from 203.0.113.9
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("reset 2fa ada@example.com --reason 'case 4711'"), @"
    ----
    ada@example.com: how safe is the password?
      password       set Mon 2 Mar 2026 09:00 (12 days ago)
      last 30 days   2 wrong attempts, no locks
      last sign-ins  Wed 4 Mar 2026 09:01 (10 days ago), from 198.51.100.20
                     Mon 2 Mar 2026 09:00 (12 days ago), from 203.0.113.9
    error: confirmation is required: Remove the second factor of ada@example.com. Only the password will protect the account until a new one is set up
    hint: to confirm, run `admit reset 2fa ada@example.com --reason 'case 4711' --yes`
    [exit 2]
    ");
    let before = world.dump();
    assert_snapshot!(world.ask("reset 2fa ada@example.com --reason 'case 4711'", [Answer::No]), @"
    ----
    ada@example.com: how safe is the password?
      password       set Mon 2 Mar 2026 09:00 (12 days ago)
      last 30 days   2 wrong attempts, no locks
      last sign-ins  Wed 4 Mar 2026 09:01 (10 days ago), from 198.51.100.20
                     Mon 2 Mar 2026 09:00 (12 days ago), from 203.0.113.9
    hint: use --password to also mail a link to set a new password
    error: not confirmed; nothing was changed
    [asked: Remove the second factor of ada@example.com? Only the password will protect the account until a new one is set up.]
    [exit 1]
    ");
    assert_eq!(world.dump(), before);
    let run = world.ask(
        "reset 2fa ada@example.com --reason 'case 4711'",
        [Answer::Yes],
    );
    assert_snapshot!(run, @"
    ada@example.com: second factor: an authenticator and 10 backup codes → none; 2
      wrong codes → 0; 1 trusted IP removed; password unchanged; no authenticator
      protects the account until a new one is set up; mail kept in memory
    ----
    ada@example.com: how safe is the password?
      password       set Mon 2 Mar 2026 09:00 (12 days ago)
      last 30 days   2 wrong attempts, no locks
      last sign-ins  Wed 4 Mar 2026 09:01 (10 days ago), from 198.51.100.20
                     Mon 2 Mar 2026 09:00 (12 days ago), from 203.0.113.9
    hint: use --password to also mail a link to set a new password
    [asked: Remove the second factor of ada@example.com? Only the password will protect the account until a new one is set up.]
    [exit 0]
    ");
    assert_snapshot!(world.mail().last_to("ada@example.com").unwrap().text(), @"
    Hello Ada Lovelace,

    On Saturday, 14 March 2026 at 09:02 UTC, an administrator reset two-step
    sign-in for your account ada@example.com. The authenticator app, backup codes
    and trusted networks that you had set up no longer count, and you have been
    signed out everywhere.

    Until you set it up again, only your password protects the account.

    If you requested this, sign in and set up two-step sign-in again.

    If you did not, contact the administrators of main immediately.

    Sent automatically to ada@example.com on behalf of main.
    ");
    assert_snapshot!(world.changes_nothing("reset 2fa ada@example.com --yes"), @"
    ada@example.com: has no second factor: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: second factor setup required

      second-factor-setup-required – main requires a second factor, and none is set up
        (the person sets it up at the next sign-in)

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (second-factor-reset) was delivered to the mail server Sat 14 Mar 2026 09:02 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    // Also from the IP that was trusted.
    let run = world.sign_in("ada@example.com --ip 203.0.113.9", PASSWORD);
    assert_snapshot!(run, @"
    ----
    error: This site requires a second factor. Please set one up (second-factor-setup-required)
    hint: to set it up, run `admit self 2fa ada@example.com`
    [exit 6]
    ");
    world.advance(HOUR);
    let (phone, _) = world.with_phone("ada@example.com", "");
    assert_snapshot!(world.enter("ada@example.com", &phone), @"
    ada@example.com: signed in to main as member, permanent
    [exit 0]
    ");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (second-factor-set) was delivered to the mail server Sat 14 Mar 2026 10:02 (30 seconds ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - main asks for a code: the authenticator was set up Sat 14 Mar 2026 10:02 (30 seconds ago), last code accepted Sat 14 Mar 2026 10:02 (just now); 10 backup codes left
        admit reset 2fa ada@example.com
          for a new or lost phone, after you have verified who is calling; the person sets up a new one at the next sign-in
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list --person ada@example.com --since 2h"), @"
    SEQ  WHEN (UTC)        WHO         ACTION                 ADDRESS          PANEL  DETAIL
     19  2026-03-14 10:02  the person  signed-in              ada@example.com  main   second factor: app
     18  2026-03-14 10:02  the person  sign-in-refused        ada@example.com  main   code required
     17  2026-03-14 10:02  the person  second-factor-set      ada@example.com  main   10 backup codes
     16  2026-03-14 10:02  the person  second-factor-offered  ada@example.com  main
     15  2026-03-14 09:02  the person  sign-in-refused        ada@example.com  main   second factor setup required from 203.0.113.9
     14  2026-03-14 09:02  olga        second-factor-reset    ada@example.com  main   was set; 10 backup codes; 1 trusted IP removed; “case 4711”
     13  2026-03-14 09:01  the person  sign-in-refused        ada@example.com  main   wrong code from 198.51.100.20; 2 times
     12  2026-03-14 09:01  the person  sign-in-refused        ada@example.com  main   code required from 198.51.100.20
     11  2026-03-14 09:01  the person  sign-in-refused        ada@example.com  main   wrong code from 198.51.100.20
     10  2026-03-14 09:01  the person  sign-in-refused        ada@example.com  main   code required from 198.51.100.20
    [exit 0]
    ");
}

#[test]
fn the_password_is_reset_too_where_that_is_asked_for() {
    let world = phone_lost();
    let run = world.run("reset 2fa ada@example.com --password --yes --reason 'lost with the bag'");
    assert_snapshot!(run, @"
    ada@example.com: second factor: an authenticator and 10 backup codes → none; 2 wrong codes → 0; 1 trusted IP removed; reset link valid until Sat 14 Mar 2026 11:02 (in 2 hours); the old password works until it is used; no authenticator protects the account until a new one is set up; mail kept in memory
    ----
    ada@example.com: how safe is the password?
      password       set Mon 2 Mar 2026 09:00 (12 days ago)
      last 30 days   2 wrong attempts, no locks
      last sign-ins  Wed 4 Mar 2026 09:01 (10 days ago), from 198.51.100.20
                     Mon 2 Mar 2026 09:00 (12 days ago), from 203.0.113.9
    [exit 0]
    ");
    let letter = world.mail().last_to("ada@example.com").unwrap();
    assert!(letter.token().is_some(), "{}", letter.text());
    world.set_password("ada@example.com", "nine blue bottles stand over here");
    let run = world.sign_in("ada@example.com", "nine blue bottles stand over here");
    assert!(run.stderr.contains("second-factor-setup-required"), "{run}");
    // Nothing left to take off, and the link still goes out.
    assert_snapshot!(world.run("reset 2fa ada@example.com --password --yes"), @"
    ada@example.com: no second factor was set; codes by mail count again; reset link valid until Sat 14 Mar 2026 11:02 (in 2 hours); the old password works until it is used; mail kept in memory
    [exit 0]
    ");
}

#[test]
fn several_people_are_shown_and_asked_about_at_once() {
    let world = phone_lost();
    world.run("invite bob@example.com cyd@example.com").done();
    world.register("bob@example.com");
    world.with_phone("bob@example.com", "");
    let everybody = "reset 2fa ada@example.com bob@example.com cyd@example.com dan@example.com";
    assert_snapshot!(world.changes_nothing(everybody), @"
    ----
    ada@example.com: how safe is the password?
      password       set Mon 2 Mar 2026 09:00 (12 days ago)
      last 30 days   2 wrong attempts, no locks
      last sign-ins  Wed 4 Mar 2026 09:01 (10 days ago), from 198.51.100.20
                     Mon 2 Mar 2026 09:00 (12 days ago), from 203.0.113.9
    bob@example.com: how safe is the password?
      password       set Sat 14 Mar 2026 09:02 (just now)
      last 30 days   no wrong attempts, no locks
      last sign-ins  none yet
    error: confirmation is required: Remove the second factor of 2 people. Only the password will protect their accounts until a new one is set up
    hint: to confirm, run `admit reset 2fa ada@example.com bob@example.com cyd@example.com dan@example.com --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask(everybody, [Answer::Yes]), @"
    ADDRESS          RESULT                                 MAIL
    ada@example.com  none                                   sent
    bob@example.com  none                                   sent
    cyd@example.com  has no second factor: nothing changed  –
    ----
    ada@example.com: how safe is the password?
      password       set Mon 2 Mar 2026 09:00 (12 days ago)
      last 30 days   2 wrong attempts, no locks
      last sign-ins  Wed 4 Mar 2026 09:01 (10 days ago), from 198.51.100.20
                     Mon 2 Mar 2026 09:00 (12 days ago), from 203.0.113.9
    bob@example.com: how safe is the password?
      password       set Sat 14 Mar 2026 09:02 (just now)
      last 30 days   no wrong attempts, no locks
      last sign-ins  none yet
    hint: use --password to also mail a link to set a new password
    error: no account has the address dan@example.com
    hint: find people by name or part of the address with `admit list dan`
    For all: password unchanged; no authenticator protects the account until a new
    one is set up
    2 done, 1 unchanged, 1 refused
    [asked: Remove the second factor of 2 people? Only the password will protect their accounts until a new one is set up.]
    [exit 7]
    ");
    assert_snapshot!(world.run(&format!("{everybody} -o json --yes")), @r#"
    {"schema":1,"command":"reset 2fa","ok":false,"results":[{"target":"ada@example.com","panel":"main","status":"unchanged","action":"none","account_status":"active","role":"member","access_until":null,"link_expires_at":null,"mail":null,"before":{"account_status":"active","access_status":"active","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"set"},"after":{"account_status":"active","access_status":"active","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"set"},"message":"has no second factor: nothing changed","hint":null},{"target":"bob@example.com","panel":"main","status":"unchanged","action":"none","account_status":"active","role":"member","access_until":null,"link_expires_at":null,"mail":null,"before":{"account_status":"active","access_status":"active","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"set"},"after":{"account_status":"active","access_status":"active","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"set"},"message":"has no second factor: nothing changed","hint":null},{"target":"cyd@example.com","panel":"main","status":"unchanged","action":"none","account_status":"unregistered","role":"member","access_until":null,"link_expires_at":null,"mail":null,"before":{"account_status":"unregistered","access_status":"invited","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"none"},"after":{"account_status":"unregistered","access_status":"invited","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"none"},"message":"has no second factor: nothing changed","hint":null},{"target":"dan@example.com","panel":null,"status":"refused","action":null,"account_status":null,"role":null,"access_until":null,"link_expires_at":null,"mail":null,"before":null,"after":null,"message":"no account has the address dan@example.com","hint":"find people by name or part of the address with `admit list dan`"}],"totals":{"done":0,"unchanged":3,"refused":1,"failed":0},"error":{"kind":"partial","message":"1 of 4 failed; first no account has the address dan@example.com","hint":"find people by name or part of the address with `admit list dan`"}}
    ----
    error: 1 of 4 failed; first no account has the address dan@example.com
    hint: find people by name or part of the address with `admit list dan`
    [exit 7]
    "#);
}

#[test]
fn whom_it_cannot_help_is_told_why() {
    let world = phone_lost();
    world.run("invite bob@example.com").done();
    assert_snapshot!(world.changes_nothing("reset 2fa adda@example.com --yes"), @"
    ----
    error: no account has the address adda@example.com
    hint: did you mean ada@example.com?
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("reset 2fa bob@example.com --yes"), @"
    bob@example.com: has no second factor: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("reset 2fa bob@example.com --yes --password"), @"
    ----
    error: bob@example.com: never registered, so there is no password to reset
    hint: run `admit resend bob@example.com`: it mails a new invitation
    [exit 4]
    ");
    world.lock_for_good("ada@example.com");
    assert_snapshot!(world.changes_nothing("reset 2fa ada@example.com --yes --password"), @"
    ----
    ada@example.com: how safe is the password?
      password       set Mon 2 Mar 2026 09:00 (12 days ago)
      last 30 days   20 wrong attempts, 3 locks, permanently locked
      last sign-ins  Wed 4 Mar 2026 09:01 (10 days ago), from 198.51.100.20
                     Mon 2 Mar 2026 09:00 (12 days ago), from 203.0.113.9
    error: ada@example.com: is locked permanently since Sat 14 Mar 2026 09:02 (just now), and no reset link works
    hint: run `admit unlock ada@example.com`
    [exit 4]
    ");
    assert_snapshot!(world.run("reset 2fa ada@example.com --yes"), @"
    ada@example.com: second factor: an authenticator and 10 backup codes → none; password unchanged; no authenticator protects the account until a new one is set up; mail kept in memory
    ----
    ada@example.com: how safe is the password?
      password       set Mon 2 Mar 2026 09:00 (12 days ago)
      last 30 days   20 wrong attempts, 3 locks, permanently locked
      last sign-ins  Wed 4 Mar 2026 09:01 (10 days ago), from 198.51.100.20
                     Mon 2 Mar 2026 09:00 (12 days ago), from 203.0.113.9
    [exit 0]
    ");
    world.advance(MINUTE);
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: locked permanently, second factor setup required

      1. locked-permanently – permanently locked since Sat 14 Mar 2026 09:02 (1 minute ago), after 3 locks without a sign-in in between
        admit unlock ada@example.com
          asks for a reason, unlocks the account, voids the password and mails a reset link; requires the right 'support'

      2. second-factor-setup-required – main requires a second factor, and none is set up
        (the person sets it up at the next sign-in)

    Also known:
      - the last mail (second-factor-reset) was delivered to the mail server Sat 14 Mar 2026 09:02 (1 minute ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
}
