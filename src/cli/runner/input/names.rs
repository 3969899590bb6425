//! The header names that exports of other systems use, and what they mean here.

use super::column::Column;
use crate::domain::text::is_hidden;

/// What a name means when case, blanks and signs are left out ([`key`]). The names of our own columns are not repeated.
const ALIASES: [(&str, Column); 43] = [
    ("email", Column::Address),
    ("emailaddress", Column::Address),
    ("mail", Column::Address),
    ("mailaddress", Column::Address),
    ("useremail", Column::Address),
    ("useremailaddress", Column::Address),
    ("primaryemail", Column::Address),
    ("primaryemailaddress", Column::Address),
    ("userprincipalname", Column::Address),
    ("inviteeemail", Column::Address),
    ("fullname", Column::Name),
    ("displayname", Column::Name),
    ("firstname", Column::FirstName),
    ("givenname", Column::FirstName),
    ("lastname", Column::LastName),
    ("surname", Column::LastName),
    ("familyname", Column::LastName),
    ("roles", Column::Role),
    ("userrole", Column::Role),
    ("expires", Column::Until),
    ("expireson", Column::Until),
    ("expiration", Column::Until),
    ("expirationdate", Column::Until),
    ("expiry", Column::Until),
    ("expirydate", Column::Until),
    ("enddate", Column::Until),
    ("accessexpires", Column::Until),
    ("validuntil", Column::Until),
    ("mobile", Column::Phone),
    ("mobilephone", Column::Phone),
    ("mobilenumber", Column::Phone),
    ("mobilephonenumber", Column::Phone),
    ("cellphone", Column::Phone),
    ("phonenumber", Column::Phone),
    ("phone1", Column::Phone),
    ("telephone", Column::Phone),
    ("language", Column::Lang),
    ("locale", Column::Lang),
    ("preferredlanguage", Column::Lang),
    ("preferredlocale", Column::Lang),
    ("userlanguage", Column::Lang),
    ("notes", Column::Note),
    ("comment", Column::Note),
];

/// The columns of `list -o csv` and `-o jsonl`. A file that has all of them is a list of ours.
pub(super) const LIST: [&str; 12] = [
    "address",
    "name",
    "panel",
    "role",
    "status",
    "account_status",
    "access_status",
    "access_until",
    "invited_at",
    "invitation_expires_at",
    "second_factor",
    "last_sign_in_at",
];

/// The column of such a list that says when access ends.
pub(super) const LIST_END: &str = "access_until";

/// A name without case, blanks and signs: `E-mail address` and `email_address` are the same.
pub(super) fn key(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// Our column of this name, by our own name for it or by another system's. What is in square brackets is either the
/// name in that system's interface (`User name [userPrincipalName] Required`) or a remark (`Email Address [Required]`).
pub(super) fn find(name: &str) -> Option<Column> {
    if let Some(own) = own(name) {
        return Some(own);
    }
    if name.contains(|c| is_hidden(c) && c != '\n') {
        return None;
    }
    let (before, inside) = match name.split_once('[') {
        Some((before, rest)) => (before, rest.split(']').next().unwrap_or_default()),
        None => (name, ""),
    };
    by_key(&key(inside)).or_else(|| by_key(&key(before)))
}

/// The column with this name of ours, in any case.
pub(super) fn own(name: &str) -> Option<Column> {
    let mut all = Column::INPUT.into_iter().chain(Column::PARTS);
    all.find(|column| column.name().eq_ignore_ascii_case(name))
}

fn by_key(wanted: &str) -> Option<Column> {
    if wanted.is_empty() {
        return None;
    }
    let known = ALIASES.iter().find(|(alias, _)| *alias == wanted);
    known
        .map(|&(_, column)| column)
        .or_else(|| own(wanted))
        .or_else(|| {
            Column::PARTS
                .into_iter()
                .find(|part| key(part.name()) == wanted)
        })
}

/// The column that was probably meant, among those that can be used.
pub(super) fn nearest(name: &str, usable: &[Column]) -> Option<&'static str> {
    let typed = key(name);
    let aliases = ALIASES.iter().copied();
    let own = Column::INPUT.map(|column| (column.name(), column));
    let candidates: Vec<(&str, Column)> = own
        .into_iter()
        .chain(aliases)
        .filter(|(_, column)| usable.contains(&column.whole()))
        .collect();
    let near = crate::domain::text::nearest(&typed, candidates.iter().map(|(name, _)| *name))?;
    let (_, column) = candidates.iter().find(|(name, _)| *name == near)?;
    Some(column.whole().name())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_other_systems_are_ours() {
        for (name, column) in [
            ("E-Mail", Column::Address),
            ("email address", Column::Address),
            ("email_address", Column::Address),
            ("user_email", Column::Address),
            ("primaryEmail", Column::Address),
            ("userPrincipalName", Column::Address),
            ("User name [userPrincipalName] Required", Column::Address),
            ("Email Address [Required]", Column::Address),
            ("Full Name", Column::Name),
            ("display_name", Column::Name),
            ("Name [displayName] Required", Column::Name),
            ("first-name", Column::FirstName),
            ("First Name [Required]", Column::FirstName),
            ("Last name [surname]", Column::LastName),
            ("end_date", Column::Until),
            ("Expiration", Column::Until),
            ("Mobile Phone", Column::Phone),
            ("preferredLanguage", Column::Lang),
            ("ROLE", Column::Role),
        ] {
            assert_eq!(find(name), Some(column), "{name}");
        }
        for name in [
            "",
            "[]",
            "expires_at",
            "Password [Required]",
            "login",
            "status",
            "line",
        ] {
            assert_eq!(find(name), None, "{name}");
        }
    }

    #[test]
    fn an_unknown_name_gets_the_nearest_of_ours() {
        for (name, near) in [
            ("adress", Some("address")),
            ("expires_at", Some("until")),
            ("Full Nmae", Some("name")),
            ("mobil", Some("phone")),
            ("First Nam", Some("name")),
            ("shoesize", None),
        ] {
            assert_eq!(nearest(name, &Column::INPUT), near, "{name}");
        }
        assert_eq!(nearest("expires_at", &[Column::Address]), None);
    }

    #[test]
    fn aliases_are_keys_and_no_name_is_there_twice() {
        for (at, (alias, _)) in ALIASES.iter().enumerate() {
            assert_eq!(*alias, key(alias));
            assert!(
                ALIASES[..at].iter().all(|(other, _)| other != alias),
                "{alias}"
            );
            assert_eq!(own(alias), None, "{alias}");
        }
    }
}
