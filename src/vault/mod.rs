//! Secrets: key file, encryption, tokens, password hashing, codes.
//!
//! [`Vault`] is what the other modules use. It is made from the master keys ([`keyfile`]) and the
//! [`Entropy`], and bound to a store by that store's id and its current key; then it encrypts what the store
//! must not show, derives the tokens in links, and hashes what is only counted. Passwords need no key: see
//! [`password`] and [`common`].
//!
//! A stolen store alone reveals nothing: encrypted data needs the key file, tokens are stored only as hashes,
//! and a link's token is not stored at all but derived again from the key and the link's nonce when the mail
//! is sent.
//!
//! A master key is never used directly. Binding derives three subkeys from each, by HKDF-Expand (RFC 5869,
//! 2.3; one block, because the master key is already uniform) over a label and the store's id: one encrypts,
//! one derives link tokens, one hashes. So a value for one use or one store is meaningless in another, and
//! nothing is derived again per call.

mod authorities;
mod backup_code;
mod binding;
mod code;
pub mod common;
mod entropy;
mod erased;
pub mod keyfile;
mod keyring;
mod last_seen;
pub mod password;
mod quote;
mod sealing;
mod secret;
pub mod slots;
mod token;
mod totp;

use std::fmt;
use std::path::PathBuf;

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use zeroize::Zeroize as _;

pub use authorities::{Authorities, distrust};
pub use backup_code::BackupCode;
pub use code::{Code, Digits};
pub use entropy::Entropy;
pub use erased::ErasedList;
pub use keyfile::KeyFileError;
pub use keyring::{KeyId, KeyRing, KeyTextError};
pub use last_seen::{LastSeen, LastSeenList, Place, PlaceRole, Sighting};
pub use password::{HashCost, HashCosts, Verdict};
#[cfg(feature = "testing")]
pub use sealing::OVERHEAD;
pub use sealing::{AccountKey, KEY_AT, KEY_BYTES};
pub use secret::Secret;
pub use token::{Purpose, Token, TokenHash};
pub use totp::{STEP_SECONDS, TotpSecret, step_at};

/// What can go wrong in this module. No message contains a secret.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// The operating system gave no random bytes.
    #[error("the operating system gave no random bytes")]
    NoRandomness,
    /// The vault was used before [`Vault::bind`] told it the store's id.
    #[error("the vault is not bound to a store yet")]
    NotBound,
    /// A value was encrypted with a master key that is not in the key file.
    #[error("this was encrypted with key {0}, which is not in the key file")]
    NoSuchKey(KeyId),
    /// An encrypted value was changed, cut short, or belongs to another record, purpose or store.
    #[error("an encrypted value is damaged or does not belong here")]
    BadBox,
    /// More than can be encrypted at once (256 GiB).
    #[error("the value is too long to encrypt")]
    TooLong,
    /// A text is not a token.
    #[error("this is not a token")]
    BadToken,
    /// A stored password hash is not an Argon2id PHC string, or exceeds the maximum of [`HashCost`].
    #[error("a stored password hash is damaged or of an unsupported kind")]
    BadHash,
    /// A cost for password hashing is out of range.
    #[error("{what} for password hashing must be from {least} to {most}, not {given}")]
    Cost {
        /// Which figure: "memory in KiB", "passes" or "lanes".
        what: &'static str,
        /// The requested value.
        given: u32,
        /// The minimum.
        least: u32,
        /// The maximum.
        most: u32,
    },
    /// There was not enough memory to hash a password.
    #[error("not enough memory to hash a password: {memory_kib} KiB are required")]
    NoMemory {
        /// Memory for one hash, in KiB.
        memory_kib: u32,
    },
    /// The key file cannot be used.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
}

type HmacSha256 = Hmac<Sha256>;

/// The purpose under which account keys are encrypted.
pub const ACCOUNT_KEY: &str = "account-key";
/// Stands for the store's id before [`Vault::bind`]; no store has it.
const UNBOUND: [u8; 16] = [0; 16];

/// The master keys, ready for use with one store.
pub struct Vault {
    ring: KeyRing,
    entropy: Entropy,
    store: Option<[u8; 16]>,
    /// In the order of the ring.
    keys: Vec<Subkeys>,
    /// Which of them encrypts.
    current: usize,
    /// The file to search for a key that the ring does not have.
    source: Option<PathBuf>,
}

