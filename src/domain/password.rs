//! What makes a new password acceptable (P2). Hashing is the vault's.

use unicode_normalization::UnicodeNormalization;

/// Longest password in bytes of UTF-8, never cut (P2).
pub const LONGEST_BYTES: usize = 1024;

/// Why a password was refused; all reasons are reported at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordProblem {
    /// Fewer code points than required.
    TooShort {
        /// Code points required.
        least: i64,
        /// Code points given.
        has: i64,
    },
    /// More than [`LONGEST_BYTES`].
    TooLong,
    /// On the list of common passwords, or derived from one.
    Common,
    /// The address, its local part, the name or the panel, perhaps with digits or punctuation added.
    Personal(&'static str),
    /// Line breaks or NUL, which no sign-in form can send.
    ControlCharacters,
    /// The same as the password it would replace (P3).
    Unchanged,
}

impl PasswordProblem {
    /// The word that a panel gets in `problems`.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::TooShort { .. } => "too-short",
            Self::TooLong => "too-long",
            Self::Common => "common",
            Self::Personal(_) => "personal",
            Self::ControlCharacters => "control-characters",
            Self::Unchanged => "unchanged",
        }
    }

    /// A sentence for the person who typed it.
    pub fn sentence(&self) -> String {
        match self {
            Self::TooShort { least, has } => {
                format!("it has {has} characters; the minimum is {least}")
            }
            Self::TooLong => format!("it is longer than {LONGEST_BYTES} bytes"),
            Self::Common => "it is a common password".into(),
            Self::Personal(what) => {
                format!("it is {what}, perhaps with digits or punctuation added")
            }
            Self::ControlCharacters => "it contains a line break or a control character".into(),
            Self::Unchanged => "it is the same as the current one".into(),
        }
    }
}

/// What a password must not be derived from.
#[derive(Clone, Copy, Debug)]
pub struct Person<'a> {
    /// The whole address.
    pub address: &'a str,
    /// The part before the @.
    pub local_part: &'a str,
    /// The person's name.
    pub name: Option<&'a str>,
    /// The panels they can enter.
    pub panels: &'a [&'a str],
}

/// The form in which a password is hashed and compared: NFC (NIST SP 800-63B-4 §3.1.1.2).
pub fn normalised(password: &str) -> String {
    password.nfc().collect()
}

/// The length that counts: code points of the normalised form.
pub fn length(normalised: &str) -> i64 {
    i64::try_from(normalised.chars().count()).unwrap_or(i64::MAX)
}

/// Checks a new password, already [`normalised`], against P2. `is_common` says whether a case-folded word is on
/// the block list.
///
/// # Errors
/// Every reason at once.
pub fn check_new(
    normalised: &str,
    least: i64,
    person: Person<'_>,
    is_common: impl Fn(&str) -> bool,
) -> Result<(), Vec<PasswordProblem>> {
    let mut problems = Vec::new();
    let has = length(normalised);
    if has < least {
        problems.push(PasswordProblem::TooShort { least, has });
    }
    if normalised.len() > LONGEST_BYTES {
        problems.push(PasswordProblem::TooLong);
    }
    if normalised.chars().any(char::is_control) {
        problems.push(PasswordProblem::ControlCharacters);
    }
    let folded = fold(normalised);
    if is_common(&normalised.to_lowercase()) || is_common(&folded) {
        problems.push(PasswordProblem::Common);
    }
    if let Some(what) = personal(&folded, person) {
        problems.push(PasswordProblem::Personal(what));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems)
    }
}

/// The form in which words are compared: case makes no difference, ß is ss, and ſ is s.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len() + 2);
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'ſ' => folded.push('s'),
            'ς' => folded.push('σ'),
            _ => folded.push(c),
        }
    }
    folded
}

