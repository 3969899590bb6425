use super::*;

fn network(text: &str) -> Network {
    Network::parse(text).unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

#[test]
fn networks_have_one_form() {
    for (typed, shown) in [
        ("203.0.113.9", "203.0.113.9"),
        (" 203.0.113.9/32 ", "203.0.113.9"),
        ("203.0.113.0/24", "203.0.113.0/24"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.0/120", "192.0.2.0/24"),
        ("2001:DB8::/32", "2001:db8::/32"),
        ("2001:db8:0:0:0:0:0:1", "2001:db8::1"),
        ("0.0.0.0/0", "0.0.0.0/0"),
    ] {
        assert_eq!(network(typed).to_string(), shown, "{typed}");
        assert_eq!(Network::from_stored(shown), Some(network(typed)));
    }
}

#[test]
fn what_is_no_network_is_told_apart() {
    use NetworkProblem::{HostName, LeadingZero, Nowhere, Unreadable, Zone};
    for (typed, problem) in [
        ("", Unreadable),
        ("203.0.113", Unreadable),
        ("203.0.113.9/33", Unreadable),
        ("203.0.113.9 198.51.100.1", Unreadable),
        ("203.0.113.09", LeadingZero),
        ("::ffff:192.0.02.1", LeadingZero),
        ("fe80::1%eth0", Zone),
        ("office.example.com", HostName),
        ("0.0.0.0", Nowhere),
        ("::", Nowhere),
        ("224.0.0.1", Nowhere),
    ] {
        assert_eq!(Network::parse(typed), Err(problem), "{typed}");
    }
    assert_eq!(
        Network::parse("203.0.113.9/24"),
        Err(NetworkProblem::HostBits {
            typed: "203.0.113.9/24".into(),
            network: network("203.0.113.0/24"),
        })
    );
}

#[test]
fn wider_than_8_and_32_bits_is_too_wide() {
    for (typed, too_wide) in [
        ("10.0.0.0/8", false),
        ("10.0.0.0/7", true),
        ("0.0.0.0/0", true),
        ("2001:db8::/32", false),
        ("2001:db8::/31", true),
    ] {
        assert_eq!(network(typed).is_too_wide(), too_wide, "{typed}");
    }
}

#[test]
fn every_network_around_an_address_contains_it() {
    for (ip, count) in [
        ("192.0.2.77", 33),
        ("::ffff:192.0.2.77", 33),
        ("2001:db8::77", 129),
    ] {
        let ip: IpAddr = ip.parse().unwrap();
        let around = Network::all_around(ip);
        assert_eq!(around.len(), count);
        assert_eq!(around[0], Network::of(ip));
        assert!(around.iter().all(|network| network.covers(Network::of(ip))));
        assert!(
            around
                .iter()
                .all(|network| network.to_string().parse::<IpAddr>().is_ok()
                    || Network::parse(&network.to_string()).is_ok())
        );
    }
}

#[test]
fn a_persons_entry_never_slides_and_an_operators_does() {
    let month = SignedDuration::from_hours(30 * 24);
    let mut trust = Trust {
        id: 1,
        panel_id: 1,
        account_id: Some(1),
        network: network("203.0.113.9"),
        note: None,
        created_by: String::new(),
        created_at: at("2026-03-01T00:00:00Z"),
        code_entered_at: Some(at("2026-03-01T00:00:00Z")),
        last_used_at: Some(at("2026-03-20T00:00:00Z")),
        until: None,
    };
    assert!(trust.is_live(Some(month), at("2026-03-30T23:59:59.999Z")));
    assert!(!trust.is_live(Some(month), at("2026-03-31T00:00:00Z")));
    assert!(!trust.is_live(None, at("2026-03-01T00:00:01Z")));
    // A shorter policy counts at once, a longer one never lengthens what was promised.
    assert!(!trust.is_live(
        Some(SignedDuration::from_hours(24)),
        at("2026-03-02T00:00:00Z")
    ));
    trust.code_entered_at = None;
    assert_eq!(trust.ends_at(month), at("2026-04-19T00:00:00Z"));
    trust.last_used_at = None;
    assert_eq!(trust.ends_at(month), at("2026-03-31T00:00:00Z"));
    trust.until = Some(at("2026-12-31T00:00:00Z"));
    assert_eq!(trust.ends_at(month), at("2026-12-31T00:00:00Z"));
}

#[test]
fn a_single_address_is_read_strictly() {
    assert_eq!(
        parse_ip("::ffff:203.0.113.9"),
        Some("203.0.113.9".parse().unwrap())
    );
    for wrong in [
        "203.0.113.9/32",
        "203.0.113.09",
        "fe80::1%1",
        "0.0.0.0",
        "a, b",
    ] {
        assert_eq!(parse_ip(wrong), None, "{wrong}");
    }
}

#[test]
fn a_network_covers_itself_and_what_is_narrower() {
    let office = network("203.0.113.0/24");
    for (other, covered) in [
        ("203.0.113.0/24", true),
        ("203.0.113.128/25", true),
        ("203.0.113.9", true),
        ("203.0.112.0/23", false),
        ("203.0.114.9", false),
        ("2001:db8::/32", false),
    ] {
        assert_eq!(office.covers(network(other)), covered, "{other}");
    }
    assert_eq!(office.first(), "203.0.113.0".parse::<IpAddr>().unwrap());
    assert_eq!((office.free_bits(), office.widest()), (8, 8));
    let six = network("2001:db8::/31");
    assert_eq!((six.free_bits(), six.widest()), (97, 32));
}

#[test]
fn an_entry_may_be_deleted_from_its_end_on_and_where_trust_is_off_when_it_cannot_count_again() {
    let trust = Trust {
        id: 1,
        panel_id: 1,
        account_id: None,
        network: network("203.0.113.9"),
        note: None,
        created_by: "olga".into(),
        created_at: at("2026-03-01T00:00:00Z"),
        code_entered_at: None,
        last_used_at: None,
        until: None,
    };
    let day = Some(SignedDuration::from_hours(24));
    assert!(!trust.is_over(day, at("2026-03-01T23:59:59.999Z")));
    assert!(trust.is_over(day, at("2026-03-02T00:00:00Z")));
    assert!(!trust.is_over(None, at("2026-03-30T23:59:59.999Z")));
    assert!(trust.is_over(None, at("2026-03-31T00:00:00Z")));
}

#[test]
fn some_addresses_say_nothing_about_a_place() {
    use Placeless::{Broadcast, LinkLocal, Loopback, Multicast, Unspecified};
    for (ip, why) in [
        ("0.0.0.0", Some(Unspecified)),
        ("0.255.255.255", Some(Unspecified)),
        ("1.0.0.0", None),
        ("126.255.255.255", None),
        ("127.0.0.0", Some(Loopback)),
        ("127.0.0.1", Some(Loopback)),
        ("127.255.255.255", Some(Loopback)),
        ("128.0.0.0", None),
        ("169.253.255.255", None),
        ("169.254.0.0", Some(LinkLocal)),
        ("169.254.255.255", Some(LinkLocal)),
        ("169.255.0.0", None),
        ("223.255.255.255", None),
        ("224.0.0.0", Some(Multicast)),
        ("239.255.255.255", Some(Multicast)),
        ("240.0.0.0", None),
        ("255.255.255.254", None),
        ("255.255.255.255", Some(Broadcast)),
        ("::", Some(Unspecified)),
        ("::1", Some(Loopback)),
        ("::2", None),
        ("fe7f:ffff::1", None),
        ("fe80::1", Some(LinkLocal)),
        ("febf:ffff::1", Some(LinkLocal)),
        ("fec0::1", None),
        ("feff::1", None),
        ("ff00::", Some(Multicast)),
        ("ff02::1", Some(Multicast)),
        ("::ffff:127.0.0.1", Some(Loopback)),
        ("::ffff:169.254.1.1", Some(LinkLocal)),
        ("::ffff:224.0.0.1", Some(Multicast)),
        ("::ffff:0.0.0.0", Some(Unspecified)),
        // Where an office is.
        ("10.1.2.3", None),
        ("172.16.0.1", None),
        ("192.168.1.1", None),
        ("100.64.0.1", None),
        ("fd00::1", None),
        ("192.0.2.1", None),
        ("2001:db8::1", None),
        ("::ffff:10.1.2.3", None),
    ] {
        let network = Network::of(ip.parse().unwrap());
        assert!(network.is_single());
        assert_eq!(network.placeless(), why, "{ip}");
    }
}

#[test]
fn a_network_with_one_such_address_in_it_says_nothing_either() {
    for (typed, why) in [
        ("127.0.0.0/8", Some("loopback")),
        ("127.0.0.0/30", Some("loopback")),
        ("::ffff:127.0.0.0/104", Some("loopback")),
        ("169.254.0.0/16", Some("link-local")),
        ("169.0.0.0/8", Some("link-local")),
        ("168.0.0.0/8", None),
        ("::/32", Some("unspecified")),
        ("::/127", Some("unspecified")),
        ("fe80::/64", Some("link-local")),
        ("fe00::/7", Some("link-local")),
        ("0.0.0.0/0", Some("unspecified")),
        ("10.0.0.0/8", None),
        ("fd00::/32", None),
    ] {
        let found = network(typed).placeless().map(Placeless::as_str);
        assert_eq!(found, why, "{typed}");
    }
}
