//! Settings: the row of a change with what goes with it, and the rows that show them.

use serde_json::{Map, Value};

use crate::cli::base::colour::Role;
use crate::cli::base::lines::{Cell, Line};
use crate::cli::base::output::{Row, Status, fields};
use crate::cli::base::times::TimeFormat;
use crate::cli::view::rows;
use crate::domain::key::Key;
use crate::domain::panel::TRIAL_ENDS;
use crate::ops::settings::{Affected, Change, Effects, Plan, Setting};

fields! {
    /// A change of settings.
    pub struct ChangeFields {
        target = "the panel, or store",
        panel = "the panel; null for the store",
        ..rows::STATUS,
        before = "the named settings before: key and value",
        after = "the same after",
        ..rows::MESSAGE,
        ..rows::HINT,
        lacking: u64 = "how many people lack the phone number or the method to get a code",
        setting_up: u64 = "how many people must set up a second factor at their next sign-in",
        password_expired: u64 = "how many people must set a new password at their next sign-in",
    }
}

fields! {
    /// A setting that is shown.
    pub struct SettingFields {
        panel: String = "the panel",
        key: &'static str = "the setting's name",
        value: Option<String> = "its value; null if it is not set",
        default: Option<String> = "its default, or null",
        is_default: bool = "whether the default applies",
        range: String = "the accepted values",
        description: &'static str = "what it is for",
    }
}

/// The row of a change.
pub fn row(plan: &Plan, effects: &Effects, dry_run: bool, times: &TimeFormat) -> Row {
    let status = if plan.changes() {
        Status::Done
    } else {
        Status::Unchanged
    };
    let parts: Vec<String> = match status {
        Status::Done => plan
            .named
            .iter()
            .filter(|change| change.is_one())
            .map(|change| {
                format!(
                    "{}: {} → {}",
                    change.key,
                    text(change, change.before.as_deref(), times),
                    text(change, change.after.as_deref(), times)
                )
            })
            .collect(),
        _ => plan
            .named
            .iter()
            .map(|change| {
                format!(
                    "{}: {}, unchanged",
                    change.key,
                    text(change, change.after.as_deref(), times)
                )
            })
            .collect(),
    };
    let mut message = parts.join("; ");
    if dry_run && status == Status::Done {
        message = format!("would change: {message}");
    }
    let facts = |value: fn(&Change) -> &Option<String>| {
        let facts: Map<String, Value> = plan
            .named
            .iter()
            .map(|change| (change.key.to_owned(), value(change).clone().into()))
            .collect();
        facts
    };
    let panel = plan.panel.as_ref().map(|panel| panel.name.as_str());
    Row::change(plan.target(), panel, status)
        .before(facts(|change| &change.before))
        .after(facts(|change| &change.after))
        .message(message)
        .with(ChangeFields {
            lacking: effects.lacking.count,
            setting_up: effects.setting_up.count,
            password_expired: effects.expired.count,
        })
}

fn text(change: &Change, value: Option<&str>, times: &TimeFormat) -> String {
    match value {
        None => "not set".to_owned(),
        Some(value) if change.key == TRIAL_ENDS => shown_end(value, times),
        Some(value) => value.to_owned(),
    }
}

/// An instant as it is told; `never` as it is.
fn shown_end(value: &str, times: &TimeFormat) -> String {
    value
        .parse()
        .map_or_else(|_| value.to_owned(), |end| times.end(end))
}

