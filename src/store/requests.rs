//! Requests with a limit (L9): counted by keyed hash for an hour. Requests beyond a limit are counted, and become one
//! audit entry when the hour has ended.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::event::{Action, Event};

/// Requests beyond a limit in one hour: the audit entry that they become.
#[derive(Clone, Debug, PartialEq)]
pub struct Beyond {
    /// The start of the hour.
    pub hour: Timestamp,
    /// What would have been recorded each time.
    pub action: Action,
    /// In which panel.
    pub panel: String,
    /// The person it is about.
    pub account_id: Option<i64>,
    /// Where all of them came from; empty if they came from several places, or the panel did not say.
    pub ip: String,
    /// The detail of each entry.
    pub detail: Map<String, Value>,
    /// The number of requests.
    pub times: i64,
}

impl Tx<'_> {
    /// Counts a request with this keyed hash and returns the count, including this one; a count that started at
    /// `forgotten` or before starts again.
    pub fn count_request(
        &self,
        key: &[u8; 32],
        forgotten: Timestamp,
        now: Timestamp,
    ) -> Result<i64, Fault> {
        self.sql
            .one(
                "insert into request_count (key, times, since_at) values ($1, 1, $2) on conflict (key) do update set \
                 times = case when request_count.since_at <= $3 then 1 else request_count.times + 1 end, \
                 since_at = case when request_count.since_at <= $3 then excluded.since_at else request_count.since_at end \
                 returning times",
                &[&key.as_slice(), &ms(now), &ms(forgotten)],
                |row| Columns::of("request_count", row).int(),
            )?
            .ok_or_else(|| Fault::Other("the count of a request was lost".into()))
    }

    /// Forgets the count of a request.
    pub fn forget_request(&self, key: &[u8; 32]) -> Result<(), Fault> {
        self.sql.exec(
            "delete from request_count where key = $1",
            &[&key.as_slice()],
        )?;
        Ok(())
    }

    /// Counts an event instead of recording it; for the transaction this is as good as recording it. Events with the
    /// same `key` become one entry.
    pub fn count_hourly(
        &mut self,
        key: &[u8; 32],
        hour: Timestamp,
        event: &Event,
        account_id: Option<i64>,
    ) -> Result<(), Fault> {
        let ip = event.actor.ip.map(|ip| ip.to_string()).unwrap_or_default();
        self.sql.exec(
            "insert into request_tally (key, hour_at, action, panel, account_id, ip, detail, times) \
             values ($1, $2, $3, $4, $5, $6, $7, 1) on conflict (key) do update set times = request_tally.times + 1, \
             ip = case when request_tally.ip = excluded.ip then request_tally.ip else '' end",
            &[
                &key.as_slice(),
                &ms(hour),
                &event.action.as_str(),
                &event.panel.as_deref().unwrap_or_default(),
                &account_id,
                &ip,
                &Value::Object(event.detail.clone()).to_string(),
            ],
        )?;
        self.recorded += 1;
        Ok(())
    }

    /// How many counts of ended hours are waiting.
    pub fn count_beyond(&self, before: Timestamp) -> Result<i64, Fault> {
        Ok(self
            .sql
            .one(
                "select count(*) from request_tally where hour_at < $1",
                &[&ms(before)],
                |row| Columns::of("request_tally", row).int(),
            )?
            .unwrap_or(0))
    }

    /// Removes counts of ended hours from the table, up to a limit, oldest first.
    pub fn take_beyond(&self, before: Timestamp, most: i64) -> Result<Vec<Beyond>, Fault> {
        let mut taken = self.sql.all(
            "delete from request_tally where key in (select key from request_tally where hour_at < $1 \
             order by hour_at, key limit $2) returning key, hour_at, action, panel, account_id, ip, detail, times",
            &[&ms(before), &most],
            |row| {
                let mut columns = Columns::of("request_tally", row);
                let key = columns.blob()?;
                Ok((
                    key,
                    Beyond {
                        hour: columns.time()?,
                        action: columns.word(Action::parse, "an action")?,
                        panel: columns.text()?,
                        account_id: columns.opt_int()?,
                        ip: columns.text()?,
                        detail: columns.word(|text| serde_json::from_str(text).ok(), "an object")?,
                        times: columns.int()?,
                    },
                ))
            },
        )?;
        taken.sort_by(|(a, one), (b, other)| (one.hour, a).cmp(&(other.hour, b)));
        Ok(taken.into_iter().map(|(_, beyond)| beyond).collect())
    }
}
