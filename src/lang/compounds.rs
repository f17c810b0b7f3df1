//! Compounds: the words a Dutch word is put together from.

/// The parts of a folded word that are words themselves, nested ones too; none when it is not a compound.
#[must_use]
pub fn parts(word: &str) -> Vec<String> {
    let _ = word;
    Vec::new()
}
