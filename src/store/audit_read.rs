//! Reading the audit log: listing decrypted entries, and verifying the chain (U2, U3).

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::Tx;
use super::audit::{
    AUDIT_ERASURE, AUDIT_IP, AuditEntry, Head, Personal, STORED, Stored, parse, read_stored,
};
use super::engine::{Param, Row};
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::account::AccountRef;
use crate::domain::event::Action;
use crate::vault::VaultError;

/// Which entries to list.
#[derive(Clone, Debug, Default)]
pub struct AuditFilter<'a> {
    /// About this account.
    pub account: Option<AccountRef>,
    /// In this panel.
    pub panel: Option<&'a str>,
    /// By this operator.
    pub operator: Option<&'a str>,
    /// Of this kind.
    pub action: Option<&'a str>,
    /// At or after.
    pub since: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
    /// With a greater number than this.
    pub after_seq: i64,
    /// Newest first instead of oldest first.
    pub newest_first: bool,
    /// Maximum number of entries.
    pub limit: Option<i64>,
}

/// The first place where the chain is not valid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainBreak {
    /// The entry's number.
    pub seq: i64,
    /// What is wrong there.
    pub what: String,
}

impl Tx<'_> {
    /// Passes each matching entry to `take`, decrypted, until it says to stop.
    pub fn each_audit_entry<E: From<Fault>>(
        &self,
        filter: &AuditFilter<'_>,
        mut take: impl FnMut(AuditEntry) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut sql = format!(
            "select {STORED}, account.audit_key from audit left join account on account.reference = audit.account \
             where audit.seq > $1"
        );
        let account = filter.account.map(|account| account.to_vec());
        let since = filter.since.map(ms);
        let until = filter.until.map(ms);
        let mut params: Vec<&dyn Param> = vec![&filter.after_seq];
        let mut clause = |text: &str, count: usize| sql.push_str(&format!(" and {text} ${count}"));
        if let Some(account) = &account {
            params.push(account);
            clause("audit.account =", params.len());
        }
        if let Some(panel) = &filter.panel {
            params.push(panel);
            clause("audit.panel =", params.len());
        }
        if let Some(operator) = &filter.operator {
            params.push(operator);
            clause("audit.operator =", params.len());
        }
        if let Some(action) = &filter.action {
            params.push(action);
            clause("audit.action =", params.len());
        }
        if let Some(since) = &since {
            params.push(since);
            clause("audit.at >=", params.len());
        }
        if let Some(until) = &until {
            params.push(until);
            clause("audit.at <", params.len());
        }
        let order = if filter.newest_first { "desc" } else { "asc" };
        sql.push_str(&format!(" order by audit.seq {order}"));
        if let Some(limit) = &filter.limit {
            params.push(limit);
            sql.push_str(&format!(" limit ${}", params.len()));
        }
        self.sql
            .each(&sql, &params, |row| take(self.open_entry(row)?))
    }

    /// An entry that is partly unreadable is still an entry: it must not hide the others.
    fn open_entry(&self, row: &Row<'_>) -> Result<AuditEntry, Fault> {
        let mut columns = Columns::of("audit", row);
        let (stored, hash) = read_stored(&mut columns)?;
        let sealed_key = columns.opt_blob()?;
        let reference = stored.account.as_deref().map(AccountRef::try_from);
        let at = Timestamp::from_millisecond(stored.at);
        let mut damaged = at.is_err() || matches!(reference, Some(Err(_)));
        let account = reference.and_then(Result::ok);
        let (mut personal, mut needs_key) = (Personal::default(), None);
        match self.open_personal(&stored, account.as_ref(), sealed_key.as_deref()) {
            Ok(opened) => personal = opened.unwrap_or_default(),
            Err(Fault::Vault(VaultError::NoSuchKey(key))) => needs_key = Some(key),
            Err(Fault::Vault(VaultError::BadBox)) => damaged = true,
            Err(other) => return Err(other),
        }
        let mut detail = match stored.detail.as_deref().map(serde_json::from_str) {
            Some(Ok(Value::Object(detail))) => detail,
            None => Map::new(),
            Some(_) => {
                damaged = true;
                Map::new()
            }
        };
        detail.append(&mut personal.words);
        Ok(AuditEntry {
            seq: stored.seq,
            at: at.unwrap_or(Timestamp::UNIX_EPOCH),
            source: stored.source,
            operator: stored.operator,
            action: stored.action,
            panel: stored.panel,
            account,
            personal,
            #[cfg(feature = "testing")]
            erased: account.is_some() && sealed_key.is_none(),
            needs_key,
            damaged,
            detail,
            hash,
        })
    }

    /// What an entry says about a person; nothing if it says nothing, or if they were erased.
    fn open_personal(
        &self,
        stored: &Stored,
        account: Option<&AccountRef>,
        sealed_key: Option<&[u8]>,
    ) -> Result<Option<Personal>, Fault> {
        let Some(sealed) = &stored.personal else {
            return Ok(None);
        };
        let plain = match (account, sealed_key) {
            (Some(account), Some(key)) => self
                .vault
                .open_account_key(account, key)?
                .open(sealed, account)?,
            (Some(account), None) if stored.action == Action::Erased.as_str() => {
                match self.vault.open(AUDIT_ERASURE, account, sealed) {
                    // An earlier version encrypted it with the key that was deleted.
                    Err(VaultError::BadBox) => return Ok(None),
                    opened => opened?,
                }
            }
            (Some(_), None) => return Ok(None),
            (None, _) => self.vault.open(AUDIT_IP, &[], sealed)?,
        };
        parse(plain.expose()).map(Some)
    }

    /// Verifies the whole chain and returns its end, or the first place where it is not valid. `anchor` is an end that
    /// was exported earlier: a chain that was rewritten or cut since then no longer contains it. One from before
    /// [`Tx::audit_beginning`] proves nothing.
    pub fn verify_audit(
        &self,
        anchor: Option<Head>,
        mut progress: impl FnMut(i64),
    ) -> Result<Result<Head, ChainBreak>, Fault> {
        let head = self.audit_head()?;
        // Pruned entries are gone: the chain starts after them.
        let mut last = self.audit_beginning()?;
        let mut broken: Option<ChainBreak> = None;
        if let Some(what) = self.unaccounted(last)? {
            let seq = last.seq + 1;
            return Ok(Err(ChainBreak { seq, what }));
        }
        if anchor.is_some_and(|anchor| anchor.seq == last.seq && anchor != last) {
            return Ok(Err(ChainBreak {
                seq: last.seq,
                what: "the pruned part does not end with the exported end".to_owned(),
            }));
        }
        self.sql.each(
            &format!("select {STORED} from audit order by seq"),
            &[],
            |row| {
                let mut columns = Columns::of("audit", row);
                let (stored, hash) = read_stored(&mut columns)?;
                let seq = last.seq + 1;
                let what = if stored.seq != seq {
                    Some(format!("entry {seq} is missing"))
                } else if stored.hash(&last.hash) != hash {
                    Some("its content does not match its hash".to_owned())
                } else if anchor.is_some_and(|anchor| anchor.seq == seq && anchor.hash != hash) {
                    Some("it is not the entry that the exported file names".to_owned())
                } else {
                    None
                };
                if let Some(what) = what {
                    broken = Some(ChainBreak { seq, what });
                    return Ok::<bool, Fault>(false);
                }
                last = Head { seq, hash };
                progress(seq);
                Ok(true)
            },
        )?;
        if let Some(broken) = broken {
            return Ok(Err(broken));
        }
        if last != head {
            let what = format!(
                "the chain ends here, but its recorded end is entry {}",
                head.seq
            );
            return Ok(Err(ChainBreak {
                seq: last.seq,
                what,
            }));
        }
        if let Some(anchor) = anchor.filter(|anchor| anchor.seq > last.seq) {
            let what = format!(
                "the chain ends here, but the exported file names entry {}",
                anchor.seq
            );
            return Ok(Err(ChainBreak {
                seq: last.seq,
                what,
            }));
        }
        Ok(Ok(last))
    }

    /// The newest entries of some kinds about an account, newest first.
    pub fn last_events(
        &self,
        account: AccountRef,
        actions: &[Action],
        most: usize,
    ) -> Result<Vec<AuditEntry>, Fault> {
        let mut found = Vec::new();
        let filter = AuditFilter {
            account: Some(account),
            newest_first: true,
            limit: Some(500),
            ..AuditFilter::default()
        };
        self.each_audit_entry(&filter, |entry| {
            if actions.is_empty() || actions.iter().any(|action| action.as_str() == entry.action) {
                found.push(entry);
            }
            Ok::<bool, Fault>(found.len() < most)
        })?;
        Ok(found)
    }
}
