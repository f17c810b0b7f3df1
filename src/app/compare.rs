//! Two reports side by side, as a rule two editions of one: blocks that belong together begin on the same row, words that
//! differ are marked, what is the same is dimmed. What belongs together is worked out beforehand, away from the screen;
//! here only the rows in sight are wrapped and compared word by word.

mod rows;

pub use rows::{Mark, Row, Seg, Shown, side_width, total};

use super::jump::Intent;
use super::views::{Listed, report_line};
use super::{App, Effect, Effects, Notice, OpenDoc, Spot, View};
use crate::compare::align::{Comparison, Fate, Pair};
use crate::doc::{BlockId, PartId, SectionId};
use crate::keys::Action;
use crate::library::editions::ReportId;
use std::sync::Arc;

/// From this width on the two stand side by side; below it, one text with what is gone and what is new in it.
pub const SIDES_FROM: u16 = 100;
/// Rows above: which reports, where one is, a line.
pub const HEAD: u16 = 3;
/// Blocks that are the same are shown so far from one that differs, when the others are folded.
const AROUND: usize = 1;

/// Two reports and what differs between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// The one that was before, and which part of it.
    pub old: (Arc<OpenDoc>, PartId),
    /// The one that came after, and which part of it.
    pub new: (Arc<OpenDoc>, PartId),
    /// What differs.
    pub found: Comparison,
}

/// Something that can be scrolled to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// What differs altogether.
    Total,
    /// A section in which something differs, by its place among the sections.
    Section(usize),
    /// A knelpunt that only the old (or only the new) one has, by its place among those found there.
    Knelpunt(Side, usize),
    /// Below stand the texts.
    Line,
    /// A pair of blocks.
    Pair(usize),
    /// So many pairs that are the same, folded: the first, and how many.
    Fold(usize, usize),
}

/// One of the two.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Side {
    /// What was before.
    Old,
    /// What came after.
    #[default]
    New,
}

/// The state of the view.
#[derive(Debug, Default)]
pub struct Compare {
    /// The two, once they have been looked through.
    pub compared: Option<Arc<Compared>>,
    /// What was asked for last.
    asked: Option<(ReportId, ReportId)>,
    /// What the newer one can be compared with, and which of these it is.
    with: (Vec<ReportId>, usize),
    /// What can be scrolled to.
    pub items: Vec<Item>,
    /// The item under the cursor.
    pub current: usize,
    /// What is the same is folded.
    pub folded: bool,
    /// The side that Enter opens.
    pub active: Side,
    /// The rows in sight.
    pub rows: Vec<Row>,
    /// The item at the top, and its row there.
    top: (usize, usize),
    /// How many rows an item takes at the width of `wide`, once known.
    heights: Vec<Option<usize>>,
    wide: u16,
    /// The place that was asked about, in either of the two: there it opens.
    seek: Option<Spot>,
    /// The view it was opened from.
    from: Option<View>,
}

impl Compare {
    /// The pair under the cursor.
    fn pair(&self) -> Option<&Pair> {
        let Some(Item::Pair(at)) = self.items.get(self.current) else { return None };
        self.compared.as_ref()?.found.pairs.get(*at)
    }

