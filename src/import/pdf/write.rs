//! Blocks to pieces: lines joined, styles to spans, pages where their first letter stands.

use super::blocks::{Block, Kind, level};
use super::file::Page;
use super::habits::Habits;
use super::lines::{Line, Mark, Style};
use super::tables::{Bit, Grid};
use crate::doc::{BlockKind, ColumnAlign, Span, SpanStyle, TextRange};
use crate::import::broken::Words;
use crate::import::draft::{Draft, Look, Made};
use crate::import::join::join_by;
use crate::import::scribe::raised as raised_label;
use rustc_hash::FxHashSet;

/// Writes all blocks.
pub(super) fn write(pages: &[Page], blocks: &[Block<'_>], habits: &Habits, words: &Words, draft: &mut Draft) {
    let notes = blocks
        .iter()
        .filter_map(|b| match &b.kind {
            Kind::Note(label) => Some((b.lines[0].page, label.as_str())),
            _ => None,
        })
        .collect();
    let mut out = Out { pages, notes, words, draft, page: 0, doubt: None };
    for block in blocks {
        out.block(block, habits);
    }
    while (out.page as usize) < pages.len() {
        out.turn(out.page + 1);
    }
}

struct Out<'a> {
    pages: &'a [Page],
    /// Which marks have a note, by page.
    notes: FxHashSet<(u32, &'a str)>,
    words: &'a Words,
    draft: &'a mut Draft,
    /// The page that was begun last, from 1.
    page: u32,
    /// A word that is broken where the next line begins: where it begins, and its other reading.
    doubt: Option<(u32, String)>,
}

/// Whether a line goes on right where another ends, without a blank.
fn glued(last: &Line, line: &Line) -> bool {
    level(last, line) && line.x - last.end_x < 0.15 * line.size
}

/// How the columns of a table are set: numbers to the right.
fn aligns(grid: &Grid<'_>) -> Vec<ColumnAlign> {
    let number = |cell: &[Bit<'_>]| {
        let text: String = cell.iter().map(|(line, bytes)| line.text[bytes.clone()].trim()).collect();
        text.contains(|c: char| c.is_ascii_digit()) && !text.contains(|c: char| c.is_alphabetic() && c != 'x')
    };
    let of = |column: usize| {
        let body = grid.rows.iter().skip(usize::from(grid.header)).map(|r| &r[column]).filter(|c| !c.is_empty());
        let (all, numbers) = body.fold((0, 0), |(all, n), c| (all + 1, n + usize::from(number(c))));
        if all > 0 && numbers * 10 >= all * 7 { ColumnAlign::Right } else { ColumnAlign::Left }
    };
    (0..grid.rows[0].len()).map(of).collect()
}

impl Out<'_> {
    /// Begins a page; pages without text on the way to it begin too.
    fn turn(&mut self, page: u32) {
        let first = if page > self.page { self.page + 1 } else { page };
        for index in first..=page {
            self.draft.page(index, self.pages[index as usize - 1].label.clone());
        }
        self.page = page;
    }

    fn block(&mut self, block: &Block<'_>, habits: &Habits) {
        let Some(first) = block.lines.first() else { return };
        let page_top = first.page > self.page;
        if first.page != self.page {
            self.turn(first.page);
        }
        let start = self.draft.here();
        for (n, line) in block.lines.iter().enumerate() {
            let skip = if n == 0 { block.skip } else { 0 };
            if n > 0 {
                if block.kind == Kind::Lines {
                    self.draft.text.push('\n');
                } else if self.draft.here() > start && !glued(block.lines[n - 1], line) {
                    self.join(&line.text);
                }
            }
            if line.page != self.page {
                self.turn(line.page);
            }
            if block.grid.is_some() {
                break;
            }
            self.line(line, skip..line.text.len(), start, matches!(block.kind, Kind::Heading(_)));
        }
        let mut columns = Vec::new();
        if let Some(grid) = &block.grid {
            self.grid(grid, start);
            columns = aligns(grid);
        }
        let kind = match &block.kind {
            Kind::Text => BlockKind::Paragraph,
            Kind::Heading(level) => BlockKind::Heading { level: *level },
            Kind::Item { marker, depth } => BlockKind::Item { depth: *depth, marker: marker.clone(), lead_in: None },
            Kind::Note(label) => BlockKind::Footnote { label: label.clone() },
            Kind::Quote => BlockKind::Quote,
            Kind::Lines => BlockKind::Code,
            Kind::Table => BlockKind::Table { columns, header: block.grid.as_ref().is_some_and(|g| g.header) },
        };
        let look = Look {
            strong: block.lines.iter().all(|l| l.strong),
            emphasis: block.lines.iter().all(|l| l.emphasis),
            page_top,
            size: habits.size(first),
        };
        self.draft.piece(start, Made { kind, line: 0, gap: block.gap, look });
    }

    /// Writes the rows and cells of a table.
    fn grid(&mut self, grid: &Grid<'_>, start: u32) {
        for (n, row) in grid.rows.iter().enumerate() {
            if n > 0 {
                self.draft.text.push('\n');
            }
            for (n, cell) in row.iter().enumerate() {
                if n > 0 {
                    self.draft.text.push('\t');
                }
                let from = self.draft.here();
                for (line, bytes) in cell {
                    if self.draft.here() > from {
                        self.join(line.text[bytes.clone()].trim());
                    }
                    if line.page > self.page {
                        self.turn(line.page);
                    }
                    let text = &line.text[bytes.clone()];
                    let lead = text.len() - text.trim_start().len();
                    self.line(line, bytes.start + lead..bytes.start + text.trim_end().len().max(lead), start, false);
                }
            }
        }
    }

    /// Writes what stands between two lines; a hyphen that only broke a word is taken away.
    fn join(&mut self, next: &str) {
        if let Some(doubt) = join_by(self.draft, next, self.words) {
            self.doubt = Some(doubt);
        }
    }

    /// Writes a stretch of a line, with its styles.
    fn line(&mut self, line: &Line, bytes: std::ops::Range<usize>, piece: u32, heading: bool) {
        let (mut at, end) = (bytes.start.min(line.text.len()), bytes.end.min(line.text.len()));
        let skip = at;
        let mut styles: Vec<(SpanStyle, u32, u32)> = Vec::new();
        // Borders of styles cut the line in stretches; each is written once.
        let mut cuts: Vec<usize> = line.marks.iter().flat_map(|m| [m.range.start, m.range.end]).collect();
        cuts.push(end);
        cuts.sort_unstable();
        cuts.dedup();
        let doubt = self.doubt.take();
        for cut in cuts.into_iter().filter(|c| *c > skip && *c <= end) {
            let stretch = &line.text[at..cut];
            let over = |m: &&Mark| m.range.start <= at && cut <= m.range.end;
            let from = self.draft.here();
            let raised = line.marks.iter().filter(over).any(|m| m.style == Style::Raised);
            let label = stretch.trim();
            if raised && self.notes.contains(&(line.page, label)) {
                self.draft.text.push_str(&raised_label(label));
                styles.push((SpanStyle::NoteRef(label.to_string()), from, self.draft.here()));
                if stretch.ends_with(' ') {
                    self.draft.text.push(' ');
                }
            } else {
                self.words(stretch);
                for mark in line.marks.iter().filter(over) {
                    let style = match mark.style {
                        // All of a heading is bold, and nobody needs to be told.
                        Style::Strong if !heading => SpanStyle::Strong,
                        Style::Emphasis => SpanStyle::Emphasis,
                        Style::Code if !heading => SpanStyle::Code,
                        _ => continue,
                    };
                    styles.push((style, from, self.draft.here()));
                }
            }
            at = cut;
        }
        if let Some((from, other)) = doubt {
            let rest = &self.draft.text[from as usize..];
            let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '-')).unwrap_or(rest.len());
            styles.insert(0, (SpanStyle::Broken(other), from, from + word as u32));
        }
        for (style, from, to) in styles.into_iter().filter(|(_, from, to)| from < to) {
            self.span(style, from, to, piece);
        }
    }

    /// Sets a stretch apart, as one with what is set alike just before it.
    fn span(&mut self, style: SpanStyle, from: u32, to: u32, piece: u32) {
        let text = &self.draft.text;
        let near = |s: &&mut Span| s.range.end + 1 >= from && s.range.start >= piece;
        let before = self.draft.spans.iter_mut().rev().take(4).filter(near).find(|s| s.style == style);
        match before.filter(|s| text.get(s.range.end as usize..from as usize).is_some_and(|b| b.trim().is_empty())) {
            Some(span) => span.range = TextRange::new(span.range.start, to),
            None => {
                self.draft.span(TextRange::new(from, to), style);
                // One that begins on the line before comes before what was set apart there later.
                let spans = &mut self.draft.spans;
                let mut at = spans.len().saturating_sub(1);
                while at > 0 && spans[at - 1].range.start > spans[at].range.start {
                    spans.swap(at - 1, at);
                    at -= 1;
                }
            }
        }
    }

    /// Writes words; blanks in a row become one.
    fn words(&mut self, text: &str) {
        // Dots that lead to a page number, with blanks between them.
        if let Some(at) = text.find(". . .") {
            let rest = text[at..].trim_start_matches(['.', ' ']);
            self.words(text[..at].trim_end());
            self.draft.text.push_str(" .... ");
            return self.words(rest);
        }
        if !text.contains("  ") && !text.contains('\t') {
            self.draft.text.push_str(text);
            return;
        }
        let mut blank = false;
        for c in text.chars() {
            let is = matches!(c, ' ' | '\t');
            if !(is && blank) {
                self.draft.text.push(if is { ' ' } else { c });
            }
            blank = is;
        }
    }
}
