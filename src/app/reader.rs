//! The text being read: which document, how it is laid out, where it is scrolled to, the cursor, the selection, and what
//! is marked in it. Movement only; what a selection becomes is the business of `editor` and `picker`.

use super::find::Hits;
use super::{App, Effects, Notice, OpenDoc, Pane, Places, Spot, jump};
use crate::doc::{BlockKind, Document, SectionId, TextRange, footnotes};
use crate::keys::Action;
use crate::knelpunt::Certainty;
use crate::layout::{self, Flow, Measure, Place, ScreenRow};
use std::sync::Arc;

/// Rows kept between the cursor and the edge of the screen, as a share of the height: the reader looks ahead.
const AROUND: usize = 5;

/// What is selected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub anchor: u32,
    /// Where it goes to: the cursor.
    pub head: u32,
    /// By whole sentences.
    pub sentences: bool,
}

/// What a jump inside the text goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// The start of a section.
    Section,
    /// The start of a found knelpunt.
    Knelpunt,
    /// The start of a page.
    Page,
    /// The start of a paragraph.
    Paragraph,
    /// A note beside the text.
    Note,
    /// A hit of the search.
    Hit,
    /// The mark of a footnote.
    Footnote,
}

/// The state of the text pane.
#[derive(Default)]
pub struct Reader {
    /// The document on the screen.
    pub open: Option<Arc<OpenDoc>>,
    flow: Option<Flow>,
    /// The row at the top of the pane.
    pub top: Place,
    /// The byte the cursor stands on.
    pub cursor: u32,
    /// The column the cursor wants to keep while it moves up and down.
    want_x: Option<u16>,
    /// What is selected.
    pub selection: Option<Selection>,
    /// Words marked by `/` or by the search the reader came from.
    pub hits: Hits,
    /// A passage pointed out after a jump, until the cursor moves.
    pub pointed: Option<TextRange>,
    /// The rows in sight; over the uppermost may lie the heads of a table.
    pub rows: Vec<ScreenRow>,
    /// Where the cursor stood when the rows were computed last: only a cursor that has moved scrolls a table to itself.
    seen_cursor: Option<u32>,
    /// Counts what `/` asked, so that late answers are dropped.
    pub asked: u64,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("top", &self.top).field("cursor", &self.cursor).finish_non_exhaustive()
    }
}

impl Reader {
    /// Puts a document on the screen with the cursor at a byte.
    pub(super) fn set(&mut self, doc: Arc<OpenDoc>, byte: u32, measure: u16) {
        if self.open.as_ref().is_none_or(|o| *o != doc) {
            self.flow = Some(Flow::new(doc.doc.clone(), Measure::new(measure)));
            self.open = Some(doc);
            self.forget_hits();
        }
        self.selection = None;
        self.pointed = None;
        self.go(byte);
        self.center();
    }

    /// Goes on with the same text under other headings: cursor, selection and marks stay.
    pub(super) fn replace(&mut self, doc: Arc<OpenDoc>) {
        self.flow = self.flow.as_ref().map(|f| Flow::new(doc.doc.clone(), f.measure()));
        self.open = Some(doc);
    }

    /// Takes the document off the screen.
    pub(super) fn close(&mut self) {
        *self = Reader { asked: self.asked, ..Reader::default() };
    }

    /// The flow of the open document.
    #[must_use]
    pub fn flow(&self) -> Option<&Flow> {
        self.flow.as_ref()
    }

    /// The place of the cursor in the library.
    #[must_use]
    pub fn spot(&self) -> Option<Spot> {
        self.open.as_ref().map(|o| Spot { doc: o.id, byte: self.cursor })
    }

    /// The place to be remembered for the next time.
    #[must_use]
    pub fn places(&self) -> Option<Places> {
        let open = self.open.as_ref()?;
        let at = layout::sentence_at(&open.doc, self.cursor);
        let words: String = open.doc.slice(at).chars().take(120).collect();
        Some(Places { doc: open.id, edition: open.edition(), byte: self.cursor, words })
    }

