//! What follows after a file was written: its mail, its rows, its results file.

use super::super::input::{Bulk, ResultsProblem, ResultsWriter, Verdict};
use super::super::ledger::{Entry, Fate, Ledger, Sentences};
use super::super::people::{RowRenderer, explain};
use super::super::read_back::unseen;
use super::super::told::{self, Told};
use super::super::undelivered::Undelivered;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::{Row, Status};
use crate::cli::base::printed::{command, hint};
use crate::mail::LinkUse;
use crate::ops::Op;
use crate::ops::deliver::{Mailer, deliver};
use crate::store::Store;

/// Sends what was queued; true if Ctrl-C ended it early. All rows are written in any case: undelivered mail stays
/// queued.
pub(super) fn mail_all(
    cx: &mut Context,
    store: &mut Store,
    op: &Op,
    mailer: &Mailer,
    ledger: &Ledger,
) -> bool {
    if ledger.mails() == 0 || cx.dry_run() {
        return false;
    }
    let progress = cx.progress("mailing", Some(ledger.mails()));
    let interrupt = &cx.interrupt;
    let result = deliver(store, op, mailer, None, &mut |_| {
        progress.tick(1);
        !interrupt.is_raised()
    });
    progress.finish();
    let stopped = cx.interrupt.is_raised();
    if let Err(error) = result {
        let error = explain(cx, error, "", op);
        cx.ui
            .warning(format!("mail stays queued: {}", error.in_one_line()));
        cx.ui
            .hint(hint!("send it with ", command(&["mail", "send"])));
    }
    stopped
}

/// The rows: all of them if they were kept, else only the bad ones.
pub(super) fn tell<C: Told>(
    cx: &mut Context,
    store: &mut Store,
    mailer: &Mailer,
    prints: Option<LinkUse>,
    ledger: &mut Ledger,
    kept: bool,
    mut sentences: Option<&mut Sentences>,
) -> Result<Undelivered, CliError> {
    let mut undelivered = Undelivered::default();
    let behind = |error: CliError| if kept { unseen(error) } else { error };
    store.wait_for_it().map_err(|fault| behind(fault.into()))?;
    let told = store.read(|tx| {
        let renderer = RowRenderer::new(tx, mailer, prints)?;
        ledger.each(|entry: &Entry<'_, C>| {
            let row = match &entry.fate {
                Fate::Outcome(_) if !kept => return Ok(()),
                Fate::Outcome(outcome) => {
                    let (row, mails) = renderer.row(cx, tx, outcome)?;
                    for mail in &mails {
                        undelivered.count(mail.as_ref());
                    }
                    if let Some(sentences) = &mut sentences {
                        sentences.add(row.sentence())?;
                    }
                    row
                }
                Fate::Bad {
                    not_found,
                    message,
                    hint,
                } => {
                    let text = format!("line {}: {message}", entry.line);
                    let error = if *not_found {
                        CliError::not_found(text)
                    } else {
                        CliError::refused(text)
                    };
                    Row::failure(
                        entry.target.as_ref(),
                        entry.panel.as_deref(),
                        error.maybe_hinted(hint.clone()),
                    )
                }
            };
            cx.row(row.input_line(entry.line))
        })
    });
    told.map_err(behind)?;
    Ok(undelivered)
}

pub(super) fn summary(cx: &mut Context, ledger: &Ledger, kept: bool, total: u64) {
    if kept {
        return;
    }
    let bad = ledger.bad();
    cx.ui.status(format!(
        "Nothing was written: {bad} of {total} rows are invalid"
    ));
    cx.ui
        .hint("fix these lines, or use --keep-going to apply the valid ones");
}

pub(super) fn write_results<C: Told>(
    mut results: ResultsWriter,
    rows: &mut Bulk,
    ledger: &mut Ledger,
    sentences: Option<Sentences>,
    written: Result<(), &str>,
) -> Result<(), CliError> {
    let failed = |problem: ResultsProblem| CliError::failed(problem.to_string());
    let mut entries = ledger.entries::<C>()?.peekable();
    let mut sentences = sentences.map(Sentences::read).transpose()?;
    for row in rows.rows() {
        match row {
            Err(problem) => {
                let message = match entries.next().transpose()?.map(|entry| entry.fate) {
                    Some(Fate::Bad { message, .. }) => message,
                    _ => problem.message.clone(),
                };
                results.write_problem(&problem, &message).map_err(failed)?;
            }
            Ok(row) if row.settled() => results.carry(&row).map_err(failed)?,
            Ok(row) => {
                let its = |entry: &Result<Entry<'_, C>, _>| {
                    entry.as_ref().map_or(true, |entry| entry.line == row.line)
                };
                let Some(entry) = entries.next_if(its).transpose()? else {
                    let Err(why) = written else { break };
                    results
                        .write(&row, Verdict::not_written(why))
                        .map_err(failed)?;
                    continue;
                };
                let (action, status, message, expires) = match (&entry.fate, written) {
                    // Fed back, such a row is still to be done.
                    (Fate::Outcome(_), Err(why)) => ("", Status::Failed, why.to_owned(), None),
                    (Fate::Outcome(outcome), Ok(())) => (
                        told::action(outcome),
                        told::status(outcome.status),
                        match sentences.as_mut().and_then(Iterator::next) {
                            Some(sentence) => sentence?,
                            None => told::action(outcome).to_owned(),
                        },
                        outcome.link_expires_at.map(crate::domain::when::rfc3339),
                    ),
                    (Fate::Bad { message, .. }, _) => ("", Status::Refused, message.clone(), None),
                };
                results
                    .write(
                        &row,
                        Verdict {
                            action,
                            status: status.word(),
                            message: &message,
                            expires_at: expires.as_deref(),
                        },
                    )
                    .map_err(failed)?;
            }
        }
    }
    results.finish().map_err(failed)
}
