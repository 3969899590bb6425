//! Setting up, taking off and sparing the second factor, by many at once (T2, T3, T6, X1, X7).

use std::thread;
use std::time::{Duration, Instant};

use admit::domain::account::Account;
use admit::domain::event::Action;
use admit::domain::trusted_ip::Network;
use admit::store::{AuditEntry, NewTrust};
use admit::vault::{Code, Token};
use jiff::SignedDuration;
use serde_json::{Value, json};

use super::guarded::{NO_LOCK, PROCESSES, ROUNDS, Stage, step_now, told, with, with_code, word};
use super::{PASSWORD, op, ran, rounds, sign_in, some_of, turn};

const REQUIRED: [(&str, &str); 1] = [("second-factor", "required")];

/// Sixteen sessions of one person ask for a new secret with the same code of the old one.
fn replaces_once(stage: &mut Stage, account: &Account, code: &str, cause: &str) {
    let requests: Vec<Value> = stage
        .sessions(account, PROCESSES)
        .iter()
        .map(|session| json!({"op": "set-up-2fa", "ip": null, "id": 0, "session": session.as_str(), "current_code": code}))
        .collect();
    let answers = stage.ask(&requests);
    assert_eq!(told(&answers, "second-factor-offered"), 1, "{answers:?}");
    for answer in answers.iter().filter(|answer| answer["ok"] == false) {
        assert_eq!(word(answer), "code-invalid", "{answer}");
        assert_eq!(answer["cause"], cause, "{answer}");
    }
    let offered = stage.entries(account, Action::SecondFactorOffered);
    assert_eq!(offered.len(), 1);
    let refused = stage.entries(account, Action::SignInRefused);
    assert_eq!(refused.len(), PROCESSES - 1);
}

#[test]
fn one_code_replaces_a_secret_exactly_once() {
    let _turn = turn();
    let mut stage = Stage::new(PROCESSES, &[&NO_LOCK]);
    for round in 0..ROUNDS {
        let one = stage.guarded(&format!("one{round}@example.com"));
        replaces_once(&mut stage, &one.account, &one.code(), "code-used");
        let other = stage.guarded(&format!("other{round}@example.com"));
        let code = other.backup_code(round % 10);
        replaces_once(&mut stage, &other.account, &code, "wrong-backup-code");
    }
    stage.end();
}

/// A ticket, as a right password brings it, or a session: what the request says, and its token.
fn holder(stage: &mut Stage, who: &str, account: &Account, round: usize) -> (&'static str, Token) {
    if round.is_multiple_of(2) {
        return ("session", stage.sessions(account, 1).remove(0));
    }
    let answer = stage.ask(&[sign_in(round, who, PASSWORD)]);
    assert_eq!(word(&answer[0]), "second-factor-setup-required");
    let ticket = answer[0]["ticket"].as_str().unwrap();
    ("ticket", Token::parse(ticket).unwrap())
}

