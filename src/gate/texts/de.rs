//! German.

/// Code and template.
pub(super) const TEXTS: &[(&str, &str)] = &[
    // Ja.
    (
        "registered",
        "Sie sind registriert und können sich jetzt anmelden.",
    ),
    ("signed-in", "Sie sind angemeldet."),
    (
        "ip-not-trusted",
        "Sie sind angemeldet. Ihr Netzwerk konnte nicht als vertrauenswürdig eingetragen werden: Sie werden wieder nach einem Code gefragt.",
    ),
    ("session-live", "Sie sind angemeldet."),
    (
        "accepted",
        "Wenn diese Adresse hier registriert ist, haben wir einen Link dorthin geschickt.",
    ),
    ("password-set", "Ihr neues Passwort ist gesetzt."),
    (
        "address-changed",
        "Ihre neue Adresse ist bestätigt. Melden Sie sich mit ihr und Ihrem bisherigen Passwort an.",
    ),
    ("signed-out", "Sie sind abgemeldet."),
    (
        "code-sent",
        "Ein Code wurde an {target} geschickt. Er gilt 10 Minuten.",
    ),
    (
        "second-factor-offered",
        "Scannen Sie den QR-Code mit einer Authenticator-App, oder tippen Sie das Geheimnis ab. Geben Sie dann den Code ein, den die App anzeigt.",
    ),
    (
        "second-factor-set",
        "Der zweite Faktor ist eingerichtet. Bewahren Sie die Ersatzcodes dort auf, wo Sie sie auch ohne Ihr Telefon finden.",
    ),
    (
        "second-factor-set-only",
        "Der zweite Faktor ist eingerichtet. Bewahren Sie die Ersatzcodes dort auf, wo Sie sie auch ohne Ihr Telefon finden. Bitte melden Sie sich jetzt an.",
    ),
    (
        "second-factor-removed",
        "Der zweite Faktor wurde entfernt. Von jetzt an schützt nur Ihr Passwort das Konto.",
    ),
    (
        "backup-codes-made",
        "Hier sind zehn neue Ersatzcodes; die alten gelten nicht mehr. Bewahren Sie sie dort auf, wo Sie sie auch ohne Ihr Telefon finden.",
    ),
    ("link-valid", "Dieser Link ist gültig."),
    ("policy", "Das sind die Regeln dieser Seite."),
    ("events", "Das ist geschehen."),
    ("hello", "Das wird hier verstanden."),
    ("healthy", "Die Anmeldung funktioniert."),
    // Nein.
    ("invalid-credentials", "Adresse oder Passwort ist falsch."),
    (
        "locked",
        "Die Anmeldung mit dieser Adresse ist nach zu vielen Fehlversuchen gesperrt. Wenn die Adresse hier registriert ist, haben wir eine E-Mail geschickt, in der steht, was zu tun ist.",
    ),
    ("locked-permanently", "Ihr Konto ist gesperrt. {ask}"),
    ("disabled", "Ihr Konto ist[ seit {since}] gesperrt. {ask}"),
    (
        "unregistered",
        "Sie haben noch kein Passwort. Bitte öffnen Sie den Link in Ihrer Einladung und wählen Sie eines.",
    ),
    ("no-access", "Sie haben hier keinen Zugang. {ask}"),
    (
        "access-expired",
        "Ihr Zugang ist abgelaufen[: {since}]. {ask}",
    ),
    (
        "trial-ended",
        "Die Testphase dieser Seite ist beendet[: {since}]. {ask}",
    ),
    (
        "password-reset-required",
        "Ihr Passwort wurde zurückgesetzt. Bitte öffnen Sie den Link, der Ihnen geschickt wurde, oder fordern Sie mit „Passwort vergessen“ einen neuen an.",
    ),
    (
        "password-expired",
        "Ihr Passwort ist abgelaufen. Bitte wählen Sie ein neues.",
    ),
    (
        "second-factor-setup-required",
        "Diese Seite verlangt einen zweiten Faktor. Bitte richten Sie ihn ein.",
    ),
    (
        "second-factor-unusable",
        "Diese Seite verlangt einen zweiten Faktor, und Sie haben keinen, der jetzt verwendet werden kann. {ask}",
    ),
    (
        "second-factor-required",
        "Der zweite Faktor kann nicht entfernt werden: Eine Seite, die Sie benutzen, verlangt ihn.",
    ),
    (
        "no-second-factor",
        "Sie haben keinen Authenticator eingerichtet.",
    ),
    (
        "no-apps-here",
        "Diese Seite verwendet keine Codes aus Authenticator-Apps.",
    ),
    ("code-required", "Bitte geben Sie auch einen Code ein."),
    (
        "code-invalid",
        "Dieser Code ist falsch. Jeder Code gilt nur einmal: Wenn Sie eine App benutzen, warten Sie auf ihren nächsten Code.",
    ),
    (
        "code-expired",
        "Dieser Code gilt nicht mehr. Bitte fordern Sie einen neuen an.",
    ),
    (
        "ticket-expired",
        "Das hat zu lange gedauert. Bitte melden Sie sich noch einmal an.",
    ),
    (
        "already-signed-in",
        "Sie sind[ seit {since}] bereits an anderer Stelle angemeldet. Bitte melden Sie sich zuerst dort ab.",
    ),
    ("wrong-password", "Das bisherige Passwort ist falsch."),
    (
        "password-refused",
        "Bitte wählen Sie ein anderes Passwort: {problems}.",
    ),
    (
        "name-refused",
        "Bitte geben Sie einen Namen mit höchstens 200 sichtbaren Zeichen in einer Zeile ein.",
    ),
    (
        "link-invalid",
        "Dieser Link ist ungültig. Bitte öffnen Sie ihn genau so, wie er in der E-Mail steht. {another}",
    ),
    (
        "link-expired",
        "Dieser Link ist abgelaufen[: {since}]. {another}",
    ),
    (
        "link-superseded",
        "Es wurde ein neuerer Link geschickt[: {since}]. Bitte benutzen Sie den in der neuesten E-Mail.",
    ),
    (
        "link-used",
        "Dieser Link wurde schon benutzt. Bitte melden Sie sich mit Ihrem Passwort an; wenn Sie es nicht wissen, benutzen Sie „Passwort vergessen“.",
    ),
    ("link-revoked", "Dieser Link wurde zurückgezogen. {ask}"),
    (
        "session-ended",
        "Sie sind nicht mehr angemeldet. Bitte melden Sie sich noch einmal an.",
    ),
    (
        "throttled",
        "Das waren zu viele Versuche. Bitte versuchen Sie es später noch einmal.",
    ),
    (
        "unavailable",
        "Die Anmeldung ist gerade nicht möglich. Bitte versuchen Sie es in ein paar Minuten noch einmal.",
    ),
    (
        "bad-request",
        "Diese Seite ist nicht richtig eingerichtet. Bitte wenden Sie sich an ihre Verwaltung.",
    ),
    // Statt dessen oder außerdem.
    (
        "tried-too-often",
        "Es wurden zu viele falsche Codes eingegeben. Bitte warten Sie 10 Minuten, oder benutzen Sie einen anderen Weg.",
    ),
    (
        "codes-lately",
        "Es wurden zu viele Codes angefordert. Bitte warten Sie 10 Minuten, oder benutzen Sie einen anderen Weg.",
    ),
    (
        "codes-today",
        "Heute wurden zu viele Codes angefordert. Bitte versuchen Sie es morgen, oder benutzen Sie einen anderen Weg.",
    ),
    (
        "codes-from-network",
        "Aus Ihrem Netzwerk wurden zu viele Codes angefordert. Bitte warten Sie eine Stunde, oder benutzen Sie einen anderen Weg.",
    ),
    (
        "no-code-asked",
        "Hier ist kein Code nötig. Bitte melden Sie sich ohne an.",
    ),
    ("method-not-in-panel", "Für {panel} gilt {method} nicht."),
    (
        "method-not-with-role",
        "Mit Ihrer Rolle gilt {method} hier nicht.",
    ),
    (
        "no-phone",
        "Zu Ihrem Konto gibt es keine Telefonnummer. Wer Sie eingeladen hat, kann sie eintragen.",
    ),
    (
        "mail-barred",
        "Ihr Passwort wurde per E-Mail zurückgesetzt. Deshalb gilt ein Code per E-Mail erst wieder, wenn Sie einen anderen Weg benutzt haben. Die Verwaltung kann helfen.",
    ),
    ("method-not-now", "Im Moment geht {method} nicht."),
    (
        "set-up-again",
        "Dieser Code gilt nicht mehr. Bitte beginnen Sie noch einmal mit der Einrichtung.",
    ),
    (
        "phone-clock-fast",
        "Dieser Code ist falsch. Die Uhr Ihres Telefons geht etwa {minutes} min vor. Stellen Sie sie auf automatisch und versuchen Sie dann den nächsten Code.",
    ),
    (
        "phone-clock-slow",
        "Dieser Code ist falsch. Die Uhr Ihres Telefons geht etwa {minutes} min nach. Stellen Sie sie auf automatisch und versuchen Sie dann den nächsten Code.",
    ),
    (
        "set-up-mail-barred",
        "Ihr Passwort wurde per E-Mail zurückgesetzt. Deshalb müssen Sie einen anderen Weg benutzen, bevor Sie einen Authenticator einrichten können. Die Verwaltung kann helfen.",
    ),
    (
        "set-up-elsewhere",
        "Eine andere Seite fragt Sie nach einem Code per E-Mail oder SMS. Bitte richten Sie den Authenticator dort ein.",
    ),
    // Teile.
    ("ask", "Bitte wenden Sie sich an {contact}."),
    (
        "ask-administrators",
        "Bitte wenden Sie sich an die Verwaltung dieser Seite.",
    ),
    (
        "another-invitation",
        "Bitte lassen Sie sich eine neue Einladung schicken.",
    ),
    (
        "another-confirmation",
        "Bitte lassen Sie sich von der Verwaltung dieser Seite einen neuen schicken.",
    ),
    (
        "another-link",
        "Bitte lassen Sie sich von dort, woher er kam, einen neuen schicken.",
    ),
    (
        "another-reset",
        "Bitte fordern Sie mit „Passwort vergessen“ einen neuen an.",
    ),
    ("method-app", "ein Code der Authenticator-App"),
    ("method-backup", "ein Ersatzcode"),
    ("method-mail", "ein Code per E-Mail"),
    ("method-sms", "ein Code per SMS"),
    (
        "too-short",
        "es hat {has} Zeichen, nötig sind mindestens {least}",
    ),
    ("too-long", "es ist länger als 1024 Byte"),
    ("common", "es ist ein häufiges Passwort"),
    (
        "personal",
        "es ist Ihre Adresse, Ihr Name oder der Name einer Seite, vielleicht mit Ziffern oder Satzzeichen dahinter",
    ),
    (
        "control-characters",
        "es enthält einen Zeilenumbruch oder ein Steuerzeichen",
    ),
    ("unchanged", "es ist dasselbe wie bisher"),
    ("join", ", und "),
];
