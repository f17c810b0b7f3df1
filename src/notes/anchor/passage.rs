//! Finding a quoted passage.

use super::approximate::{alike, difference, fit};
use super::evidence::{Place, Side, path_at};
use super::fold::{Case, Folded};
use super::myers::{self, Like};
use super::seeds::Seeds;
use super::sought::Sought;
use super::{Anchor, CANDIDATES, State, choose};
use crate::doc::footnotes::marks_in;
use crate::doc::{Document, TextRange};
use std::cell::OnceCell;

/// Places of the very words that are compared with what stood around the quote approximately.
const WEIGHED: usize = 64;
/// Near misses handed on with an orphan.
const NEAR_MISSES: usize = 3;
/// The most a near miss may differ.
const NEAR_MISS: f32 = 0.45;
/// Letters of context that a passage is looked for by, on each side.
const AROUND: usize = 48;
/// Places that tie are within this of the best ([`Place::score`]).
const TIED: f32 = 0.15;

/// What was found of a target, and what else might be meant if the order of the notes says so.
pub(super) struct Finding {
    pub anchor: Anchor,
    /// Several places of the very words for which equally much speaks.
    pub tied: Vec<Place>,
}

impl Finding {
    pub fn of(anchor: Anchor) -> Self {
        Finding { anchor, tied: Vec::new() }
    }
}

/// The text of a document made ready for looking for passages.
pub(super) struct Text<'d> {
    doc: &'d Document,
    folded: Folded,
    seeds: OnceCell<Seeds>,
}

impl<'d> Text<'d> {
    /// One pass over the text.
    pub fn of(doc: &'d Document) -> Self {
        let all = TextRange::from(0..doc.text().len());
        let folded = Folded::of(doc.text(), marks_in(doc, all).map(|m| m.range), true, Case::Small);
        Text { doc, folded, seeds: OnceCell::new() }
    }

    /// Looks for a passage, only inside `part` when that is given.
    pub fn find(&self, sought: Sought<'_>, part: Option<TextRange>) -> Finding {
        let (mut exact, mut count) = self.exact(&sought, part);
        let mut sought = sought;
        if exact.is_empty()
            && let Some(other) = Sought::of_named(&sought)
        {
            (exact, count) = self.exact(&other, part);
            if !exact.is_empty() {
                sought = other;
            }
        }
        if let Some(place) = choose::strictly(&exact, &sought) {
            return Finding::of(self.found(&sought, place));
        }
        exact.truncate(WEIGHED);
        exact.iter_mut().for_each(|p| self.weigh(&sought, p));
        if let Some(place) = choose::weighed(&exact, &sought) {
            return Finding::of(self.found(&sought, place));
        }
        let near = if sought.long { self.near(&sought, part, &exact) } else { Vec::new() };
        if let [place] = exact.as_slice()
            && choose::is_distinct(place, &sought, &near)
        {
            return Finding::of(self.found(&sought, place));
        }
        let beside = |p: &Place| sought.stood_beside(&self.folded.text[p.start..p.end], p.differs);
        let same = |p: &Place| sought.has_same_protected(self.doc.slice(p.range));
        if let Some(place) = choose::changed(&exact, &near, &sought, beside, same) {
            return Finding::of(Anchor::found(State::Changed, place.range));
        }
        let between = self.between(&sought, part);
        if let (Some(place), true) = (choose::between(&between, same), exact.is_empty()) {
            return Finding::of(Anchor::found(State::Changed, place.range));
        }
        self.ask(&sought, exact, near, between, count)
    }

    /// The places where these words stand with all of their context, in reading order.
    pub fn all_places(&self, sought: &Sought<'_>, mut keep: impl FnMut(TextRange) -> bool) -> Vec<TextRange> {
        let mut found = Vec::new();
        self.each(sought, None, |place| {
            if place.full() && self.is_same(sought, &place) && keep(place.range) {
                found.push(place.range);
            }
        });
        found
    }

    /// What is found at a place of the very letters.
    pub fn found(&self, sought: &Sought<'_>, place: &Place) -> Anchor {
        let state = match (self.is_same(sought, place), place.same_path()) {
            (true, true) => State::Exact,
            (true, false) => State::Moved,
            (false, _) => State::Changed,
        };
        Anchor::found(state, place.range)
    }

    fn is_same(&self, sought: &Sought<'_>, place: &Place) -> bool {
        let (text, range) = (self.doc.text(), place.range);
        let marks = marks_in(self.doc, range).map(|m| m.range).collect();
        sought.fits(text, range, self.is_marked(place.end, range)) && sought.is_same_as(text, range, marks)
    }

