//! What `why` looks up in addition to the details.

use jiff::Timestamp;

use crate::domain::admission::{Facts, Obstacle, Reason};
use crate::domain::event::Action;
use crate::domain::link::{Link, LinkPurpose};
use crate::domain::policy::{FORGOT_A_DAY, ONE_DAY, SecondFactor};
use crate::ops::details::{PersonDetails, Room};
use crate::ops::forgot::RESET_LINKS;
use crate::ops::second_factor::before;
use crate::ops::send_code::{Spent, spent};
use crate::ops::wrong_ip::waits;
use crate::ops::{Op, OpError};
use crate::store::{AuditEntry, AuditFilter, MailRow, Tx};

/// How many mails are checked, newest first.
const MAILS: usize = 100;

/// What explains a complaint, looked up for one person in one panel.
pub(in crate::ops) struct Evidence {
    /// The newest mails.
    pub(super) mail: Vec<MailRow>,
    /// The invitation was mailed, not only printed or created without a mail.
    pub(super) invitation_mailed: bool,
    /// The newest reset link, whatever its state.
    pub(super) reset_link: Option<Link>,
    /// It was mailed, not printed.
    pub(super) reset_link_mailed: bool,
    /// When "forgot password" mails a link again, if the daily limit is reached (P6).
    pub(super) reset_mails_again_at: Option<Timestamp>,
    /// Why no more codes are sent now (T4).
    pub(super) no_more_codes: Option<Spent>,
    /// The IP of the last unchecked attempt here still has to wait (L9).
    pub(super) ip_waits: bool,
    /// A clock that was wrong.
    pub(super) clock: Option<WrongClock>,
}

/// A code that was correct for another time (T7).
#[derive(Clone, Copy, Debug)]
pub(super) struct WrongClock {
    /// How many steps the phone's clock differs from this machine's.
    pub(super) steps: i64,
    /// When that was seen.
    pub(super) seen: Timestamp,
    /// While the authenticator was being set up.
    pub(super) setting_up: bool,
    /// How many other people's phones differ by the same amount, if that shows that this machine's clock is
    /// wrong.
    pub(super) others: i64,
}

impl Evidence {
    /// Looks it up.
    pub(in crate::ops) fn load(
        tx: &Tx<'_>,
        op: &Op,
        details: &PersonDetails,
        room: &Room,
    ) -> Result<Self, OpError> {
        let account = &details.account;
        let mailed = |link: &Option<Link>| match link {
            Some(link) => Ok::<_, OpError>(tx.mail_with_link(link.id, account.id)?.is_some()),
            None => Ok(false),
        };
        let most = i64::try_from(MAILS).unwrap_or(i64::MAX);
        let mail = tx.mail_of(account.id, most)?;
        let reset_link = tx.newest_link(account.id, LinkPurpose::Reset, None)?;
        Ok(Self {
            invitation_mailed: mailed(&room.invitation)?,
            reset_link_mailed: mailed(&reset_link)?,
            reset_link,
            reset_mails_again_at: reset_mails_again_at(&mail, op),
            mail,
            no_more_codes: spent(tx, op, account.id)?.1,
            ip_waits: ip_waits(tx, op, details, room)?,
            clock: wrong_clock(tx, details, room)?,
        })
    }
}

/// When "forgot password" may mail again after the daily limit.
fn reset_mails_again_at(mail: &[MailRow], op: &Op) -> Option<Timestamp> {
    let day_ago = before(op.now, ONE_DAY);
    let oldest = mail
        .iter()
        .filter(|mail| mail.with_id.is_none() && mail.queued_at > day_ago)
        .filter(|mail| RESET_LINKS.iter().any(|kind| kind.as_str() == mail.kind))
        .nth(usize::try_from(FORGOT_A_DAY - 1).unwrap_or(usize::MAX))?;
    oldest.queued_at.checked_add(ONE_DAY).ok()
}

/// The last sign-in here, refused or not.
pub(super) fn last_try<'a>(details: &'a PersonDetails, room: &Room) -> Option<&'a AuditEntry> {
    let tries = [Action::SignInRefused.as_str(), Action::SignedIn.as_str()];
    details.recent.iter().find(|entry| {
        tries.contains(&entry.action.as_str())
            && entry.panel.as_deref() == Some(room.panel.name.as_str())
    })
}

fn ip_waits(tx: &Tx<'_>, op: &Op, details: &PersonDetails, room: &Room) -> Result<bool, OpError> {
    let entry = last_try(details, room);
    let ip = entry.and_then(|entry| entry.personal.ip.as_deref()?.parse().ok());
    Ok(match ip {
        Some(ip) => waits(tx, op, &room.panel, ip)?.is_some(),
        None => false,
    })
}

fn wrong_clock(
    tx: &Tx<'_>,
    details: &PersonDetails,
    room: &Room,
) -> Result<Option<WrongClock>, OpError> {
    let policy = &room.panel.policy;
    let account_id = details.account.id;
    let at_sign_in = details
        .second_factor
        .filter(|_| room.factor.is_asked(policy))
        .and_then(|brief| brief.clock);
    let (found, setting_up) = match at_sign_in {
        Some(found) => (Some(found), false),
        None => (tx.set_up_clock(account_id)?, true),
    };
    let Some((steps, seen)) = found.filter(|_| policy.methods.app) else {
        return Ok(None);
    };
    let (others, first) = tx.same_clock(account_id, steps, before(seen, ONE_DAY))?;
    let first = first.map_or(seen, |first| first.min(seen));
    // A code that was accepted in the meantime shows that this machine's clock is correct.
    let others = if others > 0 && !tx.any_code_accepted_since(first)? {
        others
    } else {
        0
    };
    Ok(Some(WrongClock {
        steps,
        seen,
        setting_up,
        others,
    }))
}

/// Since when a password has been too short for a panel because its settings were changed: not before it was
/// set, and not before the person had access.
pub(in crate::ops) fn too_short_since(
    tx: &Tx<'_>,
    facts: &Facts<'_>,
    obstacle: &Obstacle,
) -> Result<Option<Timestamp>, OpError> {
    let panel = facts.panel;
    let Some(password) = facts.account.and_then(|account| account.password) else {
        return Ok(obstacle.since);
    };
    if obstacle.reason != Reason::PasswordExpired
        || password.met_length >= panel.policy.shortest_password()
    {
        return Ok(obstacle.since);
    }
    let granted = facts.access.map(|access| access.granted_at);
    let earliest = granted.map_or(password.set_at, |granted| granted.max(password.set_at));
    let filter = AuditFilter {
        panel: Some(&panel.name),
        action: Some(Action::SettingChanged.as_str()),
        since: Some(earliest),
        newest_first: true,
        limit: Some(i64::from(u16::MAX)),
        ..AuditFilter::default()
    };
    let mut policy = panel.policy.clone();
    let mut since = None;
    // Backwards: the change before which the password was long enough.
    tx.each_audit_entry(&filter, |entry| {
        let before = entry.word("before");
        match entry.word("key") {
            Some("password-length") => {
                policy.password_length = before.and_then(|text| text.parse().ok());
            }
            Some("second-factor") => {
                policy.second_factor = match before {
                    Some("required") => SecondFactor::Required,
                    _ => SecondFactor::Optional,
                };
            }
            _ => return Ok::<bool, OpError>(true),
        }
        if password.met_length >= policy.shortest_password() {
            since = Some(entry.at);
        }
        Ok(since.is_none())
    })?;
    Ok(Some(since.unwrap_or(earliest)))
}
