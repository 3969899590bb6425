//! The program that sends SMS.

use super::*;

#[test]
fn the_command_for_sms_is_an_array_with_an_absolute_program() {
    let home = Home::new().user(
        "[sms]\ncommand = [\"/usr/local/bin/send-sms\", \"--to the point\"]\ntimeout = \"1m30s\"\n",
    );
    let config = home.load().unwrap();
    assert_eq!(
        config.sms.command.value.as_deref().unwrap(),
        ["/usr/local/bin/send-sms", "--to the point"]
    );
    assert_eq!(config.sms.timeout.value, Duration::from_secs(90));
    let rows = config.rows();
    let row = |key: &str| rows.iter().find(|row| row.key == key).unwrap();
    assert_eq!(
        row("sms.command").value.as_deref(),
        Some("[\"/usr/local/bin/send-sms\",\"--to the point\"]")
    );
    assert!(
        row("sms.command")
            .origin
            .to_string()
            .ends_with("config.toml:2")
    );
    assert_eq!(row("sms.timeout").value.as_deref(), Some("90s"));

    let config = Home::new()
        .var("ADMIT_SMS_COMMAND", "[\"/bin/sms\", \"-x\"]")
        .load()
        .unwrap();
    assert_eq!(config.sms.command.value.unwrap(), ["/bin/sms", "-x"]);
    let config = Home::new()
        .var("ADMIT_SMS_COMMAND", "/bin/sms")
        .load()
        .unwrap();
    assert_eq!(config.sms.command.value.unwrap(), ["/bin/sms"]);

    let config = Home::new().load().unwrap();
    assert_eq!(config.sms.command.value, None);
    assert_eq!(config.sms.timeout.value, Duration::from_secs(30));
}

#[test]
fn a_command_for_sms_that_cannot_be_meant_is_refused() {
    let at = "~/.config/admit/config.toml:2: `sms.";
    for (line, why) in [
        (
            "command = [\"send-sms\"]",
            "command`: the program \"send-sms\" is not an absolute path",
        ),
        (
            "command = []",
            "command`: it names no program; write it as an array",
        ),
        (
            "command = \"/bin/sms --fast\"",
            "command`: it contains spaces; write it as an array",
        ),
        (
            "command = [\"/bin/sms\", 7]",
            "command` must be an array of quoted strings",
        ),
        ("command = 7", "command` must be an array of quoted strings"),
        (
            "command = [\"/bin/sms\", \"a\\u0000b\"]",
            "command`: it contains control characters",
        ),
        (
            "timeout = \"0s\"",
            "timeout`: 0s is zero; a duration must be positive",
        ),
        (
            "timeout = \"301s\"",
            "timeout`: \"301s\" is not between 1s and 5m",
        ),
        (
            "timeout = \"1mo\"",
            "timeout`: \"1mo\" is not between 1s and 5m",
        ),
        ("timeout = \"30\"", "timeout`: missing unit: use 30d"),
        ("timeout = 30", "timeout` must be a quoted string"),
    ] {
        let (_, text) = Home::new().user(&format!("[sms]\n{line}\n")).refusal();
        assert!(text.starts_with(&format!("{at}{why}")), "{line}: {text}");
    }
    let (kind, text) = Home::new()
        .var("ADMIT_SMS_COMMAND", "[\"/bin/sms\"")
        .refusal();
    assert_eq!(kind, Kind::Usage);
    assert!(
        text.starts_with("ADMIT_SMS_COMMAND: it is not an array of strings"),
        "{text}"
    );
}

#[test]
fn the_program_for_sms_gets_three_variables_and_no_other() {
    let home = Home::new()
        .var("PATH", "/opt/bin:/bin")
        .var("LANG", "C.UTF-8")
        .var("ADMIT_PANEL", "main")
        .var("TZ", "UTC");
    let environment = home.load().unwrap().sms.environment;
    let names: Vec<_> = environment.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["PATH", "LANG", "HOME"]);
    assert_eq!(environment[0].1, "/opt/bin:/bin");
    let bare = program_environment(&BTreeMap::new());
    assert_eq!(
        bare,
        [("PATH".to_owned(), "/usr/local/bin:/usr/bin:/bin".to_owned())]
    );
}
