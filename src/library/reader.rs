//! One entry to a document: from the cache, or by reading and importing the file. For workers to call, one per file.

use super::{Cache, Entry, Failure, Mtime, Place, scan};
use crate::doc::{Document, Edition};
use crate::import;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// A document as read, and what the file was when it was read.
#[derive(Clone, Debug)]
pub struct Read {
    /// The document.
    pub document: Arc<Document>,
    /// Whether nothing had to be parsed.
    pub from_cache: bool,
    /// Size of the file in bytes.
    pub size: u64,
    /// Its last change, looked up before it was read.
    pub mtime: Mtime,
}

/// What reading needs to know; shared by all workers.
#[derive(Debug)]
pub struct Reader {
    /// Where parsed documents are kept.
    pub cache: Cache,
    /// What import may spend on one file.
    pub limits: import::Limits,
    /// The content of standard input, when it is an entry.
    pub input: Option<Arc<[u8]>>,
}

impl Reader {
    /// The document of an entry. A reader of a format that panics is a failure of this one file.
    ///
    /// # Errors
    /// When the file can't be read or understood; `Failure` says why and what to do. The edition comes with it as far
    /// as the bytes could be read.
    pub fn read(&self, entry: &Entry) -> Result<Read, (Failure, Option<Edition>)> {
        let bytes = match entry.place {
            Place::Input => self.input.as_deref().unwrap_or(&[]).to_vec(),
            Place::Demo => super::demo::bytes(&entry.file).unwrap_or(&[]).to_vec(),
            Place::Disk => return self.read_file(entry),
        };
        let size = bytes.len() as u64;
        let (document, from_cache) = self.parse(&bytes)?;
        Ok(Read { document, from_cache, size, mtime: Mtime::default() })
    }

    fn read_file(&self, entry: &Entry) -> Result<Read, (Failure, Option<Edition>)> {
        let io = |error: io::Error| (Failure::io(&error), None);
        let meta = fs::metadata(&entry.path).map_err(io)?;
        let (size, mtime) = (meta.len(), Mtime::of(&meta));
        if !meta.is_file() {
            return Err((Failure::passing("no longer a file", "it is looked for again at the next start"), None));
        }
        if size == entry.size
            && mtime == entry.mtime
            && let Some(document) = entry.edition.and_then(|e| self.cache.load(e))
        {
            return Ok(Read { document, from_cache: true, size, mtime });
        }
        let bytes = read_at_most(&entry.path, size, self.limits.max_bytes).map_err(io)?;
        if bytes.len() as u64 > self.limits.max_bytes {
            return Err((scan::too_large(size.max(bytes.len() as u64), self.limits.max_bytes), None));
        }
        let (document, from_cache) = self.parse(&bytes)?;
        Ok(Read { document, from_cache, size, mtime })
    }

    fn parse(&self, bytes: &[u8]) -> Result<(Arc<Document>, bool), (Failure, Option<Edition>)> {
        let edition = Edition::of(bytes);
        if let Some(document) = self.cache.load(edition) {
            return Ok((document, true));
        }
        let failed = |failure| (failure, Some(edition));
        let read = catch_unwind(AssertUnwindSafe(|| import::read(bytes, &self.limits))).map_err(|_| {
            failed(Failure::lasting(
                "kantlijn failed on this file",
                "a fault in kantlijn, not in the file; please report it",
            ))
        })?;
        let document = Arc::new(read.map_err(|e| failed(Failure::lasting(e.to_string(), e.hint().to_owned())))?);
        self.cache.store(&document);
        Ok((document, false))
    }
}

/// The bytes of a file, and one more than `max` at most: a file that grows while it is read must not fill the memory.
fn read_at_most(path: &Path, size: u64, max: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(size.min(max).saturating_add(1) as usize);
    File::open(path)?.take(max.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
