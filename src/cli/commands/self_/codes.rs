//! `admit self codes`

use std::path::PathBuf;

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::display::Display;
use super::sign_in::{Entry, Typed};
use super::{Secrets, send_mail};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status, fields};
use crate::cli::base::refusals::op_error;
use crate::cli::view::rows;
use crate::ops::backup_codes::backup_codes;

fields! {
    /// New backup codes.
    struct CodesRow {
        ..rows::TARGET,
        ..rows::PANEL,
        ..rows::STATUS,
        backup_codes_left: usize = "how many there are now",
        before = "null",
        after = "null",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Create ten new backup codes that replace the old ones
///
/// Asks for the password and a code of the authenticator, or one of the old backup codes.
#[derive(Args, Debug)]
#[command(after_long_help = section(CodesRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit self codes ada@example.com", "admit self codes ada@example.com --codes-file codes.txt"]))]
pub struct CodesArgs {
    /// Your e-mail address
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    address: String,

    /// Read the password from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    password_file: Option<PathBuf>,

    #[command(flatten)]
    display: Display,
}

/// Makes them.
pub fn run(cx: &mut Context, args: &CodesArgs) -> Result<Finish, CliError> {
    cx.report.keys(CodesRow::FIELDS);
    args.display.check(cx, None)?;
    let file = args.password_file.as_ref();
    let (mut store, entry) = Entry::begin(cx, &args.address, "Password", "--password-file", file)?;
    let code = Secrets::code(cx, "Code from the authenticator, or a backup code")?;
    let typed = Typed::code(code);
    let clock = std::sync::Arc::clone(&cx.clock);
    let op = cx.moment(&entry.op);
    let made = backup_codes(&mut store, &op, &entry.credentials(&typed), &|time| {
        clock.pause(time);
    });
    send_mail(cx, &mut store, &op);
    let codes = made
        .map_err(|error| op_error(error, entry.about(), &op))?
        .map_err(|denied| super::denied(cx, denied))?;
    args.display.codes(cx, &codes)?;
    let message = format!(
        "backup codes → {} new ones; the old ones no longer work; a notice is mailed",
        codes.len()
    );
    cx.row(
        Row::change(&args.address, Some(&entry.panel), Status::Done)
            .with(CodesRow {
                backup_codes_left: codes.len(),
            })
            .message(message),
    )?;
    Ok(Finish::Done)
}
