//! The panel's side: may this person sign in?
//!
//! | module | its job |
//! |---|---|
//! | [`request`] | the requests: strictly parsed JSON |
//! | [`answer`](mod@answer) | the answers: one line of JSON and an exit code |
//! | [`once`] | one request, one answer |
//! | [`stream`] | one request per line, for a long-running panel |
//! | [`serve`] | the same for many clients at once, through sockets |
//! | `lanes`, `queue` | who answers it, and in which order: what is quick never waits for what hashes |
//!
//! Every caller, whatever protocol it uses, goes through [`answer`](fn@answer). Everything that is not a yes
//! means "do not let in": an invalid request, an unreachable store and a bug in admit are answered like that
//! too.

pub mod answer;
mod lanes;
mod lines;
mod object;
pub mod once;
mod post;
mod queue;
pub mod request;
mod second;
pub mod serve;
pub mod stream;
#[cfg(test)]
mod tests;
mod words;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use jiff::tz::TimeZone;

pub use self::answer::{Answer, Verdict};
pub use self::object::{BadRequest, LIMIT};
pub use self::request::{Ask, Request, Verb, Who};
pub use self::second::{SetUpBy, Typed};

use self::answer::Body;
use self::lanes::Lane;
use self::words::Messages;
use crate::domain::clock::behind;
use crate::domain::panel::Panel;
use crate::domain::refusal::Refusal;
use crate::domain::when::span;
use crate::ops::address_change::confirm_address;
use crate::ops::password::{Change, Holder, change_password, reset_by_link};
use crate::ops::send_code::send_code;
use crate::ops::set_up;
use crate::ops::sign_in::{Credentials, Denied, Second, sign_in};
use crate::ops::{Op, OpError, Scope, hash_memory_kib};
use crate::ops::{forgot, register, session};
use crate::store::Store;
use crate::vault::Secret;
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
pub fn sentence(denied: Denied, contact: Option<&str>, zone: &TimeZone) -> String {
    Messages {
        verb: Verb::SignIn,
        contact,
        zone,
    }
    .denied(denied)
    .message()
    .to_owned()
}

