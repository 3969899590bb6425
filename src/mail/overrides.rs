//! Reading an operator's folder of templates.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::kind::{Channel, MailKind};
use super::problem::MailProblem;
use crate::files::trust;

/// A template is text that a person wrote; a larger file is a mistake.
const MAX_BYTES: u64 = 256 * 1024;

/// One template's text and where it comes from.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// `invitation.txt`
    pub(super) name: String,
    /// The path, or `built-in en/…`: for messages.
    pub(super) file: String,
    /// The template itself.
    pub(super) text: String,
    /// 0 built in, 1 for every panel, 2 for one panel.
    pub(super) rank: u8,
}

impl Source {
    pub(super) fn built_in(lang: Option<&str>, name: &str, text: &str) -> Self {
        let folder = lang.map(|lang| format!("{lang}/")).unwrap_or_default();
        Self {
            name: name.to_owned(),
            file: format!("built-in {folder}{name}"),
            text: text.to_owned(),
            rank: 0,
        }
    }

    /// A piece for other templates, not a mail.
    pub(super) fn is_piece(&self) -> bool {
        is_piece(&self.name)
    }
}

fn is_piece(name: &str) -> bool {
    name.starts_with('_') || name == "layout.html"
}

/// Sources by language.
pub(super) type ByLanguage = BTreeMap<String, Vec<Source>>;

/// The templates found in a folder.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) common: ByLanguage,
    pub(super) panels: BTreeMap<String, ByLanguage>,
}

/// Reads `folder`: `LANG/…` and `PANEL/LANG/…`.
pub(super) fn read(folder: &Path) -> Result<Found, MailProblem> {
    let mut found = Found::default();
    trust::way_to(folder)?;
    if let Some(stray) = templates_in(folder, 0)?.first() {
        return Err(MailProblem::folder(
            folder.join(&stray.name),
            "must be in a folder for its language",
        ));
    }
    for (name, path) in folders_in(folder)? {
        let sources = templates_in(&path, 1)?;
        if !sources.is_empty() {
            let lang = language(&name).ok_or_else(|| {
                MailProblem::folder(&path, "contains templates, but its name is not a language")
            })?;
            found.common.entry(lang).or_default().extend(sources);
        }
        for (lang, path) in folders_in(&path)? {
            let sources = templates_in(&path, 2)?;
            if sources.is_empty() {
                continue;
            }
            let lang = language(&lang).ok_or_else(|| {
                MailProblem::folder(&path, "contains templates, but its name is not a language")
            })?;
            let panel = found.panels.entry(name.clone()).or_default();
            panel.entry(lang).or_default().extend(sources);
        }
    }
    Ok(found)
}

/// `de_AT` as `de-at`; `None` if it is not a language tag.
pub(super) fn language(tag: &str) -> Option<String> {
    let tag = tag.replace('_', "-").to_ascii_lowercase();
    let mut parts = tag.split('-');
    let primary = parts.next()?;
    let letters = primary.bytes().all(|b| b.is_ascii_lowercase());
    let good = letters
        && (2..=3).contains(&primary.len())
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    good.then_some(tag)
}

/// The folders in `folder` with names in UTF-8, sorted, without hidden ones.
fn folders_in(folder: &Path) -> Result<Vec<(String, PathBuf)>, MailProblem> {
    entries(folder, Path::is_dir)
}

/// The templates in `folder`. Other files (notes, editor backups) are ignored.
fn templates_in(folder: &Path, rank: u8) -> Result<Vec<Source>, MailProblem> {
    let mut sources = Vec::new();
    for (name, path) in entries(folder, Path::is_file)? {
        let Some(word) = name
            .strip_suffix(".txt")
            .or_else(|| name.strip_suffix(".html"))
        else {
            continue;
        };
        if rank > 0 && !is_piece(&name) {
            let Some(kind) = MailKind::parse(word) else {
                let kinds: Vec<_> = MailKind::ALL.iter().map(|kind| kind.as_str()).collect();
                let detail = format!("unknown mail {word}; use one of {}", kinds.join(", "));
                return Err(MailProblem::folder(path, detail));
            };
            if kind.channel() == Channel::Sms && name == format!("{word}.html") {
                let detail = format!("an SMS has no HTML; use only {word}.txt");
                return Err(MailProblem::folder(path, detail));
            }
        }
        let text = read_text(&path)?;
        sources.push(Source {
            name,
            file: path.display().to_string(),
            text,
            rank,
        });
    }
    Ok(sources)
}

fn entries(
    folder: &Path,
    wanted: fn(&Path) -> bool,
) -> Result<Vec<(String, PathBuf)>, MailProblem> {
    let problem = |error: std::io::Error| MailProblem::folder(folder, error);
    trust::folder_itself(folder)?;
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(problem)? {
        let entry = entry.map_err(problem)?;
        if let Ok(name) = entry.file_name().into_string()
            && !name.starts_with('.')
            && wanted(&entry.path())
        {
            found.push((name, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

fn read_text(path: &Path) -> Result<String, MailProblem> {
    let problem = |error: std::io::Error| MailProblem::folder(path, error);
    let file = fs::File::open(path).map_err(problem)?;
    trust::file(path, &file.metadata().map_err(problem)?)?;
    let mut text = String::new();
    file.take(MAX_BYTES + 1)
        .read_to_string(&mut text)
        .map_err(problem)?;
    if text.len() as u64 > MAX_BYTES {
        return Err(MailProblem::folder(path, "is larger than 256 KiB"));
    }
    // An editor's byte order mark would hide the subject; a carriage return would end up in it.
    Ok(text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n"))
}
