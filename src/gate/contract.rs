//! The contract: every request with the keys it takes, and every answer with the fields it has.
//!
//! It is said once, here. The parser takes its keys from it, `hello` tells it, and the tables of docs/gate.md and the
//! JSON Schemas are made from it.

mod fields;
mod keys;
mod schema;
mod verbs;

pub use self::fields::{Field, Shape};
pub use self::keys::{COMMON, Key, Need, STREAM, Takes};
pub use self::schema::json_schema;
pub use self::verbs::Verb;

/// The number of the contract: the value of `schema` in requests and answers.
pub const SCHEMA: i64 = 2;

/// What a request takes, and what it is answered with.
#[derive(Debug)]
pub struct Contract {
    /// What it does, in half a sentence.
    pub about: &'static str,
    /// Its own keys; [`COMMON`] ones are understood besides.
    pub keys: &'static [Key],
    /// The answers that are a yes.
    pub yes: &'static [Yes],
    /// The reasons for a no, besides [`ANYWHERE`].
    pub no: &'static [&'static str],
    /// It hashes a password: it waits for a processor, and others wait for it.
    pub hashes: bool,
    /// It changes something, so it may carry an `idempotency` key.
    pub changes: bool,
}

/// A yes.
#[derive(Debug)]
pub struct Yes {
    /// The value of `answer`.
    pub word: &'static str,
    /// The fields that it has besides those of every answer.
    pub fields: &'static [&'static [Field]],
}

/// The reasons that any request may be answered with.
pub const ANYWHERE: &[&str] = &["throttled", "bad-request", "unavailable"];

/// A reason for a no: its fields besides those of every answer.
pub fn fields_of(reason: &str) -> &'static [Field] {
    match reason {
        "code-required" | "code-invalid" | "code-expired" => fields::CODE_NEEDED,
        "second-factor-setup-required" | "password-expired" => fields::TICKET_OR_NONE,
        "password-refused" => fields::PROBLEMS,
        "throttled" => fields::RETRY,
        "unavailable" => fields::RETRY_IF_KNOWN,
        _ => &[],
    }
}

impl Contract {
    /// Every key that a request of this kind may have, in a stream or not.
    pub fn all_keys(&self, stream: bool) -> impl Iterator<Item = &'static Key> + Clone {
        let common = COMMON
            .iter()
            .filter(|key| self.changes || key.name != "idempotency");
        let own_ip = self.keys.iter().any(|key| key.name == "ip");
        let of_stream = if stream { STREAM } else { &[] };
        self.keys
            .iter()
            .chain(common.filter(move |key| !own_ip || key.name != "ip"))
            .chain(of_stream)
    }
}

#[cfg(test)]
#[path = "contract_tests.rs"]
mod tests;