    /// The innermost section the cursor stands in.
    #[must_use]
    pub fn section(&self) -> Option<SectionId> {
        let doc = &self.open.as_ref()?.doc;
        (!doc.blocks().is_empty()).then(|| doc.block(doc.block_at(self.cursor)).section)
    }

    /// What is selected, as a range of text, whole sentences where the selection goes by them.
    #[must_use]
    pub fn selected(&self) -> Option<TextRange> {
        let (open, s) = (self.open.as_ref()?, self.selection?);
        let (from, to) = (s.anchor.min(s.head), s.anchor.max(s.head));
        if s.sentences {
            let first = layout::sentence_at(&open.doc, from);
            return Some(first.union(layout::sentence_at(&open.doc, to)));
        }
        let end = layout::next_grapheme(&open.doc, to).unwrap_or(open.doc.text().len() as u32);
        Some(TextRange::new(from, end.min(self.block_end(to).max(to))))
    }

    fn block_end(&self, byte: u32) -> u32 {
        self.open.as_ref().map_or(byte, |o| {
            if o.doc.blocks().is_empty() { byte } else { o.doc.block(o.doc.block_at(byte)).range.end }
        })
    }

    /// Points a passage out after a jump.
    pub(super) fn point_out(&mut self, range: TextRange) {
        self.pointed = Some(range);
    }

    /// Puts the cursor on a byte.
    pub(super) fn go(&mut self, byte: u32) {
        let Some(open) = &self.open else { return };
        self.cursor = byte.min((open.doc.text().len() as u32).saturating_sub(1));
        self.want_x = None;
    }

    /// Puts the row of the cursor in the upper third of the pane.
    fn center(&mut self) {
        let (Some(flow), height) = (&self.flow, self.rows.len().max(12)) else { return };
        self.top = flow.up(flow.place_of(self.cursor), height / 3);
    }

    /// Moves the cursor by rows; it skips the blank ones.
    fn rows_by(&mut self, by: i64) -> bool {
        let Some(flow) = &self.flow else { return false };
        let from = flow.place_of(self.cursor);
        let x = self.want_x.or_else(|| flow.x_of(from, self.cursor)).unwrap_or(0);
        let blank = |p: Place| flow.row(p).is_none_or(|r| r.line().range.is_empty());
        let step = |p: Place| if by < 0 { flow.up(p, 1) } else { flow.down(p, 1) };
        let mut to = if by < 0 { flow.up(from, by.unsigned_abs() as usize) } else { flow.down(from, by as usize) };
        while blank(to) && step(to) != to {
            to = step(to);
        }
        if to == from || blank(to) {
            return false;
        }
        self.cursor = flow.byte_near(to, x).unwrap_or_else(|| flow.byte_of(to));
        self.want_x = Some(x);
        true
    }

    /// Scrolls by rows, the cursor with it.
    fn scroll(&mut self, by: i64, height: usize) {
        let Some(flow) = &self.flow else { return };
        let top = if by < 0 { flow.up(self.top, by.unsigned_abs() as usize) } else { flow.down(self.top, by as usize) };
        self.top = flow.clamp_top(top, height);
        if !self.rows_by(by) {
            self.go(if by < 0 { 0 } else { u32::MAX });
        }
    }

    /// Keeps the cursor in sight with some rows around it, and computes the rows of the pane.
    fn settle(&mut self, measure: u16, height: usize) {
        let Some(open) = &self.open else {
            self.rows.clear();
            return;
        };
        let fits = self.flow.as_ref().is_some_and(|f| f.measure() == Measure::new(measure));
        if !fits {
            // another width: the sentence at the top stays at the top
            let byte = self.flow.as_ref().map(|f| f.byte_of(self.top));
            let flow = Flow::new(open.doc.clone(), Measure::new(measure));
            self.top = byte.map_or_else(Place::default, |b| flow.place_of(b));
            self.flow = Some(flow);
            self.seen_cursor = None;
        }
        let Some(flow) = &mut self.flow else { return };
        if self.seen_cursor.replace(self.cursor) != Some(self.cursor) {
            flow.reveal(self.cursor);
        }
        let around = (height / AROUND).min(height.saturating_sub(1) / 2);
        let at = flow.place_of(self.cursor);
        let highest = flow.up(at, around);
        if highest < self.top {
            self.top = highest;
        } else if flow.distance(self.top, at, height).is_none_or(|d| d + around >= height) {
            self.top = self.top.max(flow.up(at, height.saturating_sub(around + 1)));
        }
        self.top = flow.clamp_top(self.top, height);
        self.rows = flow.screen(self.top, height);
        // never over the cursor, which keeps that far from the top
        flow.pin_heads(&mut self.rows, flow.distance(self.top, at, around).unwrap_or(around));
    }

