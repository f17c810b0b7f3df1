//! The search index of a library, kept to what the library and the notes hold.
//!
//! The index itself knows which edition of each document it holds, so nothing else has to be believed; what it can't
//! know (by which rules its knelpunten were found, which notes it holds) stands in a small file in its folder, which is
//! written after a commit. Where the index can't be written, what it lacks is put in memory over it, and that is said.

use super::standing::Standing;
use super::{Librarian, Step};
use crate::doc::{DocId, Document, Edition};
use crate::knelpunt::{Certainty, Found};
use crate::library::{Entry, Library, Summary, seal, unseal, write_whole};
use crate::search::{Anew, DocEntry, Index, KnelpuntRange, SearchError, Writer};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

/// The shape of the file beside the index.
const SHAPE: u32 = 4;
/// After so many bytes of text what was added becomes searchable, and is safe: soon at first, when there may be nothing
/// to search yet, then each time four times as much.
const COMMIT_FIRST: usize = 3 << 20;
const COMMIT_EVERY: usize = 48 << 20;
/// After so many bytes the index is worth tidying at once.
const TIDY_FROM: usize = 8 << 20;
/// In so many pieces it is untidy: each update adds one, and each costs a search something.
const PIECES: usize = 12;
/// So few documents are written by one thread: more would cost more to start than they bring.
const FEW: usize = 4;

/// What stands beside the index.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Beside {
    /// The rules by which the knelpunten in the index were found.
    rules: u32,
    /// Stands for all notes, the register, and the documents they were looked for in.
    notes: [u8; 32],
    /// Stands for the files of notes as they lay there, and for the same documents.
    glance: [u8; 32],
    /// Stands for the passages that notes have put to a knelpunt, by document.
    coded: Vec<(DocId, u64)>,
    /// Stands for the corrections of headings with which a document was added; those without any are left out.
    corrected: Vec<(DocId, u64)>,
}

/// What an index on disk was found to hold after a commit, so that it need not be asked again: also the file in its
/// folder.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
pub(super) struct Known {
    commits: u64,
    held: BTreeMap<DocId, Edition>,
    beside: Beside,
}

/// The work on the index during one update.
pub(super) struct Indexing<'a> {
    librarian: &'a Librarian,
    standing: Standing,
    /// The one that is written, and whether that is the one on disk.
    index: Index,
    on_disk: bool,
    writer: Option<Writer>,
    held: BTreeMap<DocId, Edition>,
    beside: Beside,
    /// Bytes of text since the last commit, when the next one is due, and in all.
    waiting: usize,
    commit_at: usize,
    added: usize,
    /// Documents to be added, as far as that is known.
    expected: usize,
    /// Whether they are to be found before they are written.
    hurry: bool,
    changed: bool,
    /// Files of notes were looked at anew, whether or not anything came of it.
    glanced: bool,
    /// What went wrong, to be said.
    pub(super) trouble: Option<String>,
}

impl<'a> Indexing<'a> {
    /// Opens the index of the library: on disk, else in memory. With `rebuild` a new one is begun.
    pub(super) fn open(librarian: &'a Librarian, library: &Library, rebuild: bool) -> Result<Self, SearchError> {
        let mut standing = librarian.standing(library)?;
        if rebuild {
            standing.begin_anew(librarian.index_folder(library).as_deref());
        }
        let known = librarian.known.lock().ok().and_then(|mut known| known.take()).filter(|_| !rebuild);
        let (index, on_disk, known) = match Self::held(&standing, known) {
            Err(error) if standing.mend() => {
                log::warn!("{error}");
                Self::held(&standing, None)?
            }
            done => done?,
        };
        let mut work = Indexing {
            librarian,
            trouble: standing.trouble.clone().filter(|_| !on_disk),
            standing,
            index,
            on_disk,
            writer: None,
            held: known.held,
            beside: known.beside,
            waiting: 0,
            commit_at: COMMIT_FIRST,
            added: 0,
            expected: 0,
            hurry: false,
            changed: false,
            glanced: false,
        };
        work.share();
        work.trust_or_forget();
        Ok(work)
    }

    /// The index to be written, whether it is on disk, and what it holds.
    fn held(standing: &Standing, known: Option<Known>) -> Result<(Index, bool, Known), SearchError> {
        let (index, on_disk) = standing.to_write()?;
        // another program may have written it since
        let commits = index.commits()?;
        if let Some(known) = known.filter(|k| index.beneath().is_none() && k.commits == commits) {
            return Ok((index, on_disk, known));
        }
        index.reload()?;
        let mut known = read_known(&index, on_disk);
        if !on_disk || known.commits != commits {
            known = Known { commits, held: index.searcher().docs()?, ..known };
        }
        Ok((index, on_disk, known))
    }

