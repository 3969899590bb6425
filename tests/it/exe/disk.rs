//! A disk that is full.

use super::{Ended, Machine};

/// Runs a script on a disk of so many kilobytes of its own. Where none may be mounted, no file may grow larger from
/// the word FULL on.
fn on_a_small_disk(machine: &Machine, kilobytes: u32, script: &str) -> Ended {
    let whole = script.replace("FULL ", "");
    let mount = format!("mount -t tmpfs -o size={kilobytes}k,mode=700 tmpfs disk");
    let mounted = machine.sh(&format!(
        "mkdir -p disk && unshare -m sh -c '{mount} && {{ {whole} ; }}'"
    ));
    if !mounted.stderr.contains("unshare: ") && !mounted.stderr.contains("mount: ") {
        return mounted;
    }
    // A write beyond the limit also raises a signal, which is ignored as no disk raises one. Blocks have 512 bytes.
    let limit = format!("ulimit -S -f {};", 2 * kilobytes);
    machine.sh(&format!("trap '' XFSZ; {}", script.replace("FULL", &limit)))
}

#[test]
fn a_full_disk_leaves_the_store_whole_and_says_so() {
    let machine = Machine::new();
    machine.file("people.csv", super::crowd(5_000));
    let script = "admit store init --store disk/admit.db -q; \
        FULL admit invite --from people.csv --no-mail --yes --store disk/admit.db; echo \"exit $?\"; \
        admit list -o plain --store disk/admit.db; admit store check --store disk/admit.db >&2; echo \"exit $?\"";
    let ended = on_a_small_disk(&machine, 1_024, script);
    assert_eq!(
        ended.stdout.lines().skip(1).collect::<Vec<_>>(),
        ["exit 1", "exit 0"],
        "{ended}"
    );
    assert!(
        ended.stderr.contains("error: ") && ended.stderr.contains("hint: nothing was changed"),
        "{ended}"
    );
    assert!(ended.stderr.contains("is intact"), "{ended}");
}

#[test]
fn a_store_is_not_half_made_on_a_full_disk() {
    let machine = Machine::new();
    for kilobytes in [4, 16, 64, 128] {
        let script = "FULL admit store init --store disk/admit.db; echo \"exit $?\"; ls -A disk";
        let ended = on_a_small_disk(&machine, kilobytes, script);
        if ended.stdout.starts_with("disk/admit.db") || ended.stdout.contains("exit 0") {
            assert!(kilobytes > 16, "{ended}");
            continue;
        }
        assert_eq!(ended.stdout, "exit 1\n", "{kilobytes}\n{ended}");
        assert!(ended.stderr.contains("error: "), "{ended}");
    }
    // And the key that was made on the way is the one that is used.
    let ended = machine.run("invite ada@example.com --no-mail");
    assert_eq!(ended.code, Some(0), "{ended}");
    assert_eq!(machine.run("store check").code, Some(0));
}

#[test]
fn a_store_that_cannot_be_written_is_told_and_left_alone() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    let before = std::fs::read(machine.store()).unwrap();
    let lines = "admit list; echo \"exit $?\"; admit invite bob@example.com --no-mail; echo \"exit $?\"; \
        echo x | admit self sign-in ada@example.com; echo \"exit $?\"";
    // Root may write whatever the modes say, so the place itself is made read-only; who is not root cannot do that.
    let data = ".local/share/admit";
    let mount = format!("mount --bind {data} {data} && mount -o remount,ro,bind {data}");
    let mut ended = machine.sh(&format!("unshare -m sh -c '{mount} && {{ {lines} ; }}'"));
    if ended.stderr.contains("unshare: ") || ended.stderr.contains("mount: ") {
        ended = machine.sh(&format!("chmod 500 {data}; {lines}; chmod 700 {data}"));
    }
    assert_eq!(ended.stdout, "exit 1\nexit 1\nexit 1\n", "{ended}");
    assert_eq!(
        ended
            .stderr
            .matches("error: cannot write to the store ")
            .count(),
        3,
        "{ended}"
    );
    assert_eq!(ended.stderr.matches("hint: ").count(), 3, "{ended}");
    assert_eq!(std::fs::read(machine.store()).unwrap(), before);
    assert_eq!(machine.people(), 1);
}
