//! The search index of a library, kept to what the library and the notes hold.
//!
//! The index itself knows which edition of each document it holds, so nothing else has to be believed; what it can't
//! know (by which rules its knelpunten were found, which notes it holds) stands in a small file beside it, which is
//! written after a commit. Where the index can't be written, all of it is made in memory, and that is said.

use super::{Librarian, Step};
use crate::doc::{DocId, Document, Edition};
use crate::knelpunt::{Certainty, Found};
use crate::library::{Entry, Library, Summary, seal, unseal, write_whole};
use crate::search::{DocEntry, Index, KnelpuntRange, SearchError, Searcher, Writer};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The shape of the file beside the index.
const SHAPE: u32 = 2;
/// After so many bytes of text what was added becomes searchable, and is safe.
const COMMIT_EVERY: usize = 48 << 20;
/// After so many bytes the index is worth tidying at once.
const TIDY_FROM: usize = 8 << 20;

/// What stands beside the index.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Beside {
    /// The rules by which the knelpunten in the index were found.
    rules: u32,
    /// Stands for all notes, the register, and the documents they were looked for in.
    notes: [u8; 32],
    /// Stands for the passages that notes have put to a knelpunt, by document.
    coded: Vec<(DocId, u64)>,
    /// Stands for the corrections of headings with which a document was added; those without any are left out.
    corrected: Vec<(DocId, u64)>,
}

/// The work on the index during one update.
pub(super) struct Indexing<'a> {
    librarian: &'a Librarian,
    index: Index,
    writer: Option<Writer>,
    held: BTreeMap<DocId, Edition>,
    beside: Beside,
    /// Bytes of text since the last commit, and in all.
    waiting: usize,
    added: usize,
    changed: bool,
    /// What went wrong, to be said.
    pub(super) trouble: Option<String>,
}

impl<'a> Indexing<'a> {
    /// Opens the index of the library: on disk, else in memory.
    pub(super) fn open(librarian: &'a Librarian, library: &Library) -> Result<Self, SearchError> {
        let (index, trouble) = librarian.open_index(library)?;
        // another program may have written it since
        index.reload()?;
        let mut work = Indexing {
            librarian,
            index,
            writer: None,
            held: BTreeMap::new(),
            beside: Beside::default(),
            waiting: 0,
            added: 0,
            changed: false,
            trouble,
        };
        work.held = work.index.searcher().docs()?;
        work.beside = librarian.beside_file(library).and_then(|file| read_beside(&file)).unwrap_or_default();
        if work.index.searcher().passages() == 0 {
            // an index that was just made holds no notes either, whatever stands beside it
            work.forget();
        } else if work.beside.rules != librarian.rules_stamp {
            // everything is looked at anew: the index holds knelpunten by other rules
            work.forget();
        }
        Ok(work)
    }

    /// Takes nothing that the index holds for granted: all of it is written again.
    pub(super) fn forget(&mut self) {
        self.held.values_mut().for_each(|edition| *edition = Edition([0; 32]));
        self.beside = Beside { rules: self.librarian.rules_stamp, ..Beside::default() };
    }

    /// Adds a document that was just read; nothing is done when the index has it already.
    pub(super) fn add_read(&mut self, entry: &Entry, doc: &Document) {
        if self.held.get(&entry.id) != Some(&doc.edition()) || self.corrected(entry.id) != doc.outline_stamp() {
            self.attempt(|work| work.add(entry, doc, &[]));
        }
    }

    /// Brings everything else up to date: documents that were read before and are not in the index, documents that are
    /// gone, notes; and makes it searchable.
    pub(super) fn finish(&mut self, library: &Library, cancel: &AtomicBool, tell: &mut dyn FnMut(Step)) {
        self.attempt(|work| work.rest(library, cancel, tell));
    }

    /// Runs a step of the work. Where the index on disk can't be written (another program writes it, the disk is full),
    /// one in memory takes its place, and the last step brings it up to date from the cache.
    fn attempt(&mut self, mut step: impl FnMut(&mut Self) -> Result<(), SearchError>) {
        let Err(error) = step(self) else { return };
        log::warn!("{error}");
        if self.trouble.is_some() {
            return; // in memory already: nothing more can be done
        }
        self.trouble = Some(error.to_string());
        match Index::in_ram() {
            Ok(index) => {
                self.writer = None;
                self.index = index;
                self.held.clear();
                self.beside = Beside { rules: self.librarian.rules_stamp, ..Beside::default() };
                self.librarian.use_index(&self.index);
                if let Err(error) = step(self) {
                    log::error!("{error}");
                }
            }
            Err(error) => log::error!("{error}"),
        }
    }

