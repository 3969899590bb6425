//! The list of panels.

use serde_json::Map;

use super::time;
use crate::cli::base::colour::Role;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::{Field, Heading, Row, field};
use crate::cli::base::times::TimeFormat;
use crate::domain::key;
use crate::domain::panel::Panel;
use crate::domain::policy::POLICY_KEYS;

/// The fields of a row.
pub const KEYS: &[Field] = &[
    field("panel", "its name"),
    field("status", "open, trial or trial-ended"),
    field("people", "how many people have running access"),
    field("second_factor", "off, optional or required"),
    field("trial_ends_at", "when its trial ends, or null"),
];

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
    let mut json = Map::new();
    json.insert("panel".into(), panel.name.clone().into());
    json.insert("status".into(), status.into());
    json.insert("people".into(), people.into());
    json.insert("second_factor".into(), second_factor.clone().into());
    json.insert("trial_ends_at".into(), time(panel.trial_ends_at));
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
    Row::new(json).cells([
        Cell::from(panel.name.as_str()),
        Cell::new(status, role),
        Cell::from(people.to_string()),
        Cell::from(second_factor),
        Cell::from(trial),
    ])
}
