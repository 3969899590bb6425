//! Runs the operation behind a request.

use std::time::Duration;

use jiff::SignedDuration;
use serde_json::{Map, Value, json};

use super::answer::Answer;
use super::body::Body;
use super::contract::{SCHEMA, Verb};
use super::next::Next;
use super::object::LIMIT;
use super::outcome::{
    self, address_changed, backup_codes_made, changed, confirmed, registered, reset,
    second_factor_removed, signed_in,
};
use super::request::{Ask, By, Who};
use super::second::{SetUpBy, Typed};
use super::words::{Messages, sent};
use crate::domain::link::LinkPurpose;
use crate::domain::panel::Panel;
use crate::domain::password::LONGEST_BYTES;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::Method;
use crate::domain::text::{hex, one_line};
use crate::domain::when::rfc3339;
use crate::ops::address_change::confirm_address;
use crate::ops::own_factor::{OwnFactor, renew_backup_codes, switch_off};
use crate::ops::own_password::{Renewal, renew_password};
use crate::ops::password::{Change, Holder, change_password, reset_by_link};
use crate::ops::send_code::send_code;
use crate::ops::sign_in::{Answer as SignInAnswer, Credentials, Denied, Second, sign_in};
use crate::ops::steps::{send_code_by_ticket, sign_in_by_ticket};
use crate::ops::{Op, OpError};
use crate::ops::{feed, forgot, peek, register, session, set_up};
use crate::store::Store;
use crate::vault::{Purpose, Secret, Token};

/// The longest name, in characters.
const NAME: usize = 200;

/// What every request is run with.
struct Run<'a> {
    store: &'a mut Store,
    op: &'a Op,
    panel: &'a Panel,
    pause: &'a dyn Fn(Duration),
    messages: &'a Messages<'a>,
}

pub(super) fn attempt(
    store: &mut Store,
    op: &Op,
    panel: &Panel,
    ask: &Ask,
    pause: &dyn Fn(Duration),
    messages: &Messages<'_>,
) -> Result<Answer, OpError> {
    let mut run = Run {
        store,
        op,
        panel,
        pause,
        messages,
    };
    run.attempt(ask)
}

fn link(token: Option<&Token>) -> Result<&Token, OpError> {
    token.ok_or_else(|| OpError::from(Refusal::LinkInvalid))
}

fn live(token: Option<&Token>) -> Result<&Token, OpError> {
    token.ok_or_else(|| OpError::from(Refusal::SessionEnded))
}

fn ticket(token: Option<&Token>) -> Result<&Token, OpError> {
    token.ok_or_else(|| OpError::from(Refusal::TicketExpired))
}

