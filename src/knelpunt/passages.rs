//! Passages that call something a knelpunt, or name one.

use super::detect::{Certainty, Finder, Found, shorten};
use crate::doc::{Block, BlockId, BlockKind, PartId, TextRange};

/// What makes a passage one.
#[derive(Clone, Copy, Debug)]
struct Spot {
    /// The words.
    range: TextRange,
    certainty: Certainty,
    /// They stand for all of their block: an item of a list of knelpunten.
    whole: bool,
}

impl Finder<'_> {
    /// Passages outside of the sections already found: one a block.
    pub(super) fn passages(&self, found: &mut Vec<Found>) {
        let mut taken: Vec<TextRange> = found.iter().map(|f| f.range).collect();
        taken.sort_unstable();
        let free = |range: TextRange| !taken.iter().take_while(|t| t.start <= range.start).any(|t| t.covers(range));
        let explicit: Vec<(PartId, TextRange)> =
            found.iter().filter(|f| f.certainty == Certainty::Explicit).map(|f| (f.part, f.range)).collect();
        let mut spots: Vec<Spot> = self.named.iter().filter_map(|n| self.named_spot(*n)).collect();
        spots.extend(self.called());
        spots.retain(|s| free(s.range));
        spots.extend(self.items(|block| {
            // a list outside of the sections that are knelpunten tells what will come; one within them says what they hold
            let part = self.section(block.section).part;
            let of_part: Vec<_> = explicit.iter().filter(|(p, _)| *p == part).collect();
            if of_part.is_empty() { free(block.range) } else { of_part.iter().any(|(_, r)| r.covers(block.range)) }
        }));
        spots.sort_by_key(|s| s.range.start);
        let mut last = None;
        for spot in spots {
            let block_id = self.doc.block_at(spot.range.start);
            match found.last_mut().filter(|_| last == Some(block_id)) {
                // the block's first word that is more than a mention names the passage
                Some(before) if before.certainty > spot.certainty => *before = self.passage(spot, block_id),
                Some(_) => {}
                None => found.push(self.passage(spot, block_id)),
            }
            last = Some(block_id);
        }
    }

    /// A place where the word stands; `None` on a heading that is a label once more.
    fn named_spot(&self, named: TextRange) -> Option<Spot> {
        let block = self.doc.block(self.doc.block_at(named.start));
        // what a heading announces was found under it, or is that same label once more
        if block.kind.is_heading() && self.has_label(self.section(block.section), false) {
            return None;
        }
        let calls = !block.kind.is_heading() && self.rules.calling.is_match(self.sentence(named));
        let certainty = if calls { Certainty::Candidate } else { Certainty::Mention };
        Some(Spot { range: named, certainty, whole: false })
    }

    /// Places where something is called hard in other words, or in the reader's own.
    fn called(&self) -> impl Iterator<Item = Spot> {
        let rules = self.rules;
        let text = self.doc.text();
        let alike = rules.alike.find_iter(text).map(|m| TextRange::from(m.range()));
        let alike = alike.filter(|range| rules.calling.is_match(self.sentence(*range)));
        let own = rules.own_candidates.iter().flat_map(|r| r.find_iter(text)).map(|m| TextRange::from(m.range()));
        let in_text = |range: &TextRange| !self.doc.block(self.doc.block_at(range.start)).kind.is_heading();
        alike.chain(own).filter(in_text).map(|range| Spot { range, certainty: Certainty::Candidate, whole: false })
    }

    /// Items of a list that a sentence with the word leads into, or that stands right under a heading of knelpunten.
    fn items(&self, wanted: impl Fn(&Block) -> bool) -> Vec<Spot> {
        let blocks = self.doc.blocks();
        let is_item = |b: &&Block| matches!(&b.kind, BlockKind::Item { depth: 0, .. });
        let named = |range| self.named_in(range).next().is_some();
        let mut out = Vec::new();
        for (i, lead) in blocks.iter().enumerate() {
            let leads = match lead.kind {
                BlockKind::Paragraph => {
                    self.doc.slice(lead.range).trim_end().ends_with(':') && named(lead.range) && {
                        let sentence = self.doc.slice(lead.range).rsplit(['.', '?', '!']).next().unwrap_or("");
                        self.rules.named.is_match(sentence) && !self.rules.not_presenting.is_match(sentence)
                    }
                }
                BlockKind::Heading { .. } => self.rules.heads.is_match(&self.section(lead.section).title),
                _ => false,
            };
            if !leads || !wanted(lead) {
                continue;
            }
            let list: Vec<&Block> = blocks[i + 1..].iter().take_while(is_item).collect();
            if list.len() > 1 {
                let spot = |b: &Block| Spot { range: b.range, certainty: Certainty::Candidate, whole: true };
                out.extend(list.into_iter().map(spot));
            }
        }
        out
    }

    fn passage(&self, spot: Spot, block: BlockId) -> Found {
        let block = self.doc.block(block);
        let sentence = self.sentence(spot.range).trim();
        let before = self.doc.slice(TextRange::new(block.range.start, spot.range.start));
        let before = before.rsplit(['.', '?', '!', '\n']).next().unwrap_or(before);
        let rest = self.doc.slice(TextRange::new(spot.range.start, block.range.end));
        // "knelpunten in de bouw" says enough; of "knelpunt is …" the whole sentence has to be seen
        let title = if spot.whole {
            shorten(rest.split(['.', ':', ';', '?', '!', '\n', '\t']).next().unwrap_or(rest))
        } else if self.rules.linked.is_match(rest) && !self.rules.being.is_match(before) {
            shorten(rest.split(['.', ',', ';', ':', '?', '!', '(', '\n', '\t']).next().unwrap_or(rest))
        } else {
            shorten(sentence)
        };
        let part = self.section(block.section).part;
        Found {
            id: title.clone(),
            label: None,
            title,
            section: block.section,
            part,
            range: block.range,
            certainty: spot.certainty,
            asks: Vec::new(),
        }
    }
}
