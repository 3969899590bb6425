//! `admit trust add`

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::{explain, read_network, read_person, row_of};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row};
use crate::cli::base::printed::hint;
use crate::cli::base::refusals::failure;
use crate::cli::runner::misplaced;
use crate::cli::runner::term::TermArgs;
use crate::cli::view::trust::ChangeFields;
use crate::domain::refusal::Refusal;
use crate::domain::text;
use crate::domain::trusted_ip::Network;
use crate::domain::when::Period;
use crate::ops::change::Status;
use crate::ops::trust::{Trusting, add, is_new};
use crate::ops::{Op, OpError, Scope};
use crate::store::{Done, Store};

/// Trust addresses or networks
///
/// No code is asked for from there: only the password protects an account. Trust office networks, never a home or
/// public one. Without --person it applies to everyone in the panel; without --for or --until it lasts as long as it
/// is used. For a network that is already trusted, the note and end are updated.
#[derive(Args, Debug)]
#[command(after_long_help = section(ChangeFields::FIELDS, &[]))]
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
    cx.report.keys(ChangeFields::FIELDS);
    let mut request = read(cx, args, &op)?;
    let networks: Vec<_> = args
        .networks
        .iter()
        .map(|typed| (typed, read_network(cx, typed)))
        .collect();
    // A duration among the networks is about all of them, so nothing is asked or added.
    if let Some(typed) = (args.networks.iter()).find(|typed| Period::parse(typed).is_ok()) {
        return Err(misplaced::refused(cx, typed, "a duration", "--for"));
    }
    let mut store = cx.open_store()?;
    let op = cx.op();
    request.person = read_person(cx, &mut store, args.person.as_deref(), &op)?;
    let good = networks.iter().filter_map(|(_, it)| it.as_ref().ok());
    ask_first(cx, &mut store, &op, good, &request)?;
    let times = cx.times();
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
    let told = |refusal: Refusal| failure(refusal, op);
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
        person: None,
        note,
        term: args.term.term(op).map_err(told)?,
        force: args.force,
    })
}

/// Asks before a network is trusted for everyone, or one that is wider than a site or says nothing about a place.
fn ask_first<'a>(
    cx: &mut Context,
    store: &mut Store,
    op: &Op,
    networks: impl Iterator<Item = &'a Network>,
    request: &Trusting,
) -> Result<(), CliError> {
    let mut asked = Vec::new();
    for network in networks {
        let size = || format!("2^{} addresses", network.free_bits());
        let odd = match network.placeless() {
            _ if network.is_too_wide() => Some(size()),
            Some(why) => Some(why.as_str().to_owned()),
            None => network.is_wide().then(size),
        };
        // What is refused anyway is told row by row, and what is trusted already weakens nothing.
        let is_new = store.read(|tx| {
            let scope = Scope::load(tx)?;
            is_new(tx, &scope, op, *network, request)
        });
        if is_new.unwrap_or(false) && (request.person.is_none() || odd.is_some()) {
            let odd = odd.map(|odd| format!(" ({odd})")).unwrap_or_default();
            asked.push(format!("{network}{odd}"));
        }
    }
    if asked.is_empty() {
        return Ok(());
    }
    let whom = match (&request.person, &request.panel) {
        (Some(address), _) => address.to_string(),
        (None, Some(panel)) => format!("everyone in {panel}"),
        (None, None) => "everyone".to_owned(),
    };
    cx.confirm(&format!(
        "Trust {} for {whom}? People there will need only the password.",
        asked.join(", ")
    ))
}

fn refused(cx: &Context, error: OpError, args: &AddArgs, op: &Op) -> CliError {
    let advice = match &error {
        OpError::Refused(it) => match **it {
            Refusal::TooWide { .. } => {
                Some("trust the networks that people use, one by one; to trust all of it")
            }
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
