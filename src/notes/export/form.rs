//! The forms that notes go out and come in as, by name, by the end of a file's name, and by content.

use super::citation::{self, Style};
use super::incoming::{ImportFault, Incoming};
use super::markdown::{self, BuiltIn, Template, TemplateFault};
use super::{Bundle, csv, jsonl, jsonld, qdc, qdpx};
use crate::doc::Lang;
use jiff::civil::Date;
use std::str::FromStr;
use thiserror::Error;

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// Markdown by a template: a built-in one, or that of the settings.
    Markdown(BuiltIn),
    /// A table for spreadsheets.
    Csv,
    /// An object a line, for scripts.
    Jsonl,
    /// W3C Web Annotations, for exchange.
    JsonLd,
    /// A REFI-QDA codebook.
    Qdc,
    /// A REFI-QDA project: texts, knelpunten and notes.
    Qdpx,
    /// Quotes with their sources, or the reports, in a style of citation.
    Citation(Style),
}

/// How a form is written.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The language of what the program adds.
    pub lang: Lang,
    /// How sources are said where the form leaves that open.
    pub style: Style,
    /// The table of the CSV form.
    pub table: csv::Table,
    /// Whose project of notes it is, and from when.
    pub stamp: qdpx::Stamp,
    /// The title of a text.
    pub title: String,
    /// The day, to be said in a text; `None` for a text that doesn't say one.
    pub date: Option<Date>,
    /// The reader's own template for Markdown, in place of the built-in one for notes.
    pub template: Option<Template>,
}

impl Settings {
    /// What is usual in a language.
    #[must_use]
    pub fn usual(lang: Lang) -> Settings {
        let stamp = qdpx::Stamp { title: "kantlijn".to_owned(), user: "kantlijn".to_owned() };
        Settings {
            lang,
            style: Style::usual(lang),
            table: csv::Table::default(),
            stamp,
            title: "kantlijn".to_owned(),
            date: None,
            template: None,
        }
    }
}

/// Why a bundle could not be written.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ExportFault {
    /// A codebook has no form without codes.
    #[error("there is no knelpunt to make a codebook of")]
    NoCodes,
    /// The template is wrong.
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// It is more than the form holds.
    #[error("it can't be written in this form: {0}")]
    TooMuch(String),
}

