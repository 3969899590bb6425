//! An operator's own templates.

use std::fs;
use std::path::Path;

use super::*;

/// A folder with these files in it.
fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let home = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = home.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    home
}

fn notice(templates: &Templates, panel: &str, lang: &str) -> Letter {
    let sample = Sample::new();
    let mut context = sample.context(MailKind::PasswordChanged);
    (context.panel, context.lang) = (panel, lang);
    compose(&context, templates).unwrap()
}

fn problem(files: &[(&str, &str)]) -> String {
    let home = folder(files);
    let shown = |problem: MailProblem| {
        problem
            .to_string()
            .replace(&format!("{}/", home.path().display()), "")
    };
    match Templates::with_folder(home.path()) {
        Err(found) => shown(found),
        Ok(templates) => {
            let sample = Sample::new();
            let context = sample.context(MailKind::PasswordChanged);
            shown(compose(&context, &templates).unwrap_err())
        }
    }
}

#[test]
fn the_nearest_template_wins() {
    let home = folder(&[
        ("de/password-changed.txt", "Subject: Passwort\n\nGemeinsam."),
        (
            "de-at/password-changed.txt",
            "Subject: Passwort\n\nHierzulande.",
        ),
        (
            "acme/de/password-changed.txt",
            "\u{FEFF}Subject: Acme\r\n\r\nEigenes.",
        ),
        (
            "acme/en/layout.html",
            "<b>{% block body %}{% endblock %}</b>",
        ),
        ("acme/en/notes.md", "{{ anything }}"),
        ("acme/.git/en/bad.txt", "{{ anything }}"),
    ]);
    let templates = Templates::with_folder(home.path()).unwrap();
    let cases = [
        ("main", "de", "Gemeinsam.\n"),
        ("main", "de_AT", "Hierzulande.\n"),
        ("main", "de-CH", "Gemeinsam.\n"),
        ("acme", "de", "Eigenes.\n"),
        ("acme", "DE-at", "Hierzulande.\n"),
        ("main", "fr", "Bonjour Ada"),
        ("main", "es", "Hello Ada"),
        ("main", "../de", "Hello Ada"),
        ("main", "", "Hello Ada"),
        ("../acme", "de", "Gemeinsam.\n"),
    ];
    for (panel, lang, wanted) in cases {
        let letter = notice(&templates, panel, lang);
        assert!(
            text(&letter).starts_with(wanted),
            "{panel} {lang}: {}",
            text(&letter)
        );
    }
    assert_eq!(notice(&templates, "acme", "de").subject, "Acme");
    assert!(
        html(&notice(&templates, "acme", "en")).starts_with("<b>\n<h1>Your password was changed")
    );
    assert!(html(&notice(&templates, "main", "en")).starts_with("<!DOCTYPE"));
}

#[test]
fn html_never_tells_another_story_than_the_text() {
    let own = "Subject: Hi\n\nFirst <b> line\nsecond & line\n\n{{ link }}\n";
    let home = folder(&[
        ("en/password-reset.txt", own),
        ("en/locked.html", "<p>{{ panel }} {{ link or token }}</p>"),
    ]);
    let templates = Templates::with_folder(home.path()).unwrap();
    let sample = Sample::new();
    let page = html(&compose(&sample.context(MailKind::PasswordReset), &templates).unwrap());
    assert!(
        page.contains("<p>First &lt;b&gt; line<br>second &amp; line</p>"),
        "{page}"
    );
    assert!(
        page.contains("class=\"button\" href=\"https://panel.example/join?t=adm_"),
        "{page}"
    );
    assert!(page.contains("<html lang=\"en\">") && !page.contains("present one"));
    let letter = compose(&sample.context(MailKind::Locked), &templates).unwrap();
    assert!(html(&letter).starts_with("<p>main https://panel.example/"));
    assert!(text(&letter).contains("was locked"));
}

#[test]
fn mistakes_name_the_file() {
    let cases: &[(&[(&str, &str)], &str)] = &[
        (
            &[("en/password-changed.txt", "Subject: x\n\n{{ nmae }}")],
            "en/password-changed.txt, line 3: unknown variable nmae; use one of panel, name, address, link, ",
        ),
        (
            &[("acme/en/password-changed.txt", "Subject: x\n{% if %}")],
            "acme/en/password-changed.txt, line 2: syntax",
        ),
        (
            &[("en/password-changed.txt", "Hello")],
            "en/password-changed.txt: does not start with a line \"Subject",
        ),
        (
            &[("en/password-changed.txt", "Subject: \nx")],
            "en/password-changed.txt: does not start",
        ),
        (
            &[("en/password-chnaged.txt", "")],
            "en/password-chnaged.txt: unknown mail password-chnaged; use one of inv",
        ),
        (
            &[("english/locked.txt", "")],
            "english: contains templates, but its name is not a language",
        ),
        (
            &[("acme/english/locked.txt", "")],
            "acme/english: contains templates, but",
        ),
        (
            &[("locked.txt", "")],
            "locked.txt: must be in a folder for its language",
        ),
        (
            &[("es/locked.html", "")],
            "es/locked.html: requires a file locked.txt in the same language",
        ),
        (
            &[("en/password-changed.txt", "Subject: x\n\n{{ panel.owner }}")],
            "en/password-changed.txt, line 3: undefined",
        ),
        (
            &[(
                "en/password-changed.txt",
                "Subject: x\n{% include 'y.txt' %}",
            )],
            "en/password-changed.txt, line 2: template not",
        ),
        (
            &[("en/_footer.txt", "{{ nobody }}")],
            "en/_footer.txt, line 1: unknown variable nobody",
        ),
        (
            &[("en/password-changed.txt", "Subject: x\u{202E}\n\n")],
            "the subject contains U+202E",
        ),
    ];
    for (files, wanted) in cases {
        let found = problem(files);
        assert!(found.starts_with(wanted), "{found}\nnot: {wanted}");
    }
    for (files, _) in cases {
        let home = folder(files);
        assert!(
            Templates::with_folder(home.path()).is_err(),
            "told only when a mail is made: {files:?}"
        );
    }
    assert!(
        Templates::with_folder(Path::new("/nowhere"))
            .unwrap_err()
            .to_string()
            .starts_with("/nowhere: ")
    );
    let home = folder(&[("en/locked.txt", "")]);
    fs::write(home.path().join("en/locked.txt"), [0xFF]).unwrap();
    assert!(Templates::with_folder(home.path()).is_err());
    fs::write(home.path().join("en/locked.txt"), "x".repeat(300_000)).unwrap();
    assert!(
        Templates::with_folder(home.path())
            .unwrap_err()
            .to_string()
            .ends_with("larger than 256 KiB")
    );
}

