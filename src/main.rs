//! The executable: hardens itself, builds the real world, and runs.

use std::process::ExitCode;

use admit::cli::{completion, env, hardening, run, ui};

fn main() -> ExitCode {
    let inherited = hardening::harden();
    ui::calm_panics();
    let args = env::arguments();
    if completion::is_answered(&args) {
        return ExitCode::SUCCESS;
    }
    ExitCode::from(run(args, env::Env::real(inherited)))
}
