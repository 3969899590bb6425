//! French.

/// Code and template.
pub(super) const TEXTS: &[(&str, &str)] = super::en::TEXTS;
