//! Links between editions, made and cut by hand: `<data>/editions.toml`, one `[[link]]` or `[[apart]]` each.
//!
//! Which reports are editions of one another is seen from their names ([`crate::doc::naming`]); what stands here wins. A
//! report is named as in notes: by content, by title, publisher and year, and one without a title by its file. The file is
//! the reader's: a change rewrites what it changes; unknown keys, comments and order stay.
//!
//! [`Links::kin`] is how a note's report and a document are related with all that taken together.

use super::kin::{Kin, kin_among, names_of, naming, same_words};
use super::note::ReportRef;
use super::store::{Change, Store, StoreError};
use crate::doc::naming::{Likeness, Named};
use crate::doc::{Document, Edition};
use jiff::Timestamp;
use std::path::Path;
use thiserror::Error;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

/// The file, relative to the data folder.
pub const FILE: &str = "editions.toml";
const LINK: &str = "link";
const APART: &str = "apart";
const HEAD: &str = "# Editions as said by hand in kantlijn: [[link]] makes report an edition that follows another;\n\
                    # [[apart]] says that report is no edition of another, whatever their names look like.\n\n";

/// What was said of two reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The later one; of two that are apart the one that was taken out.
    pub report: ReportRef,
    /// The one before it; of two that are apart what it was taken from.
    pub other: ReportRef,
}

/// All that was said by hand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Reports that are editions of one another.
    pub together: Vec<Link>,
    /// Reports that are not.
    pub apart: Vec<Link>,
}

/// Why links could not be read or changed.
#[derive(Debug, Error)]
pub enum LinksError {
    /// The file isn't TOML, or not of this shape; it is never touched.
    #[error("{FILE}: {0}")]
    Broken(String),
    /// A report can't be linked to itself.
    #[error("a report is no edition of itself")]
    Itself,
    /// The disk refused, or the file was changed in between.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Links {
    /// How a document is related to the report that a note names: by content, by what was said by hand, by names.
    #[must_use]
    pub fn kin(&self, report: &ReportRef, doc: &Document) -> Kin {
        self.kin_among(report, Some(doc.edition()), &names_of(doc))
    }

    /// The same, of a document of which only the edition and what its parts are called are known.
    #[must_use]
    pub fn kin_among(&self, report: &ReportRef, edition: Option<Edition>, parts: &[Named<'_>]) -> Kin {
        let by_name = kin_among(report, edition, parts);
        if by_name == Kin::Edition || (self.together.is_empty() && self.apart.is_empty()) {
            return by_name;
        }
        let of = |named: &Named<'_>| report_of(named, edition);
        let refs: Vec<ReportRef> = parts.iter().map(of).collect();
        let own = |one: &ReportRef| refs.iter().any(|r| names(one, r));
        let said = |link: &Link| {
            names(&link.report, report) && own(&link.other) || names(&link.other, report) && own(&link.report)
        };
        if self.together.iter().any(said) || self.leads(report, &own) {
            return by_name.max(Kin::Series);
        }
        let out = |link: &Link| {
            let of_series = |one: &ReportRef| names(&link.other, one) || alike(&link.other, one);
            names(&link.report, report) && !own(&link.report) && refs.iter().any(of_series)
                || own(&link.report) && !names(&link.report, report) && of_series(report)
        };
        // a changed state of the very report is not what it was taken out of
        if by_name < Kin::Report && self.apart.iter().any(out) { Kin::Stranger } else { by_name }
    }

    /// Whether links lead from a report to one of these, over others.
    fn leads(&self, from: &ReportRef, is_end: &dyn Fn(&ReportRef) -> bool) -> bool {
        let mut reached: Vec<&ReportRef> = vec![from];
        let mut used = vec![false; self.together.len()];
        let mut at = 0;
        while let Some(here) = reached.get(at).copied() {
            at += 1;
            for (link, used) in self.together.iter().zip(&mut used).filter(|(_, used)| !**used) {
                let (a, b) = (&link.report, &link.other);
                let next = if names(a, here) || alike(a, here) {
                    b
                } else if names(b, here) || alike(b, here) {
                    a
                } else {
                    continue;
                };
                *used = true;
                if is_end(next) {
                    return true;
                }
                reached.push(next);
            }
        }
        false
    }
}

/// Whether a report in the file is this one: the same content, or the same title, publisher and year; one without a title
/// by its file.
#[must_use]
pub fn names(said: &ReportRef, report: &ReportRef) -> bool {
    let title = said.title.trim();
    let same_title = if title.is_empty() { report.title.trim().is_empty() } else { same_words(title, &report.title) };
    let same = |a: &Option<String>, b: &Option<String>| match (a, b) {
        (Some(a), Some(b)) => same_words(a, b),
        _ => true,
    };
    let same_content = said.edition.is_some() && said.edition == report.edition;
    let same_name = match title.is_empty() {
        true => said.file == report.file,
        false => said.year == report.year && same(&said.org, &report.org),
    };
    same_title && (same_content || same_name)
}

fn alike(a: &ReportRef, b: &ReportRef) -> bool {
    naming(a).likeness(&naming(b)) == Likeness::Same
}

/// A report by what it is called.
#[must_use]
pub fn report_of(named: &Named<'_>, edition: Option<Edition>) -> ReportRef {
    ReportRef {
        title: named.title.to_owned(),
        org: named.org.map(str::to_owned),
        year: named.year,
        edition,
        file: named.file.to_owned(),
    }
}

/// What the file says; entries without two reports are passed over, and kept.
///
/// # Errors
/// When the file is not understood or cannot be read.
pub fn load(store: &Store) -> Result<Links, LinksError> {
    let text = store.text(Path::new(FILE))?;
    let mut toml = parse(text.as_deref().unwrap_or(""))?;
    let mut read_all = |key, other| -> Result<Vec<Link>, LinksError> {
        Ok(tables(&mut toml, key)?.iter().filter_map(|t| read(t, other)).collect())
    };
    Ok(Links { together: read_all(LINK, "follows")?, apart: read_all(APART, "from")? })
}

/// Says that a report is an edition of another and follows it; what said otherwise of these two goes.
///
/// # Errors
/// When they are one report, the file is not understood or was changed in between, or the disk refuses.
pub fn link(store: &Store, report: &ReportRef, follows: &ReportRef, now: Timestamp) -> Result<Change, LinksError> {
    if names(report, follows) || names(follows, report) {
        return Err(LinksError::Itself);
    }
    change(store, |toml| {
        remove(toml, APART, "from", |l| is_pair(l, report, follows))?;
        let links = tables(toml, LINK)?;
        if !links.iter().filter_map(|t| read(t, "follows")).any(|l| is_pair(&l, report, follows)) {
            links.push(entry(report, "follows", follows, now));
        }
        Ok(())
    })
}

/// Says that a report is no edition of any of these: links to them go, and where their names still look alike it is said
/// that they are apart.
///
/// # Errors
/// When the file is not understood or was changed in between, or the disk refuses.
pub fn unlink(store: &Store, report: &ReportRef, from: &[ReportRef], now: Timestamp) -> Result<Change, LinksError> {
    change(store, |toml| {
        remove(toml, LINK, "follows", |l| from.iter().any(|f| is_pair(l, report, f)))?;
        let apart = tables(toml, APART)?;
        for other in from.iter().filter(|f| alike(report, f) || f.edition == report.edition) {
            if !apart.iter().filter_map(|t| read(t, "from")).any(|l| is_pair(&l, report, other)) {
                apart.push(entry(report, "from", other, now));
            }
        }
        Ok(())
    })
}

fn is_pair(link: &Link, a: &ReportRef, b: &ReportRef) -> bool {
    let is = |x: &ReportRef, y: &ReportRef| names(&link.report, x) && names(&link.other, y);
    is(a, b) || is(b, a)
}

fn change(store: &Store, edit: impl FnOnce(&mut DocumentMut) -> Result<(), LinksError>) -> Result<Change, LinksError> {
    let path = Path::new(FILE);
    let before = store.text(path)?;
    let text = before.as_deref().unwrap_or("");
    let mut toml = parse(text)?;
    edit(&mut toml)?;
    let mut after = toml.to_string();
    // our own head goes with the first entry when that is taken out
    if before.is_none() || (text.starts_with(HEAD) && !after.starts_with(HEAD)) {
        after.insert_str(0, HEAD);
    }
    if text.contains("\r\n") {
        // the TOML writer knows one line end; the file keeps its own
        after = after.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    Ok(store.put(path, before, after)?)
}

fn parse(text: &str) -> Result<DocumentMut, LinksError> {
    text.parse().map_err(|e: toml_edit::TomlError| {
        let line = e.span().map_or(0, |at| text[..at.start.min(text.len())].matches('\n').count() + 1);
        LinksError::Broken(format!("line {line}: {}", e.message()))
    })
}

fn tables<'a>(toml: &'a mut DocumentMut, key: &str) -> Result<&'a mut ArrayOfTables, LinksError> {
    let list = toml.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    list.as_array_of_tables_mut().ok_or_else(|| LinksError::Broken(format!("{key} is not a list of tables")))
}

