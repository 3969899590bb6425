//! Who else could have written a file, or could replace it.
//!
//! A trusted file (settings, templates, programs, certificates, passwords, a store and its logs) has to belong to this
//! user or to root, and nobody else may be able to write to it. That is not enough if somebody else can replace it, so
//! every folder on its path is checked too:
//!
//! - it belongs to this user, to root, or to the owner of `/` (in a user namespace root may have another number);
//! - others may write to it only if it is sticky, like /tmp: there nobody can rename what is not theirs;
//! - its group may write to it if that is root's group, or this user's own (the group that many systems make for each
//!   user, with the same name and nobody else in it), or if root owns the folder: which group may write to /usr/local is an
//!   administrator's decision.
//!
//! The folder of a store is checked more strictly ([`store`]), because SQLite trusts the logs that it finds next to a
//! database: there neither the sticky bit nor root's ownership is enough, and only the group of a shared store may write.

use std::fmt;
use std::fs::Metadata;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::guard::{LOGS, with_suffix};
use crate::domain::text::shell_word;

const STICKY: u32 = 0o1000;
const GROUP_WRITES: u32 = 0o020;
const OTHERS_WRITE: u32 = 0o002;

/// Why a file is not trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distrust {
    path: PathBuf,
    why: Why,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Why {
    /// It is a folder, a pipe, or for a log also a link.
    NotAFile,
    /// It belongs to another user.
    Owner(u32),
    /// Others may write to it.
    Writable(u32),
    /// A log of a store that another user created or could have changed.
    Log(Option<u32>),
    /// The folder belongs to another user.
    FolderOwner(u32),
    /// Others may write to the folder.
    Folder { mode: u32, is_ours: bool },
    /// A group may write to the folder.
    FolderGroup { mode: u32, gid: u32, is_ours: bool },
}

impl Distrust {
    fn new(path: &Path, why: Why) -> Self {
        Self {
            path: path.to_owned(),
            why,
        }
    }

    /// What to do about it, with the command.
    pub fn hint(&self) -> String {
        let path = shell_word(&self.path.display().to_string()).into_owned();
        let me = user_word(euid());
        let elsewhere = "move the file to a folder that only you can write to";
        match &self.why {
            Why::NotAFile => format!("check what it is with `ls -ld {path}`"),
            Why::Owner(owner) if euid() == 0 => format!(
                "run the command as that user (`sudo -u {}`), or if the file is correct, run `chown root {path}`",
                sudo_word(*owner)
            ),
            Why::Owner(_) => {
                format!("check it, and if it is correct, run `sudo chown {me} {path}`")
            }
            Why::Writable(_) => format!("check it, then run `chmod go-w {path}`"),
            Why::Log(_) => format!(
                "check who owns it with `ls -l {path}`; if they are not running admit, move it away"
            ),
            Why::FolderOwner(_) if euid() == 0 => {
                format!("run `chown root {path}`, or {elsewhere}")
            }
            Why::FolderOwner(_) => format!("run `sudo chown {me} {path}`, or {elsewhere}"),
            Why::Folder { mode, is_ours } | Why::FolderGroup { mode, is_ours, .. } => {
                if *is_ours && mode & STICKY == 0 {
                    format!("run `chmod go-w {path}`")
                } else {
                    elsewhere.to_owned()
                }
            }
        }
    }
}

impl std::error::Error for Distrust {}

impl fmt::Display for Distrust {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.display();
        let folder = match self.path.parent() {
            None => "the root folder /".to_owned(),
            Some(_) => format!("the folder {path}"),
        };
        match &self.why {
            Why::NotAFile => write!(f, "{path} is not a regular file"),
            Why::Owner(owner) => write!(f, "{path} belongs to {}, {}", user(*owner), nor_to()),
            Why::Writable(mode) => write!(f, "other users can write to {path} (mode {mode:04o})"),
            Why::Log(Some(owner)) => write!(
                f,
                "its log {path} belongs to {}, {}, and would be read into the store",
                user(*owner),
                nor_to()
            ),
            Why::Log(None) => write!(
                f,
                "other users may have written to its log {path}, which would be read into the store"
            ),
            Why::FolderOwner(owner) => {
                write!(f, "{folder} belongs to {}, {}", user(*owner), nor_to())
            }
            Why::Folder { mode, .. } => {
                write!(f, "other users can write to {folder} (mode {mode:04o})")
            }
            Why::FolderGroup { mode, gid, .. } => write!(
                f,
                "the group {} can write to {folder} (mode {mode:04o})",
                group(*gid)
            ),
        }
    }
}

