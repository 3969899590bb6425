//! Whom a command is about: addresses on the command line, or a file of them; and the one way in which every verb
//! goes through them.

use std::path::PathBuf;

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::input::{self, Column};
use super::told::{self, Told};
use crate::cli::base::address::parse_address;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::{Field, Row};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::{About, op_error};
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::domain::text;
use crate::mail::LinkUse;
use crate::ops::change::ChangeResult;
use crate::ops::deliver::Mailer;
use crate::ops::{Op, OpError, Scope};
use crate::store::{MailRow, Store, Tx};

/// More people than this are asked about first.
pub const MANY: u64 = 20;

/// So many of them are named in the question.
pub(in crate::cli) const FIRST: usize = 5;

/// Whom the command is about.
#[derive(Args, Clone, Debug, Default)]
pub struct People {
    /// E-mail addresses
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    pub addresses: Vec<String>,

    /// Read people from a file (- for standard input)
    ///
    /// The file is CSV with a header, JSON Lines, or one address per line. See docs/files.md.
    #[arg(long, value_name = "FILE", conflicts_with = "addresses", value_hint = clap::ValueHint::FilePath)]
    pub from: Option<PathBuf>,

    /// Apply valid rows even if others are invalid
    ///
    /// Without it, all rows are applied or none. Invalid rows are listed.
    // An option that is required and conflicts with what is there counts as given: hence both.
    #[arg(long, requires = "from", conflicts_with = "addresses")]
    pub keep_going: bool,

    /// Write the result of each row to this file
    ///
    /// The rows are written as read, with what became of each. The file can be used with --from again.
    #[arg(long, value_name = "FILE", requires = "from", conflicts_with = "addresses", value_hint = clap::ValueHint::FilePath)]
    pub results: Option<PathBuf>,

    /// Say what a column of the file contains
    ///
    /// For example --map 'Login=address'. Without a field, the column is left out.
    #[arg(
        long,
        value_name = "COLUMN=FIELD",
        requires = "from",
        conflicts_with = "addresses"
    )]
    pub map: Vec<String>,

    /// Ignore columns that are not known
    #[arg(long, requires = "from", conflicts_with = "addresses")]
    pub ignore_columns: bool,
}

/// The mapping of another system's roles.
#[derive(Args, Clone, Debug, Default)]
pub struct RoleMap {
    /// Say which role a word in the file means
    ///
    /// For example --map-role Subscriber=member. Without a role, it means the default role.
    #[arg(
        long,
        value_name = "THEIRS=ROLE",
        requires = "from",
        conflicts_with = "addresses"
    )]
    pub map_role: Vec<String>,
}

/// A row that was read: the person, and the request.
pub(in crate::cli) type Asked<R> = (Address, R);

/// Reads a row, its address first.
pub(in crate::cli) fn read<V: Verb>(
    verb: &V,
    row: &input::Row,
    op: &Op,
) -> Result<Asked<V::Request>, Refusal> {
    let address = parse_address(&row.address)?;
    let request = verb.request(&address, row, op)?;
    Ok((address, request))
}

/// One verb, applied to one person after another.
pub trait Verb {
    /// The request for one person.
    type Request;

    /// What it did to one person.
    type Change: Told;

    /// The columns that it has a use for.
    const COLUMNS: &'static [Column];

    /// The verb, for questions: `Invite`.
    fn name(&self) -> &'static str;

    /// The fields of its rows, in their order.
    fn fields(&self) -> &'static [Field];

    /// Whether a name or a part of an address is looked up, so that the refusal can list who is meant.
    const LOOKS_UP: bool = true;

    /// The option that takes a role.
    const ROLE_OPTION: &'static str = "--role";

    /// Whether [`prepare`](Self::prepare) has to see every address of a file.
    const PREPARES: bool = false;

    /// Whether [`prepare`](Self::prepare) asks for what [`apply`](Self::apply) needs.
    const ASKS: bool = false;

    /// Whether a list that is fed back says until when access is to last.
    const TAKES_ENDS: bool = false;

    /// The mapping of a file's roles: `THEIRS=ROLE`.
    fn roles(&self) -> &[String] {
        &[]
    }

    /// Reads one row; what the row leaves open comes from the options.
    fn request(
        &self,
        address: &Address,
        row: &input::Row,
        op: &Op,
    ) -> Result<Self::Request, Refusal>;

    /// Does it.
    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        address: &Address,
        request: &Self::Request,
    ) -> Result<ChangeResult<Self::Change>, OpError>;

    /// Some changes cannot be undone and are always confirmed: this is added to the question.
    fn always_asks(&self) -> Option<&'static str> {
        None
    }

    /// Whether links are printed, and what they are for.
    fn prints_links(&self) -> Option<LinkUse> {
        None
    }

    /// Asks what has to be asked before anything is done, and may then be settled differently.
    fn prepare(
        &mut self,
        _cx: &mut Context,
        _store: &mut Store,
        _addresses: &[String],
    ) -> Result<(), CliError> {
        Ok(())
    }
}

/// A failure, with the commands to run next.
pub(in crate::cli) fn explain(cx: &Context, error: OpError, address: &str, op: &Op) -> CliError {
    let which = match &error {
        OpError::Refused(refusal) => match refusal.as_ref() {
            Refusal::WhichPanel { known } => known.first().cloned(),
            _ => None,
        },
        _ => None,
    };
    let error = op_error(error, About::of(address), op);
    match (which, error.hint.clone()) {
        (Some(first), Some(hint)) => {
            let again = cx.again_with(&["--panel", &first]);
            error.hinted(hint!(hint, ", as in ", again))
        }
        _ => error,
    }
}

