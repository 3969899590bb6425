//! Tables for people.
//!
//! At a terminal a table fits its width: the widest columns are wrapped, and where not even that helps each row
//! becomes a block of lines. Elsewhere nothing is cut or wrapped. Rows come in chunks of a thousand, so that
//! memory does not grow with the list; the first chunk decides the widths.

use comfy_table::{CellAlignment, ColumnConstraint, LineStyle, Table as Comfy, TableStyle, Width};
use unicode_width::UnicodeWidthStr;

use super::Cell;
use crate::cli::ui::Role;
use crate::domain::text::shown;

/// Rows in a chunk.
const CHUNK: usize = 1_000;
/// Columns are this far apart.
const GAP: usize = 2;
/// No column is wrapped to less than this, unless its widest cell is smaller.
const NARROWEST: usize = 10;
/// Separates rows while they are coloured; it never gets out.
const MARK: char = '\u{1f}';

/// On which side a column is flush.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// The heading of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The word above it.
    pub title: &'static str,
    /// Its flush side.
    pub align: Align,
    /// Narrowed only when all others are as narrow as they can be: what is to be copied.
    pub last_to_give: bool,
}

impl Heading {
    /// A column of words.
    pub const fn words(title: &'static str) -> Self {
        let align = Align::Left;
        Self {
            title,
            align,
            last_to_give: false,
        }
    }

    /// A column of addresses and the like, which should stay whole.
    pub const fn whole(title: &'static str) -> Self {
        let align = Align::Left;
        Self {
            title,
            align,
            last_to_give: true,
        }
    }

    /// A column of numbers.
    pub const fn numbers(title: &'static str) -> Self {
        let align = Align::Right;
        Self {
            title,
            align,
            last_to_give: false,
        }
    }
}

/// A table in the making.
#[derive(Debug, Default)]
pub(super) struct Table {
    headings: Vec<Heading>,
    waiting: Vec<Vec<Cell>>,
    layout: Option<Layout>,
}

#[derive(Debug)]
enum Layout {
    /// As wide as this, never wider.
    Fitted(Vec<usize>),
    /// At least as wide as this.
    Loose(Vec<usize>),
    /// A block of lines a row.
    Blocks,
}

impl Table {
    pub(super) fn headings(&mut self, headings: &[Heading]) {
        self.headings = headings.to_vec();
    }

    /// Takes a row; true when a chunk is full.
    pub(super) fn push(&mut self, mut cells: Vec<Cell>) -> bool {
        for cell in &mut cells {
            if let std::borrow::Cow::Owned(safe) = shown(&cell.text) {
                cell.text = safe;
            }
        }
        let columns = self.headings.len().max(cells.len());
        cells.resize_with(columns, Cell::default);
        self.waiting.push(cells);
        self.waiting.len() >= CHUNK
    }

    pub(super) fn forget_waiting(&mut self) {
        self.waiting.clear();
    }

    /// The rows that wait, as text; with the header the first time. `fit` is the terminal's width, if it is one.
    pub(super) fn render(&mut self, fit: Option<usize>, colour: bool) -> String {
        let rows = std::mem::take(&mut self.waiting);
        if rows.is_empty() {
            return String::new();
        }
        let first = self.layout.is_none();
        let layout = self
            .layout
            .get_or_insert_with(|| Layout::choose(&self.headings, &rows, fit));
        match layout {
            Layout::Blocks => blocks(&self.headings, &rows, colour),
            Layout::Fitted(widths) => grid(&self.headings, &rows, widths, true, first, colour),
            Layout::Loose(least) => {
                let widths = natural(&self.headings, &rows);
                let widths: Vec<_> = widths.iter().zip(least).map(|(w, l)| *w.max(l)).collect();
                grid(&self.headings, &rows, &widths, false, first, colour)
            }
        }
    }
}