    /// Why the index is being made anew, when it is.
    pub(super) fn anew(&self) -> Option<Anew> {
        self.standing.anew
    }

    /// An index that was just made holds no notes, whatever stands beside it; one with knelpunten by other rules holds
    /// nothing that can stay.
    fn trust_or_forget(&mut self) {
        if self.held.is_empty() || self.beside.rules != self.librarian.rules_stamp {
            self.held.values_mut().for_each(|edition| *edition = Edition([0; 32]));
            self.beside = Beside { rules: self.librarian.rules_stamp, ..Beside::default() };
        }
    }

    /// Has everybody search what stands now.
    fn share(&self) {
        self.librarian.share(self.standing.clone());
    }

    /// Documents that were read and are not in the index as they are now.
    pub(super) fn missing(&self, library: &Library, but: &[DocId]) -> Vec<DocId> {
        let corrected: FxHashMap<DocId, u64> = self.beside.corrected.iter().copied().collect();
        let missing = |entry: &Entry, summary: &Summary| {
            self.held.get(&entry.id) != entry.edition.as_ref()
                || corrected.get(&entry.id).copied().unwrap_or(0) != summary.corrections
        };
        let ready = library.ready().filter(|(entry, summary)| missing(entry, summary));
        ready.map(|(entry, _)| entry.id).filter(|id| !but.contains(id)).collect()
    }

    /// Says how many documents are going to be added, and whether somebody waits to search them.
    pub(super) fn expect(&mut self, count: usize, awaited: bool) {
        self.expected = count;
        self.hurry = awaited && count <= FEW;
    }

    /// Adds a document that was just read; nothing is done when the index has it already.
    pub(super) fn add_read(&mut self, entry: &Entry, doc: &Document) {
        if self.held.get(&entry.id) != Some(&doc.edition()) || self.corrected(entry.id) != doc.outline_stamp() {
            if self.hurry
                && let Err(error) = self.show_first(entry, doc)
            {
                log::warn!("{error}");
            }
            // what could not be added is tried again at the end
            let _ = self.attempt(|work| work.add(entry, doc, &[]));
        }
    }

    /// Brings everything else up to date: documents that were read before and are not in the index, documents that are
    /// gone, notes; and makes it searchable. `tell` hears when something has become so before the end.
    pub(super) fn finish(&mut self, library: &Library, cancel: &AtomicBool, tell: &mut dyn FnMut(Option<Step>)) {
        let whole = self.attempt(|work| work.rest(library, cancel, tell));
        self.writer = None;
        // what lies over another in memory is asked again: that other may be written meanwhile
        if !whole || cancel.load(Ordering::Relaxed) || self.index.beneath().is_some() {
            return;
        }
        if self.on_disk {
            let done = self.standing.is_whole();
            // first nobody here has the older one any more
            self.share();
            if let Some(Err(error)) = done.map(|index| index.take_over()) {
                log::warn!("{error}");
            }
        }
        if let Ok(commits) = self.index.commits()
            && let Ok(mut known) = self.librarian.known.lock()
        {
            *known =
                Some(Known { commits, held: std::mem::take(&mut self.held), beside: std::mem::take(&mut self.beside) });
        }
    }

    /// Runs a step of the work. Where the index on disk can't be written (another program writes it, the disk is full),
    /// what it lacks is put in memory over it, and the last step brings that up to date from the cache. One that turns
    /// out damaged is begun anew.
    /// Whether it was done.
    fn attempt(&mut self, mut step: impl FnMut(&mut Self) -> Result<(), SearchError>) -> bool {
        let Err(error) = step(self) else { return true };
        log::warn!("{error}");
        if !self.on_disk {
            return false; // in memory already: nothing more can be done
        }
        self.writer = None;
        let again = self.go_on_after(&error).and_then(|()| step(self));
        if let Err(error) = &again {
            log::error!("{error}");
        }
        again.is_ok()
    }

    fn go_on_after(&mut self, error: &SearchError) -> Result<(), SearchError> {
        // damage may show as anything but a writer elsewhere
        let mended = !matches!(error, SearchError::Busy { .. }) && self.standing.mend();
        (self.index, self.on_disk) =
            if mended { self.standing.to_write()? } else { (self.standing.move_to_memory(error)?, false) };
        self.trouble = self.standing.trouble.clone().filter(|_| !self.on_disk);
        self.beside = read_known(&self.index, self.on_disk).beside;
        self.held = self.index.searcher().docs()?;
        (self.waiting, self.commit_at) = (0, COMMIT_FIRST);
        self.trust_or_forget();
        self.share();
        Ok(())
    }

