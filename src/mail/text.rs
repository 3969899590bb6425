//! Times as people read them, and line wrapping.

use jiff::civil::Time;
use jiff::{Timestamp, Zoned, fmt::strtime, tz::TimeZone};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::problem::MailProblem;

/// Columns of the text part (RFC 5322 recommends at most 78).
pub(super) const COLUMNS: usize = 78;

/// `time` in words, rounded down to the minute: "Friday, 5 June 2026 at 14:05 CEST (UTC+02:00)" in English,
/// similarly in German and French, and for every other language, whose weekday names are not known here,
/// "2026-06-05 14:05 CEST (UTC+02:00)".
pub(super) fn moment(
    field: &'static str,
    time: Timestamp,
    zone: &TimeZone,
    language: &str,
) -> Result<String, MailProblem> {
    let zoned = time.to_zoned(zone.clone());
    let format = |format: &str| {
        strtime::format(format, &zoned)
            .map_err(|error| MailProblem::value(field, format!("cannot be written: {error}")))
    };
    let day = match language.split('-').next() {
        Some("en") => format("%A, %-d %B %Y at %H:%M")?,
        Some("de") => {
            let (weekday, month) = names(&GERMAN, &zoned);
            format!(
                "{weekday}, {} Uhr",
                format(&format!("%-d. {month} %Y um %H:%M"))?
            )
        }
        Some("fr") => {
            let (weekday, month) = names(&FRENCH, &zoned);
            let day = if zoned.day() == 1 { "1er" } else { "%-d" };
            format!(
                "{weekday} {}",
                format(&format!("{day} {month} %Y à %H:%M"))?
            )
        }
        _ => format("%Y-%m-%d %H:%M")?,
    };
    let name = format("%Z")?;
    let zone = match name.as_str() {
        "UTC" => name,
        _ if name.bytes().all(|b| b.is_ascii_alphabetic()) => {
            format!("{name} (UTC{})", format("%:z")?)
        }
        _ => format!("(UTC{})", format("%:z")?),
    };
    Ok(format!("{day} {zone}"))
}

/// `moment` for other layers; RFC 3339 where it cannot be written.
pub fn in_words(time: Timestamp, zone: &TimeZone, language: &str) -> String {
    moment("the time", time, zone, language).unwrap_or_else(|_| time.to_string())
}

/// When something ends, in words: midnight is the end of the day before, as it was asked for, and then the day says it all:
/// "the end of Thursday, 31 December 2026".
pub(super) fn end(
    field: &'static str,
    time: Timestamp,
    zone: &TimeZone,
    language: &str,
) -> Result<String, MailProblem> {
    let zoned = time.to_zoned(zone.clone());
    let day_before = zoned.date().yesterday().ok();
    let Some(day) = day_before.filter(|_| zoned.time() == Time::midnight()) else {
        return moment(field, time, zone, language);
    };
    let day = day
        .to_zoned(zone.clone())
        .map_err(|error| MailProblem::value(field, format!("cannot be written: {error}")))?;
    let format = |format: &str| {
        strtime::format(format, &day)
            .map_err(|error| MailProblem::value(field, format!("cannot be written: {error}")))
    };
    match language.split('-').next() {
        Some("en") => format("the end of %A, %-d %B %Y"),
        Some("de") => {
            let (weekday, month) = names(&GERMAN, &day);
            format(&format!("{weekday}, %-d. {month} %Y (einschließlich)"))
        }
        Some("fr") => {
            let (weekday, month) = names(&FRENCH, &day);
            let first = if day.day() == 1 { "1er" } else { "%-d" };
            format(&format!("{weekday} {first} {month} %Y inclus"))
        }
        _ => format("%Y-%m-%d (24:00)"),
    }
}

/// The days of the week from Monday, and the months.
type Names = ([&'static str; 7], [&'static str; 12]);

#[rustfmt::skip]
const GERMAN: Names = (
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
     "Dezember"],
);

#[rustfmt::skip]
const FRENCH: Names = (
    ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
     "décembre"],
);