    /// How many rows lie behind the heads of a table.
    fn pinned(&self) -> i64 {
        self.rows.iter().filter(|r| r.pinned).count() as i64
    }

    /// The block of the wide table that is scrolled sideways from here: the one of the cursor, else the first in sight.
    #[must_use]
    pub fn wide_table(&self) -> Option<u32> {
        let flow = self.flow.as_ref()?;
        let mut in_sight: Vec<u32> = self.rows.iter().map(|r| r.place.block).collect();
        in_sight.dedup();
        let here = flow.place_of(self.cursor).block;
        std::iter::once(here).chain(in_sight).find(|block| flow.wide(*block).is_some())
    }

    /// Scrolls a wide table by columns; `None` when there is none in sight, else whether it moved. A cursor that is no
    /// longer in sight then goes where it stood on the screen.
    fn scroll_table(&mut self, columns: i64) -> Option<bool> {
        let block = self.wide_table()?;
        let flow = self.flow.as_mut()?;
        let place = flow.place_of(self.cursor);
        let x = flow.x_of(place, self.cursor);
        let moved = flow.scroll_table(block, columns);
        if place.block == block && flow.x_of(place, self.cursor).is_none() {
            self.cursor = x.and_then(|x| flow.byte_near(place, x)).unwrap_or(self.cursor);
        }
        self.seen_cursor = Some(self.cursor);
        Some(moved)
    }

    /// How far the reader is, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        self.flow.as_ref().map_or(0.0, |f| f.progress(f.place_of(self.cursor)))
    }
}

impl App {
    /// The measure of the text in its pane now.
    pub(super) fn text_width(&self) -> u16 {
        self.panes.text.w.saturating_sub(super::geometry::GUTTER + 1).min(self.look.measure).max(1)
    }

    /// Rows of text in the pane: without the breadcrumb above and the progress below.
    #[must_use]
    pub fn text_height(&self) -> usize {
        usize::from(self.panes.text.h.saturating_sub(2))
    }

    pub(super) fn arrange_reader(&mut self) {
        if !self.panes.text.is_empty() {
            self.reader.settle(self.text_width(), self.text_height());
        }
    }

