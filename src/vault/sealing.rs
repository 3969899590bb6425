//! Encryption: XChaCha20-Poly1305 with the record's identity as associated data.
//!
//! An encrypted value is `version ‖ key id ‖ nonce ‖ ciphertext and tag` (1 + 4 + 24 + *n* + 16 bytes); with
//! an account's own key it has no key id. The nonce is random: with 192 bits a repetition with one key is out
//! of the question (draft-irtf-cfrg-xchacha, 3.1). The record that a value belongs to is not written in it
//! but needed to decrypt it, so a value that was moved to another row, column or store cannot be decrypted
//! there.

use chacha20poly1305::aead::AeadInOut as _;
use chacha20poly1305::{KeyInit as _, Tag, XChaCha20Poly1305, XNonce};
use zeroize::Zeroize as _;

use super::{Entropy, KeyId, Secret, VaultError};

/// First byte of a value encrypted with a master key.
const MASTER: u8 = 1;
/// First byte of a value encrypted with an account's own key.
const ACCOUNT: u8 = 2;
const NONCE: usize = 24;
const TAG: usize = 16;

/// How many bytes longer than its content a value encrypted with a master key is.
#[cfg(feature = "testing")]
pub const OVERHEAD: usize = 1 + 4 + NONCE + TAG;

/// The position of the key id, with the first byte as number 1 (as `substr` counts in SQL).
pub const KEY_AT: usize = 2;
/// The length of the key id in bytes: those of [`KeyId::as_bytes`].
pub const KEY_BYTES: usize = 4;

/// What a value belongs to: each part preceded by its length, so that no two triples give the same bytes.
pub(super) fn identity(store: &[u8; 16], purpose: &str, record: &[u8]) -> Vec<u8> {
    let parts = [store.as_slice(), purpose.as_bytes(), record];
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| 8 + part.len()).sum());
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
        bytes.extend_from_slice(part);
    }
    bytes
}

/// Encrypts with a master key's subkey.
pub(super) fn seal(
    (id, key): (KeyId, &[u8; 32]),
    entropy: &Entropy,
    identity: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, VaultError> {
    let [a, b, c, d] = *id.as_bytes();
    encrypt(key, &[MASTER, a, b, c, d], entropy, identity, plain)
}

/// The id of the key of an encrypted value; `None` if it cannot be encrypted with a master key.
pub(super) fn key_id(sealed: &[u8]) -> Option<KeyId> {
    match sealed {
        [MASTER, a, b, c, d, rest @ ..] if rest.len() >= NONCE + TAG => {
            Some(KeyId::from_bytes([*a, *b, *c, *d]))
        }
        _ => None,
    }
}

/// Decrypts the result of [`seal`]. The caller has chosen the key by [`key_id`].
pub(super) fn open(
    key: &[u8; 32],
    identity: &[u8],
    sealed: &[u8],
) -> Result<Secret<Vec<u8>>, VaultError> {
    decrypt(key, sealed.get(5..).ok_or(VaultError::BadBox)?, identity)
}

/// The key of one account: the audit log encrypts personal fields with it, and destroying it erases all of
/// them at once.
pub struct AccountKey(Secret<[u8; 32]>);

impl AccountKey {
    pub(super) fn new(key: Secret<[u8; 32]>) -> Self {
        Self(key)
    }

    pub(super) fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// Encrypts `plain`; the same `aad` (what the value belongs to) is needed to decrypt it. The result is 41
    /// bytes longer than the content.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`], or [`VaultError::TooLong`] beyond 256 GiB.
    pub fn seal(&self, entropy: &Entropy, plain: &[u8], aad: &[u8]) -> Result<Vec<u8>, VaultError> {
        encrypt(self.expose(), &[ACCOUNT], entropy, aad, plain)
    }

    /// Decrypts the result of [`AccountKey::seal`].
    ///
    /// # Errors
    /// [`VaultError::BadBox`] if the value was changed, or belongs to something else.
    pub fn open(&self, sealed: &[u8], aad: &[u8]) -> Result<Secret<Vec<u8>>, VaultError> {
        match sealed {
            [ACCOUNT, rest @ ..] => decrypt(self.expose(), rest, aad),
            _ => Err(VaultError::BadBox),
        }
    }
}

impl std::fmt::Debug for AccountKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccountKey(…)")
    }
}

fn encrypt(
    key: &[u8; 32],
    header: &[u8],
    entropy: &Entropy,
    aad: &[u8],
    plain: &[u8],
) -> Result<Vec<u8>, VaultError> {
    let nonce: [u8; NONCE] = entropy.bytes()?;
    let content = header.len() + NONCE;
    let mut sealed = Vec::with_capacity(content + plain.len() + TAG);
    sealed.extend_from_slice(header);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(plain);
    let result = XChaCha20Poly1305::new(key.into()).encrypt_inout_detached(
        &XNonce::from(nonce),
        aad,
        (&mut sealed[content..]).into(),
    );
    if let Ok(tag) = result {
        sealed.extend_from_slice(&tag);
        Ok(sealed)
    } else {
        sealed.zeroize();
        Err(VaultError::TooLong)
    }
}

