//! `admit store upgrade`

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use crate::cli::base::config::masked;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::view::rows;
use crate::store::{Location, Store, Upgraded};

fields! {
    /// An upgrade.
    struct UpgradeRow {
        target = "the store",
        panel = "null",
        ..rows::STATUS,
        copy: Option<String> = "the copy of the previous file, or null",
        before = "the previous schema number",
        after = "the new schema number",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Upgrade the store to this version of admit
///
/// The upgrade is complete or does not happen. A copy of a file is kept beside it, for the earlier version. A server
/// gets no copy: write one with `admit store backup` first. Stop the panels before, and start them with this version.
#[derive(Args, Debug)]
#[command(after_long_help = section(UpgradeRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit store upgrade", "admit store upgrade --dry-run"]))]
pub struct UpgradeArgs {}

/// Upgrades it.
pub fn run(cx: &mut Context, _args: &UpgradeArgs) -> Result<Finish, CliError> {
    cx.report.keys(UpgradeRow::FIELDS);
    let target = masked(&cx.config.store.value);
    let mut store = cx.store_as_it_is()?;
    if cx.dry_run() {
        store.dry_run();
    }
    if store.its_schema() < Store::schema() && !cx.dry_run() {
        cx.ui
            .status(format!("Upgrading the store {}", store.place()));
    }
    let actor = cx.op().actor;
    let copy = copy_name(cx, store.its_schema());
    let done = store.upgrade(&actor, cx.now, &copy)?;
    let (status, message) = words(cx, &done);
    let mut row = Row::change(&target, None, status)
        .with(UpgradeRow {
            copy: done.copy.map(|copy| copy.display().to_string()),
        })
        .before(json!(done.from))
        .after(json!(done.to))
        .message(message);
    if status == Status::Done && !cx.dry_run() {
        row = row.hint(hint!(
            "look with ",
            command(&["store", "check"]),
            ", and start the panels with this version"
        ));
    }
    cx.row(row)?;
    Ok(Finish::Done)
}

/// The place for the copy of a file: next to it.
fn copy_name(cx: &Context, schema: i64) -> PathBuf {
    let Location::File(path) = cx.location() else {
        return PathBuf::new();
    };
    let mut name = path.into_os_string();
    let time = cx.now.strftime("%Y%m%dT%H%M%SZ");
    name.push(format!(".schema-{schema}-{time}"));
    PathBuf::from(name)
}

fn words(cx: &Context, done: &Upgraded) -> (Status, String) {
    let Upgraded { from, to, copy } = done;
    if from == to {
        return (
            Status::Unchanged,
            format!("already has schema {to}: nothing changed"),
        );
    }
    let message = match copy {
        _ if cx.dry_run() => format!("would be upgraded from schema {from} to {to}"),
        Some(copy) => format!(
            "upgraded from schema {from} to {to}; the previous version is {}, which can be deleted when everything works",
            copy.display()
        ),
        None => format!("upgraded from schema {from} to {to}"),
    };
    (Status::Done, message)
}
