//! `admit gate …`: the panel's side, at a pipe.
//!
//! Panels tell answers by their exit code and read one line of JSON, so nothing here is reported like the other
//! commands: `take_over` answers before they come to it, and says nothing on standard error.

mod serve;

use crate::cli::base::output::fields::examples;
use std::io::Write as _;
use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use clap::Subcommand;
use clap::error::ErrorKind;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::base::config::Config;
use crate::cli::base::context::Context;
use crate::cli::base::early::Early;
use crate::cli::base::env::Env;
use crate::cli::base::error::CliError;
use crate::cli::base::global::GlobalArgs;
use crate::cli::base::opening::{mailer, open_existing};
use crate::cli::base::output::Finish;
use crate::domain::event::{Actor, Source};
use crate::domain::text::clip;
use crate::gate::contract::json_schema;
use crate::gate::once::tell;
use crate::gate::{Answer, GateContext, Verb, once, stream};
use crate::ops::Op;
use crate::store::Location;
use crate::vault::slots::HashSlots;

/// Answer a panel that asks whether someone may sign in
///
/// Reads one JSON object from standard input and prints one. Exits with 0 for yes, 1 for no, and 111 if no decision
/// was possible. Anything other than 0 means: do not let the person in.
#[derive(Debug, clap::Args)]
#[command(
    subcommand_required = true,
    arg_required_else_help = true,
    after_help = examples(&["admit gate sign-in --panel main < request.json", "admit gate stream"])
)]
pub struct GateArgs {
    /// What the panel asks.
    #[command(subcommand)]
    pub ask: GateAsk,
}

/// What a panel asks.
#[derive(Clone, Debug, Subcommand)]
pub enum GateAsk {
    /// Register an invited person: token, password, optional name
    Register,
    /// Sign someone in: address and password, or ticket and code
    SignIn,
    /// Send a code: address and password, or ticket; method
    SendCode,
    /// Set up an authenticator: ticket or session, code
    #[command(name = "set-up-2fa")]
    SetUp2fa,
    /// Remove a person's own authenticator: session, code
    #[command(name = "second-factor-off")]
    SecondFactorOff,
    /// Make new backup codes: session, code
    NewBackupCodes,
    /// Mail a reset link: address
    ForgotPassword,
    /// Set a new password with a reset link: token, password
    ResetPassword,
    /// Change a password: session, address or ticket; new_password
    ChangePassword,
    /// Confirm a new address: token
    ConfirmAddress,
    /// Check a session: session, optional ip
    CheckSession,
    /// End a session: session
    SignOut,
    /// Tell the panel's rules
    Policy,
    /// Tell whose link it is: token
    Peek,
    /// Tell what happened to people: optional since, limit
    Events,
    /// Tell what this version understands
    Hello,
    /// Tell whether the store can be read
    Health,
    /// Answer one request per line, each with op, panel and id
    Stream,
    /// Print the contract as JSON Schema
    Schema,
    /// Answer many panels through sockets until SIGTERM
    ///
    /// A panel connects and sends requests as to stream, one JSON object per line, or by HTTP: POST /v2/sign-in with the
    /// object as body. The user that the panel runs as decides which panels it may ask for (setting gate.allow). SIGHUP
    /// reads the settings again. Sockets of systemd are used too.
    Serve(serve::ServeArgs),
}

impl GateAsk {
    fn verb(&self) -> Option<Verb> {
        Some(match self {
            Self::Register => Verb::Register,
            Self::SignIn => Verb::SignIn,
            Self::SendCode => Verb::SendCode,
            Self::SetUp2fa => Verb::SetUp2fa,
            Self::SecondFactorOff => Verb::SecondFactorOff,
            Self::NewBackupCodes => Verb::NewBackupCodes,
            Self::ForgotPassword => Verb::ForgotPassword,
            Self::ResetPassword => Verb::ResetPassword,
            Self::ChangePassword => Verb::ChangePassword,
            Self::ConfirmAddress => Verb::ConfirmAddress,
            Self::CheckSession => Verb::CheckSession,
            Self::SignOut => Verb::SignOut,
            Self::Policy => Verb::Policy,
            Self::Peek => Verb::Peek,
            Self::Events => Verb::Events,
            Self::Hello => Verb::Hello,
            Self::Health => Verb::Health,
            Self::Stream | Self::Schema | Self::Serve(_) => return None,
        })
    }
}

