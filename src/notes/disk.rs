//! The disk under the store: a text goes from one state to another as a whole, or not at all.
//!
//! Every change is made ready first ([`Disk::ready`]: compared with what was read, the new text written to a temporary
//! file in the same folder and flushed) and then put in its place ([`Disk::put`]: compared again, renamed). What takes
//! space happens in the first half, so that of an act on many files either all are put or none. A lock file keeps two
//! running programs from doing that at the same time. Nothing here knows what a note is.

#[cfg(test)]
mod tests;
mod write;

pub(super) use write::{Ready, Touched, before_trash};

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex};

/// Largest text that is read or written, in bytes.
pub(super) const LARGEST: u64 = 16 << 20;
/// Where what is deleted goes.
pub(super) const TRASH: &str = "trash";

/// A folder whose texts are changed as a whole. Paths are relative to it.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    pub root: PathBuf,
    /// A word by which the temporary files of this program are known from what others have left.
    own: u64,
    /// Folders in which nothing is left of unfinished writes.
    swept: Arc<Mutex<BTreeSet<PathBuf>>>,
    /// For tests: which steps the disk refuses.
    #[cfg(test)]
    pub faults: tests::faults::Faults,
}

/// What is said when a lock is held: only one program changes texts.
pub(super) struct Lock(Option<File>);

impl Lock {
    /// For whoever knows that the lock is held already.
    pub fn held() -> Self {
        Lock(None)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if let Some(file) = &self.0 {
            // A lock that cannot be released goes with the file handle.
            let _ = file.unlock();
        }
    }
}

/// Why a text was not replaced.
#[derive(Debug)]
pub(super) enum Refused {
    /// It isn't what was read. When another program wrote to it in the very moment of the rename, the new text stands and
    /// theirs is in this file.
    Changed(Option<PathBuf>),
    /// The disk refused.
    Io(&'static str, PathBuf, io::Error),
}

pub(super) type Result<T> = std::result::Result<T, Refused>;

fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Refused {
    move |e| Refused::Io(doing, path.to_owned(), e)
}

/// A file as it lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Listed {
    /// Where, relative to the root.
    pub path: PathBuf,
    /// By which it is known whether it was changed; `None` when that cannot be told.
    pub stamp: Option<Stamp>,
}

/// What a file system says of a file without its being read. A file with another stamp was changed; one with the same
/// was not, as far as clocks and sizes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Stamp {
    len: u64,
    modified: Option<std::time::SystemTime>,
    /// Which file it is, where the system tells: one that was renamed over another is another.
    inode: u64,
    /// When its contents or name last changed, in seconds and nanoseconds, where the system tells: nobody can set it back.
    changed: (i64, i64),
}

impl Stamp {
    fn of(meta: &fs::Metadata) -> Stamp {
        #[cfg(unix)]
        let (inode, changed) = {
            use std::os::unix::fs::MetadataExt;
            (meta.ino(), (meta.ctime(), meta.ctime_nsec()))
        };
        #[cfg(not(unix))]
        let (inode, changed) = (0, (0, 0));
        Stamp { len: meta.len(), modified: meta.modified().ok(), inode, changed }
    }
}

impl Disk {
    pub fn new(root: &Path) -> Self {
        Disk {
            root: root.to_owned(),
            own: RandomState::new().hash_one(root),
            swept: Arc::default(),
            #[cfg(test)]
            faults: tests::faults::Faults::default(),
        }
    }

    /// The whole path; `None` for one that leads out of the folder.
    pub fn full(&self, path: &Path) -> Option<PathBuf> {
        path.components().all(|c| matches!(c, Component::Normal(_))).then(|| self.root.join(path))
    }

    /// The files of this extension in and under a folder, by path, and what cannot be listed with the reason. Links are not
    /// followed.
    pub fn list(&self, folder: &Path, extension: &str) -> Vec<std::result::Result<Listed, (PathBuf, String)>> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            let entries = match fs::read_dir(self.root.join(&folder)) {
                Err(e) if e.kind() == io::ErrorKind::NotFound => continue,
                Err(e) => {
                    found.push(Err((folder, e.to_string())));
                    continue;
                }
                Ok(entries) => entries,
            };
            for entry in entries {
                let kind = entry.and_then(|e| Ok((e.file_name(), e.file_type()?, e)));
                match kind {
                    Err(e) => found.push(Err((folder.clone(), e.to_string()))),
                    Ok((name, ..)) if name.to_string_lossy().starts_with('.') => {}
                    Ok((name, kind, entry)) => {
                        let path = folder.join(name);
                        if path.extension().is_some_and(|x| x.eq_ignore_ascii_case(extension)) {
                            let stamp = entry.metadata().ok().map(|m| Stamp::of(&m));
                            found.push(Ok(Listed { path: path.clone(), stamp }));
                        } else if kind.is_symlink() && entry.path().is_dir() {
                            found.push(Err((path.clone(), "a link to a folder; it is not followed".to_owned())));
                        }
                        if kind.is_dir() {
                            folders.push(path);
                        }
                    }
                }
            }
        }
        found.sort();
        found
    }

    /// Waits until no other program changes texts. Where the file system has no locks there is none to wait for.
    pub fn lock(&self) -> Result<Lock> {
        fs::create_dir_all(&self.root).map_err(io("make the folder", &self.root))?;
        let path = self.root.join(".lock");
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.and_then(|f| self.step(&path).map(|()| f)).map_err(io("open the lock file", &path))?;
        let locked = file.lock().is_ok();
        Ok(Lock(locked.then_some(file)))
    }

    /// A text; `None` when there is no file.
    ///
    /// # Errors
    /// When it is no plain file, too large or not UTF-8, or cannot be read.
    pub fn read(&self, path: &Path) -> io::Result<Option<String>> {
        Ok(self.open(path)?.map(|(_, text)| text))
    }

    fn open(&self, path: &Path) -> io::Result<Option<(File, String)>> {
        let other = |reason: String| Err(io::Error::other(reason));
        let Some(full) = self.full(path) else { return other("leads out of the folder".to_owned()) };
        let meta = match fs::symlink_metadata(&full) {
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound) => return Ok(None),
            meta => meta?,
        };
        // Looked at before it is opened: opening a pipe would wait for somebody to write to it.
        match meta.file_type() {
            t if t.is_symlink() => return other("a link; notes are plain files".to_owned()),
            t if t.is_dir() => return other("a folder, not a note".to_owned()),
            t if !t.is_file() => return other("not a plain file".to_owned()),
            _ => {}
        }
        let mut file = match File::open(&full) {
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound) => return Ok(None),
            file => file?,
        };
        let text = read_all(&mut file)?;
        Ok(Some((file, text)))
    }

    /// Before each thing that the disk is asked to do: tests say here that it refuses.
    #[cfg_attr(not(test), allow(clippy::unused_self, clippy::unnecessary_wraps))]
    fn step(&self, _path: &Path) -> io::Result<()> {
        #[cfg(test)]
        self.faults.step()?;
        Ok(())
    }
}

fn read_all(file: &mut File) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::other(format!("larger than {} MB", LARGEST >> 20)));
    }
    String::from_utf8(bytes)
        .map_err(|e| io::Error::other(format!("not UTF-8 from byte {} on", e.utf8_error().valid_up_to())))
}
