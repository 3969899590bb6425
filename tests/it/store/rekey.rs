//! A new key takes over from another.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use admit::domain::account::Account;
use admit::domain::second_factor::Method;
use admit::ops::rekey::{change_key, key_state, reseal};
use admit::store::{Done, Fault, Resealed, Store, Tx};
use admit::vault::{Entropy, KeyId, KeyRing, Purpose, TotpSecret, Vault, VaultError, keyfile};

use super::accounts::add;
use crate::support::bench_codes::digits;
use crate::support::bench_store::{ADA, BOB, CYD, Lab, START, at, audit_of, on_each_engine};
use crate::support::cell::Cell;

const STEP: i64 = 59_076_000;
const END: &str = "2026-03-01T12:10:00Z";

/// Every column with boxes, and how many of them name a key.
fn boxes(lab: &Lab, key: KeyId) -> i64 {
    let raw = lab.raw();
    [
        "account.audit_key",
        "second_factor.secret",
        "factor_offer.secret",
        "sent_code.code",
    ]
    .iter()
    .map(|column| {
        let (table, _) = column.split_once('.').unwrap();
        let sql = format!("select count(*) from {table} where substr({column}, 2, 4) = $1");
        raw.one::<i64>(&sql, &[Cell::Blob(key.as_bytes().to_vec())])
    })
    .sum()
}

