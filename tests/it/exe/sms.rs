//! The operator's program for SMS: what it gets, what its end means, and that it cannot hold anybody up.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use admit::domain::account::Account;
use admit::domain::address::Address;
use admit::domain::event::{Actor, Source};
use admit::domain::second_factor::Method;
use admit::mail::{DeliveryFault, DeliveryReceipt, MailKind, SmsCommand, TextMessage};
use admit::ops::{Op, queue_code};
use admit::store::{Done, Fault, Location, Store};
use admit::vault::{Entropy, Secret, Vault, keyfile};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

use super::{Machine, end, pause};
use crate::support::world::folder;

const NUMBER: &str = "+436641234567";
const CODE: &str = "048215";
const TEXT: &str = "048215 is your code; $(reboot) `x` 'é' \"\\n\"\nsecond line";

/// A folder with a program in it.
struct Bench {
    home: TempDir,
    limit: Duration,
}

impl Bench {
    fn new(script: &str) -> Self {
        let bench = Self {
            home: folder(),
            limit: Duration::from_secs(20),
        };
        let path = bench.path("send sms");
        program(
            &path,
            &script.replace("HERE", bench.home.path().to_str().unwrap()),
        );
        bench
    }

    fn within(mut self, seconds: u64) -> Self {
        self.limit = Duration::from_secs(seconds);
        self
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    fn send(&self) -> Result<DeliveryReceipt, DeliveryFault> {
        let environment = [
            ("PATH", "/usr/bin:/bin"),
            ("LANG", "C.UTF-8"),
            ("HOME", "/"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
        let arguments = ["--to the point", "$HOME"];
        let program = self.path("send sms");
        SmsCommand::new(program, arguments, self.limit, environment.into()).send(&message())
    }

    /// A run that failed: whether it may be tried again, and the words.
    fn fault(&self) -> (bool, String) {
        let fault = self.send().unwrap_err();
        let program = self.path("send sms");
        (
            fault.retry,
            fault.detail.replace(program.to_str().unwrap(), "PROGRAM"),
        )
    }

    fn receipt(&self) -> String {
        let program = self.path("send sms");
        self.send()
            .unwrap()
            .detail
            .replace(program.to_str().unwrap(), "PROGRAM")
    }
}

fn program(path: &Path, script: &str) {
    runnable(path, &format!("#!/bin/sh\n{script}\n"));
}

/// Written by another process: a file that this one has open for writing cannot be run, and each test that starts a
/// process right then hands it on for a moment.
fn runnable(path: &Path, text: &str) {
    let mut write = Command::new("sh");
    write
        .args(["-c", "cat > \"$1\" && chmod 755 \"$1\"", "sh"])
        .arg(path);
    let ended = end(write, text.as_bytes());
    assert_eq!(ended.code, Some(0), "{ended}");
}

fn message() -> TextMessage {
    TextMessage {
        kind: MailKind::SignInCodeSms,
        message_id: "<7@admit.invalid>".into(),
        to: NUMBER.into(),
        text: Secret::new(TEXT.to_owned()),
        code: Some(Secret::new(CODE.to_owned())),
    }
}

#[expect(clippy::disallowed_methods, reason = "another process needs real time")]
fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let began = Instant::now();
    (work(), began.elapsed())
}

/// Whether a process still runs; what only waits to be buried does not.
fn runs(id: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{}/stat", id.trim())).is_ok_and(|stat| {
        !stat
            .rsplit(')')
            .next()
            .unwrap()
            .trim_start()
            .starts_with('Z')
    })
}

/// A signal that was sent arrives soon, but not at once.
fn ends_soon(id: &str) -> bool {
    (0..200).any(|_| {
        pause(Duration::from_millis(10));
        !runs(id)
    })
}

