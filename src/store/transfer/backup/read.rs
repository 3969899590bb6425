//! Reading a backup, which may contain anything.

use std::io::{BufRead, Read as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::{DeserializeSeed, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use sha2::{Digest as _, Sha256};

use super::{BadBackup, Header, Title, trailer};
use crate::domain::text;
use crate::domain::text::hex;
use crate::store::engine::Value;
use crate::store::fault::Fault;
use crate::store::has_key;
use crate::store::schema::{Holds, Table, tables};
use crate::store::transfer::{Counts, Origin};
use crate::vault::{KeyId, Vault};

/// The longest first line: a file without one is not a backup.
const LONGEST_HEADER: u64 = 64 * 1024;
/// The longest of the other lines: the size limit of a database value.
const LONGEST_LINE: u64 = 1 << 30;

/// An opened backup.
pub struct Backup<'r> {
    input: Box<dyn BufRead + 'r>,
    place: String,
    header: Header,
    origin: Origin,
    digest: Sha256,
    line: Vec<u8>,
    number: u64,
}

/// Gets each row, with the number of its table.
type TakeRow<'a> = dyn FnMut(usize, &[Value]) -> Result<(), Fault> + 'a;

impl Backup<'_> {
    /// Whether a file that starts like this is an admit backup, complete or not.
    pub fn begins_like(head: &[u8]) -> bool {
        head.starts_with(b"{\"admit_backup\":")
    }
}

impl<'r> Backup<'r> {
    /// Reads the first line. `place` is the file's name, for messages.
    ///
    /// # Errors
    /// [`Fault::Backup`]: it is not one, or not one that this version can read.
    pub fn open(input: Box<dyn BufRead + 'r>, place: &str) -> Result<Self, Fault> {
        let bad = |why| Fault::Backup {
            place: place.to_owned(),
            why,
        };
        let mut input = input;
        let mut line = Vec::new();
        input
            .by_ref()
            .take(LONGEST_HEADER)
            .read_until(b'\n', &mut line)
            .map_err(|error| bad(unreadable(&error)))?;
        if line.last() != Some(&b'\n') {
            return Err(bad(BadBackup::Foreign));
        }
        let (header, origin) = Header::read(&line).map_err(bad)?;
        let mut digest = Sha256::new();
        digest.update(&line);
        Ok(Self {
            input,
            place: place.to_owned(),
            header,
            origin,
            digest,
            line,
            number: 1,
        })
    }

    /// Its first line.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// The random id of the backed-up store.
    pub fn identity(&self) -> [u8; 16] {
        self.origin.identity
    }

    /// Checks that a vault has the key that encrypts it.
    ///
    /// # Errors
    /// [`Fault::WrongKey`].
    pub fn check_key(&self, vault: &Vault) -> Result<(), Fault> {
        has_key(vault, KeyId::from_stored(self.origin.key_id))
    }

    /// The store that it is from.
    pub(in crate::store::transfer) fn origin(&self) -> Origin {
        self.origin
    }

    /// The fault of this file.
    pub(in crate::store::transfer) fn bad(&self, why: BadBackup) -> Fault {
        Fault::Backup {
            place: self.place.clone(),
            why,
        }
    }

    fn bad_line(&self, what: impl Into<String>) -> Fault {
        self.bad(BadBackup::Line {
            line: self.number,
            what: what.into(),
        })
    }

