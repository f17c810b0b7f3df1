//! How notes stand in the documents of a library: which document each belongs to, in which later editions of its report
//! it stands, and where. Notes of one document are looked for together. What was found is kept with the document, and
//! looked for again only when the document, its outline, its knelpunten or the targets of its notes have changed.
//!
//! The only way from notes to places for all lists, exports and the index; the open report asks the loader, which
//! doesn't wait for the library.

use super::librarian::Librarian;
use crate::doc::{DocId, Document, PartId, TextRange};
use crate::library::{Entry, Library, Summary};
use crate::notes::anchor::{self, Anchor, Kin, Resolver, State, kin_among};
use crate::notes::describe::position;
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

/// How these notes stand in a library, by note, the document each belongs to first. With `taken_as` every document counts as
/// an edition of the report of that title. `memory` is what was found before.
pub(super) fn locate(
    librarian: &Librarian,
    library: &Library,
    notes: &[&Note],
    taken_as: Option<&str>,
    memory: &mut FxHashMap<DocId, Kept>,
) -> Vec<Located> {
    let entries: Vec<(&Entry, &Summary)> = library.ready().collect();
    let mut of_entry: FxHashMap<usize, Vec<Belonging>> = FxHashMap::default();
    let mut out = Vec::new();
    let families = Families::new(&entries, taken_as);
    let mut known: FxHashMap<&ReportRef, Vec<(usize, Kin)>> = FxHashMap::default();
    for (note, one) in notes.iter().enumerate() {
        let Some(report) = &one.target.report else {
            let state = State::Exact; // on a knelpunt of the reader's: it lies in no text
            out.push(nowhere(one, state));
            continue;
        };
        let among = known.entry(report).or_insert_with(|| families.of(report));
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
struct Families<'a> {
    entries: &'a [(&'a Entry, &'a Summary)],
    by_title: FxHashMap<String, Vec<usize>>,
    taken_as: Option<String>,
}

impl<'a> Families<'a> {
    fn new(entries: &'a [(&'a Entry, &'a Summary)], taken_as: Option<&str>) -> Self {
        let mut by_title: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (at, (_, summary)) in entries.iter().enumerate() {
            let titles = summary.parts.iter().flat_map(|p| [Some(&p.title), p.printed.as_ref()]).flatten();
            let keys: FxHashSet<String> = titles.map(|t| anchor::title_key(t)).filter(|k| !k.is_empty()).collect();
            for key in keys {
                by_title.entry(key).or_default().push(at);
            }
        }
        Families { entries, by_title, taken_as: taken_as.map(anchor::title_key) }
    }

    /// The documents that a report is or was, the one that its notes belong to first; of the same report of other years
    /// only that one and later ones.
    fn of(&self, report: &ReportRef) -> Vec<(usize, Kin)> {
        let key = anchor::title_key(&report.title);
        let named = self.taken_as.as_ref() == Some(&key);
        let same_title = self.by_title.get(&key).into_iter().flatten().copied();
        let same_content = (0..self.entries.len()).filter(|at| {
            let edition = self.entries[*at].0.edition;
            named || (edition.is_some() && edition == report.edition)
        });
        let mut all: Vec<usize> = same_title.chain(same_content).collect();
        all.sort_unstable();
        all.dedup();
        let kin = |at: usize| {
            let (entry, summary) = self.entries[at];
            let parts = summary.parts.iter();
            let parts = parts.flat_map(|p| {
                let titles = [Some(p.title.as_str()), p.printed.as_deref()];
                titles.into_iter().flatten().map(|t| (t, p.org.as_deref(), p.year))
            });
            kin_among(report, entry.edition, parts)
        };
        let mut of: Vec<(usize, Kin)> = all.into_iter().map(|at| (at, kin(at))).collect();
        of.retain(|(_, kin)| named || *kin > Kin::Stranger);
        let years = |at: usize| self.entries[at].1.parts.iter().filter_map(|p| p.year).max();
        let apart = |at: usize| report.year.zip(years(at)).map_or(0, |(a, b)| a.abs_diff(b));
        of.sort_by_key(|(at, kin)| (Reverse(*kin), self.entries[*at].0.file != report.file, apart(*at), *at));
        let later = |at: usize| report.year.zip(years(at)).is_none_or(|(then, now)| now >= then);
        let mut first = true;
        of.retain(|(at, kin)| std::mem::take(&mut first) || named || *kin > Kin::Series || later(*at));
        of
    }
}
