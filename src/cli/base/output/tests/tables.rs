use std::borrow::Cow;

use super::*;

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
        Heading::names("NAME"),
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
fn a_table_fits_the_terminal_and_cuts_names_only() {
    insta::assert_snapshot!(table(&people(), 44, true, false), @"
    ADDRESS          NAME              TRIES
    ada@example.com  Ada Lovelace,…        6
    bob@example.com                       12
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
        assert!(text.contains("ada@example.com"), "{text}");
        if width >= 36 {
            assert_eq!(text.lines().count(), 3, "{text}");
            for line in text.lines() {
                assert!(
                    unicode_width::UnicodeWidthStr::width(line) <= width,
                    "{text}"
                );
            }
        }
    }
}

fn visitors(width: usize, rows: &[[&str; 5]]) -> String {
    let terminal = Terminal {
        width,
        ..terminal(true)
    };
    let mut desk = Desk::at(Format::Table, terminal, Manner::default());
    desk.report.times_in("Berlin".into());
    desk.report.headings(&[
        Heading::words("ADDRESS"),
        Heading::names("NAME").spare(2),
        Heading::words("2FA").spare(1),
        Heading::times("LAST SIGN-IN").spare(0),
        Heading::words("STATUS"),
    ]);
    for cells in rows {
        let row = Row::new(serde_json::Map::new()).cells(cells.map(Cell::from));
        desk.report.row(&mut desk.ui, row).unwrap();
    }
    desk.done(Ok(Finish::Done)).1
}

#[test]
fn what_can_be_spared_goes_before_an_address_is_touched() {
    let rows = [
        [
            "ada@example.com",
            "Ada Lovelace",
            "app",
            "2 days ago",
            "active",
        ],
        [
            "a.rather.long.address@engineering.example.com",
            "Bob",
            "–",
            "never",
            "locked",
        ],
    ];
    // The last sign-in first, then the name is cut, then the second factor and the name go.
    for width in [120, 85, 72, 64, 54] {
        let text = visitors(width, &rows);
        assert!(
            text.contains(rows[1][0]) && text.contains("locked"),
            "{text}"
        );
        assert!(
            text.lines()
                .all(|line| unicode_width::UnicodeWidthStr::width(line) <= width),
            "{text}"
        );
    }
    insta::assert_snapshot!(visitors(120, &rows), @"
    ADDRESS                                        NAME          2FA  LAST SIGN-IN (Berlin)  STATUS
    ada@example.com                                Ada Lovelace  app  2 days ago             active
    a.rather.long.address@engineering.example.com  Bob           –    never                  locked
    ");
    insta::assert_snapshot!(visitors(72, &rows), @"
    ADDRESS                                        NAME          2FA  STATUS
    ada@example.com                                Ada Lovelace  app  active
    a.rather.long.address@engineering.example.com  Bob           –    locked
    ");
    insta::assert_snapshot!(visitors(60, &rows), @"
    ADDRESS                                        2FA  STATUS
    ada@example.com                                app  active
    a.rather.long.address@engineering.example.com  –    locked
    ");
}

#[test]
fn later_rows_stay_whole_where_the_first_decided_the_widths() {
    let short = ["ada@example.com", "Ada", "app", "never", "active"];
    let mut rows = vec![short; 1_000];
    let long = "a.rather.long.address@engineering.example.com";
    rows.push([long, "Bob", "–", "never", "locked"]);
    assert!(visitors(60, &rows).contains(long));
}

fn logged(width: usize) -> String {
    let terminal = Terminal {
        width,
        ..terminal(true)
    };
    let mut desk = Desk::at(Format::Table, terminal, Manner::default());
    desk.report.headings(&[
        Heading::numbers("SEQ"),
        Heading::words("WHO").spare(2),
        Heading::words("ACTION"),
        Heading::words("ADDRESS").spare(3),
        Heading::words("PANEL").spare(1),
        Heading::sentences("DETAIL"),
    ]);
    for cells in [
        [
            "7",
            "root",
            "invited",
            "ada@example.com",
            "main",
            "as member",
        ],
        [
            "8",
            "panel",
            "sign-in-refused",
            "a.rather.long.address@engineering.example.com",
            "–",
            "",
        ],
    ] {
        let row = Row::new(serde_json::Map::new()).cells(cells.map(Cell::from));
        desk.report.row(&mut desk.ui, row).unwrap();
    }
    desk.done(Ok(Finish::Done)).1
}

#[test]
fn what_is_left_out_beside_sentences_goes_below_the_row() {
    insta::assert_snapshot!(logged(90), @"
    SEQ  WHO    ACTION           ADDRESS                                        PANEL
      7  root   invited          ada@example.com                                main
         as member
      8  panel  sign-in-refused  a.rather.long.address@engineering.example.com  –
    ");
    insta::assert_snapshot!(logged(50), @"
    SEQ  WHO    ACTION           PANEL
      7  root   invited          main
         ada@example.com · as member
      8  panel  sign-in-refused  –
         a.rather.long.address@engineering.example.com
    ");
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
        Heading::words("TO"),
        Heading::words("STATE"),
        Heading::sentences("DETAIL"),
    ]);
    for (id, to, detail) in [
        (
            "7",
            "ada@example.com",
            "accepted by mx.example.com: 250 2.0.0 Ok",
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
     7  ada@example.com    sent   accepted by mx.example.com: 250 2.0.0 Ok
    12  bob@example.com    sent
    13  carol@example.com  sent   mx.example.com refuses carol@example.com:
                                  550 5.1.1 User unknown
    ");
    insta::assert_snapshot!(replies(60, false), @"
    ID  TO                 STATE
     7  ada@example.com    sent
        accepted by mx.example.com: 250 2.0.0 Ok
    12  bob@example.com    sent
    13  carol@example.com  sent
        mx.example.com refuses carol@example.com: 550 5.1.1 User
        unknown
    ");
    insta::assert_snapshot!(replies(30, false), @"
    ID  TO                 STATE
     7  ada@example.com    sent
        accepted by
        mx.example.com: 250 2.0.0
        Ok
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
        assert!(text.contains("carol@example.com"), "{text}");
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
