//! What the hits can be narrowed to: years, organisations, reports and knelpunten, each with its exact count. Choosing
//! one puts a filter into the box, choosing it again takes it away; several of one kind are alternatives. What is chosen
//! is read from the box, so that there is one owner of what is asked.

use super::super::annotate::found_name;
use super::super::listing::Listing;
use super::super::views::report_line;
use super::filters::{Clause, Facet, chosen, toggled, without};
use super::{App, Effects, Pane};
use crate::doc::Lang;
use crate::keys::Action;
use crate::knelpunt::Found;
use crate::library::DocId;
use crate::search::Facets;
use rustc_hash::FxHashMap;

/// Of so many reports it is looked up whether the title of one stands in that of another; of more, whether two are equal.
const COMPARED: usize = 100;
/// Values of a facet shown before the others are asked for.
const SHOWN: usize = 6;

/// The pane of facets.
#[derive(Clone, Debug, Default)]
pub struct FacetPane {
    /// Its rows.
    pub rows: Vec<FacetRow>,
    /// Where its list stands.
    pub list: Listing,
    /// The reader has put it away; else it stands there by itself where the screen is wide.
    pub hidden: bool,
    /// Facets shown with all their values.
    whole: Vec<Facet>,
    /// What each facet came to without a filter of its own, for which text: choosing one value leaves the others there.
    known: Vec<(Facet, String, Vec<Value>)>,
    built: Option<Built>,
}

/// What the rows were built for.
type Built = (u64, String, Lang, Vec<Facet>);

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FacetRow {
    /// A blank line.
    Gap,
    /// The name of a facet.
    Head(Facet),
    /// A value.
    Value(ValueRow),
    /// So many values more, or fewer again (0).
    More(Facet, usize),
}

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValueRow {
    /// Of which facet.
    pub facet: Facet,
    /// Its name.
    pub name: String,
    /// How many hits have it.
    pub count: u32,
    /// The largest count of the facet.
    pub most: u32,
    /// Its filter stands in the box.
    pub chosen: bool,
    clause: Clause,
}

/// A value with its name and its count.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Value {
    clause: Clause,
    name: String,
    count: u32,
}

impl FacetPane {
    fn value(&self) -> Option<&ValueRow> {
        match self.rows.get(self.list.at()?)? {
            FacetRow::Value(value) => Some(value),
            _ => None,
        }
    }
}

impl App {
    /// Whether the answer can be narrowed at all, or is narrowed now.
    #[must_use]
    pub fn has_facets(&self) -> bool {
        let Some(results) = &self.search.results else { return false };
        let f = &results.facets;
        let any = !(f.orgs.is_empty() && f.years.is_empty() && f.parts.is_empty() && f.knelpunten.is_empty());
        any || {
            let text = self.search.input.text();
            Facet::ALL.into_iter().any(|facet| !chosen(&text, facet).is_empty())
        }
    }

    /// Builds the rows anew when the answer, the text of the box or what is shown in full is another one.
    pub(in crate::app) fn arrange_facets(&mut self) {
        if self.panes.facets.is_empty() {
            return;
        }
        let height = usize::from(self.panes.facets.h.saturating_sub(2));
        let text = self.search.input.text();
        let wanted = Some((self.search.answered, text, self.words.lang(), self.search.facets.whole.clone()));
        if self.search.facets.built != wanted {
            let here = self.search.facets.value().map(|v| v.clause.clone());
            let rows = self.facet_rows();
            let pane = &mut self.search.facets;
            pane.list.set(rows.iter().map(|r| (1, matches!(r, FacetRow::Value(_) | FacetRow::More(..)))));
            let same = |r: &FacetRow| matches!((r, &here), (FacetRow::Value(v), Some(h)) if v.clause.same(h));
            if let Some(row) = rows.iter().position(same) {
                pane.list.go(row);
            }
            pane.rows = rows;
            pane.built = wanted;
        }
        self.search.facets.list.settle(height);
    }

    fn facet_rows(&mut self) -> Vec<FacetRow> {
        let Some(results) = self.search.results.clone() else { return Vec::new() };
        let text = self.search.input.text();
        let mut rows = Vec::new();
        for facet in Facet::ALL {
            let mine = chosen(&text, facet);
            let rest = without(&text, facet);
            let mut values = self.values(facet, &results.facets);
            let known = &mut self.search.facets.known;
            if mine.is_empty() {
                known.retain(|(f, ..)| *f != facet);
                known.push((facet, rest, values.clone()));
            } else if let Some((.., all)) = known.iter().find(|(f, of, _)| *f == facet && *of == rest) {
                values.clone_from(all);
            }
            // what is chosen can be let go, also where nothing is left of it
            for clause in &mine {
                if !values.iter().any(|v| v.clause.same(clause)) {
                    values.push(Value { clause: clause.clone(), name: clause.value().to_owned(), count: 0 });
                }
            }
            let is_chosen = |clause: &Clause| mine.iter().any(|c| c.same(clause));
            let most = values.iter().map(|v| v.count).max().unwrap_or(0);
            let whole = self.search.facets.whole.contains(&facet);
            let count = values.len();
            let shown = |(i, v): (usize, Value)| {
                let chosen = is_chosen(&v.clause);
                let shown = whole || i < SHOWN || chosen;
                let Value { clause, name, count } = v;
                shown.then_some(FacetRow::Value(ValueRow { facet, name, count, most, chosen, clause }))
            };
            let values: Vec<_> = values.into_iter().enumerate().filter_map(shown).collect();
            if values.is_empty() {
                continue;
            }
            if !rows.is_empty() {
                rows.push(FacetRow::Gap);
            }
            rows.push(FacetRow::Head(facet));
            let left = count - values.len();
            rows.extend(values);
            if left > 0 || whole && count > SHOWN {
                rows.push(FacetRow::More(facet, left));
            }
        }
        rows
    }

