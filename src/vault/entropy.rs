//! [`Entropy`]: the only source of randomness.
//!
//! Everything random in the program comes from here and ultimately from the operating system's generator
//! (`getrandom(2)` and similar); `clippy.toml` forbids calling it anywhere else. Tests pass in a seeded one,
//! and get the same run each time.

use std::fmt;
#[cfg(feature = "testing")]
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::VaultError;

/// The source of randomness. Clones share one stream, also between threads.
///
/// Nothing is read ahead: every byte is requested from the operating system when it is needed. Otherwise a
/// copy of this process (a virtual machine snapshot that is started twice, a fork) would produce the same
/// tokens and nonces as the original; the kernel notices and starts a new stream.
#[derive(Clone)]
pub struct Entropy {
    source: Source,
}

#[derive(Clone)]
enum Source {
    Os,
    #[cfg(feature = "testing")]
    Seeded(Arc<Mutex<Seeded>>),
}

/// A stream for tests: the rest of the last block, and the number of the next block.
#[cfg(feature = "testing")]
struct Seeded {
    seed: u64,
    counter: u64,
    ready: Zeroizing<Vec<u8>>,
}

impl Entropy {
    /// The operating system's generator.
    pub fn os() -> Self {
        Self { source: Source::Os }
    }

    /// A stream that is the same for the same seed: block *i* is SHA-256(label ‖ seed ‖ *i*). Anyone who
    /// knows the seed knows everything made from it: only for tests.
    #[cfg(feature = "testing")]
    pub fn seeded(seed: u64) -> Self {
        let stream = Seeded {
            seed,
            counter: 0,
            ready: Zeroizing::default(),
        };
        Self {
            source: Source::Seeded(Arc::new(Mutex::new(stream))),
        }
    }

    /// Overwrites `out` with random bytes. No byte is returned twice.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`] if the operating system refuses; `out` is then zero.
    pub fn fill(&self, out: &mut [u8]) -> Result<(), VaultError> {
        match &self.source {
            Source::Os => {
                let result = from_os(out);
                if result.is_err() {
                    out.zeroize();
                }
                result
            }
            #[cfg(feature = "testing")]
            Source::Seeded(stream) => {
                let mut stream = stream.lock().unwrap_or_else(PoisonError::into_inner);
                out.fill_with(|| stream.byte());
                Ok(())
            }
        }
    }

    /// An array of random bytes.
    ///
    /// # Errors
    /// As [`Entropy::fill`].
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], VaultError> {
        let mut out = [0; N];
        self.fill(&mut out)?;
        Ok(out)
    }
}

#[cfg(feature = "testing")]
impl Seeded {
    fn byte(&mut self) -> u8 {
        if self.ready.is_empty() {
            let digest = Sha256::new()
                .chain_update(b"admit seeded entropy 1")
                .chain_update(self.seed.to_le_bytes())
                .chain_update(self.counter.to_le_bytes())
                .finalize();
            self.ready.extend(digest.iter().rev());
            self.counter += 1;
        }
        self.ready.pop().unwrap_or_default()
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place where it is allowed"
)]
fn from_os(out: &mut [u8]) -> Result<(), VaultError> {
    getrandom::fill(out).map_err(|_| VaultError::NoRandomness)
}

impl fmt::Debug for Entropy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entropy").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::thread;

    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_stream() {
        let a = Entropy::seeded(7).bytes::<100>().unwrap();
        let b = Entropy::seeded(7).bytes::<100>().unwrap();
        let c = Entropy::seeded(8).bytes::<100>().unwrap();
        assert_eq!(a, b);
        assert_ne!(a, c);
    }

    #[test]
    fn a_seeded_stream_stays_what_it_is() {
        // Snapshots elsewhere depend on it.
        let first = Entropy::seeded(1).bytes::<8>().unwrap();
        let expected = Sha256::digest(
            [
                b"admit seeded entropy 1".as_slice(),
                &1_u64.to_le_bytes(),
                &0_u64.to_le_bytes(),
            ]
            .concat(),
        );
        assert_eq!(first, expected[..8]);
    }

    #[test]
    fn the_stream_does_not_depend_on_how_it_is_cut() {
        let whole = Entropy::seeded(3).bytes::<90>().unwrap();
        let cut = Entropy::seeded(3);
        let mut parts = Vec::new();
        for len in [0, 1, 31, 32, 20, 6] {
            let mut part = vec![0; len];
            cut.fill(&mut part).unwrap();
            parts.extend(part);
        }
        assert_eq!(parts, whole);
    }

    #[test]
    fn clones_share_one_stream() {
        let a = Entropy::seeded(5);
        let b = a.clone();
        let both = [a.bytes::<16>().unwrap(), b.bytes::<16>().unwrap()].concat();
        assert_eq!(both, Entropy::seeded(5).bytes::<32>().unwrap());
    }

    /// A copy of the process would hand out whatever was read ahead a second time: nothing is kept between two draws, not
    /// even room for it.
    #[test]
    fn nothing_is_read_ahead() {
        let entropy = Entropy::os();
        entropy.bytes::<20>().unwrap();
        assert!(matches!(entropy.source, Source::Os));
        assert!(std::mem::size_of::<Entropy>() <= std::mem::size_of::<usize>());
    }

    #[test]
    fn no_value_comes_twice_from_the_system() {
        let entropy = Entropy::os();
        let mut seen = HashSet::new();
        thread::scope(|scope| {
            let workers: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(|| {
                        let draw = |_| entropy.bytes::<16>().unwrap();
                        (0..5_000).map(draw).collect::<Vec<_>>()
                    })
                })
                .collect();
            for worker in workers {
                for value in worker.join().unwrap() {
                    assert!(seen.insert(value));
                }
            }
        });
        assert_eq!(seen.len(), 20_000);
    }

    #[test]
    fn much_is_filled_to_the_end() {
        let mut out = vec![0; 5 * 1024 + 3];
        Entropy::os().fill(&mut out).unwrap();
        assert!(
            out.chunks(64)
                .all(|part| part.iter().any(|&b| b != 0) || part.len() < 8)
        );
    }

    #[test]
    fn debug_shows_no_byte() {
        assert_eq!(format!("{:?}", Entropy::seeded(42)), "Entropy { .. }");
    }
}
