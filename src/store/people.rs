//! The list: people and their access, one row per person and panel, streamed.
//!
//! SQL only narrows the list down to rows that may match; whether one matches is decided by the rules in `domain`.

use jiff::Timestamp;

use super::Tx;
use super::access::{ACCESS, read_access};
use super::accounts::{account_columns, read_account};
use super::engine::Param;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::address::readable;
use crate::domain::text;

/// One person in one panel.
#[derive(Clone, Debug)]
pub struct Person {
    /// The person.
    pub account: Account,
    /// Their access.
    pub access: Access,
    /// When the second factor was set up, and how many backup codes are left.
    pub second_factor: Option<(Timestamp, i64)>,
    /// The newest invitation to this panel.
    pub invitation: Option<Invitation>,
}

/// When an invitation was created, and whether it can still be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// When it was created.
    pub created_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// Not used, revoked or replaced; it may have expired.
    pub open: bool,
}

/// How the list is ordered. Every order ends with the address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// By address.
    #[default]
    Address,
    /// By name, people without one last.
    Name,
    /// By the end of access, permanent last.
    Until,
    /// By the last sign-in, longest ago and never first.
    LastSignIn,
    /// By when access was first granted, newest first.
    Newest,
}

/// Which rows of the list may match.
#[derive(Clone, Debug, Default)]
pub struct PersonFilter<'a> {
    /// Only this panel.
    pub panel_id: Option<i64>,
    /// With this role.
    pub role: Option<&'a str>,
    /// Text in the address or the name.
    pub search: Option<&'a str>,
    /// After this address key, in the order of addresses.
    pub after: Option<&'a str>,
    /// Access that ends before this instant.
    pub ends_before: Option<Timestamp>,
    /// Last sign-in before this instant, or never, and in the panel since before then.
    pub not_since: Option<Timestamp>,
    /// Never signed in.
    pub never_signed_in: bool,
    /// Without a second factor.
    pub no_second_factor: bool,
    /// Status words: rows that can have none of them are left out, others may remain. None at all: every row.
    pub statuses: &'a [&'a str],
    /// The order.
    pub sort: SortBy,
}

/// The condition on columns for a status word: necessary, not sufficient.
fn narrowing(status: &str) -> Option<&'static str> {
    Some(match status {
        "locked" => "account.locked_at is not null",
        "locked-permanently" => {
            "account.locked_at is not null and account.permanent_at is not null"
        }
        "disabled" => "account.disabled_at is not null",
        "unregistered" | "invited" | "pending" => "account.password_hash is null",
        "removed" | "no-access" => "access.removed_at is not null",
        "expiring" | "expired" | "access-expired" => {
            "access.until_at is not null and access.removed_at is null"
        }
        // Whether the person can use a method depends on the policy, and on no column.
        "second-factor-setup-required" | "password-expired" => "account.password_hash is not null",
        "password-reset-required" => "account.password_voided_at is not null",
        _ => return None,
    })
}

/// The same for any of several words; empty if one of them has no condition.
fn narrowing_to_any(statuses: &[&str]) -> String {
    let conditions: Option<Vec<_>> = statuses.iter().map(|word| narrowing(word)).collect();
    match conditions.as_deref() {
        None | Some([]) => String::new(),
        Some([one]) => format!(" and {one}"),
        Some(several) => format!(" and (({}))", several.join(") or (")),
    }
}

