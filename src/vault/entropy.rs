//! [`Entropy`]: the one source of randomness.
//!
//! Everything random in the program comes from here and ultimately from the operating
//! system's generator (`getrandom(2)` and its like); `clippy.toml` forbids asking it
//! anywhere else. Tests hand down a seeded one, and get the same run each time.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use super::VaultError;

/// Bytes asked of the operating system at once: enough for about ten invitations, and
/// few enough to be lost without regret at the end of the process.
const BLOCK: usize = 1024;

/// The source of randomness. Clones share one stream, also between threads.
///
/// Blocks are read ahead, so a process that forks must not go on using it on both sides:
/// this program never forks.
#[derive(Clone)]
pub struct Entropy {
    stream: Arc<Mutex<Stream>>,
}

/// Bytes read ahead, and where more come from.
struct Stream {
    source: Source,
    /// `ready[used..]` is fresh; everything before it was given away and is zero.
    ready: Zeroizing<Vec<u8>>,
    used: usize,
}

enum Source {
    Os,
    Seeded { seed: u64, counter: u64 },
}

impl Entropy {
    /// The operating system's generator.
    pub fn os() -> Self {
        Self::from_source(Source::Os, BLOCK)
    }

    /// A stream that is the same for the same seed: block *i* is SHA-256(label ‖ seed ‖ *i*).
    /// Whoever knows the seed knows everything made from it: for tests only.
    pub fn seeded(seed: u64) -> Self {
        Self::from_source(Source::Seeded { seed, counter: 0 }, Sha256::output_size())
    }

    fn from_source(source: Source, block: usize) -> Self {
        let stream = Stream {
            source,
            ready: Zeroizing::new(vec![0; block]),
            used: block,
        };
        Self {
            stream: Arc::new(Mutex::new(stream)),
        }
    }

    /// Overwrites `out` with random bytes. No byte is given out twice, and each is wiped
    /// here once it is given.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`] if the operating system refuses; `out` is then zero.
    pub fn fill(&self, out: &mut [u8]) -> Result<(), VaultError> {
        // A thread that panicked cannot have left a byte both given and fresh (see `take`).
        let mut stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner);
        let result = stream.fill(out);
        if result.is_err() {
            out.zeroize();
        }
        result
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

impl Stream {
    fn fill(&mut self, mut out: &mut [u8]) -> Result<(), VaultError> {
        while !out.is_empty() {
            if self.used == self.ready.len() {
                self.refill()?;
            }
            let wanted = out.len().min(self.ready.len() - self.used);
            let (now, later) = out.split_at_mut(wanted);
            self.take(now);
            out = later;
        }
        Ok(())
    }

    /// Moves `out.len()` ready bytes out. They count as used before they are copied.
    fn take(&mut self, out: &mut [u8]) {
        let from = self.used;
        self.used += out.len();
        let given = &mut self.ready[from..self.used];
        out.copy_from_slice(given);
        given.zeroize();
    }

    fn refill(&mut self) -> Result<(), VaultError> {
        match &mut self.source {
            Source::Os => from_os(&mut self.ready)?,
            Source::Seeded { seed, counter } => {
                let digest = Sha256::new()
                    .chain_update(b"admit seeded entropy 1")
                    .chain_update(seed.to_le_bytes())
                    .chain_update(counter.to_le_bytes())
                    .finalize();
                self.ready.copy_from_slice(&digest);
                *counter += 1;
            }
        }
        self.used = 0;
        Ok(())
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the place that the ban sends everybody to"
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

    #[test]
    fn what_was_given_is_wiped() {
        for entropy in [Entropy::os(), Entropy::seeded(1)] {
            entropy.bytes::<20>().unwrap();
            let stream = entropy.stream.lock().unwrap();
            assert_eq!(stream.used, 20);
            assert!(stream.ready[..20].iter().all(|&byte| byte == 0));
            assert!(stream.ready[20..].iter().any(|&byte| byte != 0));
        }
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
    fn more_than_a_block_is_filled_to_the_end() {
        let mut out = vec![0; 5 * BLOCK + 3];
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
