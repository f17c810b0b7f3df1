//! What lies beside the notes: the trash, out of which notes go back, and second copies of notes, of which the reader
//! says what stays. Their words are read on a sheet over the view.

use super::notes::{Filter, Row};
use super::sheet::{Sheet, Side};
use super::{Act, App, Effect, Effects, Keep, NewNote, Notice, Overlay, Trashed};
use crate::keys::Action;
use crate::notes::Note;
use crate::notes::store::Stored;
use std::path::PathBuf;

/// Lines of two versions that are compared at most; what is longer is shown whole, the one after the other.
const COMPARED: usize = 2000;
impl App {
    /// What the trash holds, as the keeper tells.
    pub(super) fn on_trash(&mut self, trash: Vec<Trashed>) {
        self.notes.taken.retain(|path| trash.iter().any(|t| t.stored.path == *path));
        self.notebook.trash = trash;
    }

    /// Asks what the trash holds, when it is on the screen.
    pub(super) fn look_into_trash(&self, fx: &mut Effects) {
        if self.notes.filter == Filter::Trash {
            fx.push(Effect::ReadTrash);
        }
    }

    /// What an action does with the row of the trash or the second copy that the cursor stands on; whether it was one.
    pub(super) fn beside_act(&mut self, action: Action, fx: &mut Effects) -> bool {
        let row = self.notes.list.at().and_then(|at| self.notes.rows.get(at).cloned());
        match (row, action) {
            (Some(Row::Trashed(at)), Action::Open) => self.read_trashed(at),
            (Some(Row::Trashed(at)), Action::MarkEntry) => {
                if let Some(path) = self.notebook.trash.get(at).map(|t| t.stored.path.clone()) {
                    match self.notes.taken.iter().position(|p| *p == path) {
                        Some(i) => drop(self.notes.taken.remove(i)),
                        None => self.notes.taken.push(path),
                    }
                    self.notes.list.step(1);
                }
            }
            (Some(Row::Trashed(at)), Action::TakeBack) => {
                let wanted = |i: usize, path: &PathBuf| match self.notes.taken.is_empty() {
                    true => i == at,
                    false => self.notes.taken.contains(path),
                };
                let all = self.notebook.trash.iter().enumerate();
                let all = all.filter(|(i, t)| wanted(*i, &t.stored.path)).map(|(_, t)| t.stored.clone()).collect();
                self.keep(Act::Restore(all), fx);
            }
            // what is in the trash is no note that anything else can be done with
            (Some(Row::Trashed(_)), a) if super::annotate::annotates(a) => self.say("notes.trash-how"),
            (Some(Row::Copy(at)), Action::Open) => self.compare(at),
            (Some(Row::Copy(at)), Action::KeepNote) => self.keep_version(at, Keep::Note, fx),
            (Some(Row::Copy(at)), Action::KeepCopy) => self.keep_version(at, Keep::Copy, fx),
            (Some(Row::Copy(at)), Action::KeepBoth) => self.keep_version(at, Keep::Both, fx),
            (Some(Row::Copy(_)), a) if super::annotate::annotates(a) => self.say("notes.copy-how"),
            (Some(Row::Note(id)), Action::TakeBack) => match self.notebook.stored(&id).cloned() {
                Some(Stored { owner: Some(_), note, .. }) => self.keep(Act::Create(vec![NewNote::from(&note)]), fx),
                _ => self.say("notes.take-back-how"),
            },
            (_, Action::TakeBack) => self.say("notes.take-back-how"),
            (_, Action::KeepNote | Action::KeepCopy | Action::KeepBoth) => self.say("notes.copy-none"),
            _ => return false,
        }
        true
    }

    fn keep_version(&mut self, at: usize, keep: Keep, fx: &mut Effects) {
        let Some(copy) = self.notebook.conflicts.get(at).cloned() else { return };
        let Some(note) = self.notebook.stored(&copy.note.id).cloned() else { return };
        if note.owner.is_some() {
            return;
        }
        self.keep(Act::KeepVersion { note: Box::new(note), copy: Box::new(copy), keep }, fx);
    }