impl Run<'_> {
    fn attempt(&mut self, ask: &Ask) -> Result<Answer, OpError> {
        let panel = self.panel.name.as_str();
        Ok(match ask {
            Ask::Register {
                token,
                password,
                name,
            } => self.register(link(token.as_ref())?, password, name.as_deref())?,
            Ask::SignIn { by, second } => {
                let answer = self.sign_in(by, second)?;
                self.or_denied(answer.map(signed_in))
            }
            Ask::SendCode { by, method } => {
                let answer = match by {
                    By::Password { address, password } => {
                        let credentials = Credentials {
                            address,
                            password,
                            panel,
                            ticket: None,
                            second: Second::default(),
                        };
                        send_code(self.store, self.op, &credentials, *method, self.pause)?
                    }
                    By::Ticket(token) => {
                        let token = ticket(token.as_ref())?;
                        send_code_by_ticket(self.store, self.op, panel, token, *method)?
                    }
                };
                self.or_denied(answer.map(|code| sent(code, self.op.now)))
            }
            Ask::SetUp2fa { by, current, code } => {
                let holder = match by {
                    SetUpBy::Ticket(token) => set_up::Holder::Ticket(ticket(token.as_ref())?),
                    SetUpBy::Session(token) => set_up::Holder::Session(live(token.as_ref())?),
                };
                self.set_up(holder, current.as_ref(), code.as_ref())?
            }
            Ask::SecondFactorOff { session, code } => {
                let own = OwnFactor {
                    panel,
                    session: live(session.as_ref())?,
                    code,
                };
                let done = switch_off(self.store, self.op, own)?;
                self.or_denied(done.map(|()| second_factor_removed()))
            }
            Ask::NewBackupCodes { session, code } => {
                let own = OwnFactor {
                    panel,
                    session: live(session.as_ref())?,
                    code,
                };
                let made = renew_backup_codes(self.store, self.op, own)?;
                self.or_denied(made.map(backup_codes_made))
            }
            Ask::ForgotPassword { address } => {
                let did = forgot::forgot_password(self.store, self.op, address, panel)?;
                Answer::yes("accepted", Body::Nothing).because(did)
            }
            Ask::ResetPassword { token, password } => {
                let token = link(token.as_ref())?;
                reset(reset_by_link(self.store, self.op, token, password)?.1)
            }
            Ask::ChangePassword {
                who,
                new_password,
                second,
            } => self.change_password(who, new_password, second)?,
            Ask::ConfirmAddress { token } => {
                confirm_address(self.store, self.op, link(token.as_ref())?)?;
                address_changed()
            }
            Ask::CheckSession { session } => {
                let token = live(session.as_ref())?;
                let found = session::check_session(self.store, self.op, token, panel)?;
                outcome::live(token.clone(), found)
            }
            Ask::SignOut { session } => {
                session::sign_out(self.store, self.op, live(session.as_ref())?, panel)?;
                Answer::yes("signed-out", Body::Nothing)
            }
            Ask::Policy => Answer::yes("policy", Body::Plain(self.policy())),
            Ask::Peek { token } => self.peek(token.as_ref()),
            Ask::Events { since, limit } => {
                let events = feed::events(self.store, panel, *since, *limit)?;
                Answer::yes("events", Body::Plain(told(&events)))
            }
            Ask::Hello => Answer::yes("hello", Body::Plain(hello())),
            Ask::Health => Answer::yes("healthy", Body::Nothing),
        })
    }

    /// What to ask for instead of a link that does not work depends on what it was for.
    fn peek(&mut self, token: Option<&Token>) -> Answer {
        let verb = match token.map(Token::purpose) {
            Some(Purpose::Invitation) => Verb::Register,
            Some(Purpose::Address) => Verb::ConfirmAddress,
            Some(Purpose::Reset) => Verb::ResetPassword,
            _ => Verb::Peek,
        };
        let seen = link(token).and_then(|token| peek::peek(self.store, self.op, token));
        match seen {
            Ok(seen) => Answer::yes("link-valid", Body::Plain(peeked(&seen))),
            Err(error) => Messages {
                verb,
                ..*self.messages
            }
            .failed(error),
        }
    }

    fn or_denied(&self, answer: Result<Answer, Denied>) -> Answer {
        answer.unwrap_or_else(|denied| self.messages.denied(denied))
    }

    fn register(
        &mut self,
        token: &Token,
        password: &Secret<String>,
        name: Option<&str>,
    ) -> Result<Answer, OpError> {
        let Ok(name) = name.map(|name| one_line(name, NAME)).transpose() else {
            return Ok(Answer::no("name-refused", "name-refused"));
        };
        register::register(self.store, self.op, token, password, name.as_deref())?;
        Ok(registered())
    }

    fn sign_in(&mut self, by: &By, second: &Typed) -> Result<SignInAnswer, OpError> {
        let panel = self.panel.name.as_str();
        match by {
            By::Password { address, password } => {
                let credentials = Credentials {
                    address,
                    password,
                    panel,
                    ticket: second.ticket.as_ref(),
                    second: second.second(),
                };
                sign_in(self.store, self.op, &credentials, self.pause)
            }
            By::Ticket(token) => {
                let token = ticket(token.as_ref())?;
                sign_in_by_ticket(self.store, self.op, panel, token, second.second())
            }
        }
    }

    /// The two steps of a set-up: the secret, then the first code.
    fn set_up(
        &mut self,
        holder: set_up::Holder<'_>,
        current: Option<&Secret<String>>,
        code: Option<&Secret<String>>,
    ) -> Result<Answer, OpError> {
        let panel = self.panel.name.as_str();
        let Some(code) = code else {
            let offer = set_up::offer(self.store, self.op, holder, panel, current)?;
            return Ok(self.or_denied(offer.map(|offer| {
                Answer::yes("second-factor-offered", Body::Offer(Box::new(offer)))
                    .then(Next::ask("code"))
            })));
        };
        let made = set_up::confirm(self.store, self.op, holder, panel, code, true)?;
        Ok(self.or_denied(made.map(confirmed)))
    }

    fn change_password(
        &mut self,
        who: &Who,
        new: &Secret<String>,
        second: &Typed,
    ) -> Result<Answer, OpError> {
        let panel = self.panel.name.as_str();
        let (holder, old) = match who {
            Who::Session(token, old) => (Holder::Session(live(token.as_ref())?), old),
            Who::Address(address, old) => (Holder::Address(address), old),
            Who::Ticket(token) => {
                let renewal = Renewal {
                    panel,
                    ticket: ticket(token.as_ref())?,
                    new,
                    second: second.second(),
                };
                let renewed = renew_password(self.store, self.op, renewal)?;
                return Ok(self.or_denied(renewed.map(changed)));
            }
        };
        let change = Change {
            holder,
            panel,
            old,
            new,
            second: second.second(),
            ticket: second.ticket.as_ref(),
        };
        let set = change_password(self.store, self.op, &change, self.pause)?;
        Ok(self.or_denied(set.map(changed)))
    }

    fn policy(&self) -> Map<String, Value> {
        let policy = &self.panel.policy;
        let days = |time: SignedDuration| time.as_hours() / 24;
        let methods: Vec<&str> = [Method::App, Method::Mail, Method::Sms]
            .into_iter()
            .filter(|method| policy.methods.has(*method))
            .map(Method::as_str)
            .collect();
        object(json!({
            "panel": self.panel.name,
            "title": self.panel.title(),
            "support_contact": policy.support_contact,
            "password_length": policy.shortest_password(),
            "password_longest": LONGEST_BYTES,
            "password_expiry": policy.password_expiry.map(days),
            "second_factor": policy.second_factor.as_str(),
            "methods": methods,
            "trusted_ips": policy.trusted_ips.map(days),
            "sessions": policy.sessions.as_str(),
            "session_idle": policy.session_idle.as_secs(),
            "session_total": policy.session_total.as_secs(),
            "links": {
                "register": policy.links_register,
                "reset": policy.links_reset,
                "confirm": policy.links_confirm,
            },
        }))
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

fn peeked(seen: &peek::Peeked) -> Map<String, Value> {
    let purpose = match seen.purpose {
        LinkPurpose::Invitation => "register",
        LinkPurpose::Reset => "reset",
        LinkPurpose::Address => "confirm",
    };
    object(json!({
        "purpose": purpose,
        "panel": seen.panel,
        "address": seen.address,
        "name": seen.name,
        "lang": seen.lang,
        "expires_at": rfc3339(seen.expires_at),
        "password_length": seen.least,
    }))
}

fn told(feed: &feed::Feed) -> Map<String, Value> {
    let events: Vec<Value> = feed
        .events
        .iter()
        .map(|entry| {
            json!({
                "seq": entry.seq,
                "at": rfc3339(entry.at),
                "action": entry.action,
                "account": entry.account.map(|account| hex(&account)),
                "address": entry.personal.address,
                "detail": entry.detail,
            })
        })
        .collect();
    object(json!({"events": events, "latest": feed.latest}))
}

fn hello() -> Map<String, Value> {
    let ops: Vec<&str> = Verb::ALL.iter().map(|verb| verb.as_str()).collect();
    object(json!({
        "version": env!("CARGO_PKG_VERSION"),
        "schemas": [SCHEMA],
        "ops": ops,
        "longest_request": LIMIT,
    }))
}
