//! A line of input at the bottom: find in the open report or filter a list while typing, tags of notes, a path to open.

use super::textbox::TextBox;
use super::{Act, App, Effect, Effects, Overlay, Pane, View};
use crate::doc::{DocId, SectionId, TextRange};
use crate::keys::{Action, Key};
use crate::layout::{self, Place};
use crate::notes::{Note, NoteId};
use crate::search::Query;

/// What the line is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PromptKind {
    /// Find in the open report.
    Find,
    /// Filter the list that has the keys.
    Filter,
    /// Tags of these notes.
    Tags(Vec<NoteId>),
    /// A folder or file to open.
    OpenPath,
    /// The password of this file.
    Password(DocId),
    /// The title of a heading.
    Title(DocId, SectionId),
}

/// A line of input.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What it is for.
    pub kind: PromptKind,
    /// The field.
    pub text: TextBox,
    /// The text pane as it was, for Esc.
    back: Option<Back>,
    /// The words of the field as they were.
    before: String,
}

/// Where the reader was before a search in the text.
#[derive(Clone, Debug, PartialEq)]
struct Back {
    cursor: u32,
    top: Place,
    hits: Vec<TextRange>,
    hits_of: Option<Query>,
}

impl Prompt {
    /// A line with this in it.
    #[must_use]
    pub fn new(kind: PromptKind, text: &str) -> Self {
        let field = if matches!(kind, PromptKind::Password(_)) { TextBox::secret() } else { TextBox::line(text) };
        Prompt { kind, text: field, back: None, before: text.to_owned() }
    }
}

impl App {
    /// `/`: finds in the report, or filters the list that has the keys.
    pub(super) fn find(&mut self, fx: &mut Effects) {
        let prompt = match (self.pane, self.view) {
            (Pane::Left, View::Search) => {
                self.start_search(fx);
                return;
            }
            (Pane::Left, _) => Prompt::new(PromptKind::Filter, self.list_filter()),
            _ if self.reader.open.is_none() => {
                self.say("notice.nothing-open");
                return;
            }
            _ => {
                let r = &self.reader;
                let (hits, hits_of) = (r.hits.clone(), r.hits_of.clone());
                let back = Back { cursor: r.cursor, top: r.top, hits, hits_of };
                Prompt { back: Some(back), ..Prompt::new(PromptKind::Find, "") }
            }
        };
        self.overlay = Some(Overlay::Prompt(prompt));
    }

    /// `*`: finds the word under the cursor.
    pub(super) fn find_word(&mut self, fx: &mut Effects) {
        let Some(open) = &self.reader.open else {
            self.say("notice.nothing-open");
            return;
        };
        let word = layout::word_at(&open.doc, self.reader.cursor);
        if word.is_empty() {
            self.say("notice.no-word");
            return;
        }
        let text = open.doc.slice(word).to_owned();
        self.leave_trace();
        self.ask_finds(&text, word.end, fx);
    }

    /// Asks for the places of words in the open report; the first one from a byte on is gone to.
    fn ask_finds(&mut self, text: &str, from: u32, fx: &mut Effects) {
        let Some(doc) = self.reader.open.clone() else { return };
        let query = Query::parse(text);
        self.reader.asked += 1;
        self.reader.find_from = Some(from);
        self.reader.hits_of = Some(query.clone());
        fx.push(Effect::Find { generation: self.reader.asked, doc, query });
    }

    pub(super) fn on_finds(&mut self, generation: u64, hits: Vec<TextRange>, _fx: &mut Effects) {
        if generation != self.reader.asked {
            return;
        }
        let typing = matches!(&self.overlay, Some(Overlay::Prompt(p)) if p.kind == PromptKind::Find);
        let from = if typing { self.reader.find_from } else { self.reader.find_from.take() };
        // around the corner when nothing follows
        let first = from.and_then(|from| hits.iter().find(|h| h.start >= from).or(hits.first()));
        match first {
            Some(hit) => self.reader.go(hit.start),
            None if from.is_some() && !typing => self.say("notice.not-found"),
            None => {}
        }
        self.reader.hits = hits;
    }

    fn prompt(&mut self) -> Option<&mut Prompt> {
        match &mut self.overlay {
            Some(Overlay::Prompt(prompt)) => Some(prompt),
            _ => None,
        }
    }

    pub(super) fn prompt_key(&mut self, key: Key, fx: &mut Effects) {
        if self.prompt().is_some_and(|p| p.text.key(key)) {
            self.prompt_changed(fx);
        }
    }

    pub(super) fn prompt_paste(&mut self, text: &str, fx: &mut Effects) {
        if self.prompt().is_some_and(|p| p.text.paste(text)) {
            self.prompt_changed(fx);
        }
    }

    fn prompt_changed(&mut self, fx: &mut Effects) {
        let Some(prompt) = self.prompt() else { return };
        let (kind, text) = (prompt.kind.clone(), prompt.text.text());
        let from = prompt.back.as_ref().map_or(0, |b| b.cursor);
        match kind {
            PromptKind::Find if text.trim().is_empty() => {
                // what is still asked is stale
                self.reader.asked += 1;
                self.reader.hits.clear();
                self.reader.hits_of = None;
                self.reader.go(from);
            }
            PromptKind::Find => self.ask_finds(&text, from, fx),
            PromptKind::Filter => self.set_list_filter(&text, fx),
            PromptKind::Tags(_) | PromptKind::OpenPath | PromptKind::Password(_) | PromptKind::Title(..) => {}
        }
    }

