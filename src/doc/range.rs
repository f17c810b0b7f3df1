//! Byte ranges into a document's text.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// A range of bytes in a document's normalised text, end exclusive, on grapheme borders.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct TextRange {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl TextRange {
    /// The range from `start` up to `end`; an end before the start is taken as the start.
    #[must_use]
    pub fn new(start: u32, end: u32) -> Self {
        TextRange { start, end: end.max(start) }
    }

    /// An empty range: a place.
    #[must_use]
    pub fn at(byte: u32) -> Self {
        TextRange { start: byte, end: byte }
    }

    /// The same for indexing strings.
    #[must_use]
    pub fn as_usize(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether it holds no byte.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the byte lies in it.
    #[must_use]
    pub fn contains(self, byte: u32) -> bool {
        self.start <= byte && byte < self.end
    }

    /// Whether all of `other` lies in it.
    #[must_use]
    pub fn covers(self, other: TextRange) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(self, other: TextRange) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// What both share; `None` when that is nothing.
    #[must_use]
    pub fn intersect(self, other: TextRange) -> Option<TextRange> {
        self.overlaps(other).then(|| TextRange::new(self.start.max(other.start), self.end.min(other.end)))
    }

    /// The smallest range that holds both.
    #[must_use]
    pub fn union(self, other: TextRange) -> TextRange {
        TextRange { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl fmt::Debug for TextRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl From<Range<usize>> for TextRange {
    /// Texts are smaller than 4 GiB (the size limit of import sees to it).
    fn from(r: Range<usize>) -> Self {
        TextRange::new(r.start as u32, r.end as u32)
    }
}
