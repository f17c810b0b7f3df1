//! Contents without page numbers: a list of titles under the word for it, up to where the first of them comes back.

use super::rows::Row;
use super::units::{Kind, Unit};
use crate::import::structure::{is_contents, title_key};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Titles are compared by so many letters, because a long one goes on on the next line.
const LETTERS: usize = 24;
/// Rows that a list may take.
const MOST: usize = 2_000;

/// Where lists of titles stand, without the line that names them.
pub(super) fn find(rows: &[Row<'_>]) -> Vec<Range<usize>> {
    let named: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].len <= 40 && is_contents(rows[*at].text)).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let keys: Vec<String> = rows.iter().map(|r| start(r.text)).collect();
    let mut last: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, key) in keys.iter().enumerate() {
        last.insert(key, at);
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in named {
        let first = at + 1;
        if out.last().is_some_and(|r| r.contains(&first)) || keys.get(first).is_none_or(|k| k.len() < 3) {
            continue;
        }
        let again = (first + 2..rows.len().min(first + MOST)).find(|n| keys[*n] == keys[first]);
        // With a single entry between, or none, it is no list.
        let Some(again) = again.filter(|end| !rows[first..*end].iter().any(|r| r.furniture)) else { continue };
        // Running text that no heading repeats ends it.
        let text = |n: &usize| rows[*n].gap > 0 && !begins(rows, first, *n) && last.get(keys[*n].as_str()) == Some(n);
        let end = (first..again).find(text).unwrap_or(again);
        let begins: Vec<usize> = (first..end).filter(|n| begins(rows, first, *n)).collect();
        let known = begins.iter().filter(|n| last.get(keys[**n].as_str()).is_some_and(|l| *l >= end)).count();
        if begins.len() >= 2 && known * 3 >= begins.len() * 2 {
            out.push(first..end);
        }
    }
    out
}

/// The first letters of a title without its number.
fn start(text: &str) -> String {
    let mut key = title_key(text);
    if let Some((at, _)) = key.char_indices().nth(LETTERS) {
        key.truncate(at);
    }
    key
}

/// Whether a row begins an entry: with a number where the first one has one.
fn begins(rows: &[Row<'_>], first: usize, at: usize) -> bool {
    if depth(rows[first].text).is_some() {
        depth(rows[at].text).is_some()
    } else {
        at == first || !rows[at].text.starts_with(char::is_lowercase)
    }
}

/// How deep a number at the start of a row goes, from 0.
fn depth(text: &str) -> Option<usize> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number = text[..end].trim_end_matches('.');
    let sound = !number.is_empty() && number.len() <= 12 && text[end..].starts_with([' ', '\t']);
    (sound && number.starts_with(|c: char| c.is_ascii_digit())).then(|| number.matches('.').count())
}

/// The entries of a list as items, one a title.
pub(super) fn entries(rows: &[Row<'_>], list: &Range<usize>, out: &mut Vec<Unit>) {
    let starts: Vec<usize> = list.clone().filter(|at| begins(rows, list.start, *at)).collect();
    // Without numbers, how far in a title stands says how deep it lies.
    let mut indents: Vec<usize> = starts.iter().map(|at| rows[*at].indent).collect();
    indents.sort_unstable();
    indents.dedup();
    for (n, at) in starts.iter().enumerate() {
        let last = starts.get(n + 1).map_or(list.end, |next| *next) - 1;
        let by_indent = indents.partition_point(|i| *i < rows[*at].indent);
        let depth = depth(rows[*at].text).unwrap_or(by_indent).min(8) as u8;
        out.push(Unit { first: *at, last, kind: Kind::Item { depth, marker: String::new() }, skip: 0, goes_on: false });
    }
}
