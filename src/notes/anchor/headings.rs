//! Finding a section by its headings, and a knelpunt that was found in a report.
//!
//! A section has no quote, only its title and those around it, and reports repeat titles under every chapter. So a title
//! counts only with what it lies under, or when it is one that nobody would use twice.

use super::evidence::{is_like, path, same_label};
use super::{Anchor, Resolver, State};
use crate::doc::{Section, SectionId, TextRange};
use crate::notes::Target;

/// A title of this many characters says something by itself; so does one of [`LONG_WORDS`].
const LONG: usize = 40;
/// A title of this many words says something by itself.
const LONG_WORDS: usize = 6;
/// Sections offered where a section is not found.
const OFFERED: usize = 3;

impl Resolver<'_> {
    pub(super) fn section(&self, target: &Target) -> Anchor {
        let outline = self.doc.outline();
        let part = self.part_of(target);
        let inside = |range: TextRange| part.is_none_or(|part| part.covers(range));
        let Some(last) = target.section.last() else { return Anchor::asked(0, Vec::new()) };
        // the reader may have put it elsewhere in the outline, which changes its path and where it ends, or retitled it
        let is_named = |id: SectionId, s: &Section| {
            let named = |s: &Section| same_label(last, &s.title, &s.label());
            named(s) || self.doc.imported_section(id).is_some_and(named)
        };
        if self.is_its_edition(target)
            && let Some(range) = target.position.and_then(|p| self.bytes(p))
            && let Some((_, s)) = outline.iter().find(|(id, s)| s.range.start == range.start && is_named(*id, s))
        {
            return Anchor::found(State::Exact, s.range);
        }
        let all: Vec<_> = outline.iter().filter(|(_, s)| s.parent.is_some() && inside(s.range)).collect();
        let named: Vec<_> = all.iter().filter(|(_, s)| same_label(last, &s.title, &s.label())).collect();
        let at_path: Vec<_> = named.iter().filter(|(id, _)| self.is_at(&target.section, *id)).collect();
        let numbered = |s: &Section| crate::notes::kin::same_words(last, &s.label());
        // under the same headings, but for a letter
        let misprinted = || -> Vec<TextRange> {
            let like = all.iter().filter(|(id, s)| is_like(last, s) && self.is_at(&target.section, *id));
            like.map(|(_, s)| s.range).collect()
        };
        let ranges = |found: &[&(SectionId, &Section)]| found.iter().map(|(_, s)| s.range).collect::<Vec<_>>();
        match at_path.as_slice() {
            [(_, s)] => return Anchor::found(State::Exact, s.range),
            [] => {}
            several => {
                let mut same = several.iter().filter(|(_, s)| numbered(s));
                return match (same.next(), same.next()) {
                    (Some((_, s)), None) if s.number.is_some() => Anchor::found(State::Exact, s.range),
                    _ => Anchor::asked(several.len(), several.iter().map(|(_, s)| s.range).collect()),
                };
            }
        }
        match (misprinted().as_slice(), named.as_slice()) {
            ([one], _) => Anchor::found(State::Changed, *one),
            ([], []) => Anchor::orphan(self.offered(target, &all)),
            ([], [(_, s)])
                if is_telling(&s.title) || (target.section.len() == 1 && numbered(s) && s.number.is_some()) =>
            {
                Anchor::found(State::Moved, s.range)
            }
            (several, named) => {
                let mut asked = several.to_vec();
                asked.extend(ranges(named));
                Anchor::asked(asked.len(), asked)
            }
        }
    }

    pub(super) fn knelpunt(&self, target: &Target, id: &str) -> Anchor {
        if target.report.is_none() {
            return Anchor { state: State::Exact, range: None, candidates: Vec::new(), places: 1 };
        }
        // What makes the id is the name; ids of the same name are counted, and the count may have changed.
        if let Some((_, range)) = self.knelpunten.iter().find(|(found, _)| found == id) {
            let section = self.section_at(*range);
            let titled = target.section.last().is_none_or(|last| is_like(last, self.doc.outline().section(section)));
            match (target.section.is_empty() || self.is_at(&target.section, section), titled) {
                (true, _) => return Anchor::found(State::Exact, *range),
                (false, true) if self.names_once(id) => return Anchor::found(State::Moved, *range),
                _ => {}
            }
        }
        // Its section may still be there, but whether it is that knelpunt is for the reader to say.
        let section = self.section(target);
        let by_id = self.knelpunten.iter().find(|(found, _)| found == id).map(|(_, range)| *range);
        let mut candidates: Vec<TextRange> = section.range.into_iter().collect();
        candidates.extend(section.candidates.into_iter().chain(by_id));
        candidates.dedup();
        Anchor::asked(candidates.len(), candidates)
    }

    /// Whether only one knelpunt has this name, be it counted.
    fn names_once(&self, id: &str) -> bool {
        let name = |id: &str| match id.rsplit_once('-') {
            Some((name, n)) if !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()) => name.to_owned(),
            _ => id.to_owned(),
        };
        self.knelpunten.iter().filter(|(other, _)| other == id || name(other) == name(id)).count() == 1
    }

    /// Sections that may have been retitled into what they are: under the same headings with the same number.
    fn offered(&self, target: &Target, all: &[(SectionId, &Section)]) -> Vec<TextRange> {
        let Some((last, outer)) = target.section.split_last() else { return Vec::new() };
        let number = |label: &str| label.split_whitespace().next().map(|n| n.trim_end_matches(['.', ':']).to_owned());
        let offered = all.iter().filter(|(id, s)| {
            let parent = self.doc.outline().path(*id).len().checked_sub(2).map(|_| s.parent);
            let same_parent = match parent.flatten() {
                Some(parent) if !outer.is_empty() => path(self.doc.outline(), outer, parent) >= 1.0,
                Some(parent) => self.doc.outline().section(parent).parent.is_none(),
                None => false,
            };
            same_parent && s.number.is_some() && number(&s.label()) == number(last)
        });
        offered.take(OFFERED).map(|(_, s)| s.range).collect()
    }

    fn is_at(&self, stored: &[String], section: SectionId) -> bool {
        path(self.doc.outline(), stored, section) >= 1.0
    }
}

/// Whether a title is one that nobody would use twice.
fn is_telling(title: &str) -> bool {
    title.chars().count() >= LONG || title.split_whitespace().count() >= LONG_WORDS
}
