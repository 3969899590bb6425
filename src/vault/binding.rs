//! Which key of the ring is the current one: this is recorded in the store, not in the file.

use std::path::Path;

use super::{
    Entropy, KeyFileError, KeyId, KeyRing, UNBOUND, Vault, VaultError, derive_all, keyfile,
};

impl Vault {
    /// A vault that knows its keys but not its store yet: see [`Vault::bind`].
    pub fn new(ring: KeyRing, entropy: Entropy) -> Self {
        let keys = derive_all(&ring, &UNBOUND);
        Self {
            ring,
            entropy,
            store: None,
            keys,
            current: 0,
            source: None,
        }
    }

    /// The same with the keys of a file. If the store needs a key that was added since, the file is read
    /// again: see [`Vault::turn_to`].
    ///
    /// # Errors
    /// See [`KeyFileError`].
    pub fn from_file(path: &Path, entropy: Entropy) -> Result<Self, KeyFileError> {
        let ring = keyfile::load(path)?;
        Ok(Self {
            source: Some(path.to_owned()),
            ..Self::new(ring, entropy)
        })
    }

    /// Sets the store that the vault serves, by the random id that the store got when it was created, and its
    /// current key. Every other key of the ring can still decrypt. Binding again (after a restore) replaces
    /// the previous store.
    ///
    /// # Errors
    /// [`VaultError::NoSuchKey`]: nothing was changed.
    pub fn bind(&mut self, store_id: [u8; 16], key: KeyId) -> Result<(), VaultError> {
        self.current = self.place_of(key).ok_or(VaultError::NoSuchKey(key))?;
        self.keys = derive_all(&self.ring, &store_id);
        self.store = Some(store_id);
        Ok(())
    }

    /// Makes another key the current one. If it is not in the ring, the key file is read again, if the keys
    /// came from one; the ring then has the keys in the file.
    ///
    /// # Errors
    /// [`VaultError::NoSuchKey`], [`VaultError::KeyFile`]: nothing was changed.
    pub fn turn_to(&mut self, key: KeyId) -> Result<(), VaultError> {
        if let Some(place) = self.place_of(key) {
            self.current = place;
            return Ok(());
        }
        let Some(path) = &self.source else {
            return Err(VaultError::NoSuchKey(key));
        };
        let mut fresh = Self::from_file(path, self.entropy.clone())?;
        fresh.bind(*self.store.as_ref().unwrap_or(&UNBOUND), key)?;
        fresh.store = self.store;
        *self = fresh;
        Ok(())
    }

    /// Whether the key file contains this key.
    pub fn has_key(&self, id: KeyId) -> bool {
        self.place_of(id).is_some()
    }

    /// The ids of all keys, in the order of the key file: newest first.
    pub fn key_ids(&self) -> impl Iterator<Item = KeyId> + '_ {
        self.ring.ids()
    }

    /// The first key of the key file: new stores use it, and `store rekey` changes to it.
    pub fn first_key(&self) -> KeyId {
        self.ring.first()
    }

    fn place_of(&self, key: KeyId) -> Option<usize> {
        self.ring.ids().position(|id| id == key)
    }
}
