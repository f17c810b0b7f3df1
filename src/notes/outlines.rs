//! Corrected headings: `<data>/outlines/<report>-<document>.toml`, one `[[heading]]` each.
//!
//! The files are the reader's. A change rewrites the values it changes; unknown keys, comments and order stay. Every change
//! starts from what the file holds at that moment. A report finds its file again as notes find their report: by content, by
//! title, publisher and year, or as the same document of the library.

use super::note::ReportRef;
use super::slug::slug;
use super::store::{Change, Store, StoreError};
use crate::doc::{Address, Correction, DocId, Document, Edition, PartId};
use std::path::{Path, PathBuf};
use thiserror::Error;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value, value};

/// The folder, relative to the data folder.
pub const FOLDER: &str = "outlines";
const KEY: &str = "heading";
const HEAD: &str =
    "# Headings of this report as corrected in kantlijn; text, before and after say which ones.\n[report]\n";

/// Why corrections could not be kept.
#[derive(Debug, Error)]
pub enum OutlineError {
    /// The file isn't TOML, or not of this shape; it is never touched.
    #[error("{} is not understood: {reason}", path.display())]
    Broken {
        /// The file, relative to the data folder.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
    /// The disk refused, or the file was changed in between.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The corrections of one report.
#[derive(Clone, Debug, PartialEq)]
struct Outlined {
    report: ReportRef,
    document: Option<DocId>,
    headings: Vec<Correction>,
}

/// All corrections there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlines {
    files: Vec<Outlined>,
    /// Files that are not understood, relative to the data folder, with their reasons.
    pub unreadable: Vec<(PathBuf, String)>,
}

/// A document as far as it takes to know its corrections.
#[derive(Clone, Debug)]
pub struct Known<'a> {
    /// Its name in the library; `None` for one without a lasting name.
    pub document: Option<DocId>,
    /// Its content.
    pub edition: Option<Edition>,
    /// Title (as the file has it), publisher and year of its reports.
    pub reports: Vec<(&'a str, Option<&'a str>, Option<i32>)>,
}

impl<'a> Known<'a> {
    /// What is known of a document that is open.
    #[must_use]
    pub fn of(document: Option<DocId>, doc: &'a Document) -> Known<'a> {
        let parts = doc.imported_outline().parts().iter();
        let reports = parts.map(|p| (p.title.as_str(), p.org.as_deref(), p.year)).collect();
        Known { document, edition: Some(doc.edition()), reports }
    }

    /// Whether corrections kept for that report are about it.
    fn is(&self, file: &Outlined) -> bool {
        let report = &file.report;
        let same = |a: &str, b: &str| !a.trim().is_empty() && super::kin::same_words(a, b);
        self.document.is_some() && self.document == file.document
            || report.edition.is_some() && self.edition == report.edition
            || self.reports.iter().any(|(title, org, year)| {
                same(title, &report.title)
                    && org.zip(report.org.as_deref()).is_none_or(|(a, b)| same(a, b))
                    && year.zip(report.year).is_none_or(|(a, b)| a == b)
            })
    }
}

impl Outlines {
    /// Reads all corrections; a file that is not understood is listed with its reason.
    #[must_use]
    pub fn load(store: &Store) -> Outlines {
        let mut all = Outlines::default();
        for path in store.list(Path::new(FOLDER), "toml") {
            let read = store.text(&path).map_err(|e| e.to_string());
            match read.and_then(|text| parse(text.as_deref().unwrap_or(""))) {
                Ok(file) => all.files.push(file),
                Err(reason) => all.unreadable.push((path, reason)),
            }
        }
        all
    }

