//! `admit store info`

use clap::Args;
use serde_json::Value;

use super::say_which_key;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Fields, Finish, Row, fields};
use crate::cli::view::{labelled, time};
use crate::store::Store;
use crate::vault::KeyId;

fields! {
    /// Information about the store, none of it secret.
    pub struct InfoRow {
        path: String = "where it is",
        engine: String = "the database and its version",
        schema: i64 = "the number of its schema",
        key_file: String = "its key file",
        key_id: String = "the key that encrypts it",
        former_key_id: Option<String> = "the key that is being replaced, until store rekey is complete; else null",
        next_key_id: Option<String> = "a key in the key file that store rekey will change to; else null",
        size_bytes: i64 = "the size of the file",
        created_at: Value = "when it was made",
        epoch: i64 = "how often an older copy was put back into use, counted from 1",
        panels: Vec<String> = "the names of its panels, as a list",
        people: i64 = "how many accounts there are",
        audit_entries: i64 = "the number of the last audit log entry",
        mail_waiting: i64 = "how many mails are queued",
    }
}

/// Show where the store is, and its state
#[derive(Args, Debug)]
#[command(after_long_help = section(InfoRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit store info", "admit store info -o json"]))]
pub struct InfoArgs {}

/// Shows it.
pub fn run(cx: &mut Context, _args: &InfoArgs) -> Result<Finish, CliError> {
    cx.report.keys(InfoRow::FIELDS);
    let mut store = cx.any_copy()?;
    let facts = facts(cx, &mut store)?.json();
    let lines: Vec<(String, String)> = facts
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| {
            let value = match value {
                Value::String(text) => text.clone(),
                Value::Array(items) => items
                    .iter()
                    .filter_map(Value::as_str)
                    .collect::<Vec<_>>()
                    .join(", "),
                other => other.to_string(),
            };
            (key.replace('_', " "), value)
        })
        .collect();
    cx.row(Row::new(facts).lines(labelled(lines)))?;
    say_which_key(cx, &mut store)?;
    Ok(Finish::Done)
}

/// Information about the store, none of it secret.
pub fn facts(cx: &Context, store: &mut Store) -> Result<InfoRow, CliError> {
    let size_bytes = store.size()?;
    let next = store.vault().first_key();
    let (path, engine) = (store.place(), store.engine());
    store.read(|tx| {
        let keys = tx.keys()?;
        let waits = keys.former.is_none() && next != keys.current;
        let word = |key: KeyId| key.to_string();
        let (created_at, epoch) = tx.creation()?;
        Ok(InfoRow {
            path,
            engine,
            schema: Store::schema(),
            key_file: cx.config.key_file.value.display().to_string(),
            key_id: word(keys.current),
            former_key_id: keys.former.map(word),
            next_key_id: waits.then_some(next).map(word),
            size_bytes,
            created_at: time(Some(created_at)),
            epoch,
            panels: tx.panels()?.into_iter().map(|panel| panel.name).collect(),
            people: tx.count_accounts()?,
            audit_entries: tx.audit_head()?.seq,
            mail_waiting: tx.waiting_mail()?.0,
        })
    })
}