/// What the rows of a run have in common.
pub(in crate::cli) struct RowRenderer<'a> {
    pub(in crate::cli) mailer: &'a Mailer,
    /// Whether links are printed, and what they are for.
    pub(in crate::cli) prints: Option<LinkUse>,
    /// There are several panels: a command must say which.
    pub(in crate::cli) several: bool,
}

impl<'a> RowRenderer<'a> {
    pub(in crate::cli) fn new(
        tx: &Tx<'_>,
        mailer: &'a Mailer,
        prints: Option<LinkUse>,
    ) -> Result<Self, CliError> {
        Ok(Self {
            mailer,
            prints,
            several: tx.panels()?.len() > 1,
        })
    }

    /// The row of an outcome, and what became of its mails.
    pub(in crate::cli) fn row<C: Told>(
        &self,
        cx: &Context,
        tx: &Tx<'_>,
        outcome: &ChangeResult<C>,
    ) -> Result<(Row, [Option<MailRow>; 2]), CliError> {
        let find = |id: Option<i64>| id.map_or(Ok(None), |id| tx.mail(id));
        let (mail, notice) = (find(outcome.mail_id)?, find(outcome.notice_id)?);
        let aftermath = told::Aftermath {
            mail: mail.clone(),
            link: printed_link(tx, self.mailer, self.prints, outcome)?,
        };
        // Values from settings still apply when the command is pasted.
        let named = cx.panel().as_ref() == Some(&outcome.panel);
        let about = About {
            address: &outcome.target,
            panel: Some(outcome.panel.as_str()).filter(|_| self.several && !named),
        };
        let times = cx.times();
        let row = told::row(outcome, &aftermath, cx.dry_run(), &times, &|words| {
            about.command(words)
        });
        Ok((row, [mail, notice]))
    }
}

fn printed_link<C>(
    tx: &Tx<'_>,
    mailer: &Mailer,
    prints: Option<LinkUse>,
    outcome: &ChangeResult<C>,
) -> Result<Option<(crate::mail::LinkText, String)>, CliError> {
    let (Some(purpose), Some(id)) = (prints, outcome.link_id) else {
        return Ok(None);
    };
    let Some(link) = tx.link_by_id(id)? else {
        return Ok(None);
    };
    let scope = Scope::load(tx)?;
    let Some((token, panel)) = tx.token_of(&link).zip(scope.panel_by_id(link.panel_id)) else {
        return Ok(None);
    };
    let text = mailer.wording.link_text(panel, purpose, token.as_str());
    Ok(Some((text, token.as_str().to_owned())))
}

/// Says so where mail was queued and no server is configured (M4), and what of it erasing does not reach.
pub(in crate::cli) fn say_that_no_mail_leaves(
    cx: &mut Context,
    mailer: &Mailer,
    mailed: bool,
    erased: bool,
) {
    if mailer.transport.leaves() || cx.dry_run() {
        return;
    }
    let folder = cx.config.mail.folder.value.clone();
    let shown = folder.display();
    if mailed {
        cx.ui.status(format!(
            "No mail server is configured (mail.server), so the mail has not left this machine: it is in {shown}"
        ));
        cx.ui.hint(hint!(
            "set mail.server in the settings (",
            command(&["config", "init"]),
            " writes a file for them), or print the link with --print-link"
        ));
    }
    let holds_some = || std::fs::read_dir(&folder).is_ok_and(|mut files| files.next().is_some());
    if erased && holds_some() {
        cx.ui.warning(format!(
            "mail files in {shown} are not deleted and contain names and addresses; delete theirs yourself"
        ));
    }
}

/// Asks before many people are touched, or anybody in a way that cannot be undone.
pub(in crate::cli) fn ask_first<'a>(
    cx: &mut Context,
    verb: &impl Verb,
    total: u64,
    first: impl Iterator<Item = &'a str>,
) -> Result<(), CliError> {
    let gravity = verb.always_asks();
    if total == 0 || (total <= MANY && gravity.is_none()) {
        return Ok(());
    }
    let first: Vec<String> = first
        .take(FIRST)
        .map(|address| text::shown(address).into_owned())
        .collect();
    let shown = u64::try_from(first.len()).unwrap_or(0);
    let named = first.join(", ");
    let whom = match total - shown {
        0 if total == 1 => named,
        0 => format!("{total} people ({named})"),
        more => format!("{total} people ({named} and {more} more)"),
    };
    let gravity = gravity.map(|text| format!(" {text}")).unwrap_or_default();
    cx.confirm(&format!("{} {whom}?{gravity}", verb.name()))
}

/// Warns of what an erasure could not do.
pub(in crate::cli) fn tell_of_leftovers(cx: &mut Context, store: &mut Store) {
    let Some(leftovers) = store.take_leftovers() else {
        return;
    };
    if leftovers.log {
        cx.ui.warning(
            "other programs were using the store, so its log still contains the erased data",
        );
        cx.ui
            .hint("it is removed when the last program closes the store, or with the next erasure");
    }
    if let Some(unlisted) = leftovers.unlisted {
        let path = unlisted.path.display();
        cx.ui.warning(format!(
            "could not add the erased people to {path} ({}); restoring an older copy of the store would bring them back",
            crate::cli::base::error::in_words(&unlisted.why)
        ));
        cx.ui.warning(format!(
            "add these lines to that file: {}",
            unlisted.lines.join(", ")
        ));
    }
}
