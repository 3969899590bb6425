//! `admit self 2fa`

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
use crate::cli::base::refusals::{About, op_error};
use crate::cli::view::rows;
use crate::domain::event::Source;
use crate::ops::Op;
use crate::ops::set_up::{Holder, Offer, begin, confirm, offer};
use crate::ops::sign_in::Denied;
use crate::store::Store;
use crate::vault::{BackupCode, Secret, Token};

fields! {
    /// A new authenticator.
    struct TwoFactorRow {
        ..rows::TARGET,
        ..rows::PANEL,
        ..rows::STATUS,
        replaced: bool = "whether there was an authenticator before",
        backup_codes_left: usize = "how many backup codes there are now",
        before = "null",
        after = "null",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Set up an authenticator app as second factor
///
/// Asks for the password, shows a QR code and the secret, and asks for the first code. Only then is it set up. Ten
/// backup codes are shown once. Any authenticator will do, also one on a computer. To replace an authenticator, a
/// code of it or a backup code is asked for first.
#[derive(Args, Debug)]
#[command(after_long_help = section(TwoFactorRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit self 2fa ada@example.com", "admit self 2fa ada@example.com --qr-file code.svg"]))]
pub struct TwoFactorArgs {
    /// Your e-mail address
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    address: String,

    /// Read the password from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    password_file: Option<PathBuf>,

    /// Write the QR code to this file, .svg or .png
    ///
    /// The file must not exist yet; only you can read it.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    qr_file: Option<PathBuf>,

    #[command(flatten)]
    display: Display,
}

/// How many codes are asked for at a terminal; more would not help.
const CODES: u32 = 5;

/// Sets it up.
pub fn run(cx: &mut Context, args: &TwoFactorArgs) -> Result<Finish, CliError> {
    cx.report.keys(TwoFactorRow::FIELDS);
    args.display.check(cx, Some(args.qr_file.as_deref()))?;
    let file = args.password_file.as_ref();
    let (mut store, entry) = Entry::begin(cx, &args.address, "Password", "--password-file", file)?;
    let about = entry.about();
    let begun = begin_set_up(cx, &mut store, &entry)?;
    let Entry { panel, op, .. } = entry;
    send_mail(cx, &mut store, &op);
    let (ticket, is_set) = begun.map_err(|denied| super::denied(cx, denied))?;
    let offered = take_offer(cx, &mut store, &op, about, &panel, &ticket, is_set)?;
    args.display.offer(cx, &offered, args.qr_file.as_deref())?;
    let codes = enter(cx, &mut store, about, &panel, &ticket)?;
    args.display.codes(cx, &codes)?;
    let (was, rest) = if offered.replaces {
        (
            "an authenticator",
            "; the old one and its backup codes no longer work",
        )
    } else {
        ("none", "")
    };
    let message = format!(
        "second factor: {was} → a new authenticator, with {} backup codes{rest}; a notice is mailed",
        codes.len()
    );
    cx.row(
        Row::change(offered.account.address.as_str(), Some(&panel), Status::Done)
            .with(TwoFactorRow {
                replaced: offered.replaces,
                backup_codes_left: codes.len(),
            })
            .message(message),
    )?;
    send_mail(cx, &mut store, &op);
    Ok(Finish::Done)
}

/// Starts the set-up; if a sign-in requires a code by mail or SMS, after such a code.
fn begin_set_up(
    cx: &mut Context,
    store: &mut Store,
    entry: &Entry<'_>,
) -> Result<Result<(Token, bool), Denied>, CliError> {
    let attempt = |cx: &mut Context, store: &mut Store, entry: &Entry<'_>, typed: &Typed| {
        let op = cx.moment(&entry.op);
        let clock = std::sync::Arc::clone(&cx.clock);
        begin(store, &op, &entry.credentials(typed), &|time| {
            clock.pause(time);
        })
        .map_err(|error| op_error(error, entry.about(), &op))
    };
    match attempt(cx, store, entry, &Typed::default())? {
        Err(denied) if denied.reason == "code-required" && !denied.methods.is_empty() => {
            match entry.code(cx, store, &denied.methods, false)? {
                Ok(typed) => attempt(cx, store, entry, &typed),
                Err(denied) => Ok(Err(denied)),
            }
        }
        begun => Ok(begun),
    }
}

/// The pending set-up; if a factor is set, after a code of it.
fn take_offer(
    cx: &mut Context,
    store: &mut Store,
    op: &Op,
    about: About<'_>,
    panel: &str,
    ticket: &Token,
    is_set: bool,
) -> Result<Offer, CliError> {
    let current = if is_set {
        cx.ui
            .status("An authenticator is already set up; a new one replaces it when its first code is entered.");
        Some(Secrets::code(
            cx,
            "Code from the current authenticator, or a backup code",
        )?)
    } else {
        None
    };
    let offered = offer(
        store,
        &cx.moment(op),
        Holder::Ticket(ticket),
        panel,
        current.as_ref(),
    )
    .map_err(|error| op_error(error, about, op))?;
    offered.map_err(|denied| super::denied(cx, denied))
}

/// Asks for the first code, at a terminal more than once.
fn enter(
    cx: &mut Context,
    store: &mut Store,
    about: About<'_>,
    panel: &str,
    ticket: &Token,
) -> Result<Vec<BackupCode>, CliError> {
    let mut left = if cx.ui.terminal().stdin { CODES } else { 1 };
    loop {
        let typed: Secret<String> = Secrets::code(cx, "Current code")?;
        // People take their time with an app: it is later than when the command began.
        let op = cx.moment(&cx.op_as(Source::Person));
        let answer = confirm(store, &op, Holder::Ticket(ticket), panel, &typed, false)
            .map_err(|error| op_error(error, about, &op))?;
        left -= 1;
        match answer {
            Ok(confirmed) => return Ok(confirmed.backup_codes),
            Err(denied) if left > 0 => {
                let error = super::denied(cx, denied);
                cx.ui.warning(error.in_one_line());
            }
            Err(denied) => {
                return Err(super::denied(cx, denied)
                    .hinted("nothing was set up; the secret shown is no longer valid"));
            }
        }
    }
}
