//! The speed of trusted IPs: `cargo bench --bench trust`.
//!
//! | work | against | at most |
//! |---|---|---|
//! | looking an address up among 100,000 networks of one panel | the same among 10 | 2 × |
//! | `trust list -o jsonl` of 100,000 | `sqlite3 -json` with the same columns | 2 × |
//!
//! The look-up is measured for IPv4 and IPv6, found and not, as many times on either side, taking turns; medians are
//! compared. The list needs the `sqlite3` shell; its peak memory is told for 10,000 rows and for 100,000.
//! `ADMIT_BENCH_ROWS` makes the rows fewer.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and the environment"
)]
#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::fs;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use admit::domain::address::Address;
use admit::domain::event::{Actor, Source};
use admit::domain::trusted_ip::Network;
use admit::store::{Done, Fault, Location, NewAccount, NewTrust, Store};
use admit::vault::{Entropy, KeyRing, Vault, keyfile};
use jiff::{SignedDuration, Timestamp};

const ADMIT: &str = env!("CARGO_BIN_EXE_admit");
const START: &str = "2026-03-01T12:00:00Z";
const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);
const FEW: u32 = 10;

fn main() {
    // `cargo test --benches` runs this too, to see that it builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let rows: u32 = std::env::var("ADMIT_BENCH_ROWS").map_or(100_000, |rows| rows.parse().unwrap());
    let home = tempfile::tempdir().unwrap();
    look_up(home.path(), rows);
    list(home.path(), rows);
}

/// The network with a number: every other one is IPv6, of sizes that offices have, and none lies in another.
fn network(number: u32) -> Network {
    let half = number / 2;
    let text = match (number % 2, half % 3) {
        (0, 0) => format!("{}/24", Ipv4Addr::from((20 << 24) + (half << 8))),
        (0, 1) => format!("{}/28", Ipv4Addr::from((20 << 24) + (half << 8))),
        (0, _) => Ipv4Addr::from((20 << 24) + (half << 8)).to_string(),
        (_, 0) => format!("{}/48", six(half)),
        (_, 1) => format!("{}/64", six(half)),
        (_, _) => six(half).to_string(),
    };
    Network::parse(&text).unwrap()
}

/// The first address of a /48 of its own.
fn six(number: u32) -> Ipv6Addr {
    Ipv6Addr::from((0x2a00_u128 << 112) | (u128::from(number) << 80))
}

/// Fills the panel `main` with so many networks for everybody.
fn fill(store: &mut Store, rows: u32) {
    let now: Timestamp = START.parse().unwrap();
    store
        .change(|tx| {
            for number in 0..rows {
                tx.add_trust(&NewTrust {
                    panel_id: 1,
                    account_id: None,
                    network: network(number),
                    note: Some("office"),
                    created_by: "olga",
                    created_at: now,
                    code_entered_at: None,
                    until: None,
                })?;
            }
            Ok::<_, Fault>(Done::unrecorded(()))
        })
        .unwrap();
}

fn look_up(home: &Path, rows: u32) {
    let make = |name: &str, rows: u32| {
        let entropy = Entropy::os();
        let ring = KeyRing::generate(&entropy).unwrap();
        let actor = Actor {
            source: Source::Command,
            operator: "olga".into(),
            ip: None,
        };
        let start = START.parse().unwrap();
        let location = Location::File(home.join(name));
        let vault = Vault::new(ring, entropy);
        let mut store = Store::create(&location, vault, &actor, start).unwrap();
        let address = Address::parse("ada@example.com").unwrap();
        store
            .change(|tx| {
                tx.add_account(&NewAccount {
                    address: &address,
                    name: None,
                    phone: None,
                    lang: None,
                    created_at: start,
                })?;
                Ok::<_, Fault>(Done::unrecorded(()))
            })
            .unwrap();
        fill(&mut store, rows);
        store
    };
    let mut many = make("many.db", rows);
    let mut few = make("few.db", FEW);
    let v4 = |store: &mut Store| spared(store, network(0).first());
    let v6 = |store: &mut Store| spared(store, network(1).first());
    let no_v4 = |store: &mut Store| spared(store, "192.0.2.1".parse().unwrap());
    let no_v6 = |store: &mut Store| spared(store, "2001:db8::1".parse().unwrap());
    compare("IPv4, found", &mut many, &mut few, true, v4);
    compare("IPv4, not found", &mut many, &mut few, false, no_v4);
    compare("IPv6, found", &mut many, &mut few, true, v6);
    compare("IPv6, not found", &mut many, &mut few, false, no_v6);
    // Not the same one each time: other pages of the file.
    let mut number = 0;
    compare("IPv4, many in turn", &mut many, &mut few, true, |store| {
        number = (number + 7_920) % rows;
        let which = if store.place().ends_with("few.db") {
            number % FEW / 2 * 2
        } else {
            number / 2 * 2
        };
        spared(store, network(which).first())
    });
}

