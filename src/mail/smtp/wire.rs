//! The connection: bytes in both directions, all with a time limit.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{IpAddr, SocketAddr, TcpStream, ToSocketAddrs};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use rustls::{ClientConfig, ClientConnection, StreamOwned};

use super::Stopwatch;
use super::reach::first_that_answers;
use super::reply::{Line, Reply};
use super::server::SmtpServer;
use super::tls;
use super::trouble::Trouble;

/// Longest line of a reply; RFC 5321 §4.5.3.1.5 says 512.
const LONGEST_LINE: usize = 4 * 1024;
/// Longest reply.
const LONGEST_REPLY: usize = 64 * 1024;
/// Most lines of a reply.
const MOST_LINES: usize = 200;

/// A socket that times out at a given moment, however slowly bytes trickle in: a limit for each read would
/// not notice that.
struct Timed {
    socket: TcpStream,
    watch: Stopwatch,
    until: Duration,
    /// The socket's current limits for reading and for writing.
    limits: [Duration; 2],
}

/// How much longer a socket's limit may be than what is left: setting it for each read costs as much as a
/// short read.
const NEAR: Duration = Duration::from_millis(200);
const READING: usize = 0;
const WRITING: usize = 1;

impl Timed {
    fn left(&self) -> io::Result<Duration> {
        let left = self.until.saturating_sub((self.watch)());
        if left.is_zero() {
            return Err(ErrorKind::TimedOut.into());
        }
        Ok(left)
    }

    /// Does `work`, which may block, until it is done or the time is up.
    fn within(
        &mut self,
        which: usize,
        mut work: impl FnMut(&mut TcpStream) -> io::Result<usize>,
    ) -> io::Result<usize> {
        loop {
            let left = self.left()?;
            if self.limits[which].is_zero() || self.limits[which] > left + NEAR {
                let limit = left + NEAR / 2;
                match which {
                    READING => self.socket.set_read_timeout(Some(limit))?,
                    _ => self.socket.set_write_timeout(Some(limit))?,
                }
                self.limits[which] = limit;
            }
            match work(&mut self.socket) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                // The socket's limit may be shorter than what is left: it is set again if there is time.
                Err(error) if error.kind() == ErrorKind::WouldBlock => {
                    self.limits[which] = Duration::ZERO;
                }
                done => return done,
            }
        }
    }
}

impl Read for Timed {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.within(READING, |socket| socket.read(buffer))
    }
}

impl Write for Timed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.within(WRITING, |socket| socket.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.socket.flush()
    }
}

enum Stream {
    Plain(Timed),
    Tls(Box<StreamOwned<ClientConnection, Timed>>),
}

/// A connection to a server.
pub(super) struct Wire {
    stream: Stream,
    /// Received and not read yet.
    pending: Vec<u8>,
    /// The final deadline, whatever [`Wire::allow`] says.
    end: Option<Duration>,
    limit: Duration,
}

impl Wire {
    /// Connects within `limit` to the first of the server's addresses that answers, in order.
    pub(super) fn connect(
        server: &SmtpServer,
        watch: &Stopwatch,
        limit: Duration,
    ) -> Result<Self, Trouble> {
        let until = watch() + limit;
        let found: Vec<SocketAddr> = match server.ip() {
            Some(ip) => vec![(ip, server.port).into()],
            None => (server.host.as_str(), server.port)
                .to_socket_addrs()
                .map_err(|error| Trouble::Unknown(in_words(&error)))?
                .collect(),
        };
        let socket = first_that_answers(&found, server, watch, until)?;
        // Commands are short, and each waits for its reply.
        socket.set_nodelay(true).ok();
        let watch = Arc::clone(watch);
        Ok(Self {
            stream: Stream::Plain(Timed {
                socket,
                watch,
                until,
                limits: [Duration::ZERO; 2],
            }),
            pending: Vec::new(),
            end: None,
            limit,
        })
    }

    /// Sets the time limit from now until the next call.
    pub(super) fn allow(&mut self, limit: Duration) {
        let end = self.end;
        self.limit = limit;
        let timed = self.timed();
        let until = (timed.watch)() + limit;
        timed.until = end.map_or(until, |end| until.min(end));
    }

    /// Sets a limit for everything that follows; with `None` each step has only its own limit.
    pub(super) fn allow_in_all(&mut self, limit: Option<Duration>) {
        let now = (self.timed().watch)();
        self.end = limit.map(|limit| now + limit);
    }

    /// Our own IP address.
    pub(super) fn own_ip(&self) -> Option<IpAddr> {
        let timed = match &self.stream {
            Stream::Plain(timed) => timed,
            Stream::Tls(tls) => &tls.sock,
        };
        timed.socket.local_addr().ok().map(|address| address.ip())
    }

    pub(super) fn is_encrypted(&self) -> bool {
        matches!(self.stream, Stream::Tls(_))
    }

