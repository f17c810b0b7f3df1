//! The reader's own knelpunten: `<data>/knelpunten.toml`, one `[[knelpunt]]` each.
//!
//! The file is the reader's. A change rewrites the values it changes; unknown keys, comments and order stay. Every change
//! starts from what the file holds at that moment, so that what another program or an editor wrote is not lost.
//! This module knows the store of notes and its words; it must not know how knelpunten are found, or any screen.

use crate::notes::slug::slug;
use crate::notes::store::{Change, Store, StoreError};
use crate::notes::{Color, Status, UnknownWord};
use jiff::civil::Date;
use std::path::Path;
use std::str::FromStr;
use thiserror::Error;
use toml_edit::{Array, ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

/// The file, relative to the data folder.
pub const FILE: &str = "knelpunten.toml";
const KEY: &str = "knelpunt";

/// A knelpunt that the reader has made.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Made {
    /// Its id: ASCII words parted by `-`; never changes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about; empty when nothing is said.
    pub description: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// The colour of its marks.
    pub colour: Option<Color>,
    /// The id of the one it is part of.
    pub parent: Option<String>,
    /// Where it has stood, oldest first; the last one is where it stands.
    pub status: Vec<StatusAt>,
    /// The ids of the found ones that it brings together.
    pub includes: Vec<String>,
    /// A saved query.
    pub query: Option<String>,
}

impl Made {
    /// Where it stands; `None` when nothing was said.
    #[must_use]
    pub fn current_status(&self) -> Option<Status> {
        self.status.last().map(|s| s.status)
    }
}

/// Where a knelpunt stood from some day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusAt {
    /// Where it stood.
    pub status: Status,
    /// From when.
    pub date: Option<Date>,
    /// What says so.
    pub source: Option<String>,
}

/// Something in the file that is not understood; what it is about is passed over and left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong, in English.
    pub reason: String,
}

