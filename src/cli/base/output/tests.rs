mod tables;

use std::io;

use clap::ValueEnum as _;
use serde_json::{Map, Value, json};

use super::*;
use crate::cli::base::colour::Role;
use crate::cli::base::env::Terminal;
use crate::cli::base::error::CliError;
use crate::cli::base::ui::{Manner, Ui};
use crate::cli::testing::{Stream, terminal};

/// A report with captured streams.
struct Desk {
    ui: Ui,
    report: Report,
    out: Stream,
    err: Stream,
}

impl Desk {
    fn new(format: Format) -> Self {
        Self::at(format, terminal(false), Manner::default())
    }

    fn at(format: Format, terminal: Terminal, manner: Manner) -> Self {
        let (out, err) = (Stream::default(), Stream::default());
        Self {
            ui: Ui::new(
                Box::new(out.clone()),
                Box::new(err.clone()),
                terminal,
                manner,
            ),
            report: Report::new("unlock", format),
            out,
            err,
        }
    }

    fn row(&mut self, row: Row) {
        self.report.row(&mut self.ui, row).unwrap();
    }

    fn done(mut self, result: Result<Finish, CliError>) -> (u8, String, String) {
        let code = self.report.finish(&mut self.ui, result);
        (code, self.out.text(), self.err.text())
    }
}

fn done(target: &str) -> Row {
    Row::change(target, Some("main"), Status::Done).message("locked → active")
}

fn refused(target: &str) -> Row {
    let error = CliError::refused("registered already").hinted("run `admit remove`");
    Row::failure(target, Some("main"), error)
}

