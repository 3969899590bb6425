//! A file of people: read, written all or nothing or row by row, mailed, told, and its results file (I12).

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry as Place};
use std::hash::{Hash, Hasher};
use std::io::Read;

use super::closing::{mail_all, summary, tell, write_results};
use super::context::Context;
use super::error::CliError;
use super::input::{self, Bulk, Column, ResultsWriter, RowProblem};
use super::ledger::{Entry, Fate, Ledger};
use super::output::Finish;
use super::people::{
    Asked, FIRST, People, Verb, ask_first, explain, read, say_that_no_mail_leaves,
    tell_of_leftovers,
};
use super::progress::Progress;
use super::reading;
use super::refusals::About;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::ops::bulk::{self, Label, RowFault, Watcher};
use crate::ops::outcome::Outcome;
use crate::ops::{Op, OpError, Scope};
use crate::store::{Store, Tx};

fn open_input(
    cx: &mut Context,
    file: &std::path::Path,
    columns: &[Column],
) -> Result<Bulk, CliError> {
    let read: Box<dyn Read> = if file.as_os_str() == "-" {
        if cx.ui.terminal().stdin {
            cx.ui
                .status("Reading addresses from the terminal: end with Ctrl-D");
        }
        Box::new(std::mem::replace(&mut cx.stdin, Box::new(std::io::empty())))
    } else {
        Box::new(reading::open(file).map_err(|error| {
            CliError::usage(format!(
                "cannot read {}: {}",
                file.display(),
                super::error::in_words(&error)
            ))
        })?)
    };
    Bulk::read(read, columns)
        .map_err(|problem| CliError::usage(format!("{}: {problem}", named(file))))
}

/// The input's name in a sentence.
fn named(file: &std::path::Path) -> String {
    match file.to_str() {
        Some("-") => "standard input".to_owned(),
        _ => file.display().to_string(),
    }
}

/// Goes through a file.
pub(super) fn run_bulk<V: Verb>(
    cx: &mut Context,
    people: &People,
    file: &std::path::Path,
    verb: &mut V,
) -> Result<Finish, CliError> {
    let mut rows = open_input(cx, file, V::COLUMNS)?;
    let results = match &people.results {
        Some(path) => Some(
            ResultsWriter::create(&cx.place(path)?, &rows)
                .map_err(|problem| CliError::usage(problem.to_string()))?,
        ),
        None => None,
    };
    let (total, addresses) = survey(&mut rows, V::PREPARES);
    if total == 0 {
        cx.report.empty(format!(
            "Nothing is left to do in {}: it names nobody, or every row is done",
            named(file)
        ));
    }
    ask_first(cx, verb, total, addresses.iter().map(String::as_str))?;
    let mut store = cx.open_store()?;
    let postman = cx.postman()?;
    verb.prepare(cx, &mut store, &addresses)?;
    drop(addresses);
    let op = cx.op();
    let guard = cx.interrupt.arm();
    let mut ledger = Ledger::new();
    let ended = write_rows(
        cx,
        &mut store,
        &op,
        verb,
        &mut rows,
        &mut ledger,
        total,
        people.keep_going,
    );
    tell_of_leftovers(cx, &mut store);
    let interrupted = matches!(ended, Err(OpError::Interrupted));
    if let Err(error) = ended
        && !(interrupted && people.keep_going)
    {
        let error = explain(cx, error, "", &op);
        if interrupted {
            return Err(error.hinted("nothing was written; run the same command again"));
        }
        if !people.keep_going || ledger.done() == 0 {
            return Err(error);
        }
        if let Some(results) = results {
            write_results(results, &mut rows, &mut ledger, Ok(()))?;
        }
        return Err(broken_off(&ledger, &error));
    }
    let kept = people.keep_going || ledger.bad() == 0;
    let stopped = kept && mail_all(cx, &mut store, &op, &postman, &ledger);
    drop(guard);
    let links = verb.prints_links();
    let stuck = tell(cx, &mut store, &postman, links, &mut ledger, kept)?;
    if let Some(results) = results {
        let written = match (kept, cx.dry_run()) {
            (false, _) => Err("not written: another row was refused"),
            (true, true) => Err("not written: this was a dry run"),
            (true, false) => Ok(()),
        };
        write_results(results, &mut rows, &mut ledger, written)?;
    }
    stuck.tell(cx, true);
    let mailed = kept && ledger.mails() > 0;
    say_that_no_mail_leaves(cx, &postman, mailed, kept && ledger.erases());
    summary(cx, &ledger, kept);
    if interrupted || stopped {
        return Err(CliError::interrupted().hinted(if interrupted {
            "what is listed was written; run the same command again for the rest"
        } else {
            "everybody was written, and what was sent is not sent again"
        }));
    }
    Ok(Finish::Done)
}

/// Whole batches were written before the store failed.
fn broken_off(ledger: &Ledger, error: &CliError) -> CliError {
    CliError::failed(format!(
        "some rows ({}) were written, and the rest not: {}",
        ledger.done(),
        error.message
    ))
    .hinted("run the same command again for the rest: who is written is left as they are; mail that waits leaves with `admit mail send`")
}

