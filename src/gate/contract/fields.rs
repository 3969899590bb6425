//! The fields of answers.

/// A field of an answer.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// What it means.
    pub about: &'static str,
}

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Text.
    Text,
    /// An instant, RFC 3339 in UTC.
    Time,
    /// A whole number.
    Whole,
    /// True or false.
    Flag,
    /// Texts.
    Texts,
    /// Whole numbers.
    Wholes,
    /// An object with these fields.
    Object(&'static [Field]),
    /// Objects with these fields.
    Objects(&'static [Field]),
    /// An object whose keys are not known beforehand.
    Map,
    /// One of them, or null.
    OrNull(&'static Shape),
}

const fn field(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { name, shape, about }
}

const TEXT_OR_NULL: Shape = Shape::OrNull(&Shape::Text);
const TIME_OR_NULL: Shape = Shape::OrNull(&Shape::Time);
const WHOLE_OR_NULL: Shape = Shape::OrNull(&Shape::Whole);

/// What the page should ask for next.
const NEXT: &[Field] = &[
    field(
        "ask",
        Shape::Text,
        "`password`, `code`, `set-up` or `new-password`",
    ),
    field(
        "methods",
        Shape::Texts,
        "if it asks for a code: the methods that count for this person here",
    ),
    field("target", TEXT_OR_NULL, "where a code was sent, masked"),
    field(
        "expires_at",
        TIME_OR_NULL,
        "when the ticket in this answer stops working",
    ),
    field(
        "resend_at",
        TIME_OR_NULL,
        "when another code may be asked for",
    ),
    field(
        "tries_left",
        WHOLE_OR_NULL,
        "how many more codes may be tried",
    ),
];

/// What every answer has, in this order. `answer` and `reason` exclude each other.
pub(super) const EVERY: &[Field] = &[
    field("schema", Shape::Whole, "2"),
    field(
        "id",
        Shape::OrNull(&Shape::Text),
        "that of the request, text or number; only in a stream",
    ),
    field("ok", Shape::Flag, "whether it is a yes"),
    field("answer", Shape::Text, "of a yes: what was done"),
    field("reason", Shape::Text, "of a no: why"),
    field(
        "message",
        Shape::Object(&[
            field("code", Shape::Text, "which message it is"),
            field("parameters", Shape::Map, "what the text is filled with"),
            field(
                "text",
                Shape::Text,
                "the message in the person's language: may be shown",
            ),
        ]),
        "what to tell the person",
    ),
    field(
        "next",
        Shape::OrNull(&Shape::Object(NEXT)),
        "what the page should ask for next; null if nothing",
    ),
    field(
        "cause",
        TEXT_OR_NULL,
        "the true cause, for the panel's own log; never to be shown",
    ),
];

pub(super) const PERSON: &[Field] = &[
    field(
        "session",
        Shape::Text,
        "the session: only the panel and the person's browser keep it",
    ),
    field(
        "session_expires_at",
        Shape::Time,
        "when the session ends even if it is used",
    ),
    field(
        "account",
        Shape::Object(&[
            field(
                "id",
                Shape::Text,
                "random, and never given to anybody else: what a panel should keep",
            ),
            field("address", Shape::Text, "the address; it may change"),
            field("name", TEXT_OR_NULL, "the name"),
            field("lang", TEXT_OR_NULL, "the language"),
        ]),
        "who it is",
    ),
    field("role", Shape::Text, "the role in this panel"),
    field(
        "rights",
        Shape::Map,
        "what the role allows: section → create, read, edit, delete",
    ),
    field("access_until", TIME_OR_NULL, "when the access ends"),
    field(
        "authenticated",
        Shape::Object(&[
            field("at", Shape::Time, "when the person signed in"),
            field(
                "by",
                Shape::Text,
                "`password`, `code` or `trusted-ip`: what was asked for",
            ),
            field("method", TEXT_OR_NULL, "which code"),
        ]),
        "how this session began",
    ),
    field(
        "second_factor_set",
        Shape::Flag,
        "whether an authenticator is set up",
    ),
    field(
        "backup_codes_left",
        WHOLE_OR_NULL,
        "how many are unused; null without an authenticator",
    ),
    field(
        "ip_trusted_until",
        TIME_OR_NULL,
        "until when no code is asked from this IP",
    ),
    field(
        "ip_newly_trusted",
        Shape::Flag,
        "whether that was taken on just now",
    ),
];
pub(super) const NOTHING: &[Field] = &[];
pub(super) const TICKET: &[Field] = &[field("ticket", Shape::Text, "for the next request")];
pub(super) const TICKET_OR_NONE: &[Field] = &[field(
    "ticket",
    TEXT_OR_NULL,
    "for the next request; null if only an operator can help",
)];
pub(super) const CODE_NEEDED: &[Field] = &[
    field(
        "methods",
        Shape::Texts,
        "the methods that count for this person here: app, backup, mail, sms",
    ),
    field(
        "ticket",
        TEXT_OR_NULL,
        "for `sign-in` with the code, and for `send-code`; null in a request that has none",
    ),
];
pub(super) const OFFER: &[Field] = &[
    field("otpauth", Shape::Text, "what the QR code holds"),
    field("secret", Shape::Text, "the same, to be typed in"),
];
pub(super) const BACKUP_CODES: &[Field] =
    &[field("backup_codes", Shape::Texts, "ten codes, shown once")];
pub(super) const SESSION_OR_NONE: &[Field] = &[field(
    "session",
    TEXT_OR_NULL,
    "a new session in the place of the old one; null without one",
)];
pub(super) const PROBLEMS: &[Field] = &[field(
    "problems",
    Shape::Texts,
    "too-short, too-long, common, personal, control-characters, unchanged",
)];
pub(super) const RETRY: &[Field] = &[field("retry_after", Shape::Whole, "seconds to wait")];
pub(super) const RETRY_IF_KNOWN: &[Field] = &[field(
    "retry_after",
    WHOLE_OR_NULL,
    "seconds to wait, if that is known",
)];
pub(super) const POLICY: &[Field] = &[
    field("panel", Shape::Text, "its name"),
    field("title", Shape::Text, "what people call it"),
    field("support_contact", TEXT_OR_NULL, "whom people may ask"),
    field(
        "password_length",
        Shape::Whole,
        "the fewest characters of a new password, for somebody new here",
    ),
    field("password_longest", Shape::Whole, "the most bytes"),
    field(
        "password_expiry",
        WHOLE_OR_NULL,
        "days after which a password expires",
    ),
    field(
        "second_factor",
        Shape::Text,
        "`off`, `optional` or `required`",
    ),
    field("methods", Shape::Texts, "app, mail, sms"),
    field(
        "trusted_ips",
        WHOLE_OR_NULL,
        "days for which an IP is trusted; null if none is",
    ),
    field(
        "sessions",
        Shape::Text,
        "`many`, `one-refuse` or `one-replace`",
    ),
    field(
        "session_idle",
        Shape::Whole,
        "seconds without a request after which a session ends",
    ),
    field(
        "session_total",
        Shape::Whole,
        "seconds after which it ends at the latest",
    ),
    field(
        "links",
        Shape::Map,
        "where links lead: register, reset, confirm; null where none is set",
    ),
];
pub(super) const LINK: &[Field] = &[
    field("purpose", Shape::Text, "`register`, `reset` or `confirm`"),
    field("panel", Shape::Text, "the panel that it was sent for"),
    field(
        "address",
        Shape::Text,
        "whose it is; of a new address: the new one",
    ),
    field("name", TEXT_OR_NULL, "the person's name"),
    field("lang", TEXT_OR_NULL, "the person's language"),
    field("expires_at", Shape::Time, "until when it works"),
    field(
        "password_length",
        Shape::Whole,
        "the fewest characters of the new password",
    ),
];
pub(super) const HELLO: &[Field] = &[
    field("version", Shape::Text, "the version of admit"),
    field("schemas", Shape::Wholes, "the contracts that it speaks"),
    field("ops", Shape::Texts, "the requests that it knows"),
    field("longest_request", Shape::Whole, "bytes"),
];
pub(super) const EVENTS: &[Field] = &[
    field(
        "events",
        Shape::Objects(&[
            field("seq", Shape::Whole, "its number in the audit log"),
            field("at", Shape::Time, "when"),
            field("action", Shape::Text, "what happened, as in `audit list`"),
            field(
                "account",
                TEXT_OR_NULL,
                "whom it is about: the `id` of an account",
            ),
            field(
                "address",
                TEXT_OR_NULL,
                "the address of that person then; null if it was erased",
            ),
            field("detail", Shape::Map, "what changed"),
        ]),
        "in the order in which they happened",
    ),
    field(
        "latest",
        Shape::Whole,
        "where to go on: the `since` of the next request",
    ),
];
