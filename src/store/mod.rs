//! The store: the only SQL in the program.
//!
//! `engine.rs` knows the database; every other file here covers one noun and offers functions in domain terms on
//! [`Tx`]. To add one: write the statement with `$1`, `$2` … in order of first appearance, bind only `i64`, text and
//! blobs, read the row with `rows::Columns` in the order of the select list, and return `Option` if there may be no
//! result. Lookups never fail because something is missing.
//!
//! A change goes through [`Store::change`]: the closure gets a transaction and ends with [`Done`], which says what
//! happened. Nothing is committed without an audit entry, except for the cases that rule U1 names
//! ([`Done::unrecorded`]).

mod access;
mod accounts;
mod addresses;
mod audit;
mod audit_prune;
mod audit_read;
mod briefly;
mod codes;
mod confirm_commit;
mod done;
mod draft;
mod engine;
mod erasure;
mod factors;
mod fault;
mod hash_costs;
mod held;
mod helpers;
mod housekeep;
mod kept_answers;
mod links;
mod location;
mod many;
mod opening;
mod outbox;
mod panels;
mod people;
mod reconcile;
mod rekey;
mod requests;
mod rollback_guard;
mod rows;
mod schema;
mod sessions;
mod transfer;
mod tries;
mod trusted;
mod unknown_logins;
mod upgrade;
mod wrong_ips;

use std::any::Any;
use std::sync::Arc;

use jiff::Timestamp;

pub use accounts::NewAccount;
pub use addresses::AddressChange;
pub use audit::{AuditEntry, Head, Personal};
pub use audit_prune::{Prune, Pruned, Pruning};
pub use audit_read::{AuditFilter, ChainBreak};
pub use codes::SentCode;
pub use done::Done;
pub use draft::free_name;
pub use erasure::{Leftovers, Unlisted};
pub use factors::{FactorBrief, SecondFactor};
pub use fault::Fault;
pub use held::is_open_here;
pub use housekeep::{Key, Remnant};
pub use kept_answers::{KeptAnswer, NewAnswer, Witness};
pub use links::NewLink;
pub use location::{Location, ServerLocation, Surroundings, sweep_beside};
pub use outbox::{MailRow, MailState, NewMail};
pub use people::{Invitation, Person, PersonFilter, SortBy};
pub use reconcile::AllEnded;
pub use rekey::{Keys, Resealed};
pub use requests::Beyond;
pub use sessions::NewSession;
pub use transfer::{Backup, BadBackup, Counts, Header, Landing, Made, Moved, Tick};
pub use trusted::{ListedTrust, NewTrust, TrustFilter};
pub use unknown_logins::{HourlyCount, OTHER_NETWORKS};
pub use upgrade::Upgraded;

use crate::domain::account::AccountRef;
use crate::vault::{ErasedList, Vault};
use done::End;
use engine::{Db, Mode};
use opening::{bound, has_key};
use rekey::begin;
pub use rollback_guard::{Arrival, Claim, Lost};
use rollback_guard::{RollbackGuard, StoreIdentity};

/// An open store.
pub struct Store {
    db: Db,
    vault: Vault,
    schema: i64,
    dry_run: bool,
    erased_list: Option<ErasedList>,
    leftovers: Option<Leftovers>,
    identity: StoreIdentity,
    guard: Option<RollbackGuard>,
    witness: Option<Arc<dyn Witness + Send + Sync>>,
}

/// A running transaction, in domain terms.
pub struct Tx<'a> {
    sql: engine::Tx<'a>,
    vault: &'a Vault,
    /// The end of the chain, after this transaction has read it, and how many entries it has appended or counted.
    head: Option<Head>,
    recorded: u64,
    recorded_at: Option<Timestamp>,
    /// The latest time in the store when it began.
    latest: Option<Timestamp>,
    /// Who was erased in it.
    erased: Vec<AccountRef>,
    /// Addresses that are known to have no account: bulk work looks up hundreds at once.
    nobody: std::cell::RefCell<std::collections::HashSet<String>>,
    /// The audit key used last: bulk work appends entries about one account after another.
    audit_key: Option<(AccountRef, crate::vault::AccountKey)>,
}

/// A transaction that has ended.
struct Ended<T> {
    value: T,
    /// Who was erased by it.
    erased: Vec<AccountRef>,
    /// The end of the chain that it wrote, if any, and when.
    head: Option<Head>,
    at: Option<Timestamp>,
    /// The answer to the commit was lost: the place.
    unsettled: Option<String>,
}

/// What callers' error types must offer so that a change can be retried.
pub trait StoreError: From<Fault> {
    /// The store's fault inside, if there is one.
    fn fault(&self) -> Option<&Fault>;
}

impl StoreError for Fault {
    fn fault(&self) -> Option<&Fault> {
        Some(self)
    }
}

impl Store {
    /// Our role on a server; nothing for a file.
    pub fn role(&self) -> Option<&str> {
        match &self.db {
            Db::Lite(_) => None,
            Db::Pg(server) => Some(server.role()),
        }
    }

    /// From now on every change is run and then rolled back.
    pub fn dry_run(&mut self) {
        self.dry_run = true;
    }

    /// Whether changes are rolled back.
    pub fn is_dry_run(&self) -> bool {
        self.dry_run
    }

    /// From now on every change is shown to this witness before it is committed; `None` is nobody.
    pub fn set_witness(&mut self, witness: Option<Arc<dyn Witness + Send + Sync>>) {
        self.witness = witness;
    }

    /// Where the store is, for people: a path, or a URL without secrets.
    pub fn place(&self) -> String {
        self.db.place()
    }

