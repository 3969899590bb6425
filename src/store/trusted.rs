//! Trusted IPs.
//!
//! An address is looked up by itself and by every network that contains it, each by index: the number of entries in
//! the panel does not matter.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use super::Tx;
use super::engine::{Param, Row};
use super::fault::Fault;
use super::rows::{Columns, ms, opt_ms};
use crate::domain::trusted_ip::{Network, Trust};

pub(super) const TRUST: &str = "trusted_ip.id, trusted_ip.panel_id, trusted_ip.account_id, trusted_ip.network, trusted_ip.note, \
     trusted_ip.created_by, trusted_ip.created_at, trusted_ip.code_entered_at, trusted_ip.last_used_at, \
     trusted_ip.until_at";

fn trust(columns: &mut Columns<'_, '_>) -> Result<Trust, Fault> {
    Ok(Trust {
        id: columns.int()?,
        panel_id: columns.int()?,
        account_id: columns.opt_int()?,
        network: columns.word(Network::from_stored, "a network")?,
        note: columns.opt_text()?,
        created_by: columns.text()?,
        created_at: columns.time()?,
        code_entered_at: columns.opt_time()?,
        last_used_at: columns.opt_time()?,
        until: columns.opt_time()?,
    })
}

pub(super) fn trust_row(row: &Row<'_>) -> Result<Trust, Fault> {
    trust(&mut Columns::of("trusted_ip", row))
}

/// An entry of the list, with the address of the person it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedTrust {
    /// The entry.
    pub trust: Trust,
    /// The person; `None` is everyone in the panel.
    pub address: Option<String>,
}

/// Which entries of the list to return.
#[derive(Clone, Copy, Debug, Default)]
pub struct TrustFilter {
    /// Only this panel.
    pub panel_id: Option<i64>,
    /// Only this person.
    pub account_id: Option<i64>,
    /// Only networks that contain this address.
    pub ip: Option<IpAddr>,
}

/// An entry to be created.
#[derive(Clone, Copy, Debug)]
pub struct NewTrust<'a> {
    /// The panel.
    pub panel_id: i64,
    /// The person; `None` is everyone in the panel.
    pub account_id: Option<i64>,
    /// The network.
    pub network: Network,
    /// The operator's note.
    pub note: Option<&'a str>,
    /// The operator; empty if the person does it.
    pub created_by: &'a str,
    /// The command's `now`.
    pub created_at: Timestamp,
    /// When the person entered the code that this is based on; `None` for an operator's entry.
    pub code_entered_at: Option<Timestamp>,
    /// Its stated end.
    pub until: Option<Timestamp>,
}

