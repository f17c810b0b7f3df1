//! The catalog: what is known of each file of a library, kept between starts.

use super::{Failure, Found, Mtime, Read, Scan};
use crate::doc::{DocId, Document, Edition, Format, Furniture, Lang, PartKind, TextRange};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// The shape of the stored catalog; raised when it changes.
const SHAPE: u32 = 2;

/// Names a library: from its canonical roots.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LibraryId(String);

impl fmt::Display for LibraryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the bytes of an entry come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Place {
    /// A file on disk.
    Disk,
    /// Standard input.
    Input,
    /// Built into the program: the demonstration library.
    Demo,
}

/// One file of a library.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its name within the library.
    pub id: DocId,
    /// Where its bytes come from.
    pub place: Place,
    /// Canonical path; `-` or the name of the demonstration file where there is none on disk.
    #[serde(serialize_with = "write_path", deserialize_with = "read_path")]
    pub path: PathBuf,
    /// The path as shown: relative to the folder given, or the file's own name.
    pub file: String,
    /// Bytes, at the last look.
    pub size: u64,
    /// Last change, at the last look.
    pub mtime: Mtime,
    /// The content, once read.
    pub edition: Option<Edition>,
    /// What is known of it.
    pub state: EntryState,
}

/// What is known of an entry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EntryState {
    /// Not read yet.
    Pending,
    /// Read.
    Ready(Summary),
    /// Not to be read, and why.
    Failed(Failure),
}

impl Entry {
    /// The summary, once read.
    #[must_use]
    pub fn summary(&self) -> Option<&Summary> {
        match &self.state {
            EntryState::Ready(summary) => Some(summary),
            _ => None,
        }
    }

    /// The failure, when it could not be read.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        match &self.state {
            EntryState::Failed(failure) => Some(failure),
            _ => None,
        }
    }
}

/// What the screens list of a document without loading it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// What its bytes turned out to be.
    pub format: Format,
    /// Its parts in reading order.
    pub parts: Vec<PartSummary>,
    /// Number of blocks.
    pub blocks: u32,
    /// Length of the normalised text in bytes.
    pub bytes: u32,
    /// Number of pages; 0 when the source has none.
    pub pages: u32,
    /// Knelpunten found in it.
    pub knelpunten: KnelpuntCounts,
    /// What was left out of the text as furniture: the most frequent, at most [`Summary::FURNITURE`].
    pub furniture: Vec<Furniture>,
    /// What import had to say.
    pub warnings: Vec<String>,
    /// Stands for the corrections of its headings with which all this was made; 0 for none.
    pub corrections: u64,
}

/// How many knelpunten were found in a document, by how plainly the text says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnelpuntCounts {
    /// Sections that say they are one.
    pub explicit: u32,
    /// Passages that call something one.
    pub candidates: u32,
    /// Bare mentions.
    pub mentions: u32,
}

/// What is listed of a part.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartSummary {
    /// Its title; empty when nothing names it.
    pub title: String,
    /// The title that the file has, when the reader gave it another.
    pub printed: Option<String>,
    /// Publisher.
    pub org: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// What kind of paper it is.
    pub kind: PartKind,
    /// Its language.
    pub lang: Lang,
    /// Number of sections, its root included.
    pub sections: u32,
    /// Where it lies in the text.
    pub range: TextRange,
}

impl Summary {
    /// How much of the furniture is listed.
    pub const FURNITURE: usize = 12;

    /// The summary of a document; the counts come from whoever looked for knelpunten.
    #[must_use]
    pub fn of(doc: &Document, knelpunten: KnelpuntCounts) -> Self {
        let outline = doc.outline();
        let imported = doc.imported_outline();
        let mut sections = vec![0; outline.parts().len()];
        for section in outline.sections() {
            sections[section.part.0 as usize] += 1;
        }
        let parts = outline.parts().iter().zip(sections).map(|(p, sections)| PartSummary {
            title: p.title.clone(),
            printed: Some(&imported.part(outline.section(p.root).part).title).filter(|t| **t != p.title).cloned(),
            org: p.org.clone(),
            year: p.year,
            kind: p.kind,
            lang: p.lang,
            sections,
            range: p.range,
        });
        Summary {
            format: doc.format(),
            parts: parts.collect(),
            blocks: doc.blocks().len() as u32,
            bytes: doc.text().len() as u32,
            pages: doc.source().page_count(),
            knelpunten,
            furniture: doc.furniture().iter().take(Self::FURNITURE).cloned().collect(),
            warnings: doc.warnings().to_vec(),
            corrections: doc.outline_stamp(),
        }
    }
}

