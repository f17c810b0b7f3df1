//! Folding: the form of a word in which case, accents, ligatures and invisible characters make no difference.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The folded form of a text: NFKD without marks, lower case, quotes and hyphens of one kind, nothing invisible.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, &mut out);
    out
}

/// Gives each character of the folded form of a text, with the byte of the text at which it comes from.
pub fn fold_with_places(text: &str, mut take: impl FnMut(char, usize)) {
    let mut folded = String::new();
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            take(c.to_ascii_lowercase(), at);
            continue;
        }
        folded.clear();
        fold_into(&text[at..at + c.len_utf8()], &mut folded);
        folded.chars().for_each(|f| take(f, at));
    }
}

/// Appends the folded form of `text`.
pub(super) fn fold_into(text: &str, out: &mut String) {
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else if !is_invisible(c) {
            for d in c.nfkd().filter(|&d| !is_combining_mark(d)).flat_map(char::to_lowercase) {
                fold_char(d, out);
            }
        }
    }
}

/// What decomposition leaves whole: letters with a stroke, and the many signs for one quote or hyphen.
fn fold_char(c: char, out: &mut String) {
    match c {
        'ß' => out.push_str("ss"),
        'æ' => out.push_str("ae"),
        'œ' => out.push_str("oe"),
        'ø' => out.push('o'),
        'ł' => out.push('l'),
        'đ' | 'ð' => out.push('d'),
        'ı' => out.push('i'),
        c if is_apostrophe(c) => out.push('\''),
        c if is_hyphen(c) => out.push('-'),
        // lower-casing may bring a mark of its own (İ)
        c if is_combining_mark(c) => {}
        c => out.push(c),
    }
}

/// An apostrophe, straight or curly.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{02bc}' | '\u{00b4}' | '`')
}

/// A hyphen that joins words, breaking or not. Dashes are not hyphens.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// A character that is not seen inside a word: soft hyphen, zero-width spaces and joiners, byte order mark.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A character words are made of.
pub(super) fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c)
    }
}
