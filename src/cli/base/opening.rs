//! Opening the store and the services that a command needs, from the settings.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use super::config::masked;
use super::config::{Config, Origin, SmsConfig};
use super::context::{Context, Scratch};
use super::env::{Clock, OperatorName};
use super::error::CliError;
use super::places::make_private_folder;
pub(in crate::cli) use super::places::templates;
use super::refusals::{fault_error, key_error};
use crate::cli::base::printed::{command, hint};
use crate::domain::event::{Actor, Source};
use crate::files::unfinished;
use crate::mail::{FolderTransport, Mailbox, SmsCommand, SmtpSettings, SmtpTransport, Transport};
use crate::ops::Op;
use crate::ops::deliver::{Mailer, Wording};
use crate::store::{Fault, Location, Store, sweep_beside};
use crate::vault::{Entropy, ErasedList, KeyFileError, LastSeenList, Vault, keyfile};

impl Context {
    /// The context of every operation, for an operator's command.
    pub fn op(&self) -> Op {
        self.op_as(Source::Command)
    }

    /// The same, for a person or a panel.
    pub fn op_as(&self, source: Source) -> Op {
        let actor = Actor {
            source,
            operator: self.operator.as_str().to_owned(),
            ip: None,
        };
        Op {
            now: self.now,
            wall: self.wall,
            zone: self.tz.clone(),
            actor,
        }
    }

    /// The same at the present moment: after a question it is later than when the command began, and codes live for
    /// seconds.
    pub fn moment(&self, op: &Op) -> Op {
        let wall = self.clock.now();
        Op {
            now: wall.max(op.now),
            wall,
            ..op.clone()
        }
    }

    /// Whether [`open_store`](Self::open_store) would make the store: at its default place, where there is none yet.
    pub fn makes_store(&self) -> bool {
        self.location().is_missing() && self.config.store.origin == Origin::Default
    }

    /// Opens the store. At its default place it is made, with its key, if it is not there yet; a place that was
    /// named must exist, so that a typing error does not start a second store.
    pub fn open_store(&mut self) -> Result<Store, CliError> {
        let mut store = if self.makes_store() {
            if self.dry_run() {
                let store = self.scratch_store()?;
                self.ui
                    .status("No store exists yet; this dry run used an empty one");
                return Ok(store);
            }
            self.create_at(&self.location())?
        } else {
            open_existing(&self.config, &self.entropy)?
        };
        self.adopt_role(&store);
        self.name_copy(&store);
        if self.dry_run() {
            store.dry_run();
        }
        self.heed_latest_time(&mut store)?;
        Ok(store)
    }

    /// Opens the store that is there, and only looks at it.
    pub fn existing_store(&mut self) -> Result<Store, CliError> {
        let mut store = open_existing(&self.config, &self.entropy)?;
        self.adopt_role(&store);
        self.heed_latest_time(&mut store)?;
        self.name_copy(&store);
        Ok(store)
    }

    /// The same for a store of whatever schema this version knows.
    pub fn store_to_back_up(&mut self) -> Result<Store, CliError> {
        let mut store = self.store_as_it_is()?;
        keep_beside(&mut store, &self.config.key_file.value)?;
        Ok(store)
    }

    /// Opens the store also where it is an older copy, and warns of that.
    pub fn any_copy(&mut self) -> Result<Store, CliError> {
        if self.makes_store() {
            return self.open_store();
        }
        let mut store = any_copy(&self.config, &self.entropy)?;
        self.adopt_role(&store);
        if let Err(older) = store.watch(LastSeenList::beside(&self.config.key_file.value)) {
            let error = fault_error(older);
            self.ui.warning(&error.message);
            self.ui.hint(error.hint.unwrap_or_default());
        }
        self.heed_latest_time(&mut store)?;
        self.name_copy(&store);
        Ok(store)
    }

    /// Opens the store that is there, of whatever schema this version knows. An older copy is taken as well: it has to be
    /// upgraded before anything else can be done with it.
    pub fn store_as_it_is(&mut self) -> Result<Store, CliError> {
        let store = opened(&self.config, &self.entropy, Store::open_as_it_is)?;
        self.adopt_role(&store);
        Ok(store)
    }

