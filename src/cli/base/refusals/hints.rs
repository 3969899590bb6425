//! Hints that need more than a command.

use super::About;
use crate::cli::base::printed::{Hint, command, hint};
use crate::domain::refusal::Claim;
use crate::domain::text::shown;
use crate::ops::Op;

/// The invitation that gives what was asked for.
pub(super) fn invite_instead(address: &str, with: &[String], about: About<'_>) -> Hint {
    let mut words = vec!["invite", address];
    words.extend(with.iter().map(String::as_str));
    let run = hint!("run ", about.command(&words));
    if ["--for", "--until"].iter().any(|end| words.contains(end)) {
        run
    } else {
        run.and(": it gives permanent access")
    }
}

/// How other accounts are connected with an address, and what to do.
pub(super) fn claimed(claim: &Claim, address: &str, op: &Op) -> Hint {
    // They may have no access to the panel of this run.
    let run = |words: &[&str]| command(words).in_no_panel();
    match claim {
        Claim::Waits { holder, .. } if claim.is_over(op.now) => hint!(
            format!(
                "the link to confirm it as the new address of {} has expired: mail a new one with ",
                shown(holder)
            ),
            run(&["edit", holder, "--address", address])
        ),
        Claim::Waits { holder, .. } => hint!(
            format!(
                "it is not yet confirmed as the new address of {}; mail a new link with ",
                shown(holder)
            ),
            run(&["edit", holder, "--address", address]),
            ", or call it off with ",
            run(&["edit", holder, "--cancel-address"])
        ),
        Claim::Former { holder, .. } => hint!(
            format!("it was the address of {}: see ", shown(holder)),
            run(&["show", holder])
        ),
    }
}
