//! The folder of notes: what is in it, and how it changes.
//!
//! `<data>/notes/<report>/<id>.md`, `<data>/notes/knelpunten/<knelpunt>/<id>.md`, `<data>/trash/…` with the same paths, and
//! `<data>/drafts/` for words not yet saved. The reader's files are never written over when they changed since they were
//! read, never deleted, and never touched when they cannot be understood.

use super::disk::{Disk, LARGEST, Lock, Refused, TRASH, before_trash};
use super::file::{FileError, parse, render, update};
use super::{Note, slug};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use thiserror::Error;

mod seen;
mod staged;

pub use seen::{News, Told};

use seen::{Seen, Source};
use staged::Staged;

const NOTES: &str = "notes";
const DRAFTS: &str = "drafts";

/// The text of a file at the time it was read: what a later write is compared with.
#[derive(Clone, PartialEq, Eq)]
pub struct Revision(Arc<str>);

impl Revision {
    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Revision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Revision({})", &blake3::hash(self.0.as_bytes()).to_hex()[..8])
    }
}

/// A note with its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// The note.
    pub note: Note,
    /// Its file, relative to the data folder (whole when it is in somebody else's).
    pub path: PathBuf,
    /// What the file held.
    pub revision: Revision,
    /// Whose it is, when it isn't the reader's own: then `path` is whole, and nothing is ever written to it.
    pub owner: Option<Arc<str>>,
}

impl Stored {
    /// Where a note in the trash was before.
    #[must_use]
    pub fn place_before_trash(&self) -> Option<PathBuf> {
        before_trash(&self.path)
    }
}

/// One file that goes from one text to another; no text is no file. What [`super::history`] keeps.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Change {
    /// The file, relative to the data folder.
    pub path: PathBuf,
    /// Its text before.
    pub before: Option<String>,
    /// Its text after.
    pub after: Option<String>,
}

/// A note as it now stands, and the change that made it so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    /// The note with its file.
    pub stored: Stored,
    /// For the history; `before` and `after` are the same when there was nothing to write.
    pub change: Change,
}

/// What a folder of notes holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The notes, by id, each id once.
    pub notes: Vec<Stored>,
    /// Further files of notes above: conflict copies of ours, of a sync tool's, or made by hand.
    pub conflicts: Vec<Stored>,
    /// Files that are not understood, relative to the data folder, each with its reason (in English).
    pub unreadable: Vec<(PathBuf, String)>,
}

/// Words not yet saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What they were saved under.
    pub key: String,
    /// The words.
    pub text: String,
}

/// Why the store could not do something. Paths are whole.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The file isn't what was read; it was left as it is.
    #[error("{} was changed elsewhere since it was read{}", path.display(),
        ours.as_ref().map(|p| format!("; the other version is in {}", p.display())).unwrap_or_default())]
    ChangedElsewhere {
        /// The file.
        path: PathBuf,
        /// Where the version that could not take its place was put.
        ours: Option<PathBuf>,
    },
    /// The disk refused; nothing has changed.
    #[error("cannot {doing} {}: {source}", path.display())]
    Io {
        /// What was being done.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// It is somebody else's note; those are only read.
    #[error("{} is a note of {owner}; notes of others are only read", path.display())]
    NotYours {
        /// Whose.
        owner: Arc<str>,
        /// Its file.
        path: PathBuf,
    },
    /// The note cannot be written as a file.
    #[error("{} cannot be written as a note: {source}", path.display())]
    Unwritable {
        /// The file.
        path: PathBuf,
        /// Why not.
        source: FileError,
    },
}

/// The notes of one data folder.
#[derive(Clone, Debug)]
pub struct Store {
    pub(super) disk: Disk,
    /// While an act is done: what it writes.
    staged: Option<Staged>,
    others: Arc<[Other]>,
    seen: Arc<Mutex<Seen>>,
    trash: Arc<Mutex<Seen>>,
}

/// Somebody else's notes, laid over the reader's own: read, never written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OthersNotes {
    /// What they are called.
    pub owner: String,
    /// Their data folder, or a folder of notes.
    pub folder: PathBuf,
}

