//! Why a person cannot come in, with the ways out, and what else explains a complaint (D1).

use jiff::{SignedDuration, Timestamp};

use crate::domain::address::Address;
use crate::domain::admission::{Facts, Obstacle, Reason, obstacles};
use crate::domain::event::Action;
use crate::domain::link::LinkState;
use crate::domain::policy::MAIL_IS_LATE;
use crate::domain::remedy::{self, Remedy};
use crate::domain::second_factor::FactorFacts;
use crate::domain::when;
use crate::store::{AuditEntry, MailRow, MailState, Tx};

use super::look::{Portrait, Room, show};
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

/// Something worth knowing.
#[derive(Clone, Debug)]
pub struct Note {
    /// A word for scripts.
    pub kind: &'static str,
    /// In a sentence.
    pub detail: String,
    /// What helps.
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
        return Ok(vec![nobody(tx, scope, op, address, panel)?]);
    }
    let portrait = show(tx, scope, op, address, panel, 50)?;
    let several = scope.panels.len() > 1;
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
            notes: notes(&portrait, room, several, mail_leaves, op),
        });
    }
    Ok(diagnoses)
}

fn nobody(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
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
    if let Some(near) = nearest(tx, address)?
        && let Some(first) = explained.first_mut()
    {
        first.remedies.insert(
            0,
            Remedy::step(&["why", &near], "looks at the most similar address"),
        );
    }
    Ok(Diagnosis {
        target: address.as_str().to_owned(),
        panel: panel.name.clone(),
        obstacles: explained,
        notes: Vec::new(),
    })
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

/// Where there are several panels, a command must say which.
fn naming(mut remedy: Remedy, panel: &str, several: bool) -> Remedy {
    if several && !remedy.words.is_empty() && remedy.words[0] != "why" {
        remedy
            .words
            .extend(["--panel".to_owned(), panel.to_owned()]);
    }
    remedy
}

/// Why mail may not be where people look for it (I11).
pub const MAIL_MISSING: &str = "not in the inbox? It is most often in the spam folder, or a firewall does not let the sender's domain through";

fn notes(portrait: &Portrait, room: &Room, several: bool, mail_leaves: bool, op: &Op) -> Vec<Note> {
    let mut notes = Vec::new();
    let account = &portrait.account;
    let address = account.address.as_str();
    let panel = &room.panel.name;
    let at = |time: Timestamp| {
        format!(
            "{} ({})",
            when::local(time, &op.zone),
            when::relative(time, op.now)
        )
    };
    let mut note = |kind, detail, remedies: Vec<Remedy>| {
        let remedies = remedies
            .into_iter()
            .map(|remedy| naming(remedy, panel, several))
            .collect();
        notes.push(Note {
            kind,
            detail,
            remedies,
        });
    };
    if !account.is_registered()
        && let Some(link) = &room.invitation
    {
        match link.state(op.now) {
            LinkState::Live => note(
                "invitation",
                format!(
                    "an invitation from {} works until {}",
                    at(link.created_at),
                    at(link.expires_at)
                ),
                vec![],
            ),
            LinkState::Expired(over) => note(
                "invitation-expired",
                format!(
                    "the invitation from {} expired: {}",
                    at(link.created_at),
                    at(over)
                ),
                vec![remedy::new_invitation(
                    room.access.as_ref(),
                    address,
                    op.now,
                )],
            ),
            _ => {}
        }
    }
    if let Some(link) = &portrait.reset_link {
        note(
            "reset-link",
            format!(
                "a reset link from {} works until {}",
                at(link.created_at),
                at(link.expires_at)
            ),
            vec![],
        );
    }
    if let Some(mail) = portrait.mail.first() {
        mail_note(mail, mail_leaves, op, &mut note);
    }
    if let Some(entry) = recent(portrait, Action::LinkRefused, op) {
        let reason = entry
            .detail
            .get("reason")
            .and_then(|reason| reason.as_str())
            .unwrap_or("link-invalid");
        note(
            "old-link",
            format!(
                "a link that no longer works was tried {}: {reason}; only the newest mail's link works",
                at(entry.at)
            ),
            vec![],
        );
    }
    if let Some(entry) = recent(portrait, Action::ForgotPassword, op)
        && entry
            .detail
            .get("outcome")
            .and_then(|outcome| outcome.as_str())
            == Some("unregistered")
    {
        note(
            "forgot-password-unregistered",
            format!(
                "asked for a reset link {}, but never registered: no reset link is sent",
                at(entry.at)
            ),
            vec![remedy::new_invitation(
                room.access.as_ref(),
                address,
                op.now,
            )],
        );
    }
    let lock = &account.lock;
    if lock.wrong > 0 && !lock.is_locked() {
        let detail = format!(
            "{} of {} that lock",
            remedy::wrong_passwords(account),
            portrait.limits.lock.wrong_passwords
        );
        note("wrong-passwords", detail, vec![]);
    }
    if let Some(most) = portrait.limits.lock.locks_in_a_row
        && lock.streak > 0
        && lock.permanent_at.is_none()
    {
        note(
            "locks-in-a-row",
            format!(
                "{} of {most} locks in a row; the last of them is permanent",
                lock.streak
            ),
            vec![],
        );
    }
    if let Some(access) = room
        .access
        .as_ref()
        .filter(|access| access.is_expiring(op.now))
        && let Some(until) = access.until
    {
        note(
            "access-expiring",
            format!("the access to {panel} ends {}", at(until)),
            vec![Remedy::command(
                &["extend", address, "--for", "30d"],
                "moves the end by 30 days",
            )],
        );
    }
    notes
}

fn mail_note(
    mail: &MailRow,
    leaves: bool,
    op: &Op,
    note: &mut dyn FnMut(&'static str, String, Vec<Remedy>),
) {
    let kind = &mail.kind;
    let at = |time: Timestamp| {
        format!(
            "{} ({})",
            when::local(time, &op.zone),
            when::relative(time, op.now)
        )
    };
    let said = mail
        .detail
        .as_deref()
        .map(|detail| format!(": {detail}"))
        .unwrap_or_default();
    match mail.state {
        MailState::Sent if !leaves => note(
            "mail-not-sent",
            format!("no mail server is configured, so the last mail ({kind}) never left this machine: it was{said}")
                .replacen("was: ", "was ", 1),
            vec![],
        ),
        MailState::Sent => note(
            "mail-sent",
            format!("the last mail ({kind}) was handed over {}{said}; {MAIL_MISSING}", at(mail.done_at.unwrap_or(mail.queued_at))),
            vec![],
        ),
        MailState::Failed => note("mail-failed", format!("the last mail ({kind}) was given up{said}"), vec![]),
        MailState::Queued if op.now.duration_since(mail.queued_at) >= MAIL_IS_LATE => note(
            "mail-waiting",
            format!("the last mail ({kind}) has waited since {}{said}", at(mail.queued_at)),
            vec![Remedy::step(&["mail", "send"], "sends what is due now")],
        ),
        MailState::Queued => note(
            "mail-queued",
            format!("the last mail ({kind}) is queued{said}"),
            vec![Remedy::step(&["mail", "send"], "sends what is due now")],
        ),
        MailState::Lapsed => {}
    }
}

fn recent<'a>(portrait: &'a Portrait, action: Action, op: &Op) -> Option<&'a AuditEntry> {
    portrait
        .recent
        .iter()
        .find(|entry| entry.action == action.as_str())
        .filter(|entry| op.now.duration_since(entry.at) < SignedDuration::from_hours(7 * 24))
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
