//! `admit store rekey`

use clap::Args;
use serde_json::{Value, json};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::{failure, fault_error};
use crate::cli::view::rows;
use crate::ops::Op;
use crate::ops::rekey::{KeyState, change_key, key_state, reseal};
use crate::store::{Resealed, Store};
use crate::vault::{KeyId, keyfile};

fields! {
    /// How far the change of keys is.
    #[derive(Default)]
    struct RekeyRow {
        target = "the store",
        panel = "null",
        ..rows::STATUS,
        stage: &'static str = "prepared: the new key is in the key file and not in use yet; complete: everything is encrypted with it",
        values: Option<u64> = "how many values were re-encrypted; in a dry run, how many would be",
        damaged: Option<u64> = "how many cannot be decrypted and were left unchanged; see store check",
        before = "the previous key, as key_id",
        after = "the new key, in the same field; null in a dry run that would create it",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Change the encryption key
///
/// Creates a new key and encrypts existing data again, in small steps, while panels continue to work. If it is
/// interrupted, run it again to continue. Keep the old key in the key file: backups, links in waiting mail and some
/// audit entries need it.
///
/// If several machines use the store, all of them need the new key first. So with a server, the first run only
/// creates it: copy the key file to every machine, then run it again.
#[derive(Args, Debug)]
#[command(after_long_help = section(RekeyRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit store rekey", "admit store rekey --prepare"]))]
pub struct RekeyArgs {
    /// Only create the new key
    #[arg(long)]
    prepare: bool,
}

/// What this run will do.
enum Plan {
    /// Go on with a change of keys that was begun.
    GoOn,
    /// Move to the first key of the key file, which is not in use yet.
    Move(KeyId),
    /// Make a new key first.
    Make,
}

/// Does it.
pub fn run(cx: &mut Context, args: &RekeyArgs) -> Result<Finish, CliError> {
    cx.report.keys(RekeyRow::FIELDS);
    let mut store = cx.existing_store()?;
    let op = cx.op();
    let found = key_state(&mut store).map_err(|error| failure(error, &op))?;
    let first = store.vault().first_key();
    let plan = match found.keys {
        keys if keys.former.is_some() => Plan::GoOn,
        keys if keys.current != first => Plan::Move(first),
        _ => Plan::Make,
    };
    if let (Plan::GoOn, Some(former), true) = (&plan, found.keys.former, args.prepare) {
        return Err(CliError::refused(format!(
            "the change from key {former} to key {} has already started",
            found.keys.current
        ))
        .hinted(hint!(
            "no other key is created before that is complete: ",
            command(&["store", "rekey"]),
            " continues it"
        )));
    }
    // Other machines have key files of their own.
    let in_two = args.prepare || store.role().is_some();
    if cx.dry_run() {
        let row = foretold(cx, &store, &found, &plan, args.prepare, in_two);
        cx.row(row)?;
        return Ok(Finish::Done);
    }
    let former = found.keys.former.unwrap_or(found.keys.current);
    if !matches!(plan, Plan::GoOn) {
        let path = &cx.config.key_file.value;
        let next = keyfile::key_after(path, former, &cx.entropy)
            .map_err(|error| fault_error(error.into()))?;
        if args.prepare || (next.fresh && in_two) {
            let row = prepared(cx, &store, former, &next);
            cx.row(row)?;
            return Ok(Finish::Done);
        }
        // If another run was faster, this one continues with its key.
        change_key(&mut store, &op, former, next.id).map_err(|error| failure(error, &op))?;
    }
    let resealed = sealed_anew(cx, &mut store, &op, total(&found, &plan))?;
    let row = complete(&store, former, resealed);
    cx.row(row)?;
    Ok(Finish::Done)
}

/// How many values will be re-encrypted.
fn total(found: &KeyState, plan: &Plan) -> u64 {
    match plan {
        Plan::GoOn => found.left,
        Plan::Move(_) | Plan::Make => found.values,
    }
}

/// The long part, with a bar.
fn sealed_anew(
    cx: &mut Context,
    store: &mut Store,
    op: &Op,
    total: u64,
) -> Result<Resealed, CliError> {
    let guard = cx.interrupt.arm();
    let progress = cx.progress("re-encrypting", Some(total));
    let interrupt = &cx.interrupt;
    let resealed = reseal(store, op, &mut |done| {
        progress.tick(done);
        !interrupt.is_raised()
    });
    progress.finish();
    drop(guard);
    let resealed = resealed.map_err(|error| failure(error, op))?;
    if resealed.is_complete() {
        return Ok(resealed);
    }
    Err(CliError::interrupted().hinted(hint!(
        format!(
            "key {} is in use, but some data is still encrypted with the previous one; run ",
            store.vault().key_id()
        ),
        command(&["store", "rekey"]),
        " again to continue"
    )))
}

fn key(id: KeyId) -> Value {
    json!({ "key_id": id.to_string() })
}

fn foretold(
    cx: &Context,
    store: &Store,
    found: &KeyState,
    plan: &Plan,
    prepare: bool,
    in_two: bool,
) -> Row {
    let file = cx.config.key_file.value.display();
    let (current, left) = (found.keys.current, total(found, plan));
    let row = |stage, status| {
        let values = (stage == "complete").then_some(left);
        Row::change(store.place(), None, status)
            .with(RekeyRow {
                stage,
                values,
                damaged: None,
            })
            .before(key(found.keys.former.unwrap_or(current)))
    };
    match plan {
        Plan::GoOn => row("complete", Status::Done)
            .after(key(current))
            .message(format!(
                "would continue with key {current}: {} to be re-encrypted",
                counted(left)
            )),
        Plan::Move(first) if prepare => row("prepared", Status::Unchanged)
            .after(key(*first))
            .message(format!("key {first} is already in {file}")),
        Plan::Move(first) => row("complete", Status::Done)
            .after(key(*first))
            .message(format!(
                "would change from key {current} to key {first}, which is in {file}: {} to be re-encrypted",
                counted(left)
            )),
        Plan::Make if in_two => row("prepared", Status::Done).message(format!(
            "would create a new key in {file}; the store would not change until the next run"
        )),
        Plan::Make => row("complete", Status::Done)
            .message(format!(
                "would create a new key in {file} and change to it from key {current}: {} to be re-encrypted",
                counted(left)
            )),
    }
}

fn prepared(cx: &Context, store: &Store, current: KeyId, next: &keyfile::Next) -> Row {
    let file = cx.config.key_file.value.display();
    let id = next.id;
    let (status, message) = if next.fresh {
        (
            Status::Done,
            format!("created key {id} in {file}; the store is still encrypted with key {current}"),
        )
    } else {
        (
            Status::Unchanged,
            format!(
                "key {id} is already in {file}; the store is still encrypted with key {current}"
            ),
        )
    };
    Row::change(store.place(), None, status)
        .with(RekeyRow {
            stage: "prepared",
            ..RekeyRow::default()
        })
        .before(key(current))
        .after(key(id))
        .message(message)
        .hint(hint!(
            "copy the key file to every machine that uses this store, and keep a copy separate from the backups; then run ",
            command(&["store", "rekey"]),
            " again"
        ))
}

fn complete(store: &Store, former: KeyId, resealed: Resealed) -> Row {
    let id = store.vault().key_id();
    let damaged = match resealed.damaged {
        0 => String::new(),
        1 => "; one value is damaged and was left unchanged".to_owned(),
        many => format!("; {many} values are damaged and were left unchanged"),
    };
    Row::change(store.place(), None, Status::Done)
        .with(RekeyRow {
            stage: "complete",
            values: Some(resealed.done),
            damaged: Some(resealed.damaged),
        })
        .before(key(former))
        .after(key(id))
        .message(format!(
            "is now encrypted with key {id}: {}{damaged}",
            values(resealed.done)
        ))
        .hint(format!(
            "keep a copy of the current key file, separate from the backups. Leave key {former} in it: earlier backups, links in queued mail, and audit log entries about unknown addresses need it"
        ))
}

fn values(count: u64) -> String {
    format!("{} re-encrypted", counted(count))
}

fn counted(count: u64) -> String {
    match count {
        1 => "1 value".to_owned(),
        many => format!("{many} values"),
    }
}