    /// Which change the cursor stands on or after, and how many there are.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let differs = |item: &&Item| matches!(item, Item::Pair(at) if self.differs(*at));
        let upto = self.items.iter().take(self.current + 1).filter(differs).count();
        (upto, self.items.iter().filter(differs).count())
    }

    fn differs(&self, pair: usize) -> bool {
        let pair = self.compared.as_ref().and_then(|c| c.found.pairs.get(pair));
        pair.is_some_and(|p| p.fate != Fate::Same)
    }

    /// Lists what can be scrolled to anew; the cursor stays on its pair.
    fn list(&mut self) {
        let Some(compared) = self.compared.clone() else {
            self.items.clear();
            return;
        };
        let here = self.items.get(self.current).copied();
        let found = &compared.found;
        let mut items = vec![Item::Total];
        let differing = found
            .sections
            .iter()
            .enumerate()
            .filter(|(_, s)| s.renamed || s.counts.differing() > 0 || s.old.is_none() || s.new.is_none());
        items.extend(differing.map(|(at, _)| Item::Section(at)));
        items.extend(lonely(&compared).into_iter().map(|(side, at)| Item::Knelpunt(side, at)));
        items.push(Item::Line);
        let differs: Vec<bool> = found.pairs.iter().map(|p| p.fate != Fate::Same).collect();
        let mut at = 0;
        while at < differs.len() {
            let same = differs[at..].iter().take_while(|d| !**d).count();
            let before = if at == 0 { 0 } else { AROUND };
            let after = if at + same == differs.len() { 0 } else { AROUND };
            if self.folded && same > before + after + 1 {
                items.extend((at..at + before).map(Item::Pair));
                items.push(Item::Fold(at + before, same - before - after));
                items.extend((at + same - after..at + same).map(Item::Pair));
            } else {
                items.extend((at..at + same).map(Item::Pair));
            }
            at += same;
            while differs.get(at).is_some_and(|d| *d) {
                items.push(Item::Pair(at));
                at += 1;
            }
        }
        let pair = match here {
            Some(Item::Pair(pair) | Item::Fold(pair, _)) => Some(pair),
            _ => None,
        };
        let holds = |item: &Item, pair: usize| match item {
            Item::Pair(at) => *at == pair,
            Item::Fold(first, many) => (*first..first + many).contains(&pair),
            _ => false,
        };
        let again = pair.and_then(|pair| items.iter().position(|i| holds(i, pair)));
        self.current = again.unwrap_or(self.current.min(items.len() - 1));
        self.top = (self.current, 0);
        self.heights = vec![None; items.len()];
        self.items = items;
    }

    /// The next item that differs, forwards or back.
    fn next_change(&mut self, forwards: bool) -> bool {
        let is = |at: &usize| matches!(self.items[*at], Item::Pair(pair) if self.differs(pair));
        let next = match forwards {
            true => (self.current + 1..self.items.len()).find(is),
            false => (0..self.current).rev().find(is),
        };
        if let Some(at) = next {
            // with what stands before it in sight
            (self.current, self.top) = (at, (at.saturating_sub(1), 0));
        }
        next.is_some()
    }
}

/// The knelpunten that only one of the two has, by their titles.
fn lonely(compared: &Compared) -> Vec<(Side, usize)> {
    let explicit = |(doc, part): &(Arc<OpenDoc>, PartId)| -> Vec<(usize, String)> {
        let found = doc.found.iter().enumerate();
        let of = found.filter(|(_, f)| f.part == *part && f.certainty == crate::knelpunt::Certainty::Explicit);
        of.map(|(at, f)| (at, f.title.trim().to_lowercase())).collect()
    };
    let (old, new) = (explicit(&compared.old), explicit(&compared.new));
    let only = |these: &[(usize, String)], those: &[(usize, String)], side: Side| -> Vec<(Side, usize)> {
        let alone = these.iter().filter(|(_, title)| !those.iter().any(|(_, t)| t == title));
        alone.map(|(at, _)| (side, *at)).collect()
    };
    let mut out = only(&new, &old, Side::New);
    out.extend(only(&old, &new, Side::Old));
    out
}

impl App {
    /// Compares the report in sight, or under the cursor of a list, with the edition before it; once more: with another.
    pub(super) fn compare_reports(&mut self, fx: &mut Effects) {
        if self.view == View::Compare {
            let (with, at) = &mut self.compare.with;
            *at = (*at + 1) % with.len().max(1);
            match (with.get(*at).copied(), self.compare.asked) {
                (Some(old), Some((_, new))) if with.len() > 1 => self.ask_compare(old, new, fx),
                _ => self.say("compare.no-other"),
            }
            return;
        }
        if let Some((old, new, place)) = self.reviewed_editions() {
            self.compare_two(old, new, place, fx);
            return;
        }
        let Some(new) = self.report_here() else {
            self.say("compare.nothing");
            return;
        };
        let with = self.compare_with(new);
        match with.first().copied() {
            Some(old) => self.compare_two(old, new, None, fx),
            None => {
                let library = self.key_text(Action::ViewLibrary);
                let key = self.key_text(Action::Compare);
                let text = self.words.f("compare.none", &[("library", &library), ("key", &key)]);
                self.notice = Some(Notice::info(text));
            }
        }
    }

