//! What arrives is read by somebody else: Python's `email`, with the strict policy.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::exe::{Machine, end, required};
use crate::support::bad_server::{BadServer, Nature};

/// Reads each file strictly, and prints what stands in it.
const JUDGE: &str = r#"
import email, email.policy, json, sys
policy = email.policy.SMTP.clone(raise_on_defect=True)
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
    assert not any(part.defects for part in parts)
    assert not any(header.defects for part in parts for header in part.values())
    sender = message["From"].addresses
    to = message["To"].addresses
    assert len(sender) == len(to) == 1
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    seen.append({
        "headers": [name for name in message.keys()],
        "types": [part.get_content_type() for part in parts],
        "from": sender[0].addr_spec, "name": sender[0].display_name,
        "to": to[0].addr_spec, "subject": str(message["Subject"]),
        "auto": str(message["Auto-Submitted"]), "id": str(message["Message-ID"]),
        "date": message["Date"].datetime.isoformat(), "text": text, "html": html,
    })
json.dump(seen, sys.stdout)
"#;

#[test]
fn python_reads_every_message_strictly_and_finds_what_was_meant() {
    required("python3", "python3");
    let names = [
        "Zoë Ünsal",
        "Smith, \"The\" John <x@evil.example>",
        "李小龍",
        ".",
        "a.b.c",
        "=?utf-8?q?no?=",
        "<b>bold</b> & co",
        "مريم",
        "Very Long Name That Goes On And On Until No Line Could Ever Hold It In One Piece At All",
    ];
    let machine = Machine::new();
    let server = BadServer::new(Nature::default(), |_, _| None);
    machine.file(
        ".config/admit/config.toml",
        format!(
            "[mail]\nserver = \"smtp+plain://127.0.0.1:{}\"\nsender = \"Zugänge, Büro \\\"A\\\" <access@example.com>\"\n",
            server.port
        ),
    );
    let mut csv = String::from("address,name\n");
    for (number, name) in names.iter().enumerate() {
        csv.push_str(&format!(
            "p{number}@bücher.example,\"{}\"\n",
            name.replace('"', "\"\"")
        ));
    }
    let people = machine.file("people.csv", csv);
    let invited = machine.run(&format!("invite --from {} --yes", people.display()));
    assert_eq!(invited.code, Some(0), "{invited}");
    let messages = server.end().messages;
    assert_eq!(messages.len(), names.len());
    let mut judge = Command::new("python3");
    judge.args(["-c", JUDGE]);
    for (number, message) in messages.iter().enumerate() {
        let text = String::from_utf8(message.clone()).unwrap();
        let plain = text.replace("\r\n..", "\r\n.");
        let path = machine.path(&format!("{number}.eml"));
        fs::write(&path, plain).unwrap();
        judge.arg(path);
    }
    let judged = end(judge, b"");
    assert_eq!(judged.code, Some(0), "{judged}");
    let seen: Vec<Value> = serde_json::from_str(&judged.stdout).unwrap();
    assert_eq!(seen.len(), names.len());
    for (number, message) in seen.iter().enumerate() {
        let is = |key: &str, wanted: &str| assert_eq!(message[key].as_str(), Some(wanted), "{key}");
        is("from", "access@example.com");
        is("name", "Zugänge, Büro \"A\"");
        is("to", &format!("p{number}@xn--bcher-kva.example"));
        is("subject", "Your invitation to main");
        is("auto", "auto-generated");
        let headers: Vec<&str> = message["headers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|name| name.as_str().unwrap())
            .collect();
        assert_eq!(
            headers,
            [
                "Message-ID",
                "Date",
                "From",
                "To",
                "Subject",
                "Auto-Submitted",
                "MIME-Version",
                "Content-Type"
            ]
        );
        assert_eq!(
            message["types"],
            serde_json::json!(["multipart/alternative", "text/plain", "text/html"])
        );
        let text = message["text"].as_str().unwrap();
        let unwrapped = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(unwrapped.contains(names[number]), "{text}");
        assert!(text.contains("adm_i_"), "{text}");
        let html = message["html"].as_str().unwrap();
        assert!(!html.contains("<b>bold</b>") && html.contains("adm_i_"));
    }
}