/// Decrypts `nonce ‖ ciphertext ‖ tag`.
fn decrypt(key: &[u8; 32], boxed: &[u8], aad: &[u8]) -> Result<Secret<Vec<u8>>, VaultError> {
    let (nonce, rest) = boxed
        .split_first_chunk::<NONCE>()
        .ok_or(VaultError::BadBox)?;
    let (content, tag) = rest.split_last_chunk::<TAG>().ok_or(VaultError::BadBox)?;
    let mut plain = content.to_vec();
    // The tag is checked before anything is decrypted.
    XChaCha20Poly1305::new(key.into())
        .decrypt_inout_detached(
            &XNonce::from(*nonce),
            aad,
            plain.as_mut_slice().into(),
            &Tag::from(*tag),
        )
        .map_err(|_| VaultError::BadBox)?;
    Ok(Secret::new(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: [u8; 32] = [7; 32];

    fn account(byte: u8) -> AccountKey {
        AccountKey::new(Secret::new([byte; 32]))
    }

    /// Every single-bit change and every cut of a box.
    fn damaged(good: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
        let flips = (0..good.len() * 8).map(|bit| {
            let mut bad = good.to_vec();
            bad[bit / 8] ^= 1 << (bit % 8);
            bad
        });
        let cuts = (0..good.len()).map(|len| good[..len].to_vec());
        flips.chain(cuts)
    }

    #[test]
    fn the_cipher_is_the_published_one() {
        // draft-irtf-cfrg-xchacha-03, A.3.1.
        let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let key: [u8; 32] = std::array::from_fn(|at| 0x80 + u8::try_from(at).unwrap());
        let aad = [
            0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7,
        ];
        let nonce: [u8; NONCE] = std::array::from_fn(|at| 0x40 + u8::try_from(at).unwrap());
        let mut text = plain.to_vec();
        let tag = XChaCha20Poly1305::new((&key).into())
            .encrypt_inout_detached(&XNonce::from(nonce), &aad, text.as_mut_slice().into())
            .unwrap();
        assert_eq!(text[..8], [0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b]);
        assert_eq!(tag[..4], [0xc0, 0x87, 0x59, 0x24]);
        let boxed = [nonce.as_slice(), &text, &tag].concat();
        let opened = decrypt(&key, &boxed, &aad).unwrap();
        assert_eq!(opened.expose(), plain);
    }

    #[test]
    fn every_damage_to_an_account_box_is_refused() {
        let sealed = account(1)
            .seal(&Entropy::seeded(1), b"Ada", b"row 7")
            .unwrap();
        assert_eq!(sealed.len(), 41 + 3);
        assert_eq!(account(1).open(&sealed, b"row 7").unwrap().expose(), b"Ada");
        for bad in damaged(&sealed) {
            assert!(matches!(
                account(1).open(&bad, b"row 7"),
                Err(VaultError::BadBox)
            ));
        }
        assert!(account(1).open(&sealed, b"row 8").is_err());
        assert!(account(1).open(&sealed, b"").is_err());
        assert!(account(2).open(&sealed, b"row 7").is_err());
    }

    #[test]
    fn a_box_of_one_kind_is_none_of_the_other() {
        let sealed = account(7).seal(&Entropy::seeded(1), b"Ada", b"").unwrap();
        assert_eq!(key_id(&sealed), None);
        let id = KeyId::from_bytes([1, 2, 3, 4]);
        let sealed = seal((id, &KEY), &Entropy::seeded(1), b"", b"Ada").unwrap();
        assert_eq!(key_id(&sealed), Some(id));
        assert_eq!(sealed[KEY_AT - 1..][..KEY_BYTES], *id.as_bytes());
        assert!(account(7).open(&sealed, b"").is_err());
    }

    #[test]
    fn empty_and_large_contents_come_back() {
        for len in [0, 1, 63, 64, 65, 100_000] {
            let plain = vec![0x5a; len];
            let sealed = account(1).seal(&Entropy::os(), &plain, b"x").unwrap();
            assert_eq!(account(1).open(&sealed, b"x").unwrap().expose(), &plain);
        }
    }

    #[test]
    fn no_nonce_is_used_twice() {
        let entropy = Entropy::seeded(1);
        let one = account(1).seal(&entropy, b"same", b"").unwrap();
        let two = account(1).seal(&entropy, b"same", b"").unwrap();
        assert_ne!(one[1..25], two[1..25]);
        assert_ne!(one[25..], two[25..]);
    }

    #[test]
    fn parts_of_an_identity_do_not_run_into_each_other() {
        let store = [0; 16];
        assert_ne!(identity(&store, "ab", b"c"), identity(&store, "a", b"bc"));
        assert_ne!(identity(&store, "", b"ab"), identity(&store, "ab", b""));
    }

    #[test]
    fn debug_shows_no_key() {
        assert_eq!(format!("{:?}", account(9)), "AccountKey(…)");
    }
}
