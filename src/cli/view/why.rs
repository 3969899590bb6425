//! `why` in words and in JSON.

use serde_json::{Value, json};

use super::time;
use crate::cli::base::colour::Role;
use crate::cli::base::lines::{Cell, Line};
use crate::cli::base::output::{Row, fields};
use crate::cli::base::printed::{RunOptions, command};
use crate::domain::remedy::Remedy;
use crate::ops::why::{Diagnosis, Note};

fields! {
    /// Whether a person can sign in to a panel.
    pub struct DiagnosisFields {
        target: String = "the address as it is stored, or as it was given",
        panel: String = "the panel of this row",
        can_sign_in: bool = "whether the person can sign in there now",
        obstacles: Value = "the obstacles, in order: reason, since, until, detail, and remedies with command (null if none helps) and effect",
        notes: Value = "hints that are not obstacles but explain a complaint: kind, detail, and remedies as above",
        refused_now: Value = "what refused the last attempt and still does, although it is not an obstacle: kind (that of the first note), since and because; or null",
    }
}

/// One diagnosis.
pub fn row(diagnosis: &Diagnosis, run: &RunOptions) -> Row {
    let remedies = |remedies: &[Remedy]| -> Value {
        remedies
            .iter()
            .map(|remedy| json!({ "command": printed_command(remedy, run), "effect": remedy.effect }))
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
    let can_sign_in = diagnosis.obstacles.is_empty() && diagnosis.refused.is_none();
    let refused = diagnosis.refused.as_ref().zip(diagnosis.refused_now());
    let refused = refused.map(|(refused, note)| {
        json!({ "kind": note.kind, "since": time(Some(refused.at)), "because": refused.because })
    });
    let fields = DiagnosisFields {
        target: diagnosis.target.clone(),
        panel: diagnosis.panel.clone(),
        can_sign_in,
        obstacles,
        notes,
        refused_now: refused.into(),
    };
    let mut row = Row::new(fields).lines(lines(diagnosis, run));
    if can_sign_in {
        row = row.plain(diagnosis.target.clone());
    }
    row
}

/// The command of a remedy, as it is printed; `None` if no command helps.
fn printed_command(remedy: &Remedy, run: &RunOptions) -> Option<String> {
    let words = &remedy.words;
    (!words.is_empty()).then(|| command(words).print(run))
}

/// Notes that explain nothing by themselves: good to know once the rest has been told.
const BACKGROUND: [&str; 8] = [
    "invitation",
    "reset-link",
    "mail-sent",
    "mail-queued",
    "locks-in-a-row",
    "backup-codes-low",
    "trust-ended",
    "second-factor",
];

/// First what the operator reads out or pastes, then further information.
fn lines(diagnosis: &Diagnosis, run: &RunOptions) -> Vec<Line> {
    let mut page = Page {
        run,
        lines: vec![headline(diagnosis)],
        commands: Vec::new(),
    };
    let (first, rest) = match diagnosis.refused_now() {
        Some(first) => (Some(first), diagnosis.notes.get(1..).unwrap_or_default()),
        None => (None, diagnosis.notes.as_slice()),
    };
    if let Some(first) = first {
        page.blank();
        page.note(first);
    }
    let several = diagnosis.obstacles.len() > 1;
    for (number, found) in diagnosis.obstacles.iter().enumerate() {
        page.blank();
        let number = if several {
            format!("{}. ", number + 1)
        } else {
            String::new()
        };
        let indent = number.len();
        let pieces = [
            Cell::from(number),
            Cell::new(found.obstacle.reason.as_str(), Role::Bad),
            Cell::from(format!(" – {}", found.detail)),
        ];
        page.lines.push(Line::of(2, pieces).hanging(indent));
        page.remedies(&found.remedies);
    }
    let background = |note: &&Note| BACKGROUND.contains(&note.kind);
    let (known, telling): (Vec<&Note>, Vec<&Note>) = rest.iter().partition(background);
    page.section("Worth knowing:", &telling);
    page.section("Also known:", &known);
    page.lines
}

/// The lines in the making.
struct Page<'a> {
    run: &'a RunOptions,
    lines: Vec<Line>,
    /// What is there to be pasted already.
    commands: Vec<String>,
}

impl Page<'_> {
    fn blank(&mut self) {
        self.lines.push(Line::default());
    }

    /// Notes below a heading. One whose commands are all there already and that says nothing else is left out.
    fn section(&mut self, heading: &str, notes: &[&Note]) {
        let is_there = |remedy: &Remedy| {
            printed_command(remedy, self.run)
                .is_some_and(|command| self.commands.contains(&command))
        };
        let repeats =
            |note: &Note| note.kind == "forgotten-password" && note.remedies.iter().all(is_there);
        let notes: Vec<_> = notes.iter().filter(|note| !repeats(note)).collect();
        if notes.is_empty() {
            return;
        }
        self.blank();
        self.lines.push(Line::new(0, heading));
        for note in notes {
            self.note(note);
        }
    }

    fn note(&mut self, note: &Note) {
        self.lines
            .push(Line::new(2, format!("- {}", note.detail)).hanging(2));
        self.remedies(&note.remedies);
    }

    /// Commands stand alone on their lines, to be pasted; one that is there already is not printed again.
    fn remedies(&mut self, remedies: &[Remedy]) {
        for remedy in remedies {
            match printed_command(remedy, self.run) {
                Some(command) if self.commands.contains(&command) => {}
                Some(command) => {
                    self.lines.push(Line::command(4, &command));
                    self.lines.push(Line::new(6, remedy.effect.clone()));
                    self.commands.push(command);
                }
                None => self
                    .lines
                    .push(Line::new(4, format!("({})", remedy.effect)).hanging(1)),
            }
        }
    }
}

/// What refuses the person now.
fn headline(diagnosis: &Diagnosis) -> Line {
    let (who, panel) = (&diagnosis.target, &diagnosis.panel);
    let because = diagnosis.refused.as_ref().map(|refused| &refused.because);
    let (verdict, rest) = match (diagnosis.obstacles.is_empty(), because) {
        (true, None) => (
            Cell::new("can sign in", Role::Good),
            format!(" to {panel}."),
        ),
        (true, Some(because)) => (
            Cell::new("is refused", Role::Bad),
            format!(" by {panel}: {because}. There is no other obstacle."),
        ),
        (false, None) => (
            Cell::new("cannot sign in", Role::Bad),
            format!(" to {panel}: {}", reasons(diagnosis)),
        ),
        (false, Some(because)) => (
            Cell::new("cannot sign in", Role::Bad),
            format!(" to {panel}: {because}."),
        ),
    };
    Line::of(
        0,
        [Cell::from(format!("{who} ")), verdict, Cell::from(rest)],
    )
}

/// The obstacles in a few words, the first one first.
fn reasons(diagnosis: &Diagnosis) -> String {
    let words = diagnosis
        .obstacles
        .iter()
        .map(|found| found.obstacle.reason.as_str().replace('-', " "));
    words.collect::<Vec<_>>().join(", ")
}
