//! A laboratory: one store on the engine of the test binary, a clock that stands still until it is told, seeded randomness,
//! and the operations in one line each.

use proptest::test_runner::{Config, RngSeed};
use std::net::IpAddr;
use std::path::Path;
use std::sync::OnceLock;

use admit::domain::access::Term;
use admit::domain::account::Account;
use admit::domain::address::Address;
use admit::domain::admission::{AccessStatus, AccountStatus};
use admit::domain::event::{Actor, Source};
use admit::domain::link::{Link, LinkPurpose, LinkState};
use admit::domain::refusal::Refusal;
use admit::domain::when::Period;
use admit::mail::{Mailbox, Templates, Transport};
use admit::ops::change::{ChangeResult, Status};
use admit::ops::deliver::{Delivery, Mailer, Wording, deliver};
use admit::ops::extend::Extension;
use admit::ops::grant::Granted;
use admit::ops::invite::{Invite, invite};
use admit::ops::register::{Bearer, register};
use admit::ops::remove::Removal;
use admit::ops::resend::resend;
use admit::ops::reset_password::ResetStarted;
use admit::ops::reset_password::{Reset, reset_password};
use admit::ops::revoke::Revocation;
use admit::ops::sign_in::{Answer, Credentials, SignedIn, sign_in};
use admit::ops::unlock::Unlocking;
use admit::ops::unlock::{Unlock, unlock};
use admit::ops::why::{Diagnosis, why};
use admit::ops::{Op, OpError, Scope, extend, password, remove, revoke};
use admit::store::{AuditEntry, AuditFilter, Done, Fault, Head, MailRow, Store, Tx};
use admit::vault::{Entropy, HashCost, KeyRing, Secret, Token, Vault};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::engine::{Place, Raw};

/// Runs a test in a new laboratory. Each engine has a test binary of its own, in which the same tests run.
pub(crate) fn on_each_engine(test: impl Fn(&mut Lab)) {
    test(&mut Lab::new());
}

/// The seed of random tests: the same in every run, unless `PROPTEST_RNG_SEED` names another.
pub(crate) fn seed() -> RngSeed {
    match Config::default().rng_seed {
        RngSeed::Random => RngSeed::Fixed(20_261_122),
        named @ RngSeed::Fixed(_) => named,
    }
}

/// When every laboratory begins.
pub(crate) const START: &str = "2026-03-01T12:00:00Z";
pub(crate) const PASSWORD: &str = "correct horse battery";
pub(crate) const OTHER_PASSWORD: &str = "staple wagon lantern";
pub(crate) const WRONG: &str = "not the password at all";
pub(crate) const ADA: &str = "ada@example.com";
pub(crate) const BOB: &str = "bob@example.com";
pub(crate) const CYD: &str = "cyd@example.com";
/// An address from which people sign in.
pub(crate) const IP: &str = "203.0.113.9";

/// A temporary folder, in memory where there is one: every commit is synced, and a disk takes its time.
pub(crate) fn folder() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    let mut builder = tempfile::Builder::new();
    // Whatever the umask: a store is not made where others may write.
    let private = std::os::unix::fs::PermissionsExt::from_mode(0o700);
    builder.prefix("admit-it-").permissions(private);
    builder
        .tempdir_in(memory)
        .or_else(|_| builder.tempdir())
        .unwrap()
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

pub(crate) fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

pub(crate) fn lapse(text: &str) -> Term {
    Term::For(Period::parse(text).unwrap())
}

pub(crate) fn minutes(count: i64) -> SignedDuration {
    SignedDuration::from_mins(count)
}

pub(crate) fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// The refusal in an error.
pub(crate) fn refusal(error: OpError) -> Refusal {
    match error {
        OpError::Refused(refusal) => *refusal,
        other => panic!("not refused by a rule: {other:?}"),
    }
}

/// The refusal of something that must have been refused.
pub(crate) fn refused<T>(result: Result<T, OpError>) -> Refusal {
    match result {
        Ok(_) => panic!("this was not refused"),
        Err(error) => refusal(error),
    }
}

