//! The plain types of the layout: rows and what stands on them.

use crate::doc::TextRange;
use smallvec::SmallVec;
use std::borrow::Cow;

/// How many cells a row of text may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Measure {
    width: u16,
}

impl Measure {
    /// The widest measure: a longer row can't be read.
    pub const MAX: u16 = 200;

    /// A measure of so many cells, brought into 1 ..= [`Measure::MAX`].
    #[must_use]
    pub fn new(width: u16) -> Self {
        Measure { width: width.clamp(1, Self::MAX) }
    }

    /// Width in cells; at least 1.
    #[must_use]
    pub fn width(self) -> u16 {
        self.width
    }
}

/// A row: a block of the document, a unit of it and a row in that, all from 0. The blank rows above a block are its first rows. Holds
/// for one [`Flow`](super::Flow) only; what is to be remembered is remembered as a byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Place {
    /// Index of the block.
    pub block: u32,
    /// Row of a table; 0 in any other block.
    pub unit: u32,
    /// Row in the unit.
    pub line: u32,
}

/// One row of cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The bytes that belong to the row, with the blank or line end at which it broke. Outside of tables the ranges of
    /// a block's rows follow each other without a gap; a row without text is empty at the place it stands. In tables:
    /// from the first to the last byte on the row.
    pub range: TextRange,
    /// What stands on it, from left to right.
    pub pieces: Pieces,
    /// What kind of row it is.
    pub kind: LineKind,
}

/// Pieces of one row. Nearly every row has one, which then needs no memory of its own.
pub type Pieces = SmallVec<[Piece; 1]>;

/// A stretch of cells on a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text of the document; a tab is a piece of its own.
    Text {
        /// Its bytes.
        range: TextRange,
        /// First cell.
        x: u16,
        /// How many cells.
        width: u16,
    },
    /// Something that is drawn but is not in the text.
    Decor {
        /// What to draw.
        text: Cow<'static, str>,
        /// First cell.
        x: u16,
        /// What it is for.
        role: DecorRole,
    },
}

/// What a piece that is not text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DecorRole {
    /// "•", "1." before an item.
    Marker,
    /// The mark of a footnote.
    NoteLabel,
    /// The bar beside a quotation.
    QuoteBar,
    /// The line under the title of a report.
    HeadingRule,
    /// The short line above footnotes.
    NoteRule,
    /// Box lines of a table.
    TableRule,
    /// The head of a column, said again before a cell.
    TableKey,
    /// The mark where a wide table goes on beyond the edge.
    More,
}

/// What kind of row a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LineKind {
    /// A blank row above a block.
    Blank,
    /// Text of a heading of this level.
    Heading {
        /// Level in the outline, from 1.
        level: u8,
    },
    /// Nothing but box lines: under a title or in a table.
    Rule,
    /// Running text.
    Text,
    /// An item of a list.
    Item,
    /// A quotation.
    Quote,
    /// A footnote.
    Footnote,
    /// Text as it stands.
    Code,
    /// Heads of a table's columns.
    TableHead,
    /// Cells of a table.
    TableRow,
}

impl Piece {
    /// First cell.
    #[must_use]
    pub fn x(&self) -> u16 {
        match self {
            Piece::Text { x, .. } | Piece::Decor { x, .. } => *x,
        }
    }

    /// How many cells.
    #[must_use]
    pub fn width(&self) -> u16 {
        match self {
            Piece::Text { width, .. } => *width,
            Piece::Decor { text, .. } => super::width(text) as u16,
        }
    }
}

impl Line {
    /// The ranges of text on the row, from left to right, each with its first cell and its width in cells.
    pub fn texts(&self) -> impl DoubleEndedIterator<Item = (TextRange, u16, u16)> {
        self.pieces.iter().filter_map(|p| match p {
            Piece::Text { range, x, width } => Some((*range, *x, *width)),
            Piece::Decor { .. } => None,
        })
    }

    /// How many cells the row takes from the left edge to its last piece.
    #[must_use]
    pub fn width(&self) -> u16 {
        self.pieces.iter().map(|p| p.x() + p.width()).max().unwrap_or(0)
    }
}
