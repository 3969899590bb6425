//! The executable: see the library.

fn main() {}
