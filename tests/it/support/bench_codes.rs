//! The laboratory's second factors: an authenticator in the hand, codes read from the outbox, sign-ins with both.

use std::net::IpAddr;

use admit::domain::second_factor::Method;
use admit::domain::trusted_ip::{Network, Trust};
use admit::ops::OpError;
use admit::ops::backup_codes::backup_codes;
use admit::ops::change::ChangeResult;
use admit::ops::password::{self, Change, change_password};
use admit::ops::reset_2fa::FactorReset;
use admit::ops::reset_2fa::{PasswordSafety, Reset2fa, password_safety, reset_2fa};
use admit::ops::send_code::send_code;
use admit::ops::set_up::{self, Holder, Offer};
use admit::ops::sign_in::{Answer, Credentials, Denied, Second, sign_in};
use admit::store::NewTrust;
use admit::vault::{BackupCode, Code, Digits, Secret, Token, TotpSecret, step_at};
use jiff::{SignedDuration, Timestamp};

use super::bench_store::{
    ADA, IP, Lab, OTHER_PASSWORD, PASSWORD, address, at, operator, refusal, secret,
};

/// An authenticator that was set up, and the codes on paper.
pub(crate) struct App {
    pub(crate) secret: TotpSecret,
    pub(crate) backup: Vec<String>,
}

/// One try to get in: Ada's at `main` from [`IP`], unless it says otherwise.
#[derive(Clone, Copy)]
pub(crate) struct Try<'a> {
    pub(crate) panel: &'a str,
    pub(crate) who: &'a str,
    pub(crate) password: &'a str,
    pub(crate) ip: Option<&'a str>,
    pub(crate) code: Option<&'a str>,
    pub(crate) method: Option<Method>,
    pub(crate) ticket: Option<&'a Token>,
    pub(crate) trust: bool,
}

impl Default for Try<'_> {
    fn default() -> Self {
        Self {
            panel: "main",
            who: ADA,
            password: PASSWORD,
            ip: Some(IP),
            code: None,
            method: None,
            ticket: None,
            trust: false,
        }
    }
}

/// Ada's password and this code.
pub(crate) fn with(code: &str) -> Try<'_> {
    Try {
        code: Some(code),
        ..Try::default()
    }
}

/// What must have been granted.
pub(crate) fn granted<T>(answer: Result<T, Denied>) -> T {
    match answer {
        Ok(granted) => granted,
        Err(denied) => panic!("denied: {denied:?}"),
    }
}

/// The refusal of something that must have been denied.
pub(crate) fn denied<T>(answer: Result<T, Denied>) -> Denied {
    match answer {
        Ok(_) => panic!("this was not denied"),
        Err(denied) => denied,
    }
}

/// Reason and cause of a refusal.
pub(crate) fn why_not<T>(answer: Result<T, Denied>) -> (&'static str, String) {
    let denied = denied(answer);
    (denied.reason, denied.cause)
}

pub(crate) fn digits(text: &str) -> Digits {
    match Code::parse(text) {
        Some(Code::Digits(digits)) => digits,
        _ => panic!("{text} is not six digits"),
    }
}

/// The code of a step so many steps from that of a time.
pub(crate) fn code_near(secret: &TotpSecret, now: Timestamp, steps: i64) -> String {
    secret.code_at(step_at(now) + steps).as_str().to_owned()
}

/// Six digits that no clock near this time shows.
pub(crate) fn no_code(secret: &TotpSecret, now: Timestamp) -> String {
    (0..1_000_000)
        .map(|number| format!("{number:06}"))
        .find(|text| secret.find(&digits(text), step_at(now), 50, 50).is_none())
        .unwrap()
}

impl Lab {
    /// Changes a setting of the store.
    pub(crate) fn set_store(&mut self, key: &str, value: &str) {
        self.settle(|tx| tx.set_store_setting(key, value));
    }

    /// Changes settings of a panel.
    pub(crate) fn set_panel(&mut self, panel: &str, settings: &[(&str, &str)]) {
        self.settle(|tx| {
            let id = tx
                .panels()?
                .into_iter()
                .find(|known| known.name == panel)
                .unwrap()
                .id;
            settings
                .iter()
                .try_for_each(|(key, value)| tx.set_panel_setting(id, key, Some(value)))
        });
    }

    pub(crate) fn set_phone(&mut self, who: &str, number: Option<&str>) {
        let mut account = self.account(who);
        account.phone = number.map(str::to_owned);
        self.settle(|tx| tx.update_person(&account));
    }

    pub(crate) fn set_role(&mut self, who: &str, panel: i64, role: &str) {
        let account = self.account(who);
        self.settle(|tx| {
            let access = tx.access(account.id, panel)?.unwrap();
            tx.set_access(access.id, role, access.until)
        });
    }

