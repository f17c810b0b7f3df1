//! An export as a file: written whole or not at all, never over what isn't ours to write over, and what was done said.

use crate::notes::export::markdown::parts::{self, Damaged, Updated};
use crate::words::Words;
use std::io::{self, Write};
use std::path::Path;
use thiserror::Error;

/// Why an export was not written.
#[derive(Debug, Error)]
pub enum PutFault {
    /// There is a file already, and it is not one of ours.
    #[error("there is another file already")]
    Exists,
    /// The parts of the file that is there can't be told apart from the reader's text.
    #[error(transparent)]
    Damaged(#[from] Damaged),
    /// The disk refused.
    #[error(transparent)]
    Io(io::Error),
}

impl From<io::Error> for PutFault {
    fn from(error: io::Error) -> PutFault {
        match error.kind() {
            io::ErrorKind::AlreadyExists => PutFault::Exists,
            _ => PutFault::Io(error),
        }
    }
}

/// Writes a Markdown text: as a new file, or into one of ours, of which only our own parts change. With `again` parts that
/// the reader has edited or taken out are written again; with `force` the new text takes the place of any file.
///
/// # Errors
/// When the file is not ours, its parts are damaged, or the disk refuses; nothing is written then.
pub fn put_parts(path: &Path, new: &str, again: bool, force: bool) -> Result<Updated, PutFault> {
    let old = match std::fs::read(path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let old = old.filter(|old| !force && !old.is_empty());
    let updated = match old {
        Some(bytes) => {
            let old = std::str::from_utf8(&bytes).ok().filter(|text| parts::is_ours(text)).ok_or(PutFault::Exists)?;
            parts::update(old, new, again)?
        }
        None => {
            let new = parts::count(new)?;
            Updated { text: parts::first(&new.text)?, ..new }
        }
    };
    put(path, updated.text.as_bytes(), true)?;
    Ok(updated)
}

/// What an export into a file did, and what it left as the reader wants it: a line each.
#[must_use]
pub fn tell(words: &Words, path: &Path, updated: &Updated) -> Vec<String> {
    let counts: Vec<String> =
        [("export.new", updated.new), ("export.changed", updated.changed), ("export.gone", updated.gone)]
            .into_iter()
            .filter(|(_, n)| *n > 0)
            .map(|(key, n)| words.n(key, n as u64))
            .collect();
    let what = if counts.is_empty() { words.t("export.same").to_owned() } else { counts.join(", ") };
    let mut out = vec![words.f("export.updated", &[("file", &path.display()), ("what", &what)])];
    if !updated.edited.is_empty() {
        out.push(words.n("export.edited", updated.edited.len() as u64));
    }
    if !updated.left_out.is_empty() {
        out.push(words.n("export.left-out", updated.left_out.len() as u64));
    }
    out
}

/// Why an export was not written, and what to do.
#[must_use]
pub fn told(words: &Words, path: &Path, fault: &PutFault) -> String {
    let file = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match fault {
        PutFault::Exists => words.f("export.exists", &[("file", &file.display())]),
        PutFault::Damaged(damaged) => words
            .f("export.damaged", &[("file", &file.display()), ("line", &damaged.line), ("reason", &damaged.reason)]),
        PutFault::Io(error) => words.f("notice.not-exported", &[("path", &file.display()), ("reason", error)]),
    }
}

/// Writes a file whole or not at all: beside its place, flushed, and then moved there. With `replace` it may take the
/// place of another.
///
/// # Errors
/// When there is a file and it may not be replaced ([`io::ErrorKind::AlreadyExists`]), or the disk refuses.
pub fn put(path: &Path, bytes: &[u8], replace: bool) -> io::Result<()> {
    // through a link to the file itself
    let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = place.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let old = std::fs::metadata(&place).ok();
    if old.as_ref().is_some_and(|m| !m.is_file()) {
        return Err(io::Error::other("it is no plain file"));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".kantlijn-").suffix(".tmp");
    #[cfg(unix)]
    {
        // as any program would make it: the reader's own umask decides
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut temp = builder.tempfile_in(folder)?;
    temp.write_all(bytes)?;
    temp.as_file().sync_all()?;
    if let Some(old) = old.filter(|_| replace) {
        temp.as_file().set_permissions(old.permissions())?;
        temp.persist(&place).map_err(|e| e.error)?;
    } else {
        temp.persist_noclobber(&place).map_err(|e| e.error)?;
    }
    // the folder's own entry; a system that can't flush one has nothing to flush
    let _ = std::fs::File::open(folder).and_then(|f| f.sync_all());
    Ok(())
}
