//! A program with rights that its caller does not have does not believe the caller's variables.

use std::os::unix::fs::{PermissionsExt as _, chown};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{ADMIT, required};

const NOBODY: u32 = 65_534;
/// A group that every system has.
const DAEMON: u32 = 1;

/// The extended attribute that gives a file capabilities (capabilities(7), `VFS_CAP_REVISION_2` of linux/capability.h).
fn capable(path: &Path) {
    const EFFECTIVE: u32 = 1;
    const REVISION: u32 = 0x0200_0000;
    const NET_BIND_SERVICE: u32 = 1 << 10;
    let bytes: Vec<u8> = [REVISION | EFFECTIVE, NET_BIND_SERVICE, 0, 0, 0]
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .collect();
    rustix::fs::setxattr(
        path,
        "security.capability",
        &bytes,
        rustix::fs::XattrFlags::empty(),
    )
    .unwrap();
}

#[test]
fn variables_are_believed_only_if_the_caller_has_all_the_rights() {
    assert!(
        rustix::process::geteuid().is_root(),
        "this test makes programs with rights of root's, so it must run as root"
    );
    // Not in memory: file systems there are often mounted without such rights.
    let home = tempfile::tempdir().unwrap();
    let set = |path: &Path, mode: u32| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    };
    set(home.path(), 0o755);
    let program = |name: &str| -> PathBuf {
        let path = home.path().join(name);
        std::fs::copy(ADMIT, &path).unwrap();
        set(&path, 0o755);
        path
    };
    let plain = program("plain");
    let user = program("set-user");
    set(&user, 0o4755);
    let group = program("set-group");
    chown(&group, None, Some(DAEMON)).unwrap();
    set(&group, 0o2755);
    let file = program("capable");
    capable(&file);
    for (path, believed) in [
        (&plain, true),
        (&user, false),
        (&group, false),
        (&file, false),
    ] {
        let run = Command::new(path)
            .args(["config", "show", "-o", "csv"])
            .env_clear()
            .env("ADMIT_STORE", "/elsewhere/of-the-caller.db")
            .env("HOME", "/elsewhere")
            .current_dir("/")
            .uid(NOBODY)
            .gid(NOBODY)
            .output()
            .unwrap();
        let says = String::from_utf8_lossy(&run.stdout);
        assert!(
            run.status.success() && says.contains("key-file"),
            "{}: {says}{}",
            path.display(),
            String::from_utf8_lossy(&run.stderr)
        );
        assert_eq!(
            says.contains("elsewhere"),
            believed,
            "{}: {says}",
            path.display()
        );
    }
}

/// What was read ahead would be handed out a second time by a copy of this machine.
#[test]
fn no_randomness_is_read_ahead() {
    required("strace", "strace");
    let machine = super::Machine::new();
    let ended = machine
        .sh("strace -f -o trace -e trace=getrandom admit invite ada@example.com bob@example.com");
    assert_eq!(ended.code, Some(0), "{ended}");
    let trace = std::fs::read_to_string(machine.path("trace")).unwrap();
    let most = trace
        .lines()
        .filter(|line| line.contains("getrandom("))
        .filter_map(|line| line.rsplit(" = ").next()?.trim().parse::<u32>().ok())
        .max();
    // The longest thing that is made at once is a key of 32 bytes. (A newer libc draws without asking the kernel each time,
    // from a state that the kernel itself keeps apart in a copy.)
    assert!(most.is_none_or(|most| most <= 64), "{trace}");
}
