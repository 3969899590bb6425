//! Changing the key: the store records which key is the current one, and data encrypted with an older one is
//! re-encrypted in batches.
//!
//! Every transaction starts by reading the store's key. So from the commit of [`Tx::change_key`] on, no process
//! encrypts with the old one any more, however long it has been running, and one pass over the rows is complete.

use jiff::Timestamp;

use super::engine::{self, Db, Mode, Param};
use super::fault::Fault;
use super::opening::ids;
use super::rows::Columns;
use super::{Tx, codes, factors};
use crate::vault::{ACCOUNT_KEY, KEY_AT, KEY_BYTES, KeyId, Vault, VaultError};

/// A transaction in which the vault's current key is the store's, and the latest time in the store. A key that the
/// ring does not have is searched in the key file.
pub(super) fn begin<'a>(
    db: &'a mut Db,
    vault: &mut Vault,
    schema: i64,
    mode: Mode,
) -> Result<(engine::Tx<'a>, Option<Timestamp>), Fault> {
    // Before this schema no time was stored.
    let question = if schema < 3 {
        "select key_id, cast(null as bigint) from store where id = 1"
    } else {
        "select key_id, (select latest_at from chain where id = 1) from store where id = 1"
    };
    let (tx, [stored, latest]) = db.begin_asking(mode, question)?;
    let key = KeyId::from_stored(stored.ok_or_else(Fault::no_identity)?);
    if key != vault.key_id() {
        vault.turn_to(key).map_err(|error| match error {
            VaultError::NoSuchKey(_) => Fault::NewKey {
                wanted: key.to_string(),
                has: ids(vault),
            },
            other => other.into(),
        })?;
    }
    let latest = latest.and_then(|ms| Timestamp::from_millisecond(ms).ok());
    Ok((tx, latest))
}

/// A column with values encrypted with a master key.
struct Sealed {
    table: &'static str,
    /// The row's key.
    id: &'static str,
    /// The column with the account whose reference is the record of the encryption.
    account: &'static str,
    column: &'static str,
    purpose: &'static str,
}

/// All of them except `audit.personal` of entries without an account and of erasures: the chain hashes those, so they
/// stay unchanged.
const SEALED: [Sealed; 4] = [
    Sealed {
        table: "account",
        id: "id",
        account: "id",
        column: "audit_key",
        purpose: ACCOUNT_KEY,
    },
    Sealed {
        table: "second_factor",
        id: "account_id",
        account: "account_id",
        column: "secret",
        purpose: factors::SECRET,
    },
    Sealed {
        table: "factor_offer",
        id: "account_id",
        account: "account_id",
        column: "secret",
        purpose: factors::OFFER,
    },
    Sealed {
        table: "sent_code",
        id: "id",
        account: "account_id",
        column: "code",
        purpose: codes::SENT_CODE,
    },
];

impl Sealed {
    /// The condition that a row's value names another key than a parameter; false if there is no value.
    fn is_old(&self, parameter: usize) -> String {
        format!(
            "substr(sealed.{}, {KEY_AT}, {KEY_BYTES}) <> ${parameter}",
            self.column
        )
    }
}

/// A row with such a value.
struct OldBox {
    id: i64,
    record: Vec<u8>,
    sealed: Vec<u8>,
}

/// The progress of a pass over the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// The key it uses.
    key: Option<KeyId>,
    /// Completed columns.
    columns: usize,
    /// The last row of the current column.
    last: i64,
    /// Re-encrypted values.
    pub done: u64,
    /// Values that cannot be decrypted because they are damaged. They stay unchanged.
    pub damaged: u64,
}

impl Resealed {
    /// Whether nothing is left.
    pub fn is_complete(&self) -> bool {
        self.columns == SEALED.len()
    }

    /// The same from the first row on.
    #[must_use]
    pub fn begun_again(&self) -> Self {
        Self {
            done: self.done,
            ..Self::default()
        }
    }

    /// Whether it was made with this key.
    pub fn is_with(&self, key: KeyId) -> bool {
        self.key == Some(key)
    }
}

/// Which key is in use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keys {
    /// The current key.
    pub current: KeyId,
    /// The key that it is replacing, until that is complete.
    pub former: Option<KeyId>,
}

/// Whether a value cannot be decrypted with any key.
fn is_damage(error: &VaultError, former: Option<KeyId>) -> bool {
    match error {
        VaultError::BadBox => true,
        VaultError::NoSuchKey(key) => former.is_some_and(|former| former != *key),
        _ => false,
    }
}

