//! `admit audit list`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Format, Row};
use crate::cli::base::refusals::{About, op_error, refusal_error};
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::lookup;
use crate::cli::view::audit::{EntryFields, HEADINGS, address, cells};
use crate::domain::account::AccountRef;
use crate::domain::event::Action;
use crate::domain::text::nearest;
use crate::domain::when::{WhenProblem, parse_before, parse_since};
use crate::ops::{Op, Scope};
use crate::store::{AuditFilter, Store};

use super::follow;

/// List audit entries, newest first
///
/// In JSON, JSON lines, CSV and with -o plain they come in the order of the log, oldest first, unless --limit asks for
/// the newest.
#[derive(Args, Debug)]
#[command(after_long_help = section(EntryFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit audit list --person ada@example.com", "admit audit list --action locked --since 7d", "admit audit list --follow"]))]
pub struct ListArgs {
    /// Only entries about this person
    #[arg(long, value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    person: Option<String>,

    /// Only entries by this operator
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,

    /// Only this action, such as signed-in or locked
    #[arg(long, value_name = "ACTION")]
    action: Option<String>,

    /// From this time: 2026-11-01, or 2d for two days ago
    #[arg(long, value_name = "TIME")]
    since: Option<String>,

    /// Until this time; a date includes the whole day
    #[arg(long, value_name = "TIME")]
    until: Option<String>,

    /// Maximum number of entries, newest first
    #[arg(long, value_name = "NUMBER", alias = "newest")]
    limit: Option<u32>,

    /// Keep showing new entries; stop with Ctrl-C
    #[arg(long, conflicts_with_all = ["limit", "until"])]
    follow: bool,
}

/// Lists them.
pub fn run(cx: &mut Context, args: &ListArgs) -> Result<Finish, CliError> {
    let op = cx.op();
    if let Some(action) = &args.action {
        check_action(action)?;
    }
    let usage = |problem: WhenProblem| CliError::usage(problem.to_string());
    let since = args.since.as_deref();
    let since = since.map(|text| parse_since(text, op.now, &op.zone));
    let since = since.transpose().map_err(usage)?;
    let until = args.until.as_deref();
    let until = until.map(|text| parse_before(text, &op.zone));
    let until = until.transpose().map_err(usage)?;
    // A panel in the settings is for changes; the audit log is read completely unless the option says otherwise.
    let panel = cx.global.panel.clone();
    let mut store = cx.open_store()?;
    if args.follow {
        cx.report.endless("--follow")?;
    }
    cx.report.keys(EntryFields::FIELDS);
    cx.report.headings(HEADINGS);
    cx.report.empty("No matching entries.");
    let times = cx.times();
    let (account, head) = look_up(cx, &mut store, &op, args.person.as_deref())?;
    let mut filter = AuditFilter {
        account,
        panel: panel.as_deref(),
        operator: args.operator.as_deref(),
        action: args.action.as_deref(),
        since,
        until,
        after_seq: 0,
        newest_first: !args.follow && (args.limit.is_some() || cx.report.format() == Format::Table),
        limit: args.limit.map(i64::from),
    };
    if args.follow {
        if since.is_none() {
            filter.after_seq = head;
        }
        return follow::run(cx, &mut store, filter, &times);
    }
    show(cx, &mut store, &filter, &times)?;
    Ok(Finish::Done)
}

/// The person named by `--person`, and the number of the last entry. A named panel must exist.
fn look_up(
    cx: &mut Context,
    store: &mut Store,
    op: &Op,
    person: Option<&str>,
) -> Result<(Option<AccountRef>, i64), CliError> {
    let about = About::of(person.unwrap_or_default());
    let refused = |refusal| refusal_error(&refusal, about, op);
    let person = person.map(|typed| lookup::person(cx, store, typed, op));
    let person = person.transpose()?;
    store.read(|tx| {
        if let Some(panel) = &cx.global.panel {
            Scope::load(tx)?.panel(panel).map_err(refused)?;
        }
        let account = match &person {
            Some(address) => Some(
                Scope::known(tx, address)
                    .map_err(|error| op_error(error, about, op))?
                    .reference,
            ),
            None => None,
        };
        Ok((account, tx.audit_head()?.seq))
    })
}

/// Shows what fits, and returns the number of the last entry that was looked at.
pub(super) fn show(
    cx: &mut Context,
    store: &mut Store,
    filter: &AuditFilter<'_>,
    times: &TimeFormat,
) -> Result<i64, CliError> {
    store.read(|tx| {
        let head = tx.audit_head()?.seq;
        tx.each_audit_entry(filter, |entry| {
            let mut row = Row::new(EntryFields::of(&entry)).cells(cells(&entry, times));
            if let Some(address) = address(&entry) {
                row = row.plain(address);
            }
            cx.row(row)?;
            Ok::<bool, CliError>(!cx.ui.is_closed())
        })?;
        Ok(head)
    })
}

fn check_action(word: &str) -> Result<(), CliError> {
    if Action::parse(word).is_some() {
        return Ok(());
    }
    let known = || Action::ALL.iter().map(|action| action.as_str());
    let hint = match nearest(word, known()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("use {}", known().collect::<Vec<_>>().join(", ")),
    };
    Err(CliError::usage(format!("unknown action '{word}'")).hinted(hint))
}
