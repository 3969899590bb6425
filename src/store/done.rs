//! How a change ends.

/// The result of a change.
#[must_use = "a change that is not returned is rolled back"]
pub struct Done<T> {
    pub(super) value: T,
    pub(super) end: End,
}

pub(super) enum End {
    Recorded,
    Unrecorded,
    Nothing,
}

impl<T> Done<T> {
    /// Commit. At least one event must have been recorded with [`Tx::record`](super::Tx::record), or counted with [`Tx::count_hourly`](super::Tx::count_hourly).
    pub fn recorded(value: T) -> Self {
        Self {
            value,
            end: End::Recorded,
        }
    }

    /// Commit without an audit entry: only for the exceptions of U1 (a reserved attempt, last-seen times, delivery
    /// attempts, the counts of unknown addresses).
    pub fn unrecorded(value: T) -> Self {
        Self {
            value,
            end: End::Unrecorded,
        }
    }

    /// Roll back: nothing has to change.
    pub fn nothing(value: T) -> Self {
        Self {
            value,
            end: End::Nothing,
        }
    }
}
