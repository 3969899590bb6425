//! What can happen, for the audit (U1).

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
    /// From where in the house.
    pub source: Source,
    /// The operating-system user at the terminal, or under whom the panel runs.
    pub operator: String,
    /// Where the person sits, as the panel vouches.
    pub ip: Option<IpAddr>,
}

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident = $word:literal,)*) => {
        /// What was done. The words are part of the audit's format and never change.
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
    /// The store was made.
    StoreCreated = "store-created",
    /// An older copy of the store became the store again.
    StoreReconciled = "store-reconciled",
    /// An older copy of the store was accepted as it is.
    StoreAccepted = "store-accepted",
    /// A new key took over: from here on everything is sealed with it.
    StoreRekeyed = "store-rekeyed",
    /// What was sealed with the key before has been sealed anew.
    StoreResealed = "store-resealed",
    /// The store was brought to the schema of a later version.
    StoreUpgraded = "store-upgraded",
    /// A clock behind the latest time that the store had seen is believed again.
    ClockAccepted = "clock-accepted",
    /// Tables that other tools had made in the store's file were dropped.
    HelperTablesDropped = "helper-tables-dropped",
    /// Somebody new was invited, or somebody pending again.
    Invited = "invited",
    /// A new invitation link was made.
    Resent = "resent",
    /// A registered person was given access to one more panel.
    AccessAdded = "access-added",
    /// Expired or removed access runs again.
    AccessRestored = "access-restored",
    /// An invitation was taken back.
    Revoked = "revoked",
    /// The end of access was moved.
    Extended = "extended",
    /// A person was taken out of a panel.
    Removed = "removed",
    /// Somebody registered.
    Registered = "registered",
    /// A link was tried that does not work.
    LinkRefused = "link-refused",
    /// Somebody signed in.
    SignedIn = "signed-in",
    /// A sign-in was refused.
    SignInRefused = "sign-in-refused",
    /// Tries at unknown addresses, counted by IP and hour.
    UnknownAddressTried = "unknown-address-tried",
    /// Wrong passwords locked an account.
    Locked = "locked",
    /// Too many locks in a row locked an account for good.
    LockedPermanently = "locked-permanently",
    /// An operator locked an account by hand.
    LockedByHand = "locked-by-hand",
    /// A person got another role in a panel.
    RoleChanged = "role-changed",
    /// Name, phone or language was changed.
    Edited = "edited",
    /// Another address was entered, to be confirmed.
    AddressChangeRequested = "address-change-requested",
    /// A change of address was called off.
    AddressChangeCancelled = "address-change-cancelled",
    /// The address was changed.
    AddressChanged = "address-changed",
    /// A person was forgotten.
    Erased = "erased",
    /// An operator opened a lock.
    Unlocked = "unlocked",
    /// An operator started a password reset.
    ResetRequested = "reset-requested",
    /// Somebody asked for a reset link.
    ForgotPassword = "forgot-password",
    /// A new password was set.
    PasswordSet = "password-set",
    /// A second factor was offered, to be confirmed with a code.
    SecondFactorOffered = "second-factor-offered",
    /// The first code of a second factor was right for another clock only.
    SecondFactorRefused = "second-factor-refused",
    /// A second factor was set up.
    SecondFactorSet = "second-factor-set",
    /// An operator took a second factor off.
    SecondFactorReset = "second-factor-reset",
    /// A new set of backup codes was made.
    BackupCodesMade = "backup-codes-made",
    /// A code was sent by mail or SMS.
    CodeSent = "code-sent",
    /// The oldest entries of the record were pruned.
    AuditPruned = "audit-pruned",
    /// A session was ended by the person.
    SignedOut = "signed-out",
    /// Queued mail was put back into the queue by hand.
    MailRetried = "mail-retried",
    /// A setting of the store or of a panel was changed.
    SettingChanged = "setting-changed",
    /// An operator trusted a network, or changed for how long.
    TrustAdded = "trust-added",
    /// An operator removed a trusted IP.
    TrustRemoved = "trust-removed",
    /// An operator removed all trusted IPs of a person or a panel.
    TrustPurged = "trust-purged",
    /// What was over was deleted.
    Housekept = "housekept",
}

/// Whom an event is about.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The account's identity in the audit.
    pub reference: AccountRef,
    /// Personal: sealed with the account's own key (U5).
    pub address: String,
    /// Personal.
    pub name: Option<String>,
}

/// One thing that happened. It becomes an audit entry in the same transaction.
#[derive(Clone, Debug)]
pub struct Event {
    /// When: the command's one `now`.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What.
    pub action: Action,
    /// To whom.
    pub subject: Option<Subject>,
    /// In which panel.
    pub panel: Option<String>,
    /// What changed: no secrets, links, codes or hashes, nothing personal.
    pub detail: Map<String, Value>,
    /// What an operator typed, such as a reason or a note. It may name people, so it is sealed like the address (U5).
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

    /// Says whom it is about.
    #[must_use]
    pub fn about(mut self, account: &super::account::Account) -> Self {
        self.subject = Some(Subject {
            reference: account.reference,
            address: account.address.as_str().to_owned(),
            name: account.name.clone(),
        });
        self
    }

    /// Says in which panel.
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

    /// Adds text that an operator typed; none is left out. Whatever people can put into their own words goes through
    /// here and never through [`Event::with`], which keeps its value in clear for ever.
    #[must_use]
    pub fn with_words(mut self, key: &str, text: Option<&str>) -> Self {
        if let Some(text) = text {
            self.words.insert(key.to_owned(), text.into());
        }
        self
    }
}
