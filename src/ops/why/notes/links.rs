//! Links: those that work, those that were tried and do not work, and those that are no longer mailed.

use jiff::Timestamp;

use super::{Notes, recent};
use crate::domain::event::Action;
use crate::domain::link::{LinkPurpose, LinkState};
use crate::domain::policy::FORGOT_A_DAY;
use crate::domain::remedy::{self, Remedy};
use crate::store::AuditEntry;

impl Notes<'_> {
    pub(super) fn links(&mut self) {
        self.invitation();
        let Some(link) = &self.details.reset_link else {
            return;
        };
        let (made, ends) = (self.at(link.created_at), self.end(link.expires_at));
        let mut remedies = vec![];
        let mut detail = format!("a reset link from {made} works until {ends}");
        if !self.evidence.reset_link_mailed {
            detail.push_str("; it was printed for an operator and not mailed");
            remedies.push(self.reset_password("mails a new link, which replaces this one"));
        }
        self.note("reset-link", detail, remedies);
    }

    fn invitation(&mut self) {
        let (room, op) = (self.room, self.op);
        if self.details.account.is_registered() {
            return;
        }
        let Some(link) = &room.invitation else {
            return;
        };
        let made = self.at(link.created_at);
        match link.state(op.now) {
            LinkState::Live => {
                let ends = self.end(link.expires_at);
                self.note(
                    "invitation",
                    format!("an invitation from {made} works until {ends}"),
                    vec![],
                );
            }
            LinkState::Expired(over) => {
                let detail = format!("the invitation from {made} expired: {}", self.end(over));
                let remedy = self.new_invitation();
                self.note("invitation-expired", detail, vec![remedy]);
            }
            _ => return,
        }
        if !self.evidence.invitation_mailed {
            let remedy = self.new_invitation();
            self.note(
                "invitation-not-mailed",
                "that invitation was not mailed (--no-mail): the person has the link only if somebody passed it on"
                    .to_owned(),
                vec![remedy],
            );
        }
    }

    fn new_invitation(&self) -> Remedy {
        let (room, op) = (self.room, self.op);
        let address = self.details.account.address.as_str();
        let access = room.access.as_ref();
        remedy::new_invitation(&room.panel, access, address, op.now, &op.zone)
    }

    fn reset_password(&self, effect: &str) -> Remedy {
        let address = self.details.account.address.as_str();
        Remedy::step(&["reset", "password", address], effect)
    }

    pub(super) fn refused_links(&mut self) {
        if let Some(entry) = recent(self.details, Action::LinkRefused, self.op) {
            self.refused_link(entry);
        }
        let Some(entry) = recent(self.details, Action::ForgotPassword, self.op)
            .filter(|entry| entry.word("outcome") == Some("unregistered"))
        else {
            return;
        };
        let asked = self.at(entry.at);
        let (detail, remedies) = if self.details.account.is_registered() {
            let detail = format!(
                "asked for a reset link {asked}, before registering: none was sent; a new request works"
            );
            (detail, vec![])
        } else {
            let detail =
                format!("asked for a reset link {asked}, but never registered, so none was sent");
            (detail, vec![self.new_invitation()])
        };
        self.note("forgot-password-unregistered", detail, remedies);
    }

    fn refused_link(&mut self, entry: &AuditEntry) {
        let purpose = entry.word("purpose").and_then(LinkPurpose::parse);
        let here = entry.panel.as_deref() == Some(self.room.panel.name.as_str());
        let (what, (works, remedies)) = match purpose {
            Some(LinkPurpose::Invitation) if !here => return,
            Some(LinkPurpose::Invitation) => ("an invitation", self.invitation_that_works()),
            Some(LinkPurpose::Reset) => ("a reset link", self.reset_link_that_works(entry.at)),
            Some(LinkPurpose::Address) => (
                "a link to confirm an address",
                self.confirm_link_that_works(),
            ),
            None => ("a link", (String::new(), vec![])),
        };
        let works = if works.is_empty() {
            works
        } else {
            format!("; {works}")
        };
        let reason = entry.word("reason").unwrap_or("link-invalid");
        self.note(
            "old-link",
            format!(
                "an attempt to use {what} failed {}: {reason}{works}",
                self.at(entry.at)
            ),
            remedies,
        );
    }

    fn invitation_that_works(&self) -> (String, Vec<Remedy>) {
        let account = &self.details.account;
        let newest = self.room.invitation.as_ref();
        if account.is_registered() {
            let since = newest
                .and_then(|link| link.used_at)
                .map(|at| format!(" {}", self.at(at)))
                .unwrap_or_default();
            let works = format!(
                "invitations no longer work: the person registered{since} and signs in with a password"
            );
            return (works, vec![]);
        }
        match newest.map(|link| (link, link.state(self.op.now))) {
            Some((link, LinkState::Live)) => {
                let mailed = self.evidence.invitation_mailed;
                (self.only_the_newest(link.created_at, mailed), vec![])
            }
            Some((_, LinkState::Expired(at))) => (
                format!(
                    "no invitation works now: the newest expired {}",
                    self.at(at)
                ),
                vec![self.new_invitation()],
            ),
            _ => (
                "no invitation works now".to_owned(),
                vec![self.new_invitation()],
            ),
        }
    }

    fn only_the_newest(&self, made: Timestamp, mailed: bool) -> String {
        let made = self.at(made);
        if mailed {
            format!("only the newest mail's link works, from {made}")
        } else {
            format!("only the newest link works, from {made}, and it was not mailed")
        }
    }

    fn reset_link_that_works(&self, tried: Timestamp) -> (String, Vec<Remedy>) {
        let account = &self.details.account;
        if !account.is_registered() {
            let works = "no reset link works before the person registers".to_owned();
            return (works, vec![self.new_invitation()]);
        }
        if account.lock.permanent_at.is_some() {
            let works = "no reset link works while the account is locked permanently".to_owned();
            return (works, vec![]);
        }
        let newest = self.evidence.reset_link.as_ref();
        let again = || vec![self.reset_password("mails a new reset link")];
        let state = newest.map(|link| link.state(self.op.now));
        match (newest, state) {
            (Some(link), Some(LinkState::Live)) => {
                let mailed = self.evidence.reset_link_mailed;
                (self.only_the_newest(link.created_at, mailed), vec![])
            }
            (Some(link), Some(LinkState::Used)) => {
                let used = link.used_at.unwrap_or(link.created_at);
                let at = self.at(used);
                if used >= tried {
                    (
                        format!("the newest link was used later, {at}, to set a new password"),
                        vec![],
                    )
                } else {
                    (
                        format!(
                            "no reset link works now: the newest was used {at}, and each works only once"
                        ),
                        again(),
                    )
                }
            }
            (_, Some(LinkState::Expired(at))) => (
                format!(
                    "no reset link works now: the newest expired {}",
                    self.at(at)
                ),
                again(),
            ),
            _ => ("no reset link works now".to_owned(), again()),
        }
    }

    fn confirm_link_that_works(&self) -> (String, Vec<Remedy>) {
        let holder = self.details.account.address.as_str();
        if let Some(change) = &self.details.address_change {
            return (self.only_the_newest(change.asked_at, true), vec![]);
        }
        if let Some(change) = &self.details.address_change_over {
            let new = change.address.as_str();
            let way = Remedy::step(
                &["edit", holder, "--address", new],
                "mails a new link there",
            );
            let at = self.at(change.expires_at);
            return (
                format!("no confirmation link works now: the newest expired {at}"),
                vec![way],
            );
        }
        (
            "no confirmation link works now: no change of address is pending".to_owned(),
            vec![],
        )
    }

    /// "Forgot password" has a daily limit, which people cannot see from outside.
    pub(super) fn reset_mails(&mut self) {
        let account = &self.details.account;
        let asks_in_vain = account.is_registered()
            && account.lock.permanent_at.is_none()
            && account.disabled_at(self.op.now).is_none();
        let Some(again) = self.evidence.reset_mails_again_at.filter(|_| asks_in_vain) else {
            return;
        };
        let detail = format!(
            "{FORGOT_A_DAY} reset links were mailed in the last 24 hours, the daily limit; 'forgot password' sends no more until {}",
            self.at(again)
        );
        let remedy = self.reset_password("mails a new link anyway");
        self.note("reset-mails-used-up", detail, vec![remedy]);
    }
}
