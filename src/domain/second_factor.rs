//! The second factor: which methods are open to a person in a panel, and whether one is asked for (T1, T4, T5).

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::policy::{Policy, SecondFactor};

/// How a code may come to a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// An authenticator app (T2).
    App,
    /// A backup code; they come with the app (T3).
    Backup,
    /// A code sent by mail (T4).
    Mail,
    /// A code sent by SMS (T4).
    Sms,
}

impl Method {
    /// All of them, the strongest first.
    pub const ALL: [Self; 4] = [Self::App, Self::Backup, Self::Mail, Self::Sms];

    /// The word in policies, requests and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::App => "app",
            Self::Backup => "backup",
            Self::Mail => "mail",
            Self::Sms => "sms",
        }
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|method| method.as_str() == word)
    }

    /// What it is, for people.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::App => "the authenticator app",
            Self::Backup => "a backup code",
            Self::Mail => "a code by mail",
            Self::Sms => "a code by SMS",
        }
    }
}

/// The methods that a panel offers: any of app, mail and SMS, at least one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Methods {
    /// Authenticator apps, and the backup codes that come with them.
    pub app: bool,
    /// Codes by mail.
    pub mail: bool,
    /// Codes by SMS.
    pub sms: bool,
}

impl Methods {
    /// Authenticator apps alone.
    pub const APP: Self = Self {
        app: true,
        mail: false,
        sms: false,
    };

    /// Reads `app,mail`: words in any order, blanks around them, each once.
    pub fn parse(list: &str) -> Option<Self> {
        let mut methods = Self {
            app: false,
            mail: false,
            sms: false,
        };
        for word in list.split(',') {
            let seen = match word.trim() {
                "app" => &mut methods.app,
                "mail" => &mut methods.mail,
                "sms" => &mut methods.sms,
                _ => return None,
            };
            if std::mem::replace(seen, true) {
                return None;
            }
        }
        Some(methods)
    }

    /// "codes by mail and codes by SMS", for people.
    pub fn in_words(self) -> String {
        let words: Vec<&str> = [
            (self.app, "authenticator apps"),
            (self.mail, "codes by mail"),
            (self.sms, "codes by SMS"),
        ]
        .into_iter()
        .filter_map(|(has, words)| has.then_some(words))
        .collect();
        words.join(" and ")
    }

    /// Whether the method is offered.
    pub fn has(self, method: Method) -> bool {
        match method {
            Method::App | Method::Backup => self.app,
            Method::Mail => self.mail,
            Method::Sms => self.sms,
        }
    }
}

impl fmt::Display for Methods {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = [Method::App, Method::Mail, Method::Sms]
            .into_iter()
            .filter(|method| self.has(*method))
            .map(Method::as_str)
            .collect();
        f.write_str(&words.join(","))
    }
}

/// What the rules need to know about a person's second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactorFacts {
    /// When the authenticator was set up.
    pub app_set_at: Option<Timestamp>,
    /// Backup codes that were not used.
    pub backup_codes_left: i64,
    /// The password was reset by mail, and no other method has been used since (T4).
    pub mail_barred: bool,
    /// Barred by a link that an operator sent who had just taken the second factor off: the person was identified, and
    /// the next sign-in may set up (T4, T6).
    pub identified: bool,
    /// The account has a phone number.
    pub has_phone: bool,
    /// Methods open to people with this person's role: all, or those the store leaves to operators (T4).
    pub allowed: Methods,
    /// Some panel of theirs requires a second factor and takes mailed codes for it.
    pub relies_on_mail: bool,
    /// Another panel of theirs requires a code that they get by mail or SMS, and would take one of an app too.
    pub codes_elsewhere: bool,
}

impl Default for FactorFacts {
    fn default() -> Self {
        Self {
            app_set_at: None,
            backup_codes_left: 0,
            mail_barred: false,
            identified: false,
            has_phone: false,
            allowed: Methods {
                app: true,
                mail: true,
                sms: true,
            },
            relies_on_mail: false,
            codes_elsewhere: false,
        }
    }
}

impl FactorFacts {
    /// Whether the person can use this method in a panel now.
    pub fn open(&self, method: Method, policy: &Policy) -> bool {
        policy.methods.has(method)
            && self.allowed.has(method)
            && match method {
                Method::App => self.app_set_at.is_some(),
                Method::Backup => self.app_set_at.is_some() && self.backup_codes_left > 0,
                Method::Mail => !self.mail_barred || self.has_only_mail(policy),
                Method::Sms => self.has_phone,
            }
    }

    /// Identified by an operator, where there is no authenticator to be set up: the mailed code is all there is.
    fn has_only_mail(&self, policy: &Policy) -> bool {
        self.identified && self.app_set_at.is_none() && !(policy.methods.app && self.allowed.app)
    }

