//! What to search for to find passages on a made knelpunt: its saved query, and its names.
//!
//! Pure words in the query language; it must not know how they are searched.

use super::register::Made;
use crate::doc::{DocId, TextRange};

/// A word of fewer letters need not stand in a passage, when the name has longer ones: articles and the like.
const TELLING: usize = 4;

/// Words that join or deny others in a query when they stand in capitals.
const OPERATORS: [&str; 6] = ["AND", "OR", "NOT", "EN", "OF", "NIET"];

/// The queries whose hits are suggested, the most wanted first: the saved one as the reader wrote it, then the names. Of a
/// name of several words a passage has all that tell something; nothing in a name is read as a sign of the query language.
#[must_use]
pub fn queries(made: &Made) -> Vec<String> {
    let saved = made.query.as_deref().map(str::trim).filter(|q| !q.is_empty()).map(str::to_owned);
    let mut names: Vec<String> = Vec::new();
    for asked in made.names().filter_map(asked) {
        if !names.contains(&asked) {
            names.push(asked);
        }
    }
    let names = (!names.is_empty()).then(|| names.join(" OR "));
    saved.into_iter().chain(names).collect()
}

/// A name as a query; `None` when it has no words.
fn asked(name: &str) -> Option<String> {
    let inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’');
    let words = name.split(|c| !inside(c)).map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
    let words: Vec<String> = words
        .filter(|w| !w.is_empty())
        .map(|w| if OPERATORS.contains(&w) { w.to_lowercase() } else { w.to_owned() })
        .collect();
    let tells = |w: &String| w.chars().count() >= TELLING;
    let any = words.iter().any(tells);
    match words.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        several => {
            let signed = several.iter().map(|w| if tells(w) || !any { format!("+{w}") } else { w.clone() });
            Some(format!("({})", signed.collect::<Vec<_>>().join(" ")))
        }
    }
}

/// Whether a passage is known already: it shares words with one of these places.
#[must_use]
pub fn is_known(known: &[(DocId, TextRange)], doc: DocId, range: TextRange) -> bool {
    known.iter().any(|(d, r)| *d == doc && r.overlaps(range))
}

#[cfg(test)]
mod tests;
