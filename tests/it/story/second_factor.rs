//! The second factor as a person and an operator live with it.

use admit::cli::base::prompt::Answer;
use insta::assert_snapshot;

use crate::support::judge::qr_line;
use crate::support::phone::{Phone, backup_codes};
use crate::support::world::{PASSWORD, STEP, World};

fn text(text: impl Into<String>) -> Answer {
    Answer::Text(text.into())
}

#[test]
fn a_person_sets_up_an_authenticator_through_a_pipe() {
    let world = World::with_ada();
    let clock = world.clock();
    let run = world
        .line("self 2fa ada@example.com --show")
        .piped_by(move |line, screen| match line {
            0 => Some(PASSWORD.to_owned()),
            1 => Some(Phone::typed(screen, &clock).code()),
            _ => None,
        })
        .run();
    assert_snapshot!(run, @"
    Scan the QR code with an authenticator app, or type in the secret. Any app works,
    including one on a computer.

      Account  ada@example.com
      Issuer   main
      Kind     time-based, SHA-1, 6 digits, 30 seconds
      URI      otpauth://totp/main:ada%40example.com?secret=ABCD&issuer=main

    [a QR code, 45 columns wide]
    [23 rows]
      Secret   ABCD ABCD ABCD ABCD ABCD ABCD ABCD ABCD

    Backup codes. Each works once instead of a code. They are shown only now:
    save them where you can find them without your phone.

      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE

    ada@example.com: second factor: none → a new authenticator, with 10 backup codes; a notice is mailed
    [exit 0]
    ");
    let (phone, codes) = world.keep(&run);
    assert_snapshot!(world.enter("ada@example.com", &phone), @"
    ada@example.com: signed in to main as member, permanent
    [exit 0]
    ");
    assert_snapshot!(world.sign_in_with("ada@example.com", &codes[0]), @"
    ada@example.com: signed in to main as member, permanent; 9 backup codes are left
    [exit 0]
    ");
    assert_snapshot!(world.sign_in_with("ada@example.com", &codes[0]), @"
    ----
    error: This code is incorrect. Each code works only once: if you use an app, wait for its next code (code-invalid)
    [exit 6]
    ");
}

#[test]
fn at_a_terminal_the_code_is_drawn_and_the_first_code_may_be_a_slip() {
    let world = World::with_ada();
    let clock = world.clock();
    let mut tries = 0;
    let run = world
        .line("self 2fa ada@example.com")
        .person(80, 40, move |question, screen| {
            if question.starts_with("Password") {
                return text(PASSWORD);
            }
            tries += 1;
            let mut phone = Phone::typed(screen, &clock);
            match tries {
                1 => text(phone.never()),
                2 => text("12345"),
                3 => {
                    phone.ahead = 120;
                    text(phone.code())
                }
                _ => text(phone.code()),
            }
        })
        .run();
    assert_snapshot!(run, @"
    Scan the QR code with an authenticator app, or type in the secret. Any app works,
    including one on a computer.

      Account  ada@example.com
      Issuer   main
      Kind     time-based, SHA-1, 6 digits, 30 seconds

    [a QR code, 45 columns wide]
    [23 rows]
      Secret   ABCD ABCD ABCD ABCD ABCD ABCD ABCD ABCD

    Backup codes. Each works once instead of a code. They are shown only now:
    save them where you can find them without your phone.

      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE

    ada@example.com: second factor: none → a new authenticator, with 10 backup
      codes; a notice is mailed
    ----
    warning: This code is incorrect. Each code works only once: if you use an app,
      wait for its next code (code-invalid)
    warning: This code is incorrect. Each code works only once: if you use an app,
      wait for its next code (code-invalid)
    warning: This code is incorrect. Your phone's clock is ahead by about 2 min. Set
      it to automatic, then try the next code (code-invalid)
    [asked: Password]
    [asked: Current code]
    [asked: Current code]
    [asked: Current code]
    [asked: Current code]
    [exit 0]
    ");
    let (phone, _) = world.keep(&run);
    world.enter("ada@example.com", &phone).done();
}

#[test]
fn where_the_code_has_no_room_the_secret_is_there_to_be_typed() {
    let world = World::with_ada();
    for (width, height) in [(40, 40), (80, 20)] {
        let clock = world.clock();
        let run = world
            .line("self 2fa ada@example.com")
            .person(width, height, move |question, screen| match question {
                "Password" => text(PASSWORD),
                "Current code" => text(Phone::typed(screen, &clock).never()),
                other => panic!("{other}"),
            })
            .run();
        assert_eq!(run.code, 6, "{run}");
        assert!(run.stdout.contains("  Secret   "), "{run}");
        let problem = run.stderr.lines().take(3).collect::<Vec<_>>().join("\n");
        if width == 40 {
            assert_snapshot!(run, @"
            Scan the QR code with an authenticator app, or type in the secret. Any app works,
            including one on a computer.

              Account  ada@example.com
              Issuer   main
              Kind     time-based, SHA-1, 6 digits, 30 seconds

              Secret   ABCD ABCD ABCD ABCD ABCD ABCD ABCD ABCD
            ----
            warning: the QR code needs 41 columns
              and 22 rows; the terminal has 40 and
              40
            hint: type in the secret above, enlarge
              the window and try again, or write the
              QR code to a file with --qr-file
            warning: This code is incorrect. Each
              code works only once: if you use an
              app, wait for its next code
              (code-invalid)
            warning: This code is incorrect. Each
              code works only once: if you use an
              app, wait for its next code
              (code-invalid)
            warning: This code is incorrect. Each
              code works only once: if you use an
              app, wait for its next code
              (code-invalid)
            warning: This code is incorrect. Each
              code works only once: if you use an
              app, wait for its next code
              (code-invalid)
            error: This code is incorrect. Each code
              works only once: if you use an app,
              wait for its next code (code-invalid)
            hint: nothing was set up; the secret
              shown is no longer valid
            [asked: Password]
            [asked: Current code]
            [asked: Current code]
            [asked: Current code]
            [asked: Current code]
            [asked: Current code]
            [exit 6]
            ");
        } else {
            assert_snapshot!(problem, @"
            warning: the QR code needs 41 columns and 22 rows; the terminal has 80 and 20
            hint: type in the secret above, enlarge the window and try again, or write the
              QR code to a file with --qr-file
            ");
        }
    }
    // Smaller than it likes, and still drawn.
    let run = world
        .line("self 2fa ada@example.com")
        .person(80, 24, |question, _| match question {
            "Password" => text(PASSWORD),
            _ => Answer::Cancel,
        })
        .run();
    assert_snapshot!(run, @"
    Scan the QR code with an authenticator app, or type in the secret. Any app works,
    including one on a computer.

      Account  ada@example.com
      Issuer   main
      Kind     time-based, SHA-1, 6 digits, 30 seconds

    [a QR code, 41 columns wide]
    [21 rows]
      Secret   ABCD ABCD ABCD ABCD ABCD ABCD ABCD ABCD
    ----
    error: cancelled
    [asked: Password]
    [asked: Current code]
    [exit 130]
    ");
    let factor = world.row("show ada@example.com")["second_factor"].clone();
    assert_eq!(factor.get("set_at"), Some(&serde_json::Value::Null));
}

#[test]
fn in_a_locale_without_utf_8_the_code_is_drawn_in_blanks() {
    let world = World::with_ada();
    let clock = world.clock();
    let run = world
        .line("self 2fa ada@example.com")
        .person(100, 60, move |question, screen| match question {
            "Password" => text(PASSWORD),
            _ => text(Phone::typed(screen, &clock).code()),
        })
        .ascii()
        .run();
    assert!(
        !run.stdout.contains('▀') && !run.stdout.contains('▄'),
        "{run}"
    );
    let drawn = run
        .lines()
        .into_iter()
        .filter_map(qr_line)
        .collect::<Vec<_>>();
    assert_eq!((drawn.len(), drawn[0].len()), (45, 90));
    world.keep(&run);
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn the_code_and_the_backup_codes_go_into_new_files_of_ones_own() {
    let world = World::with_ada();
    let mode = |name: &str| {
        let data = std::fs::metadata(world.home().join(name)).unwrap();
        std::os::unix::fs::MetadataExt::mode(&data) & 0o777
    };
    for (qr, codes, start) in [
        ("qr.svg", "one.txt", "<?xml"),
        ("qr.png", "two.txt", "\u{fffd}PNG"),
    ] {
        // The secret is in the picture only, so nobody here can type its first code.
        let line =
            format!("self 2fa ada@example.com --qr-file $HOME/{qr} --codes-file $HOME/{codes}");
        let run = world.pipe(&line, format!("{PASSWORD}\n000000\n"));
        assert_eq!(run.code, 6, "{run}");
        if qr == "qr.svg" {
            assert_snapshot!(run, @"
            ----
            The QR code is in $HOME/qr.svg. It contains the secret, so delete it after scanning
            error: This code is incorrect. Each code works only once: if you use an app, wait for its next code (code-invalid)
            hint: nothing was set up; the secret shown is no longer valid
            [exit 6]
            ");
        }
        let bytes = std::fs::read(world.home().join(qr)).unwrap();
        assert!(String::from_utf8_lossy(&bytes).starts_with(start));
        assert_eq!(mode(qr), 0o600);
        // What is there is not overwritten, and nothing is asked before that is known.
        let run = world.changes_nothing(&line);
        assert_eq!(run.code, 2, "{run}");
        assert_eq!(std::fs::read(world.home().join(qr)).unwrap(), bytes);
    }
    assert_snapshot!(
        world.changes_nothing("self 2fa ada@example.com --qr-file $HOME/qr.svg --codes-file $HOME/new.txt"), @"
    ----
    error: $HOME/qr.svg already exists and is not overwritten
    hint: use another file
    [exit 2]
    ");
    world.file("codes.txt", "mine");
    assert_snapshot!(
        world.changes_nothing("self 2fa ada@example.com --show --codes-file $HOME/codes.txt"), @"
    ----
    error: $HOME/codes.txt already exists and is not overwritten
    hint: use another file
    [exit 2]
    ");
    assert_snapshot!(
        world.changes_nothing("self 2fa ada@example.com --qr-file $HOME/qr.gif --codes-file $HOME/new.txt"), @"
    ----
    error: a QR code is written as .svg or .png; $HOME/qr.gif ends in neither
    hint: use another file
    [exit 2]
    ");
    let clock = world.clock();
    let run = world
        .line("self 2fa ada@example.com --show --codes-file $HOME/kept.txt")
        .piped_by(move |line, screen| match line {
            0 => Some(PASSWORD.to_owned()),
            _ => Some(Phone::typed(screen, &clock).code()),
        })
        .run();
    assert_eq!(run.code, 0, "{run}");
    assert_eq!(mode("kept.txt"), 0o600);
    let kept = world.read("kept.txt");
    assert_eq!(backup_codes(&kept), backup_codes(&run.stdout));
    assert_eq!(kept.lines().count(), 10);
    // Otherwise the sweep at the end of the story finds it.
    std::fs::remove_file(world.home().join("kept.txt")).unwrap();
}

#[test]
fn secrets_do_not_go_into_a_pipe_by_accident() {
    let world = World::with_ada();
    let before = world.dump();
    for line in [
        "self 2fa ada@example.com",
        "self 2fa ada@example.com --qr-file $HOME/new.svg",
        "self codes ada@example.com",
        "self 2fa ada@example.com -o json",
        "self 2fa ada@example.com -o json --show",
        "self codes ada@example.com -o csv --show",
    ] {
        let run = world
            .line(line)
            .piped_by(|line, _| panic!("line {line} was read"))
            .run();
        assert_eq!((run.code, run.stdout.contains("adm_")), (2, false), "{run}");
        assert!(!world.home().join("new.svg").exists());
    }
    assert_eq!(world.dump(), before);
    assert_snapshot!(world.run("self 2fa ada@example.com"), @"
    ----
    error: the QR code and the secret would be printed to standard output, which is not a terminal
    hint: to print them anyway, add --show; or write them to files with --qr-file and --codes-file
    [exit 2]
    ");
    assert_snapshot!(world.run("self 2fa ada@example.com --qr-file $HOME/new.svg"), @"
    ----
    error: the backup codes would be printed to standard output, which is not a terminal
    hint: to print them anyway, add --show; or write them to files with --codes-file
    [exit 2]
    ");
    assert_snapshot!(world.run("self codes ada@example.com"), @"
    ----
    error: the backup codes would be printed to standard output, which is not a terminal
    hint: to print them anyway, add --show; or write them to files with --codes-file
    [exit 2]
    ");
    assert_snapshot!(world.run("self codes ada@example.com -o json --show"), @r#"
    {"schema":1,"command":"self codes","ok":false,"results":[],"totals":{"done":0,"unchanged":0,"refused":0,"failed":0},"error":{"kind":"usage","message":"the backup codes are never printed as JSON","hint":"write them to files with --codes-file"}}
    ----
    error: the backup codes are never printed as JSON
    hint: write them to files with --codes-file
    [exit 2]
    "#);
}

#[test]
fn replacing_an_authenticator_asks_for_a_code_of_the_present_one() {
    let world = World::with_ada();
    let (old, codes) = world.with_phone("ada@example.com", "");
    world.advance(STEP);
    let (clock, code) = (world.clock(), old.code());
    let run = world
        .line("self 2fa ada@example.com")
        .person(80, 40, move |question, screen| match question {
            "Password" => text(PASSWORD),
            "Current code" => text(Phone::typed(screen, &clock).code()),
            _ => text(code.clone()),
        })
        .run();
    assert_snapshot!(run, @"
    Scan the QR code with an authenticator app, or type in the secret. Any app works,
    including one on a computer.

      Account  ada@example.com
      Issuer   main
      Kind     time-based, SHA-1, 6 digits, 30 seconds

    [a QR code, 45 columns wide]
    [23 rows]
      Secret   ABCD ABCD ABCD ABCD ABCD ABCD ABCD ABCD

    Backup codes. Each works once instead of a code. They are shown only now:
    save them where you can find them without your phone.

      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE

    ada@example.com: second factor: an authenticator → a new authenticator, with 10
      backup codes; the old one and its backup codes no longer work; a notice is
      mailed
    ----
    An authenticator is already set up; a new one replaces it when its first code is
    entered.
    [asked: Password]
    [asked: Code from the current authenticator, or a backup code]
    [asked: Current code]
    [exit 0]
    ");
    let (new, _) = world.keep(&run);
    world.advance(STEP);
    assert_snapshot!(world.sign_in_with("ada@example.com", &old.code()), @"
    ----
    error: This code is incorrect. Each code works only once: if you use an app, wait for its next code (code-invalid)
    [exit 6]
    ");
    assert_eq!(world.sign_in_with("ada@example.com", &codes[0]).code, 6);
    world.enter("ada@example.com", &new).done();
    // A wrong one: nothing is shown.
    let run = world.pipe(
        "self 2fa ada@example.com --show",
        format!("{PASSWORD}\n{}\n", new.never()),
    );
    assert_snapshot!(run, @"
    ----
    An authenticator is already set up; a new one replaces it when its first code is entered.
    error: This code is incorrect. Each code works only once: if you use an app, wait for its next code (code-invalid)
    [exit 6]
    ");
}

#[test]
fn new_backup_codes_take_the_place_of_the_old() {
    let world = World::with_ada();
    assert_snapshot!(world.pipe("self codes ada@example.com --show", format!("{PASSWORD}\n123456\n")), @"
    ----
    error: no authenticator is set up, so there are no backup codes
    hint: run `admit self 2fa ada@example.com`
    [exit 4]
    ");
    let (phone, old) = world.with_phone("ada@example.com", "");
    assert_snapshot!(world.pipe("self codes ada@example.com --show", format!("{PASSWORD}\n{}\n", phone.never())), @"
    ----
    error: This code is incorrect. Each code works only once: if you use an app, wait for its next code (code-invalid)
    [exit 6]
    ");
    world.advance(STEP);
    let run = world.pipe(
        "self codes ada@example.com --show",
        format!("{PASSWORD}\n{}\n", phone.code()),
    );
    assert_snapshot!(run, @"

    Backup codes. Each works once instead of a code. They are shown only now:
    save them where you can find them without your phone.

      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE
      BACKUP-CODE

    ada@example.com: backup codes → 10 new ones; the old ones no longer work; a notice is mailed
    [exit 0]
    ");
    let new = backup_codes(&run.stdout);
    for code in &new {
        world.keep_secret(code);
    }
    assert_eq!(world.sign_in_with("ada@example.com", &old[0]).code, 6);
    // Using them one by one tells how many are left.
    for (used, code) in new.iter().enumerate() {
        let run = world.sign_in_with("ada@example.com", code);
        assert_eq!(run.code, 0, "{run}");
        match used {
            0 => assert_snapshot!(run, @"
            ada@example.com: signed in to main as member, permanent; 9 backup codes are left
            [exit 0]
            "),
            6 => assert_snapshot!(run, @"
            ada@example.com: signed in to main as member, permanent; 3 backup codes are left
            ----
            hint: make new backup codes with `admit self codes ada@example.com`
            [exit 0]
            "),
            8 => assert_snapshot!(run, @"
            ada@example.com: signed in to main as member, permanent; 1 backup code is left
            ----
            hint: make new backup codes with `admit self codes ada@example.com`
            [exit 0]
            "),
            9 => assert_snapshot!(run, @"
            ada@example.com: signed in to main as member, permanent; no backup code is left
            ----
            hint: make new backup codes with `admit self codes ada@example.com`
            [exit 0]
            "),
            _ => assert!(
                run.stdout
                    .contains(&format!("{} backup codes are left", 9 - used)),
                "{run}"
            ),
        }
    }
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (backup-code-used) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - main asks for a code: the authenticator was set up Mon 2 Mar 2026 09:00 (30 seconds ago), last code accepted Mon 2 Mar 2026 09:00 (just now); no backup codes left
        admit reset 2fa ada@example.com
          for a new or lost phone, after you have verified who is calling; the person sets up a new one at the next sign-in
      - no backup codes are left
        admit self codes ada@example.com
          for the person: asks for the password and a code, and creates ten new codes
    [exit 0]
    ");
    assert_snapshot!(world.enter("ada@example.com", &phone), @"
    ada@example.com: signed in to main as member, permanent; no backup code is left
    ----
    hint: make new backup codes with `admit self codes ada@example.com`
    [exit 0]
    ");
    let letters = world.mail().letters();
    let of_codes = letters
        .iter()
        .filter(|letter| letter.subject.contains("ackup"))
        .count();
    assert_eq!(of_codes, 11, "{letters:?}");
    assert_snapshot!(world.mail().last_to("ada@example.com").unwrap().text(), @"
    Hello Ada Lovelace,

    On Monday, 2 March 2026 at 09:00 UTC, someone signed in to your account
    ada@example.com with one of your backup codes. That code no longer works.

    If it was you, cross it out. When only a few are left, create a new set.

    If it was not you, someone has your password and your backup codes: contact
    the administrators of main immediately.

    Sent automatically to ada@example.com on behalf of main.
    ");
}