    fn ask<T: 'static>(
        &mut self,
        attempt: Try<'_>,
        run: impl FnOnce(&mut Self, &admit::ops::Op, &Credentials<'_>) -> T,
    ) -> T {
        let mut op = self.op_from(IP);
        op.actor.ip = attempt.ip.map(|ip| ip.parse::<IpAddr>().unwrap());
        let password = secret(attempt.password);
        let code = attempt.code.map(secret);
        let credentials = Credentials {
            address: attempt.who,
            password: &password,
            panel: attempt.panel,
            ticket: attempt.ticket,
            second: Second {
                code: code.as_ref(),
                method: attempt.method,
                trust_ip: attempt.trust,
            },
        };
        run(self, &op, &credentials)
    }

    /// One try.
    pub(crate) fn attempt(&mut self, attempt: Try<'_>) -> Answer {
        self.ask(attempt, |lab, op, credentials| {
            sign_in(&mut lab.store, op, credentials, &|_| {}).unwrap()
        })
    }

    /// The word of one try.
    pub(crate) fn answer(&mut self, attempt: Try<'_>) -> &'static str {
        super::bench_store::word(&self.attempt(attempt))
    }

    /// The word that somebody gets for a password and a code.
    pub(crate) fn sign_in_with(&mut self, who: &str, password: &str, code: &str) -> &'static str {
        self.answer(Try {
            who,
            password,
            ..with(code)
        })
    }

    /// The code that an authenticator shows, so many steps from now.
    pub(crate) fn code(&self, app: &App, steps: i64) -> String {
        code_near(&app.secret, self.now, steps)
    }

    // Setting up.

    /// Begins a set-up with the password, and whatever else `attempt` says.
    pub(crate) fn begin(&mut self, attempt: Try<'_>) -> Result<(Token, bool), Denied> {
        self.ask(attempt, |lab, op, credentials| {
            set_up::begin(&mut lab.store, op, credentials, &|_| {}).unwrap()
        })
    }

    /// The ticket of a set-up that was begun, if it was.
    pub(crate) fn try_to_begin(&mut self, attempt: Try<'_>) -> Option<Token> {
        self.ask(attempt, |lab, op, credentials| {
            let begun = set_up::begin(&mut lab.store, op, credentials, &|_| {});
            Some(begun.ok()?.ok()?.0)
        })
    }

    pub(crate) fn offer(
        &mut self,
        holder: Holder<'_>,
        current: Option<&str>,
    ) -> Result<Result<Offer, Denied>, OpError> {
        self.offer_in("main", holder, current)
    }

    pub(crate) fn offer_in(
        &mut self,
        panel: &str,
        holder: Holder<'_>,
        current: Option<&str>,
    ) -> Result<Result<Offer, Denied>, OpError> {
        let op = self.op_from(IP);
        let current = current.map(secret);
        set_up::offer(&mut self.store, &op, holder, panel, current.as_ref())
    }

    pub(crate) fn confirm(
        &mut self,
        holder: Holder<'_>,
        code: &str,
    ) -> Result<Result<Vec<BackupCode>, Denied>, OpError> {
        self.confirm_in("main", holder, code)
    }

    pub(crate) fn confirm_in(
        &mut self,
        panel: &str,
        holder: Holder<'_>,
        code: &str,
    ) -> Result<Result<Vec<BackupCode>, Denied>, OpError> {
        let op = self.op_from(IP);
        let confirmed = set_up::confirm(&mut self.store, &op, holder, panel, &secret(code), false)?;
        Ok(confirmed.map(|confirmed| confirmed.backup_codes))
    }

    /// Sets an authenticator up with a ticket or session that may, in one go.
    pub(crate) fn take_up(&mut self, panel: &str, holder: Holder<'_>) -> App {
        let offered = granted(self.offer_in(panel, holder, None).unwrap());
        let first = code_near(&offered.secret, self.now, 0);
        let codes = granted(self.confirm_in(panel, holder, &first).unwrap());
        App {
            secret: offered.secret,
            backup: shown(&codes),
        }
    }

    /// Sets an authenticator up in `main`, which has to take one. Its present code is spent.
    pub(crate) fn set_up_app(&mut self, who: &str) -> App {
        let (ticket, _) = granted(self.begin(Try {
            who,
            ..Try::default()
        }));
        self.take_up("main", Holder::Ticket(&ticket))
    }

    /// Invites and registers somebody, sets an authenticator up, and lets a minute pass.
    pub(crate) fn member_with_app(&mut self, who: &str) -> App {
        self.member(who);
        let app = self.set_up_app(who);
        self.advance(SignedDuration::from_secs(60));
        app
    }

