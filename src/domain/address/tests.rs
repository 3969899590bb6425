mod look_alikes;

use super::*;

#[test]
fn addresses_are_stored_as_typed_and_found_by_their_key() {
    let long_local = "a".repeat(64);
    let long_domain = format!(
        "{}.{}.{}.com",
        "b".repeat(63),
        "c".repeat(63),
        "d".repeat(57)
    );
    let longest = format!("{long_local}@{long_domain}");
    assert_eq!(longest.len(), 254);
    for (typed, text, key) in [
        ("ada@example.com", "ada@example.com", "ada@example.com"),
        (
            "Ada.Lovelace@Example.COM",
            "Ada.Lovelace@example.com",
            "ada.lovelace@example.com",
        ),
        (
            " \tada@example.com\r\n",
            "ada@example.com",
            "ada@example.com",
        ),
        (
            "\u{a0}ada@example.com\u{a0}",
            "ada@example.com",
            "ada@example.com",
        ),
        (
            "ada+work@example.com",
            "ada+work@example.com",
            "ada+work@example.com",
        ),
        ("+ada@example.com", "+ada@example.com", "+ada@example.com"),
        (
            "o'brien@example.com",
            "o'brien@example.com",
            "o'brien@example.com",
        ),
        (
            "a!#$%&'*/=?^_`{|}~-b@example.com",
            "a!#$%&'*/=?^_`{|}~-b@example.com",
            "a!#$%&'*/=?^_`{|}~-b@example.com",
        ),
        ("1@example.com", "1@example.com", "1@example.com"),
        (
            "a@sub.sub.example.co.uk",
            "a@sub.sub.example.co.uk",
            "a@sub.sub.example.co.uk",
        ),
        ("a@3com.com", "a@3com.com", "a@3com.com"),
        (
            "ada@bücher.example",
            "ada@xn--bcher-kva.example",
            "ada@xn--bcher-kva.example",
        ),
        (
            "ada@BÜCHER.example",
            "ada@xn--bcher-kva.example",
            "ada@xn--bcher-kva.example",
        ),
        (
            "ada@bu\u{308}cher.example",
            "ada@xn--bcher-kva.example",
            "ada@xn--bcher-kva.example",
        ),
        (
            "ada@XN--BCHER-KVA.example",
            "ada@xn--bcher-kva.example",
            "ada@xn--bcher-kva.example",
        ),
        (
            "ada@straße.example",
            "ada@xn--strae-oqa.example",
            "ada@xn--strae-oqa.example",
        ),
        (
            "ada@ｅｘａｍｐｌｅ.com",
            "ada@example.com",
            "ada@example.com",
        ),
        ("ada@例え。jp", "ada@xn--r8jz45g.jp", "ada@xn--r8jz45g.jp"),
        (
            "ada@пример.рф",
            "ada@xn--e1afmkfd.xn--p1ai",
            "ada@xn--e1afmkfd.xn--p1ai",
        ),
        (
            "ada@παράδειγμα.example",
            "ada@xn--hxajbheg2az3al.example",
            "ada@xn--hxajbheg2az3al.example",
        ),
        (&longest, &longest, &longest),
    ] {
        let address = Address::parse(typed).unwrap_or_else(|problem| panic!("{typed}: {problem}"));
        assert_eq!((address.as_str(), address.key()), (text, key), "{typed}");
        assert_eq!(format!("{}@{}", address.local(), address.domain()), text);
        assert_eq!(
            Address::parse(address.as_str()).unwrap().as_str(),
            text,
            "parsing again changes nothing"
        );
        let stored = Address::from_stored(text.to_owned(), key.to_owned());
        assert_eq!(stored, address);
    }
}

