//! Word files (Office Open XML) to pieces: the package, its styles, lists and notes, then the text in one pass. Everything
//! but the text part may be missing.

mod body;
mod inline;
mod notes;
mod numbering;
mod package;
mod paragraph;
mod props;
mod styles;
mod survey;
mod table;
#[cfg(test)]
mod tests;

use super::ImportError;
use super::budget::Budget;
use super::container::Container;
use super::draft::Draft;
use super::office::{self, is_web, one_line};
use super::reader::{Job, Reader};
use super::xml::{Namespaces, Node, Xml, decode};
use crate::doc::FurnitureKind;
use notes::Notes;
use numbering::Numbering;
use package::Relation;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use styles::Styles;

/// What the namespaces are called here: the text of Word.
const WORD: &str = "w";
/// Alternatives for programs that know more or less.
const COMPATIBILITY: &str = "mc";
/// Formulas.
const MATH: &str = "m";
/// Properties of the package.
const CORE: &str = "cp";

/// In the transitional and in the strict form of the standard.
const NAMES: Namespaces = &[
    ("http://schemas.openxmlformats.org/wordprocessingml/2006/main", WORD),
    ("http://purl.oclc.org/ooxml/wordprocessingml/main", WORD),
    ("http://schemas.openxmlformats.org/markup-compatibility/2006", COMPATIBILITY),
    ("http://schemas.openxmlformats.org/officeDocument/2006/math", MATH),
    ("http://purl.oclc.org/ooxml/officeDocument/math", MATH),
    ("http://schemas.openxmlformats.org/package/2006/metadata/core-properties", CORE),
    ("http://purl.org/dc/terms/", CORE),
    ("http://purl.org/dc/elements/1.1/", "dc"),
];

/// Addresses behind links, by the id of their relation.
type Links = FxHashMap<String, String>;

/// The reader of Word files.
pub(super) struct Docx;

impl Reader for Docx {
    fn read(&self, job: &Job<'_>) -> Result<Draft, ImportError> {
        let budget = &job.budget;
        let container = Container::open(job.bytes, budget)?;
        let main = package::main_part(&container, budget)?;
        let relations = package::relations(&container, budget, &main)?;
        let folder = main.rsplit_once('/').map_or("", |(folder, _)| folder);
        let named = |kind: &str| {
            let usual = || format!("{folder}{}{kind}.xml", if folder.is_empty() { "" } else { "/" });
            relations.iter().find(|r| r.kind == kind && !r.outside).map_or_else(usual, |r| r.target.clone())
        };
        let part = |kind: &str| container.entry(&named(kind));
        let missing = ImportError::Damaged { what: "the Word file holds no text part" };
        let text = container.entry(&main)?.ok_or(missing)?;
        let (style_part, list_part) = (part("styles")?, part("numbering")?);
        let (foot_part, end_part, setting_part) = (part("footnotes")?, part("endnotes")?, part("settings")?);
        let text = decode(&text);
        let (style_part, list_part) = (characters(&style_part), characters(&list_part));
        let (foot_part, end_part) = (characters(&foot_part), characters(&end_part));
        let setting_part = characters(&setting_part);

        let styles = Styles::read(style_part.as_deref().map(|t| Xml::new(t, NAMES, budget)))?;
        let mut numbering = Numbering::read(list_part.as_deref().map(|t| Xml::new(t, NAMES, budget)))?;
        numbering.link(&styles);
        let formats = notes::formats(setting_part.as_deref().map(|t| Xml::new(t, NAMES, budget)))?;
        let links_of = |kind: &str| package::relations(&container, budget, &named(kind)).map(|r| links(&r));
        let (own_links, foot_links, end_links) = (links(&relations), links_of("footnotes")?, links_of("endnotes")?);
        let footnotes = Notes::read(foot_part.as_deref().unwrap_or(""), &foot_links, formats.0, budget)?;
        let endnotes = Notes::read(end_part.as_deref().unwrap_or(""), &end_links, formats.1, budget)?;

        let survey = survey::survey(Xml::new(&text, NAMES, budget), &styles)?;
        let mut body = body::Body::new(&styles, numbering, [footnotes, endnotes], &survey, budget);
        let broken = body.read(Xml::new(&text, NAMES, budget), &own_links)?;
        let mut draft = body.finish();
        office::mark_unmarked(&mut draft);
        for (key, value) in package::properties(&container, budget)? {
            let value = one_line(&value);
            if !value.is_empty() {
                draft.meta.push((key.to_string(), value));
            }
        }
        for relation in relations.iter().filter(|r| matches!(r.kind.as_str(), "header" | "footer") && !r.outside) {
            let Some(bytes) = container.entry(&relation.target)? else { continue };
            let line = plain(&decode(&bytes), budget)?;
            if !line.is_empty() && !draft.furniture.iter().any(|f| f.text == line) {
                draft.leave_out(FurnitureKind::RunningHead, &line);
            }
        }
        if broken || container.is_incomplete() {
            if draft.pieces.is_empty() {
                return Err(ImportError::Damaged { what: "the text of the file breaks off at once" });
            }
            draft.warnings.push("the file is damaged: what comes after the last words could not be read".to_string());
        }
        Ok(draft)
    }
}

/// The characters of a part.
fn characters(part: &Option<Vec<u8>>) -> Option<Cow<'_, str>> {
    part.as_deref().map(decode)
}

/// The addresses that links lead to; only those a reader can open.
fn links(relations: &[Relation]) -> Links {
    let links = relations.iter().filter(|r| r.kind == "hyperlink" && r.outside && is_web(&r.target));
    links.map(|r| (r.id.clone(), r.target.clone())).collect()
}

/// All words of a part in one line (a header or footer).
fn plain(text: &str, budget: &Budget<'_>) -> Result<String, ImportError> {
    let mut xml = Xml::new(text, NAMES, budget);
    let mut out = String::new();
    let mut inside = false;
    loop {
        match xml.next()? {
            Node::Open(tag) => match tag.name() {
                (WORD, "t") => inside = true,
                (WORD, "p" | "tab" | "br" | "tc") => out.push(' '),
                (WORD, "del" | "moveFrom") | (COMPATIBILITY, "Fallback") => {
                    xml.skip()?;
                }
                _ => {}
            },
            Node::Close(_) => inside = false,
            Node::Text(text) if inside => out.push_str(&text),
            Node::Text(_) => {}
            Node::End => return Ok(one_line(&out)),
        }
    }
}
