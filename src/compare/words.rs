//! What differs between two texts, word by word.
//!
//! Words, signs and blanks are compared as `unicode-segmentation` cuts them; all white space is one blank. What stands
//! between two changes and is no word belongs to them: a change reads as a change, not as confetti.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Texts of more words and signs than this are not compared word by word: nobody reads that as one change, and the work
/// grows with the product of what differs.
const MOST: usize = 20_000;

/// Whether a piece is in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// In both.
    Same,
    /// Only in the old one.
    Gone,
    /// Only in the new one.
    New,
}

/// A stretch of the two texts: bytes of each. Of what is gone `new` is empty and says where it stood, and so the other way
/// round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Whether it is in both.
    pub kind: Kind,
    /// Bytes of the old text.
    pub old: Range<usize>,
    /// Bytes of the new one.
    pub new: Range<usize>,
}

/// What differs between two texts: pieces that cover both in order; what is gone stands before what came in its place.
#[must_use]
pub fn diff(old: &str, new: &str) -> Vec<Piece> {
    let (olds, news) = (cut(old), cut(new));
    let mut changes: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    if olds.len().max(news.len()) > MOST {
        if olds.iter().map(|t| t.0).ne(news.iter().map(|t| t.0)) {
            changes.push((0..olds.len(), 0..news.len()));
        }
    } else {
        let words = |tokens: &[(&str, usize)]| tokens.iter().map(|(t, _)| blank(t).to_owned()).collect::<Vec<_>>();
        let (mut o, mut n) = (0, 0);
        let ops = capture_diff_slices(Algorithm::Patience, &words(&olds), &words(&news)).into_iter();
        let equal = ops.filter(|op| matches!(op, DiffOp::Equal { .. })).map(|op| (op.old_range(), op.new_range()));
        // what lies between stretches that are equal has changed
        for (from, to) in equal.chain([(olds.len()..olds.len(), news.len()..news.len())]) {
            let change = (o..from.start, n..to.start);
            (o, n) = (from.end, to.end);
            if change.0.is_empty() && change.1.is_empty() {
                continue;
            }
            match changes.last_mut() {
                // between them stands no word
                Some((gone, come)) if olds[gone.end..change.0.start].iter().all(|(t, _)| !is_word(t)) => {
                    (gone.end, come.end) = (change.0.end, change.1.end);
                }
                _ => changes.push(change),
            }
        }
    }
    pieces(old, new, &olds, &news, &changes)
}

/// Two texts are the same, white space aside.
#[must_use]
pub fn same(old: &str, new: &str) -> bool {
    old.split_whitespace().eq(new.split_whitespace())
}

fn pieces(
    old: &str,
    new: &str,
    olds: &[(&str, usize)],
    news: &[(&str, usize)],
    changes: &[(Range<usize>, Range<usize>)],
) -> Vec<Piece> {
    let byte = |text: &str, tokens: &[(&str, usize)], at: usize| tokens.get(at).map_or(text.len(), |t| t.1);
    let mut out = Vec::new();
    let (mut o, mut n) = (0, 0);
    for (from, to) in changes {
        let (of, ot) = (byte(old, olds, from.start), byte(old, olds, from.end));
        let (nf, nt) = (byte(new, news, to.start), byte(new, news, to.end));
        if o < of || n < nf {
            out.push(Piece { kind: Kind::Same, old: o..of, new: n..nf });
        }
        if of < ot {
            out.push(Piece { kind: Kind::Gone, old: of..ot, new: nf..nf });
        }
        if nf < nt {
            out.push(Piece { kind: Kind::New, old: ot..ot, new: nf..nt });
        }
        (o, n) = (ot, nt);
    }
    if o < old.len() || n < new.len() {
        out.push(Piece { kind: Kind::Same, old: o..old.len(), new: n..new.len() });
    }
    out
}

/// Words, signs and blanks with their bytes.
fn cut(text: &str) -> Vec<(&str, usize)> {
    let mut out: Vec<(&str, usize)> = Vec::new();
    for (at, token) in text.split_word_bound_indices() {
        // a blank is one however long it is
        if token.trim().is_empty() && out.last().is_some_and(|(t, _)| t.trim().is_empty()) {
            continue;
        }
        out.push((token, at));
    }
    out
}

fn blank(token: &str) -> &str {
    if token.trim().is_empty() { " " } else { token }
}

fn is_word(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}

#[cfg(test)]
mod tests;
