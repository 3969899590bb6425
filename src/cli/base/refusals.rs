//! Refusals and failures of the other layers in words, with the next command and the exit code: one match each.

mod hints;

use self::hints::{claimed, invite_instead};
use super::error::{CliError, Kind};
use super::printed::{PrintedCommand, command, hint};
use crate::domain::policy::PolicyProblem;
use crate::domain::refusal::{Claim, Refusal};
use crate::domain::text::{shell_word, shown};
use crate::domain::when;
use crate::ops::{Op, OpError};
use crate::store::Fault;
use crate::vault::KeyFileError;

/// The person and panel that were refused, for the commands in hints.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The address, as it was given.
    pub address: &'a str,
    /// The panel to name; `None` is that of the run.
    pub panel: Option<&'a str>,
}

impl<'a> About<'a> {
    /// For a person, in the panel of the run.
    pub fn of(address: &'a str) -> Self {
        Self {
            address,
            panel: None,
        }
    }

    /// A command to paste, in that panel.
    pub fn command(&self, words: &[&str]) -> PrintedCommand {
        command(words).in_panel(self.panel)
    }
}

/// An operation's failure, as the operator sees it.
pub fn op_error(error: OpError, about: About<'_>, op: &Op) -> CliError {
    match error {
        OpError::Refused(refusal) => refusal_error(&refusal, about, op),
        OpError::Store(fault) => fault_error(fault),
        OpError::Input(message) => CliError::failed(message),
        OpError::Interrupted => CliError::interrupted(),
    }
}

/// The same where it is about no person.
pub fn failure(error: impl Into<OpError>, op: &Op) -> CliError {
    op_error(error.into(), About::of(""), op)
}

