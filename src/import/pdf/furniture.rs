//! Heads, feet and page numbers: lines at the edge of a page that come back at the same height on others, or count with
//! the pages. Taken out and noted, their numbers kept as the labels of the pages.

use super::file::Page;
use super::habits::Habits;
use crate::doc::FurnitureKind;
use crate::import::draft::Draft;
use rustc_hash::FxHashMap;

/// So many rows at each edge of a page may be furniture.
const ROWS: usize = 5;
/// Rows of a head stand at the same height on every page, give or take so many points.
const NEAR: f32 = 3.0;
/// A head stands on at least this share of the pages between its first and its last (a third: left and right pages
/// differ, and pages where a chapter begins have none).
const DENSE: f32 = 0.3;

/// A line at an edge.
struct Edge {
    page: usize,
    line: usize,
    /// Which row it lies in, counted from the edge.
    row: usize,
    top: bool,
    y: f32,
}

/// Takes furniture out of the pages.
pub(super) fn take_out(pages: &mut [Page], habits: &Habits, draft: &mut Draft) {
    let edges = edges(pages);
    let mut drop: Vec<Vec<Option<FurnitureKind>>> = pages.iter().map(|p| vec![None; p.lines.len()]).collect();
    for (page, dropped) in pages.iter().zip(&mut drop) {
        for (line, kind) in page.lines.iter().zip(dropped.iter_mut()).filter(|(l, _)| l.artifact) {
            *kind = Some(if numeral(&line.text) { FurnitureKind::PageNumber } else { FurnitureKind::RunningHead });
        }
    }
    let mut labels: FxHashMap<usize, String> = FxHashMap::default();
    for group in alike(pages, &edges) {
        let Some(kind) = judge(pages, &group) else { continue };
        for edge in &group {
            drop[edge.page][edge.line] = Some(kind);
        }
    }
    for group in level(&edges) {
        for edge in heads(pages, &group, habits) {
            drop[edge.page][edge.line].get_or_insert(FurnitureKind::RunningHead);
        }
    }
    keep_inner(pages, &edges, &mut drop);
    number(pages, &drop, &mut labels);
    for (index, (page, dropped)) in pages.iter_mut().zip(&drop).enumerate() {
        page.label = labels.remove(&index);
        let mut kinds = dropped.iter();
        page.lines.retain(|line| match kinds.next().copied().flatten() {
            Some(kind) => {
                draft.leave_out(kind, &line.text);
                false
            }
            None => true,
        });
    }
}

/// The lines at the upper and lower edge of each page.
fn edges(pages: &[Page]) -> Vec<Edge> {
    let mut out = Vec::new();
    for (number, page) in pages.iter().enumerate() {
        let mut order: Vec<usize> = (0..page.lines.len()).filter(|n| page.lines[*n].rotate == main(page)).collect();
        order.sort_by(|a, b| page.lines[*b].y.total_cmp(&page.lines[*a].y));
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for line in order {
            match rows.last_mut() {
                Some(row) if row.last().is_some_and(|l| page.lines[*l].y - page.lines[line].y <= 2.0) => row.push(line),
                _ => rows.push(vec![line]),
            }
        }
        // On a page with few rows each belongs to the edge that is nearer.
        let half = rows.len().div_ceil(2);
        for (n, row) in rows.iter().enumerate() {
            let (above, below) = (n, rows.len() - 1 - n);
            let places = [(true, above, n < half), (false, below, n >= half || rows.len() == 1)];
            for (top, place, _) in places.into_iter().filter(|(_, place, near)| *near && *place < ROWS) {
                out.extend(row.iter().map(|line| Edge {
                    page: number,
                    line: *line,
                    row: place,
                    top,
                    y: page.lines[*line].y,
                }));
            }
        }
    }
    out
}

/// How most lines of a page are turned.
fn main(page: &Page) -> i32 {
    let count = |turn: i32| page.lines.iter().filter(|l| l.rotate == turn).count();
    [0, 90, 180, 270].into_iter().max_by_key(|t| (count(*t), *t == 0)).unwrap_or(0)
}

