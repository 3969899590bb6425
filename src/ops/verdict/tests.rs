//! What comes between a look at a right password and its verdict.

use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::*;
use crate::domain::address::Address;
use crate::domain::event::{Actor, Source};
use crate::domain::lockout::{LockFacts, LockLimits};
use crate::domain::refusal::Refusal;
use crate::ops::credentials::Second;
use crate::ops::invite::{Invite, invite};
use crate::ops::verify_password::verify_password;
use crate::store::Location;
use crate::vault::{Entropy, HashCost, KeyRing, Vault};

const ADA: &str = "ada@example.com";
const PASSWORD: &str = "correct horse battery";
const OTHER: &str = "another fine pass phrase";
const LIMITS: LockLimits = LockLimits {
    wrong_passwords: 6,
    wrong_codes: 6,
    locks_in_a_row: Some(3),
};
/// Another cost than the store's.
const DEARER: HashCost = HashCost {
    passes: 3,
    ..HashCost::FLOOR
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn op() -> Op {
    Op {
        now: at("2026-03-01T12:00:00Z"),
        wall: at("2026-03-01T12:00:00Z"),
        zone: TimeZone::UTC,
        actor: Actor {
            source: Source::Gate,
            operator: "panel".into(),
            ip: None,
        },
    }
}

/// A store with one person, who has [`PASSWORD`].
struct World {
    _folder: tempfile::TempDir,
    store: Store,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let vault = Vault::new(
            KeyRing::generate(&Entropy::seeded(1)).unwrap(),
            Entropy::seeded(2),
        );
        let place = Location::File(folder.path().join("store"));
        let mut world = Self {
            store: Store::create(&place, vault, &op().actor, op().now).unwrap(),
            _folder: folder,
        };
        world.change(|tx| tx.set_store_setting("argon2", "19456,2,1"));
        world.invite();
        world.set_password(PASSWORD, HashCost::FLOOR, "2026-03-01T12:00:00Z");
        world
    }

    fn change<T: 'static>(&mut self, mut work: impl FnMut(&mut Tx<'_>) -> Result<T, Fault>) -> T {
        let done = self.store.change(|tx| work(tx).map(Done::unrecorded));
        done.unwrap()
    }

    fn invite(&mut self) {
        let request = Invite {
            address: Address::parse(ADA).unwrap(),
            panel: None,
            name: None,
            note: None,
            phone: None,
            lang: None,
            role: None,
            term: None,
            notify: false,
            mail: true,
            bulk: false,
            resend_pending: false,
        };
        let done: Result<_, OpError> = self.store.change(|tx| {
            let scope = Scope::load(tx)?;
            Ok(Done::recorded(invite(tx, &scope, &op(), &request)?))
        });
        done.unwrap();
    }

    fn set_password(&mut self, password: &str, cost: HashCost, when: &str) {
        let phc = cost.hash(&secret(password), &Entropy::seeded(3)).unwrap();
        self.change(|tx| tx.set_password(1, &phc, 15, at(when)));
    }

    fn lock(&mut self) -> LockFacts {
        let account = self.store.read(|tx| tx.account_by_id(1));
        account.unwrap().unwrap().lock
    }

    /// Looks at the right password and has its try open; then does `between`, and then writes the verdict.
    fn verdict(
        &mut self,
        between: impl FnOnce(&mut Self),
        work: impl Fn() -> Result<Done<Result<(), Denied>>, OpError>,
    ) -> Result<Result<(), Denied>, OpError> {
        let (op, password) = (op(), secret(PASSWORD));
        let credentials = Credentials {
            address: ADA,
            password: &password,
            panel: "main",
            ticket: None,
            second: Second::default(),
        };
        let pause = |_: Duration| panic!("nothing to wait for");
        let proven = verify_password(&mut self.store, &op, &credentials, &pause).unwrap();
        let Ok(mut proven) = proven else {
            panic!("the password is right")
        };
        assert_eq!(self.lock().open_tries, 1);
        between(self);
        verdict(
            &mut self.store,
            &op,
            &credentials,
            &mut proven,
            |_, _, _, _| work(),
        )
    }
}

