//! Finding out what the input is from its first line that says something.

use std::io::{BufRead as _, BufReader};

use tempfile::SpooledTempFile;

use super::record::{Fed, Record};
use super::{BLANKS, Column, Format, Header, InputProblem};
use crate::domain::text::{csv_plain, excerpt};

/// The format of the copied input. `usable` are the columns that the command has a use for.
pub(super) fn format(
    spool: &mut SpooledTempFile,
    usable: &[Column],
) -> Result<Format, InputProblem> {
    let mut lines = BufReader::new(spool).lines();
    let mut number = 0;
    let mut first = loop {
        number += 1;
        let Some(line) = lines.next() else {
            return Ok(Format::Bare);
        };
        let line = line.map_err(InputProblem::Spool)?;
        if !line.trim_matches(BLANKS).is_empty() && !line.starts_with('#') {
            break line;
        }
    };
    let start = first.trim_start_matches(BLANKS);
    if start.starts_with('{') {
        return Ok(Format::JsonLines);
    }
    if start.starts_with('[') {
        return Err(InputProblem::JsonList { line: number });
    }
    let delimiter = [',', ';', '\t'].into_iter().find(|&c| {
        // A tab at the edge is a blank; between words it divides them.
        first.trim_matches(BLANKS).contains(c)
    });
    let only = csv_plain(start.trim_matches(BLANKS).trim_matches('"'));
    if delimiter.is_none() && Column::find(only).is_none() {
        return Ok(Format::Bare);
    }

    let line = number;
    let fault = |message: &str, first: &str| {
        // Somebody's `"Lovelace, Ada" <ada@example.com>` was never meant as a header.
        if first.contains('@') {
            return no_header(line, usable);
        }
        let message = message.to_owned();
        InputProblem::Header { line, message }
    };
    let mut record = Record::new(delimiter.unwrap_or(','));
    loop {
        match record.feed(&first) {
            Fed::Complete => break,
            Fed::Fault(message) => return Err(fault(message, &first)),
            Fed::Open => {}
        }
        number += 1;
        let Some(next) = lines.next() else {
            return Err(fault("a quote is never closed", &first));
        };
        first = next.map_err(InputProblem::Spool)?;
    }
    let mut header = read_header(&record.cells, line, usable)?;
    header.next_line = number + 1;
    header.delimiter = record.delimiter();
    Ok(Format::Csv(header))
}

fn read_header(cells: &[String], line: u64, usable: &[Column]) -> Result<Header, InputProblem> {
    // Spreadsheets write delimiters for columns that nobody filled.
    let filled = cells.iter().rposition(|cell| !cell.is_empty());
    let names: Vec<String> = cells[..filled.map_or(0, |last| last + 1)]
        .iter()
        .map(|cell| csv_plain(cell).to_owned())
        .collect();
    let found: Vec<_> = names.iter().map(|name| Column::find(name)).collect();
    if found.iter().all(Option::is_none) && names.iter().any(|name| name.contains('@')) {
        return Err(no_header(line, usable));
    }
    let unknown: Vec<_> = (names.iter().enumerate())
        .filter(|&(at, _)| found[at].is_none())
        .map(|(at, name)| unknown(at, name, usable))
        .take(5)
        .collect();
    if !unknown.is_empty() {
        return Err(InputProblem::UnknownColumns {
            line,
            unknown: unknown.join("; "),
            usable: Column::list(usable),
        });
    }
    let columns: Vec<Column> = found.into_iter().flatten().collect();
    for (at, column) in columns.iter().enumerate() {
        if columns[..at].contains(column) {
            let name = column.name();
            return Err(InputProblem::RepeatedColumn { line, name });
        }
    }
    if !columns.contains(&Column::Address) {
        return Err(InputProblem::NoAddress { line });
    }
    let unused: Vec<Column> = (columns.iter().copied())
        .filter(|column| !column.is_result() && !usable.contains(column))
        .collect();
    if !unused.is_empty() {
        return Err(InputProblem::UnusedColumns {
            line,
            columns: Column::list(&unused),
            usable: Column::list(usable),
        });
    }
    Ok(Header {
        next_line: line + 1,
        delimiter: ',',
        columns,
        names,
    })
}

fn no_header(line: u64, usable: &[Column]) -> InputProblem {
    let names: Vec<_> = usable.iter().take(3).map(|column| column.name()).collect();
    let example = names.join(",");
    InputProblem::NoHeader { line, example }
}

fn unknown(at: usize, name: &str, usable: &[Column]) -> String {
    if name.is_empty() {
        return format!("column {} has no name", at + 1);
    }
    let shown = excerpt(name);
    match Column::nearest(name, usable) {
        Some(near) => format!("there is no column {shown} (did you mean {near}?)"),
        None => format!("there is no column {shown}"),
    }
}
