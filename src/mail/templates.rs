//! The words of the mails: built-in templates in a few languages, and an operator's own over them.
//!
//! Everything is read and compiled when [`Templates`] is made, so a mistake in a file is told at once and
//! a change in a file counts from the next start. Templates see only the variables in [`VARIABLES`]; any other
//! name is an error. A variable without a value is `none`: false in an `{% if %}`, nothing when printed.
//!
//! A text template begins with a line `Subject: …`. Its lines are wrapped and its blank lines thinned out
//! afterwards, so a paragraph is best written as one line. Values in `.html` files are escaped. The template of an
//! SMS is its text and nothing else.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use minijinja::{Environment, UndefinedBehavior, Value};

use super::built_in::Language;
use super::kind::{BUILT_IN, MailKind};
use super::markup::{paragraphs, print};
use super::overrides::{self, Source};
use super::problem::MailProblem;

/// What a template may name.
pub const VARIABLES: &[&str] = &[
    "panel",          // the panel's name
    "name",           // the person's name, or none
    "address",        // whom the mail is for
    "link",           // a web address, or none
    "token",          // where there is no web address
    "command",        // the command that asks for the token
    "link_until",     // the end of the link, in words
    "access_until",   // the end of the access, in words; none if it is permanent
    "code",           // the six digits, in a message that carries a code
    "code_until",     // the end of the code, in words
    "when",           // when what the message tells about happened, in words
    "support",        // whom to turn to, or none
    "password_works", // whether the person's password is valid
    "lang",           // the language of the template
    "subject",        // the rendered subject; in HTML only
    "paragraphs",     // lists of lines; in _text.html only
    "label",          // what is on the button; set around _link.html
];

/// The language that has everything, and stands in for those that lack something.
const ENGLISH: &str = "en";
/// Makes the HTML part of a text that has none.
const FROM_TEXT: &str = "_text.html";

/// All templates of all panels and languages.
#[derive(Debug)]
pub struct Templates {
    /// By language, for panels without templates of their own.
    common: HashMap<String, Shelf>,
    /// By panel and language.
    panels: HashMap<String, HashMap<String, Shelf>>,
}

/// What one panel has in one language.
#[derive(Debug)]
struct Shelf {
    environment: Environment<'static>,
    sources: HashMap<String, Source>,
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
    /// The built-in templates alone.
    pub fn builtin() -> Result<Self, MailProblem> {
        Self::assemble(overrides::Found::default())
    }

    /// The built-in templates under those in `folder`: `PANEL/LANG/KIND.txt` and `.html` count before
    /// `LANG/KIND.txt` and `.html`, and those before the built-in ones. `layout.html` and files whose name begins
    /// with `_` are pieces that others may include or extend, and are looked for in the same order.
    ///
    /// A text with no HTML of its own gets one made from it, so that the two never tell different things.
    pub fn with_folder(folder: impl AsRef<Path>) -> Result<Self, MailProblem> {
        Self::assemble(overrides::read(folder.as_ref())?)
    }

    fn assemble(found: overrides::Found) -> Result<Self, MailProblem> {
        let mut common = HashMap::new();
        let tags = BUILT_IN.iter().map(|language| language.tag.to_owned());
        for lang in tags.chain(found.common.keys().cloned()) {
            if let Entry::Vacant(place) = common.entry(lang) {
                let own = found.common.get(place.key()).map_or(&[][..], Vec::as_slice);
                let shelf = Shelf::new(place.key(), [own, &[]])?;
                place.insert(shelf);
            }
        }
        let mut panels = HashMap::new();
        for (panel, own) in &found.panels {
            let mut shelves = HashMap::new();
            for (lang, sources) in own {
                let shared = found.common.get(lang).map_or(&[][..], Vec::as_slice);
                shelves.insert(lang.clone(), Shelf::new(lang, [shared, sources])?);
            }
            panels.insert(panel.clone(), shelves);
        }
        Ok(Self { common, panels })
    }

