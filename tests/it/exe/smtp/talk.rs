//! What is said to a server that behaves, and whose fault it is if it does not.

use super::{LETTER, TO, hasty, mail, send, to_port};
use crate::support::bad_server::{BadServer, Deed, Nature, say};

fn reply_at(step: &'static str, reply: String) -> BadServer {
    BadServer::new(Nature::default(), move |asked, nth| {
        (asked == step && nth == 1).then(|| say(&reply))
    })
}

#[test]
fn the_words_say_whose_fault_it_is() {
    let words = |step, reply: &str| {
        let server = reply_at(step, reply.to_owned());
        send(&to_port(server.port)).unwrap_err().detail
    };
    let says = [
        (
            "connect",
            "554 5.3.2 not now",
            "127.0.0.1 accepts no mail from this machine now: 554 5.3.2 not now (at the greeting)",
        ),
        (
            "MAIL",
            "550 5.7.1 not you",
            "127.0.0.1 rejects mail from access@example.com: 550 5.7.1 not you; check `sender` under [mail], or the panel's",
        ),
        (
            "RCPT",
            "550-5.1.1 no such\r\n550 5.1.1 person",
            "127.0.0.1 refuses ada@example.com: 550 5.1.1 no such / 5.1.1 person",
        ),
        (
            "RCPT",
            "450 4.2.0 later",
            "127.0.0.1 does not accept mail for ada@example.com now: 450 4.2.0 later",
        ),
        (
            "RCPT",
            "530 5.7.0 sign in",
            "127.0.0.1 requires encryption, or a user and a password, first: 530 5.7.0 sign in; use smtp://127.0.0.1 in mail.server, or set `user` and `password-file` under [mail]",
        ),
        (
            "dot",
            "554 5.6.0 spam: adm_i_secret and 048215",
            "127.0.0.1 refuses the message: 554 5.6.0 spam: [secret] and [secret]",
        ),
        (
            "DATA",
            "250 what?",
            "the connection to 127.0.0.1:PORT failed at DATA: it answered 250 what?",
        ),
    ];
    for (step, reply, wanted) in says {
        let said = words(step, reply);
        let port = said
            .split("127.0.0.1:")
            .nth(1)
            .map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap())
            .filter(|port| !port.is_empty());
        let said = port.map_or(said.clone(), |port| said.replacen(port, "PORT", 1));
        assert_eq!(said, wanted);
    }
}

#[test]
fn one_connection_carries_many_messages() {
    let server = BadServer::new(Nature::default(), |_, _| None);
    let transport = to_port(server.port);
    for _ in 0..20 {
        assert!(send(&transport).unwrap().leaves);
    }
    drop(transport);
    let notes = server.end();
    assert_eq!(notes.talks.len(), 1);
    assert_eq!(notes.messages.len(), 20);
    let mut wanted = vec!["EHLO".to_owned()];
    for _ in 0..20 {
        wanted.extend(["MAIL", "RCPT", "DATA"].map(str::to_owned));
    }
    wanted.push("QUIT".into());
    assert_eq!(notes.verbs(0), wanted);
    assert_eq!(notes.talks[0][0], "EHLO [127.0.0.1]");
    assert_eq!(notes.talks[0][1], "MAIL FROM:<access@example.com>");
    assert_eq!(notes.talks[0][2], "RCPT TO:<ada@example.com>");
}

fn pipelining() -> Nature {
    Nature {
        offers: vec!["PIPELINING"],
        ..Nature::default()
    }
}

#[test]
fn the_envelope_travels_in_one_piece_where_the_server_likes_it() {
    // The server does not refuse DATA to whom it refused the recipient: it gets an empty message, for nobody.
    let waits = |step: &str, nth| match (step, nth) {
        ("RCPT", 1) => Some(say("550 5.1.1 nobody")),
        ("MAIL", 2) => Some(say("451 4.3.0 later")),
        _ => None,
    };
    let refuses = move |step: &str, nth| match (step, nth) {
        ("DATA", 1) => Some(say("554 5.5.1 no valid recipients")),
        _ => waits(step, nth),
    };
    for waits_for_nobody in [true, false] {
        let server = if waits_for_nobody {
            BadServer::new(pipelining(), waits)
        } else {
            BadServer::new(pipelining(), refuses)
        };
        let transport = to_port(server.port);
        let first = send(&transport).unwrap_err();
        assert_eq!(
            (first.retry, first.detail.as_str()),
            (false, "127.0.0.1 refuses ada@example.com: 550 5.1.1 nobody")
        );
        let second = send(&transport).unwrap_err();
        assert_eq!(
            (second.retry, second.detail.as_str()),
            (
                true,
                "127.0.0.1 does not accept mail from access@example.com now: 451 4.3.0 later"
            )
        );
        assert!(send(&transport).is_ok());
        drop(transport);
        let notes = server.end();
        assert_eq!(notes.talks.len(), 1);
        let group = ["MAIL", "RCPT", "DATA"];
        // Where somebody was refused, DATA is not said before it is known: a server counts errors.
        let wanted = [
            &["EHLO"],
            &group[..],
            &["RSET"],
            &["MAIL"],
            &group,
            &["QUIT"],
        ]
        .concat();
        assert_eq!(notes.verbs(0), wanted);
        let (last, for_nobody) = notes.messages.split_last().unwrap();
        assert!(last.starts_with(b"From: "));
        assert_eq!(for_nobody.len(), usize::from(waits_for_nobody));
        assert!(for_nobody.iter().all(Vec::is_empty), "{for_nobody:?}");
    }
}

const CODES: [u16; 7] = [421, 450, 451, 452, 550, 552, 554];

