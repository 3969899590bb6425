//! The mails that `admit` sends.

/// What the link in a mail is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkUse {
    /// Registering with an invitation.
    Register,
    /// Setting a new password.
    Reset,
}

impl LinkUse {
    /// The command that takes the token where no link to a web page is configured; it asks for the token.
    pub fn command(self) -> &'static str {
        match self {
            Self::Register => "admit self register",
            Self::Reset => "admit self password",
        }
    }
}

/// One line here and two files in `templates/en/` are all that a new kind of mail needs.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])+ $name:ident, $word:literal, $link:expr;)+) => {
        /// Which mail it is. The word in the store is [`MailKind::as_str`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum MailKind {
            $($(#[doc = $doc])+ $name,)+
        }

        impl MailKind {
            /// Every kind, in the order of their definition.
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
        }

        /// File names and sources of the built-in English templates.
        pub(super) const BUILT_IN: &[(&str, &str)] = &[
            $(
                (concat!($word, ".txt"), include_str!(concat!("templates/en/", $word, ".txt"))),
                (concat!($word, ".html"), include_str!(concat!("templates/en/", $word, ".html"))),
            )+
        ];
    };
}

kinds! {
    /// The first mail to somebody new: a link to register with (I1).
    Invitation, "invitation", Some(LinkUse::Register);
    /// Somebody registered may enter one more panel (I6).
    AccessAdded, "access-added", None;
    /// Access that had ended is back, with the password as it was (I7).
    AccessRestored, "access-restored", None;
    /// A link to set a new password with (P3).
    PasswordReset, "password-reset", Some(LinkUse::Reset);
    /// The account was locked; the link in it opens the lock (L2, L3).
    Locked, "locked", Some(LinkUse::Reset);
    /// The account stays locked until an operator opens it; no link (L4).
    LockedPermanently, "locked-permanently", None;
    /// A new password was set (P3).
    PasswordChanged, "password-changed", None;
    /// An operator printed a reset link instead of mailing it (P5).
    ResetByOperatorPrinted, "reset-by-operator-printed", None;
    /// An authenticator was set up (T2).
    SecondFactorSet, "second-factor-set", None;
    /// An operator took the second factor off (T6).
    SecondFactorReset, "second-factor-reset", None;
    /// Wrong codes behind a right password (T8).
    WrongCodes, "wrong-codes", None;
    /// A backup code was used (T3).
    BackupCodeUsed, "backup-code-used", None;
    /// A new set of backup codes was made (T3).
    BackupCodesMade, "backup-codes-made", None;
    /// A code to sign in with, by mail (T4).
    SignInCode, "sign-in-code", None;
    /// A code to sign in with, by SMS (T4).
    SignInCodeSms, "sign-in-code-sms", None;
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
}