#[test]
fn it_gets_number_and_text_on_its_input_and_nothing_anywhere_else() {
    let bench = Bench::new(
        "cat > HERE/input; for word; do printf '%s\\n' \"$word\"; done > HERE/words; \
         tr '\\0' '\\n' < /proc/$$/cmdline > HERE/cmdline; \
         tr '\\0' '\\n' < /proc/$$/environ | sort > HERE/environ; pwd > HERE/place; ls /proc/$$/fd > HERE/open",
    );
    assert_eq!(bench.receipt(), "delivered to PROGRAM");
    assert_eq!(bench.read("input"), format!("{NUMBER}\n{TEXT}\n"));
    assert_eq!(
        bench.read("words"),
        "--to the point\n$HOME\n",
        "no shell read them"
    );
    for name in ["cmdline", "environ"] {
        let text = bench.read(name);
        assert!(
            !text.contains(CODE) && !text.contains(NUMBER),
            "{name}: {text}"
        );
    }
    assert_eq!(
        bench.read("environ"),
        "HOME=/\nLANG=C.UTF-8\nPATH=/usr/bin:/bin\n"
    );
    assert_eq!(bench.read("place"), "/\n");
    // The three streams; the shell holds its script open as one more, and this line's file.
    let open: Vec<u32> = bench
        .read("open")
        .lines()
        .map(|fd| fd.parse().unwrap())
        .collect();
    let ours = handed_on();
    assert!(
        open.iter()
            .all(|fd| *fd <= 2 || *fd >= 10 || ours.contains(fd)),
        "{open:?}, of which {ours:?} came from whoever started this"
    );
}

/// Descriptors that this process itself was started with, and that every program it starts gets too.
fn handed_on() -> Vec<u32> {
    const CLOSED_ON_EXEC: u32 = 0o2_000_000;
    let flags = |fd: u32| -> Option<u32> {
        let info = std::fs::read_to_string(format!("/proc/self/fdinfo/{fd}")).ok()?;
        let flags = info.lines().find_map(|line| line.strip_prefix("flags:"))?;
        u32::from_str_radix(flags.trim(), 8).ok()
    };
    (3..1024)
        .filter(|fd| flags(*fd).is_some_and(|flags| flags & CLOSED_ON_EXEC == 0))
        .collect()
}

#[test]
fn its_exit_code_decides() {
    for (script, retry, detail) in [
        ("exit 75", true, "the SMS command printed nothing (exit 75)"),
        (
            "echo gateway is busy >&2; exit 75",
            true,
            "the SMS command printed: gateway is busy (exit 75)",
        ),
        (
            "echo no credit; exit 3",
            false,
            "the SMS command printed: no credit (exit 3)",
        ),
        (
            "echo out; echo err >&2; exit 1",
            false,
            "the SMS command printed: out / err (exit 1)",
        ),
        (
            "exit 64",
            false,
            "the SMS command printed nothing (exit 64)",
        ),
        (
            "echo bye; kill -9 $$",
            true,
            "the SMS command was killed by signal 9: bye",
        ),
    ] {
        assert_eq!(
            Bench::new(script).fault(),
            (retry, detail.to_owned()),
            "{script}"
        );
    }
    assert_eq!(
        Bench::new("cat > /dev/null").receipt(),
        "delivered to PROGRAM"
    );
    assert_eq!(
        Bench::new("cat > /dev/null; echo 'queued as 17'").receipt(),
        "delivered to PROGRAM: queued as 17"
    );
}

#[test]
fn what_cannot_be_started_is_given_up_and_the_setting_is_named() {
    let fails = |bench: &Bench, why: &str| {
        let detail = format!("cannot run the SMS command PROGRAM, as set by sms.command: {why}");
        assert_eq!(bench.fault(), (false, detail));
    };
    let bench = Bench::new("");
    std::fs::remove_file(bench.path("send sms")).unwrap();
    fails(&bench, "the file does not exist");
    std::fs::create_dir(bench.path("send sms")).unwrap();
    fails(&bench, "it is not executable; run `chmod +x` on it");

    let bench = Bench::new("");
    let path = bench.path("send sms");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    fails(&bench, "it is not executable; run `chmod +x` on it");
    runnable(&path, "#!/none/such\n");
    fails(
        &bench,
        "the interpreter named in its first line does not exist",
    );
    runnable(&path, "nonsense\n");
    fails(
        &bench,
        "it is not a program, or a script without a first line such as #!/bin/sh",
    );
}

