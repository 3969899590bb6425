//! `admit extend`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, Verb};
use crate::cli::runner::term::{self, TermArgs};
use crate::cli::view::rows;
use crate::cli::runner::misplaced;
use crate::cli::base::printed::hint;
use crate::domain::access::Term;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::ops::extend::extend;
use crate::ops::outcome::Outcome;
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// Extend or shorten access
///
/// --for counts from the current end. Access that has ended starts again from now, and people who have not registered
/// also get a new invitation. The invitation link itself is not extended.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::EXTEND, &[rows::LINE]))]
#[command(after_help = examples(&["admit extend ada@example.com --for 30d", "admit extend ada@example.com --until 2027-12-31", "admit extend ada@example.com --permanent"]))]
pub struct ExtendArgs {
    #[command(flatten)]
    people: People,

    #[command(flatten)]
    term: TermArgs,

    /// Remove the end date
    #[arg(long, conflicts_with_all = ["for_", "until"])]
    permanent: bool,
}

/// Extends them.
pub fn run(cx: &mut Context, args: &ExtendArgs) -> Result<Finish, CliError> {
    let none = args.term.for_.is_none() && args.term.until.is_none() && !args.permanent;
    if none && args.people.from.is_none() {
        misplaced::check(cx, &args.people.addresses, ExtendVerb::COLUMNS, "--role")?;
        return Err(CliError::usage("no end given")
            .hinted(hint!("for example ", cx.again_with(&["--for", "30d"]))));
    }
    let panel = cx.panel();
    each::run(cx, &args.people, ExtendVerb { args, panel })
}

struct ExtendVerb<'a> {
    args: &'a ExtendArgs,
    panel: Option<String>,
}

impl Verb for ExtendVerb<'_> {
    type Request = (Option<String>, Term);
    const COLUMNS: &'static [Column] =
        &[Column::Address, Column::Panel, Column::For, Column::Until];

    fn name(&self) -> &'static str {
        "Extend"
    }

    fn fields(&self) -> &'static [Field] {
        rows::EXTEND
    }

    fn request(&self, _: &Address, row: &input::Row, op: &Op) -> Result<Self::Request, Refusal> {
        let term = match term::read(row.for_.as_deref(), row.until.as_deref(), op)? {
            Some(term) => term,
            None if self.args.permanent => Term::Permanent,
            None => self.args.term.term(op)?.ok_or(Refusal::NoTerm)?,
        };
        Ok((row.panel.clone().or_else(|| self.panel.clone()), term))
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        address: &Address,
        (panel, term): &Self::Request,
    ) -> Result<Outcome, OpError> {
        extend(tx, scope, op, address, panel.as_deref(), *term)
    }
}
