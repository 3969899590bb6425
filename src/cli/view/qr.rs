//! A QR code for a secret: drawn in a terminal, or as a picture in a file.
//!
//! A terminal's first sixteen colours are whatever its palette makes of them: in base16's
//! light schemes "black" is the light ground and "bright white" the darkest ink, and the code
//! comes out as its negative, which readers do not find. The colour cube of the 256 is left
//! alone by palettes, so black is 16 and white 231, both said on every line. These colours
//! are the data, so `NO_COLOR` does not take them away.

mod file;

pub use file::{FileError, check_file, write_file};

use qrcode::render::{Renderer, svg};
use qrcode::{Color, EcLevel, QrCode};

use crate::vault::Secret;

/// Black on white.
const BLACK_ON_WHITE: &str = "\x1b[38;5;16;48;5;231m";
/// White on black.
const WHITE_ON_BLACK: &str = "\x1b[38;5;231;48;5;16m";
/// The terminal's own colours again.
const RESET: &str = "\x1b[0m";

/// Light modules around the code, as ISO/IEC 18004 asks for.
const QUIET: usize = 4;
/// Readers still find the code with so few, on a screen that has room for no more. Both are
/// even: see [`Qr::halves`].
const LEAST_QUIET: usize = 2;
/// Pixels of a module's side in a picture.
const PIXELS: usize = 8;

/// What a terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Canvas {
    /// Two modules above each other in one cell (`▀`, `▄`): for a UTF-8 locale.
    HalfBlocks,
    /// Two blanks with a ground for each module: ASCII only, but four times as large.
    ColouredSpaces,
}

impl Canvas {
    /// Columns and rows for a square of this many modules.
    fn cells(self, modules: usize) -> (usize, usize) {
        match self {
            Self::HalfBlocks => (modules, modules.div_ceil(2)),
            Self::ColouredSpaces => (2 * modules, modules),
        }
    }
}

/// The terminal has no room for the code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the QR code needs {needed_columns} columns and {needed_rows} rows; the terminal has {}", self.has())]
pub struct TooSmall {
    /// Columns that are needed at least.
    pub needed_columns: usize,
    /// Rows that are needed at least.
    pub needed_rows: usize,
    /// Columns that there are.
    pub columns: usize,
    /// Rows that there are, if that is known.
    pub rows: Option<usize>,
}

impl TooSmall {
    fn has(self) -> String {
        match self.rows {
            Some(rows) => format!("{} and {rows}", self.columns),
            None => format!("{} columns", self.columns),
        }
    }
}

/// A QR code. It is as secret as the text in it.
pub struct Qr {
    /// Row by row, without a quiet zone; true is dark.
    modules: Secret<Vec<bool>>,
    /// Modules of a side.
    side: usize,
}

impl Qr {
    /// The code of a text; `None` if the text is too long for any (about 2,900 bytes).
    ///
    /// It corrects few errors (level L), since a screen has no dirt and few modules fit on
    /// it.
    pub fn of(text: &Secret<String>) -> Option<Self> {
        let code = QrCode::with_error_correction_level(text.as_bytes(), EcLevel::L).ok()?;
        let side = code.width();
        let modules = code
            .into_colors()
            .into_iter()
            .map(|colour| colour == Color::Dark)
            .collect();
        let modules = Secret::new(modules);
        Some(Self { modules, side })
    }

    /// Modules of a side, without a quiet zone.
    #[cfg(feature = "testing")]
    pub fn side(&self) -> usize {
        self.side
    }