/// Why the register could not be read or changed.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The file isn't TOML; it is never touched.
    #[error("{FILE} line {line}: {reason}")]
    Broken {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// This knelpunt isn't what was read; nothing was changed.
    #[error("knelpunt {0:?} was changed elsewhere")]
    ChangedElsewhere(String),
    /// There is none of this id.
    #[error("there is no knelpunt {0:?}")]
    Unknown(String),
    /// What it should become cannot be.
    #[error("{0}")]
    Impossible(String),
    /// The disk refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a typed word stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// This one.
    One(&'a Made),
    /// One of these, in the order of the file.
    Several(Vec<&'a Made>),
    /// None.
    Nothing,
}

/// The register as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    made: Vec<Made>,
    problems: Vec<Problem>,
}

impl Register {
    /// Reads the register; without a file it is empty.
    ///
    /// # Errors
    /// When the file cannot be read or isn't TOML. An entry that isn't understood is a [`Problem`].
    pub fn load(store: &Store) -> Result<Self, RegisterError> {
        match store.text(Path::new(FILE))? {
            Some(text) => Register::parse(&text),
            None => Ok(Register::default()),
        }
    }

    /// Reads the text of a register.
    ///
    /// # Errors
    /// When it isn't TOML.
    pub fn parse(text: &str) -> Result<Self, RegisterError> {
        let line = |byte: usize| text[..byte.min(text.len())].matches('\n').count() + 1;
        let doc = toml_edit::Document::parse(text).map_err(|e| RegisterError::Broken {
            line: line(e.span().map_or(0, |s| s.start)),
            reason: e.message().to_owned(),
        })?;
        let mut register = Register::default();
        match doc.get(KEY) {
            None => {}
            Some(Item::ArrayOfTables(tables)) => {
                for table in tables {
                    let line = line(table.span().map_or(0, |s| s.start));
                    let duplicate = |made: &Made| register.made.iter().any(|m| m.id == made.id);
                    match read(table) {
                        Ok(made) if duplicate(&made) => {
                            register
                                .problems
                                .push(Problem { line, reason: format!("id {:?} is there twice", made.id) });
                        }
                        Ok(made) => register.made.push(made),
                        Err(reason) => register.problems.push(Problem { line, reason }),
                    }
                }
            }
            Some(item) => {
                let line = line(item.span().map_or(0, |s| s.start));
                register.problems.push(Problem { line, reason: format!("{KEY} is not a list of tables") });
            }
        }
        let lost: Vec<_> = register
            .made
            .iter()
            .filter_map(|m| register.wrong_parent(m).map(|reason| Problem { line: 1, reason }))
            .collect();
        register.problems.extend(lost);
        Ok(register)
    }

    /// All made knelpunten, in the order of the file.
    #[must_use]
    pub fn made(&self) -> &[Made] {
        &self.made
    }

    /// What is not understood in the file.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The one of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Made> {
        self.made.iter().find(|m| m.id == id)
    }

    /// What a typed word stands for: an id, a title or a synonym; else what begins so; else what has words beginning with
    /// all the words typed; else what has its letters in that order. The first of these that anything answers decides.
    #[must_use]
    pub fn named(&self, typed: &str) -> Named<'_> {
        let typed = fold(typed);
        if typed.is_empty() {
            return Named::Nothing;
        }
        let ways: [&dyn Fn(&str) -> bool; 4] = [
            &|name| name == typed,
            &|name| name.starts_with(&typed),
            &|name| typed.split(' ').all(|t| name.split([' ', '-']).any(|word| word.starts_with(t))),
            &|name| {
                let mut letters = name.chars();
                typed.chars().filter(|c| *c != ' ').all(|c| letters.any(|l| l == c))
            },
        ];
        for way in ways {
            let names =
                |m: &Made| [&m.id, &m.title].into_iter().chain(&m.synonyms).map(|n| fold(n)).collect::<Vec<_>>();
            let found: Vec<_> = self.made.iter().filter(|m| names(m).iter().any(|n| way(n))).collect();
            match found.as_slice() {
                [] => {}
                [one] => return Named::One(one),
                _ => return Named::Several(found),
            }
        }
        Named::Nothing
    }

    /// Makes a knelpunt of this title, with an id made of the title that is not taken; both are given back.
    ///
    /// # Errors
    /// When the title is empty, the file isn't TOML, or the disk refuses.
    pub fn create(&mut self, store: &Store, title: &str) -> Result<(String, Change), RegisterError> {
        let title = title.trim();
        if title.is_empty() {
            return Err(RegisterError::Impossible("a knelpunt needs a title".to_owned()));
        }
        self.change(store, |register, doc| {
            let slug = slug(title);
            let slug = if slug.is_empty() { KEY.to_owned() } else { slug };
            let all = std::iter::once(slug.clone()).chain((2u32..).map(|n| format!("{slug}-{n}")));
            let mut taken =
                |id: &String| tables(doc).is_some_and(|t| t.iter().any(|t| text(t, "id") == Ok(Some(id.clone()))));
            let id = all.into_iter().find(|id| !taken(id)).unwrap_or(slug);
            let made = Made { id: id.clone(), title: title.to_owned(), ..Made::default() };
            let mut table = Table::new();
            write(&mut table, &Made::default(), &made);
            let item = doc.entry(KEY).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
            let Some(tables) = item.as_array_of_tables_mut() else {
                return Err(RegisterError::Impossible(format!("{KEY} in {FILE} is not a list of tables")));
            };
            tables.push(table);
            register.made.push(made);
            Ok(id)
        })
    }

    /// Changes a knelpunt: what `edit` makes of it is written, only the values that differ. The id stays.
    ///
    /// # Errors
    /// When there is none of this id, it was changed elsewhere since it was read, its title would be empty, its parent
    /// unknown or itself (however indirectly), the file isn't TOML, or the disk refuses.
    pub fn edit(&mut self, store: &Store, id: &str, edit: impl FnOnce(&mut Made)) -> Result<Change, RegisterError> {
        let read = self.get(id).cloned().ok_or_else(|| RegisterError::Unknown(id.to_owned()))?;
        let mut wanted = read.clone();
        edit(&mut wanted);
        wanted.id = read.id.clone();
        if wanted.title.trim().is_empty() {
            return Err(RegisterError::Impossible("a knelpunt needs a title".to_owned()));
        }
        let ((), change) = self.change(store, |register, doc| {
            let found = register.made.iter_mut().find(|m| m.id == read.id);
            let made = found.filter(|m| **m == read).ok_or_else(|| RegisterError::ChangedElsewhere(read.id.clone()))?;
            *made = wanted.clone();
            if wanted.parent != read.parent
                && let Some(reason) = register.wrong_parent(&wanted)
            {
                return Err(RegisterError::Impossible(reason));
            }
            let mut all = tables(doc).into_iter().flat_map(ArrayOfTables::iter_mut);
            match all.find(|t| text(*t, "id") == Ok(Some(read.id.clone()))) {
                Some(table) => {
                    write(table, &read, &wanted);
                    Ok(())
                }
                None => Err(RegisterError::ChangedElsewhere(read.id.clone())),
            }
        })?;
        Ok(change)
    }

    /// Takes a knelpunt out of the register. Its children and its notes keep naming it.
    ///
    /// # Errors
    /// When there is none of this id, it was changed elsewhere since it was read, the file isn't TOML, or the disk refuses.
    pub fn remove(&mut self, store: &Store, id: &str) -> Result<Change, RegisterError> {
        let read = self.get(id).cloned().ok_or_else(|| RegisterError::Unknown(id.to_owned()))?;
        let ((), change) = self.change(store, |register, doc| {
            if register.get(id) != Some(&read) {
                return Err(RegisterError::ChangedElsewhere(read.id.clone()));
            }
            register.made.retain(|m| m.id != read.id);
            let tables = tables(doc);
            let at = tables.as_ref().and_then(|t| t.iter().position(|t| text(t, "id") == Ok(Some(read.id.clone()))));
            if let (Some(tables), Some(at)) = (tables, at) {
                tables.remove(at);
            }
            Ok(())
        })?;
        Ok(change)
    }

    /// Reads the file anew, changes it, and writes it unless it changed in between.
    fn change<T>(
        &mut self,
        store: &Store,
        change: impl FnOnce(&mut Register, &mut DocumentMut) -> Result<T, RegisterError>,
    ) -> Result<(T, Change), RegisterError> {
        let before = store.text(Path::new(FILE))?;
        let text = before.as_deref().unwrap_or("");
        let mut register = Register::parse(text)?;
        let broken = |e: toml_edit::TomlError| RegisterError::Broken { line: 1, reason: e.message().to_owned() };
        let mut doc: DocumentMut = text.parse().map_err(broken)?;
        let value = change(&mut register, &mut doc)?;
        let mut after = doc.to_string();
        if text.contains("\r\n") {
            // The TOML writer knows one line end; the file keeps its own.
            after = after.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        let change = store.put(Path::new(FILE), before, after)?;
        *self = register;
        Ok((value, change))
    }

    /// Why the parent of this one cannot be; `None` when it can.
    fn wrong_parent(&self, made: &Made) -> Option<String> {
        let mut at = made.parent.as_deref()?;
        // A way up that is longer than there are knelpunten goes in a circle.
        for _ in 0..=self.made.len() {
            if at == made.id {
                return Some(format!("knelpunt {:?} would be part of itself", made.id));
            }
            match self.get(at) {
                Some(parent) => match &parent.parent {
                    Some(next) => at = next,
                    None => return None,
                },
                None if made.parent.as_deref() == Some(at) => {
                    return Some(format!("knelpunt {:?} is part of {at:?}, which is not there", made.id));
                }
                None => return None,
            }
        }
        None
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn tables(doc: &mut DocumentMut) -> Option<&mut ArrayOfTables> {
    doc.get_mut(KEY).and_then(Item::as_array_of_tables_mut)
}

fn text(table: &dyn TableLike, key: &str) -> Result<Option<String>, String> {
    match table.get(key) {
        None | Some(Item::None) => Ok(None),
        Some(item) => item.as_str().map(|s| Some(s.to_owned())).ok_or_else(|| format!("{key} is not a text")),
    }
}

fn words(table: &dyn TableLike, key: &str) -> Result<Vec<String>, String> {
    let Some(item) = table.get(key) else { return Ok(Vec::new()) };
    let wrong = || format!("{key} is not a list of texts");
    let list = item.as_array().ok_or_else(wrong)?;
    list.iter().map(|v| v.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
}

fn word<T: FromStr<Err = UnknownWord>>(table: &dyn TableLike, key: &str) -> Result<Option<T>, String> {
    text(table, key)?.map(|w| w.parse().map_err(|e: UnknownWord| format!("{key}: {e}"))).transpose()
}

fn read(table: &Table) -> Result<Made, String> {
    let id = text(table, "id")?.filter(|id| !id.trim().is_empty()).ok_or("a knelpunt without id")?;
    let status = match table.get("status") {
        None => Vec::new(),
        Some(item) => statuses(item)?,
    };
    Ok(Made {
        title: text(table, "title")?.unwrap_or_else(|| id.clone()),
        description: text(table, "description")?.unwrap_or_default(),
        synonyms: words(table, "synonyms")?,
        colour: word(table, "colour")?,
        parent: text(table, "parent")?,
        status,
        includes: words(table, "includes")?,
        query: text(table, "query")?,
        id,
    })
}

/// `status` is a list of tables, written either way TOML has, or one word.
fn statuses(item: &Item) -> Result<Vec<StatusAt>, String> {
    let one = |table: &dyn TableLike| {
        let date = match table.get("date") {
            None => None,
            Some(item) => {
                let written = item.as_str().map(str::to_owned).or_else(|| item.as_datetime().map(ToString::to_string));
                let date = written.and_then(|d| d.get(..10)?.parse().ok());
                Some(date.ok_or("a status with a date that is not YYYY-MM-DD")?)
            }
        };
        let status = word(table, "status")?.ok_or("a status without a word")?;
        Ok::<_, String>(StatusAt { status, date, source: text(table, "source")? })
    };
    match item {
        Item::ArrayOfTables(tables) => tables.iter().map(|t| one(t)).collect(),
        Item::Value(Value::Array(list)) => {
            let tables = list.iter().map(|v| v.as_inline_table().ok_or("a status that is not a table"));
            tables.map(|t| one(t?)).collect()
        }
        _ => {
            let status = item.as_str().ok_or("status is not a list")?.parse().map_err(|e| format!("status: {e}"))?;
            Ok(vec![StatusAt { status, date: None, source: None }])
        }
    }
}

/// Writes what differs.
fn write(table: &mut Table, old: &Made, new: &Made) {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let mut set = |key: &str, was: Option<String>, is: Option<String>| {
        if was == is {
            return;
        }
        match is {
            Some(text) => set_value(table, key, text.into()),
            None => drop(table.remove(key)),
        }
    };
    set("id", some(&old.id), some(&new.id));
    set("title", some(&old.title), some(&new.title));
    set("description", some(&old.description), some(&new.description));
    set("colour", old.colour.map(|c| c.name().to_owned()), new.colour.map(|c| c.name().to_owned()));
    set("parent", old.parent.clone(), new.parent.clone());
    set("query", old.query.clone(), new.query.clone());
    set_words(table, "synonyms", &old.synonyms, &new.synonyms);
    set_words(table, "includes", &old.includes, &new.includes);
    if old.status != new.status {
        set_statuses(table, &old.status, &new.status);
    }
}

/// Puts a value where the old one stood, with the blanks and comments around it.
fn set_value(table: &mut Table, key: &str, mut value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(table.insert(key, Item::Value(value))),
    }
}

fn set_words(table: &mut Table, key: &str, old: &[String], new: &[String]) {
    if old == new {
        return;
    }
    let kept: Vec<_> = old.iter().filter(|w| new.contains(w)).collect();
    let only_more = new.len() >= kept.len() && new.iter().zip(&kept).all(|(a, b)| a == *b);
    match table.get_mut(key).and_then(Item::as_array_mut) {
        Some(list) if only_more => {
            list.retain(|v| v.as_str().is_some_and(|w| new.iter().any(|n| n == w)));
            new[kept.len()..].iter().for_each(|w| list.push(w.as_str()));
        }
        _ => set_value(table, key, Value::Array(new.iter().map(String::as_str).collect())),
    }
}

fn set_statuses(table: &mut Table, old: &[StatusAt], new: &[StatusAt]) {
    let fill = |entry: &StatusAt, table: &mut dyn TableLike| {
        table.insert("status", toml_edit::value(entry.status.name()));
        if let Some(date) = entry.date.and_then(|d| toml_edit::Datetime::from_str(&d.to_string()).ok()) {
            table.insert("date", toml_edit::value(date));
        }
        if let Some(source) = &entry.source {
            table.insert("source", toml_edit::value(source));
        }
    };
    let inline = |entry: &StatusAt| {
        let mut table = InlineTable::new();
        fill(entry, &mut table);
        table
    };
    match table.get_mut("status") {
        Some(Item::Value(Value::Array(list))) if new.starts_with(old) => {
            new[old.len()..].iter().for_each(|entry| list.push(inline(entry)));
        }
        Some(Item::ArrayOfTables(tables)) if new.starts_with(old) => {
            for entry in &new[old.len()..] {
                let mut table = Table::new();
                fill(entry, &mut table);
                tables.push(table);
            }
        }
        _ if new.is_empty() => drop(table.remove("status")),
        Some(item @ Item::ArrayOfTables(_)) => {
            *item = Item::Value(Value::Array(new.iter().map(inline).collect::<Array>()));
        }
        _ => set_value(table, "status", Value::Array(new.iter().map(inline).collect::<Array>())),
    }
}

#[cfg(test)]
mod tests;
