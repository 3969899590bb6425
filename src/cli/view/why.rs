//! `why` in words and in JSON.

use serde_json::{Map, Value, json};

use super::time;
use crate::cli::output::{Cell, Field, Line, Row, field};
use crate::cli::ui::Role;
use crate::domain::remedy::Remedy;
use crate::domain::text::shell_word;
use crate::ops::why::Diagnosis;

/// The fields of a row, in their order.
pub const KEYS: &[Field] = &[
    field("target", "the address as it is stored, or as it was given"),
    field("panel", "the panel of this row"),
    field("can_sign_in", "whether nothing is in the way there"),
    field(
        "obstacles",
        "what is in the way, the first first: reason, since, until, detail, and remedies with command (null if none helps) and effect",
    ),
    field(
        "notes",
        "what is no obstacle but explains a complaint: kind, detail, and remedies as above",
    ),
];

/// One diagnosis.
pub fn row(diagnosis: &Diagnosis, prefix: &[String]) -> Row {
    let command = |remedy: &Remedy| command(remedy, prefix);
    let remedies = |remedies: &[Remedy]| -> Value {
        remedies
            .iter()
            .map(|remedy| json!({ "command": command(remedy), "effect": remedy.effect }))
            .collect()
    };
    let obstacles: Value = diagnosis
        .obstacles
        .iter()
        .map(|found| {
            json!({
                "reason": found.obstacle.reason.as_str(),
                "since": time(found.obstacle.since),
                "until": time(found.obstacle.until),
                "detail": found.detail,
                "remedies": remedies(&found.remedies),
            })
        })
        .collect();
    let notes: Value = diagnosis
        .notes
        .iter()
        .map(|note| json!({ "kind": note.kind, "detail": note.detail, "remedies": remedies(&note.remedies) }))
        .collect();
    let mut json = Map::new();
    json.insert("target".into(), diagnosis.target.clone().into());
    json.insert("panel".into(), diagnosis.panel.clone().into());
    json.insert("can_sign_in".into(), diagnosis.obstacles.is_empty().into());
    json.insert("obstacles".into(), obstacles);
    json.insert("notes".into(), notes);
    let mut row = Row::new(json).lines(lines(diagnosis, prefix));
    if diagnosis.obstacles.is_empty() {
        row = row.plain(diagnosis.target.clone());
    }
    row
}

/// A command that works when it is pasted; `None` if the remedy is none.
fn command(remedy: &Remedy, prefix: &[String]) -> Option<String> {
    if remedy.words.is_empty() {
        return None;
    }
    let words = prefix.iter().chain(&remedy.words);
    Some(
        words
            .map(|word| shell_word(word))
            .collect::<Vec<_>>()
            .join(" "),
    )
}

fn lines(diagnosis: &Diagnosis, prefix: &[String]) -> Vec<Line> {
    let mut lines = Vec::new();
    let (who, panel) = (&diagnosis.target, &diagnosis.panel);
    lines.push(if diagnosis.obstacles.is_empty() {
        Line::of(
            0,
            [
                Cell::from(format!("{who} ")),
                Cell::new("can sign in", Role::Good),
                Cell::from(format!(" to {panel}: nothing is in the way.")),
            ],
        )
    } else {
        Line::of(
            0,
            [
                Cell::from(format!("{who} ")),
                Cell::new("cannot sign in", Role::Bad),
                Cell::from(format!(" to {panel}:")),
            ],
        )
    });
    for (number, found) in diagnosis.obstacles.iter().enumerate() {
        let number = format!("{}. ", number + 1);
        let indent = number.len();
        lines.push(Line::default());
        lines.push(
            Line::of(
                2,
                [
                    Cell::from(number),
                    Cell::new(found.obstacle.reason.as_str(), Role::Bad),
                    Cell::from(format!(" – {}", found.detail)),
                ],
            )
            .hanging(indent),
        );
        remedies(&found.remedies, prefix, &mut lines);
    }
    if !diagnosis.notes.is_empty() {
        lines.push(Line::default());
        lines.push(Line::new(0, "Worth knowing:"));
        for note in &diagnosis.notes {
            lines.push(Line::new(2, format!("- {}", note.detail)).hanging(2));
            remedies(&note.remedies, prefix, &mut lines);
        }
    }
    lines
}

fn remedies(remedies: &[Remedy], prefix: &[String], lines: &mut Vec<Line>) {
    for remedy in remedies {
        match command(remedy, prefix) {
            Some(command) => {
                lines.push(Line::command(5, &command));
                lines.push(Line::new(7, remedy.effect.clone()));
            }
            None => lines.push(Line::new(5, format!("({})", remedy.effect)).hanging(1)),
        }
    }
}
