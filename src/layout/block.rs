//! One block → its rows.

use super::cells;
use super::line::{DecorRole, Line, LineKind, Measure, Piece, Pieces};
use super::table::Shape;
use super::wrap::{Row, wrap};
use crate::doc::{BlockId, BlockKind, Document, TextRange};
use memchr::memchr;
use smallvec::smallvec;
use std::borrow::Cow;

/// Cells a deeper list stands further in.
const INDENT: usize = 2;
/// Cells of the line that sets footnotes apart.
const NOTE_RULE: usize = 12;

/// Lays out one unit of a block (of a table, which has a shape, a row), before the first the blank rows above it. Never
/// empty.
pub(super) fn lay_out(doc: &Document, id: BlockId, table: Option<&Shape>, unit: u32, measure: Measure) -> Vec<Line> {
    let block = doc.block(id);
    let (range, width) = (block.range, measure.width() as usize);
    // a little more than the rows of full width
    let mut out = Vec::with_capacity(if table.is_some() { 4 } else { range.len() as usize / width * 9 / 8 + 4 });
    let blank = Line { range: TextRange::at(range.start), pieces: Pieces::new(), kind: LineKind::Blank };
    if unit == 0 {
        out.resize(blanks_above(doc, id), blank);
    }
    match &block.kind {
        BlockKind::Heading { level } => {
            set_text(doc, range, 0, width, LineKind::Heading { level: *level }, &mut out);
            if *level == 1 {
                let text = Cow::Owned("─".repeat(width));
                let rule = Piece::Decor { text, x: 0, role: DecorRole::HeadingRule };
                out.push(Line { range: TextRange::at(range.end), pieces: smallvec![rule], kind: LineKind::Rule });
            }
        }
        BlockKind::Paragraph => set_text(doc, range, 0, width, LineKind::Text, &mut out),
        BlockKind::Code => set_text(doc, range, 0, width, LineKind::Code, &mut out),
        BlockKind::Item { depth, marker, .. } => {
            let indent = (*depth as usize * INDENT).min(width / 3);
            let hang = hang(indent, marker_before(doc, id, *depth, marker), width);
            let first = out.len();
            set_text(doc, range, hang, width, LineKind::Item, &mut out);
            put_label(&mut out[first], marker, indent, hang, DecorRole::Marker);
        }
        BlockKind::Quote => {
            let hang = if width > 4 { 2 } else { 0 };
            let first = out.len();
            set_text(doc, range, hang, width, LineKind::Quote, &mut out);
            if hang > 0 {
                for line in &mut out[first..] {
                    line.pieces.insert(0, Piece::Decor { text: Cow::Borrowed("▎"), x: 0, role: DecorRole::QuoteBar });
                }
            }
        }
        BlockKind::Footnote { label } => {
            if !follows_note(doc, id) {
                let text = Cow::Owned("─".repeat(NOTE_RULE.min(width)));
                let rule = Piece::Decor { text, x: 0, role: DecorRole::NoteRule };
                out.push(Line { range: TextRange::at(range.start), pieces: smallvec![rule], kind: LineKind::Rule });
            }
            let again = follows_note(doc, id) && doc.block(BlockId(id.0 - 1)).kind == block.kind;
            let hang = hang(0, label, width);
            let first = out.len();
            set_text(doc, range, hang, width, LineKind::Footnote, &mut out);
            // a further paragraph of the same note has no mark
            if !again {
                put_label(&mut out[first], label, 0, hang, DecorRole::NoteLabel);
            }
        }
        BlockKind::Table { .. } => table.into_iter().for_each(|shape| shape.set(doc, unit, width, &mut out)),
    }
    out
}

/// Whether a footnote stands right above a block.
fn follows_note(doc: &Document, id: BlockId) -> bool {
    let above = id.0.checked_sub(1).map(|above| &doc.block(BlockId(above)).kind);
    matches!(above, Some(BlockKind::Footnote { .. }))
}

