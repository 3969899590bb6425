//! Why a person cannot sign in, with remedies, and what else explains a complaint (D1).

mod notes;

use crate::domain::address::Address;
use crate::domain::admission::{Facts, Obstacle, Reason, obstacles};
use crate::domain::clock::behind;
use crate::domain::diagnosis::explain;
use crate::domain::refusal::Claim;
use crate::domain::remedy::{self, Remedy};
use crate::domain::second_factor::FactorFacts;
use crate::domain::when;
use crate::store::Tx;

use self::notes::{Evidence, cause as claimed_cause, claimed, notes, too_short_since};
pub use self::notes::{MAIL_MISSING, Note, Refused};
use super::details::show;
use super::scope::nearest;
use super::{Op, OpError, Scope};

/// The diagnosis for one panel.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    /// The address, as it is stored, or as it was typed if it has no account.
    pub target: String,
    /// The panel.
    pub panel: String,
    /// Every obstacle, in D3's order.
    pub obstacles: Vec<Explained>,
    /// What refuses the person now although it is not an obstacle: the first hint explains it.
    pub refused: Option<Refused>,
    /// Hints: not obstacles, but they explain a complaint.
    pub notes: Vec<Note>,
}

/// One obstacle with its remedies.
#[derive(Clone, Debug)]
pub struct Explained {
    /// What.
    pub obstacle: Obstacle,
    /// The obstacle in a sentence.
    pub detail: String,
    /// What removes it.
    pub remedies: Vec<Remedy>,
}

/// Explains why a person can or cannot sign in, in one panel or in every panel they belong to. An address
/// without an account is a diagnosis too: its only obstacle is `unknown-address`. `mail_leaves`: whether mail
/// goes further than into files (M4).
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
    let details = show(tx, scope, op, address, panel, 50)?;
    let several = scope.panels.len() > 1;
    let slow = clock_note(tx, op);
    let mut diagnoses = Vec::new();
    for room in &details.rooms {
        let (account, access) = (&details.account, room.access.as_ref());
        let facts = scope.facts(tx, &room.panel, Some(account), access, op)?;
        let mut found = room.obstacles.clone();
        for obstacle in &mut found {
            obstacle.since = too_short_since(tx, &facts, obstacle)?;
        }
        let target = account.address.as_str();
        let evidence = Evidence::load(tx, op, &details, room)?;
        let naming = |remedy| naming(remedy, &room.panel.name, several);
        let told = notes(&details, room, &evidence, &naming, mail_leaves, op);
        let mut notes: Vec<Note> = slow.iter().cloned().chain(told).collect();
        let refused = bring_forward(&mut notes, &found);
        diagnoses.push(Diagnosis {
            target: target.to_owned(),
            panel: room.panel.name.clone(),
            obstacles: explain_all(&found, &facts, target, several, op),
            refused,
            notes,
        });
    }
    Ok(diagnoses)
}

/// Moves the newest hint about a refused attempt to the front. An obstacle refuses before it, unless the
/// obstacle is a failing set-up.
fn bring_forward(notes: &mut [Note], obstacles: &[Obstacle]) -> Option<Refused> {
    let setting_up = |obstacle: &Obstacle| obstacle.reason == Reason::SecondFactorSetupRequired;
    let newest = notes
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, note)| {
            obstacles.is_empty() || (obstacles.iter().all(setting_up) && note.is_about_a_clock())
        })
        .max_by_key(|(_, note)| note.refused.as_ref().map(|refused| refused.at))
        .map(|(place, _)| place)?;
    let refused = notes[newest].refused.clone()?;
    notes[..=newest].rotate_right(1);
    Some(refused)
}

