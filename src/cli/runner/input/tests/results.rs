use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use crate::cli::runner::input::{
    Bulk, Column, ResultsProblem, ResultsWriter, Row, Verdict, Wanted,
};

const DONE: Verdict<'static> = Verdict {
    action: "invited",
    status: "done",
    message: "link valid until tomorrow",
    expires_at: Some("2026-12-06T12:00:00Z"),
};
const FAILED: Verdict<'static> = Verdict {
    action: "none",
    status: "failed",
    message: "=a \"formula\"; with, marks\nand lines",
    expires_at: None,
};

fn bulk(input: &str) -> Bulk {
    Bulk::read(input.as_bytes(), Wanted::of(&Column::INPUT)).unwrap()
}

fn rows(bulk: &mut Bulk) -> Vec<Row> {
    bulk.rows().map(Result::unwrap).collect()
}

/// Runs every row through: what is settled is carried over, the next gets `DONE`, all others `FAILED`.
fn results(input: &str, path: &std::path::Path) -> String {
    let before = fs::read_to_string(path).ok();
    let mut bulk = bulk(input);
    let mut writer = ResultsWriter::create(&place(path), &bulk).unwrap();
    let mut next = DONE;
    for row in bulk.rows() {
        match row {
            Ok(row) if row.settled() => writer.carry(&row).unwrap(),
            Ok(row) => writer
                .write(&row, std::mem::replace(&mut next, FAILED))
                .unwrap(),
            Err(problem) => writer.write_problem(&problem, &problem.message).unwrap(),
        }
    }
    // Until it is finished nothing is seen at its place but what was there.
    assert_eq!(fs::read_to_string(path).ok(), before);
    writer.finish().unwrap();
    fs::read_to_string(path).unwrap()
}

/// A place that no guard keeps.
fn place(path: &std::path::Path) -> crate::files::Place {
    crate::files::Guard::default().place(path).unwrap()
}

#[test]
fn a_file_that_is_no_results_file_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("other");
    for content in [
        "SQLite format 3\0",
        "admit-key-1 00",
        "address,name\nada@x.org,Ada\n",
    ] {
        fs::write(&path, content).unwrap();
        let refused = ResultsWriter::create(&place(&path), &bulk("ada@x.org\n"));
        assert!(
            matches!(refused, Err(ResultsProblem::NotAFile { .. })),
            "{content}"
        );
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

#[test]
fn results_repeat_what_was_read_and_can_be_fed_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("results.csv");
    fs::write(&path, "address,line,action,status,message,expires_at\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();

    let first = results(
        "Email,phone,note\nada@x.org,+491701234567,\"a, b\"\n+bob@x.org,,'tis\neve@x.org,\n",
        &path,
    );
    let formula = "\"'=a \"\"formula\"\"; with, marks\nand lines\"";
    assert_eq!(
        first,
        format!(
            "Email,phone,note,line,action,status,message,expires_at\n\
             ada@x.org,'+491701234567,\"a, b\",2,invited,done,link valid until tomorrow,2026-12-06T12:00:00Z\n\
             '+bob@x.org,,'tis,3,none,failed,{formula},\n\
             eve@x.org,,,4,,refused,\"too few cells: 2, where the header has 3\",\n"
        )
    );
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "nothing is left beside it"
    );

    let again = bulk(&first)
        .rows()
        .filter_map(Result::ok)
        .collect::<Vec<_>>();
    assert_eq!(again[0].phone.as_deref(), Some("+491701234567"));
    assert_eq!((again[0].settled(), again[1].settled()), (true, false));
    assert_eq!(again[1].address, "+bob@x.org");
    assert_eq!(again[1].note.as_deref(), Some("'tis"));
    assert_eq!(again[1].prior_message.as_deref(), Some(FAILED.message));

    // Whoever was done stays so, line by line, and columns do not pile up.
    fs::remove_file(&path).unwrap();
    let head = first.split_inclusive('\n').take(2).collect::<String>() + "'+bob@x.org,,,,,,,\n";
    let second = results(&head, &path);
    assert_eq!(
        second,
        "Email,phone,note,line,action,status,message,expires_at\n\
         ada@x.org,'+491701234567,\"a, b\",2,invited,done,link valid until tomorrow,2026-12-06T12:00:00Z\n\
         '+bob@x.org,,,3,invited,done,link valid until tomorrow,2026-12-06T12:00:00Z\n"
    );
}

#[test]
fn results_look_like_the_input() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("results.csv");
    let done = "invited,done,link valid until tomorrow,2026-12-06T12:00:00Z\n";
    for (input, expected) in [
        (
            "ada@x.org\n",
            format!("address,line,action,status,message,expires_at\nada@x.org,1,{done}"),
        ),
        (
            "\u{feff}name;address\nLovelace, Ada;ada@x.org\n",
            format!(
                "\u{feff}name;address;line;action;status;message;expires_at\nLovelace, Ada;ada@x.org;2;{}",
                done.replace(',', ";")
            ),
        ),
        (
            "{\"address\":\"ada@x.org\",\"note\":\"n\"}",
            format!(
                "address,name,role,panel,for,until,phone,lang,note,line,action,status,message,expires_at\nada@x.org,,,,,,,,n,1,{done}"
            ),
        ),
    ] {
        let _ = fs::remove_file(&path);
        let written = results(input, &path);
        assert_eq!(written, expected);
        let before = rows(&mut bulk(input));
        let after = rows(&mut bulk(&written));
        assert_eq!(
            (&before[0].address, &before[0].name, &before[0].note),
            (&after[0].address, &after[0].name, &after[0].note)
        );
    }
}

#[test]
fn only_regular_files_are_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("target");
    fs::write(&target, "precious").unwrap();
    let link = folder.path().join("link");
    symlink(&target, &link).unwrap();
    let dangling = folder.path().join("dangling");
    symlink(folder.path().join("nowhere"), &dangling).unwrap();
    let input = bulk("ada@x.org\n");
    for (path, kind) in [
        (link.as_path(), "a symbolic link"),
        (&dangling, "a symbolic link"),
        (folder.path(), "a folder"),
        (
            std::path::Path::new("/dev/null"),
            "a device, pipe or socket",
        ),
    ] {
        let problem = ResultsWriter::create(&place(path), &input).unwrap_err();
        assert!(problem.to_string().contains(kind), "{problem}");
    }
    assert!(matches!(
        ResultsWriter::create(&place(&folder.path().join("no/such/file")), &input),
        Err(ResultsProblem::Io { .. })
    ));

    // A link that appears meanwhile is not followed either.
    let late = folder.path().join("late");
    let writer = ResultsWriter::create(&place(&late), &input).unwrap();
    symlink(&target, &late).unwrap();
    assert!(writer.finish().is_err());
    assert_eq!(fs::read_to_string(&target).unwrap(), "precious");

    // What is not finished leaves nothing.
    let unfinished = folder.path().join("unfinished");
    drop(ResultsWriter::create(&place(&unfinished), &input).unwrap());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 4);
}
