//! `admit remove`

use clap::Args;

use super::by_address::ByAddress;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::section;
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::reason::read_reason;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, Verb};
use crate::cli::view::rows;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::ops::erase::{erase, remove_everywhere};
use crate::ops::outcome::Outcome;
use crate::ops::remove::remove;
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// Take people out of a panel
///
/// Their access ends and their sessions with it, at once. Account, password and other panels stay. Somebody who
/// has not registered is revoked.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::REMOVE, &[rows::LINE]))]
pub struct RemoveArgs {
    #[command(flatten)]
    people: People,

    /// Out of every panel
    #[arg(long)]
    everywhere: bool,

    /// Forget the person: account, links, sessions, mail, and what the record knows of them. Cannot be undone.
    /// Not reached: backups, and mail that was sent or written to files
    #[arg(long, conflicts_with = "everywhere")]
    erase: bool,

    /// With --erase: why, for the record. It stays readable there, so name nobody in it
    #[arg(long, value_name = "TEXT", requires = "erase")]
    reason: Option<String>,
}

/// Removes them.
pub fn run(cx: &mut Context, args: &RemoveArgs) -> Result<Finish, CliError> {
    let panel = cx.panel();
    if !args.everywhere && !args.erase {
        let verb = ByAddress {
            name: "Remove",
            fields: rows::REMOVE,
            prints: None,
            panel,
            apply: remove,
        };
        return each::run(cx, &args.people, verb);
    }
    if let Some(panel) = &cx.global.panel {
        return Err(CliError::usage(format!(
            "--panel {panel} cannot be used with --everywhere or --erase, which apply to every panel"
        )));
    }
    let reason = read_reason(args.reason.as_deref())?;
    let erase = args.erase;
    each::run(cx, &args.people, WholeVerb { erase, reason })
}

/// What concerns the person as a whole.
struct WholeVerb {
    erase: bool,
    reason: Option<String>,
}

impl Verb for WholeVerb {
    type Request = ();
    const COLUMNS: &'static [Column] = &[Column::Address];

    fn name(&self) -> &'static str {
        if self.erase {
            "Erase"
        } else {
            "Remove from every panel"
        }
    }

    fn fields(&self) -> &'static [Field] {
        rows::REMOVE
    }

    fn request(&self, _: &Address, _: &input::Row, _: &Op) -> Result<(), Refusal> {
        Ok(())
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        address: &Address,
        (): &(),
    ) -> Result<Outcome, OpError> {
        if self.erase {
            erase(tx, scope, op, address, self.reason.as_deref())
        } else {
            remove_everywhere(tx, scope, op, address)
        }
    }

    fn always_asks(&self) -> Option<&'static str> {
        self.erase.then_some(
            "This cannot be undone, and afterwards the audit log no longer shows who it was.",
        )
    }
}
