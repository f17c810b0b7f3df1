//! Writes pieces for readers whose format has marks of its own (Markdown, HTML, word processors): blocks opened and closed,
//! lists and quotations nested, emphasis, tables, notes. A reader says what it meets, in order; the scribe knows what that
//! makes of the text. It knows no format.

use super::clean::push_safe;
use super::draft::{Draft, Look, Made};
use super::join::join;
use crate::doc::{BlockKind, ColumnAlign, SpanStyle, TextRange};

/// Emphasis inside emphasis beyond this is not kept: every piece of text looks at all of it.
const MAX_MARKS: usize = 32;

/// A draft being written.
pub(super) struct Scribe {
    pub(super) draft: Draft,
    /// The line of the source that what comes now stands on; 0 in formats without lines.
    pub(super) line: u32,
    /// Blank lines before the next block.
    pub(super) gap: u32,
    /// Size of the letters in the next block, in per cent of running text; 0 where the format doesn't tell.
    pub(super) size: u16,
    /// The next block begins a page, where pages are not counted.
    pub(super) page_top: bool,
    open: Option<Open>,
    /// Lists we are in: the next number, or none for bullets.
    lists: Vec<Option<u64>>,
    /// The marker of the item whose first text is still to come.
    marker: Option<String>,
    quotes: u32,
    footnote: Option<String>,
    table: Option<Table>,
    marks: Vec<(SpanStyle, u32)>,
    depth: usize,
}

/// The block being written.
struct Open {
    kind: BlockKind,
    start: u32,
    line: u32,
    gap: u32,
    size: u16,
    page_top: bool,
    /// A line ended; the next text decides how it is joined.
    ended: bool,
    /// Where lines ended by wish of the writer.
    hard: Vec<u32>,
    /// Bytes of text in bold, in italics, in all.
    strong: usize,
    emphasis: usize,
    all: usize,
}

/// The table being written.
struct Table {
    rows: u32,
    /// Where this row begins, with the end of the one before it.
    row: u32,
    /// Cells begun in this row.
    cells: u32,
}

impl Scribe {
    /// Lists and quotations deeper than `depth` are written as that depth.
    pub(super) fn new(depth: u16) -> Self {
        Scribe {
            draft: Draft::default(),
            line: 0,
            gap: 0,
            size: 0,
            page_top: false,
            open: None,
            lists: Vec::new(),
            marker: None,
            quotes: 0,
            footnote: None,
            table: None,
            marks: Vec::new(),
            depth: usize::from(depth),
        }
    }

    /// Closes what is open and gives the draft.
    pub(super) fn finish(mut self) -> Draft {
        self.table = None;
        self.close();
        // A link's span is known when it ends, so inner ones come first: sort by start, the outer before the inner.
        self.draft.spans.sort_by_key(|s| (s.range.start, std::cmp::Reverse(s.range.end)));
        self.draft
    }

    /// Opens a block of this kind; the one before is closed.
    pub(super) fn begin(&mut self, kind: BlockKind) {
        self.close();
        self.open = Some(Open {
            kind,
            start: self.draft.here(),
            line: self.line,
            gap: std::mem::take(&mut self.gap),
            size: self.size,
            page_top: std::mem::take(&mut self.page_top),
            ended: false,
            hard: Vec::new(),
            strong: 0,
            emphasis: 0,
            all: 0,
        });
    }

    /// Whether a block is open.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// A list begins: with its first number, or `None` for bullets.
    pub(super) fn list(&mut self, first: Option<u64>) {
        if self.table.is_none() {
            self.close();
        }
        self.lists.push(first);
    }

    /// The innermost list ends.
    pub(super) fn end_list(&mut self) {
        if self.table.is_none() {
            self.close();
        }
        self.lists.pop();
    }

    /// How many lists we are in.
    pub(super) fn list_depth(&self) -> usize {
        self.lists.len()
    }

    /// The number of the next item of the innermost list; `None` with bullets or outside lists.
    pub(super) fn number(&self) -> Option<u64> {
        self.lists.last().copied().flatten()
    }

    /// An item begins, with its marker as shown ("•", "1.", "a)").
    pub(super) fn item(&mut self, marker: impl Into<String>) {
        if self.table.is_none() {
            self.close();
        }
        self.marker = Some(marker.into());
    }

    /// The item ends; the list counts on.
    pub(super) fn end_item(&mut self) {
        if self.table.is_none() {
            self.close();
        }
        self.marker = None;
        if let Some(Some(next)) = self.lists.last_mut() {
            *next = next.saturating_add(1);
        }
    }

    /// Another marker for the item that has just begun (a box to tick).
    pub(super) fn set_marker(&mut self, marker: &str) {
        self.marker = Some(marker.to_string());
    }

    /// A quotation begins.
    pub(super) fn quote(&mut self) {
        self.close();
        self.quotes += 1;
    }

    /// It ends.
    pub(super) fn end_quote(&mut self) {
        self.close();
        self.quotes = self.quotes.saturating_sub(1);
    }

    /// The text of a footnote begins.
    pub(super) fn footnote(&mut self, label: &str) {
        self.close();
        self.footnote = Some(safe(label));
    }

