//! What is loaded: the entries of the library, the few documents that are open, and the notes by document.

use super::FoundRow;
use crate::doc::{Document, Edition, PartId, PartKind, SectionId};
use crate::knelpunt::{Certainty, Found};
use crate::library::{DocId, Entry, PartSummary};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// How many documents are kept open at once: the one being read, those unfolded in the navigator, previews. What falls
/// out is loaded again from the cache when it is wanted.
const OPEN_AT_MOST: usize = 12;

/// A document with the knelpunten found in it.
#[derive(Debug)]
pub struct OpenDoc {
    /// Which.
    pub id: DocId,
    /// The path as shown.
    pub file: String,
    /// The document.
    pub doc: Arc<Document>,
    /// The knelpunten in it, in reading order.
    pub found: Vec<Found>,
}

impl PartialEq for OpenDoc {
    /// The same content under the same name, with the same corrections of its headings.
    fn eq(&self, other: &Self) -> bool {
        let same = |a: &Document, b: &Document| a.edition() == b.edition() && a.outline_stamp() == b.outline_stamp();
        self.id == other.id && same(&self.doc, &other.doc)
    }
}

impl OpenDoc {
    /// The found knelpunt that a section is, when it is one.
    #[must_use]
    pub fn knelpunt_of(&self, section: SectionId) -> Option<&Found> {
        self.found.iter().find(|f| f.section == section && f.certainty == Certainty::Explicit)
    }

    /// The content.
    #[must_use]
    pub fn edition(&self) -> Edition {
        self.doc.edition()
    }
}

/// The library as the app knows it.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    entries: Arc<Vec<Entry>>,
    /// Where each entry stands: lists ask for one per row, and there may be thousands of both.
    by_id: FxHashMap<DocId, usize>,
    /// Where each content stands.
    by_edition: FxHashMap<Edition, usize>,
    /// Publishers and years that more than one report has.
    ambiguous: FxHashSet<(String, Option<i32>)>,
    /// The most recently used last.
    open: Vec<Arc<OpenDoc>>,
    /// The knelpunten found in all of the library; `None` until it has been gone through once.
    found: Option<Arc<Vec<FoundRow>>>,
    /// How many of them each report itself presents as one.
    explicit: FxHashMap<(DocId, PartId), u32>,
}

impl Shelf {
    /// Takes over what was found in the library.
    pub(super) fn set_found(&mut self, found: Arc<Vec<FoundRow>>) {
        self.explicit.clear();
        for row in found.iter().filter(|r| r.found.certainty == Certainty::Explicit) {
            *self.explicit.entry((row.doc, row.found.part)).or_default() += 1;
        }
        self.found = Some(found);
    }

    /// How many knelpunten a report itself presents as such.
    #[must_use]
    pub fn knelpunten_in(&self, doc: DocId, part: PartId) -> u32 {
        self.explicit.get(&(doc, part)).copied().unwrap_or(0)
    }

    /// The knelpunten found in all of the library, as far as it has been read.
    #[must_use]
    pub fn found(&self) -> &[FoundRow] {
        self.found.as_ref().map(|f| f.as_slice()).unwrap_or_default()
    }

    /// Whether the library has been gone through, so that what is not found is not there.
    #[must_use]
    pub fn all_looked_at(&self) -> bool {
        self.found.is_some()
    }

    /// Takes over what the library holds now. Open documents whose content changed are dropped.
    pub fn set_entries(&mut self, entries: Arc<Vec<Entry>>) {
        self.by_id = entries.iter().enumerate().map(|(i, e)| (e.id, i)).collect();
        // the first of several copies
        self.by_edition = entries.iter().enumerate().rev().filter_map(|(i, e)| Some((e.edition?, i))).collect();
        self.entries = entries;
        let mut open = std::mem::take(&mut self.open);
        open.retain(|o| self.entry(o.id).is_some_and(|e| e.edition.is_none_or(|edition| edition == o.edition())));
        self.open = open;
        let mut seen = FxHashSet::default();
        let mut twice = FxHashSet::default();
        for (_, _, part) in self.reports().filter(|(_, _, p)| p.kind == PartKind::Report) {
            let key = (part.org.clone().unwrap_or_default(), part.year);
            if !seen.insert(key.clone()) {
                twice.insert(key);
            }
        }
        self.ambiguous = twice;
    }

    /// Whether another report of the same publisher and year is in the library.
    #[must_use]
    pub fn is_ambiguous(&self, part: &PartSummary) -> bool {
        self.ambiguous.contains(&(part.org.clone().unwrap_or_default(), part.year))
    }

    /// All entries, in the order of the library.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// One entry.
    #[must_use]
    pub fn entry(&self, id: DocId) -> Option<&Entry> {
        self.entries.get(*self.by_id.get(&id)?)
    }

    /// The entry with this content.
    #[must_use]
    pub fn entry_of(&self, edition: Edition) -> Option<&Entry> {
        self.entries.get(*self.by_edition.get(&edition)?)
    }

    /// All parts of all entries that were read, in order: what the screens call reports.
    pub fn reports(&self) -> impl DoubleEndedIterator<Item = (&Entry, PartId, &PartSummary)> {
        self.entries.iter().flat_map(|e| {
            let parts = e.summary().map(|s| s.parts.as_slice()).unwrap_or_default();
            parts.iter().enumerate().map(move |(i, p)| (e, PartId(i as u32), p))
        })
    }

    /// An open document; counts as used.
    pub fn use_open(&mut self, id: DocId) -> Option<Arc<OpenDoc>> {
        let at = self.open.iter().position(|o| o.id == id)?;
        let doc = self.open.remove(at);
        self.open.push(doc.clone());
        Some(doc)
    }

    /// An open document.
    #[must_use]
    pub fn open(&self, id: DocId) -> Option<&Arc<OpenDoc>> {
        self.open.iter().find(|o| o.id == id)
    }

    /// All open documents, the most recently used last.
    #[must_use]
    pub fn all_open(&self) -> &[Arc<OpenDoc>] {
        &self.open
    }

    /// Keeps a document open, and lets go of the one used longest ago when there are too many.
    pub fn keep_open(&mut self, doc: Arc<OpenDoc>) {
        self.open.retain(|o| o.id != doc.id);
        self.open.push(doc);
        if self.open.len() > OPEN_AT_MOST {
            self.open.remove(0);
        }
    }

    /// The title by which a report is shown: its own, else the file's name.
    #[must_use]
    pub fn title<'a>(entry: &'a Entry, part: &'a PartSummary) -> &'a str {
        if part.title.is_empty() { &entry.file } else { &part.title }
    }
}
