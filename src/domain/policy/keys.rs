//! The keys of a panel's policy with their defaults and ranges: the only place where these numbers are.

use jiff::SignedDuration;

use super::{HOUR, MINUTE, Policy, SecondFactor, Sessions, days};
use crate::domain::form::{Choice, Line, MethodList, Number, OrOff, OrUnset, Page, Span, Worded};
use crate::domain::key::{Key, keys};
use crate::domain::second_factor::Methods;
use crate::domain::weakening;

impl Default for Policy {
    fn default() -> Self {
        Self {
            invitation_lifetime: days(7),
            wrong_passwords: 6,
            locks_in_a_row: Some(3),
            wrong_codes: 6,
            wrong_per_ip: 20,
            password_length: None,
            password_expiry: None,
            second_factor: SecondFactor::Optional,
            methods: Methods::APP,
            totp_ahead: 0,
            trusted_ips: Some(days(30)),
            sessions: Sessions::Many,
            session_idle: SignedDuration::from_hours(12),
            session_total: days(30),
            title: None,
            support_contact: None,
            links_register: None,
            links_reset: None,
            links_confirm: None,
            sender: None,
            default_role: "member".into(),
        }
    }
}

/// What a sender looks like.
const SENDER: &str = "an address, or Name <address>";

/// Every key of a panel's policy, in display order.
pub static POLICY_KEYS: &[Key<Policy>] = keys! {
    Policy;
    "invitation-lifetime", invitation_lifetime, Span(HOUR, days(30)),
        "how long an invitation's link works",
        asks |before, after| weakening::link("an invitation link", before.invitation_lifetime, after.invitation_lifetime);
    "wrong-passwords", wrong_passwords, Number(1, 100),
        "wrong passwords in a row that lock the account",
        asks |before, after| weakening::tries("passwords", before.wrong_passwords, after.wrong_passwords);
    "locks-in-a-row", locks_in_a_row, OrOff(Number(1, 10)),
        "locks in a row that lock the account permanently",
        asks |before, after| weakening::locks(before.locks_in_a_row, after.locks_in_a_row);
    "wrong-codes", wrong_codes, Number(1, 100),
        "wrong codes in a row that lock the account",
        asks |before, after| weakening::tries("codes", before.wrong_codes, after.wrong_codes);
    "wrong-per-ip", wrong_per_ip, Number(0, 10_000),
        "wrong passwords per hour after which an IP has to wait; 0 means no limit",
        asks |before, after| weakening::wrong_per_ip(before.wrong_per_ip, after.wrong_per_ip);
    "password-length", password_length, OrUnset(Number(8, 64)),
        "minimum length of a new password"
        or "15; 8 where a second factor is required",
        asks weakening::password_length;
    "password-expiry", password_expiry, OrOff(Span(days(30), days(365))),
        "maximum age of a password; NIST and OWASP advise to leave it off",
        safe "an older password is not easier to guess";
    "second-factor", second_factor, Choice(&[
            ("off", SecondFactor::Off),
            ("optional", SecondFactor::Optional),
            ("required", SecondFactor::Required),
        ]),
        "whether a code is required after the password",
        asks |before, after| weakening::second_factor(before.second_factor, after.second_factor);
    "methods", methods, MethodList,
        "how people may get a code",
        asks |before, after| weakening::methods("codes", before.methods, after.methods);
    "totp-ahead", totp_ahead, Number(0, 1),
        "how far an authenticator's clock may be ahead, in steps of 30 s",
        asks |before, after| weakening::totp_ahead(before.totp_ahead, after.totp_ahead);
    "trusted-ips", trusted_ips, OrOff(Span(days(1), days(30))),
        "how long no code is required from an IP after a code was entered there",
        asks |before, after| weakening::trusted_ips(before.trusted_ips, after.trusted_ips);
    "sessions", sessions, Choice(&[
            ("many", Sessions::Many),
            ("one-refuse", Sessions::OneRefuse),
            ("one-replace", Sessions::OneReplace),
        ]),
        "whether a person may be signed in more than once at a time",
        asks |before, after| weakening::sessions(before.sessions, after.sessions);
    "session-idle", session_idle, Span(MINUTE * 5, days(30)),
        "idle time after which a session ends",
        asks |before, after| weakening::session_idle(before.session_idle, after.session_idle);
    "session-total", session_total, Span(HOUR, days(365)),
        "maximum lifetime of a session",
        asks |before, after| weakening::session_total(before.session_total, after.session_total);
    "title", title, OrUnset(Line(100)),
        "what mail and authenticators call the panel"
        or "its name",
        safe "people read it, and nothing is decided by it";
    "support-contact", support_contact, OrUnset(Line(200)),
        "who to contact when only an operator can help"
        or "as in the configuration",
        safe "people read it, and nothing is decided by it";
    "links.register", links_register, OrUnset(Page),
        "URL of the page that receives an invitation token"
        or "as in the configuration",
        asks |before, after| weakening::page("invitation tokens", "register in place of the people invited", before.links_register.as_deref(), after.links_register.as_deref());
    "links.reset", links_reset, OrUnset(Page),
        "URL of the page that receives a reset token"
        or "as in the configuration",
        asks |before, after| weakening::page("reset tokens", "set the passwords of others", before.links_reset.as_deref(), after.links_reset.as_deref());
    "links.confirm", links_confirm, OrUnset(Page),
        "URL of the page that receives the token for a new address"
        or "as in the configuration",
        asks |before, after| weakening::page("tokens for new addresses", "confirm addresses in place of their owners", before.links_confirm.as_deref(), after.links_confirm.as_deref());
    "sender", sender, OrUnset(Worded(200, SENDER)),
        "sender of mail"
        or "as in the configuration",
        safe "people read it; the mail server decides who may send";
    "default-role", default_role, Worded(64, "the name of a role"),
        "the role of an invitation that names none",
        asks |before, after| weakening::default_role(&before.default_role, &after.default_role);
};
