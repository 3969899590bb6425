//! Changing what is known of a person.

use admit::cli::base::prompt::Answer;
use insta::assert_snapshot;

use crate::support::world::{DAY, PASSWORD, World};

#[test]
fn name_phone_and_language() {
    let world = World::with_ada();
    let line = "edit ada@example.com --name 'Ada King' --phone +442071234567 --lang de";
    assert_snapshot!(world.changes_nothing(&format!("{line} -n")), @"
    ada@example.com: would change: name Ada Lovelace → Ada King; phone none → +442071234567; language none → de; a notice about the phone number is mailed; mail would be queued
    [exit 0]
    ");
    assert_snapshot!(world.run(line), @"
    ada@example.com: name Ada Lovelace → Ada King; phone none → +442071234567; language none → de; a notice about the phone number is mailed; mail kept in memory
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing(line), @"
    ada@example.com: already so: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.run("edit ada@example.com --phone '' --lang ''"), @"
    ada@example.com: phone +442071234567 → none; language de → none; a notice about the phone number is mailed; mail kept in memory
    [exit 0]
    ");
    assert_snapshot!(world.run("edit ada@example.com --name Ada -o json"), @r#"
    {"schema":1,"command":"edit","ok":true,"results":[{"target":"ada@example.com","panel":"main","status":"done","action":"edited","account_status":"active","changed":["name"],"new_address":null,"link_expires_at":null,"mail":null,"before":{"address":"ada@example.com","name":"Ada King","phone":null,"lang":null,"new_address":null},"after":{"address":"ada@example.com","name":"Ada","phone":null,"lang":null,"new_address":null},"message":"name Ada King → Ada","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run("audit list --action edited"), @"
    SEQ  WHEN (UTC)        WHO   ACTION  ADDRESS          PANEL  DETAIL
      6  2026-03-02 09:00  olga  edited  ada@example.com  main   name
      5  2026-03-02 09:00  olga  edited  ada@example.com  main   phone, lang
      4  2026-03-02 09:00  olga  edited  ada@example.com  main   name, phone, lang
    [exit 0]
    ");
}

#[test]
fn what_cannot_be_taken_is_refused_as_in_an_invitation() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("edit ada@example.com"), @"
    ----
    error: nothing to change: no option given
    hint: name it, as in `admit edit ada@example.com --name 'Ada Lovelace'`; there are --name, --phone, --lang, --address and --cancel-address
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("edit"), @"
    ----
    error: the following required arguments were not provided: <ADDRESS>
    hint: run `admit edit --help`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("edit ada@example.com --phone 12"), @"
    ----
    error: ada@example.com: invalid phone number: 12 is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("edit ada@example.com --lang 'no language'"), @"
    ----
    error: ada@example.com: invalid language: no language is not a language tag, such as en, de or pt-BR
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("edit ada@example.com --name ' '"), @"
    ----
    error: ada@example.com: invalid name: it is empty
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("edit ada@example.com --address nonsense"), @"
    ----
    error: ada@example.com: nonsense is not an e-mail address: it has no @
    hint: an address looks like ada@example.com
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("edit ada@example.com --address ''"), @"
    ----
    error: ada@example.com: no e-mail address given
    hint: an address looks like ada@example.com
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("edit aida@example.com --name Ada"), @"
    ----
    error: no account has the address aida@example.com
    hint: did you mean ada@example.com?
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("edit ada@example.com --address a@example.com --cancel-address"), @"
    ----
    error: the argument '--address [<NEW>]' cannot be used with '--cancel-address'
    hint: run `admit edit --help`
    [exit 2]
    ");
    world.run("invite bob@example.com").done();
    assert_snapshot!(world.changes_nothing("edit ada@example.com --address Bob@example.com"), @"
    ----
    error: ada@example.com: another account already has the address Bob@example.com
    hint: show the account: `admit show Bob@example.com`
    [exit 4]
    ");
}

#[test]
fn a_new_address_is_confirmed_by_the_link_that_went_there() {
    let world = World::with_ada();
    world.sign_in("ada@example.com", PASSWORD).done();
    let line = "edit ada@example.com --address ada@new.example";
    assert_snapshot!(world.changes_nothing(&format!("{line} -n")), @"
    ada@example.com: would change: a link to confirm ada@new.example was mailed there, valid until Tue 3 Mar 2026 09:00 (in 1 day); until then nothing changes; the old address is notified; mail would be queued
    [exit 0]
    ");
    assert_snapshot!(world.run(line), @"
    ada@example.com: a link to confirm ada@new.example was mailed there, valid until Tue 3 Mar 2026 09:00 (in 1 day); until then nothing changes; the old address is notified; mail kept in memory
    [exit 0]
    ");
    let token = world.token("ada@new.example");
    let text = world.mail().last_to("ada@new.example").unwrap().text();
    assert_snapshot!(text.replace(&token, "TOKEN"), @"
    Hello Ada Lovelace,

    ada@new.example becomes the address of your account at main when you confirm
    it. Until then, nothing changes.

    Paste this token where main asks for it:

    TOKEN

    The token is valid until Tuesday, 3 March 2026 at 09:00 UTC. It works once,
    and only the newest token we sent you works.

    After that, sign in with this address and your current password. You will be
    signed out everywhere.

    If you did not request this, ignore this message; nothing will change. If you
    have concerns, contact the administrators of main.

    Sent automatically to ada@new.example on behalf of main.
    ");
    assert_snapshot!(world.mail().last_to("ada@example.com").unwrap().text(), @"
    Hello Ada Lovelace,

    Another address was entered for your account at main. A message with a link
    was sent there; until that link is opened, ada@example.com remains your
    address and nothing changes.

    If you requested this, you do not need to do anything.

    If you did not, contact the administrators of main immediately: they can
    cancel the change.

    Sent automatically to ada@example.com on behalf of main.
    ");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - ada@new.example is the new address of ada@example.com, but not confirmed yet: the link was sent there Mon 2 Mar 2026 09:00 (just now) and works until Tue 3 Mar 2026 09:00 (in 1 day); until then they sign in as ada@example.com
        admit edit ada@example.com --address ada@new.example
          mails a new link there
        admit edit ada@example.com --cancel-address
          cancels the change
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password

    Also known:
      - the last mail (confirm-address) was delivered to the mail server Mon 2 Mar 2026 09:00 (just now): kept in memory; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    [exit 0]
    ");
    assert_snapshot!(world.run("show ada@example.com"), @"
    address       ada@example.com
    name          Ada Lovelace
    new address   ada@new.example, not yet confirmed, until Tue 3 Mar 2026 09:00 (in 1 day)
    account       active, created Mon 2 Mar 2026 09:00 (just now)
    panel         main: active, member, permanent
    password      set Mon 2 Mar 2026 09:00 (just now)
    last sign-in  Mon 2 Mar 2026 09:00 (just now)
    session       since Mon 2 Mar 2026 09:00 (just now), last seen just now
    mail          confirm-address to ada@new.example sent just now: kept in memory
                  address-change-requested sent just now: kept in memory
                  invitation sent just now: kept in memory
    event         Mon 2 Mar 2026 09:00 (just now) address-change-requested by olga: link valid until 2026-03-03 09:00
                  Mon 2 Mar 2026 09:00 (just now) signed-in by the person
                  Mon 2 Mar 2026 09:00 (just now) registered by the person
                  Mon 2 Mar 2026 09:00 (just now) invited by olga: as member; link valid until 2026-03-09 09:00; mail queued
    [exit 0]
    ");
    let request = format!(r#"{{"token":"{token}"}}"#);
    assert_snapshot!(world.pipe("gate confirm-address", request.clone()), @r#"
    {"schema":2,"ok":true,"answer":"address-changed","message":{"code":"address-changed","parameters":{},"text":"Your new address is confirmed. Sign in with it and your current password."},"next":{"ask":"password","methods":[],"target":null,"expires_at":null,"resend_at":null,"tries_left":null},"cause":null}
    [exit 0]
    "#);
    assert_snapshot!(world.pipe("gate confirm-address", request), @r#"
    {"schema":2,"ok":false,"reason":"link-used","message":{"code":"link-used","parameters":{},"text":"This link has already been used. Please sign in with your password; if you do not know it, use \"Forgot password\"."},"next":null,"cause":"link-used"}
    [exit 1]
    "#);
    world.run("mail send").done();
    assert_snapshot!(world.mail().last_to("ada@example.com").unwrap().text(), @"
    Hello Ada Lovelace,

    The address of your account at main was changed, and the new one was
    confirmed. You now sign in with the new address and your current password. You
    have been signed out everywhere, and links mailed earlier no longer work.

    This message is sent to both the old and the new address; this copy went to
    ada@example.com. For 7 days, notices go to both.

    If you did not request this, contact the administrators of main immediately.

    Sent automatically to ada@example.com on behalf of main.
    ");
    assert_eq!(
        world.mail().last_to("ada@new.example").unwrap().subject,
        "Your address for main was changed"
    );
    assert_eq!(
        world.denied("ada@example.com", PASSWORD),
        "invalid-credentials"
    );
    world.sign_in("ada@new.example", PASSWORD).done();
    assert_snapshot!(world.run("audit list --person ada@new.example"), @"
    SEQ  WHEN (UTC)        WHO         ACTION                    ADDRESS          PANEL  DETAIL
      8  2026-03-02 09:00  the person  signed-in                 ada@new.example  main
      7  2026-03-02 09:00  panel       link-refused              ada@new.example  main   address link; link used
      6  2026-03-02 09:00  panel       address-changed           ada@new.example  main   1 session ended
      5  2026-03-02 09:00  olga        address-change-requested  ada@example.com  main   link valid until 2026-03-03 09:00
      4  2026-03-02 09:00  the person  signed-in                 ada@example.com  main
      3  2026-03-02 09:00  the person  registered                ada@example.com  main
      2  2026-03-02 09:00  olga        invited                   ada@example.com  main   as member; link valid until 2026-03-09 09:00; mail queued
    [exit 0]
    ");
}

#[test]
fn a_change_that_waits_is_called_off() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("edit ada@example.com --cancel-address"), @"
    ada@example.com: already so: nothing changed
    [exit 0]
    ");
    world
        .run("edit ada@example.com --address ada@new.example")
        .done();
    assert_snapshot!(world.run("edit ada@example.com --cancel-address"), @"
    ada@example.com: the change to ada@new.example is cancelled; its link no longer works
    [exit 0]
    ");
    let request = format!(r#"{{"token":"{}"}}"#, world.token("ada@new.example"));
    assert_snapshot!(world.pipe("gate confirm-address", request), @r#"
    {"schema":2,"ok":false,"reason":"link-revoked","message":{"code":"link-revoked","parameters":{},"text":"This link was revoked. Please contact the administrators of this site."},"next":null,"cause":"link-revoked"}
    [exit 1]
    "#);
}

#[test]
fn the_page_of_the_panel_is_linked() {
    let world = World::with_ada();
    world
        .run("panel set links.confirm=https://panel.example.com/confirm#{token} --yes")
        .done();
    world
        .run("edit ada@example.com --address ada@new.example")
        .done();
    let text = world.mail().last_to("ada@new.example").unwrap().text();
    let token = world.token("ada@new.example");
    assert!(
        text.contains(&format!("https://panel.example.com/confirm#{token}")),
        "{text}"
    );
}

#[test]
fn somebody_who_never_registered_is_invited_at_the_new_address() {
    let world = World::new();
    world.add_panel("shop");
    world.run("invite ada@exmaple.com --panel main").done();
    world.run("invite ada@exmaple.com --panel shop").done();
    let letters = world.letters();
    assert_snapshot!(world.run("edit ada@exmaple.com --address ada@example.com -o json"), @r#"
    {"schema":1,"command":"edit","ok":true,"results":[{"target":"ada@example.com","panel":"main","status":"done","action":"edited","account_status":"unregistered","changed":[],"new_address":"ada@example.com","link_expires_at":"2026-03-09T09:00:00Z","mail":{"id":3,"state":"sent","detail":"kept in memory"},"before":{"address":"ada@exmaple.com","name":null,"phone":null,"lang":null,"new_address":null},"after":{"address":"ada@example.com","name":null,"phone":null,"lang":null,"new_address":null},"message":"address ada@exmaple.com → ada@example.com, at once, since they never registered; 2 new invitations; links sent to the old address no longer work; mail kept in memory","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_eq!(world.letters(), letters + 2, "one for each panel");
    world.register("ada@example.com");
    world.advance(DAY);
    assert_snapshot!(world.changes_nothing("show ada@exmaple.com"), @"
    ----
    error: no account has the address ada@exmaple.com
    hint: it was the address of ada@example.com: see `admit show ada@example.com`
    [exit 3]
    ");
}

#[test]
fn a_number_and_an_address_are_asked_for_where_the_option_stands_alone() {
    let world = World::with_ada();
    let asked = |line: &str, answer: &str| {
        let answers = [Answer::Text(answer.to_owned())];
        world.line(line).screen(80).answers(answers).run()
    };
    asked("edit ada@example.com --phone", "+442071234567").done();
    asked("edit ada@example.com --address", "ada@new.example").done();
    let known = world.row("show ada@example.com");
    assert_eq!(known["account"]["phone"], "+442071234567", "{known}");
    assert_eq!(world.changes_nothing("why ada@new.example").code, 3);
    // Without a terminal nothing waits for an answer.
    assert_snapshot!(world.changes_nothing("edit ada@example.com --phone"), @"
    ----
    error: --phone is required when not run at a terminal
    hint: add --phone, or run it at a terminal
    [exit 2]
    ");
    // Nobody clears a number by pressing Enter.
    assert_eq!(asked("edit ada@example.com --phone", "").code, 2);
    let known = world.row("show ada@example.com");
    assert_eq!(known["account"]["phone"], "+442071234567", "{known}");
}

#[test]
fn an_address_that_waits_tells_whose_it_is_to_be_and_what_helps() {
    let world = World::with_ada();
    world
        .run("edit ada@example.com --address ada@new.example")
        .done();
    assert_snapshot!(world.changes_nothing("why ada@new.example"), @"
    ada@new.example cannot sign in to main: unknown address

      unknown-address – no account has this address yet: it waits to be confirmed as the new address of ada@example.com
        admit edit ada@example.com --address ada@new.example
          mails a new link there
        admit edit ada@example.com --cancel-address
          cancels the change

    Worth knowing:
      - ada@new.example is the new address of ada@example.com, but not confirmed yet: the link was sent there Mon 2 Mar 2026 09:00 (just now) and works until Tue 3 Mar 2026 09:00 (in 1 day); until then they sign in as ada@example.com; if it is not in the inbox, check the spam folder, or whether a firewall blocks the sender's domain
    ----
    error: no account has the address ada@new.example
    [exit 3]
    ");
    for verb in [
        "show",
        "lock --reason left",
        "role-of --set admin",
        "reset password",
    ] {
        let run = world.changes_nothing(&format!("{verb} ada@new.example"));
        assert_eq!(run.code, 3, "{run}");
        assert!(
            run.stderr
                .contains("`admit edit ada@example.com --address ada@new.example`"),
            "{run}"
        );
    }
    assert_snapshot!(world.changes_nothing("show ada@new.example"), @"
    ----
    error: no account has the address ada@new.example
    hint: it is not yet confirmed as the new address of ada@example.com; mail a new link with `admit edit ada@example.com --address ada@new.example`, or call it off with `admit edit ada@example.com --cancel-address`
    [exit 3]
    ");
    let why = world.row("why ada@new.example");
    assert_eq!(why["notes"][0]["kind"], "address-change");
    world.advance(DAY);
    assert_snapshot!(world.changes_nothing("show ada@new.example"), @"
    ----
    error: no account has the address ada@new.example
    hint: the link to confirm it as the new address of ada@example.com has expired: mail a new one with `admit edit ada@example.com --address ada@new.example`
    [exit 3]
    ");
}

#[test]
fn an_address_that_was_left_tells_whose_it_was() {
    let world = World::with_ada();
    world
        .run("edit ada@example.com --address ada@new.example")
        .done();
    let request = format!(r#"{{"token":"{}"}}"#, world.token("ada@new.example"));
    assert_eq!(world.pipe("gate confirm-address", request).code, 0);
    assert_snapshot!(world.changes_nothing("why ada@example.com"), @"
    ada@example.com cannot sign in to main: unknown address

      unknown-address – no account has this address any more: it was the address of ada@new.example
        admit why ada@new.example
          shows whether they can sign in

    Worth knowing:
      - ada@example.com was the address of ada@new.example, who now signs in with the new one; notices go to both until Mon 9 Mar 2026 09:00 (in 7 days)
    ----
    error: no account has the address ada@example.com
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("show ada@example.com"), @"
    ----
    error: no account has the address ada@example.com
    hint: it was the address of ada@new.example: see `admit show ada@new.example`
    [exit 3]
    ");
    world.advance(DAY * 7);
    assert_snapshot!(world.changes_nothing("show ada@example.com"), @"
    ----
    error: no account has the address ada@example.com
    hint: it was the address of ada@new.example: see `admit show ada@new.example`
    [exit 3]
    ");
}

#[test]
fn copies_of_notices_are_shown_with_where_they_went() {
    let world = World::with_ada();
    world
        .run("edit ada@example.com --address ada@new.example")
        .done();
    let request = format!(r#"{{"token":"{}"}}"#, world.token("ada@new.example"));
    assert_eq!(world.pipe("gate confirm-address", request).code, 0);
    let run = world.run("show ada@new.example");
    let mail: Vec<&str> = run
        .lines()
        .into_iter()
        .filter(|line| line.contains("address-changed") && line.contains("queued"))
        .map(str::trim)
        .collect();
    assert_eq!(
        mail,
        [
            "mail          address-changed to ada@example.com queued just now",
            "address-changed queued just now"
        ]
    );
}
