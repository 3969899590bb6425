//! `admit gate serve`: the protocol of `stream`, for many clients at once.
//!
//! | module | its job |
//! |---|---|
//! | [`socket`] | the file of a Unix socket: made, replaced, removed |
//! | [`rules`] | who may ask for which panel |
//! | `lines` | a client that sends JSON lines |
//! | `http` | a client that speaks HTTP/1.1 |
//!
//! One thread looks after all connections (tokio), so that an idle one costs little; requests are answered by the
//! lanes, one set for everybody. Nothing here waits for a client: what a connection may have unanswered is limited, and
//! beyond that it is not read from.

mod http;
mod lines;
pub mod rules;
pub mod socket;
#[cfg(test)]
mod tests;

use std::future::{Future, poll_fn};
use std::io;
use std::os::unix::net::UnixStream as Pipe;
use std::pin::pin;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::thread::Builder;
use std::time::Duration;

use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio::runtime;
use tokio::sync::watch;
use tokio::task::JoinSet;

use self::rules::{Counted, Peer, Place, Rules};
use super::lanes::{Job, Lanes};
use super::{Answer, GateContext, Request, Verdict, stream};
use crate::ops::deliver::Mailer;

/// The most connections, of which one user or the network may have a quarter.
const MOST: usize = 4_096;
/// After the end was asked for, answers can be fetched for so long.
const GRACE: Duration = Duration::from_secs(20);
/// How long to wait if the system gives no connection, before the next try.
const BREATH: Duration = Duration::from_millis(100);

/// Where clients come in.
pub enum Door {
    /// A Unix socket for JSON lines.
    Lines(std::os::unix::net::UnixListener),
    /// A Unix socket for HTTP.
    Http(std::os::unix::net::UnixListener),
    /// A loopback address for HTTP.
    Network(std::net::TcpListener),
}

/// What a server is told from outside, and what it tells.
pub struct Service<'a> {
    /// Something to read here: stop.
    pub stop: Pipe,
    /// Something to read here: read the settings again.
    pub reload: Pipe,
    /// Reads the settings again; `None` if they are invalid, after saying so.
    pub rules: &'a dyn Fn() -> Option<Rules>,
    /// Tells the service manager.
    pub notify: &'a dyn Fn(Notice),
    /// How often the service manager wants to hear that the server is alive.
    pub watchdog: Option<Duration>,
}

/// What the service manager is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Clients are served.
    Ready,
    /// Still alive.
    Alive,
    /// The settings are being read again.
    Reloading,
    /// No new clients.
    Stopping,
}

/// What connections share.
struct Shared {
    jobs: Sender<Job<'static>>,
    rules: Mutex<Arc<Rules>>,
    counted: Counted,
}

