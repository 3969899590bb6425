//! What an operator's template may use, and what is said when it wants more. Without the limits each of these takes all
//! the memory, all the time or all the stack there is.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::*;

/// What is said about this text of a notice, after its first two lines.
fn problem(body: &str) -> String {
    says(&format!("Subject: x\n\n{body}"))
}

fn says(text: &str) -> String {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("en");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("password-changed.txt"), text).unwrap();
    let problem = Templates::with_folder(home.path()).unwrap_err();
    problem
        .to_string()
        .replace(&format!("{}/", home.path().display()), "")
}

#[test]
fn loops_and_what_they_make_are_limited() {
    let steps = "en/password-changed.txt, line 3: the limit of 50000 steps was exceeded: a loop is too long, or produces too much text";
    let nested = |depth: usize, inside: &str| {
        format!(
            "{}{inside}{}",
            "{% for i in range(100000) %}".repeat(depth),
            "{% endfor %}".repeat(depth)
        )
    };
    let grow = |how: &str| {
        format!(
            "{{% set ns = namespace(x='xx') %}}{{% for i in range(40) %}}{{% set ns.x = {how} %}}{{% endfor %}}{{{{ ns.x }}}}"
        )
    };
    let long = "x".repeat(200 * 1024);
    for body in [
        // More than a billion rounds, and nothing comes out.
        nested(2, ""),
        nested(2, "{{ i }}"),
        // Text that is made on the way and never printed.
        grow("ns.x ~ ns.x"),
        grow("ns.x + ns.x"),
        grow("ns.x|replace('x', ns.x)"),
        grow("[ns.x, ns.x]|join"),
        "{{ 'x' * 100000000 }}".to_owned(),
        "{{ '%100000000d'|format(1) }}".to_owned(),
        "{{ ('a\\nb'|indent(100000000))|length }}".to_owned(),
        "{{ ([1] * 100000000)|list|length }}".to_owned(),
        format!("{{% set x %}}{}{{% endset %}}", nested(1, &long)),
        format!(
            "{{% macro m() %}}{}{{% endmacro %}}{{{{ m()|length }}}}",
            nested(1, &long)
        ),
    ] {
        assert_eq!(problem(&body), steps, "{}", &body[..body.len().min(200)]);
    }
}

#[test]
fn the_text_that_comes_out_is_limited() {
    let limit = "one part of a message is larger than the limit of 1 MiB";
    let many = "x".repeat(100 * 1024);
    let rounds = |inside: &str| format!("\n{{% for i in range(5000) %}}{inside}{{% endfor %}}");
    // 512 MB of plain text, and of a value.
    assert_eq!(
        problem(&rounds(&many)),
        format!("en/password-changed.txt, line 4: {limit}")
    );
    assert_eq!(
        problem(&rounds(&format!("{{{{ '{}' }}}}", "y".repeat(1_000)))),
        format!("en/password-changed.txt, line 4: {limit}")
    );
    let value = format!(
        "{{% set x %}}{}{{% endset %}}{}",
        "y".repeat(10 * 1024),
        rounds("{{ x }}")
    );
    assert_eq!(
        problem(&value),
        format!("en/password-changed.txt, line 4: {limit}")
    );
}

#[test]
fn what_includes_or_calls_itself_is_stopped() {
    let deep = "the nesting limit was exceeded: something is nested too deeply, or includes or calls itself";
    for body in [
        "{% include 'password-changed.txt' %}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{% for i in [1] recursive %}{{ loop([1]) }}{% endfor %}",
        "{% from 'password-changed.txt' import m %}{% macro m() %}{% endmacro %}",
    ] {
        assert_eq!(
            problem(body),
            format!("en/password-changed.txt, line 3: {deep}"),
            "{body}"
        );
    }
    let found = says("{% extends 'password-changed.txt' %}");
    assert!(
        found.starts_with("en/password-changed.txt, line 1: ") && found.contains("cycle"),
        "{found}"
    );
}

