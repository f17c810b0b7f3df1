//! OpenDocument texts to pieces: styles and list styles from both files that hold them, then the text in one pass.

mod body;
mod lists;
mod styles;
mod survey;
#[cfg(test)]
mod tests;

use super::ImportError;
use super::budget::Budget;
use super::container::Container;
use super::draft::Draft;
use super::office::{self, one_line};
use super::reader::{Job, Reader};
use super::xml::{Namespaces, Node, Xml, decode};
use crate::doc::FurnitureKind;
use lists::Lists;
use rustc_hash::FxHashMap;
use styles::Styles;

/// What the namespaces are called here.
const OFFICE: &str = "office";
const TEXT: &str = "text";
const TABLE: &str = "table";
const DRAW: &str = "draw";
const STYLE: &str = "style";

const NAMES: Namespaces = &[
    ("urn:oasis:names:tc:opendocument:xmlns:office:1.0", OFFICE),
    ("urn:oasis:names:tc:opendocument:xmlns:text:1.0", TEXT),
    ("urn:oasis:names:tc:opendocument:xmlns:table:1.0", TABLE),
    ("urn:oasis:names:tc:opendocument:xmlns:drawing:1.0", DRAW),
    ("urn:oasis:names:tc:opendocument:xmlns:style:1.0", STYLE),
    ("urn:oasis:names:tc:opendocument:xmlns:meta:1.0", "meta"),
    ("urn:oasis:names:tc:opendocument:xmlns:manifest:1.0", "manifest"),
    ("http://purl.org/dc/elements/1.1/", "dc"),
];

/// The reader of OpenDocument texts.
pub(super) struct Odt;

impl Reader for Odt {
    fn read(&self, job: &Job<'_>) -> Result<Draft, ImportError> {
        let budget = &job.budget;
        let container = Container::open(job.bytes, budget)?;
        if is_encrypted(&container)? {
            return Err(ImportError::Sealed);
        }
        let missing = ImportError::Damaged { what: "the OpenDocument file holds no content.xml" };
        let content = container.entry("content.xml")?.ok_or(missing)?;
        let shared = container.entry("styles.xml")?;
        let content = decode(&content);
        let shared = shared.as_deref().map(decode);

        let mut styles = Styles::default();
        let mut lists = Lists::default();
        let mut heads = Vec::new();
        for text in shared.as_deref().into_iter().chain([&*content]) {
            read_styles(Xml::new(text, NAMES, budget), &mut styles, &mut lists, &mut heads)?;
        }
        styles.settle();
        let survey = survey::survey(Xml::new(&content, NAMES, budget), &styles)?;
        let mut body = body::Body::new(&styles, lists, &survey, budget);
        let broken = body.read(Xml::new(&content, NAMES, budget))?;
        let mut draft = body.finish();
        office::mark_unmarked(&mut draft);
        if let Some(bytes) = container.entry("meta.xml")? {
            draft.meta.extend(properties(&decode(&bytes), budget)?);
        }
        for line in heads {
            draft.leave_out(FurnitureKind::RunningHead, &line);
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

/// Whether the manifest says how the text is encrypted.
fn is_encrypted(container: &Container<'_>) -> Result<bool, ImportError> {
    let manifest = container.entry("META-INF/manifest.xml")?.unwrap_or_default();
    Ok(memchr::memmem::find(&manifest, b"encryption-data").is_some())
}

/// Reads the styles of a file, and the words at the head and foot of its pages. The text itself is passed over.
fn read_styles(
    mut xml: Xml<'_>,
    styles: &mut Styles,
    lists: &mut Lists,
    heads: &mut Vec<String>,
) -> Result<(), ImportError> {
    loop {
        let tag = match xml.next()? {
            Node::Open(tag) => tag,
            Node::End => return Ok(()),
            _ => continue,
        };
        match tag.name() {
            (OFFICE, "body") => {
                xml.skip()?;
            }
            (STYLE, "style") => styles.style(&tag, &mut xml)?,
            (STYLE, "default-style") => styles.default_style(&tag, &mut xml)?,
            (STYLE, "header" | "footer" | "header-left" | "footer-left" | "header-first" | "footer-first") => {
                let line = one_line(&words(&mut xml)?);
                if !line.is_empty() && !heads.contains(&line) && heads.len() < 64 {
                    heads.push(line);
                }
            }
            name if styles::is_list_style(name) => lists.style(&tag, &mut xml)?,
            _ => {}
        }
    }
}

/// All words inside the element that was opened last, paragraphs and blanks parted.
fn words(xml: &mut Xml<'_>) -> Result<String, ImportError> {
    let outside = xml.depth().saturating_sub(1);
    let mut out = String::new();
    while xml.depth() > outside {
        match xml.next()? {
            Node::Text(text) => out.push_str(&text),
            Node::Open(tag) if matches!(tag.name(), (TEXT, "p" | "s" | "tab" | "line-break")) => out.push(' '),
            Node::End => break,
            _ => {}
        }
    }
    Ok(out)
}

/// What the file says of itself, as keys that every format uses.
fn properties(text: &str, budget: &Budget<'_>) -> Result<Vec<(String, String)>, ImportError> {
    let mut xml = Xml::new(text, NAMES, budget);
    let mut found: FxHashMap<&str, String> = FxHashMap::default();
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                let key = match tag.name() {
                    ("dc", "title") => "title",
                    ("meta", "initial-creator") => "author",
                    ("dc", "creator") => "last-author",
                    ("dc", "date") => "modified",
                    ("meta", "creation-date") => "created",
                    ("dc", "language") => "language",
                    ("meta", "user-defined") if tag.attr("name").is_some_and(|n| n == "Company") => "company",
                    _ => continue,
                };
                let value = one_line(&xml.text_inside()?);
                let moment = matches!(key, "modified" | "created");
                found.entry(key).or_insert(if moment { value.chars().take(10).collect() } else { value });
            }
            Node::End => break,
            _ => {}
        }
    }
    if let Some(last) = found.remove("last-author") {
        found.entry("author").or_insert(last);
    }
    let order = ["title", "company", "author", "modified", "created", "language"];
    let known = order.into_iter().filter_map(|key| Some((key.to_string(), found.remove(key)?)));
    Ok(known.filter(|(_, value)| !value.is_empty()).collect())
}
