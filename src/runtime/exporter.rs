//! What is exported: from a wish (a dossier, a report, a section, some notes) to all that the forms are made of; and (in
//! `put`) the file that comes of it, written whole or not at all.

mod put;
mod taking;

pub use put::{PutFault, put, put_parts, tell, told};
pub use taking::{Manner, export, style_of, template};

use super::librarian::Librarian;
use super::locator::nowhere;
use crate::doc::{Block, BlockKind, DocId, Document, PartId};
use crate::knelpunt::register::{Made, Named, Register};
use crate::knelpunt::{Ask, Found};
use crate::library::{Entry, Library};
use crate::notes::anchor::State;
use crate::notes::export::{Bundle, Code, Form, FoundPassage, Item, Source, StatusSaid};
use crate::notes::store::Stored;
use crate::notes::{Located, Note, NoteId, Status, TargetKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;
use thiserror::Error;

/// What is wanted; what isn't said doesn't narrow.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// A knelpunt, made or found, by id or name: with those that are part of it and the found ones they bring together.
    pub knelpunt: Option<String>,
    /// Reports that have this in their title, or are this file.
    pub report: Option<String>,
    /// Sections of this number or title, with all that is in them.
    pub section: Option<String>,
    /// Notes that have all these tags.
    pub tags: Vec<String>,
    /// Notes of this status.
    pub status: Option<Status>,
    /// These notes.
    pub notes: Option<Vec<NoteId>>,
    /// Only notes that belong to a report of the library.
    pub only_here: bool,
}

/// Why nothing can be exported.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ScopeFault {
    /// There is no knelpunt of this name.
    #[error("there is no knelpunt {0:?}")]
    NoKnelpunt(String),
    /// Several have it.
    #[error("several knelpunten are called {name:?}: {}", ids.join(", "))]
    SeveralKnelpunten {
        /// The name.
        name: String,
        /// Their ids.
        ids: Vec<String>,
    },
    /// No note is on such a report.
    #[error("no note is on a report called {0:?}")]
    NoReport(String),
    /// No note is in such a section.
    #[error("no note is in a section called {0:?}")]
    NoSection(String),
}

/// Gathers what a scope holds, for a form.
///
/// # Errors
/// When the scope names what is not there.
pub fn gather(
    librarian: &Librarian,
    library: &Library,
    notes: &[&Note],
    register: &Register,
    scope: &Scope,
    form: Form,
) -> Result<Bundle, ScopeFault> {
    let mut shelf = Shelf { librarian, library, found: None };
    let about = scope.knelpunt.as_deref().map(|name| shelf.knelpunt(register, name)).transpose()?;
    let ids = about.as_deref().map(|id| family(register, id));
    // a note may still name a knelpunt that was merged into another
    let notes: Vec<Cow<'_, Note>> = notes.iter().map(|n| as_meant(n, register)).collect();
    let chosen: Vec<&Note> = notes.iter().map(AsRef::as_ref).filter(|n| wanted(n, scope, ids.as_ref())).collect();
    let located = librarian.locate(library, &chosen, None);
    let homes: FxHashMap<&NoteId, &Located> = located.iter().filter(|l| l.home).map(|l| (&l.note, l)).collect();
    let mut items: Vec<Item> = chosen
        .iter()
        .map(|note| {
            let at = homes.get(&note.id).map_or_else(|| nowhere(note, State::Skipped), |at| (*at).clone());
            Item { note: (*note).clone(), at }
        })
        .filter(|i| !scope.only_here || i.at.doc.is_some() || i.note.target.report.is_none())
        .collect();
    if let Some(name) = &scope.report {
        items.retain(|i| is_report(&i.at, name));
        if items.is_empty() {
            return Err(ScopeFault::NoReport(name.clone()));
        }
    }
    if let Some(name) = &scope.section {
        items.retain(|i| i.at.section.iter().any(|label| is_section(label, name)));
        if items.is_empty() {
            return Err(ScopeFault::NoSection(name.clone()));
        }
    }
    items.sort_by_cached_key(|i| order(&i.at, &i.note));
    let codes = codes(&mut shelf, register, &items, scope, ids.as_ref());
    let found = if scope.report.is_none() && scope.section.is_none() && scope.notes.is_none() {
        shelf.passages(register, &codes, ids.as_ref())
    } else {
        Vec::new()
    };
    let sources = if form.wants_texts() { shelf.sources(&items) } else { Vec::new() };
    Ok(Bundle { items, codes, sources, found, about, ..Bundle::default() })
}

