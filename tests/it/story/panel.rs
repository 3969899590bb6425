//! Panels and what they ask for.

use admit::cli::prompt::Answer;
use admit::domain::address::Address;
use admit::vault::{Entropy, TotpSecret};
use insta::assert_snapshot;

use crate::support::world::{DAY, World};

/// Ada has an authenticator and a phone, Bob a phone, Cyd neither; all are registered. Dan's access has ended.
fn four() -> World {
    let world = World::new();
    for (name, more) in [
        ("ada", "--phone +491701234567"),
        ("bob", "--phone +491701234568"),
        ("cyd", ""),
        ("dan", "--for 1d"),
    ] {
        let address = format!("{name}@example.com");
        world.run(&format!("invite {address} {more}")).done();
        world.register(&address);
    }
    world.advance(2 * DAY);
    let now = world.now();
    world.set_up(|tx| {
        let ada = Address::parse("ada@example.com").unwrap();
        let ada = tx.account(&ada)?.unwrap();
        let secret = TotpSecret::random(&Entropy::seeded(3))?;
        tx.set_factor(&ada, &secret, 1, now)
    });
    world
}

#[test]
fn a_panel_is_shown_with_every_setting() {
    let world = World::new();
    world
        .run("panel set wrong-passwords=5 support-contact=help@example.com")
        .done();
    assert_snapshot!(world.run("panel show"), @"");
    assert_snapshot!(world.line("panel show main").screen(80).run(), @"");
    assert_snapshot!(world.run("panel show -o jsonl").lines()[..5].join("\n"), @"");
    assert_snapshot!(world.run("panel show nain"), @"");
    assert_snapshot!(world.run("panel show main --panel shop"), @"");
}

#[test]
fn panels_are_listed_with_their_people() {
    let world = four();
    world.add_panel("shop");
    world
        .run("panel set shop second-factor=required trial-ends=2026-04-01 --yes")
        .done();
    world.run("invite ada@example.com --panel shop").done();
    assert_snapshot!(world.run("panel list"), @"");
    assert_snapshot!(world.run("panel ls -o jsonl"), @"");
    world.advance(40 * DAY);
    assert_snapshot!(world.run("panel list"), @"");
    // With several, all are shown, and a change has to name one.
    let rows = world.json("panel show");
    assert_eq!(rows["results"].as_array().unwrap().len(), 2 * 19);
    assert_snapshot!(world.run("panel set sessions=one-refuse"), @"");
    world
        .run("panel set sessions=one-refuse --panel shop")
        .done();
    assert_snapshot!(world.run("panel set shop sessions=one-refuse"), @"");
}

