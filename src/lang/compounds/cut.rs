//! One cut of a word: the cheapest way through it, piece by piece.

use super::LENGTHS;
use crate::lang::affixes::{has_prefix, irregular, takes_s, verb_of};
use crate::lang::entry::{BOUND, NO_BEGINNING, NO_END, NO_PART, ONE_WORD, begins, ends};
use crate::lang::lexicon::Lexicon;

/// Bits of a letter of a word that is no compound.
const LETTER_COST: f32 = 3.3;
/// Bits of a part that is counted once: the logarithm of all that were counted.
const PART_COST: f32 = 17.5;
/// Bits that a word of the lexicon which is not known to begin or end any other costs on top.
const UNSEEN: f32 = 1.5;
/// Bits of a linking s that the lexicon doesn't have behind the word, and where the word's ending calls for one.
const LINK: (f32, f32) = (5.0, 1.0);
/// Bits that a word costs which the lexicon doesn't have, on top of its letters.
const UNKNOWN: f32 = 6.0;
/// Bits that a part costs which nobody knows, on top of its letters.
const STRANGE: f32 = 10.0;
/// The shortest part that nobody knows, and the least that is left behind it.
const STRANGE_LEN: usize = 5;
/// The step of the count of words that what stands behind it must end.
const STRANGE_SEEN: u32 = 3;
/// Bits of a part that only the library knows.
const FOREIGN: f32 = 18.0;

/// A part of a word: where it stands, without its linking letters, and the word it stands for if that is another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Piece {
    pub start: usize,
    pub end: usize,
    pub stands_for: Option<&'static str>,
}

impl Piece {
    pub fn text(self, word: &str) -> String {
        self.stands_for.unwrap_or(&word[self.start..self.end]).to_owned()
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

/// A word being cut.
struct Cut<'w> {
    word: &'w str,
    /// What the word costs as it is; nothing may cost more.
    whole: f32,
    /// To each place.
    ways: [Option<Way>; *LENGTHS.end() + 1],
}

/// The cheapest way to cut a word, if that costs less than leaving it whole. `known` says which words there are beside
/// the lexicon's.
pub(super) fn cheapest(lexicon: &Lexicon, word: &str, known: Option<&dyn Fn(&str) -> bool>) -> Option<Vec<Piece>> {
    let n = word.len();
    let entry = lexicon.entry(word);
    // names are what they are
    if !LENGTHS.contains(&n) || entry.is_some_and(|e| e & (NO_PART | ONE_WORD) != 0) {
        return None;
    }
    let whole = LETTER_COST * n as f32 + if entry.is_some() { 0.0 } else { UNKNOWN };
    let mut cut = Cut { word, whole, ways: [None; *LENGTHS.end() + 1] };
    for start in 0..n - 2 {
        if start == 0 || cut.ways[start].is_some() {
            cut.known_pieces(lexicon, start);
            if let Some(known) = known {
                cut.pieces_of_library(start, &|w| known(w) && lexicon.entry(w).is_none());
            }
        }
    }
    // of a query every piece must be known: the strange one may be misspelled
    let strange = entry.is_none() && known.is_none() && !has_prefix(word);
    if strange && cut.ways[n].is_none() && !cut.begins_well() {
        cut.strange_beginning(lexicon);
    }
    // formulering is of formuleren, but hulpverlening is of verlening too
    let is_verb = |w: &str| verb_of(w).is_some_and(|verb| verb.len() > 3 && lexicon.part(&verb).is_some());
    let last = cut.ways[n]?;
    if is_verb(word) && !is_verb(&word[last.from..]) { None } else { cut.pieces() }
}

impl Cut<'_> {
    /// A piece from `start` with its linking letters to `to`, and without them to `end`.
    fn step(&mut self, start: usize, to: usize, cost: f32, end: usize, stands_for: Option<&'static str>) {
        let cost = cost + self.ways[start].map_or(0.0, |w| w.cost);
        if cost < self.whole && self.ways[to].is_none_or(|w| cost < w.cost) {
            self.ways[to] = Some(Way { cost, piece: Piece { start, end, stands_for }, from: start });
        }
    }

    /// Every word of the lexicon that stands at `start`.
    fn known_pieces(&mut self, lexicon: &Lexicon, start: usize) {
        let (word, n) = (self.word, self.word.len());
        // the entry before, for forms in s
        let mut shorter = (0, 0);
        lexicon.beginnings(&word.as_bytes()[start..], |len, entry| {
            let end = start + len;
            let (before_end, before) = std::mem::replace(&mut shorter, (end, entry));
            if entry & NO_PART != 0 || len < 3 {
                return;
            }
            if end == n {
                if start > 0 && entry & (BOUND | NO_END) == 0 && frequent(len, ends(entry)) {
                    self.step(start, n, cost(ends(entry)), n, None);
                }
                return;
            }
            let text = &word[start..end];
            let form = irregular(text);
            if form.is_some() {
                self.step(start, end, cost(begins(entry)), end, form);
            } else if entry & BOUND != 0 {
                self.step(start, end, cost(begins(entry)), end - 1, None);
            } else if entry & NO_BEGINNING == 0 {
                if frequent(len, begins(entry)) {
                    // rechts- is recht with an s, plaats- is not plaat
                    let linked = len > 4
                        && text.ends_with('s')
                        && before_end + 1 == end
                        && before & NO_PART == 0
                        && ends(before) >= ends(entry);
                    self.step(start, end, cost(begins(entry)), end - usize::from(linked), None);
                }
                let s = len > 3 && word.as_bytes()[end] == b's' && end + 1 < n;
                if s && frequent(len, begins(entry).max(ends(entry))) {
                    let link = if takes_s(text) { LINK.1 } else { LINK.0 };
                    self.step(start, end + 1, cost(begins(entry)) + link, end, None);
                }
            }
        });
    }

    /// Every word that stands at `start` and that only the library knows.
    fn pieces_of_library(&mut self, start: usize, known: &dyn Fn(&str) -> bool) {
        for end in start + STRANGE_LEN..=self.word.len() {
            if end - start < self.word.len() && known(&self.word[start..end]) {
                self.step(start, end, FOREIGN, end, None);
            }
        }
    }

    /// Whether it begins with a longer word, so that what is strange comes later.
    fn begins_well(&self) -> bool {
        self.ways[STRANGE_LEN..].iter().any(Option::is_some)
    }

    /// A beginning that nobody knows, with a word of the lexicon behind it.
    fn strange_beginning(&mut self, lexicon: &Lexicon) {
        let n = self.word.len();
        self.ways[1..].fill(None);
        for end in STRANGE_LEN..n.saturating_sub(STRANGE_LEN - 1) {
            let safe = |e: &u64| e & NO_END == 0 && ends(*e) >= STRANGE_SEEN;
            let Some(entry) = lexicon.part(&self.word[end..]).filter(safe) else { continue };
            let link = takes_s(self.word[..end].trim_end_matches('s')) && self.word[..end].ends_with('s');
            self.step(0, end, LETTER_COST * end as f32 + STRANGE, end - usize::from(link), None);
            if self.ways[end].is_some() {
                self.step(end, n, cost(ends(entry)), n, None);
            }
        }
    }

    fn pieces(&self) -> Option<Vec<Piece>> {
        let mut pieces = Vec::new();
        let mut at = self.word.len();
        while at > 0 {
            let way = self.ways[at]?;
            pieces.push(way.piece);
            at = way.from;
        }
        pieces.reverse();
        Some(pieces)
    }
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
