//! T3.

use admit::domain::account::Disabled;
use admit::domain::refusal::Refusal;
use admit::domain::second_factor::Method;
use admit::ops::reset_password::Reset;
use admit::ops::set_up::Holder;

use crate::support::bench_codes::{App, Try, denied, granted, why_not, with};
use crate::support::bench_store::{ADA, BOB, Lab, OTHER_PASSWORD, minutes, on_each_engine, secret};

fn left(lab: &mut Lab) -> i64 {
    let ada = lab.account(ADA);
    lab.look(|tx| tx.backup_codes_left(ada.id))
}

fn new_codes(lab: &mut Lab, app: &App) -> Vec<String> {
    let code = lab.code(app, 0);
    granted(lab.backup_codes(with(&code)))
}

#[test]
fn ten_codes_come_with_a_set_up_and_no_two_are_the_same() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let mut codes = app.backup.clone();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 10);
        assert_eq!(left(lab), 10);
    });
}

#[test]
fn each_code_works_once() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let (last, rest) = app.backup.split_last().unwrap();
        for code in rest {
            assert_eq!(lab.answer(with(code)), "signed-in");
            assert_eq!(
                why_not(lab.attempt(with(code))),
                ("code-invalid", "wrong-backup-code".into())
            );
        }
        assert_eq!(lab.answer(with(last)), "signed-in");
        // None is left that could be guessed.
        assert_eq!(
            why_not(lab.attempt(with(last))),
            ("code-invalid", "method-not-open".into())
        );
        assert_eq!(left(lab), 0);
        assert_eq!(denied(lab.attempt(Try::default())).methods, [Method::App]);
    });
}

#[test]
fn using_one_tells_how_many_are_left_and_mails_a_notice() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        for (used, code) in app.backup.iter().take(3).enumerate() {
            let Ok(signed_in) = lab.attempt(with(code)) else {
                panic!("not let in");
            };
            assert_eq!(
                signed_in.authenticated.context.backup_codes_left,
                Some(9 - i64::try_from(used).unwrap())
            );
        }
        let notices = lab
            .mail_kinds(ADA)
            .iter()
            .filter(|kind| *kind == "backup-code-used")
            .count();
        assert_eq!(notices, 3);
    });
}

#[test]
fn a_code_used_to_change_the_password_is_used_up() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = secret(&app.backup[0]);
        let second = crate::support::bench_codes::typed(&code);
        assert!(lab.change_by_address(second, None).is_ok());
        assert_eq!(
            lab.sign_in_with(ADA, OTHER_PASSWORD, &app.backup[0]),
            "code-invalid"
        );
    });
}

#[test]
fn a_code_used_in_one_panel_is_used_up_in_the_other() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        let there = Try {
            panel: "second",
            ..with(&app.backup[0])
        };
        assert_eq!(lab.answer(there), "signed-in");
        assert_eq!(lab.answer(with(&app.backup[0])), "code-invalid");
    });
}

#[test]
fn a_code_is_read_with_and_without_hyphens_in_either_case() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let spellings: [fn(&str) -> String; 5] = [
            |code| code.replace('-', ""),
            str::to_uppercase,
            |code| code.replace('-', " "),
            |code| format!("  {code}\r\n"),
            |code| code.replace('0', "O").replace('1', "l"),
        ];
        for (code, spell) in app.backup.iter().zip(spellings) {
            assert_eq!(lab.answer(with(&spell(code))), "signed-in", "{code}");
            assert_eq!(lab.answer(with(code)), "code-invalid", "{code}");
        }
    });
}

#[test]
fn the_code_of_somebody_else_is_wrong_and_stays_theirs() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        let bobs = lab.member_with_app(BOB);
        assert_eq!(
            why_not(lab.attempt(with(&bobs.backup[0]))),
            ("code-invalid", "wrong-backup-code".into())
        );
        let bob = Try {
            who: BOB,
            ..with(&bobs.backup[0])
        };
        assert_eq!(lab.answer(bob), "signed-in");
    });
}

#[test]
fn where_apps_are_not_taken_backup_codes_are_not_either() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.set_panel(
            "main",
            &[("second-factor", "required"), ("methods", "mail")],
        );
        assert_eq!(
            why_not(lab.attempt(with(&app.backup[0]))),
            ("code-invalid", "method-not-open".into())
        );
        assert_eq!(left(lab), 10);
        assert_eq!(lab.account(ADA).lock.wrong_codes, 0);
    });
}

#[test]
fn a_new_set_kills_the_old_one_and_is_told_by_mail() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        assert_eq!(lab.answer(with(&app.backup[0])), "signed-in");
        let (new, entries) = lab.entries_of(|lab| new_codes(lab, &app));
        assert_eq!(entries, ["backup-codes-made"]);
        assert_eq!((new.len(), left(lab)), (10, 10));
        assert_eq!(lab.mail_kinds(ADA).last().unwrap(), "backup-codes-made");
        assert_eq!(lab.answer(with(&app.backup[1])), "code-invalid");
        assert_eq!(lab.answer(with(&app.backup[0])), "code-invalid");
        assert_eq!(lab.answer(with(&new[0])), "signed-in");
    });
}

