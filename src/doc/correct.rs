//! What the reader says of the headings of a document: another level, another title, no heading, or a heading that was
//! missed. The document as imported stays what it is; its outline is built anew from it and all corrections, so that they
//! don't depend on one another's order. No byte of text and no range of a block ever changes.
//!
//! A heading that goes up or down takes along what the file itself puts under it; headings beside it stay where they are.
//! After that the usual rule holds: a heading lies under the nearest one above it of a higher level.

mod address;
mod edit;

pub use address::Address;
pub use edit::{DEEPEST, Refusal};

use super::{
    Block, BlockId, BlockKind, DocError, Document, Outline, PartId, RawDocument, Section, SectionId, TextRange,
};
use address::{Spot, find, words};
use rustc_hash::FxHashMap;

/// What the reader says of one heading.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Correction {
    /// Which.
    pub at: Address,
    /// It is none.
    pub remove: bool,
    /// Its level, from 2. Of what the file has as no heading: it is one.
    pub level: Option<u8>,
    /// Its title, with its number.
    pub title: Option<String>,
}

impl Correction {
    /// Whether it says nothing.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        !self.remove && self.level.is_none() && self.title.is_none()
    }

    /// Stands for these corrections; 0 for none.
    #[must_use]
    pub fn stamp(all: &[Correction]) -> u64 {
        if all.is_empty() {
            return 0;
        }
        let mut hash = blake3::Hasher::new();
        for c in all {
            for text in [&c.at.text, &c.at.before, &c.at.after, c.title.as_ref().unwrap_or(&String::new())] {
                hash.update(&(text.len() as u64).to_le_bytes()).update(text.as_bytes());
            }
            hash.update(&c.at.nth.to_le_bytes()).update(&c.at.of.to_le_bytes());
            hash.update(&[u8::from(c.remove), c.level.unwrap_or(0), u8::from(c.title.is_some())]);
        }
        let mut first = [0; 8];
        first.copy_from_slice(&hash.finalize().as_bytes()[..8]);
        u64::from_le_bytes(first).max(1)
    }
}

/// What a corrected document remembers: how it was imported, and what was said of it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Corrected {
    blocks: Vec<Block>,
    outline: Outline,
    /// How many warnings are the import's own.
    warnings: usize,
    corrections: Vec<(Correction, Option<Spot>)>,
    stamp: u64,
}

impl Document {
    /// The same document with these corrections instead of those it has. A correction that does not find its heading
    /// changes nothing, is among [`Document::lost_corrections`], and in the warnings.
    ///
    /// # Errors
    /// When the outline would not hold together; that is a fault of this module, never of the corrections.
    pub fn corrected(&self, corrections: &[Correction]) -> Result<Document, DocError> {
        let mut raw = RawDocument {
            edition: self.edition,
            format: self.format,
            text: self.text.clone(),
            blocks: self.imported_blocks().to_vec(),
            spans: self.spans.clone(),
            outline: self.imported_outline().clone(),
            source: self.source.clone(),
            furniture: self.furniture.clone(),
            warnings: self.warnings[..self.corrected.as_ref().map_or(self.warnings.len(), |c| c.warnings)].to_vec(),
        };
        if corrections.is_empty() {
            return Document::freeze(raw);
        }
        let spots = find(self, corrections.iter().map(|c| &c.at));
        let mut corrected = Corrected {
            blocks: raw.blocks.clone(),
            outline: raw.outline.clone(),
            warnings: raw.warnings.len(),
            corrections: corrections.iter().cloned().zip(spots).collect(),
            stamp: Correction::stamp(corrections),
        };
        let said = Said::sort(&mut corrected);
        (raw.blocks, raw.outline) = said.rebuild(&corrected);
        let lost: Vec<_> = corrected.lost().map(|c| format!("{:?}", c.at.text)).collect();
        match lost.len() {
            0 => {}
            1 => raw.warnings.push(format!("a corrected heading is not found (any more): {}", lost[0])),
            n => raw.warnings.push(format!("{n} corrected headings are not found (any more): {}", lost.join(", "))),
        }
        let mut doc = Document::freeze(raw)?;
        doc.corrected = Some(Box::new(corrected));
        Ok(doc)
    }

    /// The outline as the file has it, without corrections.
    #[must_use]
    pub fn imported_outline(&self) -> &Outline {
        self.corrected.as_ref().map_or(&self.outline, |c| &c.outline)
    }

