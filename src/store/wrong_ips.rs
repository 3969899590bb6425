//! Wrong passwords by the IP they came from (L9). The IP is kept as a keyed hash: it is personal, and nobody needs to
//! read it.

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};

impl Tx<'_> {
    /// Records a wrong password from an IP in a panel.
    pub fn note_wrong_ip(&self, panel_id: i64, ip: &[u8; 32], now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "insert into wrong_ip (panel_id, ip, at) values ($1, $2, $3)",
            &[&panel_id, &ip.as_slice(), &ms(now)],
        )?;
        Ok(())
    }

    /// How many wrong passwords came from an IP in a panel after an instant; counted only up to `most`.
    pub fn wrong_from_ip(
        &self,
        panel_id: i64,
        ip: &[u8; 32],
        after: Timestamp,
        most: i64,
    ) -> Result<i64, Fault> {
        Ok(self
            .sql
            .one(
                "select count(*) from (select id from wrong_ip where panel_id = $1 and ip = $2 and at > $3 limit $4) \
                 as lately",
                &[&panel_id, &ip.as_slice(), &ms(after), &most],
                |row| Columns::of("wrong_ip", row).int(),
            )?
            .unwrap_or(0))
    }
}
