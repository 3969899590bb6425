use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;

/// Whatever looks like a letter of an address is refused there, or is that letter in a domain by UTS 46.
#[test]
fn look_alikes_are_never_two_people() {
    // Letters that case mapping, NFKC or the eye confuse with ASCII ones.
    let alikes = [
        (
            'a',
            "\u{430}\u{ff41}\u{ff21}\u{3b1}\u{e0}\u{e5}\u{1d41a}\u{1d44e}\u{aa}\u{251}\u{410}",
        ),
        ('c', "\u{441}\u{ff43}\u{421}\u{3f2}\u{e7}\u{1d41c}\u{2ca5}"),
        ('d', "\u{501}\u{ff44}\u{217e}\u{1d41d}\u{257}\u{10f}"),
        (
            'e',
            "\u{435}\u{ff45}\u{415}\u{e9}\u{212f}\u{1d41e}\u{117}\u{454}",
        ),
        ('g', "\u{261}\u{ff47}\u{581}\u{1d420}\u{11f}"),
        ('h', "\u{4bb}\u{ff48}\u{210e}\u{570}\u{1d421}"),
        (
            'i',
            "\u{131}\u{130}\u{456}\u{ff49}\u{ed}\u{2170}\u{1d422}\u{269}\u{399}",
        ),
        ('j', "\u{458}\u{ff4a}\u{1d423}\u{3f3}"),
        ('k', "\u{212a}\u{43a}\u{ff4b}\u{3ba}\u{1d424}\u{138}"),
        ('l', "\u{4c0}\u{ff4c}\u{217c}\u{1d425}\u{142}\u{196}"),
        ('m', "\u{ff4d}\u{217f}\u{1d426}\u{43c}"),
        ('n', "\u{578}\u{ff4e}\u{f1}\u{1d427}\u{144}"),
        (
            'o',
            "\u{43e}\u{3bf}\u{ff4f}\u{41e}\u{f6}\u{2134}\u{1d428}\u{585}\u{ba}\u{f8}",
        ),
        ('p', "\u{440}\u{3c1}\u{ff50}\u{1d429}\u{420}"),
        ('s', "\u{17f}\u{455}\u{ff53}\u{1d42c}\u{df}\u{161}"),
        ('u', "\u{3c5}\u{ff55}\u{fc}\u{1d42e}\u{57d}"),
        ('v', "\u{3bd}\u{ff56}\u{2174}\u{1d42f}"),
        ('w', "\u{461}\u{ff57}\u{1d430}\u{51d}"),
        ('x', "\u{445}\u{3c7}\u{ff58}\u{2179}\u{1d431}"),
        ('y', "\u{443}\u{ff59}\u{fd}\u{1d432}\u{3b3}"),
        ('.', "\u{3002}\u{ff0e}\u{2024}\u{b7}"),
        ('-', "\u{2010}\u{2011}\u{2212}\u{ff0d}\u{ad}"),
    ];
    let words = [
        "mike",
        "ada.lovelace",
        "k.smith",
        "sally-jo",
        "chupjagwyndhvx",
        "oscar",
    ];
    let (mut pairs, mut keys) = (0, BTreeSet::new());
    for word in words {
        let honest = Address::parse(&format!("{word}@example.com")).unwrap();
        assert!(keys.insert(honest.key().to_owned()));
        for (letter, others) in alikes {
            for other in others.chars() {
                // In the local part: refused, and the character is named.
                let typed = format!(
                    "{}@example.com",
                    word.replacen(letter, &other.to_string(), 1)
                );
                if !word.contains(letter) {
                    continue;
                }
                pairs += 1;
                let problem = Address::parse(&typed).expect_err(&typed).to_string();
                assert!(problem.contains(&named(other)), "{typed}: {problem}");

                // In the domain: refused, the same domain, or one that shows what it is.
                let typed = format!("ada@{}.com", word.replacen(letter, &other.to_string(), 1));
                pairs += 1;
                if let Ok(address) = Address::parse(&typed) {
                    let same = address.domain() == format!("{word}.com");
                    assert!(same || address.domain().contains("xn--"), "{typed}");
                    assert_eq!(Address::parse(address.as_str()).unwrap(), address);
                }
            }
        }
    }
    assert!(pairs >= 500, "{pairs}");
}

proptest! {
    #[test]
    fn what_is_taken_is_plain_and_stays_the_same(typed in "[-a-zA-Z.+ı＠é<\"\u{202e}\u{1b}]{0,12}@?[-a-zA-Z0-9.üßж。xn\u{ad}\u{301}]{0,16}(\\.com)?|\\PC{0,30}") {
        match Address::parse(&typed) {
            Ok(address) => {
                prop_assert!(address.as_str().bytes().all(|b| b.is_ascii_graphic()));
                let again = Address::parse(address.as_str()).unwrap();
                prop_assert_eq!((again.as_str(), again.key()), (address.as_str(), address.key()));
                let by_key = Address::parse(address.key()).unwrap();
                prop_assert_eq!(by_key.key(), address.key());
            }
            Err(problem) => prop_assert!(!problem.to_string().contains(is_hidden)),
        }
    }
}