    /// The innermost section that the file has at a byte.
    #[must_use]
    pub fn imported_section_at(&self, byte: u32) -> SectionId {
        self.imported_blocks().get(self.block_at(byte).0 as usize).map(|b| b.section).unwrap_or_default()
    }

    fn imported_blocks(&self) -> &[Block] {
        self.corrected.as_ref().map_or(&self.blocks, |c| &c.blocks)
    }

    /// Stands for the corrections of its outline; 0 when it is as imported.
    #[must_use]
    pub fn outline_stamp(&self) -> u64 {
        self.corrected.as_ref().map_or(0, |c| c.stamp)
    }

    /// Corrections that do not find their heading.
    pub fn lost_corrections(&self) -> impl Iterator<Item = &Correction> {
        self.corrected.iter().flat_map(|c| c.lost())
    }

    /// What the reader said of a block.
    #[must_use]
    pub fn correction_at(&self, block: BlockId) -> Option<&Correction> {
        self.said(Spot::Block(block))
    }

    /// What the reader said of the heading of a section, or of the title of a report.
    #[must_use]
    pub fn correction_of(&self, section: SectionId) -> Option<&Correction> {
        let s = self.outline.section(section);
        match s.heading {
            Some(block) => self.said(Spot::Block(block)),
            None => self.said(Spot::Part(s.part)).filter(|_| s.parent.is_none()),
        }
    }

    fn said(&self, spot: Spot) -> Option<&Correction> {
        let said = &self.corrected.as_ref()?.corrections;
        said.iter().find(|(_, found)| *found == Some(spot)).map(|(c, _)| c)
    }

    /// A section as the file has it; `None` for one that the reader made.
    #[must_use]
    pub fn imported_section(&self, section: SectionId) -> Option<&Section> {
        Some(self.imported_outline().section(self.imported_id(section)?))
    }

    fn imported_id(&self, section: SectionId) -> Option<SectionId> {
        let s = self.outline.section(section);
        match s.heading {
            Some(block) => {
                let id = self.imported_blocks()[block.0 as usize].section;
                (self.imported_outline().section(id).heading == Some(block)).then_some(id)
            }
            None if s.parent.is_none() => Some(self.imported_outline().part(s.part).root),
            None => None,
        }
    }
}

impl Corrected {
    fn lost(&self) -> impl Iterator<Item = &Correction> {
        self.corrections.iter().filter(|(_, spot)| spot.is_none()).map(|(c, _)| c)
    }
}

/// The corrections by what they are about.
#[derive(Default)]
struct Said {
    /// Of headings of the file.
    sections: FxHashMap<SectionId, Correction>,
    /// Of blocks that the file has as no heading, by the section they lie in there, ascending.
    made: FxHashMap<SectionId, Vec<(BlockId, Correction)>>,
}

impl Said {
    /// Sorts the corrections that were found. Those that find something they can't be about are lost; of two about the
    /// same the first holds.
    fn sort(corrected: &mut Corrected) -> Said {
        let mut said = Said::default();
        let Corrected { blocks, outline, corrections, .. } = corrected;
        for (correction, spot) in corrections {
            match *spot {
                Some(Spot::Part(part)) => {
                    said.sections.entry(outline.part(part).root).or_insert_with(|| correction.clone());
                }
                Some(Spot::Block(block)) => {
                    let Block { kind, section, .. } = &blocks[block.0 as usize];
                    if outline.section(*section).heading == Some(block) {
                        said.sections.entry(*section).or_insert_with(|| correction.clone());
                    } else if correction.level.is_some() && edit::may_be_heading(kind) {
                        if !correction.remove {
                            said.made.entry(*section).or_default().push((block, correction.clone()));
                        }
                    } else if !correction.remove {
                        *spot = None;
                    }
                }
                None => {}
            }
        }
        for made in said.made.values_mut() {
            made.sort_by_key(|(block, _)| *block);
            made.dedup_by_key(|(block, _)| *block);
        }
        said
    }

