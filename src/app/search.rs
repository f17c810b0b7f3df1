//! The search view: a box that asks with every key, the hits by report and section, and the passage of the hit under the
//! cursor beside them.

use super::listing::Listing;
use super::past::Recall;
use super::textbox::TextBox;
use super::views::{Listed, report_line};
use super::{App, Effect, Effects, Notice, OpenDoc, Pane, Shelf, View};
use crate::doc::{Lang, TextRange};
use crate::keys::Key;
use crate::library::DocId;
use crate::notes::NoteId;
use crate::search::{Hit, HitKind, Query, Results, Sort, Sought};
use rustc_hash::FxHashMap;
use std::sync::Arc;

mod act;
pub mod facets;
pub mod filters;
mod head;
mod rows;
pub mod saved;
pub use head::Years;
pub(super) use rows::snippet_rows;
pub use rows::{BETWEEN, CUT, HitRow, Meta, Row};

/// Hits asked for at first: what fits a screen, and a bit.
const FIRST: usize = 20;
/// Hits more, each time the cursor nears the end.
const MORE: usize = 100;
/// So many hits before the last one more are asked for.
const NEAR: usize = 10;

/// One report only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Its name, as shown.
    pub name: String,
    /// The filter that says so in the query language.
    filter: String,
}

/// The search view.
#[derive(Clone, Debug)]
pub struct SearchView {
    /// The box has the keys.
    pub typing: bool,
    /// The box.
    pub input: TextBox,
    /// Only this report; `None` searches everything.
    pub scope: Option<Scope>,
    /// In which order.
    pub sort: Sort,
    /// The query of the answer on the screen, or of the one awaited when there is none yet.
    pub query: Query,
    /// The answer on the screen.
    pub results: Option<Arc<Results>>,
    /// Why there is no answer.
    pub problem: Option<String>,
    /// An answer is awaited.
    pub waiting: bool,
    /// The rows of the list.
    pub rows: Vec<Row>,
    /// Where the list stands.
    pub list: Listing,
    /// The hits stand as one list, not by report.
    pub one_list: bool,
    /// Hits whose other places are shown below them.
    unfolded: Vec<Listed>,
    /// What they can be narrowed to.
    pub facets: facets::FacetPane,
    /// Marked hits.
    pub marked: Vec<Listed>,
    /// Queries asked before, the last one first.
    pub past: Vec<String>,
    /// Where the box stands among them.
    recall: Recall,
    /// The saved ones.
    pub saved: saved::Saved,
    /// The hits are shown in the navigator and marked in the text.
    pub live: bool,
    /// Counts questions; answers of older ones are dropped.
    generation: u64,
    /// The question whose answer goes on with the list on the screen instead of beginning anew.
    goes_on: bool,
    /// The last word of the question on the screen was taken as the beginning of one. Asked again it is taken so again:
    /// a note made meanwhile must not take hits away.
    asked_typing: bool,
    limit: usize,
    /// Where hits begin in each document, ascending.
    places: FxHashMap<DocId, Vec<u32>>,
    /// What the rows were built for: generation of the answer, width, language, as one list, how many are unfolded.
    built: Option<(u64, u16, Lang, bool, usize)>,
    answered: u64,
}

impl Default for SearchView {
    fn default() -> Self {
        SearchView {
            typing: false,
            input: TextBox::line(""),
            scope: None,
            sort: Sort::Score,
            query: Query::default(),
            results: None,
            problem: None,
            waiting: false,
            rows: Vec::new(),
            list: Listing::default(),
            one_list: false,
            unfolded: Vec::new(),
            facets: facets::FacetPane::default(),
            marked: Vec::new(),
            past: Vec::new(),
            recall: Recall::default(),
            saved: saved::Saved::default(),
            live: false,
            generation: 0,
            goes_on: false,
            asked_typing: false,
            limit: FIRST,
            places: FxHashMap::default(),
            built: None,
            answered: 0,
        }
    }
}

