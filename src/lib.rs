//! `admit` manages who can sign in to a panel.
//!
//! The layers, lowest first; each uses only those below it:
//!
//! | layer | module | knows |
//! |---|---|---|
//! | 0 | `domain` | terms and rules; pure, with the time as a parameter |
//! | 1 | `files` | files that people name: which are trusted, which are never overwritten |
//! | 2 | `vault` | secrets: key file, encryption, tokens, password hashing |
//! | 3 | `store` | the only SQL |
//! | 3 | `mail` | templates, messages, transports |
//! | 4 | `ops` | one file per job: load, decide, save, record, commit |
//! | 5 | `gate` | the panel's side |
//! | 6 | `cli` | the terminal |
//!
//! All of them are private, so that the compiler reports what nothing uses. The feature `testing` makes them public for
//! the tests and benchmarks of this package; it changes nothing else and promises nothing to anybody.

// Everything in a private layer is unreachable from outside: that is the point.
#![cfg_attr(not(feature = "testing"), allow(unreachable_pub, unused_imports))]

// Not by a macro: rustfmt does not look for files in one.
#[cfg(feature = "testing")]
pub mod cli;
#[cfg(feature = "testing")]
pub mod domain;
#[cfg(feature = "testing")]
pub mod files;
#[cfg(feature = "testing")]
pub mod gate;
#[cfg(feature = "testing")]
pub mod mail;
#[cfg(feature = "testing")]
pub mod ops;
#[cfg(feature = "testing")]
pub mod store;
#[cfg(feature = "testing")]
pub mod vault;

#[cfg(not(feature = "testing"))]
mod cli;
#[cfg(not(feature = "testing"))]
mod domain;
#[cfg(not(feature = "testing"))]
mod files;
#[cfg(not(feature = "testing"))]
mod gate;
#[cfg(not(feature = "testing"))]
mod mail;
#[cfg(not(feature = "testing"))]
mod ops;
#[cfg(not(feature = "testing"))]
mod store;
#[cfg(not(feature = "testing"))]
mod vault;

/// The whole program: hardens the process, builds the real environment, runs the command line, and gives its exit code.
#[must_use]
pub fn main() -> std::process::ExitCode {
    cli::base::hardening::harden();
    cli::base::ui::calm_panics();
    let args = cli::base::env::arguments();
    if cli::completion::is_answered(&args) {
        return std::process::ExitCode::SUCCESS;
    }
    std::process::ExitCode::from(cli::run(args, cli::base::env::Env::real()))
}
