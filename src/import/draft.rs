//! The document while it is being read: pieces in the order of the source, which `structure` then judges.

use super::clean::{MAX_BLOCK, cut};
use crate::doc::{BlockKind, Furniture, FurnitureKind, LineStart, Span, SpanStyle, TextRange};

/// What the readers make. All ranges are into `text`, which holds the pieces one after another without anything between.
#[derive(Default)]
pub(super) struct Draft {
    pub(super) text: String,
    pub(super) lines: Vec<LineStart>,
    pub(super) spans: Vec<Span>,
    pub(super) pieces: Vec<Piece>,
    /// Page borders, ascending by place. A page may come back: a note printed at its foot stands after the paragraph
    /// that runs on to the next page.
    pub(super) pages: Vec<PageMark>,
    /// What the file says of itself, as key and value: front matter, document properties. Keys in lower case; `title`,
    /// `author`, `organisation`, `date` and `language` are understood in every format.
    pub(super) meta: Vec<(String, String)>,
    /// The outline that the format keeps beside the text (bookmarks of a PDF), in order.
    pub(super) bookmarks: Vec<Bookmark>,
    /// What the reader of the format left out itself.
    pub(super) furniture: Vec<Furniture>,
    /// Lines of the source; 0 in formats without lines.
    pub(super) line_count: u32,
    pub(super) warnings: Vec<String>,
}

/// An entry of the outline that a format keeps beside the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bookmark {
    pub(super) title: String,
    /// From 1, the outermost.
    pub(super) level: u8,
    /// The page it leads to, from 1, counted; `None` when it leads nowhere.
    pub(super) page: Option<u32>,
}

/// A page of the source begins.
pub(super) struct PageMark {
    /// Place in [`Draft::text`].
    pub(super) at: u32,
    /// From 1, counted.
    pub(super) index: u32,
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
    /// How many lines of the source it takes.
    pub(super) lines: u32,
    /// Blank lines before it.
    pub(super) gap: u32,
    /// How it is set.
    pub(super) look: Look,
    /// Why it is kept out of the text, if it is.
    pub(super) furniture: Option<FurnitureKind>,
    /// The number that was taken for a list marker, of an item that turned out to be a heading.
    pub(super) prefix: String,
}

impl Piece {
    /// Makes a heading of it: of the level marked, or 0 for the shape of one. The marker of an item becomes its number.
    pub(super) fn promote(&mut self, level: u8) {
        if let BlockKind::Item { marker, .. } = &mut self.kind
            && marker.contains(char::is_alphanumeric)
        {
            self.prefix = std::mem::take(marker);
        }
        self.kind = BlockKind::Heading { level };
    }
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
    /// Size of its letters in per cent of running text; 0 where the format doesn't tell.
    pub(super) size: u16,
}

/// What is known of a piece when it is closed.
pub(super) struct Made {
    pub(super) kind: BlockKind,
    /// First line of the source.
    pub(super) line: u32,
    /// Blank lines before it.
    pub(super) gap: u32,
    pub(super) look: Look,
}

impl Draft {
    /// The text of a piece.
    pub(super) fn text_of(&self, piece: &Piece) -> &str {
        &self.text[piece.range.as_usize()]
    }

    /// Says that a page begins here: its index from 1, and its number as printed.
    pub(super) fn page(&mut self, index: u32, label: Option<String>) {
        let at = self.here();
        // A page on which nothing was written is one all the same, but holds no text to be on it.
        self.pages.push(PageMark { at, index, label });
    }

    /// Notes that something was left out, together with what is alike but for its digits.
    pub(super) fn leave_out(&mut self, kind: FurnitureKind, text: &str) {
        let masked = |text: &str| text.chars().filter(|c| !c.is_ascii_digit()).take(80).collect::<String>();
        let key = masked(text);
        // Running heads come in turns of two or three, so looking at the last few is enough.
        // Of a table of contents nobody wants to see each line.
        let alike = |f: &Furniture| f.kind == kind && (kind == FurnitureKind::Contents || masked(&f.text) == key);
        let known = self.furniture.iter_mut().rev().take(64).find(|f| alike(f));
        match known {
            Some(known) => known.count += 1,
            None => {
                let mut end = text.len().min(Furniture::SAMPLE);
                while !text.is_char_boundary(end) {
                    end -= 1;
                }
                self.furniture.push(Furniture { kind, text: text[..end].to_string(), count: 1 });
            }
        }
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

    /// Takes back the character that was written last.
    pub(super) fn unwrite(&mut self, c: char) {
        if self.text.ends_with(c) {
            self.truncate(self.here() - c.len_utf8() as u32);
        }
    }

    /// Takes back all text from here on; what points behind it is drawn back with it.
    pub(super) fn truncate(&mut self, here: u32) {
        self.text.truncate(here as usize);
        for span in self.spans.iter_mut().rev().take_while(|s| s.range.end > here) {
            span.range = TextRange::new(span.range.start.min(here), here);
        }
        while self.spans.last().is_some_and(|s| s.range.is_empty()) {
            self.spans.pop();
        }
        while self.lines.last().is_some_and(|l| l.start > here) {
            if let Some(line) = self.lines.pop() {
                self.at_line(line.line);
            }
        }
    }

    /// Makes a piece of the text from `start` on; cuts it where it is too long, and drops it where nothing is in it.
    pub(super) fn piece(&mut self, start: u32, made: Made) {
        let from = start as usize;
        // The tabs of a table are its cells, and the blanks before a first line of code its indentation.
        let blank = |c: char| c == ' ' || c == '\n' || (c == '\t' && !matches!(made.kind, BlockKind::Table { .. }));
        let end = from + self.text[from..].trim_end_matches(blank).len();
        let indented = made.kind == BlockKind::Code;
        let begin = end - self.text[from..end].trim_start_matches(|c| blank(c) && !(indented && c == ' ')).len();
        if begin == end {
            return;
        }
        let pages = self.pages.iter().rev().take_while(|p| p.at >= start).count();
        let look = Look { page_top: made.look.page_top || pages > 0, ..made.look };
        let last = self.lines.last().map_or(made.line, |l| l.line);
        let lines = last.saturating_sub(made.line) + 1;
        let mut at = begin;
        while at < end {
            // a table is laid out and searched row by row, so it may be of any length
            let long = end - at > 2 * MAX_BLOCK && !matches!(made.kind, BlockKind::Table { .. });
            let cut = if long { at + cut(&self.text[at..end], MAX_BLOCK) } else { end };
            let range = TextRange::from(at..cut);
            self.pieces.push(Piece {
                range,
                kind: made.kind.clone(),
                lines,
                gap: made.gap,
                look,
                furniture: None,
                prefix: String::new(),
            });
            at = cut;
        }
    }

    /// Marks a range as set apart.
    pub(super) fn span(&mut self, range: TextRange, style: SpanStyle) {
        if !range.is_empty() {
            self.spans.push(Span { range, style });
        }
    }
}