    /// The key that encrypts a new store.
    pub fn vault(&self) -> Result<Vault, CliError> {
        sweep(&self.config);
        let path = &self.config.key_file.value;
        Vault::from_file(path, self.entropy.clone()).map_err(|error| match error {
            KeyFileError::Missing { .. } => CliError::failed(format!(
                "the key file {} does not exist, and backups do not contain it",
                path.display()
            ))
            .hinted("restore the key file from your copy, or set ADMIT_KEY_FILE to its path"),
            other => key_error(&other),
        })
    }

    /// An empty store if none exists yet, for a dry run or until a question is answered; removed with its key at the
    /// end of the command.
    pub fn scratch_store(&mut self) -> Result<Store, CliError> {
        let (folder, claim) = scratch_folder().map_err(|error| {
            CliError::failed("cannot create a temporary store")
                .caused_by(super::error::in_words(&error))
        })?;
        let key = keyfile::create(&folder.path().join("key"), &self.entropy)
            .map_err(|error| fault_error(error.into()))?;
        let vault = Vault::new(key.ring, self.entropy.clone());
        let location = Location::File(folder.path().join("store"));
        let mut store = Store::create(&location, vault, &self.op().actor, self.now)?;
        store.dry_run();
        self.scratch = Some(Scratch {
            _folder: folder,
            _claim: claim,
        });
        Ok(store)
    }

    /// The location of the store.
    pub fn location(&self) -> Location {
        self.config.location()
    }

    /// On a server the operator is the role that the server knows, not the user of this machine (R4).
    pub(in crate::cli) fn adopt_role(&mut self, store: &Store) {
        if let Some(role) = store.role() {
            self.operator = OperatorName::new(role);
        }
    }

    /// Creates a store and, if it does not exist, the key file.
    ///
    /// # Errors
    /// [`Fault::Exists`] becomes the store that another process created in the meantime.
    pub fn create_at(&mut self, location: &Location) -> Result<Store, CliError> {
        self.config.check_store_place(location)?;
        let path = self.config.key_file.value.clone();
        make_private_folder(&path)?;
        sweep(&self.config);
        let created =
            keyfile::create(&path, &self.entropy).map_err(|error| fault_error(error.into()))?;
        let vault =
            Vault::from_file(&path, self.entropy.clone()).map_err(|error| key_error(&error))?;
        let actor = self.op().actor;
        match Store::create(location, vault, &actor, self.now) {
            Ok(mut store) => {
                keep_beside(&mut store, &path)?;
                self.adopt_role(&store);
                self.ui
                    .status(format!("Created a new store at {}", store.place()));
                if created.fresh {
                    self.ui.status(format!(
                        "Created its key at {}; back it up separately from the store, because encrypted data cannot be read without it",
                        path.display()
                    ));
                }
                Ok(store)
            }
            Err(Fault::Exists(_)) => open_existing(&self.config, &self.entropy),
            Err(fault) => Err(fault_error(fault)),
        }
    }

    /// Makes the one who turns queued rows into mail.
    pub fn mailer(&self) -> Result<Mailer, CliError> {
        let clock = Arc::clone(&self.clock);
        mailer(&self.config, self.mailbox.clone(), clock)
    }

    /// Whether mail goes further than into files (M4).
    pub fn mail_leaves(&self) -> bool {
        self.mailbox.is_some() || self.config.mail.server.value.is_some()
    }

    /// The panel that was named, by option, variable or file.
    pub fn panel(&self) -> Option<String> {
        self.config.panel.value.clone()
    }
}

/// Opens the store that the settings name. It is never made here, and an older copy is refused (U4).
pub(in crate::cli) fn open_existing(config: &Config, entropy: &Entropy) -> Result<Store, CliError> {
    let mut store = any_copy(config, entropy)?;
    keep_beside(&mut store, &config.key_file.value)?;
    Ok(store)
}

/// From now on the lists next to the key are about this store.
fn keep_beside(store: &mut Store, key_file: &Path) -> Result<(), CliError> {
    store.list_erased_in(ErasedList::beside(key_file));
    store
        .watch(LastSeenList::beside(key_file))
        .map_err(fault_error)
}

/// Opens the store that the settings name, also where it is an older copy.
pub(in crate::cli) fn any_copy(config: &Config, entropy: &Entropy) -> Result<Store, CliError> {
    opened(config, entropy, |location, vault| {
        Store::open(location, vault, true)
    })
}

