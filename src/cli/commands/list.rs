//! `admit list`

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Format, Report, Row, field};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::failure;
use crate::cli::view::person::{Column, PersonRow};
use crate::domain::access::inactive_since;
use crate::domain::address::Address;
use crate::domain::admission::{AccessStatus, AccountStatus, list_statuses, status_word};
use crate::domain::panel::Panel;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::FactorFacts;
use crate::domain::text::nearest;
use crate::domain::when::Period;
use crate::ops::status::is_pending;
use crate::ops::{Op, Scope};
use crate::store::{Person, PersonFilter, SortBy, Tx};

/// List people and their access
///
/// One row per person and panel, without people who were removed unless --status asks for them. Filters can be
/// combined. With -o plain, the addresses can be piped into another command's --from -.
#[derive(Args, Debug)]
#[command(after_long_help = section(PersonRow::FIELDS, &[COUNT]))]
#[command(after_help = examples(&["admit list --status locked", "admit list --expiring 7d", "admit list --expiring 7d -o plain | admit extend --from - --for 30d --yes", "admit list example.org --columns address,name,access_until"]))]
pub struct ListArgs {
    /// Only addresses or names that contain this
    #[arg(value_name = "TEXT", conflicts_with = "search")]
    text: Option<String>,

    /// Only people with one of these statuses
    ///
    /// Active, expiring, pending, invited, expired, removed, unregistered, locked (every kind of lock), or any reason
    /// that why gives, separated by commas.
    #[arg(long, value_name = "STATUS,…", value_delimiter = ',', add = ArgValueCompleter::new(crate::cli::base::complete::statuses))]
    status: Vec<String>,

    /// Only people with this role
    #[arg(long, value_name = "ROLE", add = ArgValueCompleter::new(crate::cli::base::complete::roles))]
    role: Option<String>,

    /// Only access that ends within this duration
    #[arg(long, value_name = "DURATION")]
    expiring: Option<String>,

    /// Only people without a sign-in for this long
    ///
    /// People who were invited, registered or given access again since then are left out.
    #[arg(long, value_name = "DURATION")]
    inactive: Option<String>,

    /// Only people who have never signed in
    #[arg(long)]
    never_signed_in: bool,

    /// Only people without an authenticator app
    #[arg(long = "no-2fa")]
    no_second_factor: bool,

    /// Only people who cannot get a code
    ///
    /// People who lack the phone number or the method for a code that the panel asks for.
    #[arg(long = "cannot-2fa")]
    cannot_second_factor: bool,

    /// Same as TEXT
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,

    /// address, name, until, last-sign-in or newest
    #[arg(
        long,
        value_enum,
        value_name = "ORDER",
        default_value_t,
        hide_possible_values = true,
        hide_default_value = true
    )]
    sort: Order,

    /// Maximum number of rows
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,

    /// Continue after this address
    #[arg(long, value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    after: Option<String>,

    /// Show these columns, in this order
    #[arg(
        long,
        value_name = "COLUMN,…",
        value_enum,
        value_delimiter = ',',
        ignore_case = true,
        hide_possible_values = true
    )]
    columns: Vec<Column>,

    /// Print only the number of rows
    #[arg(long, conflicts_with = "columns")]
    count: bool,
}

/// The field of the row that `--count` gives.
const COUNT: Field = field("count", "with --count: how many rows there are");

/// How the list is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Order {
    /// By address
    #[default]
    Address,
    /// By name
    Name,
    /// By the end of access, soonest first
    Until,
    /// By the last sign-in, oldest first, starting with never
    LastSignIn,
    /// By when access was given, newest first
    Newest,
}

