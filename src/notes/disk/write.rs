//! How texts change: made ready, put in place, flushed.

use super::{Disk, Lock, Refused, Result, TRASH, io as failed, read_all};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use tempfile::TempPath;

/// How the names of temporary files begin; what a crash leaves behind is known by it.
const TEMPORARY: &str = ".kantlijn-";

/// A change that is ready: its text is on disk, under a name of its own.
pub(in crate::notes) struct Ready {
    path: PathBuf,
    full: PathBuf,
    from: Option<String>,
    way: Way,
}

enum Way {
    /// There is none, and there will be none.
    Nothing,
    /// Into the trash.
    Away,
    /// Out of the trash, where the same text lies.
    Back(PathBuf),
    /// This text in its place; with the permissions of the one that is there.
    Write(TempPath),
}

/// Folders in which names have changed that are not yet flushed.
#[derive(Default)]
pub(in crate::notes) struct Touched(BTreeSet<PathBuf>);

impl Touched {
    fn parent_of(&mut self, file: &Path) {
        self.0.extend(file.parent().map(Path::to_owned));
    }
}

impl Disk {
    /// Makes the text at `path` go from `from` to `to`; `None` is no file. What is taken away goes to the trash, and what
    /// comes back is taken from there when it is the same.
    pub fn replace(&self, lock: &Lock, path: &Path, from: Option<&str>, to: Option<&str>) -> Result<()> {
        let ready = self.ready(lock, path, from, to)?;
        let mut touched = Touched::default();
        self.put(lock, ready, &mut touched)?;
        self.flush(touched)
    }

    /// Makes a change ready; nothing is different yet. Dropping it leaves everything as it was.
    pub fn ready(&self, lock: &Lock, path: &Path, from: Option<&str>, to: Option<&str>) -> Result<Ready> {
        let full = self.full(path).ok_or_else(|| outside(path))?;
        let current = self.open(path).map_err(failed("read", &full))?;
        if current.as_ref().map(|(_, text)| text.as_str()) != from {
            return Err(Refused::Changed(None));
        }
        let way = match (current, to) {
            (None, None) => Way::Nothing,
            (Some(_), None) => Way::Away,
            (None, Some(text)) => match self.in_trash(path, text) {
                Some(trashed) => Way::Back(trashed),
                None => Way::Write(self.temporary(lock, &full, text, None)?),
            },
            (Some((old, _)), Some(text)) => {
                let mode = old.metadata().map_err(failed("read", &full))?.permissions();
                Way::Write(self.temporary(lock, &full, text, Some(mode))?)
            }
        };
        Ok(Ready { path: path.to_owned(), full, from: from.map(str::to_owned), way })
    }

    /// Puts what is ready in its place, unless another program was there in between. The folders it `touched` are to be
    /// flushed after.
    pub fn put(&self, lock: &Lock, ready: Ready, touched: &mut Touched) -> Result<()> {
        let Ready { path, full, from, way } = ready;
        let current = self.open(&path).map_err(failed("read", &full))?;
        if current.as_ref().map(|(_, text)| text) != from.as_ref() {
            return Err(Refused::Changed(None));
        }
        match (way, current) {
            (Way::Nothing, _) => Ok(()),
            (Way::Away, _) => self.rename(&path, &self.free_in_trash(&path), touched),
            (Way::Back(trashed), _) => self.rename(&trashed, &path, touched),
            (Way::Write(temporary), None) => match self.name(temporary, &full, false, touched)? {
                true => Ok(()),
                false => Err(Refused::Changed(None)),
            },
            (Way::Write(temporary), Some((mut old, was))) => {
                self.name(temporary, &full, true, touched)?;
                // Another program may have written between the comparison and the rename; its words are still in the file
                // that the rename took the name from.
                let rewound = old.rewind().and_then(|()| read_all(&mut old));
                match rewound {
                    Ok(theirs) if theirs != was => Err(Refused::Changed(Some(self.beside(lock, &path, &theirs)?))),
                    _ => Ok(()),
                }
            }
        }
    }

