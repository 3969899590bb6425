//! The mail floor as a whole.

mod files;
mod hostile;
mod kinds;
mod own_templates;

use jiff::{Timestamp, tz::TimeZone};

use super::*;

/// A context with sensible values, to be changed in a test.
struct Sample {
    sender: Sender,
    zone: TimeZone,
}

impl Sample {
    fn new() -> Self {
        Self {
            sender: Sender {
                name: Some("Example Panel".to_owned()),
                address: "admit@panel.example".to_owned(),
            },
            zone: TimeZone::get("Europe/Vienna").unwrap(),
        }
    }

    fn context(&self, kind: MailKind) -> LetterContext<'_> {
        let link =
            LinkText::Url("https://panel.example/join?t=adm_0123456789abcdefghjkmnpq".to_owned());
        LetterContext {
            kind,
            panel: "main",
            person_name: Some("Ada Lovelace"),
            to: "ada@example.com",
            lang: "en",
            link: kind.needs_link().map(|_| link),
            link_expires_at: kind.needs_link().map(|_| time("2026-06-12T12:05:00Z")),
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
