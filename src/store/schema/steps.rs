//! The steps from an empty database to the current schema: numbered files, which never change after a release.

/// One file for each engine. The first creates a store, each other upgrades one from the previous number to its own.
pub(super) struct Step {
    pub(super) sqlite: &'static str,
    pub(super) postgres: &'static str,
}

/// Step `n` is at `n - 1`.
const STEPS: [Step; 3] = [
    Step {
        sqlite: include_str!("sqlite/0001_initial.sql"),
        postgres: include_str!("postgres/0001_initial.sql"),
    },
    Step {
        sqlite: include_str!("sqlite/0002_former_key.sql"),
        postgres: include_str!("postgres/0002_former_key.sql"),
    },
    Step {
        sqlite: include_str!("sqlite/0003_floor.sql"),
        postgres: include_str!("postgres/0003_floor.sql"),
    },
];

/// The schema this version reads and writes.
pub(in crate::store) const CURRENT: i64 = 3;

/// The steps that create this schema from nothing.
pub(super) fn up_to(schema: i64) -> &'static [Step] {
    let count = usize::try_from(schema).unwrap_or(0).min(STEPS.len());
    &STEPS[..count]
}

/// The step after this schema, with the number to which it upgrades a store.
pub(super) fn after(schema: i64) -> Option<(i64, &'static Step)> {
    let step = STEPS.get(usize::try_from(schema).ok()?)?;
    Some((schema + 1, step))
}

/// Table and column of a line that adds one.
pub(super) fn added(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix("ALTER TABLE ")?
        .split_once(" ADD COLUMN ")
}