    fn rest(
        &mut self,
        library: &Library,
        cancel: &AtomicBool,
        tell: &mut dyn FnMut(Option<Step>),
    ) -> Result<(), SearchError> {
        if self.changed && self.waiting > 0 {
            // what was read can be searched before anybody looks at all the rest
            self.commit()?;
            tell(None);
        }
        let ready: FxHashMap<DocId, &Entry> = library.ready().map(|(entry, _)| (entry.id, entry)).collect();
        let gone: Vec<DocId> = self.held.keys().copied().filter(|id| !ready.contains_key(id)).collect();
        for id in gone {
            self.writer()?.remove(id)?;
            self.held.remove(&id);
            self.changed = true;
        }
        let missing = |work: &Self, entry: &Entry, summary: &Summary| {
            work.held.get(&entry.id) != entry.edition.as_ref() || work.corrected(entry.id) != summary.corrections
        };
        let todo = library.ready().filter(|(entry, summary)| missing(self, entry, summary)).count() as u64;
        let mut step = Step { done: 0, total: todo };
        // files of notes that lie there as they did need not be read, nor looked for in documents that are the same
        let glance = self.librarian.glance(library);
        let notes = match glance == self.beside.glance && todo == 0 {
            true => None,
            false => self.librarian.note_work(library, &self.beside.notes, todo > 0),
        };
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
            tell(Some(step));
        }
        if let Some(notes) = notes.filter(|n| n.key != self.beside.notes) {
            self.writer()?.set_notes(&notes.entries)?;
            self.beside.notes = notes.key;
            self.changed = true;
        }
        self.commit()?;
        if !cancel.load(Ordering::Relaxed) && self.beside.glance != glance {
            (self.beside.glance, self.glanced) = (glance, true);
        }
        self.keep_beside();
        let writer = self.writer.take();
        let untidy = self.added >= TIDY_FROM || self.index.searcher().pieces() >= PIECES;
        if let Some(writer) = writer.filter(|_| untidy) {
            writer.finish()?;
        }
        Ok(())
    }

    /// Has a document be found at once, from memory: writing to disk waits for the disk several times.
    fn show_first(&mut self, entry: &Entry, doc: &Document) -> Result<(), SearchError> {
        if !self.on_disk {
            return Ok(());
        }
        let Some(memory) = self.standing.over_disk()? else { return Ok(()) };
        let mut writer = memory.writer(1)?;
        self.put(&mut writer, entry, doc, &[])?;
        writer.commit()?;
        self.share();
        self.librarian.commits.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn put(
        &self,
        writer: &mut Writer,
        entry: &Entry,
        doc: &Document,
        coded: &[super::notes::CodedRange],
    ) -> Result<(), SearchError> {
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
        writer.add(&document).map(drop)
    }

    fn add(&mut self, entry: &Entry, doc: &Document, coded: &[super::notes::CodedRange]) -> Result<(), SearchError> {
        self.writer()?;
        let Some(mut writer) = self.writer.take() else { return Err(SearchError::Cancelled) };
        let done = self.put(&mut writer, entry, doc, coded);
        self.writer = Some(writer);
        done?;
        self.held.insert(entry.id, doc.edition());
        self.set_coded(entry.id, 0);
        self.set_corrected(entry.id, doc.outline_stamp());
        self.changed = true;
        self.waiting += doc.text().len();
        self.added += doc.text().len();
        if self.waiting >= self.commit_at {
            self.commit_at = (4 * self.commit_at).min(COMMIT_EVERY);
            self.commit()?;
        }
        Ok(())
    }

    fn commit(&mut self) -> Result<(), SearchError> {
        self.waiting = 0;
        let Some(writer) = self.writer.as_mut() else { return Ok(()) };
        writer.commit()?;
        self.librarian.commits.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn writer(&mut self) -> Result<&mut Writer, SearchError> {
        if self.writer.is_none() {
            let cores = thread::available_parallelism().map_or(1, usize::from);
            let threads = if self.expected <= FEW { 1 } else { cores };
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

    fn keep_beside(&self) {
        if !(self.changed || self.glanced) || !self.on_disk {
            return;
        }
        let Ok(commits) = self.index.commits() else { return };
        let file = self.index.folder().join(Index::STATE);
        let known = Known { commits, held: self.held.clone(), beside: self.beside.clone() };
        let kept = seal(&known, &[SHAPE]).and_then(|bytes| write_whole(&file, &bytes));
        if let Err(error) = kept {
            log::warn!("{}: {error}", file.display());
        }
    }
}

/// What was written beside an index; nothing when there is none that is whole.
fn read_known(index: &Index, on_disk: bool) -> Known {
    let Some(index) = index.beneath().or(on_disk.then_some(index)) else { return Known::default() };
    let read = || unseal(&fs::read(index.folder().join(Index::STATE)).ok()?, &[SHAPE]);
    read().unwrap_or_default()
}
