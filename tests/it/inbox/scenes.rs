//! The stores behind the letters. Ada is in the panel main, registered, unless the name says otherwise.

use admit::mail::DeliveryFault;

use crate::support::phone::Phone;
use crate::support::world::{DAY, HOUR, MINUTE, PASSWORD, WRONG, World};

use super::NEW;

const ADA: &str = "ada@example.com";

/// Runs command lines in order, each of which must work.
fn after(world: World, lines: &[&str]) -> World {
    for line in lines {
        world.run(line).done();
    }
    world
}

/// Time goes by.
fn later(world: World, time: std::time::Duration) -> World {
    world.advance(time);
    world
}

pub(super) fn nobody() -> World {
    World::new()
}

pub(super) fn ada() -> World {
    World::with_ada()
}

pub(super) fn bjorn() -> World {
    let world = after(World::new(), &["invite bjorn@xn--mller-kva.example"]);
    world.register("bjorn@xn--mller-kva.example");
    world
}

// Invitations

pub(super) fn invited() -> World {
    after(World::new(), &["invite ada@example.com"])
}

pub(super) fn invited_long_ago() -> World {
    later(invited(), 8 * DAY)
}

pub(super) fn invited_without_mail() -> World {
    after(World::new(), &["invite ada@example.com --no-mail"])
}

pub(super) fn invitation_revoked() -> World {
    after(invited(), &["revoke ada@example.com"])
}

pub(super) fn invitation_superseded() -> World {
    let world = invited();
    let old = world.token(ADA);
    let world = after(later(world, HOUR), &["resend ada@example.com"]);
    let run = world.pipe("self register", format!("{old}\n{PASSWORD}\n"));
    assert_eq!(run.code, 4, "{run}");
    world
}

pub(super) fn invited_for_a_week_that_is_past() -> World {
    later(
        after(World::new(), &["invite ada@example.com --for 7d"]),
        8 * DAY,
    )
}

pub(super) fn asks_for_a_reset_and_never_registered() -> World {
    let world = invited_long_ago();
    forgets(&world, 1);
    world
}

pub(super) fn invited_to_the_wrong_address_and_moved() -> World {
    after(
        World::new(),
        &[
            "invite ada@exmaple.com",
            "edit ada@exmaple.com --address ada@example.com",
        ],
    )
}

// Access

pub(super) fn removed() -> World {
    after(ada(), &["remove ada@example.com"])
}

pub(super) fn removed_everywhere() -> World {
    let world = ada();
    world.add_panel("shop");
    after(
        world,
        &[
            "invite ada@example.com --panel shop",
            "remove ada@example.com --everywhere --yes",
        ],
    )
}

pub(super) fn two_panels() -> World {
    let world = ada();
    world.add_panel("shop");
    world
}

pub(super) fn ended() -> World {
    let world = after(World::new(), &["invite ada@example.com --for 3d"]);
    world.register(ADA);
    later(world, 4 * DAY)
}

pub(super) fn cut_short() -> World {
    later(
        after(ada(), &["extend ada@example.com --until 2026-03-04"]),
        5 * DAY,
    )
}

pub(super) fn ended_in_one_of_two() -> World {
    let world = after(
        two_panels(),
        &["invite ada@example.com --panel shop --for 3d"],
    );
    later(world, 4 * DAY)
}

pub(super) fn ends_tomorrow() -> World {
    let world = after(World::new(), &["invite ada@example.com --for 3d"]);
    world.register(ADA);
    later(world, 2 * DAY)
}

pub(super) fn removed_while_temporary() -> World {
    let world = after(World::new(), &["invite ada@example.com --for 30d"]);
    world.register(ADA);
    after(later(world, DAY), &["remove ada@example.com"])
}

pub(super) fn removed_administrator() -> World {
    after(
        ada(),
        &[
            "role-of ada@example.com --set admin",
            "remove ada@example.com",
        ],
    )
}

pub(super) fn erased() -> World {
    after(
        ada(),
        &["remove ada@example.com --erase --yes --reason 'asked for it'"],
    )
}

pub(super) fn trial_ended() -> World {
    later(after(ada(), &["panel set trial-ends=2026-03-20"]), 30 * DAY)
}

// Locks

pub(super) fn locked() -> World {
    let world = ada();
    world.lock(ADA);
    later(world, 3 * HOUR)
}