impl Form {
    /// All of them.
    pub const ALL: &'static [Form] = &[
        Form::Markdown(BuiltIn::Notes),
        Form::Markdown(BuiltIn::Briefing),
        Form::Csv,
        Form::Jsonl,
        Form::JsonLd,
        Form::Qdc,
        Form::Qdpx,
        Form::Citation(Style::Leidraad),
        Form::Citation(Style::Apa),
        Form::Citation(Style::Plain),
        Form::Citation(Style::Bibtex),
        Form::Citation(Style::CslJson),
    ];

    /// Its name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Form::Markdown(BuiltIn::Notes) => "markdown",
            Form::Markdown(BuiltIn::Briefing) => "briefing",
            Form::Csv => "csv",
            Form::Jsonl => "jsonl",
            Form::JsonLd => "jsonld",
            Form::Qdc => "qdc",
            Form::Qdpx => "qdpx",
            Form::Citation(style) => style.name(),
        }
    }

    /// The end of its files' names, when that says which form it is.
    #[must_use]
    pub fn ending(self) -> Option<&'static str> {
        Some(match self {
            Form::Markdown(BuiltIn::Notes) => "md",
            Form::Citation(Style::Bibtex) => "bib",
            Form::Citation(Style::CslJson) => "json",
            Form::Citation(Style::Plain) => "txt",
            Form::Markdown(BuiltIn::Briefing) | Form::Citation(Style::Leidraad | Style::Apa) => return None,
            Form::Csv | Form::Jsonl | Form::JsonLd | Form::Qdc | Form::Qdpx => self.name(),
        })
    }

    /// The form that files of this name have, by its end; `None` when it says none.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Form> {
        let end = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Some(match end.as_str() {
            "md" | "markdown" => Form::Markdown(BuiltIn::Notes),
            "csv" => Form::Csv,
            "jsonl" | "ndjson" => Form::Jsonl,
            "jsonld" => Form::JsonLd,
            "qdc" => Form::Qdc,
            "qdpx" => Form::Qdpx,
            "bib" => Form::Citation(Style::Bibtex),
            "json" => Form::Citation(Style::CslJson),
            "txt" => Form::Citation(Style::Plain),
            _ => return None,
        })
    }

    /// Whether it needs the texts of the reports ([`Bundle::sources`]).
    #[must_use]
    pub fn wants_texts(self) -> bool {
        matches!(self, Form::Qdpx | Form::JsonLd)
    }

    /// Whether a second export into a file changes only its own parts ([`markdown::parts`]).
    #[must_use]
    pub fn is_updated(self) -> bool {
        matches!(self, Form::Markdown(_))
    }

    /// Whether it is no text.
    #[must_use]
    pub fn is_binary(self) -> bool {
        self == Form::Qdpx
    }

    /// Whether a file is of this form, so that another one of it may take its place.
    #[must_use]
    pub fn is(self, bytes: &[u8]) -> bool {
        let begins = begins(bytes);
        let text = || std::str::from_utf8(bytes).ok().map(|t| t.strip_prefix('\u{feff}').unwrap_or(t));
        match self {
            Form::Markdown(_) => text().is_some_and(markdown::parts::is_ours),
            Form::Csv => text().is_some_and(csv::is),
            Form::Jsonl => text().is_some_and(jsonl::is),
            Form::JsonLd => jsonld::is(bytes),
            Form::Qdc => qdc::read(bytes).is_ok(),
            Form::Qdpx => qdpx::read(bytes).is_ok(),
            Form::Citation(Style::Bibtex) => begins.starts_with(b"@"),
            Form::Citation(Style::CslJson) => begins.starts_with(b"["),
            // nothing tells such a text from one of the reader's own
            Form::Citation(_) => false,
        }
    }

    /// Writes a bundle.
    ///
    /// # Errors
    /// When it can't be written in this form.
    pub fn write(self, bundle: &Bundle, settings: &Settings) -> Result<Vec<u8>, ExportFault> {
        let lang = settings.lang;
        Ok(match self {
            Form::Markdown(built_in) => {
                let own = settings.template.clone();
                let template = own.unwrap_or_else(|| built_in.template(lang));
                markdown::render(bundle, &template, settings)?.into_bytes()
            }
            Form::Csv => csv::write(bundle, settings.table, lang),
            Form::Jsonl => jsonl::write(bundle),
            Form::JsonLd => jsonld::write(bundle).into_bytes(),
            Form::Qdc => qdc::write(&bundle.codes).ok_or(ExportFault::NoCodes)?,
            Form::Qdpx => qdpx::write(bundle, &settings.stamp).map_err(|e| ExportFault::TooMuch(e.to_string()))?,
            Form::Citation(style @ (Style::Bibtex | Style::CslJson)) => {
                citation::sources(bundle, style, lang).into_bytes()
            }
            Form::Citation(style) => citation::quotes(bundle, style, lang).into_bytes(),
        })
    }
}

impl FromStr for Form {
    type Err = ();

    fn from_str(name: &str) -> Result<Form, ()> {
        Form::ALL.iter().copied().find(|f| f.name() == name).ok_or(())
    }
}

/// The file from its first sign on.
fn begins(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start()
}

/// Reads a file of notes, whatever its form: known by what it holds, not by its name.
///
/// # Errors
/// When it is of none of the forms that can be read, or is damaged.
pub fn read(bytes: &[u8]) -> Result<Incoming, ImportFault> {
    if bytes.starts_with(b"PK") {
        return qdpx::read(bytes);
    }
    if begins(bytes).starts_with(b"<") {
        return qdc::read(bytes);
    }
    let text = std::str::from_utf8(bytes)
        .map_err(|_| ImportFault::AnotherForm("it is neither UTF-8 text nor a project of notes".to_owned()))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if jsonl::is(text) {
        return jsonl::read(text);
    }
    if csv::is(text) {
        return csv::read(text);
    }
    if begins(bytes).starts_with(b"{") || begins(bytes).starts_with(b"[") {
        return jsonld::read(bytes);
    }
    Err(ImportFault::AnotherForm("it is of no form that notes can be read from".to_owned()))
}
