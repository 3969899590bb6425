//! Checks an operator's own templates before anything is sent: each message that uses them is rendered from
//! sample values, with every value present and with as few as possible. Mistakes that show only when a
//! template is rendered (an unknown filter, a missing piece, a link that is not shown) are reported at the
//! start and not by a growing queue.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::kind::{Channel, LinkUse, MailKind};
use super::letter::{CodeText, LetterContext, LinkText, Sender, compose};
use super::problem::MailProblem;
use super::sms::compose_sms;
use super::templates::Templates;
use crate::vault::Secret;

/// Stands for every panel without its own templates.
const ANY_PANEL: &str = "Any panel";
const TOKEN: &str = "adm_i_0000000000000000000000000000000000000000000000000000";

/// Checks them.
///
/// # Errors
/// The first mistake, with its file and line.
pub(super) fn rehearse(templates: &Templates) -> Result<(), MailProblem> {
    let sender = Sender {
        name: Some("Access desk".to_owned()),
        address: "access@example.com".to_owned(),
    };
    let code = Secret::new("123456".to_owned());
    let zone = TimeZone::UTC;
    for (panel, lang) in templates.with_own() {
        let panel = panel.unwrap_or(ANY_PANEL);
        for &kind in MailKind::ALL {
            let make = |rich, page| {
                let context = sample(kind, panel, lang, (rich, page), &sender, &code, &zone);
                match kind.channel() {
                    Channel::Mail => compose(&context, templates).map(drop),
                    Channel::Sms => compose_sms(&context, templates).map(drop),
                }
            };
            for rich in [true, false] {
                match (make(rich, true), make(rich, false)) {
                    // With web pages there are links, without them tokens: a template needs to show the one
                    // that is configured.
                    (Ok(()), Err(MailProblem::Unshown { .. }))
                    | (Err(MailProblem::Unshown { .. }), Ok(())) => {}
                    (with_page, without) => with_page.and(without)?,
                }
            }
        }
    }
    Ok(())
}

fn sample<'a>(
    kind: MailKind,
    panel: &'a str,
    lang: &'a str,
    (rich, page): (bool, bool),
    sender: &'a Sender,
    code: &'a Secret<String>,
    zone: &'a TimeZone,
) -> LetterContext<'a> {
    const NOON: Timestamp = Timestamp::constant(1_772_366_400, 0);
    let link = |_: LinkUse| {
        if page {
            LinkText::Url(format!("https://panel.example.com/?l=en&t={TOKEN}"))
        } else {
            LinkText::Token(TOKEN.to_owned())
        }
    };
    LetterContext {
        kind,
        panel,
        title: panel,
        person_name: rich.then_some("Ada <Lovelace> & Co"),
        to: match kind.channel() {
            Channel::Mail => "ada@example.com",
            // A number that is never assigned (Ofcom's numbers for drama).
            Channel::Sms => "+447700900123",
        },
        lang,
        link: kind.needs_link().map(link),
        link_expires_at: kind.needs_link().map(|_| NOON),
        code: kind.needs_code().then_some(CodeText {
            digits: code,
            expires_at: NOON,
        }),
        access_until: rich.then_some(NOON),
        support_contact: rich.then_some("support@example.com"),
        password_works: rich,
        tz: zone,
        sender,
        message_id: "<sample@example.com>",
        date: NOON,
    }
}
