//! Who signs: a name and an office at the end of a section look like a heading and are none.

use super::rows::Row;
use super::shape;
use super::units::{Kind, Unit};
use crate::import::structure::numbered_depth;

/// Small words inside names of people.
const PARTICLES: &[&str] =
    &["van", "de", "der", "den", "het", "'t", "’t", "ter", "ten", "te", "op", "in", "von", "la", "le", "du", "of"];

/// Keeps a signature as lines: a name, perhaps an office below it, after running text, and a page's end or a heading next.
pub(super) fn keep(rows: &[Row<'_>], units: &mut [Unit]) {
    let mut at = 1;
    while at < units.len() {
        let first = units[at].first;
        let closes = matches!(units[at - 1].kind, Kind::Text | Kind::Item { .. })
            && shape::ends(rows[units[at - 1].last].text)
            && rows[first].gap > 0;
        if !closes || units[at].kind != Kind::Heading || !name(rows[first].text) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < units.len() && adjoins(rows, &units[end - 1], &units[end]) {
            end += 1;
        }
        let last = units[end - 1].last;
        let short = last - first < 4 && rows[first..=last].iter().all(|r| r.len < 75 && !shape::ends(r.text));
        if short && section_ends(rows, last, units.get(end), first) {
            for unit in &mut units[at..end] {
                (unit.kind, unit.skip) = (Kind::Lines, 0);
            }
        }
        at = end;
    }
}

/// Whether a unit stands right under another, without a blank line.
fn adjoins(rows: &[Row<'_>], above: &Unit, below: &Unit) -> bool {
    let row = &rows[below.first];
    above.last + 1 == below.first && row.gap == 0 && !row.page_top && !row.furniture
}

/// Whether nothing more comes in this section: a page ends, or the next is a heading with a number. An office must stand
/// below the name, for a name alone may be the heading of a body.
fn section_ends(rows: &[Row<'_>], last: usize, next: Option<&Unit>, first: usize) -> bool {
    let page = rows.get(last + 1).is_none_or(|r| r.page_top || r.furniture);
    let heading = next.is_some_and(|u| u.kind == Kind::Heading && numbered_depth(rows[u.first].text).is_some());
    last > first && (page || heading)
}

/// Whether a line reads like the name of a person: two to six words, all with a capital but the small ones.
fn name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |w: &&str| w.starts_with(char::is_uppercase);
    let sound = |w: &&str| w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
    (2..=6).contains(&words.len())
        && words.iter().all(sound)
        && words.iter().all(|w| capital(w) || PARTICLES.contains(w))
        && words.first().is_some_and(capital)
        && words.last().is_some_and(capital)
}
