//! The second factor: which methods a person can use in a panel, and whether a code is required (T1, T4, T5).

use std::fmt;

use jiff::{SignedDuration, Timestamp};

use super::policy::{Policy, SecondFactor};

/// How a code reaches a person.
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

    /// Its name for people.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::App => "the authenticator app",
            Self::Backup => "a backup code",
            Self::Mail => "a code by mail",
            Self::Sms => "a code by SMS",
        }
    }
}

/// The methods that a panel accepts: any of app, mail and SMS, at least one.
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

    /// Reads `app,mail`: words in any order, with optional spaces, each once.
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

    /// Whether the method is accepted.
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
    /// Backup codes that have not been used.
    pub backup_codes_left: i64,
    /// The password was reset by mail, and no other method has been used since (T4).
    pub mail_barred: bool,
    /// The reset link was sent by an operator who had just removed the second factor: the person was
    /// identified, and may set up a new one at the next sign-in (T4, T6).
    pub identified: bool,
    /// The account has a phone number.
    pub has_phone: bool,
    /// Methods that people with this person's role can use: all, or those the store allows for operators
    /// (T4).
    pub allowed: Methods,
    /// One of their panels requires a second factor and accepts mailed codes for it.
    pub relies_on_mail: bool,
    /// Another of their panels requires a code that they get by mail or SMS, and would also accept one from
    /// an app.
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

    /// Identified by an operator, where no authenticator can be set up: the mailed code is the only method.
    fn has_only_mail(&self, policy: &Policy) -> bool {
        self.identified && self.app_set_at.is_none() && !(policy.methods.app && self.allowed.app)
    }

    /// Every method that the person can use in a panel now, strongest first.
    pub fn open_methods(&self, policy: &Policy) -> Vec<Method> {
        Method::ALL
            .into_iter()
            .filter(|method| self.open(*method, policy))
            .collect()
    }

    /// Whether a code is required after the password, trusted IPs aside (T1): from everybody if the panel
    /// requires one, else from people who set up an authenticator that the panel accepts.
    pub fn is_asked(&self, policy: &Policy) -> bool {
        match policy.second_factor {
            SecondFactor::Off => false,
            SecondFactor::Optional => {
                self.app_set_at.is_some() && policy.methods.app && self.allowed.app
            }
            SecondFactor::Required => true,
        }
    }

    /// A code is required, and the person can use no method (T5).
    pub fn is_missing(&self, policy: &Policy) -> bool {
        policy.second_factor == SecondFactor::Required && self.open_methods(policy).is_empty()
    }

    /// Whether the person may set up their first authenticator with only the password (T5): if no sign-in of
    /// theirs would require more.
    pub fn may_set_up(&self, policy: &Policy) -> bool {
        self.may_add_app(policy) && !self.asks_for_sent_code(policy) && !self.codes_elsewhere
    }

    /// Whether the person may set up their first authenticator once they are signed in. An app opens every
    /// panel that accepts one: if a panel relies on codes by mail or SMS, they must be signed in to that
    /// panel. It is not allowed if the mailbox that reset the password would also be the second factor:
    /// people without another method have to ask an operator (T4).
    pub fn may_add_app(&self, policy: &Policy) -> bool {
        policy.second_factor != SecondFactor::Off
            && policy.methods.app
            && self.allowed.app
            && self.app_set_at.is_none()
            && !self.asks_an_operator(policy)
            && (self.asks_for_sent_code(policy) || !self.codes_elsewhere)
    }

    /// Without an app, a sign-in here requires a code by mail or SMS.
    fn asks_for_sent_code(&self, policy: &Policy) -> bool {
        policy.second_factor == SecondFactor::Required
            && (self.open(Method::Mail, policy) || self.open(Method::Sms, policy))
    }

    /// Only an operator can help: the mailed code that used to be the second factor does not count after a
    /// reset by mail, and there is no other method (T4). If they could set up an app in another panel, the
    /// mailbox alone would be enough after all.
    pub fn asks_an_operator(&self, policy: &Policy) -> bool {
        self.mail_barred
            && if self.app_set_at.is_none() {
                self.relies_on_mail && !self.identified
            } else {
                takes_mailed_codes(policy, self.allowed) && !policy.methods.app
            }
    }

    /// If no method can be used: whether that is because codes by mail do not count until another method has
    /// been used (T4).
    pub fn waits_for_another(&self, policy: &Policy) -> bool {
        self.mail_barred
            && policy.methods.has(Method::Mail)
            && self.allowed.has(Method::Mail)
            && !self.may_set_up(policy)
    }

    /// Lacks what a method of the panel needs, or has no method and cannot set one up: `list --cannot-2fa`
    /// (T1, T4).
    pub fn lacks_something(&self, policy: &Policy) -> bool {
        if policy.second_factor == SecondFactor::Off {
            return false;
        }
        let lacks_number = policy.methods.sms && self.allowed.sms && !self.has_phone;
        let can_set_up = policy.methods.app && self.allowed.app && !self.asks_an_operator(policy);
        lacks_number || (self.open_methods(policy).is_empty() && !can_set_up)
    }
}

/// An operator who removed the second factor has identified the person. That also counts for a reset link
/// that an operator creates within this time, whichever came first (T6).
const IDENTIFIED_FOR: SignedDuration = SignedDuration::from_hours(24);

/// Whether the reset link that was created then, by an operator if `by_operator`, goes to somebody whom an
/// operator identified when removing the second factor.
pub fn is_identified(by_operator: Option<Timestamp>, factor_reset_at: Option<Timestamp>) -> bool {
    match (by_operator, factor_reset_at) {
        (Some(made), Some(reset)) => made.duration_since(reset) <= IDENTIFIED_FOR,
        _ => false,
    }
}

/// Whether a panel requires a second factor and accepts mailed codes for it, for people who may use these
/// methods.
pub fn takes_mailed_codes(policy: &Policy, allowed: Methods) -> bool {
    policy.second_factor == SecondFactor::Required && policy.methods.mail && allowed.mail
}

/// How far a phone's clock can be off and still be recognised, in steps of 30 s: 10 minutes (T7).
pub const CLOCK_STEPS: i64 = 20;

/// "about 2 minutes ahead": an offset in steps of 30 s, in words.
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
