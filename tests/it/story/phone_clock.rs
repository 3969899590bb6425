//! A phone whose clock is wrong.

use insta::assert_snapshot;

use crate::support::world::{HOUR, MINUTE, World};

#[test]
fn a_phone_two_minutes_ahead_is_told_by_why_and_forgotten_once_it_is_right() {
    let world = World::with_ada();
    let (mut phone, _) = world.with_phone("ada@example.com", "");
    world.advance(HOUR);
    phone.ahead = 125;
    assert_snapshot!(world.sign_in_with("ada@example.com", &phone.code()), @"
    ----
    error: This code is incorrect. Each code works only once: if you use an app, wait for its next code (code-invalid)
    [exit 6]
    ");
    world.advance(5 * MINUTE);
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com is refused by main: the phone's clock is about 2 minutes ahead. There is no other obstacle.

      - the phone's clock is about 2 minutes ahead: a code entered Mon 2 Mar 2026 10:00 (5 minutes ago) would have been correct then
        (only the person can fix it: set the phone's clock to automatic, then use the next code)

    Worth knowing:
      - 1 wrong code after a correct password, the last one Mon 2 Mar 2026 10:00 (5 minutes ago); the account locks after 6 in a row
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (second-factor-set) was delivered to the mail server Mon 2 Mar 2026 09:00 (65 minutes ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - main asks for a code: the authenticator was set up Mon 2 Mar 2026 09:00 (65 minutes ago), no code used since; 10 backup codes left
        admit reset 2fa ada@example.com
          for a new or lost phone, after you have verified who is calling; the person sets up a new one at the next sign-in
    [exit 0]
    ");
    let why = world.row("why ada@example.com");
    let notes = why["notes"].as_array().unwrap();
    let note = notes
        .iter()
        .find(|note| note["kind"] == "phone-clock")
        .unwrap();
    assert_snapshot!(note, @r#"{"kind":"phone-clock","detail":"the phone's clock is about 2 minutes ahead: a code entered Mon 2 Mar 2026 10:00 (5 minutes ago) would have been correct then","remedies":[{"command":null,"effect":"only the person can fix it: set the phone's clock to automatic, then use the next code"}]}"#);
    let clock = &world.row("show ada@example.com")["second_factor"]["phone_clock"];
    assert_snapshot!(clock, @r#"{"steps":4,"seconds":120,"seen_at":"2026-03-02T10:00:00Z"}"#);
    phone.ahead = 0;
    world.enter("ada@example.com", &phone).done();
    let why = world.run("why ada@example.com");
    assert!(!why.stdout.contains("clock"), "{why}");
    assert!(!why.stdout.contains("wrong code"), "{why}");
}

#[test]
fn a_phone_behind_by_a_minute_and_more_is_told_and_by_eleven_is_not() {
    let world = World::with_ada();
    let (mut phone, _) = world.with_phone("ada@example.com", "");
    for (ahead, words) in [
        (-60, Some("about 1 minute behind")),
        (-600, Some("about 10 minutes behind")),
        (40, Some("about half a minute ahead")),
        (599, Some("about 10 minutes ahead")),
        (-660, None),
        (660, None),
    ] {
        world.advance(HOUR);
        phone.ahead = 0;
        world.enter("ada@example.com", &phone).done();
        world.advance(HOUR);
        phone.ahead = ahead;
        let run = world.sign_in_with("ada@example.com", &phone.code());
        assert_eq!(run.code, 6, "{run}");
        assert!(!run.stderr.contains("clock"), "{ahead}: {run}");
        let why = world.run("why ada@example.com");
        match words {
            Some(words) => assert!(why.stdout.contains(words), "{ahead}: {why}"),
            None => assert!(!why.stdout.contains("clock"), "{ahead}: {why}"),
        }
    }
}
