//! Codes as real authenticators make them.

use std::process::Command;

use admit::vault::{Code, Entropy, STEP_SECONDS, TotpSecret, step_at};
use jiff::Timestamp;

use super::{Machine, end, required};

#[test]
fn oathtool_shows_the_same_codes() {
    required("oathtool", "oathtool");
    let entropy = Entropy::seeded(6238);
    for round in 0..200 {
        let secret = TotpSecret::random(&entropy).unwrap();
        // From 1970 to 2106, and on the first and last second of a step in turn.
        let step = i64::from(u32::from_le_bytes(entropy.bytes().unwrap())) / STEP_SECONDS;
        let second = step * STEP_SECONDS + if round % 2 == 0 { 0 } else { STEP_SECONDS - 1 };
        let mut oathtool = Command::new("oathtool");
        oathtool
            .args(["--totp", "-d", "6", "--now", &format!("@{second}")])
            .args(["-b", secret.base32().as_str()]);
        let ended = end(oathtool, b"");
        assert_eq!(ended.code, Some(0), "{ended}");
        assert_eq!(
            ended.stdout.trim_end(),
            secret.code_at(step).as_str(),
            "second {second} of secret {round}"
        );
    }
}

/// Names with everything that has to be escaped.
const ISSUER: &str = "Häuser: Nord & Süd";
const ACCOUNT: &str = "ada+x@example.com";

/// What a program that was given the URI shows now is the code of now.
fn shows_the_code_of_now(secret: &TotpSecret, show: impl Fn() -> String) {
    let before = step_at(now());
    let shown = show();
    let after = step_at(now());
    let Some(Code::Digits(digits)) = Code::parse(&shown) else {
        panic!("not a code: {shown}");
    };
    let found = secret.find(&digits, before, 0, after - before);
    assert!(found.is_some(), "{shown} is not the code of now");
}

#[expect(
    clippy::disallowed_methods,
    reason = "these programs know no other time than now"
)]
fn now() -> Timestamp {
    Timestamp::now()
}

#[test]
fn keepassxc_takes_the_uri() {
    required("keepassxc-cli", "keepassxc");
    let machine = Machine::new();
    let secret = TotpSecret::random(&Entropy::os()).unwrap();
    let uri = secret.uri(ISSUER, ACCOUNT).as_str().replace('&', "&amp;");
    machine.file(
        "people.xml",
        format!(
            r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<KeePassFile><Meta><DatabaseName>people</DatabaseName></Meta><Root><Group>
<UUID>AAAAAAAAAAAAAAAAAAAAAQ==</UUID><Name>Root</Name><Entry>
<UUID>AAAAAAAAAAAAAAAAAAAAAg==</UUID>
<String><Key>Title</Key><Value>ada</Value></String>
<String><Key>otp</Key><Value>{uri}</Value></String>
</Entry></Group></Root></KeePassFile>"#
        ),
    );
    let import = machine.shell("keepassxc-cli import -q -p people.xml people.kdbx");
    let ended = end(import, b"long enough\nlong enough\n");
    assert_eq!(ended.code, Some(0), "{ended}");
    shows_the_code_of_now(&secret, || {
        let show = machine.shell("keepassxc-cli show -q -t people.kdbx ada");
        let ended = end(show, b"long enough\n");
        assert_eq!(ended.code, Some(0), "{ended}");
        ended.stdout
    });
}

/// A password store with a key of its own, and the agent that gpg starts for it.
struct PassStore(Machine);

impl PassStore {
    fn new() -> Self {
        required("pass", "pass");
        required("gpg", "gnupg");
        let extension = "/usr/lib/password-store/extensions/otp.bash";
        assert!(
            std::path::Path::new(extension).exists(),
            "{extension} is missing: install the Debian package pass-extension-otp"
        );
        let store = Self(Machine::new());
        store.run("mkdir -m 700 .gnupg", "");
        store.run(
            "gpg --batch --quiet --passphrase '' --quick-generate-key ada@example.com default default never",
            "",
        );
        store.run("pass init ada@example.com", "");
        store
    }

    fn run(&self, line: &str, stdin: &str) -> String {
        let ended = end(self.0.shell(line), stdin.as_bytes());
        assert_eq!(ended.code, Some(0), "{line}: {ended}");
        ended.stdout
    }
}

impl Drop for PassStore {
    fn drop(&mut self) {
        end(self.0.shell("gpgconf --kill gpg-agent"), b"");
    }
}

#[test]
fn pass_takes_the_uri() {
    let store = PassStore::new();
    let secret = TotpSecret::random(&Entropy::os()).unwrap();
    let uri = secret.uri(ISSUER, ACCOUNT);
    store.run("pass otp insert ada", &format!("{}\n", uri.as_str()));
    shows_the_code_of_now(&secret, || store.run("pass otp ada", ""));
}
