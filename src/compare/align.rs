//! Which blocks and sections of a document are those of another.
//!
//! Blocks with the same words in the same order stand still: the patience method (B. Cohen, 2009; by `similar`) finds them.
//! What is left is held against each other by the words that are rare there: the likest pair first, each block once. Pairs
//! in order are changed where they stand; the others have moved. A section is the one of the other document that shares most
//! text with it.

use crate::doc::{Block, BlockId, BlockKind, Document, SectionId, TextRange};
use rustc_hash::{FxHashMap, FxHasher};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::hash::{Hash, Hasher};

/// Blocks that share less than this of their words are not one block, changed: of a sentence rewritten half remains.
const LIKE: f32 = 0.5;
/// A block that stands elsewhere must share so much: that it is the same is all that speaks for it.
const LIKE_ELSEWHERE: f32 = 0.75;
/// Shorter blocks (in words) have only moved when they are the same word for word.
const FEW: usize = 5;
/// A word in more of the blocks that are left than this doesn't lead from one to another.
const COMMON: usize = 24;

/// What became of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fate {
    /// The same words at the same place.
    Same,
    /// Other words at the same place.
    Changed,
    /// Only in the old document.
    Removed,
    /// Only in the new one.
    Added,
    /// In the old document; in the new one it stands elsewhere.
    MovedAway,
    /// In the new document; in the old one it stood elsewhere.
    MovedHere,
}

/// A block of one document beside one of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Of the old document.
    pub old: Option<BlockId>,
    /// Of the new one.
    pub new: Option<BlockId>,
    /// What became of it.
    pub fate: Fate,
    /// Of a block that has moved, the one it was or became.
    pub other: Option<BlockId>,
}

/// How many blocks became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The same.
    pub same: usize,
    /// Changed.
    pub changed: usize,
    /// Removed.
    pub removed: usize,
    /// Added.
    pub added: usize,
    /// Moved, each counted once, where it stands now.
    pub moved: usize,
}

impl Counts {
    /// How many differ.
    #[must_use]
    pub fn differing(&self) -> usize {
        self.changed + self.removed + self.added + self.moved
    }

    fn count(&mut self, fate: Fate) {
        match fate {
            Fate::Same => self.same += 1,
            Fate::Changed => self.changed += 1,
            Fate::Removed => self.removed += 1,
            Fate::Added => self.added += 1,
            Fate::MovedHere => self.moved += 1,
            Fate::MovedAway => {}
        }
    }
}

/// A section of one document and the one it is in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionPair {
    /// Of the old document.
    pub old: Option<SectionId>,
    /// Of the new one.
    pub new: Option<SectionId>,
    /// The heading is another: retitled or under another number.
    pub renamed: bool,
    /// What became of its own blocks, without those of the sections in it.
    pub counts: Counts,
}

/// What differs between two documents, or two reports in them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// All blocks of both, each once, those of either document in its order.
    pub pairs: Vec<Pair>,
    /// All sections of both, in the order of the new document; removed ones after the one they followed.
    pub sections: Vec<SectionPair>,
    /// How many blocks became what.
    pub counts: Counts,
}

/// Compares the blocks of two documents that lie in these ranges.
#[must_use]
pub fn align(old: &Document, within_old: TextRange, new: &Document, within_new: TextRange) -> Comparison {
    let (olds, news) = (Side::of(old, within_old), Side::of(new, within_new));
    let mut to_new: Vec<Option<usize>> = vec![None; olds.blocks.len()];
    for op in capture_diff_slices(Algorithm::Patience, &olds.hashes, &news.hashes) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            (0..len).for_each(|i| to_new[old_index + i] = Some(new_index + i));
        }
    }
    let still = to_new.clone();
    let mut away: Vec<Option<usize>> = vec![None; olds.blocks.len()];
    for (_, o, n) in like(&olds, &news, &to_new) {
        match in_order(&to_new, o, n) {
            true => to_new[o] = Some(n),
            false => away[o] = Some(n),
        }
    }
    let mut here: FxHashMap<usize, usize> = FxHashMap::default();
    for (o, n) in away.iter().enumerate().filter_map(|(o, n)| Some((o, (*n)?))) {
        let few = olds.words[o].len() < FEW || news.words[n].len() < FEW;
        let like = share(&olds.words[o], &news.words[n]);
        if olds.hashes[o] == news.hashes[n] || (!few && like >= LIKE_ELSEWHERE) {
            here.insert(n, o);
        }
    }
    let pairs = merged(&olds, &news, &to_new, &still, &here);
    let mut counts = Counts::default();
    pairs.iter().for_each(|p| counts.count(p.fate));
    let sections = sections(old, new, &pairs);
    Comparison { pairs, sections, counts }
}

