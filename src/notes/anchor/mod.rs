//! Finding a target again in an edition of its report: never silently wrong.
//!
//! The same edition needs no heuristics. In another one the quote is looked for as it stands (white space may differ), and
//! what stands around it has to agree; whatever leaves a doubt is [`State::Uncertain`] and the reader is asked. Nothing here
//! matches approximately, so nothing here can take *geen* for *een*.

use super::kin::same_words;
pub use super::kin::{Kin, kin};
use super::note::{AcceptedAnchor, Position, Quote, Target, TargetKind};
use super::squeeze::{Points, Squeezed};
use crate::doc::{Document, Outline, Part, Section, SectionId, TextRange};
use memchr::memmem;
use serde::{Deserialize, Serialize};
use std::cell::OnceCell;
use std::cmp::Reverse;

/// Characters of context that must agree on a side before that side counts as agreeing (or all of it, when it is shorter).
const AGREES: usize = 32;
/// A quote of this many characters says something by itself; so does one of [`LONG_WORDS`].
const LONG: usize = 40;
/// A quote of this many words says something by itself.
const LONG_WORDS: usize = 6;
/// Most candidates that are handed on; [`Anchor::places`] tells how many there are.
const CANDIDATES: usize = 50;

/// What became of a target in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum State {
    /// Found, where it was or merely shifted.
    Exact,
    /// Found word for word, in another section.
    Moved,
    /// Found with other words.
    Changed,
    /// Several places could be meant, or one that might not be it: the reader is asked.
    Uncertain,
    /// Not found.
    Orphan,
    /// Not looked for: the report isn't loaded.
    Skipped,
}

impl State {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            State::Exact => "exact",
            State::Moved => "moved",
            State::Changed => "changed",
            State::Uncertain => "uncertain",
            State::Orphan => "orphan",
            State::Skipped => "skipped",
        }
    }
}

/// The result of looking for a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// What became of it.
    pub state: State,
    /// Where it is; `None` unless it was found (and for a knelpunt that lies in no text).
    pub range: Option<TextRange>,
    /// Where it might be when that is uncertain, likeliest first, at most fifty.
    pub candidates: Vec<TextRange>,
    /// How many places were considered, also those beyond fifty.
    pub places: usize,
}

impl Anchor {
    /// The anchor of a note whose report isn't loaded.
    #[must_use]
    pub fn skipped() -> Self {
        Anchor { state: State::Skipped, range: None, candidates: Vec::new(), places: 0 }
    }

    fn found(state: State, range: TextRange) -> Self {
        Anchor { state, range: Some(range), candidates: Vec::new(), places: 1 }
    }

    fn asked(places: usize, mut candidates: Vec<TextRange>) -> Self {
        candidates.truncate(CANDIDATES);
        let state = if places == 0 { State::Orphan } else { State::Uncertain };
        Anchor { state, range: None, candidates, places }
    }
}

/// Raised when the same target may be found at another place, or in another state, than by the code before.
pub const VERSION: u32 = 1;

/// Looks for targets in one document. Making it costs a pass over the text; each target at most two more.
pub struct Resolver<'a> {
    doc: &'a Document,
    knelpunten: &'a [(String, TextRange)],
    points: Points<'a>,
    squeezed: OnceCell<Squeezed>,
}

/// One place where the words of a quote stand.
struct Place {
    range: TextRange,
    /// Both sides agree with all of the stored context.
    full: bool,
    /// Sides that agree well enough, 0 to 2.
    sides: u8,
    /// Characters of context that agree.
    agreeing: usize,
    /// The section path is the stored one.
    same_path: bool,
}

impl<'a> Resolver<'a> {
    /// A resolver for this document; `knelpunten` are the ids and places of those found in it.
    #[must_use]
    pub fn new(doc: &'a Document, knelpunten: &'a [(String, TextRange)]) -> Self {
        Resolver { doc, knelpunten, points: Points::of(doc.text()), squeezed: OnceCell::new() }
    }

