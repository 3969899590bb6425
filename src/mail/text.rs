//! Times as people read them, and lines that fit.

use jiff::{Timestamp, fmt::strtime, tz::TimeZone};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::problem::MailProblem;

/// Columns of the text part (RFC 5322 asks for at most 78).
pub(super) const COLUMNS: usize = 78;

/// `time` in words, to the minute before it: for English "Friday, 5 June 2026 at 14:05 CEST (UTC+02:00)", for
/// every other language, whose names of days are not known here, "2026-06-05 14:05 CEST (UTC+02:00)".
pub(super) fn moment(
    field: &'static str,
    time: Timestamp,
    zone: &TimeZone,
    language: &str,
) -> Result<String, MailProblem> {
    let zoned = time.to_zoned(zone.clone());
    let english = language == "en" || language.starts_with("en-");
    let day = if english {
        "%A, %-d %B %Y at %H:%M"
    } else {
        "%Y-%m-%d %H:%M"
    };
    let format = |format: &str| {
        strtime::format(format, &zoned)
            .map_err(|error| MailProblem::value(field, format!("cannot be written: {error}")))
    };
    let name = format("%Z")?;
    let zone = match name.as_str() {
        "UTC" => name,
        _ if name.bytes().all(|b| b.is_ascii_alphabetic()) => {
            format!("{name} (UTC{})", format("%:z")?)
        }
        _ => format!("(UTC{})", format("%:z")?),
    };
    Ok(format!("{} {zone}", format(day)?))
}

/// Lines of at most [`COLUMNS`]; indents stay, words in `whole` are never cut, blank lines are never doubled.
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
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let width = word.width();
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
    fn a_word_without_spaces_is_cut_by_its_width() {
        let wrapped = wrap(&"漢".repeat(100), &[]);
        let widths: Vec<_> = wrapped.lines().map(UnicodeWidthStr::width).collect();
        assert_eq!(widths, [78, 78, 44]);
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
            text("Europe/Vienna", "de"),
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