/// The lab's keys in a file.
fn key_file(lab: &Lab) -> PathBuf {
    let path = lab.folder.path().join("key");
    if !path.exists() {
        fs::write(&path, &lab.keys).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    path
}

fn from_file(lab: &Lab, seed: u64) -> Store {
    let vault = Vault::from_file(&key_file(lab), Entropy::seeded(seed)).unwrap();
    Store::open(&lab.place.location(), vault, true).unwrap()
}

/// A second key, first in the file; the lab goes on with it.
fn next_key(lab: &mut Lab) -> (KeyId, KeyId) {
    let path = key_file(lab);
    let old = lab.store.vault().key_id();
    let new = keyfile::key_after(&path, old, &Entropy::seeded(50))
        .unwrap()
        .id;
    lab.keys = fs::read_to_string(&path).unwrap();
    lab.store = from_file(lab, 51);
    (old, new)
}

/// Three people; Ada with an authenticator, Bob with an offer, Cyd with a code that waits.
struct Cast {
    ada: Account,
    bob: Account,
    cyd: Account,
    secret: TotpSecret,
    holder: admit::vault::Token,
    code: i64,
    ticket: admit::vault::Token,
}

fn cast(lab: &mut Lab) -> Cast {
    lab.settle(|tx| {
        [ADA, BOB, CYD]
            .iter()
            .try_for_each(|who| add(tx, who).map(drop))
    });
    let (ada, bob, cyd) = (lab.account(ADA), lab.account(BOB), lab.account(CYD));
    let secret = TotpSecret::random(&Entropy::seeded(7)).unwrap();
    let holder = lab.vault(8).random_token(Purpose::Ticket).unwrap();
    let mut sent = None;
    lab.settle(|tx| {
        tx.set_factor(&ada, &secret, STEP, at(START))?;
        tx.offer_factor(&bob, &secret, &holder.hash(), at(START), at(END))?;
        sent = Some(tx.add_sent_code(&cyd, 1, Method::Mail, 0, at(START), at(END))?);
        Ok(())
    });
    let (code, ticket) = sent.unwrap();
    Cast {
        ada,
        bob,
        cyd,
        secret,
        holder,
        code,
        ticket,
    }
}

impl Cast {
    /// All of it can be read with the keys of the store.
    fn assert_opens(&self, lab: &mut Lab) {
        let ada = lab.look(|tx| tx.second_factor(&self.ada)).unwrap();
        assert_eq!(ada.secret.as_bytes(), self.secret.as_bytes());
        let bob = lab.look(|tx| tx.factor_offer(&self.bob, &self.holder.hash(), at(START)));
        assert_eq!(bob.unwrap().as_bytes(), self.secret.as_bytes());
        assert_eq!(self.code(lab).len(), 6);
        assert!(lab.audit().iter().all(|entry| entry.needs_key.is_none()));
        lab.verify();
    }

    fn code(&self, lab: &mut Lab) -> String {
        let code = lab.look(|tx| tx.code_to_send(self.code, &self.cyd));
        code.unwrap().expose().clone()
    }
}

fn batch(store: &mut Store, so_far: Resealed, most: i64) -> Result<Resealed, Fault> {
    let mut next = so_far;
    store.change_relaxed(|tx| {
        next = tx.reseal(so_far, most)?;
        Ok::<_, Fault>(())
    })?;
    Ok(next)
}

/// Keeps one key of the lab's file.
fn keep_only(lab: &mut Lab, key: KeyId) {
    let line = |line: &&str| line.contains(&format!("admit-key-1 {key} "));
    let text: String = lab.keys.lines().filter(line).collect();
    lab.keys = format!("{text}\n");
    fs::write(key_file(lab), &lab.keys).unwrap();
}

#[test]
fn everything_is_sealed_anew_batch_by_batch() {
    on_each_engine(|lab| {
        let cast = cast(lab);
        let (old, new) = next_key(lab);
        assert_eq!((boxes(lab, old), boxes(lab, new)), (6, 0));
        assert_eq!(
            lab.look(|tx| tx.sealed_values()),
            (6, 0),
            "nothing is older than the store's key"
        );
        let op = lab.op();
        assert!(change_key(&mut lab.store, &op, old, new).unwrap());
        assert_eq!(lab.look(|tx| tx.sealed_values()), (6, 6));
        cast.assert_opens(lab);

        let (mut so_far, mut left) = (Resealed::default(), Vec::new());
        while !so_far.is_complete() {
            so_far = batch(&mut lab.store, so_far, 2).unwrap();
            left.push(lab.look(|tx| tx.sealed_values()).1);
            cast.assert_opens(lab);
        }
        assert_eq!(left, [4, 3, 2, 1, 0]);
        assert_eq!((so_far.done, so_far.damaged), (6, 0));
        assert_eq!((boxes(lab, old), boxes(lab, new)), (0, 6));
        // A second pass has nothing to do.
        let again = reseal(&mut lab.store, &op, &mut |_| true).unwrap();
        assert_eq!((again.done, again.is_complete()), (0, true));
        // Nothing of it needs the old key any more.
        keep_only(lab, new);
        lab.store = lab.another(60);
        cast.assert_opens(lab);
    });
}

#[test]
fn a_change_of_keys_has_a_beginning_and_an_end() {
    on_each_engine(|lab| {
        cast(lab);
        let (old, new) = next_key(lab);
        let keys = lab.look(|tx| tx.keys());
        assert_eq!((keys.current, keys.former), (old, None));
        let op = lab.op();
        assert!(!change_key(&mut lab.store, &op, new, old).unwrap());
        assert!(change_key(&mut lab.store, &op, old, new).unwrap());
        assert!(
            !change_key(&mut lab.store, &op, old, new).unwrap(),
            "it was changed already"
        );
        let found = key_state(&mut lab.store).unwrap();
        assert_eq!((found.keys.current, found.keys.former), (new, Some(old)));
        assert_eq!(found.left, 6);
        // It stops when it is told to, and the next run goes on.
        let stopped = reseal(&mut lab.store, &op, &mut |_| false).unwrap();
        assert!(!stopped.is_complete());
        assert_eq!(lab.look(|tx| tx.keys()).former, Some(old));
        let seq = lab.head().seq;
        assert!(
            reseal(&mut lab.store, &op, &mut |_| true)
                .unwrap()
                .is_complete()
        );
        assert_eq!(lab.look(|tx| tx.keys()).former, None);
        assert_eq!(lab.actions_after(seq), ["store-resealed"]);
        lab.settle(|tx| {
            assert!(!tx.end_change_of_key()?);
            Ok(())
        });
        // Whoever comes to the end second records nothing.
        reseal(&mut lab.store, &op, &mut |_| true).unwrap();
        assert_eq!(lab.head().seq, seq + 1);
        let rekeyed = lab
            .audit()
            .into_iter()
            .find(|entry| entry.action == "store-rekeyed");
        let detail = rekeyed.unwrap().detail;
        assert_eq!(detail["before"], old.to_string());
        assert_eq!(detail["after"], new.to_string());
    });
}

#[test]
fn who_had_the_store_open_goes_on_with_the_new_key() {
    on_each_engine(|lab| {
        let cast = cast(lab);
        let mut with_file = from_file_before(lab);
        let mut without = lab.another(61);
        let (old, new) = next_key(lab);
        let op = lab.op();
        change_key(&mut lab.store, &op, old, new).unwrap();
        reseal(&mut lab.store, &op, &mut |_| true).unwrap();

        let read = with_file.read(|tx| tx.second_factor(&cast.ada)).unwrap();
        assert_eq!(read.unwrap().secret.as_bytes(), cast.secret.as_bytes());
        assert_eq!(with_file.vault().key_id(), new);
        let set = |tx: &mut Tx<'_>| {
            tx.set_factor(&cast.bob, &cast.secret, STEP, at(START))?;
            Ok::<_, Fault>(Done::unrecorded(()))
        };
        with_file.change(set).unwrap();
        assert_eq!((boxes(lab, old), boxes(lab, new)), (0, 7));

        // Keys that came from no file are not looked for; nothing is written then.
        let read = without.read(|tx| tx.second_factor(&cast.ada).map(drop));
        for refused in [read, without.change(set)] {
            let Err(Fault::NewKey { wanted, has }) = refused else {
                panic!("{refused:?}");
            };
            assert_eq!((wanted, has), (new.to_string(), old.to_string()));
        }
        assert_eq!((boxes(lab, old), boxes(lab, new)), (0, 7));
    });
}

