//! What a word is looked up by in the `text` field: its form as it is, everything else behind a sign that no form begins
//! with.
//!
//! A stem that is itself the form of the word is not held twice: a stem is looked up by its own form *and* behind
//! [`STEM`], where the other forms are.

/// Stands before the stem of a word that is another word than its form.
pub(super) const STEM: char = '\u{1}';
/// Stands before a part of a compound, as its stem.
pub(super) const PART: char = '\u{2}';
/// Stands before what a word is derived from, as a stem.
pub(super) const ROOT: char = '\u{3}';

/// A term behind its sign.
pub(super) fn signed(sign: char, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    out.push(sign);
    out.push_str(text);
    out
}
