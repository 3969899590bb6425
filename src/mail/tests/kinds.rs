//! Each mail as it reads.

use unicode_width::UnicodeWidthStr;

use super::*;

fn made(context: &LetterContext<'_>) -> Letter {
    compose(context, &Templates::builtin().unwrap()).unwrap()
}

#[test]
fn every_kind_reads_as_it_should() {
    let sample = Sample::new();
    for &kind in MailKind::ALL {
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
    for &kind in MailKind::ALL {
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
            for needle in ["main", "ada@example.com", "Ada Lovelace"] {
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
    for &kind in MailKind::ALL {
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
        assert!(
            letter
                .bytes
                .split(|&b| b == b'\n')
                .all(|line| line.len() <= 79),
            "{kind}"
        );
    }
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
    for &kind in MailKind::ALL {
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
fn nothing_secret_in_debug_output() {
    let sample = Sample::new();
    let context = sample.context(MailKind::Invitation);
    let letter = made(&context);
    assert!(!format!("{context:?} {letter:?}").contains("adm_"));
}
