//! A message that only tests delivery.

use jiff::Timestamp;
use lettre::address::Envelope;
use lettre::message::Message;
use lettre::message::header::ContentType;

use super::check;
use super::header;
use super::letter::{Sender, date, part, raw};
use super::problem::MailProblem;

/// A message that belongs to no account and is not in the outbox.
#[derive(Clone, Debug)]
pub struct TrialLetter {
    /// The sender's address, for the envelope.
    pub from: String,
    /// The recipient's address, for the envelope: the domain in ASCII.
    pub to: String,
    /// The whole message (RFC 5322), with CR LF line ends.
    pub bytes: Vec<u8>,
}

const SUBJECT: &str = "Test message from admit";

/// Renders it.
///
/// # Errors
/// An address or a name that is not valid in a message.
pub fn trial(
    sender: &Sender,
    to: &str,
    message_id: &str,
    at: Timestamp,
) -> Result<TrialLetter, MailProblem> {
    let to = check::address("the recipient's address", to)?;
    let from = check::address("the sender's address", &sender.address)?;
    let from_name = check::optional("the sender's name", sender.name.as_deref())?;
    check::message_id(message_id)?;
    let envelope = (|| {
        let address = |it: &check::Address| lettre::Address::new(&it.local, &it.domain).ok();
        Envelope::new(Some(address(&from)?), vec![address(&to)?]).ok()
    })()
    .ok_or_else(|| MailProblem::Message("an address was rejected".to_owned()))?;
    let (from, to) = (from.to_string(), to.to_string());
    let text = "An administrator sent this test message. It shows that mail arrives.\n\
                You do not need to do anything. No account was changed.\n";
    let auto = "auto-generated";
    let message = Message::builder()
        .raw_header(raw("Message-ID", message_id, message_id.to_owned()))
        .date(date(at)?)
        .raw_header(raw("From", &from, header::mailbox(from_name, &from)))
        .raw_header(raw("To", &to, to.clone()))
        .raw_header(raw(
            "Subject",
            SUBJECT,
            header::unstructured("Subject", SUBJECT),
        ))
        .raw_header(raw("Auto-Submitted", auto, auto.to_owned()))
        .envelope(envelope)
        .singlepart(part(ContentType::TEXT_PLAIN, text))
        .map_err(|error| MailProblem::Message(error.to_string()))?;
    Ok(TrialLetter {
        from,
        to,
        bytes: message.formatted(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::parts::header_of;

    #[test]
    fn it_is_a_whole_message() {
        let sender = Sender::parse("Zoë <access@example.com>").unwrap();
        let at = "2026-11-22T13:25:00Z".parse().unwrap();
        let letter = trial(&sender, "ada@example.com", "<1@admit.invalid>", at).unwrap();
        assert_eq!(letter.from, "access@example.com");
        assert_eq!(letter.to, "ada@example.com");
        let header = |name| header_of(&letter.bytes, name).unwrap();
        assert_eq!(header("Message-ID"), "<1@admit.invalid>");
        assert_eq!(header("To"), "ada@example.com");
        assert_eq!(header("Subject"), SUBJECT);
        assert_eq!(header("Auto-Submitted"), "auto-generated");
        assert_eq!(header("MIME-Version"), "1.0");
        assert!(letter.bytes.is_ascii() && letter.bytes.ends_with(b"\r\n"));
    }
}
