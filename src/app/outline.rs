//! The reader's say over headings: up, down, another title, none, one that was missed, and as the file has it again. What
//! that means for the outline is worked out by `doc`; here is which heading is meant, and what is said of it.

use super::jump::Intent;
use super::notebook::Purpose;
use super::prompt::{Prompt, PromptKind};
use super::{Act, App, Effect, Effects, Notice, OpenDoc, Overlay, Pane, View};
use crate::doc::{BlockId, Correction, Outline, PartId, Refusal, SectionId};
use crate::keys::Action;
use crate::library::{DocId, Entry};
use crate::notes::outlines::report_of;
use std::sync::Arc;

/// What the cursor stands on.
struct Spot {
    open: Arc<OpenDoc>,
    /// The heading, if it is one.
    section: Option<SectionId>,
    /// The block, in the text.
    block: Option<BlockId>,
}

impl App {
    /// Does something with the heading under the cursor; whether the action was one of these.
    pub(super) fn outline_act(&mut self, action: Action, fx: &mut Effects) -> bool {
        match action {
            Action::HeadingUp
            | Action::HeadingDown
            | Action::HeadingTitle
            | Action::HeadingRemove
            | Action::HeadingMake
            | Action::HeadingRestore => {}
            _ => return false,
        }
        let Some(spot) = self.heading_here(fx) else { return true };
        let doc = &spot.open.doc;
        let Some(section) = spot.section else {
            match (action, spot.block) {
                (Action::HeadingMake, Some(block)) => self.correct(&spot, doc.make_heading(block), "heading.made", fx),
                (Action::HeadingRestore, Some(block)) => {
                    self.correct(&spot, doc.as_found(block), "heading.restored", fx);
                }
                _ => self.say_keys("heading.none-here"),
            }
            return true;
        };
        match action {
            Action::HeadingUp => self.correct(&spot, doc.promote(section), "heading.moved", fx),
            Action::HeadingDown => self.correct(&spot, doc.demote(section), "heading.moved", fx),
            Action::HeadingRemove => self.correct(&spot, doc.unmake_heading(section), "heading.removed", fx),
            Action::HeadingMake => self.correct(&spot, Err(Refusal::Already), "heading.made", fx),
            Action::HeadingRestore => self.correct(&spot, doc.section_as_found(section), "heading.restored", fx),
            _ => {
                let prompt =
                    Prompt::new(PromptKind::Title(spot.open.id, section), &doc.outline().section(section).label());
                self.overlay = Some(Overlay::Prompt(prompt));
            }
        }
        true
    }

    /// The new title of a heading has been typed; `before` is the one it had when that began.
    pub(super) fn retitle(&mut self, doc: DocId, section: SectionId, before: &str, title: &str, fx: &mut Effects) {
        let open = self.shelf.open(doc).cloned();
        let still = |o: &Arc<OpenDoc>| {
            let sections = o.doc.outline().sections();
            sections.get(section.0 as usize).is_some_and(|s| s.label() == before)
        };
        match open.filter(still) {
            Some(open) if title != before => {
                let edit = open.doc.retitle(section, title);
                let spot = Spot { open, section: Some(section), block: None };
                self.correct(&spot, edit, "heading.retitled", fx);
            }
            Some(_) => {}
            None => self.say("heading.changed"),
        }
    }

    /// What the keys stand on; `None` when there is nothing, which is said.
    fn heading_here(&mut self, fx: &mut Effects) -> Option<Spot> {
        if self.pane == Pane::Left && self.view == View::Read {
            let node = self.navigator.current()?.id;
            let Some(open) = self.shelf.open(node.doc).cloned() else {
                self.with_doc(node.doc, Intent::Anchor, fx);
                self.say("notice.fetching");
                return None;
            };
            if self.is_being_corrected(open.id) {
                self.say("heading.busy");
                return None;
            }
            let section = node.section.or_else(|| root_of(open.doc.outline(), node.part));
            return Some(Spot { open, section, block: None });
        }
        let open = self.reader.open.clone();
        let Some(open) = open.filter(|o| !o.doc.blocks().is_empty()) else {
            self.say("notice.nothing-open");
            return None;
        };
        if self.is_being_corrected(open.id) {
            self.say("heading.busy");
            return None;
        }
        let block = open.doc.block_at(self.reader.cursor);
        let at = open.doc.block(block);
        let section = at.kind.is_heading().then_some(at.section);
        Some(Spot { open, section, block: Some(block) })
    }