/// Writes the rows, and keeps in the ledger what became of each.
#[expect(clippy::too_many_arguments, reason = "all of one run, by name")]
fn write_rows<V: Verb>(
    cx: &mut Context,
    store: &mut Store,
    op: &Op,
    verb: &V,
    rows: &mut Bulk,
    ledger: &mut Ledger,
    total: u64,
    keep_going: bool,
) -> Result<bulk::Totals, OpError> {
    let progress = cx.progress("writing", Some(total));
    let mut clerk = Clerk {
        ledger,
        progress: &progress,
        interrupt: &cx.interrupt,
        op,
        cx_panel: cx.panel(),
        named: cx.global.panel.clone(),
        prefix: cx.command_prefix(),
    };
    let mut walk = |give: &mut Give<'_, V>| walk(rows, verb, op, give);
    let mut apply = |tx: &mut Tx<'_>, scope: &Scope, op: &Op, asked: &Asked<V::Request>| {
        verb.apply(tx, scope, op, &asked.0, &asked.1)
    };
    let ended = if keep_going {
        bulk::keep_going(store, op, &mut walk, &mut apply, &mut clerk)
    } else {
        bulk::all_or_nothing(store, op, &mut walk, &mut apply, &mut clerk)
    };
    progress.finish();
    ended
}

/// Counts the rows, and names the first ones, or all.
fn survey(rows: &mut Bulk, all: bool) -> (u64, Vec<String>) {
    let mut total = 0;
    let mut named = Vec::new();
    for row in rows.rows().flatten().filter(|row| !row.settled()) {
        total += 1;
        if all || named.len() < FIRST {
            named.push(row.address);
        }
    }
    (total, named)
}

/// Takes a row that was read, or could not be.
type Give<'a, V> = dyn FnMut(bulk::Row<Asked<<V as Verb>::Request>>) -> Result<(), OpError> + 'a;

fn walk<V: Verb>(
    rows: &mut Bulk,
    verb: &V,
    op: &Op,
    give: &mut Give<'_, V>,
) -> Result<(), OpError> {
    // Hashes, not addresses: a million rows take 16 MB.
    let mut seen: HashMap<u64, u64> = HashMap::new();
    for row in rows.rows() {
        match row {
            Err(RowProblem { line, message }) => {
                give(bulk::Row {
                    line,
                    target: format!("line {line}"),
                    panel: None,
                    request: Err(message),
                })?;
            }
            Ok(row) if row.settled() => {
                if let Ok(address) = Address::parse(&row.address) {
                    twice(&mut seen, &row, &address);
                }
            }
            Ok(row) => {
                let request =
                    read(verb, &row, op).map_err(|refusal| in_a_row(&refusal, &row.address, op));
                let request = request.and_then(|asked| match twice(&mut seen, &row, &asked.0) {
                    Some(line) => Err(format!("the same address stands on line {line} already")),
                    None => Ok(asked),
                });
                give(bulk::Row {
                    line: row.line,
                    target: row.address,
                    panel: row.panel,
                    request,
                })?;
            }
        }
    }
    Ok(())
}

fn in_a_row(refusal: &Refusal, address: &str, op: &Op) -> String {
    let prefix = ["admit".to_owned()];
    super::refusals::refusal_error(
        refusal,
        About {
            address,
            panel: None,
            prefix: &prefix,
        },
        op,
    )
    .in_one_line()
}

/// The line on which the same person stands already.
fn twice(seen: &mut HashMap<u64, u64>, row: &input::Row, address: &Address) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    (address.key(), &row.panel).hash(&mut hasher);
    match seen.entry(hasher.finish()) {
        Place::Occupied(line) => Some(*line.get()),
        Place::Vacant(place) => {
            place.insert(row.line);
            None
        }
    }
}

/// Keeps the books while rows are written.
struct Clerk<'a> {
    ledger: &'a mut Ledger,
    progress: &'a Progress,
    interrupt: &'a super::interrupt::Interrupt,
    op: &'a Op,
    cx_panel: Option<String>,
    /// The panel of the option, for commands to copy.
    named: Option<String>,
    prefix: Vec<String>,
}

impl Watcher for Clerk<'_> {
    fn restart(&mut self) -> Result<(), OpError> {
        self.ledger
            .restart()
            .map_err(|error| OpError::Input(error.in_one_line()))
    }

    fn row(&mut self, row: &Label, result: Result<&Outcome, &RowFault>) -> Result<(), OpError> {
        let fate = match result {
            Ok(outcome) => Fate::Outcome(Cow::Borrowed(outcome)),
            Err(RowFault::Input(message)) => Fate::Bad {
                not_found: false,
                message: message.clone(),
                hint: None,
            },
            Err(RowFault::Refused(refusal)) => {
                let about = About {
                    address: &row.target,
                    panel: row.panel.as_deref().or(self.named.as_deref()),
                    prefix: &self.prefix,
                };
                let error = super::refusals::refusal_error(refusal, about, self.op);
                Fate::Bad {
                    not_found: error.kind == super::error::Kind::NotFound,
                    message: error.in_one_line(),
                    hint: error.hint.clone(),
                }
            }
        };
        let panel = row
            .panel
            .as_deref()
            .or(self.cx_panel.as_deref())
            .map(Cow::Borrowed);
        let entry = Entry {
            line: row.line,
            target: Cow::Borrowed(row.target.as_str()),
            panel,
            fate,
        };
        self.ledger
            .add(&entry)
            .map_err(|error| OpError::Input(error.in_one_line()))?;
        self.progress.tick(1);
        if self.interrupt.is_raised() {
            Err(OpError::Interrupted)
        } else {
            Ok(())
        }
    }
}
