//! Markdown by a template: notes by report, or the briefing of a dossier; or whatever the reader's own template makes.
//!
//! Templates are in the Jinja language (`minijinja`): `{{ value }}`, `{% for %}`, `{% if %}`, filters. What they can name is in
//! `view`; on top of the usual filters there are `part("id")` (a part that a second export brings up to date), `quoted`
//! (as a quotation) and `md` (no character of it means anything in Markdown). A name that is not there is an error.

pub mod parts;
mod view;

use super::citation::Style;
use super::{Bundle, Settings};
use crate::doc::Lang;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{Environment, UndefinedBehavior};
use thiserror::Error;

/// How many steps a template may take: many times what a briefing of ten thousand notes takes, and an end to endless loops.
const FUEL: u64 = 100_000_000;

/// A template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// What it is called in messages.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The built-in templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BuiltIn {
    /// Notes by report.
    Notes,
    /// What there is on a knelpunt, to be sent on.
    Briefing,
}

impl BuiltIn {
    /// The template in a language.
    #[must_use]
    pub fn template(self, lang: Lang) -> Template {
        let (name, text) = match (self, lang) {
            (BuiltIn::Notes, Lang::Nl) => ("notes.nl.md", include_str!("../../../../assets/templates/notes.nl.md")),
            (BuiltIn::Notes, Lang::En) => ("notes.en.md", include_str!("../../../../assets/templates/notes.en.md")),
            (BuiltIn::Briefing, Lang::Nl) => {
                ("briefing.nl.md", include_str!("../../../../assets/templates/briefing.nl.md"))
            }
            (BuiltIn::Briefing, Lang::En) => {
                ("briefing.en.md", include_str!("../../../../assets/templates/briefing.en.md"))
            }
        };
        Template { name: name.to_owned(), text: text.to_owned() }
    }
}

/// What is wrong in a template.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{name}:{line}:{column}: {reason}")]
pub struct TemplateFault {
    /// The template.
    pub name: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters; 1 when it isn't known.
    pub column: usize,
    /// What is wrong, in English.
    pub reason: String,
}

/// Writes a bundle by a template. The parts are those of a first export.
///
/// # Errors
/// Where the template is wrong, and how.
pub fn render(bundle: &Bundle, template: &Template, settings: &Settings) -> Result<String, TemplateFault> {
    let mut engine = Environment::new();
    engine.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    engine.set_undefined_behavior(UndefinedBehavior::Strict);
    engine.set_debug(true);
    engine.set_fuel(Some(FUEL));
    engine.add_filter("part", |text: String, id: String| parts::fenced(&id, &text));
    engine.add_filter("quoted", |text: String| quoted(&text));
    engine.add_filter("md", |text: String| escaped(&text));
    let fault = |error: minijinja::Error| fault(template, &error);
    // a tag on a line of its own leaves nothing of that line
    let mut syntax = SyntaxConfig::builder();
    syntax.trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true);
    engine.set_syntax(syntax.build().map_err(fault)?);
    let ready = engine.template_from_named_str(&template.name, &template.text).map_err(fault)?;
    let style = match settings.style {
        style @ (Style::Leidraad | Style::Apa | Style::Plain) => style,
        // these are no text for people
        Style::Bibtex | Style::CslJson => Style::usual(settings.lang),
    };
    let view = view::View::of(bundle, settings, style);
    let text = ready.render(Serde(&view)).map_err(fault)?;
    Ok(tidy(&text))
}

fn fault(template: &Template, error: &minijinja::Error) -> TemplateFault {
    let column = |range: std::ops::Range<usize>| {
        let before = template.text.get(..range.start).unwrap_or_default();
        before.rsplit('\n').next().unwrap_or_default().chars().count() + 1
    };
    let reason = match error.detail() {
        Some(detail) => format!("{}: {detail}", error.kind()),
        None => error.kind().to_string(),
    };
    TemplateFault {
        name: template.name.clone(),
        line: error.line().unwrap_or(1),
        column: error.range().map_or(1, column),
        reason,
    }
}

/// Without blank lines that a loop or a condition left outside the parts.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut within = false;
    let mut blank = true;
    for line in text.lines() {
        within |= line.starts_with("<!-- kantlijn ");
        if line.trim().is_empty() && !within {
            if !blank {
                out.push('\n');
            }
            blank = true;
            continue;
        }
        blank = false;
        out.push_str(if within { line } else { line.trim_end() });
        out.push('\n');
        if line.starts_with("<!-- /kantlijn ") {
            within = false;
            out.push('\n');
            blank = true;
        }
    }
    out
}

/// As a quotation.
fn quoted(text: &str) -> String {
    let line = |l: &str| if l.trim().is_empty() { ">".to_owned() } else { format!("> {l}") };
    text.trim().lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Text of which no character means anything in Markdown; where none would, as it is.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.split('\n') {
        if !out.is_empty() {
            out.push('\n');
        }
        let lead = line.len() - line.trim_start().len();
        out.push_str(&line[..lead]);
        let rest = &line[lead..];
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let after = &rest[digits..];
        let numbered = (1..=9).contains(&digits) && (after.starts_with(". ") || after.starts_with(") "));
        let marked =
            rest.starts_with(['#', '>', '|']) || ["- ", "+ ", "---", "==="].iter().any(|m| rest.starts_with(m));
        if marked {
            out.push('\\');
        }
        let mut before = ' ';
        for (at, c) in rest.char_indices() {
            let next = rest[at + c.len_utf8()..].chars().next().unwrap_or(' ');
            let means = match c {
                '*' | '`' | '[' | ']' | '\\' => true,
                // only where it could begin or end something
                '_' => !(before.is_alphanumeric() && next.is_alphanumeric()),
                '<' => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
                '&' => rest[at + 1..].split([' ', '&']).next().is_some_and(|w| w.contains(';')),
                '~' => next == '~' || before == '~',
                '.' | ')' if numbered && at == digits => true,
                _ => false,
            };
            if means && !(marked && at == 0) {
                out.push('\\');
            }
            out.push(c);
            before = c;
        }
    }
    out
}

#[cfg(test)]
mod tests;
