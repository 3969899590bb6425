//! Codes by mail and SMS at the gate, and what is not told before the password is right.

use super::second_factor::{Phone, keys, text};
use super::*;
use crate::mail::{Mailbox, Templates, Transport};
use crate::ops::deliver::{Mailer, Wording, deliver};

const NUMBER: &str = "+15005550006";

/// Ada, whose panel takes codes by mail and SMS, and the mailbox of both.
fn with_mailbox() -> (World, Mailbox, Mailer) {
    let mut world = World::with_ada();
    world.policy("second-factor", "required");
    world.policy("methods", "app,mail,sms");
    let id = world.id(ADA);
    world.number(id, Some(NUMBER));
    let mailbox = Mailbox::new();
    let mailer = Mailer::new(
        Transport::Memory(mailbox.clone()),
        Templates::builtin().unwrap(),
        Wording::default(),
    );
    (world, mailbox, mailer)
}

impl World {
    fn number(&mut self, id: i64, number: Option<&str>) {
        self.set(|tx| {
            let mut account = tx.account_by_id(id)?.unwrap();
            account.phone = number.map(str::to_owned);
            tx.update_person(&account)
        });
    }

    /// Asks for a code; gives the ticket.
    fn send(&mut self, method: &str) -> String {
        let to = if method == "mail" {
            "a…@example.com"
        } else {
            "+15…06"
        };
        let request = json!({"address": ADA, "password": PASSWORD, "method": method});
        let mut answer = self.ask(Verb::SendCode, request);
        let ticket = text(&answer["ticket"]);
        answer["ticket"] = "…".into();
        assert_eq!(
            told(answer),
            json!({
                "schema": 2, "ok": true, "answer": "code-sent", "ticket": "…",
                "message": format!("A code was sent to {to}. It is valid for 10 minutes."), "cause": null,
            })
        );
        ticket
    }

    /// Has the mail sent; gives the code in the newest letter to somebody.
    fn code_in(&mut self, mailer: &Mailer, mailbox: &Mailbox, to: &str) -> String {
        let op = self.op();
        deliver(&mut self.store, &op, mailer, None, &mut |_| true).unwrap();
        mailbox.last_to(to).unwrap().code().unwrap()
    }
}

#[test]
fn a_code_comes_by_mail_and_by_sms_and_works_with_its_ticket() {
    let (mut world, mailbox, mailer) = with_mailbox();
    let asked = world.sign_in(ADA, PASSWORD);
    assert_eq!(
        (&asked["reason"], &asked["methods"]),
        (&json!("code-required"), &json!(["mail", "sms"]))
    );
    for (method, to) in [("mail", ADA), ("sms", NUMBER)] {
        let ticket = world.send(method);
        assert!(ticket.starts_with("adm_t_"), "{ticket}");
        let code = world.code_in(&mailer, &mailbox, to);
        let bare = world.enter(json!({"code": code, "method": method}));
        assert_eq!(
            (&bare["reason"], &bare["cause"]),
            (&json!("code-invalid"), &json!("no-ticket"))
        );
        let other = if method == "mail" { "sms" } else { "mail" };
        let crossed = world.enter(json!({"code": code, "ticket": ticket, "method": other}));
        assert_eq!(crossed["cause"], "ticket-unknown");
        // The panel may leave the method out: the ticket tells.
        let inside = world.enter(json!({"code": code, "ticket": ticket}));
        assert_eq!(inside["answer"], "signed-in", "{inside}");
        assert_eq!(inside["backup_codes_left"], Value::Null);
        let again = world.enter(json!({"code": code, "ticket": ticket, "method": method}));
        assert_eq!(
            (&again["reason"], &again["cause"]),
            (&json!("code-invalid"), &json!("code-used"))
        );
        world.later(SignedDuration::from_hours(1));
    }
}

