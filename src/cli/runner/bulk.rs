//! A file of people: read, written all or nothing or row by row, mailed, told, and its results file (I12).

mod check;
mod report;

use std::borrow::Cow;
use std::io::Read;

use self::check::{Known, Seen, Survey};
use self::report::{mail_all, summary, tell, write_results};
use super::input::{Bulk, Helps, InputProblem, ResultsWriter, Wanted};
use super::ledger::{Entry, Fate, Ledger, Sentences};
use super::people::{
    Asked, People, Verb, ask_first, explain, say_that_no_mail_leaves, tell_of_leftovers,
};
use super::told::Told;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::printed::{command, hint};
use crate::cli::base::progress::Progress;
use crate::cli::base::reading;
use crate::cli::base::refusals::About;
use crate::ops::bulk::{self, Label, RowFault, Watcher};
use crate::ops::change::ChangeResult;
use crate::ops::{Op, OpError, Scope};
use crate::store::{Store, Tx};

fn open_input(cx: &mut Context, file: &std::path::Path, wanted: Wanted) -> Result<Bulk, CliError> {
    let read: Box<dyn Read> = if file.as_os_str() == "-" {
        if cx.ui.terminal().stdin {
            cx.ui
                .status("Reading addresses from the terminal; press Ctrl-D to finish");
        }
        Box::new(std::mem::replace(&mut cx.stdin, Box::new(std::io::empty())))
    } else {
        Box::new(reading::open(file).map_err(|error| {
            CliError::usage(format!(
                "cannot read {}: {}",
                file.display(),
                crate::cli::base::error::in_words(&error)
            ))
        })?)
    };
    Bulk::read(read, wanted).map_err(|problem| unusable(cx, file, &problem))
}

/// How to read the file.
fn wanted<V: Verb>(people: &People, verb: &V) -> Result<Wanted, CliError> {
    Wanted::of(V::COLUMNS)
        .ignoring(people.ignore_columns)
        .with_end_of_lists(V::TAKES_ENDS)
        .mapped(&people.map)
        .and_then(|wanted| wanted.with_roles(verb.roles()))
        .map_err(CliError::usage)
}

/// A file that cannot be used at all.
fn unusable(cx: &Context, file: &std::path::Path, problem: &InputProblem) -> CliError {
    let error = CliError::usage(format!("{}: {problem}", named(file)));
    match problem.helps() {
        None => error,
        Some(Helps::Words(words)) => error.hinted(words),
        Some(Helps::Option(what, option)) => {
            error.hinted(hint!(what, ": ", cx.again_with(&[option])))
        }
    }
}

/// The input's name in a sentence.
fn named(file: &std::path::Path) -> String {
    match file.to_str() {
        Some("-") => "standard input".to_owned(),
        _ => file.display().to_string(),
    }
}

