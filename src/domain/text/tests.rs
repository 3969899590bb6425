mod entry;

use proptest::prelude::*;

use super::*;

#[test]
fn what_acts_on_a_terminal_is_escaped() {
    for (text, expected) in [
        ("plain ASCII ~", "plain ASCII ~"),
        (
            "Zoë Müller-Łukasz 李小龍 محمد 🙂",
            "Zoë Müller-Łukasz 李小龍 محمد 🙂",
        ),
        ("❤\u{fe0f} #\u{fe0f}\u{20e3}", "❤\u{fe0f} #\u{fe0f}\u{20e3}"),
        ("葛\u{e0100}飾", "葛\u{e0100}飾"),
        ("a\u{e0100}", r"a\u{e0100}"),
        ("a\u{fe0f}", r"a\u{fe0f}"),
        ("❤\u{fe0f}\u{fe0f}", "❤\u{fe0f}\\u{fe0f}"),
        ("\u{1b}]0;title\u{7}", r"\u{1b}]0;title\u{7}"),
        ("a\tb\r\nc", r"a\tb\r\nc"),
        ("\0", r"\u{0}"),
        ("\u{7f}", r"\u{7f}"),
        ("\u{9b}31m", r"\u{9b}31m"),
        ("\u{85}", r"\u{85}"),
        ("abc\u{202e}def", r"abc\u{202e}def"),
        ("\u{2066}x\u{2069}", r"\u{2066}x\u{2069}"),
        ("\u{61c}\u{200e}\u{200f}", r"\u{61c}\u{200e}\u{200f}"),
        (
            "a\u{200b}b\u{200d}c\u{feff}",
            r"a\u{200b}b\u{200d}c\u{feff}",
        ),
        ("\u{2028}\u{2029}", r"\u{2028}\u{2029}"),
        (
            "\u{e0001}\u{e0041}\u{e007f}",
            r"\u{e0001}\u{e0041}\u{e007f}",
        ),
        ("so\u{ad}ft", r"so\u{ad}ft"),
        ("\u{3164}", r"\u{3164}"),
        ("\u{e000}\u{10fffe}\u{378}", r"\u{e000}\u{10fffe}\u{378}"),
        ("e\u{301}", "e\u{301}"),
        ("\u{301}e", r"\u{301}e"),
        ("\u{202e}\u{301}", r"\u{202e}\u{301}"),
    ] {
        assert_eq!(shown(text), expected, "{text:?}");
    }
}

#[test]
fn every_control_and_format_character_is_escaped() {
    let format = [
        '\u{600}',
        '\u{6dd}',
        '\u{70f}',
        '\u{8e2}',
        '\u{180e}',
        '\u{2060}',
        '\u{2064}',
        '\u{fff9}',
        '\u{110bd}',
        '\u{1d173}',
    ];
    let mut all: Vec<char> = ('\0'..=' ')
        .chain('\u{7f}'..='\u{a0}')
        .filter(|c| c.is_control())
        .collect();
    assert_eq!(all.len(), 65);
    all.extend(
        ('\u{202a}'..='\u{202e}')
            .chain('\u{2066}'..='\u{2069}')
            .chain('\u{e0020}'..='\u{e007f}'),
    );
    all.extend(format);
    for c in all {
        let text = format!("a{c}b");
        assert!(!shown(&text).contains(c), "{c:?}");
        assert!(one_line(&text, 10).is_err(), "{c:?}");
        assert_eq!(named(c), format!("U+{:04X}", u32::from(c)));
    }
}

#[test]
fn accents_do_not_pile_up() {
    let text = format!("a{}b", "\u{301}".repeat(100));
    let out = shown(&text);
    assert_eq!(out.chars().filter(|&c| c == '\u{301}').count(), 4);
    assert_eq!(width(&text), 1 + 96 * r"\u{301}".len() + 1);
    assert!(one_line(&text, 1000).is_err());
}