    pub(crate) fn backup_codes(&mut self, attempt: Try<'_>) -> Result<Vec<String>, Denied> {
        self.ask(attempt, |lab, op, credentials| {
            backup_codes(&mut lab.store, op, credentials, &|_| {})
                .unwrap()
                .map(|codes| shown(&codes))
        })
    }

    // Codes by mail and SMS.

    pub(crate) fn send(&mut self, method: Method) -> Result<Token, Denied> {
        self.send_to(Try::default(), method)
    }

    pub(crate) fn send_to(&mut self, attempt: Try<'_>, method: Method) -> Result<Token, Denied> {
        self.ask(attempt, |lab, op, credentials| {
            let sent = send_code(&mut lab.store, op, credentials, method, &|_| {}).unwrap();
            sent.map(|sent| sent.ticket.token)
        })
    }

    /// Has one sent, and reads it.
    pub(crate) fn sent(&mut self, method: Method) -> (Token, String) {
        let ticket = granted(self.send(method));
        let code = self.read_code(&ticket);
        (ticket, code)
    }

    /// What the mail or SMS says that goes with a ticket.
    pub(crate) fn read_code(&mut self, ticket: &Token) -> String {
        let sent = self.look(|tx| tx.sent_code(&ticket.hash())).unwrap();
        let account = self.look(|tx| tx.account_by_id(sent.account_id)).unwrap();
        let code = self.look(|tx| tx.code_to_send(sent.id, &account)).unwrap();
        code.expose().clone()
    }

    // What operators do.

    pub(crate) fn reset_2fa(
        &mut self,
        who: &str,
        request: &Reset2fa,
    ) -> Result<ChangeResult<FactorReset>, OpError> {
        self.run(|tx, scope, op| reset_2fa(tx, scope, op, &address(who), request))
    }

    pub(crate) fn safety(&mut self, who: &str) -> PasswordSafety {
        let op = self.op();
        self.store
            .read(|tx| password_safety(tx, &op, &address(who)))
            .unwrap()
    }

    /// An operator trusts a network in `main`, for one person or for everybody.
    pub(crate) fn trust(&mut self, network: &str, who: Option<&str>, until: Option<&str>) -> i64 {
        let account_id = who.map(|who| self.account(who).id);
        let created_at = self.now;
        let mut id = 0;
        self.settle(|tx| {
            id = tx.add_trust(&NewTrust {
                panel_id: 1,
                account_id,
                network: Network::parse(network).unwrap(),
                note: Some("the office"),
                created_by: &operator().operator,
                created_at,
                code_entered_at: None,
                until: until.map(at),
            })?;
            Ok(())
        });
        id
    }

    pub(crate) fn trust_of(&mut self, who: &str) -> Vec<Trust> {
        let account = self.account(who);
        self.look(|tx| tx.trust_of(account.id))
    }

    // What people do with their password.

    pub(crate) fn change_by_address(
        &mut self,
        second: Second<'_>,
        ticket: Option<&Token>,
    ) -> Result<Option<Token>, Denied> {
        self.change(password::Holder::Address(ADA), second, ticket)
    }

    pub(crate) fn change(
        &mut self,
        holder: password::Holder<'_>,
        second: Second<'_>,
        ticket: Option<&Token>,
    ) -> Result<Option<Token>, Denied> {
        let op = self.op_from(IP);
        let (old, new) = (secret(PASSWORD), secret(OTHER_PASSWORD));
        let change = Change {
            holder,
            panel: "main",
            old: &old,
            new: &new,
            second,
            ticket,
        };
        change_password(&mut self.store, &op, &change, &|_| {}).unwrap()
    }

    /// Whoever reads the mailbox sets a new password with nothing else, and gets the ticket for the sign-in (L9).
    pub(crate) fn take_over_by_mail(&mut self, who: &str, new: &str) -> Token {
        assert_eq!(self.forgot(who), "link-mailed");
        let link = self.reset_token(who);
        match self.reset_by_link(&link, new) {
            Ok(ticket) => ticket,
            Err(error) => panic!("{:?}", refusal(error)),
        }
    }

    /// Types wrong codes behind the right password.
    pub(crate) fn fail_codes(&mut self, app: &App, times: usize) {
        for _ in 0..times {
            let wrong = no_code(&app.secret, self.now);
            assert_eq!(
                why_not(self.attempt(with(&wrong))),
                ("code-invalid", "wrong-code".to_owned())
            );
        }
    }
}

fn shown(codes: &[BackupCode]) -> Vec<String> {
    codes
        .iter()
        .map(|code| code.shown().expose().clone())
        .collect()
}

/// A code as it is typed.
pub(crate) fn typed(code: &Secret<String>) -> Second<'_> {
    Second {
        code: Some(code),
        ..Second::default()
    }
}
