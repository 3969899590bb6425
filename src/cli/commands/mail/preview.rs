//! `admit mail preview`

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap_complete::ArgValueCompleter;
use jiff::{SignedDuration, Timestamp};
use serde_json::Map;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::lines::{Cell, Line};
use crate::cli::base::opening::{open_existing, templates};
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Heading, Row, field, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::{About, op_error, refusal_error};
use crate::cli::runner::lookup;
use crate::domain::account::Account;
use crate::domain::panel::{MAIN, Panel};
use crate::domain::policy::{CONFIRM_LIFETIME, Policy};
use crate::domain::refusal::Refusal;
use crate::domain::store_policy::StorePolicy;
use crate::domain::text;
use crate::mail::{
    Channel, CodeText, LetterContext, LinkText, LinkUse, MailKind, MailProblem, Templates, compose,
    compose_sms, parts,
};
use crate::ops::Scope;
use crate::ops::deliver::Wording;
use crate::vault::Secret;

/// Replaces the characters of a token, which nobody may use.
const TOKEN: &str = "0000000000000000000000000000000000000000000000000000";
/// The code that is shown.
const CODE: &str = "123456";

fields! {
    /// A mail, in the list of all.
    struct PreviewRow {
        kind: &'static str = "which mail",
        channel: &'static str = "mail or sms",
        lang: String = "the language it is in",
        subject: Option<String> = "its subject; null for an SMS",
    }
}

/// What the row of one mail has besides.
const TEXTS: &[Field] = &[
    field("from", "with a kind: the sender; null for an SMS"),
    field("to", "with a kind: the recipient"),
    field("text", "with a kind: the text"),
    field("html", "with a kind: the HTML part; null for an SMS"),
];

/// Show what a mail looks like
///
/// Without a message, all of them are listed with their subjects. Templates of your own are used, and mistakes in
/// them are reported with file and line. Links in it do not work.
#[derive(Args, Debug)]
#[command(after_long_help = section(PreviewRow::FIELDS, TEXTS))]
#[command(after_help = examples(&["admit mail preview", "admit mail preview invitation --lang de", "admit mail preview locked --html > locked.html"]))]
pub struct PreviewArgs {
    /// Message, such as invitation
    #[arg(value_name = "KIND", value_parser = kinds())]
    kind: Option<MailKind>,

    /// Language: en, de, fr, or one with your own templates
    #[arg(long, value_name = "LANG")]
    lang: Option<String>,

    /// Print only the HTML part
    #[arg(long, requires = "kind")]
    html: bool,

    /// Print only the text part
    #[arg(long, requires = "kind", conflicts_with = "html")]
    text: bool,

    /// Use this person's name, address and language
    #[arg(long, value_name = "ADDRESS", requires = "kind", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    person: Option<String>,
}

fn kinds() -> impl TypedValueParser<Value = MailKind> {
    PossibleValuesParser::new(MailKind::ALL.iter().map(|kind| kind.as_str()))
        .try_map(|word| MailKind::parse(&word).ok_or("unknown kind of mail"))
}

/// Shows it, or the list.
pub fn run(cx: &mut Context, args: &PreviewArgs) -> Result<Finish, CliError> {
    let lang = args
        .lang
        .as_deref()
        .map(text::lang)
        .transpose()
        .map_err(|problem| Refusal::Text {
            field: "language",
            problem,
        });
    let op = cx.op();
    let about = About::of(args.person.as_deref().unwrap_or_default());
    let lang = lang.map_err(|refusal| refusal_error(&refusal, about, &op))?;
    let templates = templates(&cx.config)?;
    let mut sample = scene(cx, args)?;
    let own = sample
        .person
        .as_ref()
        .and_then(|person| person.lang.clone());
    sample.lang = lang.or(own).unwrap_or(sample.lang);
    if let Some(kind) = args.kind {
        let page = sample
            .page(cx, kind, &templates)
            .map_err(|problem| explain(&problem))?;
        let at_terminal = cx.ui.terminal().stdout;
        if args.html && page.html.is_none() {
            return Err(
                CliError::refused(format!("{kind} is an SMS: it has no HTML")).hinted(hint!(
                    "to read it, run ",
                    command(&["mail", "preview", kind.as_str()])
                )),
            );
        }
        cx.row(page.row(args, at_terminal))?;
    } else {
        cx.report.keys(PreviewRow::FIELDS);
        cx.report.headings(&[
            Heading::words("KIND"),
            Heading::words("BY"),
            Heading::names("SUBJECT"),
        ]);
        for &kind in MailKind::ALL {
            let page = sample
                .page(cx, kind, &templates)
                .map_err(|problem| explain(&problem))?;
            let row = PreviewRow {
                kind: kind.as_str(),
                channel: page.channel,
                lang: page.lang,
                subject: page.subject.clone(),
            };
            cx.row(Row::new(row).cells([
                Cell::from(kind.as_str()),
                Cell::from(page.channel),
                Cell::from(page.subject.unwrap_or(page.text)),
            ]))?;
        }
    }
    Ok(Finish::Done)
}

