//! Words and rules. Everything here is pure: the time is a parameter, nothing is read or printed.

pub mod address;
pub mod text;
pub mod when;
