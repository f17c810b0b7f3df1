//! Saying where words come from, in the ways that are asked for: for footnotes, for lists of sources, for programs that
//! keep literature.
//!
//! Sources: *Leidraad voor juridische auteurs* (reports in a footnote: author, title, year, page; the place of
//! publication is left out, since no file says it), the *Publication Manual of the APA*, 7th edition (organisation as
//! author; a section where there are no pages), BibTeX's `techreport`, and the CSL-JSON of the Citation Style Language.
//! The page is the printed one; a page that is only counted is said to be so.

use super::{Bundle, Item};
use crate::doc::{Lang, Page};
use crate::notes::slug::slug;
use crate::notes::{Located, Note, Target};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::str::FromStr;

/// How a source is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// *Leidraad voor juridische auteurs*: a footnote.
    Leidraad,
    /// APA, 7th edition: in the text, and as an entry of the list of references.
    Apa,
    /// All that is known, in brackets.
    Plain,
    /// An entry of a BibTeX file.
    Bibtex,
    /// An item of CSL-JSON.
    CslJson,
}

impl Style {
    /// All of them.
    pub const ALL: [Style; 5] = [Style::Leidraad, Style::Apa, Style::Plain, Style::Bibtex, Style::CslJson];

    /// Its name in settings and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Style::Leidraad => "leidraad",
            Style::Apa => "apa",
            Style::Plain => "plain",
            Style::Bibtex => "bibtex",
            Style::CslJson => "csl-json",
        }
    }

    /// The one that is usual where this language is spoken.
    #[must_use]
    pub fn usual(lang: Lang) -> Style {
        match lang {
            Lang::Nl => Style::Leidraad,
            Lang::En => Style::Apa,
        }
    }
}

impl FromStr for Style {
    type Err = ();

    fn from_str(name: &str) -> Result<Style, ()> {
        Style::ALL.into_iter().find(|s| s.name() == name).ok_or(())
    }
}

/// What is known of a source, and of the place in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cited {
    /// The report's title.
    pub title: String,
    /// Its publisher, who counts as its author.
    pub org: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// Labels of the sections the place lies in, from the outside in.
    pub section: Vec<String>,
    /// The page it begins on.
    pub page: Option<Page>,
    /// The words.
    pub quote: Option<String>,
}

impl Cited {
    /// The place of a note, as it stands now.
    #[must_use]
    pub fn item(item: &Item) -> Cited {
        Cited::at(&item.note, &item.at)
    }

    /// The place of a note, where it stands.
    #[must_use]
    pub fn at(note: &Note, at: &Located) -> Cited {
        let quote = at.place.as_ref().map(|p| p.text.clone()).filter(|_| note.target.quote().is_some());
        let title = if at.report.trim().is_empty() { &at.file } else { &at.report };
        Cited {
            title: line(title),
            org: at.org.as_deref().map(line).filter(|o| !o.is_empty()),
            year: at.year,
            section: at.section.iter().map(|s| line(s)).collect(),
            page: at.page.clone(),
            quote: quote.or_else(|| note.target.quote().map(|q| q.exact.clone())).map(|q| line(&q)),
        }
    }

    /// A target, as it was described.
    #[must_use]
    pub fn target(target: &Target) -> Cited {
        let report = target.report.as_ref();
        let title = report.map(|r| if r.title.trim().is_empty() { &r.file } else { &r.title });
        Cited {
            title: title.map(|t| line(t)).unwrap_or_default(),
            org: report.and_then(|r| r.org.as_deref()).map(line).filter(|o| !o.is_empty()),
            year: report.and_then(|r| r.year),
            section: target.section.iter().map(|s| line(s)).collect(),
            page: target.page.clone(),
            quote: target.quote().map(|q| line(&q.exact)),
        }
    }

    /// The report only, without a place in it.
    #[must_use]
    pub fn whole(&self) -> Cited {
        Cited { section: Vec::new(), page: None, quote: None, ..self.clone() }
    }

    /// Who counts as the author; the title when nobody is named.
    fn author(&self) -> &str {
        self.org.as_deref().unwrap_or(&self.title)
    }

    /// By what an entry is known among others: of letters, digits and `-` only.
    fn key(&self) -> String {
        let short: String = slug(&self.title).chars().take(40).collect();
        let year = self.year.map(|y| y.to_string()).unwrap_or_default();
        let parts = [self.org.as_deref().map(slug).unwrap_or_default(), year, short.trim_end_matches('-').to_owned()];
        let key = parts.iter().filter(|p| !p.is_empty()).cloned().collect::<Vec<_>>().join("-");
        if key.is_empty() { "report".to_owned() } else { key }
    }

