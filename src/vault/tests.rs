use super::*;

const STORE: [u8; 16] = [0x11; 16];
const NONCE: [u8; 16] = [0x22; 16];

fn ring(seeds: &[u64]) -> KeyRing {
    let text = |&seed: &u64| {
        let ring = KeyRing::generate(&Entropy::seeded(seed)).unwrap();
        ring.to_text().expose().clone()
    };
    KeyRing::parse(&seeds.iter().map(text).collect::<String>()).unwrap()
}

fn vault_with(seeds: &[u64], store: [u8; 16]) -> Vault {
    let mut vault = Vault::new(ring(seeds), Entropy::os());
    let first = vault.first_key();
    vault.bind(store, first).unwrap();
    vault
}

fn vault() -> Vault {
    vault_with(&[1], STORE)
}

#[test]
fn sealed_and_opened() {
    let sealed = vault().seal("totp", b"7", b"seed").unwrap();
    assert_eq!(sealed.len(), 4 + OVERHEAD);
    assert_eq!(
        vault().open("totp", b"7", &sealed).unwrap().expose(),
        b"seed"
    );
    assert_eq!(Vault::key_of(&sealed), Some(vault().key_id()));
    assert!(!sealed.windows(4).any(|part| part == b"seed"));
}

#[test]
fn every_flipped_bit_and_every_cut_is_refused() {
    let vault = vault();
    let sealed = vault.seal("totp", b"7", b"seed").unwrap();
    for bit in 0..sealed.len() * 8 {
        let mut bad = sealed.clone();
        bad[bit / 8] ^= 1 << (bit % 8);
        let error = vault.open("totp", b"7", &bad).unwrap_err();
        let in_key_id = (8..40).contains(&bit);
        assert_eq!(
            matches!(error, VaultError::NoSuchKey(_)),
            in_key_id,
            "bit {bit}"
        );
        assert_eq!(matches!(error, VaultError::BadBox), !in_key_id, "bit {bit}");
    }
    for len in 0..sealed.len() {
        assert!(vault.open("totp", b"7", &sealed[..len]).is_err());
    }
    assert!(
        vault
            .open("totp", b"7", &[sealed, vec![0]].concat())
            .is_err()
    );
}

#[test]
fn a_box_opens_only_where_it_belongs() {
    let sealed = vault().seal("totp", b"7", b"seed").unwrap();
    let wrong = [
        ("totp", b"8".as_slice()),
        ("totp7", b""),
        ("", b"totp7"),
        ("sms", b"7"),
    ];
    for (purpose, record) in wrong {
        let refused = vault().open(purpose, record, &sealed);
        assert!(matches!(refused, Err(VaultError::BadBox)), "{purpose}");
    }
    let other_store = vault_with(&[1], [0x12; 16]);
    assert!(matches!(
        other_store.open("totp", b"7", &sealed),
        Err(VaultError::BadBox)
    ));
    let other_key = vault_with(&[2], STORE);
    let refused = other_key.open("totp", b"7", &sealed).unwrap_err();
    assert!(matches!(refused, VaultError::NoSuchKey(id) if id == vault().key_id()));
}

#[test]
fn an_older_key_still_opens_and_the_newer_seals() {
    let (old, both) = (vault_with(&[1], STORE), vault_with(&[2, 1], STORE));
    let sealed = old.seal("totp", b"7", b"seed").unwrap();
    assert_eq!(both.open("totp", b"7", &sealed).unwrap().expose(), b"seed");
    assert_ne!(both.key_id(), old.key_id());
    assert!(both.has_key(old.key_id()) && !old.has_key(both.key_id()));
    let sealed = both.seal("totp", b"7", b"seed").unwrap();
    assert_eq!(Vault::key_of(&sealed), Some(both.key_id()));
    assert!(old.open("totp", b"7", &sealed).is_err());
}

#[test]
fn a_box_relabelled_with_another_held_key_is_refused() {
    let both = vault_with(&[2, 1], STORE);
    let mut sealed = both.seal("totp", b"7", b"seed").unwrap();
    sealed[1..5].copy_from_slice(vault().key_id().as_bytes());
    assert!(matches!(
        both.open("totp", b"7", &sealed),
        Err(VaultError::BadBox)
    ));
}