fn nor_to() -> &'static str {
    if euid() == 0 {
        "not to root"
    } else {
        "neither to you nor to root"
    }
}

fn euid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// A file that was opened, or checked through links: a regular one, owned by this user or root, that nobody
/// else can write to.
///
/// # Errors
/// Why it is not trusted.
pub fn file(path: &Path, about: &Metadata) -> Result<(), Distrust> {
    if !about.is_file() {
        return Err(Distrust::new(path, Why::NotAFile));
    }
    owner(path, about.uid())?;
    if about.mode() & (GROUP_WRITES | OTHERS_WRITE) != 0 {
        return Err(Distrust::new(path, Why::Writable(about.mode() & 0o7777)));
    }
    Ok(())
}

fn owner(path: &Path, owner: u32) -> Result<(), Distrust> {
    if owner == 0 || owner == euid() {
        return Ok(());
    }
    Err(Distrust::new(path, Why::Owner(owner)))
}

/// A file that is about to be read or run by its name: the file, and every folder on its path.
///
/// # Errors
/// Why it is not trusted. If it is missing, or not a file, the caller finds out.
pub fn named(path: &Path) -> Result<(), Distrust> {
    match path.metadata() {
        Ok(about) if about.is_file() => file(path, &about)?,
        _ => return Ok(()),
    }
    way_to(path)
}

/// A folder whose files are trusted, with every folder on its path. Each file must still be checked.
///
/// # Errors
/// Why it is not trusted.
pub fn folder(path: &Path) -> Result<(), Distrust> {
    folder_itself(path)?;
    way_to(path)
}

/// The same without the folders on its path.
///
/// # Errors
/// Why it is not trusted.
pub fn folder_itself(path: &Path) -> Result<(), Distrust> {
    match path.metadata() {
        Ok(about) if about.is_dir() => {
            let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
            holder(&whole, &about, None)
        }
        _ => Ok(()),
    }
}

/// Every folder on a path: as written, and with its symbolic links resolved.
///
/// # Errors
/// The first folder in which another user could replace something.
pub fn way_to(path: &Path) -> Result<(), Distrust> {
    let written = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    above(&written)?;
    match path.canonicalize() {
        Ok(whole) if whole != written => above(&whole),
        _ => Ok(()),
    }
}

fn above(path: &Path) -> Result<(), Distrust> {
    for folder in path.ancestors().skip(1) {
        let Ok(about) = folder.metadata() else {
            continue;
        };
        folder_owner(folder, &about, None)?;
        let mode = about.mode() & 0o7777;
        if mode & STICKY != 0 {
            continue;
        }
        let is_ours = about.uid() == euid();
        if mode & OTHERS_WRITE != 0 {
            return Err(Distrust::new(folder, Why::Folder { mode, is_ours }));
        }
        let is_trusted = |gid| gid == 0 || about.uid() == 0 || is_own_group(gid);
        if mode & GROUP_WRITES != 0 && !is_trusted(about.gid()) {
            let gid = about.gid();
            return Err(Distrust::new(
                folder,
                Why::FolderGroup { mode, gid, is_ours },
            ));
        }
    }
    Ok(())
}

/// A folder in which nobody else can create files; `shared` is the group that may.
fn holder(path: &Path, about: &Metadata, shared: Option<u32>) -> Result<(), Distrust> {
    folder_owner(path, about, shared)?;
    let mode = about.mode() & 0o7777;
    let is_ours = about.uid() == euid();
    if mode & OTHERS_WRITE != 0 {
        return Err(Distrust::new(path, Why::Folder { mode, is_ours }));
    }
    let gid = about.gid();
    if mode & GROUP_WRITES != 0 && gid != 0 && Some(gid) != shared && !is_own_group(gid) {
        return Err(Distrust::new(path, Why::FolderGroup { mode, gid, is_ours }));
    }
    Ok(())
}

fn folder_owner(path: &Path, about: &Metadata, shared: Option<u32>) -> Result<(), Distrust> {
    let owner = about.uid();
    let owns_all = || {
        Path::new("/")
            .metadata()
            .is_ok_and(|root| root.uid() == owner)
    };
    if owner == 0 || owner == euid() || is_member(owner, shared) || owns_all() {
        return Ok(());
    }
    Err(Distrust::new(path, Why::FolderOwner(owner)))
}

