//! Whatever a mail server does wrong, at whatever step: what becomes of the mail, when it is tried again, what is told,
//! and what becomes of the mails behind it. One table, of which each row is tried, and which stands in
//! docs/mail-faults.md word for word.

use std::fmt::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use admit::mail::smtp::{Authorities, SmtpSettings};
use admit::mail::{FolderTransport, SmtpTransport, Templates, Transport};
use admit::ops::deliver::{Mailer, Wording, deliver};
use admit::store::{MailRow, MailState};

use super::{FROM, settings, signs_in};
use crate::support::bad_server::{BadServer, Deed, Nature, Notes, plain, say};
use crate::support::bench_store::{ADA, BOB, CYD, Lab, minutes};
use crate::support::certificates::{Authority, Pair};
use crate::support::ports::Unheard;

const USER: &str = "panel";
const PASSWORD: &str = "hunter2-canary";
/// What the server says behind a code.
const WORDS: &str = "9.9.9 its own words";

/// What goes wrong.
#[derive(Clone, Copy, Debug)]
enum Wrong {
    /// It answers with one of these in place of yes.
    Says(&'static [u16]),
    /// It says something that is no answer; what, and as it is called.
    Bytes(&'static str, &'static [u8]),
    /// It breaks off in the middle of its answer.
    Half(&'static [u8]),
    /// It closes the connection.
    Gone,
    /// It begins to answer so, and goes on with a byte a second.
    ByteASecond(&'static [u8]),
    /// Nobody is there.
    Nobody,
    /// It does not offer it.
    NotOffered,
    /// It offers nothing but this.
    OffersOnly(&'static str),
    /// Its certificate is for this name, good for so many days (0: over), and signed by somebody trusted, or not.
    Certificate(&'static str, u32, bool),
    /// It shows the authority's own certificate.
    AuthoritysOwn,
    /// It took one mail, and closes the connection as the next begins.
    GoneWhenIdle,
}

use Wrong::{
    AuthoritysOwn, ByteASecond, Bytes, Certificate, Gone, GoneWhenIdle, Half, Nobody, NotOffered,
    OffersOnly, Says,
};

/// What becomes of the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// It stays queued, and is tried again after a minute.
    Again,
    /// It is given up.
    GivenUp,
    /// It is handed over all the same.
    Sent,
}

use Fate::{Again, GivenUp, Sent};

/// What becomes of the mails behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// They go over the same connection.
    Same,
    /// They go over a new connection.
    New,
    /// They fare the same, and nobody knocks again so soon.
    Waits,
}

use Rest::{New, Same, Waits};

struct Case {
    step: &'static str,
    wrong: Wrong,
    fate: Fate,
    rest: Rest,
    told: &'static str,
}

const fn case(
    step: &'static str,
    wrong: Wrong,
    fate: Fate,
    rest: Rest,
    told: &'static str,
) -> Case {
    Case {
        step,
        wrong,
        fate,
        rest,
        told,
    }
}

const CONNECT: &str = "connecting";
const GREETING: &str = "greeting";
const EHLO: &str = "EHLO";
const STARTTLS: &str = "STARTTLS";
const TLS: &str = "TLS";
const TLS_AT_ONCE: &str = "TLS at once";
const AUTH: &str = "AUTH";
const MAIL: &str = "MAIL FROM";
const RCPT: &str = "RCPT TO";
const DATA: &str = "DATA";
const DOT: &str = "final dot";
/// It refuses the recipient, and then goes wrong while the message is called off.
const RSET: &str = "RSET";
/// How it refuses the recipient there.
const REFUSAL: &str = "550 5.1.1 nobody";

const PASSING: Wrong = Says(&[450, 451, 452]);
const LASTING: Wrong = Says(&[550, 552, 554]);
const GOODBYE: Wrong = Says(&[421]);
const SIGN_IN_FIRST: Wrong = Says(&[530, 535]);
const GARBAGE: Wrong = Bytes("garbage", b"\xff\xfe\x00\x1b[2J\r\n");
const WRONG_YES: Wrong = Bytes("another yes than was asked for", b"354 go on\r\n");

/// The table. SERVER is the server's name, PORT its port, ADDRESS the recipient, SENDER the sender, REPLY its answer.
#[rustfmt::skip]
const TABLE: &[Case] = &[
    case(CONNECT, Nobody, Again, Waits, "cannot reach SERVER:PORT: connection refused"),

    case(GREETING, GOODBYE, Again, Waits, "SERVER accepts no mail from this machine now: REPLY (at the greeting)"),
    case(GREETING, PASSING, Again, Waits, "SERVER accepts no mail from this machine now: REPLY (at the greeting)"),
    case(GREETING, LASTING, Again, Waits, "SERVER accepts no mail from this machine now: REPLY (at the greeting)"),
    case(GREETING, Gone, Again, Waits, "the connection to SERVER:PORT failed at the greeting: it closed the connection"),
    case(GREETING, Half(b"220-half a"), Again, Waits, "the connection to SERVER:PORT failed at the greeting: it closed the connection"),
    case(GREETING, ByteASecond(b"220 "), Again, Waits, "the connection to SERVER:PORT failed at the greeting: no answer within 10 s"),
    case(GREETING, GARBAGE, Again, Waits, "the connection to SERVER:PORT failed at the greeting: it does not speak SMTP: \"\u{fffd}\u{fffd}\\u{0}\\u{1b}[2J\""),

    case(EHLO, GOODBYE, Again, Waits, "SERVER accepts no mail from this machine now: REPLY (at EHLO)"),
    case(EHLO, PASSING, Again, Waits, "SERVER accepts no mail from this machine now: REPLY (at EHLO)"),
    case(EHLO, LASTING, Again, Waits, "SERVER accepts no mail from this machine now: REPLY (at EHLO)"),
    case(EHLO, Gone, Again, Waits, "the connection to SERVER:PORT failed at EHLO: it closed the connection"),
    case(EHLO, Half(b"250-half a"), Again, Waits, "the connection to SERVER:PORT failed at EHLO: it closed the connection"),
    case(EHLO, ByteASecond(b"250-"), Again, Waits, "the connection to SERVER:PORT failed at EHLO: no answer within 10 s"),
    case(EHLO, GARBAGE, Again, Waits, "the connection to SERVER:PORT failed at EHLO: it does not speak SMTP: \"\u{fffd}\u{fffd}\\u{0}\\u{1b}[2J\""),

    case(STARTTLS, NotOffered, Again, Waits, "SERVER:PORT does not support encryption (STARTTLS), so neither password nor mail was sent; if it has a port with TLS from the start, use smtps://SERVER in mail.server"),
    case(STARTTLS, Says(&[421, 454]), Again, Waits, "SERVER accepts no mail from this machine now: REPLY (at STARTTLS)"),
    case(STARTTLS, Says(&[500, 502, 554]), Again, Waits, "SERVER accepts no mail from this machine now: REPLY (at STARTTLS)"),
    case(STARTTLS, Gone, Again, Waits, "the connection to SERVER:PORT failed at STARTTLS: it closed the connection"),
    case(STARTTLS, ByteASecond(b"220 "), Again, Waits, "the connection to SERVER:PORT failed at STARTTLS: no answer within 10 s"),
    case(STARTTLS, GARBAGE, Again, Waits, "the connection to SERVER:PORT failed at STARTTLS: it does not speak SMTP: \"\u{fffd}\u{fffd}\\u{0}\\u{1b}[2J\""),
    case(STARTTLS, Bytes("yes, and goes on in clear", b"220 go\r\n250-injected\r\n250 AUTH PLAIN\r\n"), Again, Waits, "the connection to SERVER:PORT failed at TLS: it continued in plain text after it had agreed to encrypt"),

    case(TLS, Bytes("garbage", b"250 what is TLS?\r\n"), Again, Waits, "the connection to SERVER:PORT cannot be encrypted, so neither password nor mail was sent: it does not speak TLS on that port; use smtps:// for ports with TLS from the start (465), smtp:// for ports with STARTTLS (587)"),
    case(TLS, Gone, Again, Waits, "the connection to SERVER:PORT failed at TLS: it closed the connection"),
    case(TLS, ByteASecond(b"\x16\x03\x03\x10\x00"), Again, Waits, "the connection to SERVER:PORT failed at TLS: no answer within 10 s"),
    case(TLS, Certificate("DNS:localhost", 0, true), Again, Waits, "the certificate of SERVER:PORT is not valid, so neither password nor mail was sent: it has expired"),
    case(TLS, Certificate("DNS:other.example.com", 30, true), Again, Waits, "the certificate of SERVER:PORT is not valid, so neither password nor mail was sent: it is for other.example.com, not for SERVER"),
    case(TLS, Certificate("DNS:localhost", 30, false), Again, Waits, "the certificate of SERVER:PORT is not valid, so neither password nor mail was sent: it is not signed by an authority that this machine trusts; if it is from your organisation's own authority, set that authority's certificate with `ca-file` under [mail]"),
    case(TLS, AuthoritysOwn, Again, Waits, "the certificate of SERVER:PORT is not valid, so neither password nor mail was sent: it is the certificate of an authority, which a server must not present; sign one for the server"),

    case(TLS_AT_ONCE, NotOffered, Again, Waits, "the connection to SERVER:PORT cannot be encrypted, so neither password nor mail was sent: it does not speak TLS on that port; use smtps:// for ports with TLS from the start (465), smtp:// for ports with STARTTLS (587)"),
    case(TLS_AT_ONCE, Certificate("DNS:localhost", 0, true), Again, Waits, "the certificate of SERVER:PORT is not valid, so neither password nor mail was sent: it has expired"),
    case(TLS_AT_ONCE, Certificate("DNS:other.example.com", 30, true), Again, Waits, "the certificate of SERVER:PORT is not valid, so neither password nor mail was sent: it is for other.example.com, not for SERVER"),
    case(TLS_AT_ONCE, Certificate("DNS:localhost", 30, false), Again, Waits, "the certificate of SERVER:PORT is not valid, so neither password nor mail was sent: it is not signed by an authority that this machine trusts; if it is from your organisation's own authority, set that authority's certificate with `ca-file` under [mail]"),

    case(AUTH, NotOffered, Again, Waits, "SERVER:PORT accepts no user and password; remove `user` from [mail], or use the server's submission port"),
    case(AUTH, OffersOnly("AUTH XOAUTH2 GSSAPI"), Again, Waits, "SERVER:PORT supports only XOAUTH2, GSSAPI for sign-in; admit supports PLAIN and LOGIN"),
    case(AUTH, Says(&[421, 454]), Again, Waits, "SERVER cannot sign the user in now, for any mail: REPLY"),
    case(AUTH, Says(&[504, 530, 534, 535, 538]), Again, Waits, "SERVER refuses the user or password, for any mail: REPLY; check `user` and the password under [mail]"),
    case(AUTH, Gone, Again, Waits, "the connection to SERVER:PORT failed at AUTH: it closed the connection"),
    case(AUTH, ByteASecond(b"235 "), Again, Waits, "the connection to SERVER:PORT failed at AUTH: no answer within 10 s"),
    case(AUTH, GARBAGE, Again, Waits, "the connection to SERVER:PORT failed at AUTH: it does not speak SMTP: \"\u{fffd}\u{fffd}\\u{0}\\u{1b}[2J\""),

    case(MAIL, GOODBYE, Again, New, "SERVER does not accept mail from SENDER now: REPLY"),
    case(MAIL, PASSING, Again, Same, "SERVER does not accept mail from SENDER now: REPLY"),
    case(MAIL, LASTING, Again, Same, "SERVER rejects mail from SENDER: REPLY; check `sender` under [mail], or the panel's"),
    case(MAIL, SIGN_IN_FIRST, Again, New, "SERVER requires encryption, or a user and a password, first: REPLY; use smtp://SERVER in mail.server, or set `user` and `password-file` under [mail]"),
    case(MAIL, Gone, Again, New, "the connection to SERVER:PORT failed at MAIL FROM: it closed the connection"),
    case(MAIL, GoneWhenIdle, Sent, New, "accepted by SERVER: 250 2.0.0 Ok: queued as 4F3"),
    case(MAIL, ByteASecond(b"250 "), Again, New, "the connection to SERVER:PORT failed at MAIL FROM: no answer within 10 s"),
    case(MAIL, GARBAGE, Again, New, "the connection to SERVER:PORT failed at MAIL FROM: it does not speak SMTP: \"\u{fffd}\u{fffd}\\u{0}\\u{1b}[2J\""),
    case(MAIL, WRONG_YES, Again, New, "the connection to SERVER:PORT failed at MAIL FROM: it answered 354 go on"),

    case(RCPT, GOODBYE, Again, New, "SERVER does not accept mail for ADDRESS now: REPLY"),
    case(RCPT, PASSING, Again, Same, "SERVER does not accept mail for ADDRESS now: REPLY"),
    case(RCPT, LASTING, GivenUp, Same, "SERVER refuses ADDRESS: REPLY"),
    case(RCPT, SIGN_IN_FIRST, Again, New, "SERVER requires encryption, or a user and a password, first: REPLY; use smtp://SERVER in mail.server, or set `user` and `password-file` under [mail]"),
    case(RCPT, Gone, Again, New, "the connection to SERVER:PORT failed at RCPT TO: it closed the connection"),
    case(RCPT, ByteASecond(b"250 "), Again, New, "the connection to SERVER:PORT failed at RCPT TO: no answer within 10 s"),
    case(RCPT, GARBAGE, Again, New, "the connection to SERVER:PORT failed at RCPT TO: it does not speak SMTP: \"\u{fffd}\u{fffd}\\u{0}\\u{1b}[2J\""),
    case(RCPT, WRONG_YES, Again, New, "the connection to SERVER:PORT failed at RCPT TO: it answered 354 go on"),

    case(RSET, Says(&[421, 451, 500]), GivenUp, New, "SERVER refuses ADDRESS: 550 5.1.1 nobody"),
    case(RSET, Gone, GivenUp, New, "SERVER refuses ADDRESS: 550 5.1.1 nobody"),
    case(RSET, ByteASecond(b"250 "), GivenUp, New, "SERVER refuses ADDRESS: 550 5.1.1 nobody"),
    case(RSET, GARBAGE, GivenUp, New, "SERVER refuses ADDRESS: 550 5.1.1 nobody"),

    case(DATA, GOODBYE, Again, New, "SERVER does not accept the message now: REPLY"),
    case(DATA, PASSING, Again, Same, "SERVER does not accept the message now: REPLY"),
    case(DATA, LASTING, GivenUp, Same, "SERVER refuses the message: REPLY"),
    case(DATA, Gone, Again, New, "the connection to SERVER:PORT failed at DATA: it closed the connection"),
    case(DATA, ByteASecond(b"354 "), Again, New, "the connection to SERVER:PORT failed at DATA: no answer within 10 s"),
    case(DATA, GARBAGE, Again, New, "the connection to SERVER:PORT failed at DATA: it does not speak SMTP: \"\u{fffd}\u{fffd}\\u{0}\\u{1b}[2J\""),
    case(DATA, Bytes("another yes than was asked for", b"250 done\r\n"), Again, New, "the connection to SERVER:PORT failed at DATA: it answered 250 done"),

    case(DOT, GOODBYE, Again, New, "SERVER does not accept the message now: REPLY"),
    case(DOT, PASSING, Again, Same, "SERVER does not accept the message now: REPLY"),
    case(DOT, LASTING, GivenUp, Same, "SERVER refuses the message: REPLY"),
    case(DOT, Gone, Again, New, "the message was sent to SERVER, but it is not known whether it was accepted: it closed the connection; a second copy would have the same Message-ID"),
    case(DOT, Half(b"250-half a"), Again, New, "the message was sent to SERVER, but it is not known whether it was accepted: it closed the connection; a second copy would have the same Message-ID"),
    case(DOT, ByteASecond(b"250 "), Again, New, "the message was sent to SERVER, but it is not known whether it was accepted: no answer within 200 s; a second copy would have the same Message-ID"),
    case(DOT, GARBAGE, Again, New, "the message was sent to SERVER, but it is not known whether it was accepted: it does not speak SMTP: \"\u{fffd}\u{fffd}\\u{0}\\u{1b}[2J\"; a second copy would have the same Message-ID"),
    case(DOT, WRONG_YES, Again, New, "the message was sent to SERVER, but it is not known whether it was accepted: it answered 354 go on; a second copy would have the same Message-ID"),
];

impl Case {
    /// The step as the server knows it.
    fn asked(&self) -> &'static str {
        match self.step {
            GREETING => "connect",
            MAIL => "MAIL",
            RCPT => "RCPT",
            DOT => "dot",
            // What comes once TLS was agreed on is no command.
            TLS => "no command",
            other => other,
        }
    }

    fn is_secure(&self) -> bool {
        matches!(self.step, STARTTLS | TLS | TLS_AT_ONCE | AUTH)
    }

    /// Before any message: a server that does it once does it always.
    fn is_opening(&self) -> bool {
        self.is_secure() || matches!(self.step, CONNECT | GREETING | EHLO)
    }

    fn deed(&self, code: Option<u16>, clock: &Arc<AtomicU64>) -> Option<Deed> {
        Some(match self.wrong {
            Says(_) => say(&format!("{} {WORDS}", code?)),
            Bytes(_, bytes) => Deed::Say(bytes.to_vec()),
            Half(bytes) => Deed::SayAndDrop(bytes.to_vec()),
            Gone | GoneWhenIdle => Deed::Drop,
            ByteASecond(bytes) => Deed::ByteASecond(bytes.to_vec(), Arc::clone(clock)),
            Nobody | NotOffered | OffersOnly(_) | Certificate(..) | AuthoritysOwn => return None,
        })
    }

    fn nature(&self) -> Nature {
        if !self.is_secure() {
            return Nature::default();
        }
        let mut nature = good_nature();
        nature.implicit = self.step == TLS_AT_ONCE;
        match (self.wrong, self.step) {
            (NotOffered, AUTH) => nature.offers.clear(),
            (NotOffered, _) => {
                nature.tls = None;
                nature.implicit = false;
            }
            (OffersOnly(offer), _) => nature.offers = vec![offer],
            (Certificate(name, days, true), _) => {
                nature.tls = Some(authority().sign(name, days).config());
            }
            (Certificate(name, days, false), _) => {
                nature.tls = Some(Authority::new("Theirs").sign(name, days).config());
            }
            (AuthoritysOwn, _) => nature.tls = Some(authority().own().config()),
            _ => {}
        }
        nature
    }

    fn url(&self, port: u16) -> String {
        match self.step {
            TLS_AT_ONCE => format!("smtps://localhost:{port}"),
            STARTTLS | TLS | AUTH => format!("smtp://localhost:{port}"),
            _ => format!("smtp+plain://127.0.0.1:{port}"),
        }
    }

    /// How often RSET has to be said: where the server has a sender, or a recipient, of a message that will not come.
    fn resets(&self) -> usize {
        usize::from(self.step == RSET || self.rest == Same && matches!(self.step, RCPT | DATA))
    }

    fn in_words(&self) -> String {
        match self.wrong {
            Says(codes) => codes
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", "),
            Bytes(name, _) => name.to_owned(),
            Half(_) => "half an answer, and closes".into(),
            Gone => "closes the connection".into(),
            GoneWhenIdle => "closes the connection that carried a mail before".into(),
            ByteASecond(_) => "a byte a second".into(),
            Nobody => "nobody listens".into(),
            NotOffered => "not offered".into(),
            OffersOnly(offer) => format!("offers only {offer}"),
            Certificate(_, 0, _) => "its certificate has expired".into(),
            Certificate(_, _, false) => "its certificate is signed by a stranger".into(),
            Certificate(..) => "its certificate is for another name".into(),
            AuthoritysOwn => "shows its authority's own certificate".into(),
        }
    }
}

fn authority() -> &'static Authority {
    static AUTHORITY: OnceLock<Authority> = OnceLock::new();
    AUTHORITY.get_or_init(|| Authority::new("Ours"))
}

