//! Headings that are printed in two pieces or twice: a label and its title, a divider page and the chapter's start.

use super::Heading;
use super::number::Scheme;
use super::parts::Start;
use crate::doc::{BlockKind, FurnitureKind};
use crate::import::draft::Draft;
use rustc_hash::FxHashMap;

/// Titles that say what kind of chapter it is and not what it is about; a second heading right below is its real title.
const KINDS: &[&str] = &[
    "voorwoord",
    "inleiding",
    "samenvatting",
    "conclusie",
    "nawoord",
    "tenslotte",
    "slot",
    "foreword",
    "preface",
    "introduction",
    "summary",
    "conclusion",
];

/// Makes one heading of what is one; what is printed a second time becomes furniture.
pub(super) fn merge(draft: &mut Draft, headings: Vec<Heading>, starts: &[Start]) -> Vec<Heading> {
    let mut out: Vec<Heading> = Vec::with_capacity(headings.len());
    let mut labels: FxHashMap<String, usize> = FxHashMap::default();
    let part_of = |piece: usize| starts.partition_point(|s| s.first <= piece);
    let is_title = |piece: usize| starts.iter().any(|s| s.title == Some(piece));
    let half_titles = half_titles(draft, &headings, starts);
    let law = is_law(&headings);
    for next in headings {
        let part = part_of(next.first);
        if half_titles.contains(&next.first) {
            for piece in &mut draft.pieces[next.first..=next.last] {
                piece.furniture = Some(FurnitureKind::Repeat);
            }
            continue;
        }
        if out.last().is_none_or(|h| part_of(h.first) != part) {
            labels.clear();
        }
        let bare = next.title.is_empty();
        if let Some(label) = next.number.clone().filter(|_| matches!(next.scheme, Some(Scheme::Label(_))))
            && let Some(first) = labels.get(&label).and_then(|at: &usize| out.get(*at))
        {
            // The label again at the chapter's start; with its title again, or alone.
            if bare || first.key == next.key {
                draft.pieces[next.first].furniture = Some(FurnitureKind::Repeat);
                continue;
            }
        }
        // A divider page with names on it, then the chapter's own page: printed twice, with nothing to read between.
        let tail = out.len().saturating_sub(8);
        let twice = out[tail..].iter().position(|h| {
            next.number.is_some() && h.number == next.number && h.key == next.key && part_of(h.first) == part
        });
        if let Some(first) = twice.map(|i| tail + i)
            && !bare
            && between(draft, &out[first], &next) < 1_500
        {
            out.truncate(first + 1);
            draft.pieces[next.first].furniture = Some(FurnitureKind::Repeat);
            continue;
        }
        let Some(last) = out.last_mut().filter(|h| part_of(h.first) == part) else {
            if let Some(label) = next.number.clone() {
                labels.insert(label, out.len());
            }
            out.push(next);
            continue;
        };
        let adjacent = draft.pieces[last.last + 1..next.first].iter().all(|p| p.furniture.is_some());
        let again = last.key == next.key
            && (last.number == next.number || (adjacent && next.number.is_none() && next.key.len() > 12))
            && !next.key.is_empty()
            && (next.number.is_some() || next.key.len() > 12);
        if again && !is_title(last.first) && between(draft, last, &next) < 1_500 {
            draft.pieces[next.first].furniture = Some(FurnitureKind::Repeat);
            continue;
        }
        // The title of the last label, printed once more after the label was left out as a repetition.
        let label_waits = last.title.is_empty() && matches!(last.scheme, Some(Scheme::Label(_)));
        // In a law a chapter is cited by its label, and its title stands below it.
        let cited = law && next.mark > last.mark && matches!(&last.scheme, Some(Scheme::Label(w)) if holds(w));
        if adjacent && label_waits && next.scheme.is_none() && !cited {
            last.join = ": ";
            last.last = next.first;
            last.title = next.title;
            last.key = next.key;
            last.mark = least(last.mark, next.mark);
            last.listed = next.listed.or(last.listed);
            last.confidence = last.confidence.min(next.confidence);
            continue;
        }
        let kind_only = KINDS.contains(&last.key.as_str())
            && next.scheme.is_none()
            && next.listed.is_none()
            && next.mark > 0
            && next.mark < last.mark;
        if adjacent && kind_only && last.first == last.last {
            last.join = ": ";
            last.last = next.first;
            last.title = format!("{}: {}", last.title, next.title);
            last.mark = least(last.mark, next.mark);
            continue;
        }
        let goes_on = next.title.starts_with(char::is_lowercase)
            && next.number.is_none()
            && last.mark == next.mark
            && next.mark > 0;
        if adjacent && goes_on && !is_title(last.first) {
            last.last = next.first;
            last.title = format!("{} {}", last.title, next.title);
            last.key.push_str(&next.key);
            continue;
        }
        if let Some(label) = next.number.clone() {
            labels.insert(label, out.len());
        }
        out.push(next);
    }
    // A label that never got a title is its own.
    for heading in out.iter_mut().filter(|h| h.title.is_empty()) {
        if let Some(number) = heading.number.take() {
            heading.title = number;
        }
    }
    out
}

/// Labels of what holds the articles of a law.
fn holds(label: &str) -> bool {
    matches!(label, "hoofdstuk" | "chapter" | "titel" | "title" | "deel" | "part" | "boek" | "book" | "afdeling")
}

/// Whether most headings are a label and its number and nothing else ("Artikel 3"), as in a law.
fn is_law(headings: &[Heading]) -> bool {
    let bare = |h: &&Heading| {
        h.mark > 0 && h.title.is_empty() && matches!(&h.scheme, Some(Scheme::Label(word)) if !holds(word))
    };
    let count = headings.iter().filter(bare).count();
    count >= 10 && count * 2 > headings.len()
}

/// Where a report's title is printed once more, right above its first chapter or another heading.
fn half_titles(draft: &Draft, headings: &[Heading], starts: &[Start]) -> Vec<usize> {
    let mut out = Vec::new();
    for title in starts.iter().filter_map(|s| s.title) {
        let Ok(at) = headings.binary_search_by_key(&title, |h| h.first) else { continue };
        let key = &headings[at].key;
        let again = headings[at + 1..].windows(2).filter(|w| {
            w[0].key == *key
                && key.len() > 12
                && w[0].number.is_none()
                && draft.pieces[w[0].last + 1..w[1].first].iter().all(|p| p.furniture.is_some())
        });
        out.extend(again.map(|w| w[0].first).take(8));
    }
    out
}

/// The weightier of two marks; no mark weighs nothing.
fn least(a: u8, b: u8) -> u8 {
    if a == 0 || b == 0 { a.max(b) } else { a.min(b) }
}

/// How much text stands between two headings.
fn between(draft: &Draft, a: &Heading, b: &Heading) -> u32 {
    draft.pieces[a.last + 1..b.first]
        .iter()
        .filter(|p| p.furniture.is_none() && p.kind != BlockKind::Code)
        .map(|p| p.range.len())
        .sum()
}
