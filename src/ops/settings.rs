//! Settings of a panel and of the store: their values, what a change does, and the change.
//!
//! A change is planned first, from what is in the store, so that what it weakens and who is affected can be
//! shown before the operator is asked. The transaction that writes plans it again.

mod effects;
mod plan;

use jiff::Timestamp;

use crate::domain::event::Action;
use crate::domain::key::{self, Key};
use crate::domain::panel::{NEVER, Panel, TRIAL_ENDS, TRIAL_ENDS_ABOUT, TRIAL_ENDS_RANGE};
use crate::domain::policy::POLICY_KEYS;
use crate::domain::store_policy::STORE_KEYS;
use crate::domain::when;
use crate::store::{Fault, Tx};

pub use effects::{Affected, Effects, effects};
pub use plan::{Change, Plan, plan};

use super::{Op, OpError, Scope};

/// `KEY=VALUE`, as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The key.
    pub key: String,
    /// The value; `None` resets it to the default.
    pub value: Option<String>,
}

/// The owner of the settings.
#[derive(Clone, Copy, Debug)]
pub enum Target<'a> {
    /// A panel: the one named, or the only one.
    Panel(Option<&'a str>),
    /// The store.
    Store,
}

/// One setting as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub key: &'static str,
    /// Its value, as it would be typed; `None` if nothing is set.
    pub value: Option<String>,
    /// Its default, as it would be typed.
    pub default: Option<String>,
    /// What applies if nothing is set; empty if there always is a value.
    pub unset: &'static str,
    /// The default applies.
    pub is_default: bool,
    /// The values that are accepted.
    pub range: String,
    /// What it is for.
    pub description: &'static str,
}

/// The settings of a panel.
pub fn of_panel(panel: &Panel) -> Vec<Setting> {
    let mut settings = listed(POLICY_KEYS, &panel.policy);
    for setting in &mut settings {
        if setting.key == "password-length" && setting.value.is_none() {
            setting.value = Some(panel.policy.shortest_password().to_string());
        }
    }
    settings.push(Setting {
        key: TRIAL_ENDS,
        value: Some(trial_text(panel.trial_ends_at)),
        default: Some(NEVER.to_owned()),
        unset: "",
        is_default: panel.trial_ends_at.is_none(),
        range: TRIAL_ENDS_RANGE.to_owned(),
        description: TRIAL_ENDS_ABOUT,
    });
    settings
}

fn listed<P: Default>(keys: &'static [Key<P>], policy: &P) -> Vec<Setting> {
    keys.iter()
        .map(|key| {
            let (value, default) = (key.value(policy), key.default());
            Setting {
                key: key.name,
                is_default: value == default,
                value,
                default,
                unset: key.unset,
                range: key.range(),
                description: key.about,
            }
        })
        .collect()
}

fn trial_text(end: Option<Timestamp>) -> String {
    end.map_or_else(|| NEVER.to_owned(), when::rfc3339)
}

/// Applies the change. `agreed` is what the operator agreed to give up: if it is more by now, nothing is
/// written.
///
/// # Errors
/// As [`plan`]; and [`Fault::Retry`] if the settings were changed in the meantime, so that the
/// question asked was another.
pub fn change(
    tx: &mut Tx<'_>,
    op: &Op,
    target: Target<'_>,
    assignments: &[Assignment],
    agreed: &[String],
) -> Result<Plan, OpError> {
    let scope = Scope::load(tx)?;
    let plan = plan(&scope, op, target, assignments)?;
    if plan.weakens.iter().any(|weaker| !agreed.contains(weaker)) {
        return Err(Fault::Retry.into());
    }
    for change in plan.named.iter().filter(|change| change.is_one()) {
        write(tx, &plan, change)?;
        let mut event = op
            .event(Action::SettingChanged)
            .with("key", change.key)
            .with("before", change.before.clone())
            .with("after", change.after.clone());
        if let Some(panel) = &plan.panel {
            event = event.in_panel(&panel.name);
        }
        tx.record(event)?;
    }
    Ok(plan)
}

/// A value that equals the default is not stored, so that there is one way to have it.
fn write(tx: &Tx<'_>, plan: &Plan, change: &Change) -> Result<(), Fault> {
    let own = |default: Option<String>| change.after.clone().filter(|_| change.after != default);
    match &plan.panel {
        Some(panel) if change.key == TRIAL_ENDS => {
            let end = plan.after.panel_by_id(panel.id);
            tx.set_trial_end(panel.id, end.and_then(|panel| panel.trial_ends_at))
        }
        Some(panel) => {
            let default = key::find(POLICY_KEYS, change.key).and_then(Key::default);
            tx.set_panel_setting(panel.id, change.key, own(default).as_deref())
        }
        None => {
            let default = key::find(STORE_KEYS, change.key).and_then(Key::default);
            match own(default) {
                Some(value) => tx.set_store_setting(change.key, &value),
                None => tx.clear_store_setting(change.key),
            }
        }
    }
}
