//! What an invitation requested and did not change, so that nobody believes it was done (I9).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::access::Access;
use crate::domain::account::Account;

use super::invite::Invite;

/// What was requested and is not so. `None`: not requested, or already so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmet {
    /// Another role.
    pub role: Option<String>,
    /// Another end of access.
    pub until: Option<Timestamp>,
    /// Another name.
    pub name: Option<String>,
    /// Another phone number.
    pub phone: Option<String>,
    /// Another language.
    pub lang: Option<String>,
    /// A mail about access that is not given.
    pub notify: bool,
}

impl Unmet {
    /// What was requested where neither the person nor their access changes.
    pub(super) fn in_all(
        request: &Invite,
        until: Option<Timestamp>,
        account: &Account,
        access: &Access,
    ) -> Option<Box<Self>> {
        let person = Self::of_person(request, account);
        Self {
            role: request.role.clone().filter(|role| *role != access.role),
            until: until.filter(|until| access.until != Some(*until)),
            notify: request.notify && request.mail,
            ..person
        }
        .if_any()
    }

    /// What was requested where access is given and the person does not change.
    pub(super) fn about_person(request: &Invite, account: &Account) -> Option<Box<Self>> {
        Self::of_person(request, account).if_any()
    }

    fn of_person(request: &Invite, account: &Account) -> Self {
        let other =
            |wanted: &Option<String>, is: &Option<String>| wanted.clone().filter(|_| wanted != is);
        Self {
            name: other(&request.name, &account.name),
            phone: other(&request.phone, &account.phone),
            lang: other(&request.lang, &account.lang),
            ..Self::default()
        }
    }

    fn if_any(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}
