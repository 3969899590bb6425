//! Whom a command is about: addresses on the command line, or a file of them; and the one way in which every verb
//! goes through them.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::fs::File;
use std::hash::{Hash, Hasher};
use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::context::Context;
use super::error::CliError;
use super::input::{self, Bulk, Column, ResultsWriter, RowProblem, Verdict};
use super::ledger::{Entry, Fate, Ledger};
use super::output::{Finish, Row, Status};
use super::progress::Progress;
use super::refusals::{About, op_error};
use super::view::{Eyes, change};
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::mail::LinkUse;
use crate::ops::bulk::{self, Label, RowFault, Watcher};
use crate::ops::deliver::{Postman, deliver};
use crate::ops::outcome::Outcome;
use crate::ops::{Op, OpError, Scope};
use crate::store::{Done, MailState, Store, Tx};

/// More people than this are asked about first.
pub const MANY: u64 = 20;

/// So many of them are named in the question.
const FIRST: usize = 5;

/// The fields of a change's row, where a verb has no others.
pub const CHANGE_KEYS: &[&str] = &[
    "target",
    "panel",
    "status",
    "action",
    "account_status",
    "role",
    "access_until",
    "mail",
    "before",
    "after",
    "message",
    "hint",
];

/// Whom the command is about.
#[derive(Args, Clone, Debug, Default)]
pub struct People {
    /// Addresses
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(super::complete::people))]
    pub addresses: Vec<String>,

    /// Read people from a file: CSV with a header, JSON lines, or an address a line; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "addresses", value_hint = clap::ValueHint::FilePath)]
    pub from: Option<PathBuf>,

    /// With --from: do the good rows and list the bad ones, in place of all or nothing
    // An option that is required and conflicts with what is there counts as given: hence both.
    #[arg(long, requires = "from", conflicts_with = "addresses")]
    pub keep_going: bool,

    /// With --from: write the rows as read, and what became of each, to this file
    #[arg(long, value_name = "FILE", requires = "from", conflicts_with = "addresses", value_hint = clap::ValueHint::FilePath)]
    pub results: Option<PathBuf>,
}

/// One verb, applied to one person after another.
pub trait Verb {
    /// What it asks for about one person.
    type Request;

    /// The columns that it has a use for.
    const COLUMNS: &'static [Column];

    /// The fields of its rows, in their order.
    const KEYS: &'static [&'static str];

    /// The verb, for questions: `Invite`.
    const NAME: &'static str;

    /// Whether [`prepare`](Self::prepare) has to see every address of a file.
    const PREPARES: bool = false;

    /// Reads one row; what the row leaves open comes from the options. An `Err` is a sentence.
    fn request(&self, row: &input::Row, op: &Op) -> Result<Self::Request, Refusal>;

    /// Whom a request is about.
    fn address<'r>(&self, request: &'r Self::Request) -> &'r Address;

    /// Does it.
    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        request: &Self::Request,
    ) -> Result<Outcome, OpError>;

    /// Whether links are printed, and what they are for.
    fn prints_links(&self) -> Option<LinkUse> {
        None
    }

    /// Asks what has to be asked before anything is done, and may then be settled differently.
    fn prepare(
        &mut self,
        _cx: &mut Context,
        _store: &mut Store,
        _addresses: &[String],
    ) -> Result<(), CliError> {
        Ok(())
    }
}

/// Goes through everybody.
pub fn run<V: Verb>(cx: &mut Context, people: &People, mut verb: V) -> Result<Finish, CliError> {
    cx.report.keys(V::KEYS);
    match &people.from {
        Some(file) => {
            let file = file.clone();
            run_bulk(cx, people, &file, &mut verb)
        }
        None if people.addresses.is_empty() => {
            Err(CliError::usage("whom is this about? No address was given")
                .hinted("name one or more addresses, or a file of them with --from"))
        }
        None => run_each(cx, &people.addresses, &mut verb),
    }
}