#[test]
fn a_code_that_is_over_is_told_apart_from_a_wrong_one() {
    let (mut world, mailbox, mailer) = with_mailbox();
    let old = world.send("mail");
    let old_code = world.code_in(&mailer, &mailbox, ADA);
    world.later(SignedDuration::from_mins(1));
    let new = world.send("mail");
    let new_code = world.code_in(&mailer, &mailbox, ADA);
    let expired = |cause: &str| {
        json!({
            "schema": 2, "ok": false, "reason": "code-expired", "methods": ["mail", "sms"], "ticket": "…",
            "message": "This code no longer works. Please request a new one.", "cause": cause,
        })
    };
    let answer = world.enter(json!({"code": old_code, "ticket": old, "method": "mail"}));
    assert_eq!(told(answer), expired("code-superseded"));
    world.later(SignedDuration::from_mins(10) - SignedDuration::from_secs(1));
    let wrong = if new_code == "000000" {
        "111111"
    } else {
        "000000"
    };
    for _ in 0..5 {
        let answer = world.enter(json!({"code": wrong, "ticket": new, "method": "mail"}));
        assert_eq!(
            (&answer["reason"], &answer["cause"]),
            (&json!("code-invalid"), &json!("wrong-code"))
        );
    }
    let answer = world.enter(json!({"code": new_code, "ticket": new, "method": "mail"}));
    assert_eq!(told(answer), expired("too-many-tries"));
    world.later(SignedDuration::from_secs(1));
    let answer = world.enter(json!({"code": new_code, "ticket": new, "method": "mail"}));
    assert_eq!(told(answer), expired("code-expired"));
    // Another code does not bring five tries more.
    world.later(SignedDuration::from_hours(1));
    let ticket = world.send("sms");
    let code = world.code_in(&mailer, &mailbox, NUMBER);
    let inside = world.enter(json!({"code": code, "ticket": ticket, "method": "sms"}));
    assert_eq!(inside["answer"], "signed-in", "{inside}");
}

#[test]
fn a_method_that_is_not_open_is_refused_with_the_reason_behind_the_password() {
    let ask = |world: &mut World, method: &str| {
        let request = json!({"address": ADA, "password": PASSWORD, "method": method});
        world.ask(Verb::SendCode, request)
    };
    let (mut world, ..) = with_mailbox();
    world.policy("methods", "app,mail");
    assert_eq!(
        told(ask(&mut world, "sms")),
        json!({
            "schema": 2, "ok": false, "reason": "code-required", "methods": ["mail"], "ticket": null,
            "message": "main does not accept a code by SMS.",
            "cause": "method-not-open",
        })
    );
    world.policy("methods", "mail,sms");
    let id = world.id(ADA);
    world.number(id, None);
    assert_eq!(
        ask(&mut world, "sms")["message"]["text"],
        "Your account has no phone number. The person who invited you can add one."
    );
    world.policy("second-factor", "optional");
    assert_eq!(
        ask(&mut world, "mail")["message"]["text"],
        "No code is required here. Please sign in without one."
    );
}

#[test]
fn too_many_codes_are_not_sent() {
    let (mut world, ..) = with_mailbox();
    for _ in 0..5 {
        world.send("mail");
    }
    let request = json!({"address": ADA, "password": PASSWORD, "method": "mail"});
    let answer = world.ask(Verb::SendCode, request);
    assert_eq!(
        (&answer["reason"], &answer["cause"]),
        (&json!("throttled"), &json!("too-many-codes"))
    );
    assert_eq!(
        answer["message"]["text"],
        "Too many codes were requested. Please wait 10 minutes, or use another method."
    );
}

#[test]
fn a_ticket_of_one_person_is_worth_nothing_to_another() {
    const BOB: &str = "bob@example.com";
    let (mut world, mailbox, mailer) = with_mailbox();
    let token = world.invite(BOB, None);
    world.ask(Verb::Register, json!({"token": token, "password": OTHER}));
    let ticket = world.send("mail");
    let code = world.code_in(&mailer, &mailbox, ADA);
    let request = json!({"address": BOB, "password": OTHER, "code": code, "ticket": ticket});
    let answer = world.ask(Verb::SignIn, request);
    assert_eq!(answer["reason"], "code-invalid");
    // It is still Ada's.
    let inside = world.enter(json!({"code": code, "ticket": ticket}));
    assert_eq!(inside["answer"], "signed-in");
}

