//! Each mail as it reads.

use unicode_width::UnicodeWidthStr;

use super::*;

fn made(context: &LetterContext<'_>) -> Letter {
    compose(context, &Templates::builtin().unwrap()).unwrap()
}

#[test]
fn every_kind_reads_as_it_should() {
    let sample = Sample::new();
    for kind in mails() {
        let letter = made(&sample.context(kind));
        insta::assert_snapshot!(
            kind.as_str(),
            format!("Subject: {}\n\n{}", letter.subject, text(&letter))
        );
    }
}

#[test]
fn other_circumstances() {
    let sample = Sample::new();
    let mut context = sample.context(MailKind::Invitation);
    context.link = Some(LinkText::Token("adm_0123456789abcdefghjkmnpq".to_owned()));
    context.access_until = Some(time("2026-06-20T22:00:00Z"));
    context.person_name = Some("  ");
    context.support_contact = None;
    insta::assert_snapshot!("invitation-with-token", text(&made(&context)));
    context.kind = MailKind::Locked;
    context.password_works = false;
    insta::assert_snapshot!("locked-without-password", text(&made(&context)));
    context.kind = MailKind::PasswordReset;
    insta::assert_snapshot!("password-reset-without-password", text(&made(&context)));
}

#[test]
fn the_html_of_one_kind() {
    let sample = Sample::new();
    insta::assert_snapshot!(
        "invitation-html",
        html(&made(&sample.context(MailKind::Invitation)))
    );
}

#[test]
fn both_parts_tell_the_same() {
    let sample = Sample::new();
    for kind in mails() {
        for password_works in [true, false] {
            let mut context = sample.context(kind);
            context.password_works = password_works;
            context.link_expires_at = Some(time("2026-06-12T12:05:00Z"));
            let letter = made(&context);
            let (text, html) = (text(&letter), html(&letter));
            assert_eq!(
                words(&text).contains("no longer works"),
                words(&html).contains("no longer works")
            );
            let code = kind.needs_code().then_some(CODE);
            for needle in ["main", "ada@example.com", "Ada Lovelace"]
                .into_iter()
                .chain(code)
            {
                assert!(
                    text.contains(needle) && html.contains(needle),
                    "{kind}: {needle}"
                );
            }
            if context.link.is_some() {
                let link = "https://panel.example/join?t=adm_0123456789abcdefghjkmnpq";
                assert!(text.lines().any(|line| line == link));
                assert_eq!(html.matches(link).count(), 3, "button, address, its text");
                for part in [&text, &html] {
                    let part = words(part);
                    assert!(
                        part.contains("Friday, 12 June 2026 at 14:05 CEST (UTC+02:00)"),
                        "{part}"
                    );
                    assert!(part.contains("works once, and only the newest"));
                }
            } else {
                assert!(!text.contains("http") && !html.contains("http"));
            }
            assert!(!html.contains("<img") && !html.contains("src=") && !html.contains("@import"));
        }
    }
}

