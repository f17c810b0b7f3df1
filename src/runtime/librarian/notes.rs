//! The notes and how they stand in the library; notes as entries of the search index, and the passages they put to a
//! knelpunt.

use super::Librarian;
use crate::app::editions::families;
use crate::doc::{DocId, Edition, TextRange};
use crate::knelpunt::register::{self, Made, Register, tree};
use crate::library::Library;
use crate::library::editions::Families;
use crate::notes::anchor;
use crate::notes::editions::{self, Links};
use crate::notes::store::{Store, Stored};
use crate::notes::{Located, Note};
use crate::runtime::locator::locate;
use crate::search::NoteEntry;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, PoisonError};

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
    /// What it is called.
    pub title: String,
}

/// Knelpunten by the id that a note names: the id that it has now, and what it is called.
type Titles = BTreeMap<String, (String, String)>;

impl NoteWork {
    /// What notes have coded in a document.
    pub(super) fn coded(&self, doc: DocId) -> &Coded {
        self.coded.get(&doc).unwrap_or(&self.none)
    }
}

/// The notes as they were at the last update, and how they stand in the library.
pub(super) struct Noted {
    /// The notes with their files.
    pub stored: Vec<Arc<Stored>>,
    /// The knelpunten that the reader has made.
    pub register: Register,
    /// How the notes stand in the library, by note, the document each belongs to first.
    pub located: Arc<Vec<Located>>,
    /// What the reader said of editions.
    links: Links,
}

impl Librarian {
    /// How all notes stand in this library, by note, the document each belongs to first: as of the last update.
    #[must_use]
    pub fn located(&self, library: &Library) -> Arc<Vec<Located>> {
        self.noted(library).located.clone()
    }

    /// How these notes stand in this library; with `taken_as` every file counts as an edition of the report of that
    /// title.
    #[must_use]
    pub fn locate(&self, library: &Library, notes: &[&Note], taken_as: Option<&str>) -> Vec<Located> {
        let links = self.links();
        locate(self, library, notes, &links, taken_as, &mut FxHashMap::default())
    }

    /// The reports of this library that are editions of one another.
    #[must_use]
    pub fn families(&self, library: &Library) -> Families {
        families(&library.entries, &self.links())
    }

    /// What the reader said of editions; nothing when the file is not understood.
    fn links(&self) -> Links {
        let store = self.sources.data.as_deref().map(Store::open);
        store.map_or_else(Links::default, |store| {
            editions::load(&store).unwrap_or_else(|error| {
                log::warn!("{error}");
                Links::default()
            })
        })
    }

