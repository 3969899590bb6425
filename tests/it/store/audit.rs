//! The chain: append-only, and no change of a stored byte goes unseen.

use admit::domain::event::{Action, Event};
use admit::store::{AuditEntry, AuditFilter, ChainBreak, Done, Fault, Head, Personal};

use crate::engine::{self, Raw};
use crate::support::bench_store::{
    ADA, BOB, IP, Lab, PASSWORD, START, WRONG, at, days, on_each_engine, operator,
};
use crate::support::cell::Cell;

/// A store in which entries of every shape stand: with and without account, panel, detail and IP.
fn busy(lab: &mut Lab) {
    lab.member(ADA);
    lab.advance(days(1));
    lab.signed_in(ADA, PASSWORD);
    lab.sign_in(ADA, WRONG).err().unwrap();
    lab.otto(|lab| drop(lab.invite(BOB)));
    lab.sign_in("nobody@example.com", WRONG).err().unwrap();
    lab.advance(days(1));
    lab.sign_in("nobody@example.com", WRONG).err().unwrap();
    let event = lab.op().event(Action::SettingChanged);
    lab.store
        .change(|tx| {
            tx.record(event.clone())?;
            Ok::<_, Fault>(Done::recorded(()))
        })
        .unwrap();
}

fn verdict(lab: &mut Lab, anchor: Option<Head>) -> Result<Result<Head, ChainBreak>, Fault> {
    lab.store.read(|tx| tx.verify_audit(anchor, |_| {}))
}

/// Whether verification says no, in whichever way.
fn is_found(lab: &mut Lab, anchor: Option<Head>) -> bool {
    !matches!(verdict(lab, anchor), Ok(Ok(_)))
}

/// A raw connection for which the audit is open.
fn tampering(lab: &Lab) -> Raw {
    let raw = lab.raw();
    raw.open_audit();
    raw
}

#[test]
fn the_audit_can_only_grow() {
    on_each_engine(|lab| {
        busy(lab);
        for statement in [
            "update audit set operator = 'somebody'",
            "update audit set seq = seq + 100",
            "delete from audit",
            "delete from audit where seq = 1",
        ] {
            let error = lab.raw().execute(statement, &[]).unwrap_err();
            assert!(error.contains("append-only"), "{statement}: {error}");
        }
        for statement in engine::REPLACING {
            let replaced = lab.raw().batch(statement);
            assert!(replaced.is_err(), "{statement}: replacing is deleting");
        }
        lab.verify();
    });
}

#[test]
fn entries_say_who_did_what_to_whom_and_when() {
    on_each_engine(|lab| {
        busy(lab);
        let entries = lab.audit();
        let words: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(
            words,
            [
                "store-created",
                "invited",
                "registered",
                "signed-in",
                "sign-in-refused",
                "invited",
                "unknown-address-tried",
                "setting-changed",
            ]
        );
        assert_eq!(
            entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
            (1..=8).collect::<Vec<_>>()
        );
        let signed_in = &entries[3];
        assert_eq!(
            (signed_in.source.as_str(), signed_in.operator.as_str()),
            ("gate", "olga")
        );
        assert_eq!(
            (signed_in.at, signed_in.panel.as_deref()),
            (at("2026-03-02T12:00:00Z"), Some("main"))
        );
        assert_eq!(signed_in.account, Some(lab.account(ADA).reference));
        let personal = Personal {
            address: Some(ADA.into()),
            name: None,
            ip: Some(IP.into()),
            ..Personal::default()
        };
        assert_eq!((&signed_in.personal, signed_in.erased), (&personal, false));
        let invited = &entries[5];
        assert_eq!(
            (invited.source.as_str(), invited.operator.as_str()),
            ("command", "otto")
        );
        assert_eq!(invited.detail["role"], "member");
        let strangers = &entries[6];
        assert_eq!(strangers.detail["tries"], 1);
        assert_eq!(strangers.personal.ip.as_deref(), Some(IP));
        lab.verify();
    });
}

