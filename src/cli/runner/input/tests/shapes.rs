use super::{read, told};
use crate::cli::runner::input::Column;

#[test]
fn every_shape_of_a_list_is_read() {
    let cases: &[(&str, &[&str])] = &[
        // Nothing.
        ("", &[]),
        ("\n \n\t\n", &[]),
        ("# only a comment\n", &[]),
        // Bare addresses.
        ("ada@x.org", &["1 ada@x.org"]),
        ("ada@x.org\nbob@x.org\n", &["1 ada@x.org", "2 bob@x.org"]),
        (
            "  ada@x.org\t\n\n# they left\nbob@x.org",
            &["1 ada@x.org", "4 bob@x.org"],
        ),
        (
            "ada@x.org\nbob@x.org, Bob\n",
            &["1 ada@x.org", "2 bob@x.org, Bob"],
        ),
        ("nonsense\n", &["1 nonsense"]),
        // CSV.
        ("address\nada@x.org\n", &["2 ada@x.org"]),
        ("Email\nada@x.org\n", &["2 ada@x.org"]),
        ("\"E-Mail\"\nada@x.org\n", &["2 ada@x.org"]),
        ("address,name\nada@x.org,Ada\n", &["2 ada@x.org|Ada"]),
        ("name,mail\nAda,ada@x.org\n", &["2 ada@x.org|Ada"]),
        (
            " address , name \n ada@x.org ,\tAda Lovelace \n",
            &["2 ada@x.org|Ada Lovelace"],
        ),
        (
            "address,name\nada@x.org,\"Lovelace, Ada\"\n",
            &["2 ada@x.org|Lovelace, Ada"],
        ),
        (
            "address, name\nada@x.org, \"Lovelace, Ada\" \n",
            &["2 ada@x.org|Lovelace, Ada"],
        ),
        (
            "address,name\nada@x.org,\"Ada \"\"the first\"\"\"\n",
            &["2 ada@x.org|Ada \"the first\""],
        ),
        (
            "address,name\nada@x.org,6\" tall\n",
            &["2 ada@x.org|6\" tall"],
        ),
        ("address,name\nada@x.org,\n", &["2 ada@x.org"]),
        ("address,name\nada@x.org,\"\"\n", &["2 ada@x.org"]),
        (
            "address,name\n\n,\n  ,  \nada@x.org,Ada",
            &["5 ada@x.org|Ada"],
        ),
        (
            "# exported\n\naddress,name\nada@x.org,Ada",
            &["4 ada@x.org|Ada"],
        ),
        ("address,name\n#ada@x.org,Ada", &["2 #ada@x.org|Ada"]),
        (
            "address;name\nada@x.org;Lovelace, Ada\n",
            &["2 ada@x.org|Lovelace, Ada"],
        ),
        ("address\tname\nada@x.org\tAda\n", &["2 ada@x.org|Ada"]),
        (
            "address\tname\n\tAda\n",
            &["line 2: the address is missing"],
        ),
        (
            "address,name,,\nada@x.org,Ada,,\nbob@x.org,Bob\n",
            &["2 ada@x.org|Ada", "3 bob@x.org|Bob"],
        ),
        ("address,name\nada@x.org,'+49\n", &["2 ada@x.org|+49"]),
        ("address,name\n'+ada@x.org,'Ada\n", &["2 '+ada@x.org|'Ada"]),
        (
            "address,name,role,panel,for,until,phone,lang,note\na@x.org,n,r,p,f,u,t,l,\"two\nlines\"\nb@x.org,,,,,,,,\n",
            &["2 a@x.org|n|r|p|f|u|t|l|two\nlines", "4 b@x.org"],
        ),
        // JSON lines.
        (
            "{\"address\":\"ada@x.org\",\"name\":\" Ada \"}\n",
            &["1 ada@x.org|Ada"],
        ),
        (
            "\n  {\"email\":\"ada@x.org\"}\n\n{ \"note\": \"x\", \"address\": \"bob@x.org\" }",
            &["2 ada@x.org", "4 bob@x.org||||||||x"],
        ),
        (
            "{\"address\":\"\\u0061da@x.org\",\"name\":null}",
            &["1 ada@x.org"],
        ),
        (
            "{\"address\":\"ada@x.org\",\"line\":7,\"action\":\"\",\"status\":\"\",\"message\":\"\",\"expires_at\":null}",
            &["1 ada@x.org"],
        ),
        // As other systems write them.
        (
            "sep=;\nEmail;Full Name\nada@x.org;Ada, L\n",
            &["3 ada@x.org|Ada, L"],
        ),
        (
            "\"sep=;\"\nEmail;Role\nada@x.org;ADMIN\n",
            &["3 ada@x.org||admin"],
        ),
        ("sep=|\nEmail|Name\nada@x.org|Ada\n", &["3 ada@x.org|Ada"]),
        (
            "version:v1.0,,\nName [displayName] Required,User name [userPrincipalName] Required\nAda,ada@x.org\n",
            &["3 ada@x.org|Ada"],
        ),
        (
            "Members, by name\n\nas of today\n\"E-mail\naddress\";Nom, usuel [name]\nada@x.org;Ada\n",
            &["6 ada@x.org|Ada"],
        ),
        (
            "First Name,Last Name,Email Address [Required]\nAda,Lovelace,a@x.org\nAda,,b@x.org\n,Lovelace,c@x.org\n,,d@x.org\n",
            &[
                "2 a@x.org|Ada Lovelace",
                "3 b@x.org|Ada",
                "4 c@x.org|Lovelace",
                "5 d@x.org",
            ],
        ),
        (
            "display_name,first_name,surname,mail\nCountess,Ada,Lovelace,a@x.org\n,Ada,Lovelace,b@x.org\n",
            &["2 a@x.org|Countess", "3 b@x.org|Ada Lovelace"],
        ),
        (
            "{\"type\":\"user\",\"user\":{\"email\":\"ada@x.org\",\"first_name\":\"Ada\"}}\n",
            &["1 ada@x.org|Ada"],
        ),
    ];
    for (input, expected) in cases {
        assert_eq!(told(input), *expected, "{input:?}");
        // Other line ends and a byte order mark change nothing.
        let windows = format!("\u{feff}{}", input.replace('\n', "\r\n"));
        assert_eq!(told(windows), *expected, "{input:?}");
        assert_eq!(told(input.replace('\n', "\r")), *expected, "{input:?}");
    }
}

