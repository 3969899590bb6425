//! What `admit store restore` will do with a copy.

use std::collections::BTreeSet;

use super::RestoreArgs;
use super::told::{lost_entries, to_be_ended};
use crate::cli::base::beside_key::{erased_from, latest_epoch};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::reason::read_reason;
use crate::domain::account::AccountRef;
use crate::ops::reconcile::{Accepted, Reconciled, accept, reconcile};
use crate::ops::{Op, OpError};
use crate::store::{Lost, Tx};

/// How the copy becomes usable.
enum Way {
    /// Not by this command, if it is an older one.
    None,
    Reconcile,
    /// For this reason.
    Accept(String),
}

/// What to do with a copy, decided before anything is asked.
pub(super) struct Plan {
    way: Way,
    erased: BTreeSet<AccountRef>,
    /// The latest known generation ("epoch").
    epoch: i64,
    pub(super) lost: Option<Lost>,
}

/// What was done with it.
#[derive(Clone, Copy)]
pub(super) enum Applied {
    None,
    Reconciled(Reconciled),
    Accepted(Accepted),
}

impl Plan {
    pub(super) fn new(
        cx: &mut Context,
        args: &RestoreArgs,
        store: &[u8; 16],
        lost: Option<Lost>,
    ) -> Result<Self, CliError> {
        let way = match (args.reconcile, args.accept) {
            (true, _) => Way::Reconcile,
            (_, true) => Way::Accept(reason(cx, args.reason.as_deref(), lost.as_ref())?),
            _ => Way::None,
        };
        Ok(Self {
            way,
            erased: erased_from(&cx.config, store)?,
            epoch: latest_epoch(&cx.config, store),
            lost,
        })
    }

    /// Whether what is there ends.
    pub(super) fn reconciles(&self) -> bool {
        matches!(self.way, Way::Reconcile)
    }

    pub(super) fn apply(&self, tx: &mut Tx<'_>, op: &Op) -> Result<Applied, OpError> {
        Ok(match &self.way {
            Way::None => Applied::None,
            Way::Reconcile => Applied::Reconciled(reconcile(tx, op, &self.erased, self.epoch)?),
            Way::Accept(reason) => Applied::Accepted(accept(
                tx,
                op,
                &self.erased,
                self.epoch,
                self.lost.as_ref(),
                reason,
            )?),
        })
    }

    /// The text before the question: which entries are lost.
    pub(super) fn warning(&self, cx: &Context) -> String {
        let lost = self.lost.as_ref().map(|lost| lost_entries(cx, lost));
        lost.map(|lost| format!("{lost}. ")).unwrap_or_default()
    }

    /// The question about a copy in this place. `preview` is what reconciling it would do.
    pub(super) fn question(&self, preview: Option<Applied>, place: &str) -> String {
        match (&self.way, preview) {
            (Way::Reconcile, Some(Applied::Reconciled(done))) => {
                format!("{} in {place}?", to_be_ended(&done))
            }
            (Way::Reconcile, _) => {
                format!("End every session, link, code, pending set-up and trusted IP in {place}?")
            }
            (Way::Accept(_), _) => format!(
                "Sessions, links and codes that were used or ended since then will work again. Use {place} as it is?"
            ),
            (Way::None, _) => String::new(),
        }
    }
}

/// Why a copy is accepted.
fn reason(cx: &mut Context, typed: Option<&str>, lost: Option<&Lost>) -> Result<String, CliError> {
    let typed = if let Some(typed) = typed {
        typed.to_owned()
    } else {
        if let Some(lost) = lost {
            let lost = lost_entries(cx, lost);
            cx.ui.status(&lost);
        }
        cx.ask_line("Reason for accepting the older copy", "--reason")?
    };
    let reason = read_reason(Some(&typed))?;
    reason.ok_or_else(|| CliError::usage("--reason is required"))
}
