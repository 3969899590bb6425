//! The list of people.

use std::borrow::Cow;

use serde::Serialize;

use crate::cli::base::colour::Role;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::{Field, Heading, Record, field};
use crate::cli::base::times::TimeFormat;
use crate::domain::access::Access;
use crate::domain::admission::{AccessStatus, AccountStatus};
use crate::domain::panel::Panel;
use crate::domain::second_factor::{FactorFacts, Method};
use crate::domain::when::rfc3339;
use crate::store::Person;

/// The columns of the table.
pub const HEADINGS: &[Heading] = &[
    Heading::whole("ADDRESS"),
    Heading::words("NAME"),
    Heading::words("PANEL"),
    Heading::words("ROLE"),
    Heading::whole("STATUS"),
    Heading::words("2FA"),
    Heading::words("ACCESS"),
    Heading::words("LAST SIGN-IN"),
];

/// The columns where there is one panel only: it need not be named in each row.
pub const HEADINGS_OF_ONE: &[Heading] = &[
    Heading::whole("ADDRESS"),
    Heading::words("NAME"),
    Heading::words("ROLE"),
    Heading::whole("STATUS"),
    Heading::words("2FA"),
    Heading::words("ACCESS"),
    Heading::words("LAST SIGN-IN"),
];

/// The fields of a row, in their order.
pub const KEYS: &[Field] = &[
    field("address", "the address"),
    field("name", "the person's name, or null"),
    field("panel", "the panel of this row"),
    field("role", "the role there"),
    field(
        "status",
        "the reason of the first obstacle, as why names it, else expiring or active",
    ),
    field(
        "account_status",
        "active, unregistered, locked, locked-permanently or disabled",
    ),
    field(
        "access_status",
        "invited, active, expiring, expired, removed or none",
    ),
    field("access_until", "when access ends; null is never"),
    field("invited_at", "when the newest invitation was created, or null"),
    field(
        "invitation_expires_at",
        "when its link expires; null if it no longer works",
    ),
    field("second_factor", "whether an authenticator is set up"),
    field("last_sign_in_at", "when they last signed in, or null"),
];

/// One row of the list.
#[derive(Serialize)]
pub struct PersonRow<'a> {
    address: &'a str,
    name: Option<&'a str>,
    panel: &'a str,
    role: &'a str,
    status: &'a str,
    account_status: &'a str,
    access_status: &'a str,
    access_until: Option<String>,
    invited_at: Option<String>,
    invitation_expires_at: Option<String>,
    second_factor: bool,
    last_sign_in_at: Option<String>,
    #[serde(skip)]
    factor: (&'static str, Role),
    #[serde(skip)]
    person: &'a Person,
    #[serde(skip)]
    times: &'a TimeFormat,
    #[serde(skip)]
    names_panel: bool,
}

impl<'a> PersonRow<'a> {
    /// The row of a person whose status word has been found.
    pub fn new(
        person: &'a Person,
        panel: &'a Panel,
        factor: FactorFacts,
        status: &'a str,
        times: &'a TimeFormat,
    ) -> Self {
        let invitation = person.invitation;
        let (account, access) = (&person.account, &person.access);
        Self {
            address: account.address.as_str(),
            name: account.name.as_deref(),
            panel: &panel.name,
            role: &access.role,
            status,
            account_status: AccountStatus::of(account, times.now).as_str(),
            access_status: AccessStatus::of(account, Some(access), times.now).as_str(),
            access_until: access.until.map(rfc3339),
            invited_at: invitation.map(|invitation| rfc3339(invitation.created_at)),
            invitation_expires_at: invitation
                .filter(|invitation| invitation.open)
                .map(|invitation| rfc3339(invitation.expires_at)),
            second_factor: person.second_factor.is_some(),
            last_sign_in_at: account.last_sign_in_at.map(rfc3339),
            factor: factor_cell(&factor, panel),
            person,
            times,
            names_panel: true,
        }
    }
}

/// The strongest method that a code comes by; `–` is none, and with `!` nobody gets in without.
fn factor_cell(factor: &FactorFacts, panel: &Panel) -> (&'static str, Role) {
    if factor.is_missing(&panel.policy) {
        return ("–!", Role::Attention);
    }
    if factor.app_set_at.is_some() {
        return (Method::App.as_str(), Role::Plain);
    }
    let method = factor
        .open_methods(&panel.policy)
        .first()
        .copied()
        .filter(|_| factor.is_asked(&panel.policy));
    (method.map_or("–", Method::as_str), Role::Plain)
}

impl PersonRow<'_> {
    /// Leaves the panel out of the table, where there is one only.
    #[must_use]
    pub fn without_panel(self, one: bool) -> Self {
        Self {
            names_panel: !one,
            ..self
        }
    }
}

impl Record for PersonRow<'_> {
    fn cells(&self) -> Vec<Cell> {
        let Access {
            until, removed_at, ..
        } = self.person.access;
        let access = match (removed_at, until) {
            (Some(at), _) => format!("removed {}", self.times.ago(at)),
            (None, None) => "permanent".to_owned(),
            (None, Some(until)) if until <= self.times.now => {
                format!("ended {}", self.times.ago(until))
            }
            (None, Some(until)) => format!("ends {}", self.times.ago(until)),
        };
        let seen = match self.person.account.last_sign_in_at {
            Some(at) => self.times.ago(at),
            None => "never".to_owned(),
        };
        let role = match self.status {
            "active" => Role::Good,
            "expiring" | "unregistered" => Role::Attention,
            _ => Role::Bad,
        };
        let mut cells = vec![
            Cell::from(self.address),
            Cell::from(self.name.unwrap_or("–")),
        ];
        if self.names_panel {
            cells.push(Cell::from(self.panel));
        }
        cells.extend([
            Cell::from(self.role),
            Cell::new(self.status, role),
            Cell::new(self.factor.0, self.factor.1),
            Cell::from(access),
            Cell::from(seen),
        ]);
        cells
    }

    fn plain(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.address))
    }
}
