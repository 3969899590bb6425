//! What the gate keeps between two requests: steps of a sign-in, answers, and what is seen of a change.

use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use admit::store::{Done, Fault, NewAnswer, NewSession, Tx, Witness};
use admit::vault::Purpose;

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, START, at, on_each_engine};

const END: &str = "2026-03-01T12:10:00Z";

#[test]
fn a_step_is_of_one_account_one_panel_and_one_purpose_until_it_is_used_or_over() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        lab.settle(|tx| {
            let ada = add(tx, ADA)?.id;
            let hash = tx.vault().random_token(Purpose::Ticket)?.hash();
            tx.add_step("code", ada, 1, &hash, at(START), at(END))?;
            let almost = at("2026-03-01T12:09:59.999Z");
            assert_eq!(tx.step_of("code", 1, &hash, almost)?, Some((ada, at(END))));
            assert_eq!(tx.step_of("code", 1, &hash, at(END))?, None);
            assert_eq!(tx.step_of("code", 2, &hash, at(START))?, None);
            assert_eq!(tx.step_of("new-password", 1, &hash, at(START))?, None);
            // A step is no ticket of another kind, and the other way round.
            let plain = tx.add_ticket("code", ada, at(START), at(END))?;
            assert_eq!(tx.step_of("code", 1, &plain.hash(), at(START))?, None);
            assert!(tx.use_ticket("code", ada, &hash, at(START))?);
            assert_eq!(tx.step_of("code", 1, &hash, at(START))?, None);
            Ok(())
        });
    });
}

#[test]
fn an_answer_is_kept_for_its_key_and_forgotten_in_time() {
    on_each_engine(|lab| {
        let (key, request, long_ago) = ([1; 32], [2; 32], at("2026-02-28T12:00:00Z"));
        let new = NewAnswer {
            key: &key,
            request: &request,
            answer: b"an answer",
            account_id: None,
        };
        lab.settle(|tx| tx.keep_answer(&new, long_ago, at(START)));
        lab.settle(|tx| {
            let kept = tx.kept_answer(&key, long_ago)?.unwrap();
            assert_eq!(
                (kept.request.as_slice(), kept.answer.expose().as_slice()),
                (&request[..], &b"an answer"[..])
            );
            assert!(tx.kept_answer(&[3; 32], long_ago)?.is_none());
            assert!(
                tx.kept_answer(&key, at(START))?.is_none(),
                "the instant itself is over"
            );
            Ok(())
        });
        let twice = lab.store.change(|tx| {
            tx.keep_answer(&new, long_ago, at(END))?;
            Ok::<_, Fault>(Done::unrecorded(()))
        });
        assert!(matches!(twice, Err(Fault::Duplicate(_))), "{twice:?}");
        // What is older goes when another is kept.
        lab.settle(|tx| tx.keep_answer(&new, at(START), at(END)));
        lab.settle(|tx| {
            assert_eq!(tx.forget_answers(at(START))?, 0);
            assert_eq!(tx.forget_answers(at(END))?, 1);
            Ok(())
        });
    });
}

#[test]
fn the_answers_of_a_person_go_with_them_and_all_go_with_a_restored_copy() {
    on_each_engine(|lab| {
        let before = at("2026-02-28T12:00:00Z");
        lab.settle(|tx| {
            let ada = add(tx, ADA)?.id;
            for (key, account_id) in [([1; 32], Some(ada)), ([2; 32], None)] {
                let new = NewAnswer {
                    key: &key,
                    request: &[0; 32],
                    answer: b"x",
                    account_id,
                };
                tx.keep_answer(&new, before, at(START))?;
            }
            tx.erase_account(ada)?;
            assert!(tx.kept_answer(&[1; 32], before)?.is_none());
            assert!(tx.kept_answer(&[2; 32], before)?.is_some());
            tx.end_everything(0, at(START))?;
            assert!(tx.kept_answer(&[2; 32], before)?.is_none());
            Ok(())
        });
    });
}

#[test]
fn the_count_of_a_request_is_forgotten_alone() {
    on_each_engine(|lab| {
        lab.settle(|tx| {
            let before = at("2026-03-01T11:00:00Z");
            for key in [[1; 32], [2; 32]] {
                tx.count_request(&key, before, at(START))?;
            }
            tx.forget_request(&[1; 32])?;
            assert_eq!(tx.count_request(&[1; 32], before, at(START))?, 1);
            assert_eq!(tx.count_request(&[2; 32], before, at(START))?, 2);
            Ok(())
        });
    });
}

#[test]
fn all_sessions_of_a_person_end_but_one() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        lab.settle(|tx| {
            let (ada, bob) = (add(tx, ADA)?.id, add(tx, BOB)?.id);
            let begin = |account_id, panel_id| {
                tx.add_session(&NewSession {
                    account_id,
                    panel_id,
                    created_at: at(START),
                    expires_at: at(END),
                    ip: None,
                    passed: Some("app"),
                })
            };
            let (kept, other, elsewhere, bobs) = (
                begin(ada, 1)?,
                begin(ada, 1)?,
                begin(ada, 2)?,
                begin(bob, 1)?,
            );
            assert_eq!(
                tx.end_other_sessions(ada, &kept.hash(), "for a test", at(START))?,
                2
            );
            for (token, open) in [
                (&kept, true),
                (&other, false),
                (&elsewhere, false),
                (&bobs, true),
            ] {
                let session = tx.session(&token.hash())?.unwrap();
                assert_eq!(session.ended_at.is_none(), open);
                assert_eq!(session.passed.as_deref(), Some("app"));
            }
            Ok(())
        });
    });
}

#[test]
fn an_account_is_found_by_its_reference() {
    on_each_engine(|lab| {
        lab.settle(|tx| add(tx, ADA).map(drop));
        let account = lab.account(ADA);
        let found = lab.look(|tx| tx.account_by_reference(&account.reference));
        assert_eq!(found.map(|found| found.id), Some(account.id));
        assert!(lab.look(|tx| tx.account_by_reference(&[9; 16])).is_none());
    });
}

/// Counts what it sees, and refuses text.
#[derive(Default)]
struct Watch(AtomicUsize);

impl Witness for Watch {
    fn sees(&self, _: &Tx<'_>, value: &dyn Any) -> Result<(), Fault> {
        self.0.fetch_add(1, Ordering::SeqCst);
        if value.is::<String>() {
            return Err(Fault::Other("text".into()));
        }
        Ok(())
    }
}

#[test]
fn a_witness_sees_what_is_about_to_be_committed_and_may_refuse_it() {
    on_each_engine(|lab| {
        let watch = Arc::new(Watch::default());
        lab.store.set_witness(Some(watch.clone()));
        let count = |lab: &mut crate::support::bench_store::Lab, key: [u8; 32]| {
            lab.store.change(|tx| {
                tx.count_request(&key, at(START), at(END))?;
                Ok::<_, Fault>(Done::unrecorded("some text".to_owned()))
            })
        };
        assert!(count(lab, [1; 32]).is_err());
        let nothing = lab
            .store
            .change(|_| Ok::<_, Fault>(Done::nothing("some text".to_owned())));
        assert!(nothing.is_ok(), "what is not committed is not shown");
        assert_eq!(watch.0.load(Ordering::SeqCst), 1);
        lab.store.set_witness(None);
        assert!(count(lab, [1; 32]).is_ok());
        assert_eq!(watch.0.load(Ordering::SeqCst), 1);
        lab.settle(|tx| {
            assert_eq!(
                tx.count_request(&[1; 32], at(START), at(END))?,
                2,
                "the refused one left nothing"
            );
            Ok(())
        });
    });
}
