//! Delivering mail to a server (RFC 5321).
//!
//! One connection carries many messages. What replies mean for a mail is decided in `trouble.rs`. This is our
//! own client, not lettre's: lettre's connection keeps what came in plain text before TLS, reads lines
//! without a limit, and limits the time of each read, so that a server that sends a byte a minute holds it
//! for ever.

mod encoding;
mod password;
mod reach;
mod reply;
mod server;
mod session;
mod tls;
mod trouble;
mod wire;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use self::reply::Reply;
use self::session::Session;
use self::trouble::Failure;
use super::delivery_receipt::{DeliveryFault, DeliveryReceipt};
use super::letter::Letter;
pub use crate::vault::Authorities;
pub use password::PasswordSource;
pub use server::{Security, SmtpServer};

/// The time that has passed since some starting point.
pub type Stopwatch = Arc<dyn Fn() -> Duration + Send + Sync>;

/// The reply to a whole message may take this many times as long as others, but not longer than
/// `LONGEST_DOT`.
const DOT: u32 = 20;
/// RFC 5321 §4.5.3.2.6: a shorter timeout creates duplicates.
const LONGEST_DOT: Duration = Duration::from_mins(10);
/// How long no new connection is tried after one failed: the next mail of the same run would wait as long,
/// and a repeatedly refused password may lock the account.
const QUIET: Duration = Duration::from_secs(30);

/// How to reach the server.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// The server.
    pub server: SmtpServer,
    /// The user, and where the password comes from.
    pub sign_in: Option<(String, PasswordSource)>,
    /// Who may have signed its certificate.
    pub authorities: Authorities,
    /// The longest that a step may take; the last one may take longer.
    pub timeout: Duration,
    /// The environment of the program that prints the password.
    pub environment: Vec<(String, String)>,
}

/// A message and its envelope.
#[derive(Clone, Copy)]
pub struct Mail<'a> {
    /// The envelope's sender, ASCII.
    pub from: &'a str,
    /// The one recipient, ASCII.
    pub to: &'a str,
    /// The message as it is (RFC 5322).
    pub bytes: &'a [u8],
    /// What must not appear in a stored reply.
    pub secrets: &'a [&'a str],
}

/// A stage of a new connection.
#[derive(Clone, Copy, Debug)]
pub enum Stage<'a> {
    /// The connection is open.
    Connected(&'a SmtpServer),
    /// TLS is established, and the certificate is valid for this name.
    Encrypted {
        /// `TLS 1.3`
        version: &'static str,
        /// The name that the certificate is valid for.
        name: &'a str,
    },
    /// The server's greeting.
    Greeted(&'a str),
    /// The user and the password were accepted.
    SignedIn {
        /// The user.
        user: &'a str,
        /// `PLAIN` or `LOGIN`.
        how: &'static str,
    },
}

/// Delivers through a mail server. Clones share the connection.
#[derive(Clone)]
pub struct SmtpTransport {
    settings: Arc<SmtpSettings>,
    watch: Stopwatch,
    line: Arc<Mutex<Line>>,
}

/// The state between two messages.
#[derive(Default)]
struct Line {
    session: Option<Session>,
    /// Why there is no connection, and since when.
    down: Option<(Duration, DeliveryFault)>,
}

impl Line {
    fn hang_up(&mut self) {
        if let Some(mut session) = self.session.take() {
            session.quit();
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.hang_up();
    }
}

impl SmtpTransport {
    /// Connects only for the first message.
    pub fn new(settings: SmtpSettings, watch: Stopwatch) -> Self {
        Self {
            settings: Arc::new(settings),
            watch,
            line: Arc::default(),
        }
    }

    /// The longest that delivering one message may take, without name resolution.
    pub fn longest(&self) -> Duration {
        let timeout = self.settings.timeout;
        let asking = self
            .settings
            .sign_in
            .as_ref()
            .map_or(Duration::ZERO, |(_, source)| source.longest(timeout));
        // Checking the old connection, connecting, the opening, MAIL, RCPT, DATA, RSET.
        timeout * (session::OPENING + 6) + asking + self.dot()
    }

    /// Closes the connection, if there is one.
    pub fn rest(&self) {
        self.lock().hang_up();
    }

    /// Delivers one message.
    ///
    /// # Errors
    /// It was not accepted: `trouble.rs` says whether a later attempt makes sense.
    pub(super) fn send(&self, letter: &Letter) -> Result<DeliveryReceipt, DeliveryFault> {
        let secrets: Vec<&str> = letter.secrets.iter().map(|s| s.as_str()).collect();
        self.hand_over(
            &Mail {
                from: &letter.from,
                to: &letter.to,
                bytes: &letter.bytes,
                secrets: &secrets,
            },
            &mut |_| {},
        )
    }

    /// Delivers one message, and reports each stage of a new connection to `seen`.
    ///
    /// # Errors
    /// It was not accepted.
    pub fn hand_over(
        &self,
        mail: &Mail<'_>,
        seen: &mut dyn FnMut(Stage<'_>),
    ) -> Result<DeliveryReceipt, DeliveryFault> {
        let mut line = self.lock();
        let now = (self.watch)();
        if let Some((since, fault)) = &line.down
            && now.saturating_sub(*since) < QUIET
        {
            return Err(fault.clone());
        }
        line.down = None;
        let mut sent = self.attempt(&mut line, mail, seen);
        if let Err((failure, true)) = &sent
            && failure.was_idle()
        {
            sent = self.attempt(&mut line, mail, seen);
        }
        let server = &self.settings.server;
        match sent {
            Ok(reply) => Ok(DeliveryReceipt {
                detail: format!("accepted by {}: {reply}", server.host),
                leaves: true,
            }),
            Err((failure, _)) => {
                let concerns_all = failure.concerns_all();
                let fault = failure.into_fault(server, Some(mail));
                if concerns_all {
                    line.down = Some(((self.watch)(), fault.clone()));
                }
                Err(fault)
            }
        }
    }

    /// On failure, also returns whether the connection had been used before.
    fn attempt(
        &self,
        line: &mut Line,
        mail: &Mail<'_>,
        seen: &mut dyn FnMut(Stage<'_>),
    ) -> Result<Reply, (Failure, bool)> {
        let mut session = match line.session.take() {
            Some(session) => session,
            None => {
                Session::open(&self.settings, &self.watch, seen).map_err(|fault| (fault, false))?
            }
        };
        let used = session.used;
        match session.deliver(mail, self.dot()) {
            Ok(reply) => {
                line.session = Some(session);
                Ok(reply)
            }
            Err(failure) => {
                if failure.keeps_connection() && !session.lost {
                    line.session = Some(session);
                }
                Err((failure, used))
            }
        }
    }

    fn dot(&self) -> Duration {
        let timeout = self.settings.timeout;
        (timeout * DOT).min(LONGEST_DOT).max(timeout)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for SmtpTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SmtpTransport({})", self.settings.server)
    }
}
