//! Whose link it is, for the page that it leads to. Nothing is used up.

use jiff::Timestamp;

use crate::domain::link::LinkPurpose;
use crate::domain::refusal::Refusal;
use crate::store::Store;
use crate::vault::{Purpose, Token};

use super::register::bearer;
use super::{Op, OpError};

/// A link that works.
#[derive(Clone, Debug)]
pub struct Peeked {
    /// What it does.
    pub purpose: LinkPurpose,
    /// The panel that it was sent for.
    pub panel: String,
    /// Whose it is; of a new address: the new one.
    pub address: String,
    /// Their name.
    pub name: Option<String>,
    /// Their language.
    pub lang: Option<String>,
    /// Until when it works.
    pub expires_at: Timestamp,
    /// The shortest new password, in characters.
    pub least: i64,
}

/// Looks at a link of any kind.
///
/// # Errors
/// Those of [`bearer`].
pub fn peek(store: &mut Store, op: &Op, token: &Token) -> Result<Peeked, OpError> {
    let purpose = match token.purpose() {
        Purpose::Invitation => LinkPurpose::Invitation,
        Purpose::Reset => LinkPurpose::Reset,
        Purpose::Address => LinkPurpose::Address,
        Purpose::Session | Purpose::Ticket => return Err(Refusal::LinkInvalid.into()),
    };
    let bearer = bearer(store, op, token, purpose)?;
    let least = bearer.least();
    store.read(|tx| {
        let account = &bearer.account;
        let link = tx
            .link_by_token(&token.hash())?
            .ok_or(Refusal::LinkInvalid)?;
        let address = match purpose {
            LinkPurpose::Address => tx
                .address_change(account.id, op.now)?
                .filter(|change| change.link_id == link.id)
                .ok_or(Refusal::LinkInvalid)?
                .address
                .as_str()
                .to_owned(),
            _ => account.address.as_str().to_owned(),
        };
        Ok(Peeked {
            purpose,
            panel: bearer.panel.clone(),
            address,
            name: account.name.clone(),
            lang: account.lang.clone(),
            expires_at: link.expires_at,
            least,
        })
    })
}
