//! `admit revoke`

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
use crate::ops::revoke::revoke;
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// Take a pending invitation back
///
/// The link stops working and the access is gone. Somebody who had nothing else is forgotten. Who has registered
/// is taken out with remove.
#[derive(Args, Debug)]
pub struct RevokeArgs {
    #[command(flatten)]
    people: People,
}

/// Revokes them.
pub fn run(cx: &mut Context, args: &RevokeArgs) -> Result<Finish, CliError> {
    let panel = cx.panel();
    each::run(cx, &args.people, RevokeVerb { panel })
}

struct RevokeVerb {
    panel: Option<String>,
}

impl Verb for RevokeVerb {
    type Request = (Address, Option<String>);
    const NAME: &'static str = "Revoke the invitations of";
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
        revoke(tx, scope, op, address, panel.as_deref())
    }
}
