//! A footnote seen from its mark, without going there; going there, and from a footnote back to its mark.

use super::geometry::{Area, GUTTER};
use super::{App, Effects, Notice, OpenDoc, Overlay};
use crate::doc::footnotes::{self, Footnote};
use crate::doc::{Span, TextRange};
use crate::keys::Action;
use crate::layout::wrap_text;

/// Columns of the pane at most: a note is read like the text.
const WIDTH: u16 = 76;

/// A footnote in sight.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peek {
    /// The mark it is seen from.
    pub mark: TextRange,
    /// The mark as printed.
    pub label: String,
    /// Where the note stands.
    pub note: TextRange,
    /// Its words, in the lines of the pane.
    words: String,
    /// First line in sight.
    top: usize,
}

impl App {
    /// Where the pane stands: below the row of the mark, or above it where there is more room.
    #[must_use]
    pub fn peek_area(&self) -> Area {
        let Some(Overlay::Peek(peek)) = &self.overlay else { return Area::default() };
        let text = self.panes.text;
        let w = WIDTH.min(text.w.saturating_sub(GUTTER));
        let lines = wrap_text(&peek.words, usize::from(w.saturating_sub(4))).len() as u16;
        let place = self.reader.flow().map(|f| f.place_of(peek.mark.start));
        let row = self.reader.rows.iter().position(|r| Some(r.place) == place).unwrap_or(0) as u16;
        let (over, under) = (row + 1, text.h.saturating_sub(row + 2));
        let want = lines + 2;
        let below = under >= want || under >= over;
        let h = want.min(if below { under } else { over }).max(3).min(text.h);
        let y = if below { text.y + row + 2 } else { (text.y + 1 + row).saturating_sub(h) };
        Area { x: text.x + GUTTER, y: y.min(text.y + text.h - h), w, h }
    }

    /// The lines of the note in sight, and how many follow.
    #[must_use]
    pub fn peek_lines<'p>(&self, peek: &'p Peek) -> (Vec<&'p str>, usize) {
        let area = self.peek_area();
        let height = usize::from(area.h.saturating_sub(2));
        let lines = wrap_text(&peek.words, usize::from(area.w.saturating_sub(4)));
        let top = peek.top.min(lines.len().saturating_sub(height));
        let more = lines.len().saturating_sub(top + height);
        (lines.into_iter().skip(top).take(height).collect(), more)
    }

    /// The footnote of the mark under the cursor or on its row; in a footnote, to its mark.
    pub(super) fn peek(&mut self, fx: &mut Effects) {
        let Some(open) = self.reader.open.clone() else { return };
        if let Some(mark) = self.mark_here(&open) {
            self.peek_from(&open, &mark);
        } else if let Some(note) = footnotes::footnote_at(&open.doc, self.reader.cursor) {
            self.go_to_mark(&open, &note, fx);
        } else {
            self.notice = Some(Notice::info(self.words.t("notice.no-footnote-mark")));
        }
    }

    /// Enter on a mark peeks, Enter in a footnote goes to its mark; whether the cursor stood on either.
    pub(super) fn open_footnote(&mut self, fx: &mut Effects) -> bool {
        let Some(open) = self.reader.open.clone() else { return false };
        if let Some(mark) = footnotes::mark_at(&open.doc, self.reader.cursor).cloned() {
            self.peek_from(&open, &mark);
        } else if let Some(note) = footnotes::footnote_at(&open.doc, self.reader.cursor) {
            self.go_to_mark(&open, &note, fx);
        } else {
            return false;
        }
        true
    }

    /// A click on a mark peeks at its note.
    pub(super) fn peek_at(&mut self, x: u16, y: u16) {
        let (text, Some(open)) = (self.panes.text, self.reader.open.clone()) else { return };
        let (Some(row), Some(x)) = (y.checked_sub(text.y + 1), x.checked_sub(text.x + GUTTER)) else { return };
        let place = self.reader.rows.get(usize::from(row)).map(|r| r.place);
        let byte = place.and_then(|p| self.reader.flow()?.byte_at(p, x));
        if let Some(mark) = byte.and_then(|b| footnotes::mark_at(&open.doc, b)) {
            self.peek_from(&open, mark);
        }
    }

    /// What a key does while a footnote is in sight; `false` where the note is put away and the key does what it always
    /// does.
    pub(super) fn peek_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        let Some(Overlay::Peek(peek)) = &self.overlay else { return false };
        let note = peek.note;
        let long = usize::from(self.peek_area().h.saturating_sub(2)) < self.peek_height(peek);
        match action {
            Action::Down if long => self.scroll_peek(1),
            Action::Up if long => self.scroll_peek(-1),
            Action::Open => {
                self.overlay = None;
                if let Some(spot) = self.reader.spot() {
                    self.jump_to_passage(spot.doc, note, fx);
                }
            }
            Action::NextFootnote | Action::PrevFootnote => {
                let (seen, before) = (self.overlay.take(), self.reader.cursor);
                self.act(action, count, fx);
                match self.reader.cursor == before {
                    // there are no more, and that was said
                    true => self.overlay = seen,
                    false => self.peek(fx),
                }
            }
            _ => {
                self.overlay = None;
                return matches!(action, Action::Peek | Action::Cancel | Action::Quit);
            }
        }
        true
    }

    /// Scrolls a note that is longer than its pane.
    pub(super) fn scroll_peek(&mut self, by: i64) {
        let height = usize::from(self.peek_area().h.saturating_sub(2));
        let Some(Overlay::Peek(peek)) = &self.overlay else { return };
        let last = self.peek_height(peek).saturating_sub(height);
        if let Some(Overlay::Peek(peek)) = &mut self.overlay {
            peek.top = (peek.top as i64 + by).clamp(0, last as i64) as usize;
        }
    }

    /// How many lines the note has.
    fn peek_height(&self, peek: &Peek) -> usize {
        wrap_text(&peek.words, usize::from(self.peek_area().w.saturating_sub(4))).len()
    }

    /// The mark under the cursor, else the next one on its row, else the last one before it there.
    fn mark_here(&self, open: &OpenDoc) -> Option<Span> {
        let at = self.reader.cursor;
        if let Some(mark) = footnotes::mark_at(&open.doc, at) {
            return Some(mark.clone());
        }
        let flow = self.reader.flow()?;
        let row = flow.row(flow.place_of(at))?;
        let mut marks = row.line().texts().flat_map(|(range, ..)| footnotes::marks_in(&open.doc, range));
        let all: Vec<&Span> = marks.by_ref().collect();
        all.iter().find(|m| m.range.start >= at).or(all.last()).map(|m| (*m).clone())
    }

    fn peek_from(&mut self, open: &OpenDoc, mark: &Span) {
        self.reader.go(mark.range.start);
        let Some(note) = footnotes::footnote_of(&open.doc, mark) else {
            self.notice = Some(Notice::info(self.words.t("notice.no-footnote")));
            return;
        };
        let peek = Peek {
            mark: mark.range,
            label: note.label.to_owned(),
            note: note.range,
            words: open.doc.slice(note.range).to_owned(),
            top: 0,
        };
        self.overlay = Some(Overlay::Peek(peek));
    }

    fn go_to_mark(&mut self, open: &OpenDoc, note: &Footnote<'_>, fx: &mut Effects) {
        match footnotes::mark_of(&open.doc, note) {
            Some(mark) => self.jump_to_passage(open.id, mark.range, fx),
            None => self.notice = Some(Notice::info(self.words.t("notice.footnote-uncalled"))),
        }
    }
}
