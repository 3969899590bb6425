//! Rows that this version never writes: an error that shows nothing of them.

use admit::store::Fault;

use crate::engine::BYTE;
use crate::support::bench_store::{ADA, BOB, Lab};

#[test]
fn a_value_that_is_never_written_is_named_without_being_shown() {
    let canary = "Quetzalcoatl";
    for (column, value) in [
        ("reference", BYTE),
        ("created_at", "9223372036854775807"),
        ("password_set_at", "-9223372036854775808"),
        ("locked_at", "9223372036854775807"),
        ("last_sign_in_at", "9223372036854775807"),
        ("disabled_at", "9223372036854775807"),
    ] {
        let mut lab = Lab::new();
        lab.member(ADA);
        lab.raw()
            .execute(
                &format!(
                    "update account set {column} = {value}, name = '{canary}', phone = '{canary}'"
                ),
                &[],
            )
            .unwrap();
        let fault = lab.store.read(|tx| tx.account_by_id(1)).unwrap_err();
        assert!(
            matches!(
                fault,
                Fault::Row {
                    table: "account",
                    ..
                }
            ),
            "{column}: {fault}"
        );
        let text = fault.to_string();
        assert!(!text.contains(canary) && !text.contains("ada@"), "{text}");
        assert!(text.contains("account"), "{text}");
    }
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.raw()
        .execute("update link set purpose = 'Quetzalcoatl'", &[])
        .unwrap();
    let text = lab
        .store
        .read(|tx| tx.link_by_id(1))
        .unwrap_err()
        .to_string();
    assert!(text.contains("link") && !text.contains(canary), "{text}");
    lab.raw()
        .execute("update outbox set state = 'Quetzalcoatl'", &[])
        .unwrap();
    let text = lab.store.read(|tx| tx.mail(1)).unwrap_err().to_string();
    assert!(text.contains("outbox") && !text.contains(canary), "{text}");
}

#[test]
fn a_duplicate_is_told_without_the_address() {
    let mut lab = Lab::new();
    lab.settle(|tx| super::accounts::add(tx, ADA).map(drop));
    let twice = lab
        .store
        .change(|tx| super::accounts::add(tx, ADA).map(admit::store::Done::unrecorded));
    let text = twice.unwrap_err().to_string();
    assert!(!text.contains("ada") && !text.contains("example"), "{text}");
}

/// The entries, with what is damaged in the second last one.
fn damaged(change: &str) -> Vec<admit::store::AuditEntry> {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.invite(BOB);
    lab.fail(ADA, 1);
    let raw = lab.raw();
    raw.open_audit();
    raw.batch(change).unwrap();
    let entries = lab.audit();
    let seqs: Vec<i64> = entries.iter().map(|entry| entry.seq).collect();
    assert_eq!(seqs, [1, 2, 3, 4, 5], "one does not hide the others");
    let whole = lab.look(|tx| tx.verify_audit(None, |_| {}));
    assert_eq!(whole.unwrap_err().seq, 4, "and it is found");
    entries
}

#[test]
fn an_audit_entry_with_another_persons_box_does_not_open() {
    let entries = damaged(
        "update audit set personal = (select personal from audit where seq = 2) where seq = 4",
    );
    for entry in entries {
        assert_eq!(entry.damaged, entry.seq == 4);
        assert!(entry.needs_key.is_none() && !entry.erased);
        let address = entry.personal.address.as_deref();
        match entry.seq {
            1 | 4 => assert_eq!(entry.personal, admit::store::Personal::default()),
            _ => assert_eq!(address, Some(ADA)),
        }
    }
}

#[test]
fn an_audit_entry_of_which_a_part_is_damaged_hides_no_other() {
    for change in [
        format!("update audit set personal = {BYTE} where seq = 4"),
        format!("update audit set account = {BYTE} where seq = 4"),
        "update audit set detail = 'role member' where seq = 4".to_owned(),
        "update audit set detail = '[1]' where seq = 4".to_owned(),
        "update audit set at = 9223372036854775807 where seq = 4".to_owned(),
    ] {
        for entry in damaged(&change) {
            assert_eq!(entry.damaged, entry.seq == 4, "{change}");
        }
    }
}

/// Then nothing about that person can be read, and whoever else is in the log is not concerned.
#[test]
fn a_damaged_key_of_an_account_hides_no_entry_of_others() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.invite(BOB);
    let (ada, bob) = (lab.account(ADA), lab.account(BOB));
    let change = format!(
        "update account set audit_key = {BYTE} where id = {}",
        ada.id
    );
    lab.raw().batch(&change).unwrap();
    for entry in lab.audit() {
        let hers = entry.account == Some(ada.reference);
        assert_eq!(entry.damaged, hers);
        let his = entry.account == Some(bob.reference);
        assert_eq!(entry.personal.address.is_some(), his);
    }
    lab.verify();
}
