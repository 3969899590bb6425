//! `admit remove`

use clap::Args;

use super::by_address::ByAddress;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::reason::read_reason;
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, Verb};
use crate::cli::runner::told::Told;
use crate::cli::view::change::{Facts, NOTHING, access_was, count, ended};
use crate::cli::view::rows;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::ops::change::ChangeResult;
use crate::ops::erase::{Departure, erase, remove_everywhere};
use crate::ops::remove::{Removal, remove};
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// End people's access to a panel
///
/// Sessions end at once. Account, password, second factor and access to other panels stay, unless --erase is given.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::REMOVE, &[rows::LINE]))]
#[command(after_help = examples(&["admit remove ada@example.com", "admit remove ada@example.com --everywhere", "admit remove ada@example.com --erase"]))]
pub struct RemoveArgs {
    #[command(flatten)]
    people: People,

    /// End access to every panel
    #[arg(long)]
    everywhere: bool,

    /// Delete the account and all personal data
    ///
    /// This cannot be undone. Backups, and mail that was sent or written to files, are not affected.
    #[arg(long, conflicts_with = "everywhere")]
    erase: bool,

    /// With --erase: reason for the audit log
    ///
    /// It stays readable there, so do not name anyone in it.
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
    type Change = Departure;
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
    ) -> Result<ChangeResult<Departure>, OpError> {
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

impl Told for Removal {
    fn action(&self) -> &'static str {
        match self {
            Self::Removed { .. } | Self::NotIn => "removed",
            Self::Revoked(revoked) => revoked.action(),
        }
    }

    fn sentence(&self, facts: &Facts, times: &TimeFormat) -> String {
        let panel = &facts.panel;
        match self {
            Self::Removed { sessions } => format!(
                "{} → removed from {panel}; {}; account, password and other panels stay",
                access_was(facts),
                ended(*sessions)
            ),
            Self::NotIn => format!("is not in {panel}: {NOTHING}"),
            Self::Revoked(revoked) => revoked.sentence(facts, times),
        }
    }
}

impl Told for Departure {
    fn action(&self) -> &'static str {
        match self {
            Self::Everywhere { .. } | Self::InNoPanel => "removed",
            Self::Erased { .. } => "erased",
        }
    }

    fn sentence(&self, _facts: &Facts, _times: &TimeFormat) -> String {
        match self {
            Self::Everywhere {
                panels,
                erased: true,
                ..
            } => format!(
                "invited to {} → in no panel; account deleted: they never registered",
                panels.join(", ")
            ),
            Self::Everywhere {
                panels, sessions, ..
            } => format!(
                "in {} → in no panel; {}; account and password stay",
                panels.join(", "),
                ended(*sessions)
            ),
            Self::InNoPanel => format!("is in no panel: {NOTHING}"),
            Self::Erased { panels } => format!(
                "erased: account, links, sessions, trusted IPs and mail, in {}; the audit log keeps the events, without name and address",
                count(*panels, "panel", "panels")
            ),
        }
    }

    fn erases(&self) -> bool {
        matches!(self, Self::Erased { .. })
    }
}
