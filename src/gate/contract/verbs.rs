//! The requests.

use super::{Contract, Yes, fields, keys};

macro_rules! verbs {
    ($($name:ident = $word:literal $about:literal
        $(hashes $hashes:literal)? $(changes $changes:literal)?
        takes $keys:expr, yes [$($yes:literal => [$($fields:expr),*]),* $(,)?], no [$($no:literal),* $(,)?];)*) => {
        /// The kinds of request.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Verb { $(#[doc = $about] $name,)* }

        impl Verb {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word on the command line and in `op`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// What it takes, and what it is answered with.
            pub fn contract(self) -> &'static Contract {
                match self { $(Self::$name => {
                    const CONTRACT: Contract = Contract {
                        about: $about,
                        keys: $keys,
                        yes: &[$(Yes { word: $yes, fields: &[$($fields),*] }),*],
                        no: &[$($no),*],
                        hashes: false $(|| $hashes)?,
                        changes: false $(|| $changes)?,
                    };
                    &CONTRACT
                })* }
            }
        }
    };
}

verbs! {
    Register = "register" "An invited person chooses a password" hashes true changes true
        takes keys::REGISTER,
        yes ["registered" => []],
        no ["link-invalid", "link-expired", "link-superseded", "link-used", "link-revoked", "password-refused", "name-refused"];
    SignIn = "sign-in" "Somebody signs in" hashes true changes true
        takes keys::SIGN_IN,
        yes ["signed-in" => [fields::PERSON]],
        no [
            "invalid-credentials", "locked", "locked-permanently", "disabled", "unregistered", "no-access",
            "access-expired", "trial-ended", "password-reset-required", "password-expired",
            "second-factor-setup-required", "already-signed-in", "code-required", "code-invalid", "code-expired",
            "ticket-expired",
        ];
    SendCode = "send-code" "Sends a code by mail or SMS to somebody whose password was right" hashes true changes true
        takes keys::SEND_CODE,
        yes ["code-sent" => [fields::TICKET]],
        no [
            "invalid-credentials", "locked", "locked-permanently", "disabled", "unregistered", "no-access",
            "access-expired", "trial-ended", "password-reset-required", "second-factor-setup-required",
            "code-required", "ticket-expired",
        ];
    SetUp2fa = "set-up-2fa" "Sets up an authenticator: without `code`, then with the first one" changes true
        takes keys::SET_UP,
        yes [
            "second-factor-offered" => [fields::OFFER],
            "second-factor-set" => [fields::PERSON, fields::BACKUP_CODES],
            "second-factor-set-only" => [fields::BACKUP_CODES],
        ],
        no ["ticket-expired", "session-ended", "locked", "code-required", "code-invalid", "code-expired", "no-apps-here"];
    SecondFactorOff = "second-factor-off" "Removes the person's own authenticator" changes true
        takes keys::WITH_CODE,
        yes ["second-factor-removed" => []],
        no ["session-ended", "locked", "code-invalid", "no-second-factor", "second-factor-required"];
    NewBackupCodes = "new-backup-codes" "Makes ten new backup codes" changes true
        takes keys::WITH_CODE,
        yes ["backup-codes-made" => [fields::BACKUP_CODES]],
        no ["session-ended", "locked", "code-invalid", "no-second-factor"];
    ForgotPassword = "forgot-password" "Mails a reset link, if there is somebody to mail it to" hashes true changes true
        takes keys::FORGOT,
        yes ["accepted" => []],
        no [];
    ResetPassword = "reset-password" "Somebody with a reset link chooses a new password" hashes true changes true
        takes keys::RESET,
        yes ["password-set" => [fields::TICKET]],
        no ["link-invalid", "link-expired", "link-superseded", "link-used", "link-revoked", "password-refused"];
    ChangePassword = "change-password" "Somebody who knows their password chooses a new one" hashes true changes true
        takes keys::CHANGE,
        yes ["password-set" => [fields::SESSION_OR_NONE]],
        no [
            "invalid-credentials", "locked", "locked-permanently", "disabled", "unregistered", "no-access",
            "access-expired", "trial-ended", "password-reset-required", "code-required", "code-invalid", "code-expired",
            "ticket-expired", "session-ended", "wrong-password", "password-refused",
        ];
    ConfirmAddress = "confirm-address" "Somebody followed the link to their new address" changes true
        takes keys::LINK,
        yes ["address-changed" => []],
        no ["link-invalid", "link-expired", "link-superseded", "link-used", "link-revoked"];
    CheckSession = "check-session" "Whether a session is still live; counts as activity"
        takes keys::CHECK,
        yes ["session-live" => [fields::PERSON]],
        no ["session-ended"];
    SignOut = "sign-out" "Ends a session" changes true
        takes keys::CHECK,
        yes ["signed-out" => []],
        no ["session-ended"];
    Policy = "policy" "What a page has to know: rules for passwords, methods, title, links"
        takes &[],
        yes ["policy" => [fields::POLICY]],
        no [];
    Peek = "peek" "Whose link it is, and until when it works; uses nothing up"
        takes keys::LINK,
        yes ["link-valid" => [fields::LINK]],
        no ["link-invalid", "link-expired", "link-superseded", "link-used", "link-revoked"];
    Events = "events" "What happened to the panel's people: removed, another address, another role …"
        takes keys::EVENTS,
        yes ["events" => [fields::EVENTS]],
        no [];
    Hello = "hello" "What this version understands"
        takes &[],
        yes ["hello" => [fields::HELLO]],
        no [];
    Health = "health" "Whether the store can be read"
        takes &[],
        yes ["healthy" => [fields::NOTHING]],
        no [];
}

impl Verb {
    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|verb| verb.as_str() == word)
    }
}
