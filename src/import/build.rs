//! From judged pieces to the checked document: furniture left out, headings written as the outline names them, places translated.

use super::ImportError;
use super::columns;
use super::draft::{Draft, Piece};
use super::structure::Judged;
use crate::doc::{
    Block, BlockId, BlockKind, Document, Edition, Format, LineStart, Outline, Page, PageStart, Part, PartId,
    RawDocument, Section, SectionId, SourceMap, Span, TextRange,
};

/// Puts the document together.
pub(super) fn build(
    mut draft: Draft,
    judged: &Judged,
    edition: Edition,
    format: Format,
) -> Result<Document, ImportError> {
    note_furniture(&mut draft);
    let draft = &draft;
    let mut out = Writer {
        draft,
        text: String::with_capacity(draft.text.len() + 2 * draft.pieces.len()),
        blocks: Vec::new(),
        lines: Vec::new(),
        spans: Vec::new(),
        pages: Vec::new(),
        next_line: 0,
        next_span: 0,
        next_page: 0,
    };
    let mut tree = Tree::new(judged);
    let mut lead_in = None;
    let mut headings = judged.headings.iter().peekable();
    let mut index = 0;
    while index < draft.pieces.len() {
        let piece = &draft.pieces[index];
        tree.enter_parts(index, out.place());
        if let Some(heading) = headings.next_if(|h| h.first == index) {
            let id = BlockId(out.blocks.len() as u32);
            let start = out.begin();
            for (n, piece) in
                draft.pieces[heading.first..=heading.last].iter().filter(|p| p.furniture.is_none()).enumerate()
            {
                if n > 0 {
                    out.text.push_str(heading.join);
                }
                out.copy(piece, &piece.prefix);
            }
            let section = tree.open(heading, id, start);
            let level = tree.sections[section.0 as usize].level;
            out.end(start, BlockKind::Heading { level }, section);
            index = heading.last + 1;
            lead_in = None;
            continue;
        }
        index += 1;
        if piece.furniture.is_some() {
            continue;
        }
        let kind = match &piece.kind {
            BlockKind::Heading { .. } if piece.prefix.is_empty() => BlockKind::Paragraph,
            BlockKind::Heading { .. } => BlockKind::Item { depth: 0, marker: piece.prefix.clone(), lead_in },
            BlockKind::Item { depth, marker, .. } => BlockKind::Item { depth: *depth, marker: marker.clone(), lead_in },
            BlockKind::Table { columns, header } => {
                BlockKind::Table { columns: columns::settle(draft.text_of(piece), *header, columns), header: *header }
            }
            other => other.clone(),
        };
        if kind == BlockKind::Paragraph {
            let leads = draft.text_of(piece).trim_end().ends_with(':');
            lead_in = leads.then_some(BlockId(out.blocks.len() as u32));
        } else if !matches!(kind, BlockKind::Item { .. }) {
            lead_in = None;
        }
        let start = out.begin();
        out.copy(piece, "");
        out.end(start, kind, tree.innermost());
    }
    if out.blocks.is_empty() {
        return Err(ImportError::NoText);
    }
    let outline = tree.close(out.text.len() as u32);
    let source = SourceMap::new(out.lines, out.pages, draft.line_count);
    Ok(Document::freeze(RawDocument {
        edition,
        format,
        text: out.text,
        blocks: out.blocks,
        spans: out.spans,
        outline,
        source,
        furniture: draft.furniture.clone(),
        warnings: draft.warnings.clone(),
    })?)
}

/// Adds the pieces that were judged to be furniture to what the reader of the format left out itself.
fn note_furniture(draft: &mut Draft) {
    let left: Vec<_> = draft
        .pieces
        .iter()
        .filter_map(|p| Some((p.furniture?, draft.text[p.range.as_usize()].trim().to_string())))
        .collect();
    for (kind, text) in left {
        draft.leave_out(kind, &text);
    }
    draft.furniture.sort_by_key(|f| std::cmp::Reverse(f.count));
}

/// Writes the final text, copying from the draft in order.
struct Writer<'a> {
    draft: &'a Draft,
    text: String,
    blocks: Vec<Block>,
    lines: Vec<LineStart>,
    spans: Vec<Span>,
    pages: Vec<PageStart>,
    next_line: usize,
    next_span: usize,
    next_page: usize,
}