fn run_each<V: Verb>(
    cx: &mut Context,
    addresses: &[String],
    verb: &mut V,
) -> Result<Finish, CliError> {
    let total = u64::try_from(addresses.len()).unwrap_or(u64::MAX);
    if total > MANY {
        let question = question::<V>(total, addresses.iter().take(FIRST).map(String::as_str));
        cx.confirm(&question)?;
    }
    let mut store = cx.open_store()?;
    let postman = cx.postman()?;
    verb.prepare(cx, &mut store, addresses)?;
    let op = cx.op();
    let guard = cx.interrupt.arm();
    let mut mailed = false;
    let mut stuck = Stuck::default();
    for typed in addresses {
        if cx.interrupt.is_raised() {
            return Err(CliError::interrupted());
        }
        let row = input::Row::of(typed);
        let done = verb
            .request(&row, &op)
            .map_err(OpError::from)
            .and_then(|request| one(&mut store, &op, verb, &request));
        match done {
            Ok(outcome) => {
                mailed |= outcome.mail_id.is_some();
                let (row, mail) = after_commit(cx, &mut store, &op, &postman, verb, &outcome)?;
                stuck.count(mail);
                cx.row(row)?;
            }
            Err(error) => {
                let error = explain(cx, error, typed, &op);
                cx.row(Row::failure(typed, cx.panel().as_deref(), error))?;
            }
        }
    }
    drop(guard);
    stuck.tell(cx);
    say_that_no_mail_leaves(cx, &postman, mailed);
    Ok(Finish::Done)
}

fn one<V: Verb>(
    store: &mut Store,
    op: &Op,
    verb: &V,
    request: &V::Request,
) -> Result<Outcome, OpError> {
    store.change(|tx| {
        let scope = Scope::load(tx)?;
        let outcome = verb.apply(tx, &scope, op, request)?;
        Ok(match outcome.status {
            crate::ops::outcome::Status::Done => Done::recorded(outcome),
            crate::ops::outcome::Status::Unchanged => Done::nothing(outcome),
        })
    })
}

fn explain(cx: &Context, error: OpError, address: &str, op: &Op) -> CliError {
    let prefix = cx.command_prefix();
    let panel = cx.global.panel.clone();
    op_error(
        error,
        About {
            address,
            panel: panel.as_deref(),
            prefix: &prefix,
        },
        op,
    )
}

/// The mail leaves, and the row says what became of it.
fn after_commit<V: Verb>(
    cx: &mut Context,
    store: &mut Store,
    op: &Op,
    postman: &Postman,
    verb: &V,
    outcome: &Outcome,
) -> Result<(Row, Option<MailState>), CliError> {
    if let Some(id) = outcome.mail_id
        && !cx.dry_run()
    {
        deliver(store, op, postman, Some(id), &mut |_| true)
            .map_err(|error| explain(cx, error, &outcome.target, op))?;
    }
    store.read(|tx| present(cx, tx, postman, verb.prints_links(), outcome))
}

fn present(
    cx: &Context,
    tx: &Tx<'_>,
    postman: &Postman,
    prints: Option<LinkUse>,
    outcome: &Outcome,
) -> Result<(Row, Option<MailState>), CliError> {
    let mail = match outcome.mail_id {
        Some(id) => tx.mail(id)?,
        None => None,
    };
    let state = mail.as_ref().map(|mail| mail.state);
    let aftermath = change::Aftermath {
        mail,
        link: printed_link(tx, postman, prints, outcome)?,
    };
    let prefix = cx.command_prefix();
    let panel = cx.global.panel.clone();
    let about = About {
        address: &outcome.target,
        panel: panel.as_deref(),
        prefix: &prefix,
    };
    let eyes = Eyes {
        now: cx.now,
        zone: cx.tz.clone(),
    };
    let row = change::row(outcome, &aftermath, cx.dry_run(), &eyes, &|words| {
        about.command(words)
    });
    Ok((row, state))
}

/// Mail that did not leave.
#[derive(Default)]
struct Stuck {
    queued: u64,
    failed: u64,
}

impl Stuck {
    fn count(&mut self, mail: Option<MailState>) {
        match mail {
            Some(MailState::Queued) => self.queued += 1,
            Some(MailState::Failed) => self.failed += 1,
            Some(MailState::Sent | MailState::Lapsed) | None => {}
        }
    }

    /// A warning, since the change itself was made.
    fn tell(&self, cx: &mut Context) {
        for (count, what, command) in [
            (
                self.queued,
                "could not be handed over: still queued",
                "to try again, run `admit mail send`",
            ),
            (
                self.failed,
                "refused for good: given up",
                "see why with `admit mail list --state failed`",
            ),
        ] {
            if count > 0 {
                let mail = if count == 1 { "mail" } else { "mails" };
                cx.ui.warning(&format!("{count} {mail} {what}"));
                cx.ui.hint(command);
            }
        }
    }
}

fn printed_link(
    tx: &Tx<'_>,
    postman: &Postman,
    prints: Option<LinkUse>,
    outcome: &Outcome,
) -> Result<Option<(crate::mail::LinkText, String)>, CliError> {
    let (Some(purpose), Some(id)) = (prints, outcome.link_id) else {
        return Ok(None);
    };
    let Some(link) = tx.link_by_id(id)? else {
        return Ok(None);
    };
    let scope = Scope::load(tx)?;
    let Some((token, panel)) = tx.token_of(&link).zip(scope.panel_by_id(link.panel_id)) else {
        return Ok(None);
    };
    let text = postman.wording.link_text(panel, purpose, token.as_str());
    Ok(Some((text, token.as_str().to_owned())))
}

