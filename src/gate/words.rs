//! What the person at the form may read: plain, in whole sentences, with what to do next. Nothing here
//! reveals whether an address exists before the password is correct.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::answer::{Answer, Body};
use super::request::Verb;
use crate::domain::password::PasswordProblem;
use crate::domain::refusal::Refusal;
use crate::domain::when::local_zoned;
use crate::ops::OpError;
use crate::ops::sign_in::Denied;

/// If no decision was possible.
pub(super) const TRY_LATER: &str =
    "Sign-in is not available right now. Please try again in a few minutes.";
/// If too many requests are waiting.
pub(super) const BUSY: &str =
    "Too many people are signing in right now. Please try again in a moment.";
/// If somebody is signed in, but the IP that they wanted to trust is not trusted.
pub(super) const NOT_TRUSTED: &str = "You are signed in. Your network could not be added to the trusted networks: you will be asked for a code again.";
/// If the panel's call was wrong.
pub(super) const BAD_CALL: &str =
    "This page is not set up correctly. Please contact its administrators.";

/// The message for a success.
pub(super) fn yes(word: &str) -> &'static str {
    match word {
        "registered" => "You are registered. You can sign in now.",
        "accepted" => "If this address is registered here, we have sent a link to it.",
        "password-set" => "Your new password is set.",
        "address-changed" => {
            "Your new address is confirmed. Sign in with it and your current password."
        }
        "signed-out" => "You are signed out.",
        "code-sent" => "A code has been sent. It is valid for 10 minutes.",
        "second-factor-offered" => {
            "Scan the QR code with an authenticator app, or type in the secret. Then enter the code that the app shows."
        }
        "second-factor-set" => {
            "The second factor is set up. Keep the backup codes where you can find them without your phone."
        }
        _ => "You are signed in.",
    }
}

/// The message for an invalid request.
pub(super) fn bad_request(what: &str) -> String {
    format!("This request was not understood: {what}.")
}

/// What the messages depend on besides the reason.
pub(super) struct Messages<'a> {
    /// The kind of request.
    pub(super) verb: Verb,
    /// Who to contact.
    pub(super) contact: Option<&'a str>,
    /// The time zone for times in messages.
    pub(super) zone: &'a TimeZone,
}

