//! An IP with too many wrong passwords.

use insta::assert_snapshot;

use crate::support::world::{HOUR, PASSWORD, WRONG, World};

#[test]
fn an_ip_over_the_limit_waits_and_why_tells_it() {
    let world = World::with_ada();
    world.run("panel set wrong-per-ip=2").done();
    let ask = |who: &str, password: &str| {
        let request =
            format!(r#"{{"address":"{who}","password":"{password}","ip":"203.0.113.9"}}"#);
        world.pipe("gate sign-in", request)
    };
    for n in 0..3 {
        let run = ask(&format!("guess{n}@example.com"), WRONG);
        assert_eq!(run.code, 1, "{run}");
    }
    assert_snapshot!(ask("ada@example.com", PASSWORD), @r#"
    {"schema":2,"ok":false,"reason":"throttled","retry_after":3600,"message":{"code":"throttled","parameters":{},"text":"There were too many attempts. Please try again in a while."},"next":null,"cause":"too-many-from-ip"}
    [exit 1]
    "#);
    assert_snapshot!(ask("guess9@example.com", WRONG), @r#"
    {"schema":2,"ok":false,"reason":"throttled","retry_after":3600,"message":{"code":"throttled","parameters":{},"text":"There were too many attempts. Please try again in a while."},"next":null,"cause":"too-many-from-ip"}
    [exit 1]
    "#);
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com is refused by main: too many wrong passwords from 203.0.113.9 in the last hour. There is no other obstacle.

      - the last refused attempt from 203.0.113.9 Mon 2 Mar 2026 09:00 (just now) was rejected unchecked: too many wrong passwords from that IP to main in an hour, for any account; each one counts for an hour
        admit reset password ada@example.com
          after setting a new password, the person can sign in from there at once
        (or the person waits up to an hour, or signs in from another network)

    Also known:
      - the last mail (invitation) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 0]
    ");
    world.advance(HOUR);
    assert_eq!(ask("ada@example.com", PASSWORD).code, 0);
    assert_snapshot!(world.run("housekeep"), @"
    store: deleted 3 wrong passwords of IPs, 2 counts of limited requests; wrote 1 audit entry about counted attempts
    [exit 0]
    ");
}

#[test]
fn a_looser_limit_is_asked_about() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("panel set wrong-per-ip=0"), @"
    ----
    error: confirmation is required: This weakens the panel main: wrong passwords from one IP are no longer limited, so one attacker can lock account after account. Continue
    hint: to confirm, run `admit panel set wrong-per-ip=0 --yes`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("panel set wrong-per-ip=21"), @"
    ----
    error: confirmation is required: This weakens the panel main: an IP may enter 21 wrong passwords in an hour instead of 20. Continue
    hint: to confirm, run `admit panel set wrong-per-ip=21 --yes`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("panel set wrong-per-ip=10001"), @"
    ----
    error: invalid value '10001' for wrong-per-ip: expected a number from 0 to 10000
    [exit 2]
    ");
    assert_snapshot!(world.run("panel set wrong-per-ip=0 --yes"), @"
    main: wrong-per-ip: 20 → 0
    [exit 0]
    ");
    assert_snapshot!(world.run("panel set wrong-per-ip=5"), @"
    main: wrong-per-ip: 0 → 5
    [exit 0]
    ");
}
