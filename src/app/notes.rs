//! The view of all notes: where each stands and what became of it, filtered by kind, by what is to be reviewed or by
//! words; files that are no readable notes are listed with their reason.

use super::listing::Listing;
use super::review::{Item, Key};
use super::views::Listed;
use super::{App, Effects, Notice, Trashed, View};
use crate::doc::TextRange;
use crate::keys::Action;
use crate::library::DocId;
use crate::notes::anchor::State;
use crate::notes::{Note, NoteId, NoteKind};
use std::path::PathBuf;

/// Which notes are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those whose place has to be looked at: moved, changed, uncertain, orphaned.
    Review,
    /// Only of this kind.
    Kind(NoteKind),
    /// Those that were thrown away.
    Trash,
}

impl Filter {
    fn next(self) -> Filter {
        match self {
            Filter::All => Filter::Review,
            Filter::Review => Filter::Kind(NoteKind::Note),
            Filter::Kind(NoteKind::Note) => Filter::Kind(NoteKind::Highlight),
            Filter::Kind(NoteKind::Highlight) => Filter::Kind(NoteKind::Bookmark),
            Filter::Kind(NoteKind::Bookmark) => Filter::Trash,
            Filter::Trash => Filter::All,
        }
    }
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A blank line.
    Gap,
    /// A note.
    Note(NoteId),
    /// A note whose place in an edition has to be looked at.
    Review(Key),
    /// A head over the files that are no readable notes: how many.
    Unreadables(usize),
    /// A file that is no readable note, by its place among them.
    Unreadable(usize),
    /// A head over further copies of notes: how many.
    Copies(usize),
    /// A further copy of a note, by its place among them.
    Copy(usize),
    /// A note in the trash, by its place among them.
    Trashed(usize),
}

impl Row {
    fn note(&self) -> Option<&NoteId> {
        match self {
            Row::Note(id) | Row::Review((id, _)) => Some(id),
            _ => None,
        }
    }
}

/// The state of the view.
#[derive(Clone, Debug, Default)]
pub struct NotesView {
    /// The rows, the latest note first.
    pub rows: Vec<Row>,
    /// Where the list stands.
    pub list: Listing,
    /// Which notes are shown.
    pub filter: Filter,
    /// Only those with this in their words, tags, quote or report; empty shows all.
    pub text: String,
    /// Marked notes.
    pub marked: Vec<Listed>,
    /// Marked files of the trash.
    pub taken: Vec<PathBuf>,
    here: Option<NoteId>,
}

impl NotesView {
    pub(super) fn listed(&self) -> Option<Listed> {
        self.here.clone().map(Listed::Note)
    }
}

impl App {
    /// What became of a note, as far as it is known: `None` when it has not been looked for yet.
    #[must_use]
    pub fn state_of_note(&self, note: &Note) -> Option<State> {
        if let Some((_, anchor)) = self.notebook.anchor_of(&note.id) {
            return Some(anchor.state);
        }
        let Some(report) = &note.target.report else { return Some(State::Exact) };
        // the very content it was made on needs no looking for
        if report.edition.is_some_and(|edition| self.shelf.entry_of(edition).is_some()) {
            return Some(State::Exact);
        }
        self.notebook.located_of(&note.id).first().map(|l| l.state)
    }

    /// Where a note is, as far as is known.
    pub(super) fn place_of_note(&self, id: &NoteId) -> Option<(DocId, TextRange)> {
        if let Some((doc, anchor)) = self.notebook.anchor_of(id) {
            let range = anchor.range.or_else(|| anchor.candidates.first().copied());
            return range.map(|r| (doc, r));
        }
        let note = self.notebook.note(id)?;
        let edition = note.target.report.as_ref()?.edition?;
        let entry = self.shelf.entry_of(edition)?;
        // its place in bytes is known once the document is here; until then the document is
        match self.shelf.open(entry.id) {
            None => Some((entry.id, TextRange::at(0))),
            Some(open) => {
                let at = note.target.position.map_or(0, |p| byte_of(open.doc.text(), p.start));
                Some((entry.id, TextRange::at(at)))
            }
        }
    }

