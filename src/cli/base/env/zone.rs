//! The zone of this machine, read from its own file: jiff looks through all the zones there are first, which takes
//! longer than many a command.

use std::fs;
use std::path::Path;

use jiff::tz::TimeZone;

/// Where the system records its time zone.
const LOCAL: &str = "/etc/localtime";
/// The folder of the zones; the rest of the link is the zone's name.
const ZONES: &str = "/zoneinfo/";

/// The zone that `TZ` names, else the machine's.
pub(super) fn here(tz: Option<&str>) -> TimeZone {
    match tz {
        Some(_) => TimeZone::system(),
        None => from_file(Path::new(LOCAL)).unwrap_or_else(TimeZone::system),
    }
}

/// The zone in a file that is a link into the zone database.
fn from_file(path: &Path) -> Option<TimeZone> {
    let target = fs::canonicalize(path).ok()?;
    let target = target.to_str()?;
    let name = target.split_once(ZONES)?.1;
    if matches!(
        name,
        "UTC" | "Etc/UTC" | "Universal" | "Etc/Universal" | "Zulu" | "Etc/Zulu"
    ) {
        return Some(TimeZone::UTC);
    }
    TimeZone::tzif(name, &fs::read(target).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_and_the_database_name_the_same_zone() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("localtime");
        for name in ["Europe/Berlin", "America/New_York"] {
            let file = Path::new("/usr/share/zoneinfo").join(name);
            assert!(file.exists(), "the zone database is needed");
            let _ = fs::remove_file(&link);
            std::os::unix::fs::symlink(&file, &link).unwrap();
            let zone = from_file(&link).unwrap();
            let summer: jiff::Timestamp = "2026-07-01T12:00:00Z".parse().unwrap();
            let wanted = TimeZone::get(name).unwrap();
            assert_eq!(zone.to_offset(summer), wanted.to_offset(summer), "{name}");
        }
        assert!(from_file(&folder.path().join("missing")).is_none());
    }
}
