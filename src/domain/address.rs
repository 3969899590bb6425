//! E-mail addresses, and when two of them belong to the same person.
//!
//! People are found by one form only, the [key](Address::key): the local part in ASCII lower case, the domain
//! as the DNS knows it. An address that could be mistaken for another one is refused, never folded into it:
//! the local part accepts the letters of RFC 5321's dot-string and no others, so `mıke` is never `mike`. Mail
//! goes to the stored form, never to what was typed in a request.

use std::fmt;
use std::hash::{Hash, Hasher};

use thiserror::Error;

use super::text::{excerpt, is_hidden, named};

/// RFC 5321, 4.5.3.1.1.
const LONGEST_LOCAL_PART: usize = 64;
/// RFC 5321, 4.5.3.1.3, less the angle brackets.
const LONGEST_ADDRESS: usize = 254;

/// A person's e-mail address. Two are equal if they belong to the same person: `Ada@Example.com`,
/// `ada@example.com`.
#[derive(Clone, Debug)]
pub struct Address {
    text: String,
    key: String,
}

/// Why something is not an address. Each is one sentence that shows what is wrong and is safe to print.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum AddressProblem {
    /// Empty, or only spaces.
    #[error("no e-mail address given")]
    Empty,
    /// An address with a name, brackets or `mailto:` around it.
    #[error("enter only the address, {alone}, without a name or brackets")]
    NotAlone {
        /// The address inside.
        alone: String,
    },
    /// Several addresses where one is expected.
    #[error("{0} contains more than one e-mail address; enter one at a time")]
    Several(String),
    /// No `@`.
    #[error("{0} is not an e-mail address: it has no @")]
    NoAt(String),
    /// More than one `@`.
    #[error("{0} is not an e-mail address: it has more than one @")]
    ManyAts(String),
    /// Nothing before the `@`.
    #[error("{0} is not an e-mail address: there is nothing before the @")]
    NoLocalPart(String),
    /// A local part in quotes.
    #[error("{0} contains quotes; quoted addresses are not accepted")]
    Quoted(String),
    /// A character that the local part may not have.
    #[error(
        "{text} has {character} before the @, where only the letters a to z, digits and common symbols are allowed"
    )]
    Character {
        /// The address.
        text: String,
        /// The character, made visible.
        character: String,
    },
    /// A dot at the start, at the end, or after another dot.
    #[error(
        "{0} has a misplaced dot before the @: a dot cannot be first, last, or next to another dot"
    )]
    Dots(String),
    /// A local part that some program would take for an option.
    #[error("{0} starts with a hyphen, which mail programs may take for an option")]
    Hyphen(String),
    /// A local part that is too long.
    #[error("{text} has {length} characters before the @; the maximum is 64")]
    LongLocalPart {
        /// The address.
        text: String,
        /// The number of characters.
        length: usize,
    },
    /// More than 254 characters.
    #[error("{text} has {length} characters; the maximum is 254")]
    Long {
        /// The address.
        text: String,
        /// The number of characters.
        length: usize,
    },
    /// Nothing after the `@`.
    #[error("{0} is not an e-mail address: there is nothing after the @")]
    NoDomain(String),
    /// An IP address instead of a domain.
    #[error("{0} has an IP address after the @; use the domain name")]
    IpAddress(String),
    /// A domain of one label, such as `localhost`.
    #[error("{0} has no dot after the @: the domain is incomplete")]
    NoDot(String),
    /// A domain with a dot at its end.
    #[error("{0} ends with a dot; remove it")]
    TrailingDot(String),
    /// A character that a domain may not have.
    #[error("{text} has {character} in its domain, where it is not allowed")]
    DomainCharacter {
        /// The address.
        text: String,
        /// The character, made visible.
        character: String,
    },
    /// A label with letters from several scripts, as look-alikes of known domains use.
    #[error("the domain of {0} mixes look-alike letters from different alphabets; type it by hand")]
    MixedScripts(String),
    /// Any other domain that the DNS would reject.
    #[error("{0} has an invalid domain; check its dots, hyphens and length")]
    Domain(String),
}

