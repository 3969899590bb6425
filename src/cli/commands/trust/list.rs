//! `admit trust list`

use std::net::IpAddr;

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::{explain, read_network};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::printed::{command, hint};
use crate::cli::runner::lookup;
use crate::cli::view::trust::{HEADINGS, HEADINGS_OF_ONE, ListedRow};
use crate::domain::trusted_ip::parse_ip;
use crate::ops::Scope;
use crate::store::TrustFilter;

/// List trusted IPs, oldest first
///
/// An entry that a person made ends a fixed time after they entered a code; an operator's entry at its stated end, or
/// that time after it was last used. With -o plain, networks are printed, one per line.
#[derive(Args, Debug)]
#[command(after_long_help = section(ListedRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit trust list", "admit trust list --ip 203.0.113.9", "admit trust list --person ada@example.com --all"]))]
pub struct ListArgs {
    /// Only entries for this person
    #[arg(long, value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    person: Option<String>,

    /// Only entries that contain this IP address
    #[arg(long, value_name = "IP")]
    ip: Option<String>,

    /// Also entries that have expired or do not count
    #[arg(long)]
    all: bool,

    /// Maximum number of rows
    #[arg(long, value_name = "NUMBER")]
    limit: Option<u64>,
}

/// Lists them.
pub fn run(cx: &mut Context, args: &ListArgs) -> Result<Finish, CliError> {
    let ip = args.ip.as_deref().map(|typed| read_ip(cx, typed));
    let ip = ip.transpose()?;
    let panel = cx.panel();
    let mut store = cx.open_store()?;
    let op = cx.op();
    let person = args.person.as_deref();
    let person = person.map(|typed| lookup::person(cx, &mut store, typed, &op));
    let person = person.transpose()?;
    cx.report.keys(ListedRow::FIELDS);
    let times = cx.times();
    let typed = args.person.clone().unwrap_or_default();
    let mut left = args.limit.unwrap_or(u64::MAX);
    let mut some_off = false;
    store.read(|tx| {
        let scope = Scope::load(tx)?;
        let only = panel.as_deref().map(|name| scope.panel(name)).transpose();
        let only = only.map_err(|refusal| explain(refusal.into(), &typed, &op))?;
        let account = person.as_ref().map(|person| Scope::known(tx, person));
        let account = account
            .transpose()
            .map_err(|error| explain(error, &typed, &op))?;
        let filter = TrustFilter {
            panel_id: only.map(|panel| panel.id),
            account_id: account.map(|account| account.id),
            ip,
        };
        let one = scope.panels.len() == 1;
        cx.report
            .headings(if one { HEADINGS_OF_ONE } else { HEADINGS });
        let seen = |id| filter.panel_id.is_none_or(|only| only == id);
        let off = scope
            .panels
            .iter()
            .filter(|panel| seen(panel.id) && panel.policy.trusted_ips.is_none());
        for panel in off {
            some_off = true;
            cx.ui.status(format!(
                "{} trusts no IPs, so no entry is used there",
                panel.name
            ));
        }
        if left > 0 {
            let (ui, report) = (&mut cx.ui, &mut cx.report);
            tx.each_trust(&filter, |listed| {
                if let Some(panel) = scope.panel_by_id(listed.trust.panel_id)
                    && (args.all || listed.trust.is_live(panel.policy.trusted_ips, op.now))
                {
                    report.record(ui, &ListedRow::new(&listed, panel, one, &times))?;
                    left -= 1;
                }
                Ok::<bool, CliError>(left > 0 && !ui.is_closed())
            })?;
        }
        Ok::<_, CliError>(())
    })?;
    let narrowed = args.person.is_some() || args.ip.is_some();
    cx.report.empty(if narrowed {
        "No matching trusted IPs.".into()
    } else if some_off {
        "No trusted IPs.".into()
    } else {
        hint!(
            "No trusted IPs. Trust an office network with ",
            command(&["trust", "add", "203.0.113.0/24"]),
            ", never a home or public one."
        )
    });
    Ok(Finish::Done)
}

fn read_ip(cx: &Context, typed: &str) -> Result<IpAddr, CliError> {
    if let Some(ip) = parse_ip(typed) {
        return Ok(ip);
    }
    let network = read_network(cx, typed)?;
    Err(CliError::usage(format!(
        "--ip must be a single address, and {network} is a network"
    ))
    .hinted(hint!(
        "use an address in it; all trusted IPs are listed by ",
        command(&["trust", "list"])
    )))
}
