//! What can go wrong with a store, told apart by what the person can do about it.

use crate::files::trust::Distrust;

/// A failure of the store. `Display` is a sentence for people; it never holds data of the rows concerned.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A row with this unique key exists.
    #[error("the same row exists already ({0})")]
    Duplicate(String),
    /// A row that is referred to does not exist.
    #[error("a row that is referred to does not exist")]
    Reference,
    /// Two transactions met; the same work may be tried again at once.
    #[error("another change came first")]
    Retry,
    /// Somebody else kept the store for longer than the busy timeout.
    #[error("the store is busy: another process has kept it locked for {0} s")]
    Busy(u64),
    /// The file system is full.
    #[error("there is no room left for the store {0}")]
    Full(String),
    /// The file, its folder or the file system cannot be written.
    #[error(
        "the store {0} cannot be written: the file, its folder or the file system is read-only"
    )]
    ReadOnly(String),
    /// The file cannot be opened.
    #[error("the store {place} cannot be opened: {why}")]
    Unopenable {
        /// The store.
        place: String,
        /// What the system said, or what is wrong with it.
        why: String,
    },
    /// There is no store at this place.
    #[error("there is no store at {0}")]
    Missing(String),
    /// There is a store already.
    #[error("there is a store at {0} already")]
    Exists(String),
    /// A place that this version cannot open.
    #[error("'{0}' is not a store that this version can open")]
    UnknownUrl(String),
    /// The file is something else, or somebody changed its structure.
    #[error("{place} is not a store of admit: {why}")]
    Foreign {
        /// The store.
        place: String,
        /// What gave it away.
        why: String,
    },
    /// A later version of admit made it.
    #[error(
        "the store {place} has schema {found}; this version of admit knows {known}. It was left untouched"
    )]
    Newer {
        /// The store.
        place: String,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// An earlier version of admit made it, and nobody brought it up since.
    #[error("the store {place} has schema {found}, and this version of admit needs {known}")]
    Outdated {
        /// The store.
        place: String,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// File permissions let others in.
    #[error("the store {place} is open to other users (mode {mode:03o})")]
    Open {
        /// The store.
        place: String,
        /// Its permission bits.
        mode: u32,
    },
    /// Somebody else could have written the file, its logs or what will be put there.
    #[error("the store {place} is not trusted: {why}")]
    Distrusted {
        /// The store.
        place: String,
        /// What speaks against it.
        why: Distrust,
    },
    /// A network file system, on which SQLite's write-ahead log loses data.
    #[error(
        "the store {place} lies on a network file system ({kind}), where SQLite cannot share it safely"
    )]
    Network {
        /// The store.
        place: String,
        /// Its kind.
        kind: &'static str,
    },
    /// A file system in user space, of which it is not known that SQLite can share a file there.
    #[error(
        "the store {place} is on {kind}, a file system in user space (FUSE) that admit was not tested with"
    )]
    UserSpace {
        /// The store.
        place: String,
        /// Its kind.
        kind: String,
    },
    /// The file is damaged.
    #[error("the store {place} is damaged: {why}")]
    Corrupt {
        /// The store.
        place: String,
        /// Where.
        why: String,
    },
    /// A server does not answer, or its connection broke off inside a transaction: nothing was changed.
    #[error("the store {place} is out of reach: {why}")]
    Unreachable {
        /// The store.
        place: String,
        /// What the system or the server said.
        why: String,
    },
    /// The connection broke off while a change was being committed, and it could not be found out what became of it.
    #[error(
        "the connection to the store {0} broke off while a change was being committed: whether it was made is not known"
    )]
    Unsettled(String),
    /// A server does not let us in, or not do that.
    #[error("the store {place} does not let this user in: {why}")]
    Denied {
        /// The store.
        place: String,
        /// What the server said.
        why: String,
    },
    /// A server that only reads.
    #[error("the store {0} cannot be written: the server is a read-only replica")]
    Replica(String),
    /// A replica to which what was seen elsewhere has not come yet.
    #[error("the replica {place} is behind: {why}")]
    Behind {
        /// The store.
        place: String,
        /// What gave it away.
        why: String,
    },
    /// The URL of a server that cannot be used.
    #[error("the URL of the store cannot be used: {0}")]
    BadUrl(String),
    /// A row holds what this version never writes.
    #[error("the store is damaged: {table} {key}: column {column} does not hold {wanted}")]
    Row {
        /// The table.
        table: &'static str,
        /// The row's key, as far as it is known.
        key: String,
        /// The column's position in the statement, from 0.
        column: usize,
        /// What was expected.
        wanted: &'static str,
    },
    /// The key file is not the one under which the store was sealed.
    #[error("the store was sealed with key {wanted}, and the key file holds {has}")]
    WrongKey {
        /// Id of the store's key.
        wanted: String,
        /// Ids of the keys at hand.
        has: String,
    },
    /// A new key has taken over since the store was opened, and the key file has it not.
    #[error("the store is sealed with a new key, {wanted}, and the key file holds only {has}")]
    NewKey {
        /// Id of the store's key.
        wanted: String,
        /// Ids of the keys at hand.
        has: String,
    },
    /// A copy from before, or another one (U4).
    #[error("the store {place} is an older copy: {why}")]
    Older {
        /// The store.
        place: String,
        /// What gave it away.
        why: String,
    },
    /// A backup that cannot be used.
    #[error("the backup {place} cannot be used: {why}")]
    Backup {
        /// The file.
        place: String,
        /// What is wrong with it.
        why: super::BadBackup,
    },
    /// A backup could not be written.
    #[error("the backup cannot be written: {0}")]
    Unwritten(String),
    /// A new store has not what the old one has.
    #[error("not all has arrived in the new store: {0}")]
    Incomplete(String),
    /// The record was tampered with, or is damaged.
    #[error("the record was tampered with at entry {0}: {1}")]
    BrokenRecord(i64, String),
    /// Another program has the store open.
    #[error("another program has the store {0} open")]
    InUse(String),
    /// Somebody pressed Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// A secret could not be sealed or opened.
    #[error(transparent)]
    Vault(#[from] crate::vault::VaultError),
    /// A change was about to be committed without a word in the audit.
    #[error("a change without an audit entry was refused")]
    Unrecorded,
    /// Anything else the engine says.
    #[error("the store failed: {0}")]
    Other(String),
}

impl Fault {
    /// The one row of the table `store` is not there.
    pub(super) fn no_birth() -> Self {
        Self::Other("the store has no birth record".into())
    }

    /// Whether the same command may succeed a little later with nothing changed meanwhile.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Retry | Self::Busy(_) | Self::Unreachable { .. } | Self::Behind { .. }
        )
    }

    /// Whether waiting is of no use: somebody has to mend something.
    pub fn is_lasting(&self) -> bool {
        matches!(
            self,
            Self::UnknownUrl(_)
                | Self::BadUrl(_)
                | Self::Denied { .. }
                | Self::Foreign { .. }
                | Self::Newer { .. }
                | Self::Outdated { .. }
                | Self::Open { .. }
                | Self::Distrusted { .. }
                | Self::Network { .. }
                | Self::UserSpace { .. }
                | Self::Corrupt { .. }
                | Self::Row { .. }
                | Self::WrongKey { .. }
                | Self::NewKey { .. }
                | Self::Older { .. }
                | Self::Vault(_)
                | Self::Unrecorded
        )
    }
}
