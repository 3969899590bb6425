//! Changing the end of access (A3).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::access::{Access, Term, extend_running};
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::link::{LinkPurpose, LinkState};
use crate::domain::old_password::OldPassword;
use crate::domain::panel::Panel;
use crate::mail::MailKind;
use crate::store::{Fault, Tx};

use super::change::{ChangeResult, Snapshot};
use super::grant::{Grant, Granted};
use super::scope::Wanted;
use super::{Op, OpError, Scope};

/// What extending came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Extension {
    /// Running access ends at another time.
    Moved {
        /// It is sooner than before.
        shortened: bool,
    },
    /// It ended then already.
    EndsSoAlready,
    /// Access had expired, and was given again.
    Granted(Granted),
}

/// Extends, shortens or lifts the end of running access; expired access is restored from now on, and the
/// unregistered get a new invitation (I4, I7).
///
/// # Errors
/// An unknown address, access never given or removed, `--for` on permanent access, an end in the
/// past.
pub fn extend(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
    term: Term,
) -> Result<ChangeResult<Extension>, OpError> {
    let panel = scope.panel_to_change(panel)?;
    let account = Scope::known(tx, address)?;
    let access = Scope::given_access(
        tx,
        op,
        &account,
        panel,
        Wanted {
            term: Some(term),
            ..Wanted::default()
        },
    )?;
    let before = Snapshot::of(&account, Some(&access), op);
    if access.is_running(op.now) {
        return move_end(tx, op, panel, &account, access, term);
    }
    let until = term.end_from(op.now, &op.zone)?;
    // A session does not come back with the access (A2).
    tx.end_sessions(account.id, Some(panel.id), "access-ended", op.now)?;
    tx.renew_access(access.id, &access.role, until, op.now)?;
    let access = Access { until, ..access };
    let registered = account.is_registered();
    let change = if registered {
        Granted::AccessRestored
    } else {
        Granted::Invited
    };
    let grant = Grant {
        panel,
        account: &account,
        access: &access,
        before: Some(before),
        change,
        note: None,
    };
    if registered {
        let mut outcome = grant.finish_registered(tx, op, Some(MailKind::AccessRestored))?;
        outcome.old_password = Some(OldPassword::of(&account, [(panel, &access)], op.now));
        Ok(outcome.map(Extension::Granted))
    } else {
        let outcome = grant.finish_unregistered(tx, op, true)?;
        Ok(outcome.map(Extension::Granted))
    }
}

/// Moves the end of running access.
fn move_end(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    access: Access,
    term: Term,
) -> Result<ChangeResult<Extension>, OpError> {
    let before = Snapshot::of(account, Some(&access), op);
    let until = extend_running(&access, term, op.now, &op.zone)?;
    if until == access.until {
        return Ok(ChangeResult::unchanged(
            account,
            Some(&access),
            &panel.name,
            Extension::EndsSoAlready,
            op,
        ));
    }
    let shortened = until.is_some()
        && access
            .until
            .is_none_or(|was| until.is_some_and(|until| until < was));
    tx.set_access(access.id, &access.role, until)?;
    let link_ends = shorten_invitation(tx, op, account, panel, until)?;
    tx.record(
        op.event(Action::Extended)
            .about(account)
            .in_panel(&panel.name)
            .with(
                "access_was_until",
                access.until.map(|until| until.to_string()),
            )
            .with("access_until", until.map(|until| until.to_string()))
            .with("link_expires_at", link_ends.map(|end| end.to_string())),
    )?;
    let after = Snapshot::of(account, Some(&Access { until, ..access }), op);
    let mut outcome = ChangeResult::done(
        account.address.as_str(),
        &panel.name,
        Extension::Moved { shortened },
        Some(before),
        Some(after),
    );
    outcome.link_expires_at = link_ends;
    Ok(outcome)
}

/// An invitation that was sent expires no later than the access (I3). Returns the link's end if this changed
/// it.
fn shorten_invitation(
    tx: &Tx<'_>,
    op: &Op,
    account: &Account,
    panel: &Panel,
    until: Option<Timestamp>,
) -> Result<Option<Timestamp>, Fault> {
    let Some(until) = until.filter(|_| !account.is_registered()) else {
        return Ok(None);
    };
    let link = tx
        .newest_link(account.id, LinkPurpose::Invitation, Some(panel.id))?
        .filter(|link| link.state(op.now) == LinkState::Live);
    let moved = tx.shorten_links(account.id, LinkPurpose::Invitation, panel.id, until)?;
    Ok(link.filter(|_| moved > 0).map(|_| until))
}