/// Takes entries out of a list.
fn remove(toml: &mut DocumentMut, key: &str, other: &str, goes: impl Fn(&Link) -> bool) -> Result<(), LinksError> {
    let list = tables(toml, key)?;
    for at in (0..list.len()).rev() {
        if list.get(at).and_then(|t| read(t, other)).is_some_and(|l| goes(&l)) {
            list.remove(at);
        }
    }
    Ok(())
}

fn read(table: &Table, other: &str) -> Option<Link> {
    let report = |key: &str| table.get(key).and_then(Item::as_table_like).and_then(read_report);
    Some(Link { report: report("report")?, other: report(other)? })
}

fn read_report(table: &dyn TableLike) -> Option<ReportRef> {
    let word = |key: &str| table.get(key).and_then(Item::as_str);
    let report = ReportRef {
        title: word("title").unwrap_or("").to_owned(),
        org: word("org").map(str::to_owned),
        year: table.get("year").and_then(Item::as_integer).and_then(|y| i32::try_from(y).ok()),
        edition: word("edition").and_then(Edition::parse),
        file: word("file").unwrap_or("").to_owned(),
    };
    // it has to name something
    (!report.title.trim().is_empty() || report.edition.is_some() || !report.file.is_empty()).then_some(report)
}

fn entry(report: &ReportRef, key: &str, other: &ReportRef, now: Timestamp) -> Table {
    let mut table = Table::new();
    table.insert("report", value(written(report)));
    table.insert(key, value(written(other)));
    if let Ok(date) = now.to_string().parse::<toml_edit::Datetime>() {
        table.insert("made", value(date));
    }
    table
}

fn written(report: &ReportRef) -> InlineTable {
    let mut out = InlineTable::new();
    let mut put = |key: &str, value: Option<Value>| value.into_iter().for_each(|v| drop(out.insert(key, v)));
    put("title", Some(report.title.as_str().into()));
    put("org", report.org.as_deref().map(Value::from));
    put("year", report.year.map(|y| i64::from(y).into()));
    put("edition", report.edition.map(|e| e.to_string().into()));
    put("file", Some(report.file.as_str().into()));
    out
}

#[cfg(test)]
mod tests;
