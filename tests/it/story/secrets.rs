//! Where secrets may and may not be.

use std::fs;

use crate::support::world::{DAY, PASSWORD, STEP, World};

/// Everything that a store leaves.
fn bytes(world: &World) -> Vec<u8> {
    world.place().bytes()
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|part| part == text.as_bytes())
}

#[test]
fn no_password_and_no_token_gets_into_the_store_the_record_or_an_output() {
    let world = World::new();
    let canary = "a canary sings in the mine";
    world.keep_secret(canary);
    world.run("invite ada@example.com --for 30d -vv").done();
    let mut tokens = vec![world.token("ada@example.com")];
    world.run("resend ada@example.com -vv").done();
    tokens.push(world.token("ada@example.com"));
    world.register("ada@example.com");
    world.sign_in("ada@example.com", PASSWORD).done();
    // A password where the address belongs, as people do type it.
    assert_eq!(
        world.denied("zoe@example.com", canary),
        "invalid-credentials"
    );
    assert_eq!(
        world.denied("ada@example.com", canary),
        "invalid-credentials"
    );
    world.run("reset password ada@example.com --now -vv").done();
    tokens.push(world.token("ada@example.com"));
    world.set_password("ada@example.com", "nine blue bottles stand over here");
    world.lock_for_good("ada@example.com");
    world.run("unlock ada@example.com --reason 'case 1'").done();
    tokens.push(world.token("ada@example.com"));
    world.advance(DAY);
    for line in [
        "list",
        "show ada@example.com",
        "why ada@example.com",
        "audit list",
        "mail list",
        "mail show 1",
        "store info",
        "config show",
    ] {
        for format in ["table", "json", "csv"] {
            let run = world.run(&format!("{line} -vv -o {format}"));
            for token in &tokens {
                assert!(
                    !run.stdout.contains(token) && !run.stderr.contains(token),
                    "{run}"
                );
            }
        }
    }
    let stored = bytes(&world);
    assert!(
        holds(&stored, "ada@example.com"),
        "this looks at the wrong file"
    );
    for secret in tokens.iter().map(String::as_str).chain([canary, PASSWORD]) {
        assert!(!holds(&stored, secret), "{secret} stands in the store");
    }
    // Nor does the key, in any of its forms.
    let key = fs::read_to_string(world.key_file()).unwrap();
    for word in key.split_whitespace().filter(|word| word.len() >= 32) {
        assert!(!holds(&stored, word), "the key stands in the store");
        for line in ["store info", "config show", "store check"] {
            let run = world.run(&format!("{line} -vv"));
            assert!(
                !run.stdout.contains(word) && !run.stderr.contains(word),
                "{run}"
            );
        }
    }
    assert!(
        key.split_whitespace().any(|word| word.len() >= 32),
        "this is not how a key file looks"
    );
}

