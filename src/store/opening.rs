//! Creating a store, and opening an existing one.

use jiff::Timestamp;

use super::engine::{Db, Lite, Mode, Pg};
use super::fault::Fault;
use super::location::{self, Location};
use super::rollback_guard::{StoreIdentity, read_identity};
use super::{Store, Tx, rows, schema};
use crate::domain::event::{Action, Actor, Event};
use crate::domain::panel::MAIN;
use crate::vault::{KeyId, Vault, VaultError};

impl Store {
    /// Creates a new store with the panel `main`. It appears complete or not at all.
    ///
    /// # Errors
    /// [`Fault::Exists`], or an error of the file system or the server.
    pub fn create(
        location: &Location,
        mut vault: Vault,
        actor: &Actor,
        now: Timestamp,
    ) -> Result<Self, Fault> {
        let identity: [u8; 16] = vault.entropy().bytes()?;
        let key = vault.first_key();
        vault.bind(identity, key)?;
        let vault = match location {
            Location::File(path) => location::create(path, |draft| {
                let mut store = Self::on(Db::Lite(Lite::open(draft, true)?), vault);
                store.fill(&identity, actor, now)?;
                if let Db::Lite(file) = &store.db {
                    file.use_write_ahead_log()?;
                }
                Ok(store.vault)
            })?,
            Location::Server(server) => {
                let mut store = Self::on(Db::Pg(Box::new(Pg::open(server.read()?)?)), vault);
                if !matches!(schema::verify(&mut store.db), Err(Fault::Missing(_))) {
                    return Err(Fault::Exists(store.place()));
                }
                store
                    .fill(&identity, actor, now)
                    .map_err(|fault| match fault {
                        // Another process was faster.
                        Fault::Duplicate(_) => Fault::Exists(store.place()),
                        other => other,
                    })?;
                store.vault
            }
            Location::Unknown(url) => return Err(Fault::UnknownUrl(url.clone())),
        };
        Self::open(location, vault, true)
    }

    /// Whether a store is at this place: for a server, whether its database has one.
    ///
    /// # Errors
    /// A server that does not respond, or an invalid place.
    pub fn is_there(location: &Location) -> Result<bool, Fault> {
        let mut db = match location {
            Location::Server(server) => Db::Pg(Box::new(Pg::open(server.read()?)?)),
            Location::File(_) => return Ok(!location.is_missing()),
            Location::Unknown(url) => return Err(Fault::UnknownUrl(url.clone())),
        };
        Ok(!matches!(schema::verify(&mut db), Err(Fault::Missing(_))))
    }

    pub(super) fn on(db: Db, vault: Vault) -> Self {
        Self {
            db,
            vault,
            schema: schema::CURRENT,
            dry_run: false,
            erased_list: None,
            leftovers: None,
            identity: StoreIdentity::default(),
            guard: None,
            witness: None,
        }
    }

    /// Writes what every new store contains.
    fn fill(&mut self, identity: &[u8; 16], actor: &Actor, now: Timestamp) -> Result<(), Fault> {
        let sql = self.db.begin(Mode::Create)?;
        schema::install(&sql, schema::CURRENT)?;
        let mut tx = Tx::new(sql, &self.vault);
        tx.sql.exec(
            "insert into store (id, identity, epoch, created_at, key_id) values (1, $1, 1, $2, $3)",
            &[
                &identity.as_slice(),
                &rows::ms(now),
                &tx.vault.key_id().to_stored(),
            ],
        )?;
        tx.sql.exec(
            "insert into chain (id, seq, hash, pruned_seq, pruned_hash) values (1, 0, $1, 0, $1)",
            &[&[0u8; 32].as_slice()],
        )?;
        tx.add_panel(MAIN, now)?;
        tx.record(Event::new(now, actor, Action::StoreCreated))?;
        tx.write_head()?;
        tx.sql.commit()
    }

