//! Passwords of servers, from libpq's password file (PostgreSQL manual, "The Password File"): lines
//! `HOST:PORT:DATABASE:USER:PASSWORD`, `*` for any, `\:` and `\\` for these characters themselves, `#` for comments;
//! the first matching line counts.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::MetadataExt;
use std::path::Path;

use crate::files::trust;
use crate::vault::Secret;

/// What a password is looked up for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    pub(super) host: &'a str,
    pub(super) port: u16,
    pub(super) database: &'a str,
    pub(super) user: &'a str,
}

/// The password for this, if the file has one. A missing file has none.
///
/// # Errors
/// A file that others may read, or that cannot be read.
pub(super) fn find(path: &Path, wanted: Wanted<'_>) -> Result<Option<Secret<String>>, String> {
    let metadata = match fs::metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(format!("cannot read {}: {error}", path.display())),
    };
    if !metadata.is_file() {
        return Ok(None);
    }
    if metadata.mode() & 0o077 != 0 {
        return Err(format!(
            "{} is open to other users (mode {:03o}), so it is not used; run `chmod 600 {}`",
            path.display(),
            metadata.mode() & 0o777,
            path.display()
        ));
    }
    trust::file(path, &metadata)
        .and_then(|()| trust::way_to(path))
        .map_err(|why| {
            format!(
                "the password file {} is not used: {why}; {}",
                path.display(),
                why.hint()
            )
        })?;
    let text = Secret::new(
        fs::read_to_string(path)
            .map_err(|error| format!("cannot read {}: {error}", path.display()))?,
    );
    Ok(text
        .expose()
        .lines()
        .find_map(|line| fits(line, wanted))
        .map(Secret::new))
}

fn fits(line: &str, wanted: Wanted<'_>) -> Option<String> {
    if line.starts_with('#') {
        return None;
    }
    let mut fields = Vec::with_capacity(5);
    let mut field = String::new();
    let mut characters = line.chars();
    while let Some(c) = characters.next() {
        match c {
            '\\' => field.extend(characters.next()),
            ':' if fields.len() < 4 => fields.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    let [host, port, database, user] = fields.try_into().ok()?;
    let is = |field: &str, value: &str| field == "*" || field == value;
    (is(&host, wanted.host)
        && is(&port, &wanted.port.to_string())
        && is(&database, wanted.database)
        && is(&user, wanted.user))
    .then_some(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: Wanted<'_> = Wanted {
        host: "db.example.com",
        port: 5432,
        database: "panel",
        user: "ada",
    };

    #[test]
    fn the_first_line_that_fits_counts() {
        assert_eq!(
            fits("db.example.com:5432:panel:ada:a secret", WANTED).as_deref(),
            Some("a secret")
        );
        assert_eq!(fits("*:*:*:ada:it", WANTED).as_deref(), Some("it"));
        assert_eq!(fits("*:*:*:bob:it", WANTED), None);
        assert_eq!(fits("*:5433:*:ada:it", WANTED), None);
        assert_eq!(fits("# *:*:*:ada:it", WANTED), None);
        assert_eq!(fits("*:*:*:ada", WANTED), None);
        assert_eq!(fits("", WANTED), None);
    }

    #[test]
    fn colons_and_backslashes_are_escaped() {
        assert_eq!(
            fits(r"*:*:*:ada:a\:b\\c:d", WANTED).as_deref(),
            Some(r"a:b\c:d")
        );
        let odd = Wanted {
            database: "a:b",
            ..WANTED
        };
        assert_eq!(fits(r"*:*:a\:b:ada:it", odd).as_deref(), Some("it"));
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pgpass");
        assert!(find(&path, WANTED).unwrap().is_none());
        fs::write(&path, "*:*:*:*:hidden words\n").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        let why = find(&path, WANTED).unwrap_err();
        assert!(
            why.contains("chmod 600") && !why.contains("hidden"),
            "{why}"
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(
            find(&path, WANTED).unwrap().unwrap().expose(),
            "hidden words"
        );
        std::os::unix::fs::chown(&path, Some(1), None).unwrap();
        let why = find(&path, WANTED).unwrap_err();
        assert!(why.contains("pgpass belongs to daemon"), "{why}");
    }
}