fn words(text: &str) -> String {
    let plain = text.replace("<strong>", "").replace("</strong>", "");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn lines_fit() {
    let sample = Sample::new();
    let long = format!("https://panel.example/{}", "a/".repeat(600));
    for kind in mails() {
        let mut context = sample.context(kind);
        context.link = context.link.map(|_| LinkText::Url(long.clone()));
        let name = "Wolfeschlegelsteinhausenbergerdorff".repeat(5);
        context.person_name = Some(&name);
        let letter = made(&context);
        let text = text(&letter);
        assert!(
            text.lines().all(|line| line == long || line.width() <= 78),
            "{text}"
        );
        assert_eq!(
            text.lines().filter(|line| **line == long).count(),
            usize::from(context.link.is_some())
        );
        let lines = || letter.bytes.split(|&b| b == b'\n');
        assert!(lines().all(|line| line.len() <= 999), "{kind}");
        let head = lines().take_while(|line| *line != b"\r");
        assert!(head.into_iter().all(|line| line.len() <= 79), "{kind}");
    }
}

/// The message as it lies in the mailbox.
fn source(letter: &Letter) -> &str {
    std::str::from_utf8(&letter.bytes).unwrap()
}

#[test]
fn links_and_commands_can_be_copied_out_of_the_source() {
    let sample = Sample::new();
    let long = format!("https://panel.example/{}", "a/".repeat(480));
    let token = "adm_0123456789abcdefghjkmnpq";
    for kind in mails().filter(|kind| kind.needs_link().is_some()) {
        let mut context = sample.context(kind);
        context.link = Some(LinkText::Url(long.clone()));
        let letter = made(&context);
        let text = source(&letter).split("text/html").next().unwrap();
        assert_eq!(text.matches("Transfer-Encoding: 7bit\r\n").count(), 1);
        assert!(text.contains(&format!("\r\n{long}\r\n")), "{text}");
        context.link = Some(LinkText::Token(token.to_owned()));
        let letter = made(&context);
        let source = source(&letter);
        assert_eq!(source.matches("Transfer-Encoding: 7bit\r\n").count(), 2);
        assert!(source.contains(&format!("\r\n{token}\r\n")), "{source}");
    }
}

#[test]
fn commands_stay_on_one_line() {
    let sample = Sample::new();
    for lang in Templates::languages() {
        for kind in mails().filter(|kind| kind.needs_link().is_some()) {
            let mut context = sample.context(kind);
            context.lang = lang;
            context.link = Some(LinkText::Token("adm_0123456789".to_owned()));
            let letter = made(&context);
            let (text, html) = (text(&letter), html(&letter));
            let command = kind.needs_link().map(LinkUse::command).unwrap();
            // One of them names none; all others name theirs as often as the HTML does.
            let times = html.matches(&format!("<code>{command}</code>")).count();
            assert_eq!(times > 0, kind != MailKind::ConfirmAddress, "{html}");
            assert_eq!(
                text.matches(&format!("`{command}`")).count(),
                times,
                "{text}"
            );
        }
    }
}

#[test]
fn a_line_that_no_server_must_take_is_encoded_and_comes_back_whole() {
    let sample = Sample::new();
    let mut context = sample.context(MailKind::Invitation);
    for length in [998, 999] {
        let link = format!("https://panel.example/{}", "a".repeat(length - 22));
        assert_eq!(link.len(), length);
        context.link = Some(LinkText::Url(link.clone()));
        let letter = made(&context);
        let part = source(&letter).split("text/html").next().unwrap();
        let plain = length == 998;
        assert_eq!(part.contains("Transfer-Encoding: 7bit"), plain, "{part}");
        assert_eq!(part.contains(&link), plain);
        assert!(text(&letter).lines().any(|line| line == link));
    }
    context.link = Some(LinkText::Url("https://panel.example/".to_owned()));
    context.person_name = Some("Zoë");
    let letter = made(&context);
    assert!(!source(&letter).contains("7bit"));
    assert!(text(&letter).contains("Zoë") && html(&letter).contains("Zoë"));
}

#[test]
fn headers_are_exactly_these() {
    let sample = Sample::new();
    let letter = made(&sample.context(MailKind::PasswordChanged));
    let message = String::from_utf8(letter.bytes.clone()).unwrap();
    let (head, _) = message.split_once("\r\n\r\n").unwrap();
    insta::assert_snapshot!(head.replace("\r\n", "\n"), @r#"
    Message-ID: <7.f00d@panel.example>
    Date: Fri, 05 Jun 2026 12:05:00 +0000
    From: "Example Panel" <admit@panel.example>
    To: ada@example.com
    Subject: Your password for main was changed
    Auto-Submitted: auto-generated
    MIME-Version: 1.0
    Content-Type: multipart/alternative;
     boundary="part-ed79ef81810efec8f85757bf9dfeccfc"
    "#);
    assert_eq!(
        (letter.from.as_str(), letter.to.as_str()),
        ("admit@panel.example", "ada@example.com")
    );
    assert!(!message.replace("\r\n", "").contains(['\r', '\n']));
    assert_eq!(
        made(&sample.context(MailKind::PasswordChanged)).bytes,
        letter.bytes
    );
}

#[test]
fn a_notice_carries_no_link_and_the_others_must() {
    let sample = Sample::new();
    let templates = Templates::builtin().unwrap();
    for kind in mails() {
        let mut context = sample.context(kind);
        if kind.needs_link().is_some() {
            context.link_expires_at = None;
            assert_eq!(
                compose(&context, &templates),
                Err(MailProblem::LinkMissing { kind })
            );
            context.link = None;
            assert_eq!(
                compose(&context, &templates),
                Err(MailProblem::LinkMissing { kind })
            );
        } else {
            context.link = Some(LinkText::Token("adm_x".to_owned()));
            assert_eq!(
                compose(&context, &templates),
                Err(MailProblem::LinkUnexpected { kind })
            );
        }
    }
}

#[test]
fn a_code_stands_on_a_line_of_its_own_and_never_in_the_subject() {
    let sample = Sample::new();
    let letter = made(&sample.context(MailKind::SignInCode));
    let (text, html) = (text(&letter), html(&letter));
    assert_eq!(text.lines().filter(|line| *line == CODE).count(), 1);
    assert_eq!(text.matches(CODE).count(), 1);
    assert!(html.contains("<p class=\"token code\">048215</p>"));
    assert_eq!(html.matches(CODE).count(), 1, "not in the title either");
    assert!(!letter.subject.contains(CODE));
    for part in [&text, &html] {
        let part = words(part);
        assert!(
            part.contains("10 minutes, until Friday, 5 June 2026 at 14:15 CEST (UTC+02:00)"),
            "{part}"
        );
        assert!(part.contains("ever ask you for it") && part.contains("set a new one now"));
    }
}

#[test]
fn only_a_mail_that_is_sent_for_it_carries_a_code() {
    let sample = Sample::new();
    let templates = Templates::builtin().unwrap();
    for kind in mails() {
        let mut context = sample.context(kind);
        if kind.needs_code() {
            context.code = None;
            assert_eq!(
                compose(&context, &templates),
                Err(MailProblem::CodeMissing { kind })
            );
        } else {
            context.code = sample.context(MailKind::SignInCode).code;
            assert_eq!(
                compose(&context, &templates),
                Err(MailProblem::CodeUnexpected { kind })
            );
        }
    }
    for digits in ["", "12345", "1234567", "12345x", "12 345", "１２３４５６"] {
        let digits = Secret::new(digits.to_owned());
        let mut context = sample.context(MailKind::SignInCode);
        context.code = context.code.map(|code| CodeText {
            digits: &digits,
            ..code
        });
        let problem = compose(&context, &templates).unwrap_err();
        assert_eq!(problem.to_string(), "the code is not six digits");
    }
    let kind = MailKind::SignInCodeSms;
    assert_eq!(
        compose(&sample.context(kind), &templates),
        Err(MailProblem::Channel { kind })
    );
}

#[test]
fn notices_tell_when_it_happened() {
    let sample = Sample::new();
    for kind in [
        MailKind::PhoneChanged,
        MailKind::SecondFactorSet,
        MailKind::SecondFactorReset,
        MailKind::SecondFactorRemoved,
        MailKind::WrongCodes,
        MailKind::BackupCodeUsed,
        MailKind::BackupCodesMade,
    ] {
        let letter = made(&sample.context(kind));
        for part in [text(&letter), html(&letter)] {
            assert!(
                words(&part).contains("Friday, 5 June 2026 at 14:05 CEST (UTC+02:00)"),
                "{kind}: {part}"
            );
        }
    }
}

#[test]
fn nothing_secret_in_debug_output() {
    let sample = Sample::new();
    let context = sample.context(MailKind::SignInCode);
    let letter = made(&context);
    assert!(!format!("{context:?} {letter:?}").contains(CODE));

    let context = sample.context(MailKind::Invitation);
    let letter = made(&context);
    assert!(!format!("{context:?} {letter:?}").contains("adm_"));
}
