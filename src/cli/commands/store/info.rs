//! `admit store info`

use clap::Args;
use serde_json::{Map, Value};

use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::fields::section;
use crate::cli::output::{Field, Finish, Row, field};
use crate::cli::view::{labelled, time};
use crate::store::Store;

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("path", "where it is"),
    field("engine", "the database and its version"),
    field("schema", "the number of its schema"),
    field("key_file", "its key file"),
    field("key_id", "the key that seals in it"),
    field("size_bytes", "the size of the file"),
    field("created_at", "when it was made"),
    field(
        "epoch",
        "how often it was made anew from a backup, counted from 1",
    ),
    field("panels", "the names of its panels, as a list"),
    field("people", "how many accounts there are"),
    field("audit_entries", "the number of the record's last entry"),
    field("mail_waiting", "how many mails wait"),
];

/// Show where the store is and what it is
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
pub struct InfoArgs {}

/// Shows it.
pub fn run(cx: &mut Context, _args: &InfoArgs) -> Result<Finish, CliError> {
    cx.report.keys(FIELDS);
    let mut store = cx.any_copy()?;
    let facts = facts(cx, &mut store)?;
    let Value::Object(json) = facts else {
        return Err(CliError::failed("the store has no facts"));
    };
    let facts: Vec<(String, String)> = json
        .iter()
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
    Ok(Finish::Done)
}

/// What there is to know about the store, none of it secret.
pub fn facts(cx: &Context, store: &mut Store) -> Result<Value, CliError> {
    let key = store.vault().key_id().to_string();
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
    json.insert("key_id".into(), key.into());
    json.insert("size_bytes".into(), size.into());
    store.read(|tx| {
        let (created, epoch) = tx.birth()?;
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
