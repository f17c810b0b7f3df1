//! Irregular beginnings of compounds, and the linking s.
//!
//! Shared with the program that makes the lexicon, so that words are counted as they are cut.

/// Words that begin compounds in a form of their own, with the word they stand for.
const IRREGULAR: &[(&str, &str)] = &[
    ("beeste", "beesten"),
    ("cyber", "cyber"),
    ("eier", "eieren"),
    ("gerste", "gerst"),
    ("hoender", "hoenderen"),
    ("kalver", "kalveren"),
    ("kinder", "kinderen"),
    ("koninginne", "koningin"),
    ("lammer", "lammeren"),
    ("meerjaren", "meerjaren"),
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

/// The verbs a word in -ing, -aar or -end may be made of. If one of them is a word, so is this, and no compound.
pub fn verb_of(word: &str) -> Option<String> {
    let ends = ["ing", "ingen", "aar", "aars", "aren", "end", "ende", "enden"];
    let base = ends.iter().find_map(|e| word.strip_suffix(e))?;
    Some(format!("{base}en"))
}

/// What an adjective in -elijk is made of.
pub fn without_elijk(word: &str) -> Option<&str> {
    ["elijk", "elijke", "elijkheid"].iter().find_map(|e| word.strip_suffix(e))
}

/// What a word for who does something may be made of.
pub fn without_er(word: &str) -> Option<&str> {
    ["er", "ers"].iter().find_map(|e| word.strip_suffix(e))
}

/// Whether a word begins as verbs and what is made of them do.
pub fn has_prefix(word: &str) -> bool {
    let prefixes = [
        "aan", "af", "be", "bij", "door", "ge", "her", "in", "mee", "mis", "na", "om", "on", "op", "over", "tegen",
        "terug", "toe", "uit", "ver", "voor", "weg",
    ];
    prefixes.iter().any(|p| word.starts_with(p))
}
