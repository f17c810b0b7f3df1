//! Titles of knelpunten in several editions of a report: which are the same, and which only speak of the same thing.

use crate::doc::TextRange;

/// Shortest word that may tell what a title is about.
const WORD: usize = 5;
/// Letters at their beginning that two words must share to be forms or compounds of one another.
const STEM: usize = 6;
/// Letters that two titles must share in such words: one long word, or two short ones.
const SHARED: usize = 8;

/// A title without case and signs, by which the same one is known in another edition; empty when it says nothing.
pub(super) fn folded(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The words of a folded title that may tell what it is about.
fn telling(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(' ').filter(|w| w.chars().count() >= WORD)
}

/// How many letters two words have in common at their beginning, when that makes them forms or compounds of one another;
/// else 0.
fn kindred(a: &str, b: &str) -> usize {
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    // all of a short word counts; of longer ones half
    let enough = if common == short { short >= WORD } else { common >= STEM };
    if enough && common * 2 >= long { common } else { 0 }
}

/// The words of a folded title that tell it from the other titles of its edition.
pub(super) fn own_words(title: &str, others: &[&str]) -> Vec<String> {
    let shared = |word: &str| others.iter().any(|t| telling(t).any(|w| kindred(w, word) > 0));
    telling(title).filter(|w| !shared(w)).map(str::to_owned).collect()
}

/// How many letters two titles of different editions share in words that are their own; 0 when that is too little to say
/// that they speak of the same thing.
pub(super) fn nearness(a: &[String], b: &[String]) -> usize {
    let best = |word: &String| b.iter().map(|w| kindred(word, w)).max().unwrap_or(0);
    let shared = a.iter().map(best).sum();
    if shared >= SHARED { shared } else { 0 }
}

/// The title of a report without what differs between its editions: years, and signs at its ends.
pub(super) fn without_year(title: &str) -> String {
    let year = |w: &str| {
        let digits = w.trim_matches(|c: char| !c.is_alphanumeric());
        let parts = digits.split(['-', '/', '–']);
        digits.len() >= 4
            && parts.clone().all(|p| p.len() == 4 || p.len() == 2)
            && parts.flat_map(str::chars).all(|c| c.is_ascii_digit())
    };
    let kept = title.split_whitespace().filter(|w| !year(w)).collect::<Vec<_>>().join(" ");
    kept.trim_matches(|c: char| !c.is_alphanumeric() && !")]”’!?".contains(c)).to_owned()
}

/// Whether two places share something: overlap, or the same place.
pub(super) fn same_place(a: TextRange, b: TextRange) -> bool {
    a == b || a.overlaps(b)
}
