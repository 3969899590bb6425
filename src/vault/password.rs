//! Password hashing: Argon2id (RFC 9106), stored as PHC strings.
//!
//! The caller passes the password in Unicode normal form C and has decided whether it is acceptable; here it
//! is hashed whole, never cut. Parameters in a stored string are checked before any memory is allocated for
//! them, so a tampered row can neither exhaust memory nor keep a processor busy for minutes. For unknown
//! people [`dummy`] does the same work.
//!
//! One computation takes [`HashCost::memory_kib`] and cannot be interrupted: callers that run several at once
//! must limit their number.

use argon2::password_hash::phc::{Output, PasswordHash, Salt};
use argon2::{Algorithm, Argon2, Params, Version};
use subtle::ConstantTimeEq as _;
use zeroize::Zeroizing;

use super::{Entropy, Secret, VaultError};

mod costs;

pub use costs::HashCosts;

/// Bytes of a new salt (RFC 9106, 3.1: 16 recommended).
const SALT: usize = 16;
/// Bytes of a tag (RFC 9106, 4: 256 bits in both recommended settings).
const TAG: usize = 32;
/// Lengths of salts that are accepted in a stored string, in bytes. RFC 9106 requires at least 8.
const SALTS: std::ops::RangeInclusive<usize> = 8..=64;
/// The longest PHC string that is accepted.
const LONGEST_PHC: usize = 256;
/// The start of every accepted PHC string.
const PHC_START: &str = "$argon2id$v=19$";
/// The first part of a PHC string, in bytes, that contains the cost: the longest figures are those of the
/// maximum.
#[cfg(feature = "testing")]
pub const PHC_HEAD: usize = PHC_START.len() + "m=1048576,t=16,p=16$".len();
/// The maximum for new hashes and stored strings.
const CEILING: HashCost = HashCost {
    memory_kib: 1024 * 1024,
    passes: 16,
    lanes: 16,
};

/// The cost of one hash, for us and for an attacker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HashCost {
    /// Memory in KiB (the RFC's *m*).
    pub memory_kib: u32,
    /// Passes over that memory (*t*).
    pub passes: u32,
    /// Lanes, which can be computed in parallel (*p*).
    pub lanes: u32,
}

impl Default for HashCost {
    /// RFC 9106's second recommendation: 64 MiB, 3 passes, 4 lanes.
    fn default() -> Self {
        Self {
            memory_kib: 64 * 1024,
            passes: 3,
            lanes: 4,
        }
    }
}

/// The result of [`verify`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The password is correct.
    Right {
        /// The hash has another cost than the current one: make a new one while the password is available.
        rehash: bool,
    },
    /// It is wrong, or there is no password.
    Wrong,
}

