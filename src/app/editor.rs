//! The words of a note, while they are written. They are never lost: every change goes out as a draft, the field closes
//! only when the keeper has said that they are safe, and giving them up is asked once.

use super::geometry::Area;
use super::notebook::Purpose;
use super::textbox::TextBox;
use super::{Act, App, Draft, Effect, Effects, NewNote, Notice, Overlay, View};
use crate::keys::{Action, Key};
use crate::notes::store::Stored;
use crate::notes::{Note, NoteId, NoteKind, Target};

/// The key of a draft that belongs to no note yet.
const NEW: &str = "new";
/// Rows that the field takes at least, with its border and what it says of the note.
const LEAST: u16 = 12;
/// Columns of the field where there is no margin.
const POPUP: u16 = 60;

/// Words being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Editor {
    /// The field.
    pub text: TextBox,
    /// They are on their way to the disk.
    pub saving: bool,
    /// Giving them up was asked for once.
    pub asked: bool,
    of: Of,
    /// The words as they were.
    before: String,
    /// The reader's own editor was asked for first: what comes back from it is saved at once.
    outside: bool,
}

/// Whose words.
#[derive(Clone, Debug, PartialEq)]
enum Of {
    /// Of notes to be made, each on a place of its own; never none.
    New(Vec<NewNote>),
    /// Of a note that is there.
    Old(Box<Stored>),
}

impl Editor {
    /// A field for the words of new notes, the same on each place.
    #[must_use]
    pub fn on_new(notes: Vec<NewNote>) -> Self {
        let before = notes.first().map(|n| n.body.clone()).unwrap_or_default();
        Editor::of(Of::New(notes), before)
    }

    /// A field with the words of a note.
    #[must_use]
    pub fn on_old(stored: Stored) -> Self {
        let before = stored.note.body.clone();
        Editor::of(Of::Old(Box::new(stored)), before)
    }

    fn of(of: Of, before: String) -> Self {
        Editor { text: TextBox::lines(&before), saving: false, asked: false, of, before, outside: false }
    }

    /// What the note is on.
    #[must_use]
    pub fn target(&self) -> Option<&Target> {
        match &self.of {
            Of::New(notes) => notes.first().map(|n| &n.target),
            Of::Old(old) => Some(&old.note.target),
        }
    }

    /// How many places get these words.
    #[must_use]
    pub fn places(&self) -> usize {
        match &self.of {
            Of::New(notes) => notes.len(),
            Of::Old(..) => 1,
        }
    }

    /// The knelpunten the note is put to.
    #[must_use]
    pub fn knelpunten(&self) -> &[String] {
        match &self.of {
            Of::New(notes) => notes.first().map(|n| n.knelpunten.as_slice()).unwrap_or_default(),
            Of::Old(old) => &old.note.knelpunten,
        }
    }

    /// The tags of the note.
    #[must_use]
    pub fn tags(&self) -> &[String] {
        match &self.of {
            Of::New(notes) => notes.first().map(|n| n.tags.as_slice()).unwrap_or_default(),
            Of::Old(old) => &old.note.tags,
        }
    }

    /// Whether it is a note that is there already.
    #[must_use]
    pub fn is_old(&self) -> bool {
        matches!(self.of, Of::Old(..))
    }

    /// Whether there are words that are not safe yet.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.text.text() != self.before
    }

    fn key(&self) -> String {
        match &self.of {
            Of::New(_) => NEW.to_owned(),
            Of::Old(old) => old.note.id.as_str().to_owned(),
        }
    }

    fn draft(&self) -> Draft {
        let notes = match &self.of {
            Of::New(notes) => notes.clone(),
            Of::Old(old) => vec![NewNote::from(&old.note)],
        };
        Draft { key: self.key(), text: self.text.text(), notes }
    }

    /// The act that makes these words safe.
    fn act(&self) -> Act {
        let body = self.text.text().trim_end().to_owned();
        match &self.of {
            Of::New(notes) => Act::Create(notes.iter().map(|n| NewNote { body: body.clone(), ..n.clone() }).collect()),
            // a highlight or bookmark that gets words is a note from then on
            Of::Old(old) => {
                let note = Note { body, kind: NoteKind::Note, ..old.note.clone() };
                Act::Save(vec![(old.as_ref().clone(), note)])
            }
        }
    }
}

