//! What the views beside Read have in common: the place in the text that is kept while the text shows previews, the
//! list of the view on the screen, and what its cursor stands on.

use super::geometry::Area;
use super::heatmap::Mode;
use super::jump::Intent;
use super::listing::Listing;
use super::{App, Effects, Pane, Spot, View};
use crate::doc::TextRange;
use crate::keys::Action;
use crate::layout::sanitise;
use crate::library::DocId;
use crate::notes::NoteId;
use crate::search::Sought;

/// What the views have in common.
#[derive(Debug, Default)]
pub struct Views {
    /// Where the reader was when the text became a preview, with what was marked there.
    home: Option<(Spot, Option<Sought>)>,
    /// The passage the text was last asked to show beside a list.
    previewed: Option<(DocId, TextRange)>,
    /// The act under way is one on the entries of a list.
    acting: bool,
}

/// What an entry of a list stands for, for an act on it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Listed {
    /// A passage of a report.
    Passage(DocId, TextRange),
    /// A note.
    Note(NoteId),
    /// A knelpunt found in a report, by its id.
    Found(DocId, String),
    /// A made knelpunt, by its id.
    Made(String),
    /// A report as a whole: the file and the part in it.
    Report(DocId),
}

impl App {
    /// Changes the view: on the way out of Read the place in the text is kept, on the way back it is shown again.
    pub(super) fn change_view(&mut self, view: View, fx: &mut Effects) {
        self.gathering = None;
        self.forget_dossier();
        match (self.view == View::Read, view == View::Read) {
            (true, false) => {
                self.remember(fx);
                self.views.home = self.reader.spot().map(|s| (s, self.reader.hits.of.clone()));
                self.views.previewed = None;
                self.view = view;
            }
            (false, true) => {
                self.view = view;
                match self.views.home.take() {
                    Some((spot, hits_of)) => {
                        self.with_doc(spot.doc, Intent::Read(spot.byte), fx);
                        self.mark_again(hits_of, fx);
                    }
                    // nothing was being read: what the lists showed goes with them
                    None => self.reader.close(),
                }
            }
            _ => self.view = view,
        }
    }

    /// Marks in the text again what was marked before a preview took its place.
    fn mark_again(&mut self, hits_of: Option<Sought>, fx: &mut Effects) {
        if self.reader.hits.of == hits_of {
            return;
        }
        self.reader.forget_hits();
        if let (Some(sought), Some(doc)) = (hits_of, self.reader.open.clone()) {
            self.find_in(doc, sought, fx);
        }
    }

    /// The reader's place in the text: that before the previews when the text shows one.
    #[must_use]
    pub(super) fn place_in_text(&self) -> Option<Spot> {
        match self.view {
            View::Read => self.reader.spot(),
            _ => self.views.home.as_ref().map(|(spot, _)| *spot),
        }
    }

    /// From the preview to reading it.
    pub(super) fn read_preview(&mut self, fx: &mut Effects) {
        if let Some(spot) = self.reader.spot() {
            self.jump_to(spot, fx);
            if let Some(doc) = self.reader.open.clone() {
                self.mark_searched(&doc, fx);
            }
        }
    }

    /// Shows a passage beside the list, unless it is the one asked for last.
    pub(super) fn preview(&mut self, doc: DocId, range: TextRange, fx: &mut Effects) {
        if self.view == View::Read {
            return;
        }
        if self.views.previewed != Some((doc, range)) {
            self.views.previewed = Some((doc, range));
            self.with_doc(doc, Intent::Preview(range), fx);
        } else if let Some(open) = self.reader.open.clone().filter(|o| o.id == doc) {
            // the same passage, perhaps found by other words
            self.mark_searched(&open, fx);
        }
    }

    /// Shows the entry of the cursor of the view's list in the text.
    pub(super) fn preview_entry(&mut self, fx: &mut Effects) {
        self.arrange_views();
        let Some(listed) = self.listed_here() else { return };
        let place = if self.reviewing() { self.review_place() } else { self.passage_of(&listed) };
        if let Some((doc, range)) = place {
            self.preview(doc, range, fx);
        }
    }

