//! What a change of settings will do.

use super::{Assignment, Target, trial_text};
use crate::domain::key::{self, Key};
use crate::domain::panel::{NEVER, Panel, TRIAL_ENDS, setting_names};
use crate::domain::policy::{POLICY_KEYS, PolicyProblem};
use crate::domain::refusal::Refusal;
use crate::domain::store_policy::{STORE_KEYS, StorePolicy};
use crate::domain::{text, weakening, when};
use crate::mail::Sender;
use crate::ops::{Op, OpError, Scope};

/// One named setting, changed or unchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub key: &'static str,
    /// The value before; `None` if nothing was set.
    pub before: Option<String>,
    /// The value after; `None` if nothing is set.
    pub after: Option<String>,
}

impl Change {
    /// Whether anything changes.
    pub fn is_one(&self) -> bool {
        self.before != self.after
    }
}

/// What a change will do.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The panel; `None` is the store.
    pub panel: Option<Panel>,
    /// What was named, in typing order.
    pub named: Vec<Change>,
    /// What is given up, one sentence each.
    pub weakens: Vec<String>,
    pub(super) before: Scope,
    pub(super) after: Scope,
}

impl Plan {
    /// Whether anything changes.
    pub fn changes(&self) -> bool {
        self.named.iter().any(Change::is_one)
    }

    /// The owner of the settings: the panel's name, or `store`.
    pub fn target(&self) -> &str {
        self.panel.as_ref().map_or("store", |panel| &panel.name)
    }

    /// The panel, if a command about it has to name it because there are several.
    pub fn named_panel(&self) -> Option<&str> {
        let panel = self.panel.as_ref()?;
        (self.before.panels.len() > 1).then_some(panel.name.as_str())
    }

    /// The change of one key, if it was named.
    pub fn change(&self, key: &str) -> Option<&Change> {
        self.named
            .iter()
            .find(|change| change.key == key && change.is_one())
    }
}

/// What a change will do, with every value checked.
///
/// # Errors
/// An unknown panel, key or role, a value out of range, values that do not fit together.
pub fn plan(
    scope: &Scope,
    op: &Op,
    target: Target<'_>,
    assignments: &[Assignment],
) -> Result<Plan, OpError> {
    let mut after = scope.clone();
    match target {
        Target::Panel(name) => {
            let before = scope.panel_to_change(name)?.clone();
            let mut panel = before.clone();
            let named = assignments
                .iter()
                .map(|assignment| set_in_panel(&mut panel, op, assignment))
                .collect::<Result<_, _>>()?;
            panel.policy.check().map_err(Refusal::Policy)?;
            let weakens = weakening::of_panel(&before.policy, &panel.policy);
            for place in &mut after.panels {
                if place.id == panel.id {
                    *place = panel.clone();
                }
            }
            Ok(Plan {
                panel: Some(before),
                named,
                weakens,
                before: scope.clone(),
                after,
            })
        }
        Target::Store => {
            let named = assignments
                .iter()
                .map(|assignment| set_in_store(&mut after.policy, assignment))
                .collect::<Result<_, _>>()?;
            Ok(Plan {
                panel: None,
                named,
                weakens: weakening::of_store(&scope.policy, &after.policy),
                before: scope.clone(),
                after,
            })
        }
    }
}

fn set_in_panel(panel: &mut Panel, op: &Op, assignment: &Assignment) -> Result<Change, OpError> {
    let value = assignment.value.as_deref();
    if assignment.key == TRIAL_ENDS {
        let before = trial_text(panel.trial_ends_at);
        panel.trial_ends_at = match value {
            None | Some(NEVER) => None,
            Some(end) => Some(when::parse_until(end, op.now, &op.zone)?),
        };
        return Ok(Change {
            key: TRIAL_ENDS,
            before: Some(before),
            after: Some(trial_text(panel.trial_ends_at)),
        });
    }
    let Some(key) = key::find(POLICY_KEYS, &assignment.key) else {
        let elsewhere = key::find(STORE_KEYS, &assignment.key).map(|_| "store");
        return Err(unknown(assignment, setting_names().collect(), elsewhere).into());
    };
    let change = set(key, &mut panel.policy, value)?;
    match (key.name, &change.after) {
        ("default-role", Some(role)) => Scope::role(role)?,
        ("sender", Some(sender)) if change.is_one() => {
            Sender::parse(sender).map_err(|problem| {
                Refusal::Policy(PolicyProblem::BadValue {
                    key: key.name,
                    value: sender.clone(),
                    wanted: format!("{}; {problem}", key.range()),
                })
            })?;
        }
        _ => {}
    }
    Ok(change)
}

fn set_in_store(policy: &mut StorePolicy, assignment: &Assignment) -> Result<Change, OpError> {
    let Some(key) = key::find(STORE_KEYS, &assignment.key) else {
        let known = STORE_KEYS.iter().map(|key| key.name).collect();
        let elsewhere = setting_names()
            .any(|name| name == assignment.key)
            .then_some("panel");
        return Err(unknown(assignment, known, elsewhere).into());
    };
    set(key, policy, assignment.value.as_deref())
}

fn set<P: Default>(key: &Key<P>, policy: &mut P, value: Option<&str>) -> Result<Change, OpError> {
    let before = key.value(policy);
    match value {
        None => key.reset(policy),
        Some(value) => key.set(policy, value).map_err(Refusal::Policy)?,
    }
    Ok(Change {
        key: key.name,
        before,
        after: key.value(policy),
    })
}

fn unknown(
    assignment: &Assignment,
    known: Vec<&'static str>,
    elsewhere: Option<&'static str>,
) -> Refusal {
    let word = format!(
        "{}={}",
        assignment.key,
        assignment.value.as_deref().unwrap_or_default()
    );
    Refusal::UnknownKey {
        name: assignment.key.clone(),
        nearest: text::nearest(&assignment.key, known.iter().copied())
            .and_then(|near| known.iter().copied().find(|name| *name == near)),
        known,
        elsewhere: elsewhere.map(|noun| vec![noun.to_owned(), "set".to_owned(), word]),
    }
}