fn spared(store: &mut Store, ip: IpAddr) -> bool {
    let now = START.parse().unwrap();
    store
        .read(|tx| tx.trusted(1, 1, ip, Some(MONTH), now))
        .unwrap()
        .is_some()
}

fn compare(
    what: &str,
    many: &mut Store,
    few: &mut Store,
    found: bool,
    mut look: impl FnMut(&mut Store) -> bool,
) {
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..5_000 {
        ours.push(timed(|| assert_eq!(look(many), found)));
        theirs.push(timed(|| assert_eq!(look(few), found)));
    }
    report(&format!("look-up, {what}"), ours, theirs, 2.0);
}

fn timed(mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn report(what: &str, ours: Vec<Duration>, theirs: Vec<Duration>, limit: f64) {
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let verdict = if ratio <= limit { "ok" } else { "TOO SLOW" };
    println!(
        "{what}: {ours:.1?} against {theirs:.1?} = {ratio:.2} × (at most {limit} ×) {verdict}"
    );
}

/// A command in a home of its own, whose output goes to a file.
fn admit(home: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(ADMIT);
    command
        .env_clear()
        .env("HOME", home)
        .args(args)
        .stdin(Stdio::null())
        .stdout(fs::File::create(home.join("out")).unwrap())
        .stderr(Stdio::null());
    command
}

/// A home with so many networks, live now.
fn home_with(folder: &Path, rows: u32) -> PathBuf {
    let home = folder.join(format!("home-{rows}"));
    fs::create_dir_all(&home).unwrap();
    assert!(admit(&home, &["store", "init"]).status().unwrap().success());
    let file = home.join(".local/share/admit/admit.db");
    let ring = keyfile::load(&home.join(".config/admit/key")).unwrap();
    let location = Location::File(file.clone());
    let mut store = Store::open(&location, Vault::new(ring, Entropy::os()), true).unwrap();
    fill(&mut store, rows);
    drop(store);
    // Live at the time of the run, and each used at another time.
    let shell = Command::new("sqlite3")
        .arg(&file)
        .arg("update trusted_ip set last_used_at = (unixepoch() - id % 1000000 / 10) * 1000")
        .status();
    assert!(shell.unwrap().success());
    home
}

fn list(folder: &Path, rows: u32) {
    let (small, large) = (home_with(folder, rows / 10), home_with(folder, rows));
    for form in ["jsonl", "json", "csv", "table", "plain"] {
        let args = ["trust", "list", "-o", form];
        let few = run_measured(&mut admit(&small, &args));
        let many = run_measured(&mut admit(&large, &args));
        println!(
            "trust list -o {form}, memory at most: {few} KiB for {} rows, {many} KiB for {rows} rows",
            rows / 10
        );
    }
    let file = large.join(".local/share/admit/admit.db");
    let time = |column: &str| {
        format!("strftime('%Y-%m-%dT%H:%M:%fZ', {column} / 1000.0, 'unixepoch') as {column}")
    };
    let select = format!(
        "select trusted_ip.id, network, panel.name as panel, address, case when coalesce(until_at, coalesce(last_used_at, \
         trusted_ip.created_at) + 2592000000) > unixepoch() * 1000 then 'live' else 'over' end as status, created_by, {}, {}, {}, \
         strftime('%Y-%m-%dT%H:%M:%fZ', coalesce(until_at, coalesce(last_used_at, trusted_ip.created_at) + 2592000000) / 1000.0, \
         'unixepoch') as ends_at, note from trusted_ip join panel on panel.id = panel_id left join account on account.id = account_id \
         order by trusted_ip.id",
        time("trusted_ip.created_at").replace("as trusted_ip.", "as "),
        time("code_entered_at"),
        time("last_used_at"),
    );
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..11 {
        let mut command = admit(&large, &["trust", "list", "-o", "jsonl"]);
        ours.push(timed(|| assert!(command.status().unwrap().success())));
        let lines = fs::read_to_string(large.join("out")).unwrap();
        assert_eq!(lines.lines().count(), usize::try_from(rows).unwrap());
        let mut shell = Command::new("sqlite3");
        shell
            .arg("-json")
            .arg(&file)
            .arg(&select)
            .stdout(fs::File::create(large.join("shell-out")).unwrap());
        theirs.push(timed(|| assert!(shell.status().unwrap().success())));
    }
    report(&format!("trust list -o jsonl of {rows}"), ours, theirs, 2.0);
}

/// Runs a command to its end and gives the most memory it had, in KiB.
fn run_measured(command: &mut Command) -> u64 {
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Ok(text) = fs::read_to_string(&status) {
            let line = text.lines().find(|line| line.starts_with("VmHWM:"));
            let value = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
            peak = peak.max(value.unwrap_or(0));
        }
        if let Some(end) = child.try_wait().unwrap() {
            assert!(end.success(), "{command:?} ended with {end}");
            return peak;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}
