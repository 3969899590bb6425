//! What can go wrong with a store, grouped by what a person can do about it.

use crate::files::trust::Distrust;

/// A failure of the store. `Display` is a sentence for people; it never contains data of the affected rows.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// A row with this unique key exists.
    #[error("the row already exists ({0})")]
    Duplicate(String),
    /// A referenced row does not exist.
    #[error("a referenced row does not exist")]
    Reference,
    /// Two transactions conflicted; the same work may be retried at once.
    #[error("another change came first")]
    Retry,
    /// Another process kept the store locked for longer than the busy timeout.
    #[error("the store is busy: another process has kept it locked for {0} s")]
    Busy(u64),
    /// The file system is full.
    #[error("no space left on the disk for the store {0}")]
    Full(String),
    /// The file, its folder or the file system cannot be written.
    #[error("cannot write to the store {0}: the file, its folder or the file system is read-only")]
    ReadOnly(String),
    /// The file cannot be opened.
    #[error("cannot open the store {place}: {why}")]
    Unopenable {
        /// The store.
        place: String,
        /// The error of the system, or what is wrong with the file.
        why: String,
    },
    /// There is no store at this place.
    #[error("no store at {0}")]
    Missing(String),
    /// There is a store already.
    #[error("a store already exists at {0}")]
    Exists(String),
    /// A location that this version cannot open.
    #[error("this version cannot open a store such as '{0}'")]
    UnknownUrl(String),
    /// The file is something else, or its structure was changed.
    #[error("{place} is not an admit store: {why}")]
    Foreign {
        /// The store.
        place: String,
        /// What is wrong with it.
        why: String,
    },
    /// It was created by a later version of admit.
    #[error(
        "the store {place} has schema {found}, but this version of admit supports only {known}; the store was not changed"
    )]
    Newer {
        /// The store.
        place: String,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// It was created by an earlier version of admit and has not been upgraded.
    #[error("the store {place} has schema {found}, but this version of admit requires {known}")]
    Outdated {
        /// The store.
        place: String,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// Other users have permissions on the file.
    #[error("the store {place} is open to other users (mode {mode:03o})")]
    Open {
        /// The store.
        place: String,
        /// Its permission bits.
        mode: u32,
    },
    /// Another user could have written the file or its logs, or could write what will be put there.
    #[error("the store {place} is not trusted: {why}")]
    Distrusted {
        /// The store.
        place: String,
        /// Why it is not trusted.
        why: Distrust,
    },
    /// A network file system, on which SQLite's write-ahead log loses data.
    #[error(
        "the store {place} is on a network file system ({kind}), where SQLite cannot share it safely"
    )]
    Network {
        /// The store.
        place: String,
        /// Its kind.
        kind: &'static str,
    },
    /// A file system in user space on which sharing an SQLite file was not tested.
    #[error(
        "the store {place} is on {kind}, a file system in user space (FUSE) on which admit was not tested"
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
        /// What is damaged.
        why: String,
    },
    /// A server does not respond, or the connection was lost inside a transaction: nothing was changed.
    #[error("the store {place} is unreachable: {why}")]
    Unreachable {
        /// The store.
        place: String,
        /// The error of the system or the server.
        why: String,
    },
    /// The connection was lost while a change was being committed, and its result could not be determined.
    #[error(
        "the connection to the store {0} was lost while a change was being committed; it is not known whether the change was made"
    )]
    Unsettled(String),
    /// A server does not allow us to connect, or to do this.
    #[error("the store {place} denies access to this user: {why}")]
    Denied {
        /// The store.
        place: String,
        /// The server's message.
        why: String,
    },
    /// A read-only server.
    #[error("cannot write to the store {0}: the server is a read-only replica")]
    Replica(String),
    /// A replica that has not received yet what was seen elsewhere.
    #[error("the replica {place} is behind: {why}")]
    Behind {
        /// The store.
        place: String,
        /// How that was noticed.
        why: String,
    },
    /// The URL of a server is invalid.
    #[error("invalid store URL: {0}")]
    BadUrl(String),
    /// A row contains something that this version never writes.
    #[error("the store is damaged: {table} {key}: column {column} does not contain {wanted}")]
    Row {
        /// The table.
        table: &'static str,
        /// The row's key, if known.
        key: String,
        /// The column's position in the statement, from 0.
        column: usize,
        /// What was expected.
        wanted: &'static str,
    },
    /// The key file does not contain the key that encrypts the store.
    #[error("the store is encrypted with key {wanted}, but the key file contains {has}")]
    WrongKey {
        /// Id of the store's key.
        wanted: String,
        /// Ids of the available keys.
        has: String,
    },
    /// The key was changed after the store was opened, and the key file does not contain the new one.
    #[error(
        "the store is encrypted with a new key, {wanted}, but the key file contains only {has}"
    )]
    NewKey {
        /// Id of the store's key.
        wanted: String,
        /// Ids of the available keys.
        has: String,
    },
    /// An older copy, or another one (U4).
    #[error("the store {place} is an older copy: {why}")]
    Older {
        /// The store.
        place: String,
        /// How that was noticed.
        why: String,
    },
    /// A backup that cannot be used.
    #[error("cannot use the backup {place}: {why}")]
    Backup {
        /// The file.
        place: String,
        /// What is wrong with it.
        why: super::BadBackup,
    },
    /// A backup could not be written.
    #[error("cannot write the backup: {0}")]
    Unwritten(String),
    /// A new store does not contain everything that the old one has.
    #[error("the new store is incomplete: {0}")]
    Incomplete(String),
    /// The audit log was tampered with, or is damaged.
    #[error("the audit log was tampered with at entry {0}: {1}")]
    BrokenRecord(i64, String),
    /// Another program has the store open.
    #[error("another program has the store {0} open")]
    InUse(String),
    /// The operator pressed Ctrl-C.
    #[error("interrupted")]
    Interrupted,
    /// A secret could not be encrypted or decrypted.
    #[error(transparent)]
    Vault(#[from] crate::vault::VaultError),
    /// A change would have been committed without an audit entry.
    #[error("refused a change without an audit entry")]
    Unrecorded,
    /// Any other error of the engine.
    #[error("store error: {0}")]
    Other(String),
}

impl Fault {
    /// The only row of the table `store` is missing.
    pub(super) fn no_identity() -> Self {
        Self::Other("the store has no identity".into())
    }

    /// Whether the same command may succeed a little later without any change.
    pub fn is_passing(&self) -> bool {
        matches!(
            self,
            Self::Retry | Self::Busy(_) | Self::Unreachable { .. } | Self::Behind { .. }
        )
    }

    /// Whether waiting is of no use: somebody has to fix something.
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
