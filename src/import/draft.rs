//! The document while it is being read: pieces in the order of the source, which `structure` then judges.

use crate::doc::{BlockKind, LineStart, Span, SpanStyle, TextRange};

/// What the readers make. All ranges are into `text`, which holds the pieces one after another without anything between.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) lines: Vec<LineStart>,
    pub(super) spans: Vec<Span>,
    pub(super) pieces: Vec<Piece>,
    /// Page borders: a page begins at this piece.
    pub(super) pages: Vec<PageMark>,
    /// What front matter says, as key and value.
    pub(super) meta: Vec<(String, String)>,
    pub(super) warnings: Vec<String>,
}

/// A page of the source begins.
pub(super) struct PageMark {
    /// Place in [`Draft::text`].
    pub(super) at: u32,
    /// The number as printed.
    pub(super) label: Option<String>,
}

/// A block as read, not yet judged.
#[derive(Debug)]
pub(super) struct Piece {
    /// Where in [`Draft::text`].
    pub(super) range: TextRange,
    /// What the marks say it is. The level of a heading is the one marked.
    pub(super) kind: BlockKind,
    /// First line of the source.
    pub(super) line: u32,
    /// How many lines of the source it takes.
    pub(super) lines: u32,
    /// Blank lines before it.
    pub(super) gap: u32,
    /// How it is set.
    pub(super) look: Look,
    /// Kept out of the text: a running header, a table of contents, a heading printed twice.
    pub(super) furniture: bool,
}

/// What typography is left of a piece.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// All of it is bold.
    pub(super) strong: bool,
    /// All of it is italic.
    pub(super) emphasis: bool,
    /// A page begins just before it.
    pub(super) page_top: bool,
}

impl Draft {
    /// The text of a piece.
    pub(super) fn text_of(&self, piece: &Piece) -> &str {
        &self.text[piece.range.as_usize()]
    }

    /// Where the next text will stand.
    pub(super) fn here(&self) -> u32 {
        self.text.len() as u32
    }

    /// Says that what is added from here on comes from this line of the source.
    pub(super) fn at_line(&mut self, line: u32) {
        let start = self.here();
        match self.lines.last_mut() {
            Some(last) if last.start == start => last.line = line,
            Some(last) if last.line == line => {}
            _ => self.lines.push(LineStart { start, line }),
        }
    }

    /// Marks a range as set apart.
    pub(super) fn span(&mut self, range: TextRange, style: SpanStyle) {
        if !range.is_empty() {
            self.spans.push(Span { range, style });
        }
    }
}
