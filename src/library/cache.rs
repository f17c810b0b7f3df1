//! Parsed documents kept on disk by content hash, so that an unchanged file is not parsed again.
//!
//! `<cache>/docs/<aa>/<hash>.txt` is the normalised text as it is, so that a snippet is one positional read;
//! `<hash>.bin` is everything else of the document, and `<hash>.<name>` what other modules worked out from it. Each of
//! these carries version stamps and a checksum: what is old, foreign or damaged counts as absent and is made anew.
//! Where the folder can't be written, the same things are kept in memory, and [`Cache::trouble`] says so.

use crate::doc::{Document, Edition, TextRange};
use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fs::{self, File};
use std::hash::Hasher;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The shape of the stored files; raised when it changes.
const SHAPE: u32 = 1;
/// The first bytes of every stored file.
const MAGIC: [u8; 4] = *b"KLc1";

/// The store of parsed documents.
#[derive(Debug, Default)]
pub struct Cache {
    root: Option<PathBuf>,
    /// Of whatever makes documents from bytes.
    version: u32,
    trouble: OnceLock<String>,
    memory: Mutex<Memory>,
}

/// What could not be put on disk.
#[derive(Debug, Default)]
struct Memory {
    documents: FxHashMap<Edition, Arc<Document>>,
    sidecars: FxHashMap<(Edition, &'static str), Vec<u8>>,
}

impl Cache {
    /// A cache below this folder (made when first written to), or in memory. `version` stands for the code that makes
    /// documents: another one's are not read.
    #[must_use]
    pub fn new(folder: Option<&Path>, version: u32) -> Cache {
        Cache { root: folder.map(Path::to_owned), version, ..Cache::default() }
    }

    /// The folder, if the cache is on disk.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.root.as_deref()
    }

    /// Why the cache could not be written, once it could not.
    #[must_use]
    pub fn trouble(&self) -> Option<&str> {
        self.trouble.get().map(String::as_str)
    }

    /// The document of this edition, if it is kept and whole.
    #[must_use]
    pub fn load(&self, edition: Edition) -> Option<Arc<Document>> {
        if let Some(doc) = self.memory().documents.get(&edition) {
            return Some(Arc::clone(doc));
        }
        let frame = fs::read(self.path(edition, "bin")?).ok()?;
        let (doc, check): (Document, u64) = unseal(&frame, &[SHAPE, self.version])?;
        let text = fs::read(self.path(edition, "txt")?).ok()?;
        if checksum(&text) != check || doc.edition() != edition {
            return None;
        }
        Some(Arc::new(doc.with_text(String::from_utf8(text).ok()?)))
    }

    /// Keeps a document.
    pub fn store(&self, doc: &Arc<Document>) {
        let edition = doc.edition();
        let stored = self.write(|| {
            let frame = seal(&(&**doc, checksum(doc.text().as_bytes())), &[SHAPE, self.version])?;
            // the text first: a frame is only there when its text is
            self.put(edition, "txt", doc.text().as_bytes())?;
            self.put(edition, "bin", &frame)
        });
        if !stored {
            self.memory().documents.insert(edition, Arc::clone(doc));
        }
    }

    /// Whether a document of this edition is kept (without reading it).
    #[must_use]
    pub fn has(&self, edition: Edition) -> bool {
        self.memory().documents.contains_key(&edition) || self.path(edition, "bin").is_some_and(|p| p.is_file())
    }

    /// The text of a range of a kept document, without loading it. `None` when it isn't kept or the range does not lie
    /// on character borders.
    #[must_use]
    pub fn text(&self, edition: Edition, range: TextRange) -> Option<String> {
        if let Some(doc) = self.memory().documents.get(&edition) {
            return doc.text().get(range.as_usize()).map(str::to_owned);
        }
        let mut file = File::open(self.path(edition, "txt")?).ok()?;
        file.seek(SeekFrom::Start(range.start.into())).ok()?;
        let mut bytes = vec![0; range.len() as usize];
        file.read_exact(&mut bytes).ok()?;
        String::from_utf8(bytes).ok()
    }

    /// What a module worked out from a document: `name` names it (a file ending), `stamp` the code that made it.
    #[must_use]
    pub fn load_sidecar<T: DeserializeOwned>(&self, edition: Edition, name: &'static str, stamp: u32) -> Option<T> {
        if let Some(bytes) = self.memory().sidecars.get(&(edition, name)) {
            return unseal(bytes, &[SHAPE, self.version, stamp]);
        }
        unseal(&fs::read(self.path(edition, name)?).ok()?, &[SHAPE, self.version, stamp])
    }

    /// Keeps what a module worked out from a document.
    pub fn store_sidecar<T: Serialize>(&self, edition: Edition, name: &'static str, stamp: u32, value: &T) {
        let Ok(bytes) = seal(value, &[SHAPE, self.version, stamp]) else { return };
        if !self.write(|| self.put(edition, name, &bytes)) {
            self.memory().sidecars.insert((edition, name), bytes);
        }
    }

    /// Runs a write; notes the first trouble. Whether it is on disk now.
    fn write(&self, act: impl FnOnce() -> io::Result<()>) -> bool {
        if self.root.is_none() || self.trouble().is_some() {
            return false;
        }
        match act() {
            Ok(()) => true,
            Err(error) => {
                let folder = self.root.as_deref().unwrap_or(Path::new("")).display();
                // another thread may have said it first
                let _ = self.trouble.set(format!("the cache {folder} can't be written ({error})"));
                false
            }
        }
    }

    fn put(&self, edition: Edition, name: &str, bytes: &[u8]) -> io::Result<()> {
        match self.path(edition, name) {
            Some(path) => write_whole(&path, bytes),
            None => Ok(()),
        }
    }

    fn path(&self, edition: Edition, ending: &str) -> Option<PathBuf> {
        let hex = edition.hex();
        Some(self.root.as_ref()?.join("docs").join(&hex[..2]).join(format!("{hex}.{ending}")))
    }

    /// A panic of another thread leaves these maps whole.
    fn memory(&self) -> MutexGuard<'_, Memory> {
        self.memory.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes a file of the cache whole or not at all, with its folder. Not flushed to disk: what a power cut damages fails
/// its checksum.
///
/// # Errors
/// When the folder can't be made or the file not written.
pub fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

/// A value as the cache stores it: magic, stamps, checksum, postcard.
///
/// # Errors
/// When the value can't be written as postcard.
pub fn seal<T: Serialize>(value: &T, stamps: &[u32]) -> io::Result<Vec<u8>> {
    let body = postcard::to_stdvec(value).map_err(io::Error::other)?;
    let mut out = Vec::with_capacity(body.len() + 32);
    out.extend(MAGIC);
    stamps.iter().for_each(|s| out.extend(s.to_le_bytes()));
    out.extend(checksum(&body).to_le_bytes());
    out.extend(body);
    Ok(out)
}

/// The value that [`seal`] stored, if the stamps are the same and nothing is damaged.
#[must_use]
pub fn unseal<T: DeserializeOwned>(bytes: &[u8], stamps: &[u32]) -> Option<T> {
    let mut rest = bytes.strip_prefix(&MAGIC)?;
    for stamp in stamps {
        rest = rest.strip_prefix(&stamp.to_le_bytes())?;
    }
    let (check, body) = rest.split_first_chunk::<8>()?;
    (u64::from_le_bytes(*check) == checksum(body)).then(|| postcard::from_bytes(body).ok())?
}

/// Finds damage, not malice; fast, because it is on the way to every document.
fn checksum(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.write_usize(bytes.len());
    hasher.finish()
}
