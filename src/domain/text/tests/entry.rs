//! What people type.

use super::*;

#[test]
fn one_line_is_normalised_and_bounded() {
    let hidden = |c: &str| Err(TextProblem::Hidden(c.to_owned()));
    for (text, expected) in [
        ("  Ada Lovelace\t", Ok("Ada Lovelace".to_owned())),
        ("Zoe\u{308}", Ok("Zoë".to_owned())),
        ("a\u{a0}b", Ok("a\u{a0}b".to_owned())),
        ("", Err(TextProblem::Empty)),
        (" \u{a0}\n", Err(TextProblem::Empty)),
        ("a\nb", Err(TextProblem::LineBreak)),
        ("a\r\nb", Err(TextProblem::LineBreak)),
        ("a\u{2028}b", Err(TextProblem::LineBreak)),
        ("a\tb", hidden("U+0009")),
        ("a\u{202e}b", hidden("U+202E")),
        ("a\u{200b}b", hidden("U+200B")),
        ("\u{feff}ab", hidden("U+FEFF")),
        ("a\u{1b}b", hidden("U+001B")),
        ("a\u{e0041}b", hidden("U+E0041")),
        (
            "123456789012345678901",
            Err(TextProblem::TooLong {
                length: 21,
                max: 20,
            }),
        ),
        (
            "éééééééééééééééééééé",
            Ok("éééééééééééééééééééé".to_owned()),
        ),
    ] {
        assert_eq!(one_line(text, 20), expected, "{text:?}");
    }
}

#[test]
fn telephone_numbers_are_international() {
    for text in [
        "+491701234567",
        "+49 170 1234567",
        " +49-170-123-4567 ",
        "+49 (170) 123.4567",
        "+49/170/1234567",
        "+49\u{a0}170\u{a0}1234567",
    ] {
        assert_eq!(phone(text), Ok("+491701234567".to_owned()), "{text:?}");
    }
    for text in [
        "01701234567",
        "00491701234567",
        "+0491701234567",
        "+123456",
        "+1234567890123456",
        "+49170123456a",
        "++491701234567",
        "+49+1701234567",
        "(+49)1701234567",
        "+４９1701234567",
        "+49170\u{202e}1234567",
        "+",
        "phone",
    ] {
        assert!(
            matches!(phone(text), Err(TextProblem::Phone(_))),
            "{text:?}"
        );
    }
    assert_eq!(phone("+1234567"), Ok("+1234567".to_owned()));
    assert_eq!(phone(" "), Err(TextProblem::Empty));
    assert!(matches!(
        phone("+49 (0)170 1234567"),
        Err(TextProblem::PhoneZero(_))
    ));
    assert!(
        !phone("+\u{1b}[0m")
            .unwrap_err()
            .to_string()
            .contains('\u{1b}')
    );
}

