//! Finding out what the input is from its first lines that say something.

use std::io::{BufRead as _, BufReader, Lines};

use tempfile::SpooledTempFile;

use super::column::Column;
use super::format::{BLANKS, Format, Header};
use super::header::{Kind, is_ours, meaning};
use super::problem::InputProblem;
use super::record::{Fed, Record};
use super::wanted::Wanted;
use super::{json, names};
use crate::domain::text::csv_plain;

/// How many lines may be above the header: titles, a template's version.
const TITLES: usize = 10;

/// What may be between cells.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// The format of the copied input.
pub(super) fn format(spool: &mut SpooledTempFile, wanted: &Wanted) -> Result<Format, InputProblem> {
    let mut head = Head::new(spool);
    let mut first: Option<Candidate> = None;
    let mut delimiter = None;
    let mut titles = 0;
    while titles < TITLES {
        let Some(line) = head.next()? else { break };
        if titles == 0 && first.is_none() {
            if delimiter.is_none()
                && let Some(named) = separator(&line)
            {
                delimiter = Some(named);
                continue;
            }
            let start = line.trim_start_matches(BLANKS);
            if start.starts_with('{') {
                drop(head);
                return json::keys(spool, wanted).map(Format::JsonLines);
            }
            if start.starts_with('[') {
                return Err(InputProblem::JsonList { line: head.number });
            }
        }
        let candidate = Candidate::read(&mut head, line, delimiter, wanted)?;
        if candidate.has_address(wanted) {
            return candidate.header(wanted).map(Format::Csv);
        }
        let is_data = candidate.text.contains('@');
        let first = first.get_or_insert(candidate);
        if is_data {
            if titles == 0 && first.is_divided() {
                return Err(no_header(first.line, wanted));
            }
            break;
        }
        titles += 1;
    }
    match first {
        Some(first) if first.is_divided() || first.knows_one() => {
            if first.knows_one() || first.is_near(wanted) {
                // There is no address in it: this is refused.
                return first.header(wanted).map(Format::Csv);
            }
            Err(InputProblem::NothingKnown {
                line: first.line,
                columns: first.names.len(),
            })
        }
        _ => Ok(Format::Bare),
    }
}

/// The delimiter that spreadsheets name on a line of its own, above the header: `sep=;`.
fn separator(line: &str) -> Option<char> {
    let line = line.trim_start_matches([' ', '"']);
    let named = line
        .get(..4)
        .filter(|word| word.eq_ignore_ascii_case("sep="))?;
    let mut rest = line[named.len()..].chars();
    let delimiter = rest
        .next()
        .filter(|c| DELIMITERS.contains(c) || *c == '|')?;
    let rest = rest.as_str().trim_matches(BLANKS);
    matches!(rest, "" | "\"").then_some(delimiter)
}

/// The lines that say something, one after the other.
struct Head<'a> {
    lines: Lines<BufReader<&'a mut SpooledTempFile>>,
    /// The line that was read last, from 1.
    number: u64,
}

impl<'a> Head<'a> {
    fn new(spool: &'a mut SpooledTempFile) -> Self {
        Self {
            lines: BufReader::new(spool).lines(),
            number: 0,
        }
    }

    fn any(&mut self) -> Result<Option<String>, InputProblem> {
        self.number += 1;
        self.lines.next().transpose().map_err(InputProblem::Spool)
    }

    fn next(&mut self) -> Result<Option<String>, InputProblem> {
        while let Some(line) = self.any()? {
            if !line.trim_matches(BLANKS).is_empty() && !line.starts_with('#') {
                return Ok(Some(line));
            }
        }
        Ok(None)
    }
}

/// A line, or several with a quoted cell over them, that may be the header.
struct Candidate {
    text: String,
    line: u64,
    next_line: u64,
    delimiter: Option<char>,
    names: Vec<String>,
}

