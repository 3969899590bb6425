//! A new set of backup codes (T3), for somebody who proves both factors.

use std::time::Duration;

use crate::domain::admission::Reason;
use crate::domain::event::Action;
use crate::domain::refusal::Refusal;
use crate::mail::MailKind;
use crate::store::{Done, Store, Tx};
use crate::vault::BackupCode;

use super::credentials::{Credentials, Denied};
use super::entry::behind_password;
use super::grant::queue;
use super::second_factor::{SecondFactorInfo, ask_own};
use super::set_up::new_backup_codes;
use super::{Op, OpError};

/// Creates ten new codes; the old ones no longer work. The code in `credentials` is from the authenticator,
/// or a backup code.
///
/// # Errors
/// [`Refusal::NoSecondFactor`] if no authenticator is set up, an unknown panel, or a failing store.
pub fn backup_codes(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
) -> Result<Result<Vec<BackupCode>, Denied>, OpError> {
    let made = behind_password(
        store,
        op,
        credentials,
        pause,
        |_, _, reason| reason == Reason::AlreadySignedIn,
        |tx, scope, entry| {
            let who = &entry.who;
            if who.factor.app_set_at.is_none() {
                return Ok(Done::unrecorded(Ok(Err(Refusal::NoSecondFactor))));
            }
            let typed = credentials.second.code.map_or("", |code| code.expose());
            if let Err(denied) = ask_own(tx, scope, op, who, typed)? {
                return Ok(Done::recorded(Err(denied)));
            }
            Ok(Done::recorded(Ok(Ok(renew(tx, op, who)?))))
        },
    )?;
    Ok(match made {
        Ok(made) => Ok(made?),
        Err(denied) => Err(denied),
    })
}

/// Makes the new set for somebody who has entered a code, tells them, and records it.
pub(super) fn renew(
    tx: &mut Tx<'_>,
    op: &Op,
    who: &SecondFactorInfo<'_>,
) -> Result<Vec<BackupCode>, OpError> {
    let codes = new_backup_codes(tx, op, who.account)?;
    let kind = MailKind::BackupCodesMade;
    queue(tx, op, who.panel, who.account, kind, None)?;
    tx.record(
        op.event(Action::BackupCodesMade)
            .about(who.account)
            .in_panel(&who.panel.name)
            .with("backup_codes", codes.len()),
    )?;
    Ok(codes)
}
