//! Hints that need more than a command.

use super::About;
use crate::domain::refusal::Claim;
use crate::domain::text::shown;
use crate::ops::Op;

/// The invitation that gives what was asked for.
pub(super) fn invite_instead(address: &str, with: &[String], about: About<'_>) -> String {
    let mut words = vec!["invite", address];
    words.extend(with.iter().map(String::as_str));
    let command = about.command(&words);
    if ["--for", "--until"].iter().any(|end| words.contains(end)) {
        format!("run `{command}`")
    } else {
        format!("run `{command}`: it gives permanent access")
    }
}

/// How other accounts are connected with an address, and what to do.
pub(super) fn claimed(claim: &Claim, address: &str, about: About<'_>, op: &Op) -> String {
    let about = About {
        panel: None,
        ..about
    };
    match claim {
        Claim::Waits { holder, .. } if claim.is_over(op.now) => format!(
            "the link to confirm it as the new address of {} has expired; mail a new one with `{}`",
            shown(holder),
            about.command(&["edit", holder, "--address", address])
        ),
        Claim::Waits { holder, .. } => format!(
            "it is not yet confirmed as the new address of {}; mail a new link with `{}`, or cancel the change with `{}`",
            shown(holder),
            about.command(&["edit", holder, "--address", address]),
            about.command(&["edit", holder, "--cancel-address"])
        ),
        Claim::Former { holder, .. } => format!(
            "it was the address of {}: see `{}`",
            shown(holder),
            about.command(&["show", holder])
        ),
    }
}
