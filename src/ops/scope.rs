//! What an operation needs besides the person: the panels and the store's policy, read once.

use jiff::Timestamp;

use crate::domain::access::{Access, Term};
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::admission::Facts;
use crate::domain::panel::{MAIN, Panel};
use crate::domain::policy::{Limits, SecondFactor, Sessions};
use crate::domain::refusal::Refusal;
use crate::domain::remedy::invite_options;
use crate::domain::role::BuiltIn;
use crate::domain::second_factor::{FactorFacts, Methods, takes_mailed_codes};
use crate::domain::store_policy::StorePolicy;
use crate::domain::text;
use crate::store::{Fault, Person, Tx};
use crate::vault::HashCost;

use super::{Op, OpError};

/// The panels and policies of one transaction.
#[derive(Clone, Debug)]
pub struct Scope {
    /// Every panel, in order of creation.
    pub panels: Vec<Panel>,
    /// The store's settings.
    pub policy: StorePolicy,
}

/// A person affected by a change of the whole account, and the panel whose name and settings the answer uses.
pub(super) struct AccountScope<'a> {
    pub(super) account: Account,
    /// All of the person's accesses, removed or not.
    pub(super) accesses: Vec<Access>,
    pub(super) panel: &'a Panel,
    /// The person's access to that panel.
    pub(super) access: Option<Access>,
}

/// What was requested by somebody who changes access that does not exist.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted<'a> {
    pub(super) role: Option<&'a str>,
    pub(super) term: Option<Term>,
}

/// The rules for a new password, and the cost of its hash.
#[derive(Clone, Debug)]
pub(super) struct PasswordRules {
    /// The minimum length in code points.
    pub(super) least: i64,
    /// The names of the person's panels, which it must not be.
    pub(super) panels: Vec<String>,
    /// The cost of hashing it.
    pub(super) cost: HashCost,
}

impl Scope {
    /// Reads them.
    pub fn load(tx: &Tx<'_>) -> Result<Self, Fault> {
        Ok(Self {
            panels: tx.panels()?,
            policy: tx.store_policy()?,
        })
    }

    /// The panel of this name.
    ///
    /// # Errors
    /// [`Refusal::UnknownPanel`].
    pub fn panel(&self, name: &str) -> Result<&Panel, Refusal> {
        self.panels
            .iter()
            .find(|panel| panel.name == name)
            .ok_or_else(|| Refusal::UnknownPanel {
                name: name.to_owned(),
                nearest: text::nearest(name, self.panels.iter().map(|panel| panel.name.as_str()))
                    .map(str::to_owned),
                known: self.panels.iter().map(|panel| panel.name.clone()).collect(),
            })
    }

    /// The panel that a change is about: the one named, or the only one.
    ///
    /// # Errors
    /// [`Refusal::UnknownPanel`], or [`Refusal::WhichPanel`] if there are several and none was
    /// named.
    pub fn panel_to_change(&self, name: Option<&str>) -> Result<&Panel, Refusal> {
        match (name, self.panels.as_slice()) {
            (Some(name), _) => self.panel(name),
            (None, [only]) => Ok(only),
            (None, []) => self.panel(MAIN),
            (None, several) => Err(Refusal::WhichPanel {
                known: several.iter().map(|panel| panel.name.clone()).collect(),
            }),
        }
    }

    /// The panel whose name and settings are used for something that affects the account as a whole: the one
    /// that was named, the only one, or the person's first, before those that they were removed from.
    ///
    /// # Errors
    /// [`Refusal::UnknownPanel`].
    fn panel_to_speak_for(
        &self,
        name: Option<&str>,
        accesses: &[Access],
    ) -> Result<&Panel, Refusal> {
        match self.panel_to_change(name) {
            Err(Refusal::WhichPanel { known }) => accesses
                .iter()
                .find(|access| access.removed_at.is_none())
                .or(accesses.first())
                .and_then(|access| self.panel_by_id(access.panel_id))
                .or(self.panels.first())
                .ok_or(Refusal::WhichPanel { known }),
            found => found,
        }
    }

