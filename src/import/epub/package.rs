//! What is in a book: its pages in order, what it says of itself, and where its tables of contents are.

use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::container::Container;
use crate::import::html::resolve;
use crate::import::xml::{self, Node, Xml};
use rustc_hash::FxHashMap;

/// All that the book names is missing.
pub(super) const NONE: ImportError = ImportError::Damaged { what: "the book holds none of its pages" };

/// A book has no more pages than this.
const MAX_PAGES: usize = 20_000;

/// What is in a book. Paths are those of the container.
#[derive(Default)]
pub(super) struct Package {
    /// The pages in reading order.
    pub(super) pages: Vec<String>,
    /// What it says of itself.
    pub(super) meta: Vec<(&'static str, String)>,
    /// The table of contents as a page (EPUB 3).
    pub(super) nav: Option<String>,
    /// The table of contents for machines (EPUB 2).
    pub(super) ncx: Option<String>,
    /// A page that is called the table of contents.
    pub(super) contents: Option<String>,
}

/// A file of the book.
struct Item {
    path: String,
    page: bool,
}

/// Finds what is in a book; without a readable package, all pages by their names.
///
/// # Errors
/// [`ImportError::Damaged`] when there are no pages at all, or when they are locked.
pub(super) fn find(container: &Container<'_>, budget: &Budget<'_>) -> Result<Package, ImportError> {
    let mut package = match package_path(container, budget)? {
        Some(path) => read(container, &path, budget)?,
        None => Package::default(),
    };
    if package.pages.is_empty() {
        package.pages =
            container.names().filter(|n| is_page_name(n) && !n.contains("META-INF/")).map(String::from).collect();
        package.pages.sort_by_cached_key(|n| natural(n));
        package.pages.truncate(MAX_PAGES);
    }
    if package.pages.is_empty() {
        return Err(ImportError::Damaged { what: "the book holds no pages" });
    }
    if locked(container, &package)? {
        return Err(ImportError::Damaged { what: "the pages of the book are locked" });
    }
    Ok(package)
}

/// The package that the container names, else any; there may be a folder around everything.
fn package_path(container: &Container<'_>, budget: &Budget<'_>) -> Result<Option<String>, ImportError> {
    const INDEX: &str = "META-INF/container.xml";
    let index = container.names().filter(|n| n.ends_with(INDEX)).min_by_key(|n| n.len()).map(String::from);
    if let Some(index) = index {
        let around = &index[..index.len() - INDEX.len()];
        if let Some(bytes) = whole(container, &index)? {
            let text = xml::decode(&bytes);
            let mut reader = Xml::new(&text, &[], budget);
            loop {
                match reader.next()? {
                    Node::End => break,
                    Node::Open(tag) if tag.name().1 == "rootfile" => {
                        let path =
                            tag.attr("full-path").map(|p| p.trim_start_matches('/').to_string()).unwrap_or_default();
                        for path in [format!("{around}{path}"), path] {
                            if !path.is_empty() && container.has(&path) {
                                return Ok(Some(path));
                            }
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    Ok(container.names().filter(|n| n.to_ascii_lowercase().ends_with(".opf")).min_by_key(|n| n.len()).map(String::from))
}

/// Reads a package.
fn read(container: &Container<'_>, path: &str, budget: &Budget<'_>) -> Result<Package, ImportError> {
    let mut out = Package::default();
    let Some(bytes) = whole(container, path)? else { return Ok(out) };
    let text = xml::decode(&bytes);
    let mut reader = Xml::new(&text, &[], budget);
    let mut items: FxHashMap<String, Item> = FxHashMap::default();
    let mut order: Vec<String> = Vec::new();
    let mut spine: Vec<String> = Vec::new();
    let mut ncx = None;
    loop {
        let tag = match reader.next()? {
            Node::End => break,
            Node::Open(tag) => tag,
            _ => continue,
        };
        let attr = |name: &str| tag.attr(name).map(|v| v.trim().to_string()).unwrap_or_default();
        match tag.name().1 {
            "item" => {
                let (id, href, kind) = (attr("id"), attr("href"), attr("media-type"));
                let path = place(container, path, &href);
                let page = kind.contains("xhtml")
                    || kind == "text/html"
                    || kind == "text/x-oeb1-document"
                    || (is_page_name(&path) && !kind.contains("image"));
                if attr("properties").split_ascii_whitespace().any(|p| p == "nav") {
                    out.nav = Some(path.clone());
                }
                if kind == "application/x-dtbncx+xml" {
                    out.ncx = Some(path.clone());
                }
                if items.len() < MAX_PAGES * 4 {
                    order.push(id.clone());
                    items.insert(id, Item { path, page });
                }
            }
            "itemref" if spine.len() < MAX_PAGES => spine.push(attr("idref")),
            "spine" => ncx = Some(attr("toc")),
            "reference" if attr("type") == "toc" => out.contents = Some(place(container, path, &attr("href"))),
            name @ ("title" | "creator" | "publisher" | "date" | "language") => {
                let key = match name {
                    "creator" => "author",
                    "publisher" => "organisation",
                    "title" => "title",
                    "date" => "date",
                    _ => "language",
                };
                let value = reader.text_inside()?;
                let value = value.trim();
                // The first of each; a second title is a subtitle or a series.
                if !value.is_empty() && !out.meta.iter().any(|(k, _)| *k == key) {
                    let value = if key == "date" { value.split('T').next().unwrap_or_default() } else { value };
                    out.meta.push((key, value.to_string()));
                }
            }
            _ => {}
        }
    }
    if let Some(item) = ncx.and_then(|id| items.get(&id)) {
        out.ncx = Some(item.path.clone());
    }
    let listed = spine.iter().filter_map(|id| items.get(id)).filter(|i| i.page).map(|i| i.path.clone());
    out.pages = listed.collect();
    if out.pages.is_empty() {
        out.pages = order.iter().filter_map(|id| items.get(id)).filter(|i| i.page).map(|i| i.path.clone()).collect();
    }
    // A page that the spine names twice is read once.
    let mut seen = rustc_hash::FxHashSet::default();
    out.pages.retain(|p| seen.insert(p.clone()));
    Ok(out)
}

/// Where a file of the package is in the container: as written, else wherever a file of that name lies.
fn place(container: &Container<'_>, package: &str, href: &str) -> String {
    let path = resolve(package, href).0;
    if container.has(&path) {
        return path;
    }
    let name = path.rsplit('/').next().unwrap_or_default();
    if name.is_empty() {
        return path;
    }
    let mut alike = container.names().filter(|n| n.rsplit('/').next().is_some_and(|n| n.eq_ignore_ascii_case(name)));
    match (alike.next(), alike.next()) {
        (Some(only), None) => only.to_string(),
        _ => path,
    }
}

/// An entry, or nothing where it can't be unpacked.
pub(super) fn whole(container: &Container<'_>, path: &str) -> Result<Option<Vec<u8>>, ImportError> {
    match container.entry(path) {
        Err(ImportError::Damaged { .. }) => Ok(None),
        other => other,
    }
}

/// Whether the pages are said to be encrypted; letters of fonts may be.
fn locked(container: &Container<'_>, package: &Package) -> Result<bool, ImportError> {
    let Some(name) = container.names().find(|n| n.ends_with("META-INF/encryption.xml")).map(String::from) else {
        return Ok(false);
    };
    let Some(bytes) = whole(container, &name)? else { return Ok(false) };
    let text = xml::decode(&bytes);
    Ok(package.pages.iter().take(4).any(|page| {
        let name = page.rsplit('/').next().unwrap_or(page);
        text.contains(&format!("/{name}\"")) || text.contains(&format!("\"{name}\""))
    }))
}

fn is_page_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    [".xhtml", ".html", ".htm"].iter().any(|end| lower.ends_with(end))
}

/// A key that puts "ch10" after "ch9".
fn natural(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut digits = String::new();
    for c in name.chars().chain(['\0']) {
        if c.is_ascii_digit() {
            digits.push(c);
            continue;
        }
        if !digits.is_empty() {
            out.push_str(&format!("{digits:0>10}"));
            digits.clear();
        }
        out.push(c);
    }
    out
}
