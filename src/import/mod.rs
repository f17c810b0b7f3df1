//! Bytes to document: what a file holds, read into [`Document`], with its outline, its parts and the way back to the source.
//!
//! One direction, one step a file: `sniff` (what is it) → `decode` (characters) → `clean` (safe lines) → the `reader` of
//! its format, which writes pieces (many of them through a `scribe`) → `structure` (headings, levels, parts) → `build` (the
//! frozen document). What a file may cost is counted in `budget`. Pure: no I/O, no threads, no clock;
//! it doesn't know file names, search or screens.

mod broken;
mod budget;
mod build;
mod clean;
mod columns;
mod container;
mod decode;
mod docx;
mod draft;
mod epub;
mod error;
mod html;
mod join;
mod markdown;
mod numerals;
mod odt;
mod office;
mod pdf;
mod plain;
mod reader;
mod scribe;
mod sniff;
mod structure;
mod xml;

pub use budget::{Limits, Stop};
pub use error::ImportError;

use crate::doc::{Document, Edition, Format};
use budget::Budget;
use clean::Source;
use reader::{Job, Reader};
use sniff::Kind;

/// The version of everything in here: raised whenever the same bytes may give another document. Caches carry it.
pub const VERSION: u32 = 27;

/// Reads a file's bytes.
///
/// # Errors
/// When there is nothing in it, when it is of a kind that is not read, damaged or protected, when it goes beyond `limits`.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Document, ImportError> {
    unlock(bytes, limits, None)
}

/// Reads a file's bytes that may be protected with a password.
///
/// # Errors
/// As [`read`]; [`ImportError::Encrypted`] when a password is needed and there is none, [`ImportError::WrongPassword`] when
/// it is another one.
pub fn unlock(bytes: &[u8], limits: &Limits, password: Option<&str>) -> Result<Document, ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    let limit = limits.max_bytes.min(1 << 30);
    if bytes.len() as u64 > limit {
        return Err(ImportError::TooLarge { size: bytes.len() as u64, limit });
    }
    let mut warnings = Vec::new();
    let budget = Budget::new(limits);
    let (format, source) = match sniff::sniff(bytes, &budget)? {
        Kind::Unread(what) => return Err(ImportError::Binary { what }),
        Kind::Container(format) => (format, Source::default()),
        Kind::Text => {
            let source = clean::clean(&decode::decode(bytes, &mut warnings));
            if source.dropped > 0 {
                warnings.push(format!("{} control or invisible characters left out", source.dropped));
            }
            (text_format(&source), source)
        }
    };
    let job = Job { bytes, source: &source, budget, password };
    let mut draft = reader(format).read(&job)?;
    if draft.pieces.len() > limits.max_blocks as usize {
        return Err(ImportError::TooManyBlocks { limit: limits.max_blocks });
    }
    draft.line_count = source.line_count;
    warnings.append(&mut draft.warnings);
    draft.warnings = warnings;
    job.budget.time()?;
    let judged = structure::judge(&mut draft, limits.max_headings);
    build::build(draft, &judged, Edition::of(bytes), format)
}

/// Which of the formats that are text this is.
fn text_format(source: &Source) -> Format {
    if html::is_html(source) {
        Format::Html
    } else if markdown::is_markdown(source) {
        Format::Markdown
    } else {
        Format::Plain
    }
}

/// The reader of a format.
fn reader(format: Format) -> &'static dyn Reader {
    match format {
        Format::Docx => &docx::Docx,
        Format::Odt => &odt::Odt,
        Format::Markdown => &markdown::Markdown,
        Format::Pdf => &pdf::Pdf,
        Format::Html => &html::Html,
        Format::Epub => &epub::Epub,
        _ => &plain::Plain,
    }
}