    /// The code as lines for a terminal of this many columns and rows; `None` for rows that
    /// do not matter. Each line sets its colours and takes them back. The quiet zone is
    /// four modules wide, or two where there is no room for four.
    ///
    /// # Errors
    /// [`TooSmall`] if not even two modules around it fit.
    pub fn lines(
        &self,
        canvas: Canvas,
        width: usize,
        height: Option<usize>,
    ) -> Result<Vec<String>, TooSmall> {
        let fits = |quiet: &usize| {
            let (columns, rows) = canvas.cells(self.side + 2 * quiet);
            columns <= width && height.is_none_or(|height| rows <= height)
        };
        let Some(quiet) = [QUIET, LEAST_QUIET].into_iter().find(fits) else {
            let (needed_columns, needed_rows) = canvas.cells(self.side + 2 * LEAST_QUIET);
            return Err(TooSmall {
                needed_columns,
                needed_rows,
                columns: width,
                rows: height,
            });
        };
        let side = 0..self.side + 2 * quiet;
        Ok(match canvas {
            Canvas::HalfBlocks => side
                .clone()
                .step_by(2)
                .map(|row| line(side.clone().map(|column| self.halves(column, row, quiet))))
                .collect(),
            Canvas::ColouredSpaces => side
                .clone()
                .map(|row| {
                    line(
                        side.clone()
                            .map(|column| (self.is_dark(column, row, quiet), "  ")),
                    )
                })
                .collect(),
        })
    }

    /// The cell for a module and the one below it: whether its ground is dark, and what
    /// stands on it in the other colour.
    ///
    /// Fonts rarely fill a cell: a row of pixels above `▀` or below `▄` and `█` often shows
    /// the ground. Such seams cut dark modules apart, and readers do not find the code. So
    /// the ground draws what it can, and of two half blocks the one is taken whose ground is
    /// also the colour beyond its outer edge; where neither is, the seam is a dark one. With
    /// a quiet zone of an even number of modules, none runs through the three corners by
    /// which a code is found.
    fn halves(&self, column: usize, row: usize, quiet: usize) -> (bool, &'static str) {
        let dark = |row| self.is_dark(column, row, quiet);
        let above = row.checked_sub(1).is_some_and(dark);
        let (upper, lower, below) = (dark(row), dark(row + 1), dark(row + 2));
        if upper == lower {
            (upper, " ")
        } else if above == upper && (below == upper || upper) {
            (upper, "▄")
        } else {
            (lower, "▀")
        }
    }

    /// Whether a module is dark, counted from the corner of a quiet zone this wide.
    /// Everything outside the code is light.
    fn is_dark(&self, column: usize, row: usize, quiet: usize) -> bool {
        let inside = |at: usize| at.checked_sub(quiet).filter(|&at| at < self.side);
        match (inside(column), inside(row)) {
            (Some(x), Some(y)) => self.modules.expose()[y * self.side + x],
            _ => false,
        }
    }

    /// The code as an SVG picture, black on white.
    pub fn svg(&self) -> String {
        let colours: Vec<Color> = self.modules.expose().iter().copied().map(colour).collect();
        Renderer::<svg::Color>::new(&colours, self.side, pixels(QUIET))
            .module_dimensions(pixels(PIXELS), pixels(PIXELS))
            .build()
    }

    /// The code as a PNG picture of one bit a pixel, black on white.
    ///
    /// # Errors
    /// Whatever the encoder says; none is known to happen.
    pub fn png(&self) -> Result<Vec<u8>, png::EncodingError> {
        let modules = self.side + 2 * QUIET;
        let side = modules * PIXELS;
        // A module is one byte wide: eight pixels of one bit; one is white.
        let mut data = Vec::with_capacity(modules * side);
        for y in 0..side {
            let row = y / PIXELS;
            data.extend((0..modules).map(|x| if self.is_dark(x, row, QUIET) { 0 } else { 0xff }));
        }
        let mut picture = Vec::new();
        let mut encoder = png::Encoder::new(&mut picture, pixels(side), pixels(side));
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::One);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&data)?;
        writer.finish()?;
        Ok(picture)
    }
}

/// A line of cells, each a dark or light ground and what stands on it in the other colour.
fn line(cells: impl Iterator<Item = (bool, &'static str)>) -> String {
    let mut line = String::new();
    let mut ground = None;
    for (dark, text) in cells {
        if ground.replace(dark) != Some(dark) {
            line.push_str(if dark { WHITE_ON_BLACK } else { BLACK_ON_WHITE });
        }
        line.push_str(text);
    }
    line.push_str(RESET);
    line
}

fn colour(dark: bool) -> Color {
    if dark { Color::Dark } else { Color::Light }
}

/// A QR code has at most 177 modules a side.
fn pixels(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
