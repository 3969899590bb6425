//! The one way to print a command: words in, a line to paste out.
//!
//! A command that is pasted must act on what this run acted on. So it is data until it is printed, and is printed
//! with the options that said which settings, store and panel this run was about, quoted for a shell. No other place
//! writes a command line (`tests/it/architecture.rs` looks).

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::domain::text::shell_word;

/// The program's name, in front of every command.
const PROGRAM: &str = "admit";

/// The options of this run that a pasted command needs, too. What a variable or a file says still holds when it is pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunOptions {
    /// `--config`.
    pub config: Option<String>,
    /// `--store`.
    pub store: Option<String>,
    /// `--panel`.
    pub panel: Option<String>,
}

/// Which `--panel` a command is printed with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum PanelOption {
    /// That of the run, if the command depends on it.
    OfTheRun,
    /// This one, whatever the run had.
    Named(String),
    /// None: it is about all panels, or the store.
    Absent,
}

/// A command to paste.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedCommand {
    words: Vec<String>,
    panel: PanelOption,
}

/// A command of these words, the program's name left out.
pub fn command<W: AsRef<str>>(words: &[W]) -> PrintedCommand {
    PrintedCommand {
        words: words.iter().map(|word| word.as_ref().to_owned()).collect(),
        panel: PanelOption::OfTheRun,
    }
}

impl PrintedCommand {
    /// In this panel, or in the panel of the run if it is `None`.
    #[must_use]
    pub fn in_panel(mut self, panel: Option<&str>) -> Self {
        if let Some(panel) = panel {
            self.panel = PanelOption::Named(panel.to_owned());
        }
        self
    }

    /// In no panel in particular.
    #[must_use]
    pub fn in_no_panel(mut self) -> Self {
        self.panel = PanelOption::Absent;
        self
    }

    /// As it is printed: quoted for a shell, with what it lacks of the options of the run.
    pub fn print(&self, run: &RunOptions) -> String {
        let mut line: Vec<Cow<'_, str>> = vec![PROGRAM.into()];
        let panel = match &self.panel {
            PanelOption::OfTheRun => run
                .panel
                .as_deref()
                .filter(|_| depends_on_panel(&self.words)),
            PanelOption::Named(panel) => Some(panel.as_str()),
            PanelOption::Absent => None,
        };
        if !self.only_informs() {
            for (option, value) in [("--config", &run.config), ("--store", &run.store)] {
                if let Some(value) = value.as_deref().filter(|_| !self.has(option)) {
                    line.extend([option.into(), shell_word(value)]);
                }
            }
        }
        line.extend(self.words.iter().map(|word| shell_word(word)));
        if let Some(panel) = panel.filter(|_| !self.has("--panel") && !self.only_informs()) {
            let end = self.words.iter().position(|word| word == "--");
            let at = end.map_or(line.len(), |end| line.len() - self.words.len() + end);
            line.splice(at..at, ["--panel".into(), shell_word(panel)]);
        }
        line.join(" ")
    }

    fn has(&self, option: &str) -> bool {
        self.words
            .iter()
            .take_while(|word| *word != "--")
            .any(|word| {
                word.strip_prefix(option)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
            })
    }

    /// Whether it prints the same wherever the store is.
    fn only_informs(&self) -> bool {
        self.has("--help") || matches!(self.words.first().map(String::as_str), None | Some("man"))
    }
}

/// Whether a command does something else with another `--panel`.
fn depends_on_panel(words: &[String]) -> bool {
    let mut words = words.iter().map(String::as_str);
    match (words.next(), words.next()) {
        (Some("store" | "config" | "housekeep" | "completions" | "man" | "panel"), _) => false,
        (Some("mail"), verb) => matches!(verb, Some("test" | "preview")),
        (Some("audit"), verb) => verb == Some("list"),
        (Some("remove"), _) => !words.any(|word| word == "--everywhere" || word == "--erase"),
        _ => true,
    }
}

/// A sentence for people, with commands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint(Vec<Piece>);

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    /// Words.
    Text(String),
    /// A command to paste.
    Command(PrintedCommand),
    /// A sentence of its own.
    Hint(Hint),
}

/// A sentence from pieces: texts, commands and sentences, in their order.
macro_rules! hint {
    ($($piece:expr),+ $(,)?) => {
        $crate::cli::base::printed::Hint::default()$(.and($piece))+
    };
}
pub(crate) use hint;

impl Hint {
    /// Appends a piece.
    #[must_use]
    pub fn and(mut self, piece: impl Into<Piece>) -> Self {
        self.0.push(piece.into());
        self
    }

    /// As it is printed: each command between backticks, with the options of the run.
    pub fn print(&self, run: &RunOptions) -> String {
        self.0
            .iter()
            .map(|piece| match piece {
                Piece::Text(text) => text.clone(),
                Piece::Command(command) => format!("`{}`", command.print(run)),
                Piece::Hint(hint) => hint.print(run),
            })
            .collect()
    }

