//! Every kind of mail in every language, judged by others: Python's `email` and SpamAssassin.

use std::path::PathBuf;
use std::process::Command;

use admit::mail::{
    Channel, CodeText, Letter, LetterContext, LinkText, MailKind, Sender, Templates, compose, parts,
};
use admit::vault::Secret;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use super::{Machine, end, required};

/// Reads each file strictly, and prints what a person would see.
const STRICT: &str = r#"
import email, email.policy, json, sys
policy = email.policy.strict
seen = []
for path in sys.argv[1:]:
    with open(path, "rb") as file:
        data = file.read()
    assert data.count(b"\n") == data.count(b"\r\n") == data.count(b"\r"), "line ends"
    assert all(len(line) <= 998 for line in data.split(b"\r\n")), "long line"
    head = data.split(b"\r\n\r\n")[0]
    assert all(len(line) <= 78 for line in head.split(b"\r\n")), "long header line"
    assert head.isascii(), "header"
    message = email.message_from_bytes(data, policy=policy)
    parts = list(message.walk())
    assert [part.get_content_type() for part in parts] == ["multipart/alternative", "text/plain", "text/html"]
    for part in parts:
        assert not part.defects, part.defects
        assert not any(header.defects for header in part.values())
    for part in parts[1:]:
        assert part.get_content_charset() == "utf-8"
        assert part["Content-Transfer-Encoding"] in ("7bit", "quoted-printable", "base64")
        part.get_payload(decode=True).decode("utf-8", "strict")
    assert message["Date"].datetime.tzinfo is not None
    assert message["MIME-Version"] == "1.0" and message["Auto-Submitted"] == "auto-generated"
    seen.append({
        "from": str(message["From"]), "to": str(message["To"]), "subject": str(message["Subject"]),
        "id": str(message["Message-ID"]),
        "text": message.get_body(("plain",)).get_content(),
        "html": message.get_body(("html",)).get_content(),
    })
json.dump(seen, sys.stdout)
"#;

/// A mail scored as high as this is taken for spam by careful receivers; the usual limit is 5.
const LIMIT: f64 = 3.0;

/// A mail of each kind in each language, as it may come to somebody in Vienna.
fn letters() -> Vec<(String, Letter)> {
    let templates = Templates::builtin().unwrap();
    let zone = TimeZone::get("Europe/Vienna").unwrap();
    let code = Secret::new("048215".to_owned());
    let sender = Sender::parse("Zugänge der Beispiel GmbH <access@example.com>").unwrap();
    let time = |text: &str| text.parse::<Timestamp>().unwrap();
    let link = "https://panel.example.com/register#adm_i_0123456789abcdefghjkmnpqrstvwxyz0123456789abcdefghjk";
    let mut letters = Vec::new();
    for lang in Templates::languages() {
        for &kind in MailKind::ALL {
            if kind.channel() != Channel::Mail {
                continue;
            }
            let name = format!("{lang}-{kind}");
            let id = format!("<{name}@example.com>");
            let context = LetterContext {
                kind,
                panel: "shop",
                title: "shop",
                person_name: Some("Zoë Müller"),
                to: "zoe@bücher.example",
                lang,
                link: kind.needs_link().map(|_| LinkText::Url(link.to_owned())),
                link_expires_at: kind.needs_link().map(|_| time("2026-06-12T12:05:00Z")),
                code: kind.needs_code().then(|| CodeText {
                    digits: &code,
                    expires_at: time("2026-06-05T12:15:00Z"),
                }),
                access_until: Some(time("2026-06-30T22:00:00Z")),
                support_contact: Some("help@example.com"),
                password_works: true,
                tz: &zone,
                sender: &sender,
                message_id: &id,
                date: time("2026-06-05T12:05:00Z"),
            };
            letters.push((name, compose(&context, &templates).unwrap()));
        }
    }
    assert!(letters.len() >= 3 * 17);
    letters
}

fn files(machine: &Machine, letters: &[(String, Letter)]) -> Vec<PathBuf> {
    letters
        .iter()
        .map(|(name, letter)| machine.file(&format!("{name}.eml"), &letter.bytes))
        .collect()
}

#[test]
fn python_finds_no_defect_in_any_kind_in_any_language() {
    required("python3", "python3");
    let machine = Machine::new();
    let letters = letters();
    let mut judge = Command::new("python3");
    machine.dress(&mut judge);
    judge.args(["-c", STRICT]).args(files(&machine, &letters));
    let judged = end(judge, b"");
    assert_eq!(judged.code, Some(0), "{judged}");
    let seen: Vec<Value> = serde_json::from_str(&judged.stdout).unwrap();
    assert_eq!(seen.len(), letters.len());
    for (message, (name, letter)) in seen.iter().zip(&letters) {
        let is = |key: &str, wanted: &str| {
            let found = message[key].as_str().unwrap().replace("\r\n", "\n");
            assert_eq!(found, wanted.replace("\r\n", "\n"), "{name}: {key}");
        };
        is("from", "Zugänge der Beispiel GmbH <access@example.com>");
        is("to", "zoe@xn--bcher-kva.example");
        is("subject", &letter.subject);
        is("id", &format!("<{name}@example.com>"));
        is("text", &parts::text_of(&letter.bytes).unwrap());
        is("html", &parts::html_of(&letter.bytes).unwrap());
    }
}

#[test]
fn spamassassin_takes_no_kind_in_any_language_for_spam() {
    required("spamassassin", "spamassassin");
    let machine = Machine::new();
    let letters = letters();
    let mut judge = Command::new("spamassassin");
    machine.dress(&mut judge);
    // Local tests only, nothing in the home, and a report for what is no spam, too.
    judge
        .args(["-L", "-x", "-t"])
        .args(files(&machine, &letters));
    let judged = end(judge, b"");
    assert_eq!(judged.code, Some(0), "{judged}");
    let scores: Vec<f64> = judged
        .stdout
        .lines()
        .filter_map(|line| line.strip_prefix("Content analysis details:"))
        .map(|rest| {
            let score = rest
                .trim()
                .trim_start_matches('(')
                .split(' ')
                .next()
                .unwrap();
            score.parse().unwrap()
        })
        .collect();
    assert_eq!(scores.len(), letters.len(), "{judged}");
    for ((name, _), score) in letters.iter().zip(scores) {
        assert!(score < LIMIT, "{name} has {score} points: {judged}");
    }
}