/// Goes through a file.
pub(in crate::cli) fn run_bulk<V: Verb>(
    cx: &mut Context,
    people: &People,
    file: &std::path::Path,
    verb: &mut V,
) -> Result<Finish, CliError> {
    let mut rows = open_input(cx, file, wanted(people, verb)?)?;
    let left_out = rows.left_out();
    if !left_out.is_empty() {
        // An ignored column may have been the end of somebody's access.
        cx.ui.status(format!("Ignored: {}", left_out.join(", ")));
    }
    let results = match &people.results {
        Some(path) => Some(
            ResultsWriter::create(&cx.place(path)?, &rows)
                .map_err(|problem| CliError::usage(problem.to_string()))?,
        ),
        None => None,
    };
    // If the answer is no, no store is made.
    let waits = cx.makes_store() && !cx.dry_run() && cx.would_ask();
    let mut store = if waits {
        cx.scratch_store()?
    } else {
        cx.open_store()?
    };
    let mailer = cx.mailer()?;
    let op = cx.op();
    let scope = store.read(|tx| Scope::load(tx))?;
    let known = Known::new(&scope, cx.panel(), &rows);
    let (total, hopeless) = ask(cx, people, verb, &mut rows, &mut store, &op, &known)?;
    if total > 1 {
        cx.report.many();
    }
    if waits && !hopeless {
        store = cx.open_store()?;
    }
    let guard = cx.interrupt.arm();
    let mut ledger = Ledger::new();
    let work = Work {
        op: &op,
        known: &known,
        total,
        keep_going: people.keep_going,
        // If a required confirmation is missing, nothing is attempted.
        only_faults: hopeless && (V::ASKS || verb.always_asks().is_some()),
    };
    let ended = write_rows(cx, &mut store, verb, &mut rows, &mut ledger, &work);
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
            write_results::<V::Change>(results, &mut rows, &mut ledger, None, Ok(()))?;
        }
        return Err(broken_off(&ledger, &error));
    }
    let kept = people.keep_going || ledger.bad() == 0;
    let stopped = kept && mail_all(cx, &mut store, &op, &mailer, &ledger);
    drop(guard);
    let links = verb.prints_links();
    let mut sentences = results.as_ref().map(|_| Sentences::default());
    let undelivered = tell::<V::Change>(
        cx,
        &mut store,
        &mailer,
        links,
        &mut ledger,
        kept,
        sentences.as_mut(),
    )?;
    if let Some(results) = results {
        let written = match (kept, cx.dry_run()) {
            (false, _) => Err("not written: another row was refused"),
            (true, true) => Err("not written: this was a dry run"),
            (true, false) => Ok(()),
        };
        write_results::<V::Change>(results, &mut rows, &mut ledger, sentences, written)?;
    }
    cx.report.end_many(&mut cx.ui)?;
    undelivered.tell(cx, true);
    let mailed = kept && ledger.mails() > 0;
    say_that_no_mail_leaves(cx, &mailer, mailed, kept && ledger.erases());
    summary(cx, &ledger, kept, total);
    if interrupted || stopped {
        return Err(CliError::interrupted().hinted(if interrupted {
            "the listed rows were written; run the same command again for the rest"
        } else {
            "all rows were written, and mail that was sent is not sent again"
        }));
    }
    Ok(Finish::Done)
}

/// Counts and checks the rows, and asks about those that can be applied. Also returns whether none can: then nothing
/// is asked.
fn ask<V: Verb>(
    cx: &mut Context,
    people: &People,
    verb: &mut V,
    rows: &mut Bulk,
    store: &mut Store,
    op: &Op,
    known: &Known,
) -> Result<(u64, bool), CliError> {
    let file = people.from.as_deref().unwrap_or_else(|| "-".as_ref());
    let asks = V::ASKS || cx.would_ask();
    let survey =
        Survey::of(rows, verb, op, known, asks).map_err(|problem| unusable(cx, file, &problem))?;
    let total = survey.total;
    if total == 0 {
        cx.report.empty(format!(
            "Nothing to do in {}: it has no rows, or every row is done",
            named(file)
        ));
    }
    let hopeless = asks && survey.bad > 0 && !people.keep_going;
    if !hopeless {
        let named = survey.named.iter().map(String::as_str);
        ask_first(cx, verb, total - survey.bad, named)?;
        verb.prepare(cx, store, &survey.named)?;
    }
    Ok((total, hopeless))
}

/// Whole batches were written before the store failed.
fn broken_off(ledger: &Ledger, error: &CliError) -> CliError {
    CliError::failed(format!(
        "{} rows were written, the rest were not: {}",
        ledger.done(),
        error.message
    ))
    .hinted(hint!(
        "run the same command again for the rest; people already written are not changed; send the queued mail with ",
        command(&["mail", "send"])
    ))
}

/// The parameters of a run over the rows.
struct Work<'a> {
    op: &'a Op,
    known: &'a Known,
    total: u64,
    keep_going: bool,
    only_faults: bool,
}

