//! `admit resend`

use clap::Args;

use super::invite::parse_address;
use crate::cli::context::Context;
use crate::cli::each;
use crate::cli::error::CliError;
use crate::cli::input::{self, Column};
use crate::cli::output::fields::section;
use crate::cli::output::{Field, Finish};
use crate::cli::people::{People, Verb, rows};
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::mail::LinkUse;
use crate::ops::outcome::Outcome;
use crate::ops::resend::resend;
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// Mail a new invitation link to somebody who has not registered
///
/// The old link stops working at once; the answer says when it was sent.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::INVITATION, &[rows::LINE, rows::LINK, rows::TOKEN]))]
pub struct ResendArgs {
    #[command(flatten)]
    people: People,

    /// Print the links, for those whose mail does not arrive
    #[arg(long)]
    print_link: bool,
}

/// Resends them.
pub fn run(cx: &mut Context, args: &ResendArgs) -> Result<Finish, CliError> {
    let panel = cx.panel();
    each::run(cx, &args.people, ResendVerb { args, panel })
}

struct ResendVerb<'a> {
    args: &'a ResendArgs,
    panel: Option<String>,
}

impl Verb for ResendVerb<'_> {
    type Request = (Address, Option<String>);
    const COLUMNS: &'static [Column] = &[Column::Address, Column::Panel];

    fn name(&self) -> &'static str {
        "Resend the invitations of"
    }

    fn fields(&self) -> &'static [Field] {
        rows::INVITATION
    }

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
        resend(tx, scope, op, address, panel.as_deref(), true)
    }

    fn prints_links(&self) -> Option<LinkUse> {
        self.args.print_link.then_some(LinkUse::Register)
    }
}
