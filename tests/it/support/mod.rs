//! What the tests share.

pub(crate) mod bench_store;
