//! A ZIP container (Word, OpenDocument, EPUB) opened from bytes: which entries there are, and the content of one of them.
//! Nothing is ever written: a name is only a key, wherever it may point. What is unpacked counts in the budget. It knows
//! the kinds of container only as far as telling them apart goes.

#[cfg(test)]
mod tests;

use super::ImportError;
use super::budget::Budget;
use super::sniff::Kind;
use crate::doc::Format;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::io::{Cursor, Read};
use zip::read::ZipReadOptions;
use zip::result::ZipError;

/// Entries looked at; a report with all its pictures has some thousands.
const MAX_ENTRIES: usize = 65_536;
/// Below this many bytes nothing is packed too tightly: a page of blanks is no bomb.
const SMALL: usize = 1 << 20;
/// How much is unpacked between two looks at the limits.
const STEP: usize = 64 * 1024;
/// Bytes of a local header before its name (APPNOTE 4.3.7).
const LOCAL_HEADER: usize = 30;
/// A mark that names a kind of file, and the names of types, are shorter than this.
const MAX_TYPES: usize = 1 << 20;

/// An open container.
pub(super) struct Container<'a> {
    bytes: &'a [u8],
    budget: &'a Budget<'a>,
    /// None where the directory at the end is damaged: then entries are found by the headers before each of them.
    archive: Option<RefCell<zip::ZipArchive<Cursor<&'a [u8]>>>>,
    /// Names as they are, with where the entry is: its index in the archive, or the place of its header.
    entries: Vec<(String, usize)>,
    /// Names in lower case, to where they are in `entries`.
    by_name: FxHashMap<String, usize>,
    cut_off: Cell<bool>,
}

impl<'a> Container<'a> {
    /// Opens a container. One without its directory (cut off while it was downloaded) is searched for what is left.
    ///
    /// # Errors
    /// [`ImportError::Damaged`] when no entry can be found, or impossibly many.
    pub(super) fn open(bytes: &'a [u8], budget: &'a Budget<'a>) -> Result<Self, ImportError> {
        let many = memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(MAX_ENTRIES + 1).count();
        if many > MAX_ENTRIES {
            return Err(ImportError::Damaged { what: "too many files in the container" });
        }
        budget.time()?;
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).ok().filter(|a| !a.is_empty());
        let entries = match &archive {
            Some(archive) => (0..archive.len())
                .filter_map(|i| Some((plain_name(&archive.name_for_index(i)?.ok()?), i)))
                .collect::<Vec<_>>(),
            None => local_entries(bytes),
        };
        if entries.is_empty() {
            return Err(ImportError::Damaged { what: "the container holds no files" });
        }
        let mut by_name = FxHashMap::default();
        for (at, (name, _)) in entries.iter().enumerate() {
            by_name.entry(name.to_lowercase()).or_insert(at);
        }
        let archive = archive.map(RefCell::new);
        Ok(Container { bytes, budget, archive, entries, by_name, cut_off: Cell::new(false) })
    }

    /// All names, in the order of the directory.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(name, _)| name.as_str())
    }

    /// Whether there is an entry of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Whether the container was damaged, so that entries or their ends may be missing.
    pub(super) fn is_incomplete(&self) -> bool {
        self.archive.is_none() || self.cut_off.get()
    }

    /// The content of an entry; `None` when there is none of that name. Letter case counts only where two names differ in
    /// nothing else.
    ///
    /// # Errors
    /// [`ImportError::Sealed`], [`ImportError::TooLargeUnpacked`] when it unpacks to more than may be unpacked or is
    /// packed too tightly, [`ImportError::Damaged`] when it can't be unpacked at all, [`ImportError::TookTooLong`].
    pub(super) fn entry(&self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(at) = self.find(name) else { return Ok(None) };
        self.unpack(self.entries[at].1, u64::MAX).map(Some)
    }

    /// What kind of file this is.
    ///
    /// # Errors
    /// As [`Container::entry`].
    pub(super) fn kind(&self) -> Result<Kind, ImportError> {
        // A file of some kinds says it in an entry of its own; converters have been seen to put all in a folder.
        let inner =
            |end: &str| self.entries.iter().find(|(name, _)| folder_of(name, end).is_some_and(|f| f.len() < 64));
        if let Some((_, at)) = inner("mimetype") {
            let told = self.unpack(*at, MAX_TYPES as u64)?;
            if let Some(kind) = by_media_type(String::from_utf8_lossy(&told).trim()) {
                return Ok(kind);
            }
        }
        if inner("META-INF/container.xml").is_some() {
            return Ok(Kind::Container(Format::Epub));
        }
        if let Some(at) = self.find("[Content_Types].xml") {
            let told = self.unpack(self.entries[at].1, MAX_TYPES as u64)?;
            if let Some(kind) = by_part_types(&told) {
                return Ok(kind);
            }
        }
        let any = |start: &str| self.names().any(|n| n.starts_with(start));
        Ok(if self.has("word/document.xml") {
            Kind::Container(Format::Docx)
        } else if self.has("content.xml") && (self.has("META-INF/manifest.xml") || self.has("styles.xml")) {
            Kind::Container(Format::Odt)
        } else if any("xl/") {
            Kind::Unread("an Excel file")
        } else if any("ppt/") {
            Kind::Unread("a PowerPoint file")
        } else if any("Index/") && self.names().any(|n| n.ends_with(".iwa")) {
            Kind::Unread("a Pages, Numbers or Keynote file")
        } else {
            Kind::Unread("a ZIP archive")
        })
    }

    /// Where a name stands: as it is written, else whatever the case of its letters.
    fn find(&self, name: &str) -> Option<usize> {
        let name = plain_name(name);
        let first = *self.by_name.get(&name.to_lowercase())?;
        if self.entries[first].0 == name {
            return Some(first);
        }
        Some(self.entries.iter().position(|(n, _)| *n == name).unwrap_or(first))
    }

    /// Unpacks what lies there, no more than `most` bytes of it.
    fn unpack(&self, at: usize, most: u64) -> Result<Vec<u8>, ImportError> {
        let Some(archive) = &self.archive else {
            let mut rest = &self.bytes[at..];
            let options = local_options(rest);
            let packed = rest.len();
            let file = zip::read::read_zipfile_from_stream_with_options(&mut rest, options).map_err(reason)?;
            return self.read(file.ok_or(GONE)?, packed, most);
        };
        let mut archive = archive.borrow_mut();
        let file = archive.by_index(at).map_err(reason)?;
        let packed = file.compressed_size().min(self.bytes.len() as u64) as usize;
        self.read(file, packed, most)
    }

    /// Reads an entry step by step; one that breaks off gives what could be read of it.
    fn read(&self, file: impl Read, packed: usize, most: u64) -> Result<Vec<u8>, ImportError> {
        let limits = self.budget.limits;
        let mut file = file.take(most);
        let mut out = Vec::new();
        loop {
            let before = out.len();
            let broken = (&mut file).take(STEP as u64).read_to_end(&mut out).is_err();
            self.budget.unpack((out.len() - before) as u64)?;
            if out.len() > SMALL && out.len() / packed.max(1) > limits.max_ratio as usize {
                return Err(ImportError::TooLargeUnpacked { limit: limits.max_unpacked });
            }
            if broken {
                self.cut_off.set(true);
                return if out.is_empty() { Err(GONE) } else { Ok(out) };
            }
            if out.len() == before {
                return Ok(out);
            }
        }
    }
}

