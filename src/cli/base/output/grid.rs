//! The grid of a table, which comfy-table lays out: a line for each row, in columns, coloured cell by cell.

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, Row, Table as Comfy,
    TableStyle, Width,
};

use super::table::{Align, Fit, Heading, NARROWEST};
use crate::cli::base::colour::Role;
use crate::cli::base::lines::Cell;
use crate::domain::text::width;

/// Columns are this far apart.
pub(super) const GAP: usize = 2;
/// Parts the columns of a line until it is coloured; it never gets out.
const MARK: char = '\u{1f}';

/// Rows in columns.
pub(super) struct Grid<'a> {
    /// The columns, with the title that each has.
    pub(super) columns: Vec<(&'a Heading, &'a str)>,
    /// The cells of each row, one for each column.
    pub(super) rows: Vec<Vec<&'a Cell>>,
    /// No narrower than this, each: what the rows before have set.
    pub(super) widths: &'a [usize],
    /// The terminal's width; elsewhere nothing is cut.
    pub(super) columns_of_terminal: Option<usize>,
    /// Whether the titles are wanted.
    pub(super) header: bool,
}

/// A line of a grid: its cells with their blanks.
pub(super) struct Laid {
    stretches: Vec<(String, Role)>,
}

impl Laid {
    /// The widths of the columns, without the gaps.
    pub(super) fn widths(&self) -> Vec<usize> {
        let last = self.stretches.len().saturating_sub(1);
        let stretches = self.stretches.iter().enumerate();
        stretches
            .map(|(at, (text, _))| width(text) - if at == last { 0 } else { GAP - 1 })
            .collect()
    }

    /// The line. Blanks at its end are left out unless `whole`.
    pub(super) fn write(&self, colour: bool, whole: bool, out: &mut String) {
        let start = out.len();
        for (at, (stretch, role)) in self.stretches.iter().enumerate() {
            if at > 0 {
                out.push(' ');
            }
            let words = stretch.trim();
            let before = stretch.len() - stretch.trim_start().len();
            if words.is_empty() {
                out.push_str(stretch);
            } else {
                out.push_str(&stretch[..before]);
                role.paint(words, colour, out);
                out.push_str(&stretch[before + words.len()..]);
            }
        }
        if !whole {
            out.truncate(start + out[start..].trim_end().len());
        }
    }
}

impl Grid<'_> {
    /// The lines: that of the titles, if it is wanted, and one for each row.
    pub(super) fn lines(&self) -> Vec<Laid> {
        let heads = usize::from(self.header);
        let lines = self.table();
        let lines = lines.lines().enumerate();
        lines
            .map(|(number, line)| {
                let row = number.checked_sub(heads).and_then(|row| self.rows.get(row));
                let role = |at: usize| match row {
                    Some(cells) => cells.get(at).map_or(Role::Plain, |cell| cell.role),
                    None => Role::Heading,
                };
                let stretches = line.split(MARK).enumerate();
                let stretches = stretches.map(|(at, text)| (text.to_owned(), role(at)));
                Laid {
                    stretches: stretches.collect(),
                }
            })
            .collect()
    }

    fn table(&self) -> Comfy {
        let mut table = Comfy::new();
        let parted = ContentLineStyle::none().junction(MARK);
        table.load_style(TableStyle::new().header_lines(parted).content_lines(parted));
        if let Some(columns) = self.columns_of_terminal {
            table.set_content_arrangement(ContentArrangement::Dynamic);
            table.set_width(fixed(columns));
        }
        if self.header {
            let titles = self.columns.iter().map(|(_, title)| *title);
            table.set_header(one_line(titles));
        }
        for row in &self.rows {
            table.add_row(one_line(row.iter().map(|cell| cell.text.as_str())));
        }
        let last = self.columns.len().saturating_sub(1);
        for (at, (heading, title)) in self.columns.iter().enumerate() {
            let Some(column) = table.column_mut(at) else {
                continue;
            };
            let padding = if at == last { 0 } else { GAP - 1 };
            column.set_padding((0, fixed(padding)));
            if heading.align == Align::Right {
                column.set_cell_alignment(CellAlignment::Right);
            }
            let cells = self.rows.iter().filter_map(|row| row.get(at));
            let natural = cells
                .map(|cell| width(&cell.text))
                .fold(width(title), usize::max);
            let before = self.widths.get(at).copied();
            let at_terminal = self.columns_of_terminal.is_some();
            column.set_constraint(match (heading.fit, before) {
                // Cut to what fits; the first rows decide what that is.
                (Fit::Cut, None) if at_terminal => ColumnConstraint::LowerBoundary(Width::Fixed(
                    fixed(natural.min(NARROWEST) + padding),
                )),
                (Fit::Cut, Some(before)) if at_terminal => {
                    ColumnConstraint::Absolute(Width::Fixed(fixed(before + padding)))
                }
                (_, before) => {
                    let wide = natural.max(before.unwrap_or(0));
                    ColumnConstraint::Absolute(Width::Fixed(fixed(wide + padding)))
                }
            });
        }
        table
    }
}

fn one_line<'a>(cells: impl Iterator<Item = &'a str>) -> Row {
    let mut row = Row::from(cells);
    row.max_height(1);
    row
}

fn fixed(columns: usize) -> u16 {
    u16::try_from(columns).unwrap_or(u16::MAX)
}
