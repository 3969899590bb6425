//! The state of the person's last mail (I11).

use jiff::Timestamp;

use super::{A_WEEK, MAIL_MISSING, Notes};
use crate::domain::mail_status::{may_be_mistyped, meaning};
use crate::domain::policy::{MAIL_GIVEN_UP, MAIL_IS_LATE};
use crate::domain::remedy::Remedy;
use crate::mail::{LinkUse, MailKind};
use crate::store::{MailRow, MailState};

/// What a person needs a mail for; notices are not needed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Register,
    Reset,
    Confirm,
    Code,
}

fn use_of(mail: &MailRow) -> Option<Use> {
    let kind = MailKind::parse(&mail.kind)?;
    match kind.needs_link() {
        Some(LinkUse::Register) => Some(Use::Register),
        Some(LinkUse::Reset) => Some(Use::Reset),
        Some(LinkUse::Confirm) => Some(Use::Confirm),
        None => kind.needs_code().then_some(Use::Code),
    }
}

/// The last reply.
fn said(mail: &MailRow) -> String {
    mail.detail
        .as_deref()
        .map(|detail| format!(": {detail}"))
        .unwrap_or_default()
}

impl Notes<'_> {
    /// The last mail, and older ones that failed or wait and that the person still needs.
    pub(super) fn mail(&mut self, mail_leaves: bool) {
        let account = &self.details.account;
        let own = |mail: &&MailRow| {
            // A copy to the previous address says nothing about the current one.
            mail.with_id.is_none() || mail.address == account.address.as_str()
        };
        let evidence = self.evidence;
        let mut mails = evidence.mail.iter().filter(own);
        let Some(last) = mails.next() else {
            return;
        };
        self.last_mail(last, mail_leaves);
        let mut seen: Vec<_> = use_of(last).into_iter().collect();
        for mail in mails {
            // A newer mail of the same use replaces it, whatever its state.
            let Some(use_) = use_of(mail).filter(|use_| !seen.contains(use_)) else {
                continue;
            };
            if use_ == Use::Register && mail.panel_id != self.room.panel.id {
                continue;
            }
            seen.push(use_);
            if self.is_needed(mail, use_) {
                let said = said(mail);
                let what = "an earlier mail";
                match mail.state {
                    MailState::Failed => self.given_up(what, mail, &said),
                    MailState::Queued => self.waiting(what, mail, &said),
                    MailState::Sent | MailState::Written | MailState::Lapsed => {}
                }
            }
        }
    }

    /// Whether a mail is still of use to the person.
    fn is_needed(&self, mail: &MailRow, use_: Use) -> bool {
        let details = self.details;
        let account = &details.account;
        let before = |since: Option<Timestamp>| since.is_none_or(|since| since <= mail.queued_at);
        let lately = self.op.now.duration_since(mail.queued_at) < A_WEEK;
        lately
            && match use_ {
                Use::Register => !account.is_registered(),
                Use::Reset => before(account.password.map(|password| password.set_at)),
                Use::Confirm => {
                    details.address_change.is_some() || details.address_change_over.is_some()
                }
                Use::Code => before(account.last_sign_in_at),
            }
    }

    fn last_mail(&mut self, mail: &MailRow, mail_leaves: bool) {
        // Whoever has registered needs no invitation any more, and gets none.
        let is_done = use_of(mail) == Some(Use::Register) && self.details.account.is_registered();
        if is_done && mail.state != MailState::Sent {
            return;
        }
        let what = "the last mail";
        let said = said(mail);
        let kind = &mail.kind;
        match mail.state {
            MailState::Written => self.written(mail, mail_leaves),
            MailState::Sent => self.note(
                "mail-sent",
                format!(
                    "the last mail ({kind}) was delivered to the mail server {}{said}; {MAIL_MISSING}",
                    self.at(mail.done_at.unwrap_or(mail.queued_at))
                ),
                vec![],
            ),
            MailState::Failed => self.given_up(what, mail, &said),
            MailState::Queued => self.waiting(what, mail, &said),
            MailState::Lapsed => self.note(
                "mail-lapsed",
                format!("the last mail ({kind}) was not sent{said}"),
                vec![],
            ),
        }
    }

    /// It has not left this machine: the link can be handed over in another way.
    fn written(&mut self, mail: &MailRow, mail_leaves: bool) {
        let said = mail.detail.as_deref().unwrap_or("written to a file");
        let since = if mail_leaves { "was" } else { "is" };
        let address = self.details.account.address.as_str();
        let mut remedies = match use_of(mail) {
            Some(Use::Register) => vec![Remedy::step(
                &["resend", address, "--print-link"],
                "prints a new link, to be handed to the person in another way",
            )],
            Some(Use::Reset) => vec![Remedy::step(
                &["reset", "password", address, "--print-link"],
                "prints a new link, to be handed to the person in another way",
            )],
            _ => Vec::new(),
        };
        if mail_leaves {
            let id = mail.id.to_string();
            remedies.push(Remedy::step(&["mail", "retry", &id], "sends it now"));
        } else {
            remedies.push(Remedy::word(
                "to send mail, set mail.server in the settings",
            ));
        }
        self.note(
            "mail-not-sent",
            format!(
                "the last mail ({}) has not left this machine, since no mail server {since} configured: {said}",
                mail.kind
            ),
            remedies,
        );
    }

    fn given_up(&mut self, what: &str, mail: &MailRow, said: &str) {
        let done = mail.done_at.unwrap_or(mail.queued_at);
        let in_vain = done.duration_since(mail.queued_at) >= MAIL_GIVEN_UP;
        let after = if in_vain {
            ", after 24 hours of attempts"
        } else {
            ""
        };
        let meaning = explained(mail);
        let detail = format!(
            "{what} ({}) failed {}{after}{said}{meaning}",
            mail.kind,
            self.at(done)
        );
        let id = mail.id.to_string();
        let mut remedies = vec![Remedy::step(
            &["mail", "retry", &id],
            "sends it again, after the problem that the server reported is fixed",
        )];
        if !in_vain && mail.detail.as_deref().is_some_and(may_be_mistyped) {
            remedies.push(Remedy::step(
                &["edit", self.details.account.address.as_str(), "--address"],
                "if the address is mistyped: asks for the correct one and mails a new link there",
            ));
        }
        self.note("mail-failed", detail, remedies);
    }

    fn waiting(&mut self, what: &str, mail: &MailRow, said: &str) {
        let now = self.op.now;
        let late = now.duration_since(mail.queued_at) >= MAIL_IS_LATE;
        let (word, mut detail) = if late {
            let since = self.at(mail.queued_at);
            (
                "mail-waiting",
                format!("{what} ({}) has been waiting since {since}", mail.kind),
            )
        } else {
            ("mail-queued", format!("{what} ({}) is queued", mail.kind))
        };
        let pauses = mail.attempts > 0 && mail.next_at > now;
        if pauses {
            detail.push_str(&format!(
                "; the next attempt is due {}",
                self.at(mail.next_at)
            ));
        }
        detail.push_str(said);
        detail.push_str(&explained(mail));
        let id = mail.id.to_string();
        let remedy = if pauses {
            Remedy::step(&["mail", "retry", &id], "tries again at once")
        } else {
            Remedy::step(
                &["mail", "send"],
                "sends the mail that is due now; with --follow it runs as a service and sends new mail by itself",
            )
        };
        self.note(word, detail, vec![remedy]);
    }
}

/// The meaning of the reply, to be put after it.
fn explained(mail: &MailRow) -> String {
    let meaning = mail.detail.as_deref().and_then(meaning);
    meaning
        .map(|meaning| format!(" – {meaning}"))
        .unwrap_or_default()
}
