//! Irregular beginnings of compounds, and the linking s.
//!
//! Shared with the program that makes the lexicon, so that words are counted as they are cut.

/// Words that begin compounds in a form of their own, with the word they stand for.
const IRREGULAR: &[(&str, &str)] = &[
    ("beeste", "beesten"),
    ("eier", "eieren"),
    ("gerste", "gerst"),
    ("hoender", "hoenderen"),
    ("kalver", "kalveren"),
    ("kinder", "kinderen"),
    ("koninginne", "koningin"),
    ("lammer", "lammeren"),
    ("rijks", "rijk"),
    ("runder", "runderen"),
    ("scheeps", "schip"),
    ("wets", "wet"),
    ("zonne", "zon"),
];

/// The word that such a form stands for.
pub fn irregular(form: &str) -> Option<&'static str> {
    IRREGULAR.iter().find(|(f, _)| *f == form).map(|&(_, word)| word)
}

/// The form in which a word, in the singular or the plural, begins compounds, if that is irregular.
pub fn form_of(word: &str) -> Option<&'static str> {
    let is = |whole: &str| whole == word || whole.strip_suffix("eren") == Some(word);
    IRREGULAR.iter().find(|(_, whole)| is(whole)).map(|&(form, _)| form)
}

/// Whether compounds that begin with the word have an s behind it as a rule.
pub fn takes_s(word: &str) -> bool {
    ["heid", "ing", "iteit", "schap", "dom", "tie"].iter().any(|e| word.ends_with(e)) && word.len() > 5
}
