//! Tab, pressed in the shells themselves.

use std::time::Duration;

use expectrl::{Expect, Session};

use super::{Machine, required};

/// A shell with the script that `admit completions` prints.
///
/// The second field is what lists the candidates after a first Tab did not.
struct Shell(expectrl::session::OsSession, &'static str);

impl Shell {
    fn bash(machine: &Machine) -> Self {
        required("bash", "bash");
        let mut shell = Self::open(machine, "bash --norc --noprofile -i");
        shell.1 = "\t";
        shell.obeys("source <(admit completions bash)");
        shell
    }

    /// As the manual says: a file in a folder of fpath.
    fn zsh(machine: &Machine) -> Self {
        required("zsh", "zsh");
        std::fs::create_dir(machine.path("functions")).ok();
        let printed = machine.sh("admit completions zsh > functions/_admit");
        assert_eq!(printed.code, Some(0), "{printed}");
        let mut shell = Self::open(machine, "zsh -f -i");
        shell
            .obeys("fpath=(~/functions $fpath); autoload -Uz compinit; compinit -u -D; bindkey -e");
        shell
    }

    fn fish(machine: &Machine) -> Self {
        required("fish", "fish");
        let mut shell = Self::open(machine, "fish --no-config -i");
        shell.obeys("admit completions fish | source");
        shell
    }

    /// Elvish's own printf does not repeat a format, so the system's is used. Where a word has to be quoted, or several
    /// fit, Tab leaves a list open: Ctrl-A takes its first word, and Ctrl-U closes it.
    fn elvish(machine: &Machine) -> Self {
        required("elvish", "elvish");
        let mut shell = Self::open(machine, "elvish -norc");
        shell.obeys("eval (admit completions elvish | slurp)");
        shell.obeys("use readline-binding; fn printf {|@words| e:printf $@words}");
        shell.obeys(
            "set edit:completion:binding[Ctrl-A] = { edit:completion:accept; edit:move-dot-sol }",
        );
        shell.obeys(
            "set edit:completion:binding[Ctrl-U] = { edit:close-mode; edit:kill-line-left }",
        );
        shell
    }

    fn open(machine: &Machine, shell: &str) -> Self {
        let mut command = machine.shell(&format!("exec {shell}"));
        command.env("TERM", "xterm");
        let mut session = Session::spawn(command).unwrap();
        session.set_expect_timeout(Some(Duration::from_secs(30)));
        Self(session, "")
    }

    /// Runs a line, and waits for its end.
    fn obeys(&mut self, line: &str) {
        self.0
            .send_line(format!("{line}; printf '<%s>' ready"))
            .unwrap();
        self.prints("<ready>");
    }

    /// Types the beginning of a line, presses Tab, and reads the words that the line has then.
    #[track_caller]
    fn completes(&mut self, typed: &str, line: &str) {
        self.0.send(format!("{typed}\t")).unwrap();
        // To the beginning of the line: print its words instead of running it.
        self.0.send("\u{1}printf '<%s>' \r").unwrap();
        self.prints(&format!("<{}>", line.replace(' ', "><")));
    }

    /// What Tab lists after the beginning of a line. `word` is in the list: keys that are typed before it is there would
    /// keep a shell from showing it.
    #[track_caller]
    fn lists(&mut self, typed: &str, word: &str) -> String {
        self.0.send(format!("{typed}\t{}", self.1)).unwrap();
        let begun = self.0.expect(word);
        let begun = begun.unwrap_or_else(|error| panic!("waited for {word:?}: {error}"));
        let begun = String::from_utf8_lossy(begun.as_bytes()).into_owned();
        // Away with the line, whose commands are not run.
        self.0.send("\u{15}").unwrap();
        self.0.send("printf '<%s>' listed\r").unwrap();
        let seen = self.0.expect("<listed>").unwrap();
        begun + &String::from_utf8_lossy(seen.as_bytes())
    }

    #[track_caller]
    fn prints(&mut self, text: &str) {
        let found = self.0.expect(text);
        found.unwrap_or_else(|error| panic!("waited for {text:?}: {error}"));
    }
}

/// People, and files whose names begin like words that are due.
fn machine() -> Machine {
    let machine = Machine::new();
    let ended = machine.run("invite ada@example.com grace@example.com grace@example.org");
    assert_eq!(ended.code, Some(0), "{ended}");
    machine.run("--store second.db store init");
    let ended = machine.run("--store second.db invite zoe@example.net --no-mail");
    assert_eq!(ended.code, Some(0), "{ended}");
    for name in [
        "adam.txt",
        "lost.txt",
        "ownership.txt",
        "main.txt",
        "second-factor.txt",
    ] {
        machine.file(name, "");
    }
    machine.file("people lists/first.csv", "");
    machine
}

fn every_word_is_completed(shell: &mut Shell) {
    shell.completes("admit unl", "admit unlock");
    shell.completes("admit show ad", "admit show ada@example.com");
    // Bash cuts the word at the @.
    shell.completes("admit show ada@ex", "admit show ada@example.com");
    shell.completes("admit why grace@example.o", "admit why grace@example.org");
    // Several fit: as much as they have in common.
    shell.completes("admit why gr", "admit why grace@example.");
    shell.completes(
        "admit unlock ada@example.com gr",
        "admit unlock ada@example.com grace@example.",
    );
    shell.completes("admit list --panel m", "admit list --panel main");
    shell.completes("admit list --role=ow", "admit list --role=owner");
    shell.completes(
        "admit list --status locked-p",
        "admit list --status locked-permanently",
    );
    shell.completes("admit panel set second-f", "admit panel set second-factor=");
    shell.completes(
        "admit panel set second-factor=r",
        "admit panel set second-factor=required",
    );
    shell.completes("admit store set arg", "admit store set argon2=");
    shell.completes("admit invite --fr", "admit invite --from");
    // A store that the line names.
    shell.completes(
        "admit --store second.db show z",
        "admit --store second.db show zoe@example.net",
    );
    // A file only where a file is due.
    shell.completes("admit invite --from lo", "admit invite --from lost.txt");
    shell.completes("admit show lo", "admit show lo");
}

fn commands_come_before_options(shell: &mut Shell) {
    let listed = shell.lists("admit ", "unlock");
    assert!(
        listed.contains("invite") && listed.contains("unlock"),
        "{listed}"
    );
    assert!(
        !listed.contains("--panel") && !listed.contains("--help"),
        "{listed}"
    );
    assert!(!listed.contains("lost.txt"), "{listed}");
    let listed = shell.lists("admit panel ", "show");
    assert!(
        listed.contains("show") && !listed.contains("--panel"),
        "{listed}"
    );
}

#[test]
fn tab_completes_in_bash() {
    let machine = machine();
    let mut shell = Shell::bash(&machine);
    every_word_is_completed(&mut shell);
    commands_come_before_options(&mut shell);
}

#[test]
fn tab_completes_in_zsh() {
    let machine = machine();
    let mut shell = Shell::zsh(&machine);
    every_word_is_completed(&mut shell);
    commands_come_before_options(&mut shell);
}

#[test]
fn tab_completes_in_fish() {
    let machine = machine();
    let mut shell = Shell::fish(&machine);
    every_word_is_completed(&mut shell);
    commands_come_before_options(&mut shell);
}

#[test]
fn tab_completes_in_elvish() {
    let machine = machine();
    let mut shell = Shell::elvish(&machine);
    every_word_is_completed(&mut shell);
    commands_come_before_options(&mut shell);
}

/// Nothing is made, changed or said, whatever is wrong.
#[test]
fn tab_changes_nothing_and_is_silent_on_any_error() {
    let asks = "COMPLETE=fish admit -- admit show ''";
    let machine = Machine::new();
    let ended = machine.sh(asks);
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""), "{ended}");
    assert!(!machine.store().exists() && !machine.path(".config").exists());

    machine.run("invite ada@example.com --no-mail");
    let key_folder = machine.path(".config/admit");
    let files = || {
        let mut all: Vec<_> = std::fs::read_dir(&key_folder)
            .unwrap()
            .map(|entry| {
                let path = entry.unwrap().path();
                (path.clone(), std::fs::read(path).unwrap())
            })
            .collect();
        all.sort();
        all
    };
    let before = (files(), std::fs::read(machine.store()).unwrap());
    // A copy at another place is looked at and not written down.
    let copied = machine.sh("cp .local/share/admit/admit.db copy.db; chmod 600 copy.db");
    assert_eq!(copied.code, Some(0), "{copied}");
    let ended = machine.sh("COMPLETE=fish admit -- admit --store copy.db show ''");
    assert_eq!(
        (&*ended.stdout, &*ended.stderr),
        ("ada@example.com\n", ""),
        "{ended}"
    );
    assert_eq!(machine.sh(asks).stdout, "ada@example.com\n");
    assert_eq!(before, (files(), std::fs::read(machine.store()).unwrap()));

    for broken in [
        "printf 'no store' > .local/share/admit/admit.db",
        "rm .config/admit/key",
        "printf 'x = [' > .config/admit/config.toml",
    ] {
        assert_eq!(machine.sh(broken).code, Some(0), "{broken}");
        let ended = machine.sh(asks);
        assert_eq!(
            (ended.code, &*ended.stderr),
            (Some(0), ""),
            "{broken}: {ended}"
        );
        assert!(!ended.stdout.contains('@'), "{broken}: {ended}");
    }
    let ended = machine.sh("COMPLETE=tcsh admit -- admit show ''");
    assert_eq!(
        (ended.code, &*ended.stdout, &*ended.stderr),
        (Some(0), "", "")
    );
}

/// A server that never answers.
#[test]
fn tab_does_not_wait_for_a_store_that_does_not_answer() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let url = format!("postgres://op@127.0.0.1:{port}/panel");
    let ended = machine.sh(&format!(
        "COMPLETE=fish timeout 10 admit -- admit --store {url} show a"
    ));
    assert_eq!((ended.code, &*ended.stderr), (Some(0), ""), "{ended}");
    assert!(!ended.stdout.contains('@'), "{ended}");
}