/// What is derived from one master key for one store.
struct Subkeys {
    id: KeyId,
    sealing: Secret<[u8; 32]>,
    link: HmacSha256,
    hashing: HmacSha256,
}

impl Vault {
    /// The id of the key that encrypts new data and derives new links: to be recorded with each link.
    pub fn key_id(&self) -> KeyId {
        self.current().id
    }

    /// The key that encrypted a value, without decrypting it; `None` if it is not an encrypted value. Used
    /// for changing to a new key.
    #[cfg(feature = "testing")]
    pub fn key_of(sealed: &[u8]) -> Option<KeyId> {
        sealing::key_id(sealed)
    }

    /// The source of randomness that this vault was given.
    pub fn entropy(&self) -> &Entropy {
        &self.entropy
    }

    /// Encrypts `plain` for the record with the key `record` (any bytes) in the column or use named by `purpose`;
    /// both are needed again to decrypt it. The result is 45 bytes longer than its content.
    ///
    /// # Errors
    /// [`VaultError::NotBound`], [`VaultError::NoRandomness`], [`VaultError::TooLong`].
    pub fn seal(&self, purpose: &str, record: &[u8], plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let identity = self.identity(purpose, record)?;
        let current = self.current();
        let key = (current.id, current.sealing.expose());
        sealing::seal(key, &self.entropy, &identity, plain)
    }

    /// Decrypts the result of [`Vault::seal`] for the same purpose and record of the same store, with any key
    /// of the key file.
    ///
    /// # Errors
    /// [`VaultError::NoSuchKey`] if its key is not in the key file, [`VaultError::BadBox`] if it was
    /// changed or belongs elsewhere, [`VaultError::NotBound`].
    pub fn open(
        &self,
        purpose: &str,
        record: &[u8],
        sealed: &[u8],
    ) -> Result<Secret<Vec<u8>>, VaultError> {
        let identity = self.identity(purpose, record)?;
        let id = sealing::key_id(sealed).ok_or(VaultError::BadBox)?;
        let subkeys = self.subkeys(id).ok_or(VaultError::NoSuchKey(id))?;
        sealing::open(subkeys.sealing.expose(), &identity, sealed)
    }

    /// The token of a link: HMAC-SHA-256(link subkey, store id ‖ purpose ‖ nonce). The same arguments give
    /// the same token, so it can be derived again when the mail is sent; the store keeps the nonce,
    /// [`Vault::key_id`] and the token's hash, never the token.
    ///
    /// The nonce must be random and used for one link only. The vault must be bound.
    pub fn link_token(&self, purpose: Purpose, nonce: &[u8; 16]) -> Token {
        self.current().link_token(self.store_id(), purpose, nonce)
    }

    /// [`Vault::link_token`] derived with the key with this id; `None` if that key is no longer in the key
    /// file.
    pub fn link_token_with(&self, id: KeyId, purpose: Purpose, nonce: &[u8; 16]) -> Option<Token> {
        let subkeys = self.subkeys(id)?;
        Some(subkeys.link_token(self.store_id(), purpose, nonce))
    }

    /// A token of 256 random bits, for values that are returned at once (sessions, sign-in tokens).
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn random_token(&self, purpose: Purpose) -> Result<Token, VaultError> {
        let mut bits = self.entropy.bytes()?;
        let token = Token::from_bits(purpose, &bits);
        bits.zeroize();
        Ok(token)
    }

    /// HMAC-SHA-256 with the hashing subkey of the current key, over the purpose with its length and the
    /// data: recognises equal values without revealing them, for example to count attempts at unknown
    /// addresses (rule L10). A new current key gives other hashes, so only short-lived data may depend on it:
    /// values are compared with all of [`Vault::keyed_hashes`], and counts start again (only an operator can
    /// change the key). The vault must be bound.
    pub fn keyed_hash(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        self.store_id();
        self.current().keyed_hash(purpose, data)
    }

    /// [`Vault::keyed_hash`] of several parts, each with its length, so that no two lists look the same.
    pub fn keyed_hash_of(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut data = Vec::new();
        for part in parts {
            data.extend((part.len() as u64).to_be_bytes());
            data.extend(*part);
        }
        self.keyed_hash(purpose, &data)
    }

