//! Renders an SMS: its number and text.

mod command;
pub(super) mod output;

use super::check;
use super::kind::{Channel, MailKind};
use super::letter::{LetterContext, values};
use super::problem::MailProblem;
use super::templates::Templates;
use crate::vault::Secret;

pub use command::SmsCommand;

/// An SMS ready to be sent.
#[derive(Clone, Debug)]
pub struct TextMessage {
    /// Which message it is.
    pub kind: MailKind,
    /// The outbox row's own `<…@…>`; it is not part of an SMS, but a test may look for it.
    pub message_id: String,
    /// The phone number (E.164).
    pub to: String,
    /// The text, with LF line breaks and none at the end.
    pub text: Secret<String>,
    /// The code in the text, which must not appear in any stored reply.
    pub code: Option<Secret<String>>,
}

impl TextMessage {
    /// The form that a program gets and a file contains: the number, then the text, each followed by LF.
    pub(super) fn to_bytes(&self) -> Secret<Vec<u8>> {
        let text = self.text.as_bytes();
        // Allocated at full size: growing would leave copies behind.
        let mut bytes = Vec::with_capacity(self.to.len() + text.len() + 2);
        bytes.extend_from_slice(self.to.as_bytes());
        bytes.push(b'\n');
        bytes.extend_from_slice(text);
        bytes.push(b'\n');
        Secret::new(bytes)
    }
}

/// Renders the SMS. The operator's program decides who the sender is.
///
/// # Errors
/// A kind that goes by mail, a number or a value that cannot be used, a template that is wrong.
pub fn compose_sms(
    context: &LetterContext<'_>,
    templates: &Templates,
) -> Result<TextMessage, MailProblem> {
    let kind = context.kind;
    if kind.channel() != Channel::Sms {
        return Err(MailProblem::Channel { kind });
    }
    check::phone(context.to)?;
    let lang = templates.language(kind, context.panel, context.lang);
    let values = values(context, &lang)?;
    let rendered = Secret::new(templates.render_sms(kind, context.panel, &lang, values)?);
    let lines: Vec<&str> = rendered
        .as_str()
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let text = Secret::new(lines.join("\n"));
    check::sms(text.as_str())?;
    Ok(TextMessage {
        kind,
        message_id: context.message_id.to_owned(),
        to: context.to.to_owned(),
        text,
        code: context.code.map(|code| code.digits.clone()),
    })
}
