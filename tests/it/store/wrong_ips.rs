use crate::support::bench_store::{Lab, START, at, on_each_engine};

const HERE: [u8; 32] = [1; 32];
const THERE: [u8; 32] = [2; 32];

/// How many there are, by asking for the one before so many more.
fn count(lab: &mut Lab, panel: i64, ip: &[u8; 32], after: &str, most: i64) -> i64 {
    let mut found = 0;
    while found < most
        && lab
            .look(|tx| tx.wrong_from_ip_before(panel, ip, at(after), found))
            .is_some()
    {
        found += 1;
    }
    found
}

#[test]
fn wrong_passwords_are_counted_by_panel_and_ip() {
    on_each_engine(|lab| {
        lab.add_panel("shop", &[]);
        lab.settle(|tx| {
            for _ in 0..3 {
                tx.note_wrong_ip(1, &HERE, at(START))?;
            }
            tx.note_wrong_ip(1, &THERE, at(START))?;
            tx.note_wrong_ip(2, &HERE, at(START))
        });
        let before = "2026-03-01T11:59:59.999Z";
        assert_eq!(count(lab, 1, &HERE, before, 100), 3);
        assert_eq!(count(lab, 1, &THERE, before, 100), 1);
        assert_eq!(count(lab, 2, &HERE, before, 100), 1);
        assert_eq!(count(lab, 2, &THERE, before, 100), 0);
    });
}

#[test]
fn only_those_after_an_instant_count_and_no_more_than_were_asked_for() {
    on_each_engine(|lab| {
        lab.settle(|tx| {
            for minute in 0..10 {
                let when = at(&format!("2026-03-01T12:0{minute}:00Z"));
                tx.note_wrong_ip(1, &HERE, when)?;
            }
            Ok(())
        });
        assert_eq!(count(lab, 1, &HERE, "2026-03-01T12:00:00Z", 100), 9);
        assert_eq!(count(lab, 1, &HERE, "2026-03-01T12:08:59.999Z", 100), 1);
        assert_eq!(count(lab, 1, &HERE, "2026-03-01T12:09:00Z", 100), 0);
        assert_eq!(count(lab, 1, &HERE, "2026-03-01T11:00:00Z", 4), 4);
        assert_eq!(count(lab, 1, &HERE, "2026-03-01T11:00:00Z", 0), 0);
    });
}
