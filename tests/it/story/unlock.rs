//! Opening locks.

use admit::cli::base::prompt::Answer;
use admit::domain::account::Disabled;
use insta::assert_snapshot;

use crate::support::world::{PASSWORD, World};

#[test]
fn who_is_not_locked_is_left_alone() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("unlock ada@example.com"), @r"
ada@example.com: is not locked: nothing changed
[exit 0]
");
    assert_snapshot!(world.changes_nothing("unlock nobody@example.com"), @"
    ----
    error: no account has the address nobody@example.com
    hint: find people by name or part of the address with `admit list nobody`
    [exit 3]
    ");
    world.run("invite bob@example.com").done();
    assert_snapshot!(world.changes_nothing("unlock bob@example.com"), @r"
bob@example.com: is not locked: nothing changed
[exit 0]
");
}

#[test]
fn a_lock_opens_and_the_password_stays() {
    let world = World::with_ada();
    world.lock("ada@example.com");
    assert_snapshot!(world.changes_nothing("unlock ada@example.com -n"), @r"
ada@example.com: would change: locked since Mon 2 Mar 2026 09:00 after 6 wrong passwords in 5 s, probably a saved password → active; 6 wrong passwords → 0; password unchanged; locks in a row stay 1 of 3 until they sign in; it will lock again if the same device keeps trying
[exit 0]
");
    assert_snapshot!(world.run("unlock ada@example.com --reset"), @r"
ada@example.com: locked since Mon 2 Mar 2026 09:00 after 6 wrong passwords in 5 s, probably a saved password → active; 6 wrong passwords → 0; password unchanged; locks in a row stay 1 of 3 until they sign in; it will lock again if the same device keeps trying; link valid until Mon 2 Mar 2026 11:00 (in 2 hours); mail kept in memory
[exit 0]
");
    world.sign_in("ada@example.com", PASSWORD).done();
}

#[test]
fn a_permanent_lock_opens_only_with_a_reason() {
    let world = World::with_ada();
    world.lock_for_good("ada@example.com");
    assert_snapshot!(world.changes_nothing("unlock ada@example.com"), @"
    ----
    error: --reason is required when not run at a terminal
    hint: add --reason, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("unlock ada@example.com --yes"), @"
    ----
    error: --reason is required when not run at a terminal
    hint: add --reason, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.run("unlock ada@example.com --no-input -o json"), @r#"
    {"schema":1,"command":"unlock","ok":false,"results":[],"totals":{"done":0,"unchanged":0,"refused":0,"failed":0},"error":{"kind":"usage","message":"--reason is required with --no-input","hint":"add --reason, or run it at a terminal"}}
    ----
    error: --reason is required with --no-input
    hint: add --reason, or run it at a terminal
    [exit 2]
    "#);
    assert_snapshot!(world.ask("unlock ada@example.com", [Answer::Enter]), @"
    ----
    error: --reason is required; nothing was changed
    [asked: Reason for unlocking ada@example.com (case number, how the caller was identified)]
    [exit 2]
    ");
    assert_snapshot!(world.ask("unlock ada@example.com", [Answer::Cancel]), @"
    ----
    error: cancelled; nothing was changed
    [asked: Reason for unlocking ada@example.com (case number, how the caller was identified)]
    [exit 130]
    ");
    assert_eq!(
        world.account_status("ada@example.com"),
        "locked-permanently"
    );
    assert_snapshot!(world.ask("unlock ada@example.com", [Answer::Text("case 4711, called back".into())]), @"
    ada@example.com: locked permanently since Mon 2 Mar 2026 09:00 after 6 wrong
      passwords in 5 s, probably a saved password → active; 6 wrong passwords → 0;
      password voided; it will lock again if the same device keeps trying; link
      valid until Mon 2 Mar 2026 11:00 (in 2 hours); mail kept in memory
    [asked: Reason for unlocking ada@example.com (case number, how the caller was identified)]
    [exit 0]
    ");
    assert_eq!(
        world.denied("ada@example.com", PASSWORD),
        "password-reset-required"
    );
    world.set_password("ada@example.com", "nine blue bottles stand over here");
    world
        .sign_in("ada@example.com", "nine blue bottles stand over here")
        .done();
    assert_snapshot!(world.run("audit list --action unlocked --newest 1"), @"
    SEQ  WHEN (UTC)        WHO   ACTION    ADDRESS          PANEL  DETAIL
     27  2026-03-02 09:00  olga  unlocked  ada@example.com  main   permanent lock; password voided; link valid until 2026-03-02 11:00; “case 4711, called back”
    [exit 0]
    ");
}

#[test]
fn keeping_the_password_of_a_permanent_lock_needs_a_yes() {
    let world = World::with_ada();
    world.lock_for_good("ada@example.com");
    let line = "unlock ada@example.com --reason 'case 4711' --keep-password";
    assert_snapshot!(world.changes_nothing(line), @"
    ----
    error: confirmation is required: Keep the password of ada@example.com valid, although wrong passwords locked the account repeatedly
    hint: to confirm, run `admit unlock ada@example.com --reason 'case 4711' --keep-password --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask(line, [Answer::Enter]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: Keep the password of ada@example.com valid, although wrong passwords locked the account repeatedly?]
    [exit 1]
    ");
    assert_eq!(
        world.account_status("ada@example.com"),
        "locked-permanently"
    );
    let letters = world.letters();
    assert_snapshot!(world.ask(line, [Answer::Yes]), @"
    ada@example.com: locked permanently since Mon 2 Mar 2026 09:00 after 6 wrong
      passwords in 5 s, probably a saved password → active; 6 wrong passwords → 0;
      password unchanged; it will lock again if the same device keeps trying
    [asked: Keep the password of ada@example.com valid, although wrong passwords locked the account repeatedly?]
    [exit 0]
    ");
    assert_eq!(world.letters(), letters);
    world.sign_in("ada@example.com", PASSWORD).done();
}

#[test]
fn a_lock_by_hand_opens_with_its_reason_shown() {
    let world = World::with_ada();
    let now = world.now();
    world.set_up(|tx| {
        let address = admit::domain::address::Address::parse("ada@example.com").unwrap();
        let account = tx.account(&address)?.unwrap();
        tx.disable_account(
            account.id,
            &Disabled {
                at: now,
                until: None,
                reason: "left the company".into(),
            },
        )
    });
    assert_eq!(world.denied("ada@example.com", PASSWORD), "disabled");
    assert_snapshot!(world.run("invite ada@example.com"), @"
    ada@example.com: already in main as member, permanent: nothing changed
    ----
    hint: the account is disabled all the same: see `admit why ada@example.com`
    [exit 0]
    ");
    assert_snapshot!(world.run("unlock ada@example.com"), @"
    ada@example.com: locked by hand since Mon 2 Mar 2026 09:00: left the company → active; password unchanged
    [exit 0]
    ");
    world.sign_in("ada@example.com", PASSWORD).done();
}

#[test]
fn several_people_are_unlocked_each_on_their_own() {
    let world = World::with_ada();
    world.lock("ada@example.com");
    world.run("invite bob@example.com").done();
    let run = world.run("unlock bob@example.com ada@example.com cyd@example.com nonsense");
    assert_snapshot!(run, @"
    ADDRESS          RESULT                          MAIL
    bob@example.com  is not locked: nothing changed  –
    ada@example.com  active                          –
    ----
    error: no account has the address cyd@example.com
    hint: find people by name or part of the address with `admit list cyd`
    error: no name or address contains 'nonsense'
    hint: list everyone with `admit list`
    1 done, 1 unchanged, 2 refused
    [exit 7]
    ");
}

#[test]
fn a_file_of_people_with_a_permanent_lock_far_down_asks_for_the_reason() {
    let world = World::with_ada();
    let mut file = String::new();
    for n in 0..8 {
        let address = format!("p{n}@example.com");
        world.run(&format!("invite {address} --no-mail")).done();
        file.extend([&*address, "\n"]);
    }
    file.push_str("ada@example.com\n");
    world.file("people.txt", &file);
    world.lock_for_good("ada@example.com");
    assert_snapshot!(world.changes_nothing("unlock --from $HOME/people.txt"), @"
    ----
    error: --reason is required when not run at a terminal
    hint: add --reason, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.ask("unlock --from $HOME/people.txt", [Answer::Text("case 1".into())]), @"
    ADDRESS          RESULT                          MAIL
    p0@example.com   is not locked: nothing changed  –
    p1@example.com   is not locked: nothing changed  –
    p2@example.com   is not locked: nothing changed  –
    p3@example.com   is not locked: nothing changed  –
    p4@example.com   is not locked: nothing changed  –
    p5@example.com   is not locked: nothing changed  –
    p6@example.com   is not locked: nothing changed  –
    p7@example.com   is not locked: nothing changed  –
    ada@example.com  active                          sent
    ----
    1 done, 8 unchanged
    [asked: Reason for unlocking ada@example.com (case number, how the caller was identified)]
    [exit 0]
    ");
}