impl AddressProblem {
    /// The same without what was typed, where that may be a secret in the wrong place.
    #[must_use]
    pub fn unquoted(self) -> Self {
        let it = || "it".to_owned();
        match self {
            Self::Empty | Self::NotAlone { .. } => self,
            Self::Several(_) => Self::Several(it()),
            Self::NoAt(_) => Self::NoAt(it()),
            Self::ManyAts(_) => Self::ManyAts(it()),
            Self::NoLocalPart(_) => Self::NoLocalPart(it()),
            Self::Quoted(_) => Self::Quoted(it()),
            Self::Character { character, .. } => Self::Character {
                text: it(),
                character,
            },
            Self::Dots(_) => Self::Dots(it()),
            Self::Hyphen(_) => Self::Hyphen(it()),
            Self::LongLocalPart { length, .. } => Self::LongLocalPart { text: it(), length },
            Self::Long { length, .. } => Self::Long { text: it(), length },
            Self::NoDomain(_) => Self::NoDomain(it()),
            Self::IpAddress(_) => Self::IpAddress(it()),
            Self::NoDot(_) => Self::NoDot(it()),
            Self::TrailingDot(_) => Self::TrailingDot(it()),
            Self::DomainCharacter { character, .. } => Self::DomainCharacter {
                text: it(),
                character,
            },
            Self::MixedScripts(_) => Self::MixedScripts(it()),
            Self::Domain(_) => Self::Domain(it()),
        }
    }
}

/// An address key as people type it: the domain in its own letters.
pub fn readable(key: &str) -> String {
    match key.rsplit_once('@') {
        Some((local, domain)) => format!("{local}@{}", idna::domain_to_unicode(domain).0),
        None => key.to_owned(),
    }
}

impl Address {
    /// Parses an address as somebody typed it. Surrounding spaces are dropped; nothing else is corrected.
    ///
    /// ```
    /// # use admit::domain::address::Address;
    /// let address = Address::parse("Ada@Bücher.example")?;
    /// assert_eq!(address.as_str(), "Ada@xn--bcher-kva.example");
    /// assert_eq!(address.key(), "ada@xn--bcher-kva.example");
    /// # Ok::<(), admit::domain::address::AddressProblem>(())
    /// ```
    pub fn parse(typed: &str) -> Result<Self, AddressProblem> {
        let typed = typed.trim_matches([' ', '\t', '\r', '\n', '\u{a0}']);
        if typed.is_empty() {
            return Err(AddressProblem::Empty);
        }
        check_alone(typed)?;
        Self::parse_bare(typed)
    }

    fn parse_bare(typed: &str) -> Result<Self, AddressProblem> {
        let Some((local, domain)) = typed.rsplit_once('@') else {
            return Err(AddressProblem::NoAt(excerpt(typed)));
        };
        check_local(local, typed)?;
        let domain = canonical_domain(domain, typed)?;

        let text = format!("{local}@{domain}");
        if text.len() > LONGEST_ADDRESS {
            return Err(AddressProblem::Long {
                text: excerpt(typed),
                length: text.len(),
            });
        }
        // Both halves are ASCII by now and the domain is in lower case.
        let key = text.to_ascii_lowercase();
        Ok(Self { text, key })
    }

    /// An address as the store holds it: both columns came from [`parse`](Self::parse) and are not checked again.
    pub fn from_stored(text: String, key: String) -> Self {
        Self { text, key }
    }