/// The folder of a store that will be created, or replaced: the group that shares it may write there.
///
/// # Errors
/// Another user could put a log or another store there.
pub fn store_folder(path: &Path) -> Result<(), Distrust> {
    let shared = path
        .symlink_metadata()
        .ok()
        .and_then(|there| sharing(&there));
    holding(path, shared)
}

/// The file of an existing store, its logs, and its folder, without opening any of them. Read permissions are
/// not checked here.
///
/// A store that its group can write to is shared with that group, and only with that: then its file, its logs
/// and its folder may belong to any member, and the group may write to the folder.
///
/// # Errors
/// Why it is not trusted.
pub fn store(path: &Path, about: &Metadata) -> Result<(), Distrust> {
    let shared = sharing(about);
    if !is_member(about.uid(), shared) {
        owner(path, about.uid())?;
    }
    holding(path, shared)?;
    LOGS.iter()
        .try_for_each(|log| self::log(&with_suffix(path, log), shared))
}

/// The group that a store is shared with.
fn sharing(about: &Metadata) -> Option<u32> {
    (about.is_file() && about.mode() & GROUP_WRITES != 0).then_some(about.gid())
}

/// The folder that contains a store, and those on its path.
fn holding(path: &Path, shared: Option<u32>) -> Result<(), Distrust> {
    let folder = super::new::folder_of(path);
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    match folder.metadata() {
        Ok(about) => holder(&whole, &about, shared)?,
        // It is created with the store.
        Err(_) => return way_to(path),
    }
    way_to(folder)
}

fn log(path: &Path, shared: Option<u32>) -> Result<(), Distrust> {
    let about = match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(_) => return Err(Distrust::new(path, Why::NotAFile)),
        Ok(about) => about,
    };
    if !about.is_file() {
        return Err(Distrust::new(path, Why::NotAFile));
    }
    let uid = about.uid();
    if uid != 0 && uid != euid() && !is_member(uid, shared) {
        return Err(Distrust::new(path, Why::Log(Some(uid))));
    }
    let by_group = about.mode() & GROUP_WRITES != 0;
    let gid = about.gid();
    if about.mode() & OTHERS_WRITE != 0
        || (by_group && gid != 0 && Some(gid) != shared && !is_own_group(gid))
    {
        return Err(Distrust::new(path, Why::Log(None)));
    }
    Ok(())
}

/// Whether the user is in the group that shares a store.
fn is_member(uid: u32, shared: Option<u32>) -> bool {
    let Some(gid) = shared else {
        return false;
    };
    uzers::get_user_by_uid(uid)
        .is_some_and(|user| user.primary_group_id() == gid || has_member(gid, user.name()))
}

fn has_member(gid: u32, name: &std::ffi::OsStr) -> bool {
    use uzers::os::unix::GroupExt as _;
    uzers::get_group_by_gid(gid)
        .is_some_and(|group| group.members().iter().any(|member| member == name))
}

/// Whether the group is this user's own: it has the user's name, and nobody else is in it.
fn is_own_group(gid: u32) -> bool {
    use uzers::os::unix::GroupExt as _;
    let Some(user) = uzers::get_user_by_uid(euid()) else {
        return false;
    };
    uzers::get_group_by_gid(gid).is_some_and(|group| {
        user.primary_group_id() == gid
            && group.name() == user.name()
            && group.members().iter().all(|member| member == user.name())
    })
}

/// The user by name, for a sentence.
fn user(uid: u32) -> String {
    match uzers::get_user_by_uid(uid) {
        Some(user) => user.name().to_string_lossy().into_owned(),
        None => format!("user {uid}"),
    }
}

/// The user for a command.
fn user_word(uid: u32) -> String {
    match uzers::get_user_by_uid(uid) {
        Some(user) => shell_word(&user.name().to_string_lossy()).into_owned(),
        None => uid.to_string(),
    }
}

/// The user as sudo takes it.
fn sudo_word(uid: u32) -> String {
    match uzers::get_user_by_uid(uid) {
        Some(_) => user_word(uid),
        None => format!("'#{uid}'"),
    }
}

fn group(gid: u32) -> String {
    match uzers::get_group_by_gid(gid) {
        Some(group) => group.name().to_string_lossy().into_owned(),
        None => gid.to_string(),
    }
}

#[cfg(test)]
mod tests;