    pub(super) fn arrange_notes(&mut self) {
        let row = self.notes.list.at().and_then(|at| self.notes.rows.get(at)).cloned();
        let here = match &row {
            Some(Row::Copy(_) | Row::Trashed(_)) => None,
            row => row.as_ref().and_then(Row::note).cloned().or_else(|| self.notes.here.clone()),
        };
        let mut rows: Vec<Row> = if self.notes.filter == Filter::Review {
            let asked = |i: &&Item| self.notebook.note(&i.key.0).is_some_and(|n| self.note_shown(n));
            self.review.items.iter().filter(asked).map(|i| Row::Review(i.key.clone())).collect()
        } else {
            let shown = self.notebook.all().rev().filter(|n| self.note_shown(n));
            shown.map(|n| Row::Note(n.id.clone())).collect()
        };
        if self.notes.filter == Filter::Trash {
            let fits = |t: &Trashed| self.has_text(&t.stored.note);
            rows.extend(self.notebook.trash.iter().enumerate().filter(|(_, t)| fits(t)).map(|(i, _)| Row::Trashed(i)));
        }
        // files that only the reader can mend: second copies, and those that can't be read
        let (copies, unreadable) = (self.notebook.conflicts.len(), self.notebook.unreadable.len());
        let review = self.notes.filter == Filter::Review;
        if self.notes.text.is_empty() && (review || self.notes.filter == Filter::All) {
            let mut list = |n: usize, head: fn(usize) -> Row, row: fn(usize) -> Row| {
                if n > 0 {
                    rows.extend((!rows.is_empty()).then_some(Row::Gap));
                    rows.push(head(n));
                    rows.extend((0..n).map(row));
                }
            };
            list(copies, Row::Copies, Row::Copy);
            list(unreadable, Row::Unreadables, Row::Unreadable);
        }
        let view = &mut self.notes;
        let same = row.and_then(|row| rows.iter().position(|r| *r == row));
        // what is done leaves the queue, and the cursor stays where it stood among the rest
        let queue = view.filter == Filter::Review && !view.rows.is_empty();
        let at = same.or_else(|| here.filter(|_| !queue).and_then(|h| rows.iter().position(|r| r.note() == Some(&h))));
        view.list.set(rows.iter().map(|r| match r {
            Row::Note(_) | Row::Review(_) | Row::Trashed(_) => (3, true),
            Row::Copy(_) => (2, true),
            Row::Unreadable(_) => (2, false),
            Row::Gap | Row::Unreadables(_) | Row::Copies(_) => (1, false),
        }));
        if let Some(at) = at {
            view.list.go(at);
        }
        let here = view.list.at().map(|at| &rows[at]);
        view.here = here.and_then(Row::note).cloned();
        let asked = match here {
            Some(Row::Review(key)) => Some(key.clone()),
            _ => None,
        };
        view.rows = rows;
        self.review_at(asked);
    }

    fn note_shown(&self, note: &Note) -> bool {
        let fits = match self.notes.filter {
            Filter::All | Filter::Review => true,
            Filter::Kind(kind) => note.kind == kind,
            Filter::Trash => false,
        };
        fits && self.has_text(note)
    }

    /// Whether a note has the words that the list is narrowed to.
    fn has_text(&self, note: &Note) -> bool {
        let wanted = self.notes.text.to_lowercase();
        if wanted.is_empty() {
            return true;
        }
        let has = |text: &str| text.to_lowercase().contains(&wanted);
        has(&note.body)
            || note.tags.iter().any(|t| has(t))
            || note.knelpunten.iter().any(|k| has(self.notebook.knelpunt_title(k)))
            || note.target.quote().is_some_and(|q| has(&q.exact))
            || note.target.section.iter().any(|s| has(s))
            || note.target.report.as_ref().is_some_and(|r| has(&r.title) || r.org.as_deref().is_some_and(has))
    }

    /// Puts the cursor of the view on a note.
    pub(super) fn show_note(&mut self, id: &NoteId, fx: &mut Effects) {
        self.notes.filter = Filter::All;
        self.notes.text.clear();
        self.go_view(View::Notes, fx);
        let is_it = |r: &Row| matches!(r, Row::Note(n) if n == id);
        if let Some(at) = self.notes.rows.iter().position(is_it) {
            self.notes.list.go(at);
            self.preview_entry(fx);
        }
    }

    pub(super) fn notes_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        if self.reviewing() && self.review_act(action, count, fx) || self.move_in_list(action, count, fx) {
            return true;
        }
        if self.beside_act(action, fx) {
            return true;
        }
        match action {
            Action::NextNote => return self.notes_act(Action::Down, count, fx),
            Action::PrevNote => return self.notes_act(Action::Up, count, fx),
            Action::Filter => {
                self.notes.filter = self.notes.filter.next();
                self.look_into_trash(fx);
                self.preview_entry(fx);
            }
            Action::Open => {
                let Some(id) = self.notes.here.clone() else { return true };
                match self.place_of_note(&id) {
                    Some((doc, range)) => self.jump_to_passage(doc, range, fx),
                    None => self.notice = Some(Notice::info(self.words.t("notes.no-place"))),
                }
            }
            Action::MarkEntry => {
                let here = self.notes.listed();
                App::mark_entry(&mut self.notes.marked, here, &mut self.notes.list);
                self.preview_entry(fx);
            }
            Action::Cancel if !self.notes.taken.is_empty() => self.notes.taken.clear(),
            Action::Cancel if !self.notes.marked.is_empty() => self.notes.marked.clear(),
            Action::Cancel if !self.notes.text.is_empty() => self.notes.text.clear(),
            _ => return self.annotate_act(action, fx),
        }
        true
    }
}

/// The byte of a code point.
fn byte_of(text: &str, point: u32) -> u32 {
    text.char_indices().nth(point as usize).map_or(text.len(), |(i, _)| i) as u32
}

#[cfg(test)]
mod tests;
