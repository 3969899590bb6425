//! The built-in templates: complete messages and the pieces they share, by language.

use super::overrides::Source;

/// The built-in templates for one language.
#[derive(Debug)]
pub(super) struct Language {
    /// `en`, `de`, …
    pub(super) tag: &'static str,
    /// The word of each kind, its text, and the HTML of a mail.
    pub(super) kinds: &'static [(&'static str, &'static str, Option<&'static str>)],
    /// The pieces that they share.
    pub(super) pieces: &'static [(&'static str, &'static str)],
}

/// The pieces in one language.
macro_rules! pieces {
    ($lang:literal) => {
        pieces!($lang: "_hello", "_link", "_support", "_footer")
    };
    ($lang:literal: $($word:literal),+) => {
        &[$(
            (
                concat!($word, ".txt"),
                include_str!(concat!("templates/", $lang, "/", $word, ".txt")),
            ),
            (
                concat!($word, ".html"),
                include_str!(concat!("templates/", $lang, "/", $word, ".html")),
            ),
        )+]
    };
}
pub(super) use pieces;

/// Pieces without text.
const WORDLESS: &[(&str, &str)] = &[
    ("layout.html", include_str!("templates/layout.html")),
    ("_text.html", include_str!("templates/_text.html")),
];

impl Language {
    /// The built-in sources of a template set in this language; without `whole` only the pieces.
    pub(super) fn sources(&self, whole: bool) -> Vec<Source> {
        let mut sources: Vec<Source> = WORDLESS
            .iter()
            .map(|(name, text)| Source::built_in(None, name, text))
            .collect();
        let own = |name: &str, text: &str| Source::built_in(Some(self.tag), name, text);
        sources.extend(self.pieces.iter().map(|(name, text)| own(name, text)));
        for (word, text, html) in self.kinds.iter().filter(|_| whole) {
            sources.push(own(&format!("{word}.txt"), text));
            sources.extend(html.map(|html| own(&format!("{word}.html"), html)));
        }
        sources
    }
}
