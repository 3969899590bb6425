//! The shell asks what could be typed next.
//!
//! The scripts of `completions --dynamic` run `COMPLETE=bash admit -- WORDS…`. The hook answers only that shape,
//! and never anything else: the programs that call `admit gate` pass on variables that a stranger may have chosen,
//! and a `COMPLETE` among them must not turn a verdict into a harmless exit code 0.

use std::ffi::OsString;

use clap::CommandFactory;
use clap_complete::CompleteEnv;

use super::args::Cli;
use crate::cli::base::env::completion_is_asked_for;

/// Answers the shell if it asks; true if there is nothing else to do. Whatever goes wrong stays silent, since it
/// would be printed into the line that is being typed.
pub fn is_answered(args: &[OsString]) -> bool {
    if !is_question(args) || !completion_is_asked_for() {
        return false;
    }
    let here = std::env::current_dir().ok();
    CompleteEnv::with_factory(Cli::command)
        .try_complete(args.iter().cloned(), here.as_deref())
        .unwrap_or(true)
}

/// `admit -- …`, which is no command, or `admit` alone, which asks for the script.
fn is_question(args: &[OsString]) -> bool {
    match args {
        [_] => true,
        [_, dashes, ..] => dashes == "--",
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_never_mistaken_for_a_question() {
        let question = |line: &str| {
            let args: Vec<_> = line.split(' ').map(OsString::from).collect();
            is_question(&args)
        };
        assert!(question("admit") && question("admit -- admit unl"));
        assert!(!question("admit gate pam"));
        assert!(!question("admit gate checkpassword -- prog"));
        assert!(!question("admit gate -- pam"));
        assert!(!is_question(&[]));
    }
}
