//! The terminal floor.
