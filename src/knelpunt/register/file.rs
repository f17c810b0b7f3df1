//! The file of the register: how an entry is read, and how one is changed without touching any other byte.
//!
//! Reading is tolerant: what is not understood is a [`Problem`] and left alone. Writing rewrites the values that change;
//! unknown keys, comments and order stay.

use super::{FILE, Made, Problem, RegisterError, StatusAt};
use crate::notes::UnknownWord;
use std::str::FromStr;
use toml_edit::{Array, ArrayOfTables, Decor, DocumentMut, InlineTable, Item, Table, TableLike, Value};

pub(super) const KEY: &str = "knelpunt";
/// The keys of an entry that mean something here.
const KNOWN: [&str; 10] =
    ["id", "title", "description", "synonyms", "colour", "parent", "status", "includes", "query", "formerly"];

/// The entries of a file, and what is not understood in it.
pub(super) fn parse(text: &str) -> Result<(Vec<Made>, Vec<Problem>), RegisterError> {
    let line = |byte: usize| text[..byte.min(text.len())].matches('\n').count() + 1;
    let doc = toml_edit::Document::parse(text).map_err(|e| RegisterError::Broken {
        line: line(e.span().map_or(0, |s| s.start)),
        reason: e.message().to_owned(),
    })?;
    let (mut all, mut problems) = (Vec::<Made>::new(), Vec::new());
    match doc.get(KEY) {
        None => {}
        Some(Item::ArrayOfTables(tables)) => {
            for table in tables {
                let line = line(table.span().map_or(0, |s| s.start));
                match read(table) {
                    Ok(made) if all.iter().any(|m| m.id == made.id) => {
                        problems.push(Problem { line, reason: format!("id {:?} is there twice", made.id) });
                    }
                    Ok(made) => all.push(made),
                    Err(reason) => problems.push(Problem { line, reason }),
                }
            }
        }
        Some(item) => {
            let line = line(item.span().map_or(0, |s| s.start));
            problems.push(Problem { line, reason: format!("{KEY} is not a list of tables") });
        }
    }
    Ok((all, problems))
}

/// The file, to be changed.
pub(super) struct Sheet {
    doc: DocumentMut,
    crlf: bool,
}

impl Sheet {
    pub fn parse(text: &str) -> Result<Sheet, RegisterError> {
        let broken = |e: toml_edit::TomlError| RegisterError::Broken { line: 1, reason: e.message().to_owned() };
        Ok(Sheet { doc: text.parse().map_err(broken)?, crlf: text.contains("\r\n") })
    }

    /// Its text; the TOML writer knows one line end, the file keeps its own.
    pub fn text(&self) -> String {
        let text = self.doc.to_string();
        if self.crlf { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text }
    }

    /// Whether an entry, understood or not, has this id, or had it before it was merged.
    pub fn knows(&self, id: &str) -> bool {
        let tables = self.doc.get(KEY).and_then(Item::as_array_of_tables);
        tables.into_iter().flatten().any(|t| {
            text(t, "id").is_ok_and(|i| i.as_deref() == Some(id))
                || words(t, "formerly").is_ok_and(|f| f.iter().any(|f| f == id))
        })
    }

    /// A further entry, after the others.
    pub fn add(&mut self, made: &Made) -> Result<(), RegisterError> {
        let mut table = Table::new();
        write(&mut table, &Made::default(), made);
        let item = self.doc.entry(KEY).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(tables) = item.as_array_of_tables_mut() else {
            return Err(RegisterError::Impossible(format!("{KEY} in {FILE} is not a list of tables")));
        };
        tables.push(table);
        Ok(())
    }

    /// Makes one entry say what another says.
    pub fn set(&mut self, old: &Made, new: &Made) -> Result<(), RegisterError> {
        let (tables, at) = self.find(old)?;
        if let Some(table) = tables.get_mut(at) {
            write(table, old, new);
        }
        Ok(())
    }