    /// The likeliest places of the very letters, likeliest first, and how many there are.
    fn exact(&self, sought: &Sought<'_>, part: Option<TextRange>) -> (Vec<Place>, usize) {
        let (mut sure, mut doubtful): (Vec<Place>, Vec<Place>) = Default::default();
        let mut count = 0;
        let agreeing =
            |p: &Place| (std::cmp::Reverse(p.full()), std::cmp::Reverse(p.before.run + p.after.run), p.start);
        self.each(sought, part, |place| {
            count += 1;
            let kept = if place.sides() > 0 { &mut sure } else { &mut doubtful };
            kept.push(place);
            // A word that stands in the text a million times must not fill the memory.
            if kept.len() >= 8 * CANDIDATES {
                kept.sort_by_key(agreeing);
                kept.truncate(4 * CANDIDATES);
            }
        });
        sure.sort_by_key(agreeing);
        sure.truncate(4 * CANDIDATES);
        doubtful.sort_by_key(agreeing);
        doubtful.truncate(2 * CANDIDATES);
        sure.append(&mut doubtful);
        for place in &mut sure {
            place.path = path_at(self.doc, sought.path, place.range.start);
        }
        sure.sort_by_key(Place::rank);
        (sure, count)
    }

    /// Calls with each place of the very letters; its path is not looked at.
    fn each(&self, sought: &Sought<'_>, part: Option<TextRange>, mut call: impl FnMut(Place)) {
        let text = &self.folded.text;
        if sought.letters.is_empty() {
            return self.each_raw(sought, part, call);
        }
        let finder = memchr::memmem::Finder::new(&sought.letters);
        let mut from = 0;
        while let Some(start) = finder.find(&text[from..]).map(|at| at + from) {
            let end = start + sought.letters.len();
            // Going on at the end keeps the work linear; of places that overlap ("een een een") the first is taken, and the
            // context tells whether it is the right one.
            from = end;
            let bare = self.folded.original(self.doc.text(), start, end);
            // a long quote may have lost the blank beside it
            let fits = sought.long || sought.fits(self.doc.text(), bare, self.is_marked(end, bare));
            if part.is_some_and(|part| !part.covers(bare)) || !fits {
                continue;
            }
            call(self.place(sought, start, end, sought.with_signs(self.doc.text(), bare)));
        }
    }

    /// The same for a quote without a letter: its signs as they stand.
    fn each_raw(&self, sought: &Sought<'_>, part: Option<TextRange>, mut call: impl FnMut(Place)) {
        if sought.exact.is_empty() {
            return;
        }
        for at in memchr::memmem::find_iter(self.doc.text().as_bytes(), sought.exact) {
            let range = TextRange::from(at..at + sought.exact.len());
            if part.is_none_or(|part| part.covers(range)) {
                let (start, end) = (self.folded.at(range.start), self.folded.at(range.end));
                call(self.place(sought, start, end, range));
            }
        }
    }

    fn place(&self, sought: &Sought<'_>, start: usize, end: usize, range: TextRange) -> Place {
        let text = &self.folded.text;
        let before = Side::before(&sought.before, text, start);
        let after = Side::after(&sought.after, text, end);
        Place { start, end, range, differs: 0.0, before, after, path: 0.0 }
    }

    /// Whether a mark of a footnote begins where a place ends.
    fn is_marked(&self, end: usize, range: TextRange) -> bool {
        let marks = &self.folded.marks;
        let from = marks.partition_point(|m| (m.at as usize) < end);
        marks[from..].iter().take_while(|m| m.at as usize == end).any(|m| m.range.start == range.end)
    }

    fn weigh(&self, sought: &Sought<'_>, place: &mut Place) {
        place.before.weigh_before(&sought.before, &self.folded.text, place.start);
        place.after.weigh_after(&sought.after, &self.folded.text, place.end);
    }

    fn seeds(&self) -> &Seeds {
        self.seeds.get_or_init(|| Seeds::of(&self.folded.text))
    }

    /// Places of words like those of the quote, none where the very words stand; weighed, the likest first.
    fn near(&self, sought: &Sought<'_>, part: Option<TextRange>, exact: &[Place]) -> Vec<Place> {
        let found = alike(&sought.letters, &self.folded, self.seeds());
        let places = found.into_iter().filter_map(|like| {
            let fitted = fit(like, &sought.before, &sought.after, &self.folded.text, sought.letters.len());
            let place = self.near_place(sought, fitted)?;
            let free = exact.iter().all(|e| !e.range.overlaps(place.range));
            (free && part.is_none_or(|part| part.covers(place.range))).then_some(place)
        });
        places.collect()
    }

    /// A weighed place of words like those of the quote.
    fn near_place(&self, sought: &Sought<'_>, like: Like) -> Option<Place> {
        if like.start >= like.end {
            return None;
        }
        let text = self.doc.text();
        let bare = whole_words(text, self.folded.original(text, like.start, like.end));
        let range = sought.with_signs(text, bare);
        let (start, end) = (self.folded.at(bare.start), self.folded.at(bare.end));
        let mut place = self.place(sought, start, end, range);
        let errors = if (start, end) == (like.start, like.end) && sought.letters.len() > 2048 {
            like.errors
        } else {
            myers::distance_bounded(&sought.letters, &self.folded.text[start..end]).unwrap_or(like.errors)
        };
        place.differs =
            difference(&Like { start, end, errors }, sought.exact, sought.letters.len(), self.doc.slice(range));
        place.path = path_at(self.doc, sought.path, range.start);
        self.weigh(sought, &mut place);
        Some(place)
    }

