//! The title page of a text without marks: a few short lines by themselves, then the contents or the first chapter.

use super::meta;
use super::number;
use super::parts::FRONT;
use super::toc::Toc;
use super::typography;
use crate::doc::BlockKind;
use crate::import::draft::{Draft, Piece};

/// Longer than this and a line is running text.
const SHORT: u32 = 120;
/// More lines than this are a list of something.
const MOST: usize = 12;
/// How many blocks of small print may stand between the lines and what follows the title page.
const PRINT: usize = 3;

/// Finds the piece that names the report, makes it a heading and the lines around it none.
pub(super) fn find(draft: &mut Draft, tocs: &[Toc]) -> Option<usize> {
    // Where letters have sizes, these tell.
    if typography::told(draft) || draft.pieces.iter().any(|p| matches!(p.kind, BlockKind::Heading { level: 1.. })) {
        return None;
    }
    let mut run = draft.pieces.iter().take(MOST + 1).take_while(|p| lone(draft, p)).count();
    // The last line may be the heading of the text that follows.
    let text = |p: &Piece| p.kind == BlockKind::Paragraph && p.range.len() > SHORT;
    if run > 2 && draft.pieces[run - 1].kind.is_heading() && draft.pieces.get(run).is_some_and(text) {
        run -= 1;
    }
    if !(2..=MOST).contains(&run) {
        return None;
    }
    let lines: Vec<&str> = draft.pieces[..run].iter().map(|p| draft.text_of(p)).collect();
    let next = run..(run + PRINT + 1).min(draft.pieces.len());
    let contents = tocs.first().is_some_and(|t| t.first >= run && t.first < run + PRINT * 10);
    let chapter = draft.pieces[next].iter().any(|p| p.kind.is_heading());
    let says_so = lines.iter().any(|l| meta::is_body(l) || dated(l));
    if !(contents || (chapter && says_so)) {
        return None;
    }
    let title = lines.iter().position(|l| names(l))?;
    for (at, piece) in draft.pieces[..run].iter_mut().enumerate() {
        piece.kind = if at == title { BlockKind::Heading { level: 0 } } else { BlockKind::Paragraph };
    }
    Some(title)
}

/// Whether a piece is a short line by itself and can't be a chapter's heading.
fn lone(draft: &Draft, piece: &Piece) -> bool {
    let text = draft.text_of(piece);
    let kind = matches!(piece.kind, BlockKind::Paragraph | BlockKind::Heading { .. });
    kind && piece.furniture.is_none()
        && piece.prefix.is_empty()
        && piece.lines <= 2
        && piece.range.len() <= SHORT
        && number::parse(text).is_none()
        && !FRONT.contains(&number::key(text).as_str())
        && !text.ends_with([':', ';', ','])
        && !["Aan ", "Betreft", "Onderwerp", "Geachte", "To ", "Subject", "Dear "].iter().any(|w| text.starts_with(w))
}

/// Whether a line says when, and nothing else.
pub(super) fn dated(text: &str) -> bool {
    text.split_whitespace().count() <= 6 && meta::date(text).is_some()
}

/// Whether a line can name a report: it is no body, no date, no address, no sentence.
fn names(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    text.starts_with(|c: char| c.is_uppercase())
        && letters * 2 > text.chars().count()
        && !text.ends_with('.')
        && !["@", "www.", "://", "Postbus "].iter().any(|w| text.contains(w))
        && !meta::is_body(text)
        && !dated(text)
}
