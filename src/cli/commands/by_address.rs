//! A verb that needs nothing but an address and a panel.

use super::invite::parse_address;
use crate::cli::input::{self, Column};
use crate::cli::output::Field;
use crate::cli::people::Verb;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::ops::outcome::Outcome;
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// The operation behind it.
type Apply = fn(&mut Tx<'_>, &Scope, &Op, &Address, Option<&str>) -> Result<Outcome, OpError>;

/// The verb.
pub(super) struct ByAddress {
    /// Its name, for questions.
    pub(super) name: &'static str,
    /// The fields of its rows.
    pub(super) fields: &'static [Field],
    /// The panel where a row names none.
    pub(super) panel: Option<String>,
    /// What it does.
    pub(super) apply: Apply,
}

impl Verb for ByAddress {
    type Request = (Address, Option<String>);
    const COLUMNS: &'static [Column] = &[Column::Address, Column::Panel];

    fn name(&self) -> &'static str {
        self.name
    }

    fn fields(&self) -> &'static [Field] {
        self.fields
    }

    fn request(&self, row: &input::Row, _op: &Op) -> Result<Self::Request, Refusal> {
        Ok((
            parse_address(&row.address)?,
            row.panel.clone().or_else(|| self.panel.clone()),
        ))
    }

    fn address<'r>(&self, request: &'r Self::Request) -> &'r Address {
        &request.0
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        (address, panel): &Self::Request,
    ) -> Result<Outcome, OpError> {
        (self.apply)(tx, scope, op, address, panel.as_deref())
    }
}