/// One of the two documents.
struct Side {
    blocks: Vec<BlockId>,
    /// Of the words of each block, in order.
    hashes: Vec<u64>,
    /// The words of each block, sorted; headings begin with one of their own.
    words: Vec<Vec<u64>>,
}

impl Side {
    fn of(doc: &Document, within: TextRange) -> Side {
        let mut side = Side { blocks: Vec::new(), hashes: Vec::new(), words: Vec::new() };
        for (at, block) in (0..).zip(doc.blocks()) {
            if !within.overlaps(block.range) && (!block.range.is_empty() || !within.contains(block.range.start)) {
                continue;
            }
            let heading = matches!(block.kind, BlockKind::Heading { .. });
            let mut words: Vec<u64> = Vec::new();
            let mut all = FxHasher::default();
            heading.hash(&mut all);
            for word in doc.slice(block.range).split_whitespace() {
                let mut one = FxHasher::default();
                heading.hash(&mut one);
                word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().hash(&mut one);
                word.hash(&mut all);
                words.push(one.finish());
            }
            words.sort_unstable();
            side.blocks.push(BlockId(at));
            side.hashes.push(all.finish());
            side.words.push(words);
        }
        side
    }
}

/// How much two bags of words share: twice what is in both, of what is in either (L. R. Dice, 1945).
fn share(a: &[u64], b: &[u64]) -> f32 {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, both) = (i + 1, j + 1, both + 1),
        }
    }
    if a.is_empty() && b.is_empty() { 1.0 } else { 2.0 * both as f32 / (a.len() + b.len()) as f32 }
}

/// Pairs of blocks that don't stand still and are like each other, the likest first, each block once.
fn like(olds: &Side, news: &Side, to_new: &[Option<usize>]) -> Vec<(f32, usize, usize)> {
    let taken: rustc_hash::FxHashSet<usize> = to_new.iter().flatten().copied().collect();
    let mut holding: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    for n in (0..news.blocks.len()).filter(|n| !taken.contains(n)) {
        let mut words = news.words[n].clone();
        words.dedup();
        words.into_iter().for_each(|w| holding.entry(w).or_default().push(n));
    }
    let mut pairs = Vec::new();
    for o in (0..olds.blocks.len()).filter(|o| to_new[*o].is_none()) {
        let mut words = olds.words[o].clone();
        words.dedup();
        let rare = words.iter().filter_map(|w| holding.get(w)).filter(|in_| in_.len() <= COMMON);
        let mut candidates: Vec<usize> = rare.flatten().copied().collect();
        candidates.sort_unstable();
        candidates.dedup();
        for n in candidates {
            let like = share(&olds.words[o], &news.words[n]);
            if like >= LIKE {
                pairs.push((like, o, n));
            }
        }
    }
    // of equals those in the order of both
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut of_old, mut of_new) = (rustc_hash::FxHashSet::default(), rustc_hash::FxHashSet::default());
    pairs.retain(|(_, o, n)| {
        let free = !of_old.contains(o) && !of_new.contains(n);
        if free {
            of_old.insert(*o);
            of_new.insert(*n);
        }
        free
    });
    pairs
}

/// Whether a pair stands between the same others on both sides.
fn in_order(to_new: &[Option<usize>], o: usize, n: usize) -> bool {
    let before = to_new[..o].iter().rev().flatten().next();
    let after = to_new[o + 1..].iter().flatten().next();
    before.is_none_or(|b| *b < n) && after.is_none_or(|a| *a > n)
}

