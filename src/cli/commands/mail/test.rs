//! `admit mail test`

use clap::Args;
use serde_json::Map;

use crate::cli::base::address::parse_address;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::opening::smtp;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Row, field};
use crate::cli::base::refusals::{About, refusal_error};
use crate::cli::base::printed::{command, hint};
use crate::domain::text::hex;
use crate::mail::smtp::{Mail, Stage};
use crate::mail::{Sender, trial};
use crate::ops::Scope;

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("target", "the recipient"),
    field("server", "the server"),
    field("sender", "the sender's address"),
    field("tls", "the version of TLS; null without"),
    field("signed_in_as", "the user, or null"),
    field("reply", "the server's reply; null in a dry run"),
];

/// Send a test message, and show each step
///
/// Shows connection, certificate, password and the server's reply.
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
#[command(after_help = examples(&["admit mail test you@example.com", "admit mail test you@example.com -o json"]))]
pub struct TestArgs {
    /// Address to send it to
    #[arg(value_name = "ADDRESS")]
    address: String,
}

/// Sends it.
pub fn run(cx: &mut Context, args: &TestArgs) -> Result<Finish, CliError> {
    let op = cx.op();
    let about = About::of(&args.address);
    let address =
        parse_address(&args.address).map_err(|refusal| refusal_error(&refusal, about, &op))?;
    let Some(settings) = cx.config.mail.smtp() else {
        return Err(CliError::failed(
            "no mail server is configured (mail.server): mail is written to files and does not leave this machine",
        )
        .hinted(hint!(
            "set `server` under [mail]; ",
            command(&["config", "path"]),
            " lists the files that are read"
        )));
    };
    cx.report.keys(FIELDS);
    let sender = sender(cx)?;
    let letter = trial(&sender, address.as_str(), &message_id(cx)?, cx.now)
        .map_err(|problem| CliError::failed(problem.to_string()))?;
    let mut json = Map::new();
    json.insert("target".into(), address.as_str().into());
    json.insert("server".into(), settings.server.to_string().into());
    json.insert("sender".into(), letter.from.clone().into());
    json.insert("tls".into(), None::<String>.into());
    json.insert("signed_in_as".into(), None::<String>.into());
    if cx.dry_run() {
        json.insert("reply".into(), None::<String>.into());
        let line = format!(
            "would send a test message from {} to {} through {}",
            letter.from, letter.to, settings.server
        );
        cx.row(Row::new(json).line(line))?;
        return Ok(Finish::Done);
    }
    let transport = smtp(settings, &cx.clock);
    let mail = Mail {
        from: &letter.from,
        to: &letter.to,
        bytes: &letter.bytes,
        secrets: &[],
    };
    let ui = &mut cx.ui;
    let sent = transport.hand_over(&mail, &mut |stage| {
        match stage {
            Stage::Encrypted { version, .. } => {
                json.insert("tls".into(), version.into());
            }
            Stage::SignedIn { user, .. } => {
                json.insert("signed_in_as".into(), user.into());
            }
            Stage::Connected(_) | Stage::Greeted(_) => {}
        }
        ui.status(in_words(stage));
    });
    transport.rest();
    match sent {
        Ok(receipt) => {
            let line = format!("{}: {}", letter.to, receipt.detail);
            json.insert("reply".into(), receipt.detail.into());
            cx.row(Row::new(json).line(line))?;
            cx.ui.hint(
                "if it does not arrive, check the spam folder, and whether a firewall blocks the sender's domain",
            );
            Ok(Finish::Done)
        }
        Err(fault) if fault.retry => Err(CliError::try_again(fault.detail).hinted(hint!(
            command(&["config", "show"]),
            " lists the settings of mail and where each was set; fix them, or try again later"
        ))),
        Err(fault) => Err(CliError::failed(fault.detail).hinted(
            "the server refused it permanently; try another address, or contact the server's administrator",
        )),
    }
}

fn in_words(stage: Stage<'_>) -> String {
    match stage {
        Stage::Connected(server) => format!("Connected to {server}"),
        Stage::Encrypted { version, name } => {
            format!("Encrypted with {version}; the certificate is valid for {name}")
        }
        Stage::Greeted(words) => format!("Greeting: {words}"),
        Stage::SignedIn { user, how } => format!("Signed in as {user} ({how})"),
    }
}

/// The sender of the panel's mail, where there is a store to say so.
fn sender(cx: &mut Context) -> Result<Sender, CliError> {
    let wording = cx.mailer()?.wording;
    let panel = if cx.location().is_missing() {
        None
    } else {
        let named = cx.panel();
        let mut store = cx.open_store()?;
        let scope = store.read(|tx| Scope::load(tx))?;
        scope.panel_to_change(named.as_deref()).ok().cloned()
    };
    wording
        .sender(panel.as_ref())
        .map_err(|problem| CliError::failed(problem.to_string()))
}

fn message_id(cx: &Context) -> Result<String, CliError> {
    let random: [u8; 16] = cx
        .entropy
        .bytes()
        .map_err(|error| CliError::failed(error.to_string()))?;
    Ok(format!("<{}@admit.invalid>", hex(&random)))
}