    fn read_trashed(&mut self, at: usize) {
        let Some(trashed) = self.notebook.trash.get(at) else { return };
        let lines = words(&trashed.stored.note).into_iter().map(|l| (Side::Both, l)).collect();
        let keys = self.words.f("sheet.trash-keys", &[("restore", &self.notes_key(Action::TakeBack))]);
        let title = self.words.t("sheet.trash").to_owned();
        self.overlay = Some(Overlay::Sheet(Sheet::new(title, keys, lines)));
    }

    /// The two versions of a note, line by line.
    fn compare(&mut self, at: usize) {
        let Some(copy) = self.notebook.conflicts.get(at) else { return };
        let Some(note) = self.notebook.stored(&copy.note.id) else { return };
        let lines = differences(note.revision.text(), copy.revision.text());
        let key = |action| self.notes_key(action);
        let (note, copy, both) = (key(Action::KeepNote), key(Action::KeepCopy), key(Action::KeepBoth));
        let keys = self.words.f("sheet.copy-keys", &[("note", &note), ("copy", &copy), ("both", &both)]);
        let title = self.words.t("sheet.copy").to_owned();
        self.overlay = Some(Overlay::Sheet(Sheet::new(title, keys, lines)));
    }

    /// The keys that do this in the view of notes, as they are shown.
    #[must_use]
    pub fn notes_key(&self, action: Action) -> String {
        let keys = self.keymap.keys_for(&[crate::keys::Context::Notes], action).into_iter().next();
        keys.map(|k| crate::keys::sequence_text(&k)).unwrap_or_default()
    }
}

/// What is to be read of a note: what it is on, and its words.
fn words(note: &Note) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(report) = &note.target.report {
        let title = if report.title.is_empty() { &report.file } else { &report.title };
        out.push(title.clone());
        out.extend(note.target.section.last().cloned());
        out.push(String::new());
    }
    if let Some(quote) = note.target.quote() {
        out.extend([format!("“{}”", quote.exact), String::new()]);
    }
    out.extend(note.body.lines().map(str::to_owned));
    let about: Vec<String> =
        note.knelpunten.iter().map(|k| format!("◆ {k}")).chain(note.tags.iter().map(|t| format!("#{t}"))).collect();
    if !about.is_empty() {
        out.extend([String::new(), about.join("  ")]);
    }
    out
}

/// The lines of two texts in one list, as few as possible of them as of one only.
fn differences(note: &str, copy: &str) -> Vec<(Side, String)> {
    let (a, b): (Vec<&str>, Vec<&str>) = (note.lines().collect(), copy.lines().collect());
    let line = |side: Side, text: &str| (side, text.to_owned());
    if a.len().max(b.len()) > COMPARED {
        let (first, second) = (a.iter().map(|l| line(Side::Note, l)), b.iter().map(|l| line(Side::Copy, l)));
        return first.chain(second).collect();
    }
    // longest common subsequence, from the end, so that it is read from the beginning
    let width = b.len() + 1;
    let mut longest = vec![0u16; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = match a[i] == b[j] {
                true => longest[(i + 1) * width + j + 1] + 1,
                false => longest[(i + 1) * width + j].max(longest[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut out) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            out.push(line(Side::Both, a[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == b.len() || i < a.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1] {
            out.push(line(Side::Note, a[i]));
            i += 1;
        } else {
            out.push(line(Side::Copy, b[j]));
            j += 1;
        }
    }
    out
}

impl App {
    /// Says that these notes are somebody else's, when one of them is; whether it is.
    pub(super) fn not_yours(&mut self, notes: &[crate::notes::NoteId]) -> bool {
        let owner = notes.iter().find_map(|id| self.notebook.stored(id)?.owner.clone());
        let Some(owner) = owner else { return false };
        let key = self.notes_key(Action::TakeBack);
        self.notice = Some(Notice::warning(self.words.f("notice.not-yours", &[("owner", &owner), ("key", &key)])));
        true
    }
}

#[cfg(test)]
mod tests;
