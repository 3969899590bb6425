//! Two commands that meet at making the store.

use crate::races::World;
use crate::races::bulk::overlapping;

#[test]
fn two_overlapping_files_invite_everybody_once_where_there_was_no_store() {
    overlapping(&World::empty(), &[]);
}