pub(super) fn locked_with_two_locks_before() -> World {
    let world = ada();
    world.lock(ADA);
    let world = after(world, &["unlock ada@example.com"]);
    world.lock(ADA);
    world
}

pub(super) fn locked_for_good() -> World {
    let world = ada();
    world.lock_for_good(ADA);
    world
}

pub(super) fn locked_from_six_places() -> World {
    let world = ada();
    for place in 1..=6 {
        guess(&world, ADA, &format!("203.0.113.{place}"));
        world.advance(MINUTE);
    }
    assert_eq!(world.account_status(ADA), "locked");
    world
}

pub(super) fn locked_and_ended() -> World {
    let world = after(World::new(), &["invite ada@example.com --for 3d"]);
    world.register(ADA);
    world.lock(ADA);
    later(world, 4 * DAY)
}

pub(super) fn locked_by_codes() -> World {
    let (world, phone) = with_phone();
    wrong_codes(&world, &phone, 6);
    assert_eq!(world.account_status(ADA), "locked");
    world
}

pub(super) fn disabled() -> World {
    after(ada(), &["lock ada@example.com --reason 'left the company'"])
}

pub(super) fn disabled_for_a_week() -> World {
    after(ada(), &["lock ada@example.com --reason holiday --for 7d"])
}

pub(super) fn disabled_and_locked() -> World {
    let world = ada();
    world.lock(ADA);
    after(world, &["lock ada@example.com --reason investigation"])
}

// Passwords

pub(super) fn voided() -> World {
    later(
        after(ada(), &["reset password ada@example.com --now"]),
        3 * HOUR,
    )
}

pub(super) fn voided_by_a_permanent_lock() -> World {
    let world = after(
        locked_for_good(),
        &["unlock ada@example.com --reason 'case 1'"],
    );
    later(world, 3 * HOUR)
}

pub(super) fn password_too_old() -> World {
    later(after(ada(), &["panel set password-expiry=30d"]), 31 * DAY)
}

pub(super) fn password_too_short() -> World {
    let world = after(
        World::new(),
        &[
            "panel set password-length=8 --yes",
            "invite ada@example.com",
        ],
    );
    let input = format!("{}\nlampshade\n", world.token(ADA));
    world.pipe("self register", input).done();
    let world = after(world, &["panel set password-length=20"]);
    let run = world.sign_in(ADA, "lampshade");
    assert_eq!(run.code, 6, "{run}");
    world
}

pub(super) fn reset_link_that_ran_out() -> World {
    later(after(ada(), &["reset password ada@example.com"]), 3 * HOUR)
}

pub(super) fn reset_link_tried_too_late() -> World {
    let world = reset_link_that_ran_out();
    follow_in_vain(&world, &world.token(ADA));
    world
}

pub(super) fn reset_link_used_twice() -> World {
    let world = after(ada(), &["reset password ada@example.com"]);
    let token = world.token(ADA);
    world.set_password(ADA, NEW);
    follow_in_vain(&world, &token);
    world
}

pub(super) fn older_of_two_reset_links() -> World {
    let world = after(ada(), &["reset password ada@example.com"]);
    let old = world.token(ADA);
    let world = after(later(world, MINUTE), &["reset password ada@example.com"]);
    follow_in_vain(&world, &old);
    world
}

pub(super) fn asked_for_five_resets() -> World {
    let world = ada();
    forgets(&world, 6);
    later(world, 3 * HOUR)
}

pub(super) fn two_wrong() -> World {
    let world = ada();
    world.wrong(ADA, 2);
    world
}

pub(super) fn one_lock_before() -> World {
    let world = ada();
    world.lock(ADA);
    after(world, &["unlock ada@example.com"])
}

