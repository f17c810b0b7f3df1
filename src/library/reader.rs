//! One entry to a document: from the cache, or by reading and importing the file. For workers to call, one per file.

use super::{Cache, Entry, Failure, Mtime, Place, scan};
use crate::doc::{Document, Edition};
use crate::import::ImportError;
use std::fs::{self, File};
use std::io::{self, Read as _};
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

/// How bytes become a document: `import`, on whatever thread and for as long as the caller allows.
pub type Import<'a> = dyn FnMut(Vec<u8>) -> Result<Document, ImportError> + 'a;

/// What reading needs to know; shared by all workers.
#[derive(Debug)]
pub struct Reader {
    /// Where parsed documents are kept.
    pub cache: Cache,
    /// Files of more bytes are not read.
    pub max_bytes: u64,
    /// The content of standard input, when it is an entry.
    pub input: Option<Arc<[u8]>>,
}

impl Reader {
    /// The document of an entry: as it was kept, else through `import`.
    ///
    /// # Errors
    /// When the file can't be read or understood; `Failure` says why and what to do. The edition comes with it as far
    /// as the bytes could be read.
    pub fn read(&self, entry: &Entry, import: &mut Import<'_>) -> Result<Read, (Failure, Option<Edition>)> {
        let bytes = match entry.place {
            Place::Input => self.input.as_deref().unwrap_or(&[]).to_vec(),
            Place::Demo => super::demo::bytes(&entry.file).unwrap_or(&[]).to_vec(),
            Place::Disk => return self.read_file(entry, import),
        };
        let size = bytes.len() as u64;
        let (document, from_cache) = self.parse(bytes, import)?;
        Ok(Read { document, from_cache, size, mtime: Mtime::default() })
    }

    fn read_file(&self, entry: &Entry, import: &mut Import<'_>) -> Result<Read, (Failure, Option<Edition>)> {
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
        let bytes = read_at_most(&entry.path, size, self.max_bytes).map_err(io)?;
        if bytes.len() as u64 > self.max_bytes {
            return Err((scan::too_large(size.max(bytes.len() as u64), self.max_bytes), None));
        }
        let (document, from_cache) = self.parse(bytes, import)?;
        Ok(Read { document, from_cache, size, mtime })
    }

    fn parse(
        &self,
        bytes: Vec<u8>,
        import: &mut Import<'_>,
    ) -> Result<(Arc<Document>, bool), (Failure, Option<Edition>)> {
        let edition = Edition::of(&bytes);
        if let Some(document) = self.cache.load(edition) {
            return Ok((document, true));
        }
        let failed = |e: ImportError| {
            let locked = matches!(e, ImportError::Encrypted | ImportError::WrongPassword);
            let failure = if locked { Failure::locked } else { Failure::lasting };
            (failure(e.to_string(), e.hint().to_owned()), Some(edition))
        };
        let document = Arc::new(import(bytes).map_err(failed)?);
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
