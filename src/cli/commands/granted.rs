//! What inviting, resending and extending tell: access that was given.

use serde_json::Value;

use crate::cli::base::output::Field;
use crate::cli::base::printed::{Hint, hint};
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::told::{Commands, Told};
use crate::cli::view::change::{
    Facts, NOTHING, access_was, let_in, link, link_end, or_nothing, role, signs_in, term,
};
use crate::cli::view::{rows, time};
use crate::domain::when;
use crate::ops::grant::Granted;
use crate::ops::unmet::Unmet;

impl Told for Granted {
    fn action(&self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Resent { .. } => "resent",
            Self::AccessAdded => "access-added",
            Self::AccessRestored => "access-restored",
            Self::InAlready | Self::PendingAlready => "none",
        }
    }

    fn sentence(&self, facts: &Facts, times: &TimeFormat) -> String {
        let (panel, role) = (facts.panel.as_str(), role(facts));
        let (term, link) = (term(facts, times), link(facts, times));
        let was = access_was(facts);
        match self {
            Self::Invited => format!("{was} → invited to {panel} as {role}, {term}{link}"),
            Self::Resent { superseded_sent_at } => {
                let dead = superseded_sent_at
                    .map(|sent| {
                        format!(
                            "; the previous link, from {}, no longer works",
                            times.at(sent)
                        )
                    })
                    .unwrap_or_default();
                format!("invited → invited again to {panel} as {role}, {term}{dead}{link}")
            }
            Self::AccessAdded | Self::AccessRestored => format!(
                "{was} → active in {panel} as {role}, {term}; {}",
                signs_in(facts, times)
            ),
            Self::InAlready => {
                let notifies = facts.unmet.as_ref().is_some_and(|unmet| unmet.notify);
                let no_mail = or_nothing(notifies, ", no mail");
                format!("already in {panel} as {role}, {term}: {NOTHING}{no_mail}")
            }
            Self::PendingAlready => {
                format!("already invited to {panel} as {role}, {term}: {NOTHING}, no mail")
            }
        }
    }

    fn fields(&self, facts: &Facts) -> Vec<(Field, Value)> {
        let mut fields = link_end(rows::INVITATION_EXPIRES_AT, facts);
        if let Self::Resent { superseded_sent_at } = self {
            fields.push((rows::SUPERSEDED_SENT_AT, time(*superseded_sent_at)));
        }
        fields
    }

    fn hints(&self, facts: &Facts, times: &TimeFormat, command: Commands<'_>) -> Vec<Hint> {
        let target = facts.target.as_str();
        let mut hints: Vec<Hint> = facts
            .unmet
            .as_deref()
            .and_then(|unmet| not_done(self, target, unmet, times, command))
            .into_iter()
            .collect();
        if hints.is_empty() && *self == Self::PendingAlready {
            hints.push(hint!(
                "to mail a new link, use ",
                command(&["resend", target]),
                " or --resend-pending"
            ));
        }
        hints.extend(let_in(facts, command));
        hints
    }
}

/// What an invitation did not change, and the commands that do (I9).
fn not_done(
    change: &Granted,
    target: &str,
    unmet: &Unmet,
    times: &TimeFormat,
    command: Commands<'_>,
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
    Some(match (change, what.as_slice()) {
        (Granted::PendingAlready, _) => {
            let are = if what.len() == 1 { "is" } else { "are" };
            hint!(
                "the ",
                Hint::listed(what.iter().copied()),
                format!(" asked for {are} not set: use "),
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
            "an invitation does not change ",
            Hint::listed(what.iter().copied()),
            " of people who already have access: use ",
            ways
        ),
    })
}
