//! Short-lived tokens ("tickets") between the steps of one sign-in, and what they allow (L9, T5).

use crate::domain::account::Account;
use crate::domain::advice::Advice;
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::policy::SET_UP_LIFETIME;
use crate::domain::second_factor::FactorFacts;
use crate::store::{Fault, Tx};

use super::Op;
use super::credentials::{Denied, Ticket};

/// The purpose of the token issued with a new password (L9).
pub(super) const SIGN_IN_TICKET: &str = "sign-in";

/// The purpose of the token for setting up a second factor.
pub(super) const SET_UP_TICKET: &str = "set-up";

/// The set-up token for `account`, after a correct password.
pub(super) fn set_up_ticket(tx: &Tx<'_>, op: &Op, account: &Account) -> Result<Ticket, Fault> {
    let expires_at = end_of(op.now, SET_UP_LIFETIME);
    let token = tx.add_ticket(SET_UP_TICKET, account.id, op.now, expires_at)?;
    Ok(Ticket { token, expires_at })
}

/// Ends every pending set-up: it was based on a password that was replaced, or on a person whom an operator
/// has just identified again.
pub(super) fn end_set_ups(tx: &Tx<'_>, op: &Op, account_id: i64) -> Result<(), Fault> {
    tx.spend_tickets(SET_UP_TICKET, account_id, op.now)?;
    tx.withdraw_offer(account_id)
}

/// What stops somebody who has got this far because of another panel's requirements.
pub(super) fn held_back(factor: &FactorFacts, panel: &Panel) -> Option<Denied> {
    if factor.app_set_at.is_some() || factor.may_add_app(&panel.policy) {
        return None;
    }
    let (cause, advice) = if factor.asks_an_operator(&panel.policy) {
        ("mail-barred", Advice::MailBarredSetUp)
    } else {
        ("code-elsewhere", Advice::CodeElsewhere)
    };
    Some(Denied {
        advice: Some(advice),
        ..Denied::new("code-required", cause)
    })
}
