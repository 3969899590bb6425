//! Commands in hints that work when they are pasted: on the store of this run, and with its settings.
//!
//! The layers below name a command without knowing how this run was told where its store is. A command that was pasted
//! without that would act on another store.

use super::error::CliError;
use crate::domain::text::shell_word;

/// The options that say which store and which settings are meant.
const OPTIONS: [&str; 2] = ["--config", "--store"];

/// A text with commands in backticks; each gets those options of the prefix that it does not have. The prefix is `admit`,
/// and the options of this run.
pub(in crate::cli) fn in_run_of(prefix: &[String], text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    // Backticks come in pairs: every second piece is a command.
    for (at, piece) in text.split('`').enumerate() {
        if at > 0 {
            whole.push('`');
        }
        match piece.strip_prefix("admit ").filter(|_| at % 2 == 1) {
            Some(command) => {
                whole.push_str("admit ");
                for (option, value) in missing(prefix, command) {
                    whole.push_str(&format!("{option} {} ", shell_word(value)));
                }
                whole.push_str(command);
            }
            None => whole.push_str(piece),
        }
    }
    whole
}

/// The options with their values that a command lacks.
fn missing<'p>(prefix: &'p [String], command: &'p str) -> impl Iterator<Item = (&'p str, &'p str)> {
    prefix
        .windows(2)
        .map(|pair| (pair[0].as_str(), pair[1].as_str()))
        .filter(|(option, _)| OPTIONS.contains(option))
        .filter(|(option, _)| {
            let has = |word: &str| word == *option || word.starts_with(&format!("{option}="));
            !command.split(' ').any(has)
        })
}

impl CliError {
    /// Completes the commands in its hint.
    #[must_use]
    pub(in crate::cli) fn in_run_of(mut self, prefix: &[String]) -> Self {
        self.hint = self.hint.map(|hint| in_run_of(prefix, &hint));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_gets_the_options_that_it_lacks() {
        let prefix = ["admit", "--config", "my settings", "--store", "drill.db"].map(String::from);
        let of = |text: &str| in_run_of(&prefix, text);
        assert_eq!(
            of("run `admit list`, or `chmod 600 x` and `admit store check -v`"),
            "run `admit --config 'my settings' --store drill.db list`, or `chmod 600 x` and \
             `admit --config 'my settings' --store drill.db store check -v`"
        );
        // What it has it keeps, and once is enough.
        assert_eq!(
            of("`admit store upgrade --store other.db`"),
            "`admit --config 'my settings' store upgrade --store other.db`"
        );
        assert_eq!(
            of("`admit list --store=other.db --config x`"),
            "`admit list --store=other.db --config x`"
        );
        for text in [
            "`admit list`",
            "admit list",
            "`",
            "",
            "no `admit`, a `command admit list`",
        ] {
            assert_eq!(of(&of(text)), of(text));
            assert_eq!(in_run_of(&["admit".to_owned()], text), text);
        }
        assert_eq!(of("admit list"), "admit list");
    }
}