impl SearchView {
    /// Hits in a document while a search is live.
    #[must_use]
    pub fn hits_in_doc(&self, doc: DocId) -> u32 {
        let results = self.results.as_ref().filter(|_| self.live);
        results.and_then(|r| r.per_doc.iter().find(|(d, _)| *d == doc)).map_or(0, |(_, n)| *n)
    }

    /// Hits in a part of a document while a search is live, as far as they are known.
    #[must_use]
    pub fn hits_in_section(&self, doc: DocId, range: TextRange) -> u32 {
        let Some(places) = self.places.get(&doc).filter(|_| self.live) else { return 0 };
        let before = |byte: u32| places.partition_point(|p| *p < byte);
        (before(range.end) - before(range.start)) as u32
    }

    /// How many passages and notes are shown: a hit, and the other places it names.
    #[must_use]
    pub fn shown(&self) -> u64 {
        let hits = self.results.as_ref().map(|r| r.hits.as_slice()).unwrap_or_default();
        hits.iter().map(|h| 1 + h.also.len() as u64).sum()
    }

    /// The hit of a row.
    #[must_use]
    pub fn hit(&self, row: usize) -> Option<&Hit> {
        match self.rows.get(row)? {
            Row::Hit(h) => self.results.as_ref()?.hits.get(h.index),
            _ => None,
        }
    }

    pub(super) fn listed(&self) -> Option<Listed> {
        self.listed_row(self.list.at()?)
    }

    /// Whether what a row stands for is marked.
    #[must_use]
    pub fn is_marked(&self, row: usize) -> bool {
        !self.marked.is_empty() && self.listed_row(row).is_some_and(|l| self.marked.contains(&l))
    }

    /// The text of the query as it is asked: the scope, then what was typed.
    fn asked(&self) -> String {
        let text = self.input.text();
        match &self.scope {
            Some(scope) if !text.trim().is_empty() => format!("{} {text}", scope.filter),
            _ => text,
        }
    }

    fn take_answer(&mut self, results: Arc<Results>) {
        self.places.clear();
        for hit in results.hits.iter().filter(|h| h.kind == HitKind::Text) {
            if let Some(doc) = hit.doc {
                self.places.entry(doc).or_default().push(hit.range.start);
            }
        }
        self.places.values_mut().for_each(|p| p.sort_unstable());
        self.results = Some(results);
        self.problem = None;
        self.live = true;
    }
}

/// What a hit stands for.
#[must_use]
pub fn listed(hit: &Hit) -> Option<Listed> {
    match (&hit.note, hit.doc) {
        (Some(id), _) => NoteId::parse(id).map(Listed::Note),
        (None, Some(doc)) => Some(Listed::Passage(doc, hit.range)),
        (None, None) => None,
    }
}

impl App {
    /// From anywhere to the box.
    pub(super) fn start_search(&mut self, fx: &mut Effects) {
        if self.view != View::Search {
            self.go_view(View::Search, fx);
        }
        self.pane = Pane::Left;
        self.search.typing = true;
    }

    /// The view has come on the screen: with nothing asked the box has the keys.
    pub(super) fn enter_search(&mut self, fx: &mut Effects) {
        fx.push(Effect::ReadQueries);
        self.search.typing = self.search.results.is_none();
        self.search.live = self.search.results.is_some();
        if self.search.scope.is_some() && self.scope_here() != self.search.scope {
            self.search.scope = None;
            self.ask(false, false, fx);
        }
    }

    pub(super) fn search_key(&mut self, key: Key, fx: &mut Effects) {
        if self.search.input.key(key) {
            self.search.recall.restart();
            self.ask(true, false, fx);
        }
    }

    pub(super) fn search_paste(&mut self, text: &str, fx: &mut Effects) {
        if self.search.input.paste(text) {
            self.search.recall.restart();
            self.ask(true, false, fx);
        }
    }

    /// The index has changed: the same question again, the list goes on where it stands.
    pub(super) fn search_again(&mut self, fx: &mut Effects) {
        self.count_queries(fx);
        if self.search.results.is_some() || self.search.problem.is_some() || self.search.waiting {
            self.ask(self.search.asked_typing, true, fx);
        }
    }

