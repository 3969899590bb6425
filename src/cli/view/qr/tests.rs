use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};

use proptest::prelude::*;

use super::*;
use crate::vault::{Entropy, TotpSecret};

/// The URI of somebody whose address has 64 characters, in the panel `main`.
fn uri() -> Secret<String> {
    let address = format!("{}@{}.example.com", "a".repeat(30), "b".repeat(21));
    assert_eq!(address.len(), 64);
    let secret = TotpSecret::random(&Entropy::seeded(1)).unwrap();
    secret.uri("main", &address)
}

fn qr() -> Qr {
    Qr::of(&uri()).unwrap()
}

/// What a reader sees in a square picture, each dot `zoom` pixels wide; true is dark.
fn read(dots: &[Vec<bool>], zoom: usize) -> String {
    let (width, height) = (dots[0].len() * zoom, dots.len() * zoom);
    let mut image =
        rqrr::PreparedImage::prepare_from_bitmap(width, height, |x, y| dots[y / zoom][x / zoom]);
    let grids = image.detect_grids();
    assert_eq!(grids.len(), 1);
    grids[0].decode().unwrap().1
}

/// A terminal's cells: ground, ink and character, as these lines leave them. Ink and ground
/// are numbers of the 256 colours.
fn cells(lines: &[String]) -> Vec<Vec<(u8, u8, char)>> {
    lines.iter().map(|line| cells_of(line)).collect()
}

fn cells_of(line: &str) -> Vec<(u8, u8, char)> {
    let mut colours = None;
    let mut cells = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        if let Some(sequence) = rest.strip_prefix("\x1b[") {
            let (numbers, after) = sequence.split_once('m').unwrap();
            colours = match numbers.split(';').collect::<Vec<_>>()[..] {
                ["38", "5", ink, "48", "5", ground] => {
                    Some((ground.parse().unwrap(), ink.parse().unwrap()))
                }
                ["0"] => None,
                _ => panic!("{numbers}"),
            };
            rest = after;
        } else {
            let c = rest.chars().next().unwrap();
            let (ground, ink) = colours.expect("a cell in the terminal's own colours");
            cells.push((ground, ink, c));
            rest = &rest[c.len_utf8()..];
        }
    }
    assert_eq!(colours, None, "the colours are not taken back");
    cells
}

/// Black of the colour cube is dark, its white is light, and there is nothing else.
fn dark(colour: u8) -> bool {
    assert!(colour == 16 || colour == 231, "{colour}");
    colour == 16
}

fn half_block_dots(lines: &[String]) -> Vec<Vec<bool>> {
    let mut dots = Vec::new();
    for row in cells(lines) {
        let half = |upper: bool| {
            let dot = |&(ground, ink, c): &(u8, u8, char)| match c {
                ' ' => dark(ground),
                '▀' => dark(if upper { ink } else { ground }),
                '▄' => dark(if upper { ground } else { ink }),
                _ => panic!("{c}"),
            };
            row.iter().map(dot).collect::<Vec<_>>()
        };
        dots.push(half(true));
        dots.push(half(false));
    }
    dots
}

fn space_dots(lines: &[String]) -> Vec<Vec<bool>> {
    let pair = |cells: &[(u8, u8, char)]| {
        assert_eq!(cells.len(), 2);
        assert_eq!(cells[0], cells[1]);
        assert_eq!(cells[0].2, ' ');
        dark(cells[0].0)
    };
    let rows = cells(lines);
    rows.iter()
        .map(|row| row.chunks(2).map(pair).collect())
        .collect()
}

/// How many light dots surround the code: above, left, right, below.
fn quiet(dots: &[Vec<bool>]) -> [usize; 4] {
    let height = dots.len();
    let width = dots[0].len();
    let row = |y: usize| dots[y].iter().any(|&dot| dot);
    let column = |x: usize| dots.iter().any(|row| row[x]);
    [
        (0..height).position(row).unwrap(),
        (0..width).position(column).unwrap(),
        (0..width).rev().position(column).unwrap(),
        (0..height).rev().position(row).unwrap(),
    ]
}

#[test]
fn half_blocks_are_read_back() {
    let lines = qr().lines(Canvas::HalfBlocks, 80, Some(50)).unwrap();
    let dots = half_block_dots(&lines);
    assert_eq!(read(&dots, 3), uri().as_str());
    // The last line's lower half belongs to the quiet zone.
    assert_eq!(quiet(&dots), [4, 4, 4, 5]);
}

