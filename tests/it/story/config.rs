//! Settings.

use insta::assert_snapshot;

use crate::support::world::World;

#[test]
fn every_setting_says_where_it_came_from() {
    let mut world = World::bare();
    world.vars.insert("ADMIT_PANEL".into(), "main".into());
    world.file(
        ".config/admit/config.toml",
        "support-contact = 'help@example.com'\n\n[mail]\nsender = 'panel@example.com'\n",
    );
    assert_snapshot!(world.run("config show -o csv --color never"), @"
    key,value,origin
    store,$HOME/.local/share/admit/admit.db,default
    key-file,$HOME/.config/admit/key,default
    panel,main,ADMIT_PANEL
    output,csv,option --output
    color,never,option --color
    mail.server,,default
    mail.user,,default
    mail.password-file,,default
    mail.password-command,,default
    mail.password-credential,,default
    mail.ca-file,,default
    mail.timeout,30s,default
    mail.folder,$HOME/.local/share/admit/mail,default
    mail.sender,panel@example.com,$HOME/.config/admit/config.toml:4
    mail.templates,,default
    sms.command,,default
    sms.timeout,30s,default
    links.register,,default
    links.reset,,default
    links.confirm,,default
    gate.allow,,default
    gate.listen-panels,,default
    support-contact,help@example.com,$HOME/.config/admit/config.toml:1
    [exit 0]
    ");
    assert_snapshot!(world.run("config path -o csv"), @r"
path,found
$HOME/.config/admit/config.toml,true
$HOME/etc/admit/config.toml,false
[exit 0]
");
    assert!(!world.home().join(".local/share/admit").exists());
}

#[test]
fn a_broken_file_is_told_with_its_line() {
    let world = World::new();
    for (text, line) in [
        (
            "panel = 'main'\nstoer = 'x'\n",
            "config.toml:2: unknown setting `stoer`",
        ),
        (
            "[mail]\nsendr = 'x'\n",
            "config.toml:2: unknown setting `mail.sendr`",
        ),
        (
            "panel = 3\n",
            "config.toml:1: `panel` must be a quoted string",
        ),
        ("panel = 'main\n", "config.toml:1:"),
        ("output = 'xml'\n", "config.toml:1: `output`"),
        ("mail = 'x'\n", "config.toml:1: `mail` is a section"),
    ] {
        world.file(".config/admit/config.toml", text);
        for command in ["list", "config show", "config path"] {
            let run = world.run(command);
            assert!(run.code == 1 || run.code == 0, "{run}");
            assert!(run.stderr.contains(line), "{text}: {run}");
        }
        // An option is stronger than the file, and its line is then not heard.
        let run = world.run("list -o json");
        assert_eq!(run.code, u8::from(!text.starts_with("output")), "{run}");
    }
}

#[test]
fn a_file_that_others_may_write_to_is_not_believed() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::fresh();
    let path = world.file(".config/admit/config.toml", "panel = 'main'\n");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o666)).unwrap();
    assert_snapshot!(world.run("list"), @"
    ----
    error: $HOME/.config/admit/config.toml is not trusted: other users can write to it
    hint: run `chmod go-w $HOME/.config/admit/config.toml`
    [exit 1]
    ");
    assert_snapshot!(world.run("--config $HOME/none.toml list"), @r"
----
error: the file $HOME/none.toml does not exist (option --config)
[exit 1]
");
}

#[test]
fn secrets_in_variables_are_refused_and_their_values_not_shown() {
    for name in [
        "ADMIT_PASSWORD",
        "ADMIT_TOKEN",
        "ADMIT_NEW_PASSWORD",
        "ADMIT_SECRET_KEY",
    ] {
        let mut world = World::fresh();
        world
            .vars
            .insert(name.into(), "canary in a coal mine".into());
        world.keep_secret("canary in a coal mine");
        let run = world.run("list");
        assert_eq!(run.code, 2, "{run}");
        assert!(run.stderr.contains(&format!("unset {name}")), "{run}");
        assert_eq!(world.run("self register -o json").code, 2);
    }
}

#[test]
fn a_settings_file_is_written_once_and_changes_nothing() {
    let world = World::bare();
    let before = world.run("config show -o csv").stdout;
    assert_snapshot!(world.run("config init --dry-run"), @"
    would write $HOME/.config/admit/config.toml
    [exit 0]
    ");
    assert_snapshot!(world.run("config init"), @"
    $HOME/.config/admit/config.toml written: every setting is in it, commented out
    [exit 0]
    ");
    let path = world.home().join(".config/admit/config.toml");
    let mode = std::os::unix::fs::MetadataExt::mode(&path.metadata().unwrap());
    assert_eq!(mode & 0o777, 0o600);
    let text = world.read(".config/admit/config.toml");
    assert!(text.contains("\n[mail]\n"), "{text}");
    assert_eq!(world.run("config show -o csv").stdout, before);
    assert_snapshot!(world.run("config init"), @"
    ----
    error: $HOME/.config/admit/config.toml exists already and is not overwritten
    hint: see the effective settings with `admit config show`
    [exit 4]
    ");
    assert_eq!(world.read(".config/admit/config.toml"), text);
    let other = world.home().join("other.toml").display().to_string();
    world
        .words(["config", "init", "--file", &other])
        .run()
        .done();
    assert_eq!(
        world.words(["config", "init", "--file", &other]).run().code,
        4
    );
}

#[test]
fn a_time_zone_that_nobody_knows_is_a_warning() {
    let mut world = World::bare();
    for (zone, warns) in [
        ("Europe/Berlin", false),
        (":Europe/Berlin", false),
        ("CET-1CEST,M3.5.0,M10.5.0/3", false),
        ("UTC", false),
        ("", false),
        ("Europe/Belrin", true),
    ] {
        world.vars.insert("TZ".into(), zone.into());
        let run = world.run("config path");
        let warned = run.stderr.contains("unknown time zone in TZ");
        assert_eq!((run.code, warned), (0, warns), "{zone}\n{run}");
    }
}
