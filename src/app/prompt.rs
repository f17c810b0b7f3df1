//! A line of input at the bottom: find in the open report or filter a list while typing, tags of notes, a path to open.

use super::annotate::Subject;
use super::export::Taken;
use super::find::Back;
use super::past::Recall;
use super::picker::highlights;
use super::textbox::TextBox;
use super::{App, Effect, Effects, Overlay, View};
use crate::doc::{DocId, SectionId};
use crate::keys::{Action, Key};
use crate::notes::Note;

/// What the line is for.
#[derive(Clone, Debug, PartialEq)]
pub enum PromptKind {
    /// Find in the open report.
    Find,
    /// Filter the list that has the keys.
    Filter,
    /// Tags of these notes, and of highlights on these places.
    Tags(Subject),
    /// A file to write this to.
    Export(Box<Taken>),
    /// A folder or file to open.
    OpenPath,
    /// The password of this file.
    Password(DocId),
    /// The title of a heading.
    Title(DocId, SectionId),
    /// The name to save the search under.
    SaveSearch,
    /// Another name for the saved search of this name.
    RenameSearch(String),
}

/// A line of input.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// What it is for.
    pub kind: PromptKind,
    /// The field.
    pub text: TextBox,
    /// The text pane as it was, for Esc.
    pub(super) back: Option<Back>,
    /// Where it stands among what was typed before.
    pub(super) recall: Recall,
    /// The words of the field as they were.
    before: String,
}

impl Prompt {
    /// A line with this in it.
    #[must_use]
    pub fn new(kind: PromptKind, text: &str) -> Self {
        let field = if matches!(kind, PromptKind::Password(_)) { TextBox::secret() } else { TextBox::line(text) };
        Prompt { kind, text: field, back: None, recall: Recall::default(), before: text.to_owned() }
    }

    /// The line of `/`, and what Esc goes back to.
    pub(super) fn finding(back: Back) -> Self {
        Prompt { back: Some(back), ..Prompt::new(PromptKind::Find, "") }
    }
}

impl App {
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
        prompt.recall.restart();
        match prompt.kind {
            PromptKind::Find => self.find_changed(fx),
            PromptKind::Filter => {
                let text = prompt.text.text();
                self.set_list_filter(&text, fx);
            }
            PromptKind::Tags(_)
            | PromptKind::Export(_)
            | PromptKind::OpenPath
            | PromptKind::Password(_)
            | PromptKind::Title(..)
            | PromptKind::SaveSearch
            | PromptKind::RenameSearch(_) => {}
        }
    }

    pub(super) fn prompt_act(&mut self, action: Action, fx: &mut Effects) {
        let kind = self.prompt().map(|p| p.kind.clone());
        match action {
            Action::Open => self.take_line(fx),
            Action::Cancel | Action::Interrupt => self.drop_line(fx),
            _ if kind == Some(PromptKind::Find) => drop(self.find_act(action, fx)),
            // in a list through its rows
            Action::Down | Action::Up | Action::PageDown | Action::PageUp if kind == Some(PromptKind::Filter) => {
                let line = self.overlay.take();
                self.act(action, None, fx);
                self.overlay = line;
            }
            _ => {}
        }
    }

    /// Enter.
    fn take_line(&mut self, fx: &mut Effects) {
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return };
        let text = prompt.text.text().trim().to_owned();
        match &prompt.kind {
            // as typed: blanks belong to a password
            PromptKind::Password(_) if prompt.text.is_empty() => {}
            PromptKind::Password(doc) => fx.push(Effect::Unlock(*doc, prompt.text.text())),
            PromptKind::Filter => {}
            PromptKind::Find => {
                if !self.take_find(&prompt, fx) {
                    self.overlay = Some(Overlay::Prompt(prompt));
                }
            }
            PromptKind::Tags(subject) => self.set_tags(subject.clone(), &text, fx),
            PromptKind::Export(_) if text.is_empty() => {}
            PromptKind::Export(taken) => fx.push(Effect::Export { path: text.into(), taken: taken.clone() }),
            PromptKind::Title(doc, section) => self.retitle(*doc, *section, &prompt.before, &text, fx),
            PromptKind::SaveSearch => self.save_search(&text, fx),
            PromptKind::RenameSearch(from) => self.rename_search(from, &text, fx),
            PromptKind::OpenPath if text.is_empty() => {}
            PromptKind::OpenPath => fx.push(Effect::AddPath(text.into())),
        }
    }

    /// Esc: everything as it was.
    pub(super) fn drop_line(&mut self, fx: &mut Effects) {
        let Some(Overlay::Prompt(prompt)) = self.overlay.take() else { return };
        if let Some(back) = prompt.back {
            self.drop_find(back, fx);
        }
        if prompt.kind == PromptKind::Filter {
            self.set_list_filter(&prompt.before, fx);
        }
    }

    /// Gives one note these tags; several notes get them besides their own, and places as highlights with them.
    fn set_tags(&mut self, subject: Subject, text: &str, fx: &mut Effects) {
        let mut tags: Vec<String> = Vec::new();
        for tag in text.split([' ', ',', ';', '\t']).map(|t| t.trim_start_matches('#')).filter(|t| !t.is_empty()) {
            if !tags.iter().any(|t| t == tag) {
                tags.push(tag.to_owned());
            }
        }
        let add = |note: &Note| {
            if subject.len() == 1 {
                return tags.clone();
            }
            let new = tags.iter().filter(|t| !note.tags.contains(t));
            note.tags.iter().chain(new).cloned().collect()
        };
        let changed: Vec<_> = self
            .stored_all(&subject.notes)
            .into_iter()
            .map(|old| {
                let note = Note { tags: add(&old.note), ..old.note.clone() };
                (old, note)
            })
            .filter(|(old, new)| old.note != *new)
            .collect();
        // a highlight without tags is not what was asked for
        let places = if tags.is_empty() { Vec::new() } else { subject.places };
        let mut create = highlights(places, &[]);
        create.iter_mut().for_each(|n| n.tags.clone_from(&tags));
        self.keep_all(create, changed, fx);
    }

    /// What the list that has the keys is filtered by.
    pub(super) fn list_filter(&self) -> &str {
        match self.view {
            View::Read => &self.navigator.filter,
            View::Knelpunten => &self.knelpunten.text,
            View::Notes => &self.notes.text,
            View::Library => &self.library.text,
            View::Dossier => &self.dossier.text,
            View::Search | View::Compare => "",
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
            PromptKind::Find => ("prompt.find", self.find_counter()),
            PromptKind::Filter => ("prompt.filter", String::new()),
            PromptKind::Tags(subject) if subject.len() > 1 || !subject.places.is_empty() => {
                ("prompt.add-tags", String::new())
            }
            PromptKind::Tags(_) => ("prompt.tags", String::new()),
            PromptKind::Export(_) => ("prompt.export", String::new()),
            PromptKind::OpenPath => ("prompt.open-path", String::new()),
            PromptKind::Password(_) => ("prompt.password", String::new()),
            PromptKind::Title(..) => ("prompt.title", String::new()),
            PromptKind::SaveSearch => ("prompt.save-search", String::new()),
            PromptKind::RenameSearch(_) => ("prompt.rename-search", String::new()),
        };
        (self.words.t(key), counter)
    }
}

#[cfg(test)]
mod tests;