    /// [`Vault::keyed_hash`] with every key of the ring, the current one first.
    pub fn keyed_hashes(
        &self,
        purpose: &str,
        data: &[u8],
    ) -> impl Iterator<Item = [u8; 32]> + use<'_> {
        let others = self.keys.iter().filter(|key| key.id != self.key_id());
        let hashes: Vec<_> = std::iter::once(self.current())
            .chain(others)
            .map(|key| key.keyed_hash(purpose, data))
            .collect();
        hashes.into_iter()
    }

    /// A new key for one account, and its encrypted form for the store. Deleting that (and its backups)
    /// erases everything that the key ever encrypted.
    ///
    /// # Errors
    /// As [`Vault::seal`].
    pub fn new_account_key(
        &self,
        account_ref: &[u8; 16],
    ) -> Result<(AccountKey, Vec<u8>), VaultError> {
        let key = AccountKey::new(Secret::new(self.entropy.bytes()?));
        let sealed = self.seal(ACCOUNT_KEY, account_ref, key.expose())?;
        Ok((key, sealed))
    }

    /// Decrypts an account's key.
    ///
    /// # Errors
    /// As [`Vault::open`]; also [`VaultError::BadBox`] if the content is not a key.
    pub fn open_account_key(
        &self,
        account_ref: &[u8; 16],
        sealed: &[u8],
    ) -> Result<AccountKey, VaultError> {
        let plain = self.open(ACCOUNT_KEY, account_ref, sealed)?;
        let key = <[u8; 32]>::try_from(plain.as_bytes()).map_err(|_| VaultError::BadBox)?;
        Ok(AccountKey::new(Secret::new(key)))
    }

    fn identity(&self, purpose: &str, record: &[u8]) -> Result<Vec<u8>, VaultError> {
        let store = self.store.as_ref().ok_or(VaultError::NotBound)?;
        Ok(sealing::identity(store, purpose, record))
    }

    /// The random id of the store that it is bound to.
    pub fn store_id(&self) -> &[u8; 16] {
        debug_assert!(self.store.is_some(), "the vault is not bound to a store");
        self.store.as_ref().unwrap_or(&UNBOUND)
    }

    fn subkeys(&self, id: KeyId) -> Option<&Subkeys> {
        self.keys.iter().find(|subkeys| subkeys.id == id)
    }

    fn current(&self) -> &Subkeys {
        &self.keys[self.current]
    }
}

impl Subkeys {
    fn derive(id: KeyId, master: &[u8; 32], store: &[u8; 16]) -> Self {
        let subkey = |label: &[u8]| Secret::new(expand(master, label, store));
        Self {
            id,
            sealing: subkey(b"admit 1 sealing"),
            link: keyed(subkey(b"admit 1 link").expose()),
            hashing: keyed(subkey(b"admit 1 hashing").expose()),
        }
    }

    fn link_token(&self, store: &[u8; 16], purpose: Purpose, nonce: &[u8; 16]) -> Token {
        let mut mac = self.link.clone();
        mac.update(store);
        // Every prefix has the same length, so the three parts cannot be confused.
        mac.update(purpose.prefix().as_bytes());
        mac.update(nonce);
        let mut bits: [u8; 32] = mac.finalize().into_bytes().into();
        let token = Token::from_bits(purpose, &bits);
        bits.zeroize();
        token
    }

    fn keyed_hash(&self, purpose: &str, data: &[u8]) -> [u8; 32] {
        let mut mac = self.hashing.clone();
        mac.update(&(purpose.len() as u64).to_le_bytes());
        mac.update(purpose.as_bytes());
        mac.update(data);
        mac.finalize().into_bytes().into()
    }
}

fn derive_all(ring: &KeyRing, store: &[u8; 16]) -> Vec<Subkeys> {
    ring.keys()
        .map(|(id, key)| Subkeys::derive(id, key, store))
        .collect()
}

/// HKDF-Expand to one block: HMAC(master, label ‖ 0 ‖ store id ‖ 1).
fn expand(master: &[u8; 32], label: &[u8], store: &[u8; 16]) -> [u8; 32] {
    let mut mac = keyed(master);
    mac.update(label);
    mac.update(&[0]);
    mac.update(store);
    mac.update(&[1]);
    mac.finalize().into_bytes().into()
}

fn keyed(key: &[u8; 32]) -> HmacSha256 {
    // A key shorter than HMAC's block is padded with zeros (RFC 2104, 2).
    let mut block = [0; 64];
    block[..32].copy_from_slice(key);
    let mac = HmacSha256::new(&block.into());
    block.zeroize();
    mac
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault")
            .field("ring", &self.ring)
            .field("bound", &self.store.is_some())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
