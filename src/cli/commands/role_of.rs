//! `admit role-of`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, RoleMap, Verb};
use crate::cli::runner::told::Told;
use crate::cli::view::change::{Facts, NOTHING, forgotten, role};
use crate::cli::view::rows;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::ops::change::ChangeResult;
use crate::ops::role_of::{RoleChange, role_of};
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// Change people's role in a panel
///
/// Their sessions continue with the new rights, and their trusted IPs end.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::ROLE_OF, &[rows::LINE]))]
#[command(after_help = examples(&["admit role-of ada@example.com --set auditor", "admit role-of --from people.csv --set member"]))]
pub struct RoleOfArgs {
    #[command(flatten)]
    people: People,

    /// New role
    ///
    /// With --from, the rows may name it.
    #[arg(long, value_name = "ROLE", required_unless_present = "from", add = ArgValueCompleter::new(crate::cli::base::complete::roles))]
    set: Option<String>,

    #[command(flatten)]
    roles: RoleMap,
}

/// Changes them.
pub fn run(cx: &mut Context, args: &RoleOfArgs) -> Result<Finish, CliError> {
    let panel = cx.panel();
    let role = args.set.clone();
    let roles = args.roles.map_role.clone();
    each::run(cx, &args.people, RoleVerb { roles, panel, role })
}

struct RoleVerb {
    roles: Vec<String>,
    panel: Option<String>,
    role: Option<String>,
}

impl Verb for RoleVerb {
    type Request = (Option<String>, String);
    type Change = RoleChange;
    const COLUMNS: &'static [Column] = &[Column::Address, Column::Role, Column::Panel];
    const ROLE_OPTION: &'static str = "--set";

    fn roles(&self) -> &[String] {
        &self.roles
    }

    fn name(&self) -> &'static str {
        "Change the role of"
    }

    fn fields(&self) -> &'static [Field] {
        rows::ROLE_OF
    }

    fn request(&self, _: &Address, row: &input::Row, _op: &Op) -> Result<Self::Request, Refusal> {
        let role = row.role.clone().or_else(|| self.role.clone());
        Ok((
            row.panel_or(self.panel.as_ref()),
            role.ok_or(Refusal::NoRole)?,
        ))
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        address: &Address,
        (panel, role): &Self::Request,
    ) -> Result<ChangeResult<RoleChange>, OpError> {
        role_of(tx, scope, op, address, panel.as_deref(), role)
    }
}

impl Told for RoleChange {
    fn action(&self) -> &'static str {
        "role-changed"
    }

    fn sentence(&self, facts: &Facts, _times: &TimeFormat) -> String {
        let (panel, role) = (&facts.panel, role(facts));
        match self {
            Self::Changed { trusted_ips } => {
                let was = facts.before.as_ref();
                format!(
                    "{} → {role} in {panel}{}; open sessions get the new rights at their next check",
                    was.and_then(|was| was.role.as_deref()).unwrap_or("none"),
                    forgotten(*trusted_ips)
                )
            }
            Self::HasRoleAlready => format!("already {role} in {panel}: {NOTHING}"),
        }
    }
}
