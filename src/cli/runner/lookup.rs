//! Finding a person by their name or a part of their address.
//!
//! Commands that only read continue with the person who was found, and name them; commands that change something never
//! do, because a name may easily be another's.

use std::collections::BTreeMap;

use crate::cli::base::address::parse_address;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::printed::{Hint, PrintedCommand, command, hint};
use crate::cli::base::refusals::{About, refusal_error};
use crate::domain::address::Address;
use crate::domain::admission::status_word;
use crate::domain::refusal::Refusal;
use crate::domain::text::{excerpt, shown};
use crate::ops::{Op, Scope};
use crate::store::{Fault, PersonFilter, Store};

/// So many are listed.
const LISTED: usize = 10;

/// Somebody whose name or address has the text in it.
struct Match {
    address: Address,
    name: Option<String>,
    /// Their status, in each panel if there are several.
    statuses: Vec<String>,
}

/// Those who match, the first of them, and whether there are more.
struct Matches {
    first: Vec<Match>,
    more: bool,
}

/// What is wrong with a text instead of an address; `None` if it is an address.
pub(in crate::cli) fn not_an_address(typed: &str) -> Option<Refusal> {
    parse_address(typed).err()
}

/// The one person that a text means, for a command that only reads. Whom it found is said.
///
/// # Errors
/// Nobody or several people match; the latter are listed.
pub(in crate::cli) fn person(
    cx: &mut Context,
    store: &mut Store,
    typed: &str,
    op: &Op,
) -> Result<Address, CliError> {
    let refusal = match parse_address(typed) {
        Ok(address) => return Ok(address),
        Err(refusal) => refusal,
    };
    let mut found = matches(store, typed, op)?;
    if !found.more && found.first.len() == 1 {
        let Match { address, name, .. } = found.first.remove(0);
        let name = name.map(|name| format!("{}, ", shown(&name)));
        cx.ui.status(format!(
            "'{}' is {}{}",
            excerpt(typed),
            name.unwrap_or_default(),
            address.as_str()
        ));
        return Ok(address);
    }
    Err(ambiguous(cx, typed, &found, &refusal, op))
}

/// Why a text instead of an address stops a command that changes something; the possible people are listed.
pub(in crate::cli) fn refusal(
    cx: &mut Context,
    store: &mut Store,
    typed: &str,
    why: &Refusal,
    op: &Op,
) -> CliError {
    match matches(store, typed, op) {
        Ok(found) => ambiguous(cx, typed, &found, why, op),
        Err(fault) => fault.into(),
    }
}

/// No, several, or one person who has to be named by address.
fn ambiguous(cx: &mut Context, typed: &str, found: &Matches, why: &Refusal, op: &Op) -> CliError {
    let what = excerpt(typed);
    let Some(first) = found.first.first() else {
        // With an @ it was meant to be an address, and what is wrong with that helps more.
        if typed.contains('@') || typed.trim().is_empty() {
            return refusal_error(why, About::of(typed), op);
        }
        return CliError::not_found(format!("no name or address contains '{what}'"))
            .hinted(hint!("list everyone with ", command(&["list"])));
    };
    for found in &found.first {
        let name = found
            .name
            .as_deref()
            .map(|name| format!("  {}", shown(name)));
        cx.ui.detail(&format!(
            "{}{}  {}",
            found.address.as_str(),
            name.unwrap_or_default(),
            found.statuses.join(", ")
        ));
    }
    if found.more {
        cx.ui.detail("and more");
    }
    let message = match (found.first.len(), found.more) {
        (1, _) => format!(
            "'{what}' is not an address; it matches {}",
            first.address.as_str()
        ),
        (many, false) => format!("'{what}' matches {many} people"),
        (many, true) => format!("'{what}' matches more than {many} people"),
    };
    CliError::not_found(message).hinted(run_for(cx, typed, found))
}

/// The same command for the first who was found.
fn run_for(cx: &Context, typed: &str, found: &Matches) -> Hint {
    let first = found.first.first().map_or(typed, |it| it.address.as_str());
    let hint = hint!("use the address, as in ", instead(cx, typed, first));
    if found.more {
        return hint
            .and("; all of them are listed by ")
            .and(command(&["list", "--search", typed]));
    }
    hint
}

/// The command line with one word replaced.
pub(in crate::cli) fn instead(cx: &Context, word: &str, other: &str) -> PrintedCommand {
    let words = cx
        .typed()
        .into_iter()
        .map(|each| match each.strip_suffix(word) {
            Some("") => other.to_owned(),
            Some(option) if option.starts_with("--") && option.ends_with('=') => {
                format!("{option}{other}")
            }
            _ => each,
        });
    command(&words.collect::<Vec<_>>())
}

/// Who has a text in their name or address.
fn matches(store: &mut Store, typed: &str, op: &Op) -> Result<Matches, Fault> {
    let text = typed.trim();
    if text.is_empty() {
        return Ok(Matches {
            first: Vec::new(),
            more: false,
        });
    }
    store.read(|tx| {
        let scope = Scope::load(tx)?;
        let several = scope.panels.len() > 1;
        let filter = PersonFilter {
            search: Some(text),
            ..PersonFilter::default()
        };
        let mut found: BTreeMap<String, Match> = BTreeMap::new();
        let mut more = false;
        tx.each_person(&filter, |person| {
            let Some(panel) = scope.panel_by_id(person.access.panel_id) else {
                return Ok(true);
            };
            let status = status_word(&scope.facts_of(tx, panel, &person, op)?, op.now);
            let status = if several {
                format!("{}: {status}", panel.name)
            } else {
                status.to_owned()
            };
            let key = person.account.address.key().to_owned();
            if !found.contains_key(&key) && found.len() == LISTED {
                more = true;
                return Ok(false);
            }
            found
                .entry(key)
                .or_insert_with(|| Match {
                    address: person.account.address.clone(),
                    name: person.account.name.clone(),
                    statuses: Vec::new(),
                })
                .statuses
                .push(status);
            Ok::<bool, Fault>(true)
        })?;
        Ok(Matches {
            first: found.into_values().collect(),
            more,
        })
    })
}
