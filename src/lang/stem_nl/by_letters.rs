//! The stem of a word that no list knows, by its letters alone.

use super::spelling::{closed, has_vowel, is_vowel, syllables};

/// The word without the endings that can be told from its letters.
pub fn stem(word: &str) -> String {
    let mut w = word.to_owned();
    if let Some(base) = plural_s(&w) {
        w.truncate(base);
    }
    w = conjugated(&without_en(&w));
    // tekenen, tekent and teken
    if w.ends_with("en") { without_en(&w) } else { w }
}

/// The same of a name and of what is called after it (*Duitse*, *Europeanen*), which have no past.
pub fn name(word: &str) -> String {
    without_en(plural_s(word).map_or(word, |base| &word[..base]))
}

/// Where the plural -s begins, if the word ends in one.
fn plural_s(w: &str) -> Option<usize> {
    let base = w.strip_suffix('s')?;
    let several = syllables(base) > 1;
    let ends = |list: &[&str]| list.iter().any(|e| base.ends_with(e));
    let plural = several
        && ends(&["el", "er", "en", "em", "erd", "aar", "ie", "ier", "eur", "oor", "e", "um", "ing", "eau", "ent"])
        || base.len() > 3 && ends(&["ew", "am", "rm", "ym"]);
    (plural && !base.ends_with("ee")).then_some(base.len())
}

/// Without -en or -e, and the rest spelled as a word of its own.
fn without_en(w: &str) -> String {
    let base = match w.strip_suffix("en").or_else(|| w.strip_suffix('e')) {
        Some(b) if has_vowel(b) && b.len() > 1 => b,
        _ => return w.to_owned(),
    };
    // idee, industrie, twee: the e belongs to the word
    if w.ends_with('e') && base.ends_with(['e', 'i', 'o', 'u']) {
        return w.to_owned();
    }
    if let Some(ie) = base.strip_suffix("ie").filter(|_| w.ends_with("ieen")) {
        return format!("{ie}ie");
    }
    closed(base)
}

/// Without the endings of the present and the past.
fn conjugated(w: &str) -> String {
    if let Some(base) = w.strip_suffix("eerd").filter(|b| has_vowel(b)) {
        return format!("{}eer", without_ge(base));
    }
    for end in ["eld", "erd"] {
        if let Some(front) = w.strip_suffix(end).filter(|f| !f.ends_with(['e', 'i', 'a', 'o', 'u'])) {
            let base = &w[..w.len() - 1];
            let bare = without_ge(base);
            if syllables(front) >= 1 {
                return if syllables(bare) > 1 { bare } else { base }.to_owned();
            }
        }
    }
    let Some(base) = w.strip_suffix('t') else { return w.to_owned() };
    let b = base.as_bytes();
    let n = b.len();
    if n > 3 && base.ends_with("eer") {
        return base.to_owned();
    }
    let weak =
        ["el", "er", "en"].iter().any(|e| base.ends_with(e)) && n > 2 && !is_vowel(b[n - 3]) && syllables(base) > 1;
    let long = n > 3 && matches!(b[n - 1], b'k' | b'g' | b'f' | b'm' | b'p' | b'l') && long_vowel(b[n - 3], b[n - 2]);
    let ends = (weak && !base.ends_with("men") || long) && !base.ends_with("heel");
    if ends { base } else { w }.to_owned()
}

/// Without the ge- of a participle.
fn without_ge(base: &str) -> &str {
    base.strip_prefix("ge").filter(|rest| rest.len() > 2 && has_vowel(rest)).unwrap_or(base)
}

fn long_vowel(a: u8, b: u8) -> bool {
    matches!((a, b), (b'a', b'a') | (b'e', b'e') | (b'o', b'o') | (b'u', b'u'))
        || matches!((a, b), (b'i', b'j' | b'e') | (b'o', b'e' | b'u') | (b'u', b'i') | (b'e', b'i' | b'u'))
}
