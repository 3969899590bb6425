//! Setting up an authenticator at a real terminal: the code is read off the screen, and a real authenticator makes
//! the codes.

use std::process::Command;
use std::time::Duration;

use expectrl::{Eof, Expect, Session, session::OsSession};

use super::{Machine, end, required};

const PASSWORD: &str = "seven green bottles hang there";
const QUESTION: &str = "Current code: ";

/// A machine with somebody registered.
fn with(address: &str) -> Machine {
    let machine = Machine::new();
    let token = machine.token(&format!("invite {address}"));
    let ended = machine.pipe("self register", format!("{token}\n{PASSWORD}\n"));
    assert_eq!(ended.code, Some(0), "{ended}");
    machine
}

/// A line of a shell at a terminal of this size.
fn open(machine: &Machine, size: (usize, usize), line: &str) -> OsSession {
    let (columns, rows) = size;
    // Whoever made the terminal gives it a size of its own, at about this time.
    let size = format!("stty cols {columns} rows {rows}");
    let mut command = machine.shell(&format!("{size}; sleep 0.5; {size}; {line}"));
    command.env("TERM", "xterm-256color");
    let mut session = Session::spawn(command).unwrap();
    session.set_expect_timeout(Some(Duration::from_mins(1)));
    session
}

/// What was printed before this text.
fn until(session: &mut OsSession, text: &str) -> String {
    let found = session.expect(text);
    let found = found.unwrap_or_else(|error| panic!("waited for {text:?}: {error}"));
    String::from_utf8(found.before().to_vec()).unwrap()
}

/// The rest, and the exit code.
fn ends(mut session: OsSession) -> (String, i32) {
    let rest = session.expect(Eof).unwrap();
    let rest = String::from_utf8_lossy(rest.as_bytes()).into_owned();
    match session.get_process().wait().unwrap() {
        expectrl::process::unix::WaitStatus::Exited(_, code) => (rest, code),
        other => panic!("{other:?}: {rest}"),
    }
}

/// The secret on the screen.
fn secret(screen: &str) -> String {
    let line = screen
        .lines()
        .find_map(|line| line.strip_prefix("  Secret "));
    line.unwrap_or_else(|| panic!("no secret on {screen}"))
        .split_whitespace()
        .collect()
}

/// The code that oathtool makes of it now.
pub(super) fn code(secret: &str) -> String {
    required("oathtool", "oathtool");
    let mut oathtool = Command::new("oathtool");
    oathtool.args(["--totp", "-b", secret]);
    end(oathtool, b"").stdout.trim().to_owned()
}

/// The cells of the lines that set both colours: whether the upper and the lower half is dark.
fn cells(screen: &str) -> Vec<Vec<(bool, bool)>> {
    screen
        .lines()
        .filter_map(|line| row(line.trim_end_matches('\r')))
        .collect()
}

fn row(line: &str) -> Option<Vec<(bool, bool)>> {
    if !line.starts_with("\u{1b}[38;5;") {
        return None;
    }
    let (mut ink_dark, mut cells, mut rest) = (true, Vec::new(), line);
    while let Some(c) = rest.chars().next() {
        if let Some(behind) = rest.strip_prefix("\u{1b}[") {
            let (colours, after) = behind.split_once('m').unwrap();
            ink_dark = match colours {
                "38;5;16;48;5;231" => true,
                "38;5;231;48;5;16" => false,
                "0" => ink_dark,
                other => panic!("{other} is no colour of a code"),
            };
            rest = after;
            continue;
        }
        cells.push(match c {
            ' ' => (!ink_dark, !ink_dark),
            '▀' => (ink_dark, !ink_dark),
            '▄' => (!ink_dark, ink_dark),
            other => panic!("{other:?} in a code"),
        });
        rest = &rest[c.len_utf8()..];
    }
    Some(cells)
}

/// What a reader finds on the screen.
fn read(screen: &str) -> String {
    const SIZE: usize = 4;
    let cells = cells(screen);
    let dark = |x: usize, y: usize| {
        let cell = cells[y / 2][x];
        if y.is_multiple_of(2) { cell.0 } else { cell.1 }
    };
    let (width, height) = (cells[0].len() * SIZE, cells.len() * 2 * SIZE);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        if dark(x / SIZE, y / SIZE) { 0 } else { 255 }
    });
    let grids = picture.detect_grids();
    assert_eq!(grids.len(), 1, "one code is seen");
    grids[0].decode().unwrap().1
}