    /// The page as it is cited; a counted one says so.
    #[must_use]
    pub fn page_text(&self, lang: Lang) -> Option<String> {
        let page = self.page.as_ref()?;
        let label = page.label.as_deref().map(line).filter(|l| !l.is_empty());
        Some(match (label, lang) {
            (Some(label), _) => format!("p. {label}"),
            (None, Lang::Nl) => format!("p. {} (geteld, niet gedrukt)", page.index),
            (None, Lang::En) => format!("p. {} (counted, not printed)", page.index),
        })
    }

    /// The page, else the section.
    #[must_use]
    pub fn place_text(&self, lang: Lang) -> Option<String> {
        let section = || {
            let last = self.section.last().filter(|s| !s.is_empty())?;
            Some(match lang {
                Lang::Nl => format!("onder ‘{last}’"),
                Lang::En => format!("under ‘{last}’"),
            })
        };
        self.page_text(lang).or_else(section)
    }

    /// The source with the place in it, without the words.
    #[must_use]
    pub fn source(&self, style: Style, lang: Lang) -> String {
        match style {
            Style::Leidraad => {
                let title = Some(self.title.clone()).filter(|_| self.org.as_ref() != Some(&self.title));
                let parts = [self.org.clone(), title, self.year.map(|y| y.to_string()), self.place_text(lang)];
                format!("{}.", joined(parts))
            }
            Style::Apa => {
                let nobody = self.org.is_none();
                // brackets within brackets are square
                let author = self.author().replace('(', "[").replace(')', "]");
                let author = if nobody { format!("“{author}”") } else { author };
                format!("({})", joined([Some(author), Some(self.apa_year(lang)), self.apa_place(lang)]))
            }
            Style::Plain => {
                let org = self.org.clone().filter(|o| !self.title.contains(o.as_str()));
                let year = self.year.map(|y| y.to_string()).filter(|y| !self.title.contains(y.as_str()));
                let section = self.section.last().filter(|s| !s.is_empty()).map(|s| format!("§ {s}"));
                joined([org, Some(self.title.clone()), year, section, self.page_text(lang)])
            }
            Style::Bibtex => self.bibtex(&self.key(), lang),
            Style::CslJson => pretty(&self.csl(&self.key(), lang)),
        }
    }

    /// The words with their source: what `Y` takes along.
    #[must_use]
    pub fn quoted(&self, style: Style, lang: Lang) -> String {
        let source = self.source(style, lang);
        let Some(quote) = self.quote.as_deref().filter(|q| !q.is_empty()) else {
            return match style {
                Style::Apa => self.entry(style, lang),
                _ => source,
            };
        };
        match style {
            Style::Leidraad => format!("‘{quote}’ {source}"),
            Style::Apa => format!("“{quote}” {source}\n\n{}", self.entry(style, lang)),
            Style::Plain => format!("‘{quote}’ ({source})"),
            Style::Bibtex | Style::CslJson => source,
        }
    }

    /// The report as an entry of a list of sources.
    #[must_use]
    pub fn entry(&self, style: Style, lang: Lang) -> String {
        let whole = self.whole();
        match style {
            Style::Apa if self.org.is_none() => {
                format!("{}. ({}).", without_stop(&self.title), self.apa_year(lang))
            }
            Style::Apa => {
                let author = without_stop(self.author());
                format!("{author}. ({}). {}.", self.apa_year(lang), without_stop(&self.title))
            }
            _ => whole.source(style, lang),
        }
    }

    fn apa_year(&self, lang: Lang) -> String {
        let none = match lang {
            Lang::Nl => "z.d.",
            Lang::En => "n.d.",
        };
        self.year.map_or_else(|| none.to_owned(), |y| y.to_string())
    }

    fn apa_place(&self, lang: Lang) -> Option<String> {
        let section = || {
            let last = self.section.last().filter(|s| !s.is_empty())?;
            Some(match lang {
                Lang::Nl => format!("sectie “{last}”"),
                Lang::En => format!("“{last}” section"),
            })
        };
        self.page_text(lang).or_else(section)
    }

    fn bibtex(&self, key: &str, lang: Lang) -> String {
        let mut out = format!("@techreport{{{key},\n");
        let mut field = |name: &str, value: &str| out.push_str(&format!("  {name} = {value},\n"));
        if let Some(org) = &self.org {
            // braces within: the name of an organisation is not one of a person
            field("author", &format!("{{{{{}}}}}", tex(org)));
            field("institution", &format!("{{{{{}}}}}", tex(org)));
        }
        field("title", &format!("{{{{{}}}}}", tex(&self.title)));
        if let Some(year) = self.year {
            field("year", &format!("{{{year}}}"));
        }
        match self.page.as_ref().and_then(|p| p.label.as_deref()).map(line).filter(|l| !l.is_empty()) {
            Some(label) => field("pages", &format!("{{{}}}", tex(&label))),
            None => {
                if let Some(place) = self.place_text(lang) {
                    field("note", &format!("{{{}}}", tex(&place)));
                }
            }
        }
        if let Some(quote) = &self.quote {
            field("annote", &format!("{{{}}}", tex(quote)));
        }
        out.push('}');
        out
    }