#[test]
fn several_settings_change_together_or_not_at_all() {
    let world = World::new();
    assert_snapshot!(world.run("panel set sessions=one-replace session-idle=48h default-role=auditor"), @"");
    assert_snapshot!(world.run("panel set sessions=one-replace session-idle=2d"), @"");
    assert_snapshot!(world.run("panel set session-idle= -o json"), @"");
    assert_snapshot!(world.changes_nothing("panel set sessions=many session-idle=31d"), @"");
    assert_snapshot!(world.changes_nothing("-n panel set sessions=many"), @"");
    assert_snapshot!(world.run("audit list --action setting-changed"), @"");
    world.run("panel set sessions= default-role=").done();
    let left = world.dump()["panel_setting"].clone();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn what_is_mistyped_is_told() {
    let world = World::new();
    for (line, code) in [
        ("panel set secnd-factor=required", 3),
        ("panel set colour=red", 3),
        ("panel set reset-lifetime=1h", 3),
        ("panel set second-factor=on", 2),
        ("panel set wrong-passwords=101", 2),
        ("panel set invitation-lifetime=31d", 2),
        ("panel set password-expiry=29d", 2),
        ("panel set wrong-passwords=34", 4),
        ("panel set links.reset=http://panel.example.com/{token}", 2),
        ("panel set links.reset=https://panel.example.com/", 2),
        ("panel set sender=nobody", 2),
        ("panel set default-role=memebr", 3),
        ("panel set trial-ends=2020-01-01", 2),
        ("panel set trial-ends=30d", 2),
        ("panel set main", 2),
        ("panel set sessions=many sessions=one-refuse", 2),
        ("panel set sessions=many main", 2),
        ("panel set nain sessions=many", 3),
        ("panel set main sessions=many --panel shop", 2),
        ("store set argon2=1,1,1", 2),
        ("store set reset-lifetme=1h", 3),
        ("store set sessions=many", 3),
    ] {
        let run = world.changes_nothing(&line.replace("{token}", "{token}"));
        assert_eq!(run.code, code, "{line}\n{run}");
    }
    assert_snapshot!(world.run("panel set secnd-factor=required"), @"");
    assert_snapshot!(world.run("panel set reset-lifetime=1h"), @"");
    assert_snapshot!(world.run("panel set wrong-passwords=101"), @"");
    assert_snapshot!(world.run("panel set wrong-passwords=34"), @"");
    assert_snapshot!(world.run("panel set invitation-lifetime=31d"), @"");
    assert_snapshot!(world.run("panel set links.reset=http://panel.example.com/{token}"), @"");
    assert_snapshot!(world.run("panel set sender=nobody"), @"");
    assert_snapshot!(world.run("panel set default-role=memebr"), @"");
    assert_snapshot!(world.run("panel set main"), @"");
}

#[test]
fn requiring_a_second_factor_tells_who_has_none_and_who_cannot() {
    let world = four();
    assert_snapshot!(world.run("panel set second-factor=required"), @"");
    assert_snapshot!(world.run("list --no-2fa -o plain"), @"");
    assert_snapshot!(world.run("list --status second-factor-setup-required -o plain"), @"");
    assert_snapshot!(world.run("panel set methods=sms --yes"), @"");
    assert_snapshot!(world.run("list --cannot-2fa"), @"");
    assert_snapshot!(world.run("list"), @"");
    assert_snapshot!(world.run("panel set methods=app"), @"");
}

#[test]
fn with_several_panels_the_command_that_follows_names_one() {
    let world = four();
    world.add_panel("shop");
    assert_snapshot!(world.run("panel set main methods=app,sms --yes"), @"");
}

#[test]
fn leaving_required_asks_those_with_short_passwords_for_new_ones() {
    let world = World::new();
    world.run("panel set second-factor=required").done();
    world.run("invite ada@example.com").done();
    world.register("ada@example.com");
    assert_snapshot!(world.run("panel set second-factor=optional --yes"), @"");
    assert_snapshot!(world.run("list --status password-expired -o plain"), @"");
}

#[test]
fn passwords_that_expire_are_advised_against() {
    let world = four();
    world.advance(40 * DAY);
    assert_snapshot!(world.run("panel set password-expiry=30d"), @"");
    assert_snapshot!(world.run("panel set password-expiry=off"), @"");
}

#[test]
fn what_weakens_asks_first() {
    let world = World::new();
    assert_snapshot!(world.changes_nothing("panel set second-factor=off"), @"");
    assert_snapshot!(world.changes_nothing("panel set methods=app,mail wrong-passwords=10"), @"");
    assert_snapshot!(world.ask("panel set methods=app,mail", [Answer::No]), @"");
    assert_snapshot!(world.ask("panel set methods=app,mail", [Answer::Yes]), @"");
    for weaker in [
        "second-factor=off",
        "totp-ahead=1",
        "wrong-passwords=7",
        "wrong-codes=7",
        "locks-in-a-row=4",
        "locks-in-a-row=off",
        "password-length=8",
        "methods=mail",
        "methods=app,mail,sms",
    ] {
        let run = world.changes_nothing(&format!("panel set {weaker}"));
        assert_eq!(run.code, 2, "{weaker}\n{run}");
        assert!(run.stderr.contains("--yes"), "{run}");
    }
    world.run("panel set trusted-ips=off").done();
    assert_eq!(world.run("panel set trusted-ips=30d").code, 2);
    world
        .run("panel set second-factor=required wrong-passwords=3")
        .done();
    assert_eq!(world.run("panel set second-factor=optional").code, 2);
    assert_eq!(world.run("panel set second-factor=").code, 2);
    assert_eq!(world.run("panel set second-factor=off").code, 2);
}

#[test]
fn a_trial_is_set_and_lifted() {
    let world = World::with_ada();
    assert_snapshot!(world.run("panel set trial-ends=2026-03-31"), @"");
    world.advance(40 * DAY);
    assert_eq!(world.row("list")["status"], "trial-ended");
    assert_snapshot!(world.run("panel set trial-ends=never"), @"");
    assert_eq!(world.row("list")["status"], "active");
}

#[test]
fn settings_of_the_store_are_changed() {
    let world = World::new();
    assert_snapshot!(world.run("store set reset-lifetime=1h argon2=65536,3,4"), @"");
    assert_snapshot!(world.changes_nothing("store set codes-for-operators=app,mail"), @"");
    assert_snapshot!(world.changes_nothing("store set argon2=19456,2,1"), @"");
    assert_snapshot!(world.run("store set codes-for-operators=app,mail --yes -o json"), @"");
    assert_snapshot!(world.run("store set reset-lifetime= codes-for-operators="), @"");
    let left = world.dump()["store_setting"].clone();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn the_help_names_every_key() {
    let world = World::fresh();
    assert_snapshot!(world.run("panel set --help").stdout.split_once("Keys:").unwrap().1, @"");
    assert_snapshot!(world.run("store set --help").stdout.split_once("Keys:").unwrap().1, @"");
}