impl Tx<'_> {
    /// Passes each row that may match to `take`, until it says to stop.
    pub fn each_person<E: From<Fault>>(
        &self,
        filter: &PersonFilter<'_>,
        mut take: impl FnMut(Person) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut sql = format!(
            "select {}, {ACCESS}, second_factor.set_at, \
             case when second_factor.set_at is null then 0 else (select count(*) from backup_code \
             where backup_code.account_id = account.id and backup_code.used_at is null) end, link.created_at, link.expires_at, \
             cast(case when link.used_at is null and link.revoked_at is null and link.superseded_at is null then 1 else 0 end as bigint) \
             from account join access on access.account_id = account.id \
             left join second_factor on second_factor.account_id = account.id \
             left join link on link.id = (select max(newest.id) from link newest where newest.account_id = account.id \
             and newest.purpose = 'invitation' and newest.panel_id = access.panel_id) where 1 = 1",
            account_columns()
        );
        // The DNS encodes domains in other scripts: those are compared here, as people read them.
        let foreign = filter.search.filter(|text| !text.is_ascii());
        let foreign = foreign.map(text::name_key);
        let pattern = (filter.search).map(|text| match &foreign {
            Some(_) => like("xn--"),
            None => like(&text.to_lowercase()),
        });
        let name_pattern = filter.search.map(|search| like(&text::name_key(search)));
        let ends_before = filter.ends_before.map(ms);
        let not_since = filter.not_since.map(ms);
        let mut params: Vec<&dyn Param> = Vec::new();
        if let Some(panel_id) = &filter.panel_id {
            params.push(panel_id);
            sql.push_str(&format!(" and access.panel_id = ${}", params.len()));
        }
        if let Some(role) = &filter.role {
            params.push(role);
            sql.push_str(&format!(" and access.role = ${}", params.len()));
        }
        if let (Some(pattern), Some(name)) = (&pattern, &name_pattern) {
            params.push(pattern);
            params.push(name);
            sql.push_str(&format!(
                " and (account.address_key like ${} escape '\\' or account.name_key like ${} escape '\\')",
                params.len() - 1,
                params.len()
            ));
        }
        if let Some(after) = &filter.after {
            params.push(after);
            sql.push_str(&format!(" and account.address_key > ${}", params.len()));
        }
        if let Some(before) = &ends_before {
            params.push(before);
            sql.push_str(&format!(" and access.until_at < ${}", params.len()));
        }
        if let Some(instant) = &not_since {
            params.push(instant);
            sql.push_str(&format!(
                " and (account.last_sign_in_at is null or account.last_sign_in_at < ${0}) and access.granted_at < ${0}",
                params.len()
            ));
        }
        if filter.never_signed_in {
            sql.push_str(" and account.last_sign_in_at is null");
        }
        if filter.no_second_factor {
            sql.push_str(" and second_factor.set_at is null");
        }
        sql.push_str(&narrowing_to_any(filter.statuses));
        sql.push_str(match filter.sort {
            SortBy::Address => " order by account.address_key, access.panel_id",
            SortBy::Name => {
                " order by account.name_key is null, account.name_key, account.address_key, access.panel_id"
            }
            SortBy::Until => {
                " order by access.until_at is null, access.until_at, account.address_key, access.panel_id"
            }
            SortBy::LastSignIn => {
                " order by account.last_sign_in_at is not null, account.last_sign_in_at, account.address_key, access.panel_id"
            }
            SortBy::Newest => " order by access.granted_at desc, account.address_key, access.panel_id",
        });
        self.sql.each(&sql, &params, |row| {
            let mut columns = Columns::of("account", row);
            let account = read_account(&mut columns)?;
            let access = read_access(&mut columns)?;
            if foreign
                .as_deref()
                .is_some_and(|text| !is_about(&account, text))
            {
                return Ok(true);
            }
            let set_at = columns.opt_time()?;
            let codes_left = columns.int()?;
            let second_factor = set_at.map(|at| (at, codes_left));
            let created_at = columns.opt_time()?;
            let expires_at = columns.opt_time()?;
            let open = columns.int()? == 1;
            let invitation = match (created_at, expires_at) {
                (Some(created_at), Some(expires_at)) => Some(Invitation {
                    created_at,
                    expires_at,
                    open,
                }),
                _ => None,
            };
            take(Person {
                account,
                access,
                second_factor,
                invitation,
            })
        })
    }
}

/// Whether the name or the address, both as people read them, contains this text.
fn is_about(account: &Account, text: &str) -> bool {
    let name = account.name.as_deref().map(text::name_key);
    name.is_some_and(|name| name.contains(text))
        || text::name_key(&readable(account.address.key())).contains(text)
}

/// A pattern that finds the text anywhere, whatever characters it contains.
fn like(text: &str) -> String {
    let mut pattern = String::from("%");
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}
