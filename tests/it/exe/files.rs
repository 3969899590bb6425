//! Which files are made, and who may read them.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::Machine;

fn walk(folder: &Path, found: &mut Vec<(PathBuf, u32)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let mode = std::fs::symlink_metadata(&path)
            .unwrap()
            .permissions()
            .mode()
            & 0o777;
        found.push((path.clone(), mode));
        if path.is_dir() {
            walk(&path, found);
        }
    }
}

#[test]
fn everything_is_for_its_owner_only_whatever_the_umask() {
    for mask in ["000", "022", "077"] {
        let machine = Machine::new();
        machine.file("people.csv", super::crowd(3));
        let ended = machine.sh(&format!("umask {mask}; admit invite --from people.csv --results results.csv && admit list >/dev/null"));
        assert_eq!(ended.code, Some(0), "{ended}");
        let mut found = Vec::new();
        for place in [".config/admit", ".local/share/admit"] {
            walk(&machine.path(place), &mut found);
        }
        found.push((
            machine.path(".config/admit"),
            mode_of(&machine.path(".config/admit")),
        ));
        found.push((
            machine.path(".local/share/admit"),
            mode_of(&machine.path(".local/share/admit")),
        ));
        found.push((
            machine.path("results.csv"),
            mode_of(&machine.path("results.csv")),
        ));
        assert!(found.len() >= 8, "{found:?}");
        for (path, mode) in found {
            assert_eq!(
                mode & 0o077,
                0,
                "umask {mask}: {} has {mode:o}",
                path.display()
            );
        }
    }
}

fn mode_of(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn two_first_commands_at_once_make_one_store() {
    let machine = Machine::new();
    let children: Vec<_> = (0..4)
        .map(|n| {
            let mut command = machine.command(&format!("invite p{n}@example.com --no-mail"));
            command
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped());
            command.stdin(std::process::Stdio::null());
            command.spawn().unwrap()
        })
        .collect();
    for child in children {
        let ended = super::finish(child);
        assert_eq!(ended.code, Some(0), "{ended}");
    }
    assert_eq!(machine.people(), 4);
    assert_eq!(machine.run("store check").code, Some(0));
}

#[test]
fn without_a_home_the_user_database_says_where_it_is() {
    let machine = Machine::new();
    let mut command = machine.command("config path -o csv");
    command.env_remove("HOME");
    let ended = super::end(command, b"");
    assert_eq!(ended.code, Some(0), "{ended}");
    assert!(
        ended.stdout.contains("/.config/admit/config.toml"),
        "{ended}"
    );
}
