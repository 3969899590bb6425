//! The store against a twin in memory that knows the rules and nothing else: random lives of three people in two
//! panels, compared after every step.

use std::collections::BTreeMap;

use admit::domain::access::Term;
use admit::domain::link::{Link, LinkPurpose, LinkState};
use admit::domain::refusal::Refusal;
use admit::ops::OpError;
use admit::ops::change::ChangeResult;
use admit::ops::extend::Extension;
use admit::ops::grant::Granted;
use admit::ops::invite::Invite;
use admit::ops::remove::Removal;
use admit::ops::reset_password::Reset;
use admit::ops::reset_password::ResetStarted;
use admit::ops::revoke::Revocation;
use admit::ops::unlock::Unlock;
use admit::ops::unlock::Unlocking;
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::engine::ONE_ROUND_IN;
use crate::support::bench_store::{
    ADA, BOB, CYD, IP, Lab, OTHER_PASSWORD, PASSWORD, START, WRONG, at, days, invitation, lapse,
    refusal, seed, word,
};

const PEOPLE: [&str; 3] = [ADA, BOB, CYD];
const PANELS: [&str; 2] = ["main", "second"];
const PASSWORDS: [&str; 2] = [PASSWORD, OTHER_PASSWORD];
/// Wrong passwords that lock, and locks that lock for good, by panel.
const LIMITS: [(i64, Option<i64>); 2] = [(2, Some(2)), (3, None)];

/// A word for what came of a step.
type Word = &'static str;

/// One thing that somebody does.
#[derive(Clone, Debug)]
enum Step {
    Invite {
        who: usize,
        panel: usize,
        days: Option<i64>,
    },
    Resend {
        who: usize,
        panel: usize,
    },
    Revoke {
        who: usize,
        panel: usize,
    },
    Remove {
        who: usize,
        panel: usize,
    },
    Extend {
        who: usize,
        panel: usize,
        end: End,
    },
    Register {
        who: usize,
        back: usize,
    },
    Unlock {
        who: usize,
        reason: bool,
    },
    Reset {
        who: usize,
        now: bool,
    },
    UseReset {
        who: usize,
        back: usize,
    },
    Forgot {
        who: usize,
    },
    SignIn {
        who: usize,
        panel: usize,
        right: bool,
    },
    Wait {
        minutes: i64,
    },
}

#[derive(Clone, Copy, Debug)]
enum End {
    For(i64),
    Until(i64),
    Permanent,
}

fn step() -> impl Strategy<Value = Step> {
    // Most steps are about the same person, so that lives get long.
    let who = || prop_oneof![5 => Just(0usize), 1 => Just(1), 1 => Just(2)];
    let panel = || 0..2usize;
    let back = || prop_oneof![3 => Just(0usize), 1 => 1..4usize];
    let end = prop_oneof![
        2 => (1..20i64).prop_map(End::For),
        2 => (0..60i64).prop_map(End::Until),
        1 => Just(End::Permanent)
    ];
    prop_oneof![
        4 => (who(), panel(), proptest::option::of(1..20i64))
            .prop_map(|(who, panel, days)| Step::Invite { who, panel, days }),
        1 => (who(), panel()).prop_map(|(who, panel)| Step::Resend { who, panel }),
        1 => (who(), panel()).prop_map(|(who, panel)| Step::Revoke { who, panel }),
        2 => (who(), panel()).prop_map(|(who, panel)| Step::Remove { who, panel }),
        3 => (who(), panel(), end).prop_map(|(who, panel, end)| Step::Extend { who, panel, end }),
        4 => (who(), back()).prop_map(|(who, back)| Step::Register { who, back }),
        2 => (who(), any::<bool>()).prop_map(|(who, reason)| Step::Unlock { who, reason }),
        2 => (who(), any::<bool>()).prop_map(|(who, now)| Step::Reset { who, now }),
        2 => (who(), back()).prop_map(|(who, back)| Step::UseReset { who, back }),
        2 => who().prop_map(|who| Step::Forgot { who }),
        5 => (who(), panel(), proptest::bool::weighted(0.4))
            .prop_map(|(who, panel, right)| Step::SignIn { who, panel, right }),
        4 => prop_oneof![Just(1i64), Just(5), 30..200i64, 1_000..12_000i64]
            .prop_map(|minutes| Step::Wait { minutes }),
    ]
}