/// How many blank rows stand above a block.
fn blanks_above(doc: &Document, id: BlockId) -> usize {
    let Some(before) = id.0.checked_sub(1) else { return 0 };
    let (above, this) = (&doc.block(BlockId(before)).kind, &doc.block(id).kind);
    match (above, this) {
        (_, BlockKind::Heading { level: 1 }) => 2,
        (_, BlockKind::Heading { .. }) => 1,
        (BlockKind::Heading { level }, _) => usize::from(*level <= 2),
        (BlockKind::Item { .. }, BlockKind::Item { .. }) | (BlockKind::Footnote { .. }, BlockKind::Footnote { .. }) => {
            0
        }
        (_, BlockKind::Item { lead_in: Some(lead), .. }) if lead.0 == before => 0,
        _ => 1,
    }
}

/// The marker whose width an item hangs by: its own, or for a further paragraph that of its item.
fn marker_before<'d>(doc: &'d Document, id: BlockId, depth: u8, own: &'d str) -> &'d str {
    /// A further paragraph this far below its item hangs by its depth alone.
    const LOOK_BACK: usize = 32;
    if !own.is_empty() {
        return own;
    }
    for block in doc.blocks()[..id.0 as usize].iter().rev().take(LOOK_BACK) {
        match &block.kind {
            BlockKind::Item { depth: d, marker, .. } if *d == depth && !marker.is_empty() => return marker,
            BlockKind::Item { depth: d, .. } if *d >= depth => {}
            _ => break,
        }
    }
    "•"
}

/// Where text hangs after a label; no further in than half of the row.
fn hang(indent: usize, label: &str, width: usize) -> usize {
    if label.is_empty() { indent } else { indent + cells::width(label) + 1 }.min(width / 2)
}

/// Draws a label in the room before the first row's text, cut when there is too little of it.
fn put_label(line: &mut Line, label: &str, indent: usize, hang: usize, role: DecorRole) {
    let text = cells::sanitise(label);
    let text = cells::truncate(&text, hang.saturating_sub(indent + 1));
    if !text.is_empty() {
        line.pieces.insert(0, Piece::Decor { text: Cow::Owned(text.into_owned()), x: indent as u16, role });
    }
}

/// Wraps a text, line by line, from cell `x` up to cell `width`.
pub(super) fn set_text(doc: &Document, range: TextRange, x: usize, width: usize, kind: LineKind, out: &mut Vec<Line>) {
    let text = doc.slice(range);
    let room = width.saturating_sub(x).max(1);
    let mut from = 0;
    loop {
        let line_end = memchr(b'\n', &text.as_bytes()[from..]).map_or(text.len(), |at| from + at);
        let base = range.start as usize + from;
        wrap(&text[from..line_end], room, |row| {
            let pieces = pieces_of(doc.text(), base, row, x);
            out.push(Line { range: TextRange::from(base + row.start..base + row.next), pieces, kind });
        });
        from = line_end + 1;
        // the line end itself belongs to the row it ends
        if from > text.len() {
            return;
        }
        if let Some(last) = out.last_mut() {
            last.range.end = range.start + from as u32;
        }
        if from == text.len() {
            return;
        }
    }
}

/// The pieces of one row: its text, parted at tabs.
pub(super) fn pieces_of(text: &str, base: usize, row: Row, x: usize) -> Pieces {
    let (start, end) = (base + row.start, base + row.end);
    let piece = |from: usize, to: usize, x: usize, width: usize| Piece::Text {
        range: TextRange::from(from..to),
        x: x as u16,
        width: width as u16,
    };
    if start == end {
        return Pieces::new();
    }
    if row.plain || memchr(b'\t', &text.as_bytes()[start..end]).is_none() {
        return smallvec![piece(start, end, x, row.cells)];
    }
    let (mut out, mut at, mut column) = (Pieces::new(), start, 0);
    for part in text[start..end].split_inclusive('\t') {
        let words = part.trim_end_matches('\t');
        let cells = cells::width(words);
        if !words.is_empty() {
            out.push(piece(at, at + words.len(), x + column, cells));
        }
        column += cells;
        if words.len() < part.len() {
            // a tab wider than the room left of a very narrow row is cut to it
            let stop = cells::cluster_width("\t", column).min(row.cells.saturating_sub(column));
            out.push(piece(at + words.len(), at + part.len(), x + column, stop));
            column += stop;
        }
        at += part.len();
    }
    out
}