/// The work of an operation that has nothing to record.
#[expect(clippy::unnecessary_wraps, reason = "the work of a verdict can fail")]
fn in_order() -> Result<Done<Result<(), Denied>>, OpError> {
    Ok(Done::unrecorded(Ok(())))
}

#[test]
fn a_try_is_given_back_when_nothing_is_in_the_way() {
    let mut world = World::new();
    assert!(world.verdict(|_| {}, in_order).unwrap().is_ok());
    let lock = world.lock();
    assert_eq!((lock.open_tries, lock.wrong), (0, 0));
}

#[test]
fn a_password_that_was_replaced_meanwhile_is_refused_and_counts_for_nothing() {
    let mut world = World::new();
    for second in 1..=16 {
        let when = format!("2026-03-01T12:00:{second:02}Z");
        let replaced = world.verdict(
            |world| world.set_password(OTHER, HashCost::FLOOR, &when),
            || panic!("it is no longer the person's password"),
        );
        let denied = replaced.unwrap().unwrap_err();
        assert_eq!(
            (denied.reason, denied.cause.as_str()),
            ("invalid-credentials", "password-changed")
        );
        let lock = world.lock();
        assert_eq!((lock.open_tries, lock.wrong, lock.locked_at), (0, 0, None));
        world.set_password(PASSWORD, HashCost::FLOOR, &when);
    }
}

#[test]
fn the_same_password_with_a_new_hash_is_still_right() {
    let mut world = World::new();
    let new = DEARER.hash(&secret(PASSWORD), &Entropy::seeded(4)).unwrap();
    let rehash = |world: &mut World| {
        let phc = world.store.read(|tx| tx.password_hash(1)).unwrap().unwrap();
        assert!(world.change(|tx| tx.rehash_password(1, &phc, &new)));
    };
    assert!(world.verdict(rehash, in_order).unwrap().is_ok());
    assert_eq!(world.lock().open_tries, 0);
}

#[test]
fn another_password_set_in_the_same_millisecond_is_not_taken_for_a_new_hash() {
    let mut world = World::new();
    let replaced = world.verdict(
        |world| world.set_password(OTHER, HashCost::FLOOR, "2026-03-01T12:00:00Z"),
        || panic!("it is no longer the person's password"),
    );
    assert_eq!(replaced.unwrap().unwrap_err().cause, "password-changed");
    assert_eq!(world.lock().open_tries, 0);
}

#[test]
fn a_try_is_given_back_when_what_follows_fails() {
    let mut world = World::new();
    for _ in 0..16 {
        let failed = world.verdict(|_| {}, || Err(Refusal::SessionEnded.into()));
        assert!(matches!(failed, Err(OpError::Refused(_))));
        let failed = world.verdict(|_| {}, || Err(Fault::Other("broken".into()).into()));
        assert!(matches!(failed, Err(OpError::Store(_))));
        let lock = world.lock();
        assert_eq!((lock.open_tries, lock.wrong), (0, 0));
    }
}

/// It may have been given back by the transaction whose end is not known; twice would let one more be looked at than
/// may be wrong.
#[test]
fn a_try_whose_end_is_not_known_stays_counted() {
    let mut world = World::new();
    let unsettled = || Err(Fault::Unsettled("the server".into()).into());
    assert!(world.verdict(|_| {}, unsettled).is_err());
    assert_eq!(world.lock().open_tries, 1);
}

#[test]
fn a_try_of_somebody_erased_changes_nothing_of_whoever_has_the_number_now() {
    let mut world = World::new();
    let replaced = world.verdict(
        |world| {
            world.change(|tx| tx.erase_account(1));
            world.invite();
            world.set_password(PASSWORD, HashCost::FLOOR, "2026-03-01T12:00:00Z");
            world.change(|tx| tx.reserve_try(1, LIMITS, op().now));
        },
        || panic!("the account is gone"),
    );
    assert_eq!(replaced.unwrap().unwrap_err().cause, "password-changed");
    assert_eq!(world.lock().open_tries, 1, "the other person's try");
}
