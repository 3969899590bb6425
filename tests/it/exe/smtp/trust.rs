//! Certificates and passwords: nothing secret is said before the other side has shown who it is.

use std::sync::OnceLock;

use admit::mail::smtp::{Authorities, SmtpSettings, Stage};

use super::{LETTER, mail, send, settings, signs_in, transport};
use crate::support::bad_server::{BadServer, Nature, plain, say};
use crate::support::certificates::Authority;

const USER: &str = "panel";
const PASSWORD: &str = "hunter2-canary";

fn authority() -> &'static Authority {
    static AUTHORITY: OnceLock<Authority> = OnceLock::new();
    AUTHORITY.get_or_init(|| Authority::new("Ours"))
}

fn nature(name: &str, days: u32) -> Nature {
    Nature {
        offers: vec!["AUTH LOGIN PLAIN"],
        tls: Some(authority().sign(name, days).config()),
        implicit: false,
        user: Some((USER, PASSWORD)),
    }
}

fn trusting(url: &str) -> SmtpSettings {
    let settings = settings(url);
    let authorities = Authorities {
        own: Some(authority().certificate()),
        ..Authorities::default()
    };
    signs_in(
        SmtpSettings {
            authorities,
            ..settings
        },
        USER,
        PASSWORD,
    )
}

fn assert_nothing_secret(clear: &[u8]) {
    let clear = String::from_utf8_lossy(clear);
    for secret in [
        PASSWORD,
        &plain(USER, PASSWORD),
        "AUTH",
        "MAIL",
        "Hello",
        "adm_",
    ] {
        assert!(!clear.contains(secret), "{clear}");
    }
}

#[test]
fn both_kinds_of_tls_sign_in_and_send() {
    for implicit in [false, true] {
        let nature = Nature {
            implicit,
            ..nature("DNS:localhost", 30)
        };
        let server = BadServer::new(nature, |_, _| None);
        let scheme = if implicit { "smtps" } else { "smtp" };
        let transport = transport(trusting(&format!("{scheme}://localhost:{}", server.port)));
        let mut stages = Vec::new();
        let receipt = transport
            .hand_over(&mail(LETTER), &mut |stage| {
                stages.push(match stage {
                    Stage::Connected(_) => "connected".to_owned(),
                    Stage::Encrypted { version, name } => format!("{version} {name}"),
                    Stage::Greeted(words) => words.to_owned(),
                    Stage::SignedIn { user, how } => format!("{user} {how}"),
                });
            })
            .unwrap();
        drop(transport);
        assert_eq!(
            receipt.detail,
            "accepted by localhost: 250 2.0.0 Ok: queued as 4F3"
        );
        let (tls, greeting) = ("TLS 1.3 localhost", "220 bad.example ESMTP");
        let wanted = if implicit {
            ["connected", tls, greeting, "panel PLAIN"]
        } else {
            ["connected", greeting, tls, "panel PLAIN"]
        };
        assert_eq!(stages, wanted);
        let notes = server.end();
        assert_nothing_secret(&notes.clear);
        assert_eq!(notes.messages.len(), 1);
        let auth = format!("+ AUTH PLAIN {}", plain(USER, PASSWORD));
        assert!(notes.talks[0].contains(&auth), "{:?}", notes.talks);
    }
}