/// Lists them.
pub fn run(cx: &mut Context, args: &ListArgs) -> Result<Finish, CliError> {
    if args.after.is_some() && args.sort != Order::Address {
        return Err(CliError::usage("--after works only when sorted by address")
            .hinted("remove --sort, or use only --limit"));
    }
    for status in &args.status {
        check_status(status)?;
    }
    let statuses = with_all_locks(&args.status);
    let mut store = cx.open_store()?;
    let op = cx.op();
    let panel = cx.panel();
    let filter = Wanted::read(args, &op)?;
    let times = cx.times();
    let (ui, report) = (&mut cx.ui, &mut cx.report);
    let mut found = 0;
    let anybody = store.read(|tx| {
        let scope = Scope::load(tx)?;
        let columns = match args.columns.as_slice() {
            [] => Column::usual(scope.panels.len() > 1),
            chosen => chosen.to_vec(),
        };
        declare(report, args, &columns);
        let refused = |refusal: Refusal| failure(refusal, &op);
        let only = panel.as_deref().map(|name| scope.panel(name));
        let only = only.transpose().map_err(refused)?;
        let role = args.role.as_deref().map(Scope::role);
        role.transpose().map_err(refused)?;
        let walk = Walk {
            scope: &scope,
            op: &op,
            wanted: &filter,
            statuses: &statuses,
            panel_id: only.map(|panel| panel.id),
            args,
        };
        found = walk.each(tx, |person, panel, factor, status| {
            if !args.count {
                let row = PersonRow::new(person, panel, factor, status, &times, &columns);
                report.record(ui, &row)?;
            }
            Ok(!ui.is_closed())
        })?;
        Ok::<_, CliError>(tx.has_accounts()?)
    })?;
    if args.count {
        let count = found.to_string();
        let row = Row::default().field(&COUNT, found);
        cx.row(row.line(count.clone()).plain(count))?;
        return Ok(Finish::Done);
    }
    cx.report.empty(if anybody {
        "No matching people.".into()
    } else {
        hint!(
            "Nobody is here yet. Invite the first person with ",
            command(&["invite", "ada@example.com"]),
            ", or several from a file with --from."
        )
    });
    Ok(Finish::Done)
}

/// The options, read.
struct Wanted {
    ends_before: Option<jiff::Timestamp>,
    not_since: Option<jiff::Timestamp>,
    after: Option<String>,
}

impl Wanted {
    fn read(args: &ListArgs, op: &Op) -> Result<Self, CliError> {
        let lapse = |text: &str| {
            Period::parse(text).map_err(|problem| CliError::usage(problem.to_string()))
        };
        let when = |problem: crate::domain::when::WhenProblem| CliError::usage(problem.to_string());
        Ok(Self {
            ends_before: args
                .expiring
                .as_deref()
                .map(|text| lapse(text)?.after(op.now, &op.zone).map_err(when))
                .transpose()?,
            not_since: args
                .inactive
                .as_deref()
                .map(|text| lapse(text)?.before(op.now, &op.zone).map_err(when))
                .transpose()?,
            after: args
                .after
                .as_deref()
                .map(|text| {
                    Address::parse(text)
                        .map(|address| address.key().to_owned())
                        .map_err(|problem| CliError::usage(format!("--after: {problem}")))
                })
                .transpose()?,
        })
    }
}

/// Declares the columns of the table, and the fields.
fn declare(report: &mut Report, args: &ListArgs, columns: &[Column]) {
    let headings: Vec<_> = columns.iter().map(|column| column.heading()).collect();
    report.headings(&headings);
    if args.count {
        report.keys(&[COUNT]);
    } else if args.columns.is_empty() || report.format() != Format::Csv {
        report.keys(PersonRow::FIELDS);
    } else {
        let fields: Vec<_> = columns.iter().map(|column| column.field()).collect();
        report.keys(&fields);
    }
}

/// Somebody who asks for locked people means every kind of lock.
fn with_all_locks(asked: &[String]) -> Vec<&str> {
    let mut statuses: Vec<&str> = asked.iter().map(String::as_str).collect();
    if statuses.contains(&"locked") {
        for word in [AccountStatus::LockedPermanently, AccountStatus::Disabled] {
            if !statuses.contains(&word.as_str()) {
                statuses.push(word.as_str());
            }
        }
    }
    statuses
}

