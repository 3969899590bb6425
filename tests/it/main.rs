//! The first test binary: the store and the rules on an SQLite file (`tests/postgres` has the same on a server), stories told through `admit::cli::run`, and runs of
//! the real executable.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking, in their helpers too"
)]

mod architecture;
mod documents;
mod engine;
mod english;
mod exe;
mod file_only;
mod gate_contract;
mod generated;
mod inbox;
mod model;
mod races;
mod rules;
mod rules_in_sql;
mod store;
mod story;
mod support;
mod wording;
