//! Templates, messages and transports.
//!
//! [`compose`] renders a [`Letter`] from a [`LetterContext`] and the [`Templates`]; a [`Transport`] delivers
//! it. An SMS is a [`TextMessage`], rendered by [`compose_sms`] and delivered by an [`SmsCommand`]. Nothing
//! here reads the clock, the environment or the store: the outbox row says what to send, and the caller
//! derives the link in it again. Every value is checked before it reaches a header.

pub mod delivery_receipt;
pub mod kind;
pub mod letter;
mod limits;
pub mod parts;
pub mod problem;
pub mod sms;
pub mod smtp;
pub mod templates;
pub mod test_message;
pub mod transport;

mod built_in;
mod check;
mod folder;
mod header;
mod mailbox;
mod markup;
mod overrides;
mod program;
mod template_check;
mod template_set;
mod text;

#[cfg(test)]
mod tests;

pub use delivery_receipt::{DeliveryFault, DeliveryReceipt};
pub use folder::FolderTransport;
pub use kind::{Channel, LinkUse, MailKind};
pub use letter::{CodeText, Letter, LetterContext, LinkText, Sender, compose};
pub use mailbox::{Delivered, Mailbox};
pub use problem::MailProblem;
pub use sms::{SmsCommand, TextMessage, compose_sms};
pub use smtp::{SmtpServer, SmtpSettings, SmtpTransport};
pub use templates::Templates;
pub use test_message::{TrialLetter, trial};
pub use text::in_words;
pub use transport::Transport;
