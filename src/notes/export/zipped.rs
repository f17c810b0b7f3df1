//! A ZIP archive read from bytes, as exchange forms need it: what is in it by name, and the content of one entry. Nothing is
//! ever written: a name is only a key, wherever it may point. What is unpacked is bounded.

use super::ImportFault;
use std::cell::{Cell, RefCell};
use std::io::{Cursor, Read};

/// Entries of an archive.
const MOST_ENTRIES: usize = 65_536;
/// Bytes unpacked from an archive, all together.
const MOST_UNPACKED: u64 = 1 << 30;
/// Bytes unpacked from one entry.
const LARGEST: u64 = 256 << 20;
/// How many times larger than its packed form an entry over [`SMALL`] may be.
const DENSEST: u64 = 400;
/// Below this many bytes nothing is packed too tightly.
const SMALL: u64 = 1 << 20;

/// An open archive.
pub(super) struct Zipped<'a> {
    archive: RefCell<zip::ZipArchive<Cursor<&'a [u8]>>>,
    names: Vec<String>,
    unpacked: Cell<u64>,
}

impl<'a> Zipped<'a> {
    /// Opens an archive.
    ///
    /// # Errors
    /// When it isn't one, is cut off, or holds impossibly many entries.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, ImportFault> {
        if !bytes.starts_with(b"PK") {
            return Err(ImportFault::AnotherForm("this is no archive (.qdpx)".to_owned()));
        }
        // The number in the directory at the end is only a claim; the entries themselves are counted.
        if memchr::memmem::find_iter(bytes, b"PK\x01\x02").take(MOST_ENTRIES + 1).count() > MOST_ENTRIES {
            return Err(ImportFault::Refused(format!("an archive of more than {MOST_ENTRIES} files")));
        }
        let broken = |e: zip::result::ZipError| ImportFault::Broken(format!("the archive can't be opened: {e}"));
        let archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let names = (0..archive.len())
            .map(|i| archive.name_for_index(i).and_then(Result::ok).map_or_else(String::new, |n| n.replace('\\', "/")))
            .collect();
        Ok(Zipped { archive: RefCell::new(archive), names, unpacked: Cell::new(0) })
    }

    /// The entry for which this holds, by its name with `/` between its parts; the first of them.
    pub(super) fn find(&self, wanted: impl Fn(&str) -> bool) -> Option<usize> {
        self.names.iter().position(|name| wanted(name))
    }

    /// The content of an entry.
    ///
    /// # Errors
    /// When it is damaged, locked, or too large.
    pub(super) fn content(&self, index: usize) -> Result<Vec<u8>, ImportFault> {
        let name = self.names.get(index).map_or("", String::as_str);
        let broken = |e: &dyn std::fmt::Display| ImportFault::Broken(format!("{name} can't be unpacked: {e}"));
        let mut archive = self.archive.borrow_mut();
        let file = archive.by_index(index).map_err(|e| broken(&e))?;
        let left = MOST_UNPACKED.saturating_sub(self.unpacked.get());
        let most = LARGEST.min(left).min((file.compressed_size().saturating_mul(DENSEST)).max(SMALL));
        let mut out = Vec::new();
        file.take(most + 1).read_to_end(&mut out).map_err(|e| broken(&e))?;
        let size = out.len() as u64;
        self.unpacked.set(self.unpacked.get() + size);
        if size > most {
            return Err(ImportFault::Refused(format!("{name} unpacks to more than {} MB", (most >> 20).max(1))));
        }
        Ok(out)
    }
}
