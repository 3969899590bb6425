//! `admit store restore`

use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::counted;
use crate::cli::config::masked;
use crate::cli::context::Context;
use crate::cli::doors::{any_copy, erased_from, open_existing, seen_of};
use crate::cli::error::{CliError, Kind, in_words};
use crate::cli::output::fields::section;
use crate::cli::output::{Field, Finish, Row, Status, field};
use crate::cli::people::{rows, tell_of_leftovers};
use crate::cli::reading;
use crate::cli::refusals::{About, op_error};
use crate::domain::when;
use crate::ops::reconcile::{Reconciled, reconcile};
use crate::ops::{Op, OpError};
use crate::store::{Backup, Done, Landing, Location, Moved, Store, free_name};

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("target", "the store"),
    field("panel", "null"),
    rows::STATUS,
    field("backup", "the file; null without one"),
    field("made_at", "when its state was looked at, or null"),
    field("people", "how many, or null"),
    field("audit_entries", "entries of the record, or null"),
    field("rows", "rows in all, or null"),
    field(
        "kept_as",
        "the store that was there, by its new name, or null",
    ),
    field("older", "how it is older than what was seen, or null"),
    field(
        "reconciled",
        "what was ended and erased, by kind, and epoch; or null",
    ),
    field("before", "null"),
    field("after", "null"),
    rows::MESSAGE,
    rows::HINT,
];

/// Restore a backup, or go on with an older copy of the store
///
/// The store that a backup makes is there as a whole or not at all. A copy from before brings back used codes, ended
/// sessions, cancelled invitations and erased people. What was last seen of a store is kept beside its key, and an older copy
/// is refused until --reconcile has ended every session, link, ticket, code, offer and trust in it, and erased again whoever
/// is on the list beside the key. People, access, passwords and authenticators stay; who was invited and did not register
/// needs a new link (resend).
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
pub struct RestoreArgs {
    /// The backup; without one, --reconcile is about the copy that lies in the store's place
    #[arg(value_hint = clap::ValueHint::FilePath, required_unless_present = "reconcile")]
    file: Option<PathBuf>,

    /// End whatever an older copy brings back, so that it can be used
    #[arg(long)]
    reconcile: bool,

    /// Take the place of the store that is there; its file is kept under another name
    #[arg(long, requires = "file")]
    replace: bool,
}

/// Restores it.
pub fn run(cx: &mut Context, args: &RestoreArgs) -> Result<Finish, CliError> {
    cx.report.keys(FIELDS);
    match &args.file {
        Some(file) => restore(cx, args, file),
        None => reconcile_here(cx),
    }
}

fn restore(cx: &mut Context, args: &RestoreArgs, file: &Path) -> Result<Finish, CliError> {
    let name = file.display().to_string();
    let input = reading::open(file).map_err(|error| {
        CliError::failed(format!(
            "the backup {name} cannot be read: {}",
            in_words(&error)
        ))
    })?;
    let input = BufReader::with_capacity(256 * 1024, input);
    let mut backup = Backup::open(Box::new(input), &name)?;
    let location = cx.location();
    let place = masked(&cx.config.store.value);
    cx.config.check_store_place(&location)?;
    let aside = aside(cx, args, &location, &place)?;
    let vault = cx.vault()?;
    backup.check_key(&vault)?;
    ask(cx, args, &backup, &place, aside.as_deref())?;

    let op = cx.op();
    let identity = backup.identity();
    let erased = erased_from(&cx.config, &identity)?;
    let seen = seen_of(&cx.config, &identity);
    let total = backup.header().rows;
    let landing = Landing {
        location: &location,
        aside: aside.as_deref(),
        dry_run: cx.dry_run(),
    };
    let guard = cx.interrupt.arm();
    let progress = cx.progress("restoring", Some(total));
    let interrupt = &cx.interrupt;
    let mut tick = |rows| {
        progress.tick(rows);
        !interrupt.is_raised()
    };
    let landed = Store::restore(landing, vault, &mut backup, &mut tick, &mut |tx| {
        let epoch = seen.map_or(0, |seen| seen.epoch);
        args.reconcile
            .then(|| reconcile(tx, &op, &erased, epoch))
            .transpose()
    });
    progress.finish();
    drop(guard);
    let (moved, reconciled) = landed.map_err(|error: OpError| explain(cx, error, &op))?;
    let older = !cx.dry_run() && is_older(cx)?;
    let told = Told {
        place: &place,
        backup: Some((&name, &backup)),
        moved: Some(&moved),
        aside: aside.as_deref(),
        older,
        reconciled,
    };
    tell(cx, &told)
}

