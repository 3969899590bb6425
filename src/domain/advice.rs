//! What else somebody who signs in should know, besides the reason: safe to show, and worded where it is shown.

use super::second_factor::Method;

/// A piece of advice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Too many wrong codes were entered for sent codes.
    TriedTooOften,
    /// Too many codes were sent within the lifetime of one.
    CodesLately,
    /// Too many codes were sent in a day.
    CodesToday,
    /// Too many codes were sent for one network.
    CodesFromNetwork,
    /// The panel asks this person for no code.
    NoCodeAsked,
    /// The panel does not take codes of a method.
    NotInPanel(Method),
    /// Codes of a method are not for people with rights of operators.
    NotWithRole(Method),
    /// The account has no phone number.
    NoPhone,
    /// A code by mail does not count after a reset by mail (T4).
    MailBarred,
    /// The method cannot be used now.
    NotNow(Method),
    /// The set-up is over.
    StartAgain,
    /// The phone's clock is off by so many steps of 30 seconds; positive is ahead.
    PhoneClock(i32),
    /// After a reset by mail an operator has to help with the set-up (T4).
    MailBarredSetUp,
    /// Another panel asks for codes: the set-up belongs there.
    CodeElsewhere,
}

impl Advice {
    /// The word by which a panel knows it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TriedTooOften => "tried-too-often",
            Self::CodesLately => "codes-lately",
            Self::CodesToday => "codes-today",
            Self::CodesFromNetwork => "codes-from-network",
            Self::NoCodeAsked => "no-code-asked",
            Self::NotInPanel(_) => "method-not-in-panel",
            Self::NotWithRole(_) => "method-not-with-role",
            Self::NoPhone => "no-phone",
            Self::MailBarred => "mail-barred",
            Self::NotNow(_) => "method-not-now",
            Self::StartAgain => "set-up-again",
            Self::PhoneClock(steps) if *steps < 0 => "phone-clock-slow",
            Self::PhoneClock(_) => "phone-clock-fast",
            Self::MailBarredSetUp => "set-up-mail-barred",
            Self::CodeElsewhere => "set-up-elsewhere",
        }
    }
}
