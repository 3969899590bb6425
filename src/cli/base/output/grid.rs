//! The grid of a table: rows in columns of given widths, coloured cell by cell.

use comfy_table::{CellAlignment, ColumnConstraint, LineStyle, Table as Comfy, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use super::table::{Align, Heading};
use crate::cli::base::colour::Role;
use crate::cli::base::lines::{Cell, Line};

/// Columns are this far apart.
pub(super) const GAP: usize = 2;
/// Separates rows while they are coloured, or while something goes below them; it never gets out.
const MARK: char = '\u{1f}';

/// Rows in columns.
pub(super) struct Grid<'a> {
    pub(super) headings: &'a [Heading],
    pub(super) rows: &'a [Vec<Cell>],
    pub(super) widths: &'a [usize],
    /// What goes below each row, and how wide that may be.
    pub(super) below: Option<(&'a [Cell], usize)>,
    pub(super) wrap: bool,
    pub(super) header: bool,
    pub(super) colour: bool,
}

impl Grid<'_> {
    pub(super) fn write(&self) -> String {
        let table = self.table();
        let header = usize::from(self.header && !self.headings.is_empty());
        let mut text = String::new();
        let mut row = 0;
        for line in table.lines() {
            if line.starts_with(MARK) {
                self.end_row(row, header, &mut text);
                row += 1;
                continue;
            }
            let line = line.trim_end();
            if !self.colour {
                text.push_str(line);
            } else if row < header {
                paint_line(line, self.widths, |_| Role::Heading, &mut text);
            } else if let Some(cells) = self.rows.get(row - header) {
                let role = |at: usize| cells.get(at).map_or(Role::Plain, |cell| cell.role);
                paint_line(line, self.widths, role, &mut text);
            }
            text.push('\n');
        }
        self.end_row(row, header, &mut text);
        text
    }

    fn table(&self) -> Comfy {
        let mut table = Comfy::new();
        let mut style = TableStyle::new();
        if self.colour || self.below.is_some() {
            let mark = LineStyle::none().fill(MARK);
            style = style.header_separator(mark).row_separator(mark);
        }
        table.load_style(style);
        if self.header && !self.headings.is_empty() {
            table.set_header(self.headings.iter().map(|heading| heading.title));
        }
        table.add_rows(
            self.rows
                .iter()
                .map(|row| row.iter().map(|cell| cell.text.as_str())),
        );
        for (at, width) in self.widths.iter().enumerate() {
            if let Some(column) = table.column_mut(at) {
                let last = at + 1 == self.widths.len();
                let gap = if last { 0 } else { GAP };
                column.set_padding((0, u16::try_from(gap).unwrap_or_default()));
                let width = Width::Fixed(u16::try_from(width + gap).unwrap_or(u16::MAX));
                column.set_constraint(if self.wrap {
                    ColumnConstraint::Absolute(width)
                } else {
                    ColumnConstraint::LowerBoundary(width)
                });
                let heading = self.headings.get(at);
                if heading.is_some_and(|heading| heading.align == Align::Right) {
                    column.set_cell_alignment(CellAlignment::Right);
                }
            }
        }
        table
    }

    /// What goes below a row, under its second column.
    fn end_row(&self, row: usize, header: usize, text: &mut String) {
        let Some((below, fit)) = self.below else {
            return;
        };
        let cell = row.checked_sub(header).and_then(|row| below.get(row));
        if let Some(cell) = cell.filter(|cell| !cell.text.is_empty()) {
            let indent = self.widths.first().map_or(0, |width| width + GAP);
            Line::of(indent, [cell.clone()]).write(Some(fit), self.colour, text);
        }
    }
}

/// Colours a line of a grid: each column's stretch in its role, the blanks around the words left alone.
fn paint_line(line: &str, widths: &[usize], role: impl Fn(usize) -> Role, out: &mut String) {
    let mut rest = line;
    for (at, width) in widths.iter().enumerate() {
        let (stretch, behind) = rest.split_at(columns(rest, width + GAP));
        let words = stretch.trim();
        if words.is_empty() {
            out.push_str(stretch);
        } else {
            let before = stretch.len() - stretch.trim_start().len();
            out.push_str(&stretch[..before]);
            role(at).paint(words, true, out);
            out.push_str(&stretch[before + words.len()..]);
        }
        rest = behind;
    }
    out.push_str(rest);
}

/// How many bytes of a text fill so many columns.
fn columns(text: &str, columns: usize) -> usize {
    if text.is_ascii() {
        return columns.min(text.len());
    }
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = at + c.len_utf8();
        if text[..next].width() > columns {
            break;
        }
        end = next;
    }
    end
}
