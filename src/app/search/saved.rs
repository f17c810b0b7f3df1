//! Saved queries and those asked before, as the search view knows them: the files are elsewhere, this is what was last
//! read of them, how many hits each has, and which hits are new since the reader last looked.

use super::super::views::Listed;
use super::super::{App, Effect, Effects};
use super::listed;
use crate::notes::queries::{SavedQuery, same_name};
use crate::search::Hit;
use rustc_hash::FxHashSet;

/// Queries remembered.
const REMEMBERED: usize = 500;

/// How many hits a saved query has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Its name.
    pub name: String,
    /// Its hits.
    pub hits: usize,
    /// How many of them are new since the reader last looked.
    pub new: usize,
    /// There are more than that; which are new can't be told of those.
    pub more: bool,
}

/// The hits of a query that were new when the reader came to look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// The query as saved.
    pub query: String,
    /// What is new.
    pub new: FxHashSet<Listed>,
}

/// The saved queries.
#[derive(Clone, Debug, Default)]
pub struct Saved {
    /// All of them, in the order of their file.
    pub list: Vec<SavedQuery>,
    counts: Vec<Count>,
    fresh: Option<Fresh>,
}

impl Saved {
    /// The one whose query this is.
    #[must_use]
    pub fn of_query(&self, text: &str) -> Option<&SavedQuery> {
        self.list.iter().find(|q| q.query.trim() == text.trim())
    }

    /// The one of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&SavedQuery> {
        self.list.iter().find(|q| same_name(&q.name, name))
    }

    /// How many hits it has, as far as that is known.
    #[must_use]
    pub fn count(&self, name: &str) -> Option<&Count> {
        self.counts.iter().find(|c| same_name(&c.name, name))
    }

    pub(in crate::app) fn set_counts(&mut self, counts: Vec<Count>) {
        self.counts = counts;
    }

    /// The reader looks at one.
    pub(in crate::app) fn look(&mut self, fresh: Fresh, count: Count) {
        self.counts.retain(|c| !same_name(&c.name, &count.name));
        self.counts.push(count);
        self.fresh = Some(fresh);
    }

    /// Whether a hit of this query was new when the reader came to look.
    #[must_use]
    pub fn is_fresh(&self, query: &str, hit: &Hit) -> bool {
        let fresh = self.fresh.as_ref().filter(|f| !f.new.is_empty() && f.query.trim() == query.trim());
        fresh.is_some_and(|f| listed(hit).is_some_and(|l| f.new.contains(&l)))
    }
}

impl App {
    /// The saved queries as they are now.
    pub(in crate::app) fn on_queries(&mut self, queries: Vec<SavedQuery>, fx: &mut Effects) {
        self.search.saved.list = queries;
        self.count_queries(fx);
    }

    /// Has the hits of the saved queries counted, when they can be seen.
    pub(in crate::app) fn count_queries(&mut self, fx: &mut Effects) {
        if self.view == super::super::View::Search && !self.search.saved.list.is_empty() {
            fx.push(Effect::CountQueries(self.search.saved.list.clone()));
        }
    }

    /// What was asked in earlier sessions comes after what has been asked in this one.
    pub(in crate::app) fn on_past(&mut self, queries: Vec<String>) {
        let past = &mut self.search.past;
        for query in queries {
            if !past.contains(&query) {
                past.push(query);
            }
        }
        past.truncate(REMEMBERED);
    }
}
