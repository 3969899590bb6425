//! `admit store backup`

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::counted;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Row, Status, field};
use crate::cli::base::refusals::fault_error;
use crate::cli::view::rows;
use crate::cli::base::printed::{command, hint};
use crate::files::{NewFile, Over, Place, Unwritten};
use crate::store::{Backup, Made};

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("target", "the file"),
    field("panel", "null"),
    rows::STATUS,
    field("people", "how many"),
    field("audit_entries", "audit log entries"),
    field("rows", "rows in all"),
    field("epoch", "the store's epoch"),
    field("made_at", "when the state was read"),
    field("sha256", "of the file's content, as in its last line"),
    field("size_bytes", "of the file"),
    field("before", "null"),
    field("after", "null"),
    rows::MESSAGE,
    rows::HINT,
];

/// Write a backup of the store to a file
///
/// The backup is one consistent state, taken while others continue to work. Its format is the same for files and
/// servers. It contains personal data and password hashes, so only you can read the file. It does not contain the
/// key, without which it is useless: keep a copy of the key file too, somewhere else.
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
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
    cx.report.keys(FIELDS);
    let file = &args.file;
    if file.as_os_str() == "-" {
        return Err(
            CliError::usage("a backup must be written to a file, not to standard output").hinted(hint!(
                "name one, as in ",
                command(&["store", "backup", "admit.backup"])
            )),
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
        .field("people", people)
        .field("audit_entries", entries)
        .field("rows", made.counts.total())
        .field("epoch", made.header.epoch)
        .field("made_at", json!(made.header.made_at))
        .field("sha256", made.sum.clone())
        .field("size_bytes", size)
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
