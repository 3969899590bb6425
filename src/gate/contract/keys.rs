//! The keys of requests.

/// A key of a request.
#[derive(Debug)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub takes: Takes,
    /// Whether it has to be there.
    pub need: Need,
    /// What it is for.
    pub about: &'static str,
}

/// What the value of a key may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Text that a person typed, or a name.
    Text,
    /// Text that a person typed, and nobody else may read.
    Secret,
    /// A token: from a link, a cookie or an earlier answer.
    Token,
    /// A code: text, or a number.
    Code,
    /// One of these words.
    Words(&'static [&'static str]),
    /// One IP address.
    Ip,
    /// True or false.
    Flag,
    /// A whole number.
    Whole,
    /// Text or a whole number, given back as it is.
    Label,
}

/// Whether a key has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Always.
    Required,
    /// Null and an empty text are as good as leaving it out.
    Optional,
    /// It has to be there, but may be null: the panel says so on purpose.
    OrNull,
    /// Exactly one of the keys with this mark.
    OneOf,
    /// Required with the key of this name, and refused without it.
    With(&'static str),
}

const fn key(name: &'static str, takes: Takes, need: Need, about: &'static str) -> Key {
    Key {
        name,
        takes,
        need,
        about,
    }
}

/// The methods by which a code can be sent.
const SENT: Takes = Takes::Words(&["mail", "sms"]);
/// All methods.
const METHODS: Takes = Takes::Words(&["app", "backup", "mail", "sms"]);

/// Understood in every request.
pub const COMMON: &[Key] = &[
    key("ip", Takes::Ip, Need::Optional, "the person's IP address"),
    key(
        "lang",
        Takes::Text,
        Need::Optional,
        "the language of `message`: `en`, `de`, `fr`; else the account's, else English",
    ),
    key(
        "schema",
        Takes::Whole,
        Need::Optional,
        "2: the number of this contract; another one is refused",
    ),
    key(
        "ignore_unknown",
        Takes::Flag,
        Need::Optional,
        "true: keys that are not known are ignored instead of refused",
    ),
    key(
        "idempotency",
        Takes::Secret,
        Need::Optional,
        "a random text of 16 to 200 characters: the same request again within 24 hours gets the same answer, and nothing is done twice",
    ),
];

/// Understood in a stream and by a server, where one place takes every request.
pub const STREAM: &[Key] = &[
    key("op", Takes::Text, Need::Required, "which request it is"),
    key(
        "panel",
        Takes::Text,
        Need::Optional,
        "the panel, where there are several",
    ),
    key(
        "id",
        Takes::Label,
        Need::Optional,
        "given back in the answer",
    ),
];

pub(super) const IP: Key = key(
    "ip",
    Takes::Ip,
    Need::OrNull,
    "the person's IP address; null if the panel cannot know it, and then no limit per IP protects anybody",
);
pub(super) const TOKEN: Key = key(
    "token",
    Takes::Token,
    Need::Required,
    "the token in the link",
);
pub(super) const NAME: Key = key("name", Takes::Text, Need::Optional, "the person's name");
pub(super) const NEW: Key = key(
    "password",
    Takes::Secret,
    Need::Required,
    "the password that the person chose",
);
pub(super) const ADDRESS: Key = key("address", Takes::Text, Need::Required, "as typed");
pub(super) const SESSION: Key = key("session", Takes::Token, Need::Required, "the session");
pub(super) const CODE: Key = key(
    "code",
    Takes::Code,
    Need::Required,
    "a code of the app, or a backup code",
);

/// Of what proves who it is: what they typed.
const TYPED_ADDRESS: Key = key(
    "address",
    Takes::Text,
    Need::OneOf,
    "as typed; together with `password`",
);
const TYPED_PASSWORD: Key = key("password", Takes::Secret, Need::With("address"), "as typed");
/// The same: a session.
const SIGNED_IN: Key = key(
    "session",
    Takes::Token,
    Need::OneOf,
    "of somebody who is signed in",
);
const METHOD: Key = key(
    "method",
    METHODS,
    Need::Optional,
    "which code it is, if the page knows",
);

pub(super) const REGISTER: &[Key] = &[TOKEN, NEW, NAME];
pub(super) const SIGN_IN: &[Key] = &[
    TYPED_ADDRESS,
    TYPED_PASSWORD,
    key(
        "ticket",
        Takes::Token,
        Need::OneOf,
        "instead of both, with `code`: from `code-required`, `code-sent` or an earlier wrong code. With both: from `reset-password`",
    ),
    key("code", Takes::Code, Need::Optional, "the code as typed"),
    METHOD,
    IP,
    key(
        "trust_ip",
        Takes::Flag,
        Need::Optional,
        "true: ask for no code from this IP for a while; needs an `ip`",
    ),
    key(
        "end_other",
        Takes::Flag,
        Need::Optional,
        "for panels with one session a person; without effect yet",
    ),
];
pub(super) const SEND_CODE: &[Key] = &[
    TYPED_ADDRESS,
    TYPED_PASSWORD,
    key(
        "ticket",
        Takes::Token,
        Need::OneOf,
        "instead of both: from `code-required` or an earlier `code-sent`",
    ),
    key("method", SENT, Need::Required, "how to send it"),
    IP,
];
pub(super) const SET_UP: &[Key] = &[
    key(
        "ticket",
        Takes::Token,
        Need::OneOf,
        "from `second-factor-setup-required`",
    ),
    SIGNED_IN,
    key(
        "current_code",
        Takes::Code,
        Need::Optional,
        "a code of the factor that is replaced, if one is set",
    ),
    key(
        "code",
        Takes::Code,
        Need::Optional,
        "the first code of the new one: in the second call",
    ),
    IP,
];
pub(super) const FORGOT: &[Key] = &[ADDRESS, IP];
pub(super) const RESET: &[Key] = &[TOKEN, NEW];
pub(super) const CHANGE: &[Key] = &[
    SIGNED_IN,
    key(
        "address",
        Takes::Text,
        Need::OneOf,
        "as typed, where no session can exist",
    ),
    key(
        "ticket",
        Takes::Token,
        Need::OneOf,
        "from `password-expired`, instead of `password` too. With `address`: from `send-code`",
    ),
    key(
        "password",
        Takes::Secret,
        Need::Optional,
        "the current one, as typed; required without a ticket from `password-expired`",
    ),
    key("new_password", Takes::Secret, Need::Required, "the new one"),
    key(
        "code",
        Takes::Code,
        Need::Optional,
        "the code, if one is asked for",
    ),
    METHOD,
    IP,
];
pub(super) const LINK: &[Key] = &[TOKEN];
pub(super) const CHECK: &[Key] = &[SESSION];
pub(super) const WITH_CODE: &[Key] = &[SESSION, CODE, IP];
pub(super) const EVENTS: &[Key] = &[
    key(
        "since",
        Takes::Whole,
        Need::Optional,
        "the `seq` of the last event that the panel knows; 0 for all",
    ),
    key(
        "limit",
        Takes::Whole,
        Need::Optional,
        "at most so many events: 1 to 1000, else 100",
    ),
];