    /// What was last seen of the notes is no longer true.
    pub(super) fn forget_notes(&self) {
        *self.noted.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The notes and how they stand, read now unless they were since [`Librarian::forget_notes`].
    pub(super) fn noted(&self, library: &Library) -> Arc<Noted> {
        // whoever panicked while holding it left what was there before
        let mut noted = self.noted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(noted) = &*noted {
            return noted.clone();
        }
        let stored = self.store.as_ref().map(Store::notes).unwrap_or_default();
        let register = self.store.as_ref().and_then(|s| Register::load(s).ok()).unwrap_or_default();
        let notes: Vec<&Note> = stored.iter().map(|s| &s.note).collect();
        let mut memory = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        let links = self.links();
        let located = Arc::new(locate(self, library, &notes, &links, None, &mut memory));
        let now = Arc::new(Noted { stored, register, located, links });
        *noted = Some(now.clone());
        now
    }

    /// Stands for the files of notes and of what is said beside them as they lie there, and for the documents they are
    /// looked for in; no file is read for it but the small ones of register and editions.
    pub(super) fn glance(&self, library: &Library) -> [u8; 32] {
        let mut hash = blake3::Hasher::new();
        hash.update(&anchor::VERSION.to_le_bytes());
        if let Some(store) = &self.store {
            hash.update(&store.glance());
            for file in [register::FILE, editions::FILE] {
                hash.update(format!("{:?}", store.text(Path::new(file))).as_bytes());
            }
        }
        for (entry, summary) in library.ready() {
            hash.update(&summary.corrections.to_le_bytes())
                .update(&entry.id.0.to_le_bytes())
                .update(&entry.edition.map_or([0; 32], |e: Edition| e.0));
        }
        *hash.finalize().as_bytes()
    }

    /// What the index has to hold of the notes; `None` when that is what it held at the last update (known by `key`) and
    /// nothing else asks for it.
    pub(super) fn note_work(&self, library: &Library, key: &[u8; 32], needed: bool) -> Option<NoteWork> {
        let noted = self.noted(library);
        let mut hash = blake3::Hasher::new();
        hash.update(&anchor::VERSION.to_le_bytes());
        for stored in &noted.stored {
            hash.update(stored.revision.text().as_bytes()).update(&[0]);
        }
        for made in noted.register.made() {
            for word in [&made.id].into_iter().chain(&made.formerly) {
                hash.update(word.as_bytes()).update(&[1]);
            }
            hash.update(names(&noted.register, made).as_bytes()).update(&[0]);
        }
        if !noted.stored.is_empty() {
            // where they stand depends on what they are looked for in
            hash.update(format!("{:?}", noted.links).as_bytes());
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
        let titles = self.titles(library, &noted.register, &noted.stored);
        let mut work = NoteWork { key: now, entries: Vec::new(), coded: FxHashMap::default(), none: Coded::default() };
        let homes = noted.located.iter().filter(|l| l.home).map(|l| (&l.note, l)).collect::<FxHashMap<_, _>>();
        for stored in &noted.stored {
            let entry = note_entry(&stored.note, homes.get(&stored.note.id).copied(), &titles);
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

    /// The knelpunten, made and found, that an id in a note means: the id it has now, and its names. At least those that
    /// the notes are put to.
    fn titles(&self, library: &Library, register: &Register, notes: &[Arc<Stored>]) -> Titles {
        let mut titles = Titles::new();
        for made in register.made() {
            // what was merged into it never hides one that is there
            for id in made.formerly.iter().filter(|id| register.get(id).is_none()).chain([&made.id]) {
                titles.insert(id.clone(), (made.id.clone(), names(register, made)));
            }
        }
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
                    titles.insert(found.id.clone(), (found.id, found.title));
                }
            }
        }
        titles
    }
}

/// What a made knelpunt is called, for the filter of a query: its title and synonyms, and those of all that it is part of.
fn names(register: &Register, made: &Made) -> String {
    let above = tree::above(register.made(), &made.id).into_iter().filter_map(|id| register.get(id));
    std::iter::once(made).chain(above).flat_map(Made::names).collect::<Vec<_>>().join("; ")
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

fn note_entry(note: &Note, at: Option<&Located>, titles: &Titles) -> NoteEntry {
    let title = |id: &String| titles.get(id).cloned().unwrap_or_else(|| (id.clone(), id.clone()));
    let mut entry = NoteEntry {
        id: note.id.as_str().to_owned(),
        knelpunten: note.knelpunten.iter().map(title).collect(),
        tags: note.tags.clone(),
        status: note.status.map(|s| s.name().to_owned()),
        body: note.body.clone(),
        quote: note.target.quote().map(|q| q.exact.clone()).unwrap_or_default(),
        ..NoteEntry::default()
    };
    if let Some(at) = at {
        entry.doc = at.doc;
        entry.report.clone_from(&at.report);
        entry.part = at.part.0;
        entry.org.clone_from(&at.org);
        entry.year = at.year;
        entry.section.clone_from(&at.section);
        entry.section_id = at.section_id;
        entry.page.clone_from(&at.page);
        entry.range = at.place.as_ref().map(|p| p.range);
        entry.lines = at.place.as_ref().and_then(|p| p.lines);
    }
    entry
}
