//! The view of all knelpunten: those that were made, as a tree with what is put to them, and those that were found in the
//! reports; candidates stand apart and only when asked for.

pub mod acts;
mod change;
pub mod colour;
pub mod forms;
mod rows;

pub use acts::KnelpuntAct;
pub use forms::FormOf;
pub use rows::Tally;

use super::listing::Listing;
use super::views::Listed;
use super::{App, Effects, FoundRow};
use crate::keys::Action;
use crate::knelpunt::dossier::Key;
use crate::notes::NoteId;
use std::sync::Arc;

/// In which order knelpunten stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Found ones by report, as they stand in it; made ones as in the register.
    #[default]
    Report,
    /// By title.
    Title,
    /// By year, the latest first.
    Year,
    /// By the number of asks, most first; made ones by the number of notes.
    Asks,
}

/// Which knelpunten are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Made ones and found ones.
    #[default]
    All,
    /// Passages that might be one, too.
    Candidates,
    /// Made ones only.
    Made,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A blank line.
    Gap,
    /// A head over rows: its words and how many rows.
    Head(Head, usize),
    /// A made knelpunt.
    Made {
        /// Its place in the register.
        index: usize,
        /// How many stand above it in the tree.
        depth: usize,
        /// Others are part of it.
        children: bool,
        /// And those are shown.
        open: bool,
        /// What is put to it is shown.
        unfolded: bool,
    },
    /// A note put to a made knelpunt.
    Note(NoteId, Under),
    /// A found knelpunt, by its place in what was found.
    Found {
        /// Its place in what was found.
        index: usize,
        /// The made one that brings it in, when it stands below that.
        under: Option<Under>,
    },
}

/// Where a row stands that belongs to a made knelpunt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Under {
    /// The made one, by its place in the register.
    pub made: usize,
    /// How many stand above it in the tree.
    pub depth: usize,
}

/// What a head says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// Those the reader made.
    Made,
    /// Those found, all reports together.
    Found,
    /// Those found in a report.
    Report(String),
    /// Passages that might be some.
    Candidates,
}

/// The state of the view.
#[derive(Clone, Debug, Default)]
pub struct KnelpuntenView {
    /// The rows.
    pub rows: Vec<Row>,
    /// What is known of each made one in numbers, in the order of the register.
    pub tallies: Vec<Tally>,
    /// Where the list stands.
    pub list: Listing,
    /// In which order.
    pub order: Order,
    /// Which are shown.
    pub show: Show,
    /// Only those with this in their title or report; empty shows all.
    pub text: String,
    /// What is marked for one act on all of it.
    pub marked: Vec<Listed>,
    /// Made ones of which what is part of them is hidden, by id.
    folded: Vec<String>,
    /// Made ones of which what is put to them is shown, by id.
    unfolded: Vec<String>,
    /// What the cursor stands on, so that it stays there when rows come and go.
    here: Option<Listed>,
}

impl KnelpuntenView {
    pub(super) fn listed(&self) -> Option<Listed> {
        self.here.clone()
    }

    /// Whether a row is marked.
    #[must_use]
    pub fn is_marked(&self, listed: &Listed) -> bool {
        self.marked.contains(listed)
    }
}

impl App {
    pub(super) fn on_found(&mut self, rows: Arc<Vec<FoundRow>>, fx: &mut Effects) {
        self.shelf.set_found(rows);
        if self.view == super::View::Knelpunten {
            self.preview_entry(fx);
        }
    }

    pub(super) fn arrange_knelpunten(&mut self) {
        let before = self.knelpunten.list.at();
        let moved = before.and_then(|at| self.knelpunt_listed(self.knelpunten.rows.get(at)?));
        let here = moved.or_else(|| self.knelpunten.here.clone());
        let tallies = self.tallies();
        let rows = self.knelpunt_rows(&tallies);
        let height = |r: &Row| match r {
            Row::Made { .. } | Row::Found { under: None, .. } => (2, true),
            Row::Note(..) | Row::Found { under: Some(_), .. } => (1, true),
            Row::Gap | Row::Head(..) => (1, false),
        };
        // the same thing may stand in several rows: the one it was on is the nearest
        let same = |at: &usize| rows.get(*at).and_then(|r| self.knelpunt_listed(r)) == here;
        let near = |at: &usize| before.map_or(0, |b| b.abs_diff(*at));
        let at = here.as_ref().and_then(|_| (0..rows.len()).filter(same).min_by_key(near));
        let view = &mut self.knelpunten;
        view.list.set(rows.iter().map(height));
        if let Some(at) = at {
            view.list.go(at);
        }
        let here = view.list.at().map(|at| rows[at].clone());
        self.knelpunten.here = here.and_then(|row| self.knelpunt_listed(&row));
        // what is gone is marked no longer
        let gone = |l: &Listed| match l {
            Listed::Made(id) => !self.notebook.register.iter().any(|m| m.id == *id),
            Listed::Note(id) => self.notebook.note(id).is_none(),
            _ => false,
        };
        let marked = self.knelpunten.marked.iter().filter(|l| !gone(l)).cloned().collect();
        (self.knelpunten.rows, self.knelpunten.tallies, self.knelpunten.marked) = (rows, tallies, marked);
    }

