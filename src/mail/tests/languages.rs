//! Each message in the languages beside English.

use super::*;

/// The built-in languages beside English.
const OTHERS: [&str; 2] = ["de", "fr"];

fn made(context: &LetterContext<'_>) -> Letter {
    compose(context, &Templates::builtin().unwrap()).unwrap()
}

/// What both ways of reading show: no tags, quotes and apostrophes plain, blanks single.
fn bare(text: &str) -> String {
    let mut out = String::new();
    let mut tag = false;
    let text = ["strong", "code"]
        .iter()
        .fold(text.to_owned(), |text, name| {
            text.replace(&format!("<{name}>"), "")
                .replace(&format!("</{name}>"), "")
        });
    for c in text.chars() {
        match c {
            '<' => tag = true,
            '>' if tag => {
                tag = false;
                out.push(' ');
            }
            _ if tag => {}
            '„' | '“' | '”' => out.push('"'),
            '’' => out.push('\''),
            '`' => {}
            c => out.push(c),
        }
    }
    out.replace("&#39;", "'").replace("&quot;", "\"")
}

/// Its sentences, as words with single blanks, without what only one of the two parts has.
fn sentences(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words
        .join(" ")
        .split_inclusive(['.', ':', '?'])
        .map(|sentence| sentence.trim().to_owned())
        .filter(|sentence| sentence.len() > 3)
        .collect()
}

#[test]
fn every_kind_reads_as_it_should_in_every_language() {
    let sample = Sample::new();
    for lang in OTHERS {
        for kind in mails() {
            let mut context = sample.context(kind);
            context.lang = lang;
            let letter = made(&context);
            insta::assert_snapshot!(
                format!("{lang}-{kind}"),
                format!("Subject: {}\n\n{}", letter.subject, text(&letter))
            );
        }
    }
}

#[test]
fn other_circumstances_in_every_language() {
    let sample = Sample::new();
    for lang in OTHERS {
        let mut texts = String::new();
        for kind in mails() {
            let mut context = sample.context(kind);
            context.lang = lang;
            context.link = context
                .link
                .map(|_| LinkText::Token("adm_0123456789abcdefghjkmnpq".to_owned()));
            context.link_expires_at = Some(time("2026-06-12T12:05:00Z"));
            context.access_until = Some(time("2026-06-30T22:00:00Z"));
            context.person_name = None;
            context.support_contact = None;
            context.password_works = false;
            texts.push_str(&text(&made(&context)));
            texts.push_str("\n----\n");
        }
        insta::assert_snapshot!(format!("{lang}-other-circumstances"), texts);
    }
}

