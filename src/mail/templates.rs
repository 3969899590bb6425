//! The texts of mails: built-in templates in several languages, and an operator's own on top of them.
//!
//! Everything is read and compiled when [`Templates`] is created, so a mistake in a file is reported at once
//! and a changed file takes effect at the next start. Templates see only the variables in [`VARIABLES`]; any
//! other name is an error. A variable without a value is `none`: false in an `{% if %}`, nothing when
//! printed.
//!
//! A text template starts with a line `Subject: …`. Its lines are wrapped and repeated blank lines removed
//! afterwards, so a paragraph is best written as one line. Values in `.html` files are escaped. The template
//! of an SMS is only its text.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use minijinja::Value;

use super::kind::{BUILT_IN, MailKind};
use super::markup::{escaped, paragraphs};
use super::overrides;
use super::problem::MailProblem;
use super::template_check::rehearse;
use super::template_set::TemplateSet;

/// The variables for templates.
pub const VARIABLES: &[&str] = &[
    "panel",          // the panel's name
    "name",           // the person's name, or none
    "address",        // the recipient
    "link",           // a web address, or none
    "token",          // if there is no web address
    "command",        // the command that asks for the token
    "link_until",     // when the link expires, in words
    "access_until",   // the end of the access, in words; none if it is permanent
    "code",           // the six digits, in a message that carries a code
    "code_until",     // when the code expires, in words
    "when",           // when the event that the message is about happened, in words
    "support",        // who to contact, or none
    "password_works", // whether the person's password is valid
    "lang",           // the language of the template
    "subject",        // the rendered subject; in HTML only
    "paragraphs",     // lists of lines; in _text.html only
    "label",          // what is on the button; set around _link.html
];

/// The language that has every template, and is used for those that others lack.
const ENGLISH: &str = "en";
/// Renders the HTML part for a text without one.
const FROM_TEXT: &str = "_text.html";

/// All templates of all panels and languages.
#[derive(Debug)]
pub struct Templates {
    /// By language, for panels without their own templates.
    common: HashMap<String, TemplateSet>,
    /// By panel and language.
    panels: HashMap<String, HashMap<String, TemplateSet>>,
}

/// A rendered mail, before wrapping and headers.
pub(super) struct Rendered {
    pub(super) subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

/// Values for the variables.
pub(super) type Values = BTreeMap<&'static str, Value>;

impl Templates {
    /// Only the built-in templates.
    pub fn builtin() -> Result<Self, MailProblem> {
        Self::assemble(overrides::Found::default())
    }

    /// The built-in templates with those in `folder` on top: `PANEL/LANG/KIND.txt` and `.html` take
    /// precedence over `LANG/KIND.txt` and `.html`, and those over the built-in ones. `layout.html` and files
    /// whose name starts with `_` are pieces that others can include or extend, and are searched in the same
    /// order.
    ///
    /// A text without its own HTML gets one generated from it, so that the two never differ.
    pub fn with_folder(folder: impl AsRef<Path>) -> Result<Self, MailProblem> {
        let templates = Self::assemble(overrides::read(folder.as_ref())?)?;
        rehearse(&templates)?;
        Ok(templates)
    }

    /// Each panel (or none, for those without their own templates) and language with templates of the
    /// operator.
    pub(super) fn with_own(&self) -> Vec<(Option<&str>, &str)> {
        let common = self.common.iter().map(|template_set| (None, template_set));
        let panels = self.panels.iter().flat_map(|(panel, shelves)| {
            let panel = Some(panel.as_str());
            shelves
                .iter()
                .map(move |template_set| (panel, template_set))
        });
        let mut found: Vec<_> = common
            .chain(panels)
            .filter(|(_, (_, template_set))| {
                template_set.sources.values().any(|source| source.rank > 0)
            })
            .map(|(panel, (lang, _))| (panel, lang.as_str()))
            .collect();
        found.sort_unstable();
        found
    }

    fn assemble(found: overrides::Found) -> Result<Self, MailProblem> {
        let mut common = HashMap::new();
        let tags = BUILT_IN.iter().map(|language| language.tag.to_owned());
        for lang in tags.chain(found.common.keys().cloned()) {
            if let Entry::Vacant(place) = common.entry(lang) {
                let own = found.common.get(place.key()).map_or(&[][..], Vec::as_slice);
                let template_set = TemplateSet::new(place.key(), [own, &[]])?;
                place.insert(template_set);
            }
        }
        let mut panels = HashMap::new();
        for (panel, own) in &found.panels {
            let mut shelves = HashMap::new();
            for (lang, sources) in own {
                let shared = found.common.get(lang).map_or(&[][..], Vec::as_slice);
                shelves.insert(lang.clone(), TemplateSet::new(lang, [shared, sources])?);
            }
            panels.insert(panel.clone(), shelves);
        }
        Ok(Self { common, panels })
    }

