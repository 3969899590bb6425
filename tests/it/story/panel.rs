//! Panels and what they ask for.

use admit::cli::base::prompt::Answer;
use admit::domain::address::Address;
use admit::vault::{Entropy, TotpSecret};
use insta::assert_snapshot;

use crate::support::world::{DAY, World};

/// Ada has an authenticator and a phone, Bob a phone, Cyd neither; all are registered. Dan's access has ended.
fn four() -> World {
    let world = World::new();
    for (name, more) in [
        ("ada", "--phone +491701234567"),
        ("bob", "--phone +491701234568"),
        ("cyd", ""),
        ("dan", "--for 1d"),
    ] {
        let address = format!("{name}@example.com");
        world.run(&format!("invite {address} {more}")).done();
        world.register(&address);
    }
    world.advance(2 * DAY);
    let now = world.now();
    world.set_up(|tx| {
        let ada = Address::parse("ada@example.com").unwrap();
        let ada = tx.account(&ada)?.unwrap();
        let secret = TotpSecret::random(&Entropy::seeded(3))?;
        tx.set_factor(&ada, &secret, 1, now)
    });
    world
}

#[test]
fn a_panel_is_shown_with_every_setting() {
    let world = World::new();
    world
        .run("panel set wrong-passwords=5 support-contact=help@example.com")
        .done();
    assert_snapshot!(world.run("panel show"), @"
    invitation-lifetime  7d
                         how long an invitation's link works; a duration from 1h to 30d
    wrong-passwords      5 (default: 6)
                         wrong passwords in a row that lock the account; a number from 1 to 100
    locks-in-a-row       3
                         locks in a row that lock the account permanently; off, or a number from 1 to 10
    wrong-codes          6
                         wrong codes in a row that lock the account; a number from 1 to 100
    wrong-per-ip         20
                         wrong passwords per hour after which an IP has to wait; 0 means no limit; a number from 0 to 10000
    password-length      15
                         minimum length of a new password; a number from 8 to 64
    password-expiry      off
                         maximum age of a password; NIST and OWASP advise to leave it off; off, or a duration from 30d to 365d
    second-factor        optional
                         whether a code is required after the password; off, optional or required
    methods              app
                         how people may get a code; any of app, mail, sms, with commas
    totp-ahead           0
                         how far an authenticator's clock may be ahead, in steps of 30 s; a number from 0 to 1
    trusted-ips          30d
                         how long no code is required from an IP after a code was entered there; off, or a duration from 1d to 30d
    sessions             many
                         whether a person may be signed in more than once at a time; many, one-refuse or one-replace
    session-idle         12h
                         idle time after which a session ends; a duration from 5m to 30d
    session-total        30d
                         maximum lifetime of a session; a duration from 1h to 365d
    title                its name
                         what mail and authenticators call the panel; one line of at most 100 characters
    support-contact      help@example.com (default: as in the configuration)
                         who to contact when only an operator can help; one line of at most 200 characters
    links.register       as in the configuration
                         URL of the page that receives an invitation token; an https:// URL with {token} in it
    links.reset          as in the configuration
                         URL of the page that receives a reset token; an https:// URL with {token} in it
    links.confirm        as in the configuration
                         URL of the page that receives the token for a new address; an https:// URL with {token} in it
    sender               as in the configuration
                         sender of mail; an address, or Name <address>
    default-role         member
                         the role of an invitation that names none; the name of a role
    trial-ends           never
                         when the trial ends and nobody can sign in to the panel; never, or a date and time in the future
    [exit 0]
    ");
    assert_snapshot!(world.line("panel show main").screen(80).run(), @"
    invitation-lifetime  7d
                         how long an invitation's link works; a duration from 1h to
                         30d
    wrong-passwords      5 (default: 6)
                         wrong passwords in a row that lock the account; a number
                         from 1 to 100
    locks-in-a-row       3
                         locks in a row that lock the account permanently; off, or a
                         number from 1 to 10
    wrong-codes          6
                         wrong codes in a row that lock the account; a number from 1
                         to 100
    wrong-per-ip         20
                         wrong passwords per hour after which an IP has to wait; 0
                         means no limit; a number from 0 to 10000
    password-length      15
                         minimum length of a new password; a number from 8 to 64
    password-expiry      off
                         maximum age of a password; NIST and OWASP advise to leave
                         it off; off, or a duration from 30d to 365d
    second-factor        optional
                         whether a code is required after the password; off,
                         optional or required
    methods              app
                         how people may get a code; any of app, mail, sms, with
                         commas
    totp-ahead           0
                         how far an authenticator's clock may be ahead, in steps of
                         30 s; a number from 0 to 1
    trusted-ips          30d
                         how long no code is required from an IP after a code was
                         entered there; off, or a duration from 1d to 30d
    sessions             many
                         whether a person may be signed in more than once at a time;
                         many, one-refuse or one-replace
    session-idle         12h
                         idle time after which a session ends; a duration from 5m to
                         30d
    session-total        30d
                         maximum lifetime of a session; a duration from 1h to 365d
    title                its name
                         what mail and authenticators call the panel; one line of at
                         most 100 characters
    support-contact      help@example.com (default: as in the configuration)
                         who to contact when only an operator can help; one line of
                         at most 200 characters
    links.register       as in the configuration
                         URL of the page that receives an invitation token; an
                         https:// URL with {token} in it
    links.reset          as in the configuration
                         URL of the page that receives a reset token; an https://
                         URL with {token} in it
    links.confirm        as in the configuration
                         URL of the page that receives the token for a new address;
                         an https:// URL with {token} in it
    sender               as in the configuration
                         sender of mail; an address, or Name <address>
    default-role         member
                         the role of an invitation that names none; the name of a
                         role
    trial-ends           never
                         when the trial ends and nobody can sign in to the panel;
                         never, or a date and time in the future
    [exit 0]
    ");
    assert_snapshot!(world.run("panel show -o jsonl").lines()[..6].join("\n"), @r#"
    {"panel":"main","key":"invitation-lifetime","value":"7d","default":"7d","is_default":true,"range":"a duration from 1h to 30d","description":"how long an invitation's link works"}
    {"panel":"main","key":"wrong-passwords","value":"5","default":"6","is_default":false,"range":"a number from 1 to 100","description":"wrong passwords in a row that lock the account"}
    {"panel":"main","key":"locks-in-a-row","value":"3","default":"3","is_default":true,"range":"off, or a number from 1 to 10","description":"locks in a row that lock the account permanently"}
    {"panel":"main","key":"wrong-codes","value":"6","default":"6","is_default":true,"range":"a number from 1 to 100","description":"wrong codes in a row that lock the account"}
    {"panel":"main","key":"wrong-per-ip","value":"20","default":"20","is_default":true,"range":"a number from 0 to 10000","description":"wrong passwords per hour after which an IP has to wait; 0 means no limit"}
    {"panel":"main","key":"password-length","value":"15","default":null,"is_default":true,"range":"a number from 8 to 64","description":"minimum length of a new password"}
    "#);
    assert_snapshot!(world.run("panel show nain"), @"
    ----
    error: unknown panel 'nain'
    hint: did you mean main?
    [exit 3]
    ");
    assert_snapshot!(world.run("panel show main --panel shop"), @"
    ----
    error: two panels given: main, and shop with --panel
    hint: use only one of them
    [exit 2]
    ");
}

#[test]
fn panels_are_listed_with_their_people() {
    let world = four();
    world.add_panel("shop");
    world
        .run("panel set shop second-factor=required trial-ends=2026-04-01 --yes")
        .done();
    world.run("invite ada@example.com --panel shop").done();
    assert_snapshot!(world.run("panel list"), @"
    PANEL  STATUS  PEOPLE  SECOND FACTOR  TRIAL
    main   open         3  optional       –
    shop   trial        1  required       until the end of Wed 1 Apr 2026 (in 29 days)
    [exit 0]
    ");
    assert_snapshot!(world.run("panel ls -o jsonl"), @r#"
    {"panel":"main","status":"open","people":3,"second_factor":"optional","trial_ends_at":null}
    {"panel":"shop","status":"trial","people":1,"second_factor":"required","trial_ends_at":"2026-04-02T00:00:00Z"}
    [exit 0]
    "#);
    world.advance(40 * DAY);
    assert_snapshot!(world.run("panel list"), @"
    PANEL  STATUS       PEOPLE  SECOND FACTOR  TRIAL
    main   open              3  optional       –
    shop   trial-ended       1  required       ended the end of Wed 1 Apr 2026 (11 days ago)
    [exit 0]
    ");
    // With several, all are shown, and a change has to name one.
    let rows = world.json("panel show");
    assert_eq!(rows["results"].as_array().unwrap().len(), 2 * 22);
    assert_snapshot!(world.run("panel set sessions=one-refuse"), @"
    ----
    error: no panel given, and there are several
    hint: use --panel with one of main, shop
    [exit 2]
    ");
    world
        .run("panel set sessions=one-refuse --panel shop")
        .done();
    assert_snapshot!(world.run("panel set shop sessions=one-refuse"), @"
    shop: sessions: one-refuse, unchanged
    [exit 0]
    ");
}

#[test]
fn several_settings_change_together_or_not_at_all() {
    let world = World::new();
    assert_snapshot!(world.run("panel set sessions=one-replace session-idle=48h default-role=auditor --yes"), @"
    main: sessions: many → one-replace; session-idle: 12h → 2d; default-role: member → auditor
    [exit 0]
    ");
    assert_snapshot!(world.run("panel set sessions=one-replace session-idle=2d"), @"
    main: sessions: one-replace, unchanged; session-idle: 2d, unchanged
    [exit 0]
    ");
    assert_snapshot!(world.run("panel set session-idle= -o json"), @r#"
    {"schema":1,"command":"panel set","ok":true,"results":[{"target":"main","panel":"main","status":"done","before":{"session-idle":"2d"},"after":{"session-idle":"12h"},"message":"session-idle: 2d → 12h","hint":null,"lacking":0,"setting_up":0,"password_expired":0}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.changes_nothing("panel set sessions=many session-idle=31d"), @"
    ----
    error: invalid value '31d' for session-idle: expected a duration from 5m to 30d
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("-n panel set sessions=many"), @"
    main: would change: sessions: one-replace → many
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list --action setting-changed"), @"
    SEQ  WHEN (UTC)        WHO   ACTION           ADDRESS  PANEL  DETAIL
      5  2026-03-02 09:00  olga  setting-changed  –        main   session-idle: 2d → 12h
      4  2026-03-02 09:00  olga  setting-changed  –        main   default-role: member → auditor
      3  2026-03-02 09:00  olga  setting-changed  –        main   session-idle: 12h → 2d
      2  2026-03-02 09:00  olga  setting-changed  –        main   sessions: many → one-replace
    [exit 0]
    ");
    world.run("panel set sessions= default-role= --yes").done();
    let left = world.dump()["panel_setting"].clone();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn what_is_mistyped_is_told() {
    let world = World::new();
    for (line, code) in [
        ("panel set secnd-factor=required", 3),
        ("panel set colour=red", 3),
        ("panel set reset-lifetime=1h", 3),
        ("panel set second-factor=on", 2),
        ("panel set wrong-passwords=101", 2),
        ("panel set invitation-lifetime=31d", 2),
        ("panel set password-expiry=29d", 2),
        ("panel set wrong-passwords=34", 4),
        ("panel set links.reset=http://panel.example.com/{token}", 2),
        ("panel set links.reset=https://panel.example.com/", 2),
        ("panel set sender=nobody", 2),
        ("panel set default-role=memebr", 3),
        ("panel set trial-ends=2020-01-01", 2),
        ("panel set trial-ends=30d", 2),
        ("panel set main", 2),
        ("panel set sessions=many sessions=one-refuse", 2),
        ("panel set sessions=many main", 2),
        ("panel set nain sessions=many", 3),
        ("panel set main sessions=many --panel shop", 2),
        ("store set argon2=1,1,1", 2),
        ("store set reset-lifetme=1h", 3),
        ("store set sessions=many", 3),
    ] {
        let run = world.changes_nothing(line);
        assert_eq!(run.code, code, "{line}\n{run}");
    }
    assert_snapshot!(world.run("panel set secnd-factor=required"), @"
    ----
    error: unknown setting 'secnd-factor'
    hint: did you mean second-factor? the settings are invitation-lifetime, wrong-passwords, locks-in-a-row, wrong-codes, wrong-per-ip, password-length, password-expiry, second-factor, methods, totp-ahead, trusted-ips, sessions, session-idle, session-total, title, support-contact, links.register, links.reset, links.confirm, sender, default-role, trial-ends
    [exit 3]
    ");
    assert_snapshot!(world.run("panel set reset-lifetime=1h"), @"
    ----
    error: unknown setting 'reset-lifetime'
    hint: to set it, run `admit store set reset-lifetime=1h`
    [exit 3]
    ");
    assert_snapshot!(world.run("panel set wrong-passwords=101"), @"
    ----
    error: invalid value '101' for wrong-passwords: expected a number from 1 to 100
    [exit 2]
    ");
    assert_snapshot!(world.run("panel set wrong-passwords=34"), @"
    ----
    error: 34 wrong passwords × 3 locks would allow 102 password attempts before a permanent lock; the maximum is 100
    hint: lower wrong-passwords or locks-in-a-row, in the same command if necessary
    [exit 4]
    ");
    assert_snapshot!(world.run("panel set invitation-lifetime=31d"), @"
    ----
    error: invalid value '31d' for invitation-lifetime: expected a duration from 1h to 30d
    [exit 2]
    ");
    assert_snapshot!(world.run("panel set links.reset=http://panel.example.com/{token}"), @"
    ----
    error: invalid value 'http://panel.example.com/{token}' for links.reset: expected an https:// URL with {token} in it; it must start with https:// (http:// only for localhost)
    [exit 2]
    ");
    assert_snapshot!(world.run("panel set sender=nobody"), @"
    ----
    error: invalid value 'nobody' for sender: expected an address, or Name <address>; the sender's address has no @
    [exit 2]
    ");
    assert_snapshot!(world.run("panel set default-role=memebr"), @"
    ----
    error: unknown role 'memebr'
    hint: did you mean member?
    [exit 3]
    ");
    assert_snapshot!(world.run("panel set main"), @"
    ----
    error: no settings given
    hint: use KEY=VALUE, as in second-factor=required
    [exit 2]
    ");
}

#[test]
fn requiring_a_second_factor_tells_who_has_none_and_who_cannot() {
    let world = four();
    assert_snapshot!(world.run("panel set second-factor=required"), @"
    main: second-factor: optional → required
    ----
    warning: 2 of 3 people have no second factor yet and must set it up at their next sign-in
    hint: list them with `admit list --no-2fa`
    [exit 0]
    ");
    assert_snapshot!(world.run("list --no-2fa -o plain"), @"
    bob@example.com
    cyd@example.com
    dan@example.com
    [exit 0]
    ");
    assert_snapshot!(world.run("list --status second-factor-setup-required -o plain"), @"
    bob@example.com
    cyd@example.com
    [exit 0]
    ");
    assert_snapshot!(world.run("panel set methods=sms --yes"), @"
    main: methods: app → sms
    ----
    warning: 1 of 3 people lacks the phone number or the method to get a code: cyd@example.com
    hint: list them with `admit list --cannot-2fa`
    [exit 0]
    ");
    assert_snapshot!(world.run("list --cannot-2fa"), @"
    ADDRESS          NAME  ROLE    STATUS                        2FA  ACCESS           LAST SIGN-IN
    cyd@example.com  –     member  second-factor-setup-required  –!   permanent        never
    dan@example.com  –     member  access-expired                –!   ended 1 day ago  never
    [exit 0]
    ");
    assert_snapshot!(world.run("list"), @"
    ADDRESS          NAME  ROLE    STATUS                        2FA  ACCESS           LAST SIGN-IN
    ada@example.com  –     member  active                        app  permanent        never
    bob@example.com  –     member  active                        sms  permanent        never
    cyd@example.com  –     member  second-factor-setup-required  –!   permanent        never
    dan@example.com  –     member  access-expired                –!   ended 1 day ago  never
    [exit 0]
    ");
    assert_snapshot!(world.run("panel set methods=app"), @"
    main: methods: sms → app
    ----
    warning: 1 of 3 people has no second factor yet and must set it up at the next sign-in
    hint: list them with `admit list --no-2fa`
    [exit 0]
    ");
}

#[test]
fn with_several_panels_the_command_that_follows_names_one() {
    let world = four();
    world.add_panel("shop");
    assert_snapshot!(world.run("panel set main methods=app,sms --yes"), @"
    main: methods: app → app,sms
    ----
    warning: 1 of 3 people lacks the phone number or the method to get a code: cyd@example.com
    hint: list them with `admit list --cannot-2fa --panel main`
    [exit 0]
    ");
}

#[test]
fn leaving_required_asks_those_with_short_passwords_for_new_ones() {
    let world = World::new();
    world.run("panel set second-factor=required").done();
    world.run("invite ada@example.com").done();
    world.register("ada@example.com");
    assert_snapshot!(world.run("panel set second-factor=optional --yes"), @"
    main: second-factor: required → optional
    ----
    warning: 1 of 1 people needs a new password at the next sign-in (password-expired), because the current one is shorter: ada@example.com
    hint: list them with `admit list --status password-expired`
    [exit 0]
    ");
    assert_snapshot!(world.run("list --status password-expired -o plain"), @"
    ada@example.com
    [exit 0]
    ");
}

#[test]
fn passwords_that_expire_are_advised_against() {
    let world = four();
    world.advance(40 * DAY);
    assert_snapshot!(world.run("panel set password-expiry=30d"), @"
    main: password-expiry: off → 30d
    ----
    warning: 3 of 3 people need a new password at the next sign-in (password-expired), because the current one is older or shorter: ada@example.com, bob@example.com, cyd@example.com
    hint: list them with `admit list --status password-expired`
    warning: NIST SP 800-63B-4 and OWASP advise against password expiry, because people then choose weaker passwords
    [exit 0]
    ");
    assert_snapshot!(world.run("panel set password-expiry=off"), @"
    main: password-expiry: 30d → off
    [exit 0]
    ");
}

#[test]
fn what_weakens_asks_first() {
    let world = World::new();
    assert_snapshot!(world.changes_nothing("panel set second-factor=off"), @"
    ----
    error: confirmation is required: This weakens the panel main: nobody is asked for a code: the password alone is enough. Continue
    hint: to confirm, run `admit panel set second-factor=off --yes`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("panel set methods=app,mail wrong-passwords=10"), @"
    ----
    error: confirmation is required: This weakens the panel main: the account locks after 10 wrong passwords in a row instead of 6; codes also come by mail, which NIST SP 800-63B-4 does not accept as a second factor. Continue
    hint: to confirm, run `admit panel set methods=app,mail wrong-passwords=10 --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask("panel set methods=app,mail", [Answer::No]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: This weakens the panel main: codes also come by mail, which NIST SP 800-63B-4 does not accept as a second factor. Continue?]
    [exit 1]
    ");
    assert_snapshot!(world.ask("panel set methods=app,mail", [Answer::Yes]), @"
    main: methods: app → app,mail
    [asked: This weakens the panel main: codes also come by mail, which NIST SP 800-63B-4 does not accept as a second factor. Continue?]
    [exit 0]
    ");
    for weaker in [
        "second-factor=off",
        "invitation-lifetime=8d",
        "session-idle=13h",
        "session-total=31d",
        "default-role=owner",
        "links.register=https://panel.example.org/register#{token}",
        "links.reset=https://panel.example.org/reset#{token}",
        "links.confirm=https://panel.example.org/confirm#{token}",
        "totp-ahead=1",
        "wrong-passwords=7",
        "wrong-codes=7",
        "locks-in-a-row=4",
        "locks-in-a-row=off",
        "password-length=8",
        "methods=mail",
        "methods=app,mail,sms",
    ] {
        let run = world.changes_nothing(&format!("panel set {weaker}"));
        assert_eq!(run.code, 2, "{weaker}\n{run}");
        assert!(run.stderr.contains("--yes"), "{run}");
    }
    world.run("panel set trusted-ips=off").done();
    assert_eq!(world.run("panel set trusted-ips=30d").code, 2);
    world
        .run("panel set second-factor=required wrong-passwords=3")
        .done();
    assert_eq!(world.run("panel set second-factor=optional").code, 2);
    assert_eq!(world.run("panel set second-factor=").code, 2);
    assert_eq!(world.run("panel set second-factor=off").code, 2);
}

#[test]
fn a_trial_is_set_and_lifted() {
    let world = World::with_ada();
    assert_snapshot!(world.run("panel set trial-ends=2026-03-31"), @"
    main: trial-ends: never → the end of Tue 31 Mar 2026 (in 30 days)
    [exit 0]
    ");
    world.advance(40 * DAY);
    assert_eq!(world.row("list")["status"], "trial-ended");
    assert_snapshot!(world.run("panel set trial-ends=never"), @"
    main: trial-ends: the end of Tue 31 Mar 2026 (10 days ago) → never
    [exit 0]
    ");
    assert_eq!(world.row("list")["status"], "active");
}

#[test]
fn settings_of_the_store_are_changed() {
    let world = World::new();
    assert_snapshot!(world.run("store set reset-lifetime=1h argon2=65536,3,4"), @"
    store: reset-lifetime: 2h → 1h; argon2: 19456,2,1 → 65536,3,4
    ----
    Each password is rehashed at the person's next sign-in.
    Until everyone has signed in, each sign-in does the work of both hashes.
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("store set codes-for-operators=app,mail"), @"
    ----
    error: confirmation is required: This weakens the store: codes for people with operator rights also come by mail, which NIST SP 800-63B-4 does not accept as a second factor. Continue
    hint: to confirm, run `admit store set codes-for-operators=app,mail --yes`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("store set argon2=19456,2,1"), @"
    ----
    error: confirmation is required: This weakens the store: stolen password hashes can be guessed faster. Continue
    hint: to confirm, run `admit store set argon2=19456,2,1 --yes`
    [exit 2]
    ");
    assert_snapshot!(world.run("store set codes-for-operators=app,mail --yes -o json"), @r#"
    {"schema":1,"command":"store set","ok":true,"results":[{"target":"store","panel":null,"status":"done","before":{"codes-for-operators":"app"},"after":{"codes-for-operators":"app,mail"},"message":"codes-for-operators: app → app,mail","hint":null,"lacking":0,"setting_up":0,"password_expired":0}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run("store set reset-lifetime= codes-for-operators= --yes"), @"
    store: reset-lifetime: 1h → 2h; codes-for-operators: app,mail → app
    [exit 0]
    ");
    let left = world.dump()["store_setting"].clone();
    assert_eq!(left, Vec::<String>::new());
}

#[test]
fn the_help_names_every_key() {
    let world = World::fresh();
    assert_snapshot!(world.run("panel set --help").stdout.split_once("Keys:").unwrap().1, @"

      invitation-lifetime: how long an invitation's link works
        a duration from 1h to 30d
        default: 7d
      wrong-passwords: wrong passwords in a row that lock the account
        a number from 1 to 100
        default: 6
      locks-in-a-row: locks in a row that lock the account permanently
        off, or a number from 1 to 10
        default: 3
      wrong-codes: wrong codes in a row that lock the account
        a number from 1 to 100
        default: 6
      wrong-per-ip: wrong passwords per hour after which an IP has to wait; 0 means no limit
        a number from 0 to 10000
        default: 20
      password-length: minimum length of a new password
        a number from 8 to 64
        default: 15; 8 where a second factor is required
      password-expiry: maximum age of a password; NIST and OWASP advise to leave it off
        off, or a duration from 30d to 365d
        default: off
      second-factor: whether a code is required after the password
        off, optional or required
        default: optional
      methods: how people may get a code
        any of app, mail, sms, with commas
        default: app
      totp-ahead: how far an authenticator's clock may be ahead, in steps of 30 s
        a number from 0 to 1
        default: 0
      trusted-ips: how long no code is required from an IP after a code was entered there
        off, or a duration from 1d to 30d
        default: 30d
      sessions: whether a person may be signed in more than once at a time
        many, one-refuse or one-replace
        default: many
      session-idle: idle time after which a session ends
        a duration from 5m to 30d
        default: 12h
      session-total: maximum lifetime of a session
        a duration from 1h to 365d
        default: 30d
      title: what mail and authenticators call the panel
        one line of at most 100 characters
        default: its name
      support-contact: who to contact when only an operator can help
        one line of at most 200 characters
        default: as in the configuration
      links.register: URL of the page that receives an invitation token
        an https:// URL with {token} in it
        default: as in the configuration
      links.reset: URL of the page that receives a reset token
        an https:// URL with {token} in it
        default: as in the configuration
      links.confirm: URL of the page that receives the token for a new address
        an https:// URL with {token} in it
        default: as in the configuration
      sender: sender of mail
        an address, or Name <address>
        default: as in the configuration
      default-role: the role of an invitation that names none
        the name of a role
        default: member
      trial-ends: when the trial ends and nobody can sign in to the panel
        never, or a date and time in the future
        default: never

    Examples:
      admit panel set second-factor=required
      admit panel set main methods=app,mail
      admit panel set wrong-passwords=

    The fields of -o json and -o csv are in the manual: admit man panel set
    ");
    assert_snapshot!(world.run("store set --help").stdout.split_once("Keys:").unwrap().1, @"

      reset-lifetime: how long a reset link works
        a duration from 10m to 1d
        default: 2h
      argon2: cost of a password hash: memory in KiB, passes, lanes
        KiB,passes,lanes from 19456,2,1 to 1048576,16,16
        default: 65536,3,4
      codes-for-operators: how people with operator rights may get a code
        any of app, mail, sms, with commas
        default: app

    Examples:
      admit store set reset-lifetime=1h
      admit store set codes-for-operators=app,mail
      admit store set argon2=

    The fields of -o json and -o csv are in the manual: admit man store set
    ");
}