    /// The next line, without its end; every line has one, including the last.
    fn next(&mut self) -> Result<(), Fault> {
        self.line.clear();
        self.input
            .by_ref()
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut self.line)
            .map_err(|error| self.bad(unreadable(&error)))?;
        if self.line.pop() != Some(b'\n') {
            return Err(self.bad(BadBackup::Short(self.number)));
        }
        self.number += 1;
        Ok(())
    }

    fn digest_line(&mut self) {
        self.digest.update(&self.line);
        self.digest.update(b"\n");
    }

    /// Passes every row to `take`, and then checks the end. The rows count only if this returns.
    pub(in crate::store::transfer) fn feed(
        &mut self,
        take: &mut TakeRow<'_>,
    ) -> Result<Counts, Fault> {
        let tables = tables(self.header.schema);
        let mut counts = Counts::none(self.header.schema);
        let mut titled = 0;
        loop {
            self.next()?;
            if self.line.starts_with(b"{\"end\"") {
                break;
            }
            self.digest_line();
            if self.line.first() == Some(&b'{') {
                self.check_title(titled)?;
                titled += 1;
                continue;
            }
            let Some(place) = usize::checked_sub(titled, 1) else {
                return Err(self.bad_line("a row comes before any table"));
            };
            let row = self.row(&tables[place])?;
            take(place, &row).map_err(|fault| self.blame(fault))?;
            counts.add(place);
        }
        if let Some(missing) = tables.get(titled) {
            let what = format!("the end comes before the table {}", missing.name);
            return Err(self.bad_line(what));
        }
        self.check_end(&counts)?;
        Ok(counts)
    }

    fn row(&self, table: &'static Table) -> Result<Vec<Value>, Fault> {
        let mut json = serde_json::Deserializer::from_slice(&self.line);
        Cells(table)
            .deserialize(&mut json)
            .and_then(|row| json.end().map(|()| row))
            .map_err(|error| {
                // The position is in the line, whose number is shown anyway.
                let what = error.to_string();
                let what = what.split(" at line ").next().unwrap_or_default();
                self.bad_line(format!(
                    "this is not a row of the table {}: {what}",
                    table.name
                ))
            })
    }

    fn check_title(&self, place: usize) -> Result<(), Fault> {
        #[derive(Deserialize)]
        struct Found {
            table: String,
            columns: Vec<String>,
        }
        let found: Found = serde_json::from_slice(&self.line)
            .map_err(|_| self.bad_line("this is not a table, a row or the end"))?;
        let name = shown(&found.table);
        let tables = tables(self.header.schema);
        let Some(wanted) = tables.get(place) else {
            return Err(self.bad_line(format!("unexpected table {name}")));
        };
        if tables.iter().all(|table| table.name != found.table) {
            return Err(self.bad_line(format!("unknown table {name}")));
        }
        if wanted.name != found.table {
            let what = format!("expected the table {}, not {name}", wanted.name);
            return Err(self.bad_line(what));
        }
        let columns = Title::of(wanted).columns;
        if let Some(odd) = found
            .columns
            .iter()
            .find(|name| !columns.contains(&name.as_str()))
        {
            let what = format!("the table {name} has an unknown column {}", shown(odd));
            return Err(self.bad_line(what));
        }
        if found.columns != columns {
            return Err(self.bad_line(format!("the table {name} lacks columns")));
        }
        Ok(())
    }

    fn check_end(&mut self, counts: &Counts) -> Result<(), Fault> {
        let sum = hex(&self.digest.clone().finalize());
        if self.line != trailer(counts, &sum).into_bytes() {
            return Err(self.bad(self.what_is_wrong_at_the_end(counts)));
        }
        let mut more = [0];
        match self.input.read(&mut more) {
            Ok(0) => Ok(()),
            Ok(_) => Err(self.bad_line("there is something after the end")),
            Err(error) => Err(self.bad(unreadable(&error))),
        }
    }

    fn what_is_wrong_at_the_end(&self, counts: &Counts) -> BadBackup {
        let end: serde_json::Value = serde_json::from_slice(&self.line).unwrap_or_default();
        for (table, has) in counts.iter() {
            match end["end"]["rows"][table].as_u64() {
                Some(wanted) if wanted != has => return BadBackup::Rows { table, has, wanted },
                _ => {}
            }
        }
        BadBackup::Sum
    }

    /// A row that the store refuses is a fault of the backup, unless the store itself has a problem.
    fn blame(&self, fault: Fault) -> Fault {
        match fault {
            Fault::Duplicate(_) | Fault::Reference | Fault::Other(_) | Fault::Row { .. } => {
                self.bad_line(format!("this row, or one before it, is invalid: {fault}"))
            }
            other => other,
        }
    }
}

fn unreadable(error: &std::io::Error) -> BadBackup {
    BadBackup::Unreadable(error.to_string())
}

fn shown(name: &str) -> String {
    let short: String = name.chars().take(60).collect();
    text::shown(&short).into_owned()
}

/// Reads an array with the values of the columns.
struct Cells(&'static Table);

impl<'de> DeserializeSeed<'de> for Cells {
    type Value = Vec<Value>;
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Cells {
    type Value = Vec<Value>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "an array of {} values", self.0.columns.len())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        use serde::de::Error as _;
        let mut row = Vec::with_capacity(self.0.columns.len());
        for column in &self.0.columns {
            let value = match column.holds {
                Holds::Numbers => seq.next_element()?.map(Value::Int),
                Holds::Text => seq.next_element()?.map(Value::Text),
                Holds::Blobs => match seq.next_element::<Option<String>>()? {
                    Some(Some(text)) => {
                        let bytes = STANDARD.decode(text).map_err(|_| {
                            A::Error::custom(format!("{} is not base64", column.name))
                        })?;
                        Some(Value::Blob(Some(bytes)))
                    }
                    Some(None) => Some(Value::Blob(None)),
                    None => None,
                },
            };
            row.push(value.ok_or_else(|| A::Error::invalid_length(row.len(), &self))?);
        }
        match seq.next_element::<serde::de::IgnoredAny>()? {
            Some(_) => Err(A::Error::invalid_length(row.len() + 1, &self)),
            None => Ok(row),
        }
    }
}
