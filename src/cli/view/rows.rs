//! The rows of the verbs about people: which fields they have, and what these hold.

use crate::cli::base::output::{Field, field};

/// Whom or what a change is about.
pub const TARGET: Field = field(
    "target",
    "the person: the address as it is stored, or as it was given",
);
/// Where.
pub const PANEL: Field = field("panel", "the panel; null where none was found");
/// What became of it.
pub const STATUS: Field = field("status", "done, unchanged, refused or failed");
/// The sentence.
pub const MESSAGE: Field = field("message", "the same in a sentence, for people");
/// What helps.
pub const HINT: Field = field("hint", "what to do next, or null");

/// The word for what was done; each verb says which words there are.
pub const ACTION: Field = action("what was done");
/// The account.
pub const ACCOUNT_STATUS: Field = field(
    "account_status",
    "the account's status now: active, unregistered, locked, locked-permanently or disabled; null if it was erased",
);
/// The role.
pub const ROLE: Field = field("role", "the role in that panel now, or null");
/// The end of the access.
pub const ACCESS_UNTIL: Field = field(
    "access_until",
    "when access to that panel ends; null if it is permanent, or there is none",
);
/// The mail.
pub const MAIL: Field = field(
    "mail",
    "the mail that was queued: its id, its state (queued, sent, failed, lapsed) and in detail the server's reply; null if there was none",
);
const BEFORE: Field = field(
    "before",
    "the state before, or null: account_status, access_status, role, access_until, wrong_passwords, wrong_codes, locks_in_a_row, password (none, set, voided)",
);
const AFTER: Field = field(
    "after",
    "the state after, in the same fields; null if there is none",
);
/// The end of an invitation.
pub const INVITATION_EXPIRES_AT: Field = field(
    "invitation_expires_at",
    "when the registration link expires; null if there is none",
);
/// The end of another link.
pub const LINK_EXPIRES_AT: Field = field(
    "link_expires_at",
    "when the mailed link expires; null if there is none",
);

/// The replaced invitation.
pub const SUPERSEDED_SENT_AT: Field = field(
    "superseded_sent_at",
    "when the replaced link was sent; null if there was none",
);
/// Which details changed.
pub const CHANGED: Field = field(
    "changed",
    "which of name, phone and lang changed, as a list",
);
/// The new address.
pub const NEW_ADDRESS: Field = field(
    "new_address",
    "the address to be confirmed, or the new current one; null if none was given",
);

const fn action(about: &'static str) -> Field {
    field("action", about)
}

macro_rules! row {
    ($action:literal $(, $more:expr)*) => {
        &[
            TARGET, PANEL, STATUS, action($action), ACCOUNT_STATUS, ROLE, ACCESS_UNTIL, $($more,)*
            BEFORE, AFTER, MESSAGE, HINT,
        ]
    };
}

/// The row of `invite` and `resend`.
pub const INVITATION: &[Field] = row!(
    "invited, resent, access-added, access-restored or none",
    INVITATION_EXPIRES_AT,
    SUPERSEDED_SENT_AT,
    MAIL
);
/// The row of `revoke`.
pub const REVOKE: &[Field] = row!("revoked or none");
/// The row of `unlock`.
pub const UNLOCK: &[Field] = row!("unlocked or none", LINK_EXPIRES_AT, MAIL);
/// The row of `lock`.
pub const LOCK: &[Field] = row!("locked or none");
/// The row of `extend`.
pub const EXTEND: &[Field] = row!(
    "extended, invited, access-restored or none",
    INVITATION_EXPIRES_AT,
    MAIL
);
/// The row of `remove`.
pub const REMOVE: &[Field] = row!("removed, revoked, erased or none");
/// The row of `role-of`.
/// The role.
pub const ROLE_OF: &[Field] = row!("role-changed or none");
/// The row of `reset password`.
pub const RESET_PASSWORD: &[Field] = row!("reset-started", LINK_EXPIRES_AT, MAIL);
/// The row of `reset 2fa`.
pub const RESET_2FA: &[Field] = row!("second-factor-reset or none", LINK_EXPIRES_AT, MAIL);

/// The row of `edit`.
pub const EDIT: &[Field] = &[
    TARGET,
    PANEL,
    STATUS,
    action("edited or none"),
    ACCOUNT_STATUS,
    CHANGED,
    NEW_ADDRESS,
    LINK_EXPIRES_AT,
    MAIL,
    field(
        "before",
        "the details before, or null: address, name, phone, lang, new_address (not yet confirmed)",
    ),
    AFTER,
    MESSAGE,
    HINT,
];

/// The row of `self register` and `self password`.
pub const OWN: &[Field] = &[
    TARGET,
    PANEL,
    STATUS,
    field("before", "null"),
    field("after", "null"),
    MESSAGE,
    HINT,
];

/// What a file brings along.
pub const LINE: Field = field("line", "with --from: the line in the file, from 1");

/// What `--print-link` brings along.
pub const LINK: Field = field(
    "link",
    "with --print-link: the link; null if the panel has no page for it",
);
/// What `--print-link` brings along.
pub const TOKEN: Field = field("token", "with --print-link: the token in the link");
