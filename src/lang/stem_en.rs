//! A light English stemmer: plurals, -ed, -ing and the final e and y, after the first steps of M. F. Porter, *An
//! algorithm for suffix stripping* (1980). Derivations (-ation, -ness) are left alone.

/// The stem of a folded English word.
pub(super) fn stem(word: &str) -> String {
    let word = word.split('\'').next().unwrap_or(word);
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return word.to_owned();
    }
    let mut w = plural(word);
    if let Some(base) = w.strip_suffix("eed") {
        if has_vowel(base) {
            w.pop();
        }
    } else if let Some(base) = w.strip_suffix("ing").or_else(|| w.strip_suffix("ed")).filter(|b| has_vowel(b)) {
        w = ending_restored(base);
    }
    if w.len() > 2 && w.ends_with('y') && !is_vowel(w.as_bytes()[w.len() - 2]) {
        w.pop();
        w.push('i');
    }
    if w.len() > 3 && w.ends_with('e') && !w.ends_with("ee") {
        w.pop();
    }
    w
}

fn plural(word: &str) -> String {
    if let Some(base) = word.strip_suffix("sses") {
        format!("{base}ss")
    } else if let Some(base) = word.strip_suffix("ies") {
        format!("{base}{}", if base.len() > 1 { "y" } else { "ie" })
    } else if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        word.to_owned()
    } else {
        word.strip_suffix('s').filter(|b| has_vowel(b)).unwrap_or(word).to_owned()
    }
}

/// What is left of `planned`, `using`, `making`: plan, use, mak (its e falls anyway).
fn ending_restored(base: &str) -> String {
    let b = base.as_bytes();
    let doubled = b.len() > 2 && b[b.len() - 1] == b[b.len() - 2] && !matches!(b[b.len() - 1], b'l' | b's' | b'z');
    let keep = if doubled && !is_vowel(b[b.len() - 1]) { b.len() - 1 } else { b.len() };
    let short = b.len() == 2 && !is_vowel(b[1]);
    format!("{}{}", &base[..keep], if short { "e" } else { "" })
}

fn has_vowel(text: &str) -> bool {
    text.bytes().any(|b| is_vowel(b) || b == b'y')
}

fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}
