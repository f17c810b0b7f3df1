//! What the keys do in the box and among the hits.

use super::super::views::Listed;
use super::{App, Effects, Pane, Row, listed};
use crate::keys::Action;
use crate::search::Sort;

impl App {
    /// Tab: box, hits, preview, the facets where they stand beside it, and round.
    pub(in crate::app) fn turn_search(&mut self, by: i32, fx: &mut Effects) {
        let at = match (self.pane, self.search.typing) {
            (Pane::Left, true) => 0,
            (Pane::Left, false) => 1,
            (Pane::Facets, _) => 3,
            _ => 2,
        };
        let beside = !self.panes.facets.is_empty() && !self.panes.text.is_empty();
        let stops = if beside { 4 } else { 3 };
        let stop = if at < stops { (at + by).rem_euclid(stops) } else { 1 };
        if at == 0 {
            self.remember_query(fx);
        }
        self.pane = match stop {
            3 => Pane::Facets,
            2 => Pane::Text,
            _ => Pane::Left,
        };
        self.search.typing = stop == 0;
    }

    pub(in crate::app) fn search_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        if self.saved_act(action, fx) {
            return true;
        }
        if self.move_in_list(action, count, fx) {
            self.more_hits(fx);
            return true;
        }
        match action {
            Action::NextHit => return self.search_act(Action::Down, count, fx),
            Action::PrevHit => return self.search_act(Action::Up, count, fx),
            Action::Open => self.open_hit(fx),
            Action::Find => self.start_search(fx),
            Action::Filter => self.turn_scope(fx),
            Action::Facets => self.turn_facets(),
            Action::Suggestion => self.take_suggestion(fx),
            Action::Sort => {
                self.search.sort = match self.search.sort {
                    Sort::Score => Sort::Year,
                    Sort::Year => Sort::Order,
                    Sort::Order => Sort::Score,
                };
                self.ask(self.search.asked_typing, false, fx);
            }
            Action::Grouping => {
                self.search.one_list = !self.search.one_list;
                self.preview_entry(fx);
            }
            Action::Right | Action::Left => self.fold_hit(action == Action::Right, fx),
            Action::MarkEntry => {
                let here = self.search.listed();
                App::mark_entry(&mut self.search.marked, here, &mut self.search.list);
                self.preview_entry(fx);
                self.more_hits(fx);
            }
            Action::MarkAll => self.mark_all(),
            Action::Cancel if !self.search.marked.is_empty() && !self.search.typing => self.search.marked.clear(),
            Action::Cancel => {
                self.remember_query(fx);
                self.search.live = false;
                self.go_view(super::View::Read, fx);
            }
            _ => return self.annotate_act(action, fx),
        }
        true
    }

    /// Whether the hit of the cursor stands elsewhere too, which is not shown now.
    #[must_use]
    pub fn hit_stands_elsewhere(&self) -> bool {
        let hit = self.search.list.at().and_then(|at| self.search.hit(at));
        hit.is_some_and(|h| !h.also.is_empty() && !self.search.is_unfolded(h))
    }

    /// Shows the other places of the hit of the cursor below it, or no longer.
    fn fold_hit(&mut self, unfold: bool, fx: &mut Effects) {
        let search = &mut self.search;
        let Some(at) = search.list.at() else { return };
        // from one of the other places: those of its hit
        let head = (0..=at).rev().find(|r| matches!(search.rows.get(*r), Some(Row::Hit(_)))).unwrap_or(at);
        let hit = search.hit(head).filter(|h| !h.also.is_empty());
        let Some(key) = hit.and_then(listed) else {
            self.say(if unfold { "search.nowhere-else" } else { "search.nothing-to-fold" });
            return;
        };
        search.unfolded.retain(|l| *l != key);
        if unfold {
            search.unfolded.push(key);
        } else {
            search.list.go(head);
        }
        self.preview_entry(fx);
    }

    /// Marks all that the list shows; when all of it is marked, none.
    fn mark_all(&mut self) {
        let search = &mut self.search;
        let mut all: Vec<Listed> = Vec::new();
        for l in (0..search.rows.len()).filter_map(|r| search.listed_row(r)) {
            if !all.contains(&l) {
                all.push(l);
            }
        }
        if all.iter().all(|l| search.marked.contains(l)) {
            search.marked.clear();
            return;
        }
        search.marked = all;
        let (shown, total) = (search.shown(), search.results.as_ref().map_or(0, |r| r.total));
        if shown < total {
            let w = &self.words;
            let marked = self.search.marked.len() as u64;
            let text = w.f("search.marked-shown", &[("n", &w.number(marked)), ("total", &w.number(total))]);
            self.notice = Some(super::Notice::info(text));
        }
    }

    /// Asks what was suggested.
    pub(in crate::app) fn take_suggestion(&mut self, fx: &mut Effects) {
        match self.search.results.as_ref().and_then(|r| r.suggestion.clone()) {
            Some(query) => {
                self.remember_query(fx);
                self.search.input.set(&query);
                self.ask(false, false, fx);
            }
            None => self.say("search.no-suggestion"),
        }
    }

    /// Enter: a query of before is asked again, a hit is read.
    fn open_hit(&mut self, fx: &mut Effects) {
        let Some(at) = self.search.list.at() else { return };
        if let Some(Row::Past(text)) = self.search.rows.get(at) {
            let text = text.clone();
            self.search.input.set(&text);
            self.ask(false, false, fx);
            return;
        }
        if let Some(name) = self.saved_here() {
            self.open_saved(&name, fx);
            return;
        }
        self.remember_query(fx);
        let Some(listed) = self.search.listed() else { return };
        match (self.passage_of(&listed), listed) {
            (Some((doc, range)), _) => {
                self.search.typing = false;
                self.jump_to_passage(doc, range, fx);
            }
            (None, Listed::Note(id)) => self.show_note(&id, fx),
            (None, _) => {}
        }
    }
}
