//! Bookmarks: the outline that a format keeps beside its text, found back in the text. What they name is marked as a
//! heading of their level; what they name that isn't there is not made up.

use super::number::{self, key};
use super::toc::Toc;
use crate::doc::{BlockKind, TextRange};
use crate::import::draft::{Draft, Piece};
use rustc_hash::{FxHashMap, FxHashSet};

/// Longer than this and a piece is no heading, but it may begin with one.
const LONGEST: u32 = 400;
/// How many pieces one title may be broken into.
const MOST: usize = 4;
/// A title must be this long to be cut off the start of a paragraph.
const CUT: usize = 8;

/// Where a bookmark's title was found.
struct Found {
    first: usize,
    last: usize,
    /// Where in the text the title ends, when running text follows in the same piece.
    cut: Option<u32>,
    level: u8,
}

/// Marks the pieces that the bookmarks name. Gives the last piece of each heading that takes several, by its first.
pub(super) fn mark(draft: &mut Draft) -> FxHashMap<usize, usize> {
    if draft.bookmarks.is_empty() {
        return FxHashMap::default();
    }
    let found = find(draft);
    apply(draft, found)
}

/// Cuts titles that a table of contents lists off the running text that follows them in the same piece.
pub(super) fn cut_listed(draft: &mut Draft, tocs: &[Toc]) {
    if tocs.is_empty() || draft.line_count > 0 || draft.lines.len() > 1 {
        return;
    }
    let mut found = Vec::new();
    let mut whole: FxHashSet<String> = FxHashSet::default();
    for piece in draft.pieces.iter().filter(|p| p.furniture.is_none() && p.range.len() <= LONGEST) {
        let text = head(draft, piece);
        whole.insert(without_number(&text, &key(&text)));
    }
    for (at, piece) in draft.pieces.iter().enumerate().filter(|(_, p)| p.furniture.is_none()) {
        let Some(toc) = tocs[..tocs.partition_point(|t| t.first <= at)].last() else { continue };
        // Set apart by its letters or by a number.
        let apart = piece.look.strong || matches!(&piece.kind, BlockKind::Item { marker, .. } if !marker.is_empty());
        if !apart || matches!(piece.kind, BlockKind::Table { .. } | BlockKind::Footnote { .. } | BlockKind::Code) {
            continue;
        }
        if let Some((cut, title)) = listed_start(draft, piece, toc)
            && whole.insert(title)
        {
            found.push(Found { first: at, last: at, cut: Some(cut), level: 0 });
        }
    }
    if !found.is_empty() {
        apply(draft, found);
    }
}

/// The longest listed title that a piece begins with, before a word with a capital: where it ends, and its key.
fn listed_start(draft: &Draft, piece: &Piece, toc: &Toc) -> Option<(u32, String)> {
    let text = draft.text_of(piece);
    let mut seen = String::new();
    let mut best = None;
    let least = if matches!(piece.kind, BlockKind::Item { .. }) { CUT / 2 } else { CUT };
    for (byte, c) in text.char_indices().take(160) {
        if c.is_alphanumeric() {
            seen.push_str(&key(c.encode_utf8(&mut [0; 4])));
        } else if c.is_whitespace() && seen.len() >= least && toc.entries.contains_key(&seen) {
            let rest = text[byte..].trim_start();
            let begins =
                rest.starts_with(char::is_uppercase) && rest.chars().take_while(|c| c.is_alphabetic()).nth(2).is_some();
            if begins {
                best = Some((piece.range.start + byte as u32, seen.clone()));
            }
        }
    }
    best
}

/// Makes headings of what was found.
fn apply(draft: &mut Draft, found: Vec<Found>) -> FxHashMap<usize, usize> {
    let mut long = FxHashMap::default();
    let mut pieces = Vec::with_capacity(draft.pieces.len() + 8);
    let mut found = found.into_iter().peekable();
    for (at, mut piece) in std::mem::take(&mut draft.pieces).into_iter().enumerate() {
        let Some(hit) = found.next_if(|f| f.first == at) else {
            pieces.push(piece);
            continue;
        };
        if hit.last > at {
            long.insert(pieces.len(), pieces.len() + hit.last - at);
        }
        let rest = hit.cut.map(|cut| {
            let end = std::mem::replace(&mut piece.range.end, cut);
            let blanks = draft.text[cut as usize..end as usize].len()
                - draft.text[cut as usize..end as usize].trim_start().len();
            Piece {
                range: TextRange::new(cut + blanks as u32, end),
                kind: rest_of(&piece.kind),
                prefix: String::new(),
                gap: 0,
                ..piece
            }
        });
        piece.promote(hit.level);
        pieces.push(piece);
        pieces.extend(rest);
    }
    draft.pieces = pieces;
    long
}

/// What is left of a piece when its first words are a heading.
fn rest_of(kind: &BlockKind) -> BlockKind {
    match kind {
        BlockKind::Quote => BlockKind::Quote,
        _ => BlockKind::Paragraph,
    }
}

