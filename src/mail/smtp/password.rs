//! Where the server's password is: never in a setting, a variable or a command line.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::fs::OFlags;
use zeroize::Zeroize;

use super::trouble::Trouble;
use crate::files::trust;
use crate::mail::program::Program;
use crate::vault::Secret;

/// The longest password.
const LONGEST: usize = 1024;

/// Where the password comes from. It is read for every connection and not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PasswordSource {
    /// The first line of a file that nobody else can read.
    File(PathBuf),
    /// The first line that a program (absolute) prints, with its arguments.
    Command(Vec<String>),
    /// The first line of a file that systemd provides (`LoadCredential=NAME:…`).
    Credential {
        /// Its name.
        name: String,
        /// `$CREDENTIALS_DIRECTORY`.
        folder: Option<PathBuf>,
    },
}

impl PasswordSource {
    /// Reads the password.
    ///
    /// # Errors
    /// It cannot be read; the message never contains any of it.
    pub(super) fn read(
        &self,
        environment: &[(String, String)],
        limit: Duration,
    ) -> Result<Secret<String>, Trouble> {
        let (bytes, place) = match self {
            Self::File(path) => {
                let place = format!("mail.password-file {}", path.display());
                (file(path, true).map_err(told(&place))?, place)
            }
            Self::Credential { name, folder } => {
                let place = format!("mail.password-credential {name}");
                let Some(folder) = folder else {
                    return Err(Trouble::Local(format!(
                        "{place}: systemd provides no credentials to this command (CREDENTIALS_DIRECTORY is not set); start it as a service with LoadCredential={name}:/path/to/file, or use `password-file`"
                    )));
                };
                (
                    file(&folder.join(name), false).map_err(told(&place))?,
                    place,
                )
            }
            Self::Command(words) => {
                let place = "mail.password-command".to_owned();
                (command(words, environment, limit)?, place)
            }
        };
        first_line(&bytes).map_err(|why| Trouble::Local(format!("{place}: {why}")))
    }

    /// The longest that reading it may take.
    pub(super) fn longest(&self, limit: Duration) -> Duration {
        match self {
            Self::Command(_) => limit + Duration::from_secs(1),
            _ => Duration::ZERO,
        }
    }
}

fn told(place: &str) -> impl Fn(String) -> Trouble + '_ {
    move |why| Trouble::Local(format!("{place}: {why}"))
}

fn file(path: &Path, private: bool) -> Result<Secret<Vec<u8>>, String> {
    // Non-blocking: opening a named pipe would wait for a writer that never comes.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    let file = File::options().read(true).custom_flags(flags).open(path);
    let file = file.map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => "the file does not exist".to_owned(),
        ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => "it cannot be read".to_owned(),
    })?;
    let about = file
        .metadata()
        .map_err(|_| "it cannot be checked".to_owned())?;
    if !about.is_file() {
        return Err("it is not a regular file".into());
    }
    if private && about.mode() & 0o077 != 0 {
        return Err(format!(
            "other users can read or write it; run `chmod 600 {}`",
            crate::domain::text::shell_word(&path.display().to_string())
        ));
    }
    trust::file(path, &about)
        .and_then(|()| trust::way_to(path))
        .map_err(|why| format!("{why}; {}", why.hint()))?;
    // Allocated at full size: growing would leave copies behind.
    let mut bytes = Vec::with_capacity(LONGEST + 64);
    let read = file
        .take(u64::try_from(LONGEST + 2).unwrap_or(u64::MAX))
        .read_to_end(&mut bytes);
    let bytes = Secret::new(bytes);
    read.map_err(|_| "it cannot be read".to_owned())?;
    Ok(bytes)
}

fn command(
    words: &[String],
    environment: &[(String, String)],
    limit: Duration,
) -> Result<Secret<Vec<u8>>, Trouble> {
    let Some((path, arguments)) = words.split_first() else {
        return Err(Trouble::Local("mail.password-command is empty".into()));
    };
    let program = Program {
        purpose: "password command",
        setting: "mail.password-command",
        path: path.into(),
        arguments: arguments.iter().map(Into::into).collect(),
        limit,
        environment: environment.to_vec(),
        hears_errors: false,
    };
    let end = program
        .run(&Secret::new(Vec::new()))
        .map_err(|fault| Trouble::Local(fault.detail))?;
    if end.late {
        return Err(Trouble::Local(format!(
            "the password command {path} was stopped because it took longer than {} s",
            limit.as_secs()
        )));
    }
    match end.status.and_then(|status| status.code()) {
        Some(0) => Ok(end.output),
        code => Err(Trouble::Local(format!(
            "the password command {path} failed ({}); run it manually to see why",
            code.map_or_else(
                || "killed by a signal".to_owned(),
                |code| format!("exit {code}")
            )
        ))),
    }
}