fn personal(folded: &str, person: Person<'_>) -> Option<&'static str> {
    let bare = letters(folded);
    let is = |word: &str| {
        let word = fold(&normalised(word));
        let letters_of_word = letters(&word);
        folded == word || (!letters_of_word.is_empty() && bare == letters_of_word)
    };
    if is(person.address) {
        Some("your address")
    } else if is(person.local_part) {
        Some("the first part of your address")
    } else if person.name.is_some_and(is) {
        Some("your name")
    } else if person.panels.iter().any(|panel| is(panel)) {
        Some("the panel's name")
    } else {
        None
    }
}

/// The word without digits, punctuation and spaces: what remains if those were only added.
fn letters(word: &str) -> String {
    word.chars().filter(|c| c.is_alphabetic()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: Person<'static> = Person {
        address: "ada.lovelace@example.com",
        local_part: "ada.lovelace",
        name: Some("Ada Lovelace"),
        panels: &["main"],
    };

    fn problems(password: &str, least: i64) -> Vec<&'static str> {
        check_new(&normalised(password), least, ADA, |word| {
            word == "password1234567"
        })
        .err()
        .unwrap_or_default()
        .iter()
        .map(PasswordProblem::as_str)
        .collect()
    }

    #[test]
    fn length_counts_code_points_of_the_normalised_form() {
        assert_eq!(problems("correct horse b", 15), Vec::<&str>::new());
        assert_eq!(problems("correct horse ", 15), ["too-short"]);
        // Fifteen letters with a combining accent each are fifteen once composed.
        assert_eq!(length(&normalised(&"e\u{301}".repeat(15))), 15);
        assert_eq!(problems("żółć gęślą jaźń", 15), Vec::<&str>::new());
    }

    #[test]
    fn a_thousand_and_twenty_four_bytes_are_taken_and_one_more_is_not() {
        let long: String = "abcdefghijklmnop".repeat(64);
        assert_eq!(problems(&long, 15), Vec::<&str>::new());
        assert_eq!(problems(&format!("{long}q"), 15), ["too-long"]);
    }

    #[test]
    fn personal_words_are_refused_also_with_digits_added() {
        for password in [
            "ada.lovelace@example.com",
            "ADA.LOVELACE@EXAMPLE.COM",
            "ada.lovelace2026!!",
            "Ada Lovelace 1815",
            "  AdaLovelace???",
            "main1234567890123",
        ] {
            assert_eq!(problems(password, 8), ["personal"], "{password}");
        }
        assert_eq!(problems("ada lovelace wrote notes", 15), Vec::<&str>::new());
    }

    #[test]
    fn sharp_s_and_two_s_are_the_same() {
        let weiss = Person {
            address: "jo.weiss@example.com",
            local_part: "jo.weiss",
            name: Some("Johanna Weiß-Groß"),
            panels: &["straße"],
        };
        let problems = |password: &str, common: &'static str| {
            check_new(&normalised(password), 8, weiss, |word| word == common)
                .err()
                .unwrap_or_default()
                .iter()
                .map(PasswordProblem::as_str)
                .collect::<Vec<_>>()
        };
        for password in [
            "johanna weiss-gross",
            "Johanna Weiß-Groß 1",
            "JOHANNA WEISS GROSS",
            "JOHANNA WEIẞ-GROẞ",
            "jo.weiß!!",
            "Strasse2026",
        ] {
            assert_eq!(problems(password, ""), ["personal"], "{password}");
        }
        assert_eq!(problems("Paßwort123", "passwort123"), ["common"]);
        assert_eq!(problems("Spaß am Garten", ""), Vec::<&str>::new());
    }

    #[test]
    fn all_reasons_are_named_at_once() {
        assert_eq!(problems("main", 15), ["too-short", "personal"]);
        assert_eq!(problems("Password1234567", 20), ["too-short", "common"]);
    }

    #[test]
    fn there_are_no_composition_rules() {
        assert_eq!(problems("onlylowercaseletters", 15), Vec::<&str>::new());
        assert_eq!(problems("940285716385920", 15), Vec::<&str>::new());
    }

    #[test]
    fn line_breaks_are_refused() {
        assert_eq!(
            problems("correct horse\nbattery", 15),
            ["control-characters"]
        );
    }
}