impl Tx<'_> {
    /// Adds an entry and returns its id.
    pub fn add_trust(&self, new: &NewTrust<'_>) -> Result<i64, Fault> {
        // As in the audit log: if a server vouches for the role, nobody else can name another.
        let created_by = match (new.created_by, self.sql.role()) {
            ("", _) | (_, None) => new.created_by,
            (_, Some(role)) => role,
        };
        self.sql.insert(
            "insert into trusted_ip (panel_id, account_id, network, note, created_by, created_at, code_entered_at, until_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                &new.panel_id,
                &new.account_id,
                &new.network.to_string(),
                &new.note,
                &created_by,
                &ms(new.created_at),
                &opt_ms(new.code_entered_at),
                &opt_ms(new.until),
            ],
        )
    }

    /// The entry that makes a code unnecessary at `now` for a person who comes from `ip` to a panel that trusts for
    /// `lifetime`: the one that ends last.
    pub fn trusted(
        &self,
        panel_id: i64,
        account_id: i64,
        ip: IpAddr,
        lifetime: Option<SignedDuration>,
        now: Timestamp,
    ) -> Result<Option<Trust>, Fault> {
        let Some(lifetime) = lifetime else {
            return Ok(None);
        };
        Ok(self
            .trust_around(panel_id, Some(account_id), ip)?
            .into_iter()
            .filter(|trust| trust.is_live(Some(lifetime), now))
            .max_by_key(|trust| trust.ends_at(lifetime)))
    }

    /// Every entry of a panel that contains an address, ended or not: those for everyone, and those for one person if
    /// one is named.
    pub fn trust_around(
        &self,
        panel_id: i64,
        account_id: Option<i64>,
        ip: IpAddr,
    ) -> Result<Vec<Trust>, Fault> {
        let around = all_around(ip);
        let mut params: Vec<&dyn Param> = vec![&panel_id, &account_id];
        let places = push_all(&mut params, &around);
        self.sql.all(
            &format!(
                "select {TRUST} from trusted_ip where panel_id = $1 and (account_id = $2 or account_id is null) \
                 and network in ({places})"
            ),
            &params,
            trust_row,
        )
    }

    /// The entries of a panel for exactly this network and this person, or for everyone; ended or not, oldest first.
    pub fn trust_in(
        &self,
        panel_id: i64,
        account_id: Option<i64>,
        network: Network,
    ) -> Result<Vec<Trust>, Fault> {
        self.sql.all(
            &format!(
                "select {TRUST} from trusted_ip where panel_id = $1 and network = $2 \
                 and (account_id = $3 or (cast($3 as bigint) is null and account_id is null)) order by id"
            ),
            &[&panel_id, &network.to_string(), &account_id],
            trust_row,
        )
    }

    /// The entry with this id.
    pub fn trust(&self, id: i64) -> Result<Option<Trust>, Fault> {
        self.sql.one(
            &format!("select {TRUST} from trusted_ip where id = $1"),
            &[&id],
            trust_row,
        )
    }

    /// Gives an operator's entry another note and another stated end.
    pub fn change_trust(
        &self,
        id: i64,
        note: Option<&str>,
        until: Option<Timestamp>,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "update trusted_ip set note = $1, until_at = $2 where id = $3",
            &[&note, &opt_ms(until), &id],
        )?;
        Ok(())
    }

    /// Deletes one entry. False: it does not exist.
    pub fn delete_trust(&self, id: i64) -> Result<bool, Fault> {
        let changed = self
            .sql
            .exec("delete from trusted_ip where id = $1", &[&id])?;
        Ok(changed == 1)
    }

    /// How many entries a panel has, ended or not: those of one person, or all.
    pub fn count_trust(&self, panel_id: i64, account_id: Option<i64>) -> Result<i64, Fault> {
        Ok(self
            .sql
            .one(
                "select count(*) from trusted_ip where panel_id = $1 \
                 and (cast($2 as bigint) is null or account_id = $2)",
                &[&panel_id, &account_id],
                |row| Columns::of("trusted_ip", row).int(),
            )?
            .unwrap_or(0))
    }

    /// Deletes every entry of a panel, whoever it is for; returns how many.
    pub fn forget_panel_trust(&self, panel_id: i64) -> Result<usize, Fault> {
        self.sql
            .exec("delete from trusted_ip where panel_id = $1", &[&panel_id])
    }

    /// Passes each matching entry to `take`, ended or not, oldest first, until it says to stop.
    pub fn each_trust<E: From<Fault>>(
        &self,
        filter: &TrustFilter,
        mut take: impl FnMut(ListedTrust) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut sql = format!(
            "select {TRUST}, account.address from trusted_ip left join account on account.id = trusted_ip.account_id \
             where 1 = 1"
        );
        let around = filter.ip.map(all_around).unwrap_or_default();
        let mut params: Vec<&dyn Param> = Vec::new();
        match &filter.panel_id {
            // With a place to look for, the index of networks is used; without one an index would only make the engine
            // sort the whole panel in memory, and the plus prevents that.
            Some(panel_id) => {
                params.push(panel_id);
                let plus = if filter.ip.is_some() { "" } else { "+" };
                sql.push_str(&format!(
                    " and {plus}trusted_ip.panel_id = ${}",
                    params.len()
                ));
            }
            None if filter.ip.is_some() => {
                sql.push_str(" and trusted_ip.panel_id in (select id from panel)");
            }
            None => {}
        }
        if let Some(account_id) = &filter.account_id {
            params.push(account_id);
            sql.push_str(&format!(" and trusted_ip.account_id = ${}", params.len()));
        }
        if !around.is_empty() {
            let places = push_all(&mut params, &around);
            sql.push_str(&format!(" and trusted_ip.network in ({places})"));
        }
        sql.push_str(" order by trusted_ip.id");
        self.sql.each(&sql, &params, |row| {
            let mut columns = Columns::of("trusted_ip", row);
            let trust = trust(&mut columns)?;
            let address = columns.opt_text()?;
            take(ListedTrust { trust, address })
        })
    }

    /// Records that an entry made a code unnecessary.
    pub fn touch_trust(&self, id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update trusted_ip set last_used_at = $1 where id = $2",
            &[&ms(now), &id],
        )?;
        Ok(())
    }

    /// Deletes every entry of one person (X7), in one panel or in all; returns how many.
    pub fn forget_trust(&self, account_id: i64, panel_id: Option<i64>) -> Result<usize, Fault> {
        self.sql.exec(
            "delete from trusted_ip where account_id = $1 and (cast($2 as bigint) is null or panel_id = $2)",
            &[&account_id, &panel_id],
        )
    }

    /// Deletes the person's own entry for one place, to be replaced by a newer one.
    pub fn forget_own_trust(
        &self,
        account_id: i64,
        panel_id: i64,
        network: Network,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "delete from trusted_ip where account_id = $1 and panel_id = $2 and network = $3 \
             and code_entered_at is not null",
            &[&account_id, &panel_id, &network.to_string()],
        )?;
        Ok(())
    }

    /// The entries of one person, oldest first, at most 100.
    pub fn trust_of(&self, account_id: i64) -> Result<Vec<Trust>, Fault> {
        self.sql.all(
            &format!("select {TRUST} from trusted_ip where account_id = $1 order by id limit 100"),
            &[&account_id],
            trust_row,
        )
    }
}

/// Every network that contains an address, as it is stored.
fn all_around(ip: IpAddr) -> Vec<String> {
    Network::all_around(ip)
        .iter()
        .map(Network::to_string)
        .collect()
}

/// Binds all of them, and returns their placeholders.
fn push_all<'a>(params: &mut Vec<&'a dyn Param>, all: &'a [String]) -> String {
    let first = params.len() + 1;
    params.extend(all.iter().map(|one| one as &dyn Param));
    let places: Vec<String> = (first..=params.len()).map(|n| format!("${n}")).collect();
    places.join(", ")
}
