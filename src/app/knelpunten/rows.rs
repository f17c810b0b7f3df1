//! The rows of the view: the made ones as a tree, with what is put to them where that is unfolded, then the found ones.

use super::{Head, Order, Row, Show, Under};
use crate::app::annotate::found_name;
use crate::app::views::{Listed, report_line};
use crate::app::{App, FoundRow};
use crate::knelpunt::Certainty;
use crate::knelpunt::register::{Made, tree};
use crate::notes::{Note, NoteId, TargetKind};
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// What is known of a made knelpunt in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Notes put to it or written on it, or on a found one that it brings together.
    pub own: usize,
    /// The same with all that is part of it, each note once.
    pub all: usize,
    /// The first and the last year of the reports they are on, and of the found ones, with all that is part of it.
    pub years: Option<(i32, i32)>,
}

impl App {
    /// What is known of each made knelpunt in numbers, in the order of the register.
    pub(super) fn tallies(&self) -> Vec<Tally> {
        let register = &self.notebook.register;
        let mut out = vec![Tally::default(); register.len()];
        let at: FxHashMap<&str, usize> = register.iter().enumerate().map(|(i, m)| (m.id.as_str(), i)).collect();
        let mut means: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (i, m) in register.iter().enumerate() {
            let former = m.formerly.iter().filter(|id| !at.contains_key(id.as_str()));
            for id in [&m.id].into_iter().chain(former).chain(&m.includes) {
                means.entry(id).or_default().push(i);
            }
        }
        // each with all that it is part of
        let lines: Vec<Vec<usize>> = register
            .iter()
            .enumerate()
            .map(|(i, m)| {
                let above = tree::above(register, &m.id).into_iter().filter_map(|id| at.get(id).copied());
                std::iter::once(i).chain(above).collect()
            })
            .collect();
        let mut seen = |own: &[usize], year: Option<i32>, count: usize| {
            let mut all: Vec<usize> = own.iter().flat_map(|i| &lines[*i]).copied().collect();
            all.sort_unstable();
            all.dedup();
            own.iter().for_each(|i| out[*i].own += count);
            for i in all {
                out[i].all += count;
                if let Some(year) = year {
                    let (first, last) = out[i].years.unwrap_or((year, year));
                    out[i].years = Some((first.min(year), last.max(year)));
                }
            }
        };
        for note in self.notebook.all() {
            let mut own: Vec<usize> = named(note).filter_map(|id| means.get(id)).flatten().copied().collect();
            own.sort_unstable();
            own.dedup();
            seen(&own, note.target.report.as_ref().and_then(|r| r.year), 1);
        }
        for row in self.shelf.found() {
            if let Some(own) = means.get(row.found.id.as_str()) {
                seen(own, row.year, 0);
            }
        }
        out
    }

    /// The notes that are put to a knelpunt or written on it.
    #[must_use]
    pub fn notes_of_knelpunt(&self, id: &str) -> Vec<NoteId> {
        self.notebook.of_knelpunt(id).map(|n| n.id.clone()).collect()
    }

    pub(super) fn knelpunt_listed(&self, row: &Row) -> Option<Listed> {
        match row {
            Row::Gap | Row::Head(..) => None,
            Row::Made { index, .. } => self.notebook.register.get(*index).map(|m| Listed::Made(m.id.clone())),
            Row::Note(id, _) => Some(Listed::Note(id.clone())),
            Row::Found { index, .. } => {
                self.shelf.found().get(*index).map(|r| Listed::Found(r.doc, r.found.id.clone()))
            }
        }
    }

