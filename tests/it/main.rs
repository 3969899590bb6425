//! The one test binary: stories told through `admit::cli::run`, and runs of the real executable.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "tests fail by panicking, in their helpers too"
)]

mod exe;
mod story;
mod support;
