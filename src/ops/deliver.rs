//! Running the outbox: claim, render, hand over, write down what became of it (M1, M2, M5).

mod draft;
mod overtaken;

use jiff::{SignedDuration, Timestamp};

use self::draft::{Draft, draft};
use super::{Op, OpError};
use crate::domain::panel::Panel;
use crate::domain::policy::{MAIL_GIVEN_UP, mail_pause};
use crate::mail::{
    Channel, LinkText, LinkUse, MailKind, MailProblem, Sender, SmsCommand, Templates, Transport,
};
use crate::store::{Done, Fault, MailRow, MailState, Store, Tx};

/// For so long a claimed mail belongs to one sender.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// A lease is longer than the longest mail by so much, in which quick ones may come before it.
const MARGIN: SignedDuration = SignedDuration::from_mins(2);
/// How many mails are claimed at once.
const BATCH: i64 = 50;

/// Who comes first in the absence of a panel's own words: the configuration's.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// `https://…{token}…` for invitations.
    pub links_register: Option<String>,
    /// `https://…{token}…` for reset links.
    pub links_reset: Option<String>,
    /// `https://…{token}…` for confirming a new address.
    pub links_confirm: Option<String>,
    /// Who mail is from: an address, or `Name <address>`.
    pub sender: Option<String>,
    /// Whom to ask.
    pub support_contact: Option<String>,
}

impl Wording {
    /// What a link looks like to the person: a web address, or the bare token.
    pub fn link_text(&self, panel: &Panel, purpose: LinkUse, token: &str) -> LinkText {
        let template = match purpose {
            LinkUse::Register => panel
                .policy
                .links_register
                .as_ref()
                .or(self.links_register.as_ref()),
            LinkUse::Reset => panel
                .policy
                .links_reset
                .as_ref()
                .or(self.links_reset.as_ref()),
            LinkUse::Confirm => panel
                .policy
                .links_confirm
                .as_ref()
                .or(self.links_confirm.as_ref()),
        };
        match template {
            Some(template) => LinkText::Url(template.replace("{token}", token)),
            None => LinkText::Token(token.to_owned()),
        }
    }

    /// Who mail in a panel's name is from.
    ///
    /// # Errors
    /// A sender that no header can carry.
    pub fn sender(&self, panel: Option<&Panel>) -> Result<Sender, MailProblem> {
        let own = panel.and_then(|panel| panel.policy.sender.as_ref());
        match own.or(self.sender.as_ref()) {
            Some(text) => Sender::parse(text),
            None => Ok(Sender {
                name: Some("admit".into()),
                address: "admit@localhost".into(),
            }),
        }
    }
}

/// Tells the time while mail is being sent, which may take long.
type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// Everything that turns a row into a letter and the letter into a file or a message.
pub struct Mailer {
    /// The way out for mail, and for SMS where no program takes them.
    pub transport: Transport,
    /// The program that takes SMS.
    pub sms: Option<SmsCommand>,
    /// The texts.
    pub templates: Templates,
    /// The configuration's words.
    pub wording: Wording,
    clock: Option<Clock>,
}

impl Mailer {
    /// A mailer without a program for SMS, for whom time stands still at the command's `now`.
    pub fn new(transport: Transport, templates: Templates, wording: Wording) -> Self {
        Self {
            transport,
            sms: None,
            templates,
            wording,
            clock: None,
        }
    }

    /// With a program for SMS.
    #[must_use]
    pub fn with_sms(mut self, sms: Option<SmsCommand>) -> Self {
        self.sms = sms;
        self
    }

