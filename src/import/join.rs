//! Joining the lines of a paragraph: what stands between two of them, and whether a hyphen at the end was one.

use super::broken::{Hyphen, Words};
use super::draft::Draft;

/// Words that follow a hyphen that stands for a left-out part ("in- en uitvoer").
const SUSPENDED: &[&str] =
    &["en", "of", "tot", "als", "noch", "dan", "naar", "én", "óf", "e.d.", "c.q.", "and", "or", "to"];

/// Whether a word follows a hyphen that stands for a left-out part.
pub(super) fn suspends(word: &str) -> bool {
    SUSPENDED.contains(&word)
}

/// Adds to the end of `draft.text` what must stand between a line and the next one, `next`. A hyphen that only broke
/// a word is taken away; without a lexicon that is told by what stands around it.
pub(super) fn join(draft: &mut Draft, next: &str) {
    let next = next.trim_start();
    let mut back = draft.text.chars().rev();
    let (last, before) = (back.next(), back.next());
    let lower = next.starts_with(char::is_lowercase);
    match last {
        None | Some(' ' | '\n') => {}
        // A soft hyphen of the source (see `clean`), or the typographic hyphen that only converters write.
        Some('\u{2010}') if before.is_some_and(char::is_alphanumeric) => draft.unwrite('\u{2010}'),
        Some('-') if before.is_some_and(char::is_alphanumeric) => {
            let word = next.split([' ', ',', ';']).next().unwrap_or("");
            let mut letters = draft.text.chars().rev().skip(1).take(2);
            let in_word = letters.all(|c| c.is_lowercase());
            if suspends(word) {
                draft.text.push(' ');
            } else if lower && in_word {
                draft.unwrite('-');
            }
        }
        Some('/') if before.is_some_and(|c| !c.is_whitespace()) => {}
        Some(_) => draft.text.push(' '),
    }
}

/// The same with the document's own words as judges of a hyphen: where a word begins whose other reading is given, when it
/// is doubtful.
pub(super) fn join_by(draft: &mut Draft, next: &str, words: &Words) -> Option<(u32, String)> {
    let lead = next.trim_start();
    let word = lead.split([' ', ',', ';']).next().unwrap_or("");
    if words.is_empty() || !draft.text.ends_with('-') || !lead.starts_with(char::is_lowercase) || suspends(word) {
        join(draft, next);
        return None;
    }
    let from = draft.text.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    match words.judge(&draft.text[from..], lead) {
        Hyphen::Kept => None,
        Hyphen::Gone => {
            draft.unwrite('-');
            None
        }
        Hyphen::Doubtful(other) => {
            draft.unwrite('-');
            let in_word = |c: char| c.is_alphanumeric() || c == '-';
            let half = draft.text.trim_end_matches(in_word).len();
            Some((half as u32, other))
        }
    }
}
