//! Addresses as they are typed.

use crate::domain::address::Address;
use crate::domain::refusal::Refusal;

/// An address as it was typed, or why it is none.
pub fn parse_address(typed: &str) -> Result<Address, Refusal> {
    Address::parse(typed).map_err(|problem| Refusal::address(typed, problem))
}
