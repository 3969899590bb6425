//! Finds everything that is wrong with a row, before anything is written or asked. No cell is repeated except an
//! address, because a misread file may contain anything.

use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry as Place};
use std::hash::{Hash, Hasher};

use super::super::input::{self, Bulk, Column, InputProblem, RowProblem};
use super::super::people::{Asked, FIRST, Verb, read};
use crate::cli::base::refusals::{About, refusal_error};
use crate::cli::runner::term;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::domain::role::BuiltIn;
use crate::domain::text::{self, nearest};
use crate::domain::when::{Period, WhenProblem, parse_until};
use crate::ops::bulk::RowFault;
use crate::ops::{Op, Scope};

/// The least number of rows without an address at which a file without any address is refused as a whole.
const TOO_MANY: u64 = 6;

/// How many rows are checked to find out what kind of file it is.
const ENOUGH: u64 = 500;

/// What rows are compared with.
pub(super) struct Known {
    panels: Vec<String>,
    /// The panel of a row that names none.
    default: Option<String>,
    /// The columns as the file spells them; none in a list of bare addresses.
    names: Vec<(Column, String)>,
}

impl Known {
    pub(super) fn new(scope: &Scope, named: Option<String>, rows: &Bulk) -> Self {
        let default = named.or_else(|| {
            let only = scope.panel_to_change(None).ok();
            only.map(|panel| panel.name.clone())
        });
        let names = if rows.is_bare() {
            Vec::new()
        } else {
            rows.spelled()
        };
        Self {
            panels: scope
                .panels
                .iter()
                .map(|panel| panel.name.clone())
                .collect(),
            default,
            names,
        }
    }

    pub(super) fn has(&self, panel: &str) -> bool {
        self.panels.iter().any(|known| known == panel)
    }

    /// The fault with its column in front.
    fn in_column(&self, column: Column, fault: &str) -> String {
        let found = self.names.iter().find(|(known, _)| *known == column);
        match found {
            Some((_, name)) => format!("column {}: {fault}", text::excerpt(name)),
            None => fault.to_owned(),
        }
    }
}

/// The people of a walk, each with the panel, and the line on which they were first.
#[derive(Default)]
pub(super) struct Seen(HashMap<u64, u64>);

impl Seen {
    /// The line on which the same person is already.
    // Hashes, not addresses: a million rows take 16 MB.
    fn before(&mut self, row: &input::Row, address: &Address, known: &Known) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        let panel = row.panel.as_ref().or(known.default.as_ref());
        (address.key(), panel).hash(&mut hasher);
        match self.0.entry(hasher.finish()) {
            Place::Occupied(line) => Some(*line.get()),
            Place::Vacant(place) => {
                place.insert(row.line);
                None
            }
        }
    }

    /// Remembers a row on which nothing is left to do.
    pub(super) fn settled(&mut self, row: &input::Row, known: &Known) {
        if let Ok(address) = Address::parse(&row.address) {
            self.before(row, &address, known);
        }
    }
}

/// Reads a row, or says everything that is wrong with it. It is only refused, and not faulty, if what it lacks has not
/// been asked for yet.
pub(super) fn request<V: Verb>(
    verb: &V,
    row: &input::Row,
    op: &Op,
    known: &Known,
    seen: &mut Seen,
) -> Result<Asked<V::Request>, RowFault> {
    let faulty = |faults: Vec<String>, not_found| RowFault::Input {
        message: faults.join("; "),
        not_found,
    };
    let missing = missing(row, known);
    let asked = match read(verb, row, op) {
        Ok(asked) if missing.is_empty() => asked,
        Ok(_) => return Err(faulty(missing, true)),
        Err(refusal) => {
            let mut faults = faults::<V>(row, op, known);
            if V::ASKS
                && faults.is_empty()
                && missing.is_empty()
                && refusal == Refusal::ReasonNeeded
            {
                return Err(RowFault::Refused(Box::new(refusal)));
            }
            if faults.is_empty() {
                faults.push(in_a_row(&refusal, &row.address, op));
            }
            faults.extend(missing);
            return Err(faulty(faults, false));
        }
    };
    match seen.before(row, &asked.0, known) {
        None => Ok(asked),
        Some(line) => Err(faulty(
            vec![format!("line {line} already has the same address")],
            false,
        )),
    }
}

/// What is wrong with a row that was not read, and the person or line to name.
pub(super) fn problem<V: Verb>(problem: &RowProblem, op: &Op, known: &Known) -> (String, RowFault) {
    let mut faults = vec![problem.message.clone()];
    if problem.whole {
        let mut row = (*problem.row).clone();
        row.address.clear();
        faults.extend(self::faults::<V>(&row, op, known));
        faults.extend(missing(&row, known));
    }
    let fault = RowFault::Input {
        message: faults.join("; "),
        not_found: false,
    };
    (target(&problem.row), fault)
}

/// The address of a row, if it is one, else its line.
pub(super) fn target(row: &input::Row) -> String {
    match Address::parse(&row.address) {
        Ok(_) => row.address.clone(),
        Err(_) => format!("line {}", row.line),
    }
}

/// Roles and panels that do not exist.
fn missing(row: &input::Row, known: &Known) -> Vec<String> {
    let mut faults = Vec::new();
    let no_such = |what: &str, name: &str, all: &[&str]| {
        let near = nearest(name, all.iter().copied());
        let near = near.map_or_else(String::new, |near| format!(" (did you mean {near}?)"));
        format!("unknown {what}{near}; the {what}s are {}", all.join(", "))
    };
    if let Some(role) = &row.role
        && BuiltIn::parse(role).is_none()
    {
        let all = BuiltIn::ALL.map(BuiltIn::as_str);
        faults.push(known.in_column(Column::Role, &no_such("role", role, &all)));
    }
    if let Some(panel) = &row.panel
        && !known.has(panel)
    {
        let all: Vec<&str> = known.panels.iter().map(String::as_str).collect();
        faults.push(known.in_column(Column::Panel, &no_such("panel", panel, &all)));
    }
    faults
}