fn names((weekdays, months): &Names, zoned: &Zoned) -> (&'static str, &'static str) {
    let at = |offset: i8| usize::try_from(offset).unwrap_or_default();
    let weekday = weekdays.get(at(zoned.weekday().to_monday_zero_offset()));
    let month = months.get(at(zoned.month() - 1));
    (
        weekday.copied().unwrap_or_default(),
        month.copied().unwrap_or_default(),
    )
}

/// Lines of at most [`COLUMNS`]; indents stay, words in `whole` are never cut, blank lines are never doubled.
/// Text in backticks is a command to be copied: it stays on one line.
pub(super) fn wrap(text: &str, whole: &[&str]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut blank = true;
    for line in text.lines() {
        let trimmed = line.trim_end();
        if trimmed.is_empty() {
            if !blank {
                out.push('\n');
            }
            blank = true;
            continue;
        }
        blank = false;
        wrap_line(trimmed, whole, &mut out);
    }
    while out.ends_with("\n\n") {
        out.pop();
    }
    out
}

fn wrap_line(line: &str, whole: &[&str], out: &mut String) {
    let indent = &line[..line.len() - line.trim_start_matches(' ').len()];
    let indent = if indent.len() > COLUMNS / 2 {
        ""
    } else {
        indent
    };
    let mut column = indent.len();
    let mut first = true;
    out.push_str(indent);
    let feed = |out: &mut String, column: &mut usize| {
        out.push('\n');
        out.push_str(indent);
        *column = indent.len();
    };
    let mut rest = line.trim_start_matches(' ');
    while !rest.is_empty() {
        let (word, after) = rest.split_at(first_word(rest));
        rest = after.trim_start_matches(' ');
        let width = width(word);
        if !first && column + 1 + width > COLUMNS {
            feed(out, &mut column);
        } else if !first {
            out.push(' ');
            column += 1;
        }
        first = false;
        if column + width <= COLUMNS || whole.iter().any(|keep| word.contains(keep)) {
            out.push_str(word);
            column += width;
            continue;
        }
        for c in word.chars() {
            let width = c.width().unwrap_or(0);
            if column + width > COLUMNS {
                feed(out, &mut column);
            }
            out.push(c);
            column += width;
        }
    }
    out.push('\n');
}

/// How many bytes the first word has. Text in backticks is one word if it fits on a line.
fn first_word(text: &str) -> usize {
    let mut quoted = false;
    let mut first = None;
    let mut end = text.len();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'`' => quoted = !quoted,
            b' ' => {
                first = first.or(Some(at));
                if !quoted {
                    end = at;
                    break;
                }
            }
            _ => {}
        }
    }
    match first {
        // A backtick may be unpaired.
        Some(first) if first < end && (quoted || width(&text[..end]) > COLUMNS) => first,
        _ => end,
    }
}