/// Writes the rows, and keeps in the ledger what became of each.
fn write_rows<V: Verb>(
    cx: &mut Context,
    store: &mut Store,
    verb: &V,
    rows: &mut Bulk,
    ledger: &mut Ledger,
    work: &Work<'_>,
) -> Result<(), OpError> {
    let (op, known) = (work.op, work.known);
    let progress = cx.progress("writing", Some(work.total));
    let mut observer = RowObserver {
        ledger,
        progress: &progress,
        interrupt: &cx.interrupt,
        op,
        cx_panel: cx.panel(),
    };
    if work.only_faults {
        let ended = write_faults(rows, verb, op, known, &mut observer);
        progress.finish();
        return ended;
    }
    let mut walk = |give: &mut Give<'_, V>| walk(rows, verb, op, known, give);
    let mut apply = |tx: &mut Tx<'_>, scope: &Scope, op: &Op, asked: &Asked<V::Request>| {
        verb.apply(tx, scope, op, &asked.0, &asked.1)
    };
    let ended = if work.keep_going {
        bulk::keep_going(store, op, &mut walk, &mut apply, &mut observer)
    } else {
        bulk::all_or_nothing(store, op, &mut walk, &mut apply, &mut observer)
    };
    progress.finish();
    ended.map(drop)
}

/// Takes a row that was read, or could not be.
type Give<'a, V> = dyn FnMut(bulk::Row<Asked<<V as Verb>::Request>>) -> Result<(), OpError> + 'a;

fn walk<V: Verb>(
    rows: &mut Bulk,
    verb: &V,
    op: &Op,
    known: &Known,
    give: &mut Give<'_, V>,
) -> Result<(), OpError> {
    let mut seen = Seen::default();
    for row in rows.rows() {
        match row {
            Err(faulty) => {
                let (target, fault) = check::problem::<V>(&faulty, op, known);
                give(bulk::Row {
                    line: faulty.line,
                    target,
                    panel: faulty.row.panel.filter(|_| faulty.whole),
                    request: Err(fault),
                })?;
            }
            Ok(row) if row.settled() => seen.settled(&row, known),
            Ok(row) => {
                let request = check::request(verb, &row, op, known, &mut seen);
                let target = match &request {
                    Ok(_) => row.address,
                    Err(_) => check::target(&row),
                };
                give(bulk::Row {
                    line: row.line,
                    target,
                    panel: row
                        .panel
                        .filter(|panel| request.is_ok() || known.has(panel)),
                    request,
                })?;
            }
        }
    }
    Ok(())
}

/// Keeps only the faults of the rows themselves: nobody was asked what the verb needs to know.
fn write_faults<V: Verb>(
    rows: &mut Bulk,
    verb: &V,
    op: &Op,
    known: &Known,
    observer: &mut RowObserver<'_>,
) -> Result<(), OpError> {
    walk(rows, verb, op, known, &mut |row: bulk::Row<_>| {
        let Err(fault @ RowFault::Input { .. }) = row.request else {
            return Ok(());
        };
        let label = bulk::Label {
            line: row.line,
            target: row.target,
            panel: row.panel,
        };
        Watcher::<V::Change>::row(observer, &label, Err(&fault))
    })
}

/// Keeps the books while rows are written.
struct RowObserver<'a> {
    ledger: &'a mut Ledger,
    progress: &'a Progress,
    interrupt: &'a crate::cli::base::interrupt::Interrupt,
    op: &'a Op,
    cx_panel: Option<String>,
}

impl<C: Told> Watcher<C> for RowObserver<'_> {
    fn restart(&mut self) -> Result<(), OpError> {
        self.ledger.restart();
        Ok(())
    }

    fn row(
        &mut self,
        row: &Label,
        result: Result<&ChangeResult<C>, &RowFault>,
    ) -> Result<(), OpError> {
        let fate = match result {
            Ok(outcome) => Fate::Outcome(Cow::Borrowed(outcome)),
            Err(RowFault::Input { message, not_found }) => Fate::Bad {
                not_found: *not_found,
                message: message.clone(),
                hint: None,
            },
            Err(RowFault::Refused(refusal)) => {
                let about = About {
                    address: &row.target,
                    panel: row.panel.as_deref(),
                };
                let error = crate::cli::base::refusals::refusal_error(refusal, about, self.op);
                Fate::Bad {
                    not_found: error.kind == crate::cli::base::error::Kind::NotFound,
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