/// What a scan says has to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// A file not seen before.
    New(Found),
    /// Another size or time than at the last look, or never read to the end.
    Changed(DocId, Found),
    /// The same content at a new path, and the old path is gone.
    Moved(DocId, Found),
    /// No longer there.
    Removed(DocId),
}

/// A library: its name and what is known of its files.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Library {
    /// Its name.
    pub id: LibraryId,
    /// The files in the order of the scan.
    pub entries: Vec<Entry>,
}

impl Library {
    /// A library without entries, named by its canonical roots; `input` is the content of standard input when that is
    /// among them.
    #[must_use]
    pub fn new(roots: &[PathBuf], input: Option<&[u8]>) -> Library {
        let mut roots: Vec<PathBuf> = roots
            .iter()
            .map(|r| fs::canonicalize(r).or_else(|_| std::path::absolute(r)).unwrap_or_else(|_| r.clone()))
            .collect();
        roots.sort();
        roots.dedup();
        let mut hash = blake3::Hasher::new();
        for root in &roots {
            hash.update(root.as_os_str().as_encoded_bytes()).update(&[0]);
        }
        if let Some(bytes) = input {
            hash.update(b"-\0").update(blake3::hash(bytes).as_bytes());
        }
        Library { id: LibraryId(hash.finalize().to_hex()[..16].to_owned()), entries: Vec::new() }
    }

    /// A library that is not on disk, by a name of its own.
    #[must_use]
    pub fn named(name: &str) -> Library {
        Library { id: LibraryId(name.to_owned()), entries: Vec::new() }
    }

    /// The folder of this library in the cache: catalog and search index.
    #[must_use]
    pub fn folder(&self, cache: &Path) -> PathBuf {
        cache.join("libraries").join(&self.id.0)
    }

    /// The entry of this name.
    #[must_use]
    pub fn entry(&self, id: DocId) -> Option<&Entry> {
        self.entries.iter().find(|e| e.id == id)
    }

    /// The entry of this name, to be changed.
    pub fn entry_mut(&mut self, id: DocId) -> Option<&mut Entry> {
        self.entries.iter_mut().find(|e| e.id == id)
    }

    /// Files that were not read, with their reasons.
    pub fn failed(&self) -> impl Iterator<Item = (&Entry, &Failure)> {
        self.entries.iter().filter_map(|e| Some((e, e.failure()?)))
    }

    /// Documents that were read.
    pub fn ready(&self) -> impl Iterator<Item = (&Entry, &Summary)> {
        self.entries.iter().filter_map(|e| Some((e, e.summary()?)))
    }

    /// Adds an entry that is not on disk (standard input, demonstration).
    pub fn add_memory(&mut self, place: Place, file: &str, bytes: &[u8]) -> DocId {
        let path = PathBuf::from(file);
        let id = self.fresh_id(&path);
        let edition = Some(Edition::of(bytes));
        let (size, mtime, state) = (bytes.len() as u64, Mtime::default(), EntryState::Pending);
        self.entries.push(Entry { id, place, path, file: file.to_owned(), size, mtime, edition, state });
        id
    }

