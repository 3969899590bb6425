//! The columns there are, and a row of them.

/// A column of bulk input or of a results file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// The person's e-mail address.
    Address,
    /// The person's name.
    Name,
    /// The first part of a name, in files that have it in two columns.
    FirstName,
    /// The second part of a name.
    LastName,
    /// A role in the panel.
    Role,
    /// The panel.
    Panel,
    /// How long access lasts.
    For,
    /// When access ends.
    Until,
    /// A telephone number.
    Phone,
    /// A language.
    Lang,
    /// A note.
    Note,
    /// In a results file: the line of the row.
    Line,
    /// Of a results file: what was done.
    Action,
    /// Of a results file: `done`, `unchanged`, `refused` or `failed`.
    Status,
    /// Of a results file: the sentence about it.
    Message,
    /// Of a results file: when the link ends.
    ExpiresAt,
}

impl Column {
    /// All columns that carry something in.
    pub const INPUT: [Self; 9] = [
        Self::Address,
        Self::Name,
        Self::Role,
        Self::Panel,
        Self::For,
        Self::Until,
        Self::Phone,
        Self::Lang,
        Self::Note,
    ];

    /// The parts of a name, which are joined where a row has no whole one.
    pub const PARTS: [Self; 2] = [Self::FirstName, Self::LastName];

    /// What a results file has besides.
    pub const RESULT: [Self; 5] = [
        Self::Line,
        Self::Action,
        Self::Status,
        Self::Message,
        Self::ExpiresAt,
    ];

    /// The column's name in a header.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Address => "address",
            Self::Name => "name",
            Self::FirstName => "first-name",
            Self::LastName => "last-name",
            Self::Role => "role",
            Self::Panel => "panel",
            Self::For => "for",
            Self::Until => "until",
            Self::Phone => "phone",
            Self::Lang => "lang",
            Self::Note => "note",
            Self::Line => "line",
            Self::Action => "action",
            Self::Status => "status",
            Self::Message => "message",
            Self::ExpiresAt => "expires_at",
        }
    }

    /// The column that it is a part of, or itself.
    #[must_use]
    pub fn whole(self) -> Self {
        match self {
            Self::FirstName | Self::LastName => Self::Name,
            whole => whole,
        }
    }

    /// Whether it belongs to a results file and carries nothing in.
    pub fn is_result(self) -> bool {
        Self::RESULT.contains(&self)
    }

    /// The names, for a sentence.
    pub(super) fn list(columns: &[Self]) -> String {
        let names: Vec<_> = columns.iter().map(|column| column.name()).collect();
        names.join(", ")
    }
}

/// One row: the values as text, blanks around them dropped. A value that is empty is none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The line on which it starts, counted from 1.
    pub line: u64,
    /// The address as it stands there; never empty, and of one line.
    pub address: String,
    /// `name`, or its two parts joined.
    pub name: Option<String>,
    /// `first-name`.
    pub first_name: Option<String>,
    /// `last-name`.
    pub last_name: Option<String>,
    /// `role`.
    pub role: Option<String>,
    /// `panel`.
    pub panel: Option<String>,
    /// `for`.
    pub for_: Option<String>,
    /// `until`.
    pub until: Option<String>,
    /// `phone`.
    pub phone: Option<String>,
    /// `lang`.
    pub lang: Option<String>,
    /// `note`.
    pub note: Option<String>,
    /// `action` of the results file that is fed back.
    pub prior_action: Option<String>,
    /// `status` of the results file that is fed back.
    pub prior_status: Option<String>,
    /// `message` of the results file that is fed back.
    pub prior_message: Option<String>,
    /// `expires_at` of the results file that is fed back.
    pub prior_expires_at: Option<String>,
}

impl Row {
    /// Its panel, or else that of the run.
    pub fn panel_or(&self, panel: Option<&String>) -> Option<String> {
        self.panel.as_ref().or(panel).cloned()
    }

    /// A row that has nothing but an address: a person named on the command line.
    pub fn of(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            ..Self::default()
        }
    }

    /// Whether a results file says that nothing is left to do: the row is skipped.
    pub fn settled(&self) -> bool {
        let status = self.prior_status.as_deref().unwrap_or_default();
        status.eq_ignore_ascii_case("done") || status.eq_ignore_ascii_case("unchanged")
    }

    /// What stands in a column, as read. The `line` of an earlier run is not kept.
    pub fn get(&self, column: Column) -> Option<&str> {
        match column {
            Column::Address => Some(&self.address),
            Column::Name => self.name.as_deref(),
            Column::FirstName => self.first_name.as_deref(),
            Column::LastName => self.last_name.as_deref(),
            Column::Role => self.role.as_deref(),
            Column::Panel => self.panel.as_deref(),
            Column::For => self.for_.as_deref(),
            Column::Until => self.until.as_deref(),
            Column::Phone => self.phone.as_deref(),
            Column::Lang => self.lang.as_deref(),
            Column::Note => self.note.as_deref(),
            Column::Line => None,
            Column::Action => self.prior_action.as_deref(),
            Column::Status => self.prior_status.as_deref(),
            Column::Message => self.prior_message.as_deref(),
            Column::ExpiresAt => self.prior_expires_at.as_deref(),
        }
    }

    /// Makes the name of its parts, where there is no whole one.
    pub(super) fn join_name(&mut self) {
        if self.name.is_none() {
            self.name = match (&self.first_name, &self.last_name) {
                (Some(first), Some(last)) => Some(format!("{first} {last}")),
                (Some(one), None) | (None, Some(one)) => Some(one.clone()),
                (None, None) => None,
            };
        }
    }

    pub(super) fn set(&mut self, column: Column, value: String) {
        if value.is_empty() {
            return;
        }
        let slot = match column {
            Column::Address => {
                self.address = value;
                return;
            }
            Column::Line => return,
            Column::Name => &mut self.name,
            Column::FirstName => &mut self.first_name,
            Column::LastName => &mut self.last_name,
            Column::Role => &mut self.role,
            Column::Panel => &mut self.panel,
            Column::For => &mut self.for_,
            Column::Until => &mut self.until,
            Column::Phone => &mut self.phone,
            Column::Lang => &mut self.lang,
            Column::Note => &mut self.note,
            Column::Action => &mut self.prior_action,
            Column::Status => &mut self.prior_status,
            Column::Message => &mut self.prior_message,
            Column::ExpiresAt => &mut self.prior_expires_at,
        };
        *slot = Some(value);
    }
}