fn say_that_no_mail_leaves(cx: &mut Context, postman: &Postman, mailed: bool) {
    if mailed && !postman.transport.leaves() && !cx.dry_run() {
        let folder = cx.config.mail.folder.value.display().to_string();
        cx.ui.status(&format!(
            "No mail server is configured: mail is written to files in {folder} and does not leave this machine"
        ));
    }
}

fn question<'a, V: Verb>(total: u64, first: impl Iterator<Item = &'a str>) -> String {
    let first: Vec<&str> = first.collect();
    let shown = u64::try_from(first.len()).unwrap_or(0);
    let more = if total > shown {
        format!(" and {} more", total - shown)
    } else {
        String::new()
    };
    format!("{} {total} people ({}{more})?", V::NAME, first.join(", "))
}

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
        Box::new(File::open(file).map_err(|error| {
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

fn run_bulk<V: Verb>(
    cx: &mut Context,
    people: &People,
    file: &std::path::Path,
    verb: &mut V,
) -> Result<Finish, CliError> {
    let mut rows = open_input(cx, file, V::COLUMNS)?;
    let results = match &people.results {
        Some(path) => Some(
            ResultsWriter::create(path, &rows)
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
    if total > MANY {
        let first = addresses.iter().take(FIRST).map(String::as_str);
        cx.confirm(&question::<V>(total, first))?;
    }
    let mut store = cx.open_store()?;
    let postman = cx.postman()?;
    verb.prepare(cx, &mut store, &addresses)?;
    drop(addresses);
    let op = cx.op();
    let guard = cx.interrupt.arm();
    let progress = cx.progress("writing", Some(total));
    let mut ledger = Ledger::new();
    let totals = {
        let mut clerk = Clerk {
            ledger: &mut ledger,
            progress: &progress,
            interrupt: &cx.interrupt,
            op: &op,
            cx_panel: cx.panel(),
        };
        let mut walk = |give: &mut dyn FnMut(bulk::Row<V::Request>) -> Result<(), OpError>| {
            walk(&mut rows, verb, &op, give)
        };
        let mut apply = |tx: &mut Tx<'_>, scope: &Scope, op: &Op, request: &V::Request| {
            verb.apply(tx, scope, op, request)
        };
        if people.keep_going {
            bulk::keep_going(&mut store, &op, &mut walk, &mut apply, &mut clerk)
        } else {
            bulk::all_or_nothing(&mut store, &op, &mut walk, &mut apply, &mut clerk)
        }
    };
    progress.finish();
    let interrupted = matches!(totals, Err(OpError::Interrupted));
    if let Err(error) = totals
        && !(interrupted && people.keep_going)
    {
        return Err(explain(cx, error, "", &op));
    }
    let kept = people.keep_going || ledger.bad() == 0;
    let stopped = if kept {
        mail_all(cx, &mut store, &op, &postman, &ledger)?
    } else {
        false
    };
    drop(guard);
    let stuck = tell(
        cx,
        &mut store,
        &postman,
        verb.prints_links(),
        &mut ledger,
        kept,
    )?;
    if let Some(results) = results {
        let written = match (kept, cx.dry_run()) {
            (false, _) => Err("not written: another row was refused"),
            (true, true) => Err("not written: this was a dry run"),
            (true, false) => Ok(()),
        };
        write_results(results, &mut rows, &mut ledger, written)?;
    }
    stuck.tell(cx);
    say_that_no_mail_leaves(cx, &postman, ledger.mails() > 0);
    summary(cx, &ledger, kept);
    if interrupted || stopped {
        return Err(CliError::interrupted().hinted(if interrupted {
            "what is listed was written; run the same command again for the rest"
        } else {
            "everybody was written; what is not mailed yet stays queued: `admit mail send`"
        }));
    }
    Ok(Finish::Done)
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

fn walk<V: Verb>(
    rows: &mut Bulk,
    verb: &V,
    op: &Op,
    give: &mut dyn FnMut(bulk::Row<V::Request>) -> Result<(), OpError>,
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
                let request = verb
                    .request(&row, op)
                    .map_err(|refusal| in_a_row(&refusal, &row.address, op));
                let request = request.and_then(|request| {
                    match twice(&mut seen, &row, verb.address(&request)) {
                        Some(line) => {
                            Err(format!("the same address stands on line {line} already"))
                        }
                        None => Ok(request),
                    }
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
        std::collections::hash_map::Entry::Occupied(line) => Some(*line.get()),
        std::collections::hash_map::Entry::Vacant(place) => {
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
}

impl Watcher for Clerk<'_> {
    fn restart(&mut self) -> Result<(), OpError> {
        self.ledger
            .restart()
            .map_err(|error| OpError::Input(error.in_one_line()))
    }

    fn row(&mut self, row: &Label, result: Result<&Outcome, &RowFault>) -> Result<(), OpError> {
        let fate = match result {
            Ok(outcome) => Fate::Outcome(Box::new(outcome.clone())),
            Err(RowFault::Input(message)) => Fate::Bad {
                not_found: false,
                message: message.clone(),
                hint: None,
            },
            Err(RowFault::Refused(refusal)) => {
                let prefix = ["admit".to_owned()];
                let about = About {
                    address: &row.target,
                    panel: row.panel.as_deref(),
                    prefix: &prefix,
                };
                let error = super::refusals::refusal_error(refusal, about, self.op);
                Fate::Bad {
                    not_found: error.kind == super::error::Kind::NotFound,
                    message: error.in_one_line(),
                    hint: error.hint.clone(),
                }
            }
        };
        let panel = row.panel.clone().or_else(|| self.cx_panel.clone());
        let entry = Entry {
            line: row.line,
            target: row.target.clone(),
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

/// Sends what was queued; true if Ctrl-C ended it early.
fn mail_all(
    cx: &mut Context,
    store: &mut Store,
    op: &Op,
    postman: &Postman,
    ledger: &Ledger,
) -> Result<bool, CliError> {
    if ledger.mails() == 0 || cx.dry_run() {
        return Ok(false);
    }
    let progress = cx.progress("mailing", Some(ledger.mails()));
    let interrupt = &cx.interrupt;
    let result = deliver(store, op, postman, None, &mut |_| {
        progress.tick(1);
        !interrupt.is_raised()
    });
    progress.finish();
    let stopped = cx.interrupt.is_raised();
    result
        .map(|_| stopped)
        .map_err(|error| explain(cx, error, "", op))
}

/// The rows: all of them if they were kept, else only the bad ones.
fn tell(
    cx: &mut Context,
    store: &mut Store,
    postman: &Postman,
    prints: Option<LinkUse>,
    ledger: &mut Ledger,
    kept: bool,
) -> Result<Stuck, CliError> {
    let mut stuck = Stuck::default();
    store.read(|tx| {
        ledger.each(|entry| {
            let row = match &entry.fate {
                Fate::Outcome(_) if !kept => return Ok(()),
                Fate::Outcome(outcome) => {
                    let (row, mail) = present(cx, tx, postman, prints, outcome)?;
                    stuck.count(mail);
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
                        &entry.target,
                        entry.panel.as_deref(),
                        error.maybe_hinted(hint.clone()),
                    )
                }
            };
            cx.row(row.input_line(entry.line))
        })
    })?;
    Ok(stuck)
}

fn summary(cx: &mut Context, ledger: &Ledger, kept: bool) {
    let (done, unchanged, bad) = (ledger.done(), ledger.unchanged(), ledger.bad());
    if kept {
        return;
    }
    let all = done + unchanged + bad;
    cx.ui.status(&format!(
        "Nothing was written: {bad} of {all} rows cannot be done"
    ));
    cx.ui
        .hint("mend these lines, or write the good rows with --keep-going");
}

fn write_results(
    mut results: ResultsWriter,
    rows: &mut Bulk,
    ledger: &mut Ledger,
    written: Result<(), &str>,
) -> Result<(), CliError> {
    let failed = |problem: super::input::ResultsProblem| CliError::failed(problem.to_string());
    let mut entries = ledger.entries()?;
    for row in rows.rows() {
        match row {
            Err(problem) => {
                entries.next();
                results.write_problem(&problem).map_err(failed)?;
            }
            Ok(row) if row.settled() => results.carry(&row).map_err(failed)?,
            Ok(row) => {
                let Some(entry) = entries.next().transpose()? else {
                    break;
                };
                let (action, status, message, expires) = match (&entry.fate, written) {
                    // Fed back, such a row is still to be done.
                    (Fate::Outcome(_), Err(why)) => ("", Status::Failed, why.to_owned(), None),
                    (Fate::Outcome(outcome), Ok(())) => (
                        change::action(&outcome.deed),
                        match outcome.status {
                            crate::ops::outcome::Status::Done => Status::Done,
                            crate::ops::outcome::Status::Unchanged => Status::Unchanged,
                        },
                        String::new(),
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