    /// Makes sure that what was put in its place survives a power cut.
    pub fn flush(&self, touched: Touched) -> Result<()> {
        touched.0.iter().try_for_each(|folder| self.flush_folder(folder))
    }

    /// Writes a text, whatever was there before.
    pub fn write(&self, lock: &Lock, path: &Path, text: &str) -> Result<()> {
        let full = self.full(path).ok_or_else(|| outside(path))?;
        let mode = fs::metadata(&full).map(|m| m.permissions()).ok();
        let temporary = self.temporary(lock, &full, text, mode)?;
        let mut touched = Touched::default();
        self.name(temporary, &full, true, &mut touched)?;
        self.flush(touched)
    }

    /// Writes a text beside another one, as `<name>.conflict-<n>.<extension>`; the path is relative.
    pub fn beside(&self, lock: &Lock, path: &Path, text: &str) -> Result<PathBuf> {
        for n in 1..u32::MAX {
            let name = numbered(path, ".conflict-", n);
            let full = self.full(&name).ok_or_else(|| outside(path))?;
            if fs::symlink_metadata(&full).is_ok() {
                continue;
            }
            let mut touched = Touched::default();
            if self.name(self.temporary(lock, &full, text, None)?, &full, false, &mut touched)? {
                return self.flush(touched).map(|()| name);
            }
        }
        Err(Refused::Io("find a free name for", path.to_owned(), ErrorKind::AlreadyExists.into()))
    }

    /// Moves a text to a place where there is none, such as out of the trash.
    fn rename(&self, from: &Path, to: &Path, touched: &mut Touched) -> Result<()> {
        let source = self.full(from).ok_or_else(|| outside(from))?;
        let target = self.full(to).ok_or_else(|| outside(to))?;
        self.make_folder(&target)?;
        if fs::symlink_metadata(&target).is_ok() {
            return Err(Refused::Changed(None));
        }
        self.step(&target).and_then(|()| fs::rename(&source, &target)).map_err(failed("move", &source))?;
        touched.parent_of(&target);
        touched.parent_of(&source);
        Ok(())
    }

    /// Adds lines to the end of a file, after the end of a line; with `flush` they are on disk then.
    pub fn append(&self, _lock: &Lock, path: &Path, lines: &str, flush: bool) -> io::Result<()> {
        let full = self.root.join(path);
        let new = !full.exists();
        if let Some(folder) = full.parent() {
            self.step(folder)?;
            fs::create_dir_all(folder)?;
        }
        self.step(&full)?;
        let mut file = File::options().create(true).read(true).append(true).open(&full)?;
        let mut text = lines.to_owned();
        // A line that was cut off must not swallow this one.
        let mut last = [b'\n'];
        let end = file.seek(SeekFrom::End(0))?;
        if end > 0 {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
        }
        if last != [b'\n'] {
            text.insert(0, '\n');
        }
        // on a full disk the beginning of it may be there: it is taken away, so that nothing is half said
        let (first, second) = text.as_bytes().split_at(text.len() / 2);
        let written = file
            .write_all(first)
            .and_then(|()| self.step(&full))
            .and_then(|()| file.write_all(second))
            .and_then(|()| if flush { self.step(&full).and_then(|()| file.sync_data()) } else { Ok(()) });
        if let Err(error) = written {
            let _ = self.step(&full).and_then(|()| file.set_len(end));
            return Err(error);
        }
        match new && flush {
            true => full.parent().map_or(Ok(()), |folder| self.step(folder).and_then(|()| flush_names(folder))),
            false => Ok(()),
        }
    }

    /// A text on disk, flushed, beside the place where it is to go; with these permissions, else the usual ones.
    fn temporary(&self, _lock: &Lock, full: &Path, text: &str, mode: Option<fs::Permissions>) -> Result<TempPath> {
        self.make_folder(full)?;
        let folder = full.parent().unwrap_or(&self.root);
        self.sweep(folder);
        let mut builder = tempfile::Builder::new();
        let prefix = format!("{TEMPORARY}{}-", self.own);
        builder.prefix(&prefix).suffix(".tmp");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        self.step(full).map_err(failed("write", full))?;
        let mut temporary = builder.tempfile_in(folder).map_err(failed("write", full))?;
        let (first, second) = text.as_bytes().split_at(text.len() / 2);
        let file = temporary.as_file_mut();
        let written = file
            .write_all(first)
            .and_then(|()| self.step(full))
            .and_then(|()| file.write_all(second))
            .and_then(|()| mode.map_or(Ok(()), |mode| file.set_permissions(mode)))
            .and_then(|()| self.step(full))
            .and_then(|()| file.sync_all());
        let temporary = self.unless_dead(temporary.into_temp_path());
        written.map_err(failed("write", full))?;
        Ok(temporary)
    }

