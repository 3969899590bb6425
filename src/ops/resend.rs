//! A new invitation link for somebody who has not registered (I4).

use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::store::Tx;

use super::change::{ChangeResult, Snapshot};
use super::grant::{Grant, Granted};
use super::scope::Wanted;
use super::{Op, OpError, Scope};

/// Creates a new invitation link for somebody who has not registered (I4).
///
/// # Errors
/// An unknown address, a registered person, access that was never given, was removed or has expired.
pub fn resend(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
    mail: bool,
) -> Result<ChangeResult<Granted>, OpError> {
    let panel = scope.panel_to_change(panel)?;
    let account = Scope::known(tx, address)?;
    if account.is_registered() {
        return Err(Refusal::Registered.into());
    }
    let access = Scope::given_access(tx, op, &account, panel, Wanted::default())?;
    if let Some(at) = access.until.filter(|_| access.is_over(op.now)) {
        return Err(Refusal::AccessEnded { at }.into());
    }
    let before = Snapshot::of(&account, Some(&access), op);
    let change = Granted::Resent {
        superseded_sent_at: None,
    };
    Grant {
        panel,
        account: &account,
        access: &access,
        before: Some(before),
        change,
        note: None,
    }
    .finish_unregistered(tx, op, mail)
}
