//! Saved queries and those asked before, as the search view knows them: the files are elsewhere, this is what was last
//! read of them, how many hits each has, and which hits are new since the reader last looked.

use super::super::notebook::Purpose;
use super::super::past;
use super::super::prompt::{Prompt, PromptKind};
use super::super::views::Listed;
use super::super::{Act, App, Effect, Effects, Notice, Overlay, Pane, View};
use super::{Row, listed};
use crate::keys::{Action, Context, sequence_text};
use crate::notes::queries::{SavedQuery, same_name};
use crate::search::{Hit, Sort};
use rustc_hash::FxHashSet;

/// Queries remembered.
const REMEMBERED: usize = 500;
/// Of these shown below an empty box; all of them come with Up.
const SHOWN: usize = 10;
/// Characters of a query that are proposed as its name.
const PROPOSED: usize = 60;

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

/// A saved query as it is listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedRow {
    /// Its name.
    pub name: String,
    /// The query; empty when the name says the same.
    pub query: String,
    /// How many hits it has; empty while that is not known.
    pub hits: String,
    /// How many of them are new; empty when none is.
    pub new: String,
}

impl App {
    /// The saved queries as they are now.
    pub(in crate::app) fn on_queries(&mut self, queries: Vec<SavedQuery>, fx: &mut Effects) {
        self.search.saved.list = queries;
        self.count_queries(fx);
    }

    /// Has the hits of the saved queries counted, when they can be seen.
    pub(in crate::app) fn count_queries(&mut self, fx: &mut Effects) {
        if self.view == View::Search && self.search.input.is_empty() && !self.search.saved.list.is_empty() {
            fx.push(Effect::CountQueries(self.search.saved.list.clone()));
        }
    }