    /// With a clock: a code is never sent after its end, however long those before it took.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Some(Box::new(clock));
        self
    }

    /// The operation as it stands now. Time does not go back.
    fn now(&self, op: &Op) -> Op {
        let now = self
            .clock
            .as_ref()
            .map_or(op.now, |clock| clock().max(op.now));
        Op { now, ..op.clone() }
    }

    /// The longest that handing over a row may take, as far as it has a limit.
    fn longest(&self, row: &MailRow) -> SignedDuration {
        let longest = match &self.sms {
            Some(sms) if is_sms(row) => sms.longest(),
            _ => self.transport.longest(),
        };
        longest.try_into().unwrap_or_default()
    }

    /// For so long a claimed mail belongs to this sender: at least as long as one may take.
    fn lease(&self) -> SignedDuration {
        let longest = SignedDuration::try_from(self.transport.longest()).unwrap_or_default();
        LEASE.max(longest + MARGIN)
    }
}

fn is_sms(row: &MailRow) -> bool {
    MailKind::parse(&row.kind).is_some_and(|kind| kind.channel() == Channel::Sms)
}

/// What a run of the outbox came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Handed over.
    pub sent: u64,
    /// Written to files, since no mail server is configured.
    pub written: u64,
    /// Not taken; will be tried again.
    pub retrying: u64,
    /// Given up.
    pub failed: u64,
    /// Not sent, because the link or code was over or dead.
    pub lapsed: u64,
}

impl Delivery {
    /// How many rows were dealt with.
    pub fn total(&self) -> u64 {
        self.sent + self.written + self.retrying + self.failed + self.lapsed
    }
}

/// What became of one mail, as it is told while others still wait.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The row as it was claimed.
    pub row: &'a MailRow,
    /// What it is now.
    pub state: MailState,
    /// The reply, or why not.
    pub detail: &'a str,
    /// When it is tried again, if it is queued.
    pub next_at: Timestamp,
    /// How many were dealt with.
    pub total: u64,
}

