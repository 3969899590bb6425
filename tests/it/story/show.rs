//! Everything about one person.

use insta::assert_snapshot;

use crate::support::world::{PASSWORD, World};

#[test]
fn somebody_pending_is_shown() {
    let world = World::new();
    world.run("invite ada@example.com --name 'Ada Lovelace' --phone +442071234567 --lang en --for 1mo").done();
    assert_snapshot!(world.run("show ada@example.com"), @"
    address       ada@example.com
    name          Ada Lovelace
    phone         +442071234567
    language      en
    account       unregistered, created Mon 2 Mar 2026 09:00 (just now)
    panel         main: unregistered, member, until Thu 2 Apr 2026 09:00 (in 31 days)
    invitation    created Mon 2 Mar 2026 09:00 (just now), valid until Mon 9 Mar 2026 09:00 (in 7 days)
    password      none: not registered
    last sign-in  never
    mail          invitation sent just now: kept in memory
    event         Mon 2 Mar 2026 09:00 (just now) invited by olga: as member; access until 2026-04-02 09:00; link valid until 2026-03-09 09:00; mail queued
    [exit 0]
    ");
    assert_snapshot!(world.run("show Ada@EXAMPLE.com -o plain"), @r"
ada@example.com
[exit 0]
");
}

#[test]
fn json_has_every_part() {
    let world = World::with_ada();
    world.sign_in("ada@example.com", PASSWORD).done();
    world.lock("ada@example.com");
    let row = world.row("show ada@example.com");
    let keys: Vec<_> = row
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for key in [
        "address",
        "name",
        "panel",
        "role",
        "status",
        "account_status",
        "access_status",
        "access_until",
        "invited_at",
        "invitation_expires_at",
        "second_factor",
        "last_sign_in_at",
        "account",
        "accesses",
        "invitation",
        "lock",
        "password",
        "trusted_ips",
        "sessions",
        "recent",
    ] {
        assert!(keys.contains(&key), "{key} is missing in {keys:?}");
    }
    assert_eq!(row["status"], "locked");
    assert_eq!(row["last_sign_in_at"], "2026-03-02T09:00:00Z");
    assert!(row["password"]["set_at"].is_string(), "{row}");
    assert!(row["password"].get("expires_at").is_some(), "{row}");
    assert_eq!(row["sessions"].as_array().unwrap().len(), 1);
}

#[test]
fn somebody_in_several_panels_has_a_line_for_each() {
    let world = World::with_ada();
    world.add_panel("shop");
    world
        .run("invite ada@example.com --panel shop --for 3d")
        .done();
    assert_snapshot!(world.run("show ada@example.com"), @"
    address       ada@example.com
    name          Ada Lovelace
    account       active, created Mon 2 Mar 2026 09:00 (just now)
    panel         main: active, member, permanent
                  shop: expiring, member, until Thu 5 Mar 2026 09:00 (in 3 days)
    password      set Mon 2 Mar 2026 09:00 (just now)
    last sign-in  never
    mail          invitation sent just now: kept in memory
    event         Mon 2 Mar 2026 09:00 (just now) access-added by olga: as member; access until 2026-03-05 09:00
                  Mon 2 Mar 2026 09:00 (just now) registered by the person
                  Mon 2 Mar 2026 09:00 (just now) invited by olga: as member; link valid until 2026-03-09 09:00; mail queued
    [exit 0]
    ");
    assert_snapshot!(world.run("show ada@example.com --panel shp"), @r"
----
error: unknown panel 'shp'
hint: did you mean shop?
[exit 3]
");
}

#[test]
fn somebody_unknown_has_a_neighbour() {
    let world = World::with_ada();
    assert_snapshot!(world.run("show ada@exmaple.com"), @r"
----
error: no account has the address ada@exmaple.com
hint: did you mean ada@example.com?
[exit 3]
");
    assert_snapshot!(world.run("show 'Ada Lovelace'"), @"
    address       ada@example.com
    name          Ada Lovelace
    account       active, created Mon 2 Mar 2026 09:00 (just now)
    panel         main: active, member, permanent
    password      set Mon 2 Mar 2026 09:00 (just now)
    last sign-in  never
    mail          invitation sent just now: kept in memory
    event         Mon 2 Mar 2026 09:00 (just now) registered by the person
                  Mon 2 Mar 2026 09:00 (just now) invited by olga: as member; link valid until 2026-03-09 09:00; mail queued
    ----
    'Ada Lovelace' is Ada Lovelace, ada@example.com
    [exit 0]
    ");
}

#[test]
fn the_second_factor_and_trusted_ips_are_shown() {
    use admit::domain::address::Address;
    use admit::domain::trusted_ip::Network;
    use admit::store::NewTrust;
    use admit::vault::{BackupCode, Entropy, TotpSecret};
    let world = World::with_ada();
    let nothing = world.row("show ada@example.com");
    assert_eq!(
        nothing["second_factor"].to_string(),
        r#"{"set_at":null,"last_used_at":null,"backup_codes_left":0,"methods":[],"phone_clock":null,"mail_barred_at":null}"#
    );
    assert_eq!(nothing["trusted_ips"].to_string(), "[]");
    world
        .run("panel set second-factor=required methods=app,mail --yes")
        .done();
    let mailed = world.run("show ada@example.com").stdout;
    assert!(
        mailed.contains("2FA           a code by mail\n"),
        "{mailed}"
    );
    world.run("panel set methods=app").done();
    let required = world.run("show ada@example.com").stdout;
    assert!(
        required
            .contains("2FA           none; main requires one, to be set up at the next sign-in\n"),
        "{required}"
    );
    world.run("panel set methods=app,mail --yes").done();
    let now = world.now();
    world.set_up(|tx| {
        let ada = tx
            .account(&Address::parse("ada@example.com").unwrap())?
            .unwrap();
        let entropy = Entropy::seeded(6);
        tx.set_factor(&ada, &TotpSecret::random(&entropy)?, 1, now)?;
        let codes = (0..10)
            .map(|_| BackupCode::random(&entropy))
            .collect::<Result<Vec<_>, _>>()?;
        tx.set_backup_codes(ada.id, &codes, now)?;
        assert!(tx.use_backup_code(ada.id, &codes[0], now)?);
        assert!(tx.use_step(ada.id, 2, now)?);
        tx.note_clock(ada.id, 5, now)?;
        tx.bar_mailed_codes(ada.id, Some(now))?;
        for (network, by, entered) in [
            ("203.0.113.9", "", Some(now)),
            ("198.51.100.0/24", "olga", None),
        ] {
            tx.add_trust(&NewTrust {
                panel_id: 1,
                account_id: Some(ada.id),
                network: Network::parse(network).unwrap(),
                note: None,
                created_by: by,
                created_at: now,
                code_entered_at: entered,
                until: None,
            })?;
        }
        Ok(())
    });
    let run = world.run("show ada@example.com");
    let lines: Vec<&str> = run
        .stdout
        .lines()
        .skip_while(|line| !line.starts_with("2FA"))
        .take_while(|line| !line.starts_with("mail"))
        .collect();
    assert_snapshot!(lines.join("\n"), @"
    2FA           authenticator app since Mon 2 Mar 2026 09:00 (just now), last used Mon 2 Mar 2026 09:00 (just now), 9 of 10 backup codes left
                  the phone's clock was about 3 minutes ahead, just now
                  mailed codes have not counted since the password was reset by mail, Mon 2 Mar 2026 09:00 (just now)
    trusted IPs   203.0.113.9 until Wed 1 Apr 2026 09:00 (in 30 days)
                  198.51.100.0/24 until Wed 1 Apr 2026 09:00 (in 30 days), by olga
    ");
    let row = world.row("show ada@example.com");
    assert_snapshot!(row["second_factor"], @r#"{"set_at":"2026-03-02T09:00:00Z","last_used_at":"2026-03-02T09:00:00Z","backup_codes_left":9,"methods":["app","backup"],"phone_clock":{"steps":5,"seconds":150,"seen_at":"2026-03-02T09:00:00Z"},"mail_barred_at":"2026-03-02T09:00:00Z"}"#);
    assert_snapshot!(row["trusted_ips"], @r#"[{"id":1,"panel":"main","network":"203.0.113.9","note":null,"created_at":"2026-03-02T09:00:00Z","last_used_at":null,"ends_at":"2026-04-01T09:00:00Z","by":null},{"id":2,"panel":"main","network":"198.51.100.0/24","note":null,"created_at":"2026-03-02T09:00:00Z","last_used_at":null,"ends_at":"2026-04-01T09:00:00Z","by":"olga"}]"#);
    // Where no IP is trusted, none counts.
    world.run("panel set trusted-ips=off").done();
    assert_eq!(
        world.row("show ada@example.com")["trusted_ips"].to_string(),
        "[]"
    );
}
