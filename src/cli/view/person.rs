//! The list of people.

use std::borrow::Cow;

use clap::ValueEnum;
use serde::Serialize;

use crate::cli::base::colour::Role;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::{Heading, NONE, Record, fields};
use crate::cli::base::times::TimeFormat;
use crate::domain::access::Access;
use crate::domain::admission::{AccessStatus, AccountStatus};
use crate::domain::panel::Panel;
use crate::domain::second_factor::{FactorFacts, Method};
use crate::domain::when::rfc3339;
use crate::store::Person;

/// A column of the list, named as the field that it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Column {
    /// The address
    Address,
    /// The name
    Name,
    /// The panel
    Panel,
    /// The role in the panel
    Role,
    /// The first obstacle, else expiring or active
    Status,
    /// The status of the account
    AccountStatus,
    /// The status of the access
    AccessStatus,
    /// When access ends
    #[value(alias = "access")]
    AccessUntil,
    /// When the newest invitation was made
    InvitedAt,
    /// When its link expires
    InvitationExpiresAt,
    /// The second factor
    #[value(alias = "2fa")]
    SecondFactor,
    /// When they last signed in
    #[value(alias = "last_sign_in")]
    LastSignInAt,
}

impl Column {
    /// What the table shows unless other columns are asked for; the panel only where there are several.
    pub fn usual(several_panels: bool) -> Vec<Self> {
        let columns = [
            Self::Address,
            Self::Name,
            Self::Panel,
            Self::Role,
            Self::Status,
            Self::SecondFactor,
            Self::AccessUntil,
            Self::LastSignInAt,
        ];
        let is_shown = |column: &Self| several_panels || *column != Self::Panel;
        columns.into_iter().filter(is_shown).collect()
    }

    /// The field that it shows.
    pub fn field(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Name => "name",
            Self::Panel => "panel",
            Self::Role => "role",
            Self::Status => "status",
            Self::AccountStatus => "account_status",
            Self::AccessStatus => "access_status",
            Self::AccessUntil => "access_until",
            Self::InvitedAt => "invited_at",
            Self::InvitationExpiresAt => "invitation_expires_at",
            Self::SecondFactor => "second_factor",
            Self::LastSignInAt => "last_sign_in_at",
        }
    }

    /// Its heading. What can be spared goes first where a terminal is too narrow; whom a row is about never does.
    pub fn heading(self) -> Heading {
        match self {
            Self::Address => Heading::words("ADDRESS"),
            Self::Name => Heading::names("NAME").spare(2),
            Self::Panel => Heading::words("PANEL"),
            Self::Role => Heading::words("ROLE").spare(3),
            Self::Status => Heading::words("STATUS"),
            Self::AccountStatus => Heading::words("ACCOUNT"),
            Self::AccessStatus => Heading::words("ACCESS STATUS"),
            Self::AccessUntil => Heading::words("ACCESS").spare(4),
            Self::InvitedAt => Heading::words("INVITED").spare(1),
            Self::InvitationExpiresAt => Heading::words("LINK EXPIRES").spare(1),
            Self::SecondFactor => Heading::words("2FA").spare(1),
            Self::LastSignInAt => Heading::words("LAST SIGN-IN").spare(0),
        }
    }
}

fields! {
    /// One row of the list.
    #[derive(Serialize)]
    pub struct PersonRow<'a> {
        address: &'a str = "the address",
        name: Option<&'a str> = "the person's name, or null",
        panel: &'a str = "the panel of this row",
        role: &'a str = "the role there",
        status: &'a str = "the reason of the first obstacle, as why names it, else expiring or active",
        account_status: &'a str = "active, unregistered, locked, locked-permanently or disabled",
        access_status: &'a str = "invited, active, expiring, expired, removed or none",
        access_until: Option<String> = "when access ends; null is never",
        invited_at: Option<String> = "when the newest invitation was created, or null",
        invitation_expires_at: Option<String> = "when its link expires; null if it no longer works",
        second_factor: bool = "whether an authenticator is set up",
        last_sign_in_at: Option<String> = "when they last signed in, or null",
        #[serde(skip)]
        factor: (&'static str, Role),
        #[serde(skip)]
        person: &'a Person,
        #[serde(skip)]
        times: &'a TimeFormat,
        #[serde(skip)]
        columns: &'a [Column],
    }
}

impl<'a> PersonRow<'a> {
    /// The row of a person whose status word has been found.
    pub fn new(
        person: &'a Person,
        panel: &'a Panel,
        factor: FactorFacts,
        status: &'a str,
        times: &'a TimeFormat,
        columns: &'a [Column],
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
            columns,
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
    fn cell(&self, column: Column) -> Cell {
        let invitation = self.person.invitation;
        let when =
            |at: Option<jiff::Timestamp>| at.map_or(NONE.to_owned(), |at| self.times.ago(at));
        match column {
            Column::Address => Cell::from(self.address),
            Column::Name => Cell::from(self.name.unwrap_or(NONE)),
            Column::Panel => Cell::from(self.panel),
            Column::Role => Cell::from(self.role),
            Column::Status => Cell::new(
                self.status,
                match self.status {
                    "active" => Role::Good,
                    "expiring" | "unregistered" => Role::Attention,
                    _ => Role::Bad,
                },
            ),
            Column::AccountStatus => Cell::from(self.account_status),
            Column::AccessStatus => Cell::from(self.access_status),
            Column::AccessUntil => Cell::from(self.access()),
            Column::InvitedAt => Cell::from(when(invitation.map(|link| link.created_at))),
            Column::InvitationExpiresAt => {
                let open = invitation.filter(|link| link.open);
                Cell::from(when(open.map(|link| link.expires_at)))
            }
            Column::SecondFactor => Cell::new(self.factor.0, self.factor.1),
            Column::LastSignInAt => Cell::from(match self.person.account.last_sign_in_at {
                Some(at) => self.times.ago(at),
                None => "never".to_owned(),
            }),
        }
    }

    fn access(&self) -> String {
        let Access {
            until, removed_at, ..
        } = self.person.access;
        match (removed_at, until) {
            (Some(at), _) => format!("removed {}", self.times.ago(at)),
            (None, None) => "permanent".to_owned(),
            (None, Some(until)) if until <= self.times.now => {
                format!("ended {}", self.times.ago(until))
            }
            (None, Some(until)) => format!("ends {}", self.times.ago(until)),
        }
    }
}

impl Record for PersonRow<'_> {
    fn cells(&self) -> Vec<Cell> {
        self.columns
            .iter()
            .map(|column| self.cell(*column))
            .collect()
    }

    fn plain(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(self.address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_column_is_a_field_and_named_so() {
        let fields: Vec<_> = PersonRow::FIELDS.iter().map(|field| field.name).collect();
        let columns: Vec<_> = Column::value_variants()
            .iter()
            .map(|column| {
                let value = column.to_possible_value().unwrap();
                assert_eq!(value.get_name(), column.field());
                column.field()
            })
            .collect();
        assert_eq!(columns, fields);
    }
}
