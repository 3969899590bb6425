//! Moving a store: what goes into a backup comes out of it, and what is none makes no store.

use std::io::{self, Cursor, Write};

use admit::store::{Backup, BadBackup, Done, Fault, Landing, Made, Moved, Store};
use admit::vault::{Entropy, KeyRing, Vault};
use sha2::{Digest as _, Sha256};

use crate::engine::Place;
use crate::support::bench_store::{
    ADA, BOB, CYD, Lab, PASSWORD, address, folder, invitation, operator,
};
use crate::support::cell::Cell;

/// Characters that hurt: controls, quotes, line ends, directions, and some beyond the basic plane.
const HOSTILE: &str = "\u{1}\u{7f}\n\r\t\"\\\\N'[],{}\u{85}\u{2028}\u{202e}\u{200b}\u{feff}é\u{301}👩\u{200d}👧\u{10ffff}";

fn backup_of(store: &mut Store) -> (Vec<u8>, Made) {
    let mut bytes = Vec::new();
    let now = "2026-03-01T13:00:00Z".parse().unwrap();
    let made = store.back_up(&mut bytes, now, &mut |_| true).unwrap();
    (bytes, made)
}

fn open(bytes: &[u8]) -> Result<Backup<'_>, Fault> {
    Backup::open(Box::new(Cursor::new(bytes)), "b")
}

/// Restores to a place; there is a store afterwards if, and only if, this says so.
fn restore(place: &Place, bytes: &[u8], vault: Vault) -> Result<Moved, Fault> {
    let location = place.location();
    let landing = Landing {
        location: &location,
        aside: None,
        dry_run: false,
    };
    let restored = open(bytes).and_then(|mut backup| {
        let tick = &mut |_| true;
        Store::restore(landing, vault, &mut backup, tick, &mut |_| {
            Ok::<_, Fault>(())
        })
    });
    assert_eq!(Store::is_there(&location).unwrap(), restored.is_ok());
    restored.map(|(moved, ())| moved)
}

