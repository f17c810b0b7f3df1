//! The queue of notes whose place has to be looked at: moved, changed, uncertain, not found; a note once for every edition
//! in which it is so. It is the view of notes under the filter *review*: the queue at the left, beside it what stood there,
//! what stands there now and why it is asked (or the text itself, to select a place by hand).
//!
//! Nothing here decides for the reader. What was accepted or left stands in the note, and is no longer in the queue.

use super::notes::Filter;
use super::views::report_line;
use super::{Act, App, Effects, Notice, OpenDoc, Pane, Settled, Spot, View};
use crate::doc::{DocId, Edition, TextRange};
use crate::keys::Action;
use crate::library::editions::ReportId;
use crate::notes::anchor::{Kin, State};
use crate::notes::{Located, Note, NoteId, PlaceFound, TargetKind, describe};
use rustc_hash::{FxHashMap, FxHashSet};

/// Candidates that have a digit.
pub const CANDIDATES: usize = 9;
/// Characters of context taken of the new text when the note holds none.
const CONTEXT: usize = 64;

/// Characters more, so that words at the edge find their like.
const MORE: usize = 24;

/// A note in an edition.
pub type Key = (NoteId, Edition);

/// What is to be looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The note and the edition.
    pub key: Key,
    /// The document.
    pub doc: DocId,
    /// Where it stands among all that is located.
    at: usize,
}

/// The state of the queue.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// What is to be looked at, by report and place.
    pub items: Vec<Item>,
    /// The one of the cursor.
    pub here: Option<Key>,
    /// Which of its places is shown.
    pub choice: usize,
    /// Those that are marked, for one act on all.
    pub marked: FxHashSet<Key>,
    /// How many there are by document.
    by_doc: FxHashMap<DocId, u32>,
    /// All that ever was in the queue, once it is known: what comes in later is told.
    seen: Option<FxHashSet<Key>>,
    /// The notes that were located then: of one just made the reader needn't be told.
    known: FxHashSet<NoteId>,
}

/// What the reader judges by.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// What it was made on: its words, and what stood before and after.
    pub old: [String; 3],
    /// What stands at the place shown, with what stands before and after; `None` when there is no place.
    pub new: Option<[String; 3]>,
    /// Report, section and page when it was made.
    pub then: String,
    /// Report, section and page of the place shown.
    pub now: String,
    /// The places it could have, each with its section and first words.
    pub choices: Vec<(String, String)>,
}

impl App {
    /// Whether the queue is on the screen.
    #[must_use]
    pub fn reviewing(&self) -> bool {
        self.view == View::Notes && self.notes.filter == Filter::Review
    }

    /// How many notes of a document are to be looked at.
    #[must_use]
    pub fn to_review_in(&self, doc: DocId) -> u32 {
        self.review.by_doc.get(&doc).copied().unwrap_or(0)
    }

    /// The item of the cursor, as it was located.
    #[must_use]
    pub fn review_here(&self) -> Option<(&Note, &Located)> {
        let here = self.review.here.as_ref()?;
        self.reviewed(self.review.items.iter().find(|i| i.key == *here)?)
    }

    /// The note of an item, and how it stands.
    #[must_use]
    pub fn reviewed(&self, item: &Item) -> Option<(&Note, &Located)> {
        Some((self.notebook.note(&item.key.0)?, self.notebook.located().get(item.at)?))
    }

    /// Finds what is to be looked at.
    pub(super) fn arrange_review(&mut self) {
        let mut items: Vec<Item> = Vec::new();
        let mut seen: FxHashSet<Key> = FxHashSet::default();
        for (at, located) in self.notebook.located().iter().enumerate() {
            let doubtful = matches!(located.state, State::Moved | State::Changed | State::Uncertain | State::Orphan);
            let (true, Some(doc), Some(edition)) = (doubtful, located.doc, located.edition) else { continue };
            // what became of somebody else's note is for them to say
            let own = self.notebook.stored(&located.note).filter(|s| s.owner.is_none());
            let Some(note) = own.map(|s| &s.note) else { continue };
            let key = (located.note.clone(), edition);
            // several copies of one content ask once
            if note.said_of(edition).is_none() && located.kin < Kin::Edition && seen.insert(key.clone()) {
                items.push(Item { key, doc, at });
            }
        }
        let located = self.notebook.located();
        let order = |i: &Item| {
            let l = &located[i.at];
            let place = l.place.as_ref().or(l.candidates.first()).map_or(u32::MAX, |p| p.range.start);
            (l.year, l.file.clone(), place, i.key.0.clone())
        };
        items.sort_by_cached_key(order);
        let mut by_doc: FxHashMap<DocId, u32> = FxHashMap::default();
        items.iter().for_each(|i| *by_doc.entry(i.doc).or_default() += 1);
        self.review.marked.retain(|k| seen.contains(k));
        self.review.by_doc = by_doc;
        self.review.items = items;
    }