    /// The languages that are built in, English first.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|language| language.tag)
    }

    /// The language in which this mail would be written: the nearest to `lang` that has it, else English.
    pub fn language(&self, kind: MailKind, panel: &str, lang: &str) -> String {
        self.shelf(kind, panel, lang)
            .map_or(ENGLISH.to_owned(), |(lang, _)| lang)
    }

    /// `de-AT`, then `de`, then English; in each the panel's own before the common one.
    fn shelf(&self, kind: MailKind, panel: &str, lang: &str) -> Option<(String, &Shelf)> {
        let text = format!("{kind}.txt");
        for lang in nearest(lang) {
            let own = self
                .panels
                .get(panel)
                .and_then(|shelves| shelves.get(&lang));
            for shelf in [own, self.common.get(&lang)].into_iter().flatten() {
                if shelf.sources.contains_key(&text) {
                    return Some((lang, shelf));
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
        let shelf = self.prepared(kind, panel, lang, &mut values)?;
        let (text_name, html_name) = (format!("{kind}.txt"), format!("{kind}.html"));
        let rendered = shelf.render(&text_name, &values)?;
        let (subject, text) = rendered
            .split_once('\n')
            .and_then(|(first, rest)| Some((first.strip_prefix("Subject:")?.trim(), rest)))
            .filter(|(subject, _)| !subject.is_empty())
            .ok_or_else(|| {
                shelf.problem(&text_name, "does not begin with a line \"Subject: …\"")
            })?;
        let subject = subject
            .split_ascii_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        values.insert("subject", Value::from(&subject));

        let html = if shelf.html_fits(&text_name, &html_name) {
            shelf.render(&html_name, &values)?
        } else {
            values.insert("paragraphs", paragraphs(text));
            shelf.render(FROM_TEXT, &values)?
        };
        if let Some(code) = code_in(&values) {
            if subject.contains(code) {
                return Err(shelf.problem(
                    &text_name,
                    "has the code in its subject, which lock screens and logs show",
                ));
            }
            shelf.expect_code(&text_name, text, code)?;
            shelf.expect_code(&html_name, &html, code)?;
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
        let shelf = self.prepared(kind, panel, lang, &mut values)?;
        let name = format!("{kind}.txt");
        let text = shelf.render(&name, &values)?;
        if text.trim_start().starts_with("Subject:") {
            return Err(shelf.problem(&name, "begins with a subject, and an SMS has none"));
        }
        if let Some(code) = code_in(&values) {
            shelf.expect_code(&name, &text, code)?;
        }
        Ok(text)
    }

    /// What this message is rendered from, with the variables that follow from it.
    fn prepared(
        &self,
        kind: MailKind,
        panel: &str,
        lang: &str,
        values: &mut Values,
    ) -> Result<&Shelf, MailProblem> {
        let (lang, shelf) = self
            .shelf(kind, panel, lang)
            .ok_or_else(|| MailProblem::Message(format!("there is no template for {kind}")))?;
        for name in ["subject", "paragraphs", "label"] {
            values.insert(name, Value::from(()));
        }
        values.insert("lang", Value::from(lang));
        Ok(shelf)
    }
}

/// `de-at`, `de`, `en`: where something in a language is looked for.
fn nearest(lang: &str) -> impl Iterator<Item = String> {
    let wanted = overrides::language(lang);
    let shorter = |lang: &String| lang.rsplit_once('-').map(|(head, _)| head.to_owned());
    std::iter::successors(wanted, shorter).chain([ENGLISH.to_owned()])
}

/// What a shelf begins with: all of its language, or at least the pieces of the nearest one.
fn built_in(lang: &str) -> Vec<Source> {
    let of = |tag: String| BUILT_IN.iter().find(|language| language.tag == tag);
    nearest(lang)
        .find_map(of)
        .map(|language: &Language| language.sources(language.tag == lang))
        .unwrap_or_default()
}

/// The first line that has this name in it, beyond a longer one.
fn line_of(name: &str, text: &str) -> Option<usize> {
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    // Words of the text may be the same: a name stands in braces.
    text.lines()
        .position(|line| {
            line.split_once('{')
                .is_some_and(|(_, rest)| rest.split(|c| !in_name(c)).any(|word| word == name))
        })
        .map(|before| before + 1)
}

fn code_in(values: &Values) -> Option<&str> {
    values.get("code").and_then(Value::as_str)
}

impl Shelf {
    /// Compiles what is there in `lang`; later layers replace earlier ones.
    fn new(lang: &str, layers: [&[Source]; 2]) -> Result<Self, MailProblem> {
        let built_in = built_in(lang).into_iter();
        let own = layers.into_iter().flatten().cloned();
        let sources: HashMap<String, Source> = built_in
            .chain(own)
            .map(|source| (source.name.clone(), source))
            .collect();
        let mut environment = Environment::new();
        environment.set_debug(false);
        environment.set_undefined_behavior(UndefinedBehavior::Strict);
        environment.set_formatter(print);
        let mut shelf = Self {
            environment,
            sources,
        };
        let mut names: Vec<_> = shelf.sources.keys().cloned().collect();
        names.sort();
        for name in names {
            shelf.add(&name)?;
        }
        Ok(shelf)
    }

    fn add(&mut self, name: &str) -> Result<(), MailProblem> {
        let Some(source) = self.sources.get(name) else {
            return Ok(());
        };
        let added = self
            .environment
            .add_template_owned(name.to_owned(), source.text.clone());
        added.map_err(|error| self.template_problem(&error))?;
        let template = self
            .environment
            .get_template(name)
            .map_err(|error| self.template_problem(&error))?;
        let mut unknown: Vec<_> = template
            .undeclared_variables(false)
            .into_iter()
            .filter(|name| !VARIABLES.contains(&name.as_str()))
            .filter(|name| !self.environment.globals().any(|(global, _)| global == name))
            .collect();
        unknown.sort();
        if let Some(variable) = unknown.first() {
            let known = VARIABLES.join(", ");
            return Err(MailProblem::Template {
                file: self.file(name),
                line: line_of(variable, &source.text),
                detail: format!("there is no variable {variable}; there are {known}"),
            });
        }
        if let Some(word) = name.strip_suffix(".html")
            && !self.sources[name].is_piece()
            && !self.sources.contains_key(&format!("{word}.txt"))
        {
            return Err(self.problem(
                name,
                &format!("needs a file {word}.txt in the same language"),
            ));
        }
        Ok(())
    }

    /// Whether the HTML is at least as close to the panel as the text.
    fn html_fits(&self, text: &str, html: &str) -> bool {
        let rank = |name| self.sources.get(name).map(|source| source.rank);
        rank(html).is_some_and(|html| Some(html) >= rank(text))
    }

    fn render(&self, name: &str, values: &Values) -> Result<String, MailProblem> {
        let template = self
            .environment
            .get_template(name)
            .map_err(|error| self.template_problem(&error))?;
        template
            .render(values.clone())
            .map_err(|error| self.template_problem(&error))
    }

    /// A message that is sent for its code and does not show it helps nobody.
    fn expect_code(&self, name: &str, text: &str, code: &str) -> Result<(), MailProblem> {
        if text.contains(code) {
            return Ok(());
        }
        Err(self.problem(name, "does not show the code: {{ code }} must stand in it"))
    }

    fn problem(&self, name: &str, detail: &str) -> MailProblem {
        MailProblem::Template {
            file: self.file(name),
            line: None,
            detail: detail.to_owned(),
        }
    }

    fn template_problem(&self, error: &minijinja::Error) -> MailProblem {
        let mut innermost = error;
        while let Some(source) = std::error::Error::source(innermost)
            && let Some(source) = source.downcast_ref()
        {
            innermost = source;
        }
        let detail = innermost.detail().map_or_else(
            || innermost.kind().to_string(),
            |detail| format!("{}: {detail}", innermost.kind()),
        );
        let file = innermost
            .name()
            .map_or_else(|| "a template".to_owned(), |name| self.file(name));
        MailProblem::Template {
            file,
            line: innermost.line(),
            detail,
        }
    }

    fn file(&self, name: &str) -> String {
        self.sources
            .get(name)
            .map_or_else(|| name.to_owned(), |source| source.file.clone())
    }
}
