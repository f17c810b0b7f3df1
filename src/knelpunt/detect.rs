//! Knelpunten found in a report, and what it asks for: rules over a frozen document, no knowledge of any report.
//!
//! *Explicit* are sections that say so: by their label ("Knelpunt 1"), as sections of a chapter headed so, or as
//! chapters that end in asks where the report presents its chapters as knelpunten or has several such chapters.
//! *Candidates* are sections and passages that call something a knelpunt, and lone chapters that end in asks. Every
//! other place where the word stands is a *mention*.
//!
//! *Asks* are known by form: a heading or lead-in with a word of asking and someone addressed (or the writers).

use super::asks::asks_in;
use super::rules::Rules;
use crate::doc::{BlockId, Document, Part, PartId, Section, SectionId, TextRange};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeSet, HashMap};

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

struct Finder<'d> {
    doc: &'d Document,
    rules: &'d Rules,
    /// Direct subsections, by section.
    children: Vec<Vec<SectionId>>,
    /// Where something is named a knelpunt.
    named: Vec<TextRange>,
}

impl<'d> Finder<'d> {
    fn new(doc: &'d Document, rules: &'d Rules) -> Self {
        let mut children = vec![Vec::new(); doc.outline().sections().len()];
        for (id, section) in doc.outline().iter() {
            if let Some(parent) = section.parent {
                children[parent.0 as usize].push(id);
            }
        }
        let named = rules.named.find_iter(doc.text()).map(|m| TextRange::from(m.range())).collect();
        Finder { doc, rules, children, named }
    }

