//! Going somewhere: another place in this report, another report, with the document fetched first when it is not open.

use super::{App, Effect, Effects, Notice, OpenDoc, Pane, Spot, View};
use crate::doc::{SectionId, TextRange};
use crate::library::DocId;
use std::sync::Arc;

/// What is to be done once a document is here.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// Read it from this byte on.
    Read(u32),
    /// Read it and show this passage.
    Passage(TextRange),
    /// Read it from the first of its sections of this kind on (or the last, going backwards).
    Edge(super::reader::Target, bool),
    /// Only look at a passage of it, beside a list.
    Preview(TextRange),
    /// Show its sections in the navigator.
    Unfold,
    /// Only have it here again, with its notes: its headings have changed.
    Anchor,
    /// An act on entries of a list waits for it.
    Gather,
}

impl App {
    /// Does something with a document: now when it is open, else as soon as it is.
    pub(super) fn with_doc(&mut self, id: DocId, intent: Intent, fx: &mut Effects) {
        if let Some(doc) = self.shelf.use_open(id) {
            self.fulfil(&doc, intent, fx);
            return;
        }
        if !self.waiting.iter().any(|(d, _)| *d == id) {
            fx.push(Effect::Load(id));
        }
        // of two wishes for the screen the newer one holds
        let asks_for_screen = |i: &Intent| !matches!(i, Intent::Unfold | Intent::Anchor | Intent::Gather);
        if asks_for_screen(&intent) {
            self.waiting.retain(|(_, i)| !asks_for_screen(i));
        }
        self.waiting.push((id, intent));
    }

    pub(super) fn on_loaded(&mut self, id: DocId, doc: Result<Arc<OpenDoc>, String>, fx: &mut Effects) {
        let wanted: Vec<_> = self.waiting.extract_if(.., |(d, _)| *d == id).map(|(_, i)| i).collect();
        match doc {
            Ok(doc) => {
                self.take_corrected(&doc);
                self.shelf.keep_open(doc.clone());
                for intent in wanted {
                    self.fulfil(&doc, intent, fx);
                }
            }
            Err(reason) if !wanted.is_empty() => {
                if wanted.contains(&Intent::Gather) {
                    self.gathering = None;
                }
                let file = self.shelf.entry(id).map(|e| e.file.clone()).unwrap_or_default();
                let text = self.words.f("notice.not-opened", &[("file", &file), ("reason", &reason)]);
                self.notice = Some(Notice::error(text));
            }
            Err(_) => {}
        }
    }

    fn fulfil(&mut self, doc: &Arc<OpenDoc>, intent: Intent, fx: &mut Effects) {
        match intent {
            Intent::Read(byte) => self.read(doc.clone(), byte, fx),
            Intent::Passage(range) => {
                self.read(doc.clone(), range.start, fx);
                self.reader.point_out(range);
                self.mark_searched(doc, fx);
            }
            Intent::Edge(target, last) => {
                let byte = self.reader_edge(doc, target, last);
                self.read(doc.clone(), byte, fx);
            }
            // too late: the reader reads again, and is not to be taken away from there
            Intent::Preview(_) if self.view == View::Read => {}
            Intent::Preview(range) => {
                self.show(doc.clone(), range.start);
                self.reader.point_out(range);
                self.look_for_notes(doc, fx);
                self.mark_searched(doc, fx);
            }
            Intent::Anchor => self.look_for_notes(doc, fx),
            Intent::Gather => self.gather_from(doc.id, fx),
            Intent::Unfold => self.navigator.unfold_doc(doc.id),
        }
    }

    /// Puts a document on the screen at a byte and the keys into the text.
    fn read(&mut self, doc: Arc<OpenDoc>, byte: u32, fx: &mut Effects) {
        let other = self.reader.open.as_ref().is_none_or(|o| o.id != doc.id);
        self.view = View::Read;
        self.pane = Pane::Text;
        self.show(doc.clone(), byte);
        if other {
            self.look_for_notes(&doc, fx);
        }
        self.remember(fx);
    }

    /// Puts a document on the screen, whatever view that is.
    pub(super) fn show(&mut self, doc: Arc<OpenDoc>, byte: u32) {
        self.reader.set(doc, byte, self.look.measure);
    }

    /// Asks where the notes of a document stand in it.
    pub(super) fn look_for_notes(&mut self, doc: &Arc<OpenDoc>, fx: &mut Effects) {
        let notes = self.notebook.notes_on(doc);
        if !notes.is_empty() {
            fx.push(Effect::Anchor(doc.clone(), notes));
        }
    }

    /// Goes to a place and remembers where from.
    pub(super) fn jump_to(&mut self, to: Spot, fx: &mut Effects) {
        self.leave_trace();
        self.with_doc(to.doc, Intent::Read(to.byte), fx);
    }

    /// Goes to a passage and remembers where from.
    pub(super) fn jump_to_passage(&mut self, doc: DocId, range: TextRange, fx: &mut Effects) {
        self.leave_trace();
        self.with_doc(doc, Intent::Passage(range), fx);
    }

    /// Goes to a section of an open document.
    pub(super) fn jump_to_section(&mut self, doc: &Arc<OpenDoc>, section: SectionId, fx: &mut Effects) {
        let at = doc.doc.outline().section(section);
        let byte = at.heading.map_or(at.range.start, |h| doc.doc.block(h).range.start);
        self.jump_to(Spot { doc: doc.id, byte }, fx);
    }

    /// Remembers the place in the text as the beginning of a jump.
    pub(super) fn leave_trace(&mut self) {
        if let Some(spot) = self.place_in_text() {
            self.trail.leave(spot);
            self.count_jump(false);
        }
    }

    pub(super) fn go_back(&mut self, forth: bool, fx: &mut Effects) {
        let Some(here) = self.reader.spot() else { return };
        let to = if forth { self.trail.forward(here) } else { self.trail.back(here) };
        match to {
            Some(spot) => {
                self.count_jump(!forth);
                self.with_doc(spot.doc, Intent::Read(spot.byte), fx);
            }
            None => {
                let key = if forth { "notice.trail-end" } else { "notice.trail-start" };
                self.notice = Some(Notice::info(self.words.t(key)));
            }
        }
    }

    /// Has the place in the report remembered for the next time.
    pub(super) fn remember(&mut self, fx: &mut Effects) {
        // beside a list the text is only a preview; the place was remembered on the way to the list
        if let Some(places) = self.reader.places().filter(|_| self.view == View::Read) {
            fx.push(Effect::Remember(places));
        }
    }

    /// The system asks the program to end.
    pub fn end(&mut self, code: u8, fx: &mut Effects) {
        self.leave(code, fx);
    }

    /// Leaves the program: the place is remembered, words in an editor are kept as a draft.
    pub(super) fn leave(&mut self, code: u8, fx: &mut Effects) {
        self.remember(fx);
        self.keep_draft(fx);
        fx.push(Effect::Quit(code));
    }
}
