//! All that a word is looked up by, in the language of its text, each word's found once.

use super::{compounds, roots, stem_en, stem_nl};
use crate::doc::Lang;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// How many words a memo holds before it starts anew.
const MEMO_WORDS: usize = 100_000;

/// What a word is known by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// The folded form it was found for.
    pub form: Box<str>,
    /// The stem: what its inflections share.
    pub stem: Box<str>,
    /// What it is derived from, as stems; not its own stem.
    pub roots: Box<[Box<str>]>,
    /// The parts of a compound, as stems, nested ones too.
    pub parts: Box<[Box<str>]>,
}

/// Analyses words and remembers them: a text repeats its words, so nearly every one is a look-up. One for each worker.
#[derive(Clone, Debug, Default)]
pub struct Analyser {
    dutch: FxHashMap<Box<str>, Arc<Analysis>>,
    english: FxHashMap<Box<str>, Arc<Analysis>>,
}

impl Analyser {
    /// The analysis of a folded word.
    pub fn word(&mut self, lang: Lang, word: &str) -> &Arc<Analysis> {
        let (memo, analyse): (_, fn(&str) -> Analysis) = match lang {
            Lang::Nl => (&mut self.dutch, dutch),
            Lang::En => (&mut self.english, english),
        };
        if memo.len() >= MEMO_WORDS {
            memo.clear();
        }
        if !memo.contains_key(word) {
            memo.insert(word.into(), Arc::new(analyse(word)));
        }
        &memo[word]
    }

    /// How many words it remembers.
    #[must_use]
    pub fn words(&self) -> usize {
        self.dutch.len() + self.english.len()
    }

    /// Only its stem.
    pub fn stem(&mut self, lang: Lang, word: &str) -> &str {
        &self.word(lang, word).stem
    }
}

fn dutch(word: &str) -> Analysis {
    let stem = stem_nl::stem(word).into_boxed_str();
    let mut roots: Vec<Box<str>> = Vec::new();
    for root in roots::roots(word, &stem) {
        add(&mut roots, root.into(), &stem);
    }
    let mut parts: Vec<Box<str>> = Vec::new();
    // foto's, video's: the parts are those of the word without its ending
    for part in compounds::parts(word.strip_suffix("'s").unwrap_or(word)) {
        add(&mut parts, stem_nl::stem(&part).into(), &stem);
    }
    Analysis { form: word.into(), stem, roots: roots.into(), parts: parts.into() }
}

fn english(word: &str) -> Analysis {
    let stem = stem_en::stem(word).into_boxed_str();
    let mut roots: Vec<Box<str>> = Vec::new();
    for root in stem_en::roots(word) {
        add(&mut roots, root.into(), &stem);
    }
    Analysis { form: word.into(), stem, roots: roots.into(), ..Analysis::default() }
}

fn add(list: &mut Vec<Box<str>>, term: Box<str>, not: &str) {
    if *term != *not && !list.contains(&term) {
        list.push(term);
    }
}
