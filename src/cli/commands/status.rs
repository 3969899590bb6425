//! `admit status`

use clap::Args;
use serde_json::{Map, Value};

use crate::cli::base::colour::Role;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::lines::{Cell, Line};
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Row, field};
use crate::cli::base::printed::{PrintedCommand, RunOptions, command};
use crate::cli::base::refusals::{About, op_error};
use crate::cli::base::times::TimeFormat;
use crate::cli::view::time;
use crate::ops::Scope;
use crate::ops::status::{Attention, Group, status};

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("panel", "the panel that people were counted in; null for all"),
    field("locked", "accounts locked by wrong tries"),
    field("locked_permanently", "how many of those are locked permanently"),
    field("disabled", "accounts locked by an operator"),
    field("expiring", "accesses that end within 7 days"),
    field("pending", "invitations that can still be accepted"),
    field("mail_failed", "mails that failed"),
    field("mail_waiting", "mails that wait to be sent"),
    field("mail_waiting_since_at", "when the oldest of those was queued; or null"),
    field("last_backup_at", "when store backup last wrote a backup; or null"),
];

/// Show what needs attention
///
/// Who is locked, whose access ends within 7 days, which invitations are pending, mail that failed or waits, and the last
/// backup, each with the command that shows more. Backups made by other tools are not known here.
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
#[command(after_help = examples(&["admit status", "admit status --panel main -o json"]))]
pub struct StatusArgs {}

/// Shows it.
pub fn run(cx: &mut Context, _args: &StatusArgs) -> Result<Finish, CliError> {
    cx.report.keys(FIELDS);
    let panel = cx.panel();
    let mut store = cx.open_store()?;
    let op = cx.op();
    let found = store
        .read(|tx| {
            let scope = Scope::load(tx)?;
            status(tx, &scope, &op, panel.as_deref())
        })
        .map_err(|error| op_error(error, About::of(""), &op))?;
    let times = cx.times();
    let lines = lines(&found, &times, cx.ui.run_options());
    cx.row(Row::new(json(&found, panel.as_deref())).lines(lines))?;
    Ok(Finish::Done)
}

fn json(found: &Attention, panel: Option<&str>) -> Map<String, Value> {
    let (waiting, since) = found.mail_waiting;
    let facts: [(&str, Value); 10] = [
        ("panel", panel.into()),
        ("locked", found.locked.count.into()),
        ("locked_permanently", found.locked_permanently.into()),
        ("disabled", found.disabled.count.into()),
        ("expiring", found.expiring.count.into()),
        ("pending", found.pending.count.into()),
        ("mail_failed", found.mail_failed.into()),
        ("mail_waiting", waiting.into()),
        ("mail_waiting_since_at", time(since)),
        ("last_backup_at", time(found.backed_up_at)),
    ];
    facts
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// One line for each subject, and below it the command that shows more where there is something to see.
fn lines(found: &Attention, times: &TimeFormat, run: &RunOptions) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut add = |label: &str, urgent: bool, value: String, more: Option<PrintedCommand>| {
        const LABEL: usize = 16;
        let role = if urgent { Role::Bad } else { Role::Plain };
        let cells = [
            Cell::new(format!("{label:<LABEL$}"), Role::Dim),
            Cell::new(value, role),
        ];
        lines.push(Line::of(0, cells).hanging(LABEL));
        if let Some(more) = more {
            lines.push(Line::command(LABEL, &more.print(run)));
        }
    };
    let people = |group: &Group, words: &[&str]| (group.count > 0).then(|| command(words));
    let locked = &found.locked;
    let value = match found.locked_permanently {
        0 => named(locked),
        permanent => format!("{}; {permanent} permanently", named(locked)),
    };
    let more = people(locked, &["list", "--status", "locked"]);
    add("locked", locked.count > 0, value, more);
    let disabled = &found.disabled;
    let more = people(disabled, &["list", "--status", "disabled"]);
    add("locked by hand", false, named(disabled), more);
    let more = people(&found.expiring, &["list", "--expiring", "7d"]);
    let value = match found.expiring.count {
        0 => "none within 7 days".to_owned(),
        _ => format!("{} within 7 days", named(&found.expiring)),
    };
    add("access ending", false, value, more);
    let more = people(&found.pending, &["list", "--status", "pending"]);
    add("invited", false, named(&found.pending), more);
    let (waiting, since) = found.mail_waiting;
    let failed = (found.mail_failed > 0)
        .then(|| command(&["mail", "list", "--state", "failed"]).in_no_panel());
    let value = match found.mail_failed {
        0 => "none".to_owned(),
        count => count.to_string(),
    };
    add("mail failed", failed.is_some(), value, failed);
    let value = match since {
        Some(since) => format!("{waiting}, the oldest since {}", times.at(since)),
        None => "none".to_owned(),
    };
    let more = since.map(|_| command(&["mail", "list", "--state", "queued"]).in_no_panel());
    add("mail waiting", false, value, more);
    let value = found.backed_up_at.map_or_else(
        || "none by `store backup`".to_owned(),
        |at| times.at(at),
    );
    add("last backup", false, value, None);
    lines
}

/// How many, and the first of them: `5: ada@example.com, bob@example.com, cyd@example.com and 2 more`.
fn named(group: &Group) -> String {
    if group.count == 0 {
        return "none".to_owned();
    }
    let first = group.first.join(", ");
    let shown = u64::try_from(group.first.len()).unwrap_or(group.count);
    match group.count.saturating_sub(shown) {
        0 => format!("{}: {first}", group.count),
        more => format!("{}: {first} and {more} more", group.count),
    }
}
