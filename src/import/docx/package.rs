//! The package of a Word file: which part is the text, and what it is related to.

use super::{CORE, NAMES};
use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::container::Container;
use crate::import::xml::{Node, Xml, decode};
use rustc_hash::FxHashMap;

/// A relation of a part to another, or to something outside.
#[derive(Clone, Debug)]
pub(super) struct Relation {
    pub(super) id: String,
    /// The last word of its type: "styles", "hyperlink".
    pub(super) kind: String,
    /// A name in the package, or an address outside.
    pub(super) target: String,
    pub(super) outside: bool,
}

/// Finds the part that holds the text.
pub(super) fn main_part(container: &Container<'_>, budget: &Budget<'_>) -> Result<String, ImportError> {
    let relations = relations(container, budget, "")?;
    let told = relations.into_iter().find(|r| r.kind == "officeDocument" && container.has(&r.target)).map(|r| r.target);
    let usual = || ["word/document.xml", "word/document2.xml"].into_iter().find(|n| container.has(n)).map(String::from);
    told.or_else(usual).ok_or(ImportError::Damaged { what: "the Word file holds no text part" })
}

/// What a part is related to; of the package itself by an empty name.
pub(super) fn relations(
    container: &Container<'_>,
    budget: &Budget<'_>,
    part: &str,
) -> Result<Vec<Relation>, ImportError> {
    let (folder, name) = part.rsplit_once('/').map_or(("", part), |(f, n)| (f, n));
    let slash = if folder.is_empty() { "" } else { "/" };
    let Some(bytes) = container.entry(&format!("{folder}{slash}_rels/{name}.rels"))? else { return Ok(Vec::new()) };
    let text = decode(&bytes);
    let mut xml = Xml::new(&text, NAMES, budget);
    let mut out = Vec::new();
    loop {
        match xml.next()? {
            Node::Open(tag) if tag.name().1 == "Relationship" => {
                let value = |name| tag.attr(name).map(String::from).unwrap_or_default();
                let outside = value("TargetMode") == "External";
                let target = value("Target");
                let kind = value("Type").rsplit('/').next().unwrap_or_default().to_string();
                let target = if outside { target } else { resolve(folder, &target) };
                out.push(Relation { id: value("Id"), kind, target, outside });
            }
            Node::End => return Ok(out),
            _ => {}
        }
    }
}

/// A name in the package, seen from a folder.
fn resolve(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_string();
    }
    let mut path: Vec<&str> = folder.split('/').filter(|f| !f.is_empty()).collect();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// The properties of a package: what the file says of itself, as keys that every format uses.
pub(super) fn properties(
    container: &Container<'_>,
    budget: &Budget<'_>,
) -> Result<Vec<(&'static str, String)>, ImportError> {
    let mut found: FxHashMap<&'static str, String> = FxHashMap::default();
    let relations = relations(container, budget, "")?;
    for (kind, usual) in [("core-properties", "docProps/core.xml"), ("extended-properties", "docProps/app.xml")] {
        let name = relations.iter().find(|r| r.kind == kind).map_or(usual, |r| r.target.as_str());
        let Some(bytes) = container.entry(name)? else { continue };
        let text = decode(&bytes);
        let mut xml = Xml::new(&text, NAMES, budget);
        loop {
            match xml.next()? {
                Node::Open(tag) => {
                    let key = match tag.name() {
                        ("dc", "title") => "title",
                        ("dc", "creator") => "author",
                        ("dc", "language") => "language",
                        (CORE, "modified") => "modified",
                        (CORE, "created") => "created",
                        (_, "Company") => "company",
                        _ => continue,
                    };
                    let value = xml.text_inside()?;
                    // Of a moment the day is kept.
                    let value =
                        if matches!(key, "modified" | "created") { value.chars().take(10).collect() } else { value };
                    found.entry(key).or_insert(value);
                }
                Node::End => break,
                _ => {}
            }
        }
    }
    let order = ["title", "company", "author", "modified", "created", "language"];
    Ok(order.into_iter().filter_map(|key| Some((key, found.remove(key)?))).collect())
}
