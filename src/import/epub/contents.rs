//! The tables of contents a book keeps beside its text: titles with their depth, and pages of the printed edition.

use super::package::{Package, whole};
use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::container::Container;
use crate::import::html::{Contents, Entry, resolve};
use crate::import::xml::{self, Node, Xml};

/// No book has more titles and pages than this.
const MAX_ENTRIES: usize = 50_000;

/// Reads them: the page of contents, else the one for machines.
pub(super) fn read(container: &Container<'_>, package: &Package, budget: &Budget<'_>) -> Result<Contents, ImportError> {
    let mut out = Contents::default();
    out.pages_of_contents.extend([&package.nav, &package.contents].into_iter().flatten().cloned());
    for path in [&package.nav, &package.ncx].into_iter().flatten() {
        let Some(bytes) = whole(container, path)? else { continue };
        let text = xml::decode(&bytes);
        let mut found = Contents::default();
        let read = if text.contains("navMap") {
            ncx(&text, path, budget, &mut found)
        } else {
            nav(&text, path, budget, &mut found)
        };
        match read {
            // What was read before it broke is still right.
            Ok(()) | Err(ImportError::TooDeep { .. }) => {}
            Err(error) => return Err(error),
        }
        if out.titles.is_empty() {
            out.titles = found.titles;
        }
        if out.pages.is_empty() {
            out.pages = found.pages;
        }
    }
    Ok(out)
}

/// Nested points with a label and a target.
fn ncx(text: &str, path: &str, budget: &Budget<'_>, out: &mut Contents) -> Result<(), ImportError> {
    let mut reader = Xml::new(text, &[], budget);
    let (mut depth, mut label, mut page) = (0_u8, String::new(), false);
    loop {
        match reader.next()? {
            Node::End => return Ok(()),
            Node::Open(tag) => match tag.name().1 {
                "navPoint" => depth = depth.saturating_add(1),
                "pageTarget" => page = true,
                "text" => label = reader.text_inside()?,
                "content" => {
                    let target = target(path, &tag.attr("src").unwrap_or_default());
                    add(out, &label, target, depth, page);
                    label.clear();
                }
                _ => {}
            },
            Node::Close(tag) => match tag.name().1 {
                "navPoint" => depth = depth.saturating_sub(1),
                "pageTarget" => page = false,
                _ => {}
            },
            Node::Text(_) => {}
        }
    }
}

/// Nested lists of links.
fn nav(text: &str, path: &str, budget: &Budget<'_>, out: &mut Contents) -> Result<(), ImportError> {
    let mut reader = Xml::new(text, &[], budget);
    let (mut depth, mut kind) = (0_u8, String::new());
    loop {
        match reader.next()? {
            Node::End => return Ok(()),
            Node::Open(tag) => match tag.name().1 {
                "nav" => kind = tag.attr("type").map(|t| t.to_string()).unwrap_or_default(),
                "ol" => depth = depth.saturating_add(1),
                "a" if kind == "toc" || kind == "page-list" => {
                    let href = tag.attr("href").map(|h| h.to_string()).unwrap_or_default();
                    let label = reader.text_inside()?;
                    add(out, &label, target(path, &href), depth, kind == "page-list");
                }
                _ => {}
            },
            Node::Close(tag) => match tag.name().1 {
                "nav" => kind.clear(),
                "ol" => depth = depth.saturating_sub(1),
                _ => {}
            },
            Node::Text(_) => {}
        }
    }
}

fn target(path: &str, href: &str) -> String {
    let (path, fragment) = resolve(path, href);
    format!("{path}#{fragment}")
}

fn add(out: &mut Contents, label: &str, target: String, depth: u8, page: bool) {
    let title = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let list = if page { &mut out.pages } else { &mut out.titles };
    if !title.is_empty() && list.len() < MAX_ENTRIES {
        list.push(Entry { title, target, level: depth.clamp(1, 6) });
    }
}
