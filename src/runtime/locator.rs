//! How notes stand in the documents of a library: which document each belongs to, in which later editions of its report
//! it stands, and where. Notes of one document are looked for together. What was found is kept with the document, and
//! looked for again only when the document, its outline, its knelpunten or the targets of its notes have changed.
//!
//! The only way from notes to places for all lists, exports and the index; the open report asks the loader, which
//! doesn't wait for the library.

use super::librarian::Librarian;
use crate::app::editions::families;
use crate::doc::naming::{Named, Naming};
use crate::doc::{DocId, Document, PartId, TextRange};
use crate::library::editions::{Families, ReportId};
use crate::library::{Entry, Library, PartSummary, Summary};
use crate::notes::anchor::{self, Anchor, Resolver, State};
use crate::notes::describe::position;
use crate::notes::editions::Links;
use crate::notes::kin::{Kin, kin_among, naming, same_words};
use crate::notes::{Located, Note, PlaceFound, ReportRef, Target};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cmp::Reverse;
use std::sync::Arc;

/// The name under which what was found is kept with a document.
const KEPT: &str = "notes";
/// The shape of what is kept; raised when it changes.
const SHAPE: u32 = 1;

/// What was found in a document, and what it was found with.
pub(super) type Kept = ([u8; 32], Arc<Vec<Located>>);

/// A note in a document.
struct Belonging {
    note: usize,
    kin: Kin,
    home: bool,
}

/// How these notes stand in a library, by note, the document each belongs to first; `links` are those between editions. With `taken_as` every document counts as
/// an edition of the report of that title. `memory` is what was found before.
pub(super) fn locate(
    librarian: &Librarian,
    library: &Library,
    notes: &[&Note],
    links: &Links,
    taken_as: Option<&str>,
    memory: &mut FxHashMap<DocId, Kept>,
) -> Vec<Located> {
    let entries: Vec<(&Entry, &Summary)> = library.ready().collect();
    let mut of_entry: FxHashMap<usize, Vec<Belonging>> = FxHashMap::default();
    let mut out = Vec::new();
    let relatives = Relatives::new(library, &entries, links, taken_as);
    let mut known: FxHashMap<&ReportRef, Vec<(usize, Kin)>> = FxHashMap::default();
    for (note, one) in notes.iter().enumerate() {
        let Some(report) = &one.target.report else {
            let state = State::Exact; // on a knelpunt of the reader's: it lies in no text
            out.push(nowhere(one, state));
            continue;
        };
        let among = known.entry(report).or_insert_with(|| relatives.of(report));
        if among.is_empty() {
            out.push(nowhere(one, State::Skipped));
        }
        for (at, (entry, kin)) in among.iter().enumerate() {
            of_entry.entry(*entry).or_default().push(Belonging { note, kin: *kin, home: at == 0 });
        }
    }
    memory.retain(|id, _| library.entry(*id).is_some());
    for (at, belonging) in of_entry {
        let (entry, summary) = entries[at];
        let key = key_of(librarian, entry, summary, notes, &belonging);
        let kept = memory.get(&entry.id).filter(|(k, _)| *k == key).map(|(_, found)| found.clone());
        let found = match kept.or_else(|| load(librarian, entry, &key)) {
            Some(found) => found,
            None => {
                let Ok(doc) = librarian.document(entry) else {
                    // it was read before and can't be now
                    let homeless = belonging.iter().filter(|b| b.home).map(|b| nowhere(notes[b.note], State::Skipped));
                    out.extend(homeless);
                    continue;
                };
                let found = Arc::new(look(librarian, entry, &doc, notes, &belonging));
                if let (Some(edition), None) = (entry.edition, taken_as) {
                    librarian.reader().cache.store_sidecar(edition, KEPT, SHAPE ^ anchor::VERSION, &(key, &*found));
                }
                found
            }
        };
        out.extend(found.iter().cloned());
        memory.insert(entry.id, (key, found));
    }
    out.sort_by(|a, b| {
        (&a.note, !a.home, Reverse(a.kin), a.year, a.doc).cmp(&(&b.note, !b.home, Reverse(b.kin), b.year, b.doc))
    });
    out
}

