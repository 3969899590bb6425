//! What can go wrong with a store, told apart by what the person can do about it.

use std::path::PathBuf;

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
    Full(PathBuf),
    /// The file, its folder or the file system cannot be written.
    #[error(
        "the store {0} cannot be written: the file, its folder or the file system is read-only"
    )]
    ReadOnly(PathBuf),
    /// The file cannot be opened.
    #[error("the store {path} cannot be opened: {why}")]
    Unopenable {
        /// The file.
        path: PathBuf,
        /// What the system said, or what is wrong with it.
        why: String,
    },
    /// There is no store at this place.
    #[error("there is no store at {0}")]
    Missing(PathBuf),
    /// There is a store already.
    #[error("there is a store at {0} already")]
    Exists(PathBuf),
    /// A place that this version cannot open.
    #[error("'{0}' is not a store that this version can open")]
    UnknownUrl(String),
    /// The file is something else, or somebody changed its structure.
    #[error("{path} is not a store of admit: {why}")]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What gave it away.
        why: String,
    },
    /// A later version of admit made it.
    #[error(
        "the store {path} has schema {found}; this version of admit knows {known}. It was left untouched"
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// Ours.
        known: i64,
    },
    /// File permissions let others in.
    #[error("the store {path} is open to other users (mode {mode:03o})")]
    Open {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// A network file system, on which SQLite's write-ahead log loses data.
    #[error(
        "the store {path} lies on a network file system ({kind}), where SQLite cannot share it safely"
    )]
    Network {
        /// The file.
        path: PathBuf,
        /// Its kind.
        kind: &'static str,
    },
    /// The file is damaged.
    #[error("the store {path} is damaged: {why}")]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// Where.
        why: String,
    },
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
    /// Whether the same command may succeed a little later with nothing changed meanwhile.
    pub fn is_passing(&self) -> bool {
        matches!(self, Self::Retry | Self::Busy(_))
    }

    /// Whether waiting is of no use: somebody has to mend something.
    pub fn is_lasting(&self) -> bool {
        matches!(
            self,
            Self::UnknownUrl(_)
                | Self::Foreign { .. }
                | Self::Newer { .. }
                | Self::Open { .. }
                | Self::Network { .. }
                | Self::Corrupt { .. }
                | Self::Row { .. }
                | Self::WrongKey { .. }
                | Self::Vault(_)
                | Self::Unrecorded
        )
    }
}