#[test]
fn headers_that_cannot_be_used_are_refused() {
    let columns = "address, name, role, panel, for, until, phone, lang, note";
    let header =
        "a file with several columns needs a header in its first line, such as address,name,role";
    for (input, sentence) in [
        ("ada@x.org,Ada\n", format!("line 1 looks like data: {header}")),
        ("\nada@x.org;Ada\n", format!("line 2 looks like data: {header}")),
        ("\"Lovelace, Ada\" <ada@x.org>\n", format!("line 1 looks like data: {header}")),
        ("ada@x.org, bob@x.org\n", format!("line 1 looks like data: {header}")),
        ("adress,name\n", format!("line 1: unknown column adress (did you mean address?); the header has no address column; supported columns: {columns}")),
        ("Nom,Courriel\n", "line 1: none of its 2 columns is known; map the column with the addresses".to_owned()),
        ("address,status,expires_at\n", format!("line 1: unknown column status; unknown column expires_at (did you mean until?); supported columns: {columns}")),
        ("address,nmae,frobs\n", format!("line 1: unknown column nmae (did you mean name?); unknown column frobs; supported columns: {columns}")),
        ("address,,name\n", format!("line 1: column 2 has no name; supported columns: {columns}")),
        ("address,na\u{1b}me\n", format!(r"line 1: unknown column na\u{{1b}}me (did you mean name?); supported columns: {columns}")),
        ("address,name,Name\n", format!("line 1: the column name is repeated; supported columns: {columns}")),
        ("address,email\n", format!("line 1: the columns address and email both contain address; choose one, as in --map 'address=address'; supported columns: {columns}")),
        ("name,role\n", format!("line 1: the header has no address column; supported columns: {columns}")),
        ("name\nAda\n", format!("line 1: the header has no address column; supported columns: {columns}")),
        ("address,\"name\n", "line 1: the header cannot be read: a quote is not closed".to_owned()),
        ("address,\"na\"me\n", "line 1: the header cannot be read: a quoted cell continues after its closing quote".to_owned()),
        ("[{\"address\":\"ada@x.org\"}]", "line 1 starts a JSON list; use one object per line, such as {\"address\":\"ada@example.com\"}".to_owned()),
    ] {
        assert_eq!(told(input), [sentence], "{input:?}");
    }
    assert_eq!(
        read(b"address,role,phone,note\n", &[Column::Note]).unwrap_err(),
        "line 1: this command does not use role, phone; supported columns: address, note"
    );
    let results = b"address,line,action,status,message,expires_at,note\nada@x.org,,,,,,\n";
    assert!(read(results, &[Column::Note]).is_ok());
    let wide = "x,".repeat(100_000);
    assert!(told(wide)[0].len() < 1000);
}

