//! Upgrading a store to the current schema.

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
    /// The previous schema.
    pub from: i64,
    /// The new schema.
    pub to: i64,
    /// The copy of the previous file.
    pub copy: Option<PathBuf>,
}

/// The end of the audit log, and when it was written, if it was.
type End = (Option<Head>, Option<Timestamp>);

impl Store {
    /// Upgrades the store to the current schema, with one transaction for each number on the way; the last records it.
    /// A file is copied first, while no other process can write; a server has its own backups.
    ///
    /// A store with the current schema is left unchanged.
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
                // Whether an unanswered commit was made is seen in the next round.
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

    /// One transaction. Returns the end of the audit log after it; nothing if another process was faster.
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
        // The table that an audit entry is written to has its current form only after the last step.
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

/// Copies a file unchanged, while the caller keeps everybody else from writing. If the name is taken, a number is
/// appended.
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
        // The copy is as good a store as the original.
        Lite::open(&draft.file(), true)?.use_write_ahead_log()?;
        match draft.publish() {
            Err(Fault::Exists(_)) => number += 1,
            outcome => return outcome.map(|()| name),
        }
    }
}
