//! The ways two words that stand side by side may be written as one.

use super::LENGTHS;
use crate::lang::affixes::{form_of, takes_s};
use crate::lang::entry::begins;
use crate::lang::lexicon::Lexicon;

/// The most spellings that are given.
pub(super) const MOST: usize = 8;

/// How two words that stand side by side may be written as one, the most likely first: with the first as it is, with
/// linking letters, in the singular, or as the stem of a verb.
#[must_use]
pub fn joined(first: &str, second: &str) -> Vec<String> {
    let letters = |w: &str| w.len() > 1 && w.bytes().all(|b| b.is_ascii_lowercase());
    if !letters(first) || !letters(second) || first.len() + second.len() > *LENGTHS.end() {
        return Vec::new();
    }
    let Some(lexicon) = Lexicon::open() else { return Vec::new() };
    let mut fronts: Vec<(u32, String)> = Vec::new();
    let mut front = |form: String, bonus: u32| {
        let seen = lexicon.entry(&form).map_or(0, begins);
        if !fronts.iter().any(|(_, f)| *f == form) {
            fronts.push((seen + bonus, form));
        }
    };
    front(first.to_owned(), if takes_s(first) { 0 } else { 4 });
    for base in std::iter::once(first.to_owned()).chain(bare(first)) {
        if base != first && lexicon.part(&base).is_some() {
            front(base.clone(), 2);
        } else if base != first {
            continue;
        }
        if !base.ends_with('s') {
            front(format!("{base}s"), if takes_s(&base) { 5 } else { 0 });
        }
        for plural in plurals(&base) {
            if lexicon.part(&plural).is_some() {
                front(plural, 1);
            }
        }
        if let Some(form) = form_of(&base) {
            front(form.to_owned(), 4);
        }
    }
    // the likeliest first; a sort that keeps the order of equals
    fronts.sort_by_key(|&(weight, _)| std::cmp::Reverse(weight));
    fronts.truncate(MOST);
    fronts.into_iter().map(|(_, f)| f + second).collect()
}

/// A word in -en, -n or -s without it: a singular or the stem of a verb, as it may be spelled.
fn bare(word: &str) -> Vec<String> {
    if let Some(base) = word.strip_suffix('s') {
        return vec![base.to_owned()];
    }
    let Some(base) = word.strip_suffix("en") else { return Vec::new() };
    let b = base.as_bytes();
    let n = b.len();
    if n < 3 {
        return Vec::new();
    }
    let last = match b[n - 1] {
        b'v' => 'f',
        b'z' => 's',
        c => c as char,
    };
    let rest = &base[..n - 1];
    if b[n - 1] == b[n - 2] {
        return vec![rest.to_owned()];
    }
    let mut out = vec![format!("{rest}{last}")];
    if is_vowel(b[n - 2]) && !is_vowel(b[n - 3]) {
        out.insert(0, format!("{rest}{}{last}", b[n - 2] as char));
    }
    out.push(format!("{base}e"));
    out
}

/// How the plural in -en of a word may be spelled.
fn plurals(word: &str) -> Vec<String> {
    let b = word.as_bytes();
    let n = b.len();
    if n < 3 {
        return Vec::new();
    }
    let mut out = vec![format!("{word}{}", if word.ends_with('e') { "n" } else { "en" })];
    let last = match b[n - 1] {
        b'f' => 'v',
        b's' => 'z',
        c => c as char,
    };
    if is_vowel(b[n - 2]) && b[n - 2] == b[n - 3] {
        out.push(format!("{}{last}en", &word[..n - 2]));
    } else if is_vowel(b[n - 2]) && !is_vowel(b[n - 1]) {
        out.push(format!("{word}{}en", b[n - 1] as char));
    }
    out.push(format!("{}{last}en", &word[..n - 1]));
    out
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}
