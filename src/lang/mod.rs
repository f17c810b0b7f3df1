//! Dutch (and English) as search needs it: fold, tokenise, stem.
//!
//! Pure functions on text. This module knows no document, no index and no query; the search engine's name does not
//! occur here. Text is never copied into a "normalised" form with offsets of its own: tokens carry byte ranges of the
//! text they were read from and, apart from it, the folded form they are known by, so that a mark on the screen is
//! always a range of what is on the screen.

mod abbreviations;
mod affixes;
mod analysis;
pub mod compounds;
mod dates;
mod entry;
mod fold;
mod lexicon;
mod number;
mod roots;
mod stem_en;
mod stem_nl;
mod stop;
#[cfg(test)]
mod tests;
mod token;
pub mod typos;

pub use abbreviations::{Abbreviation, abbreviations};
pub use analysis::{Analyser, Analysis};
pub use fold::{fold, fold_with_places};
pub use lexicon::is_word;
pub use stop::{is_common_word, is_function_word};
pub use token::{Reading, Token, tokens};
