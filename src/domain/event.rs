//! What can happen, for the audit log (U1).

use std::net::IpAddr;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::account::AccountRef;

/// Where a change came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// An operator's command.
    Command,
    /// A panel, through the gate.
    Gate,
    /// The person, at a terminal.
    Person,
}

impl Source {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Command => "command",
            Self::Gate => "gate",
            Self::Person => "self",
        }
    }
}

/// Who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// Where the change came from.
    pub source: Source,
    /// The operating-system user who ran the command, or under whom the panel runs.
    pub operator: String,
    /// The person's IP address, as the panel reported it.
    pub ip: Option<IpAddr>,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What was done. The words are part of the audit log's format and never change.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($(#[$doc])* $name,)* }

        impl Action {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stored word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// Reads the stored word.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|action| action.as_str() == word)
            }
        }
    };
}

actions! {
    /// The store was created.
    StoreCreated = "store-created",
    /// An older copy of the store was put back into use.
    StoreReconciled = "store-reconciled",
    /// An older copy of the store was accepted as it is.
    StoreAccepted = "store-accepted",
    /// The key was replaced: from here on everything is encrypted with the new key.
    StoreRekeyed = "store-rekeyed",
    /// What the previous key had encrypted has been re-encrypted.
    StoreResealed = "store-resealed",
    /// The store was upgraded to the schema of a later version.
    StoreUpgraded = "store-upgraded",
    /// A clock that is behind the latest time in the store was accepted.
    ClockAccepted = "clock-accepted",
    /// Tables that other tools had created in the store's file were dropped.
    HelperTablesDropped = "helper-tables-dropped",
    /// Somebody new was invited, or somebody pending was invited again.
    Invited = "invited",
    /// A new invitation link was created.
    Resent = "resent",
    /// A registered person was given access to one more panel.
    AccessAdded = "access-added",
    /// Expired or removed access was restored.
    AccessRestored = "access-restored",
    /// An invitation was revoked.
    Revoked = "revoked",
    /// The end of access was changed.
    Extended = "extended",
    /// A person was removed from a panel.
    Removed = "removed",
    /// Somebody registered.
    Registered = "registered",
    /// A link that does not work was tried.
    LinkRefused = "link-refused",
    /// Somebody signed in.
    SignedIn = "signed-in",
    /// A sign-in was refused.
    SignInRefused = "sign-in-refused",
    /// Attempts at unknown addresses, counted by IP and hour.
    UnknownAddressTried = "unknown-address-tried",
    /// Wrong passwords locked an account.
    Locked = "locked",
    /// Too many locks in a row locked an account permanently.
    LockedPermanently = "locked-permanently",
    /// An operator locked an account.
    LockedByHand = "locked-by-hand",
    /// A person got another role in a panel.
    RoleChanged = "role-changed",
    /// Name, phone or language was changed.
    Edited = "edited",
    /// A new address was entered and waits to be confirmed.
    AddressChangeRequested = "address-change-requested",
    /// A pending change of address was cancelled.
    AddressChangeCancelled = "address-change-cancelled",
    /// The address was changed.
    AddressChanged = "address-changed",
    /// A person's data was erased.
    Erased = "erased",
    /// An operator unlocked an account.
    Unlocked = "unlocked",
    /// An operator started a password reset.
    ResetRequested = "reset-requested",
    /// Somebody asked for a reset link.
    ForgotPassword = "forgot-password",
    /// A new password was set.
    PasswordSet = "password-set",
    /// A second-factor set-up was started; it waits for its first code.
    SecondFactorOffered = "second-factor-offered",
    /// The first code of a second factor was correct only for another time.
    SecondFactorRefused = "second-factor-refused",
    /// A second factor was set up.
    SecondFactorSet = "second-factor-set",
    /// An operator removed a second factor.
    SecondFactorReset = "second-factor-reset",
    /// A new set of backup codes was created.
    BackupCodesMade = "backup-codes-made",
    /// A code was sent by mail or SMS.
    CodeSent = "code-sent",
    /// The oldest entries of the audit log were pruned.
    AuditPruned = "audit-pruned",
    /// The person ended a session.
    SignedOut = "signed-out",
    /// An operator put failed or waiting mail back into the queue.
    MailRetried = "mail-retried",
    /// A setting of the store or of a panel was changed.
    SettingChanged = "setting-changed",
    /// An operator trusted a network, or changed how long it is trusted.
    TrustAdded = "trust-added",
    /// An operator removed a trusted IP.
    TrustRemoved = "trust-removed",
    /// An operator removed all trusted IPs of a person or a panel.
    TrustPurged = "trust-purged",
    /// Expired records were deleted.
    Housekept = "housekept",
}

/// The person an event is about.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The account's identity in the audit log.
    pub reference: AccountRef,
    /// Personal: encrypted with the account's own key (U5).
    pub address: String,
    /// Personal.
    pub name: Option<String>,
}

/// One thing that happened. It becomes an audit entry in the same transaction.
#[derive(Clone, Debug)]
pub struct Event {
    /// The command's one `now`.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done.
    pub action: Action,
    /// The person it was done to.
    pub subject: Option<Subject>,
    /// The panel it was done in.
    pub panel: Option<String>,
    /// What changed: no secrets, links, codes or hashes, and nothing personal.
    pub detail: Map<String, Value>,
    /// What an operator typed, such as a reason or a note. It may name people, so it is encrypted like the
    /// address (U5).
    pub words: Map<String, Value>,
}

impl Event {
    /// An event without subject, panel or detail.
    pub fn new(at: Timestamp, actor: &Actor, action: Action) -> Self {
        Self {
            at,
            actor: actor.clone(),
            action,
            subject: None,
            panel: None,
            detail: Map::new(),
            words: Map::new(),
        }
    }

    /// Sets the person it is about.
    #[must_use]
    pub fn about(mut self, account: &super::account::Account) -> Self {
        self.subject = Some(Subject {
            reference: account.reference,
            address: account.address.as_str().to_owned(),
            name: account.name.clone(),
        });
        self
    }

    /// Sets the panel.
    #[must_use]
    pub fn in_panel(mut self, panel: &str) -> Self {
        self.panel = Some(panel.to_owned());
        self
    }

    /// Adds one fact; a null is left out.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        let value = value.into();
        if !value.is_null() {
            self.detail.insert(key.to_owned(), value);
        }
        self
    }

    /// Adds text that an operator typed, if any. Free text always goes through here and never through
    /// [`Event::with`], which keeps its value in plain text for ever.
    #[must_use]
    pub fn with_words(mut self, key: &str, text: Option<&str>) -> Self {
        if let Some(text) = text {
            self.words.insert(key.to_owned(), text.into());
        }
        self
    }
}
