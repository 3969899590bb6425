//! Where letters go.

use std::time::Duration;

use super::delivery_receipt::{DeliveryFault, DeliveryReceipt};
use super::folder::FolderTransport;
use super::letter::Letter;
use super::mailbox::Mailbox;
use super::sms::TextMessage;
use super::smtp::SmtpTransport;

/// A way out for letters: [`Letter::from`] and [`Letter::to`] are the envelope, [`Letter::bytes`] go as they are.
#[derive(Clone, Debug)]
pub enum Transport {
    /// Files in a folder: everything works on a machine without a mail server (M4).
    Files(FolderTransport),
    /// A mail server; an SMS, which it cannot take, becomes a file.
    Smtp(SmtpTransport, FolderTransport),
    /// Memory, for tests.
    Memory(Mailbox),
}

impl Transport {
    /// Hands over the letter of one outbox row. The same row may come again after a crash; a letter is never cut:
    /// it is taken whole or not at all.
    pub fn send(&self, letter: &Letter, outbox_id: i64) -> Result<DeliveryReceipt, DeliveryFault> {
        match self {
            Self::Files(folder) => folder.send(letter, outbox_id),
            Self::Smtp(server, _) => server.send(letter),
            Self::Memory(mailbox) => mailbox.send(letter, outbox_id),
        }
    }

    /// Takes an SMS where no program sends it: everything works on a machine without one, too (M4).
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

    /// Handing over a letter takes no longer, where that is known.
    pub fn longest(&self) -> Duration {
        match self {
            Self::Smtp(server, _) => server.longest(),
            Self::Files(_) | Self::Memory(_) => Duration::ZERO,
        }
    }

    /// No more letters for a while: no connection stays open for nothing.
    pub fn rest(&self) {
        if let Self::Smtp(server, _) = self {
            server.rest();
        }
    }
}
