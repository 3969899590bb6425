//! What happened to a panel's people, in order: how a panel that keeps rows of its own learns of removals, new addresses
//! and other roles.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use crate::domain::account::AccountRef;
use crate::domain::event::Action;
use crate::store::{AuditEntry, AuditFilter, Store};

use super::{OpError, Scope};

/// Entries that one answer looks at, at most; the next goes on from there.
const LOOKED_AT: usize = 10_000;

/// What a panel gets to know.
const TOLD: &[Action] = &[
    Action::Invited,
    Action::AccessAdded,
    Action::AccessRestored,
    Action::Revoked,
    Action::Extended,
    Action::Removed,
    Action::Registered,
    Action::LockedPermanently,
    Action::LockedByHand,
    Action::Unlocked,
    Action::RoleChanged,
    Action::Edited,
    Action::AddressChanged,
    Action::Erased,
];

/// Some of what happened.
pub struct Feed {
    /// In order.
    pub events: Vec<AuditEntry>,
    /// The number of the last entry that was looked at: where to go on.
    pub latest: i64,
}

/// What happened in a panel after an entry, and to the accounts of its people, at most `limit` events.
///
/// # Errors
/// An unknown panel, or a failing store.
pub fn events(store: &mut Store, panel: &str, since: i64, limit: i64) -> Result<Feed, OpError> {
    let limit = usize::try_from(limit).unwrap_or(0);
    store.read(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(panel)?;
        let mut seen = Vec::new();
        let mut latest = since;
        let mut looked_at = 0;
        let filter = AuditFilter {
            after_seq: since,
            ..AuditFilter::default()
        };
        tx.each_audit_entry(&filter, |mut entry| {
            latest = entry.seq;
            // What operators type is for operators.
            for words in ["reason", "note"] {
                entry.detail.remove(words);
            }
            looked_at += 1;
            let is_told = TOLD.iter().any(|action| action.as_str() == entry.action);
            let elsewhere = entry
                .panel
                .as_deref()
                .is_some_and(|name| name != panel.name);
            if is_told && !(elsewhere && is_of_one_panel(&entry.action)) {
                seen.push((entry, elsewhere));
            }
            Ok::<_, OpError>(seen.len() < limit && looked_at < LOOKED_AT)
        })?;
        // What was done to an account in another panel concerns this one if the person has, or had, access here.
        let mut ours: HashMap<AccountRef, bool> = HashMap::new();
        let mut events = Vec::new();
        for (entry, elsewhere) in seen {
            let concerns = match entry.account.filter(|_| elsewhere) {
                None => true,
                Some(who) => {
                    if let Entry::Vacant(place) = ours.entry(who) {
                        place.insert(match tx.account_by_reference(&who)? {
                            Some(account) => tx.access(account.id, panel.id)?.is_some(),
                            None => entry.action == Action::Erased.as_str(),
                        });
                    }
                    ours.get(&who).copied().unwrap_or(false)
                }
            };
            if concerns {
                events.push(entry);
            }
        }
        if looked_at == 0 {
            // The panel may be ahead of a copy that was put back into use.
            latest = tx.audit_head()?.seq.min(since);
        }
        Ok(Feed { events, latest })
    })
}

/// Whether an action concerns access to one panel, and nothing of the account.
fn is_of_one_panel(action: &str) -> bool {
    [
        Action::Invited,
        Action::AccessAdded,
        Action::AccessRestored,
        Action::Revoked,
        Action::Extended,
        Action::Removed,
        Action::RoleChanged,
    ]
    .iter()
    .any(|known| known.as_str() == action)
}
