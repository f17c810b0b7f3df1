//! The view of all knelpunten: those that were made, with what is put to them, and those that were found in the reports;
//! candidates stand apart and only when asked for.

pub mod acts;

pub use acts::KnelpuntAct;

use super::listing::Listing;
use super::views::{Listed, report_line};
use super::{App, Effects, FoundRow};
use crate::keys::Action;
use crate::knelpunt::Certainty;
use crate::knelpunt::dossier::Key;
use crate::notes::NoteId;
use std::sync::Arc;

/// In which order found knelpunten stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By report, as they stand in it.
    #[default]
    Report,
    /// By title.
    Title,
    /// By year, the latest first.
    Year,
    /// By the number of asks, most first.
    Asks,
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A blank line.
    Gap,
    /// A head over rows: its words and how many rows.
    Head(Head, usize),
    /// A made knelpunt, by its place in the register, and whether what is put to it is shown.
    Made(usize, bool),
    /// A note put to the made knelpunt above.
    Note(NoteId),
    /// A found knelpunt, by its place in what was found. `under`: below a made one that brings it in.
    Found {
        /// Its place in what was found.
        index: usize,
        /// Below a made knelpunt that brings it in.
        under: bool,
    },
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
    /// Where the list stands.
    pub list: Listing,
    /// In which order.
    pub order: Order,
    /// Candidates are shown too.
    pub candidates: bool,
    /// Only those with this in their title or report; empty shows all.
    pub text: String,
    /// Made ones of which the notes are shown, by id.
    unfolded: Vec<String>,
    /// What the cursor stands on, so that it stays there when rows come and go.
    here: Option<Listed>,
}

impl KnelpuntenView {
    pub(super) fn listed(&self) -> Option<Listed> {
        self.here.clone()
    }
}

impl App {
    pub(super) fn on_found(&mut self, rows: Arc<Vec<FoundRow>>, fx: &mut Effects) {
        self.shelf.set_found(rows);
        if self.view == super::View::Knelpunten {
            self.preview_entry(fx);
        }
    }

    /// The notes that are put to a knelpunt or written on it.
    #[must_use]
    pub fn notes_of_knelpunt(&self, id: &str) -> Vec<NoteId> {
        self.notebook.of_knelpunt(id).map(|n| n.id.clone()).collect()
    }

    pub(super) fn arrange_knelpunten(&mut self) {
        let before = self.knelpunten.list.at();
        let moved = before.and_then(|at| self.knelpunt_listed(self.knelpunten.rows.get(at)?));
        let here = moved.or_else(|| self.knelpunten.here.clone());
        let rows = self.knelpunt_rows();
        let height = |r: &Row| match r {
            Row::Made(..) | Row::Found { under: false, .. } => (2, true),
            Row::Note(_) | Row::Found { under: true, .. } => (1, true),
            Row::Gap | Row::Head(..) => (1, false),
        };
        let at = here.and_then(|h| rows.iter().position(|r| self.knelpunt_listed(r).as_ref() == Some(&h)));
        let view = &mut self.knelpunten;
        view.list.set(rows.iter().map(height));
        if let Some(at) = at {
            view.list.go(at);
        }
        self.knelpunten.here = self.knelpunten.list.at().and_then(|at| self.knelpunt_listed(&rows[at]));
        self.knelpunten.rows = rows;
    }

    fn knelpunt_listed(&self, row: &Row) -> Option<Listed> {
        match row {
            Row::Gap | Row::Head(..) => None,
            Row::Made(i, _) => self.notebook.register.get(*i).map(|m| Listed::Made(m.id.clone())),
            Row::Note(id) => Some(Listed::Note(id.clone())),
            Row::Found { index, .. } => {
                self.shelf.found().get(*index).map(|r| Listed::Found(r.doc, r.found.id.clone()))
            }
        }
    }

