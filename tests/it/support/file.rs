//! What only tests about files ask of a laboratory and a world.

use std::path::{Path, PathBuf};

use admit::store::{Fault, Location, Store};

use super::bench_store::Lab;
use super::world::World;

impl Lab {
    pub(crate) fn path(&self) -> PathBuf {
        self.place.url().into()
    }

    /// Opens a file as this store.
    pub(crate) fn open(&self, path: &Path, writable: bool) -> Result<Store, Fault> {
        Store::open(&Location::File(path.to_owned()), self.vault(2), writable)
    }
}

impl World {
    pub(crate) fn store_file(&self) -> PathBuf {
        self.place().url().into()
    }
}
