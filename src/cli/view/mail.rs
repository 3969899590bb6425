//! Rows of the outbox.

use serde_json::{Map, Value};

use super::time;
use crate::cli::base::colour::Role;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::{Field, Heading, field};
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

/// The fields of a row, in their order.
pub const KEYS: &[Field] = &[
    field("id", "its number"),
    field(
        "address",
        "the recipient: an address, or a phone number",
    ),
    field("panel", "the panel whose settings it uses"),
    field(
        "kind",
        "which mail, one of the kinds that mail preview lists",
    ),
    field(
        "state",
        "queued, sent, written (to a file: it has not left this machine), failed or lapsed",
    ),
    field("queued_at", "when it was queued"),
    field("next_at", "when the next attempt is due; null when it is done"),
    field("done_at", "when it was delivered or failed, or null"),
    field("attempts", "the number of attempts"),
    field("message_id", "its Message-ID, the same at every attempt"),
    field(
        "detail",
        "the last reply, word for word, or why it was not sent; null if there was none",
    ),
];

/// The JSON row.
pub fn fields(mail: &MailRow, panel: Option<&str>) -> Map<String, Value> {
    let next = (mail.state == MailState::Queued).then_some(mail.next_at);
    let mut json = Map::new();
    json.insert("id".into(), mail.id.into());
    json.insert("address".into(), mail.address.clone().into());
    json.insert("panel".into(), panel.into());
    json.insert("kind".into(), mail.kind.clone().into());
    json.insert("state".into(), mail.state.as_str().into());
    json.insert("queued_at".into(), time(Some(mail.queued_at)));
    json.insert("next_at".into(), time(next));
    json.insert("done_at".into(), time(mail.done_at));
    json.insert("attempts".into(), mail.attempts.into());
    json.insert("message_id".into(), mail.message_id.clone().into());
    json.insert("detail".into(), mail.detail.clone().into());
    json
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
