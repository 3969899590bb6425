use std::io::{self, Read};

use proptest::prelude::*;

use super::{read, told};
use crate::cli::runner::input::format::LONGEST_LINE;
use crate::cli::runner::input::{Bulk, Column, InputProblem, Wanted};

#[test]
fn other_encodings_are_refused_with_their_place() {
    let utf8 = "save the file as UTF-8 (in spreadsheets: CSV UTF-8)";
    let wide = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let cases: &[(&[u8], String)] = &[
        (
            b"\xff\xfea\0d\0a\0",
            format!("line 1, byte 1: this looks like UTF-16; {utf8}"),
        ),
        (
            b"\xfe\xff\0a\0d",
            format!("line 1, byte 1: this looks like UTF-16; {utf8}"),
        ),
        (
            &wide("ada@x.org\n"),
            format!("line 1, byte 2: this looks like UTF-16; {utf8}"),
        ),
        (
            b"\0a\0d\0a",
            format!("line 1, byte 1: this looks like UTF-16; {utf8}"),
        ),
        (
            b"ada@x.org\nbob@x.org\0\n",
            format!("line 2, byte 10: this looks like UTF-16; {utf8}"),
        ),
        (
            b"address,name\r\nada@x.org,Zo\xeb\r\n",
            format!("line 2, byte 13: this is not UTF-8; {utf8}"),
        ),
        (
            b"ada@x.org\rbob@x\xff",
            format!("line 2, byte 6: this is not UTF-8; {utf8}"),
        ),
        (
            "ada@x.org\nZoë\u{ff}".as_bytes().split_last().unwrap().1,
            format!("line 2, byte 5: this is not UTF-8; {utf8}"),
        ),
        (
            b"\xef\xbb",
            format!("line 1, byte 1: this is not UTF-8; {utf8}"),
        ),
        (
            b"\xed\xa0\x80",
            format!("line 1, byte 1: this is not UTF-8; {utf8}"),
        ),
        (
            b"\xc0\xaf",
            format!("line 1, byte 1: this is not UTF-8; {utf8}"),
        ),
    ];
    for (input, sentence) in cases {
        assert_eq!(told(input), [sentence.as_str()], "{input:?}");
    }
}

#[test]
fn a_line_has_an_end() {
    let long = |length: usize| format!("ada@x.org\n{}\n", "a".repeat(length));
    assert_eq!(told(long(LONGEST_LINE)).len(), 2);
    assert_eq!(
        told(long(LONGEST_LINE + 1)),
        ["line 2 is longer than 1 MiB; this cannot be a list of people"]
    );
}

/// Gives one byte at a time, and is interrupted in between.
struct Dribble<'a>(&'a [u8], bool);

impl Read for Dribble<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.1 = !self.1;
        if self.1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        let one = buffer.len().min(1);
        self.0.read(&mut buffer[..one])
    }
}

#[test]
fn it_makes_no_difference_how_the_bytes_arrive() {
    let input = "\u{feff}address,name\r\nada@x.org,Zoë 🙂\r\n\rbob@x.org,\"a\r\nb\"\r";
    let mut bulk = Bulk::read(
        Dribble(input.as_bytes(), false),
        Wanted::of(&[Column::Name]),
    )
    .unwrap();
    let rows: Vec<_> = bulk.rows().map(Result::unwrap).collect();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.line, row.name.as_deref().unwrap()))
        .collect();
    assert_eq!(told, [(2, "Zoë 🙂"), (4, "a\nb")]);
}

#[test]
fn a_broken_pipe_is_told() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let problem = Bulk::read(b"ada@x.org\n".chain(Broken), Wanted::of(&[])).unwrap_err();
    assert!(matches!(problem, InputProblem::Unreadable(_)));
}

/// Makes rows as they are asked for, so that the test itself does not hold them.
struct Endless {
    row: u32,
    rows: u32,
    rest: Vec<u8>,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() && self.row < self.rows {
            self.row += 1;
            let (row, note) = (self.row, "x".repeat(80));
            self.rest = format!("person{row}@example.com,\"Person, No. {row}\",{note}\r\n").into();
        }
        let count = self.rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&self.rest[..count]);
        self.rest.drain(..count);
        Ok(count)
    }
}

#[test]
fn a_hundred_thousand_rows_are_streamed_from_an_unnamed_file() {
    let rows = Endless {
        row: 0,
        rows: 100_000,
        rest: b"address,name,note\r\n".to_vec(),
    };
    let mut bulk = Bulk::read(rows, Wanted::of(&Column::INPUT)).unwrap();
    assert!(
        bulk.spool.is_rolled(),
        "more than 8 MiB are not kept in memory"
    );
    for _ in 0..2 {
        let mut expected = 0;
        for row in bulk.rows() {
            let row = row.unwrap();
            expected += 1;
            assert_eq!(row.line, expected + 1);
            assert_eq!(row.address, format!("person{expected}@example.com"));
            assert_eq!(
                row.name.as_deref(),
                Some(format!("Person, No. {expected}").as_str())
            );
        }
        assert_eq!(expected, 100_000);
    }
    assert_eq!(
        bulk.rows().nth(10).unwrap().unwrap().line,
        12,
        "a walk can be left"
    );
    assert_eq!(
        bulk.rows().next().unwrap().unwrap().line,
        2,
        "and begun again"
    );
}

proptest! {
    #[test]
    fn no_input_is_too_odd(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[a@,;\\t\"'\\n\\r{}:#= é]{0,80}") {
        let _ = read(&bytes, &Column::INPUT);
        let _ = read(text.as_bytes(), &Column::INPUT);
        let _ = read(format!("address,name\n{text}").as_bytes(), &Column::INPUT);
        let _ = read(format!("{{\"address\":\"a@x.org\",{text}").as_bytes(), &Column::INPUT);
    }
}
