//! What a page should ask for next.

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::second_factor::Method;
use crate::domain::when::rfc3339;

use super::body::words;

/// What a page should ask for next.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Next {
    ask: &'static str,
    methods: Vec<&'static str>,
    target: Option<String>,
    expires_at: Option<String>,
    resend_at: Option<String>,
    tries_left: Option<u32>,
}

impl Next {
    pub(super) fn ask(what: &'static str) -> Self {
        Self {
            ask: what,
            methods: Vec::new(),
            target: None,
            expires_at: None,
            resend_at: None,
            tries_left: None,
        }
    }

    pub(super) fn code(methods: &[Method]) -> Self {
        Self {
            methods: words(methods),
            ..Self::ask("code")
        }
    }

    pub(super) fn until(mut self, at: Option<Timestamp>) -> Self {
        self.expires_at = at.map(rfc3339);
        self
    }

    pub(super) fn tries_left(mut self, tries: Option<u32>) -> Self {
        self.tries_left = tries;
        self
    }

    /// A code is on its way; another may be asked for at once, while the limits allow it.
    pub(super) fn sent(mut self, target: String, now: Timestamp) -> Self {
        self.target = Some(target);
        self.resend_at = Some(rfc3339(now));
        self
    }
}

/// An address or a number of which only its owner recognises the rest: `a…@example.com`, `+49…78`.
pub(super) fn masked(target: &str) -> String {
    if let Some((local, domain)) = target.rsplit_once('@') {
        let first = local.chars().next().map(String::from).unwrap_or_default();
        return format!("{first}…@{domain}");
    }
    let all: Vec<char> = target.chars().collect();
    let (start, end) = (all.len().min(3), all.len().saturating_sub(2).max(3));
    let text = |part: Option<&[char]>| part.unwrap_or_default().iter().collect::<String>();
    format!("{}…{}", text(all.get(..start)), text(all.get(end..)))
}
