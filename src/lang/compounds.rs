//! Compounds: the words a Dutch word is put together from, and the ways two words are written as one.
//!
//! A word is cut where that is more likely than its being no compound at all. Both are counted in bits: a word of no
//! parts costs as much as its letters carry, a compound costs what its parts cost, and a part costs the less the more
//! words of the lexicon it begins (or ends, if it is the last). The cheapest way is found by dynamic programming, so that
//! neither the longest nor the first part is taken for granted; parts that are compounds are cut again.

use super::affixes::{form_of, irregular, takes_s};
use super::entry::{BOUND, NO_BEGINNING, NO_END, NO_PART, ONE_WORD, begins, ends};
use super::lexicon::Lexicon;

#[cfg(test)]
mod tests;

/// Shorter words are no compounds worth cutting, longer ones no words.
const LENGTHS: std::ops::RangeInclusive<usize> = 7..=60;
/// Bits of a letter of a word that is no compound.
const LETTER_COST: f32 = 3.1;
/// Bits of a part that is counted once: the logarithm of all that were counted.
const PART_COST: f32 = 17.5;
/// Bits that a word of the lexicon which is not known to begin or end any other costs on top.
const UNSEEN: f32 = 1.5;
/// Bits of a linking s that the lexicon doesn't have behind the word, and where the word's ending calls for one.
const LINK: (f32, f32) = (5.0, 1.0);
/// Bits that a word costs which the lexicon doesn't have, on top of its letters.
const UNKNOWN: f32 = 6.0;
/// Bits of a part that only the library knows.
const FOREIGN: f32 = 18.0;
/// The most spellings [`joined`] gives.
const MOST_JOINED: usize = 8;

/// A part of a word: where it stands, without its linking letters, and the word it stands for if that is another.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Piece {
    start: usize,
    end: usize,
    stands_for: Option<&'static str>,
}

impl Piece {
    fn text(self, word: &str) -> String {
        self.stands_for.unwrap_or(&word[self.start..self.end]).to_owned()
    }
}

/// The parts of a folded word that are words themselves, without linking letters, and the compounds of neighbours among
/// them; none when it is not a compound.
#[must_use]
pub fn parts(word: &str) -> Vec<String> {
    let Some(lexicon) = lexicon_for(word) else { return Vec::new() };
    let mut pieces = Vec::new();
    leaves(&lexicon, word, 0..word.len(), None, &mut pieces);
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

/// How two words that stand side by side may be written as one, the most likely first: with the first as it is, with
/// linking letters, in the singular, or as the stem of a verb.
#[must_use]
pub fn joined(first: &str, second: &str) -> Vec<String> {
    let letters = |w: &str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase());
    if !letters(first) || !letters(second) || first.len() + second.len() > *LENGTHS.end() {
        return Vec::new();
    }
    let Some(lexicon) = Lexicon::open() else { return Vec::new() };
    let mut fronts: Vec<(u32, String)> = Vec::new();
    let mut front = |form: String, bonus: u32| {
        let seen = lexicon.entry(&form).map_or(0, begins);
        if !fronts.iter().any(|(_, f)| *f == form) {
            fronts.push((seen + bonus, form));
        }
    };
    front(first.to_owned(), if takes_s(first) { 0 } else { 4 });
    for base in std::iter::once(first.to_owned()).chain(bare(first)) {
        if base != first && lexicon.part(&base).is_some() {
            front(base.clone(), 2);
        } else if base != first {
            continue;
        }
        if !base.ends_with('s') {
            front(format!("{base}s"), if takes_s(&base) { 5 } else { 0 });
        }
        for plural in plurals(&base) {
            if lexicon.part(&plural).is_some() {
                front(plural, 1);
            }
        }
        if let Some(form) = form_of(&base) {
            front(form.to_owned(), 4);
        }
    }
    // the likeliest first; a sort that keeps the order of equals
    fronts.sort_by_key(|&(weight, _)| std::cmp::Reverse(weight));
    fronts.truncate(MOST_JOINED);
    fronts.into_iter().map(|(_, f)| f + second).collect()
}

/// A word in -en, -n or -s without it: a singular or the stem of a verb, as it may be spelled.
fn bare(word: &str) -> Vec<String> {
    if let Some(base) = word.strip_suffix('s') {
        return vec![base.to_owned()];
    }
    let Some(base) = word.strip_suffix("en") else { return Vec::new() };
    let b = base.as_bytes();
    let n = b.len();
    if n < 3 {
        return Vec::new();
    }
    let last = match b[n - 1] {
        b'v' => 'f',
        b'z' => 's',
        c => c as char,
    };
    let rest = &base[..n - 1];
    if b[n - 1] == b[n - 2] {
        return vec![rest.to_owned()];
    }
    let mut out = vec![format!("{rest}{last}")];
    if is_vowel(b[n - 2]) && !is_vowel(b[n - 3]) {
        out.insert(0, format!("{rest}{}{last}", b[n - 2] as char));
    }
    out.push(format!("{base}e"));
    out
}