/// A rule's no, as the operator sees it.
pub fn refusal_error(refusal: &Refusal, about: About<'_>, op: &Op) -> CliError {
    let address = about.address;
    let run = |words: &[&str]| hint!("run ", about.command(words));
    let at = |time| when::told(time, op.now, &op.zone);
    let end = |time| when::told_end(time, op.now, &op.zone);
    match refusal {
        // The problem names what was typed.
        Refusal::Address { problem, .. } => {
            CliError::usage(problem.to_string()).hinted("an address looks like ada@example.com")
        }
        Refusal::UnknownAddress {
            address,
            nearest,
            claims,
        } => {
            let error = CliError::not_found(format!("no account has the address {}", shown(address)));
            let claim = Claim::in_order(claims.clone(), op.now).into_iter().next();
            match (claim, nearest) {
                (Some(claim), _) => error.hinted(claimed(&claim, address, op)),
                (None, Some(nearest)) => error.hinted(format!("did you mean {nearest}?")),
                (None, None) => error.hinted(hint!(
                    "find people by name or part of the address with ",
                    command(&["list", address.split('@').next().unwrap_or(address)]).in_no_panel()
                )),
            }
        }
        Refusal::UnknownPanel {
            name,
            nearest,
            known,
        } => unknown("panel", name, nearest.as_deref(), known),
        Refusal::UnknownRole {
            name,
            nearest,
            known,
        } => unknown("role", name, nearest.as_deref(), known),
        Refusal::WhichPanel { known } => CliError::usage("no panel given, and there are several")
            .hinted(format!("use --panel with one of {}", known.join(", "))),
        Refusal::Text { field, problem } => {
            CliError::usage(format!("invalid {field}: {problem}"))
        }
        Refusal::When(problem) => CliError::usage(problem.to_string()),
        Refusal::ForAndUntil => {
            CliError::usage("both 'for' and 'until' are set").hinted("use only one of them")
        }
        Refusal::NoTerm => CliError::usage("no end given")
            .hinted("set it in the column for or until, or with --for"),
        Refusal::PastDate { until } => CliError::refused(format!("{} has passed", end(*until)))
            .hinted("use a time in the future, as in --for 30d"),
        Refusal::PermanentAccess => {
            CliError::refused("the access is permanent, so --for cannot extend it")
                .hinted("to give it an end, use --until")
        }
        Refusal::AccessEnded { at: ended } => {
            CliError::refused(format!("the access has expired: {}", end(*ended))).hinted(hint!(
                run(&["extend", address, "--for", "30d"]),
                ": it also sends an invitation"
            ))
        }
        Refusal::AccessRemoved { at: removed, with } => {
            CliError::refused(format!("the access was removed: {}", at(*removed)))
                .hinted(invite_instead(address, with, about))
        }
        Refusal::NoAccess { with } => CliError::refused("has no access to this panel")
            .hinted(invite_instead(address, with, about)),
        Refusal::Registered => CliError::refused(
            "has already registered, so there is no invitation",
        )
        .hinted(hint!(
            "to see whether they can sign in, ",
            run(&["why", address]),
            "; for a new password, ",
            run(&["reset", "password", address]),
            "; to end their access, ",
            run(&["remove", address])
        )),
        Refusal::Unregistered => {
            CliError::refused("never registered, so there is no password to reset").hinted(
                hint!(run(&["resend", address]), ": it mails a new invitation"),
            )
        }
        Refusal::LockedPermanently { at: since } => CliError::refused(format!(
            "is locked permanently since {}, and no reset link works",
            at(*since)
        ))
        .hinted(run(&["unlock", address])),
        Refusal::AddressTaken { address } => {
            let taken = CliError::refused(format!(
                "another account already has the address {}",
                shown(address)
            ));
            taken.hinted(hint!("show the account: ", command(&["show", address]).in_no_panel()))
        }
        Refusal::NoRole => CliError::usage("no role given")
            .hinted("set it in the column role, or with --set"),
        Refusal::ReasonNeeded => CliError::usage("a permanent lock can be removed only with a reason")
            .hinted("use --reason with a case number, or how the caller was identified"),
        Refusal::LinkInvalid => {
            CliError::refused("this is not a valid token, or its link no longer exists")
                .hinted("copy the whole token from the newest mail")
        }
        Refusal::LinkExpired { at: over } => {
            CliError::refused(format!("the link has expired: {}", end(*over)))
                .hinted("request a new one")
        }
        Refusal::LinkSuperseded { newer_at } => CliError::refused(format!(
            "a newer link was sent {}, and only that one works",
            at(*newer_at)
        ))
        .hinted("use the link in the newest mail"),
        Refusal::LinkUsed => CliError::refused("the link has already been used")
            .hinted("sign in, or request a new password"),
        Refusal::LinkRevoked => {
            CliError::refused("the link was revoked").hinted("contact the person who invited you")
        }
        Refusal::Password(problems) => {
            let reasons: Vec<String> = problems.iter().map(|problem| problem.sentence()).collect();
            CliError::refused(format!(
                "this password was refused: {}",
                reasons.join("; ")
            ))
            .hinted("a sentence of four or five words is long enough and easy to remember")
        }
        Refusal::UnknownKey {
            name,
            nearest,
            known,
            elsewhere,
        } => {
            let error = CliError::not_found(format!("unknown setting '{}'", shown(name)));
            let all = format!("the settings are {}", known.join(", "));
            match (elsewhere, nearest) {
                (Some(words), _) => {
                    error.hinted(hint!("to set it, run ", command(words).in_no_panel()))
                }
                (None, Some(nearest)) => {
                    error.hinted(format!("did you mean {nearest}? {all}"))
                }
                (None, None) => error.hinted(all),
            }
        }
        Refusal::Policy(problem @ PolicyProblem::TooManyTries { .. }) => {
            CliError::refused(problem.to_string())
                .hinted("lower wrong-passwords or locks-in-a-row, in the same command if necessary")
        }
        Refusal::Policy(problem) => CliError::usage(problem.to_string()),
        Refusal::NoAppsHere { panel } => CliError::refused(format!(
            "{panel} does not use codes from authenticator apps, so there is nothing to set up"
        ))
        .hinted(hint!(
            "an administrator can change that: ",
            command(&[
                "panel",
                "set",
                panel,
                "second-factor=optional",
                "methods=app"
            ])
        )),
        Refusal::NoSecondFactor => {
            CliError::refused("no authenticator is set up, so there are no backup codes")
                .hinted(run(&["self", "2fa", address]))
        }
        Refusal::TicketExpired => CliError::refused("this took too long: begin again"),
        Refusal::SessionEnded | Refusal::SessionEndedFor { .. } => {
            CliError::refused("the session has ended")
        }
        Refusal::TooWide { network } => CliError::refused(format!(
            "{network} is wider than /{}, which is not trusted without --force",
            network.widest()
        ))
        .hinted("trust the networks that people use, one by one"),
        Refusal::Placeless { network, why } => CliError::refused(if network.is_single() {
            format!(
                "{network} is a {} address, which does not show where people are; it is not trusted without --force",
                why.as_str()
            )
        } else {
            format!(
                "{network} contains {} addresses, which do not show where people are; it is not trusted without --force",
                why.as_str()
            )
        })
        .hinted("make sure that the panel sends the address of the person, not of a proxy"),
        Refusal::TrustsNoIps { panel } => CliError::refused(format!("{panel} trusts no IPs"))
            .hinted(hint!(
                "to turn it on, run ",
                command(&["panel", "set", panel, "trusted-ips=30d"])
            )),
        Refusal::UnknownTrust { id } => {
            CliError::not_found(format!("no trusted IP has the id {}", shown(id))).hinted(
                hint!("list them with ", about.command(&["trust", "list"])),
            )
        }
    }
}

