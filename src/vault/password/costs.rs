//! The same work for every attempt, whatever the person's hash costs.
//!
//! After the cost of new hashes was changed, a store has hashes of several costs until everybody has signed
//! in again. If an attempt did only the work of the hash it is compared with, its time would show whether the
//! address exists. So each attempt makes one computation for each cost in use, in a fixed order: at most one
//! of them is a comparison, the others only take time. Nothing is estimated: the work is the same.

use super::{HashCost, Verdict, dummy, verify};
use crate::vault::{Secret, VaultError};

/// The costs of the hashes in a store, and the cost of a new hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashCosts {
    in_use: Vec<HashCost>,
    wanted: HashCost,
}

impl HashCosts {
    /// Each cost once, in the given order. If no hash is in use yet, an attempt does the work of a new one.
    pub fn new(in_use: impl IntoIterator<Item = HashCost>, wanted: HashCost) -> Self {
        let mut costs: Vec<HashCost> = Vec::new();
        for cost in in_use {
            if !costs.contains(&cost) {
                costs.push(cost);
            }
        }
        if costs.is_empty() {
            costs.push(wanted);
        }
        Self {
            in_use: costs,
            wanted,
        }
    }

    /// The most memory that one of the computations takes, in KiB.
    pub fn memory_kib(&self) -> u32 {
        let all = self.in_use.iter().chain([&self.wanted]);
        all.map(|cost| cost.memory_kib).max().unwrap_or_default()
    }

    /// Compares a password with a stored hash, as [`verify`] does, with the work of a [`HashCosts::dummy`]. A
    /// hash with a cost that was not in use when the costs were read (it was made since) adds its own.
    ///
    /// # Errors
    /// As [`verify`], after the same work if the hash cannot be read.
    pub fn verify(&self, password: &Secret<String>, phc: &str) -> Result<Verdict, VaultError> {
        let own = HashCost::of_phc(phc);
        let mut verdict = None;
        for cost in &self.in_use {
            if own == Some(*cost) {
                verdict = Some(verify(password, phc, &self.wanted)?);
            } else {
                dummy(password, cost)?;
            }
        }
        match verdict {
            Some(verdict) => Ok(verdict),
            None => verify(password, phc, &self.wanted),
        }
    }

    /// The work of a comparison for a person who is unknown or has no password.
    ///
    /// # Errors
    /// [`VaultError::NoMemory`].
    pub fn dummy(&self, password: &Secret<String>) -> Result<(), VaultError> {
        self.in_use
            .iter()
            .try_for_each(|cost| dummy(password, cost))
    }
}
