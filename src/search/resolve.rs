//! What the words of the library add to a query: compounds only the library knows, words spelled nearly so, patterns.

use super::plan::{Atom, Phrasing, Plan, Word};
use super::query::{Query, Said};
use super::segment::Segment;
use super::types::Why;
use crate::lang::{Analyser, compounds};
use std::io;

/// What a compound found in parts counts beside the compound.
const SPLIT: f32 = 0.6;

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
