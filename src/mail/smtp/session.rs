//! The SMTP session, step by step (RFC 5321, 3207, 4954).

use std::time::Duration;

use super::encoding::{coded, line, stuffed};
use super::reply::Reply;
use super::server::Security;
use super::trouble::{Failure, Step, Trouble};
use super::wire::Wire;
use super::{Mail, SmtpSettings, Stage, Stopwatch};
use crate::vault::Secret;

/// A connection that is ready to send mail.
pub(super) struct Session {
    wire: Wire,
    timeout: Duration,
    offer: Offer,
    /// Whether a message was sent over it before.
    pub(super) used: bool,
    /// Whether replies can no longer be matched with commands.
    pub(super) lost: bool,
    /// Whether a recipient was refused: then DATA waits until that is known, because it would be one more
    /// error, and servers count them (Postfix disconnects after 20).
    choosy: bool,
}

/// The server's capabilities that matter here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Offer {
    start_tls: bool,
    eight_bit: bool,
    pipelining: bool,
    auth: Vec<String>,
}

impl Offer {
    /// From the reply to EHLO, whose first line is a greeting.
    fn of(reply: &Reply) -> Self {
        let mut offer = Self::default();
        for line in reply.lines.iter().skip(1) {
            let line = line.trim().to_ascii_uppercase();
            // Old servers write AUTH=PLAIN.
            let mut words = line.split([' ', '=']).filter(|word| !word.is_empty());
            match words.next() {
                Some("STARTTLS") => offer.start_tls = true,
                Some("8BITMIME") => offer.eight_bit = true,
                Some("PIPELINING") => offer.pipelining = true,
                Some("AUTH") => {
                    for word in words.take(20) {
                        let word: String = word.chars().take(40).collect();
                        if !offer.auth.contains(&word) {
                            offer.auth.push(word);
                        }
                    }
                }
                _ => {}
            }
        }
        offer
    }
}

/// Everything before the first message takes at most this many times the timeout.
pub(super) const OPENING: u32 = 4;