impl OthersNotes {
    /// An overlay as it is written down: `NAME=FOLDER`, or a folder, which then gives its own name (a folder that is only
    /// called after what is in it, that of the folder it is in).
    #[must_use]
    pub fn parse(text: &str) -> OthersNotes {
        let named = text.split_once('=').filter(|(name, _)| !name.trim().is_empty() && !name.contains(['/', '\\']));
        if let Some((name, folder)) = named {
            return OthersNotes { owner: name.trim().to_owned(), folder: folder.into() };
        }
        let folder = PathBuf::from(text);
        let plain = ["notes", "notities", "data", "kantlijn", ".", ".."];
        let name = |p: &Path| Some(p.file_name()?.to_str()?.to_owned()).filter(|n| !plain.contains(&n.as_str()));
        let owner = folder.ancestors().find_map(name).unwrap_or_else(|| text.to_owned());
        OthersNotes { owner, folder }
    }
}

/// An overlay as it is read.
#[derive(Debug)]
struct Other {
    owner: Arc<str>,
    disk: Disk,
}

impl Other {
    /// Where in it the notes are: a data folder has a place for them.
    fn folder(&self) -> &Path {
        Path::new(if self.disk.root.join(NOTES).is_dir() { NOTES } else { "" })
    }
}

impl Store {
    /// The store in this data folder. Nothing is read or made until it is needed.
    #[must_use]
    pub fn open(data: &Path) -> Self {
        Store {
            disk: Disk::new(data),
            staged: None,
            others: Arc::default(),
            seen: Arc::default(),
            trash: Arc::default(),
        }
    }

    /// The same store with notes of others laid over it: of a note that both have, the reader's own is the note.
    #[must_use]
    pub fn with_others(mut self, overlays: &[OthersNotes]) -> Self {
        let other = |o: &OthersNotes| Other { owner: o.owner.as_str().into(), disk: Disk::new(&o.folder) };
        self.others = overlays.iter().map(other).collect();
        self
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.disk.root
    }

    /// All notes, as they are on disk now. Only files that have changed since this store or a copy of it last looked are
    /// read.
    #[must_use]
    pub fn load(&self) -> Loaded {
        self.look(Seen::loaded)
    }

    /// All notes, as [`Store::load`] reads them, each id once, by id.
    #[must_use]
    pub fn notes(&self) -> Vec<Arc<Stored>> {
        self.look(|seen| seen.notes().to_vec())
    }

    /// What is new since it was last told.
    pub fn news(&self, told: &mut Told) -> News {
        self.look(|seen| told.news(seen))
    }

    /// These files (by whole paths) are known to have changed: they are read again at the next look.
    pub fn forget(&self, paths: &[PathBuf]) {
        let own = |p: &PathBuf| p.strip_prefix(&self.disk.root).unwrap_or(p).to_owned();
        held(&self.seen).forget(&paths.iter().map(own).collect::<Vec<_>>());
    }

    /// Reads all notes in the trash; their paths begin with `trash`.
    #[must_use]
    pub fn trashed(&self) -> Loaded {
        let mut seen = held(&self.trash);
        seen.refresh(&[Source { disk: &self.disk, folder: &Path::new(TRASH).join(NOTES), owner: None }]);
        seen.loaded()
    }

    /// Stands for all files of notes as they lie there, without reading any: another when one has come, gone or changed.
    #[must_use]
    pub fn glance(&self) -> [u8; 32] {
        seen::glance(&self.sources())
    }

    fn look<T>(&self, of: impl FnOnce(&Seen) -> T) -> T {
        let mut seen = held(&self.seen);
        seen.refresh(&self.sources());
        of(&seen)
    }

