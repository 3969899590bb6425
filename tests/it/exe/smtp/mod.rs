//! A mail server that behaves, one that does not, and one that somebody else wrote.

mod commands;
mod faults;
mod hostile;
mod messages;
mod postfix;
mod talk;
mod trust;

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use admit::mail::smtp::{Authorities, Mail, PasswordSource, SmtpSettings};
use admit::mail::{DeliveryFault, DeliveryReceipt, SmtpServer, SmtpTransport};

const FROM: &str = "access@example.com";
const TO: &str = "ada@example.com";
const LETTER: &[u8] =
    b"From: access@example.com\r\nTo: ada@example.com\r\nMessage-ID: <1@admit.invalid>\r\n\r\n\
    Hello\r\n.\r\n..dots\r\nadm_i_secret 048215\r\n";

#[expect(clippy::disallowed_methods, reason = "the server's time is real")]
fn elapsed() -> Duration {
    static BEGINNING: OnceLock<Instant> = OnceLock::new();
    BEGINNING.get_or_init(Instant::now).elapsed()
}

fn settings(url: &str) -> SmtpSettings {
    SmtpSettings {
        server: SmtpServer::parse(url).unwrap(),
        sign_in: None,
        authorities: Authorities::default(),
        timeout: Duration::from_secs(10),
        environment: Vec::new(),
    }
}

fn transport(settings: SmtpSettings) -> SmtpTransport {
    SmtpTransport::new(settings, Arc::new(elapsed))
}

fn to_port(port: u16) -> SmtpTransport {
    transport(settings(&format!("smtp+plain://127.0.0.1:{port}")))
}

/// Whose patience ends after so many seconds.
fn hasty(port: u16, seconds: u64) -> SmtpTransport {
    transport(SmtpSettings {
        timeout: Duration::from_secs(seconds),
        ..settings(&format!("smtp+plain://127.0.0.1:{port}"))
    })
}

fn mail(bytes: &[u8]) -> Mail<'_> {
    Mail {
        from: FROM,
        to: TO,
        bytes,
        secrets: &["048215"],
    }
}

fn send(transport: &SmtpTransport) -> Result<DeliveryReceipt, DeliveryFault> {
    transport.hand_over(&mail(LETTER), &mut |_| {})
}

/// A user whose password a program prints.
fn signs_in(settings: SmtpSettings, user: &str, password: &str) -> SmtpSettings {
    let script = format!("printf '%s\\n' '{password}'");
    let source = PasswordSource::Command(vec!["/bin/sh".into(), "-c".into(), script]);
    SmtpSettings {
        sign_in: Some((user.into(), source)),
        ..settings
    }
}