    /// What is new is known: the rows say it.
    pub(in crate::app) fn on_fresh(&mut self, fresh: Fresh, count: Count) {
        self.search.saved.look(fresh, count);
        self.search.built = None;
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

    /// Remembers the query in the box, here and for later sessions.
    pub(super) fn remember_query(&mut self, fx: &mut Effects) {
        let text = self.search.input.text().trim().to_owned();
        if !text.is_empty() && self.search.past.first() != Some(&text) {
            past::remember(&mut self.search.past, &text, REMEMBERED);
            fx.push(Effect::Asked(text));
        }
    }

    /// What an empty box has below it: the saved queries, and the last ones asked.
    pub(super) fn start_rows(&self) -> Vec<Row> {
        let (saved, w) = (&self.search.saved, &self.words);
        let row = |q: &SavedQuery| {
            let count = saved.count(&q.name);
            let more = |c: &Count| if c.more { "+" } else { "" };
            SavedRow {
                name: q.name.clone(),
                query: if same_name(&q.name, &q.query) { String::new() } else { q.query.clone() },
                hits: count.map_or_else(String::new, |c| format!("{}{}", w.number(c.hits as u64), more(c))),
                new: count.filter(|c| c.new > 0).map_or_else(String::new, |c| w.n("saved.count-new", c.new as u64)),
            }
        };
        let mut rows: Vec<Row> = saved.list.iter().map(|q| Row::Saved(row(q))).collect();
        let past = self.search.past.iter().filter(|p| saved.of_query(p).is_none());
        let mut past = past.take(SHOWN).cloned().map(Row::Past).peekable();
        if !rows.is_empty() && past.peek().is_some() {
            rows.push(Row::Gap);
        }
        rows.extend(past);
        rows
    }

    /// The name of the saved query that stands in the box.
    #[must_use]
    pub fn saved_in_box(&self) -> Option<&str> {
        self.search.saved.of_query(&self.search.asked()).map(|q| q.name.as_str())
    }

    /// The name of the saved query that the cursor stands on.
    #[must_use]
    pub fn saved_here(&self) -> Option<String> {
        match self.search.rows.get(self.search.list.at()?)? {
            Row::Saved(row) => Some(row.name.clone()),
            _ => None,
        }
    }

    /// What the keys do about saved queries and those asked before; whether it was one of these.
    pub(super) fn saved_act(&mut self, action: Action, fx: &mut Effects) -> bool {
        let here = self.saved_here().filter(|_| !self.search.typing);
        match (action, here) {
            (Action::SaveSearch, _) => self.name_search(),
            (Action::SavedSearches, _) => self.show_saved(fx),
            (Action::EditNote, Some(name)) => {
                let prompt = Prompt::new(PromptKind::RenameSearch(name.clone()), &name);
                self.overlay = Some(Overlay::Prompt(prompt));
            }
            (Action::Delete, Some(name)) => self.keep(Act::DropQuery(name), fx),
            (Action::Up | Action::Down, _) if self.search.typing => return self.recall_query(action, fx),
            _ => return false,
        }
        true
    }

    /// Up from the first row, with the keys in the box: the query asked before; Down then goes the other way.
    fn recall_query(&mut self, action: Action, fx: &mut Effects) -> bool {
        let search = &mut self.search;
        let first = search.rows.iter().position(Row::stops);
        if search.list.at() != first && first.is_some() {
            return false;
        }
        let line = match action {
            Action::Up => search.recall.older(&search.past, &search.input.text()),
            _ if search.recall.is_on() => search.recall.newer(&search.past),
            _ => return false,
        };
        if let Some(line) = line {
            search.input.set(&line);
            self.ask(false, false, fx);
        }
        true
    }

    /// The list of saved queries: that of the empty box.
    fn show_saved(&mut self, fx: &mut Effects) {
        if self.search.saved.list.is_empty() {
            let key = self.keymap.keys_for(&[Context::SearchBox], Action::SaveSearch).into_iter().next();
            let key = key.map(|k| sequence_text(&k)).unwrap_or_default();
            self.notice = Some(Notice::info(self.words.f("saved.none-here", &[("key", &key)])));
            return;
        }
        self.remember_query(fx);
        self.search.input.set("");
        self.ask(false, false, fx);
        self.pane = Pane::Left;
        self.search.typing = false;
        self.arrange_views();
        self.search.list.restart();
        fx.push(Effect::ReadQueries);
    }

    /// Asks for the name to save the search in the box under, and proposes one.
    fn name_search(&mut self) {
        let query = self.search.asked();
        if query.trim().is_empty() {
            self.say("saved.nothing");
            return;
        }
        let known = self.search.saved.of_query(&query).map(|q| q.name.clone());
        let name = known.unwrap_or_else(|| self.search.input.text().trim().chars().take(PROPOSED).collect());
        self.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::SaveSearch, &name)));
    }

    /// Saves the search in the box; another one of that name makes way.
    pub(in crate::app) fn save_search(&mut self, name: &str, fx: &mut Effects) {
        if name.is_empty() {
            self.say("saved.no-name");
            return;
        }
        let query = self.search.asked().trim().to_owned();
        let sort = if self.search.sort == Sort::default() { String::new() } else { self.search.sort.name().to_owned() };
        let other = self.search.saved.named(name).is_some_and(|q| q.query != query);
        let said = if other { "saved.replaced" } else { "saved.saved" };
        let saved = SavedQuery { name: name.to_owned(), query, sort, created: None };
        self.keep_for(Purpose::Search(saved.clone(), said), Act::SaveQuery(saved), fx);
    }

    pub(in crate::app) fn rename_search(&mut self, from: &str, to: &str, fx: &mut Effects) {
        match to {
            "" => self.say("saved.no-name"),
            to if to == from => {}
            to => self.keep(Act::RenameQuery { from: from.to_owned(), to: to.to_owned() }, fx),
        }
    }

    /// Asks a saved query; its hits that are new since the last time are marked.
    pub(in crate::app) fn open_saved(&mut self, name: &str, fx: &mut Effects) {
        let Some(saved) = self.search.saved.named(name).cloned() else { return };
        self.search.scope = None;
        self.search.sort = Sort::parse(&saved.sort).unwrap_or_default();
        self.search.input.set(&saved.query);
        self.search.typing = false;
        self.ask(false, false, fx);
        fx.push(Effect::LookAt(saved));
    }
}
