//! Password hashing: Argon2id (RFC 9106), kept as PHC strings.
//!
//! The caller hands in the password in Unicode normal form C and has decided whether it is
//! acceptable; here it is hashed whole, never cut. Parameters that stand in a stored
//! string are judged before anything is allocated for them, so a tampered row can neither
//! exhaust memory nor hold a processor for minutes. For people who do not exist
//! [`dummy`] does the same work.
//!
//! One computation takes [`HashCost::memory_kib`] and is not interrupted: whoever runs
//! several at once must limit their number.

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
/// Salts that are accepted in a stored string, in bytes. RFC 9106 asks for 8 at least.
const SALTS: std::ops::RangeInclusive<usize> = 8..=64;
/// No PHC string that is accepted is longer.
const LONGEST_PHC: usize = 256;
/// What a PHC string that is accepted begins with.
const PHC_START: &str = "$argon2id$v=19$";
/// The beginning of a PHC string, in bytes, that shows what the hash costs: the longest figures are those of the ceiling.
#[cfg(feature = "testing")]
pub const PHC_HEAD: usize = PHC_START.len() + "m=1048576,t=16,p=16$".len();
/// The largest figures that are obeyed, in new hashes and in stored strings.
const CEILING: HashCost = HashCost {
    memory_kib: 1024 * 1024,
    passes: 16,
    lanes: 16,
};

/// What one hash costs whoever computes it, and whoever guesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct HashCost {
    /// Memory in KiB (the RFC's *m*).
    pub memory_kib: u32,
    /// Passes over that memory (*t*).
    pub passes: u32,
    /// Lanes, which could be computed side by side (*p*).
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

/// What [`verify`] found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the password.
    Right {
        /// The hash was made at another cost than the one that is wanted now: make a new
        /// one while the password is at hand.
        rehash: bool,
    },
    /// It is not, or there is none.
    Wrong,
}

impl HashCost {
    /// The least a policy may ask for: OWASP's minimum (Password Storage Cheat Sheet),
    /// 19 MiB, 2 passes, 1 lane.
    pub const FLOOR: Self = Self {
        memory_kib: 19 * 1024,
        passes: 2,
        lanes: 1,
    };

    /// A cost for a policy: each figure from [`HashCost::FLOOR`] to 1 GiB, 16 passes and
    /// 16 lanes.
    ///
    /// # Errors
    /// [`VaultError::Cost`] names the first figure outside and its range.
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

    /// Hashes a password (already in normal form C) with a new salt of 16 bytes into a PHC
    /// string with a tag of 32. The floor is not asked for here, so that tests can be quick:
    /// what comes from a policy goes through [`HashCost::checked`].
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`], [`VaultError::NoMemory`], or [`VaultError::BadHash`]
    /// for figures with which there is no Argon2 (no lane, less than 8 KiB a lane) or which
    /// would not be accepted when read again.
    pub fn hash(&self, password: &Secret<String>, entropy: &Entropy) -> Result<String, VaultError> {
        let salt: [u8; SALT] = entropy.bytes()?;
        let tag = self.compute(password, &salt)?;
        self.phc(&salt, &tag)
    }

    /// The one computation behind hashing, verifying and pretending to.
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

    /// The figures as the algorithm takes them, if they are within the ceiling.
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
        // Each figure in its one spelling, and nothing else.
        (cost.figures() == figures && cost.params().is_ok()).then_some(cost)
    }

    /// What every PHC string of this cost begins with, up to and without the dollar sign before the salt.
    pub fn phc_start(self) -> String {
        format!("{PHC_START}{}", self.figures())
    }

    fn phc(self, salt: &[u8], tag: &[u8; TAG]) -> Result<String, VaultError> {
        let salt = Salt::new(salt).map_err(|_| VaultError::BadHash)?;
        let tag = Output::new(tag).map_err(|_| VaultError::BadHash)?;
        Ok(format!("{}${salt}${tag}", self.phc_start()))
    }

    /// The part of a PHC string that tells the cost.
    fn figures(self) -> String {
        let Self {
            memory_kib,
            passes,
            lanes,
        } = self;
        format!("m={memory_kib},t={passes},p={lanes}")
    }
}

/// Compares a password (in normal form C) with a stored PHC string, in a time that does not
/// depend on how much of it is right. `wanted` is the cost that a new hash would have now.
///
/// An empty string is nobody's hash (an account without a password): it is `Wrong`, after
/// the work of a [`dummy`] at the wanted cost.
///
/// # Errors
/// [`VaultError::BadHash`] for anything but Argon2id, version 0x13, exactly `m`, `t`, `p`
/// within 1 GiB, 16 and 16, a salt of 8 to 64 bytes and a tag of 32;
/// [`VaultError::NoMemory`].
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

/// Does what [`verify`] does with a hash of this cost, and lets nobody in: for people who
/// do not exist or have no password, so that they take the same time.
///
/// # Errors
/// As [`verify`].
pub fn dummy(password: &Secret<String>, cost: &HashCost) -> Result<(), VaultError> {
    let phc = cost.phc(&[0; SALT], &[0; TAG])?;
    verify(password, &phc, cost).map(|_| ())
}

/// A stored string that passed every test.
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
        // Nothing else, nothing twice, and each figure in its one spelling.
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
