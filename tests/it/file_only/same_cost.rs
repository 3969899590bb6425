//! L10: a try costs the same, whatever the address. Measured in time of the thread on a processor, for the hash is
//! computed on the calling thread, lane after lane: a busy machine slows every path down, and which of them was slowed
//! down is evened out by taking turns.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

use admit::domain::account::Disabled;
use admit::domain::lockout::{Guessing, Lock};
use admit::vault::password::{dummy, verify};
use admit::vault::{Entropy, HashCost};

use crate::support::bench_store::{IP, Lab, PASSWORD, WRONG, at, secret, word};

/// Tries of each path: 200 with `ADMIT_RACES=all`, and else fewer. The bound on the statistic goes with their number.
const TRIES: usize = if option_env!("ADMIT_RACES").is_some() {
    200
} else {
    60
};

/// What the hashes cost that were made before the cost of the store was changed: a quarter of the default. The database
/// is no thirtieth of it, though it is not optimised where tests are run.
const BEFORE: HashCost = HashCost {
    passes: 4,
    ..HashCost::FLOOR
};

/// How far the ratio in pairs may be from one: about three times as far as it is by chance on a busy machine, 15 % with 60
/// tries and 8 % with 200. The fault that this is about was a factor of seven.
fn most_apart(tries: usize) -> f64 {
    1.2 / number(tries).sqrt()
}

/// The distributions may lie this far apart, as a part of the time, where the one is compared with the other.
const SHIFT: f64 = 1.05;

const UNKNOWN: &str = "unknown@example.com";
const RENEWED: &str = "renewed@example.com";

/// An address of each kind, and the answer to a wrong password.
const PATHS: [(&str, &str); 6] = [
    (UNKNOWN, "invalid-credentials"),
    ("wrong@example.com", "invalid-credentials"),
    (RENEWED, "invalid-credentials"),
    ("locked@example.com", "locked"),
    ("disabled@example.com", "invalid-credentials"),
    ("unregistered@example.com", "invalid-credentials"),
];

/// Time on a processor, in seconds.
fn time_of<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let now = || {
        let now = clock_gettime(ClockId::ThreadCPUTime);
        Duration::new(
            u64::try_from(now.tv_sec).unwrap(),
            u32::try_from(now.tv_nsec).unwrap(),
        )
    };
    let start = now();
    let result = work();
    let spent = now().checked_sub(start).unwrap();
    (result, spent.as_secs_f64())
}

fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap())
}

fn median(sorted: &[f64]) -> f64 {
    sorted[sorted.len() / 2]
}

/// The part of the sample that is at most so much.
fn part(sorted: &[f64], most: f64) -> f64 {
    number(sorted.partition_point(|time| *time <= most)) / number(sorted.len())
}

/// The statistic of Kolmogorov and Smirnov, one-sided and with a shift: how much more of `quick` than of `slow` is done
/// at some moment, though `slow` gets a little more time.
fn ahead(quick: &[f64], slow: &[f64]) -> f64 {
    quick
        .iter()
        .map(|time| part(quick, *time) - part(slow, *time * SHIFT))
        .fold(0.0, f64::max)
}

/// Whether somebody who measures can tell two samples apart, of which each pair was taken one shortly after the other.
/// The medians are compared as the median of the ratios in pairs: other work on the machine makes two peaks of the times,
/// and a median jumps between them. The bound on the statistic is passed by chance once in some hundred thousand
/// comparisons, whatever the number of tries.
fn told_apart(one: &[f64], other: &[f64]) -> Option<String> {
    let sorted = |mut sample: Vec<f64>| {
        sample.sort_by(f64::total_cmp);
        sample
    };
    let pairs = one.iter().zip(other).map(|(one, other)| one / other);
    let ratio = median(&sorted(pairs.collect()));
    let (one, other) = (sorted(one.to_vec()), sorted(other.to_vec()));
    let distance = ahead(&one, &other).max(ahead(&other, &one));
    let most = (12.5 / number(one.len().min(other.len()))).sqrt();
    let apart = 1.0 + most_apart(one.len());
    let alike = (1.0 / apart..apart).contains(&ratio) && distance < most;
    let told = format!("ratio {ratio:.3}, distance {distance:.3} of {most:.3}");
    (!alike).then_some(told)
}

/// A lab in which nothing but the path decides.
fn lab() -> Lab {
    let mut lab = Lab::new();
    for (key, value) in [
        ("wrong-per-ip", "0"),
        ("wrong-passwords", "100"),
        ("locks-in-a-row", "off"),
    ] {
        lab.set_main(key, value);
    }
    let phc = BEFORE.hash(&secret(PASSWORD), &Entropy::seeded(8)).unwrap();
    for (who, _) in &PATHS[1..] {
        lab.invite(who);
        if !who.starts_with("unregistered") {
            let (id, now) = (lab.account(who).id, lab.now);
            lab.settle(|tx| tx.set_password(id, &phc, 15, now));
        }
    }
    let (locked, disabled) = (
        lab.account("locked@example.com").id,
        lab.account("disabled@example.com").id,
    );
    let now = lab.now;
    lab.settle(|tx| {
        let lock = Lock {
            streak: 1,
            permanent: false,
            guessing: Guessing::Passwords,
        };
        assert!(tx.lock_account(locked, lock, now)?);
        let by_hand = Disabled {
            at: at("2026-03-01T12:00:00Z"),
            until: None,
            reason: "on leave".into(),
        };
        tx.disable_account(disabled, &by_hand)
    });
    lab
}