/// What to show before the change, each with the command that lists the people affected.
pub fn warnings(plan: &Plan, effects: &Effects) -> Vec<(String, Option<&'static [&'static str]>)> {
    let mut found: Vec<(String, Option<&'static [&'static str]>)> = Vec::new();
    let all = effects.everybody.count;
    let lacking = &effects.lacking;
    if lacking.count > 0 {
        let lack = verb(lacking.count, "lacks", "lack");
        found.push((
            format!(
                "{} of {all} people {lack} the phone number or the method to get a code: {}",
                lacking.count,
                named(lacking)
            ),
            Some(&["list", "--cannot-2fa"]),
        ));
    }
    if effects.setting_up.count > 0 {
        let count = effects.setting_up.count;
        let set = verb(
            count,
            "has no second factor yet and must set",
            "have no second factor yet and must set",
        );
        let their = verb(count, "the", "their");
        found.push((
            format!("{count} of {all} people {set} it up at {their} next sign-in"),
            Some(&["list", "--no-2fa"]),
        ));
    }
    if effects.expired.count > 0 {
        let count = effects.expired.count;
        let must = verb(count, "needs", "need");
        let old = plan
            .change("password-expiry")
            .is_some_and(|change| change.after.as_deref() != Some("off"));
        let why = if old {
            "is older or shorter"
        } else {
            "is shorter"
        };
        found.push((
            format!(
                "{count} of {all} people {must} a new password at the next sign-in (password-expired), because the current one {why}: {}",
                named(&effects.expired)
            ),
            Some(&["list", "--status", "password-expired"]),
        ));
    }
    if plan
        .change("password-expiry")
        .is_some_and(|change| change.after.as_deref() != Some("off"))
    {
        found.push((
            "NIST SP 800-63B-4 and OWASP advise against password expiry, because people then choose weaker passwords".into(),
            None,
        ));
    }
    found
}

fn verb(count: u64, one: &'static str, several: &'static str) -> &'static str {
    if count == 1 { one } else { several }
}

fn named(people: &Affected) -> String {
    let mut names = people.first.join(", ");
    let shown = u64::try_from(people.first.len()).unwrap_or(u64::MAX);
    if people.count > shown {
        names.push_str(&format!(" and {} more", people.count - shown));
    }
    names
}

/// What happens next.
pub fn notes(plan: &Plan) -> Vec<&'static str> {
    let mut notes = Vec::new();
    if plan.change("argon2").is_some() {
        notes.push("Each password is rehashed at the person's next sign-in.");
        notes.push("Until everyone has signed in, each sign-in does the work of both hashes.");
    }
    notes
}

/// A setting that is shown; `heading` is the panel, in front of its first setting where several panels are shown.
pub fn shown(setting: &Setting, panel: &str, heading: bool, times: &TimeFormat) -> Row {
    let row = SettingFields {
        panel: panel.to_owned(),
        key: setting.key,
        value: setting.value.clone(),
        default: setting.default.clone(),
        is_default: setting.is_default,
        range: setting.range.clone(),
        description: setting.description,
    };
    let default = setting.default.as_deref().unwrap_or(setting.unset);
    let value = match &setting.value {
        None => setting.unset.to_owned(),
        Some(value) if setting.key == TRIAL_ENDS => shown_end(value, times),
        Some(value) => value.clone(),
    };
    let mut cells = vec![Cell::new(format!("{:<LABEL$}", setting.key), Role::Heading)];
    if setting.is_default {
        cells.push(Cell::from(value));
    } else {
        cells.push(Cell::new(value, Role::Attention));
        cells.push(Cell::new(format!(" (default: {default})"), Role::Dim));
    }
    let about = format!("{}; {}", setting.description, setting.range);
    let mut lines = Vec::new();
    if heading {
        lines.push(Line::new(0, format!("Panel {panel}")));
    }
    lines.push(Line::of(0, cells).hanging(LABEL));
    lines.push(Line::of(LABEL, [Cell::new(about, Role::Dim)]));
    Row::new(row).lines(lines)
}

/// The column of the keys.
const LABEL: usize = 21;

/// The keys for a page of help.
pub fn page<P: Default>(keys: &'static [Key<P>], more: &[(&str, &str, &str, &str)]) -> String {
    let own = keys.iter().map(|key| {
        let default = key.default().unwrap_or_else(|| key.unset.to_owned());
        (key.name, default, key.range(), key.about)
    });
    let more = more.iter().map(|(name, default, range, about)| {
        (*name, (*default).to_owned(), (*range).to_owned(), *about)
    });
    let mut page = String::from("Keys:");
    for (name, default, range, about) in own.chain(more) {
        page.push_str(&format!(
            "\n  {name}: {about}\n    {range}\n    default: {default}"
        ));
    }
    page
}
