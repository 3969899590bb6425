//! What is no obstacle but explains a complaint (D1).

mod address;
mod ip;
mod mail;
mod second_factor;

use jiff::{SignedDuration, Timestamp};

use crate::domain::event::Action;
use crate::domain::link::LinkState;
use crate::domain::remedy::{self, Remedy};
use crate::domain::when;
use crate::store::AuditEntry;

pub(super) use address::claimed;

use super::Op;
use super::look::{Portrait, Room};

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

/// Why mail may not be where people look for it (I11).
pub const MAIL_MISSING: &str = "not in the inbox? It is most often in the spam folder, or a firewall does not let the sender's domain through";

/// Collects what there is to say about one person in one panel, in a fixed order.
struct Notes<'a> {
    portrait: &'a Portrait,
    room: &'a Room,
    op: &'a Op,
    /// Names the panel in a command, where there are several.
    naming: &'a dyn Fn(Remedy) -> Remedy,
    found: Vec<Note>,
}

/// What is worth knowing. `mail_leaves` says whether mail goes further than into files (M4).
pub(super) fn notes(
    portrait: &Portrait,
    room: &Room,
    naming: &dyn Fn(Remedy) -> Remedy,
    mail_leaves: bool,
    op: &Op,
) -> Vec<Note> {
    let mut notes = Notes {
        portrait,
        room,
        op,
        naming,
        found: Vec::new(),
    };
    notes.links();
    notes.address_change();
    notes.mail(mail_leaves);
    notes.refused_links();
    notes.ip_over_limit();
    notes.wrong_passwords();
    notes.second_factor();
    notes.access();
    notes.found
}

impl Notes<'_> {
    fn note(&mut self, kind: &'static str, detail: String, remedies: Vec<Remedy>) {
        self.found.push(Note {
            kind,
            detail,
            remedies: remedies.into_iter().map(self.naming).collect(),
        });
    }

    fn at(&self, time: Timestamp) -> String {
        format!(
            "{} ({})",
            when::local(time, &self.op.zone),
            when::relative(time, self.op.now)
        )
    }

    fn links(&mut self) {
        let (portrait, room, op) = (self.portrait, self.room, self.op);
        let account = &portrait.account;
        let address = account.address.as_str();
        if !account.is_registered()
            && let Some(link) = &room.invitation
        {
            match link.state(op.now) {
                LinkState::Live => self.note(
                    "invitation",
                    format!(
                        "an invitation from {} works until {}",
                        self.at(link.created_at),
                        self.at(link.expires_at)
                    ),
                    vec![],
                ),
                LinkState::Expired(over) => self.note(
                    "invitation-expired",
                    format!(
                        "the invitation from {} expired: {}",
                        self.at(link.created_at),
                        self.at(over)
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
            self.note(
                "reset-link",
                format!(
                    "a reset link from {} works until {}",
                    self.at(link.created_at),
                    self.at(link.expires_at)
                ),
                vec![],
            );
        }
    }

    fn refused_links(&mut self) {
        let (portrait, room, op) = (self.portrait, self.room, self.op);
        let account = &portrait.account;
        let address = account.address.as_str();
        if let Some(entry) = recent(portrait, Action::LinkRefused, op) {
            let reason = entry
                .detail
                .get("reason")
                .and_then(|reason| reason.as_str())
                .unwrap_or("link-invalid");
            self.note(
            "old-link",
            format!(
                "a link that no longer works was tried {}: {reason}; only the newest mail's link works",
                self.at(entry.at)
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
            self.note(
                "forgot-password-unregistered",
                format!(
                    "asked for a reset link {}, but never registered: no reset link is sent",
                    self.at(entry.at)
                ),
                vec![remedy::new_invitation(
                    room.access.as_ref(),
                    address,
                    op.now,
                )],
            );
        }
    }

    fn wrong_passwords(&mut self) {
        let portrait = self.portrait;
        let account = &portrait.account;
        let lock = &account.lock;
        if lock.wrong > 0 && !lock.is_locked() {
            let detail = format!(
                "{}; {} in a row lock",
                remedy::wrong_passwords(account),
                portrait.limits.lock.wrong_passwords
            );
            self.note("wrong-passwords", detail, vec![]);
        }
        if let Some(most) = portrait.limits.lock.locks_in_a_row
            && lock.streak > 0
            && lock.permanent_at.is_none()
        {
            self.note(
                "locks-in-a-row",
                format!(
                    "{} of {most} locks in a row; the last of them is permanent",
                    lock.streak
                ),
                vec![],
            );
        }
    }

    fn access(&mut self) {
        let (room, op) = (self.room, self.op);
        let address = self.portrait.account.address.as_str();
        if let Some(access) = room
            .access
            .as_ref()
            .filter(|access| access.is_expiring(op.now))
            && let Some(until) = access.until
        {
            self.note(
                "access-expiring",
                format!("the access to {} ends {}", room.panel.name, self.at(until)),
                vec![Remedy::command(
                    &["extend", address, "--for", "30d"],
                    "moves the end by 30 days",
                )],
            );
        }
    }
}

fn recent<'a>(portrait: &'a Portrait, action: Action, op: &Op) -> Option<&'a AuditEntry> {
    portrait
        .recent
        .iter()
        .find(|entry| entry.action == action.as_str())
        .filter(|entry| op.now.duration_since(entry.at) < SignedDuration::from_hours(7 * 24))
}
