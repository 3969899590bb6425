//! Trusted IPs, as operators see to them.

use std::time::Duration;

use admit::cli::base::prompt::Answer;
use admit::store::NewTrust;
use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, World};

const MONTH: Duration = Duration::from_hours(30 * 24);

/// Ada trusts an address herself, by entering a code there.
fn ada_trusts(world: &World, ip: &str) {
    let (now, ip) = (world.now(), ip.parse().unwrap());
    world.set_up(|tx| {
        let ada = tx.addresses_with_prefix("ada@", 1)?.remove(0);
        let address = admit::domain::address::Address::parse(&ada).unwrap();
        let account_id = tx.account(&address)?.unwrap().id;
        tx.add_trust(&NewTrust {
            panel_id: 1,
            account_id: Some(account_id),
            network: admit::domain::trusted_ip::Network::of(ip),
            note: None,
            created_by: "",
            created_at: now,
            code_entered_at: Some(now),
            until: None,
        })
    });
}

#[test]
fn nothing_is_trusted_at_first() {
    let world = World::new();
    assert_snapshot!(world.changes_nothing("trust list"), @"
    ----
    No trusted IPs. Trust an office network with `admit trust add 203.0.113.0/24`, never a home or public one.
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust list --ip 203.0.113.9"), @"
    ----
    No matching trusted IPs.
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust list -o json"), @r#"
    {"schema":1,"command":"trust list","ok":true,"results":[],"totals":{"done":0,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.changes_nothing("trust list -o csv"), @"
    id,network,panel,address,status,created_by,created_at,code_entered_at,last_used_at,ends_at,note
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust list -o plain"), @"
    ----
    No trusted IPs. Trust an office network with `admit trust add 203.0.113.0/24`, never a home or public one.
    [exit 0]
    ");
}

#[test]
fn an_office_is_trusted_for_everyone_and_one_address_for_one_person() {
    // In a world of its own: on a server even a dry run uses up a number.
    assert_snapshot!(World::with_ada().changes_nothing("trust add 203.0.113.0/24 --note 'Head office' -n"), @"
    203.0.113.0/24: would change: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    [exit 0]
    ");
    let world = World::with_ada();
    assert_snapshot!(world.run("trust add 203.0.113.0/24 2001:DB8:7::/48 --note 'Head office' --yes"), @"
    203.0.113.0/24: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    2001:db8:7::/48: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    ----
    2 done
    [exit 0]
    ");
    assert_snapshot!(world.run("trust add 198.51.100.7 --person ada@example.com --for 7d"), @"
    198.51.100.7: not trusted → trusted for ada@example.com in main, until Mon 9 Mar 2026 09:00 (in 7 days); no code is required from there, only the password protects the account
    [exit 0]
    ");
    ada_trusts(&world, "192.0.2.44");
    assert_snapshot!(world.run("trust list"), @"
    ID  NETWORK          FOR               LAST USED  ENDS        ADDED
     1  203.0.113.0/24   everyone in main  never      in 30 days  just now by olga (Head office)
     2  2001:db8:7::/48  everyone in main  never      in 30 days  just now by olga (Head office)
     3  198.51.100.7     ada@example.com   never      in 7 days   just now by olga
     4  192.0.2.44       ada@example.com   never      in 30 days  just now by the person
    [exit 0]
    ");
    assert_snapshot!(world.line("trust list").screen(80).run(), @"
    ID  NETWORK          FOR               LAST USED  ENDS
     1  203.0.113.0/24   everyone in main  never      in 30 days
        just now by olga (Head office)
     2  2001:db8:7::/48  everyone in main  never      in 30 days
        just now by olga (Head office)
     3  198.51.100.7     ada@example.com   never      in 7 days
        just now by olga
     4  192.0.2.44       ada@example.com   never      in 30 days
        just now by the person
    [exit 0]
    ");
    assert_snapshot!(world.run("trust list -o plain"), @"
    203.0.113.0/24
    2001:db8:7::/48
    198.51.100.7
    192.0.2.44
    [exit 0]
    ");
    assert_snapshot!(world.run("trust list --person ada@example.com -o csv"), @"
    id,network,panel,address,status,created_by,created_at,code_entered_at,last_used_at,ends_at,note
    3,198.51.100.7,main,ada@example.com,live,olga,2026-03-02T09:00:00Z,,,2026-03-09T09:00:00Z,
    4,192.0.2.44,main,ada@example.com,live,,2026-03-02T09:00:00Z,2026-03-02T09:00:00Z,,2026-04-01T09:00:00Z,
    [exit 0]
    ");
    assert_snapshot!(world.run("trust list --ip 203.0.113.77 -o jsonl"), @r#"
    {"id":1,"network":"203.0.113.0/24","panel":"main","address":null,"status":"live","created_by":"olga","created_at":"2026-03-02T09:00:00Z","code_entered_at":null,"last_used_at":null,"ends_at":"2026-04-01T09:00:00Z","note":"Head office"}
    [exit 0]
    "#);
    assert_snapshot!(world.run("trust list --limit 1 -o plain"), @"
    203.0.113.0/24
    [exit 0]
    ");
    assert_eq!(world.run("trust list --limit 0 -o plain").stdout, "");
    assert_snapshot!(world.run("audit list --action trust-added"), @"
    SEQ  WHEN (UTC)        WHO   ACTION       ADDRESS          PANEL  DETAIL
      6  2026-03-02 09:00  olga  trust-added  ada@example.com  main   until 2026-03-09 09:00; id 3
      5  2026-03-02 09:00  olga  trust-added  –                main   network 2001:db8:7::/48; id 2
      4  2026-03-02 09:00  olga  trust-added  –                main   network 203.0.113.0/24; id 1
    [exit 0]
    ");
}

#[test]
fn the_same_again_changes_nothing_and_another_end_or_note_changes_it() {
    let world = World::new();
    world
        .run("trust add 203.0.113.9 --until 2026-12-31 --note office --yes")
        .done();
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --until 2026-12-31"), @"
    203.0.113.9: already trusted for everyone in main, until the end of Thu 31 Dec 2026 (in 10 months): nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust add ::ffff:203.0.113.9 --until 2026-12-31 --note office"), @"
    203.0.113.9: already trusted for everyone in main, until the end of Thu 31 Dec 2026 (in 10 months): nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.run("trust add 203.0.113.9 --until 2026-12-31 --note warehouse --yes"), @"
    203.0.113.9: trusted for everyone in main, until the end of Thu 31 Dec 2026 (in 10 months); the note is now: warehouse
    [exit 0]
    ");
    assert_snapshot!(world.run("trust add 203.0.113.9 --until 2026-06-30 --yes"), @"
    203.0.113.9: trusted for everyone in main, until the end of Thu 31 Dec 2026 (in 10 months) → until the end of Tue 30 Jun 2026 (in 4 months)
    [exit 0]
    ");
    assert_snapshot!(world.run("trust add 203.0.113.9 --yes"), @"
    203.0.113.9: trusted for everyone in main, until the end of Tue 30 Jun 2026 (in 4 months) → until it is unused for 30 days
    [exit 0]
    ");
    let row = world.row("trust list");
    assert_eq!((&row["id"], &row["note"]), (&1.into(), &"warehouse".into()));
    // What is over is not there: it is trusted anew.
    world.advance(MONTH);
    assert_snapshot!(world.run("trust list"), @"
    ----
    No trusted IPs. Trust an office network with `admit trust add 203.0.113.0/24`, never a home or public one.
    [exit 0]
    ");
    assert_snapshot!(world.run("trust list --all"), @"
    ID  NETWORK      FOR               LAST USED  ENDS            ADDED
     1  203.0.113.9  everyone in main  never      ended just now  30 days ago by olga (warehouse)
    [exit 0]
    ");
    assert_snapshot!(world.run("trust add 203.0.113.9 --yes"), @"
    203.0.113.9: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    [exit 0]
    ");
    assert_eq!(
        world.json("trust list --all")["results"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
}

#[test]
fn what_cannot_be_trusted_is_told_with_the_way_out() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9/24 --note 'Head office' --for 7d"), @"
    ----
    error: 203.0.113.9/24 has host bits set; the network is 203.0.113.0/24
    hint: for all of it, run `admit trust add 203.0.113.0/24 --note 'Head office' --for 7d`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust add office.example.com fe80::1%eth0 203.0.113.09 203.0.113 0.0.0.0"), @"
    ----
    error: invalid IP address or network office.example.com: it looks like a host name; use an IP address or network
    hint: look up its address, and use that
    error: invalid IP address or network fe80::1%eth0: a zone id is valid only on one machine
    hint: remove the text after the %
    error: invalid IP address or network 203.0.113.09: a number with a leading zero is ambiguous
    hint: remove the leading zero
    error: invalid IP address or network 203.0.113: it is not an IP address, nor a network such as 203.0.113.0/24 or 2001:db8::/32
    hint: list trusted IPs with `admit trust list`
    error: invalid IP address or network 0.0.0.0: no connection can come from there
    hint: use the network that people connect from, as in 203.0.113.9 or 203.0.113.0/24
    5 refused
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --for 0d"), @"
    ----
    error: 0d is zero; a duration must be positive
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --until 2026-03-01"), @"
    ----
    error: 2026-03-01 is in the past: that was Mon 2 Mar 2026 00:00 UTC, 9 hours ago
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --note ' '"), @"
    ----
    error: invalid note: it is empty
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --person ada@exmaple.com"), @"
    ----
    error: 203.0.113.9: no account has the address ada@exmaple.com
    hint: did you mean ada@example.com?
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --person nobody"), @"
    ----
    error: no name or address contains 'nobody'
    hint: list everyone with `admit list`
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --panel mian"), @"
    ----
    error: 203.0.113.9: unknown panel 'mian'
    hint: did you mean main?
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("trust add"), @"
    ----
    error: the following required arguments were not provided: <NETWORK>...
    hint: run `admit trust add --help`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust list --ip 203.0.113.0/24"), @"
    ----
    error: --ip must be a single address, and 203.0.113.0/24 is a network
    hint: use an address in it; all trusted IPs are listed by `admit trust list`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust list --ip office.example.com"), @"
    ----
    error: invalid IP address or network office.example.com: it looks like a host name; use an IP address or network
    hint: look up its address, and use that
    [exit 2]
    ");
    world.run("remove ada@example.com").done();
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --person ada@example.com"), @"
    ----
    error: 203.0.113.9: the access was removed: Mon 2 Mar 2026 09:00 (just now)
    hint: run `admit invite ada@example.com`: it gives permanent access
    [exit 4]
    ");
    world.add_panel("shop");
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9"), @"
    ----
    error: 203.0.113.9: no panel given, and there are several
    hint: use --panel with one of main, shop
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --person ada@example.com --panel shop"), @"
    ----
    error: 203.0.113.9: has no access to this panel
    hint: run `admit invite ada@example.com --panel shop`: it gives permanent access
    [exit 4]
    ");
}

#[test]
fn where_no_ip_is_trusted_the_hint_switches_it_on() {
    let world = World::new();
    world.set_panel("main", "trusted-ips", "off");
    let run = world.changes_nothing("trust add 203.0.113.9");
    let hint = run.stderr.split('`').nth(1).unwrap().to_owned();
    assert_snapshot!(run, @"
    ----
    error: 203.0.113.9: main trusts no IPs
    hint: to turn it on, run `admit panel set main trusted-ips=30d`
    [exit 4]
    ");
    assert_snapshot!(world.paste(&format!("{hint} --yes")), @"
    main: trusted-ips: off → 30d
    [exit 0]
    ");
    world.run("trust add 203.0.113.9 --yes").done();
}

#[test]
fn the_command_in_the_hint_for_host_bits_works() {
    let world = World::new();
    let run = world.run("trust add 203.0.113.9/24 --note 'Head office' --yes");
    let hint = run.stderr.split('`').nth(1).unwrap().to_owned();
    assert_eq!(run.code, 2);
    world.paste(&hint).done();
    let row = world.row("trust list");
    assert_eq!(row["network"], "203.0.113.0/24");
    assert_eq!(row["note"], "Head office");
}

#[test]
fn one_bad_network_does_not_stop_the_others() {
    let world = World::new();
    assert_snapshot!(world.run("trust add 203.0.113.0/24 203.0.113 198.51.100.7 --yes"), @"
    203.0.113.0/24: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    198.51.100.7: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    ----
    error: invalid IP address or network 203.0.113: it is not an IP address, nor a network such as 203.0.113.0/24 or 2001:db8::/32
    hint: list trusted IPs with `admit trust list`
    2 done, 1 refused
    [exit 7]
    ");
    assert_snapshot!(world.run("trust add 192.0.2.1 192.0.2.256 -o json --yes"), @r#"
    {"schema":1,"command":"trust add","ok":false,"results":[{"target":"192.0.2.1","panel":"main","status":"done","action":"trusted","id":3,"address":null,"ends_at":"2026-04-01T09:00:00Z","removed":0,"before":null,"after":{"note":null,"last_used_at":null,"stated_end_at":null,"ends_at":"2026-04-01T09:00:00Z"},"message":"not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts","hint":null},{"target":"192.0.2.256","panel":null,"status":"refused","action":null,"id":null,"address":null,"ends_at":null,"removed":null,"before":null,"after":null,"message":"invalid IP address or network 192.0.2.256: it is not an IP address, nor a network such as 203.0.113.0/24 or 2001:db8::/32","hint":"list trusted IPs with `admit trust list`"}],"totals":{"done":1,"unchanged":0,"refused":1,"failed":0},"error":{"kind":"partial","message":"1 of 2 failed; first invalid IP address or network 192.0.2.256: it is not an IP address, nor a network such as 203.0.113.0/24 or 2001:db8::/32","hint":"list trusted IPs with `admit trust list`"}}
    ----
    error: 1 of 2 failed; first invalid IP address or network 192.0.2.256: it is not an IP address, nor a network such as 203.0.113.0/24 or 2001:db8::/32
    hint: list trusted IPs with `admit trust list`
    [exit 7]
    "#);
}

#[test]
fn what_is_very_wide_needs_force_and_a_yes() {
    let world = World::new();
    assert_snapshot!(world.changes_nothing("trust add 10.0.0.0/7"), @"
    ----
    error: 10.0.0.0/7 is wider than /8, which is not trusted without --force
    hint: trust the networks that people use, one by one; to trust all of it, run `admit trust add 10.0.0.0/7 --force`
    [exit 4]
    ");
    assert_snapshot!(world.changes_nothing("trust add 2001:db8::/31"), @"
    ----
    error: 2001:db8::/31 is wider than /32, which is not trusted without --force
    hint: trust the networks that people use, one by one; to trust all of it, run `admit trust add 2001:db8::/31 --force`
    [exit 4]
    ");
    assert_snapshot!(world.changes_nothing("trust add 0.0.0.0/0 ::/0 --force"), @"
    ----
    error: confirmation is required: Trust 0.0.0.0/0 (2^32 addresses), ::/0 (2^128 addresses) for everyone. People there will need only the password
    hint: to confirm, run `admit trust add 0.0.0.0/0 ::/0 --force --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask("trust add 0.0.0.0/0 --force", [Answer::No]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: Trust 0.0.0.0/0 (2^32 addresses) for everyone? People there will need only the password.]
    [exit 1]
    ");
    assert_eq!(world.run("trust list -o plain").stdout, "");
    assert_snapshot!(world.ask("trust add 0.0.0.0/0 --force", [Answer::Yes]), @"
    0.0.0.0/0: not trusted → trusted for everyone in main, until it is unused for 30
      days; no code is required from there, only the password protects their
      accounts
    [asked: Trust 0.0.0.0/0 (2^32 addresses) for everyone? People there will need only the password.]
    [exit 0]
    ");
    assert_snapshot!(world.run("trust add ::/0 --force --yes"), @"
    ::/0: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    [exit 0]
    ");
    // What is not wide asks nothing, forced or not.
    assert_snapshot!(world.run("trust add 10.0.0.0/8 --force --yes"), @"
    10.0.0.0/8: trusted for everyone in main, as part of 0.0.0.0/0 → also by itself, until it is unused for 30 days; from there only the password protects their accounts
    [exit 0]
    ");
}

#[test]
fn what_says_nothing_about_a_place_is_trusted_by_force_alone() {
    let world = World::new();
    assert_snapshot!(world.changes_nothing("trust add 127.0.0.1"), @"
    ----
    error: 127.0.0.1 is a loopback address, which does not show where people are; it is not trusted without --force
    hint: make sure that the panel sends the address of the person, not of a proxy; to trust it anyway, run `admit trust add 127.0.0.1 --force`
    [exit 4]
    ");
    assert_snapshot!(world.changes_nothing("trust add 169.254.0.0/16 ::1 -o json"), @r#"
    {"schema":1,"command":"trust add","ok":false,"results":[{"target":"169.254.0.0/16","panel":null,"status":"refused","action":null,"id":null,"address":null,"ends_at":null,"removed":null,"before":null,"after":null,"message":"169.254.0.0/16 contains link-local addresses, which do not show where people are; it is not trusted without --force","hint":"make sure that the panel sends the address of the person, not of a proxy; to trust it anyway, run `admit trust add 169.254.0.0/16 ::1 -o json --force`"},{"target":"::1","panel":null,"status":"refused","action":null,"id":null,"address":null,"ends_at":null,"removed":null,"before":null,"after":null,"message":"::1 is a loopback address, which does not show where people are; it is not trusted without --force","hint":"make sure that the panel sends the address of the person, not of a proxy; to trust it anyway, run `admit trust add 169.254.0.0/16 ::1 -o json --force`"}],"totals":{"done":0,"unchanged":0,"refused":2,"failed":0},"error":{"kind":"refused","message":"2 of 2 failed; first 169.254.0.0/16 contains link-local addresses, which do not show where people are; it is not trusted without --force","hint":"make sure that the panel sends the address of the person, not of a proxy; to trust it anyway, run `admit trust add 169.254.0.0/16 ::1 -o json --force`"}}
    ----
    error: 2 of 2 failed; first 169.254.0.0/16 contains link-local addresses, which do not show where people are; it is not trusted without --force
    hint: make sure that the panel sends the address of the person, not of a proxy; to trust it anyway, run `admit trust add 169.254.0.0/16 ::1 -o json --force`
    [exit 4]
    "#);
    assert_snapshot!(world.changes_nothing("trust add 127.0.0.0/8 --force"), @"
    ----
    error: confirmation is required: Trust 127.0.0.0/8 (loopback) for everyone. People there will need only the password
    hint: to confirm, run `admit trust add 127.0.0.0/8 --force --yes`
    [exit 2]
    ");
    assert_snapshot!(world.run("trust add 127.0.0.0/8 ::1 --force --yes"), @"
    127.0.0.0/8: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    ::1: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    ----
    2 done
    [exit 0]
    ");
    assert_snapshot!(world.run("trust add 10.1.0.0/16 --yes"), @"
    10.1.0.0/16: not trusted → trusted for everyone in main, until it is unused for 30 days; no code is required from there, only the password protects their accounts
    [exit 0]
    ");
}

#[test]
fn removing_asks_for_codes_again() {
    let world = World::with_ada();
    world
        .run("trust add 203.0.113.9 203.0.113.0/24 --yes")
        .done();
    world
        .run("trust add 203.0.113.9 198.51.100.7 --person ada@example.com")
        .done();
    ada_trusts(&world, "198.51.100.7");
    assert_snapshot!(world.changes_nothing("trust remove 1 -n"), @"
    203.0.113.9: would change: trusted for everyone in main → not trusted by itself; 203.0.113.0/24 still makes a code unnecessary; 1 person trusts it, or a part of it, individually
    ----
    hint: see the remaining entries with `admit trust list --ip 203.0.113.9`
    [exit 0]
    ");
    assert_snapshot!(world.run("trust remove 1"), @"
    203.0.113.9: trusted for everyone in main → not trusted by itself; 203.0.113.0/24 still makes a code unnecessary; 1 person trusts it, or a part of it, individually
    ----
    hint: see the remaining entries with `admit trust list --ip 203.0.113.9`
    [exit 0]
    ");
    assert_snapshot!(world.run("trust remove 203.0.113.0/24"), @"
    203.0.113.0/24: trusted for everyone in main → not trusted; codes are required again from the next sign-in on; 1 person trusts it, or a part of it, individually
    ----
    hint: see the remaining entries with `admit trust list`
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 203.0.113.9"), @"
    203.0.113.9: is not trusted for everyone in main: nothing changed
    ----
    hint: it is trusted for some people individually; see them with `admit trust list --ip 203.0.113.9`
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 192.0.2.1"), @"
    192.0.2.1: is not trusted for everyone in main: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 192.0.2.1 --person ada@example.com"), @"
    192.0.2.1: is not trusted for ada@example.com in main: nothing changed
    [exit 0]
    ");
    // Her own entry and the operator's, at once.
    assert_snapshot!(world.run("trust remove 198.51.100.7 --person ada@example.com -o json"), @r#"
    {"schema":1,"command":"trust remove","ok":true,"results":[{"target":"198.51.100.7","panel":"main","status":"done","action":"removed","id":5,"address":"ada@example.com","ends_at":null,"removed":2,"before":{"note":null,"last_used_at":null,"stated_end_at":null,"ends_at":"2026-04-01T09:00:00Z"},"after":null,"message":"trusted for ada@example.com in main → not trusted; codes are required again from the next sign-in on","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run("trust list"), @"
    ID  NETWORK      FOR              LAST USED  ENDS        ADDED
     3  203.0.113.9  ada@example.com  never      in 30 days  just now by olga
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list --action trust-removed"), @"
    SEQ  WHEN (UTC)        WHO   ACTION         ADDRESS          PANEL  DETAIL
     10  2026-03-02 09:00  olga  trust-removed  ada@example.com  main   ids 4, 5
      9  2026-03-02 09:00  olga  trust-removed  –                main   network 203.0.113.0/24; ids 2
      8  2026-03-02 09:00  olga  trust-removed  –                main   network 203.0.113.9; ids 1
    [exit 0]
    ");
}

#[test]
fn what_cannot_be_removed_is_told() {
    let world = World::with_ada();
    world.run("trust add 203.0.113.9 --yes").done();
    world.add_panel("shop");
    assert_snapshot!(world.changes_nothing("trust remove 7 99999999999999999999"), @"
    ----
    error: no trusted IP has the id 7
    hint: list them with `admit trust list`
    error: no trusted IP has the id 99999999999999999999
    hint: list them with `admit trust list`
    2 refused
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 1 --panel shop"), @"
    ----
    error: no trusted IP has the id 1
    hint: list them with `admit trust list --panel shop`
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 1 --person ada@example.com"), @"
    ----
    error: no trusted IP has the id 1
    hint: list them with `admit trust list`
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("trust remove office"), @"
    ----
    error: invalid IP address or network office: it is not an IP address, nor a network such as 203.0.113.0/24 or 2001:db8::/32
    hint: list trusted IPs with `admit trust list`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 203.0.113.9"), @"
    ----
    error: 203.0.113.9: no panel given, and there are several
    hint: use --panel with one of main, shop
    [exit 2]
    ");
    // An id needs no panel.
    assert_snapshot!(world.run("trust remove 1 7"), @"
    203.0.113.9: trusted for everyone in main → not trusted; codes are required again from the next sign-in on
    ----
    error: no trusted IP has the id 7
    hint: list them with `admit trust list`
    1 done, 1 refused
    [exit 7]
    ");
}

#[test]
fn what_is_over_comes_off_the_list() {
    let world = World::new();
    world.run("trust add 203.0.113.9 --for 1h --yes").done();
    world.advance(HOUR);
    assert_eq!(world.run("trust list -o plain").stdout, "");
    assert_snapshot!(world.run("trust remove 1"), @"
    203.0.113.9: was trusted for everyone in main until it ended → removed
    [exit 0]
    ");
}

#[test]
fn a_purge_takes_everything_of_a_person_or_of_a_panel() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    world.run("trust add 203.0.113.0/24 --yes").done();
    world
        .run("trust add 198.51.100.7 --person ada@example.com")
        .done();
    world
        .run("trust add 198.51.100.8 --person bob@example.com")
        .done();
    ada_trusts(&world, "192.0.2.44");
    assert_snapshot!(world.changes_nothing("trust purge"), @"
    ----
    error: the following required arguments were not provided: <--person <ADDRESS>|--everyone>
    hint: run `admit trust purge --help`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust purge --everyone --person ada@example.com"), @"
    ----
    error: the argument '--everyone' cannot be used with '--person <ADDRESS>'
    hint: run `admit trust purge --help`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust purge --person ada@example.com -n"), @"
    ada@example.com: would change: 2 trusted IPs → none in main; codes are required again from the next sign-in on; entries for everyone there still make a code unnecessary
    [exit 0]
    ");
    assert_snapshot!(world.run("trust purge --person ada@example.com"), @"
    ada@example.com: 2 trusted IPs → none in main; codes are required again from the next sign-in on; entries for everyone there still make a code unnecessary
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust purge --person ada@example.com"), @"
    ada@example.com: has no trusted IPs in main: nothing changed; entries for everyone there still make a code unnecessary
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust purge --person cyd@example.com"), @"
    ----
    error: no account has the address cyd@example.com
    hint: find people by name or part of the address with `admit list cyd`
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("trust purge --everyone"), @"
    ----
    error: confirmation is required: Remove 2 trusted IPs of main. Everyone there will be asked for codes again
    hint: to confirm, run `admit trust purge --everyone --yes`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust purge --everyone --no-input"), @"
    ----
    error: confirmation is required: Remove 2 trusted IPs of main. Everyone there will be asked for codes again
    hint: to confirm, run `admit trust purge --everyone --no-input --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask("trust purge --everyone", [Answer::No]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: Remove 2 trusted IPs of main? Everyone there will be asked for codes again.]
    [exit 1]
    ");
    assert_snapshot!(world.ask("trust purge --everyone", [Answer::Yes]), @"
    main: 2 trusted IPs → none in main; codes are required again from the next
      sign-in on
    [asked: Remove 2 trusted IPs of main? Everyone there will be asked for codes again.]
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust purge --everyone"), @"
    main: has no trusted IPs in main: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust purge --everyone -o json"), @r#"
    {"schema":1,"command":"trust purge","ok":true,"results":[{"target":"main","panel":"main","status":"unchanged","action":"none","address":null,"removed":0,"before":{"trusted_ips":0},"after":{"trusted_ips":0},"message":"has no trusted IPs in main: nothing changed","hint":null}],"totals":{"done":0,"unchanged":1,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run("audit list --action trust-purged"), @"
    SEQ  WHEN (UTC)        WHO   ACTION        ADDRESS          PANEL  DETAIL
      9  2026-03-02 09:00  olga  trust-purged  –                main   entries 2
      8  2026-03-02 09:00  olga  trust-purged  ada@example.com  main   entries 2
    [exit 0]
    ");
}

#[test]
fn several_panels_are_told_apart() {
    let world = World::with_ada();
    world.add_panel("shop");
    world.run("invite ada@example.com --panel shop").done();
    world
        .run("trust add 203.0.113.0/24 --panel main --yes")
        .done();
    world
        .run("trust add 203.0.113.0/24 --panel shop --yes")
        .done();
    world
        .run("trust add 198.51.100.7 --panel shop --person ada@example.com")
        .done();
    assert_snapshot!(world.run("trust list"), @"
    ID  NETWORK         FOR              PANEL  LAST USED  ENDS        ADDED
     1  203.0.113.0/24  everyone         main   never      in 30 days  just now by olga
     2  203.0.113.0/24  everyone         shop   never      in 30 days  just now by olga
     3  198.51.100.7    ada@example.com  shop   never      in 30 days  just now by olga
    [exit 0]
    ");
    assert_snapshot!(world.run("trust list --panel shop -o plain --ip 203.0.113.9"), @"
    203.0.113.0/24
    [exit 0]
    ");
    assert_snapshot!(world.run("trust list --panel shpo"), @"
    ----
    error: unknown panel 'shpo'
    hint: did you mean shop?
    [exit 3]
    ");
    world.run("trust remove 203.0.113.0/24 --panel main").done();
    assert_eq!(
        world.run("trust list -o plain").lines(),
        ["203.0.113.0/24", "198.51.100.7"]
    );
    // A panel that was switched off: nothing counts, and nothing is lost.
    world.set_panel("shop", "trusted-ips", "off");
    assert_snapshot!(world.run("trust list"), @"
    ----
    shop trusts no IPs, so no entry is used there
    No trusted IPs.
    [exit 0]
    ");
    assert_snapshot!(world.run("trust list --all"), @"
    ID  NETWORK         FOR              PANEL  LAST USED  ENDS      ADDED
     2  203.0.113.0/24  everyone         shop   never      not used  just now by olga
     3  198.51.100.7    ada@example.com  shop   never      not used  just now by olga
    ----
    shop trusts no IPs, so no entry is used there
    [exit 0]
    ");
    world.advance(DAY);
    world.set_panel("shop", "trusted-ips", "2d");
    assert_snapshot!(world.run("trust list"), @"
    ID  NETWORK         FOR              PANEL  LAST USED  ENDS      ADDED
     2  203.0.113.0/24  everyone         shop   never      in 1 day  1 day ago by olga
     3  198.51.100.7    ada@example.com  shop   never      in 1 day  1 day ago by olga
    [exit 0]
    ");
}

#[test]
fn removing_a_part_of_what_is_trusted_names_the_whole() {
    let world = World::with_ada();
    world.run("trust add 203.0.113.0/24 --yes").done();
    world
        .run("trust add 198.51.100.0/24 --person ada@example.com")
        .done();
    let run = world.changes_nothing("trust remove 203.0.113.9");
    assert_snapshot!(run, @"
    203.0.113.9: is trusted for everyone in main, as part of 203.0.113.0/24: nothing changed
    ----
    hint: to ask everyone for codes from all of 203.0.113.0/24 again, use `admit trust remove 203.0.113.0/24`
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 203.0.113.9 203.0.113.0/24 --person ada@example.com"), @"
    203.0.113.9: is trusted for ada@example.com in main, as part of 203.0.113.0/24, which is trusted for everyone: nothing changed
    203.0.113.0/24: is trusted for ada@example.com in main, like everyone there: nothing changed
    ----
    hint: to ask everyone for codes from all of 203.0.113.0/24 again, use `admit trust remove 203.0.113.0/24`
    hint: to ask everyone for codes from all of 203.0.113.0/24 again, use `admit trust remove 203.0.113.0/24`
    2 unchanged
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 203.0.0.0/16"), @"
    203.0.0.0/16: is not trusted as a whole for everyone in main: nothing changed; 1 entry for a part of it still makes a code unnecessary
    ----
    hint: see the valid entries with `admit trust list`
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 198.51.100.7"), @"
    198.51.100.7: is not trusted for everyone in main: nothing changed
    ----
    hint: it is trusted for some people individually; see them with `admit trust list --ip 198.51.100.7`
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("trust remove 198.51.100.7 --person ada@example.com"), @"
    198.51.100.7: is trusted for ada@example.com in main, as part of 198.51.100.0/24: nothing changed
    ----
    hint: to ask them for codes from all of 198.51.100.0/24 again, use `admit trust remove 198.51.100.0/24 --person ada@example.com`
    [exit 0]
    ");
    // The command that is named does it.
    world
        .paste("admit trust remove 198.51.100.0/24 --person ada@example.com")
        .done();
    world.paste("admit trust remove 203.0.113.0/24").done();
    assert_eq!(world.run("trust list -o plain").stdout, "");
}

#[test]
fn a_network_for_everyone_and_a_wide_one_are_asked_about() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.0/24"), @"
    ----
    error: confirmation is required: Trust 203.0.113.0/24 for everyone. People there will need only the password
    hint: to confirm, run `admit trust add 203.0.113.0/24 --yes`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("trust add 203.0.0.0/16 --person ada@example.com"), @"
    ----
    error: confirmation is required: Trust 203.0.0.0/16 (2^16 addresses) for ada@example.com. People there will need only the password
    hint: to confirm, run `admit trust add 203.0.0.0/16 --person ada@example.com --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask("trust add 203.0.113.0/24 --panel main", [Answer::No]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: Trust 203.0.113.0/24 for everyone in main? People there will need only the password.]
    [exit 1]
    ");
    assert_snapshot!(world.ask("trust add 203.0.113.0/24", [Answer::Yes]), @"
    203.0.113.0/24: not trusted → trusted for everyone in main, until it is unused
      for 30 days; no code is required from there, only the password protects their
      accounts
    [asked: Trust 203.0.113.0/24 for everyone? People there will need only the password.]
    [exit 0]
    ");
    // What is trusted already weakens nothing, nor does what one site has for one person.
    assert_snapshot!(world.run("trust add 203.0.113.0/24"), @"
    203.0.113.0/24: already trusted for everyone in main, until it is unused for 30 days: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.run("trust add 198.51.100.0/24 --person ada@example.com"), @"
    198.51.100.0/24: not trusted → trusted for ada@example.com in main, until it is unused for 30 days; no code is required from there, only the password protects the account
    [exit 0]
    ");
    // What is refused anyway is not asked about.
    assert_snapshot!(world.changes_nothing("trust add 203.0.113.9 --panel mian"), @"
    ----
    error: 203.0.113.9: unknown panel 'mian'
    hint: did you mean main?
    [exit 3]
    ");
}
