//! `admit store copy`

use clap::Args;

use super::counted;
use crate::cli::base::beside_key::seen_list;
use crate::cli::base::config::masked;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::view::rows;
use crate::store::{Claim, Fault, Landing, Location, Store};

fields! {
    /// A copy of the store.
    struct CopyRow {
        target = "the new store",
        panel = "null",
        ..rows::STATUS,
        from: String = "the old one",
        people: u64 = "how many",
        audit_entries: u64 = "audit log entries",
        rows: u64 = "rows in all",
        written_meanwhile: i64 = "whether the old store was written to in the meantime",
        before = "null",
        after = "null",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Copy the store from a file to a server, or back
///
/// The new place must not have a store yet. It gets the same people, ids, audit log and key, completely or not at
/// all. Stop the panels first: what they write to the old store afterwards is not in the new one.
#[derive(Args, Debug)]
#[command(after_long_help = section(CopyRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit store copy --to postgres://admit@db.example.com/admit", "admit store copy --to copy.db"]))]
pub struct CopyArgs {
    /// New store: a file, or postgres://USER@HOST/DATABASE
    #[arg(long, value_name = "URL")]
    to: String,
}

/// Copies it.
pub fn run(cx: &mut Context, args: &CopyArgs) -> Result<Finish, CliError> {
    cx.report.keys(CopyRow::FIELDS);
    let target = Location::parse(&args.to, &cx.config.surroundings);
    let name = masked(&args.to);
    cx.config.check_copy_place(&target)?;
    let mut store = cx.existing_store()?;
    let from = store.place();
    let total = store.rows()?;
    let vault = cx.vault()?;
    let landing = Landing {
        location: &target,
        aside: None,
        dry_run: cx.dry_run(),
    };
    let guard = cx.interrupt.arm();
    let progress = cx.progress("copying", Some(total));
    let interrupt = &cx.interrupt;
    let moved = store.copy_to(landing, vault, &mut |rows| {
        progress.tick(rows);
        !interrupt.is_raised()
    });
    progress.finish();
    drop(guard);
    let moved = moved.map_err(|fault| match fault {
        Fault::Exists(place) => CliError::refused(format!("a store already exists at {place}"))
            .hinted("copy to another place; an existing store is never overwritten"),
        other => other.into(),
    })?;
    if !cx.dry_run() {
        Store::open(&target, cx.vault()?, true)?.claim(&seen_list(&cx.config), Claim::Moved)?;
    }
    let now = store.read(|tx| tx.audit_head())?;
    let meanwhile = now.seq - moved.head.seq;
    let people = moved.counts.of("account");
    let entries = moved.counts.of("audit");
    let next = hint!(
        format!(
            "the panels must be stopped; then set store = \"{name}\" in the configuration, look with "
        ),
        command(&["store", "check", "--store", &name]),
        format!(", and start them again. What is written to {from} from now on is not in the copy")
    );
    let has = counted(people, entries);
    let message = if cx.dry_run() {
        format!("would become a copy of {from}: {has}")
    } else {
        format!("copied from {from}: {has}, all compared, and the audit log is valid")
    };
    if meanwhile > 0 {
        cx.ui.warning(format!(
            "the store was written to in the meantime: its last {meanwhile} audit log entries are not in the copy. Stop the panels, delete the copy and run it again"
        ));
    }
    cx.row(
        Row::change(name, None, Status::Done)
            .with(CopyRow {
                from,
                people,
                audit_entries: entries,
                rows: moved.counts.total(),
                written_meanwhile: meanwhile,
            })
            .message(message)
            .hint(next),
    )?;
    Ok(Finish::Done)
}
