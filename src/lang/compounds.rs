//! Compounds: the words a Dutch word is put together from, and the ways two words are written as one.
//!
//! A word is cut where that is more likely than its being no compound at all. Both are counted in bits: a word of no
//! parts costs as much as its letters carry, a compound costs what its parts cost, and a part costs the less the more
//! words of the lexicon it begins (or ends, if it is the last). The cheapest way is found by dynamic programming, so that
//! neither the longest nor the first part is taken for granted; parts that are compounds are cut again.

use super::affixes::{irregular, takes_s, without_elijk, without_er};
use super::entry::BOUND;
use super::lexicon::Lexicon;
use cut::{Piece, cheapest};

mod cut;
mod join;
#[cfg(test)]
mod tests;

pub use join::joined;

/// Shorter words are no compounds worth cutting, longer ones no words.
const LENGTHS: std::ops::RangeInclusive<usize> = 7..=60;

/// The parts of a folded word that are words themselves, without linking letters, and the compounds of neighbours among
/// them; none when it is not a compound. A beginning that stands by itself (*veiligheids-* en ...) is given without its s.
#[must_use]
pub fn parts(word: &str) -> Vec<String> {
    let Some(lexicon) = lexicon_for(word) else { return Vec::new() };
    // strafrechtelijk is of the strafrecht
    let listed = |noun: &&str| lexicon.part(noun).is_some();
    let law = |noun: &&str| noun.ends_with("recht");
    if let Some(of_noun) = without_elijk(word).filter(|n| listed(n) || law(n)).and_then(with_parts) {
        return of_noun;
    }
    let mut pieces = Vec::new();
    leaves(&lexicon, word, 0..word.len(), None, &mut pieces);
    if pieces.is_empty() {
        if let Some(noun) = left_open(&lexicon, word) {
            return with_parts(noun).unwrap_or_else(|| vec![noun.to_owned()]);
        }
        // a mantelzorger gives mantelzorg
        return without_er(word).filter(listed).and_then(with_parts).unwrap_or_default();
    }
    let mut out: Vec<String> = pieces.iter().map(|p| p.text(word)).collect();
    for first in 0..pieces.len() {
        for last in first + 1..pieces.len() {
            let several = &word[pieces[first].start..pieces[last].end];
            if several.len() < word.len() && !out.iter().any(|p| p == several) {
                out.push(several.to_owned());
            }
        }
    }
    out
}

/// The best way to cut a folded word of a query in two or more; `known` says which words the library has beside the
/// lexicon's. `None` when it is no compound.
pub fn split(word: &str, known: &dyn Fn(&str) -> bool) -> Option<Vec<String>> {
    let pieces = cheapest(&lexicon_for(word)?, word, Some(known))?;
    Some(pieces.into_iter().map(|p| p.text(word)).collect())
}

/// The word that a beginning of compounds is of when it stands by itself.
fn left_open<'w>(lexicon: &Lexicon, word: &'w str) -> Option<&'w str> {
    if let Some(whole) = irregular(word).filter(|whole| *whole != word) {
        return Some(whole);
    }
    let noun = word.strip_suffix('s')?;
    match lexicon.entry(word) {
        Some(entry) => (entry & BOUND != 0).then_some(noun),
        None => takes_s(noun).then_some(noun),
    }
}

/// A compound after its parts; `None` if the word is none.
fn with_parts(word: &str) -> Option<Vec<String>> {
    let mut out = parts(word);
    if out.is_empty() {
        return None;
    }
    out.push(word.to_owned());
    Some(out)
}

/// The lexicon, if the word is one that could be cut.
fn lexicon_for(word: &str) -> Option<Lexicon> {
    let could = (4..=*LENGTHS.end()).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
    if could { Lexicon::open() } else { None }
}

/// The pieces of the word between two places that are no compounds themselves.
fn leaves(
    lexicon: &Lexicon,
    word: &str,
    at: std::ops::Range<usize>,
    stands_for: Option<&'static str>,
    out: &mut Vec<Piece>,
) {
    let whole = at.len() == word.len();
    match cheapest(lexicon, &word[at.clone()], None) {
        Some(pieces) => {
            for p in pieces {
                leaves(lexicon, word, at.start + p.start..at.start + p.end, p.stands_for, out);
            }
        }
        None if whole => {}
        None => out.push(Piece { start: at.start, end: at.end, stands_for }),
    }
}
