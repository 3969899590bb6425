//! The audit log: entries chained by hash, appended last in each transaction (U1, U2, U5).
//!
//! An entry's hash is SHA-256 over the words `admit-audit-1`, the previous hash, and every stored column of the entry,
//! each text and blob preceded by its length (missing: length 2³²−1), numbers as 64-bit big-endian. Personal fields
//! are encrypted with the account's own key, and the chain hashes what is stored: deleting the key leaves the chain
//! intact. Reasons and notes that operators typed are personal fields too.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::Tx;
use super::engine::Row;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::account::AccountRef;
use crate::domain::event::{Action, Event};
use crate::vault::{AccountKey, KeyId, VaultError};

/// The last entry of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number; entries are numbered from 1 without gaps.
    pub seq: i64,
    /// Its hash; zeros before the first entry.
    pub hash: [u8; 32],
}

/// What an entry says about a person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Personal {
    /// The address at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// The name at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Where they came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ip: Option<String>,
    /// What an operator typed. In a decrypted entry it is part of the detail, and this is empty.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub words: Map<String, Value>,
}

/// One entry, decrypted.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// Its number.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// `command`, `gate` or `self`.
    pub source: String,
    /// Who did it.
    pub operator: String,
    /// What was done: a word of [`crate::domain::event::Action`], or of a later version.
    pub action: String,
    /// The panel it was done in.
    pub panel: Option<String>,
    /// The person it was done to.
    pub account: Option<AccountRef>,
    /// What it says about the person; empty if they were erased.
    pub personal: Personal,
    /// The person was erased: their key is gone.
    #[cfg(feature = "testing")]
    pub erased: bool,
    /// What it says about the person is encrypted with this key, which is not in the key file.
    pub needs_key: Option<KeyId>,
    /// Part of it cannot be read although every key is available: that part is empty here.
    pub damaged: bool,
    /// What changed, and what the operator typed.
    pub detail: Map<String, Value>,
    /// Its hash in the chain.
    pub hash: [u8; 32],
}

impl AuditEntry {
    /// A text of [`detail`](Self::detail).
    pub fn word(&self, key: &str) -> Option<&str> {
        self.detail.get(key).and_then(Value::as_str)
    }
}

/// The purpose under which an IP is encrypted in an entry without an account.
pub(super) const AUDIT_IP: &str = "audit-ip";
/// The purpose under which the reason for an erasure is encrypted: the account's own key is deleted with the account.
pub(super) const AUDIT_ERASURE: &str = "audit-erasure";

/// The stored columns of an entry, as the chain hashes them.
pub(super) struct Stored {
    pub(super) seq: i64,
    pub(super) at: i64,
    pub(super) source: String,
    pub(super) operator: String,
    pub(super) action: String,
    pub(super) panel: Option<String>,
    pub(super) account: Option<Vec<u8>>,
    pub(super) personal: Option<Vec<u8>>,
    pub(super) detail: Option<String>,
}

pub(super) const STORED: &str = "audit.seq, audit.at, audit.source, audit.operator, audit.action, audit.panel, audit.account, \
     audit.personal, audit.detail, audit.hash";

pub(super) fn read_stored(columns: &mut Columns<'_, '_>) -> Result<(Stored, [u8; 32]), Fault> {
    let stored = Stored {
        seq: columns.int()?,
        at: columns.int()?,
        source: columns.text()?,
        operator: columns.text()?,
        action: columns.text()?,
        panel: columns.opt_text()?,
        account: columns.opt_blob()?,
        personal: columns.opt_blob()?,
        detail: columns.opt_text()?,
    };
    Ok((stored, columns.bytes()?))
}

impl Stored {
    pub(super) fn hash(&self, before: &[u8; 32]) -> [u8; 32] {
        let mut digest = Sha256::new();
        digest.update(b"admit-audit-1");
        digest.update(before);
        digest.update(self.seq.to_be_bytes());
        digest.update(self.at.to_be_bytes());
        for field in [
            Some(self.source.as_bytes()),
            Some(self.operator.as_bytes()),
            Some(self.action.as_bytes()),
            self.panel.as_deref().map(str::as_bytes),
            self.account.as_deref(),
            self.personal.as_deref(),
            self.detail.as_deref().map(str::as_bytes),
        ] {
            let length = field.map_or(u32::MAX, |bytes| {
                u32::try_from(bytes.len()).unwrap_or(u32::MAX - 1)
            });
            digest.update(length.to_be_bytes());
            digest.update(field.unwrap_or_default());
        }
        digest.finalize().into()
    }
}

