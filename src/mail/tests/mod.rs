//! The mail floor as a whole.

mod files;
mod hostile;
mod kinds;
mod languages;
mod limits;
mod own_templates;
mod sms;

use jiff::{Timestamp, tz::TimeZone};

use super::*;
use crate::vault::Secret;

/// The code in every sample that carries one.
const CODE: &str = "048215";

/// The kinds that go by mail.
fn mails() -> impl Iterator<Item = MailKind> {
    let all = MailKind::ALL.iter().copied();
    all.filter(|kind| kind.channel() == Channel::Mail)
}

/// A context with sensible values, to be changed in a test.
struct Sample {
    sender: Sender,
    zone: TimeZone,
    code: Secret<String>,
}

impl Sample {
    fn new() -> Self {
        Self {
            sender: Sender {
                name: Some("Example Panel".to_owned()),
                address: "admit@panel.example".to_owned(),
            },
            zone: TimeZone::get("Europe/Vienna").unwrap(),
            code: Secret::new(CODE.to_owned()),
        }
    }

    fn context(&self, kind: MailKind) -> LetterContext<'_> {
        let link =
            LinkText::Url("https://panel.example/join?t=adm_0123456789abcdefghjkmnpq".to_owned());
        LetterContext {
            kind,
            panel: "main",
            title: "main",
            person_name: Some("Ada Lovelace"),
            to: match kind.channel() {
                Channel::Mail => "ada@example.com",
                Channel::Sms => "+436641234567",
            },
            lang: "en",
            link: kind.needs_link().map(|_| link),
            link_expires_at: kind.needs_link().map(|_| time("2026-06-12T12:05:00Z")),
            code: kind.needs_code().then(|| CodeText {
                digits: &self.code,
                expires_at: time("2026-06-05T12:15:00Z"),
            }),
            access_until: None,
            support_contact: Some("help@panel.example"),
            password_works: true,
            tz: &self.zone,
            sender: &self.sender,
            message_id: "<7.f00d@panel.example>",
            date: time("2026-06-05T12:05:00Z"),
        }
    }
}

fn time(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn text(letter: &Letter) -> String {
    parts::text_of(&letter.bytes).unwrap()
}

fn html(letter: &Letter) -> String {
    parts::html_of(&letter.bytes).unwrap()
}