#[test]
fn one_offer_is_confirmed_exactly_once() {
    let _turn = turn();
    let mut stage = Stage::new(PROCESSES, &[&NO_LOCK, &REQUIRED]);
    for round in 0..ROUNDS {
        let who = format!("person{round}@example.com");
        let account = stage.registered(&who);
        let (kind, token) = holder(&mut stage, &who, &account, round);
        let ask = json!({"op": "set-up-2fa", "ip": null, "id": round, kind: token.as_str()});
        let offered = stage.ask(&vec![ask.clone(); PROCESSES]);
        // Whoever asks with the same token is shown the same secret.
        assert_eq!(
            told(&offered, "second-factor-offered"),
            PROCESSES,
            "{offered:?}"
        );
        assert!(
            offered
                .iter()
                .all(|answer| answer["secret"] == offered[0]["secret"])
        );
        let secret = stage
            .store
            .read(|tx| tx.factor_offer(&account, &token.hash(), op().now))
            .unwrap()
            .unwrap();
        assert_eq!(offered[0]["secret"], secret.base32().as_str());

        let code = secret.code_at(step_now()).as_str().to_owned();
        let answers = stage.ask(&vec![with(ask, &[("code", &code)]); PROCESSES]);
        assert_eq!(told(&answers, "second-factor-set"), 1, "{answers:?}");
        // The ticket went with the set-up; a session lives on and hears that nothing is on offer any more.
        let late = if kind == "ticket" {
            "ticket-expired"
        } else {
            "code-expired"
        };
        assert_eq!(told(&answers, late), PROCESSES - 1, "{answers:?}");
        let winner = answers.iter().find(|answer| answer["ok"] == true).unwrap();
        let codes: Vec<&str> = winner["backup_codes"]
            .as_array()
            .unwrap()
            .iter()
            .map(|code| code.as_str().unwrap())
            .collect();
        assert_eq!(codes.len(), 10);
        assert_eq!(stage.entries(&account, Action::SecondFactorSet).len(), 1);
        let count = |sql: &str| stage.count(&account, sql);
        assert_eq!(
            count("select count(*) from backup_code where account_id = $1"),
            10
        );
        assert_eq!(
            count("select count(*) from factor_offer where account_id = $1"),
            0
        );
        let mails =
            "select count(*) from outbox where account_id = $1 and kind = 'second-factor-set'";
        assert_eq!(count(mails), 1);
        all_work(&mut stage, &who, &account, &codes, &code, round);
    }
    stage.end();
}

/// Ten codes let in ten times, and the first code of the authenticator is spent.
fn all_work(
    stage: &mut Stage,
    who: &str,
    account: &Account,
    codes: &[&str],
    first: &str,
    round: usize,
) {
    if round.is_multiple_of(25) {
        let mut requests: Vec<Value> = (0..codes.len())
            .map(|at| with_code(at, who, codes[at]))
            .collect();
        requests.push(with_code(10, who, first));
        let answers = stage.ask(&requests);
        assert_eq!(told(&answers, "signed-in"), 10, "{answers:?}");
        assert_eq!(answers[10]["cause"], "code-used");
        return;
    }
    stage.change(|tx| {
        for code in codes {
            let Some(Code::Backup(code)) = Code::parse(code) else {
                panic!("no backup code");
            };
            assert!(tx.use_backup_code(account.id, &code, op().now)?);
            assert!(!tx.use_backup_code(account.id, &code, op().now)?);
        }
        Ok(())
    });
}

