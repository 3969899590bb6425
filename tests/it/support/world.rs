//! A world of its own for a story: a home, a clock that stands still, a mailbox in memory, and an operator, olga.
//!
//! A story runs command lines and pins what they print. What must hold of every run is judged in
//! [`judge`](super::judge); and when the world ends, no secret may have got into an output or a file.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::fmt;
use std::fs;
use std::io::{self, Cursor, Read, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use admit::cli::base::env::{Clock, Env, OperatorName, Terminal};
use admit::cli::base::interrupt::Interrupt;
use admit::cli::base::prompt::{Answer, NoPrompter, Prompter, ScriptedPrompter};
use admit::mail::Mailbox;
use admit::store::{Done, Fault, Store, Tx};
use admit::vault::{Entropy, Vault, keyfile};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use tempfile::TempDir;

use super::judge;
use crate::engine::Place;

/// The password of everybody who registered in a story.
pub(crate) const PASSWORD: &str = "seven green bottles hang there";

/// A wrong one.
pub(crate) const WRONG: &str = "eight green bottles hang there";

/// So long a phone shows a code.
pub(crate) const STEP: Duration = Duration::from_secs(30);
pub(crate) const SECOND: Duration = Duration::from_secs(1);
pub(crate) const MINUTE: Duration = Duration::from_mins(1);
pub(crate) const HOUR: Duration = Duration::from_hours(1);
pub(crate) const DAY: Duration = Duration::from_hours(24);

/// A folder for one test: in memory where there is such a place, since many stores are made.
pub(crate) fn folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    let place = if memory.is_dir() {
        memory.to_owned()
    } else {
        std::env::temp_dir()
    };
    tempfile::Builder::new()
        .prefix("admit-")
        .permissions(fs::Permissions::from_mode(0o700))
        .tempdir_in(place)
        .unwrap()
}

/// A stream that is kept.
#[derive(Clone, Default)]
pub(crate) struct Stream(Arc<Mutex<Vec<u8>>>);

impl Stream {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).expect("what is printed is UTF-8")
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A clock that stands still until the story moves it, or somebody waits.
#[derive(Clone)]
pub(crate) struct ManualClock {
    now: Arc<Mutex<Timestamp>>,
    events: Arc<Mutex<Vec<(Timestamp, Deed)>>>,
}

/// What happens at an instant.
type Deed = Box<dyn FnOnce() + Send>;

impl ManualClock {
    pub(crate) fn time(&self) -> Timestamp {
        *self.now.lock().unwrap()
    }

    /// A clock of its own that shows the same time.
    pub(super) fn stopped(&self) -> Self {
        Self {
            now: Arc::new(Mutex::new(self.time())),
            events: Arc::default(),
        }
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        self.time()
    }
    fn elapsed(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.now().as_millisecond()).unwrap())
    }
    fn pause(&self, time: Duration) {
        let now = {
            let mut now = self.now.lock().unwrap();
            *now += SignedDuration::try_from(time).unwrap();
            *now
        };
        let due: Vec<(Timestamp, Deed)> = {
            let mut events = self.events.lock().unwrap();
            let (due, later) = events.drain(..).partition(|(at, _)| *at <= now);
            *events = later;
            due
        };
        for (_, deed) in due {
            deed();
        }
    }
}

/// Where a story takes place.
pub(crate) struct World {
    home: TempDir,
    place: Place,
    clock: ManualClock,
    entropy: Entropy,
    /// The mail that was sent.
    pub(crate) mailbox: Option<Mailbox>,
    /// The variables of the environment.
    pub(crate) vars: BTreeMap<String, String>,
    /// Who sits at the terminal.
    operator: String,
    /// The zone in which they live.
    pub(crate) zone: TimeZone,
    /// What no output and no file may hold, with the reason.
    secrets: Mutex<Vec<String>>,
    /// Files that the story itself wrote.
    written: Mutex<Vec<PathBuf>>,
    outputs: Mutex<String>,
    /// Printed commands that were tried.
    pub(super) tried: Mutex<BTreeSet<String>>,
}

