//! What the letters say: size, weight, slope and capitals, in formats that tell them. Items set as headings are headings;
//! lines of a cover and lead-ins are none; and how large a class of headings is set ranks it among the others.

use super::Heading;
use super::number;
use super::toc::Toc;
use crate::doc::BlockKind;
use crate::import::draft::{Draft, Look, Piece};
use rustc_hash::FxHashMap;

/// An item longer than this is running text, however it is set.
const LONGEST: u32 = 140;
/// Letters this much larger than running text, in per cent, are set as a heading's.
const LARGE: u16 = 108;
/// Sizes that differ by less than this, in per cent of running text, are one size.
const STEP: u16 = 4;

/// Whether the format tells how large letters are.
pub(super) fn told(draft: &Draft) -> bool {
    draft.pieces.iter().any(|p| p.look.size > 0)
}

/// Makes headings of items that are set as headings, and none of lead-ins and the lines of a cover.
pub(super) fn promote(draft: &mut Draft, tocs: &[Toc]) {
    if !told(draft) {
        return;
    }
    // Where running text is bold, bold says nothing.
    let text = |strong: bool| -> u64 {
        let of = |p: &&Piece| p.kind == BlockKind::Paragraph && p.range.len() > 120 && p.look.strong == strong;
        draft.pieces.iter().filter(of).map(|p| u64::from(p.range.len())).sum()
    };
    let bold_text = text(true) > text(false);
    let listed = |at: usize| {
        let toc = tocs[..tocs.partition_point(|t| t.first <= at)].last();
        let title = draft.text_of(&draft.pieces[at]);
        title.len() <= LONGEST as usize && toc.is_some_and(|t| t.entries.contains_key(&number::key(title)))
    };
    let items: Vec<usize> =
        (0..draft.pieces.len()).filter(|at| is_heading_item(draft, *at, bold_text, listed(*at))).collect();
    for at in items {
        draft.pieces[at].promote(0);
    }
    let lead_ins: Vec<usize> = (0..draft.pieces.len())
        .filter(|at| {
            let piece = &draft.pieces[*at];
            piece.kind == BlockKind::Heading { level: 0 } && draft.text_of(piece).trim_end().ends_with(':')
        })
        .collect();
    for at in lead_ins {
        draft.pieces[at].kind = BlockKind::Paragraph;
    }
    let end = cover(draft, tocs);
    stray(draft, tocs, end);
}

/// Lines that are set as headings and have nothing to head: cells of a table, captions, addresses.
fn stray(draft: &mut Draft, tocs: &[Toc], from: usize) {
    // Going backwards: whether text comes after the headings here.
    let mut text = false;
    for at in (from..draft.pieces.len()).rev() {
        let piece = &draft.pieces[at];
        if piece.furniture.is_some() {
            continue;
        }
        let own = draft.text_of(piece);
        match piece.kind {
            BlockKind::Heading { level: 0 } => {
                let toc = tocs[..tocs.partition_point(|t| t.first <= at)].last();
                let listed = toc.is_some_and(|t| t.entries.contains_key(&super::title_key(own)));
                let known = listed || !piece.prefix.is_empty() || number::parse(own).is_some();
                let address = ["://", "www.", "@"].iter().any(|s| own.contains(s));
                if address || !(text || known) {
                    draft.pieces[at].kind = BlockKind::Paragraph;
                }
            }
            BlockKind::Heading { .. } => {}
            BlockKind::Paragraph => text = piece.range.len() > 70 || own.ends_with([':', '.', '?']) && own.len() > 30,
            BlockKind::Footnote { .. } => {}
            _ => text = true,
        }
    }
}

/// Whether an item is numbered and set as a heading, and not as its neighbours in a list are.
fn is_heading_item(draft: &Draft, at: usize, bold_text: bool, listed: bool) -> bool {
    let piece = &draft.pieces[at];
    let BlockKind::Item { marker, .. } = &piece.kind else { return false };
    let text = draft.text_of(piece).trim_end();
    let look = piece.look;
    if !(numbers(marker) || marker.is_empty())
        || piece.furniture.is_some()
        || piece.range.len() > LONGEST
        || text.chars().filter(|c| c.is_alphabetic()).count() < 2
        || (marker.starts_with('(') && !look.strong)
        || text.ends_with(['.', ';', ':', ','])
        || !((look.strong && !bold_text) || (look.emphasis && !marker.is_empty()) || look.size >= LARGE || listed)
    {
        return false;
    }
    // A list all of whose items are bold is a list.
    let item_alike =
        |p: &&Piece| matches!(&p.kind, BlockKind::Item { marker: m, .. } if numbers(m)) && alike(p.look, look);
    let before = draft.pieces[..at].iter().rev().find(|p| p.furniture.is_none());
    let next = draft.pieces[at + 1..].iter().find(|p| p.furniture.is_none());
    if listed {
        return next.is_some_and(|n| !item_alike(&n));
    }
    if marker.is_empty() {
        return next.is_some_and(|n| !alike(n.look, look) || n.kind.is_heading());
    }
    let above = before.filter(item_alike).is_none_or(|b| starts_over(&b.kind, marker));
    above
        && next.is_some_and(|n| {
            !item_alike(&n) || matches!(&n.kind, BlockKind::Item { marker: m, .. } if starts_over(&piece.kind, m))
        })
}