/// Where the store that is there is put; nothing if there is none.
fn aside(
    cx: &Context,
    args: &RestoreArgs,
    location: &Location,
    place: &str,
) -> Result<Option<PathBuf>, CliError> {
    if !Store::is_there(location)? {
        return Ok(None);
    }
    let there = CliError::refused(format!("there is a store at {place} already"));
    match location {
        Location::File(path) if args.replace => {
            let time = cx.now.strftime("%Y%m%dT%H%M%SZ");
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".before-restore-{time}"));
            Ok(Some(free_name(Path::new(&name))))
        }
        Location::File(_) => Err(there.hinted(format!(
            "to put it aside under another name and restore in its place, stop the panels and run `{}`",
            cx.again_with("--replace")
        ))),
        _ => Err(there.hinted(
            "nothing on a server is ever overwritten: restore into another database with --store, or first have the owner of \
             this one move it away: alter schema admit rename to admit_before_restore",
        )),
    }
}

fn ask(
    cx: &mut Context,
    args: &RestoreArgs,
    backup: &Backup<'_>,
    place: &str,
    aside: Option<&Path>,
) -> Result<(), CliError> {
    let made_at = backup.header().made_at;
    let mut question = format!(
        "Restore the backup of {} ({}) to {place}",
        when::local(made_at, &cx.tz),
        when::relative(made_at, cx.now)
    );
    if let Some(aside) = aside {
        question.push_str(&format!(", and keep what is there as {}", aside.display()));
    }
    if args.reconcile {
        question.push_str(", and end every session, link, code and trust in it");
    }
    question.push('?');
    cx.confirm(&question)
}

/// Whether the store that was restored is refused as an older copy.
fn is_older(cx: &Context) -> Result<bool, CliError> {
    match open_existing(&cx.config, &cx.entropy) {
        Ok(_) => Ok(false),
        Err(error) if error.kind == Kind::Refused => Ok(true),
        Err(error) => Err(error),
    }
}

fn reconcile_here(cx: &mut Context) -> Result<Finish, CliError> {
    let mut store = any_copy(&cx.config, &cx.entropy)?;
    let place = store.place();
    let identity = *store.vault().store_id();
    let erased = erased_from(&cx.config, &identity)?;
    let seen = seen_of(&cx.config, &identity);
    cx.confirm(&format!(
        "End every session, link, ticket, code, offer and trust in {place}, and erase again who was erased?"
    ))?;
    let op = cx.op();
    if cx.dry_run() {
        store.dry_run();
    }
    let epoch = seen.map_or(0, |seen| seen.epoch);
    let reconciled = store
        .change(|tx| reconcile(tx, &op, &erased, epoch).map(Done::recorded))
        .map_err(|error: OpError| explain(cx, error, &op))?;
    if reconciled.erased > 0 && !cx.dry_run() {
        store.clear_log();
        tell_of_leftovers(cx, &mut store);
    }
    drop(store);
    let older = !cx.dry_run() && is_older(cx)?;
    let told = Told {
        place: &place,
        backup: None,
        moved: None,
        aside: None,
        older,
        reconciled: Some(reconciled),
    };
    tell(cx, &told)
}

fn explain(cx: &Context, error: OpError, op: &Op) -> CliError {
    let prefix = cx.command_prefix();
    let about = About {
        address: "",
        panel: None,
        prefix: &prefix,
    };
    op_error(error, about, op)
}

/// What the row says.
struct Told<'a> {
    place: &'a str,
    backup: Option<(&'a str, &'a Backup<'a>)>,
    moved: Option<&'a Moved>,
    aside: Option<&'a Path>,
    older: bool,
    reconciled: Option<Reconciled>,
}