    fn rest(&mut self, library: &Library, cancel: &AtomicBool, tell: &mut dyn FnMut(Step)) -> Result<(), SearchError> {
        let ready: FxHashMap<DocId, &Entry> = library.ready().map(|(entry, _)| (entry.id, entry)).collect();
        let gone: Vec<DocId> = self.held.keys().copied().filter(|id| !ready.contains_key(id)).collect();
        for id in gone {
            self.writer()?.remove(id);
            self.held.remove(&id);
            self.changed = true;
        }
        let missing = |work: &Self, entry: &Entry, summary: &Summary| {
            work.held.get(&entry.id) != entry.edition.as_ref() || work.corrected(entry.id) != summary.corrections
        };
        let todo = library.ready().filter(|(entry, summary)| missing(self, entry, summary)).count() as u64;
        let mut step = Step { done: 0, total: todo };
        let notes = self.librarian.note_work(library, &self.beside.notes, todo > 0);
        for (entry, summary) in library.ready() {
            let coded = notes.as_ref().map(|n| n.coded(entry.id));
            let stale = coded.is_some_and(|coded| coded.hash != self.coded_hash(entry.id));
            if (!missing(self, entry, summary) && !stale) || cancel.load(Ordering::Relaxed) {
                continue;
            }
            let Ok(doc) = self.librarian.document(entry) else { continue };
            let ranges = coded.map(|c| c.ranges.as_slice()).unwrap_or_default();
            self.add(entry, &doc, ranges)?;
            if let Some(coded) = coded {
                self.set_coded(entry.id, coded.hash);
            }
            step.done += 1;
            tell(step);
        }
        if let Some(notes) = notes.filter(|n| n.key != self.beside.notes) {
            self.writer()?.set_notes(&notes.entries)?;
            self.beside.notes = notes.key;
            self.changed = true;
        }
        self.commit()?;
        self.keep_beside(library);
        let writer = self.writer.take();
        if let Some(writer) = writer.filter(|_| self.added >= TIDY_FROM) {
            writer.finish()?;
        }
        Ok(())
    }

    fn add(&mut self, entry: &Entry, doc: &Document, coded: &[super::notes::CodedRange]) -> Result<(), SearchError> {
        let found = self.librarian.found_in(doc);
        let own = found.iter().filter(|f| f.certainty != Certainty::Mention).map(|f: &Found| KnelpuntRange {
            range: f.range,
            id: &f.id,
            title: &f.title,
        });
        let put = coded.iter().map(|c| KnelpuntRange { range: c.range, id: &c.id, title: &c.title });
        let knelpunten: Vec<_> = own.chain(put).collect();
        let title = entry.file.rsplit('/').next().unwrap_or(&entry.file);
        let document = DocEntry { id: entry.id, doc, title, file: &entry.file, knelpunten: &knelpunten };
        self.writer()?.add(&document)?;
        self.held.insert(entry.id, doc.edition());
        self.set_coded(entry.id, 0);
        self.set_corrected(entry.id, doc.outline_stamp());
        self.changed = true;
        self.waiting += doc.text().len();
        self.added += doc.text().len();
        if self.waiting >= COMMIT_EVERY {
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), SearchError> {
        self.waiting = 0;
        match self.writer.as_mut() {
            Some(writer) => writer.commit(),
            None => Ok(()),
        }
    }

    fn writer(&mut self) -> Result<&mut Writer, SearchError> {
        if self.writer.is_none() {
            let threads = thread::available_parallelism().map_or(1, usize::from);
            self.writer = Some(self.index.writer(threads)?);
        }
        match &mut self.writer {
            Some(writer) => Ok(writer),
            None => Err(SearchError::Cancelled),
        }
    }

    fn coded_hash(&self, id: DocId) -> u64 {
        self.beside.coded.iter().find(|(doc, _)| *doc == id).map_or(0, |(_, hash)| *hash)
    }

    fn set_coded(&mut self, id: DocId, hash: u64) {
        self.beside.coded.retain(|(doc, _)| *doc != id);
        if hash != 0 {
            self.beside.coded.push((id, hash));
        }
    }

    fn corrected(&self, id: DocId) -> u64 {
        self.beside.corrected.iter().find(|(doc, _)| *doc == id).map_or(0, |(_, stamp)| *stamp)
    }

    fn set_corrected(&mut self, id: DocId, stamp: u64) {
        self.beside.corrected.retain(|(doc, _)| *doc != id);
        if stamp != 0 {
            self.beside.corrected.push((id, stamp));
        }
    }

    fn keep_beside(&self, library: &Library) {
        if !self.changed || self.trouble.is_some() {
            return;
        }
        let Some(file) = self.librarian.beside_file(library) else { return };
        let kept = seal(&self.beside, &[SHAPE]).and_then(|bytes| write_whole(&file, &bytes));
        if let Err(error) = kept {
            log::warn!("{}: {error}", file.display());
        }
    }
}

fn read_beside(file: &Path) -> Option<Beside> {
    unseal(&fs::read(file).ok()?, &[SHAPE])
}

impl Librarian {
    /// What can be searched now: the index as the last update left it, opened when it wasn't yet. `None` when there is
    /// none that can be read.
    #[must_use]
    pub fn searcher(&self, library: &Library) -> Option<Searcher> {
        if let Some(index) = &*self.index() {
            return Some(index.searcher());
        }
        match self.open_index(library) {
            Ok((index, _)) => Some(index.searcher()),
            Err(error) => {
                log::warn!("{error}");
                None
            }
        }
    }

    /// The folder of the index on disk.
    #[must_use]
    pub fn index_folder(&self, library: &Library) -> Option<PathBuf> {
        Some(library.folder(self.cache.as_deref()?).join("index"))
    }

    fn beside_file(&self, library: &Library) -> Option<PathBuf> {
        Some(library.folder(self.cache.as_deref()?).join("index-state"))
    }

    /// The index that is open, else the one on disk, else one in memory with the reason why.
    fn open_index(&self, library: &Library) -> Result<(Index, Option<String>), SearchError> {
        if let Some(index) = &*self.index() {
            return Ok((index.clone(), None));
        }
        let on_disk = self.index_folder(library).map(|folder| Index::open(&folder));
        let (index, trouble) = match on_disk {
            Some(Ok(index)) => (index, None),
            Some(Err(error)) => (Index::in_ram()?, Some(error.to_string())),
            None => (Index::in_ram()?, None),
        };
        self.use_index(&index);
        Ok((index, trouble))
    }

    fn use_index(&self, index: &Index) {
        *self.index() = Some(index.clone());
    }
}
