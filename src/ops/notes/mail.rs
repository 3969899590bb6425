//! What became of the person's last mail (I11).

use super::{MAIL_MISSING, Notes};
use crate::domain::mail_status::{may_be_mistyped, meaning};
use crate::domain::policy::{MAIL_GIVEN_UP, MAIL_IS_LATE};
use crate::domain::remedy::Remedy;
use crate::store::{MailRow, MailState};

impl Notes<'_> {
    pub(super) fn mail(&mut self, mail_leaves: bool) {
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
            MailState::Sent if !mail_leaves => {
                let written = said.replacen(": ", " ", 1);
                self.note(
                    "mail-not-sent",
                    format!(
                        "no mail server is configured, so the last mail ({kind}) never left this machine: it was{written}"
                    ),
                    vec![],
                );
            }
            MailState::Sent => self.note(
                "mail-sent",
                format!(
                    "the last mail ({kind}) was handed over {}{said}; {MAIL_MISSING}",
                    self.at(mail.done_at.unwrap_or(mail.queued_at))
                ),
                vec![],
            ),
            MailState::Failed => self.given_up(mail, &said),
            MailState::Queued => self.waiting(mail, &said),
            MailState::Lapsed => self.note(
                "mail-lapsed",
                format!("the last mail ({kind}) was not sent{said}"),
                vec![],
            ),
        }
    }

    fn given_up(&mut self, mail: &MailRow, said: &str) {
        let done = mail.done_at.unwrap_or(mail.queued_at);
        let in_vain = done.duration_since(mail.queued_at) >= MAIL_GIVEN_UP;
        let after = if in_vain {
            ", after 24 hours in vain"
        } else {
            ""
        };
        let meaning = explained(mail);
        let detail = format!(
            "the last mail ({}) was given up {}{after}{said}{meaning}",
            mail.kind,
            self.at(done)
        );
        let id = mail.id.to_string();
        let mut remedies = vec![Remedy::step(
            &["mail", "retry", &id],
            "sends it once more, when what the server names is mended",
        )];
        if !in_vain && mail.detail.as_deref().is_some_and(may_be_mistyped) {
            remedies.push(Remedy::word(
                "if the address is mistyped, `edit` with --address changes it and mails a new link",
            ));
        }
        self.note("mail-failed", detail, remedies);
    }

    fn waiting(&mut self, mail: &MailRow, said: &str) {
        let now = self.op.now;
        let late = now.duration_since(mail.queued_at) >= MAIL_IS_LATE;
        let (word, mut detail) = if late {
            let since = self.at(mail.queued_at);
            (
                "mail-waiting",
                format!("the last mail ({}) has waited since {since}", mail.kind),
            )
        } else {
            (
                "mail-queued",
                format!("the last mail ({}) is queued", mail.kind),
            )
        };
        let pauses = mail.attempts > 0 && mail.next_at > now;
        if pauses {
            detail.push_str(&format!("; the next try is due {}", self.at(mail.next_at)));
        }
        detail.push_str(said);
        detail.push_str(&explained(mail));
        let id = mail.id.to_string();
        let remedy = if pauses {
            Remedy::step(&["mail", "retry", &id], "tries it at once")
        } else {
            Remedy::step(
                &["mail", "send"],
                "sends what is due now; as a service, `admit mail send --follow` does so by itself",
            )
        };
        self.note(word, detail, vec![remedy]);
    }
}

/// What the reply means, behind it.
fn explained(mail: &MailRow) -> String {
    let meaning = mail.detail.as_deref().and_then(meaning);
    meaning
        .map(|meaning| format!(" – {meaning}"))
        .unwrap_or_default()
}