/// What one command line did.
#[must_use = "pin it in a snapshot, or assert something of it, or say .done()"]
pub(crate) struct Run {
    /// Standard output.
    pub(crate) stdout: String,
    /// Standard error.
    pub(crate) stderr: String,
    /// The exit code.
    pub(crate) code: u8,
    /// The questions that were asked.
    pub(crate) asked: Vec<String>,
    home: String,
    store: String,
}

/// The questions that were asked so far.
type Asked = Arc<Mutex<Vec<String>>>;

/// A command line in the making.
pub(crate) struct Line<'w> {
    world: &'w World,
    words: Vec<String>,
    /// What is printed, to be seen while the command runs.
    pub(super) out: Stream,
    pub(super) stdin: Option<Box<dyn Read + Send>>,
    stdout: Option<Box<dyn Write + Send>>,
    answers: Option<Vec<Answer>>,
    /// Somebody who sees what is printed, and what they were asked.
    pub(super) seeing: Option<(Box<dyn Prompter>, Asked)>,
    pub(super) terminal: Terminal,
    interrupt: Interrupt,
}

impl World {
    /// A fresh machine: nothing is there yet.
    pub(crate) fn fresh() -> Self {
        let home = folder();
        let place = Place::of_home(home.path());
        let mut vars = BTreeMap::new();
        for name in ["HOME", "XDG_RUNTIME_DIR"] {
            vars.insert(name.to_owned(), home.path().to_str().unwrap().to_owned());
        }
        let olga = "olga".to_owned();
        if let Some((name, value)) = place.variable(&olga) {
            vars.insert(name.to_owned(), value);
        }
        let start = "2026-03-02T09:00:00Z".parse().unwrap();
        Self {
            home,
            place,
            clock: ManualClock {
                now: Arc::new(Mutex::new(start)),
                events: Arc::default(),
            },
            entropy: Entropy::seeded(7),
            mailbox: Some(Mailbox::new()),
            vars,
            operator: olga,
            zone: TimeZone::UTC,
            secrets: Mutex::new(vec![PASSWORD.into(), WRONG.into()]),
            written: Mutex::default(),
            outputs: Mutex::default(),
            tried: Mutex::default(),
        }
    }

    /// The same, and no store was named either.
    pub(crate) fn bare() -> Self {
        let mut world = Self::fresh();
        world.vars.remove("ADMIT_STORE");
        world
    }

    /// Somebody else sits down at the terminal.
    pub(crate) fn hand_over_to(&mut self, operator: &str) {
        operator.clone_into(&mut self.operator);
        if let Some((name, value)) = self.place.variable(operator) {
            self.vars.insert(name.to_owned(), value);
        }
    }

    /// A store that is empty, and whose passwords are cheap to check.
    pub(crate) fn new() -> Self {
        let world = Self::fresh();
        world.run("store init").done();
        world.set_up(|tx| tx.set_store_setting("argon2", "19456,2,1"));
        world
    }

    /// A store with one person in it, registered and never signed in.
    pub(crate) fn with_ada() -> Self {
        let world = Self::new();
        world
            .run("invite ada@example.com --name 'Ada Lovelace'")
            .done();
        world.register("ada@example.com");
        world
    }

    /// Runs a command line, without a terminal. `$HOME` is this world's.
    pub(crate) fn run(&self, line: &str) -> Run {
        self.line(line).run()
    }

    /// Runs a command line with this on its standard input.
    pub(crate) fn pipe(&self, line: &str, stdin: impl Into<Vec<u8>>) -> Run {
        self.line(line).pipe(stdin).run()
    }

    /// Runs a command line at a terminal, and answers its questions.
    pub(crate) fn ask(&self, line: &str, answers: impl IntoIterator<Item = Answer>) -> Run {
        self.line(line).screen(80).answers(answers).run()
    }