/// Finds the titles in the text, in the order of the text, each piece at most once.
fn find(draft: &Draft) -> Vec<Found> {
    let keys: Vec<String> = draft.pieces.iter().map(|p| key(&head(draft, p))).collect();
    let bare: Vec<String> = draft.pieces.iter().zip(&keys).map(|(p, k)| without_number(&head(draft, p), k)).collect();
    let page = |at: usize| {
        let n = draft.pages.partition_point(|p| p.at <= draft.pieces[at].range.start);
        n.checked_sub(1).map_or(0, |n| draft.pages[n].index)
    };
    let pages: Vec<u32> = (0..draft.pieces.len()).map(page).collect();
    let mut out: Vec<Found> = Vec::new();
    let mut next = 0;
    for bookmark in &draft.bookmarks {
        let title = key(&bookmark.title);
        let wanted = [&title, &without_number(&bookmark.title, &title)].map(String::clone);
        if title.is_empty() {
            continue;
        }
        let near = |at: &usize| match bookmark.page {
            Some(page) => pages[*at] + 1 >= page && pages[*at] <= page + 1,
            None => true,
        };
        // From the last one found on; on a page with two columns a later bookmark may stand before it.
        let all = next..draft.pieces.len();
        let back = next.saturating_sub(if bookmark.page.is_some() { 60 } else { 0 })..next;
        let places: Vec<usize> =
            all.take_while(|at| bookmark.page.is_none_or(|p| pages[*at] <= p + 1)).filter(near).collect();
        let places: Vec<usize> = places.into_iter().chain(back.filter(near)).collect();
        let exact = bookmark.page.map_or(0, |p| p);
        let free = |at: usize| !out.iter().rev().take(80).any(|f| f.first <= at && at <= f.last);
        let mut hit: Option<(u32, usize, usize)> = None;
        for at in places.iter().copied().filter(|at| free(*at)) {
            if let Some(last) = whole(draft, &keys, &bare, at, &wanted) {
                // The page it leads to before its neighbours; of two there, the one marked or shaped as a heading.
                let cost = pages[at].abs_diff(exact) * u32::from(exact > 0) * 2
                    + u32::from(!draft.pieces[at].kind.is_heading());
                if hit.is_none_or(|(best, ..)| cost < best) {
                    hit = Some((cost, at, last));
                }
                if cost == 0 || bookmark.page.is_none() {
                    break;
                }
            }
        }
        let found = match hit {
            Some((_, first, last)) => Some(Found { first, last, cut: None, level: bookmark.level }),
            None => places.iter().copied().filter(|at| free(*at) && bookmark.page == Some(pages[*at])).find_map(|at| {
                let cut = begins(draft, at, &wanted)?;
                Some(Found { first: at, last: at, cut: Some(cut), level: bookmark.level })
            }),
        };
        if let Some(found) = found {
            next = next.max(found.last + 1);
            out.push(found);
        }
    }
    out.sort_by_key(|f| f.first);
    out.dedup_by(|b, a| b.first <= a.last);
    out
}

/// The first part of a piece, with what stands before it.
fn head(draft: &Draft, piece: &Piece) -> String {
    let text = draft.text_of(piece);
    let text = if piece.range.len() > LONGEST { "" } else { text };
    match &piece.kind {
        BlockKind::Item { marker, .. } => format!("{marker} {text}"),
        _ => text.to_string(),
    }
}

/// The key of a title without its number.
fn without_number(title: &str, key_of: &str) -> String {
    number::parse(title).filter(|n| !n.title.is_empty()).map_or_else(|| key_of.to_string(), |n| key(n.title))
}

/// Whether the title stands here, alone: the last piece it takes.
fn whole(draft: &Draft, keys: &[String], bare: &[String], at: usize, wanted: &[String; 2]) -> Option<usize> {
    let can = |piece: &Piece| {
        piece.furniture.is_none()
            && piece.range.len() <= LONGEST
            && !matches!(piece.kind, BlockKind::Table { .. } | BlockKind::Footnote { .. })
    };
    if !can(&draft.pieces[at]) || keys[at].is_empty() {
        return None;
    }
    let same = |key: &str| wanted.iter().any(|w| w == key);
    if same(&keys[at]) || (same(&bare[at]) && bare[at].len() > 2) {
        return Some(at);
    }
    let (mut all, mut without) = (keys[at].clone(), bare[at].clone());
    // The number by itself, the title below it.
    if keys[at].len() <= 4 && keys[at].bytes().all(|b| b.is_ascii_digit()) {
        without.clear();
    }
    for (last, key) in keys.iter().enumerate().take(at + MOST).skip(at + 1) {
        let begun = wanted.iter().any(|w| w.starts_with(&all) || (!without.is_empty() && w.starts_with(&without)));
        if !(begun || without.is_empty()) || !can(&draft.pieces[last]) {
            return None;
        }
        all.push_str(key);
        without.push_str(key);
        if same(&all) || same(&without) {
            return Some(last);
        }
    }
    None
}

/// Whether a paragraph begins with the title, with a sentence after it: where the title ends.
fn begins(draft: &Draft, at: usize, wanted: &[String; 2]) -> Option<u32> {
    let piece = &draft.pieces[at];
    if piece.kind != BlockKind::Paragraph && !piece.kind.is_heading() || piece.furniture.is_some() {
        return None;
    }
    let text = draft.text_of(piece);
    wanted.iter().filter(|w| w.len() >= CUT).find_map(|w| {
        // As many letters as the title has, then a word with a capital.
        let mut seen = String::new();
        for (byte, c) in text.char_indices().take(LONGEST as usize) {
            if seen.len() >= w.len() {
                let rest = text[byte..].trim_start();
                let ends = c.is_whitespace() && rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
                return (ends && seen == *w).then_some(piece.range.start + byte as u32);
            }
            if c.is_alphanumeric() {
                seen.push_str(&key(c.encode_utf8(&mut [0; 4])));
                if !w.starts_with(&seen) {
                    return None;
                }
            }
        }
        None
    })
}
