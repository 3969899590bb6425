//! The options that say how long: the same in every verb that has them.

use clap::Args;

use super::input::Row;
use crate::domain::access::Term;
use crate::domain::refusal::Refusal;
use crate::domain::when::{Period, parse_until};
use crate::ops::Op;

/// How long access lasts.
#[derive(Args, Clone, Debug, Default)]
#[group(multiple = false)]
pub struct TermArgs {
    /// Duration, such as 7d, 2w or 3mo
    #[arg(long = "for", value_name = "DURATION")]
    pub for_: Option<String>,

    /// End date, such as 2026-12-31
    #[arg(long, value_name = "TIME")]
    pub until: Option<String>,
}

impl TermArgs {
    /// What a row of a file says, or else the options.
    pub fn of_row(&self, row: &Row, op: &Op) -> Result<Option<Term>, Refusal> {
        match read(row.for_.as_deref(), row.until.as_deref(), op)? {
            Some(term) => Ok(Some(term)),
            None => self.term(op),
        }
    }

    /// Reads the options; `None` if none was given.
    pub fn term(&self, op: &Op) -> Result<Option<Term>, Refusal> {
        read(self.for_.as_deref(), self.until.as_deref(), op)
    }
}

/// Reads `for` and `until`, from options or from a row.
pub fn read(for_: Option<&str>, until: Option<&str>, op: &Op) -> Result<Option<Term>, Refusal> {
    match (for_, until) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err(Refusal::ForAndUntil),
        (Some(lapse), None) => Ok(Some(Term::For(
            Period::parse(lapse).map_err(Refusal::When)?,
        ))),
        (None, Some(until)) => Ok(Some(Term::Until(
            parse_until(until, op.now, &op.zone).map_err(Refusal::When)?,
        ))),
    }
}
