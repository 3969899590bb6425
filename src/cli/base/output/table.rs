//! Tables for people: one line for each row.
//!
//! At a terminal a table fits its width. Addresses, numbers, actions and whatever else is copied stay whole: first the
//! columns that can be spared go, then names are cut with "…", and where not even that helps each row becomes a block of
//! lines. Elsewhere nothing is left out or cut. Rows come in chunks of a thousand, so that memory does not grow with the
//! list; the first chunk decides the layout.

use super::grid::{GAP, Grid, Laid};
use crate::cli::base::colour::Role;
use crate::cli::base::lines::{Cell, Line};
use crate::domain::text::{shown, width};

/// Rows in a chunk.
const CHUNK: usize = 1_000;
/// No column is cut to less than this, unless its widest cell is smaller.
pub(super) const NARROWEST: usize = 10;
/// A column of sentences that is to get less than this goes below its row.
const READABLE: usize = 40;
/// Between what goes below a row.
const POINT: &str = " ·";

/// On which side a column is flush.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Words.
    #[default]
    Left,
    /// Numbers.
    Right,
}

/// What may be done to the cells of a column where a terminal is too narrow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// Nothing: they are copied, or mean nothing when they are broken.
    #[default]
    Whole,
    /// They are cut with "…".
    Cut,
    /// They are wrapped, and go below the row where they would be wrapped to a few words on a line. The last column alone
    /// may have this.
    Sentences,
}

/// The heading of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The word above it.
    pub title: &'static str,
    /// Its flush side.
    pub align: Align,
    /// How its cells may be fitted in.
    pub fit: Fit,
    /// Left out where the terminal is too narrow: 0 before anything is cut, then in this order. Below a column of sentences
    /// such cells go with the sentence.
    pub spare: Option<u8>,
    /// Its cells are times: the title names their zone.
    pub times: bool,
}

impl Heading {
    /// A column of words, which stay whole.
    pub const fn words(title: &'static str) -> Self {
        Self {
            title,
            align: Align::Left,
            fit: Fit::Whole,
            spare: None,
            times: false,
        }
    }

    /// A column of names and the like, which may be cut.
    pub const fn names(title: &'static str) -> Self {
        Self {
            fit: Fit::Cut,
            ..Self::words(title)
        }
    }

    /// The last column, of whole sentences.
    pub const fn sentences(title: &'static str) -> Self {
        Self {
            fit: Fit::Sentences,
            ..Self::words(title)
        }
    }

    /// A column of numbers.
    pub const fn numbers(title: &'static str) -> Self {
        Self {
            align: Align::Right,
            ..Self::words(title)
        }
    }

    /// A column of times in the operator's zone.
    pub const fn times(title: &'static str) -> Self {
        Self {
            times: true,
            ..Self::words(title)
        }
    }

    /// The same, left out as the `order`th column where the terminal is too narrow.
    #[must_use]
    pub const fn spare(self, order: u8) -> Self {
        Self {
            spare: Some(order),
            ..self
        }
    }
}

/// A table in the making.
#[derive(Debug, Default)]
pub(super) struct Table {
    headings: Vec<Heading>,
    titles: Vec<String>,
    waiting: Vec<Vec<Cell>>,
    layout: Option<Layout>,
}

#[derive(Debug)]
enum Layout {
    /// A line for each row.
    Lines(Lines),
    /// A block of lines for each row, no wider than this.
    Blocks(usize),
}

#[derive(Debug, Default)]
struct Lines {
    /// The columns of the grid.
    shown: Vec<usize>,
    /// Their widths, once the first rows have set them.
    widths: Vec<usize>,
    /// The column of sentences next to the grid.
    beside: Option<usize>,
    /// What goes below each row.
    below: Vec<usize>,
}

impl Table {
    /// Declares the columns. Times are shown in this zone.
    pub(super) fn headings(&mut self, headings: &[Heading], zone: &str) {
        self.headings = headings.to_vec();
        let title = |heading: &Heading| match (heading.times, zone) {
            (true, zone) if !zone.is_empty() => format!("{} ({zone})", heading.title),
            _ => heading.title.to_owned(),
        };
        self.titles = headings.iter().map(title).collect();
    }