    /// The place in the library that an entry stands for, as far as it is known.
    pub(super) fn passage_of(&self, listed: &Listed) -> Option<(DocId, TextRange)> {
        match listed {
            Listed::Passage(doc, range) => Some((*doc, *range)),
            // what could not be read has no text to show
            Listed::Report(doc) => self.shelf.entry(*doc)?.summary().map(|_| (*doc, TextRange::at(0))),
            Listed::Found(doc, id) => {
                let row = self.shelf.found().iter().find(|r| r.doc == *doc && r.found.id == *id)?;
                Some((*doc, TextRange::at(row.found.range.start)))
            }
            Listed::Note(id) => self.place_of_note(id),
            Listed::Made(_) => None,
        }
    }

    /// What the cursor of the view's list stands on; `None` in Read.
    #[must_use]
    pub fn listed_here(&self) -> Option<Listed> {
        match self.view {
            View::Read | View::Compare => None,
            View::Search => self.search.listed(),
            View::Knelpunten if self.heat_mode() == Mode::Full => self.heatmap.listed(),
            View::Knelpunten => self.knelpunten.listed(),
            View::Notes => self.notes.listed(),
            View::Library => self.library.listed(),
            View::Dossier => self.dossier.listed(),
        }
    }

    /// What an act on the view's list is for: the marked entries, else the one of the cursor.
    #[must_use]
    pub fn listed(&self) -> Vec<Listed> {
        let marked = match self.view {
            View::Search => self.search.marked.iter(),
            View::Notes => self.notes.marked.iter(),
            View::Dossier => self.dossier.marked.iter(),
            View::Knelpunten => self.knelpunten.marked.iter(),
            _ => [].iter(),
        };
        let marked: Vec<_> = marked.cloned().collect();
        if marked.is_empty() { self.listed_here().into_iter().collect() } else { marked }
    }

    /// An act on the entries of a list is done: their marks come off.
    pub(super) fn list_has_had_its_act(&mut self) {
        if std::mem::take(&mut self.views.acting) {
            self.search.marked.clear();
            self.notes.marked.clear();
            self.dossier.marked.clear();
            self.knelpunten.marked.clear();
        }
    }

    /// The next act is one on the entries of the view's list, or not.
    pub(super) fn acts_on_list(&mut self, does: bool) {
        self.views.acting = does;
    }

    /// Whether the list of a view has the keys.
    pub(super) fn on_list(&self) -> bool {
        self.pane == Pane::Left && self.view != View::Read
    }

    /// Puts a mark on the entry of the cursor, or takes it off, and goes on to the next.
    pub(super) fn mark_entry(marked: &mut Vec<Listed>, here: Option<Listed>, list: &mut Listing) {
        let Some(here) = here else { return };
        match marked.iter().position(|m| *m == here) {
            Some(at) => drop(marked.remove(at)),
            None => marked.push(here),
        }
        list.step(1);
    }

    /// The lines of the view's list on the screen, below whatever stands above it.
    #[must_use]
    pub fn list_area(&self) -> Area {
        if self.heat_mode() == Mode::Full {
            return self.heat_area();
        }
        let inside = self.panes.left.inset(1, 1, 1, 1);
        let head = if self.view == View::Search { self.search_head() } else { 0 };
        inside.inset(0, head, 0, 0)
    }

    /// The list of the view on the screen; `None` in Read.
    #[must_use]
    pub fn view_list(&self) -> Option<&Listing> {
        match self.view {
            View::Read | View::Compare => None,
            View::Search => Some(&self.search.list),
            View::Knelpunten if self.heat_mode() == Mode::Full => Some(&self.heatmap.list),
            View::Knelpunten => Some(&self.knelpunten.list),
            View::Notes => Some(&self.notes.list),
            View::Library => Some(&self.library.list),
            View::Dossier => Some(&self.dossier.list),
        }
    }

    fn view_list_mut(&mut self) -> Option<&mut Listing> {
        match self.view {
            View::Read | View::Compare => None,
            View::Search => Some(&mut self.search.list),
            View::Knelpunten if self.heat_mode() == Mode::Full => Some(&mut self.heatmap.list),
            View::Knelpunten => Some(&mut self.knelpunten.list),
            View::Notes => Some(&mut self.notes.list),
            View::Library => Some(&mut self.library.list),
            View::Dossier => Some(&mut self.dossier.list),
        }
    }

