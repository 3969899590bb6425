//! What inviting, resending and extending share: the access given, its link, its mail, its audit entry.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::event::Action;
use crate::domain::link::{LinkPurpose, LinkState, invitation_end};
use crate::domain::panel::Panel;
use crate::mail::MailKind;
use crate::store::{Fault, NewLink, NewMail, Tx};

use super::change::{ChangeResult, Snapshot};
use super::{Op, OpError};

/// What inviting and resending came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Granted {
    /// A new person, or a person new to this panel, was invited.
    Invited,
    /// A new link went to a person who is invited.
    Resent {
        /// When the previous link was made.
        superseded_sent_at: Option<Timestamp>,
    },
    /// A registered person got access to one more panel.
    AccessAdded,
    /// Expired or removed access runs again.
    AccessRestored,
    /// Access runs already.
    InAlready,
    /// Invited already, and in bulk nobody is mailed twice.
    PendingAlready,
}

/// Access that has just been written.
pub(super) struct Grant<'a> {
    /// The panel it is for.
    pub(super) panel: &'a Panel,
    /// The person it was given to.
    pub(super) account: &'a Account,
    /// The access as it is now.
    pub(super) access: &'a Access,
    /// The state before; `None` for somebody new.
    pub(super) before: Option<Snapshot>,
    /// What was done.
    pub(super) change: Granted,
    /// The operator's note, for the audit log.
    pub(super) note: Option<&'a str>,
}

impl Grant<'_> {
    /// For people with a password: they need no link, and get a mail only if `mail` names one.
    pub(super) fn finish_registered(
        self,
        tx: &mut Tx<'_>,
        op: &Op,
        mail: Option<MailKind>,
    ) -> Result<ChangeResult<Granted>, OpError> {
        let mail_id = mail
            .map(|kind| queue(tx, op, self.panel, self.account, kind, None))
            .transpose()?;
        self.record(tx, op, None)?;
        let mut outcome = self.outcome(op);
        outcome.mail_id = mail_id;
        Ok(outcome)
    }

    /// For people without a password: a new invitation, which replaces every older one for this account and
    /// panel (I2).
    pub(super) fn finish_unregistered(
        mut self,
        tx: &mut Tx<'_>,
        op: &Op,
        mail: bool,
    ) -> Result<ChangeResult<Granted>, OpError> {
        let (account, panel) = (self.account, self.panel);
        if self.before.is_some() {
            self.supersede(tx, op)?;
        }
        let expires_at =
            invitation_end(op.now, panel.policy.invitation_lifetime, self.access.until);
        let (link_id, _) = tx.add_link(&NewLink {
            purpose: LinkPurpose::Invitation,
            account_id: account.id,
            panel_id: panel.id,
            created_at: op.now,
            expires_at,
        })?;
        let mail_id = if mail {
            Some(queue(
                tx,
                op,
                panel,
                account,
                MailKind::Invitation,
                Some(link_id),
            )?)
        } else {
            None
        };
        self.record(tx, op, Some((expires_at, mail)))?;
        let mut outcome = self.outcome(op);
        outcome.link_id = Some(link_id);
        outcome.link_expires_at = Some(expires_at);
        outcome.mail_id = mail_id;
        Ok(outcome)
    }

    /// Marks the older links as superseded, and keeps when the last one was sent.
    fn supersede(&mut self, tx: &Tx<'_>, op: &Op) -> Result<(), Fault> {
        let (account_id, panel_id) = (self.account.id, Some(self.panel.id));
        if let Granted::Resent { superseded_sent_at } = &mut self.change {
            *superseded_sent_at = tx
                .newest_link(account_id, LinkPurpose::Invitation, panel_id)?
                .filter(|link| {
                    matches!(link.state(op.now), LinkState::Live | LinkState::Expired(_))
                })
                .map(|link| link.created_at);
        }
        tx.supersede_links(account_id, LinkPurpose::Invitation, panel_id, op.now)?;
        Ok(())
    }

    fn record(
        &self,
        tx: &mut Tx<'_>,
        op: &Op,
        link: Option<(jiff::Timestamp, bool)>,
    ) -> Result<(), Fault> {
        let action = match self.change {
            Granted::Resent { .. } => Action::Resent,
            Granted::AccessAdded => Action::AccessAdded,
            Granted::AccessRestored => Action::AccessRestored,
            _ => Action::Invited,
        };
        let mut event = op
            .event(action)
            .about(self.account)
            .in_panel(&self.panel.name)
            .with("role", self.access.role.as_str())
            .with(
                "access_until",
                self.access.until.map(|until| until.to_string()),
            )
            .with_words("note", self.note);
        if let Some((expires_at, mail)) = link {
            event = event
                .with("link_expires_at", expires_at.to_string())
                .with("mail", mail);
        }
        tx.record(event)
    }

    fn outcome(self, op: &Op) -> ChangeResult<Granted> {
        let after = Snapshot::of(self.account, Some(self.access), op);
        ChangeResult::done(
            self.account.address.as_str(),
            &self.panel.name,
            self.change,
            self.before,
            Some(after),
        )
    }
}

/// Queues a mail to the account's address. For some days after a change of address, notices also go to the
/// previous one (E1); mail with a link or a code never does.
pub(super) fn queue(
    tx: &Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    kind: MailKind,
    link_id: Option<i64>,
) -> Result<i64, Fault> {
    let to = |address: &str| {
        tx.queue_mail(&NewMail {
            account_id: account.id,
            panel_id: panel.id,
            link_id,
            code_id: None,
            kind: kind.as_str(),
            address,
            queued_at: op.now,
        })
    };
    let id = to(account.address.as_str())?;
    if kind.needs_link().is_none() && !kind.needs_code() {
        for former in tx.former_addresses(account.id, op.now)? {
            tx.join_mail(to(&former)?, id)?;
        }
    }
    Ok(id)
}

/// Queues a mail with a link to an address that the account does not have yet.
pub(super) fn queue_to(
    tx: &Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    kind: MailKind,
    link_id: i64,
    address: &str,
) -> Result<i64, Fault> {
    tx.queue_mail(&NewMail {
        account_id: account.id,
        panel_id: panel.id,
        link_id: Some(link_id),
        code_id: None,
        kind: kind.as_str(),
        address,
        queued_at: op.now,
    })
}

/// Queues a mail or an SMS with a code, to an address or a phone number (E.164), depending on its kind.
///
/// # Errors
/// A failing store.
pub fn queue_code(
    tx: &Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    kind: MailKind,
    to: &str,
    code_id: i64,
) -> Result<i64, Fault> {
    tx.queue_mail(&NewMail {
        account_id: account.id,
        panel_id: panel.id,
        link_id: None,
        code_id: Some(code_id),
        kind: kind.as_str(),
        address: to,
        queued_at: op.now,
    })
}
