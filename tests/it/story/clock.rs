//! A clock that was set back, and one that was ahead for a while.

use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, MINUTE, World};

#[test]
fn a_clock_that_is_behind_is_told_and_revives_nothing() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    world.advance(8 * DAY);
    world.run("lock ada@example.com --reason test").done();
    world.run("unlock ada@example.com --reason test").done();
    world.set_back(7 * DAY + 23 * HOUR);
    // The link of the invitation has expired and stays so.
    assert_snapshot!(world.run("why bob@example.com"), @"
    bob@example.com cannot sign in to main: unregistered

      unregistered – has not registered yet, so there is no password
        admit resend bob@example.com
          mails a new invitation link; the person registers with it
        (only the person can register, with the newest link in their mail)

    Worth knowing:
      - the clock of this machine is 7 days 23 h behind the latest time in the store, Tue 10 Mar 2026 09:00; expiry is judged by that time
        admit store check --accept-clock
          use this if the clock is correct now and was ahead before; otherwise correct the clock
      - the invitation from Mon 2 Mar 2026 09:00 (8 days ago) expired: Mon 9 Mar 2026 09:00 (1 day ago)

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (8 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    ----
    warning: the clock of this machine is 7 days 23 h behind the latest time in the store, Tue 10 Mar 2026 09:00; expiry is judged by that time
    hint: set the clock right; if it is right and was ahead before, accept it with `admit store check --accept-clock`
    [exit 6]
    ");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - the clock of this machine is 7 days 23 h behind the latest time in the store, Tue 10 Mar 2026 09:00; expiry is judged by that time
        admit store check --accept-clock
          use this if the clock is correct now and was ahead before; otherwise correct the clock
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (8 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    ----
    warning: the clock of this machine is 7 days 23 h behind the latest time in the store, Tue 10 Mar 2026 09:00; expiry is judged by that time
    hint: set the clock right; if it is right and was ahead before, accept it with `admit store check --accept-clock`
    [exit 0]
    ");
    let note = &world.row("why ada@example.com")["notes"][0];
    assert_snapshot!(note, @r#"{"kind":"clock-behind","detail":"the clock of this machine is 7 days 23 h behind the latest time in the store, Tue 10 Mar 2026 09:00; expiry is judged by that time","remedies":[{"command":"admit store check --accept-clock","effect":"use this if the clock is correct now and was ahead before; otherwise correct the clock"}]}"#);
    assert_snapshot!(world.run("store check"), @"
    ----
    warning: the clock of this machine is 7 days 23 h behind the latest time in the store, Tue 10 Mar 2026 09:00; expiry is judged by that time
    hint: set the clock right; if it is right and was ahead before, accept it with `admit store check --accept-clock`
    The store $HOME/.local/share/admit/admit.db is intact: file, structure, references and audit log
    [exit 0]
    ");
    // Caught up, nothing is said.
    world.advance(7 * DAY + 23 * HOUR);
    let run = world.run("why ada@example.com");
    assert!(!run.to_string().contains("clock"), "{run}");
}

#[test]
fn a_small_correction_is_nothing_to_speak_of() {
    let world = World::with_ada();
    world.advance(HOUR);
    world.run("invite bob@example.com").done();
    world.set_back(MINUTE + MINUTE / 2);
    let run = world.run("list");
    assert!(!run.to_string().contains("clock"), "{run}");
}

#[test]
fn a_clock_that_was_ahead_is_accepted_once_it_is_right() {
    let world = World::with_ada();
    world.run("invite bob@example.com --for 30d").done();
    // For a moment the clock is a year ahead.
    world.advance(365 * DAY);
    world.run("invite cyd@example.com").done();
    world.set_back(365 * DAY);
    assert_snapshot!(world.run("list"), @"
    ADDRESS          NAME          ROLE    STATUS        2FA  ACCESS               LAST SIGN-IN
    ada@example.com  Ada Lovelace  member  active        –    permanent            never
    bob@example.com  –             member  unregistered  –    ended 11 months ago  never
    cyd@example.com  –             member  unregistered  –    permanent            never
    ----
    warning: the clock of this machine is 365 days behind the latest time in the store, Tue 2 Mar 2027 09:00; expiry is judged by that time
    hint: set the clock right; if it is right and was ahead before, accept it with `admit store check --accept-clock`
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("store check --accept-clock"), @"
    ----
    error: --reason is required when not run at a terminal
    hint: add --reason, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("store check --accept-clock --reason 'battery replaced'"), @"
    ----
    error: confirmation is required: Continue from Mon 2 Mar 2026 09:00, although the latest time in the store is Tue 2 Mar 2027 09:00. Links, sessions and access that expired in between may work again
    hint: to confirm, run `admit store check --accept-clock --reason 'battery replaced' --yes`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("store check --accept-clock --reason 'battery replaced' -n"), @"
    $HOME/.local/share/admit/admit.db: would change: latest time Tue 2 Mar 2027 09:00 → Mon 2 Mar 2026 09:00
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("store check --reason 'battery replaced'"), @"
    ----
    error: the following required arguments were not provided: --accept-clock
    hint: run `admit store check --help`
    [exit 2]
    ");
    assert_snapshot!(world.run("store check --accept-clock --reason 'battery replaced' --yes -o json"), @r#"
    {"schema":1,"command":"store check","ok":true,"results":[{"target":"$HOME/.local/share/admit/admit.db","panel":null,"status":"done","before":"2027-03-02T09:00:00Z","after":"2026-03-02T09:00:00Z","message":"latest time Tue 2 Mar 2027 09:00 → Mon 2 Mar 2026 09:00","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run("list"), @"
    ADDRESS          NAME          ROLE    STATUS        2FA  ACCESS           LAST SIGN-IN
    ada@example.com  Ada Lovelace  member  active        –    permanent        never
    bob@example.com  –             member  unregistered  –    ends in 30 days  never
    cyd@example.com  –             member  unregistered  –    permanent        never
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("store check --accept-clock --reason again --yes"), @"
    $HOME/.local/share/admit/admit.db: the clock is not behind the store: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list --action clock-accepted"), @"
    SEQ  WHEN (UTC)        WHO   ACTION          ADDRESS  PANEL  DETAIL
      6  2026-03-02 09:00  olga  clock-accepted  –        –      was 2027-03-02 09:00; “battery replaced”
    [exit 0]
    ");
}