    pub(super) fn reader_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        if self.reader.open.is_none() {
            return false;
        }
        let n = i64::from(count.unwrap_or(1));
        let height = self.text_height() as i64;
        let before = self.reader.cursor;
        match action {
            Action::Down => drop(self.reader.rows_by(n)),
            Action::Up => drop(self.reader.rows_by(-n)),
            Action::HalfDown => self.reader.scroll(n * (height / 2).max(1), height as usize),
            Action::HalfUp => self.reader.scroll(-n * (height / 2).max(1), height as usize),
            Action::PageDown => self.reader.scroll(n * (height - 2 - self.reader.pinned()).max(1), height as usize),
            Action::PageUp => self.reader.scroll(-n * (height - 2 - self.reader.pinned()).max(1), height as usize),
            Action::ScrollLeft => self.scroll_table(-n),
            Action::ScrollRight => self.scroll_table(n),
            Action::Left | Action::Right | Action::WordNext | Action::WordPrev => self.along(action, n),
            Action::LineStart | Action::LineEnd => self.line_edge(action == Action::LineEnd),
            Action::Top | Action::Bottom => self.edge(action == Action::Bottom, count),
            Action::NextSection => self.jump_among(Target::Section, n, fx),
            Action::PrevSection => self.jump_among(Target::Section, -n, fx),
            Action::NextKnelpunt => self.jump_among(Target::Knelpunt, n, fx),
            Action::PrevKnelpunt => self.jump_among(Target::Knelpunt, -n, fx),
            Action::NextPage => self.jump_among(Target::Page, n, fx),
            Action::PrevPage => self.jump_among(Target::Page, -n, fx),
            Action::NextParagraph => self.jump_among(Target::Paragraph, n, fx),
            Action::PrevParagraph => self.jump_among(Target::Paragraph, -n, fx),
            Action::NextNote => self.jump_among(Target::Note, n, fx),
            Action::PrevNote => self.jump_among(Target::Note, -n, fx),
            Action::NextFootnote => self.jump_among(Target::Footnote, n, fx),
            Action::PrevFootnote => self.jump_among(Target::Footnote, -n, fx),
            Action::Peek => self.peek(fx),
            Action::Open if self.view == super::View::Read => return self.open_footnote(fx),
            Action::NextHit => self.jump_among(Target::Hit, n, fx),
            Action::PrevHit => self.jump_among(Target::Hit, -n, fx),
            Action::SelectChars => self.select(false),
            Action::SelectSentences => self.select(true),
            Action::SwapEnds => self.swap_ends(),
            Action::TakeSentence | Action::TakeParagraph | Action::TakeSection => self.take(action),
            Action::Cancel if self.reader.selection.take().is_some() => {}
            Action::Cancel if !self.reader.hits.found.is_empty() => self.clear_hits(),
            Action::ClearHits => self.clear_hits(),
            _ => return self.annotate_act(action, fx),
        }
        if self.reader.cursor != before {
            self.reader.pointed = self.reader.pointed.filter(|p| p.contains(self.reader.cursor));
            if let Some(s) = &mut self.reader.selection {
                s.head = self.reader.cursor;
            }
        }
        true
    }

    fn along(&mut self, action: Action, n: i64) {
        let Some(open) = self.reader.open.clone() else { return };
        let mut at = self.reader.cursor;
        let beside = if action == Action::Left { layout::prev_grapheme } else { layout::next_grapheme };
        for _ in 0..n {
            let next = match action {
                Action::Left | Action::Right => beside(&open.doc, at),
                Action::WordPrev => layout::prev_word(&open.doc, at),
                _ => layout::next_word(&open.doc, at),
            };
            match next {
                Some(next) => at = next,
                None => break,
            }
            // between two cells nothing stands
            while let Some(next) = between_cells(&open.doc, at).then(|| beside(&open.doc, at)).flatten() {
                at = next;
            }
        }
        self.reader.go(at);
    }

    fn scroll_table(&mut self, columns: i64) {
        let key = match self.reader.scroll_table(columns) {
            Some(true) => return,
            Some(false) if columns < 0 => "notice.first-column",
            Some(false) => "notice.last-column",
            None => "notice.no-wide-table",
        };
        self.notice = Some(Notice::info(self.words.t(key)));
    }

    fn line_edge(&mut self, end: bool) {
        let Some(flow) = self.reader.flow() else { return };
        let place = flow.place_of(self.reader.cursor);
        let x = if end { u16::MAX } else { 0 };
        if let Some(byte) = flow.byte_near(place, x) {
            self.reader.go(byte);
        }
    }

    fn edge(&mut self, end: bool, count: Option<u32>) {
        let length = self.reader.open.as_ref().map_or(0, |o| o.doc.text().len() as u64);
        self.leave_trace();
        let byte = match (count, end) {
            // as in less: a count is a percentage of the report
            (Some(percent), _) => length * u64::from(percent.min(100)) / 100,
            (None, true) => length,
            (None, false) => 0,
        };
        self.reader.go(self.reader.open.as_ref().map_or(0, |o| char_border(o.doc.text(), byte as usize)));
    }

    fn select(&mut self, sentences: bool) {
        let at = self.reader.cursor;
        self.reader.selection = match self.reader.selection {
            Some(s) if s.sentences == sentences => None,
            Some(s) => Some(Selection { sentences, ..s }),
            None => Some(Selection { anchor: at, head: at, sentences }),
        };
    }

    fn swap_ends(&mut self) {
        if let Some(s) = &mut self.reader.selection {
            std::mem::swap(&mut s.anchor, &mut s.head);
            let head = s.head;
            self.reader.go(head);
        }
    }

    fn take(&mut self, action: Action) {
        let Some(open) = self.reader.open.clone() else { return };
        let at = self.reader.cursor;
        let range = match action {
            Action::TakeSentence => Some(layout::sentence_at(&open.doc, at)),
            Action::TakeParagraph => layout::paragraph_at(&open.doc, at),
            _ => self.reader.section().map(|s| open.doc.outline().section(s).range),
        };
        if let Some(range) = range.filter(|r| !r.is_empty()) {
            let head = layout::prev_grapheme(&open.doc, range.end).unwrap_or(range.start).max(range.start);
            self.reader.go(head);
            self.reader.selection = Some(Selection { anchor: range.start, head, sentences: false });
        }
    }

    /// Jumps to the next (or previous) of these, and past the last one to the next report.
    fn jump_among(&mut self, target: Target, by: i64, fx: &mut Effects) {
        let Some(open) = self.reader.open.clone() else { return };
        let stops = self.stops(&open, target);
        let at = self.reader.cursor;
        let index = if by > 0 {
            stops.partition_point(|s| *s <= at) as i64 + by - 1
        } else {
            stops.partition_point(|s| *s < at) as i64 + by
        };
        if let Some(byte) = usize::try_from(index).ok().and_then(|i| stops.get(i)) {
            if !matches!(target, Target::Paragraph | Target::Footnote) {
                self.leave_trace();
            }
            self.reader.go(*byte);
            if !matches!(target, Target::Paragraph | Target::Note | Target::Hit | Target::Footnote) {
                self.put_near_top();
            }
            return;
        }
        match target {
            Target::Section | Target::Knelpunt => self.jump_to_other_report(&open, target, by > 0, fx),
            Target::Paragraph => {}
            Target::Page | Target::Note | Target::Hit | Target::Footnote => {
                let what = match target {
                    Target::Page => "notice.no-more-pages",
                    Target::Note => "notice.no-more-notes",
                    Target::Footnote => "notice.no-more-footnotes",
                    _ if stops.is_empty() => "notice.no-hits",
                    _ if by > 0 => "notice.around-forth",
                    _ => "notice.around-back",
                };
                // around the corner, as in less and vim, but said
                let around = index.checked_rem_euclid(stops.len() as i64).and_then(|i| stops.get(i as usize));
                if let (Some(byte), Target::Hit) = (around, target) {
                    self.reader.go(*byte);
                }
                self.notice = Some(Notice::info(self.words.t(what)));
            }
        }
    }

    fn put_near_top(&mut self) {
        if let Some(flow) = self.reader.flow() {
            self.reader.top = flow.up(flow.place_of(self.reader.cursor), 2 + self.text_height() / AROUND);
        }
    }

    /// The bytes at which the targets of a kind begin, ascending.
    fn stops(&self, open: &OpenDoc, target: Target) -> Vec<u32> {
        let doc = &open.doc;
        let section_start = |id: SectionId| {
            let s = doc.outline().section(id);
            s.heading.map_or(s.range.start, |h| doc.block(h).range.start)
        };
        let mut stops: Vec<u32> = match target {
            Target::Section => doc.outline().iter().map(|(id, _)| section_start(id)).collect(),
            Target::Knelpunt => open
                .found
                .iter()
                .filter(|f| f.certainty == Certainty::Explicit)
                .map(|f| section_start(f.section))
                .collect(),
            Target::Page => doc.source().page_tops().map(|p| p.start).collect(),
            Target::Paragraph => doc
                .blocks()
                .iter()
                .filter(|b| !matches!(&b.kind, BlockKind::Item { marker, .. } if marker.is_empty()))
                .map(|b| b.range.start)
                .collect(),
            Target::Note => self.notebook.places_in(open.id).iter().map(|(_, r)| r.start).collect(),
            Target::Hit => self.reader.hits.found.iter().map(|h| h.start).collect(),
            Target::Footnote => {
                let all = TextRange::new(0, doc.text().len() as u32);
                footnotes::marks_in(doc, all).map(|m| m.range.start).collect()
            }
        };
        stops.sort_unstable();
        stops.dedup();
        stops
    }

    /// Past the last target of a report: on to the next report that has one, and says so.
    fn jump_to_other_report(&mut self, from: &OpenDoc, target: Target, forth: bool, fx: &mut Effects) {
        let entries = self.shelf.entries();
        let has = |e: &&crate::library::Entry| {
            e.summary().is_some_and(|s| target != Target::Knelpunt || s.knelpunten.explicit > 0)
        };
        let Some(at) = entries.iter().position(|e| e.id == from.id) else { return };
        let next = if forth { entries[at + 1..].iter().find(has) } else { entries[..at].iter().rev().find(has) };
        // the part that is come into: the first going on, the last going back
        let name = |e: &crate::library::Entry| {
            let parts = e.summary().map(|s| s.parts.as_slice()).unwrap_or_default();
            let part = if forth { parts.first() } else { parts.last() };
            part.map_or_else(|| e.file.clone(), |p| super::Shelf::title(e, p).to_owned())
        };
        let Some((id, report)) = next.map(|e| (e.id, name(e))) else {
            let key = match (target, forth) {
                (Target::Knelpunt, true) => "notice.no-more-knelpunten",
                (Target::Knelpunt, false) => "notice.no-knelpunten-before",
                (_, true) => "notice.last-section",
                (_, false) => "notice.first-section",
            };
            self.notice = Some(Notice::info(self.words.t(key)));
            return;
        };
        self.leave_trace();
        self.notice = Some(Notice::info(self.words.f("notice.other-report", &[("report", &report)])));
        self.with_doc(id, jump::Intent::Edge(target, !forth), fx);
    }

    /// The first (or last) target of a kind in a document.
    pub(super) fn reader_edge(&self, doc: &OpenDoc, target: Target, last: bool) -> u32 {
        let stops = self.stops(doc, target);
        (if last { stops.last() } else { stops.first() }).copied().unwrap_or(0)
    }

    /// Puts the cursor where the mouse points; with `extend` the selection goes along.
    pub(super) fn point_at(&mut self, x: u16, y: u16, extend: bool) {
        let text = self.panes.text;
        let row = usize::from(y.saturating_sub(text.y + 1));
        let x = x.saturating_sub(text.x + super::geometry::GUTTER);
        let Some(place) = self.reader.rows.get(row).map(|r| r.place) else { return };
        let Some(byte) = self.reader.flow().and_then(|f| f.byte_near(place, x)) else { return };
        let anchor = self.reader.selection.map_or(self.reader.cursor, |s| s.anchor);
        self.reader.go(byte);
        self.reader.selection = extend.then_some(Selection { anchor, head: byte, sentences: false });
    }

    /// The wheel over the text.
    pub(super) fn wheel_text(&mut self, by: i64) {
        let height = self.text_height();
        self.pane = Pane::Text;
        self.reader.scroll(by, height);
    }
}

/// Whether a byte is the border of two cells or rows of a table.
fn between_cells(doc: &Document, byte: u32) -> bool {
    doc.blocks().get(doc.block_at(byte).0 as usize).is_some_and(|block| matches!(block.kind, BlockKind::Table { .. }))
        && matches!(doc.text().as_bytes().get(byte as usize), Some(b'\t' | b'\n'))
}

/// The nearest character border at or before a byte.
fn char_border(text: &str, byte: usize) -> u32 {
    let mut at = byte.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at as u32
}