/// A note as it stands in one document.
#[must_use]
pub fn stands(entry: &Entry, doc: &Document, note: &Note, kin: Kin, home: bool, anchor: &Anchor) -> Located {
    let at = anchor.range.or(anchor.candidates.first().copied());
    let section = at.map(|r| doc.block(doc.block_at(r.start)).section);
    let part = section.map_or(PartId(0), |s| doc.outline().section(s).part);
    let report = doc.outline().part(part);
    let file_name = || entry.file.rsplit('/').next().unwrap_or(&entry.file).to_owned();
    let found = |range: TextRange| PlaceFound {
        range,
        position: position(doc.text(), range),
        lines: doc.source().lines(range),
        text: doc.slice(range).to_owned(),
    };
    let placed = anchor.range.is_some();
    Located {
        note: note.id.clone(),
        state: anchor.state,
        kin,
        home,
        doc: Some(entry.id),
        edition: Some(doc.edition()),
        file: entry.file.clone(),
        part,
        report: if report.title.is_empty() { file_name() } else { report.title.clone() },
        org: report.org.clone(),
        year: report.year,
        section: match section.filter(|_| placed) {
            Some(section) => doc.outline().path_labels(section),
            None => note.target.section.clone(),
        },
        section_id: section.filter(|_| placed),
        page: match anchor.range {
            Some(range) => doc.source().page_at(range.start).cloned(),
            None => note.target.page.clone(),
        },
        place: anchor.range.map(found),
        candidates: anchor.candidates.iter().copied().map(found).collect(),
    }
}

/// A note whose report isn't in the library, or that is on none.
#[must_use]
pub fn nowhere(note: &Note, state: State) -> Located {
    let report = note.target.report.as_ref();
    Located {
        note: note.id.clone(),
        state,
        kin: Kin::Stranger,
        home: true,
        doc: None,
        edition: report.and_then(|r| r.edition),
        file: report.map(|r| r.file.clone()).unwrap_or_default(),
        part: PartId(0),
        report: report.map(|r| r.title.clone()).unwrap_or_default(),
        org: report.and_then(|r| r.org.clone()),
        year: report.and_then(|r| r.year),
        section: note.target.section.clone(),
        section_id: None,
        page: note.target.page.clone(),
        place: None,
        candidates: Vec::new(),
    }
}

fn look(librarian: &Librarian, entry: &Entry, doc: &Document, notes: &[&Note], here: &[Belonging]) -> Vec<Located> {
    let found: Vec<_> = librarian.found_in(doc).into_iter().map(|f| (f.id, f.range)).collect();
    let resolver = Resolver::new(doc, &found);
    let targets = here.iter().map(|b| (&notes[b.note].target, notes[b.note].anchored.as_slice()));
    let anchors = resolver.resolve_all(targets);
    here.iter().zip(&anchors).map(|(b, anchor)| stands(entry, doc, notes[b.note], b.kin, b.home, anchor)).collect()
}

fn load(librarian: &Librarian, entry: &Entry, key: &[u8; 32]) -> Option<Arc<Vec<Located>>> {
    let stamp = SHAPE ^ anchor::VERSION;
    let (kept, found): ([u8; 32], Vec<Located>) = librarian.reader().cache.load_sidecar(entry.edition?, KEPT, stamp)?;
    (kept == *key).then(|| Arc::new(found))
}

/// Stands for all that places in a document depend on.
fn key_of(librarian: &Librarian, entry: &Entry, summary: &Summary, notes: &[&Note], here: &[Belonging]) -> [u8; 32] {
    let mut hash = blake3::Hasher::new();
    hash.update(&entry.id.0.to_le_bytes()).update(entry.file.as_bytes()).update(&[0]);
    hash.update(&entry.edition.map_or([0; 32], |e| e.0)).update(&summary.corrections.to_le_bytes());
    hash.update(&librarian.found_stamp(summary.corrections).to_le_bytes());
    for belonging in here {
        let note = notes[belonging.note];
        hash.update(note.id.as_str().as_bytes()).update(&[belonging.kin as u8, u8::from(belonging.home)]);
        hash_target(&mut hash, &note.target);
        for accepted in &note.anchored {
            hash.update(format!("{accepted:?}").as_bytes());
        }
    }
    *hash.finalize().as_bytes()
}

/// The description of a target stands for it: all its fields are in it.
fn hash_target(hash: &mut blake3::Hasher, target: &Target) {
    hash.update(format!("{target:?}").as_bytes()).update(&[0]);
}

