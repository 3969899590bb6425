//! The same operation on thousands of rows: all or nothing in one transaction, or in batches that keep going
//! (I12). Memory does not grow with the rows.

use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::store::{Done, Store, Tx};

use super::change::{ChangeResult, Status};
use super::{Op, OpError, Scope};

/// Rows that are processed together; with `--keep-going` they are one transaction.
const BATCH: usize = 500;

/// One row of the input.
pub struct Row<R> {
    /// Its line number, starting at 1.
    pub line: u64,
    /// The person it is about, as written in the row.
    pub target: String,
    /// The panel it names.
    pub panel: Option<String>,
    /// What it requests, or why it cannot be read.
    pub request: Result<R, RowFault>,
}

/// Which row it is, without its request.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its line number, starting at 1.
    pub line: u64,
    /// The person it is about, as written in the row.
    pub target: String,
    /// The panel it names.
    pub panel: Option<String>,
}

/// Why a row was not applied.
#[derive(Clone, Debug)]
pub enum RowFault {
    /// It cannot be read.
    Input {
        /// Everything that is wrong with it.
        message: String,
        /// Because something it names does not exist.
        not_found: bool,
    },
    /// A rule refused it.
    Refused(Box<Refusal>),
}

/// Totals of all rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Changed.
    pub done: u64,
    /// It already was as requested.
    pub unchanged: u64,
    /// Refused, or unreadable.
    pub refused: u64,
}

/// Where rows come from. Called again if a transaction has to be repeated.
pub type Walk<'a, R> =
    dyn FnMut(&mut dyn FnMut(Row<R>) -> Result<(), OpError>) -> Result<(), OpError> + 'a;

/// What is done with each row.
pub type Apply<'a, R, C> =
    dyn FnMut(&mut Tx<'_>, &Scope, &Op, &R) -> Result<ChangeResult<C>, OpError> + 'a;

/// What watches the work.
pub trait Watcher<C> {
    /// The rows are read again from the start: forget what was seen.
    fn restart(&mut self) -> Result<(), OpError>;
    /// One row was processed.
    ///
    /// # Errors
    /// Ends the work; [`OpError::Interrupted`] if the person asked for it.
    fn row(
        &mut self,
        row: &Label,
        result: Result<&ChangeResult<C>, &RowFault>,
    ) -> Result<(), OpError>;
}

/// Applies all rows in one transaction. If one is refused, nothing is written, and every bad row has been
/// reported.
///
/// # Errors
/// A failing store, unreadable input, an interruption: nothing was written.
pub fn all_or_nothing<R, C: 'static>(
    store: &mut Store,
    op: &Op,
    walk: &mut Walk<'_, R>,
    apply: &mut Apply<'_, R, C>,
    watcher: &mut dyn Watcher<C>,
) -> Result<Totals, OpError> {
    store.change(|tx| {
        watcher.restart()?;
        let scope = Scope::load(tx)?;
        let mut totals = Totals::default();
        let mut batch: Vec<(Label, Result<R, RowFault>)> = Vec::with_capacity(BATCH);
        let mut run = |batch: &mut Vec<(Label, Result<R, RowFault>)>| -> Result<(), OpError> {
            tx.expect_many(&addresses(batch))?;
            for (label, request) in batch.drain(..) {
                let result = decide(tx, &scope, op, request.as_ref(), apply)?;
                count(&result, &mut totals);
                watcher.row(&label, result.as_ref())?;
            }
            Ok(())
        };
        walk(&mut |row| {
            batch.push(taken_apart(row));
            if batch.len() == BATCH {
                run(&mut batch)
            } else {
                Ok(())
            }
        })?;
        run(&mut batch)?;
        let writes = totals.refused == 0 && totals.done > 0;
        Ok(if writes {
            Done::recorded(totals)
        } else {
            Done::nothing(totals)
        })
    })
}

/// Applies the rows in batches, each in its own transaction; bad rows are reported and left out.
///
/// # Errors
/// A failing store or an interruption: whole batches were written, and reported.
pub fn keep_going<R, C: 'static>(
    store: &mut Store,
    op: &Op,
    walk: &mut Walk<'_, R>,
    apply: &mut Apply<'_, R, C>,
    watcher: &mut dyn Watcher<C>,
) -> Result<Totals, OpError> {
    watcher.restart()?;
    let mut totals = Totals::default();
    let mut batch: Vec<(Label, Result<R, RowFault>)> = Vec::with_capacity(BATCH);
    let mut run = |batch: &mut Vec<(Label, Result<R, RowFault>)>| -> Result<(), OpError> {
        let results = store.change(|tx| {
            let scope = Scope::load(tx)?;
            tx.expect_many(&addresses(batch))?;
            let mut results = Vec::with_capacity(batch.len());
            let mut some = false;
            for (label, request) in batch.iter() {
                let result = decide(tx, &scope, op, request.as_ref(), apply)?;
                some |= matches!(&result, Ok(outcome) if outcome.status == Status::Done);
                results.push((label.clone(), result));
            }
            Ok::<_, OpError>(if some {
                Done::recorded(results)
            } else {
                Done::nothing(results)
            })
        })?;
        batch.clear();
        for (label, result) in &results {
            count(result, &mut totals);
            watcher.row(label, result.as_ref())?;
        }
        Ok(())
    };
    walk(&mut |row| {
        batch.push(taken_apart(row));
        if batch.len() == BATCH {
            run(&mut batch)
        } else {
            Ok(())
        }
    })?;
    run(&mut batch)?;
    Ok(totals)
}

fn taken_apart<R>(row: Row<R>) -> (Label, Result<R, RowFault>) {
    let Row {
        line,
        target,
        panel,
        request,
    } = row;
    let label = Label {
        line,
        target,
        panel,
    };
    (label, request)
}

/// The addresses of rows that have a valid one.
fn addresses<R>(batch: &[(Label, Result<R, RowFault>)]) -> Vec<Address> {
    batch
        .iter()
        .filter_map(|(label, _)| Address::parse(&label.target).ok())
        .collect()
}

fn decide<R, C>(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    request: Result<&R, &RowFault>,
    apply: &mut Apply<'_, R, C>,
) -> Result<Result<ChangeResult<C>, RowFault>, OpError> {
    let request = match request {
        Ok(request) => request,
        Err(fault) => return Ok(Err(fault.clone())),
    };
    match apply(tx, scope, op, request) {
        Ok(outcome) => Ok(Ok(outcome)),
        Err(OpError::Refused(refusal)) => Ok(Err(RowFault::Refused(refusal))),
        Err(other) => Err(other),
    }
}

fn count<C>(result: &Result<ChangeResult<C>, RowFault>, totals: &mut Totals) {
    match result {
        Ok(outcome) if outcome.status == Status::Done => totals.done += 1,
        Ok(_) => totals.unchanged += 1,
        Err(_) => totals.refused += 1,
    }
}
