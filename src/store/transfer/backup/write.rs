//! Writing a backup.

use std::io::Write;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::{Header, Title, trailer};
use crate::domain::text::hex;
use crate::store::engine::Value;
use crate::store::fault::Fault;
use crate::store::schema::{Table, tables};
use crate::store::transfer::Counts;

/// Writes a backup.
pub(in crate::store::transfer) struct Writer<'w> {
    out: &'w mut dyn Write,
    digest: Sha256,
    line: Vec<u8>,
    counts: Counts,
    tables: &'static [Table],
    titled: usize,
}

impl<'w> Writer<'w> {
    pub(in crate::store::transfer) fn begin(
        out: &'w mut dyn Write,
        header: &Header,
    ) -> Result<Self, Fault> {
        let mut writer = Self {
            out,
            digest: Sha256::new(),
            line: Vec::new(),
            counts: Counts::none(header.schema),
            tables: tables(header.schema),
            titled: 0,
        };
        serde_json::to_writer(&mut writer.line, header).map_err(|e| unwritten(&e.into()))?;
        writer.end_line()?;
        Ok(writer)
    }

    fn end_line(&mut self) -> Result<(), Fault> {
        self.line.push(b'\n');
        self.digest.update(&self.line);
        self.out.write_all(&self.line).map_err(|e| unwritten(&e))?;
        self.line.clear();
        Ok(())
    }

    /// Writes the headings of the tables up to this position.
    fn title(&mut self, upto: usize) -> Result<(), Fault> {
        while self.titled < upto {
            let title = Title::of(&self.tables[self.titled]);
            serde_json::to_writer(&mut self.line, &title).map_err(|e| unwritten(&e.into()))?;
            self.end_line()?;
            self.titled += 1;
        }
        Ok(())
    }

    pub(in crate::store::transfer) fn row(
        &mut self,
        place: usize,
        row: &[Value],
    ) -> Result<(), Fault> {
        self.title(place + 1)?;
        self.counts.add(place);
        for (at, value) in row.iter().enumerate() {
            self.line.push(if at == 0 { b'[' } else { b',' });
            self.cell(value).map_err(|e| unwritten(&e))?;
        }
        self.line.push(b']');
        self.end_line()
    }

    fn cell(&mut self, value: &Value) -> std::io::Result<()> {
        let line = &mut self.line;
        match value {
            Value::Int(Some(number)) => write!(line, "{number}"),
            Value::Text(Some(text)) => Ok(serde_json::to_writer(line, text)?),
            Value::Blob(Some(blob)) => write!(line, "\"{}\"", STANDARD.encode(blob)),
            Value::Int(None) | Value::Text(None) | Value::Blob(None) => line.write_all(b"null"),
        }
    }

    /// Writes the end, and returns its SHA-256.
    pub(in crate::store::transfer) fn end(mut self) -> Result<(Counts, String), Fault> {
        self.title(self.tables.len())?;
        let sum = hex(&self.digest.clone().finalize());
        let end = trailer(&self.counts, &sum);
        self.line.extend_from_slice(end.as_bytes());
        self.end_line()?;
        self.out.flush().map_err(|e| unwritten(&e))?;
        Ok((self.counts, sum))
    }
}

fn unwritten(error: &std::io::Error) -> Fault {
    match error.kind() {
        std::io::ErrorKind::StorageFull => Fault::Full("backup".into()),
        _ => Fault::Unwritten(error.to_string()),
    }
}