fn explain(problem: &MailProblem) -> CliError {
    CliError::failed(format!("cannot render this mail: {problem}")).hinted(hint!(
        "fix the template, or check the settings with ",
        command(&["config", "show"])
    ))
}

/// The panel and the person, from the store if there is one.
fn scene(cx: &mut Context, args: &PreviewArgs) -> Result<Sample, CliError> {
    let named = cx.panel();
    let mut sample = Sample {
        now: cx.now,
        panel: Panel {
            id: 0,
            name: named.clone().unwrap_or_else(|| MAIN.to_owned()),
            trial_ends_at: None,
            policy: Policy::default(),
        },
        reset_lifetime: StorePolicy::default().reset_lifetime,
        person: None,
        lang: "en".to_owned(),
    };
    if args.person.is_none() && cx.location().is_missing() {
        return Ok(sample);
    }
    let mut store = match open_existing(&cx.config, &cx.entropy) {
        Ok(store) => store,
        Err(error) if args.person.is_none() => {
            cx.ui.warning(format!(
                "the panel's own settings are ignored: {}",
                error.in_one_line()
            ));
            return Ok(sample);
        }
        Err(error) => return Err(error),
    };
    let op = cx.op();
    let about = About::of(args.person.as_deref().unwrap_or_default());
    let address = args
        .person
        .as_deref()
        .map(|typed| lookup::person(cx, &mut store, typed, &op))
        .transpose()?;
    store
        .read(|tx| {
            let scope = Scope::load(tx)?;
            let panel = match &named {
                Some(name) => Some(scope.panel(name)?),
                None => scope.panels.first(),
            };
            sample.panel = panel.cloned().unwrap_or(sample.panel);
            sample.reset_lifetime = scope.policy.reset_lifetime;
            sample.person = address
                .map(|address| Scope::known(tx, &address))
                .transpose()?;
            Ok(sample)
        })
        .map_err(|error| op_error(error, about, &op))
}

/// Whom and what the mail is about.
struct Sample {
    now: Timestamp,
    panel: Panel,
    reset_lifetime: SignedDuration,
    person: Option<Account>,
    lang: String,
}

/// A mail to look at.
struct Page {
    kind: MailKind,
    channel: &'static str,
    lang: String,
    from: Option<String>,
    to: String,
    subject: Option<String>,
    text: String,
    html: Option<String>,
}

