//! `admit config init`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::Map;

use crate::cli::base::config::{Config, ConfigRow};
use crate::cli::base::context::Context;
use crate::cli::base::error::{CliError, in_words};
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, fields};
use crate::cli::base::printed::{command, hint};
use crate::files::{Guard, NewFile, Over, Unwritten};

fields! {
    /// A new settings file.
    struct InitRow {
        path: String = "the file that was written",
    }
}

/// Create a commented settings file
///
/// All settings are commented out and show their defaults: nothing changes until you edit the file. Only you can read
/// it. An existing file is never overwritten.
#[derive(Args, Debug)]
#[command(after_long_help = section(InitRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit config init", "admit config init --file admit.toml"]))]
pub struct InitArgs {
    /// File to create instead of your settings file
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    file: Option<PathBuf>,
}

/// Each setting with what it is for, and how it may look where it has no default.
const ABOUT: &[(&str, &str, &str)] = &[
    (
        "store",
        "The SQLite file, or the URL of a PostgreSQL database (postgres://…).",
        "",
    ),
    (
        "key-file",
        "The key that encrypts secrets in the store. Back it up separately from the store.",
        "",
    ),
    (
        "panel",
        "The panel to use where a command names none.",
        "main",
    ),
    (
        "output",
        "How results are printed: table, json, jsonl, csv or plain.",
        "",
    ),
    ("color", "When to use colour: auto, always or never.", ""),
    (
        "mail.server",
        "The mail server: smtp://host:587 (with STARTTLS) or smtps://host:465. Without it, mail is written to files.",
        "smtp://mx.example.com:587",
    ),
    (
        "mail.user",
        "The user name at the mail server.",
        "panel@example.com",
    ),
    (
        "mail.password-file",
        "A file with the password for the mail server.",
        "/etc/admit/mail-password",
    ),
    (
        "mail.password-command",
        "Or a program that prints it, with its arguments.",
        "pass show mail",
    ),
    (
        "mail.password-credential",
        "Or the name of a systemd credential that holds it.",
        "mail-password",
    ),
    (
        "mail.ca-file",
        "Certificates to trust instead of the system's.",
        "/etc/ssl/certs/example.pem",
    ),
    ("mail.timeout", "The longest time for one delivery.", ""),
    (
        "mail.folder",
        "The folder for mail that is written to files.",
        "",
    ),
    (
        "mail.sender",
        "The sender of all mail.",
        "Example <panel@example.com>",
    ),
    (
        "mail.templates",
        "A folder with your own mail texts; admit mail preview shows them.",
        "/etc/admit/templates",
    ),
    (
        "sms.command",
        "A program that sends an SMS, with its arguments.",
        "/usr/local/bin/send-sms",
    ),
    ("sms.timeout", "The longest time for this program.", ""),
    (
        "links.register",
        "The page where invited people register; {token} is replaced.",
        "https://panel.example.com/register?token={token}",
    ),
    (
        "links.reset",
        "The page where people set a new password.",
        "https://panel.example.com/reset?token={token}",
    ),
    (
        "links.confirm",
        "The page where people confirm a new address.",
        "https://panel.example.com/confirm?token={token}",
    ),
    (
        "gate.allow",
        "Which panels each user of this machine may ask admit gate serve for.",
        "{\"www-data\":[\"north\"]}",
    ),
    (
        "gate.listen-panels",
        "The panels that everyone on this machine may ask for, with --listen.",
        "north south",
    ),
    (
        "support-contact",
        "Contact for people who need help; shown in mail.",
        "support@example.com",
    ),
];

/// Keys whose value is a list of words: a program and its arguments.
const LISTS: [&str; 3] = ["mail.password-command", "sms.command", "gate.listen-panels"];
/// A key whose value is a table of lists.
const TABLE: &str = "gate.allow";