#[test]
fn each_code_in_a_piece_is_judged_as_one_by_one() {
    for step in ["MAIL", "RCPT", "DATA"] {
        for code in CODES {
            let answer = move |asked: &str, nth: usize| {
                (asked == step && nth == 1).then(|| say(&format!("{code} 9.9.9 because")))
            };
            let in_a_piece = BadServer::new(pipelining(), move |asked, nth| {
                let follows = step == "MAIL" && nth == 1 && matches!(asked, "RCPT" | "DATA");
                let follows = follows.then(|| say("503 5.5.1 sender first"));
                answer(asked, nth).or(follows)
            });
            let one_by_one = BadServer::new(Nature::default(), answer);
            let (one, other) = (to_port(in_a_piece.port), to_port(one_by_one.port));
            assert_eq!(send(&one).unwrap_err(), send(&other).unwrap_err());
            let case = format!("{code} at {step}");
            assert!(send(&one).is_ok() && send(&other).is_ok(), "{case}");
            drop((one, other));
            let talks = in_a_piece.end().talks.len();
            assert_eq!(talks, one_by_one.end().talks.len(), "{case}");
        }
    }
}

#[test]
fn who_has_no_sender_gets_no_empty_message() {
    let server = BadServer::new(pipelining(), |step, nth| {
        (step == "MAIL" && nth == 1).then(|| say("451 4.3.0 later"))
    });
    let transport = to_port(server.port);
    assert!(send(&transport).unwrap_err().retry);
    assert!(send(&transport).is_ok());
    drop(transport);
    let notes = server.end();
    assert_eq!((notes.talks.len(), notes.messages.len()), (2, 1));
}

#[test]
fn replies_that_nobody_can_tell_apart_any_more_end_the_connection() {
    // Refused, and then nothing: the reply to DATA may come at any time.
    let server = BadServer::new(pipelining(), |step, nth| match (step, nth) {
        ("RCPT", 1) => Some(say("550 5.1.1 nobody")),
        ("DATA", 1) => Some(Deed::Silence),
        _ => None,
    });
    let transport = hasty(server.port, 1);
    let fault = send(&transport).unwrap_err();
    assert_eq!(
        (fault.retry, fault.detail.as_str()),
        (false, "127.0.0.1 refuses ada@example.com: 550 5.1.1 nobody")
    );
    assert!(send(&transport).is_ok());
    drop(transport);
    assert_eq!(server.end().talks.len(), 2);
    // The same with the reply to RSET.
    let server = BadServer::new(Nature::default(), |step, nth| match (step, nth) {
        ("RCPT", 1) => Some(say("550 5.1.1 nobody")),
        ("RSET", 1) => Some(Deed::Silence),
        _ => None,
    });
    let transport = hasty(server.port, 1);
    assert!(!send(&transport).unwrap_err().retry);
    assert!(send(&transport).is_ok());
    drop(transport);
    assert_eq!(server.end().talks.len(), 2);
}

#[test]
fn a_connection_that_was_closed_between_two_messages_is_made_anew_once() {
    let goodbye = Deed::SayAndDrop(b"421 4.4.2 idle\r\n".to_vec());
    for deed in [Deed::Drop, goodbye] {
        // At the second message the server goes; at the third too, and at once again.
        let deed = move |step: &str, nth| {
            (step == "MAIL" && matches!(nth, 2 | 4 | 5)).then(|| deed.clone())
        };
        let server = BadServer::new(Nature::default(), deed);
        let transport = to_port(server.port);
        assert!(send(&transport).is_ok());
        assert!(send(&transport).is_ok());
        assert_eq!(server.notes().talks.len(), 2);
        let fault = send(&transport).unwrap_err();
        assert!(fault.retry, "{}", fault.detail);
        let notes = server.notes();
        assert_eq!(notes.talks.len(), 3);
        assert_eq!(notes.messages.len(), 2);
    }
}

#[test]
fn lines_that_begin_with_a_dot_arrive_and_no_byte_is_lost() {
    let server = BadServer::new(Nature::default(), |_, _| None);
    send(&to_port(server.port)).unwrap();
    let notes = server.end();
    let text = String::from_utf8(notes.messages[0].clone()).unwrap();
    assert!(text.contains("Hello\r\n..\r\n...dots\r\n"), "{text}");
    let unstuffed = text.replace("\r\n.", "\r\n");
    assert_eq!(unstuffed.as_bytes(), LETTER);
}

#[test]
fn eight_bits_travel_only_where_the_server_takes_them() {
    let bytes = "Subject: x\r\n\r\nZoë\r\n".as_bytes();
    let server = BadServer::new(Nature::default(), |_, _| None);
    let transport = to_port(server.port);
    let fault = transport.hand_over(&mail(bytes), &mut |_| {}).unwrap_err();
    assert_eq!(
        fault.detail,
        "127.0.0.1 accepts only plain ASCII (no 8BITMIME), and the message contains other bytes"
    );
    assert!(send(&transport).is_ok());
    drop(transport);
    assert_eq!(server.end().talks.len(), 1);
    let nature = Nature {
        offers: vec!["8BITMIME"],
        ..Nature::default()
    };
    let server = BadServer::new(nature, |_, _| None);
    let transport = to_port(server.port);
    transport.hand_over(&mail(bytes), &mut |_| {}).unwrap();
    drop(transport);
    let notes = server.end();
    assert_eq!(
        notes.talks[0][1],
        "MAIL FROM:<access@example.com> BODY=8BITMIME"
    );
    assert_eq!(notes.messages[0], bytes);
    assert_eq!(TO, "ada@example.com");
}