/// TLS and passwords as they should be.
fn good_nature() -> Nature {
    static PAIR: OnceLock<Pair> = OnceLock::new();
    let pair = PAIR.get_or_init(|| authority().sign("DNS:localhost", 30));
    Nature {
        offers: vec!["AUTH PLAIN LOGIN"],
        tls: Some(pair.config()),
        implicit: false,
        user: Some((USER, PASSWORD)),
    }
}

/// A mailer to a server, whose time is the clock's.
fn mailer(url: &str, secure: bool, clock: &Arc<AtomicU64>, folder: &Path) -> Mailer {
    let mut settings = settings(url);
    if secure {
        let authorities = Authorities {
            own: Some(authority().certificate()),
            ..Authorities::default()
        };
        settings = SmtpSettings {
            authorities,
            ..signs_in(settings, USER, PASSWORD)
        };
    }
    let clock = Arc::clone(clock);
    let watch = move || Duration::from_secs(clock.load(Ordering::SeqCst));
    let wording = Wording {
        sender: Some(FROM.into()),
        ..Wording::default()
    };
    Mailer::new(
        Transport::Smtp(
            SmtpTransport::new(settings, Arc::new(watch)),
            FolderTransport::new(folder.join("sms")),
        ),
        Templates::builtin().unwrap(),
        wording,
    )
}