/// Edges with the same text but for its digits, at the same edge and height, in order of pages.
fn alike<'e>(pages: &[Page], edges: &'e [Edge]) -> Vec<Vec<&'e Edge>> {
    let mut by_text: FxHashMap<(bool, String), Vec<&Edge>> = FxHashMap::default();
    for edge in edges {
        by_text.entry((edge.top, masked(&pages[edge.page].lines[edge.line].text))).or_default().push(edge);
    }
    let mut out = Vec::new();
    for (_, mut group) in by_text {
        group.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.page.cmp(&b.page)));
        let mut from = 0;
        for n in 1..=group.len() {
            if n == group.len() || group[n].y - group[n - 1].y > NEAR {
                let mut level = group[from..n].to_vec();
                level.sort_by_key(|e| (e.page, e.line));
                level.dedup_by_key(|e| e.page);
                out.push(level);
                from = n;
            }
        }
    }
    out
}

/// The outermost rows at the same edge and height, in order of pages.
fn level(edges: &[Edge]) -> Vec<Vec<&Edge>> {
    let mut out: Vec<Vec<&Edge>> = Vec::new();
    for top in [true, false] {
        let mut rows: Vec<&Edge> = edges.iter().filter(|e| e.top == top && e.row == 0).collect();
        rows.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.page.cmp(&b.page)));
        for row in rows.chunk_by(|a, b| b.y - a.y <= NEAR) {
            let mut row = row.to_vec();
            row.sort_by_key(|e| (e.page, e.line));
            out.push(row);
        }
    }
    out
}

/// Heads whose words change from section to section: they stand at one height on many pages, small, with a number that
/// counts with the pages or far from the text.
fn heads<'e>(pages: &[Page], group: &[&'e Edge], habits: &Habits) -> Vec<&'e Edge> {
    let line = |e: &Edge| &pages[e.page].lines[e.line];
    let mut on: Vec<usize> = group.iter().map(|e| e.page).collect();
    on.dedup();
    if on.len() < 4 || on.len() * 5 < pages.len() * 2 {
        return Vec::new();
    }
    let small = |e: &Edge| line(e).size <= 1.05 * habits.body && line(e).text.len() <= 160;
    let mut offsets: FxHashMap<i64, usize> = FxHashMap::default();
    for edge in group {
        for number in numbers(&line(edge).text) {
            *offsets.entry(number - edge.page as i64).or_default() += 1;
        }
    }
    let counting = offsets.iter().max_by_key(|(_, n)| **n).filter(|(_, n)| **n * 10 >= on.len() * 6);
    let apart = |e: &&&Edge| {
        let here = line(e);
        let next = pages[e.page].lines.iter().filter(|l| if e.top { l.y < here.y - 1.0 } else { l.y > here.y + 1.0 });
        let gap = next.map(|l| (l.y - here.y).abs()).fold(f32::MAX, f32::min);
        gap > 1.5 * habits.pitch(habits.body)
    };
    let parted = group.iter().filter(apart).count() * 10 >= group.len() * 9;
    group
        .iter()
        .filter(|e| small(e))
        .filter(|e| {
            let counts =
                counting.is_some_and(|(offset, _)| numbers(&line(e).text).any(|n| n - e.page as i64 == *offset));
            parted || counts
        })
        .copied()
        .collect()
}

/// What a group of lines at the same place is, if it is furniture.
fn judge(pages: &[Page], group: &[&Edge]) -> Option<FurnitureKind> {
    let text = |e: &Edge| pages[e.page].lines[e.line].text.as_str();
    let (first, last) = (group.first()?, group.last()?);
    let all = pages.len();
    let few = all <= 4;
    let number = numeral(text(first));
    // Numbers alone may count with the pages where only two have them.
    if group.len() < 2 || (!few && !number && group.len() < 3) {
        return None;
    }
    let spread = (last.page - first.page + 1) as f32;
    if (group.len() as f32) < DENSE * spread && group.len() * 2 < all {
        return None;
    }
    let same = group.windows(2).all(|w| text(w[0]) == text(w[1]));
    if same && !number {
        return Some(FurnitureKind::RunningHead);
    }
    // Digits that change must change with the pages, or they number chapters.
    counts(pages, group).then_some(if number { FurnitureKind::PageNumber } else { FurnitureKind::RunningHead })
}

/// Whether a number in the texts rises as the pages do, for most of the group.
fn counts(pages: &[Page], group: &[&Edge]) -> bool {
    let mut offsets: FxHashMap<i64, usize> = FxHashMap::default();
    for edge in group {
        let mut found: Vec<i64> =
            numbers(&pages[edge.page].lines[edge.line].text).map(|n| n - edge.page as i64).collect();
        found.sort_unstable();
        found.dedup();
        for offset in found {
            *offsets.entry(offset).or_default() += 1;
        }
    }
    // Numbering may begin anew once or twice.
    let mut best: Vec<usize> = offsets.into_values().collect();
    best.sort_unstable_by(|a, b| b.cmp(a));
    best.iter().take(3).filter(|n| **n >= 2).sum::<usize>() * 10 >= group.len() * 8
}

