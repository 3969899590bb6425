//! Values that somebody chose to do harm: each is refused by name, or harmless in the message (I6).

use proptest::prelude::*;

use super::*;

/// Characters and pieces that have hurt other programs, and some that are merely uncommon.
const PIECES: &[&str] = &[
    "\r",
    "\n",
    "\r\n",
    "\r\nBcc: eve@example.net",
    "\n\n",
    "\0",
    "\u{1b}[2J",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    "\u{feff}",
    "\u{e0041}",
    "\u{200d}",
    "\"",
    "\\",
    "\\\"",
    ",",
    ";",
    ":",
    "<",
    ">",
    "<eve@example.net>",
    "(",
    ")",
    "[",
    "]",
    "@",
    ".",
    "..",
    "\r\n.\r\n",
    "=?utf-8?b?DQpCY2M6IHg=?=",
    "=?",
    "?=",
    "=",
    "_",
    " ",
    "  ",
    "\t",
    "é",
    "e\u{301}",
    "漢字",
    "👩\u{200d}💻",
    "ß",
    "ı",
    "{{ link }}",
    "{% raw %}",
    "<script>",
    "&amp;",
    "'",
    "%0d%0a",
    "%",
    "/",
    "../",
    "-",
    "--",
    "--part-",
    "a",
    "Z",
    "0",
    "From ",
    "x.example",
    "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
];

fn hostile() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 0..6)
        .prop_map(|pieces| pieces.concat());
    prop_oneof![3 => pieces, 1 => any::<String>(), 1 => "[ -~]{0,1200}"]
}

/// A letter is exactly what it should be, whatever is in it.
fn sound(letter: &Letter) {
    let message = std::str::from_utf8(&letter.bytes).unwrap();
    assert!(!message.replace("\r\n", "").contains(['\r', '\n', '\0']));
    let (head, _) = message.split_once("\r\n\r\n").unwrap();
    let names: Vec<_> = head
        .split("\r\n")
        .filter(|line| !line.starts_with(' '))
        .map(|line| line.split(':').next().unwrap())
        .collect();
    let wanted = [
        "Message-ID",
        "Date",
        "From",
        "To",
        "Subject",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];
    assert_eq!(names, wanted, "{head}");
    assert!(message.split("\r\n").all(|line| line.len() <= 998));
    // The boundary itself comes three times; a line that merely looks like one parts nothing.
    let kind = parts::header_of(&letter.bytes, "Content-Type").unwrap();
    let boundary = kind.split('"').nth(1).unwrap();
    assert_eq!(message.matches(&format!("\r\n--{boundary}")).count(), 3);
    let to = parts::header_of(&letter.bytes, "To").unwrap();
    assert_eq!(to, letter.to);
    assert!(!to.contains([' ', ',', '<', '>', '"']) && to.matches('@').count() == 1);
    let text = parts::text_of(&letter.bytes).unwrap();
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'));
    assert!(parts::html_of(&letter.bytes).unwrap().ends_with("</html>"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1_500) })]

    #[test]
    fn nothing_panics_and_nothing_is_injected(
        value in hostile(),
        field in 0..9_usize,
        index in 0..MailKind::ALL.len(),
    ) {
        thread_local! {
            static TEMPLATES: Templates = Templates::builtin().unwrap();
        }
        let mut sample = Sample::new();
        let address = format!("a{value}@example.org");
        match field {
            0 => sample.sender.name = Some(value.clone()),
            1 => sample.sender.address = address.clone(),
            _ => {}
        }
        let mut context = sample.context(MailKind::ALL[index]);
        let url = format!("https://x.example/?t={value}");
        match field {
            2 => context.panel = &value,
            3 => context.person_name = Some(&value),
            4 => context.to = &address,
            5 => context.lang = &value,
            6 => context.support_contact = Some(&value),
            7 => context.message_id = &value,
            8 => context.link = context.link.map(|_| LinkText::Url(url.clone())),
            _ => {}
        }
        if context.kind.channel() == Channel::Sms {
            context.to = if field == 4 { &value } else { context.to };
            if let Ok(message) = TEMPLATES.with(|templates| compose_sms(&context, templates)) {
                prop_assert_eq!(message.to.as_str(), "+436641234567");
                prop_assert!(!message.text.as_str().chars().any(char::is_control));
            }
        } else if let Ok(letter) = TEMPLATES.with(|templates| compose(&context, templates)) {
            sound(&letter);
        }
    }
}

#[test]
fn each_value_is_refused_by_its_name() {
    let templates = Templates::builtin().unwrap();
    let bad = [
        ("a\rb", "contains a line break"),
        ("a\nb", "contains a line break"),
        ("a\u{2028}b", "contains a line break"),
        ("a\0b", "contains a NUL character"),
        ("a\u{1b}b", "contains the control character U+001B"),
        ("a\u{9b}b", "contains the control character U+009B"),
        (
            "a\u{202e}b",
            "contains U+202E, which changes the direction of text",
        ),
        ("a\u{feff}b", "contains the invisible character U+FEFF"),
    ];
    for (value, why) in bad {
        let mut sample = Sample::new();
        let address = format!("{value}@example.org");
        let mut found = Vec::new();
        for field in 0..6 {
            (sample.sender.name, sample.sender.address) = (None, "s@panel.example".to_owned());
            match field {
                0 => sample.sender.name = Some(value.to_owned()),
                1 => sample.sender.address = address.clone(),
                _ => {}
            }
            let mut context = sample.context(MailKind::Invitation);
            match field {
                2 => context.panel = value,
                3 => context.person_name = Some(value),
                4 => context.to = &address,
                5 => context.support_contact = Some(value),
                _ => {}
            }
            found.push(compose(&context, &templates).unwrap_err().to_string());
        }
        let fields = [
            "the sender's name",
            "the sender's address",
            "the panel's name",
            "the person's name",
            "the recipient's address",
            "the support contact",
        ];
        assert_eq!(found, fields.map(|field| format!("{field} {why}")));
    }
}

