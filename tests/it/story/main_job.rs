//! The whole main job, from an invitation to a second password.

use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, MINUTE, PASSWORD, World};

#[test]
fn somebody_is_invited_registers_locks_themselves_out_and_comes_back() {
    let world = World::new();
    assert_snapshot!(world.run("invite ada@example.com --name 'Ada Lovelace' --for 3d"), @r"
ada@example.com: unknown → invited to main as member, until Thu 5 Mar 2026 09:00 (in 3 days); link valid until Thu 5 Mar 2026 09:00 (in 3 days); mail kept in memory
[exit 0]
");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: unregistered

      unregistered – has not registered yet, so there is no password
        admit resend ada@example.com
          mails a new invitation link; the person registers with it
        (only the person can register, with the newest link in their mail)

    Worth knowing:
      - access to main ends Thu 5 Mar 2026 09:00 (in 3 days)
        admit extend ada@example.com --for 30d
          extends it by 30 days

    Also known:
      - an invitation from Mon 2 Mar 2026 09:00 (just now) works until Thu 5 Mar 2026 09:00 (in 3 days)
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 6]
    ");
    world.advance(2 * HOUR);
    let token = world.token("ada@example.com");
    assert_snapshot!(world.pipe("self register", format!("{token}\n{PASSWORD}\n")), @r"
ada@example.com: unregistered → active; you can sign in to main now
[exit 0]
");
    assert_snapshot!(world.sign_in("ada@example.com", PASSWORD), @r"
ada@example.com: signed in to main as member, until Thu 5 Mar 2026 09:00 (in 3 days)
[exit 0]
");
    world.advance(MINUTE);
    world.lock("ada@example.com");
    assert_eq!(world.denied("ada@example.com", PASSWORD), "locked");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main:

      1. locked – locked since Mon 2 Mar 2026 11:01 (just now) after 6 wrong passwords in 5 s, probably a saved password
         $ admit unlock ada@example.com
           unlocks the account; the password stays
         $ admit reset password ada@example.com
           mails a new reset link; setting a new password also unlocks the account

    Worth knowing:
      - a reset link from Mon 2 Mar 2026 11:01 (just now) works until Mon 2 Mar 2026 13:01 (in 2 hours)
      - the last mail (locked) was delivered to the mail server Mon 2 Mar 2026 11:01 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - locked once; the third lock without a sign-in in between is permanent
      - access to main ends Thu 5 Mar 2026 09:00 (in 3 days)
         $ admit extend ada@example.com --for 30d
           extends it by 30 days
      - if the password was forgotten
         $ admit reset password ada@example.com
           mails the person a link to set a new password
    [exit 6]
    ");
    assert_snapshot!(world.run("unlock ada@example.com"), @r"
ada@example.com: locked since Mon 2 Mar 2026 11:01 after 6 wrong passwords in 5 s, probably a saved password → active; 6 wrong passwords → 0; password unchanged; locks in a row stay 1 of 3 until they sign in; it will lock again if the same device keeps trying
[exit 0]
");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - a reset link from Mon 2 Mar 2026 11:01 (just now) works until Mon 2 Mar 2026 13:01 (in 2 hours)
      - the last mail (locked) was delivered to the mail server Mon 2 Mar 2026 11:01 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - locked once; the third lock without a sign-in in between is permanent
      - access to main ends Thu 5 Mar 2026 09:00 (in 3 days)
         $ admit extend ada@example.com --for 30d
           extends it by 30 days
      - if the password was forgotten
         $ admit reset password ada@example.com
           mails the person a link to set a new password
    [exit 0]
    ");
    assert_snapshot!(world.run("reset password ada@example.com --now"), @r"
ada@example.com: reset link valid until Mon 2 Mar 2026 13:01 (in 2 hours); password set → voided; open sessions ended; mail kept in memory
[exit 0]
");
    assert_eq!(
        world.denied("ada@example.com", PASSWORD),
        "password-reset-required"
    );
    world.set_password("ada@example.com", "nine blue bottles stand over here");
    assert_snapshot!(world.sign_in("ada@example.com", "nine blue bottles stand over here"), @r"
ada@example.com: signed in to main as member, until Thu 5 Mar 2026 09:00 (in 3 days)
[exit 0]
");
    assert_snapshot!(world.run("extend ada@example.com --for 7d"), @r"
ada@example.com: until Thu 5 Mar 2026 09:00 (in 3 days) → until Thu 12 Mar 2026 09:00 (in 10 days) in main
[exit 0]
");
    world.advance(10 * DAY);
    assert_eq!(
        world.denied("ada@example.com", "nine blue bottles stand over here"),
        "access-expired"
    );
    assert_snapshot!(world.run("extend ada@example.com --for 7d"), @r"
ada@example.com: expired → active in main as member, until Thu 19 Mar 2026 11:01 (in 7 days); signs in with the existing password; mail kept in memory
[exit 0]
");
    assert_snapshot!(world.run("show ada@example.com"), @"
    address       ada@example.com
    name          Ada Lovelace
    account       active, created Mon 2 Mar 2026 09:00 (10 days ago)
    panel         main: expiring, member, until Thu 19 Mar 2026 11:01 (in 7 days)
    password      set Mon 2 Mar 2026 11:01 (10 days ago)
    last sign-in  Mon 2 Mar 2026 11:01 (10 days ago)
    mail          access-restored sent just now: kept in memory
                  password-changed sent 10 days ago: kept in memory
                  password-reset sent 10 days ago: kept in memory
    event         Thu 12 Mar 2026 11:01 (just now) access-restored by olga (role member, access_until 2026-03-19T11:01:06Z)
                  Thu 12 Mar 2026 11:01 (just now) sign-in-refused by the person (reason access-expired)
                  Mon 2 Mar 2026 11:01 (10 days ago) extended by olga (access_was_until 2026-03-05T09:00:00Z, access_until 2026-03-12T09:00:00Z)
                  Mon 2 Mar 2026 11:01 (10 days ago) signed-in by the person
                  Mon 2 Mar 2026 11:01 (10 days ago) password-set by the person (by reset-link, opened_lock false, sessions_ended 0)
                  Mon 2 Mar 2026 11:01 (10 days ago) sign-in-refused by the person (reason password-reset-required)
                  Mon 2 Mar 2026 11:01 (10 days ago) reset-requested by olga (voided true, sessions_ended 1, printed false, link_expires_at 2026-03-02T13:01:06Z)
                  Mon 2 Mar 2026 11:01 (10 days ago) unlocked by olga (permanent false, voided false)
                  Mon 2 Mar 2026 11:01 (10 days ago) sign-in-refused by the person (reason locked)
                  Mon 2 Mar 2026 11:01 (10 days ago) locked by admit itself (locks_in_a_row 1, guessing passwords, link_expires_at 2026-03-02T13:01:05Z)
    [exit 0]
    ");
    assert_snapshot!(world.run("remove ada@example.com"), @"
    ada@example.com: expiring → removed from main; no sessions ended; account, password and other panels stay
    [exit 0]
    ");
    assert_snapshot!(world.run("list"), @r"
----
No matching people.
[exit 0]
");
    assert_snapshot!(world.run("list --status removed"), @"
    ADDRESS          NAME          ROLE    STATUS     2FA  ACCESS            LAST SIGN-IN
    ada@example.com  Ada Lovelace  member  no-access  –    removed just now  10 days ago
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list --person ada@example.com"), @"
    SEQ  WHEN                   WHO           ACTION           ADDRESS          PANEL  DETAIL
      2  Mon 2 Mar 2026 09:00   olga          invited          ada@example.com  main   role member, access_until 2026-03-05T09:00:00Z, link_expires_at 2026-03-05T09:00:00Z, mail true
      3  Mon 2 Mar 2026 11:00   the person    registered       ada@example.com  main
      4  Mon 2 Mar 2026 11:00   the person    signed-in        ada@example.com  main
      5  Mon 2 Mar 2026 11:01   the person    sign-in-refused  ada@example.com  main   reason wrong-password, count 1
      6  Mon 2 Mar 2026 11:01   the person    sign-in-refused  ada@example.com  main   reason wrong-password, count 2
      7  Mon 2 Mar 2026 11:01   the person    sign-in-refused  ada@example.com  main   reason wrong-password, count 3
      8  Mon 2 Mar 2026 11:01   the person    sign-in-refused  ada@example.com  main   reason wrong-password, count 4
      9  Mon 2 Mar 2026 11:01   the person    sign-in-refused  ada@example.com  main   reason wrong-password, count 5
     10  Mon 2 Mar 2026 11:01   the person    sign-in-refused  ada@example.com  main   reason wrong-password, count 6
     11  Mon 2 Mar 2026 11:01   admit itself  locked           ada@example.com  main   locks_in_a_row 1, guessing passwords, link_expires_at 2026-03-02T13:01:05Z
     12  Mon 2 Mar 2026 11:01   the person    sign-in-refused  ada@example.com  main   reason locked
     13  Mon 2 Mar 2026 11:01   olga          unlocked         ada@example.com  main   permanent false, voided false
     14  Mon 2 Mar 2026 11:01   olga          reset-requested  ada@example.com  main   voided true, sessions_ended 1, printed false, link_expires_at 2026-03-02T13:01:06Z
     15  Mon 2 Mar 2026 11:01   the person    sign-in-refused  ada@example.com  main   reason password-reset-required
     16  Mon 2 Mar 2026 11:01   the person    password-set     ada@example.com  main   by reset-link, opened_lock false, sessions_ended 0
     17  Mon 2 Mar 2026 11:01   the person    signed-in        ada@example.com  main
     18  Mon 2 Mar 2026 11:01   olga          extended         ada@example.com  main   access_was_until 2026-03-05T09:00:00Z, access_until 2026-03-12T09:00:00Z
     19  Thu 12 Mar 2026 11:01  the person    sign-in-refused  ada@example.com  main   reason access-expired
     20  Thu 12 Mar 2026 11:01  olga          access-restored  ada@example.com  main   role member, access_until 2026-03-19T11:01:06Z
     21  Thu 12 Mar 2026 11:01  olga          removed          ada@example.com  main   role member, sessions_ended 0
    [exit 0]
    ");
    assert_snapshot!(world.run("audit verify"), @r"
the audit log is intact: 21 entries
[exit 0]
");
}
