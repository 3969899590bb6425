//! One row of CSV (RFC 4180), fed line by line.
//!
//! Parsed here and not with the csv crate, which takes everything after an unclosed quote for one cell, and a quote
//! after a space for a letter: in a list of people both are mistakes to be reported, and the first needs unbounded
//! memory.

use super::format::{BLANKS, LONGEST_LINE};

/// The cells of one row, as far as they were fed.
#[derive(Debug)]
pub(super) struct Record {
    delimiter: char,
    pub(super) cells: Vec<String>,
    cell: String,
    state: State,
    length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Before the first letter of a cell.
    Start,
    /// In a cell without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// Directly after a quote: it was the last one, or the first of two that stand for one.
    Quote,
    /// Behind the closing quote and blanks.
    Closed,
}

/// What a line did to the row.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fed {
    /// It is complete.
    Complete,
    /// A quote is open: the next line belongs to it.
    Open,
    /// It cannot be taken apart; the sentence says why.
    Fault(&'static str),
}

impl Record {
    pub(super) fn new(delimiter: char) -> Self {
        Self {
            delimiter,
            cells: Vec::new(),
            cell: String::new(),
            state: State::Start,
            length: 0,
        }
    }

    /// Forgets what was fed.
    pub(super) fn clear(&mut self) {
        self.cells.clear();
        self.cell.clear();
        self.state = State::Start;
        self.length = 0;
    }

    pub(super) fn feed(&mut self, line: &str) -> Fed {
        self.length += line.len() + 1;
        if self.length > LONGEST_LINE + 1 {
            return Fed::Fault("it is longer than 1 MiB; a closing quote may be missing");
        }
        if self.state == State::Start && !line.contains('"') {
            let cells = line.split(self.delimiter);
            let cells = cells.map(|cell| cell.trim_matches(BLANKS).to_owned());
            self.cells.extend(cells);
            return Fed::Complete;
        }
        if self.state == State::Quoted {
            self.cell.push('\n');
        }
        for c in line.chars() {
            self.state = match (self.state, c) {
                (State::Quoted, '"') => State::Quote,
                (State::Quoted, _) | (State::Quote, '"') => {
                    self.cell.push(c);
                    State::Quoted
                }
                (_, _) if c == self.delimiter => {
                    self.end_cell();
                    State::Start
                }
                (State::Start, '"') => State::Quoted,
                (State::Start, _) if BLANKS.contains(&c) => State::Start,
                (State::Quote | State::Closed, _) if BLANKS.contains(&c) => State::Closed,
                (State::Quote | State::Closed, _) => {
                    return Fed::Fault("a quoted cell continues after its closing quote");
                }
                (State::Start | State::Plain, _) => {
                    self.cell.push(c);
                    State::Plain
                }
            };
        }
        if self.state == State::Quoted {
            return Fed::Open;
        }
        self.end_cell();
        Fed::Complete
    }

    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        let trimmed = cell.trim_matches(BLANKS);
        let trimmed = if trimmed.len() == cell.len() {
            cell
        } else {
            trimmed.to_owned()
        };
        self.cells.push(trimmed);
    }
}
