//! English.

/// Code and template.
pub(super) const TEXTS: &[(&str, &str)] = &[
    // A yes.
    ("registered", "You are registered. You can sign in now."),
    ("signed-in", "You are signed in."),
    (
        "ip-not-trusted",
        "You are signed in. Your network could not be added to the trusted networks: you will be asked for a code again.",
    ),
    ("session-live", "You are signed in."),
    (
        "accepted",
        "If this address is registered here, we have sent a link to it.",
    ),
    ("password-set", "Your new password is set."),
    (
        "address-changed",
        "Your new address is confirmed. Sign in with it and your current password.",
    ),
    ("signed-out", "You are signed out."),
    (
        "code-sent",
        "A code was sent to {target}. It is valid for 10 minutes.",
    ),
    (
        "second-factor-offered",
        "Scan the QR code with an authenticator app, or type in the secret. Then enter the code that the app shows.",
    ),
    (
        "second-factor-set",
        "The second factor is set up. Keep the backup codes where you can find them without your phone.",
    ),
    (
        "second-factor-set-only",
        "The second factor is set up. Keep the backup codes where you can find them without your phone. Please sign in now.",
    ),
    (
        "second-factor-removed",
        "The second factor was removed. From now on only your password protects the account.",
    ),
    (
        "backup-codes-made",
        "Here are ten new backup codes; the old ones no longer work. Keep them where you can find them without your phone.",
    ),
    ("link-valid", "This link works."),
    ("policy", "These are the rules of this site."),
    ("events", "This is what happened."),
    ("hello", "This is what is understood here."),
    ("healthy", "Sign-in works."),
    // A no.
    (
        "invalid-credentials",
        "The address or password is incorrect.",
    ),
    (
        "locked",
        "Sign-in with this address is locked after too many failed attempts. If the address is registered here, we have sent a mail that says what to do.",
    ),
    ("locked-permanently", "Your account is locked. {ask}"),
    (
        "disabled",
        "Your account has been disabled[ since {since}]. {ask}",
    ),
    (
        "unregistered",
        "You have no password yet. Please open the link in your invitation and choose one.",
    ),
    ("no-access", "You have no access here. {ask}"),
    (
        "access-expired",
        "Your access has ended[ on {since}]. {ask}",
    ),
    (
        "trial-ended",
        "The trial of this site has ended[ on {since}]. {ask}",
    ),
    (
        "password-reset-required",
        "Your password was reset. Please open the link that was mailed to you, or request a new link with \"Forgot password\".",
    ),
    (
        "password-expired",
        "Your password has expired. Please choose a new one.",
    ),
    (
        "second-factor-setup-required",
        "This site requires a second factor. Please set one up.",
    ),
    (
        "second-factor-unusable",
        "This site requires a second factor, and you have none that can be used now. {ask}",
    ),
    (
        "second-factor-required",
        "The second factor cannot be removed: a site that you use requires one.",
    ),
    ("no-second-factor", "You have not set up an authenticator."),
    (
        "no-apps-here",
        "This site does not use codes from authenticator apps.",
    ),
    ("code-required", "Please also enter a code."),
    (
        "code-invalid",
        "This code is incorrect. Each code works only once: if you use an app, wait for its next code.",
    ),
    (
        "code-expired",
        "This code no longer works. Please request a new one.",
    ),
    (
        "ticket-expired",
        "This took too long. Please sign in again.",
    ),
    (
        "already-signed-in",
        "You are signed in elsewhere[ since {since}]. Please sign out there first.",
    ),
    ("wrong-password", "The current password is incorrect."),
    (
        "password-refused",
        "Please choose another password: {problems}.",
    ),
    (
        "name-refused",
        "Please enter a name of at most 200 visible characters in one line.",
    ),
    (
        "link-invalid",
        "This link is not valid. Please open it exactly as it is in the mail. {another}",
    ),
    (
        "link-expired",
        "This link has expired[ on {since}]. {another}",
    ),
    (
        "link-superseded",
        "A newer link was sent[ on {since}]. Please use the one in the newest mail.",
    ),
    (
        "link-used",
        "This link has already been used. Please sign in with your password; if you do not know it, use \"Forgot password\".",
    ),
    ("link-revoked", "This link was revoked. {ask}"),
    (
        "session-ended",
        "You are no longer signed in. Please sign in again.",
    ),
    (
        "throttled",
        "There were too many attempts. Please try again in a while.",
    ),
    (
        "unavailable",
        "Sign-in is not available right now. Please try again in a few minutes.",
    ),
    (
        "bad-request",
        "This page is not set up correctly. Please contact its administrators.",
    ),
    // What is said instead or besides.
    (
        "tried-too-often",
        "Too many wrong codes were entered. Please wait 10 minutes, or use another method.",
    ),
    (
        "codes-lately",
        "Too many codes were requested. Please wait 10 minutes, or use another method.",
    ),
    (
        "codes-today",
        "Too many codes were requested today. Please try again tomorrow, or use another method.",
    ),
    (
        "codes-from-network",
        "Too many codes were requested from your network. Please wait an hour, or use another method.",
    ),
    (
        "no-code-asked",
        "No code is required here. Please sign in without one.",
    ),
    ("method-not-in-panel", "{panel} does not accept {method}."),
    (
        "method-not-with-role",
        "With your role, {method} is not accepted here.",
    ),
    (
        "no-phone",
        "Your account has no phone number. The person who invited you can add one.",
    ),
    (
        "mail-barred",
        "Your password was reset by mail, so a code by mail does not count until you have used another method. An administrator can help.",
    ),
    ("method-not-now", "You cannot use {method} right now."),
    (
        "set-up-again",
        "This code no longer works. Please start the set-up again.",
    ),
    (
        "phone-clock-fast",
        "This code is incorrect. Your phone's clock is ahead by about {minutes} min. Set it to automatic, then try the next code.",
    ),
    (
        "phone-clock-slow",
        "This code is incorrect. Your phone's clock is behind by about {minutes} min. Set it to automatic, then try the next code.",
    ),
    (
        "set-up-mail-barred",
        "Your password was reset by mail, so you have to use another method before you can set up an authenticator. An administrator can help.",
    ),
    (
        "set-up-elsewhere",
        "Another panel asks you for a code by mail or SMS. Please set up the authenticator there.",
    ),
    // Parts.
    ("ask", "Please contact {contact}."),
    (
        "ask-administrators",
        "Please contact the administrators of this site.",
    ),
    ("another-invitation", "Please request a new invitation."),
    (
        "another-confirmation",
        "Please ask the administrators of this site for a new one.",
    ),
    ("another-link", "Please ask whoever sent it for a new one."),
    (
        "another-reset",
        "Please request a new link with \"Forgot password\".",
    ),
    ("method-app", "the authenticator app"),
    ("method-backup", "a backup code"),
    ("method-mail", "a code by mail"),
    ("method-sms", "a code by SMS"),
    (
        "too-short",
        "it has {has} characters; the minimum is {least}",
    ),
    ("too-long", "it is longer than 1024 bytes"),
    ("common", "it is a common password"),
    (
        "personal",
        "it is your address, your name or the name of a panel, perhaps with digits or punctuation added",
    ),
    (
        "control-characters",
        "it contains a line break or a control character",
    ),
    ("unchanged", "it is the same as the current one"),
    ("join", ", and "),
];
