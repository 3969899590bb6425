//! Putting mail back into the queue.

use crate::domain::event::Action;
use crate::store::{MailRow, MailState, Tx};

use super::{Op, OpError, Scope};

/// Why a mail is not retried.
#[derive(Clone, Debug)]
pub enum NotRetried {
    /// No mail has this id.
    Unknown(i64),
    /// It was delivered.
    Sent(Box<MailRow>),
    /// Its link or code had expired, so it would no longer be true.
    Lapsed(Box<MailRow>),
}

/// Puts these mails back into the queue, all or none, due at once. Mail that is already waiting becomes due.
///
/// # Errors
/// A failing store. The inner error: one of them cannot be retried, and nothing was changed.
pub fn mail_retry(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    ids: &[i64],
) -> Result<Result<(), NotRetried>, OpError> {
    let mut mails = Vec::with_capacity(ids.len());
    for &id in ids {
        let Some(mail) = tx.mail(id)? else {
            return Ok(Err(NotRetried::Unknown(id)));
        };
        match mail.state {
            MailState::Queued | MailState::Failed | MailState::Written => mails.push(mail),
            MailState::Sent => return Ok(Err(NotRetried::Sent(Box::new(mail)))),
            MailState::Lapsed => return Ok(Err(NotRetried::Lapsed(Box::new(mail)))),
        }
    }
    for mail in mails {
        if !tx.requeue_mail(mail.id, op.now)? {
            continue;
        }
        let mut event = op
            .event(Action::MailRetried)
            .with("mail", mail.id)
            .with("kind", mail.kind)
            .with("was", mail.state.as_str());
        if let Some(account) = tx.account_by_id(mail.account_id)? {
            event = event.about(&account);
        }
        if let Some(panel) = scope.panel_by_id(mail.panel_id) {
            event = event.in_panel(&panel.name);
        }
        tx.record(event)?;
    }
    Ok(Ok(()))
}