    /// The person with an address that must exist, for a change of the account as a whole.
    ///
    /// # Errors
    /// [`Refusal::UnknownAddress`], [`Refusal::UnknownPanel`].
    pub(super) fn concerned(
        &self,
        tx: &Tx<'_>,
        address: &Address,
        panel: Option<&str>,
    ) -> Result<AccountScope<'_>, OpError> {
        let account = Self::known(tx, address)?;
        let accesses = tx.accesses(account.id)?;
        let panel = self.panel_to_speak_for(panel, &accesses)?;
        let access = accesses
            .iter()
            .find(|access| access.panel_id == panel.id)
            .cloned();
        Ok(AccountScope {
            account,
            accesses,
            panel,
            access,
        })
    }

    /// The panel with this id. There always is one, because access refers to it.
    pub fn panel_by_id(&self, id: i64) -> Option<&Panel> {
        self.panels.iter().find(|panel| panel.id == id)
    }

    /// The limits on an account, given its accesses (W1).
    pub fn limits(&self, accesses: &[Access]) -> Limits {
        Limits::strictest(
            accesses
                .iter()
                .filter(|access| access.removed_at.is_none())
                .filter_map(|access| self.panel_by_id(access.panel_id))
                .map(|panel| &panel.policy),
        )
    }

    /// The cost of a hash in this store (P1).
    pub fn hash_cost(&self) -> Result<HashCost, OpError> {
        let (memory, passes, lanes) = self.policy.argon2;
        Ok(HashCost::checked(memory, passes, lanes)?)
    }

    /// The rules for a new password of somebody with these accesses (P2).
    pub(super) fn password_rules(&self, accesses: &[Access]) -> Result<PasswordRules, OpError> {
        Ok(PasswordRules {
            least: self.limits(accesses).password_length,
            panels: accesses
                .iter()
                .filter_map(|access| self.panel_by_id(access.panel_id))
                .map(|panel| panel.name.clone())
                .collect(),
            cost: self.hash_cost()?,
        })
    }

    /// The person's access to a panel, running or expired. `wanted` is what was requested, so that a refusal
    /// can name the command that gives it.
    ///
    /// # Errors
    /// [`Refusal::NoAccess`], or [`Refusal::AccessRemoved`].
    pub(super) fn given_access(
        tx: &Tx<'_>,
        op: &Op,
        account: &Account,
        panel: &Panel,
        wanted: Wanted<'_>,
    ) -> Result<Access, OpError> {
        let found = tx.access(account.id, panel.id)?;
        let with = |access: Option<&Access>| {
            let Wanted { role, term } = wanted;
            invite_options(panel, access, role, term, op.now, &op.zone)
        };
        match found {
            None => Err(Refusal::NoAccess { with: with(None) }.into()),
            Some(access) => match access.removed_at {
                Some(at) => {
                    let with = with(Some(&access));
                    Err(Refusal::AccessRemoved { at, with }.into())
                }
                None => Ok(access),
            },
        }
    }

    /// Checks the name of a role.
    ///
    /// # Errors
    /// [`Refusal::UnknownRole`].
    pub fn role(name: &str) -> Result<(), Refusal> {
        if BuiltIn::parse(name).is_some() {
            return Ok(());
        }
        let known = BuiltIn::ALL.map(BuiltIn::as_str);
        Err(Refusal::UnknownRole {
            name: name.to_owned(),
            nearest: text::nearest(name, known.into_iter()).map(str::to_owned),
            known: known.map(str::to_owned).to_vec(),
        })
    }

    /// The account with an address that must exist.
    ///
    /// # Errors
    /// [`Refusal::UnknownAddress`] with the nearest address, and people who are about to get it or
    /// had it.
    pub fn known(tx: &Tx<'_>, address: &Address) -> Result<Account, OpError> {
        match tx.account(address)? {
            Some(account) => Ok(account),
            None => Err(Refusal::UnknownAddress {
                address: address.as_str().to_owned(),
                nearest: nearest(tx, address)?,
                claims: tx.address_claims(address)?,
            }
            .into()),
        }
    }

    /// What the rules need to know about a person's second factor in a panel. People with operator rights may
    /// use the methods that the store allows for operators (T4).
    fn factor_facts(
        &self,
        tx: &Tx<'_>,
        panel: &Panel,
        account: &Account,
        access: Option<&Access>,
        app: Option<(Timestamp, i64)>,
        op: &Op,
    ) -> Result<FactorFacts, Fault> {
        let mut facts = FactorFacts {
            app_set_at: app.map(|(set_at, _)| set_at),
            backup_codes_left: app.map_or(0, |(_, left)| left),
            mail_barred: account.mail_barred_at.is_some(),
            identified: account.mail_barred_at.is_some() && account.factor_reset_at.is_some(),
            has_phone: account.phone.is_some(),
            allowed: self.allowed(access),
            ..FactorFacts::default()
        };
        // Only people without an app could get in with one that they set up in another panel.
        let sends = self.panels.iter().any(|panel| {
            let policy = &panel.policy;
            policy.second_factor == SecondFactor::Required
                && (policy.methods.mail || policy.methods.sms)
        });
        if app.is_none() && sends {
            for access in tx.accesses(account.id)? {
                self.add_other_panel(&mut facts, panel, &access, op);
            }
        }
        Ok(facts)
    }

    /// Adds what another panel of the person requires of their second factor.
    fn add_other_panel(&self, facts: &mut FactorFacts, panel: &Panel, access: &Access, op: &Op) {
        let Some(other) = self.panel_by_id(access.panel_id) else {
            return;
        };
        if access.removed_at.is_some() || other.policy.second_factor != SecondFactor::Required {
            return;
        }
        let there = FactorFacts {
            allowed: self.allowed(Some(access)),
            ..*facts
        };
        facts.relies_on_mail |= takes_mailed_codes(&other.policy, there.allowed);
        facts.codes_elsewhere |= other.id != panel.id
            && access.is_running(op.now)
            && other.policy.methods.app
            && there.allowed.app
            && !there.open_methods(&other.policy).is_empty();
    }

    /// The methods that somebody may use in a panel, by their role there.
    fn allowed(&self, access: Option<&Access>) -> Methods {
        let is_operator = access
            .and_then(|access| BuiltIn::parse(&access.role))
            .is_some_and(BuiltIn::has_rights);
        if is_operator {
            self.policy.codes_for_operators
        } else {
            FactorFacts::default().allowed
        }
    }

    /// The same for a row of a list, which includes its facts.
    pub fn facts_of<'a>(
        &'a self,
        tx: &Tx<'_>,
        panel: &'a Panel,
        person: &'a Person,
        op: &Op,
    ) -> Result<Facts<'a>, Fault> {
        Ok(Facts {
            panel,
            account: Some(&person.account),
            access: Some(&person.access),
            factor: self.factor_of(tx, panel, person, op)?,
            signed_in_since: signed_in_since(tx, panel, person.account.id, op)?,
        })
    }

    /// The second factor of a person in a list.
    pub fn factor_of(
        &self,
        tx: &Tx<'_>,
        panel: &Panel,
        person: &Person,
        op: &Op,
    ) -> Result<FactorFacts, Fault> {
        let (account, access) = (&person.account, Some(&person.access));
        self.factor_facts(tx, panel, account, access, person.second_factor, op)
    }

    /// Everything that the decision about a sign-in depends on.
    pub fn facts<'a>(
        &'a self,
        tx: &Tx<'_>,
        panel: &'a Panel,
        account: Option<&'a Account>,
        access: Option<&'a Access>,
        op: &Op,
    ) -> Result<Facts<'a>, Fault> {
        let (factor, signed_in_since) = match account {
            Some(account) => {
                let app = tx
                    .factor_brief(account.id)?
                    .map(|brief| (brief.set_at, brief.backup_codes_left));
                (
                    self.factor_facts(tx, panel, account, access, app, op)?,
                    signed_in_since(tx, panel, account.id, op)?,
                )
            }
            None => (FactorFacts::default(), None),
        };
        Ok(Facts {
            panel,
            account,
            access,
            factor,
            signed_in_since,
        })
    }
}

/// Since when the person has been signed in, if it matters to the panel (S1).
fn signed_in_since(
    tx: &Tx<'_>,
    panel: &Panel,
    account_id: i64,
    op: &Op,
) -> Result<Option<Timestamp>, Fault> {
    match panel.policy.sessions {
        Sessions::OneRefuse => {
            tx.signed_in_since(account_id, panel.id, panel.policy.session_idle, op.now)
        }
        Sessions::Many | Sessions::OneReplace => Ok(None),
    }
}

/// The existing address that is most similar to an unknown one.
pub(super) fn nearest(tx: &Tx<'_>, address: &Address) -> Result<Option<String>, Fault> {
    let near = tx.addresses_near(address.key())?;
    Ok(text::nearest(address.key(), near.iter().map(String::as_str)).map(str::to_owned))
}
