//! Handing mail to a server (RFC 5321).
//!
//! One connection carries many messages. What replies mean for a mail is decided in `trouble.rs`. The talk itself is
//! ours and not lettre's, whose connection keeps what came in clear before TLS began, reads lines without a limit, and
//! measures time for each read, so that a server that sends a byte a minute holds it for ever.

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

/// Tells how much time has gone by since some beginning.
pub type Stopwatch = Arc<dyn Fn() -> Duration + Send + Sync>;

/// The reply to a whole message may take so many times as long as others, but not longer than `LONGEST_DOT`.
const DOT: u32 = 20;
/// RFC 5321 §4.5.3.2.6: giving up earlier makes second copies.
const LONGEST_DOT: Duration = Duration::from_mins(10);
/// Nobody knocks again for so long after a connection came to nothing: the next mail of the same run would wait as
/// long, and a password that is refused again and again may lock the account.
const QUIET: Duration = Duration::from_secs(30);

/// What is known of the server.
#[derive(Clone, Debug)]
pub struct SmtpSettings {
    /// Which server.
    pub server: SmtpServer,
    /// The user, and who tells the password.
    pub sign_in: Option<(String, PasswordSource)>,
    /// Who may have signed its certificate.
    pub authorities: Authorities,
    /// Each step takes at most so long; the last one longer.
    pub timeout: Duration,
    /// What the program that tells the password gets of the environment.
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
    /// What no reply may repeat.
    pub secrets: &'a [&'a str],
}

/// How far a connection has come.
#[derive(Clone, Copy, Debug)]
pub enum Stage<'a> {
    /// There is somebody.
    Connected(&'a SmtpServer),
    /// TLS holds, and the certificate is good for this name.
    Encrypted {
        /// `TLS 1.3`
        version: &'static str,
        /// The name that the certificate is good for.
        name: &'a str,
    },
    /// Its first words.
    Greeted(&'a str),
    /// The user and the password were taken.
    SignedIn {
        /// The user.
        user: &'a str,
        /// `PLAIN` or `LOGIN`.
        how: &'static str,
    },
}

/// The way out through a mail server. Clones share the connection.
#[derive(Clone)]
pub struct SmtpTransport {
    settings: Arc<SmtpSettings>,
    watch: Stopwatch,
    line: Arc<Mutex<Line>>,
}

/// What there is between two messages.
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
    /// Nothing is connected before the first message.
    pub fn new(settings: SmtpSettings, watch: Stopwatch) -> Self {
        Self {
            settings: Arc::new(settings),
            watch,
            line: Arc::default(),
        }
    }

    /// Handing over one message takes no longer, but for asking the name server.
    pub fn longest(&self) -> Duration {
        let timeout = self.settings.timeout;
        let asking = self
            .settings
            .sign_in
            .as_ref()
            .map_or(Duration::ZERO, |(_, source)| source.longest(timeout));
        // A look at the old connection, connecting, the opening, MAIL, RCPT, DATA, RSET.
        timeout * (session::OPENING + 6) + asking + self.dot()
    }

    /// Ends the connection if there is one.
    pub fn rest(&self) {
        self.lock().hang_up();
    }

    /// Hands over one letter.
    ///
    /// # Errors
    /// It was not taken: `trouble.rs` says whether a later try makes sense.
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

    /// Hands over one message, and tells `seen` of each stage of a new connection.
    ///
    /// # Errors
    /// It was not taken.
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
                detail: format!("taken by {}: {reply}", server.host),
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

    /// With a failure, whether it was over a connection that had been used before.
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
