//! Changing settings of a panel or of the store: show what it does, ask if it weakens something, write, report.

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::printed::hint;
use crate::cli::base::refusals::{About, failure};
use crate::cli::view::setting::{self, ChangeFields};
use crate::ops::settings::{Assignment, Plan, Target, change, effects, plan};
use crate::ops::{OpError, Scope};
use crate::store::Done;

/// Reads `KEY=VALUE` words; `KEY=` goes back to the default.
///
/// # Errors
/// A word without `=`, and a key that is named twice.
pub(super) fn assignments(words: &[String]) -> Result<Vec<Assignment>, CliError> {
    let mut found: Vec<Assignment> = Vec::new();
    for word in words {
        let Some((key, value)) = word.split_once('=') else {
            return Err(
                CliError::usage(format!("'{word}' is not a setting with a value"))
                    .hinted("use KEY=VALUE, as in second-factor=required"),
            );
        };
        let (key, value) = (key.trim(), value.trim());
        if found.iter().any(|known| known.key == key) {
            return Err(
                CliError::usage(format!("{key} is set twice")).hinted("use each key only once")
            );
        }
        found.push(Assignment {
            key: key.to_owned(),
            value: Some(value.to_owned()).filter(|value| !value.is_empty()),
        });
    }
    if found.is_empty() {
        return Err(CliError::usage("no settings given")
            .hinted("use KEY=VALUE, as in second-factor=required"));
    }
    Ok(found)
}

/// Makes the change.
pub(super) fn settle(
    cx: &mut Context,
    target: Target<'_>,
    assignments: &[Assignment],
) -> Result<Finish, CliError> {
    cx.report.keys(ChangeFields::FIELDS);
    let mut store = cx.open_store()?;
    let op = cx.op();
    let explain = |error: OpError| failure(error, &op);
    let times = cx.times();
    let (planned, effects) = store
        .read(|tx| {
            let scope = Scope::load(tx)?;
            let planned = plan(&scope, &op, target, assignments)?;
            let effects = effects(tx, &op, &planned)?;
            Ok((planned, effects))
        })
        .map_err(explain)?;
    let about = About {
        address: "",
        panel: planned.named_panel(),
    };
    for (warning, command) in setting::warnings(&planned, &effects) {
        cx.ui.warning(&warning);
        if let Some(words) = command {
            cx.ui.hint(hint!("list them with ", about.command(words)));
        }
    }
    if !planned.weakens.is_empty() {
        cx.confirm(&question(&planned))?;
    }
    let done = store
        .change(|tx| {
            let plan = change(tx, &op, target, assignments, &planned.weakens)?;
            Ok(if plan.changes() {
                Done::recorded(plan)
            } else {
                Done::nothing(plan)
            })
        })
        .map_err(explain)?;
    cx.row(setting::row(&done, &effects, cx.dry_run(), &times))?;
    for note in setting::notes(&done) {
        cx.ui.status(note);
    }
    Ok(Finish::Done)
}

fn question(plan: &Plan) -> String {
    let whose = match &plan.panel {
        Some(panel) => format!("the panel {}", panel.name),
        None => "the store".to_owned(),
    };
    format!(
        "This weakens {whose}: {}. Continue?",
        plan.weakens.join("; ")
    )
}
