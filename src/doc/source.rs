//! The way back from text to the lines and pages of the source.

use super::TextRange;
use serde::{Deserialize, Serialize};

/// From this byte of the text on, the text comes from this source line (until the next entry).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineStart {
    /// Byte in the normalised text.
    pub start: u32,
    /// Line of the source, from 1, the file split on LF.
    pub line: u32,
}

/// A page begins at this byte.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageStart {
    /// Byte in the normalised text.
    pub start: u32,
    /// Which page.
    pub page: Page,
}

/// A page of the source.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Page {
    /// From 1, counted.
    pub index: u32,
    /// The number as printed; `None` when none is.
    pub label: Option<String>,
}

/// Lines of the source, from 1, both inclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lines {
    /// First line.
    pub from: u32,
    /// Last line.
    pub to: u32,
}

/// The map from the normalised text to lines and pages of the source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct SourceMap {
    lines: Vec<LineStart>,
    pages: Vec<PageStart>,
    line_count: u32,
}

impl SourceMap {
    /// A map of these entries, each ascending by `start`. `line_count` is the number of lines of the source; 0 for
    /// formats without lines.
    #[must_use]
    pub fn new(lines: Vec<LineStart>, pages: Vec<PageStart>, line_count: u32) -> Self {
        SourceMap { lines, pages, line_count }
    }

    /// The source lines of a range; `None` in formats without lines.
    #[must_use]
    pub fn lines(&self, range: TextRange) -> Option<Lines> {
        let from = self.line_at(range.start)?;
        let last = range.end.saturating_sub(1).max(range.start);
        let (mut low, mut high) = (from, from);
        let first = self.lines.partition_point(|l| l.start <= range.start);
        for entry in self.lines[first..].iter().take_while(|l| l.start <= last) {
            low = low.min(entry.line);
            high = high.max(entry.line);
        }
        Some(Lines { from: low, to: high })
    }

    /// The source line a byte comes from; `None` in formats without lines.
    #[must_use]
    pub fn line_at(&self, byte: u32) -> Option<u32> {
        let after = self.lines.partition_point(|l| l.start <= byte);
        self.lines.get(after.checked_sub(1)?).map(|l| l.line)
    }

    /// The first byte of the text that comes from this source line or a later one.
    #[must_use]
    pub fn byte_of_line(&self, line: u32) -> Option<u32> {
        self.lines.iter().find(|l| l.line >= line).map(|l| l.start)
    }

    /// The page a byte stands on; `None` where the format has none and none is printed.
    #[must_use]
    pub fn page_at(&self, byte: u32) -> Option<&Page> {
        let after = self.pages.partition_point(|p| p.start <= byte);
        self.pages.get(after.checked_sub(1)?).map(|p| &p.page)
    }

    /// All page borders, ascending by place.
    #[must_use]
    pub fn pages(&self) -> &[PageStart] {
        &self.pages
    }

    /// Where each page begins, once: without the returns to a page whose notes stand after a paragraph that runs on.
    pub fn page_tops(&self) -> impl Iterator<Item = &PageStart> {
        let mut seen = 0;
        self.pages.iter().filter(move |p| {
            let new = p.page.index > seen;
            seen = seen.max(p.page.index);
            new
        })
    }

    /// How many pages the source has, as far as text stands on them.
    #[must_use]
    pub fn page_count(&self) -> u32 {
        self.pages.iter().map(|p| p.page.index).max().unwrap_or(0)
    }

    /// All line entries, ascending.
    #[must_use]
    pub fn line_starts(&self) -> &[LineStart] {
        &self.lines
    }

    /// How many lines the source has; 0 in formats without lines.
    #[must_use]
    pub fn line_count(&self) -> u32 {
        self.line_count
    }
}
