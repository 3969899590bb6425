//! `admit audit verify`

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::{CliError, in_words};
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::reading;
use crate::domain::text::{hex, shown};
use crate::domain::when::{local, rfc3339};
use crate::store::{Head, Pruning};

fields! {
    /// An intact audit log.
    struct VerifyRow {
        entries: i64 = "how many entries there are",
        hash: String = "the hash of the last one",
        against: Option<i64> = "the number of the entry in the given end of the log, or null",
        pruned_to: i64 = "the number of the last entry that was pruned; 0 if none was",
        pruned_at: Option<String> = "when it was last pruned, or null",
        pruned_by: Option<String> = "who pruned it, or null",
    }
}

/// Check that the audit log was not changed
///
/// Detects changed, missing and inserted entries. A log that does not start with its first entry must contain an
/// audit-pruned entry. A missing end, or a log that was rewritten as a whole, shows only against a head that was kept
/// elsewhere.
#[derive(Args, Debug)]
#[command(after_long_help = section(VerifyRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit audit verify", "admit audit verify --against head"]))]
pub struct VerifyArgs {
    /// Earlier output of audit head (- for stdin)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    against: Option<PathBuf>,
}

/// Checks it.
pub fn run(cx: &mut Context, args: &VerifyArgs) -> Result<Finish, CliError> {
    let anchor = args
        .against
        .as_deref()
        .map(|file| read_head(cx, file))
        .transpose()?;
    cx.report.keys(VerifyRow::FIELDS);
    let mut store = cx.open_store()?;
    let (total, pruned, pruning, verdict) = store.read(|tx| {
        let pruned = tx.audit_beginning()?.seq;
        if let Some(anchor) = anchor.filter(|anchor| anchor.seq < pruned) {
            return Err(head_is_gone(anchor.seq, pruned));
        }
        let total = tx.audit_head()?.seq - pruned;
        let progress = cx.progress("checking", u64::try_from(total).ok());
        let verdict = tx.verify_audit(anchor, |_| progress.tick(1));
        progress.finish();
        Ok::<_, CliError>((total, pruned, tx.last_pruning()?, verdict?))
    })?;
    let broken = match verdict {
        Ok(head) => {
            let row = VerifyRow {
                entries: total,
                hash: hex(&head.hash),
                against: anchor.map(|anchor| anchor.seq),
                pruned_to: pruned,
                pruned_at: pruning.as_ref().map(|pruning| rfc3339(pruning.at)),
                pruned_by: pruning.as_ref().map(|pruning| pruning.operator.clone()),
            };
            let fits = anchor
                .map(|anchor| format!(", and matches the given end at entry {}", anchor.seq))
                .unwrap_or_default();
            let since = match &pruning {
                None => String::new(),
                Some(pruning) => format!(
                    " since entry {pruned}, up to which {} pruned it on {}",
                    shown(&pruning.operator),
                    local(pruning.at, &cx.tz)
                ),
            };
            let line = format!("the audit log is intact: {total} entries{since}{fits}");
            cx.row(Row::new(row).line(line))?;
            warn_of_later_pruning(cx, anchor.filter(|anchor| anchor.seq > pruned), pruning);
            return Ok(Finish::Done);
        }
        Err(broken) => broken,
    };
    Err(CliError::failed(format!(
        "the audit log was tampered with at entry {}: {}",
        broken.seq, broken.what
    ))
    .hinted("keep this file as evidence, and compare it with a backup"))
}

/// Anyone who can write to the database can also append an entry that says that the log was pruned. An end of the log
/// saved earlier shows that it came later. With the end up to which it was pruned there is nothing to warn about.
fn warn_of_later_pruning(cx: &mut Context, anchor: Option<Head>, pruning: Option<Pruning>) {
    let (Some(anchor), Some(pruning)) = (anchor, pruning) else {
        return;
    };
    if pruning.seq > anchor.seq {
        cx.ui.warning(format!(
            "the audit log was pruned after this file was saved (entry {}); if it should not have been pruned, compare it with a backup",
            pruning.seq
        ));
    }
}

/// A head that was kept before what was pruned proves nothing any more.
pub(super) fn head_is_gone(head: i64, pruned: i64) -> CliError {
    CliError::refused(format!(
        "the file names entry {head}, but the audit log was pruned up to entry {pruned}"
    ))
    .hinted("use a file that was saved later")
}

pub(super) fn read_head(cx: &mut Context, file: &Path) -> Result<Head, CliError> {
    let mut text = String::new();
    let name = file.display();
    let read = if file.as_os_str() == "-" {
        cx.stdin.by_ref().take(4096).read_to_string(&mut text)
    } else {
        reading::open(file).and_then(|file| file.take(4096).read_to_string(&mut text))
    };
    read.map_err(|error| CliError::usage(format!("cannot read {name}: {}", in_words(&error))))?;
    parse_head(&text).ok_or_else(|| {
        CliError::usage(format!("{name} does not contain the end of an audit log")).hinted(hint!(
            "it is one line, as ",
            command(&["audit", "head"]),
            " prints it"
        ))
    })
}

fn parse_head(text: &str) -> Option<Head> {
    let (seq, hash) = text.trim().split_once(' ')?;
    if hash.len() != 64 || !hash.is_ascii() {
        return None;
    }
    let mut bytes = [0u8; 32];
    for (byte, digits) in bytes.iter_mut().zip(hash.as_bytes().chunks(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?;
    }
    Some(Head {
        seq: seq.parse().ok().filter(|seq| *seq >= 0)?,
        hash: bytes,
    })
}