    /// A command line in the making.
    pub(crate) fn line(&self, line: &str) -> Line<'_> {
        let line = line.replace("$HOME", self.home().to_str().unwrap());
        self.words(judge::split(&line).unwrap())
    }

    /// The same from words.
    pub(crate) fn words<S: Into<String>>(&self, words: impl IntoIterator<Item = S>) -> Line<'_> {
        Line {
            world: self,
            words: words.into_iter().map(Into::into).collect(),
            out: Stream::default(),
            stdin: None,
            stdout: None,
            answers: None,
            seeing: None,
            terminal: Terminal {
                stdin: false,
                stdout: false,
                stderr: false,
                width: 80,
                height: None,
                utf8: true,
            },
            interrupt: Interrupt::manual(),
        }
    }

    /// Pastes a command that was printed into a shell.
    pub(crate) fn paste(&self, command: &str) -> Run {
        let words = judge::split(command).unwrap();
        assert_eq!(words[0], "admit", "{command}");
        self.words(words.into_iter().skip(1)).run()
    }

    /// The one JSON document that a command line answers with.
    pub(crate) fn json(&self, line: &str) -> Value {
        let run = self.run(&format!("{line} -o json"));
        judge::document(&run.stdout).unwrap()
    }

    /// The first row of that document.
    pub(crate) fn row(&self, line: &str) -> Value {
        self.json(line)["results"][0].clone()
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where the store is.
    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn key_file(&self) -> PathBuf {
        self.home().join(".config/admit/key")
    }

    /// Writes a file into the home, for its owner only, and gives its path.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        use std::os::unix::fs::PermissionsExt;
        let path = self.home().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        self.written.lock().unwrap().push(path.clone());
        path
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.home().join(name)).unwrap()
    }

    /// Somebody sets the clock back.
    pub(crate) fn set_back(&self, time: Duration) {
        *self.clock.now.lock().unwrap() -= SignedDuration::try_from(time).unwrap();
    }

    pub(crate) fn advance(&self, time: Duration) {
        self.clock.pause(time);
    }

    /// Something that happens while a command waits, so long from now.
    pub(crate) fn after(&self, time: Duration, deed: impl FnOnce() + Send + 'static) {
        let at = self.now() + SignedDuration::try_from(time).unwrap();
        let mut events = self.clock.events.lock().unwrap();
        events.push((at, Box::new(deed)));
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn operator(&self) -> &str {
        &self.operator
    }

    pub(crate) fn clock(&self) -> ManualClock {
        self.clock.clone()
    }

    pub(crate) fn mail(&self) -> &Mailbox {
        self.mailbox.as_ref().expect("the mailbox was taken away")
    }

    /// How many letters were sent so far.
    pub(crate) fn letters(&self) -> usize {
        self.mail().letters().len()
    }

    /// The token in the newest letter to an address.
    pub(crate) fn token(&self, address: &str) -> String {
        let letter = self.mail().last_to(address);
        let letter = letter.unwrap_or_else(|| panic!("no letter went to {address}"));
        let token = letter.token();
        token.unwrap_or_else(|| panic!("no token in: {}", letter.text()))
    }

    /// Something that no output and no file may ever hold.
    pub(crate) fn keep_secret(&self, secret: &str) {
        self.secrets.lock().unwrap().push(secret.into());
    }

    /// The person registers with the link in their newest letter.
    pub(crate) fn register(&self, address: &str) {
        let input = format!("{}\n{PASSWORD}\n", self.token(address));
        self.pipe("self register", input).done();
    }

    /// The person sets a new password with the link in their newest letter.
    pub(crate) fn set_password(&self, address: &str, password: &str) {
        self.keep_secret(password);
        let input = format!("{}\n{password}\n", self.token(address));
        self.pipe("self password", input).done();
    }

    pub(crate) fn sign_in(&self, address: &str, password: &str) -> Run {
        self.pipe(&format!("self sign-in {address}"), format!("{password}\n"))
    }

    /// Signs in in vain; gives the reason.
    pub(crate) fn denied(&self, address: &str, password: &str) -> String {
        let run = self.sign_in(address, password);
        assert_eq!((run.code, run.stdout.as_str()), (6, ""), "{run}");
        let line = run.stderr.split("\nhint: ").next().unwrap_or_default();
        let reason = line.trim_end().strip_suffix(')');
        let reason = reason.and_then(|line| line.rsplit_once('('));
        reason.unwrap_or_else(|| panic!("{run}")).1.to_owned()
    }

    /// Signs in with a wrong password, so many times.
    pub(crate) fn wrong(&self, address: &str, times: usize) {
        for _ in 0..times {
            let run = self.sign_in(address, WRONG);
            assert_eq!(run.code, 6, "{run}");
            self.advance(SECOND);
        }
    }

    /// Locks an account by wrong passwords.
    pub(crate) fn lock(&self, address: &str) {
        self.wrong(address, 6);
        assert_eq!(self.account_status(address), "locked");
    }

    /// Locks an account for good by wrong passwords.
    pub(crate) fn lock_for_good(&self, address: &str) {
        for round in 1..=3 {
            self.wrong(address, 6);
            if round < 3 {
                self.run(&format!("unlock {address}")).done();
            }
        }
        assert_eq!(self.account_status(address), "locked-permanently");
    }

    pub(crate) fn account_status(&self, address: &str) -> String {
        let row = self.row(&format!("show {address}"));
        row["account_status"].as_str().unwrap().to_owned()
    }

    /// Changes the store behind the commands' back, where there is no command for it.
    pub(crate) fn set_up<T: 'static>(&self, change: impl Fn(&mut Tx<'_>) -> Result<T, Fault>) -> T {
        self.with_store(|store| store.change(|tx| Ok::<_, Fault>(Done::unrecorded(change(tx)?))))
    }

    pub(crate) fn with_store<T>(&self, work: impl FnOnce(&mut Store) -> Result<T, Fault>) -> T {
        let ring = keyfile::load(&self.key_file()).unwrap();
        // A stream of its own, so that the set-up does not move the story's.
        let vault = Vault::new(ring, Entropy::seeded(99));
        work(&mut Store::open(&self.place.location(), vault, true).unwrap()).unwrap()
    }

    /// Adds a panel.
    pub(crate) fn add_panel(&self, name: &str) -> i64 {
        let now = self.now();
        self.set_up(|tx| tx.add_panel(name, now))
    }

    /// Sets a key of a panel's policy.
    pub(crate) fn set_panel(&self, panel: &str, key: &str, value: &str) {
        self.set_up(|tx| {
            let panels = tx.panels()?;
            let panel = panels.iter().find(|it| it.name == panel).unwrap();
            tx.set_panel_setting(panel.id, key, Some(value))
        });
    }

    /// Everything in the store, table by table.
    pub(crate) fn dump(&self) -> BTreeMap<String, Vec<String>> {
        self.place.raw().dump()
    }

    /// Asserts that a command line changes nothing in the store and mails nobody.
    pub(crate) fn changes_nothing(&self, line: &str) -> Run {
        let (before, letters) = (self.dump(), self.letters());
        let run = self.run(line);
        assert_eq!(self.dump(), before, "the store was changed\n{run}");
        assert_eq!(self.letters(), letters, "somebody was mailed\n{run}");
        run
    }

    /// Every file in the home that the story did not write itself.
    fn files(&self) -> Vec<PathBuf> {
        let written = self.written.lock().unwrap();
        let mut folders = vec![self.home().to_owned()];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(entry.path()),
                    Ok(kind) if kind.is_file() && !written.contains(&entry.path()) => {
                        files.push(entry.path());
                    }
                    _ => {}
                }
            }
        }
        files
    }

    /// Which files in the home hold a text, whatever its case; the story's own do not count.
    pub(crate) fn holders(&self, text: &str) -> Vec<PathBuf> {
        let wanted = text.to_lowercase();
        let mut files = self.files();
        files.retain(|file| {
            let bytes = fs::read(file).unwrap().to_ascii_lowercase();
            bytes
                .windows(wanted.len())
                .any(|part| part == wanted.as_bytes())
        });
        files
    }

    /// Asserts that no secret got into an output or a file.
    fn sweep(&self) {
        let mut secrets = self.secrets.lock().unwrap().clone();
        let letters = self.mailbox.as_ref().map(Mailbox::letters);
        secrets.extend(letters.into_iter().flatten().filter_map(|l| l.token()));
        let outputs = self.outputs.lock().unwrap();
        for secret in &secrets {
            assert!(!outputs.contains(secret), "{secret} was printed");
        }
        let mut left: Vec<(String, Vec<u8>)> = self
            .files()
            .into_iter()
            .map(|file| {
                (
                    file.display().to_string(),
                    fs::read(file).unwrap_or_default(),
                )
            })
            .collect();
        left.extend(
            self.place
                .rows_of_server()
                .map(|rows| ("a row".into(), rows)),
        );
        for (place, bytes) in left {
            for secret in &secrets {
                assert!(
                    !bytes
                        .windows(secret.len())
                        .any(|part| part == secret.as_bytes()),
                    "{secret} stands in {place}"
                );
            }
        }
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.sweep();
        }
    }
}

