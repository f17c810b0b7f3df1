//! The view of what is loaded: every file with what it holds, what failed with its reason, and what import had to say.

use super::listing::Listing;
use super::views::Listed;
use super::{App, Effect, Effects, Pane, View};
use crate::keys::Action;
use crate::library::{DocId, Entry, EntryState, Place};
use std::sync::Arc;

/// Warnings shown with an entry; how many more there are is said.
pub const WARNINGS: usize = 3;

/// The state of the view.
#[derive(Clone, Debug, Default)]
pub struct LibraryView {
    /// The entries shown, in the order of the library: those that failed first, so that they are seen.
    pub rows: Vec<DocId>,
    /// Where the list stands.
    pub list: Listing,
    /// Only entries with this in their name or titles; empty shows all.
    pub text: String,
    here: Option<DocId>,
}

impl LibraryView {
    pub(super) fn listed(&self) -> Option<Listed> {
        self.here.map(Listed::Report)
    }
}

impl App {
    pub(super) fn on_shelf(&mut self, entries: Arc<Vec<Entry>>, fx: &mut Effects) {
        self.shelf.set_entries(entries);
        if self.view == View::Library {
            self.preview_entry(fx);
        }
    }

    pub(super) fn arrange_library(&mut self) {
        let wanted = self.library.text.to_lowercase();
        let titles = |e: &Entry| e.summary().map(|s| s.parts.clone()).unwrap_or_default();
        let fits = |e: &&Entry| {
            wanted.is_empty()
                || e.file.to_lowercase().contains(&wanted)
                || titles(e).iter().any(|p| p.title.to_lowercase().contains(&wanted))
        };
        let mut shown: Vec<&Entry> = self.shelf.entries().iter().filter(fits).collect();
        shown.sort_by_key(|e| e.failure().is_none());
        let moved = self.library.list.at().and_then(|at| self.library.rows.get(at).copied());
        let here = moved.or(self.library.here);
        let rows: Vec<DocId> = shown.iter().map(|e| e.id).collect();
        let heights: Vec<(usize, bool)> = shown.iter().map(|e| (height(e), true)).collect();
        let view = &mut self.library;
        view.list.set(heights.into_iter());
        if let Some(at) = here.and_then(|h| rows.iter().position(|d| *d == h)) {
            view.list.go(at);
        }
        view.here = view.list.at().map(|at| rows[at]);
        view.rows = rows;
    }

    pub(super) fn library_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        if self.move_in_list(action, count, fx) {
            return true;
        }
        let entry = self.library.here.and_then(|d| self.shelf.entry(d)).cloned();
        match action {
            Action::Open => match entry {
                Some(e) if e.summary().is_some() => self.jump_to(super::Spot { doc: e.id, byte: 0 }, fx),
                Some(e) => {
                    let key = if e.failure().is_some() { "library.cannot-open" } else { "library.not-read-yet" };
                    self.notice = Some(super::Notice::info(self.words.f(key, &[("file", &e.file)])));
                }
                None => {}
            },
            Action::OpenOriginal => match entry {
                Some(e) if e.place == Place::Disk => fx.push(Effect::OpenOriginal(e.path)),
                Some(_) => self.notice = Some(super::Notice::info(self.words.t("library.no-original"))),
                None => {}
            },
            Action::Cancel if !self.library.text.is_empty() => self.library.text.clear(),
            // Esc from a program that shows nothing else
            Action::Cancel if self.shelf.entries().is_empty() => {
                self.go_view(View::Read, fx);
                self.pane = Pane::Left;
            }
            _ => return self.annotate_act(action, fx),
        }
        true
    }
}

/// Lines of an entry: its name, what it holds or why it failed and what to do, and what import had to say.
fn height(entry: &Entry) -> usize {
    match &entry.state {
        EntryState::Pending => 2,
        EntryState::Ready(summary) => 2 + summary.warnings.len().min(WARNINGS + 1),
        EntryState::Failed(failure) => 2 + usize::from(!failure.hint.is_empty()),
    }
}

#[cfg(test)]
mod tests;
