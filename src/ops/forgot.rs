//! "Forgot password" (I5, P6): the answer is the same for everybody, and a request never locks an account or
//! revokes a link.

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::link::{LinkPurpose, LinkState};
use crate::domain::panel::Panel;
use crate::domain::policy::{FORGOT_A_DAY, FORGOT_PAUSE, FORGOT_PER_NETWORK, ONE_DAY};
use crate::mail::MailKind;
use crate::store::{Done, Fault, Store, Tx};
use crate::vault::Secret;

use super::costs::hash_costs;
use super::grant::queue;
use super::limits::{Asked, count_network, record_limited, refusing_network};
use super::reset_password::start_reset;
use super::unknown_logins::count_unknown;
use super::wrong_ip::TOO_MANY;
use super::{Op, OpError, Scope};

/// Mails a reset link where that makes sense, and returns what was done, for the panel's own log.
///
/// # Errors
/// An unknown panel or a failing store.
pub fn forgot_password(
    store: &mut Store,
    op: &Op,
    typed: &str,
    panel: &str,
) -> Result<&'static str, OpError> {
    // What follows takes a little longer if the address has an account. Everybody first waits for the work of
    // checking a password, which takes far longer and hides the difference.
    let costs = store.read(|tx| hash_costs(tx, &Scope::load(tx)?))?;
    costs.dummy(&Secret::new(typed.to_owned()))?;
    store.change(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(panel)?;
        let account = match Address::parse(typed) {
            Ok(address) => tx.account(&address)?,
            Err(_) => None,
        };
        let event = op.event(Action::ForgotPassword).in_panel(&panel.name);
        // The same for known and unknown addresses.
        if let Some(origin) = refusing_network(tx, op, Asked::ResetLink, FORGOT_PER_NETWORK)? {
            count_network(tx, op, origin, event)?;
            return Ok(Done::recorded(TOO_MANY));
        }
        let Some(account) = account else {
            // The same work as for a known address: one transaction with a write.
            count_unknown(tx, op, &panel.name)?;
            return Ok(Done::unrecorded("unknown-address"));
        };
        let did = decide(tx, &scope, op, panel, &account)?;
        if did != "link-mailed" {
            record_limited(tx, op, &account, event.with("outcome", did))?;
        }
        Ok::<_, OpError>(Done::recorded(did))
    })
}

fn decide(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<&'static str, OpError> {
    if !account.is_registered() {
        return Ok("unregistered");
    }
    if account.disabled_at(op.now).is_some() {
        return Ok("disabled");
    }
    if account.lock.permanent_at.is_some() {
        if may_mail(tx, op, account, &[MailKind::LockedPermanently])? {
            queue(tx, op, panel, account, MailKind::LockedPermanently, None)?;
        }
        return Ok("locked-permanently");
    }
    if !may_mail(tx, op, account, RESET_LINKS)? {
        return Ok("mailed-enough");
    }
    let live = tx
        .newest_link(account.id, LinkPurpose::Reset, None)?
        .filter(|link| link.state(op.now) == LinkState::Live);
    if let Some(link) = live {
        queue(
            tx,
            op,
            panel,
            account,
            MailKind::PasswordReset,
            Some(link.id),
        )?;
        return Ok("same-link-mailed");
    }
    let event = op
        .event(Action::ForgotPassword)
        .about(account)
        .in_panel(&panel.name);
    start_reset(
        tx,
        scope,
        op,
        panel,
        account,
        event.with("outcome", "link-mailed"),
        false,
    )?;
    Ok("link-mailed")
}

/// The kinds of mail that carry a reset link, including the one sent by a lock (L2).
pub(super) const RESET_LINKS: &[MailKind] = &[MailKind::PasswordReset, MailKind::Locked];

/// At most once in 5 minutes and 5 times a day (P6), whoever caused the mail: the person has it in any case.
fn may_mail(tx: &Tx<'_>, op: &Op, account: &Account, kinds: &[MailKind]) -> Result<bool, Fault> {
    let day = op.now.checked_sub(ONE_DAY).unwrap_or(op.now);
    let kinds: Vec<&str> = kinds.iter().map(|kind| kind.as_str()).collect();
    let (count, last) = tx.mail_since(account.id, &kinds, day)?;
    let lately = last.is_some_and(|last| op.now.duration_since(last) < FORGOT_PAUSE);
    Ok(count < FORGOT_A_DAY && !lately)
}
