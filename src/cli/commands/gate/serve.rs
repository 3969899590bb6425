//! `admit gate serve`: one server for many panels.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::os::linux::net::SocketAddrExt as _;
use std::os::unix::net::{SocketAddr as UnixAddr, UnixDatagram, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use listenfd::ListenFd;
use rustix::process::{Resource, Rlimit, getpid, getrlimit, setrlimit};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::low_level::pipe;

use super::{cores, gate_op, hash_slots};
use crate::cli::base::config::Config;
use crate::cli::base::context::Context;
use crate::cli::base::error::{CliError, in_words};
use crate::cli::base::opening::{mailer, open_existing};
use crate::cli::base::output::{Finish, fields::examples};
use crate::gate::GateContext;
use crate::gate::serve::rules::Rules;
use crate::gate::serve::socket::{self, SocketFile};
use crate::gate::serve::{Door, Notice, Service, serve};

/// The ways in.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = examples(&[
    "admit gate serve --socket /run/admit/gate.sock",
    "admit gate serve --http-socket /run/admit/http.sock",
    "admit gate serve --listen 127.0.0.1:8011",
]))]
pub struct ServeArgs {
    /// Unix socket for JSON lines
    #[arg(long, value_name = "PATH")]
    pub socket: Option<PathBuf>,
    /// Unix socket for HTTP
    #[arg(long, value_name = "PATH")]
    pub http_socket: Option<PathBuf>,
    /// Loopback address for HTTP
    ///
    /// Everyone on this machine may ask there for the panels in gate.listen-panels.
    #[arg(long, value_name = "ADDRESS")]
    pub listen: Option<SocketAddr>,
}

/// Serves until it is told to stop.
pub(super) fn run(cx: &mut Context, args: &ServeArgs) -> Result<Finish, CliError> {
    if cx.dry_run() {
        return Err(CliError::usage("--dry-run cannot be used with gate serve"));
    }
    raise_limit();
    let rules = rules_of(&cx.config)?;
    let (doors, _files) = doors(cx, args)?;
    // A store that cannot be opened is told now, and not to the first client.
    drop(cx.existing_store()?);
    let mailer = mailer(&cx.config, cx.mailbox.clone(), Arc::clone(&cx.clock)).ok();
    let cores = cores();
    let runtime = cx.vars.get("XDG_RUNTIME_DIR").map(String::as_str);
    let slots = hash_slots(&cx.config, runtime, cores);
    let (stop, reload) = signals()?;
    let config = RwLock::new(Arc::new(cx.config.clone()));
    let current = || Arc::clone(&config.read().unwrap_or_else(PoisonError::into_inner));
    let (clock, entropy) = (Arc::clone(&cx.clock), cx.entropy.clone());
    let pausing = Arc::clone(&clock);
    let (zone, operator) = (cx.tz.clone(), cx.operator.to_string());
    let gate = GateContext {
        panel: None,
        open: &|| open_existing(&current(), &entropy).map_err(|error| error.in_one_line()),
        op: &move || gate_op(clock.now(), zone.clone(), operator.clone()),
        pause: &move |time: Duration| pausing.pause(time),
        slots: Some(&slots),
    };
    let vars = cx.vars.clone();
    let (global, system) = (cx.global.clone(), cx.system_config.clone());
    let ui = RefCell::new(&mut cx.ui);
    let read_again = || {
        let found = Config::load(&global, &vars, &system)
            .and_then(|config| Ok((rules_of(&config)?, config)));
        match found {
            Ok((rules, found)) => {
                *config.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(found);
                ui.borrow_mut().status("Read the settings again");
                Some(rules)
            }
            Err(error) => {
                let why = error.in_one_line();
                ui.borrow_mut()
                    .warning(format!("the settings were kept as they are: {why}"));
                None
            }
        }
    };
    let manager = Manager::of(&vars);
    let service = Service {
        stop,
        reload,
        rules: &read_again,
        notify: &|notice| manager.tell(notice),
        watchdog: manager.watchdog,
    };
    let code = serve(doors, rules, &gate, mailer.as_ref(), cores, &service);
    if code == 0 {
        Ok(Finish::Done)
    } else {
        Err(CliError::failed(
            "the server cannot go on: the system gave no thread or no socket",
        ))
    }
}

/// Who may ask for what.
fn rules_of(config: &Config) -> Result<Rules, CliError> {
    Ok(Rules {
        own: rustix::process::geteuid().as_raw(),
        panel: config.panel.value.clone(),
        users: config.gate.users()?,
        network: config.gate.listen_panels.value.clone(),
    })
}

