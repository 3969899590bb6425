//! File systems in user space: statfs(2) returns the same number for all of them, so the kind is looked up in the
//! mounts.
//!
//! Most are networks or may be; whether SQLite's locks and shared memory work there depends on each. Only those on a
//! local disk are allowed. LiteFS is none of these: it replicates what is written, and is refused by name.

use std::path::Path;

use super::{shown, unopenable};
use crate::store::fault::Fault;

/// The number that statfs(2) gives for each of them.
pub(super) const MAGIC: i128 = 0x6573_5546;

/// Refuses a folder on such a file system, unless it is on a local disk.
pub(super) fn refuse(folder: &Path, path: &Path) -> Result<(), Fault> {
    let about = rustix::fs::stat(folder).map_err(|e| unopenable(path, &e.into()))?;
    let device = format!(
        "{}:{}",
        rustix::fs::major(about.st_dev),
        rustix::fs::minor(about.st_dev)
    );
    // If the mounts cannot be read, nothing is known about it.
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    let kind = kind(&mounts, &device);
    if is_local(kind) {
        return Ok(());
    }
    Err(Fault::UserSpace {
        place: shown(path),
        kind: name(kind),
    })
}

/// The type of the file system that is mounted as this device: the word after the dash (proc_pid_mountinfo(5)).
fn kind<'m>(mounts: &'m str, device: &str) -> &'m str {
    let of_device = mounts.lines().rev().find_map(|line| {
        let (before, after) = line.split_once(" - ")?;
        (before.split(' ').nth(2) == Some(device)).then(|| after.split(' ').next())?
    });
    of_device.unwrap_or("fuse")
}

/// `fuseblk` is on a block device, as ntfs-3g is.
fn is_local(kind: &str) -> bool {
    kind == "fuseblk"
}

fn name(kind: &str) -> String {
    match kind {
        "fuse.litefs" => "LiteFS".into(),
        "fuse" => "a FUSE file system of unknown kind".into(),
        other => other.strip_prefix("fuse.").unwrap_or(other).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "\
22 28 0:20 / /sys rw,nosuid shared:7 - sysfs sysfs rw
98 28 0:47 / /litefs rw,nosuid,nodev shared:99 - fuse.litefs litefs rw,user_id=0
99 28 0:48 / /home/op/remote rw - fuse.sshfs op@db.example.com:/srv rw
100 28 8:17 / /mnt/disk\\040one rw,relatime shared:3 - fuseblk /dev/sdb1 rw,user_id=0
101 28 0:49 / /mnt/plain rw - fuse /dev/fuse rw
102 28 0:50 / /mnt/under rw - ext4 /dev/sdc rw
103 28 0:50 / /mnt/over rw - virtiofs share rw
104 28 0:51 / /broken
";

    #[test]
    fn the_kind_is_that_of_the_mount_with_the_device() {
        for (device, wanted) in [
            ("0:47", "fuse.litefs"),
            ("0:48", "fuse.sshfs"),
            ("8:17", "fuseblk"),
            ("0:49", "fuse"),
            ("0:50", "virtiofs"),
            ("0:51", "fuse"),
            ("0:4", "fuse"),
            ("28", "fuse"),
        ] {
            assert_eq!(kind(MOUNTS, device), wanted, "{device}");
        }
        assert_eq!(kind("", "0:47"), "fuse");
    }

    #[test]
    fn only_one_on_a_block_device_is_local_and_each_other_is_named() {
        assert!(is_local("fuseblk"));
        for (kind, wanted) in [
            ("fuse.litefs", "LiteFS"),
            ("fuse.sshfs", "sshfs"),
            ("virtiofs", "virtiofs"),
            ("fuse", "a FUSE file system of unknown kind"),
            ("fuse.fuseblk", "fuseblk"),
        ] {
            assert!(!is_local(kind));
            assert_eq!(name(kind), wanted);
        }
    }
}
