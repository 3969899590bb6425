use std::collections::BTreeMap;
use std::io::{self, ErrorKind, Write};

use super::*;
use crate::cli::base::colour::{ColorChoice, wants_colour};
use crate::cli::testing::{Stream, terminal};

struct Broken(ErrorKind);

impl Write for Broken {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn captured(manner: Manner) -> (Ui, Stream, Stream) {
    let (out, err) = (Stream::default(), Stream::default());
    let ui = Ui::new(
        Box::new(out.clone()),
        Box::new(err.clone()),
        terminal(false),
        manner,
    );
    (ui, out, err)
}

#[test]
fn quiet_silences_talk_but_neither_warnings_nor_errors() {
    let (mut ui, out, err) = captured(Manner {
        quiet: true,
        ..Manner::default()
    });
    ui.line("result").unwrap();
    ui.status("status");
    ui.hint("hint");
    ui.verbose(1, "verbose");
    ui.warning("odd");
    ui.error(&CliError::failed("broken").hinted("mend it"));
    ui.finish().unwrap();
    assert_eq!(out.text(), "result\n");
    assert_eq!(err.text(), "warning: odd\nerror: broken\n");
}

#[test]
fn an_error_prints_its_causes_and_its_hint() {
    let (mut ui, _, err) = captured(Manner::default());
    let error = CliError::failed("cannot open the store")
        .caused_by(io::Error::other("disk on fire"))
        .hinted("run `admit doctor`");
    ui.error(&error);
    assert_eq!(
        err.text(),
        "error: cannot open the store\nCaused by: disk on fire\nhint: run `admit doctor`\n"
    );
}

#[test]
fn no_text_steers_the_terminal() {
    let evil = "a\x1b]0;x\x07\u{9b}31m\u{202e}\u{200b}\nerror: b";
    let (mut ui, out, err) = captured(Manner {
        verbose: 1,
        ..Manner::default()
    });
    ui.line(evil).unwrap();
    ui.status(evil);
    ui.hint(evil);
    ui.warning(evil);
    ui.verbose(1, evil);
    ui.error(&CliError::failed(evil).hinted(evil).caused_by(evil));
    ui.finish().unwrap();
    for stream in [out, err] {
        for line in stream.text().lines() {
            assert!(!line.starts_with("error: b"), "{line}");
            assert!(
                line.chars()
                    .all(|c| !c.is_control() && !matches!(c, '\u{202e}' | '\u{200b}'))
            );
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure_and_a_full_disk_is() {
    let ui = |kind| {
        Ui::new(
            Box::new(Broken(kind)),
            Box::new(io::sink()),
            terminal(false),
            Manner::default(),
        )
    };
    let mut gone = ui(ErrorKind::BrokenPipe);
    gone.line("x").unwrap();
    assert!(gone.finish().is_ok() && gone.is_closed());
    gone.line("y").unwrap();

    let mut full = ui(ErrorKind::StorageFull);
    full.line("x").unwrap();
    let error = full.finish().unwrap_err();
    assert_eq!(error.kind.code(), 1);
    assert_eq!(
        error.in_one_line(),
        "cannot write to standard output: no storage space"
    );
}

#[test]
fn colour_follows_choice_variables_and_terminal() {
    type Case<'a> = (&'a [(&'a str, &'a str)], bool, bool);
    let cases: &[Case<'_>] = &[
        (&[("TERM", "xterm")], true, true),
        (&[("TERM", "xterm")], false, false),
        (&[("TERM", "dumb")], true, false),
        (&[], true, false),
        (&[("TERM", "xterm"), ("NO_COLOR", "0")], true, false),
        (&[("TERM", "xterm"), ("NO_COLOR", "")], true, true),
        (&[("TERM", "xterm"), ("CLICOLOR", "0")], true, false),
        (&[("CLICOLOR_FORCE", "1")], false, true),
        (&[("CLICOLOR_FORCE", "0")], false, false),
        (&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], true, false),
    ];
    for (vars, terminal, expected) in cases {
        let vars: BTreeMap<_, _> = vars
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let colour = |choice| wants_colour(choice, &vars, *terminal);
        assert_eq!(colour(ColorChoice::Auto), *expected, "{vars:?} {terminal}");
        assert!(colour(ColorChoice::Always));
        assert!(!colour(ColorChoice::Never));
    }
}