    /// Takes a row; true when a chunk is full.
    pub(super) fn push(&mut self, mut cells: Vec<Cell>) -> bool {
        for cell in &mut cells {
            if let std::borrow::Cow::Owned(safe) = shown(&cell.text) {
                cell.text = safe;
            }
        }
        cells.resize_with(self.headings.len(), Cell::default);
        self.waiting.push(cells);
        self.waiting.len() >= CHUNK
    }

    /// The rows that wait, as text; with the header the first time. `fit` is the terminal's width, if it is one.
    pub(super) fn render(&mut self, fit: Option<usize>, colour: bool) -> String {
        let rows = std::mem::take(&mut self.waiting);
        if rows.is_empty() {
            return String::new();
        }
        let first = self.layout.is_none();
        let (headings, titles) = (&self.headings, &self.titles);
        let layout = self
            .layout
            .get_or_insert_with(|| Layout::choose(headings, titles, &rows, fit));
        match layout {
            Layout::Blocks(fit) => blocks(titles, &rows, *fit, colour),
            Layout::Lines(lines) => lines.write(headings, titles, &rows, fit, first, colour),
        }
    }
}

impl Layout {
    fn choose(
        headings: &[Heading],
        titles: &[String],
        rows: &[Vec<Cell>],
        fit: Option<usize>,
    ) -> Self {
        let mut lines = Lines::default();
        for (at, heading) in headings.iter().enumerate() {
            match heading.fit {
                Fit::Sentences => lines.beside = Some(at),
                _ => lines.shown.push(at),
            }
        }
        let Some(fit) = fit else {
            return Self::Lines(lines);
        };
        let natural = natural(titles, rows);
        let sum = |columns: &[usize], wide: &dyn Fn(usize) -> usize| {
            let gaps = GAP * columns.len().saturating_sub(1);
            columns.iter().map(|at| wide(*at)).sum::<usize>() + gaps
        };
        let wanted = |columns: &[usize]| sum(columns, &|at| natural[at]);
        let least = |columns: &[usize]| {
            sum(columns, &|at| match headings[at].fit {
                Fit::Cut => natural[at].min(NARROWEST),
                _ => natural[at],
            })
        };
        if let Some(sentences) = lines.beside {
            let room = natural[sentences].min(READABLE);
            if wanted(&lines.shown) + GAP + room > fit {
                lines.below = lines.beside.take().into_iter().collect();
            }
        }
        let mut left_out = Vec::new();
        let mut leave_out = |lines: &mut Lines, only: Option<u8>| {
            let spare = |at: &&usize| {
                headings[**at]
                    .spare
                    .filter(|rank| only.is_none_or(|only| *rank == only))
            };
            let next = lines.shown.iter().filter(|at| spare(at).is_some());
            let next = next
                .min_by_key(|at| (headings[**at].spare, std::cmp::Reverse(**at)))
                .copied();
            if let Some(at) = next {
                lines.shown.retain(|shown| *shown != at);
                left_out.push(at);
            }
            next.is_some()
        };
        while wanted(&lines.shown) > fit && leave_out(&mut lines, Some(0)) {}
        while least(&lines.shown) > fit && leave_out(&mut lines, None) {}
        if least(&lines.shown) > fit {
            return Self::Blocks(fit);
        }
        lines.give_back(&mut left_out, |shown, at| {
            headings[at].spare != Some(0) && least(shown) <= fit
        });
        if !lines.below.is_empty() {
            left_out.sort_unstable();
            lines.below.splice(0..0, left_out);
        }
        Self::Lines(lines)
    }
}

impl Lines {
    /// What went last comes back where there is room for it: the column that made the difference may have been a wide one.
    fn give_back(&mut self, left_out: &mut Vec<usize>, fits: impl Fn(&[usize], usize) -> bool) {
        let mut kept_out = Vec::new();
        while let Some(at) = left_out.pop() {
            let mut shown = self.shown.clone();
            shown.push(at);
            shown.sort_unstable();
            if fits(&shown, at) {
                self.shown = shown;
            } else {
                kept_out.push(at);
            }
        }
        *left_out = kept_out;
    }