/// Whether a marker is one that numbers headings: figures, a letter or two.
fn numbers(marker: &str) -> bool {
    let bare = marker.trim_matches(['(', ')', '.', ' ']);
    let figures = bare.chars().all(|c| c.is_ascii_digit() || c == '.');
    !bare.is_empty() && bare.len() <= 8 && (figures || bare.len() < 3 && bare.chars().all(|c| c.is_ascii_alphabetic()))
}

/// Whether a marker is the first of its list, below an item marked in another way.
fn starts_over(above: &BlockKind, marker: &str) -> bool {
    let BlockKind::Item { marker: above, .. } = above else { return false };
    let figures = |m: &str| m.trim_matches(['(', ')', '.', ' ']).starts_with(|c: char| c.is_ascii_digit());
    matches!(marker.trim_matches(['(', ')', '.', ' ']), "1" | "a" | "A" | "i" | "I")
        && figures(above) != figures(marker)
}

fn alike(a: Look, b: Look) -> bool {
    a.strong == b.strong && a.emphasis == b.emphasis && a.size.abs_diff(b.size) < STEP
}

/// On the pages before the first chapter or the contents, the largest line is the title; the others are no headings.
/// Gives where they end.
fn cover(draft: &mut Draft, tocs: &[Toc]) -> usize {
    let body = |p: &Piece| p.furniture.is_none() && p.range.len() > 120 && !p.kind.is_heading();
    let text = draft.pieces.iter().position(body).unwrap_or(0);
    let contents = tocs.first().map_or(usize::MAX, |t| t.first);
    // The heading of the first running text belongs to that.
    let mut end = text.min(contents);
    while end > 0
        && end == text
        && draft.pieces[end - 1].kind.is_heading()
        && draft.pieces[end - 1].range.len() <= LONGEST
    {
        let own_page = draft.pieces[end - 1].look.page_top;
        end -= 1;
        if own_page {
            break;
        }
    }
    let end = end.min(40);
    // A publisher's name set as a heading above a title set much larger.
    let heads: Vec<usize> = (0..end).filter(|at| draft.pieces[*at].kind.is_heading()).collect();
    let sizes = || heads.iter().map(|at| draft.pieces[*at].look.size);
    if let Some(title) = heads.iter().copied().find(|at| Some(draft.pieces[*at].look.size) == sizes().max())
        && draft.pieces[title].kind != (BlockKind::Heading { level: 0 })
    {
        for at in heads.iter().copied().filter(|at| *at < title) {
            let piece = &draft.pieces[at];
            if u32::from(piece.look.size) * 13 <= u32::from(draft.pieces[title].look.size) * 10 {
                draft.pieces[at].kind = BlockKind::Paragraph;
            }
        }
    }
    let unmarked = |p: &Piece| p.kind == BlockKind::Heading { level: 0 } && p.furniture.is_none();
    let largest = draft.pieces[..end].iter().filter(|p| unmarked(p)).map(|p| p.look.size).max().unwrap_or(0);
    let mut named = draft.pieces[..end].iter().any(|p| matches!(p.kind, BlockKind::Heading { level: 1.. }));
    for at in 0..end {
        let piece = &draft.pieces[at];
        if !unmarked(piece) || number::parse(draft.text_of(piece)).is_some() {
            continue;
        }
        let title = !named
            && piece.look.size + STEP > largest
            && draft.text_of(piece).chars().filter(|c| c.is_alphabetic()).count() > 3;
        named |= title;
        if !title {
            draft.pieces[at].kind = BlockKind::Paragraph;
        }
    }
    end
}

/// How a heading is set, as far as headings of one class have it in common.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct Class {
    size: u16,
    strong: bool,
    capitals: bool,
    upright: bool,
}

/// Gives headings without a mark the one that their letters deserve, among the marked ones where there are some.
pub(super) fn rank(draft: &Draft, headings: &mut [Heading]) {
    if !told(draft) || headings.iter().all(|h| h.mark > 0) {
        return;
    }
    let classes: Vec<Class> = headings.iter().map(|h| class(draft, h)).collect();
    // Size by size, largest first; near ones are one.
    let mut sizes: Vec<u16> = classes.iter().map(|c| c.size).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup_by(|b, a| *a - *b < STEP);
    let level = |c: Class| Class { size: sizes.iter().copied().rfind(|s| *s >= c.size).unwrap_or(c.size), ..c };
    let classes: Vec<Class> = classes.into_iter().map(level).collect();
    let mut marks: FxHashMap<Class, Vec<u8>> = FxHashMap::default();
    for (heading, class) in headings.iter().zip(&classes) {
        marks.entry(*class).or_default().push(heading.mark);
    }
    let mut order: Vec<Class> = marks.keys().copied().collect();
    order.sort_unstable_by(|a, b| b.cmp(a));
    let mut given: FxHashMap<Class, u8> = FxHashMap::default();
    let mut above = 0;
    for class in order {
        let mut own: Vec<u8> = marks[&class].iter().copied().filter(|m| *m > 0).collect();
        own.sort_unstable();
        let rank = own.get(own.len() / 2).copied().unwrap_or(above + 1);
        given.insert(class, rank);
        above = above.max(rank).min(200);
    }
    for (heading, class) in headings.iter_mut().zip(&classes).filter(|(h, _)| h.mark == 0) {
        heading.mark = given.get(class).copied().unwrap_or(0);
        heading.by_look = true;
    }
}

fn class(draft: &Draft, heading: &Heading) -> Class {
    let piece = &draft.pieces[heading.first];
    let capitals = !heading.title.contains(char::is_lowercase);
    Class { size: piece.look.size, strong: piece.look.strong, capitals, upright: !piece.look.emphasis }
}
