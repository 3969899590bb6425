//! Tables for people.
//!
//! At a terminal a table fits its width: the widest columns are wrapped, and where not even that helps each row
//! becomes a block of lines. Elsewhere nothing is cut or wrapped. Rows come in chunks of a thousand, so that
//! memory does not grow with the list; the first chunk decides the widths.

use unicode_width::UnicodeWidthStr;

use super::grid::{GAP, Grid};
use crate::cli::base::colour::Role;
use crate::cli::base::lines::{Cell, Line};
use crate::domain::text::shown;

/// Rows in a chunk.
const CHUNK: usize = 1_000;
/// No column is wrapped to less than this, unless its widest cell is smaller.
const NARROWEST: usize = 10;
/// A column of sentences that is to get less than this goes below its row.
const READABLE: usize = 40;

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
    /// Goes below its row where it would be wrapped to a few words a line. The last column alone may.
    pub sentences: bool,
}

impl Heading {
    /// A column of words.
    pub const fn words(title: &'static str) -> Self {
        Self {
            title,
            align: Align::Left,
            last_to_give: false,
            sentences: false,
        }
    }

    /// A column of addresses and the like, which should stay whole.
    pub const fn whole(title: &'static str) -> Self {
        Self {
            last_to_give: true,
            ..Self::words(title)
        }
    }

    /// The last column, of whole sentences.
    pub const fn sentences(title: &'static str) -> Self {
        Self {
            sentences: true,
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
    /// All columns but the last as wide as this, and the last below them.
    Below(Vec<usize>, usize),
    /// A block of lines a row, no wider than this.
    Blocks(usize),
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
        let mut grid = Grid {
            headings: &self.headings,
            rows: &rows,
            widths: &[],
            below: None,
            wrap: true,
            header: first,
            colour,
        };
        match layout {
            Layout::Blocks(fit) => blocks(&self.headings, &rows, *fit, colour),
            Layout::Fitted(widths) => Grid { widths, ..grid }.write(),
            Layout::Below(widths, fit) => {
                let (upper, below) = without_last(&rows);
                grid.headings = &self.headings[..widths.len()];
                grid.below = Some((&below, *fit));
                Grid {
                    rows: &upper,
                    widths,
                    ..grid
                }
                .write()
            }
            Layout::Loose(least) => {
                let widths = natural(&self.headings, &rows);
                let widths: Vec<_> = widths.iter().zip(least).map(|(w, l)| *w.max(l)).collect();
                grid.wrap = false;
                Grid {
                    widths: &widths,
                    ..grid
                }
                .write()
            }
        }
    }
}

/// The rows without their last cells, and these.
fn without_last(rows: &[Vec<Cell>]) -> (Vec<Vec<Cell>>, Vec<Cell>) {
    rows.iter()
        .map(|row| match row.split_last() {
            Some((last, rest)) => (rest.to_vec(), last.clone()),
            None => (Vec::new(), Cell::default()),
        })
        .unzip()
}

impl Layout {
    fn choose(headings: &[Heading], rows: &[Vec<Cell>], fit: Option<usize>) -> Self {
        let widths = natural(headings, rows);
        let Some(fit) = fit else {
            return Self::Loose(widths);
        };
        let fitted = fitted(headings, &widths, fit);
        if let (Some(last), Some((wanted, others))) = (headings.last(), widths.split_last())
            && last.sentences
            && headings.len() == widths.len()
        {
            let given = fitted.as_ref().and_then(|widths| widths.last());
            if given.is_none_or(|given| given < wanted && *given < READABLE) {
                let kept = self::fitted(headings, others, fit).filter(|widths| {
                    let whole = headings.iter().map(|heading| heading.last_to_give);
                    let mut pairs = whole.zip(widths.iter().zip(others));
                    pairs.all(|(whole, (width, natural))| !whole || width == natural)
                });
                return kept.map_or(Self::Blocks(fit), |widths| Self::Below(widths, fit));
            }
        }
        fitted.map_or(Self::Blocks(fit), Self::Fitted)
    }
}

/// The widths at which these columns fit; `None` if they cannot.
fn fitted(headings: &[Heading], natural: &[usize], fit: usize) -> Option<Vec<usize>> {
    let mut widths = natural.to_vec();
    let gaps = GAP * widths.len().saturating_sub(1);
    let least: usize = widths.iter().map(|width| (*width).min(NARROWEST)).sum();
    if least + gaps > fit {
        return None;
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
    Some(widths)
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

/// A block a row, a line a cell, for a terminal that is too narrow for columns.
fn blocks(headings: &[Heading], rows: &[Vec<Cell>], fit: usize, colour: bool) -> String {
    let mut text = String::new();
    for row in rows {
        for (at, cell) in row
            .iter()
            .enumerate()
            .filter(|(_, cell)| !cell.text.is_empty())
        {
            let title = headings
                .get(at)
                .map(|heading| Cell::new(format!("{}: ", heading.title), Role::Dim));
            let pieces = title.into_iter().chain([cell.clone()]);
            Line::of(0, pieces)
                .hanging(2)
                .write(Some(fit), colour, &mut text);
        }
        text.push('\n');
    }
    text
}
