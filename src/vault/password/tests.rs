use std::collections::HashSet;

use argon2::{AssociatedData, ParamsBuilder};

use super::*;

/// Quick, and not for policies.
const CHEAP: HashCost = HashCost {
    memory_kib: 64,
    passes: 1,
    lanes: 2,
};
const RIGHT: Verdict = Verdict::Right { rehash: false };

fn secret(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

fn hash(text: &str) -> String {
    CHEAP.hash(&secret(text), &Entropy::seeded(1)).unwrap()
}

#[test]
fn the_algorithm_is_the_published_one() {
    // RFC 9106, 5.3.
    let params = ParamsBuilder::new()
        .m_cost(32)
        .t_cost(3)
        .p_cost(4)
        .output_len(32)
        .data(AssociatedData::new(&[4; 12]).unwrap())
        .build()
        .unwrap();
    let mut tag = [0; 32];
    Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params)
        .unwrap()
        .hash_password_into(&[1; 32], &[2; 16], &mut tag)
        .unwrap();
    let expected = [
        0x0d, 0x64, 0x0d, 0xf5, 0x8d, 0x78, 0x76, 0x6c, 0x08, 0xc0, 0x37, 0xa3, 0x4a, 0x8b, 0x53,
        0xc9, 0xd0, 0x1e, 0xf0, 0x45, 0x2d, 0x75, 0xb6, 0x5e, 0xb5, 0x25, 0x20, 0xe9, 0x6b, 0x01,
        0xe6, 0x59,
    ];
    assert_eq!(tag, expected);
}

#[test]
fn strings_of_the_reference_implementation_are_understood() {
    // From the test program of the reference implementation (phc-winner-argon2).
    let strings = [
        (
            "password",
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
        ),
        (
            "password",
            "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc",
        ),
        (
            "differentpassword",
            "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$C4TWUs9rDEvq7w3+J4umqA32aWKB1+DSiRuBfYxFj94",
        ),
    ];
    for (password, phc) in strings {
        let verdict = verify(&secret(password), phc, &HashCost::default()).unwrap();
        assert_eq!(verdict, Verdict::Right { rehash: true });
        let wrong = verify(&secret("Password"), phc, &HashCost::default()).unwrap();
        assert_eq!(wrong, Verdict::Wrong);
    }
}

#[test]
fn right_wrong_and_rehash() {
    let phc = hash("correct horse");
    assert!(phc.starts_with("$argon2id$v=19$m=64,t=1,p=2$"), "{phc}");
    assert_eq!(
        verify(&secret("correct horse"), &phc, &CHEAP).unwrap(),
        RIGHT
    );
    for wrong in [
        "",
        "correct horse ",
        "correct hors",
        "Correct horse",
        "correct horse\0",
    ] {
        assert_eq!(
            verify(&secret(wrong), &phc, &CHEAP).unwrap(),
            Verdict::Wrong
        );
    }
    let dearer = [
        HashCost {
            memory_kib: 65,
            ..CHEAP
        },
        HashCost { passes: 2, ..CHEAP },
        HashCost { lanes: 1, ..CHEAP },
    ];
    for wanted in dearer {
        let verdict = verify(&secret("correct horse"), &phc, &wanted).unwrap();
        assert_eq!(verdict, Verdict::Right { rehash: true });
    }
}

#[test]
fn nothing_is_cut() {
    let long = "é".repeat(512);
    let phc = hash(&long);
    assert_eq!(verify(&secret(&long), &phc, &CHEAP).unwrap(), RIGHT);
    let shorter = &long[..1022];
    assert_eq!(
        verify(&secret(shorter), &phc, &CHEAP).unwrap(),
        Verdict::Wrong
    );
    let phc = hash("a\0b");
    assert_eq!(
        verify(&secret("a\0c"), &phc, &CHEAP).unwrap(),
        Verdict::Wrong
    );
}

#[test]
fn every_hash_has_its_own_salt() {
    let entropy = Entropy::os();
    let one = |_| CHEAP.hash(&secret("same"), &entropy).unwrap();
    assert_eq!((0..50).map(one).collect::<HashSet<_>>().len(), 50);
}