/// A store with a row in every table, and text that hurts wherever text can be.
fn crowded() -> Lab {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.invite(BOB);
    lab.sign_in(ADA, PASSWORD).unwrap();
    lab.forgot(ADA);
    let huge = "long \u{202e}".repeat(200_000);
    let raw = lab.raw();
    let run = |sql: &str, params: &[Cell]| raw.execute(sql, params).unwrap();
    let text = Cell::from(HOSTILE);
    let blob = Cell::Blob((0..=255).collect());
    run(
        "update account set name = $1, name_key = $2 where id = 1",
        &[text.clone(), huge.as_str().into()],
    );
    run(
        "insert into panel_setting (panel_id, key, value) values (1, 'support-contact', $1)",
        &["ask \"Ada\"".into()],
    );
    run(
        "insert into role (id, name, created_at) values (7, $1, -9223372036854775808)",
        std::slice::from_ref(&text),
    );
    run(
        "insert into role_right (role_id, section, action) values (7, $1, '')",
        std::slice::from_ref(&text),
    );
    run(
        "insert into operator (id, name, panel_id, role, created_at) values (1, $1, null, '', 9223372036854775807)",
        std::slice::from_ref(&text),
    );
    run(
        "insert into ticket (id, purpose, account_id, token_hash, created_at, expires_at) values (900, $1, 1, $2, 0, 1)",
        &[text.clone(), blob.clone()],
    );
    run(
        "insert into sent_code (id, account_id, panel_id, method, ticket_hash, hash, code, created_at, expires_at, tries) values (5, 1, 1, 'mail', $1, $1, $1, 0, 1, 0)",
        std::slice::from_ref(&blob),
    );
    run(
        "insert into link (id, purpose, account_id, panel_id, token_hash, key_id, nonce, created_at, expires_at) values (77, 'address', 1, 1, $1, 1, $1, 0, 1)",
        std::slice::from_ref(&blob),
    );
    run(
        "insert into address_change (account_id, link_id, address, address_key, asked_at, expires_at) values (1, 77, $1, $1, 0, 1)",
        std::slice::from_ref(&text),
    );
    run(
        "insert into former_address (id, account_id, address, address_key, until_at) values (3, 1, $1, '', 0)",
        std::slice::from_ref(&text),
    );
    run(
        "insert into stranger (key, tries, since_at) values ($1, 1, 0)",
        &[Cell::Blob(Vec::new())],
    );
    run(
        "insert into stranger_tally (ip, panel, hour_at, tries) values ($1, $1, 0, 1)",
        std::slice::from_ref(&text),
    );
    run(
        "insert into request_count (key, times, since_at) values ($1, 1, 0)",
        std::slice::from_ref(&blob),
    );
    run(
        "insert into request_tally (key, hour_at, action, panel, account_id, ip, detail, times) values ($1, 0, $2, $2, 1, $2, $2, 1)",
        &[blob.clone(), text.clone()],
    );
    run(
        "insert into kept_answer (key, request, answer, account_id, kept_at) values ($1, $1, $1, 1, 0)",
        std::slice::from_ref(&blob),
    );
    run(
        "insert into revoked_link (token_hash, revoked_at) values ($1, 0)",
        std::slice::from_ref(&blob),
    );
    run(
        "insert into wrong_ip (id, panel_id, ip, at) values (2, 1, $1, 0)",
        std::slice::from_ref(&blob),
    );
    run(
        "insert into second_factor (account_id, secret, last_step, set_at) values (2, $1, 0, 0)",
        std::slice::from_ref(&blob),
    );
    run(
        "insert into factor_offer (account_id, secret, holder, offered_at, expires_at) values (1, $1, $1, 0, 1)",
        std::slice::from_ref(&blob),
    );
    run(
        "insert into backup_code (id, account_id, hash, created_at) values (10, 1, $1, 0)",
        std::slice::from_ref(&blob),
    );
    run(
        "insert into wrong_code (id, account_id, at) values (4, 1, 0)",
        &[],
    );
    run(
        "insert into trusted_ip (id, panel_id, network, note, created_by, created_at) values (6, 1, '192.0.2.0/24', $1, $1, 0)",
        &[text],
    );
    drop(raw);
    lab
}

#[test]
fn every_row_of_every_table_comes_back_byte_for_byte() {
    let mut lab = crowded();
    let before = lab.raw().dump();
    for (table, rows) in &before {
        assert!(
            !rows.is_empty(),
            "{table} is empty, so nothing is shown for it"
        );
    }
    let (bytes, made) = backup_of(&mut lab.store);
    assert_eq!(made.counts.of("account"), 2);
    assert_eq!(lab.raw().dump(), before, "a backup only reads");
    let (again, _) = backup_of(&mut lab.store);
    assert!(bytes == again, "the same state gives the same backup");

    let folder = folder();
    let place = Place::of_lab(folder.path());
    let moved = restore(&place, &bytes, lab.vault(3)).unwrap();
    assert_eq!((&moved.counts, moved.head), (&made.counts, lab.head()));
    assert_eq!(place.raw().dump(), before);

    // What was made of it is a store like the other: it opens, its ids go on, and its backup is the same again.
    let mut store = Store::open(&place.location(), lab.vault(4), true).unwrap();
    assert!(backup_of(&mut store).0 == bytes);
    let op = lab.op();
    let invited = store
        .change(|tx| {
            let scope = admit::ops::Scope::load(tx)?;
            let invited = admit::ops::invite::invite(tx, &scope, &op, &invitation(CYD))?;
            Ok::<_, admit::ops::OpError>(Done::recorded(invited))
        })
        .unwrap();
    assert!(invited.link_id.unwrap() > 77);
    let cyd = store.read(|tx| tx.account(&address(CYD))).unwrap().unwrap();
    assert_eq!(cyd.id, 3);
    assert!(
        store
            .read(|tx| tx.verify_audit(None, |_| {}))
            .unwrap()
            .is_ok()
    );
}

