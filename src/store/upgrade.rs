//! Bringing a store to the present schema.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::draft::Draft;
use super::engine::{Db, Lite, Mode};
use super::fault::Fault;
use super::{Head, Store, Tx, schema};
use crate::domain::event::{Action, Actor, Event};

/// What an upgrade did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upgraded {
    /// The schema that was there.
    pub from: i64,
    /// The schema that is there now.
    pub to: i64,
    /// The copy of what was there.
    pub copy: Option<PathBuf>,
}

/// The end of the record, and when it was written, if it was.
type End = (Option<Head>, Option<Timestamp>);

impl Store {
    /// Brings the store to the present schema, by one transaction for each number on the way; the last records it. Of a
    /// file that changes a copy is made first, while nobody else can write; a server has its own ways.
    ///
    /// A store that has the present schema is left as it is.
    ///
    /// # Errors
    /// Those of the engine, and of making the copy. The store has the schema that it had then, or a later one.
    pub fn upgrade(
        &mut self,
        actor: &Actor,
        now: Timestamp,
        copy: &Path,
    ) -> Result<Upgraded, Fault> {
        let mut from = self.schema;
        let mut made = None;
        let mut tries = 0;
        while self.schema < schema::CURRENT {
            tries += 1;
            match self.next_schema(from, actor, now, copy, &mut made) {
                // Whether a commit arrived that was not answered is seen at the next look.
                Err(Fault::Unsettled(_)) => {}
                Err(fault) if self.db.try_again(&fault, tries) => {}
                outcome => match outcome? {
                    Some((head, at)) => self.saw(head, at),
                    None => from = self.schema,
                },
            }
        }
        Ok(Upgraded {
            from,
            to: self.schema,
            copy: made,
        })
    }

    /// One transaction. Gives what is then the end of the record; nothing if somebody else was quicker.
    fn next_schema(
        &mut self,
        from: i64,
        actor: &Actor,
        now: Timestamp,
        copy: &Path,
        made: &mut Option<PathBuf>,
    ) -> Result<Option<End>, Fault> {
        let file = match &self.db {
            Db::Lite(file) => Some(file.path().to_owned()),
            Db::Pg(_) => None,
        };
        let sql = self.db.begin(Mode::Write)?;
        let found = schema::number(&sql)?;
        if found != self.schema {
            self.schema = found;
            return Ok(None);
        }
        if self.dry_run {
            (found..schema::CURRENT).try_for_each(|number| schema::step(&sql, number))?;
            self.schema = schema::CURRENT;
            return Ok(Some((None, None)));
        }
        if let (Some(file), None) = (file, &made) {
            *made = Some(copy_of(&file, copy)?);
        }
        schema::step(&sql, found)?;
        let reached = found + 1;
        let mut tx = Tx::new(sql, &self.vault);
        // What an entry of the record is written to has its present form behind the last step only.
        if reached == schema::CURRENT {
            let event = Event::new(now, actor, Action::StoreUpgraded);
            tx.record(event.with("before", from).with("after", reached))?;
        }
        tx.write_head()?;
        let Tx {
            sql,
            head,
            recorded_at: at,
            ..
        } = tx;
        sql.commit()?;
        self.schema = reached;
        Ok(Some((head, at)))
    }
}

/// Copies a file as it is, while the caller keeps everybody else from writing. If the name is taken, a number is put
/// behind it.
fn copy_of(file: &Path, to: &Path) -> Result<PathBuf, Fault> {
    let source = Lite::open(file, false)?;
    let mut number = 1;
    loop {
        let mut name = to.as_os_str().to_owned();
        if number > 1 {
            name.push(format!("-{number}"));
        }
        let name = PathBuf::from(name);
        let draft = Draft::new(&name)?;
        source.copy_into(&draft.file())?;
        // The copy is as good a store as the one that it was made of.
        Lite::open(&draft.file(), true)?.use_write_ahead_log()?;
        match draft.publish() {
            Err(Fault::Exists(_)) => number += 1,
            outcome => return outcome.map(|()| name),
        }
    }
}
