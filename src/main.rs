//! The executable: hardens itself, builds the real world, and runs.

use std::process::ExitCode;

use admit::cli::base::env;
use admit::cli::base::hardening;
use admit::cli::base::ui;
use admit::cli::completion;
use admit::cli::run;

fn main() -> ExitCode {
    let inherited = hardening::harden();
    ui::calm_panics();
    let args = env::arguments();
    if completion::is_answered(&args) {
        return ExitCode::SUCCESS;
    }
    ExitCode::from(run(args, env::Env::real(inherited)))
}