#[test]
fn each_filter_of_the_list_is_what_it_says() {
    on_each_engine(|lab| {
        busy(lab);
        let ada = lab.account(ADA).reference;
        let all = AuditFilter::default();
        for (filter, expected) in [
            (
                AuditFilter {
                    account: Some(ada),
                    ..all.clone()
                },
                vec![2, 3, 4, 5],
            ),
            (
                AuditFilter {
                    panel: Some("main"),
                    ..all.clone()
                },
                vec![2, 3, 4, 5, 6, 7],
            ),
            (
                AuditFilter {
                    panel: Some("other"),
                    ..all.clone()
                },
                vec![],
            ),
            (
                AuditFilter {
                    operator: Some("otto"),
                    ..all.clone()
                },
                vec![6],
            ),
            (
                AuditFilter {
                    action: Some("invited"),
                    ..all.clone()
                },
                vec![2, 6],
            ),
            (
                AuditFilter {
                    since: Some(at("2026-03-02T12:00:00Z")),
                    ..all.clone()
                },
                vec![4, 5, 6, 7, 8],
            ),
            (
                AuditFilter {
                    until: Some(at("2026-03-02T12:00:00Z")),
                    ..all.clone()
                },
                vec![1, 2, 3],
            ),
            (
                AuditFilter {
                    after_seq: 6,
                    ..all.clone()
                },
                vec![7, 8],
            ),
            (
                AuditFilter {
                    newest_first: true,
                    limit: Some(2),
                    ..all.clone()
                },
                vec![8, 7],
            ),
            (
                AuditFilter {
                    account: Some(ada),
                    panel: Some("main"),
                    operator: Some("olga"),
                    action: Some("signed-in"),
                    since: Some(at("2026-03-01T00:00:00Z")),
                    until: Some(at("2026-03-09T00:00:00Z")),
                    after_seq: 1,
                    newest_first: true,
                    limit: Some(9),
                },
                vec![4],
            ),
        ] {
            let mut seqs = Vec::new();
            lab.look(|tx| {
                tx.each_audit_entry(&filter, |entry| {
                    seqs.push(entry.seq);
                    Ok::<bool, Fault>(true)
                })
            });
            assert_eq!(seqs, expected, "{filter:?}");
        }
        let last = lab.look(|tx| tx.last_events(ada, &[], 2));
        assert_eq!(
            last.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
            [5, 4]
        );
        let last = lab.look(|tx| tx.last_events(ada, &[Action::Invited, Action::Registered], 9));
        assert_eq!(
            last.iter().map(|entry| entry.seq).collect::<Vec<_>>(),
            [3, 2]
        );
    });
}

/// Every way to change one byte of a value.
fn flips(value: &Cell) -> Vec<Cell> {
    match value {
        Cell::Null => vec![Cell::Text(String::new()), Cell::Blob(Vec::new())],
        Cell::Integer(number) => (0..64)
            .step_by(5)
            .map(|bit| Cell::Integer(number ^ (1 << bit)))
            .collect(),
        Cell::Text(text) => (0..text.len())
            .map(|index| {
                let mut bytes = text.clone().into_bytes();
                bytes[index] ^= 1;
                Cell::Text(String::from_utf8(bytes).unwrap())
            })
            .chain([Cell::Text(format!("{text} ")), Cell::Null])
            .collect(),
        Cell::Blob(blob) => (0..blob.len())
            .map(|index| {
                let mut bytes = blob.clone();
                bytes[index] ^= 0x10;
                Cell::Blob(bytes)
            })
            .chain([Cell::Blob(blob[1..].to_vec())])
            .collect(),
    }
}