#[test]
fn before_the_password_is_right_nothing_of_the_second_factor_is_told() {
    let (mut world, phone, codes) = World::with_phone();
    let id = world.id(ADA);
    world.policy("methods", "app,mail,sms");
    world.number(id, Some(NUMBER));
    let code = phone.shows(world.now, 0);
    let expected = json!({
        "schema": 2, "ok": false, "reason": "invalid-credentials",
        "message": "The address or password is incorrect.",
    });
    let never = Phone::never_shows(&phone, world.now);
    let mut asked = 0;
    for more in [
        json!({}),
        json!({"code": code}),
        json!({"code": never}),
        json!({"code": codes[0], "method": "backup"}),
        json!({"code": code, "method": "mail", "ticket": "adm_t_x"}),
        json!({"code": code, "ip": "203.0.113.9", "trust_ip": true}),
    ] {
        for address in [ADA, "nobody@example.com", "no address"] {
            let mut request = json!({"address": address, "password": OTHER});
            request
                .as_object_mut()
                .unwrap()
                .extend(more.as_object().unwrap().clone());
            let answer = world.ask(Verb::SignIn, request);
            assert_eq!(
                keys(&answer),
                ["schema", "ok", "reason", "message", "next", "cause"]
            );
            assert_eq!(without_cause(told(answer)), expected, "{address} {more}");
            asked += 1;
        }
        // No row of wrong tries is to lock anybody here.
        world.set(|tx| tx.clear_tries(id, Timestamp::UNIX_EPOCH));
        let now = world.now;
        world.set(|tx| tx.forget_unknown(now, 0).map(drop));
        world.later(SignedDuration::from_hours(24));
    }
    assert_eq!(asked, 18);
    for method in ["mail", "sms"] {
        for address in [ADA, "nobody@example.com"] {
            let request = json!({"address": address, "password": OTHER, "method": method});
            let answer = world.ask(Verb::SendCode, request);
            assert_eq!(without_cause(told(answer)), expected, "{address} {method}");
        }
    }
    // Nothing was spent, noted or trusted on the way.
    assert_eq!(
        world.enter(json!({"ip": "203.0.113.9"}))["reason"],
        "code-required"
    );
    let inside = world.enter(json!({"code": codes[0]}));
    assert_eq!(inside["backup_codes_left"], 9);
    let wrong = world.look(|tx| tx.wrong_codes_since(id, Timestamp::UNIX_EPOCH));
    assert_eq!(wrong, 0);
    let mail = world.look(|tx| tx.waiting_mail());
    let again = world.look(|tx| tx.sent_codes_since(id, Timestamp::UNIX_EPOCH));
    assert_eq!(again, (0, 0), "no code was sent, {} mails wait", mail.0);
}

#[test]
fn behind_a_lock_nobody_learns_whether_the_code_was_right() {
    let (mut world, phone, _) = World::with_phone();
    for _ in 0..6 {
        world.sign_in(ADA, OTHER);
        world.sign_in("nobody@example.com", OTHER);
    }
    let locked = without_cause(world.sign_in("nobody@example.com", OTHER));
    assert_eq!(locked["reason"], "locked");
    for code in [phone.shows(world.now, 0), phone.never_shows(world.now)] {
        for password in [PASSWORD, OTHER] {
            let request = json!({"address": ADA, "password": password, "code": code});
            let answer = world.ask(Verb::SignIn, request);
            assert_eq!(without_cause(answer), locked);
        }
    }
    let request = json!({"address": ADA, "password": PASSWORD, "method": "mail"});
    assert_eq!(without_cause(world.ask(Verb::SendCode, request)), locked);
}
