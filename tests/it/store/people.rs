use admit::store::{Fault, Person, PersonFilter, SortBy};
use jiff::Timestamp;

use crate::support::bench_store::{Lab, START, address, at, on_each_engine};

/// Address, name, panel, role, end of access, last sign-in, granted.
type Row = (
    &'static str,
    Option<&'static str>,
    i64,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);

const ROWS: [Row; 4] = [
    (
        "ada@example.com",
        Some("Ünal, Ada"),
        1,
        "admin",
        Some("2026-06-01T00:00:00Z"),
        Some("2026-02-01T00:00:00Z"),
    ),
    (
        "bob_1@example.com",
        Some("bob 100%"),
        1,
        "member",
        None,
        None,
    ),
    (
        "cyd@other.example",
        None,
        1,
        "member",
        Some("2026-04-01T00:00:00Z"),
        Some("2026-01-01T00:00:00Z"),
    ),
    (
        "dan@example.com",
        Some("Alan"),
        2,
        "member",
        Some("2026-05-01T00:00:00Z"),
        Some("2026-03-01T00:00:00Z"),
    ),
];

fn fill(lab: &mut Lab) {
    lab.add_panel("second", &[]);
    for (index, (who, name, panel, role, until, signed_in)) in ROWS.into_iter().enumerate() {
        let granted: Timestamp = at(&format!("2026-01-0{}T00:00:00Z", index + 1));
        lab.settle(|tx| {
            let account = tx.add_account(&admit::store::NewAccount {
                address: &address(who),
                name,
                phone: None,
                lang: None,
                created_at: at(START),
            })?;
            tx.add_access(account.id, panel, role, until.map(at), granted)?;
            signed_in.map_or(Ok(()), |when| tx.clear_tries(account.id, at(when)))
        });
    }
}

fn people(lab: &mut Lab, filter: &PersonFilter<'_>) -> Vec<Person> {
    lab.look(|tx| {
        let mut found = Vec::new();
        tx.each_person(filter, |person| {
            found.push(person);
            Ok::<bool, Fault>(true)
        })?;
        Ok(found)
    })
}

/// The first letters of those found, in order.
fn found(lab: &mut Lab, filter: &PersonFilter<'_>) -> String {
    people(lab, filter)
        .iter()
        .map(|person| person.account.address.as_str().chars().next().unwrap())
        .collect()
}

#[test]
fn each_filter_narrows_the_list_as_it_says() {
    on_each_engine(|lab| {
        fill(lab);
        let none = PersonFilter::default();
        assert_eq!(found(lab, &none), "abcd");
        for (filter, expected) in [
            (
                PersonFilter {
                    panel_id: Some(1),
                    ..none.clone()
                },
                "abc",
            ),
            (
                PersonFilter {
                    panel_id: Some(2),
                    ..none.clone()
                },
                "d",
            ),
            (
                PersonFilter {
                    role: Some("member"),
                    ..none.clone()
                },
                "bcd",
            ),
            (
                PersonFilter {
                    search: Some("EXAMPLE.com"),
                    ..none.clone()
                },
                "abd",
            ),
            (
                PersonFilter {
                    search: Some("ünal"),
                    ..none.clone()
                },
                "a",
            ),
            (
                PersonFilter {
                    search: Some("ÜNAL, a"),
                    ..none.clone()
                },
                "a",
            ),
            (
                PersonFilter {
                    search: Some("_"),
                    ..none.clone()
                },
                "b",
            ),
            (
                PersonFilter {
                    search: Some("100%"),
                    ..none.clone()
                },
                "b",
            ),
            (
                PersonFilter {
                    search: Some("%"),
                    ..none.clone()
                },
                "b",
            ),
            (
                PersonFilter {
                    search: Some("\\"),
                    ..none.clone()
                },
                "",
            ),
            (
                PersonFilter {
                    search: Some("' or 1=1 --"),
                    ..none.clone()
                },
                "",
            ),
            (
                PersonFilter {
                    after: Some("bob_1@example.com"),
                    ..none.clone()
                },
                "cd",
            ),
            (
                PersonFilter {
                    ends_before: Some(at("2026-05-01T00:00:00Z")),
                    ..none.clone()
                },
                "c",
            ),
            (
                PersonFilter {
                    ends_before: Some(at("2026-05-01T00:00:00.001Z")),
                    ..none.clone()
                },
                "cd",
            ),
            (
                PersonFilter {
                    not_since: Some(at("2026-02-01T00:00:00Z")),
                    ..none.clone()
                },
                "bc",
            ),
            (
                PersonFilter {
                    never_signed_in: true,
                    ..none.clone()
                },
                "b",
            ),
            (
                PersonFilter {
                    panel_id: Some(1),
                    role: Some("member"),
                    search: Some("e"),
                    after: Some("a"),
                    ends_before: Some(at("2027-01-01T00:00:00Z")),
                    not_since: Some(at(START)),
                    statuses: &["expired"],
                    ..none.clone()
                },
                "c",
            ),
        ] {
            assert_eq!(found(lab, &filter), expected, "{filter:?}");
        }
    });
}

