//! Colours by role. Nothing is said by colour alone.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style};
use clap::ValueEnum;

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// If the terminal supports it
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// The role of a piece of text, which decides how it looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Plain,
    /// The heading of a table or a section.
    Heading,
    /// As it should be.
    Good,
    /// Will need attention.
    Attention,
    /// Prevents somebody from signing in.
    Bad,
    /// Of little interest.
    Dim,
    /// A command to copy.
    Command,
    /// The word `error:`.
    Error,
    /// The word `warning:`.
    Warning,
    /// The word `hint:`.
    Hint,
}

impl Role {
    fn style(self) -> Style {
        let style = Style::new();
        let coloured = |colour: AnsiColor| style.fg_color(Some(colour.into()));
        match self {
            Self::Plain => style,
            Self::Heading => style.bold().underline(),
            Self::Good => coloured(AnsiColor::Green),
            Self::Attention => coloured(AnsiColor::Yellow),
            Self::Bad => coloured(AnsiColor::Red),
            Self::Dim => style.dimmed(),
            Self::Command => style.bold(),
            Self::Error => coloured(AnsiColor::Red).bold(),
            Self::Warning => coloured(AnsiColor::Yellow).bold(),
            Self::Hint => coloured(AnsiColor::Cyan).bold(),
        }
    }

    /// Appends a text, which is safe already, in this role's look.
    pub(crate) fn paint(self, text: &str, colour: bool, out: &mut String) {
        let style = self.style();
        if colour && !style.is_plain() && !text.is_empty() {
            out.push_str(&style.render().to_string());
            out.push_str(text);
            out.push_str(&style.render_reset().to_string());
        } else {
            out.push_str(text);
        }
    }
}

/// Whether a stream is coloured: an explicit choice decides; else `NO_COLOR`, `CLICOLOR_FORCE`, whether it is a
/// terminal that can, and `CLICOLOR`, in that order.
pub fn wants_colour(
    choice: ColorChoice,
    vars: &BTreeMap<String, String>,
    is_terminal: bool,
) -> bool {
    let var = |name: &str| vars.get(name).map_or("", String::as_str);
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto if !var("NO_COLOR").is_empty() => false,
        ColorChoice::Auto if !matches!(var("CLICOLOR_FORCE"), "" | "0") => true,
        ColorChoice::Auto => {
            is_terminal && !matches!(var("TERM"), "" | "dumb") && var("CLICOLOR") != "0"
        }
    }
}
