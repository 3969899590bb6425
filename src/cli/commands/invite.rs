//! `admit invite`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, RoleMap, Verb};
use crate::cli::runner::term::TermArgs;
use crate::cli::view::rows;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::domain::text;
use crate::mail::LinkUse;
use crate::ops::change::ChangeResult;
use crate::ops::grant::Granted;
use crate::ops::invite::{Invite, invite};
use crate::ops::same_person::doubtful;
use crate::ops::{Op, OpError, Scope};
use crate::store::{Store, Tx};

/// Invite people to a panel
///
/// New people get a mail with a registration link. It is valid for 7 days, works once, and only the newest one works.
/// People who are already registered get access and sign in with the password they have. With --from, all rows are
/// applied or none, unless --keep-going is given; running the same file again leaves people alone who are already
/// invited.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::INVITATION, &[rows::LINE, rows::LINK, rows::TOKEN]))]
#[command(after_help = examples(&["admit invite ada@example.com", "admit invite ada@example.com --role admin --for 90d", "admit invite --from people.csv --dry-run", "admit invite ada@example.com --print-link --no-mail"]))]
pub struct InviteArgs {
    #[command(flatten)]
    people: People,

    /// Name of the person
    #[arg(long, value_name = "NAME", conflicts_with = "from")]
    name: Option<String>,

    /// Role in the panel
    ///
    /// The default is the panel's default role, or the role the person had.
    #[arg(long, value_name = "ROLE", add = ArgValueCompleter::new(crate::cli::base::complete::roles))]
    role: Option<String>,

    #[command(flatten)]
    term: TermArgs,

    /// Language of their mail, such as en or pt-BR
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,

    /// Phone number, such as +442071234567
    #[arg(long, value_name = "NUMBER", conflicts_with = "from")]
    phone: Option<String>,

    /// Also mail people who only get access
    #[arg(long)]
    notify: bool,

    /// Do not send mail
    #[arg(long, conflicts_with = "notify")]
    no_mail: bool,

    /// Print the links, if mail does not arrive
    #[arg(long)]
    print_link: bool,

    /// Mail people again who are already invited
    #[arg(long, requires = "from", conflicts_with = "addresses")]
    resend_pending: bool,

    #[command(flatten)]
    roles: RoleMap,
}

/// Invites them.
pub fn run(cx: &mut Context, args: &InviteArgs) -> Result<Finish, CliError> {
    let panel = cx.panel();
    each::run(cx, &args.people, InviteVerb { args, panel })
}

struct InviteVerb<'a> {
    args: &'a InviteArgs,
    panel: Option<String>,
}

impl Verb for InviteVerb<'_> {
    type Request = Invite;
    type Change = Granted;
    const COLUMNS: &'static [Column] = &Column::INPUT;
    // Somebody new is not there to be found.
    const LOOKS_UP: bool = false;
    const TAKES_ENDS: bool = true;

    fn roles(&self) -> &[String] {
        &self.args.roles.map_role
    }

    fn name(&self) -> &'static str {
        "Invite"
    }

    fn fields(&self) -> &'static [Field] {
        rows::INVITATION
    }

    fn request(&self, address: &Address, row: &input::Row, op: &Op) -> Result<Invite, Refusal> {
        let args = self.args;
        let term = args.term.of_row(row, op)?;
        let one = |field,
                   own: &Option<String>,
                   option: &Option<String>,
                   read: &dyn Fn(&str) -> Result<String, text::TextProblem>| {
            own.as_ref()
                .or(option.as_ref())
                .map(|value| read(value).map_err(|problem| Refusal::Text { field, problem }))
                .transpose()
        };
        Ok(Invite {
            address: address.clone(),
            panel: row.panel_or(self.panel.as_ref()),
            name: one("name", &row.name, &args.name, &|value| {
                text::one_line(value, text::LONGEST_NAME)
            })?,
            phone: one("phone number", &row.phone, &args.phone, &text::phone)?,
            lang: one("language", &row.lang, &args.lang, &text::lang)?,
            role: row.role.clone().or_else(|| args.role.clone()),
            note: one("note", &row.note, &None, &|value| {
                text::lines(value, text::LONGEST_NOTE)
            })?,
            term,
            notify: args.notify,
            mail: !args.no_mail,
            bulk: args.people.from.is_some(),
            resend_pending: args.resend_pending,
        })
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        _: &Address,
        request: &Invite,
    ) -> Result<ChangeResult<Granted>, OpError> {
        invite(tx, scope, op, request)
    }

    /// Whoever was removed gets password and second factor back: is it the same person?
    fn prepare(
        &mut self,
        cx: &mut Context,
        store: &mut Store,
        addresses: &[String],
    ) -> Result<(), CliError> {
        let addresses: Vec<Address> = addresses
            .iter()
            .filter_map(|address| Address::parse(address).ok())
            .collect();
        let (op, name) = (cx.op(), self.args.name.clone());
        let found = store.read(|tx| {
            let scope = Scope::load(tx)?;
            Ok::<_, CliError>(doubtful(tx, &scope, &op, &addresses, name.as_deref())?)
        })?;
        let times = cx.times();
        for doubtful in found {
            let whose = doubtful
                .name
                .map_or_else(String::new, |name| format!(" of {}", text::shown(&name)));
            cx.confirm(&format!(
                "{} was removed; the account{whose} from {} comes back with its password and second factor. Does the \
                 address still belong to that person? Otherwise erase the account first, with remove --erase",
                doubtful.address,
                times.ago(doubtful.since),
            ))?;
        }
        Ok(())
    }

    fn prints_links(&self) -> Option<LinkUse> {
        self.args.print_link.then_some(LinkUse::Register)
    }
}
