//! Showing secrets to the person they are for: on a terminal, or where it was asked for.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::{CliError, in_words};
use crate::cli::base::output::Format;
use crate::cli::view::qr::{Canvas, Qr, TooSmall, check_file, write_file};
use crate::files::{NewFile, Over, Place, Unwritten};
use crate::ops::set_up::Offer;
use crate::vault::{BackupCode, Secret};

/// Where secrets may be shown.
#[derive(Args, Debug)]
pub(super) struct Display {
    /// Show secrets even if output is not a terminal
    #[arg(long)]
    show: bool,

    /// Write the backup codes to this new file
    ///
    /// Only you can read it.
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    codes_file: Option<PathBuf>,
}

impl Display {
    /// Whether secrets are shown on standard output. They never are inside JSON or CSV, which scripts keep.
    fn shows(&self, cx: &Context) -> bool {
        let for_people = matches!(cx.report.format(), Format::Table | Format::Plain);
        for_people && (self.show || cx.ui.terminal().stdout)
    }

    /// Refuses before anything is done what could not be shown in the end. `qr_file` is where the secret goes instead.
    pub(super) fn check(
        &self,
        cx: &Context,
        qr_file: Option<Option<&Path>>,
    ) -> Result<(), CliError> {
        if let Some(file) = &self.codes_file {
            let place = cx.place(file)?;
            if place.path().symlink_metadata().is_ok() {
                return Err(exists(file));
            }
        }
        if let Some(Some(file)) = qr_file {
            check_file(&cx.place(file)?)
                .map_err(|error| CliError::usage(error.to_string()).hinted("use another file"))?;
        }
        if self.shows(cx) {
            return Ok(());
        }
        let (missing, files) = match (qr_file, &self.codes_file) {
            (Some(None), _) => ("the QR code and the secret", "--qr-file and --codes-file"),
            (_, None) => ("the backup codes", "--codes-file"),
            _ => return Ok(()),
        };
        let format = cx.report.format();
        Err(if matches!(format, Format::Table | Format::Plain) {
            CliError::usage(format!(
                "{missing} would be printed to standard output, which is not a terminal"
            ))
            .hinted(format!(
                "to print them anyway, add --show; or write them to files with {files}"
            ))
        } else {
            let format = if format == Format::Csv { "CSV" } else { "JSON" };
            CliError::usage(format!("{missing} are never printed as {format}"))
                .hinted(format!("write them to files with {files}"))
        })
    }

    /// The secret of a pending set-up: as text, and as a QR code if it can be drawn.
    pub(super) fn offer(
        &self,
        cx: &mut Context,
        offer: &Offer,
        qr_file: Option<&Path>,
    ) -> Result<(), CliError> {
        let uri = offer.uri();
        let qr = Qr::of(&uri);
        if let Some(file) = qr_file {
            let qr = qr
                .as_ref()
                .ok_or_else(|| CliError::failed("the secret does not fit into a QR code"))?;
            let place = cx.place(file)?;
            write_file(qr, &place).map_err(|error| CliError::usage(error.to_string()))?;
            cx.ui.status(format!(
                "The QR code is in {}. It contains the secret, so delete it after scanning",
                file.display()
            ));
        }
        if !self.shows(cx) {
            return Ok(());
        }
        cx.ui.line(
            "Scan the QR code with an authenticator app, or type in the secret. Any app works,",
        )?;
        cx.ui.line("including one on a computer.")?;
        cx.ui.line("")?;
        secret_line(cx, "Account", offer.account.address.as_str())?;
        secret_line(cx, "Issuer", &offer.issuer)?;
        secret_line(cx, "Kind", "time-based, SHA-1, 6 digits, 30 seconds")?;
        if self.show && !cx.ui.terminal().stdout {
            secret_line(cx, "URI", uri.expose())?;
        }
        cx.ui.line("")?;
        let secret = in_groups(&offer.secret.base32());
        match qr {
            Some(qr) => draw(cx, &qr, &secret)?,
            None => secret_line(cx, "Secret", secret.expose())?,
        }
        cx.ui.flush()
    }

    /// The backup codes, once.
    pub(super) fn codes(&self, cx: &mut Context, codes: &[BackupCode]) -> Result<(), CliError> {
        let shown: Vec<Secret<String>> = codes.iter().map(BackupCode::shown).collect();
        if let Some(file) = &self.codes_file {
            let mut text = Secret::new(String::new());
            for code in &shown {
                text = Secret::new(format!("{}{}\n", text.expose(), code.expose()));
            }
            write_new(&cx.place(file)?, text.expose())?;
            cx.ui
                .status(format!("The backup codes are in {}", file.display()));
        }
        if !self.shows(cx) {
            return Ok(());
        }
        cx.ui.line("")?;
        cx.ui
            .line("Backup codes. Each works once instead of a code. They are shown only now:")?;
        cx.ui
            .line("save them where you can find them without your phone.")?;
        cx.ui.line("")?;
        for code in &shown {
            cx.ui.line(&format!("  {}", code.expose()))?;
        }
        cx.ui.line("")?;
        cx.ui.flush()
    }
}

fn exists(file: &Path) -> CliError {
    CliError::usage(format!(
        "{} already exists and is not overwritten",
        file.display()
    ))
    .hinted("use another file")
}

fn write_new(place: &Place, text: &str) -> Result<(), CliError> {
    let file = place.path();
    let written = NewFile::create(place, Over::Nothing).and_then(|mut new| {
        new.write_all(text.as_bytes())?;
        new.finish()
    });
    match written {
        Ok(_) => Ok(()),
        Err(Unwritten::Io(error)) => Err(CliError::failed(format!(
            "cannot write {}: {}",
            file.display(),
            in_words(&error)
        ))),
        Err(_) => Err(exists(file)),
    }
}

/// The code in the terminal with the secret below it, which must not push the code's top away together with the
/// question; else above it; else the reason why the code cannot be drawn.
fn draw(cx: &mut Context, qr: &Qr, secret: &Secret<String>) -> Result<(), CliError> {
    let terminal = cx.ui.terminal();
    let canvas = if terminal.utf8 {
        Canvas::HalfBlocks
    } else {
        Canvas::ColouredSpaces
    };
    let leaving = |below: usize| {
        let height = terminal.height.map(|rows| rows.saturating_sub(below));
        qr.lines(canvas, terminal.width, height)
    };
    let show = |cx: &mut Context, lines: Vec<String>| {
        lines
            .iter()
            .try_for_each(|line| cx.ui.raw(format!("{line}\n").as_bytes()))
    };
    if let Ok(lines) = leaving(2) {
        show(cx, lines)?;
        return secret_line(cx, "Secret", secret.expose());
    }
    secret_line(cx, "Secret", secret.expose())?;
    match leaving(1) {
        Ok(lines) => show(cx, lines),
        Err(small) => {
            let small = TooSmall {
                needed_rows: small.needed_rows + 1,
                rows: terminal.height,
                ..small
            };
            cx.ui.warning(small.to_string());
            cx.ui
                .hint("type in the secret above, enlarge the window and try again, or write the QR code to a file with --qr-file");
            Ok(())
        }
    }
}

fn secret_line(cx: &mut Context, label: &str, text: &str) -> Result<(), CliError> {
    cx.ui.line(&format!("  {label:<8} {text}"))
}

/// In groups of four, to be typed.
fn in_groups(secret: &Secret<String>) -> Secret<String> {
    let mut text = String::with_capacity(48);
    for (at, letter) in secret.expose().chars().enumerate() {
        if at > 0 && at % 4 == 0 {
            text.push(' ');
        }
        text.push(letter);
    }
    Secret::new(text)
}