/// Whose of these notes are not the reader's own: for [`Bundle::owners`].
pub fn owners<'a>(notes: impl Iterator<Item = &'a Stored>) -> BTreeMap<NoteId, String> {
    notes.filter_map(|s| Some((s.note.id.clone(), s.owner.as_deref()?.to_owned()))).collect()
}

/// By report, then by place; what lies in no report comes last.
fn order(at: &Located, note: &Note) -> impl Ord + use<> {
    let fold = |text: &str| text.to_lowercase();
    let start = at.place.as_ref().map(|p| p.position.start).or(note.target.position.map(|p| p.start));
    (
        note.target.report.is_none(),
        fold(at.org.as_deref().unwrap_or_default()),
        fold(&at.report),
        at.year,
        at.file.clone(),
        start.is_none(),
        start,
        note.id.clone(),
    )
}

/// A knelpunt with all that are part of it, and the found ones that they bring together.
fn family(register: &Register, id: &str) -> FxHashSet<String> {
    let mut ids: FxHashSet<String> = FxHashSet::from_iter([id.to_owned()]);
    loop {
        let more: Vec<String> = register
            .made()
            .iter()
            .filter(|m| !ids.contains(&m.id) && m.parent.as_ref().is_some_and(|p| ids.contains(p)))
            .map(|m| m.id.clone())
            .collect();
        if more.is_empty() {
            break;
        }
        ids.extend(more);
    }
    let included: Vec<String> = register
        .made()
        .iter()
        .filter(|m| ids.contains(&m.id))
        .flat_map(|m| [&m.includes[..], &m.formerly].concat())
        .collect();
    ids.extend(included);
    ids
}

/// The note, put to the knelpunten that are meant by those it names.
fn as_meant<'n>(note: &'n Note, register: &Register) -> Cow<'n, Note> {
    let other = |id: &String| register.meant(id).is_some_and(|made| made.id != *id);
    if !note.knelpunten.iter().any(other) {
        return Cow::Borrowed(note);
    }
    let mut meant: Vec<String> = Vec::new();
    for id in &note.knelpunten {
        let id = register.meant(id).map_or(id, |made| &made.id);
        if !meant.contains(id) {
            meant.push(id.clone());
        }
    }
    Cow::Owned(Note { knelpunten: meant, ..note.clone() })
}

/// The ids that a note is put to, or is on.
fn knelpunten_of(note: &Note) -> impl Iterator<Item = &String> {
    let on = match &note.target.kind {
        TargetKind::Knelpunt(id) => Some(id),
        _ => None,
    };
    note.knelpunten.iter().chain(on.filter(|id| !note.knelpunten.contains(id)))
}

fn wanted(note: &Note, scope: &Scope, ids: Option<&FxHashSet<String>>) -> bool {
    ids.is_none_or(|ids| knelpunten_of(note).any(|id| ids.contains(id)))
        && scope.tags.iter().all(|tag| note.tags.iter().any(|t| t.to_lowercase() == tag.to_lowercase()))
        && scope.status.is_none_or(|status| note.status == Some(status))
        && scope.notes.as_ref().is_none_or(|notes| notes.contains(&note.id))
}

fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn is_report(at: &Located, name: &str) -> bool {
    let name = fold(name);
    let file = fold(&at.file);
    let title = fold(&at.report);
    let with_year = format!("{title} {}", at.year.map(|y| y.to_string()).unwrap_or_default());
    with_year.contains(&name) || file == name || file.ends_with(&format!("/{name}"))
}