    /// Puts the cursor on a made knelpunt, unfolding what it is part of.
    pub(super) fn go_to_made(&mut self, id: &str) {
        let above = crate::knelpunt::register::tree::above(&self.notebook.register, id);
        self.knelpunten.folded.retain(|f| !above.contains(&f.as_str()));
        self.arrange_knelpunten();
        let is_it = |r: &Row| self.knelpunt_listed(r) == Some(Listed::Made(id.to_owned()));
        if let Some(at) = self.knelpunten.rows.iter().position(is_it) {
            self.knelpunten.list.go(at);
        }
    }

    /// The row of the cursor.
    pub(super) fn knelpunt_row(&self) -> Option<&Row> {
        self.knelpunten.rows.get(self.knelpunten.list.at()?)
    }

    pub(super) fn knelpunten_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        if self.move_in_list(action, count, fx) || self.change_knelpunten(action, fx) {
            return true;
        }
        let view = &mut self.knelpunten;
        match action {
            Action::NextKnelpunt => return self.knelpunten_act(Action::Down, count, fx),
            Action::PrevKnelpunt => return self.knelpunten_act(Action::Up, count, fx),
            Action::Sort => {
                view.order = match view.order {
                    Order::Report => Order::Title,
                    Order::Title => Order::Year,
                    Order::Year => Order::Asks,
                    Order::Asks => Order::Report,
                };
            }
            Action::Filter => {
                view.show = match view.show {
                    Show::All => Show::Candidates,
                    Show::Candidates => Show::Made,
                    Show::Made => Show::All,
                };
            }
            Action::MarkEntry => Self::mark_entry(&mut view.marked, view.here.clone(), &mut view.list),
            Action::Cancel if !view.marked.is_empty() => view.marked.clear(),
            Action::Cancel if !view.text.is_empty() => view.text.clear(),
            Action::FoldAll => self.fold_all_made(),
            Action::Left => self.fold_knelpunt(),
            Action::Right => self.unfold_knelpunt(),
            Action::Open => match view.here.clone() {
                Some(Listed::Made(id)) => self.open_dossier(Key::Made(id), fx),
                Some(Listed::Found(doc, id)) => self.open_dossier(Key::Found(doc, id), fx),
                Some(listed) => {
                    if let Some((doc, range)) = self.passage_of(&listed) {
                        self.jump_to_passage(doc, range, fx);
                    }
                }
                None => {}
            },
            _ => return self.annotate_act(action, fx),
        }
        true
    }

    /// `l`: first what is part of it, then what is put to it.
    fn unfold_knelpunt(&mut self) {
        let Some(Row::Made { index, children, open, unfolded, .. }) = self.knelpunt_row().cloned() else { return };
        let Some(made) = self.notebook.register.get(index) else { return };
        let view = &mut self.knelpunten;
        if children && !open {
            view.folded.retain(|f| *f != made.id);
        } else if !unfolded {
            view.unfolded.push(made.id.clone());
        }
    }

    /// `h`: first what is put to it, then what is part of it, then up to what it is part of.
    fn fold_knelpunt(&mut self) {
        let Some(row) = self.knelpunt_row().cloned() else { return };
        let id = |index: usize| self.notebook.register.get(index).map(|m| m.id.clone());
        let up = match row {
            Row::Made { index, children, open, unfolded, .. } => {
                let Some(made) = self.notebook.register.get(index) else { return };
                if unfolded {
                    self.knelpunten.unfolded.retain(|u| *u != made.id);
                    return;
                }
                if children && open {
                    self.knelpunten.folded.push(made.id.clone());
                    return;
                }
                made.parent.clone()
            }
            Row::Note(_, under) | Row::Found { under: Some(under), .. } => id(under.made),
            Row::Gap | Row::Head(..) | Row::Found { under: None, .. } => None,
        };
        if let Some(up) = up {
            self.go_to_made(&up);
        }
    }

    /// Folds all trees, or unfolds them when all are folded.
    fn fold_all_made(&mut self) {
        let register = &self.notebook.register;
        let has_children = |id: &String| register.iter().any(|m| m.parent.as_ref() == Some(id));
        let all: Vec<String> = register.iter().map(|m| m.id.clone()).filter(has_children).collect();
        let folded = all.iter().all(|id| self.knelpunten.folded.contains(id));
        self.knelpunten.folded = if folded { Vec::new() } else { all };
        self.knelpunten.unfolded.clear();
    }
}

#[cfg(test)]
mod tests;
