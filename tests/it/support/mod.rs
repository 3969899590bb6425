//! What the tests share.

pub(crate) mod bench_codes;
pub(crate) mod bench_store;
pub(crate) mod judge;
pub(crate) mod phone;
pub(crate) mod world;