    /// It ends.
    pub(super) fn end_footnote(&mut self) {
        self.close();
        self.footnote = None;
    }

    /// A table begins. Until it ends, blocks are not closed: whatever lies in its cells is text of those cells.
    pub(super) fn table(&mut self, columns: Vec<ColumnAlign>, header: bool) {
        self.begin(BlockKind::Table { columns, header });
        self.table = Some(Table { rows: 0, row: self.draft.here(), cells: 0 });
    }

    /// Says what the columns of the open table turned out to be, and whether its first row holds their heads.
    pub(super) fn columns(&mut self, aligns: Vec<ColumnAlign>, heads: bool) {
        if let Some(Open { kind: BlockKind::Table { columns, header }, .. }) = &mut self.open {
            *columns = aligns;
            *header = heads;
        }
    }

    /// A row of the table begins.
    pub(super) fn row(&mut self) {
        self.end_cell();
        self.end_row();
        if let Some(table) = &mut self.table {
            table.row = self.draft.here();
            if table.rows > 0 {
                self.draft.text.push('\n');
            }
            table.rows += 1;
            table.cells = 0;
        }
    }

    /// A row without a word in it (room to fill in) is none.
    fn end_row(&mut self) {
        if let Some(table) = self.table.as_mut().filter(|t| t.rows > 0)
            && self.draft.text[table.row as usize..].trim().is_empty()
        {
            table.rows -= 1;
            self.draft.truncate(table.row);
        }
    }

    /// A cell of the row begins.
    pub(super) fn cell(&mut self) {
        self.end_cell();
        if let Some(table) = &mut self.table {
            if table.cells > 0 {
                self.draft.unwrite(' ');
                self.draft.text.push('\t');
            }
            table.cells += 1;
        }
    }

    /// What ended in a cell is parted from the next cell by the border between them and nothing else.
    fn end_cell(&mut self) {
        if let Some(open) = self.open.as_mut().filter(|_| self.table.is_some()) {
            open.ended = false;
            if self.draft.here() > open.start {
                self.draft.unwrite(' ');
            }
        }
    }

    /// Whether a table is open.
    pub(super) fn in_table(&self) -> bool {
        self.table.is_some()
    }

    /// The table ends.
    pub(super) fn end_table(&mut self) {
        self.end_row();
        if self.table.take().is_some() {
            self.close();
        }
    }

    /// A page begins here: its index from 1, and its number as printed.
    pub(super) fn page(&mut self, index: u32, label: Option<String>) {
        self.draft.page(index, label);
    }

    /// Something the file says of itself.
    pub(super) fn meta(&mut self, key: &str, value: &str) {
        let value = safe(value.trim());
        if !value.is_empty() {
            self.draft.meta.push((key.trim().to_lowercase(), value));
        }
    }

    /// Opens a block where none is open, of the kind that the place asks for.
    fn ensure(&mut self) {
        if self.open.is_none() {
            let kind = if let Some(label) = &self.footnote {
                BlockKind::Footnote { label: label.clone() }
            } else if !self.lists.is_empty() {
                let depth = (self.lists.len() - 1).min(self.depth).min(255) as u8;
                BlockKind::Item { depth, marker: self.marker.take().unwrap_or_default(), lead_in: None }
            } else if self.quotes > 0 {
                BlockKind::Quote
            } else {
                BlockKind::Paragraph
            };
            self.begin(kind);
        }
    }

    /// Text of the block that is open, or of a new one where none is. Blanks and line ends in it are levelled to one
    /// blank, but for code.
    pub(super) fn text(&mut self, text: &str) {
        if self.open.is_none() && text.trim().is_empty() {
            return;
        }
        self.ensure();
        let Some(open) = &mut self.open else { return };
        if self.line > 0 {
            self.draft.at_line(self.line);
        }
        if matches!(open.kind, BlockKind::Code) {
            push_safe(&mut self.draft.text, text);
            return;
        }
        // Before the first letter of a block nothing is joined: what stands there is another block's.
        if std::mem::take(&mut open.ended) && self.draft.text.len() > open.start as usize {
            join(&mut self.draft, text);
            // A hyphen taken back may have been what a mark began behind.
            let here = self.draft.here();
            for (_, start) in &mut self.marks {
                *start = (*start).min(here);
            }
            if self.line > 0 {
                self.draft.at_line(self.line);
            }
        }
        let before = self.draft.text.len();
        push_words(&mut self.draft.text, text, before == open.start as usize);
        let added = self.draft.text.len() - before;
        open.all += added;
        if text.trim().is_empty() {
            open.strong += added;
            open.emphasis += added;
        }
        for (style, _) in &self.marks {
            match style {
                SpanStyle::Strong => open.strong += added,
                SpanStyle::Emphasis => open.emphasis += added,
                _ => {}
            }
        }
    }

    /// A line of the source ends; `hard` when the writer wanted it to.
    pub(super) fn line_end(&mut self, hard: bool) {
        if let Some(open) = &mut self.open {
            if hard && !matches!(open.kind, BlockKind::Table { .. } | BlockKind::Heading { .. }) {
                open.hard.push(self.draft.here());
                self.draft.text.push('\n');
            } else {
                open.ended = true;
            }
        }
    }