impl Line<'_> {
    /// On its standard input.
    pub(crate) fn pipe(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(Box::new(Cursor::new(bytes.into())));
        self
    }

    /// Where its output goes.
    pub(crate) fn stdout(mut self, stdout: impl Write + Send + 'static) -> Self {
        self.stdout = Some(Box::new(stdout));
        self
    }

    /// At a terminal, so wide.
    pub(crate) fn screen(mut self, width: usize) -> Self {
        self.terminal = Terminal {
            stdin: self.stdin.is_none(),
            stdout: true,
            stderr: true,
            width,
            height: None,
            utf8: true,
        };
        self
    }

    /// With somebody who answers.
    pub(crate) fn answers(mut self, answers: impl IntoIterator<Item = Answer>) -> Self {
        self.answers = Some(answers.into_iter().collect());
        self
    }

    /// With this Ctrl-C.
    pub(crate) fn interrupt(mut self, interrupt: Interrupt) -> Self {
        self.interrupt = interrupt;
        self
    }

    pub(crate) fn run(self) -> Run {
        let world = self.world;
        let (out, err) = (self.out, Stream::default());
        let elsewhere = self.stdout.is_some();
        let script = self.answers.map(ScriptedPrompter::new);
        let (prompter, seen): (Box<dyn Prompter>, _) = match (self.seeing, &script) {
            (Some((person, asked)), _) => (person, Some(asked)),
            (None, Some(script)) => (Box::new(script.clone()), None),
            (None, None) => (Box::new(NoPrompter), None),
        };
        // What is meant to show a secret is no place to look for one.
        let has = |word: &str| self.words.iter().any(|given| given == word);
        let shows = has("--print-link")
            || has("--show")
            || (self.terminal.stdout && has("self") && (has("2fa") || has("codes")));
        let env = Env {
            stdin: self.stdin.unwrap_or_else(|| Box::new(io::empty())),
            stdout: self.stdout.unwrap_or_else(|| Box::new(out.clone())),
            stderr: Box::new(err.clone()),
            terminal: self.terminal,
            clock: Arc::new(world.clock.clone()),
            entropy: world.entropy.clone(),
            vars: world.vars.clone(),
            operator: OperatorName::new(&*world.operator),
            tz: world.zone.clone(),
            prompter,
            interrupt: self.interrupt,
            system_config: world.home().join("etc/admit/config.toml"),
            mailbox: world.mailbox.clone(),
        };
        let words = std::iter::once("admit".to_owned()).chain(self.words.iter().cloned());
        let code = admit::cli::run(words.map(OsString::from), env);
        let (stdout, stderr) = (out.text(), err.text());
        if !elsewhere {
            judge::output(&self.words, &stdout, &stderr, code);
            world.try_printed(&self.words, &stdout, &stderr);
        }
        if !shows {
            let mut outputs = world.outputs.lock().unwrap();
            outputs.push_str(&stdout);
            outputs.push_str(&stderr);
        }
        Run {
            stdout,
            stderr,
            code,
            asked: match (seen, script) {
                (Some(asked), _) => asked.lock().unwrap().clone(),
                (None, script) => script
                    .as_ref()
                    .map(ScriptedPrompter::asked)
                    .unwrap_or_default(),
            },
            home: world.home().to_str().unwrap().to_owned(),
            store: match world.place.variable(&world.operator) {
                Some((_, url)) => url,
                None => world.place.url(),
            },
        }
    }
}

