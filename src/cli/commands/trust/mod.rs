//! `admit trust …`

pub mod add;
pub mod list;
pub mod purge;
pub mod remove;

use clap::{Args, Subcommand};

use crate::cli::base::address::parse_address;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::{Finish, Row};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::{About, op_error};
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::lookup::{self, instead};
use crate::cli::view::trust::row;
use crate::domain::address::Address;
use crate::domain::text::excerpt;
use crate::domain::trusted_ip::{Network, NetworkProblem};
use crate::ops::trust::TrustResult;
use crate::ops::{Op, OpError};
use crate::store::Store;

/// Manage trusted IPs, from which no code is asked for
#[derive(Args, Debug)]
pub struct TrustArgs {
    #[command(subcommand)]
    command: TrustCommand,
}

#[derive(Debug, Subcommand)]
enum TrustCommand {
    #[command(alias = "ls")]
    List(list::ListArgs),
    Add(add::AddArgs),
    #[command(alias = "rm")]
    Remove(remove::RemoveArgs),
    Purge(purge::PurgeArgs),
}

/// Dispatches.
pub fn run(cx: &mut Context, args: &TrustArgs) -> Result<Finish, CliError> {
    match &args.command {
        TrustCommand::List(args) => list::run(cx, args),
        TrustCommand::Add(args) => add::run(cx, args),
        TrustCommand::Remove(args) => remove::run(cx, args),
        TrustCommand::Purge(args) => purge::run(cx, args),
    }
}

/// Reads `--person`. A name is not enough to change anything: the possible people are listed.
fn read_person(
    cx: &mut Context,
    store: &mut Store,
    typed: Option<&str>,
    op: &Op,
) -> Result<Option<Address>, CliError> {
    typed
        .map(|typed| {
            parse_address(typed).map_err(|why| lookup::refusal(cx, store, typed, &why, op))
        })
        .transpose()
}

/// Reads a network as it was typed; the hint is the same command with what was probably meant.
fn read_network(cx: &Context, typed: &str) -> Result<Network, CliError> {
    Network::parse(typed).map_err(|problem| {
        let hint = match &problem {
            NetworkProblem::HostBits { network, .. } => {
                let network = network.to_string();
                hint!("for all of it, run ", instead(cx, typed, &network))
            }
            NetworkProblem::Unreadable => {
                hint!("list trusted IPs with ", command(&["trust", "list"]))
            }
            NetworkProblem::Zone => "remove the text after the %".into(),
            NetworkProblem::HostName => "look up its address, and use that".into(),
            NetworkProblem::LeadingZero => "remove the leading zero".into(),
            NetworkProblem::Nowhere => {
                "use the network that people connect from, as in 203.0.113.9 or 203.0.113.0/24"
                    .into()
            }
        };
        let message = match problem {
            NetworkProblem::HostBits { .. } => problem.to_string(),
            _ => format!(
                "invalid IP address or network {}: {problem}",
                excerpt(typed)
            ),
        };
        CliError::usage(message).hinted(hint)
    })
}

/// A failure, with the commands to run next.
fn explain(error: OpError, address: &str, op: &Op) -> CliError {
    op_error(error, About::of(address), op)
}

/// The row of a network, with commands that work when they are pasted.
fn row_of(cx: &Context, outcome: &TrustResult, times: &TimeFormat) -> Row {
    let about = About {
        // Named by a setting only, it would be another's with other settings.
        panel: cx.panel().is_some().then_some(outcome.panel.as_str()),
        ..About::of("")
    };
    row(outcome, cx.dry_run(), times, &|words| about.command(words))
}