impl Tx<'_> {
    /// Makes this the store's key instead of `from`. False: that is not its key, or is itself still replacing another.
    pub fn change_key(&self, from: KeyId, to: KeyId) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update store set key_id = $1, former_key_id = $2 where id = 1 and key_id = $2 and former_key_id is null",
            &[&to.to_stored(), &from.to_stored()],
        )?;
        self.forget_all_answers()?;
        Ok(changed == 1)
    }

    /// The new key has replaced the old one. False: it had before.
    pub fn end_change_of_key(&self) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update store set former_key_id = null where id = 1 and former_key_id is not null",
            &[],
        )?;
        Ok(changed == 1)
    }

    /// The current key, and the one it is replacing.
    pub fn keys(&self) -> Result<Keys, Fault> {
        self.sql
            .one(
                "select key_id, former_key_id from store where id = 1",
                &[],
                |row| {
                    let mut columns = Columns::of("store", row);
                    Ok(Keys {
                        current: KeyId::from_stored(columns.int()?),
                        former: columns.opt_int()?.map(KeyId::from_stored),
                    })
                },
            )?
            .ok_or_else(Fault::no_identity)
    }

    /// How many values are encrypted, and how many of them with another key than the current one.
    pub fn sealed_values(&self) -> Result<(u64, u64), Fault> {
        let key = self.vault.key_id();
        let (mut all, mut older) = (0, 0);
        for sealed in &SEALED {
            let sql = format!(
                "select cast(count(sealed.{}) as bigint), cast(count(case when {} then 1 end) as bigint) from {} as sealed",
                sealed.column,
                sealed.is_old(1),
                sealed.table,
            );
            let counts = self.sql.one(&sql, &[&key.as_bytes().as_slice()], |row| {
                let mut columns = Columns::of(sealed.table, row);
                Ok((columns.int()?, columns.int()?))
            })?;
            let (sealed, old) = counts.unwrap_or_default();
            all += u64::try_from(sealed).unwrap_or(0);
            older += u64::try_from(old).unwrap_or(0);
        }
        Ok((all, older))
    }

    /// Re-encrypts up to `most` values with the current key, starting at `so_far`, and returns the progress. A value
    /// that another process changes at the same moment is left to it: it encrypts with the current key.
    ///
    /// # Errors
    /// [`VaultError::NoSuchKey`] if the former key is not in the ring, and those of the engine.
    pub fn reseal(&self, so_far: Resealed, most: i64) -> Result<Resealed, Fault> {
        let key = self.vault.key_id();
        let mut now = so_far;
        if !so_far.is_with(key) {
            // The first batch, or the key was changed again.
            now = so_far.begun_again();
            now.key = Some(key);
        }
        let Some(sealed) = SEALED.get(now.columns) else {
            return Ok(now);
        };
        self.hold_key()?;
        let former = self.keys()?.former;
        let rows = self.old_boxes(sealed, now.last, most)?;
        let update = format!(
            "update {} set {column} = $1 where {} = $2 and {column} = $3",
            sealed.table,
            sealed.id,
            column = sealed.column
        );
        for old in &rows {
            now.last = old.id;
            let new = match self.vault.open(sealed.purpose, &old.record, &old.sealed) {
                Ok(plain) => self
                    .vault
                    .seal(sealed.purpose, &old.record, plain.as_bytes())?,
                // Everything encrypted before the former key is encrypted with it now or is damaged: no other key is
                // ever named.
                Err(error) if is_damage(&error, former) => {
                    now.damaged += 1;
                    continue;
                }
                Err(other) => return Err(other.into()),
            };
            let params: [&dyn Param; 3] = [&new, &old.id, &old.sealed];
            now.done += self.sql.exec(&update, &params)? as u64;
        }
        if i64::try_from(rows.len()).unwrap_or(i64::MAX) < most {
            now.columns += 1;
            now.last = 0;
        }
        Ok(now)
    }

    fn old_boxes(&self, sealed: &Sealed, after: i64, most: i64) -> Result<Vec<OldBox>, Fault> {
        let sql = format!(
            "select sealed.{id}, account.reference, sealed.{} from {} as sealed \
             join account on account.id = sealed.{} where sealed.{id} > $1 and {} \
             order by sealed.{id} limit $3",
            sealed.column,
            sealed.table,
            sealed.account,
            sealed.is_old(2),
            id = sealed.id,
        );
        let key = self.vault.key_id();
        self.sql
            .all(&sql, &[&after, &key.as_bytes().as_slice(), &most], |row| {
                let mut columns = Columns::of(sealed.table, row);
                Ok(OldBox {
                    id: columns.int()?,
                    record: columns.blob()?,
                    sealed: columns.blob()?,
                })
            })
    }

    /// From here to the end of the transaction the store's key stays the current one: a relaxed change holds no other
    /// lock.
    fn hold_key(&self) -> Result<(), Fault> {
        let key = self.vault.key_id().to_stored();
        let held = self.sql.exec(
            "update store set key_id = $1 where id = 1 and key_id = $1",
            &[&key],
        )?;
        if held == 1 { Ok(()) } else { Err(Fault::Retry) }
    }
}
