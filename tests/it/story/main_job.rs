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
    ada@example.com cannot sign in to main: locked

      locked – locked since Mon 2 Mar 2026 11:01 (just now) after 6 wrong passwords in 5 s, probably a saved password
        admit unlock ada@example.com
          unlocks the account; the password stays
        admit reset password ada@example.com
          mails a new reset link; setting a new password also unlocks the account

    Worth knowing:
      - access to main ends Thu 5 Mar 2026 09:00 (in 3 days)
        admit extend ada@example.com --for 30d
          extends it by 30 days

    Also known:
      - a reset link from Mon 2 Mar 2026 11:01 (just now) works until Mon 2 Mar 2026 13:01 (in 2 hours)
      - the last mail (locked) was delivered to the mail server Mon 2 Mar 2026 11:01 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - locked once; the third lock without a sign-in in between is permanent
    [exit 6]
    ");
    assert_snapshot!(world.run("unlock ada@example.com"), @r"
ada@example.com: locked since Mon 2 Mar 2026 11:01 after 6 wrong passwords in 5 s, probably a saved password → active; 6 wrong passwords → 0; password unchanged; locks in a row stay 1 of 3 until they sign in; it will lock again if the same device keeps trying
[exit 0]
");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - access to main ends Thu 5 Mar 2026 09:00 (in 3 days)
        admit extend ada@example.com --for 30d
          extends it by 30 days
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - a reset link from Mon 2 Mar 2026 11:01 (just now) works until Mon 2 Mar 2026 13:01 (in 2 hours)
      - the last mail (locked) was delivered to the mail server Mon 2 Mar 2026 11:01 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - locked once; the third lock without a sign-in in between is permanent
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
    event         Thu 12 Mar 2026 11:01 (just now) access-restored by olga: as member; access until 2026-03-19 11:01
                  Thu 12 Mar 2026 11:01 (just now) sign-in-refused by the person: access expired
                  Mon 2 Mar 2026 11:01 (10 days ago) extended by olga: access was until 2026-03-05 09:00; access until 2026-03-12 09:00
                  Mon 2 Mar 2026 11:01 (10 days ago) signed-in by the person
                  Mon 2 Mar 2026 11:01 (10 days ago) password-set by the person: with a reset link
                  Mon 2 Mar 2026 11:01 (10 days ago) sign-in-refused by the person: password reset required
                  Mon 2 Mar 2026 11:01 (10 days ago) reset-requested by olga: password voided; 1 session ended; link valid until 2026-03-02 13:01
                  Mon 2 Mar 2026 11:01 (10 days ago) unlocked by olga
                  Mon 2 Mar 2026 11:01 (10 days ago) sign-in-refused by the person: locked
                  Mon 2 Mar 2026 11:01 (10 days ago) locked by admit itself: after 6 wrong passwords; link valid until 2026-03-02 13:01
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
    SEQ  WHEN (UTC)        WHO           ACTION           ADDRESS          PANEL  DETAIL
     21  2026-03-12 11:01  olga          removed          ada@example.com  main   as member
     20  2026-03-12 11:01  olga          access-restored  ada@example.com  main   as member; access until 2026-03-19 11:01
     19  2026-03-12 11:01  the person    sign-in-refused  ada@example.com  main   access expired
     18  2026-03-02 11:01  olga          extended         ada@example.com  main   access was until 2026-03-05 09:00; access until 2026-03-12 09:00
     17  2026-03-02 11:01  the person    signed-in        ada@example.com  main
     16  2026-03-02 11:01  the person    password-set     ada@example.com  main   with a reset link
     15  2026-03-02 11:01  the person    sign-in-refused  ada@example.com  main   password reset required
     14  2026-03-02 11:01  olga          reset-requested  ada@example.com  main   password voided; 1 session ended; link valid until 2026-03-02 13:01
     13  2026-03-02 11:01  olga          unlocked         ada@example.com  main
     12  2026-03-02 11:01  the person    sign-in-refused  ada@example.com  main   locked
     11  2026-03-02 11:01  admit itself  locked           ada@example.com  main   after 6 wrong passwords; link valid until 2026-03-02 13:01
     10  2026-03-02 11:01  the person    sign-in-refused  ada@example.com  main   wrong password; 6 in a row
      9  2026-03-02 11:01  the person    sign-in-refused  ada@example.com  main   wrong password; 5 in a row
      8  2026-03-02 11:01  the person    sign-in-refused  ada@example.com  main   wrong password; 4 in a row
      7  2026-03-02 11:01  the person    sign-in-refused  ada@example.com  main   wrong password; 3 in a row
      6  2026-03-02 11:01  the person    sign-in-refused  ada@example.com  main   wrong password; 2 in a row
      5  2026-03-02 11:01  the person    sign-in-refused  ada@example.com  main   wrong password
      4  2026-03-02 11:00  the person    signed-in        ada@example.com  main
      3  2026-03-02 11:00  the person    registered       ada@example.com  main
      2  2026-03-02 09:00  olga          invited          ada@example.com  main   as member; access until 2026-03-05 09:00; link valid until 2026-03-05 09:00; mail queued
    [exit 0]
    ");
    assert_snapshot!(world.run("audit verify"), @r"
the audit log is intact: 21 entries
[exit 0]
");
}