/// Whether a label is of this number or title.
fn is_section(label: &str, name: &str) -> bool {
    let (label, name) = (fold(label), fold(name));
    let after = label.strip_prefix(&name).map(|rest| rest.starts_with([' ', ':']) || rest.is_empty());
    let number = label.chars().any(|c| c.is_ascii_digit());
    after == Some(true) && (number || label == name)
        || [": ", " "].iter().any(|gap| label.split_once(gap).is_some_and(|(_, title)| title == name))
}

fn code_of(made: &Made) -> Code {
    let said = |s: &crate::knelpunt::register::StatusAt| StatusSaid {
        status: s.status,
        date: s.date,
        source: s.source.clone(),
    };
    Code {
        id: made.id.clone(),
        title: made.title.clone(),
        description: made.description.clone(),
        synonyms: made.synonyms.clone(),
        color: made.colour,
        parent: made.parent.clone(),
        status: made.current_status(),
        history: made.status.iter().map(said).collect(),
        includes: made.includes.clone(),
        query: made.query.clone(),
        formerly: made.formerly.clone(),
        made: true,
    }
}

/// The knelpunten that an export speaks of, parents before children: of a dossier its own, of everything all made ones,
/// and all that the notes name with those above them.
fn codes(
    shelf: &mut Shelf<'_>,
    register: &Register,
    items: &[Item],
    scope: &Scope,
    ids: Option<&FxHashSet<String>>,
) -> Vec<Code> {
    let everything = *scope == Scope { only_here: scope.only_here, ..Scope::default() };
    let mut named: FxHashSet<&str> = items.iter().flat_map(|i| knelpunten_of(&i.note)).map(String::as_str).collect();
    named.extend(ids.into_iter().flatten().map(String::as_str));
    // what was merged into another is that other
    let named: FxHashSet<&str> =
        named.into_iter().map(|id| register.meant(id).map_or(id, |made| made.id.as_str())).collect();
    let mut put: FxHashSet<&str> = FxHashSet::default();
    for made in register.made().iter().filter(|m| everything || named.contains(m.id.as_str())) {
        // with those above it; a chain that goes in a circle ends where it meets itself
        let mut at = Some(made);
        while let Some(made) = at.filter(|m| put.insert(&m.id)) {
            at = made.parent.as_deref().and_then(|p| register.get(p));
        }
    }
    let mut out: Vec<Code> = Vec::new();
    let mut todo: Vec<&Made> = register.made().iter().rev().filter(|m| put.contains(m.id.as_str())).collect();
    let mut waited = 0;
    while let Some(made) = todo.pop() {
        let parent = made.parent.as_deref().filter(|p| put.contains(p));
        let ready = parent.is_none_or(|p| out.iter().any(|c| c.id == p));
        if ready || waited > todo.len() {
            out.push(Code { parent: parent.filter(|_| ready).map(str::to_owned), ..code_of(made) });
            waited = 0;
        } else {
            todo.insert(0, made);
            waited += 1;
        }
    }
    let mut found: Vec<&str> = named.into_iter().filter(|id| register.meant(id).is_none()).collect();
    found.sort_unstable();
    for id in found {
        let title = shelf.found(id).map(|(_, f)| name_of(f));
        out.push(Code { id: id.to_owned(), title: title.unwrap_or_else(|| id.to_owned()), ..Code::default() });
    }
    out
}

/// The name of a found knelpunt: its label and its title.
fn name_of(found: &Found) -> String {
    match &found.label {
        Some(label) if !found.title.is_empty() => format!("{label}: {}", found.title),
        Some(label) => label.clone(),
        None => found.title.clone(),
    }
}

/// What is asked: each item of the list, or its heading when there is none.
fn asked(doc: &Document, ask: &Ask) -> Vec<String> {
    let blocks = &doc.blocks()[doc.blocks_in(ask.range)];
    let item = |b: &&Block| matches!(&b.kind, BlockKind::Item { depth: 0, marker, .. } if !marker.is_empty());
    let items: Vec<String> = blocks.iter().filter(item).map(|b| doc.slice(b.range).to_owned()).collect();
    if items.is_empty() { vec![ask.title.clone()] } else { items }
}