/// The columns of a word. Most have only letters with one column each, and need no table.
fn width(word: &str) -> usize {
    if word.bytes().all(|byte| byte.is_ascii_graphic()) {
        return word.len();
    }
    word.width()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wraps_words_and_keeps_links() {
        let link = format!("https://example.org/{}", "x".repeat(100));
        let text = format!(
            "{}\n\n\n\n{link}\n    {}\n\n",
            "lorem ".repeat(30),
            "ab ".repeat(60)
        );
        let wrapped = wrap(&text, &[&link]);
        assert!(wrapped.contains(&format!("\n\n{link}\n")));
        assert!(!wrapped.contains("\n\n\n") && !wrapped.ends_with("\n\n"));
        assert!(
            wrapped
                .lines()
                .filter(|line| *line != link)
                .all(|line| line.width() <= COLUMNS)
        );
        assert_eq!(
            wrapped
                .lines()
                .filter(|line| line.starts_with("    ab"))
                .count(),
            3
        );
    }

    #[test]
    fn a_command_stays_on_its_line() {
        let lorem = "lorem ipsum ".repeat(4);
        for filler in 1..40 {
            let text = format!(
                "{lorem}{} run `admit self register --now`, and go on with it as told",
                "x".repeat(filler)
            );
            let wrapped = wrap(&text, &[]);
            assert!(
                wrapped.contains("`admit self register --now`,"),
                "{wrapped}"
            );
            assert_eq!(wrapped.replace('\n', " ").trim_end(), text);
            assert!(wrapped.lines().all(|line| line.width() <= COLUMNS));
        }
    }

    #[test]
    fn a_backtick_in_a_name_holds_nothing_together_that_does_not_fit() {
        let lorem = "lorem ipsum ".repeat(8);
        for text in [
            format!("a`b {lorem}"),
            format!("a`b {lorem}`admit self register`"),
            format!("{lorem}a`b"),
            format!("`{lorem}`"),
        ] {
            let wrapped = wrap(&text, &[]);
            assert!(
                wrapped.lines().all(|line| line.width() <= COLUMNS),
                "{wrapped}"
            );
            assert_eq!(wrapped.replace('\n', " ").trim_end(), text.trim_end());
        }
    }

    #[test]
    fn a_word_without_spaces_is_cut_by_its_width() {
        let wrapped = wrap(&"漢".repeat(100), &[]);
        let widths: Vec<_> = wrapped.lines().map(UnicodeWidthStr::width).collect();
        assert_eq!(widths, [78, 78, 44]);
    }

    #[test]
    fn days_and_months_are_called_by_their_names() {
        let day = |date: &str, language: &str| {
            let time = format!("{date}T00:00:00Z").parse().unwrap();
            moment("the time", time, &TimeZone::UTC, language).unwrap()
        };
        let german = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag";
        let french = "lundi mardi mercredi jeudi vendredi samedi dimanche";
        for (n, (german, french)) in german.split(' ').zip(french.split(' ')).enumerate() {
            let date = format!("2026-06-{:02}", n + 1);
            assert!(day(&date, "de").starts_with(&format!("{german}, {}. Juni", n + 1)));
            assert!(day(&date, "fr").starts_with(&format!("{french} {}", n + 1)));
        }
        let german =
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember";
        let french =
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre";
        for (n, (german, french)) in german.split(' ').zip(french.split(' ')).enumerate() {
            let date = format!("2027-{:02}-09", n + 1);
            let (found, wanted) = (
                day(&date, "de"),
                format!(", 9. {german} 2027 um 00:00 Uhr UTC"),
            );
            assert!(found.ends_with(&wanted), "{found}");
            let (found, wanted) = (day(&date, "fr"), format!(" 9 {french} 2027 à 00:00 UTC"));
            assert!(found.ends_with(&wanted), "{found}");
        }
        assert_eq!(
            day("2026-12-01", "fr"),
            "mardi 1er décembre 2026 à 00:00 UTC"
        );
    }

    #[test]
    fn times_name_their_zone() {
        let time: Timestamp = "2026-06-05T12:05:59Z".parse().unwrap();
        let zone = |name: &str| TimeZone::get(name).unwrap();
        let text =
            |name: &str, language: &str| moment("the time", time, &zone(name), language).unwrap();
        assert_eq!(text("UTC", "en"), "Friday, 5 June 2026 at 12:05 UTC");
        assert_eq!(
            text("Europe/Vienna", "en-gb"),
            "Friday, 5 June 2026 at 14:05 CEST (UTC+02:00)"
        );
        assert_eq!(
            text("Europe/Vienna", "de-at"),
            "Freitag, 5. Juni 2026 um 14:05 Uhr CEST (UTC+02:00)"
        );
        assert_eq!(
            text("Europe/Paris", "fr"),
            "vendredi 5 juin 2026 à 14:05 CEST (UTC+02:00)"
        );
        assert_eq!(
            text("Europe/Vienna", "es"),
            "2026-06-05 14:05 CEST (UTC+02:00)"
        );
        assert_eq!(
            text("Asia/Dubai", "en"),
            "Friday, 5 June 2026 at 16:05 (UTC+04:00)"
        );
        for end in [Timestamp::MIN, Timestamp::MAX] {
            moment("the time", end, &zone("Asia/Dubai"), "en").unwrap();
        }
    }
}
