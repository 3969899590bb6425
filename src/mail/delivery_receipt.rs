//! What comes back for a letter that was handed over, or was not.

/// What became of a letter that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryReceipt {
    /// In words: "written to …", or the server's reply.
    pub detail: String,
    /// Whether the mail leaves this machine.
    pub leaves: bool,
}

/// Why a letter was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{detail}")]
pub struct DeliveryFault {
    /// Whether a later try may succeed.
    pub retry: bool,
    /// In words, with what to do where that is known.
    pub detail: String,
}