impl Candidate {
    /// Takes the line apart at the delimiter at which it has an address, if there is one.
    fn read(
        head: &mut Head<'_>,
        text: String,
        delimiter: Option<char>,
        wanted: &Wanted,
    ) -> Result<Self, InputProblem> {
        let line = head.number;
        // A tab at the edge is a blank; between words it divides them.
        let inner = text.trim_matches(BLANKS);
        // With a line break in its first cell, the rest of the header is on the next line.
        let open = text.matches('"').count() % 2 == 1;
        let open = open && !inner.contains(DELIMITERS);
        let inside = (DELIMITERS.into_iter()).filter(|&c| open || inner.contains(c));
        let mut likely: Vec<Option<char>> = match delimiter {
            Some(named) => vec![Some(named)],
            None => inside.map(Some).collect(),
        };
        if likely.is_empty() {
            likely.push(None);
        }
        let mut lines = vec![text];
        let mut best: Option<Self> = None;
        let mut fault = None;
        for delimiter in likely {
            let (names, used) = match cells(head, &mut lines, delimiter.unwrap_or(','))? {
                Ok(found) => found,
                Err(message) => {
                    fault = fault.or(Some(message));
                    continue;
                }
            };
            let candidate = Self {
                text: lines[..used].join("\n"),
                line,
                next_line: line + u64::try_from(used).unwrap_or(1),
                delimiter,
                names,
            };
            if candidate.has_address(wanted) {
                return Ok(candidate);
            }
            best.get_or_insert(candidate);
        }
        best.ok_or_else(|| {
            // Somebody's `"Lovelace, Ada" <ada@example.com>` was never meant as a header.
            if lines.iter().any(|line| line.contains('@')) {
                return no_header(line, wanted);
            }
            let message = fault.unwrap_or_default().to_owned();
            InputProblem::Header { line, message }
        })
    }

    fn is_divided(&self) -> bool {
        self.delimiter.is_some()
    }

    fn has_address(&self, wanted: &Wanted) -> bool {
        self.names.iter().any(|name| is_address(name, wanted))
    }

    /// Whether it is a header, be it one without addresses.
    fn knows_one(&self) -> bool {
        self.names.iter().any(|name| names::find(name).is_some())
    }

    /// Whether it may be a header in which something is misspelt.
    fn is_near(&self, wanted: &Wanted) -> bool {
        (self.names.iter()).any(|name| names::nearest(name, &wanted.usable).is_some())
    }

    fn header(self, wanted: &Wanted) -> Result<Header, InputProblem> {
        let columns = meaning(&self.names, Kind::Header, &|_| self.line, wanted)?;
        Ok(Header {
            next_line: self.next_line,
            delimiter: self.delimiter.unwrap_or(','),
            ours: is_ours(&self.names),
            columns,
            names: self.names,
        })
    }
}

/// The cells of a header at a delimiter, and over how many lines they go; or why they cannot be taken apart.
fn cells(
    head: &mut Head<'_>,
    lines: &mut Vec<String>,
    delimiter: char,
) -> Result<Result<(Vec<String>, usize), &'static str>, InputProblem> {
    let mut record = Record::new(delimiter);
    let mut used = 0;
    loop {
        if used == lines.len() {
            match head.any()? {
                Some(more) => lines.push(more),
                None => return Ok(Err("a quote is not closed")),
            }
        }
        used += 1;
        match record.feed(&lines[used - 1]) {
            Fed::Complete => return Ok(Ok((filled(&record.cells), used))),
            Fed::Fault(message) => return Ok(Err(message)),
            Fed::Open => {}
        }
    }
}

/// The cells up to the last non-empty one: spreadsheets write delimiters for empty columns.
fn filled(cells: &[String]) -> Vec<String> {
    let last = cells.iter().rposition(|cell| !cell.is_empty());
    cells[..last.map_or(0, |last| last + 1)]
        .iter()
        .map(|cell| csv_plain(cell).to_owned())
        .collect()
}

fn is_address(name: &str, wanted: &Wanted) -> bool {
    match wanted.by_hand(name) {
        Some(column) => column == Some(Column::Address),
        None => names::find(name) == Some(Column::Address),
    }
}

fn no_header(line: u64, wanted: &Wanted) -> InputProblem {
    let names: Vec<_> = (wanted.usable.iter().take(3))
        .map(|column| column.name())
        .collect();
    let example = names.join(",");
    InputProblem::NoHeader { line, example }
}
