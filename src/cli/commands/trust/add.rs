//! `admit trust add`

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::{explain, read_network, read_person, row_of};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row};
use crate::cli::base::refusals::{About, refusal_error};
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::term::TermArgs;
use crate::cli::base::printed::hint;
use crate::cli::view::trust::CHANGE_KEYS;
use crate::domain::refusal::Refusal;
use crate::domain::text;
use crate::domain::trusted_ip::Network;
use crate::ops::outcome::Status;
use crate::ops::trust::{Trusting, add};
use crate::ops::{Op, OpError, Scope};
use crate::store::Done;

/// Trust addresses or networks
///
/// No code is asked for from there: only the password protects an account. Trust office networks, never a home or
/// public one. Without --person it applies to everyone in the panel; without --for or --until it lasts as long as it
/// is used. For a network that is already trusted, the note and end are updated.
#[derive(Args, Debug)]
#[command(after_long_help = section(CHANGE_KEYS, &[]))]
#[command(after_help = examples(&["admit trust add 203.0.113.0/24 --note Office", "admit trust add 203.0.113.9 --person ada@example.com --for 30d"]))]
pub struct AddArgs {
    /// Address or network, such as 203.0.113.0/24
    #[arg(value_name = "NETWORK", required = true)]
    networks: Vec<String>,

    /// Only for this person
    #[arg(long, value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    person: Option<String>,

    /// Note, shown in the list
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,

    #[command(flatten)]
    term: TermArgs,

    /// Allow unusual networks
    ///
    /// Those wider than /8 (IPv6: /32), and those with loopback, link-local or multicast addresses.
    #[arg(long)]
    force: bool,
}

/// The longest note, in characters.
const LONGEST_NOTE: usize = 200;

/// Trusts them.
pub fn run(cx: &mut Context, args: &AddArgs) -> Result<Finish, CliError> {
    let op = cx.op();
    cx.report.keys(CHANGE_KEYS);
    let request = read(cx, args, &op)?;
    let networks: Vec<_> = args
        .networks
        .iter()
        .map(|typed| (typed, read_network(cx, typed)))
        .collect();
    if args.force {
        ask_about_forced(cx, networks.iter().filter_map(|(_, it)| it.as_ref().ok()))?;
    }
    let mut store = cx.open_store()?;
    let op = cx.op();
    let times = TimeFormat {
        now: cx.now,
        zone: cx.tz.clone(),
    };
    let guard = cx.interrupt.arm();
    for (typed, network) in networks {
        if cx.interrupt.is_raised() {
            return Err(CliError::interrupted());
        }
        let done = network.and_then(|network| {
            store
                .change(|tx| {
                    let scope = Scope::load(tx)?;
                    let outcome = add(tx, &scope, &op, network, &request)?;
                    Ok(match outcome.status {
                        Status::Done => Done::recorded(outcome),
                        Status::Unchanged => Done::nothing(outcome),
                    })
                })
                .map_err(|error| refused(cx, error, args, &op))
        });
        let row = match done {
            Ok(outcome) => row_of(cx, &outcome, &times),
            Err(error) => Row::failure(typed, cx.panel().as_deref(), error),
        };
        cx.row(row)?;
    }
    drop(guard);
    Ok(Finish::Done)
}

fn read(cx: &Context, args: &AddArgs, op: &Op) -> Result<Trusting, CliError> {
    let told = |refusal: Refusal| refusal_error(&refusal, About::of(""), op);
    let note = args.note.as_deref();
    let note = note.map(|note| text::one_line(note, LONGEST_NOTE));
    let note = note.transpose().map_err(|problem| {
        told(Refusal::Text {
            field: "note",
            problem,
        })
    })?;
    Ok(Trusting {
        panel: cx.panel(),
        person: read_person(args.person.as_deref(), op)?,
        note,
        term: args.term.term(op).map_err(told)?,
        force: args.force,
    })
}

/// Such a network makes a code unnecessary for many people nobody thought of.
fn ask_about_forced<'a>(
    cx: &mut Context,
    networks: impl Iterator<Item = &'a Network>,
) -> Result<(), CliError> {
    let odd: Vec<String> = networks
        .filter_map(|network| {
            let why = if network.is_too_wide() {
                format!("2^{} addresses", network.free_bits())
            } else {
                network.placeless()?.as_str().to_owned()
            };
            Some(format!("{network} ({why})"))
        })
        .collect();
    if odd.is_empty() {
        return Ok(());
    }
    cx.confirm(&format!(
        "Trust {}? People there will need only the password.",
        odd.join(", ")
    ))
}

fn refused(cx: &Context, error: OpError, args: &AddArgs, op: &Op) -> CliError {
    let advice = match &error {
        OpError::Refused(it) => match **it {
            Refusal::TooWide { .. } => Some(
                "trust the networks that people use, one by one; to trust all of it",
            ),
            Refusal::Placeless { .. } => Some(
                "make sure that the panel sends the address of the person, not of a proxy; to trust it anyway",
            ),
            _ => None,
        },
        _ => None,
    };
    let error = explain(error, args.person.as_deref().unwrap_or_default(), op);
    match advice {
        Some(advice) => error.hinted(hint!(advice, ", run ", cx.again_with(&["--force"]))),
        None => error,
    }
}
