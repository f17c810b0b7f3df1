//! Freezing: the one way a document comes into being, with every promise of the types checked.

use super::{Block, Document, Edition, Format, Furniture, Outline, SourceMap, Span, TextRange};
use thiserror::Error;

/// A document as `import` has built it, not yet checked.
#[derive(Clone, Debug)]
pub struct RawDocument {
    /// Content hash of the file's bytes.
    pub edition: Edition,
    /// What the bytes turned out to be.
    pub format: Format,
    /// Normalised text.
    pub text: String,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
    /// Spans, ascending by start.
    pub spans: Vec<Span>,
    /// Sections and parts.
    pub outline: Outline,
    /// The way back.
    pub source: SourceMap,
    /// What was left out.
    pub furniture: Vec<Furniture>,
    /// What the reader should know.
    pub warnings: Vec<String>,
}

/// A promise of the document's types that does not hold: a fault of the reader of that format, never of the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the document does not hold together: {0}")]
pub struct DocError(pub String);

impl Document {
    /// Checks and freezes a document.
    ///
    /// # Errors
    /// When ranges do not ascend, overlap, are empty, leave the text or cut a character; when a section, part or block
    /// points at one that is not there; when there is no part; when sections do not nest.
    pub fn freeze(raw: RawDocument) -> Result<Document, DocError> {
        let fail = |what: String| Err(DocError(what));
        let inside = |r: TextRange| r.start <= r.end && raw.text.get(r.as_usize()).is_some();
        let (n_sections, n_parts) = (raw.outline.sections.len(), raw.outline.parts.len());
        let mut last = 0;
        for (i, b) in raw.blocks.iter().enumerate() {
            if b.range.is_empty() || b.range.start < last || !inside(b.range) {
                return fail(format!("block {i} at {:?} after {last}", b.range));
            }
            if b.section.0 as usize >= n_sections {
                return fail(format!("block {i} in section {}", b.section.0));
            }
            last = b.range.end;
        }
        let mut last = 0;
        for (i, s) in raw.spans.iter().enumerate() {
            if s.range.start < last || s.range.is_empty() || !inside(s.range) {
                return fail(format!("span {i} at {:?} after {last}", s.range));
            }
            last = s.range.start;
        }
        if n_parts == 0 {
            return fail("no part".into());
        }
        for (i, p) in raw.outline.parts.iter().enumerate() {
            let root = raw.outline.sections.get(p.root.0 as usize);
            if !inside(p.range) || !root.is_some_and(|s| s.parent.is_none() && s.part.0 as usize == i) {
                return fail(format!("part {i} at {:?} with root {}", p.range, p.root.0));
            }
        }
        for (i, s) in raw.outline.sections.iter().enumerate() {
            if !inside(s.range) || s.part.0 as usize >= n_parts || s.level == 0 {
                return fail(format!("section {i} at {:?}", s.range));
            }
            match s.parent {
                None if raw.outline.parts[s.part.0 as usize].root.0 as usize == i => {}
                Some(p) if (p.0 as usize) < i && raw.outline.sections[p.0 as usize].level < s.level => {}
                _ => return fail(format!("section {i} under {:?}", s.parent)),
            }
            if s.heading.is_some_and(|h| raw.blocks.get(h.0 as usize).is_none_or(|b| !b.kind.is_heading())) {
                return fail(format!("section {i} has no heading where it says"));
            }
        }
        let lines = raw.source.line_starts();
        if !lines.is_sorted_by_key(|l| l.start) || !raw.source.pages().is_sorted_by_key(|p| p.start) {
            return fail("source map not in order".into());
        }
        let RawDocument { edition, format, text, blocks, spans, outline, source, furniture, warnings } = raw;
        Ok(Document { edition, format, text, blocks, spans, outline, source, furniture, warnings, corrected: None })
    }
}
