//! A document cut into passages, the entries of the index: a block with the headings right above it; of a table each row.

use super::rows::rows_of;
use crate::doc::{BlockId, BlockKind, Document, PartId, SectionId, TextRange};

/// A passage longer than this many bytes is split.
const MAX_BYTES: u32 = 4_000;
/// And one of more source lines than this: no hit is half a document.
const MAX_LINES: u32 = 60;
/// But no piece is shorter.
const MIN_BYTES: u32 = 200;

/// A passage of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Passage {
    pub range: TextRange,
    pub part: PartId,
    pub section: SectionId,
    /// The headings it begins with.
    pub headings: Vec<BlockId>,
    /// The paragraph that leads into the list it is an item of.
    pub lead_in: Option<BlockId>,
    /// The heads of the columns, of a row of a table that does not begin with them.
    pub heads: Option<TextRange>,
}

/// All passages of a document, in order.
pub(super) fn passages(doc: &Document) -> Vec<Passage> {
    let mut out: Vec<Passage> = Vec::with_capacity(doc.blocks().len());
    // headings that wait for their first block
    let mut waiting: Option<Passage> = None;
    for (i, block) in doc.blocks().iter().enumerate() {
        let id = BlockId(i as u32);
        let part = doc.outline().section(block.section).part;
        let above = match waiting.take() {
            Some(w) if w.part == part => Some(w),
            other => {
                out.extend(other);
                None
            }
        };
        let lead_in = match &block.kind {
            BlockKind::Item { lead_in, .. } => *lead_in,
            _ => None,
        };
        let mut passage =
            Passage { range: block.range, part, section: block.section, headings: Vec::new(), lead_in, heads: None };
        let rows = rows_of(doc, block);
        if let Some(w) = above {
            passage.range = w.range.union(block.range);
            passage.headings = w.headings;
        }
        if block.kind.is_heading() {
            passage.headings.push(id);
            waiting = Some(passage);
        } else if let Some(rows) = rows.filter(|_| !doc.slice(block.range).trim().is_empty()) {
            let start = passage.range.start;
            for (i, (row, heads)) in rows.enumerate() {
                // what stands above the table goes with its first row
                let range = TextRange::new(if i == 0 { start } else { row.start }, row.end);
                let headings = if i == 0 { std::mem::take(&mut passage.headings) } else { Vec::new() };
                split(doc, Passage { range, heads, headings, ..passage.clone() }, &mut out);
            }
        } else {
            split(doc, passage, &mut out);
        }
    }
    out.extend(waiting);
    out
}

/// Adds a passage, in halves and halves of halves when it is too long.
fn split(doc: &Document, passage: Passage, out: &mut Vec<Passage>) {
    let r = passage.range;
    let lines = doc.source().lines(r).map_or(0, |l| l.to - l.from + 1);
    let cut = (r.len() > MAX_BYTES || lines > MAX_LINES && r.len() > MIN_BYTES).then(|| middle(doc.slice(r))).flatten();
    match cut {
        Some((end, start)) => {
            let tail =
                Passage { range: TextRange::new(r.start + start, r.end), headings: Vec::new(), ..passage.clone() };
            split(doc, Passage { range: TextRange::new(r.start, r.start + end), ..passage }, out);
            split(doc, tail, out);
        }
        None => out.push(passage),
    }
}

/// Where to part a text: the end of a line, a sentence or a word that lies nearest to its middle, and where the rest
/// begins. `None` when it has no such place.
fn middle(text: &str) -> Option<(u32, u32)> {
    let half = text.len() / 2;
    let window = text.len() / 4;
    let mut best: Option<((u8, usize), usize, usize)> = None;
    let from = char_border(text, half - window);
    for (i, c) in text[from..char_border(text, half + window)].char_indices().filter(|(_, c)| c.is_whitespace()) {
        let at = from + i;
        let rank = match c {
            '\n' => 0,
            _ if text[..at].ends_with(['.', '?', '!', ';']) => 1,
            _ => 2,
        };
        let key = (rank, at.abs_diff(half));
        if best.is_none_or(|(b, ..)| key < b) {
            best = Some((key, at, at + c.len_utf8()));
        }
    }
    let (_, end, start) = best?;
    let (end, start) = (text[..end].trim_end().len(), start + text[start..].len() - text[start..].trim_start().len());
    (end > 0 && start < text.len()).then_some((end as u32, start as u32))
}

/// The border of a character at or before a byte.
pub(super) fn char_border(text: &str, byte: usize) -> usize {
    (0..=byte.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0)
}
