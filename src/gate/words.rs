//! What the person at the form may read: plain, in whole sentences, with what to do next. Nothing here tells
//! whether an address exists as long as the password is not right.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::answer::{Answer, Body};
use super::request::Verb;
use crate::domain::password::PasswordProblem;
use crate::domain::refusal::Refusal;
use crate::domain::when::local_zoned;
use crate::ops::OpError;
use crate::ops::sign_in::Denied;

/// When nothing can be told.
pub(super) const TRY_LATER: &str =
    "This cannot be answered right now. Please try again in a few minutes.";
/// When somebody is in, and the IP that they wanted to trust is not trusted.
pub(super) const NOT_TRUSTED: &str = "You are signed in. The network that you come from could not be trusted: you will be asked for a code again.";
/// When the panel's own call was wrong.
pub(super) const BAD_CALL: &str =
    "This page is not set up correctly. Please tell the people who run it.";

/// The message of a yes.
pub(super) fn yes(word: &str) -> &'static str {
    match word {
        "registered" => "You are registered. You can sign in now.",
        "accepted" => "If this address is registered here, a mail with a link is on its way to it.",
        "password-set" => "Your new password is set.",
        "address-changed" => {
            "Your new address is confirmed. Sign in with it and the password you have."
        }
        "signed-out" => "You are signed out.",
        "code-sent" => "A code is on its way. It works for 10 minutes.",
        "second-factor-offered" => {
            "Scan the QR code with an authenticator app, or type the secret, and enter the code that it shows."
        }
        "second-factor-set" => {
            "The second factor is set. Keep the backup codes where you find them without your phone."
        }
        _ => "You are signed in.",
    }
}

/// The message about a request that does not read.
pub(super) fn bad_request(what: &str) -> String {
    format!("This request was not understood: {what}.")
}

/// What the words need to know besides the reason.
pub(super) struct Messages<'a> {
    /// What was asked.
    pub(super) verb: Verb,
    /// Whom to turn to.
    pub(super) contact: Option<&'a str>,
    /// The zone in which times are told.
    pub(super) zone: &'a TimeZone,
}

impl Messages<'_> {
    /// The answer to what `sign-in` and its like were denied.
    pub(super) fn denied(&self, denied: Denied) -> Answer {
        let since = denied.since.map(|at| self.time(at));
        let sentence = self.sentence(denied.reason, since.as_deref());
        let mut message = match denied.advice {
            // A code could not be sent: then this says it all.
            Some(advice) if matches!(denied.reason, "code-required" | "try-later") => advice,
            Some(advice) => format!("{sentence} {advice}"),
            None => sentence,
        };
        let body = match denied.reason {
            "code-required" | "code-invalid" | "code-expired" => Body::Methods(denied.methods),
            "second-factor-setup-required" => {
                if denied.ticket.is_none() {
                    message = format!(
                        "This site asks for a second factor, and you have none that counts now. {}",
                        self.ask()
                    );
                }
                Body::SetUp(denied.ticket.map(|ticket| *ticket))
            }
            _ => Body::Nothing,
        };
        Answer::no(denied.reason, message, denied.cause).with(body)
    }

    /// The answer when an operation did not happen.
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
                let cause = format!("there is no panel '{name}', only {}", known.join(", "));
                Answer::no(reason, bad_request("'panel' names no panel"), cause)
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
                let message = "This site asks for no code of an authenticator app.".to_owned();
                Answer::no(
                    reason,
                    message,
                    format!("{panel} takes no authenticator apps"),
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
            Verb::Register => "Please ask for a new invitation.",
            Verb::ConfirmAddress => "Please ask the people who run this site for a new one.",
            _ => "Please ask for a new link with \"Forgot password\".",
        };
        match reason {
            "invalid-credentials" => "The address or the password is not right.".to_owned(),
            "locked" => "Sign-in with this address is locked after too many wrong tries. If the address is \
                         registered here, a mail that says what to do is in its mailbox."
                .to_owned(),
            "locked-permanently" => format!("Your account is locked. {ask}"),
            "disabled" => format!("Your account is switched off{}. {ask}", on("since")),
            "unregistered" => "You have no password yet. Please open the link in your invitation and choose one.".to_owned(),
            "no-access" => format!("You have no access here. {ask}"),
            "access-expired" => format!("Your access has ended{}. {ask}", on("on")),
            "trial-ended" => format!("The trial of this site has ended{}. {ask}", on("on")),
            "password-reset-required" => "Your password was reset. Please open the link in the mail about it, or \
                                          ask for a new link with \"Forgot password\"."
                .to_owned(),
            "password-expired" => "Your password has expired. Please choose a new one.".to_owned(),
            "second-factor-setup-required" => {
                "This site asks for a second factor. Please set one up.".to_owned()
            }
            "code-required" => "Please enter a code, too.".to_owned(),
            "code-invalid" => "This code is not right. Each code works once: if an app shows it, wait for its next one.".to_owned(),
            "code-expired" => "This code no longer works. Please ask for a new one.".to_owned(),
            "already-signed-in" => {
                format!("You are signed in elsewhere{}. Please sign out there first.", on("since"))
            }
            "link-invalid" => {
                format!("This link is not valid. Please open it exactly as it stands in the mail. {another}")
            }
            "link-expired" => format!("This link has expired{}. {another}", on("on")),
            "link-superseded" => {
                format!("A newer link was sent{}. Please use the one in the newest mail.", on("on"))
            }
            "link-used" => "This link was used already. Please sign in with your password; if you do not know it, \
                            use \"Forgot password\"."
                .to_owned(),
            "link-revoked" => format!("This link was withdrawn. {ask}"),
            "session-ended" => "You are not signed in any more. Please sign in again.".to_owned(),
            "bad-request" => BAD_CALL.to_owned(),
            _ => TRY_LATER.to_owned(),
        }
    }

    fn ask(&self) -> String {
        self.contact.map_or_else(
            || "Please ask the people who run this site.".to_owned(),
            |contact| format!("Please turn to {contact}."),
        )
    }

    fn time(&self, at: Timestamp) -> String {
        local_zoned(at, self.zone)
    }
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