    /// Gives a temporary file its name; false when there must be none of that name and there is one.
    fn name(&self, temporary: TempPath, full: &Path, over: bool, touched: &mut Touched) -> Result<bool> {
        if let Err(error) = self.step(full) {
            drop(self.unless_dead(temporary));
            return Err(Refused::Io("write", full.to_owned(), error));
        }
        let renamed = match over {
            true => temporary.persist(full),
            false => temporary.persist_noclobber(full),
        };
        match renamed {
            Ok(()) => {
                touched.parent_of(full);
                Ok(true)
            }
            Err(e) if e.error.kind() == ErrorKind::AlreadyExists => Ok(false),
            Err(e) => Err(Refused::Io("write", full.to_owned(), e.error)),
        }
    }

    /// A program that was killed cleans nothing up.
    #[cfg_attr(not(test), allow(clippy::unused_self, unused_mut))]
    fn unless_dead(&self, mut temporary: TempPath) -> TempPath {
        #[cfg(test)]
        if self.faults.dead() {
            temporary.disable_cleanup(true);
        }
        temporary
    }

    /// A place for a file in the trash.
    fn free_in_trash(&self, path: &Path) -> PathBuf {
        let free = |path: &PathBuf| fs::symlink_metadata(self.root.join(path)).is_err();
        names_in_trash(path).find(free).unwrap_or_else(|| Path::new(TRASH).join(path))
    }

    /// Where in the trash this very text of a file lies.
    fn in_trash(&self, path: &Path, text: &str) -> Option<PathBuf> {
        let there = |path: &PathBuf| fs::symlink_metadata(self.root.join(path)).is_ok();
        let same = |path: &PathBuf| self.read(path).is_ok_and(|t| t.as_deref() == Some(text));
        names_in_trash(path).take_while(there).find(same)
    }

    fn make_folder(&self, file: &Path) -> Result<()> {
        let folder = file.parent().unwrap_or(&self.root);
        if folder.is_dir() {
            return Ok(());
        }
        self.step(folder).and_then(|()| fs::create_dir_all(folder)).map_err(failed("make the folder", folder))?;
        folder.ancestors().skip(1).take_while(|f| f.starts_with(&self.root)).try_for_each(|f| self.flush_folder(f))
    }

    fn flush_folder(&self, folder: &Path) -> Result<()> {
        self.step(folder).and_then(|()| flush_names(folder)).map_err(failed("flush the folder", folder))
    }

    /// Removes what a crash has left of unfinished writes in a folder, once; only while no other program writes. What this
    /// program has ready stays.
    fn sweep(&self, folder: &Path) {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        if !swept.insert(folder.to_owned()) {
            return;
        }
        let own = format!("{TEMPORARY}{}-", self.own);
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            if name.starts_with(TEMPORARY) && !name.starts_with(&own) {
                // What cannot be removed is in nobody's way.
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// Makes sure that the names in a folder survive a power cut.
#[cfg_attr(not(unix), allow(clippy::unnecessary_wraps))]
fn flush_names(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder).and_then(|f| f.sync_all())?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

/// What a file may be called in the trash.
fn names_in_trash(path: &Path) -> impl Iterator<Item = PathBuf> {
    let first = Path::new(TRASH).join(path);
    let more = first.clone();
    std::iter::once(first).chain((2..u32::MAX).map(move |n| numbered(&more, "~", n)))
}

/// Where a file in the trash came from: without `trash/` and the number that told it from others.
pub(in crate::notes) fn before_trash(path: &Path) -> Option<PathBuf> {
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