#[test]
fn nesting_is_limited_where_a_template_is_read() {
    let tag = "en/password-changed.txt, line 3: a tag is longer than 2000 bytes";
    for body in [
        format!("{{{{ {} }}}}", vec!["1"; 100_000].join("+")),
        format!("{{{{ {} }}}}", vec!["1"; 50_000].join("**")),
        format!("{{{{ name{} }}}}", ".a".repeat(100_000)),
        format!("{{{{ name{} }}}}", "|upper".repeat(30_000)),
        format!("{{{{ name{} }}}}", "[0]".repeat(50_000)),
        format!("{{{{ {}1 }}}}", "-".repeat(100_000)),
        format!("{{{{ {}1 }}}}", "not ".repeat(50_000)),
        format!("{{{{ {}1{} }}}}", "(".repeat(50_000), ")".repeat(50_000)),
        format!(
            "{{% if {} %}}x{{% endif %}}",
            vec!["1"; 40_000].join(" and ")
        ),
    ] {
        assert_eq!(problem(&body), tag, "{}", &body[..80]);
    }
    let many = format!(
        "{{% if 0 %}}x{}{{% endif %}}",
        "{% elif 0 %}y".repeat(10_000)
    );
    assert_eq!(
        problem(&many),
        "en/password-changed.txt, line 3: the template has more than 2000 tags"
    );
    // minijinja's own limit.
    let blocks = format!("{}x{}", "{% if 1 %}".repeat(900), "{% endif %}".repeat(900));
    let found = problem(&blocks);
    assert!(
        found.starts_with("en/password-changed.txt, line 3: "),
        "{found}"
    );
}

/// Just within the limits everything has room, also on a thread with a small stack, as tests have one.
#[test]
fn what_is_within_the_limits_is_read_and_filled() {
    for body in [
        format!("{{{{ {} }}}}", vec!["1"; 950].join("+")),
        format!("{{{{ 1{} }}}}", "|abs".repeat(480)),
        format!("{{{{ {}1 }}}}", "-".repeat(1_900)),
        format!(
            "{{% if 0 %}}x{}{{% else %}}z{{% endif %}}",
            "{% elif 0 %}y".repeat(1_900)
        ),
        format!(
            "{{% set x = [1] %}}{}{{{{ x }}}}",
            "{% set x = [x] %}".repeat(1_900)
        ),
        "{% set ns = namespace(x=[1]) %}{% for i in range(4000) %}{% set ns.x = [ns.x] %}{% endfor %}{{ ns.x }}".to_owned(),
    ] {
        let home = tempfile::tempdir().unwrap();
        fs::create_dir(home.path().join("en")).unwrap();
        let file = home.path().join("en/password-changed.txt");
        fs::write(file, format!("Subject: x\n\n{body}")).unwrap();
        let tried = Templates::with_folder(home.path()).map(drop);
        assert_eq!(tried, Ok(()), "{}", &body[..80]);
    }
}

#[test]
fn a_huge_file_is_no_template() {
    let found = says(&format!("Subject: x\n\n{}", "x".repeat(300 * 1024)));
    assert_eq!(found, "en/password-changed.txt: is larger than 256 KiB");
}

#[test]
fn templates_that_others_may_write_are_not_used() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("en");
    let file = folder.join("password-changed.txt");
    fs::create_dir(&folder).unwrap();
    fs::write(&file, "Subject: x\n\nx").unwrap();
    let set = |path: &std::path::Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    assert!(Templates::with_folder(home.path()).is_ok());
    for (path, open, good) in [
        (file.as_path(), 0o666, 0o644),
        (&folder, 0o777, 0o755),
        (&folder, 0o1777, 0o755),
        (home.path(), 0o777, 0o755),
    ] {
        set(path, open);
        let problem = Templates::with_folder(home.path()).unwrap_err();
        let text = problem.to_string();
        assert!(
            text.starts_with("other users can write to ")
                && text.contains(&path.display().to_string()),
            "{text}"
        );
        assert!(problem.hint().is_some());
        set(path, good);
    }
    assert!(Templates::with_folder(home.path()).is_ok());
}
