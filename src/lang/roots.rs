//! Derivations: what a word comes from, so that *plaatsing* and *plaatsen* meet where inflection alone keeps them apart.

/// What a folded Dutch word is derived from, other than its stem; none when it is derived from nothing we know.
#[must_use]
pub fn roots(word: &str) -> Vec<String> {
    let _ = word;
    Vec::new()
}
