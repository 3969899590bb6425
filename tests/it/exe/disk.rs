//! A disk that is full.

use super::Machine;

/// The limit stands for a full disk where nothing may be mounted: 512-byte blocks.
fn limited(machine: &Machine, blocks: u32, line: &str) -> super::Ended {
    // A write beyond the limit also raises a signal, which is ignored as no disk raises one.
    machine.sh(&format!("trap '' XFSZ; ulimit -f {blocks}; admit {line}"))
}

#[test]
fn a_full_disk_leaves_the_store_whole_and_says_so() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    machine.file("people.csv", super::crowd(5_000));
    let ended = limited(&machine, 1_500, "invite --from people.csv --no-mail --yes");
    assert_eq!(
        (ended.code, ended.stdout.as_str()),
        (Some(1), ""),
        "{ended}"
    );
    assert!(ended.stderr.starts_with("error: "), "{ended}");
    assert!(ended.stderr.contains("hint: "), "{ended}");
    assert_eq!(machine.people(), 1);
    assert_eq!(machine.run("store check").code, Some(0));
    let ended = machine.run("invite --from people.csv --no-mail --yes -q");
    assert_eq!(ended.code, Some(0), "{ended}");
    assert_eq!(machine.people(), 5_001);
}

#[test]
fn a_store_is_not_half_made_on_a_full_disk() {
    let machine = Machine::new();
    for blocks in [0, 1, 8, 64] {
        let ended = limited(&machine, blocks, "invite ada@example.com --no-mail");
        assert_eq!(ended.code, Some(1), "{blocks}\n{ended}");
        assert!(ended.stderr.contains("error: "), "{ended}");
    }
    let ended = machine.run("invite ada@example.com --no-mail");
    assert_eq!(ended.code, Some(0), "{ended}");
    assert_eq!(machine.run("store check").code, Some(0));
}
