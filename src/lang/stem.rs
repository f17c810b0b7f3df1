//! The stem of a word in the language of its text, each word's found once.

use super::{stem_en, stem_nl};
use crate::doc::Lang;
use rustc_hash::FxHashMap;

/// How many words a memo holds before it starts anew.
const MEMO_WORDS: usize = 100_000;

/// Stems words and remembers them: a text repeats its words, so nearly every stem is a look-up. One for each worker.
#[derive(Clone, Debug, Default)]
pub struct Stemmer {
    dutch: FxHashMap<Box<str>, Box<str>>,
    english: FxHashMap<Box<str>, Box<str>>,
}

impl Stemmer {
    /// The stem of a folded word.
    pub fn stem(&mut self, lang: Lang, word: &str) -> &str {
        let (memo, stem): (_, fn(&str) -> String) = match lang {
            Lang::Nl => (&mut self.dutch, stem_nl::stem),
            Lang::En => (&mut self.english, stem_en::stem),
        };
        if memo.len() >= MEMO_WORDS {
            memo.clear();
        }
        if !memo.contains_key(word) {
            memo.insert(word.into(), stem(word).into());
        }
        &memo[word]
    }
}
