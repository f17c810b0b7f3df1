//! Blocks, the units of wrapping and of search, and spans inside them.

use super::{SectionId, TextRange};
use serde::{Deserialize, Serialize};

/// Index of a block in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BlockId(pub u32);

/// One block of text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// Where its text lies; never empty.
    pub range: TextRange,
    /// What it is.
    pub kind: BlockKind,
    /// The innermost section it belongs to. A heading belongs to the section it opens.
    pub section: SectionId,
}

/// What a block is. Marks such as `-`, `1.` or `>` are not in the text; they are drawn from these fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// The heading of a section; number and title as one line of text ("2.1 Toezicht").
    Heading {
        /// Level in the outline, 1 for a part's title.
        level: u8,
    },
    /// Running text, line ends of the source joined.
    Paragraph,
    /// One item of a list (its further paragraphs are items without a marker).
    Item {
        /// Depth, 0 for the outermost list.
        depth: u8,
        /// "•", "1.", "a)", or empty for a further paragraph of the same item.
        marker: String,
        /// The paragraph that leads into the list ("Daarvoor is nodig:").
        lead_in: Option<BlockId>,
    },
    /// A quotation.
    Quote,
    /// A table: rows parted by `'\n'`, cells by `'\t'`; the first row holds the column heads when `header` says so.
    Table {
        /// One alignment a column.
        columns: Vec<ColumnAlign>,
        /// Whether the first row is a row of column heads.
        header: bool,
    },
    /// The text of a footnote, its mark kept apart.
    Footnote {
        /// The mark as printed, "1" or "*".
        label: String,
    },
    /// Text whose line ends and blanks count: code, or lines set as they stand (an address, a table of contents).
    Code,
}

/// How a column of a table is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ColumnAlign {
    /// To the left.
    Left,
    /// In the middle.
    Center,
    /// To the right; numbers.
    Right,
}

/// A stretch of text inside one block that is set apart.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// Where.
    pub range: TextRange,
    /// How.
    pub style: SpanStyle,
}

/// How a span is set apart. Spans may nest and overlap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpanStyle {
    /// Italic.
    Emphasis,
    /// Bold.
    Strong,
    /// Inline code.
    Code,
    /// Struck through.
    Strike,
    /// A link and where it leads.
    Link(String),
    /// A reference to a footnote, by its mark.
    NoteRef(String),
    /// A word that was broken over a line end, where it can't be told whether a hyphen or a blank belongs in it: its other
    /// reading ("waterhuishouding" as it stands in the text, "water huishouding" here). Search finds both.
    Broken(String),
}

impl BlockKind {
    /// Whether it is a heading.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        matches!(self, BlockKind::Heading { .. })
    }
}