    /// The values of a facet: years from the latest on, the others by their counts.
    fn values(&self, facet: Facet, facets: &Facets) -> Vec<Value> {
        let value = |clause: Clause, name: String, count: u32| Value { clause, name, count };
        match facet {
            Facet::Org => facets.orgs.iter().map(|(o, n)| value(Clause::new("org", o), o.clone(), *n)).collect(),
            Facet::Year => {
                let years = facets.years.iter().rev().map(|(y, n)| (y.to_string(), *n));
                years.map(|(y, n)| value(Clause::new("year", &y), y, n)).collect()
            }
            Facet::Part => {
                let titles: Vec<String> = self.shelf.reports().map(|(_, _, p)| p.title.to_lowercase()).collect();
                let mut equal: FxHashMap<&str, u32> = FxHashMap::default();
                titles.iter().for_each(|t| *equal.entry(t).or_default() += 1);
                let several = |title: &str| match facets.parts.len() <= COMPARED {
                    true => titles.iter().filter(|t| t.contains(title)).nth(1).is_some(),
                    false => equal.get(title).is_some_and(|n| *n > 1),
                };
                let parts = facets.parts.iter();
                parts.filter_map(|((doc, part), n)| self.part_value(*doc, *part, *n, &several)).collect()
            }
            Facet::Knelpunt => {
                // once through all that were found, not once for each
                let rows = self.shelf.found().iter().map(|r| (r.found.id.as_str(), &r.found));
                let found: FxHashMap<&str, &Found> = rows.collect();
                let named = |id: &String| match found.get(id.as_str()) {
                    Some(found) => found_name(found),
                    None => self.knelpunt_name(id).unwrap_or_else(|| id.clone()),
                };
                facets.knelpunten.iter().map(|(id, n)| value(Clause::new("knelpunt", id), named(id), *n)).collect()
            }
        }
    }

    /// A report: by its title, or by its file when the title says too little.
    fn part_value(&self, doc: DocId, part: u32, count: u32, several: &dyn Fn(&str) -> bool) -> Option<Value> {
        let entry = self.shelf.entry(doc)?;
        let summary = entry.summary()?;
        let part = summary.parts.get(part as usize)?;
        let unique = !part.title.is_empty() && !several(&part.title.to_lowercase());
        let clause = match unique || summary.parts.len() > 1 && !part.title.is_empty() {
            true => Clause::new("report", &part.title),
            false => Clause::new("file", &entry.file),
        };
        let name = report_line(super::super::Shelf::title(entry, part), part.org.as_deref(), part.year);
        Some(Value { clause, name, count })
    }

    /// Whether the value under the cursor is one of those the hits are narrowed to.
    #[must_use]
    pub fn facet_chosen(&self) -> bool {
        self.search.facets.value().is_some_and(|v| v.chosen)
    }

    /// To the facets; from there back to the hits, and where they stand beside them they go away.
    pub(in crate::app) fn turn_facets(&mut self) {
        if self.pane == Pane::Facets {
            self.search.facets.hidden = true;
            self.pane = Pane::Left;
        } else if self.has_facets() {
            self.search.facets.hidden = false;
            self.search.typing = false;
            self.pane = Pane::Facets;
        } else {
            self.say("search.no-facets");
        }
    }

    pub(in crate::app) fn facets_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        let height = usize::from(self.panes.facets.h.saturating_sub(2));
        if self.search.facets.list.act(action, count, height) {
            return true;
        }
        match action {
            Action::Open | Action::MarkEntry => self.choose(fx),
            Action::Facets => self.turn_facets(),
            Action::Cancel | Action::Quit => self.pane = Pane::Left,
            Action::Find => self.start_search(fx),
            _ => return false,
        }
        true
    }

    /// Takes the value under the cursor, or lets it go; or shows more values.
    fn choose(&mut self, fx: &mut Effects) {
        let pane = &mut self.search.facets;
        let Some(row) = pane.list.at().and_then(|at| pane.rows.get(at)) else { return };
        match row {
            FacetRow::Value(value) => {
                let text = self.search.input.text();
                let text = toggled(&text, value.facet, &value.clause, self.words.lang());
                self.search.input.set(&text);
                self.ask(self.search.asked_typing, false, fx);
            }
            FacetRow::More(facet, _) => {
                let facet = *facet;
                match pane.whole.iter().position(|f| *f == facet) {
                    Some(at) => drop(pane.whole.remove(at)),
                    None => pane.whole.push(facet),
                }
            }
            FacetRow::Gap | FacetRow::Head(_) => {}
        }
    }

    /// The mouse points at a line of the facets, and takes what stands there.
    pub(in crate::app) fn point_in_facets(&mut self, y: u16, fx: &mut Effects) {
        let Some(line) = y.checked_sub(self.panes.facets.y + 1) else { return };
        (self.pane, self.search.typing) = (Pane::Facets, false);
        let list = &mut self.search.facets.list;
        if let Some(row) = list.row_at(usize::from(line)) {
            list.go(row);
            if list.at() == Some(row) {
                self.choose(fx);
            }
        }
    }
}