#[test]
fn nothing_of_a_removed_secret_outlives_the_reset() {
    let _turn = turn();
    let mut stage = Stage::new(12, &[&NO_LOCK, &REQUIRED]);
    let mut lasts = Duration::from_millis(200);
    // Sign-ins that came before the reset, and after it.
    let mut seen = [0, 0];
    // Further rounds if the reset came after all of them every time.
    let least = rounds(25);
    for round in 0..10 * least {
        if round >= least && seen.iter().all(|&count| count > 0) {
            break;
        }
        let person = stage.guarded(&format!("person{round}@example.com"));
        let who = person.who.as_str();
        let now = step_now();
        let request = |at: usize| {
            let code = match at {
                10 => person.code_at(now - 1),
                11 => person.code_at(now),
                _ => person.backup_code(at),
            };
            let ip = format!("192.0.2.{}", at + 1);
            let mut request = with(with_code(at, who, &code), &[("ip", &ip)]);
            request["trust_ip"] = true.into();
            request
        };
        let requests: Vec<Value> = (0..12).map(request).collect();
        let mut command = stage
            .world
            .command(&["reset", "2fa", who, "--yes", "--quiet"]);
        let (pause, start) = (some_of(lasts), Instant::now());
        let (answers, reset) = thread::scope(|threads| {
            let reset = threads.spawn(move || {
                thread::sleep(pause);
                ran(&mut command, "")
            });
            (stage.ask(&requests), reset.join().unwrap())
        });
        lasts = start.elapsed();
        assert_eq!(reset.code, Some(0), "{reset:?}");
        // In the audit, nobody comes in after the reset.
        let resets = stage.entries(&person.account, Action::SecondFactorReset);
        assert_eq!(resets.len(), 1);
        let entered = stage.entries(&person.account, Action::SignedIn);
        assert!(entered.iter().all(|entry| entry.seq < resets[0].seq));
        assert_eq!(resets[0].detail["sessions_ended"], entered.len());
        assert_eq!(resets[0].detail["trusted_ips"], entered.len());
        let too_late = told(&answers, "second-factor-setup-required");
        let in_now = told(&answers, "signed-in");
        assert_eq!(in_now, entered.len());
        let spent = told(&answers, "code-invalid");
        assert!(in_now + spent + too_late == 12 && spent <= 1, "{answers:?}");
        seen = [seen[0] + in_now, seen[1] + too_late];

        for table in ["second_factor", "backup_code", "trusted_ip", "factor_offer"] {
            let sql = format!("select count(*) from {table} where account_id = $1");
            assert_eq!(stage.count(&person.account, &sql), 0, "{table}");
        }
        let live = "select count(*) from session where account_id = $1 and ended_at is null";
        assert_eq!(stage.count(&person.account, live), 0);
        let checks: Vec<Value> = answers
            .iter()
            .filter(|answer| answer["ok"] == true)
            .map(|answer| json!({"op": "check-session", "id": 0, "session": answer["session"]}))
            .collect();
        assert_eq!(told(&stage.ask(&checks), "session-ended"), checks.len());
        // Neither a code that was never used, nor one from a place that was trusted.
        let late = [
            with_code(0, who, &person.code_at(step_now())),
            requests[0].clone(),
        ];
        let late = stage.ask(&late);
        assert_eq!(told(&late, "second-factor-setup-required"), 2, "{late:?}");
    }
    assert!(seen.iter().all(|&count| count > 0), "{seen:?}");
    stage.end();
}

#[test]
fn many_who_trust_one_place_leave_one_entry() {
    let _turn = turn();
    let mut stage = Stage::new(11, &[&NO_LOCK]);
    for round in 0..rounds(25) {
        let person = stage.guarded(&format!("person{round}@example.com"));
        if round % 2 == 1 {
            // One of theirs that is over.
            let then = op()
                .now
                .checked_sub(SignedDuration::from_hours(31 * 24))
                .unwrap();
            let old = NewTrust {
                panel_id: 1,
                account_id: Some(person.account.id),
                network: Network::of("192.0.2.7".parse().unwrap()),
                note: None,
                created_by: "",
                created_at: then,
                code_entered_at: Some(then),
                until: Some(then),
            };
            stage.change(|tx| tx.add_trust(&old));
        }
        let request = |at: usize| {
            let code = if at == 10 {
                person.code()
            } else {
                person.backup_code(at)
            };
            let ip = ["192.0.2.7", "::ffff:192.0.2.7"][at % 2];
            let mut request = with(with_code(at, &person.who, &code), &[("ip", ip)]);
            request["trust_ip"] = true.into();
            request
        };
        let requests: Vec<Value> = (0..11).map(request).collect();
        let answers = stage.ask(&requests);
        assert_eq!(told(&answers, "signed-in"), 11, "{answers:?}");
        let count = |sql: &str| stage.count(&person.account, sql);
        assert_eq!(
            count("select count(*) from trusted_ip where account_id = $1"),
            1
        );
        let fresh = "select count(*) from trusted_ip where account_id = $1 and network = '192.0.2.7' \
                     and last_used_at is not null";
        assert_eq!(count(fresh), 1);
        // The first one is asked for a code, and spares the others.
        let entered = stage.entries(&person.account, Action::SignedIn);
        let asked = |entry: &&AuditEntry| entry.detail["second_factor"] != "trusted-ip";
        assert_eq!(entered.iter().filter(asked).count(), 1);
        assert_ne!(entered[0].detail["second_factor"], "trusted-ip");
    }
    stage.end();
}
