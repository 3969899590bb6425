//! One code, many processes: exactly one comes in (L6, L8, T2–T4).

use std::thread;
use std::time::Duration;

use admit::domain::account::Account;
use admit::domain::event::Action;
use admit::domain::second_factor::Method;
use admit::store::AuditEntry;
use admit::vault::STEP_SECONDS;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::guarded::{
    NO_LOCK, PROCESSES, Person, ROUNDS, Stage, other_backup_code, step_now, told, with, with_code,
    word,
};
use super::{op, rounds, turn};

/// Rounds in which everybody has a password hashed for the same comparison that `set_up.rs` has [`ROUNDS`] of.
const BEHIND_PASSWORDS: usize = rounds(40);

const SESSIONS: &str = "select count(*) from session where account_id = $1";

/// Everybody sends the same; one is in, and the others have a code that was used. The audit tells the same.
fn one_comes_in(
    stage: &mut Stage,
    account: &Account,
    request: &Value,
    method: Method,
    cause: &str,
) {
    let answers = stage.ask(&vec![request.clone(); PROCESSES]);
    assert_eq!(told(&answers, "signed-in"), 1, "{answers:?}");
    for answer in answers.iter().filter(|answer| answer["ok"] == false) {
        assert_eq!(word(answer), "code-invalid", "{answer}");
        assert_eq!(answer["cause"], cause, "{answer}");
    }
    let entered = stage.entries(account, Action::SignedIn);
    assert_eq!(entered.len(), 1);
    assert_eq!(entered[0].detail["second_factor"], method.as_str());
    let counts: Vec<_> = stage
        .entries(account, Action::SignInRefused)
        .iter()
        .map(|entry| entry.detail["count"].as_u64().unwrap())
        .collect();
    assert_eq!(counts, (1..PROCESSES as u64).collect::<Vec<_>>());
    assert_eq!(stage.count(account, SESSIONS), 1);
    let open = "select open_tries + wrong from account where id = $1";
    assert_eq!(stage.count(account, open), 0);
}

#[test]
fn one_code_of_an_authenticator_lets_in_exactly_once() {
    let _turn = turn();
    let mut stage = Stage::new(PROCESSES, &[&NO_LOCK]);
    for round in 0..BEHIND_PASSWORDS {
        let person = stage.guarded(&format!("person{round}@example.com"));
        let request = with_code(round, &person.who, &person.code());
        one_comes_in(
            &mut stage,
            &person.account,
            &request,
            Method::App,
            "code-used",
        );
    }
    stage.end();
}

#[test]
fn one_backup_code_lets_in_exactly_once() {
    let _turn = turn();
    let mut stage = Stage::new(PROCESSES, &[&NO_LOCK]);
    for round in 0..BEHIND_PASSWORDS {
        let person = stage.guarded(&format!("person{round}@example.com"));
        let request = with_code(round, &person.who, &person.backup_code(round % 10));
        one_comes_in(
            &mut stage,
            &person.account,
            &request,
            Method::Backup,
            "wrong-backup-code",
        );
        let left = "select count(*) from backup_code where account_id = $1 and used_at is null";
        assert_eq!(stage.count(&person.account, left), 9);
    }
    stage.end();
}

const BY_MAIL: [(&str, &str); 2] = [("second-factor", "required"), ("methods", "app,mail")];

/// A mailed code that is on its way, and its ticket.
fn mailed(stage: &mut Stage, account: &Account) -> (String, String) {
    let now = op().now;
    let end = now.checked_add(SignedDuration::from_mins(10)).unwrap();
    stage.change(|tx| {
        let (id, ticket) = tx.add_sent_code(account, 1, Method::Mail, 0, now, end)?;
        let code = tx.code_to_send(id, account)?.unwrap();
        Ok((code.expose().clone(), ticket.as_str().to_owned()))
    })
}

#[test]
fn one_mailed_code_lets_in_exactly_once() {
    let _turn = turn();
    let mut stage = Stage::new(PROCESSES, &[&NO_LOCK, &BY_MAIL]);
    for round in 0..ROUNDS {
        let who = format!("person{round}@example.com");
        let account = stage.registered(&who);
        let (code, ticket) = mailed(&mut stage, &account);
        let request = with(with_code(round, &who, &code), &[("ticket", &ticket)]);
        one_comes_in(&mut stage, &account, &request, Method::Mail, "code-used");
    }
    stage.end();
}

/// With a few seconds of the step left, so that the code before it still counts.
fn wait_for_time() {
    let left = STEP_SECONDS - Timestamp::now().as_second().rem_euclid(STEP_SECONDS);
    if left < 4 {
        thread::sleep(Duration::from_secs(left.unsigned_abs()));
    }
}