/// Furniture lies outside the text: a row with text outside of it is none. Page numbers are looked at alone.
fn keep_inner(pages: &[Page], edges: &[Edge], drop: &mut [Vec<Option<FurnitureKind>>]) {
    for top in [true, false] {
        let mut blocked: FxHashMap<usize, usize> = FxHashMap::default();
        for edge in edges.iter().filter(|e| e.top == top) {
            if drop[edge.page][edge.line].is_none() && !numeral(&pages[edge.page].lines[edge.line].text) {
                let row = blocked.entry(edge.page).or_insert(edge.row);
                *row = (*row).min(edge.row);
            }
        }
        for edge in edges.iter().filter(|e| e.top == top) {
            let outside = blocked.get(&edge.page).is_some_and(|row| *row + 1 < edge.row);
            if outside && !pages[edge.page].lines[edge.line].artifact {
                drop[edge.page][edge.line] = None;
            }
        }
    }
}

/// Reads the numbers of the pages off what is taken out.
fn number(pages: &[Page], drop: &[Vec<Option<FurnitureKind>>], labels: &mut FxHashMap<usize, String>) {
    let mut offsets: FxHashMap<i64, usize> = FxHashMap::default();
    let taken = |index: usize| {
        let lines = &pages[index].lines;
        drop[index].iter().zip(lines).filter(|(kind, _)| kind.is_some()).map(|(_, l)| l.text.as_str())
    };
    for index in 0..pages.len() {
        let mut found: Vec<i64> = taken(index).flat_map(numbers).map(|n| n - index as i64).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter().for_each(|offset| *offsets.entry(offset).or_default() += 1);
    }
    for index in 0..pages.len() {
        // Of several numbers the one that counts over most pages is the page's ("3 van 60", a date).
        let best = taken(index)
            .flat_map(numbers)
            .filter_map(|n| Some((*offsets.get(&(n - index as i64))?, n)))
            .filter(|(count, _)| *count >= 2)
            .max();
        let roman = || taken(index).find(|t| roman(t).is_some()).map(|t| t.trim().to_string());
        if let Some(label) = best.map(|(_, n)| n.to_string()).or_else(roman) {
            labels.insert(index, label);
        }
    }
}

/// Whether a line holds nothing but the number of a page.
fn numeral(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | '.' | '[' | ']'));
    let digits = !bare.is_empty() && bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit());
    digits || roman(bare).is_some()
}

/// A Roman number in small letters.
fn roman(text: &str) -> Option<u32> {
    let text = text.trim();
    if text.is_empty() || text.len() > 8 {
        return None;
    }
    let value = |c: char| match c {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        _ => None,
    };
    let digits: Option<Vec<u32>> = text.chars().map(value).collect();
    let digits = digits?;
    let sum = digits
        .iter()
        .enumerate()
        .map(|(n, d)| if digits.get(n + 1).is_some_and(|next| next > d) { -(i64::from(*d)) } else { i64::from(*d) });
    u32::try_from(sum.sum::<i64>()).ok()
}

/// The whole numbers in a text that could number a page; for a Roman one, its value.
fn numbers(text: &str) -> impl Iterator<Item = i64> + '_ {
    let arabic =
        text.split(|c: char| !c.is_ascii_digit()).filter(|d| (1..=4).contains(&d.len())).filter_map(|d| d.parse().ok());
    arabic.chain(text.trim_end().rsplit(' ').next().and_then(roman).map(i64::from))
}

/// The text with each run of digits as `#` and each run of blanks as one; a Roman number alone is `#` too.
fn masked(text: &str) -> String {
    let (rest, last) = text.trim_end().rsplit_once(' ').unwrap_or(("", text.trim_end()));
    let (text, tail) = if roman(last).is_some() { (rest, " #") } else { (text, "") };
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(200).chain(tail.chars()) {
        let c = if c.is_ascii_digit() {
            '#'
        } else if c.is_whitespace() {
            ' '
        } else {
            c
        };
        if !(matches!(c, '#' | ' ') && out.ends_with(c)) {
            out.push(c);
        }
    }
    out.trim().to_string()
}