/// A clock that is behind keeps people out although the clock alone would say that their access, lock or link
/// is valid.
fn clock_note(tx: &Tx<'_>, op: &Op) -> Option<Note> {
    let seen = tx.latest_time()?;
    let gap = behind(op.wall, Some(seen))?;
    Some(Note {
        kind: "clock-behind",
        detail: format!(
            "the clock of this machine is {} behind the latest time in the store, {}; expiry is judged by that time",
            when::span(gap),
            when::local(seen, &op.zone)
        ),
        remedies: vec![Remedy::step(
            &["store", "check", "--accept-clock"],
            "use this if the clock is correct now and was ahead before; otherwise correct the clock",
        )],
        refused: None,
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
    let (cause, notes, mut ways) = claims(tx, op, address, mail_leaves)?;
    if let Some(first) = explained.first_mut() {
        if let Some(cause) = cause {
            // Inviting the address would create a second account, and the first could not get the address any
            // more.
            first.detail = cause;
            first.remedies.clear();
        }
        if let Some(near) = nearest(tx, address)?
            && !ways.iter().any(|way| way.words.contains(&near))
        {
            let similar = Remedy::step(&["why", &near], "shows the most similar address");
            ways.push(similar);
        }
        // A known person comes first, a guess comes before an invitation.
        first.remedies.splice(0..0, ways);
    }
    Ok(Diagnosis {
        target: address.as_str().to_owned(),
        panel: panel.name.clone(),
        obstacles: explained,
        refused: None,
        notes,
    })
}

/// How other accounts are connected with an unknown address: the cause in a sentence, the hints, and the
/// remedies, most likely first.
type Claimed = (Option<String>, Vec<Note>, Vec<Remedy>);

fn claims(tx: &Tx<'_>, op: &Op, address: &Address, mail_leaves: bool) -> Result<Claimed, OpError> {
    let (mut cause, mut notes, mut ways) = (None, Vec::new(), Vec::<Remedy>::new());
    for claim in Claim::in_order(tx.address_claims(address)?, op.now) {
        let mut note = claimed(&claim, address, op);
        cause = cause.or_else(|| Some(claimed_cause(&claim, op)));
        for way in std::mem::take(&mut note.remedies) {
            if !ways.iter().any(|known| known.words == way.words) {
                ways.push(way);
            }
        }
        if matches!(claim, Claim::Waits { .. }) {
            let missing = if mail_leaves {
                MAIL_MISSING
            } else {
                "no mail server is configured, so the mail never left this machine: set mail.server in the settings"
            };
            note.detail = format!("{}; {missing}", note.detail);
        }
        notes.push(note);
    }
    Ok((cause, notes, ways))
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
            detail: explain(obstacle, facts, op.now, &op.zone),
            remedies: remedy::remedies(obstacle, facts, target, op.now, &op.zone)
                .into_iter()
                .map(|remedy| naming(remedy, &facts.panel.name, several))
                .collect(),
        })
        .collect()
}

/// Adds the panel to a command if there are several, unless the command is about the person or the whole
/// store.
fn naming(mut remedy: Remedy, panel: &str, several: bool) -> Remedy {
    let first = remedy.words.first().map(String::as_str);
    let names =
        first.is_some_and(|first| !["why", "edit", "mail", "panel", "store"].contains(&first));
    if several && names {
        remedy
            .words
            .extend(["--panel".to_owned(), panel.to_owned()]);
    }
    remedy
}

impl Diagnosis {
    /// What refuses the person now although it is not an obstacle.
    pub fn refused_now(&self) -> Option<&Note> {
        self.notes.first().filter(|_| self.refused.is_some())
    }
}

/// Whether the diagnoses contain no obstacle: the exit code of `why`.
pub fn can_sign_in(diagnoses: &[Diagnosis]) -> bool {
    diagnoses
        .iter()
        .all(|diagnosis| diagnosis.obstacles.is_empty())
}

/// Whether the address has an account.
pub fn is_known(diagnoses: &[Diagnosis]) -> bool {
    !diagnoses.iter().any(|diagnosis| {
        diagnosis
            .obstacles
            .iter()
            .any(|found| found.obstacle.reason == Reason::UnknownAddress)
    })
}