    /// Looks for all targets of one report together, each with what the reader has accepted for it: where the others
    /// stand tells which of several places is meant. The anchors come in the order of the targets.
    #[must_use]
    pub fn resolve_all<'n>(
        &self,
        targets: impl IntoIterator<Item = (&'n Target, &'n [AcceptedAnchor])>,
    ) -> Vec<Anchor> {
        targets.into_iter().map(|(target, accepted)| self.resolve(target, accepted)).collect()
    }

    /// Looks for a target. The document is taken to be an edition of its report (see [`kin`]).
    #[must_use]
    pub fn resolve(&self, target: &Target, accepted: &[AcceptedAnchor]) -> Anchor {
        let here = accepted.iter().rev().find(|a| a.edition == self.doc.edition());
        if let Some(said) = here {
            let Some(position) = said.position else {
                // the reader has looked, and left it without a place
                return Anchor::asked(0, Vec::new());
            };
            if let Some(range) = self.bytes(position) {
                return Anchor::found(State::Exact, range);
            }
        }
        match &target.kind {
            TargetKind::Passage(quote) => self.passage(target, quote),
            TargetKind::Section => self.section(target),
            TargetKind::Knelpunt(id) => self.knelpunt(target, id),
            TargetKind::Report => Anchor::found(State::Exact, self.part_of(target).unwrap_or(self.whole())),
        }
    }

    /// All places where these words stand with all of this context (which may be empty) around them, white space aside, in
    /// reading order; only in sections called `section` when that is given.
    #[must_use]
    pub fn places(&self, quote: &Quote, section: Option<&str>) -> Vec<TextRange> {
        let mut found = Vec::new();
        self.each_place(quote, |start, end, [before, after]| {
            let range = self.squeezed().original(start, end);
            let named = |s: SectionId| {
                let s = self.doc.outline().section(s);
                section.is_none_or(|wanted| same_words(wanted, &s.title) || same_words(wanted, &s.label()))
            };
            let path = || self.doc.outline().path(self.section_at(range));
            if before.whole && after.whole && (section.is_none() || path().into_iter().any(named)) {
                found.push(range);
            }
        });
        found
    }

    fn passage(&self, target: &Target, quote: &Quote) -> Anchor {
        if self.is_its_edition(target)
            && let Some(range) = target.position.and_then(|p| self.bytes(p))
            && Squeezed::of(self.doc.slice(range).trim()).text == Squeezed::of(quote.exact.trim()).text
        {
            return Anchor::found(State::Exact, range);
        }
        let part = self.part_of(target);
        let (mut places, mut doubtful) = (Vec::new(), Vec::new());
        let mut count = 0;
        self.each_place(quote, |start, end, [before, after]| {
            let range = self.squeezed().original(start, end);
            if part.is_some_and(|part| !part.covers(range)) {
                return;
            }
            count += 1;
            let sides = u8::from(before.agrees()) + u8::from(after.agrees());
            let same_path = sides > 0 && self.same_path_at(&target.section, range);
            let (full, agreeing) = (before.whole && after.whole, before.chars + after.chars);
            let place = Place { range, full, sides, agreeing, same_path };
            if sides > 0 {
                places.push(place);
            } else {
                doubtful.push(place);
            }
            // A word that stands in the text a million times must not fill the memory. Only places that can never be
            // the one are dropped.
            if doubtful.len() >= 4 * CANDIDATES {
                doubtful.sort_by_key(Place::rank);
                doubtful.truncate(CANDIDATES);
            }
        });
        places.append(&mut doubtful);
        places.sort_by_key(Place::rank);
        match choose(&places, quote, !target.section.is_empty()) {
            Some(place) => Anchor::found(if place.same_path { State::Exact } else { State::Moved }, place.range),
            None => Anchor::asked(count, places.into_iter().map(|p| p.range).collect()),
        }
    }

    fn section(&self, target: &Target) -> Anchor {
        let outline = self.doc.outline();
        let part = self.part_of(target);
        let inside = |range: TextRange| part.is_none_or(|part| part.covers(range));
        // the reader may have put it elsewhere in the outline, which changes its path and where it ends, or retitled it
        let is_named = |id: SectionId, s: &Section| {
            let named = |s: &Section| target.section.last().is_some_and(|l| same_label(l, &s.title, &s.label()));
            named(s) || self.doc.imported_section(id).is_some_and(named)
        };
        if self.is_its_edition(target)
            && let Some(range) = target.position.and_then(|p| self.bytes(p))
            && let Some((_, s)) = outline.iter().find(|(id, s)| s.range.start == range.start && is_named(*id, s))
        {
            return Anchor::found(State::Exact, s.range);
        }
        let Some(last) = target.section.last() else { return Anchor::asked(0, Vec::new()) };
        let named: Vec<_> = outline
            .iter()
            .filter(|(_, s)| s.parent.is_some() && inside(s.range) && same_label(last, &s.title, &s.label()))
            .collect();
        let at_path: Vec<_> = named.iter().filter(|(id, _)| self.same_path(&target.section, *id)).collect();
        match (at_path.as_slice(), named.as_slice()) {
            ([(_, s)], _) => Anchor::found(State::Exact, s.range),
            ([], [(_, s)]) => Anchor::found(State::Moved, s.range),
            ([], all) => Anchor::asked(all.len(), all.iter().map(|(_, s)| s.range).collect()),
            (several, _) => Anchor::asked(several.len(), several.iter().map(|(_, s)| s.range).collect()),
        }
    }

    fn knelpunt(&self, target: &Target, id: &str) -> Anchor {
        if target.report.is_none() {
            return Anchor { state: State::Exact, range: None, candidates: Vec::new(), places: 1 };
        }
        match self.knelpunten.iter().find(|(found, _)| found == id) {
            Some((_, range)) => Anchor::found(State::Exact, *range),
            // Its section may still be there, but whether it is that knelpunt is for the reader to say.
            None => {
                let section = self.section(target);
                let candidates = section.range.into_iter().chain(section.candidates).collect::<Vec<_>>();
                Anchor::asked(section.places, candidates)
            }
        }
    }

    /// Calls with each place of the quote's words in the squeezed text (start, end) and how the context agrees there.
    fn each_place(&self, quote: &Quote, mut each: impl FnMut(usize, usize, [Side; 2])) {
        let squeezed = self.squeezed();
        let exact = Squeezed::of(quote.exact.trim()).text;
        if exact.is_empty() {
            return;
        }
        let prefix = Squeezed::of(quote.prefix.trim()).text;
        let suffix = Squeezed::of(quote.suffix.trim()).text;
        let text = squeezed.text.as_str();
        let finder = memmem::Finder::new(&exact);
        let mut from = 0;
        while let Some(start) = finder.find(&text.as_bytes()[from..]).map(|at| at + from) {
            let end = start + exact.len();
            let (before, after) = (text[..start].trim_end(), text[end..].trim_start());
            each(
                start,
                end,
                [Side::of(prefix.chars().rev(), before.chars().rev()), Side::of(suffix.chars(), after.chars())],
            );
            // Going on at the end keeps the work linear; of places that overlap ("een een een") the first is taken, and the
            // context tells whether it is the right one.
            from = end;
        }
    }

    fn squeezed(&self) -> &Squeezed {
        self.squeezed.get_or_init(|| Squeezed::of(self.doc.text()))
    }

    fn whole(&self) -> TextRange {
        TextRange::from(0..self.doc.text().len())
    }

    fn bytes(&self, position: Position) -> Option<TextRange> {
        let (start, end) = (self.points.byte(position.start)?, self.points.byte(position.end)?);
        (start <= end).then(|| TextRange::from(start..end))
    }

    fn section_at(&self, range: TextRange) -> SectionId {
        self.doc.block(self.doc.block_at(range.start)).section
    }

    fn is_its_edition(&self, target: &Target) -> bool {
        target.report.as_ref().and_then(|r| r.edition) == Some(self.doc.edition())
    }

    /// In a file that bundles several reports, the one that the target names; `None` when there is just one, or none of
    /// that name.
    fn part_of(&self, target: &Target) -> Option<TextRange> {
        let parts = self.doc.outline().parts();
        let title = &target.report.as_ref()?.title;
        let imported = self.doc.imported_outline().parts();
        let is_it = |(p, i): &(&Part, &Part)| same_words(&p.title, title) || same_words(&i.title, title);
        let mut named = parts.iter().zip(imported).filter(is_it).map(|(p, _)| p);
        let part = named.next().filter(|_| parts.len() > 1)?;
        named.next().is_none().then_some(part.range)
    }

    /// Whether a place lies under these headings, as the reader or as the file has them.
    fn same_path_at(&self, stored: &[String], range: TextRange) -> bool {
        let imported = || is_path(self.doc.imported_outline(), stored, self.doc.imported_section_at(range.start));
        self.same_path(stored, self.section_at(range)) || imported()
    }

    fn same_path(&self, stored: &[String], section: SectionId) -> bool {
        is_path(self.doc.outline(), stored, section)
    }
}