impl Shared {
    fn rules(&self) -> Arc<Rules> {
        Arc::clone(&self.rules.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Passes a request to its lane, or refuses it if this client may not ask for the panel.
    fn submit(&self, peer: Peer, request: Request, reply: impl FnOnce(&Answer) + Send + 'static) {
        if !self.rules().allow(peer, request.panel.as_deref()) {
            return reply(&Answer::bad_call(&format!(
                "{peer} may not ask for this panel: see the settings of [gate]"
            )));
        }
        let reply = Box::new(reply);
        if let Err(unsent) = self.jobs.send(Job { request, reply }) {
            (unsent.0.reply)(&Answer::unavailable("the server has ended"));
        }
    }
}

/// Serves until it is stopped, answers what was taken, and returns the exit code.
pub fn serve(
    doors: Vec<Door>,
    rules: Rules,
    gate: &GateContext<'_>,
    mailer: Option<&Mailer>,
    workers: usize,
    service: &Service<'_>,
) -> u8 {
    let given_up = AtomicBool::new(false);
    let lanes = Lanes::new(gate, workers, &given_up);
    let served = std::thread::scope(|threads| {
        if !stream::start(threads, &lanes, gate, mailer) {
            lanes.close();
            return false;
        }
        let (jobs, taken) = channel();
        let shared = Arc::new(Shared {
            jobs,
            rules: Mutex::new(Arc::new(rules)),
            counted: Counted::new(MOST),
        });
        // Lanes live as long as this function, and connections on their own.
        let hand_over = || {
            for job in taken {
                lanes.submit(job);
            }
            lanes.close();
        };
        let started = Builder::new().spawn_scoped(threads, hand_over).is_ok();
        if !started {
            lanes.close();
            return false;
        }
        let runtime = runtime::Builder::new_current_thread().enable_all().build();
        runtime.is_ok_and(|runtime| {
            let served = runtime.block_on(run(doors, &shared, service)).is_ok();
            // What is left of connections goes, and with it the way to the lanes.
            drop((runtime, shared));
            served
        })
    });
    if served {
        Verdict::Yes.exit_code()
    } else {
        Verdict::CannotTell.exit_code()
    }
}

async fn run(doors: Vec<Door>, shared: &Arc<Shared>, service: &Service<'_>) -> io::Result<()> {
    let (stop, stopped) = watch::channel(false);
    let mut open = JoinSet::new();
    for door in doors {
        let listening = Listening::of(door)?;
        open.spawn(accept(listening, Arc::clone(shared), stopped.clone()));
    }
    drop(stopped);
    (service.notify)(Notice::Ready);
    until_stopped(shared, service).await?;
    (service.notify)(Notice::Stopping);
    stop.send(true).ok();
    // Each door waits for its connections.
    let all = async { while open.join_next().await.is_some() {} };
    tokio::time::timeout(GRACE, all).await.ok();
    Ok(())
}

/// A door at which somebody may come in.
enum Listening {
    Lines(UnixListener),
    Http(UnixListener),
    Network(TcpListener),
}

/// Somebody who came in.
enum Client {
    Lines(UnixStream),
    Http(UnixStream),
    Network(TcpStream),
}

impl Listening {
    fn of(door: Door) -> io::Result<Self> {
        let unix = |listener: std::os::unix::net::UnixListener| {
            listener.set_nonblocking(true)?;
            UnixListener::from_std(listener)
        };
        Ok(match door {
            Door::Lines(listener) => Self::Lines(unix(listener)?),
            Door::Http(listener) => Self::Http(unix(listener)?),
            Door::Network(listener) => {
                listener.set_nonblocking(true)?;
                Self::Network(TcpListener::from_std(listener)?)
            }
        })
    }

    /// The next client; `None` if it cannot be told who it is.
    async fn accept(&self) -> io::Result<Option<(Client, Peer)>> {
        let user = |stream: &UnixStream| Some(Peer::User(stream.peer_cred().ok()?.uid()));
        Ok(match self {
            Self::Lines(listener) => {
                let stream = listener.accept().await?.0;
                user(&stream).map(|peer| (Client::Lines(stream), peer))
            }
            Self::Http(listener) => {
                let stream = listener.accept().await?.0;
                user(&stream).map(|peer| (Client::Http(stream), peer))
            }
            Self::Network(listener) => {
                let stream = listener.accept().await?.0;
                Some((Client::Network(stream), Peer::Network))
            }
        })
    }
}

impl Client {
    async fn refuse(self) {
        match self {
            Self::Lines(stream) => lines::refuse(stream).await,
            Self::Http(stream) => http::refuse(stream).await,
            Self::Network(stream) => http::refuse(stream).await,
        }
    }

    async fn converse(
        self,
        peer: Peer,
        shared: &Arc<Shared>,
        stopped: watch::Receiver<bool>,
        place: Place,
    ) {
        match self {
            Self::Lines(stream) => lines::converse(stream, peer, shared, stopped, place).await,
            Self::Http(stream) => http::converse(stream, peer, shared, stopped, place).await,
            Self::Network(stream) => http::converse(stream, peer, shared, stopped, place).await,
        }
    }
}

/// Reads the settings again whenever that is asked for, until the end is.
async fn until_stopped(shared: &Shared, service: &Service<'_>) -> io::Result<()> {
    let pipe = |pipe: &Pipe| {
        pipe.set_nonblocking(true)?;
        UnixStream::from_std(pipe.try_clone()?)
    };
    let (stop, reload) = (pipe(&service.stop)?, pipe(&service.reload)?);
    // Often enough that one may come late.
    let beat = service
        .watchdog
        .map_or(Duration::from_hours(1), |wanted| wanted / 3);
    loop {
        let told = first(stop.readable(), reload.readable());
        match tokio::time::timeout(beat, told).await {
            Err(_) if service.watchdog.is_some() => (service.notify)(Notice::Alive),
            Err(_) => {}
            Ok(Either::First(readable)) => return readable,
            Ok(Either::Second(readable)) => {
                readable?;
                // It may have been said several times.
                while reload.try_read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
                (service.notify)(Notice::Reloading);
                if let Some(rules) = (service.rules)() {
                    *shared.rules.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
                }
                (service.notify)(Notice::Ready);
            }
        }
    }
}

async fn accept(listening: Listening, shared: Arc<Shared>, mut stopped: watch::Receiver<bool>) {
    let mut clients = JoinSet::new();
    loop {
        let accepted = match first(listening.accept(), stopped.changed()).await {
            Either::First(accepted) => accepted,
            Either::Second(_) => break,
        };
        while clients.try_join_next().is_some() {}
        let (client, peer) = match accepted {
            Ok(Some(accepted)) => accepted,
            Ok(None) => continue,
            Err(_) => {
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        let (shared, stopped) = (Arc::clone(&shared), stopped.clone());
        clients.spawn(async move {
            match shared.counted.enter(peer) {
                None => client.refuse().await,
                Some(place) => client.converse(peer, &shared, stopped, place).await,
            }
        });
    }
    // From here on nobody can connect.
    drop(listening);
    while clients.join_next().await.is_some() {}
}

/// Which of two came first.
enum Either<A, B> {
    First(A),
    Second(B),
}

/// Waits for either; the other is dropped.
async fn first<A, B>(a: impl Future<Output = A>, b: impl Future<Output = B>) -> Either<A, B> {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|context| {
        if let Poll::Ready(value) = b.as_mut().poll(context) {
            return Poll::Ready(Either::Second(value));
        }
        a.as_mut().poll(context).map(Either::First)
    })
    .await
}
