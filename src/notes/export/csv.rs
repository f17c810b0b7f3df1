//! A table for spreadsheets (RFC 4180): a row a note, CRLF at the end of each.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` (or a tab, or one of their wide forms) for a formula,
//! and a report's text may begin so. Such a cell gets an apostrophe before it, as does one that has an apostrophe before
//! one already, so that reading the file again can take exactly that apostrophe away.

use super::citation::Cited;
use super::incoming::{ImportFault, Incoming, IncomingNote};
use super::jsonl::{AnchorLine, More, NoteLine, PageLine, TargetLine};
use super::{Bundle, Code, Item};
use crate::doc::Lang;
use rustc_hash::FxHashMap;

/// The columns, in their order. The last two hold what reading the file again needs.
pub const COLUMNS: [&str; 24] = [
    "id",
    "kind",
    "quote",
    "note",
    "report",
    "organisation",
    "year",
    "section",
    "page",
    "page_index",
    "knelpunten",
    "knelpunt_ids",
    "tags",
    "status",
    "owner",
    "state",
    "found",
    "color",
    "created",
    "modified",
    "file",
    "citation",
    "target",
    "anchored",
];

/// What parts the labels of a section path.
const WITHIN: &str = " › ";
/// What parts the values of a list.
const BETWEEN: &str = "; ";

/// How the table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Table {
    /// What parts the cells: a comma by RFC 4180; some spreadsheets want a semicolon.
    pub separator: u8,
    /// Whether it begins with the byte-order mark by which some spreadsheets know UTF-8.
    pub bom: bool,
}

impl Default for Table {
    fn default() -> Table {
        Table { separator: b',', bom: false }
    }
}

/// Writes a bundle.
#[must_use]
pub fn write(bundle: &Bundle, table: Table, lang: Lang) -> Vec<u8> {
    let out = if table.bom { "\u{feff}".as_bytes().to_vec() } else { Vec::new() };
    let mut writer =
        ::csv::WriterBuilder::new().delimiter(table.separator).terminator(::csv::Terminator::CRLF).from_writer(out);
    let titles: FxHashMap<&str, &str> = bundle.codes.iter().map(|c| (c.id.as_str(), c.title.as_str())).collect();
    let rows = std::iter::once(COLUMNS.map(str::to_owned))
        .chain(bundle.items.iter().map(|i| row(i, bundle.owner(&i.note.id), &titles, lang)));
    for row in rows {
        // a vector takes everything that is written to it
        let _ = writer.write_record(row.iter().map(|cell| guarded(cell)));
    }
    writer.into_inner().unwrap_or_default()
}

fn row(item: &Item, owner: Option<&str>, titles: &FxHashMap<&str, &str>, lang: Lang) -> [String; COLUMNS.len()] {
    let Item { note, at } = item;
    let page = at.page.as_ref();
    let more = More::of(note);
    let named = |id: &String| titles.get(id.as_str()).map_or_else(|| id.clone(), |t| (*t).to_owned());
    let cited = Cited::item(item);
    [
        note.id.to_string(),
        note.kind.name().to_owned(),
        note.target.quote().map(|q| q.exact.clone()).unwrap_or_default(),
        note.body.clone(),
        note.target.report.as_ref().map(|_| at.report.clone()).unwrap_or_default(),
        at.org.clone().unwrap_or_default(),
        at.year.map(|y| y.to_string()).unwrap_or_default(),
        at.section.join(WITHIN),
        page.and_then(|p| p.label.clone()).unwrap_or_default(),
        page.map(|p| p.index.to_string()).unwrap_or_default(),
        listed(note.knelpunten.iter().map(named)),
        listed(note.knelpunten.iter().cloned()),
        listed(note.tags.iter().cloned()),
        note.status.map(|s| s.name().to_owned()).unwrap_or_default(),
        owner.unwrap_or_default().to_owned(),
        at.state.name().to_owned(),
        // of a passage; a whole section is no cell
        at.place.as_ref().filter(|_| note.target.quote().is_some()).map(|p| p.text.clone()).unwrap_or_default(),
        more.color.clone().unwrap_or_default(),
        note.created.to_string(),
        note.modified.to_string(),
        at.file.clone(),
        if note.target.report.is_some() {
            cited.source(super::citation::Style::usual(lang), lang)
        } else {
            String::new()
        },
        more.target.as_ref().and_then(|t| serde_json::to_string(t).ok()).unwrap_or_default(),
        if more.anchored.is_empty() {
            String::new()
        } else {
            serde_json::to_string(&more.anchored).unwrap_or_default()
        },
    ]
}

/// A list in a cell; a separator within a value is doubled.
fn listed(values: impl Iterator<Item = String>) -> String {
    values.map(|v| v.replace(';', ";;")).collect::<Vec<_>>().join(BETWEEN)
}

/// The values of a list in a cell.
fn unlisted(cell: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ';' if chars.peek() == Some(&';') => {
                chars.next();
                out.last_mut().into_iter().for_each(|v| v.push(';'));
            }
            ';' => out.push(String::new()),
            c => out.last_mut().into_iter().for_each(|v| v.push(c)),
        }
    }
    out.into_iter().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()).collect()
}