impl Messages<'_> {
    /// The answer to a denied sign-in or similar request.
    pub(super) fn denied(&self, denied: Denied) -> Answer {
        let since = denied.since.map(|at| self.time(at));
        let sentence = self.sentence(denied.reason, since.as_deref());
        let mut message = match denied.advice {
            // A code could not be sent: the advice says everything.
            Some(advice) if matches!(denied.reason, "code-required" | "try-later") => advice,
            Some(advice) => format!("{sentence} {advice}"),
            None => sentence,
        };
        let body = match denied.reason {
            "code-required" | "code-invalid" | "code-expired" => Body::Methods(denied.methods),
            "second-factor-setup-required" => {
                if denied.ticket.is_none() {
                    message = format!(
                        "This site requires a second factor, and you have none that can be used now. {}",
                        self.ask()
                    );
                }
                Body::SetUp(denied.ticket.map(|ticket| *ticket))
            }
            _ => Body::Nothing,
        };
        Answer::no(denied.reason, message, denied.cause).with(body)
    }

    /// The answer to a failed operation.
    pub(super) fn failed(&self, error: OpError) -> Answer {
        match error {
            OpError::Refused(refusal) => self.refused(&refusal),
            OpError::Store(fault) if fault.is_passing() => Answer::try_later(fault.to_string()),
            OpError::Store(fault) => Answer::try_later(fault.to_string()).broken(),
            OpError::Input(_) | OpError::Interrupted => Answer::try_later("interrupted"),
        }
    }

    fn refused(&self, refusal: &Refusal) -> Answer {
        let reason = refusal.reason();
        match refusal {
            Refusal::UnknownPanel { name, known, .. } => {
                let cause = format!(
                    "unknown panel '{name}'; the panels are {}",
                    known.join(", ")
                );
                Answer::no(reason, bad_request("'panel' is not a known panel"), cause)
            }
            Refusal::WhichPanel { known } => {
                let cause = format!("there are several panels: {}", known.join(", "));
                Answer::no(reason, bad_request("it must name a panel"), cause)
            }
            Refusal::Password(problems) => {
                let sentences: Vec<_> = problems.iter().map(PasswordProblem::sentence).collect();
                let words: Vec<_> = problems.iter().map(PasswordProblem::as_str).collect();
                let message = format!(
                    "Please choose another password: {}.",
                    sentences.join(", and ")
                );
                Answer::no(reason, message, words.join(", ")).with(Body::Problems(words))
            }
            Refusal::NoAppsHere { panel } => {
                let message = "This site does not use codes from authenticator apps.".to_owned();
                Answer::no(
                    reason,
                    message,
                    format!("{panel} does not accept authenticator apps"),
                )
            }
            Refusal::SessionEndedFor { cause } => {
                Answer::no(reason, self.sentence(reason, None), cause.as_str())
            }
            Refusal::LinkExpired { at } => self.link(reason, Some(*at)),
            Refusal::LinkSuperseded { newer_at } => self.link(reason, Some(*newer_at)),
            _ => self.link(reason, None),
        }
    }

    fn link(&self, reason: &'static str, at: Option<Timestamp>) -> Answer {
        let time = at.map(|at| self.time(at));
        let cause = match &time {
            Some(time) => format!("{reason}: {time}"),
            None => reason.to_owned(),
        };
        Answer::no(reason, self.sentence(reason, time.as_deref()), cause)
    }

    fn sentence(&self, reason: &str, time: Option<&str>) -> String {
        let on = |words: &str| {
            time.map(|time| format!(" {words} {time}"))
                .unwrap_or_default()
        };
        let ask = self.ask();
        let another = match self.verb {
            Verb::Register => "Please request a new invitation.",
            Verb::ConfirmAddress => "Please ask the administrators of this site for a new one.",
            _ => "Please request a new link with \"Forgot password\".",
        };
        match reason {
            "invalid-credentials" => "The address or password is incorrect.".to_owned(),
            "locked" => "Sign-in with this address is locked after too many failed attempts. If the address is \
                         registered here, we have sent a mail that says what to do."
                .to_owned(),
            "locked-permanently" => format!("Your account is locked. {ask}"),
            "disabled" => format!("Your account has been disabled{}. {ask}", on("since")),
            "unregistered" => "You have no password yet. Please open the link in your invitation and choose one.".to_owned(),
            "no-access" => format!("You have no access here. {ask}"),
            "access-expired" => format!("Your access has ended{}. {ask}", on("on")),
            "trial-ended" => format!("The trial of this site has ended{}. {ask}", on("on")),
            "password-reset-required" => "Your password was reset. Please open the link that was mailed to you, or \
                                          request a new link with \"Forgot password\"."
                .to_owned(),
            "password-expired" => "Your password has expired. Please choose a new one.".to_owned(),
            "second-factor-setup-required" => {
                "This site requires a second factor. Please set one up.".to_owned()
            }
            "code-required" => "Please also enter a code.".to_owned(),
            "code-invalid" => "This code is incorrect. Each code works only once: if you use an app, wait for its next code.".to_owned(),
            "code-expired" => "This code no longer works. Please request a new one.".to_owned(),
            "already-signed-in" => {
                format!("You are signed in elsewhere{}. Please sign out there first.", on("since"))
            }
            "link-invalid" => {
                format!("This link is not valid. Please open it exactly as it is in the mail. {another}")
            }
            "link-expired" => format!("This link has expired{}. {another}", on("on")),
            "link-superseded" => {
                format!("A newer link was sent{}. Please use the one in the newest mail.", on("on"))
            }
            "link-used" => "This link has already been used. Please sign in with your password; if you do not know it, \
                            use \"Forgot password\"."
                .to_owned(),
            "link-revoked" => format!("This link was revoked. {ask}"),
            "session-ended" => "You are no longer signed in. Please sign in again.".to_owned(),
            "bad-request" => BAD_CALL.to_owned(),
            _ => TRY_LATER.to_owned(),
        }
    }

    fn ask(&self) -> String {
        self.contact.map_or_else(
            || "Please contact the administrators of this site.".to_owned(),
            |contact| format!("Please contact {contact}."),
        )
    }

    fn time(&self, at: Timestamp) -> String {
        local_zoned(at, self.zone)
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
