//! The executable.

fn main() -> std::process::ExitCode {
    admit::main()
}