#[test]
fn a_changed_byte_in_any_column_of_any_entry_is_found() {
    on_each_engine(|lab| {
        busy(lab);
        let raw = tampering(lab);
        let columns = [
            "seq", "at", "source", "operator", "action", "panel", "account", "personal", "detail",
            "hash",
        ];
        let mut tried = 0;
        for seq in 1..=8i64 {
            for column in columns {
                let read = format!("select {column} from audit where seq = $1");
                let was: Cell = raw.one(&read, &[seq.into()]);
                for flipped in flips(&was) {
                    let write = format!("update audit set {column} = $1 where seq = $2");
                    // Columns that may not be null, or of another type, refuse: nothing was changed then.
                    if raw.execute(&write, &[flipped.clone(), seq.into()]).is_err() {
                        continue;
                    }
                    tried += 1;
                    assert!(
                        is_found(lab, None),
                        "entry {seq}, {column}: {was:?} → {flipped:?}"
                    );
                    let now = if column == "seq" {
                        flipped
                    } else {
                        Cell::Integer(seq)
                    };
                    raw.execute(
                        &format!("update audit set {column} = $1 where seq = $2"),
                        &[was.clone(), now],
                    )
                    .unwrap();
                }
            }
        }
        assert!(tried > 1_400, "only {tried} changes were tried");
        lab.verify();
    });
}

#[test]
fn the_break_is_named_where_it_is() {
    on_each_engine(|lab| {
        busy(lab);
        let raw = tampering(lab);
        raw.execute("update audit set operator = 'eve' where seq = 4", &[])
            .unwrap();
        let broken = verdict(lab, None).unwrap().unwrap_err();
        assert_eq!(broken.seq, 4);
        let mut seen = Vec::new();
        let _ = lab.look(|tx| tx.verify_audit(None, |seq| seen.push(seq)));
        assert_eq!(seen, [1, 2, 3], "progress stops before the break");
    });
}

#[test]
fn deleting_swapping_inserting_and_cutting_are_found() {
    let tricks = [
        "delete from audit where seq = 1",
        "delete from audit where seq = 5",
        "delete from audit where seq = 8",
        "delete from audit where seq > 3",
        "delete from audit",
        "delete from audit where seq = 5; update audit set seq = seq - 1 where seq > 5",
        "delete from audit where seq = 1; update audit set seq = seq - 1",
        "update audit set seq = 99 where seq = 3; update audit set seq = 3 where seq = 4; \
         update audit set seq = 4 where seq = 99",
        "insert into audit select 9, at, source, operator, action, panel, account, personal, detail, hash \
         from audit where seq = 8",
        "insert into audit select 0, at, source, operator, action, panel, account, personal, detail, hash \
         from audit where seq = 1",
        "insert into audit select -5, at, source, operator, action, panel, account, personal, detail, hash \
         from audit where seq = 1",
        "update chain set seq = 7",
        "update chain set seq = 9",
        "update chain set hash = (select token_hash from link where id = 1)",
        "delete from chain",
    ];
    for trick in tricks {
        let mut lab = Lab::new();
        busy(&mut lab);
        tampering(&lab).batch(trick).unwrap();
        assert!(is_found(&mut lab, None), "{trick}");
    }
}

#[test]
fn a_tail_that_was_cut_cleanly_is_found_against_an_exported_head() {
    on_each_engine(|lab| {
        busy(lab);
        let exported = lab.head();
        let raw = tampering(lab);
        raw.batch(
            "update chain set seq = 5, hash = (select hash from audit where seq = 5); delete from audit where seq > 5",
        )
        .unwrap();
        assert!(
            !is_found(lab, None),
            "without an anchor the shorter chain looks whole"
        );
        let broken = verdict(lab, Some(exported)).unwrap().unwrap_err();
        assert_eq!(broken.seq, 5);
        assert!(broken.what.contains("entry 8"), "{}", broken.what);

        lab.invite("cyd@example.com");
        lab.invite("dan@example.com");
        lab.invite("eve@example.com");
        assert!(!is_found(lab, None));
        let broken = verdict(lab, Some(exported)).unwrap().unwrap_err();
        assert_eq!(
            broken.seq, 8,
            "grown again to the same length, but it is another chain"
        );
    });
}

#[test]
fn an_exported_head_stays_good_while_the_chain_grows() {
    on_each_engine(|lab| {
        busy(lab);
        let exported = lab.head();
        lab.invite("cyd@example.com");
        assert!(verdict(lab, Some(exported)).unwrap().is_ok());
        let start = Head {
            seq: 0,
            hash: [0; 32],
        };
        assert!(verdict(lab, Some(start)).unwrap().is_ok());
    });
}

