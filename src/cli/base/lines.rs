//! Text of several lines for people: wrapped by words with a hanging indent at a terminal, whole anywhere else.

use super::colour::Role;
use crate::domain::text::{shown, width};

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What stands in it.
    pub text: String,
    /// How it looks.
    pub role: Role,
}

impl Cell {
    /// A cell in a role.
    pub fn new(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self::new(text, Role::Plain)
    }
}

/// A line of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Blanks in front.
    indent: usize,
    /// Further blanks in front of what is wrapped.
    hanging: usize,
    pieces: Vec<Cell>,
    /// Kept in one piece, because it is meant to be copied.
    whole: bool,
}

impl Line {
    /// A line of plain text.
    pub fn new(indent: usize, text: impl Into<String>) -> Self {
        Self::of(indent, [Cell::from(text)])
    }

    /// A line of pieces in their roles.
    pub fn of(indent: usize, pieces: impl IntoIterator<Item = Cell>) -> Self {
        Self {
            indent,
            pieces: pieces.into_iter().collect(),
            ..Self::default()
        }
    }

    /// Indents what is wrapped by so many blanks more.
    #[must_use]
    pub fn hanging(self, hanging: usize) -> Self {
        Self { hanging, ..self }
    }

    /// A command to copy: never wrapped, and nothing else on its line, so that a triple click takes it.
    pub fn command(indent: usize, command: &str) -> Self {
        Self {
            indent,
            pieces: vec![Cell::new(command, Role::Command)],
            whole: true,
            ..Self::default()
        }
    }

    /// Appends the line. `columns` is the terminal's width; `None` wraps nothing.
    pub(in crate::cli) fn write(&self, columns: Option<usize>, colour: bool, out: &mut String) {
        let room = columns.filter(|_| !self.whole).unwrap_or(usize::MAX);
        out.push_str(&" ".repeat(self.indent));
        let mut used = self.indent;
        let mut fresh = true;
        for piece in &self.pieces {
            let text = shown(&piece.text);
            // Spaces belong to the next word; a line break replaces them.
            for word in words(&text) {
                let wide = width(word);
                // A word that fits on no line is not moved to its own.
                let alone = self.indent + self.hanging + width(word.trim_start_matches(' '));
                if !fresh && used + wide > room && alone <= room {
                    out.push('\n');
                    let indent = self.indent + self.hanging;
                    out.push_str(&" ".repeat(indent));
                    let word = word.trim_start_matches(' ');
                    piece.role.paint(word, colour, out);
                    used = indent + width(word);
                } else {
                    piece.role.paint(word, colour, out);
                    used += wide;
                }
                fresh = false;
            }
        }
        out.push('\n');
    }
}

/// Cuts a text in front of each run of blanks. A command in backticks stays in one piece.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let mut end = blanks + next_blank(&rest[blanks..]);
        if let Some(at) = rest[blanks..end].find('`')
            && let Some(length) = rest[blanks + at + 1..].find('`')
        {
            let behind = blanks + at + 1 + length;
            end = end.max(behind + next_blank(&rest[behind..]));
        }
        let (word, behind) = rest.split_at(end);
        rest = behind;
        Some(word)
    })
}

fn next_blank(text: &str) -> usize {
    text.find(' ').unwrap_or(text.len())
}

/// `hint: …`
pub(in crate::cli) fn headed(head: &str, role: Role, text: &str) -> Line {
    Line::of(0, [Cell::new(head, role), Cell::from(format!(" {text}"))]).hanging(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(line: &Line, columns: Option<usize>) -> String {
        let mut out = String::new();
        line.write(columns, false, &mut out);
        out
    }

    #[test]
    fn what_does_not_fit_hangs_below() {
        let line = Line::of(
            2,
            [
                Cell::from("1. "),
                Cell::new("locked", Role::Bad),
                Cell::from(" – since noon today"),
            ],
        );
        assert_eq!(
            written(&line.clone().hanging(3), Some(20)),
            "  1. locked – since\n     noon today\n"
        );
        assert_eq!(written(&line, None), "  1. locked – since noon today\n");
    }

    #[test]
    fn a_command_stays_whole() {
        assert_eq!(
            written(&Line::command(5, "admit unlock ada@example.com"), Some(20)),
            "     admit unlock ada@example.com\n"
        );
    }

    #[test]
    fn a_command_in_a_sentence_stays_whole() {
        let line = |text: &str| written(&Line::new(0, text), Some(20));
        assert_eq!(
            line("to see it, run `admit mail list`, or not"),
            "to see it, run\n`admit mail list`,\nor not\n"
        );
        assert_eq!(
            line("see `admit mail list --state failed` for all"),
            "see `admit mail list --state failed`\nfor all\n"
        );
        assert_eq!(
            line("a lone ` parts like any other text"),
            "a lone ` parts like\nany other text\n"
        );
    }

    #[test]
    fn control_characters_never_get_out() {
        assert_eq!(
            written(&Line::new(0, "a\u{1b}[2Jb"), None),
            "a\\u{1b}[2Jb\n"
        );
    }

    #[test]
    fn colour_is_by_piece() {
        let mut out = String::new();
        Line::of(0, [Cell::new("no", Role::Bad), Cell::from(" way")]).write(None, true, &mut out);
        assert_eq!(out, "\u{1b}[31mno\u{1b}[0m way\n");
    }
}
