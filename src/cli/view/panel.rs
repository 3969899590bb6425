//! The list of panels.

use serde_json::Value;

use super::time;
use crate::cli::base::colour::Role;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::{Heading, Row, fields};
use crate::cli::base::times::TimeFormat;
use crate::domain::key;
use crate::domain::panel::Panel;
use crate::domain::policy::POLICY_KEYS;

fields! {
    /// A panel.
    pub struct PanelRow {
        panel: String = "its name",
        status: &'static str = "open, trial or trial-ended",
        people: i64 = "how many people have running access",
        second_factor: String = "off, optional or required",
        trial_ends_at: Value = "when its trial ends, or null",
    }
}

/// The columns.
pub const HEADINGS: &[Heading] = &[
    Heading::words("PANEL"),
    Heading::words("STATUS"),
    Heading::numbers("PEOPLE"),
    Heading::words("SECOND FACTOR").spare(2),
    Heading::words("TRIAL").spare(1),
];

/// One panel and how many people have access that runs.
pub fn row(panel: &Panel, people: i64, times: &TimeFormat) -> Row {
    let second_factor = key::find(POLICY_KEYS, "second-factor")
        .and_then(|key| key.value(&panel.policy))
        .unwrap_or_default();
    let status = panel.status(times.now);
    let row = PanelRow {
        panel: panel.name.clone(),
        status,
        people,
        second_factor: second_factor.clone(),
        trial_ends_at: time(panel.trial_ends_at),
    };
    let trial = match panel.trial_ends_at {
        None => "–".to_owned(),
        Some(end) if end <= times.now => format!("ended {}", times.end(end)),
        Some(end) => format!("until {}", times.end(end)),
    };
    let role = match status {
        "open" => Role::Good,
        "trial" => Role::Attention,
        _ => Role::Bad,
    };
    Row::new(row).cells([
        Cell::from(panel.name.as_str()),
        Cell::new(status, role),
        Cell::from(people.to_string()),
        Cell::from(second_factor),
        Cell::from(trial),
    ])
}
