//! Bytes to document: what a file holds, read into [`Document`], with its outline, its parts and the way back to the source.
//!
//! One direction, one step a file: `sniff` (what is it) → `decode` (characters) → `clean` (safe lines) → a reader
//! (`plain`) → `structure` (headings, levels, parts) → `build` (the frozen document). Pure: no I/O, no threads, no clock;
//! it doesn't know file names, search or screens.

mod build;
mod clean;
mod decode;
mod draft;
mod error;
mod join;
mod markdown;
mod plain;
mod sniff;
mod structure;

pub use error::ImportError;

use crate::doc::{Document, Edition, Format};

/// The version of everything in here: raised whenever the same bytes may give another document. Caches carry it.
pub const VERSION: u32 = 3;

/// What a file may ask of us. The defaults let every real report through and stop what would eat the machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file; 200 MB. Never more than 1 GiB, whatever is asked: places in text are 32 bits.
    pub max_bytes: u64,
    /// Blocks of the document; two million.
    pub max_blocks: u32,
    /// Headings; what comes after 50,000 of them is running text.
    pub max_headings: u32,
    /// Lists and quotations inside each other; 32. Deeper marks are read as this depth.
    pub max_depth: u16,
}

impl Default for Limits {
    fn default() -> Self {
        Limits { max_bytes: 200_000_000, max_blocks: 2_000_000, max_headings: 50_000, max_depth: 32 }
    }
}

/// Reads a file's bytes.
///
/// # Errors
/// When there is nothing in it, when it is no text, or when it is larger than `limits` allow.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    let limit = limits.max_bytes.min(1 << 30);
    if bytes.len() as u64 > limit {
        return Err(ImportError::TooLarge { size: bytes.len() as u64, limit });
    }
    if let Some(what) = sniff::binary(bytes) {
        return Err(ImportError::Binary { what });
    }
    let mut warnings = Vec::new();
    let source = clean::clean(&decode::decode(bytes, &mut warnings));
    if source.dropped > 0 {
        warnings.push(format!("{} control or invisible characters left out", source.dropped));
    }
    let format = if markdown::is_markdown(&source) { Format::Markdown } else { Format::Plain };
    let mut draft = match format {
        Format::Markdown => markdown::read(&source, limits.max_depth),
        Format::Plain => plain::read(&source),
    };
    if draft.pieces.len() > limits.max_blocks as usize {
        return Err(ImportError::TooManyBlocks { limit: limits.max_blocks });
    }
    warnings.append(&mut draft.warnings);
    let judged = structure::judge(&mut draft, limits.max_headings);
    build::build(&draft, &judged, Edition::of(bytes), format, source.line_count, warnings)
}