#[test]
fn a_font_with_gaps_does_not_cut_the_finder_patterns() {
    let qr = qr();
    for (width, quiet) in [(80, 4), (47, 2)] {
        let lines = qr.lines(Canvas::HalfBlocks, width, None).unwrap();
        let dots = half_block_dots(&lines);
        let dot = |row: usize, column: usize| dots.get(row).is_some_and(|row| row[column]);
        for (row, cells) in cells(&lines).iter().enumerate() {
            for (column, &(ground, _, c)) in cells.iter().enumerate() {
                let corner = |at: usize| at < quiet + 7 || at >= quiet + 41 - 7;
                let last = column > quiet + 7 && 2 * row > quiet + 7;
                if !corner(column) || !corner(2 * row) || last {
                    continue;
                }
                // Where dark lies beyond the gap, the gap is dark too.
                let beyond = match c {
                    '▀' => row > 0 && dot(2 * row - 1, column),
                    '▄' => dot(2 * row + 2, column),
                    _ => continue,
                };
                assert!(dark(ground) || !beyond, "{quiet}: {column}, {row}");
            }
        }
    }
}

#[test]
fn coloured_spaces_are_read_back() {
    let lines = qr().lines(Canvas::ColouredSpaces, 200, None).unwrap();
    assert!(lines.iter().all(|line| line.is_ascii()));
    let dots = space_dots(&lines);
    assert_eq!(read(&dots, 3), uri().as_str());
    assert_eq!(quiet(&dots), [4, 4, 4, 4]);
}

#[test]
fn eighty_columns_and_a_long_address_fit() {
    let qr = qr();
    assert_eq!(qr.side(), 41);
    let lines = qr.lines(Canvas::HalfBlocks, 80, None).unwrap();
    assert_eq!(lines.len(), 25);
    assert!(cells(&lines).iter().all(|row| row.len() == 49));
}

#[test]
fn the_quiet_zone_shrinks_to_two_before_the_code_is_refused() {
    let qr = qr();
    for (canvas, width, height, least) in [
        (Canvas::HalfBlocks, 49, None, 4),
        (Canvas::HalfBlocks, 48, None, 2),
        (Canvas::HalfBlocks, 46, None, 2),
        (Canvas::HalfBlocks, 45, None, 2),
        (Canvas::HalfBlocks, 200, Some(25), 4),
        (Canvas::HalfBlocks, 200, Some(24), 2),
        (Canvas::HalfBlocks, 200, Some(23), 2),
        (Canvas::ColouredSpaces, 90, None, 2),
        (Canvas::ColouredSpaces, 200, Some(47), 2),
    ] {
        let lines = qr.lines(canvas, width, height).unwrap();
        let dots = match canvas {
            Canvas::HalfBlocks => half_block_dots(&lines),
            Canvas::ColouredSpaces => space_dots(&lines),
        };
        assert_eq!(quiet(&dots)[..3], [least; 3], "{width} {height:?}");
        assert_eq!(read(&dots, 4), uri().as_str());
        assert!(cells(&lines)[0].len() <= width);
        assert!(height.is_none_or(|height| lines.len() <= height));
    }
}

#[test]
fn a_terminal_that_is_too_small_is_told_what_is_missing() {
    let qr = qr();
    let small = qr.lines(Canvas::HalfBlocks, 44, None).unwrap_err();
    assert_eq!(
        small.to_string(),
        "the QR code needs 45 columns and 23 rows; the terminal has 44 columns"
    );
    let low = qr.lines(Canvas::HalfBlocks, 80, Some(22)).unwrap_err();
    assert_eq!(
        low.to_string(),
        "the QR code needs 45 columns and 23 rows; the terminal has 80 and 22"
    );
    let spaces = qr.lines(Canvas::ColouredSpaces, 80, Some(24)).unwrap_err();
    assert_eq!(
        spaces,
        TooSmall {
            needed_columns: 90,
            needed_rows: 45,
            columns: 80,
            rows: Some(24),
        }
    );
    // What it says is enough, and one less is not.
    for canvas in [Canvas::HalfBlocks, Canvas::ColouredSpaces] {
        let small = qr.lines(canvas, 0, Some(0)).unwrap_err();
        let (columns, rows) = (small.needed_columns, small.needed_rows);
        let lines = qr.lines(canvas, columns, Some(rows)).unwrap();
        assert_eq!(lines.len(), rows);
        assert!(qr.lines(canvas, columns - 1, Some(rows)).is_err());
        assert!(qr.lines(canvas, columns, Some(rows - 1)).is_err());
    }
}

#[test]
fn a_text_that_is_too_long_has_no_code() {
    assert!(Qr::of(&Secret::new("é".repeat(1_400))).is_some());
    assert!(Qr::of(&Secret::new("é".repeat(1_500))).is_none());
}

