//! The operator's program that sends an SMS.
//!
//! It gets the number and the text on standard input: a command line and an environment can be read by others
//! on the machine. There is no shell involved, so nothing in a text is ever a command.

use std::ffi::OsString;
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::time::Duration;

use super::{TextMessage, output};
use crate::mail::delivery_receipt::{DeliveryFault, DeliveryReceipt};
use crate::mail::program::Program;

/// The exit code of a program that wants to be retried later (sysexits.h, `EX_TEMPFAIL`).
const TRY_AGAIN: i32 = 75;

/// A program that sends one SMS at a time.
///
/// Exit code 0 means that it accepted the SMS, 75 that it can be retried, everything else that it failed
/// permanently.
#[derive(Clone, Debug)]
pub struct SmsCommand {
    program: Program,
}

impl SmsCommand {
    /// `program` (absolute) is run with these arguments and this environment, and for at most `limit`.
    pub fn new<A: Into<OsString>>(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = A>,
        limit: Duration,
        environment: Vec<(String, String)>,
    ) -> Self {
        Self {
            program: Program {
                purpose: "SMS command",
                setting: "sms.command",
                path: program.into(),
                arguments: arguments.into_iter().map(Into::into).collect(),
                limit,
                environment,
                hears_errors: true,
            },
        }
    }

    /// The longest that an SMS may take.
    pub fn longest(&self) -> Duration {
        self.program.longest()
    }

    /// Sends one SMS.
    ///
    /// # Errors
    /// It was not accepted; the fault says whether it can be retried, and never contains the code.
    pub fn send(&self, message: &TextMessage) -> Result<DeliveryReceipt, DeliveryFault> {
        let end = self.program.run(&message.to_bytes())?;
        let said = output::in_words(end.output.expose(), message.code.as_ref());
        let code = match end.status {
            Some(status) if !end.late => status.code().ok_or(status.signal()),
            _ => Err(None),
        };
        let with = |detail: String| match &said {
            Some(said) => format!("{detail}: {said}"),
            None => detail,
        };
        let (retry, detail) = match code {
            Ok(0) => {
                return Ok(DeliveryReceipt {
                    detail: with(format!("delivered to {}", self.program.path.display())),
                    leaves: true,
                });
            }
            Ok(code) => {
                let said = said.as_ref().map_or_else(
                    || "the SMS command printed nothing".to_owned(),
                    |said| format!("the SMS command printed: {said}"),
                );
                (code == TRY_AGAIN, format!("{said} (exit {code})"))
            }
            Err(_) if end.late => (
                true,
                with(format!(
                    "the SMS command was stopped because it took longer than {} s",
                    self.program.limit.as_secs()
                )),
            ),
            // It was killed, or memory was short: neither is caused by the SMS.
            Err(Some(signal)) => (
                true,
                with(format!("the SMS command was killed by signal {signal}")),
            ),
            Err(None) => (
                true,
                with("the result of the SMS command is unknown".to_owned()),
            ),
        };
        Err(DeliveryFault { retry, detail })
    }
}