/// Every value of a row that is none, in the order of the columns.
fn faults<V: Verb>(row: &input::Row, op: &Op, known: &Known) -> Vec<String> {
    let mut faults = Vec::new();
    let mut add = |column, fault: String| faults.push(known.in_column(column, &fault));
    if !row.address.is_empty()
        && let Err(problem) = Address::parse(&row.address)
    {
        add(Column::Address, problem.unquoted().to_string());
    }
    for column in V::COLUMNS {
        let Some(value) = row.get(*column) else {
            continue;
        };
        let read = match column {
            Column::Name => text::one_line(value, text::LONGEST_NAME),
            Column::Phone => text::phone(value),
            Column::Lang => text::lang(value),
            Column::Note => text::lines(value, text::LONGEST_NOTE),
            Column::For | Column::Until => {
                if let Err(problem) = time(*column, value, op) {
                    add(*column, problem);
                }
                continue;
            }
            _ => continue,
        };
        if let Err(problem) = read {
            add(*column, problem.unquoted().to_string());
        }
    }
    if let Err(refusal @ Refusal::ForAndUntil) =
        term::read(row.for_.as_deref(), row.until.as_deref(), op)
    {
        faults.push(in_a_row(&refusal, &row.address, op));
    }
    faults
}

fn time(column: Column, value: &str, op: &Op) -> Result<(), String> {
    let problem = if column == Column::For {
        Period::parse(value).map(drop).err()
    } else {
        parse_until(value, op.now, &op.zone).map(drop).err()
    };
    let Some(problem) = problem else {
        return Ok(());
    };
    Err(match problem {
        // It is a date or a duration, if a bad one, and may be repeated.
        WhenProblem::YearFirst { .. }
        | WhenProblem::Impossible { .. }
        | WhenProblem::Past { .. }
        | WhenProblem::OutOfRange(_)
        | WhenProblem::LapseNotDate(_)
        | WhenProblem::Zero(_) => problem.to_string(),
        WhenProblem::NoUnit(_) => "missing unit; use for example 3d, 2h30m, 1w or 1mo".to_owned(),
        _ if column == Column::For => {
            "it is not a valid duration; use for example 3d, 2h30m, 1w or 1mo".to_owned()
        }
        _ => "it is not a valid date; use 2026-12-31 or 2026-12-31 18:00".to_owned(),
    })
}

fn in_a_row(refusal: &Refusal, address: &str, op: &Op) -> String {
    refusal_error(refusal, About::of(address), op).in_one_line()
}

/// The result of a first pass over the rows.
#[derive(Default)]
pub(super) struct Survey {
    /// Rows on which something is left to do.
    pub(super) total: u64,
    /// Those of them that cannot be done.
    pub(super) bad: u64,
    /// The first people, or all.
    pub(super) named: Vec<String>,
    without_address: u64,
    first: Option<(u64, String)>,
}

impl Survey {
    /// Counts the rows and names the first people, or all. Every row is checked where somebody is asked about them
    /// (`whole`); else they are checked when they are written, and here only until it is clear that the file is a
    /// list of people.
    pub(super) fn of<V: Verb>(
        rows: &mut Bulk,
        verb: &V,
        op: &Op,
        known: &Known,
        whole: bool,
    ) -> Result<Self, InputProblem> {
        let mut survey = Self::default();
        let mut seen = Seen::default();
        for row in rows.rows() {
            let checks = whole || survey.is_in_doubt();
            match row {
                Ok(row) if row.settled() => {
                    if checks {
                        seen.settled(&row, known);
                    }
                }
                Ok(row) if !checks => {
                    survey.total += 1;
                    if V::PREPARES || survey.named.len() < FIRST {
                        survey.named.push(row.address);
                    }
                }
                Ok(row) => {
                    survey.total += 1;
                    match request(verb, &row, op, known, &mut seen) {
                        Err(fault @ RowFault::Input { .. }) => survey.add(row.line, &row, &fault),
                        _ if V::PREPARES || survey.named.len() < FIRST => {
                            survey.named.push(row.address);
                        }
                        _ => {}
                    }
                }
                Err(faulty) => {
                    survey.total += 1;
                    let (_, fault) = problem::<V>(&faulty, op, known);
                    survey.add(faulty.line, &faulty.row, &fault);
                }
            }
        }
        survey.judged(rows)
    }

    /// Whether it may still be something else than a list of people.
    fn is_in_doubt(&self) -> bool {
        self.total < ENOUGH || self.without_address * 2 > self.total
    }

    fn add(&mut self, line: u64, row: &input::Row, fault: &RowFault) {
        self.bad += 1;
        if Address::parse(&row.address).is_err() {
            self.without_address += 1;
            if let (None, RowFault::Input { message, .. }) = (&self.first, fault) {
                self.first = Some((line, message.clone()));
            }
        }
    }

    /// One error for a file that is something else, not one for each of its lines.
    fn judged(mut self, rows: &Bulk) -> Result<Self, InputProblem> {
        // Where a header says what is what, a file is only something else if it has no address at all.
        let good = self.total - self.without_address;
        let something_else = good == 0 || (rows.is_bare() && good < self.without_address);
        if self.without_address < TOO_MANY || !something_else {
            return Ok(self);
        }
        let (line, message) = self.first.take().unwrap_or_default();
        Err(InputProblem::NotPeople {
            bad: self.without_address,
            total: self.total,
            line,
            message,
        })
    }
}
