//! Notes and made knelpunten as the app knows them: the keeper's files are the truth, this is what was last read of
//! them. Every change goes out as an [`Act`] and comes back as [`Kept`]; nothing is shown as done before it is.

use super::knelpunten::KnelpuntAct;
use super::{Act, App, Effect, Effects, Kept, Notice, OpenDoc, Shelf, Trashed, Twin};
use crate::doc::TextRange;
use crate::keys::Action;
use crate::knelpunt::register::{Made, meant};
use crate::library::DocId;
use crate::notes::anchor::{Anchor, Kin};
use crate::notes::editions::Links;
use crate::notes::queries::SavedQuery;
use crate::notes::store::{News, Stored};
use crate::notes::{Located, Note, NoteId, ReportRef, TargetKind};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

/// All notes, the register, and where the notes of open documents stand.
#[derive(Clone, Debug, Default)]
pub struct Notebook {
    notes: BTreeMap<NoteId, Stored>,
    /// Further files of notes above, written by another program or kept as a conflict copy.
    pub conflicts: Vec<Stored>,
    /// What is in the trash, the latest first, as of when it was last looked into.
    pub trash: Vec<Trashed>,
    /// Files that are no readable notes, relative to the data folder, with their reasons.
    pub unreadable: Vec<(PathBuf, String)>,
    /// The made knelpunten.
    pub register: Vec<Made>,
    /// What was said by hand of editions.
    pub links: Links,
    /// How all notes stand in the library, by note.
    located: Arc<Vec<Located>>,
    /// Where notes stand, by document: as located, and of the open report as it was answered since.
    anchors: FxHashMap<DocId, Vec<(NoteId, Anchor)>>,
    /// The document that each note belongs to, and its place among those of that document.
    homes: FxHashMap<NoteId, (DocId, usize)>,
    /// How many notes have a place in each document.
    counts: FxHashMap<DocId, u32>,
    /// Where else the passages of notes stand, by document.
    twins: FxHashMap<DocId, Vec<Twin>>,
    /// The documents in which the passage of a note stands as well.
    twins_of: FxHashMap<NoteId, Vec<DocId>>,
    /// Acts sent to the keeper and not yet answered, with what they are for.
    pending: Vec<(u64, Purpose)>,
}