    fn knelpunt_rows(&self) -> Vec<Row> {
        let (view, found) = (&self.knelpunten, self.shelf.found());
        let wanted = view.text.to_lowercase();
        let fits = |text: &str| wanted.is_empty() || text.to_lowercase().contains(&wanted);
        let mut rows = Vec::new();
        let made = self.notebook.register.iter().enumerate().filter(|(_, m)| fits(&m.title));
        let made: Vec<usize> = made.map(|(i, _)| i).collect();
        if !made.is_empty() {
            rows.push(Row::Head(Head::Made, made.len()));
        }
        for i in made {
            let m = &self.notebook.register[i];
            let unfolded = view.unfolded.contains(&m.id);
            rows.push(Row::Made(i, unfolded));
            if unfolded {
                let of_it = |(_, r): &(usize, &FoundRow)| m.includes.contains(&r.found.id);
                let includes = found.iter().enumerate().filter(of_it);
                rows.extend(includes.map(|(index, _)| Row::Found { index, under: true }));
                rows.extend(self.notes_of_knelpunt(&m.id).into_iter().map(Row::Note));
            }
        }
        let of = |certainty: Certainty| -> Vec<usize> {
            let fit = |r: &FoundRow| {
                r.found.certainty == certainty
                    && (fits(&r.found.title) || fits(&r.report) || r.org.as_deref().is_some_and(&fits))
            };
            found.iter().enumerate().filter(|(_, r)| fit(r)).map(|(i, _)| i).collect()
        };
        self.found_rows(of(Certainty::Explicit), &mut rows);
        let candidates = if view.candidates { of(Certainty::Candidate) } else { Vec::new() };
        if !candidates.is_empty() {
            gap(&mut rows);
            rows.push(Row::Head(Head::Candidates, candidates.len()));
            rows.extend(candidates.into_iter().map(|index| Row::Found { index, under: false }));
        }
        rows
    }

    /// The report of a found knelpunt in one line.
    #[must_use]
    pub fn report_of_found(&self, row: &FoundRow) -> String {
        let file = || self.shelf.entry(row.doc).map_or("", |e| e.file.as_str());
        let title = if row.report.is_empty() { file() } else { row.report.as_str() };
        report_line(title, row.org.as_deref(), row.year)
    }

    fn found_rows(&self, mut indexes: Vec<usize>, rows: &mut Vec<Row>) {
        let found = self.shelf.found();
        match self.knelpunten.order {
            Order::Report => {
                let report = |i: usize| (found[i].doc, found[i].found.part);
                for same in indexes.chunk_by(|a, b| report(*a) == report(*b)) {
                    let r = &found[same[0]];
                    gap(rows);
                    let head = Head::Report(self.report_of_found(r));
                    rows.push(Row::Head(head, same.len()));
                    rows.extend(same.iter().map(|index| Row::Found { index: *index, under: false }));
                }
                return;
            }
            Order::Title => indexes.sort_by_cached_key(|i| found[*i].found.title.to_lowercase()),
            Order::Year => indexes.sort_by_key(|i| std::cmp::Reverse(found[*i].year)),
            Order::Asks => indexes.sort_by_key(|i| std::cmp::Reverse(found[*i].found.asks.len())),
        }
        if !indexes.is_empty() {
            gap(rows);
            rows.push(Row::Head(Head::Found, indexes.len()));
            rows.extend(indexes.into_iter().map(|index| Row::Found { index, under: false }));
        }
    }

    pub(super) fn knelpunten_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        if self.move_in_list(action, count, fx) {
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
            Action::Filter => view.candidates = !view.candidates,
            Action::Cancel if !view.text.is_empty() => view.text.clear(),
            Action::Open | Action::Left | Action::Right => match view.here.clone() {
                Some(Listed::Made(id)) if action == Action::Open => self.open_dossier(Key::Made(id), fx),
                Some(Listed::Found(doc, id)) if action == Action::Open => self.open_dossier(Key::Found(doc, id), fx),
                Some(Listed::Made(id)) => {
                    view.unfolded.retain(|u| *u != id);
                    if action == Action::Right {
                        view.unfolded.push(id);
                    }
                }
                Some(listed) if action == Action::Open => {
                    if let Some((doc, range)) = self.passage_of(&listed) {
                        self.jump_to_passage(doc, range, fx);
                    }
                }
                _ => {}
            },
            _ => return self.annotate_act(action, fx),
        }
        true
    }
}

/// A blank line, but not at the top.
fn gap(rows: &mut Vec<Row>) {
    if !rows.is_empty() {
        rows.push(Row::Gap);
    }
}

#[cfg(test)]
mod tests;
