//! The first code of an authenticator that is being set up (T2).

use crate::domain::account::Account;
use crate::domain::advice::Advice;
use crate::domain::event::Action;
use crate::domain::panel::Panel;
use crate::domain::second_factor::CLOCK_STEPS;
use crate::store::{Done, Tx};
use crate::vault::{Code, Secret, TotpSecret, step_at};

use super::credentials::Denied;
use super::limits::record_limited;
use super::{Op, OpError};

/// A wrong first code.
pub(super) struct WrongFirst {
    pub(super) denied: Denied,
    /// How many steps the phone's clock is off, if that is the cause.
    pub(super) off: Option<i64>,
}

/// A wrong clock is recorded for `why`: the person may well ask an operator.
pub(super) fn refuse_first<T>(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    wrong: WrongFirst,
) -> Result<Done<Result<T, Denied>>, OpError> {
    let Some(steps) = wrong.off else {
        return Ok(Done::nothing(Err(wrong.denied)));
    };
    tx.note_set_up_clock(account.id, Some((steps, op.now)))?;
    let event = op
        .event(Action::SecondFactorRefused)
        .in_panel(&panel.name)
        .with("cause", wrong.denied.cause.as_str());
    record_limited(tx, op, account, event)?;
    Ok(Done::recorded(Err(wrong.denied)))
}

/// The step of the first code. A wrong one costs nothing, and a wrong clock is reported to the person: they
/// have been shown the secret, so there is nothing left to guess.
pub(super) fn first_code(
    secret: &TotpSecret,
    panel: &Panel,
    op: &Op,
    typed: &Secret<String>,
) -> Result<i64, Box<WrongFirst>> {
    let wrong = |cause| WrongFirst {
        denied: Denied::new("code-invalid", cause),
        off: None,
    };
    let Some(Code::Digits(digits)) = Code::parse(typed.expose()) else {
        return Err(Box::new(wrong("malformed-code")));
    };
    let now = step_at(op.wall);
    if let Some(step) = secret.find(&digits, now, 1, panel.policy.totp_ahead) {
        return Ok(step);
    }
    let Some(step) = secret.find(&digits, now, CLOCK_STEPS, CLOCK_STEPS) else {
        return Err(Box::new(wrong("wrong-code")));
    };
    let mut wrong = wrong("wrong-clock");
    wrong.off = Some(step - now);
    wrong.denied.advice = Some(Advice::PhoneClock(
        i32::try_from(step - now).unwrap_or(i32::MAX),
    ));
    Err(Box::new(wrong))
}