#[test]
fn an_erased_person_is_shown_as_erased_and_the_chain_still_holds() {
    on_each_engine(|lab| {
        busy(lab);
        let ada = lab.account(ADA);
        lab.settle(|tx| tx.erase_account(ada.id));
        lab.verify();
        let about: Vec<AuditEntry> = lab
            .audit()
            .into_iter()
            .filter(|entry| entry.account == Some(ada.reference))
            .collect();
        assert_eq!(about.len(), 4);
        for entry in about {
            assert!(entry.erased, "entry {}", entry.seq);
            assert_eq!(entry.personal, Personal::default());
        }
        let bob = lab.account(BOB).reference;
        let bobs = lab.look(|tx| tx.last_events(bob, &[], 1)).remove(0);
        assert_eq!(bobs.personal.address.as_deref(), Some(BOB));
        assert!(!bobs.erased);
    });
}

#[test]
fn the_stored_audit_shows_neither_address_nor_ip() {
    on_each_engine(|lab| {
        busy(lab);
        let mut texts = Vec::new();
        for row in lab.raw().rows("select * from audit", &[]).unwrap() {
            for cell in row {
                texts.extend(match cell {
                    Cell::Text(text) => text.into_bytes(),
                    Cell::Blob(blob) => blob,
                    Cell::Integer(_) | Cell::Null => vec![],
                });
                texts.push(b'\n');
            }
        }
        for canary in [ADA, BOB, IP, "nobody@"] {
            assert!(
                !texts
                    .windows(canary.len())
                    .any(|window| window == canary.as_bytes()),
                "{canary}"
            );
        }
        assert!(
            texts.windows(4).any(|window| window == b"olga"),
            "the look finds what is there"
        );
    });
}

#[test]
fn the_latest_time_goes_forward_alone_unless_an_earlier_one_is_accepted() {
    on_each_engine(|lab| {
        let record = |lab: &mut Lab, time: &str| {
            let actor = operator();
            lab.store
                .change(|tx| {
                    tx.record(Event::new(at(time), &actor, Action::Edited))?;
                    Ok::<_, Fault>(Done::recorded(()))
                })
                .unwrap();
            lab.look(|tx| Ok(tx.latest_time()))
        };
        assert_eq!(lab.look(|tx| Ok(tx.latest_time())), Some(at(START)));
        let noon = "2026-03-05T12:00:00Z";
        assert_eq!(record(lab, noon), Some(at(noon)));
        assert_eq!(record(lab, "2026-03-05T11:59:59.999Z"), Some(at(noon)));
        assert_eq!(record(lab, START), Some(at(noon)));
        // In one transaction the latest counts, not the last.
        let actor = operator();
        lab.store
            .change(|tx| {
                for time in ["2026-03-06T12:00:00Z", "2026-03-04T12:00:00Z"] {
                    tx.record(Event::new(at(time), &actor, Action::Edited))?;
                }
                Ok::<_, Fault>(Done::recorded(()))
            })
            .unwrap();
        let latest = Some(at("2026-03-06T12:00:00Z"));
        assert_eq!(lab.look(|tx| Ok(tx.latest_time())), latest);
        let mut accept = |time: &str| {
            let mut accepted = false;
            lab.settle(|tx| {
                accepted = tx.accept_time(at(time))?;
                Ok(())
            });
            (accepted, lab.look(|tx| Ok(tx.latest_time())))
        };
        assert_eq!(accept("2026-03-06T12:00:00Z"), (false, latest));
        assert_eq!(accept("2026-03-07T12:00:00Z"), (false, latest));
        assert_eq!(accept(noon), (true, Some(at(noon))));
        // What is not recorded is no time that was seen, and nor is what was rolled back.
        lab.settle(|_| Ok(()));
        assert_eq!(
            record(lab, "2026-03-05T12:00:00.001Z"),
            Some(at("2026-03-05T12:00:00.001Z"))
        );
        lab.verify();
    });
}
