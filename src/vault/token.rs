//! [`Token`]: a bearer secret in a link, a cookie or a gate answer, and [`TokenHash`]: the only form that a
//! store may keep.
//!
//! The text is `adm_`, a letter for the purpose, `_`, and 256 bits in 52 lower-case characters of Crockford's
//! base 32 (no `i l o u`): it can be selected with a double click, has no hyphens for line breaks, survives a
//! font that confuses `1` and `l`, and a scanner for leaked secrets can recognise it. The prefix must never
//! change. Each token has exactly one spelling.

use std::fmt;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::VaultError;

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Bytes of the prefix, `adm_i_`.
const PREFIX: usize = 6;
/// Characters for 256 bits at 5 bits each; the last one carries a single bit.
const BODY: usize = 52;
/// Input longer than this, spaces included, is not read.
const LONGEST_INPUT: usize = 256;

/// The purpose of a token. A token of one purpose is never accepted for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// The link with which an invited person registers: `adm_i_`.
    Invitation,
    /// The link for setting a new password: `adm_r_`.
    Reset,
    /// The link that confirms a new address: `adm_a_`.
    Address,
    /// A sign-in that has not ended: `adm_s_`.
    Session,
    /// A short-lived token between two steps of one sign-in: `adm_t_`.
    Ticket,
}

impl Purpose {
    /// Every purpose there is.
    pub const ALL: [Self; 5] = [
        Self::Invitation,
        Self::Reset,
        Self::Address,
        Self::Session,
        Self::Ticket,
    ];

    /// The start of every token of this purpose. Six ASCII characters, fixed for ever.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Invitation => "adm_i_",
            Self::Reset => "adm_r_",
            Self::Address => "adm_a_",
            Self::Session => "adm_s_",
            Self::Ticket => "adm_t_",
        }
    }
}

/// A bearer secret of 256 bits. It is never stored: see [`Token::hash`].
#[derive(Clone)]
pub struct Token {
    purpose: Purpose,
    text: Zeroizing<String>,
}

impl Token {
    /// Length of every token's text in bytes (all ASCII).
    pub const LEN: usize = PREFIX + BODY;

    /// The token that carries these 256 bits.
    pub(super) fn from_bits(purpose: Purpose, bits: &[u8; 32]) -> Self {
        let mut text = Zeroizing::new(String::with_capacity(Self::LEN));
        text.push_str(purpose.prefix());
        spell(bits, &mut text);
        Self { purpose, text }
    }

    /// Parses a token that somebody sent. Surrounding spaces are dropped; anything else that is not exactly a
    /// token's one spelling (blank, too long, upper case, `o` for `0`, a wrong prefix) is `None`. It does not
    /// say whether the token is known.
    pub fn parse(input: &str) -> Option<Self> {
        if input.len() > LONGEST_INPUT {
            return None;
        }
        let text = input.trim();
        if text.len() != Self::LEN {
            return None;
        }
        let purpose = Purpose::ALL
            .into_iter()
            .find(|purpose| text.starts_with(purpose.prefix()))?;
        let body = text.as_bytes().get(PREFIX..)?;
        let last = value(*body.last()?)?;
        // The last character has one bit of the 256; its other four must be zero.
        if last & 0b1111 != 0 || !body.iter().all(|&byte| value(byte).is_some()) {
            return None;
        }
        Some(Self {
            purpose,
            text: Zeroizing::new(text.to_owned()),
        })
    }

    /// What the token is good for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The token itself, for the link, the cookie or the answer.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// SHA-256 of the text. A plain hash is enough for 256 random bits (ASVS 5.0, 6.5.2).
    pub fn hash(&self) -> TokenHash {
        TokenHash(Sha256::digest(self.text.as_bytes()).into())
    }
}

impl TryFrom<&str> for Token {
    type Error = VaultError;

    /// [`Token::parse`] with an error as result.
    ///
    /// # Errors
    /// [`VaultError::BadToken`].
    fn try_from(input: &str) -> Result<Self, VaultError> {
        Self::parse(input).ok_or(VaultError::BadToken)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Token({:?}, …)", self.purpose)
    }
}

/// SHA-256 of a token's text: what the store keeps and looks up. Compared in constant time.
#[derive(Clone, Copy)]
pub struct TokenHash([u8; 32]);

impl TokenHash {
    /// The 32 bytes to store or look up.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl PartialEq for TokenHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for TokenHash {}

impl fmt::Debug for TokenHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenHash")
    }
}

