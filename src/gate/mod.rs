//! The panel's side: may this person sign in?
//!
//! | module | its job |
//! |---|---|
//! | [`contract`] | every request and answer, said once |
//! | [`request`], `parse` | the requests as data, and reading them |
//! | [`answer`](mod@answer), `body`, `next`, `texts` | the answers: one line of JSON, with a text in the person's language |
//! | `attempt`, `outcome`, `kept` | runs the operation behind a request; what it led to; the same request again |
//! | [`once`] | one request, one answer |
//! | [`stream`] | one request per line, for a long-running panel |
//! | [`serve`] | the same for many clients at once, through sockets |
//! | `lanes`, `queue` | who answers it, and in which order: what is quick never waits for what hashes |
//!
//! Every caller, whatever protocol it uses, goes through [`answer`](fn@answer). Everything that is not a yes
//! means "do not let in": an invalid request, an unreachable store and a bug in admit are answered like that
//! too.

pub mod answer;
mod attempt;
mod body;
pub mod contract;
mod kept;
mod lanes;
mod lines;
mod next;
mod object;
pub mod once;
mod outcome;
mod parse;
mod post;
mod queue;
pub mod request;
mod second;
pub mod serve;
pub mod stream;
#[cfg(test)]
mod tests;
mod texts;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Duration;

use jiff::tz::TimeZone;

pub use self::answer::{Answer, Verdict};
pub use self::contract::Verb;
pub use self::object::{BadRequest, LIMIT};
pub use self::request::{Ask, By, Request, Who};
pub use self::second::{SetUpBy, Typed};
pub use self::texts::Lang;
#[cfg(feature = "testing")]
pub use self::texts::{codes, message_template};

use self::kept::Keeper;
use self::lanes::Lane;
use self::words::Messages;
use crate::domain::clock::behind;
use crate::domain::when::span;
use crate::ops::sign_in::Denied;
use crate::ops::{Op, OpError, Scope, hash_memory_kib};
use crate::store::Store;
use crate::vault::slots::{HashSlots, NoSlot};

/// The environment of the gate. The functions are called from several threads at once.
#[derive(Clone, Copy)]
pub struct GateContext<'a> {
    /// The panel used if a request names none; `None` is the only one.
    pub panel: Option<&'a str>,
    /// Opens the store; the error is a text for the log.
    pub open: &'a (dyn Fn() -> Result<Store, String> + Sync),
    /// The current time, and the actor.
    pub op: &'a (dyn Fn() -> Op + Sync),
    /// Waits.
    pub pause: &'a (dyn Fn(Duration) + Sync),
    /// Limits how many passwords are hashed at once by all processes of this machine; `None` does not.
    pub slots: Option<&'a HashSlots>,
}

/// What a person at a terminal may be told about a refused sign-in, in the same words as a panel's.
pub fn sentence(denied: Denied, panel: &str, contact: Option<&str>, zone: &TimeZone) -> String {
    Messages {
        verb: Verb::SignIn,
        panel,
        contact,
    }
    .denied(denied)
    .spoken(Lang::En, zone)
    .message()
}

/// Answers one request: the single entry point for every caller. `op` has the time and the actor; the
/// person's IP is taken from the request. `pause` waits for attempts at the same account that are in
/// progress.
///
/// It takes the same time for existing and unknown people: nothing about the address is checked here.
pub fn answer(store: &mut Store, op: &Op, request: Request, pause: &dyn Fn(Duration)) -> Answer {
    let lang = Lang::of(request.lang.as_deref().unwrap_or("en"));
    in_panel(store, op, &request, pause, lang).spoken(lang, &op.zone)
}

/// Makes an answer, or gives the one that was kept for the same request.
fn once_only(
    store: &mut Store,
    keeper: Option<Arc<Keeper>>,
    make: impl FnOnce(&mut Store) -> Result<Answer, OpError>,
) -> Result<Answer, OpError> {
    let Some(keeper) = keeper else {
        return make(store);
    };
    if let Some(again) = keeper.again(store)? {
        return Ok(again);
    }
    store.set_witness(Some(keeper.clone()));
    let made = make(store);
    store.set_witness(None);
    // Another copy of the request may have been faster: then this one was undone, or found everything done.
    if made
        .as_ref()
        .map_or(true, |answer| answer.verdict() != Verdict::Yes)
        && let Some(again) = keeper.again(store)?
    {
        return Ok(again);
    }
    if let Ok(answer) = &made {
        keeper.keep(store, answer)?;
    }
    made
}

fn in_panel(
    store: &mut Store,
    op: &Op,
    request: &Request,
    pause: &dyn Fn(Duration),
    lang: Lang,
) -> Answer {
    let mut messages = Messages {
        verb: request.ask.verb(),
        panel: "",
        contact: None,
    };
    let found = store.read(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel_to_change(request.panel.as_deref())?.clone();
        Ok::<_, OpError>((panel, tx.latest_time()))
    });
    let (panel, seen) = match found {
        Ok(found) => found,
        Err(error) => return messages.failed(error),
    };
    let mut op = op.not_before(seen);
    op.actor.ip = request.ip.or(op.actor.ip);
    messages.panel = panel.title();
    messages.contact = panel.policy.support_contact.as_deref();
    let keeper = Keeper::of(store, &op, &panel, request, lang);
    let answer = once_only(store, keeper, |store| {
        attempt::attempt(store, &op, &panel, &request.ask, pause, &messages)
    })
    .unwrap_or_else(|error| messages.failed(error));
    match behind(op.wall, seen) {
        // It may keep somebody out.
        Some(gap) if answer.verdict() != Verdict::Yes => answer.and_because(&format!(
            "the clock is {} behind the latest time in the store",
            span(gap)
        )),
        _ => answer,
    }
}

/// Runs the code that makes an answer; a panic in it is answered with `unavailable`, and affects nothing else.
fn unharmed(make: impl FnOnce() -> Answer) -> Answer {
    // The caller drops everything that was borrowed: `broken` says so.
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| internal_error().broken())
}

fn internal_error() -> Answer {
    Answer::unavailable("an internal error in admit")
}

/// [`answer`](fn@answer) as the gate calls it: a request that hashes a password takes a slot first, which it has to
/// its end.
fn answer_in_turn(gate: &GateContext<'_>, store: &mut Store, request: Request) -> Answer {
    let hashes = Lane::of(&request.ask) == Lane::Hash;
    let Some(slots) = gate.slots.filter(|_| hashes) else {
        return answer(store, &(gate.op)(), request, gate.pause);
    };
    let slot = match slots.take(hash_memory_kib(store), gate.pause) {
        Ok(slot) => slot,
        Err(NoSlot { retry_after }) => return Answer::busy(retry_after),
    };
    let answer = answer(store, &(gate.op)(), request, gate.pause);
    match slot.unlimited() {
        // It is for the log, where a refusal is looked up.
        Some(why) if answer.verdict() != Verdict::Yes => answer.and_because(&format!(
            "the number of hashes at once is not limited: {why}"
        )),
        _ => answer,
    }
}
