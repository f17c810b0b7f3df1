//! Where a correction belongs: a heading (or the paragraph that is one) by its words and by what stands around it, never
//! by its number or its place in the outline. So it is found again when the file has changed, and when its headings are
//! recognised otherwise.

use crate::doc::{BlockId, Document, PartId, TextRange};
use rustc_hash::{FxHashMap, FxHashSet};

/// Characters of context kept on each side.
const CONTEXT: usize = 64;
/// So many characters in a row that agree make a side agree (or all of it, when it is shorter).
const AGREES: usize = 24;
/// Bytes looked at for the context of a place: enough for [`CONTEXT`] characters and the blanks between them.
const WINDOW: usize = 512;

/// The address of a block of text, or of a report whose title the text does not print.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Address {
    /// The words of the block, one blank between two; empty for a report without a printed title.
    pub text: String,
    /// The words before it, as many as make 64 characters.
    pub before: String,
    /// The words after it.
    pub after: String,
    /// Which of the blocks with these words it is, from 1; of a report without a printed title, which report of the file.
    pub nth: u32,
    /// How many of them there were.
    pub of: u32,
}

/// What an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    /// A block.
    Block(BlockId),
    /// A report whose title the text does not print.
    Part(PartId),
}

impl Address {
    /// The address of a block.
    pub(super) fn of_block(doc: &Document, block: BlockId) -> Address {
        let range = doc.block(block).range;
        let text = words(doc.slice(range));
        let is_same = |range: TextRange| doc.slice(range).split_whitespace().eq(text.split(' '));
        let same: Vec<usize> = (0..doc.blocks().len()).filter(|i| is_same(doc.blocks()[*i].range)).collect();
        let nth = same.iter().position(|i| *i == block.0 as usize).map_or(1, |at| at as u32 + 1);
        let [before, after] = around(doc.text(), range);
        Address { text, before: last_words(&before), after: first_words(&after), nth, of: same.len() as u32 }
    }

    /// The address of a report whose title the text does not print.
    pub(super) fn of_part(doc: &Document, part: PartId) -> Address {
        let parts = doc.outline().parts();
        let [before, after] = around(doc.text(), TextRange::at(parts[part.0 as usize].range.start));
        let (nth, of) = (part.0 + 1, parts.len() as u32);
        Address { text: String::new(), before: last_words(&before), after: first_words(&after), nth, of }
    }

    /// The one of these that is meant, if that is beyond doubt.
    fn choose(&self, text: &str, candidates: &[(Spot, TextRange)]) -> Option<Spot> {
        if let ([(only, _)], 1) = (candidates, self.of) {
            return Some(*only);
        }
        let sides: Vec<u8> = candidates.iter().map(|(_, range)| self.sides(text, *range)).collect();
        let best = sides.iter().copied().max().filter(|best| *best > 0)?;
        let of_best: Vec<usize> = (0..sides.len()).filter(|i| sides[*i] == best).collect();
        if let [one] = of_best.as_slice() {
            return Some(candidates[*one].0);
        }
        // what stands around them is the same: they are told by their order, as long as there are as many
        let nth = (self.nth as usize).checked_sub(1)?;
        (candidates.len() == self.of as usize && of_best.contains(&nth)).then(|| candidates[nth].0)
    }

    /// The heading that this one has become where its own words are gone: the same words under another number with what
    /// stands on one side of it, or half of its words with what stands on both.
    fn renamed(&self, doc: &Document) -> Option<Spot> {
        let mine = said(&self.text);
        let long = 4 * self.text.len() as u32 + 64;
        let mut found = None;
        for (i, block) in doc.blocks().iter().enumerate().filter(|(_, b)| b.range.len() <= long) {
            let here = said(doc.slice(block.range));
            let common = mine.iter().filter(|w| here.contains(w)).count();
            let needed = match here == mine {
                true if !mine.is_empty() => 1,
                _ if common > 0 && 2 * common >= mine.len() => 2,
                _ => continue,
            };
            if self.sides(doc.text(), block.range) >= needed {
                if found.is_some() {
                    return None;
                }
                found = Some(Spot::Block(BlockId(i as u32)));
            }
        }
        found
    }

