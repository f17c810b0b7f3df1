//! The folder of notes: what is in it, and how it changes.
//!
//! `<data>/notes/<report>/<id>.md`, `<data>/notes/knelpunten/<knelpunt>/<id>.md`, `<data>/trash/…` with the same paths, and
//! `<data>/drafts/` for words not yet saved. The reader's files are never written over when they changed since they were
//! read, never deleted, and never touched when they cannot be understood.

use super::disk::{Disk, LARGEST, Listed, Lock, Refused, TRASH, before_trash};
use super::file::{FileError, parse, render, update};
use super::{Note, NoteId, slug};
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use thiserror::Error;

mod staged;

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
    /// Its file, relative to the data folder.
    pub path: PathBuf,
    /// What the file held.
    pub revision: Revision,
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
}

impl Store {
    /// The store in this data folder. Nothing is read or made until it is needed.
    #[must_use]
    pub fn open(data: &Path) -> Self {
        Store { disk: Disk::new(data), staged: None }
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.disk.root
    }

    /// Reads all notes.
    #[must_use]
    pub fn load(&self) -> Loaded {
        self.load_under(Path::new(NOTES))
    }

    /// Reads all notes in the trash; their paths begin with `trash`.
    #[must_use]
    pub fn trashed(&self) -> Loaded {
        self.load_under(&Path::new(TRASH).join(NOTES))
    }

    /// Reads one file, by its path relative to the data folder; `None` when there is none.
    ///
    /// # Errors
    /// The reason why it is not understood, in English.
    pub fn read(&self, path: &Path) -> Result<Option<Stored>, String> {
        let Some(text) = self.current(path).map_err(|e| e.to_string())? else { return Ok(None) };
        let note = parse(&text).map_err(|e| e.to_string())?;
        Ok(Some(Stored { note, path: path.to_owned(), revision: Revision(text.into()) }))
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
        let path = read.path.clone();
        let before = read.revision.text();
        let unwritable = |source| StoreError::Unwritable { path: self.whole(&path), source };
        let text = update(before, note).map_err(unwritable)?;
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
        let lock = self.lock()?;
        self.replace(&lock, &read.path, Some(read.revision.text()), None)?;
        let before = Some(read.revision.text().to_owned());
        Ok(Change { path: read.path.clone(), before, after: None })
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

    fn load_under(&self, folder: &Path) -> Loaded {
        let mut loaded = Loaded::default();
        let mut by_id: BTreeMap<NoteId, Vec<Stored>> = BTreeMap::new();
        for file in self.disk.list(folder, "md") {
            let read = file.and_then(|Listed { path, .. }| match self.read(&path) {
                Ok(found) => Ok(found),
                Err(reason) => Err((path, reason)),
            });
            match read {
                Ok(Some(stored)) => by_id.entry(stored.note.id.clone()).or_default().push(stored),
                Ok(None) => {} // Gone since it was listed.
                Err(unreadable) => loaded.unreadable.push(unreadable),
            }
        }
        for (id, mut files) in by_id {
            // The file with the note's name is the note.
            files.sort_by_key(|s| (s.path.file_stem().is_none_or(|stem| stem != id.as_str()), s.path.clone()));
            let mut files = files.into_iter();
            loaded.notes.extend(files.next());
            loaded.conflicts.extend(files);
        }
        loaded.unreadable.sort();
        loaded
    }
}

fn saved(note: Note, path: PathBuf, before: Option<String>, text: String) -> Saved {
    let change = Change { path: path.clone(), before, after: Some(text.clone()) };
    Saved { stored: Stored { note, path, revision: Revision(text.into()) }, change }
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
