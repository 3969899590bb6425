//! Trusted IPs.
//!
//! An address is looked for as itself and as every network around it, each by index: the number of entries in the
//! panel does not matter.

use std::net::IpAddr;

use jiff::{SignedDuration, Timestamp};

use super::Tx;
use super::engine::{Param, Row};
use super::fault::Fault;
use super::rows::{Columns, ms, opt_ms};
use crate::domain::trusted_ip::{Network, Trust};

const TRUST: &str = "trusted_ip.id, trusted_ip.panel_id, trusted_ip.account_id, trusted_ip.network, trusted_ip.note, \
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

fn trust_row(row: &Row<'_>) -> Result<Trust, Fault> {
    trust(&mut Columns::of("trusted_ip", row))
}

/// An entry about to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewTrust<'a> {
    /// In which panel.
    pub panel_id: i64,
    /// For whom; `None` is everybody in the panel.
    pub account_id: Option<i64>,
    /// Where.
    pub network: Network,
    /// What an operator noted.
    pub note: Option<&'a str>,
    /// The operator; empty where the person does it.
    pub created_by: &'a str,
    /// The command's `now`.
    pub created_at: Timestamp,
    /// When the person entered the code that this stands on; `None` is an operator's entry.
    pub code_entered_at: Option<Timestamp>,
    /// Its stated end.
    pub until: Option<Timestamp>,
}

impl Tx<'_> {
    /// Adds an entry and returns its id.
    pub fn add_trust(&self, new: &NewTrust<'_>) -> Result<i64, Fault> {
        self.sql.insert(
            "insert into trusted_ip (panel_id, account_id, network, note, created_by, created_at, code_entered_at, until_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                &new.panel_id,
                &new.account_id,
                &new.network.to_string(),
                &new.note,
                &new.created_by,
                &ms(new.created_at),
                &opt_ms(new.code_entered_at),
                &opt_ms(new.until),
            ],
        )
    }

    /// The entry that spares a person a code at `now`, coming from `ip` into a panel that trusts for `lifetime`: the
    /// one that ends last.
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
        let around: Vec<String> = Network::all_around(ip)
            .iter()
            .map(Network::to_string)
            .collect();
        let mut params: Vec<&dyn Param> = vec![&panel_id, &account_id];
        params.extend(around.iter().map(|network| network as &dyn Param));
        let places: Vec<String> = (3..=params.len()).map(|n| format!("${n}")).collect();
        let found = self.sql.all(
            &format!(
                "select {TRUST} from trusted_ip where panel_id = $1 and (account_id = $2 or account_id is null) \
                 and network in ({})",
                places.join(", ")
            ),
            &params,
            trust_row,
        )?;
        Ok(found
            .into_iter()
            .filter(|trust| trust.is_live(Some(lifetime), now))
            .max_by_key(|trust| trust.ends_at(lifetime)))
    }

    /// Notes that an entry spared somebody a code.
    pub fn touch_trust(&self, id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update trusted_ip set last_used_at = $1 where id = $2",
            &[&ms(now), &id],
        )?;
        Ok(())
    }

    /// Forgets every entry of one person (X7), in one panel or in all; returns how many.
    pub fn forget_trust(&self, account_id: i64, panel_id: Option<i64>) -> Result<usize, Fault> {
        self.sql.exec(
            "delete from trusted_ip where account_id = $1 and (cast($2 as bigint) is null or panel_id = $2)",
            &[&account_id, &panel_id],
        )
    }

    /// Forgets the person's own entry for one place, to be replaced by a newer one.
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
