//! One file per verb: its arguments, whose doc comments are the help, and `run`.

pub mod audit;
mod by_address;
pub mod completions;
pub mod config;
pub mod edit;
pub mod extend;
pub mod gate;
mod granted;
pub mod housekeep;
pub mod invite;
pub mod list;
pub mod lock;
pub mod mail;
pub mod man;
pub mod panel;
pub mod remove;
pub mod resend;
pub mod reset;
pub mod revoke;
pub mod role_of;
pub mod self_;
mod setting;
pub mod show;
pub mod status;
pub mod store;
pub mod trust;
pub mod unlock;
pub mod why;

use clap::Subcommand;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;

macro_rules! commands {
    ($($order:literal $(#[$attribute:meta])* $name:ident($room:ident :: $args:ident),)*) => {
        /// What to do.
        #[derive(Debug, Subcommand)]
        #[cfg_attr(feature = "testing", expect(missing_docs, reason = "the help is the doc comment of the arguments"))]
        pub enum Command {
            $(#[command(display_order = $order)] $(#[$attribute])* $name($room::$args),)*
        }

        impl Command {
            /// Runs it.
            pub(super) fn run(&self, cx: &mut Context) -> Result<Finish, CliError> {
                match self {
                    $(Self::$name(args) => $room::run(cx, args),)*
                }
            }
        }
    };
}

commands! {
    // Daily verbs.
    10 #[command(alias = "grant")] Invite(invite::InviteArgs),
    11 #[command(alias = "reinvite")] Resend(resend::ResendArgs),
    12 Revoke(revoke::RevokeArgs),
    19 Status(status::StatusArgs),
    20 #[command(aliases = ["ls", "users", "search", "find"])] List(list::ListArgs),
    21 #[command(aliases = ["info", "get", "describe"])] Show(show::ShowArgs),
    22 Why(why::WhyArgs),
    30 Unlock(unlock::UnlockArgs),
    31 Lock(lock::LockArgs),
    32 Extend(extend::ExtendArgs),
    33 Remove(remove::RemoveArgs),
    34 #[command(name = "role-of")] RoleOf(role_of::RoleOfArgs),
    35 Edit(edit::EditArgs),
    36 Reset(reset::ResetArgs),
    // Nouns.
    45 Trust(trust::TrustArgs),
    48 Panel(panel::PanelArgs),
    50 Mail(mail::MailArgs),
    51 Audit(audit::AuditArgs),
    52 Store(store::StoreArgs),
    53 Config(config::ConfigArgs),
    54 Gate(gate::GateArgs),
    55 Housekeep(housekeep::HousekeepArgs),
    60 #[command(name = "self")] Self_(self_::SelfArgs),
    900 Completions(completions::CompletionsArgs),
    901 Man(man::ManArgs),
}

impl Command {
    /// What is asked of the gate, if the command is meant for it.
    pub(super) fn gate(&self) -> Option<&gate::GateArgs> {
        match self {
            Self::Gate(args) => Some(args),
            _ => None,
        }
    }

    /// Whether the command runs although the settings are broken; it finds the fault in
    /// [`Context::config_fault`].
    pub(super) fn bears_broken_settings(&self) -> bool {
        match self {
            Self::Completions(_) | Self::Man(_) => true,
            Self::Config(args) => args.bears_broken_settings(),
            _ => false,
        }
    }
}
