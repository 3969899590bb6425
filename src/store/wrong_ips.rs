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

    /// When a wrong password was typed from an IP in a panel, after an instant, that was followed by exactly `later` more.
    pub fn wrong_from_ip_before(
        &self,
        panel_id: i64,
        ip: &[u8; 32],
        after: Timestamp,
        later: i64,
    ) -> Result<Option<Timestamp>, Fault> {
        self.sql.one(
            "select at from wrong_ip where panel_id = $1 and ip = $2 and at > $3 order by at desc limit 1 offset $4",
            &[&panel_id, &ip.as_slice(), &ms(after), &later],
            |row| Columns::of("wrong_ip", row).time(),
        )
    }
}
