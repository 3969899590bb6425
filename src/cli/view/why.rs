//! `why` in words and in JSON.

use serde_json::{Map, Value, json};

use super::time;
use crate::cli::output::Row;
use crate::domain::remedy::Remedy;
use crate::domain::text::{shell_word, shown};
use crate::ops::why::Diagnosis;

/// The fields of a row, in their order.
pub const KEYS: &[&str] = &["target", "panel", "can_sign_in", "obstacles", "notes"];

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
    let mut row = Row::new(json).raw(text(diagnosis, prefix));
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

fn text(diagnosis: &Diagnosis, prefix: &[String]) -> String {
    let mut text = String::new();
    let mut line = |indent: usize, words: &str| {
        text.push_str(&" ".repeat(indent));
        text.push_str(&shown(words));
        text.push('\n');
    };
    let (who, panel) = (&diagnosis.target, &diagnosis.panel);
    if diagnosis.obstacles.is_empty() {
        line(
            0,
            &format!("{who} can sign in to {panel}: nothing is in the way."),
        );
    } else {
        line(0, &format!("{who} cannot sign in to {panel}:"));
    }
    for (number, found) in diagnosis.obstacles.iter().enumerate() {
        line(0, "");
        line(
            2,
            &format!(
                "{}. {} – {}",
                number + 1,
                found.obstacle.reason.as_str(),
                found.detail
            ),
        );
        remedies(&found.remedies, prefix, &mut line);
    }
    if !diagnosis.notes.is_empty() {
        line(0, "");
        line(0, "Worth knowing:");
        for note in &diagnosis.notes {
            line(2, &format!("- {}", note.detail));
            remedies(&note.remedies, prefix, &mut line);
        }
    }
    text
}

fn remedies(remedies: &[Remedy], prefix: &[String], line: &mut dyn FnMut(usize, &str)) {
    for remedy in remedies {
        match command(remedy, prefix) {
            Some(command) => {
                line(5, &format!("$ {command}"));
                line(7, &remedy.effect);
            }
            None => line(5, &format!("({})", remedy.effect)),
        }
    }
}