    /// How notes stand has been looked at: tells what is new in the queue.
    pub(super) fn tell_review(&mut self) {
        self.arrange_review();
        let keys: FxHashSet<Key> = self.review.items.iter().map(|i| i.key.clone()).collect();
        let fresh = match &self.review.seen {
            Some(seen) => keys.iter().filter(|k| !seen.contains(*k) && self.review.known.contains(&k.0)).count() as u64,
            None => 0,
        };
        self.review.seen.get_or_insert_default().extend(keys);
        self.review.known = self.notebook.located().iter().map(|l| l.note.clone()).collect();
        if fresh > 0 && !self.reviewing() {
            let key = self.key_text(Action::Review);
            let text = format!("{}: {key}", self.words.n("review.came-in", fresh));
            self.tell(Notice::info(text));
        }
    }

    /// To the queue, from anywhere.
    pub(super) fn open_review(&mut self, fx: &mut Effects) {
        self.notes.filter = Filter::Review;
        self.notes.text.clear();
        self.go_view(View::Notes, fx);
    }

    /// The cursor of the queue stands on this.
    pub(super) fn review_at(&mut self, here: Option<Key>) {
        if self.review.here != here {
            self.review.here = here;
            self.review.choice = 0;
        }
    }

    /// Where the text beside the queue stands: the place shown; without one, the beginning of the section it stood in.
    pub(super) fn review_place(&self) -> Option<(DocId, TextRange)> {
        let (note, located) = self.review_here()?;
        let doc = located.doc?;
        let range = choices(located).get(self.review.choice).map(|p| p.range);
        let section = || {
            let open = self.shelf.open(doc)?;
            let last = note.target.section.last()?;
            let (_, section) = open.doc.outline().iter().find(|(_, s)| s.label() == *last)?;
            Some(TextRange::at(section.range.start))
        };
        Some((doc, range.or_else(section).unwrap_or(TextRange::at(0))))
    }

    /// Of the item of the cursor: the report the note was made on, the edition that is looked at, and a place to look.
    /// `None` where the report it was made on is no longer in the library beside it.
    pub(super) fn reviewed_editions(&self) -> Option<(ReportId, ReportId, Option<Spot>)> {
        let (note, here) = self.review_here().filter(|_| self.reviewing())?;
        let home = self.notebook.located_of(&note.id).iter().find(|l| l.home)?;
        let report = |l: &Located| l.doc.map(|doc| ReportId { doc, part: l.part });
        let spot = |doc: Option<DocId>, place: &PlaceFound| doc.map(|doc| Spot { doc, byte: place.range.start });
        let (old, new) = (report(home)?, report(here)?);
        let place = choices(here).get(self.review.choice).and_then(|place| spot(here.doc, place));
        let place = place.or_else(|| home.place.as_ref().and_then(|place| spot(home.doc, place)));
        (old != new).then_some((old, new, place))
    }