#[test]
fn a_certificate_that_does_not_fit_is_refused_before_anything_is_said() {
    let other = Authority::new("Theirs");
    let false_one = Authority::new("Ours");
    let cases = [
        (
            "DNS:localhost",
            30,
            Some(&other),
            "it is not signed by an authority that this machine trusts",
        ),
        (
            "DNS:localhost",
            30,
            Some(&false_one),
            "it was not signed by the authority that it names",
        ),
        (
            "DNS:other.example.com",
            30,
            None,
            "it is for other.example.com, not for localhost",
        ),
        ("DNS:localhost", 0, None, "it has expired"),
    ];
    for (name, days, foreign, why) in cases {
        for implicit in [false, true] {
            let mut nature = nature(name, days);
            nature.implicit = implicit;
            if let Some(foreign) = foreign {
                nature.tls = Some(foreign.sign(name, days).config());
            }
            let server = BadServer::new(nature, |_, _| None);
            let scheme = if implicit { "smtps" } else { "smtp" };
            let url = format!("{scheme}://localhost:{}", server.port);
            let transport = transport(trusting(&url));
            let fault = send(&transport).unwrap_err();
            assert!(fault.retry, "{}", fault.detail);
            let begin = format!(
                "the certificate of localhost:{} is not valid, so neither password nor mail was sent: {why}",
                server.port
            );
            assert!(fault.detail.starts_with(&begin), "{}", fault.detail);
            drop(transport);
            let notes = server.end();
            assert_nothing_secret(&notes.clear);
            let said = if implicit { 0 } else { 2 };
            assert_eq!(notes.talks[0].len(), said, "{:?}", notes.talks);
        }
    }
}

#[test]
fn a_port_without_tls_is_told_from_a_wrong_certificate() {
    let server = BadServer::new(Nature::default(), |_, _| None);
    let transport = transport(trusting(&format!("smtps://localhost:{}", server.port)));
    let fault = send(&transport).unwrap_err();
    assert!(
        fault
            .detail
            .contains("it does not speak TLS on that port; use smtps:// for ports with TLS"),
        "{}",
        fault.detail
    );
    drop(transport);
    assert_nothing_secret(&server.end().clear);
}

#[test]
fn a_password_that_is_refused_is_the_operators_fault_and_is_not_repeated() {
    let echo = format!(
        "535-5.7.8 not {PASSWORD}\r\n535 5.7.8 nor {}",
        plain(USER, PASSWORD)
    );
    let server = BadServer::new(nature("DNS:localhost", 30), move |step, _| {
        (step == "AUTH").then(|| say(&echo))
    });
    let transport = transport(trusting(&format!("smtp://localhost:{}", server.port)));
    let fault = send(&transport).unwrap_err();
    assert!(fault.retry);
    assert_eq!(
        fault.detail,
        "localhost refuses the user or password, for any mail: 535 5.7.8 not [secret] / 5.7.8 nor [secret]; check `user` and the password under [mail]"
    );
    // A thousand mails are not a thousand guesses.
    assert_eq!(send(&transport).unwrap_err(), fault);
    drop(transport);
    assert_eq!(server.end().talks.len(), 1);
}

#[test]
fn the_other_ways_to_sign_in() {
    let login = Nature {
        offers: vec!["AUTH LOGIN CRAM-MD5"],
        ..nature("DNS:localhost", 30)
    };
    let server = BadServer::new(login, |step, _| match step {
        "AUTH" => Some(say("334 VXNlcm5hbWU6")),
        "CGFUZWW=" => Some(say("334 UGFzc3dvcmQ6")),
        "AHVUDGVYMI1JYW5HCNK=" => Some(say("235 2.7.0 in")),
        _ => None,
    });
    let one = transport(trusting(&format!("smtp://localhost:{}", server.port)));
    let sent = send(&one);
    drop(one);
    let notes = server.end();
    assert!(sent.is_ok(), "{sent:?} {:?}", notes.talks);
    assert_nothing_secret(&notes.clear);

    for (offers, words) in [
        (
            vec!["AUTH XOAUTH2 GSSAPI"],
            "supports only XOAUTH2, GSSAPI for sign-in; admit supports PLAIN and LOGIN",
        ),
        (vec![], "accepts no user and password"),
    ] {
        let nature = Nature {
            offers,
            ..nature("DNS:localhost", 30)
        };
        let server = BadServer::new(nature, |_, _| None);
        let one = transport(trusting(&format!("smtp://localhost:{}", server.port)));
        let fault = send(&one).unwrap_err();
        assert!(
            fault.retry && fault.detail.contains(words),
            "{}",
            fault.detail
        );
        drop(one);
        assert!(!server.end().talks.concat().concat().contains("MAIL"));
    }
}