fn from_file_before(lab: &Lab) -> Store {
    let store = from_file(lab, 62);
    assert_eq!(store.vault().key_ids().count(), 1);
    store
}

#[test]
fn a_code_that_was_sent_before_is_right_afterwards() {
    on_each_engine(|lab| {
        let cast = cast(lab);
        let code = cast.code(lab);
        let (old, new) = next_key(lab);
        let op = lab.op();
        change_key(&mut lab.store, &op, old, new).unwrap();
        reseal(&mut lab.store, &op, &mut |_| true).unwrap();
        let wrong = if code == "123456" { "654321" } else { "123456" };
        let mut used = Vec::new();
        // Without the old key nobody can tell that it is right.
        let both = lab.keys.clone();
        keep_only(lab, new);
        let mut forgetful = lab.another(63);
        forgetful
            .change(|tx| {
                used.push(tx.use_sent_code(
                    cast.code,
                    &cast.ticket.hash(),
                    &digits(&code),
                    at(START),
                )?);
                Ok::<_, Fault>(Done::unrecorded(()))
            })
            .unwrap();
        lab.keys = both;
        lab.store = lab.another(64);
        for typed in [wrong, &code, &code] {
            lab.settle(|tx| {
                used.push(tx.use_sent_code(
                    cast.code,
                    &cast.ticket.hash(),
                    &digits(typed),
                    at(START),
                )?);
                Ok(())
            });
        }
        assert_eq!(used, [false, false, true, false]);
    });
}

#[test]
fn what_is_damaged_stays_and_a_key_that_is_missing_stops_it() {
    on_each_engine(|lab| {
        let cast = cast(lab);
        let (old, new) = next_key(lab);
        let op = lab.op();
        change_key(&mut lab.store, &op, old, new).unwrap();
        let both = lab.keys.clone();
        keep_only(lab, new);
        let mut forgetful = lab.another(65);
        let stopped = batch(&mut forgetful, Resealed::default(), 10).unwrap_err();
        assert!(
            matches!(&stopped, Fault::Vault(VaultError::NoSuchKey(key)) if *key == old),
            "{stopped}"
        );
        assert_eq!(boxes(lab, old), 6);
        lab.keys = both;

        let damaged: Vec<u8> = [&[1], old.as_bytes().as_slice(), &[0; 60]].concat();
        lab.raw()
            .execute(
                "update second_factor set secret = $1 where account_id = $2",
                &[Cell::Blob(damaged.clone()), cast.ada.id.into()],
            )
            .unwrap();
        // A key that nobody ever had is a damage as well, and stops nothing.
        let nobody = KeyId::from_bytes([0xee; 4]);
        let other: Vec<u8> = [&[1], nobody.as_bytes().as_slice(), &[0; 60]].concat();
        lab.raw()
            .execute("update factor_offer set secret = $1", &[Cell::Blob(other)])
            .unwrap();
        let resealed = reseal(&mut lab.store, &op, &mut |_| true).unwrap();
        assert_eq!((resealed.done, resealed.damaged), (4, 2));
        let left: Vec<u8> = lab.raw().one("select secret from second_factor", &[]);
        assert_eq!(left, damaged);
        assert_eq!(lab.look(|tx| tx.keys()).former, None);
    });
}