#[test]
fn an_authenticator_is_set_up_from_what_is_on_the_screen() {
    let machine = with("ada@example.com");
    let mut session = open(&machine, (80, 40), "exec admit self 2fa ada@example.com");
    until(&mut session, "Password: ");
    session.send_line(PASSWORD).unwrap();
    let screen = until(&mut session, QUESTION);
    let secret = secret(&screen);
    assert_eq!(
        read(&screen),
        format!("otpauth://totp/main:ada%40example.com?secret={secret}&issuer=main")
    );
    let typed = code(&secret);
    session.send_line(&typed).unwrap();
    let (rest, status) = ends(session);
    assert_eq!(status, 0, "{rest}");
    assert!(!rest.contains(&typed), "a code is typed unseen: {rest}");
    let codes: Vec<&str> = rest
        .split_whitespace()
        .filter(|word| word.len() == 29)
        .collect();
    assert_eq!(codes.len(), 10, "{rest}");
    // The code of this half minute is spent; a code from paper is not.
    let ended = machine.pipe(
        "self sign-in ada@example.com",
        format!("{PASSWORD}\n{typed}\n"),
    );
    assert_eq!(ended.code, Some(6), "{ended}");
    let ended = machine.pipe(
        "self sign-in ada@example.com",
        format!("{PASSWORD}\n{}\n", codes[0]),
    );
    assert_eq!(ended.code, Some(0), "{ended}");
    assert!(ended.stdout.contains("9 backup codes are left"), "{ended}");
}

#[test]
fn on_a_small_screen_the_whole_code_and_the_question_fit() {
    // 60 characters, and issuer and address still fit 24 rows.
    let long = format!("{}@example.com", "a".repeat(48));
    for (address, rows) in [("ada@example.com", 24), (&long, 24), (&long, 40)] {
        let machine = with(address);
        let line = format!("exec admit self 2fa {address}");
        let mut session = open(&machine, (80, rows), &line);
        until(&mut session, "Password: ");
        session.send_line(PASSWORD).unwrap();
        let screen = until(&mut session, QUESTION);
        let (_, last) = screen.split_once("\u{1b}[38;5;").unwrap();
        assert!(
            last.matches('\n').count() < rows,
            "the top of the code is gone"
        );
        let name = address.replace('@', "%40");
        let secret = secret(&screen);
        assert_eq!(
            read(&screen),
            format!("otpauth://totp/main:{name}?secret={secret}&issuer=main")
        );
        session.send("\u{3}").unwrap();
        let (rest, status) = ends(session);
        assert_eq!(status, 130, "{rest}");
        assert!(rest.contains("cancelled"), "{rest}");
    }
    assert_eq!(
        with("ada@example.com").count("select count(*) from second_factor"),
        0
    );
}

#[test]
fn where_there_is_no_room_it_is_said_and_the_secret_can_be_typed() {
    for size in [(80, 21), (40, 40)] {
        let machine = with("ada@example.com");
        let mut session = open(&machine, size, "exec admit self 2fa ada@example.com");
        until(&mut session, "Password: ");
        session.send_line(PASSWORD).unwrap();
        let screen = until(&mut session, QUESTION);
        let needs = format!(
            "the QR code needs 41 columns and 22 rows; the terminal has {} and {}",
            size.0, size.1
        );
        assert!(
            in_one_line(&screen).contains(&needs) && screen.contains("--qr-file"),
            "{screen}"
        );
        assert!(cells(&screen).is_empty(), "{screen}");
        session.send_line(code(&secret(&screen))).unwrap();
        let (rest, status) = ends(session);
        assert_eq!(status, 0, "{rest}");
    }
}

/// What a terminal has wrapped.
fn in_one_line(screen: &str) -> String {
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_colours_of_the_code_stay_without_colours() {
    for variable in ["NO_COLOR=1", "TERM=dumb"] {
        let machine = with("ada@example.com");
        let line = format!("{variable} exec admit self 2fa ada@example.com");
        let mut session = open(&machine, (80, 40), &line);
        until(&mut session, "Password: ");
        session.send_line(PASSWORD).unwrap();
        let screen = until(&mut session, QUESTION);
        assert!(read(&screen).starts_with("otpauth://totp/"));
        let rest: String = screen
            .lines()
            .filter(|line| row(line.trim_end_matches('\r')).is_none())
            .collect();
        assert!(!rest.contains('\u{1b}'), "{variable}: {rest:?}");
        session.send("\u{3}").unwrap();
        ends(session);
    }
}

#[test]
fn nothing_secret_goes_down_a_pipe() {
    let machine = with("ada@example.com");
    for line in [
        "admit self 2fa ada@example.com | cat",
        "admit self 2fa ada@example.com > file; cat file",
        "admit self codes ada@example.com | cat",
    ] {
        let (text, _) = ends(open(&machine, (80, 40), line));
        assert!(
            in_one_line(&text)
                .contains("would be printed to standard output, which is not a terminal"),
            "{text}"
        );
        assert!(
            !text.contains("Password") && !text.contains("Secret"),
            "{text}"
        );
        assert!(cells(&text).is_empty(), "{text}");
    }
    assert_eq!(machine.count("select count(*) from second_factor"), 0);
    assert_eq!(
        machine.count("select count(*) from audit where action like 'second%'"),
        0
    );
}