    /// Asks what stands in the box. `goes_on`: the list keeps its place.
    fn ask(&mut self, typing: bool, goes_on: bool, fx: &mut Effects) {
        let search = &mut self.search;
        search.generation += 1;
        let query = Query::parse(&search.asked());
        if !goes_on {
            search.limit = FIRST;
        }
        // what is marked is seen: another question has other hits
        if query != search.query {
            search.marked.clear();
            search.unfolded.clear();
        }
        search.query = query;
        if search.query.is_empty() {
            search.results = None;
            search.problem = None;
            search.waiting = false;
            search.live = false;
            search.places.clear();
            search.answered = search.generation;
            search.list.restart();
            self.count_queries(fx);
            return;
        }
        search.goes_on = goes_on;
        search.asked_typing = typing;
        search.waiting = true;
        fx.push(Effect::Search {
            generation: search.generation,
            query: search.query.clone(),
            sort: search.sort,
            typing,
            limit: search.limit,
        });
    }

    pub(super) fn on_results(&mut self, generation: u64, answer: Result<Arc<Results>, String>, fx: &mut Effects) {
        if generation != self.search.generation || !self.search.waiting {
            return;
        }
        self.search.waiting = false;
        let kept = self.search.listed().filter(|_| self.search.goes_on);
        self.search.answered = generation;
        match answer {
            Ok(results) => self.search.take_answer(results),
            Err(reason) => {
                self.search.results = None;
                self.search.places.clear();
                self.search.problem = Some(reason);
            }
        }
        if self.view != View::Search {
            return;
        }
        self.arrange_views();
        match kept {
            None => self.search.list.restart(),
            Some(kept) => {
                let search = &mut self.search;
                let same = |r: &usize| search.listed_row(*r).as_ref() == Some(&kept);
                if let Some(row) = (0..search.rows.len()).find(same) {
                    search.list.go(row);
                }
            }
        }
        self.preview_entry(fx);
    }

    /// More hits when the cursor nears the last one known.
    fn more_hits(&mut self, fx: &mut Effects) {
        let search = &mut self.search;
        let (Some(results), Some(at)) = (&search.results, search.list.at()) else { return };
        let left = search.rows[at..].iter().filter(|r| matches!(r, Row::Hit(_))).count();
        let known = results.hits.len();
        if left <= NEAR && !search.waiting && (known as u64) < results.total && known >= search.limit {
            search.limit = known + MORE;
            self.ask(self.search.asked_typing, true, fx);
        }
    }

    /// The report that was being read, as a scope.
    fn scope_here(&self) -> Option<Scope> {
        let spot = self.place_in_text()?;
        let entry = self.shelf.entry(spot.doc)?;
        let part = entry.summary()?.parts.iter().rev().find(|p| p.range.start <= spot.byte)?;
        let value = |text: &str| text.replace(['"', '\\'], " ");
        let filter = match part.title.is_empty() {
            true => format!("file:\"{}\"", value(&entry.file)),
            false => format!("report:\"{}\"", value(&part.title)),
        };
        let name = report_line(Shelf::title(entry, part), part.org.as_deref(), part.year);
        Some(Scope { name, filter })
    }

    /// This report, or everything again.
    fn turn_scope(&mut self, fx: &mut Effects) {
        self.search.scope = match self.search.scope {
            Some(_) => None,
            None => self.scope_here(),
        };
        if self.search.scope.is_none() && self.place_in_text().is_none() {
            self.notice = Some(Notice::info(self.words.t("search.no-report")));
        }
        self.ask(self.search.typing, false, fx);
    }

    /// Marks in a document what the search found it by, while the search is live.
    pub(super) fn mark_searched(&mut self, doc: &Arc<OpenDoc>, fx: &mut Effects) {
        let sought = Sought::Words { query: self.search.query.clone(), open: self.search.asked_typing };
        if self.search.live && self.reader.hits.of.as_ref() != Some(&sought) {
            self.find_in(doc.clone(), sought, fx);
        }
    }
}

#[cfg(test)]
mod tests;
