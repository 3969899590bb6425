//! How a verb goes through people: one by one, or a file of them, with what is reported and what happens after the commit.
//!
//! | module | its job |
//! |---|---|
//! | [`people`] | whom a command is about, and [`Verb`](people::Verb): what it does to one of them |
//! | [`each`] | the way in: people on the command line, each a transaction, or a file |
//! | `bulk`, [`ledger`] | a file: check, change, report |
//! | [`lookup`], [`misplaced`] | a name or an option in the place of an address |
//! | [`input`] | the rows of a file: CSV, JSON lines, addresses |
//! | `read_back`, `undelivered` | after the commit: what is stored now, the mail that was queued |
//! | [`told`] | a verb's result as a row; the words are the verb's own |
//! | [`term`] | `--for` and `--until` |

mod bulk;
pub mod each;
pub mod input;
pub mod ledger;
pub mod lookup;
pub mod misplaced;
pub mod people;
mod read_back;
pub mod term;
pub mod told;
mod undelivered;
