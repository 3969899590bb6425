//! People with a second factor, made in the test's own process; only what races goes through the executable.

use admit::domain::account::Account;
use admit::domain::event::Action;
use admit::store::{AuditEntry, Done, Fault, NewSession, Store, Tx};
use admit::vault::{BackupCode, Entropy, HashCost, Secret, Token, TotpSecret, step_at};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::world::address;
use super::{PASSWORD, Process, World, at_once, invitation, op, rounds, sign_in};

pub(super) const PROCESSES: usize = 16;
pub(super) const ROUNDS: usize = rounds(100);

/// Limits so high that no lock comes between: as many sign-ins at once as there are processes.
pub(super) const NO_LOCK: [(&str, &str); 3] = [
    ("wrong-codes", "100"),
    ("wrong-passwords", "100"),
    ("locks-in-a-row", "off"),
];

/// A store with one panel, and processes that wait for lines.
pub(super) struct Stage {
    pub(super) world: World,
    pub(super) store: Store,
    pub(super) streams: Vec<Process>,
    /// The hash of [`PASSWORD`]; everybody's, so that only what races takes long.
    phc: String,
}

/// Somebody with a password, an authenticator and ten backup codes.
pub(super) struct Person {
    pub(super) who: String,
    pub(super) account: Account,
    pub(super) secret: TotpSecret,
    pub(super) backup: Vec<BackupCode>,
}

impl Person {
    /// What the authenticator shows now.
    pub(super) fn code(&self) -> String {
        self.code_at(step_now())
    }

    pub(super) fn code_at(&self, step: i64) -> String {
        self.secret.code_at(step).as_str().to_owned()
    }

    pub(super) fn backup_code(&self, at: usize) -> String {
        self.backup[at].shown().as_str().to_owned()
    }

    /// A code that is right at no time near now.
    pub(super) fn wrong_code(&self) -> String {
        let now = step_now();
        (0..1_000)
            .map(|number| format!("{number:06}"))
            .find(|code| (now - 50..now + 50).all(|step| &self.code_at(step) != code))
            .unwrap()
    }
}

pub(super) fn step_now() -> i64 {
    step_at(Timestamp::now())
}

/// A backup code that is nobody's.
pub(super) fn other_backup_code() -> String {
    let code = BackupCode::random(&Entropy::os()).unwrap();
    code.shown().as_str().to_owned()
}

impl Stage {
    pub(super) fn new(processes: usize, settings: &[&[(&str, &str)]]) -> Self {
        let world = World::new();
        world.change(|tx| {
            for (key, value) in settings.iter().copied().flatten() {
                tx.set_panel_setting(1, key, Some(value))?;
            }
            Ok(Done::unrecorded(()))
        });
        let password = Secret::new(PASSWORD.to_owned());
        Self {
            store: world.store(),
            streams: world.streams(processes),
            phc: HashCost::FLOOR.hash(&password, &Entropy::os()).unwrap(),
            world,
        }
    }

    pub(super) fn change<T: 'static>(
        &mut self,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<T, Fault>,
    ) -> T {
        self.store
            .change(|tx| work(tx).map(Done::unrecorded))
            .unwrap()
    }

    /// Somebody with a password and nothing else.
    pub(super) fn registered(&mut self, who: &str) -> Account {
        invitation(&mut self.store, who, "main", false);
        let (phc, now) = (self.phc.clone(), op().now);
        self.change(|tx| {
            let account = tx.account(&address(who))?.unwrap();
            tx.set_password(account.id, &phc, 15, now)?;
            Ok(account)
        })
    }

    pub(super) fn guarded(&mut self, who: &str) -> Person {
        let account = self.registered(who);
        let entropy = Entropy::os();
        let secret = TotpSecret::random(&entropy).unwrap();
        let backup: Vec<_> = (0..10)
            .map(|_| BackupCode::random(&entropy).unwrap())
            .collect();
        let now = op().now;
        self.change(|tx| {
            tx.set_factor(&account, &secret, 0, now)?;
            tx.set_backup_codes(account.id, &backup, now)
        });
        Person {
            who: who.to_owned(),
            account,
            secret,
            backup,
        }
    }

    /// Sessions that came about without a sign-in.
    pub(super) fn sessions(&mut self, account: &Account, count: usize) -> Vec<Token> {
        let now = op().now;
        let new = NewSession {
            account_id: account.id,
            panel_id: 1,
            created_at: now,
            expires_at: now.checked_add(SignedDuration::from_hours(1)).unwrap(),
            ip: None,
            passed: None,
        };
        self.change(|tx| (0..count).map(|_| tx.add_session(&new)).collect())
    }

    /// Sends one request to each of the first processes at once, and gives the answers in the same order.
    pub(super) fn ask(&mut self, requests: &[Value]) -> Vec<Value> {
        let lines: Vec<String> = requests
            .iter()
            .map(|request| format!("{request}\n"))
            .collect();
        let streams = &mut self.streams[..lines.len()];
        at_once(streams, &lines);
        streams.iter().map(Process::answer).collect()
    }

    /// The newest entries of one kind about somebody, oldest first.
    pub(super) fn entries(&mut self, account: &Account, action: Action) -> Vec<AuditEntry> {
        let mut found = self
            .store
            .read(|tx| tx.last_events(account.reference, &[action], 500))
            .unwrap();
        found.reverse();
        found
    }

    /// One number about one account.
    pub(super) fn count(&self, account: &Account, sql: &str) -> usize {
        usize::try_from(self.world.count(sql, &[account.id.into()])).unwrap()
    }

    /// Everything fits together, and every process ends as it should.
    pub(super) fn end(self) {
        for stream in self.streams {
            assert_eq!(stream.end().code(), Some(0));
        }
        self.world.assert_whole();
    }
}

/// A sign-in with a code.
pub(super) fn with_code(id: usize, who: &str, code: &str) -> Value {
    with(sign_in(id, who, PASSWORD), &[("code", code)])
}

pub(super) fn with(mut request: Value, more: &[(&str, &str)]) -> Value {
    for (key, value) in more {
        request[*key] = Value::from(*value);
    }
    request
}

/// `signed-in`, or why not.
pub(super) fn word(answer: &Value) -> &str {
    let key = if answer["ok"] == true {
        "answer"
    } else {
        "reason"
    };
    answer[key].as_str().unwrap()
}

/// How many answers say so.
pub(super) fn told(answers: &[Value], what: &str) -> usize {
    answers.iter().filter(|answer| word(answer) == what).count()
}