#[test]
fn an_own_template_is_tried_before_anything_is_sent() {
    let body = |text: &str| format!("Subject: Come in\n\n{text}");
    let tried = |files: &[(&str, &str)]| {
        let home = folder(files);
        let tried = Templates::with_folder(home.path()).map(drop);
        tried.map_err(|problem| {
            problem
                .to_string()
                .replace(&format!("{}/", home.path().display()), "")
        })
    };
    // What is wrong only once it is filled, or only for some.
    for (text, wanted) in [
        (
            "Hello {{ name|titel }} {{ link }}",
            "line 3: unknown filter",
        ),
        (
            "{{ link }}{% if not support %}{{ support.name }}{% endif %}",
            "line 3: undefined",
        ),
        (
            "{{ link }}{% if support %}{{ 1 / 0 }}{% endif %}",
            "line 3: invalid operation",
        ),
        (
            "{{ link }}{% include '_adress.txt' %}",
            "line 3: template not found",
        ),
        (
            "Register soon.",
            "does not show the link: {{ link }}, or {{ token }} if there is no link, must be in it",
        ),
    ] {
        let found = tried(&[("acme/en/invitation.txt", &body(text))]).unwrap_err();
        assert!(found.starts_with("acme/en/invitation.txt"), "{found}");
        assert!(found.contains(wanted), "{found}\nnot: {wanted}");
    }
    let html = tried(&[("en/invitation.html", "<p>Register soon.</p>")]).unwrap_err();
    assert!(
        html.starts_with("en/invitation.html: does not show the link"),
        "{html}"
    );
    let piece = tried(&[("de/_support.txt", "{{ support|upper }}{{ link.host }}")]).unwrap_err();
    assert!(
        piece.starts_with("de/_support.txt, line 1: undefined"),
        "{piece}"
    );
    // Each panel has links or tokens, and its template shows what it has.
    for text in ["{{ link }}", "{{ token }}", "{{ link or token }}"] {
        assert_eq!(
            tried(&[("en/invitation.txt", &body(text))]),
            Ok(()),
            "{text}"
        );
    }
    // A page's address with an & in it is shown, whatever HTML makes of it.
    let html = ("en/invitation.html", "<a href=\"{{ link }}\">here</a>");
    assert_eq!(tried(&[html]), Ok(()));
}

fn code_mail(files: &[(&str, &str)]) -> Result<Letter, String> {
    let home = folder(files);
    let sample = Sample::new();
    Templates::with_folder(home.path())
        .and_then(|templates| compose(&sample.context(MailKind::SignInCode), &templates))
        .map_err(|problem| {
            problem
                .to_string()
                .replace(&format!("{}/", home.path().display()), "")
        })
}

#[test]
fn an_own_template_of_a_code_shows_the_code_and_not_in_the_subject() {
    let text = "Subject: Code\n\n{{ code }}, {{ code_until }}, {{ when }}";
    let letter = code_mail(&[("main/en/sign-in-code.txt", text)]).unwrap();
    assert_eq!(
        super::text(&letter),
        "048215, Friday, 5 June 2026 at 14:15 CEST (UTC+02:00), Friday, 5 June 2026 at\n\
         14:05 CEST (UTC+02:00)\n"
    );
    assert!(html(&letter).contains("<p>048215, Friday"));
    for (files, wanted) in [
        (
            &[("en/sign-in-code.txt", "Subject: {{ code }}\n\n{{ code }}")][..],
            "en/sign-in-code.txt: has the code in its subject, where lock screens and logs show it",
        ),
        (
            &[("en/sign-in-code.txt", "Subject: Code\n\nSoon.")][..],
            "en/sign-in-code.txt: does not show the code: {{ code }} must be in it",
        ),
        (
            &[("en/sign-in-code.html", "<p>Soon.</p>")][..],
            "en/sign-in-code.html: does not show the code: {{ code }} must be in it",
        ),
        (
            &[("en/sign-in-code.txt", "Subject: x\n\n{{ cdoe }}")][..],
            "en/sign-in-code.txt, line 3: unknown variable cdoe; use one of panel, name, address, link, token, command, \
             link_until, access_until, code, code_until, when, support, ",
        ),
    ] {
        let problem = code_mail(files).unwrap_err();
        assert!(problem.starts_with(wanted), "{problem}\nnot: {wanted}");
    }
}

#[test]
fn a_template_that_never_ends_is_stopped() {
    let found = problem(&[(
        "en/password-changed.txt",
        "Subject: x\n{% include 'password-changed.txt' %}",
    )]);
    assert!(found.contains("includes or calls itself"), "{found}");
}
