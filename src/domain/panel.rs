//! A panel: one application or tenant that people sign in to.

use jiff::Timestamp;

use super::policy::Policy;

/// The panel every new store has, so that nobody with a single panel ever has to name it.
pub const MAIN: &str = "main";

/// One panel and what it asks for.
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