#[test]
fn one_that_is_too_slow_is_ended_with_all_that_it_started() {
    for (what, script) in [
        (
            "friendly",
            "sleep 300 & echo $! > HERE/child; echo $$ > HERE/self; wait",
        ),
        (
            "deaf",
            "trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > HERE/child; while :; do sleep 300; done' & \
             echo $$ > HERE/self; while :; do sleep 300; done",
        ),
        // The first goes when it is asked to, and leaves a deaf child behind.
        (
            "torn",
            "sh -c 'trap \"\" TERM; echo $$ > HERE/child; while :; do sleep 300; done' & echo $$ > HERE/self; wait",
        ),
        (
            "stopped",
            "sleep 300 & echo $! > HERE/child; echo $$ > HERE/self; kill -STOP $$; wait",
        ),
    ] {
        let bench = Bench::new(script).within(1);
        let (fault, took) = timed(|| bench.fault());
        assert_eq!(
            fault,
            (
                true,
                "the SMS command was stopped because it took longer than 1 s".to_owned()
            ),
            "{what}"
        );
        assert!(
            took >= Duration::from_secs(1) && took < Duration::from_secs(10),
            "{what}: {took:?}"
        );
        for name in ["self", "child"] {
            assert!(ends_soon(&bench.read(name)), "{what}: the {name} runs on");
        }
    }
}

#[test]
fn what_it_said_before_it_was_ended_is_told() {
    let bench = Bench::new("echo dialling; sleep 300").within(1);
    assert_eq!(
        bench.fault(),
        (
            true,
            "the SMS command was stopped because it took longer than 1 s: dialling".to_owned()
        )
    );
}

#[test]
fn one_that_does_not_read_is_no_fault() {
    assert_eq!(Bench::new("exit 0").receipt(), "delivered to PROGRAM");
    assert_eq!(
        Bench::new("exec 0<&-; sleep 0.2; echo no interest; exit 3").fault(),
        (
            false,
            "the SMS command printed: no interest (exit 3)".to_owned()
        )
    );
    assert_eq!(
        Bench::new("sleep 0.3; exit 0").receipt(),
        "delivered to PROGRAM"
    );
}

#[test]
fn one_that_leaves_something_running_does_not_hold_us_up() {
    // Both hold the pipe; the second has also left the group and speaks without an end.
    for script in [
        "sleep 30 & echo $! > HERE/left; echo queued",
        "setsid sh -c 'echo $$ > HERE/left; while :; do echo noise; done' & \
         while [ ! -s HERE/left ]; do sleep 0.01; done; echo queued",
    ] {
        let bench = Bench::new(script);
        let (detail, took) = timed(|| bench.receipt());
        assert!(took < Duration::from_secs(10), "{took:?}");
        assert!(detail.starts_with("delivered to PROGRAM: "), "{detail}");
        assert!(detail.len() < 5_000, "{detail}");
        let left = bench.read("left");
        // Whoever only sleeps is left alone; whoever speaks finds that nobody listens any more.
        if script.starts_with("sleep") {
            assert!(runs(&left));
            assert_eq!(detail, "delivered to PROGRAM: queued");
            let id = rustix::process::Pid::from_raw(left.trim().parse().unwrap()).unwrap();
            rustix::process::kill_process(id, rustix::process::Signal::KILL).unwrap();
        } else {
            assert!(ends_soon(&left), "it speaks to nobody for ever");
        }
    }
}

#[test]
fn a_megabyte_of_words_is_read_and_four_kibibytes_are_kept() {
    let bench = Bench::new(
        "cat > /dev/null; head -c 1048576 /dev/zero | tr '\\0' x; echo; echo end >&2; exit 3",
    );
    let (retry, detail) = bench.fault();
    assert!(!retry);
    assert!(detail.starts_with("the SMS command printed: xxxx") && detail.ends_with("x… (exit 3)"));
    assert!((3_900..=4_200).contains(&detail.len()), "{}", detail.len());
}

