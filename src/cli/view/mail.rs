//! Rows of the outbox.

use serde_json::Value;

use super::time;
use crate::cli::base::colour::Role;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::{Heading, fields};
use crate::cli::base::times::TimeFormat;
use crate::store::{MailRow, MailState};

/// The columns of the table.
pub const HEADINGS: &[Heading] = &[
    Heading::numbers("ID"),
    Heading::words("TO"),
    Heading::words("KIND"),
    Heading::words("STATE"),
    Heading::words("QUEUED").spare(2),
    Heading::numbers("TRIES").spare(1),
    Heading::sentences("DETAIL"),
];

fields! {
    /// A mail of the outbox.
    pub struct MailFields {
        id: i64 = "its number",
        address: String = "the recipient: an address, or a phone number",
        panel: Option<String> = "the panel whose settings it uses",
        kind: String = "which mail, one of the kinds that mail preview lists",
        state: &'static str = "queued, sent, written (to a file: it has not left this machine), failed or lapsed",
        queued_at: Value = "when it was queued",
        next_at: Value = "when the next attempt is due; null when it is done",
        done_at: Value = "when it was delivered or failed, or null",
        attempts: i64 = "the number of attempts",
        message_id: String = "its Message-ID, the same at every attempt",
        detail: Option<String> = "the last reply, word for word, or why it was not sent; null if there was none",
    }
}

impl MailFields {
    /// Those of a mail.
    pub fn of(mail: &MailRow, panel: Option<&str>) -> Self {
        let next = (mail.state == MailState::Queued).then_some(mail.next_at);
        Self {
            id: mail.id,
            address: mail.address.clone(),
            panel: panel.map(str::to_owned),
            kind: mail.kind.clone(),
            state: mail.state.as_str(),
            queued_at: time(Some(mail.queued_at)),
            next_at: time(next),
            done_at: time(mail.done_at),
            attempts: mail.attempts,
            message_id: mail.message_id.clone(),
            detail: mail.detail.clone(),
        }
    }
}

/// How a state looks.
pub fn mail_role(state: MailState) -> Role {
    match state {
        MailState::Sent => Role::Good,
        MailState::Queued => Role::Attention,
        MailState::Failed => Role::Bad,
        MailState::Written | MailState::Lapsed => Role::Plain,
    }
}

/// When a mail that was tried in vain is tried again: `next try in 5 minutes`, `due 2 minutes ago`.
pub fn next_try(mail: &MailRow, times: &TimeFormat) -> Option<String> {
    if mail.state != MailState::Queued || mail.attempts == 0 {
        return None;
    }
    let due = if mail.next_at <= times.now {
        "due"
    } else {
        "next attempt"
    };
    Some(format!("{due} {}", times.ago(mail.next_at)))
}

/// The cells of the table.
pub fn cells(mail: &MailRow, times: &TimeFormat) -> Vec<Cell> {
    let mut detail = mail.detail.clone().unwrap_or_default();
    if let Some(next) = next_try(mail, times) {
        detail = format!("{detail} – {next}");
    }
    vec![
        Cell::from(mail.id.to_string()),
        Cell::from(mail.address.clone()),
        Cell::from(mail.kind.clone()),
        Cell::new(mail.state.as_str(), mail_role(mail.state)),
        Cell::from(times.ago(mail.queued_at)),
        Cell::from(mail.attempts.to_string()),
        Cell::from(detail),
    ]
}
