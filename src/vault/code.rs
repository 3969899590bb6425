//! [`Code`]: what somebody typed as a code, and [`Digits`]: the six digits from an authenticator, a mail or a
//! text message.

use std::fmt;

use zeroize::{Zeroize as _, Zeroizing};

use super::{BackupCode, Entropy, Secret, VaultError};

/// Digits of a code (RFC 4226, 5.3).
const DIGITS: usize = 6;
/// Input longer than this, in bytes and with spaces, is not read.
const LONGEST_INPUT: usize = 64;

/// A code, as it was typed, in its one form.
#[derive(Clone, Debug)]
pub enum Code {
    /// From an authenticator, a mail or a text message.
    Digits(Digits),
    /// One of the codes on paper.
    Backup(BackupCode),
}

impl Code {
    /// Parses what was typed: six ASCII digits or a backup code, with spaces and hyphens anywhere. Anything
    /// else is `None`: five or seven digits, digits of other scripts, more than 64 bytes.
    ///
    /// Everything that is compared, counted or remembered as used must come from here: a space must not make
    /// another code of the same digits (OpenBao, CVE-2025-6014).
    pub fn parse(typed: &str) -> Option<Self> {
        let bare = bare(typed)?;
        if let Some(digits) = Digits::from_bare(&bare) {
            return Some(Self::Digits(digits));
        }
        BackupCode::from_bare(&bare).map(Self::Backup)
    }
}

/// The text without spaces and hyphens; `None` if it is too long to be a code.
pub(super) fn bare(typed: &str) -> Option<Zeroizing<String>> {
    if typed.len() > LONGEST_INPUT {
        return None;
    }
    let mut bare = Zeroizing::new(String::with_capacity(typed.len()));
    bare.extend(typed.chars().filter(|&c| c != '-' && !c.is_whitespace()));
    Some(bare)
}

/// Six ASCII digits.
#[derive(Clone)]
pub struct Digits(Secret<String>);

impl Digits {
    /// A random code; every code from 000000 to 999999 is equally likely.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn random(entropy: &Entropy) -> Result<Self, VaultError> {
        loop {
            let mut bytes = entropy.bytes::<4>()?;
            let number = u32::from_le_bytes(bytes) % (1 << 20);
            bytes.zeroize();
            // A remainder would favour small numbers; numbers that are too large are drawn again.
            if number < 1_000_000 {
                return Ok(Self::spelt(number));
            }
        }
    }

    /// The six digits.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether both are the same code, in constant time.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.matches(&other.0)
    }

    /// A number, or anything displayed as one, with its leading zeros.
    pub(super) fn spelt(number: impl fmt::Display) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(DIGITS);
        // Writing into a string does not fail.
        write!(text, "{number:0>DIGITS$}").ok();
        debug_assert_eq!(text.len(), DIGITS);
        Self(Secret::new(text))
    }

    fn from_bare(bare: &str) -> Option<Self> {
        let fits = bare.len() == DIGITS && bare.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| Self(Secret::new(bare.to_owned())))
    }
}

