//! Where the reader has been: the jump list across reports, and marks.

use crate::library::DocId;
use std::collections::BTreeMap;

/// A place in the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Which document.
    pub doc: DocId,
    /// Byte in its text.
    pub byte: u32,
}

/// How many jumps are remembered.
const LONGEST: usize = 200;

/// The jump list and the marks.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Trail {
    jumps: Vec<Spot>,
    /// How many of the jumps lie behind the reader; the rest lie ahead.
    at: usize,
    marks: BTreeMap<(char, Option<DocId>), Spot>,
}

impl Trail {
    /// Remembers where a jump begins; what lay ahead is forgotten.
    pub fn leave(&mut self, from: Spot) {
        self.jumps.truncate(self.at);
        if self.jumps.last() != Some(&from) {
            self.jumps.push(from);
        }
        if self.jumps.len() > LONGEST {
            self.jumps.remove(0);
        }
        self.at = self.jumps.len();
    }

    /// Back to where the last jump began; `here` is kept for the way forth.
    pub fn back(&mut self, here: Spot) -> Option<Spot> {
        let to = *self.jumps.get(self.at.checked_sub(1)?)?;
        if self.at == self.jumps.len() {
            self.jumps.push(here);
        } else {
            self.jumps[self.at] = here;
        }
        self.at -= 1;
        Some(to)
    }

    /// Forth again.
    pub fn forward(&mut self, here: Spot) -> Option<Spot> {
        let to = *self.jumps.get(self.at + 1)?;
        self.jumps[self.at] = here;
        self.at += 1;
        Some(to)
    }

    /// Sets a mark: capitals across the library, the others within their report.
    pub fn mark(&mut self, letter: char, here: Spot) {
        let scope = (!letter.is_uppercase()).then_some(here.doc);
        self.marks.insert((letter, scope), here);
    }

    /// The place of a mark, as seen from a report.
    #[must_use]
    pub fn marked(&self, letter: char, from: Option<DocId>) -> Option<Spot> {
        let scope = if letter.is_uppercase() { None } else { Some(from?) };
        self.marks.get(&(letter, scope)).copied()
    }
}
