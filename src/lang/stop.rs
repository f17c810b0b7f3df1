//! Function words: so common that they find nothing by themselves.

/// Dutch, then English; folded, in alphabetical order within each.
const DUTCH: &[&str] = &[
    "aan", "al", "als", "bij", "daar", "dan", "dat", "de", "der", "des", "deze", "die", "dit", "doch", "door", "dus",
    "een", "en", "er", "had", "hadden", "heb", "hebben", "heeft", "hem", "het", "hij", "hoe", "hun", "ik", "in", "is",
    "je", "kan", "kunnen", "maar", "me", "men", "met", "mij", "na", "naar", "nog", "nu", "of", "om", "omdat", "onder",
    "ons", "ook", "op", "over", "te", "tegen", "ten", "ter", "toch", "toe", "tot", "uit", "van", "veel", "voor",
    "waar", "want", "waren", "was", "wat", "we", "wel", "werd", "wie", "wij", "word", "worden", "wordt", "ze", "zich",
    "zij", "zijn", "zo", "zou", "zouden", "zullen", "zal",
];
const ENGLISH: &[&str] = &[
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "has", "have", "he", "if", "into",
    "it", "its", "no", "on", "or", "she", "such", "that", "the", "their", "then", "there", "these", "they", "this",
    "to", "was", "were", "which", "will", "with",
];

/// Whether a folded word is a function word in Dutch or in English. Alone such a word is still searched for; beside
/// others it adds to the order of the hits but makes no hit by itself.
#[must_use]
pub fn is_function_word(folded: &str) -> bool {
    DUTCH.contains(&folded) || ENGLISH.contains(&folded)
}

/// Whether a folded word says little about what is looked for, because every report uses it.
#[must_use]
pub fn is_common_word(_folded: &str) -> bool {
    false
}
