//! The result of delivering a message.

/// A message that was accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryReceipt {
    /// In words: "written to …", or the server's reply.
    pub detail: String,
    /// Whether the mail leaves this machine.
    pub leaves: bool,
}

/// Why a message was not accepted.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct DeliveryFault {
    /// Whether a later attempt may succeed.
    pub retry: bool,
    /// In words, with what to do if that is known.
    pub detail: String,
}
