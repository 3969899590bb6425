//! `admit remove`

use clap::Args;

use super::invite::parse_address;
use crate::cli::context::Context;
use crate::cli::each;
use crate::cli::error::CliError;
use crate::cli::input::{self, Column};
use crate::cli::output::Finish;
use crate::cli::people::{self, People, Verb};
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::ops::outcome::Outcome;
use crate::ops::remove::remove;
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// Take people out of a panel
///
/// Their access ends and their sessions with it, at once. Account, password and other panels stay. Somebody who
/// has not registered is revoked.
#[derive(Args, Debug)]
pub struct RemoveArgs {
    #[command(flatten)]
    people: People,
}

/// Removes them.
pub fn run(cx: &mut Context, args: &RemoveArgs) -> Result<Finish, CliError> {
    let panel = cx.panel();
    each::run(cx, &args.people, RemoveVerb { panel })
}

struct RemoveVerb {
    panel: Option<String>,
}

impl Verb for RemoveVerb {
    type Request = (Address, Option<String>);
    const NAME: &'static str = "Remove";
    const COLUMNS: &'static [Column] = &[Column::Address, Column::Panel];
    const KEYS: &'static [&'static str] = people::CHANGE_KEYS;

    fn request(&self, row: &input::Row, _op: &Op) -> Result<Self::Request, Refusal> {
        Ok((
            parse_address(&row.address)?,
            row.panel.clone().or_else(|| self.panel.clone()),
        ))
    }

    fn address<'r>(&self, request: &'r Self::Request) -> &'r Address {
        &request.0
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        (address, panel): &Self::Request,
    ) -> Result<Outcome, OpError> {
        remove(tx, scope, op, address, panel.as_deref())
    }
}