fn run_out(lab: &mut Lab, mailer: &Mailer) {
    let op = lab.op();
    deliver(&mut lab.store, &op, mailer, None, &mut |_| true).unwrap();
}

/// The names in a reply as the table has them.
fn generally(detail: &str, port: u16, code: Option<u16>) -> String {
    let mut text = detail.replace(ADA, "ADDRESS").replace(FROM, "SENDER");
    for host in ["localhost", "127.0.0.1"] {
        text = text
            .replace(&format!("{host}:{port}"), "SERVER:PORT")
            .replace(host, "SERVER");
    }
    match code {
        Some(code) => text.replace(&format!("{code} {WORDS}"), "REPLY"),
        None => text,
    }
}

/// How often a message lies among others.
fn copies(notes: &Notes, mail: &MailRow) -> usize {
    let header = format!("Message-ID: {}\r\n", mail.message_id);
    let has = |message: &&Vec<u8>| String::from_utf8_lossy(message).contains(&header);
    notes.messages.iter().filter(has).count()
}

/// Tries one row; what is not as it says.
fn tried(case: &Case, code: Option<u16>, pipelining: bool) -> Vec<String> {
    let mut faults = Vec::new();
    let name = format!("{} {:?} {code:?} {pipelining}", case.step, case.wrong);
    let mut expect = |what: &str, holds: bool, found: &dyn std::fmt::Debug| {
        if !holds {
            faults.push(format!("{name}: {what}: {found:?}"));
        }
    };
    let clock = Arc::new(AtomicU64::new(0));
    let (asked, opening, idle) = (
        case.asked(),
        case.is_opening(),
        matches!(case.wrong, GoneWhenIdle),
    );
    let deed = case.deed(code, &clock);
    let agrees = case.step == TLS && deed.is_some();
    let refuses = case.step == RSET;
    // What came in one piece with a sender that it refuses, a server refuses too.
    let refuses_what_follows = pipelining && case.step == MAIL && matches!(case.wrong, Says(_));
    let mut nature = case.nature();
    if pipelining {
        nature.offers.push("PIPELINING");
    }
    let server = BadServer::new(nature, move |step, nth| {
        if agrees && step == "STARTTLS" {
            return Some(say("220 begin"));
        }
        if refuses_what_follows && matches!(step, "RCPT" | "DATA") && nth == 1 {
            return Some(say("503 5.5.1 sender first"));
        }
        if refuses && step == "RCPT" && nth == 1 {
            return Some(say(REFUSAL));
        }
        let known = [
            "connect", "EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "dot", "RSET", "QUIT",
        ];
        let step = if known.contains(&step) {
            step
        } else {
            "no command"
        };
        let now = opening || nth == if idle { 2 } else { 1 };
        deed.clone().filter(|_| step == asked && now)
    });
    let mut port = server.port;
    let mut server = Some(server);
    // Held to the end: nobody else may come to listen there.
    let unheard = Unheard::new();
    if matches!(case.wrong, Nobody) {
        server = None;
        port = unheard.port;
    }

    let mut lab = Lab::new();
    for who in [ADA, BOB, CYD] {
        lab.invite(who);
    }
    let folder = lab.folder.path().to_owned();
    let sender = mailer(&case.url(port), case.is_secure(), &clock, &folder);
    run_out(&mut lab, &sender);
    drop(sender);
    let notes = server.map(BadServer::end).unwrap_or_default();
    let [ada, bob, cyd] = [ADA, BOB, CYD].map(|who| lab.mail_of(who).remove(0));

    // The mail.
    let later = lab.now.checked_add(minutes(1)).unwrap();
    let wanted = match case.fate {
        Again => (MailState::Queued, None),
        GivenUp => (MailState::Failed, Some(lab.now)),
        Sent => (MailState::Sent, Some(lab.now)),
    };
    expect("state", (ada.state, ada.done_at) == wanted, &ada.state);
    let next = case.fate != Again || ada.next_at == later;
    expect("next try", next && ada.attempts == 1, &ada.next_at);
    let told = generally(ada.detail.as_deref().unwrap_or_default(), port, code);
    expect("told", told == case.told, &told);

    // Those behind it.
    for mail in [&bob, &cyd] {
        let detail = generally(mail.detail.as_deref().unwrap_or_default(), port, code);
        let good = match case.rest {
            Waits => {
                mail.state == MailState::Queued && mail.next_at == later && detail == case.told
            }
            Same | New => mail.state == MailState::Sent,
        };
        expect("the next", good, &(mail.state, detail));
        let sent = usize::from(case.rest != Waits);
        expect(
            "copies",
            copies(&notes, mail) == sent,
            &copies(&notes, mail),
        );
    }
    let talks = match (case.rest, case.wrong) {
        (_, Nobody) => 0,
        (Same | Waits, _) => 1,
        (New, _) => 2,
    };
    expect("talks", notes.talks.len() == talks, &notes.talks);
    let resets = notes.talks.iter().flatten();
    let resets = resets.filter(|line| line.ends_with("RSET")).count();
    expect("RSET", resets == case.resets(), &notes.talks);
    let heard = usize::from(case.step == DOT || case.fate == Sent);
    expect(
        "heard",
        copies(&notes, &ada) == heard,
        &copies(&notes, &ada),
    );

    // Nothing secret in clear, nor in what is kept.
    let clear = String::from_utf8_lossy(&notes.clear).into_owned();
    let secrets = [PASSWORD, &plain(USER, PASSWORD), "AUTH", "MAIL", "adm_"];
    if case.is_secure() {
        let leaked = secrets.iter().any(|secret| clear.contains(secret));
        expect("in clear", !leaked, &clear);
    }
    let kept = ada.detail.clone().unwrap_or_default();
    expect("kept", !kept.contains(PASSWORD), &kept);

    // Once the server is well again, whatever waits is handed over, once, as the same message.
    let good = BadServer::new(good_nature(), |_, _| None);
    lab.now = later;
    let sender = mailer(
        &format!("smtp://localhost:{}", good.port),
        true,
        &clock,
        &folder,
    );
    run_out(&mut lab, &sender);
    drop(sender);
    let after = good.end();
    for (who, before) in [(ADA, &ada), (BOB, &bob), (CYD, &cyd)] {
        let mail = lab.mail_of(who).remove(0);
        let waited = before.state == MailState::Queued;
        let wanted = if waited {
            MailState::Sent
        } else {
            before.state
        };
        expect("in the end", mail.state == wanted, &(who, mail.state));
        let found = copies(&after, &mail);
        expect("second time", found == usize::from(waited), &(who, found));
    }
    faults
}