/// What an act was for: what is to happen once it is done, or was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The words in the editor: it closes when they are safe.
    Editor,
    /// A heading corrected: this is said.
    Heading(String),
    /// A search saved: its hits are known from now on, and this is said.
    Search(SavedQuery, &'static str),
    /// Knelpunten changed: this is said, with what went along.
    Knelpunt(String),
    /// Anything else: said in a notice.
    Plain(&'static str),
}

impl Notebook {
    /// All notes, oldest first.
    pub fn all(&self) -> impl DoubleEndedIterator<Item = &Note> {
        self.notes.values().map(|s| &s.note)
    }

    /// How many notes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.notes.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// One note.
    #[must_use]
    pub fn note(&self, id: &NoteId) -> Option<&Note> {
        self.notes.get(id).map(|s| &s.note)
    }

    /// One note with what was read of its file, for an act that changes it.
    #[must_use]
    pub fn stored(&self, id: &NoteId) -> Option<&Stored> {
        self.notes.get(id)
    }

    /// The notes that are looked for in a document: made on it, or on the same report before.
    #[must_use]
    pub fn notes_on(&self, doc: &OpenDoc) -> Vec<Note> {
        // few reports have many notes: each is looked at once
        let mut known: FxHashMap<&ReportRef, bool> = FxHashMap::default();
        let year = doc.doc.outline().parts().iter().filter_map(|p| p.year).max();
        let mut out = Vec::new();
        for note in self.all() {
            let Some(report) = &note.target.report else { continue };
            let later = || report.year.zip(year).is_none_or(|(then, now)| now >= then);
            let related = *known.entry(report).or_insert_with(|| match self.links.kin(report, &doc.doc) {
                Kin::Stranger => false,
                Kin::Series => later(),
                Kin::Report | Kin::Edition => true,
            });
            if related || self.homes.get(&note.id).is_some_and(|(home, _)| *home == doc.id) {
                out.push(note.clone());
            }
        }
        out
    }

    /// How many notes have a place in a document.
    #[must_use]
    pub fn count_on(&self, doc: DocId) -> u32 {
        self.counts.get(&doc).copied().unwrap_or(0)
    }

    /// Where the notes of a document stand in it; empty until they have been looked for.
    #[must_use]
    pub fn anchors(&self, doc: DocId) -> &[(NoteId, Anchor)] {
        self.anchors.get(&doc).map(Vec::as_slice).unwrap_or_default()
    }

    /// The notes that have a place in a document, by that place.
    #[must_use]
    pub fn places_in(&self, doc: DocId) -> Vec<(&Note, TextRange)> {
        let placed = |(id, a): &(NoteId, Anchor)| Some((self.note(id)?, a.range?));
        let mut out: Vec<_> = self.anchors(doc).iter().filter_map(placed).collect();
        out.sort_by(|a, b| (a.1, &a.0.id).cmp(&(b.1, &b.0.id)));
        out
    }

    /// Where a note stands in the document it belongs to; `None` when it has not been looked for, or its report isn't in the
    /// library.
    #[must_use]
    pub fn anchor_of(&self, id: &NoteId) -> Option<(DocId, &Anchor)> {
        let (doc, at) = self.homes.get(id)?;
        self.anchors(*doc).get(*at).map(|(_, anchor)| (*doc, anchor))
    }

    /// Where the notes of the open report stand, newer than what was located.
    pub(super) fn set_anchors(&mut self, doc: DocId, anchors: Vec<(NoteId, Anchor)>) {
        self.homes.retain(|_, (home, _)| *home != doc);
        for (at, (id, _)) in anchors.iter().enumerate() {
            // a note that has just been made belongs where it was made
            self.homes.entry(id.clone()).or_insert((doc, at));
        }
        self.counts.insert(doc, placed(&anchors));
        self.anchors.insert(doc, anchors);
    }

    /// How all notes stand. Of a document that is open in another edition than was looked at, what is known stays.
    pub(super) fn set_located(&mut self, mut all: Arc<Vec<Located>>, open: &Shelf) {
        if !all.is_sorted_by(|a, b| a.note <= b.note) {
            Arc::make_mut(&mut all).sort_by(|a, b| a.note.cmp(&b.note));
        }
        let mut before = std::mem::take(&mut self.anchors);
        self.homes.clear();
        let shown =
            |one: &Located| one.doc.and_then(|d| open.open(d)).is_none_or(|o| Some(o.doc.edition()) == one.edition);
        for one in all.iter() {
            let Some(doc) = one.doc else { continue };
            if !shown(one) {
                if let Some(anchors) = before.remove(&doc) {
                    let homes = anchors.iter().enumerate().map(|(at, (id, _))| (id.clone(), (doc, at)));
                    self.homes.extend(homes);
                    self.anchors.insert(doc, anchors);
                }
                continue;
            }
            let anchors = self.anchors.entry(doc).or_default();
            if one.home {
                self.homes.insert(one.note.clone(), (doc, anchors.len()));
            }
            anchors.push((one.note.clone(), one.anchor()));
        }
        self.counts = self.anchors.iter().map(|(doc, anchors)| (*doc, placed(anchors))).collect();
        self.located = all;
    }

    pub(super) fn set_twins(&mut self, twins: Vec<Twin>) {
        self.twins.clear();
        self.twins_of.clear();
        for twin in twins {
            self.twins_of.entry(twin.note.clone()).or_default().push(twin.doc);
            self.twins.entry(twin.doc).or_default().push(twin);
        }
    }

    /// Passages of a document that are (nearly) the same as those of notes on other places.
    #[must_use]
    pub fn twins_in(&self, doc: DocId) -> &[Twin] {
        self.twins.get(&doc).map(Vec::as_slice).unwrap_or_default()
    }

    /// The other places where the passage of a note stands.
    pub fn twins_of(&self, id: &NoteId) -> impl Iterator<Item = &Twin> {
        let mut docs = self.twins_of.get(id).cloned().unwrap_or_default();
        docs.dedup();
        docs.into_iter().flat_map(|doc| self.twins_in(doc)).filter(move |t| t.note == *id)
    }

    /// How all notes stand in the library, by note.
    #[must_use]
    pub fn located(&self) -> &[Located] {
        &self.located
    }

    /// How a note stands in each edition of its report: the document it belongs to first.
    #[must_use]
    pub fn located_of(&self, id: &NoteId) -> &[Located] {
        let from = self.located.partition_point(|l| l.note < *id);
        let many = self.located[from..].partition_point(|l| l.note == *id);
        &self.located[from..from + many]
    }

    fn take(&mut self, news: News) {
        let News { changed, gone, conflicts, unreadable } = news;
        for id in &gone {
            self.notes.remove(id);
        }
        self.notes.extend(changed.into_iter().map(|s| (s.note.id.clone(), s)));
        if let Some(conflicts) = conflicts {
            self.conflicts = conflicts;
        }
        if let Some(unreadable) = unreadable {
            self.unreadable = unreadable;
        }
    }

    /// Whether a correction of a heading is on its way to the keeper.
    pub(super) fn corrects(&self) -> bool {
        self.pending.iter().any(|(_, purpose)| matches!(purpose, Purpose::Heading(_)))
    }

    pub(super) fn set_register(&mut self, made: Vec<Made>) {
        self.register = made;
    }

    /// The title of a made knelpunt, or the id when the register doesn't hold it.
    #[must_use]
    pub fn knelpunt_title<'a>(&'a self, id: &'a str) -> &'a str {
        meant(&self.register, id).map_or(id, |m| m.title.as_str())
    }

    /// The notes that are put to a knelpunt, or written on it; of a made one also those that name it by the id of one
    /// merged into it.
    pub fn of_knelpunt<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Note> {
        let made = self.register.iter().find(|m| m.id == id);
        let means = move |k: &str| k == id || made.is_some_and(|m| m.answers_to(k));
        let on = move |n: &Note| matches!(&n.target.kind, TargetKind::Knelpunt(k) if means(k));
        self.all().filter(move |n| n.knelpunten.iter().any(|k| means(k)) || on(n))
    }
}

impl App {
    pub(super) fn on_located(&mut self, all: Arc<Vec<Located>>, fx: &mut Effects) {
        self.notebook.set_located(all, &self.shelf);
        self.tell_review();
        match self.notebook.located.is_empty() {
            true => self.notebook.set_twins(Vec::new()),
            false => fx.push(Effect::FindTwins(self.notebook.located.clone())),
        }
    }

    pub(super) fn on_notes(&mut self, news: News, fx: &mut Effects) {
        let other = !(news.changed.is_empty() && news.gone.is_empty());
        self.notebook.take(news);
        if other {
            self.anchor_again(fx);
        }
    }

    /// Asks again where the notes of the open report stand.
    pub(super) fn anchor_again(&mut self, fx: &mut Effects) {
        if let Some(open) = self.reader.open.clone() {
            fx.push(Effect::Anchor(open.clone(), self.notebook.notes_on(&open)));
        }
    }

    /// Sends an act to the keeper.
    pub(super) fn keep(&mut self, act: Act, fx: &mut Effects) {
        let said = match &act {
            Act::Create(_) | Act::CreateAndSave { .. } | Act::Knelpunt(KnelpuntAct::Make { .. }) => "notice.noted",
            Act::Knelpunt(_) => "notice.saved",
            Act::Save(_) => "notice.saved",
            Act::Trash(_) => "notice.trashed",
            Act::Settle(all) if all.iter().all(|s| s.position.is_none()) => "notice.left",
            Act::Settle(_) => "notice.accepted",
            Act::LinkEditions(_) => "notice.linked",
            Act::UnlinkEditions(..) => "notice.unlinked",
            Act::Restore(_) => "notice.restored",
            Act::KeepVersion { .. } => "notice.version-kept",
            Act::Correct { .. } => "heading.restored",
            Act::SaveQuery(_) => "saved.saved",
            Act::RenameQuery { .. } => "saved.renamed",
            Act::DropQuery(_) => "saved.dropped",
            Act::Undo => "notice.undone",
            Act::Redo => "notice.redone",
        };
        self.keep_for(Purpose::Plain(said), act, fx);
    }

    /// Sends an act to the keeper, and remembers what it is for.
    pub(super) fn keep_for(&mut self, purpose: Purpose, act: Act, fx: &mut Effects) -> u64 {
        let ticket = self.ticket();
        self.notebook.pending.push((ticket, purpose));
        fx.push(Effect::Keep(ticket, act));
        ticket
    }

    pub(super) fn on_kept(&mut self, ticket: u64, result: Result<Kept, Notice>, fx: &mut Effects) {
        let at = self.notebook.pending.iter().position(|(t, _)| *t == ticket);
        let purpose = at.map(|i| self.notebook.pending.remove(i).1);
        match result {
            Ok(kept) => {
                let nothing = kept == Kept::default();
                let many = kept.changed.len() as u64;
                let along = if kept.register.is_some() { many } else { 0 };
                for stored in kept.changed {
                    self.notebook.notes.insert(stored.note.id.clone(), stored);
                }
                for id in kept.gone {
                    self.notebook.notes.remove(&id);
                }
                if let Some(news) = kept.news {
                    self.look_into_trash(fx);
                    self.notebook.take(*news);
                }
                if let Some(register) = kept.register {
                    self.notebook.set_register(register);
                }
                if let Some(queries) = kept.queries {
                    self.on_queries(queries, fx);
                }
                if let Some(links) = kept.links {
                    self.on_links(links);
                }
                self.anchor_again(fx);
                if kept.outlines {
                    self.load_corrected(fx);
                }
                let made = match &purpose {
                    Some(Purpose::Editor) => true,
                    Some(Purpose::Plain(said)) => !nothing && ["notice.noted", "notice.saved"].contains(said),
                    _ => false,
                };
                // what was marked in a list has had its act
                if made || matches!(purpose, Some(Purpose::Plain("notice.trashed"))) {
                    self.list_has_had_its_act();
                }
                match purpose {
                    Some(Purpose::Editor) => self.editor_saved(fx),
                    Some(Purpose::Knelpunt(said)) => self.knelpunt_kept(said, along, kept.knelpunt.as_deref()),
                    Some(Purpose::Heading(text)) => {
                        let undo = self.key_text(Action::Undo);
                        let text = format!("{text} · {}", self.words.f("heading.undo", &[("undo", &undo)]));
                        self.notice = Some(Notice::info(text));
                    }
                    Some(Purpose::Search(saved, said)) => {
                        fx.push(Effect::Begin(saved));
                        let undo = self.key_text(Action::Undo);
                        self.notice = Some(Notice::info(self.words.f(said, &[("undo", &undo)])));
                    }
                    Some(Purpose::Plain(said @ ("notice.undone" | "notice.redone"))) if kept.turned.is_some() => {
                        let what = kept.turned.map(|t| t.text(&self.words)).unwrap_or_default();
                        let undo = self.key_text(if said == "notice.undone" { Action::Redo } else { Action::Undo });
                        self.notice = Some(Notice::info(self.words.f(said, &[("what", &what), ("undo", &undo)])));
                    }
                    Some(Purpose::Plain(_)) if nothing => {
                        self.notice = Some(Notice::info(self.words.t("notice.nothing-to-do")));
                    }
                    Some(Purpose::Plain(said)) => {
                        let undo = self.key_text(Action::Undo);
                        self.notice = Some(Notice::info(self.words.f(said, &[("undo", &undo)])));
                    }
                    None => {}
                }
                if made && many > 1 && self.overlay.is_none() {
                    let undo = self.words.f("heading.undo", &[("undo", &self.key_text(Action::Undo))]);
                    let text = format!("{} · {undo}", self.words.n("notice.noted-all", many));
                    self.notice = Some(Notice::info(text));
                }
            }
            Err(notice) => {
                match purpose {
                    Some(Purpose::Editor) => self.editor_not_saved(),
                    Some(Purpose::Knelpunt(_)) => self.form_not_saved(),
                    _ => {}
                }
                self.notice = Some(notice);
            }
        }
    }
}

/// How many of these have a place.
fn placed(anchors: &[(NoteId, Anchor)]) -> u32 {
    anchors.iter().filter(|(_, a)| a.range.is_some()).count() as u32
}