    /// Sends corrections to the keeper, with what is to be said once they are kept; or says why not.
    fn correct(&mut self, spot: &Spot, edit: Result<Vec<Correction>, Refusal>, said: &str, fx: &mut Effects) {
        let doc = &spot.open.doc;
        let corrections = match edit {
            Ok(corrections) => corrections,
            Err(refusal) => {
                self.say_keys(&format!("heading.{}", name(refusal)));
                return;
            }
        };
        let entry = self.shelf.entry(spot.open.id);
        let file = entry.map_or_else(|| spot.open.file.clone(), |e: &Entry| e.file.clone());
        let part = match (spot.section, spot.block) {
            (Some(section), _) => doc.outline().section(section).part,
            (None, Some(block)) => doc.outline().section(doc.block(block).section).part,
            (None, None) => PartId(0),
        };
        let title = match (spot.section, spot.block) {
            (Some(section), _) => Some(doc.outline().section(section).label()).filter(|l| !l.is_empty()),
            (None, Some(block)) => Some(doc.slice(doc.block(block).range).to_owned()),
            (None, None) => None,
        };
        let title = title.unwrap_or_else(|| file.clone());
        let typed = corrections.first().and_then(|c| c.title.clone()).unwrap_or_default();
        let level = corrections.first().and_then(|c| c.level);
        let text = match (spot.section, said) {
            (Some(section), "heading.moved") => {
                let up = level.is_none_or(|l| l < doc.outline().section(section).level);
                let under = under(doc.outline(), section, up);
                let values: [(&str, &dyn std::fmt::Display); 2] =
                    [("title", &short(&title)), ("under", &short(&under))];
                self.words.f(if under.is_empty() { "heading.chapter" } else { "heading.under" }, &values)
            }
            (_, "heading.retitled") if typed.is_empty() => {
                self.words.f("heading.restored", &[("title", &short(&title))])
            }
            (_, said) => self.words.f(said, &[("title", &short(&title)), ("new", &short(&typed))]),
        };
        let report = report_of(doc, part, &file);
        let act = Act::Correct { document: spot.open.id, report, corrections };
        self.keep_for(Purpose::Heading(text), act, fx);
    }

    /// Says why not, with the keys that might help.
    fn say_keys(&mut self, key: &str) {
        let (make, rename) = (self.key_text(Action::HeadingMake), self.key_text(Action::HeadingTitle));
        self.notice = Some(Notice::info(self.words.f(key, &[("make", &make), ("rename", &rename)])));
    }

    /// Corrections of headings have changed: what is open is loaded anew, the report on the screen first.
    pub(super) fn load_corrected(&mut self, fx: &mut Effects) {
        let mut ids: Vec<DocId> = self.shelf.all_open().iter().rev().map(|o| o.id).collect();
        let first = self.reader.open.as_ref().map(|o| o.id);
        ids.sort_by_key(|id| Some(*id) != first);
        ids.into_iter().for_each(|id| self.load_again(id, fx));
    }

    /// Has an open document loaded again, and its notes looked for in it.
    fn load_again(&mut self, id: DocId, fx: &mut Effects) {
        if !self.waiting.iter().any(|(d, _)| *d == id) {
            fx.push(Effect::Load(id));
        }
        self.waiting.push((id, Intent::Anchor));
    }

    /// Whether what was last said of headings of a document does not show yet: what is said on top of it has to wait.
    fn is_being_corrected(&self, id: DocId) -> bool {
        self.notebook.corrects() || self.waiting.iter().any(|(d, _)| *d == id)
    }

    /// A document is here again, with other headings than it had: what is on the screen goes on with it.
    pub(super) fn take_corrected(&mut self, new: &Arc<OpenDoc>) {
        let old = self.shelf.open(new.id).or(self.reader.open.as_ref().filter(|o| o.id == new.id)).cloned();
        let Some(old) = old.filter(|old| old.edition() == new.edition() && *old != *new) else { return };
        self.rekey_navigator(&old, new);
        if self.reader.open.as_ref().is_some_and(|o| o.id == new.id) {
            self.reader.replace(new.clone());
        }
    }

    /// The library was looked at anew: open documents whose corrections have changed since are loaded again.
    pub(super) fn load_changed_outlines(&mut self, before: &[(DocId, u64)], fx: &mut Effects) {
        for open in self.shelf.all_open().to_vec() {
            let Some(now) = self.shelf.entry(open.id).and_then(Entry::summary).map(|s| s.corrections) else { continue };
            let was = before.iter().find(|(id, _)| *id == open.id).map(|(_, was)| *was);
            if was.is_some_and(|was| was != now) && now != open.doc.outline_stamp() {
                self.load_again(open.id, fx);
            }
        }
    }
}

/// The section at the root of a report.
fn root_of(outline: &Outline, part: PartId) -> Option<SectionId> {
    outline.parts().get(part.0 as usize).map(|p| p.root)
}

/// The label of what a heading will lie under once it has moved one up or down; empty for a report.
fn under(outline: &Outline, section: SectionId, up: bool) -> String {
    let parent = outline.section(section).parent;
    let under = if up {
        parent.and_then(|p| outline.section(p).parent)
    } else {
        parent.and_then(|p| outline.children(p).take_while(|c| *c != section).last())
    };
    let named = under.map(|u| outline.section(u)).filter(|u| u.parent.is_some());
    named.map(|u| u.label()).unwrap_or_default()
}

/// A title as a notice has room for it.
fn short(title: &str) -> String {
    const ROOM: usize = 40;
    let title = crate::layout::sanitise(title);
    crate::layout::truncate(&title, ROOM).into_owned()
}

/// The word of a refusal in the words of the screens (`heading.<name>`).
fn name(refusal: Refusal) -> &'static str {
    match refusal {
        Refusal::Highest => "highest",
        Refusal::NothingAbove => "nothing-above",
        Refusal::Deepest => "deepest",
        Refusal::Title => "is-title",
        Refusal::NotPrinted => "not-printed",
        Refusal::Already => "already",
        Refusal::NoHeading => "no-heading",
        Refusal::Empty => "empty",
        Refusal::Nothing => "nothing",
    }
}

#[cfg(test)]
mod tests;