/// The word of an answer: `signed-in`, or why not.
pub(crate) fn word(answer: &Answer) -> &'static str {
    match answer {
        Ok(_) => "signed-in",
        Err(denied) => denied.reason,
    }
}

/// Who sits at the terminal, unless somebody else does: a role on a server.
const OLGA: &str = "olga";

/// Somebody at the terminal.
pub(crate) fn operator() -> Actor {
    Actor {
        source: Source::Command,
        operator: OLGA.into(),
        ip: None,
    }
}

/// The hash of [`PASSWORD`], computed once.
pub(crate) fn ready_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        HashCost::FLOOR
            .hash(&secret(PASSWORD), &Entropy::seeded(77))
            .unwrap()
    })
}

pub(crate) struct Lab {
    pub(crate) folder: tempfile::TempDir,
    pub(crate) place: Place,
    pub(crate) store: Store,
    pub(crate) now: Timestamp,
    pub(crate) keys: String,
    pub(crate) mailbox: Mailbox,
    /// Who sits at the terminal.
    operator: &'static str,
}

impl Lab {
    pub(crate) fn new() -> Self {
        let folder = folder();
        let place = Place::of_lab(folder.path());
        let entropy = Entropy::seeded(1);
        let ring = KeyRing::generate(&entropy).unwrap();
        let keys = ring.to_text().expose().clone();
        let vault = Vault::new(ring, entropy);
        let store = Store::create(&place.location(), vault, &operator(), at(START)).unwrap();
        let mut lab = Self {
            folder,
            place,
            store,
            now: at(START),
            keys,
            mailbox: Mailbox::new(),
            operator: OLGA,
        };
        // The least that a policy may ask for: hashing is what these tests spend their time on.
        lab.settle(|tx| tx.set_store_setting("argon2", "19456,2,1"));
        lab
    }

    /// A vault with the keys of this store and randomness of its own.
    pub(crate) fn vault(&self, seed: u64) -> Vault {
        Vault::new(KeyRing::parse(&self.keys).unwrap(), Entropy::seeded(seed))
    }

    /// One more connection to the same store, as another process has it.
    pub(crate) fn another(&self, seed: u64) -> Store {
        Store::open(&self.place.location(), self.vault(seed), true).unwrap()
    }

    /// What somebody else does, as another role on a server.
    pub(crate) fn otto(&mut self, work: impl FnOnce(&mut Self)) {
        let otto = "otto";
        let location = self.place.location_of(otto);
        let store = Store::open(&location, self.vault(70), true).unwrap();
        let mine = std::mem::replace(&mut self.store, store);
        let before = std::mem::replace(&mut self.operator, otto);
        work(self);
        self.store = mine;
        self.operator = before;
    }

    pub(crate) fn advance(&mut self, time: SignedDuration) {
        self.now = self.now.checked_add(time).unwrap();
    }

    pub(crate) fn set_clock(&mut self, text: &str) {
        self.now = at(text);
    }

    /// An operator's command.
    pub(crate) fn op(&self) -> Op {
        Op {
            now: self.now,
            wall: self.now,
            zone: TimeZone::UTC,
            actor: Actor {
                operator: self.operator.into(),
                ..operator()
            },
        }
    }

    /// A person at a panel.
    pub(crate) fn op_from(&self, ip: &str) -> Op {
        let ip: IpAddr = ip.parse().unwrap();
        Op {
            actor: Actor {
                source: Source::Gate,
                operator: self.operator.into(),
                ip: Some(ip),
            },
            ..self.op()
        }
    }

