//! Notes as entries of the search index, and the passages they put to a knelpunt.

use super::Librarian;
use crate::doc::{DocId, Edition, TextRange};
use crate::knelpunt::register::Register;
use crate::library::Library;
use crate::notes::Note;
use crate::notes::store::{Store, Stored};
use crate::runtime::placer::{Placed, Placer};
use crate::search::NoteEntry;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// What the index has to hold of the notes.
pub(super) struct NoteWork {
    /// Stands for all that this was made from.
    pub key: [u8; 32],
    /// The notes.
    pub entries: Vec<NoteEntry>,
    coded: FxHashMap<DocId, Coded>,
    none: Coded,
}

/// The passages of a document that notes have put to a knelpunt.
#[derive(Default)]
pub(super) struct Coded {
    /// Which, in the order of the notes.
    pub ranges: Vec<CodedRange>,
    /// Stands for them; 0 when there are none.
    pub hash: u64,
}

/// One passage and one knelpunt.
pub(super) struct CodedRange {
    /// Where.
    pub range: TextRange,
    /// The knelpunt.
    pub id: String,
    /// Its title.
    pub title: String,
}

impl NoteWork {
    /// What notes have coded in a document.
    pub(super) fn coded(&self, doc: DocId) -> &Coded {
        self.coded.get(&doc).unwrap_or(&self.none)
    }
}

impl Librarian {
    /// What the index has to hold of the notes; `None` when that is what it held at the last update (known by `key`) and
    /// nothing else asks for it.
    pub(super) fn note_work(&self, library: &Library, key: &[u8; 32], needed: bool) -> Option<NoteWork> {
        let store = self.sources.data.as_deref().map(Store::open);
        let notes = store.as_ref().map(|s| s.load().notes).unwrap_or_default();
        let register = store.as_ref().and_then(|s| Register::load(s).ok()).unwrap_or_default();
        let mut hash = blake3::Hasher::new();
        for stored in &notes {
            hash.update(stored.revision.text().as_bytes()).update(&[0]);
        }
        for made in register.made() {
            hash.update(made.id.as_bytes()).update(&[0]).update(made.title.as_bytes()).update(&[0]);
        }
        if !notes.is_empty() {
            // where they stand depends on what they are looked for in
            for (entry, summary) in library.ready() {
                hash.update(&summary.corrections.to_le_bytes())
                    .update(&entry.id.0.to_le_bytes())
                    .update(&entry.edition.map_or([0; 32], |e: Edition| e.0));
            }
        }
        let now = *hash.finalize().as_bytes();
        if now == *key && !needed {
            return None;
        }
        let titles = self.titles(library, &register, &notes);
        let mut placer = Placer::new(self, library, None);
        let mut work = NoteWork { key: now, entries: Vec::new(), coded: FxHashMap::default(), none: Coded::default() };
        for stored in &notes {
            let placed = placer.place(&stored.note);
            let entry = note_entry(&stored.note, placed.as_ref(), &titles);
            if let (Some(doc), Some(range)) = (entry.doc, entry.range) {
                let coded = work.coded.entry(doc).or_default();
                let put = |(id, title): &(String, String)| CodedRange { range, id: id.clone(), title: title.clone() };
                coded.ranges.extend(entry.knelpunten.iter().map(put));
            }
            work.entries.push(entry);
        }
        for coded in work.coded.values_mut().filter(|c| !c.ranges.is_empty()) {
            coded.hash = hash_of(&coded.ranges);
        }
        Some(work)
    }

    /// The titles of knelpunten, made and found, by id: at least of those the notes are put to.
    fn titles(&self, library: &Library, register: &Register, notes: &[Stored]) -> BTreeMap<String, String> {
        let mut titles: BTreeMap<String, String> =
            register.made().iter().map(|m| (m.id.clone(), m.title.clone())).collect();
        let mut wanted: BTreeSet<&str> = notes
            .iter()
            .flat_map(|n| &n.note.knelpunten)
            .map(String::as_str)
            .filter(|id| !titles.contains_key(*id))
            .collect();
        for (entry, _) in library.ready() {
            if wanted.is_empty() {
                break;
            }
            for found in self.found(entry).unwrap_or_default() {
                if wanted.remove(found.id.as_str()) {
                    titles.insert(found.id, found.title);
                }
            }
        }
        titles
    }
}

fn hash_of(ranges: &[CodedRange]) -> u64 {
    let mut hash = blake3::Hasher::new();
    for coded in ranges {
        hash.update(&coded.range.start.to_le_bytes()).update(&coded.range.end.to_le_bytes());
        hash.update(coded.id.as_bytes()).update(&[0]).update(coded.title.as_bytes()).update(&[0]);
    }
    let mut first = [0; 8];
    first.copy_from_slice(&hash.finalize().as_bytes()[..8]);
    u64::from_le_bytes(first).max(1)
}

fn note_entry(note: &Note, placed: Option<&Placed<'_>>, titles: &BTreeMap<String, String>) -> NoteEntry {
    let target = &note.target;
    let report = target.report.as_ref();
    let title = |id: &String| (id.clone(), titles.get(id).unwrap_or(id).clone());
    let mut entry = NoteEntry {
        id: note.id.as_str().to_owned(),
        report: report.map(|r| r.title.clone()).unwrap_or_default(),
        org: report.and_then(|r| r.org.clone()),
        year: report.and_then(|r| r.year),
        section: target.section.clone(),
        page: target.page.clone(),
        knelpunten: note.knelpunten.iter().map(title).collect(),
        tags: note.tags.clone(),
        status: note.status.map(|s| s.name().to_owned()),
        body: note.body.clone(),
        quote: target.quote().map(|q| q.exact.clone()).unwrap_or_default(),
        ..NoteEntry::default()
    };
    let Some(Placed { entry: file, doc, anchor }) = placed else { return entry };
    entry.doc = Some(file.id);
    if let Some(range) = anchor.range {
        let outline = doc.outline();
        let section = doc.blocks().get(doc.block_at(range.start).0 as usize).map(|b| b.section);
        entry.range = Some(range);
        entry.lines = doc.source().lines(range);
        entry.page = doc.source().page_at(range.start).cloned();
        entry.section_id = section;
        if let Some(section) = section {
            entry.section = outline.path_labels(section);
            entry.part = outline.section(section).part.0;
            let part = outline.part(outline.section(section).part);
            if !part.title.is_empty() {
                entry.report.clone_from(&part.title);
            }
            entry.org.clone_from(&part.org);
            entry.year = part.year;
        }
    }
    entry
}
