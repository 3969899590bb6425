//! The messages that `admit` sends.

use super::built_in::{Language, pieces};

/// What the link in a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkUse {
    /// Registering with an invitation.
    Register,
    /// Setting a new password.
    Reset,
    /// Confirming a new address.
    Confirm,
}

impl LinkUse {
    /// The command that accepts the token if no link to a web page is configured; it prompts for the token.
    pub fn command(self) -> &'static str {
        match self {
            Self::Register => "admit self register",
            Self::Reset => "admit self password",
            // It reads JSON: the panel's, not the person's.
            Self::Confirm => "admit gate confirm-address",
        }
    }
}

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Channel {
    /// By e-mail, to an address.
    Mail,
    /// By SMS, to a phone number.
    Sms,
}

/// By mail unless said otherwise.
macro_rules! channel {
    (sms_code) => {
        Channel::Sms
    };
    ($($carries:ident)?) => {
        Channel::Mail
    };
}

macro_rules! carries_code {
    ($carries:ident) => {
        true
    };
    () => {
        false
    };
}

/// An SMS has only text.
macro_rules! html {
    ($lang:literal $word:literal sms_code) => {
        None
    };
    ($lang:literal $word:literal $($carries:ident)?) => {
        Some(include_str!(concat!(
            "templates/",
            $lang,
            "/",
            $word,
            ".html"
        )))
    };
}

/// Every kind in one language; a missing translation does not compile.
macro_rules! language {
    ($lang:literal: $($word:literal $($carries:ident)?,)+) => {
        Language {
            tag: $lang,
            kinds: &[
                $((
                    $word,
                    include_str!(concat!("templates/", $lang, "/", $word, ".txt")),
                    html!($lang $word $($carries)?),
                ),)+
            ],
            pieces: pieces!($lang),
        }
    };
}

/// A new kind of message needs one line here and its files in `templates/` for each language: a `.txt` and a
/// `.html`; for an SMS only the `.txt`. At the end of a line, `code` means a mail that carries a code,
/// `sms_code` an SMS that does.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident, $word:literal, $link:expr $(, $carries:ident)?;)+) => {
        /// The kind of a message. The word in the store is [`MailKind::as_str`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum MailKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl MailKind {
            /// Every kind, in order of definition.
            pub const ALL: &[Self] = &[$(Self::$name,)+];

            /// The word that the store, file names and templates use.
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $word,)+
                }
            }

            /// The link that such a mail carries; `None` for a notice.
            pub fn needs_link(self) -> Option<LinkUse> {
                match self {
                    $(Self::$name => $link,)+
                }
            }

            /// Whether it carries a sign-in code.
            pub fn needs_code(self) -> bool {
                match self {
                    $(Self::$name => carries_code!($($carries)?),)+
                }
            }

            /// How it travels.
            pub fn channel(self) -> Channel {
                match self {
                    $(Self::$name => channel!($($carries)?),)+
                }
            }
        }

        /// The built-in templates, by language; English, the fallback for missing ones, first.
        pub(super) const BUILT_IN: &[Language] = &[
            language!("en": $($word $($carries)?,)+),
            language!("de": $($word $($carries)?,)+),
            language!("fr": $($word $($carries)?,)+),
        ];
    };
}

kinds! {
    /// The first mail to a new person: a link to register with (I1).
    Invitation, "invitation", Some(LinkUse::Register);
    /// A registered person got access to one more panel (I6).
    AccessAdded, "access-added", None;
    /// Expired or removed access was restored, with the existing password (I7).
    AccessRestored, "access-restored", None;
    /// A link to set a new password with (P3).
    PasswordReset, "password-reset", Some(LinkUse::Reset);
    /// The account was locked; its link unlocks it (L2, L3).
    Locked, "locked", Some(LinkUse::Reset);
    /// The account stays locked until an operator unlocks it; no link (L4).
    LockedPermanently, "locked-permanently", None;
    /// A new password was set (P3).
    PasswordChanged, "password-changed", None;
    /// An operator printed a reset link instead of mailing it (P5).
    ResetByOperatorPrinted, "reset-by-operator-printed", None;
    /// A link to confirm a new address, sent there (E1).
    ConfirmAddress, "confirm-address", Some(LinkUse::Confirm);
    /// A change of address was requested: sent to the current address (E1).
    AddressChangeRequested, "address-change-requested", None;
    /// The address was changed: to both (E1).
    AddressChanged, "address-changed", None;
    /// An operator changed or removed the phone number (E1).
    PhoneChanged, "phone-changed", None;
    /// An authenticator was set up (T2).
    SecondFactorSet, "second-factor-set", None;
    /// An operator removed the second factor (T6).
    SecondFactorReset, "second-factor-reset", None;
    /// The person removed their own second factor.
    SecondFactorRemoved, "second-factor-removed", None;
    /// Wrong codes after a correct password (T8).
    WrongCodes, "wrong-codes", None;
    /// A backup code was used (T3).
    BackupCodeUsed, "backup-code-used", None;
    /// A new set of backup codes was created (T3).
    BackupCodesMade, "backup-codes-made", None;
    /// A code to sign in with, by mail (T4).
    SignInCode, "sign-in-code", None, code;
    /// A code to sign in with, by SMS (T4).
    SignInCodeSms, "sign-in-code-sms", None, sms_code;
}

impl MailKind {
    /// The kind with this word, if there is one.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.as_str() == word)
    }
}

impl std::fmt::Display for MailKind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kebab_case_and_come_back() {
        for &kind in MailKind::ALL {
            let word = kind.as_str();
            assert!(
                word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'),
                "{word}"
            );
            assert_eq!(MailKind::parse(word), Some(kind));
        }
        assert_eq!(MailKind::parse("Invitation"), None);
        assert_eq!(MailKind::parse(""), None);
    }

    #[test]
    fn codes_travel_by_mail_and_by_sms_and_everything_else_by_mail() {
        for &kind in MailKind::ALL {
            let (code, channel) = match kind {
                MailKind::SignInCode => (true, Channel::Mail),
                MailKind::SignInCodeSms => (true, Channel::Sms),
                _ => (false, Channel::Mail),
            };
            assert_eq!(
                (kind.needs_code(), kind.channel()),
                (code, channel),
                "{kind}"
            );
            assert!(!(code && kind.needs_link().is_some()), "{kind}");
        }
        for language in BUILT_IN {
            for (word, _, html) in language.kinds {
                let channel = MailKind::parse(word).unwrap().channel();
                assert_eq!(html.is_none(), channel == Channel::Sms, "{word}");
            }
        }
    }
}
