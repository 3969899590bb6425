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

#[test]
fn an_audit_entry_with_another_persons_box_does_not_open() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.invite(BOB);
    let raw = lab.raw();
    raw.open_audit();
    raw.batch(
        "update audit set personal = (select personal from audit where seq = 2) where seq = 4",
    )
    .unwrap();
    let bob = lab.account(BOB).reference;
    let fault = lab
        .store
        .read(|tx| tx.last_events(bob, &[], 1))
        .unwrap_err();
    assert!(matches!(fault, Fault::Vault(_)), "{fault}");
    assert!(!fault.to_string().contains("example"), "{fault}");
}
