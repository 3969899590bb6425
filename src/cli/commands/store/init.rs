//! `admit store init`

use clap::Args;

use super::info;
use crate::cli::base::config::masked;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Fields, Finish, Row, Status, fields};
use crate::cli::view::rows;
use crate::store::{Location, Store};

fields! {
    /// A new store.
    struct InitRow {
        target = "the store",
        panel = "null",
        ..rows::STATUS,
        before = "the store that was there, in the fields of store info, or null",
        after = "the store, in the same fields; null in a dry run",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Create a new store and its key
///
/// The store has one panel, main. At the default place, the first command does this by itself.
#[derive(Args, Debug)]
#[command(after_long_help = section(InitRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit store init", "admit store init --store postgres://olga@db.example.com/panel"]))]
pub struct InitArgs {}

/// The store, if there is one. A server has to be asked.
fn existing(cx: &mut Context, location: &Location) -> Result<Option<Store>, CliError> {
    if location.is_missing() {
        return Ok(None);
    }
    if let Location::Server(_) = location
        && !Store::is_there(location)?
    {
        return Ok(None);
    }
    cx.open_store().map(Some)
}

/// Makes it.
pub fn run(cx: &mut Context, _args: &InitArgs) -> Result<Finish, CliError> {
    cx.report.keys(InitRow::FIELDS);
    let location = cx.location();
    let target = masked(&cx.config.store.value);
    cx.config.check_store_place(&location)?;
    if let Some(mut store) = existing(cx, &location)? {
        let facts = info::facts(cx, &mut store)?.json();
        cx.row(
            Row::change(&target, None, Status::Unchanged)
                .before(facts.clone())
                .after(facts)
                .message("is already a store: nothing changed"),
        )?;
        return Ok(Finish::Done);
    }
    if cx.dry_run() {
        cx.row(
            Row::change(&target, None, Status::Done)
                .message("would become a new store with the panel main"),
        )?;
        return Ok(Finish::Done);
    }
    let mut store = cx.create_at(&location)?;
    let facts = info::facts(cx, &mut store)?.json();
    cx.row(
        Row::change(&target, None, Status::Done)
            .after(facts)
            .message("a new store with the panel main"),
    )?;
    Ok(Finish::Done)
}