#[test]
fn a_store_goes_to_another_place_and_back() {
    let mut lab = crowded();
    let before = lab.raw().dump();
    let folder = folder();
    let place = Place::of_lab(folder.path());
    let location = place.location();
    let landing = Landing {
        location: &location,
        aside: None,
        dry_run: false,
    };
    let mut rows = 0;
    let total = lab.store.rows().unwrap();
    let template_check = Landing {
        dry_run: true,
        ..landing
    };
    let vault = lab.vault(2);
    lab.store
        .copy_to(template_check, vault, &mut |_| true)
        .unwrap();
    assert!(!Store::is_there(&location).unwrap());
    let vault = lab.vault(2);
    let moved = lab
        .store
        .copy_to(landing, vault, &mut |more| {
            rows += more;
            true
        })
        .unwrap();
    assert_eq!((rows, moved.counts.total()), (total, total));
    assert_eq!(place.raw().dump(), before);
    assert_eq!(lab.raw().dump(), before);
    let vault = lab.vault(2);
    let again = lab.store.copy_to(landing, vault, &mut |_| true);
    assert!(matches!(again, Err(Fault::Exists(_))), "{again:?}");
    assert_eq!(place.raw().dump(), before);
}

/// A stream in which something happens when it is first written to.
struct Meanwhile<F: FnMut()> {
    bytes: Vec<u8>,
    happens: Option<F>,
}

impl<F: FnMut()> Write for Meanwhile<F> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(mut happens) = self.happens.take() {
            happens();
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_backup_is_of_one_state_whoever_writes_meanwhile() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let before = lab.raw().dump();
    let mut other = lab.another(9);
    let op = lab.op();
    let mut out = Meanwhile {
        bytes: Vec::new(),
        happens: Some(|| {
            other
                .change(|tx| {
                    let scope = admit::ops::Scope::load(tx)?;
                    let bob = admit::ops::invite::invite(tx, &scope, &op, &invitation(BOB))?;
                    Ok::<_, admit::ops::OpError>(Done::recorded(bob))
                })
                .unwrap();
        }),
    };
    let now = lab.now;
    lab.store.back_up(&mut out, now, &mut |_| true).unwrap();
    assert!(lab.find(BOB).is_some(), "the writer did not wait");
    let folder = folder();
    let place = Place::of_lab(folder.path());
    restore(&place, &out.bytes, lab.vault(2)).unwrap();
    assert_eq!(place.raw().dump(), before);
}

#[test]
fn whatever_bit_is_changed_there_is_no_store() {
    let mut lab = Lab::new();
    lab.invite(ADA);
    let (bytes, _) = backup_of(&mut lab.store);
    let folder = folder();
    let place = Place::of_lab(folder.path());
    // A bit here and there, and every one of the last line's first and last bytes.
    let step = bytes.len() / 90;
    let end = bytes.len()
        - 1
        - bytes[..bytes.len() - 1]
            .iter()
            .rev()
            .position(|b| *b == b'\n')
            .unwrap();
    let places = (0..bytes.len())
        .step_by(step)
        .chain(end - 3..end + 8)
        .chain(bytes.len() - 8..bytes.len());
    for at in places {
        let mut changed = bytes.clone();
        changed[at] ^= 1 << (at % 8);
        let fault = restore(&place, &changed, lab.vault(2)).unwrap_err();
        assert!(
            matches!(fault, Fault::Backup { .. } | Fault::WrongKey { .. }),
            "byte {at}: {fault:?}"
        );
    }
    restore(&place, &bytes, lab.vault(2)).unwrap();
}

