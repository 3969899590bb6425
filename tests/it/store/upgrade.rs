//! Bringing a store of an earlier version to the present schema.

use std::fs;
use std::path::Path;

use admit::store::{Fault, Store, Upgraded};
use admit::vault::{Entropy, Vault, keyfile};

use crate::engine::Place;
use crate::story::released::released;
use crate::support::bench_store::{START, at, folder, operator};

/// A store of an earlier version, and where it is.
struct Old {
    home: tempfile::TempDir,
    place: Place,
    schema: i64,
}

impl Old {
    fn each(test: impl Fn(&Self)) {
        for (schema, golden) in released() {
            if schema == Store::schema() {
                continue;
            }
            let home = folder();
            let place = Place::of_lab(home.path());
            place.hold_released(&golden);
            let key = home.path().join("key");
            fs::copy(golden.join("key"), &key).unwrap();
            fs::set_permissions(&key, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            test(&Self {
                home,
                place,
                schema,
            });
        }
    }

    fn vault(&self) -> Vault {
        let ring = keyfile::load(&self.home.path().join("key")).unwrap();
        Vault::new(ring, Entropy::seeded(3))
    }

    fn as_it_is(&self) -> Store {
        Store::open_as_it_is(&self.place.location(), self.vault()).unwrap()
    }

    fn open(&self) -> Result<Store, Fault> {
        Store::open(&self.place.location(), self.vault(), true)
    }

    fn upgrade(&self, store: &mut Store) -> Result<Upgraded, Fault> {
        store.upgrade(&operator(), at(START), &self.copy())
    }

    fn copy(&self) -> std::path::PathBuf {
        self.home.path().join("copy")
    }

    fn entries(&self) -> i64 {
        self.place.raw().one(
            "select count(*) from audit where action = 'store-upgraded'",
            &[],
        )
    }
}

fn everything(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap()
}

#[test]
fn it_is_refused_until_it_has_the_present_schema() {
    Old::each(|old| {
        let before = old.place.bytes();
        let fault = old.open().map(|_| ()).unwrap_err();
        let Fault::Outdated { found, known, .. } = &fault else {
            panic!("{fault}");
        };
        assert_eq!((*found, *known), (old.schema, Store::schema()));
        assert!(fault.is_lasting() && !fault.is_passing());
        assert!(Store::is_there(&old.place.location()).unwrap());
        assert!(old.place.bytes() == before);

        let mut store = old.as_it_is();
        assert_eq!(store.its_schema(), old.schema);
        let people = store.read(|tx| tx.count_accounts()).unwrap();
        assert!(people > 40);
        let done = old.upgrade(&mut store).unwrap();
        assert_eq!((done.from, done.to), (old.schema, Store::schema()));
        assert_eq!(store.its_schema(), Store::schema());
        drop(store);
        let mut store = old.open().unwrap();
        assert_eq!(store.read(|tx| tx.count_accounts()).unwrap(), people);
        assert!(
            store
                .read(|tx| tx.verify_audit(None, |_| {}))
                .unwrap()
                .is_ok()
        );
        assert!(store.check().unwrap().is_empty());
        assert_eq!(old.entries(), 1);
        // And once more.
        let done = old.upgrade(&mut old.as_it_is()).unwrap();
        assert_eq!((done.from, done.to), (Store::schema(), Store::schema()));
        assert_eq!(done.copy, None);
        assert_eq!(old.entries(), 1);
    });
}

#[test]
fn of_a_file_there_is_a_copy_as_it_was() {
    Old::each(|old| {
        let mut store = old.as_it_is();
        // A name that is taken keeps what it has.
        fs::write(old.copy(), "mine").unwrap();
        let done = old.upgrade(&mut store).unwrap();
        assert_eq!(everything(&old.copy()), b"mine");
        let Some(copy) = done.copy else {
            assert!(store.role().is_some(), "only a server has none");
            return;
        };
        assert_eq!(copy, old.home.path().join("copy-2"));
        let mut copied =
            Store::open_as_it_is(&admit::store::Location::File(copy), old.vault()).unwrap();
        assert_eq!(copied.its_schema(), old.schema);
        assert!(copied.check().unwrap().is_empty());
        let head = |store: &mut Store| store.read(|tx| tx.audit_head()).unwrap().seq;
        assert_eq!(head(&mut copied) + 1, head(&mut store));
    });
}

#[test]
fn a_dry_run_leaves_it_as_it_is() {
    Old::each(|old| {
        let mut store = old.as_it_is();
        store.dry_run();
        let done = old.upgrade(&mut store).unwrap();
        assert_eq!((done.from, done.to), (old.schema, Store::schema()));
        assert_eq!(done.copy, None);
        drop(store);
        assert_eq!(old.entries(), 0);
        assert!(!old.copy().exists());
        assert!(matches!(old.open(), Err(Fault::Outdated { .. })));
    });
}

#[test]
fn who_comes_second_finds_it_done() {
    Old::each(|old| {
        let (mut one, mut other) = (old.as_it_is(), old.as_it_is());
        old.upgrade(&mut one).unwrap();
        let done = old.upgrade(&mut other).unwrap();
        assert_eq!((done.from, done.to), (Store::schema(), Store::schema()));
        assert_eq!(done.copy, None);
        assert_eq!(old.entries(), 1);
    });
}

#[test]
fn what_somebody_planted_is_not_upgraded() {
    Old::each(|old| {
        old.place
            .raw()
            .batch("create table planted (id bigint)")
            .unwrap();
        let fault = Store::open_as_it_is(&old.place.location(), old.vault()).map(|_| ());
        assert!(
            matches!(&fault, Err(Fault::Foreign { why, .. }) if why.contains("planted")),
            "{fault:?}"
        );
    });
}
