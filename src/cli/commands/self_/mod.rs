//! `admit self …`: the person's side, at a terminal.

pub mod codes;
mod display;
pub mod password;
pub mod register;
pub mod sign_in;
pub mod two_factor;

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand};

use crate::cli::base::context::Context;
use crate::cli::base::error::{CliError, Kind, in_words};
use crate::cli::base::output::Finish;
use crate::cli::base::reading;
use crate::cli::base::refusals::failure;
use crate::domain::event::Source;
use crate::domain::link::LinkPurpose;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::Method;
use crate::gate;
use crate::ops::deliver::deliver;
use crate::ops::register::{Bearer, bearer};
use crate::ops::sign_in::Denied;
use crate::ops::{Op, OpError};
use crate::store::Store;
use crate::vault::{Secret, Token};

/// Register, sign in or change your own password and second factor
#[derive(Args, Debug)]
pub struct SelfArgs {
    #[command(subcommand)]
    command: SelfCommand,
}

#[derive(Debug, Subcommand)]
enum SelfCommand {
    Register(register::RegisterArgs),
    SignIn(sign_in::SignInArgs),
    Password(password::PasswordArgs),
    #[command(name = "2fa", aliases = ["mfa", "two-factor"])]
    TwoFactor(two_factor::TwoFactorArgs),
    Codes(codes::CodesArgs),
}

/// Dispatches.
pub fn run(cx: &mut Context, args: &SelfArgs) -> Result<Finish, CliError> {
    match &args.command {
        SelfCommand::Register(args) => register::run(cx, args),
        SelfCommand::SignIn(args) => sign_in::run(cx, args),
        SelfCommand::Password(args) => password::run(cx, args),
        SelfCommand::TwoFactor(args) => two_factor::run(cx, args),
        SelfCommand::Codes(args) => codes::run(cx, args),
    }
}

/// Longer lines than this are no secret of anybody's.
const LONGEST: usize = 8 * 1024;

/// Where secrets come from: a file, the terminal, or standard input, one per line.
struct Secrets;

impl Secrets {
    /// One secret. At a terminal it is asked for; `file` is what `option` named.
    fn take(
        cx: &mut Context,
        question: &str,
        option: &str,
        file: Option<&PathBuf>,
    ) -> Result<Secret<String>, CliError> {
        if let Some(file) = file {
            return Self::from_file(file);
        }
        if cx.ui.terminal().stdin {
            return cx.ask_secret(question, option);
        }
        Self::line(cx, question)
    }

    /// A new password: asked for twice at a terminal, and again until both are the same.
    fn new_password(cx: &mut Context, file: Option<&PathBuf>) -> Result<Secret<String>, CliError> {
        let option = "--password-file";
        loop {
            let first = Self::take(cx, "New password", option, file)?;
            if file.is_some() || !cx.ui.terminal().stdin {
                return Ok(first);
            }
            let repeated = cx.ask_secret("Repeat password", option)?;
            if first.matches(&repeated) {
                return Ok(first);
            }
            cx.ui.warning("the two passwords are not the same");
        }
    }

    /// Does something with a new password. At a terminal one that is refused is asked for again: the token is kept, and so
    /// is whatever else was typed before.
    fn with_new_password<T>(
        cx: &mut Context,
        file: Option<&PathBuf>,
        op: &Op,
        mut set: impl FnMut(&mut Context, &Secret<String>) -> Result<T, OpError>,
    ) -> Result<T, CliError> {
        loop {
            let password = Self::new_password(cx, file)?;
            match set(cx, &password) {
                Err(error) if Self::asks_again(cx, file, &error) => {
                    cx.ui.error(&failure(error, op));
                }
                result => return result.map_err(|error| failure(error, op)),
            }
        }
    }

    /// Whether a change was refused because of the new password alone, and another one can be asked for.
    fn asks_again(cx: &Context, file: Option<&PathBuf>, error: &OpError) -> bool {
        let refused =
            matches!(error, OpError::Refused(refusal) if matches!(**refusal, Refusal::Password(_)));
        refused && file.is_none() && cx.ui.terminal().stdin
    }

    fn from_file(file: &Path) -> Result<Secret<String>, CliError> {
        let failed = |error: &std::io::Error| {
            CliError::usage(format!(
                "cannot read {}: {}",
                file.display(),
                in_words(error)
            ))
        };
        let mut bytes = Vec::new();
        reading::open(file)
            .and_then(|file| {
                file.take(u64::try_from(LONGEST).unwrap_or(u64::MAX) + 1)
                    .read_to_end(&mut bytes)
            })
            .map_err(|error| failed(&error))?;
        Self::text(bytes, &file.display().to_string())
    }

    fn line(cx: &mut Context, question: &str) -> Result<Secret<String>, CliError> {
        let mut bytes = Vec::new();
        let mut byte = [0u8; 1];
        loop {
            let read = cx.stdin.read(&mut byte).map_err(|error| {
                CliError::failed(format!("cannot read standard input: {}", in_words(&error)))
            })?;
            match (read, byte[0]) {
                (0, _) if bytes.is_empty() => {
                    return Err(
                        CliError::usage(format!("missing on standard input: {question}"))
                            .hinted("pass one per line on standard input, or run it at a terminal"),
                    );
                }
                (0, _) | (_, b'\n') => break,
                (_, byte) => bytes.push(byte),
            }
            if bytes.len() > LONGEST {
                break;
            }
        }
        Self::text(bytes, "standard input")
    }

