//! The panel's side.

/// What whoever is typing may be told about a refusal.
pub fn message(reason: &str) -> String {
    reason.to_owned()
}