    /// Takes the changes over: what has to be read is `Pending` after it, in the order of the scan. Gives the entries
    /// to be read.
    pub fn apply(&mut self, scan: &Scan, changes: &[Change]) -> Vec<DocId> {
        let mut todo = FxHashSet::default();
        for change in changes {
            match change {
                Change::Removed(id) => self.entries.retain(|e| e.id != *id),
                Change::New(found) => {
                    let id = self.fresh_id(&found.path);
                    self.entries.push(Entry {
                        id,
                        place: Place::Disk,
                        path: found.path.clone(),
                        file: found.file.clone(),
                        size: found.size,
                        mtime: found.mtime,
                        edition: None,
                        state: EntryState::Pending,
                    });
                    self.settle_found(id, found, &mut todo);
                }
                Change::Changed(id, found) | Change::Moved(id, found) => self.settle_found(*id, found, &mut todo),
            }
        }
        let order: FxHashMap<&Path, usize> =
            scan.found.iter().enumerate().map(|(i, f)| (f.path.as_path(), i)).collect();
        // entries that are not on disk come last, in the order they were added
        self.entries.sort_by_key(|e| order.get(e.path.as_path()).copied().unwrap_or(usize::MAX));
        self.entries.iter().filter(|e| todo.contains(&e.id)).map(|e| e.id).collect()
    }

    /// Has an entry wait to be read again.
    pub fn wait(&mut self, id: DocId) {
        if let Some(entry) = self.entry_mut(id) {
            entry.state = EntryState::Pending;
        }
    }

    /// Takes over what reading an entry gave.
    pub fn settle(&mut self, id: DocId, outcome: Result<(Summary, Read), (Failure, Option<Edition>)>) {
        let Some(entry) = self.entry_mut(id) else { return };
        match outcome {
            Ok((summary, read)) => {
                entry.edition = Some(read.document.edition());
                entry.size = read.size;
                entry.mtime = read.mtime;
                entry.state = EntryState::Ready(summary);
            }
            Err((failure, edition)) => {
                entry.edition = edition;
                entry.state = EntryState::Failed(failure);
            }
        }
    }

    fn settle_found(&mut self, id: DocId, found: &Found, todo: &mut FxHashSet<DocId>) {
        let Some(entry) = self.entry_mut(id) else { return };
        // what was read of another path is vouched for by its hash (a move); of another time by nothing
        if entry.path == found.path && (entry.size, entry.mtime) != (found.size, found.mtime) {
            entry.edition = None;
        }
        entry.path.clone_from(&found.path);
        entry.file.clone_from(&found.file);
        entry.size = found.size;
        entry.mtime = found.mtime;
        match &found.problem {
            Some(problem) => {
                entry.edition = None;
                entry.state = EntryState::Failed(problem.clone());
            }
            None => {
                entry.state = EntryState::Pending;
                todo.insert(id);
            }
        }
    }

    /// A name not in use: the path's hash, counted on when a moved file still bears it.
    fn fresh_id(&self, path: &Path) -> DocId {
        let hash = blake3::hash(path.as_os_str().as_encoded_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hash.as_bytes()[..8]);
        let mut id = DocId(u64::from_le_bytes(first));
        while self.entries.iter().any(|e| e.id == id) {
            id.0 = id.0.wrapping_add(1);
        }
        id
    }

    /// The stored catalog of this library, if there is one of this stamp (which stands for whatever made the
    /// summaries) that is whole.
    #[must_use]
    pub fn load(&self, cache: &Path, stamp: u32) -> Option<Library> {
        let bytes = fs::read(self.folder(cache).join("catalog")).ok()?;
        let library: Library = super::cache::unseal(&bytes, &[SHAPE, stamp])?;
        (library.id == self.id).then_some(library)
    }

    /// Stores the catalog.
    ///
    /// # Errors
    /// When the cache can't be written.
    pub fn save(&self, cache: &Path, stamp: u32) -> std::io::Result<()> {
        let folder = self.folder(cache);
        super::cache::write_whole(&folder.join("catalog"), &super::cache::seal(self, &[SHAPE, stamp])?)
    }
}