    /// The reader's own folder of notes, and those of others.
    fn sources(&self) -> Vec<Source<'_>> {
        let own = Source { disk: &self.disk, folder: Path::new(NOTES), owner: None };
        let others = self.others.iter().map(|o| Source { disk: &o.disk, folder: o.folder(), owner: Some(&o.owner) });
        std::iter::once(own).chain(others).collect()
    }

    /// Reads one file, by its path relative to the data folder; `None` when there is none.
    ///
    /// # Errors
    /// The reason why it is not understood, in English.
    pub fn read(&self, path: &Path) -> Result<Option<Stored>, String> {
        let Some(text) = self.current(path).map_err(|e| e.to_string())? else { return Ok(None) };
        let note = parse(&text).map_err(|e| e.to_string())?;
        Ok(Some(Stored { note, path: path.to_owned(), revision: Revision(text.into()), owner: None }))
    }

    /// Writes a new note.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] when there is a file of that name already.
    pub fn create(&self, note: &Note) -> Result<Saved, StoreError> {
        let path = slug::folder(note).join(format!("{}.md", note.id));
        let text = render(note);
        let unwritable = |source| StoreError::Unwritable { path: self.whole(&path), source };
        check_size(&text).map_err(unwritable)?;
        let read = parse(&text).map_err(unwritable)?;
        let lock = self.lock()?;
        self.replace(&lock, &path, None, Some(&text))?;
        Ok(saved(read, path, None, text))
    }

    /// Writes a note that was read before, changing only what differs in its file.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] when the file isn't what was read; the note is then beside it as a conflict copy.
    pub fn save(&self, read: &Stored, note: &Note) -> Result<Saved, StoreError> {
        self.own(read)?;
        let path = read.path.clone();
        let before = read.revision.text();
        let unwritable = |source| StoreError::Unwritable { path: self.whole(&path), source };
        let text = update(before, &not_back(&read.note, note)).map_err(unwritable)?;
        check_size(&text).map_err(unwritable)?;
        let note = parse(&text).map_err(unwritable)?;
        if text != before {
            let lock = self.lock()?;
            match self.replace(&lock, &path, Some(before), Some(&text)) {
                Err(StoreError::ChangedElsewhere { path: whole, ours: None }) => {
                    let copy = self.disk.beside(&lock, &path, &text).map_err(|e| self.error(e, &path))?;
                    return Err(StoreError::ChangedElsewhere { path: whole, ours: Some(self.whole(&copy)) });
                }
                other => other?,
            }
        }
        Ok(saved(note, path, Some(before.to_owned()), text))
    }

    /// Moves a note to the trash.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] when the file isn't what was read: the reader deletes only what was seen.
    pub fn trash(&self, read: &Stored) -> Result<Change, StoreError> {
        self.own(read)?;
        let lock = self.lock()?;
        self.replace(&lock, &read.path, Some(read.revision.text()), None)?;
        let before = Some(read.revision.text().to_owned());
        Ok(Change { path: read.path.clone(), before, after: None })
    }

    /// Writes a note to a new file: the file of another with what differs in it, so that everything else it holds is kept.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] when there is a file of that name already.
    pub fn write_as(&self, like: &Stored, note: &Note, path: &Path) -> Result<Saved, StoreError> {
        let unwritable = |source| StoreError::Unwritable { path: self.whole(path), source };
        let text = update(like.revision.text(), &not_back(&like.note, note)).map_err(unwritable)?;
        let note = parse(&text).map_err(unwritable)?;
        let lock = self.lock()?;
        self.replace(&lock, path, None, Some(&text))?;
        Ok(saved(note, path.to_owned(), None, text))
    }

    /// Moves a note from the trash (as [`Store::trashed`] lists it) back to where it was.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] when another file has its place now.
    pub fn restore(&self, trashed: &Stored) -> Result<Saved, StoreError> {
        let text = trashed.revision.text();
        let changed = |path: &Path| StoreError::ChangedElsewhere { path: self.whole(path), ours: None };
        let path = before_trash(&trashed.path).ok_or_else(|| changed(&trashed.path))?;
        let lock = self.lock()?;
        if self.disk.read(&trashed.path).ok().flatten().as_deref() != Some(text) {
            return Err(changed(&trashed.path));
        }
        self.replace(&lock, &path, None, Some(text))?;
        Ok(saved(trashed.note.clone(), path, None, text.to_owned()))
    }

    /// Keeps words that are not saved yet, instead of those kept under this key before.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn draft_save(&self, key: &str, text: &str) -> Result<(), StoreError> {
        let path = draft_path(key);
        let lock = self.lock()?;
        self.disk.write(&lock, &path, text).map_err(|e| self.error(e, &path))
    }

    /// All drafts, by key; those that cannot be read are left out and left alone.
    #[must_use]
    pub fn drafts(&self) -> Vec<Draft> {
        let mut drafts: Vec<_> = self
            .disk
            .list(Path::new(DRAFTS), "md")
            .into_iter()
            .filter_map(|file| {
                let path = file.ok()?.path;
                let key = unescape(path.file_stem()?.to_str()?)?;
                Some(Draft { key, text: self.disk.read(&path).ok()?? })
            })
            .collect();
        drafts.sort_by(|a, b| a.key.cmp(&b.key));
        drafts
    }

    /// Forgets a draft; its words are saved, or the reader has thrown them away.
    ///
    /// # Errors
    /// When the disk refuses; a draft that isn't there is no error.
    pub fn draft_clear(&self, key: &str) -> Result<(), StoreError> {
        let path = self.whole(&draft_path(key));
        match std::fs::remove_file(&path) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => Err(StoreError::Io { doing: "remove", path, source: e }),
            _ => Ok(()),
        }
    }

    /// Other files of this extension in and under a folder, relative to the data folder; what cannot be listed is left out.
    #[must_use]
    pub fn list(&self, folder: &Path, extension: &str) -> Vec<PathBuf> {
        self.disk.list(folder, extension).into_iter().flatten().map(|f| f.path).collect()
    }

    /// The text of another file in the data folder; `None` when there is none.
    ///
    /// # Errors
    /// When it is no plain file, too large, not UTF-8, or cannot be read.
    pub fn text(&self, path: &Path) -> Result<Option<String>, StoreError> {
        let doing = |source| StoreError::Io { doing: "read", path: self.whole(path), source };
        self.current(path).map_err(doing)
    }

    /// Makes another file in the data folder go from one text to another, with the same care as a note.
    ///
    /// # Errors
    /// [`StoreError::ChangedElsewhere`] when it isn't `before`; nothing has changed then.
    pub fn put(&self, path: &Path, before: Option<String>, after: String) -> Result<Change, StoreError> {
        let lock = self.lock()?;
        self.replace(&lock, path, before.as_deref(), Some(&after))?;
        Ok(Change { path: path.to_owned(), before, after: Some(after) })
    }

    /// What a file holds, or will hold once the act that is being done is.
    fn current(&self, path: &Path) -> io::Result<Option<String>> {
        match self.staged.as_ref().and_then(|s| s.text(path)) {
            Some(ready) => Ok(ready),
            None => self.disk.read(path),
        }
    }

    pub(super) fn lock(&self) -> Result<Lock, StoreError> {
        if self.staged.is_some() {
            return Ok(Lock::held());
        }
        self.disk.lock().map_err(|e| self.error(e, Path::new("")))
    }

    pub(super) fn replace(
        &self,
        lock: &Lock,
        path: &Path,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<(), StoreError> {
        let done = match &self.staged {
            Some(staged) => staged.replace(&self.disk, path, from, to),
            None => self.disk.replace(lock, path, from, to),
        };
        done.map_err(|e| self.error(e, path))
    }

    fn whole(&self, path: &Path) -> PathBuf {
        self.disk.root.join(path)
    }

    pub(super) fn error(&self, refused: Refused, path: &Path) -> StoreError {
        match refused {
            Refused::Changed(theirs) => {
                StoreError::ChangedElsewhere { path: self.whole(path), ours: theirs.map(|p| self.whole(&p)) }
            }
            Refused::Io(doing, path, source) => StoreError::Io { doing, path, source },
        }
    }

    /// Notes of others are only read.
    fn own(&self, read: &Stored) -> Result<(), StoreError> {
        match &read.owner {
            None => Ok(()),
            Some(owner) => Err(StoreError::NotYours { owner: owner.clone(), path: read.path.clone() }),
        }
    }
}