/// Answers one request: the single entry point for every caller. `op` has the time and the actor; the
/// person's IP is taken from the request. `pause` waits for attempts at the same account that are in
/// progress.
///
/// It takes the same time for existing and unknown people: nothing about the address is checked here.
pub fn answer(store: &mut Store, op: &Op, request: Request, pause: &dyn Fn(Duration)) -> Answer {
    let mut messages = Messages {
        verb: request.ask.verb(),
        contact: None,
        zone: &op.zone,
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
    messages.contact = panel.policy.support_contact.as_deref();
    let answer = attempt(store, &op, &panel, &request.ask, pause, &messages)
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

fn attempt(
    store: &mut Store,
    op: &Op,
    panel: &Panel,
    ask: &Ask,
    pause: &dyn Fn(Duration),
    messages: &Messages<'_>,
) -> Result<Answer, OpError> {
    let panel = panel.name.as_str();
    let link = |token| Option::ok_or(token, OpError::from(Refusal::LinkInvalid));
    let live = |token| Option::ok_or(token, OpError::from(Refusal::SessionEnded));
    Ok(match ask {
        Ask::Register {
            token,
            password,
            name,
        } => {
            register::register(store, op, link(token.as_ref())?, password, name.as_deref())?;
            Answer::yes("registered", Body::Nothing)
        }
        Ask::SignIn {
            address,
            password,
            second,
        } => {
            let credentials = Credentials {
                address,
                password,
                panel,
                ticket: second.ticket.as_ref(),
                second: second.second(),
            };
            match sign_in(store, op, &credentials, pause)? {
                Ok(signed_in) => {
                    let (session, authenticated) =
                        (signed_in.session, Box::new(signed_in.authenticated));
                    let not_trusted = authenticated.context.not_trusted;
                    let answer = Answer::yes(
                        "signed-in",
                        Body::AuthenticatedUser {
                            session,
                            authenticated,
                        },
                    );
                    match not_trusted {
                        Some(why) => answer
                            .saying(words::NOT_TRUSTED)
                            .because(format!("ip-not-trusted: {}", why.as_str())),
                        None => answer,
                    }
                }
                Err(denied) => messages.denied(denied),
            }
        }
        Ask::SendCode {
            address,
            password,
            method,
        } => {
            let credentials = Credentials {
                address,
                password,
                panel,
                ticket: None,
                second: Second::default(),
            };
            match send_code(store, op, &credentials, *method, pause)? {
                Ok(ticket) => Answer::yes("code-sent", Body::Ticket(ticket)),
                Err(denied) => messages.denied(denied),
            }
        }
        Ask::SetUp2fa { by, current, code } => {
            let holder = match by {
                SetUpBy::Ticket(token) => set_up::Holder::Ticket(live(token.as_ref())?),
                SetUpBy::Session(token) => set_up::Holder::Session(live(token.as_ref())?),
            };
            set_up_2fa(
                store,
                op,
                holder,
                panel,
                current.as_ref(),
                code.as_ref(),
                messages,
            )?
        }
        Ask::ForgotPassword { address } => {
            let did = forgot::forgot_password(store, op, address, panel)?;
            Answer::yes("accepted", Body::Nothing).because(did)
        }
        Ask::ResetPassword { token, password } => {
            let (_, ticket) = reset_by_link(store, op, link(token.as_ref())?, password)?;
            Answer::yes("password-set", Body::Ticket(ticket))
        }
        Ask::ChangePassword {
            who,
            password,
            new_password,
            second,
        } => {
            let holder = match who {
                Who::Session(token) => Holder::Session(live(token.as_ref())?),
                Who::Address(address) => Holder::Address(address),
            };
            let change = Change {
                holder,
                panel,
                old: password,
                new: new_password,
                second: second.second(),
                ticket: second.ticket.as_ref(),
            };
            match change_password(store, op, &change, pause)? {
                Ok(session) => Answer::yes("password-set", Body::NewSession(session)),
                Err(denied) => messages.denied(denied),
            }
        }
        Ask::ConfirmAddress { token } => {
            confirm_address(store, op, link(token.as_ref())?)?;
            Answer::yes("address-changed", Body::Nothing)
        }
        Ask::CheckSession { session } => {
            let token = live(session.as_ref())?;
            let authenticated = Box::new(session::check_session(store, op, token, panel)?);
            Answer::yes(
                "session-live",
                Body::AuthenticatedUser {
                    session: token.clone(),
                    authenticated,
                },
            )
        }
        Ask::SignOut { session } => {
            session::sign_out(store, op, live(session.as_ref())?, panel)?;
            Answer::yes("signed-out", Body::Nothing)
        }
    })
}

/// The two steps of a set-up: the secret, then the first code.
fn set_up_2fa(
    store: &mut Store,
    op: &Op,
    holder: set_up::Holder<'_>,
    panel: &str,
    current: Option<&Secret<String>>,
    code: Option<&Secret<String>>,
    messages: &Messages<'_>,
) -> Result<Answer, OpError> {
    let Some(code) = code.filter(|code| !code.expose().trim().is_empty()) else {
        return Ok(match set_up::offer(store, op, holder, panel, current)? {
            Ok(offer) => Answer::yes("second-factor-offered", Body::Offer(Box::new(offer))),
            Err(denied) => messages.denied(denied),
        });
    };
    Ok(match set_up::confirm(store, op, holder, panel, code)? {
        Ok(codes) => Answer::yes("second-factor-set", Body::BackupCodes(codes)),
        Err(denied) => messages.denied(denied),
    })
}

/// Runs the code that makes an answer; a panic in it is answered with `try-later`, and affects nothing else.
fn unharmed(make: impl FnOnce() -> Answer) -> Answer {
    // The caller drops everything that was borrowed: `broken` says so.
    catch_unwind(AssertUnwindSafe(make)).unwrap_or_else(|_| internal_error().broken())
}

fn internal_error() -> Answer {
    Answer::try_later("an internal error in admit")
}

/// [`answer`](fn@answer) as the gate calls it: a request that hashes a password takes a slot first, which it has to
/// its end.
fn answer_in_turn(gate: &GateContext<'_>, store: &mut Store, request: Request) -> Answer {
    let hashes = Lane::of(request.ask.verb()) == Lane::Hash;
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
        Some(why) if answer.verdict() != Verdict::Yes => {
            answer.and_because(&format!("the number of hashes at once is not limited: {why}"))
        }
        _ => answer,
    }
}
