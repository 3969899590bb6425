//! Attempts at addresses with nothing to lock (L10): counted by keyed hash, and counted for the audit log by IP and
//! hour (U1), so that what people type there by mistake is not stored anywhere.

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::lockout::LockFacts;

/// Stands for the networks without a count of their own.
pub const OTHER_NETWORKS: &str = "*";

/// Attempts at unknown addresses from one network in one hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourlyCount {
    /// Where they came from; empty if the panel did not say, [`OTHER_NETWORKS`] for those beyond the limit.
    pub ip: String,
    /// The panel.
    pub panel: String,
    /// The start of the hour.
    pub hour: Timestamp,
    /// The number of attempts.
    pub tries: i64,
}

impl Tx<'_> {
    /// The count of attempts at an address, in the form of an account's counters; empty if the last attempt was at
    /// `forgotten` or before.
    pub fn unknown_login(&self, key: &[u8; 32], forgotten: Timestamp) -> Result<LockFacts, Fault> {
        let found = self.sql.one(
            "select tries, open_tries, last_try_at from stranger where key = $1 \
             and coalesce(last_try_at, since_at) > $2",
            &[&key.as_slice(), &ms(forgotten)],
            |row| {
                let mut columns = Columns::of("stranger", row);
                Ok(LockFacts {
                    wrong: columns.int()?,
                    open_tries: columns.opt_int()?.unwrap_or(0),
                    last_try_at: columns.opt_time()?,
                    ..LockFacts::default()
                })
            },
        )?;
        Ok(found.unwrap_or_default())
    }

    /// Counts one attempt at an address before anything is checked (L8). A count whose last attempt was at `forgotten`
    /// or before starts again.
    pub fn reserve_unknown(
        &self,
        key: &[u8; 32],
        forgotten: Timestamp,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "insert into stranger (key, tries, since_at, open_tries, last_try_at) values ($1, 0, $2, 1, $2) \
             on conflict (key) do update set \
             tries = case when coalesce(stranger.last_try_at, stranger.since_at) <= $3 then 0 else stranger.tries end, \
             open_tries = case when coalesce(stranger.last_try_at, stranger.since_at) <= $3 then 1 \
             else coalesce(stranger.open_tries, 0) + 1 end, \
             since_at = case when coalesce(stranger.last_try_at, stranger.since_at) <= $3 then excluded.since_at \
             else stranger.since_at end, last_try_at = excluded.last_try_at",
            &[&key.as_slice(), &ms(now), &ms(forgotten)],
        )?;
        Ok(())
    }

    /// Ends a reserved attempt: `wrong` is 1 for one that counts, 0 for one that is given back.
    pub fn finish_unknown(&self, key: &[u8; 32], wrong: i64) -> Result<(), Fault> {
        self.sql.exec(
            "update stranger set tries = tries + $1, \
             open_tries = case when open_tries > 0 then open_tries - 1 else 0 end where key = $2",
            &[&wrong, &key.as_slice()],
        )?;
        Ok(())
    }

    /// An attempt at an address whose count is at the limit: from now on attempts without a verdict count as wrong
    /// ones, and the count is kept from now.
    pub fn close_unknown(&self, key: &[u8; 32], now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update stranger set tries = tries + coalesce(open_tries, 0), open_tries = 0, last_try_at = $1 \
             where key = $2",
            &[&ms(now), &key.as_slice()],
        )?;
        Ok(())
    }

    /// Deletes counts whose last attempt was at `forgotten` or before, and beyond that those with the oldest attempts
    /// until about `most` are left. Returns how many were deleted.
    pub fn forget_unknown(&self, forgotten: Timestamp, most: i64) -> Result<usize, Fault> {
        let old = "delete from stranger where coalesce(last_try_at, since_at) <= $1";
        let mut deleted = self.sql.exec(old, &[&ms(forgotten)])?;
        let count = self
            .sql
            .one("select count(*) from stranger", &[], |row| {
                Columns::of("stranger", row).int()
            })?
            .unwrap_or(0);
        if count > most {
            let last = self.sql.one(
                "select coalesce(last_try_at, since_at) from stranger \
                 order by coalesce(last_try_at, since_at), key limit 1 offset $1",
                &[&(count - most - 1)],
                |row| Columns::of("stranger", row).time(),
            )?;
            if let Some(last) = last {
                deleted += self.sql.exec(old, &[&ms(last)])?;
            }
        }
        Ok(deleted)
    }

    /// Adds one to the count of an IP and hour. After `most` counts in that hour, further networks share one for each
    /// panel.
    pub fn count_unknown_hourly(
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

    /// How many counts of ended hours are waiting.
    pub fn waiting_counts(&self, before: Timestamp) -> Result<i64, Fault> {
        Ok(self
            .sql
            .one(
                "select count(*) from stranger_tally where hour_at < $1",
                &[&ms(before)],
                |row| Columns::of("stranger_tally", row).int(),
            )?
            .unwrap_or(0))
    }

    /// Removes counts of ended hours from the table, up to a limit, oldest first: they become audit entries.
    pub fn take_hourly_counts(
        &self,
        before: Timestamp,
        most: i64,
    ) -> Result<Vec<HourlyCount>, Fault> {
        let mut counts = self.sql.all(
            "delete from stranger_tally where (ip, panel, hour_at) in (select ip, panel, hour_at from stranger_tally \
             where hour_at < $1 order by hour_at, ip, panel limit $2) returning ip, panel, hour_at, tries",
            &[&ms(before), &most],
            |row| {
                let mut columns = Columns::of("stranger_tally", row);
                Ok(HourlyCount {
                    ip: columns.text()?,
                    panel: columns.text()?,
                    hour: columns.time()?,
                    tries: columns.int()?,
                })
            },
        )?;
        counts.sort_by(|a, b| (a.hour, &a.ip, &a.panel).cmp(&(b.hour, &b.ip, &b.panel)));
        Ok(counts)
    }
}
