//! What the tests share.

pub(crate) mod bad_server;
pub(crate) mod bench_codes;
pub(crate) mod bench_store;
pub(crate) mod cell;
pub(crate) mod certificates;
pub(crate) mod file;
pub(crate) mod judge;
mod pasted;
pub(crate) mod phone;
pub(crate) mod ports;
pub(crate) mod postfix;
pub(crate) mod world;
