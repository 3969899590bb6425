//! `admit completions`

use clap::ValueEnum;
use clap_complete::env::Shells;
use clap_complete::{Shell, generate};
use serde_json::{Map, Value};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::{Finish, Row};

/// Print a script that completes commands in a shell
///
/// The script goes where the shell looks for completions, for instance
/// ~/.local/share/bash-completion/completions/admit. With --dynamic it asks admit itself at each press of the
/// key, and then also knows people, panels and roles.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: Shell,

    /// Complete people, panels and roles too, by asking admit
    #[arg(long)]
    pub dynamic: bool,
}

/// Prints the script.
pub fn run(cx: &mut Context, args: &CompletionsArgs) -> Result<Finish, CliError> {
    let shell = args
        .shell
        .to_possible_value()
        .map(|value| value.get_name().to_owned())
        .unwrap_or_default();
    let script = if args.dynamic {
        dynamic(&shell)?
    } else {
        let mut script = Vec::new();
        generate(args.shell, &mut (cx.tree)(), "admit", &mut script);
        script
    };
    let mut json = Map::new();
    json.insert("shell".into(), shell.into());
    json.insert("dynamic".into(), args.dynamic.into());
    let text = String::from_utf8_lossy(&script).into_owned();
    json.insert("script".into(), Value::String(text));
    cx.row(Row::new(json).raw(script))?;
    Ok(Finish::Done)
}

fn dynamic(shell: &str) -> Result<Vec<u8>, CliError> {
    let shells = Shells::builtins();
    let completer = shells
        .completer(shell)
        .ok_or_else(|| CliError::usage(format!("there is no dynamic completion for {shell}")))?;
    let mut script = Vec::new();
    completer
        .write_registration("COMPLETE", "admit", "admit", "admit", &mut script)
        .map_err(|error| CliError::failed("cannot write the script").caused_by(error))?;
    Ok(script)
}