/// The library, with what was found in it once that is asked for.
struct Shelf<'a> {
    librarian: &'a Librarian,
    library: &'a Library,
    found: Option<FxHashMap<String, (&'a Entry, Found)>>,
}

impl<'a> Shelf<'a> {
    fn found(&mut self, id: &str) -> Option<(&'a Entry, &Found)> {
        let read = || {
            let of = |entry: &'a Entry| {
                let found = self.librarian.found(entry).unwrap_or_default();
                found.into_iter().map(move |f| (f.id.clone(), (entry, f)))
            };
            self.library.ready().flat_map(|(entry, _)| of(entry)).collect()
        };
        let (entry, found) = self.found.get_or_insert_with(read).get(id)?;
        Some((entry, found))
    }

    /// The id of the knelpunt that a name stands for.
    fn knelpunt(&mut self, register: &Register, name: &str) -> Result<String, ScopeFault> {
        if let Some(made) = register.meant(name) {
            return Ok(made.id.clone());
        }
        if self.found(name).is_some() {
            return Ok(name.to_owned());
        }
        match register.named(name) {
            Named::One(made) => Ok(made.id.clone()),
            Named::Several(several) => {
                let ids = several.iter().map(|m| m.id.clone()).collect();
                Err(ScopeFault::SeveralKnelpunten { name: name.to_owned(), ids })
            }
            Named::Nothing => Err(ScopeFault::NoKnelpunt(name.to_owned())),
        }
    }

    /// The sections of reports that the made ones among these bring together, by report and place; of the dossier of a
    /// found one that section itself.
    fn passages(&mut self, register: &Register, codes: &[Code], ids: Option<&FxHashSet<String>>) -> Vec<FoundPassage> {
        let mut wanted: Vec<(String, String)> = Vec::new();
        for code in codes.iter().filter(|c| ids.is_none_or(|ids| ids.contains(&c.id))) {
            wanted.extend(code.includes.iter().map(|id| (code.id.clone(), id.clone())));
            if !code.made && ids.is_some() && !register.made().iter().any(|m| m.includes.contains(&code.id)) {
                wanted.push((code.id.clone(), code.id.clone()));
            }
        }
        let mut out = Vec::new();
        for (made, id) in wanted {
            let librarian = self.librarian;
            let Some((entry, found)) = self.found(&id) else { continue };
            let Ok(doc) = librarian.document(entry) else { continue };
            let part = doc.outline().part(found.part);
            out.push((
                found.range.start,
                FoundPassage {
                    id,
                    made,
                    title: name_of(found),
                    asks: found.asks.iter().flat_map(|a| asked(&doc, a)).collect(),
                    report: if part.title.is_empty() { entry.file.clone() } else { part.title.clone() },
                    org: part.org.clone(),
                    year: part.year,
                    section: doc.outline().path_labels(found.section),
                    page: doc.source().page_at(found.range.start).cloned(),
                    file: entry.file.clone(),
                },
            ));
        }
        out.sort_by(|(a_at, a), (b_at, b)| {
            (&a.org, a.year, &a.report, &a.file, a_at).cmp(&(&b.org, b.year, &b.report, &b.file, b_at))
        });
        out.into_iter().map(|(_, f)| f).collect()
    }

    /// The reports that the notes stand in, each part once, in their order.
    fn sources(&self, items: &[Item]) -> Vec<Source> {
        let mut seen: FxHashSet<(DocId, PartId)> = FxHashSet::default();
        let mut out = Vec::new();
        for item in items {
            let Some(doc) = item.at.doc.filter(|doc| seen.insert((*doc, item.at.part))) else { continue };
            let Some(entry) = self.library.entry(doc) else { continue };
            let Ok(text) = self.librarian.document(entry) else { continue };
            let part = text.outline().part(item.at.part);
            out.push(Source {
                doc,
                part: item.at.part,
                edition: text.edition(),
                title: item.at.report.clone(),
                org: part.org.clone(),
                year: part.year,
                lang: Some(part.lang),
                file: entry.file.clone(),
                text: Arc::clone(&text),
            });
        }
        out
    }
}
