//! `admit edit`

use clap::Args;
use clap_complete::ArgValueCompleter;

use serde_json::{Value, json};

use crate::cli::base::address::parse_address;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, Verb};
use crate::cli::runner::told::Told;
use crate::cli::view::change::{Facts, NOTHING, count, link_end};
use crate::cli::view::rows;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::domain::text::{self, TextProblem};
use crate::ops::change;
use crate::ops::change::ChangeResult;
use crate::ops::edit::{AddressStep, Edit, Edited, edit};
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// Edit a person's details
///
/// Name, phone and language change at once; an empty value clears one. A new phone number invalidates codes sent to
/// the old one, and registered people are told by mail. A new address gets a link that works once, for 24 hours, and
/// the old address a notice; nothing changes until the link is followed. Then sessions and open links end, and
/// notices go to both addresses for 7 days. For people who have not registered, the address changes at once and a new
/// invitation is sent.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::EDIT, &[]))]
#[command(after_help = examples(&["admit edit ada@example.com --name \"Ada Lovelace\"", "admit edit ada@example.com --phone +442071234567 --lang de", "admit edit ada@example.com --address ada@example.org"]))]
pub struct EditArgs {
    /// E-mail address
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    person: String,

    /// Name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Phone number, such as +442071234567
    ///
    /// Without a value, it is asked for.
    #[arg(long, value_name = "NUMBER", num_args = 0..=1)]
    phone: Option<Option<String>>,

    /// Language of their mail, such as en or pt-BR
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,

    /// New e-mail address
    ///
    /// Without a value, it is asked for.
    #[arg(
        long = "address",
        value_name = "NEW",
        num_args = 0..=1,
        conflicts_with = "cancel_address"
    )]
    new_address: Option<Option<String>>,

    /// Cancel a change of address that is not confirmed
    #[arg(long)]
    cancel_address: bool,
}

/// Changes them.
pub fn run(cx: &mut Context, args: &EditArgs) -> Result<Finish, CliError> {
    let given = args.name.is_some()
        || args.phone.is_some()
        || args.lang.is_some()
        || args.new_address.is_some();
    if !given && !args.cancel_address {
        return Err(
            CliError::usage("nothing to change: no option given").hinted(hint!(
                "name it, as in ",
                command(&["edit", &args.person, "--name", "Ada Lovelace"]),
                "; there are --name, --phone, --lang, --address and --cancel-address"
            )),
        );
    }
    let people = People {
        addresses: vec![args.person.clone()],
        ..People::default()
    };
    let panel = cx.panel();
    let phone = asked(cx, args.phone.as_ref(), "Phone number", "--phone")?;
    let new_address = asked(cx, args.new_address.as_ref(), "New address", "--address")?;
    let verb = EditVerb {
        args,
        panel,
        phone,
        new_address,
    };
    each::run(cx, &people, verb)
}

/// A value that was typed, or that is asked for if its option has none.
fn asked(
    cx: &mut Context,
    value: Option<&Option<String>>,
    question: &str,
    option: &str,
) -> Result<Option<String>, CliError> {
    match value {
        None => Ok(None),
        Some(Some(value)) => Ok(Some(value.clone())),
        Some(None) => cx.ask_line(question, option).map(Some),
    }
}

struct EditVerb<'a> {
    args: &'a EditArgs,
    panel: Option<String>,
    phone: Option<String>,
    new_address: Option<String>,
}

impl Verb for EditVerb<'_> {
    type Request = Edit;
    type Change = Edited;
    const COLUMNS: &'static [Column] = &[Column::Address];

    fn name(&self) -> &'static str {
        "Edit"
    }

    fn fields(&self) -> &'static [Field] {
        rows::EDIT
    }

    fn request(&self, _: &Address, _row: &input::Row, _op: &Op) -> Result<Self::Request, Refusal> {
        let args = self.args;
        Ok(Edit {
            panel: self.panel.clone(),
            name: read("name", args.name.as_deref(), &|value| {
                text::one_line(value, text::LONGEST_NAME)
            })?,
            phone: read("phone number", self.phone.as_deref(), &text::phone)?,
            lang: read("language", args.lang.as_deref(), &text::lang)?,
            address: self.new_address.as_deref().map(parse_address).transpose()?,
            cancel_address: args.cancel_address,
        })
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        address: &Address,
        request: &Edit,
    ) -> Result<ChangeResult<Edited>, OpError> {
        edit(tx, scope, op, address, request)
    }
}

/// A value as typed: a missing one keeps the current value, an empty one clears it.
fn read(
    field: &'static str,
    typed: Option<&str>,
    parse: &dyn Fn(&str) -> Result<String, TextProblem>,
) -> Result<Option<Option<String>>, Refusal> {
    match typed {
        None => Ok(None),
        Some("") => Ok(Some(None)),
        Some(typed) => parse(typed)
            .map(|value| Some(Some(value)))
            .map_err(|problem| Refusal::Text { field, problem }),
    }
}

impl Told for Edited {
    fn action(&self) -> &'static str {
        "edited"
    }

    fn sentence(&self, facts: &Facts, times: &TimeFormat) -> String {
        if facts.status == change::Status::Unchanged {
            return format!("already so: {NOTHING}");
        }
        let mut parts = Vec::new();
        let words = ["name", "phone", "language"];
        for ((word, was), is) in (words.iter()).zip(self.was.fields()).zip(self.is.fields()) {
            if was != is {
                let told = |value: Option<&str>| value.unwrap_or("none").to_owned();
                parts.push(format!("{word} {} → {}", told(was.1), told(is.1)));
            }
        }
        if self.changed.iter().any(|word| word == "phone")
            && facts.mail_id.is_some()
            && !matches!(self.address, AddressStep::Moved { .. })
        {
            parts.push("a notice about the phone number is mailed".to_owned());
        }
        parts.extend(address_step(&self.address, facts, times));
        parts.join("; ")
    }

    fn person(&self) -> Option<(Value, Value)> {
        Some((json!(self.was), json!(self.is)))
    }

    fn fields(&self, facts: &Facts) -> Vec<(Field, Value)> {
        let new_address = match &self.address {
            AddressStep::Kept | AddressStep::Cancelled { .. } => None,
            AddressStep::Requested { to } => Some(to.clone()),
            AddressStep::Moved { .. } => Some(facts.target.clone()),
        };
        let mut fields = vec![(rows::CHANGED, json!(self.changed))];
        if facts.status == change::Status::Done {
            fields.push((rows::NEW_ADDRESS, json!(new_address)));
        }
        fields.extend(link_end(rows::LINK_EXPIRES_AT, facts));
        fields
    }
}

/// What became of the address, in a clause.
fn address_step(step: &AddressStep, facts: &Facts, times: &TimeFormat) -> Option<String> {
    Some(match step {
        AddressStep::Kept => return None,
        AddressStep::Requested { to } => {
            let until = facts
                .link_expires_at
                .map(|end| times.at(end))
                .unwrap_or_default();
            format!(
                "a link to confirm {to} was mailed there, valid until {until}; until then nothing changes; the old address is notified"
            )
        }
        AddressStep::Moved { from, invitations } => {
            let sent = match invitations {
                0 => "no running access, so no invitation was sent".to_owned(),
                some => format!(
                    "{}; links sent to the old address no longer work",
                    count(*some, "new invitation", "new invitations")
                ),
            };
            format!(
                "address {from} → {}, at once, since they never registered; {sent}",
                facts.target
            )
        }
        AddressStep::Cancelled { to } => {
            format!("the change to {to} is cancelled; its link no longer works")
        }
    })
}
