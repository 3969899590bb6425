//! Inserts that are collected: a server gets one message for thousands of rows instead of one for each.
//!
//! Only if many rows are expected. A plain insert is kept until any other statement is run, or enough have been
//! collected; then all of them are sent by COPY, in the order of the schema, so that a row finds what it refers to.
//! Ids come from the server in blocks.

use std::collections::HashMap;

use postgres::Client;
use postgres::binary_copy::BinaryCopyInWriter;
use postgres::types::Type;

use crate::store::engine::Param;
use crate::store::engine::param::Value;
use crate::store::schema;

/// The maximum number of collected rows.
const MOST: usize = 8_192;
/// Fewer rows are not worth a COPY.
const FEW: usize = 4;
/// How many ids are fetched at a time.
const IDS: i64 = 1_024;

/// Collected rows, by table.
#[derive(Default)]
pub(super) struct Pending {
    forms: HashMap<String, Option<Form>>,
    batches: Vec<Batch>,
    ids: HashMap<String, Vec<i64>>,
    rows: usize,
}

/// A parsed insert.
struct Form {
    table: String,
    columns: String,
    slots: Vec<Slot>,
}

enum Slot {
    Param(usize),
    Fixed(Value),
}

struct Batch {
    table: String,
    columns: String,
    rows: Vec<Vec<Value>>,
}

impl Pending {
    /// Keeps the row of an insert. False: this insert cannot be deferred.
    pub(super) fn keep(&mut self, sql: &str, params: &[&dyn Param], id: Option<i64>) -> bool {
        if !self.forms.contains_key(sql) {
            self.forms.insert(sql.to_owned(), Form::of(sql));
        }
        let Some(Some(form)) = self.forms.get(sql) else {
            return false;
        };
        let mut row: Vec<Value> = Vec::with_capacity(form.slots.len() + 1);
        for slot in &form.slots {
            match slot {
                Slot::Param(at) => match params.get(*at) {
                    Some(param) => row.push(param.owned()),
                    None => return false,
                },
                Slot::Fixed(value) => row.push(value.clone()),
            }
        }
        let mut columns = form.columns.clone();
        if let Some(id) = id {
            columns.push_str(", id");
            row.push(Value::Int(Some(id)));
        }
        self.rows += 1;
        let batch = self
            .batches
            .iter_mut()
            .find(|batch| batch.table == form.table && batch.columns == columns);
        match batch {
            Some(batch) => batch.rows.push(row),
            None => self.batches.push(Batch {
                table: form.table.clone(),
                columns,
                rows: vec![row],
            }),
        }
        true
    }

    /// The table of an insert that can be deferred.
    pub(super) fn table(&mut self, sql: &str) -> Option<String> {
        if !self.forms.contains_key(sql) {
            self.forms.insert(sql.to_owned(), Form::of(sql));
        }
        let form = self.forms.get(sql)?.as_ref()?;
        Some(form.table.clone())
    }

    /// An id of a table for a row that is not written yet.
    pub(super) fn id(&mut self, client: &mut Client, table: &str) -> Result<i64, postgres::Error> {
        let ids = self.ids.entry(table.to_owned()).or_default();
        if ids.is_empty() {
            let rows = client.query_typed(
                "select nextval(pg_get_serial_sequence($1, 'id')) from generate_series(1, $2)",
                &[(&table, Type::TEXT), (&IDS, Type::INT8)],
            )?;
            for row in rows.iter().rev() {
                ids.push(row.try_get(0)?);
            }
        }
        Ok(ids.pop().unwrap_or_default())
    }

    /// Whether enough rows are collected to be sent.
    pub(super) fn is_full(&self) -> bool {
        self.rows >= MOST
    }

    /// Sends the collected rows.
    pub(super) fn send(&mut self, client: &mut Client) -> Result<(), postgres::Error> {
        if self.rows == 0 {
            return Ok(());
        }
        self.rows = 0;
        self.batches
            .sort_by_key(|batch| schema::place_of(&batch.table));
        for batch in self.batches.drain(..) {
            batch.send(client)?;
        }
        Ok(())
    }
}