#[test]
fn entries_whose_key_is_gone_are_listed_and_the_chain_holds() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        let nobody = lab.op_from("192.0.2.77");
        let work = |tx: &mut Tx<'_>| {
            let event = nobody.event(admit::domain::event::Action::UnknownAddressTried);
            tx.record(event.with("tries", 3))?;
            Ok::<_, Fault>(Done::recorded(()))
        };
        lab.store.change(work).unwrap();
        let (old, new) = next_key(lab);
        let op = lab.op();
        change_key(&mut lab.store, &op, old, new).unwrap();
        lab.store.change(work).unwrap();
        let before = lab.audit();
        let both = lab.keys.clone();
        keep_only(lab, new);

        // Before the rows were sealed anew: neither the person's entries nor the old stranger's can be read.
        let mut forgetful = lab.another(66);
        let entries = audit_of(&mut forgetful);
        assert_eq!(entries.len(), before.len());
        for (entry, was) in entries.iter().zip(&before) {
            let says_something =
                was.account.is_some() || (was.personal.ip.is_some() && entry.seq <= 3);
            assert_eq!(
                entry.needs_key,
                says_something.then_some(old),
                "{}",
                entry.seq
            );
            assert!(!entry.erased && entry.hash == was.hash);
        }
        assert!(
            forgetful
                .read(|tx| tx.verify_audit(None, |_| {}))
                .unwrap()
                .is_ok()
        );

        // Afterwards the old stranger's alone.
        lab.keys = both;
        reseal(&mut lab.store, &op, &mut |_| true).unwrap();
        keep_only(lab, new);
        lab.store = lab.another(67);
        let entries = lab.audit();
        let unreadable: Vec<i64> = entries
            .iter()
            .filter(|entry| entry.needs_key == Some(old))
            .map(|entry| entry.seq)
            .collect();
        let stranger = before
            .iter()
            .find(|entry| entry.action == "unknown-address-tried");
        assert_eq!(unreadable, [stranger.unwrap().seq]);
        let ips = entries
            .iter()
            .filter(|entry| entry.personal.ip.as_deref() == Some("192.0.2.77"));
        assert_eq!(ips.count(), 1, "what was sealed with the new key opens");
        lab.verify();
    });
}

#[test]
fn links_of_either_key_are_made_again_while_the_key_is_there() {
    on_each_engine(|lab| {
        let first = lab.invite(ADA).link_id.unwrap();
        let token = lab.token(first);
        let (old, new) = next_key(lab);
        let op = lab.op();
        change_key(&mut lab.store, &op, old, new).unwrap();
        reseal(&mut lab.store, &op, &mut |_| true).unwrap();
        let second = lab.invite(BOB).link_id.unwrap();
        assert_eq!(lab.link(second).key_id, new.to_stored());
        assert_eq!(lab.token(first).as_str(), token.as_str());
        keep_only(lab, new);
        lab.store = lab.another(68);
        let link = lab.link(first);
        assert!(lab.look(|tx| Ok(tx.token_of(&link))).is_none());
        let link = lab.link(second);
        assert!(lab.look(|tx| Ok(tx.token_of(&link))).is_some());
        // A link that is out works without its key, and the mail that waits for it says what is missing.
        lab.register(&token, crate::support::bench_store::PASSWORD)
            .unwrap();
    });
}

#[test]
fn a_ring_of_strangers_opens_no_store() {
    on_each_engine(|lab| {
        let (old, new) = next_key(lab);
        let op = lab.op();
        change_key(&mut lab.store, &op, old, new).unwrap();
        keep_only(lab, old);
        let ring = KeyRing::parse(&lab.keys).unwrap();
        let vault = Vault::new(ring, Entropy::seeded(69));
        let Err(Fault::WrongKey { wanted, has }) = Store::open(&lab.place.location(), vault, true)
        else {
            panic!("it opened");
        };
        assert_eq!((wanted, has), (new.to_string(), old.to_string()));
    });
}

/// Between reading the key file and opening the store somebody else may have moved it to a key that is there by now.
#[test]
fn a_store_that_was_moved_while_it_was_being_opened_opens() {
    on_each_engine(|lab| {
        let before = Vault::from_file(&key_file(lab), Entropy::seeded(60)).unwrap();
        let (old, new) = next_key(lab);
        let op = lab.op();
        assert!(change_key(&mut lab.store, &op, old, new).unwrap());
        assert!(!before.has_key(new));
        let mut store = Store::open(&lab.place.location(), before, true).unwrap();
        assert_eq!(store.vault().key_id(), new);
        store.read(|tx| tx.count_accounts()).unwrap();
    });
}
