//! `admit self sign-in`

use std::path::PathBuf;

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::{Secrets, send_mail};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{Finish, Row, Status};
use crate::cli::refusals::{About, op_error};
use crate::cli::view::{Eyes, time};
use crate::domain::event::Source;
use crate::ops::sign_in::{Credentials, sign_in};

/// Sign in to a panel, as a panel would
///
/// Tells whether an address and a password let somebody in. Wrong passwords count. Exits with 6 if the sign-in was
/// refused.
#[derive(Args, Debug)]
pub struct SignInArgs {
    /// The address
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::complete::people))]
    address: String,

    /// Read the password from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    password_file: Option<PathBuf>,
}

/// Signs in.
pub fn run(cx: &mut Context, args: &SignInArgs) -> Result<Finish, CliError> {
    let mut store = cx.open_store()?;
    let op = cx.op_as(Source::Person);
    let prefix = cx.command_prefix();
    let about = About {
        address: &args.address,
        panel: None,
        prefix: &prefix,
    };
    let panel = super::panel(cx, &mut store, &op, about)?;
    let password = Secrets::take(
        cx,
        "Password",
        "--password-file",
        args.password_file.as_ref(),
    )?;
    let credentials = Credentials {
        address: &args.address,
        password: &password,
        panel: &panel,
        ticket: None,
    };
    let clock = std::sync::Arc::clone(&cx.clock);
    let answer = sign_in(&mut store, &op, &credentials, &|time| clock.pause(time))
        .map_err(|error| op_error(error, about, &op))?;
    send_mail(cx, &mut store, &op);
    match answer {
        Ok(signed_in) => {
            let entrant = &signed_in.entrant;
            let eyes = Eyes {
                now: cx.now,
                zone: cx.tz.clone(),
            };
            let message = format!(
                "signed in to {panel} as {}, {}",
                entrant.role,
                eyes.term(entrant.access_until)
            );
            cx.row(
                Row::change(entrant.account.address.as_str(), Some(&panel), Status::Done)
                    .field("role", entrant.role.clone())
                    .field("access_until", time(entrant.access_until))
                    .message(message),
            )?;
            Ok(Finish::Done)
        }
        Err(denied) => Err(super::denied(cx, denied)),
    }
}
