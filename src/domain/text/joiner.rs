//! The zero-width non-joiner and joiner, which Persian, Sinhala, Hindi and other languages need inside words.
//! They are accepted only where Unicode allows them (UTS #39 and #46, the ContextJ rules of RFC 5892):
//! anywhere else they are invisible and would make two names look the same.

use icu_properties::CodePointMapData;
use icu_properties::props::JoiningType;
use unicode_normalization::char::canonical_combining_class;

const NON_JOINER: char = '\u{200c}';
const JOINER: char = '\u{200d}';
/// The combining class of signs that drop a vowel.
const VIRAMA: u8 = 9;

/// Whether the character is one of the two.
pub fn is_joiner(c: char) -> bool {
    matches!(c, NON_JOINER | JOINER)
}

/// Whether a joiner may be after a letter, with its last mark, and before the next character.
pub(super) fn fits(letter: char, mark: Option<char>, joiner: char, next: Option<char>) -> bool {
    if mark.is_some_and(|mark| canonical_combining_class(mark) == VIRAMA) {
        return true;
    }
    let kind = |c| CodePointMapData::<JoiningType>::new().get(c);
    let before = || {
        matches!(
            kind(letter),
            JoiningType::LeftJoining | JoiningType::DualJoining
        )
    };
    let after = |next| {
        matches!(
            kind(next),
            JoiningType::RightJoining | JoiningType::DualJoining
        )
    };
    joiner == NON_JOINER && before() && next.is_some_and(after)
}