    /// The corrections of a document, in the order of their files.
    #[must_use]
    pub fn of(&self, known: &Known<'_>) -> Vec<Correction> {
        self.files.iter().filter(|f| known.is(f)).flat_map(|f| f.headings.iter().cloned()).collect()
    }
}

/// The report that corrections of a document are kept under, by what the file itself says of it.
#[must_use]
pub fn report_of(doc: &Document, part: PartId, file: &str) -> ReportRef {
    let part = doc.imported_outline().part(part);
    ReportRef {
        title: part.title.clone(),
        org: part.org.clone(),
        year: part.year,
        edition: Some(doc.edition()),
        file: file.to_owned(),
    }
}

/// Keeps corrections of a document, each in place of what was said at its address before; one that says nothing takes the
/// former one back.
///
/// # Errors
/// When the file is not understood or was changed in between, or the disk refuses.
pub fn correct(store: &Store, document: DocId, report: &ReportRef, new: &[Correction]) -> Result<Change, OutlineError> {
    let path = file_for(store, document, report, new);
    let before = store.text(&path)?;
    let text = before.as_deref().unwrap_or(HEAD);
    let broken = |reason: String| OutlineError::Broken { path: path.clone(), reason };
    if before.is_some() {
        parse(text).map_err(broken)?;
    }
    let mut toml: DocumentMut = text.parse().map_err(|e: toml_edit::TomlError| broken(e.message().to_owned()))?;
    let head = toml.entry("report").or_insert_with(|| Item::Table(Table::new()));
    let head = head.as_table_like_mut().ok_or_else(|| broken("report is not a table".to_owned()))?;
    let mut keep = |key: &str, now: Option<String>| match now {
        Some(now) if head.get(key).and_then(Item::as_str) != Some(&now) => drop(head.insert(key, value(now))),
        _ => {}
    };
    keep("title", Some(report.title.clone()));
    keep("org", report.org.clone());
    keep("edition", report.edition.map(|e| e.to_string()));
    keep("file", Some(report.file.clone()));
    keep("document", Some(format!("{:016x}", document.0)));
    if let Some(year) = report.year.filter(|y| head.get("year").and_then(Item::as_integer) != Some(i64::from(*y))) {
        head.insert("year", value(i64::from(year)));
    }
    let list = toml.entry(KEY).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    let list = list.as_array_of_tables_mut().ok_or_else(|| broken(format!("{KEY} is not a list of tables")))?;
    for correction in new {
        let at = list.iter().position(|t| read(t).is_ok_and(|c| c.at == correction.at));
        match at {
            Some(at) if correction.is_nothing() => drop(list.remove(at)),
            Some(at) => list.get_mut(at).into_iter().for_each(|table| write(table, correction)),
            None if correction.is_nothing() => {}
            None => {
                let mut table = Table::new();
                write(&mut table, correction);
                list.push(table);
            }
        }
    }
    let mut after = toml.to_string();
    if text.contains("\r\n") {
        // the TOML writer knows one line end; the file keeps its own
        after = after.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    Ok(store.put(&path, before, after)?)
}

/// The file that corrections of a document go to: of those about it the one that holds them already, else the one of its
/// name, else any; a new one where there is none.
fn file_for(store: &Store, document: DocId, report: &ReportRef, new: &[Correction]) -> PathBuf {
    let (org, edition) = (report.org.as_deref(), report.edition);
    let known = Known { document: Some(document), edition, reports: vec![(report.title.as_str(), org, report.year)] };
    let rank = |path: &PathBuf| {
        let file = store.text(path).ok().flatten().and_then(|text| parse(&text).ok())?;
        let holds = || new.iter().any(|n| file.headings.iter().any(|h| h.at == n.at));
        known.is(&file).then(|| (holds(), file.document == Some(document)))
    };
    let files = store.list(Path::new(FOLDER), "toml").into_iter();
    let best = files.filter_map(|path| Some((rank(&path)?, path))).max_by_key(|(rank, _)| *rank);
    best.map(|(_, path)| path).unwrap_or_else(|| {
        let name = slug(&report.title);
        let name = if name.is_empty() { "report".to_owned() } else { name };
        Path::new(FOLDER).join(format!("{name}-{:016x}.toml", document.0))
    })
}

fn parse(text: &str) -> Result<Outlined, String> {
    let toml: DocumentMut = text.parse().map_err(|e: toml_edit::TomlError| e.message().to_owned())?;
    let head = toml.get("report").and_then(Item::as_table_like).ok_or("no table [report]")?;
    let word = |key: &str| head.get(key).and_then(Item::as_str);
    let report = ReportRef {
        title: word("title").unwrap_or("").to_owned(),
        org: word("org").map(str::to_owned),
        year: head.get("year").and_then(Item::as_integer).and_then(|y| i32::try_from(y).ok()),
        edition: word("edition").and_then(Edition::parse),
        file: word("file").unwrap_or("").to_owned(),
    };
    let document = word("document").and_then(|id| u64::from_str_radix(id, 16).ok()).map(DocId);
    let headings = match toml.get(KEY) {
        None => Vec::new(),
        Some(Item::ArrayOfTables(tables)) => tables.iter().map(read).collect::<Result<_, _>>()?,
        Some(_) => return Err(format!("{KEY} is not a list of tables")),
    };
    Ok(Outlined { report, document, headings })
}

fn read(table: &Table) -> Result<Correction, String> {
    let word = |key: &str| match table.get(key) {
        None => Ok(None),
        Some(item) => item.as_str().map(|s| Some(s.to_owned())).ok_or_else(|| format!("{key} is not a text")),
    };
    let number = |key: &str| match table.get(key) {
        None => Ok(None),
        Some(item) => {
            let n = item.as_integer().and_then(|n| u32::try_from(n).ok());
            n.map(Some).ok_or_else(|| format!("{key} is not a count"))
        }
    };
    let level = number("level")?;
    if level.is_some_and(|l| !(2..=99).contains(&l)) {
        return Err("level is not 2 or more".to_owned());
    }
    let remove = match table.get("remove") {
        None => false,
        Some(item) => item.as_bool().ok_or("remove is not true or false")?,
    };
    Ok(Correction {
        at: Address {
            text: word("text")?.unwrap_or_default(),
            before: word("before")?.unwrap_or_default(),
            after: word("after")?.unwrap_or_default(),
            nth: number("nth")?.unwrap_or(1),
            of: number("of")?.unwrap_or(1),
        },
        remove,
        level: level.map(|l| l as u8),
        title: word("title")?,
    })
}

/// Writes what differs.
fn write(table: &mut Table, new: &Correction) {
    let mut set = |key: &str, now: Option<Value>| match now {
        None => drop(table.remove(key)),
        Some(mut now) => match table.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) if old.to_string().trim() == now.to_string().trim() => {}
            Some(old) => {
                *now.decor_mut() = old.decor().clone();
                *old = now;
            }
            None => drop(table.insert(key, Item::Value(now))),
        },
    };
    let at = &new.at;
    set("text", Some(at.text.as_str().into()));
    set("title", new.title.as_deref().map(Value::from));
    set("level", new.level.map(|l| i64::from(l).into()));
    set("remove", new.remove.then(|| true.into()));
    set("before", Some(at.before.as_str().into()));
    set("after", Some(at.after.as_str().into()));
    // most headings stand in their report once
    set("nth", (at.of != 1).then(|| i64::from(at.nth).into()));
    set("of", (at.of != 1).then(|| i64::from(at.of).into()));
}

#[cfg(test)]
mod tests;
