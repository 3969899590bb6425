//! Mail, sent in the background while a panel is served.

use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

use super::lanes::{Lanes, connection};
use super::{Answer, GateContext, unharmed};
use crate::ops::OpError;
use crate::ops::deliver::{Mailer, deliver};
use crate::store::{Fault, Store};

/// How often the outbox is checked for mail that no request announced (from other processes, or to be
/// retried).
const MAIL_EVERY: Duration = Duration::from_secs(30);

/// Sends as soon as it is signalled, and periodically, until nobody can signal any more.
pub(super) fn send_mail(
    gate: &GateContext<'_>,
    lanes: &Lanes<'_>,
    mailer: &Mailer,
    rings: &Receiver<()>,
) {
    let mut store = None;
    loop {
        let mut sound = false;
        let round = || {
            sound = send_queued(gate, lanes, &mut store, mailer).is_ok();
            Answer::unavailable("")
        };
        unharmed(round);
        if !sound {
            store = None;
        }
        mailer.transport.rest();
        match rings.recv_timeout(MAIL_EVERY) {
            Ok(()) | Err(RecvTimeoutError::Timeout) => {}
            // All workers have ended. A last signal would have been received before this.
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

fn send_queued(
    gate: &GateContext<'_>,
    lanes: &Lanes<'_>,
    store: &mut Option<Store>,
    mailer: &Mailer,
) -> Result<(), OpError> {
    let store = connection(gate, store).map_err(OpError::Input)?;
    let ((queued, _), seen) =
        store.read(|tx| Ok::<_, Fault>((tx.waiting_mail()?, tx.latest_time())))?;
    if queued > 0 {
        let going_on = &mut |_| !lanes.has_given_up();
        let op = (gate.op)().not_before(seen);
        deliver(store, &op, mailer, None, going_on)?;
    }
    Ok(())
}
