//! Whether two passages are (nearly) the same: a print of each, made when it is indexed, and what two prints say.
//!
//! A print is 56 bits of a simhash (M. Charikar, *Similarity estimation techniques from rounding algorithms*, 2002)
//! over the content words of a passage and its pairs of neighbours, and 8 bits that stand for its figures. Passages
//! that differ in a word or a comma have prints that differ in a few bits; other passages differ in about half of them.
//! Figures have to be the same: last year's sentence with this year's amount says something else. Pure functions.

use crate::lang::{Reading, is_function_word, tokens};
use rustc_hash::FxHashMap;

/// The print of what is like nothing else: too few words to tell, or a heading alone.
pub(super) const NONE: u64 = 0;
/// Passages with fewer content words are the same only when all their words are.
const FEW: u32 = 6;
/// So many bits may differ. Measured on 3,800 paragraphs of reports and handbooks: a word left out or replaced changes
/// 0–6 bits in nine of ten of 60 words or more, 0–9 in those of 25; of seven million pairs of different paragraphs all 34
/// within 8 bits were the same but for a word or two, and nearly none at 11 or more was.
const MOST_BITS: u32 = 8;
/// The bits of the simhash; the rest stands for the figures.
const BITS: u32 = 56;
/// Numbers from this many characters on are figures (years, amounts, shares); shorter ones number things, or are marks of
/// notes.
const FIGURE: usize = 3;
/// No function word is longer than this many bytes; most words need not be looked up.
const LONGEST_COMMON: usize = 8;

/// The print of a passage.
pub(super) fn print(text: &str) -> u64 {
    let (mut whole, mut figures, mut content) = (SEED, 0_u64, 0);
    let mut features: Vec<u64> = Vec::new();
    let mut before: Option<(u64, bool)> = None;
    tokens(text, |t| {
        if t.reading != Reading::Main {
            return;
        }
        let word = hash(t.text);
        whole = mix(whole ^ word);
        let number = t.text.bytes().any(|b| b.is_ascii_digit());
        if number && t.text.len() >= FIGURE {
            // in whatever order they come
            figures = figures.wrapping_add(word);
        }
        let common = match number {
            true => t.text.len() < FIGURE,
            false => t.text.len() <= LONGEST_COMMON && is_function_word(t.text),
        };
        if !common {
            content += 1;
            features.push(word);
        }
        if let Some((last, _)) = before.filter(|(_, last_common)| !(common && *last_common)) {
            features.push(mix(last.rotate_left(1) ^ word));
        }
        before = Some((word, common));
    });
    match content {
        0 => NONE,
        // nothing but the same words comes near
        1..FEW => whole.max(1),
        _ => {
            // each once: a word that comes back again and again would outweigh all others
            features.sort_unstable();
            features.dedup();
            (simhash(&features) << (64 - BITS) | mix(figures) >> BITS).max(1)
        }
    }
}

/// For each bit whether most features have it.
fn simhash(features: &[u64]) -> u64 {
    let mut counts = [0_u32; BITS as usize];
    for feature in features {
        for (bit, count) in (0..).zip(&mut counts) {
            *count += (feature >> bit & 1) as u32;
        }
    }
    counts.iter().rev().fold(0, |bits, &count| bits << 1 | u64::from(2 * count as usize > features.len()))
}

/// Whether passages with these prints are (nearly) the same.
pub(super) fn same(a: u64, b: u64) -> bool {
    let differ = a ^ b;
    a != NONE && b != NONE && differ << BITS == 0 && differ.count_ones() <= MOST_BITS
}

/// For each passage, in order, the first one before it (or itself) that it is the same as. What follows a passage is
/// held against that one only, so that likeness does not creep from one to the next. `apart` says of two passages
/// whether they may not be taken together.
pub(super) fn groups(prints: &[u64], apart: impl Fn(usize, usize) -> bool) -> Vec<usize> {
    // only what has the same figures can be the same
    let mut firsts: FxHashMap<u8, Vec<usize>> = FxHashMap::default();
    let mut out = Vec::with_capacity(prints.len());
    for (i, &print) in prints.iter().enumerate() {
        let firsts = firsts.entry(print as u8).or_default();
        let first = firsts.iter().copied().find(|&f| same(prints[f], print) && !apart(f, i));
        if first.is_none() && print != NONE {
            firsts.push(i);
        }
        out.push(first.unwrap_or(i));
    }
    out
}

/// Offset and prime of FNV-1a (G. Fowler, L. C. Noll, K.-P. Vo; RFC 9923), 64 bits.
const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

/// The same for the same word on every machine: prints are kept on disk.
fn hash(word: &str) -> u64 {
    mix(word.bytes().fold(SEED, |h, b| (h ^ u64::from(b)).wrapping_mul(PRIME)))
}

/// Spreads what a value holds over all its bits: the finisher of SplitMix64 (G. Steele, D. Lea, C. Flood, *Fast
/// splittable pseudorandom number generators*, 2014).
fn mix(mut x: u64) -> u64 {
    x = (x ^ x >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ x >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ x >> 31
}

#[cfg(test)]
mod tests;