    fn section(&self, id: SectionId) -> &'d Section {
        self.doc.outline().section(id)
    }

    /// Explicit sections of one part, and the sections that are candidates.
    fn sections_of(&self, part_id: PartId, part: &Part, found: &mut Vec<Found>) {
        let all = self.doc.outline().iter();
        let ids: Vec<SectionId> =
            all.filter(|(_, s)| s.part == part_id && s.parent.is_some()).map(|(id, _)| id).collect();
        let first = found.len();
        for id in ids.iter().filter(|id| self.has_label(self.section(**id))) {
            self.put_labelled(*id, part, first, found);
        }
        let asking = self.asking_chapters(part, &ids);
        if found.len() == first {
            for id in self.listed(&ids) {
                self.put(id, part, Certainty::Explicit, first, found);
            }
            for id in self.chapters(part, &ids, &asking) {
                self.put(id, part, Certainty::Explicit, first, found);
            }
        }
        let explicit = found.len() > first;
        for id in &ids {
            let title = &self.section(*id).title;
            // where knelpunten are explicit, other headings that have the word announce them
            let announces = explicit && (self.is_around(*id) || self.rules.heads.is_match(title));
            if self.rules.named.is_match(title) && !announces {
                self.put(*id, part, Certainty::Candidate, first, found);
            }
        }
        if !explicit {
            for id in asking {
                self.put(id, part, Certainty::Candidate, first, found);
            }
        }
    }

    /// Adds a section, unless one that overlaps it was found already.
    fn put(&self, id: SectionId, part: &Part, certainty: Certainty, first: usize, found: &mut Vec<Found>) {
        if !found[first..].iter().any(|f| f.range.overlaps(self.section(id).range)) {
            found.push(self.make(id, part, certainty));
        }
    }

    fn has_label(&self, section: &Section) -> bool {
        section.number.as_deref().is_some_and(|n| self.rules.label.is_match(n))
            || self.rules.label.is_match(&section.title)
    }

    /// A label that stands twice (a summary, a divider page) is one knelpunt: where most is said of it.
    fn put_labelled(&self, id: SectionId, part: &Part, first: usize, found: &mut Vec<Found>) {
        let new = self.make(id, part, Certainty::Explicit);
        let key = |f: &Found| f.label.as_ref().unwrap_or(&f.title).to_lowercase();
        match found[first..].iter_mut().find(|f| key(f) == key(&new)) {
            Some(old) if old.range.len() < new.range.len() => *old = new,
            Some(_) => {}
            None => found.push(new),
        }
    }

    /// The sections of a chapter that is headed "Knelpunten".
    fn listed(&self, ids: &[SectionId]) -> Vec<SectionId> {
        let heads =
            ids.iter().filter(|id| self.rules.heads.is_match(&self.section(**id).title) && !self.is_around(**id));
        let children = heads.flat_map(|id| {
            let usable = |c: &SectionId| {
                let title = &self.section(*c).title;
                let asks = self.rules.asks(title, None) || self.rules.plain_ask.is_match(title);
                !asks && !self.rules.around.is_match(title)
            };
            let sections: Vec<SectionId> = self.children[id.0 as usize].iter().copied().filter(usable).collect();
            if sections.len() > 1 { sections } else { Vec::new() }
        });
        children.collect()
    }

    /// Chapters that end in asks, of a part that presents its chapters as knelpunten or has several such chapters.
    fn chapters(&self, part: &Part, ids: &[SectionId], asking: &[SectionId]) -> Vec<SectionId> {
        if !self.presents(part) {
            let siblings = |id: &SectionId| {
                let parent = self.section(*id).parent;
                asking.iter().filter(|other| self.section(**other).parent == parent).count()
            };
            return asking.iter().copied().filter(|id| siblings(id) > 1).collect();
        }
        let theme = |text: &str| self.rules.theme.is_match(text);
        let is_theme = |s: &Section| s.number.as_deref().is_some_and(theme) || theme(&s.title);
        let themes = ids.iter().copied().filter(|id| is_theme(self.section(*id)));
        // chapters whose asks have no heading of their own, but a lead-in
        let chapters = self.children[part.root.0 as usize].iter().copied();
        let led = chapters
            .filter(|id| !self.is_around(*id))
            .filter(|id| !asks_in(self.doc, self.rules, self.section(*id).range, part).is_empty());
        let all: BTreeSet<SectionId> = asking.iter().copied().chain(themes).chain(led).collect();
        // a chapter is taken whole, not a section of it as well
        all.iter().copied().filter(|id| !self.ancestors(*id).any(|a| all.contains(&a))).collect()
    }

    /// Sections with a subsection that asks, by its heading, and someone.
    fn asking_chapters(&self, part: &Part, ids: &[SectionId]) -> Vec<SectionId> {
        let asks = ids.iter().map(|id| self.section(*id)).filter(|s| self.rules.asks(&s.title, part.org.as_deref()));
        let chapters: BTreeSet<SectionId> = asks
            .filter_map(|s| s.parent)
            .filter(|id| self.section(*id).parent.is_some() && !self.is_around(*id))
            .collect();
        chapters.into_iter().collect()
    }

    /// Whether the text around a part's chapters says that they are about knelpunten.
    fn presents(&self, part: &Part) -> bool {
        let first = self.named.partition_point(|n| n.start < part.range.start);
        let mut inside = self.named[first..].iter().take_while(|n| n.start < part.range.end).copied();
        inside.any(|named| {
            let id = self.doc.block(self.doc.block_at(named.start)).section;
            let around = self.section(id).parent.is_none() || self.is_around(id);
            around && self.rules.presenting.is_match(self.sentence(named))
        })
    }

    /// Whether a section, or one it lies in, stands before or after the chapters.
    fn is_around(&self, id: SectionId) -> bool {
        self.rules.around.is_match(&self.section(id).title)
            || self
                .ancestors(id)
                .any(|a| self.section(a).parent.is_some() && self.rules.around.is_match(&self.section(a).title))
    }

    fn ancestors(&self, id: SectionId) -> impl Iterator<Item = SectionId> {
        std::iter::successors(self.section(id).parent, |a| self.section(*a).parent)
    }

    /// The sentence around a word, as far as a pattern needs one: from full stop to full stop, in its block.
    fn sentence(&self, word: TextRange) -> &'d str {
        const ENDS: [char; 4] = ['.', '?', '!', '\n'];
        let block = self.doc.block(self.doc.block_at(word.start)).range;
        let before = self.doc.slice(TextRange::new(block.start, word.start));
        let after = self.doc.slice(TextRange::new(word.end, block.end));
        let start = block.start + before.rfind(ENDS).map_or(0, |i| i as u32 + 1);
        let end = word.end + after.find(ENDS).map_or(after.len(), |i| i) as u32;
        self.doc.slice(TextRange::new(start, end))
    }

    /// Passages outside of the sections already found: one a block.
    fn passages(&self, found: &mut Vec<Found>) {
        let taken: Vec<TextRange> = found.iter().map(|f| f.range).collect();
        let mut last = None;
        for named in self.named.iter().filter(|n| !taken.iter().any(|t| t.covers(**n))) {
            let block_id = self.doc.block_at(named.start);
            let block = self.doc.block(block_id);
            // what a heading announces was found under it, or is that same label once more
            if block.kind.is_heading() && self.has_label(self.section(block.section)) {
                continue;
            }
            let calls = !block.kind.is_heading() && self.rules.calling.is_match(self.sentence(*named));
            let certainty = if calls { Certainty::Candidate } else { Certainty::Mention };
            match found.last_mut().filter(|_| last == Some(block_id)) {
                // the block's first word that is more than a mention names the passage
                Some(before) if before.certainty > certainty => *before = self.passage(*named, block_id, certainty),
                Some(_) => {}
                None => found.push(self.passage(*named, block_id, certainty)),
            }
            last = Some(block_id);
        }
    }

    fn passage(&self, named: TextRange, block: BlockId, certainty: Certainty) -> Found {
        let block = self.doc.block(block);
        let sentence = self.sentence(named).trim();
        let rest = self.doc.slice(TextRange::new(named.start, block.range.end));
        // "knelpunten in de bouw" says enough; of "knelpunt is …" the whole sentence has to be seen
        let title = if self.rules.linked.is_match(rest) {
            shorten(rest.split(['.', ',', ';', ':', '?', '!', '(', '\n', '\t']).next().unwrap_or(rest))
        } else {
            shorten(sentence)
        };
        let section = self.section(block.section);
        let part = section.part;
        Found {
            id: String::new(),
            label: None,
            title,
            section: block.section,
            part,
            range: block.range,
            certainty,
            asks: Vec::new(),
        }
    }

    fn make(&self, id: SectionId, part: &Part, certainty: Certainty) -> Found {
        let section = self.section(id);
        let (mut label, mut title) = (None, section.title.clone());
        let is_label = |text: &str| self.rules.label.is_match(text) || self.rules.theme.is_match(text);
        match section.number.as_deref() {
            Some(number) if is_label(number) => label = Some(number.to_string()),
            _ => {
                let found = self.rules.label.find(&section.title).or_else(|| self.rules.theme.find(&section.title));
                if let Some(found) = found {
                    let clean = |s: &str| s.trim_matches(|c: char| !c.is_alphanumeric()).to_string();
                    label = Some(clean(found.as_str()));
                    title = section.title[found.end()..].trim().to_string();
                }
            }
        }
        if title.is_empty() {
            title = label.clone().unwrap_or_default();
        }
        let asks = asks_in(self.doc, self.rules, section.range, part);
        let id_free = String::new();
        Found { id: id_free, label, title, section: id, part: section.part, range: section.range, certainty, asks }
    }
}