    /// Blocks and outline with what was said.
    fn rebuild(&self, corrected: &Corrected) -> (Vec<Block>, Outline) {
        let old = &corrected.outline;
        let shifts = shifts(old, |id| self.sections.get(&id).and_then(|c| c.level));
        let removed =
            |id: SectionId, s: &Section| s.parent.is_some() && self.sections.get(&id).is_some_and(|c| c.remove);
        // in reading order, each with the section of the file or the paragraph that it was
        let mut headings: Vec<(Result<SectionId, BlockId>, Section)> = Vec::with_capacity(old.sections().len());
        for (id, section) in old.iter() {
            let shift = shifts[id.0 as usize];
            if !removed(id, section) {
                headings.push((Ok(id), self.heading_of_file(id, section, shift)));
            }
            for (block, correction) in self.made.get(&id).into_iter().flatten() {
                let level = moved(section.level, shift + 1);
                let root = old.part(section.part).root;
                headings.push((Err(*block), made(&corrected.blocks, *block, correction, level, section.part, root)));
            }
        }
        headings.sort_by_key(|(_, s)| (s.part, s.parent.is_some(), s.range.start));
        let ids: FxHashMap<_, _> = headings.iter().zip(0..).map(|((origin, _), i)| (*origin, SectionId(i))).collect();
        let mut new: Vec<Section> = headings.into_iter().map(|(_, section)| section).collect();
        let mut blocks = self.sort_blocks(corrected, &ids);
        // nothing is nested anew where no heading came, went or moved
        let same = |(a, b): (&Section, &Section)| a.level == b.level && a.heading == b.heading;
        if new.len() != old.sections().len() || !new.iter().zip(old.sections()).all(same) {
            nest(&blocks, &mut new);
        }
        for section in &new {
            if let Some(heading) = section.heading {
                blocks[heading.0 as usize].kind = BlockKind::Heading { level: section.level };
            }
        }
        for i in 0..blocks.len() {
            if let BlockKind::Item { lead_in: Some(lead), .. } = &blocks[i].kind
                && blocks[lead.0 as usize].kind.is_heading()
                && let BlockKind::Item { lead_in, .. } = &mut blocks[i].kind
            {
                *lead_in = None;
            }
        }
        let mut parts = old.parts().to_vec();
        for (i, section) in new.iter().enumerate().filter(|(_, s)| s.parent.is_none()) {
            let part = &mut parts[section.part.0 as usize];
            part.root = SectionId(i as u32);
            if self.sections.get(&old.part(section.part).root).is_some_and(|c| c.title.is_some()) {
                part.title = section.label();
            }
        }
        (blocks, Outline::new(new, parts))
    }

    /// The blocks with the section each lies in now: text under a heading that is none goes on in what stands before it,
    /// text after a new heading belongs to that, as far as its old section goes.
    fn sort_blocks(&self, corrected: &Corrected, ids: &FxHashMap<Result<SectionId, BlockId>, SectionId>) -> Vec<Block> {
        let old = &corrected.outline;
        let mut blocks = corrected.blocks.clone();
        let mut before: FxHashMap<SectionId, SectionId> = FxHashMap::default();
        for i in 0..blocks.len() {
            let home = blocks[i].section;
            let section = old.section(home);
            let own = section.heading.map_or(0, |h| h.0 as usize);
            // a heading that is printed later than its text opens its section all the same
            let takes = |from: usize| from <= i && !(from < own && own <= i);
            let made = self.made.get(&home).and_then(|m| m.iter().rfind(|(from, _)| takes(from.0 as usize)));
            let kept = made.and_then(|(from, _)| ids.get(&Err(*from))).or_else(|| ids.get(&Ok(home)));
            blocks[i].section = kept.copied().unwrap_or_else(|| {
                *before.entry(home).or_insert_with(|| match i.checked_sub(1) {
                    Some(last) if old.section(corrected.blocks[last].section).part == section.part => {
                        blocks[last].section
                    }
                    _ => ids.get(&Ok(old.part(section.part).root)).copied().unwrap_or_default(),
                })
            });
            if section.heading == Some(BlockId(i as u32)) && !ids.contains_key(&Ok(home)) {
                blocks[i].kind = BlockKind::Paragraph;
            }
        }
        blocks
    }

    /// A heading of the file with what was said of it; where it ends and what it lies under is not known yet.
    fn heading_of_file(&self, id: SectionId, section: &Section, shift: i16) -> Section {
        let mut section = section.clone();
        if section.parent.is_some() {
            section.level = moved(section.level, shift);
        }
        let Some(said) = self.sections.get(&id) else { return section };
        if let Some(title) = &said.title {
            let typed = split(section.number.as_deref(), title);
            let then = split(None, &said.at.text).0;
            section.title = typed.1;
            // the number that the reader left as it was is still the file's: it may have been counted anew
            if typed.0.is_none() || typed.0 != then || section.number.is_none() {
                section.number = typed.0;
            }
        }
        section.confidence = 1.0;
        section
    }
}

