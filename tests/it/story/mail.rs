//! The outbox.

use admit::mail::DeliveryFault;
use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, MINUTE, World};

fn fault(retry: bool, detail: &str) -> DeliveryFault {
    let detail = detail.to_owned();
    DeliveryFault { retry, detail }
}

fn later() -> DeliveryFault {
    fault(true, "421 mx.example.com is busy")
}

#[test]
fn a_mail_that_does_not_leave_is_a_warning_and_is_tried_again() {
    let world = World::new();
    world.mail().fail_with(Some(later()));
    assert_snapshot!(world.run("invite ada@example.com"), @"
    ada@example.com: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail queued, next attempt in 1 minute, not delivered so far: 421 mx.example.com is busy
    ----
    warning: 1 mail could not be delivered; next attempt in 1 minute
    hint: `admit mail send` sends it when it is due, `admit mail send --follow` as a service; `admit mail retry 1` tries again at once
    [exit 0]
    ");
    assert_snapshot!(world.row("invite bob@example.com")["mail"], @r#"
{"id":2,"state":"queued","detail":"421 mx.example.com is busy"}
"#);
    assert_snapshot!(world.run("mail list"), @r"
ID  TO               KIND        STATE   QUEUED    TRIES  DETAIL
 2  bob@example.com  invitation  queued  just now      1  421 mx.example.com is busy – next attempt in 1 minute
 1  ada@example.com  invitation  queued  just now      1  421 mx.example.com is busy – next attempt in 1 minute
[exit 0]
");
    assert_snapshot!(world.run("mail show 1"), @"
    mail          1 – invitation
    to            ada@example.com
    panel         main
    state         queued
    queued        Mon 2 Mar 2026 09:00 (just now)
    next attempt  Mon 2 Mar 2026 09:01 (in 1 minute)
    tries         1
    reply         421 mx.example.com is busy
    message-id    <HEX@admit.invalid>
    ----
    hint: see what helps with `admit why ada@example.com`
    [exit 0]
    ");
    assert_snapshot!(world.run("mail send"), @"
    0 sent, 0 failed, 0 lapsed, 2 left in the queue, next attempt in 1 minute
    ----
    error: 2 mails are left in the queue
    hint: see the reasons with `admit mail list --state queued`; `admit mail retry --state queued` tries again at once
    [exit 75]
    ");
    world.advance(10 * MINUTE);
    assert_snapshot!(world.run("mail list --state queued"), @r"
ID  TO               KIND        STATE   QUEUED          TRIES  DETAIL
 2  bob@example.com  invitation  queued  10 minutes ago      1  421 mx.example.com is busy – due 9 minutes ago
 1  ada@example.com  invitation  queued  10 minutes ago      1  421 mx.example.com is busy – due 9 minutes ago
----
warning: 2 mails have been waiting, the oldest since Mon 2 Mar 2026 09:00 (10 minutes ago)
hint: send it with `admit mail send`
[exit 0]
");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: unregistered

      unregistered – has not registered yet, so there is no password
        admit resend ada@example.com
          mails a new invitation link; the person registers with it
        (only the person can register, with the newest link in their mail)

    Worth knowing:
      - the last mail (invitation) has been waiting since Mon 2 Mar 2026 09:00 (10 minutes ago): 421 mx.example.com is busy
        admit mail send
          sends the mail that is due now; with --follow it runs as a service and sends new mail by itself

    Also known:
      - an invitation from Mon 2 Mar 2026 09:00 (10 minutes ago) works until Mon 9 Mar 2026 09:00 (in 7 days)
    [exit 6]
    ");
    world.mail().fail_with(None);
    assert_snapshot!(world.run("mail send -n"), @r"
would send up to 2 mails
[exit 0]
");
    assert_eq!(world.letters(), 0);
    assert_snapshot!(world.run("mail send"), @r"
2 sent, 0 failed, 0 lapsed, 0 left in the queue
[exit 0]
");
    assert_eq!(world.letters(), 2);
    assert_snapshot!(world.run("mail send"), @r"
0 sent, 0 failed, 0 lapsed, 0 left in the queue
[exit 0]
");
    assert_snapshot!(world.run("mail list ada@example.com"), @r"
ID  TO               KIND        STATE  QUEUED          TRIES  DETAIL
 1  ada@example.com  invitation  sent   10 minutes ago      2  kept in memory
[exit 0]
");
    world.register("ada@example.com");
}

#[test]
fn a_mail_that_is_refused_is_given_up() {
    let world = World::new();
    world
        .mail()
        .fail_with(Some(fault(false, "550 no such user")));
    assert_snapshot!(world.run("invite ada@example.com"), @"
    ada@example.com: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail failed: 550 no such user
    ----
    warning: 1 mail failed: permanently refused
    hint: see what helps with `admit why ada@example.com`
    [exit 0]
    ");
    assert_snapshot!(world.run("mail list --state failed"), @r"
ID  TO               KIND        STATE   QUEUED    TRIES  DETAIL
 1  ada@example.com  invitation  failed  just now      1  550 no such user
[exit 0]
");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com cannot sign in to main: unregistered

      unregistered – has not registered yet, so there is no password
        admit resend ada@example.com
          mails a new invitation link; the person registers with it
        (only the person can register, with the newest link in their mail)

    Worth knowing:
      - the last mail (invitation) failed Mon 2 Mar 2026 09:00 (just now): 550 no such user
        admit mail retry 1
          sends it again, after the problem that the server reported is fixed
        admit edit ada@example.com --address
          if the address is mistyped: asks for the correct one and mails a new link there

    Also known:
      - an invitation from Mon 2 Mar 2026 09:00 (just now) works until Mon 9 Mar 2026 09:00 (in 7 days)
    [exit 6]
    ");
    assert_snapshot!(world.run("mail send"), @r"
0 sent, 0 failed, 0 lapsed, 0 left in the queue
[exit 0]
");
}

#[test]
fn a_mail_whose_link_is_dead_is_not_sent() {
    let world = World::new();
    world.mail().fail_with(Some(later()));
    world.run("invite ada@example.com").done();
    world.advance(MINUTE);
    world.run("resend ada@example.com").done();
    world.advance(HOUR);
    world.mail().fail_with(None);
    assert_snapshot!(world.run("mail send"), @r"
1 sent, 0 failed, 1 lapsed, 0 left in the queue
[exit 0]
");
    assert_eq!(world.letters(), 1);
    world.register("ada@example.com");
    assert_snapshot!(world.run("mail list"), @"
    ID  TO               KIND        STATE   QUEUED          TRIES  DETAIL
     2  ada@example.com  invitation  sent    1 hour ago          2  kept in memory
     1  ada@example.com  invitation  lapsed  61 minutes ago      2  a newer link was created; the last reply was: 421 mx.example.com is busy
    [exit 0]
    ");
}

#[test]
fn after_a_day_a_mail_is_given_up() {
    let world = World::new();
    world.mail().fail_with(Some(later()));
    world.run("invite ada@example.com").done();
    world.advance(25 * HOUR);
    assert_snapshot!(world.run("mail send"), @r"
0 sent, 1 failed, 0 lapsed, 0 left in the queue
[exit 0]
");
    assert_snapshot!(world.run("mail list"), @r"
ID  TO               KIND        STATE   QUEUED        TRIES  DETAIL
 1  ada@example.com  invitation  failed  25 hours ago      2  421 mx.example.com is busy
[exit 0]
");
}

#[test]
fn what_is_asked_for_in_vain_is_told() {
    let world = World::with_ada();
    world.advance(DAY);
    assert_snapshot!(world.run("mail show 99"), @r"
----
error: no mail has the id 99
hint: see `admit mail list`
[exit 3]
");
    assert_snapshot!(world.run("mail show first"), @r"
----
error: invalid value 'first' for '<ID>': invalid digit found in string
hint: run `admit mail show --help`
[exit 2]
");
    assert_snapshot!(world.run("mail list zoe@example.com"), @"
    ----
    error: no account has the address zoe@example.com
    hint: find people by name or part of the address with `admit list zoe`
    [exit 3]
    ");
    assert_snapshot!(world.run("mail list --state lost"), @"
    ----
    error: invalid value 'lost' for '--state <STATE>' [possible values: queued, sent, written, failed, lapsed]
    hint: run `admit mail list --help`
    [exit 2]
    ");
    assert_snapshot!(world.run("mail list --limit 0"), @r"
----
No matching mail.
[exit 0]
");
    let run = world.run("mail list --state lapsed -o json");
    assert_eq!(run.code, 0, "{run}");
}

#[test]
fn a_server_that_is_away_for_a_day_is_tried_with_growing_pauses_and_then_no_more() {
    let world = World::with_ada();
    world.mail().drain();
    world.mail().fail_with(Some(later()));
    world.run("invite bob@example.com").done();
    world.run("reset password ada@example.com").done();
    let began = world.now();
    let mut tries = Vec::new();
    while let Some(due) = world.row("mail show 2")["next_at"].as_str() {
        let due: jiff::Timestamp = due.parse().unwrap();
        let pause = std::time::Duration::try_from(due.duration_since(world.now())).unwrap();
        world.advance(
            pause
                .checked_sub(std::time::Duration::from_millis(1))
                .unwrap(),
        );
        let run = world.run("mail send");
        assert_eq!(run.code, 75, "not before it is due: {run}");
        world.advance(std::time::Duration::from_millis(1));
        let run = world.run("mail send");
        assert!([0, 75].contains(&run.code), "{run}");
        tries.push(world.now().duration_since(began).as_mins());
    }
    assert_snapshot!(format!("{tries:?}"), @"[1, 6, 21, 51, 111, 171, 231, 291, 351, 411, 471, 531, 591, 651, 711, 771, 831, 891, 951, 1011, 1071, 1131, 1191, 1251, 1311, 1371, 1431, 1491]");
    assert_snapshot!(world.run("mail list"), @"
    ID  TO               KIND            STATE   QUEUED        TRIES  DETAIL
     3  ada@example.com  password-reset  lapsed  25 hours ago      7  its link had expired; the last reply was: 421 mx.example.com is busy
     2  bob@example.com  invitation      failed  25 hours ago     29  421 mx.example.com is busy
     1  ada@example.com  invitation      sent    25 hours ago      1  kept in memory
    [exit 0]
    ");
    assert_snapshot!(world.run("mail show 2"), @"
    mail          2 – invitation
    to            bob@example.com
    panel         main
    state         failed
    queued        Mon 2 Mar 2026 09:00 (25 hours ago)
    done          Tue 3 Mar 2026 09:51 (just now)
    tries         29
    reply         421 mx.example.com is busy
    message-id    <HEX@admit.invalid>
    ----
    hint: see what helps with `admit why bob@example.com`
    [exit 0]
    ");
    assert_snapshot!(world.run("mail show 3"), @"
    mail          3 – password-reset
    to            ada@example.com
    panel         main
    state         lapsed
    queued        Mon 2 Mar 2026 09:00 (25 hours ago)
    done          Mon 2 Mar 2026 11:51 (22 hours ago)
    tries         7
    reply         its link had expired; the last reply was: 421 mx.example.com is busy
    message-id    <HEX@admit.invalid>
    [exit 0]
    ");
    assert_snapshot!(world.run("why bob@example.com"), @"
    bob@example.com cannot sign in to main: unregistered

      unregistered – has not registered yet, so there is no password
        admit resend bob@example.com
          mails a new invitation link; the person registers with it
        (only the person can register, with the newest link in their mail)

    Worth knowing:
      - the last mail (invitation) failed Tue 3 Mar 2026 09:51 (just now), after 24 hours of attempts: 421 mx.example.com is busy
        admit mail retry 2
          sends it again, after the problem that the server reported is fixed

    Also known:
      - an invitation from Mon 2 Mar 2026 09:00 (25 hours ago) works until Mon 9 Mar 2026 09:00 (in 6 days)
    [exit 6]
    ");
    assert_snapshot!(world.run("why ada@example.com"), @"
    ada@example.com can sign in to main.

    Worth knowing:
      - the last mail (password-reset) was not sent: its link had expired; the last reply was: 421 mx.example.com is busy
      - if the password was forgotten
        admit reset password ada@example.com
          mails the person a link to set a new password
    [exit 0]
    ");
    world.mail().fail_with(None);
    world.advance(DAY);
    world.run("mail send").done();
    assert_eq!(world.letters(), 0, "what was given up stays so");
}

/// Own templates, in the folder that the settings name.
fn templates(world: &World, files: &[(&str, &str)]) {
    let folder = world.home().join("templates");
    let config = format!("[mail]\ntemplates = \"{}\"\n", folder.display());
    world.file(".config/admit/config.toml", config);
    for (name, text) in files {
        world.file(&format!("templates/{name}"), text);
    }
}

#[test]
fn a_mail_is_shown_with_sample_values_and_no_store() {
    let world = World::bare();
    assert_snapshot!(world.run("mail preview"), @"
    KIND                       BY    SUBJECT
    invitation                 mail  Your invitation to main
    access-added               mail  You now have access to main
    access-restored            mail  Your access to main has been restored
    password-reset             mail  Set a new password for main
    locked                     mail  Your account for main is locked
    locked-permanently         mail  Your account for main is locked until you contact support
    password-changed           mail  Your password for main was changed
    reset-by-operator-printed  mail  A link to reset your password for main was created
    confirm-address            mail  Confirm your new address for main
    address-change-requested   mail  A new address for your account at main
    address-changed            mail  Your address for main was changed
    phone-changed              mail  Your phone number for main was changed
    second-factor-set          mail  Two-step sign-in for main was set up
    second-factor-reset        mail  Two-step sign-in for main was reset
    second-factor-removed      mail  Two-step sign-in for main was switched off
    wrong-codes                mail  Wrong codes for your account at main
    backup-code-used           mail  One of your backup codes was used at main
    backup-codes-made          mail  You have new backup codes for main
    sign-in-code               mail  Your code to sign in to main
    sign-in-code-sms           sms   123456 is your code for main. It works once, within 10 minutes. We never ask for it. Not you? Set a new password.
    [exit 0]
    ");
    assert_snapshot!(world.run("mail preview password-changed"), @"
    From: admit@localhost
    To: ada@example.com
    Subject: Your password for main was changed

    Hello Ada Lovelace,

    The password of your account ada@example.com was changed. You have been signed
    out everywhere else.

    If it was you, you do not need to do anything.

    If it was not you, contact the administrators of main immediately.

    Sent automatically to ada@example.com on behalf of main.
    [exit 0]
    ");
    assert_snapshot!(world.run("mail preview locked --lang de-AT"), @"
    From: admit@localhost
    To: ada@example.com
    Subject: Ihr Konto für main ist gesperrt

    Guten Tag Ada Lovelace,

    Ihr Konto ada@example.com wurde gesperrt, weil mehrmals hintereinander ein
    falsches Passwort oder ein falscher Code eingegeben wurde. Zurzeit kann sich
    niemand damit anmelden, weder bei main noch anderswo.

    Um die Sperre aufzuheben, setzen Sie ein neues Passwort: Führen Sie
    `admit self password` aus und fügen Sie dieses Token ein, wenn danach gefragt
    wird:

    adm_TOKEN

    Das Token ist bis Montag, 2. März 2026 um 11:00 Uhr UTC gültig. Es
    funktioniert nur einmal, und nur das neueste Token, das Sie von uns erhalten
    haben, funktioniert. Geben Sie es nicht auf der Befehlszeile an:
    `admit self password` fragt danach.

    Sie möchten Ihr Passwort lieber behalten? Dann wenden Sie sich an die
    Verwaltung von main und bitten Sie darum, das Konto zu entsperren; danach gilt
    Ihr jetziges Passwort wieder.

    Wenn diese Versuche nicht von Ihnen stammen, stammen sie von jemand anderem
    oder von einem Gerät oder Programm, in dem ein altes Passwort gespeichert ist.
    Niemand ist hineingekommen; ein neues Passwort sorgt dafür, dass es so bleibt.

    Automatisch gesendet an ada@example.com im Auftrag von main.
    [exit 0]
    ");
    assert_snapshot!(world.run("mail preview sign-in-code-sms --lang fr"), @"
    To: +447700900123

    123456 est votre code pour main. Valable une fois, 10 minutes. Ne le donnez jamais. Pas vous? Changez de mot de passe.
    [exit 0]
    ");
    assert_snapshot!(world.run("mail preview backup-codes-made --text --lang fr --panel shop"), @"
    Bonjour Ada Lovelace,

    Le lundi 2 mars 2026 à 09:00 UTC, de nouveaux codes de secours ont été créés
    pour votre compte ada@example.com. Les anciens ne sont plus valables :
    jetez-les.

    Si c'était vous, vous n'avez rien d'autre à faire.

    Si ce n'était pas vous, contactez immédiatement les administrateurs de shop.

    Envoyé automatiquement à ada@example.com pour shop.
    [exit 0]
    ");
    let page = world.run("mail preview locked --html --lang fr");
    assert!(
        page.stdout
            .starts_with("<!DOCTYPE html>\n<html lang=\"fr\">\n"),
        "{page}"
    );
    assert!(page.stdout.ends_with("</html>\n"), "{page}");
    assert_snapshot!(world.run("mail preview sign-in-code-sms --html"), @"
    ----
    error: sign-in-code-sms is an SMS: it has no HTML
    hint: to read it, run `admit mail preview sign-in-code-sms`
    [exit 4]
    ");
    assert_snapshot!(world.run("mail preview lokced"), @"
    ----
    error: invalid value 'lokced' for '[KIND]' [possible values: invitation, access-added, access-restored, password-reset, locked, locked-permanently, password-changed, reset-by-operator-printed, confirm-address, address-change-requested, address-changed, phone-changed, second-factor-set, second-factor-reset, second-factor-removed, wrong-codes, backup-code-used, backup-codes-made, sign-in-code, sign-in-code-sms]
    hint: a similar value exists: 'locked'; or run `admit mail preview --help`
    [exit 2]
    ");
    assert_snapshot!(world.run("mail preview locked --lang klingon"), @"
    ----
    error: invalid language: klingon is not a language tag, such as en, de or pt-BR
    [exit 2]
    ");
    assert_snapshot!(world.run("mail preview locked --person ada@example.com"), @"
    ----
    error: no store at $HOME/.local/share/admit/admit.db
    hint: to make one, run `admit store init --store $HOME/.local/share/admit/admit.db`
    [exit 3]
    ");
    let row = world.row("mail preview confirm-address --lang de");
    assert_eq!(row["subject"], "Bestätigen Sie Ihre neue Adresse für main");
    assert_eq!(
        (&row["lang"], &row["channel"]),
        (&"de".into(), &"mail".into())
    );
    assert!(
        row["text"].as_str().unwrap().contains("adm_a_0000"),
        "{row}"
    );
    assert!(
        row["html"].as_str().unwrap().contains("adm_a_0000"),
        "{row}"
    );
    assert!(
        !world.home().join(".local/share/admit").exists(),
        "no store was made"
    );
}

#[test]
fn a_preview_takes_a_persons_language_and_the_panels_own_settings() {
    let world = World::with_ada();
    world.mail().drain();
    world
        .run("edit ada@example.com --name Zoë --lang de-CH")
        .done();
    world
        .run("panel set support-contact=help@example.com links.reset=https://panel.example.com/reset#{token} sender=shop@example.com --yes")
        .done();
    let shown = world.run("mail preview password-reset --person ada@example.com");
    assert_snapshot!(shown, @"
    From: shop@example.com
    To: ada@example.com
    Subject: Neues Passwort für main setzen

    Guten Tag Zoë,

    Mit dieser Nachricht können Sie ein neues Passwort für Ihr Konto
    ada@example.com bei main setzen.

    Öffnen Sie diesen Link und wählen Sie ein neues Passwort:

    https://panel.example.com/reset#adm_TOKEN

    Der Link ist bis Montag, 2. März 2026 um 11:00 Uhr UTC gültig. Er funktioniert
    nur einmal, und nur der neueste Link, den Sie von uns erhalten haben,
    funktioniert.

    Bis Sie ein neues Passwort gesetzt haben, bleibt Ihr jetziges gültig. Falls
    Sie einen zweiten Faktor eingerichtet haben, werden Sie weiterhin danach
    gefragt.

    Sie haben das nicht angefordert? Dann ignorieren Sie diese Nachricht: Es
    ändert sich nichts. Wenn Sie Bedenken haben, wenden Sie sich an
    help@example.com.

    Automatisch gesendet an ada@example.com im Auftrag von main.
    [exit 0]
    ");
    assert_snapshot!(world.run("mail preview locked --person zoe@example.com"), @"
    ----
    error: no account has the address zoe@example.com
    hint: find people by name or part of the address with `admit list zoe`
    [exit 3]
    ");
    assert_snapshot!(world.run("mail preview locked --panel shpo"), @"
    ----
    error: unknown panel 'shpo'
    hint: use main
    [exit 3]
    ");
    assert_eq!(world.letters(), 0);
    let run = world.run("mail list");
    assert!(!run.stdout.contains("password-reset"), "{run}");
}

#[test]
fn own_templates_are_shown_and_their_mistakes_named_by_file_and_line() {
    let world = World::bare();
    templates(
        &world,
        &[(
            "shop/de/password-changed.txt",
            "Subject: Passwort bei {{ panel }}\n\nHallo {{ name }},\nes ist geändert.",
        )],
    );
    assert_snapshot!(world.run("mail preview password-changed --panel shop --lang de"), @"
    From: admit@localhost
    To: ada@example.com
    Subject: Passwort bei shop

    Hallo Ada Lovelace,
    es ist geändert.
    [exit 0]
    ");
    let page = world.run("mail preview password-changed --panel shop --lang de --html");
    assert!(
        page.stdout
            .contains("<p>Hallo Ada Lovelace,<br>es ist geändert.</p>"),
        "{page}"
    );
    let folder = world.home().join("templates");
    let named = |run: crate::support::world::Run| {
        assert_eq!(run.code, 1, "{run}");
        run.stderr.replace(&format!("{}/", folder.display()), "")
    };
    templates(
        &world,
        &[(
            "shop/de/locked.txt",
            "Subject: x\n\nyour nmae\n\n{{ nmae }}\n",
        )],
    );
    assert_snapshot!(named(world.run("mail preview locked --panel shop --lang de")), @"error: cannot use the mail templates: shop/de/locked.txt, line 5: unknown variable nmae; use one of panel, name, address, link, token, command, link_until, access_until, code, code_until, when, support, password_works, lang, subject, paragraphs, label");
    templates(
        &world,
        &[("shop/de/locked.txt", "Subject: x\n\n{% if %}\n")],
    );
    assert_snapshot!(named(world.run("mail preview")), @"error: cannot use the mail templates: shop/de/locked.txt, line 3: syntax error: unexpected end of block");
    templates(
        &world,
        &[("shop/de/locked.txt", "Subject: x\n\n{{ panel.owner }}\n")],
    );
    assert_snapshot!(named(world.run("mail preview locked --panel shop --lang de")), @"error: cannot use the mail templates: shop/de/locked.txt, line 3: undefined value");
    templates(&world, &[("shop/de/locked.txt", "no subject\n")]);
    assert_snapshot!(named(world.run("mail preview locked --panel shop --lang de")), @r#"error: cannot use the mail templates: shop/de/locked.txt: does not start with a line "Subject: …""#);
    templates(
        &world,
        &[("shop/de/locked.txt", "Subject: x\n\nAsk somebody.\n")],
    );
    assert_snapshot!(named(world.run("mail preview")), @"error: cannot use the mail templates: shop/de/locked.txt: does not show the link: {{ link }}, or {{ token }} if there is no link, must be in it");
    // Nothing is written that could not be told, and a diagnosis needs no templates.
    world.run("store init").done();
    assert_snapshot!(named(world.run("invite ada@example.com")), @"error: cannot use the mail templates: shop/de/locked.txt: does not show the link: {{ link }}, or {{ token }} if there is no link, must be in it");
    assert_eq!(world.run("list -o plain").stdout, "");
    assert_eq!(world.run("why ada@example.com").code, 3);
}
