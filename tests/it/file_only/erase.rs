//! U5: what somebody forgotten leaves in the log beside the file.

use crate::rules::erase::{FORMER, HERS, NAME, PENDING, PHONE, ZOE, forget, holds, zoe};
use crate::support::bench_store::{ADA, Lab};

#[test]
fn a_reader_in_the_way_of_emptying_the_log_is_told() {
    let mut lab = Lab::new();
    let lab = &mut lab;
    zoe(lab);
    let raw = lab.raw();
    raw.batch("begin; select count(*) from account;").unwrap();
    forget(lab, ZOE).unwrap();
    assert!(lab.store.take_leftovers().unwrap().log);
    raw.batch("commit").unwrap();
    drop(raw);
    lab.member(ADA);
    forget(lab, ADA).unwrap();
    assert!(lab.store.take_leftovers().is_none());
    for trace in [ZOE, FORMER, PENDING, NAME, HERS, PHONE] {
        assert!(!holds(lab, trace), "{trace} is left");
    }
}