#[test]
fn languages_are_tags() {
    for (text, expected) in [
        ("en", "en"),
        ("DE", "de"),
        ("pt-br", "pt-BR"),
        ("pt_BR", "pt-BR"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
        ("gsw", "gsw"),
        (" fr ", "fr"),
    ] {
        assert_eq!(lang(text), Ok(expected.to_owned()));
    }
    for text in [
        "e",
        "english",
        "en-",
        "-en",
        "en-GB-x",
        "en--GB",
        "d\u{e9}",
        "12",
        "en GB",
        "en-GBR",
        "pt-BR.UTF-8",
    ] {
        assert!(matches!(lang(text), Err(TextProblem::Lang(_))), "{text:?}");
    }
    assert_eq!(lang(""), Err(TextProblem::Empty));
}

#[test]
fn slips_are_found_and_other_words_are_not() {
    let words = ["store", "key-file", "panel", "output"];
    let nearest = |word| nearest(word, words.into_iter());
    assert_eq!(nearest("stoer"), Some("store"));
    assert_eq!(nearest("keyfile"), Some("key-file"));
    assert_eq!(nearest("PANEL"), Some("panel"));
    assert_eq!(nearest("password"), None);
}

#[test]
fn only_what_is_close_is_suggested() {
    let words = [
        "invite",
        "resend",
        "revoke",
        "list",
        "lock",
        "unlock",
        "ada@example.com",
        "mike@example.org",
    ];
    for (word, expected) in [
        ("invte", Some("invite")),
        ("Invite", Some("invite")),
        ("lsit", Some("list")),
        ("unlok", Some("unlock")),
        ("lokc", Some("lock")),
        ("frobnicate", None),
        ("x", None),
        ("", None),
        ("ada@exmaple.com", Some("ada@example.com")),
        ("add@example.com", Some("ada@example.com")),
        ("bob@example.com", None),
        ("mike@example.com", Some("mike@example.org")),
        ("mike@elsewhere.org", None),
        ("mikey@example.org", Some("mike@example.org")),
        ("m\u{131}ke@example.org", Some("mike@example.org")),
    ] {
        assert_eq!(nearest(word, words.into_iter()), expected, "{word}");
    }
}

#[test]
fn names_are_found_whatever_their_writing() {
    for (a, b) in [
        ("Ada  LOVELACE ", "ada lovelace"),
        ("Ａｄａ", "ada"),
        ("ﬁona", "FIONA"),
        ("Zoe\u{308}", "zoë"),
        ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
        ("İnci", "i\u{307}nci"),
    ] {
        assert_eq!(name_key(a), name_key(b), "{a} {b}");
    }
    assert_ne!(name_key("Zoë"), name_key("Zoe"));
}

#[test]
fn of_two_near_words_the_nearer_is_meant_and_of_equals_the_first() {
    for (word, candidates, expected) in [
        ("invte", ["invitee", "invite"], Some("invite")),
        ("invte", ["invite", "invitee"], Some("invite")),
        ("main1", ["main2", "main3"], Some("main2")),
        // In a word of two letters no slip is allowed, in one of three there may be one.
        ("ab", ["ac", "abc"], Some("abc")),
        ("ab", ["ac", "b"], None),
        // Slips on both sides of the @ add up, and none on one side does not hide those on the other.
        (
            "adaa@example.com",
            ["adaa@exmpel.cm", "ada@example.com"],
            Some("ada@example.com"),
        ),
        (
            "adaa@example.com",
            ["ada@exampel.com", "ada@example.com"],
            Some("ada@example.com"),
        ),
        (
            "ada@exampel.com",
            ["adda@example.com", "ada@example.com"],
            Some("ada@example.com"),
        ),
        (
            "ada@example.com",
            ["zoe@example.com", "bob@example.org"],
            None,
        ),
    ] {
        assert_eq!(nearest(word, candidates.into_iter()), expected, "{word}");
    }
}

#[test]
fn joiners_are_taken_where_letters_need_them_and_nowhere_else() {
    for name in [
        // Persian: "Alireza", "Mehr-Afarin"; Sinhala: "Sri", "Chandrawathie"; Hindi and Bengali with a virama.
        "علی\u{200c}رضا",
        "می\u{200c}خواهم",
        "ශ\u{dca}\u{200d}රී",
        "චන\u{dca}\u{200d}ද\u{dca}\u{200d}රා",
        "क\u{94d}\u{200d}ष",
        "র\u{9cd}\u{200c}য",
        // A vowel sign between the letter and the joiner.
        "نامه\u{64e}\u{200c}ی",
    ] {
        assert_eq!(one_line(name, 100).as_deref(), Ok(name));
        assert_eq!(shown(name), name);
    }
    for name in [
        "a\u{200c}b",
        "a\u{200d}b",
        "\u{200c}علی",
        "علی\u{200c}",
        "علی\u{200c} رضا",
        // Dal joins nothing after it: the non-joiner does nothing.
        "محمد\u{200c}رضا",
        // A joiner needs a virama before it.
        "علی\u{200d}رضا",
        "ශ\u{200d}රී",
        "علی\u{200c}\u{200c}رضا",
        "ශ\u{dca}\u{200d}\u{200d}රී",
        "👩\u{200d}💻",
        "علی\u{200c}\u{202e}رضا",
    ] {
        assert!(
            matches!(one_line(name, 100), Err(TextProblem::Hidden(_))),
            "{name:?}"
        );
        assert!(shown(name).contains(r"\u{20"), "{name:?}");
        assert_eq!(shown(&shown(name)), shown(name), "{name:?}");
    }
    // Cut off before what it joins, a name ends without it.
    let name = "علی\u{200c}رضا";
    for columns in 0..8 {
        let cut = clip(name, columns);
        assert_eq!(shown(&cut), cut, "{columns}");
    }
    assert_eq!(name_key("علی\u{200c}رضا"), name_key("علیرضا"));
}

#[test]
fn a_note_may_have_several_lines() {
    assert_eq!(
        lines(" one\r\ntwo\rthree\n", 20).as_deref(),
        Ok("one\ntwo\nthree")
    );
    assert_eq!(lines("\n", 20), Err(TextProblem::Empty));
    assert_eq!(
        lines("a\nb\u{202e}", 20),
        Err(TextProblem::Hidden("U+202E".to_owned()))
    );
    assert_eq!(
        lines("a\n\nb", 3),
        Err(TextProblem::TooLong { length: 4, max: 3 })
    );
}
