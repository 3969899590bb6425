//! An office from which no code is asked for, once a month.

use admit::cli::base::prompt::Answer;
use insta::assert_snapshot;

use crate::support::world::{DAY, PASSWORD, STEP, World};

#[test]
fn an_office_is_trusted_for_thirty_days_and_then_asks_once_more() {
    let world = World::with_ada();
    world.set_panel("main", "second-factor", "required");
    let (phone, _) = world.with_phone("ada@example.com", "");
    world.advance(STEP);
    // At a terminal it is offered.
    let office = "ada@example.com --ip 203.0.113.9";
    let run = world.ask(
        &format!("self sign-in {office}"),
        [
            Answer::Text(PASSWORD.into()),
            Answer::Text(phone.code()),
            Answer::Yes,
        ],
    );
    assert_snapshot!(run, @"
    ada@example.com: signed in to main as member, permanent; no code is required
      from this IP until Wed 1 Apr 2026 09:00 (in 30 days)
    [asked: Password]
    [asked: Code from the authenticator app, or a backup code]
    [asked: Trust 203.0.113.9 for 30 days, so that no code is required? Only for an office network, never for a home or public one]
    [exit 0]
    ");
    world.advance((30 * DAY).checked_sub(STEP).unwrap());
    assert_snapshot!(world.sign_in(office, PASSWORD), @"
    ada@example.com: signed in to main as member, permanent; no code is required from this IP until Wed 1 Apr 2026 09:00 (in 30 seconds)
    [exit 0]
    ");
    assert_eq!(
        world
            .sign_in("ada@example.com --ip 203.0.113.10", PASSWORD)
            .code,
        2
    );
    world.advance(STEP);
    assert_snapshot!(world.sign_in(office, PASSWORD), @"
    ----
    error: missing on standard input: Code from the authenticator app, or a backup code
    hint: pass one per line on standard input, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (second-factor-set) was delivered to the mail server Mon 2 Mar 2026 09:00 (30 days ago): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
      - main asks for a code: the authenticator was set up Mon 2 Mar 2026 09:00 (30 days ago), last code accepted Mon 2 Mar 2026 09:00 (30 days ago); 10 backup codes left
        admit reset 2fa ada@example.com
          for a new or lost phone, after you have verified who is calling; the person sets up a new one at the next sign-in
      - 203.0.113.9 was trusted until Wed 1 Apr 2026 09:00 (just now); a code is required from there again
    [exit 0]
    ");
    assert_snapshot!(world.run("trust list --all"), @"
    ID  NETWORK      FOR              LAST USED       ENDS            ADDED
     1  203.0.113.9  ada@example.com  30 seconds ago  ended just now  30 days ago by the person
    [exit 0]
    ");
    let run = world.enter(&format!("{office} --trust-ip"), &phone);
    assert_snapshot!(run, @"
    ada@example.com: signed in to main as member, permanent; no code is required from this IP until Fri 1 May 2026 09:01 (in 30 days)
    [exit 0]
    ");
    let why = world.row("why ada@example.com");
    let kinds: Vec<_> = why["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| &note["kind"])
        .collect();
    assert!(!kinds.contains(&&"trust-ended".into()), "{why}");
}

#[test]
fn a_no_or_just_enter_trusts_nothing() {
    let world = World::with_ada();
    let (phone, _) = world.with_phone("ada@example.com", "");
    for answer in [Answer::No, Answer::Enter] {
        world.advance(STEP);
        let run = world.ask(
            "self sign-in ada@example.com --ip 203.0.113.9",
            [
                Answer::Text(PASSWORD.into()),
                Answer::Text(phone.code()),
                answer,
            ],
        );
        assert_eq!((run.code, run.asked.len()), (0, 3), "{run}");
        assert!(!run.stdout.contains("no code is asked for"), "{run}");
    }
    assert_eq!(world.run("trust list -o plain").stdout, "");
    // Of an address that says nothing about a place nothing is offered, either.
    world.advance(STEP);
    let answers = [Answer::Text(PASSWORD.into()), Answer::Text(phone.code())];
    let run = world.ask("self sign-in ada@example.com --ip 127.0.0.1", answers);
    assert_eq!((run.code, run.asked.len()), (0, 2), "{run}");
    let run = world.enter("ada@example.com --ip 127.0.0.1 --trust-ip", &phone);
    assert_snapshot!(run, @"
    ada@example.com: signed in to main as member, permanent; the IP is not trusted: a loopback address does not show where you are
    [exit 0]
    ");
    // Where the panel trusts no IP, nothing is offered and nothing promised.
    world.set_panel("main", "trusted-ips", "off");
    let run = world.enter("ada@example.com --ip 203.0.113.9 --trust-ip", &phone);
    assert_snapshot!(run, @"
    ada@example.com: signed in to main as member, permanent; the IP is not trusted: main trusts no IPs, or did not ask for a code
    [exit 0]
    ");
    assert_snapshot!(world.run("self sign-in ada@example.com --trust-ip"), @"
    ----
    error: the following required arguments were not provided: --ip <IP>
    hint: run `admit self sign-in --help`
    [exit 2]
    ");
}