/// Whether a section lies under these headings.
fn is_path(outline: &Outline, stored: &[String], section: SectionId) -> bool {
    let path: Vec<_> = outline.path(section).into_iter().map(|s| outline.section(s)).collect();
    let path: Vec<_> = path.into_iter().filter(|s| s.parent.is_some()).collect();
    path.len() == stored.len() && path.iter().zip(stored).all(|(s, l)| same_label(l, &s.title, &s.label()))
}

/// How the context on one side agrees.
struct Side {
    /// Characters in a row that agree, counted from the quote.
    chars: usize,
    /// All of the stored context agrees.
    whole: bool,
    /// No context is stored although there is text here: that says nothing.
    unknown: bool,
}

impl Side {
    fn of(stored: impl Iterator<Item = char>, mut here: impl Iterator<Item = char>) -> Self {
        let mut chars = 0;
        for c in stored {
            if here.next() != Some(c) {
                return Side { chars, whole: false, unknown: false };
            }
            chars += 1;
        }
        Side { chars, whole: true, unknown: chars == 0 && here.next().is_some() }
    }

    fn agrees(&self) -> bool {
        !self.unknown && (self.whole || self.chars >= AGREES)
    }
}

impl Place {
    fn rank(&self) -> impl Ord + use<> {
        (Reverse(self.full), Reverse(self.same_path), Reverse(self.agreeing), self.range.start)
    }