    /// Whether nothing is said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Several in one sentence, with this between them.
    pub fn joined<T: Into<Piece>>(all: impl IntoIterator<Item = T>, between: &str) -> Self {
        let mut whole = Self::default();
        for piece in all {
            if !whole.is_empty() {
                whole = whole.and(between);
            }
            whole = whole.and(piece);
        }
        whole
    }

    /// `a, b and c`.
    pub fn listed<T: Into<Piece>>(all: impl IntoIterator<Item = T>) -> Self {
        let mut all: Vec<Piece> = all.into_iter().map(Into::into).collect();
        match all.pop() {
            None => Self::default(),
            Some(last) if all.is_empty() => Self::default().and(last),
            Some(last) => Self::joined(all, ", ").and(" and ").and(last),
        }
    }
}

impl<T: Into<String>> From<T> for Hint {
    fn from(text: T) -> Self {
        Self(vec![Piece::Text(text.into())])
    }
}

impl<T: Into<String>> From<T> for Piece {
    fn from(text: T) -> Self {
        Self::Text(text.into())
    }
}

impl From<PrintedCommand> for Piece {
    fn from(command: PrintedCommand) -> Self {
        Self::Command(command)
    }
}

impl From<Hint> for Piece {
    fn from(hint: Hint) -> Self {
        Self::Hint(hint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run() -> RunOptions {
        RunOptions {
            config: Some("my settings".into()),
            store: Some("drill.db".into()),
            panel: Some("shop".into()),
        }
    }

    #[test]
    fn a_command_gets_the_options_that_it_lacks() {
        let printed = |words: &[&str]| command(words).print(&run());
        assert_eq!(
            printed(&["store", "check", "-v"]),
            "admit --config 'my settings' --store drill.db store check -v"
        );
        assert_eq!(
            printed(&["unlock", "a b"]),
            "admit --config 'my settings' --store drill.db unlock 'a b' --panel shop"
        );
        // What it has it keeps, and once is enough.
        assert_eq!(
            printed(&["store", "upgrade", "--store", "other.db"]),
            "admit --config 'my settings' store upgrade --store other.db"
        );
        assert_eq!(
            printed(&["list", "--store=other.db", "--config", "x", "--panel=main"]),
            "admit list --store=other.db --config x --panel=main"
        );
        assert_eq!(
            printed(&["list", "--", "--store"]),
            "admit --config 'my settings' --store drill.db list --panel shop -- --store"
        );
        assert_eq!(
            command(&["list"]).print(&RunOptions::default()),
            "admit list"
        );
    }

    #[test]
    fn a_panel_is_named_only_where_it_makes_a_difference() {
        let shop = RunOptions {
            panel: Some("shop".into()),
            ..RunOptions::default()
        };
        for (words, printed) in [
            (&["list"][..], "admit list --panel shop"),
            (&["mail", "send"], "admit mail send"),
            (&["mail", "preview"], "admit mail preview --panel shop"),
            (&["panel", "set", "main", "x=y"], "admit panel set main x=y"),
            (&["audit", "list"], "admit audit list --panel shop"),
            (&["audit", "verify"], "admit audit verify"),
            (&["remove", "x"], "admit remove x --panel shop"),
            (&["remove", "x", "--erase"], "admit remove x --erase"),
            (&["lock", "--help"], "admit lock --help"),
            (&["man", "lock"], "admit man lock"),
        ] {
            assert_eq!(command(words).print(&shop), printed);
        }
        let list = command(&["list"]);
        assert_eq!(
            list.clone().in_panel(Some("main")).print(&shop),
            "admit list --panel main"
        );
        assert_eq!(
            list.clone().in_panel(None).print(&shop),
            "admit list --panel shop"
        );
        assert_eq!(list.in_no_panel().print(&shop), "admit list");
    }

    #[test]
    fn what_only_informs_needs_no_options() {
        assert_eq!(
            command(&["lock", "--help"]).print(&run()),
            "admit lock --help"
        );
        assert_eq!(command(&["--help"]).print(&run()), "admit --help");
    }

    #[test]
    fn a_sentence_has_its_commands_between_backticks() {
        let hint = hint!(
            "look with ",
            command(&["list"]),
            ", or ",
            hint!["use ", command(&["show", "x"])]
        );
        assert_eq!(
            hint.print(&RunOptions::default()),
            "look with `admit list`, or use `admit show x`"
        );
        // What looks like a command in a text is left as it is.
        assert_eq!(Hint::from("`admit list`").print(&run()), "`admit list`");
        let listed = |all: &[&str]| {
            Hint::listed(all.iter().map(|word| command(&[word]))).print(&RunOptions::default())
        };
        assert_eq!(listed(&[]), "");
        assert_eq!(listed(&["a"]), "`admit a`");
        assert_eq!(
            listed(&["a", "b", "c"]),
            "`admit a`, `admit b` and `admit c`"
        );
    }
}
