use super::*;

mod encoding;
mod results;
mod shapes;

/// What comes out of an input: the rows, or the sentence that refuses it.
fn read(input: &[u8], allowed: &[Column]) -> Result<Vec<Result<Row, RowProblem>>, String> {
    let mut bulk = Bulk::read(input, Wanted::of(allowed)).map_err(|problem| problem.to_string())?;
    let rows: Vec<_> = bulk.rows().collect();
    let again: Vec<_> = bulk.rows().collect();
    assert_eq!(rows, again, "a second walk sees the same");
    Ok(rows)
}

/// Each row as `LINE address|name|role|…`, each fault as its sentence.
fn told(input: impl AsRef<[u8]>) -> Vec<String> {
    let told = |row: Result<Row, RowProblem>| match row {
        Ok(row) => {
            let cells = Column::INPUT.map(|column| row.get(column).unwrap_or_default().to_owned());
            let cells = cells.join("|");
            format!("{} {}", row.line, cells.trim_end_matches('|'))
        }
        Err(problem) => problem.to_string(),
    };
    match read(input.as_ref(), &Column::INPUT) {
        Ok(rows) => rows.into_iter().map(told).collect(),
        Err(problem) => vec![problem],
    }
}
