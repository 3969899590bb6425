//! `admit revoke`

use clap::Args;

use super::by_address::ByAddress;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::each;
use crate::cli::runner::people::People;
use crate::cli::runner::told::Told;
use crate::cli::view::change::{Facts, NOTHING, or_nothing};
use crate::cli::view::rows;
use crate::ops::revoke::{Revocation, revoke};

/// Withdraw a pending invitation
///
/// The link no longer works. For people who have registered, use remove.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::REVOKE, &[rows::LINE]))]
#[command(after_help = examples(&["admit revoke ada@example.com", "admit revoke --from people.csv"]))]
pub struct RevokeArgs {
    #[command(flatten)]
    people: People,
}

/// Revokes them.
pub fn run(cx: &mut Context, args: &RevokeArgs) -> Result<Finish, CliError> {
    let panel = cx.panel();
    each::run(
        cx,
        &args.people,
        ByAddress {
            name: "Revoke the invitations of",
            fields: rows::REVOKE,
            prints: None,
            panel,
            apply: revoke,
        },
    )
}

impl Told for Revocation {
    fn action(&self) -> &'static str {
        "revoked"
    }

    fn sentence(&self, facts: &Facts, _times: &TimeFormat) -> String {
        let panel = &facts.panel;
        match self {
            Self::Revoked { erased } => {
                let rest = or_nothing(*erased, "; account deleted: it had no other access");
                format!("invited → not in {panel}; the link no longer works{rest}")
            }
            Self::NothingPending => format!("has no invitation to {panel}: {NOTHING}"),
        }
    }
}
