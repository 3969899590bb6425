//! Tables that other tools create in a file, and that change nothing for the store.
//!
//! Only these, word for word: anything planted with such a name, or on such a table, is refused like anything else.

use crate::store::engine::Part;

/// A table of another tool.
#[derive(Debug)]
pub(in crate::store) struct Helper {
    /// Its name.
    pub(in crate::store) name: &'static str,
    sql: &'static str,
}

/// Statistics of `ANALYZE` (sqlite.org/fileformat2.html, 2.6.3–2.6.6), and the tables of Litestream (0.3 to 0.5).
pub(in crate::store) const HELPERS: [Helper; 6] = [
    Helper {
        name: "sqlite_stat1",
        sql: "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
    },
    Helper {
        name: "sqlite_stat2",
        sql: "CREATE TABLE sqlite_stat2(tbl,idx,sampleno,sample)",
    },
    Helper {
        name: "sqlite_stat3",
        sql: "CREATE TABLE sqlite_stat3(tbl,idx,neq,nlt,ndlt,sample)",
    },
    Helper {
        name: "sqlite_stat4",
        sql: "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)",
    },
    Helper {
        name: "_litestream_seq",
        sql: "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER)",
    },
    Helper {
        name: "_litestream_lock",
        sql: "CREATE TABLE _litestream_lock (id INTEGER)",
    },
];

/// Which helper a part is, if it is one.
pub(in crate::store) fn helper(part: &Part) -> Option<&'static Helper> {
    let is_one = |helper: &&Helper| {
        part.kind == "table"
            && part.name == helper.name
            && part.table == helper.name
            && part.sql == helper.sql
    };
    HELPERS.iter().find(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::engine::Lite;

    #[test]
    fn only_the_exact_table_is_one() {
        let part = |kind: &str, name: &str, table: &str, sql: &str| {
            helper(&Part {
                kind: kind.into(),
                name: name.into(),
                table: table.into(),
                sql: sql.into(),
            })
            .is_some()
        };
        for it in &HELPERS {
            assert!(part("table", it.name, it.name, it.sql));
            assert!(!part("view", it.name, it.name, it.sql));
            assert!(!part("table", "other", it.name, it.sql));
            assert!(!part("table", it.name, "other", it.sql));
            assert!(!part("table", it.name, it.name, &format!("{} ", it.sql)));
        }
    }

    #[test]
    fn what_analyze_makes_is_one() {
        let made = Lite::structure_of(&["create table t (a); create index i on t (a)", "analyze"]);
        let made = made.unwrap();
        let helpers: Vec<_> = made.iter().filter_map(helper).collect();
        assert!(!helpers.is_empty());
        assert_eq!(made.len(), 2 + helpers.len(), "{made:?}");
    }
}