impl Sample {
    fn page(
        &self,
        cx: &Context,
        kind: MailKind,
        templates: &Templates,
    ) -> Result<Page, MailProblem> {
        let wording = Wording {
            links_register: cx.config.links.register.value.clone(),
            links_reset: cx.config.links.reset.value.clone(),
            links_confirm: cx.config.links.confirm.value.clone(),
            sender: cx.config.mail.sender.value.clone(),
            support_contact: cx.config.support_contact.value.clone(),
        };
        let panel = &self.panel;
        let sender = wording.sender(Some(panel))?;
        let code = Secret::new(CODE.to_owned());
        let after = |time: SignedDuration| self.now.checked_add(time).unwrap_or(self.now);
        let (name, address, phone) = match &self.person {
            Some(person) => (
                person.name.as_deref(),
                person.address.as_str(),
                person.phone.as_deref(),
            ),
            None => (Some("Ada Lovelace"), "ada@example.com", None),
        };
        let lifetime = match kind.needs_link() {
            Some(LinkUse::Register) => panel.policy.invitation_lifetime,
            Some(LinkUse::Confirm) => CONFIRM_LIFETIME,
            _ => self.reset_lifetime,
        };
        let context = LetterContext {
            kind,
            panel: &panel.name,
            title: panel.title(),
            person_name: name,
            to: match kind.channel() {
                Channel::Mail => address,
                // A number that is never given to anybody (Ofcom's numbers for drama).
                Channel::Sms => phone.unwrap_or("+447700900123"),
            },
            lang: &self.lang,
            link: kind
                .needs_link()
                .map(|purpose| link(&wording, panel, purpose)),
            link_expires_at: kind.needs_link().map(|_| after(lifetime)),
            code: kind.needs_code().then(|| CodeText {
                digits: &code,
                expires_at: after(SignedDuration::from_mins(10)),
            }),
            access_until: Some(after(SignedDuration::from_hours(24 * 30))),
            support_contact: panel
                .policy
                .support_contact
                .as_deref()
                .or(wording.support_contact.as_deref()),
            password_works: self
                .person
                .as_ref()
                .and_then(|person| person.password)
                .is_none_or(|password| password.voided_at.is_none()),
            tz: &cx.tz,
            sender: &sender,
            message_id: "<preview@example.com>",
            date: self.now,
        };
        let lang = templates.language(kind, &panel.name, &self.lang);
        Ok(match kind.channel() {
            Channel::Mail => {
                let letter = compose(&context, templates)?;
                Page {
                    kind,
                    channel: "mail",
                    lang,
                    from: Some(letter.from.clone()),
                    to: letter.to.clone(),
                    subject: Some(letter.subject.clone()),
                    text: parts::text_of(&letter.bytes).unwrap_or_default(),
                    html: parts::html_of(&letter.bytes),
                }
            }
            Channel::Sms => {
                let message = compose_sms(&context, templates)?;
                Page {
                    kind,
                    channel: "sms",
                    lang,
                    from: None,
                    to: message.to.clone(),
                    subject: None,
                    text: message.text.as_str().to_owned(),
                    html: None,
                }
            }
        })
    }
}

fn link(wording: &Wording, panel: &Panel, purpose: LinkUse) -> LinkText {
    let letter = match purpose {
        LinkUse::Register => 'i',
        LinkUse::Reset => 'r',
        LinkUse::Confirm => 'a',
    };
    wording.link_text(panel, purpose, &format!("adm_{letter}_{TOKEN}"))
}

impl Page {
    fn row(self, args: &PreviewArgs, at_terminal: bool) -> Row {
        let mut json = Map::new();
        json.insert("kind".into(), self.kind.as_str().into());
        json.insert("channel".into(), self.channel.into());
        json.insert("lang".into(), self.lang.into());
        json.insert("from".into(), self.from.clone().into());
        json.insert("to".into(), self.to.clone().into());
        json.insert("subject".into(), self.subject.clone().into());
        json.insert("text".into(), self.text.clone().into());
        json.insert("html".into(), self.html.clone().into());
        let row = Row::new(json).plain(self.to.clone());
        if args.html {
            let html = self.html.unwrap_or_default();
            if !at_terminal {
                return row.raw(html + "\n");
            }
            return row.lines(html.lines().map(|line| Line::new(0, line)));
        }
        let mut lines = Vec::new();
        if !args.text {
            lines.extend(self.from.map(|from| format!("From: {from}")));
            lines.push(format!("To: {}", self.to));
            lines.extend(self.subject.map(|subject| format!("Subject: {subject}")));
            lines.push(String::new());
        }
        lines.extend(self.text.lines().map(str::to_owned));
        row.lines(lines.into_iter().map(|line| Line::new(0, line)))
    }
}
