//! `admit mail list`

use clap::{Args, ValueEnum};
use clap_complete::ArgValueCompleter;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::{About, op_error};
use crate::cli::runner::lookup;
use crate::cli::view::mail::{HEADINGS, MailFields, cells};
use crate::domain::policy::MAIL_IS_LATE;
use crate::ops::Scope;
use crate::store::MailState;

/// List mail, newest first
#[derive(Args, Debug)]
#[command(after_long_help = section(MailFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit mail list", "admit mail list ada@example.com", "admit mail list --state failed"]))]
pub struct ListArgs {
    /// Only mail to this person
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    address: Option<String>,

    /// queued, sent, written, failed or lapsed
    #[arg(long, value_enum, value_name = "STATE", hide_possible_values = true)]
    state: Option<State>,

    /// Maximum number of rows
    #[arg(long, value_name = "NUMBER", default_value_t = 50)]
    limit: u64,
}

/// The state of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum State {
    /// Waiting to be sent, or to be tried again
    Queued,
    /// Delivered to the mail server
    Sent,
    /// Written to a file, because no mail server is configured
    Written,
    /// Failed
    Failed,
    /// Not sent, because its link or code had expired
    Lapsed,
}

/// Lists it.
pub fn run(cx: &mut Context, args: &ListArgs) -> Result<Finish, CliError> {
    let state = args.state.map(|state| match state {
        State::Queued => MailState::Queued,
        State::Sent => MailState::Sent,
        State::Written => MailState::Written,
        State::Failed => MailState::Failed,
        State::Lapsed => MailState::Lapsed,
    });
    let mut store = cx.open_store()?;
    let op = cx.op();
    let typed = args.address.as_deref();
    let about = About::of(typed.unwrap_or_default());
    let address = typed.map(|typed| lookup::person(cx, &mut store, typed, &op));
    let address = address.transpose()?;
    cx.report.keys(MailFields::FIELDS);
    cx.report.headings(HEADINGS);
    cx.report.empty("No matching mail.");
    let times = cx.times();
    let mut left = args.limit;
    let waiting = store.read(|tx| {
        let scope = Scope::load(tx)?;
        let account = match &address {
            Some(address) => Some(
                Scope::known(tx, address)
                    .map_err(|error| op_error(error, about, &op))?
                    .id,
            ),
            None => None,
        };
        if left > 0 {
            tx.each_mail(state, account, |mail| {
                let panel = scope
                    .panel_by_id(mail.panel_id)
                    .map(|panel| panel.name.as_str());
                let row = Row::new(MailFields::of(&mail, panel))
                    .cells(cells(&mail, &times))
                    .plain(mail.address.clone());
                cx.row(row)?;
                left -= 1;
                Ok::<bool, CliError>(left > 0 && !cx.ui.is_closed())
            })?;
        }
        Ok::<_, CliError>(tx.waiting_mail()?)
    })?;
    if let (count, Some(oldest)) = waiting
        && op.now.duration_since(oldest) >= MAIL_IS_LATE
    {
        let wait = match count {
            1 => "1 mail has been waiting,".to_owned(),
            count => format!("{count} mails have been waiting, the oldest"),
        };
        cx.ui.warning(format!("{wait} since {}", times.at(oldest)));
        cx.ui
            .hint(hint!("send it with ", command(&["mail", "send"])));
    }
    Ok(Finish::Done)
}
