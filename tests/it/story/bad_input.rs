//! What can be typed wrong, and what can be wrong with a file.

use std::fmt::Write as _;

use insta::assert_snapshot;

use crate::support::world::World;

/// Runs a line that must change nothing, say why, and end so.
fn refused(world: &World, line: crate::support::world::Line<'_>, code: u8) -> String {
    let (before, letters) = (world.dump(), world.letters());
    let run = line.run();
    assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{run}");
    assert!(run.stderr.starts_with("error: "), "{run}");
    assert_eq!(world.dump(), before, "the store was changed\n{run}");
    assert_eq!(world.letters(), letters, "somebody was mailed\n{run}");
    run.stderr.lines().next().unwrap().to_owned()
}

#[test]
fn what_is_no_address_is_told_with_the_reason() {
    let world = World::new();
    let long = format!("{}@example.com", "x".repeat(65));
    let longer = format!("a@{}.com", "x.".repeat(130));
    let mut told = String::new();
    for typed in [
        "",
        " ",
        "ada",
        "@example.com",
        "ada@",
        "ada@@example.com",
        "a@b@c.com",
        "ada@localhost",
        "ada@example.com.",
        "ada@.com",
        "ada@exa mple.com",
        "ada@-example.com",
        "ada@example..com",
        ".ada@example.com",
        "a..da@example.com",
        "-ada@example.com",
        "\"a b\"@example.com",
        "Ada <ada@example.com>",
        "mailto:ada@example.com",
        "ada@example.com,bob@example.com",
        "ada@[127.0.0.1]",
        "ada@127.0.0.1",
        "ada@exаmple.com",
        "аda@example.com",
        "ada\u{0}@example.com",
        "ada\u{202e}@example.com",
        "\u{1b}[31mada@example.com",
        "ada\u{200b}@example.com",
        "a(comment)@example.com",
        &long,
        &longer,
    ] {
        let words = ["invite", "--", typed];
        let error = refused(&world, world.words(words), 2);
        told.push_str(error.strip_prefix("error: ").unwrap());
        told.push('\n');
    }
    assert_snapshot!(told, @r#"
no e-mail address given
no e-mail address given
ada is not an e-mail address: it has no @
@example.com is not an e-mail address: there is nothing before the @
ada@ is not an e-mail address: there is nothing after the @
ada@@example.com is not an e-mail address: it has more than one @
a@b@c.com is not an e-mail address: it has more than one @
ada@localhost has no dot after the @: the domain is incomplete
ada@example.com. ends with a dot; remove it
ada@.com has an invalid domain; check its dots, hyphens and length
ada@exa mple.com has U+0020 in its domain, where it is not allowed
ada@-example.com has an invalid domain; check its dots, hyphens and length
ada@example..com has an invalid domain; check its dots, hyphens and length
.ada@example.com has a misplaced dot before the @: a dot cannot be first, last, or next to another dot
a..da@example.com has a misplaced dot before the @: a dot cannot be first, last, or next to another dot
-ada@example.com starts with a hyphen, which mail programs may take for an option
"a b"@example.com contains quotes; quoted addresses are not accepted
Ada <ada@example.com>: enter only the address, ada@example.com, without a name or brackets
mailto:ada@example.com: enter only the address, ada@example.com, without a name or brackets
ada@example.com,bob@example.com contains more than one e-mail address; enter one at a time
ada@[127.0.0.1] has an IP address after the @; use the domain name
ada@127.0.0.1 has an IP address after the @; use the domain name
the domain of ada@exаmple.com mixes look-alike letters from different alphabets; type it by hand
аda@example.com has 'а' (U+0430) before the @, where only the letters a to z, digits and common symbols are allowed
ada\u{0}@example.com: ada\u{0}@example.com has U+0000 before the @, where only the letters a to z, digits and common symbols are allowed
ada\u{202e}@example.com: ada\u{202e}@example.com has U+202E before the @, where only the letters a to z, digits and common symbols are allowed
\u{1b}[31mada@example.com: \u{1b}[31mada@example.com has U+001B before the @, where only the letters a to z, digits and common symbols are allowed
ada\u{200b}@example.com: ada\u{200b}@example.com has U+200B before the @, where only the letters a to z, digits and common symbols are allowed
a(comment)@example.com has '(' (U+0028) before the @, where only the letters a to z, digits and common symbols are allowed
xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx@example.com: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx… has 65 characters before the @; the maximum is 64
a@x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x..com: a@x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x.x… has an invalid domain; check its dots, hyphens and length
"#);
}

#[test]
fn addresses_that_look_odd_and_are_right_are_taken() {
    let world = World::new();
    for (typed, stored) in [
        ("o'brien@example.com", "o'brien@example.com"),
        ("a+b=c@example.com", "a+b=c@example.com"),
        ("ADA@EXAMPLE.COM", "ADA@example.com"),
        (" ada.l@example.com \n", "ada.l@example.com"),
        ("bob@bücher.example", "bob@xn--bcher-kva.example"),
    ] {
        let run = world.words(["invite", typed, "--no-mail"]).run();
        assert_eq!(run.code, 0, "{run}");
        assert!(run.stdout.starts_with(&format!("{stored}: ")), "{run}");
        let why = world.words(["why", typed]).run();
        assert_eq!(why.code, 6, "{why}");
    }
}

#[test]
fn values_of_options_are_checked() {
    let world = World::with_ada();
    let mut told = String::new();
    for (line, code) in [
        ("invite b@example.com --for 0d", 2),
        ("invite b@example.com --for -3d", 2),
        ("invite b@example.com --for 3", 2),
        ("invite b@example.com --for 3M", 2),
        ("invite b@example.com --for 1.5d", 2),
        ("invite b@example.com --for 200y", 2),
        ("invite b@example.com --for 99999999999999999999d", 2),
        ("invite b@example.com --for ''", 2),
        ("invite b@example.com --for 3d --until 2027-01-01", 2),
        ("invite b@example.com --until 2026-02-30", 2),
        ("invite b@example.com --until 2026-03-01", 2),
        ("invite b@example.com --until 31.12.2026", 2),
        ("invite b@example.com --until 12/31/2026", 2),
        ("invite b@example.com --until 3d", 2),
        ("invite b@example.com --until 9999-12-31", 2),
        ("invite b@example.com --until tomorrow", 2),
        ("invite b@example.com --role ''", 3),
        ("invite b@example.com --role Admin", 3),
        ("invite b@example.com --panel ''", 2),
        ("invite b@example.com --lang english", 2),
        ("invite b@example.com --phone 12345", 2),
        ("invite b@example.com --phone +44abc", 2),
        ("invite b@example.com --name ''", 2),
        ("invite b@example.com --name 'a\nb'", 2),
        ("invite b@example.com --no-mail --notify", 2),
        ("invite b@example.com --resend-pending", 2),
        ("invite b@example.com --keep-going", 2),
        ("invite b@example.com --results $HOME/results.csv", 2),
        ("invite --keep-going", 2),
        ("invite b@example.com --from people.csv", 2),
        ("unlock ada@example.com --reason ''", 2),
        ("unlock ada@example.com --reset --keep-password", 2),
        ("list --expiring 0d", 2),
        ("list --limit ten", 2),
        ("audit list --newest -1", 2),
        ("-o xml list", 2),
        ("-o '' list", 2),
        ("--store '' list", 2),
        ("--store mysql://x/y list", 2),
        ("--color sometimes list", 2),
    ] {
        let error = refused(&world, world.line(line), code);
        told.extend([line, "\n  ", &error, "\n"]);
    }
    assert_snapshot!(told, @"
    invite b@example.com --for 0d
      error: b@example.com: 0d is zero; a duration must be positive
    invite b@example.com --for -3d
      error: --for takes no negative value: -3d
    invite b@example.com --for 3
      error: b@example.com: missing unit: use 3d (days), 3h (hours), 3m (minutes) or 3mo (months)
    invite b@example.com --for 3M
      error: b@example.com: 3M is ambiguous: use m for minutes, mo for months
    invite b@example.com --for 1.5d
      error: b@example.com: 1.5d has a fraction; use a smaller unit instead, as in 1h30m
    invite b@example.com --for 200y
      error: b@example.com: 200y is more than 100 years
    invite b@example.com --for 99999999999999999999d
      error: b@example.com: 99999999999999999999d is more than 100 years
    invite b@example.com --for ''
      error: b@example.com: no time given; use for example 3d or 2h30m
    invite b@example.com --for 3d --until 2027-01-01
      error: the argument '--for <DURATION>' cannot be used with '--until <TIME>'
    invite b@example.com --until 2026-02-30
      error: b@example.com: 2026-02-30 does not exist: February 2026 has 28 days
    invite b@example.com --until 2026-03-01
      error: b@example.com: 2026-03-01 is in the past: that was Mon 2 Mar 2026 00:00 UTC, 9 hours ago
    invite b@example.com --until 31.12.2026
      error: b@example.com: 31.12.2026 is not a valid date; use YYYY-MM-DD: 2026-12-31
    invite b@example.com --until 12/31/2026
      error: b@example.com: 12/31/2026 is not a valid date; use YYYY-MM-DD: 2026-12-31
    invite b@example.com --until 3d
      error: b@example.com: 3d is a duration; use a date here, such as 2026-12-31
    invite b@example.com --until 9999-12-31
      error: b@example.com: 9999-12-31 is not between the years 2000 and 2200
    invite b@example.com --until tomorrow
      error: b@example.com: tomorrow is not a valid date or time; use 2026-12-31, 2026-12-31 18:00, or with an offset 2026-12-31T18:00:00+01:00
    invite b@example.com --role ''
      error: b@example.com: unknown role ''
    invite b@example.com --role Admin
      error: b@example.com: unknown role 'Admin'
    invite b@example.com --panel ''
      error: option --panel: it is empty
    invite b@example.com --lang english
      error: b@example.com: invalid language: english is not a language tag, such as en, de or pt-BR
    invite b@example.com --phone 12345
      error: b@example.com: invalid phone number: 12345 is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total
    invite b@example.com --phone +44abc
      error: b@example.com: invalid phone number: +44abc is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total
    invite b@example.com --name ''
      error: b@example.com: invalid name: it is empty
    invite b@example.com --name 'a
    b'
      error: b@example.com: invalid name: it contains a line break; only one line is allowed
    invite b@example.com --no-mail --notify
      error: the argument '--no-mail' cannot be used with '--notify'
    invite b@example.com --resend-pending
      error: the argument '[ADDRESS]...' cannot be used with '--resend-pending'
    invite b@example.com --keep-going
      error: the argument '[ADDRESS]...' cannot be used with '--keep-going'
    invite b@example.com --results $HOME/results.csv
      error: the argument '[ADDRESS]...' cannot be used with '--results <FILE>'
    invite --keep-going
      error: the following required arguments were not provided: --from <FILE>
    invite b@example.com --from people.csv
      error: the argument '[ADDRESS]...' cannot be used with '--from <FILE>'
    unlock ada@example.com --reason ''
      error: invalid reason: it is empty
    unlock ada@example.com --reset --keep-password
      error: the argument '--reset' cannot be used with '--keep-password'
    list --expiring 0d
      error: 0d is zero; a duration must be positive
    list --limit ten
      error: invalid value 'ten' for '--limit <NUMBER>': invalid digit found in string
    audit list --newest -1
      error: --newest takes no negative value: -1
    -o xml list
      error: invalid value 'xml' for '--output <FORMAT>' [possible values: table, json, jsonl, csv, plain]
    -o '' list
      error: a value is required for '--output <FORMAT>' but none was supplied [possible values: table, json, jsonl, csv, plain]
    --store '' list
      error: option --store: it is empty
    --store mysql://x/y list
      error: this version cannot open a store such as 'mysql://x/y'
    --color sometimes list
      error: invalid value 'sometimes' for '--color <WHEN>' [possible values: auto, always, never]
    ");
}

#[test]
fn a_file_that_cannot_be_read_as_people_is_refused_as_a_whole() {
    let world = World::new();
    let utf16: Vec<u8> = "address\nada@example.com\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let marked = [&[0xff, 0xfe], utf16.as_slice()].concat();
    let long = format!("address\n{}@example.com\n", "x".repeat(2 << 20));
    let cases: &[(&str, &[u8])] = &[
        ("a misspelt column", b"adress,name\nada@example.com,Ada\n"),
        (
            "an unknown column",
            b"address,shoesize\nada@example.com,42\n",
        ),
        ("no address column", b"name,role\nAda,admin\n"),
        (
            "a column twice",
            b"address,address\na@example.com,b@example.com\n",
        ),
        ("a column of no use", b"address,line,status\n"),
        ("no header", b"ada@example.com,Ada\n"),
        (
            "a quote that is never closed in the header",
            b"\"address\nada@example.com\n",
        ),
        ("a JSON list", b"[{\"address\":\"ada@example.com\"}]\n"),
        ("not UTF-8", b"address,name\nada@example.com,J\xfcrgen\n"),
        ("UTF-16", &utf16),
        ("UTF-16 with a mark", &marked),
        ("a NUL", b"address\nada\0@example.com\n"),
        ("an endless line", long.as_bytes()),
    ];
    let mut told = String::new();
    for (name, bytes) in cases {
        let (before, letters) = (world.dump(), world.letters());
        let run = world.pipe("invite --from -", *bytes);
        let error = run.stderr.lines().next().unwrap_or_default();
        writeln!(
            told,
            "{name}
  [exit {}] {error}",
            run.code
        )
        .unwrap();
        assert_eq!(
            (world.dump(), world.letters()),
            (before, letters),
            "{name}\n{run}"
        );
    }
    assert_snapshot!(told, @r#"
    a misspelt column
      [exit 2] error: standard input: line 1: unknown column adress (did you mean address?); the header has no address column; supported columns: address, name, role, panel, for, until, phone, lang, note
    an unknown column
      [exit 2] error: standard input: line 1: unknown column shoesize; supported columns: address, name, role, panel, for, until, phone, lang, note
    no address column
      [exit 2] error: standard input: line 1: the header has no address column; supported columns: address, name, role, panel, for, until, phone, lang, note
    a column twice
      [exit 2] error: standard input: line 1: the column address is repeated; supported columns: address, name, role, panel, for, until, phone, lang, note
    a column of no use
      [exit 2] error: standard input: line 1: unknown column line; unknown column status; supported columns: address, name, role, panel, for, until, phone, lang, note
    no header
      [exit 2] error: standard input: line 1 looks like data: a file with several columns needs a header in its first line, such as address,name,role
    a quote that is never closed in the header
      [exit 2] error: standard input: line 1 looks like data: a file with several columns needs a header in its first line, such as address,name,role
    a JSON list
      [exit 2] error: standard input: line 1 starts a JSON list; use one object per line, such as {"address":"ada@example.com"}
    not UTF-8
      [exit 2] error: standard input: line 2, byte 18: this is not UTF-8; save the file as UTF-8 (in spreadsheets: CSV UTF-8)
    UTF-16
      [exit 2] error: standard input: line 1, byte 2: this looks like UTF-16; save the file as UTF-8 (in spreadsheets: CSV UTF-8)
    UTF-16 with a mark
      [exit 2] error: standard input: line 1, byte 1: this looks like UTF-16; save the file as UTF-8 (in spreadsheets: CSV UTF-8)
    a NUL
      [exit 2] error: standard input: line 2, byte 4: this looks like UTF-16; save the file as UTF-8 (in spreadsheets: CSV UTF-8)
    an endless line
      [exit 2] error: standard input: line 2 is longer than 1 MiB; this cannot be a list of people
    "#);
}

#[test]
fn bad_rows_are_all_told_with_their_lines() {
    let world = World::new();
    let csv = "\u{feff}address;name;phone;for;until\r\n\
        \r\n\
        ada@example.com;Ada;;;\r\n\
        bob@example.com;\"Bob\nBuilder\";;;\r\n\
        cyd@example.com;\"open;;;\r\n";
    assert_snapshot!(world.pipe("invite --from -", csv), @"
----
error: bob@example.com: line 4: column name: it contains a line break; only one line is allowed
error: line 6: a quote is not closed
Nothing was written: 2 of 3 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
2 refused
[exit 4]
");
    let csv = "address,name,phone,for,until\n\
        a@example.com,x\u{202e}y,,,\n\
        b@example.com,,123,,\n\
        c@example.com,,,3d,2027-01-01\n\
        d@example.com,,,,2020-01-01\n\
        ,Nobody,,,\n\
        \"e@example.com\"x,,,,\n\
        =cmd()@example.com,,,,\n\
        f@example.com,\"=cmd()\",,,\n\
        g@example.com\n\
        F@EXAMPLE.com,,,,\n";
    assert_snapshot!(world.pipe("invite --from -", csv), @"
----
error: a@example.com: line 2: column name: it contains U+202E, an invisible character
error: b@example.com: line 3: column phone: it is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total
error: c@example.com: line 4: both 'for' and 'until' are set
error: d@example.com: line 5: column until: 2020-01-01 is in the past: that was Thu 2 Jan 2020 00:00 UTC, 6 years ago
error: line 6: the address is missing
error: line 7: a quoted cell continues after its closing quote
error: line 8: column address: it has '(' (U+0028) before the @, where only the letters a to z, digits and common symbols are allowed
error: g@example.com: line 10: too few cells: 1, where the header has 5
error: F@EXAMPLE.com: line 11: line 9 already has the same address
Nothing was written: 9 of 10 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
9 refused
[exit 4]
");
    let lines = "{\"address\":\"a@example.com\"}\n\
        {\"address\":3}\n\
        {\"address\":\"b@example.com\",\"adress\":\"x\"}\n\
        {\"address\":\"c@example.com\",\"address\":\"d@example.com\"}\n\
        {\"name\":\"x\"}\n\
        {broken\n\
        [1]\n";
    assert_snapshot!(world.pipe("invite --from -", lines), @"
----
error: standard input: line 3: unknown key adress (did you mean address?); supported keys: address, name, role, panel, for, until, phone, lang, note
hint: to ignore all unknown columns: `admit invite --from - --ignore-columns`
[exit 2]
");
    assert_eq!(world.row("store info")["people"], 0);
    assert_eq!(world.letters(), 0);
}

#[test]
fn a_file_that_is_none_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let path = world.file("secret.csv", "address\nada@example.com\n");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).unwrap();
    for place in ["$HOME/none.csv", "$HOME", "$HOME/none/at/all.csv"] {
        refused(&world, world.line(&format!("invite --from {place}")), 2);
    }
    assert_snapshot!(world.run("invite --from $HOME"), @r"
----
error: $HOME: cannot read the input: Is a directory
[exit 2]
");
    assert_snapshot!(world.run("invite --from $HOME/none.csv"), @r"
----
error: cannot read $HOME/none.csv: No such file or directory
[exit 2]
");
}

#[test]
fn hostile_names_are_refused_or_harmless() {
    let world = World::new();
    for (name, code) in [
        ("Ada\u{1b}[31m", 2),
        ("Ada\u{202e}", 2),
        ("Ada\u{0}", 2),
        ("Ada\u{200b}", 2),
        (&"x".repeat(201), 2),
        ("=cmd(\"http://evil\")", 0),
        ("<script>alert(1)</script>", 0),
        ("{{ token }}", 0),
        ("'; drop table account; --", 0),
        ("Ádá Łovelace 愛 🦀", 0),
    ] {
        let run = world
            .words(["invite", "ada@example.com", "--name", name])
            .run();
        assert_eq!(run.code, code, "{name:?}\n{run}");
        if code == 0 {
            assert_eq!(world.row("show ada@example.com")["name"], name);
            let letter = world.mail().last_to("ada@example.com").unwrap();
            assert!(!letter.html().contains("<script>"), "{}", letter.html());
            let csv = world.run("list -o csv");
            assert!(
                !csv.stdout.contains(",=") && !csv.stdout.contains(",\"="),
                "{csv}"
            );
        }
    }
}

#[test]
fn look_alikes_are_two_people_or_none() {
    let world = World::new();
    world.run("invite ada@example.com --no-mail").done();
    // Upper case is the same person.
    world.run("invite ADA@Example.Com --no-mail").done();
    assert_eq!(world.row("store info")["people"], 1);
    // A Cyrillic letter in a Latin word is refused.
    let run = world.words(["invite", "ada@exаmple.com"]).run();
    assert_eq!(run.code, 2, "{run}");
}
