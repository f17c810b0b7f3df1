//! The words of the library that a word or pattern of a query stands for: words spelled nearly so, words a pattern fits,
//! and from these what else could have been meant.
//!
//! Looks in the dictionaries of the index, one a segment, never at entries. What counts for a word is how many entries
//! have it (`df`), summed over segments; entries deleted but not yet gone are counted too.

use super::query::{Pattern, Said};
use crate::lang::typos::{likeness, likeness_so_far, sound_alikes};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};
use rustc_hash::FxHashMap;
use std::io;
use tantivy::termdict::{TermDictionary, TermMerger};
use tantivy_fst::Automaton;

mod suggest;
#[cfg(test)]
mod tests;

pub(super) use suggest::{begins, did_you_mean};

/// Similar words handed back at most.
pub(super) const SIMILAR: usize = 24;
/// Words a pattern stands for at most; of more, the most frequent.
pub(super) const MATCHING: usize = 2000;
/// Words that begin nearly so may be very many: so many are weighed.
const WEIGHED: usize = 4000;
/// The first byte of a folded form; what begins with less is something else (stems, parts).
const FORMS: &[u8] = b" ";

/// A word of the library.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Similar {
    /// Its folded form.
    pub form: String,
    /// How likely it was meant, from 0 to 1 ([`likeness`]).
    pub likeness: f32,
    /// How many entries have it.
    pub df: u32,
}

/// How the word typed is to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// It is whole.
    Whole,
    /// It may be going on: words that begin nearly so are similar too.
    Open,
}

/// Words of the library within `steps` (0 to 2) of a folded word, or written otherwise where Dutch sounds the same; the
/// likeliest first, then the most frequent. Never the word itself.
///
/// # Errors
/// When a dictionary cannot be read.
pub(super) fn similar(
    dictionaries: &[&TermDictionary],
    word: &str,
    steps: u8,
    ending: Ending,
) -> io::Result<Vec<Similar>> {
    let mut found: FxHashMap<String, u32> = FxHashMap::default();
    let mut add = |form: &str, df: u32| match found.get_mut(form) {
        Some(all) => *all += df,
        None => drop(found.insert(form.to_owned(), df)),
    };
    if steps > 0 {
        // its table takes a fifth of a millisecond: less than would be worth an owner that keeps it
        let table = LevenshteinAutomatonBuilder::new(steps.min(2), true);
        let dfa = if ending == Ending::Open { table.build_prefix_dfa(word) } else { table.build_dfa(word) };
        for d in dictionaries {
            let mut stream = d.search(Near(&dfa)).ge(FORMS).into_stream()?;
            let mut left = WEIGHED;
            while left > 0 && stream.advance() {
                if let Ok(form) = std::str::from_utf8(stream.key()) {
                    add(form, stream.value().doc_freq);
                    left -= 1;
                }
            }
        }
    }
    for form in sound_alikes(word) {
        for d in dictionaries {
            if let Some(info) = d.get(&form)? {
                add(&form, info.doc_freq);
            }
        }
    }
    let like = if ending == Ending::Open { likeness_so_far } else { likeness };
    let words = found.into_iter().filter(|(form, _)| form != word);
    let mut out: Vec<Similar> = words.map(|(form, df)| Similar { likeness: like(word, &form), form, df }).collect();
    out.sort_unstable_by(|a, b| b.likeness.total_cmp(&a.likeness).then(b.df.cmp(&a.df)).then(a.form.cmp(&b.form)));
    out.truncate(SIMILAR);
    Ok(out)
}

/// The words of the library that a pattern fits, ascending, and what is to be said where they are not all of them.
///
/// # Errors
/// When a dictionary cannot be read.
pub(super) fn matching(dictionaries: &[&TermDictionary], pattern: &Pattern) -> io::Result<(Vec<String>, Option<Said>)> {
    let mut most = Most::default();
    let mut look = |from: &[u8], beginning: &str| {
        let streams = dictionaries.iter().map(|d| d.range().ge(from).into_stream());
        let mut words = TermMerger::new(streams.collect::<io::Result<_>>()?);
        while words.advance() && words.key().starts_with(beginning.as_bytes()) {
            if let Ok(form) = std::str::from_utf8(words.key())
                && pattern.fits(form)
            {
                most.add(form, words.current_segment_ords_and_term_infos().map(|(_, info)| info.doc_freq).sum());
            }
        }
        io::Result::Ok(())
    };
    if pattern.beginnings().is_empty() {
        look(FORMS, "")?;
    }
    for beginning in pattern.beginnings() {
        look(beginning.as_bytes(), beginning)?;
    }
    let said = most.cut().then(|| Said::Cut(format!("/{}/", pattern.source()), MATCHING));
    let mut forms: Vec<String> = most.words.into_iter().map(|(_, form)| form).collect();
    forms.sort_unstable();
    Ok((forms, said))
}

/// The most frequent of many words.
#[derive(Default)]
struct Most {
    words: Vec<(u32, String)>,
    /// No word less frequent than this can be among them any more.
    least: u32,
    dropped: bool,
}

impl Most {
    fn add(&mut self, form: &str, df: u32) {
        if df < self.least {
            self.dropped = true;
            return;
        }
        self.words.push((df, form.to_owned()));
        if self.words.len() >= 2 * MATCHING {
            self.cut();
        }
    }

    /// Leaves [`MATCHING`]; whether any were more than that.
    fn cut(&mut self) -> bool {
        if self.words.len() > MATCHING {
            let order = |a: &(u32, String), b: &(u32, String)| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1));
            let (_, last, _) = self.words.select_nth_unstable_by(MATCHING - 1, order);
            self.least = last.0;
            self.words.truncate(MATCHING);
            self.dropped = true;
        }
        self.dropped
    }
}

/// How many entries have a term.
///
/// # Errors
/// When a dictionary cannot be read.
pub(super) fn frequency(dictionaries: &[&TermDictionary], term: &str) -> io::Result<u32> {
    let mut all = 0;
    for d in dictionaries {
        all += d.get(term)?.map_or(0, |info| info.doc_freq);
    }
    Ok(all)
}

/// A Levenshtein automaton as dictionaries take it.
struct Near<'a>(&'a DFA);

impl Automaton for Near<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}
