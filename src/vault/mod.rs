//! Secrets: key file, sealing, tokens, password hashing.
//! Placeholder until the real one is merged.

/// Placeholder for the source of randomness.
pub struct Entropy;

impl Entropy {
    /// The operating system's.
    pub fn system() -> Self {
        Self
    }
}

/// Placeholder for the wiped secret.
pub struct Secret<T: zeroize::Zeroize>(zeroize::Zeroizing<T>);

impl<T: zeroize::Zeroize> Secret<T> {
    /// Wraps a value.
    pub fn new(value: T) -> Self {
        Self(zeroize::Zeroizing::new(value))
    }

    /// The value itself.
    pub fn expose(&self) -> &T {
        &self.0
    }
}