/// Writes it.
pub fn run(cx: &mut Context, args: &InitArgs) -> Result<Finish, CliError> {
    cx.report.keys(InitRow::FIELDS);
    let path = match (&args.file, cx.config.files.first()) {
        (Some(file), _) => file.clone(),
        (None, Some(file)) => file.path.clone(),
        (None, None) => {
            return Err(CliError::usage("no place for a settings file is known")
                .hinted("name one with --file"));
        }
    };
    let shown = path.display().to_string();
    let exists = || {
        CliError::refused(format!("{shown} exists already and is not overwritten")).hinted(hint!(
            "see the effective settings with ",
            command(&["config", "show"])
        ))
    };
    if path.symlink_metadata().is_ok() {
        return Err(exists());
    }
    let cannot = |error: &std::io::Error| {
        CliError::failed(format!("cannot write {shown}")).caused_by(in_words(error))
    };
    let text = text(&Config::defaults(&cx.vars)?.rows());
    if !cx.dry_run() {
        let place = match &args.file {
            Some(file) => cx.place(file)?,
            // Not guarded: it is the settings file that is to be made.
            None => Guard::default()
                .place(&path)
                .map_err(|guarded| CliError::refused(guarded.to_string()))?,
        };
        if args.file.is_none() {
            crate::cli::base::places::make_private_folder(&path)?;
        }
        let written = NewFile::create(&place, Over::Nothing).and_then(|mut new| {
            new.write_all(text.as_bytes())?;
            new.finish()
        });
        match written {
            Ok(_) => {}
            Err(Unwritten::Io(error)) => return Err(cannot(&error)),
            Err(_) => return Err(exists()),
        }
    }
    let line = if cx.dry_run() {
        format!("would write {shown}")
    } else {
        format!("{shown} written: every setting is in it, commented out")
    };
    cx.row(
        Row::new(InitRow {
            path: shown.clone(),
        })
        .line(line)
        .plain(shown),
    )?;
    Ok(Finish::Done)
}

/// The file: the settings in their sections, each with what it is for.
fn text(rows: &[ConfigRow]) -> String {
    let mut text = "# Settings of admit. Remove the # in front of a line to set it.\n\
        # Options and ADMIT_* variables win over this file; admit config show prints the effective settings.\n"
        .to_owned();
    let mut section = "";
    // What stands in no section must come first.
    let (in_none, in_some): (Vec<_>, Vec<_>) = rows.iter().partition(|row| !row.key.contains('.'));
    for row in in_none.into_iter().chain(in_some) {
        let (place, name) = row.key.split_once('.').unwrap_or(("", row.key));
        if place != section {
            text.push_str(&format!("\n[{place}]\n"));
            section = place;
        }
        let (about, example) = about(row.key);
        text.push_str(&format!("\n# {about}\n"));
        let value = if let Some(value) = &row.value {
            value.as_str()
        } else {
            text.push_str("# Not set by default; for example:\n");
            example
        };
        text.push_str(&format!("# {name} = {}\n", toml_of(row.key, value)));
    }
    text
}

fn about(key: &str) -> (&'static str, &'static str) {
    let found = ABOUT.iter().find(|(known, _, _)| *known == key);
    found.map_or(("", ""), |(_, about, example)| (*about, *example))
}

/// A value as TOML, whose quoted strings are written as those of JSON.
fn toml_of(key: &str, value: &str) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    if key == TABLE {
        let lists: Map<String, serde_json::Value> = serde_json::from_str(value).unwrap_or_default();
        let lists: Vec<String> = lists
            .iter()
            .map(|(name, list)| format!("{} = {list}", quoted(name)))
            .collect();
        format!("{{ {} }}", lists.join(", "))
    } else if LISTS.contains(&key) {
        let words: Vec<String> = value.split(' ').map(quoted).collect();
        format!("[{}]", words.join(", "))
    } else {
        quoted(value)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::cli::base::config::parsed;

    fn defaults() -> Vec<ConfigRow> {
        let vars = BTreeMap::from([("HOME".to_owned(), "/home/ada \"of\" example".to_owned())]);
        Config::defaults(&vars).unwrap().rows()
    }

    #[test]
    fn every_setting_is_explained_and_nothing_else_is() {
        let rows = defaults();
        let keys: Vec<_> = rows.iter().map(|row| row.key).collect();
        let explained: Vec<_> = ABOUT.iter().map(|(key, _, _)| *key).collect();
        assert_eq!(explained, keys);
        for (row, (key, about, example)) in rows.iter().zip(ABOUT) {
            assert!(!about.is_empty(), "{key}");
            assert_eq!(
                row.value.is_none(),
                !example.is_empty(),
                "{key}: a default or an example"
            );
        }
    }

    #[test]
    fn the_file_sets_nothing_and_has_the_defaults_once_the_lines_are_uncommented() {
        let rows = defaults();
        let text = text(&rows);
        assert_eq!(parsed(&text).unwrap(), BTreeMap::new());
        let uncommented: String = text
            .lines()
            .map(|line| match line.strip_prefix("# ") {
                Some(setting) if setting.contains(" = ") => format!("{setting}\n"),
                _ => format!("{line}\n"),
            })
            .collect();
        let set = parsed(&uncommented).unwrap();
        assert_eq!(set.len(), rows.len());
        for row in rows {
            let wanted = row.value.unwrap_or_else(|| about(row.key).1.to_owned());
            // A list is kept as JSON.
            let wanted = if LISTS.contains(&row.key) {
                serde_json::json!(wanted.split(' ').collect::<Vec<_>>()).to_string()
            } else {
                wanted
            };
            assert_eq!(set[row.key], wanted, "{}", row.key);
        }
    }
}