impl Writer<'_> {
    /// Where the next block will begin.
    fn place(&self) -> u32 {
        self.text.len() as u32 + if self.text.is_empty() { 0 } else { 2 }
    }

    fn begin(&mut self) -> u32 {
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.len() as u32
    }

    fn end(&mut self, start: u32, kind: BlockKind, section: SectionId) {
        self.blocks.push(Block { range: TextRange::new(start, self.text.len() as u32), kind, section });
    }

    /// Copies a piece, with its lines, spans and pages, behind a prefix.
    fn copy(&mut self, piece: &Piece, prefix: &str) {
        let (from, to) = (piece.range.start, piece.range.end);
        let begin = self.text.len() as u32;
        if !prefix.is_empty() {
            self.text.push_str(prefix);
            self.text.push(' ');
        }
        let here = self.text.len() as u32;
        // Lines and pages begin before the prefix.
        let moved = |at: u32| if at <= from { begin } else { at - from + here };
        let inside = |at: u32| at.max(from) - from + here;
        let draft = self.draft;
        self.text.push_str(&draft.text[piece.range.as_usize()]);
        // The entry in force where the piece begins may stand before it, in a piece that was left out.
        let within = self.next_line + draft.lines[self.next_line..].partition_point(|l| l.start <= from);
        let mut at = within.saturating_sub(1);
        while let Some(line) = draft.lines.get(at).filter(|l| l.start < to) {
            self.lines.push(LineStart { start: moved(line.start), line: line.line });
            at += 1;
        }
        self.next_line = at.saturating_sub(1);
        while let Some(span) = draft.spans.get(self.next_span).filter(|s| s.range.start < to) {
            if span.range.start >= from {
                let range = TextRange::new(inside(span.range.start), inside(span.range.end.min(to)));
                self.spans.push(Span { range, style: span.style.clone() });
            }
            self.next_span += 1;
        }
        while let Some(page) = draft.pages.get(self.next_page).filter(|p| p.at < to) {
            self.next_page += 1;
            let page_start =
                PageStart { start: moved(page.at), page: Page { index: page.index, label: page.label.clone() } };
            self.pages.push(page_start);
        }
    }
}

/// The outline while it grows: the path of open sections.
struct Tree<'a> {
    judged: &'a Judged,
    sections: Vec<Section>,
    parts: Vec<Part>,
    open: Vec<SectionId>,
}

impl<'a> Tree<'a> {
    fn new(judged: &'a Judged) -> Self {
        Tree { judged, sections: Vec::new(), parts: Vec::new(), open: Vec::new() }
    }

    /// Opens the parts that begin at or before this piece.
    fn enter_parts(&mut self, piece: usize, place: u32) {
        while let Some(part) = self.judged.parts.get(self.parts.len()).filter(|p| p.first <= piece) {
            self.shut(0, place);
            let (root, id) = (SectionId(self.sections.len() as u32), PartId(self.parts.len() as u32));
            let range = TextRange::at(place);
            self.sections.push(Section {
                number: None,
                title: part.title.clone(),
                level: 1,
                parent: None,
                part: id,
                heading: None,
                range,
                confidence: part.confidence,
            });
            self.parts.push(Part {
                root,
                title: part.title.clone(),
                org: part.org.clone(),
                date: part.date.clone(),
                year: part.year,
                kind: part.kind,
                lang: part.lang,
                range,
            });
            self.open.push(root);
        }
    }

    /// Opens the section of a heading; a part's title gives its heading to the root.
    fn open(&mut self, heading: &super::structure::Heading, block: BlockId, start: u32) -> SectionId {
        let root = self.open[0];
        if heading.level <= 1 && self.sections[root.0 as usize].heading.is_none() {
            let section = &mut self.sections[root.0 as usize];
            section.heading = Some(block);
            section.number.clone_from(&heading.number);
            section.confidence = heading.confidence;
            self.shut(1, start);
            return root;
        }
        let level = heading.level.max(2);
        let keep = self.open.iter().take_while(|s| self.sections[s.0 as usize].level < level).count();
        self.shut(keep, start);
        let id = SectionId(self.sections.len() as u32);
        self.sections.push(Section {
            number: heading.number.clone(),
            title: heading.title.clone(),
            level,
            parent: self.open.last().copied(),
            part: PartId(self.parts.len() as u32 - 1),
            heading: Some(block),
            range: TextRange::at(start),
            confidence: heading.confidence,
        });
        self.open.push(id);
        id
    }

    fn innermost(&self) -> SectionId {
        self.open.last().copied().unwrap_or_default()
    }

    /// Ends all open sections but the first `keep`, before the block that begins at `place`.
    fn shut(&mut self, keep: usize, place: u32) {
        let end = place.saturating_sub(2);
        for id in self.open.drain(keep..) {
            let section = &mut self.sections[id.0 as usize];
            // A part in which nothing is kept lies where the next one begins.
            section.range = TextRange::new(section.range.start.min(end), end);
            if section.parent.is_none() {
                self.parts[section.part.0 as usize].range = section.range;
            }
        }
    }

    fn close(mut self, end: u32) -> Outline {
        // `shut` takes the place where a next block would begin.
        self.shut(0, end + 2);
        Outline::new(self.sections, self.parts)
    }
}