#[test]
fn a_link_token_can_be_made_again() {
    let token = vault().link_token(Purpose::Invitation, &NONCE);
    assert_eq!(
        vault().link_token(Purpose::Invitation, &NONCE).hash(),
        token.hash()
    );
    assert_eq!(Token::parse(token.as_str()).unwrap().hash(), token.hash());
    let both = vault_with(&[2, 1], STORE);
    let again = both.link_token_with(vault().key_id(), Purpose::Invitation, &NONCE);
    assert_eq!(again.unwrap().hash(), token.hash());
    assert_ne!(
        both.link_token(Purpose::Invitation, &NONCE).hash(),
        token.hash()
    );
    let gone = vault().link_token_with(both.key_id(), Purpose::Invitation, &NONCE);
    assert!(gone.is_none());
}

#[test]
fn a_link_token_depends_on_everything() {
    let body = |token: Token| token.as_str()[6..].to_owned();
    let base = body(vault().link_token(Purpose::Invitation, &NONCE));
    let others = [
        body(vault().link_token(Purpose::Reset, &NONCE)),
        body(vault().link_token(Purpose::Invitation, &[0x23; 16])),
        body(vault_with(&[1], [0x12; 16]).link_token(Purpose::Invitation, &NONCE)),
        body(vault_with(&[2], STORE).link_token(Purpose::Invitation, &NONCE)),
    ];
    assert!(others.iter().all(|other| *other != base));
}

#[test]
fn the_derivation_is_fixed_for_ever() {
    // Computed independently (Python's hmac) from the key of `Entropy::seeded(1)`.
    let token = vault().link_token(Purpose::Invitation, &NONCE);
    assert_eq!(
        token.as_str(),
        "adm_i_qvfag27jg885rg0vyv8nd4h4rewdrj4x199wtcb40g4gjhsb2dhg"
    );
}

#[test]
fn hmac_is_the_published_one() {
    // RFC 4231, test case 2, whose key is shorter than 32 bytes and padded the same.
    let mut key = [0; 32];
    key[..4].copy_from_slice(b"Jefe");
    let mut mac = keyed(&key);
    mac.update(b"what do ya want for nothing?");
    let tag: [u8; 32] = mac.finalize().into_bytes().into();
    assert_eq!(tag[..4], [0x5b, 0xdc, 0xc1, 0x46]);
    assert_eq!(tag[28..], [0x64, 0xec, 0x38, 0x43]);
}

#[test]
fn random_tokens_differ() {
    let one = vault().random_token(Purpose::Session).unwrap();
    let two = vault().random_token(Purpose::Session).unwrap();
    assert_ne!(one.hash(), two.hash());
    assert_eq!(one.purpose(), Purpose::Session);
}

#[test]
fn keyed_hashes_depend_on_key_store_purpose_and_data() {
    let base = vault().keyed_hash("unknown", b"a@example.com");
    assert_eq!(vault().keyed_hash("unknown", b"a@example.com"), base);
    assert_ne!(vault().keyed_hash("unknown", b"b@example.com"), base);
    assert_ne!(vault().keyed_hash("unknowna", b"@example.com"), base);
    assert_ne!(
        vault_with(&[2], STORE).keyed_hash("unknown", b"a@example.com"),
        base
    );
    assert_ne!(
        vault_with(&[1], [0; 16]).keyed_hash("unknown", b"a@example.com"),
        base
    );
}

#[test]
fn account_keys_come_back_for_their_account_only() {
    let (key, boxed) = vault().new_account_key(&[1; 16]).unwrap();
    let sealed = key.seal(&Entropy::os(), b"Ada", b"event 9").unwrap();
    let again = vault().open_account_key(&[1; 16], &boxed).unwrap();
    assert_eq!(again.open(&sealed, b"event 9").unwrap().expose(), b"Ada");
    assert!(vault().open_account_key(&[2; 16], &boxed).is_err());
    let short = vault().seal(ACCOUNT_KEY, &[1; 16], b"short").unwrap();
    assert!(matches!(
        vault().open_account_key(&[1; 16], &short),
        Err(VaultError::BadBox)
    ));
}