/// What a scan asks to be done to a library. Reads no file, except those of the size of one that is gone: the same
/// content at a new path is a file that moved.
#[must_use]
pub fn plan(scan: &Scan, library: &Library) -> Vec<Change> {
    let known: FxHashMap<&Path, &Entry> =
        library.entries.iter().filter(|e| e.place == Place::Disk).map(|e| (e.path.as_path(), e)).collect();
    let here: FxHashSet<&Path> = scan.found.iter().map(|f| f.path.as_path()).collect();
    let mut gone: Vec<&Entry> =
        library.entries.iter().filter(|e| e.place == Place::Disk && !here.contains(e.path.as_path())).collect();
    let mut changes = Vec::new();
    for found in &scan.found {
        match known.get(found.path.as_path()) {
            Some(entry) if is_settled(entry, found) => {}
            Some(entry) => changes.push(Change::Changed(entry.id, found.clone())),
            None => match moved_from(found, &gone) {
                Some(at) => changes.push(Change::Moved(gone.swap_remove(at).id, found.clone())),
                None => changes.push(Change::New(found.clone())),
            },
        }
    }
    gone.sort_by_key(|e| e.id);
    let mut all: Vec<Change> = gone.iter().map(|e| Change::Removed(e.id)).collect();
    all.append(&mut changes);
    all
}

/// The same for a few paths that are said to have changed, without a scan: an update of one file costs the same however
/// many others there are. `None` when only a scan can tell: a new file, one that is gone, a folder.
#[must_use]
pub fn look(paths: &[PathBuf], library: &Library, max_bytes: u64) -> Option<Vec<Change>> {
    let mut changes: Vec<Change> = Vec::new();
    for path in paths {
        let entry = |path: &Path| library.entries.iter().find(|e| e.place == Place::Disk && e.path == path);
        let Ok(path) = fs::canonicalize(path) else {
            // programs write aside and rename: what is not there and never was is nobody's
            let folder = fs::canonicalize(path.parent()?).ok()?;
            if entry(&folder.join(path.file_name()?)).is_some() {
                return None;
            }
            continue;
        };
        let entry = entry(&path)?;
        let meta = fs::metadata(&path).ok().filter(|m| m.is_file() && m.len() <= max_bytes)?;
        let (size, mtime) = (meta.len(), Mtime::of(&meta));
        let found = Found { path, file: entry.file.clone(), size, mtime, problem: None };
        if !is_settled(entry, &found) && !changes.iter().any(|c| matches!(c, Change::Changed(id, _) if *id == entry.id))
        {
            changes.push(Change::Changed(entry.id, found));
        }
    }
    Some(changes)
}

/// Whether nothing has to be done for a file.
fn is_settled(entry: &Entry, found: &Found) -> bool {
    if entry.file != found.file || entry.size != found.size || entry.mtime != found.mtime {
        return false;
    }
    match (&entry.state, &found.problem) {
        (EntryState::Pending, _) => false,
        (EntryState::Ready(_), problem) => problem.is_none(),
        (EntryState::Failed(old), Some(new)) => old == new,
        // the scan sees nothing wrong: what lies in the file itself is still wrong, the rest deserves another try
        (EntryState::Failed(old), None) => !old.passing && entry.edition.is_some(),
    }
}

fn moved_from(found: &Found, gone: &[&Entry]) -> Option<usize> {
    let same_size = |e: &&Entry| e.size == found.size && e.edition.is_some();
    if found.problem.is_some() || !gone.iter().any(same_size) {
        return None;
    }
    let edition = Edition::of(&fs::read(&found.path).ok()?);
    gone.iter().position(|e| e.edition == Some(edition))
}

/// Paths need not be UTF-8; they are stored as the bytes the system uses.
fn write_path<S: Serializer>(path: &Path, s: S) -> Result<S::Ok, S::Error> {
    path.as_os_str().as_encoded_bytes().serialize(s)
}

#[cfg(unix)]
fn read_path<'de, D: Deserializer<'de>>(d: D) -> Result<PathBuf, D::Error> {
    use std::os::unix::ffi::OsStringExt;
    Ok(std::ffi::OsString::from_vec(Vec::deserialize(d)?).into())
}

#[cfg(not(unix))]
fn read_path<'de, D: Deserializer<'de>>(d: D) -> Result<PathBuf, D::Error> {
    let bytes = Vec::<u8>::deserialize(d)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned().into())
}
