//! Messages kept in memory: the transport for tests.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::delivery_receipt::{DeliveryFault, DeliveryReceipt};
use super::letter::Letter;
use super::parts;
use super::sms::TextMessage;

/// A mail or an SMS that arrived.
#[derive(Clone, PartialEq, Eq)]
pub struct Delivered {
    /// The outbox row it came from.
    pub outbox_id: i64,
    /// The recipient: an address, or a phone number.
    pub to: String,
    /// The subject; an SMS has none.
    pub subject: String,
    /// The whole message; for an SMS the text.
    pub bytes: Vec<u8>,
    /// Its Message-ID.
    pub message_id: String,
}

impl Delivered {
    /// The text part, decoded, or the text of an SMS; empty if there is none.
    #[cfg(feature = "testing")]
    pub fn text(&self) -> String {
        if self.to.starts_with('+') {
            return String::from_utf8_lossy(&self.bytes).into_owned();
        }
        parts::text_of(&self.bytes).unwrap_or_default()
    }

    /// The first group of exactly six digits in the text.
    #[cfg(feature = "testing")]
    pub fn code(&self) -> Option<String> {
        let text = self.text();
        text.split(|c: char| !c.is_ascii_alphanumeric())
            .find(|word| word.len() == 6 && word.bytes().all(|b| b.is_ascii_digit()))
            .map(str::to_owned)
    }

    /// The HTML part, decoded; empty if there is none.
    #[cfg(feature = "testing")]
    pub fn html(&self) -> String {
        parts::html_of(&self.bytes).unwrap_or_default()
    }

    /// The token (`adm_…`) in the text, or else the web address.
    #[cfg(feature = "testing")]
    pub fn token(&self) -> Option<String> {
        parts::token_in(&self.text()).map(str::to_owned)
    }
}

impl std::fmt::Debug for Delivered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "Delivered({} to {}: {})",
            self.outbox_id, self.to, self.subject
        )
    }
}

#[derive(Debug, Default)]
struct Inside {
    letters: Vec<Delivered>,
    fault: Option<DeliveryFault>,
}

/// A mailbox in memory. Clones share the same one.
#[derive(Clone, Debug, Default)]
pub struct Mailbox {
    inside: Arc<Mutex<Inside>>,
}

impl Mailbox {
    /// An empty mailbox.
    #[cfg(feature = "testing")]
    pub fn new() -> Self {
        Self::default()
    }

    /// All messages so far, oldest first. A row that was sent twice is here twice.
    #[cfg(feature = "testing")]
    pub fn letters(&self) -> Vec<Delivered> {
        self.lock().letters.clone()
    }

    /// The newest message to this address.
    #[cfg(feature = "testing")]
    pub fn last_to(&self, address: &str) -> Option<Delivered> {
        self.lock()
            .letters
            .iter()
            .rev()
            .find(|letter| letter.to == address)
            .cloned()
    }

    /// Removes and returns all messages.
    #[cfg(feature = "testing")]
    pub fn drain(&self) -> Vec<Delivered> {
        std::mem::take(&mut self.lock().letters)
    }

    /// Refuses every message from now on; with `None` accepts them again.
    #[cfg(feature = "testing")]
    pub fn fail_with(&self, fault: Option<DeliveryFault>) {
        self.lock().fault = fault;
    }

    pub(super) fn send(
        &self,
        letter: &Letter,
        outbox_id: i64,
    ) -> Result<DeliveryReceipt, DeliveryFault> {
        self.keep(Delivered {
            outbox_id,
            to: letter.to.clone(),
            subject: letter.subject.clone(),
            bytes: letter.bytes.clone(),
            message_id: letter.message_id.clone(),
        })
    }

    pub(super) fn send_sms(
        &self,
        message: &TextMessage,
        outbox_id: i64,
    ) -> Result<DeliveryReceipt, DeliveryFault> {
        self.keep(Delivered {
            outbox_id,
            to: message.to.clone(),
            subject: String::new(),
            bytes: message.text.as_bytes().to_vec(),
            message_id: message.message_id.clone(),
        })
    }

    fn keep(&self, arrived: Delivered) -> Result<DeliveryReceipt, DeliveryFault> {
        let mut inside = self.lock();
        if let Some(fault) = &inside.fault {
            return Err(fault.clone());
        }
        inside.letters.push(arrived);
        Ok(DeliveryReceipt {
            detail: "kept in memory".to_owned(),
            leaves: true,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