impl Batch {
    fn send(&self, client: &mut Client) -> Result<(), postgres::Error> {
        let Self {
            table,
            columns,
            rows,
        } = self;
        if rows.len() <= FEW {
            for row in rows {
                let places: Vec<String> = (1..=row.len()).map(|n| format!("${n}")).collect();
                let values: Vec<_> = row
                    .iter()
                    .map(|value| (value.on_server(), value.kind()))
                    .collect();
                client.execute_typed(
                    &format!(
                        "insert into {table} ({columns}) values ({})",
                        places.join(", ")
                    ),
                    &values,
                )?;
            }
            return Ok(());
        }
        let kinds: Vec<Type> = rows[0].iter().map(Value::kind).collect();
        let copy = client.copy_in(&format!(
            "copy {table} ({columns}) from stdin (format binary)"
        ))?;
        let mut writer = BinaryCopyInWriter::new(copy, &kinds);
        for row in rows {
            let values: Vec<_> = row.iter().map(Value::on_server).collect();
            writer.write(&values)?;
        }
        writer.finish()?;
        Ok(())
    }
}

impl Form {
    /// `insert into TABLE (COLUMN, …) values (VALUE, …)` and nothing after it; a value is `$1`, a number, or a word in
    /// quotes.
    fn of(sql: &str) -> Option<Self> {
        let rest = sql.strip_prefix("insert into ")?;
        let (table, rest) = rest.split_once(" (")?;
        let (columns, rest) = rest.split_once(") values (")?;
        let values = rest.strip_suffix(')')?;
        let slots = values
            .split(',')
            .map(|value| Slot::of(value.trim()))
            .collect::<Option<Vec<Slot>>>()?;
        (columns.split(',').count() == slots.len()).then(|| Self {
            table: table.to_owned(),
            columns: columns.to_owned(),
            slots,
        })
    }
}

impl Slot {
    fn of(value: &str) -> Option<Self> {
        if let Some(number) = value.strip_prefix('$') {
            let number: usize = number.parse().ok()?;
            return Some(Self::Param(number.checked_sub(1)?));
        }
        if let Some(word) = value
            .strip_prefix('\'')
            .and_then(|word| word.strip_suffix('\''))
        {
            return (!word.contains('\'')).then(|| Self::Fixed(Value::Text(Some(word.to_owned()))));
        }
        let number = value.parse().ok()?;
        Some(Self::Fixed(Value::Int(Some(number))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_inserts_wait() {
        let mut pending = Pending::default();
        let blob: &[u8] = b"b";
        assert!(pending.keep(
            "insert into t (a, b, c, d) values ($1, 'queued', $2, 0)",
            &[&1_i64, &blob],
            None
        ));
        assert_eq!(
            pending.batches[0].rows,
            [[
                Value::Int(Some(1)),
                Value::Text(Some("queued".into())),
                Value::Blob(Some(b"b".to_vec())),
                Value::Int(Some(0)),
            ]]
        );
        for other in [
            "update t set a = $1",
            "insert into t (a) values ($1) returning a",
            "insert into t (a) values ($1) on conflict (a) do nothing",
            "insert into t (a) select a from u",
            "insert into t (a) values (coalesce($1, 0))",
            "insert into t (a, b) values ($1)",
        ] {
            assert!(!pending.keep(other, &[&1_i64], None), "{other}");
        }
    }

    #[test]
    fn one_table_may_come_in_two_forms() {
        let mut pending = Pending::default();
        let none: Option<&str> = None;
        pending.keep("insert into t (a) values ($1)", &[&none], Some(7));
        pending.keep("insert into t (a) values ($1)", &[&"x"], None);
        let columns: Vec<_> = pending.batches.iter().map(|batch| &batch.columns).collect();
        assert_eq!(columns, ["a, id", "a"]);
        assert_eq!(
            pending.batches[0].rows[0],
            [Value::Text(None), Value::Int(Some(7))]
        );
    }
}
