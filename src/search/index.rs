//! An index on disk or in memory, and its one writer.

mod generations;

pub use generations::{Anew, Opened};

use super::entry::{doc_key, of_document, of_note};
use super::memories::{Memories, Writing};
use super::schema::{Class, Fields, register, schema};
use super::searcher::Searcher;
use super::types::{DocEntry, NoteEntry, SearchError};
use crate::doc::DocId;
use crate::lang::Analyser;
use std::collections::BTreeSet;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, META_LOCK, OwnedBytes};
use tantivy::fastfield::{AliveBitSet, write_alive_bitset};
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocSet, IndexWriter, SegmentReader, TERMINATED, TantivyError, Term};

/// Raised when an index is built otherwise: its fields, or what is stored with an entry. An index of another shape can't
/// be read.
const SHAPE: u32 = 7;
/// Raised when other words come into the index, or other passages: analysis, cutting, labels. An index of another
/// reading still answers while a new one is made.
const READING: u32 = 8;
/// So many bytes of text may wait for the writing threads before they are waited for: what waits is in memory.
const WAITING: usize = 96 << 20;
/// Memory of one writing thread before it closes a segment.
const BYTES_A_THREAD: usize = 48 << 20;

/// An index of passages and notes. Cheap to clone; all clones are one index.
#[derive(Clone)]
pub struct Index {
    inner: tantivy::Index,
    fields: Fields,
    current: Arc<RwLock<Searcher>>,
    dir: Arc<Path>,
    beneath: Option<Arc<Beneath>>,
    memories: Memories,
    /// The commit that is searched.
    seen: Arc<AtomicU64>,
    /// Locked as long as the index is open, so that nobody removes its folder meanwhile.
    _held: Option<Arc<File>>,
}

/// The index that one in memory is laid over.
struct Beneath {
    index: Index,
    /// Labels: an entry with one of them has been replaced or removed.
    hidden: Mutex<BTreeSet<String>>,
}

impl Index {
    /// An empty index in memory.
    ///
    /// # Errors
    /// When the engine cannot make one, which only a lack of memory brings about.
    pub fn in_ram() -> Result<Index, SearchError> {
        let (schema, fields) = schema();
        Self::with(tantivy::Index::create_in_ram(schema), fields, Path::new("memory"), None, Memories::default())
    }

    /// An index in memory laid over this one, which is not written any more: what is added is in memory, what is
    /// replaced or removed beneath is not found any more, and all the rest is.
    ///
    /// # Errors
    /// When this index cannot be read.
    pub fn above(&self) -> Result<Index, SearchError> {
        let index = self.beneath().cloned().unwrap_or_else(|| self.clone());
        let (schema, fields) = schema();
        let over = Index {
            beneath: Some(Arc::new(Beneath { index, hidden: Mutex::default() })),
            ..Self::with(tantivy::Index::create_in_ram(schema), fields, &self.dir, None, self.memories.clone())?
        };
        // what is open beneath need not be opened again
        *over.current.write().unwrap_or_else(PoisonError::into_inner) = self.searcher();
        over.reload()?;
        Ok(over)
    }

    /// What this index in memory is laid over.
    #[must_use]
    pub fn beneath(&self) -> Option<&Index> {
        self.beneath.as_ref().map(|b| &b.index)
    }

    fn with(
        inner: tantivy::Index,
        fields: Fields,
        dir: &Path,
        held: Option<Arc<File>>,
        memories: Memories,
    ) -> Result<Index, SearchError> {
        register(&inner, &memories);
        let (searcher, seen) = guarded(dir, || {
            let seen = inner.load_metas().map_err(|e| damaged(dir, e))?.opstamp;
            let readers = open_segments(&inner, fields, &BTreeSet::new()).map_err(|e| damaged(dir, e))?;
            Ok((Searcher::new(readers, fields, dir, None)?, seen))
        })?;
        let current = Arc::new(RwLock::new(searcher));
        let seen = Arc::new(AtomicU64::new(seen));
        Ok(Index { inner, fields, current, dir: dir.into(), beneath: None, memories, seen, _held: held })
    }

