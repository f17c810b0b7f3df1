//! An act on entries of a list whose reports are not open: each report is fetched in turn, the places are described as
//! they come, and the act is done once for all of them. More reports may be wanted than are kept open at a time.

use super::annotate::Subject;
use super::jump::Intent;
use super::views::Listed;
use super::{App, Effects, Notice, View};
use crate::keys::Action;
use crate::library::DocId;
use crate::notes::Target;
use rustc_hash::FxHashMap;

/// An act that waits.
#[derive(Clone, Debug)]
pub(super) struct Gathering {
    action: Action,
    view: View,
    of: Vec<Listed>,
    /// The places described so far.
    places: FxHashMap<Listed, Target>,
    /// Reports that were looked into.
    done: Vec<DocId>,
}

impl Gathering {
    /// The next report to be fetched.
    fn missing(&self) -> Option<DocId> {
        self.of.iter().filter_map(doc_of).find(|d| !self.done.contains(d))
    }
}

/// The report that must be open for an entry to be described.
fn doc_of(listed: &Listed) -> Option<DocId> {
    match listed {
        Listed::Passage(doc, _) | Listed::Found(doc, _) => Some(*doc),
        Listed::Note(_) | Listed::Made(_) | Listed::Report(_) => None,
    }
}

impl App {
    /// Begins an act on what the view's list has marked, or under its cursor; whether it waits for reports, or was
    /// refused because one of them is gone.
    pub(super) fn gather(&mut self, action: Action, fx: &mut Effects) -> bool {
        self.gathering = None;
        let on_list = self.on_list();
        self.acts_on_list(on_list);
        if !on_list {
            return false;
        }
        let of = self.listed();
        let closed = |l: &Listed| doc_of(l).is_some_and(|d| self.shelf.open(d).is_none());
        if !of.iter().any(closed) {
            return false;
        }
        if of.iter().filter_map(doc_of).any(|d| self.shelf.entry(d).is_none()) {
            self.notice = Some(Notice::warning(self.words.t("notice.report-gone")));
            return true;
        }
        let view = self.view;
        self.gathering = Some(Gathering { action, view, of, places: FxHashMap::default(), done: Vec::new() });
        self.gather_next(fx);
        true
    }

    /// Fetches the next report, or does the act when all have been looked into.
    fn gather_next(&mut self, fx: &mut Effects) {
        let Some(gathering) = &self.gathering else { return };
        match gathering.missing() {
            Some(doc) => {
                let text = self.words.f("notice.gathering", &[("n", &(gathering.done.len() + 1))]);
                self.notice = Some(Notice::info(text));
                self.with_doc(doc, Intent::Gather, fx);
            }
            None => self.gathered(fx),
        }
    }

    /// A report is here: its entries are described.
    pub(super) fn gather_from(&mut self, doc: DocId, fx: &mut Effects) {
        let Some(mut gathering) = self.gathering.take() else { return };
        if self.view != gathering.view || self.overlay.is_some() {
            self.say("notice.act-dropped");
            return;
        }
        for listed in gathering.of.iter().filter(|l| doc_of(l) == Some(doc)) {
            if let Some(target) = self.target_listed(listed) {
                gathering.places.insert(listed.clone(), target);
            }
        }
        gathering.done.push(doc);
        self.gathering = Some(gathering);
        self.gather_next(fx);
    }

    /// All is here.
    fn gathered(&mut self, fx: &mut Effects) {
        let Some(mut gathering) = self.gathering.take() else { return };
        self.notice = None;
        let mut subject = Subject::default();
        for listed in &gathering.of {
            match (listed, gathering.places.remove(listed).or_else(|| self.target_listed(listed))) {
                (Listed::Note(id), _) => subject.notes.push(id.clone()),
                (_, Some(target)) => subject.places.push(target),
                // a part of what was meant is not what was meant
                (_, None) => {
                    self.notice = Some(Notice::warning(self.words.t("notice.report-gone")));
                    return;
                }
            }
        }
        match self.suggested_for(&gathering.of).filter(|_| gathering.action == Action::Code) {
            Some(knelpunt) => self.put_suggested(&knelpunt, subject, fx),
            None => drop(self.annotate(gathering.action, subject, fx)),
        }
    }
}