    /// Compares two reports, opening at a place in one of them.
    pub(super) fn compare_two(&mut self, old: ReportId, new: ReportId, place: Option<Spot>, fx: &mut Effects) {
        let mut with = self.compare_with(new);
        let at = with.iter().position(|r| *r == old).unwrap_or_else(|| {
            with.push(old);
            with.len() - 1
        });
        self.compare.with = (with, at);
        self.compare.seek = place;
        if self.view != View::Compare {
            self.compare.from = Some(self.view);
        }
        self.ask_compare(old, new, fx);
    }

    /// The report that is open, or under the cursor of the library.
    pub(super) fn report_here(&self) -> Option<ReportId> {
        if self.view == View::Library {
            let Some(Listed::Report(doc)) = self.library.listed() else { return None };
            return self.shelf.entry(doc)?.summary().map(|_| ReportId { doc, part: PartId(0) });
        }
        let spot = self.reader.spot()?;
        let doc = &self.reader.open.as_ref()?.doc;
        let section = doc.block(doc.block_at(spot.byte)).section;
        Some(ReportId { doc: spot.doc, part: doc.outline().section(section).part })
    }

    /// What a report can be compared with: the editions before it, the nearest first, those after it, and what is being
    /// read.
    fn compare_with(&self, report: ReportId) -> Vec<ReportId> {
        let mut with = Vec::new();
        if let Some((family, at)) = self.families.family(report) {
            let members = &family.members;
            with.extend(members[..at].iter().rev().chain(&members[at + 1..]).map(|m| m.report));
        }
        if let Some(spot) = self.place_in_text() {
            let part = self.shelf.open(spot.doc).map_or(PartId(0), |o| {
                let section = o.doc.block(o.doc.block_at(spot.byte)).section;
                o.doc.outline().section(section).part
            });
            let read = ReportId { doc: spot.doc, part };
            if read != report && !with.contains(&read) {
                with.push(read);
            }
        }
        with
    }

    fn ask_compare(&mut self, old: ReportId, new: ReportId, fx: &mut Effects) {
        // what came later stands at the right, whichever was asked for
        let year = |r: ReportId| {
            let part = self.shelf.entry(r.doc)?.summary()?.parts.get(r.part.0 as usize)?;
            part.year
        };
        let (old, new) = if year(old) > year(new) { (new, old) } else { (old, new) };
        self.compare.asked = Some((old, new));
        fx.push(Effect::Compare { old, new });
    }

    pub(super) fn on_compared(&mut self, result: Result<Arc<Compared>, String>, fx: &mut Effects) {
        let compared = match result {
            Ok(compared) => compared,
            Err(reason) => {
                self.notice = Some(Notice::error(self.words.f("compare.failed", &[("reason", &reason)])));
                return;
            }
        };
        let of = |(doc, part): &(Arc<OpenDoc>, PartId)| ReportId { doc: doc.id, part: *part };
        // of several that were asked for the newest holds
        if self.compare.asked != Some((of(&compared.old), of(&compared.new))) {
            return;
        }
        let again = self.view == View::Compare;
        self.compare.compared = Some(compared);
        self.compare.items.clear();
        self.compare.current = 0;
        self.compare.list();
        if let Some(place) = self.compare.seek.take() {
            self.go_to_place(place);
        }
        if !again {
            let from = self.compare.from;
            self.go_view(View::Compare, fx);
            self.compare.from = from;
        }
    }

    /// When one of the two has changed they are looked through again.
    pub(super) fn compare_again(&mut self, fx: &mut Effects) {
        let Some(compared) = self.compare.compared.as_ref().filter(|_| self.view == View::Compare) else { return };
        let changed = |(doc, _): &(Arc<OpenDoc>, PartId)| {
            self.shelf.entry(doc.id).is_some_and(|e| e.summary().is_some() && e.edition != Some(doc.doc.edition()))
        };
        if let (true, Some((old, new))) = (changed(&compared.old) || changed(&compared.new), self.compare.asked) {
            fx.push(Effect::Compare { old, new });
        }
    }

