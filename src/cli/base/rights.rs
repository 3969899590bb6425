//! Whether this process has rights that its caller does not have: a set-user-ID or set-group-ID program, or one with file
//! capabilities. Then the caller's variables are not believed.
//!
//! The kernel says so in the auxiliary vector (`AT_SECURE`, getauxval(3)), but hides that file from the very process that
//! it is true of, and from every process that can no longer be dumped. So it is looked at first thing in `main`, and the
//! ids and capabilities in `/proc/self/status`, which stays readable, are asked as well.

use std::fs;
use std::sync::OnceLock;

/// Number of the entry in the auxiliary vector (`<elf.h>`).
const AT_SECURE: usize = 23;

static BORROWED: OnceLock<bool> = OnceLock::new();

/// Whether there are such rights. The first call finds out.
pub(in crate::cli) fn are_borrowed() -> bool {
    *BORROWED.get_or_init(|| {
        let ids = uzers::get_current_uid() != uzers::get_effective_uid()
            || uzers::get_current_gid() != uzers::get_effective_gid();
        ids || fs::read("/proc/self/auxv").is_ok_and(|vector| is_secure(&vector))
            || fs::read_to_string("/proc/self/status").is_ok_and(|status| has_gained(&status))
    })
}

/// Pairs of native words: the number of an entry, and its value.
fn is_secure(vector: &[u8]) -> bool {
    let words: Vec<usize> = vector
        .chunks_exact(size_of::<usize>())
        .filter_map(|word| word.try_into().ok().map(usize::from_ne_bytes))
        .collect();
    words
        .chunks_exact(2)
        .any(|pair| pair[0] == AT_SECURE && pair[1] != 0)
}

/// Whether a status (proc(5)) shows ids that differ, or capabilities that came with the file: a user other than root has
/// none but those, and the ambient ones, which it was given openly.
fn has_gained(status: &str) -> bool {
    let field = |name: &str| {
        status
            .lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))
    };
    let ids = |name| -> Vec<&str> { field(name).unwrap_or_default().split_whitespace().collect() };
    let differ = |ids: &[&str]| ids.iter().take(3).any(|id| Some(id) != ids.first());
    let set = |name| {
        field(name)
            .and_then(|text| u64::from_str_radix(text.trim(), 16).ok())
            .unwrap_or_default()
    };
    let (users, groups) = (ids("Uid"), ids("Gid"));
    let is_root = users.first() == Some(&"0");
    differ(&users) || differ(&groups) || (!is_root && set("CapPrm") & !set("CapAmb") != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(uid: &str, gid: &str, permitted: &str, ambient: &str) -> String {
        format!(
            "Name:\tadmit\nUid:\t{uid}\nGid:\t{gid}\nCapInh:\t0000000000000000\nCapPrm:\t{permitted}\nCapEff:\t\
             {permitted}\nCapAmb:\t{ambient}\n"
        )
    }

    #[test]
    fn ids_and_capabilities_of_a_file_are_borrowed_and_ambient_ones_are_not() {
        const NONE: &str = "0000000000000000";
        const ALL: &str = "000001ffffffffff";
        const SOME: &str = "0000000000000002";
        let same = "1000\t1000\t1000\t1000";
        let root = "0\t0\t0\t0";
        for (uid, gid, permitted, ambient, wanted) in [
            (same, same, NONE, NONE, false),
            (root, root, ALL, NONE, false),
            (same, same, SOME, SOME, false),
            ("1000\t0\t0\t0", same, ALL, NONE, true),
            ("0\t1000\t1000\t1000", same, NONE, NONE, true),
            (same, "1000\t33\t33\t33", NONE, NONE, true),
            // Given up for now, and still there to be had back.
            ("1000\t1000\t0\t1000", same, NONE, NONE, true),
            (same, same, SOME, NONE, true),
            (same, same, ALL, SOME, true),
        ] {
            let text = status(uid, gid, permitted, ambient);
            assert_eq!(has_gained(&text), wanted, "{text}");
        }
        assert!(!has_gained(""));
    }

    #[test]
    fn the_kernel_is_believed() {
        let vector = |pairs: &[(usize, usize)]| -> Vec<u8> {
            pairs
                .iter()
                .flat_map(|(name, value)| [name.to_ne_bytes(), value.to_ne_bytes()].concat())
                .collect()
        };
        assert!(is_secure(&vector(&[(6, 4096), (23, 1), (0, 0)])));
        assert!(!is_secure(&vector(&[(6, 4096), (23, 0), (0, 0)])));
        // A value is not mistaken for a name.
        assert!(!is_secure(&vector(&[(6, 23), (1, 1), (0, 0)])));
        assert!(!is_secure(b""));
    }
}
