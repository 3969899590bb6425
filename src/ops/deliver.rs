//! Running the outbox: claim, render, hand over, write down what became of it (M1, M2, M5).

use jiff::{SignedDuration, Timestamp};

use crate::domain::account::Account;
use crate::domain::link::{Link, LinkState};
use crate::domain::panel::Panel;
use crate::domain::policy::{MAIL_GIVEN_UP, mail_pause};
use crate::mail::{
    Letter, LetterContext, LinkText, LinkUse, MailKind, MailProblem, Sender, Templates, Transport,
    compose,
};
use crate::store::{Done, Fault, MailRow, MailState, Store, Tx};

use super::{Op, OpError, Scope};

/// For so long a claimed mail belongs to one sender.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// How many mails are claimed at once.
const BATCH: i64 = 50;

/// Who comes first in the absence of a panel's own words: the configuration's.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// `https://…{token}…` for invitations.
    pub links_register: Option<String>,
    /// `https://…{token}…` for reset links.
    pub links_reset: Option<String>,
    /// Who mail is from: an address, or `Name <address>`.
    pub sender: Option<String>,
    /// Whom to ask.
    pub support_contact: Option<String>,
}

impl Wording {
    /// What a link looks like to the person: a web address, or the bare token.
    pub fn link_text(&self, panel: &Panel, purpose: LinkUse, token: &str) -> LinkText {
        let template = match purpose {
            LinkUse::Register => panel
                .policy
                .links_register
                .as_ref()
                .or(self.links_register.as_ref()),
            LinkUse::Reset => panel
                .policy
                .links_reset
                .as_ref()
                .or(self.links_reset.as_ref()),
        };
        match template {
            Some(template) => LinkText::Url(template.replace("{token}", token)),
            None => LinkText::Token(token.to_owned()),
        }
    }

    fn sender(&self, panel: &Panel) -> Result<Sender, MailProblem> {
        match panel.policy.sender.as_ref().or(self.sender.as_ref()) {
            Some(text) => Sender::parse(text),
            None => Ok(Sender {
                name: Some("admit".into()),
                address: "admit@localhost".into(),
            }),
        }
    }
}

/// Everything that turns a row into a letter and the letter into a file or a message.
pub struct Postman {
    /// The way out.
    pub transport: Transport,
    /// The texts.
    pub templates: Templates,
    /// The configuration's words.
    pub wording: Wording,
}

/// What a run of the outbox came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Handed over.
    pub sent: u64,
    /// Not taken; will be tried again.
    pub retrying: u64,
    /// Given up.
    pub failed: u64,
    /// Not sent, because the link was over or dead.
    pub lapsed: u64,
}

impl Delivery {
    /// How many rows were dealt with.
    pub fn total(&self) -> u64 {
        self.sent + self.retrying + self.failed + self.lapsed
    }
}

