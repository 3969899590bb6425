//! A QR code as a picture in a file that only its owner can read.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::Qr;
use crate::cli::base::error::in_words;
use crate::files::{NewFile, Over, Place, Unwritten};
use crate::vault::Secret;

/// Why no picture was written.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// The name says no kind of picture that can be made.
    #[error("a QR code is written as .svg or .png; {} ends in neither", .0.display())]
    Kind(PathBuf),
    /// A file with this name exists; it was not changed.
    #[error("{} already exists and is not overwritten", .0.display())]
    Exists(PathBuf),
    /// The picture could not be created or written. No part of it is left behind.
    #[error("cannot write {}: {}", path.display(), in_words(source))]
    Io {
        /// Where it was to be.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
}

enum Picture {
    Svg,
    Png,
}

fn kind(path: &Path) -> Result<Picture, FileError> {
    let ending = path.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("svg") => Ok(Picture::Svg),
        Some("png") => Ok(Picture::Png),
        _ => Err(FileError::Kind(path.to_owned())),
    }
}

/// Whether a picture could be written there: before there is anything to write.
///
/// # Errors
/// [`FileError::Kind`] and [`FileError::Exists`].
pub fn check_file(place: &Place) -> Result<(), FileError> {
    let path = place.path();
    kind(path)?;
    if path.symlink_metadata().is_ok() {
        return Err(FileError::Exists(path.to_owned()));
    }
    Ok(())
}

/// Writes the code as a picture; the end of the name, `.svg` or `.png` in either case, says
/// which. The file is new and for this user only (0600), because the secret is in it. A
/// name that is taken is refused, whatever is there, a link that leads nowhere too.
///
/// # Errors
/// [`FileError`].
pub fn write_file(qr: &Qr, place: &Place) -> Result<(), FileError> {
    let path = place.path();
    let failed = |source| FileError::Io {
        path: path.to_owned(),
        source,
    };
    let picture = match kind(path)? {
        Picture::Svg => qr.svg().into_bytes(),
        Picture::Png => qr.png().map_err(|error| failed(error.into()))?,
    };
    let picture = Secret::new(picture);
    let unwritten = |why| match why {
        Unwritten::Io(source) => failed(source),
        _ => FileError::Exists(path.to_owned()),
    };
    let mut file = NewFile::create(place, Over::Nothing).map_err(unwritten)?;
    file.write_all(picture.as_bytes()).map_err(failed)?;
    file.finish().map_err(unwritten)?;
    Ok(())
}