#[test]
fn clipped_text_fits() {
    for (text, columns, expected) in [
        ("ada", 3, "ada"),
        ("adam", 3, "ad…"),
        ("adam", 1, "…"),
        ("adam", 0, ""),
        ("", 0, ""),
        ("李小龍", 6, "李小龍"),
        ("李小龍", 5, "李小…"),
        ("李小龍", 4, "李…"),
        ("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…"),
        ("ab\u{1b}cd", 5, "ab…"),
        ("❤\u{fe0f}❤\u{fe0f}", 3, "❤\u{fe0f}…"),
        // A selector goes with the sign before it.
        ("ab❤\u{fe0f}cd", 4, "ab…"),
    ] {
        assert_eq!(clip(text, columns), expected, "{text:?}");
    }
    let nasty = [
        "\u{1b}[2J",
        "❤\u{fe0f}",
        "👩🏽",
        "e\u{301}\u{302}",
        "لا",
        "ｗ",
        "\u{202e}",
        "x",
        "🇩🇪",
    ]
    .concat()
    .repeat(20);
    for columns in 0..200 {
        let out = clip(&nasty, columns);
        assert!(width(&out) <= columns, "{columns}: {out}");
        assert!(!out.contains(is_hidden));
    }
}

#[test]
fn no_cell_starts_a_formula() {
    for (text, expected) in [
        ("Ada", "Ada"),
        ("", ""),
        ("=1+1", "'=1+1"),
        ("+49170", "'+49170"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\0=1", "'\0=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("a=1", "a=1"),
    ] {
        assert_eq!(csv_cell(text), expected);
        assert_eq!(csv_plain(&csv_cell(text)), text);
    }
    assert_eq!(csv_plain("'tis"), "'tis");
    assert_eq!(csv_plain("''tis"), "''tis");
}

#[test]
fn a_shell_word_is_one_word() {
    for (text, expected) in [
        ("ada@example.com", "ada@example.com"),
        ("KEY=a,b", "KEY=a,b"),
        ("", "''"),
        ("two words", "'two words'"),
        ("it's", r"'it'\''s'"),
        ("$(rm -rf /)", "'$(rm -rf /)'"),
        ("`id`", "'`id`'"),
        ("a;b", "'a;b'"),
        ("~", "'~'"),
        ("=ls", "'=ls'"),
        ("a\nb", "'a\nb'"),
        ("a\0b", "'ab'"),
        ("ü", "'ü'"),
        ("!!", "'!!'"),
        ("*", "'*'"),
        ("{a,b}", "'{a,b}'"),
        ("#x", "'#x'"),
    ] {
        assert_eq!(shell_word(text), expected);
    }
}

/// Texts of which every other character is one that could do harm.
fn nasty() -> impl Strategy<Value = String> {
    let harmful = prop::sample::select(
        "\0\t\r\n\u{1b}\u{7f}\u{9b}\u{202e}\u{200d}\u{feff}\u{fe0f}\u{301}\u{e0041}'\"\\\\$`!;=+-@ ❤字ی\u{dca}\u{200c}"
            .chars()
            .collect::<Vec<_>>(),
    );
    let any_char = prop_oneof![harmful, any::<char>()];
    prop::collection::vec(any_char, 0..40).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn nothing_harmful_gets_through(text in nasty(), columns in 0_usize..60) {
        let out = shown(&text);
        // Joiners are shown where they belong, and what is shown stays as it is.
        let harmful = |c| is_hidden(c) && !is_joiner(c);
        prop_assert!(!out.contains(harmful));
        prop_assert_eq!(shown(&out), out.as_ref());
        let clipped = clip(&text, columns);
        prop_assert!(clipped.width() <= columns && !clipped.contains(harmful));
        prop_assert_eq!(shown(&clipped), clipped.as_str());

        let cell = csv_cell(&text);
        prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']));
        prop_assert_eq!(csv_plain(&cell), text.as_str());

        if let Ok(line) = one_line(&text, 100) {
            prop_assert_eq!(shown(&line), line.as_str());
            prop_assert_eq!(one_line(&line, 100), Ok(line.clone()));
        }
        let problems = [phone(&text).err(), lang(&text).err(), one_line(&text, 3).err()];
        for problem in problems.into_iter().flatten() {
            prop_assert!(!problem.to_string().contains(harmful));
        }
        let _ = (name_key(&text), nearest(&text, ["ada@example.com", "invite"].into_iter()));
    }
}

#[test]
fn a_real_shell_reads_back_the_word() {
    let words = [
        "",
        "it's",
        "$HOME `id` $(id)",
        "a\\b\"c",
        "-n",
        "\u{1b}[2J\n\t",
        "~",
        "*",
        "!x",
        "字 ' ' '",
    ];
    for word in words {
        let script = format!("printf '[%s]' {} {}", shell_word(word), shell_word("end"));
        let run = std::process::Command::new("sh")
            .args(["-c", &script])
            .output()
            .unwrap();
        assert_eq!(
            String::from_utf8(run.stdout).unwrap(),
            format!("[{word}][end]")
        );
    }
}