fn fields(pairs: Value) -> Map<String, Value> {
    match pairs {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[test]
fn json_is_one_document_in_the_promised_order() {
    let mut desk = Desk::new(Format::Json);
    desk.row(done("ada@example.com").before(json!({"status": "locked"})));
    let (code, out, err) = desk.done(Ok(Finish::Done));
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(
        out,
        "{\"schema\":1,\"command\":\"unlock\",\"ok\":true,\"results\":[{\"target\":\"ada@example.com\",\
         \"panel\":\"main\",\"status\":\"done\",\"before\":{\"status\":\"locked\"},\"after\":null,\
         \"message\":\"locked → active\",\"hint\":null}],\
         \"totals\":{\"done\":1,\"unchanged\":0,\"refused\":0,\"failed\":0},\"error\":null}\n"
    );
}

#[test]
fn json_is_one_document_also_when_it_fails_half_way() {
    let mut desk = Desk::new(Format::Json);
    desk.row(done("ada@example.com"));
    let (code, out, err) = desk.done(Err(CliError::try_again("the store is busy")));
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 7);
    assert_eq!(document["ok"], false);
    assert_eq!(document["results"].as_array().unwrap().len(), 1);
    assert_eq!(document["error"]["kind"], "partial");
    assert_eq!(document["error"]["hint"], Value::Null);
    assert_eq!(err, "error: the store is busy\n");

    let (code, out, _) = Desk::new(Format::Json).done(Err(CliError::try_again("busy")));
    let document: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(code, 75);
    assert_eq!(document["error"]["kind"], "try-again");
}

#[test]
fn json_escapes_what_acts_on_a_terminal_and_loses_nothing() {
    let evil = "\u{1b}[31m\u{7f}\u{9b}\u{202e}\u{200b}\u{feff}\u{e0041}\u{2028}\"\\\n ü 🎉";
    for format in [Format::Json, Format::Jsonl] {
        let mut desk = Desk::new(format);
        desk.row(Row::new(fields(json!({"name": evil, evil: 1}))));
        let (_, out, _) = desk.done(Ok(Finish::Done));
        let safe = |c: char| c == '\n' || (' '..='~').contains(&c) || "ü🎉".contains(c);
        assert!(out.chars().all(safe), "{out:?}");
        let value: Value = serde_json::from_str(&out).unwrap();
        let row = if format == Format::Json {
            &value["results"][0]
        } else {
            &value
        };
        assert_eq!(row["name"], evil);
        assert_eq!(row[evil], 1);
    }
}

#[test]
fn fields_are_in_the_declared_order_and_never_missing() {
    let mut desk = Desk::new(Format::Jsonl);
    desk.report.keys(&["address", "name", "role"]);
    desk.row(Row::new(fields(json!({"role": "member", "address": "a"}))));
    let (_, out, _) = desk.done(Ok(Finish::Done));
    assert_eq!(
        out,
        "{\"address\":\"a\",\"name\":null,\"role\":\"member\"}\n"
    );
}

#[test]
fn csv_has_a_header_even_without_rows_and_no_formulas() {
    let mut desk = Desk::new(Format::Csv);
    desk.report.keys(&["address", "name", "detail"]);
    desk.row(Row::new(fields(
        json!({"address": "=1+1", "name": "a,\"b\"\u{1b}", "detail": {"x": [1]}}),
    )));
    let (_, out, _) = desk.done(Ok(Finish::Done));
    let (header, row) = out.split_once('\n').unwrap();
    assert_eq!(header, "address,name,detail");
    assert!(row.starts_with("'=1+1,\"a,\"\"b\"\""), "{row}");
    assert!(row.ends_with(",\"{\"\"x\"\":[1]}\"\n") && !row.contains('\u{1b}'));

    let mut desk = Desk::new(Format::Csv);
    desk.report.keys(&["address"]);
    assert_eq!(desk.done(Ok(Finish::Done)).1, "address\n");
    let mut desk = Desk::new(Format::Csv);
    desk.report.keys(&["address"]);
    assert_eq!(desk.done(Err(CliError::failed("x"))).1, "");
}

#[test]
fn plain_is_addresses_only_and_people_hear_of_refusals() {
    let mut desk = Desk::new(Format::Plain);
    desk.row(done("ada@example.com"));
    desk.row(refused("bob@example.com"));
    let (code, out, err) = desk.done(Ok(Finish::Done));
    assert_eq!(code, 7);
    assert_eq!(out, "ada@example.com\n");
    assert_eq!(
        err,
        "error: bob@example.com: registered already\nhint: run `admit remove`\n1 done, 1 refused\n"
    );
}

#[test]
fn a_single_refusal_is_told_once_and_keeps_its_code() {
    for format in Format::value_variants() {
        let mut desk = Desk::new(*format);
        desk.row(refused("bob@example.com"));
        let (code, out, err) = desk.done(Ok(Finish::Done));
        assert_eq!(code, 4);
        assert_eq!(err.matches("registered already").count(), 1, "{format:?}");
        assert_eq!(out.is_empty(), format.is_for_people());
    }
}

#[test]
fn an_empty_list_says_so_to_people_only() {
    for format in Format::value_variants() {
        let mut desk = Desk::new(*format);
        desk.report.empty("nobody is locked");
        let (_, _, err) = desk.done(Ok(Finish::Done));
        assert_eq!(err.is_empty(), !format.is_for_people());
    }
}

#[test]
fn an_obstacle_is_an_answer_and_not_an_error() {
    let (code, out, err) = Desk::new(Format::Json).done(Ok(Finish::Obstacle));
    assert_eq!((code, err.as_str()), (6, ""));
    assert!(out.contains("\"ok\":true"));
}

#[test]
fn an_endless_list_is_no_document() {
    let refusal = |format| Desk::new(format).report.endless("--follow").is_err();
    assert!(refusal(Format::Json) && !refusal(Format::Jsonl));
}

#[test]
fn a_fault_of_the_stream_is_told_once() {
    struct Full;
    impl io::Write for Full {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::StorageFull.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let err = Stream::default();
    let mut ui = Ui::new(
        Box::new(Full),
        Box::new(err.clone()),
        terminal(false),
        Manner::default(),
    );
    let mut report = Report::new("list", Format::Jsonl);
    report.row(&mut ui, done("a")).unwrap();
    assert_eq!(report.finish(&mut ui, Ok(Finish::Done)), 1);
    assert_eq!(
        err.text(),
        "error: cannot write to standard output\nCaused by: no storage space\n"
    );
}

#[test]
fn changes_of_several_people_are_a_line_each_with_what_they_share_below() {
    let mut desk = Desk::new(Format::Table);
    desk.report.many();
    for (address, link) in [
        ("ada@example.com", "link valid until noon"),
        ("bob@example.com", "link valid until noon"),
    ] {
        let change = Change {
            what: "invited to main as member".into(),
            further: vec![link.into(), format!("for {address}")],
            mail: Some(("written", Role::Plain)),
        };
        let row = Row::change(address, Some("main"), Status::Done)
            .message("unknown → invited to main as member; and so on")
            .in_short(change)
            .hint("see it with `admit mail list`");
        desk.report.row(&mut desk.ui, row).unwrap();
    }
    let (_, out, err) = desk.done(Ok(Finish::Done));
    insta::assert_snapshot!(format!("{out}----\n{err}"), @"
    ADDRESS          RESULT                     MAIL
    ada@example.com  invited to main as member  written
    bob@example.com  invited to main as member  written
    ----
    For all: link valid until noon
    hint: see it with `admit mail list`
    2 done
    ");
}
