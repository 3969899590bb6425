//! `admit status`

use clap::Args;
use serde_json::Value;

use crate::cli::base::colour::Role;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::lines::{Cell, Line};
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, fields};
use crate::cli::base::printed::{PrintedCommand, RunOptions, command};
use crate::cli::base::refusals::failure;
use crate::cli::base::times::TimeFormat;
use crate::cli::view::time;
use crate::ops::Scope;
use crate::ops::status::{Attention, Group, status};

fields! {
    /// What needs attention.
    struct StatusRow {
        panel: Option<String> = "the panel that people were counted in; null for all",
        locked: u64 = "accounts locked by wrong tries",
        locked_permanently: u64 = "how many of those are locked permanently",
        disabled: u64 = "accounts locked by an operator",
        expiring: u64 = "accesses that end within 7 days",
        pending: u64 = "invitations that can still be accepted",
        mail_failed: u64 = "mails that failed",
        mail_waiting: u64 = "mails that wait to be sent",
        mail_waiting_since_at: Value = "when the oldest of those was queued; or null",
        last_backup_at: Value = "when store backup last wrote a backup; or null",
    }
}

/// Show what needs attention
///
/// Who is locked, whose access ends within 7 days, which invitations are pending, mail that failed or waits, and the last
/// backup, each with the command that shows more. Backups made by other tools are not known here.
#[derive(Args, Debug)]
#[command(after_long_help = section(StatusRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit status", "admit status --panel main -o json"]))]
pub struct StatusArgs {}

/// Shows it.
pub fn run(cx: &mut Context, _args: &StatusArgs) -> Result<Finish, CliError> {
    cx.report.keys(StatusRow::FIELDS);
    let panel = cx.panel();
    let mut store = cx.open_store()?;
    let op = cx.op();
    let found = store
        .read(|tx| {
            let scope = Scope::load(tx)?;
            status(tx, &scope, &op, panel.as_deref())
        })
        .map_err(|error| failure(error, &op))?;
    let times = cx.times();
    let lines = lines(&found, &times, cx.ui.run_options());
    let (mail_waiting, since) = found.mail_waiting;
    let row = StatusRow {
        panel,
        locked: found.locked.count,
        locked_permanently: found.locked_permanently,
        disabled: found.disabled.count,
        expiring: found.expiring.count,
        pending: found.pending.count,
        mail_failed: found.mail_failed,
        mail_waiting,
        mail_waiting_since_at: time(since),
        last_backup_at: time(found.backed_up_at),
    };
    cx.row(Row::new(row).lines(lines))?;
    Ok(Finish::Done)
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
    let value = found
        .backed_up_at
        .map_or_else(|| "none by `store backup`".to_owned(), |at| times.at(at));
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