#[test]
fn a_code_that_is_echoed_is_blotted_out() {
    for (script, said) in [
        (
            "cat; exit 3",
            "+436641234567 / [code] is your code; $(reboot) `x` 'é' \"\\n\" / second line",
        ),
        ("head -c 20 >&2; exit 3", "+436641234567 / [code]"),
        (
            "read -r n; read -r c rest; echo \"$c $c\" | sed 's/./& /g'; exit 3",
            "[code]   [code]",
        ),
        ("printf '\\033[31mred\\007'; exit 3", "\\u{1b}[31mred\\u{7}"),
    ] {
        let (_, detail) = Bench::new(script).fault();
        assert_eq!(
            detail,
            format!("the SMS command printed: {said} (exit 3)"),
            "{script}"
        );
    }
    assert_eq!(
        Bench::new("read -r number; read -r code rest; echo \"$code to $number\"").receipt(),
        "delivered to PROGRAM: [code] to +436641234567"
    );
}

/// The store of a machine, opened beside the executable.
fn open(machine: &Machine) -> Store {
    let ring = keyfile::load(&machine.path(".config/admit/key")).unwrap();
    let vault = Vault::new(ring, Entropy::os());
    Store::open(&Location::File(machine.store()), vault, true).unwrap()
}

/// Queues an SMS with a code; its number, and the code that it carries.
#[expect(
    clippy::disallowed_methods,
    reason = "the executable has a clock of its own"
)]
fn queue(machine: &Machine) -> (i64, String) {
    let now = Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap();
    let op = Op {
        now,
        wall: now,
        zone: TimeZone::UTC,
        actor: Actor {
            source: Source::Gate,
            operator: "panel".into(),
            ip: None,
        },
    };
    let queued = open(machine).change(|tx| {
        let ada: Account = tx
            .account(&Address::parse("ada@example.com").unwrap())?
            .unwrap();
        let panel = tx.panels()?.remove(0);
        let over_at = now.checked_add(SignedDuration::from_mins(10)).unwrap();
        let (code, _) = tx.add_sent_code(&ada, panel.id, Method::Sms, 0, now, over_at)?;
        let digits = tx.code_to_send(code, &ada)?.unwrap().as_str().to_owned();
        let id = queue_code(tx, &op, &panel, &ada, MailKind::SignInCodeSms, NUMBER, code)?;
        Ok::<_, Fault>(Done::unrecorded((id, digits)))
    });
    queued.unwrap()
}