/// The first words of a text, with "…" when there are more.
fn shorten(text: &str) -> String {
    /// A title fits on a row of a list.
    const WORDS: usize = 12;
    let mut words = text.split_whitespace();
    let mut title = words.by_ref().take(WORDS).collect::<Vec<_>>().join(" ");
    if words.next().is_some() {
        title.push('…');
    }
    title
}

/// Gives every knelpunt its id; those that would be equal are numbered in reading order, the surest first.
fn give_ids(doc: &Document, found: &mut [Found]) {
    let mut seen: HashMap<String, u32> = HashMap::new();
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|i| found[*i].certainty);
    for i in order {
        let knelpunt = &mut found[i];
        let name = slug(knelpunt.label.as_ref().unwrap_or(&knelpunt.title));
        let id = format!("{}.{name}", part_slug(doc.outline().part(knelpunt.part)));
        let count = seen.entry(id.clone()).or_default();
        *count += 1;
        knelpunt.id = if *count == 1 { id } else { format!("{id}-{count}") };
    }
}

fn part_slug(part: &Part) -> String {
    let name = part.org.as_deref().filter(|o| !o.trim().is_empty()).unwrap_or(&part.title);
    let name = if name.trim().is_empty() { "report".into() } else { slug(name) };
    let year = part.year.map(|y| y.to_string()).or_else(|| part.date.as_ref().map(|d| d.chars().take(4).collect()));
    match year {
        Some(year) if !name.ends_with(&year) => format!("{name}-{year}"),
        _ => name,
    }
}

/// Lower case letters and digits with hyphens between the words, at most some 60 bytes, whole words.
fn slug(text: &str) -> String {
    /// Longer names are cut at a word, so that an id can be typed and used as a name of a file.
    const LONGEST: usize = 60;
    use unicode_normalization::UnicodeNormalization;
    let folded: String = text.nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect();
    let lower = folded.to_lowercase();
    let mut out = String::new();
    for word in lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        if !out.is_empty() && out.len() + 1 + word.len() > LONGEST {
            break;
        }
        if !out.is_empty() {
            out.push('-');
        }
        out.extend(word.chars().take(LONGEST));
    }
    if out.is_empty() { "x".into() } else { out }
}

#[cfg(test)]
mod tests;
