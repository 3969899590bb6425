//! What became of the person's last mail.

use super::{MAIL_MISSING, Notes};
use crate::domain::policy::MAIL_IS_LATE;
use crate::domain::remedy::Remedy;
use crate::store::MailState;

impl Notes<'_> {
    pub(super) fn mail(&mut self, mail_leaves: bool) {
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
        MailState::Lapsed => self.note("mail-lapsed", format!("the last mail ({kind}) was not sent{said}"), vec![]),
    }
    }
}
