//! A panel: one application or tenant that people sign in to.

use jiff::Timestamp;

use super::policy::{POLICY_KEYS, Policy};

/// The panel that every new store has, so that people with a single panel never have to name it.
pub const MAIN: &str = "main";

/// One panel and its settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel {
    /// Row id inside this store.
    pub id: i64,
    /// Its name, as `--panel` takes it.
    pub name: String,
    /// The end of its trial, if it has one (A7).
    pub trial_ends_at: Option<Timestamp>,
    /// Its limits.
    pub policy: Policy,
}

/// The setting that is not a limit: when the trial ends (A7).
pub const TRIAL_ENDS: &str = "trial-ends";
/// The values accepted for [`TRIAL_ENDS`].
pub const TRIAL_ENDS_RANGE: &str = "never, or a date and time in the future";
/// What [`TRIAL_ENDS`] is for.
pub const TRIAL_ENDS_ABOUT: &str = "when the trial ends and nobody can sign in to the panel";
/// The panel has no trial.
pub const NEVER: &str = "never";

/// The names of all settings of a panel, in display order.
pub fn setting_names() -> impl Iterator<Item = &'static str> {
    POLICY_KEYS.iter().map(|key| key.name).chain([TRIAL_ENDS])
}

impl Panel {
    /// What people call it: its title, else its name.
    pub fn title(&self) -> &str {
        self.policy.title.as_deref().unwrap_or(&self.name)
    }

    /// `open`, `trial` or `trial-ended` (A7).
    pub fn status(&self, now: Timestamp) -> &'static str {
        match self.trial_ends_at {
            None => "open",
            Some(end) if now < end => "trial",
            Some(_) => "trial-ended",
        }
    }
}
