//! What could act by itself on a server: triggers and their functions, rules, policies, defaults, another owner. With
//! any of these a statement may do something else than it says, although every column is correct.

use std::collections::BTreeSet;

use super::{foreign, steps};
use crate::store::engine::{SCHEMA, Tx};
use crate::store::fault::Fault;
use crate::store::rows::Columns;

/// Compares the server with the result of a schema's steps.
pub(super) fn verify(tx: &Tx<'_>, schema: i64, place: &str) -> Result<(), Fault> {
    triggers(tx, schema, place)?;
    functions(tx, schema, place)?;
    expressions(tx, schema, place)?;
    one_owner(tx, place)?;
    nothing_else(tx, place)
}

fn triggers(tx: &Tx<'_>, schema: i64, place: &str) -> Result<(), Fault> {
    let has = tx.all(
        "select cast(tgname as text), cast(case when tgenabled in ('O', 'A') then 1 else 0 end as bigint), pg_get_triggerdef(oid) \
         from pg_trigger where not tgisinternal and tgrelid in \
         (select oid from pg_class where relnamespace = to_regnamespace($1)) order by tgname, oid",
        &[&SCHEMA],
        |row| {
            let mut columns = Columns::of("pg_trigger", row);
            Ok((columns.text()?, columns.int()? == 1, columns.text()?))
        },
    )?;
    let made: BTreeSet<String> = has
        .iter()
        .map(|(.., text)| text.replace(&format!(" {SCHEMA}."), " "))
        .collect();
    let enabled = has.iter().all(|(_, enabled, _)| *enabled);
    if enabled && made == statements(schema, "CREATE TRIGGER ") {
        return Ok(());
    }
    let names: Vec<String> = has
        .into_iter()
        .map(|(name, enabled, _)| name + if enabled { "" } else { " (disabled)" })
        .collect();
    Err(foreign(
        place,
        format!(
            "its triggers are not those that admit created: {}",
            names.join(", ")
        ),
    ))
}

/// The statements of a schema's steps with this prefix, without their semicolon.
fn statements(schema: i64, begins: &str) -> BTreeSet<String> {
    steps::up_to(schema)
        .iter()
        .flat_map(|step| step.postgres.split("\n\n"))
        .map(|statement| statement.trim().trim_end_matches(';'))
        .filter(|statement| statement.starts_with(begins))
        .map(str::to_owned)
        .collect()
}

/// A function's name and body.
type Function = (String, String);

fn functions(tx: &Tx<'_>, schema: i64, place: &str) -> Result<(), Fault> {
    let wanted = made_functions(schema);
    let has = tx.all(
        "select cast(proname as text), case when lanname = 'plpgsql' and not prosecdef and proconfig is null \
         and pronargs = 0 and prorettype = cast('trigger' as regtype) then prosrc else '' end \
         from pg_proc join pg_language on pg_language.oid = prolang \
         where pronamespace = to_regnamespace($1) order by proname, pg_proc.oid",
        &[&SCHEMA],
        |row| {
            let mut columns = Columns::of("pg_proc", row);
            Ok((columns.text()?, columns.text()?))
        },
    )?;
    if let Some((name, _)) = has.iter().find(|function| !wanted.contains(function)) {
        return Err(foreign(
            place,
            format!("it contains a function that admit did not create: {name}"),
        ));
    }
    if let Some((name, _)) = wanted.iter().find(|function| !has.contains(function)) {
        return Err(foreign(
            place,
            format!("a part is missing: the function {name}"),
        ));
    }
    Ok(())
}

/// The functions that the steps create; a later step may replace one of an earlier one.
fn made_functions(schema: i64) -> Vec<Function> {
    let mut made: Vec<Function> = Vec::new();
    let steps = steps::up_to(schema).iter();
    for statement in steps.flat_map(|step| step.postgres.split("\n\n")) {
        let statement = statement.trim().trim_end_matches(';');
        let function = ["CREATE FUNCTION ", "CREATE OR REPLACE FUNCTION "]
            .iter()
            .find_map(|begins| statement.strip_prefix(begins))
            .and_then(|rest| rest.split_once("() "))
            .and_then(|(name, rest)| {
                let (_, body) = rest.split_once(" AS '")?;
                Some((name.to_owned(), body.strip_suffix('\'')?.replace("''", "'")))
            });
        if let Some(function) = function {
            made.retain(|(name, _)| *name != function.0);
            made.push(function);
        }
    }
    made
}

