//! The disk under the store: a text goes from one state to another as a whole, or not at all.
//!
//! Every change is a [`Disk::replace`]: what is there is compared with what was read, then the new text is written to a
//! temporary file in the same folder, flushed, renamed over the old one, and the folder flushed. A lock file keeps two
//! running programs from doing that at the same time. Nothing here knows what a note is.

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{Component, Path, PathBuf};

/// How the names of temporary files begin; what a crash leaves behind is known by it.
const TEMPORARY: &str = ".kantlijn-";
/// Largest text that is read or written, in bytes.
pub(super) const LARGEST: u64 = 16 << 20;
/// Where what is deleted goes.
pub(super) const TRASH: &str = "trash";

/// A folder whose texts are changed as a whole. Paths are relative to it.
#[derive(Clone, Debug)]
pub(super) struct Disk {
    pub root: PathBuf,
    /// For tests: what happens between the flush and the rename.
    #[cfg(test)]
    pub crash: Option<fn() -> io::Error>,
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

type Result<T> = std::result::Result<T, Refused>;

fn io(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Refused {
    move |e| Refused::Io(doing, path.to_owned(), e)
}

impl Disk {
    pub fn new(root: &Path) -> Self {
        Disk {
            root: root.to_owned(),
            #[cfg(test)]
            crash: None,
        }
    }

    /// The whole path; `None` for one that leads out of the folder.
    pub fn full(&self, path: &Path) -> Option<PathBuf> {
        path.components().all(|c| matches!(c, Component::Normal(_))).then(|| self.root.join(path))
    }

    /// The files of this extension in and under a folder, by path, and what cannot be listed with the reason. Links are not
    /// followed.
    pub fn list(&self, folder: &Path, extension: &str) -> Vec<std::result::Result<PathBuf, (PathBuf, String)>> {
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
                let kind = entry.and_then(|e| Ok((e.file_name(), e.file_type()?, e.path())));
                match kind {
                    Err(e) => found.push(Err((folder.clone(), e.to_string()))),
                    Ok((name, ..)) if name.to_string_lossy().starts_with('.') => {}
                    Ok((name, kind, full)) => {
                        let path = folder.join(name);
                        if path.extension().is_some_and(|x| x.eq_ignore_ascii_case(extension)) {
                            found.push(Ok(path.clone()));
                        } else if kind.is_symlink() && full.is_dir() {
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
        let file = file.map_err(io("open the lock file", &path))?;
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

    /// Makes the text at `path` go from `from` to `to`; `None` is no file. What is taken away goes to the trash, and what
    /// comes back is taken from there when it is the same.
    pub fn replace(&self, lock: &Lock, path: &Path, from: Option<&str>, to: Option<&str>) -> Result<()> {
        let full = self.full(path).ok_or_else(|| outside(path))?;
        let current = self.open(path).map_err(io("read", &full))?;
        if current.as_ref().map(|(_, text)| text.as_str()) != from {
            return Err(Refused::Changed(None));
        }
        match (current, to) {
            (None, None) => Ok(()),
            (Some(_), None) => self.move_to(path, &self.free_in_trash(path)),
            (None, Some(text)) => {
                let trashed = Path::new(TRASH).join(path);
                if self.read(&trashed).is_ok_and(|t| t.as_deref() == Some(text)) {
                    return self.move_to(&trashed, path);
                }
                match self.write(lock, &full, text, None)? {
                    true => Ok(()),
                    false => Err(Refused::Changed(None)),
                }
            }
            (Some((mut old, was)), Some(text)) => {
                let mode = old.metadata().map_err(io("read", &full))?.permissions();
                self.write(lock, &full, text, Some(mode))?;
                // Another program may have written between the comparison and the rename; its words are still in the file
                // that the rename took the name from.
                let rewound = old.rewind().and_then(|()| read_all(&mut old));
                match rewound {
                    Ok(theirs) if theirs != was => Err(Refused::Changed(Some(self.beside(lock, path, &theirs)?))),
                    _ => Ok(()),
                }
            }
        }
    }

    /// Writes a text beside another one, as `<name>.conflict-<n>.<extension>`; the path is relative.
    pub fn beside(&self, lock: &Lock, path: &Path, text: &str) -> Result<PathBuf> {
        for n in 1..u32::MAX {
            let name = numbered(path, ".conflict-", n);
            let full = self.full(&name).ok_or_else(|| outside(path))?;
            if fs::symlink_metadata(&full).is_err() && self.write(lock, &full, text, None)? {
                return Ok(name);
            }
        }
        Err(Refused::Io("find a free name for", path.to_owned(), io::ErrorKind::AlreadyExists.into()))
    }

    /// Moves a file to where there is none.
    pub fn move_to(&self, from: &Path, to: &Path) -> Result<()> {
        let (Some(source), Some(target)) = (self.full(from), self.full(to)) else { return Err(outside(from)) };
        self.make_folder(&target)?;
        if fs::symlink_metadata(&target).is_ok() {
            return Err(Refused::Changed(None));
        }
        fs::rename(&source, &target).map_err(io("move", &source))?;
        flush_folder(&target)?;
        flush_folder(&source)
    }

    /// Writes a whole file: over one that is there when `over` gives its permissions, else only where there is none; false
    /// when there is one.
    pub fn write(&self, _lock: &Lock, full: &Path, text: &str, over: Option<fs::Permissions>) -> Result<bool> {
        self.make_folder(full)?;
        let folder = full.parent().unwrap_or(&self.root);
        sweep(folder);
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMPORARY).suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut temporary = builder.tempfile_in(folder).map_err(io("write", full))?;
        temporary.write_all(text.as_bytes()).map_err(io("write", full))?;
        let file = temporary.as_file();
        if let Some(mode) = &over {
            file.set_permissions(mode.clone()).map_err(io("write", full))?;
        }
        file.sync_all().map_err(io("write", full))?;
        #[cfg(test)]
        if let Some(crash) = self.crash {
            temporary.disable_cleanup(true);
            return Err(Refused::Io("write", full.to_owned(), crash()));
        }
        let renamed = match over {
            Some(_) => temporary.persist(full),
            None => temporary.persist_noclobber(full),
        };
        match renamed {
            Ok(_) => flush_folder(full).map(|()| true),
            Err(e) if over_existing(&e.error) => Ok(false),
            Err(e) => Err(Refused::Io("write", full.to_owned(), e.error)),
        }
    }

    fn free_in_trash(&self, path: &Path) -> PathBuf {
        let first = Path::new(TRASH).join(path);
        let free = |path: &PathBuf| fs::symlink_metadata(self.root.join(path)).is_err();
        let more = (2..u32::MAX).map(|n| numbered(&first, "~", n));
        std::iter::once(first.clone()).chain(more).find(free).unwrap_or(first)
    }

    fn make_folder(&self, file: &Path) -> Result<()> {
        let folder = file.parent().unwrap_or(&self.root);
        if folder.is_dir() {
            return Ok(());
        }
        fs::create_dir_all(folder).map_err(io("make the folder", folder))?;
        folder.ancestors().take_while(|f| f.starts_with(&self.root)).try_for_each(flush_folder)
    }
}

/// Removes what a crash has left of unfinished writes in a folder; only while no other program writes.
fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(TEMPORARY) {
            // What cannot be removed is in nobody's way.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Where a file in the trash came from: without `trash/` and the number that told it from others.
pub(super) fn before_trash(path: &Path) -> Option<PathBuf> {
    let path = path.strip_prefix(TRASH).ok()?;
    let name = path.file_name()?.to_str()?;
    let original = match (name.rsplit_once('~'), name.rsplit_once('.')) {
        (Some((stem, _)), Some((_, extension))) => format!("{stem}.{extension}"),
        _ => name.to_owned(),
    };
    Some(path.with_file_name(original))
}

fn numbered(path: &Path, mark: &str, n: u32) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let extension = path.extension().map(|e| format!(".{}", e.to_string_lossy())).unwrap_or_default();
    path.with_file_name(format!("{stem}{mark}{n}{extension}"))
}

fn outside(path: &Path) -> Refused {
    Refused::Io("write", path.to_owned(), io::Error::other("leads out of the folder"))
}

fn over_existing(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::AlreadyExists
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

/// Makes sure that a new name in a folder survives a power cut.
fn flush_folder(file: &Path) -> Result<()> {
    #[cfg(unix)]
    if let Some(folder) = file.parent() {
        File::open(folder).and_then(|f| f.sync_all()).map_err(io("flush the folder", folder))?;
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}
