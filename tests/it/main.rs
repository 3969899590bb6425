//! The one test binary: the store and the rules on every engine, stories told through `admit::cli::run`, and runs of
//! the real executable.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking, in their helpers too"
)]

mod architecture;
mod exe;
mod generated;
mod model;
mod races;
mod rules;
mod rules_in_sql;
mod store;
mod story;
mod support;