#[test]
fn each_order_is_what_it_says_and_ends_with_the_address() {
    on_each_engine(|lab| {
        fill(lab);
        for (sort, expected) in [
            (SortBy::Address, "abcd"),
            (SortBy::Name, "dbac"),
            (SortBy::Until, "cdab"),
            (SortBy::LastSignIn, "bcad"),
            (SortBy::Newest, "dcba"),
        ] {
            assert_eq!(
                found(
                    lab,
                    &PersonFilter {
                        sort,
                        ..PersonFilter::default()
                    }
                ),
                expected,
                "{sort:?}"
            );
        }
    });
}

#[test]
fn the_list_stops_when_it_is_told_to() {
    on_each_engine(|lab| {
        fill(lab);
        let mut taken = 0;
        lab.look(|tx| {
            tx.each_person(&PersonFilter::default(), |_| {
                taken += 1;
                Ok::<bool, Fault>(taken < 2)
            })
        });
        assert_eq!(taken, 2);
    });
}

#[test]
fn a_row_has_the_newest_invitation_of_its_panel_and_the_second_factor() {
    on_each_engine(|lab| {
        fill(lab);
        lab.invite_to("ada@example.com", "main");
        lab.set_clock("2026-03-02T00:00:00Z");
        lab.invite_to("ada@example.com", "main");
        let ada = lab.account("ada@example.com").id;
        let account = lab.account("ada@example.com");
        assert_eq!(account.id, ada);
        lab.settle(|tx| {
            let secret = admit::vault::TotpSecret::random(tx.vault().entropy())?;
            tx.set_factor(&account, &secret, 0, at(START))
        });
        let rows = people(
            lab,
            &PersonFilter {
                search: Some("ada@"),
                ..PersonFilter::default()
            },
        );
        assert_eq!(rows.len(), 1);
        let invitation = rows[0].invitation.unwrap();
        assert_eq!(invitation.created_at, at("2026-03-02T00:00:00Z"));
        assert_eq!(invitation.expires_at, at("2026-03-09T00:00:00Z"));
        assert!(invitation.open && rows[0].second_factor == Some((at(START), 0)));
        let dan = people(
            lab,
            &PersonFilter {
                panel_id: Some(2),
                ..PersonFilter::default()
            },
        );
        assert_eq!((dan[0].invitation, dan[0].second_factor), (None, None));
        let token = lab
            .newest(
                "ada@example.com",
                admit::domain::link::LinkPurpose::Invitation,
            )
            .unwrap();
        let token = lab.token(token.id);
        lab.register(&token, "correct horse battery").unwrap();
        let rows = people(
            lab,
            &PersonFilter {
                search: Some("ada@"),
                ..PersonFilter::default()
            },
        );
        assert!(!rows[0].invitation.unwrap().open);
    });
}
