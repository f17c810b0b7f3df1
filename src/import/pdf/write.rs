//! Blocks to pieces: lines joined, styles to spans, pages where their first letter stands.

use super::blocks::{Block, Kind};
use super::file::Page;
use super::habits::Habits;
use super::lines::{Line, Mark, Style};
use crate::doc::{BlockKind, Span, SpanStyle, TextRange};
use crate::import::draft::{Draft, Look, Made};
use crate::import::join::join;
use crate::import::scribe::raised as raised_label;
use rustc_hash::FxHashSet;

/// Writes all blocks.
pub(super) fn write(pages: &[Page], blocks: &[Block<'_>], habits: &Habits, draft: &mut Draft) {
    let notes = blocks
        .iter()
        .filter_map(|b| match &b.kind {
            Kind::Note(label) => Some((b.lines[0].page, label.as_str())),
            _ => None,
        })
        .collect();
    let mut out = Out { pages, notes, draft, page: 0 };
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
    draft: &'a mut Draft,
    /// The page that was begun last, from 1.
    page: u32,
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
                } else {
                    join(self.draft, &line.text);
                }
            }
            if line.page != self.page {
                self.turn(line.page);
            }
            self.line(line, skip, start, matches!(block.kind, Kind::Heading(_)));
        }
        let kind = match &block.kind {
            Kind::Text => BlockKind::Paragraph,
            Kind::Heading(level) => BlockKind::Heading { level: *level },
            Kind::Item { marker, depth } => BlockKind::Item { depth: *depth, marker: marker.clone(), lead_in: None },
            Kind::Note(label) => BlockKind::Footnote { label: label.clone() },
            Kind::Quote => BlockKind::Quote,
            Kind::Lines => BlockKind::Code,
        };
        let look = Look {
            strong: block.lines.iter().all(|l| l.strong),
            emphasis: block.lines.iter().all(|l| l.emphasis),
            page_top,
            size: habits.size(first),
        };
        self.draft.piece(start, Made { kind, line: 0, gap: block.gap, look });
    }

    /// Writes a line from a byte on, with its styles.
    fn line(&mut self, line: &Line, skip: usize, piece: u32, heading: bool) {
        let mut at = skip.min(line.text.len());
        let mut styles: Vec<(SpanStyle, u32, u32)> = Vec::new();
        // Borders of styles cut the line in stretches; each is written once.
        let mut cuts: Vec<usize> = line.marks.iter().flat_map(|m| [m.range.start, m.range.end]).collect();
        cuts.push(line.text.len());
        cuts.sort_unstable();
        cuts.dedup();
        for cut in cuts.into_iter().filter(|c| *c > skip) {
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
            None => self.draft.span(TextRange::new(from, to), style),
        }
    }

    /// Writes words; blanks in a row become one.
    fn words(&mut self, text: &str) {
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
