//! Servers that would contain a client for ever, or fill its memory.

use std::time::Duration;

use admit::mail::SmtpTransport;

use super::{hasty, send, settings, transport};
use crate::exe::Machine;
use crate::support::bad_server::{BadServer, Deed, Nature};
use crate::support::ports::Unheard;

#[test]
fn silence_is_not_waited_out() {
    for step in ["connect", "EHLO", "MAIL", "RCPT", "DATA"] {
        let server = BadServer::new(Nature::default(), move |asked, _| {
            (asked == step).then_some(Deed::Silence)
        });
        let fault = send(&hasty(server.port, 1)).unwrap_err();
        assert!(fault.retry);
        assert!(
            fault.detail.ends_with("no answer within 1 s"),
            "{step}: {}",
            fault.detail
        );
        assert_eq!(server.notes().messages.len(), 0);
    }
}

#[test]
fn the_reply_to_the_whole_message_may_take_longer() {
    let server = BadServer::new(Nature::default(), |asked, _| {
        (asked == "dot").then(|| {
            Deed::Trickle(
                b"250 2.0.0 at last\r\n".to_vec(),
                Duration::from_millis(150),
            )
        })
    });
    let receipt = send(&hasty(server.port, 2)).unwrap();
    assert_eq!(receipt.detail, "accepted by 127.0.0.1: 250 2.0.0 at last");
}

#[test]
fn what_is_no_reply_ends_the_talk() {
    let mebibyte = |line: &[u8]| {
        let mut bytes = line.to_vec();
        bytes.resize(1024 * 1024, b'x');
        bytes.extend_from_slice(b"\r\n");
        bytes
    };
    let cases: [(&str, Deed, &str); 8] = [
        (
            "garbage",
            Deed::Say(b"\xff\xfe\x00\r\n".to_vec()),
            "it does not speak SMTP",
        ),
        (
            "web",
            Deed::Say(b"HTTP/1.1 400 Bad\r\n\r\n".to_vec()),
            "it does not speak SMTP: \"HTTP/1.1 400 Bad\"",
        ),
        (
            "mixed",
            Deed::Say(b"250-a\r\n451 b\r\n".to_vec()),
            "the code changed in the middle of a reply",
        ),
        (
            "empty",
            Deed::Say(b"\r\n".to_vec()),
            "it does not speak SMTP: \"\"",
        ),
        (
            "endless",
            Deed::Forever(b"250-and so on\r\n".to_vec()),
            "its reply is too long",
        ),
        (
            "line",
            Deed::Forever(b"250 and so on".to_vec()),
            "its reply has a line that is too long",
        ),
        (
            "mebibyte",
            Deed::Say(mebibyte(b"250 ")),
            "its reply has a line that is too long",
        ),
        (
            "short",
            Deed::SayAndDrop(b"250-half".to_vec()),
            "it closed the connection",
        ),
    ];
    for (name, deed, why) in cases {
        for step in ["connect", "MAIL", "dot"] {
            let deed = deed.clone();
            let server = BadServer::new(Nature::default(), move |asked, nth| {
                (asked == step && nth == 1).then(|| deed.clone())
            });
            let fault = send(&hasty(server.port, 10)).unwrap_err();
            assert!(fault.retry, "{name} at {step}");
            assert!(
                fault.detail.contains(why),
                "{name} at {step}: {}",
                fault.detail
            );
            assert!(fault.detail.chars().count() < 400, "{}", fault.detail);
        }
    }
}

#[test]
fn what_a_server_says_steers_no_terminal_and_forges_no_line() {
    let machine = Machine::new();
    let mut reply = b"550-5.7.1 \x1b[2J\x1b]0;owned\x07 \xff\xfe\0 caf\xc3\xa9\r\n".to_vec();
    reply.extend(
        "550-\u{202e}drawer\u{2066} \u{200b}\u{feff}\u{85} \u{2028}mail 9 sent\r\n".bytes(),
    );
    reply.extend(b"550-a\rerror: forged\x0b\x0c\r\n550-=cmd|' /C calc'!A0,\"x\r\n");
    for _ in 0..150 {
        reply.extend(b"550-and so on, and so on\r\n");
    }
    reply.extend(b"550 5.7.1 the end\r\n");
    let server = BadServer::new(Nature::default(), move |step, _| {
        (step == "RCPT").then(|| Deed::Say(reply.clone()))
    });
    machine.file(
        ".config/admit/config.toml",
        format!(
            "[mail]\nserver = \"smtp+plain://127.0.0.1:{}\"\nsender = \"a@example.com\"\n",
            server.port
        ),
    );
    let runs = [
        machine.run("invite ada@example.com"),
        machine.run("mail list"),
        machine.run("mail list -o json"),
        machine.run("mail list -o csv"),
        machine.run("mail show 1"),
        machine.run("why ada@example.com"),
        machine.run("show ada@example.com"),
        machine.run("mail retry 1"),
        machine.run("mail test ada@example.com"),
        machine.run("audit list"),
    ];
    for run in &runs {
        for text in [&run.stdout, &run.stderr] {
            let bad = |c: char| (c != '\n' && admit::domain::text::is_hidden(c)) || c == '\r';
            assert!(!text.contains(bad), "{run}");
            assert!(
                !text.lines().any(|line| line.starts_with("error: forged")),
                "{run}"
            );
        }
    }
    let told = &runs[4].stdout;
    assert!(
        told.contains("550 5.7.1 \\u{1b}[2J\\u{1b}]0;owned\\u{7} \u{fffd}\u{fffd}\\u{0} café / \\u{202e}drawer"),
        "{told}"
    );
    let kept = "select max(length(detail)) from outbox";
    assert!(machine.count(kept) < 600, "{told}");
}

#[test]
fn a_word_too_many_is_not_taken_for_the_next_reply() {
    let server = BadServer::new(Nature::default(), |asked, nth| {
        let words = b"250 2.0.0 Ok: first\r\n250 2.0.0 Ok: nobody asked\r\n".to_vec();
        (asked == "dot" && nth == 1).then_some(Deed::Say(words))
    });
    let transport = hasty(server.port, 10);
    assert!(send(&transport).is_ok());
    let fault = send(&transport).unwrap_err();
    assert!(
        fault.detail.ends_with("it sent data without being asked"),
        "{}",
        fault.detail
    );
    assert_eq!(server.notes().messages.len(), 1);
}

#[test]
fn a_port_without_anybody_is_told_and_not_tried_for_each_mail() {
    let unheard = Unheard::new();
    let port = unheard.port;
    let transport = hasty(port, 10);
    let fault = send(&transport).unwrap_err();
    assert_eq!(
        (fault.retry, fault.detail.as_str()),
        (
            true,
            format!("cannot reach 127.0.0.1:{port}: connection refused").as_str()
        )
    );
    assert_eq!(send(&transport).unwrap_err(), fault);
    let nowhere = transport_to("smtps://mail.invalid");
    let fault = send(&nowhere).unwrap_err();
    assert!(
        fault.retry && fault.detail.starts_with("cannot resolve mail.invalid: "),
        "{}",
        fault.detail
    );
}

fn transport_to(url: &str) -> SmtpTransport {
    transport(settings(url))
}
