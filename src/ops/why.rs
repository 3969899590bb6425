//! Why a person cannot come in, with the ways out, and what else explains a complaint (D1).

use crate::domain::address::Address;
use crate::domain::admission::{Facts, Obstacle, Reason, obstacles};
use crate::domain::clock::behind;
use crate::domain::refusal::Claim;
use crate::domain::remedy::{self, Remedy};
use crate::domain::second_factor::FactorFacts;
use crate::domain::when;
use crate::store::Tx;

use super::look::show;
pub use super::notes::{MAIL_MISSING, Note};
use super::notes::{claimed, notes};
use super::scope::nearest;
use super::{Op, OpError, Scope};

/// What `why` says about one panel.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The address, as it is stored, or as it was typed if nobody has it.
    pub target: String,
    /// The panel.
    pub panel: String,
    /// Everything in the way, in D3's order.
    pub obstacles: Vec<Explained>,
    /// What is no obstacle but explains a complaint.
    pub notes: Vec<Note>,
}

/// One obstacle with the ways out.
#[derive(Clone, Debug)]
pub struct Explained {
    /// What.
    pub obstacle: Obstacle,
    /// In a sentence.
    pub detail: String,
    /// What mends it.
    pub remedies: Vec<Remedy>,
}

/// Tells why a person can or cannot come in, in one panel or in every one they belong to. An address that
/// nobody has is a diagnosis too: its one obstacle is `unknown-address`. `mail_leaves` says whether mail goes
/// further than into files (M4).
///
/// # Errors
/// An unknown panel, or a failing store.
pub fn why(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
    mail_leaves: bool,
) -> Result<Vec<Diagnosis>, OpError> {
    if tx.account(address)?.is_none() {
        return Ok(vec![nobody(tx, scope, op, address, panel, mail_leaves)?]);
    }
    let portrait = show(tx, scope, op, address, panel, 50)?;
    let several = scope.panels.len() > 1;
    let slow = clock_note(tx, op);
    let mut diagnoses = Vec::new();
    for room in &portrait.rooms {
        let facts = scope.facts(
            tx,
            &room.panel,
            Some(&portrait.account),
            room.access.as_ref(),
            op,
        )?;
        let target = portrait.account.address.as_str();
        diagnoses.push(Diagnosis {
            target: target.to_owned(),
            panel: room.panel.name.clone(),
            obstacles: explain_all(&room.obstacles, &facts, target, several, op),
            notes: slow
                .iter()
                .cloned()
                .chain(notes(
                    &portrait,
                    room,
                    &|remedy| naming(remedy, &room.panel.name, several),
                    mail_leaves,
                    op,
                ))
                .collect(),
        });
    }
    Ok(diagnoses)
}

/// A clock that is behind keeps people out whose access, lock or link it says to be different.
fn clock_note(tx: &Tx<'_>, op: &Op) -> Option<Note> {
    let seen = tx.latest_time()?;
    let gap = behind(op.wall, Some(seen))?;
    Some(Note {
        kind: "clock-behind",
        detail: format!(
            "the clock of this machine is {} behind the latest time in the store, {}: what ends is judged by that time",
            when::span(gap),
            when::local(seen, &op.zone)
        ),
        remedies: vec![Remedy::step(
            &["store", "check", "--accept-clock"],
            "if the clock is right now and was ahead before; else set it right",
        )],
    })
}

fn nobody(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
    mail_leaves: bool,
) -> Result<Diagnosis, OpError> {
    let panel = match panel {
        Some(name) => scope.panel(name)?,
        None => scope
            .panels
            .first()
            .ok_or_else(|| OpError::Input("the store has no panel".into()))?,
    };
    let facts = Facts {
        panel,
        account: None,
        access: None,
        factor: FactorFacts::default(),
        signed_in_since: None,
    };
    let several = scope.panels.len() > 1;
    let mut explained = explain_all(
        &obstacles(&facts, op.now),
        &facts,
        address.as_str(),
        several,
        op,
    );
    let (notes, ways) = claims(tx, op, address, mail_leaves)?;
    if let Some(first) = explained.first_mut() {
        if !ways.is_empty() {
            // Inviting the address would make a second account, and the first could not have it any more.
            first.remedies = ways;
        }
        if let Some(near) = nearest(tx, address)? {
            first.remedies.insert(
                0,
                Remedy::step(&["why", &near], "looks at the most similar address"),
            );
        }
    }
    Ok(Diagnosis {
        target: address.as_str().to_owned(),
        panel: panel.name.clone(),
        obstacles: explained,
        notes,
    })
}

/// What others have to do with an address that nobody has, and what helps where one waits to be confirmed.
fn claims(
    tx: &Tx<'_>,
    op: &Op,
    address: &Address,
    mail_leaves: bool,
) -> Result<(Vec<Note>, Vec<Remedy>), OpError> {
    let (mut notes, mut ways) = (Vec::new(), Vec::new());
    for claim in tx.address_claims(address)? {
        if claim.is_over(op.now) {
            continue;
        }
        let mut note = claimed(&claim, address, op);
        if matches!(claim, Claim::Waits { .. }) {
            ways.append(&mut note.remedies);
            let missing = if mail_leaves {
                MAIL_MISSING
            } else {
                "no mail server is configured, so it never left this machine"
            };
            note.detail = format!("{}; {missing}", note.detail);
        }
        notes.push(note);
    }
    Ok((notes, ways))
}

fn explain_all(
    obstacles: &[Obstacle],
    facts: &Facts<'_>,
    target: &str,
    several: bool,
    op: &Op,
) -> Vec<Explained> {
    obstacles
        .iter()
        .map(|obstacle| Explained {
            obstacle: *obstacle,
            detail: remedy::explain(obstacle, facts, op.now, &op.zone),
            remedies: remedy::remedies(obstacle, facts, target, op.now, &op.zone)
                .into_iter()
                .map(|remedy| naming(remedy, &facts.panel.name, several))
                .collect(),
        })
        .collect()
}

/// Where there are several panels, a command must say which, unless it is about the person or the whole store.
fn naming(mut remedy: Remedy, panel: &str, several: bool) -> Remedy {
    let first = remedy.words.first().map(String::as_str);
    let names = first.is_some_and(|first| !["why", "edit", "mail"].contains(&first));
    if several && names {
        remedy
            .words
            .extend(["--panel".to_owned(), panel.to_owned()]);
    }
    remedy
}

/// Whether nobody is in the way of a diagnosis: the exit code of `why`.
pub fn can_sign_in(diagnoses: &[Diagnosis]) -> bool {
    diagnoses
        .iter()
        .all(|diagnosis| diagnosis.obstacles.is_empty())
}

/// Whether the address is known.
pub fn is_known(diagnoses: &[Diagnosis]) -> bool {
    !diagnoses.iter().any(|diagnosis| {
        diagnosis
            .obstacles
            .iter()
            .any(|found| found.obstacle.reason == Reason::UnknownAddress)
    })
}
