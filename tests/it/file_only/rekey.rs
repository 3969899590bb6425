//! On a file one run of `store rekey` does all: whoever uses the file has the key file beside it.

use admit::vault::keyfile;
use insta::assert_snapshot;

use crate::support::world::World;

#[test]
fn on_a_file_one_run_makes_the_key_and_changes_over_to_it() {
    let world = World::with_ada();
    let ids = || -> Vec<String> {
        let ring = keyfile::load(&world.key_file()).unwrap();
        ring.ids().map(|id| id.to_string()).collect()
    };
    let before = ids();
    let told = world.changes_nothing("store rekey -n").to_string();
    assert_snapshot!(told.replace(&before[0], "OLD"), @"
    $HOME/.local/share/admit/admit.db: would create a new key in $HOME/.config/admit/key and change to it from key OLD: 1 value to be re-encrypted
    [exit 0]
    ");
    assert_eq!(ids(), before);
    let row = world.row("store rekey");
    assert_eq!(row["stage"], "complete");
    let after = ids();
    assert_eq!(after[1..], before);
    assert_eq!(row["before"]["key_id"], after[1]);
    assert_eq!(row["after"]["key_id"], after[0]);
    assert_eq!(world.row("store info")["key_id"], after[0]);
}
