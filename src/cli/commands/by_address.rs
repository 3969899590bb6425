//! A verb that needs nothing but an address and a panel.

use crate::cli::base::output::Field;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::Verb;
use crate::cli::runner::told::Told;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::mail::LinkUse;
use crate::ops::change::ChangeResult;
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// The operation that it runs.
type Apply<C> =
    fn(&mut Tx<'_>, &Scope, &Op, &Address, Option<&str>) -> Result<ChangeResult<C>, OpError>;

/// The verb.
pub(super) struct ByAddress<C> {
    /// Its name, for questions.
    pub(super) name: &'static str,
    /// The fields of its rows.
    pub(super) fields: &'static [Field],
    /// The panel where a row names none.
    pub(super) panel: Option<String>,
    /// Whether links are printed, and what they are for.
    pub(super) prints: Option<LinkUse>,
    /// What it does.
    pub(super) apply: Apply<C>,
}

impl<C: Told> Verb for ByAddress<C> {
    type Request = Option<String>;
    type Change = C;
    const COLUMNS: &'static [Column] = &[Column::Address, Column::Panel];

    fn name(&self) -> &'static str {
        self.name
    }

    fn fields(&self) -> &'static [Field] {
        self.fields
    }

    fn request(&self, _: &Address, row: &input::Row, _op: &Op) -> Result<Self::Request, Refusal> {
        Ok(row.panel_or(self.panel.as_ref()))
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        address: &Address,
        panel: &Option<String>,
    ) -> Result<ChangeResult<C>, OpError> {
        (self.apply)(tx, scope, op, address, panel.as_deref())
    }

    fn prints_links(&self) -> Option<LinkUse> {
        self.prints
    }
}