impl fmt::Debug for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Digits(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What is read: `d:` and the digits, `b:` and the backup code, or nothing.
    fn read(typed: &str) -> String {
        match Code::parse(typed) {
            Some(Code::Digits(digits)) => format!("d:{}", digits.as_str()),
            Some(Code::Backup(code)) => format!("b:{}", code.shown().as_str()),
            None => String::new(),
        }
    }

    #[test]
    fn six_digits_are_read_however_they_are_spaced() {
        for typed in [
            "012345",
            "012 345",
            "012-345",
            " 012345",
            "012345\r\n",
            "\t0 1 2 3 4 5 ",
            "012\u{a0}345",
            "012\u{202f}345",
            "01-23 - 45",
        ] {
            assert_eq!(read(typed), "d:012345", "{typed:?}");
        }
        assert_eq!(read("000000"), "d:000000");
        assert_eq!(read("999999"), "d:999999");
    }

    #[test]
    fn what_is_no_code_is_not_read() {
        for typed in [
            "",
            " ",
            "-",
            "01234",
            "0123456",
            "12345678",
            "０１２３４５",
            "٠١٢٣٤٥",
            "۰۱۲۳۴۵",
            "01234５",
            "012345\0",
            "\x00012345",
            "012\u{200b}345",
            "012,345",
            "012.345",
            "+12345",
            "−12345",
            "0x1234",
            "1e5000",
            "abcdef",
            "l23456",
            "O12345",
            "adm_t_0000",
        ] {
            assert_eq!(read(typed), "", "{typed:?}");
        }
    }

    #[test]
    fn a_backup_code_is_read_where_a_code_is_asked_for() {
        assert_eq!(
            read("  0123-4567-89AB-cdef-ghjk-mnpq\n"),
            "b:0123-4567-89ab-cdef-ghjk-mnpq"
        );
        // Twenty-four digits are a backup code, not four codes.
        assert_eq!(
            read("012345 012345 012345 012345"),
            "b:0123-4501-2345-0123-4501-2345"
        );
    }

    #[test]
    fn what_is_too_long_is_not_looked_at() {
        let fits = format!("012345{}", " ".repeat(58));
        assert_eq!(fits.len(), 64);
        assert_eq!(read(&fits), "d:012345");
        assert_eq!(read(&format!("{fits} ")), "");
        assert_eq!(read(&format!("{}0", "\u{a0}".repeat(32))), "");
        assert_eq!(read(&"0".repeat(1 << 20)), "");
    }

    #[test]
    fn only_the_same_digits_match() {
        let digits = |text: &str| Digits::from_bare(text).unwrap();
        assert!(digits("012345").matches(&digits("012345")));
        assert!(!digits("012345").matches(&digits("012346")));
        assert!(!digits("012345").matches(&digits("112345")));
    }

    #[test]
    fn random_digits_are_spread_evenly_and_keep_leading_zeros() {
        let entropy = Entropy::seeded(2026);
        let mut counts = [[0_u32; 10]; DIGITS];
        for _ in 0..20_000 {
            let digits = Digits::random(&entropy).unwrap();
            assert_eq!(digits.as_str().len(), DIGITS);
            for (place, byte) in digits.as_str().bytes().enumerate() {
                counts[place][usize::from(byte - b'0')] += 1;
            }
        }
        // 2,000 each are expected; 4.7 standard deviations are 200.
        for place in counts {
            for count in place {
                assert!((1_800..=2_200).contains(&count), "{counts:?}");
            }
        }
    }

    #[test]
    fn a_draw_beyond_the_last_code_is_drawn_again() {
        // The first draw of this stream is too large, the second has a leading zero.
        let entropy = Entropy::seeded(244);
        let raw = Entropy::seeded(244);
        let draw = || u32::from_le_bytes(raw.bytes().unwrap()) % (1 << 20);
        let first = draw();
        assert!(first >= 1_000_000, "{first}");
        let second = draw();
        assert!(second < 1_000_000, "{second}");
        let made = Digits::random(&entropy).unwrap();
        assert_eq!(made.as_str(), format!("{second:06}"));
    }

    #[test]
    fn debug_shows_no_digit() {
        let code = Code::parse("123456").unwrap();
        assert_eq!(format!("{code:?}"), "Digits(Digits(…))");
    }

    proptest! {
        #[test]
        fn reading_never_panics(typed in "\\PC{0,70}") {
            let _ = Code::parse(&typed);
        }

        #[test]
        fn blanks_and_hyphens_never_make_another_code(
            digits in "[0-9]{6}",
            gaps in proptest::collection::vec("[ \t-]{0,4}", 7),
        ) {
            let typed: String = gaps
                .iter()
                .map(String::as_str)
                .zip(digits.split("").skip(1))
                .flat_map(|(gap, digit)| [gap, digit])
                .collect();
            prop_assert_eq!(read(&typed), format!("d:{digits}"));
        }
    }
}