    /// Where it lies; `memory` when that is nowhere.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.dir
    }

    /// Whether a writer can be had now: nobody else has one, and the folder can be written.
    #[must_use]
    pub fn is_free(&self) -> bool {
        self.inner.directory().acquire_lock(&INDEX_WRITER_LOCK).is_ok()
    }

    /// A number that another commit changes, whoever makes it.
    ///
    /// # Errors
    /// When the index can no longer be read.
    pub fn commits(&self) -> Result<u64, SearchError> {
        guarded(&self.dir, || self.inner.load_metas().map(|m| m.opstamp).map_err(|e| damaged(&self.dir, e)))
    }

    /// Whether there has been a commit that is not searched yet: another program's.
    #[must_use]
    pub fn is_behind(&self) -> bool {
        self.commits().is_ok_and(|commits| commits != self.seen.load(Ordering::Relaxed))
    }

    /// Reads every file of the index and says what is wrong with it.
    #[must_use]
    pub fn damage(&self) -> Option<String> {
        let checked = guarded(&self.dir, || self.inner.validate_checksum().map_err(|e| damaged(&self.dir, e)));
        match checked {
            Ok(files) => files.iter().next().map(|f| f.display().to_string()),
            Err(error) => Some(error.to_string()),
        }
    }

    /// What can be searched now. It stays as it is, whatever is written after.
    #[must_use]
    pub fn searcher(&self) -> Searcher {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes notice of what another program has committed; a commit of this one is noticed by itself.
    ///
    /// # Errors
    /// When the index can no longer be read.
    pub fn reload(&self) -> Result<(), SearchError> {
        let (before, seen) = (self.searcher(), self.commits()?);
        let searcher = guarded(&self.dir, || {
            let none = BTreeSet::new();
            let mut readers = match &self.beneath {
                Some(b) => open_segments(&b.index.inner, self.fields, &b.hidden()),
                None => Ok(Vec::new()),
            }
            .map_err(|e| damaged(&self.dir, e))?;
            readers.extend(open_segments(&self.inner, self.fields, &none).map_err(|e| damaged(&self.dir, e))?);
            Searcher::new(readers, self.fields, &self.dir, Some(&before))
        })?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = searcher;
        self.seen.store(seen, Ordering::Relaxed);
        Ok(())
    }

    /// The one writer, working on so many threads. Drop it when there is nothing more to write: it keeps threads and
    /// memory.
    ///
    /// # Errors
    /// [`SearchError::Busy`] while this or another program has a writer.
    pub fn writer(&self, threads: usize) -> Result<Writer, SearchError> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads.clamp(1, 8))
            .num_merge_threads(1)
            .memory_budget_per_thread(BYTES_A_THREAD)
            .build();
        let inner = self.inner.writer_with_options(options).map_err(|e| failed(&self.dir, e))?;
        let writing = Writing(self.memories.clone());
        Ok(Writer { inner, index: self.clone(), stemmer: Analyser::default(), waiting: 0, _writing: writing })
    }
}

/// The one writer of an index. What is added is found after [`Writer::commit`]. In a long run it writes to disk what it
/// has in between; a document is there whole or not at all, and a run that was broken off goes on where it stopped
/// ([`Searcher::docs`]).
pub struct Writer {
    inner: IndexWriter,
    index: Index,
    stemmer: Analyser,
    /// Bytes of text added since the last commit.
    waiting: usize,
    /// After the writing threads: they give back what they have been lent.
    _writing: Writing,
}

impl Writer {
    /// Adds a document, in place of what was there under its id. Returns how many passages it has.
    ///
    /// # Errors
    /// When the engine can take no more (a full disk).
    pub fn add(&mut self, entry: &DocEntry<'_>) -> Result<usize, SearchError> {
        let entries = of_document(entry, &self.index.fields, &mut self.stemmer);
        let passages = entries.len() - 1;
        // one batch: a document's passages stay side by side, and old and new change places at once
        let delete = self.delete(Class::Doc, &doc_key(entry.id));
        self.run(std::iter::once(delete).chain(entries.into_iter().map(UserOperation::Add)).collect())?;
        self.waiting += entry.doc.text().len();
        if self.waiting > WAITING {
            self.write()?;
        }
        Ok(passages)
    }

    /// Takes a document out.
    ///
    /// # Errors
    /// When the engine can take no more (a full disk).
    pub fn remove(&mut self, id: DocId) -> Result<(), SearchError> {
        self.run(vec![self.delete(Class::Doc, &doc_key(id))])
    }

    /// Makes these the notes, all of them.
    ///
    /// # Errors
    /// When the engine can take no more (a full disk).
    pub fn set_notes(&mut self, notes: &[NoteEntry]) -> Result<(), SearchError> {
        let delete = self.delete(Class::Kind, "note");
        let add = notes.iter().map(|n| UserOperation::Add(of_note(n, &self.index.fields, &mut self.stemmer)));
        let all = std::iter::once(delete).chain(add).collect();
        self.run(all)
    }

