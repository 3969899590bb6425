//! Files that people name, to be read.

use std::fs::File;
use std::io;
use std::path::Path;

use crate::store::is_open_here;

/// Opens a file for reading, unless it belongs to the store that is open: closing it again would drop the locks of the
/// store.
pub(in crate::cli) fn open(path: &Path) -> io::Result<File> {
    if is_open_here(path) {
        return Err(io::Error::other("it belongs to the store"));
    }
    File::open(path)
}