#[test]
fn a_new_set_needs_the_password_and_a_code() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        let without = Try {
            password: OTHER_PASSWORD,
            ..with(&code)
        };
        assert_eq!(
            denied(lab.backup_codes(without)).reason,
            "invalid-credentials"
        );
        assert_eq!(
            why_not(lab.backup_codes(Try::default())),
            ("code-invalid", "malformed-code".into())
        );
        assert_eq!(left(lab), 10);
        assert_eq!(granted(lab.backup_codes(with(&code))).len(), 10);
        // That code is spent.
        assert_eq!(why_not(lab.backup_codes(with(&code))).1, "code-used");
    });
}

#[test]
fn a_new_set_is_made_with_one_of_the_old() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let new = granted(lab.backup_codes(with(&app.backup[9])));
        assert_eq!(new.len(), 10);
        assert_eq!(
            why_not(lab.backup_codes(with(&app.backup[9]))).0,
            "code-invalid"
        );
    });
}

#[test]
fn a_trusted_network_does_not_stand_in_for_the_code_of_a_new_set() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.trust("203.0.113.0/24", None, None);
        assert!(lab.backup_codes(Try::default()).is_err());
        assert_eq!(left(lab), 10);
    });
}

#[test]
fn without_an_app_there_are_no_backup_codes() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let op = lab.op_from("203.0.113.9");
        let password = secret(crate::support::bench_store::PASSWORD);
        let credentials = admit::ops::sign_in::Credentials {
            address: ADA,
            password: &password,
            panel: "main",
            ticket: None,
            second: admit::ops::sign_in::Second::default(),
        };
        let made =
            admit::ops::backup_codes::backup_codes(&mut lab.store, &op, &credentials, &|_| {});
        assert_eq!(
            crate::support::bench_store::refused(made),
            Refusal::NoSecondFactor
        );
        assert_eq!(lab.account(ADA).lock.open_tries, 0);
    });
}

#[test]
fn a_new_app_brings_a_new_set() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let (ticket, _) = granted(lab.begin(Try::default()));
        let holder = Holder::Ticket(&ticket);
        let offered = granted(lab.offer(holder, Some(&app.backup[0])).unwrap());
        // Until it is confirmed the old ones count.
        assert_eq!(lab.answer(with(&app.backup[1])), "signed-in");
        let first = crate::support::bench_codes::code_near(&offered.secret, lab.now, 0);
        let new = granted(lab.confirm(holder, &first).unwrap());
        assert_eq!(lab.answer(with(&app.backup[2])), "code-invalid");
        lab.advance(minutes(1));
        let typed = new[0].shown();
        assert_eq!(lab.answer(with(typed.expose())), "signed-in");
    });
}

#[test]
fn few_codes_are_a_note_of_why() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let noted = |lab: &mut Lab| {
            lab.why(ADA, Some("main"))
                .remove(0)
                .notes
                .into_iter()
                .find(|note| note.kind == "backup-codes-low")
                .map(|note| note.detail)
        };
        for code in &app.backup[..6] {
            assert_eq!(lab.answer(with(code)), "signed-in");
        }
        assert_eq!(noted(lab), None);
        assert_eq!(lab.answer(with(&app.backup[6])), "signed-in");
        assert_eq!(noted(lab).as_deref(), Some("only 3 backup codes are left"));
    });
}

#[test]
fn no_backup_code_is_in_the_file_in_clear() {
    let mut lab = Lab::new();
    let app = lab.member_with_app(ADA);
    let hashes: Vec<Vec<u8>> = lab.raw().column("select hash from backup_code", &[]);
    assert_eq!(hashes.len(), 10);
    for code in &app.backup {
        let bare = code.replace('-', "");
        assert!(
            hashes
                .iter()
                .all(|hash| hash.len() == 32 && hash != bare.as_bytes())
        );
    }
}

#[test]
fn who_could_not_come_in_gets_no_new_codes_either() {
    on_each_engine(|lab| {
        type Change = fn(&mut Lab);
        let obstacles: [(&str, Change); 5] = [
            ("disabled", |lab| {
                let (ada, now) = (lab.account(ADA), lab.now);
                lab.settle(|tx| {
                    tx.disable_account(
                        ada.id,
                        &Disabled {
                            at: now,
                            until: None,
                            reason: "case 4711".into(),
                        },
                    )
                });
            }),
            ("no-access", |lab| {
                lab.remove(ADA, Some("main")).unwrap();
            }),
            ("access-expired", |lab| {
                let (ada, now) = (lab.account(ADA), lab.now);
                lab.settle(|tx| {
                    let access = tx.access(ada.id, 1)?.unwrap();
                    tx.set_access(access.id, "member", Some(now))
                });
            }),
            ("trial-ended", |lab| {
                let now = lab.now;
                lab.settle(|tx| tx.set_trial_end(1, Some(now)));
            }),
            ("password-reset-required", |lab| {
                let reset = Reset {
                    panel: Some("main".into()),
                    now: true,
                    ..Reset::default()
                };
                lab.reset(ADA, &reset).unwrap();
            }),
        ];
        for (reason, change) in obstacles {
            *lab = Lab::new();
            // With access elsewhere, so that the account's own count decides.
            let app = lab.member_with_app(ADA);
            lab.add_panel("shop", &[]);
            lab.invite_to(ADA, "shop");
            change(lab);
            let code = lab.code(&app, 0);
            let denied = denied(lab.backup_codes(with(&code)));
            assert_eq!(denied.reason, reason);
            assert_eq!(left(lab), 10, "{reason}: the old ones stay");
            // Nor is the code spent for nothing.
            assert_eq!(lab.account(ADA).lock.open_tries, 0, "{reason}");
        }
    });
}
