//! `admit store restore`

mod plan;
mod told;

use std::io::BufReader;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use self::plan::{Applied, Plan};
use self::told::{After, Told};
use crate::cli::base::beside_key::seen_list;
use crate::cli::base::config::masked;
use crate::cli::base::context::Context;
use crate::cli::base::error::{CliError, Kind, in_words};
use crate::cli::base::opening::{any_copy, open_existing};
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, fields};
use crate::cli::base::printed::hint;
use crate::cli::base::reading;
use crate::cli::base::refusals::failure;
use crate::cli::runner::people::tell_of_leftovers;
use crate::cli::view::rows;
use crate::domain::when;
use crate::ops::OpError;
use crate::store::{Arrival, Backup, Claim, Done, Landing, Location, Moved, Store, free_name};

fields! {
    /// A restored or accepted store.
    #[derive(Default)]
    pub(super) struct RestoreRow {
        target = "the store",
        panel = "null",
        ..rows::STATUS,
        backup: Option<String> = "the file; null without one",
        made_at: Value = "when its state was read, or null",
        people: Option<u64> = "how many, or null",
        audit_entries: Option<u64> = "audit log entries, or null",
        rows: Option<u64> = "rows in all, or null",
        kept_as: Option<String> = "the previous store, by its new name, or null",
        older: bool = "whether it is refused as an older copy",
        lost: Value = "audit log entries that are known and not in it: first, last, last_at, epoch (null if unknown); or null",
        reconciled: Value = "what was ended and erased, by kind, and epoch; or null",
        accepted: Value = "who was erased again, and epoch; or null",
        before = "null",
        after = "null",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Restore a backup, or continue with an older copy of the store
///
/// The whole store is restored or nothing. An older copy would bring back used codes, ended sessions, revoked
/// invitations and erased people, so it is refused until it is reconciled or accepted. --reconcile ends every
/// session, link, ticket, code and trusted IP in it; people, access, passwords and authenticators stay, and people
/// who have not registered need a new link (resend). --accept keeps all of that, with a reason: use it if nothing was
/// used or ended since. Both show which audit entries are lost, and erase people again who were erased since.
#[derive(Args, Debug)]
#[command(after_long_help = section(RestoreRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit store restore /backup/admit-2026-03-02", "admit store restore /backup/admit-2026-03-02 --replace --reconcile", "admit store restore --accept --reason \"nothing was used since\""]))]
pub struct RestoreArgs {
    /// Backup; without it, the copy at the store's place
    #[arg(value_hint = clap::ValueHint::FilePath, required_unless_present_any = ["reconcile", "accept"])]
    file: Option<PathBuf>,

    /// End everything an older copy would bring back
    #[arg(long)]
    reconcile: bool,

    /// Use an older copy as it is; needs --reason
    #[arg(long, conflicts_with = "reconcile")]
    accept: bool,

    /// Reason for accepting it, for the audit log
    #[arg(
        long,
        value_name = "TEXT",
        requires = "accept",
        conflicts_with = "reconcile"
    )]
    reason: Option<String>,

    /// Replace the existing store, and keep its file
    #[arg(long, requires = "file")]
    replace: bool,
}

/// Restores it.
pub fn run(cx: &mut Context, args: &RestoreArgs) -> Result<Finish, CliError> {
    cx.report.keys(RestoreRow::FIELDS);
    match &args.file {
        Some(file) => restore(cx, args, file),
        None => here(cx, args),
    }
}

fn backup_at<'a>(file: &Path, name: &str) -> Result<Backup<'a>, CliError> {
    let input = reading::open(file).map_err(|error| {
        CliError::failed(format!(
            "cannot read the backup {name}: {}",
            in_words(&error)
        ))
    })?;
    let input = BufReader::with_capacity(256 * 1024, input);
    Ok(Backup::open(Box::new(input), name)?)
}

fn restore(cx: &mut Context, args: &RestoreArgs, file: &Path) -> Result<Finish, CliError> {
    let name = file.display().to_string();
    let mut backup = backup_at(file, &name)?;
    let location = cx.location();
    let place = masked(&cx.config.store.value);
    cx.config.check_store_place(&location)?;
    let aside = aside(cx, args, &location, &place)?;
    backup.check_key(&cx.vault()?)?;
    let identity = backup.identity();
    let lost = Store::lost_by(&location, &seen_list(&cx.config), &backup)?;
    let plan = Plan::new(cx, args, &identity, lost)?;
    let landing = Landing {
        location: &location,
        aside: aside.as_deref(),
        dry_run: cx.dry_run(),
    };
    let preview = if plan.reconciles() && cx.would_ask() {
        // Only the rows tell what there is to end.
        let template_check = Landing {
            dry_run: true,
            ..landing
        };
        Some(
            land(
                cx,
                template_check,
                &mut backup_at(file, &name)?,
                &plan,
                "reading",
            )?
            .1,
        )
    } else {
        None
    };
    ask(cx, &plan, preview, &backup, &place, aside.as_deref())?;
    if aside.is_none() && !cx.dry_run() {
        Store::forget_copy_at(&location, &seen_list(&cx.config), &identity)?;
    }
    let (moved, applied) = land(cx, landing, &mut backup, &plan, "restoring")?;
    let after = after(cx, applied)?;
    let told = Told {
        place: &place,
        backup: Some((&name, &backup)),
        moved: Some(&moved),
        aside: aside.as_deref(),
        after,
        lost: plan.lost.as_ref(),
        applied,
    };
    told.tell(cx)
}

