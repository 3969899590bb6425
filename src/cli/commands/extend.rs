//! `admit extend`

use clap::Args;

use serde_json::Value;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::printed::{Hint, hint};
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::misplaced;
use crate::cli::runner::people::{People, Verb};
use crate::cli::runner::term::TermArgs;
use crate::cli::runner::told::{Commands, Told};
use crate::cli::view::change::{Facts, NOTHING, let_in, link_end, or_nothing, term};
use crate::cli::view::rows;
use crate::domain::access::Term;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::ops::change::ChangeResult;
use crate::ops::extend::{Extension, extend};
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
    type Change = Extension;
    const COLUMNS: &'static [Column] =
        &[Column::Address, Column::Panel, Column::For, Column::Until];

    fn name(&self) -> &'static str {
        "Extend"
    }

    fn fields(&self) -> &'static [Field] {
        rows::EXTEND
    }

    fn request(&self, _: &Address, row: &input::Row, op: &Op) -> Result<Self::Request, Refusal> {
        let permanent = self.args.permanent.then_some(Term::Permanent);
        let term = self.args.term.of_row(row, op)?.or(permanent);
        Ok((
            row.panel_or(self.panel.as_ref()),
            term.ok_or(Refusal::NoTerm)?,
        ))
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        address: &Address,
        (panel, term): &Self::Request,
    ) -> Result<ChangeResult<Extension>, OpError> {
        extend(tx, scope, op, address, panel.as_deref(), *term)
    }
}

impl Told for Extension {
    fn action(&self) -> &'static str {
        match self {
            Self::Moved { .. } | Self::EndsSoAlready => "extended",
            Self::Granted(granted) => granted.action(),
        }
    }

    fn sentence(&self, facts: &Facts, times: &TimeFormat) -> String {
        let (panel, term) = (facts.panel.as_str(), term(facts, times));
        match self {
            Self::Moved { shortened } => {
                let before = times.term(facts.before.as_ref().and_then(|was| was.access_until));
                let sooner = or_nothing(*shortened, "; sooner than before");
                let link = facts
                    .link_expires_at
                    .map(|end| format!("; the invitation link ends with it, {}", times.end(end)))
                    .unwrap_or_default();
                format!("{before} → {term} in {panel}{sooner}{link}")
            }
            Self::EndsSoAlready => format!("already {term} in {panel}: {NOTHING}"),
            Self::Granted(granted) => granted.sentence(facts, times),
        }
    }

    fn fields(&self, facts: &Facts) -> Vec<(Field, Value)> {
        link_end(rows::INVITATION_EXPIRES_AT, facts)
    }

    fn hints(&self, facts: &Facts, times: &TimeFormat, command: Commands<'_>) -> Vec<Hint> {
        match self {
            Self::Granted(granted) => granted.hints(facts, times, command),
            Self::Moved { .. } | Self::EndsSoAlready => {
                let_in(facts, command).into_iter().collect()
            }
        }
    }
}