/// An expression in an index is run by every process that writes a row.
fn expressions(tx: &Tx<'_>, schema: i64, place: &str) -> Result<(), Fault> {
    let has = tx.all(
        "select cast(relname as text), pg_get_indexdef(indexrelid) from pg_index \
         join pg_class on pg_class.oid = indexrelid \
         where relnamespace = to_regnamespace($1) and indexprs is not null order by relname",
        &[&SCHEMA],
        |row| {
            let mut columns = Columns::of("pg_index", row);
            Ok((columns.text()?, columns.text()?))
        },
    )?;
    let made = statements(schema, "CREATE INDEX ");
    let bare = |text: &str| {
        text.replace(&format!(" {SCHEMA}."), " ")
            .replace(" USING btree ", " ")
    };
    match has.iter().find(|(_, text)| !made.contains(&bare(text))) {
        None => Ok(()),
        Some((name, _)) => Err(foreign(
            place,
            format!(
                "it contains something that admit did not create: an expression in the index {name}"
            ),
        )),
    }
}

/// A role that owns a part could change what the rest depends on.
fn one_owner(tx: &Tx<'_>, place: &str) -> Result<(), Fault> {
    let owners = tx.all(
        "select cast(pg_get_userbyid(owner) as text) from (\
         select nspowner as owner from pg_namespace where nspname = $1 \
         union select relowner from pg_class where relnamespace = to_regnamespace($1) \
         union select proowner from pg_proc where pronamespace = to_regnamespace($1)) as owners order by 1",
        &[&SCHEMA],
        |row| Columns::of("pg_roles", row).text(),
    )?;
    if owners.len() == 1 {
        return Ok(());
    }
    Err(foreign(
        place,
        format!(
            "schema, tables and functions belong to more than one role: {}",
            owners.join(", ")
        ),
    ))
}

/// What no step ever creates.
fn nothing_else(tx: &Tx<'_>, place: &str) -> Result<(), Fault> {
    let odd = tx.one(
        "with own as (select oid, relname, relkind, relrowsecurity, relforcerowsecurity from pg_class \
           where relnamespace = to_regnamespace($1)) \
         select what || ' ' || cast(name as text) from (\
           select 'the rule' as what, rulename as name from pg_rewrite join own on own.oid = ev_class \
           union all select 'the policy', polname from pg_policy join own on own.oid = polrelid \
           union all select 'row security of the table', relname from own where relrowsecurity or relforcerowsecurity \
           union all select 'something that is no table:', relname from own where relkind not in ('r', 'i', 'S') \
           union all select 'a default in the table', relname from pg_attrdef join own on own.oid = adrelid \
           union all select 'the constraint', conname from pg_constraint join own on own.oid = conrelid \
             where contype not in ('p', 'u', 'f', 'n') and pg_get_constraintdef(pg_constraint.oid) <> 'CHECK ((id = 1))' \
           union all select 'inheritance of the table', relname from pg_inherits \
             join own on own.oid in (inhparent, inhrelid)\
         ) as found order by 1 limit 1",
        &[&SCHEMA],
        |row| Columns::of("pg_class", row).text(),
    )?;
    match odd {
        None => Ok(()),
        Some(odd) => Err(foreign(
            place,
            format!("it contains something that admit did not create: {odd}"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_step_replaces_a_function() {
        let bodies = |schema| -> Vec<Function> { made_functions(schema) };
        let [first, _] = bodies(1).try_into().unwrap();
        assert_eq!(
            (first.0.as_str(), first.1.as_str()),
            (
                "audit_is_append_only",
                "BEGIN RAISE EXCEPTION 'the audit is append-only'; END"
            )
        );
        let pruned = |schema| bodies(schema).pop().unwrap();
        assert_eq!(pruned(1).0, "audit_is_pruned_only");
        assert!(pruned(1).1.contains("FROM chain)"));
        assert_eq!(pruned(steps::CURRENT).0, "audit_is_pruned_only");
        assert!(pruned(steps::CURRENT).1.contains("FROM admit.chain)"));
        assert_eq!(bodies(steps::CURRENT).len(), 2);
    }

    #[test]
    fn there_are_three_triggers() {
        let made = statements(1, "CREATE TRIGGER ");
        assert_eq!(made.len(), 3);
        assert!(made.contains(
            "CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()"
        ));
    }
}