#[test]
fn no_hash_lets_nobody_in() {
    for password in ["", "x", "\0"] {
        assert_eq!(
            verify(&secret(password), "", &CHEAP).unwrap(),
            Verdict::Wrong
        );
    }
}

#[test]
fn dangerous_and_foreign_strings_are_refused_before_any_work() {
    let good = hash("x");
    let (salt, tag) = good
        .rsplit_once('$')
        .map(|(a, b)| (a.rsplit_once('$').unwrap().1, b))
        .unwrap();
    let mut refused: Vec<String> = [
        "m=1048577,t=1,p=1",
        "m=4294967295,t=1,p=1",
        "m=4294967296,t=1,p=1",
        "m=99999999999999999999,t=1,p=1",
        "m=64,t=17,p=1",
        "m=64,t=4294967295,p=1",
        "m=1048576,t=1,p=17",
        "m=64,t=1,p=16777215",
        "m=64,t=0,p=1",
        "m=64,t=1,p=0",
        "m=7,t=1,p=1",
        "m=15,t=1,p=2",
        "m=-64,t=1,p=1",
        "m=+64,t=1,p=1",
        "m=064,t=1,p=1",
        "m=64,t=1",
        "t=1,m=64,p=1",
        "m=64,t=1,p=1,p=1",
        "m=64,m=64,t=1,p=1",
        "m=64,t=1,p=1,keyid=AAAA",
        "m=64,t=1,p=1,data=AAAA",
        "m=,t=,p=",
        "m",
        "",
    ]
    .iter()
    .map(|params| format!("$argon2id$v=19${params}${salt}${tag}"))
    .collect();
    let params = "m=64,t=1,p=2";
    refused.extend([
        format!("$argon2i$v=19${params}${salt}${tag}"),
        format!("$argon2d$v=19${params}${salt}${tag}"),
        format!("$argon2id$v=16${params}${salt}${tag}"),
        format!("$argon2id${params}${salt}${tag}"),
        format!("$argon2id$v=19${params}${salt}"),
        format!("$argon2id$v=19${params}"),
        format!("$argon2id$v=19${params}$${tag}"),
        format!("$argon2id$v=19${params}$AAAA${tag}"),
        format!("$argon2id$v=19${params}${salt}${}", &tag[..42]),
        format!("$argon2id$v=19${params}${salt}$AAAA"),
        format!("$argon2id$v=19${params}${salt}${tag}AAAA"),
        format!("$argon2id$v=19${params}${salt}${tag}$"),
        format!(" {good}"),
        format!("{good}\n"),
        format!("{good}{}", "A".repeat(1 << 20)),
        "$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234".to_owned(),
        "!".to_owned(),
        "*".to_owned(),
        "x".to_owned(),
        "NULL".to_owned(),
        "$".to_owned(),
        "$$$$".to_owned(),
    ]);
    for phc in refused {
        let verdict = verify(&secret("x"), &phc, &CHEAP);
        assert!(matches!(verdict, Err(VaultError::BadHash)), "{phc}");
    }
}

#[test]
fn every_changed_character_of_a_hash_is_refused_or_wrong() {
    let good = hash("x");
    for at in 0..good.len() {
        for other in ["$", "A", "0", "1", ",", "="] {
            let bad = format!("{}{other}{}", &good[..at], &good[at + 1..]);
            if bad != good {
                let verdict = verify(&secret("x"), &bad, &CHEAP);
                assert!(!matches!(verdict, Ok(Verdict::Right { .. })), "{bad}");
            }
        }
    }
}

#[test]
fn a_dummy_takes_what_a_verification_takes_and_admits_nobody() {
    dummy(&secret("anything"), &CHEAP).unwrap();
    dummy(&secret(""), &HashCost::FLOOR).unwrap();
    let too_dear = HashCost {
        passes: 17,
        ..CHEAP
    };
    assert!(matches!(
        dummy(&secret("x"), &too_dear),
        Err(VaultError::BadHash)
    ));
}

