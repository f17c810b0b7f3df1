//! Events to pieces.

use super::html::{self, Bit, Hidden, Tag as Html};
use crate::doc::{BlockKind, ColumnAlign, SpanStyle};
use crate::import::clean::{Source, push_safe};
use crate::import::draft::Draft;
use crate::import::scribe::Scribe;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};
use std::ops::Range;

/// Turns events into pieces.
pub(super) struct Reader<'a> {
    source: &'a Source,
    scribe: Scribe,
    /// The line the last event stood on, as an index.
    line: usize,
    /// Up to where pages have been looked for.
    paged: usize,
    /// Pages begun.
    pages: u32,
    hidden: Hidden,
    metadata: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(source: &'a Source, depth: u16) -> Self {
        Reader { source, scribe: Scribe::new(depth), line: 0, paged: 0, pages: 0, hidden: Hidden::No, metadata: false }
    }

    pub(super) fn finish(self) -> Draft {
        self.scribe.finish()
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
                self.scribe.unmark(|s| *s == SpanStyle::Code);
            }
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Html(text) => self.html(&text),
            Event::InlineHtml(text) => self.html(&text),
            Event::FootnoteReference(label) => {
                self.before_block();
                self.scribe.note_ref(&label);
            }
            Event::SoftBreak => self.scribe.line_end(false),
            Event::HardBreak => self.scribe.line_end(true),
            Event::Rule => self.scribe.close(),
            Event::TaskListMarker(done) => self.scribe.set_marker(if done { "☒" } else { "☐" }),
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
        self.scribe.line = lines.get(self.line).map_or(1, |l| l.line);
    }

    /// Where a block is about to begin: the pages and blank lines before it.
    fn before_block(&mut self) {
        if self.scribe.is_open() {
            return;
        }
        for at in self.paged..=self.line.min(self.source.lines.len().saturating_sub(1)) {
            if self.source.lines[at].page_break {
                self.pages += 1;
                self.scribe.page(self.pages, None);
            }
        }
        self.paged = self.paged.max(self.line + 1);
        let blank = (0..self.line).rev().take(9).take_while(|i| self.source.line(*i).trim().is_empty());
        self.scribe.gap = blank.count() as u32;
    }

    fn begin(&mut self, kind: BlockKind) {
        self.scribe.close();
        self.before_block();
        self.scribe.begin(kind);
    }

    fn text(&mut self, text: &str) {
        self.before_block();
        self.scribe.text(text);
    }

    fn mark(&mut self, style: SpanStyle) {
        self.before_block();
        self.scribe.mark(style);
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => {}
            Tag::Heading { level, .. } => {
                self.begin(BlockKind::Heading { level: depth_of(level) });
            }
            Tag::BlockQuote(_) => {
                self.scribe.quote();
            }
            Tag::CodeBlock(kind) => {
                self.scribe.close();
                self.before_block();
                // Indented text in a report is set in, not code; its lines are kept all the same.
                if let CodeBlockKind::Indented = kind {
                    self.scribe.gap += 1;
                }
                self.scribe.begin(BlockKind::Code);
            }
            Tag::List(first) => {
                self.scribe.list(first);
            }
            Tag::Item => {
                let marker = self.marker_at(range.start);
                self.scribe.item(marker);
            }
            Tag::FootnoteDefinition(label) => {
                self.scribe.footnote(&label);
            }
            Tag::Table(columns) => {
                self.scribe.close();
                self.before_block();
                self.scribe.table(columns.iter().map(align).collect(), true);
            }
            Tag::TableHead | Tag::TableRow => self.scribe.row(),
            Tag::TableCell => self.scribe.cell(),
            Tag::Emphasis => self.mark(SpanStyle::Emphasis),
            Tag::Strong => self.mark(SpanStyle::Strong),
            Tag::Strikethrough => self.mark(SpanStyle::Strike),
            Tag::Link { dest_url, .. } => {
                let mut url = String::new();
                push_safe(&mut url, &dest_url);
                self.mark(SpanStyle::Link(url));
            }
            Tag::MetadataBlock(_) => self.metadata = true,
            Tag::HtmlBlock => self.scribe.close(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::HtmlBlock => self.scribe.close(),
            TagEnd::BlockQuote(_) => self.scribe.end_quote(),
            TagEnd::List(_) => self.scribe.end_list(),
            TagEnd::Item => self.scribe.end_item(),
            TagEnd::FootnoteDefinition => self.scribe.end_footnote(),
            TagEnd::Table => self.scribe.end_table(),
            TagEnd::Emphasis => self.scribe.unmark(|s| *s == SpanStyle::Emphasis),
            TagEnd::Strong => self.scribe.unmark(|s| *s == SpanStyle::Strong),
            TagEnd::Strikethrough => self.scribe.unmark(|s| *s == SpanStyle::Strike),
            TagEnd::Link => self.scribe.unmark(|s| matches!(s, SpanStyle::Link(_))),
            TagEnd::MetadataBlock(_) => self.metadata = false,
            _ => {}
        }
    }

    /// The marker of a list item, as written ("1)" is not "1.").
    fn marker_at(&self, byte: usize) -> String {
        match self.scribe.number() {
            Some(n) => {
                let rest = self.source.text[byte..].trim_start().trim_start_matches(|c: char| c.is_ascii_digit());
                format!("{n}{}", if rest.starts_with(')') { ')' } else { '.' })
            }
            None => "•".into(),
        }
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
                        self.scribe.line_end(false);
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
            Html::Break => return self.scribe.line_end(true),
            Html::Block if !self.scribe.in_table() && self.scribe.list_depth() == 0 => return self.scribe.close(),
            Html::Block | Html::Other => return,
        };
        if opens {
            self.mark(style);
        } else {
            self.scribe.unmark(|s| *s == style);
        }
    }

    /// `<sup>1</sup>`: at the start of a paragraph the label of a footnote, elsewhere a reference to one.
    fn raised_tag(&mut self, opens: bool) {
        if opens {
            self.mark(SpanStyle::NoteRef(String::new()));
        } else if let Some((_, range)) = self.scribe.lift(|s| matches!(s, SpanStyle::NoteRef(_))) {
            self.scribe.raise(range);
        }
    }

    /// `key: value` lines; anything deeper is not ours to read.
    fn front_matter(&mut self, text: &str) {
        for line in text.lines().filter(|l| !l.starts_with([' ', '\t', '-', '#'])) {
            if let Some((key, value)) = line.split_once(':') {
                self.scribe.meta(key, value.trim().trim_matches(['"', '\'']));
            }
        }
    }
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