#[test]
fn addresses() {
    let templates = Templates::builtin().unwrap();
    let sample = Sample::new();
    let ok = [
        ("o'brien+x@sub.example.org", "o'brien+x@sub.example.org"),
        ("root@localhost", "root@localhost"),
        ("zoe@bücher.example", "zoe@xn--bcher-kva.example"),
        ("a{b}@example.org", "a{b}@example.org"),
    ];
    for (to, wanted) in ok {
        let letter = compose(
            &LetterContext {
                to,
                ..sample.context(MailKind::Locked)
            },
            &templates,
        )
        .unwrap();
        assert_eq!(letter.to, wanted);
        sound(&letter);
    }
    let long = format!("{}@example.org", "a".repeat(65));
    let bad = [
        "",
        "@",
        "a",
        "a@",
        "@b.c",
        "a b@example.org",
        "\"a,b\"@example.org",
        "a@b@example.org",
        ".a@example.org",
        "a..b@example.org",
        "-oQ/tmp@example.org",
        "zoë@example.org",
        "a@127.0.0.1",
        "a@[127.0.0.1]",
        "a@-x.example",
        "a@x..example",
        "a@example.org.",
        "a@ex ample.org",
        "a,b@example.org",
        "a@example.org>",
        "<a@example.org",
        &long,
    ];
    for to in bad {
        let made = compose(
            &LetterContext {
                to,
                ..sample.context(MailKind::Locked)
            },
            &templates,
        );
        assert!(
            made.unwrap_err()
                .to_string()
                .starts_with("the recipient's address "),
            "{to}"
        );
    }
}

#[test]
fn links_ids_and_dates() {
    let templates = Templates::builtin().unwrap();
    let sample = Sample::new();
    let refused = |change: &dyn Fn(&mut LetterContext<'_>)| {
        let mut context = sample.context(MailKind::Invitation);
        change(&mut context);
        compose(&context, &templates).unwrap_err().to_string()
    };
    let long = format!("https://x.example/{}", "x".repeat(2_000));
    for url in [
        "javascript:alert(1)",
        "https://",
        "https:// x",
        "https://x.example/\n",
        "https://x/\"onclick=",
        "https://x.example/é",
        "ftp://x.example",
        "https://<b>",
        &long,
    ] {
        let why = refused(&|context| context.link = Some(LinkText::Url(url.to_owned())));
        assert!(
            why.starts_with("the link ") && !why.contains("example"),
            "{url}: {why}"
        );
    }
    for token in ["", "a b", "adm_\n", "adm_<b>"] {
        let why = refused(&|context| context.link = Some(LinkText::Token(token.to_owned())));
        assert!(why.starts_with("the token "), "{why}");
    }
    for id in [
        "",
        "<>",
        "<@>",
        "a@b",
        "<a@b",
        "<a@b>\r\nX: y",
        "<a b@c>",
        "<a@b@c>",
        "<a@>",
    ] {
        assert!(refused(&|context| context.message_id = id).starts_with("the Message-ID "));
    }
    assert_eq!(
        refused(&|context| context.panel = " "),
        "the panel's name is empty"
    );
    assert!(refused(&|context| context.date = Timestamp::MIN).starts_with("the date "));
    for end in [Timestamp::MIN, Timestamp::MAX] {
        let mut context = sample.context(MailKind::Invitation);
        (context.link_expires_at, context.access_until) = (Some(end), Some(end));
        compose(&context, &templates).unwrap();
        for date in [Timestamp::UNIX_EPOCH, Timestamp::MAX] {
            compose(
                &LetterContext {
                    date,
                    ..context.clone()
                },
                &templates,
            )
            .unwrap();
        }
    }
}

#[test]
fn names_are_escaped_in_html_and_plain_in_text() {
    let sample = Sample::new();
    let name = "<b onclick='x'>\"A\" & Co</b> {{ link }}";
    for kind in mails() {
        let context = LetterContext {
            person_name: Some(name),
            panel: name,
            support_contact: Some(name),
            ..sample.context(kind)
        };
        let letter = compose(&context, &Templates::builtin().unwrap()).unwrap();
        let page = html(&letter);
        assert!(
            page.contains(
                "Hello &lt;b onclick=&#39;x&#39;&gt;&quot;A&quot; &amp; Co&lt;/b&gt; {{ link }},"
            ),
            "{page}"
        );
        assert!(!page.contains("<b ") && !page.contains("onclick='"));
        assert!(text(&letter).starts_with(&format!("Hello {name},\n")));
    }
}