#[test]
fn an_unbound_vault_seals_nothing() {
    let vault = Vault::new(ring(&[1]), Entropy::os());
    assert!(matches!(
        vault.seal("p", b"r", b"x"),
        Err(VaultError::NotBound)
    ));
    assert!(matches!(
        vault.open("p", b"r", b"x"),
        Err(VaultError::NotBound)
    ));
    assert!(matches!(
        vault.new_account_key(&[0; 16]),
        Err(VaultError::NotBound)
    ));
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "not bound")]
fn an_unbound_vault_makes_no_links() {
    let _ = Vault::new(ring(&[1]), Entropy::os()).link_token(Purpose::Reset, &NONCE);
}

#[test]
fn debug_shows_key_ids_only() {
    let vault = vault();
    let expected = format!(
        "Vault {{ ring: KeyRing [KeyId({})], bound: true, .. }}",
        vault.key_id()
    );
    assert_eq!(format!("{vault:?}"), expected);
}

#[test]
fn threads_may_share_a_vault() {
    fn shared<T: Send + Sync>() {}
    shared::<Vault>();
}

#[test]
fn the_store_says_which_key_of_the_ring_seals() {
    let ids: Vec<KeyId> = ring(&[2, 1]).ids().collect();
    let mut vault = Vault::new(ring(&[2, 1]), Entropy::os());
    assert_eq!(vault.first_key(), ids[0]);
    assert_eq!(vault.key_ids().collect::<Vec<_>>(), ids);
    vault.bind(STORE, ids[1]).unwrap();
    let old = vault.seal("totp", b"7", b"seed").unwrap();
    let (link, hash) = (
        vault.link_token(Purpose::Reset, &NONCE),
        vault.keyed_hash("p", b"x"),
    );
    assert_eq!(
        (vault.key_id(), Vault::key_of(&old)),
        (ids[1], Some(ids[1]))
    );
    vault.turn_to(ids[0]).unwrap();
    let new = vault.seal("totp", b"7", b"seed").unwrap();
    assert_eq!(Vault::key_of(&new), Some(ids[0]));
    for sealed in [&old, &new] {
        assert_eq!(vault.open("totp", b"7", sealed).unwrap().expose(), b"seed");
    }
    assert_ne!(
        vault.link_token(Purpose::Reset, &NONCE).as_str(),
        link.as_str()
    );
    assert_ne!(vault.keyed_hash("p", b"x"), hash);
    assert_eq!(
        vault.keyed_hashes("p", b"x").collect::<Vec<_>>(),
        [vault.keyed_hash("p", b"x"), hash]
    );
}

#[test]
fn a_key_that_the_ring_has_not_changes_nothing() {
    let stranger = ring(&[3]).first();
    let mut vault = vault_with(&[2, 1], STORE);
    let before = vault.key_id();
    for refused in [vault.turn_to(stranger), vault.bind([9; 16], stranger)] {
        assert!(matches!(refused, Err(VaultError::NoSuchKey(id)) if id == stranger));
    }
    assert_eq!((vault.key_id(), vault.store_id()), (before, &STORE));
}

#[test]
fn a_key_that_was_added_to_the_file_is_found_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("key");
    let first = keyfile::create(&path, &Entropy::os()).unwrap().ring.first();
    let mut vault = Vault::from_file(&path, Entropy::os()).unwrap();
    vault.bind(STORE, first).unwrap();
    let old = vault.seal("totp", b"7", b"seed").unwrap();
    let mut elsewhere = Vault::new(keyfile::load(&path).unwrap(), Entropy::os());
    let next = keyfile::key_after(&path, first, &Entropy::os()).unwrap().id;
    vault.turn_to(next).unwrap();
    assert_eq!((vault.key_id(), vault.store_id()), (next, &STORE));
    assert_eq!(vault.open("totp", b"7", &old).unwrap().expose(), b"seed");
    // Keys that came from no file are looked for in none.
    assert!(elsewhere.turn_to(next).is_err());
}