/// Opens everything that clients may come through.
fn doors(cx: &mut Context, args: &ServeArgs) -> Result<(Vec<Door>, Vec<SocketFile>), CliError> {
    let mut doors = inherited(&cx.vars)?;
    let mut files = Vec::new();
    let sockets = [(&args.socket, false), (&args.http_socket, true)];
    for (path, http) in sockets {
        let Some(path) = path else { continue };
        let (listener, file) = socket::listen(path).map_err(CliError::failed)?;
        doors.push(if http {
            Door::Http(listener)
        } else {
            Door::Lines(listener)
        });
        files.push(file);
    }
    if let Some(address) = args.listen {
        let listener = TcpListener::bind(address).map_err(|error| {
            CliError::failed(format!("cannot listen at {address}")).caused_by(in_words(&error))
        })?;
        doors.push(Door::Network(listener));
    }
    if doors.is_empty() {
        return Err(CliError::usage("no socket given")
            .hinted("name one with --socket, --http-socket or --listen"));
    }
    for door in &doors {
        let Door::Network(listener) = door else {
            continue;
        };
        let address = listener.local_addr().ok();
        let shown = address.map_or_else(String::new, |address| format!(" {address}"));
        if !address.is_some_and(|address| address.ip().is_loopback()) {
            return Err(
                CliError::usage(format!("the address{shown} is not a loopback address"))
                    .hinted("use 127.0.0.1 or [::1], and a proxy with TLS for other machines"),
            );
        }
        if cx.config.gate.listen_panels.value.is_empty() {
            return Err(CliError::usage(format!(
                "everyone on this machine could ask at{shown}, but no panel may be asked for there"
            ))
            .hinted("set gate.listen-panels to the panels that they may ask for"));
        }
        cx.ui.status(format!("Listening at{shown}"));
    }
    Ok((doors, files))
}

/// The sockets that systemd opened. Those whose name contains `http` speak HTTP.
fn inherited(vars: &BTreeMap<String, String>) -> Result<Vec<Door>, CliError> {
    let mut passed = ListenFd::from_env();
    let names = vars.get("LISTEN_FDNAMES").map_or("", String::as_str);
    let mut names = names.split(':');
    let mut doors = Vec::new();
    for at in 0..passed.len() {
        let http = names.next().is_some_and(|name| name.contains("http"));
        let unusable = |error: std::io::Error| {
            CliError::failed("a socket of the service manager cannot be used")
                .caused_by(in_words(&error))
        };
        if let Ok(Some(listener)) = passed.take_unix_listener(at) {
            doors.push(if http {
                Door::Http(listener)
            } else {
                Door::Lines(listener)
            });
        } else if let Some(listener) = passed.take_tcp_listener(at).map_err(unusable)? {
            doors.push(Door::Network(listener));
        }
    }
    Ok(doors)
}

/// Where SIGTERM and Ctrl-C, and where SIGHUP arrive.
fn signals() -> Result<(UnixStream, UnixStream), CliError> {
    let failed = |error: std::io::Error| {
        CliError::failed("cannot wait for signals").caused_by(in_words(&error))
    };
    let (stop, stopped) = UnixStream::pair().map_err(failed)?;
    let (reload, reloaded) = UnixStream::pair().map_err(failed)?;
    let second = stopped.try_clone().map_err(failed)?;
    pipe::register(SIGTERM, stopped).map_err(failed)?;
    pipe::register(SIGINT, second).map_err(failed)?;
    pipe::register(SIGHUP, reloaded).map_err(failed)?;
    Ok((stop, reload))
}

/// Connections need descriptors: as many as this process may have.
fn raise_limit() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: maximum,
        maximum,
    };
    setrlimit(Resource::Nofile, raised).ok();
}

/// The service manager, if there is one (sd_notify(3)).
struct Manager {
    socket: Option<String>,
    watchdog: Option<Duration>,
}

impl Manager {
    fn of(vars: &BTreeMap<String, String>) -> Self {
        let ours = vars
            .get("WATCHDOG_PID")
            .is_none_or(|pid| pid.parse() == Ok(getpid().as_raw_nonzero().get()));
        let micros = vars.get("WATCHDOG_USEC").filter(|_| ours);
        Self {
            socket: vars.get("NOTIFY_SOCKET").cloned(),
            watchdog: micros
                .and_then(|micros| micros.parse().ok())
                .filter(|micros| *micros > 0)
                .map(Duration::from_micros),
        }
    }

    fn tell(&self, notice: Notice) {
        let text = match notice {
            Notice::Ready => "READY=1",
            Notice::Alive => "WATCHDOG=1",
            Notice::Reloading => "STATUS=Reading the settings again",
            Notice::Stopping => "STOPPING=1",
        };
        let Some(socket) = &self.socket else { return };
        let address = match socket.strip_prefix('@') {
            Some(name) => UnixAddr::from_abstract_name(name),
            None => UnixAddr::from_pathname(Path::new(socket)),
        };
        // It may be gone: then nobody wants to know.
        if let (Ok(sender), Ok(address)) = (UnixDatagram::unbound(), address) {
            sender.send_to_addr(text.as_bytes(), &address).ok();
        }
    }
}
