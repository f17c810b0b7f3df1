//! Breaking a text into rows, first-fit.
//!
//! A row takes as many clusters as fit, then goes back to the last place where it may break: a blank, or after a
//! hyphen, dash or slash between letters or digits. A word longer than the row is cut between clusters.
//!
//! Nearly all text is *plain*: characters of one cell that join with nothing (ASCII, Latin letters, the usual
//! punctuation). There the edge of the row is found by counting, and only the last word is looked at. Rows that reach a
//! character that is not plain (an *odd* one) are walked cluster by cluster, with the same result.

use super::cells::{cluster_width, width as cells_of};
use unicode_segmentation::UnicodeSegmentation;

/// One row, in bytes from the start of the text that was wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// First byte on the row.
    pub start: usize,
    /// One past the last byte that is drawn.
    pub end: usize,
    /// Where the next row begins: past the blanks at the break.
    pub next: usize,
    /// Cells from `start` to `end`; never more than the width.
    pub cells: usize,
    /// Whether every character on it is plain.
    pub plain: bool,
}

/// Hands each row of `text` (which has no line end in it) to `row`; an empty text is one empty row. A width of 0 is
/// taken as 1. A cluster wider than the row stands alone and counts as the width.
pub(super) fn wrap(text: &str, width: usize, row: impl FnMut(Row)) {
    wrap_with(text, width, next_odd, row);
}

/// The rows of a text that belongs to no document, such as the words of a note, at this many cells; its line ends hold.
#[must_use]
pub fn wrap_text(text: &str, width: usize) -> Vec<&str> {
    let mut rows = Vec::with_capacity(text.len() / width.max(1) + 1);
    for line in text.lines() {
        wrap(line, width, |row| rows.push(&line[row.start..row.end]));
    }
    rows
}

/// [`wrap`] with the search for odd characters given, so that tests can have every row walked.
fn wrap_with(text: &str, width: usize, next_odd: impl Fn(&[u8], usize) -> usize, mut row: impl FnMut(Row)) {
    let bytes = text.as_bytes();
    let width = width.max(1);
    let mut odd = next_odd(bytes, 0);
    let mut start = 0;
    loop {
        if odd < start {
            odd = next_odd(bytes, start);
        }
        let full = plain_edge(bytes, start, width, odd);
        let plain = full.is_some();
        let (edge, chars) = full.unwrap_or_else(|| (walked_edge(text, start, width), 0));
        let (mut end, mut next) = (edge, edge);
        if edge == bytes.len() {
            end = trim_end(bytes, start, edge);
        } else if let Some(at) = break_before(text, start, edge, plain) {
            let trimmed = trim_end(bytes, start, at);
            // Nothing but blanks before the break: a deep indent, which is cut as it stands.
            if trimmed > start {
                end = trimmed;
                next = skip_blanks(text, at);
            }
        }
        let cells = match plain {
            // a byte a character: nothing to be counted
            true if chars == edge - start => end - start,
            true => chars - count_chars(&bytes[end..edge]),
            false => cells_of(&text[start..end]).min(width),
        };
        row(Row { start, end, next, cells, plain });
        if next >= bytes.len() {
            return;
        }
        start = next;
    }
}

/// Where the row that begins at `start` is full, and how many characters it has then; `None` unless they and the
/// character after them are plain.
fn plain_edge(bytes: &[u8], start: usize, width: usize, odd: usize) -> Option<(usize, usize)> {
    let mut edge = (start + width).min(bytes.len());
    let mut chars = edge - start;
    if !bytes[start..edge].is_ascii() {
        chars = count_chars(&bytes[start..edge]);
        while edge < bytes.len() && (chars < width || is_continuation(bytes[edge])) {
            chars += usize::from(!is_continuation(bytes[edge]));
            edge += 1;
        }
    }
    (edge < odd || odd == bytes.len()).then_some((edge, chars))
}

/// The same, cluster by cluster.
fn walked_edge(text: &str, start: usize, width: usize) -> usize {
    let mut column = 0;
    for (at, cluster) in text[start..].grapheme_indices(true) {
        column += cluster_width(cluster, column);
        if column > width {
            return start + if at == 0 { cluster.len() } else { at };
        }
    }
    text.len()
}

