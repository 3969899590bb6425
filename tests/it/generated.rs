//! The files in `man/` and `completions/` are what the program itself prints. `ADMIT_BLESS=1` rewrites the manual.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Each shell with its file, which is part of the program.
const SHELLS: [(&str, &str); 5] = [
    ("bash", "admit.bash"),
    ("zsh", "admit.zsh"),
    ("fish", "admit.fish"),
    ("elvish", "admit.elvish"),
    ("powershell", "admit.ps1"),
];

type Files = BTreeMap<String, String>;

#[test]
fn the_manual_is_what_the_program_prints() {
    let printed = tempfile::tempdir().unwrap();
    let folder = printed.path().to_str().unwrap();
    admit(&["man", "--dir", folder]);
    let pages = read(printed.path());
    assert!(pages.contains_key("admit.1"), "{:?}", pages.keys());
    compare("man", &pages);
}

#[test]
fn the_completions_are_what_the_program_prints() {
    let mut files = read(&checked_in("completions"));
    for (shell, file) in SHELLS {
        let printed = admit(&["completions", shell]);
        let kept = files.remove(file);
        assert_eq!(String::from_utf8(printed).ok(), kept, "{file}");
        let lines = kept.unwrap_or_default().lines().count();
        assert!(lines <= 40, "{file} has {lines} lines; it only asks admit");
    }
    assert!(files.is_empty(), "for no shell: {:?}", files.keys());
}

/// On a machine that says `CI=true`, mandoc must be there; elsewhere its absence is no fault.
#[test]
fn mandoc_finds_no_fault_in_the_manual() {
    let printed = tempfile::tempdir().unwrap();
    admit(&["man", "--dir", printed.path().to_str().unwrap()]);
    let mut mandoc = Command::new("mandoc");
    mandoc
        .args(["-T", "lint", "-W", "warning"])
        .current_dir(printed.path())
        .args(read(printed.path()).keys());
    match mandoc.output() {
        Ok(output) => assert!(output.status.success(), "{}", both(&output)),
        Err(error) => assert!(
            variable("CI").as_deref() != Some("true"),
            "mandoc cannot be run ({error}), and CI=true asks for it: install the package mandoc"
        ),
    }
}

/// What the program prints in a home of its own, whatever the settings of whoever runs the tests.
fn admit(args: &[&str]) -> Vec<u8> {
    let home = tempfile::tempdir().unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_admit"))
        .args(args)
        .env_clear()
        .env("HOME", home.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{args:?}: {}", both(&output));
    output.stdout
}

/// Compares a folder of the repository with what it should hold, file by file, or makes it so.
fn compare(folder: &str, wanted: &Files) {
    let place = checked_in(folder);
    if variable("ADMIT_BLESS").is_some_and(|value| value == "1") {
        write(&place, wanted);
    }
    let found = read(&place);
    let mut faults = Vec::new();
    for name in wanted.keys().chain(found.keys()) {
        let fault = match (found.get(name), wanted.get(name)) {
            (None, _) => "is missing",
            (_, None) => "belongs to no command",
            (found, wanted) if found != wanted => "is not what the program prints",
            _ => continue,
        };
        faults.push(format!("{folder}/{name} {fault}"));
    }
    faults.dedup();
    assert!(
        faults.is_empty(),
        "{}\nrun `ADMIT_BLESS=1 cargo test --test it generated` and look at the difference",
        faults.join("\n")
    );
}

fn write(place: &Path, wanted: &Files) {
    fs::create_dir_all(place).unwrap();
    for name in read(place)
        .keys()
        .filter(|name| !wanted.contains_key(*name))
    {
        fs::remove_file(place.join(name)).unwrap();
    }
    for (name, text) in wanted {
        fs::write(place.join(name), text).unwrap();
    }
}

/// The files of a folder, by name.
fn read(place: &Path) -> Files {
    let entries = fs::read_dir(place)
        .unwrap_or_else(|error| panic!("cannot read {}: {error}", place.display()));
    entries
        .map(|entry| {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect()
}

fn checked_in(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

#[expect(
    clippy::disallowed_methods,
    reason = "how the tests are run is said by a variable; the program reads its own in cli::base::env"
)]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn both(output: &Output) -> String {
    format!(
        "{}\n{}{}",
        output.status,
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// A promise names the tests that back it: they must exist.
#[test]
fn the_tests_that_the_promises_name_exist() {
    let promises = fs::read_to_string(checked_in("docs/promises.md")).unwrap();
    let names: Vec<&str> = promises
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" | ").nth(1))
        .flat_map(|cell| cell.split('`').skip(1).step_by(2))
        .collect();
    assert!(!names.is_empty());
    let mut source = String::new();
    for folder in ["src", "tests"] {
        gather(&checked_in(folder), &mut source);
    }
    for name in names {
        assert!(
            source.contains(&format!("fn {name}(")),
            "docs/promises.md names a test that does not exist: {name}"
        );
    }
}

/// The text of every Rust file below a folder.
fn gather(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            gather(&path, all);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push_str(&fs::read_to_string(path).unwrap());
        }
    }
}