/// The documents of a library by what a note may name them by.
struct Relatives<'a> {
    entries: &'a [(&'a Entry, &'a Summary)],
    at: FxHashMap<DocId, usize>,
    by_name: FxHashMap<String, Vec<usize>>,
    families: Families,
    links: &'a Links,
    taken_as: Option<&'a str>,
}

impl<'a> Relatives<'a> {
    fn new(
        library: &Library,
        entries: &'a [(&'a Entry, &'a Summary)],
        links: &'a Links,
        taken_as: Option<&'a str>,
    ) -> Self {
        let mut by_name: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, (entry, summary)) in entries.iter().enumerate() {
            let names = names(entry, summary);
            let keys: FxHashSet<String> = names.iter().flat_map(|n| keys(&Naming::of(n))).collect();
            for key in keys {
                by_name.entry(key).or_default().push(at);
            }
        }
        let at = entries.iter().enumerate().map(|(at, (entry, _))| (entry.id, at)).collect();
        let families = families(&library.entries, links);
        Relatives { entries, at, by_name, families, links, taken_as }
    }

    /// The documents that notes on a report stand in: the one that they belong to first, then those that it comes again
    /// as.
    fn of(&self, report: &ReportRef) -> Vec<(usize, Kin)> {
        let named = self.taken_as.is_some_and(|title| same_words(title, &report.title));
        let likely = keys(&naming(report)).into_iter().filter_map(|key| self.by_name.get(&key)).flatten().copied();
        let linked = !self.links.together.is_empty();
        let same_content = (0..self.entries.len()).filter(|at| {
            let edition = self.entries[*at].0.edition;
            named || linked || (edition.is_some() && edition == report.edition)
        });
        let mut all: Vec<usize> = likely.chain(same_content).collect();
        all.sort_unstable();
        all.dedup();
        let mut of: Vec<(usize, Kin)> = all.into_iter().map(|at| (at, self.kin(report, at))).collect();
        of.retain(|(_, kin)| named || *kin > Kin::Stranger);
        let years = |at: usize| self.entries[at].1.parts.iter().filter_map(|p| p.year).max();
        let apart = |at: usize| report.year.zip(years(at)).map_or(0, |(a, b)| a.abs_diff(b));
        of.sort_by_key(|(at, kin)| (Reverse(*kin), self.entries[*at].0.file != report.file, apart(*at), *at));
        let (Some((home, kin)), false) = (of.first().copied(), named) else { return of };
        let (entry, summary) = self.entries[home];
        let part_kin = |part: &PartSummary| kin_among(report, None, &part_names(entry, part));
        let part = (0..summary.parts.len()).rev().max_by_key(|i| part_kin(&summary.parts[*i])).unwrap_or(0);
        let home_report = ReportId { doc: entry.id, part: PartId(part as u32) };
        let mut out = vec![(home, kin)];
        // the same content elsewhere shows the same notes
        let copies = of.iter().skip(1).filter(|(at, _)| self.entries[*at].0.edition == entry.edition);
        out.extend(copies.copied());
        for member in self.families.carried_to(home_report) {
            let Some(at) = self.at.get(&member.report.doc).copied() else { continue };
            if !out.iter().any(|(known, _)| *known == at) {
                out.push((at, self.kin(report, at).max(Kin::Series)));
            }
        }
        out
    }

    fn kin(&self, report: &ReportRef, at: usize) -> Kin {
        let (entry, summary) = self.entries[at];
        self.links.kin_among(report, entry.edition, &names(entry, summary))
    }
}

/// What the parts of a document are called, by the reader and by the file.
fn names<'e>(entry: &'e Entry, summary: &'e Summary) -> Vec<Named<'e>> {
    summary.parts.iter().flat_map(|p| part_names(entry, p)).collect()
}

fn part_names<'e>(entry: &'e Entry, part: &'e PartSummary) -> Vec<Named<'e>> {
    let titles = [Some(part.title.as_str()), part.printed.as_deref()].into_iter().flatten();
    let (kind, lang) = (Some(part.kind), Some(part.lang));
    titles
        .map(|title| Named { title, org: part.org.as_deref(), year: part.year, file: &entry.file, kind, lang })
        .collect()
}

/// Words under which a report is looked up.
fn keys(naming: &Naming) -> Vec<String> {
    let mut keys = naming.keys();
    keys.extend(naming.head());
    keys.retain(|k| !k.is_empty());
    keys
}
