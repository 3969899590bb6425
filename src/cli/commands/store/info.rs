//! `admit store info`

use clap::Args;
use serde_json::{Map, Value};

use super::say_which_key;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Row, field};
use crate::cli::view::{labelled, time};
use crate::store::Store;
use crate::vault::KeyId;

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("path", "where it is"),
    field("engine", "the database and its version"),
    field("schema", "the number of its schema"),
    field("key_file", "its key file"),
    field("key_id", "the key that encrypts it"),
    field(
        "former_key_id",
        "the key that is being replaced, until store rekey is complete; else null",
    ),
    field(
        "next_key_id",
        "a key in the key file that store rekey will change to; else null",
    ),
    field("size_bytes", "the size of the file"),
    field("created_at", "when it was made"),
    field(
        "epoch",
        "how often an older copy was put back into use, counted from 1",
    ),
    field("panels", "the names of its panels, as a list"),
    field("people", "how many accounts there are"),
    field("audit_entries", "the number of the last audit log entry"),
    field("mail_waiting", "how many mails are queued"),
];

/// Show where the store is, and its state
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
#[command(after_help = examples(&["admit store info", "admit store info -o json"]))]
pub struct InfoArgs {}

/// Shows it.
pub fn run(cx: &mut Context, _args: &InfoArgs) -> Result<Finish, CliError> {
    cx.report.keys(FIELDS);
    let mut store = cx.any_copy()?;
    let facts = facts(cx, &mut store)?;
    let Value::Object(json) = facts else {
        return Err(CliError::failed("the store has no information"));
    };
    let facts: Vec<(String, String)> = json
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
    cx.row(Row::new(json).lines(labelled(facts)))?;
    say_which_key(cx, &mut store)?;
    Ok(Finish::Done)
}

/// Information about the store, none of it secret.
pub fn facts(cx: &Context, store: &mut Store) -> Result<Value, CliError> {
    let place = store.place();
    let size = store.size()?;
    let mut json = Map::new();
    json.insert("path".into(), place.into());
    json.insert("engine".into(), store.engine().into());
    json.insert("schema".into(), Store::schema().into());
    json.insert(
        "key_file".into(),
        cx.config.key_file.value.display().to_string().into(),
    );
    let keys = store.read(|tx| tx.keys())?;
    let next = store.vault().first_key();
    let waits = keys.former.is_none() && next != keys.current;
    let word = |key: KeyId| key.to_string();
    json.insert("key_id".into(), word(keys.current).into());
    json.insert("former_key_id".into(), keys.former.map(word).into());
    json.insert("next_key_id".into(), waits.then_some(next).map(word).into());
    json.insert("size_bytes".into(), size.into());
    store.read(|tx| {
        let (created, epoch) = tx.creation()?;
        let (waiting, _) = tx.waiting_mail()?;
        json.insert("created_at".into(), time(Some(created)));
        json.insert("epoch".into(), epoch.into());
        json.insert(
            "panels".into(),
            tx.panels()?.into_iter().map(|panel| panel.name).collect(),
        );
        json.insert("people".into(), tx.count_accounts()?.into());
        json.insert("audit_entries".into(), tx.audit_head()?.seq.into());
        json.insert("mail_waiting".into(), waiting.into());
        Ok::<_, CliError>(())
    })?;
    Ok(Value::Object(json))
}
