//! I12: thousands of rows in one command.

use admit::ops::OpError;
use admit::ops::bulk::{Label, Row, RowFault, Totals, Watcher, all_or_nothing, keep_going};
use admit::ops::change::ChangeResult;
use admit::ops::grant::Granted;
use admit::ops::invite::{Invite, invite};

use crate::support::bench_store::{ADA, BOB, CYD, Lab, invitation, on_each_engine};

/// What was seen of each row, by line.
#[derive(Default)]
struct Seen {
    rows: Vec<(u64, Result<Granted, String>)>,
    stop_at: Option<u64>,
}

impl Watcher<Granted> for Seen {
    fn restart(&mut self) -> Result<(), OpError> {
        self.rows.clear();
        Ok(())
    }

    fn row(
        &mut self,
        row: &Label,
        result: Result<&ChangeResult<Granted>, &RowFault>,
    ) -> Result<(), OpError> {
        let result = result
            .map(|outcome| outcome.change.clone())
            .map_err(|fault| match fault {
                RowFault::Input { message, .. } => message.clone(),
                RowFault::Refused(refusal) => format!("{refusal:?}"),
            });
        self.rows.push((row.line, result));
        if self.stop_at == Some(row.line) {
            Err(OpError::Interrupted)
        } else {
            Ok(())
        }
    }
}

#[derive(Clone, Copy)]
enum Way {
    AllOrNothing,
    KeepGoing,
}

/// One row of a file: a request, or what is wrong with it.
type Line = Result<Invite, &'static str>;

fn run(lab: &mut Lab, way: Way, lines: &[Line], seen: &mut Seen) -> Result<Totals, OpError> {
    let op = lab.op();
    let mut walk = |take: &mut dyn FnMut(Row<Invite>) -> Result<(), OpError>| {
        for (index, line) in lines.iter().enumerate() {
            take(Row {
                line: index as u64 + 1,
                target: format!("row {index}"),
                panel: None,
                request: line.clone().map_err(|problem| RowFault::Input {
                    message: (*problem).to_owned(),
                    not_found: false,
                }),
            })?;
        }
        Ok(())
    };
    let mut apply = |tx: &mut admit::store::Tx<'_>,
                     scope: &admit::ops::Scope,
                     op: &admit::ops::Op,
                     request: &Invite| invite(tx, scope, op, request);
    match way {
        Way::AllOrNothing => all_or_nothing(&mut lab.store, &op, &mut walk, &mut apply, seen),
        Way::KeepGoing => keep_going(&mut lab.store, &op, &mut walk, &mut apply, seen),
    }
}

fn row(who: &str) -> Line {
    line(who, None)
}

fn bad_role(who: &str) -> Line {
    line(who, Some("emperor"))
}

/// A row; one whose role is empty is not readable.
fn line(who: &str, role: Option<&str>) -> Line {
    if role == Some("") {
        return Err("not readable");
    }
    let role = role.map(str::to_owned);
    Ok(Invite {
        bulk: true,
        role,
        ..invitation(who)
    })
}

#[test]
fn one_bad_row_means_nothing_is_written_and_every_bad_row_is_told() {
    on_each_engine(|lab| {
        let head = lab.head();
        let lines = [
            row(ADA),
            bad_role(BOB),
            row(CYD),
            line("dan@example.com", Some("")),
        ];
        let mut seen = Seen::default();
        let totals = run(lab, Way::AllOrNothing, &lines, &mut seen).unwrap();
        assert_eq!(
            totals,
            Totals {
                done: 2,
                unchanged: 0,
                refused: 2
            }
        );
        assert_eq!(seen.rows.len(), 4);
        let bad: Vec<u64> = seen
            .rows
            .iter()
            .filter(|(_, result)| result.is_err())
            .map(|(line, _)| *line)
            .collect();
        assert_eq!(bad, [2, 4]);
        assert!(!lab.look(|tx| tx.has_accounts()));
        assert_eq!((lab.head(), lab.look(|tx| tx.waiting_mail()).0), (head, 0));
    });
}

#[test]
fn keep_going_writes_the_good_rows_and_tells_the_bad() {
    on_each_engine(|lab| {
        let lines = [
            row(ADA),
            bad_role(BOB),
            row(CYD),
            line("dan@example.com", Some("")),
        ];
        let mut seen = Seen::default();
        let totals = run(lab, Way::KeepGoing, &lines, &mut seen).unwrap();
        assert_eq!(
            totals,
            Totals {
                done: 2,
                unchanged: 0,
                refused: 2
            }
        );
        assert!(lab.find(ADA).is_some() && lab.find(BOB).is_none() && lab.find(CYD).is_some());
        assert_eq!(seen.rows[3], (4, Err("not readable".into())));
        assert_eq!(lab.look(|tx| tx.waiting_mail()).0, 2);
        lab.verify();
    });
}