fn tell(cx: &mut Context, told: &Told<'_>) -> Result<Finish, CliError> {
    let mut parts = Vec::new();
    if let (Some((name, backup)), Some(moved)) = (told.backup, told.moved) {
        parts.push(format!(
            "restored from {name}, made {}: {}",
            when::local(backup.header().made_at, &cx.tz),
            counted(moved.counts.of("account"), moved.counts.of("audit"))
        ));
    }
    if let Some(reconciled) = &told.reconciled {
        parts.push(sentence(reconciled));
    }
    if let Some(aside) = told.aside {
        parts.push(format!("what was there is {}", aside.display()));
    }
    let would = if cx.dry_run() { "would be: " } else { "" };
    let message = format!("{would}{}", parts.join("; "));
    let next = if told.older {
        Some(
            "it is an older copy, and refused until `admit store restore --reconcile` has ended what it brings back"
                .to_owned(),
        )
    } else if told.reconciled.is_some_and(|it| it.ended.invitations > 0) {
        Some(
            "who has not registered needs a new link: see who with `admit list --status unregistered`, and resend"
                .to_owned(),
        )
    } else {
        None
    };
    let count = |table: &str| told.moved.map(|moved| moved.counts.of(table));
    let mut row = Row::change(told.place, None, Status::Done)
        .field("backup", told.backup.map(|(name, _)| name))
        .field(
            "made_at",
            json!(told.backup.map(|(_, backup)| backup.header().made_at)),
        )
        .field("people", count("account"))
        .field("audit_entries", count("audit"))
        .field("rows", told.moved.map(|moved| moved.counts.total()))
        .field(
            "kept_as",
            told.aside.map(|aside| aside.display().to_string()),
        )
        .field("older", told.older)
        .field("reconciled", fields(told.reconciled.as_ref()))
        .message(message);
    if let Some(next) = next {
        row = row.hint(next);
    }
    cx.row(row)?;
    Ok(Finish::Done)
}

/// Each number with its words, one and many.
fn numbers(done: &Reconciled) -> [(&'static str, usize, &'static str, &'static str); 10] {
    let ended = &done.ended;
    [
        (
            "erased",
            done.erased,
            "person erased again",
            "people erased again",
        ),
        ("sessions", ended.sessions, "session", "sessions"),
        (
            "invitations",
            ended.invitations,
            "invitation",
            "invitations",
        ),
        ("links", ended.links, "other link", "other links"),
        ("tickets", ended.tickets, "ticket", "tickets"),
        ("sent_codes", ended.sent_codes, "sent code", "sent codes"),
        (
            "backup_codes",
            ended.backup_codes,
            "backup code",
            "backup codes",
        ),
        (
            "factor_offers",
            ended.factor_offers,
            "offered second factor",
            "offered second factors",
        ),
        (
            "trusted_ips",
            ended.trusted_ips,
            "trusted IP",
            "trusted IPs",
        ),
        (
            "address_changes",
            ended.address_changes,
            "unconfirmed address",
            "unconfirmed addresses",
        ),
    ]
}

fn sentence(done: &Reconciled) -> String {
    let mut erased = String::new();
    let mut ended = Vec::new();
    for (key, count, one, many) in numbers(done) {
        let words = format!("{count} {}", if count == 1 { one } else { many });
        match (key, count) {
            (_, 0) => {}
            ("erased", _) => erased = format!("; {words}"),
            _ => ended.push(words),
        }
    }
    let ended = if ended.is_empty() {
        "nothing was left to end".to_owned()
    } else {
        format!("ended {}", ended.join(", "))
    };
    format!("epoch {} begins; {ended}{erased}", done.epoch)
}

fn fields(done: Option<&Reconciled>) -> Value {
    let Some(done) = done else {
        return Value::Null;
    };
    let mut fields = serde_json::Map::new();
    fields.insert("epoch".into(), done.epoch.into());
    for (key, count, _, _) in numbers(done) {
        fields.insert(key.into(), count.into());
    }
    Value::Object(fields)
}