    /// Opens an existing store, after checking that it is an admit store, with the current schema, and private.
    ///
    /// # Errors
    /// What is wrong with the file or the server; it is not changed. [`Fault::Outdated`]: see [`Store::upgrade`].
    pub fn open(location: &Location, vault: Vault, writable: bool) -> Result<Self, Fault> {
        let mut db = Self::connect(location, writable)?;
        schema::verify(&mut db)?;
        Self::opened(db, vault)
    }

    /// The same for a store of any schema that this version knows, only to be upgraded or backed up.
    ///
    /// # Errors
    /// As [`Store::open`], but for its age.
    pub fn open_as_it_is(location: &Location, vault: Vault) -> Result<Self, Fault> {
        let mut db = Self::connect(location, true)?;
        let schema = schema::verify_known(&mut db)?;
        Ok(Self {
            schema,
            ..Self::opened(db, vault)?
        })
    }

    fn connect(location: &Location, writable: bool) -> Result<Db, Fault> {
        Ok(match location {
            Location::File(path) => Db::Lite(location::open(path, writable)?),
            Location::Server(server) => Db::Pg(Box::new(Pg::open(server.read()?)?)),
            Location::Unknown(url) => return Err(Fault::UnknownUrl(url.clone())),
        })
    }

    fn opened(mut db: Db, vault: Vault) -> Result<Self, Fault> {
        let store = read_identity(&mut db)?;
        let vault = bound(vault, store.identity, KeyId::from_stored(store.key_id))?;
        Ok(Self {
            identity: store,
            ..Self::on(db, vault)
        })
    }
}

impl Store {
    /// Notes in the store when a backup of it was written, for [`Tx::backed_up_at`]. A store of an older schema has no
    /// room for it and stays as it is.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn note_backup(&mut self, at: Timestamp) -> Result<(), Fault> {
        if self.schema < Self::schema() {
            return Ok(());
        }
        self.change_relaxed(|tx| tx.set_backed_up_at(at))
    }
}

impl Tx<'_> {
    /// When the store was created, and its generation ("epoch").
    ///
    /// # Errors
    /// If the store is damaged.
    pub fn creation(&self) -> Result<(Timestamp, i64), Fault> {
        self.sql
            .one(
                "select created_at, epoch from store where id = 1",
                &[],
                |row| {
                    let mut columns = rows::Columns::of("store", row);
                    Ok((columns.time()?, columns.int()?))
                },
            )?
            .ok_or_else(Fault::no_identity)
    }

    /// When the last backup of this store was written, as far as it was written by [`Store::back_up`] and noted here. Other
    /// tools (`pg_dump`, Litestream) leave no trace.
    ///
    /// # Errors
    /// If the store is damaged.
    pub fn backed_up_at(&self) -> Result<Option<Timestamp>, Fault> {
        let at = self
            .sql
            .one("select backed_up_at from store where id = 1", &[], |row| {
                rows::Columns::of("store", row).opt_time()
            })?;
        Ok(at.flatten())
    }

    /// Notes that a backup was written. It goes without an audit entry, because it changes nothing that anybody could be
    /// affected by.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn set_backed_up_at(&self, at: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update store set backed_up_at = $1 where id = 1",
            &[&rows::ms(at)],
        )?;
        Ok(())
    }
}

/// The vault for this store, if the key file has its key: possibly added a moment ago.
pub(super) fn bound(mut vault: Vault, identity: [u8; 16], key: KeyId) -> Result<Vault, Fault> {
    match vault.turn_to(key) {
        Err(VaultError::NoSuchKey(_)) => has_key(&vault, key)?,
        outcome => outcome?,
    }
    vault.bind(identity, key)?;
    Ok(vault)
}

/// Whether the key file has it.
pub(super) fn has_key(vault: &Vault, key: KeyId) -> Result<(), Fault> {
    if vault.has_key(key) {
        return Ok(());
    }
    Err(Fault::WrongKey {
        wanted: key.to_string(),
        has: ids(vault),
    })
}

/// The available keys, for people.
pub(super) fn ids(vault: &Vault) -> String {
    let ids: Vec<String> = vault.key_ids().map(|id| id.to_string()).collect();
    ids.join(", ")
}
