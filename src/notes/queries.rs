//! Saved queries: `<data>/searches.toml`, one `[[search]]` each.
//!
//! The file is the reader's and may be written by hand. A change rewrites the values it changes; unknown keys, comments
//! and order stay. Every change starts from what the file holds at that moment. What a query means is not known here.

use super::store::{Change, Store, StoreError};
use jiff::Timestamp;
use std::path::Path;
use thiserror::Error;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, Value, value};

/// The file, relative to the data folder.
pub const FILE: &str = "searches.toml";
const KEY: &str = "search";
const HEAD: &str =
    "# Saved searches of kantlijn: a name, the query as it is typed, and the order (score, year or order).\n\n";
/// Characters of a name at most.
const LONGEST: usize = 120;

/// A query under a name.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct SavedQuery {
    /// Its name; two that differ only in case are one.
    pub name: String,
    /// The query as typed.
    pub query: String,
    /// The order of its hits, by its name; empty when nothing is said.
    pub sort: String,
    /// When it was saved.
    pub created: Option<Timestamp>,
}

/// Why saved queries could not be read or changed.
#[derive(Debug, Error)]
pub enum QueriesError {
    /// The file isn't TOML, or not of this shape; it is never touched.
    #[error("{FILE}: {0}")]
    Broken(String),
    /// There is none of this name.
    #[error("there is no saved search {0:?}")]
    Unknown(String),
    /// There is another one of this name.
    #[error("there is a saved search {0:?} already")]
    Taken(String),
    /// Nothing can be called so.
    #[error("a saved search needs a name of one line, and a query")]
    Nameless,
    /// The disk refused, or the file was changed in between.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whether two names are one.
#[must_use]
pub fn same_name(a: &str, b: &str) -> bool {
    a.trim().to_lowercase() == b.trim().to_lowercase()
}

/// All saved queries in the order of the file; one without name or query is passed over.
///
/// # Errors
/// When the file is not understood or cannot be read.
pub fn load(store: &Store) -> Result<Vec<SavedQuery>, QueriesError> {
    let text = store.text(Path::new(FILE))?;
    let mut toml = parse(text.as_deref().unwrap_or(""))?;
    let mut out: Vec<SavedQuery> = Vec::new();
    for saved in tables(&mut toml)?.iter().filter_map(read) {
        if !out.iter().any(|q| same_name(&q.name, &saved.name)) {
            out.push(saved);
        }
    }
    Ok(out)
}

/// Keeps a query, in place of the one of its name if there is one.
///
/// # Errors
/// When it has no name or asks for nothing, the file is not understood or was changed in between, or the disk refuses.
pub fn save(store: &Store, new: &SavedQuery) -> Result<Change, QueriesError> {
    let name = new.name.trim();
    if !is_name(name) || new.query.trim().is_empty() || new.query.contains(char::is_control) {
        return Err(QueriesError::Nameless);
    }
    change(store, |list| {
        let old = find(list, name);
        let fresh = old.is_none();
        let at = old.unwrap_or_else(|| {
            list.push(Table::new());
            list.len() - 1
        });
        let Some(table) = list.get_mut(at) else { return Ok(()) };
        set(table, "name", Some(name.into()));
        set(table, "query", Some(new.query.trim().into()));
        set(table, "sort", Some(new.sort.as_str()).filter(|s| !s.is_empty()).map(Value::from));
        if let Some(date) =
            new.created.filter(|_| fresh).and_then(|c| c.to_string().parse::<toml_edit::Datetime>().ok())
        {
            table.insert("created", value(date));
        }
        Ok(())
    })
}

/// Gives a query another name.
///
/// # Errors
/// When there is none of the old name or another of the new one, and as [`save`].
pub fn rename(store: &Store, from: &str, to: &str) -> Result<Change, QueriesError> {
    let to = to.trim();
    if !is_name(to) {
        return Err(QueriesError::Nameless);
    }
    change(store, |list| {
        let at = find(list, from).ok_or_else(|| QueriesError::Unknown(from.to_owned()))?;
        if find(list, to).is_some_and(|other| other != at) {
            return Err(QueriesError::Taken(to.to_owned()));
        }
        list.get_mut(at).into_iter().for_each(|table| set(table, "name", Some(to.into())));
        Ok(())
    })
}

/// Takes a query out of the file.
///
/// # Errors
/// When there is none of this name, and as [`save`].
pub fn remove(store: &Store, name: &str) -> Result<Change, QueriesError> {
    change(store, |list| {
        let at = find(list, name).ok_or_else(|| QueriesError::Unknown(name.to_owned()))?;
        list.remove(at);
        Ok(())
    })
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(char::is_control) && name.chars().count() <= LONGEST
}

fn change(
    store: &Store,
    edit: impl FnOnce(&mut ArrayOfTables) -> Result<(), QueriesError>,
) -> Result<Change, QueriesError> {
    let path = Path::new(FILE);
    let before = store.text(path)?;
    let text = before.as_deref().unwrap_or("");
    let mut toml = parse(text)?;
    edit(tables(&mut toml)?)?;
    let head = if before.is_none() { HEAD } else { "" };
    let mut after = format!("{head}{toml}");
    if text.contains("\r\n") {
        // the TOML writer knows one line end; the file keeps its own
        after = after.replace("\r\n", "\n").replace('\n', "\r\n");
    }
    Ok(store.put(path, before, after)?)
}

fn parse(text: &str) -> Result<DocumentMut, QueriesError> {
    text.parse().map_err(|e: toml_edit::TomlError| {
        let line = e.span().map_or(0, |at| text[..at.start.min(text.len())].matches('\n').count() + 1);
        QueriesError::Broken(format!("line {line}: {}", e.message()))
    })
}

fn tables(toml: &mut DocumentMut) -> Result<&mut ArrayOfTables, QueriesError> {
    let list = toml.entry(KEY).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
    list.as_array_of_tables_mut().ok_or_else(|| QueriesError::Broken(format!("{KEY} is not a list of tables")))
}

fn find(list: &ArrayOfTables, name: &str) -> Option<usize> {
    list.iter().position(|t| t.get("name").and_then(Item::as_str).is_some_and(|n| same_name(n, name)))
}

fn read(table: &Table) -> Option<SavedQuery> {
    let word = |key: &str| table.get(key).and_then(Item::as_str).unwrap_or("").trim().to_owned();
    let created = table.get("created").and_then(Item::as_value).and_then(|v| v.to_string().trim().parse().ok());
    let saved = SavedQuery { name: word("name"), query: word("query"), sort: word("sort"), created };
    (is_name(&saved.name) && !saved.query.is_empty()).then_some(saved)
}

/// Writes what differs; what stands beside it stays.
fn set(table: &mut Table, key: &str, now: Option<Value>) {
    match now {
        None => drop(table.remove(key)),
        Some(mut now) => match table.get_mut(key).and_then(Item::as_value_mut) {
            Some(old) if old.as_str() == now.as_str() => {}
            Some(old) => {
                *now.decor_mut() = old.decor().clone();
                *old = now;
            }
            None => drop(table.insert(key, Item::Value(now))),
        },
    }
}

#[cfg(test)]
mod tests;