fn first_line(bytes: &Secret<Vec<u8>>) -> Result<Secret<String>, &'static str> {
    let line = bytes
        .as_bytes()
        .split(|&b| b == b'\n')
        .next()
        .unwrap_or_default();
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let mut text = std::str::from_utf8(line)
        .map_err(|_| "the password is not UTF-8")?
        .to_owned();
    let problem = if text.is_empty() {
        Some("the first line, which must contain the password, is empty")
    } else if text.len() > LONGEST {
        Some("the password is longer than 1024 bytes")
    } else if text.contains('\0') {
        Some("the password contains a NUL, which no server accepts")
    } else {
        None
    };
    match problem {
        None => Ok(Secret::new(text)),
        Some(problem) => {
            text.zeroize();
            Err(problem)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn read(source: &PasswordSource) -> Result<String, String> {
        match source.read(&[], Duration::from_secs(20)) {
            Ok(password) => Ok(password.as_str().to_owned()),
            Err(Trouble::Local(words)) => Err(words),
            Err(other) => panic!("{other:?} is not this machine's fault"),
        }
    }

    #[test]
    fn a_file_is_read_if_nobody_else_can() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("password");
        let says = |bytes: &[u8], mode: u32| {
            fs::write(&path, bytes).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            read(&PasswordSource::File(path.clone()))
                .map_err(|words| words.replace(path.to_str().unwrap(), "PATH"))
        };
        assert_eq!(says(b"hunter2\n", 0o600).as_deref(), Ok("hunter2"));
        assert_eq!(
            says(b" h\xc3\xbcnter 2 \r\nx", 0o400).as_deref(),
            Ok(" hünter 2 ")
        );
        for (bytes, mode, why) in [
            (
                &b"hunter2"[..],
                0o640,
                "other users can read or write it; run `chmod 600 PATH`",
            ),
            (
                b"hunter2",
                0o604,
                "other users can read or write it; run `chmod 600 PATH`",
            ),
            (
                b"\nhunter2",
                0o600,
                "the first line, which must contain the password, is empty",
            ),
            (
                b"",
                0o600,
                "the first line, which must contain the password, is empty",
            ),
            (
                b"hunter2\0",
                0o600,
                "the password contains a NUL, which no server accepts",
            ),
            (b"hunter2\xff", 0o600, "the password is not UTF-8"),
            (
                &[b'x'; 1025],
                0o600,
                "the password is longer than 1024 bytes",
            ),
        ] {
            let words = says(bytes, mode).unwrap_err();
            assert_eq!(words, format!("mail.password-file PATH: {why}"));
            assert!(!words.contains("hunter2"));
        }
        fs::remove_file(&path).unwrap();
        assert_eq!(
            read(&PasswordSource::File(path.clone())).unwrap_err(),
            format!(
                "mail.password-file {}: the file does not exist",
                path.display()
            )
        );
        assert_eq!(
            read(&PasswordSource::File(folder.path().to_owned())).unwrap_err(),
            format!(
                "mail.password-file {}: it is not a regular file",
                folder.path().display()
            )
        );
    }

    #[test]
    fn a_file_or_a_program_that_others_could_exchange_is_not_used() {
        let folder = tempfile::tempdir().unwrap();
        let set = |path: &Path, mode: u32| {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        };
        let path = folder.path().join("password");
        fs::write(&path, "hunter2\n").unwrap();
        set(&path, 0o600);
        let script = folder.path().join("script");
        fs::write(&script, "#!/bin/sh\necho hunter2\n").unwrap();
        let file = PasswordSource::File(path.clone());
        let command = PasswordSource::Command(vec![script.display().to_string()]);
        for (mode, good) in [(0o755, true), (0o777, false), (0o755, true)] {
            set(&script, 0o755);
            set(folder.path(), mode);
            for source in [&file, &command] {
                let found = read(source);
                assert_eq!(found.is_ok(), good, "{found:?}");
                if let Err(words) = found {
                    assert!(
                        words.contains(&format!(
                            "other users can write to the folder {0} (mode 0777); run `chmod go-w {0}`",
                            folder.path().display()
                        )),
                        "{words}"
                    );
                }
            }
            set(&script, 0o775);
            assert!(
                read(&command)
                    .unwrap_err()
                    .contains("the password command is not run")
            );
        }
        set(&script, 0o755);
        std::os::unix::fs::chown(&path, Some(1), None).unwrap();
        assert!(
            read(&file)
                .unwrap_err()
                .contains("password belongs to daemon")
        );
    }

    #[test]
    fn systemd_hands_it_over_in_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("smtp"), "hunter2\n").unwrap();
        let source = |name: &str, folder: Option<&Path>| PasswordSource::Credential {
            name: name.into(),
            folder: folder.map(Path::to_owned),
        };
        assert_eq!(
            read(&source("smtp", Some(folder.path()))).as_deref(),
            Ok("hunter2")
        );
        assert_eq!(
            read(&source("other", Some(folder.path()))).unwrap_err(),
            "mail.password-credential other: the file does not exist"
        );
        let words = read(&source("smtp", None)).unwrap_err();
        assert!(words.contains("LoadCredential=smtp:"), "{words}");
    }

    #[test]
    fn a_program_prints_it() {
        let sh = |script: &str| {
            PasswordSource::Command(vec!["/bin/sh".into(), "-c".into(), script.into()])
        };
        assert_eq!(
            read(&sh("echo noise >&2; echo hunter2; echo more")).as_deref(),
            Ok("hunter2")
        );
        assert_eq!(
            read(&sh("echo hunter2; exit 3")).unwrap_err(),
            "the password command /bin/sh failed (exit 3); run it manually to see why"
        );
        assert_eq!(
            read(&sh("kill -9 $$")).unwrap_err(),
            "the password command /bin/sh failed (killed by a signal); run it manually to see why"
        );
        assert_eq!(
            read(&PasswordSource::Command(vec!["/nowhere/pass".into()])).unwrap_err(),
            "cannot run the password command /nowhere/pass, as set by mail.password-command: the file does not exist"
        );
        let late = sh("sleep 60")
            .read(&[], Duration::from_secs(1))
            .unwrap_err();
        assert_eq!(
            late,
            Trouble::Local(
                "the password command /bin/sh was stopped because it took longer than 1 s".into()
            )
        );
    }
}
