//! The index on disk or in memory, and its one writer.

use super::entry::{doc_key, of_document, of_note};
use super::schema::{Class, Fields, register, schema};
use super::searcher::Searcher;
use super::types::{DocEntry, NoteEntry, SearchError};
use crate::doc::DocId;
use crate::lang::Analyser;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::{IndexReader, IndexSettings, IndexWriter, ReloadPolicy, TantivyError, Term};

/// Says whose index this is and of which version. A change of analysis, schema or cutting is another version.
const STAMP_FILE: &str = "kantlijn-index";
const STAMP: &str = "kantlijn index 4\n";
/// So many bytes of text may wait for the writing threads before they are waited for: what waits is in memory.
const WAITING: usize = 96 << 20;
/// Memory of one writing thread before it closes a segment.
const BYTES_A_THREAD: usize = 48 << 20;

/// An index of passages and notes. Cheap to clone; all clones are one index.
#[derive(Clone)]
pub struct Index {
    inner: tantivy::Index,
    reader: IndexReader,
    fields: Fields,
    current: Arc<RwLock<Searcher>>,
    dir: Arc<Path>,
    fresh: bool,
}

impl Index {
    /// Opens the index in a folder, or makes one there. An index of another version, and one that is damaged, is wiped
    /// and made anew: then it is [`Index::fresh`].
    ///
    /// # Errors
    /// [`SearchError::Io`] when the folder cannot be made, read or written, [`SearchError::Foreign`] when it holds other
    /// files, [`SearchError::Busy`] when the index has to be made anew while another program writes it.
    pub fn open(dir: &Path) -> Result<Index, SearchError> {
        let io = |e: std::io::Error| SearchError::Io { path: dir.to_owned(), reason: e.to_string() };
        fs::create_dir_all(dir).map_err(io)?;
        let stamp = match fs::read_to_string(dir.join(STAMP_FILE)) {
            Ok(stamp) => Some(stamp),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => None,
            // not text: of nobody's version
            Err(e) if e.kind() == std::io::ErrorKind::InvalidData => Some(String::new()),
            Err(e) => return Err(io(e)),
        };
        let empty = fs::read_dir(dir).map_err(io)?.next().is_none();
        let made_halfway = dir.join(".managed.json").exists();
        match stamp.as_deref() {
            Some(STAMP) => match Self::existing(dir) {
                Err(e @ SearchError::Corrupt { .. }) => log::warn!("{e}; making it anew"),
                done => return done,
            },
            Some(_) => log::info!("the index in {} is of another version; making it anew", dir.display()),
            None if empty || made_halfway => {}
            None => return Err(SearchError::Foreign { path: dir.to_owned() }),
        }
        if !empty {
            wipe(dir)?;
        }
        let (schema, fields) = schema();
        let create = tantivy::Index::builder().schema(schema).settings(IndexSettings::default()).create_in_dir(dir);
        let inner = create.map_err(|e| failed(dir, e))?;
        fs::write(dir.join(STAMP_FILE), STAMP).map_err(io)?;
        Self::with(inner, fields, dir, true)
    }

    /// An empty index in memory.
    ///
    /// # Errors
    /// When the engine cannot make one, which only a lack of memory brings about.
    pub fn in_ram() -> Result<Index, SearchError> {
        let (schema, fields) = schema();
        Self::with(tantivy::Index::create_in_ram(schema), fields, Path::new("memory"), true)
    }

    fn existing(dir: &Path) -> Result<Index, SearchError> {
        let inner = tantivy::Index::open_in_dir(dir).map_err(|e| damaged(dir, e))?;
        let (schema, fields) = schema();
        if inner.schema() != schema {
            return Err(SearchError::Corrupt { path: dir.to_owned(), reason: "other fields".into() });
        }
        Self::with(inner, fields, dir, false)
    }

    fn with(inner: tantivy::Index, fields: Fields, dir: &Path, fresh: bool) -> Result<Index, SearchError> {
        register(&inner);
        let reader: IndexReader =
            inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(|e| damaged(dir, e))?;
        let searcher = Searcher::new(reader.searcher(), fields, dir)?;
        Ok(Index { inner, reader, fields, current: Arc::new(RwLock::new(searcher)), dir: dir.into(), fresh })
    }

    /// Whether it was made just now and holds nothing yet.
    #[must_use]
    pub fn fresh(&self) -> bool {
        self.fresh
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
        self.reader.reload().map_err(|e| failed(&self.dir, e))?;
        let searcher = Searcher::new(self.reader.searcher(), self.fields, &self.dir)?;
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = searcher;
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
        Ok(Writer { inner, index: self.clone(), stemmer: Analyser::default(), waiting: 0 })
    }
}