#[test]
fn wherever_it_is_cut_there_is_no_store() {
    let mut lab = Lab::new();
    lab.invite(ADA);
    let (bytes, _) = backup_of(&mut lab.store);
    let folder = folder();
    let place = Place::of_lab(folder.path());
    let ends = bytes.iter().enumerate().filter(|(_, b)| **b == b'\n');
    let mut lengths: Vec<usize> = ends.flat_map(|(at, _)| [at, at + 1]).collect();
    assert_eq!(lengths.pop(), Some(bytes.len()));
    lengths.extend([0, 1, bytes.len() / 2]);
    for length in lengths {
        let fault = restore(&place, &bytes[..length], lab.vault(2)).unwrap_err();
        let Fault::Backup { why, .. } = &fault else {
            panic!("{length}: {fault:?}");
        };
        assert!(
            matches!(why, BadBackup::Foreign | BadBackup::Short(_)),
            "{length}: {why}"
        );
    }
}

/// The lines with a true SHA-256 at their end: what only a fault of ours, or somebody who knows the format, writes.
fn sealed(lines: &[String]) -> Vec<u8> {
    let (end, body) = lines.split_last().unwrap();
    let body: String = body.iter().flat_map(|line| [line, "\n"]).collect();
    let sum = admit::domain::text::hex(&Sha256::digest(&body));
    let (front, _) = end.split_once("\"sha256\":\"").unwrap();
    format!("{body}{front}\"sha256\":\"{sum}\"}}}}\n").into_bytes()
}

#[test]
fn what_is_wrong_with_a_backup_is_said_and_where() {
    let mut lab = Lab::new();
    lab.invite(ADA);
    let (bytes, _) = backup_of(&mut lab.store);
    let lines: Vec<String> = String::from_utf8(bytes.clone())
        .unwrap()
        .lines()
        .map(Into::into)
        .collect();
    assert!(
        sealed(&lines) == bytes,
        "the helper seals as the program does"
    );
    let folder = folder();
    let place = Place::of_lab(folder.path());
    let title = |table: &str| {
        let start = format!("{{\"table\":\"{table}\"");
        lines
            .iter()
            .position(|line| line.starts_with(&start))
            .unwrap()
    };
    let (account, access) = (title("account"), title("access"));
    let said = |edit: &dyn Fn(&mut Vec<String>)| {
        let mut lines = lines.clone();
        edit(&mut lines);
        restore(&place, &sealed(&lines), lab.vault(2))
            .unwrap_err()
            .to_string()
    };
    let line = |at: usize| format!("cannot use the backup b: line {}: ", at + 1);
    let starts = |said: String, wanted: String| {
        assert!(said.starts_with(&wanted), "{said}\nis not\n{wanted}");
    };
    let head = |from: &'static str, to: &'static str| {
        move |lines: &mut Vec<String>| lines[0] = lines[0].replacen(from, to, 1)
    };
    let plain = |why: &str| format!("cannot use the backup b: {why}");
    starts(
        said(&head("\"admit_backup\":1", "\"admit_backup\":2")),
        plain("its format is 2, but this version of admit supports only 1"),
    );
    starts(
        said(&head("\"schema\":3", "\"schema\":9")),
        plain("its schema is 9, but this version of admit supports only 3"),
    );
    starts(
        said(&head("\"schema\":3", "\"schema\":0")),
        plain("its schema is 0, but this version of admit supports only 3"),
    );
    starts(
        said(&head("\"schema\":3", "\"schema\":1")),
        line(1) + "the table store has an unknown column former_key_id",
    );
    starts(
        said(&head("\"admit_backup\"", "\"other\"")),
        plain("it is not an admit backup"),
    );
    starts(
        said(&head("\"note\"", "\"nota\"")),
        line(0) + "unknown field `nota`",
    );
    starts(
        said(&head("\"epoch\":1", "\"epoch\":2")),
        "the new store is incomplete: it is another store".into(),
    );
    starts(
        said(&|lines| lines[account] = lines[account].replace("\"account\"", "\"accounts\"")),
        line(account) + "unknown table accounts",
    );
    starts(
        said(&|lines| lines[account] = lines[account].replace("\"lang\"", "\"tongue\"")),
        line(account) + "the table account has an unknown column tongue",
    );
    starts(
        said(&|lines| lines[account] = lines[account].replace("\"lang\",", "")),
        line(account) + "the table account lacks columns",
    );
    starts(
        said(&|lines| {
            lines.remove(account);
        }),
        line(account) + "this is not a row of the table operator: ",
    );
    starts(
        said(&|lines| {
            lines.drain(account..access);
        }),
        line(account) + "expected the table account, not access",
    );
    starts(
        said(&|lines| {
            lines.remove(account + 1);
        }),
        plain(""),
    );
    starts(
        said(&|lines| {
            let row = lines[account + 1].clone();
            lines.insert(account + 1, row);
        }),
        // Where rows wait for others, the count at the end is wrong first.
        plain(""),
    );
    starts(
        said(&|lines| {
            let row = lines[account + 1].clone();
            lines.insert(1, row);
        }),
        line(1) + "a row comes before any table",
    );
    starts(
        said(&|lines| lines[account + 1] = "[1]".into()),
        line(account + 1) + "this is not a row of the table account: invalid length 1",
    );
    starts(
        said(&|lines| lines[account + 1] = lines[account + 1].replacen("[1,\"", "[1,\"*", 1)),
        line(account + 1) + "this is not a row of the table account: reference is not base64",
    );
    starts(
        said(&|lines| lines[account + 1] = lines[account + 1].replacen("[1,", "[\"1\",", 1)),
        line(account + 1) + "this is not a row of the table account: invalid type",
    );
    starts(
        said(&|lines| lines[access] = "rows".into()),
        line(access) + "this is not a row of the table account: ",
    );
    let last = lines.len() - 1;
    starts(
        said(&|lines| lines[last] = lines[last].replace("\"account\":1", "\"account\":2")),
        plain("according to its last line the table account has 2 rows, but it has 1"),
    );
    let mut more = bytes.clone();
    more.push(b'\n');
    starts(
        restore(&place, &more, lab.vault(2))
            .unwrap_err()
            .to_string(),
        line(last) + "there is something after the end",
    );
    for foreign in [
        &b""[..],
        b"\n",
        b"{}\n",
        b"SQLite format 3\0\n",
        b"address,name\nada@example.com,Ada\n",
        &vec![0xff; 100_000],
    ] {
        let fault = restore(&place, foreign, lab.vault(2)).unwrap_err();
        assert_eq!(fault.to_string(), plain("it is not an admit backup"));
    }
}

