//! Finding a target again in an edition of its report: never silently wrong.
//!
//! The same edition needs no heuristics. In another one the quote is looked for letter for letter, typography aside
//! (`fold`, `typography`), and what stood around it, the headings it lay under and the other notes of the report have to
//! speak for the place (`evidence`, `choose`, `order`). Only a quote that says something by itself is looked for with other
//! words (`seeds`, `myers`, `approximate`), and what is found so is never more than [`State::Changed`]: by likeness nobody
//! can tell *geen* from *een* (`protected`). Whatever leaves a doubt is [`State::Uncertain`], and the reader is asked.

mod approximate;
mod choose;
mod evidence;
mod fold;
mod headings;
mod myers;
mod order;
mod passage;
mod protected;
mod seeds;
mod sought;
mod typography;

use super::kin::same_words;
pub use super::kin::{Kin, kin};
use super::note::{AcceptedAnchor, Position, Quote, Target, TargetKind};
use super::points::Points;
use crate::doc::{Document, Part, SectionId, TextRange};
use order::Ordered;
use passage::{Finding, Text};
use serde::{Deserialize, Serialize};
use sought::Sought;
use std::cell::OnceCell;

/// Most candidates that are handed on; [`Anchor::places`] tells how many there are.
const CANDIDATES: usize = 50;

/// What became of a target in an edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum State {
    /// Found, where it was or merely shifted.
    Exact,
    /// Found word for word, in another section or another order.
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
    /// Where it might be when that is uncertain, likeliest first, at most fifty. An orphan has what comes nearest, at most
    /// three, if anything does.
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

    /// Not found; these come nearest.
    fn orphan(candidates: Vec<TextRange>) -> Self {
        Anchor { state: State::Orphan, range: None, places: candidates.len(), candidates }
    }
}

/// Raised when the same target may be found at another place, or in another state, than by the code before.
pub const VERSION: u32 = 3;

/// Looks for targets in one document. Making it costs nothing; the first target that has to be looked for costs a pass or two
/// over the text, each further one a search for its words and a bounded number of comparisons.
pub struct Resolver<'a> {
    doc: &'a Document,
    knelpunten: &'a [(String, TextRange)],
    points: Points<'a>,
    text: OnceCell<Text<'a>>,
}

impl<'a> Resolver<'a> {
    /// A resolver for this document; `knelpunten` are the ids and places of those found in it.
    #[must_use]
    pub fn new(doc: &'a Document, knelpunten: &'a [(String, TextRange)]) -> Self {
        Resolver { doc, knelpunten, points: Points::of(doc.text()), text: OnceCell::new() }
    }

    /// Looks for all targets of one report together, each with what the reader has accepted for it: where the others
    /// stand tells which of several places is meant, and which of them have moved. The anchors come in the order of the
    /// targets. The document is taken to be an edition of their report (see [`kin`]).
    #[must_use]
    pub fn resolve_all<'n>(
        &self,
        targets: impl IntoIterator<Item = (&'n Target, &'n [AcceptedAnchor])>,
    ) -> Vec<Anchor> {
        let targets: Vec<_> = targets.into_iter().collect();
        let mut findings: Vec<(Finding, bool)> = targets.iter().map(|(t, accepted)| self.find(t, accepted)).collect();
        let made = |t: &Target| {
            let edition = t.report.as_ref()?.edition?;
            t.position.filter(|_| t.quote().is_some()).map(|p| (edition, p))
        };
        let mut notes: Vec<Ordered<'_>> = findings
            .iter_mut()
            .zip(&targets)
            .map(|((finding, accepted), (target, _))| Ordered {
                finding,
                made: made(target),
                times: target.quote().and_then(|q| q.times),
                words: target.quote().map_or("", |q| q.exact.as_str()),
                accepted: *accepted,
            })
            .collect();
        order::settle(&mut notes, |i, place| match targets[i].0.quote() {
            Some(quote) => self.text().found(&Sought::of(quote, &targets[i].0.section), place),
            None => Anchor::found(State::Uncertain, place.range),
        });
        findings.into_iter().map(|(finding, _)| self.on_borders(finding.anchor)).collect()
    }

    /// Places that were counted in letters may end within a grapheme.
    fn on_borders(&self, mut anchor: Anchor) -> Anchor {
        for range in anchor.range.iter_mut().chain(&mut anchor.candidates) {
            *range = fold::on_borders(self.doc.text(), *range);
        }
        anchor
    }

    /// Looks for one target by itself.
    #[must_use]
    pub fn resolve(&self, target: &Target, accepted: &[AcceptedAnchor]) -> Anchor {
        self.on_borders(self.find(target, accepted).0.anchor)
    }

    /// All places where these words stand with all of this context (which may be empty) around them, typography aside, in
    /// reading order; only in sections called `section` when that is given.
    #[must_use]
    pub fn places(&self, quote: &Quote, section: Option<&str>) -> Vec<TextRange> {
        let outline = self.doc.outline();
        let named = |s: SectionId| {
            let s = outline.section(s);
            section.is_none_or(|wanted| same_words(wanted, &s.title) || same_words(wanted, &s.label()))
        };
        self.text().all_places(&Sought::of(quote, &[]), |range| {
            section.is_none() || outline.path(self.section_at(range)).into_iter().any(named)
        })
    }

    /// What became of a target, and whether that is what the reader has accepted.
    fn find(&self, target: &Target, accepted: &[AcceptedAnchor]) -> (Finding, bool) {
        let here = accepted.iter().rev().find(|a| a.edition == self.doc.edition());
        if let Some(said) = here {
            let Some(position) = said.position else {
                // the reader has looked, and left it without a place
                return (Finding::of(Anchor::asked(0, Vec::new())), true);
            };
            if let Some(range) = self.bytes(position) {
                return (Finding::of(Anchor::found(State::Exact, range)), true);
            }
        }
        let finding = match &target.kind {
            TargetKind::Passage(quote) => self.passage(target, quote),
            TargetKind::Section => Finding::of(self.section(target)),
            TargetKind::Knelpunt(id) => Finding::of(self.knelpunt(target, id)),
            TargetKind::Report => {
                Finding::of(Anchor::found(State::Exact, self.part_of(target).unwrap_or(self.whole())))
            }
        };
        (finding, false)
    }

    fn passage(&self, target: &Target, quote: &Quote) -> Finding {
        if self.is_its_edition(target)
            && let Some(range) = target.position.and_then(|p| self.bytes(p))
            && self.doc.slice(range).split_whitespace().eq(quote.exact.split_whitespace())
        {
            return Finding::of(Anchor::found(State::Exact, range));
        }
        self.text().find(Sought::of(quote, &target.section), self.part_of(target))
    }

    fn text(&self) -> &Text<'a> {
        self.text.get_or_init(|| Text::of(self.doc))
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
}

#[cfg(test)]
mod tests;
