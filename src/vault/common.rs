//! Passwords that an attacker tries first.
//!
//! NIST SP 800-63B-4 (3.1.1.2) requires that a new password be compared, as a whole, with commonly used ones;
//! a plain list of those would accept `Password1!!!!!!` where 15 characters are required. So besides the
//! list, the first variations that a guessing program makes are refused: decoration at the ends, one piece
//! repeated, walks along the alphabet and the keyboard. No kind of character is required, and a passphrase
//! that merely contains such a piece is accepted.

/// Sorted by bytes, one per line, lower case; `data/README.md` says where it comes from.
const LIST: &str = include_str!("data/common-passwords.txt");
/// Characters at either end of a listed password that may themselves be digits or punctuation, and so are
/// tried as part of it: no list entry has more.
const DECORATED: usize = 16;
/// A repeated piece of this many characters or more is long enough to be accepted by itself (rule P2), so
/// repeating it does no harm.
const LONG: usize = 15;
/// A pattern of at least this many characters counts even with something around it.
const TELLING: usize = 6;
/// Fewer neighbours in a row are chance: `rst` is in many words.
const SHORTEST_WALK: usize = 4;

/// Common walks. Each may start anywhere, in either direction, and continues from its end to its beginning.
const WALKS: [&str; 9] = [
    "1234567890",
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    // Rows of keyboards: American, German, French.
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",
    "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
    // Columns, and zigzag between the first two rows.
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "1q2w3e4r5t6y7u8i9o0p",
];

/// Whether a password is too common to be accepted. It must be case-folded (and in normal form C). True for
///
/// - a list entry: `password`;
/// - one piece of fewer than 15 characters (or a longer one that is listed) twice or more,
///   the last time perhaps cut short: `abcabcabca`, `monkeymonkey`, `zzzzzzzz`;
/// - walks of four or more characters along the alphabet, the digits or the keyboard,
///   forwards or backwards, and nothing else: `fedcba987654`, `asdfghjkl1234`;
/// - any of these with only digits, punctuation and spaces before, after or, if the letters
///   are the greater part, among its letters: `-password2024!`, `dragon1 dragon2 dragon3`;
/// - any of these with each character doubled, tripled …: `112233445566`.
///
/// A pattern (not a listed word) counts with decoration only if it has six characters or is the greater part.
///
/// It does not know the person: their address and name are compared elsewhere.
pub fn is_common(password_casefolded: &str) -> bool {
    let chars: Vec<char> = password_casefolded.chars().collect();
    let bare = trimmed(&chars, |c| !c.is_alphanumeric());
    let core = trimmed(&chars, |c| !c.is_alphabetic());
    // Two equal letters among many digits are chance, not a pattern.
    let counts = |part: &[char]| part.len() >= TELLING || 2 * part.len() >= chars.len();
    is_weak(&chars)
        || is_decorated(&chars, core)
        || counts(core) && (is_weak(core) || is_spaced(core))
        || counts(bare) && (is_weak(bare) || unmultiplied(bare).is_some_and(|b| is_weak(&b)))
}

/// Common without any change.
fn is_weak(chars: &[char]) -> bool {
    is_listed(chars) || is_repetition(chars, chars.len()) || is_walked(chars)
}

/// Binary search by bytes in the list, which is not split into lines for it.
fn is_listed(chars: &[char]) -> bool {
    let wanted: String = chars.iter().collect();
    let mut rest = LIST;
    while !rest.is_empty() {
        let middle = floor_char_boundary(rest, rest.len() / 2);
        let start = rest[..middle].rfind('\n').map_or(0, |at| at + 1);
        let end = rest[start..].find('\n').map_or(rest.len(), |at| start + at);
        match wanted.as_str().cmp(&rest[start..end]) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => rest = &rest[..start],
            std::cmp::Ordering::Greater => rest = rest.get(end + 1..).unwrap_or_default(),
        }
    }
    false
}

fn floor_char_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// A listed password with only digits and punctuation around it. If a list entry itself has such characters
/// at its ends (`abc123456`), they are part of it, so every start and end outside the core is tried, up to
/// the limit of the list.
fn is_decorated(chars: &[char], core: &[char]) -> bool {
    if core.is_empty() {
        return false;
    }
    let first = chars.iter().take_while(|c| !c.is_alphabetic()).count();
    let last = first + core.len();
    let ends = last..=chars.len().min(last + DECORATED);
    (first.saturating_sub(DECORATED)..=first)
        .any(|start| ends.clone().any(|end| is_listed(&chars[start..end])))
}