    /// The built-in languages, English first.
    #[cfg(feature = "testing")]
    pub fn languages() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|language| language.tag)
    }

    /// The language in which this mail would be written: the nearest to `lang` that has it, else English.
    pub fn language(&self, kind: MailKind, panel: &str, lang: &str) -> String {
        self.template_set(kind, panel, lang)
            .map_or(ENGLISH.to_owned(), |(lang, _)| lang)
    }

    /// `de-AT`, then `de`, then English; in each, the panel's own before the common one.
    fn template_set(
        &self,
        kind: MailKind,
        panel: &str,
        lang: &str,
    ) -> Option<(String, &TemplateSet)> {
        let text = format!("{kind}.txt");
        for lang in nearest(lang) {
            let own = self
                .panels
                .get(panel)
                .and_then(|shelves| shelves.get(&lang));
            for template_set in [own, self.common.get(&lang)].into_iter().flatten() {
                if template_set.sources.contains_key(&text) {
                    return Some((lang, template_set));
                }
            }
        }
        None
    }

    /// The subject, the text and the HTML of one mail.
    pub(super) fn render(
        &self,
        kind: MailKind,
        panel: &str,
        lang: &str,
        mut values: Values,
    ) -> Result<Rendered, MailProblem> {
        let template_set = self.prepared(kind, panel, lang, &mut values)?;
        let (text_name, html_name) = (format!("{kind}.txt"), format!("{kind}.html"));
        let rendered = template_set.render(&text_name, &values)?;
        let (subject, text) = rendered
            .split_once('\n')
            .and_then(|(first, rest)| Some((first.strip_prefix("Subject:")?.trim(), rest)))
            .filter(|(subject, _)| !subject.is_empty())
            .ok_or_else(|| {
                template_set.problem(&text_name, "does not start with a line \"Subject: …\"")
            })?;
        let subject = subject
            .split_ascii_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        values.insert("subject", Value::from(&subject));

        let html = if template_set.html_fits(&text_name, &html_name) {
            template_set.render(&html_name, &values)?
        } else {
            values.insert("paragraphs", paragraphs(text));
            template_set.render(FROM_TEXT, &values)?
        };
        if let Some(link) = link_in(&values) {
            template_set.expect(&text_name, text, link, LINK)?;
            template_set.expect(&html_name, &html, &escaped(link), LINK)?;
        }
        if let Some(code) = code_in(&values) {
            if subject.contains(code) {
                return Err(template_set.problem(
                    &text_name,
                    "has the code in its subject, where lock screens and logs show it",
                ));
            }
            template_set.expect(&text_name, text, code, CODE)?;
            template_set.expect(&html_name, &html, code, CODE)?;
        }
        Ok(Rendered {
            subject,
            text: text.to_owned(),
            html,
        })
    }

    /// The text of an SMS.
    pub(super) fn render_sms(
        &self,
        kind: MailKind,
        panel: &str,
        lang: &str,
        mut values: Values,
    ) -> Result<String, MailProblem> {
        let template_set = self.prepared(kind, panel, lang, &mut values)?;
        let name = format!("{kind}.txt");
        let text = template_set.render(&name, &values)?;
        if text.trim_start().starts_with("Subject:") {
            return Err(template_set.problem(&name, "starts with a subject, but an SMS has none"));
        }
        if let Some(code) = code_in(&values) {
            template_set.expect(&name, &text, code, CODE)?;
        }
        Ok(text)
    }

    /// What this message is rendered from, with the derived variables.
    fn prepared(
        &self,
        kind: MailKind,
        panel: &str,
        lang: &str,
        values: &mut Values,
    ) -> Result<&TemplateSet, MailProblem> {
        let (lang, template_set) = self
            .template_set(kind, panel, lang)
            .ok_or_else(|| MailProblem::Message(format!("no template for {kind}")))?;
        for name in ["subject", "paragraphs", "label"] {
            values.insert(name, Value::from(()));
        }
        values.insert("lang", Value::from(lang));
        Ok(template_set)
    }
}

/// `de-at`, `de`, `en`: the order in which languages are searched.
pub(super) fn nearest(lang: &str) -> impl Iterator<Item = String> {
    let wanted = overrides::language(lang);
    let shorter = |lang: &String| lang.rsplit_once('-').map(|(head, _)| head.to_owned());
    std::iter::successors(wanted, shorter).chain([ENGLISH.to_owned()])
}

/// What a message must show, as written in a template.
const CODE: &str = "the code: {{ code }}";
const LINK: &str = "the link: {{ link }}, or {{ token }} if there is no link,";

fn link_in(values: &Values) -> Option<&str> {
    let value = |name| values.get(name).and_then(Value::as_str);
    value("link").or_else(|| value("token"))
}

fn code_in(values: &Values) -> Option<&str> {
    values.get("code").and_then(Value::as_str)
}
