//! People affected by a change of settings.

use super::Plan;
use crate::domain::admission::{Facts, Reason, obstacles};
use crate::ops::Op;
use crate::store::{Fault, Person, PersonFilter, Tx};

/// Affected people: how many, and the first of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affected {
    /// How many.
    pub count: u64,
    /// The first addresses.
    pub first: Vec<String>,
    last: Option<i64>,
}

/// How many addresses are named.
const NAMED: usize = 10;

impl Affected {
    /// Adds one row; the rows of one person follow each other.
    fn add(&mut self, person: &Person) {
        if self.last.replace(person.account.id) == Some(person.account.id) {
            return;
        }
        self.count += 1;
        if self.first.len() < NAMED {
            self.first.push(person.account.address.as_str().to_owned());
        }
    }
}

/// People affected by a change, among those with running access.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects {
    /// Everybody.
    pub everybody: Affected,
    /// People who now lack a number or a method, and did not before (T1).
    pub lacking: Affected,
    /// People who must set up a second factor at the next sign-in, and did not have to before (T5).
    pub setting_up: Affected,
    /// People whose password will be refused at the next sign-in, and was accepted before (P2, P4).
    pub expired: Affected,
}

/// People affected by a plan. It reads everyone in the panel, or in the store, without keeping them in
/// memory.
pub fn effects(tx: &Tx<'_>, op: &Op, plan: &Plan) -> Result<Effects, Fault> {
    let mut effects = Effects::default();
    let far = [
        "second-factor",
        "methods",
        "password-length",
        "password-expiry",
        "codes-for-operators",
    ];
    if !far.iter().any(|key| plan.change(key).is_some()) {
        return Ok(effects);
    }
    let filter = PersonFilter {
        panel_id: plan.panel.as_ref().map(|panel| panel.id),
        ..PersonFilter::default()
    };
    tx.each_person(&filter, |person| {
        let id = person.access.panel_id;
        let (Some(was), Some(is)) = (plan.before.panel_by_id(id), plan.after.panel_by_id(id))
        else {
            return Ok(true);
        };
        if !person.access.is_running(op.now) {
            return Ok(true);
        }
        effects.everybody.add(&person);
        let old = plan.before.factor_of(tx, was, &person, op)?;
        let new = plan.after.factor_of(tx, is, &person, op)?;
        if new.lacks_something(&is.policy) {
            if !old.lacks_something(&was.policy) {
                effects.lacking.add(&person);
            }
        } else if new.is_missing(&is.policy) && !old.is_missing(&was.policy) {
            effects.setting_up.add(&person);
        }
        let expired = |panel, factor| {
            let facts = Facts {
                panel,
                account: Some(&person.account),
                access: Some(&person.access),
                factor,
                signed_in_since: None,
            };
            obstacles(&facts, op.now)
                .iter()
                .any(|obstacle| obstacle.reason == Reason::PasswordExpired)
        };
        if expired(is, new) && !expired(was, old) {
            effects.expired.add(&person);
        }
        Ok::<bool, Fault>(true)
    })?;
    Ok(effects)
}
