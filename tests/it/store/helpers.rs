//! Tables that other tools make in the file of a store.

use admit::domain::event::Action;
use admit::store::Fault;

use crate::support::bench_store::Lab;

#[test]
fn they_are_found_and_dropped_with_an_entry() {
    let mut lab = Lab::new();
    assert!(lab.store.helper_tables().unwrap().is_empty());
    let analyze = |lab: &Lab| lab.place.raw().batch("analyze").unwrap();
    analyze(&lab);
    let found = lab.store.helper_tables().unwrap();
    if lab.place.url().contains("://") {
        // A server keeps what it analyzed elsewhere.
        assert!(found.is_empty());
        return;
    }
    assert_eq!(found, ["sqlite_stat1", "sqlite_stat4"]);
    // Not without a word in the audit log.
    let unrecorded = lab.store.drop_helper_tables(&found, |_| Ok(()));
    assert!(matches!(unrecorded, Err(Fault::Unrecorded)));
    assert_eq!(lab.store.helper_tables().unwrap(), found);
    let op = lab.op();
    let dropped = lab.store.drop_helper_tables(&found, |tx| {
        tx.record(op.event(Action::HelperTablesDropped))
    });
    dropped.unwrap();
    assert!(lab.store.helper_tables().unwrap().is_empty());
    let last = lab.audit().pop().unwrap();
    assert_eq!(last.action, "helper-tables-dropped");
    lab.verify();
}
