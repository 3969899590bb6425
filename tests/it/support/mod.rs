//! What the tests share.

pub(crate) mod judge;
pub(crate) mod world;
