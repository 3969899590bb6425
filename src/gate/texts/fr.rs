//! French.

/// Code and template.
pub(super) const TEXTS: &[(&str, &str)] = &[
    // Oui.
    (
        "registered",
        "Vous êtes inscrit et pouvez maintenant vous connecter.",
    ),
    ("signed-in", "Vous êtes connecté."),
    (
        "ip-not-trusted",
        "Vous êtes connecté. Votre réseau n’a pas pu être ajouté aux réseaux de confiance : un code vous sera de nouveau demandé.",
    ),
    ("session-live", "Vous êtes connecté."),
    (
        "accepted",
        "Si cette adresse est inscrite ici, nous y avons envoyé un lien.",
    ),
    ("password-set", "Votre nouveau mot de passe est enregistré."),
    (
        "address-changed",
        "Votre nouvelle adresse est confirmée. Connectez-vous avec elle et votre mot de passe actuel.",
    ),
    ("signed-out", "Vous êtes déconnecté."),
    (
        "code-sent",
        "Un code a été envoyé à {target}. Il est valable 10 minutes.",
    ),
    (
        "second-factor-offered",
        "Scannez le code QR avec une application d’authentification, ou saisissez le secret. Entrez ensuite le code que l’application affiche.",
    ),
    (
        "second-factor-set",
        "Le second facteur est configuré. Gardez les codes de secours là où vous les trouverez sans votre téléphone.",
    ),
    (
        "second-factor-set-only",
        "Le second facteur est configuré. Gardez les codes de secours là où vous les trouverez sans votre téléphone. Veuillez maintenant vous connecter.",
    ),
    (
        "second-factor-removed",
        "Le second facteur a été supprimé. Désormais, seul votre mot de passe protège le compte.",
    ),
    (
        "backup-codes-made",
        "Voici dix nouveaux codes de secours ; les anciens ne sont plus valables. Gardez-les là où vous les trouverez sans votre téléphone.",
    ),
    ("link-valid", "Ce lien est valable."),
    ("policy", "Voici les règles de ce site."),
    ("events", "Voici ce qui s’est passé."),
    ("hello", "Voici ce qui est compris ici."),
    ("healthy", "La connexion fonctionne."),
    // Non.
    (
        "invalid-credentials",
        "L’adresse ou le mot de passe est incorrect.",
    ),
    (
        "locked",
        "La connexion avec cette adresse est bloquée après trop de tentatives. Si l’adresse est inscrite ici, nous avons envoyé un message qui indique quoi faire.",
    ),
    ("locked-permanently", "Votre compte est bloqué. {ask}"),
    (
        "disabled",
        "Votre compte est désactivé[ depuis {since}]. {ask}",
    ),
    (
        "unregistered",
        "Vous n’avez pas encore de mot de passe. Veuillez ouvrir le lien de votre invitation et en choisir un.",
    ),
    ("no-access", "Vous n’avez pas accès à ce site. {ask}"),
    (
        "access-expired",
        "Votre accès a pris fin[ : {since}]. {ask}",
    ),
    (
        "trial-ended",
        "La période d’essai de ce site est terminée[ : {since}]. {ask}",
    ),
    (
        "password-reset-required",
        "Votre mot de passe a été réinitialisé. Veuillez ouvrir le lien qui vous a été envoyé, ou en demander un autre avec « Mot de passe oublié ».",
    ),
    (
        "password-expired",
        "Votre mot de passe a expiré. Veuillez en choisir un nouveau.",
    ),
    (
        "second-factor-setup-required",
        "Ce site exige un second facteur. Veuillez en configurer un.",
    ),
    (
        "second-factor-unusable",
        "Ce site exige un second facteur, et vous n’en avez aucun qui soit utilisable maintenant. {ask}",
    ),
    (
        "second-factor-required",
        "Le second facteur ne peut pas être supprimé : un site que vous utilisez l’exige.",
    ),
    (
        "no-second-factor",
        "Vous n’avez pas configuré d’application d’authentification.",
    ),
    (
        "no-apps-here",
        "Ce site n’utilise pas les codes des applications d’authentification.",
    ),
    ("code-required", "Veuillez aussi entrer un code."),
    (
        "code-invalid",
        "Ce code est incorrect. Chaque code ne sert qu’une fois : avec une application, attendez le code suivant.",
    ),
    (
        "code-expired",
        "Ce code n’est plus valable. Veuillez en demander un autre.",
    ),
    (
        "ticket-expired",
        "Cela a pris trop de temps. Veuillez vous reconnecter.",
    ),
    (
        "already-signed-in",
        "Vous êtes déjà connecté ailleurs[ depuis {since}]. Veuillez d’abord vous y déconnecter.",
    ),
    ("wrong-password", "Le mot de passe actuel est incorrect."),
    (
        "password-refused",
        "Veuillez choisir un autre mot de passe : {problems}.",
    ),
    (
        "name-refused",
        "Veuillez entrer un nom d’au plus 200 caractères visibles, sur une seule ligne.",
    ),
    (
        "link-invalid",
        "Ce lien n’est pas valable. Veuillez l’ouvrir exactement comme dans le message. {another}",
    ),
    ("link-expired", "Ce lien a expiré[ : {since}]. {another}"),
    (
        "link-superseded",
        "Un lien plus récent a été envoyé[ : {since}]. Veuillez utiliser celui du dernier message.",
    ),
    (
        "link-used",
        "Ce lien a déjà servi. Veuillez vous connecter avec votre mot de passe ; si vous ne le connaissez pas, utilisez « Mot de passe oublié ».",
    ),
    ("link-revoked", "Ce lien a été révoqué. {ask}"),
    (
        "session-ended",
        "Vous n’êtes plus connecté. Veuillez vous reconnecter.",
    ),
    (
        "throttled",
        "Il y a eu trop de tentatives. Veuillez réessayer plus tard.",
    ),
    (
        "unavailable",
        "La connexion n’est pas possible pour le moment. Veuillez réessayer dans quelques minutes.",
    ),
    (
        "bad-request",
        "Cette page n’est pas bien configurée. Veuillez contacter ses administrateurs.",
    ),
    // À la place ou en plus.
    (
        "tried-too-often",
        "Trop de codes incorrects ont été saisis. Veuillez attendre 10 minutes, ou utiliser un autre moyen.",
    ),
    (
        "codes-lately",
        "Trop de codes ont été demandés. Veuillez attendre 10 minutes, ou utiliser un autre moyen.",
    ),
    (
        "codes-today",
        "Trop de codes ont été demandés aujourd’hui. Veuillez réessayer demain, ou utiliser un autre moyen.",
    ),
    (
        "codes-from-network",
        "Trop de codes ont été demandés depuis votre réseau. Veuillez attendre une heure, ou utiliser un autre moyen.",
    ),
    (
        "no-code-asked",
        "Aucun code n’est nécessaire ici. Veuillez vous connecter sans code.",
    ),
    ("method-not-in-panel", "{panel} n’accepte pas {method}."),
    (
        "method-not-with-role",
        "Avec votre rôle, {method} n’est pas accepté ici.",
    ),
    (
        "no-phone",
        "Votre compte n’a pas de numéro de téléphone. La personne qui vous a invité peut l’ajouter.",
    ),
    (
        "mail-barred",
        "Votre mot de passe a été réinitialisé par e-mail : un code par e-mail ne comptera qu’après un autre moyen. Un administrateur peut vous aider.",
    ),
    (
        "method-not-now",
        "Il n’est pas possible d’utiliser {method} pour le moment.",
    ),
    (
        "set-up-again",
        "Ce code n’est plus valable. Veuillez recommencer la configuration.",
    ),
    (
        "phone-clock-fast",
        "Ce code est incorrect. L’horloge de votre téléphone avance d’environ {minutes} min. Réglez-la sur automatique, puis essayez le code suivant.",
    ),
    (
        "phone-clock-slow",
        "Ce code est incorrect. L’horloge de votre téléphone retarde d’environ {minutes} min. Réglez-la sur automatique, puis essayez le code suivant.",
    ),
    (
        "set-up-mail-barred",
        "Votre mot de passe a été réinitialisé par e-mail : vous devez utiliser un autre moyen avant de configurer une application d’authentification. Un administrateur peut vous aider.",
    ),
    (
        "set-up-elsewhere",
        "Un autre site vous demande un code par e-mail ou SMS. Veuillez y configurer l’application d’authentification.",
    ),
    // Parties.
    ("ask", "Veuillez contacter {contact}."),
    (
        "ask-administrators",
        "Veuillez contacter les administrateurs de ce site.",
    ),
    (
        "another-invitation",
        "Veuillez demander une nouvelle invitation.",
    ),
    (
        "another-confirmation",
        "Veuillez en demander un autre aux administrateurs de ce site.",
    ),
    (
        "another-link",
        "Veuillez en demander un autre à l’expéditeur.",
    ),
    (
        "another-reset",
        "Veuillez en demander un autre avec « Mot de passe oublié ».",
    ),
    ("method-app", "un code de l’application d’authentification"),
    ("method-backup", "un code de secours"),
    ("method-mail", "un code par e-mail"),
    ("method-sms", "un code par SMS"),
    (
        "too-short",
        "il a {has} caractères, il en faut au moins {least}",
    ),
    ("too-long", "il dépasse 1024 octets"),
    ("common", "c’est un mot de passe courant"),
    (
        "personal",
        "c’est votre adresse, votre nom ou le nom d’un site, peut-être suivi de chiffres ou de ponctuation",
    ),
    (
        "control-characters",
        "il contient un saut de ligne ou un caractère de contrôle",
    ),
    ("unchanged", "c’est le même que l’actuel"),
    ("join", ", et "),
];