    /// On how many sides what stands around a place agrees.
    fn sides(&self, text: &str, range: TextRange) -> u8 {
        let [before, after] = around(text, range);
        let agrees = |stored: &str, common: usize, nothing_here: bool| {
            if stored.is_empty() { nothing_here } else { common >= AGREES || common == stored.chars().count() }
        };
        let left = self.before.chars().rev().zip(before.chars().rev()).take_while(|(a, b)| a == b).count();
        let right = self.after.chars().zip(after.chars()).take_while(|(a, b)| a == b).count();
        u8::from(agrees(&self.before, left, before.is_empty())) + u8::from(agrees(&self.after, right, after.is_empty()))
    }
}

/// What each address leads to in a document, in one pass over it. `None` where it leads nowhere, or one can't be sure.
pub(super) fn find<'a>(doc: &Document, addresses: impl Iterator<Item = &'a Address> + Clone) -> Vec<Option<Spot>> {
    let mut named: FxHashMap<&str, Vec<(Spot, TextRange)>> =
        addresses.clone().filter(|a| !a.text.is_empty()).map(|a| (a.text.as_str(), Vec::new())).collect();
    // most blocks begin otherwise
    let first: FxHashSet<&str> = named.keys().map(|text| text.split(' ').next().unwrap_or("")).collect();
    for (i, block) in doc.blocks().iter().enumerate() {
        let text = doc.slice(block.range);
        if text.split_whitespace().next().is_some_and(|word| first.contains(word))
            && let Some(places) = named.get_mut(words(text).as_str())
        {
            places.push((Spot::Block(BlockId(i as u32)), block.range));
        }
    }
    let parts = doc.outline().parts().iter().enumerate();
    let parts: Vec<_> = parts.map(|(i, p)| (Spot::Part(PartId(i as u32)), TextRange::at(p.range.start))).collect();
    let chosen = addresses.map(|a| match named.get(a.text.as_str()) {
        _ if a.text.is_empty() => a.choose(doc.text(), &parts),
        Some(places) if !places.is_empty() => a.choose(doc.text(), places),
        _ => a.renamed(doc),
    });
    chosen.collect()
}

/// The words of a heading without what numbers it, in lower case.
fn said(text: &str) -> Vec<String> {
    let words = text.split_whitespace().filter(|w| !w.chars().any(|c| c.is_ascii_digit()));
    words.map(str::to_lowercase).collect()
}

/// The words of a text, one blank between two.
pub(super) fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words before and after a place, some more than are kept.
fn around(text: &str, range: TextRange) -> [String; 2] {
    let border = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (start, end) = (range.start as usize, range.end as usize);
    let from = border(start.saturating_sub(WINDOW));
    let to = border((end + WINDOW).min(text.len()));
    [words(&text[from..start]), words(&text[end..to])]
}

/// The last words of a text, at most [`CONTEXT`] characters of them.
fn last_words(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(CONTEXT - 1) else { return text.to_owned() };
    let tail = &text[cut..];
    let whole = cut == 0 || text[..cut].ends_with(' ');
    tail.split_once(' ').filter(|_| !whole).map_or(tail, |(_, rest)| rest).to_owned()
}

/// The first words of a text, at most [`CONTEXT`] characters of them.
fn first_words(text: &str) -> String {
    let Some((cut, _)) = text.char_indices().nth(CONTEXT) else { return text.to_owned() };
    let head = &text[..cut];
    let whole = text[cut..].starts_with(' ');
    head.rsplit_once(' ').filter(|_| !whole).map_or(head, |(rest, _)| rest).to_owned()
}