impl Session {
    /// Connects, encrypts and signs in; reports each stage to `seen`.
    pub(super) fn open(
        settings: &SmtpSettings,
        watch: &Stopwatch,
        seen: &mut dyn FnMut(Stage<'_>),
    ) -> Result<Self, Failure> {
        let server = &settings.server;
        let timeout = settings.timeout;
        // What can fail here fails before the server is contacted.
        let trusted = match server.security {
            Security::Plain => None,
            Security::Tls | Security::StartTls => {
                let config = super::tls::config(&settings.authorities);
                Some(config.map_err(Failure::at(Step::Connect))?)
            }
        };
        let password = settings.sign_in.as_ref().map(|(user, source)| {
            let password = source.read(&settings.environment, timeout)?;
            Ok((user.as_str(), password))
        });
        let password = password.transpose().map_err(Failure::at(Step::Connect))?;

        let mut wire = Wire::connect(server, watch, timeout).map_err(Failure::at(Step::Connect))?;
        wire.allow_in_all(Some(timeout * OPENING));
        seen(Stage::Connected(server));
        let encrypt = |wire: Wire, seen: &mut dyn FnMut(Stage<'_>)| match &trusted {
            None => Ok(wire),
            Some(trusted) => {
                let mut wire = wire;
                wire.allow(timeout);
                let (wire, version) = wire
                    .encrypt(trusted.clone(), &server.host)
                    .map_err(Failure::at(Step::Encrypt))?;
                seen(Stage::Encrypted {
                    version,
                    name: &server.host,
                });
                Ok(wire)
            }
        };
        if server.security == Security::Tls {
            wire = encrypt(wire, seen)?;
        }
        wire.allow(timeout);
        let greeting = expect(wire.reply(), 2, Step::Greeting)?;
        seen(Stage::Greeted(&greeting.to_string()));
        let mut talk = Self {
            wire,
            timeout,
            offer: Offer::default(),
            used: false,
            lost: false,
            choosy: false,
        };
        talk.hello()?;
        if server.security == Security::StartTls {
            if !talk.offer.start_tls {
                talk.quit();
                return Err(Failure::at(Step::StartTls)(Trouble::NoTls));
            }
            talk.say(b"STARTTLS\r\n", 2, Step::StartTls)?;
            talk.wire = encrypt(talk.wire, seen)?;
            // What was sent in plain text does not count (RFC 3207 §4.2).
            talk.hello()?;
        }
        if let Some((user, password)) = &password {
            let how = talk.sign_in(user, password, server.is_loopback())?;
            seen(Stage::SignedIn { user, how });
        }
        talk.wire.allow_in_all(None);
        Ok(talk)
    }

    fn hello(&mut self) -> Result<(), Failure> {
        let name = own_name(&self.wire);
        let reply = self.say(format!("EHLO {name}\r\n").as_bytes(), 2, Step::Hello)?;
        self.offer = Offer::of(&reply);
        Ok(())
    }

    /// Never in plain text except on this machine, whatever was agreed before.
    fn sign_in(
        &mut self,
        user: &str,
        password: &Secret<String>,
        loopback: bool,
    ) -> Result<&'static str, Failure> {
        let failed = Failure::at(Step::SignIn);
        if !self.wire.is_encrypted() && !loopback {
            return Err(failed(Trouble::NoTls));
        }
        let offers = |how: &str| self.offer.auth.iter().any(|offered| offered == how);
        let (plain, login) = (offers("PLAIN"), offers("LOGIN"));
        let coded = coded(password.as_bytes());
        let done = if plain {
            let both = Secret::new([b"\0", user.as_bytes(), b"\0", password.as_bytes()].concat());
            let both = super::encoding::coded(both.as_bytes());
            let first = line(&[b"AUTH PLAIN ", both.as_bytes()]);
            let hides = [both.as_str(), password.as_str()];
            match self.say(first.as_bytes(), 2, Step::SignIn) {
                // Some servers want the credentials in a second step (RFC 4954 §4 forbids neither).
                Err(Failure {
                    trouble: Trouble::Refused(reply),
                    ..
                }) if reply.code == 334 => {
                    let again = line(&[both.as_bytes()]);
                    self.say(again.as_bytes(), 2, Step::SignIn)
                }
                other => other,
            }
            .map_err(|failure| failure.without(&hides))
        } else if login {
            let hides = [coded.as_str(), password.as_str()];
            let user = super::encoding::coded(user.as_bytes());
            self.say(b"AUTH LOGIN\r\n", 3, Step::SignIn)
                .and_then(|_| self.say(line(&[user.as_bytes()]).as_bytes(), 3, Step::SignIn))
                .and_then(|_| self.say(line(&[coded.as_bytes()]).as_bytes(), 2, Step::SignIn))
                .map_err(|failure| failure.without(&hides))
        } else {
            let offered = self.offer.auth.join(", ");
            self.quit();
            return Err(failed(Trouble::NoSignIn(offered)));
        };
        done.map(|_| if plain { "PLAIN" } else { "LOGIN" })
    }

    /// Sends one message. `dot` is how long its reply may take.
    pub(super) fn deliver(&mut self, mail: &Mail<'_>, dot: Duration) -> Result<Reply, Failure> {
        let sent = self.transact(mail, dot);
        self.used = true;
        if let Err(failure) = &sent
            && failure.keeps_connection()
            && !self.lost
            && matches!(failure.step, Step::To | Step::Data)
            && self.say(b"RSET\r\n", 2, Step::From).is_err()
        {
            self.lost = true;
        }
        sent.map_err(|failure| failure.without(mail.secrets))
            .map(|reply| reply.without(mail.secrets))
    }

    fn transact(&mut self, mail: &Mail<'_>, dot: Duration) -> Result<Reply, Failure> {
        let body = match (mail.bytes.is_ascii(), self.offer.eight_bit) {
            (true, _) => "",
            (false, true) => " BODY=8BITMIME",
            (false, false) => return Err(Failure::at(Step::From)(Trouble::EightBit)),
        };
        let from = format!("MAIL FROM:<{}>{body}\r\n", mail.from);
        let to = format!("RCPT TO:<{}>\r\n", mail.to);
        if self.offer.pipelining && !self.choosy {
            self.together((from + &to + "DATA\r\n").as_bytes())?;
        } else {
            self.say(from.as_bytes(), 2, Step::From)?;
            self.say(to.as_bytes(), 2, Step::To)?;
            self.say(b"DATA\r\n", 3, Step::Data)?;
        }
        let bytes = stuffed(mail.bytes);
        self.wire.allow(dot);
        self.wire
            .write(bytes.as_bytes())
            .map_err(Failure::at(Step::Dot))?;
        expect(self.wire.reply(), 2, Step::Dot)
    }

