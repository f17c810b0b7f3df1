//! The view of what is loaded: every file with what it holds, what failed with its reason, and what import had to say.

use super::listing::Listing;
use super::prompt::{Prompt, PromptKind};
use super::views::Listed;
use super::{App, Effect, Effects, Overlay, Pane, View};
use crate::doc::{Furniture, PartId};
use crate::keys::Action;
use crate::library::editions::{Families, Member, ReportId};
use crate::library::{DocId, Entry, EntryState, PartSummary, Place, Summary};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Warnings shown with a folded entry; how many more there are is said.
const WARNINGS: usize = 3;

/// A line of an entry.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Line<'a> {
    /// Its title or name.
    Name,
    /// It is still to be read.
    Pending,
    /// What it holds, in a few words.
    Facts(&'a Summary),
    /// Why it was not read.
    Reason(&'a str),
    /// What to do about it.
    Hint(&'a str),
    /// What it is to other editions of the same report.
    Edition(&'a Member),
    /// It can be opened with a password.
    Locked,
    /// What import had to say.
    Warning(&'a str),
    /// So many more of these.
    MoreWarnings(usize),
    /// A part of it.
    Part(&'a PartSummary),
    /// What was left out of the text.
    Furniture(&'a Furniture),
}

/// The state of the view.
#[derive(Clone, Debug, Default)]
pub struct LibraryView {
    /// The entries shown, in the order of the library: those that failed first, so that they are seen.
    pub rows: Vec<DocId>,
    /// Where the list stands.
    pub list: Listing,
    /// Only entries with this in their name or titles; empty shows all.
    pub text: String,
    /// Entries of which everything is shown.
    unfolded: FxHashSet<DocId>,
    here: Option<DocId>,
}

impl LibraryView {
    /// The lines of an entry.
    #[must_use]
    pub fn lines<'a>(&self, entry: &'a Entry, families: &'a Families) -> Vec<Line<'a>> {
        let mut lines = vec![Line::Name];
        match &entry.state {
            EntryState::Pending => lines.push(Line::Pending),
            EntryState::Failed(failure) => {
                lines.push(Line::Reason(&failure.reason));
                if failure.locked {
                    lines.push(Line::Locked);
                } else if !failure.hint.is_empty() {
                    lines.push(Line::Hint(&failure.hint));
                }
            }
            EntryState::Ready(summary) => {
                lines.push(Line::Facts(summary));
                let ids = (0..summary.parts.len() as u32).map(|p| ReportId { doc: entry.id, part: PartId(p) });
                let member = |id| families.family(id).map(|(family, at)| &family.members[at]);
                lines.extend(ids.filter_map(member).map(Line::Edition));
                let all = self.unfolded.contains(&entry.id);
                if all {
                    lines.extend(summary.parts.iter().map(Line::Part));
                    lines.extend(summary.furniture.iter().map(Line::Furniture));
                }
                let shown = if all { usize::MAX } else { WARNINGS };
                lines.extend(summary.warnings.iter().take(shown).map(|w| Line::Warning(w)));
                let more = summary.warnings.len().saturating_sub(shown);
                if more > 0 {
                    lines.push(Line::MoreWarnings(more));
                }
            }
        }
        lines
    }

    pub(super) fn listed(&self) -> Option<Listed> {
        self.here.map(Listed::Report)
    }
}

impl App {
    pub(super) fn on_shelf(&mut self, entries: Arc<Vec<Entry>>, fx: &mut Effects) {
        let corrections = |e: &Entry| Some((e.id, e.summary()?.corrections));
        let before: Vec<_> =
            self.shelf.all_open().iter().filter_map(|o| corrections(self.shelf.entry(o.id)?)).collect();
        let same = *self.shelf.entries() == **entries;
        self.shelf.set_entries(entries);
        self.compare_again(fx);
        if !same {
            self.find_families();
        }
        self.load_changed_outlines(&before, fx);
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
        let heights: Vec<(usize, bool)> =
            shown.iter().map(|e| (self.library.lines(e, &self.families).len(), true)).collect();
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
                Some(e) if e.failure().is_some_and(|f| f.locked) => {
                    self.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::Password(e.id), "")));
                }
                Some(e) => {
                    let key = if e.failure().is_some() { "library.cannot-open" } else { "library.not-read-yet" };
                    self.notice = Some(super::Notice::info(self.words.f(key, &[("file", &e.file)])));
                }
                None => {}
            },
            Action::Right | Action::Left => {
                if let Some(e) = entry.filter(|e| e.summary().is_some()) {
                    let folded = &mut self.library.unfolded;
                    let _ = if action == Action::Right { folded.insert(e.id) } else { folded.remove(&e.id) };
                }
            }
            Action::LinkEdition => self.choose_edition(entry.as_ref()),
            Action::UnlinkEdition => self.part_edition(entry.as_ref(), fx),
            Action::FoldAll => {
                let ready = self.shelf.entries().iter().filter(|e| e.summary().is_some()).map(|e| e.id);
                let folded = &mut self.library.unfolded;
                if folded.is_empty() { folded.extend(ready) } else { folded.clear() }
            }
            Action::OpenOriginal => match entry {
                Some(e) if e.place == Place::Disk => fx.push(Effect::OpenOriginal(e.path, None)),
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

#[cfg(test)]
mod tests;