/// Makes the store, or only tries it.
fn land(
    cx: &mut Context,
    landing: Landing<'_>,
    backup: &mut Backup<'_>,
    plan: &Plan,
    what: &str,
) -> Result<(Moved, Applied), CliError> {
    let vault = cx.vault()?;
    let op = cx.op();
    let total = backup.header().rows;
    let guard = cx.interrupt.arm();
    let progress = cx.progress(what, Some(total));
    let interrupt = &cx.interrupt;
    let mut tick = |rows| {
        progress.tick(rows);
        !interrupt.is_raised()
    };
    let landed = Store::restore(landing, vault, backup, &mut tick, &mut |tx| {
        plan.apply(tx, &op)
    });
    progress.finish();
    drop(guard);
    landed.map_err(|error: OpError| failure(error, &op))
}

/// Where the existing store is moved; nothing if there is none.
fn aside(
    cx: &Context,
    args: &RestoreArgs,
    location: &Location,
    place: &str,
) -> Result<Option<PathBuf>, CliError> {
    if !Store::is_there(location)? {
        return Ok(None);
    }
    let there = CliError::refused(format!("a store already exists at {place}"));
    match location {
        Location::File(path) if args.replace => {
            let time = cx.now.strftime("%Y%m%dT%H%M%SZ");
            let mut name = path.as_os_str().to_owned();
            name.push(format!(".before-restore-{time}"));
            Ok(Some(free_name(Path::new(&name))))
        }
        Location::File(_) => Err(there.hinted(hint!(
            "to put it aside under another name and restore in its place, stop the panels and run ",
            cx.again_with(&["--replace"])
        ))),
        _ => Err(there.hinted(
            "nothing on a server is ever overwritten; restore into another database with --store, or first have its owner rename this one: alter schema admit rename to admit_before_restore",
        )),
    }
}

fn ask(
    cx: &mut Context,
    plan: &Plan,
    preview: Option<Applied>,
    backup: &Backup<'_>,
    place: &str,
    aside: Option<&Path>,
) -> Result<(), CliError> {
    let made_at = backup.header().made_at;
    let mut question = format!(
        "{}Restore the backup of {} to {place}",
        plan.warning(cx),
        when::told(made_at, cx.now, &cx.tz)
    );
    if let Some(aside) = aside {
        question.push_str(&format!(
            ", and keep the existing store as {}",
            aside.display()
        ));
    }
    question.push_str("? ");
    question.push_str(&plan.question(preview, "it"));
    cx.confirm(question.trim_end())
}

/// How the next command sees the restored store.
fn after(cx: &Context, applied: Applied) -> Result<After, CliError> {
    if cx.dry_run() {
        return Ok(After::Usable);
    }
    if !matches!(applied, Applied::None) {
        any_copy(&cx.config, &cx.entropy)?.claim(&seen_list(&cx.config), Claim::Accepted)?;
    }
    match open_existing(&cx.config, &cx.entropy) {
        Ok(store) => Ok(match store.arrival() {
            Some(Arrival::Copy { of }) => After::Copy(of.clone()),
            _ => After::Usable,
        }),
        Err(error) if error.kind == Kind::Refused => Ok(After::Older),
        Err(error) => Err(error),
    }
}

/// The copy that is at the store's place.
fn here(cx: &mut Context, args: &RestoreArgs) -> Result<Finish, CliError> {
    let mut store = any_copy(&cx.config, &cx.entropy)?;
    let place = store.place();
    let identity = *store.vault().store_id();
    let lost = store.lost(&seen_list(&cx.config))?;
    if args.accept && lost.is_none() && is_usable(cx)? {
        return told::nothing_to_accept(cx, &place);
    }
    let plan = Plan::new(cx, args, &identity, lost)?;
    let op = cx.op();
    let preview = if plan.reconciles() && cx.would_ask() {
        let tried = store.change(|tx| plan.apply(tx, &op).map(Done::nothing));
        Some(tried.map_err(|error: OpError| failure(error, &op))?)
    } else {
        None
    };
    let question = plan.warning(cx) + &plan.question(preview, &place);
    cx.confirm(&question)?;
    if cx.dry_run() {
        store.dry_run();
    }
    let applied = store
        .change(|tx| plan.apply(tx, &op).map(Done::recorded))
        .map_err(|error: OpError| failure(error, &op))?;
    let erased = match applied {
        Applied::Reconciled(done) => done.erased,
        Applied::Accepted(done) => done.erased,
        Applied::None => 0,
    };
    if erased > 0 && !cx.dry_run() {
        store.clear_log();
        tell_of_leftovers(cx, &mut store);
    }
    drop(store);
    let after = after(cx, applied)?;
    let told = Told {
        place: &place,
        backup: None,
        moved: None,
        aside: None,
        after,
        lost: plan.lost.as_ref(),
        applied,
    };
    told.tell(cx)
}

/// Whether every command takes it, without calling it a copy.
fn is_usable(cx: &Context) -> Result<bool, CliError> {
    match open_existing(&cx.config, &cx.entropy) {
        Ok(store) => Ok(!matches!(store.arrival(), Some(Arrival::Copy { .. }))),
        Err(error) if error.kind == Kind::Refused => Ok(false),
        Err(error) => Err(error),
    }
}