#[test]
fn a_record_that_does_not_hold_is_neither_backed_up_nor_restored() {
    let mut lab = Lab::new();
    lab.invite(ADA);
    let (bytes, _) = backup_of(&mut lab.store);
    let text = String::from_utf8(bytes)
        .unwrap()
        .replace("\"olga\",\"invited\"", "\"eve\",\"invited\"");
    let lines: Vec<String> = text.lines().map(Into::into).collect();
    let folder = folder();
    let place = Place::of_lab(folder.path());
    let fault = restore(&place, &sealed(&lines), lab.vault(2)).unwrap_err();
    assert!(matches!(fault, Fault::BrokenRecord(2, _)), "{fault:?}");

    let back = lab.raw().open_audit();
    lab.raw()
        .execute("update audit set operator = 'eve' where seq = 2", &[])
        .unwrap();
    lab.raw().batch(&back).unwrap();
    let now = lab.now;
    let fault = lab
        .store
        .back_up(&mut Vec::new(), now, &mut |_| true)
        .unwrap_err();
    assert!(matches!(fault, Fault::BrokenRecord(2, _)), "{fault:?}");
}

#[test]
fn the_key_must_be_the_backups_own_and_is_in_none() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let (bytes, made) = backup_of(&mut lab.store);
    let folder = folder();
    let place = Place::of_lab(folder.path());
    let entropy = Entropy::seeded(55);
    let stranger = Vault::new(KeyRing::generate(&entropy).unwrap(), entropy);
    // It can be known before anything is asked, and is checked again by the restore itself.
    let backup = open(&bytes).unwrap();
    backup.check_key(&lab.vault(2)).unwrap();
    for fault in [
        backup.check_key(&stranger).unwrap_err(),
        restore(&place, &bytes, stranger).unwrap_err(),
    ] {
        assert!(
            matches!(&fault, Fault::WrongKey { wanted, .. } if *wanted == made.header.key_id),
            "{fault:?}"
        );
    }
    drop(backup);
    // Neither as it stands in the key file nor any long part of it.
    let text = String::from_utf8(bytes).unwrap();
    for line in lab.keys.lines() {
        for word in line.split_whitespace().filter(|word| word.len() > 16) {
            for part in word.as_bytes().windows(16) {
                assert!(!text.contains(std::str::from_utf8(part).unwrap()));
            }
        }
    }
}

