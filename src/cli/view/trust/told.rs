//! What happened to a network's entries, in a sentence, and what to do next.

use super::{term, whom};
use crate::cli::base::printed::{Hint, PrintedCommand, hint};
use crate::cli::base::times::TimeFormat;
use crate::ops::trust::{Around, Rest, TrustChange, TrustResult};

pub(super) fn sentence(outcome: &TrustResult, times: &TimeFormat) -> String {
    let whom = match &outcome.address {
        Some(address) => format!("{address} in {}", outcome.panel),
        None => whom(None, &outcome.panel),
    };
    let was = term(outcome.before.as_ref(), outcome.lifetime, times);
    let is = term(outcome.after.as_ref(), outcome.lifetime, times);
    let theirs = match outcome.address {
        Some(_) => "the account",
        None => "their accounts",
    };
    match &outcome.change {
        TrustChange::Trusted => match &outcome.rest.around {
            Some(around) => format!(
                "trusted for {whom}, {} → also by itself, {is}; from there only the password protects {theirs}",
                how(outcome, *around)
            ),
            None => format!(
                "not trusted → trusted for {whom}, {is}; no code is required from there, only the password protects {theirs}"
            ),
        },
        TrustChange::Changed if was == is => {
            let note = outcome.after.as_ref().and_then(|it| it.note.as_deref());
            format!(
                "trusted for {whom}, {is}; the note is now: {}",
                note.unwrap_or("none")
            )
        }
        TrustChange::Changed => format!("trusted for {whom}, {was} → {is}"),
        TrustChange::TrustedAlready => {
            format!("already trusted for {whom}, {is}: nothing changed")
        }
        TrustChange::Removed { was_over: true, .. } => {
            format!(
                "was trusted for {whom} until it ended → removed{}",
                still(&outcome.rest)
            )
        }
        TrustChange::Removed { .. } if outcome.rest.around.is_some() => {
            format!(
                "trusted for {whom} → not trusted by itself{}",
                still(&outcome.rest)
            )
        }
        TrustChange::Removed { .. } => format!(
            "trusted for {whom} → not trusted; codes are required again from the next sign-in on{}",
            still(&outcome.rest)
        ),
        TrustChange::NotTrusted => not_trusted(outcome, &whom),
    }
}

/// What still makes a code unnecessary.
fn still(rest: &Rest) -> String {
    let mut clauses = String::new();
    if let Some(around) = &rest.around {
        clauses.push_str(&format!(
            "; {} still makes a code unnecessary",
            around.network
        ));
    }
    match rest.inside {
        0 => {}
        1 => clauses.push_str("; 1 entry for a part of it still makes a code unnecessary"),
        some => clauses.push_str(&format!(
            "; {some} entries for parts of it still make a code unnecessary"
        )),
    }
    match rest.people {
        0 => {}
        1 => clauses.push_str("; 1 person trusts it, or a part of it, individually"),
        some => clauses.push_str(&format!(
            "; {some} people trust it, or a part of it, individually"
        )),
    }
    clauses
}

/// By what a network is trusted, if not by an entry of its own.
fn how(outcome: &TrustResult, around: Around) -> String {
    match (outcome.network == around.network, around.for_everyone) {
        (true, true) => "like everyone there".to_owned(),
        (true, false) => "by a code that was entered there".to_owned(),
        (false, true) if outcome.address.is_some() => {
            format!(
                "as part of {}, which is trusted for everyone",
                around.network
            )
        }
        (false, _) => format!("as part of {}", around.network),
    }
}

fn not_trusted(outcome: &TrustResult, whom: &str) -> String {
    match &outcome.rest {
        Rest {
            around: Some(around),
            ..
        } => format!(
            "is trusted for {whom}, {}: nothing changed",
            how(outcome, *around)
        ),
        Rest { inside: 0, .. } => format!("is not trusted for {whom}: nothing changed"),
        rest => format!(
            "is not trusted as a whole for {whom}: nothing changed{}",
            still(&Rest {
                people: 0,
                ..rest.clone()
            })
        ),
    }
}

/// The next step, with commands that work when they are pasted.
pub(super) fn hint(
    outcome: &TrustResult,
    command: &dyn Fn(&[&str]) -> PrintedCommand,
) -> Option<Hint> {
    let network = outcome.network;
    let rest = &outcome.rest;
    let list = || {
        let first = network.first().to_string();
        if network.is_single() {
            command(&["trust", "list", "--ip", &first])
        } else {
            command(&["trust", "list"])
        }
    };
    match (&outcome.change, &rest.around) {
        (TrustChange::NotTrusted, Some(around)) => {
            let all = around.network.to_string();
            let mut words = vec!["trust", "remove", all.as_str()];
            if let Some(address) = outcome.address.as_deref().filter(|_| !around.for_everyone) {
                words.extend(["--person", address]);
            }
            let whom = if around.for_everyone {
                "everyone"
            } else {
                "them"
            };
            Some(hint!(
                format!("to ask {whom} for codes from all of {all} again, use "),
                command(&words)
            ))
        }
        (TrustChange::NotTrusted, None) if rest.inside > 0 => {
            Some(hint!("see the valid entries with ", list()))
        }
        (TrustChange::NotTrusted, None) if rest.people > 0 => Some(hint!(
            "it is trusted for some people individually; see them with ",
            list()
        )),
        (TrustChange::Removed { .. }, _) if *rest != Rest::default() => {
            Some(hint!("see the remaining entries with ", list()))
        }
        _ => None,
    }
}
