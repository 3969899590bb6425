//! `admit mail show`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row};
use crate::cli::base::printed::{command, hint};
use crate::cli::view::labelled;
use crate::cli::view::mail::MailFields;
use crate::ops::Scope;
use crate::store::MailState;

/// Show one mail, with the server's reply
#[derive(Args, Debug)]
#[command(after_long_help = section(MailFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit mail show 42", "admit mail show 42 -o json"]))]
pub struct ShowArgs {
    /// Number from mail list
    #[arg(value_name = "ID")]
    id: i64,
}

/// Shows it.
pub fn run(cx: &mut Context, args: &ShowArgs) -> Result<Finish, CliError> {
    let mut store = cx.open_store()?;
    let found = store.read(|tx| {
        let scope = Scope::load(tx)?;
        Ok::<_, CliError>(tx.mail(args.id)?.map(|mail| {
            let panel = scope
                .panel_by_id(mail.panel_id)
                .map(|panel| panel.name.clone());
            (mail, panel)
        }))
    })?;
    let Some((mail, panel)) = found else {
        return Err(
            CliError::not_found(format!("no mail has the id {}", args.id))
                .hinted(hint!("see ", command(&["mail", "list"]))),
        );
    };
    cx.report.keys(MailFields::FIELDS);
    let times = cx.times();
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut add = |label: &str, value: &str| facts.push((label.to_owned(), value.to_owned()));
    add("mail", &format!("{} – {}", mail.id, mail.kind));
    add("to", &mail.address);
    add("panel", panel.as_deref().unwrap_or("–"));
    add("state", mail.state.as_str());
    add("queued", &times.at(mail.queued_at));
    if let Some(done) = mail.done_at {
        add("done", &times.at(done));
    } else {
        add("next attempt", &times.at(mail.next_at));
    }
    add("tries", &mail.attempts.to_string());
    add("reply", mail.detail.as_deref().unwrap_or("none yet"));
    add("message-id", &mail.message_id);
    cx.row(
        Row::new(MailFields::of(&mail, panel.as_deref()))
            .lines(labelled(facts))
            .plain(mail.address.clone()),
    )?;
    let helps = match mail.state {
        MailState::Failed => true,
        MailState::Queued => mail.detail.is_some(),
        MailState::Sent | MailState::Written | MailState::Lapsed => false,
    };
    if helps {
        let why = command(&["why", &mail.address]);
        cx.ui.hint(hint!("see what helps with ", why));
    }
    Ok(Finish::Done)
}