const GONE: ImportError = ImportError::Damaged { what: "a file in the container can't be unpacked" };

/// What the trouble of the unpacker means for whoever wants to read the file.
fn reason(error: ZipError) -> ImportError {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => ImportError::Sealed,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => {
            ImportError::Damaged { what: "the container is packed in a way that no office program uses" }
        }
        _ => GONE,
    }
}

/// A name as it is looked up: parted by `/`, without one in front.
fn plain_name(name: &str) -> String {
    let name = name.trim_start_matches(['/', '\\']);
    if name.contains('\\') { name.replace('\\', "/") } else { name.to_string() }
}

/// The folder before `end`, where a name ends so: "" or "book/".
fn folder_of<'n>(name: &'n str, end: &str) -> Option<&'n str> {
    name.strip_suffix(end).filter(|folder| folder.is_empty() || folder.ends_with('/'))
}

/// Entries by their own headers: their names, and where the header begins.
fn local_entries(bytes: &[u8]) -> Vec<(String, usize)> {
    let name = |at: usize| {
        let length = bytes.get(at + 26..at + 28)?;
        let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
        let name = bytes.get(at + LOCAL_HEADER..at + LOCAL_HEADER + length)?;
        Some((plain_name(std::str::from_utf8(name).ok()?), at))
    };
    memchr::memmem::find_iter(bytes, b"PK\x03\x04").take(MAX_ENTRIES).filter_map(name).collect()
}

/// How to read an entry whose header is all we have: one whose size stands behind it ends where its packing ends.
fn local_options(bytes: &[u8]) -> ZipReadOptions<'static> {
    let options = ZipReadOptions::default().ignore_crc32(true);
    let streamed = bytes.get(6).is_some_and(|flags| flags & 8 != 0);
    if streamed { options.override_compressed_size(bytes.len() as u64) } else { options }
}

/// Kinds by the content of `mimetype`.
fn by_media_type(told: &str) -> Option<Kind> {
    if told == "application/epub+zip" {
        return Some(Kind::Container(Format::Epub));
    }
    let kind = told.strip_prefix("application/vnd.oasis.opendocument.")?;
    Some(match kind.split('-').next()? {
        "text" => Kind::Container(Format::Odt),
        "spreadsheet" => Kind::Unread("an OpenDocument spreadsheet"),
        "presentation" => Kind::Unread("an OpenDocument presentation"),
        _ => Kind::Unread("an OpenDocument drawing"),
    })
}

/// Kinds by the types of parts that Office Open XML lists; the main part may have any name.
fn by_part_types(told: &[u8]) -> Option<Kind> {
    let has = |what: &str| memchr::memmem::find(told, what.as_bytes()).is_some();
    let word = [
        "wordprocessingml.document.main",
        "wordprocessingml.template.main",
        "ms-word.document.macroEnabled",
        "ms-word.template.macroEnabledTemplate",
    ];
    if word.iter().any(|w| has(w)) {
        Some(Kind::Container(Format::Docx))
    } else if has("spreadsheetml.sheet.main") || has("spreadsheetml.template.main") || has("ms-excel.") {
        Some(Kind::Unread("an Excel file"))
    } else if has("presentationml.") {
        Some(Kind::Unread("a PowerPoint file"))
    } else {
        None
    }
}
