//! The programs of a PostgreSQL server on this machine. Without them nothing here can be tried, and that is said once.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

/// Where Debian has them, in a folder for each version.
const VERSIONS: &str = "/usr/lib/postgresql";

/// What the tests start.
const PROGRAMS: &[&str] = &["initdb", "postgres", "pg_ctl", "psql", "pg_basebackup"];

/// Where they are. If they are nowhere, the whole run ends here: that many hundred tests fail for the same reason
/// need not be read many hundred times.
pub(crate) fn binaries() -> &'static Path {
    static FOUND: OnceLock<PathBuf> = OnceLock::new();
    FOUND.get_or_init(|| {
        found(Path::new(VERSIONS), "pg_config").unwrap_or_else(|missing| {
            // Past the test runner, which would keep it for later.
            let line = format!("\n\nerror: {missing}\n\n");
            std::io::stderr().write_all(line.as_bytes()).ok();
            #[expect(
                clippy::disallowed_methods,
                clippy::exit,
                reason = "no test of this binary can run"
            )]
            std::process::exit(101)
        })
    })
}

/// The newest version that is whole, else the one of which that program tells.
fn found(versions: &Path, renderer: &str) -> Result<PathBuf, String> {
    let mut numbered: Vec<(u32, PathBuf)> = fs::read_dir(versions)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let number = entry.file_name().to_str()?.parse().ok()?;
            Some((number, entry.path().join("bin")))
        })
        .collect();
    numbered.sort();
    let told = Command::new(renderer).arg("--bindir").output().ok();
    let told =
        told.map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim().to_owned()));
    let newest_first = numbered.into_iter().rev().map(|(_, folder)| folder);
    let folders: Vec<PathBuf> = newest_first.chain(told).collect();
    let lacks = |folder: &Path| -> Vec<&str> {
        let is_there = |name: &&str| folder.join(name).is_file();
        let all = PROGRAMS.iter().copied();
        all.filter(|name| !is_there(name)).collect()
    };
    if let Some(folder) = folders.iter().find(|folder| lacks(folder).is_empty()) {
        return Ok(folder.clone());
    }
    let looked = folders.iter().map(|folder| {
        let lacks = lacks(folder).join(", ");
        format!("; {} has no {lacks}", folder.display())
    });
    Err(format!(
        "no PostgreSQL server is installed here, so NONE of the tests on a server was run: install the Debian package \
         postgresql, with `bash tests/tools.sh` (looked in {}{})",
        versions.display(),
        looked.collect::<String>()
    ))
}

#[test]
fn without_a_server_the_package_and_the_command_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = "no-such-pg-config";
    for there in [&[][..], &["initdb", "psql"]] {
        let bin = folder.path().join("17/bin");
        for name in there {
            fs::create_dir_all(&bin).unwrap();
            fs::write(bin.join(name), "").unwrap();
        }
        let said = found(folder.path(), nowhere).unwrap_err();
        assert!(said.contains("Debian package postgresql,"), "{said}");
        assert!(said.contains("`bash tests/tools.sh`"), "{said}");
        assert!(said.contains("NONE of the tests"), "{said}");
        assert_eq!(said.lines().count(), 1);
        assert_eq!(
            said.contains("17/bin has no postgres, pg_ctl, pg_basebackup)"),
            !there.is_empty(),
            "{said}"
        );
    }
}

#[test]
fn the_newest_version_that_is_whole_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    for (version, programs) in [("9", PROGRAMS), ("17", PROGRAMS), ("18", &PROGRAMS[..2])] {
        let bin = folder.path().join(version).join("bin");
        fs::create_dir_all(&bin).unwrap();
        for name in programs {
            fs::write(bin.join(name), "").unwrap();
        }
    }
    let newest = found(folder.path(), "no-such-pg-config").unwrap();
    assert_eq!(newest, folder.path().join("17/bin"));
}