    /// Gives an entry the keys of another that mean nothing here and that it has not itself.
    pub fn adopt(&mut self, from: &Made, into: &Made) -> Result<(), RegisterError> {
        let (tables, at) = self.find(from)?;
        let strange = tables.get(at).into_iter().flat_map(|t| t.iter());
        let strange = strange.filter(|(key, _)| !KNOWN.contains(key));
        let strange: Vec<(String, Item)> = strange.map(|(key, item)| (key.to_owned(), item.clone())).collect();
        let (tables, at) = self.find(into)?;
        if let Some(table) = tables.get_mut(at) {
            for (key, item) in strange.into_iter().filter(|(_, item)| item.is_value()) {
                if !table.contains_key(&key) {
                    table.insert(&key, item);
                }
            }
        }
        Ok(())
    }

    /// Takes an entry away, with the comment right above it; what stands apart above it stays.
    pub fn drop(&mut self, made: &Made) -> Result<(), RegisterError> {
        let (tables, at) = self.find(made)?;
        let apart = tables.get(at).map(|t| apart(t.decor())).unwrap_or_default();
        tables.remove(at);
        if apart.is_empty() {
            return Ok(());
        }
        match tables.get_mut(at) {
            Some(next) => {
                let own = next.decor().prefix().and_then(|p| p.as_str()).unwrap_or("").to_owned();
                next.decor_mut().set_prefix(format!("{apart}{own}"));
            }
            None => {
                let own = self.doc.trailing().as_str().unwrap_or("").to_owned();
                self.doc.set_trailing(format!("{apart}{own}"));
            }
        }
        Ok(())
    }

    /// Where the entry is that says this.
    fn find(&mut self, made: &Made) -> Result<(&mut ArrayOfTables, usize), RegisterError> {
        let gone = || RegisterError::ChangedElsewhere(made.id.clone());
        let tables = self.doc.get_mut(KEY).and_then(Item::as_array_of_tables_mut).ok_or_else(gone)?;
        let at = tables.iter().position(|t| read(t).as_ref() == Ok(made)).ok_or_else(gone)?;
        Ok((tables, at))
    }
}

/// The comments above an entry that a blank line parts from it.
fn apart(decor: &Decor) -> String {
    let above = decor.prefix().and_then(|p| p.as_str()).unwrap_or("");
    let lines: Vec<&str> = above.split_inclusive('\n').collect();
    let last = lines.iter().rposition(|l| l.trim().is_empty()).map_or(0, |at| at + 1);
    let kept = lines[..last].concat();
    if kept.contains('#') { kept } else { String::new() }
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
        formerly: words(table, "formerly")?,
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
    set_words(table, "formerly", &old.formerly, &new.formerly);
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
    // an entry that stays keeps its own keys and comments
    let stays = |entry: &StatusAt| old.iter().position(|o| o == entry);
    match table.get_mut("status") {
        _ if new.is_empty() => drop(table.remove("status")),
        Some(Item::Value(Value::Array(list))) if new.starts_with(old) => {
            new[old.len()..].iter().for_each(|entry| list.push(inline(entry)));
        }
        Some(Item::Value(Value::Array(list))) => {
            let all: Vec<Value> = list.iter().cloned().collect();
            list.clear();
            for entry in new {
                match stays(entry).and_then(|at| all.get(at)) {
                    Some(value) => list.push_formatted(value.clone()),
                    None => list.push(inline(entry)),
                }
            }
        }
        Some(Item::ArrayOfTables(tables)) => {
            let all: Vec<Table> = tables.iter().cloned().collect();
            tables.clear();
            for entry in new {
                let mut table = match stays(entry).and_then(|at| all.get(at)) {
                    Some(table) => table.clone(),
                    None => {
                        let mut table = Table::new();
                        fill(entry, &mut table);
                        table
                    }
                };
                // written in this order, whatever the order was
                table.set_position(None);
                tables.push(table);
            }
        }
        _ => set_value(table, "status", Value::Array(new.iter().map(inline).collect::<Array>())),
    }
}
