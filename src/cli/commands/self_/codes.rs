//! `admit self codes`

use std::path::PathBuf;

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::display::Display;
use super::{Secrets, send_mail};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Row, Status, field};
use crate::cli::base::refusals::{About, op_error};
use crate::cli::view::rows;
use crate::domain::event::Source;
use crate::ops::backup_codes::backup_codes;
use crate::ops::sign_in::{Credentials, Second};

/// The fields of its row.
const FIELDS: &[Field] = &[
    rows::TARGET,
    rows::PANEL,
    rows::STATUS,
    field("backup_codes_left", "how many there are now"),
    field("before", "null"),
    field("after", "null"),
    rows::MESSAGE,
    rows::HINT,
];

/// Create ten new backup codes that replace the old ones
///
/// Asks for the password and a code of the authenticator, or one of the old backup codes.
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
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
    cx.report.keys(FIELDS);
    args.display.check(cx, None)?;
    let mut store = cx.open_store()?;
    let op = cx.op_as(Source::Person);
    let about = About::of(&args.address);
    let panel = super::panel(cx, &mut store, &op, about)?;
    let password = Secrets::take(
        cx,
        "Password",
        "--password-file",
        args.password_file.as_ref(),
    )?;
    let code = Secrets::code(cx, "Code from the authenticator, or a backup code")?;
    let credentials = Credentials {
        address: &args.address,
        password: &password,
        panel: &panel,
        ticket: None,
        second: Second {
            code: Some(&code),
            ..Second::default()
        },
    };
    let clock = std::sync::Arc::clone(&cx.clock);
    let op = cx.moment(&op);
    let made = backup_codes(&mut store, &op, &credentials, &|time| clock.pause(time));
    send_mail(cx, &mut store, &op);
    let codes = made
        .map_err(|error| op_error(error, about, &op))?
        .map_err(|denied| super::denied(cx, denied))?;
    args.display.codes(cx, &codes)?;
    let message = format!(
        "backup codes → {} new ones; the old ones no longer work; a notice is mailed",
        codes.len()
    );
    cx.row(
        Row::change(&args.address, Some(&panel), Status::Done)
            .field("backup_codes_left", codes.len())
            .message(message),
    )?;
    Ok(Finish::Done)
}
