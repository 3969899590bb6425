//! The compiled templates of one panel in one language.

use std::collections::HashMap;

use minijinja::{Environment, UndefinedBehavior};

use super::built_in::Language;
use super::kind::BUILT_IN;
use super::limits::{self, FUEL, Out};
use super::markup::print;
use super::overrides::Source;
use super::problem::MailProblem;
use super::templates::{VARIABLES, Values, nearest};

/// The templates of one panel in one language.
#[derive(Debug)]
pub(super) struct TemplateSet {
    environment: Environment<'static>,
    /// The templates by name.
    pub(super) sources: HashMap<String, Source>,
}

/// The built-in part of a template set: all of its language, or at least the pieces of the nearest one.
fn built_in(lang: &str) -> Vec<Source> {
    let of = |tag: String| BUILT_IN.iter().find(|language| language.tag == tag);
    nearest(lang)
        .find_map(of)
        .map(|language: &Language| language.sources(language.tag == lang))
        .unwrap_or_default()
}

/// The first line that contains this name, and not as part of a longer one.
fn line_of(name: &str, text: &str) -> Option<usize> {
    let in_name = |c: char| c.is_alphanumeric() || c == '_';
    // Words in the text may be the same: a name is in braces.
    text.lines()
        .position(|line| {
            line.split_once('{')
                .is_some_and(|(_, rest)| rest.split(|c| !in_name(c)).any(|word| word == name))
        })
        .map(|before| before + 1)
}

impl TemplateSet {
    /// Compiles the sources for `lang`; later layers replace earlier ones.
    pub(super) fn new(lang: &str, layers: [&[Source]; 2]) -> Result<Self, MailProblem> {
        if layers.iter().all(|layer| layer.is_empty()) {
            return Self::compiled(lang, layers);
        }
        limits::with_room(|| Self::compiled(lang, layers))?
    }

    fn compiled(lang: &str, layers: [&[Source]; 2]) -> Result<Self, MailProblem> {
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
        environment.set_fuel(Some(FUEL));
        let mut template_set = Self {
            environment,
            sources,
        };
        let mut names: Vec<_> = template_set.sources.keys().cloned().collect();
        names.sort();
        for name in names {
            template_set.add(&name)?;
        }
        Ok(template_set)
    }

    fn add(&mut self, name: &str) -> Result<(), MailProblem> {
        let Some(source) = self.sources.get(name) else {
            return Ok(());
        };
        limits::check(&source.text).map_err(|(line, detail)| MailProblem::Template {
            file: source.file.clone(),
            line: Some(line),
            detail,
        })?;
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
                detail: format!("unknown variable {variable}; use one of {known}"),
            });
        }
        if let Some(word) = name.strip_suffix(".html")
            && !self.sources[name].is_piece()
            && !self.sources.contains_key(&format!("{word}.txt"))
        {
            return Err(self.problem(
                name,
                &format!("requires a file {word}.txt in the same language"),
            ));
        }
        Ok(())
    }

    /// Whether the HTML is at least as specific to the panel as the text.
    pub(super) fn html_fits(&self, text: &str, html: &str) -> bool {
        let rank = |name| self.sources.get(name).map(|source| source.rank);
        rank(html).is_some_and(|html| Some(html) >= rank(text))
    }

    pub(super) fn render(&self, name: &str, values: &Values) -> Result<String, MailProblem> {
        if self.sources.values().all(|source| source.rank == 0) {
            return self.filled(name, values);
        }
        limits::with_room(|| self.filled(name, values))?
    }

    fn filled(&self, name: &str, values: &Values) -> Result<String, MailProblem> {
        let template = self
            .environment
            .get_template(name)
            .map_err(|error| self.template_problem(&error))?;
        let mut out = Out::default();
        let filled = template
            .render_captured_to(values.clone(), &mut out)
            .map(drop);
        match filled {
            Ok(()) => Ok(out.into_text()),
            // Plain text in a loop: minijinja does not say where.
            Err(_) if out.is_over() => Err(MailProblem::Template {
                file: self.file(name),
                line: self
                    .sources
                    .get(name)
                    .and_then(|source| line_of("for", &source.text)),
                detail: limits::too_long(),
            }),
            Err(error) => Err(self.template_problem(&error)),
        }
    }

    /// Checks that `text`, rendered from the template `name`, shows this.
    pub(super) fn expect(
        &self,
        name: &str,
        text: &str,
        shown: &str,
        what: &'static str,
    ) -> Result<(), MailProblem> {
        if text.contains(shown) {
            return Ok(());
        }
        let file = self.file(name);
        Err(MailProblem::Unshown { file, what })
    }

    pub(super) fn problem(&self, name: &str, detail: &str) -> MailProblem {
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
        let plain = || match innermost.detail() {
            None => innermost.kind().to_string(),
            Some(detail) => format!("{}: {detail}", innermost.kind()),
        };
        let detail = limits::in_words(innermost).unwrap_or_else(plain);
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