/// The one writer of an index. What is added is found after [`Writer::commit`]. In a long run it writes to disk what it
/// has in between; a document is there whole or not at all, and a run that was broken off goes on where it stopped
/// ([`Searcher::contains`]).
pub struct Writer {
    inner: IndexWriter,
    index: Index,
    stemmer: Analyser,
    /// Bytes of text added since the last commit.
    waiting: usize,
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
        let delete = UserOperation::Delete(self.term(Class::Doc, &doc_key(entry.id)));
        self.run(std::iter::once(delete).chain(entries.into_iter().map(UserOperation::Add)).collect())?;
        self.waiting += entry.doc.text().len();
        if self.waiting > WAITING {
            self.write()?;
        }
        Ok(passages)
    }

    /// Takes a document out.
    pub fn remove(&mut self, id: DocId) {
        self.inner.delete_term(self.term(Class::Doc, &doc_key(id)));
    }

    /// Makes these the notes, all of them.
    ///
    /// # Errors
    /// When the engine can take no more (a full disk).
    pub fn set_notes(&mut self, notes: &[NoteEntry]) -> Result<(), SearchError> {
        let delete = UserOperation::Delete(self.term(Class::Kind, "note"));
        let add = notes.iter().map(|n| UserOperation::Add(of_note(n, &self.index.fields, &mut self.stemmer)));
        let all = std::iter::once(delete).chain(add).collect();
        self.run(all)
    }

    /// Adds a note, in place of the one of the same id.
    ///
    /// # Errors
    /// When the engine can take no more (a full disk).
    pub fn put_note(&mut self, note: &NoteEntry) -> Result<(), SearchError> {
        let delete = UserOperation::Delete(self.term(Class::Note, &note.id));
        let add = UserOperation::Add(of_note(note, &self.index.fields, &mut self.stemmer));
        self.run(vec![delete, add])
    }

    /// Takes a note out.
    pub fn remove_note(&mut self, id: &str) {
        self.inner.delete_term(self.term(Class::Note, id));
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

    fn term(&self, class: Class, value: &str) -> Term {
        Term::from_field_text(self.index.fields.label, &class.term(value))
    }

    fn run(&self, operations: Vec<UserOperation>) -> Result<(), SearchError> {
        self.inner.run(operations).map(|_| ()).map_err(|e| failed(&self.index.dir, e))
    }
}

/// Removes an index, and nothing else, from a folder.
fn wipe(dir: &Path) -> Result<(), SearchError> {
    let io = |e: std::io::Error| SearchError::Io { path: dir.to_owned(), reason: e.to_string() };
    let directory =
        MmapDirectory::open(dir).map_err(|e| SearchError::Io { path: dir.to_owned(), reason: e.to_string() })?;
    let lock = directory.acquire_lock(&INDEX_WRITER_LOCK);
    let _lock = lock.map_err(|e| failed(dir, TantivyError::LockFailure(e, None)))?;
    for file in fs::read_dir(dir).map_err(io)? {
        let file = file.map_err(io)?;
        let name = file.file_name();
        let name = name.to_string_lossy();
        let segment =
            name.len() > 33 && name[..32].bytes().all(|b| b.is_ascii_hexdigit()) && name[32..].starts_with('.');
        if segment || matches!(&*name, "meta.json" | ".managed.json" | STAMP_FILE) {
            fs::remove_file(file.path()).map_err(io)?;
        }
    }
    Ok(())
}

/// An error of the engine in our words.
pub(super) fn failed(dir: &Path, error: TantivyError) -> SearchError {
    let path = PathBuf::from(dir);
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => SearchError::Busy { path },
        TantivyError::DataCorruption(e) => SearchError::Corrupt { path, reason: format!("{e:?}") },
        other => SearchError::Io { path, reason: other.to_string() },
    }
}

/// The same while opening, where whatever does not fit together is damage.
fn damaged(dir: &Path, error: TantivyError) -> SearchError {
    use tantivy::directory::error::{OpenDirectoryError, OpenReadError};
    let path = PathBuf::from(dir);
    match error {
        TantivyError::LockFailure(..)
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { .. })
        | TantivyError::OpenReadError(OpenReadError::IoError { .. }) => failed(dir, error),
        other => SearchError::Corrupt { path, reason: other.to_string() },
    }
}