    pub(super) fn prompt_act(&mut self, action: Action, fx: &mut Effects) {
        let finding = self.prompt().is_some_and(|p| p.kind == PromptKind::Find);
        match action {
            Action::Open => self.take_line(fx),
            Action::Cancel | Action::Interrupt => self.drop_line(fx),
            Action::NextPane if finding => self.widen(fx),
            // through the hits while typing; in a list through its rows
            Action::Down | Action::Up if finding => {
                let hit = if action == Action::Down { Action::NextHit } else { Action::PrevHit };
                self.reader_act(hit, None, fx);
            }
            Action::Down | Action::Up | Action::PageDown | Action::PageUp
                if self.prompt().is_some_and(|p| p.kind == PromptKind::Filter) =>
            {
                let line = self.overlay.take();
                self.act(action, None, fx);
                self.overlay = line;
            }
            _ => {}
        }
    }

    /// Tab: the same words in everything.
    fn widen(&mut self, fx: &mut Effects) {
        let Some(text) = self.prompt().map(|p| p.text.text()) else { return };
        self.drop_line(fx);
        self.start_search(fx);
        self.search.input.set("");
        self.search_paste(&text, fx);
    }

    /// Enter.
    fn take_line(&mut self, fx: &mut Effects) {
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return };
        let text = prompt.text.text();
        if let PromptKind::Password(doc) = prompt.kind {
            // as typed: blanks belong to a password
            if !text.is_empty() {
                fx.push(Effect::Unlock(doc, text));
            }
            return;
        }
        let text = text.trim().to_owned();
        match prompt.kind {
            PromptKind::Password(_) => {}
            PromptKind::Filter => {}
            PromptKind::Find if text.is_empty() => {}
            PromptKind::Find => {
                if let (Some(back), Some(open)) = (&prompt.back, &self.reader.open) {
                    self.trail.leave(super::Spot { doc: open.id, byte: back.cursor });
                }
                // an answer that is still on its way says itself whether there was anything
                if !self.reader.hits.is_empty() {
                    self.reader.find_from = None;
                } else if self.reader.find_from.is_some() {
                    self.say("notice.not-found");
                }
            }
            PromptKind::Tags(ids) => self.set_tags(&ids, &text, fx),
            PromptKind::Title(doc, section) => self.retitle(doc, section, &prompt.before, &text, fx),
            PromptKind::OpenPath if text.is_empty() => {}
            PromptKind::OpenPath => fx.push(Effect::AddPath(text.into())),
        }
    }

    /// Esc: everything as it was.
    fn drop_line(&mut self, fx: &mut Effects) {
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return };
        if let Some(back) = prompt.back {
            self.reader.asked += 1;
            self.reader.find_from = None;
            self.reader.go(back.cursor);
            self.reader.top = back.top;
            self.reader.hits = back.hits;
            self.reader.hits_of = back.hits_of;
        }
        if prompt.kind == PromptKind::Filter {
            self.set_list_filter(&prompt.before, fx);
        }
    }

    /// Gives one note these tags; several notes get them besides their own.
    fn set_tags(&mut self, ids: &[NoteId], text: &str, fx: &mut Effects) {
        let mut tags: Vec<String> = Vec::new();
        for tag in text.split([' ', ',', ';', '\t']).map(|t| t.trim_start_matches('#')).filter(|t| !t.is_empty()) {
            if !tags.iter().any(|t| t == tag) {
                tags.push(tag.to_owned());
            }
        }
        let add = |note: &Note| {
            if ids.len() == 1 {
                return tags.clone();
            }
            let new = tags.iter().filter(|t| !note.tags.contains(t));
            note.tags.iter().chain(new).cloned().collect()
        };
        let changed: Vec<_> = self
            .stored_all(ids)
            .into_iter()
            .map(|old| {
                let note = Note { tags: add(&old.note), ..old.note.clone() };
                (old, note)
            })
            .filter(|(old, new)| old.note != *new)
            .collect();
        if !changed.is_empty() {
            self.keep(Act::Save(changed), fx);
        }
    }

    /// What the list that has the keys is filtered by.
    fn list_filter(&self) -> &str {
        match self.view {
            View::Read => &self.navigator.filter,
            View::Knelpunten => &self.knelpunten.text,
            View::Notes => &self.notes.text,
            View::Library => &self.library.text,
            View::Search => "",
        }
    }

    fn set_list_filter(&mut self, text: &str, fx: &mut Effects) {
        if !self.filter_view(text, fx) {
            text.clone_into(&mut self.navigator.filter);
        }
    }

    /// What the line says before its field, and the counter at its end.
    #[must_use]
    pub fn prompt_label(&self, prompt: &Prompt) -> (&'static str, String) {
        let (key, counter) = match &prompt.kind {
            PromptKind::Find => {
                let none = || if prompt.text.is_empty() { String::new() } else { "0".to_owned() };
                ("prompt.find", self.reader.hit_count().map_or_else(none, |(at, of)| format!("{at}/{of}")))
            }
            PromptKind::Filter => ("prompt.filter", String::new()),
            PromptKind::Tags(ids) if ids.len() > 1 => ("prompt.add-tags", String::new()),
            PromptKind::Tags(_) => ("prompt.tags", String::new()),
            PromptKind::OpenPath => ("prompt.open-path", String::new()),
            PromptKind::Password(_) => ("prompt.password", String::new()),
            PromptKind::Title(..) => ("prompt.title", String::new()),
        };
        (self.words.t(key), counter)
    }
}

#[cfg(test)]
mod tests;
