//! The data of an answer.

use serde::ser::{Serialize, SerializeMap};
use serde_json::{Value, json};

use crate::domain::role::BuiltIn;
use crate::domain::second_factor::Method;
use crate::domain::text::hex;
use crate::domain::when::rfc3339;
use crate::ops::set_up::Offer;
use crate::ops::sign_in::AuthenticatedUser;
use crate::vault::{BackupCode, Secret, Token};

/// The data of an answer, as the contract names it.
pub(super) enum Body {
    Nothing,
    Person {
        session: Token,
        authenticated: Box<AuthenticatedUser>,
        /// A new set, shown once.
        backup_codes: Option<Vec<BackupCode>>,
    },
    /// A ticket; `None` if only an operator can help.
    Ticket(Option<Token>),
    /// A code is required: the available methods.
    Code {
        methods: Vec<Method>,
        ticket: Option<Token>,
    },
    /// The secret of a pending set-up, to be confirmed.
    Offer(Box<Offer>),
    /// The new set.
    BackupCodes(Vec<BackupCode>),
    NewSession(Option<Token>),
    Problems(Vec<&'static str>),
    /// What is no secret.
    Plain(serde_json::Map<String, Value>),
}

impl Body {
    /// The token in it.
    #[cfg(feature = "testing")]
    pub(super) fn ticket(&self) -> Option<&Token> {
        match self {
            Self::Ticket(ticket) | Self::Code { ticket, .. } => ticket.as_ref(),
            _ => None,
        }
    }

    /// The person in it.
    pub(super) fn account_id(&self) -> Option<i64> {
        match self {
            Self::Person { authenticated, .. } => Some(authenticated.account.id),
            _ => None,
        }
    }

    /// Adds its fields.
    pub(super) fn fields<S: serde::Serializer>(
        &self,
        map: &mut S::SerializeMap,
    ) -> Result<(), S::Error> {
        match self {
            Self::Nothing => Ok(()),
            Self::Ticket(ticket) => map.serialize_entry("ticket", &shown(ticket.as_ref())),
            Self::Code { methods, ticket } => {
                map.serialize_entry("methods", &words(methods))?;
                map.serialize_entry("ticket", &shown(ticket.as_ref()))
            }
            Self::Offer(offer) => {
                map.serialize_entry("otpauth", offer.uri().expose())?;
                map.serialize_entry("secret", offer.secret.base32().expose())
            }
            Self::BackupCodes(codes) => map.serialize_entry("backup_codes", &Codes(codes)),
            Self::NewSession(session) => map.serialize_entry("session", &shown(session.as_ref())),
            Self::Problems(problems) => map.serialize_entry("problems", problems),
            Self::Plain(fields) => fields
                .iter()
                .try_for_each(|(name, value)| map.serialize_entry(name, value)),
            Self::Person {
                session,
                authenticated,
                backup_codes,
            } => {
                map.serialize_entry("session", session.as_str())?;
                person::<S>(map, authenticated)?;
                match backup_codes {
                    Some(codes) => map.serialize_entry("backup_codes", &Codes(codes)),
                    None => Ok(()),
                }
            }
        }
    }
}

fn shown(token: Option<&Token>) -> Option<&str> {
    token.map(Token::as_str)
}

pub(super) fn words(methods: &[Method]) -> Vec<&'static str> {
    methods.iter().map(|method| method.as_str()).collect()
}

fn person<S: serde::Serializer>(
    map: &mut S::SerializeMap,
    authenticated: &AuthenticatedUser,
) -> Result<(), S::Error> {
    let (account, signed) = (&authenticated.account, &authenticated.signed);
    let context = authenticated.context;
    map.serialize_entry("session_expires_at", &rfc3339(signed.expires_at))?;
    map.serialize_entry(
        "account",
        &json!({
            "id": hex(&account.reference),
            "address": account.address.as_str(),
            "name": account.name,
            "lang": account.lang,
        }),
    )?;
    map.serialize_entry("role", &authenticated.role)?;
    map.serialize_entry("rights", &Rights(&authenticated.role))?;
    map.serialize_entry("access_until", &authenticated.access_until.map(rfc3339))?;
    let (by, method) = match signed.passed.as_deref() {
        None => ("password", None),
        Some("trusted-ip") => ("trusted-ip", None),
        Some(method) => ("code", Some(method)),
    };
    map.serialize_entry(
        "authenticated",
        &json!({"at": rfc3339(signed.at), "by": by, "method": method}),
    )?;
    map.serialize_entry("second_factor_set", &context.app_set)?;
    map.serialize_entry("backup_codes_left", &context.backup_codes_left)?;
    map.serialize_entry("ip_trusted_until", &context.ip_trusted_until.map(rfc3339))?;
    map.serialize_entry("ip_newly_trusted", &context.newly_trusted)
}

/// Codes as they are shown, erased once they are written.
struct Codes<'a>(&'a [BackupCode]);

impl Serialize for Codes<'_> {
    fn serialize<S: serde::Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        let shown: Vec<Secret<String>> = self.0.iter().map(BackupCode::shown).collect();
        json.collect_seq(shown.iter().map(|code| code.expose().as_str()))
    }
}

/// The matrix of a role: the actions allowed in each section. An unknown role allows nothing.
struct Rights<'a>(&'a str);

impl Serialize for Rights<'_> {
    fn serialize<S: serde::Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        json.collect_map(BuiltIn::parse(self.0).into_iter().flat_map(BuiltIn::matrix))
    }
}
