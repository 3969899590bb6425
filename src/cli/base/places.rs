//! Files and folders according to the settings: which are never written over, and how they are made and read.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;

use super::config::Config;
use super::context::Context;
use super::error::CliError;
use crate::domain::text::shell_word;
use crate::files::{Guard, Guarded, Place};
use crate::mail::Templates;
use crate::store::Location;
use crate::vault::{ErasedList, LastSeenList};

impl Config {
    /// Everything that no command may write over: the store, and what stays apart from it.
    pub fn guard(&self) -> Guard {
        let mut guard = self.guard_without_store();
        if let Location::File(path) = self.location() {
            guard.keep_store(&path);
        }
        guard
    }

    /// The same without the store itself: none of these can become a store either.
    fn guard_without_store(&self) -> Guard {
        let mut guard = Guard::default();
        let key = &self.key_file.value;
        guard.keep(key, "the key file");
        guard.keep(
            ErasedList::beside(key).path(),
            "the list of erased people next to the key",
        );
        guard.keep(
            LastSeenList::beside(key).path(),
            "the last known state of stores, next to the key",
        );
        for file in &self.files {
            guard.keep(&file.path, "a settings file");
        }
        let mail = &self.mail;
        let named = [
            (mail.password_file.value.as_ref(), "mail.password-file"),
            (mail.ca_file.value.as_ref(), "mail.ca-file"),
            (
                self.surroundings.password_file.as_ref(),
                "the password file of PostgreSQL",
            ),
            (
                self.surroundings.authorities.file.as_ref(),
                "the file of SSL_CERT_FILE",
            ),
        ];
        for (path, what) in named {
            if let Some(path) = path {
                guard.keep(path, what);
            }
        }
        let programs = [
            (&mail.password_command.value, "mail.password-command"),
            (&self.sms.command.value, "sms.command"),
        ];
        for (words, what) in programs {
            if let Some(path) = words.as_ref().and_then(|words| words.first()) {
                guard.keep(path, what);
            }
        }
        guard
    }

    /// Allows a store to be created, put or opened there.
    ///
    /// # Errors
    /// Its file or one of its logs would be the key, a list next to it, or another file from the settings.
    pub fn check_store_place(&self, location: &Location) -> Result<(), CliError> {
        let Location::File(path) = location else {
            return Ok(());
        };
        self.guard_without_store()
            .store_place(path)
            .map_err(|guarded| no_store(path, &guarded))
    }

    /// Lets a second store be made there: it also stays away from the logs of the first one.
    ///
    /// # Errors
    /// As [`Config::check_store_place`].
    pub fn check_copy_place(&self, location: &Location) -> Result<(), CliError> {
        self.check_store_place(location)?;
        match (location, self.location()) {
            // The store's own place is refused where the copy is made.
            (Location::File(path), Location::File(own)) if *path != own => {
                let mut guard = Guard::default();
                guard.keep_store(&own);
                guard
                    .store_place(path)
                    .map_err(|guarded| no_store(path, &guarded))
            }
            _ => Ok(()),
        }
    }
}

fn no_store(path: &Path, guarded: &Guarded) -> CliError {
    let place = path.display();
    let text = if guarded.path == path {
        format!("cannot use {place} as a store: it is {}", guarded.what)
    } else {
        format!(
            "cannot use {place} as a store: its log {} would be {}",
            guarded.path.display(),
            guarded.what
        )
    };
    let other = shell_word(&place.to_string()).into_owned() + ".db";
    CliError::refused(text).hinted(format!("use another file, as in --store {other}"))
}

impl Context {
    /// A path that somebody named for something new.
    ///
    /// # Errors
    /// It leads to a file that is never overwritten.
    pub fn place(&self, path: &Path) -> Result<Place, CliError> {
        self.config.guard().place(path).map_err(|guarded| {
            CliError::refused(guarded.to_string()).hinted("use another file; nothing was written")
        })
    }
}

/// The texts of mail, an operator's own among them.
pub(in crate::cli) fn templates(config: &Config) -> Result<Templates, CliError> {
    match &config.mail.templates.value {
        Some(folder) => Templates::with_folder(folder),
        None => Templates::builtin(),
    }
    .map_err(|problem| {
        CliError::failed(format!("cannot use the mail templates: {problem}"))
            .maybe_hinted(problem.hint().map(Into::into))
    })
}

/// The folder of a file, for this user only, unless it is there.
pub(in crate::cli) fn make_private_folder(file: &Path) -> Result<(), CliError> {
    let Some(folder) = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| {
            CliError::failed(format!(
                "cannot create the folder {}: {}",
                folder.display(),
                super::error::in_words(&error)
            ))
        })
}