#[test]
fn costs_end_at_floor_and_ceiling() {
    let default = HashCost::default();
    assert_eq!(HashCost::checked(65_536, 3, 4).unwrap(), default);
    assert_eq!(HashCost::checked(19_456, 2, 1).unwrap(), HashCost::FLOOR);
    assert_eq!(HashCost::checked(1 << 20, 16, 16).unwrap(), CEILING);
    let outside = [
        (19_455, 2, 1),
        (1_048_577, 2, 1),
        (19_456, 1, 1),
        (19_456, 17, 1),
        (19_456, 2, 0),
        (19_456, 2, 17),
        (0, 0, 0),
        (u32::MAX, u32::MAX, u32::MAX),
    ];
    for (memory, passes, lanes) in outside {
        let refused = HashCost::checked(memory, passes, lanes);
        assert!(matches!(refused, Err(VaultError::Cost { .. })));
    }
    let message = HashCost::checked(1024, 2, 1).unwrap_err().to_string();
    assert_eq!(
        message,
        "memory in KiB for password hashing must be from 19456 to 1048576, not 1024"
    );
}

#[test]
fn what_would_not_be_read_again_is_not_made() {
    for cost in [
        HashCost {
            passes: 17,
            ..CHEAP
        },
        HashCost { lanes: 9, ..CHEAP },
        HashCost { lanes: 0, ..CHEAP },
    ] {
        let refused = cost.hash(&secret("x"), &Entropy::seeded(1));
        assert!(matches!(refused, Err(VaultError::BadHash)));
    }
}

#[test]
fn the_beginning_of_a_stored_hash_shows_its_cost() {
    let dearest = HashCost {
        memory_kib: 1024 * 1024,
        passes: 16,
        lanes: 16,
    };
    for cost in [CHEAP, HashCost::FLOOR, HashCost::default(), dearest] {
        let phc = cost.phc(&[7; SALT], &[9; TAG]).unwrap();
        assert_eq!(HashCost::of_phc(&phc), Some(cost));
        assert_eq!(HashCost::of_phc(&phc[..PHC_HEAD]), Some(cost));
        let start = cost.phc_start();
        assert!(phc.starts_with(&format!("{start}$")), "{start}");
        assert_eq!(
            HashCost::of_phc(&start),
            None,
            "without the last dollar sign"
        );
    }
    assert_eq!(PHC_HEAD, 35, "as the index of the store has it");
    for odd in [
        "",
        "$argon2id$v=19$",
        "$argon2i$v=19$m=64,t=1,p=2$",
        "$argon2id$v=16$m=64,t=1,p=2$",
        "$argon2id$v=19$m=064,t=1,p=2$",
        "$argon2id$v=19$m=64,t=1,p=2,x=1$",
        "$argon2id$v=19$t=1,m=64,p=2$",
        "$argon2id$v=19$m=64,t=1$",
        "$argon2id$v=19$m=2097152,t=1,p=2$",
        "$argon2id$v=19$m=64,t=17,p=2$",
        "$argon2id$v=19$m=-64,t=1,p=2$",
    ] {
        assert_eq!(HashCost::of_phc(odd), None, "{odd}");
    }
}

#[test]
fn each_cost_in_use_is_worked_once_and_the_verdict_is_that_of_the_hash() {
    let other = HashCost { passes: 2, ..CHEAP };
    let costs = HashCosts::new([CHEAP, other, CHEAP], other);
    assert_eq!(costs, HashCosts::new([CHEAP, other], other));
    assert_eq!(HashCosts::new([], CHEAP), HashCosts::new([CHEAP], CHEAP));
    let entropy = Entropy::seeded(1);
    for (cost, rehash) in [(CHEAP, true), (other, false)] {
        let phc = cost.hash(&secret("right"), &entropy).unwrap();
        let verdict = costs.verify(&secret("right"), &phc).unwrap();
        assert_eq!(verdict, Verdict::Right { rehash });
        assert_eq!(
            costs.verify(&secret("wrong"), &phc).unwrap(),
            Verdict::Wrong
        );
    }
    // Made at a cost that nobody had when the costs were read.
    let third = HashCost { passes: 3, ..CHEAP };
    let phc = third.hash(&secret("right"), &entropy).unwrap();
    let verdict = costs.verify(&secret("right"), &phc).unwrap();
    assert_eq!(verdict, Verdict::Right { rehash: true });
    costs.dummy(&secret("right")).unwrap();
    for bad in ["", "no hash"] {
        let verdict = costs.verify(&secret("right"), bad);
        assert!(!matches!(verdict, Ok(Verdict::Right { .. })), "{bad}");
    }
}