#[test]
fn every_fault_at_every_step_is_judged_as_the_table_says() {
    let mut jobs: Vec<(&Case, Option<u16>, bool)> = Vec::new();
    for case in TABLE {
        let codes: Vec<Option<u16>> = match case.wrong {
            Says(codes) => codes.iter().map(|code| Some(*code)).collect(),
            _ => vec![None],
        };
        // Sender and recipient travel one by one, or together where the server likes it: nothing else may differ.
        let ways: &[bool] = if case.is_opening() {
            &[false]
        } else {
            &[false, true]
        };
        for code in codes {
            jobs.extend(ways.iter().map(|pipelining| (case, code, *pipelining)));
        }
    }
    let jobs = Mutex::new(jobs);
    let faults = Mutex::new(Vec::new());
    // They wait for each other more than they work.
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                loop {
                    let Some((case, code, pipelining)) = jobs.lock().unwrap().pop() else {
                        return;
                    };
                    let found = tried(case, code, pipelining);
                    faults.lock().unwrap().extend(found);
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_table_knows_each_code_and_each_way_of_going_wrong_at_each_step() {
    for step in [GREETING, EHLO, MAIL, RCPT, DATA, DOT] {
        let at = || TABLE.iter().filter(|case| case.step == step);
        for code in [421, 450, 451, 452, 550, 552, 554] {
            let rows =
                at().filter(|case| matches!(case.wrong, Says(codes) if codes.contains(&code)));
            assert_eq!(rows.count(), 1, "{code} at {step}");
        }
        assert!(at().any(|case| matches!(case.wrong, Gone)), "{step}");
        assert!(
            at().any(|case| matches!(case.wrong, ByteASecond(_))),
            "{step}"
        );
        assert!(
            at().any(|case| matches!(case.wrong, Bytes("garbage", _))),
            "{step}"
        );
    }
    // A mail that is given up has been refused for good, and itself.
    for case in TABLE.iter().filter(|case| case.fate == GivenUp) {
        let lasting = matches!(case.wrong, Says(codes) if codes.iter().all(|code| *code >= 500));
        assert!(
            case.step == RSET || (lasting && matches!(case.step, RCPT | DATA | DOT)),
            "{}",
            case.step
        );
    }
}

/// The table in Markdown.
fn markdown() -> String {
    let mut text = String::from(
        "| step | what the server does | the mail | next try | the mails behind it | what is told |\n\
         |---|---|---|---|---|---|\n",
    );
    for case in TABLE {
        let (state, next) = match case.fate {
            Again => ("queued", "after 1 minute"),
            GivenUp => ("failed", "none"),
            Sent => ("sent", "at once"),
        };
        let rest = match case.rest {
            Same => "go over the same connection",
            New => "go over a new connection",
            Waits => "wait too",
        };
        let told = case.told.replace('|', "\\|");
        let words = case.in_words();
        let step = case.step;
        writeln!(
            text,
            "| {step} | {words} | {state} | {next} | {rest} | {told} |"
        )
        .unwrap();
    }
    text
}

/// `ADMIT_BLESS=1` writes it anew.
#[test]
fn the_table_in_the_docs_is_the_one_that_is_tried() {
    const BEGIN: &str = "<!-- the table of tests/it/exe/smtp/faults.rs -->\n";
    const END: &str = "<!-- its end -->";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/mail-faults.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_once(BEGIN).unwrap();
    let (found, foot) = rest.split_once(END).unwrap();
    let wanted = markdown();
    if found == wanted {
        return;
    }
    let blessed = crate::generated::variable("ADMIT_BLESS").is_some_and(|value| value == "1");
    assert!(
        blessed,
        "docs/mail-faults.md has another table than the one that is tried: run `ADMIT_BLESS=1 cargo test --test it \
         the_table_in_the_docs` and look at the difference"
    );
    std::fs::write(&path, format!("{head}{BEGIN}{wanted}{END}{foot}")).unwrap();
}