    /// Writes what was added and removed to disk, and makes it searchable.
    ///
    /// # Errors
    /// When it cannot be written; what had been written before is still there.
    pub fn commit(&mut self) -> Result<(), SearchError> {
        self.write()?;
        self.index.reload()
    }

    fn write(&mut self) -> Result<(), SearchError> {
        self.waiting = 0;
        self.inner.commit().map(|_| ()).map_err(|e| failed(&self.index.dir, e))
    }

    /// Waits for tidying in the background to end, and makes its outcome what is searched. To be called after the last
    /// commit; dropping the writer instead leaves the tidying to the next one.
    ///
    /// # Errors
    /// When the index can no longer be read.
    pub fn finish(self) -> Result<(), SearchError> {
        self.inner.wait_merging_threads().map_err(|e| failed(&self.index.dir, e))?;
        self.index.reload()
    }

    /// Has all entries with a label go, beneath an index in memory too.
    fn delete(&self, class: Class, value: &str) -> UserOperation {
        let label = class.term(value);
        let term = Term::from_field_text(self.index.fields.label, &label);
        if let Some(beneath) = &self.index.beneath {
            beneath.hidden().insert(label);
        }
        UserOperation::Delete(term)
    }

    fn run(&self, operations: Vec<UserOperation>) -> Result<(), SearchError> {
        self.inner.run(operations).map(|_| ()).map_err(|e| failed(&self.index.dir, e))
    }
}

impl Beneath {
    /// A set is whole whoever panicked: it is only ever added to.
    fn hidden(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.hidden.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The segments of the last commit, without the entries that have one of these labels.
fn open_segments(
    index: &tantivy::Index,
    fields: Fields,
    hidden: &BTreeSet<String>,
) -> Result<Vec<SegmentReader>, TantivyError> {
    // keeps another program from tidying them away meanwhile; a folder that can't be written knows no locks
    let _lock = index.directory().acquire_lock(&META_LOCK).ok();
    let mut out = Vec::new();
    for segment in index.searchable_segments()? {
        let reader = SegmentReader::open(&segment)?;
        let mut alive = BitSet::with_max_value_and_full(reader.max_doc());
        let full = alive.len();
        let labels = reader.inverted_index(fields.label)?;
        for label in hidden {
            let term = Term::from_field_text(fields.label, label);
            let Some(mut found) = labels.read_postings(&term, IndexRecordOption::Basic)? else { continue };
            while found.doc() != TERMINATED {
                alive.remove(found.doc());
                found.advance();
            }
        }
        if alive.len() == full {
            out.push(reader);
            continue;
        }
        let mut bytes = Vec::new();
        write_alive_bitset(&alive, &mut bytes).map_err(|e| TantivyError::InternalError(e.to_string()))?;
        let alive = AliveBitSet::open(OwnedBytes::new(bytes));
        out.push(SegmentReader::open_with_custom_alive_set(&segment, Some(alive))?);
    }
    Ok(out)
}

/// Runs what reads an index: of a damaged one the engine may panic.
pub(super) fn guarded<T>(dir: &Path, read: impl FnOnce() -> Result<T, SearchError>) -> Result<T, SearchError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let reason = said.unwrap_or("it can't be read").to_owned();
        Err(SearchError::Corrupt { path: dir.to_owned(), reason })
    })
}

/// An error of the engine in our words.
fn failed(dir: &Path, error: TantivyError) -> SearchError {
    let path = PathBuf::from(dir);
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => SearchError::Busy { path },
        TantivyError::DataCorruption(e) => SearchError::Corrupt { path, reason: format!("{e:?}") },
        other => SearchError::Io { path, reason: other.to_string() },
    }
}

/// The same while reading, where whatever does not fit together is damage, and only what the system refuses is not.
pub(super) fn damaged(dir: &Path, error: TantivyError) -> SearchError {
    use tantivy::directory::error::{OpenDirectoryError, OpenReadError};
    let refused = match &error {
        TantivyError::LockFailure(..) => true,
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::IoError(io_error) => io_error.raw_os_error().is_some(),
        _ => false,
    };
    if refused { failed(dir, error) } else { SearchError::Corrupt { path: dir.into(), reason: error.to_string() } }
}