/// The pixels of a PNG of one bit, true being black.
fn png_dots(bytes: &[u8]) -> Vec<Vec<bool>> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes))
        .read_info()
        .unwrap();
    let info = reader.info();
    assert_eq!(info.color_type, png::ColorType::Grayscale);
    assert_eq!(info.bit_depth, png::BitDepth::One);
    assert_eq!(info.width, info.height);
    let mut dots = Vec::new();
    while let Some(row) = reader.next_row().unwrap() {
        let bits = |byte: &u8| {
            (0..8)
                .rev()
                .map(move |bit| (byte >> bit) & 1 == 0)
                .collect::<Vec<_>>()
        };
        dots.push(
            row.data()
                .iter()
                .copied()
                .flat_map(|byte| bits(&byte))
                .collect(),
        );
    }
    dots
}

#[test]
fn the_png_is_read_back() {
    let dots = png_dots(&qr().png().unwrap());
    assert_eq!(dots.len(), 392);
    assert_eq!(dots[0].len(), 392);
    assert_eq!(read(&dots, 1), uri().as_str());
    assert_eq!(quiet(&dots), [32; 4]);
}

/// The rectangles of an SVG's path, drawn.
fn svg_dots(svg: &str) -> Vec<Vec<bool>> {
    let between = |start: &str, end: &str| {
        let (_, rest) = svg.split_once(start).unwrap();
        rest.split_once(end).unwrap().0.to_owned()
    };
    let side: usize = between("viewBox=\"0 0 ", " ").parse().unwrap();
    assert!(svg.contains(&format!(
        "<rect x=\"0\" y=\"0\" width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>"
    )));
    let mut dots = vec![vec![false; side]; side];
    for rectangle in between("<path fill=\"#000\" d=\"M", "\"").split('M') {
        // M left top h width v height H left V top
        let numbers: Vec<usize> = rectangle
            .split(|c: char| !c.is_ascii_digit())
            .map(|number| number.parse().unwrap())
            .collect();
        let [left, top, width, height, back, up] = numbers[..] else {
            panic!("{rectangle}");
        };
        assert_eq!((back, up), (left, top));
        for row in &mut dots[top..top + height] {
            row[left..left + width].fill(true);
        }
    }
    dots
}

#[test]
fn the_svg_is_read_back() {
    let dots = svg_dots(&qr().svg());
    assert_eq!(dots, png_dots(&qr().png().unwrap()));
    assert_eq!(read(&dots, 1), uri().as_str());
}

/// A place that no guard keeps.
fn place(path: &std::path::Path) -> crate::files::Place {
    crate::files::Guard::default().place(path).unwrap()
}

#[test]
fn a_picture_is_for_its_owner_and_says_its_kind_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    for (name, start) in [
        ("a.svg", &b"<?xml"[..]),
        ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("b.SVG", b"<?xml"),
        ("b.c.Png", b"\x89PNG\r\n\x1a\n"),
    ] {
        let path = folder.path().join(name);
        write_file(&qr(), &place(&path)).unwrap();
        assert!(fs::read(&path).unwrap().starts_with(start), "{name}");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o7777, 0o600);
    }
    assert_eq!(
        fs::read(folder.path().join("a.png")).unwrap(),
        qr().png().unwrap()
    );
    for name in ["a", "a.jpg", "png", ".svg", "a.svg.txt"] {
        let path = folder.path().join("none").join(name);
        let error = write_file(&qr(), &place(&path)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "a QR code is written as .svg or .png; {} ends in neither",
                path.display()
            )
        );
        assert!(!path.exists());
    }
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let taken = folder.path().join("taken.png");
    fs::write(&taken, "mine").unwrap();
    let astray = folder.path().join("astray.svg");
    symlink(folder.path().join("elsewhere.svg"), &astray).unwrap();
    let sub = folder.path().join("folder.png");
    fs::create_dir(&sub).unwrap();
    for path in [&taken, &astray, &sub] {
        let error = write_file(&qr(), &place(path)).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("{} already exists and is not overwritten", path.display())
        );
    }
    assert_eq!(fs::read_to_string(&taken).unwrap(), "mine");
    assert!(!folder.path().join("elsewhere.svg").exists());

    let nowhere = folder.path().join("no/such.png");
    let error = write_file(&qr(), &place(&nowhere)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "cannot write {}: No such file or directory",
            nowhere.display()
        )
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_address_and_panel_can_be_read(
        panel in "[a-z][a-z0-9-]{0,30}",
        address in "[a-z0-9.+_]{1,40}@[a-zäöü]{1,30}\\.[a-z]{2,8}",
        seed: u64,
    ) {
        let uri = TotpSecret::random(&Entropy::seeded(seed)).unwrap().uri(&panel, &address);
        let qr = Qr::of(&uri).unwrap();
        let lines = qr.lines(Canvas::HalfBlocks, 80, None).unwrap();
        prop_assert_eq!(read(&half_block_dots(&lines), 4), uri.as_str());
    }
}
