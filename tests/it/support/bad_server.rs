//! A mail server on loopback that does as a script says, and notes every word that it hears.

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What the server does in place of the usual answer.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    /// Says this, and goes on.
    Say(Vec<u8>),
    /// Closes the connection.
    Drop,
    /// Says this, then closes the connection.
    SayAndDrop(Vec<u8>),
    /// Says this a byte at a time, with this pause in between.
    Trickle(Vec<u8>, Duration),
    /// Says this again and again until nobody listens.
    Forever(Vec<u8>),
    /// Says this, and then a byte a second until nobody listens. The seconds are those of this clock.
    ByteASecond(Vec<u8>, Arc<AtomicU64>),
    /// Says nothing until the other side goes.
    Silence,
}

pub(crate) fn say(line: &str) -> Deed {
    Deed::Say(format!("{line}\r\n").into_bytes())
}

/// Asked at each step (`connect`, `EHLO`, `STARTTLS`, `AUTH`, `MAIL`, `RCPT`, `DATA`, `dot`, `RSET`, `QUIT`) for the
/// how-manieth time since the beginning, from 1.
pub(crate) type Script = dyn Fn(&str, usize) -> Option<Deed> + Send + Sync;

/// What it is like where the script says nothing.
#[derive(Clone, Default)]
pub(crate) struct Nature {
    /// The lines of the reply to EHLO.
    pub(crate) offers: Vec<&'static str>,
    /// The certificate: without one there is no TLS.
    pub(crate) tls: Option<Arc<ServerConfig>>,
    /// TLS from the first byte.
    pub(crate) implicit: bool,
    /// Who may sign in, as `AUTH PLAIN` says it.
    pub(crate) user: Option<(&'static str, &'static str)>,
}

/// What it noted.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    /// The lines of each connection, without those of messages; those under TLS begin with `+ `.
    pub(crate) talks: Vec<Vec<String>>,
    /// Each message whose final dot came, as it came.
    pub(crate) messages: Vec<Vec<u8>>,
    /// Every byte that came in clear.
    pub(crate) clear: Vec<u8>,
    seen: Vec<String>,
}

impl Notes {
    pub(crate) fn verbs(&self, talk: usize) -> Vec<String> {
        self.talks[talk]
            .iter()
            .map(|line| {
                let line = line.trim_start_matches("+ ");
                line.split([' ', ':']).next().unwrap().to_owned()
            })
            .collect()
    }
}

pub(crate) struct BadServer {
    pub(crate) port: u16,
    notes: Arc<Mutex<Notes>>,
    over: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

struct Talk<'a> {
    nature: &'a Nature,
    script: &'a Script,
    notes: &'a Mutex<Notes>,
    number: usize,
}

/// Why a talk ends.
struct Over;

impl BadServer {
    pub(crate) fn new(
        nature: Nature,
        script: impl Fn(&str, usize) -> Option<Deed> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let notes = Arc::new(Mutex::new(Notes::default()));
        let over = Arc::new(AtomicBool::new(false));
        let (noted, done) = (Arc::clone(&notes), Arc::clone(&over));
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if done.load(Ordering::SeqCst) {
                    return;
                }
                let Ok(stream) = stream else { continue };
                let number = {
                    let mut notes = noted.lock().unwrap();
                    notes.talks.push(Vec::new());
                    notes.talks.len() - 1
                };
                let talk = Talk {
                    nature: &nature,
                    script: &script,
                    notes: &noted,
                    number,
                };
                talk.hold(stream);
            }
        });
        Self {
            port,
            notes,
            over,
            thread: Some(thread),
        }
    }

    pub(crate) fn notes(&self) -> Notes {
        self.notes.lock().unwrap().clone()
    }

    /// Waits for the end of the talk that goes on; there is no other after it.
    pub(crate) fn end(mut self) -> Notes {
        self.stop();
        self.notes()
    }

    fn stop(&mut self) {
        self.over.store(true, Ordering::SeqCst);
        TcpStream::connect(("127.0.0.1", self.port)).ok();
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for BadServer {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.stop();
        }
    }
}

trait Both: Read + Write {}
impl<T: Read + Write> Both for T {}