    /// A style begins.
    pub(super) fn mark(&mut self, style: SpanStyle) {
        self.ensure();
        if let Some(open) = &mut self.open
            && open.ended
        {
            // The blank between two lines belongs before the mark; a broken word is joined when its text comes.
            if !self.draft.text.ends_with(['-', '\u{2010}', '/']) {
                open.ended = false;
                self.draft.text.push(' ');
            }
        }
        if self.marks.len() < MAX_MARKS {
            self.marks.push((style, self.draft.here()));
        }
    }

    /// The innermost style for which `is` holds ends.
    pub(super) fn unmark(&mut self, is: impl Fn(&SpanStyle) -> bool) {
        if let Some((style, range)) = self.lift(is) {
            self.draft.span(range, style);
        }
    }

    /// Ends the innermost style for which `is` holds without writing it: what it was, and what stands under it.
    pub(super) fn lift(&mut self, is: impl Fn(&SpanStyle) -> bool) -> Option<(SpanStyle, TextRange)> {
        let at = self.marks.iter().rposition(|(s, _)| is(s))?;
        let (style, start) = self.marks.remove(at);
        let here = self.draft.here();
        let start = start.max(self.open.as_ref().map_or(here, |o| o.start)).min(here);
        Some((style, TextRange::new(start, here)))
    }

    /// A reference to a footnote: its label, raised, with its span.
    pub(super) fn note_ref(&mut self, label: &str) {
        let label = safe(label);
        self.ensure();
        let start = self.draft.here();
        self.text(&raised(&label));
        self.draft.span(TextRange::new(start, self.draft.here()), SpanStyle::NoteRef(label));
    }

    /// Turns text that turned out to be raised into the mark of a note: at the start of a paragraph the label of a
    /// footnote, elsewhere a reference to one. `false` when it is no such mark; then nothing is changed.
    pub(super) fn raise(&mut self, range: TextRange) -> bool {
        let Some(open) = &mut self.open else { return false };
        let label = self.draft.text[range.start as usize..].trim().to_string();
        let is_mark = !label.is_empty()
            && label.len() <= 4
            && label.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡'));
        if !is_mark || matches!(open.kind, BlockKind::Table { .. }) {
            return false;
        }
        self.draft.truncate(range.start);
        if range.start == open.start && open.kind == BlockKind::Paragraph {
            open.kind = BlockKind::Footnote { label };
        } else {
            self.draft.text.push_str(&raised(&label));
            self.draft.span(TextRange::new(range.start, self.draft.here()), SpanStyle::NoteRef(label));
        }
        true
    }

    /// Closes the block that is open. In a table it parts what stands in a cell by a blank instead.
    pub(super) fn close(&mut self) {
        if self.table.is_some() {
            return self.line_end(false);
        }
        let Some(open) = self.open.take() else { return };
        // Marks end with their block, whatever the source forgot to close.
        self.marks.clear();
        let text = &self.draft.text[open.start as usize..];
        let short = |line: &str| line.trim().chars().count() <= 60 && !line.trim_end().ends_with(['.', ';']);
        let address = open.hard.len() >= 2 && open.kind == BlockKind::Paragraph && text.split('\n').all(short);
        let kind = if address { BlockKind::Code } else { open.kind };
        if !address {
            for at in open.hard {
                let at = at as usize;
                if self.draft.text.is_char_boundary(at) && self.draft.text[at..].starts_with('\n') {
                    self.draft.text.replace_range(at..=at, " ");
                }
            }
        }
        let most = |part: usize| open.all > 0 && part * 20 >= open.all * 19;
        let look =
            Look { strong: most(open.strong), emphasis: most(open.emphasis), page_top: open.page_top, size: open.size };
        let empty_table =
            matches!(kind, BlockKind::Table { .. }) && self.draft.text[open.start as usize..].trim().is_empty();
        if !empty_table {
            self.draft.piece(open.start, Made { kind, line: open.line, gap: open.gap, look });
        }
    }
}

/// Writes running text: blanks and tabs in a row become one blank, none at the start.
fn push_words(out: &mut String, text: &str, at_start: bool) {
    let mut blank = at_start || out.ends_with([' ', '\t', '\n']);
    if !blank && !text.contains(['\t', '\n']) && !text.contains("  ") {
        return push_safe(out, text);
    }
    let mut rest = text;
    while !rest.is_empty() {
        let word = rest.find([' ', '\t', '\n']).unwrap_or(rest.len());
        if word > 0 {
            push_safe(out, &rest[..word]);
            blank = false;
        }
        let after = &rest[word..];
        let next = after.trim_start_matches([' ', '\t', '\n']);
        if next.len() < after.len() && !blank {
            out.push(' ');
            blank = true;
        }
        rest = next;
    }
}

/// A label as raised digits where it is a number.
pub(super) fn raised(label: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    label.chars().map(|c| c.to_digit(10).map_or(c, |d| DIGITS[d as usize])).collect()
}

fn safe(text: &str) -> String {
    let mut out = String::new();
    push_safe(&mut out, text);
    out
}