/// Appends the bits in the alphabet, five per character; the last one is padded with zeros.
pub(super) fn spell(bits: &[u8], text: &mut String) {
    let mut pending: u32 = 0;
    let mut count = 0;
    for &byte in bits {
        pending = (pending << 8) | u32::from(byte);
        count += 8;
        while count >= 5 {
            count -= 5;
            text.push(letter(pending >> count));
        }
    }
    if count > 0 {
        text.push(letter(pending << (5 - count)));
    }
}

/// The character for the lowest five bits.
fn letter(bits: u32) -> char {
    char::from(ALPHABET[(bits & 31) as usize])
}

/// The five bits of a character; `None` if it is not in the alphabet.
pub(super) fn value(byte: u8) -> Option<u8> {
    ALPHABET
        .iter()
        .position(|&known| known == byte)
        .and_then(|at| u8::try_from(at).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn token(purpose: Purpose) -> Token {
        Token::from_bits(purpose, &[0xa5; 32])
    }

    #[test]
    fn the_text_is_fixed_for_ever() {
        let mut bits = [0; 32];
        bits[0] = 0b0000_1000;
        bits[31] = 1;
        assert_eq!(
            Token::from_bits(Purpose::Invitation, &bits).as_str(),
            format!("adm_i_1{}g", "0".repeat(50))
        );
        let all = Token::from_bits(Purpose::Session, &[0xff; 32]);
        assert_eq!(all.as_str(), format!("adm_s_{}g", "z".repeat(51)));
        assert_eq!(all.as_str().len(), Token::LEN);
    }

    #[test]
    fn every_purpose_comes_back() {
        for purpose in Purpose::ALL {
            let made = token(purpose);
            let read = Token::parse(&format!(" \t{}\r\n", made.as_str())).unwrap();
            assert_eq!(read.purpose(), purpose);
            assert_eq!(read.as_str(), made.as_str());
            assert_eq!(read.hash(), made.hash());
        }
    }

    #[test]
    fn purposes_differ_in_text_and_hash() {
        for a in Purpose::ALL {
            for b in Purpose::ALL {
                assert_eq!(token(a).hash() == token(b).hash(), a == b);
            }
        }
    }

    #[test]
    fn what_is_no_token_is_refused() {
        let good = token(Purpose::Reset).as_str().to_owned();
        let body = good.strip_prefix("adm_r_").unwrap();
        let refused = [
            String::new(),
            " ".to_owned(),
            "\u{a0}\n".to_owned(),
            "adm_r_".to_owned(),
            body.to_owned(),
            good.to_uppercase(),
            format!("adm_x_{body}"),
            format!("ADM_r_{body}"),
            format!("{good}0"),
            good[..good.len() - 1].to_owned(),
            format!("{} {}", &good[..20], &good[21..]),
            format!("{}\0", &good[..good.len() - 1]),
            format!("{good}{}", " ".repeat(LONGEST_INPUT)),
            "x".repeat(1 << 20),
            format!("adm_r_{}", "é".repeat(26)),
        ];
        for text in refused {
            assert!(Token::parse(&text).is_none(), "{text:?}");
            assert!(matches!(
                Token::try_from(text.as_str()),
                Err(VaultError::BadToken)
            ));
        }
    }

    #[test]
    fn look_alikes_and_spare_bits_are_refused() {
        let zeros = Token::from_bits(Purpose::Ticket, &[0; 32])
            .as_str()
            .to_owned();
        assert!(Token::parse(&zeros).is_some());
        for wrong in ["o", "O", "i", "I", "l", "L", "u", "A", "-", "_", "=", "+"] {
            let swapped = format!("{}{wrong}{}", &zeros[..30], &zeros[31..]);
            assert!(Token::parse(&swapped).is_none(), "{wrong}");
        }
        let accepted = ALPHABET
            .iter()
            .filter(|&&last| {
                let text = format!("{}{}", &zeros[..Token::LEN - 1], char::from(last));
                Token::parse(&text).is_some()
            })
            .count();
        assert_eq!(accepted, 2);
    }

    #[test]
    fn debug_shows_neither_token_nor_hash() {
        let token = token(Purpose::Session);
        assert_eq!(format!("{token:?}"), "Token(Session, …)");
        assert_eq!(format!("{:?}", token.hash()), "TokenHash");
    }

    proptest! {
        #[test]
        fn different_bits_give_different_texts(a: [u8; 32], b: [u8; 32]) {
            let (x, y) = (Token::from_bits(Purpose::Reset, &a), Token::from_bits(Purpose::Reset, &b));
            prop_assert_eq!(a == b, x.as_str() == y.as_str());
            prop_assert!(Token::parse(x.as_str()).is_some());
        }

        #[test]
        fn reading_never_panics(text in "\\PC{0,80}") {
            let _ = Token::parse(&text);
        }
    }
}
