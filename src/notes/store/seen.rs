//! What was read of the folders of notes: a file is read again only when it changed.

use super::super::NoteId;
use super::super::disk::{Disk, Listed, Stamp};
use super::super::file::parse;
use super::{Loaded, Revision, Stored};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder that is read and whose it is.
#[derive(Clone, Debug)]
pub(super) struct Source<'a> {
    pub disk: &'a Disk,
    /// Where in it the notes are.
    pub folder: &'a Path,
    /// Somebody else's, who is called so.
    pub owner: Option<&'a Arc<str>>,
}

/// A file as it was read.
#[derive(Debug)]
struct File {
    stamp: Option<Stamp>,
    read: Result<Arc<Stored>, String>,
}

/// All that was read.
#[derive(Debug, Default)]
pub(super) struct Seen {
    files: BTreeMap<PathBuf, File>,
    /// What could not be listed, with the reason.
    unlisted: Vec<(PathBuf, String)>,
    /// Of several files of one note, the note; in the order of ids.
    notes: Vec<Arc<Stored>>,
    conflicts: Vec<Arc<Stored>>,
}

impl Seen {
    /// Reads what has changed since.
    pub fn refresh(&mut self, sources: &[Source<'_>]) {
        let mut before = std::mem::take(&mut self.files);
        self.unlisted.clear();
        for source in sources {
            if let Some(owner) = source.owner.filter(|_| !source.disk.root.is_dir()) {
                self.unlisted.push((source.disk.root.clone(), format!("{owner}: there is no such folder of notes")));
            }
            for listed in source.disk.list(source.folder, "md") {
                let Listed { path, stamp } = match listed {
                    Ok(listed) => listed,
                    Err((path, reason)) => {
                        self.unlisted.push((source.name(&path), reason));
                        continue;
                    }
                };
                let name = source.name(&path);
                let known = before.remove(&name).filter(|f| f.stamp.is_some() && f.stamp == stamp);
                let file = known.or_else(|| Some(File { stamp, read: source.read(&path)? }));
                self.files.extend(file.map(|f| (name, f)));
            }
        }
        self.unlisted.sort();
        self.group();
    }

    /// These files are to be read again, whatever their stamps say.
    pub fn forget(&mut self, paths: &[PathBuf]) {
        for path in paths {
            self.files.remove(path);
        }
    }

    fn group(&mut self) {
        let mut by_id: BTreeMap<&NoteId, Vec<&Arc<Stored>>> = BTreeMap::new();
        for stored in self.files.values().filter_map(|f| f.read.as_ref().ok()) {
            by_id.entry(&stored.note.id).or_default().push(stored);
        }
        let (mut notes, mut conflicts) = (Vec::with_capacity(by_id.len()), Vec::new());
        for (id, mut files) in by_id {
            // the reader's own goes before those of others; the file with the note's name is the note
            let named = |s: &Stored| s.path.file_stem().is_some_and(|stem| stem == id.as_str());
            files.sort_by_key(|s| (s.owner.is_some(), !named(s), &s.path));
            let mut files = files.into_iter().cloned();
            notes.extend(files.next());
            conflicts.extend(files.filter(|s| s.owner.is_none()));
        }
        (self.notes, self.conflicts) = (notes, conflicts);
    }

    /// All notes, each once, by id.
    pub fn notes(&self) -> &[Arc<Stored>] {
        &self.notes
    }

    /// Further files of notes of the reader's.
    pub fn conflicts(&self) -> &[Arc<Stored>] {
        &self.conflicts
    }

    /// Files that are not understood, with the reason.
    pub fn unreadable(&self) -> Vec<(PathBuf, String)> {
        let files = self.files.iter().filter_map(|(p, f)| Some((p.clone(), f.read.as_ref().err()?.clone())));
        let mut all: Vec<_> = self.unlisted.iter().cloned().chain(files).collect();
        all.sort();
        all
    }

    /// Everything.
    pub fn loaded(&self) -> Loaded {
        let each = |all: &[Arc<Stored>]| all.iter().map(|s| Stored::clone(s)).collect();
        Loaded { notes: each(&self.notes), conflicts: each(&self.conflicts), unreadable: self.unreadable() }
    }
}

impl Source<'_> {
    /// How a file is called: relative to the data folder when it is the reader's own, else by its whole path.
    fn name(&self, path: &Path) -> PathBuf {
        if self.owner.is_some() { self.disk.root.join(path) } else { path.to_owned() }
    }

    /// `None` when it is gone since it was listed.
    fn read(&self, path: &Path) -> Option<Result<Arc<Stored>, String>> {
        if path.to_str().is_none() {
            return Some(Err("its name is not UTF-8".to_owned()));
        }
        let text = match self.disk.read(path) {
            Ok(text) => text?,
            Err(error) => return Some(Err(error.to_string())),
        };
        let stored = |note| {
            Arc::new(Stored {
                note,
                path: self.name(path),
                revision: Revision(text.as_str().into()),
                owner: self.owner.cloned(),
            })
        };
        Some(parse(&text).map(stored).map_err(|e| e.to_string()))
    }
}

/// Stands for all files of notes as they lie there, without reading any.
pub(super) fn glance(sources: &[Source<'_>]) -> [u8; 32] {
    let mut hash = blake3::Hasher::new();
    for source in sources {
        for listed in source.disk.list(source.folder, "md") {
            match listed {
                Ok(Listed { path, stamp }) => hash.update(format!("{:?} {stamp:?}\n", source.name(&path)).as_bytes()),
                Err((path, reason)) => hash.update(format!("{path:?} {reason}\n").as_bytes()),
            };
        }
    }
    *hash.finalize().as_bytes()
}

/// What was last told to somebody, so that only what is new need be told.
#[derive(Debug, Default)]
pub struct Told {
    notes: BTreeMap<NoteId, Arc<Stored>>,
    conflicts: Vec<Arc<Stored>>,
    unreadable: Vec<(PathBuf, String)>,
}

/// What is new in the folders of notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Notes that are new or have changed.
    pub changed: Vec<Stored>,
    /// Notes that are gone.
    pub gone: Vec<NoteId>,
    /// All further files of notes, when they have changed.
    pub conflicts: Option<Vec<Stored>>,
    /// All files that are not understood, when they have changed.
    pub unreadable: Option<Vec<(PathBuf, String)>>,
}

impl Told {
    /// Files that are not understood.
    #[must_use]
    pub fn unreadable(&self) -> &[(PathBuf, String)] {
        &self.unreadable
    }

    pub(super) fn news(&mut self, seen: &Seen) -> News {
        let mut news = News::default();
        let mut before = std::mem::take(&mut self.notes);
        for stored in seen.notes() {
            let old = before.remove(&stored.note.id);
            if !old.is_some_and(|old| Arc::ptr_eq(&old, stored)) {
                news.changed.push(Stored::clone(stored));
            }
            self.notes.insert(stored.note.id.clone(), stored.clone());
        }
        news.gone = before.into_keys().collect();
        if self.conflicts != seen.conflicts() {
            self.conflicts = seen.conflicts().to_vec();
            news.conflicts = Some(self.conflicts.iter().map(|s| Stored::clone(s)).collect());
        }
        let unreadable = seen.unreadable();
        if self.unreadable != unreadable {
            news.unreadable = Some(unreadable.clone());
            self.unreadable = unreadable;
        }
        news
    }
}