fn merged(
    olds: &Side,
    news: &Side,
    to_new: &[Option<usize>],
    still: &[Option<usize>],
    here: &FxHashMap<usize, usize>,
) -> Vec<Pair> {
    let left: FxHashMap<usize, usize> = here.iter().map(|(n, o)| (*o, *n)).collect();
    let mut out = Vec::with_capacity(olds.blocks.len().max(news.blocks.len()));
    let mut next = 0;
    let come = |out: &mut Vec<Pair>, n: usize| {
        let (fate, other) = match here.get(&n) {
            Some(o) => (Fate::MovedHere, Some(olds.blocks[*o])),
            None => (Fate::Added, None),
        };
        out.push(Pair { old: None, new: Some(news.blocks[n]), fate, other });
    };
    for (o, to) in to_new.iter().enumerate() {
        let old = Some(olds.blocks[o]);
        let Some(to) = *to else {
            let (fate, other) = match left.get(&o) {
                Some(n) => (Fate::MovedAway, Some(news.blocks[*n])),
                None => (Fate::Removed, None),
            };
            out.push(Pair { old, new: None, fate, other });
            continue;
        };
        (next..to).for_each(|n| come(&mut out, n));
        next = to + 1;
        let fate = if still[o].is_some() { Fate::Same } else { Fate::Changed };
        out.push(Pair { old, new: Some(news.blocks[to]), fate, other: None });
    }
    (next..news.blocks.len()).for_each(|n| come(&mut out, n));
    out
}

fn sections(old: &Document, new: &Document, pairs: &[Pair]) -> Vec<SectionPair> {
    let of_old = |id: BlockId| old.block(id).section;
    let of_new = |id: BlockId| new.block(id).section;
    let mut shared: FxHashMap<(SectionId, SectionId), usize> = FxHashMap::default();
    let (mut olds, mut news): (Vec<SectionId>, Vec<SectionId>) = (Vec::new(), Vec::new());
    let mut seen = rustc_hash::FxHashSet::default();
    let weight = |block: &Block| block.range.len() as usize + if is_heading(block) { 200 } else { 0 };
    for pair in pairs {
        let (o, n) = match pair.fate {
            Fate::MovedAway => (pair.old, pair.other),
            Fate::MovedHere => (None, pair.new),
            _ => (pair.old, pair.new),
        };
        if let Some(o) = pair.old.map(of_old).filter(|s| seen.insert((true, *s))) {
            olds.push(o);
        }
        if let Some(n) = pair.new.map(of_new).filter(|s| seen.insert((false, *s))) {
            news.push(n);
        }
        if let (Some(o), Some(n)) = (o, n) {
            *shared.entry((of_old(o), of_new(n))).or_default() += weight(new.block(n));
        }
    }
    let mut by_share: Vec<_> = shared.into_iter().collect();
    by_share.sort_by_key(|((o, n), chars)| (std::cmp::Reverse(*chars), o.0, n.0));
    let (mut to_old, mut to_new): (FxHashMap<SectionId, SectionId>, FxHashMap<SectionId, SectionId>) =
        Default::default();
    for ((o, n), _) in by_share {
        if !to_old.contains_key(&n) && !to_new.contains_key(&o) {
            to_old.insert(n, o);
            to_new.insert(o, n);
        }
    }
    let mut out: Vec<SectionPair> = news
        .iter()
        .map(|n| {
            let o = to_old.get(n).copied();
            let renamed = o.is_some_and(|o| old.outline().section(o).label() != new.outline().section(*n).label());
            SectionPair { old: o, new: Some(*n), renamed, counts: Counts::default() }
        })
        .collect();
    for (i, o) in olds.iter().enumerate().filter(|(_, o)| !to_new.contains_key(o)) {
        let before = olds[..i].iter().rev().find_map(|b| out.iter().position(|p| p.old == Some(*b)));
        let gone = SectionPair { old: Some(*o), new: None, renamed: false, counts: Counts::default() };
        out.insert(before.map_or(0, |at| at + 1), gone);
    }
    let mut at: FxHashMap<(bool, SectionId), usize> = FxHashMap::default();
    for (i, p) in out.iter().enumerate() {
        p.new.map(|n| at.insert((false, n), i));
        p.old.map(|o| at.insert((true, o), i));
    }
    for pair in pairs {
        let key = pair.new.map(|n| (false, of_new(n))).or(pair.old.map(|o| (true, of_old(o))));
        if let Some(i) = key.and_then(|k| at.get(&k)) {
            out[*i].counts.count(pair.fate);
        }
    }
    out
}

fn is_heading(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Heading { .. })
}

#[cfg(test)]
mod tests;