/// One piece twice or more, the last time perhaps cut short; a long one only if it is listed. `typed` is the
/// number of characters before separators were removed: they count for the length of the piece.
fn is_repetition(chars: &[char], typed: usize) -> bool {
    (1..=chars.len() / 2).any(|piece| {
        let repeated = chars[piece..].iter().zip(chars).all(|(a, b)| a == b);
        let short = piece * typed < LONG * chars.len();
        repeated && (short || is_listed(&chars[..piece]))
    })
}

/// Nothing but walks of at least [`SHORTEST_WALK`].
fn is_walked(chars: &[char]) -> bool {
    // reachable[n]: the first n characters are walks. No walk taken as a whole needs to be longer than twice
    // the shortest, because a longer one is two of them.
    let mut reachable = vec![false; chars.len() + 1];
    reachable[0] = true;
    for end in SHORTEST_WALK..=chars.len() {
        let lengths = SHORTEST_WALK..=(2 * SHORTEST_WALK - 1).min(end);
        reachable[end] = lengths
            .into_iter()
            .any(|len| reachable[end - len] && is_walk(&chars[end - len..end]));
    }
    chars.len() >= SHORTEST_WALK && reachable[chars.len()]
}

/// One walk.
fn is_walk(chars: &[char]) -> bool {
    let forwards: String = chars.iter().collect();
    let backwards: String = chars.iter().rev().collect();
    WALKS.iter().any(|walk| {
        let round = format!("{walk}{walk}");
        round.contains(&forwards) || round.contains(&backwards)
    })
}

/// Without the characters at both ends for which `away` holds.
fn trimmed(chars: &[char], away: impl Fn(&char) -> bool) -> &[char] {
    let from = chars.iter().take_while(|c| away(c)).count();
    let rest = &chars[from..];
    let behind = rest.iter().rev().take_while(|c| away(c)).count();
    &rest[..rest.len() - behind]
}

/// Weak after digits and punctuation between the letters are removed, unless they are the greater part.
fn is_spaced(core: &[char]) -> bool {
    let letters: Vec<char> = core.iter().copied().filter(|c| c.is_alphabetic()).collect();
    2 * letters.len() >= core.len()
        && (is_listed(&letters) || is_repetition(&letters, core.len()) || is_walked(&letters))
}