/// The last place from which a new row may begin, after `start` and up to `edge`.
fn break_before(text: &str, start: usize, edge: usize, plain: bool) -> Option<usize> {
    if is_blank(text, edge) {
        return Some(edge);
    }
    if plain {
        let mut at = edge;
        while at > start {
            if may_break(text, at) {
                return Some(at);
            }
            at -= 1;
        }
        return None;
    }
    let mut borders = text[start..edge].grapheme_indices(true).map(|(at, c)| start + at + c.len());
    borders.rfind(|&at| may_break(text, at))
}

/// Whether a row may end before byte `at`: after a blank, or after a hyphen, dash or slash inside a word.
#[inline]
fn may_break(text: &str, at: usize) -> bool {
    match text.as_bytes()[at - 1] {
        b' ' | b'\t' => true,
        b'-' | b'/' => is_inside_word(text, at - 1, at),
        // U+2010 hyphen, U+2013 and U+2014 dashes
        0x90 | 0x93 | 0x94 if at >= 3 && text.as_bytes()[at - 3..at - 1] == [0xe2, 0x80] => {
            is_inside_word(text, at - 3, at)
        }
        _ => false,
    }
}

/// Whether letters or digits stand on both sides of a mark.
fn is_inside_word(text: &str, mark: usize, after: usize) -> bool {
    let before = text[..mark].chars().next_back();
    before.is_some_and(char::is_alphanumeric) && text[after..].chars().next().is_some_and(char::is_alphanumeric)
}

/// Whether a blank stands at `at` that nothing combines with.
fn is_blank(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    matches!(bytes[at], b' ' | b'\t')
        && (bytes.get(at + 1).is_none_or(u8::is_ascii)
            || text[at..].graphemes(true).next().is_some_and(|cluster| cluster.len() == 1))
}

fn skip_blanks(text: &str, mut at: usize) -> usize {
    while at < text.len() && is_blank(text, at) {
        at += 1;
    }
    at
}

fn trim_end(bytes: &[u8], start: usize, mut end: usize) -> usize {
    while end > start && matches!(bytes[end - 1], b' ' | b'\t') {
        end -= 1;
    }
    end
}

/// How many cells a text takes when each of its characters takes one and can't join with another; `None` for any other
/// text, which has to be walked by clusters.
#[must_use]
pub fn plain_width(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    (next_odd(bytes, 0) >= bytes.len()).then(|| count_chars(bytes))
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xc0 == 0x80
}

fn count_chars(bytes: &[u8]) -> usize {
    // in chunks whose count fits a byte, so that the compiler can count many bytes at once
    bytes.chunks(128).map(|c| usize::from(c.iter().map(|b| u8::from(!is_continuation(*b))).sum::<u8>())).sum()
}

/// The first odd character at or after `from`, which is a character border; the length of the text when there is none.
fn next_odd(bytes: &[u8], from: usize) -> usize {
    const STEP: usize = 32;
    let is_plain = |b: u8| b.wrapping_sub(0x20) < 0x5f;
    let mut at = from;
    while at < bytes.len() {
        let step = &bytes[at..bytes.len().min(at + STEP)];
        // all of them without a branch first, so that the compiler can compare many bytes at once
        if step.len() == STEP && step.iter().fold(true, |all, b| all & is_plain(*b)) {
            at += STEP;
            continue;
        }
        let Some(other) = step.iter().position(|b| !is_plain(*b)) else { return bytes.len() };
        match plain_len(&bytes[at + other..]) {
            Some(len) => at += other + len,
            None => return at + other,
        }
    }
    bytes.len()
}

/// Length of the plain character at the start of these bytes; `None` when it is odd.
fn plain_len(bytes: &[u8]) -> Option<usize> {
    match *bytes {
        [0x20..=0x7e, ..] => Some(1),
        // U+00A0–00BF without the soft hyphen
        [0xc2, second, ..] if second >= 0xa0 && second != 0xad => Some(2),
        // U+00C0–02FF: Latin letters
        [0xc3..=0xcb, _, ..] => Some(2),
        // U+2010–2027: dashes, quotation marks, bullet, ellipsis; U+20AC: €
        [0xe2, 0x80, 0x90..=0xa7, ..] | [0xe2, 0x82, 0xac, ..] => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