#[test]
fn the_same_file_again_changes_nothing_and_mails_nobody() {
    for way in [Way::AllOrNothing, Way::KeepGoing] {
        on_each_engine(|lab| {
            lab.member(BOB);
            let lines = [row(ADA), row(BOB), row(CYD), row(" ADA@example.com ")];
            let mut seen = Seen::default();
            let totals = run(lab, way, &lines, &mut seen).unwrap();
            assert_eq!(
                totals,
                Totals {
                    done: 2,
                    unchanged: 2,
                    refused: 0
                }
            );
            assert_eq!(
                seen.rows[3].1,
                Ok(Granted::PendingAlready),
                "twice in one file is once"
            );
            let (head, mails) = (lab.head(), lab.look(|tx| tx.waiting_mail()).0);
            let totals = run(lab, way, &lines, &mut seen).unwrap();
            assert_eq!(
                totals,
                Totals {
                    done: 0,
                    unchanged: 4,
                    refused: 0
                }
            );
            assert_eq!(seen.rows[0].1, Ok(Granted::PendingAlready));
            assert_eq!(seen.rows[1].1, Ok(Granted::InAlready));
            assert_eq!(
                (lab.head(), lab.look(|tx| tx.waiting_mail()).0),
                (head, mails)
            );
        });
    }
}

#[test]
fn resend_pending_mails_those_who_wait_again() {
    on_each_engine(|lab| {
        lab.member(BOB);
        lab.invite(ADA);
        let lines = [ADA, BOB, CYD].map(|who| {
            Ok(Invite {
                bulk: true,
                resend_pending: true,
                ..invitation(who)
            })
        });
        let mut seen = Seen::default();
        let totals = run(lab, Way::AllOrNothing, &lines, &mut seen).unwrap();
        assert_eq!(
            totals,
            Totals {
                done: 2,
                unchanged: 1,
                refused: 0
            }
        );
        assert!(matches!(seen.rows[0].1, Ok(Granted::Resent { .. })));
        assert_eq!(lab.mail_kinds(ADA), ["invitation", "invitation"]);
        assert_eq!(lab.mail_kinds(BOB), ["invitation"]);
    });
}

#[test]
fn an_interruption_leaves_nothing_of_all_or_nothing() {
    on_each_engine(|lab| {
        let mut seen = Seen {
            stop_at: Some(2),
            ..Seen::default()
        };
        let stopped = run(
            lab,
            Way::AllOrNothing,
            &[row(ADA), row(BOB), row(CYD)],
            &mut seen,
        );
        assert!(matches!(stopped, Err(OpError::Interrupted)));
        assert!(!lab.look(|tx| tx.has_accounts()));
    });
}

#[test]
fn an_interruption_of_keep_going_leaves_whole_batches() {
    on_each_engine(|lab| {
        let lines: Vec<Line> = (0..1_200)
            .map(|index| row(&format!("guest{index:04}@example.com")))
            .collect();
        let mut seen = Seen {
            stop_at: Some(600),
            ..Seen::default()
        };
        let stopped = run(lab, Way::KeepGoing, &lines, &mut seen);
        assert!(matches!(stopped, Err(OpError::Interrupted)));
        assert_eq!(lab.look(|tx| tx.waiting_mail()).0, 1_000);
        lab.verify();
        let mut seen = Seen::default();
        let totals = run(lab, Way::KeepGoing, &lines, &mut seen).unwrap();
        assert_eq!(
            totals,
            Totals {
                done: 200,
                unchanged: 1_000,
                refused: 0
            }
        );
        let lines_seen: Vec<u64> = seen.rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines_seen, (1..=1_200).collect::<Vec<_>>());
    });
}

#[test]
fn a_file_without_rows_changes_nothing() {
    on_each_engine(|lab| {
        for way in [Way::AllOrNothing, Way::KeepGoing] {
            let (totals, entries) =
                lab.entries_of(|lab| run(lab, way, &[], &mut Seen::default()).unwrap());
            assert_eq!((totals, entries.len()), (Totals::default(), 0));
        }
    });
}