#[test]
fn what_is_no_address_is_refused_with_its_fault() {
    use AddressProblem as P;
    let same = |typed: &str, kind: fn(String) -> P| kind(typed.trim().to_owned());
    let character = |text: &str, c: &str| P::Character {
        text: text.to_owned(),
        character: c.to_owned(),
    };
    let in_domain = |text: &str, c: &str| P::DomainCharacter {
        text: text.to_owned(),
        character: c.to_owned(),
    };
    let alone = || P::NotAlone {
        alone: "ada@example.com".to_owned(),
    };
    for (typed, problem) in [
        ("", P::Empty),
        (" \t\u{a0}\n", P::Empty),
        ("ada", same("ada", P::NoAt)),
        ("ada＠example.com", same("ada＠example.com", P::NoAt)),
        ("@", same("@", P::NoLocalPart)),
        ("@example.com", same("@example.com", P::NoLocalPart)),
        ("ada@", same("ada@", P::NoDomain)),
        ("ada@@example.com", same("ada@@example.com", P::ManyAts)),
        (
            "ada@home@example.com",
            same("ada@home@example.com", P::ManyAts),
        ),
        ("Ada <ada@example.com>", alone()),
        ("<ada@example.com>", alone()),
        ("\"Lovelace, Ada\" <ada@example.com>", alone()),
        ("mailto:ada@example.com", alone()),
        ("MailTo:ada@example.com", alone()),
        (
            "ada@example.com, bob@example.com",
            same("ada@example.com, bob@example.com", P::Several),
        ),
        (
            "ada@example.com;bob@example.com",
            same("ada@example.com;bob@example.com", P::Several),
        ),
        (
            "ada@example.com bob@example.com",
            same("ada@example.com bob@example.com", P::Several),
        ),
        (
            "\"ada\"@example.com",
            same("\"ada\"@example.com", P::Quoted),
        ),
        (
            "\"a@b\"@example.com",
            same("\"a@b\"@example.com", P::Quoted),
        ),
        (
            "ada lovelace@example.com",
            character("ada lovelace@example.com", "U+0020"),
        ),
        (
            "ada(x)@example.com",
            character("ada(x)@example.com", "'(' (U+0028)"),
        ),
        (
            "ada,@example.com",
            character("ada,@example.com", "',' (U+002C)"),
        ),
        (
            "ada:x@example.com",
            character("ada:x@example.com", "':' (U+003A)"),
        ),
        (
            "ada\\@example.com",
            character("ada\\@example.com", "'\\' (U+005C)"),
        ),
        (
            "a\u{0}b@example.com",
            character(r"a\u{0}b@example.com", "U+0000"),
        ),
        (
            "a\r\nBcc:x@example.com",
            character(r"a\r\nBcc:x@example.com", "U+000D"),
        ),
        (
            "a\u{1b}[2Jb@example.com",
            character(r"a\u{1b}[2Jb@example.com", "U+001B"),
        ),
        (
            "a\u{202e}b@example.com",
            character(r"a\u{202e}b@example.com", "U+202E"),
        ),
        (
            "a\u{200b}b@example.com",
            character(r"a\u{200b}b@example.com", "U+200B"),
        ),
        (
            "\u{feff}ada@example.com",
            character(r"\u{feff}ada@example.com", "U+FEFF"),
        ),
        (
            "m\u{131}ke@example.com",
            character("mıke@example.com", "'ı' (U+0131)"),
        ),
        (
            "mi\u{212a}e@example.com",
            character("mi\u{212a}e@example.com", "'\u{212a}' (U+212A)"),
        ),
        (
            "ſam@example.com",
            character("ſam@example.com", "'ſ' (U+017F)"),
        ),
        (
            "ﬁona@example.com",
            character("ﬁona@example.com", "'ﬁ' (U+FB01)"),
        ),
        (
            "ａda@example.com",
            character("ａda@example.com", "'ａ' (U+FF41)"),
        ),
        (
            "\u{430}da@example.com",
            character("\u{430}da@example.com", "'\u{430}' (U+0430)"),
        ),
        (
            "zoë@example.com",
            character("zoë@example.com", "'ë' (U+00EB)"),
        ),
        (
            "zoe\u{308}@example.com",
            character("zoe\u{308}@example.com", "U+0308"),
        ),
        (".ada@example.com", same(".ada@example.com", P::Dots)),
        ("ada.@example.com", same("ada.@example.com", P::Dots)),
        ("a..b@example.com", same("a..b@example.com", P::Dots)),
        (
            "-oQ/tmp@example.com",
            same("-oQ/tmp@example.com", P::Hyphen),
        ),
        ("ada@[127.0.0.1]", same("ada@[127.0.0.1]", P::IpAddress)),
        ("ada@[IPv6:::1]", same("ada@[IPv6:::1]", P::IpAddress)),
        ("ada@127.0.0.1", same("ada@127.0.0.1", P::IpAddress)),
        ("ada@example.0x1", same("ada@example.0x1", P::IpAddress)),
        ("ada@localhost", same("ada@localhost", P::NoDot)),
        ("ada@example.com.", same("ada@example.com.", P::TrailingDot)),
        ("ada@example。", same("ada@example。", P::TrailingDot)),
        ("ada@.example.com", same("ada@.example.com", P::Domain)),
        ("ada@example..com", same("ada@example..com", P::Domain)),
        ("ada@-example.com", same("ada@-example.com", P::Domain)),
        ("ada@example-.com", same("ada@example-.com", P::Domain)),
        ("ada@ab--cd.com", same("ada@ab--cd.com", P::Domain)),
        ("ada@xn--.com", same("ada@xn--.com", P::Domain)),
        (
            "ada@xn--example-.com",
            same("ada@xn--example-.com", P::Domain),
        ),
        ("ada@xn--a.com", same("ada@xn--a.com", P::Domain)),
        (
            "ada@xn--zzzzzzzzzz99999.com",
            same("ada@xn--zzzzzzzzzz99999.com", P::Domain),
        ),
        (
            "ada@exam_ple.com",
            in_domain("ada@exam_ple.com", "'_' (U+005F)"),
        ),
        ("ada@exam ple.com", in_domain("ada@exam ple.com", "U+0020")),
        (
            "ada@example.com:25",
            in_domain("ada@example.com:25", "':' (U+003A)"),
        ),
        (
            "ada@example.com>",
            in_domain("ada@example.com>", "'>' (U+003E)"),
        ),
        (
            "ada@exam\u{ad}ple.com",
            in_domain(r"ada@exam\u{ad}ple.com", "U+00AD"),
        ),
        (
            "ada@exam\u{200b}ple.com",
            in_domain(r"ada@exam\u{200b}ple.com", "U+200B"),
        ),
        (
            "ada@exam\u{200d}ple.com",
            in_domain(r"ada@exam\u{200d}ple.com", "U+200D"),
        ),
        (
            "ada@ex\u{430}mple.com",
            same("ada@ex\u{430}mple.com", P::MixedScripts),
        ),
        (
            "ada@xn--exmple-4nf.com",
            same("ada@xn--exmple-4nf.com", P::MixedScripts),
        ),
        (
            "ada@\u{3bf}range.com",
            same("ada@\u{3bf}range.com", P::MixedScripts),
        ),
        (
            "ada@ex\u{13aa}mple.com",
            same("ada@ex\u{13aa}mple.com", P::MixedScripts),
        ),
    ] {
        let found = Address::parse(typed).expect_err(typed);
        assert_eq!(found, problem, "{typed:?}");
        let sentence = found.to_string();
        assert!(!sentence.contains(is_hidden), "{sentence:?}");
        assert!(
            !sentence.contains('\n') && sentence.len() < 400,
            "{sentence}"
        );
    }
}