    /// Sends MAIL, RCPT and DATA together: one round trip for all three (RFC 2920).
    fn together(&mut self, words: &[u8]) -> Result<(), Failure> {
        self.wire.allow(self.timeout);
        self.wire.write(words).map_err(Failure::at(Step::From))?;
        let mut verdict = Ok(());
        for (hundreds, step) in [(2, Step::From), (2, Step::To), (3, Step::Data)] {
            self.wire.allow(self.timeout);
            let reply = expect(self.wire.reply(), hundreds, step);
            self.lost |= matches!(&reply, Err(failure) if !failure.keeps_connection());
            let waits = step == Step::Data && reply.is_ok();
            // The first refusal counts; later ones follow from it.
            verdict = verdict.and(reply.map(drop));
            if let Err(failure) = &verdict
                && waits
            {
                self.lost |= failure.step != Step::To || !self.nothing_to_nobody();
            }
            if self.lost {
                break;
            }
        }
        self.choosy |= matches!(&verdict, Err(failure) if failure.step == Step::To);
        verdict
    }

    /// The recipient was refused, and still the server waits for a message: it gets an empty one (RFC 2920
    /// §3.1). False if that failed.
    fn nothing_to_nobody(&mut self) -> bool {
        let end = self.say(b".\r\n", 2, Step::Dot);
        end.map_or_else(|failure| failure.keeps_connection(), |_| true)
    }

    /// Sends a command and reads the reply, which must be of this class.
    fn say(&mut self, words: &[u8], hundreds: u16, step: Step) -> Result<Reply, Failure> {
        self.wire.allow(self.timeout);
        self.wire.write(words).map_err(Failure::at(step))?;
        expect(self.wire.reply(), hundreds, step)
    }

    /// Sends QUIT. The reply would change nothing, so it is not read.
    pub(super) fn quit(&mut self) {
        self.wire.allow(Duration::from_secs(1));
        self.wire.write(b"QUIT\r\n").ok();
        self.wire.close();
    }
}

impl Failure {
    fn without(self, words: &[&str]) -> Self {
        let trouble = match self.trouble {
            Trouble::Refused(reply) => Trouble::Refused(reply.without(words)),
            other => other,
        };
        Self { trouble, ..self }
    }
}

fn expect(reply: Result<Reply, Trouble>, hundreds: u16, step: Step) -> Result<Reply, Failure> {
    let trouble = match reply {
        Ok(reply) if reply.is(hundreds) => return Ok(reply),
        // A success of the wrong kind: the server understood something else.
        Ok(reply) if !reply.is(4) && !reply.is(5) && step != Step::SignIn => {
            Trouble::Garbled(format!("it answered {reply}"))
        }
        Ok(reply) => Trouble::Refused(reply),
        Err(trouble) => trouble,
    };
    Err(Failure { step, trouble })
}

/// The name of this machine: its host name if others could know it, else its IP (RFC 5321 §4.1.4).
fn own_name(wire: &Wire) -> String {
    let uname = rustix::system::uname();
    let name = uname.nodename().to_string_lossy();
    let good = name.contains('.')
        && name.len() <= 253
        && name.split('.').all(|label| {
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        });
    if good {
        return name.into_owned();
    }
    match wire.own_ip() {
        Some(ip) if ip.is_ipv6() => format!("[IPv6:{ip}]"),
        Some(ip) => format!("[{ip}]"),
        None => "localhost".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_offer_is_read_from_all_lines_but_the_first() {
        let reply = |lines: &[&str]| Reply {
            code: 250,
            lines: lines.iter().map(|&line| line.to_owned()).collect(),
        };
        assert_eq!(
            Offer::of(&reply(&[
                "STARTTLS",
                "size 1000",
                "8bitmime",
                "AUTH plain LOGIN",
                "AUTH=PLAIN X"
            ])),
            Offer {
                start_tls: false,
                eight_bit: true,
                pipelining: false,
                auth: vec!["PLAIN".into(), "LOGIN".into(), "X".into()],
            }
        );
        assert!(Offer::of(&reply(&["hi", "STARTTLS"])).start_tls);
        assert_eq!(
            Offer::of(&reply(&["hi", "STARTTLSX", "AUTHX"])),
            Offer::default()
        );
    }
}
