//! `admit mail test`

use clap::Args;

use crate::cli::base::address::parse_address;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::opening::smtp;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::{About, refusal_error};
use crate::domain::text::hex;
use crate::mail::smtp::{Mail, Stage};
use crate::mail::{Sender, trial};
use crate::ops::Scope;

fields! {
    /// A test message.
    struct TestRow {
        target: String = "the recipient",
        server: String = "the server",
        sender: String = "the sender's address",
        tls: Option<String> = "the version of TLS; null without",
        signed_in_as: Option<String> = "the user, or null",
        reply: Option<String> = "the server's reply; null in a dry run",
    }
}

/// Send a test message, and show each step
///
/// Shows connection, certificate, password and the server's reply.
#[derive(Args, Debug)]
#[command(after_long_help = section(TestRow::FIELDS, &[]))]
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
    cx.report.keys(TestRow::FIELDS);
    let sender = sender(cx)?;
    let letter = trial(&sender, address.as_str(), &message_id(cx)?, cx.now)
        .map_err(|problem| CliError::failed(problem.to_string()))?;
    let mut row = TestRow {
        target: address.as_str().to_owned(),
        server: settings.server.to_string(),
        sender: letter.from.clone(),
        tls: None,
        signed_in_as: None,
        reply: None,
    };
    if cx.dry_run() {
        let line = format!(
            "would send a test message from {} to {} through {}",
            letter.from, letter.to, settings.server
        );
        cx.row(Row::new(row).line(line))?;
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
            Stage::Encrypted { version, .. } => row.tls = Some(version.to_owned()),
            Stage::SignedIn { user, .. } => row.signed_in_as = Some(user.to_owned()),
            Stage::Connected(_) | Stage::Greeted(_) => {}
        }
        ui.status(in_words(stage));
    });
    transport.rest();
    match sent {
        Ok(receipt) => {
            let line = format!("{}: {}", letter.to, receipt.detail);
            row.reply = Some(receipt.detail);
            cx.row(Row::new(row).line(line))?;
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
