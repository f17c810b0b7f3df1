//! Whether two passages of the same letters differ in typography only.
//!
//! Kinds of quotation marks and dashes, white space, hyphenation and marks of lists and footnotes are typography. Another
//! stop, comma or bracket is not; nor is a capital that makes a name, or figures glued to a word that aren't those of a
//! footnote.

use super::fold::{Case, Folded, Mark, MarkKind};
use super::protected;
use crate::doc::TextRange;

/// A passage in what stands around it.
pub(super) struct Passage<'t> {
    /// The text it stands in, or as much of it as is known.
    pub text: &'t str,
    /// Where in that text.
    pub range: TextRange,
    /// Marks of footnotes in it that are known, in bytes of the text.
    pub marks: Vec<TextRange>,
}

impl Passage<'_> {
    fn slice(&self) -> &str {
        self.text.get(self.range.as_usize()).unwrap_or("")
    }

    fn before(&self) -> &str {
        self.text.get(..self.range.start as usize).unwrap_or("")
    }

    fn folded(&self) -> Folded {
        let from = self.range.start;
        let marks = self.marks.iter().filter(|m| m.start >= from).map(|m| TextRange::new(m.start - from, m.end - from));
        let opens_line = self.before().is_empty() || self.before().ends_with('\n');
        Folded::of(self.slice(), marks, opens_line, Case::Kept)
    }
}

/// Whether two passages whose folded texts are the same differ in typography only, if at all.
pub(super) fn same(old: &Passage<'_>, new: &Passage<'_>) -> bool {
    if old.slice() == new.slice() {
        return true;
    }
    let (a, b) = (old.folded(), new.folded());
    let (x, y) = (a.text.as_slice(), b.text.as_slice());
    x.len() == y.len()
        && x.iter().zip(y).enumerate().all(|(i, (p, q))| p == q || is_same_word((old, &a), (new, &b), i))
        && stops(old.slice(), &a) == stops(new.slice(), &b)
        && same_marks((old.slice(), &a.marks), (new.slice(), &b.marks))
        && protected::same_tokens(&bare(old.slice(), &a.marks), &bare(new.slice(), &b.marks))
}

/// Whether the words at a byte where capitals differ are the same word: one where a sentence begins, or one set in capitals.
fn is_same_word(old: (&Passage<'_>, &Folded), new: (&Passage<'_>, &Folded), at: usize) -> bool {
    let words = [old, new].map(|(passage, folded)| word_at(passage, folded.raw(at)));
    let [(a, a_begins), (b, b_begins)] = words;
    if a.to_lowercase() != b.to_lowercase() {
        return false;
    }
    let mut rest = a.chars().zip(b.chars()).skip(1);
    let only_first = rest.all(|(x, y)| x == y);
    (only_first && (a_begins || b_begins)) || is_loud(old.0, a) || is_loud(new.0, b)
}

/// Whether a word is written in capitals because all of its line is.
fn is_loud(passage: &Passage<'_>, word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let loud = |w: &str| w.chars().any(char::is_alphabetic) && !w.chars().any(char::is_lowercase);
    let others = passage.slice().split_whitespace().filter(|w| !w.contains(word) && w.chars().count() > 1);
    loud(word) && (letters >= 6 || (letters > 1 && others.filter(|w| loud(w)).count() >= 1))
}

/// The word around a byte of a passage, and whether it begins a sentence or a line.
fn word_at<'t>(passage: &'t Passage<'_>, at: usize) -> (&'t str, bool) {
    let at = passage.range.start as usize + at;
    let (before, after) = passage.text.split_at_checked(at).unwrap_or((passage.text, ""));
    let start = before.trim_end_matches(char::is_alphanumeric).len();
    let end = at + (after.len() - after.trim_start_matches(char::is_alphanumeric).len());
    let lead = passage.text[..start]
        .trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '!' | '?' | ':' | '\n' | ',' | ';'));
    (&passage.text[start..end], lead.is_empty() || lead.ends_with(['.', '!', '?', ':', '\n']))
}

/// Stops, commas and brackets with the folded byte before which they stand.
fn stops(text: &str, folded: &Folded) -> Vec<(usize, char)> {
    let marked = |at: usize| folded.marks.iter().any(|m| m.range.contains(at as u32));
    let stop = |c: char| match c {
        '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')' | '/' => Some(c),
        '[' | '{' => Some('('),
        ']' | '}' => Some(')'),
        _ => None,
    };
    let mut out = Vec::new();
    for (at, c) in text.char_indices().filter(|(at, _)| !marked(*at)) {
        let folded_at = folded.at(at as u32);
        match c {
            '…' => out.extend([(folded_at, '.'); 3]),
            _ => out.extend(stop(c).map(|c| (folded_at, c))),
        }
    }
    out
}

/// Whether marks of footnotes say nothing against it: one may be missing or have another number where it is known as one,
/// or stands behind a stop in one of the two only.
fn same_marks(old: (&str, &[Mark]), new: (&str, &[Mark])) -> bool {
    let notes = |marks: &[Mark]| marks.iter().filter(|m| m.kind != MarkKind::Item).copied().collect::<Vec<_>>();
    let (old_marks, new_marks) = (notes(old.1), notes(new.1));
    let at = |marks: &[Mark], at: u32| marks.iter().find(|m| m.at == at).copied();
    let both = |a: &Mark, b: &Mark| {
        let same = old.0.get(a.range.as_usize()) == new.0.get(b.range.as_usize());
        same || a.kind == MarkKind::Known || b.kind == MarkKind::Known
    };
    old_marks.iter().all(|a| match at(&new_marks, a.at) {
        Some(b) => both(a, &b),
        // a word taken for a mark has to be one on the other side too
        None => a.kind == MarkKind::BehindStop,
    }) && new_marks
        .iter()
        .all(|b| at(&old_marks, b.at).is_some() || matches!(b.kind, MarkKind::Known | MarkKind::BehindStop))
}

/// A text without its marks.
fn bare(text: &str, marks: &[Mark]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for mark in marks {
        out.push_str(text.get(from..mark.range.start as usize).unwrap_or(""));
        from = mark.range.end as usize;
    }
    out.push_str(text.get(from..).unwrap_or(""));
    out.retain(|c| c != '\u{ad}');
    out
}
