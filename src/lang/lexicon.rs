//! The Dutch lexicon: the words of the OpenTaal list, folded, in an automaton that is part of the program.
//!
//! What it is made of and how stands in `assets/lexicon/README.md`. Opening it reads a few bytes of its end, so nobody
//! keeps it.

use super::entry;
use fst::Map;
use fst::raw::Fst;

/// The compiled list.
static BYTES: &[u8] = include_bytes!("../../assets/lexicon/dutch.fst");

/// Whether a folded word is one of the list: a word in any of its inflections, a name or an abbreviation.
#[must_use]
pub fn is_word(word: &str) -> bool {
    Lexicon::open().is_some_and(|l| l.map.get(word).is_some_and(|e| e & entry::BOUND == 0))
}

/// Whether a folded word is one of the list that is more than a name or an abbreviation.
pub(super) fn is_ordinary(word: &str) -> bool {
    Lexicon::open().is_some_and(|l| l.part(word).is_some())
}

/// The opened list.
pub(super) struct Lexicon {
    map: Map<&'static [u8]>,
}

impl Lexicon {
    /// The lexicon; `None` only if the program was built with a broken one, which a test keeps from happening.
    pub fn open() -> Option<Lexicon> {
        Map::new(BYTES).ok().map(|map| Lexicon { map })
    }

    /// Whether every byte is as it was made, and the list no larger than a program should carry.
    #[cfg(test)]
    pub fn is_whole(&self) -> bool {
        self.map.as_fst().verify().is_ok() && self.map.len() > 390_000 && BYTES.len() < 2_500_000
    }

    /// A word's entry, whatever it is.
    pub fn entry(&self, word: &str) -> Option<u64> {
        self.map.get(word)
    }

    /// A word's entry, if it is a word by itself that may be a part of others.
    pub fn part(&self, word: &str) -> Option<u64> {
        self.entry(word).filter(|e| e & (entry::BOUND | entry::NO_PART) == 0)
    }

    /// Every entry that `text` begins with, shortest first: its length in bytes and its value.
    pub fn beginnings(&self, text: &[u8], mut found: impl FnMut(usize, u64)) {
        let fst: &Fst<_> = self.map.as_fst();
        let mut node = fst.root();
        let mut out = fst::raw::Output::zero();
        for (at, &byte) in text.iter().enumerate() {
            let Some(i) = node.find_input(byte) else { return };
            let t = node.transition(i);
            out = out.cat(t.out);
            node = fst.node(t.addr);
            if node.is_final() {
                found(at + 1, out.cat(node.final_output()).value());
            }
        }
    }
}
