//! Knelpunten found in a report, and what it asks for: rules over a frozen document, no knowledge of any report.
//!
//! *Explicit* are sections that say so: by their label ("Knelpunt 1"), as sections of a chapter headed so, or as
//! chapters that end in asks where the report presents its chapters as knelpunten or has several such chapters.
//! *Candidates* are sections and passages that call something a knelpunt, and lone chapters that end in asks. Every
//! other place where the word stands is a *mention*.
//!
//! *Asks* are known by form: a heading or lead-in with a word of asking and someone addressed (or the writers), or a
//! numbered recommendation.

use super::ids::give_ids;
use super::rules::Rules;
use crate::doc::{Document, PartId, Section, SectionId, TextRange};
use serde::{Deserialize, Serialize};

/// How surely a report presents something as a knelpunt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Certainty {
    /// A section that the report itself presents as one.
    Explicit,
    /// A section or passage that calls something a knelpunt.
    Candidate,
    /// The word stands there, no more.
    Mention,
}

/// Where a report says what it wants.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The heading, or the lead-in of the list.
    pub title: String,
    /// Heading or lead-in and what follows it; inside the knelpunt's range.
    pub range: TextRange,
}

/// A knelpunt found in a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Made from the report's publisher or title, its year, and the label or title: the same in every edition of the
    /// same report as long as those are. Unique in its document.
    pub id: String,
    /// "Knelpunt 1"; `None` when nothing numbers it.
    pub label: Option<String>,
    /// The title without the label; for a passage the words that name it.
    pub title: String,
    /// The section that is it, or in which the passage stands.
    pub section: SectionId,
    /// The report it stands in.
    pub part: PartId,
    /// All of the section, or the block of the passage.
    pub range: TextRange,
    /// How sure it is.
    pub certainty: Certainty,
    /// What is asked for it, in reading order.
    pub asks: Vec<Ask>,
}

/// Finds the knelpunten of a document, in reading order, each once.
#[must_use]
pub fn detect(doc: &Document, rules: &Rules) -> Vec<Found> {
    let finder = Finder::new(doc, rules);
    let mut found = Vec::new();
    for (i, part) in doc.outline().parts().iter().enumerate() {
        finder.sections_of(PartId(i as u32), part, &mut found);
    }
    finder.passages(&mut found);
    found.sort_by_key(|f| (f.range.start, std::cmp::Reverse(f.range.end)));
    give_ids(doc, &mut found);
    found
}

/// What stands before the word in a compound is at most this long, in characters.
const LONGEST_STEM: usize = 48;

/// A document with what all rules ask of it. The rules for sections are in `sections`, those for passages in `passages`.
pub(super) struct Finder<'d> {
    pub(super) doc: &'d Document,
    pub(super) rules: &'d Rules,
    /// Direct subsections, by section.
    pub(super) children: Vec<Vec<SectionId>>,
    /// Where something is named a knelpunt.
    pub(super) named: Vec<TextRange>,
}

impl<'d> Finder<'d> {
    fn new(doc: &'d Document, rules: &'d Rules) -> Self {
        let mut children = vec![Vec::new(); doc.outline().sections().len()];
        for (id, section) in doc.outline().iter() {
            if let Some(parent) = section.parent {
                children[parent.0 as usize].push(id);
            }
        }
        let text = doc.text();
        let whole = |m: regex::Match<'_>| {
            // no word is longer: a text without blanks is not walked through again and again
            let stem = text[..m.start()].chars().rev().take(LONGEST_STEM);
            let stem: usize = stem.take_while(|c| c.is_alphabetic() || *c == '-').map(char::len_utf8).sum();
            TextRange::from(m.start() - stem..m.end())
        };
        let named = rules.named.find_iter(text).map(whole).collect();
        Finder { doc, rules, children, named }
    }

    pub(super) fn section(&self, id: SectionId) -> &'d Section {
        self.doc.outline().section(id)
    }

    /// The places in a range where something is named a knelpunt.
    pub(super) fn named_in(&self, range: TextRange) -> impl Iterator<Item = TextRange> {
        let first = self.named.partition_point(|n| n.start < range.start);
        self.named[first..].iter().copied().take_while(move |n| n.start < range.end)
    }

    /// Whether a section, or one it lies in, stands before or after the chapters.
    pub(super) fn is_around(&self, id: SectionId) -> bool {
        self.rules.around.is_match(&self.section(id).title)
            || self
                .ancestors(id)
                .any(|a| self.section(a).parent.is_some() && self.rules.around.is_match(&self.section(a).title))
    }

    pub(super) fn ancestors(&self, id: SectionId) -> impl Iterator<Item = SectionId> {
        std::iter::successors(self.section(id).parent, |a| self.section(*a).parent)
    }

    /// The sentence around a word, as far as a pattern needs one: from full stop to full stop, in its block.
    pub(super) fn sentence(&self, word: TextRange) -> &'d str {
        const ENDS: [char; 4] = ['.', '?', '!', '\n'];
        let block = self.doc.block(self.doc.block_at(word.start)).range;
        let before = self.doc.slice(TextRange::new(block.start, word.start));
        let after = self.doc.slice(TextRange::new(word.end, block.end));
        let start = block.start + before.rfind(ENDS).map_or(0, |i| i as u32 + 1);
        let end = word.end + after.find(ENDS).map_or(after.len(), |i| i) as u32;
        self.doc.slice(TextRange::new(start, end))
    }
}

/// The first words of a text, with "…" when there are more.
pub(super) fn shorten(text: &str) -> String {
    /// A title fits on a row of a list.
    const WORDS: usize = 12;
    let mut words = text.split_whitespace();
    let mut title = words.by_ref().take(WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        title.push('…');
    }
    title
}

#[cfg(test)]
mod tests;
