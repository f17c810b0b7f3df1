//! What the words of the library add to a query: compounds only the library knows, words spelled nearly so, patterns.

use super::plan::{Atom, Phrasing, Plan, Word};
use super::query::{Query, Said};
use super::segment::Segment;
use super::types::Why;
use crate::lang::{Analyser, compounds};
use std::io;

/// What a compound found in parts counts beside the compound.
const SPLIT: f32 = 0.6;
/// What a word counts that a text writes as two: at the end of a line, or by mistake.
const BROKEN: f32 = 0.9;
/// A piece of a broken word is no shorter than this, in letters.
const PIECE: usize = 3;

/// Adds to a plan what the dictionaries of the segments know. Gives what else could have been meant, and what is to be
/// said of the words.
pub(super) fn resolve(plan: &mut Plan, query: &Query, segments: &[Segment]) -> io::Result<(Option<String>, Vec<Said>)> {
    let _ = query;
    let mut resolver = Resolver { segments, analyser: Analyser::default() };
    plan.words_mut(&mut |w| resolver.word(w));
    Ok((None, Vec::new()))
}

struct Resolver<'a> {
    segments: &'a [Segment],
    analyser: Analyser,
}

impl Resolver<'_> {
    fn df(&self, term: &str) -> u32 {
        self.segments.iter().map(|s| s.df(term)).sum()
    }

    fn occurs(&self, atom: &Atom) -> bool {
        atom.found_by(true).iter().any(|(term, _)| self.df(term) > 0)
    }

    fn word(&mut self, w: &mut Word) {
        w.variants.retain(|v| self.occurs(&v.atom));
        if w.wide {
            self.split(w);
        }
        if !w.own.stems.is_empty() {
            self.broken(w);
        }
    }

    /// The word broken in two by a blank, where the library has both pieces.
    fn broken(&mut self, w: &mut Word) {
        for form in w.own.forms.clone() {
            if form.chars().count() < 2 * PIECE || !form.chars().all(char::is_alphabetic) {
                continue;
            }
            let cuts = form.char_indices().map(|(at, _)| at).skip(PIECE);
            for at in cuts.filter(|at| form[*at..].chars().count() >= PIECE) {
                let (front, back) = form.split_at(at);
                if self.df(front) == 0 {
                    continue;
                }
                let back = Atom::of(back, &mut self.analyser);
                if back.found_by(false).iter().any(|(term, _)| self.df(term) > 0) {
                    let front = Atom { forms: vec![front.to_owned()], stems: Vec::new() };
                    let words = vec![front, back];
                    w.phrasings.push(Phrasing { words, in_order: true, weight: BROKEN, why: Why::Exact });
                }
            }
        }
    }

    /// The parts of a compound, near each other.
    fn split(&mut self, w: &mut Word) {
        for form in w.own.forms.clone() {
            let known = |part: &str| self.df(part) > 0;
            let split = compounds::split(&form, &known);
            if let Some(parts) = split {
                let words = parts.iter().map(|p| Atom::of(p, &mut self.analyser)).collect();
                w.phrasings.push(Phrasing { words, in_order: false, weight: SPLIT, why: Why::Compound });
            }
        }
    }
}
