//! A verb on everybody it was given: those on the command line, each a transaction of its own, or a file.

use super::bulk::run_bulk;
use super::input;
use super::people::{
    Asked, People, RowRenderer, Verb, ask_first, explain, read, say_that_no_mail_leaves,
    tell_of_leftovers,
};
use super::read_back::read_back;
use super::told::Told;
use super::undelivered::Undelivered;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::{Finish, Row};
use crate::cli::runner::lookup::{self, not_an_address};
use crate::cli::runner::misplaced;
use crate::cli::view::rows;
use crate::ops::change::{ChangeResult, Status};
use crate::ops::deliver::{Mailer, deliver};
use crate::ops::{Op, OpError, Scope};
use crate::store::{Done, MailRow, Store};

/// How many people's lines can be overlooked at a glance.
const FEW: usize = 5;

/// Goes through everybody.
pub fn run<V: Verb>(cx: &mut Context, people: &People, mut verb: V) -> Result<Finish, CliError> {
    cx.report.keys(verb.fields());
    if people.from.is_some() {
        cx.report.key(&rows::LINE);
    }
    if verb.prints_links().is_some() {
        cx.report.key(&rows::LINK);
        cx.report.key(&rows::TOKEN);
    }
    match &people.from {
        Some(file) => {
            let file = file.clone();
            run_bulk(cx, people, &file, &mut verb)
        }
        None if people.addresses.is_empty() => Err(CliError::usage("no address given")
            .hinted("give one or more addresses, or a file of them with --from")),
        None => {
            misplaced::check(cx, &people.addresses, V::COLUMNS, V::ROLE_OPTION)?;
            run_each(cx, &people.addresses, &mut verb)
        }
    }
}

fn run_each<V: Verb>(
    cx: &mut Context,
    addresses: &[String],
    verb: &mut V,
) -> Result<Finish, CliError> {
    // Words that are not an address are not acted on, and nothing is asked about them.
    let named: Vec<String> = addresses
        .iter()
        .filter(|typed| !V::LOOKS_UP || not_an_address(typed).is_none())
        .cloned()
        .collect();
    let total = u64::try_from(named.len()).unwrap_or(u64::MAX);
    ask_first(cx, verb, total, named.iter().map(String::as_str))?;
    let mut store = cx.open_store()?;
    let mailer = cx.mailer()?;
    if !named.is_empty() {
        verb.prepare(cx, &mut store, &named)?;
    }
    let op = cx.op();
    if addresses.len() > 1 {
        cx.report.many();
    }
    let guard = cx.interrupt.arm();
    let (mut mailed, mut erased) = (false, false);
    let mut undelivered = Undelivered::default();
    for typed in addresses {
        if cx.interrupt.is_raised() {
            return Err(CliError::interrupted());
        }
        if V::LOOKS_UP
            && let Some(why) = not_an_address(typed)
        {
            let error = lookup::refusal(cx, &mut store, typed, &why, &op);
            cx.row(Row::failure(typed, cx.panel().as_deref(), error))?;
            continue;
        }
        let row = input::Row::of(typed);
        let done = read(verb, &row, &op)
            .map_err(OpError::from)
            .and_then(|asked| one(&mut store, &op, verb, &asked));
        tell_of_leftovers(cx, &mut store);
        match done {
            Ok(outcome) => {
                mailed |= outcome.mail_id.is_some();
                erased |= outcome.change.erases();
                let (row, mails) = after_commit(cx, &mut store, &op, &mailer, verb, &outcome)?;
                for mail in &mails {
                    undelivered.count(mail.as_ref());
                }
                cx.row(row)?;
            }
            Err(error) => {
                let error = explain(cx, error, typed, &op);
                cx.row(Row::failure(typed, cx.panel().as_deref(), error))?;
            }
        }
    }
    drop(guard);
    cx.report.end_many(&mut cx.ui)?;
    undelivered.tell(cx, addresses.len() > FEW);
    say_that_no_mail_leaves(cx, &mailer, mailed, erased);
    Ok(Finish::Done)
}

fn one<V: Verb>(
    store: &mut Store,
    op: &Op,
    verb: &V,
    (address, request): &Asked<V::Request>,
) -> Result<ChangeResult<V::Change>, OpError> {
    store.change(|tx| {
        let scope = Scope::load(tx)?;
        let outcome = verb.apply(tx, &scope, op, address, request)?;
        Ok(match outcome.status {
            Status::Done => Done::recorded(outcome),
            Status::Unchanged => Done::nothing(outcome),
        })
    })
}

/// The mail leaves, and the row says what became of it.
fn after_commit<V: Verb>(
    cx: &mut Context,
    store: &mut Store,
    op: &Op,
    mailer: &Mailer,
    verb: &V,
    outcome: &ChangeResult<V::Change>,
) -> Result<(Row, [Option<MailRow>; 2]), CliError> {
    let leaves = !cx.dry_run();
    let queued = [outcome.notice_id, outcome.mail_id];
    for id in queued.into_iter().flatten().filter(|_| leaves) {
        // The change is made even if its mail cannot be sent: the mail stays queued.
        if let Err(error) = deliver(store, op, mailer, Some(id), &mut |_| true) {
            let error = explain(cx, error, &outcome.target, op);
            cx.ui
                .warning(format!("the mail stays queued: {}", error.in_one_line()));
        }
    }
    read_back(store, |tx| {
        RowRenderer::new(tx, mailer, verb.prints_links())?.row(cx, tx, outcome)
    })
}