    /// What the reader judges by, of the item of the cursor.
    #[must_use]
    pub fn judged(&self) -> Option<Judged> {
        let (note, located) = self.review_here()?;
        let open = located.doc.and_then(|d| self.shelf.open(d)).filter(|o| Some(o.edition()) == located.edition);
        let (prefix, suffix) = note.target.quote().map_or(("", ""), |q| (q.prefix.as_str(), q.suffix.as_str()));
        let old = [prefix, &self.target_words(&note.target), suffix].map(line);
        let choices = choices(located);
        let place = choices.get(self.review.choice).copied();
        let new = place.map(|place| {
            let words = match &note.target.kind {
                TargetKind::Passage(_) => place.text.as_str(),
                // of a section its heading stands for it
                _ => place.text.lines().next().unwrap_or(""),
            };
            let length = |text: &str| if text.is_empty() { CONTEXT } else { text.chars().count() };
            let around = |open: &std::sync::Arc<OpenDoc>| {
                let text = open.doc.text();
                let (before, after) = (text.get(..place.range.start as usize), text.get(place.range.end as usize..));
                (
                    last_of(before.unwrap_or(""), length(prefix) + MORE),
                    first_of(after.unwrap_or(""), length(suffix) + MORE),
                )
            };
            let passage = matches!(note.target.kind, TargetKind::Passage(_));
            let (before, after) = open.filter(|_| passage).map(around).unwrap_or_default();
            [line(&before), line(words), line(&after)]
        });
        let report = note.target.report.as_ref();
        let named =
            |title: &str, year: Option<i32>| year.map_or_else(|| report_line(title, None, None), |y| y.to_string());
        let then = report.map(|r| named(&r.title, r.year)).unwrap_or_default();
        let label = |p: &crate::doc::Page| p.label.clone().unwrap_or_else(|| p.index.to_string());
        let then = self.place_line(&then, note.target.section.last(), note.target.page.as_ref().map(label));
        let at = |range: TextRange| match open {
            Some(open) => {
                let doc = &open.doc;
                let section = doc.block(doc.block_at(range.start)).section;
                (doc.outline().path_labels(section).pop(), doc.source().page_at(range.start).map(label))
            }
            None => (located.section.last().cloned(), located.page.as_ref().map(label)),
        };
        let year = named(&located.report, located.year);
        let now = match place {
            Some(place) => {
                let (section, page) = at(place.range);
                self.place_line(&year, section.as_ref(), page)
            }
            None => year,
        };
        let choice = |place: &&PlaceFound| {
            let (section, page) = at(place.range);
            (self.place_line("", section.as_ref(), page), line(&place.text))
        };
        Some(Judged { old, new, then, now, choices: choices.iter().map(choice).collect() })
    }

    fn place_line(&self, report: &str, section: Option<&String>, page: Option<String>) -> String {
        let mut parts = vec![report.to_owned()];
        parts.extend(section.cloned());
        parts.extend(page.map(|page| self.words.f("search.page", &[("page", &page)])));
        parts.retain(|p| !p.is_empty());
        parts.join(" · ")
    }

