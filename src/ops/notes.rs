//! What is no obstacle but explains a complaint (D1).

mod address;
mod ip;

use jiff::{SignedDuration, Timestamp};

use crate::domain::event::Action;
use crate::domain::link::LinkState;
use crate::domain::policy::{MAIL_IS_LATE, MOST_WRONG_CODES};
use crate::domain::remedy::{self, Remedy};
use crate::domain::second_factor::{Method, clock_in_words};
use crate::domain::when;
use crate::store::{AuditEntry, MailState};

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

/// With so few backup codes left it is time to make new ones.
const FEW_BACKUP_CODES: i64 = 3;

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

    fn mail(&mut self, mail_leaves: bool) {
        let op = self.op;
        let mut mails = self.portrait.mail.iter();
        // A copy to the address before tells nothing of the one that holds.
        let Some(mail) = mails.find(|mail| mail.with_id.is_none()) else {
            return;
        };
        let kind = &mail.kind;
        let said = mail
            .detail
            .as_deref()
            .map(|detail| format!(": {detail}"))
            .unwrap_or_default();
        match mail.state {
        MailState::Sent if !mail_leaves => self.note(
            "mail-not-sent",
            format!("no mail server is configured, so the last mail ({kind}) never left this machine: it was{said}")
                .replacen("was: ", "was ", 1),
            vec![],
        ),
        MailState::Sent => self.note(
            "mail-sent",
            format!("the last mail ({kind}) was handed over {}{said}; {MAIL_MISSING}", self.at(mail.done_at.unwrap_or(mail.queued_at))),
            vec![],
        ),
        MailState::Failed => self.note("mail-failed", format!("the last mail ({kind}) was given up{said}"), vec![]),
        MailState::Queued if op.now.duration_since(mail.queued_at) >= MAIL_IS_LATE => self.note(
            "mail-waiting",
            format!("the last mail ({kind}) has waited since {}{said}", self.at(mail.queued_at)),
            vec![Remedy::step(&["mail", "send"], "sends what is due now")],
        ),
        MailState::Queued => self.note(
            "mail-queued",
            format!("the last mail ({kind}) is queued{said}"),
            vec![Remedy::step(&["mail", "send"], "sends what is due now")],
        ),
        MailState::Lapsed => {}
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

    fn second_factor(&mut self) {
        let (portrait, room) = (self.portrait, self.room);
        let (account, policy) = (&portrait.account, &room.panel.policy);
        let address = account.address.as_str();
        let takes_app = policy.methods.app && room.factor.is_asked(policy);
        if let Some(brief) = portrait.second_factor.filter(|_| takes_app) {
            let last = brief.used_at.map_or_else(
                || "no code of it used since".to_owned(),
                |used| format!("last code accepted {}", self.at(used)),
            );
            self.note(
                "second-factor",
                format!(
                    "{} asks for a code: the authenticator was set up {}, {last}; {}",
                    room.panel.name,
                    self.at(brief.set_at),
                    codes_left(brief.backup_codes_left)
                ),
                vec![Remedy::step(
                    &["reset", "2fa", address],
                    "for a phone that is new or lost, once you know who is calling: the next sign-in sets up a new one",
                )],
            );
            if let Some((steps, seen)) = brief.clock {
                self.note(
                    "phone-clock",
                    format!(
                        "the phone's clock is {}: a code typed {} would have been right then",
                        clock_in_words(steps),
                        self.at(seen)
                    ),
                    vec![Remedy::word(
                        "only the person can set it right: switch the phone's clock to automatic, then use the next code",
                    )],
                );
            }
            if brief.backup_codes_left <= FEW_BACKUP_CODES {
                self.note(
                    "backup-codes-low",
                    match brief.backup_codes_left {
                        0 => "no backup codes are left".to_owned(),
                        1 => "only 1 backup code is left".to_owned(),
                        count => format!("only {count} backup codes are left"),
                    },
                    vec![Remedy::step(
                        &["self", "codes", address],
                        "for the person: asks for the password and a code, and makes ten new ones",
                    )],
                );
            }
        }
        if portrait.second_factor.is_none() && room.factor.is_asked(policy) {
            let ways: Vec<&str> = room
                .factor
                .open_methods(policy)
                .into_iter()
                .map(Method::in_words)
                .collect();
            if !ways.is_empty() {
                let panel = &room.panel.name;
                let detail = format!("{panel} asks for a code: {}", ways.join(" or "));
                self.note("second-factor", detail, vec![]);
            }
        }
        self.wrong_codes();
        if account.mail_barred_at.is_some() && policy.methods.has(Method::Mail) {
            self.note(
                "mailed-codes-barred",
                "the password was reset by mail, so a code by mail does not count until another method has been used".to_owned(),
                vec![Remedy::step(
                    &["reset", "2fa", address],
                    "once you know who is calling: codes by mail count again",
                )],
            );
        }
        if let Some(trust) = portrait
            .trust_ended
            .iter()
            .find(|trust| trust.panel_id == room.panel.id)
            && let Some(lifetime) = policy.trusted_ips.filter(|_| room.factor.is_asked(policy))
        {
            self.note(
                "trust-ended",
                format!(
                    "{} was trusted until {}: from there a code is asked for once again",
                    trust.network,
                    self.at(trust.ends_at(lifetime))
                ),
                vec![],
            );
        }
    }

    fn wrong_codes(&mut self) {
        let portrait = self.portrait;
        let lock = &portrait.account.lock;
        if lock.wrong_codes > 0 && !lock.is_locked() {
            self.note(
                "wrong-codes",
                format!(
                    "{}; {} in a row lock",
                    remedy::wrong_codes(&portrait.account),
                    portrait.limits.lock.wrong_codes
                ),
                vec![],
            );
        }
        if portrait.wrong_codes_of_month * 2 >= MOST_WRONG_CODES {
            // Once it is locked for good, no link works: the obstacle says what does.
            let remedies = match lock.permanent_at {
                Some(_) => vec![],
                None => vec![Remedy::step(
                    &["reset", "password", portrait.account.address.as_str()],
                    "somebody may know the password: mails a link to set a new one",
                )],
            };
            self.note(
                "wrong-codes-in-a-month",
                format!(
                    "{} wrong codes in 30 days behind a right password; {MOST_WRONG_CODES} lock for good",
                    portrait.wrong_codes_of_month
                ),
                remedies,
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

fn codes_left(count: i64) -> String {
    match count {
        0 => "no backup codes left".to_owned(),
        1 => "1 backup code left".to_owned(),
        count => format!("{count} backup codes left"),
    }
}

fn recent<'a>(portrait: &'a Portrait, action: Action, op: &Op) -> Option<&'a AuditEntry> {
    portrait
        .recent
        .iter()
        .find(|entry| entry.action == action.as_str())
        .filter(|entry| op.now.duration_since(entry.at) < SignedDuration::from_hours(7 * 24))
}
