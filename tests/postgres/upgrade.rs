//! What only an upgrade on a server can suffer.

use std::fs;

use admit::store::{Fault, Store};
use admit::vault::{Entropy, Vault, keyfile};

use crate::engine::Place;
use crate::server::{Server, admin};
use crate::story::released::released;
use crate::support::bench_store::{START, at, folder, operator};

/// A store of the first schema, owned by olga, and how to open it as somebody.
struct Old {
    home: tempfile::TempDir,
    place: Place,
}

impl Old {
    fn new() -> Self {
        let (_, golden) = released().swap_remove(0);
        let home = folder();
        let place = Place::of_lab(home.path());
        place.hold_released(&golden);
        fs::copy(golden.join("key"), home.path().join("key")).unwrap();
        let private = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        fs::set_permissions(home.path().join("key"), private).unwrap();
        Self { home, place }
    }

    fn open_by(&self, role: &str) -> Store {
        let ring = keyfile::load(&self.home.path().join("key")).unwrap();
        let vault = Vault::new(ring, Entropy::seeded(3));
        Store::open_as_it_is(&self.place.location_of(role), vault).unwrap()
    }

    fn upgrade(&self, store: &mut Store) -> Result<(), Fault> {
        store
            .upgrade(&operator(), at(START), self.home.path())
            .map(|_| ())
    }

    fn schema(&self) -> i64 {
        self.place
            .raw()
            .one("select version from schema_version", &[])
    }
}

#[test]
fn who_does_not_own_the_tables_cannot_upgrade_them() {
    let old = Old::new();
    let role = "do 'begin create role petra login; exception when duplicate_object then null; end'";
    admin(Server::running().port()).batch_execute(role).unwrap();
    old.place
        .raw()
        .batch(
            "grant usage on schema admit to petra; \
             grant select, insert, update, delete on all tables in schema admit to petra",
        )
        .unwrap();
    let fault = old.upgrade(&mut old.open_by("petra"));
    assert!(
        matches!(&fault, Err(Fault::Denied { why, .. }) if why.contains("must be owner")),
        "{fault:?}"
    );
    assert_eq!(old.schema(), 1);
    old.upgrade(&mut old.open_by("olga")).unwrap();
    assert_eq!(old.schema(), Store::schema());
}

#[test]
fn while_somebody_reads_for_long_it_gives_up_with_nothing_changed() {
    let old = Old::new();
    let reader = old.place.raw();
    reader
        .batch("begin isolation level repeatable read; select count(*) from store")
        .unwrap();
    let mut store = old.open_by("olga");
    let fault = old.upgrade(&mut store);
    assert!(matches!(fault, Err(Fault::Busy(_))), "{fault:?}");
    assert_eq!(old.schema(), 1);
    reader.batch("rollback").unwrap();
    // It is not held up by what it tried.
    old.upgrade(&mut store).unwrap();
    assert_eq!(old.schema(), Store::schema());
}
