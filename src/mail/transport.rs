//! Where messages are delivered.

use std::time::Duration;

use super::delivery_receipt::{DeliveryFault, DeliveryReceipt};
use super::folder::FolderTransport;
use super::letter::Letter;
use super::mailbox::Mailbox;
use super::sms::TextMessage;
use super::smtp::SmtpTransport;

/// A transport for messages: [`Letter::from`] and [`Letter::to`] are the envelope, [`Letter::bytes`] are sent
/// unchanged.
#[derive(Clone, Debug)]
pub enum Transport {
    /// Files in a folder: everything works on a machine without a mail server (M4).
    Files(FolderTransport),
    /// A mail server; an SMS, which it cannot send, becomes a file.
    Smtp(SmtpTransport, FolderTransport),
    /// Memory, for tests.
    Memory(Mailbox),
}

impl Transport {
    /// Delivers the message of one outbox row. The same row may come again after a crash; a message is
    /// accepted whole or not at all.
    pub fn send(&self, letter: &Letter, outbox_id: i64) -> Result<DeliveryReceipt, DeliveryFault> {
        match self {
            Self::Files(folder) => folder.send(letter, outbox_id),
            Self::Smtp(server, _) => server.send(letter),
            Self::Memory(mailbox) => mailbox.send(letter, outbox_id),
        }
    }

    /// Handles an SMS if no program sends it, so that everything works on a machine without one (M4).
    pub fn send_sms(
        &self,
        message: &TextMessage,
        outbox_id: i64,
    ) -> Result<DeliveryReceipt, DeliveryFault> {
        match self {
            Self::Files(folder) | Self::Smtp(_, folder) => folder.send_sms(message, outbox_id),
            Self::Memory(mailbox) => mailbox.send_sms(message, outbox_id),
        }
    }

    /// Whether what is sent this way leaves the machine.
    pub fn leaves(&self) -> bool {
        match self {
            Self::Files(_) => false,
            Self::Smtp(..) | Self::Memory(_) => true,
        }
    }

    /// The longest that delivering a message may take, if known.
    pub fn longest(&self) -> Duration {
        match self {
            Self::Smtp(server, _) => server.longest(),
            Self::Files(_) | Self::Memory(_) => Duration::ZERO,
        }
    }

    /// No more messages for a while: idle connections are closed.
    pub fn rest(&self) {
        if let Self::Smtp(server, _) = self {
            server.rest();
        }
    }
}
