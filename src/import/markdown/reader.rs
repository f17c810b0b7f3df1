//! Events to pieces.

use super::html::{self, Bit, Hidden, Tag as Html};
use crate::doc::{BlockKind, ColumnAlign, SpanStyle, TextRange};
use crate::import::clean::{Source, push_safe};
use crate::import::draft::{Draft, Look, Made, PageMark};
use crate::import::join::join;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use std::ops::Range;

/// Emphasis inside emphasis beyond this is not kept: every piece of text looks at all of it.
const MAX_MARKS: usize = 32;

/// Turns events into pieces.
pub(super) struct Reader<'a> {
    source: &'a Source,
    draft: Draft,
    /// The line the last event stood on, as an index.
    line: usize,
    /// Up to where pages have been looked for.
    paged: usize,
    open: Option<Open>,
    /// Lists the reader is in: the next number, or none for bullets.
    lists: Vec<Option<u64>>,
    /// The marker of the item whose first text is still to come.
    marker: Option<String>,
    quotes: u32,
    footnote: Option<String>,
    table: Vec<ColumnAlign>,
    /// Cells begun in this row.
    cells: usize,
    marks: Vec<(SpanStyle, u32)>,
    hidden: Hidden,
    metadata: bool,
    depth: usize,
}

/// The block being written.
struct Open {
    kind: BlockKind,
    start: u32,
    line: u32,
    gap: u32,
    /// A line ended; the next text decides how it is joined.
    ended: bool,
    /// Where lines ended by wish of the writer.
    hard: Vec<u32>,
    /// Bytes of text in bold, in italics, in all.
    strong: usize,
    emphasis: usize,
    all: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source, depth: u16) -> Self {
        Reader {
            source,
            draft: Draft::default(),
            line: 0,
            paged: 0,
            open: None,
            lists: Vec::new(),
            marker: None,
            quotes: 0,
            footnote: None,
            table: Vec::new(),
            cells: 0,
            marks: Vec::new(),
            hidden: Hidden::No,
            metadata: false,
            depth: usize::from(depth),
        }
    }

    pub(super) fn finish(mut self) -> Draft {
        self.close();
        // A link's span is known when it ends, so inner ones come first: sort by start, the outer before the inner.
        self.draft.spans.sort_by_key(|s| (s.range.start, std::cmp::Reverse(s.range.end)));
        self.draft
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        self.seek(range.start);
        match event {
            Event::Start(tag) => self.start(tag, &range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.metadata => self.front_matter(&text),
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.mark(SpanStyle::Code);
                self.text(&text);
                self.unmark(|s| *s == SpanStyle::Code);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Html(text) => self.html(&text),
            Event::InlineHtml(text) => self.html(&text),
            Event::FootnoteReference(label) => self.note_ref(&label),
            Event::SoftBreak => self.line_end(false),
            Event::HardBreak => self.line_end(true),
            Event::Rule => self.close(),
            Event::TaskListMarker(done) => self.marker = Some(if done { "☒".into() } else { "☐".into() }),
        }
    }

    /// Moves to the line that holds this byte.
    fn seek(&mut self, byte: usize) {
        let lines = &self.source.lines;
        if lines.get(self.line).is_some_and(|l| l.start as usize > byte) {
            self.line = self.source.index_at(byte);
        }
        while lines.get(self.line + 1).is_some_and(|l| l.start as usize <= byte) {
            self.line += 1;
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => {}
            Tag::Heading { level, .. } => {
                self.close();
                self.begin(BlockKind::Heading { level: depth_of(level) });
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.close();
                self.begin(BlockKind::Code);
                // Indented text in a report is set in, not code; its lines are kept all the same.
                if let (CodeBlockKind::Indented, Some(open)) = (kind, &mut self.open) {
                    open.gap += 1;
                }
            }
            Tag::List(first) => {
                self.close();
                self.lists.push(first);
            }
            Tag::Item => {
                self.close();
                self.marker = Some(self.marker_at(range.start));
            }
            Tag::FootnoteDefinition(label) => {
                self.close();
                self.footnote = Some(clean_label(&label));
            }
            Tag::Table(columns) => {
                self.close();
                self.table = columns.iter().map(align).collect();
                let columns = self.table.clone();
                self.begin(BlockKind::Table { columns, header: true });
            }
            Tag::TableHead => self.cells = 0,
            Tag::TableRow => {
                self.cells = 0;
                self.draft.text.push('\n');
            }
            Tag::TableCell => {
                if self.cells > 0 {
                    self.draft.text.push('\t');
                }
                self.cells += 1;
            }
            Tag::Emphasis => self.mark(SpanStyle::Emphasis),
            Tag::Strong => self.mark(SpanStyle::Strong),
            Tag::Strikethrough => self.mark(SpanStyle::Strike),
            Tag::Link { dest_url, .. } => {
                let mut url = String::new();
                push_safe(&mut url, &dest_url);
                self.mark(SpanStyle::Link(url));
            }
            Tag::MetadataBlock(_) => self.metadata = true,
            Tag::HtmlBlock => self.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.close(),
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes -= 1;
            }
            TagEnd::List(_) => {
                self.close();
                self.lists.pop();
            }
            TagEnd::Item => {
                self.close();
                self.marker = None;
                if let Some(Some(next)) = self.lists.last_mut() {
                    *next += 1;
                }
            }
            TagEnd::FootnoteDefinition => {
                self.close();
                self.footnote = None;
            }
            TagEnd::Table => {
                self.close();
                self.table.clear();
            }
            TagEnd::Emphasis => self.unmark(|s| *s == SpanStyle::Emphasis),
            TagEnd::Strong => self.unmark(|s| *s == SpanStyle::Strong),
            TagEnd::Strikethrough => self.unmark(|s| *s == SpanStyle::Strike),
            TagEnd::Link => self.unmark(|s| matches!(s, SpanStyle::Link(_))),
            TagEnd::MetadataBlock(_) => self.metadata = false,
            _ => {}
        }
    }

    /// The marker of a list item, as written ("1)" is not "1.").
    fn marker_at(&self, byte: usize) -> String {
        match self.lists.last() {
            Some(Some(n)) => {
                let rest = self.source.text[byte..].trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
                format!("{n}{}", if rest.starts_with(')') { ')' } else { '.' })
            }
            _ => "•".into(),
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

    fn begin(&mut self, kind: BlockKind) {
        let source = self.source.lines.get(self.line);
        let line = source.map_or(1, |l| l.line);
        for at in self.paged..=self.line.min(self.source.lines.len().saturating_sub(1)) {
            if self.source.lines[at].page_break {
                let at = self.draft.here();
                self.draft.pages.push(PageMark { at, label: None });
            }
        }
        self.paged = self.paged.max(self.line + 1);
        let gap = (0..self.line).rev().take(9).take_while(|i| self.source.line(*i).trim().is_empty()).count() as u32;
        self.open = Some(Open {
            kind,
            start: self.draft.here(),
            line,
            gap,
            ended: false,
            hard: Vec::new(),
            strong: 0,
            emphasis: 0,
            all: 0,
        });
    }

    fn text(&mut self, text: &str) {
        self.ensure();
        let Some(open) = &mut self.open else { return };
        let line = self.source.lines.get(self.line).map_or(1, |l| l.line);
        if matches!(open.kind, BlockKind::Code) {
            self.draft.at_line(line);
            push_safe(&mut self.draft.text, text);
            return;
        }
        if std::mem::take(&mut open.ended) {
            join(&mut self.draft, text);
            // A hyphen taken back may have been what a mark began behind.
            let here = self.draft.here();
            for (_, start) in &mut self.marks {
                *start = (*start).min(here);
            }
        }
        self.draft.at_line(line);
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

    fn line_end(&mut self, hard: bool) {
        if let Some(open) = &mut self.open {
            if hard && !matches!(open.kind, BlockKind::Table { .. } | BlockKind::Heading { .. }) {
                open.hard.push(self.draft.here());
                self.draft.text.push('\n');
            } else {
                open.ended = true;
            }
        }
    }

    fn mark(&mut self, style: SpanStyle) {
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

    fn unmark(&mut self, is: impl Fn(&SpanStyle) -> bool) {
        if let Some(at) = self.marks.iter().rposition(|(s, _)| is(s)) {
            let (style, start) = self.marks.remove(at);
            let start = start.max(self.open.as_ref().map_or(u32::MAX, |o| o.start));
            self.draft.span(TextRange::new(start, self.draft.here()), style);
        }
    }

    fn note_ref(&mut self, label: &str) {
        let label = clean_label(label);
        let shown = raised(&label);
        self.ensure();
        let start = self.draft.here();
        self.text(&shown);
        self.draft.span(TextRange::new(start, self.draft.here()), SpanStyle::NoteRef(label));
    }

    fn html(&mut self, text: &str) {
        let mut hidden = self.hidden;
        let mut bits = Vec::new();
        html::split(text, &mut hidden, |bit| bits.push(bit));
        self.hidden = hidden;
        for bit in bits {
            match bit {
                Bit::Text(text) => {
                    let text = text
                        .replace("&nbsp;", " ")
                        .replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&quot;", "\"")
                        .replace("&amp;", "&");
                    let ends = text.ends_with('\n');
                    if !text.trim().is_empty() {
                        self.text(text.trim_end_matches('\n'));
                    }
                    if ends {
                        self.line_end(false);
                    }
                }
                Bit::Tag(tag) => self.html_tag(tag),
            }
        }
    }

    fn html_tag(&mut self, tag: &str) {
        let (tag, opens) = html::tag(tag);
        let style = match tag {
            Html::Strong => SpanStyle::Strong,
            Html::Emphasis => SpanStyle::Emphasis,
            Html::Strike => SpanStyle::Strike,
            Html::Raised => return self.raised_tag(opens),
            Html::Break => return self.line_end(true),
            Html::Block if self.table.is_empty() && self.lists.is_empty() => return self.close(),
            Html::Block | Html::Other => return,
        };
        if opens {
            self.mark(style);
        } else {
            self.unmark(|s| *s == style);
        }
    }

    /// `<sup>1</sup>`: at the start of a paragraph the label of a footnote, elsewhere a reference to one.
    fn raised_tag(&mut self, opens: bool) {
        if opens {
            self.mark(SpanStyle::NoteRef(String::new()));
            return;
        }
        let Some(at) = self.marks.iter().rposition(|(s, _)| matches!(s, SpanStyle::NoteRef(_))) else { return };
        let (_, start) = self.marks.remove(at);
        let Some(open) = &mut self.open else { return };
        let label = self.draft.text[start.max(open.start) as usize..].trim().to_string();
        let is_mark = !label.is_empty()
            && label.len() <= 4
            && label.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡'));
        if !is_mark || matches!(open.kind, BlockKind::Table { .. }) {
            return;
        }
        if start == open.start && open.kind == BlockKind::Paragraph {
            self.draft.truncate(start);
            open.kind = BlockKind::Footnote { label };
        } else {
            self.draft.truncate(start);
            self.draft.text.push_str(&raised(&label));
            self.draft.span(TextRange::new(start, self.draft.here()), SpanStyle::NoteRef(label));
        }
    }

    /// `key: value` lines; anything deeper is not ours to read.
    fn front_matter(&mut self, text: &str) {
        for line in text.lines().filter(|l| !l.starts_with([' ', '\t', '-', '#'])) {
            if let Some((key, value)) = line.split_once(':') {
                let value = value.trim().trim_matches(['"', '\'']).trim();
                let mut safe = String::new();
                push_safe(&mut safe, value);
                if !safe.is_empty() {
                    self.draft.meta.push((key.trim().to_lowercase(), safe));
                }
            }
        }
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        // Marks end with their block, whatever the HTML in it forgot to close.
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
        let look = Look { strong: most(open.strong), emphasis: most(open.emphasis), page_top: false };
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
fn raised(label: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    label.chars().map(|c| c.to_digit(10).map_or(c, |d| DIGITS[d as usize])).collect()
}

fn clean_label(label: &str) -> String {
    let mut out = String::new();
    push_safe(&mut out, label);
    out
}

fn depth_of(level: HeadingLevel) -> u8 {
    level as u8
}

fn align(a: &Alignment) -> ColumnAlign {
    match a {
        Alignment::Center => ColumnAlign::Center,
        Alignment::Right => ColumnAlign::Right,
        Alignment::None | Alignment::Left => ColumnAlign::Left,
    }
}
