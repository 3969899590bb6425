//! `admit completions`

use crate::cli::base::output::fields::examples;
use clap::ValueEnum;
use clap_complete::Shell;
use serde_json::{Map, Value};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::{Finish, Row};

/// The shells, each with its script.
const SCRIPTS: [(&str, &str); 5] = [
    ("bash", include_str!("../../../completions/admit.bash")),
    ("elvish", include_str!("../../../completions/admit.elvish")),
    ("fish", include_str!("../../../completions/admit.fish")),
    ("powershell", include_str!("../../../completions/admit.ps1")),
    ("zsh", include_str!("../../../completions/admit.zsh")),
];

/// The script that completes `admit` in a shell.
pub fn script(shell: &str) -> Option<&'static str> {
    let found = SCRIPTS.iter().find(|(name, _)| *name == shell);
    found.map(|(_, script)| *script)
}

/// Print a completion script for a shell
///
/// The script asks admit at each press of Tab, so it also completes addresses, panels, roles, statuses and settings.
/// Put it where the shell looks for completions, for example
/// ~/.local/share/bash-completion/completions/admit.
#[derive(Debug, clap::Args)]
#[command(after_help = examples(&["admit completions bash > ~/.local/share/bash-completion/completions/admit", "admit completions fish > ~/.config/fish/completions/admit.fish", "admit completions zsh > ~/.zfunc/_admit"]))]
pub struct CompletionsArgs {
    /// Shell to complete in
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,

    /// Has no effect: every script asks admit
    #[arg(long, hide = true)]
    pub dynamic: bool,
}

/// Prints the script.
pub fn run(cx: &mut Context, args: &CompletionsArgs) -> Result<Finish, CliError> {
    let shell = args
        .shell
        .to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default();
    let text = script(&shell)
        .ok_or_else(|| CliError::usage(format!("no completion script exists for {shell}")))?;
    let mut json = Map::new();
    json.insert("shell".into(), shell.into());
    json.insert("dynamic".into(), true.into());
    json.insert("script".into(), Value::String(text.to_owned()));
    cx.row(Row::new(json).raw(text))?;
    Ok(Finish::Done)
}
