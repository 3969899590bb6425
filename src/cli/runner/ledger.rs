//! The result of each row of a file, kept outside memory until it is known whether it counts.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, BufWriter, Seek, SeekFrom, Write};

use serde::{Deserialize, Serialize};
use tempfile::SpooledTempFile;

use super::told::Told;
use crate::cli::base::error::CliError;
use crate::cli::base::printed::Hint;
use crate::ops::change::{ChangeResult, Status};

/// In memory up to here, then in an unnamed file that only this process can read.
const IN_MEMORY: usize = 1 << 20;

/// One row.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "C: Told"))]
pub struct Entry<'a, C: Told> {
    /// Its line in the input.
    pub line: u64,
    /// Whom it is about.
    pub target: Cow<'a, str>,
    /// In which panel.
    pub panel: Option<Cow<'a, str>>,
    /// The result.
    pub fate: Fate<'a, C>,
}

/// The result of a row.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "C: Told"))]
pub enum Fate<'a, C: Told> {
    /// It was done, or held already.
    Outcome(Cow<'a, ChangeResult<C>>),
    /// It was refused.
    Bad {
        /// Because something does not exist.
        not_found: bool,
        /// Why.
        message: String,
        /// What to do.
        hint: Option<Hint>,
    },
}

/// The rows, in the order in which they came.
pub struct Ledger {
    file: BufWriter<SpooledTempFile>,
    done: u64,
    unchanged: u64,
    bad: u64,
    mails: u64,
    erases: bool,
}

impl Ledger {
    /// An empty one.
    pub fn new() -> Self {
        Self {
            file: BufWriter::new(SpooledTempFile::new(IN_MEMORY)),
            done: 0,
            unchanged: 0,
            bad: 0,
            mails: 0,
            erases: false,
        }
    }

    /// Forgets everything: the rows are walked again.
    pub fn restart(&mut self) {
        if self.done + self.unchanged + self.bad > 0 {
            *self = Self::new();
        }
    }

    /// Adds a row.
    pub fn add<C: Told>(&mut self, entry: &Entry<'_, C>) -> Result<(), CliError> {
        match &entry.fate {
            Fate::Outcome(outcome) if outcome.status == Status::Done => self.done += 1,
            Fate::Outcome(_) => self.unchanged += 1,
            Fate::Bad { .. } => self.bad += 1,
        }
        if let Fate::Outcome(outcome) = &entry.fate {
            self.mails += u64::from(outcome.mail_id.is_some());
            self.mails += u64::from(outcome.notice_id.is_some());
            self.erases |= outcome.change.erases();
        }
        serde_json::to_writer(&mut self.file, entry).map_err(spooling)?;
        self.file.write_all(b"\n").map_err(spooling)
    }

    /// Rows that changed something.
    pub fn done(&self) -> u64 {
        self.done
    }

    /// Rows that were refused.
    pub fn bad(&self) -> u64 {
        self.bad
    }

    /// Mails that were queued.
    pub fn mails(&self) -> u64 {
        self.mails
    }

    /// Whether somebody was erased.
    pub fn erases(&self) -> bool {
        self.erases
    }

    /// The rows, from the first on.
    pub fn entries<C: Told>(
        &mut self,
    ) -> Result<impl Iterator<Item = Result<Entry<'static, C>, CliError>> + use<'_, C>, CliError>
    {
        self.file.flush().map_err(spooling)?;
        let file = self.file.get_mut();
        file.seek(SeekFrom::Start(0)).map_err(spooling)?;
        Ok(BufReader::new(file).lines().map(|line| {
            let line = line.map_err(spooling)?;
            serde_json::from_str(&line).map_err(spooling)
        }))
    }

    /// Hands each row to `take`.
    pub fn each<C: Told>(
        &mut self,
        mut take: impl FnMut(&Entry<'_, C>) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        for entry in self.entries()? {
            take(&entry?)?;
        }
        Ok(())
    }
}

/// What was said about each row, in the order in which they came.
#[derive(Debug)]
pub struct Sentences(BufWriter<SpooledTempFile>);

impl Default for Sentences {
    fn default() -> Self {
        Self(BufWriter::new(SpooledTempFile::new(IN_MEMORY)))
    }
}

impl Sentences {
    /// Adds one.
    pub fn add(&mut self, sentence: &str) -> Result<(), CliError> {
        serde_json::to_writer(&mut self.0, sentence).map_err(spooling)?;
        self.0.write_all(b"\n").map_err(spooling)
    }

    /// All of them, from the first on.
    pub fn read(self) -> Result<impl Iterator<Item = Result<String, CliError>>, CliError> {
        let mut file = self
            .0
            .into_inner()
            .map_err(|error| spooling(error.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(spooling)?;
        Ok(BufReader::new(file).lines().map(|line| {
            let line = line.map_err(spooling)?;
            serde_json::from_str(&line).map_err(spooling)
        }))
    }
}

impl Default for Ledger {
    fn default() -> Self {
        Self::new()
    }
}

fn spooling(error: impl std::error::Error + Send + Sync + 'static) -> CliError {
    CliError::failed("cannot store the results in the folder for temporary files").caused_by(error)
}
