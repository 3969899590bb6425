//! [`KeyRing`]: the master keys, and the text of a key file.
//!
//! One key per line: `admit-key-1 ID KEY CHECK`, all hexadecimal. Every one can decrypt, and the store
//! records which one encrypts; the first is the newest, which new stores use. Empty lines and lines that
//! start with `#` are ignored. The id is computed from the key, so the same key has the same id everywhere;
//! the check distinguishes a damaged line from a wrong key.

use std::fmt;

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, Zeroizing};

use super::{Entropy, Secret, VaultError};
use crate::domain::text::push_hex;

/// First word of a line. The number is the version of the line's format.
const MAGIC: &str = "admit-key-1";
/// The start of every version's first word.
const FAMILY: &str = "admit-key-";
/// Bytes of a line with a key.
const LINE: usize = MAGIC.len() + 1 + 8 + 1 + 64 + 1 + 16 + 1;
const NOTE: &str = "# Key of an admit store. Keep it secret, and keep a copy apart from the store's backups:\n\
                    # without it encrypted data cannot be read and links waiting in the outbox cannot be sent.\n";

/// Identifies a master key without revealing anything useful about it: the first four bytes of SHA-256(label
/// ‖ key). Stored in front of what the key encrypts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyId([u8; 4]);

impl KeyId {
    /// The id as it was stored.
    pub const fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    /// The four bytes to store.
    pub const fn as_bytes(&self) -> &[u8; 4] {
        &self.0
    }

    /// The number under which a store keeps it.
    pub fn to_stored(self) -> i64 {
        i64::from(u32::from_be_bytes(self.0))
    }

    /// Reads the stored number; a number out of range matches no key.
    pub fn from_stored(stored: i64) -> Self {
        Self(u32::try_from(stored).unwrap_or(0).to_be_bytes())
    }

    /// Reads eight lower-case hexadecimal digits, as `Display` writes them.
    pub fn parse(text: &str) -> Option<Self> {
        from_hex(text).map(Self)
    }

    fn of(key: &[u8; 32]) -> Self {
        let [a, b, c, d] = short_hash(b"admit key id 1", key);
        Self([a, b, c, d])
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", u32::from_be_bytes(self.0))
    }
}

impl fmt::Debug for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeyId({self})")
    }
}

/// One master key.
struct MasterKey {
    id: KeyId,
    key: Secret<[u8; 32]>,
}

/// The master keys, never empty; the first is the newest.
pub struct KeyRing {
    first: MasterKey,
    older: Vec<MasterKey>,
}

/// Why a text is not a key ring.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyTextError {
    /// The text contains no key.
    #[error("it contains no key")]
    Empty,
    /// This line (counted from 1) is cut short, changed, repeated, or not a key.
    #[error("line {0} is damaged")]
    Damaged(usize),
    /// This line (counted from 1) has a format that this version does not know.
    #[error("line {0} was written by a newer version")]
    Newer(usize),
}

impl KeyRing {
    /// The start of every line with a key, in any version.
    pub const FAMILY: &str = FAMILY;

