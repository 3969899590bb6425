//! `admit audit list --follow`: the audit log as it grows.

use std::time::Duration;

use super::list::show;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::times::TimeFormat;
use crate::store::{AuditFilter, Store};

/// New entries are looked for this often.
const EVERY: Duration = Duration::from_secs(1);

/// Shows each entry as it comes, until it is stopped or nobody reads any more.
pub(super) fn run(
    cx: &mut Context,
    store: &mut Store,
    mut filter: AuditFilter<'_>,
    times: &TimeFormat,
) -> Result<Finish, CliError> {
    let guard = cx.interrupt.arm_service();
    let mut times = times.clone();
    loop {
        times.now = cx.clock.now();
        // Also past what does not fit: else whoever waits for something rare looks at more each time.
        filter.after_seq = show(cx, store, &filter, &times)?;
        cx.report.flush(&mut cx.ui)?;
        if !cx.wait(EVERY) {
            break;
        }
    }
    drop(guard);
    Ok(Finish::Done)
}