/// Counts start again, so that no limit comes between.
fn forget_counts(lab: &mut Lab) {
    let now = lab.now;
    let ids: Vec<_> = ["wrong@example.com", RENEWED, "disabled@example.com"]
        .map(|who| lab.account(who).id)
        .to_vec();
    lab.settle(|tx| {
        tx.forget_unknown(now, 0)?;
        ids.iter().try_for_each(|id| tx.clear_tries(*id, now))
    });
}

/// How often it is measured at most. A difference that is there is found every time; one that the machine made, while
/// other tests ran, is not found three times.
const MEASUREMENTS: usize = 3;

/// Measures until every path is like the first, and returns those times.
fn measured_alike(
    when: &str,
    names: &[&str],
    mut measure: impl FnMut() -> Vec<Vec<f64>>,
) -> Vec<Vec<f64>> {
    let mut apart = Vec::new();
    for _ in 0..MEASUREMENTS {
        let times = measure();
        let told = (names.iter().zip(&times).skip(1))
            .find_map(|(who, sample)| Some((who, told_apart(sample, &times[0])?)));
        let Some((who, told)) = told else {
            return times;
        };
        apart.push(format!("{who} and {UNKNOWN}: {told}"));
    }
    panic!(
        "told apart in every measurement, {when}: {}",
        apart.join("; ")
    );
}

/// Tries on each path, one after another, each path as often in each place.
fn tries(lab: &mut Lab) -> Vec<Vec<f64>> {
    let mut times = vec![Vec::new(); PATHS.len()];
    for round in 0..TRIES {
        if round % 50 == 0 {
            forget_counts(lab);
        }
        for place in 0..PATHS.len() {
            let path = (round + place) % PATHS.len();
            let (who, expected) = PATHS[path];
            let (answer, time) = time_of(|| lab.try_in("main", who, WRONG, IP));
            assert_eq!(word(&answer), expected, "{who}");
            times[path].push(time);
        }
    }
    times
}

fn assert_alike(lab: &mut Lab, when: &str) {
    let times = measured_alike(when, &PATHS.map(|(who, _)| who), || tries(lab));
    // The control: work that is two fifths more (with all tries, a fifth) is found in these very samples.
    let more: Vec<f64> = times[0]
        .iter()
        .map(|time| time * (1.0 + 2.5 * most_apart(TRIES)))
        .collect();
    for sample in &times {
        assert!(
            told_apart(&more, sample).is_some(),
            "the judge sees nothing"
        );
    }
}

#[test]
fn every_path_costs_the_same_before_and_after_a_change_of_the_cost() {
    let mut lab = lab();
    assert_alike(&mut lab, "while all hashes cost the same");

    // One person signs in and has a new hash; the others keep theirs.
    assert_eq!(word(&lab.sign_in(RENEWED, PASSWORD)), "signed-in");
    let id = lab.account(RENEWED).id;
    let phc = lab.look(|tx| tx.password_hash(id)).unwrap();
    assert!(phc.contains("m=19456,t=2,p=1"), "{phc}");
    assert_alike(&mut lab, "while hashes of two costs are in use");
}

#[test]
fn forgot_password_costs_the_same_for_everybody() {
    let mut lab = lab();
    let paths = [
        (UNKNOWN, "unknown-address"),
        ("wrong@example.com", "link-mailed"),
        ("disabled@example.com", "disabled"),
        ("unregistered@example.com", "unregistered"),
    ];
    measured_alike("with links", &paths.map(|(who, _)| who), || {
        let mut times = vec![Vec::new(); paths.len()];
        for round in 0..TRIES {
            // A link a day, so that each is a new one.
            lab.advance(jiff::SignedDuration::from_hours(24));
            for place in 0..paths.len() {
                let path = (round + place) % paths.len();
                let (who, expected) = paths[path];
                let (did, time) = time_of(|| lab.forgot(who));
                assert_eq!(did, expected, "{who}");
                times[path].push(time);
            }
        }
        times
    });
}

/// The control: a dummy at the cost of new hashes, and a comparison with a hash from before, are told apart.
#[test]
fn the_judge_tells_one_cost_from_another() {
    let new = HashCost::FLOOR;
    let password = secret(WRONG);
    let old = BEFORE.hash(&secret(PASSWORD), &Entropy::seeded(8)).unwrap();
    let (mut unknown, mut known) = (Vec::new(), Vec::new());
    for _ in 0..40 {
        unknown.push(time_of(|| dummy(&password, &new).unwrap()).1);
        known.push(time_of(|| verify(&password, &old, &new).unwrap()).1);
    }
    assert!(told_apart(&unknown, &known).is_some());
}