    /// A ring with one new key.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn generate(entropy: &Entropy) -> Result<Self, VaultError> {
        let mut key = entropy.bytes()?;
        let ring = Self {
            first: MasterKey::new(&key),
            older: Vec::new(),
        };
        key.zeroize();
        Ok(ring)
    }

    /// Parses a key file's text, wherever it came from (a file, a command, a credential).
    ///
    /// # Errors
    /// See [`KeyTextError`]; one bad line makes the whole text invalid, because a missing key would
    /// be noticed too late.
    pub fn parse(text: &str) -> Result<Self, KeyTextError> {
        let mut keys: Vec<MasterKey> = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim_ascii();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = MasterKey::from_line(line, index + 1)?;
            if keys.iter().any(|other| other.id == key.id) {
                return Err(KeyTextError::Damaged(index + 1));
            }
            keys.push(key);
        }
        let mut keys = keys.into_iter();
        Ok(Self {
            first: keys.next().ok_or(KeyTextError::Empty)?,
            older: keys.collect(),
        })
    }

    /// The text that [`KeyRing::parse`] reads, with a comment for people who find the file.
    pub fn to_text(&self) -> Secret<String> {
        // Allocated at full size: growing would leave a copy behind.
        let mut text = String::with_capacity(NOTE.len() + LINE * self.ids().count());
        text.push_str(NOTE);
        for (id, key) in self.keys() {
            push_line(&mut text, id, key);
        }
        Secret::new(text)
    }

    /// A key file's text with one new key in front of the others, everything else (comments, empty lines)
    /// unchanged; and the new key's id.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub(super) fn with_new_key(
        before: &str,
        entropy: &Entropy,
    ) -> Result<(Zeroizing<String>, KeyId), VaultError> {
        let new = Self::generate(entropy)?;
        let is_key = |line: &str| line.trim_ascii_start().starts_with(FAMILY);
        let place = before
            .split_inclusive('\n')
            .take_while(|line| !is_key(line))
            .map(str::len)
            .sum();
        let (notes, keys) = before.split_at(place);
        // Allocated at full size: growing would leave a copy behind.
        let mut text = Zeroizing::new(String::with_capacity(before.len() + LINE));
        text.push_str(notes);
        for (id, key) in new.keys() {
            push_line(&mut text, id, key);
        }
        text.push_str(keys);
        Ok((text, new.first()))
    }

    /// The ids of all keys, the newest first.
    pub fn ids(&self) -> impl Iterator<Item = KeyId> + '_ {
        self.keys().map(|(id, _)| id)
    }

    /// The id of the newest key.
    pub fn first(&self) -> KeyId {
        self.first.id
    }

    /// All keys with their ids, the newest first.
    pub(super) fn keys(&self) -> impl Iterator<Item = (KeyId, &[u8; 32])> + '_ {
        std::iter::once(&self.first)
            .chain(&self.older)
            .map(MasterKey::pair)
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing ")?;
        f.debug_list().entries(self.ids()).finish()
    }
}

impl MasterKey {
    fn new(key: &[u8; 32]) -> Self {
        Self {
            id: KeyId::of(key),
            key: Secret::new(*key),
        }
    }

    fn pair(&self) -> (KeyId, &[u8; 32]) {
        (self.id, self.key.expose())
    }

    fn from_line(line: &str, number: usize) -> Result<Self, KeyTextError> {
        let damaged = KeyTextError::Damaged(number);
        let mut words = line.split(' ');
        match words.next() {
            Some(MAGIC) => {}
            Some(word) if is_other_version(word) => return Err(KeyTextError::Newer(number)),
            _ => return Err(damaged),
        }
        let mut word = || words.next().ok_or(damaged);
        let id = KeyId::parse(word()?).ok_or(damaged)?;
        let key = Zeroizing::new(from_hex::<32>(word()?).ok_or(damaged)?);
        let found = from_hex::<8>(word()?).ok_or(damaged)?;
        let intact = bool::from(check(id, &key).ct_eq(&found)) && id == KeyId::of(&key);
        if !intact || words.next().is_some() {
            return Err(damaged);
        }
        Ok(Self::new(&key))
    }
}

fn push_line(text: &mut String, id: KeyId, key: &[u8; 32]) {
    text.push_str(MAGIC);
    text.push(' ');
    push_hex(text, id.as_bytes());
    text.push(' ');
    push_hex(text, key);
    text.push(' ');
    push_hex(text, &check(id, key));
    text.push('\n');
}

fn is_other_version(word: &str) -> bool {
    word.strip_prefix(FAMILY)
        .is_some_and(|number| number.parse::<u32>().is_ok_and(|number| number > 1))
}

/// Distinguishes a damaged line from an intact one.
fn check(id: KeyId, key: &[u8; 32]) -> [u8; 8] {
    let mut data = Zeroizing::new([0; 36]);
    data[..4].copy_from_slice(&id.0);
    data[4..].copy_from_slice(key);
    short_hash(b"admit key check 1", data.as_slice())
}

/// The first bytes of SHA-256(label ‖ data).
fn short_hash<const N: usize>(label: &[u8], data: &[u8]) -> [u8; N] {
    let digest: [u8; 32] = Sha256::new()
        .chain_update(label)
        .chain_update(data)
        .finalize()
        .into();
    std::array::from_fn(|at| digest[at])
}

