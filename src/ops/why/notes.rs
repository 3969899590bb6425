//! Notes of a diagnosis: what is not an obstacle but explains a complaint (D1).

mod address;
mod clock;
mod evidence;
mod links;
mod mail;
mod second_factor;
mod tries;

use jiff::{SignedDuration, Timestamp};

use crate::domain::event::Action;
use crate::domain::remedy::{Remedy, forgotten_password};
use crate::domain::when;
use crate::store::AuditEntry;

pub(super) use address::{cause, claimed};
pub(super) use evidence::{Evidence, too_short_since};

use crate::ops::Op;
use crate::ops::details::{PersonDetails, Room};

/// A hint.
#[derive(Clone, Debug)]
pub struct Note {
    /// A word for scripts.
    pub kind: &'static str,
    /// The hint in a sentence.
    pub detail: String,
    /// What helps.
    pub remedies: Vec<Remedy>,
    /// Set if this refused the person's last attempt, and would do so again.
    pub refused: Option<Refused>,
}

impl Note {
    /// Whether a clock is the cause.
    pub(super) fn is_about_a_clock(&self) -> bool {
        ["phone-clock", "machine-clock"].contains(&self.kind)
    }
}

/// A refused attempt whose cause is not an obstacle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// When.
    pub at: Timestamp,
    /// Why, in half a sentence.
    pub because: String,
}

/// Why people may not find a mail (I11).
pub const MAIL_MISSING: &str = "if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain";

/// Collects the hints about one person in one panel, in a fixed order.
struct Notes<'a> {
    details: &'a PersonDetails,
    room: &'a Room,
    evidence: &'a Evidence,
    op: &'a Op,
    /// Names the panel in a command, if there are several.
    naming: &'a dyn Fn(Remedy) -> Remedy,
    found: Vec<Note>,
}

/// The hints. `mail_leaves`: whether mail goes further than into files (M4).
pub(super) fn notes(
    details: &PersonDetails,
    room: &Room,
    evidence: &Evidence,
    naming: &dyn Fn(Remedy) -> Remedy,
    mail_leaves: bool,
    op: &Op,
) -> Vec<Note> {
    let mut notes = Notes {
        details,
        room,
        evidence,
        op,
        naming,
        found: Vec::new(),
    };
    notes.links();
    notes.address_change();
    notes.mail(mail_leaves);
    notes.refused_links();
    notes.reset_mails();
    notes.ip_over_limit();
    notes.wrong_passwords();
    notes.second_factor();
    notes.access();
    notes.forgotten_password();
    notes.found
}

impl Notes<'_> {
    fn note(&mut self, kind: &'static str, detail: String, remedies: Vec<Remedy>) {
        self.found.push(Note {
            kind,
            detail,
            remedies: remedies.into_iter().map(self.naming).collect(),
            refused: None,
        });
    }

    /// The hint just added explains the refusal at `at`, if the person has not signed in since.
    fn refused(&mut self, at: Timestamp, because: impl Into<String>) {
        let let_in = self.details.account.last_sign_in_at;
        let lately = self.op.now.duration_since(at) < A_WEEK;
        if let Some(note) = self.found.last_mut()
            && lately
            && let_in.is_none_or(|let_in| let_in <= at)
        {
            let because = because.into();
            note.refused = Some(Refused { at, because });
        }
    }

    fn at(&self, time: Timestamp) -> String {
        when::told(time, self.op.now, &self.op.zone)
    }

    /// When something ends: midnight is the end of the day before.
    fn end(&self, time: Timestamp) -> String {
        when::told_end(time, self.op.now, &self.op.zone)
    }

    fn access(&mut self) {
        let (room, op) = (self.room, self.op);
        let address = self.details.account.address.as_str();
        if let Some(access) = room
            .access
            .as_ref()
            .filter(|access| access.is_expiring(op.now))
            && let Some(until) = access.until
        {
            self.note(
                "access-expiring",
                format!("access to {} ends {}", room.panel.name, self.end(until)),
                vec![Remedy::command(
                    &["extend", address, "--for", "30d"],
                    "extends it by 30 days",
                )],
            );
        }
    }

    /// Nothing shows that a password was forgotten, so this command is always listed; last, where it is easy
    /// to find.
    fn forgotten_password(&mut self) {
        let account = &self.details.account;
        if account.is_registered() {
            self.note(
                "forgotten-password",
                "if the password was forgotten".to_owned(),
                vec![forgotten_password(account, account.address.as_str())],
            );
        }
    }
}

/// Older events no longer explain anything.
const A_WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

fn recent<'a>(details: &'a PersonDetails, action: Action, op: &Op) -> Option<&'a AuditEntry> {
    details
        .recent
        .iter()
        .find(|entry| entry.action == action.as_str())
        .filter(|entry| op.now.duration_since(entry.at) < A_WEEK)
}
