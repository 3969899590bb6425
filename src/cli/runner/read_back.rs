//! Reading back what was just committed. Whatever goes wrong now, "nothing was changed" would be a lie.

use crate::cli::base::error::{CliError, Kind};
use crate::cli::base::printed::{command, hint};
use crate::store::{Store, Tx};

/// How often it is read if a server fails.
const READS: u32 = 3;

/// Reads, and waits for a server that went away in the meantime. `read` may run more than once.
///
/// # Errors
/// Those of `read`; [`unseen`] if the server stays away.
pub(in crate::cli) fn read_back<T>(
    store: &mut Store,
    mut read: impl FnMut(&mut Tx<'_>) -> Result<T, CliError>,
) -> Result<T, CliError> {
    let mut reads = 0;
    loop {
        reads += 1;
        store.wait_for_it().map_err(|fault| unseen(fault.into()))?;
        match store.read(&mut read) {
            Err(error) if error.kind == Kind::TryAgain && reads < READS => {}
            outcome => return outcome.map_err(unseen),
        }
    }
}

/// The error of a query after a commit: the same command must not be run again because of it.
pub(in crate::cli) fn unseen(error: CliError) -> CliError {
    if error.kind != Kind::TryAgain {
        return error;
    }
    CliError::failed(format!(
        "the change was made, but its result cannot be shown: {}",
        error.message
    ))
    .hinted(hint!(
        "check the change with ",
        command(&["audit", "list", "--since", "10m"]).in_no_panel()
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::base::printed::RunOptions;

    #[test]
    fn what_was_done_is_not_said_to_be_undone() {
        let away = CliError::try_again("the store is out of reach")
            .hinted("nothing was changed; run the same command again");
        let told = unseen(away);
        assert_eq!(told.kind, Kind::Failed);
        assert!(told.message.starts_with("the change was made, but "));
        let hint = told.hint_text(&RunOptions::default()).unwrap();
        assert!(!hint.contains("nothing was changed"));
        let other = unseen(CliError::refused("no"));
        assert_eq!(other.kind, Kind::Refused);
    }
}
