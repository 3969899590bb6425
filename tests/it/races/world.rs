//! A store of its own for each race, changed by the executable and, where nothing races, by the test itself.

use std::path::Path;
use std::process::Command;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use admit::domain::address::Address;
use admit::domain::event::{Actor, Source};
use admit::ops::change::ChangeResult;
use admit::ops::edit::Edit;
use admit::ops::invite::{Invite, invite};
use admit::ops::register::register;
use admit::ops::reset_password::{Reset, reset_password};
use admit::ops::{Op, OpError, Scope};
use admit::store::{Done, Fault, Store, Tx};
use admit::vault::{Entropy, Secret, Token, Vault, keyfile};

use super::PASSWORD;
use super::processes::{Process, Ran, ran};
use crate::engine::{Place, Raw};
use crate::support::cell::Cell;

const ADMIT: &str = env!("CARGO_BIN_EXE_admit");

/// The cheapest password hash that a store takes (P1).
const CHEAP: &str = "19456,2,1";

/// A home of its own, with a store in it that the executable made.
pub(crate) struct World {
    home: tempfile::TempDir,
    place: Place,
}

impl World {
    /// A store with cheap password hashes.
    pub(crate) fn new() -> Self {
        let world = Self::with_dear_passwords();
        world.change(|tx| {
            tx.set_store_setting("argon2", CHEAP)?;
            Ok(Done::unrecorded(()))
        });
        world
    }

    /// A store as it is made.
    pub(crate) fn with_dear_passwords() -> Self {
        let world = Self::empty();
        assert_eq!(world.run(&["store", "init"]).code, Some(0));
        world
    }

    /// No store at all.
    pub(crate) fn empty() -> Self {
        let home = tempfile::tempdir().unwrap();
        let place = Place::of_home(home.path());
        Self { home, place }
    }

    pub(crate) fn path(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn place(&self) -> &Place {
        &self.place
    }

    pub(crate) fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(ADMIT);
        command.env_clear().env("HOME", self.path()).args(words);
        command.envs(self.place.variable("olga"));
        command
    }

    /// Runs a command to its end.
    pub(crate) fn run(&self, words: &[&str]) -> Ran {
        ran(&mut self.command(words), "")
    }

    /// So many `admit gate stream`.
    pub(crate) fn streams(&self, count: usize) -> Vec<Process> {
        (0..count)
            .map(|_| Process::start(&mut self.command(&["gate", "stream"])))
            .collect()
    }

    pub(crate) fn store(&self) -> Store {
        let ring = keyfile::load(&self.path().join(".config/admit/key")).unwrap();
        let vault = Vault::new(ring, Entropy::os());
        Store::open(&self.place.location(), vault, true).unwrap()
    }

    pub(crate) fn change<T: 'static>(
        &self,
        work: impl FnMut(&mut Tx<'_>) -> Result<Done<T>, Fault>,
    ) -> T {
        self.store().change(work).unwrap()
    }

    /// One number.
    pub(crate) fn count(&self, sql: &str, params: &[Cell]) -> i64 {
        self.db().one(sql, params)
    }

    pub(crate) fn db(&self) -> Raw {
        self.place.raw()
    }

    /// How many entries of this kind the audit has.
    pub(crate) fn entries(&self, action: &str) -> i64 {
        self.count(
            "select count(*) from audit where action = $1",
            &[action.into()],
        )
    }

    /// What the entries of this kind about a person say.
    pub(crate) fn details(&self, address: &str, action: &str) -> Vec<Value> {
        let db = self.db();
        let sql = "select coalesce(audit.detail, '{}') from audit join account on account.reference = audit.account \
                   where account.address_key = $1 and audit.action = $2 order by seq";
        let texts: Vec<String> = db.column(sql, &[address.into(), action.into()]);
        texts
            .iter()
            .map(|text| serde_json::from_str(text).unwrap())
            .collect()
    }

    /// Everything in the store fits together.
    pub(crate) fn assert_whole(&self) {
        for words in [["store", "check"], ["audit", "verify"]] {
            let ran = self.run(&words);
            assert_eq!(ran.code, Some(0), "{words:?}: {}{}", ran.out, ran.err);
        }
    }
}

/// What an operation in the test's own process gets.
pub(super) fn op() -> Op {
    op_at(Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap())
}

pub(super) fn op_at(now: Timestamp) -> Op {
    let actor = Actor {
        source: Source::Command,
        operator: "race".into(),
        ip: None,
    };
    Op {
        now,
        wall: now,
        zone: TimeZone::UTC,
        actor,
    }
}

pub(super) fn later(op: &Op, seconds: i64) -> Op {
    op_at(
        op.now
            .checked_add(SignedDuration::from_secs(seconds))
            .unwrap(),
    )
}

pub(super) fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// Does something to one person and gives the token of the link that was made for it.
pub(super) fn link<C>(
    store: &mut Store,
    work: impl Fn(&mut Tx<'_>, &Scope, &Op) -> Result<ChangeResult<C>, OpError>,
) -> Token {
    let op = op();
    store
        .change(|tx| {
            let scope = Scope::load(tx)?;
            let outcome = work(tx, &scope, &op)?;
            let link = tx.link_by_id(outcome.link_id.unwrap())?.unwrap();
            Ok::<_, OpError>(Done::recorded(tx.token_of(&link).unwrap()))
        })
        .unwrap()
}

/// Invites somebody to a panel, mailed or not.
pub(super) fn invitation(store: &mut Store, who: &str, panel: &str, mail: bool) -> Token {
    let request = Invite {
        address: address(who),
        panel: Some(panel.into()),
        name: None,
        phone: None,
        lang: None,
        role: None,
        note: None,
        term: None,
        notify: false,
        mail,
        bulk: false,
        resend_pending: false,
    };
    link(store, |tx, scope, op| invite(tx, scope, op, &request))
}

/// Somebody new with a password.
pub(super) fn registered(store: &mut Store, who: &str) {
    let token = invitation(store, who, "main", false);
    register(
        store,
        &op(),
        &token,
        &Secret::new(PASSWORD.to_owned()),
        None,
    )
    .unwrap();
}

pub(super) fn reset_link(store: &mut Store, who: &str) -> Token {
    link(store, |tx, scope, op| {
        reset_password(tx, scope, op, &address(who), &Reset::default())
    })
}

/// Asks for another address; the token is the one that went there.
pub(super) fn address_link(store: &mut Store, who: &str, new: &str) -> Token {
    let edit = Edit {
        address: Some(address(new)),
        ..Edit::default()
    };
    link(store, |tx, scope, op| {
        admit::ops::edit::edit(tx, scope, op, &address(who), &edit)
    })
}

/// A request of a stream, on a line.
pub(super) fn sign_in(id: usize, who: &str, password: &str) -> Value {
    serde_json::json!({"op": "sign-in", "ip": null, "id": id, "address": who, "password": password})
}