#[test]
fn lengths_are_bounded() {
    let local = "a".repeat(65);
    assert!(matches!(
        Address::parse(&format!("{local}@example.com")),
        Err(AddressProblem::LongLocalPart { length: 65, .. })
    ));
    let domain = format!(
        "{}.{}.{}.com",
        "b".repeat(63),
        "c".repeat(63),
        "d".repeat(58)
    );
    assert!(matches!(
        Address::parse(&format!("{}@{domain}", "a".repeat(64))),
        Err(AddressProblem::Long { length: 255, .. })
    ));
    assert!(matches!(
        Address::parse(&format!("a@{}.com", "b".repeat(64))),
        Err(AddressProblem::Domain(_))
    ));
    let huge = format!("{}@example.com", "é".repeat(100_000));
    assert!(Address::parse(&huge).unwrap_err().to_string().len() < 400);
}

#[test]
fn letter_case_is_the_only_thing_that_does_not_count() {
    let a = Address::parse("Ada@Example.com").unwrap();
    assert_eq!(a, Address::parse("aDA@eXAMPLE.COM").unwrap());
    assert_eq!(
        a.cmp(&Address::parse("ada@example.com").unwrap()),
        std::cmp::Ordering::Equal
    );
    for other in [
        "ada+x@example.com",
        "ad.a@example.com",
        "ada@example.org",
        "ada@www.example.com",
    ] {
        assert_ne!(a, Address::parse(other).unwrap());
    }
    assert_eq!(
        format!("{a:>20}|{a:<17}|"),
        "     Ada@example.com|Ada@example.com  |"
    );
    assert!(Address::parse("a@example.com").unwrap() < Address::parse("B@example.com").unwrap());
}
