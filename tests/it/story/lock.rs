//! Locking by hand.

use admit::cli::base::prompt::Answer;
use insta::assert_snapshot;

use crate::support::world::{DAY, PASSWORD, WRONG, World};

#[test]
fn without_a_reason_it_asks_for_one_or_stops() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("lock ada@example.com"), @"
    ----
    error: --reason is required when not run at a terminal
    hint: add --reason, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("lock ada@example.com --yes --no-input"), @"
    ----
    error: --reason is required with --no-input
    hint: add --reason, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("lock ada@example.com --reason ''"), @"
    ----
    error: invalid reason: it is empty
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("lock ada@example.com -o json"), @r#"
    {"schema":1,"command":"lock","ok":false,"results":[],"totals":{"done":0,"unchanged":0,"refused":0,"failed":0},"error":{"kind":"usage","message":"--reason is required when not run at a terminal","hint":"add --reason, or run it at a terminal"}}
    ----
    error: --reason is required when not run at a terminal
    hint: add --reason, or run it at a terminal
    [exit 2]
    "#);
    assert_snapshot!(world.ask("lock ada@example.com", [Answer::Enter]), @"
    ----
    error: --reason is required; nothing was changed
    [asked: Reason for locking ada@example.com]
    [exit 2]
    ");
    assert_snapshot!(world.ask("lock ada@example.com", [Answer::Cancel]), @"
    ----
    error: cancelled; nothing was changed
    [asked: Reason for locking ada@example.com]
    [exit 130]
    ");
    assert_eq!(world.account_status("ada@example.com"), "active");
    assert_snapshot!(world.ask("lock ada@example.com", [Answer::Text("left the company".into())]), @"
    ada@example.com: active → disabled until an operator unlocks it; no sessions
      ended; password, access and second factor stay
    [asked: Reason for locking ada@example.com]
    [exit 0]
    ");
    assert_eq!(world.account_status("ada@example.com"), "disabled");
}

#[test]
fn it_holds_until_it_is_opened() {
    let world = World::with_ada();
    world.sign_in("ada@example.com", PASSWORD).done();
    let line = "lock ada@example.com --reason 'left the company'";
    assert_snapshot!(world.changes_nothing(&format!("{line} -n")), @"
    ada@example.com: would change: active → disabled until an operator unlocks it; 1 session ended; password, access and second factor stay
    [exit 0]
    ");
    assert_snapshot!(world.run(line), @"
    ada@example.com: active → disabled until an operator unlocks it; 1 session ended; password, access and second factor stay
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing(line), @"
    ada@example.com: already locked by an operator, with this reason and end: nothing changed
    [exit 0]
    ");
    assert_eq!(world.denied("ada@example.com", PASSWORD), "disabled");
    assert_eq!(
        world.denied("ada@example.com", WRONG),
        "invalid-credentials"
    );
    world.advance(400 * DAY);
    assert_snapshot!(world.run("invite ada@example.com"), @"
    ada@example.com: already in main as member, permanent: nothing changed
    ----
    hint: the account is disabled all the same: see `admit why ada@example.com`
    [exit 0]
    ");
    assert_snapshot!(world.run("extend ada@example.com --until 2028-01-01"), @"
    ada@example.com: permanent → until the end of Sat 1 Jan 2028 (in 9 months) in main; sooner than before
    ----
    hint: the account is disabled all the same: see `admit why ada@example.com`
    [exit 0]
    ");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: disabled

      disabled – locked by an operator since Mon 2 Mar 2026 09:00 (13 months ago): left the company
        admit unlock ada@example.com
          unlocks the account; the password stays

    Worth knowing:
      - 1 wrong password, the last one Mon 2 Mar 2026 09:00 (13 months ago); the account locks after 6 in a row
        admit reset password ada@example.com
          mails the person a link to set a new password
      - if the password was forgotten

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (13 months ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    assert_snapshot!(world.run("unlock ada@example.com"), @"
    ada@example.com: locked by hand since Mon 2 Mar 2026 09:00: left the company → active; 1 wrong password → 0; password unchanged
    [exit 0]
    ");
    world.sign_in("ada@example.com", PASSWORD).done();
    assert_snapshot!(world.run("audit list --action locked-by-hand"), @"
    SEQ  WHEN (UTC)        WHO   ACTION          ADDRESS          PANEL  DETAIL
      5  2026-03-02 09:00  olga  locked-by-hand  ada@example.com  main   1 session ended; “left the company”
    [exit 0]
    ");
}

#[test]
fn with_an_end_it_opens_by_itself() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("lock ada@example.com --reason leave --until 2026-03-01"), @"
    ----
    error: ada@example.com: 2026-03-01 is in the past: that was Mon 2 Mar 2026 00:00 UTC, 9 hours ago
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("lock ada@example.com --reason leave --until 2026-03-05 --for 3d"), @"
    ----
    error: the argument '--until <TIME>' cannot be used with '--for <DURATION>'
    hint: run `admit lock --help`
    [exit 2]
    ");
    assert_snapshot!(world.run("lock ada@example.com --reason leave --until 2026-03-04"), @"
    ada@example.com: active → disabled until the end of Wed 4 Mar 2026 (in 3 days); no sessions ended; password, access and second factor stay
    [exit 0]
    ");
    assert_snapshot!(world.run("lock ada@example.com --reason leave --for 7d"), @"
    ada@example.com: disabled → disabled until Mon 9 Mar 2026 09:00 (in 7 days), with a new reason or end; no sessions ended; password, access and second factor stay
    [exit 0]
    ");
    assert_snapshot!(world.run("lock ada@example.com --reason 'parental leave' --for 7d -o json"), @r#"
    {"schema":1,"command":"lock","ok":true,"results":[{"target":"ada@example.com","panel":"main","status":"done","action":"locked","account_status":"disabled","role":"member","access_until":null,"before":{"account_status":"disabled","access_status":"active","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"set"},"after":{"account_status":"disabled","access_status":"active","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"set"},"message":"disabled → disabled until Mon 9 Mar 2026 09:00 (in 7 days), with a new reason or end; no sessions ended; password, access and second factor stay","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    world.advance(7 * DAY);
    world.sign_in("ada@example.com", PASSWORD).done();
    assert_snapshot!(world.changes_nothing("unlock ada@example.com"), @"
    ada@example.com: is not locked: nothing changed
    [exit 0]
    ");
}

#[test]
fn several_people_are_locked_each_on_their_own() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    assert_snapshot!(world.run("lock ada@example.com aida@example.com bob@example.com nonsense --reason audit"), @"
    ADDRESS          RESULT                                 MAIL
    ada@example.com  disabled until an operator unlocks it  –
    bob@example.com  disabled until an operator unlocks it  –
    ----
    error: no account has the address aida@example.com
    hint: did you mean ada@example.com?
    error: no name or address contains 'nonsense'
    hint: list everyone with `admit list`
    For all: no sessions ended; password, access and second factor stay
    2 done, 2 refused
    [exit 7]
    ");
    assert_snapshot!(world.run("list"), @"
    ADDRESS          NAME          ROLE    STATUS    2FA  ACCESS     LAST SIGN-IN
    ada@example.com  Ada Lovelace  member  disabled  –    permanent  never
    bob@example.com  –             member  disabled  –    permanent  never
    [exit 0]
    ");
}

#[test]
fn a_file_may_say_until_when() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    world.file(
        "people.csv",
        "address,until\nada@example.com,2026-03-10\nbob@example.com,\n",
    );
    assert_snapshot!(world.changes_nothing("lock --from $HOME/people.csv"), @"
    ----
    error: --reason is required when not run at a terminal
    hint: add --reason, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.run("lock --from $HOME/people.csv --reason audit"), @"
    ADDRESS          RESULT                                                 MAIL
    ada@example.com  disabled until the end of Tue 10 Mar 2026 (in 9 days)  –
    bob@example.com  disabled until an operator unlocks it                  –
    ----
    For all: no sessions ended; password, access and second factor stay
    2 done
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("lock --from $HOME/people.csv --reason audit"), @"
    ADDRESS          RESULT                                                                    MAIL
    ada@example.com  already locked by an operator, with this reason and end: nothing changed  –
    bob@example.com  already locked by an operator, with this reason and end: nothing changed  –
    ----
    2 unchanged
    [exit 0]
    ");
}
