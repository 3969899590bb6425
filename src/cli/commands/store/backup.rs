//! `admit store backup`

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::counted;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::fault_error;
use crate::cli::view::rows;
use crate::files::{NewFile, Over, Place, Unwritten};
use crate::store::{Backup, Made};

fields! {
    /// A backup that was written.
    struct BackupRow {
        target = "the file",
        panel = "null",
        ..rows::STATUS,
        people: u64 = "how many",
        audit_entries: u64 = "audit log entries",
        rows: u64 = "rows in all",
        epoch: i64 = "the store's epoch",
        made_at: String = "when the state was read",
        sha256: String = "of the file's content, as in its last line",
        size_bytes: Option<u64> = "of the file",
        before = "null",
        after = "null",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Write a backup of the store to a file
///
/// The backup is one consistent state, taken while others continue to work. Its format is the same for files and
/// servers. It contains personal data and password hashes, so only you can read the file. It does not contain the
/// key, without which it is useless: keep a copy of the key file too, somewhere else.
#[derive(Args, Debug)]
#[command(after_long_help = section(BackupRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit store backup /backup/admit-2026-03-02", "admit store backup --force latest.backup"]))]
pub struct BackupArgs {
    /// File to create
    #[arg(value_hint = clap::ValueHint::FilePath)]
    file: PathBuf,

    /// Replace an older backup
    #[arg(long)]
    force: bool,
}

/// Writes it.
pub fn run(cx: &mut Context, args: &BackupArgs) -> Result<Finish, CliError> {
    cx.report.keys(BackupRow::FIELDS);
    let file = &args.file;
    if file.as_os_str() == "-" {
        return Err(
            CliError::usage("a backup must be written to a file, not to standard output").hinted(
                hint!(
                    "name one, as in ",
                    command(&["store", "backup", "admit.backup"])
                ),
            ),
        );
    }
    let place = cx.place(file)?;
    let mut store = cx.store_to_back_up()?;
    let over = if args.force {
        Over::Alike(Backup::begins_like)
    } else {
        Over::Nothing
    };
    let mut out = NewFile::create(&place, over).map_err(|why| unwritten(cx, &place, &why))?;
    let total = store.rows()?;
    let guard = cx.interrupt.arm();
    let progress = cx.progress("backing up", Some(total));
    let interrupt = &cx.interrupt;
    let made = store.back_up(&mut out, cx.now, &mut |rows| {
        progress.tick(rows);
        !interrupt.is_raised()
    });
    progress.finish();
    drop(guard);
    let made = made?;
    let size = if cx.dry_run() {
        None
    } else {
        let size = out.finish().map_err(|why| unwritten(cx, &place, &why))?;
        // The backup is good all the same: only `status` would not know of it.
        if let Err(fault) = store.note_backup(cx.now) {
            let why = fault_error(fault).in_one_line();
            cx.ui
                .warning(format!("could not record the time of this backup: {why}"));
        }
        Some(size)
    };
    let row = row(cx, file, &made, size);
    cx.row(row)?;
    Ok(Finish::Done)
}

fn row(cx: &Context, file: &Path, made: &Made, size: Option<u64>) -> Row {
    let people = made.counts.of("account");
    let entries = made.counts.of("audit");
    let would = if cx.dry_run() { "would contain " } else { "" };
    let message = format!(
        "{would}{}; the key is not included, so also back up {}, separately",
        counted(people, entries),
        cx.config.key_file.value.display()
    );
    Row::change(file.display().to_string(), None, Status::Done)
        .with(BackupRow {
            people,
            audit_entries: entries,
            rows: made.counts.total(),
            epoch: made.header.epoch,
            made_at: made.header.made_at.to_string(),
            sha256: made.sum.clone(),
            size_bytes: size,
        })
        .message(message)
}

fn unwritten(cx: &Context, place: &Place, why: &Unwritten) -> CliError {
    let file = place.path();
    let text = |why: &str| format!("cannot write the backup {}: {why}", file.display());
    let another = "use another file";
    match why {
        // Only where it would work, and where nothing else is lost.
        Unwritten::Exists if place.holds(Backup::begins_like) => {
            CliError::refused(text(&why.to_string())).hinted(hint!(
                another,
                ", or, to replace that older backup, run ",
                cx.again_with(&["--force"])
            ))
        }
        Unwritten::Exists => CliError::refused(text(&why.to_string())).hinted(another),
        Unwritten::Unlike => CliError::refused(text(&why.to_string()))
            .hinted(format!("{another}: --force replaces only an older backup")),
        Unwritten::Irregular(_) => CliError::failed(text(&why.to_string())).hinted(another),
        Unwritten::Io(error) => {
            let no_folder = matches!(
                error.kind(),
                ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::PermissionDenied
            );
            let why = match file.parent().filter(|_| no_folder) {
                Some(folder) => format!("{} is not a writable folder", folder.display()),
                None => why.to_string(),
            };
            CliError::failed(text(&why))
                .hinted("use a new file in one of your folders, with enough space")
        }
    }
}
