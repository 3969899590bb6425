use super::*;

fn parameters(template: &str) -> Vec<&str> {
    let mut found: Vec<&str> = names(template).collect();
    found.sort_unstable();
    found.dedup();
    found
}

#[test]
fn every_language_has_the_same_codes_with_the_same_parameters() {
    for lang in Lang::ALL {
        let own: Vec<&str> = lang.templates().iter().map(|(code, _)| *code).collect();
        let english: Vec<&str> = codes().collect();
        assert_eq!(own, english, "{lang:?}");
        for ((code, text), (_, english)) in lang.templates().iter().zip(en::TEXTS) {
            assert_eq!(parameters(text), parameters(english), "{lang:?}: {code}");
            assert_eq!(
                text.matches('[').count(),
                text.matches(']').count(),
                "{code}"
            );
            assert!(
                lang == Lang::En || text != english || text.len() < 3,
                "{lang:?} {code} is English"
            );
        }
    }
}

#[test]
fn an_optional_part_is_left_out_without_its_parameter() {
    let zone = TimeZone::UTC;
    let at: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    let ask = |message: Message| {
        message
            .with("ask", Parameter::Code("ask"))
            .with("contact", Parameter::Text("the [help] {desk}".into()))
    };
    let bare = ask(Message::of("disabled"));
    assert_eq!(
        bare.text(Lang::En, &zone),
        "Your account has been disabled. Please contact the [help] {desk}."
    );
    let since = ask(Message::of("disabled").with("since", Parameter::Time(at)));
    assert_eq!(
        since.text(Lang::En, &zone),
        "Your account has been disabled since Sun 1 Mar 2026 12:00 UTC. Please contact the [help] {desk}."
    );
    assert_eq!(
        since.to_json(),
        serde_json::json!({"since": "2026-03-01T12:00:00Z", "contact": "the [help] {desk}"})
    );
}

#[test]
fn problems_of_a_password_are_texts_in_a_text() {
    let problems = vec![
        ("too-short", vec![("least", 15), ("has", 3)]),
        ("common", vec![]),
    ];
    let message = Message::of("password-refused").with("problems", Parameter::Codes(problems));
    assert_eq!(
        message.text(Lang::En, &TimeZone::UTC),
        "Please choose another password: it has 3 characters; the minimum is 15, and it is a common password."
    );
    assert_eq!(
        message.to_json(),
        serde_json::json!({"problems": [{"code": "too-short", "least": 15, "has": 3}, {"code": "common"}]})
    );
}

#[test]
fn a_language_is_known_by_its_first_part() {
    for (tag, lang) in [
        ("de-AT", Lang::De),
        ("FR", Lang::Fr),
        ("fr_CH", Lang::Fr),
        ("nl", Lang::En),
        ("", Lang::En),
    ] {
        assert_eq!(Lang::of(tag), lang, "{tag}");
    }
}