    /// A change outside the operations: settings, columns that no operation writes.
    pub(crate) fn settle(&mut self, mut work: impl FnMut(&mut Tx<'_>) -> Result<(), Fault>) {
        self.store
            .change(|tx| work(tx).map(Done::unrecorded))
            .unwrap();
    }

    /// One look.
    pub(crate) fn look<T>(&mut self, look: impl FnOnce(&mut Tx<'_>) -> Result<T, Fault>) -> T {
        self.store.read(look).unwrap()
    }

    /// One operation on one person, as a command runs it.
    pub(crate) fn run<C: 'static>(
        &mut self,
        mut work: impl FnMut(&mut Tx<'_>, &Scope, &Op) -> Result<ChangeResult<C>, OpError>,
    ) -> Result<ChangeResult<C>, OpError> {
        let op = self.op();
        self.store.change(|tx| {
            let scope = Scope::load(tx)?;
            let outcome = work(tx, &scope, &op)?;
            Ok(match outcome.status {
                Status::Done => Done::recorded(outcome),
                Status::Unchanged => Done::nothing(outcome),
            })
        })
    }

    pub(crate) fn add_panel(&mut self, name: &str, settings: &[(&str, &str)]) {
        let now = self.now;
        self.settle(|tx| {
            let id = tx.add_panel(name, now)?;
            settings
                .iter()
                .try_for_each(|(key, value)| tx.set_panel_setting(id, key, Some(value)))
        });
    }

    pub(crate) fn set_main(&mut self, key: &str, value: &str) {
        self.settle(|tx| tx.set_panel_setting(1, key, Some(value)));
    }

    // What operators do.

    pub(crate) fn invite_as(&mut self, request: &Invite) -> Result<ChangeResult<Granted>, OpError> {
        self.run(|tx, scope, op| invite(tx, scope, op, request))
    }

    pub(crate) fn invite(&mut self, who: &str) -> ChangeResult<Granted> {
        self.invite_as(&invitation(who)).unwrap()
    }

    pub(crate) fn invite_for(&mut self, who: &str, term: &str) -> ChangeResult<Granted> {
        self.invite_as(&Invite {
            term: Some(lapse(term)),
            ..invitation(who)
        })
        .unwrap()
    }

    pub(crate) fn invite_to(&mut self, who: &str, panel: &str) -> ChangeResult<Granted> {
        self.invite_as(&Invite {
            panel: Some(panel.into()),
            ..invitation(who)
        })
        .unwrap()
    }

    pub(crate) fn resend(&mut self, who: &str) -> Result<ChangeResult<Granted>, OpError> {
        self.resend_in(who, None)
    }

    pub(crate) fn resend_in(
        &mut self,
        who: &str,
        panel: Option<&str>,
    ) -> Result<ChangeResult<Granted>, OpError> {
        self.run(|tx, scope, op| resend(tx, scope, op, &address(who), panel, true))
    }

    pub(crate) fn revoke(
        &mut self,
        who: &str,
        panel: Option<&str>,
    ) -> Result<ChangeResult<Revocation>, OpError> {
        self.run(|tx, scope, op| revoke::revoke(tx, scope, op, &address(who), panel))
    }

    pub(crate) fn remove(
        &mut self,
        who: &str,
        panel: Option<&str>,
    ) -> Result<ChangeResult<Removal>, OpError> {
        self.run(|tx, scope, op| remove::remove(tx, scope, op, &address(who), panel))
    }

    pub(crate) fn extend(
        &mut self,
        who: &str,
        panel: Option<&str>,
        term: Term,
    ) -> Result<ChangeResult<Extension>, OpError> {
        self.run(|tx, scope, op| extend::extend(tx, scope, op, &address(who), panel, term))
    }

    pub(crate) fn unlock(
        &mut self,
        who: &str,
        request: &Unlock,
    ) -> Result<ChangeResult<Unlocking>, OpError> {
        self.run(|tx, scope, op| unlock(tx, scope, op, &address(who), request))
    }

    pub(crate) fn unlock_because(&mut self, who: &str) -> ChangeResult<Unlocking> {
        self.unlock(
            who,
            &Unlock {
                reason: Some("case 4711".into()),
                ..Unlock::default()
            },
        )
        .unwrap()
    }

    pub(crate) fn reset(
        &mut self,
        who: &str,
        request: &Reset,
    ) -> Result<ChangeResult<ResetStarted>, OpError> {
        self.run(|tx, scope, op| reset_password(tx, scope, op, &address(who), request))
    }

    // What people do.

    pub(crate) fn register(&mut self, token: &Token, password: &str) -> Result<Bearer, OpError> {
        let op = self.op_from(IP);
        register(&mut self.store, &op, token, &secret(password), None)
    }

    /// Invites and registers somebody with [`PASSWORD`].
    pub(crate) fn member(&mut self, who: &str) {
        let link = self.invite(who).link_id.unwrap();
        let token = self.token(link);
        self.register(&token, PASSWORD).unwrap();
    }

    pub(crate) fn try_in(&mut self, panel: &str, who: &str, password: &str, ip: &str) -> Answer {
        self.try_with(panel, who, password, ip, None)
    }

    pub(crate) fn try_with(
        &mut self,
        panel: &str,
        who: &str,
        password: &str,
        ip: &str,
        ticket: Option<&Token>,
    ) -> Answer {
        let op = self.op_from(ip);
        let password = secret(password);
        let credentials = Credentials {
            address: who,
            password: &password,
            panel,
            ticket,
            second: admit::ops::sign_in::Second::default(),
        };
        sign_in(&mut self.store, &op, &credentials, &|_| {}).unwrap()
    }

    pub(crate) fn sign_in(&mut self, who: &str, password: &str) -> Answer {
        self.try_in("main", who, password, IP)
    }

    pub(crate) fn signed_in(&mut self, who: &str, password: &str) -> Box<SignedIn> {
        match self.sign_in(who, password) {
            Ok(signed_in) => signed_in,
            Err(denied) => panic!("{who} was not let in: {denied:?}"),
        }
    }

    /// Types wrong passwords.
    pub(crate) fn fail(&mut self, who: &str, times: usize) {
        for _ in 0..times {
            let answer = self.sign_in(who, WRONG);
            assert_eq!(word(&answer), "invalid-credentials", "{who}");
        }
    }

    pub(crate) fn forgot(&mut self, who: &str) -> &'static str {
        let op = self.op_from(IP);
        admit::ops::forgot::forgot_password(&mut self.store, &op, who, "main").unwrap()
    }

    pub(crate) fn reset_by_link(&mut self, token: &Token, new: &str) -> Result<Token, OpError> {
        let op = self.op_from(IP);
        password::reset_by_link(&mut self.store, &op, token, &secret(new))
            .map(|(_, ticket)| ticket.token)
    }

    pub(crate) fn session_lives(&mut self, session: &Token, panel: &str) -> bool {
        let op = self.op_from(IP);
        match admit::ops::session::check_session(&mut self.store, &op, session, panel) {
            Ok(_) => true,
            Err(error) => {
                assert_eq!(refusal(error).reason(), "session-ended");
                false
            }
        }
    }

    // What there is.

    pub(crate) fn account(&mut self, who: &str) -> Account {
        self.find(who).unwrap_or_else(|| panic!("nobody is {who}"))
    }

    pub(crate) fn find(&mut self, who: &str) -> Option<Account> {
        self.look(|tx| tx.account(&address(who)))
    }

    pub(crate) fn link(&mut self, id: i64) -> Link {
        self.look(|tx| tx.link_by_id(id)).unwrap()
    }

    pub(crate) fn link_state(&mut self, id: i64) -> LinkState {
        let now = self.now;
        self.link(id).state(now)
    }

    pub(crate) fn token(&mut self, link: i64) -> Token {
        let link = self.link(link);
        self.look(|tx| Ok(tx.token_of(&link))).unwrap()
    }

    pub(crate) fn newest(&mut self, who: &str, purpose: LinkPurpose) -> Option<Link> {
        let account = self.account(who);
        self.look(|tx| tx.newest_link(account.id, purpose, None))
    }

    /// The token of the newest reset link.
    pub(crate) fn reset_token(&mut self, who: &str) -> Token {
        let link = self.newest(who, LinkPurpose::Reset).expect("a reset link");
        self.token(link.id)
    }

    pub(crate) fn account_status(&mut self, who: &str) -> &'static str {
        let account = self.account(who);
        AccountStatus::of(&account, self.now).as_str()
    }

