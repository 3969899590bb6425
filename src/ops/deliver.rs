//! Processing the outbox: claim, render, deliver, record the result (M1, M2, M5).

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

/// How long a claimed mail belongs to one sender.
const LEASE: SignedDuration = SignedDuration::from_mins(10);
/// A lease exceeds the time limit of the slowest mail by this much, so that quick ones can be sent before it.
const MARGIN: SignedDuration = SignedDuration::from_mins(2);
/// How many mails are claimed at a time.
const BATCH: i64 = 50;

/// What applies if a panel has no setting of its own: the configuration's values.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// `https://…{token}…` for invitations.
    pub links_register: Option<String>,
    /// `https://…{token}…` for reset links.
    pub links_reset: Option<String>,
    /// `https://…{token}…` for confirming a new address.
    pub links_confirm: Option<String>,
    /// The sender: an address, or `Name <address>`.
    pub sender: Option<String>,
    /// Who to contact for help.
    pub support_contact: Option<String>,
}

impl Wording {
    /// What a link looks like to the person: a web address, or only the token.
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

    /// The sender of a panel's mail.
    ///
    /// # Errors
    /// A sender that is not valid in a header.
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

/// The time while mail is being sent, which may take long.
type Clock = Box<dyn Fn() -> Timestamp + Send + Sync>;

/// Everything needed to turn a row into a message and deliver it.
pub struct Mailer {
    /// Delivers mail, and SMS if no program is configured for them.
    pub transport: Transport,
    /// The program that sends SMS.
    pub sms: Option<SmsCommand>,
    /// The mail templates.
    pub templates: Templates,
    /// The configuration's values.
    pub wording: Wording,
    clock: Option<Clock>,
}

impl Mailer {
    /// A mailer without a program for SMS, whose time is always the command's `now`.
    pub fn new(transport: Transport, templates: Templates, wording: Wording) -> Self {
        Self {
            transport,
            sms: None,
            templates,
            wording,
            clock: None,
        }
    }

    /// Adds a program for SMS.
    #[must_use]
    pub fn with_sms(mut self, sms: Option<SmsCommand>) -> Self {
        self.sms = sms;
        self
    }

    /// Adds a clock: a code is never sent after it has expired, however long the mails before it took.
    #[must_use]
    pub fn with_clock(mut self, clock: impl Fn() -> Timestamp + Send + Sync + 'static) -> Self {
        self.clock = Some(Box::new(clock));
        self
    }

    /// The operation with the current time, which never goes back.
    fn now(&self, op: &Op) -> Op {
        let now = self
            .clock
            .as_ref()
            .map_or(op.now, |clock| clock().max(op.now));
        Op { now, ..op.clone() }
    }

    /// The longest that delivering a row may take, if it has a limit.
    fn longest(&self, row: &MailRow) -> SignedDuration {
        let longest = match &self.sms {
            Some(sms) if is_sms(row) => sms.longest(),
            _ => self.transport.longest(),
        };
        longest.try_into().unwrap_or_default()
    }

    /// How long a claimed mail belongs to this sender: at least as long as one may take.
    fn lease(&self) -> SignedDuration {
        let longest = SignedDuration::try_from(self.transport.longest()).unwrap_or_default();
        LEASE.max(longest + MARGIN)
    }
}

fn is_sms(row: &MailRow) -> bool {
    MailKind::parse(&row.kind).is_some_and(|kind| kind.channel() == Channel::Sms)
}

/// Totals of one run of the outbox.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Delivered.
    pub sent: u64,
    /// Written to files, because no mail server is configured.
    pub written: u64,
    /// Not accepted; will be retried.
    pub retrying: u64,
    /// Failed permanently.
    pub failed: u64,
    /// Not sent, because the link or code has expired or was replaced.
    pub lapsed: u64,
}

impl Delivery {
    /// How many rows were processed.
    pub fn total(&self) -> u64 {
        self.sent + self.written + self.retrying + self.failed + self.lapsed
    }
}

/// The result of one mail, reported while others still wait.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The row as it was claimed.
    pub row: &'a MailRow,
    /// Its new state.
    pub state: MailState,
    /// The server's reply, or why it failed.
    pub detail: &'a str,
    /// When the next attempt is due, if it is still queued.
    pub next_at: Timestamp,
    /// How many were processed so far.
    pub total: u64,
}

/// Sends what is due: one row, or everything. `going_on` is called after each mail, with the number processed
/// so far.
///
/// # Errors
/// A failing store. A mail that cannot be sent is not an error: it stays queued, with the reason.
pub fn deliver(
    store: &mut Store,
    op: &Op,
    mailer: &Mailer,
    only: Option<i64>,
    going_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Delivery, OpError> {
    deliver_telling(store, op, mailer, only, &mut |told| going_on(told.total))
}

/// Like [`deliver`], and reports the result of each mail.
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
    // A claim that is rolled back would be repeated for ever, and its mail sent each time.
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
        // A program may be slow: quick mail does not wait for it.
        claimed.sort_by_key(is_sms);
        let mut ends = Vec::with_capacity(claimed.len());
        let mut stopped = false;
        let mut tried = 0_u64;
        for (number, row) in claimed.iter().enumerate() {
            let op = mailer.now(op);
            // No other sender may claim a row while it is being sent; the first always fits into the lease.
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
                // If the process is killed at the next mail, this one is not sent again. A file only replaces
                // itself, and 10,000 of them should not wait for the disk 10,000 times.
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

/// The result of one mail.
struct End {
    state: MailState,
    detail: String,
    next_at: Timestamp,
    now: Timestamp,
}

/// Records the results; a code that is no longer needed is erased with it (M2).
///
/// Results that need not survive a power cut are committed without waiting for the disk: killing this process
/// does not undo them, so at most one mail is sent again. A power cut may lose those committed since the last
/// synced change, and each claimed batch ends with one. An SMS may have cost money: its result is synced at
/// once.
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
        store.change_relaxed(write)?;
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
    // The program may have taken long.
    let op = &mailer.now(op);
    match handed_over {
        Ok(receipt) if receipt.leaves => Ok(end(op, MailState::Sent, receipt.detail)),
        Ok(receipt) => Ok(end(op, MailState::Written, receipt.detail)),
        Err(fault) if fault.retry => Ok(try_later(op, row, over_at, fault.detail)),
        Err(fault) => Ok(end(op, MailState::Failed, fault.detail)),
    }
}

/// `over_at` is when the code in it expires: the mail lapses then, if not before.
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