pub(super) fn ip_over_the_limit() -> World {
    let world = after(ada(), &["panel set wrong-per-ip=2"]);
    for number in 0..3 {
        guess(&world, &format!("guess{number}@example.com"), "203.0.113.9");
    }
    let request = format!(r#"{{"address":"{ADA}","password":"{PASSWORD}","ip":"203.0.113.9"}}"#);
    assert_eq!(world.pipe("gate sign-in", request).code, 1);
    world
}

pub(super) fn signed_in_elsewhere() -> World {
    let world = after(ada(), &["panel set sessions=one-refuse"]);
    world.sign_in(ADA, PASSWORD).done();
    world
}

// Second factors

fn with_phone() -> (World, Phone) {
    let world = after(ada(), &["panel set second-factor=required"]);
    let (phone, _) = world.with_phone(ADA, "");
    world.enter(ADA, &phone).done();
    (world, phone)
}

pub(super) fn phone_lost() -> World {
    later(with_phone().0, 12 * DAY)
}

pub(super) fn phone_ahead() -> World {
    phone_off_by(125)
}

pub(super) fn phone_behind() -> World {
    phone_off_by(-240)
}

fn phone_off_by(seconds: i64) -> World {
    let (world, mut phone) = with_phone();
    world.advance(HOUR);
    phone.ahead = seconds;
    let run = world.sign_in_with(ADA, &phone.code());
    assert_eq!(run.code, 6, "{run}");
    world
}

pub(super) fn two_wrong_codes() -> World {
    let (world, phone) = with_phone();
    wrong_codes(&world, &phone, 2);
    world
}

pub(super) fn backup_codes_used_up() -> World {
    let world = after(ada(), &["panel set second-factor=required"]);
    let (_, codes) = world.with_phone(ADA, "");
    for code in &codes {
        world.advance(MINUTE);
        world.sign_in_with(ADA, code).done();
    }
    world
}

pub(super) fn not_set_up() -> World {
    let world = after(ada(), &["panel set second-factor=required"]);
    let run = world.sign_in(ADA, PASSWORD);
    assert_eq!(run.code, 6, "{run}");
    world
}

pub(super) fn no_phone_number() -> World {
    after(
        ada(),
        &["panel set second-factor=required methods=sms --yes"],
    )
}

pub(super) fn administrator_without_codes() -> World {
    after(
        ada(),
        &[
            "role-of ada@example.com --set admin",
            "panel set second-factor=required methods=mail --yes",
        ],
    )
}

pub(super) fn reset_by_mail_where_codes_come_by_mail() -> World {
    let world = after(
        ada(),
        &[
            "panel set second-factor=required methods=mail --yes",
            "reset password ada@example.com",
        ],
    );
    world.set_password(ADA, NEW);
    world
}

fn wrong_codes(world: &World, phone: &Phone, times: usize) {
    for _ in 0..times {
        world.advance(MINUTE);
        let run = world.sign_in_with(ADA, &phone.never());
        assert_eq!(run.code, 6, "{run}");
    }
}

// Addresses

pub(super) fn new_address() -> World {
    let world = after(ada(), &["edit ada@example.com --address ada@new.example"]);
    let request = format!(r#"{{"token":"{}"}}"#, world.token("ada@new.example"));
    assert_eq!(world.pipe("gate confirm-address", request).code, 0);
    world
}

pub(super) fn new_address_waits() -> World {
    after(ada(), &["edit ada@example.com --address ada@new.example"])
}

pub(super) fn new_address_not_confirmed_in_time() -> World {
    later(new_address_waits(), 2 * DAY)
}

// Mail

pub(super) fn mail_refused() -> World {
    let world = World::new();
    fails_with(&world, false, "550 5.1.1 user unknown");
    world
}

pub(super) fn mail_waits() -> World {
    let world = World::new();
    fails_with(&world, true, "450 4.2.0 greylisted");
    world
}

/// Invites Ada while the mail server refuses, for now or for good.
fn fails_with(world: &World, retry: bool, reply: &str) {
    world.mail().fail_with(Some(DeliveryFault {
        retry,
        detail: reply.to_owned(),
    }));
    assert_eq!(world.run("invite ada@example.com").code, 0);
    world.mail().fail_with(None);
}

fn forgets(world: &World, times: usize) {
    for _ in 0..times {
        world.advance(10 * MINUTE);
        let request = format!(r#"{{"ip":null,"address":"{ADA}"}}"#);
        assert_eq!(world.pipe("gate forgot-password", request).code, 0);
    }
    world.run("mail send").done();
}

fn follow_in_vain(world: &World, token: &str) {
    let run = world.pipe("self password", format!("{token}\n{NEW}\n"));
    assert_eq!(run.code, 4, "{run}");
}

fn guess(world: &World, address: &str, ip: &str) {
    let request = format!(r#"{{"address":"{address}","password":"{WRONG}","ip":"{ip}"}}"#);
    let run = world.pipe("gate sign-in", request);
    assert_eq!(run.code, 1, "{run}");
}