    pub(crate) fn access_status(&mut self, who: &str, panel: i64) -> &'static str {
        let account = self.account(who);
        let access = self.look(|tx| tx.access(account.id, panel));
        AccessStatus::of(&account, access.as_ref(), self.now).as_str()
    }

    /// The words of every obstacle in `main`, in order.
    pub(crate) fn obstacles(&mut self, who: &str) -> Vec<&'static str> {
        let diagnosis = self.why(who, Some("main")).remove(0);
        diagnosis
            .obstacles
            .iter()
            .map(|explained| explained.obstacle.reason.as_str())
            .collect()
    }

    pub(crate) fn why(&mut self, who: &str, panel: Option<&str>) -> Vec<Diagnosis> {
        let op = self.op();
        self.store
            .read(|tx| {
                let scope = Scope::load(tx)?;
                why(tx, &scope, &op, &address(who), panel, true)
            })
            .unwrap()
    }

    /// Queued and sent mail of a person, newest first.
    pub(crate) fn mail_of(&mut self, who: &str) -> Vec<MailRow> {
        let account = self.account(who);
        self.look(|tx| tx.mail_of(account.id, 1000))
    }

    /// Its kinds, oldest first.
    pub(crate) fn mail_kinds(&mut self, who: &str) -> Vec<String> {
        self.mail_of(who)
            .into_iter()
            .rev()
            .map(|row| row.kind)
            .collect()
    }

    pub(crate) fn mailer(&self) -> Mailer {
        Mailer::new(
            Transport::Memory(self.mailbox.clone()),
            Templates::builtin().unwrap(),
            Wording::default(),
        )
    }

    pub(crate) fn deliver(&mut self) -> Delivery {
        let (op, mailer) = (self.op(), self.mailer());
        deliver(&mut self.store, &op, &mailer, None, &mut |_| true).unwrap()
    }

    /// Sends one mail and what goes with it, as a command does with what it queued.
    pub(crate) fn deliver_only(&mut self, id: i64) -> Delivery {
        let (op, mailer) = (self.op(), self.mailer());
        deliver(&mut self.store, &op, &mailer, Some(id), &mut |_| true).unwrap()
    }

    /// The whole audit.
    pub(crate) fn audit(&mut self) -> Vec<AuditEntry> {
        audit_of(&mut self.store)
    }

    /// The words of the entries behind a number.
    pub(crate) fn actions_after(&mut self, seq: i64) -> Vec<String> {
        self.audit()
            .into_iter()
            .filter(|entry| entry.seq > seq)
            .map(|entry| entry.action)
            .collect()
    }

    /// What `work` writes into the audit.
    pub(crate) fn entries_of<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> (T, Vec<String>) {
        let before = self.head().seq;
        let result = work(self);
        (result, self.actions_after(before))
    }

    pub(crate) fn head(&mut self) -> Head {
        self.look(|tx| tx.audit_head())
    }

    /// The chain holds.
    pub(crate) fn verify(&mut self) {
        let head = self.head();
        let verified = self.look(|tx| tx.verify_audit(None, |_| {}));
        assert_eq!(verified, Ok(head));
    }

    /// A connection that knows nothing of the rules, for tampering.
    pub(crate) fn raw(&self) -> Raw {
        self.place.raw()
    }
}

pub(crate) fn audit_of(store: &mut Store) -> Vec<AuditEntry> {
    let mut entries = Vec::new();
    store
        .read(|tx| {
            tx.each_audit_entry(&AuditFilter::default(), |entry| {
                entries.push(entry);
                Ok::<bool, Fault>(true)
            })
        })
        .unwrap();
    entries
}

/// An invitation to the only panel, without anything special.
pub(crate) fn invitation(who: &str) -> Invite {
    Invite {
        address: address(who),
        panel: None,
        name: None,
        note: None,
        phone: None,
        lang: None,
        role: None,
        term: None,
        notify: false,
        mail: true,
        bulk: false,
        resend_pending: false,
    }
}