/// Sends what is due: one row, or everything. `going_on` is asked after each mail, with how many were dealt with.
///
/// # Errors
/// A failing store. A mail that cannot be sent is no error: it stays queued, with the reason.
pub fn deliver(
    store: &mut Store,
    op: &Op,
    postman: &Postman,
    only: Option<i64>,
    going_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Delivery, OpError> {
    let mut delivery = Delivery::default();
    // A claim that is rolled back would be made again for ever, and its mail sent each time.
    if store.is_dry_run() {
        return Ok(delivery);
    }
    loop {
        let claimed = store.change(|tx| {
            let rows = tx.claim_mail(only, BATCH, LEASE, op.now)?;
            Ok::<_, Fault>(if rows.is_empty() {
                Done::nothing(rows)
            } else {
                Done::unrecorded(rows)
            })
        })?;
        if claimed.is_empty() {
            return Ok(delivery);
        }
        let mut ends = Vec::with_capacity(claimed.len());
        let mut stopped = false;
        for row in &claimed {
            if stopped {
                ends.push(None);
                continue;
            }
            let end = send_one(store, op, postman, row)?;
            match end.state {
                MailState::Sent => delivery.sent += 1,
                MailState::Queued => delivery.retrying += 1,
                MailState::Failed => delivery.failed += 1,
                MailState::Lapsed => delivery.lapsed += 1,
            }
            ends.push(Some(end));
            stopped = !going_on(delivery.total());
        }
        store.change(|tx| {
            for (row, end) in claimed.iter().zip(&ends) {
                match end {
                    Some(end) => {
                        tx.finish_mail(row.id, end.state, &end.detail, end.next_at, op.now)?;
                    }
                    None => tx.return_mail(row.id)?,
                }
            }
            Ok::<_, Fault>(Done::unrecorded(()))
        })?;
        if stopped || only.is_some() {
            return Ok(delivery);
        }
    }
}

/// What became of one mail.
struct End {
    state: MailState,
    detail: String,
    next_at: Timestamp,
}

fn send_one(store: &mut Store, op: &Op, postman: &Postman, row: &MailRow) -> Result<End, OpError> {
    let end = |state, detail: String| End {
        state,
        detail,
        next_at: op.now,
    };
    let draft = store.read(|tx| draft(tx, op, postman, row))?;
    let letter = match draft {
        Draft::Letter(letter) => *letter,
        Draft::Lapsed(why) => return Ok(end(MailState::Lapsed, why.to_owned())),
        Draft::Faulty(why) => return Ok(try_later(op, row, why)),
    };
    match postman.transport.send(&letter, row.id) {
        Ok(receipt) => Ok(end(MailState::Sent, receipt.detail)),
        Err(fault) if fault.retry => Ok(try_later(op, row, fault.detail)),
        Err(fault) => Ok(end(MailState::Failed, fault.detail)),
    }
}

fn try_later(op: &Op, row: &MailRow, detail: String) -> End {
    if op.now.duration_since(row.queued_at) >= MAIL_GIVEN_UP {
        return End {
            state: MailState::Failed,
            detail,
            next_at: op.now,
        };
    }
    let next_at = op
        .now
        .checked_add(mail_pause(row.attempts))
        .unwrap_or(op.now);
    End {
        state: MailState::Queued,
        detail,
        next_at,
    }
}

enum Draft {
    Letter(Box<Letter>),
    Lapsed(&'static str),
    Faulty(String),
}

fn draft(tx: &Tx<'_>, op: &Op, postman: &Postman, row: &MailRow) -> Result<Draft, OpError> {
    let scope = Scope::load(tx)?;
    let Some(kind) = MailKind::parse(&row.kind) else {
        return Ok(Draft::Faulty(format!(
            "this version knows no mail of the kind '{}'",
            row.kind
        )));
    };
    let Some((account, panel)) = tx
        .account_by_id(row.account_id)?
        .zip(scope.panel_by_id(row.panel_id))
    else {
        return Ok(Draft::Lapsed("the person was erased"));
    };
    let link = row
        .link_id
        .map(|id| tx.link_by_id(id))
        .transpose()?
        .flatten();
    let link_text = match kind.needs_link() {
        None => None,
        Some(purpose) => match live(link.as_ref(), op) {
            Err(why) => return Ok(Draft::Lapsed(why)),
            Ok(link) => match tx.token_of(link) {
                None => {
                    return Ok(Draft::Faulty(
                        "the key of its link is not in the key file".into(),
                    ));
                }
                Some(token) => Some(postman.wording.link_text(panel, purpose, token.as_str())),
            },
        },
    };
    let access = tx.access(account.id, panel.id)?;
    let sender = match postman.wording.sender(panel) {
        Ok(sender) => sender,
        Err(problem) => return Ok(Draft::Faulty(problem.to_string())),
    };
    let context = LetterContext {
        kind,
        panel: &panel.name,
        person_name: account.name.as_deref(),
        to: &row.address,
        lang: account.lang.as_deref().unwrap_or("en"),
        link: link_text,
        link_expires_at: link.as_ref().map(|link| link.expires_at),
        access_until: access.and_then(|access| access.until),
        support_contact: panel
            .policy
            .support_contact
            .as_deref()
            .or(postman.wording.support_contact.as_deref()),
        password_works: password_works(&account),
        tz: &op.zone,
        sender: &sender,
        message_id: &row.message_id,
        date: row.queued_at,
    };
    Ok(match compose(&context, &postman.templates) {
        Ok(letter) => Draft::Letter(Box::new(letter)),
        Err(problem) => Draft::Faulty(problem.to_string()),
    })
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
        LinkState::Used => Err("its link was used already"),
        LinkState::Revoked => Err("its link was taken back"),
        LinkState::Superseded(_) => Err("a newer link was made"),
        LinkState::Expired(_) => Err("its link had expired"),
    }
}
