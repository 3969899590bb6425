//! Turns a row of the outbox into a mail or an SMS, if it may still be sent.

use jiff::Timestamp;

use super::Mailer;
use super::overtaken::overtaken;
use crate::domain::account::Account;
use crate::domain::link::{Link, LinkState};
use crate::domain::policy::SENT_CODE_TRIES;
use crate::domain::second_factor::Method;
use crate::mail::{
    Channel, CodeText, Letter, LetterContext, MailKind, TextMessage, compose, compose_sms,
};
use crate::ops::{Op, OpError, Scope};
use crate::store::{Fault, MailRow, SentCode, Tx};
use crate::vault::{KeyId, Secret};

/// The result for a row.
pub(super) enum Draft {
    Letter(Box<Letter>),
    Sms(Box<TextMessage>),
    /// It would no longer be true.
    Lapsed(String),
    /// It cannot be rendered now.
    Faulty(String),
}

/// The result for a row, and until when sending it makes sense: the expiry of the code in it.
pub(super) fn draft(
    tx: &Tx<'_>,
    op: &Op,
    mailer: &Mailer,
    row: &MailRow,
) -> Result<(Draft, Option<Timestamp>), OpError> {
    let Some(kind) = MailKind::parse(&row.kind) else {
        let why = format!("this version does not support mail of kind '{}'", row.kind);
        return Ok((Draft::Faulty(why), None));
    };
    let code = row
        .code_id
        .map(|id| tx.sent_code_by_id(id))
        .transpose()?
        .flatten();
    let over_at = code.as_ref().map(|code| code.expires_at);
    Ok((filled(tx, op, mailer, row, kind, code)?, over_at))
}

fn filled(
    tx: &Tx<'_>,
    op: &Op,
    mailer: &Mailer,
    row: &MailRow,
    kind: MailKind,
    code: Option<SentCode>,
) -> Result<Draft, OpError> {
    let scope = Scope::load(tx)?;
    let Some((account, panel)) = tx
        .account_by_id(row.account_id)?
        .zip(scope.panel_by_id(row.panel_id))
    else {
        return Ok(Draft::Lapsed("the person was erased".into()));
    };
    let link = row
        .link_id
        .map(|id| tx.link_by_id(id))
        .transpose()?
        .flatten();
    let link_text = match kind.needs_link() {
        None => None,
        Some(purpose) => match live(link.as_ref(), op) {
            Err(why) => return Ok(Draft::Lapsed(with_last_reply(why, row))),
            Ok(link) => match tx.token_of(link) {
                None => {
                    let key = KeyId::from_stored(link.key_id);
                    return Ok(Draft::Faulty(format!(
                        "its link was created with key {key}, which is not in the key file"
                    )));
                }
                Some(token) => Some(mailer.wording.link_text(panel, purpose, token.as_str())),
            },
        },
    };
    let digits = if kind.needs_code() {
        match digits(tx, op, &account, row, code)? {
            Ok(digits) => Some(digits),
            Err(Unsent::Over(why)) => return Ok(Draft::Lapsed(with_last_reply(why, row))),
            Err(Unsent::Sealed(why)) => return Ok(Draft::Faulty(why)),
        }
    } else {
        None
    };
    let access = tx.access(account.id, panel.id)?;
    if let Some(why) = overtaken(kind, row.queued_at, &account, access.as_ref(), op.now) {
        return Ok(Draft::Lapsed(with_last_reply(why, row)));
    }
    let sender = match mailer.wording.sender(Some(panel)) {
        Ok(sender) => sender,
        Err(problem) => return Ok(Draft::Faulty(problem.to_string())),
    };
    let context = LetterContext {
        kind,
        panel: &panel.name,
        title: panel.title(),
        person_name: account.name.as_deref(),
        to: &row.address,
        lang: account.lang.as_deref().unwrap_or("en"),
        link: link_text,
        link_expires_at: link.as_ref().map(|link| link.expires_at),
        code: digits.as_ref().map(|(digits, expires_at)| CodeText {
            digits,
            expires_at: *expires_at,
        }),
        access_until: access.and_then(|access| access.until),
        support_contact: panel
            .policy
            .support_contact
            .as_deref()
            .or(mailer.wording.support_contact.as_deref()),
        password_works: password_works(&account),
        tz: &op.zone,
        sender: &sender,
        message_id: &row.message_id,
        date: row.queued_at,
    };
    let made = match kind.channel() {
        Channel::Mail => {
            compose(&context, &mailer.templates).map(|letter| Draft::Letter(Box::new(letter)))
        }
        Channel::Sms => {
            compose_sms(&context, &mailer.templates).map(|message| Draft::Sms(Box::new(message)))
        }
    };
    Ok(made.unwrap_or_else(|problem| Draft::Faulty(problem.to_string())))
}

/// Why a code is not sent.
enum Unsent {
    Over(&'static str),
    Sealed(String),
}

/// The code in plain text, if it still works.
fn digits(
    tx: &Tx<'_>,
    op: &Op,
    account: &Account,
    row: &MailRow,
    code: Option<SentCode>,
) -> Result<Result<(Secret<String>, Timestamp), Unsent>, Fault> {
    let over = |why| Ok(Err(Unsent::Over(why)));
    let Some(code) = code else {
        return over("its code is gone");
    };
    if code.used_at.is_some() {
        return over("its code has already been used");
    }
    if code.superseded_at.is_some() {
        return over(if row.address == goes_to(account, code.method) {
            "a newer code was requested"
        } else {
            "the phone number or address was changed"
        });
    }
    if code.expires_at <= op.now {
        return over("its code had expired");
    }
    if code.tries >= SENT_CODE_TRIES {
        return over("its code was tried too often");
    }
    match tx.code_to_send(code.id, account) {
        Ok(Some(digits)) => Ok(Ok((digits, code.expires_at))),
        Ok(None) => over("its code has already been sent"),
        // One code that cannot be decrypted must not stop all mail.
        Err(Fault::Vault(error)) => Ok(Err(Unsent::Sealed(format!(
            "its code cannot be decrypted: {error}"
        )))),
        Err(fault) => Err(fault),
    }
}

/// Where a code would go now.
fn goes_to(account: &Account, method: Method) -> &str {
    match method {
        Method::Sms => account.phone.as_deref().unwrap_or_default(),
        _ => account.address.as_str(),
    }
}

/// For mail that expired before it was delivered: the last reply explains more than the expiry.
fn with_last_reply(why: &str, row: &MailRow) -> String {
    match row.detail.as_deref() {
        Some(reply) => format!("{why}; the last reply was: {reply}"),
        None => why.to_owned(),
    }
}

fn password_works(account: &Account) -> bool {
    account
        .password
        .is_some_and(|password| password.voided_at.is_none())
}

fn live<'a>(link: Option<&'a Link>, op: &Op) -> Result<&'a Link, &'static str> {
    let link = link.ok_or("its link is gone")?;
    match link.state(op.now) {
        LinkState::Live => Ok(link),
        LinkState::Used => Err("its link has already been used"),
        LinkState::Revoked => Err("its link was revoked"),
        LinkState::Superseded(_) => Err("a newer link was created"),
        LinkState::Expired(_) => Err("its link had expired"),
    }
}
