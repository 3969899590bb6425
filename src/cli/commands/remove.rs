//! `admit remove`

use clap::Args;

use super::by_address::ByAddress;
use crate::cli::context::Context;
use crate::cli::each;
use crate::cli::error::CliError;
use crate::cli::output::Finish;
use crate::cli::people::People;
use crate::ops::remove::remove;

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
    each::run(
        cx,
        &args.people,
        ByAddress {
            name: "Remove",
            panel,
            apply: remove,
        },
    )
}
