//! `admit store …`

pub mod backup;
pub mod check;
pub mod copy;
pub mod info;
pub mod init;
pub mod rekey;
pub mod restore;
pub mod set;
pub mod upgrade;

use clap::{Args, Subcommand};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::printed::{command, hint};
use crate::store::Store;

/// Manage the database and its key
#[derive(Args, Debug)]
pub struct StoreArgs {
    #[command(subcommand)]
    command: StoreCommand,
}

#[derive(Debug, Subcommand)]
enum StoreCommand {
    Init(init::InitArgs),
    Info(info::InfoArgs),
    Check(check::CheckArgs),
    Set(set::SetArgs),
    Backup(backup::BackupArgs),
    Restore(restore::RestoreArgs),
    Copy(copy::CopyArgs),
    Rekey(rekey::RekeyArgs),
    Upgrade(upgrade::UpgradeArgs),
}

/// Dispatches.
pub fn run(cx: &mut Context, args: &StoreArgs) -> Result<Finish, CliError> {
    match &args.command {
        StoreCommand::Init(args) => init::run(cx, args),
        StoreCommand::Info(args) => info::run(cx, args),
        StoreCommand::Check(args) => check::run(cx, args),
        StoreCommand::Set(args) => set::run(cx, args),
        StoreCommand::Backup(args) => backup::run(cx, args),
        StoreCommand::Restore(args) => restore::run(cx, args),
        StoreCommand::Copy(args) => copy::run(cx, args),
        StoreCommand::Rekey(args) => rekey::run(cx, args),
        StoreCommand::Upgrade(args) => upgrade::run(cx, args),
    }
}

/// Says so while a change of keys is not complete.
fn say_which_key(cx: &mut Context, store: &mut Store) -> Result<(), CliError> {
    let keys = store.read(|tx| tx.keys())?;
    if let Some(former) = keys.former {
        cx.ui.status(hint!(
            format!("A change of key from {former} is incomplete: "),
            command(&["store", "rekey"]),
            " continues it"
        ));
    }
    Ok(())
}

/// The size of a store, in words.
fn counted(people: u64, entries: u64) -> String {
    let people = match people {
        1 => "1 person".to_owned(),
        many => format!("{many} people"),
    };
    let entries = match entries {
        1 => "1 entry".to_owned(),
        many => format!("{many} entries"),
    };
    format!("{people} and {entries} of the audit log")
}