    /// What stands now between what stood around the quote, for quotes too short or changed too much to be found by their
    /// words.
    fn between(&self, sought: &Sought<'_>, part: Option<TextRange>) -> Vec<Place> {
        let tail = &sought.before[sought.before.len() - sought.before.len().min(AROUND)..];
        let head = &sought.after[..sought.after.len().min(AROUND)];
        if tail.len() < AROUND / 2 || head.len() < AROUND / 2 || sought.letters.len() > 2048 {
            return Vec::new();
        }
        let around = [tail, &sought.letters, head].concat();
        let text = &self.folded.text;
        let mut found = Vec::new();
        for like in alike(&around, &self.folded, self.seeds()).into_iter().take(NEAR_MISSES) {
            let from = like.start.saturating_sub(AROUND);
            let to = text.len().min(like.end + AROUND);
            let half = from + (to - from) * 2 / 3;
            let Some(ahead) = myers::best(tail, &text[from..half.max(like.start + 1).min(to)]) else { continue };
            let start = from + ahead.end;
            let Some(behind) = myers::best(head, &text[start..to]) else { continue };
            let end = start + behind.start;
            let agree = ahead.errors * 4 <= tail.len() && behind.errors * 4 <= head.len();
            let longest = sought.letters.len() * 2 + 24;
            if !agree || end <= start || end - start > longest {
                continue;
            }
            let place = self.near_place(sought, Like { start, end, errors: sought.letters.len() });
            found.extend(place.filter(|p| part.is_none_or(|part| part.covers(p.range))));
        }
        found
    }

    /// What is said when nothing is beyond doubt.
    fn ask(
        &self,
        sought: &Sought<'_>,
        mut exact: Vec<Place>,
        mut near: Vec<Place>,
        between: Vec<Place>,
        mut count: usize,
    ) -> Finding {
        let by_score = |a: &Place, b: &Place| b.score().total_cmp(&a.score()).then(a.start.cmp(&b.start));
        exact.sort_by(by_score);
        let best = exact.first().map_or(0.0, Place::score);
        let mut tied = exact.clone();
        tied.retain(|p| p.score() >= best - TIED && p.like_sides() > 0);
        if tied.len() < 2 {
            tied.clear();
        }
        let free = |p: &Place, others: &[Place]| others.iter().all(|o| !o.range.overlaps(p.range));
        for place in between {
            if free(&place, &exact) && free(&place, &near) {
                near.push(place);
            }
        }
        near.sort_by(by_score);
        // What might be it: words much the same, or, between what stood around it, words with the same figures and names.
        let might = |p: &Place| {
            (sought.long && p.differs <= choose::MOST_ERRORS)
                || (p.differs <= NEAR_MISS && p.like_sides() == 2 && sought.has_same_protected(self.doc.slice(p.range)))
        };
        let (mut likely, misses): (Vec<Place>, Vec<Place>) = near.into_iter().partition(might);
        if !exact.is_empty() || !likely.is_empty() {
            if !sought.long || !exact.is_empty() {
                likely.retain(|p| p.like_sides() > 0 || exact.is_empty());
            }
            count += likely.len();
            exact.append(&mut likely);
            exact.sort_by(by_score);
            return Finding { anchor: Anchor::asked(count, exact.into_iter().map(|p| p.range).collect()), tied };
        }
        let shown = misses.into_iter().filter(|p| p.differs <= NEAR_MISS || p.like_sides() == 2).take(NEAR_MISSES);
        Finding::of(Anchor::orphan(shown.map(|p| p.range).collect()))
    }
}

/// A range with the rest of the words at its ends: taken in when more than half of a word is in it, else left out.
fn whole_words(text: &str, range: TextRange) -> TextRange {
    let (mut start, mut end) = (range.start as usize, range.end as usize);
    let word_before = start - text[..start].trim_end_matches(char::is_alphanumeric).len();
    let word_after = text[start..end].len() - text[start..end].trim_start_matches(char::is_alphanumeric).len();
    if word_before > 0 && word_after > 0 {
        if word_before <= word_after {
            start -= word_before;
        } else {
            let rest = &text[start + word_after..end];
            start = end - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
        }
    }
    let inside = text[start..end].len() - text[start..end].trim_end_matches(char::is_alphanumeric).len();
    let behind = text[end..].len() - text[end..].trim_start_matches(char::is_alphanumeric).len();
    if inside > 0 && behind > 0 {
        if behind <= inside {
            end += behind;
        } else {
            let rest = &text[start..end - inside];
            end = start + rest.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        }
    }
    if start < end { TextRange::from(start..end) } else { range }
}