impl Tx<'_> {
    /// Appends an entry. The chain's head is taken on the first one and written at the commit, so that writers
    /// wait for each other only there.
    pub fn record(&mut self, event: Event) -> Result<(), Fault> {
        let head = match self.head {
            Some(head) => head,
            None => self.take_head()?,
        };
        let account = event
            .subject
            .as_ref()
            .map(|subject| subject.reference.to_vec());
        let personal = self.seal_personal(&event)?;
        let detail = (!event.detail.is_empty()).then(|| Value::Object(event.detail).to_string());
        let stored = Stored {
            seq: head.seq + 1,
            at: ms(event.at),
            source: event.actor.source.as_str().to_owned(),
            // Whom a server vouches for is not for anybody else to say.
            operator: self.sql.role().map_or(event.actor.operator, str::to_owned),
            action: event.action.as_str().to_owned(),
            panel: event.panel,
            account,
            personal,
            detail,
        };
        let hash = stored.hash(&head.hash);
        self.sql.exec(
            "insert into audit (seq, at, source, operator, action, panel, account, personal, detail, hash) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            &[
                &stored.seq,
                &stored.at,
                &stored.source,
                &stored.operator,
                &stored.action,
                &stored.panel,
                &stored.account,
                &stored.personal,
                &stored.detail,
                &hash.as_slice(),
            ],
        )?;
        self.head = Some(Head {
            seq: stored.seq,
            hash,
        });
        self.recorded += 1;
        self.recorded_at = self.recorded_at.max(Some(event.at));
        Ok(())
    }

    fn seal_personal(&mut self, event: &Event) -> Result<Option<Vec<u8>>, Fault> {
        let personal = Personal {
            address: None,
            name: None,
            ip: event.actor.ip.map(|ip| ip.to_string()),
            words: event.words.clone(),
        };
        let Some(subject) = &event.subject else {
            return self.seal_with_store(AUDIT_IP, &[], &personal);
        };
        if event.action == Action::Erased {
            // The person is erased in this same transaction. The reason is kept for the store's administrators.
            return self.seal_with_store(AUDIT_ERASURE, &subject.reference, &personal);
        }
        let personal = Personal {
            address: Some(subject.address.clone()),
            name: subject.name.clone(),
            ..personal
        };
        if self
            .audit_key
            .as_ref()
            .is_none_or(|(reference, _)| *reference != subject.reference)
        {
            let Some(key) = self.account_key(&subject.reference)? else {
                // Erased in this same transaction: nothing personal is kept.
                return Ok(None);
            };
            self.audit_key = Some((subject.reference, key));
        }
        let Some((_, key)) = &self.audit_key else {
            return Ok(None);
        };
        Ok(Some(key.seal(
            self.vault.entropy(),
            &json(&personal)?,
            &subject.reference,
        )?))
    }

    /// Encrypts with the store's key where there is no account whose key could be used.
    fn seal_with_store(
        &self,
        purpose: &str,
        record: &[u8],
        personal: &Personal,
    ) -> Result<Option<Vec<u8>>, Fault> {
        if *personal == Personal::default() {
            return Ok(None);
        }
        Ok(Some(self.vault.seal(purpose, record, &json(personal)?)?))
    }

    fn account_key(&self, reference: &AccountRef) -> Result<Option<AccountKey>, Fault> {
        let sealed = self.sql.one(
            "select audit_key from account where reference = $1",
            &[&reference.as_slice()],
            |row| Columns::of("account", row).blob(),
        )?;
        sealed
            .map(|sealed| Ok(self.vault.open_account_key(reference, &sealed)?))
            .transpose()
    }

    /// Locks the end of the chain for this transaction.
    fn take_head(&mut self) -> Result<Head, Fault> {
        let head = self
            .sql
            .one(
                "update chain set seq = seq where id = 1 returning seq, hash",
                &[],
                read_head,
            )?
            .ok_or_else(|| Fault::Other("the audit log has no recorded end".into()))?;
        self.head = Some(head);
        Ok(head)
    }

    pub(super) fn write_head(&self) -> Result<(), Fault> {
        if let (Some(head), Some(at)) = (self.head, self.recorded_at) {
            self.sql.exec(
                "update chain set seq = $1, hash = $2, \
                 latest_at = case when latest_at > $3 then latest_at else $3 end where id = 1",
                &[&head.seq, &head.hash.as_slice(), &ms(at)],
            )?;
        }
        Ok(())
    }

    /// The latest time of an entry in the store when this transaction began.
    pub fn latest_time(&self) -> Option<Timestamp> {
        self.latest
    }

    /// Makes an earlier time the latest one. False: it is not earlier.
    pub fn accept_time(&self, time: Timestamp) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update chain set latest_at = $1 where id = 1 and latest_at > $1",
            &[&ms(time)],
        )?;
        Ok(changed == 1)
    }

    /// The end of the chain.
    pub fn audit_head(&self) -> Result<Head, Fault> {
        self.sql
            .one("select seq, hash from chain where id = 1", &[], read_head)?
            .ok_or_else(|| Fault::Other("the audit log has no recorded end".into()))
    }
}

pub(super) fn read_head(row: &Row<'_>) -> Result<Head, Fault> {
    let mut columns = Columns::of("chain", row);
    Ok(Head {
        seq: columns.int()?,
        hash: columns.bytes()?,
    })
}

fn json(personal: &Personal) -> Result<Vec<u8>, Fault> {
    serde_json::to_vec(personal).map_err(|e| Fault::Other(e.to_string()))
}

pub(super) fn parse(plain: &[u8]) -> Result<Personal, Fault> {
    serde_json::from_slice(plain).map_err(|_| VaultError::BadBox.into())
}
