//! [`Secret`]: a value that must not be shown and does not stay in memory.
//!
//! It has no `Display`, its `Debug` reveals nothing about the content, and its memory is overwritten when it
//! is dropped. It cannot undo copies that were made before: read secrets into one buffer and move that in.

use std::fmt;

use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// A value that is never printed and is overwritten with zeros when dropped.
pub struct Secret<T: Zeroize>(T);

impl<T: Zeroize> Secret<T> {
    /// Wraps the value.
    pub fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the value. Every call is a place where a secret could leak: keep the reference short-lived,
    /// and never format it.
    pub fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: Zeroize> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize + Clone> Clone for Secret<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret<String> {
    /// The text as a string slice.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text's UTF-8 bytes.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Whether both texts are the same, in a time that depends only on their lengths.
    pub fn matches(&self, other: &Self) -> bool {
        self.as_bytes().ct_eq(other.as_bytes()).into()
    }

    /// Reads bytes as UTF-8; `None` if they are not.
    pub fn from_utf8(bytes: &Secret<Vec<u8>>) -> Option<Self> {
        std::str::from_utf8(bytes.expose())
            .ok()
            .map(|text| Self(text.to_owned()))
    }
}

impl Secret<Vec<u8>> {
    /// The bytes as a slice.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn debug_says_nothing() {
        let secret = Secret::new("hunter2".to_owned());
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(format!("{:#?}", Some(secret)), "Some(\n    Secret(…),\n)");
    }

    #[test]
    fn dropping_wipes() {
        static WIPED: AtomicBool = AtomicBool::new(false);
        struct Witness;
        impl Zeroize for Witness {
            fn zeroize(&mut self) {
                WIPED.store(true, Ordering::SeqCst);
            }
        }
        let secret = Secret::new(Witness);
        let _: &Witness = secret.expose();
        assert!(!WIPED.load(Ordering::SeqCst));
        drop(secret);
        assert!(WIPED.load(Ordering::SeqCst));
    }

    #[test]
    fn texts_are_compared() {
        let a = Secret::from("naïve".to_owned());
        assert!(a.matches(&a.clone()));
        assert!(!a.matches(&Secret::from("naive".to_owned())));
        assert!(!a.matches(&Secret::from(String::new())));
        assert_eq!(a.as_bytes().len(), 6);
    }

    #[test]
    fn only_utf8_becomes_text() {
        let good = Secret::new(b"abc".to_vec());
        assert_eq!(Secret::from_utf8(&good).unwrap().as_str(), "abc");
        assert!(Secret::from_utf8(&Secret::new(vec![0xff])).is_none());
    }
}
