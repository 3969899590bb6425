//! Tries at addresses that have nothing to lock (L10): counted by keyed hash for a day, and tallied for the audit
//! by IP and hour (U1), so that what people type there by mistake is kept nowhere.

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};

/// Stands for the networks that have no tally of their own.
pub const OTHER_NETWORKS: &str = "*";

/// Tries at unknown addresses from one network in one hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Where they came from; empty if the panel did not say, [`OTHER_NETWORKS`] for those beyond the number that is kept.
    pub ip: String,
    /// In which panel.
    pub panel: String,
    /// The start of the hour.
    pub hour: Timestamp,
    /// How many.
    pub tries: i64,
}

impl Tx<'_> {
    /// Counts a try at an address with this keyed hash and returns the count with it in; a count that began
    /// before `forgotten` starts again.
    pub fn count_stranger(
        &self,
        key: &[u8; 32],
        forgotten: Timestamp,
        now: Timestamp,
    ) -> Result<i64, Fault> {
        self.sql
            .one(
                "insert into stranger (key, tries, since_at) values ($1, 1, $2) on conflict (key) do update set \
                 tries = case when stranger.since_at <= $3 then 1 else stranger.tries + 1 end, \
                 since_at = case when stranger.since_at <= $3 then excluded.since_at else stranger.since_at end \
                 returning tries",
                &[&key.as_slice(), &ms(now), &ms(forgotten)],
                |row| Columns::of("stranger", row).int(),
            )?
            .ok_or_else(|| Fault::Other("the count of a try was lost".into()))
    }

    /// Deletes counts that began before `forgotten`.
    pub fn forget_strangers(&self, forgotten: Timestamp) -> Result<usize, Fault> {
        self.sql.exec(
            "delete from stranger where since_at <= $1",
            &[&ms(forgotten)],
        )
    }

    /// Adds one to the tally of an IP and hour. Once there are `most` tallies in that hour, those that come from anywhere
    /// else share one for each panel.
    pub fn tally_stranger(
        &self,
        ip: &str,
        panel: &str,
        hour: Timestamp,
        most: i64,
    ) -> Result<(), Fault> {
        let again = self.sql.exec(
            "update stranger_tally set tries = tries + 1 where ip = $1 and panel = $2 and hour_at = $3",
            &[&ip, &panel, &ms(hour)],
        )?;
        if again > 0 {
            return Ok(());
        }
        let kept = self
            .sql
            .one(
                "select count(*) from (select ip from stranger_tally where hour_at = $1 limit $2) as kept",
                &[&ms(hour), &most],
                |row| Columns::of("stranger_tally", row).int(),
            )?
            .unwrap_or(0);
        let ip = if kept < most { ip } else { OTHER_NETWORKS };
        self.sql.exec(
            "insert into stranger_tally (ip, panel, hour_at, tries) values ($1, $2, $3, 1) \
             on conflict (ip, panel, hour_at) do update set tries = stranger_tally.tries + 1",
            &[&ip, &panel, &ms(hour)],
        )?;
        Ok(())
    }

    /// How many tallies of hours that are over wait to be taken.
    pub fn count_tallies(&self, before: Timestamp) -> Result<i64, Fault> {
        Ok(self
            .sql
            .one(
                "select count(*) from stranger_tally where hour_at < $1",
                &[&ms(before)],
                |row| Columns::of("stranger_tally", row).int(),
            )?
            .unwrap_or(0))
    }

    /// Takes tallies of hours that are over out of the table, at most so many, the oldest first: they become audit
    /// entries.
    pub fn take_tallies(&self, before: Timestamp, most: i64) -> Result<Vec<Tally>, Fault> {
        let mut tallies = self.sql.all(
            "delete from stranger_tally where (ip, panel, hour_at) in (select ip, panel, hour_at from stranger_tally \
             where hour_at < $1 order by hour_at, ip, panel limit $2) returning ip, panel, hour_at, tries",
            &[&ms(before), &most],
            |row| {
                let mut columns = Columns::of("stranger_tally", row);
                Ok(Tally {
                    ip: columns.text()?,
                    panel: columns.text()?,
                    hour: columns.time()?,
                    tries: columns.int()?,
                })
            },
        )?;
        tallies.sort_by(|a, b| (a.hour, &a.ip, &a.panel).cmp(&(b.hour, &b.ip, &b.panel)));
        Ok(tallies)
    }
}
