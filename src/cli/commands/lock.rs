//! `admit lock`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::reason::read_reason;
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, Verb};
use crate::cli::runner::term::TermArgs;
use crate::cli::runner::told::Told;
use crate::cli::view::change::{Facts, NOTHING, ended, forgotten, or_nothing};
use crate::cli::view::rows;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::domain::text;
use crate::ops::change::ChangeResult;
use crate::ops::lock_by_hand::{ByHand, HandLock, lock_by_hand};
use crate::ops::{Op, OpError, Scope};
use crate::store::{Store, Tx};

/// Lock an account until it is unlocked or until a date
///
/// Ends open sessions at once. Password, links and access stay as they are, but nobody signs in with them.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::LOCK, &[rows::LINE]))]
#[command(after_help = examples(&["admit lock ada@example.com --reason \"case 4711\"", "admit lock ada@example.com --reason \"on leave\" --until 2027-01-31"]))]
pub struct LockArgs {
    #[command(flatten)]
    people: People,

    /// Reason; asked for at a terminal
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    #[command(flatten)]
    term: TermArgs,
}

/// Locks them.
pub fn run(cx: &mut Context, args: &LockArgs) -> Result<Finish, CliError> {
    let reason = read_reason(args.reason.as_deref())?;
    let panel = cx.panel();
    each::run(
        cx,
        &args.people,
        LockVerb {
            panel,
            reason,
            term: args.term.clone(),
        },
    )
}

struct LockVerb {
    panel: Option<String>,
    reason: Option<String>,
    term: TermArgs,
}

impl Verb for LockVerb {
    type Request = ByHand;
    type Change = HandLock;
    const COLUMNS: &'static [Column] = &[Column::Address, Column::For, Column::Until];
    const ASKS: bool = true;

    fn name(&self) -> &'static str {
        "Lock"
    }

    fn fields(&self) -> &'static [Field] {
        rows::LOCK
    }

    fn request(&self, _: &Address, row: &input::Row, op: &Op) -> Result<Self::Request, Refusal> {
        let until = self
            .term
            .of_row(row, op)?
            .map(|term| term.end_from(op.now, &op.zone))
            .transpose()?;
        Ok(ByHand {
            panel: self.panel.clone(),
            reason: self.reason.clone().ok_or(Refusal::ReasonNeeded)?,
            until: until.flatten(),
        })
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        address: &Address,
        by_hand: &ByHand,
    ) -> Result<ChangeResult<HandLock>, OpError> {
        lock_by_hand(tx, scope, op, address, by_hand)
    }

    fn prepare(
        &mut self,
        cx: &mut Context,
        _store: &mut Store,
        addresses: &[String],
    ) -> Result<(), CliError> {
        if self.reason.is_none() {
            let whom = match addresses {
                [one] => text::shown(one).into_owned(),
                [] => "these people".to_owned(),
                more => format!("{} people", more.len()),
            };
            let answer = cx.ask_line(&format!("Reason for locking {whom}"), "--reason")?;
            self.reason = read_reason(Some(&answer))?;
        }
        Ok(())
    }
}

impl Told for HandLock {
    fn action(&self) -> &'static str {
        "locked"
    }

    fn sentence(&self, facts: &Facts, times: &TimeFormat) -> String {
        let Self::Locked {
            until,
            changed,
            sessions,
            trusted_ips,
        } = self
        else {
            return format!("already locked by an operator, with this reason and end: {NOTHING}");
        };
        let was = facts.before.as_ref();
        let was = was.map_or("active", |was| was.account_status.as_str());
        let since = or_nothing(*changed, ", with a new reason or end");
        let end = until.map_or_else(
            || "until an operator unlocks it".to_owned(),
            |until| format!("until {}", times.end(until)),
        );
        format!(
            "{was} → disabled {end}{since}; {}{}; password, access and second factor stay",
            ended(*sessions),
            forgotten(*trusted_ips)
        )
    }
}