    /// Moves the cursor of the view's list and shows what it stands on; whether the action was a movement.
    pub(super) fn move_in_list(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        let height = usize::from(self.list_area().h);
        let moved = self.view_list_mut().is_some_and(|list| list.act(action, count, height));
        if moved {
            self.preview_entry(fx);
        }
        moved
    }

    /// The mouse points at a line of the view's list.
    pub(super) fn point_in_list(&mut self, y: u16, fx: &mut Effects) {
        let Some(line) = y.checked_sub(self.list_area().y) else { return };
        self.pane = Pane::Left;
        self.search.typing = false;
        let row = self.view_list().and_then(|list| list.row_at(usize::from(line)));
        if let Some(row) = row.filter(|_| self.view == View::Search)
            && self.search.suggests(row)
        {
            self.take_suggestion(fx);
        } else if let (Some(list), Some(row)) = (self.view_list_mut(), row) {
            list.go(row);
            self.preview_entry(fx);
        }
    }

    /// The wheel over the view's list.
    pub(super) fn wheel_list(&mut self, by: i16, fx: &mut Effects) {
        if self.view_list_mut().is_some_and(|list| list.step(isize::from(by))) {
            self.preview_entry(fx);
        }
    }

    /// A view has come on the screen.
    pub(super) fn enter_view(&mut self, fx: &mut Effects) {
        match self.view {
            View::Read => return,
            View::Search => self.enter_search(fx),
            View::Notes | View::Knelpunten | View::Library | View::Dossier => {}
            View::Compare => return,
        }
        self.preview_entry(fx);
    }

    pub(super) fn arrange_views(&mut self) {
        if self.view != View::Search || self.pane != Pane::Left {
            self.search.typing = false;
        }
        let area = self.list_area();
        match self.view {
            View::Read => return,
            View::Search => {
                self.arrange_search(area.w);
                self.arrange_facets();
            }
            View::Knelpunten => self.arrange_knelpunten(),
            View::Notes => self.arrange_notes(),
            View::Library => self.arrange_library(),
            View::Dossier => self.arrange_dossier(area.w),
            View::Compare => {
                self.arrange_compare();
                return;
            }
        }
        if let Some(list) = self.view_list_mut() {
            list.settle(usize::from(area.h));
        }
        if self.view == View::Knelpunten {
            self.settle_heatmap();
        }
    }

    /// Filters the focused list of a view by text, as it is typed; whether there is such a list.
    pub(super) fn filter_view(&mut self, text: &str, fx: &mut Effects) -> bool {
        match self.view {
            View::Notes => text.clone_into(&mut self.notes.text),
            View::Knelpunten => text.clone_into(&mut self.knelpunten.text),
            View::Library => text.clone_into(&mut self.library.text),
            View::Dossier => self.filter_dossier(text),
            View::Read | View::Search | View::Compare => return false,
        }
        self.preview_entry(fx);
        true
    }
}

/// A report in one line that is still told from others when it is cut: who and when come first (of a publisher its
/// abbreviation, where its name holds one in parentheses), then the title without the year said before.
#[must_use]
pub fn report_line(title: &str, org: Option<&str>, year: Option<i32>) -> String {
    let year = year.map(|y| y.to_string()).unwrap_or_default();
    let org = org.map(str::trim).filter(|o| !o.is_empty() && !title.contains(*o)).map_or("", abbreviation);
    let head = [org, &year].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" ");
    let title = match year.is_empty() {
        true => title.trim(),
        false => title.trim().trim_end_matches(year.as_str()).trim_end(),
    };
    let parts = [head.as_str(), title].into_iter().filter(|t| !t.is_empty());
    sanitise(&parts.collect::<Vec<_>>().join(" · ")).into_owned()
}

/// The abbreviation that a name ends in, in parentheses, else the name.
fn abbreviation(name: &str) -> &str {
    let inside = name.strip_suffix(')').and_then(|n| n.rsplit_once('(')).map(|(_, short)| short.trim());
    inside.filter(|s| (2..=12).contains(&s.len()) && s.chars().next().is_some_and(char::is_uppercase)).unwrap_or(name)
}

#[cfg(test)]
mod tests;