fn unknown(what: &str, name: &str, nearest: Option<&str>, known: &[String]) -> CliError {
    let error = CliError::not_found(format!("unknown {what} '{}'", shown(name)));
    match nearest {
        Some(nearest) => error.hinted(format!("did you mean {nearest}?")),
        None => error.hinted(format!("use {}", known.join(", "))),
    }
}

impl From<crate::store::Fault> for CliError {
    fn from(fault: crate::store::Fault) -> Self {
        super::refusals::fault_error(fault)
    }
}

impl crate::store::StoreError for CliError {
    fn fault(&self) -> Option<&crate::store::Fault> {
        None
    }
}

/// A store's failure, as the operator sees it.
pub fn fault_error(fault: Fault) -> CliError {
    let message = fault.to_string();
    let word = |place: &str| shell_word(place).into_owned();
    let check = || command(&["store", "check"]);
    match &fault {
        Fault::Busy(_) | Fault::Retry => {
            CliError::try_again(message).hinted("nothing was changed; run the same command again")
        }
        Fault::Missing(place) => {
            CliError::not_found(message).hinted(hint!(
                "to make one, run ",
                command(&["store", "init", "--store", place])
            ))
        }
        Fault::Unreachable { .. } => {
            CliError::try_again(message).hinted("nothing was changed; run the same command again when the server is back")
        }
        Fault::Unsettled(_) => CliError::failed(message)
            .hinted(hint!(
                "before you run it again, check whether it was done: ",
                command(&["audit", "list", "--since", "10m"]).in_no_panel()
            )),
        Fault::Denied { .. } => CliError::failed(message)
            .hinted("nothing was changed; ask the server's administrator for the missing privileges"),
        Fault::Replica(_) => CliError::try_again(message)
            .hinted("nothing was changed; list all hosts in the URL, with target_session_attrs=read-write"),
        Fault::Behind { .. } => CliError::try_again(message)
            .hinted("nothing was changed; run the same command again in a moment, or use the primary server"),
        Fault::BadUrl(_) => CliError::usage(message)
            .hinted("use the form postgres://USER@HOST/DATABASE"),
        Fault::Exists(_) => CliError::refused(message).hinted(hint!("show it with ", command(&["store", "info"]))),
        Fault::Full(_) => CliError::failed(message).hinted("nothing was changed; free some space and run the same command again"),
        Fault::ReadOnly(_) => CliError::failed(message).hinted(hint!("nothing was changed; check the permissions with ", check())),
        Fault::Unopenable { place, .. } => {
            let path = std::path::Path::new(place);
            let folder = path.parent().unwrap_or(path).display().to_string();
            CliError::failed(message).hinted(format!(
                "admit needs write access to the folder, even for reading; check it with `ls -la {}`",
                word(&folder)
            ))
        }
        Fault::Open { place, .. } => {
            CliError::failed(message).hinted(format!("make it private: `chmod 600 {}`", word(place)))
        }
        Fault::Distrusted { why, .. } => CliError::failed(message).hinted(why.hint()),
        Fault::Foreign { .. } => CliError::failed(message)
            .hinted(hint!(
                "it was not changed; use --store with the correct file, or check the settings: ",
                command(&["config", "show"])
            )),
        Fault::Newer { .. } => CliError::failed(message).hinted("use the version of admit that created it, or a later one"),
        Fault::Outdated { place, .. } => CliError::failed(message).hinted(hint!(
            "it was not changed; stop the panels and run ",
            command(&["store", "upgrade", "--store", place]),
            "; a copy of a file is kept"
        )),
        Fault::Network { .. } => CliError::failed(message)
            .hinted("put the store on a local disk, or use a database server if several machines share it"),
        Fault::UserSpace { .. } => CliError::failed(message)
            .hinted("put the store on a local disk; to replicate it from there, use Litestream, or a database server if several machines share it"),
        Fault::UnknownUrl(_) => CliError::usage(message).hinted("use a file, as in --store admit.db, or a server: postgres://USER@HOST/DATABASE"),
        Fault::Corrupt { .. } | Fault::Row { .. } => CliError::failed(message)
            .hinted(hint!("check the damage with ", check(), ", and restore a backup")),
        Fault::WrongKey { .. } => CliError::failed(message)
            .hinted("set ADMIT_KEY_FILE to the key file of this store; if the key was changed on another machine (store rekey), copy the key file from there"),
        Fault::NewKey { .. } => CliError::failed(message)
            .hinted("copy the key file from the machine where the key was changed (store rekey)"),
        Fault::Vault(crate::vault::VaultError::NoSuchKey(_)) => CliError::failed(message)
            .hinted("restore the line of that key in the key file, from your backup copy"),
        Fault::Older { .. } => CliError::refused(message).hinted(hint!(
            "put the newer one back, or use this one: ",
            command(&["store", "restore", "--reconcile"]),
            " first ends every session, link, code and trusted IP in it, ",
            command(&["store", "restore", "--accept"]),
            " keeps them. Both show what is lost and ask first"
        )),
        Fault::Backup { .. } => CliError::failed(message)
            .hinted("nothing was restored; use another backup, and keep this one unchanged"),
        Fault::Unwritten(_) => CliError::failed(message).hinted("no backup was created; use a file in a folder with enough space"),
        Fault::Incomplete(_) => CliError::failed(message).hinted(hint!("nothing was created; check the store with ", check())),
        Fault::BrokenRecord(..) => CliError::failed(message)
            .hinted(hint!(
                "nothing was created; check the store with ",
                check(),
                ", keep the store as evidence, and restore a backup from before"
            )),
        Fault::InUse(_) => CliError::try_again(message)
            .hinted("nothing was changed; stop the panels and services that use it, and run the same command again"),
        Fault::Interrupted => CliError::interrupted().hinted("nothing was created or changed"),
        Fault::Vault(crate::vault::VaultError::KeyFile(error)) => key_error(error),
        Fault::Other(_) => CliError::failed(message)
            .hinted(hint!("nothing was changed; check the store with ", check())),
        _ => CliError::new(Kind::Failed, message),
    }
}

/// A key file's failure, as the operator sees it.
pub fn key_error(error: &KeyFileError) -> CliError {
    let failed = CliError::failed(error.to_string());
    match error {
        KeyFileError::Exposed { why, .. } => failed.hinted(why.hint()),
        KeyFileError::Reserved { .. } => {
            failed.hinted("rename it, and set ADMIT_KEY_FILE or key-file to the new name")
        }
        _ => failed,
    }
}