impl App {
    /// Opens a field for words.
    pub(super) fn open_editor(&mut self, editor: Editor) {
        if editor.target().is_some() {
            self.notice = None;
            self.overlay = Some(Overlay::Editor(Box::new(editor)));
        }
    }

    fn editor(&mut self) -> Option<&mut Editor> {
        match &mut self.overlay {
            Some(Overlay::Editor(editor)) => Some(editor),
            _ => None,
        }
    }

    pub(super) fn editor_key(&mut self, key: Key, fx: &mut Effects) {
        self.change_words(|text| text.key(key), fx);
    }

    pub(super) fn editor_paste(&mut self, text: &str, fx: &mut Effects) {
        self.change_words(|field| field.paste(text), fx);
    }

    /// Changes the words, unless they are being saved: what would be typed then would be lost when the field closes.
    fn change_words(&mut self, change: impl FnOnce(&mut TextBox) -> bool, fx: &mut Effects) {
        let Some(editor) = self.editor().filter(|e| !e.saving) else { return };
        editor.asked = false;
        if change(&mut editor.text) {
            fx.push(if editor.is_dirty() { Effect::Draft(editor.draft()) } else { Effect::DraftDone(editor.key()) });
        }
    }

    pub(super) fn editor_act(&mut self, action: Action, fx: &mut Effects) {
        match action {
            Action::Save => self.save_words(fx),
            Action::EditOutside => self.edit_outside(false, fx),
            Action::Cancel | Action::Interrupt => self.give_up_words(fx),
            _ => {}
        }
    }

    fn save_words(&mut self, fx: &mut Effects) {
        let Some(editor) = self.editor().filter(|e| !e.saving) else { return };
        editor.asked = false;
        if !editor.is_dirty() && editor.is_old() {
            self.close_editor(fx);
            return;
        }
        if editor.text.text().trim().is_empty() {
            self.notice = Some(Notice::warning(self.words.t("notice.no-words")));
            return;
        }
        editor.saving = true;
        let act = editor.act();
        if let Act::Create(notes) = &act
            && let Some(first) = notes.first()
        {
            self.habits.noted(first);
        }
        self.keep_for(Purpose::Editor, act, fx);
    }

    /// Esc: closes when nothing would be lost, else asks; the second time the words are given up.
    fn give_up_words(&mut self, fx: &mut Effects) {
        let Some(editor) = self.editor() else { return };
        if editor.asked || !(editor.is_dirty() || editor.saving) {
            self.close_editor(fx);
        } else {
            editor.asked = true;
        }
    }

    fn close_editor(&mut self, fx: &mut Effects) {
        if let Some(Overlay::Editor(editor)) = self.overlay.take() {
            fx.push(Effect::DraftDone(editor.key()));
        }
        self.offer_draft(fx);
    }

    /// Hands the words to the reader's own editor; with `first` what comes back is saved at once.
    pub(super) fn edit_outside(&mut self, first: bool, fx: &mut Effects) {
        let Some(editor) = self.editor().filter(|e| !e.saving) else { return };
        editor.outside = first;
        fx.push(Effect::EditOutside(editor.text.text()));
    }

    pub(super) fn on_edited(&mut self, result: Result<String, Notice>, fx: &mut Effects) {
        let text = match result {
            Ok(text) => text,
            Err(notice) => {
                self.notice = Some(notice);
                return;
            }
        };
        self.change_words(
            |field| {
                field.set(text.trim_end());
                true
            },
            fx,
        );
        if self.editor().is_some_and(|e| std::mem::take(&mut e.outside)) {
            self.save_words(fx);
        }
    }