/// Whether these digits stand somewhere by themselves, and not within a longer number.
fn holds_number(bytes: &[u8], digits: &str) -> bool {
    let is_digit = |at: Option<&u8>| at.is_some_and(u8::is_ascii_digit);
    bytes.windows(digits.len()).enumerate().any(|(at, part)| {
        part == digits.as_bytes()
            && !is_digit(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && !is_digit(bytes.get(at + digits.len()))
    })
}

/// Asks the gate, as a panel does; gives the answer's `ticket`.
fn ticket(world: &World, op: &str, request: &str) -> String {
    let run = world.pipe(&format!("gate {op}"), request);
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    answer["ticket"]
        .as_str()
        .unwrap_or_else(|| panic!("{answer}"))
        .to_owned()
}

#[test]
fn nothing_of_the_second_factor_gets_into_the_store_the_record_or_an_output() {
    let world = World::with_ada();
    world.set_panel("main", "second-factor", "required");
    world.set_panel("main", "methods", "app,mail");
    let (phone, backup) = world.with_phone("ada@example.com", "");
    let mut secrets: Vec<Vec<u8>> = vec![phone.base32().into(), phone.raw().to_vec()];
    for code in &backup {
        secrets.push(code.clone().into());
        secrets.push(code.replace('-', "").into());
    }
    // A code that waits to be sent, one that was sent, a wrong one, and one that is right.
    let ask = format!(
        r#"{{"ip":null,"address":"ada@example.com","password":"{PASSWORD}","method":"mail"}}"#
    );
    let mut tickets = vec![ticket(&world, "send-code", &ask)];
    let waiting = bytes(&world);
    world.run("mail send").done();
    let mut numbers = vec![
        world
            .mail()
            .last_to("ada@example.com")
            .unwrap()
            .code()
            .unwrap(),
    ];
    assert!(
        !holds_number(&waiting, &numbers[0]),
        "the code waits in clear"
    );
    let wrong = phone.never();
    let with_code = |code: &str, ticket: &str| {
        format!(
            r#"{{"ip":null,"address":"ada@example.com","password":"{PASSWORD}","method":"mail","code":"{code}","ticket":"{ticket}"}}"#
        )
    };
    world
        .pipe("gate sign-in", with_code(&wrong, &tickets[0]))
        .exits(1);
    let inside = world.pipe("gate sign-in", with_code(&numbers[0], &tickets[0]));
    let inside: serde_json::Value = serde_json::from_str(&inside.stdout).unwrap();
    tickets.push(inside["session"].as_str().unwrap().to_owned());
    numbers.push(wrong);
    world.advance(STEP);
    let code = phone.code();
    world
        .sign_in_with("ada@example.com --ip 203.0.113.9 --trust-ip", &code)
        .done();
    numbers.push(code);
    world.sign_in_with("ada@example.com", &backup[0]).done();
    world.run("invite bob@example.com").done();
    world.register("bob@example.com");
    let right = format!(r#"{{"ip":null,"address":"bob@example.com","password":"{PASSWORD}"}}"#);
    world.set_panel("main", "methods", "app");
    tickets.push(ticket(&world, "sign-in", &right));
    // An offer that nobody confirmed: its secret waits in the store, sealed.
    let request = format!(r#"{{"ticket":"{}","ip":null}}"#, tickets[2]);
    let offer = world.pipe("gate set-up-2fa", request);
    let offer: serde_json::Value = serde_json::from_str(&offer.stdout).unwrap();
    secrets.push(offer["secret"].as_str().unwrap().into());
    secrets.extend(tickets.iter().map(|ticket| ticket.clone().into()));

    for line in [
        "list",
        "show ada@example.com",
        "why ada@example.com",
        "audit list",
        "mail list",
        "mail show 1",
        "mail show 3",
        "trust list",
        "panel show",
        "store info",
        "config show",
        "housekeep -n",
        "reset 2fa ada@example.com -n",
    ] {
        for format in ["table", "json", "csv"] {
            let run = world.run(&format!("{line} -vv -o {format}"));
            for text in [run.stdout.as_bytes(), run.stderr.as_bytes()] {
                for secret in &secrets {
                    let found = text.windows(secret.len()).any(|part| part == secret);
                    assert!(!found, "{run}");
                }
                for number in &numbers {
                    assert!(!holds_number(text, number), "{number}: {run}");
                }
            }
        }
    }
    let stored = bytes(&world);
    assert!(
        holds(&stored, "ada@example.com"),
        "this looks at the wrong file"
    );
    for secret in &secrets {
        let found = stored.windows(secret.len()).any(|part| part == secret);
        assert!(
            !found,
            "{} stands in the store",
            String::from_utf8_lossy(secret)
        );
    }
    for number in &numbers {
        assert!(
            !holds_number(&stored, number),
            "{number} stands in the store"
        );
    }
    // What a reader of the file might look for instead: that a code was sent is there, and the code is wiped.
    assert!(holds(&stored, "sign-in-code"), "no code was sent at all");
}

#[test]
fn the_address_in_the_record_is_sealed() {
    let world = World::new();
    world.run("invite ada.the.first@example.com").done();
    let rows = world.dump()["audit"].join("\n");
    assert!(rows.contains("invited"), "{rows}");
    assert!(!rows.contains("ada.the.first"), "{rows}");
    world.run("revoke ada.the.first@example.com").done();
    // Forgotten: the record still verifies, and names nobody.
    world.run("audit verify").done();
    let run = world.run("audit list");
    assert!(
        run.stdout.contains("erased-") && !run.stdout.contains("ada.the.first"),
        "{run}"
    );
    assert!(
        !holds(&bytes(&world), "ada.the.first"),
        "something of the forgotten person is left on disk"
    );
}

#[test]
fn a_link_is_printed_once_and_only_where_it_was_asked_for() {
    let world = World::with_ada();
    for line in [
        "invite bob@example.com",
        "resend bob@example.com",
        "reset password ada@example.com",
    ] {
        for format in ["table", "json", "jsonl", "csv", "plain"] {
            let run = world.run(&format!("{line} -o {format} -vv"));
            assert_eq!(run.code, 0, "{run}");
            assert!(
                !run.stdout.contains("adm_") && !run.stderr.contains("adm_"),
                "{run}"
            );
        }
        let run = world.run(&format!("{line} --print-link -o json"));
        assert_eq!(run.stdout.matches("adm_").count(), 1, "{run}");
        assert!(!run.stderr.contains("adm_"), "{run}");
        let run = world.run(&format!("{line} --print-link"));
        assert_eq!(run.stdout.matches("adm_").count(), 1, "{run}");
    }
}

#[test]
fn a_dry_run_prints_no_link() {
    let world = World::new();
    let run = world.changes_nothing("invite ada@example.com --print-link -n");
    assert!(!run.stdout.contains("adm_"), "{run}");
}
