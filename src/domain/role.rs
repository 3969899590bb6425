//! Roles: a matrix of sections by read, create, edit, delete, and two separate rights (R1, R2).

/// The sections of a role. A panel may add its own later.
pub const SECTIONS: [&str; 13] = [
    "people",
    "invitations",
    "access",
    "locks",
    "passwords",
    "second-factor",
    "trusted-ips",
    "sessions",
    "panels",
    "roles",
    "mail",
    "audit",
    "store",
];

const READ: &[&str] = &["read"];
const ALL: &[&str] = &["read", "create", "edit", "delete"];

/// A role every store has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BuiltIn {
    /// All rights.
    Owner,
    /// All rights but `support`, `links` and the store.
    Admin,
    /// Reads everything but the store; locks, resends, resets, sessions; removes permanent locks.
    Support,
    /// Reads everything.
    Auditor,
    /// No right in `admit`: somebody who uses the panel.
    Member,
}

impl BuiltIn {
    /// All of them, most powerful first.
    pub const ALL: [Self; 5] = [
        Self::Owner,
        Self::Admin,
        Self::Support,
        Self::Auditor,
        Self::Member,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::Support => "support",
            Self::Auditor => "auditor",
            Self::Member => "member",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Whether it has any right of an operator.
    pub fn has_rights(self) -> bool {
        self.matrix().next().is_some()
    }

    /// The actions it allows in a section, in the order read, create, edit, delete.
    pub fn actions(self, section: &str) -> &'static [&'static str] {
        match (self, section) {
            (Self::Admin | Self::Support, "store") | (Self::Member, _) => &[],
            (Self::Owner | Self::Admin, _) | (Self::Support, "locks" | "sessions") => ALL,
            (Self::Support, "invitations" | "passwords" | "second-factor") => {
                &["read", "create", "edit"]
            }
            (Self::Support | Self::Auditor, _) => READ,
        }
    }

    /// The rights beside the sections: to open permanent locks, and to print links.
    fn rights(self) -> &'static [&'static str] {
        match self {
            Self::Owner => &["support", "links"],
            Self::Support => &["support"],
            Self::Admin | Self::Auditor | Self::Member => &[],
        }
    }

    /// Whether it holds a right that the other lacks.
    pub fn outranks(self, other: Self) -> bool {
        let more =
            |mine: &[&str], theirs: &[&str]| mine.iter().any(|right| !theirs.contains(right));
        more(self.rights(), other.rights())
            || (SECTIONS.iter()).any(|section| more(self.actions(section), other.actions(section)))
    }

    /// The matrix without its empty rows, as the gate sends it to a panel.
    pub fn matrix(self) -> impl Iterator<Item = (&'static str, &'static [&'static str])> {
        SECTIONS
            .into_iter()
            .map(move |section| (section, self.actions(section)))
            .filter(|(_, actions)| !actions.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_roles_are_as_the_manual_says() {
        assert!(
            SECTIONS
                .iter()
                .all(|section| BuiltIn::Owner.actions(section) == ALL)
        );
        assert!(BuiltIn::Admin.actions("store").is_empty());
        assert!(BuiltIn::Support.actions("store").is_empty());
        assert_eq!(BuiltIn::Auditor.actions("audit"), READ);
        assert_eq!(BuiltIn::Member.matrix().count(), 0);
        let above = |role: BuiltIn| BuiltIn::ALL.map(|other| role.outranks(other));
        assert_eq!(above(BuiltIn::Owner), [false, true, true, true, true]);
        assert_eq!(above(BuiltIn::Admin), [false, false, true, true, true]);
        assert_eq!(above(BuiltIn::Support), [false, true, false, true, true]);
        assert_eq!(above(BuiltIn::Auditor), [false, true, true, false, true]);
        assert_eq!(above(BuiltIn::Member), [false; 5]);
        let with_rights = BuiltIn::ALL.map(BuiltIn::has_rights);
        assert_eq!(with_rights, [true, true, true, true, false]);
    }
}
