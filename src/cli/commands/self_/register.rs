//! `admit self register`

use std::path::PathBuf;

use clap::Args;

use super::{Secrets, by_link, send_mail};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status};
use crate::cli::view::rows;
use crate::domain::link::LinkPurpose;
use crate::domain::text;
use crate::ops::register::register;

/// Register with the token of an invitation
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::OWN, &[]))]
#[command(after_help = examples(&["admit self register", "admit self register --name \"Ada Lovelace\""]))]
pub struct RegisterArgs {
    /// Read the token from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    token_file: Option<PathBuf>,

    /// Read the new password from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    password_file: Option<PathBuf>,

    /// Your name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// Registers.
pub fn run(cx: &mut Context, args: &RegisterArgs) -> Result<Finish, CliError> {
    cx.report.keys(rows::OWN);
    let name = args
        .name
        .as_deref()
        .map(|name| text::one_line(name, text::LONGEST_NAME))
        .transpose()
        .map_err(|problem| CliError::usage(format!("invalid name: {problem}")))?;
    let (mut store, op, token, found) =
        by_link(cx, args.token_file.as_ref(), LinkPurpose::Invitation)?;
    if cx.ui.terminal().stdin {
        cx.ui.status(format!(
            "Welcome to {1}, {0}. Choose a password with at least {2} characters; a sentence of a few words works well.",
            found.account.address, found.panel, found.least()
        ));
    }
    let file = args.password_file.as_ref();
    let done = Secrets::with_new_password(cx, file, &op, |cx, password| {
        let op = cx.moment(&op);
        register(&mut store, &op, &token, password, name.as_deref())
    })?;
    let address = done.account.address.as_str();
    let message = format!(
        "unregistered → active; you can sign in to {} now",
        done.panel
    );
    cx.row(Row::change(address, Some(&done.panel), Status::Done).message(message))?;
    send_mail(cx, &mut store, &op);
    Ok(Finish::Done)
}
