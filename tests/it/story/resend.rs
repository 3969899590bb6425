//! A new link for somebody pending.

use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, PASSWORD, World};

#[test]
fn the_answer_says_when_the_dead_link_was_sent() {
    let world = World::new();
    world.run("invite ada@example.com").done();
    let old = world.token("ada@example.com");
    world.advance(HOUR);
    assert_snapshot!(world.run("resend ada@example.com"), @r"
ada@example.com: invited → invited again to main as member, permanent; the previous link, from Mon 2 Mar 2026 09:00 (1 hour ago), no longer works; link valid until Mon 9 Mar 2026 10:00 (in 7 days); mail kept in memory
[exit 0]
");
    assert_ne!(world.token("ada@example.com"), old);
    assert_snapshot!(world.pipe("self register", format!("{old}\n{PASSWORD}\n")), @r"
----
error: a newer link was sent Mon 2 Mar 2026 10:00 (just now), and only that one works
hint: use the link in the newest mail
[exit 4]
");
    world.register("ada@example.com");
}

#[test]
fn an_expired_link_is_made_anew_at_any_time() {
    let world = World::new();
    world.run("invite ada@example.com").done();
    world.advance(7 * DAY);
    let old = world.token("ada@example.com");
    assert_snapshot!(world.pipe("self register", format!("{old}\n{PASSWORD}\n")), @"
    ----
    error: the link has expired: Mon 9 Mar 2026 09:00 (just now)
    hint: request a new one
    [exit 4]
    ");
    assert_snapshot!(world.run("resend ada@example.com"), @r"
ada@example.com: invited → invited again to main as member, permanent; the previous link, from Mon 2 Mar 2026 09:00 (7 days ago), no longer works; link valid until Mon 16 Mar 2026 09:00 (in 7 days); mail kept in memory
[exit 0]
");
    world.register("ada@example.com");
}

#[test]
fn it_is_refused_for_the_unknown_the_registered_the_expired_and_the_removed() {
    let world = World::with_ada();
    world.run("invite bob@example.com --for 3d").done();
    world.run("invite cyd@example.com").done();
    world.advance(3 * DAY);
    assert_snapshot!(world.changes_nothing("resend dan@example.com"), @"
    ----
    error: no account has the address dan@example.com
    hint: find people by name or part of the address with `admit list dan`
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("resend adda@example.com"), @r"
----
error: no account has the address adda@example.com
hint: did you mean ada@example.com?
[exit 3]
");
    assert_snapshot!(world.changes_nothing("resend ada@example.com"), @"
    ----
    error: ada@example.com: has already registered, so there is no invitation
    hint: to see whether they can sign in, run `admit why ada@example.com`; for a new password, run `admit reset password ada@example.com`; to end their access, run `admit remove ada@example.com`
    [exit 4]
    ");
    assert_snapshot!(world.changes_nothing("resend bob@example.com"), @r"
----
error: bob@example.com: the access has expired: Thu 5 Mar 2026 09:00 (just now)
hint: run `admit extend bob@example.com --for 30d`: it also sends an invitation
[exit 4]
");
    world.run("remove ada@example.com").done();
    assert_snapshot!(world.changes_nothing("resend ada@example.com"), @"
    ----
    error: ada@example.com: has already registered, so there is no invitation
    hint: to see whether they can sign in, run `admit why ada@example.com`; for a new password, run `admit reset password ada@example.com`; to end their access, run `admit remove ada@example.com`
    [exit 4]
    ");
}

#[test]
fn a_dry_run_makes_no_link() {
    let world = World::new();
    world.run("invite ada@example.com").done();
    assert_snapshot!(world.changes_nothing("resend ada@example.com -n"), @r"
ada@example.com: would change: invited → invited again to main as member, permanent; the previous link, from Mon 2 Mar 2026 09:00 (just now), no longer works; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail would be queued
[exit 0]
");
    world.register("ada@example.com");
}

#[test]
fn a_link_is_printed_on_demand_only() {
    let mut world = World::new();
    world.run("invite ada@example.com").done();
    let plain = world.run("resend ada@example.com");
    assert!(!plain.stdout.contains("adm_"), "{plain}");
    assert_snapshot!(world.run("resend ada@example.com --print-link"), @r"
ada@example.com: invited → invited again to main as member, permanent; the previous link, from Mon 2 Mar 2026 09:00 (just now), no longer works; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory
  adm_TOKEN
[exit 0]
");
    world.vars.insert(
        "ADMIT_LINKS_REGISTER".into(),
        "https://panel.example.com/in?t={token}".into(),
    );
    assert_snapshot!(world.run("resend ada@example.com --print-link"), @r"
ada@example.com: invited → invited again to main as member, permanent; the previous link, from Mon 2 Mar 2026 09:00 (just now), no longer works; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory
  https://panel.example.com/in?t=adm_TOKEN
[exit 0]
");
    let row = world.row("resend ada@example.com --print-link");
    let (link, token) = (
        row["link"].as_str().unwrap(),
        row["token"].as_str().unwrap(),
    );
    assert!(link.ends_with(token) && token.starts_with("adm_"), "{row}");
    let input = format!("{token}\n{PASSWORD}\n");
    world.pipe("self register", input).done();
}
