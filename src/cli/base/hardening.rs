//! First things first: what the process gives up before it reads a byte.
//!
//! Files are created for the owner only, and memory with secrets in it reaches neither a core dump nor another
//! process of the same user. This is best effort: a system that refuses one of these steps (a sandbox, a strict
//! container) is no reason to lock operators out, and `doctor` is the place that tells them.

use rustix::fs::Mode;
use rustix::process::{self, Resource, Rlimit};

/// Takes from this process what it must not have. Called before anything else.
pub fn harden() {
    // A process that cannot be dumped no longer sees how it was started.
    super::rights::are_borrowed();
    process::umask(Mode::from_raw_mode(0o077));
    let core = process::getrlimit(Resource::Core);
    // Only the soft limit, so that a program that is run later can have its own.
    let none = Rlimit {
        current: Some(0),
        maximum: core.maximum,
    };
    process::setrlimit(Resource::Core, none).ok();
    #[cfg(target_os = "linux")]
    process::set_dumpable_behavior(process::DumpableBehavior::NotDumpable).ok();
}