/// Says of each section what it lies under and where it ends.
fn nest(blocks: &[Block], new: &mut [Section]) {
    let mut open: Vec<usize> = Vec::new();
    let mut title_at = 0;
    for i in 0..new.len() {
        let (start, level, is_root) = (new[i].range.start, new[i].level, new[i].parent.is_none());
        // what stands before the title of its report ends there
        if open.get(1).is_some_and(|o| new[*o].range.start < title_at) && (is_root || start > title_at) {
            close(new, &mut open, 1, Some(title_at));
        }
        if is_root {
            close(new, &mut open, 0, None);
            title_at = new[i].heading.map_or(0, |h| blocks[h.0 as usize].range.start);
        } else {
            let keep = open.iter().take_while(|o| new[**o].level < level).count().max(1);
            close(new, &mut open, keep, Some(start));
            new[i].parent = open.last().map(|o| SectionId(*o as u32));
        }
        open.push(i);
    }
    if open.get(1).is_some_and(|o| new[*o].range.start < title_at) {
        close(new, &mut open, 1, Some(title_at));
    }
    close(new, &mut open, 0, None);
}

/// Ends the open sections but the first `keep`: before what begins at `next`, else with their report.
fn close(new: &mut [Section], open: &mut Vec<usize>, keep: usize, next: Option<u32>) {
    let whole = open.first().map(|root| new[*root].range);
    for i in open.split_off(keep.min(open.len())) {
        if new[i].parent.is_none() {
            continue;
        }
        // two line ends part a block from the next
        let end = next.map(|n| n.saturating_sub(2)).or(whole.map(|w| w.end));
        let start = new[i].range.start;
        new[i].range = TextRange::new(start, end.unwrap_or(start));
    }
}

/// By how many levels each section of an outline is moved, when some are said to have a level.
fn shifts(outline: &Outline, said: impl Fn(SectionId) -> Option<u8>) -> Vec<i16> {
    let mut shifts: Vec<i16> = Vec::with_capacity(outline.sections().len());
    for (id, section) in outline.iter() {
        let own =
            said(id).filter(|_| section.parent.is_some()).map(|to| i16::from(to.max(2)) - i16::from(section.level));
        shifts.push(own.unwrap_or_else(|| section.parent.map_or(0, |p| shifts[p.0 as usize])));
    }
    shifts
}

/// A level moved by so many; only the title of a report is at 1.
fn moved(level: u8, by: i16) -> u8 {
    (i16::from(level) + by).clamp(2, i16::from(u8::MAX)) as u8
}

/// The section of a heading that the file does not have as one; of `level` unless another is said.
fn made(blocks: &[Block], id: BlockId, said: &Correction, level: u8, part: PartId, root: SectionId) -> Section {
    let (number, title) = split(None, said.title.as_ref().unwrap_or(&said.at.text));
    Section {
        number,
        title,
        level: said.level.unwrap_or(level).max(2),
        parent: Some(root),
        part,
        heading: Some(id),
        range: blocks[id.0 as usize].range,
        confidence: 1.0,
    }
}

/// Number and title of a heading as typed: what numbered it before still does, else what looks like "2.1" or "3.".
fn split(number: Option<&str>, typed: &str) -> (Option<String>, String) {
    let typed = words(typed);
    let after = |number: &str| {
        let rest = typed.strip_prefix(number)?;
        let title = rest.trim_start_matches([':', '.', ' ', ')']);
        (title.len() < rest.len() || rest.is_empty()).then(|| title.to_owned())
    };
    if let Some(number) = number
        && let Some(title) = after(number)
    {
        return (Some(number.to_owned()), title);
    }
    let first = typed.split(' ').next().unwrap_or("").trim_end_matches(['.', ')']);
    let counts = |n: &str| (1..=2).contains(&n.len()) && n.bytes().all(|b| b.is_ascii_digit());
    match after(first).filter(|title| first.split('.').all(counts) && !title.is_empty()) {
        Some(title) => (Some(first.to_owned()), title),
        None => (None, typed),
    }
}

#[cfg(test)]
mod tests;