impl Talk<'_> {
    fn hold(&self, stream: TcpStream) {
        // A test that fails must not hang here.
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        stream
            .set_write_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let socket = stream.try_clone().unwrap();
        if self.nature.implicit {
            if let Some(mut tls) = self.encrypted(stream) {
                self.speak(&mut tls, true, true).ok();
                tls.conn.send_close_notify();
                tls.flush().ok();
            }
        } else {
            let mut stream = stream;
            if matches!(self.speak(&mut stream, false, true), Ok(true))
                && let Some(mut tls) = self.encrypted(stream)
            {
                self.speak(&mut tls, true, false).ok();
            }
        }
        socket.shutdown(Shutdown::Both).ok();
    }

    fn encrypted(&self, mut stream: TcpStream) -> Option<StreamOwned<ServerConnection, TcpStream>> {
        let config = self.nature.tls.clone()?;
        let mut tls = ServerConnection::new(config).unwrap();
        while tls.is_handshaking() {
            tls.complete_io(&mut stream).ok()?;
        }
        Some(StreamOwned::new(tls, stream))
    }

    /// `Ok(true)`: TLS begins now.
    fn speak(&self, stream: &mut dyn Both, encrypted: bool, greets: bool) -> Result<bool, Over> {
        let mut stream = BufReader::new(stream);
        if greets {
            self.answer(&mut stream, "connect", say("220 bad.example ESMTP"))?;
        }
        loop {
            let mut line = Vec::new();
            match stream.read_until(b'\n', &mut line) {
                Ok(0) | Err(_) => return Err(Over),
                Ok(_) => {}
            }
            let text = String::from_utf8_lossy(&line).trim_end().to_owned();
            {
                let mut notes = self.notes.lock().unwrap();
                if !encrypted {
                    notes.clear.extend_from_slice(&line);
                }
                let mark = if encrypted { "+ " } else { "" };
                notes.talks[self.number].push(format!("{mark}{text}"));
            }
            let verb = text.split([' ', ':']).next().unwrap().to_uppercase();
            let verb = verb.as_str();
            let usual = self.usual(verb, &text, encrypted);
            let begins_tls = verb == "STARTTLS";
            self.answer(&mut stream, verb, usual.clone())?;
            if begins_tls && self.nature.tls.is_some() && self.was_usual(verb) {
                return Ok(true);
            }
            if verb == "QUIT" {
                return Err(Over);
            }
            if verb == "DATA" && self.was_usual("DATA") {
                let message = self.message(&mut stream, encrypted)?;
                self.notes.lock().unwrap().messages.push(message);
                self.answer(&mut stream, "dot", say("250 2.0.0 Ok: queued as 4F3"))?;
            }
        }
    }

    fn usual(&self, verb: &str, line: &str, encrypted: bool) -> Deed {
        let answer = match verb {
            "EHLO" => {
                let mut reply = String::from("250-bad.example\r\n");
                if self.nature.tls.is_some() && !encrypted {
                    reply.push_str("250-STARTTLS\r\n");
                }
                for offer in &self.nature.offers {
                    write!(reply, "250-{offer}\r\n").unwrap();
                }
                reply.push_str("250 HELP");
                reply
            }
            "MAIL" | "RCPT" | "RSET" => "250 2.0.0 Ok".into(),
            "DATA" => "354 go on".into(),
            "STARTTLS" => "220 2.0.0 begin".into(),
            "QUIT" => "221 2.0.0 bye".into(),
            "AUTH" => match self.nature.user {
                Some((user, password)) if line.ends_with(&plain(user, password)) => {
                    "235 2.7.0 welcome".into()
                }
                _ => "535 5.7.8 no".into(),
            },
            _ => "500 5.5.1 what?".into(),
        };
        say(&answer)
    }

    /// Whether the script said nothing at the last time of this step.
    fn was_usual(&self, step: &str) -> bool {
        let nth = self.count(step);
        (self.script)(step, nth).is_none()
    }

    fn count(&self, step: &str) -> usize {
        let notes = self.notes.lock().unwrap();
        notes.seen.iter().filter(|seen| *seen == step).count()
    }

    fn message(&self, stream: &mut dyn BufRead, encrypted: bool) -> Result<Vec<u8>, Over> {
        let mut message = Vec::new();
        loop {
            let start = message.len();
            match stream.read_until(b'\n', &mut message) {
                Ok(0) | Err(_) => return Err(Over),
                Ok(_) => {}
            }
            if !encrypted {
                let line = &message[start..];
                self.notes.lock().unwrap().clear.extend_from_slice(line);
            }
            if &message[start..] == b".\r\n" && (start == 0 || message[..start].ends_with(b"\r\n"))
            {
                message.truncate(start);
                return Ok(message);
            }
        }
    }

    fn answer<S: Read + Write>(
        &self,
        stream: &mut BufReader<S>,
        step: &str,
        usual: Deed,
    ) -> Result<(), Over> {
        self.notes.lock().unwrap().seen.push(step.to_owned());
        let deed = (self.script)(step, self.count(step)).unwrap_or(usual);
        let stream = stream.get_mut();
        let mut tell = |bytes: &[u8]| {
            stream.write_all(bytes).map_err(|_| Over)?;
            stream.flush().map_err(|_| Over)
        };
        match deed {
            Deed::Say(bytes) => tell(&bytes),
            Deed::Drop => Err(Over),
            Deed::SayAndDrop(bytes) => {
                tell(&bytes)?;
                Err(Over)
            }
            Deed::Trickle(bytes, between) => {
                for byte in bytes {
                    tell(&[byte])?;
                    pause(between);
                }
                Ok(())
            }
            Deed::Forever(bytes) => loop {
                tell(&bytes)?;
            },
            Deed::ByteASecond(bytes, clock) => {
                tell(&bytes)?;
                loop {
                    tell(b"x")?;
                    clock.fetch_add(1, Ordering::SeqCst);
                    pause(Duration::from_millis(2));
                }
            }
            Deed::Silence => {
                let mut byte = [0];
                while matches!(stream.read(&mut byte), Ok(1..)) {}
                Err(Over)
            }
        }
    }
}

/// What follows `AUTH PLAIN`.
pub(crate) fn plain(user: &str, password: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(format!("\0{user}\0{password}"))
}

#[expect(
    clippy::disallowed_methods,
    reason = "the other side's patience is real"
)]
fn pause(time: Duration) {
    std::thread::sleep(time);
}