impl Run {
    /// Asserts that all went well.
    pub(crate) fn done(self) {
        assert_eq!(self.code, 0, "{self}");
    }

    /// Asserts how it ended, and gives what it printed.
    pub(crate) fn exits(self, code: u8) -> String {
        assert_eq!(self.code, code, "{self}");
        self.to_string()
    }

    /// The lines of standard output.
    pub(crate) fn lines(&self) -> Vec<&str> {
        self.stdout.lines().collect()
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Where the store is on every engine, as far as stories are concerned.
        let tidy = |text: &str| {
            let text = text.replace(&self.store, "$HOME/.local/share/admit/admit.db");
            tidy(&text, &self.home)
        };
        f.write_str(&tidy(&self.stdout))?;
        if !self.stderr.is_empty() {
            write!(f, "----\n{}", tidy(&self.stderr))?;
        }
        for question in &self.asked {
            writeln!(f, "[asked: {}]", tidy(question))?;
        }
        write!(f, "[exit {}]", self.code)
    }
}

/// Puts words in the place of secrets of the second factor, and says how large a QR code is.
fn without_codes(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut rows = 0;
    for line in text.split_inclusive('\n') {
        if let Some(bare) = judge::qr_line(line.trim_end_matches('\n')) {
            if rows == 0 {
                tidy.push_str(&format!(
                    "[a QR code, {} columns wide]\n",
                    bare.chars().count()
                ));
            }
            rows += 1;
            continue;
        }
        if rows > 0 {
            tidy.push_str(&format!("[{rows} rows]\n"));
            rows = 0;
        }
        for word in line.split_inclusive([' ', '\n']) {
            let bare = word.trim_end();
            let tail = &word[bare.len()..];
            let groups = |length: usize, count: usize| {
                bare.len() == length
                    && bare.split('-').filter(|group| group.len() == 4).count() == count
            };
            if groups(29, 6) {
                tidy.push_str("BACKUP-CODE");
            } else if line.starts_with("  Secret ") && groups(4, 1) && bare != "SECRET" {
                tidy.push_str("ABCD");
            } else if let Some((before, behind)) = bare.split_once("secret=") {
                tidy.push_str(before);
                tidy.push_str("secret=ABCD");
                tidy.push_str(behind.find('&').map_or("", |end| &behind[end..]));
            } else {
                tidy.push_str(bare);
            }
            tidy.push_str(tail);
        }
    }
    if rows > 0 {
        tidy.push_str(&format!("[{rows} rows]\n"));
    }
    tidy
}

/// Names what differs from run to run.
fn tidy(text: &str, home: &str) -> String {
    let text = without_codes(&text.replace(home, "$HOME"));
    let mut tidy = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let token = rest
            .strip_prefix("adm_")
            .map(|behind| behind.find(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
            .filter(|end| *end != Some(0) && rest.len() > "adm_".len());
        if let Some(end) = token {
            tidy.push_str("adm_TOKEN");
            rest = end.map_or("", |end| &rest[4 + end..]);
            continue;
        }
        let starts_word = !tidy.ends_with(|c: char| c.is_ascii_alphanumeric());
        let hex = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        if starts_word && hex >= 32 {
            tidy.push_str("HEX");
            rest = &rest[hex..];
            continue;
        }
        tidy.push(c);
        rest = &rest[c.len_utf8()..];
    }
    tidy
}