#[test]
fn who_stops_it_in_the_middle_leaves_nothing() {
    let mut lab = crowded();
    let (bytes, made) = backup_of(&mut lab.store);
    let folder = folder();
    let place = Place::of_lab(folder.path());
    let location = place.location();
    let landing = Landing {
        location: &location,
        aside: None,
        dry_run: false,
    };
    for stop in [0, 1, made.counts.total() - 1] {
        let mut rows = 0;
        let mut tick = |more: u64| {
            rows += more;
            rows <= stop
        };
        let mut backup = open(&bytes).unwrap();
        let stopped = Store::restore(landing, lab.vault(2), &mut backup, &mut tick, &mut |_| {
            Ok::<_, Fault>(())
        });
        assert!(matches!(stopped, Err(Fault::Interrupted)));
        assert!(!Store::is_there(&location).unwrap());
    }
    // The same if what was to follow fails.
    let mut backup = open(&bytes).unwrap();
    let failed = Store::restore(
        landing,
        lab.vault(2),
        &mut backup,
        &mut |_| true,
        &mut |_| Err::<(), _>(Fault::Unrecorded),
    );
    assert!(matches!(failed, Err(Fault::Unrecorded)));
    assert!(!Store::is_there(&location).unwrap());
    let left = std::fs::read_dir(folder.path()).unwrap().count();
    assert_eq!(left, 0, "nothing lies about");
}

/// A disk that is full after so many bytes.
struct Full(usize);

impl Write for Full {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self
            .0
            .checked_sub(bytes.len())
            .ok_or(io::ErrorKind::StorageFull)?;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told() {
    let mut lab = Lab::new();
    let now = lab.now;
    let length = backup_of(&mut lab.store).0.len();
    for room in [0, 10, length - 1] {
        let fault = lab
            .store
            .back_up(&mut Full(room), now, &mut |_| true)
            .unwrap_err();
        assert!(matches!(fault, Fault::Full(_)), "{room}: {fault:?}");
    }
    lab.store
        .back_up(&mut Full(length), now, &mut |_| true)
        .unwrap();
}

#[test]
fn many_rows_go_through() {
    let mut lab = Lab::new();
    let op = lab.op();
    lab.store
        .change(|tx| {
            for number in 0..3_000 {
                let key = format!("p{number:05}@example.com");
                tx.add_panel(&format!("p{number}"), op.now)?;
                tx.record(
                    admit::domain::event::Event::new(
                        op.now,
                        &operator(),
                        admit::domain::event::Action::SettingChanged,
                    )
                    .with("key", key),
                )?;
            }
            Ok::<_, Fault>(Done::recorded(()))
        })
        .unwrap();
    let before = lab.raw().dump();
    let (bytes, made) = backup_of(&mut lab.store);
    assert_eq!(made.counts.of("audit"), 3_001);
    let folder = folder();
    let place = Place::of_lab(folder.path());
    restore(&place, &bytes, lab.vault(2)).unwrap();
    assert_eq!(place.raw().dump(), before);
}
