//! `admit panel set`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::complete;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::section;
use crate::cli::commands::setting::{assignments, settle};
use crate::cli::view::setting::{KEYS, page};
use crate::domain::panel::{NEVER, TRIAL_ENDS, TRIAL_ENDS_ABOUT, TRIAL_ENDS_RANGE};
use crate::domain::policy::POLICY_KEYS;
use crate::ops::settings::Target;

/// Change what a panel asks for
///
/// All settings, or none if one cannot be set. Who now lacks what a code needs is listed, and what weakens security
/// asks first.
#[derive(Args, Debug)]
#[command(
    override_usage = "admit panel set [OPTIONS] [PANEL] KEY=VALUE...",
    after_long_help = format!(
        "{}\n\n{}",
        page(POLICY_KEYS, &[(TRIAL_ENDS, NEVER, TRIAL_ENDS_RANGE, TRIAL_ENDS_ABOUT)]),
        section(KEYS, &[])
    )
)]
pub struct SetArgs {
    /// Settings, as in second-factor=required; KEY= goes back to the default. The panel may stand in front
    #[arg(
        value_name = "KEY=VALUE",
        required = true,
        add = ArgValueCompleter::new(complete::panel_settings)
    )]
    words: Vec<String>,
}

/// Changes it.
pub fn run(cx: &mut Context, args: &SetArgs) -> Result<Finish, CliError> {
    let (named, settings) = match args.words.split_first() {
        Some((first, rest)) if !first.contains('=') => (Some(first.as_str()), rest),
        _ => (None, args.words.as_slice()),
    };
    let assignments = assignments(settings)?;
    let panel = super::which(cx, named)?;
    settle(cx, Target::Panel(panel.as_deref()), &assignments)
}
