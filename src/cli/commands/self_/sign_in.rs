//! `admit self sign-in`

use std::net::IpAddr;
use std::path::PathBuf;

use clap::Args;
use clap_complete::ArgValueCompleter;
use serde_json::Value;

use super::{Secrets, code_question, send_mail};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status, fields};
use crate::cli::base::printed::hint;
use crate::cli::base::refusals::{About, op_error, refusal_error};
use crate::cli::view::rows;
use crate::cli::view::time;
use crate::domain::event::Source;
use crate::domain::second_factor::Method;
use crate::domain::trusted_ip::{Network, parse_ip};
use crate::ops::send_code::send_code;
use crate::ops::sign_in::{Answer, Credentials, Denied, NotTrusted, Second, SignedIn, sign_in};
use crate::ops::{Op, Scope};
use crate::store::Store;
use crate::vault::{Code, Secret, Token};

fields! {
    /// A sign-in.
    struct SignInRow {
        ..rows::TARGET,
        ..rows::PANEL,
        ..rows::STATUS,
        role: String = "the role in the panel",
        access_until: Value = "when access ends; null is never",
        ip_trusted_until: Value = "until when no code is required from this IP, or null",
        backup_codes_left: Option<i64> = "how many backup codes are left; null without an authenticator",
        before = "null",
        after = "null",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Sign in to a panel, as a panel would
///
/// Checks address, password and, if needed, a code. Wrong ones count. Exits with 6 if the sign-in is refused.
#[derive(Args, Debug)]
#[command(after_long_help = section(SignInRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit self sign-in ada@example.com", "admit self sign-in ada@example.com --ip 203.0.113.9 --trust-ip"]))]
pub struct SignInArgs {
    /// Your e-mail address
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    address: String,

    /// Read the password from this file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    password_file: Option<PathBuf>,

    /// IP address that the sign-in comes from
    #[arg(long, value_name = "IP", value_parser = ip)]
    ip: Option<IpAddr>,

    /// Do not ask for a code from there again
    #[arg(long, requires = "ip")]
    trust_ip: bool,
}

fn ip(typed: &str) -> Result<IpAddr, String> {
    parse_ip(typed).ok_or_else(|| "not an IP address, as in 203.0.113.9".to_owned())
}

/// Signs in.
pub fn run(cx: &mut Context, args: &SignInArgs) -> Result<Finish, CliError> {
    cx.report.keys(SignInRow::FIELDS);
    let file = args.password_file.as_ref();
    let (mut store, mut entry) =
        Entry::begin(cx, &args.address, "Password", "--password-file", file)?;
    entry.op.actor.ip = args.ip;
    let about = entry.about();
    let first = entry.attempt(cx, &mut store, &Typed::default())?;
    let mut by_backup = false;
    let answer = match first {
        Err(denied) if denied.reason == "code-required" && !denied.methods.is_empty() => {
            let typed = entry.code(cx, &mut store, &denied.methods, args.trust_ip)?;
            match typed {
                Ok(typed) => {
                    by_backup = typed.is_backup();
                    entry.attempt(cx, &mut store, &typed)?
                }
                Err(denied) => Err(denied),
            }
        }
        other => other,
    };
    send_mail(cx, &mut store, &entry.op);
    match answer {
        Ok(signed_in) => welcome(
            cx,
            about,
            &entry.panel,
            &signed_in,
            (by_backup, args.trust_ip),
        ),
        Err(denied) => {
            let set_up = denied.reason == "second-factor-setup-required" && denied.ticket.is_some();
            let error = super::denied(cx, denied);
            Err(if set_up {
                error.hinted(hint!(
                    "to set it up, run ",
                    about.command(&["self", "2fa", &args.address])
                ))
            } else {
                error
            })
        }
    }
}

fn welcome(
    cx: &mut Context,
    about: About<'_>,
    panel: &str,
    signed_in: &SignedIn,
    (by_backup, trust): (bool, bool),
) -> Result<Finish, CliError> {
    let authenticated = &signed_in.authenticated;
    let context = authenticated.context;
    let times = cx.times();
    let mut message = format!(
        "signed in to {panel} as {}, {}",
        authenticated.role,
        times.term(authenticated.access_until)
    );
    if let Some(until) = context.ip_trusted_until {
        message.push_str(&format!(
            "; no code is required from this IP until {}",
            times.end(until)
        ));
    }
    if trust && context.ip_trusted_until.is_none() {
        let why = match context.not_trusted {
            Some(NotTrusted::Placeless(why)) => {
                format!("a {} address does not show where you are", why.as_str())
            }
            _ => format!("{panel} trusts no IPs, or did not ask for a code"),
        };
        message.push_str(&format!("; the IP is not trusted: {why}"));
    }
    let mut hint = None;
    // People who used one see how many are left (T3), and people with few left see it at every sign-in.
    if let Some(left) = context
        .backup_codes_left
        .filter(|left| by_backup || *left < FEW)
    {
        let codes = match left {
            0 => "no backup code is left".to_owned(),
            1 => "1 backup code is left".to_owned(),
            left => format!("{left} backup codes are left"),
        };
        message.push_str(&format!("; {codes}"));
        if left < FEW {
            let address = authenticated.account.address.as_str();
            let again = about.command(&["self", "codes", address]);
            hint = Some(hint!("make new backup codes with ", again));
        }
    }
    let mut row = Row::change(
        authenticated.account.address.as_str(),
        Some(panel),
        Status::Done,
    )
    .with(SignInRow {
        role: authenticated.role.clone(),
        access_until: time(authenticated.access_until),
        ip_trusted_until: time(context.ip_trusted_until),
        backup_codes_left: context.backup_codes_left,
    })
    .message(message);
    if let Some(hint) = hint {
        row = row.hint(hint);
    }
    cx.row(row)?;
    Ok(Finish::Done)
}

/// With fewer backup codes than this the person is told to make new ones.
const FEW: i64 = 4;

/// The second factor as typed.
#[derive(Default)]
pub(super) struct Typed {
    code: Option<Secret<String>>,
    method: Option<Method>,
    ticket: Option<Token>,
    trust_ip: bool,
}

impl Typed {
    /// A code.
    pub(super) fn code(code: Secret<String>) -> Self {
        Self {
            code: Some(code),
            ..Self::default()
        }
    }

    /// Whether it looks like a backup code, whatever it was said to be.
    fn is_backup(&self) -> bool {
        let code = self
            .code
            .as_ref()
            .and_then(|code| Code::parse(code.expose()));
        matches!(code, Some(Code::Backup(_)))
    }
}

/// One person at the door.
pub(super) struct Entry<'a> {
    pub(super) address: &'a str,
    pub(super) password: Secret<String>,
    pub(super) panel: String,
    pub(super) op: Op,
}

impl<'a> Entry<'a> {
    /// Opens the store, finds the panel and takes the password: from `file`, which `option` names, or by asking.
    pub(super) fn begin(
        cx: &mut Context,
        address: &'a str,
        question: &str,
        option: &str,
        file: Option<&PathBuf>,
    ) -> Result<(Store, Self), CliError> {
        let mut store = cx.open_store()?;
        let op = cx.op_as(Source::Person);
        let named = cx.panel();
        let panel = store.read(|tx| {
            let scope = Scope::load(tx)?;
            let panel = scope.panel_to_change(named.as_deref());
            panel
                .map(|panel| panel.name.clone())
                .map_err(|refusal| refusal_error(&refusal, About::of(address), &op))
        })?;
        let entry = Self {
            address,
            password: Secrets::take(cx, question, option, file)?,
            panel,
            op,
        };
        Ok((store, entry))
    }

    /// The person and panel, for refusals.
    pub(super) fn about(&self) -> About<'a> {
        About::of(self.address)
    }

    pub(super) fn credentials<'b>(&'b self, typed: &'b Typed) -> Credentials<'b> {
        Credentials {
            address: self.address,
            password: &self.password,
            panel: &self.panel,
            ticket: typed.ticket.as_ref(),
            second: Second {
                code: typed.code.as_ref(),
                method: typed.method,
                trust_ip: typed.trust_ip,
            },
        }
    }

    fn attempt(
        &self,
        cx: &mut Context,
        store: &mut Store,
        typed: &Typed,
    ) -> Result<Answer, CliError> {
        let op = cx.moment(&self.op);
        let clock = std::sync::Arc::clone(&cx.clock);
        sign_in(store, &op, &self.credentials(typed), &|time| {
            clock.pause(time);
        })
        .map_err(|error| op_error(error, self.about(), &op))
    }

    /// Asks for a code; has one sent first, if that is what the person wants.
    pub(super) fn code(
        &self,
        cx: &mut Context,
        store: &mut Store,
        methods: &[Method],
        trust_ip: bool,
    ) -> Result<Result<Typed, Denied>, CliError> {
        let typed = Secrets::code(cx, &code_question(methods))?;
        let wish = Method::parse(typed.expose().trim())
            .filter(|method| matches!(method, Method::Mail | Method::Sms));
        let mut second = Typed {
            trust_ip,
            ..Typed::default()
        };
        match wish {
            None => second.code = Some(typed),
            Some(method) => {
                let op = cx.moment(&self.op);
                let clock = std::sync::Arc::clone(&cx.clock);
                let credentials = self.credentials(&second);
                let sent = send_code(store, &op, &credentials, method, &|time| clock.pause(time))
                    .map_err(|error| op_error(error, self.about(), &op))?;
                let sent = match sent {
                    Ok(sent) => sent,
                    Err(denied) => return Ok(Err(denied)),
                };
                send_mail(cx, store, &op);
                cx.ui.status(format!(
                    "{} has been sent; it is valid for 10 minutes",
                    method.in_words().replacen('a', "A", 1)
                ));
                second.code = Some(Secrets::code(cx, "Code")?);
                second.method = Some(method);
                second.ticket = Some(sent.ticket.token);
            }
        }
        if !trust_ip {
            second.trust_ip = self.offers_trust(cx, store)?;
        }
        Ok(Ok(second))
    }

    /// Offers to trust the IP, at a terminal and if the panel trusts IPs (X1, X6).
    fn offers_trust(&self, cx: &mut Context, store: &mut Store) -> Result<bool, CliError> {
        let place = |ip: &IpAddr| Network::of(*ip).placeless().is_none();
        let ip = self.op.actor.ip.filter(place);
        let Some(ip) = ip.filter(|_| cx.can_ask() && !cx.global.yes) else {
            return Ok(false);
        };
        let lifetime = store.read(|tx| {
            let scope = Scope::load(tx)?;
            Ok::<_, crate::ops::OpError>(scope.panel(&self.panel)?.policy.trusted_ips)
        });
        let Some(lifetime) = lifetime.ok().flatten() else {
            return Ok(false);
        };
        let days = crate::domain::when::span(lifetime);
        cx.prompter.confirm(
            &format!(
                "Trust {ip} for {days}, so that no code is required? Only for an office network, never for a home or public one"
            ),
            false,
        )
    }
}
