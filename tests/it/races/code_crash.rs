//! A gate that dies while somebody signs in with a code: the code is used with its sign-in or not at all, and no
//! wrong one is forgotten (L6, T2, T3).

use std::thread;
use std::time::{Duration, Instant};

use admit::domain::event::Action;
use serde_json::Value;

use super::guarded::{Person, Stage, step_now, told, with_code, word};
use super::{PATIENCE, Process, World, kills, some_of, turn};

const KILLS: usize = kills(50);
/// Wrong codes that lock.
const LIMIT: usize = 6;
const LIMITS: [(&str, &str); 2] = [("wrong-passwords", "100"), ("locks-in-a-row", "off")];

/// The request of a program that answers one.
fn alone(mut request: Value) -> String {
    let map = request.as_object_mut().unwrap();
    map.remove("op");
    map.remove("id");
    request.to_string()
}

/// Starts a sign-in and kills it: every other one so long after its try is seen to be counted, the rest at any time.
fn kill(world: &World, request: Value, kill: usize, after: Duration) {
    let tries = || world.count("select cast(sum(open_tries) as bigint) from account", &[]);
    let before = tries();
    let mut process = Process::unheard(&mut world.command(&["gate", "sign-in"]));
    process.write(&alone(request));
    process.input = None;
    if kill.is_multiple_of(2) {
        thread::sleep(some_of(after.mul_f64(2.0)));
    } else {
        let start = Instant::now();
        while tries() == before
            && process.child.try_wait().unwrap().is_none()
            && start.elapsed() < PATIENCE / 10
        {
            thread::sleep(Duration::from_micros(500));
        }
        thread::sleep(after);
    }
    drop(process);
    world.place().settle();
}

/// Where the next kill meets the verdict: a little later if the last one came too soon, else a little sooner.
fn nearer(after: Duration, too_soon: bool) -> Duration {
    after.mul_f64(if too_soon { 1.2 } else { 0.8 })
}

const FIRST: Duration = Duration::from_millis(40);

#[test]
fn a_gate_killed_with_a_right_code_uses_it_with_its_sign_in_or_not_at_all() {
    let _turn = turn();
    let mut stage = Stage::new(1, &[&LIMITS]);
    let mut after = FIRST;
    // Died with nothing used, and after all was done.
    let mut seen = [0, 0];
    for round in 0..KILLS {
        let person = stage.guarded(&format!("person{round}@example.com"));
        let step = step_now();
        let by_app = round % 4 < 2;
        let code = if by_app {
            person.code_at(step)
        } else {
            person.backup_code(3)
        };
        kill(&stage.world, with_code(0, &person.who, &code), round, after);
        let entered = entered(&mut stage, &person);
        let used = if by_app {
            format!("select last_step = {step} from second_factor where account_id = $1")
        } else {
            "select count(*) from backup_code where account_id = $1 and used_at is not null".into()
        };
        assert_eq!(stage.count(&person.account, &used), entered);
        let sessions = "select count(*) from session where account_id = $1";
        assert_eq!(stage.count(&person.account, sessions), entered);
        let open = "select open_tries from account where id = $1";
        assert!(stage.count(&person.account, open) <= 1 - entered);
        seen[entered] += 1;
        after = nearer(after, entered == 0);
        // Whoever heard nothing tries once more.
        let answer = stage.ask(&[with_code(0, &person.who, &code)]);
        let expected = ["signed-in", "code-invalid"][entered];
        assert_eq!(word(&answer[0]), expected, "{answer:?}");
        assert_eq!(self::entered(&mut stage, &person), 1);
        assert_eq!(stage.count(&person.account, &used), 1);
    }
    assert!(seen.iter().all(|&times| times >= KILLS / 10), "{seen:?}");
    stage.end();
}

fn entered(stage: &mut Stage, person: &Person) -> usize {
    stage.entries(&person.account, Action::SignedIn).len()
}

#[test]
fn a_gate_killed_with_a_wrong_code_neither_forgets_it_nor_compares_one_more() {
    let _turn = turn();
    let mut stage = Stage::new(1, &[&LIMITS]);
    let mut after = FIRST;
    let (mut killed, mut people, mut died) = (0, 0, 0);
    while killed < KILLS {
        people += 1;
        let person = stage.guarded(&format!("person{people}@example.com"));
        let wrong = with_code(0, &person.who, &person.wrong_code());
        let mut before = 0;
        while before < LIMIT {
            kill(&stage.world, wrong.clone(), killed, after);
            killed += 1;
            assert!(killed < 8 * KILLS, "wrong codes do not add up");
            let counted = wrong_codes(&mut stage, &person);
            assert!((before..=before + 1).contains(&counted));
            died += usize::from(counted == before);
            after = nearer(after, counted == before);
            before = counted;
        }
        // The lock fell with the last one.
        assert_eq!(stage.entries(&person.account, Action::Locked).len(), 1);
        let mails = "select count(*) from outbox where account_id = $1 and kind = 'locked'";
        assert_eq!(stage.count(&person.account, mails), 1);
        let right = with_code(0, &person.who, &person.code());
        let answers = [stage.ask(&[wrong]), stage.ask(&[right])].concat();
        assert_eq!(told(&answers, "locked"), 2, "{answers:?}");
        assert_eq!(wrong_codes(&mut stage, &person), LIMIT);
    }
    assert!(
        died >= KILLS / 10,
        "only {died} of {killed} died before their verdict"
    );
    stage.end();
}

/// How many wrong codes were counted: the audit, the row and the month say the same.
fn wrong_codes(stage: &mut Stage, person: &Person) -> usize {
    let entries = stage.entries(&person.account, Action::SignInRefused);
    let counts: Vec<usize> = entries
        .iter()
        .filter_map(|entry| entry.detail.get("count")?.as_u64()?.try_into().ok())
        .collect();
    assert_eq!(counts, (1..=counts.len()).collect::<Vec<_>>());
    let row = "select wrong_codes from account where id = $1";
    assert_eq!(stage.count(&person.account, row), counts.len());
    let month = "select count(*) from wrong_code where account_id = $1";
    assert_eq!(stage.count(&person.account, month), counts.len());
    counts.len()
}