    /// What the queue itself does; whether the action was one of these.
    pub(super) fn review_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        let places = self.review_here().map_or(0, |(_, l)| choices(l).len());
        match action {
            Action::AcceptAnchor => self.accept_marked(fx),
            Action::Candidate => {
                let at = count.unwrap_or(1) as usize - 1;
                if at < places {
                    self.review.choice = at;
                    let here = self.review.here.clone();
                    self.settle(here.into_iter().collect(), true, fx);
                } else {
                    self.say("review.no-candidate");
                }
            }
            Action::Left | Action::Right if places > 1 => {
                let by = if action == Action::Right { 1 } else { places - 1 };
                self.review.choice = (self.review.choice + by) % places;
                self.preview_entry(fx);
            }
            Action::LeaveAnchor => {
                let keys = self.review_subject();
                self.settle(keys, false, fx);
            }
            Action::AcceptMoved => {
                let moved = |i: &&Item| self.reviewed(i).is_some_and(|(_, l)| l.state == State::Moved);
                let keys: Vec<Key> = self.review.items.iter().filter(moved).map(|i| i.key.clone()).collect();
                self.review.choice = 0;
                if keys.is_empty() { self.say("review.none-moved") } else { self.settle(keys, true, fx) }
            }
            Action::MarkEntry => {
                if let Some(here) = self.review.here.clone() {
                    if !self.review.marked.remove(&here) {
                        self.review.marked.insert(here);
                    }
                    self.move_in_list(Action::Down, None, fx);
                }
            }
            Action::MarkAll => {
                let all: FxHashSet<Key> = self.review.items.iter().map(|i| i.key.clone()).collect();
                let none = self.review.marked == all;
                self.review.marked = if none { FxHashSet::default() } else { all };
            }
            Action::Cancel if !self.review.marked.is_empty() => self.review.marked.clear(),
            // into the text beside the queue, to look and to select
            Action::Open if self.review.here.is_some() => self.pane = Pane::Text,
            _ => return false,
        }
        true
    }

    /// The marked items, else the one of the cursor.
    fn review_subject(&self) -> Vec<Key> {
        let marked = self.review.items.iter().map(|i| &i.key).filter(|k| self.review.marked.contains(*k));
        let marked: Vec<Key> = marked.cloned().collect();
        if marked.is_empty() { self.review.here.iter().cloned().collect() } else { marked }
    }

    fn accept_marked(&mut self, fx: &mut Effects) {
        let mut keys = self.review_subject();
        if keys.len() > 1 {
            // of several only those that were found; the rest has to be looked at one by one
            self.review.choice = 0;
            let found = |k: &Key| {
                let item = self.review.items.iter().find(|i| i.key == *k);
                item.and_then(|i| self.reviewed(i)).is_some_and(|(_, l)| l.place.is_some())
            };
            keys.retain(found);
        }
        self.settle(keys, true, fx);
    }

    /// Accepts the places shown of these, or leaves them without one: one act.
    fn settle(&mut self, keys: Vec<Key>, accept: bool, fx: &mut Effects) {
        let mut settled = Vec::new();
        for key in keys {
            let Some(item) = self.review.items.iter().find(|i| i.key == key) else { continue };
            let (Some((_, located)), Some(note)) = (self.reviewed(item), self.notebook.stored(&key.0)) else {
                continue;
            };
            let choice = if self.review.here.as_ref() == Some(&key) { self.review.choice } else { 0 };
            let position = choices(located).get(choice).map(|p| p.position);
            if accept && position.is_none() {
                continue;
            }
            settled.push(Settled { note: note.clone(), edition: key.1, position: position.filter(|_| accept) });
        }
        if settled.is_empty() {
            self.notice = Some(Notice::warning(self.words.t("review.nothing-to-accept")));
            return;
        }
        self.review.marked.clear();
        self.keep(Act::Settle(settled), fx);
    }

    /// In the text beside the queue: the selection is the place of the note that is looked at.
    pub(super) fn attach_selection(&mut self, fx: &mut Effects) {
        let (Some(open), Some(key)) = (self.reader.open.clone(), self.review.here.clone()) else { return };
        let Some(range) = self.reader.selected() else {
            let select = self.key_text(Action::SelectSentences);
            self.notice = Some(Notice::warning(self.words.f("review.select-first", &[("select", &select)])));
            return;
        };
        if open.edition() != key.1 {
            self.say("review.other-report");
            return;
        }
        let Some(note) = self.notebook.stored(&key.0).cloned() else { return };
        let position = Some(describe::position(open.doc.text(), range));
        self.reader.selection = None;
        self.pane = Pane::Left;
        self.keep(Act::Settle(vec![Settled { note, edition: key.1, position }]), fx);
    }
}

/// The places a note may have: the one found, then the others, the likeliest first.
pub(super) fn choices(located: &Located) -> Vec<&PlaceFound> {
    let mut out: Vec<&PlaceFound> = Vec::new();
    for place in located.place.iter().chain(&located.candidates) {
        if out.len() < CANDIDATES && !out.iter().any(|p| p.range == place.range) {
            out.push(place);
        }
    }
    out
}

/// A text on one line.
fn line(text: impl AsRef<str>) -> String {
    text.as_ref().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The last so many characters, from a word on.
fn last_of(text: &str, many: usize) -> String {
    let start = text.char_indices().rev().nth(many.saturating_sub(1)).map_or(0, |(i, _)| i);
    let cut = &text[start..];
    let word = if start == 0 { 0 } else { cut.find(char::is_whitespace).unwrap_or(0) };
    cut[word..].to_owned()
}

/// The first so many characters, to the end of a word.
fn first_of(text: &str, many: usize) -> String {
    let end = text.char_indices().nth(many).map_or(text.len(), |(i, _)| i);
    let cut = &text[..end];
    let word = if end == text.len() { end } else { cut.rfind(char::is_whitespace).unwrap_or(end) };
    cut[..word].to_owned()
}
