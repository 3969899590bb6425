//! Short-lived tokens ("tickets") between the steps of one sign-in, and what they allow (L9, T5).

use crate::domain::account::Account;
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::policy::SET_UP_LIFETIME;
use crate::domain::second_factor::FactorFacts;
use crate::store::{Fault, Tx};
use crate::vault::Token;

use super::Op;
use super::credentials::Denied;

/// The purpose of the token issued with a new password (L9).
pub(super) const SIGN_IN_TICKET: &str = "sign-in";

/// The purpose of the token for setting up a second factor.
pub(super) const SET_UP_TICKET: &str = "set-up";

/// The set-up token for `account`, after a correct password.
pub(super) fn set_up_ticket(tx: &Tx<'_>, op: &Op, account: &Account) -> Result<Token, Fault> {
    tx.add_ticket(
        SET_UP_TICKET,
        account.id,
        op.now,
        end_of(op.now, SET_UP_LIFETIME),
    )
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
        (
            "mail-barred",
            "Your password was reset by mail, so you have to use another method before you can set up an authenticator. An administrator can help.",
        )
    } else {
        (
            "code-elsewhere",
            "Another panel asks you for a code by mail or SMS. Please set up the authenticator there.",
        )
    };
    Some(Denied {
        advice: Some(advice.to_owned()),
        ..Denied::new("code-required", cause)
    })
}
