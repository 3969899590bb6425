use super::*;
use crate::vault::Token;

const ASK: &str = "Please contact the administrators of this site.";

fn messages(verb: Verb, contact: Option<&'static str>) -> Messages<'static> {
    Messages {
        verb,
        contact,
        zone: Box::leak(Box::new(TimeZone::UTC)),
    }
}

fn denied(reason: &'static str, since: Option<&str>) -> Denied {
    Denied {
        reason,
        cause: reason.to_owned(),
        since: since.map(|time| time.parse().unwrap()),
        methods: Vec::new(),
        ticket: None,
        advice: None,
    }
}

const AT: &str = "2026-03-01T12:00:00Z";

/// Every reason with its whole sentence, with a time and without.
#[test]
fn every_reason_has_its_sentence() {
    let since = Some(AT);
    let cases: [(&'static str, Option<&str>, String); 29] = [
        ("invalid-credentials", None, "The address or password is incorrect.".into()),
        (
            "locked",
            None,
            "Sign-in with this address is locked after too many failed attempts. If the address is registered here, we have sent a mail that says what to do.".into(),
        ),
        ("locked-permanently", None, format!("Your account is locked. {ASK}")),
        ("disabled", None, format!("Your account has been disabled. {ASK}")),
        ("disabled", since, format!("Your account has been disabled since Sun 1 Mar 2026 12:00 UTC. {ASK}")),
        (
            "unregistered",
            None,
            "You have no password yet. Please open the link in your invitation and choose one.".into(),
        ),
        ("no-access", None, format!("You have no access here. {ASK}")),
        ("access-expired", None, format!("Your access has ended. {ASK}")),
        ("access-expired", since, format!("Your access has ended on Sun 1 Mar 2026 12:00 UTC. {ASK}")),
        ("trial-ended", None, format!("The trial of this site has ended. {ASK}")),
        ("trial-ended", since, format!("The trial of this site has ended on Sun 1 Mar 2026 12:00 UTC. {ASK}")),
        (
            "password-reset-required",
            None,
            "Your password was reset. Please open the link that was mailed to you, or request a new link with \"Forgot password\".".into(),
        ),
        ("password-expired", None, "Your password has expired. Please choose a new one.".into()),
        (
            "second-factor-setup-required",
            None,
            format!("This site requires a second factor, and you have none that can be used now. {ASK}"),
        ),
        ("code-required", None, "Please also enter a code.".into()),
        (
            "code-invalid",
            None,
            "This code is incorrect. Each code works only once: if you use an app, wait for its next code.".into(),
        ),
        ("code-expired", None, "This code no longer works. Please request a new one.".into()),
        ("already-signed-in", None, "You are signed in elsewhere. Please sign out there first.".into()),
        (
            "already-signed-in",
            since,
            "You are signed in elsewhere since Sun 1 Mar 2026 12:00 UTC. Please sign out there first.".into(),
        ),
        (
            "link-invalid",
            None,
            "This link is not valid. Please open it exactly as it is in the mail. Please request a new link with \"Forgot password\".".into(),
        ),
        (
            "link-expired",
            None,
            "This link has expired. Please request a new link with \"Forgot password\".".into(),
        ),
        (
            "link-expired",
            since,
            "This link has expired on Sun 1 Mar 2026 12:00 UTC. Please request a new link with \"Forgot password\".".into(),
        ),
        ("link-superseded", None, "A newer link was sent. Please use the one in the newest mail.".into()),
        (
            "link-superseded",
            since,
            "A newer link was sent on Sun 1 Mar 2026 12:00 UTC. Please use the one in the newest mail.".into(),
        ),
        (
            "link-used",
            None,
            "This link has already been used. Please sign in with your password; if you do not know it, use \"Forgot password\".".into(),
        ),
        ("link-revoked", None, format!("This link was revoked. {ASK}")),
        ("session-ended", None, "You are no longer signed in. Please sign in again.".into()),
        (
            "bad-request",
            None,
            "This page is not set up correctly. Please contact its administrators.".into(),
        ),
        (
            "try-later",
            None,
            "Sign-in is not available right now. Please try again in a few minutes.".into(),
        ),
    ];
    for (reason, since, sentence) in cases {
        let answer = messages(Verb::SignIn, None).denied(denied(reason, since));
        assert_eq!(
            (answer.word(), answer.message()),
            (reason, sentence.as_str())
        );
    }
}

#[test]
fn with_a_contact_the_sentence_names_it() {
    for (reason, sentence) in [
        (
            "no-access",
            "You have no access here. Please contact +44 20 7123 4567.",
        ),
        (
            "trial-ended",
            "The trial of this site has ended. Please contact +44 20 7123 4567.",
        ),
        (
            "link-revoked",
            "This link was revoked. Please contact +44 20 7123 4567.",
        ),
    ] {
        let answer = messages(Verb::SignIn, Some("+44 20 7123 4567")).denied(denied(reason, None));
        assert_eq!(answer.message(), sentence);
    }
}

#[test]
fn a_link_says_where_another_one_comes_from() {
    for (verb, another) in [
        (Verb::Register, "Please request a new invitation."),
        (
            Verb::ConfirmAddress,
            "Please ask the administrators of this site for a new one.",
        ),
        (
            Verb::ResetPassword,
            "Please request a new link with \"Forgot password\".",
        ),
    ] {
        let at = AT.parse().unwrap();
        for (refusal, reason, start) in [
            (
                Refusal::LinkInvalid,
                "link-invalid",
                "This link is not valid. Please open it exactly as it is in the mail.",
            ),
            (
                Refusal::LinkExpired { at },
                "link-expired",
                "This link has expired on Sun 1 Mar 2026 12:00 UTC.",
            ),
        ] {
            let answer = messages(verb, None).failed(refusal.into());
            assert_eq!(
                (answer.word(), answer.message()),
                (reason, format!("{start} {another}").as_str())
            );
        }
    }
}

#[test]
fn a_refused_password_says_all_that_is_wrong_with_it() {
    let problems = vec![
        PasswordProblem::TooShort { least: 15, has: 4 },
        PasswordProblem::Personal("the name of the panel"),
    ];
    let answer = messages(Verb::Register, None).failed(Refusal::Password(problems).into());
    assert_eq!(
        (answer.word(), answer.message()),
        (
            "password-refused",
            "Please choose another password: it has 4 characters; the minimum is 15, and it is the name of the panel, perhaps with digits or punctuation added."
        )
    );
}

#[test]
fn at_a_terminal_the_sentence_is_the_one_of_a_panel() {
    let contact = Some("+44 20 7123 4567");
    for reason in ["no-access", "access-expired"] {
        let of_a_panel = messages(Verb::SignIn, contact).denied(denied(reason, Some(AT)));
        assert_eq!(
            crate::gate::sentence(denied(reason, Some(AT)), contact, &TimeZone::UTC),
            of_a_panel.message()
        );
    }
}

#[test]
fn a_ticket_to_set_up_is_in_the_answer_and_no_other_denial_has_one() {
    let token = Token::parse(&format!("adm_t_{}", "0".repeat(52))).unwrap();
    let with = |reason| {
        let ticket = Some(Box::new(token.clone()));
        let denied = Denied {
            ticket,
            ..denied(reason, None)
        };
        messages(Verb::SignIn, None).denied(denied)
    };
    let answer = with("second-factor-setup-required");
    assert_eq!(answer.ticket().unwrap().as_str(), token.as_str());
    assert!(with("code-required").ticket().is_none());
}

#[test]
fn a_call_that_names_no_panel_of_the_store_is_told_so() {
    let known = vec!["main".to_owned(), "shop".to_owned()];
    let unknown = Refusal::UnknownPanel {
        name: "shob".into(),
        known: known.clone(),
        nearest: Some("shop".into()),
    };
    for (refusal, problem) in [
        (unknown, "'panel' is not a known panel"),
        (Refusal::WhichPanel { known }, "it must name a panel"),
    ] {
        let answer = messages(Verb::SignIn, None).failed(refusal.into());
        assert_eq!(
            (answer.word(), answer.message()),
            ("bad-request", bad_request(problem).as_str())
        );
    }
}
