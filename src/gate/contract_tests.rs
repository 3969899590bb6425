use super::*;
use crate::gate::parse;

/// A value that fits a key.
fn fitting(key: &Key) -> serde_json::Value {
    match key.takes {
        Takes::Text | Takes::Secret | Takes::Token => "a text of some length".into(),
        Takes::Code => "123456".into(),
        Takes::Words(words) => words[0].into(),
        Takes::Ip => "192.0.2.1".into(),
        Takes::Flag => true.into(),
        Takes::Whole => SCHEMA.into(),
        Takes::Label => 7.into(),
    }
}

/// Every way to choose one of the keys that exclude each other, with the keys that go along.
fn requests(verb: Verb, but: &str) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let contract = verb.contract();
    let mut one_of: Vec<&str> = (contract.keys.iter())
        .filter(|key| key.need == Need::OneOf)
        .map(|key| key.name)
        .collect();
    if one_of.is_empty() {
        one_of.push("");
    }
    (one_of.iter())
        .map(|chosen| {
            (contract.all_keys(false))
                .filter(|key| match key.need {
                    Need::OneOf => key.name == *chosen,
                    Need::With(other) => other == *chosen,
                    _ => !(key.name == "password" && *chosen == "ticket"),
                })
                .filter(|key| key.name != but)
                .map(|key| (key.name.to_owned(), fitting(key)))
                .collect()
        })
        .collect()
}

fn parsed(
    verb: Verb,
    request: &serde_json::Map<String, serde_json::Value>,
) -> Result<Vec<String>, String> {
    let bytes = serde_json::to_vec(request).unwrap();
    parse::unread(verb, &bytes).map_err(|bad| bad.to_string())
}

/// What is documented is what is parsed: every key is taken, and read; every other is refused; what is required is.
#[test]
fn the_parser_takes_what_the_contract_says() {
    for verb in Verb::ALL {
        let contract = verb.contract();
        for request in requests(*verb, "") {
            let unread = parsed(*verb, &request);
            assert_eq!(unread, Ok(vec![]), "{verb:?}: {request:?}");
            let mut other = request.clone();
            other.insert("surprise".into(), true.into());
            if request.contains_key("ignore_unknown") {
                assert_eq!(parsed(*verb, &other), Ok(vec![]), "{verb:?}");
            }
            other.insert("ignore_unknown".into(), false.into());
            let refused = parsed(*verb, &other).unwrap_err();
            assert!(refused.contains("'surprise'"), "{verb:?}: {refused}");
        }
        for key in contract.all_keys(false) {
            let needed = matches!(key.need, Need::Required | Need::OrNull);
            for request in requests(*verb, key.name) {
                match parsed(*verb, &request) {
                    Err(refused) if needed => {
                        assert!(refused.contains(&format!("'{}'", key.name)), "{refused}");
                    }
                    Err(refused) if key.need == Need::Optional => {
                        // Trust needs an IP; a change needs a password unless a ticket stands for it.
                        let by_another = ["trust_ip", "password"];
                        assert!(
                            by_another.iter().any(|word| refused.contains(word)),
                            "{verb:?} without {}: {refused}",
                            key.name
                        );
                    }
                    Ok(_) => assert!(!needed, "{verb:?} without {}", key.name),
                    Err(_) => {}
                }
            }
        }
        // A key of another request.
        let mut request = requests(*verb, "").remove(0);
        request.remove("ignore_unknown");
        if !contract.changes {
            request.insert("idempotency".into(), "0123456789abcdef".into());
            let refused = parsed(*verb, &request).unwrap_err();
            assert!(refused.contains("'idempotency'"), "{refused}");
        }
    }
}

#[test]
fn every_reason_and_answer_has_a_text_in_every_language() {
    for verb in Verb::ALL {
        let contract = verb.contract();
        let words = (contract.yes.iter().map(|yes| yes.word))
            .chain(contract.no.iter().copied())
            .chain(ANYWHERE.iter().copied());
        for word in words {
            assert!(
                crate::gate::codes().any(|code| code == word),
                "{verb:?}: {word}"
            );
        }
    }
}

#[test]
fn the_schema_names_every_request() {
    let schema = json_schema();
    for verb in Verb::ALL {
        let request = &schema["$defs"][format!("{}.request", verb.as_str())];
        assert_eq!(request["properties"]["op"]["const"], verb.as_str());
        let answers = schema["$defs"][format!("{}.answer", verb.as_str())]["oneOf"]
            .as_array()
            .unwrap();
        let contract = verb.contract();
        assert_eq!(
            answers.len(),
            contract.yes.len() + contract.no.len() + ANYWHERE.len()
        );
    }
}
