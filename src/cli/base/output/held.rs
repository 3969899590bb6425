//! Rows on probation: they count only once the store has committed.
//!
//! A hundred thousand of them may wait, so they go to a file without a name once they outgrow a few megabytes.
//! What is bad news anyway (a refused row) is told even if the good rows are discarded.

use std::io::{self, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use super::totals::Totals;
use crate::cli::base::error::{CliError, in_words};

/// How much is kept in memory before a file is used.
pub(super) const IN_MEMORY: usize = 4 * 1024 * 1024;

/// Where a piece goes when it is released.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum To {
    /// The result.
    Result,
    /// Standard error.
    Talk,
}

/// Pieces in their order, each with where it goes and whether it is bad news.
pub(super) struct Held {
    spool: SpooledTempFile,
    /// The totals before.
    pub(super) before: Totals,
}

impl Held {
    pub(super) fn new(before: Totals) -> Self {
        Self {
            spool: SpooledTempFile::new(IN_MEMORY),
            before,
        }
    }

    pub(super) fn push(&mut self, to: To, bad: bool, piece: &[u8]) -> Result<(), CliError> {
        let mut push = || -> io::Result<()> {
            let length = u32::try_from(piece.len()).map_err(io::Error::other)?;
            let head = u8::from(to == To::Talk) | u8::from(bad) << 1;
            self.spool.write_all(&[head])?;
            self.spool.write_all(&length.to_le_bytes())?;
            self.spool.write_all(piece)
        };
        push().map_err(cannot_hold)
    }

    /// Hands out the pieces in their order, only the bad news if the good rows came to nothing.
    pub(super) fn let_out(
        mut self,
        all: bool,
        mut piece: impl FnMut(To, &[u8]) -> Result<(), CliError>,
    ) -> Result<(), CliError> {
        self.spool.seek(SeekFrom::Start(0)).map_err(cannot_hold)?;
        let mut reader = io::BufReader::new(self.spool);
        let mut bytes = Vec::new();
        loop {
            let mut head = [0; 1];
            if reader.read(&mut head).map_err(cannot_hold)? == 0 {
                return Ok(());
            }
            let mut length = [0; 4];
            reader.read_exact(&mut length).map_err(cannot_hold)?;
            bytes.resize(u32::from_le_bytes(length) as usize, 0);
            reader.read_exact(&mut bytes).map_err(cannot_hold)?;
            let to = if head[0] & 1 == 0 {
                To::Result
            } else {
                To::Talk
            };
            if all || head[0] & 2 != 0 {
                piece(to, &bytes)?;
            }
        }
    }
}

pub(super) fn cannot_hold(error: io::Error) -> CliError {
    CliError::failed("cannot store the rows of the result temporarily")
        .caused_by(in_words(&error))
        .hinted("check whether the folder for temporary files is full: `df /tmp`")
}
