//! SMS as they read, and as files. The program that sends them is tried in `tests/it/exe/sms.rs`.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;

fn made(context: &LetterContext<'_>) -> TextMessage {
    compose_sms(context, &Templates::builtin().unwrap()).unwrap()
}

/// What of an own template becomes an SMS, or why not.
fn own(name: &str, text: &str) -> Result<String, String> {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    let sample = Sample::new();
    let mut context = sample.context(MailKind::SignInCodeSms);
    context.lang = "de-AT";
    Templates::with_folder(home.path())
        .and_then(|templates| compose_sms(&context, &templates))
        .map(|message| message.text.as_str().to_owned())
        .map_err(|problem| {
            let folder = format!("{}/", home.path().display());
            problem.to_string().replace(&folder, "")
        })
}

#[test]
fn it_is_one_plain_line_that_begins_with_the_code() {
    let sample = Sample::new();
    let message = made(&sample.context(MailKind::SignInCodeSms));
    insta::assert_snapshot!(message.text.as_str(), @"048215 is your code for main. It works once, within 10 minutes. We never ask for it. Not you? Set a new password.");
    assert_eq!(message.to, "+436641234567");
    assert_eq!(message.code.as_ref().unwrap().as_str(), CODE);
    assert!(!format!("{message:?}").contains(CODE));
}

#[test]
fn it_fits_into_one_sms_for_panels_of_usual_names() {
    let sample = Sample::new();
    let mut context = sample.context(MailKind::SignInCodeSms);
    for (name, length) in [
        ("main", 113),
        ("accounting.emea.customers.example.com", 146),
    ] {
        context.panel = name;
        context.title = name;
        let message = made(&context);
        let text = message.text.as_str();
        // Letters, digits and these are in the GSM alphabet (3GPP TS 23.038), where each takes one place of 160.
        let gsm = |c: char| c.is_ascii_alphanumeric() || " .,?-".contains(c);
        assert!(text.chars().all(gsm), "{text}");
        assert_eq!(text.len(), length, "{text}");
    }
}

#[test]
fn own_templates_count_and_their_mistakes_are_named() {
    let ok = [
        (
            "de/sign-in-code-sms.txt",
            "\n Code:  {{ code }}\r\n\n\n@panel.example #{{ code }}\n",
            "Code:  048215\n@panel.example #048215",
        ),
        (
            "main/de/sign-in-code-sms.txt",
            "{{ code }} für {{ panel }}",
            "048215 für main",
        ),
        (
            "fr/sign-in-code-sms.txt",
            "{{ code }} pour {{ panel }}",
            "048215 ist Ihr Code für main. Er gilt einmal, 10 Minuten lang. Wir fragen nie danach. Nicht Sie? Dann Passwort ändern.",
        ),
    ];
    for (name, text, wanted) in ok {
        assert_eq!(own(name, text).as_deref(), Ok(wanted), "{name}");
    }
    let long = format!("{{{{ code }}}}{}", "x".repeat(595));
    let bad = [
        (
            "de/sign-in-code-sms.txt",
            "Subject: Code\n\n{{ code }}",
            "de/sign-in-code-sms.txt: starts with a subject, but an SMS has none",
        ),
        (
            "de/sign-in-code-sms.txt",
            "Soon.",
            "de/sign-in-code-sms.txt: does not show the code: {{ code }} must be in it",
        ),
        (
            "de/sign-in-code-sms.txt",
            "{{ digits }}",
            "de/sign-in-code-sms.txt, line 1: unknown variable digits; use one of panel, ",
        ),
        (
            "de/sign-in-code-sms.txt",
            "{{ code }}\u{7}",
            "the text of the SMS contains the control character U+0007",
        ),
        (
            "de/sign-in-code-sms.txt",
            &long,
            "the text of the SMS is longer than 600 characters",
        ),
        (
            "de/sign-in-code-sms.html",
            "{{ code }}",
            "de/sign-in-code-sms.html: an SMS has no HTML; use only sign-in-code-sms.txt",
        ),
        (
            "main/en/sign-in-code-sms.html",
            "{{ code }}",
            "main/en/sign-in-code-sms.html: an SMS has no HTML",
        ),
    ];
    for (name, text, wanted) in bad {
        let problem = own(name, text).unwrap_err();
        assert!(problem.starts_with(wanted), "{problem}\nnot: {wanted}");
    }
}

#[test]
fn only_an_sms_with_a_number_and_a_code_is_made() {
    let sample = Sample::new();
    let templates = Templates::builtin().unwrap();
    for to in [
        "",
        "ada@example.com",
        "06641234567",
        "+43 664 1234567",
        "+43664123456789012",
        "-436641234567",
        "+436641234567\n",
    ] {
        let context = LetterContext {
            to,
            ..sample.context(MailKind::SignInCodeSms)
        };
        let problem = compose_sms(&context, &templates).unwrap_err();
        assert_eq!(
            problem.to_string(),
            "the phone number is not of the form +442071234567",
            "{to:?}"
        );
    }
    let kind = MailKind::SignInCodeSms;
    let without = LetterContext {
        code: None,
        ..sample.context(kind)
    };
    assert_eq!(
        compose_sms(&without, &templates).unwrap_err(),
        MailProblem::CodeMissing { kind }
    );
    for kind in mails() {
        let problem = compose_sms(&sample.context(kind), &templates).unwrap_err();
        assert_eq!(problem, MailProblem::Channel { kind });
    }
}

#[test]
fn without_a_program_it_becomes_a_private_file() {
    let home = tempfile::tempdir().unwrap();
    let transport = Transport::Files(FolderTransport::new(home.path().join("mail")));
    let sample = Sample::new();
    let message = made(&sample.context(MailKind::SignInCodeSms));
    let receipt = transport.send_sms(&message, 42).unwrap();
    let path = home.path().join("mail/0000000042-sign-in-code-sms.txt");
    assert_eq!(receipt.detail, format!("written to {}", path.display()));
    assert!(!receipt.leaves);
    let mode = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o600);
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        format!("+436641234567\n{}\n", message.text.as_str())
    );
}

#[test]
fn memory_keeps_it_beside_the_mail() {
    let mailbox = Mailbox::new();
    let transport = Transport::Memory(mailbox.clone());
    let sample = Sample::new();
    let templates = Templates::builtin().unwrap();
    transport
        .send_sms(&made(&sample.context(MailKind::SignInCodeSms)), 3)
        .unwrap();
    let letter = compose(&sample.context(MailKind::SignInCode), &templates).unwrap();
    transport.send(&letter, 4).unwrap();
    let got = mailbox.last_to("+436641234567").unwrap();
    assert_eq!((got.outbox_id, got.code().as_deref()), (3, Some(CODE)));
    assert!(got.text().starts_with("048215 is your code"));
    assert_eq!(
        mailbox
            .last_to("ada@example.com")
            .unwrap()
            .code()
            .as_deref(),
        Some(CODE)
    );
}