/// Answers instead of everything else if the command line is meant for the gate, even an invalid one; otherwise
/// returns the environment. `parsed` is clap's result: the global options, and the gate request if there is one.
pub(in crate::cli) fn take_over(
    parsed: Result<(&GlobalArgs, Option<&GateArgs>), &clap::Error>,
    early: &Early,
    mut env: Env,
) -> ControlFlow<u8, Env> {
    match parsed {
        Ok((
            _,
            Some(GateArgs {
                ask: GateAsk::Serve(_),
            }),
        )) => ControlFlow::Continue(env),
        Ok((global, Some(args))) => ControlFlow::Break(answer(global, &args.ask, env)),
        Err(error)
            if early.command.split(' ').next() == Some("gate")
                && !early.command.starts_with("gate serve")
                && error.kind() != ErrorKind::DisplayHelp =>
        {
            let answer = Answer::bad_call(&in_one_line(error));
            ControlFlow::Break(tell(&answer, &mut env.stdout))
        }
        _ => ControlFlow::Continue(env),
    }
}

/// The server. Anything else is reached only if `take_over` was not called: then nobody is let in.
pub fn run(cx: &mut Context, args: &GateArgs) -> Result<Finish, CliError> {
    match &args.ask {
        GateAsk::Serve(args) => serve::run(cx, args),
        _ => Err(CliError::failed("the gate did not answer")),
    }
}

/// What is wrong with a command line, for the log.
fn in_one_line(error: &clap::Error) -> String {
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return "no operation was named, such as sign-in".to_owned();
    }
    let text = error.render().to_string();
    clip(text.lines().next().unwrap_or_default(), 200)
}

fn answer(global: &GlobalArgs, ask: &GateAsk, mut env: Env) -> u8 {
    if let GateAsk::Schema = ask {
        let schema = serde_json::to_vec_pretty(&json_schema()).unwrap_or_default();
        let told = env
            .stdout
            .write_all(&schema)
            .and_then(|()| env.stdout.write_all(b"\n"));
        return u8::from(told.is_err());
    }
    // Trying without keeping would be guessing without being counted.
    if global.dry_run {
        return tell(
            &Answer::bad_call("--dry-run cannot be used with gate"),
            &mut env.stdout,
        );
    }
    let config = match Config::load(global, &env.vars, &env.system_config) {
        Ok(config) => config,
        Err(fault) => {
            let cause = format!("the settings are invalid: {}", fault.in_one_line());
            return tell(&Answer::unavailable(cause), &mut env.stdout);
        }
    };
    let Env {
        mut stdin,
        mut stdout,
        clock,
        operator,
        tz: zone,
        entropy,
        mailbox,
        vars,
        ..
    } = env;
    let panel = config.panel.value.clone();
    let cores = cores();
    let slots = hash_slots(
        &config,
        vars.get("XDG_RUNTIME_DIR").map(String::as_str),
        cores,
    );
    let pause_clock = Arc::clone(&clock);
    let mail_clock = Arc::clone(&clock);
    let desk = GateContext {
        panel: panel.as_deref(),
        open: &|| open_existing(&config, &entropy).map_err(|error| error.in_one_line()),
        op: &move || gate_op(clock.now(), zone.clone(), operator.to_string()),
        pause: &move |time: Duration| pause_clock.pause(time),
        slots: Some(&slots),
    };
    if let Some(verb) = ask.verb() {
        return once::serve(verb, &mut stdin, &mut stdout, &desk);
    }
    // Without it the mail stays queued.
    let mailer = mailer(&config, mailbox, mail_clock).ok();
    stream::serve(&mut stdin, &mut stdout, &desk, mailer.as_ref(), cores)
}

/// What the gate does now.
fn gate_op(now: Timestamp, zone: TimeZone, operator: String) -> Op {
    Op {
        now,
        wall: now,
        zone,
        actor: Actor {
            source: Source::Gate,
            operator,
            ip: None,
        },
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZero::get)
}

/// The slots for hashing that all processes with this store share.
fn hash_slots(config: &Config, runtime: Option<&str>, cores: usize) -> HashSlots {
    match config.location() {
        Location::File(path) => HashSlots::beside(&path, cores),
        _ => HashSlots::of_user(runtime, cores),
    }
}

#[cfg(test)]
#[path = "gate_tests.rs"]
mod tests;
