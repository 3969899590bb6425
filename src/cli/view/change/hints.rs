//! What to do next, after what was done.

use crate::cli::base::times::TimeFormat;
use crate::cli::base::printed::{Hint, PrintedCommand, hint};
use crate::domain::old_password::OldPassword;
use crate::domain::when;
use crate::ops::outcome::{Deed, Outcome};
use crate::ops::unmet::Unmet;

/// Everything besides the sentence, or nothing.
pub(super) fn hint(
    outcome: &Outcome,
    times: &TimeFormat,
    command: &dyn Fn(&[&str]) -> PrintedCommand,
) -> Option<Hint> {
    let target = outcome.target.as_str();
    let mut hints = Vec::new();
    if let Some(unmet) = &outcome.unmet {
        hints.extend(not_done(&outcome.deed, target, unmet, times, command));
    }
    if hints.is_empty() && outcome.deed == Deed::PendingAlready {
        hints.push(hint!(
            "to mail a new link, use ",
            command(&["resend", target]),
            " or --resend-pending"
        ));
    }
    hints.extend(still_out(outcome, command));
    (!hints.is_empty()).then(|| Hint::joined(hints, "; "))
}

/// Only when access is given is it news that they still cannot sign in (L7).
fn still_out(outcome: &Outcome, command: &dyn Fn(&[&str]) -> PrintedCommand) -> Option<Hint> {
    let target = outcome.target.as_str();
    let lets_in = matches!(
        outcome.deed,
        Deed::Invited
            | Deed::Resent { .. }
            | Deed::AccessAdded
            | Deed::AccessRestored
            | Deed::Extended { .. }
            | Deed::InAlready
            | Deed::PendingAlready
            | Deed::EndsSoAlready
    );
    // A new password opens the locks of wrong tries, and no other.
    let resets = matches!(
        outcome.deed,
        Deed::ResetStarted { .. } | Deed::SecondFactorReset { .. }
    ) && outcome.old_password == Some(OldPassword::LockedByHand);
    if let Some(status) = outcome.still_barred.as_ref().filter(|_| lets_in || resets) {
        return Some(hint!(
            format!("the account is {} all the same: see ", status.as_str()),
            command(&["why", target])
        ));
    }
    match &outcome.old_password {
        Some(OldPassword::Void { .. }) if lets_in => Some(hint!(
            "to mail a link for a new password, use ",
            command(&["reset", "password", target])
        )),
        _ => None,
    }
}

/// What an invitation did not change, and the commands that do (I9).
fn not_done(
    deed: &Deed,
    target: &str,
    unmet: &Unmet,
    times: &TimeFormat,
    command: &dyn Fn(&[&str]) -> PrintedCommand,
) -> Option<Hint> {
    let mut what = Vec::new();
    let mut ways = Vec::new();
    if let Some(role) = &unmet.role {
        what.push("role");
        ways.push(command(&["role-of", target, "--set", role]));
    }
    if let Some(until) = unmet.until {
        what.push("end of access");
        let until = when::typed(until, &times.zone);
        ways.push(command(&["extend", target, "--until", &until]));
    }
    let mut edit: Vec<String> = vec!["edit".into(), target.into()];
    for (word, option, value) in [
        ("name", "--name", &unmet.name),
        ("phone number", "--phone", &unmet.phone),
        ("language", "--lang", &unmet.lang),
    ] {
        if let Some(value) = value {
            what.push(word);
            // One word, so that a value that begins with a hyphen is none of the options.
            if value.starts_with('-') {
                edit.push(format!("{option}={value}"));
            } else {
                edit.extend([option.to_owned(), value.clone()]);
            }
        }
    }
    if edit.len() > 2 {
        let words: Vec<&str> = edit.iter().map(String::as_str).collect();
        // The person is the same in every panel.
        ways.push(command(&words));
    }
    if what.is_empty() {
        return None;
    }
    let ways = Hint::listed(ways);
    Some(match (deed, what.as_slice()) {
        (Deed::PendingAlready, _) => {
            let are = if what.len() == 1 { "is" } else { "are" };
            let what = listed(&what);
            hint!(
                format!("the {what} asked for {are} not set: use "),
                ways,
                ", or --resend-pending, which also mails a new link"
            )
        }
        (_, ["end of access"]) => {
            hint!("an invitation does not move the end of access: use ", ways)
        }
        (_, [one]) => hint!(format!("an invitation does not change a {one}: use "), ways),
        (_, [one, other]) => {
            hint!(
                format!("an invitation changes neither the {one} nor the {other}: use "),
                ways
            )
        }
        _ => hint!(
            format!(
                "an invitation does not change {} of somebody who is in: use ",
                listed(&what)
            ),
            ways
        ),
    })
}

/// "a, b and c".
fn listed<T: AsRef<str>>(all: &[T]) -> String {
    let all: Vec<&str> = all.iter().map(AsRef::as_ref).collect();
    match all.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => all.concat(),
    }
}