#[test]
fn the_html_says_every_sentence_of_the_text() {
    let sample = Sample::new();
    for lang in ["en", "de", "fr"] {
        for kind in mails() {
            for circumstances in [true, false] {
                let mut context = sample.context(kind);
                context.lang = lang;
                context.password_works = circumstances;
                context.access_until = circumstances.then(|| time("2026-06-30T22:00:00Z"));
                context.link_expires_at = Some(time("2026-06-12T12:05:00Z"));
                let letter = made(&context);
                let page = html(&letter);
                assert!(page.contains(&format!("<html lang=\"{lang}\">")));
                let main = page.split_once("<main>").unwrap().1;
                let main = sentences(&bare(main)).join(" ");
                // The words around a button differ: there is nothing to click in a text.
                let of_the_link = |sentence: &str| {
                    kind.needs_link().is_some()
                        && (sentence.ends_with(':') || sentence.contains("://"))
                };
                for sentence in sentences(&bare(&text(&letter))) {
                    assert!(
                        main.contains(&sentence) || of_the_link(&sentence),
                        "{lang} {kind}: {sentence}\nis not in\n{main}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_language_is_the_persons_or_the_nearest_that_is_there() {
    let sample = Sample::new();
    for (lang, hello) in [
        ("de", "Guten Tag Ada Lovelace,\n"),
        ("de-AT", "Guten Tag Ada Lovelace,\n"),
        ("DE_ch", "Guten Tag Ada Lovelace,\n"),
        ("de-Latn-DE", "Guten Tag Ada Lovelace,\n"),
        ("fr-CA", "Bonjour Ada Lovelace,\n"),
        ("en-GB", "Hello Ada Lovelace,\n"),
        ("es", "Hello Ada Lovelace,\n"),
        ("den", "Hello Ada Lovelace,\n"),
        ("", "Hello Ada Lovelace,\n"),
        ("../de", "Hello Ada Lovelace,\n"),
    ] {
        let mut context = sample.context(MailKind::SecondFactorSet);
        context.lang = lang;
        let text = text(&made(&context));
        assert!(text.starts_with(hello), "{lang}: {text}");
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let when = match hello.split(' ').next() {
            Some("Guten") => "Am Freitag, 5. Juni 2026 um 14:05 Uhr CEST (UTC+02:00) wurde",
            Some("Bonjour") => "Le vendredi 5 juin 2026 à 14:05 CEST (UTC+02:00), une",
            _ => "On Friday, 5 June 2026 at 14:05 CEST (UTC+02:00), an",
        };
        assert!(words.contains(when), "{lang}: {text}");
    }
    let languages: Vec<&str> = Templates::languages().collect();
    assert_eq!(languages, ["en", "de", "fr"]);
}

#[test]
fn subjects_beyond_ascii_are_encoded_and_every_line_of_a_header_is_short() {
    let sample = Sample::new();
    for lang in OTHERS {
        for kind in mails() {
            let mut context = sample.context(kind);
            (context.lang, context.panel) = (lang, "accounting.emea.customers.example.com");
            let letter = made(&context);
            let message = String::from_utf8(letter.bytes.clone()).unwrap();
            let (head, _) = message.split_once("\r\n\r\n").unwrap();
            assert!(head.is_ascii(), "{head}");
            assert!(head.lines().all(|line| line.len() <= 78), "{head}");
            assert_eq!(
                head.contains("Subject: =?utf-8?"),
                !letter.subject.is_ascii(),
                "{head}"
            );
        }
    }
}

#[test]
fn an_sms_fits_into_one_of_the_gsm_alphabet_in_every_language() {
    let sample = Sample::new();
    let templates = Templates::builtin().unwrap();
    // What takes one place of 160 (3GPP TS 23.038) and may stand in such a text.
    let gsm = |c: char| c.is_ascii_alphanumeric() || " .,?!:'-äöüÄÖÜßéèàùÉÇ".contains(c);
    let mut texts = Vec::new();
    for lang in OTHERS {
        let mut context = sample.context(MailKind::SignInCodeSms);
        context.lang = lang;
        texts.push(
            compose_sms(&context, &templates)
                .unwrap()
                .text
                .as_str()
                .to_owned(),
        );
        context.panel = "accounting.emea.customers.example.com";
        let message = compose_sms(&context, &templates).unwrap();
        let text = message.text.as_str();
        assert!(text.starts_with("048215 "), "{text}");
        assert!(text.chars().all(gsm), "{text}");
        assert!(text.chars().count() <= 160, "{text}");
    }
    insta::assert_snapshot!(texts.join("\n"), @"
    048215 ist Ihr Code für main. Er gilt einmal, 10 Minuten lang. Wir fragen nie danach. Nicht Sie? Dann Passwort ändern.
    048215 est votre code pour main. Valable une fois, 10 minutes. Ne le donnez jamais. Pas vous? Changez de mot de passe.
    ");
}

#[test]
fn an_own_template_of_a_region_stands_on_the_pieces_of_its_language() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("de-at")).unwrap();
    std::fs::write(
        home.path().join("de-at/password-changed.txt"),
        "Subject: Servus\n\n{% include \"_hello.txt\" %}\n\nEs ist geschehen, {{ when }}.",
    )
    .unwrap();
    let templates = Templates::with_folder(home.path()).unwrap();
    let sample = Sample::new();
    let mut context = sample.context(MailKind::PasswordChanged);
    context.lang = "de-AT";
    let letter = compose(&context, &templates).unwrap();
    assert_eq!(
        text(&letter),
        "Guten Tag Ada Lovelace,\n\nEs ist geschehen, Freitag, 5. Juni 2026 um 14:05 Uhr CEST (UTC+02:00).\n"
    );
    context.kind = MailKind::Locked;
    (context.link, context.link_expires_at) = {
        let other = sample.context(MailKind::Locked);
        (other.link, other.link_expires_at)
    };
    let letter = compose(&context, &templates).unwrap();
    assert_eq!(letter.subject, "Ihr Konto für main ist gesperrt");
}