    /// Its size in bytes.
    ///
    /// # Errors
    /// A server that does not say.
    pub fn size(&mut self) -> Result<i64, Fault> {
        self.db.size()
    }

    /// Whether the file that was opened is still the one at its place. It may have been moved, or replaced by another:
    /// then this process sees what nobody else does.
    pub fn is_in_place(&self) -> bool {
        self.db.is_in_place()
    }

    /// The version of SQLite in another program that has written to the file, if it is one that can lose committed
    /// rows when it writes or empties the log at the same instant as another process (before 3.51.3).
    pub fn unsafe_writer(&self) -> Option<String> {
        self.db.unsafe_writer()
    }

    /// The vault of the store.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// What the engine is, for people: `SQLite 3.54.1`.
    pub fn engine(&self) -> String {
        self.db.describe()
    }

    /// The number of the schema that this version reads and writes.
    pub fn schema() -> i64 {
        schema::CURRENT
    }

    /// The number of this store's schema.
    pub fn its_schema(&self) -> i64 {
        self.schema
    }

    /// The engine's consistency check: one line per problem.
    ///
    /// # Errors
    /// If the check itself cannot run.
    pub fn check(&mut self) -> Result<Vec<String>, Fault> {
        self.db.check()
    }

    /// Reads one consistent state of the store.
    ///
    /// # Errors
    /// Those of `look`, and of the engine.
    pub fn read<T, E: StoreError>(
        &mut self,
        look: impl FnOnce(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let (sql, latest) = begin(&mut self.db, &mut self.vault, self.schema, Mode::Read)?;
        let mut tx = Tx::new(sql, &self.vault);
        tx.latest = latest;
        look(&mut tx)
    }

    /// Changes the store: everything that `work` does, or nothing. `work` may run more than once.
    ///
    /// # Errors
    /// Those of `work`, and of the engine; nothing was changed then.
    pub fn change<T: Any, E: StoreError>(
        &mut self,
        work: impl FnMut(&mut Tx<'_>) -> Result<Done<T>, E>,
    ) -> Result<T, E> {
        self.change_in(Mode::Write, work)
    }

    /// Changes the store without waiting for the disk, and without an audit entry: for delivery results, where losing
    /// one means at worst a second copy of a mail. The change is visible to everybody at once, and stays if this
    /// process is killed. A power cut may undo the last of these changes, but never a synced one: the next
    /// [`Store::change`] of any process syncs them.
    ///
    /// # Errors
    /// As [`Store::change`], and if `work` recorded an event, because an audit entry must be synced.
    pub fn change_relaxed<E: StoreError>(
        &mut self,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        self.change_in(Mode::Relaxed, |tx| work(tx).map(Done::unrecorded))
    }

    fn change_in<T: Any, E: StoreError>(
        &mut self,
        mode: Mode,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<Done<T>, E>,
    ) -> Result<T, E> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.attempt(mode, &mut work) {
                Err(e)
                    if e.fault()
                        .is_some_and(|fault| self.db.try_again(fault, tries)) => {}
                outcome => return outcome,
            }
        }
    }

    fn attempt<T: Any, E: StoreError>(
        &mut self,
        mode: Mode,
        work: &mut impl FnMut(&mut Tx<'_>) -> Result<Done<T>, E>,
    ) -> Result<T, E> {
        let ended = self.once(mode, work)?;
        match ended.unsettled {
            // Such a change may be made twice.
            Some(_) if mode == Mode::Relaxed => return Err(Fault::Retry.into()),
            Some(place) => self.confirm_commit(ended.head, place)?,
            None => {}
        }
        self.saw(ended.head, ended.at);
        self.after_erasing(&ended.erased);
        Ok(ended.value)
    }

    /// One transaction.
    fn once<T: Any, E: StoreError>(
        &mut self,
        mode: Mode,
        work: &mut impl FnMut(&mut Tx<'_>) -> Result<Done<T>, E>,
    ) -> Result<Ended<T>, E> {
        let (sql, latest) = begin(&mut self.db, &mut self.vault, self.schema, mode)?;
        let mut tx = Tx::new(sql, &self.vault);
        tx.latest = latest;
        let done = work(&mut tx)?;
        let commits = match done.end {
            End::Nothing => false,
            End::Recorded if tx.recorded == 0 => return Err(Fault::Unrecorded.into()),
            End::Unrecorded if mode == Mode::Relaxed && tx.recorded > 0 => {
                return Err(Fault::Other("an audit entry needs a synced change".into()).into());
            }
            End::Recorded | End::Unrecorded => !self.dry_run,
        };
        if !commits {
            return Ok(Ended {
                value: done.value,
                erased: Vec::new(),
                head: None,
                at: None,
                unsettled: None,
            });
        }
        if let Some(witness) = &self.witness {
            witness.sees(&tx, &done.value)?;
        }
        tx.write_head()?;
        let Tx {
            sql,
            erased,
            head,
            recorded_at: at,
            ..
        } = tx;
        let unsettled = match sql.commit() {
            Err(Fault::Unsettled(place)) => Some(place),
            outcome => {
                outcome?;
                None
            }
        };
        Ok(Ended {
            value: done.value,
            erased,
            head,
            at,
            unsettled,
        })
    }
}

impl<'a> Tx<'a> {
    fn new(sql: engine::Tx<'a>, vault: &'a Vault) -> Self {
        Self {
            sql,
            vault,
            head: None,
            recorded: 0,
            recorded_at: None,
            latest: None,
            erased: Vec::new(),
            nobody: std::cell::RefCell::default(),
            audit_key: None,
        }
    }

    /// The vault of the store.
    pub fn vault(&self) -> &'a Vault {
        self.vault
    }
}
