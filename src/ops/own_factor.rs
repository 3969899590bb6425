//! What somebody who is signed in does with their own second factor: a new set of backup codes (T3), or none at all.
//! Either needs a code of it.

use crate::domain::event::Action;
use crate::domain::policy::SecondFactor;
use crate::mail::MailKind;
use crate::store::{Done, Store, Tx};
use crate::vault::{BackupCode, Secret, Token};

use super::backup_codes::renew;
use super::credentials::Denied;
use super::grant::queue;
use super::second_factor::{SecondFactorInfo, ask_own};
use super::set_up::{Holder, find};
use super::steps::end_steps;
use super::tickets::end_set_ups;
use super::{Op, OpError, Scope};

/// Somebody's own second factor, proved with a code.
#[derive(Clone, Copy)]
pub struct OwnFactor<'a> {
    /// The panel's name.
    pub panel: &'a str,
    /// Their session.
    pub session: &'a Token,
    /// As typed: of the app, or a backup code.
    pub code: &'a Secret<String>,
}

/// Makes ten new backup codes; the old ones no longer work.
///
/// # Errors
/// [`Refusal::SessionEnded`](crate::domain::refusal::Refusal::SessionEnded), an unknown panel, or a failing store.
pub fn renew_backup_codes(
    store: &mut Store,
    op: &Op,
    own: OwnFactor<'_>,
) -> Result<Result<Vec<BackupCode>, Denied>, OpError> {
    with_code(
        store,
        op,
        own,
        |_, _, _| Ok(None),
        |tx, who| renew(tx, op, who),
    )
}

/// Removes the second factor, its backup codes, the person's trusted IPs, and every other session of theirs.
///
/// # Errors
/// As [`renew_backup_codes`].
pub fn switch_off(
    store: &mut Store,
    op: &Op,
    own: OwnFactor<'_>,
) -> Result<Result<(), Denied>, OpError> {
    with_code(
        store,
        op,
        own,
        |tx, scope, who| {
            let accesses = tx.accesses(who.account.id)?;
            let requires = accesses
                .iter()
                .filter(|access| access.removed_at.is_none())
                .filter_map(|access| scope.panel_by_id(access.panel_id))
                .find(|panel| panel.policy.second_factor == SecondFactor::Required);
            Ok(requires.map(|panel| {
                let cause = format!("required by {}", panel.name);
                Denied::new("second-factor-required", &cause)
            }))
        },
        |tx, who| {
            let account = who.account;
            end_set_ups(tx, op, account.id)?;
            end_steps(tx, op, account.id)?;
            let (_, backup_codes) = tx.remove_factor(account.id)?;
            let trusted_ips = tx.forget_trust(account.id, None)?;
            let hash = own.session.hash();
            let sessions =
                tx.end_other_sessions(account.id, &hash, "second-factor-removed", op.now)?;
            queue(
                tx,
                op,
                who.panel,
                account,
                MailKind::SecondFactorRemoved,
                None,
            )?;
            tx.record(
                op.event(Action::SecondFactorReset)
                    .about(account)
                    .in_panel(&who.panel.name)
                    .with("by", "self")
                    .with("was_set", true)
                    .with("backup_codes", backup_codes)
                    .with("trusted_ips", trusted_ips)
                    .with("sessions_ended", sessions),
            )?;
            Ok(())
        },
    )
}

/// Runs `work` for the owner of the session, if their code is right and `refuses` says nothing.
fn with_code<T: 'static>(
    store: &mut Store,
    op: &Op,
    own: OwnFactor<'_>,
    refuses: impl Fn(&Tx<'_>, &Scope, &SecondFactorInfo<'_>) -> Result<Option<Denied>, OpError>,
    mut work: impl FnMut(&mut Tx<'_>, &SecondFactorInfo<'_>) -> Result<T, OpError>,
) -> Result<Result<T, Denied>, OpError> {
    store.change(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(own.panel)?;
        let (account, factor, locked) = find(tx, &scope, op, Holder::Session(own.session), panel)?;
        // A locked account allows no guessing of its codes, wherever they are entered.
        if let Some(locked) = locked {
            return Ok(Done::nothing(Err(Denied::by(&locked))));
        }
        if factor.app_set_at.is_none() {
            let denied = Denied::new("no-second-factor", "no-second-factor");
            return Ok(Done::nothing(Err(denied)));
        }
        let who = SecondFactorInfo {
            account: &account,
            panel,
            factor,
            limits: scope.limits(&tx.accesses(account.id)?).lock,
        };
        if let Some(denied) = refuses(tx, &scope, &who)? {
            return Ok(Done::nothing(Err(denied)));
        }
        if let Err(denied) = ask_own(tx, &scope, op, &who, own.code.expose())? {
            return Ok(Done::recorded(Err(denied)));
        }
        let made = work(tx, &who)?;
        Ok::<_, OpError>(Done::recorded(Ok(made)))
    })
}
