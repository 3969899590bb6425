//! A damaged file: an error or an equal answer, never a panic, and never somebody let in.

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use admit::ops::change::Snapshot;
use admit::store::{AuditFilter, Fault, PersonFilter, Store};
use admit::vault::Entropy;

use crate::support::bench_store::{ADA, BOB, Lab, PASSWORD, WRONG, days};

/// What the store answers, in two texts: what it says of people, and what it says of the past.
fn answers(lab: &Lab, store: &mut Store) -> Result<(String, String), Fault> {
    let op = lab.op();
    store.read(|tx| {
        let mut people = format!("{:?} {:?}\n", tx.panels()?, tx.store_policy()?);
        let mut ids = Vec::new();
        tx.each_person(&PersonFilter::default(), |person| {
            ids.push(person.account.id);
            let snapshot = Snapshot::of(&person.account, Some(&person.access), &op);
            let _ = writeln!(
                people,
                "{:?} {:?} {:?}",
                person.account, snapshot, person.invitation
            );
            Ok::<bool, Fault>(true)
        })?;
        for id in ids {
            let _ = writeln!(people, "{:?}", tx.open_sessions(id)?);
            let _ = writeln!(people, "{:?}", tx.mail_of(id, 100)?);
            let _ = writeln!(people, "{:?}", tx.password_hash(id)?);
        }
        let mut past = String::new();
        tx.each_audit_entry(&AuditFilter::default(), |entry| {
            if entry.damaged || entry.needs_key.is_some() {
                return Err(Fault::Other("an entry is marked as damaged".into()));
            }
            let _ = writeln!(past, "{entry:?}");
            Ok::<bool, Fault>(true)
        })?;
        Ok((people, past))
    })
}

/// What came of looking at a file.
#[derive(Debug, PartialEq)]
enum Seen {
    /// An error, or the engine's own check complains, or the chain is broken.
    Noticed,
    /// The same answers as ever.
    Equal,
    /// Other words about people: text columns are not sealed.
    OtherWords,
}

fn look_at(lab: &Lab, path: &Path, healthy: &(String, String)) -> Seen {
    let Ok(mut store) = lab.open(path, true) else {
        return Seen::Noticed;
    };
    let Ok(found) = answers(lab, &mut store) else {
        return Seen::Noticed;
    };
    let chain = store.read(|tx| tx.verify_audit(None, |_| {}));
    if !matches!(chain, Ok(Ok(_))) {
        return Seen::Noticed;
    }
    assert_eq!(
        found.1, healthy.1,
        "the chain holds, so the past must be the same"
    );
    match store.check() {
        Ok(problems) if problems.is_empty() => {}
        _ => return Seen::Noticed,
    }
    if found.0 == healthy.0 {
        Seen::Equal
    } else {
        Seen::OtherWords
    }
}

/// A store with two people and some past, closed, as bytes.
fn golden(lab: &mut Lab) -> Vec<u8> {
    lab.member(ADA);
    lab.signed_in(ADA, PASSWORD);
    lab.invite(BOB);
    lab.advance(days(1));
    lab.fail(ADA, 2);
    lab.place.empty_log();
    fs::read(lab.path()).unwrap()
}

fn place(lab: &Lab, bytes: &[u8]) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let folder = lab.folder.path().join("ward");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).unwrap();
    let path = folder.join("store.db");
    fs::write(&path, bytes).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

#[test]
fn flipped_bits_are_noticed_or_change_nothing_that_is_sealed() {
    let mut lab = Lab::new();
    let bytes = golden(&mut lab);
    let healthy = answers(&lab, &mut lab.another(5)).unwrap();
    let path = place(&lab, &bytes);
    assert_eq!(
        look_at(&lab, &path, &healthy),
        Seen::Equal,
        "the file itself is well"
    );
    let entropy = Entropy::seeded(4711);
    let mut noticed = 0;
    for _ in 0..200 {
        let random = u64::from_be_bytes(entropy.bytes().unwrap());
        let bit = usize::try_from(random % (bytes.len() as u64 * 8)).unwrap();
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let path = place(&lab, &damaged);
        let seen = catch_unwind(AssertUnwindSafe(|| look_at(&lab, &path, &healthy)))
            .unwrap_or_else(|_| panic!("bit {bit} of {} made it panic", bytes.len() * 8));
        noticed += usize::from(seen == Seen::Noticed);
    }
    assert!(noticed > 0, "no flip was noticed at all");
}

#[test]
fn a_wrong_password_is_never_let_in_by_damage() {
    use crate::support::bench_store::{IP, secret};
    use admit::ops::sign_in::{Credentials, sign_in};
    let mut lab = Lab::new();
    let bytes = golden(&mut lab);
    // The pages of the account: the row with the address and the hash.
    let needle = b"$argon2id$";
    let row = bytes
        .windows(needle.len())
        .position(|window| window == needle)
        .expect("a hash in the file");
    let entropy = Entropy::seeded(4712);
    for _ in 0..60 {
        let random = u64::from_be_bytes(entropy.bytes().unwrap());
        let near = usize::try_from(random % 2_400).unwrap();
        let bit = (row.saturating_sub(150)) * 8 + near;
        let mut damaged = bytes.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        let path = place(&lab, &damaged);
        let op = lab.op_from(IP);
        let password = secret(WRONG);
        let credentials = Credentials {
            address: ADA,
            password: &password,
            panel: "main",
            ticket: None,
            second: admit::ops::sign_in::Second::default(),
        };
        let let_in = catch_unwind(AssertUnwindSafe(|| {
            let Ok(mut store) = lab.open(&path, true) else {
                return false;
            };
            matches!(sign_in(&mut store, &op, &credentials, &|_| {}), Ok(Ok(_)))
        }));
        assert_eq!(let_in.ok(), Some(false), "bit {bit}");
    }
}

#[test]
fn a_truncated_file_is_noticed() {
    let mut lab = Lab::new();
    let bytes = golden(&mut lab);
    let healthy = answers(&lab, &mut lab.another(5)).unwrap();
    let entropy = Entropy::seeded(4713);
    for round in 0..200 {
        let random = u64::from_be_bytes(entropy.bytes().unwrap());
        let mut length = usize::try_from(random % bytes.len() as u64).unwrap();
        if round % 2 == 0 {
            // Whole pages are missing.
            length -= length % 4096;
        } else if bytes.len() - length < 4096 && bytes[length..].iter().all(|&byte| byte == 0) {
            // Zeros at the end of the last page are read as zeros, there or not: nothing is lost.
            continue;
        }
        let path = place(&lab, &bytes[..length]);
        let seen = catch_unwind(AssertUnwindSafe(|| look_at(&lab, &path, &healthy)))
            .unwrap_or_else(|_| panic!("cut to {length} bytes it panicked"));
        assert_eq!(
            seen,
            Seen::Noticed,
            "cut to {length} of {} bytes",
            bytes.len()
        );
    }
}
