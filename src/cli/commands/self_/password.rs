//! `admit self password`

use std::path::PathBuf;

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::sign_in::Entry;
use super::{Secrets, by_link, code_question, send_mail};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status};
use crate::cli::base::refusals::op_error;
use crate::cli::view::rows;
use crate::domain::link::LinkPurpose;
use crate::ops::password::{Change, Holder, change_password, reset_by_link};
use crate::ops::sign_in::Second;

/// Set a new password
///
/// Without an address, it asks for the token of a reset link, and setting the password opens a lock. With an address,
/// it asks for the old password.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::OWN, &[]))]
#[command(after_help = examples(&["admit self password", "admit self password ada@example.com"]))]
pub struct PasswordArgs {
    /// Your e-mail address, to change a known password
    #[arg(value_name = "ADDRESS", conflicts_with = "token_file", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    address: Option<String>,

    /// Read the token from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    token_file: Option<PathBuf>,

    /// Read the old password from this file
    #[arg(long, value_name = "FILE", requires = "address", value_hint = clap::ValueHint::FilePath)]
    old_password_file: Option<PathBuf>,

    /// Read the new password from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    password_file: Option<PathBuf>,
}

/// Sets it.
pub fn run(cx: &mut Context, args: &PasswordArgs) -> Result<Finish, CliError> {
    cx.report.keys(rows::OWN);
    match &args.address {
        Some(address) => by_old_password(cx, args, address),
        None => by_token(cx, args),
    }
}

fn by_token(cx: &mut Context, args: &PasswordArgs) -> Result<Finish, CliError> {
    let (mut store, op, token, found) = by_link(cx, args.token_file.as_ref(), LinkPurpose::Reset)?;
    if cx.ui.terminal().stdin {
        cx.ui.status(format!(
            "Choose a new password for {}, with at least {} characters.",
            found.account.address,
            found.least()
        ));
    }
    let file = args.password_file.as_ref();
    let (done, _ticket) = Secrets::with_new_password(cx, file, &op, |cx, password| {
        let op = cx.moment(&op);
        reset_by_link(&mut store, &op, &token, password)
    })?;
    let lock = if done.account.lock.locked_at.is_some() {
        "; locked → active"
    } else {
        ""
    };
    let message = format!("password changed{lock}; all sessions ended; a notice is mailed");
    cx.row(
        Row::change(
            done.account.address.as_str(),
            Some(&done.panel),
            Status::Done,
        )
        .message(message),
    )?;
    send_mail(cx, &mut store, &op);
    Ok(Finish::Done)
}

fn by_old_password(
    cx: &mut Context,
    args: &PasswordArgs,
    address: &str,
) -> Result<Finish, CliError> {
    let old_file = args.old_password_file.as_ref();
    let (mut store, entry) =
        Entry::begin(cx, address, "Old password", "--old-password-file", old_file)?;
    let file = args.password_file.as_ref();
    let mut new = Secrets::new_password(cx, file)?;
    let clock = std::sync::Arc::clone(&cx.clock);
    let mut code = None;
    let answer = loop {
        let change = Change {
            holder: Holder::Address(address),
            panel: &entry.panel,
            old: &entry.password,
            new: &new,
            second: Second {
                code: code.as_ref(),
                ..Second::default()
            },
            ticket: None,
        };
        let op = cx.moment(&entry.op);
        let changed = change_password(&mut store, &op, &change, &|time| clock.pause(time));
        let answer = match changed {
            Err(error) if Secrets::asks_again(cx, file, &error) => {
                cx.ui.error(&op_error(error, entry.about(), &op));
                new = Secrets::new_password(cx, file)?;
                continue;
            }
            changed => changed.map_err(|error| op_error(error, entry.about(), &op))?,
        };
        send_mail(cx, &mut store, &op);
        // Asked once: without a code, the old password alone cannot change the password.
        match &answer {
            Err(denied) if denied.reason == "code-required" && code.is_none() => {
                code = Some(Secrets::code(cx, &code_question(&denied.methods))?);
            }
            _ => break answer,
        }
    };
    match answer {
        Ok(_) => {
            let message = "password changed; all sessions ended; a notice is mailed";
            cx.row(Row::change(address, Some(&entry.panel), Status::Done).message(message))?;
            Ok(Finish::Done)
        }
        Err(denied) => Err(super::denied(cx, denied)),
    }
}
