//! Where in a text something like a quote may stand: short strings of letters that both have.
//!
//! All strings of [`Q`] bytes of the folded text are listed by hash, once per document. The rarest ones of a quote then vote
//! for the place where the quote would begin; where votes gather, `approximate` looks closely. The filter of Ukkonen
//! ("Approximate string-matching with q-grams and maximal matches", Theoretical Computer Science 92, 1992) with a bound on the
//! work instead of a guarantee: a quote with an error in five letters keeps a quarter of its strings (0.8⁶).

use std::cmp::Reverse;

/// Length of the strings, in bytes.
const Q: usize = 6;
/// Most votes counted for a quote: bounds its work however often its words stand in the text.
const VOTES: usize = 12_000;
/// Most strings of a quote that vote.
const VOTERS: usize = 600;
/// Positions listed at most; a longer text has every second, third, … of its strings listed.
const LISTED: usize = 24 << 20;

/// The strings of a text, by hash.
pub(super) struct Seeds {
    bits: u32,
    /// Where the list of a hash begins in `places`.
    heads: Vec<u32>,
    /// Starts of the strings, ascending within a list.
    places: Vec<u32>,
}

/// A stretch of the text where something like the quote may begin, and how many votes it has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// Folded byte where it begins; before the text when negative.
    pub from: i64,
    pub to: i64,
    pub votes: u32,
}

impl Seeds {
    /// Lists the strings of a text: two passes.
    pub fn of(text: &[u8]) -> Self {
        let step = text.len() / LISTED + 1;
        let bits = (text.len().max(1).ilog2()).clamp(8, 20);
        let mut heads = vec![0u32; (1 << bits) + 1];
        let grams = || text.windows(Q).enumerate().step_by(step);
        for (_, gram) in grams() {
            heads[hash(gram, bits) + 1] += 1;
        }
        for i in 1..heads.len() {
            heads[i] += heads[i - 1];
        }
        let mut next = heads.clone();
        let mut places = vec![0; *heads.last().unwrap_or(&0) as usize];
        for (at, gram) in grams() {
            let slot = &mut next[hash(gram, bits)];
            places[*slot as usize] = at as u32;
            *slot += 1;
        }
        Seeds { bits, heads, places }
    }

    /// Stretches where a quote may begin, those with the most votes first, at most `most`.
    pub fn spots(&self, quote: &[u8], most: usize) -> Vec<Spot> {
        let mut lists: Vec<(usize, &[u32])> =
            quote.windows(Q).enumerate().map(|(at, gram)| (at, self.list(gram))).filter(|l| !l.1.is_empty()).collect();
        lists.sort_by_key(|(at, list)| (list.len(), *at));
        // of a long quote those spread over all of it
        let every = lists.len() / VOTERS + 1;
        let width = (quote.len() / 3).max(16) as i64;
        let mut bins: Vec<i64> = Vec::new();
        for (at, list) in lists.into_iter().step_by(every) {
            if bins.len() + list.len() > VOTES && !bins.is_empty() {
                break;
            }
            let most = list.len().min(VOTES);
            bins.extend(list[..most].iter().map(|p| (i64::from(*p) - at as i64).div_euclid(width)));
        }
        bins.sort_unstable();
        let mut counts: Vec<(i64, u32)> = Vec::new();
        for bin in bins {
            match counts.last_mut() {
                Some((last, n)) if *last == bin => *n += 1,
                _ => counts.push((bin, 1)),
            }
        }
        let beside = |i: usize| counts.get(i + 1).filter(|next| next.0 == counts[i].0 + 1).map_or(0, |next| next.1);
        let mut spots: Vec<Spot> = (0..counts.len())
            .map(|i| Spot { from: counts[i].0 * width, to: (counts[i].0 + 2) * width, votes: counts[i].1 + beside(i) })
            .collect();
        spots.sort_by_key(|s| (Reverse(s.votes), s.from));
        let mut kept: Vec<Spot> = Vec::new();
        for spot in spots {
            if kept.len() == most {
                break;
            }
            if kept.iter().all(|k| (k.from - spot.from).abs() > width) {
                kept.push(spot);
            }
        }
        kept
    }

    fn list(&self, gram: &[u8]) -> &[u32] {
        let h = hash(gram, self.bits);
        &self.places[self.heads[h] as usize..self.heads[h + 1] as usize]
    }
}

/// Multiplicative hashing (Knuth, The Art of Computer Programming 3, 6.4), by the golden ratio.
fn hash(gram: &[u8], bits: u32) -> usize {
    let value = gram.iter().fold(0u64, |v, b| (v << 8) | u64::from(*b));
    (value.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - bits)) as usize
}