    /// Encrypts what follows; returns the version of TLS.
    ///
    /// Bytes that came in plain text after the server agreed to encrypt are not trusted (CVE-2011-0411).
    pub(super) fn encrypt(
        self,
        config: Arc<ClientConfig>,
        host: &str,
    ) -> Result<(Self, &'static str), Trouble> {
        let (end, limit) = (self.end, self.limit);
        let Stream::Plain(mut timed) = self.stream else {
            return Ok((self, "TLS"));
        };
        if !self.pending.is_empty() {
            return Err(Trouble::Garbled(
                "it continued in plain text after it had agreed to encrypt".into(),
            ));
        }
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| Trouble::Tls(format!("{host} is not valid in a certificate")))?;
        let mut tls =
            ClientConnection::new(config, name).map_err(|error| tls::in_words(&error, host))?;
        while tls.is_handshaking() {
            match tls.complete_io(&mut timed) {
                Ok((0, 0)) => return Err(Trouble::Closed),
                Ok(_) => {}
                Err(error) => {
                    return Err(match tls::cause(&error) {
                        Some(cause) => tls::in_words(cause, host),
                        None => trouble(&error, limit),
                    });
                }
            }
        }
        let version = tls::version(&tls);
        let stream = Stream::Tls(Box::new(StreamOwned::new(tls, timed)));
        Ok((
            Self {
                stream,
                pending: Vec::new(),
                end,
                limit,
            },
            version,
        ))
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> Result<(), Trouble> {
        if !self.pending.is_empty() && !self.pending.starts_with(b"421") {
            return Err(Trouble::Garbled("it sent data without being asked".into()));
        }
        let limit = self.limit;
        let written = match &mut self.stream {
            Stream::Plain(timed) => timed.write_all(bytes).and_then(|()| timed.flush()),
            Stream::Tls(tls) => tls.write_all(bytes).and_then(|()| tls.flush()),
        };
        written.map_err(|error| trouble(&error, limit))
    }

    /// Reads a whole reply.
    pub(super) fn reply(&mut self) -> Result<Reply, Trouble> {
        let mut lines = Vec::new();
        let mut length = 0;
        loop {
            let bytes = self.line()?;
            length += bytes.len();
            let Some(line) = Line::parse(&bytes) else {
                return Err(Trouble::Garbled(quoted(&bytes)));
            };
            if lines.first().is_some_and(|(code, _)| *code != line.code) {
                return Err(Trouble::Garbled(
                    "the code changed in the middle of a reply".into(),
                ));
            }
            lines.push((line.code, line.text));
            if line.last {
                return Ok(Reply {
                    code: line.code,
                    lines: lines.into_iter().map(|(_, text)| text).collect(),
                });
            }
            if length > LONGEST_REPLY || lines.len() >= MOST_LINES {
                return Err(Trouble::Garbled("its reply is too long".into()));
            }
        }
    }

    /// A line without its end. Some servers end it with only LF.
    fn line(&mut self) -> Result<Vec<u8>, Trouble> {
        let mut seen = 0;
        loop {
            if let Some(at) = self.pending[seen..].iter().position(|&b| b == b'\n') {
                let mut line: Vec<u8> = self.pending.drain(..=seen + at).collect();
                line.pop();
                if line.last() == Some(&b'\r') {
                    line.pop();
                }
                return Ok(line);
            }
            seen = self.pending.len();
            if seen > LONGEST_LINE {
                return Err(Trouble::Garbled(
                    "its reply has a line that is too long".into(),
                ));
            }
            let mut buffer = [0; 2048];
            let limit = self.limit;
            let read = match &mut self.stream {
                Stream::Plain(timed) => timed.read(&mut buffer),
                Stream::Tls(tls) => tls.read(&mut buffer),
            };
            match read {
                Ok(0) => return Err(Trouble::Closed),
                Ok(count) => self.pending.extend_from_slice(&buffer[..count]),
                Err(error) => return Err(trouble(&error, limit)),
            }
        }
    }

    /// Closes the encryption properly.
    pub(super) fn close(&mut self) {
        if let Stream::Tls(tls) = &mut self.stream {
            tls.conn.send_close_notify();
            // Nothing depends on it: everything has been sent.
            tls.flush().ok();
        }
    }

    fn timed(&mut self) -> &mut Timed {
        match &mut self.stream {
            Stream::Plain(timed) => timed,
            Stream::Tls(tls) => &mut tls.sock,
        }
    }
}

pub(super) fn trouble(error: &io::Error, limit: Duration) -> Trouble {
    match error.kind() {
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Trouble::Slow(limit),
        ErrorKind::UnexpectedEof
        | ErrorKind::ConnectionReset
        | ErrorKind::ConnectionAborted
        | ErrorKind::BrokenPipe => Trouble::Closed,
        _ => match tls::cause(error) {
            Some(cause) => tls::in_words(cause, ""),
            None => Trouble::Io(in_words(error)),
        },
    }
}

/// The system's message without its number.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// The start of something that is not a reply.
fn quoted(bytes: &[u8]) -> String {
    let text = String::from_utf8_lossy(bytes);
    let start: String = text.chars().take(60).collect();
    format!(
        "it does not speak SMTP: \"{}\"",
        crate::domain::text::shown(&start)
    )
}
