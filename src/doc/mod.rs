//! The document: one file as read. Immutable text with blocks, sections, parts and a map back to the source.
//!
//! Everything else in kantlijn stands on these types. They are plain data: made once by `import`, frozen, checked
//! by [`Document::freeze`], shared as `Arc<Document>` and never changed. This module does no I/O, knows no file
//! format, no screen and no search engine.
//!
//! Places in text are byte ranges into [`Document::text`] on grapheme borders ([`TextRange`]); lines and pages of the
//! source come only from the [`SourceMap`].

mod block;
mod check;
mod correct;
pub mod footnotes;
mod furniture;
pub mod naming;
mod outline;
mod range;
mod source;

pub use block::{Block, BlockId, BlockKind, ColumnAlign, Span, SpanStyle};
pub use check::{DocError, RawDocument};
pub use correct::{Address, Correction, DEEPEST, Refusal};
pub use furniture::{Furniture, FurnitureKind};
pub use outline::{Outline, Part, PartId, PartKind, Section, SectionId};
pub use range::TextRange;
pub use source::{LineStart, Lines, Page, PageStart, SourceMap};

use serde::{Deserialize, Serialize};
use std::fmt;

/// The content hash of a report's bytes: one state of its content. Displayed as `blake3:<hex>`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edition(pub [u8; 32]);

impl Edition {
    /// The edition of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Edition(*blake3::hash(bytes).as_bytes())
    }

    /// The hash in lower-case hexadecimal, without the `blake3:` before it.
    #[must_use]
    pub fn hex(&self) -> String {
        self.0.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// Reads what [`fmt::Display`] writes; `None` when it is anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let hex = text.strip_prefix("blake3:")?;
        if hex.len() != 64 || !hex.is_ascii() {
            return None;
        }
        let mut out = [0; 32];
        for (i, byte) in out.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[i * 2..i * 2 + 2], 16).ok()?;
        }
        Some(Edition(out))
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "blake3:{}", self.hex())
    }
}

impl fmt::Debug for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Edition({})", &self.hex()[..8])
    }
}

/// Names a document within its library: from its canonical path when it was first seen, and kept when it moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DocId(pub u64);

/// What the bytes of a file turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Markdown, by its marks, whatever the file is called.
    Markdown,
    /// Text without marks.
    Plain,
    /// A web page.
    Html,
    /// PDF.
    Pdf,
    /// Word (Office Open XML).
    Docx,
    /// OpenDocument text.
    Odt,
    /// An EPUB book.
    Epub,
}

impl Format {
    /// The name used in listings and JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Format::Markdown => "markdown",
            Format::Plain => "plain",
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Docx => "docx",
            Format::Odt => "odt",
            Format::Epub => "epub",
        }
    }
}

/// The language of a part, as far as kantlijn treats languages differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Dutch; also what is assumed when the text is too short to tell.
    #[default]
    Nl,
    /// English.
    En,
}

/// One file as read: text, blocks, outline, parts, and the way back to the source. Frozen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Document {
    edition: Edition,
    format: Format,
    /// Stored apart from the rest, as it is, so that a piece of it can be read alone ([`Document::with_text`]).
    #[serde(skip)]
    text: String,
    blocks: Vec<Block>,
    spans: Vec<Span>,
    outline: Outline,
    source: SourceMap,
    furniture: Vec<Furniture>,
    warnings: Vec<String>,
    /// What the reader said of its headings; laid over the document as imported, never stored with it.
    #[serde(skip)]
    corrected: Option<Box<correct::Corrected>>,
}

impl Document {
    /// Puts back the text of a document that was stored without it. Not checked again: the cache vouches for both.
    #[must_use]
    pub(crate) fn with_text(mut self, text: String) -> Document {
        self.text = text;
        self
    }

    /// The content hash of the file this was read from.
    #[must_use]
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// What the bytes turned out to be.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// The normalised text: all blocks in reading order, one blank line (`"\n\n"`) between them.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a range; empty when the range does not lie on character borders of this text.
    #[must_use]
    pub fn slice(&self, range: TextRange) -> &str {
        self.text.get(range.as_usize()).unwrap_or("")
    }

    /// All blocks in reading order; their ranges ascend and never overlap.
    #[must_use]
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// One block.
    #[must_use]
    pub fn block(&self, id: BlockId) -> &Block {
        &self.blocks[id.0 as usize]
    }

    /// The block a byte stands in, or the one before it when it stands between two; block 0 in an empty document.
    #[must_use]
    pub fn block_at(&self, byte: u32) -> BlockId {
        let after = self.blocks.partition_point(|b| b.range.start <= byte);
        BlockId(after.saturating_sub(1) as u32)
    }

    /// The blocks that a range touches, as indices into [`Document::blocks`].
    #[must_use]
    pub fn blocks_in(&self, range: TextRange) -> std::ops::Range<usize> {
        let from = self.blocks.partition_point(|b| b.range.end <= range.start);
        let to = self.blocks.partition_point(|b| b.range.start < range.end);
        from..to.max(from)
    }

    /// Emphasis, links and the like, ascending by start.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The spans that begin inside a range (spans never cross a block's border).
    #[must_use]
    pub fn spans_in(&self, range: TextRange) -> &[Span] {
        let from = self.spans.partition_point(|s| s.range.start < range.start);
        let to = self.spans.partition_point(|s| s.range.start < range.end);
        &self.spans[from..to.max(from)]
    }

    /// The tree of sections and the parts.
    #[must_use]
    pub fn outline(&self) -> &Outline {
        &self.outline
    }

    /// The map back to lines and pages of the source.
    #[must_use]
    pub fn source(&self) -> &SourceMap {
        &self.source
    }

    /// What was left out of the text as furniture, most frequent first.
    #[must_use]
    pub fn furniture(&self) -> &[Furniture] {
        &self.furniture
    }

    /// What the reader of the file should know: bytes that were not valid, what was left out, and why. In English.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }
}
