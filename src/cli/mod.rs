//! The terminal floor.

pub mod input;
