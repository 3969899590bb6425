//! The tests of `tests/it` that are about the store and what stands on it, word for word, on a PostgreSQL server: the
//! same modules with another `crate::engine`. What a server alone can suffer is in `server_only`, what a file alone can
//! suffer in `tests/it/file_only`, with the reasons.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking, in their helpers too"
)]

mod doors;
mod engine;
mod failover;
mod grants;
mod lost;
#[path = "../it/model.rs"]
mod model;
mod pooler;
mod programs;
#[path = "../it/races/mod.rs"]
mod races;
mod refused;
#[path = "../it/rules/mod.rs"]
mod rules;
#[path = "../it/rules_in_sql.rs"]
mod rules_in_sql;
mod server;
mod server_only;
#[path = "../it/store/mod.rs"]
mod store;
#[path = "../it/story/mod.rs"]
mod story;
mod support;
mod upgrade;