/// A machine with ada, and with this program for SMS if there is one.
fn machine(script: Option<&str>) -> Machine {
    let machine = Machine::new();
    assert_eq!(
        machine.run("invite ada@example.com --no-mail").code,
        Some(0)
    );
    if let Some(script) = script {
        let path = machine.path("send-sms");
        program(
            &path,
            &script.replace("HERE", machine.home.path().to_str().unwrap()),
        );
        let text = format!(
            "[sms]\ncommand = ['{}', '--fast']\ntimeout = '1s'\n",
            path.display()
        );
        let config = machine.file(".config/admit/config.toml", text);
        std::fs::set_permissions(config, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    machine
}

/// The only row of `mail list`.
fn row(machine: &Machine) -> serde_json::Value {
    let ended = machine.run("mail list -o jsonl");
    assert_eq!(ended.stdout.lines().count(), 1, "{ended}");
    serde_json::from_str(&ended.stdout).unwrap()
}

#[test]
fn mail_send_hands_an_sms_to_the_program_and_shows_no_code() {
    let machine = machine(Some(
        "tee HERE/got; printf '%s\\n' \"$@\" > HERE/words; env > HERE/environ",
    ));
    let (id, code) = queue(&machine);
    let ended = machine.run("mail send");
    assert_eq!(
        ended.stdout, "1 sent, 0 failed, 0 lapsed, 0 left in the queue\n",
        "{ended}"
    );
    let got = std::fs::read_to_string(machine.path("got")).unwrap();
    let text = format!("{code} is your code for main. It works once, within 10 minutes.");
    assert!(got.starts_with(&format!("{NUMBER}\n{text} ")), "{got}");
    assert_eq!(
        std::fs::read_to_string(machine.path("words")).unwrap(),
        "--fast\n"
    );
    let environ = std::fs::read_to_string(machine.path("environ")).unwrap();
    let mut names: Vec<_> = environ
        .lines()
        .map(|line| line.split('=').next().unwrap())
        .collect();
    names.retain(|name| !["PWD", "OLDPWD", "SHLVL", "_"].contains(name));
    names.sort_unstable();
    assert_eq!(names, ["HOME", "LANG", "PATH"]);

    for line in [
        "mail list".to_owned(),
        "mail list -o json".to_owned(),
        format!("mail show {id}"),
        format!("mail show {id} -o json"),
        "why ada@example.com".to_owned(),
        "audit list -o json".to_owned(),
    ] {
        let ended = machine.run(&line);
        assert!(!ended.to_string().contains(&code), "admit {line}\n{ended}");
    }
    let shown = machine.run(&format!("mail show {id}")).stdout;
    assert!(
        shown.contains("sign-in-code-sms") && shown.contains(NUMBER),
        "{shown}"
    );
    let reply = row(&machine)["detail"].as_str().unwrap().to_owned();
    assert!(
        reply.contains("/send-sms: +436641234567 / [code] is your code"),
        "{reply}"
    );
    assert_eq!(
        machine.count("select count(*) from sent_code where code is not null"),
        0
    );
}

#[test]
fn mail_send_tells_what_the_program_said() {
    for (script, code, state, detail) in [
        (
            "echo later; exit 75",
            75,
            "queued",
            "the SMS command printed: later (exit 75)",
        ),
        (
            "sleep 300",
            75,
            "queued",
            "the SMS command was stopped because it took longer than 1 s",
        ),
        (
            "echo no credit; exit 3",
            0,
            "failed",
            "the SMS command printed: no credit (exit 3)",
        ),
    ] {
        let machine = machine(Some(script));
        queue(&machine);
        let ended = machine.run("mail send");
        assert_eq!(ended.code, Some(code), "{script}\n{ended}");
        let row = row(&machine);
        assert_eq!(
            (row["state"].as_str(), row["detail"].as_str()),
            (Some(state), Some(detail))
        );
        assert_eq!(
            machine.count("select count(*) from sent_code where code is not null"),
            i64::from(state == "queued"),
            "a retry keeps the code, nothing else does"
        );
    }
}

#[test]
fn without_a_program_an_sms_is_a_private_file_that_is_named() {
    let machine = machine(None);
    let (id, code) = queue(&machine);
    assert_eq!(machine.run("mail send").code, Some(0));
    let path = machine.path(&format!(
        ".local/share/admit/mail/{id:010}-sign-in-code-sms.txt"
    ));
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(
        text.starts_with(&format!("{NUMBER}\n{code} is your code")),
        "{text}"
    );
    assert_eq!(
        path.metadata().unwrap().permissions().mode() & 0o7777,
        0o600
    );
    assert_eq!(
        row(&machine)["detail"].as_str(),
        Some(format!("written to {}", path.display()).as_str())
    );
}

#[test]
fn the_stream_of_a_gate_hands_an_sms_over_in_the_background() {
    let machine = machine(Some("cat > HERE/got"));
    let (_, code) = queue(&machine);
    let ended = machine.run("gate stream");
    assert_eq!(
        (ended.code, ended.stdout.as_str()),
        (Some(0), ""),
        "{ended}"
    );
    let got = std::fs::read_to_string(machine.path("got")).unwrap();
    assert!(got.contains(&code), "{got}");
}