    /// Every method that the person can use in a panel now, the strongest first.
    pub fn open_methods(&self, policy: &Policy) -> Vec<Method> {
        Method::ALL
            .into_iter()
            .filter(|method| self.open(*method, policy))
            .collect()
    }

    /// Whether a code is asked for behind the password, trusted IPs aside (T1): from everybody where one is
    /// required, else from those who set up an authenticator that the panel takes.
    pub fn is_asked(&self, policy: &Policy) -> bool {
        match policy.second_factor {
            SecondFactor::Off => false,
            SecondFactor::Optional => {
                self.app_set_at.is_some() && policy.methods.app && self.allowed.app
            }
            SecondFactor::Required => true,
        }
    }

    /// Required, and no method is open (T5).
    pub fn is_missing(&self, policy: &Policy) -> bool {
        policy.second_factor == SecondFactor::Required && self.open_methods(policy).is_empty()
    }

    /// Whether the person may set up their first authenticator with nothing but the password (T5): where no sign-in of
    /// theirs would ask for more.
    pub fn may_set_up(&self, policy: &Policy) -> bool {
        self.may_add_app(policy) && !self.asks_for_sent_code(policy) && !self.codes_elsewhere
    }

    /// Whether the person may set up their first authenticator once they are in. An app opens every panel that takes
    /// one: where a panel relies on codes by mail or SMS, that panel has to have let them in. And not where the mailbox
    /// that reset the password would be the second factor too: who has no other method asks an operator (T4).
    pub fn may_add_app(&self, policy: &Policy) -> bool {
        policy.second_factor != SecondFactor::Off
            && policy.methods.app
            && self.allowed.app
            && self.app_set_at.is_none()
            && !self.asks_an_operator(policy)
            && (self.asks_for_sent_code(policy) || !self.codes_elsewhere)
    }

    /// Without an app, a sign-in here asks for a code by mail or SMS.
    fn asks_for_sent_code(&self, policy: &Policy) -> bool {
        policy.second_factor == SecondFactor::Required
            && (self.open(Method::Mail, policy) || self.open(Method::Sms, policy))
    }

    /// Only an operator can help: the mailed code that used to be the second factor does not count after a reset by
    /// mail, and there is no other method (T4). An app set up in another panel would let the mailbox in by a detour.
    pub fn asks_an_operator(&self, policy: &Policy) -> bool {
        self.mail_barred
            && if self.app_set_at.is_none() {
                self.relies_on_mail && !self.identified
            } else {
                takes_mailed_codes(policy, self.allowed) && !policy.methods.app
            }
    }

    /// With no method open: whether that is because codes by mail wait until another method has been used (T4).
    pub fn waits_for_another(&self, policy: &Policy) -> bool {
        self.mail_barred
            && policy.methods.has(Method::Mail)
            && self.allowed.has(Method::Mail)
            && !self.may_set_up(policy)
    }

    /// Lacks what a method of the panel needs, or has no method and cannot get one: `list --cannot-2fa` (T1, T4).
    pub fn lacks_something(&self, policy: &Policy) -> bool {
        if policy.second_factor == SecondFactor::Off {
            return false;
        }
        let lacks_number = policy.methods.sms && self.allowed.sms && !self.has_phone;
        let can_set_up = policy.methods.app && self.allowed.app && !self.asks_an_operator(policy);
        lacks_number || (self.open_methods(policy).is_empty() && !can_set_up)
    }
}

/// An operator who took the second factor off has identified the person: for a reset link that an operator makes within
/// this time, too, whichever came first (T6).
const IDENTIFIED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Whether the reset link that was made then, by an operator if `by_operator`, goes to somebody whom an operator identified
/// when they took the second factor off.
pub fn is_identified(by_operator: Option<Timestamp>, factor_reset_at: Option<Timestamp>) -> bool {
    match (by_operator, factor_reset_at) {
        (Some(made), Some(reset)) => made.duration_since(reset) <= IDENTIFIED_FOR,
        _ => false,
    }
}

/// Whether a panel requires a second factor and takes a mailed code for it, from people who may use these methods.
pub fn takes_mailed_codes(policy: &Policy, allowed: Methods) -> bool {
    policy.second_factor == SecondFactor::Required && policy.methods.mail && allowed.mail
}

/// The farthest a wrong phone clock is looked for, in steps of 30 s: 10 minutes (T7).
pub const CLOCK_STEPS: i64 = 20;

/// "about 2 minutes ahead": what an offset of so many steps of 30 s means.
pub fn clock_in_words(steps: i64) -> String {
    let seconds = steps.abs() * 30;
    let size = match seconds {
        ..=30 => "half a minute".to_owned(),
        31..=89 => "1 minute".to_owned(),
        seconds => format!("{} minutes", (seconds + 30) / 60),
    };
    let direction = if steps > 0 { "ahead" } else { "behind" };
    format!("about {size} {direction}")
}

#[cfg(test)]
#[path = "second_factor_tests.rs"]
mod tests;