    /// The address that mail is sent to: local part as typed, domain in lower case, in the form the DNS
    /// knows.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The form by which people are found, and the only one.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The part before the `@`, as typed.
    pub fn local(&self) -> &str {
        self.text.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The part after the `@`, as the DNS knows it.
    #[cfg(feature = "testing")]
    pub fn domain(&self) -> &str {
        self.text.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl std::str::FromStr for Address {
    type Err = AddressProblem;

    fn from_str(typed: &str) -> Result<Self, Self::Err> {
        Self::parse(typed)
    }
}

impl PartialEq for Address {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Address {}

impl PartialOrd for Address {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Address {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl Hash for Address {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// Refuses text that contains an address but is more than one: `Ada <ada@example.com>`, `a@x.org, b@x.org`.
fn check_alone(typed: &str) -> Result<(), AddressProblem> {
    let inside = match (typed.rfind('<'), typed.rfind('>')) {
        (Some(open), Some(close)) if open < close => &typed[open + 1..close],
        _ => match typed.get(..7) {
            Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => &typed[7..],
            _ => typed,
        },
    };
    if inside.len() < typed.len()
        && let Ok(address) = Address::parse_bare(inside.trim())
    {
        return Err(AddressProblem::NotAlone {
            alone: address.text,
        });
    }
    let words = typed
        .split([',', ';', ' ', '\t', '\n', '\r'])
        .filter(|word| !word.starts_with('@') && !word.ends_with('@') && word.contains('@'));
    if words.count() > 1 {
        return Err(AddressProblem::Several(excerpt(typed)));
    }
    Ok(())
}

fn check_local(local: &str, typed: &str) -> Result<(), AddressProblem> {
    if local.is_empty() {
        return Err(AddressProblem::NoLocalPart(excerpt(typed)));
    }
    if local.contains('"') {
        return Err(AddressProblem::Quoted(excerpt(typed)));
    }
    if local.contains('@') {
        return Err(AddressProblem::ManyAts(excerpt(typed)));
    }
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    if let Some(c) = local.chars().find(|&c| !allowed(c)) {
        return Err(AddressProblem::Character {
            text: excerpt(typed),
            character: named(c),
        });
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(AddressProblem::Dots(excerpt(typed)));
    }
    if local.starts_with('-') {
        return Err(AddressProblem::Hyphen(excerpt(typed)));
    }
    if local.len() > LONGEST_LOCAL_PART {
        return Err(AddressProblem::LongLocalPart {
            text: excerpt(typed),
            length: local.len(),
        });
    }
    Ok(())
}

/// The domain as the DNS knows it (UTS 46, strict), in lower case.
fn canonical_domain(domain: &str, typed: &str) -> Result<String, AddressProblem> {
    if domain.is_empty() {
        return Err(AddressProblem::NoDomain(excerpt(typed)));
    }
    if domain.starts_with('[') {
        return Err(AddressProblem::IpAddress(excerpt(typed)));
    }
    let forbidden = |c: char| match c {
        '.' | '-' => false,
        _ if c.is_ascii() => !c.is_ascii_alphanumeric(),
        // UTS 46 drops some of these silently; a domain that differs from what it looks like is refused.
        _ => is_hidden(c) || c.is_whitespace(),
    };
    if let Some(c) = domain.chars().find(|&c| forbidden(c)) {
        return Err(AddressProblem::DomainCharacter {
            text: excerpt(typed),
            character: named(c),
        });
    }
    // The full stops of other scripts count as dots in UTS 46.
    if domain.ends_with(['.', '\u{3002}', '\u{ff0e}', '\u{ff61}']) {
        return Err(AddressProblem::TrailingDot(excerpt(typed)));
    }
    let bad = || AddressProblem::Domain(excerpt(typed));
    let ascii = idna::domain_to_ascii_strict(domain).map_err(|_| bad())?;
    let Some((_, last)) = ascii.rsplit_once('.') else {
        return Err(AddressProblem::NoDot(excerpt(typed)));
    };
    // No top-level domain starts with a digit; `127.0.0.1` and `0x7f.1` are addresses of machines.
    if last.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(AddressProblem::IpAddress(excerpt(typed)));
    }
    if ascii.contains("xn--") {
        let (unicode, result) = idna::domain_to_unicode(&ascii);
        let again = idna::domain_to_ascii_strict(&unicode);
        if result.is_err() || again.ok().as_ref() != Some(&ascii) {
            return Err(bad());
        }
        if unicode.split('.').any(mixes_scripts) {
            return Err(AddressProblem::MixedScripts(excerpt(typed)));
        }
    }
    Ok(ascii)
}

/// Whether a label has letters from more than one of the alphabets whose letters look alike.
fn mixes_scripts(label: &str) -> bool {
    let script = |c: char| match c {
        'a'..='z' | '\u{df}'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => 1,
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => 2,
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' | '\u{a640}'..='\u{a69f}' => 4,
        '\u{531}'..='\u{58f}' => 8,
        '\u{13a0}'..='\u{13ff}' | '\u{ab70}'..='\u{abbf}' => 16,
        _ => 0,
    };
    label
        .chars()
        .fold(0_u8, |seen, c| seen | script(c))
        .count_ones()
        > 1
}

#[cfg(test)]
mod tests;
