//! Headings in a file whose writer used no styles: short lines in bold or large letters above running text. Only where the
//! file marks none itself; where it does, its marks and the typography beside them are weighed in `structure`.

use crate::doc::BlockKind;
use crate::import::draft::{Draft, Piece};
use crate::import::structure::numbered_depth;

/// Longer than this and a line is a paragraph.
const LONGEST: u32 = 110;
/// Running text is at least so long.
const RUNNING: u32 = 80;
/// Letters that are larger than running text by so many per cent stand out.
const LARGE: u16 = 112;
/// A title on a cover is larger still; and so many pieces in it may stand.
const TITLE: u16 = 140;
const COVER: usize = 20;
/// Fewer headings than this are no outline of the writer's.
const FEW: usize = 2;

/// Gives pieces that look like headings the shape of one, where the file marks no headings. A numbered line in bold that
/// the file has as an item of a list gets its number back first.
pub(in crate::import) fn find(draft: &mut Draft) {
    let marked = draft.pieces.iter().filter(|p| matches!(p.kind, BlockKind::Heading { level: 1.. })).count();
    let pieces = if marked < FEW { draft.pieces.len() } else { 0 };
    for at in 0..pieces {
        let piece = &draft.pieces[at];
        if !stands_out(draft, piece) || !above_text(draft, at) {
            continue;
        }
        if let BlockKind::Item { marker, .. } = &piece.kind {
            let numbered = numbered_depth(&format!("{marker} {}", draft.text_of(piece))).is_some();
            if !numbered || in_list(draft, at) {
                continue;
            }
        }
        draft.pieces[at].promote(0);
    }
    title(draft);
}

/// The title on a cover whose writer gave it no style: the first of the largest lines above all headings.
fn title(draft: &mut Draft) {
    let is_head = |p: &Piece| matches!(p.kind, BlockKind::Heading { level: 1.. });
    let cover = draft.pieces.iter().take(COVER).take_while(|p| !is_head(p));
    let large = |p: &&Piece| p.kind == BlockKind::Paragraph && p.look.size >= TITLE && p.furniture.is_none();
    let largest = cover.clone().filter(large).map(|p| p.look.size).max();
    let Some(at) = cover.into_iter().position(|p| largest == Some(p.look.size) && large(&p)) else { return };
    let text = draft.text_of(&draft.pieces[at]);
    let sound = text.len() <= 200 && text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
    // A heading in letters as large comes after it: that is the title, if anything is.
    let size = draft.pieces[at].look.size;
    let first = draft.pieces[at + 1..].iter().find(|p| is_head(p));
    if sound && first.is_some_and(|p| p.look.size < size) {
        draft.pieces[at].kind = BlockKind::Heading { level: 1 };
    }
}

/// Whether a piece is a short line in bold or large letters that doesn't end as a sentence does.
fn stands_out(draft: &Draft, piece: &Piece) -> bool {
    let kind = match &piece.kind {
        BlockKind::Paragraph => true,
        BlockKind::Item { marker, .. } => marker.contains(|c: char| c.is_ascii_digit()),
        _ => false,
    };
    let text = draft.text_of(piece).trim_end();
    kind && piece.furniture.is_none()
        && piece.range.len() <= LONGEST
        && (piece.look.strong || piece.look.size >= LARGE)
        && !text.ends_with(['.', ';', ':', ',', '-', '–'])
        && text.chars().filter(|c| c.is_alphabetic()).count() >= 3
}

/// Whether running text, a list or a table follows, other lines that stand out allowed between.
fn above_text(draft: &Draft, at: usize) -> bool {
    let next = draft.pieces[at + 1..].iter().take(4).find(|p| !stands_out(draft, p));
    next.is_some_and(|p| match p.kind {
        BlockKind::Item { .. } | BlockKind::Table { .. } => true,
        BlockKind::Paragraph | BlockKind::Quote => p.range.len() >= RUNNING,
        _ => false,
    })
}

/// Whether the next piece is an item of the same list and looks otherwise: then this is an item too, with bold words.
fn in_list(draft: &Draft, at: usize) -> bool {
    let numbered =
        |p: &Piece| matches!(&p.kind, BlockKind::Item { marker, .. } if marker.contains(|c: char| c.is_ascii_digit()));
    draft.pieces.get(at + 1).is_some_and(|p| numbered(p) && !stands_out(draft, p))
}