fn opened(
    config: &Config,
    entropy: &Entropy,
    open: impl FnOnce(&Location, Vault) -> Result<Store, Fault>,
) -> Result<Store, CliError> {
    sweep(config);
    let location = config.location();
    config.check_store_place(&location)?;
    if location.is_missing() {
        return Err(fault_error(Fault::Missing(config.store.value.clone())));
    }
    let path = &config.key_file.value;
    let vault = Vault::from_file(path, entropy.clone()).map_err(|error| match error {
        KeyFileError::Missing { .. } => without_key(&location, &config.store.value, path),
        other => key_error(&other),
    })?;
    open(&location, vault).map_err(fault_error)
}

/// Removes what killed programs left, whichever command they ran: copies of the key, letters with tokens, halves of stores.
fn sweep(config: &Config) {
    keyfile::sweep_beside(&config.key_file.value);
    FolderTransport::new(config.mail.folder.value.clone()).sweep();
    sweep_beside(&config.location());
}

/// The prefix of folders for dry runs.
const SCRATCH: &str = "admit-dry-run-";

/// A new folder for the store of a dry run, locked. Its key encrypts nothing that is kept.
fn scratch_folder() -> std::io::Result<(tempfile::TempDir, File)> {
    unfinished::sweep(&std::env::temp_dir(), |name| {
        unfinished::is_temporary(name, SCRATCH)
    });
    loop {
        let folder = tempfile::Builder::new().prefix(SCRATCH).tempdir()?;
        if let Ok(opened) = File::open(folder.path())
            && unfinished::claim(&opened)
        {
            return Ok((folder, opened));
        }
    }
}

fn without_key(location: &Location, store: &str, path: &Path) -> CliError {
    let path = path.display();
    match location {
        // It was not asked yet whether a store is there.
        Location::Server(_) => CliError::failed(format!(
            "the key file {path} does not exist, and the store at {} cannot be read without it",
            masked(store)
        ))
        .hinted(
            hint!(
                "copy the key file from a machine that uses this store, or set ADMIT_KEY_FILE to its path; for a new store, run ",
                command(&["store", "init"])
            ),
        ),
        _ => CliError::failed(format!(
            "the store {store} exists, but its key file {path} does not"
        ))
        .hinted(
            "restore the key file from its backup, or set ADMIT_KEY_FILE to its path; encrypted data cannot be read without it",
        ),
    }
}

/// Makes the one who turns queued rows into mail. `mailbox` takes it in tests.
pub(in crate::cli) fn mailer(
    config: &Config,
    mailbox: Option<Mailbox>,
    clock: Arc<dyn Clock>,
) -> Result<Mailer, CliError> {
    let templates = templates(config)?;
    let (transport, sms) = match mailbox {
        Some(mailbox) => (Transport::Memory(mailbox), None),
        None => (transport(config, &clock), sms_command(&config.sms)),
    };
    let wording = Wording {
        links_register: config.links.register.value.clone(),
        links_reset: config.links.reset.value.clone(),
        links_confirm: config.links.confirm.value.clone(),
        sender: config.mail.sender.value.clone(),
        support_contact: config.support_contact.value.clone(),
    };
    Ok(Mailer::new(transport, templates, wording)
        .with_sms(sms)
        .with_clock(move || clock.now()))
}

fn transport(config: &Config, clock: &Arc<dyn Clock>) -> Transport {
    let folder = FolderTransport::new(config.mail.folder.value.clone()).sparing(config.guard());
    match config.mail.smtp() {
        Some(settings) => Transport::Smtp(smtp(settings, clock), folder),
        None => Transport::Files(folder),
    }
}

/// The way to a mail server.
pub(in crate::cli) fn smtp(settings: SmtpSettings, clock: &Arc<dyn Clock>) -> SmtpTransport {
    let clock = Arc::clone(clock);
    SmtpTransport::new(settings, Arc::new(move || clock.elapsed()))
}

fn sms_command(config: &SmsConfig) -> Option<SmsCommand> {
    let (program, arguments) = config.command.value.as_ref()?.split_first()?;
    let limit = config.timeout.value;
    let environment = config.environment.clone();
    Some(SmsCommand::new(program, arguments, limit, environment))
}
