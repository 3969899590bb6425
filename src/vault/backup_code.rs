//! [`BackupCode`]: a one-time secret on paper, to use without the authenticator.
//!
//! It carries 120 random bits in 24 characters of Crockford's base 32. From 112 bits on a plain hash may be
//! stored (NIST SP 800-63B-4, 3.1.2.2), so one lookup finds the code among any number of them and no slow
//! hash is needed.

use std::fmt;

use sha2::{Digest as _, Sha256};
use zeroize::{Zeroize as _, Zeroizing};

use super::code::bare;
use super::token::{spell, value};
use super::{Entropy, Secret, VaultError};

/// 120 bits.
const BYTES: usize = 15;
/// Characters at five bits each.
const LETTERS: usize = 24;
/// Characters between two hyphens.
const GROUP: usize = 4;

/// A backup code: 24 characters, lower case, without hyphens.
#[derive(Clone)]
pub struct BackupCode(Zeroizing<String>);

impl BackupCode {
    /// A new code of 120 random bits.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn random(entropy: &Entropy) -> Result<Self, VaultError> {
        let mut bits = entropy.bytes::<BYTES>()?;
        let mut text = Zeroizing::new(String::with_capacity(LETTERS));
        spell(&bits, &mut text);
        bits.zeroize();
        Ok(Self(text))
    }

    /// Parses what was typed: upper or lower case, spaces and hyphens anywhere, `i` and `l` for `1`, `o` for
    /// `0`. Anything else, or more than 64 bytes, is `None`. It does not say whether the code is known.
    #[cfg(feature = "testing")]
    pub fn parse(typed: &str) -> Option<Self> {
        Self::from_bare(&bare(typed)?)
    }

    pub(super) fn from_bare(bare: &str) -> Option<Self> {
        if bare.len() != LETTERS {
            return None;
        }
        let mut text = Zeroizing::new(String::with_capacity(LETTERS));
        for byte in bare.bytes() {
            let letter = match byte.to_ascii_lowercase() {
                b'i' | b'l' => b'1',
                b'o' => b'0',
                other => other,
            };
            value(letter)?;
            text.push(char::from(letter));
        }
        Some(Self(text))
    }

    /// SHA-256 of the 24 characters: what the store keeps and looks up.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }

    /// The code as a person reads it: six groups of four with hyphens between them.
    pub fn shown(&self) -> Secret<String> {
        let mut shown = String::with_capacity(LETTERS + LETTERS / GROUP);
        for (at, letter) in self.0.chars().enumerate() {
            if at > 0 && at % GROUP == 0 {
                shown.push('-');
            }
            shown.push(letter);
        }
        Secret::new(shown)
    }
}

impl fmt::Debug for BackupCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BackupCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_code_is_six_groups_of_four() {
        let code = BackupCode::random(&Entropy::seeded(1)).unwrap();
        let shown = code.shown();
        let groups: Vec<_> = shown.as_str().split('-').collect();
        assert_eq!(groups.len(), 6);
        for group in groups {
            assert_eq!(group.len(), 4);
            assert!(group.bytes().all(|byte| value(byte).is_some()), "{group}");
        }
    }

    #[test]
    fn every_bit_of_the_entropy_is_in_the_text() {
        let entropy = Entropy::seeded(5);
        let bits = Entropy::seeded(5).bytes::<15>().unwrap();
        let code = BackupCode::random(&entropy).unwrap();
        let mut back = 0_u128;
        for byte in code.0.bytes() {
            back = (back << 5) | u128::from(value(byte).unwrap());
        }
        assert_eq!(back.to_be_bytes()[1..], bits);
    }

    #[test]
    fn the_hash_is_fixed_for_ever() {
        let code = BackupCode::parse("0123-4567-89AB-cdef-ghjk-mnpq").unwrap();
        let expected: [u8; 32] = Sha256::digest(b"0123456789abcdefghjkmnpq").into();
        assert_eq!(code.hash(), expected);
    }

    #[test]
    fn every_way_to_type_it_gives_the_same_code() {
        let code = BackupCode::parse("0123-4567-89ab-cdef-ghjk-mnpq").unwrap();
        for typed in [
            "0123456789abcdefghjkmnpq",
            "0123456789ABCDEFGHJKMNPQ",
            "O123-4567-89ab-cdef-ghjk-mnpq",
            "oi23-4567-89ab-cdef-ghjk-mnpq",
            "0L23-4567-89ab-cdef-ghjk-mnpq",
            "0l23 4567 89ab cdef ghjk mnpq",
            " 0I23456-789abc-defghj-kmnpq- \n",
        ] {
            let read = BackupCode::parse(typed).unwrap();
            assert_eq!(read.hash(), code.hash(), "{typed}");
            assert_eq!(read.shown().as_str(), "0123-4567-89ab-cdef-ghjk-mnpq");
        }
    }

    #[test]
    fn what_is_no_backup_code_is_refused() {
        for typed in [
            "",
            "-----",
            "0123-4567-89ab-cdef-ghjk-mnp",
            "0123-4567-89ab-cdef-ghjk-mnpqr",
            "u123-4567-89ab-cdef-ghjk-mnpq",
            "0123-4567-89ab-cdef-ghjk-mnp\0",
            "0123_4567_89ab_cdef_ghjk_mnpq",
            "0123-4567-89ab-cdef-ghjk-mnpé",
            "０１23-4567-89ab-cdef-ghjk",
            "0123456789abcdefghjkmnp\u{131}",
            "0123-4567-89ab-cdef-ghjk-mnpq                                    ",
        ] {
            assert!(BackupCode::parse(typed).is_none(), "{typed:?}");
        }
    }

    #[test]
    fn no_two_codes_are_alike() {
        let entropy = Entropy::os();
        let codes: HashSet<_> = (0..1_000)
            .map(|_| BackupCode::random(&entropy).unwrap().hash())
            .collect();
        assert_eq!(codes.len(), 1_000);
    }

    #[test]
    fn debug_shows_no_character() {
        let code = BackupCode::random(&Entropy::seeded(1)).unwrap();
        assert_eq!(format!("{code:?}"), "BackupCode(…)");
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(seed: u64) {
            let code = BackupCode::random(&Entropy::seeded(seed)).unwrap();
            let shown = code.shown();
            let read = BackupCode::parse(shown.as_str()).unwrap();
            prop_assert!(read.shown().matches(&shown));
            prop_assert_eq!(read.hash(), code.hash());
            let loud = BackupCode::parse(&shown.as_str().to_uppercase()).unwrap();
            prop_assert_eq!(loud.hash(), code.hash());
        }
    }
}