/// One walk over the people in the store.
struct Walk<'a> {
    scope: &'a Scope,
    op: &'a Op,
    wanted: &'a Wanted,
    statuses: &'a [&'a str],
    panel_id: Option<i64>,
    args: &'a ListArgs,
}

impl Walk<'_> {
    /// Hands each row that fits to `take`, as long as it says so, and counts them.
    fn each(
        &self,
        tx: &Tx<'_>,
        mut take: impl FnMut(&Person, &Panel, FactorFacts, &str) -> Result<bool, CliError>,
    ) -> Result<u64, CliError> {
        let (args, wanted, op) = (self.args, self.wanted, self.op);
        let filter = PersonFilter {
            panel_id: self.panel_id,
            role: args.role.as_deref(),
            search: args.search.as_deref().or(args.text.as_deref()),
            after: wanted.after.as_deref(),
            ends_before: wanted.ends_before,
            not_since: wanted.not_since,
            no_second_factor: args.no_second_factor,
            never_signed_in: args.never_signed_in,
            statuses: self.statuses,
            sort: match args.sort {
                Order::Address => SortBy::Address,
                Order::Name => SortBy::Name,
                Order::Until => SortBy::Until,
                Order::LastSignIn => SortBy::LastSignIn,
                Order::Newest => SortBy::Newest,
            },
        };
        let most = args.limit.unwrap_or(u64::MAX);
        let mut found = 0;
        if most == 0 {
            return Ok(found);
        }
        tx.each_person(&filter, |person| {
            let Some(panel) = self.scope.panel_by_id(person.access.panel_id) else {
                return Ok(true);
            };
            let facts = self.scope.facts_of(tx, panel, &person, op)?;
            let status = status_word(&facts, op.now);
            let expiring = wanted.ends_before.is_none() || person.access.is_running(op.now);
            let cannot = !args.cannot_second_factor || facts.factor.lacks_something(&panel.policy);
            let fits = expiring
                && cannot
                && is_inactive(wanted, &person)
                && fits(self.statuses, status, &person, op);
            if !fits {
                return Ok(true);
            }
            found += 1;
            let factor = facts.factor;
            Ok::<bool, CliError>(take(&person, panel, factor, status)? && found < most)
        })?;
        Ok(found)
    }
}

/// Whether somebody has been inactive for as long as requested.
fn is_inactive(wanted: &Wanted, person: &Person) -> bool {
    let invited_at = person.invitation.map(|invitation| invitation.created_at);
    wanted
        .not_since
        .is_none_or(|instant| inactive_since(&person.account, &person.access, invited_at) < instant)
}

/// Whether a person has one of the statuses that were asked for. Without any, those who were removed are left out.
fn fits(asked: &[&str], status: &str, person: &Person, op: &Op) -> bool {
    let access = AccessStatus::of(&person.account, Some(&person.access), op.now);
    let has = |word: &str| match word {
        "pending" => is_pending(person, op.now),
        // "active" and "expiring" are words of several columns: the first of them decides, as it is shown.
        "active" | "expiring" => status == word,
        _ => {
            status == word
                || access.as_str() == word
                || AccountStatus::of(&person.account, op.now).as_str() == word
        }
    };
    match asked {
        [] => access != AccessStatus::Removed,
        asked => asked.iter().any(|word| has(word)),
    }
}

fn check_status(word: &str) -> Result<(), CliError> {
    let known = list_statuses();
    if known.contains(&word) {
        return Ok(());
    }
    let hint = match nearest(word, known.iter().copied()) {
        Some(near) => format!("did you mean {near}?"),
        None => format!("use {}", known.join(", ")),
    };
    Err(CliError::usage(format!("unknown status '{word}'")).hinted(hint))
}