/// If every character is doubled, or tripled …, the last one perhaps less often: the original text. At least
/// four different characters in a row; fewer are not a pattern.
fn unmultiplied(chars: &[char]) -> Option<Vec<char>> {
    let runs: Vec<&[char]> = chars.chunk_by(|a, b| a == b).collect();
    let (last, others) = runs.split_last()?;
    let times = others.iter().map(|run| run.len()).min()?;
    let same = times > 1
        && runs.len() >= SHORTEST_WALK
        && others.iter().all(|run| run.len().is_multiple_of(times));
    let once = |run: &&[char]| vec![run[0]; run.len().div_ceil(times)];
    same.then(|| others.iter().chain([last]).flat_map(once).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_list_is_as_the_search_needs_it() {
        assert!(LIST.ends_with('\n') && !LIST.contains('\r'));
        let lines: Vec<&str> = LIST.lines().collect();
        assert_eq!(lines.len(), 8354);
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]));
        for line in lines {
            assert!(line.chars().count() >= 8 && line.trim() == line, "{line:?}");
            assert_eq!(line.to_lowercase(), line);
            let chars: Vec<char> = line.chars().collect();
            assert!(is_listed(&chars) && is_common(line), "{line}");
            let core = trimmed(&chars, |c| !c.is_alphabetic());
            assert!(core.is_empty() || chars.len() - core.len() <= DECORATED);
        }
    }

    #[test]
    fn what_is_between_lines_is_not_listed() {
        for text in [
            "",
            "\n",
            "passwor",
            "password\n",
            "passwordd",
            "a",
            "\u{ff}",
            "zzzzzzzzz\n",
        ] {
            assert!(!is_listed(&text.chars().collect::<Vec<_>>()), "{text:?}");
        }
    }

    #[test]
    fn common_ones_are_refused() {
        let common = [
            "password",
            "qwertyuiop",
            "iloveyou",
            "manchesterunited",
            // With decoration.
            "password2024",
            "password!!!!!!!",
            "2024-password",
            "!!password!!",
            "1234password5678",
            "password 1",
            "abc123456!!!!!!",
            "!!abc123456 2024",
            "000p@ssw0rd000",
            "1q2w3e4r5t------",
            "12345678901!!",
            // One piece over and over.
            "passwordpassword",
            "aaaaaaaaaaaaaaa",
            "abcabcabcabcabc",
            "abcabcabcabcab",
            "dragondragon",
            "lovelovelovelove",
            "monkey monkey monkey",
            "dragon1dragon2dragon3",
            "dragon-dragon-2024",
            "1212121212121212",
            "!?!?!?!?!?!?",
            "éàéàéàéàéàé",
            "xk7!qpxk7!qpxk7!qp",
            "zzzzzzzzzzzzzzzz9",
            // Walks.
            "123456789012345",
            "012345678901234",
            "098765432109876",
            "abcdefghijklmno",
            "onmlkjihgfedcba",
            "xyzabcdefgh",
            "qwertyuiopasdfg",
            "gfdsapoiuytrewq",
            "qwertzuiopasdfg",
            "azertyuiopqsdfg",
            "asdfghjkl;'zxc",
            "1qaz2wsx3edc4rfv",
            "1q2w3e4r5t6y7u8i",
            "qwerty1234567890",
            "abcd1234efgh5678",
            "1234qwerasdfzxcv",
            "qwertyuiop!!!!!",
            "poiuytrewq2024",
            // Multiplied.
            "112233445566778",
            "11223344556677",
            "aabbccddeeff",
            "111222333444555",
            "ppaasssswwoorrdd",
            "qwertz!!!!!!!!!!",
            "pass-word",
            "i love you!!!!",
        ];
        let passed: Vec<&str> = common.into_iter().filter(|text| !is_common(text)).collect();
        assert!(passed.is_empty(), "{passed:?}");
    }

    #[test]
    fn others_are_left_alone() {
        let fine = [
            "correct horse battery staple",
            "my password is a secret",
            "password of the queen",
            "the quick brown fox",
            "xkcd-936-comic-strip",
            "tr0ub4dor&3 is weak",
            "wertvolle rstuvw nudeln",
            "passwordcorrecthorse",
            "correct horse battery correct horse battery",
            "gvx2k9wq4mzt7pd",
            "83619250473861952",
            "пароль не скажу никому",
            "mississippi river boat",
            "hannah banana savannah",
            "日本語のとても長い合言葉",
            "😀🎉🚀🌍🔥🍕🎸🐙",
            "4 8 15 16 23 42 lost",
            "8392017465 wert 2391",
            "93847561aa9283745",
            "!(*#%&^@11)@#$^&*",
            "837465 a-a 8273645",
            "",
            "a",
            "ab",
        ];
        let refused: Vec<&str> = fine.into_iter().filter(|text| is_common(text)).collect();
        assert!(refused.is_empty(), "{refused:?}");
    }

    #[test]
    fn a_long_piece_may_be_repeated_unless_it_is_common() {
        let fifteen = "gvx2k9wq4mzt7pd";
        assert!(!is_common(&format!("{fifteen}{fifteen}")));
        assert!(is_common(&format!("{0}{0}", &fifteen[..14])));
        assert!(is_common(&"abcdefghijklmno".repeat(3)));
        assert!(is_common(&"manchesterunited".repeat(2)));
    }

    #[test]
    fn the_longest_passwords_are_judged_quickly() {
        for text in [
            "1".repeat(1024),
            "a1".repeat(512),
            "!".repeat(1024),
            "é!".repeat(341),
        ] {
            assert!(is_common(&text));
        }
        let odd: String = (0..1_000)
            .map(|n: u32| char::from_u32(0x4e00 + n * 7 % 2003).unwrap())
            .collect();
        assert!(!is_common(&odd));
    }

    proptest! {
        #[test]
        fn judging_never_panics(text in "\\PC{0,40}") {
            let _ = is_common(&text);
        }

        #[test]
        fn decoration_never_helps(before in "[0-9!?. -]{0,12}", after in "[0-9!?. -]{0,12}") {
            let text = format!("{before}princess{after}");
            prop_assert!(is_common(&text));
        }

        #[test]
        fn random_passwords_are_not_common(text in "[a-z]{15}") {
            // Letters alone: of digits so many can be taken for decoration or letters that what is left is common.
            prop_assert!(!is_common(&text));
        }
    }
}