    fn text(bytes: Vec<u8>, place: &str) -> Result<Secret<String>, CliError> {
        if bytes.len() > LONGEST {
            return Err(CliError::usage(format!(
                "{place}: too long for a password or token"
            )));
        }
        let bytes = Secret::new(bytes);
        let text = Secret::from_utf8(&bytes)
            .ok_or_else(|| CliError::usage(format!("{place} is not UTF-8")))?;
        Ok(Secret::new(
            text.expose().trim_end_matches(['\n', '\r']).to_owned(),
        ))
    }

    /// A code, which is no secret for long and may be seen while it is typed; but a backup code is one.
    fn code(cx: &mut Context, question: &str) -> Result<Secret<String>, CliError> {
        if cx.ui.terminal().stdin {
            cx.ask_secret(question, "standard input")
        } else {
            Self::line(cx, question)
        }
    }

    fn token(cx: &mut Context, file: Option<&PathBuf>) -> Result<Token, CliError> {
        let typed = Self::take(cx, "Token or link from the mail", "--token-file", file)?;
        token_in(typed.expose()).ok_or_else(|| {
            CliError::refused("no token found in this text").hinted(
                "copy the whole link or token from the newest mail; a token begins with adm_",
            )
        })
    }
}

/// The token in what was pasted: alone, with a full stop or quotes around it, or in a link.
fn token_in(text: &str) -> Option<Token> {
    text.match_indices("adm_").find_map(|(at, _)| {
        let rest = &text[at..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        Token::parse(&rest[..end.unwrap_or(rest.len())])
    })
}

/// Opens the store and takes the token of a mailed link. A link that does not work is told before a password is asked
/// for.
fn by_link(
    cx: &mut Context,
    file: Option<&PathBuf>,
    purpose: LinkPurpose,
) -> Result<(Store, Op, Token, Bearer), CliError> {
    let mut store = cx.open_store()?;
    let op = cx.op_as(Source::Person);
    let token = Secrets::token(cx, file)?;
    let found = bearer(&mut store, &op, &token, purpose).map_err(|error| failure(error, &op))?;
    Ok((store, op, token, found))
}

/// A refused sign-in, in the words that a panel would use.
fn denied(cx: &Context, denied: Denied) -> CliError {
    let reason = denied.reason;
    let contact = cx.config.support_contact.value.as_deref();
    let sentence = gate::sentence(denied, "this panel", contact, &cx.tz);
    let sentence = sentence.trim_end_matches('.');
    CliError::new(Kind::Obstacle, format!("{sentence} ({reason})"))
}

/// The prompt for a required code.
fn code_question(methods: &[Method]) -> String {
    let has = |method| methods.contains(&method);
    let sent = match (has(Method::Mail), has(Method::Sms)) {
        (true, true) => "type 'mail' or 'sms' to receive a code",
        (true, false) => "type 'mail' to receive a code",
        (false, true) => "type 'sms' to receive a code",
        (false, false) => "",
    };
    let own = match (has(Method::App), has(Method::Backup)) {
        (true, true) => "Code from the authenticator app, or a backup code",
        (true, false) => "Code from the authenticator app",
        (false, true) => "Backup code",
        (false, false) => "",
    };
    match (own, sent) {
        ("", sent) => sent.replacen('t', "T", 1),
        (own, "") => own.to_owned(),
        (own, sent) => format!("{own}; or {sent}"),
    }
}

/// So many mails are sent on the way; the rest is for `mail send`.
const ON_THE_WAY: u64 = 5;

/// Sends what was just queued: a notice, a reset link.
fn send_mail(cx: &mut Context, store: &mut Store, op: &Op) {
    let sent = cx.mailer().and_then(|mailer| {
        deliver(store, op, &mailer, None, &mut |count| count < ON_THE_WAY)
            .map_err(|error| CliError::failed(error.to_string()))
    });
    if let Err(error) = sent {
        cx.ui
            .verbose(1, &format!("mail stays queued: {}", error.in_one_line()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vault::Purpose;

    #[test]
    fn a_token_is_found_in_what_people_paste() {
        let token = format!("adm_i_{}", "0".repeat(Token::LEN - "adm_i_".len()));
        for pasted in [
            token.clone(),
            format!("{token}."),
            format!("  {token}, "),
            format!("<{token}>"),
            format!("\"{token}\""),
            format!("https://panel.example.com/register?token={token}"),
            format!("https://panel.example.com/register/{token}/?lang=de#top"),
            format!("https://panel.example.com/register_{token}"),
            format!("<https://panel.example.com/register#{token}>."),
            format!("admit self register: {token}"),
        ] {
            let found = token_in(&pasted);
            assert_eq!(
                found.map(|token| token.purpose()),
                Some(Purpose::Invitation),
                "{pasted}"
            );
        }
        for pasted in [
            "",
            "https://panel.example.com/register",
            &token[1..],
            &format!("{token}0"),
        ] {
            assert!(token_in(pasted).is_none(), "{pasted}");
        }
    }
}