#[test]
fn the_code_before_never_comes_in_after_the_code_of_now() {
    let _turn = turn();
    let mut stage = Stage::new(4, &[&NO_LOCK]);
    // How often the code before came in first, and how often it was too late.
    let mut seen = [0, 0];
    for round in 0..ROUNDS {
        wait_for_time();
        let person = stage.guarded(&format!("person{round}@example.com"));
        let now = step_now();
        // Where somebody comes from tells in the audit which code it was.
        let request = |at: usize| {
            let (step, ip) = if at.is_multiple_of(2) {
                (now - 1, "192.0.2.1")
            } else {
                (now, "192.0.2.2")
            };
            with(
                with_code(at, &person.who, &person.code_at(step)),
                &[("ip", ip)],
            )
        };
        let requests: Vec<Value> = (0..4).map(request).collect();
        let answers = stage.ask(&requests);
        for answer in answers.iter().filter(|answer| answer["ok"] == false) {
            assert_eq!(word(answer), "code-invalid", "{answer}");
            assert_eq!(answer["cause"], "code-used", "{answer}");
        }
        let order: Vec<String> = stage
            .entries(&person.account, Action::SignedIn)
            .into_iter()
            .map(|entry| entry.personal.ip.unwrap())
            .collect();
        assert_eq!(told(&answers, "signed-in"), order.len());
        // Steps rise: only the code before may come first, and the code of now comes in once.
        let both = match order.iter().map(String::as_str).collect::<Vec<_>>()[..] {
            ["192.0.2.1", "192.0.2.2"] => true,
            ["192.0.2.2"] => false,
            _ => panic!("{order:?}"),
        };
        seen[usize::from(both)] += 1;
        let last = "select last_step from second_factor where account_id = $1";
        assert_eq!(
            i64::try_from(stage.count(&person.account, last)).unwrap(),
            now
        );
    }
    assert!(seen.iter().all(|&rounds| rounds > 0), "{seen:?}");
    stage.end();
}

/// What the audit says about a look at a code, in its order.
fn causes(stage: &mut Stage, person: &Person) -> Vec<String> {
    let entries = stage.entries(&person.account, Action::SignInRefused);
    let said = |entry: &AuditEntry| {
        let key = ["cause", "reason"]
            .into_iter()
            .find(|key| entry.detail.contains_key(*key));
        entry.detail[key.unwrap()].as_str().unwrap().to_owned()
    };
    entries.iter().map(said).collect()
}

#[test]
fn no_more_codes_are_compared_than_may_be_wrong() {
    let _turn = turn();
    let mut stage = Stage::new(PROCESSES, &[&NO_LOCK[1..]]);
    for round in 0..rounds(25) {
        let person = stage.guarded(&format!("person{round}@example.com"));
        let wrong = person.wrong_code();
        let no_backup = other_backup_code();
        let requests: Vec<Value> = (0..PROCESSES)
            .map(|at| {
                // Digits and backup codes share one count.
                let code = if at % 4 == 3 { &no_backup } else { &wrong };
                with_code(at, &person.who, code)
            })
            .collect();
        let answers = stage.ask(&requests);
        assert_eq!(told(&answers, "code-invalid"), 6, "{answers:?}");
        assert_eq!(told(&answers, "locked"), PROCESSES - 6, "{answers:?}");
        let causes = causes(&mut stage, &person);
        let compared =
            |cause: &String| ["wrong-code", "wrong-backup-code"].contains(&cause.as_str());
        assert_eq!(causes.len(), PROCESSES);
        assert!(causes[..6].iter().all(compared), "{causes:?}");
        assert!(
            causes[6..].iter().all(|cause| cause == "locked"),
            "{causes:?}"
        );
        assert_eq!(stage.entries(&person.account, Action::Locked).len(), 1);
        let mails = |kind: &str| {
            let sql =
                format!("select count(*) from outbox where account_id = $1 and kind = '{kind}'");
            stage.count(&person.account, &sql)
        };
        assert_eq!((mails("locked"), mails("wrong-codes")), (1, 1));
        let counted = "select count(*) from wrong_code where account_id = $1";
        assert_eq!(stage.count(&person.account, counted), 6);
        // Now also the right one.
        let answer = stage.ask(&[with_code(0, &person.who, &person.code())]);
        assert_eq!(word(&answer[0]), "locked");
    }
    stage.end();
}

#[test]
fn a_mailed_code_is_compared_five_times_at_most() {
    let _turn = turn();
    let mut stage = Stage::new(PROCESSES, &[&NO_LOCK, &BY_MAIL]);
    for round in 0..rounds(10) {
        let who = format!("person{round}@example.com");
        let account = stage.registered(&who);
        let (code, ticket) = mailed(&mut stage, &account);
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let request = with(with_code(round, &who, wrong), &[("ticket", &ticket)]);
        let answers = stage.ask(&vec![request; PROCESSES]);
        assert_eq!(told(&answers, "code-invalid"), 5, "{answers:?}");
        assert_eq!(told(&answers, "code-expired"), PROCESSES - 5, "{answers:?}");
        assert_eq!(
            stage.count(
                &account,
                "select tries from sent_code where account_id = $1"
            ),
            5
        );
        let right = with(with_code(round, &who, &code), &[("ticket", &ticket)]);
        assert_eq!(word(&stage.ask(&[right])[0]), "code-expired");
    }
    stage.end();
}
