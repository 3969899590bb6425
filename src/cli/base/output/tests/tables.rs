use std::borrow::Cow;

use super::*;
use crate::cli::base::colour::Role;

#[derive(serde::Serialize)]
struct Person {
    address: &'static str,
    name: String,
    tries: u32,
}

impl Record for Person {
    fn cells(&self) -> Vec<Cell> {
        vec![
            self.address.into(),
            Cell::new(self.name.as_str(), Role::Bad),
            self.tries.to_string().into(),
        ]
    }
    fn plain(&self) -> Option<Cow<'_, str>> {
        Some(self.address.into())
    }
}

fn table(people: &[Person], width: usize, at_terminal: bool, colour: bool) -> String {
    let terminal = Terminal {
        width,
        ..terminal(at_terminal)
    };
    let manner = Manner {
        colour_out: colour,
        ..Manner::default()
    };
    let mut desk = Desk::at(Format::Table, terminal, manner);
    desk.report.headings(&[
        Heading::words("ADDRESS"),
        Heading::words("NAME"),
        Heading::numbers("TRIES"),
    ]);
    for person in people {
        desk.report.record(&mut desk.ui, person).unwrap();
    }
    desk.done(Ok(Finish::Done)).1
}

fn people() -> Vec<Person> {
    let person = |address, name: &str, tries| Person {
        address,
        name: name.into(),
        tries,
    };
    vec![
        person("ada@example.com", "Ada Lovelace, Countess of 東京", 6),
        person("bob@example.com", "", 12),
    ]
}

#[test]
fn a_table_is_aligned_and_never_cut_off_a_terminal() {
    insta::assert_snapshot!(table(&people(), 20, false, false), @r"
    ADDRESS          NAME                            TRIES
    ada@example.com  Ada Lovelace, Countess of 東京      6
    bob@example.com                                     12
    ");
}

#[test]
fn a_table_fits_the_terminal() {
    insta::assert_snapshot!(table(&people(), 44, true, false), @r"
    ADDRESS          NAME                  TRIES
    ada@example.com  Ada Lovelace,             6
                     Countess of 東京
    bob@example.com                           12
    ");
    insta::assert_snapshot!(table(&people(), 20, true, false), @"
    ADDRESS: 
      ada@example.com
    NAME: Ada Lovelace,
      Countess of 東京
    TRIES: 6

    ADDRESS: 
      bob@example.com
    TRIES: 12
    ");
    for width in 20..100 {
        let text = table(&people(), width, true, false);
        if width >= 30 {
            for line in text.lines() {
                assert!(unicode_width::UnicodeWidthStr::width(line) <= width);
            }
        }
    }
}

#[test]
fn colour_changes_nothing_but_the_colour() {
    for width in [20, 44, 100] {
        let coloured = table(&people(), width, true, true);
        assert!(coloured.contains("\x1b[31m"));
        let mut bare = String::new();
        let mut pieces = coloured.split("\x1b[");
        bare.push_str(pieces.next().unwrap());
        for piece in pieces {
            bare.push_str(piece.split_once('m').unwrap().1);
        }
        assert_eq!(bare, table(&people(), width, true, false));
    }
}

#[test]
fn a_long_table_keeps_the_widths_of_its_beginning() {
    let mut many: Vec<_> = (0..2_500)
        .map(|tries| Person {
            address: "ada@example.com",
            name: "Ada".into(),
            tries,
        })
        .collect();
    let text = table(&many, 80, true, false);
    assert_eq!(text.lines().count(), 2_501);
    let width = text.lines().next().unwrap().len();
    assert!(text.lines().all(|line| line.len() == width));
    many[2_400].name = "Augusta Ada King, Countess of Lovelace".into();
    assert!(table(&many, 80, false, false).contains("Countess of Lovelace   2400\n"));
}

#[test]
fn hostile_cells_keep_the_columns() {
    let person = Person {
        address: "a\u{1b}[2Jb\u{1f}\nc",
        name: "\u{1f}\u{202e}x".into(),
        tries: 1,
    };
    for colour in [false, true] {
        let text = table(&[person_clone(&person)], 80, true, colour);
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 2, "{text:?}");
        assert!(!text.contains(['\u{1f}', '\u{202e}']) && !text.contains("\u{1b}[2J"));
    }
}

fn person_clone(person: &Person) -> Person {
    Person {
        name: person.name.clone(),
        ..*person
    }
}

fn replies(width: usize, colour: bool) -> String {
    let terminal = Terminal {
        width,
        ..terminal(true)
    };
    let manner = Manner {
        colour_out: colour,
        ..Manner::default()
    };
    let mut desk = Desk::at(Format::Table, terminal, manner);
    desk.report.headings(&[
        Heading::numbers("ID"),
        Heading::whole("TO"),
        Heading::words("STATE"),
        Heading::sentences("DETAIL"),
    ]);
    for (id, to, detail) in [
        (
            "7",
            "ada@example.com",
            "taken by mx.example.com: 250 2.0.0 Ok",
        ),
        ("12", "bob@example.com", ""),
        (
            "13",
            "carol@example.com",
            "mx.example.com refuses carol@example.com: 550 5.1.1 User unknown",
        ),
    ] {
        let cells = [id, to, "sent", detail].map(Cell::from);
        let row = Row::new(serde_json::Map::new()).cells(cells);
        desk.report.row(&mut desk.ui, row).unwrap();
    }
    desk.done(Ok(Finish::Done)).1
}

#[test]
fn sentences_stand_below_their_row_where_a_column_would_be_too_narrow() {
    insta::assert_snapshot!(replies(72, false), @"
    ID  TO                 STATE  DETAIL
     7  ada@example.com    sent   taken by mx.example.com: 250 2.0.0 Ok
    12  bob@example.com    sent
    13  carol@example.com  sent   mx.example.com refuses carol@example.com:
                                  550 5.1.1 User unknown
    ");
    insta::assert_snapshot!(replies(60, false), @"
    ID  TO                 STATE
     7  ada@example.com    sent
        taken by mx.example.com: 250 2.0.0 Ok
    12  bob@example.com    sent
    13  carol@example.com  sent
        mx.example.com refuses carol@example.com: 550 5.1.1 User
        unknown
    ");
    insta::assert_snapshot!(replies(30, false), @"
    ID  TO                 STATE
     7  ada@example.com    sent
        taken by mx.example.com:
        250 2.0.0 Ok
    12  bob@example.com    sent
    13  carol@example.com  sent
        mx.example.com refuses
        carol@example.com: 550
        5.1.1 User unknown
    ");
    for width in 30..120 {
        let text = replies(width, false);
        for line in text.lines() {
            assert!(
                unicode_width::UnicodeWidthStr::width(line) <= width,
                "{text}"
            );
        }
        // An address is never cut in two.
        assert_eq!(
            text.matches("\n13").count() + text.matches("ID: 13").count(),
            1
        );
        assert!(text.contains("carol@example.com "), "{text}");
        let bare = replies(width, true)
            .split("\x1b[")
            .enumerate()
            .map(|(at, piece)| {
                let behind = piece.split_once('m').filter(|_| at > 0);
                behind.map_or(piece, |(_, rest)| rest).to_owned()
            })
            .collect::<String>();
        assert_eq!(bare, text);
    }
}