/// Sends what is due: one row, or everything. `going_on` is asked after each mail, with how many were dealt with.
///
/// # Errors
/// A failing store. A mail that cannot be sent is no error: it stays queued, with the reason.
pub fn deliver(
    store: &mut Store,
    op: &Op,
    mailer: &Mailer,
    only: Option<i64>,
    going_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Delivery, OpError> {
    deliver_telling(store, op, mailer, only, &mut |told| going_on(told.total))
}

/// The same, telling what became of each mail.
///
/// # Errors
/// As [`deliver`].
pub fn deliver_telling(
    store: &mut Store,
    op: &Op,
    mailer: &Mailer,
    only: Option<i64>,
    going_on: &mut dyn FnMut(&Told<'_>) -> bool,
) -> Result<Delivery, OpError> {
    let mut delivery = Delivery::default();
    // A claim that is rolled back would be made again for ever, and its mail sent each time.
    if store.is_dry_run() {
        return Ok(delivery);
    }
    let lease = mailer.lease();
    loop {
        let claimed_at = mailer.now(op).now;
        let mut claimed = store.change(|tx| {
            let rows = tx.claim_mail(only, BATCH, lease, claimed_at)?;
            Ok::<_, Fault>(if rows.is_empty() {
                Done::nothing(rows)
            } else {
                Done::unrecorded(rows)
            })
        })?;
        if claimed.is_empty() {
            return Ok(delivery);
        }
        // A program may be slow: what is quick does not wait for it.
        claimed.sort_by_key(is_sms);
        let mut ends = Vec::with_capacity(claimed.len());
        let mut stopped = false;
        let mut tried = 0_u64;
        for (number, row) in claimed.iter().enumerate() {
            let op = mailer.now(op);
            // Nobody else may get hold of a row while it is being sent; the first always fits into the lease.
            let in_time =
                tried == 0 || op.now.duration_since(claimed_at) + mailer.longest(row) < lease;
            if stopped || !in_time {
                ends.push((row, None));
                continue;
            }
            let end = send_one(store, &op, mailer, row)?;
            tried += 1;
            match end.state {
                MailState::Sent => delivery.sent += 1,
                MailState::Written => delivery.written += 1,
                MailState::Queued => delivery.retrying += 1,
                MailState::Failed => delivery.failed += 1,
                MailState::Lapsed => delivery.lapsed += 1,
            }
            let (state, detail, next_at) = (end.state, end.detail.clone(), end.next_at);
            ends.push((row, Some(end)));
            if mailer.transport.leaves() || is_sms(row) {
                // Whoever dies at the next one does not send this one again. A file only replaces itself, and
                // 10,000 of them should not wait for the disk 10,000 times.
                let lasts = is_sms(row) || number + 1 == claimed.len();
                write_down(store, &mut ends, lasts)?;
            }
            stopped = !going_on(&Told {
                row,
                state,
                detail: &detail,
                next_at,
                total: delivery.total(),
            });
        }
        write_down(store, &mut ends, true)?;
        if stopped || only.is_some() {
            return Ok(delivery);
        }
    }
}

/// What became of one mail.
struct End {
    state: MailState,
    detail: String,
    next_at: Timestamp,
    now: Timestamp,
}

/// Writes what became of them; a code that is not needed any more is wiped with it (M2).
///
/// What need not last is a note: killing this process does not undo it, so that at most one mail is sent again. After a
/// power cut those may be that were noted since the last change by anybody, and each claimed batch ends with one. An SMS
/// may have cost money: it lasts at once.
fn write_down(
    store: &mut Store,
    ends: &mut Vec<(&MailRow, Option<End>)>,
    lasts: bool,
) -> Result<(), OpError> {
    if ends.is_empty() {
        return Ok(());
    }
    let write = |tx: &mut Tx<'_>| {
        for (row, end) in ends.iter() {
            match end {
                Some(end) => {
                    tx.finish_mail(row.id, end.state, &end.detail, end.next_at, end.now)?;
                    if let Some(code_id) = row.code_id.filter(|_| end.state != MailState::Queued) {
                        tx.wipe_code(code_id)?;
                    }
                }
                None => tx.return_mail(row.id)?,
            }
        }
        Ok::<_, Fault>(())
    };
    if lasts {
        store.change(|tx| write(tx).map(Done::unrecorded))?;
    } else {
        store.note(write)?;
    }
    ends.clear();
    Ok(())
}

fn send_one(store: &mut Store, op: &Op, mailer: &Mailer, row: &MailRow) -> Result<End, OpError> {
    let (draft, over_at) = store.read(|tx| draft(tx, op, mailer, row))?;
    let end = |op: &Op, state, detail| End {
        state,
        detail,
        next_at: op.now,
        now: op.now,
    };
    let handed_over = match &draft {
        Draft::Letter(letter) => mailer.transport.send(letter, row.id),
        Draft::Sms(message) => match &mailer.sms {
            Some(program) => program.send(message),
            None => mailer.transport.send_sms(message, row.id),
        },
        Draft::Lapsed(why) => return Ok(end(op, MailState::Lapsed, why.clone())),
        Draft::Faulty(why) => return Ok(try_later(op, row, over_at, why.clone())),
    };
    // The program may have taken its time.
    let op = &mailer.now(op);
    match handed_over {
        Ok(receipt) if receipt.leaves => Ok(end(op, MailState::Sent, receipt.detail)),
        Ok(receipt) => Ok(end(op, MailState::Written, receipt.detail)),
        Err(fault) if fault.retry => Ok(try_later(op, row, over_at, fault.detail)),
        Err(fault) => Ok(end(op, MailState::Failed, fault.detail)),
    }
}

/// `over_at` is the end of the code in it: then, if not before, it lapses.
fn try_later(op: &Op, row: &MailRow, over_at: Option<Timestamp>, detail: String) -> End {
    if op.now.duration_since(row.queued_at) >= MAIL_GIVEN_UP {
        return End {
            state: MailState::Failed,
            detail,
            next_at: op.now,
            now: op.now,
        };
    }
    let next_at = op
        .now
        .checked_add(mail_pause(row.attempts))
        .unwrap_or(op.now);
    End {
        state: MailState::Queued,
        detail,
        next_at: over_at.map_or(next_at, |over_at| next_at.min(over_at)),
        now: op.now,
    }
}