    /// Whether what stands around the words is enough to be sure of the place.
    fn is_sure(&self, long: bool, path_known: bool) -> bool {
        match (long, self.same_path && path_known) {
            (true, true) => self.sides >= 1,
            (true, false) | (false, true) => self.sides == 2,
            (false, false) => self.full && self.sides == 2,
        }
    }
}

/// The one place that is meant, if that is beyond doubt.
fn choose<'p>(places: &'p [Place], quote: &Quote, path_known: bool) -> Option<&'p Place> {
    let long = quote.exact.chars().count() >= LONG || quote.exact.split_whitespace().count() >= LONG_WORDS;
    let sure: Vec<_> = places.iter().filter(|p| p.is_sure(long, path_known)).collect();
    let only = |keep: &dyn Fn(&Place) -> bool| {
        let mut kept = sure.iter().filter(|p| keep(p));
        kept.next().filter(|_| kept.next().is_none()).copied()
    };
    let place = match sure.len() {
        0 => None,
        1 => Some(sure[0]),
        _ if sure.iter().any(|p| p.full) => only(&|p| p.full).or_else(|| only(&|p| p.full && p.same_path)),
        _ => only(&|p| p.same_path),
    }?;
    // Where a sentence was doubled, each of the two has half of what stood around it.
    let rival = |p: &Place| p.range != place.range && p.sides > 0 && (p.same_path || !place.same_path);
    (place.full || !places.iter().any(rival)).then_some(place)
}

/// Whether a stored label names this section, be it under another number.
fn same_label(stored: &str, title: &str, label: &str) -> bool {
    let (stored, title) = (stored.trim(), title.trim());
    same_words(stored, label) || (!title.is_empty() && stored.strip_suffix(title).is_some_and(|n| n.ends_with(' ')))
}
