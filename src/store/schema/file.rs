//! The expected schema of a file: the text of every table, index and trigger. A planted trigger or a missing
//! constraint is refused; tables that known tools create for themselves are ignored.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::{foreign, helper, known, steps};
use crate::domain::text::hex;
use crate::store::engine::{Lite, Part};
use crate::store::fault::Fault;

/// The digest of the result of all steps to the current schema.
const PRESENT: &str = "f7b73c0a02004742d67a092eb157c933dbe0353a92b9a333b091adbd0ca4aae1";

/// Compares a file with the result of the steps; returns the number of its schema.
pub(super) fn verify(file: &Lite, place: &str) -> Result<i64, Fault> {
    let found = known(file.schema()?, place)?;
    let structure = texts(file.structure()?);
    if found != steps::CURRENT || digest(&structure) != PRESENT {
        compare(&structure, &made_by_the_steps(found)?, place)?;
    }
    Ok(found)
}

/// SQLite itself shows how it stores what the steps define, because it rewrites tables that are altered. It takes a
/// millisecond.
fn made_by_the_steps(schema: i64) -> Result<Vec<String>, Fault> {
    let steps = steps::up_to(schema).iter().map(|step| step.sqlite);
    Lite::structure_of(&steps.collect::<Vec<_>>()).map(texts)
}

/// The statements, without those of other tools.
fn texts(parts: Vec<Part>) -> Vec<String> {
    let ours = parts.into_iter().filter(|part| helper(part).is_none());
    ours.map(|part| part.sql).collect()
}

/// SHA-256 over the statements in their order, in hexadecimal.
fn digest(structure: &[String]) -> String {
    let mut statements: Vec<&String> = structure.iter().collect();
    statements.sort_unstable();
    let mut digest = Sha256::new();
    for statement in statements {
        digest.update(statement);
        digest.update([0]);
    }
    hex(&digest.finalize())
}

fn compare(has: &[String], wanted: &[String], place: &str) -> Result<(), Fault> {
    let (has, wanted): (BTreeSet<_>, BTreeSet<_>) = (has.iter().collect(), wanted.iter().collect());
    if let Some(planted) = has.difference(&wanted).next() {
        return Err(foreign(
            place,
            format!(
                "it contains something that admit did not create: {}",
                title(planted)
            ),
        ));
    }
    if let Some(missing) = wanted.difference(&has).next() {
        return Err(foreign(
            place,
            format!("a part is missing: {}", title(missing)),
        ));
    }
    Ok(())
}

/// The first words of a statement: what it creates.
fn title(sql: &str) -> String {
    sql.split([' ', '\n', '('])
        .filter(|word| !word.is_empty())
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_is_that_of_what_the_steps_make() {
        let mut structure = made_by_the_steps(steps::CURRENT).unwrap();
        assert_eq!(digest(&structure), PRESENT);
        structure.reverse();
        assert_eq!(digest(&structure), PRESENT);
        structure.push("CREATE TRIGGER planted".into());
        assert_ne!(digest(&structure), PRESENT);
    }

    #[test]
    fn what_is_planted_and_what_is_missing_is_named() {
        let made = made_by_the_steps(1).unwrap();
        assert!(compare(&made, &made, "it").is_ok());
        let why = |has: &[String]| compare(has, &made, "it").unwrap_err().to_string();
        let mut planted = made.clone();
        planted.push("CREATE TRIGGER spy AFTER INSERT ON account".into());
        assert!(why(&planted).ends_with("did not create: CREATE TRIGGER spy"));
        assert!(why(&made[1..]).contains("a part is missing: CREATE TABLE"));
    }
}