/// Forty steps; most lives begin with somebody who registers.
fn life() -> impl Strategy<Value = Vec<Step>> {
    let begins = (
        proptest::bool::weighted(0.8),
        proptest::option::of(2..20i64),
    );
    (begins, proptest::collection::vec(step(), 40)).prop_map(|((begins, days), mut story)| {
        if begins {
            story[0] = Step::Invite {
                who: 0,
                panel: 0,
                days,
            };
            story[1] = Step::Register { who: 0, back: 0 };
        }
        story
    })
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Fate {
    Open,
    Used,
    Revoked,
    Superseded(Timestamp),
}

/// A link as the rules know it.
#[derive(Clone, Copy, Debug)]
struct Letter {
    panel: usize,
    expires: Timestamp,
    fate: Fate,
}

impl Letter {
    fn state(&self, now: Timestamp) -> LinkState {
        match self.fate {
            Fate::Used => LinkState::Used,
            Fate::Revoked => LinkState::Revoked,
            Fate::Superseded(at) => LinkState::Superseded(at),
            Fate::Open if now >= self.expires => LinkState::Expired(self.expires),
            Fate::Open => LinkState::Live,
        }
    }

    /// Why it does not work.
    fn refusal(&self, now: Timestamp) -> Option<Word> {
        match self.state(now) {
            LinkState::Live => None,
            LinkState::Used => Some("link-used"),
            LinkState::Revoked => Some("link-revoked"),
            LinkState::Superseded(_) => Some("link-superseded"),
            LinkState::Expired(_) => Some("link-expired"),
        }
    }

    fn kill(letters: &mut [Letter], panel: Option<usize>, fate: Fate) {
        for letter in letters {
            if letter.fate == Fate::Open && panel.is_none_or(|panel| panel == letter.panel) {
                letter.fate = fate;
            }
        }
    }
}

/// The position of what is so many back in a list, if there is anything.
fn back_in(length: usize, back: usize) -> Option<usize> {
    (length > 0).then(|| length - 1 - back % length)
}

#[derive(Clone, Copy, Debug)]
struct Room {
    until: Option<Timestamp>,
    removed: bool,
}

impl Room {
    fn is_over(self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    fn runs(self, now: Timestamp) -> bool {
        !self.removed && !self.is_over(now)
    }
}

#[derive(Clone, Debug, Default)]
struct Someone {
    /// Which of the two passwords.
    password: Option<usize>,
    voided: bool,
    wrong: i64,
    streak: i64,
    locked: bool,
    permanent: bool,
    rooms: [Option<Room>; 2],
    invitations: Vec<Letter>,
    resets: Vec<Letter>,
    reset_mails: Vec<Timestamp>,
}

impl Someone {
    fn invite(&mut self, panel: usize, now: Timestamp) {
        Letter::kill(&mut self.invitations, Some(panel), Fate::Superseded(now));
        let week = now.checked_add(days(7)).unwrap();
        let until = self.rooms[panel].and_then(|room| room.until);
        let expires = until.map_or(week, |until| until.min(week));
        self.invitations.push(Letter {
            panel,
            expires,
            fate: Fate::Open,
        });
    }

    fn reset(&mut self, now: Timestamp) {
        Letter::kill(&mut self.resets, None, Fate::Superseded(now));
        let expires = now.checked_add(SignedDuration::from_hours(2)).unwrap();
        self.resets.push(Letter {
            panel: 0,
            expires,
            fate: Fate::Open,
        });
        self.reset_mails.push(now);
    }

    /// The strictest of the panels that were not taken away.
    fn limits(&self) -> (i64, Option<i64>) {
        let has = |panel: usize| self.rooms[panel].is_some_and(|room| !room.removed);
        if has(0) { LIMITS[0] } else { LIMITS[1] }
    }

    fn lock(&mut self, now: Timestamp) {
        self.streak += 1;
        self.locked = true;
        if self.limits().1.is_some_and(|most| self.streak >= most) {
            self.permanent = true;
            Letter::kill(&mut self.resets, None, Fate::Revoked);
        } else {
            self.reset(now);
        }
    }

    fn obstacles(&self, panel: usize, now: Timestamp) -> Vec<Word> {
        let room = self.rooms[panel];
        let in_the_way = [
            (self.permanent, "locked-permanently"),
            (self.password.is_none(), "unregistered"),
            (room.is_none_or(|room| room.removed), "no-access"),
            (
                room.is_some_and(|room| !room.removed && room.is_over(now)),
                "access-expired",
            ),
            (self.locked && !self.permanent, "locked"),
            (self.voided, "password-reset-required"),
        ];
        in_the_way
            .into_iter()
            .filter(|(holds, _)| *holds)
            .map(|(_, word)| word)
            .collect()
    }

    fn account_status(&self) -> Word {
        match self {
            Self {
                permanent: true, ..
            } => "locked-permanently",
            Self { locked: true, .. } => "locked",
            Self { password: None, .. } => "unregistered",
            _ => "active",
        }
    }

    fn access_status(&self, panel: usize, now: Timestamp) -> Word {
        let in_a_week = now.checked_add(days(7)).unwrap();
        match self.rooms[panel] {
            None => "none",
            Some(room) if room.removed => "removed",
            Some(room) if room.is_over(now) => "expired",
            Some(_) if self.password.is_none() => "invited",
            Some(Room {
                until: Some(until), ..
            }) if until <= in_a_week => "expiring",
            Some(_) => "active",
        }
    }
}

/// The rules, in memory.
struct Twin {
    now: Timestamp,
    people: [Option<Someone>; 3],
    strangers: [Option<(i64, Timestamp)>; 3],
}

impl Twin {
    fn password_of(&self, who: usize) -> usize {
        self.people[who]
            .as_ref()
            .and_then(|someone| someone.password)
            .unwrap_or(0)
    }

    fn invite(&mut self, who: usize, panel: usize, term: Option<i64>) -> Word {
        let now = self.now;
        let until = term.map(|count| now.checked_add(days(count)).unwrap());
        let someone = self.people[who].get_or_insert_default();
        let running = someone.rooms[panel].is_some_and(|room| room.runs(now));
        if someone.password.is_some() {
            if running {
                return "in-already";
            }
            let expired = someone.rooms[panel].is_some_and(|room| !room.removed);
            let elsewhere = someone.rooms.iter().flatten().any(|room| room.runs(now));
            someone.rooms[panel] = Some(Room {
                until,
                removed: false,
            });
            return if expired || !elsewhere {
                "access-restored"
            } else {
                "access-added"
            };
        }
        let kept = someone.rooms[panel]
            .filter(|_| running)
            .and_then(|room| room.until);
        someone.rooms[panel] = Some(Room {
            until: until.or(kept),
            removed: false,
        });
        someone.invite(panel, now);
        if running { "resent" } else { "invited" }
    }

    fn resend(&mut self, who: usize, panel: usize) -> Word {
        let now = self.now;
        let Some(someone) = &mut self.people[who] else {
            return "unknown";
        };
        match someone.rooms[panel] {
            _ if someone.password.is_some() => "registered",
            None => "no-access",
            Some(room) if room.removed => "removed",
            Some(room) if room.is_over(now) => "ended",
            Some(_) => {
                someone.invite(panel, now);
                "resent"
            }
        }
    }

    fn revoke(&mut self, who: usize, panel: usize) -> Word {
        let Some(someone) = &mut self.people[who] else {
            return "unknown";
        };
        if someone.password.is_some() {
            return "registered";
        }
        let Some(room) = someone.rooms[panel].as_mut().filter(|room| !room.removed) else {
            return "nothing-pending";
        };
        room.removed = true;
        Letter::kill(&mut someone.invitations, Some(panel), Fate::Revoked);
        if someone.rooms.iter().flatten().all(|room| room.removed) {
            self.people[who] = None;
            return "erased";
        }
        "revoked"
    }

    fn remove(&mut self, who: usize, panel: usize) -> Word {
        let Some(someone) = &mut self.people[who] else {
            return "unknown";
        };
        let registered = someone.password.is_some();
        match &mut someone.rooms[panel] {
            Some(room) if !room.removed && registered => {
                room.removed = true;
                "removed-now"
            }
            Some(room) if !room.removed => self.revoke(who, panel),
            _ => "not-in",
        }
    }

    fn extend(&mut self, who: usize, panel: usize, end: End) -> Word {
        let now = self.now;
        let Some(someone) = &mut self.people[who] else {
            return "unknown";
        };
        let Some(room) = &mut someone.rooms[panel] else {
            return "no-access";
        };
        if room.removed {
            return "removed";
        }
        let running = room.runs(now);
        let until = match end {
            End::Permanent => None,
            End::Until(day) if day_of(day) <= now => return "past",
            End::Until(day) => Some(day_of(day)),
            End::For(count) => {
                let from = match room.until {
                    None => return "permanent",
                    Some(until) if running => until,
                    Some(_) => now,
                };
                Some(from.checked_add(days(count)).unwrap())
            }
        };
        if running && until == room.until {
            return "ends-so";
        }
        let shorter = until.is_some_and(|until| room.until.is_none_or(|was| until < was));
        room.until = until;
        match (running, someone.password) {
            (true, _) if shorter => "shortened",
            (true, _) => "extended",
            (false, Some(_)) => "access-restored",
            (false, None) => {
                someone.invite(panel, now);
                "invited"
            }
        }
    }

    fn register(&mut self, who: usize, back: usize) -> Word {
        let Some(someone) = &mut self.people[who] else {
            return "nothing";
        };
        let Some(index) = back_in(someone.invitations.len(), back) else {
            return "nothing";
        };
        if let Some(refusal) = someone.invitations[index].refusal(self.now) {
            return refusal;
        }
        Letter::kill(&mut someone.invitations, None, Fate::Used);
        someone.password = Some(0);
        "registered-now"
    }

    fn unlock(&mut self, who: usize, reason: bool) -> Word {
        let Some(someone) = &mut self.people[who] else {
            return "unknown";
        };
        if !someone.locked {
            return "not-locked";
        }
        if someone.permanent && !reason {
            return "reason-needed";
        }
        let was_permanent = someone.permanent;
        (someone.locked, someone.permanent, someone.wrong) = (false, false, 0);
        if !was_permanent {
            return "unlocked";
        }
        (someone.streak, someone.voided) = (0, true);
        someone.reset(self.now);
        "unlocked-voided"
    }

    fn reset(&mut self, who: usize, voids: bool) -> Word {
        let Some(someone) = &mut self.people[who] else {
            return "unknown";
        };
        if someone.password.is_none() {
            return "unregistered";
        }
        if someone.permanent {
            return "locked-permanently";
        }
        someone.voided |= voids;
        someone.reset(self.now);
        "reset-started"
    }

    fn use_reset(&mut self, who: usize, back: usize) -> Word {
        let Some(someone) = &mut self.people[who] else {
            return "nothing";
        };
        let Some(index) = back_in(someone.resets.len(), back) else {
            return "nothing";
        };
        if let Some(refusal) = someone.resets[index].refusal(self.now) {
            return refusal;
        }
        someone.resets[index].fate = Fate::Used;
        Letter::kill(&mut someone.resets, None, Fate::Revoked);
        someone.password = someone.password.map(|password| 1 - password);
        (someone.voided, someone.locked, someone.wrong) = (false, false, 0);
        "password-set"
    }

    fn forgot(&mut self, who: usize) -> Word {
        let now = self.now;
        let Some(someone) = &mut self.people[who] else {
            return "unknown-address";
        };
        if someone.password.is_none() {
            return "unregistered";
        }
        if someone.permanent {
            return "locked-permanently";
        }
        let ago = |mail: &Timestamp| now.duration_since(*mail);
        let today = someone
            .reset_mails
            .iter()
            .filter(|mail| ago(mail) < days(1))
            .count();
        let lately = someone
            .reset_mails
            .iter()
            .any(|mail| ago(mail) < SignedDuration::from_mins(5));
        if today >= 5 || lately {
            return "mailed-enough";
        }
        if someone
            .resets
            .last()
            .is_some_and(|letter| letter.refusal(now).is_none())
        {
            someone.reset_mails.push(now);
            return "same-link-mailed";
        }
        someone.reset(now);
        "link-mailed"
    }

    fn sign_in(&mut self, who: usize, panel: usize, right: bool) -> Word {
        let now = self.now;
        let counted = self.people[who].as_mut().filter(|someone| {
            let anywhere = someone.rooms.iter().flatten().any(|room| !room.removed);
            someone.password.is_some() && (anywhere || someone.locked || someone.permanent)
        });
        let Some(someone) = counted else {
            return self.sign_in_as_stranger(who, panel, right);
        };
        if someone.locked {
            return "locked";
        }
        let most = someone.limits().0;
        if someone.wrong >= most {
            // The limit came down to where the count stands.
            someone.lock(now);
            return "locked";
        }
        if right {
            if let Some(first) = someone.obstacles(panel, now).first() {
                return first;
            }
            (someone.wrong, someone.streak) = (0, 0);
            return "signed-in";
        }
        someone.wrong += 1;
        if someone.wrong >= most {
            someone.lock(now);
        }
        "invalid-credentials"
    }

    fn sign_in_as_stranger(&mut self, who: usize, panel: usize, right: bool) -> Word {
        let now = self.now;
        let tries = match self.strangers[who] {
            Some((tries, last)) if now.duration_since(last) < days(90) => tries + 1,
            _ => 1,
        };
        self.strangers[who] = Some((tries, now));
        // The strictest panel's limit holds for addresses of nobody, whichever is named.
        if tries > LIMITS.iter().map(|limits| limits.0).min().unwrap() {
            return "locked";
        }
        match &self.people[who] {
            Some(someone) if right && someone.password.is_some() => {
                someone.obstacles(panel, now)[0]
            }
            _ => "invalid-credentials",
        }
    }

    fn take(&mut self, step: &Step) -> Word {
        match *step {
            Step::Invite { who, panel, days } => self.invite(who, panel, days),
            Step::Resend { who, panel } => self.resend(who, panel),
            Step::Revoke { who, panel } => self.revoke(who, panel),
            Step::Remove { who, panel } => self.remove(who, panel),
            Step::Extend { who, panel, end } => self.extend(who, panel, end),
            Step::Register { who, back } => self.register(who, back),
            Step::Unlock { who, reason } => self.unlock(who, reason),
            Step::Reset { who, now } => self.reset(who, now),
            Step::UseReset { who, back } => self.use_reset(who, back),
            Step::Forgot { who } => self.forgot(who),
            Step::SignIn { who, panel, right } => self.sign_in(who, panel, right),
            Step::Wait { minutes } => {
                self.now = self
                    .now
                    .checked_add(SignedDuration::from_mins(minutes))
                    .unwrap();
                "waited"
            }
        }
    }
}

/// An instant so many days after the start, which counting from another does not reach.
fn day_of(day: i64) -> Timestamp {
    at(START)
        .checked_add(days(day))
        .unwrap()
        .checked_add(SignedDuration::from_secs(7))
        .unwrap()
}

/// What an operation came to, in the model's words.
trait Worded {
    fn word(&self) -> Word;
}

impl Worded for Granted {
    fn word(&self) -> Word {
        match self {
            Self::Invited => "invited",
            Self::Resent { .. } => "resent",
            Self::AccessAdded => "access-added",
            Self::AccessRestored => "access-restored",
            Self::InAlready => "in-already",
            Self::PendingAlready => panic!("only in bulk"),
        }
    }
}

impl Worded for Extension {
    fn word(&self) -> Word {
        match self {
            Self::Moved { shortened: true } => "shortened",
            Self::Moved { shortened: false } => "extended",
            Self::EndsSoAlready => "ends-so",
            Self::Granted(granted) => granted.word(),
        }
    }
}

impl Worded for Revocation {
    fn word(&self) -> Word {
        match self {
            Self::Revoked { erased: true } => "erased",
            Self::Revoked { erased: false } => "revoked",
            Self::NothingPending => "nothing-pending",
        }
    }
}

impl Worded for Removal {
    fn word(&self) -> Word {
        match self {
            Self::Removed { .. } => "removed-now",
            Self::NotIn => "not-in",
            Self::Revoked(revoked) => revoked.word(),
        }
    }
}

impl Worded for Unlocking {
    fn word(&self) -> Word {
        match self {
            Self::Unlocked { voided: true, .. } => "unlocked-voided",
            Self::Unlocked { voided: false, .. } => "unlocked",
            Self::NotLocked => "not-locked",
        }
    }
}

impl Worded for ResetStarted {
    fn word(&self) -> Word {
        "reset-started"
    }
}

fn word_of_refusal(error: OpError) -> Word {
    match refusal(error) {
        Refusal::UnknownAddress { .. } => "unknown",
        Refusal::Registered => "registered",
        Refusal::AccessRemoved { .. } => "removed",
        Refusal::AccessEnded { .. } => "ended",
        Refusal::PermanentAccess => "permanent",
        Refusal::PastDate { .. } => "past",
        Refusal::ReasonNeeded => "reason-needed",
        other => other.reason(),
    }
}

fn done<C: Worded>(result: Result<ChangeResult<C>, OpError>) -> Word {
    result.map_or_else(word_of_refusal, |outcome| outcome.change.word())
}

/// Every link of a kind that somebody was ever sent, oldest first.
fn links(lab: &mut Lab, who: &str, purpose: LinkPurpose) -> Vec<Link> {
    let Some(account) = lab.find(who) else {
        return Vec::new();
    };
    lab.look(|tx| {
        let newest = tx
            .newest_link(account.id, purpose, None)?
            .map_or(0, |link| link.id);
        let mut found = Vec::new();
        for id in 1..=newest {
            let link = tx.link_by_id(id)?;
            found.extend(
                link.filter(|link| link.account_id == account.id && link.purpose == purpose),
            );
        }
        Ok(found)
    })
}

/// Follows a link so many back, if there is any.
fn follow(lab: &mut Lab, who: &str, purpose: LinkPurpose, back: usize, password: &str) -> Word {
    let all = links(lab, who, purpose);
    let Some(index) = back_in(all.len(), back) else {
        return "nothing";
    };
    let token = lab.token(all[index].id);
    let (followed, word) = match purpose {
        LinkPurpose::Invitation => (lab.register(&token, password).map(drop), "registered-now"),
        _ => (
            lab.reset_by_link(&token, password).map(drop),
            "password-set",
        ),
    };
    followed.map_or_else(word_of_refusal, |()| word)
}

/// The same step in the store.
fn take(lab: &mut Lab, twin: &Twin, step: &Step) -> Word {
    let name = |panel: usize| Some(PANELS[panel]);
    match *step {
        Step::Invite { who, panel, days } => done(lab.invite_as(&Invite {
            panel: Some(PANELS[panel].into()),
            term: days.map(|count| lapse(&format!("{count}d"))),
            ..invitation(PEOPLE[who])
        })),
        Step::Resend { who, panel } => done(lab.resend_in(PEOPLE[who], name(panel))),
        Step::Revoke { who, panel } => done(lab.revoke(PEOPLE[who], name(panel))),
        Step::Remove { who, panel } => done(lab.remove(PEOPLE[who], name(panel))),
        Step::Extend { who, panel, end } => {
            let term = match end {
                End::For(count) => lapse(&format!("{count}d")),
                End::Until(day) => Term::Until(day_of(day)),
                End::Permanent => Term::Permanent,
            };
            done(lab.extend(PEOPLE[who], name(panel), term))
        }
        Step::Unlock { who, reason } => {
            let reason = reason.then(|| "asked".to_owned());
            done(lab.unlock(
                PEOPLE[who],
                &Unlock {
                    reason,
                    ..Unlock::default()
                },
            ))
        }
        Step::Reset { who, now } => done(lab.reset(
            PEOPLE[who],
            &Reset {
                panel: Some("main".into()),
                now,
                ..Reset::default()
            },
        )),
        Step::Register { who, back } => follow(
            lab,
            PEOPLE[who],
            LinkPurpose::Invitation,
            back,
            PASSWORDS[0],
        ),
        Step::UseReset { who, back } => {
            let other = PASSWORDS[1 - twin.password_of(who)];
            follow(lab, PEOPLE[who], LinkPurpose::Reset, back, other)
        }
        Step::Forgot { who } => lab.forgot(PEOPLE[who]),
        Step::SignIn { who, panel, right } => {
            let password = if right {
                PASSWORDS[twin.password_of(who)]
            } else {
                WRONG
            };
            word(&lab.try_in(PANELS[panel], PEOPLE[who], password, IP))
        }
        Step::Wait { minutes } => {
            lab.advance(SignedDuration::from_mins(minutes));
            "waited"
        }
    }
}

/// Everything that can be seen of everybody is the same on both sides.
fn compare(lab: &mut Lab, twin: &Twin, story: &[Step]) {
    let now = twin.now;
    for (index, who) in PEOPLE.iter().enumerate() {
        let Some(someone) = &twin.people[index] else {
            assert!(
                lab.find(who).is_none(),
                "{who} should not exist after {story:#?}"
            );
            continue;
        };
        let account = lab.account(who);
        let counts = (
            account.lock.wrong,
            account.lock.streak,
            account.lock.open_tries,
        );
        assert_eq!(
            counts,
            (someone.wrong, someone.streak, 0),
            "{who} after {story:#?}"
        );
        assert_eq!(
            lab.account_status(who),
            someone.account_status(),
            "{who} after {story:#?}"
        );
        for (panel, name) in PANELS.iter().enumerate() {
            let status = lab.access_status(who, i64::try_from(panel).unwrap() + 1);
            assert_eq!(
                status,
                someone.access_status(panel, now),
                "{who}, {name} after {story:#?}"
            );
            let diagnosis = lab.why(who, Some(name)).remove(0);
            let words: Vec<Word> = diagnosis
                .obstacles
                .iter()
                .map(|explained| explained.obstacle.reason.as_str())
                .collect();
            assert_eq!(
                words,
                someone.obstacles(panel, now),
                "{who}, {name} after {story:#?}"
            );
        }
        for (purpose, letters) in [
            (LinkPurpose::Invitation, &someone.invitations),
            (LinkPurpose::Reset, &someone.resets),
        ] {
            let seen: Vec<LinkState> = links(lab, who, purpose)
                .iter()
                .map(|link| link.state(now))
                .collect();
            let expected: Vec<LinkState> = letters.iter().map(|letter| letter.state(now)).collect();
            assert_eq!(seen, expected, "{who}, {purpose:?} after {story:#?}");
        }
    }
}

/// How often each word was met.
type Seen = BTreeMap<Word, u32>;

fn live(lab: &mut Lab, story: &[Step], seen: &mut Seen) {
    for (name, (wrong, locks)) in PANELS.iter().zip(LIMITS) {
        let (wrong, locks) = (
            wrong.to_string(),
            locks.map_or("off".to_owned(), |locks| locks.to_string()),
        );
        let settings = [
            ("wrong-passwords", wrong.as_str()),
            ("locks-in-a-row", locks.as_str()),
        ];
        if *name == "main" {
            for (key, value) in settings {
                lab.set_main(key, value);
            }
        } else {
            lab.add_panel(name, &settings);
        }
    }
    let mut twin = Twin {
        now: lab.now,
        people: [const { None }; 3],
        strangers: [None; 3],
    };
    for (index, step) in story.iter().enumerate() {
        let found = take(lab, &twin, step);
        let expected = twin.take(step);
        assert_eq!(found, expected, "step {index} of {:#?}", &story[..=index]);
        *seen.entry(found).or_default() += 1;
        compare(lab, &twin, &story[..=index]);
    }
    lab.verify();
    assert_eq!(lab.store.check().unwrap(), [""; 0]);
}

#[test]
fn random_lives_agree_with_the_rules_in_memory() {
    let seen = std::cell::RefCell::new(Seen::new());
    let config = Config {
        failure_persistence: None,
        rng_seed: seed(),
        max_shrink_iters: 400,
        // A server takes five times as long for each, and what it is asked is the same.
        ..Config::with_cases(if ONE_ROUND_IN == 1 { 64 } else { 16 })
    };
    TestRunner::new(config)
        .run(&life(), |story| {
            live(&mut Lab::new(), &story, &mut seen.borrow_mut());
            Ok(())
        })
        .unwrap();
    // A model that never meets the interesting answers proves nothing.
    let seen = seen.into_inner();
    for word in [
        "invited",
        "resent",
        "access-added",
        "access-restored",
        "in-already",
        "registered-now",
        "link-used",
        "link-expired",
        "signed-in",
        "invalid-credentials",
        "locked",
        "no-access",
        "password-set",
        "unlocked",
        "removed-now",
        "extended",
        "shortened",
        "reset-started",
    ] {
        assert!(seen.contains_key(word), "never met {word}: {seen:?}");
    }
}

#[test]
fn one_long_story_passes_through_a_permanent_lock() {
    let wrong = || Step::SignIn {
        who: 0,
        panel: 1,
        right: false,
    };
    let right = |panel| Step::SignIn {
        who: 0,
        panel,
        right: true,
    };
    let story = [
        Step::Invite {
            who: 0,
            panel: 1,
            days: None,
        },
        Step::Register { who: 0, back: 0 },
        wrong(),
        wrong(),
        // The count stands at two, and the stricter panel makes that the limit.
        Step::Invite {
            who: 0,
            panel: 0,
            days: Some(3),
        },
        right(1),
        Step::Unlock {
            who: 0,
            reason: false,
        },
        wrong(),
        wrong(),
        Step::UseReset { who: 0, back: 0 },
        Step::Unlock {
            who: 0,
            reason: false,
        },
        Step::Forgot { who: 0 },
        Step::Reset { who: 0, now: false },
        Step::Remove { who: 0, panel: 0 },
        right(1),
        Step::Unlock {
            who: 0,
            reason: true,
        },
        right(1),
        Step::UseReset { who: 0, back: 0 },
        right(1),
        right(0),
        Step::Invite {
            who: 0,
            panel: 0,
            days: None,
        },
    ];
    let mut seen = Seen::new();
    live(&mut Lab::new(), &story, &mut seen);
    for word in [
        "link-revoked",
        "reason-needed",
        "locked-permanently",
        "unlocked-voided",
        "password-reset-required",
        "no-access",
        "signed-in",
    ] {
        assert!(seen.contains_key(word), "{word}: {seen:?}");
    }
}