    /// The keeper has the words.
    pub(super) fn editor_saved(&mut self, fx: &mut Effects) {
        if self.editor().is_some_and(|e| e.saving) {
            self.reader.selection = None;
            self.close_editor(fx);
            if self.overlay.is_none() {
                self.say("notice.noted");
            }
        }
    }

    /// The words are not safe: they stay where they are.
    pub(super) fn editor_not_saved(&mut self) {
        if let Some(editor) = self.editor() {
            editor.saving = false;
        }
    }

    /// Has unsaved words kept as a draft, before the program ends.
    pub(super) fn keep_draft(&mut self, fx: &mut Effects) {
        if let Some(editor) = self.editor().filter(|e| e.is_dirty()) {
            let draft = editor.draft();
            fx.push(Effect::Draft(draft));
        }
    }

    pub(super) fn on_drafts(&mut self, drafts: Vec<Draft>, fx: &mut Effects) {
        let known = |d: &Draft| NoteId::parse(&d.key).is_some_and(|id| self.notebook.stored(&id).is_some());
        let (drafts, stray): (Vec<_>, Vec<_>) = drafts.into_iter().partition(|d| !d.notes.is_empty() || known(d));
        self.drafts.extend(drafts);
        self.offer_draft(fx);
        if !stray.is_empty() {
            self.notice = Some(Notice::warning(self.words.t("notice.draft-stray")));
        }
    }

    /// Offers the next words that a session left when it ended badly.
    fn offer_draft(&mut self, fx: &mut Effects) {
        if self.overlay.is_some() || self.drafts.is_empty() {
            return;
        }
        let draft = self.drafts.remove(0);
        let stored = NoteId::parse(&draft.key).and_then(|id| self.notebook.stored(&id));
        let mut editor = match stored.cloned() {
            Some(stored) => Editor::on_old(stored),
            None => Editor::on_new(draft.notes),
        };
        editor.text.set(&draft.text);
        if editor.key() != draft.key {
            // the note is gone: from now on these are the words of a new one
            fx.extend([Effect::Draft(editor.draft()), Effect::DraftDone(draft.key)]);
        }
        self.open_editor(editor);
        let (save, cancel) = (self.key_text(Action::Save), self.key_text(Action::Cancel));
        let text = self.words.f("notice.draft", &[("save", &save), ("cancel", &cancel)]);
        self.notice = Some(Notice::warning(text));
    }

    /// Where the field stands: in the margin beside its passage, else over the text, away from the cursor. Empty when no
    /// words are being written.
    #[must_use]
    pub fn editor_area(&self) -> Area {
        let Some(Overlay::Editor(editor)) = &self.overlay else { return Area::default() };
        let lines = editor.text.text().lines().count() as u16;
        let here = self.reader.rows.iter().position(|r| r.line().range.end > self.reader.cursor).unwrap_or(0) as u16;
        let column = self.panes.margin;
        if self.view == View::Read && !column.is_empty() {
            let h = (lines + 8).clamp(LEAST, column.h.max(LEAST)).min(column.h);
            let y = (column.y + here).min(column.y + column.h - h);
            return Area { y, h, ..column };
        }
        let (w, height) = self.size;
        let body = Area { x: 0, y: 1, w, h: height.saturating_sub(2) };
        let around = if self.panes.text.is_empty() { body } else { self.panes.text };
        let width = POPUP.min(around.w.max(40.min(w)));
        let h = (lines + 8).clamp(LEAST, (body.h / 2).max(LEAST)).min(body.h);
        let x = (around.x + around.w.saturating_sub(width) / 2).min(w.saturating_sub(width));
        let low = u32::from(here) * 2 < u32::from(body.h);
        let y = if low { body.y + body.h - h } else { body.y };
        Area { x, y, w: width, h }
    }
}

#[cfg(test)]
mod tests;