#[test]
fn faulty_rows_are_told_and_the_others_read() {
    let cases: &[(&str, &[&str])] = &[
        (
            "address,name\nada@x.org\nbob@x.org,Bob,x\neve@x.org,Eve\n",
            &[
                "line 2: too few cells: 1, where the header has 2",
                "line 3: too many cells: 3, where the header has 2",
                "4 eve@x.org|Eve",
            ],
        ),
        (
            "address,name\n,Ada\nbob@x.org,",
            &["line 2: the address is missing", "3 bob@x.org"],
        ),
        (
            "address,name\n\"ada@\nx.org\",Ada\nbob@x.org,Bob",
            &[
                "line 2: the address contains a line break",
                "4 bob@x.org|Bob",
            ],
        ),
        (
            "address,name\n\"ada@x.org\n\",Ada\n",
            &["line 2: the address contains a line break"],
        ),
        (
            "address,name\n\"ada\"@x.org,Ada\nbob@x.org,Bob",
            &[
                "line 2: a quoted cell continues after its closing quote",
                "3 bob@x.org|Bob",
            ],
        ),
        (
            "address,name\nada@x.org,\"Ada\nbob@x.org,Bob\n",
            &["line 2: a quote is not closed"],
        ),
        (
            "address,name\nada@x.org,\"Ada",
            &["line 2: a quote is not closed"],
        ),
        (
            "{\"address\":\"bob@x.org\"}\n{\"address\":\"ada@x.org\",\"nmae\":\"Ada\"}\n{\"frobs\":1}",
            &[
                "line 2: unknown key nmae (did you mean name?); unknown key frobs; supported keys: address, name, role, panel, for, until, phone, lang, note",
            ],
        ),
        (
            "{\"address\":\"a@x.org\"}\n{\"type\":\"team\",\"team\":{}}\n{\"type\":\"version\",\"version\":1}",
            &["line 2 is not about a person; lines of these types are ignored: team, version"],
        ),
        (
            "{\"address\":3,\"name\":false}",
            &["line 1: address must be a quoted string; name must be a quoted string"],
        ),
        (
            "{\"address\":\"a@x.org\",\"address\":\"b@x.org\"}",
            &["line 1: the key address is repeated"],
        ),
        (
            "{\"address\":\"a@x.org\",\"mail\":\"b@x.org\"}",
            &[
                "line 1: the keys address and mail both contain address; choose one, as in --map 'address=address'",
            ],
        ),
        (
            "{\"address\":1}",
            &["line 1: address must be a quoted string"],
        ),
        (
            "{\"address\":\"a@x.org\",\"name\":true}",
            &["line 1: name must be a quoted string"],
        ),
        (
            "{\"address\":[\"a@x.org\"]}",
            &["line 1: address must be a string, not a list or an object"],
        ),
        (
            "{\"address\":{\"of\":\"a@x.org\"}}",
            &["line 1: address must be a string, not a list or an object"],
        ),
        (
            "{\"address\":\"a@x.org\\nBcc: b@x.org\"}",
            &["line 1: the address contains a line break"],
        ),
        (
            "{\"address\":\"a\\u0000@x.org\"}",
            &["line 1: address contains a NUL character"],
        ),
        ("{\"name\":\"Ada\"}", &["line 1: the address is missing"]),
        ("{}", &["line 1: the address is missing"]),
        (
            "{\"address\":\"a@x.org\"}\nb@x.org",
            &[
                "1 a@x.org",
                "line 2: each line must be one JSON object, { … }",
            ],
        ),
        (
            "{\n\"address\":\"a@x.org\"}",
            &[
                "line 1: the JSON object does not end on this line; each object must be on one line",
                "line 2: each line must be one JSON object, { … }",
            ],
        ),
        (
            "{\"address\":\"a@x.org\"} x",
            &["line 1: not JSON at column 23: trailing characters"],
        ),
        (
            "{'address':'a@x.org'}",
            &["line 1: not JSON at column 2: key must be a string"],
        ),
        (
            "{\"address\":\"\\ud800\"}",
            &["line 1: not JSON at column 19: unexpected end of hex escape"],
        ),
    ];
    for (input, expected) in cases {
        assert_eq!(told(input), *expected, "{input:?}");
    }
    assert_eq!(
        read(
            b"{\"address\":\"a@x.org\",\"role\":\"admin\"}",
            &[Column::Note]
        )
        .unwrap_err(),
        "line 1: this command does not use role; supported keys: address, note"
    );
    let deep = format!("{{\"address\":{}", "[".repeat(500_000));
    assert!(told(deep)[0].starts_with("line 1: not JSON at column "));
}

#[test]
fn an_open_quote_does_not_swallow_the_rest_of_a_large_file() {
    let input = "address,name\nada@x.org,\"Ada\n".to_owned() + &"bob@x.org,Bob\n".repeat(200_000);
    assert_eq!(
        told(input),
        ["line 2: it is longer than 1 MiB; a closing quote may be missing"]
    );
}

#[test]
fn rows_that_are_done_are_settled() {
    let input = "address,status,line,action,message,expires_at\na@x.org,done,,,,\nb@x.org,Unchanged,,,,\nc@x.org,failed,,,,\nd@x.org,,,,,\n";
    let rows = read(input.as_bytes(), &[]).unwrap();
    let settled: Vec<bool> = rows
        .iter()
        .map(|row| row.as_ref().unwrap().settled())
        .collect();
    assert_eq!(settled, [true, true, false, false]);
}