    fn csl(&self, id: &str, lang: Lang) -> Value {
        let mut item = json!({ "id": id, "type": "report", "title": self.title });
        let mut put = |name: &str, value: Value| item[name] = value;
        if let Some(org) = &self.org {
            put("author", json!([{ "literal": org }]));
            put("publisher", json!(org));
        }
        if let Some(year) = self.year {
            put("issued", json!({ "date-parts": [[year]] }));
        }
        match self.page.as_ref().and_then(|p| p.label.as_deref()).map(line).filter(|l| !l.is_empty()) {
            Some(label) => put("page", json!(label)),
            None => {
                if let Some(place) = self.place_text(lang) {
                    put("note", json!(place));
                }
            }
        }
        if let Some(quote) = &self.quote {
            put("annote", json!(quote));
        }
        item
    }
}

/// The reports of a bundle as a list of sources, each once, by author, year and title. `Style::Plain`, `Leidraad` and
/// `Apa` of notes are lists of quotes instead: see [`quotes`].
#[must_use]
pub fn sources(bundle: &Bundle, style: Style, lang: Lang) -> String {
    let all = cited_reports(bundle);
    let mut taken = BTreeSet::new();
    let keyed = all.iter().map(|cited| {
        let first = cited.key();
        let others = (2..).map(|n| format!("{first}-{n}"));
        let key = std::iter::once(first.clone()).chain(others).find(|k| taken.insert(k.clone()));
        (key.unwrap_or(first), cited)
    });
    let keyed: Vec<_> = keyed.collect();
    match style {
        Style::CslJson => {
            let items: Vec<Value> = keyed.iter().map(|(key, cited)| cited.csl(key, lang)).collect();
            format!("{}\n", pretty(&Value::Array(items)))
        }
        Style::Bibtex => {
            let entries: Vec<String> = keyed.iter().map(|(key, cited)| cited.bibtex(key, lang)).collect();
            ended(entries.join("\n\n"))
        }
        _ => ended(keyed.iter().map(|(_, cited)| cited.entry(style, lang)).collect::<Vec<_>>().join("\n")),
    }
}

/// Every quote of a bundle with its source, a blank line between them; below that, where the style has one, the list of
/// sources.
#[must_use]
pub fn quotes(bundle: &Bundle, style: Style, lang: Lang) -> String {
    // in APA what has no words is in the list of sources
    let said = |i: &&Item| style != Style::Apa || i.note.target.quote().is_some();
    let on_report = bundle.items.iter().filter(|i| i.note.target.report.is_some()).filter(said);
    let mut out: Vec<String> = on_report
        .map(|item| {
            let cited = Cited::item(item);
            match (style, &cited.quote) {
                (Style::Apa, Some(quote)) => format!("“{quote}” {}", cited.source(style, lang)),
                _ => cited.quoted(style, lang),
            }
        })
        .collect();
    if style == Style::Apa && !out.is_empty() {
        out.push(sources(bundle, style, lang).trim_end().to_owned());
    }
    ended(out.join("\n\n"))
}

/// The reports that the notes of a bundle are on, each once, by author, year and title.
pub(super) fn cited_reports(bundle: &Bundle) -> Vec<Cited> {
    let items = bundle.items.iter().filter(|i| i.note.target.report.is_some()).map(|i| Cited::item(i).whole());
    let found = bundle.found.iter().map(|f| Cited {
        title: line(&f.report),
        org: f.org.as_deref().map(line),
        year: f.year,
        ..Cited::default()
    });
    let mut all: Vec<Cited> = items.chain(found).collect();
    let by = |c: &Cited| (c.author().to_lowercase(), c.year, c.title.to_lowercase(), c.title.clone());
    all.sort_by_cached_key(by);
    all.dedup();
    all
}

/// On one line, without characters that a program might obey.
pub(super) fn line(text: &str) -> String {
    let harmless = |c: &char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    let spaced = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c });
    let kept: String = spaced.filter(harmless).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text that TeX takes as it stands.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

fn joined<const N: usize>(parts: [Option<String>; N]) -> String {
    parts.into_iter().flatten().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ")
}

fn without_stop(text: &str) -> &str {
    text.trim_end_matches(['.', ' '])
}

fn ended(mut text: String) -> String {
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

#[cfg(test)]
mod tests;