    pub(super) fn knelpunt_rows(&self, tallies: &[Tally]) -> Vec<Row> {
        let view = &self.knelpunten;
        let wanted = view.text.to_lowercase();
        let fits = |text: &str| wanted.is_empty() || text.to_lowercase().contains(&wanted);
        let mut rows = Vec::new();
        self.made_rows(tallies, &fits, &mut rows);
        if view.show == Show::Made {
            return rows;
        }
        let found = self.shelf.found();
        let of = |certainty: Certainty| -> Vec<usize> {
            let fit = |r: &FoundRow| {
                r.found.certainty == certainty
                    && (fits(&found_name(&r.found)) || fits(&r.report) || r.org.as_deref().is_some_and(&fits))
            };
            found.iter().enumerate().filter(|(_, r)| fit(r)).map(|(i, _)| i).collect()
        };
        self.found_rows(of(Certainty::Explicit), &mut rows);
        let candidates = if view.show == Show::Candidates { of(Certainty::Candidate) } else { Vec::new() };
        if !candidates.is_empty() {
            gap(&mut rows);
            rows.push(Row::Head(Head::Candidates, candidates.len()));
            rows.extend(candidates.into_iter().map(|index| Row::Found { index, under: None }));
        }
        rows
    }

    /// The made ones: while the list is filtered those that fit, with what they are part of.
    fn made_rows(&self, tallies: &[Tally], fits: &dyn Fn(&str) -> bool, rows: &mut Vec<Row>) {
        let (view, register) = (&self.knelpunten, &self.notebook.register);
        let place = |m: &Made| register.iter().position(|r| r.id == m.id).unwrap_or(0);
        let year = |m: &Made| tallies[place(m)].years.map(|(_, last)| last);
        let branches = tree::tree(register, |a, b| match view.order {
            Order::Report => std::cmp::Ordering::Equal,
            Order::Title => a.title.to_lowercase().cmp(&b.title.to_lowercase()),
            Order::Year => Reverse(year(a)).cmp(&Reverse(year(b))),
            Order::Asks => Reverse(tallies[place(a)].all).cmp(&Reverse(tallies[place(b)].all)),
        });
        let mut wanted: Vec<&str> = Vec::new();
        for made in register.iter().filter(|m| m.names().any(fits)) {
            wanted.push(&made.id);
            wanted.extend(tree::above(register, &made.id));
        }
        if !wanted.is_empty() {
            let n = register.iter().filter(|m| wanted.contains(&m.id.as_str())).count();
            rows.push(Row::Head(Head::Made, n));
        }
        // everything deeper than this is folded away
        let mut folded: Option<usize> = None;
        for branch in &branches {
            let made = &register[branch.index];
            if folded.is_some_and(|depth| branch.depth > depth) || !wanted.contains(&made.id.as_str()) {
                continue;
            }
            let closed = view.text.is_empty() && view.folded.contains(&made.id);
            folded = (closed && branch.children).then_some(branch.depth);
            let unfolded = view.unfolded.contains(&made.id);
            let (index, depth) = (branch.index, branch.depth);
            rows.push(Row::Made { index, depth, children: branch.children, open: folded.is_none(), unfolded });
            if unfolded {
                let under = Under { made: index, depth: depth + 1 };
                let found = self.shelf.found().iter().enumerate();
                let includes = found.filter(|(_, r)| made.includes.contains(&r.found.id));
                rows.extend(includes.map(|(index, _)| Row::Found { index, under: Some(under) }));
                rows.extend(self.notes_of_knelpunt(&made.id).into_iter().map(|id| Row::Note(id, under)));
            }
        }
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
                    rows.extend(same.iter().map(|index| Row::Found { index: *index, under: None }));
                }
                return;
            }
            Order::Title => indexes.sort_by_cached_key(|i| found[*i].found.title.to_lowercase()),
            Order::Year => indexes.sort_by_key(|i| Reverse(found[*i].year)),
            Order::Asks => indexes.sort_by_key(|i| Reverse(found[*i].found.asks.len())),
        }
        if !indexes.is_empty() {
            gap(rows);
            rows.push(Row::Head(Head::Found, indexes.len()));
            rows.extend(indexes.into_iter().map(|index| Row::Found { index, under: None }));
        }
    }
}

/// The ids of knelpunten that a note names: those it is put to, and the one it is on.
fn named(note: &Note) -> impl Iterator<Item = &str> {
    let on = match &note.target.kind {
        TargetKind::Knelpunt(id) => Some(id.as_str()),
        _ => None,
    };
    note.knelpunten.iter().map(String::as_str).chain(on)
}

/// A blank line, but not at the top.
fn gap(rows: &mut Vec<Row>) {
    if !rows.is_empty() {
        rows.push(Row::Gap);
    }
}