fn held(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}

fn saved(note: Note, path: PathBuf, before: Option<String>, text: String) -> Saved {
    let change = Change { path: path.clone(), before, after: Some(text.clone()) };
    Saved { stored: Stored { note, path, revision: Revision(text.into()), owner: None }, change }
}

/// The note, changed no earlier than it was made or last changed, whatever the clock says.
fn not_back(read: &Note, note: &Note) -> Note {
    let mut note = note.clone();
    if note.modified != read.modified {
        note.modified = note.modified.max(read.modified).max(note.created);
    }
    note
}

fn check_size(text: &str) -> Result<(), FileError> {
    match text.len() as u64 {
        0..=LARGEST => Ok(()),
        _ => Err(FileError { line: 1, reason: format!("larger than {} MB", LARGEST >> 20) }),
    }
}

/// The file of a draft: its key with everything but ASCII letters, digits, `-` and `_` as `%` and two hexadecimal digits.
fn draft_path(key: &str) -> PathBuf {
    let escaped: String = key
        .bytes()
        .map(|b| match b {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(b).to_string(),
            b => format!("%{b:02x}"),
        })
        .collect();
    Path::new(DRAFTS).join(format!("{escaped}.md"))
}

fn unescape(name: &str) -> Option<String> {
    let mut bytes = Vec::new();
    let mut rest = name.as_bytes();
    while let [first, tail @ ..] = rest {
        rest = tail;
        if *first == b'%' {
            let hex = std::str::from_utf8(rest.get(..2)?).ok()?;
            bytes.push(u8::from_str_radix(hex, 16).ok()?);
            rest = &rest[2..];
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests;