impl Layout {
    fn choose(headings: &[Heading], rows: &[Vec<Cell>], fit: Option<usize>) -> Self {
        let mut widths = natural(headings, rows);
        let Some(fit) = fit else {
            return Self::Loose(widths);
        };
        let gaps = GAP * widths.len().saturating_sub(1);
        let least: usize = widths.iter().map(|width| (*width).min(NARROWEST)).sum();
        if least + gaps > fit {
            return Self::Blocks;
        }
        let mut total = widths.iter().sum::<usize>() + gaps;
        while total > fit {
            // The widest gives way until it is as wide as the second widest; what is to stay whole gives way last.
            let whole = |at: usize| headings.get(at).is_some_and(|heading| heading.last_to_give);
            let gives = |at: usize, width: usize| !whole(at) && width > NARROWEST;
            let others_give = widths
                .iter()
                .enumerate()
                .any(|(at, width)| gives(at, *width));
            let may = |at: usize, width: usize| !others_give || gives(at, width);
            let mut candidates: Vec<(usize, usize)> = widths
                .iter()
                .copied()
                .enumerate()
                .filter(|(at, width)| may(*at, *width))
                .collect();
            candidates.sort_by_key(|(at, width)| (std::cmp::Reverse(*width), *at));
            let Some(&(at, widest)) = candidates.first() else {
                break;
            };
            let second = candidates.get(1).map_or(0, |(_, width)| *width);
            let target = second.clamp(NARROWEST.min(widest), widest.saturating_sub(1));
            let less = (widest - target).min(total - fit);
            widths[at] -= less;
            total -= less;
        }
        Self::Fitted(widths)
    }
}

/// The widths at which nothing is wrapped.
fn natural(headings: &[Heading], rows: &[Vec<Cell>]) -> Vec<usize> {
    let mut widths: Vec<_> = headings
        .iter()
        .map(|heading| heading.title.width())
        .collect();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.text.width());
        }
    }
    widths
}

fn grid(
    headings: &[Heading],
    rows: &[Vec<Cell>],
    widths: &[usize],
    wrap: bool,
    header: bool,
    colour: bool,
) -> String {
    let mut table = Comfy::new();
    let mut style = TableStyle::new();
    if colour {
        let mark = LineStyle::none().fill(MARK);
        style = style.header_separator(mark).row_separator(mark);
    }
    table.load_style(style);
    if header && !headings.is_empty() {
        table.set_header(headings.iter().map(|heading| heading.title));
    }
    table.add_rows(
        rows.iter()
            .map(|row| row.iter().map(|cell| cell.text.as_str())),
    );
    for (at, width) in widths.iter().enumerate() {
        if let Some(column) = table.column_mut(at) {
            let last = at + 1 == widths.len();
            let gap = if last { 0 } else { GAP };
            column.set_padding((0, u16::try_from(gap).unwrap_or_default()));
            let width = Width::Fixed(u16::try_from(width + gap).unwrap_or(u16::MAX));
            column.set_constraint(if wrap {
                ColumnConstraint::Absolute(width)
            } else {
                ColumnConstraint::LowerBoundary(width)
            });
            if headings
                .get(at)
                .is_some_and(|heading| heading.align == Align::Right)
            {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
    }
    let mut text = String::new();
    let header_rows = usize::from(header && !headings.is_empty());
    let mut row = 0;
    for line in table.lines() {
        if line.starts_with(MARK) {
            row += 1;
            continue;
        }
        let line = line.trim_end();
        if !colour {
            text.push_str(line);
        } else if row < header_rows {
            paint_line(line, widths, |_| Role::Heading, &mut text);
        } else if let Some(cells) = rows.get(row - header_rows) {
            paint_line(
                line,
                widths,
                |at| cells.get(at).map_or(Role::Plain, |c| c.role),
                &mut text,
            );
        }
        text.push('\n');
    }
    text
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

/// A block a row, a line a cell, for a terminal that is too narrow for columns.
fn blocks(headings: &[Heading], rows: &[Vec<Cell>], colour: bool) -> String {
    let mut text = String::new();
    for row in rows {
        for (at, cell) in row
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.text.is_empty())
        {
            if let Some(heading) = headings.get(at) {
                Role::Dim.paint(heading.title, colour, &mut text);
                text.push_str(": ");
            }
            cell.role.paint(&cell.text, colour, &mut text);
            text.push('\n');
        }
        text.push('\n');
    }
    text
}