/// Reads exactly `N` bytes from lower-case hexadecimal digits.
fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        for &digit in pair {
            let value = match digit {
                b'0'..=b'9' => digit - b'0',
                b'a'..=b'f' => digit - b'a' + 10,
                _ => return None,
            };
            *byte = (*byte << 4) | value;
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(seed: u64) -> KeyRing {
        KeyRing::generate(&Entropy::seeded(seed)).unwrap()
    }

    fn lines(rings: &[&KeyRing]) -> String {
        let text = |ring: &&KeyRing| ring.to_text().expose().replace(NOTE, "");
        rings.iter().map(text).collect()
    }

    fn secrets(ring: &KeyRing) -> Vec<[u8; 32]> {
        ring.keys().map(|(_, key)| *key).collect()
    }

    #[test]
    fn written_and_read_again() {
        let (a, b) = (ring(1), ring(2));
        let both = KeyRing::parse(&lines(&[&a, &b])).unwrap();
        assert_eq!(secrets(&both), [secrets(&a), secrets(&b)].concat());
        assert_eq!(both.ids().next(), a.ids().next());
        let again = KeyRing::parse(both.to_text().expose()).unwrap();
        assert_eq!(secrets(&again), secrets(&both));
    }

    #[test]
    fn notes_blank_lines_and_line_ends_are_passed_over() {
        let text = format!("\r\n# note\n\n  {}\r\n\n", lines(&[&ring(1)]).trim_end());
        assert_eq!(secrets(&KeyRing::parse(&text).unwrap()), secrets(&ring(1)));
    }

    #[test]
    fn every_single_change_of_a_line_is_noticed() {
        let line = lines(&[&ring(1)]);
        let line = line.trim_end();
        for at in 0..line.len() {
            for other in ["0", "f", "F", " ", "x", ""] {
                let changed = format!("{}{other}{}", &line[..at], &line[at + 1..]);
                // A double blank or a changed magic are as bad as a changed digit.
                assert!(
                    changed == line || KeyRing::parse(&changed).is_err(),
                    "{at} {other:?}"
                );
            }
            assert!(KeyRing::parse(&line[..at]).is_err(), "cut at {at}");
        }
        assert!(KeyRing::parse(&format!("{line} more")).is_err());
    }

    #[test]
    fn a_key_under_another_keys_id_is_damaged() {
        let (a, b) = (ring(1), ring(2));
        let key = secrets(&a)[0];
        let id = b.ids().next().unwrap();
        let mut text = format!("{MAGIC} {id} ");
        push_hex(&mut text, &key);
        text.push(' ');
        push_hex(&mut text, &check(id, &key));
        assert_eq!(KeyRing::parse(&text).unwrap_err(), KeyTextError::Damaged(1));
    }

    #[test]
    fn each_fault_has_its_name() {
        let line = lines(&[&ring(1)]);
        let fault = |text: &str| KeyRing::parse(text).unwrap_err();
        assert_eq!(fault(""), KeyTextError::Empty);
        assert_eq!(fault("# only a note\n"), KeyTextError::Empty);
        assert_eq!(fault("\n\nhello"), KeyTextError::Damaged(3));
        assert_eq!(fault(&format!("{line}{line}")), KeyTextError::Damaged(2));
        assert_eq!(
            fault(&format!("{line}{}", &line[..40])),
            KeyTextError::Damaged(2)
        );
        assert_eq!(
            fault("admit-key-2 what comes later"),
            KeyTextError::Newer(1)
        );
        assert_eq!(fault("admit-key-0 x"), KeyTextError::Damaged(1));
    }

    #[test]
    fn ids_are_eight_digits_and_come_back() {
        let id = KeyId::from_bytes([0, 0xab, 1, 2]);
        assert_eq!(id.to_string(), "00ab0102");
        assert_eq!(KeyId::parse("00ab0102"), Some(id));
        assert_eq!(KeyId::parse("00AB0102"), None);
        assert_eq!(KeyId::parse("00ab01"), None);
        assert_eq!(KeyId::parse("+0ab0102"), None);
    }

    #[test]
    fn debug_shows_ids_only() {
        let ring = ring(9);
        let id = ring.ids().next().unwrap();
        assert_eq!(format!("{ring:?}"), format!("KeyRing [KeyId({id})]"));
    }
}
