//! Mail that a command queued and that did not leave: a warning, since the change itself was made.

use jiff::Timestamp;

use crate::cli::base::context::Context;
use crate::cli::base::printed::{command, hint};
use crate::store::{MailRow, MailState};

/// So many of each are named.
const NAMED: usize = 10;

/// Mail that did not leave.
#[derive(Default)]
pub(in crate::cli) struct Undelivered {
    /// Not attempted yet.
    untried: Pile,
    /// Tried in vain, and tried again.
    waiting: Pile,
    /// Refused for good.
    failed: Pile,
}

#[derive(Default)]
struct Pile {
    count: u64,
    first: Vec<MailRow>,
    next_at: Option<Timestamp>,
}

impl Pile {
    fn add(&mut self, mail: &MailRow) {
        self.count += 1;
        let next_at = self.next_at.unwrap_or(mail.next_at);
        self.next_at = Some(next_at.min(mail.next_at));
        if self.first.len() < NAMED {
            self.first.push(mail.clone());
        }
    }

    /// `1 mail`, `3 mails`.
    fn subject(&self) -> String {
        match self.count {
            1 => "1 mail".to_owned(),
            count => format!("{count} mails"),
        }
    }

    /// Each with the server's words, since among many people nobody finds them otherwise; what concerns all of them
    /// once.
    fn name(&self, cx: &mut Context) {
        let said = |mail: &MailRow| mail.detail.clone().unwrap_or_default();
        let mut words: Vec<String> = self.first.iter().map(said).collect();
        words.dedup();
        if let [one] = words.as_slice()
            && self.count > 1
        {
            cx.ui.detail(one);
            return;
        }
        for mail in &self.first {
            let said = said(mail);
            if said.contains(mail.address.as_str()) {
                cx.ui.detail(&said);
            } else {
                cx.ui.detail(&format!("{}: {said}", mail.address));
            }
        }
        let named = u64::try_from(self.first.len()).unwrap_or(u64::MAX);
        if self.count > named {
            cx.ui.detail(&format!("and {} more", self.count - named));
        }
    }
}

impl Undelivered {
    pub(in crate::cli) fn count(&mut self, mail: Option<&MailRow>) {
        let Some(mail) = mail else { return };
        match mail.state {
            MailState::Queued if mail.detail.is_none() => self.untried.add(mail),
            MailState::Queued => self.waiting.add(mail),
            MailState::Failed => self.failed.add(mail),
            MailState::Sent | MailState::Written | MailState::Lapsed => {}
        }
    }

    /// `among_many`: the lines of those concerned stand somewhere among those of others.
    pub(in crate::cli) fn tell(&self, cx: &mut Context, among_many: bool) {
        self.tell_untried(cx);
        self.tell_waiting(cx, among_many);
        self.tell_failed(cx, among_many);
    }

    fn tell_untried(&self, cx: &mut Context) {
        if self.untried.count > 0 {
            cx.ui
                .warning(format!("not sent yet: {}", self.untried.subject()));
            cx.ui
                .hint(hint!("send it with ", command(&["mail", "send"])));
        }
    }

    fn tell_waiting(&self, cx: &mut Context, among_many: bool) {
        let Some((mail, next_at)) = self.waiting.first.first().zip(self.waiting.next_at) else {
            return;
        };
        let times = cx.times();
        cx.ui.warning(format!(
            "{} could not be delivered; next attempt {}",
            self.waiting.subject(),
            times.ago(next_at)
        ));
        if among_many {
            self.waiting.name(cx);
        }
        let id = mail.id.to_string();
        let retry = match self.waiting.count {
            1 => command(&["mail", "retry", &id]),
            _ => command(&["mail", "retry", "--state", "queued"]),
        };
        cx.ui.hint(hint!(
            command(&["mail", "send"]),
            " sends it when it is due, ",
            command(&["mail", "send", "--follow"]),
            " as a service; ",
            retry,
            " tries again at once"
        ));
    }

    fn tell_failed(&self, cx: &mut Context, among_many: bool) {
        let Some(mail) = self.failed.first.first() else {
            return;
        };
        cx.ui.warning(format!(
            "{} failed: permanently refused",
            self.failed.subject()
        ));
        if among_many {
            self.failed.name(cx);
        }
        let why = command(&["why", &mail.address]);
        cx.ui.hint(match self.failed.count {
            1 => hint!("see what helps with ", why),
            _ => hint!(
                "list them with ",
                command(&["mail", "list", "--state", "failed"]),
                "; for help, run ",
                why,
                " and the like"
            ),
        });
    }
}