/// A cell that no spreadsheet takes for a formula.
fn guarded(cell: &str) -> String {
    if dangerous(cell.trim_start_matches('\'')) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell that was guarded.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if dangerous(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

fn dangerous(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Whether a text looks like this form: its first line names columns of ours.
#[must_use]
pub fn is(text: &str) -> bool {
    header(text).is_some()
}

/// What parts the cells, when the first line names a column of words and another one of ours.
fn header(text: &str) -> Option<u8> {
    let first = text.strip_prefix('\u{feff}').unwrap_or(text).lines().next()?;
    [b',', b';', b'\t'].into_iter().find(|separator| {
        let names: Vec<String> = first.split(char::from(*separator)).map(column).collect();
        let ours = names.iter().filter(|n| COLUMNS.contains(&n.as_str())).count();
        ours >= 2 && names.iter().any(|n| matches!(n.as_str(), "quote" | "note"))
    })
}

fn column(name: &str) -> String {
    name.trim().trim_matches('"').trim().to_lowercase()
}

/// Reads notes from a table: of our own, or made by hand with at least a column `quote` or `note` and another one of ours.
/// A row that has something wrong is said, and the others are read.
///
/// # Errors
/// When it is no such table, or nothing in it can be read.
pub fn read(text: &str) -> Result<Incoming, ImportFault> {
    let Some(separator) = header(text) else {
        return Err(ImportFault::AnotherForm("its first line names no columns of ours".to_owned()));
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = ::csv::ReaderBuilder::new().delimiter(separator).flexible(true).from_reader(text.as_bytes());
    let broken = |e: ::csv::Error| ImportFault::Broken(e.to_string());
    let names: Vec<String> = reader.headers().map_err(broken)?.iter().map(column).collect();
    let mut incoming = Incoming::default();
    for record in reader.records() {
        let record = record.map_err(broken)?;
        let line = record.position().map_or(0, ::csv::Position::line);
        let cells: FxHashMap<&str, &str> =
            names.iter().map(String::as_str).zip(record.iter().map(unguarded)).filter(|(_, c)| !c.is_empty()).collect();
        if cells.is_empty() {
            continue;
        }
        match read_row(&cells, &mut incoming.codes) {
            Ok(note) => incoming.notes.push(note),
            Err(reason) => incoming.said.push(format!("line {line}: {reason}")),
        }
    }
    match (incoming.notes.is_empty(), incoming.said.first()) {
        (true, Some(first)) => Err(ImportFault::Broken(first.clone())),
        _ => Ok(incoming),
    }
}

fn read_row(cells: &FxHashMap<&str, &str>, codes: &mut Vec<Code>) -> Result<IncomingNote, String> {
    let cell = |name: &str| cells.get(name).map(|c| (*c).to_owned());
    let number = |name: &str| {
        let parse = |c: &&str| c.trim().parse::<i64>().map_err(|e| format!("{name}: {c:?}: {e}"));
        cells.get(name).map(parse).transpose()
    };
    let json = |name: &str, e: serde_json::Error| format!("{name}: {e}");
    let titles = cells.get("knelpunten").map(|c| unlisted(c)).unwrap_or_default();
    let ids = cells.get("knelpunt_ids").map(|c| unlisted(c)).unwrap_or_default();
    // without ids the titles themselves have to do: whoever imports knows which knelpunten there are
    let ids = if ids.len() == titles.len() { ids } else { titles.clone() };
    for (id, title) in ids.iter().zip(titles) {
        if !codes.iter().any(|c| c.id == *id) {
            // the ids of found ones have a point in them, those of made ones never
            let made = !id.contains('.') || *id == title;
            codes.push(Code { id: id.clone(), title, made, ..Code::default() });
        }
    }
    let label = cell("page");
    let index = number("page_index")?.and_then(|n| u32::try_from(n).ok());
    let index = index.or_else(|| label.as_deref().and_then(|l| l.trim().parse().ok()));
    let target: Option<TargetLine> =
        cells.get("target").map(|c| serde_json::from_str(c)).transpose().map_err(|e| json("target", e))?;
    let anchored: Option<Vec<AnchorLine>> =
        cells.get("anchored").map(|c| serde_json::from_str(c)).transpose().map_err(|e| json("anchored", e))?;
    let mut line = NoteLine::default();
    line.id = cell("id");
    line.kind = cell("kind");
    line.quote = cell("quote");
    line.body = cell("note").unwrap_or_default();
    line.report = cell("report");
    line.org = cell("organisation");
    line.year = number("year")?.and_then(|n| i32::try_from(n).ok());
    line.section =
        cells.get("section").map(|c| c.split(WITHIN.trim()).map(|s| s.trim().to_owned()).collect()).unwrap_or_default();
    line.page = index.map(|index| PageLine { index, label });
    line.knelpunten = ids;
    line.tags = cells.get("tags").map(|c| unlisted(c)).unwrap_or_default();
    line.status = cell("status");
    line.created = cell("created");
    line.modified = cell("modified");
    line.file = cell("file");
    line.more = More { color: cell("color"), target, anchored: anchored.unwrap_or_default() };
    line.read()
}

#[cfg(test)]
mod tests;