/// How the plural in -en of a word may be spelled.
fn plurals(word: &str) -> Vec<String> {
    let b = word.as_bytes();
    let n = b.len();
    if n < 3 {
        return Vec::new();
    }
    let mut out = vec![format!("{word}{}", if word.ends_with('e') { "n" } else { "en" })];
    let last = match b[n - 1] {
        b'f' => 'v',
        b's' => 'z',
        c => c as char,
    };
    if is_vowel(b[n - 2]) && b[n - 2] == b[n - 3] {
        out.push(format!("{}{last}en", &word[..n - 2]));
    } else if is_vowel(b[n - 2]) && !is_vowel(b[n - 1]) {
        out.push(format!("{word}{}en", b[n - 1] as char));
    }
    out.push(format!("{}{last}en", &word[..n - 1]));
    out
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The lexicon, if the word is one that could be cut.
fn lexicon_for(word: &str) -> Option<Lexicon> {
    let could = LENGTHS.contains(&word.len()) && word.bytes().all(|b| b.is_ascii_lowercase());
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
    let pieces = if LENGTHS.contains(&at.len()) { cheapest(lexicon, &word[at.clone()], None) } else { None };
    match pieces {
        Some(pieces) => {
            for p in pieces {
                leaves(lexicon, word, at.start + p.start..at.start + p.end, p.stands_for, out);
            }
        }
        None if whole => {}
        None => out.push(Piece { start: at.start, end: at.end, stands_for }),
    }
}

/// The cheapest way to get to a place in a word.
#[derive(Clone, Copy)]
struct Way {
    cost: f32,
    /// The last piece of it.
    piece: Piece,
    /// Where that began.
    from: usize,
}

/// The cheapest way to cut a word, if that costs less than leaving it whole.
fn cheapest(lexicon: &Lexicon, word: &str, known: Option<&dyn Fn(&str) -> bool>) -> Option<Vec<Piece>> {
    let n = word.len();
    let mut whole = LETTER_COST * n as f32;
    match lexicon.entry(word) {
        // names are what they are
        Some(e) if e & (NO_PART | ONE_WORD) != 0 => return None,
        Some(_) => {}
        None => whole += UNKNOWN,
    }
    let mut ways: [Option<Way>; 61] = [None; 61];
    for start in 0..n - 2 {
        let so_far = match (start, ways[start]) {
            (0, _) => 0.0,
            (_, Some(way)) => way.cost,
            _ => continue,
        };
        let mut step = |to: usize, cost: f32, end: usize, stands_for: Option<&'static str>| {
            let cost = so_far + cost;
            if cost < whole && ways[to].is_none_or(|w| cost < w.cost) {
                ways[to] = Some(Way { cost, piece: Piece { start, end, stands_for }, from: start });
            }
        };
        // the entry one letter shorter, for forms in s
        let mut shorter: Option<(usize, u64)> = None;
        lexicon.beginnings(&word.as_bytes()[start..], |len, entry| {
            let end = start + len;
            let before = shorter.replace((end, entry)).filter(|&(e, _)| e + 1 == end).map(|(_, e)| e);
            if entry & NO_PART != 0 || len < 3 {
                return;
            }
            let text = &word[start..end];
            if end == n {
                if start > 0 && entry & (BOUND | NO_END) == 0 && frequent(len, ends(entry)) {
                    step(n, cost(ends(entry)), n, None);
                }
                return;
            }
            let form = irregular(text);
            if entry & BOUND != 0 || form.is_some() {
                step(end, cost(begins(entry)), if form.is_some() { end } else { end - 1 }, form);
                return;
            }
            if entry & NO_BEGINNING != 0 {
                return;
            }
            if frequent(len, begins(entry)) {
                // rechts- is recht with an s, plaats- is not plaat
                let linked = len > 4 && text.ends_with('s') && before.is_some_and(|b| ends(b) > ends(entry));
                step(end, cost(begins(entry)), end - usize::from(linked), None);
            }
            if len > 3 && word.as_bytes()[end] == b's' && end + 1 < n {
                let link = if takes_s(text) { LINK.1 } else { LINK.0 };
                if frequent(len, begins(entry).max(ends(entry))) {
                    step(end + 1, cost(begins(entry)) + link, end, None);
                }
            }
        });
        if let Some(known) = known {
            for end in (start + 5..=n).filter(|&end| end - start < n) {
                if known(&word[start..end]) && lexicon.entry(&word[start..end]).is_none() {
                    step(end, FOREIGN, end, None);
                }
            }
        }
    }
    let mut pieces = Vec::new();
    let mut at = n;
    while at > 0 {
        let way = ways[at]?;
        pieces.push(way.piece);
        at = way.from;
    }
    pieces.reverse();
    Some(pieces)
}

/// Whether a part so short is seen often enough to be one.
fn frequent(len: usize, seen: u32) -> bool {
    match len {
        ..=4 => seen >= 3,
        5 => seen >= 2,
        _ => true,
    }
}

/// What a part costs, of the words that begin or end with it.
fn cost(seen: u32) -> f32 {
    if seen == 0 { PART_COST + UNSEEN } else { PART_COST + 1.0 - seen as f32 }
}
