//! Footnotes: which note a mark in the text calls, and where a note is called.
//!
//! Marks begin anew on each page or in each chapter, so a mark alone says little: it calls the nearest note of its label
//! that follows it in the same part, else the nearest before it. Pure functions on a [`Document`]; nothing here knows how
//! a note is printed.

use super::{BlockId, BlockKind, Document, Span, SpanStyle, TextRange};

/// A footnote: one block, or several when it has further paragraphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Footnote<'d> {
    /// The mark as printed.
    pub label: &'d str,
    /// Its first block.
    pub first: BlockId,
    /// Its last block.
    pub last: BlockId,
    /// Its text, from the first of these to the last.
    pub range: TextRange,
}

/// The mark of a footnote that covers a byte.
#[must_use]
pub fn mark_at(doc: &Document, byte: u32) -> Option<&Span> {
    let block = doc.blocks().get(doc.block_at(byte).0 as usize)?;
    marks_in(doc, TextRange::new(block.range.start, byte.saturating_add(1))).find(|m| m.range.contains(byte))
}

/// The marks of footnotes that begin in a range, ascending.
pub fn marks_in(doc: &Document, range: TextRange) -> impl DoubleEndedIterator<Item = &Span> {
    doc.spans_in(range).iter().filter(|s| label_of(s).is_some())
}

/// The footnote that a mark calls; `None` when its part has no note of that label, or when the span is no mark.
#[must_use]
pub fn footnote_of<'d>(doc: &'d Document, mark: &Span) -> Option<Footnote<'d>> {
    let label = bare(label_of(mark)?);
    let here = doc.block_at(mark.range.start).0 as usize;
    let part = part_of(doc, here)?;
    let is_it = |i: &usize| matches!(&doc.blocks()[*i].kind, BlockKind::Footnote { label: l } if bare(l) == label);
    // a mark inside a note calls another one
    let after = (here + 1..part.end).find(is_it);
    let found = after.or_else(|| (part.start..here).rev().find(is_it))?;
    footnote_in(doc, found)
}

/// The footnote in which a byte stands.
#[must_use]
pub fn footnote_at(doc: &Document, byte: u32) -> Option<Footnote<'_>> {
    footnote_in(doc, doc.block_at(byte).0 as usize)
}

/// The mark that calls a footnote: the nearest before it, else the nearest after it in its part.
#[must_use]
pub fn mark_of<'d>(doc: &'d Document, note: &Footnote<'_>) -> Option<&'d Span> {
    let first = note.first.0 as usize;
    let part = part_of(doc, first)?;
    let calls = |m: &&Span| {
        label_of(m).is_some_and(|l| bare(l) == bare(note.label))
            && footnote_of(doc, m).is_some_and(|f| f.first == note.first)
    };
    let (start, end) = (doc.blocks()[part.start].range.start, doc.blocks()[part.end - 1].range.end);
    let before = marks_in(doc, TextRange::new(start, note.range.start)).rfind(calls);
    before.or_else(|| marks_in(doc, TextRange::new(note.range.end, end)).find(calls))
}

fn label_of(span: &Span) -> Option<&str> {
    match &span.style {
        SpanStyle::NoteRef(label) => Some(label),
        _ => None,
    }
}

/// A label without what may be printed around it: `[1]`, `1)` and `1.` are 1.
fn bare(label: &str) -> &str {
    label.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '.' | ':'))
}

/// The whole footnote that a block belongs to. Notes of one label in a row are paragraphs of one note.
fn footnote_in(doc: &Document, block: usize) -> Option<Footnote<'_>> {
    let label_at = |i: usize| match &doc.blocks().get(i)?.kind {
        BlockKind::Footnote { label } => Some(label.as_str()),
        _ => None,
    };
    let label = label_at(block)?;
    let same = |i: &usize| label_at(*i) == Some(label);
    let first = (0..block).rev().take_while(same).last().unwrap_or(block);
    let last = (block + 1..doc.blocks().len()).take_while(same).last().unwrap_or(block);
    let range = doc.blocks()[first].range.union(doc.blocks()[last].range);
    Some(Footnote { label, first: BlockId(first as u32), last: BlockId(last as u32), range })
}

/// The blocks of the part that a block lies in.
fn part_of(doc: &Document, block: usize) -> Option<std::ops::Range<usize>> {
    let outline = doc.outline();
    let part = outline.part(outline.section(doc.blocks().get(block)?.section).part);
    let blocks = doc.blocks_in(part.range);
    blocks.contains(&block).then_some(blocks)
}

#[cfg(test)]
mod tests;
