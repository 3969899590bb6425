//! What explains a complaint about codes: the authenticator, the phone's clock, wrong codes, an ended trust.

use crate::domain::policy::{MOST_WRONG_CODES, WRONG_CODES_TOLD};
use crate::domain::remedy::{self, Remedy};
use crate::domain::second_factor::Method;

use super::Notes;
use super::evidence::last_try;
use crate::ops::send_code::{Spent, TOO_MANY_CODES, TOO_MANY_TRIES};

/// With this few backup codes left it is time to create new ones.
const FEW_BACKUP_CODES: i64 = 3;

impl Notes<'_> {
    pub(super) fn second_factor(&mut self) {
        let (details, room) = (self.details, self.room);
        let (account, policy) = (&details.account, &room.panel.policy);
        let address = account.address.as_str();
        let takes_app = policy.methods.app && room.factor.is_asked(policy);
        if let Some(brief) = details.second_factor.filter(|_| takes_app) {
            let last = brief.used_at.map_or_else(
                || "no code used since".to_owned(),
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
                vec![new_phone(address)],
            );
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
                        "for the person: asks for the password and a code, and creates ten new codes",
                    )],
                );
            }
        }
        if details.second_factor.is_none() && room.factor.is_asked(policy) {
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
        self.wrong_clock();
        self.wrong_codes();
        self.sent_codes();
        if account.mail_barred_at.is_some() && policy.methods.has(Method::Mail) {
            self.note(
                "mailed-codes-barred",
                "the password was reset by mail, so codes by mail do not count until the person has used another method".to_owned(),
                vec![Remedy::step(
                    &["reset", "2fa", address],
                    "after you have verified who is calling; codes by mail count again",
                )],
            );
        }
        if let Some(trust) = details
            .trust_ended
            .iter()
            .find(|trust| trust.panel_id == room.panel.id)
            && let Some(lifetime) = policy.trusted_ips.filter(|_| room.factor.is_asked(policy))
        {
            self.note(
                "trust-ended",
                format!(
                    "{} was trusted until {}; a code is required from there again",
                    trust.network,
                    self.end(trust.ends_at(lifetime))
                ),
                vec![],
            );
        }
    }

    fn wrong_codes(&mut self) {
        let details = self.details;
        let lock = &details.account.lock;
        if lock.wrong_codes > 0 && !lock.is_locked() {
            let last = lock
                .last_wrong_code_at
                .map(|at| format!(", the last one {}", self.at(at)))
                .unwrap_or_default();
            let remedies = match self.evidence.clock {
                None if details.second_factor.is_some() => {
                    vec![new_phone(details.account.address.as_str())]
                }
                _ => vec![],
            };
            self.note(
                "wrong-codes",
                format!(
                    "{}{last}; the account locks after {} in a row",
                    remedy::wrong_codes(&details.account),
                    details.limits.lock.wrong_codes
                ),
                remedies,
            );
            // If the clock is wrong, that is the cause.
            if let Some(at) = lock.last_wrong_code_at
                && self.evidence.clock.is_none_or(|clock| clock.seen < at)
            {
                self.refused(at, "the last code entered was wrong");
            }
        }
        // From the count at which the person is notified by mail (T8).
        if details.wrong_codes_of_month >= WRONG_CODES_TOLD[0] {
            // After a permanent lock no link works: the obstacle says what helps.
            let remedies = match lock.permanent_at {
                Some(_) => vec![],
                None => vec![Remedy::step(
                    &["reset", "password", details.account.address.as_str()],
                    "use this if somebody else may know the password; mails a link to set a new one",
                )],
            };
            self.note(
                "wrong-codes-in-a-month",
                format!(
                    "{} wrong codes in 30 days after a correct password; the account locks permanently after {MOST_WRONG_CODES}",
                    details.wrong_codes_of_month
                ),
                remedies,
            );
        }
    }

    /// Codes by mail or SMS that are no longer sent (T4).
    fn sent_codes(&mut self) {
        let (room, policy) = (self.room, &self.room.panel.policy);
        let sends = [Method::Mail, Method::Sms]
            .into_iter()
            .any(|method| room.factor.open(method, policy));
        let Some(spent) = self.evidence.no_more_codes else {
            return;
        };
        let why = match spent {
            Spent::Tries(tries) => {
                format!("{tries} wrong codes were entered for codes sent in the last 10 minutes")
            }
            Spent::Today(codes) => format!("{codes} codes were sent in the last 24 hours"),
            Spent::Lately(codes) => format!("{codes} codes were sent in the last 10 minutes"),
        };
        if !sends || !room.factor.is_asked(policy) {
            return;
        }
        self.note(
            "codes-used-up",
            format!("no more codes are sent at the moment: {why}"),
            vec![Remedy::word(
                "the person can wait, or use another method such as an authenticator app or a backup code",
            )],
        );
        let refused = last_try(self.details, room).filter(|entry| {
            let cause = entry.word("cause");
            cause.is_some_and(|cause| [TOO_MANY_CODES, TOO_MANY_TRIES].contains(&cause))
        });
        if let Some(at) = refused.map(|entry| entry.at) {
            self.refused(at, "no more codes are sent at the moment");
        }
    }
}

fn new_phone(address: &str) -> Remedy {
    Remedy::step(
        &["reset", "2fa", address],
        "for a new or lost phone, after you have verified who is calling; the person sets up a new one at the next sign-in",
    )
}

fn codes_left(count: i64) -> String {
    match count {
        0 => "no backup codes left".to_owned(),
        1 => "1 backup code left".to_owned(),
        count => format!("{count} backup codes left"),
    }
}