    /// The cells of the texts, below the head.
    #[must_use]
    pub fn compare_area(&self) -> super::geometry::Area {
        let (w, h) = self.size;
        super::geometry::Area { x: 0, y: 1, w, h: h.saturating_sub(2) }.inset(0, HEAD, 0, 0)
    }

    pub(super) fn arrange_compare(&mut self) {
        let area = self.compare_area();
        let Some(compared) = self.compare.compared.clone() else { return };
        let mut view = std::mem::take(&mut self.compare);
        if view.wide != area.w {
            view.wide = area.w;
            view.heights = vec![None; view.items.len()];
            view.top = (view.current, 0);
        }
        let height = usize::from(area.h);
        view.show_current(self, &compared, area.w, height);
        view.rows = view.in_sight(self, &compared, area.w, height);
        self.compare = view;
    }

    pub(super) fn compare_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        let n = count.unwrap_or(1) as usize;
        let page = usize::from(self.compare_area().h).max(2);
        let last = self.compare.items.len().saturating_sub(1);
        match action {
            Action::Down => self.scroll_compare(n as isize, false),
            Action::Up => self.scroll_compare(-(n as isize), false),
            Action::HalfDown => self.scroll_compare((page / 2 * n) as isize, true),
            Action::HalfUp => self.scroll_compare(-((page / 2 * n) as isize), true),
            Action::PageDown => self.scroll_compare(((page - 1) * n) as isize, true),
            Action::PageUp => self.scroll_compare(-(((page - 1) * n) as isize), true),
            Action::Top => self.compare.go(0),
            Action::Bottom => self.compare.go(last),
            Action::NextChange | Action::PrevChange => {
                let forwards = action == Action::NextChange;
                let mut any = false;
                (0..n).for_each(|_| any |= self.compare.next_change(forwards));
                // which of how many stands above the text
                if !any {
                    self.say("compare.no-more");
                }
            }
            Action::FoldAll => {
                self.compare.folded = !self.compare.folded;
                self.compare.list();
            }
            Action::Left => self.compare.active = Side::Old,
            Action::Right => self.compare.active = Side::New,
            Action::NextPane | Action::PrevPane => {
                self.compare.active = if self.compare.active == Side::Old { Side::New } else { Side::Old };
            }
            Action::Open => self.open_compared(fx),
            Action::CopyQuote => self.copy_compared(fx),
            Action::Cancel | Action::Quit => {
                let back = self.compare.from.take().unwrap_or(View::Read);
                self.go_view(back, fx);
            }
            _ => return false,
        }
        true
    }

    /// Scrolls by rows (or moves from item to item), the cursor with it.
    fn scroll_compare(&mut self, by: isize, rows: bool) {
        let Some(compared) = self.compare.compared.clone() else { return };
        let (width, height) = (self.compare_area().w, usize::from(self.compare_area().h));
        let mut view = std::mem::take(&mut self.compare);
        view.scroll(self, &compared, width, height, by, rows);
        self.compare = view;
    }

    /// Enter: a section of the list at the top, what is folded, or the text on the active side.
    fn open_compared(&mut self, fx: &mut Effects) {
        let Some(compared) = self.compare.compared.clone() else { return };
        match self.compare.items.get(self.compare.current).copied() {
            Some(Item::Section(at)) => {
                let section = compared.found.sections.get(at).copied();
                let in_it = |p: &Pair| {
                    let of = |id: Option<BlockId>, doc: &OpenDoc| id.map(|b| doc.doc.block(b).section);
                    let same = |a: Option<SectionId>, b: Option<SectionId>| a.is_some() && a == b;
                    section.is_some_and(|s| {
                        same(of(p.new, &compared.new.0), s.new)
                            || (s.new.is_none() && same(of(p.old, &compared.old.0), s.old))
                    })
                };
                self.go_to_pair(|p| in_it(p) && p.fate != Fate::Same, in_it);
            }
            Some(Item::Knelpunt(side, at)) => {
                let (doc, _) = if side == Side::Old { &compared.old } else { &compared.new };
                let Some(start) = doc.found.get(at).map(|f| f.range.start) else { return };
                let block = doc.doc.block_at(start);
                let is = |p: &Pair| (if side == Side::Old { p.old } else { p.new }) == Some(block);
                self.go_to_pair(is, is);
            }
            Some(Item::Fold(first, _)) => {
                self.compare.folded = false;
                self.compare.list();
                self.go_to_nth(first);
            }
            Some(Item::Pair(_)) => {
                let Some(pair) = self.compare.pair().copied() else { return };
                let (old, new) = (pair.old.or(pair.other), pair.new.or(pair.other));
                let old = if pair.fate == Fate::Added { None } else { old };
                let new = if pair.fate == Fate::Removed { None } else { new };
                let (doc, block) = match (self.compare.active, old, new) {
                    (Side::Old, Some(block), _) | (Side::New, Some(block), None) => (&compared.old.0, block),
                    (_, _, Some(block)) => (&compared.new.0, block),
                    (_, None, None) => return,
                };
                let byte = doc.doc.block(block).range.start;
                self.jump_to(Spot { doc: doc.id, byte }, fx);
                self.with_doc(doc.id, Intent::Read(byte), fx);
            }
            Some(Item::Total | Item::Line) | None => {}
        }
    }

    fn go_to_pair(&mut self, first: impl Fn(&Pair) -> bool, else_: impl Fn(&Pair) -> bool) {
        let Some(compared) = self.compare.compared.clone() else { return };
        let pairs = &compared.found.pairs;
        let found = pairs.iter().position(first).or_else(|| pairs.iter().position(else_));
        if let Some(at) = found
            && !self.go_to_nth(at)
        {
            self.compare.folded = false;
            self.compare.list();
            self.go_to_nth(at);
        }
    }

    /// To the blocks that hold a place in one of the two.
    fn go_to_place(&mut self, place: Spot) {
        let Some(compared) = self.compare.compared.clone() else { return };
        let new = compared.new.0.id == place.doc;
        let doc = if new { &compared.new.0.doc } else { &compared.old.0.doc };
        let block = doc.block_at(place.byte);
        let is = |p: &Pair| (if new { p.new } else { p.old }) == Some(block);
        self.go_to_pair(is, is);
    }

    fn go_to_nth(&mut self, pair: usize) -> bool {
        let at = self.compare.items.iter().position(|i| *i == Item::Pair(pair));
        at.map(|at| self.compare.go(at)).is_some()
    }

    fn copy_compared(&mut self, fx: &mut Effects) {
        let (Some(compared), Some(pair)) = (self.compare.compared.clone(), self.compare.pair().copied()) else {
            self.say("compare.nothing-here");
            return;
        };
        let of = |(doc, _): &(Arc<OpenDoc>, PartId), id: Option<BlockId>| {
            id.map(|b| doc.doc.slice(doc.doc.block(b).range).to_owned())
        };
        let (old, new) = (of(&compared.old, pair.old), of(&compared.new, pair.new));
        let text = if self.compare.active == Side::Old { old.or(new) } else { new.or(old) };
        if let Some(text) = text {
            fx.push(Effect::Copy(text));
        }
    }

    /// One of the two reports in one line: who and when, and where it came from when that tells them apart.
    #[must_use]
    pub fn compared_title(&self, side: Side) -> String {
        let Some(compared) = &self.compare.compared else { return String::new() };
        let line = |(doc, part): &(Arc<OpenDoc>, PartId)| {
            let part = doc.doc.outline().part(*part);
            let title = if part.title.is_empty() { doc.file.as_str() } else { part.title.as_str() };
            report_line(title, part.org.as_deref(), part.year)
        };
        let (old, new) = (line(&compared.old), line(&compared.new));
        let (own, doc) = if side == Side::Old { (&old, &compared.old.0) } else { (&new, &compared.new.0) };
        if old == new { format!("{own} ({})", doc.file) } else { own.clone() }
    }

    /// The sections that the cursor's pair lies in, from the outside in.
    #[must_use]
    pub fn compared_path(&self, side: Side) -> String {
        let (Some(compared), Some(pair)) = (&self.compare.compared, self.compare.pair()) else { return String::new() };
        let ((doc, _), block) = match side {
            Side::Old => (&compared.old, pair.old),
            Side::New => (&compared.new, pair.new),
        };
        let Some(block) = block else { return String::new() };
        doc.doc.outline().path_labels(doc.doc.block(block).section).join(" › ")
    }
}