    fn write(
        &mut self,
        headings: &[Heading],
        titles: &[String],
        rows: &[Vec<Cell>],
        fit: Option<usize>,
        header: bool,
        colour: bool,
    ) -> String {
        let column = |at: &usize| (&headings[*at], titles[*at].as_str());
        let grid = Grid {
            columns: self.shown.iter().map(column).collect(),
            rows: rows
                .iter()
                .map(|row| self.shown.iter().map(|at| &row[*at]).collect())
                .collect(),
            widths: &self.widths,
            columns_of_terminal: fit,
            header,
        };
        let laid = grid.lines();
        if let Some(first) = laid.first() {
            self.widths = first.widths();
        }
        let mut text = String::new();
        let mut lines = laid.iter();
        if header && let Some(line) = lines.next() {
            let title = self
                .beside
                .map(|at| Cell::new(titles[at].as_str(), Role::Heading));
            self.line(line, title.as_ref(), fit, colour, &mut text);
        }
        for (line, row) in lines.zip(rows) {
            self.line(line, self.beside.map(|at| &row[at]), fit, colour, &mut text);
            self.below(row, fit, colour, &mut text);
        }
        text
    }

    /// A line of the grid with what goes beside it, wrapped below itself.
    fn line(
        &self,
        laid: &Laid,
        beside: Option<&Cell>,
        fit: Option<usize>,
        colour: bool,
        text: &mut String,
    ) {
        match beside.filter(|cell| !cell.text.is_empty()) {
            None => {
                laid.write(colour, false, text);
                text.push('\n');
            }
            Some(cell) => {
                laid.write(colour, true, text);
                let indent = self.widths.iter().map(|width| width + GAP).sum();
                let mut sentence = String::new();
                Line::of(indent, [cell.clone()]).write(fit, colour, &mut sentence);
                text.push_str("  ");
                text.push_str(&sentence[indent..]);
            }
        }
    }

    /// What goes below a row, under its second column.
    fn below(&self, row: &[Cell], fit: Option<usize>, colour: bool, text: &mut String) {
        let mut pieces: Vec<Cell> = Vec::new();
        for cell in self.below.iter().map(|at| &row[*at]) {
            if cell.text.is_empty() || cell.text == NONE {
                continue;
            }
            // A space belongs to the next word: no line ends with one.
            let blank = if pieces.is_empty() {
                ""
            } else {
                pieces.push(Cell::new(POINT, Role::Dim));
                " "
            };
            pieces.push(Cell::new(format!("{blank}{}", cell.text), cell.role));
        }
        if !pieces.is_empty() {
            let indent = self.widths.first().map_or(0, |width| width + GAP);
            // Where the first column is wide, a sentence needs the room more than the eye needs the column.
            let indent = if indent > NARROWEST { 4 } else { indent };
            Line::of(indent, pieces).write(fit, colour, text);
        }
    }
}

/// A cell with nothing in it.
pub const NONE: &str = "–";

/// The widths at which nothing is cut.
fn natural(titles: &[String], rows: &[Vec<Cell>]) -> Vec<usize> {
    let mut widths: Vec<_> = titles.iter().map(|title| width(title)).collect();
    for row in rows {
        for (wide, cell) in widths.iter_mut().zip(row) {
            *wide = (*wide).max(width(&cell.text));
        }
    }
    widths
}

/// A block of lines for each row, a line for each cell, where a terminal is too narrow for columns.
fn blocks(titles: &[String], rows: &[Vec<Cell>], fit: usize, colour: bool) -> String {
    let mut text = String::new();
    for row in rows {
        for (title, cell) in titles.iter().zip(row) {
            if cell.text.is_empty() {
                continue;
            }
            let title = Cell::new(format!("{title}: "), Role::Dim);
            Line::of(0, [title, cell.clone()])
                .hanging(2)
                .write(Some(fit), colour, &mut text);
        }
        text.push('\n');
    }
    text
}