impl HashCost {
    /// The minimum for a policy: OWASP's (Password Storage Cheat Sheet), 19 MiB, 2 passes, 1 lane.
    pub const FLOOR: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
        lanes: 1,
    };

    /// A cost for a policy: each figure from [`HashCost::FLOOR`] to 1 GiB, 16 passes and 16 lanes.
    ///
    /// # Errors
    /// [`VaultError::Cost`] names the first figure that is out of range.
    pub fn checked(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, VaultError> {
        let (floor, top) = (Self::FLOOR, CEILING);
        let figures = [
            (
                "memory in KiB",
                memory_kib,
                floor.memory_kib,
                top.memory_kib,
            ),
            ("passes", passes, floor.passes, top.passes),
            ("lanes", lanes, floor.lanes, top.lanes),
        ];
        for (what, given, least, most) in figures {
            if !(least..=most).contains(&given) {
                return Err(VaultError::Cost {
                    what,
                    given,
                    least,
                    most,
                });
            }
        }
        Ok(Self {
            memory_kib,
            passes,
            lanes,
        })
    }

    /// Hashes a password (already in normal form C) with a new salt of 16 bytes into a PHC string with a tag
    /// of 32. The minimum is not checked here, so that tests can be fast: costs from a policy go through
    /// [`HashCost::checked`].
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`], [`VaultError::NoMemory`], or [`VaultError::BadHash`] for
    /// figures that Argon2 does not support (no lane, less than 8 KiB per lane) or that would not be accepted
    /// when read again.
    pub fn hash(&self, password: &Secret<String>, entropy: &Entropy) -> Result<String, VaultError> {
        let salt: [u8; SALT] = entropy.bytes()?;
        let tag = self.compute(password, &salt)?;
        self.phc(&salt, &tag)
    }

    /// The computation shared by hashing, verifying and the dummy.
    fn compute(
        self,
        password: &Secret<String>,
        salt: &[u8],
    ) -> Result<Zeroizing<[u8; TAG]>, VaultError> {
        let mut tag = Zeroizing::new([0; TAG]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params()?)
            .hash_password_into(password.as_bytes(), salt, tag.as_mut_slice())
            .map_err(|error| match error {
                argon2::Error::OutOfMemory => VaultError::NoMemory {
                    memory_kib: self.memory_kib,
                },
                _ => VaultError::BadHash,
            })?;
        Ok(tag)
    }

    /// The figures as the algorithm takes them, if they do not exceed the maximum.
    fn params(self) -> Result<Params, VaultError> {
        let within = self.memory_kib <= CEILING.memory_kib
            && self.passes <= CEILING.passes
            && self.lanes <= CEILING.lanes;
        if !within {
            return Err(VaultError::BadHash);
        }
        Params::new(self.memory_kib, self.passes, self.lanes, Some(TAG))
            .map_err(|_| VaultError::BadHash)
    }

    /// The cost of a stored hash, read from the beginning of its PHC string: everything up to the third figure and the
    /// dollar sign after it, at most 35 bytes. `None` for anything that [`verify`] would not read either.
    pub fn of_phc(phc: &str) -> Option<Self> {
        let figures = phc.strip_prefix(PHC_START)?.split_once('$')?.0;
        let mut values = figures.split([',', '=']).skip(1).step_by(2);
        let mut next = || values.next()?.parse().ok();
        let cost = Self {
            memory_kib: next()?,
            passes: next()?,
            lanes: next()?,
        };
        // Each figure in its one form, and nothing else.
        (cost.figures() == figures && cost.params().is_ok()).then_some(cost)
    }

    /// The start of every PHC string of this cost, up to but excluding the dollar sign before the salt.
    pub fn phc_start(self) -> String {
        format!("{PHC_START}{}", self.figures())
    }

    fn phc(self, salt: &[u8], tag: &[u8; TAG]) -> Result<String, VaultError> {
        let salt = Salt::new(salt).map_err(|_| VaultError::BadHash)?;
        let tag = Output::new(tag).map_err(|_| VaultError::BadHash)?;
        Ok(format!("{}${salt}${tag}", self.phc_start()))
    }

    /// The part of a PHC string that contains the cost.
    fn figures(self) -> String {
        let Self {
            memory_kib,
            passes,
            lanes,
        } = self;
        format!("m={memory_kib},t={passes},p={lanes}")
    }
}

/// Compares a password (in normal form C) with a stored PHC string, in a time that does not depend on how
/// much of it is correct. `wanted` is the cost of a new hash.
///
/// An empty string means an account without a password: the result is `Wrong`, after the work of a [`dummy`]
/// at the wanted cost.
///
/// # Errors
/// [`VaultError::BadHash`] for anything but Argon2id, version 0x13, exactly `m`, `t`, `p` within 1
/// GiB, 16 and 16, a salt of 8 to 64 bytes and a tag of 32; [`VaultError::NoMemory`].
pub fn verify(
    password: &Secret<String>,
    phc: &str,
    wanted: &HashCost,
) -> Result<Verdict, VaultError> {
    if phc.is_empty() {
        dummy(password, wanted)?;
        return Ok(Verdict::Wrong);
    }
    let stored = Stored::parse(phc)?;
    let tag = stored.cost.compute(password, &stored.salt)?;
    if bool::from(tag.as_slice().ct_eq(stored.tag.as_bytes())) {
        let rehash = stored.cost != *wanted || stored.salt.len() != SALT;
        Ok(Verdict::Right { rehash })
    } else {
        Ok(Verdict::Wrong)
    }
}

/// Does the same work as [`verify`] with a hash of this cost, and never succeeds: for unknown people or those
/// without a password, so that they take the same time.
///
/// # Errors
/// As [`verify`].
pub fn dummy(password: &Secret<String>, cost: &HashCost) -> Result<(), VaultError> {
    let phc = cost.phc(&[0; SALT], &[0; TAG])?;
    verify(password, &phc, cost).map(|_| ())
}

/// A stored string that passed every check.
struct Stored {
    cost: HashCost,
    salt: Salt,
    tag: Output,
}

impl Stored {
    fn parse(phc: &str) -> Result<Self, VaultError> {
        Self::read(phc).ok_or(VaultError::BadHash)
    }

    fn read(phc: &str) -> Option<Self> {
        if phc.len() > LONGEST_PHC {
            return None;
        }
        let hash = PasswordHash::new(phc).ok()?;
        let known = hash.algorithm.as_str() == Algorithm::Argon2id.as_str()
            && hash.version == Some(Version::V0x13.into());
        if !known {
            return None;
        }
        let cost = HashCost {
            memory_kib: hash.params.get_decimal("m")?,
            passes: hash.params.get_decimal("t")?,
            lanes: hash.params.get_decimal("p")?,
        };
        // Nothing else, nothing twice, and each figure in its one form.
        if hash.params.as_str() != cost.figures() {
            return None;
        }
        cost.params().ok()?;
        let salt = hash.salt.filter(|salt| SALTS.contains(&salt.len()))?;
        let tag = hash.hash.filter(|tag| tag.len() == TAG)?;
        Some(Self { cost, salt, tag })
    }
}

#[cfg(test)]
mod tests;
